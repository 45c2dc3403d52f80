/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: its lock, its lists, and the cancellation of requests that wait in it.
 */
#include "wdf/queue_reserve.h"

#include "nt/io/irp.h"
#include "nt/thread/worker.h"
#include "wdf/power.h"

/*
 * The lock and the word.
 */

/* Nothing waits, is due or is wanted: whatever comes may be presented by whoever brings it. */
static bool may_pass(const struct queue *queue)
{
    return queue->state == QUEUE_RUNNING && queue->powered && queue->limit != 0 && queue->watchers == 0 &&
           !queue->tracks_power && IsListEmpty(&queue->waiting) && IsListEmpty(&queue->cancels) &&
           IsListEmpty(&queue->canceled_on_queue) && queue->stopped.callback == NULL && queue->drained.callback == NULL;
}

/* The device is held in D0 from the queue's first request to its last. */
static void update_hold(struct queue *queue)
{
    bool busy = queue->waiting_count != 0 || queue->ending != 0 || !IsListEmpty(&queue->canceled_on_queue) ||
                queue_owned_count(queue) != 0;

    if (busy && !queue->holds_power)
    {
        (void)power_hold(queue->device);
    }
    else if (!busy && queue->holds_power)
    {
        power_release(queue->device);
    }
    queue->holds_power = busy;
}

void queue_lock(struct queue *queue)
{
    platform_spinlock_lock(&queue->lock);
}

void queue_unlock(struct queue *queue)
{
    bool passes = (platform_atomic_load_relaxed(&queue->word) & QUEUE_PASSES) != 0;
    bool watched = queue->watchers != 0;

    if (queue->tracks_power)
    {
        update_hold(queue);
    }
    if (passes != may_pass(queue))
    {
        (void)platform_atomic_fetch_xor(&queue->word, QUEUE_PASSES);
    }
    if (watched)
    {
        (void)platform_atomic_fetch_add(&queue->changes, 1);
    }
    platform_spinlock_unlock(&queue->lock);
    if (watched)
    {
        /* The queue may be gone; only its address counts. */
        platform_wake_word(&queue->changes, UINT32_MAX);
    }
}

void queue_exit(struct queue *queue)
{
    uint64_t word = platform_atomic_load(&queue->word);

    while ((word & QUEUE_PASSES) != 0)
    {
        if (platform_atomic_compare_exchange(&queue->word, &word, word - QUEUE_PRESENT))
        {
            return;
        }
    }
    queue_lock(queue);
    (void)platform_atomic_fetch_sub(&queue->word, QUEUE_PRESENT);
    queue_unlock(queue);
}

bool queue_wait_until_deadline(struct queue *queue, bool (*holds)(struct queue *queue), int64_t deadline)
{
    enum platform_result result = PLATFORM_OK;
    bool reached;

    queue_lock(queue);
    queue->watchers++;
    queue_unlock(queue);
    do
    {
        uint32_t seen;

        queue_lock(queue);
        seen = platform_atomic_load(&queue->changes);
        reached = holds(queue);
        platform_spinlock_unlock(&queue->lock);
        if (!reached)
        {
            worker_will_wait();
            result = platform_wait_word(&queue->changes, seen, deadline);
            worker_has_waited();
        }
    } while (!reached && result != PLATFORM_TIMEOUT);
    queue_lock(queue);
    queue->watchers--;
    queue_unlock(queue);
    return reached;
}

void queue_wait_until(struct queue *queue, bool (*holds)(struct queue *queue))
{
    (void)queue_wait_until_deadline(queue, holds, PLATFORM_FOREVER);
}

bool queue_is_empty(struct queue *queue)
{
    return queue->waiting_count == 0 && queue->ending == 0 && queue_owned_count(queue) == 0 &&
           queue_present_count(queue) == 0;
}

/*
 * Requests in the driver's hands.
 */

void queue_list_owned(struct queue *queue, struct request *request)
{
    InsertTailList(&queue->owned, &request->link);
    request->owned_number = ++queue->owned_numbers;
    request->listed = true;
}

void queue_add_owned(struct queue *queue, struct request *request)
{
    (void)platform_atomic_fetch_add(&queue->word, QUEUE_OWNED);
    request->stop_acknowledged = false;
    request->seen = true;
    request->owner = REQUEST_OWNED_BY_DRIVER;
}

void queue_remove_owned(struct queue *queue, struct request *request)
{
    (void)queue;
    if (platform_atomic_load(&request->presenter) != NULL)
    {
        platform_atomic_store_relaxed(&request->presenter, NULL);
        platform_atomic_store(&request->frame->request, NULL);
    }
    if (request->listed)
    {
        RemoveEntryList(&request->link);
        request->listed = false;
    }
}

void queue_expose(struct queue *queue, struct request *request)
{
    queue_lock(queue);
    if (!request->listed)
    {
        queue_list_owned(queue, request);
    }
    queue_unlock(queue);
}

/* The first request in the driver's hands that came to it after the numbered one, with a reference, and its own number. */
static struct request *owned_after(struct queue *queue, uint64_t *number)
{
    struct request *found = NULL;

    queue_lock(queue);
    for (PLIST_ENTRY link = queue->owned.Flink; link != &queue->owned && found == NULL; link = link->Flink)
    {
        struct request *request = CONTAINING_RECORD(link, struct request, link);

        found = request->owned_number > *number ? request : NULL;
    }
    if (found != NULL)
    {
        *number = found->owned_number;
        wdfobj_reference(&found->object);
    }
    queue_unlock(queue);
    return found;
}

