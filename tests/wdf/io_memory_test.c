/* SPDX-License-Identifier: MIT */
/*
 * Lack of memory in whole lives: the driver is loaded, a device starts and makes what the row says, a client uses it, and all goes
 * again, while each allocation fails once. Nothing stays, and nothing hangs.
 */
#include "send_case.h"

#include <string.h>

#define PATH "\\??\\MemoryCase"

DECLARE_CONST_UNICODE_STRING(link_name, L"\\??\\MemoryCase");
#if defined(DMF_USER_MODE)
DECLARE_CONST_UNICODE_STRING(target_name, L"\\\\.\\MemoryCase");
#else
DECLARE_CONST_UNICODE_STRING(target_name, L"\\??\\MemoryCase");
#endif

/* What the device has, and what a client does with it. */
struct row
{
    NTSTATUS (*make)(WDFDEVICE device);
    void (*use)(struct testkit_file *file);
};

static struct
{
    const struct row *row;
    WDFQUEUE queue;
    WDFQUEUE other;
    WDFTIMER timer;
    WDFWORKITEM item;
    WDFIOTARGET remote;
} life;

static bool is_lack(NTSTATUS status)
{
    return status == STATUS_INSUFFICIENT_RESOURCES || status == STATUS_NO_MEMORY;
}

static void check_status(NTSTATUS status)
{
    CHECK(NT_SUCCESS(status) || is_lack(status));
}

static NTSTATUS make_queue(WDF_IO_QUEUE_DISPATCH_TYPE type, PFN_WDF_IO_QUEUE_IO_DEFAULT handler, bool is_default,
                           WDFQUEUE *ret_queue)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT(&config, type);
    config.DefaultQueue = is_default;
    config.EvtIoDefault = handler;
    return WdfIoQueueCreate(test.device, &config, WDF_NO_OBJECT_ATTRIBUTES, ret_queue);
}

static VOID succeed(WDFQUEUE queue, WDFREQUEST request)
{
    UNREFERENCED_PARAMETER(queue);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void control(struct testkit_file *file)
{
    UCHAR buffer[4] = {1, 2, 3, 4};

    for (int round = 0; round < 2; round++)
    {
        check_status(testkit_control(file, CODE, buffer, sizeof(buffer), buffer, sizeof(buffer), NULL));
        check_status(testkit_read(file, buffer, sizeof(buffer), NULL));
    }
}

/*
 * Queues.
 */

static NTSTATUS make_sequential(WDFDEVICE device)
{
    UNREFERENCED_PARAMETER(device);
    return make_queue(WdfIoQueueDispatchSequential, succeed, true, &life.queue);
}

static NTSTATUS make_parallel(WDFDEVICE device)
{
    UNREFERENCED_PARAMETER(device);
    return make_queue(WdfIoQueueDispatchParallel, succeed, true, &life.queue);
}

static NTSTATUS make_manual(WDFDEVICE device)
{
    UNREFERENCED_PARAMETER(device);
    return make_queue(WdfIoQueueDispatchManual, NULL, true, &life.queue);
}

static void complete_what_waits(WDFQUEUE queue)
{
    WDFREQUEST request;
    NTSTATUS status = WdfIoQueueRetrieveNextRequest(queue, &request);

    if (NT_SUCCESS(status))
    {
        WdfRequestComplete(request, STATUS_SUCCESS);
    }
    CHECK(NT_SUCCESS(status) || status == STATUS_NO_MORE_ENTRIES);
}

/* An operation for which there is no memory is not begun, or over at once. */
static void use_manual(struct testkit_file *file)
{
    struct testkit_operation *first = testkit_control_start(file, CODE, NULL, 0, NULL, 0);
    struct testkit_operation *second = testkit_control_start(file, CODE, NULL, 0, NULL, 0);

    complete_what_waits(life.queue);
    WdfIoQueuePurgeSynchronously(life.queue);
    if (first != NULL)
    {
        NTSTATUS status = testkit_wait(first, NULL);

        CHECK(NT_SUCCESS(status) || is_lack(status));
    }
    if (second != NULL)
    {
        NTSTATUS status = testkit_wait(second, NULL);

        CHECK(NT_SUCCESS(status) || status == STATUS_CANCELLED || is_lack(status));
    }
}

static VOID forward(WDFQUEUE queue, WDFREQUEST request)
{
    NTSTATUS status = WdfRequestForwardToIoQueue(request, life.other);

    UNREFERENCED_PARAMETER(queue);
    if (!NT_SUCCESS(status))
    {
        check_status(status);
        WdfRequestComplete(request, status);
    }
}

static NTSTATUS make_forwarding(WDFDEVICE device)
{
    NTSTATUS status = make_queue(WdfIoQueueDispatchSequential, succeed, false, &life.other);

    UNREFERENCED_PARAMETER(device);
    return NT_SUCCESS(status) ? make_queue(WdfIoQueueDispatchParallel, forward, true, &life.queue) : status;
}

/*
 * Targets and requests.
 */

static VOID use_memory(WDFQUEUE queue, WDFREQUEST request)
{
    WDFMEMORY memory;
    NTSTATUS status = WdfRequestRetrieveOutputMemory(request, &memory);

    UNREFERENCED_PARAMETER(queue);
    check_status(status);
    if (NT_SUCCESS(status))
    {
        status = WdfIoTargetFormatRequestForRead(test.target, request, memory, NULL, NULL);
        check_status(status);
    }
    if (NT_SUCCESS(status) && !send_in_time(request, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS, WDF_REL_TIMEOUT_IN_SEC(10)))
    {
        status = WdfRequestGetStatus(request);
    }
    WdfRequestComplete(request, status);
}

static NTSTATUS make_memory_user(WDFDEVICE device)
{
    UNREFERENCED_PARAMETER(device);
    return make_queue(WdfIoQueueDispatchParallel, use_memory, true, &life.queue);
}

static void send_made(WDFIOTARGET target)
{
    WDF_REQUEST_SEND_OPTIONS options;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFREQUEST request;
    NTSTATUS status;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = test.device;
    status = WdfRequestCreate(&attributes, target, &request);
    check_status(status);
    if (!NT_SUCCESS(status))
    {
        return;
    }
    status = WdfIoTargetFormatRequestForIoctl(target, request, CODE, NULL, NULL, NULL, NULL);
    check_status(status);
    WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_TIMEOUT);
    WDF_REQUEST_SEND_OPTIONS_SET_TIMEOUT(&options, WDF_REL_TIMEOUT_IN_SEC(10));
    if (NT_SUCCESS(status))
    {
        WdfRequestSetCompletionRoutine(request, note_end, &test);
        if (!WdfRequestSend(request, target, &options))
        {
            check_status(WdfRequestGetStatus(request));
        }
    }
    WdfObjectDelete(request);
    check_status(WdfIoTargetSendIoctlSynchronously(target, NULL, CODE, NULL, NULL, NULL, NULL));
}

