/* SPDX-License-Identifier: MIT */
/*
 * The test kit's own functions: machines of several parts, registry values, traces, failures on purpose, the census.
 */
#include "wdf_case.h"

static struct
{
    WDFDEVICE device;
    ULONG resources;
    ULONGLONG memory;
    bool waits;
    bool has_hardware;
} seen;

static NTSTATUS prepare(WDFDEVICE Device, WDFCMRESLIST ResourcesRaw, WDFCMRESLIST ResourcesTranslated)
{
    PCM_PARTIAL_RESOURCE_DESCRIPTOR descriptor = WdfCmResourceListGetDescriptor(ResourcesTranslated, 0);

    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(ResourcesRaw);
    seen.resources = WdfCmResourceListGetCount(ResourcesTranslated);
    if (descriptor != NULL)
    {
        seen.memory = (ULONGLONG)descriptor->u.Memory.Start.QuadPart;
    }
    return STATUS_SUCCESS;
}

static VOID cancelled(WDFREQUEST Request)
{
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

static VOID handle(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    if (seen.waits)
    {
        CHECK_STATUS(WdfRequestMarkCancelableEx(Request, cancelled), STATUS_SUCCESS);
        return;
    }
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, 0);
}

static NTSTATUS device_add(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    static const UNICODE_STRING link = RTL_CONSTANT_STRING(L"\\DosDevices\\TestKit0");
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
    WDF_IO_QUEUE_CONFIG config;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDevicePrepareHardware = prepare;
    if (seen.has_hardware)
    {
        WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &callbacks);
    }
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &seen.device);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDefault = handle;
    status = WdfIoQueueCreate(seen.device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    return NT_SUCCESS(status) ? WdfDeviceCreateSymbolicLink(seen.device, &link) : status;
}

static void begin(void)
{
    RtlZeroMemory(&seen, sizeof(seen));
    wdf_case_load(device_add);
}

