/* SPDX-License-Identifier: MIT */
/*
 * Queues: what happens at the same time. Every request ends exactly once, and every call comes to an end.
 */
#include "queue_case.h"

static WDFQUEUE other;

enum
{
    ROUNDS = 4,
};

static bool is_expected_end(NTSTATUS status)
{
    return status == STATUS_SUCCESS || status == STATUS_CANCELLED || status == STATUS_INVALID_DEVICE_STATE;
}

static void send_rounds(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (int round = 0; round < ROUNDS; round++)
    {
        CHECK(is_expected_end(run()));
    }
}

/* Two threads send, this one does something else meanwhile. */
static void race(NTSTATUS (*make)(WDFDEVICE), void (*meanwhile)(void))
{
    struct nt_thread *threads[2];

    begin(make);
    threads[0] = nt_thread_start(send_rounds, NULL);
    threads[1] = nt_thread_start(send_rounds, NULL);
    meanwhile();
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
    end();
}

/*
 * Forwarding.
 */

static VOID forward_or_end(WDFQUEUE Queue, WDFREQUEST Request)
{
    NTSTATUS status = WdfRequestForwardToIoQueue(Request, other);

    UNREFERENCED_PARAMETER(Queue);
    if (!NT_SUCCESS(status))
    {
        CHECK_STATUS(status, STATUS_WDF_BUSY);
        WdfRequestComplete(Request, STATUS_SUCCESS);
    }
}

static NTSTATUS chain(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    CHECK_STATUS(make_queue(WdfIoQueueDispatchParallel, forward_or_end, true, &queue), STATUS_SUCCESS);
    return make_queue(WdfIoQueueDispatchSequential, succeed, false, &other);
}

static void purge_other(void)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        WdfIoQueuePurgeSynchronously(other);
        CHECK_QUEUE(other, DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
        WdfIoQueueStart(other);
    }
}

static void forwarding_races_purge(void)
{
    race(chain, purge_other);
}

static void drain_and_stop_other(void)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        WdfIoQueueDrainSynchronously(other);
        CHECK_QUEUE(other, DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
        WdfIoQueueStopSynchronously(other);
        CHECK((WdfIoQueueGetState(other, NULL, NULL) & (DISPATCHES | NONE_OWNED)) == NONE_OWNED);
        WdfIoQueueStart(other);
    }
}

static void forwarding_races_drain_and_stop(void)
{
    race(chain, drain_and_stop_other);
}

/*
 * Retrieval.
 */

static NTSTATUS manual(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchManual, NULL, true, &queue);
}

static struct case_signal ready;
static unsigned retrieved;

static VOID on_ready(WDFQUEUE Queue, WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Queue);
    case_signal_give(Context);
}

/* Takes what is there each time it is told that there is something; that it is told is what ends it. */
static void retrieve_them(void *argument)
{
    bool given_back = false;

    UNREFERENCED_PARAMETER(argument);
    while (retrieved < 2 * ROUNDS)
    {
        NTSTATUS status = STATUS_SUCCESS;
        WDFREQUEST request;

        case_signal_take(&ready);
        while (NT_SUCCESS(status))
        {
            status = WdfIoQueueRetrieveNextRequest(queue, &request);
            CHECK(NT_SUCCESS(status) || status == STATUS_NO_MORE_ENTRIES || status == STATUS_WDF_PAUSED);
            if (NT_SUCCESS(status) && !given_back)
            {
                given_back = true;
                CHECK_STATUS(WdfRequestRequeue(request), STATUS_SUCCESS);
            }
            else if (NT_SUCCESS(status))
            {
                given_back = false;
                retrieved++;
                WdfRequestComplete(request, STATUS_SUCCESS);
            }
        }
    }
}

/*
 * Cancellation: a request that is marked, unmarked, completed and cancelled at once ends exactly once.
 */

static struct case_signal arrived;
static struct case_signal ended;
static unsigned ends;

static VOID on_cancel(WDFREQUEST Request)
{
    ends++;
    WdfRequestComplete(Request, STATUS_CANCELLED);
    case_signal_give(&ended);
}

static VOID hand_over(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    kept[0] = Request;
    case_signal_give(&arrived);
}

static NTSTATUS hands_over(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchParallel, hand_over, true, &queue);
}

