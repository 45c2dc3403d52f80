/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: start, stop, drain, purge, and what state a queue is in.
 */
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/queue_verify.h"
#include "wdf/thread.h"

void queue_change_state(struct queue *queue, enum queue_event event)
{
    queue->state = queue_next_state(queue->state, event);
}

bool queue_is_purged(struct queue *queue)
{
    bool purged;

    queue_lock(queue);
    purged = queue_rules(queue)->cancels;
    queue_unlock(queue);
    return purged;
}

static _Noreturn void stop_at_misuse(struct queue *queue, NTSTATUS status)
{
    WDF_QUEUE_FATAL_ERROR_DATA data = {.Queue = wdfobj_handle(&queue->object), .Status = status};

    globals_bugcheck(queue->object.globals, WDF_QUEUE_FATAL_ERROR, (ULONG_PTR)status, (ULONG_PTR)&data, 0);
}

/* Notes who is to be called, of which there can be one. The caller holds the lock. */
static void set_notice(struct queue *queue, struct queue_notice *slot, PFN_WDF_IO_QUEUE_STATE callback, WDFCONTEXT context)
{
    if (queue->state == QUEUE_DELETED)
    {
        stop_at_misuse(queue, STATUS_DELETE_PENDING);
    }
    if (callback == NULL)
    {
        return;
    }
    if (slot->callback != NULL)
    {
        stop_at_misuse(queue, STATUS_INVALID_DEVICE_REQUEST);
    }
    *slot = (struct queue_notice){.callback = callback, .context = context};
}

/* What this thread's handlers have ended leaves the count now, and not when they return. */
static void settle_here(struct queue *queue)
{
    for (struct queue_frame *frame = wdf_thread()->dispatching; frame != NULL; frame = frame->outer)
    {
        if (frame->queue == queue && frame->owns)
        {
            frame->owns = false;
            (void)platform_atomic_fetch_sub(&queue->word, QUEUE_OWNED);
        }
    }
}

/* The queue stays, because the caller has its handle. */
static void control(struct queue *queue, enum queue_event event, PFN_WDF_IO_QUEUE_STATE callback, WDFCONTEXT context,
                    const char *function)
{
    bool stops = event == QUEUE_EVENT_STOP || event == QUEUE_EVENT_STOP_AND_PURGE;

    queue_verify_change_begins(queue, function);
    queue_lock(queue);
    queue_enter(queue);
    settle_here(queue);
    set_notice(queue, stops ? &queue->stopped : &queue->drained, callback, context);
    queue_change_state(queue, event);
    queue->ready_edge |= event == QUEUE_EVENT_START && queue->waiting_count != 0;
    queue_unlock(queue);
    if (event == QUEUE_EVENT_PURGE || event == QUEUE_EVENT_STOP_AND_PURGE)
    {
        queue_cancel_waiting(queue, NULL);
        queue_cancel_owned(queue);
    }
    queue_verify_change_ends(queue);
    queue_process(queue);
    queue_exit(queue);
}

static bool driver_owns_none(struct queue *queue)
{
    return queue_owned_count(queue) == 0;
}

static bool has_run_dry(struct queue *queue)
{
    return queue->waiting_count == 0 && queue->ending == 0 && queue_owned_count(queue) == 0;
}

/*
 * Entry points.
 */

static struct queue *queue_from_handle(WDFQUEUE handle, const char *function)
{
    return queue_of(wdfobj_from_handle(handle, OBJECT_QUEUE, function));
}

static void change(WDFQUEUE handle, enum queue_event event, PFN_WDF_IO_QUEUE_STATE callback, WDFCONTEXT context,
                   const char *function)
{
    struct queue *queue = queue_from_handle(handle, function);

    if (event != QUEUE_EVENT_START)
    {
        queue_verify_change(queue, function, false);
    }
    control(queue, event, callback, context, function);
}

static void change_and_wait(WDFQUEUE handle, enum queue_event event, const char *function)
{
    struct queue *queue = queue_from_handle(handle, function);
    bool stops = event == QUEUE_EVENT_STOP || event == QUEUE_EVENT_STOP_AND_PURGE;

    queue_verify_change(queue, function, true);
    control(queue, event, NULL, NULL, function);
    queue_wait_until(queue, stops ? driver_owns_none : has_run_dry);
}

