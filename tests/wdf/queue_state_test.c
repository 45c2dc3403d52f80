/* SPDX-License-Identifier: MIT */
/*
 * Queues: start, stop, drain, purge, and what GetState says.
 */
#include "queue_case.h"

static NTSTATUS parallel(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchParallel, keep, true, &queue);
}

static NTSTATUS sequential(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchSequential, keep, true, &queue);
}

/* The notices that came. */
static unsigned notices;
static WDFCONTEXT notice_context;

static VOID on_state(WDFQUEUE Queue, WDFCONTEXT Context)
{
    CHECK(Queue == queue);
    notices++;
    notice_context = Context;
}

/*
 * Dispatch.
 */

static void sequential_queue_presents_one_at_a_time(void)
{
    struct testkit_operation *operations[3];

    begin(sequential);
    for (int index = 0; index < 3; index++)
    {
        operations[index] = start();
    }
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES, 2, 1);
    for (unsigned index = 0; index < 3; index++)
    {
        CHECK_EQUAL(kept_count, index + 1);
        WdfRequestComplete(kept[index], STATUS_SUCCESS);
        CHECK_STATUS(finish(operations[index]), STATUS_SUCCESS);
    }
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
    end();
}

static NTSTATUS limit_of_two(WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDefault = keep;
    config.Settings.Parallel.NumberOfPresentedRequests = 2;
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue);
}

static void parallel_queue_presents_up_to_its_limit(void)
{
    struct testkit_operation *operations[3];

    begin(limit_of_two);
    for (int index = 0; index < 3; index++)
    {
        operations[index] = start();
    }
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES, 1, 2);
    WdfRequestComplete(kept[1], STATUS_SUCCESS);
    CHECK_EQUAL(kept_count, 3);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    WdfRequestComplete(kept[2], STATUS_SUCCESS);
    for (int index = 0; index < 3; index++)
    {
        CHECK_STATUS(finish(operations[index]), STATUS_SUCCESS);
    }
    end();
}

static VOID complete_and_look(WDFQUEUE Queue, WDFREQUEST Request)
{
    CHECK_QUEUE(Queue, ACCEPTS | DISPATCHES | NONE_QUEUED, 0, 1);
    WdfRequestComplete(Request, STATUS_SUCCESS);
    CHECK_QUEUE(Queue, ACCEPTS | DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
    kept_count++;
}

static NTSTATUS looks(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchParallel, complete_and_look, true, &queue);
}

static void completed_request_is_the_drivers_no_longer(void)
{
    begin(looks);
    CHECK_STATUS(run(), STATUS_SUCCESS);
    CHECK_EQUAL(kept_count, 1);
    end();
}

/* Handlers that complete do not call each other: the stack would have no end. */
static unsigned depth;
static unsigned deepest;

static VOID complete_all_kept(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    depth++;
    deepest = depth > deepest ? depth : deepest;
    WdfRequestComplete(Request, STATUS_SUCCESS);
    depth--;
}

static NTSTATUS completes(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchSequential, complete_all_kept, true, &queue);
}

static void handler_that_completes_is_not_entered_again_for_the_next(void)
{
    struct testkit_operation *operations[10];

    begin(completes);
    deepest = 0;
    WdfIoQueueStop(queue, NULL, NULL);
    for (int index = 0; index < 10; index++)
    {
        operations[index] = start();
    }
    WdfIoQueueStart(queue);
    for (int index = 0; index < 10; index++)
    {
        CHECK_STATUS(finish(operations[index]), STATUS_SUCCESS);
    }
    CHECK_EQUAL(deepest, 1);
    end();
}

/*
 * Stop and start.
 */

static void stopped_queue_accepts_and_holds(void)
{
    struct testkit_operation *operation;

    begin(parallel);
    WdfIoQueueStopSynchronously(queue);
    CHECK_QUEUE(queue, ACCEPTS | NONE_QUEUED | NONE_OWNED, 0, 0);
    operation = start();
    CHECK_QUEUE(queue, ACCEPTS | NONE_OWNED, 1, 0);
    CHECK_EQUAL(kept_count, 0);
    WdfIoQueueStart(queue);
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES | NONE_QUEUED, 0, 1);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

static void stop_is_complete_when_the_driver_owns_none(void)
{
    struct testkit_operation *operation;

    begin(parallel);
    notices = 0;
    operation = start();
    WdfIoQueueStop(queue, on_state, &operation);
    CHECK_EQUAL(notices, 0);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_EQUAL(notices, 1);
    CHECK(notice_context == &operation);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    /* The next one is complete at once. */
    WdfIoQueueStop(queue, on_state, NULL);
    CHECK_EQUAL(notices, 2);
    WdfIoQueueStart(queue);
    CHECK_EQUAL(notices, 2);
    end();
}

