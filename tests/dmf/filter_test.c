/* SPDX-License-Identifier: MIT */
/*
 * Filter drivers: what nobody handles goes to the driver below. The program's driver is both: its first device of a stack is a
 * plain function device, the second a filter device with DMF.
 */
#include "node.h"

#include <string.h>

#define LINK "\\??\\Filtered"
#define CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x803, METHOD_BUFFERED, FILE_ANY_ACCESS)

static const struct node handler = {.name = "H", .open_option = DMF_MODULE_OPEN_OPTION_OPEN_Create, .every_callback = true};

/* How the driver below answers, and how often it was asked. */
static struct
{
    NTSTATUS create_status;
    unsigned creates, requests, cleanups, closes;
} below;

static bool client_has_callbacks;
static bool is_no_filter_for_dmf;
static unsigned added;
static WDFDEVICE filter_device;
static struct testkit_device *machine_device;

/*
 * The driver below.
 */

static VOID below_create(WDFDEVICE Device, WDFREQUEST Request, WDFFILEOBJECT FileObject)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(FileObject);
    below.creates++;
    WdfRequestComplete(Request, below.create_status);
}

static VOID below_cleanup(WDFFILEOBJECT FileObject)
{
    UNREFERENCED_PARAMETER(FileObject);
    below.cleanups++;
}

static VOID below_close(WDFFILEOBJECT FileObject)
{
    UNREFERENCED_PARAMETER(FileObject);
    below.closes++;
}

static VOID below_io(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    below.requests++;
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, 3);
}

static NTSTATUS add_function(PWDFDEVICE_INIT init)
{
    WDF_FILEOBJECT_CONFIG files;
    WDF_IO_QUEUE_CONFIG queue;
    WDFDEVICE device;
    NTSTATUS status;
    DECLARE_CONST_UNICODE_STRING(link, L"\\DosDevices\\Filtered");

    WDF_FILEOBJECT_CONFIG_INIT(&files, below_create, below_close, below_cleanup);
    WdfDeviceInitSetFileObjectConfig(init, &files, WDF_NO_OBJECT_ATTRIBUTES);
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queue, WdfIoQueueDispatchParallel);
    queue.EvtIoDefault = below_io;
    if (NT_SUCCESS(status))
    {
        status = WdfIoQueueCreate(device, &queue, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    }
    return NT_SUCCESS(status) ? WdfDeviceCreateSymbolicLink(device, &link) : status;
}

/*
 * The filter.
 */

static VOID add_modules(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    UNREFERENCED_PARAMETER(Device);
    node_add(DmfModuleInit, &handler);
}

static NTSTATUS add_filter(PWDFDEVICE_INIT init)
{
    PDMFDEVICE_INIT dmf_init = DMF_DmfDeviceInitAllocate(init);
    WDF_FILEOBJECT_CONFIG files;
    DMF_EVENT_CALLBACKS events;
    NTSTATUS status;

    if (!is_no_filter_for_dmf)
    {
        DMF_DmfFdoSetFilter(dmf_init);
    }
    WdfFdoInitSetFilter(init);
    DMF_DmfDeviceInitHookPnpPowerEventCallbacks(dmf_init, NULL);
    DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(dmf_init, NULL);
    WDF_FILEOBJECT_CONFIG_INIT(&files, NULL, NULL, NULL);
    if (client_has_callbacks)
    {
        node_client_files(&files);
    }
    DMF_DmfDeviceInitHookFileObjectConfig(dmf_init, &files);
    WdfDeviceInitSetFileObjectConfig(init, &files, WDF_NO_OBJECT_ATTRIBUTES);
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &filter_device);
    DMF_EVENT_CALLBACKS_INIT(&events);
    events.EvtDmfDeviceModulesAdd = add_modules;
    DMF_DmfDeviceInitSetEventCallbacks(dmf_init, &events);
    if (NT_SUCCESS(status))
    {
        status = DMF_ModulesCreate(filter_device, &dmf_init);
    }
    DMF_DmfDeviceInitFree(&dmf_init);
    return status;
}

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    UNREFERENCED_PARAMETER(driver);
    return added++ % 2 == 0 ? add_function(init) : add_filter(init);
}

static void begin(void)
{
    static bool has_filter;

    if (!has_filter)
    {
        CHECK_STATUS(testkit_filter(TESTKIT_UPPER_FILTER, "ROOT\\filtered", "case"), STATUS_SUCCESS);
        has_filter = true;
    }
    memset(&below, 0, sizeof(below));
    added = 0;
    node_answer(NULL, NULL, STATUS_SUCCESS);
    wdf_case_load(add_device);
    CHECK_STATUS(testkit_start(wdf_case_driver, "filtered", &machine_device), STATUS_SUCCESS);
    CHECK_EQUAL(added, 2);
    node_forget();
}

static void end(void)
{
    node_answer(NULL, NULL, STATUS_SUCCESS);
    CHECK_STATUS(testkit_remove(machine_device), STATUS_SUCCESS);
    wdf_case_unload();
    client_has_callbacks = false;
    is_no_filter_for_dmf = false;
    node_forget();
}

