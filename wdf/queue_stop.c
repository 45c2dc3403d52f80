/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: how queues come to rest and start again: power, EvtIoStop, purge, cleanup of a file.
 */
#include "wdf/queue_internal.h"

#include "nt/io/irp.h"
#include "wdf/device.h"
#include "wdf/request.h"

/* Waits until a condition holds, which is asked for under the lock and whose changes are announced. */
static void wait_until(struct queue *queue, bool (*holds)(const struct queue *queue))
{
    bool reached;

    (void)platform_atomic_fetch_add(&queue->change_waiters, 1);
    do
    {
        uint32_t seen = platform_atomic_load_sequential(&queue->changes);

        platform_spinlock_lock(&queue->lock);
        reached = holds(queue);
        platform_spinlock_unlock(&queue->lock);
        if (!reached)
        {
            (void)platform_wait_word(&queue->changes, seen, PLATFORM_FOREVER);
        }
    } while (!reached);
    (void)platform_atomic_fetch_sub(&queue->change_waiters, 1);
}

/* No handler and no cancel callback is running. */
static bool is_quiet(const struct queue *queue)
{
    return queue->presenting == 0;
}

/* The driver has ended or acknowledged every request that it owns. */
static bool is_stopped(const struct queue *queue)
{
    uint32_t acknowledged = 0;

    for (PLIST_ENTRY link = queue->owned.Flink; link != &queue->owned; link = link->Flink)
    {
        acknowledged += CONTAINING_RECORD(link, struct request, link)->stop_acknowledged ? 1 : 0;
    }
    return acknowledged == queue->owned_count;
}

/* Nothing waits in the queue, the driver owns none of its requests, and none of its callbacks is running. */
static bool is_empty(const struct queue *queue)
{
    return IsListEmpty(&queue->waiting) && queue->owned_count == 0 && queue->presenting == 0;
}

/* The first request in the driver's hands that came to it after the numbered one, with a reference, and its own number. */
static struct request *owned_after(struct queue *queue, uint64_t *number)
{
    struct request *found = NULL;

    platform_spinlock_lock(&queue->lock);
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
    platform_spinlock_unlock(&queue->lock);
    return found;
}

/*
 * Calls a function for each request in the driver's hands, in the order in which it got them, without the lock. The place of a
 * walk is a number, so that several may go on at once: a removal, and a driver that deletes the queue meanwhile.
 */
static void for_each_owned(struct queue *queue, void (*act)(struct queue *queue, struct request *request))
{
    uint64_t number = 0;

    for (struct request *request = owned_after(queue, &number); request != NULL; request = owned_after(queue, &number))
    {
        act(queue, request);
        wdfobj_release(&request->object);
    }
}

bool queue_begin_cancel(struct request *request)
{
    struct queue *queue = request->queue;
    bool deferred;

    platform_spinlock_lock(&queue->lock);
    platform_atomic_store(&request->cancel_state, REQUEST_CANCEL_CALLED);
    deferred = request->stopping;
    request->cancel_deferred = deferred;
    if (!deferred)
    {
        wdfobj_reference(&queue->object);
        queue->presenting++;
    }
    platform_spinlock_unlock(&queue->lock);
    return !deferred;
}

/* Keeps the cancel callback away while EvtIoStop runs. False when that callback has the request already, or it has ended. */
static bool begin_stop(struct queue *queue, struct request *request, ULONG *flags)
{
    uint32_t cancel_state;

    platform_spinlock_lock(&queue->lock);
    cancel_state = platform_atomic_load(&request->cancel_state);
    request->stopping = cancel_state != REQUEST_CANCEL_CALLED && !IsListEmpty(&request->link);
    *flags |= cancel_state == REQUEST_CANCELABLE ? WdfRequestStopRequestCancelable : 0;
    platform_spinlock_unlock(&queue->lock);
    return request->stopping;
}

static void end_stop(struct queue *queue, struct request *request)
{
    bool cancel;

    platform_spinlock_lock(&queue->lock);
    request->stopping = false;
    cancel = request->cancel_deferred;
    request->cancel_deferred = false;
    platform_spinlock_unlock(&queue->lock);
    if (cancel)
    {
        request->evt_cancel(wdfobj_handle(&request->object));
    }
}

static void ask_to_stop(struct queue *queue, struct request *request, ULONG flags)
{
    if (begin_stop(queue, request, &flags))
    {
        queue->config.EvtIoStop(wdfobj_handle(&queue->object), wdfobj_handle(&request->object), flags);
        end_stop(queue, request);
    }
}

static void ask_to_suspend(struct queue *queue, struct request *request)
{
    ask_to_stop(queue, request, WdfRequestStopActionSuspend);
}

static void ask_to_purge(struct queue *queue, struct request *request)
{
    ask_to_stop(queue, request, WdfRequestStopActionPurge);
}

static void cancel_owned(struct queue *queue, struct request *request)
{
    (void)queue;
    request_cancel_by_framework(request);
}

