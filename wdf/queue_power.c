/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: power, EvtIoStop and EvtIoResume, removal, deletion, cleanup of a file.
 */
#include "wdf/queue_verify.h"

#include "nt/io/irp.h"
#include "wdf/device.h"

/*
 * Cancel callbacks, and EvtIoStop, which they do not overtake.
 */

void queue_call_cancel(struct request *request)
{
    struct queue *queue = request->queue;

    wdfobj_reference(&request->object);
    queue_lock(queue);
    queue_enter(queue);
    platform_atomic_store(&request->cancel_state, REQUEST_CANCEL_CALLED);
    if (request->stopping)
    {
        request->cancel_deferred = true;
    }
    else
    {
        InsertTailList(&queue->cancels, &request->cancel_link);
    }
    queue_unlock(queue);
    queue_process(queue);
    queue_exit(queue);
}

/*
 * Keeps the cancel callback away while EvtIoStop runs. False when that callback has the request already, or it has ended, or
 * it has been cancelled without the driver having asked to hear of it.
 */
static bool begin_stop(struct queue *queue, struct request *request, ULONG *flags)
{
    uint32_t cancel_state;
    bool stopping;

    queue_lock(queue);
    cancel_state = platform_atomic_load(&request->cancel_state);
    stopping = cancel_state != REQUEST_CANCEL_CALLED && request->listed;
    request->stopping = stopping;
    *flags |= cancel_state == REQUEST_CANCELABLE ? WdfRequestStopRequestCancelable : 0;
    queue_unlock(queue);
    return stopping;
}

static void end_stop(struct queue *queue, struct request *request)
{
    queue_lock(queue);
    request->stopping = false;
    if (request->cancel_deferred)
    {
        request->cancel_deferred = false;
        InsertTailList(&queue->cancels, &request->cancel_link);
    }
    queue_unlock(queue);
    queue_process(queue);
}

