/* SPDX-License-Identifier: MIT */
/*
 * Cancellation at every point of a request's life: it waits in a queue, is the driver's, is marked, is unmarked, waits in another
 * queue, is the driver's again, waits in a stopped target, is with the device below, is back, is over. Whoever has it at that point
 * ends it, once.
 */
#include "send_case.h"

#include <string.h>

DECLARE_CONST_UNICODE_STRING(link_name, L"\\??\\LifeCase");

/* Where the client cancels. */
enum point
{
    WAITING,
    KEPT,
    MARKED,
    UNMARKED,
    FORWARDED,
    RETRIEVED,
    PENDED,
    SENT,
    BACK,
    OVER,
    /* Another thread cancels, whenever that is. */
    ANYWHERE,
};

static struct
{
    enum point point;
    WDFQUEUE first;
    WDFQUEUE second;
    WDFREQUEST request;
    struct testkit_file *file;
    struct testkit_operation *operation;
    LONG handled;
    LONG cancel_calls;
    LONG cancelled_on_queue;
    LONG routine_calls;
} life;

static void cancel_at(enum point point)
{
    if (life.point == point)
    {
        testkit_cancel(life.operation);
    }
}

static VOID handle(WDFQUEUE queue, WDFREQUEST request)
{
    UNREFERENCED_PARAMETER(queue);
    life.request = request;
    WdfObjectReference(request);
    (void)InterlockedIncrement(&life.handled);
}

static VOID cancel(WDFREQUEST request)
{
    (void)InterlockedIncrement(&life.cancel_calls);
    WdfRequestComplete(request, STATUS_CANCELLED);
}

static VOID cancelled_on_queue(WDFQUEUE queue, WDFREQUEST request)
{
    CHECK(queue == life.second);
    (void)InterlockedIncrement(&life.cancelled_on_queue);
    WdfRequestComplete(request, STATUS_CANCELLED);
}

static VOID come_back(WDFREQUEST request, WDFIOTARGET target, PWDF_REQUEST_COMPLETION_PARAMS params, WDFCONTEXT context)
{
    UNREFERENCED_PARAMETER(target);
    UNREFERENCED_PARAMETER(context);
    (void)InterlockedIncrement(&life.routine_calls);
    cancel_at(BACK);
    WdfRequestComplete(request, params->IoStatus.Status);
}

static NTSTATUS make_queues(WDFDEVICE device)
{
    WDF_IO_QUEUE_CONFIG config;

    CHECK_STATUS(WdfDeviceCreateSymbolicLink(device, &link_name), STATUS_SUCCESS);
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDefault = handle;
    CHECK_STATUS(WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &life.first), STATUS_SUCCESS);
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    config.EvtIoCanceledOnQueue = cancelled_on_queue;
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &life.second);
}

/*
 * The steps of the life. Each returns whether the request is still the driver's, or under way for it.
 */

static bool receive(void)
{
    WdfIoQueueStopSynchronously(life.first);
    life.operation = testkit_control_start(life.file, CODE, NULL, 0, NULL, 0);
    CHECK(life.operation != NULL);
    cancel_at(WAITING);
    return true;
}

static bool begin_handling(void)
{
    WdfIoQueueStart(life.first);
    if (life.handled == 0)
    {
        return false;
    }
    cancel_at(KEPT);
    return true;
}

static bool mark(void)
{
    NTSTATUS status = WdfRequestMarkCancelableEx(life.request, cancel);

    if (!NT_SUCCESS(status))
    {
        CHECK_STATUS(status, STATUS_CANCELLED);
        WdfRequestComplete(life.request, STATUS_CANCELLED);
        return false;
    }
    cancel_at(MARKED);
    return true;
}

static bool unmark(void)
{
    NTSTATUS status = WdfRequestUnmarkCancelable(life.request);

    if (!NT_SUCCESS(status))
    {
        CHECK_STATUS(status, STATUS_CANCELLED);
        return false;
    }
    cancel_at(UNMARKED);
    return true;
}

static bool forward(void)
{
    CHECK_STATUS(WdfRequestForwardToIoQueue(life.request, life.second), STATUS_SUCCESS);
    cancel_at(FORWARDED);
    return true;
}

static bool retrieve(void)
{
    WDFREQUEST request;
    NTSTATUS status = WdfIoQueueRetrieveNextRequest(life.second, &request);

    if (!NT_SUCCESS(status))
    {
        CHECK_STATUS(status, STATUS_NO_MORE_ENTRIES);
        return false;
    }
    CHECK(request == life.request);
    cancel_at(RETRIEVED);
    return true;
}