/* The driver's own thread. */
static void mark_unmark_complete(void *argument)
{
    bool extended = *(bool *)argument;

    for (int round = 0; round < ROUNDS; round++)
    {
        WDFREQUEST request;
        NTSTATUS status = STATUS_SUCCESS;

        case_signal_take(&arrived);
        request = kept[0];
        WdfObjectReference(request);
        if (extended)
        {
            status = WdfRequestMarkCancelableEx(request, on_cancel);
            if (status == STATUS_CANCELLED)
            {
                ends++;
                WdfRequestComplete(request, STATUS_CANCELLED);
                case_signal_give(&ended);
            }
        }
        else
        {
            WdfRequestMarkCancelable(request, on_cancel);
        }
        if (NT_SUCCESS(status) && ends == (unsigned)round && NT_SUCCESS(WdfRequestUnmarkCancelable(request)))
        {
            ends++;
            WdfRequestComplete(request, STATUS_SUCCESS);
            case_signal_give(&ended);
        }
        case_signal_take(&ended);
        CHECK_EQUAL(ends, (unsigned)round + 1);
        WdfObjectDereference(request);
    }
}

static void cancel_races_completion(bool extended)
{
    struct nt_thread *driver;

    ends = 0;
    case_signal_make(&arrived);
    case_signal_make(&ended);
    begin(hands_over);
    driver = nt_thread_start(mark_unmark_complete, &extended);
    for (int round = 0; round < ROUNDS; round++)
    {
        struct testkit_operation *operation = start();
        NTSTATUS status;

        testkit_cancel(operation);
        status = finish(operation);
        CHECK(status == STATUS_SUCCESS || status == STATUS_CANCELLED);
    }
    nt_thread_join(driver);
    end();
    CHECK_EQUAL(ends, ROUNDS);
    case_signal_free(&arrived);
    case_signal_free(&ended);
}

static void cancellation_races_marking_and_completion(void)
{
    cancel_races_completion(false);
}

static void cancellation_races_extended_marking_and_completion(void)
{
    cancel_races_completion(true);
}

/* A purge cancels what is marked; marking and completion go on. */
static VOID mark_or_end(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    if (WdfRequestMarkCancelableEx(Request, on_cancel) == STATUS_CANCELLED)
    {
        WdfRequestComplete(Request, STATUS_CANCELLED);
    }
}

static NTSTATUS marks(WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDefault = mark_or_end;
    config.PowerManaged = WdfFalse;
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue);
}

static void send_and_cancel(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (int round = 0; round < ROUNDS; round++)
    {
        struct testkit_operation *operation = start();

        testkit_cancel(operation);
        CHECK(is_expected_end(finish(operation)));
    }
}

static void marking_races_purge_and_cancellation(void)
{
    struct nt_thread *sender;

    case_signal_make(&ended);
    begin(marks);
    sender = nt_thread_start(send_and_cancel, NULL);
    for (int round = 0; round < ROUNDS; round++)
    {
        WdfIoQueuePurgeSynchronously(queue);
        CHECK_QUEUE(queue, DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
        WdfIoQueueStart(queue);
    }
    nt_thread_join(sender);
    end();
    case_signal_free(&ended);
}

/*
 * Files.
 */

static void close_second(void *argument)
{
    testkit_close(argument);
}

/* Cleanup ends what waits; what the driver has, it ends itself. */
static void closing_a_file_races_its_requests(void)
{
    struct testkit_operation *operations[2];
    struct testkit_file *second;
    struct nt_thread *closer;
    WDFREQUEST request;
    NTSTATUS status;

    begin(manual);
    CHECK_STATUS(testkit_open("\\??\\Case", true, true, &second), STATUS_SUCCESS);
    operations[0] = testkit_control_start(second, QUEUE_CODE, NULL, 0, NULL, 0);
    operations[1] = testkit_control_start(second, QUEUE_CODE, NULL, 0, NULL, 0);
    closer = nt_thread_start(close_second, second);
    status = WdfIoQueueRetrieveNextRequest(queue, &request);
    if (NT_SUCCESS(status))
    {
        WdfRequestComplete(request, STATUS_SUCCESS);
    }
    for (int index = 0; index < 2; index++)
    {
        NTSTATUS ending = finish(operations[index]);

        CHECK(ending == STATUS_CANCELLED || (index == 0 && ending == STATUS_SUCCESS) || NT_SUCCESS(status));
    }
    nt_thread_join(closer);
    end();
}

/*
 * Deletion.
 */

static VOID to_other(WDFQUEUE Queue, WDFREQUEST Request)
{
    WDFQUEUE target = other;

    UNREFERENCED_PARAMETER(Queue);
    if (target == NULL || !NT_SUCCESS(WdfRequestForwardToIoQueue(Request, target)))
    {
        WdfRequestComplete(Request, STATUS_SUCCESS);
    }
}

static NTSTATUS to_a_queue_that_goes(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    CHECK_STATUS(make_queue(WdfIoQueueDispatchParallel, to_other, true, &queue), STATUS_SUCCESS);
    return make_queue(WdfIoQueueDispatchManual, NULL, false, &other);
}

static unsigned cancelled;

static void send_one(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    cancelled += run() == STATUS_CANCELLED ? 1 : 0;
}

/* What waits in the queue is cancelled, what the driver has of it is waited for. */
static void deleting_a_queue_ends_its_requests(void)
{
    struct testkit_operation *operations[2];
    struct nt_thread *thread;
    WDFREQUEST request;
    WDFQUEUE gone;

    begin(to_a_queue_that_goes);
    operations[0] = start();
    operations[1] = start();
    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(other, &request), STATUS_SUCCESS);
    CHECK_STATUS(WdfRequestMarkCancelableEx(request, on_cancel), STATUS_SUCCESS);
    ends = 0;
    case_signal_make(&ended);
    cancelled = 0;
    gone = other;
    other = NULL;
    thread = nt_thread_start(send_one, NULL);
    WdfObjectDelete(gone);
    CHECK_EQUAL(ends, 1);
    CHECK_STATUS(finish(operations[0]), STATUS_CANCELLED);
    CHECK_STATUS(finish(operations[1]), STATUS_CANCELLED);
    nt_thread_join(thread);
    CHECK_EQUAL(cancelled, 0);
    end();
    case_signal_free(&ended);
}