static void device_is_added_by_its_identifier(void)
{
    static const struct testkit_resource resources[] = {
        {.kind = TESTKIT_MEMORY, .start = 0x1000, .length = 0x100},
        {.kind = TESTKIT_INTERRUPT, .start = 7, .length = 3, .is_level = true, .is_shared = true},
    };
    struct testkit_device *device;
    uint32_t problem;

    begin();
    seen.has_hardware = true;
    CHECK_STATUS(testkit_match("ROOT\\KITDEVICE", "case"), STATUS_SUCCESS);
    CHECK_STATUS(testkit_resources("ROOT\\KITDEVICE", resources, ARRAYSIZE(resources)), STATUS_SUCCESS);
    CHECK_STATUS(testkit_add("kitdevice", &device), STATUS_SUCCESS);
    CHECK_EQUAL(testkit_state(device, &problem), TESTKIT_STARTED);
    CHECK_EQUAL(problem, 0);
    CHECK_EQUAL(seen.resources, 2);
    CHECK_EQUAL(seen.memory, 0x1000);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void too_many_resources_are_refused(void)
{
    static const struct testkit_resource resources[33];

    CHECK_STATUS(testkit_resources("ROOT\\KITDEVICE", resources, ARRAYSIZE(resources)), STATUS_INVALID_PARAMETER);
}

static void callbacks_are_traced_in_their_order(void)
{
    struct testkit_device *device;
    struct testkit_file *file;

    testkit_trace_begin();
    begin();
    device = wdf_case_start();
    CHECK(testkit_trace_is("case EvtDriverDeviceAdd\n"));
    CHECK_STATUS(testkit_open("\\??\\TestKit0", true, true, &file), STATUS_SUCCESS);
    CHECK_STATUS(testkit_control(file, 0x222000, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
    CHECK_STATUS(testkit_control(file, 0x222000, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
    testkit_close(file);
    CHECK(testkit_trace_is("case EvtIoDefault\n"
                           "case EvtIoDefault\n"));
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    testkit_trace_end();
}

static void call_fails_when_it_is_told_to(void)
{
    struct testkit_device *device;

    begin();
    testkit_fail_call("WdfIoQueueCreate", 1, (int32_t)STATUS_INSUFFICIENT_RESOURCES);
    CHECK_STATUS(testkit_start(wdf_case_driver, "case", &device), STATUS_INSUFFICIENT_RESOURCES);
    CHECK_STATUS(testkit_start(wdf_case_driver, "case", &device), STATUS_SUCCESS);
    testkit_fail_call(NULL, 0, 0);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void every_failed_allocation_of_a_start_leaves_nothing(void)
{
    struct testkit_device *device = NULL;
    unsigned before;

    begin();
    before = testkit_objects(wdf_case_driver);
    for (unsigned n = 1; device == NULL; n++)
    {
        testkit_fail_allocation(n);
        (void)testkit_start(wdf_case_driver, "case", &device);
        testkit_fail_allocation(0);
        CHECK(device != NULL || testkit_objects(wdf_case_driver) == before);
    }
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    CHECK_EQUAL(testkit_objects(wdf_case_driver), before);
    wdf_case_unload();
}

static void operations_are_started_and_cancelled(void)
{
    struct testkit_operation *operations[3];
    struct testkit_device *device;
    struct testkit_file *file;
    char buffer[4] = "abc";

    begin();
    seen.waits = true;
    device = wdf_case_start();
    CHECK_STATUS(testkit_open("\\??\\TestKit0", true, true, &file), STATUS_SUCCESS);
    operations[0] = testkit_read_start(file, buffer, sizeof(buffer));
    operations[1] = testkit_write_start(file, buffer, sizeof(buffer));
    operations[2] = testkit_control_start(file, 0x222000, NULL, 0, NULL, 0);
    for (size_t index = 0; index < ARRAYSIZE(operations); index++)
    {
        CHECK(operations[index] != NULL);
        testkit_cancel(operations[index]);
        CHECK_STATUS(testkit_wait(operations[index], NULL), STATUS_CANCELLED);
    }
    testkit_close(file);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

#define PARAMETERS "\\Registry\\Machine\\System\\CurrentControlSet\\Services\\case\\Parameters"

static void registry_takes_numbers_and_texts(void)
{
    CHECK_STATUS(testkit_set_number(PARAMETERS, "Speed", 9600), STATUS_SUCCESS);
    CHECK_STATUS(testkit_set_text(PARAMETERS, "Port", "ttyS0"), STATUS_SUCCESS);
    CHECK(!TESTKIT_SUCCESS(testkit_set_number("nowhere", "Speed", 1)));
}

static void registry_switches_the_verifier(void)
{
    CHECK_STATUS(testkit_set_number(PARAMETERS "\\Wdf", "VerifierOn", 0), STATUS_SUCCESS);
    begin();
    CHECK_EQUAL(testkit_objects(wdf_case_driver), 0);
    wdf_case_unload();
    CHECK_STATUS(testkit_set_number(PARAMETERS "\\Wdf", "VerifierOn", 1), STATUS_SUCCESS);
    begin();
    CHECK(testkit_objects(wdf_case_driver) != 0);
    wdf_case_unload();
}

static void registry_makes_allocations_fail(void)
{
    WDFCOLLECTION collections[4];
    NTSTATUS status = STATUS_SUCCESS;
    ULONG made = 0;

    CHECK_STATUS(testkit_set_number(PARAMETERS "\\Wdf", "VerifierAllocateFailCount", 3), STATUS_SUCCESS);
    begin();
    while (NT_SUCCESS(status) && made < ARRAYSIZE(collections))
    {
        status = WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &collections[made]);
        made += NT_SUCCESS(status) ? 1 : 0;
    }
    CHECK_STATUS(status, STATUS_INSUFFICIENT_RESOURCES);
    CHECK_EQUAL(made, 2);
    wdf_case_unload();
    CHECK_STATUS(testkit_set_number(PARAMETERS "\\Wdf", "VerifierAllocateFailCount", 0), STATUS_SUCCESS);
}

static void reports_are_counted(void)
{
    begin();
    (void)testkit_reports();
    BREAKS(V47, WdfGetDriver(), "WdfObjectDelete", WdfObjectDelete(WdfGetDriver()));
    CHECK_EQUAL(testkit_reports(), 1);
    CHECK_EQUAL(testkit_reports(), 0);
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(device_is_added_by_its_identifier),
    CASE(too_many_resources_are_refused),
    CASE(callbacks_are_traced_in_their_order),
    CASE(call_fails_when_it_is_told_to),
    CASE(every_failed_allocation_of_a_start_leaves_nothing),
    CASE(operations_are_started_and_cancelled),
    CASE(registry_takes_numbers_and_texts),
    CASE(registry_switches_the_verifier),
    CASE(registry_makes_allocations_fail),
    CASE(reports_are_counted),
    CASES_END,
};