VOID wdf_kmdf_WdfIoQueueStart(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue)
{
    change(Queue, QUEUE_EVENT_START, NULL, NULL, "WdfIoQueueStart");
}
WDF_ENTRY_BOTH(WdfIoQueueStart)

VOID wdf_kmdf_WdfIoQueueStop(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue, PFN_WDF_IO_QUEUE_STATE StopComplete,
                             WDFCONTEXT Context)
{
    change(Queue, QUEUE_EVENT_STOP, StopComplete, Context, "WdfIoQueueStop");
}
WDF_ENTRY_BOTH(WdfIoQueueStop)

VOID wdf_kmdf_WdfIoQueueStopSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue)
{
    change_and_wait(Queue, QUEUE_EVENT_STOP, "WdfIoQueueStopSynchronously");
}
WDF_ENTRY_BOTH(WdfIoQueueStopSynchronously)

VOID wdf_kmdf_WdfIoQueueStopAndPurge(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue,
                                     PFN_WDF_IO_QUEUE_STATE StopAndPurgeComplete, WDFCONTEXT Context)
{
    change(Queue, QUEUE_EVENT_STOP_AND_PURGE, StopAndPurgeComplete, Context, "WdfIoQueueStopAndPurge");
}
WDF_ENTRY_BOTH(WdfIoQueueStopAndPurge)

VOID wdf_kmdf_WdfIoQueueStopAndPurgeSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue)
{
    change_and_wait(Queue, QUEUE_EVENT_STOP_AND_PURGE, "WdfIoQueueStopAndPurgeSynchronously");
}
WDF_ENTRY_BOTH(WdfIoQueueStopAndPurgeSynchronously)

VOID wdf_kmdf_WdfIoQueueDrain(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue, PFN_WDF_IO_QUEUE_STATE DrainComplete,
                              WDFCONTEXT Context)
{
    change(Queue, QUEUE_EVENT_DRAIN, DrainComplete, Context, "WdfIoQueueDrain");
}
WDF_ENTRY_BOTH(WdfIoQueueDrain)

VOID wdf_kmdf_WdfIoQueueDrainSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue)
{
    change_and_wait(Queue, QUEUE_EVENT_DRAIN, "WdfIoQueueDrainSynchronously");
}
WDF_ENTRY_BOTH(WdfIoQueueDrainSynchronously)

VOID wdf_kmdf_WdfIoQueuePurge(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue, PFN_WDF_IO_QUEUE_STATE PurgeComplete,
                              WDFCONTEXT Context)
{
    change(Queue, QUEUE_EVENT_PURGE, PurgeComplete, Context, "WdfIoQueuePurge");
}
WDF_ENTRY_BOTH(WdfIoQueuePurge)

VOID wdf_kmdf_WdfIoQueuePurgeSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue)
{
    change_and_wait(Queue, QUEUE_EVENT_PURGE, "WdfIoQueuePurgeSynchronously");
}
WDF_ENTRY_BOTH(WdfIoQueuePurgeSynchronously)

WDF_IO_QUEUE_STATE wdf_kmdf_WdfIoQueueGetState(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue, PULONG QueueRequests,
                                               PULONG DriverRequests)
{
    struct queue *queue = queue_from_handle(Queue, "WdfIoQueueGetState");
    const struct queue_rules *rules;
    uint32_t owned;
    uint32_t waiting;
    ULONG state;

    queue_lock(queue);
    settle_here(queue);
    rules = queue_rules(queue);
    waiting = queue->waiting_count;
    owned = queue_owned_count(queue);
    state = (rules->accepts ? WdfIoQueueAcceptRequests : 0u) | (rules->dispatches ? WdfIoQueueDispatchRequests : 0u) |
            (waiting == 0 ? WdfIoQueueNoRequests : 0u) | (owned == 0 ? WdfIoQueueDriverNoRequests : 0u) |
            (queue->powered ? 0u : WdfIoQueuePnpHeld);
    queue_unlock(queue);
    if (QueueRequests != NULL)
    {
        *QueueRequests = waiting;
    }
    if (DriverRequests != NULL)
    {
        *DriverRequests = owned;
    }
    return (WDF_IO_QUEUE_STATE)state;
}
WDF_ENTRY_BOTH(WdfIoQueueGetState)
