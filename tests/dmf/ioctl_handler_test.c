/* SPDX-License-Identifier: MIT */
/*
 * IoctlHandler: which requests reach its Client, who may send them, and when its device interface exists.
 */
#include "dmf_case.h"

#if defined(DMF_USER_MODE)
#include <cfgmgr32.h>
#endif

#define CODE(Number) CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800 + (Number), METHOD_BUFFERED, FILE_ANY_ACCESS)
#define CODE_PLAIN CODE(0)
#define CODE_SIZED CODE(1)
#define CODE_FAILS CODE(2)
#define CODE_PENDS CODE(3)
#define CODE_ADMINISTRATORS CODE(4)
#define CODE_UNKNOWN CODE(5)
#define CODE_NEITHER CTL_CODE(FILE_DEVICE_UNKNOWN, 0x806, METHOD_NEITHER, FILE_ANY_ACCESS)

/* {8D3F3E4C-1B1D-4B43-9C8A-0C5B1E6A7701} */
static const GUID interface_guid = {0x8d3f3e4c, 0x1b1d, 0x4b43, {0x9c, 0x8a, 0x0c, 0x5b, 0x1e, 0x6a, 0x77, 0x01}};

/* What the callbacks saw. */
static struct
{
    DMFMODULE module;
    VOID *input;
    VOID *output;
    size_t input_size;
    size_t output_size;
    ULONG calls;
    ULONG other_calls;
    WDFREQUEST pending;
} seen;

