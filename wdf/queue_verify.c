/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: what the verifier looks at.
 */
#include "wdf/queue_verify.h"

static inline bool is_verified(const struct object *object)
{
    return verifier_is_on(object->globals);
}

void queue_verify_forward(struct request *request, struct queue *to)
{
    static const char function[] = "WdfRequestForwardToIoQueue";
    struct driver_globals *globals = to->object.globals;

    if (request->queue == to)
    {
        verifier_report(globals, RULE_V26, &request->object, function, "the request comes from that queue");
    }
    else if (request->device != to->device)
    {
        verifier_report(globals, RULE_V26, &request->object, function, "the queue is another device's");
    }
    else if (request->in_caller_context)
    {
        verifier_report(globals, RULE_V26, &request->object, function,
                        "no queue has presented the request: EvtIoInCallerContext calls WdfDeviceEnqueueRequest");
    }
}

void queue_verify_acknowledge(struct request *request, bool requeue)
{
    static const char function[] = "WdfRequestStopAcknowledge";
    struct queue *queue = request->queue;

    if (!is_verified(&request->object))
    {
        return;
    }
    if (!request->stopping || !verifier_is_in_callback(&queue->object, "EvtIoStop"))
    {
        verifier_report(request->object.globals, RULE_V23, &request->object, function,
                        "EvtIoStop is not running for the request on this thread");
    }
    if (!requeue && queue->config.EvtIoResume == NULL)
    {
        verifier_report(request->object.globals, RULE_V24, &request->object, function,
                        "the driver keeps the request, and the queue has no EvtIoResume");
    }
}

void queue_verify_stopped(struct queue *queue, struct request *request)
{
    bool owed;

    if (!is_verified(&queue->object))
    {
        return;
    }
    queue_lock(queue);
    owed = request->listed && !request->stop_acknowledged;
    queue_unlock(queue);
    if (owed)
    {
        verifier_report(queue->object.globals, RULE_V22, &request->object, "EvtIoStop",
                        "the device waits for the request, which was not completed, requeued or acknowledged");
    }
}

void queue_verify_forgotten(struct queue *queue, struct request *request)
{
    bool owned;

    if (!is_verified(&queue->object))
    {
        return;
    }
    queue_lock(queue);
    owned = request->listed && platform_atomic_load(&request->cancel_state) != REQUEST_CANCELABLE &&
            (platform_atomic_load(&request->send.flight) & FLIGHT_PACKET) == 0;
    queue_unlock(queue);
    if (owned)
    {
        verifier_report(
            queue->object.globals, RULE_V21, &request->object, "EvtIoStop",
            "the device waits for the request, which the driver has and neither ends, sends on nor marks cancelable");
    }
}

void queue_verify_parameters(struct request *request)
{
    if (is_verified(&request->object) &&
        (verifier_is_in_callback(NULL, "EvtIoStop") || verifier_is_in_callback(NULL, "EvtIoResume")))
    {
        verifier_report(request->object.globals, RULE_V25, &request->object, "WdfRequestGetParameters",
                        "the request may be gone to another driver, and its parameters with it");
    }
}

/* Whether this thread is in a callback of the queue's. */
static bool is_in_callback_of(const struct queue *queue)
{
    const struct verifier_callback *callback = verifier_current_callback();

    while (callback != NULL && callback->object != &queue->object)
    {
        callback = callback->outer;
    }
    return callback != NULL;
}

void queue_verify_change(struct queue *queue, const char *function, bool waits)
{
    if (!is_verified(&queue->object))
    {
        return;
    }
    if (verifier_is_in_callback(NULL, "EvtDeviceSurpriseRemoval"))
    {
        verifier_report(queue->object.globals, RULE_V27, &queue->object, function,
                        "the framework stops and purges the queues of a device that is gone");
    }
    if (waits && is_in_callback_of(queue))
    {
        verifier_report(queue->object.globals, RULE_V42, &queue->object, function,
                        "the calling thread is in a callback of the queue");
    }
}

void queue_verify_change_begins(struct queue *queue, const char *function)
{
    if (platform_atomic_fetch_add(&queue->changing, 1) != 0 && is_verified(&queue->object))
    {
        verifier_report(queue->object.globals, RULE_V29, &queue->object, function,
                        "another call is changing the queue's state now");
    }
}

void queue_verify_change_ends(struct queue *queue)
{
    (void)platform_atomic_fetch_sub(&queue->changing, 1);
}

void queue_verify_completion(struct request *request, const char *function)
{
    if (is_verified(&request->object) && verifier_is_in_callback(NULL, "EvtDeviceSurpriseRemoval"))
    {
        verifier_report(request->object.globals, RULE_V27, &request->object, function,
                        "requests are ended in EvtIoStop or by their cancel callback when the device is gone");
    }
}

void queue_verify_found(struct queue *queue, struct request *found, const char *function)
{
    if (is_verified(&queue->object) && !found->found)
    {
        verifier_report(queue->object.globals, RULE_V28, &found->object, function,
                        "the request was not found by WdfIoQueueFindRequest");
    }
}

void queue_verify_use(struct queue *queue, bool allowed, const char *function)
{
    if (!allowed && is_verified(&queue->object))
    {
        verifier_report(queue->object.globals, RULE_V30, &queue->object, function,
                        "the queue's dispatch type does not allow the call");
    }
}