void queue_acknowledge_stop(struct request *request, bool requeue)
{
    struct queue *queue = request->queue;
    bool listed = true;

    platform_spinlock_lock(&queue->lock);
    request->stop_acknowledged = !requeue;
    if (requeue)
    {
        RemoveEntryList(&request->link);
        queue->owned_count--;
        listed = queue->accepts && queue_add_waiting(queue, request, true);
    }
    if (requeue && !queue->accepts)
    {
        /* Nothing would ever take it out of a purged queue. */
        request->owner = REQUEST_OWNED_BY_FRAMEWORK;
        queue_begin_cancelled(queue, request);
    }
    platform_spinlock_unlock(&queue->lock);
    if (!listed)
    {
        queue_end_cancelled(queue, request);
    }
    queue_announce(queue);
}

static void set_powered(struct queue *queue, bool powered)
{
    platform_spinlock_lock(&queue->lock);
    queue->powered = powered;
    platform_spinlock_unlock(&queue->lock);
}

/* The next queue that this walk has not met, referenced; queues may come and go meanwhile. NULL at the end. */
static struct queue *visit_next_queue(struct device *device, uint32_t round, bool power_managed)
{
    struct queue *queue;

    platform_mutex_lock(&device->lock);
    for (queue = device->queues; queue != NULL; queue = queue->next)
    {
        if (queue->visited != round && queue->power_managed == power_managed)
        {
            queue->visited = round;
            wdfobj_reference(&queue->object);
            break;
        }
    }
    platform_mutex_unlock(&device->lock);
    return queue;
}

/* Calls a function for each queue of the device that is power managed, or for each that is not. No lock is held. */
static void for_each_queue(struct device *device, bool power_managed, void (*act)(struct queue *queue))
{
    uint32_t round = platform_atomic_fetch_add(&device->queue_round, 1) + 1;
    struct queue *queue;

    while ((queue = visit_next_queue(device, round, power_managed)) != NULL)
    {
        act(queue);
        wdfobj_release(&queue->object);
    }
}

/* What queues that are created from now on begin with. */
static void set_queues_powered(struct device *device, bool powered)
{
    platform_mutex_lock(&device->lock);
    device->queues_powered = powered;
    platform_mutex_unlock(&device->lock);
}

static void power_up(struct queue *queue)
{
    set_powered(queue, true);
    queue_dispatch(queue);
}

static void hold(struct queue *queue)
{
    set_powered(queue, false);
}

/* Handlers that run have returned before the driver is asked to stop. */
static void power_down(struct queue *queue)
{
    wait_until(queue, is_quiet);
    if (queue->config.EvtIoStop != NULL)
    {
        for_each_owned(queue, ask_to_suspend);
    }
    wait_until(queue, is_stopped);
}

void queues_power_up(struct device *device)
{
    set_queues_powered(device, true);
    for_each_queue(device, true, power_up);
}

void queues_power_down(struct device *device)
{
    set_queues_powered(device, false);
    for_each_queue(device, true, hold);
    for_each_queue(device, true, power_down);
}

/* Takes a waiting request of the file, or of any when that is NULL, out of the queue. NULL when there is none. */
static struct request *take_to_cancel(struct queue *queue, PFILE_OBJECT file)
{
    struct request *found = NULL;

    platform_spinlock_lock(&queue->lock);
    for (PLIST_ENTRY link = queue->waiting.Flink; link != &queue->waiting && found == NULL; link = link->Flink)
    {
        struct request *request = CONTAINING_RECORD(link, struct request, link);

        if ((file == NULL || request_location(request)->FileObject == file) &&
            irp_set_cancel_routine(request->irp, NULL) != NULL)
        {
            RemoveEntryList(link);
            queue_begin_cancelled(queue, request);
            found = request;
        }
    }
    platform_spinlock_unlock(&queue->lock);
    return found;
}

bool queue_is_purged(const struct queue *queue)
{
    return !platform_atomic_load_sequential(&queue->accepts);
}

void queue_purge(struct queue *queue)
{
    struct request *request;

    platform_spinlock_lock(&queue->lock);
    platform_atomic_store_sequential(&queue->accepts, false);
    platform_spinlock_unlock(&queue->lock);
    while ((request = take_to_cancel(queue, NULL)) != NULL)
    {
        queue_end_cancelled(queue, request);
    }
    if (queue->config.EvtIoStop != NULL)
    {
        for_each_owned(queue, ask_to_purge);
    }
    for_each_owned(queue, cancel_owned);
    wait_until(queue, is_empty);
}

void queues_purge(struct device *device, bool power_managed)
{
    platform_mutex_lock(&device->lock);
    device->queues_purged[power_managed] = true;
    platform_mutex_unlock(&device->lock);
    for_each_queue(device, power_managed, queue_purge);
}

/* Takes a waiting request of the file out of any queue; the queue stays alive until queue_end_cancelled(). */
static struct request *take_of_file(struct device *device, PFILE_OBJECT file, struct queue **ret_queue)
{
    struct request *request = NULL;

    platform_mutex_lock(&device->lock);
    for (struct queue *queue = device->queues; queue != NULL && request == NULL; queue = queue->next)
    {
        request = take_to_cancel(queue, file);
        *ret_queue = queue;
    }
    platform_mutex_unlock(&device->lock);
    return request;
}

void queues_cancel_file(struct device *device, PFILE_OBJECT file)
{
    struct request *request;
    struct queue *queue;

    while ((request = take_of_file(device, file, &queue)) != NULL)
    {
        queue_end_cancelled(queue, request);
    }
}
