/* SPDX-License-Identifier: MIT */
/*
 * Queues: under which lock, at which level and on which thread callbacks run.
 */
#include "queue_case.h"

static WDFQUEUE other;
static struct case_signal arrived;

static unsigned inside;
static unsigned handled;

static WDF_OBJECT_ATTRIBUTES attributes_of(WDF_EXECUTION_LEVEL level, WDF_SYNCHRONIZATION_SCOPE scope)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = level;
    attributes.SynchronizationScope = scope;
    return attributes;
}

static NTSTATUS make_with(WDF_IO_QUEUE_DISPATCH_TYPE type, PFN_WDF_IO_QUEUE_IO_DEFAULT handler, bool is_default,
                          WDF_OBJECT_ATTRIBUTES attributes, WDFQUEUE *ret_queue)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT(&config, type);
    config.DefaultQueue = is_default;
    config.EvtIoDefault = handler;
    return WdfIoQueueCreate(device, &config, &attributes, ret_queue);
}

/*
 * One at a time.
 */

/* What it asks the queue is a chance for others to come in. */
static VOID alone(WDFQUEUE Queue, WDFREQUEST Request)
{
    inside++;
    CHECK_EQUAL(inside, 1);
    (void)WdfIoQueueGetState(Queue, NULL, NULL);
    WdfRequestComplete(Request, STATUS_SUCCESS);
    (void)WdfIoQueueGetState(Queue, NULL, NULL);
    CHECK_EQUAL(inside, 1);
    handled++;
    inside--;
}

static NTSTATUS queue_scope(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_with(WdfIoQueueDispatchParallel, alone, true,
                     attributes_of(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeQueue), &queue);
}

static NTSTATUS passive_queue_scope(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_with(WdfIoQueueDispatchParallel, alone, true,
                     attributes_of(WdfExecutionLevelPassive, WdfSynchronizationScopeQueue), &queue);
}

static void send_four(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (int index = 0; index < 4; index++)
    {
        CHECK_STATUS(run(), STATUS_SUCCESS);
    }
}

static void send_from_two_threads(NTSTATUS (*make)(WDFDEVICE))
{
    struct nt_thread *threads[2];

    inside = 0;
    handled = 0;
    begin(make);
    threads[0] = nt_thread_start(send_four, NULL);
    threads[1] = nt_thread_start(send_four, NULL);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    WdfIoQueueDrainSynchronously(queue);
    end();
    CHECK_EQUAL(handled, 8);
}

static void handlers_of_one_queue_do_not_overlap(void)
{
    send_from_two_threads(queue_scope);
}

static void handlers_of_a_passive_queue_do_not_overlap(void)
{
    send_from_two_threads(passive_queue_scope);
}

static VOID pass_on(WDFQUEUE Queue, WDFREQUEST Request)
{
    inside++;
    CHECK_EQUAL(inside, 1);
    (void)WdfIoQueueGetState(Queue, NULL, NULL);
    CHECK_STATUS(WdfRequestForwardToIoQueue(Request, other), STATUS_SUCCESS);
    (void)WdfIoQueueGetState(Queue, NULL, NULL);
    CHECK_EQUAL(inside, 1);
    inside--;
}

static NTSTATUS device_scope(WDFDEVICE Device)
{
    WDF_OBJECT_ATTRIBUTES inherit =
        attributes_of(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeInheritFromParent);

    UNREFERENCED_PARAMETER(Device);
    CHECK_STATUS(make_with(WdfIoQueueDispatchParallel, alone, false, inherit, &other), STATUS_SUCCESS);
    return make_with(WdfIoQueueDispatchParallel, pass_on, true, inherit, &queue);
}

/* The device's lock is held where the request is forwarded, so the other queue's handler comes later. */
static void handlers_of_one_device_do_not_overlap(void)
{
    WDF_OBJECT_ATTRIBUTES attributes = attributes_of(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeDevice);

    queue_case.device_attributes = &attributes;
    send_from_two_threads(device_scope);
}

/*
 * Not twice on one thread.
 */

static NTSTATUS sequential_with_lock(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_with(WdfIoQueueDispatchSequential, alone, true,
                     attributes_of(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeQueue), &queue);
}