static VOID keep_when_stopped(WDFQUEUE Queue, WDFREQUEST Request, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Queue);
    if ((Flags & WdfRequestStopActionSuspend) != 0)
    {
        WdfRequestStopAcknowledge(Request, FALSE);
    }
}

static VOID keep_on(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);
}

static NTSTATUS marks_and_stops(WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDefault = mark_or_end;
    config.EvtIoStop = keep_when_stopped;
    config.EvtIoResume = keep_on;
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue);
}

static void remove_it(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    CHECK_STATUS(testkit_surprise_remove(started), STATUS_SUCCESS);
}

/* Requests of a device that is pulled out end, whoever has them. */
static void removal_races_requests(void)
{
    struct testkit_operation *operations[2];
    struct nt_thread *remover;

    case_signal_make(&ended);
    ends = 0;
    begin(marks_and_stops);
    operations[0] = start();
    remover = nt_thread_start(remove_it, NULL);
    operations[1] = start();
    CHECK_STATUS(finish(operations[0]), STATUS_CANCELLED);
    CHECK(is_expected_end(finish(operations[1])));
    testkit_close(file);
    nt_thread_join(remover);
    wdf_case_unload();
    memset(&queue_case, 0, sizeof(queue_case));
    case_signal_free(&ended);
}

/*
 * Retrieval against stop and start.
 */

static void stop_and_start(void)
{
    struct nt_thread *thread;

    retrieved = 0;
    CHECK_STATUS(WdfIoQueueReadyNotify(queue, on_ready, &ready), STATUS_SUCCESS);
    thread = nt_thread_start(retrieve_them, NULL);
    for (int round = 0; round < ROUNDS; round++)
    {
        WDFREQUEST request;

        WdfIoQueueStopSynchronously(queue);
        CHECK_STATUS(WdfIoQueueRetrieveNextRequest(queue, &request), STATUS_WDF_PAUSED);
        WdfIoQueueStart(queue);
    }
    nt_thread_join(thread);
    WdfIoQueueStop(queue, NULL, NULL);
    CHECK_STATUS(WdfIoQueueReadyNotify(queue, NULL, NULL), STATUS_SUCCESS);
    WdfIoQueueStart(queue);
}

static void retrieval_races_stop(void)
{
    case_signal_make(&ready);
    race(manual, stop_and_start);
    case_signal_free(&ready);
}

const struct nt_case nt_cases[] = {
    CASE(forwarding_races_purge),
    CASE(forwarding_races_drain_and_stop),
    CASE(retrieval_races_stop),
    CASE(cancellation_races_marking_and_completion),
    CASE(cancellation_races_extended_marking_and_completion),
    CASE(marking_races_purge_and_cancellation),
    CASE(closing_a_file_races_its_requests),
    CASE(deleting_a_queue_ends_its_requests),
    CASE(removal_races_requests),
    CASES_END,
};