/* The place of a walk is a number, so that several may go on at once: a removal, and a driver that deletes the queue meanwhile. */
void queue_for_each_owned(struct queue *queue, void (*act)(struct queue *queue, struct request *request))
{
    uint64_t number = 0;

    for (struct request *request = owned_after(queue, &number); request != NULL; request = owned_after(queue, &number))
    {
        act(queue, request);
        wdfobj_release(&request->object);
    }
}

static void cancel_one(struct queue *queue, struct request *request)
{
    (void)queue;
    request_cancel_by_framework(request);
}

void queue_cancel_owned(struct queue *queue)
{
    queue_for_each_owned(queue, cancel_one);
}

/*
 * Requests that wait.
 */

static void remove_waiting(struct queue *queue, struct request *request)
{
    RemoveEntryList(&request->link);
    request->waiting = false;
    queue->waiting_count--;
}

bool queue_take(struct queue *queue, struct request *request)
{
    if (!request->waiting || request->queue != queue || irp_set_cancel_routine(request->irp, NULL) == NULL)
    {
        return false;
    }
    remove_waiting(queue, request);
    return true;
}

struct request *queue_take_first(struct queue *queue, const FILE_OBJECT *file)
{
    for (PLIST_ENTRY link = queue->waiting.Flink; link != &queue->waiting; link = link->Flink)
    {
        struct request *request = CONTAINING_RECORD(link, struct request, link);

        if ((file == NULL || request_location(request)->FileObject == file) && queue_take(queue, request))
        {
            return request;
        }
    }
    return NULL;
}

static VOID cancel_waiting(PDEVICE_OBJECT wdm, PIRP irp)
{
    struct request *request = irp->Tail.Overlay.DriverContext[0];
    struct queue *queue = request->queue;

    (void)wdm;
    IoReleaseCancelSpinLock(irp->CancelIrql);
    queue_lock(queue);
    remove_waiting(queue, request);
    queue->ending++;
    queue_enter(queue);
    queue_unlock(queue);
    queue_end_cancelled(queue, request);
    queue_exit(queue);
}

bool queue_add_waiting(struct queue *queue, struct request *request, bool at_head)
{
    PIRP irp = request->irp;

    irp->Tail.Overlay.DriverContext[0] = request;
    request->owner = REQUEST_OWNED_BY_FRAMEWORK;
    request->queue = queue;
    queue->ready_edge |= queue->waiting_count == 0 || queue->ready_on_arrival;
    queue->ready_on_arrival = false;
    if (at_head)
    {
        InsertHeadList(&queue->waiting, &request->link);
    }
    else
    {
        InsertTailList(&queue->waiting, &request->link);
    }
    request->waiting = true;
    queue->waiting_count++;
    (void)irp_set_cancel_routine(irp, cancel_waiting);
    if (irp_is_cancelled(irp) && queue_take(queue, request))
    {
        queue->ending++;
        return false;
    }
    return true;
}

/*
 * The end of requests that are nobody's.
 */

/* One that the driver has never seen goes without its callbacks. */
static void end_unowned(struct request *request, NTSTATUS status)
{
    for (struct object_context *context = request->object.contexts; context != NULL && !request->seen && !request->prepared;
         context = context->next)
    {
        context->cleanup = NULL;
        context->destroy = NULL;
    }
    request->queue = NULL;
    request_complete(request, status, 0);
}

void queue_end_with(struct queue *queue, struct request *request, NTSTATUS status)
{
    end_unowned(request, status);
    queue_lock(queue);
    queue->ending--;
    queue_unlock(queue);
    queue_process(queue);
}

void queue_end_cancelled(struct queue *queue, struct request *request)
{
    if (!request->seen || queue->config.EvtIoCanceledOnQueue == NULL)
    {
        queue_end_with(queue, request, STATUS_CANCELLED);
        return;
    }
    queue_lock(queue);
    InsertTailList(&queue->canceled_on_queue, &request->link);
    queue_unlock(queue);
    queue_process(queue);
}

/* All at once, so that what comes afterwards is not among them. */
void queue_cancel_waiting(struct queue *queue, const FILE_OBJECT *file)
{
    struct request *request;
    LIST_ENTRY taken;

    InitializeListHead(&taken);
    queue_lock(queue);
    while ((request = queue_take_first(queue, file)) != NULL)
    {
        InsertTailList(&taken, &request->link);
        queue->ending++;
    }
    queue_unlock(queue);
    while (!IsListEmpty(&taken))
    {
        queue_end_cancelled(queue, CONTAINING_RECORD(RemoveHeadList(&taken), struct request, link));
    }
    if (queue->reserve != NULL)
    {
        reserve_cancel(queue, file);
    }
}

bool queue_give_back(struct queue *queue, struct request *request)
{
    queue_remove_owned(queue, request);
    (void)platform_atomic_fetch_sub(&queue->word, QUEUE_OWNED);
    if (!queue_rules(queue)->cancels)
    {
        return queue_add_waiting(queue, request, true);
    }
    /* Nothing would ever take it out of a purged queue. */
    request->owner = REQUEST_OWNED_BY_FRAMEWORK;
    queue->ending++;
    return false;
}