static void completing_under_the_lock_does_not_present_the_next_there(void)
{
    struct testkit_operation *operations[4];

    inside = 0;
    handled = 0;
    begin(sequential_with_lock);
    WdfIoQueueStop(queue, NULL, NULL);
    for (int index = 0; index < 4; index++)
    {
        operations[index] = start();
    }
    WdfIoQueueStart(queue);
    for (int index = 0; index < 4; index++)
    {
        CHECK_STATUS(finish(operations[index]), STATUS_SUCCESS);
    }
    WdfIoQueueDrainSynchronously(queue);
    end();
    CHECK_EQUAL(handled, 4);
}

static VOID keep_and_signal(WDFQUEUE Queue, WDFREQUEST Request)
{
    keep(Queue, Request);
    case_signal_give(&arrived);
}

static NTSTATUS keeps_with_lock(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_with(WdfIoQueueDispatchSequential, keep_and_signal, true,
                     attributes_of(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeQueue), &queue);
}

static void driver_that_holds_the_lock_is_not_called_meanwhile(void)
{
    struct testkit_operation *operations[2];

    case_signal_make(&arrived);
    begin(keeps_with_lock);
    operations[0] = start();
    operations[1] = start();
    case_signal_take(&arrived);
    WdfObjectAcquireLock(queue);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_EQUAL(kept_count, 1);
    WdfObjectReleaseLock(queue);
    case_signal_take(&arrived);
    CHECK_EQUAL(kept_count, 2);
    WdfRequestComplete(kept[1], STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[0]), STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[1]), STATUS_SUCCESS);
    end();
    case_signal_free(&arrived);
}

static VOID on_cancel(WDFREQUEST Request)
{
    CHECK_EQUAL(inside, 0);
    WdfRequestComplete(Request, STATUS_ALERTED);
}

static void cancel_callback_waits_for_the_lock_that_its_marker_holds(void)
{
    struct testkit_operation *operation;

    case_signal_make(&arrived);
    begin(keeps_with_lock);
    operation = start();
    case_signal_take(&arrived);
    testkit_cancel(operation);
    WdfObjectAcquireLock(queue);
    inside = 1;
    WdfRequestMarkCancelable(kept[0], on_cancel);
    inside = 0;
    WdfObjectReleaseLock(queue);
    CHECK_STATUS(finish(operation), STATUS_ALERTED);
    end();
    case_signal_free(&arrived);
}

static VOID on_purged(WDFQUEUE Queue, WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Queue);
    CHECK_EQUAL(inside, 0);
    case_signal_give(Context);
}

static VOID on_stopped(WDFQUEUE Queue, WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Queue);
    /* It has no lock, so it can take it. */
    WdfObjectAcquireLock(Queue);
    WdfObjectReleaseLock(Queue);
    case_signal_give(Context);
}

static void state_callbacks_of_drain_are_serialised_and_of_stop_are_not(void)
{
    case_signal_make(&arrived);
    begin(keeps_with_lock);
    WdfIoQueueStop(queue, on_stopped, &arrived);
    case_signal_take(&arrived);
    WdfObjectAcquireLock(queue);
    inside = 1;
    WdfIoQueueDrain(queue, on_purged, &arrived);
    inside = 0;
    WdfObjectReleaseLock(queue);
    case_signal_take(&arrived);
    end();
    case_signal_free(&arrived);
}

/*
 * Levels.
 */

#if defined(DMF_USER_MODE)
#define LEVEL_IS(Level) true
#else
#define LEVEL_IS(Level) (KeGetCurrentIrql() == (Level))
#endif

static VOID at_dispatch(WDFQUEUE Queue, WDFREQUEST Request)
{
    CHECK(LEVEL_IS(DISPATCH_LEVEL));
    succeed(Queue, Request);
}

static NTSTATUS dispatch_lock(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_with(WdfIoQueueDispatchParallel, at_dispatch, true,
                     attributes_of(WdfExecutionLevelDispatch, WdfSynchronizationScopeQueue), &queue);
}

static void lock_of_a_dispatch_queue_raises(void)
{
    begin(dispatch_lock);
    CHECK_STATUS(run(), STATUS_SUCCESS);
    end();
}

static WDFSPINLOCK spin;