static void start_does_not_withdraw_the_notice(void)
{
    struct testkit_operation *operation;

    begin(parallel);
    notices = 0;
    operation = start();
    WdfIoQueueStop(queue, on_state, NULL);
    WdfIoQueueStart(queue);
    CHECK_EQUAL(notices, 0);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_EQUAL(notices, 1);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

/*
 * Drain and purge.
 */

static void drained_queue_refuses_and_presents_what_it_has(void)
{
    struct testkit_operation *operations[2];

    begin(sequential);
    notices = 0;
    operations[0] = start();
    operations[1] = start();
    WdfIoQueueDrain(queue, on_state, NULL);
    CHECK_QUEUE(queue, DISPATCHES, 1, 1);
    CHECK_STATUS(run(), STATUS_INVALID_DEVICE_STATE);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_EQUAL(kept_count, 2);
    CHECK_EQUAL(notices, 0);
    WdfRequestComplete(kept[1], STATUS_SUCCESS);
    CHECK_EQUAL(notices, 1);
    CHECK_QUEUE(queue, DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
    CHECK_STATUS(finish(operations[0]), STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[1]), STATUS_SUCCESS);
    end();
}

static void stopped_queue_drains_when_it_is_started(void)
{
    struct testkit_operation *operation;

    begin(parallel);
    notices = 0;
    WdfIoQueueStop(queue, NULL, NULL);
    operation = start();
    WdfIoQueueDrain(queue, on_state, NULL);
    CHECK_QUEUE(queue, NONE_OWNED, 1, 0);
    CHECK_EQUAL(notices, 0);
    WdfIoQueueStart(queue);
    CHECK_EQUAL(kept_count, 1);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_EQUAL(notices, 1);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

static VOID complete_cancelled(WDFREQUEST Request)
{
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

static void purge_cancels_what_waits_and_what_is_marked(void)
{
    struct testkit_operation *operations[2];

    begin(sequential);
    notices = 0;
    operations[0] = start();
    operations[1] = start();
    CHECK_STATUS(WdfRequestMarkCancelableEx(kept[0], complete_cancelled), STATUS_SUCCESS);
    WdfIoQueuePurge(queue, on_state, NULL);
    CHECK_EQUAL(notices, 1);
    CHECK_EQUAL(kept_count, 1);
    CHECK_STATUS(finish(operations[0]), STATUS_CANCELLED);
    CHECK_STATUS(finish(operations[1]), STATUS_CANCELLED);
    CHECK_QUEUE(queue, DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
    CHECK_STATUS(run(), STATUS_INVALID_DEVICE_STATE);
    WdfIoQueueStart(queue);
    operations[0] = start();
    WdfRequestComplete(kept[1], STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[0]), STATUS_SUCCESS);
    end();
}

static void purge_waits_for_what_the_driver_keeps(void)
{
    struct testkit_operation *operation;

    begin(parallel);
    notices = 0;
    operation = start();
    WdfIoQueuePurge(queue, on_state, NULL);
    CHECK_EQUAL(notices, 0);
    /* Marking is too late now. */
    CHECK_STATUS(WdfRequestMarkCancelableEx(kept[0], complete_cancelled), STATUS_CANCELLED);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_EQUAL(notices, 1);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

static void marking_in_a_purged_queue_calls_back(void)
{
    struct testkit_operation *operation;

    begin(parallel);
    operation = start();
    WdfIoQueuePurge(queue, NULL, NULL);
    WdfRequestMarkCancelable(kept[0], complete_cancelled);
    CHECK_STATUS(finish(operation), STATUS_CANCELLED);
    end();
}

static void stop_and_purge_keeps_what_comes_later(void)
{
    struct testkit_operation *operations[3];

    begin(sequential);
    notices = 0;
    operations[0] = start();
    operations[1] = start();
    WdfIoQueueStopAndPurge(queue, on_state, NULL);
    CHECK_STATUS(finish(operations[1]), STATUS_CANCELLED);
    CHECK_EQUAL(notices, 0);
    operations[2] = start();
    CHECK_QUEUE(queue, ACCEPTS, 1, 1);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[0]), STATUS_SUCCESS);
    CHECK_EQUAL(notices, 1);
    CHECK_EQUAL(kept_count, 1);
    WdfIoQueueStart(queue);
    CHECK_STATUS(WdfRequestMarkCancelableEx(kept[1], complete_cancelled), STATUS_SUCCESS);
    testkit_cancel(operations[2]);
    CHECK_STATUS(finish(operations[2]), STATUS_CANCELLED);
    end();
}

static void stop_after_purge_or_drain_accepts_again(void)
{
    struct testkit_operation *operation;

    begin(parallel);
    WdfIoQueuePurgeSynchronously(queue);
    CHECK_QUEUE(queue, DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
    WdfIoQueueStop(queue, NULL, NULL);
    CHECK_QUEUE(queue, ACCEPTS | NONE_QUEUED | NONE_OWNED, 0, 0);
    WdfIoQueueDrainSynchronously(queue);
    CHECK_QUEUE(queue, NONE_QUEUED | NONE_OWNED, 0, 0);
    WdfIoQueueStopAndPurgeSynchronously(queue);
    CHECK_QUEUE(queue, ACCEPTS | NONE_QUEUED | NONE_OWNED, 0, 0);
    operation = start();
    testkit_cancel(operation);
    CHECK_STATUS(finish(operation), STATUS_CANCELLED);
    end();
}

static void second_stop_notice_stops(void)
{
    begin(parallel);
    (void)start();
    WdfIoQueueStop(queue, on_state, NULL);
    WdfIoQueueStopAndPurge(queue, on_state, NULL);
}

static void second_purge_notice_stops(void)
{
    begin(parallel);
    (void)start();
    WdfIoQueueDrain(queue, on_state, NULL);
    WdfIoQueuePurge(queue, on_state, NULL);
}

static void stop_and_drain_notices_do_not_meet(void)
{
    struct testkit_operation *operation;

    begin(parallel);
    notices = 0;
    operation = start();
    WdfIoQueueStop(queue, on_state, NULL);
    WdfIoQueueDrain(queue, on_state, NULL);
    WdfIoQueuePurge(queue, NULL, NULL);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_EQUAL(notices, 2);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

/*
 * Several threads.
 */

static struct case_signal got;

static VOID signal_kept(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    kept[0] = Request;
    case_signal_give(&got);
}

static NTSTATUS signals(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchParallel, signal_kept, true, &queue);
}

static void purge_it(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    WdfIoQueuePurgeSynchronously(queue);
}

static void drain_it(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    WdfIoQueueDrainSynchronously(queue);
}

static void several_threads_drain_and_purge_at_once(void)
{
    struct testkit_operation *operation;
    struct nt_thread *threads[3];

    wdf_case_tolerate("V29");
    case_signal_make(&got);
    begin(signals);
    operation = start();
    threads[0] = nt_thread_start(drain_it, NULL);
    threads[1] = nt_thread_start(purge_it, NULL);
    threads[2] = nt_thread_start(drain_it, NULL);
    case_signal_take(&got);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    for (int index = 0; index < 3; index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    CHECK_QUEUE(queue, DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
    end();
    case_signal_free(&got);
}

/* Handlers in one thread, changes of state in another; nothing is lost, and nothing comes when it must not. */
static NTSTATUS at_once(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchParallel, succeed, true, &queue);
}

enum
{
    SENDS = 12,
};

static void send_many(void *argument)
{
    for (int index = 0; index < SENDS; index++)
    {
        NTSTATUS status = run();

        CHECK(status == STATUS_SUCCESS || status == STATUS_CANCELLED || status == STATUS_INVALID_DEVICE_STATE);
        *(unsigned *)argument += NT_SUCCESS(status) ? 1 : 0;
    }
}

static void requests_race_changes_of_state(void)
{
    unsigned done[2] = {0};
    struct nt_thread *threads[2];

    begin(at_once);
    threads[0] = nt_thread_start(send_many, &done[0]);
    threads[1] = nt_thread_start(send_many, &done[1]);
    for (int round = 0; round < 4; round++)
    {
        WdfIoQueueStopSynchronously(queue);
        CHECK((WdfIoQueueGetState(queue, NULL, NULL) & NONE_OWNED) != 0);
        WdfIoQueueStart(queue);
        WdfIoQueuePurgeSynchronously(queue);
        CHECK_QUEUE(queue, DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
        WdfIoQueueStart(queue);
        WdfIoQueueDrainSynchronously(queue);
        WdfIoQueueStart(queue);
    }
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    CHECK_STATUS(run(), STATUS_SUCCESS);
    end();
}

const struct nt_case nt_cases[] = {
    CASE(sequential_queue_presents_one_at_a_time),
    CASE(parallel_queue_presents_up_to_its_limit),
    CASE(completed_request_is_the_drivers_no_longer),
    CASE(handler_that_completes_is_not_entered_again_for_the_next),
    CASE(stopped_queue_accepts_and_holds),
    CASE(stop_is_complete_when_the_driver_owns_none),
    CASE(start_does_not_withdraw_the_notice),
    CASE(drained_queue_refuses_and_presents_what_it_has),
    CASE(stopped_queue_drains_when_it_is_started),
    CASE(purge_cancels_what_waits_and_what_is_marked),
    CASE(purge_waits_for_what_the_driver_keeps),
    CASE(marking_in_a_purged_queue_calls_back),
    CASE(stop_and_purge_keeps_what_comes_later),
    CASE(stop_after_purge_or_drain_accepts_again),
    STOPS(second_stop_notice_stops, "WDF violation 10"),
    STOPS(second_purge_notice_stops, "WDF violation 10"),
    CASE(stop_and_drain_notices_do_not_meet),
    CASE(several_threads_drain_and_purge_at_once),
    CASE(requests_race_changes_of_state),
    CASES_END,
};
