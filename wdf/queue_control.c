/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: start, stop, drain, purge, and what state a queue is in.
 */
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/queue_present.h"
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

/* The queue stays, because the caller has its handle. */
static void control(struct queue *queue, enum queue_event event, PFN_WDF_IO_QUEUE_STATE callback, WDFCONTEXT context)
{
    bool stops = event == QUEUE_EVENT_STOP || event == QUEUE_EVENT_STOP_AND_PURGE;

    queue_lock(queue);
    queue_enter(queue);
    set_notice(queue, stops ? &queue->stopped : &queue->drained, callback, context);
    queue_change_state(queue, event);
    queue_unlock(queue);
    if (event == QUEUE_EVENT_PURGE || event == QUEUE_EVENT_STOP_AND_PURGE)
    {
        queue_cancel_waiting(queue, NULL);
        queue_cancel_owned(queue);
    }
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

static void control_and_wait(struct queue *queue, enum queue_event event)
{
    control(queue, event, NULL, NULL);
    queue_wait_until(queue,
                     event == QUEUE_EVENT_STOP || event == QUEUE_EVENT_STOP_AND_PURGE ? driver_owns_none : has_run_dry);
}

static void start(struct queue *queue)
{
    queue_lock(queue);
    queue_enter(queue);
    queue_change_state(queue, QUEUE_EVENT_START);
    queue->ready_edge |= queue->waiting_count != 0;
    queue_unlock(queue);
    queue_process(queue);
    queue_exit(queue);
}

/* Requests that this thread's handlers have ended, and that leave the count when those return. */
static uint32_t ended_here(const struct queue *queue)
{
    uint32_t ended = 0;

    for (const struct queue_frame *frame = wdf_thread()->dispatching; frame != NULL; frame = frame->outer)
    {
        ended += frame->queue == queue && frame->owns ? 1 : 0;
    }
    return ended;
}

/*
 * Entry points.
 */

static struct queue *queue_from_handle(WDFQUEUE handle, const char *function)
{
    return queue_of(wdfobj_from_handle(handle, OBJECT_QUEUE, function));
}

VOID wdf_kmdf_WdfIoQueueStart(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue)
{
    start(queue_from_handle(Queue, "WdfIoQueueStart"));
}
WDF_ENTRY_BOTH(WdfIoQueueStart)

VOID wdf_kmdf_WdfIoQueueStop(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue, PFN_WDF_IO_QUEUE_STATE StopComplete,
                             WDFCONTEXT Context)
{
    control(queue_from_handle(Queue, "WdfIoQueueStop"), QUEUE_EVENT_STOP, StopComplete, Context);
}
WDF_ENTRY_BOTH(WdfIoQueueStop)

VOID wdf_kmdf_WdfIoQueueStopSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue)
{
    control_and_wait(queue_from_handle(Queue, "WdfIoQueueStopSynchronously"), QUEUE_EVENT_STOP);
}
WDF_ENTRY_BOTH(WdfIoQueueStopSynchronously)

VOID wdf_kmdf_WdfIoQueueStopAndPurge(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue,
                                     PFN_WDF_IO_QUEUE_STATE StopAndPurgeComplete, WDFCONTEXT Context)
{
    control(queue_from_handle(Queue, "WdfIoQueueStopAndPurge"), QUEUE_EVENT_STOP_AND_PURGE, StopAndPurgeComplete, Context);
}
WDF_ENTRY_BOTH(WdfIoQueueStopAndPurge)

VOID wdf_kmdf_WdfIoQueueStopAndPurgeSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue)
{
    control_and_wait(queue_from_handle(Queue, "WdfIoQueueStopAndPurgeSynchronously"), QUEUE_EVENT_STOP_AND_PURGE);
}
WDF_ENTRY_BOTH(WdfIoQueueStopAndPurgeSynchronously)

VOID wdf_kmdf_WdfIoQueueDrain(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue, PFN_WDF_IO_QUEUE_STATE DrainComplete,
                              WDFCONTEXT Context)
{
    control(queue_from_handle(Queue, "WdfIoQueueDrain"), QUEUE_EVENT_DRAIN, DrainComplete, Context);
}
WDF_ENTRY_BOTH(WdfIoQueueDrain)

VOID wdf_kmdf_WdfIoQueueDrainSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue)
{
    control_and_wait(queue_from_handle(Queue, "WdfIoQueueDrainSynchronously"), QUEUE_EVENT_DRAIN);
}
WDF_ENTRY_BOTH(WdfIoQueueDrainSynchronously)

VOID wdf_kmdf_WdfIoQueuePurge(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue, PFN_WDF_IO_QUEUE_STATE PurgeComplete,
                              WDFCONTEXT Context)
{
    control(queue_from_handle(Queue, "WdfIoQueuePurge"), QUEUE_EVENT_PURGE, PurgeComplete, Context);
}
WDF_ENTRY_BOTH(WdfIoQueuePurge)

VOID wdf_kmdf_WdfIoQueuePurgeSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue)
{
    control_and_wait(queue_from_handle(Queue, "WdfIoQueuePurgeSynchronously"), QUEUE_EVENT_PURGE);
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
    rules = queue_rules(queue);
    waiting = queue->waiting_count;
    owned = queue_owned_count(queue) - ended_here(queue);
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