static void ask_to_stop(struct queue *queue, struct request *request, ULONG flags)
{
    struct verifier_callback callback;
    bool stopping;

    presentation_enter(queue->serialises);
    stopping = begin_stop(queue, request, &flags);
    if (stopping)
    {
        verifier_callback_enter(&callback, &queue->object, "EvtIoStop");
        queue->config.EvtIoStop(wdfobj_handle(&queue->object), wdfobj_handle(&request->object), flags);
        verifier_callback_leave(&callback);
    }
    presentation_leave(queue->serialises);
    if (stopping)
    {
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

/* Those that are still the driver's, and not being cancelled. */
static void resume_one(struct queue *queue, struct request *request)
{
    struct verifier_callback callback;
    bool resumes;

    presentation_enter(queue->serialises);
    queue_lock(queue);
    resumes = request->listed && platform_atomic_load(&request->cancel_state) != REQUEST_CANCEL_CALLED &&
              !irp_is_cancelled(request->irp);
    request->stop_acknowledged = false;
    queue_unlock(queue);
    if (resumes)
    {
        verifier_callback_enter(&callback, &queue->object, "EvtIoResume");
        queue->config.EvtIoResume(wdfobj_handle(&queue->object), wdfobj_handle(&request->object));
        verifier_callback_leave(&callback);
    }
    presentation_leave(queue->serialises);
}

void queue_acknowledge_stop(struct request *request, bool requeue)
{
    struct queue *queue = request->queue;
    bool listed = true;

    queue_lock(queue);
    queue_enter(queue);
    request->stop_acknowledged = !requeue;
    if (requeue)
    {
        listed = queue_give_back(queue, request);
    }
    queue_unlock(queue);
    if (!listed)
    {
        queue_end_cancelled(queue, request);
    }
    queue_process(queue);
    queue_exit(queue);
}

/*
 * Walks over the device's queues.
 */

/* The first queue that was created after the numbered one, referenced, and its number; queues may come and go meanwhile. */
static struct queue *queue_after(struct device *device, uint32_t *number)
{
    struct queue *queue;

    platform_mutex_lock(&device->lock);
    for (queue = device->queues; queue != NULL && queue->number <= *number; queue = queue->next)
    {
    }
    if (queue != NULL)
    {
        *number = queue->number;
        wdfobj_reference(&queue->object);
    }
    platform_mutex_unlock(&device->lock);
    return queue;
}

/* Calls a function for each queue of the device that is power managed, or for each that is not. No lock is held. */
static void for_each_queue(struct device *device, bool power_managed, void (*act)(struct queue *queue))
{
    uint32_t number = 0;
    struct queue *queue;

    while ((queue = queue_after(device, &number)) != NULL)
    {
        if (queue->power_managed == power_managed)
        {
            act(queue);
        }
        wdfobj_release(&queue->object);
    }
}

/*
 * Power.
 */

/* No callback is running. */
static bool is_quiet(struct queue *queue)
{
    return queue_present_count(queue) == 0;
}

/* The driver has ended or acknowledged every request that it owns. */
static bool is_stopped(struct queue *queue)
{
    uint32_t acknowledged = 0;

    for (PLIST_ENTRY link = queue->owned.Flink; link != &queue->owned; link = link->Flink)
    {
        acknowledged += CONTAINING_RECORD(link, struct request, link)->stop_acknowledged ? 1 : 0;
    }
    return acknowledged == queue_owned_count(queue);
}

/* What queues that are created from now on begin with. */
static void set_queues_powered(struct device *device, bool powered)
{
    platform_mutex_lock(&device->lock);
    device->queues_powered = powered;
    platform_mutex_unlock(&device->lock);
}

/* The driver resumes what it kept before it gets more. */
static void power_up(struct queue *queue)
{
    if (queue->config.EvtIoResume != NULL)
    {
        queue_for_each_owned(queue, resume_one);
    }
    queue_lock(queue);
    queue_enter(queue);
    queue->powered = true;
    queue->ready_edge |= queue->waiting_count != 0;
    queue_unlock(queue);
    queue_process(queue);
    queue_exit(queue);
}

static void hold(struct queue *queue)
{
    queue_lock(queue);
    queue->powered = false;
    queue_unlock(queue);
}

/* What the driver still has when time is up is named, and waited for all the same. */
static void wait_until_stopped(struct queue *queue)
{
    int64_t patience = (int64_t)verifier_wait_seconds(queue->object.globals) * PLATFORM_SECOND;

    if (patience != 0 && !queue_wait_until_deadline(queue, is_stopped, platform_deadline_in(patience)))
    {
        queue_for_each_owned(queue, queue->config.EvtIoStop != NULL ? queue_verify_stopped : queue_verify_forgotten);
    }
    queue_wait_until(queue, is_stopped);
}

/* The same for a queue that is shut down. */
static void wait_until_empty(struct queue *queue)
{
    int64_t patience = (int64_t)verifier_wait_seconds(queue->object.globals) * PLATFORM_SECOND;

    if (patience != 0 && !queue_wait_until_deadline(queue, queue_is_empty, platform_deadline_in(patience)))
    {
        queue_for_each_owned(queue, queue_verify_forgotten);
    }
    queue_wait_until(queue, queue_is_empty);
}

/* Handlers that run have returned before the driver is asked to stop. */
static void power_down(struct queue *queue)
{
    queue_wait_until(queue, is_quiet);
    if (queue->config.EvtIoStop != NULL)
    {
        queue_for_each_owned(queue, ask_to_suspend);
    }
    wait_until_stopped(queue);
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

static void track_power(struct queue *queue)
{
    queue_lock(queue);
    queue->tracks_power = true;
    queue_unlock(queue);
}

void queues_track_power(struct device *device)
{
    platform_mutex_lock(&device->lock);
    device->queues_track_power = true;
    platform_mutex_unlock(&device->lock);
    for_each_queue(device, true, track_power);
}

/*
 * Removal.
 */

static void shut_down(struct queue *queue)
{
    queue_lock(queue);
    queue_enter(queue);
    queue_change_state(queue, QUEUE_EVENT_SHUT_DOWN);
    queue_unlock(queue);
    queue_cancel_waiting(queue, NULL);
    if (queue->config.EvtIoStop != NULL)
    {
        queue_for_each_owned(queue, ask_to_purge);
    }
    queue_cancel_owned(queue);
    queue_exit(queue);
    wait_until_empty(queue);
}

void queues_purge(struct device *device, bool power_managed)
{
    platform_mutex_lock(&device->lock);
    device->queues_purged[power_managed] = true;
    platform_mutex_unlock(&device->lock);
    for_each_queue(device, power_managed, shut_down);
}

static void restore(struct queue *queue)
{
    queue_lock(queue);
    queue_change_state(queue, QUEUE_EVENT_RESTORE);
    queue_unlock(queue);
}

void queues_restore(struct device *device)
{
    platform_mutex_lock(&device->lock);
    device->queues_purged[false] = false;
    device->queues_purged[true] = false;
    platform_mutex_unlock(&device->lock);
    for_each_queue(device, false, restore);
    for_each_queue(device, true, restore);
}

void queues_cancel_file(struct device *device, PFILE_OBJECT file)
{
    uint32_t number = 0;
    struct queue *queue;

    /* Requests without a file are nobody's to cancel. */
    while (file != NULL && (queue = queue_after(device, &number)) != NULL)
    {
        queue_cancel_waiting(queue, file);
        wdfobj_release(&queue->object);
    }
}