static bool send(void)
{
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    WdfRequestFormatRequestUsingCurrentType(life.request);
    WdfRequestSetCompletionRoutine(life.request, come_back, NULL);
    CHECK(WdfRequestSend(life.request, test.target, WDF_NO_SEND_OPTIONS));
    cancel_at(PENDED);
    return true;
}

static bool let_go_down(void)
{
    CHECK_STATUS(WdfIoTargetStart(test.target), STATUS_SUCCESS);
    cancel_at(SENT);
    return true;
}

static bool complete_below(void)
{
    (void)lower_complete_first(STATUS_SUCCESS, 0);
    cancel_at(OVER);
    return true;
}

static bool (*const steps[])(void) = {
    receive, begin_handling, mark, unmark, forward, retrieve, send, let_go_down, complete_below,
};

static void begin(enum point point)
{
    memset(&life, 0, sizeof(life));
    life.point = point;
    set_up_with(NULL, make_queues);
    lower.behaviour = LOWER_KEEPS;
    CHECK_STATUS(testkit_open("\\??\\LifeCase", true, true, &life.file), STATUS_SUCCESS);
}

static void end(void)
{
    if (life.request != NULL)
    {
        WdfObjectDereference(life.request);
    }
    testkit_close(life.file);
    CHECK_STATUS(WdfIoTargetStart(test.target), STATUS_SUCCESS);
    tear_down();
}

static void live(void)
{
    for (size_t index = 0; index < ARRAYSIZE(steps) && steps[index](); index++)
    {
    }
}

/*
 * Cases.
 */

/* What happens when the client cancels there: how it ends, and who hears of it. */
static const struct
{
    enum point point;
    NTSTATUS status;
    LONG handled;
    LONG cancel_calls;
    LONG cancelled_on_queue;
    LONG routine_calls;
    uint32_t received_below;
    uint32_t cancelled_below;
} rows[] = {
    {WAITING, STATUS_CANCELLED, 0, 0, 0, 0, 0, 0},   {KEPT, STATUS_CANCELLED, 1, 0, 0, 0, 0, 0},
    {MARKED, STATUS_CANCELLED, 1, 1, 0, 0, 0, 0},    {UNMARKED, STATUS_CANCELLED, 1, 0, 1, 0, 0, 0},
    {FORWARDED, STATUS_CANCELLED, 1, 0, 1, 0, 0, 0}, {RETRIEVED, STATUS_CANCELLED, 1, 0, 0, 1, 0, 0},
    {PENDED, STATUS_CANCELLED, 1, 0, 0, 1, 0, 0},    {SENT, STATUS_CANCELLED, 1, 0, 0, 1, 1, 1},
    {BACK, STATUS_SUCCESS, 1, 0, 0, 1, 1, 0},        {OVER, STATUS_SUCCESS, 1, 0, 0, 1, 1, 0},
};

static void cancelled_request_is_ended_by_whoever_has_it(void)
{
    for (size_t index = 0; index < ARRAYSIZE(rows); index++)
    {
        begin(rows[index].point);
        live();
        CHECK_STATUS(testkit_wait(life.operation, NULL), rows[index].status);
        CHECK_EQUAL(life.handled, rows[index].handled);
        CHECK_EQUAL(life.cancel_calls, rows[index].cancel_calls);
        CHECK_EQUAL(life.cancelled_on_queue, rows[index].cancelled_on_queue);
        CHECK_EQUAL(life.routine_calls, rows[index].routine_calls);
        CHECK_EQUAL(lower.received, rows[index].received_below);
        CHECK_EQUAL(lower.cancelled, rows[index].cancelled_below);
        end();
    }
}

static void cancel_anywhere(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    testkit_cancel(life.operation);
}

static void cancellation_races_the_whole_life_of_a_request(void)
{
    struct nt_thread *canceller;
    NTSTATUS status;
    LONG enders;

    begin(ANYWHERE);
    CHECK(receive());
    canceller = nt_thread_start(cancel_anywhere, NULL);
    for (size_t index = 1; index < ARRAYSIZE(steps) && steps[index](); index++)
    {
    }
    nt_thread_join(canceller);
    status = testkit_wait(life.operation, NULL);
    CHECK(status == STATUS_SUCCESS || status == STATUS_CANCELLED);
    enders = life.cancel_calls + life.cancelled_on_queue + life.routine_calls;
    CHECK(enders <= 1);
    CHECK(status == STATUS_CANCELLED || life.routine_calls == 1);
    end();
}

const struct nt_case nt_cases[] = {
    CASE(cancelled_request_is_ended_by_whoever_has_it),
    CASE(cancellation_races_the_whole_life_of_a_request),
    CASES_END,
};
