/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: what it has to do, and where that is done.
 */
#include "wdf/queue_internal.h"

#include "nt/thread/worker.h"
#include "wdf/queue_present.h"
#include "wdf/thread.h"
#include "wdf/verifier.h"

enum work_kind
{
    WORK_NONE,
    WORK_CANCEL,
    WORK_CANCELED_ON_QUEUE,
    WORK_STOPPED,
    WORK_DRAINED,
    WORK_READY,
    WORK_PRESENT,
    WORK_FILTERED,
};

struct work
{
    enum work_kind kind;
    struct request *request;
    struct queue_notice notice;
};

/*
 * What is to be done. The caller holds the lock.
 */

static bool may_present(struct queue *queue)
{
    return queue_rules(queue)->dispatches && queue->powered && queue->waiting_count != 0 &&
           queue_owned_count(queue) < queue->limit;
}

static bool is_drained(struct queue *queue)
{
    return queue->waiting_count == 0 && queue->ending == 0 && queue_owned_count(queue) == 0;
}

static bool is_ready(struct queue *queue)
{
    return queue->ready_edge && queue->waiting_count != 0 && queue_rules(queue)->dispatches && queue->powered;
}

/* The published order. Presenting more is left to the loop of this thread that is in the queue already, if there is one. */
static enum work_kind next_work(struct queue *queue, bool nested)
{
    if (!IsListEmpty(&queue->cancels))
    {
        return WORK_CANCEL;
    }
    if (!IsListEmpty(&queue->canceled_on_queue))
    {
        return WORK_CANCELED_ON_QUEUE;
    }
    if (queue->stopped.callback != NULL && queue_owned_count(queue) == 0)
    {
        return WORK_STOPPED;
    }
    if (queue->drained.callback != NULL && is_drained(queue))
    {
        return WORK_DRAINED;
    }
    if (queue->ready.callback != NULL && is_ready(queue))
    {
        return WORK_READY;
    }
    return !nested && may_present(queue) ? WORK_PRESENT : WORK_NONE;
}

/* Takes it, so that nobody else does it. */
static void take_presentation(struct queue *queue, struct work *work)
{
    work->request = queue_take_first(queue, NULL);
    if (work->request == NULL)
    {
        /* All that waits is being cancelled; who does that looks here again. */
        work->kind = WORK_NONE;
    }
    else if (queue_filters(queue, work->request))
    {
        queue->ending++;
        work->kind = WORK_FILTERED;
    }
    else
    {
        queue_add_owned(queue, work->request);
    }
}

static struct queue_notice take_notice(struct queue_notice *notice)
{
    struct queue_notice taken = *notice;

    *notice = (struct queue_notice){0};
    return taken;
}

static struct work take_work(struct queue *queue, enum work_kind kind)
{
    struct work work = {.kind = kind};

    switch (kind)
    {
        case WORK_CANCEL:
            work.request = CONTAINING_RECORD(RemoveHeadList(&queue->cancels), struct request, cancel_link);
            break;
        case WORK_CANCELED_ON_QUEUE:
            work.request = CONTAINING_RECORD(RemoveHeadList(&queue->canceled_on_queue), struct request, link);
            queue->ending--;
            queue_add_owned(queue, work.request);
            queue_list_owned(queue, work.request);
            break;
        case WORK_STOPPED:
            work.notice = take_notice(&queue->stopped);
            break;
        case WORK_DRAINED:
            work.notice = take_notice(&queue->drained);
            break;
        case WORK_READY:
            queue->ready_edge = false;
            work.notice = queue->ready;
            break;
        case WORK_PRESENT:
            take_presentation(queue, &work);
            break;
        default:
            break;
    }
    return work;
}

/*
 * Doing it. The caller holds no runtime lock.
 */

static void call_cancel(struct queue *queue, struct request *request)
{
    struct verifier_callback callback;

    verifier_callback_enter(&callback, &queue->object, "EvtRequestCancel");
    request->evt_cancel(wdfobj_handle(&request->object));
    verifier_callback_leave(&callback);
}