/* Only the kernel flavour has levels: in the other one the lock would be held where the request is presented. */
static VOID forward_raised(WDFQUEUE Queue, WDFREQUEST Request)
{
    bool raises = !LEVEL_IS(DISPATCH_LEVEL);

    UNREFERENCED_PARAMETER(Queue);
    if (raises)
    {
        WdfSpinLockAcquire(spin);
    }
    CHECK_STATUS(WdfRequestForwardToIoQueue(Request, other), STATUS_SUCCESS);
    if (raises)
    {
        WdfSpinLockRelease(spin);
    }
}

static VOID at_passive(WDFQUEUE Queue, WDFREQUEST Request)
{
    CHECK(LEVEL_IS(PASSIVE_LEVEL));
    succeed(Queue, Request);
}

static NTSTATUS to_passive(WDFDEVICE Device)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    CHECK_STATUS(WdfSpinLockCreate(&attributes, &spin), STATUS_SUCCESS);
    CHECK_STATUS(make_with(WdfIoQueueDispatchParallel, at_passive, false,
                           attributes_of(WdfExecutionLevelPassive, WdfSynchronizationScopeNone), &other),
                 STATUS_SUCCESS);
    return make_with(WdfIoQueueDispatchParallel, forward_raised, true,
                     attributes_of(WdfExecutionLevelDispatch, WdfSynchronizationScopeNone), &queue);
}

static void passive_queue_presents_at_passive_level_whoever_brings_the_request(void)
{
    begin(to_passive);
    for (int index = 0; index < 3; index++)
    {
        CHECK_STATUS(run(), STATUS_SUCCESS);
    }
    end();
}

/*
 * Without a lock.
 */

static VOID forward_and_look(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    CHECK_STATUS(WdfRequestForwardToIoQueue(Request, other), STATUS_SUCCESS);
    CHECK_EQUAL(kept_count, 1);
}

static NTSTATUS without_lock(WDFDEVICE Device)
{
    WDF_OBJECT_ATTRIBUTES none = attributes_of(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeNone);

    UNREFERENCED_PARAMETER(Device);
    CHECK_STATUS(make_with(WdfIoQueueDispatchParallel, keep, false, none, &other), STATUS_SUCCESS);
    return make_with(WdfIoQueueDispatchParallel, forward_and_look, true, none, &queue);
}

static void without_a_lock_presentation_is_over_when_the_call_returns(void)
{
    struct testkit_operation *operation;

    begin(without_lock);
    operation = start();
    CHECK_EQUAL(kept_count, 1);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

/* The handler sends a request to its own queue and waits for it; without a lock that is good. */
static VOID send_to_itself(WDFQUEUE Queue, WDFREQUEST Request)
{
    handled++;
    if (handled == 1)
    {
        CHECK_STATUS(run(), STATUS_SUCCESS);
        CHECK_EQUAL(handled, 2);
    }
    succeed(Queue, Request);
}

static NTSTATUS itself(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_with(WdfIoQueueDispatchParallel, send_to_itself, true,
                     attributes_of(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeNone), &queue);
}

static void handler_may_wait_for_a_request_to_its_own_queue(void)
{
    handled = 0;
    begin(itself);
    CHECK_STATUS(run(), STATUS_SUCCESS);
    CHECK_EQUAL(handled, 2);
    end();
}

const struct nt_case nt_cases[] = {
    CASE(handlers_of_one_queue_do_not_overlap),
    CASE(handlers_of_a_passive_queue_do_not_overlap),
    CASE(handlers_of_one_device_do_not_overlap),
    CASE(completing_under_the_lock_does_not_present_the_next_there),
    CASE(driver_that_holds_the_lock_is_not_called_meanwhile),
    CASE(cancel_callback_waits_for_the_lock_that_its_marker_holds),
    CASE(state_callbacks_of_drain_are_serialised_and_of_stop_are_not),
    CASE(lock_of_a_dispatch_queue_raises),
    CASE(passive_queue_presents_at_passive_level_whoever_brings_the_request),
    CASE(without_a_lock_presentation_is_over_when_the_call_returns),
    CASE(handler_may_wait_for_a_request_to_its_own_queue),
    CASES_END,
};