static NTSTATUS note(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request, ULONG IoctlCode, VOID *InputBuffer,
                     size_t InputBufferSize, VOID *OutputBuffer, size_t OutputBufferSize, size_t *BytesReturned)
{
    CHECK_EQUAL(*BytesReturned, 0);
    seen.calls++;
    seen.module = DmfModule;
    seen.input = InputBuffer;
    seen.input_size = InputBufferSize;
    seen.output = OutputBuffer;
    seen.output_size = OutputBufferSize;
    if (OutputBufferSize != 0)
    {
        ((UCHAR *)OutputBuffer)[0] = 42;
        *BytesReturned = 1;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS note_other(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request, ULONG IoctlCode, VOID *InputBuffer,
                           size_t InputBufferSize, VOID *OutputBuffer, size_t OutputBufferSize, size_t *BytesReturned)
{
    seen.other_calls++;
    return STATUS_SUCCESS;
}

static NTSTATUS overflow(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request, ULONG IoctlCode, VOID *InputBuffer,
                         size_t InputBufferSize, VOID *OutputBuffer, size_t OutputBufferSize, size_t *BytesReturned)
{
    *BytesReturned = OutputBufferSize;
    return STATUS_BUFFER_OVERFLOW;
}

static VOID cancel(WDFREQUEST Request)
{
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

static NTSTATUS keep(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request, ULONG IoctlCode, VOID *InputBuffer,
                     size_t InputBufferSize, VOID *OutputBuffer, size_t OutputBufferSize, size_t *BytesReturned)
{
    seen.pending = Request;
    (void)WdfRequestMarkCancelableEx(Request, cancel);
    return STATUS_PENDING;
}

static IoctlHandler_IoctlRecord records[] = {
    {(LONG)CODE_PLAIN, 0, 0, note, FALSE},     {(LONG)CODE_SIZED, 4, 8, note, FALSE},
    {(LONG)CODE_FAILS, 0, 0, overflow, FALSE}, {(LONG)CODE_PENDS, 0, 0, keep, FALSE},
    {(LONG)CODE_NEITHER, 0, 0, note, FALSE},   {(LONG)CODE_PLAIN, 0, 0, note_other, FALSE},
};

static IoctlHandler_IoctlRecord other_records[] = {{(LONG)CODE_PLAIN, 0, 0, note_other, FALSE}};

static IoctlHandler_IoctlRecord guarded_records[] = {
    {(LONG)CODE_PLAIN, 0, 0, note, FALSE},
    {(LONG)CODE_ADMINISTRATORS, 0, 0, note, TRUE},
};

static void fill(DMF_CONFIG_IoctlHandler *config, DMF_MODULE_ATTRIBUTES *attributes)
{
    RtlZeroMemory(&seen, sizeof(seen));
    DMF_CONFIG_IoctlHandler_AND_ATTRIBUTES_INIT(config, attributes);
    config->DeviceInterfaceGuid = interface_guid;
    config->IoctlRecords = records;
    config->IoctlRecordCount = ARRAYSIZE(records);
}

static DMFMODULE begin(void)
{
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill(&config, &attributes);
    return dmf_case_begin(DMF_CASE_STATIC, &attributes);
}

static NTSTATUS control(struct testkit_file *file, ULONG code, ULONG input_length, ULONG output_length,
                        uint64_t *ret_information)
{
    static UCHAR input[64];
    static UCHAR output[64];

    return testkit_control(file, code, input, input_length, output, output_length, ret_information);
}

/* Opens, sends one control, closes. */
static NTSTATUS control_once(ULONG code, ULONG input_length, ULONG output_length)
{
    struct testkit_file *file = dmf_case_open();
    NTSTATUS status = control(file, code, input_length, output_length, NULL);

    testkit_close(file);
    return status;
}

/*
 * The table.
 */

static void client_gets_the_buffers_of_a_request(void)
{
    DMFMODULE module = begin();
    struct testkit_file *file = dmf_case_open();
    uint64_t information;

    CHECK_STATUS(control(file, CODE_SIZED, 5, 9, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, 1);
    CHECK(seen.module == module);
    CHECK_EQUAL(seen.input_size, 5);
    CHECK_EQUAL(seen.output_size, 9);
    CHECK(seen.input == seen.output);
    testkit_close(file);
    dmf_case_end();
}

static void buffers_smaller_than_the_minimum_are_refused(void)
{
    (void)begin();
    CHECK_STATUS(control_once(CODE_SIZED, 3, 8), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(control_once(CODE_SIZED, 4, 7), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(control_once(CODE_SIZED, 0, 8), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(control_once(CODE_SIZED, 4, 0), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(seen.calls, 0);
    CHECK_STATUS(control_once(CODE_SIZED, 4, 8), STATUS_SUCCESS);
    CHECK_EQUAL(seen.calls, 1);
    dmf_case_end();
}

static void missing_buffers_are_null_where_the_minimum_is_zero(void)
{
    (void)begin();
    CHECK_STATUS(control_once(CODE_PLAIN, 0, 0), STATUS_SUCCESS);
    CHECK_EQUAL(seen.calls, 1);
    CHECK(seen.input == NULL && seen.output == NULL);
    CHECK(seen.input_size == 0 && seen.output_size == 0);
    CHECK_STATUS(control_once(CODE_PLAIN, 1, 0), STATUS_SUCCESS);
    CHECK(seen.input != NULL && seen.input_size == 1 && seen.output == NULL);
    dmf_case_end();
}

static void code_without_buffers_of_the_system_fails(void)
{
    (void)begin();
    CHECK_STATUS(control_once(CODE_NEITHER, 4, 4), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_EQUAL(seen.calls, 0);
    dmf_case_end();
}

static void first_record_of_a_code_counts(void)
{
    (void)begin();
    CHECK_STATUS(control_once(CODE_PLAIN, 0, 0), STATUS_SUCCESS);
    CHECK_EQUAL(seen.calls, 1);
    CHECK_EQUAL(seen.other_calls, 0);
    dmf_case_end();
}

static void status_of_the_client_comes_with_its_bytes(void)
{
    struct testkit_file *file;
    uint64_t information;

    (void)begin();
    file = dmf_case_open();
    CHECK_STATUS(control(file, CODE_FAILS, 0, 16, &information), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(information, 16);
    testkit_close(file);
    dmf_case_end();
}

static void unknown_code_is_nobodys(void)
{
    (void)begin();
    CHECK_STATUS(control_once(CODE_UNKNOWN, 0, 0), STATUS_NOT_SUPPORTED);
    CHECK_EQUAL(seen.calls, 0);
    dmf_case_end();
}

static void client_completes_what_it_keeps(void)
{
    struct testkit_file *file;
    struct testkit_operation *operation;
    uint64_t information;

    (void)begin();
    file = dmf_case_open();
    operation = testkit_control_start(file, CODE_PENDS, NULL, 0, NULL, 0);
    CHECK(operation != NULL && seen.pending != NULL);
    CHECK_STATUS(WdfRequestUnmarkCancelable(seen.pending), STATUS_SUCCESS);
    WdfRequestSetInformation(seen.pending, 3);
    WdfRequestComplete(seen.pending, STATUS_WAIT_1);
    CHECK_STATUS(testkit_wait(operation, &information), STATUS_WAIT_1);
    CHECK_EQUAL(information, 3);

    operation = testkit_control_start(file, CODE_PENDS, NULL, 0, NULL, 0);
    CHECK(operation != NULL);
    testkit_cancel(operation);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_CANCELLED);
    testkit_close(file);
    dmf_case_end();
}

/*
 * Several instances.
 */

static WCHAR upper_name[] = L"Upper";
static WCHAR lower_name[] = L"lower";

static VOID two_modules_add(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill(&config, &attributes);
    config.ReferenceString = upper_name;
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    fill(&config, &attributes);
    config.ReferenceString = lower_name;
    config.IoctlRecords = other_records;
    config.IoctlRecordCount = 1;
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, NULL);
}

/* Whose callback a control of a file with this name reaches: 1 or 2, 0 for nobody's. */
static unsigned reaches(const char *name)
{
    struct testkit_file *file;
    NTSTATUS status;

    seen.calls = seen.other_calls = 0;
    CHECK_STATUS(testkit_open(name, true, true, &file), STATUS_SUCCESS);
    status = control(file, CODE_PLAIN, 0, 0, NULL);
    testkit_close(file);
    CHECK_STATUS(status, seen.calls + seen.other_calls == 0 ? STATUS_NOT_SUPPORTED : STATUS_SUCCESS);
    return seen.calls != 0 ? 1 : seen.other_calls != 0 ? 2 : 0;
}

static void reference_string_says_which_instance_is_meant(void)
{
    dmf_case_begin_modules(two_modules_add);
    CHECK_EQUAL(reaches("\\??\\DmfCase\\Upper"), 1);
    CHECK_EQUAL(reaches("\\??\\DmfCase\\lower"), 2);
    CHECK_EQUAL(reaches("\\??\\DmfCase"), 1);
    CHECK_EQUAL(reaches("\\??\\DmfCase\\"), 1);
    CHECK_EQUAL(reaches("\\??\\DmfCase\\upper"), 0);
    CHECK_EQUAL(reaches("\\??\\DmfCase\\Upper2"), 0);
    CHECK_EQUAL(reaches("\\??\\DmfCase\\Uppe"), 0);
    dmf_case_end();
}

static void reference_string_counts_only_with_an_interface(void)
{
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill(&config, &attributes);
    RtlZeroMemory(&config.DeviceInterfaceGuid, sizeof(GUID));
    config.ReferenceString = upper_name;
    (void)dmf_case_begin(DMF_CASE_STATIC, &attributes);
    CHECK_EQUAL(reaches("\\??\\DmfCase\\any"), 1);
    dmf_case_end();
}

/*
 * The device interface.
 */

/* How many enabled interfaces of the class there are. */
static unsigned interfaces(void)
{
    unsigned count = 0;
    WCHAR *list;
    WCHAR *link;

#if defined(DMF_USER_MODE)
    static WCHAR text[1024];

    CHECK_EQUAL(CM_Get_Device_Interface_ListW((GUID *)&interface_guid, NULL, text, ARRAYSIZE(text),
                                              CM_GET_DEVICE_INTERFACE_LIST_PRESENT),
                CR_SUCCESS);
    list = text;
#else
    CHECK_STATUS(IoGetDeviceInterfaces(&interface_guid, NULL, 0, &list), STATUS_SUCCESS);
#endif
    for (link = list; *link != 0; link += wcslen(link) + 1)
    {
        count++;
    }
#if !defined(DMF_USER_MODE)
    ExFreePool(list);
#endif
    return count;
}

static void interface_comes_with_the_device(void)
{
    DMFMODULE module = begin();

    CHECK_EQUAL(interfaces(), 1);
    DMF_IoctlHandler_IoctlStateSet(module, FALSE);
    CHECK_EQUAL(interfaces(), 0);
    DMF_IoctlHandler_IoctlStateSet(module, TRUE);
    DMF_IoctlHandler_IoctlStateSet(module, TRUE);
    CHECK_EQUAL(interfaces(), 1);
    dmf_case_end();
    CHECK_EQUAL(interfaces(), 0);
}

static void without_a_guid_there_is_no_interface(void)
{
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    fill(&config, &attributes);
    RtlZeroMemory(&config.DeviceInterfaceGuid, sizeof(GUID));
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    DMF_IoctlHandler_IoctlStateSet(module, TRUE);
    CHECK_EQUAL(interfaces(), 0);
    CHECK_STATUS(control_once(CODE_PLAIN, 0, 0), STATUS_SUCCESS);
    dmf_case_end();
}

static struct
{
    NTSTATUS status;
    unsigned calls;
    GUID guid;
    BOOLEAN has_reference;
} created;

static NTSTATUS interface_created(DMFMODULE DmfModule, GUID *DeviceInterfaceGuid,
                                  UNICODE_STRING *ReferenceStringUnicodePointer)
{
    created.calls++;
    created.guid = *DeviceInterfaceGuid;
    created.has_reference = ReferenceStringUnicodePointer != NULL;
    return created.status;
}

static DMFMODULE begin_manual(NTSTATUS status)
{
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;

    RtlZeroMemory(&created, sizeof(created));
    created.status = status;
    fill(&config, &attributes);
    config.ManualMode = TRUE;
    config.PostDeviceInterfaceCreate = interface_created;
    return dmf_case_begin(DMF_CASE_STATIC, &attributes);
}

static void manual_interface_comes_when_it_is_enabled_first(void)
{
    DMFMODULE module = begin_manual(STATUS_SUCCESS);

    CHECK_EQUAL(interfaces(), 0);
    DMF_IoctlHandler_IoctlStateSet(module, FALSE);
    CHECK_EQUAL(created.calls, 0);
    DMF_IoctlHandler_IoctlStateSet(module, TRUE);
    CHECK_EQUAL(created.calls, 1);
    CHECK(RtlCompareMemory(&created.guid, &interface_guid, sizeof(GUID)) == sizeof(GUID));
    CHECK(!created.has_reference);
    CHECK_EQUAL(interfaces(), 1);
    DMF_IoctlHandler_IoctlStateSet(module, FALSE);
    CHECK_EQUAL(interfaces(), 0);
    DMF_IoctlHandler_IoctlStateSet(module, TRUE);
    CHECK_EQUAL(created.calls, 1);
    CHECK_EQUAL(interfaces(), 1);
    dmf_case_end();
}

static void interface_that_the_client_refuses_is_not_enabled(void)
{
    DMFMODULE module = begin_manual(STATUS_ACCESS_DENIED);

    DMF_IoctlHandler_IoctlStateSet(module, TRUE);
    CHECK_EQUAL(created.calls, 1);
    CHECK_EQUAL(interfaces(), 0);
    created.status = STATUS_SUCCESS;
    DMF_IoctlHandler_IoctlStateSet(module, TRUE);
    CHECK_EQUAL(created.calls, 2);
    CHECK_EQUAL(interfaces(), 1);
    dmf_case_end();
}

static NTSTATUS interface_hidden(DMFMODULE DmfModule, GUID *DeviceInterfaceGuid,
                                 UNICODE_STRING *ReferenceStringUnicodePointer)
{
    UNREFERENCED_PARAMETER(DeviceInterfaceGuid);
    UNREFERENCED_PARAMETER(ReferenceStringUnicodePointer);
    created.calls++;
    DMF_IoctlHandler_IoctlStateSet(DmfModule, TRUE);
    DMF_IoctlHandler_IoctlStateSet(DmfModule, FALSE);
    return STATUS_SUCCESS;
}

static void client_may_set_the_state_when_it_sees_the_interface(void)
{
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    RtlZeroMemory(&created, sizeof(created));
    fill(&config, &attributes);
    config.ManualMode = TRUE;
    config.PostDeviceInterfaceCreate = interface_hidden;
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    DMF_IoctlHandler_IoctlStateSet(module, TRUE);
    CHECK_EQUAL(created.calls, 1);
    CHECK_EQUAL(interfaces(), 0);
    DMF_IoctlHandler_IoctlStateSet(module, TRUE);
    CHECK_EQUAL(created.calls, 1);
    CHECK_EQUAL(interfaces(), 1);
    dmf_case_end();
}

static void interface_that_the_client_refuses_fails_the_device(void)
{
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    FOR_EACH_LIFE
    {
        fill(&config, &attributes);
        RtlZeroMemory(&created, sizeof(created));
        created.status = STATUS_ACCESS_DENIED;
        config.PostDeviceInterfaceCreate = interface_created;
        config.ReferenceString = upper_name;
        CHECK_STATUS(dmf_case_try(life, &attributes, &module), STATUS_ACCESS_DENIED);
        CHECK_EQUAL(created.calls, 1);
        CHECK(created.has_reference);
    }
}

static void enable_often(void *argument)
{
    unsigned turn;

    for (turn = 0; turn < (nt_is_simulated() ? 5U : 500U); turn++)
    {
        DMF_IoctlHandler_IoctlStateSet(argument, turn % 2 == 0);
    }
}

static void open_often(void *argument)
{
    unsigned turn;

    UNREFERENCED_PARAMETER(argument);
    for (turn = 0; turn < (nt_is_simulated() ? 3U : 200U); turn++)
    {
        CHECK_STATUS(control_once(CODE_SIZED, 4, 8), STATUS_SUCCESS);
    }
}

static void interface_may_be_toggled_by_several_threads_under_requests(void)
{
    DMFMODULE module = begin_manual(STATUS_SUCCESS);
    struct nt_thread *threads[3];

    threads[0] = nt_thread_start(enable_often, module);
    threads[1] = nt_thread_start(enable_often, module);
    threads[2] = nt_thread_start(open_often, NULL);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    nt_thread_join(threads[2]);
    CHECK_EQUAL(created.calls, 1);
    DMF_IoctlHandler_IoctlStateSet(module, TRUE);
    CHECK_EQUAL(interfaces(), 1);
    dmf_case_end();
}

/*
 * Who may.
 */

/* What an open as each opener returns, and a control of that file: the open's failure, or the control's status. */
static NTSTATUS control_as(enum testkit_opener opener, ULONG code)
{
    struct testkit_file *file;
    NTSTATUS status = testkit_open_as(opener, "\\??\\DmfCase", true, true, &file);

    if (NT_SUCCESS(status))
    {
        status = control(file, code, 0, 0, NULL);
        testkit_close(file);
    }
    return status;
}

static void begin_with(IoctlHandler_AccessModeFilterType filter)
{
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill(&config, &attributes);
    config.AccessModeFilter = filter;
    if (filter == IoctlHandler_AccessModeFilterAdministratorOnlyPerIoctl)
    {
        config.IoctlRecords = guarded_records;
        config.IoctlRecordCount = ARRAYSIZE(guarded_records);
    }
    (void)dmf_case_begin(DMF_CASE_STATIC, &attributes);
}

/* Administrators are known to kernel mode drivers only. */
#if defined(DMF_USER_MODE)
#define FOR_ADMINISTRATORS STATUS_ACCESS_DENIED
#else
#define FOR_ADMINISTRATORS STATUS_SUCCESS
#endif

static void only_administrators_open_when_that_is_asked_for(void)
{
    begin_with(IoctlHandler_AccessModeFilterAdministratorOnly);
    CHECK_STATUS(control_as(TESTKIT_USER, CODE_PLAIN), STATUS_ACCESS_DENIED);
    CHECK_STATUS(control_as(TESTKIT_ADMINISTRATOR, CODE_PLAIN), FOR_ADMINISTRATORS);
    CHECK_STATUS(control_as(TESTKIT_DRIVER, CODE_PLAIN), FOR_ADMINISTRATORS);
    dmf_case_end();
}

static void only_administrators_send_what_the_records_say(void)
{
    begin_with(IoctlHandler_AccessModeFilterAdministratorOnlyPerIoctl);
    CHECK_STATUS(control_as(TESTKIT_USER, CODE_PLAIN), FOR_ADMINISTRATORS);
    CHECK_STATUS(control_as(TESTKIT_USER, CODE_ADMINISTRATORS), STATUS_ACCESS_DENIED);
    CHECK_STATUS(control_as(TESTKIT_ADMINISTRATOR, CODE_ADMINISTRATORS), FOR_ADMINISTRATORS);
    dmf_case_end();
}

static void user_mode_is_kept_out_when_that_is_asked_for(void)
{
    begin_with(IoctlHandler_AccessModeFilterDoNotAllowUserMode);
    CHECK_STATUS(control_as(TESTKIT_USER, CODE_PLAIN), STATUS_ACCESS_DENIED);
    CHECK_STATUS(control_as(TESTKIT_ADMINISTRATOR, CODE_PLAIN), STATUS_ACCESS_DENIED);
    dmf_case_end();
}

static void drivers_requests_are_told_from_programs(void)
{
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill(&config, &attributes);
    config.KernelModeRequestsOnly = TRUE;
    (void)dmf_case_begin(DMF_CASE_STATIC, &attributes);
    CHECK_STATUS(control_as(TESTKIT_ADMINISTRATOR, CODE_PLAIN), STATUS_ACCESS_DENIED);
    CHECK_STATUS(control_as(TESTKIT_ADMINISTRATOR, CODE_UNKNOWN), STATUS_NOT_SUPPORTED);
#if !defined(DMF_USER_MODE)
    CHECK_STATUS(control_as(TESTKIT_DRIVER, CODE_PLAIN), STATUS_SUCCESS);
#endif
    dmf_case_end();
}

static struct
{
    BOOLEAN completes;
    NTSTATUS status;
    unsigned calls;
} filter;

static BOOLEAN client_filter(DMFMODULE DmfModule, WDFDEVICE Device, WDFREQUEST Request, WDFFILEOBJECT FileObject)
{
    CHECK(Device == dmf_case_wdf_device);
    filter.calls++;
    if (filter.completes)
    {
        WdfRequestComplete(Request, filter.status);
    }
    return filter.completes;
}

static void client_decides_who_opens(void)
{
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;

    RtlZeroMemory(&filter, sizeof(filter));
    fill(&config, &attributes);
    config.AccessModeFilter = IoctlHandler_AccessModeFilterClientCallback;
    config.EvtIoctlHandlerAccessModeFilter = client_filter;
    config.ReferenceString = upper_name;
    (void)dmf_case_begin(DMF_CASE_STATIC, &attributes);
    CHECK_EQUAL(reaches("\\??\\DmfCase\\Upper"), 1);
    filter.completes = TRUE;
    CHECK_EQUAL(reaches("\\??\\DmfCase\\Upper"), 1);
    filter.status = STATUS_SHARING_VIOLATION;
    CHECK_STATUS(control_as(TESTKIT_USER, CODE_PLAIN), STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(filter.calls, 3);
    CHECK_EQUAL(reaches("\\??\\DmfCase\\other"), 0);
    CHECK_EQUAL(filter.calls, 3);
    dmf_case_end();
}

static void internal_controls_are_the_only_ones_in_kernel_mode_only(void)
{
    struct testkit_file *file;

    begin_with(IoctlHandler_AccessModeFilterKernelModeOnly);
    file = dmf_case_open();
    CHECK_STATUS(control(file, CODE_PLAIN, 0, 0, NULL), STATUS_NOT_SUPPORTED);
    CHECK_EQUAL(seen.calls, 0);
#if !defined(DMF_USER_MODE)
    /* Only kernel mode drivers get such controls. */
    CHECK_STATUS(testkit_internal_control(file, CODE_PLAIN, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(seen.calls, 1);
#endif
    testkit_close(file);
    dmf_case_end();
}

/*
 * What is not in the table.
 */

static void begin_forwarding(void)
{
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill(&config, &attributes);
    config.ForwardUnhandledRequests = TRUE;
    (void)dmf_case_begin(DMF_CASE_STATIC, &attributes);
}

static void unhandled_requests_go_to_the_driver_below(void)
{
    begin_forwarding();
    /* The bus below knows no control code. */
    CHECK_STATUS(control_once(CODE_UNKNOWN, 0, 0), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(control_once(CODE_PLAIN, 0, 0), STATUS_SUCCESS);
    dmf_case_end();
}

static void request_that_cannot_be_forwarded_is_completed_once(void)
{
    struct testkit_file *file;

    begin_forwarding();
    file = dmf_case_open();
    WdfIoTargetStop(WdfDeviceGetIoTarget(dmf_case_wdf_device), WdfIoTargetLeaveSentIoPending);
    WdfIoTargetPurge(WdfDeviceGetIoTarget(dmf_case_wdf_device), WdfIoTargetPurgeIoAndWait);
    CHECK(!NT_SUCCESS(control(file, CODE_UNKNOWN, 0, 0, NULL)));
    testkit_close(file);
    dmf_case_end();
}

/* A device whose Client Driver says that it makes the default queue itself, and does not. */
static NTSTATUS queueless_device_add(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_IO_QUEUE_CONFIG config;
    DMF_EVENT_CALLBACKS events;
    PDMFDEVICE_INIT init = DMF_DmfDeviceInitAllocate(DeviceInit);
    WDFDEVICE device;
    NTSTATUS status;

    DMF_DmfDeviceInitHookPnpPowerEventCallbacks(init, NULL);
    DMF_DmfDeviceInitHookFileObjectConfig(init, NULL);
    DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(init, NULL);
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    DMF_DmfDeviceInitHookQueueConfig(init, &config);
    CHECK_STATUS(WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device), STATUS_SUCCESS);
    DMF_EVENT_CALLBACKS_INIT(&events);
    events.EvtDmfDeviceModulesAdd = two_modules_add;
    DMF_DmfDeviceInitSetEventCallbacks(init, &events);
    status = DMF_ModulesCreate(device, &init);
    CHECK_STATUS(status, STATUS_INVALID_PARAMETER);
    return status;
}

static void device_without_a_default_queue_is_refused(void)
{
    struct testkit_device *device;

    wdf_case_load(queueless_device_add);
    CHECK(!NT_SUCCESS(testkit_start(wdf_case_driver, "case", &device)));
    wdf_case_unload();
    CHECK_EQUAL(interfaces(), 0);
}

static void chained_code_calls_its_record(void)
{
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;
    UCHAR output[2];
    size_t returned = 0;

    FOR_EACH_LIFE
    {
        fill(&config, &attributes);
        module = dmf_case_begin(life, &attributes);
        CHECK_STATUS(DMF_IoctlHandler_IoctlChain(module, NULL, NULL, CODE_SIZED, NULL, 0, output, sizeof(output), &returned),
                     STATUS_SUCCESS);
        CHECK_EQUAL(returned, 1);
        CHECK_EQUAL(output[0], 42);
        CHECK(seen.output == output && seen.output_size == 2 && seen.input == NULL);
        returned = 77;
        CHECK_STATUS(DMF_IoctlHandler_IoctlChain(module, NULL, NULL, CODE_UNKNOWN, NULL, 0, output, 2, &returned),
                     STATUS_INVALID_DEVICE_REQUEST);
        CHECK_EQUAL(returned, 77);
        returned = 0;
        dmf_case_end();
    }
}

/*
 * No memory.
 */

static void start_and_use(void)
{
    DMF_CONFIG_IoctlHandler config;
    DMF_MODULE_ATTRIBUTES attributes;
    struct testkit_file *file;
    DMFMODULE module;

    fill(&config, &attributes);
    config.ReferenceString = upper_name;
    if (!NT_SUCCESS(dmf_case_try(DMF_CASE_STATIC, &attributes, &module)))
    {
        return;
    }
    if (NT_SUCCESS(testkit_open("\\??\\DmfCase\\Upper", true, true, &file)))
    {
        (void)control(file, CODE_PLAIN, 0, 4, NULL);
        testkit_close(file);
    }
    dmf_case_end();
}

static void every_failed_allocation_is_survived(void)
{
    dmf_case_fail_each_allocation(start_and_use);
}

const struct nt_case nt_cases[] = {
    CASE(client_gets_the_buffers_of_a_request),
    CASE(buffers_smaller_than_the_minimum_are_refused),
    CASE(missing_buffers_are_null_where_the_minimum_is_zero),
    CASE(code_without_buffers_of_the_system_fails),
    CASE(first_record_of_a_code_counts),
    CASE(status_of_the_client_comes_with_its_bytes),
    CASE(unknown_code_is_nobodys),
    CASE(client_completes_what_it_keeps),
    CASE(reference_string_says_which_instance_is_meant),
    CASE(reference_string_counts_only_with_an_interface),
    CASE(interface_comes_with_the_device),
    CASE(without_a_guid_there_is_no_interface),
    CASE(manual_interface_comes_when_it_is_enabled_first),
    CASE(interface_that_the_client_refuses_is_not_enabled),
    CASE(client_may_set_the_state_when_it_sees_the_interface),
    CASE(interface_that_the_client_refuses_fails_the_device),
    CASE(interface_may_be_toggled_by_several_threads_under_requests),
    CASE(only_administrators_open_when_that_is_asked_for),
    CASE(only_administrators_send_what_the_records_say),
    CASE(user_mode_is_kept_out_when_that_is_asked_for),
    CASE(drivers_requests_are_told_from_programs),
    CASE(client_decides_who_opens),
    CASE(internal_controls_are_the_only_ones_in_kernel_mode_only),
    CASE(unhandled_requests_go_to_the_driver_below),
    CASE(request_that_cannot_be_forwarded_is_completed_once),
    CASE(device_without_a_default_queue_is_refused),
    CASE(chained_code_calls_its_record),
    CASE(every_failed_allocation_is_survived),
    CASES_END,
};