static void call_canceled_on_queue(struct queue *queue, struct request *request)
{
    struct verifier_callback callback;

    verifier_callback_enter(&callback, &queue->object, "EvtIoCanceledOnQueue");
    queue->config.EvtIoCanceledOnQueue(wdfobj_handle(&queue->object), wdfobj_handle(&request->object));
    verifier_callback_leave(&callback);
}

static void call_notice(struct queue *queue, const struct queue_notice *notice)
{
    struct verifier_callback callback;

    verifier_callback_enter(&callback, &queue->object, "EvtIoQueueState");
    notice->callback(wdfobj_handle(&queue->object), notice->context);
    verifier_callback_leave(&callback);
}

/* Under the presentation lock. */
static void run_serialised(struct queue *queue, const struct work *work)
{
    switch (work->kind)
    {
        case WORK_CANCEL:
            call_cancel(queue, work->request);
            break;
        case WORK_CANCELED_ON_QUEUE:
            call_canceled_on_queue(queue, work->request);
            break;
        case WORK_DRAINED:
        case WORK_READY:
            call_notice(queue, &work->notice);
            break;
        case WORK_PRESENT:
            queue_present(queue, work->request);
            break;
        default:
            break;
    }
}

/* What needs no presentation lock, or must not have it. */
static void run_free(struct queue *queue, const struct work *work)
{
    switch (work->kind)
    {
        case WORK_CANCEL:
            wdfobj_release(&work->request->object);
            break;
        case WORK_STOPPED:
            call_notice(queue, &work->notice);
            break;
        case WORK_FILTERED:
            queue_end_with(queue, work->request, STATUS_SUCCESS);
            break;
        default:
            break;
    }
}

static void do_deferred(struct queue *queue)
{
    queue_lock(queue);
    queue->deferred = false;
    queue_unlock(queue);
    queue_process(queue);
    queue_exit(queue);
}

void queue_work_routine(PVOID context)
{
    do_deferred(context);
}

VOID queue_dpc_routine(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    (void)dpc;
    (void)argument1;
    (void)argument2;
    do_deferred(context);
}

/* Somebody else looks at the queue: one that is asked already sees what is new. */
static void defer(struct queue *queue)
{
    bool asked;

    queue_lock(queue);
    asked = queue->deferred;
    queue->deferred = true;
    if (!asked)
    {
        queue_enter(queue);
    }
    queue_unlock(queue);
    if (asked)
    {
        return;
    }
    if (queue->passive)
    {
        worker_queue(&queue->work, DelayedWorkQueue);
    }
    else
    {
        (void)KeInsertQueueDpc(&queue->dpc, NULL, NULL);
    }
}

/* Does that, unless something else has become more urgent meanwhile. False when there is nothing to look for any more. */
static bool do_work(struct queue *queue, enum work_kind kind, bool nested)
{
    struct presentation_lock *serialises = kind == WORK_STOPPED ? NULL : queue->serialises;
    struct work work = {.kind = WORK_NONE};
    bool changed;

    presentation_enter(serialises);
    queue_lock(queue);
    changed = next_work(queue, nested) != kind;
    if (!changed)
    {
        work = take_work(queue, kind);
    }
    queue_unlock(queue);
    run_serialised(queue, &work);
    presentation_leave(serialises);
    run_free(queue, &work);
    return changed || work.kind != WORK_NONE;
}

static bool process_once(struct queue *queue, bool nested)
{
    enum work_kind kind;

    queue_lock(queue);
    kind = next_work(queue, nested);
    platform_spinlock_unlock(&queue->lock);
    if (kind == WORK_NONE)
    {
        return false;
    }
    if (!queue_may_call_here(queue))
    {
        defer(queue);
        return false;
    }
    return do_work(queue, kind, nested);
}

void queue_process(struct queue *queue)
{
    struct wdf_thread *self = wdf_thread();
    struct queue_frame frame = {.queue = queue, .outer = self->dispatching};
    bool nested = queue_is_entered_by(queue, frame.outer);

    self->dispatching = &frame;
    while (process_once(queue, nested))
    {
    }
    self->dispatching = frame.outer;
}