static struct testkit_file *open_file(void)
{
    struct testkit_file *file;

    CHECK_STATUS(testkit_open(LINK, true, true, &file), STATUS_SUCCESS);
    return file;
}

static void request_that_nobody_handles_goes_to_the_driver_below(void)
{
    struct testkit_file *file;
    char buffer[8];
    uint64_t information;

    begin();
    file = open_file();
    CHECK_STATUS(testkit_read(file, buffer, sizeof(buffer), &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, 3);
    CHECK_STATUS(testkit_write(file, buffer, sizeof(buffer), NULL), STATUS_SUCCESS);
    CHECK_STATUS(testkit_control(file, CODE, NULL, 0, buffer, sizeof(buffer), &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, 3);
    CHECK_EQUAL(below.requests, 3);
    testkit_close(file);
    end();
}

static void request_that_a_module_handles_does_not(void)
{
    struct testkit_file *file;

    begin();
    file = open_file();
    node_answer("H", "DeviceIoControl", STATUS_DEVICE_BUSY);
    CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), STATUS_DEVICE_BUSY);
    CHECK_EQUAL(below.requests, 0);
    testkit_close(file);
    end();
}

static void file_is_opened_by_the_driver_below_and_its_end_is_told_there(void)
{
    struct testkit_file *file;

    begin();
    file = open_file();
    CHECK_EQUAL(below.creates, 1);
    NODE_TRACE("H.FileCreate");
    testkit_close(file);
    NODE_TRACE("H.FileCleanup H.FileClose");
    CHECK_EQUAL(below.cleanups, 1);
    CHECK_EQUAL(below.closes, 1);
    below.create_status = STATUS_SHARING_VIOLATION;
    CHECK_STATUS(testkit_open(LINK, true, true, &file), STATUS_SHARING_VIOLATION);
    CHECK_EQUAL(below.creates, 2);
    end();
}

static void device_that_is_no_filter_for_dmf_completes_what_nobody_handles(void)
{
    struct testkit_file *file;

    is_no_filter_for_dmf = true;
    begin();
    file = open_file();
    CHECK_EQUAL(below.creates, 0);
    CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), STATUS_NOT_SUPPORTED);
    CHECK_EQUAL(below.requests, 0);
    testkit_close(file);
    end();
}

static void request_that_cannot_be_sent_is_completed(void)
{
    WDFIOTARGET target;
    struct testkit_file *file;
    struct testkit_file *none;

    begin();
    file = open_file();
    target = WdfDeviceGetIoTarget(filter_device);
    WdfIoTargetPurge(target, WdfIoTargetPurgeIoAndWait);
    CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), STATUS_INVALID_DEVICE_STATE);
    CHECK_STATUS(testkit_write(file, "x", 1, NULL), STATUS_INVALID_DEVICE_STATE);
    CHECK_STATUS(testkit_open(LINK, true, true, &none), STATUS_INVALID_DEVICE_STATE);
    CHECK_EQUAL(below.requests, 0);
    CHECK_EQUAL(below.creates, 1);
    CHECK_STATUS(WdfIoTargetStart(target), STATUS_SUCCESS);
    CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
    testkit_close(file);
    end();
}

/*
 * DMF_ModuleRequestCompleteOrForward.
 */

static NTSTATUS asked_status;

static BOOLEAN decide(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request, size_t Output, size_t Input, ULONG Code)
{
    BOOLEAN handled;
    BOOLEAN is_expected = !NT_SUCCESS(asked_status) || is_no_filter_for_dmf;

    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Output);
    UNREFERENCED_PARAMETER(Input);
    UNREFERENCED_PARAMETER(Code);
    CHECK_EQUAL(DMF_ModuleIsInFilterDriver(DmfModule), !is_no_filter_for_dmf);
    handled = DMF_ModuleRequestCompleteOrForward(DmfModule, Request, asked_status);
    CHECK_EQUAL(handled, is_expected);
    return handled;
}

static void module_completes_or_forwards_as_the_kind_of_device_demands(void)
{
    for (unsigned round = 0; round < 4; round++)
    {
        struct testkit_file *file;

        asked_status = (round & 1) != 0 ? STATUS_DEVICE_BUSY : STATUS_SUCCESS;
        is_no_filter_for_dmf = (round & 2) != 0;
        node_control_override = decide;
        begin();
        file = open_file();
        CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), asked_status);
        CHECK_EQUAL(below.requests, round == 0 ? 1 : 0);
        testkit_close(file);
        end();
        node_control_override = NULL;
    }
}

const struct nt_case nt_cases[] = {
    CASE(request_that_nobody_handles_goes_to_the_driver_below),
    CASE(request_that_a_module_handles_does_not),
    CASE(file_is_opened_by_the_driver_below_and_its_end_is_told_there),
    CASE(device_that_is_no_filter_for_dmf_completes_what_nobody_handles),
    CASE(request_that_cannot_be_sent_is_completed),
    CASE(module_completes_or_forwards_as_the_kind_of_device_demands),
    CASES_END,
};
