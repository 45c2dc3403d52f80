/* SPDX-License-Identifier: MIT */
/*
 * Queues: requests that a child's driver gives to a queue of the child's parent.
 */
#include "bus_case.h"

#define CHILD_CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x901, METHOD_BUFFERED, FILE_ANY_ACCESS)

static WDFQUEUE parent_queue;
static WDFQUEUE child_queue;
static NTSTATUS forwarded;

static VOID parent_io(WDFQUEUE Queue, WDFREQUEST Request)
{
    WDF_REQUEST_PARAMETERS parameters;

    CHECK(Queue == parent_queue && WdfRequestGetIoQueue(Request) == parent_queue);
    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(Request, &parameters);
    CHECK_EQUAL(parameters.Parameters.DeviceIoControl.IoControlCode, CHILD_CODE);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, 3);
}

/* Another thread drains the parent's queue while the child's handler forwards. */
static bool drains;
static struct nt_thread *drainer;

static void drain_parent(void *argument)
{
    (void)argument;
    WdfIoQueueDrainSynchronously(parent_queue);
}

static VOID child_io(WDFQUEUE Queue, WDFREQUEST Request)
{
    WDF_REQUEST_FORWARD_OPTIONS options;

    CHECK(Queue == child_queue);
    WDF_REQUEST_FORWARD_OPTIONS_INIT(&options);
    options.Size--;
    CHECK_STATUS(WdfRequestForwardToParentDeviceIoQueue(Request, parent_queue, &options), STATUS_INFO_LENGTH_MISMATCH);
    options.Size++;
    options.Flags = 0;
    CHECK_STATUS(WdfRequestForwardToParentDeviceIoQueue(Request, parent_queue, &options), STATUS_INVALID_PARAMETER);
    WDF_REQUEST_FORWARD_OPTIONS_INIT(&options);
    CHECK_STATUS(WdfRequestForwardToParentDeviceIoQueue(Request, child_queue, &options), STATUS_INVALID_DEVICE_REQUEST);
    if (drains)
    {
        drainer = nt_thread_start(drain_parent, NULL);
    }
    forwarded = WdfRequestForwardToParentDeviceIoQueue(Request, parent_queue, &options);
    if (!NT_SUCCESS(forwarded))
    {
        WdfRequestComplete(Request, STATUS_UNSUCCESSFUL);
    }
}

static void make_queue(WDFDEVICE device, PFN_WDF_IO_QUEUE_IO_DEFAULT handler, bool is_default, WDFQUEUE *ret_queue)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchParallel);
    config.DefaultQueue = is_default;
    config.EvtIoDefault = handler;
    CHECK_STATUS(WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, ret_queue), STATUS_SUCCESS);
}

static void make_parent_queue(WDFDEVICE device)
{
    make_queue(device, parent_io, false, &parent_queue);
}

static void allow(PWDFDEVICE_INIT init, ULONG number)
{
    (void)number;
    WdfPdoInitAllowForwardingRequestToParent(init);
}

static struct testkit_device *start(void (*prepare)(PWDFDEVICE_INIT, ULONG), struct testkit_file **ret_file)
{
    DECLARE_CONST_UNICODE_STRING(link, L"\\??\\Child");
    struct testkit_device *device;
    WDFDEVICE child;

    bus_created = make_parent_queue;
    child_prepare = prepare;
    device = bus_load();
    child = child_create(1);
    make_queue(child, child_io, true, &child_queue);
    CHECK_STATUS(WdfDeviceCreateSymbolicLink(child, &link), STATUS_SUCCESS);
    CHECK_STATUS(WdfFdoAddStaticChild(bus, child), STATUS_SUCCESS);
    testkit_settle();
    CHECK_STATUS(testkit_open("\\??\\Child", true, true, ret_file), STATUS_SUCCESS);
    return device;
}

static void end(struct testkit_device *device, struct testkit_file *file)
{
    testkit_close(file);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    bus_created = NULL;
    child_prepare = NULL;
}

static void parent_answers_what_its_child_forwards(void)
{
    struct testkit_file *file;
    struct testkit_device *device = start(allow, &file);
    uint64_t information = 0;

    for (int round = 0; round < 2; round++)
    {
        CHECK_STATUS(testkit_control(file, CHILD_CODE, NULL, 0, NULL, 0, &information), STATUS_SUCCESS);
        CHECK_STATUS(forwarded, STATUS_SUCCESS);
        CHECK_EQUAL(information, 3);
    }
    WdfIoQueueDrain(parent_queue, NULL, NULL);
    CHECK_STATUS(testkit_control(file, CHILD_CODE, NULL, 0, NULL, 0, NULL), STATUS_UNSUCCESSFUL);
    CHECK_STATUS(forwarded, STATUS_WDF_BUSY);
    WdfIoQueueStart(parent_queue);
    end(device, file);
}

static void child_that_did_not_say_so_forwards_nothing(void)
{
    struct testkit_file *file;
    struct testkit_device *device = start(NULL, &file);

    CHECK_STATUS(testkit_control(file, CHILD_CODE, NULL, 0, NULL, 0, NULL), STATUS_UNSUCCESSFUL);
    CHECK_STATUS(forwarded, STATUS_INVALID_DEVICE_REQUEST);
    end(device, file);
}

/* What was forwarded has come before the drain: the parent answers it, and the drain waits for that. */
static void forwarding_races_a_drain_of_the_parents_queue(void)
{
    struct testkit_file *file;
    struct testkit_device *device = start(allow, &file);
    NTSTATUS status;

    drains = true;
    status = testkit_control(file, CHILD_CODE, NULL, 0, NULL, 0, NULL);
    drains = false;
    CHECK(forwarded == STATUS_SUCCESS || forwarded == STATUS_WDF_BUSY);
    CHECK_STATUS(status, forwarded == STATUS_SUCCESS ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL);
    nt_thread_join(drainer);
    end(device, file);
}

const struct nt_case nt_cases[] = {
    CASE(parent_answers_what_its_child_forwards),
    CASE(child_that_did_not_say_so_forwards_nothing),
    CASE(forwarding_races_a_drain_of_the_parents_queue),
    CASES_END,
};