static void use_local_target(struct testkit_file *file)
{
    UNREFERENCED_PARAMETER(file);
    send_made(test.target);
    WdfIoTargetStop(test.target, WdfIoTargetWaitForSentIoToComplete);
    check_status(WdfIoTargetStart(test.target));
}

static NTSTATUS make_remote(WDFDEVICE device)
{
    NTSTATUS status = make_parallel(device);

    return NT_SUCCESS(status) ? WdfIoTargetCreate(device, WDF_NO_OBJECT_ATTRIBUTES, &life.remote) : status;
}

/* The device opens itself. */
static void use_remote(struct testkit_file *file)
{
    WDF_IO_TARGET_OPEN_PARAMS params;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(file);
    WDF_IO_TARGET_OPEN_PARAMS_INIT_OPEN_BY_NAME(&params, &target_name, GENERIC_READ | GENERIC_WRITE);
    status = WdfIoTargetOpen(life.remote, &params);
    check_status(status);
    if (NT_SUCCESS(status))
    {
        send_made(life.remote);
    }
    WdfIoTargetClose(life.remote);
}

/*
 * What runs later.
 */

static VOID on_timer(WDFTIMER timer)
{
    UNREFERENCED_PARAMETER(timer);
}

static VOID on_item(WDFWORKITEM item)
{
    UNREFERENCED_PARAMETER(item);
}

static NTSTATUS make_later(WDFDEVICE device)
{
    WDF_WORKITEM_CONFIG item;
    WDF_TIMER_CONFIG timer;
    WDF_OBJECT_ATTRIBUTES attributes;
    NTSTATUS status = make_parallel(device);

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    WDF_TIMER_CONFIG_INIT(&timer, on_timer);
    WDF_WORKITEM_CONFIG_INIT(&item, on_item);
    if (NT_SUCCESS(status))
    {
        status = WdfTimerCreate(&timer, &attributes, &life.timer);
    }
    return NT_SUCCESS(status) ? WdfWorkItemCreate(&item, &attributes, &life.item) : status;
}

static void use_later(struct testkit_file *file)
{
    UNREFERENCED_PARAMETER(file);
    (void)WdfTimerStart(life.timer, WDF_REL_TIMEOUT_IN_MS(1));
    WdfWorkItemEnqueue(life.item);
    WdfWorkItemFlush(life.item);
    (void)WdfTimerStop(life.timer, TRUE);
}

static BOOLEAN on_interrupt(WDFINTERRUPT interrupt, ULONG message)
{
    UNREFERENCED_PARAMETER(interrupt);
    UNREFERENCED_PARAMETER(message);
    return TRUE;
}

static VOID on_deferred(WDFINTERRUPT interrupt, WDFOBJECT object)
{
    UNREFERENCED_PARAMETER(interrupt);
    UNREFERENCED_PARAMETER(object);
}

static NTSTATUS make_interrupt(WDFDEVICE device)
{
    WDF_INTERRUPT_CONFIG config;
    WDFINTERRUPT interrupt;
    NTSTATUS status = make_parallel(device);

    WDF_INTERRUPT_CONFIG_INIT(&config, on_interrupt, on_deferred);
    return NT_SUCCESS(status) ? WdfInterruptCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &interrupt) : status;
}

/*
 * The lives.
 */

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    NTSTATUS status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &test.device);

    UNREFERENCED_PARAMETER(driver);
    if (NT_SUCCESS(status))
    {
        test.target = WdfDeviceGetIoTarget(test.device);
        status = life.row->make(test.device);
    }
    return NT_SUCCESS(status) ? WdfDeviceCreateSymbolicLink(test.device, &link_name) : status;
}

static void use_device(void)
{
    struct testkit_file *file;
    NTSTATUS status = testkit_open(PATH, true, true, &file);

    check_status(status);
    if (NT_SUCCESS(status))
    {
        life.row->use(file);
        testkit_close(file);
    }
}

/* A removal that lacks memory is refused, and can be asked for again. */
static void remove_device(void)
{
    NTSTATUS status = testkit_remove(test.started);

    check_status(status);
    if (!NT_SUCCESS(status))
    {
        CHECK_STATUS(testkit_remove(test.started), STATUS_SUCCESS);
    }
}

/* Whatever is missing on the way: the device fails to start, the client gets an error, or all is well. */
static void live(void)
{
    const struct row *row = life.row;
    WDF_DRIVER_CONFIG config;
    NTSTATUS status;

    memset(&life, 0, sizeof(life));
    life.row = row;
    WDF_DRIVER_CONFIG_INIT(&config, add_device);
    status = wdf_case_load_with(&config, NULL);
    check_status(status);
    if (!NT_SUCCESS(status))
    {
        return;
    }
    test.started = NULL;
    (void)testkit_start(wdf_case_driver, "case", &test.started);
    if (test.started != NULL)
    {
        use_device();
        remove_device();
    }
    wdf_case_unload();
}

static void live_without_memory(NTSTATUS (*make)(WDFDEVICE device), void (*use)(struct testkit_file *file))
{
    const struct row row = {make, use};

    memset(&life, 0, sizeof(life));
    life.row = &row;
    nt_fail_each_allocation(live);
}

static void sequential_queue_survives_every_failed_allocation(void)
{
    live_without_memory(make_sequential, control);
}

static void parallel_queue_survives_every_failed_allocation(void)
{
    live_without_memory(make_parallel, control);
}

static void manual_queue_survives_every_failed_allocation(void)
{
    live_without_memory(make_manual, use_manual);
}

static void forwarding_survives_every_failed_allocation(void)
{
    live_without_memory(make_forwarding, control);
}

static void remote_target_survives_every_failed_allocation(void)
{
    live_without_memory(make_remote, use_remote);
}

static void timer_and_work_item_survive_every_failed_allocation(void)
{
    live_without_memory(make_later, use_later);
}

static void interrupt_survives_every_failed_allocation(void)
{
    live_without_memory(make_interrupt, control);
}

/* Over a device that answers: it is made once, and only what is done with it lacks memory. */

static struct testkit_file *open_over(NTSTATUS (*make)(WDFDEVICE device))
{
    static struct row row;
    struct testkit_file *file;
    WDF_DRIVER_CONFIG config;

    row.make = make;
    memset(&life, 0, sizeof(life));
    life.row = &row;
    WDF_DRIVER_CONFIG_INIT(&config, add_device);
    CHECK_STATUS(wdf_case_load_with(&config, NULL), STATUS_SUCCESS);
    lower_install(wdf_case_driver_object);
    lower.flags = LOWER_BUFFERED;
    test.started = wdf_case_start();
    CHECK_STATUS(testkit_open(PATH, true, true, &file), STATUS_SUCCESS);
    return file;
}

static struct testkit_file *over_file;

static void use_target_once(void)
{
    use_local_target(over_file);
}

static void read_through_once(void)
{
    UCHAR buffer[8];

    check_status(testkit_read(over_file, buffer, sizeof(buffer), NULL));
}

static void local_target_survives_every_failed_allocation(void)
{
    over_file = open_over(make_parallel);
    nt_fail_each_allocation(use_target_once);
    testkit_close(over_file);
    tear_down();
}

static void request_sent_on_survives_every_failed_allocation(void)
{
    over_file = open_over(make_memory_user);
    nt_fail_each_allocation(read_through_once);
    testkit_close(over_file);
    tear_down();
}

const struct nt_case nt_cases[] = {
    CASE(sequential_queue_survives_every_failed_allocation), CASE(parallel_queue_survives_every_failed_allocation),
    CASE(manual_queue_survives_every_failed_allocation),     CASE(forwarding_survives_every_failed_allocation),
    CASE(remote_target_survives_every_failed_allocation),    CASE(timer_and_work_item_survive_every_failed_allocation),
    CASE(interrupt_survives_every_failed_allocation),        CASE(local_target_survives_every_failed_allocation),
    CASE(request_sent_on_survives_every_failed_allocation),  CASES_END,
};
