/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: requests that the driver gives back, or to another queue.
 */
#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/pdo.h"
#include "wdf/queue_verify.h"
#include "wdf/request_verify.h"

#include "nt/io/irp.h"

bool queue_reserve_place(struct queue *queue)
{
    bool accepts;

    queue_lock(queue);
    accepts = queue_rules(queue)->accepts;
    if (accepts)
    {
        queue->ending++;
        queue_enter(queue);
    }
    queue_unlock(queue);
    return accepts;
}

void queue_leave_place(struct queue *queue)
{
    queue_lock(queue);
    queue->ending--;
    queue_unlock(queue);
    queue_process(queue);
    queue_exit(queue);
}

void queue_take_place(struct queue *queue, struct request *request)
{
    bool listed;

    queue_lock(queue);
    queue->ending--;
    if (queue_rules(queue)->accepts || !queue_rules(queue)->cancels)
    {
        listed = queue_add_waiting(queue, request, false);
    }
    else
    {
        request->queue = queue;
        request->owner = REQUEST_OWNED_BY_FRAMEWORK;
        queue->ending++;
        listed = false;
    }
    queue_unlock(queue);
    if (!listed)
    {
        queue_end_cancelled(queue, request);
    }
    queue_process(queue);
    queue_exit(queue);
}

/* The caller has found the request to be the driver's. */
static NTSTATUS forward(struct request *request, struct queue *to)
{
    struct queue *from = request->queue;
    struct queue_frame *frame = NULL;

    if (!queue_reserve_place(to))
    {
        return STATUS_WDF_BUSY;
    }
    request->seen = true;
    if (from != NULL)
    {
        frame = queue_let_go(from, request);
    }
    queue_take_place(to, request);
    if (from != NULL)
    {
        queue_request_gone(from, frame);
    }
    return STATUS_SUCCESS;
}

NTSTATUS queue_enqueue(struct queue *queue, struct request *request)
{
    if (!queue_reserve_place(queue))
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    request->in_caller_context = false;
    queue_take_place(queue, request);
    return STATUS_SUCCESS;
}

/* In the driver's hands, and nobody else may end it. */
static bool is_movable(struct request *request)
{
    return request->owner == REQUEST_OWNED_BY_DRIVER && !request->in_caller_context &&
           platform_atomic_load(&request->cancel_state) == REQUEST_NOT_CANCELABLE;
}

NTSTATUS wdf_kmdf_WdfRequestForwardToIoQueue(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                             WDFQUEUE DestinationQueue)
{
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestForwardToIoQueue"));
    struct queue *to = queue_of(wdfobj_from_handle(DestinationQueue, OBJECT_QUEUE, "WdfRequestForwardToIoQueue"));

    if (verifier_is_on(request->object.globals))
    {
        request_verify_moved(request, "WdfRequestForwardToIoQueue");
        queue_verify_forward(request, to);
    }
    if (!is_movable(request) || request->queue == to || to->device != request->device)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return forward(request, to);
}
WDF_ENTRY_BOTH(WdfRequestForwardToIoQueue)

/* A child whose initialisation said so gives requests to its parent. */
static bool may_forward_to(struct request *request, const struct queue *to)
{
    struct pdo *pdo = device_is_pdo(request->device) ? request->device->bus.pdo : NULL;

    return pdo != NULL && pdo->forwards_to_parent && pdo->parent == to->device && is_movable(request) &&
           request->irp->CurrentLocation > 1;
}

NTSTATUS wdf_kmdf_WdfRequestForwardToParentDeviceIoQueue(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                                         WDFQUEUE ParentDeviceQueue,
                                                         PWDF_REQUEST_FORWARD_OPTIONS ForwardOptions)
{
    static const char function[] = "WdfRequestForwardToParentDeviceIoQueue";
    globals_require(DriverGlobals, ForwardOptions, function);
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, function));
    struct queue *to = queue_of(wdfobj_from_handle(ParentDeviceQueue, OBJECT_QUEUE, function));

    if (ForwardOptions->Size != sizeof(WDF_REQUEST_FORWARD_OPTIONS))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (ForwardOptions->Flags != WDF_REQUEST_FORWARD_OPTION_SEND_AND_FORGET)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (!may_forward_to(request, to))
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (!queue_reserve_place(to))
    {
        return STATUS_WDF_BUSY;
    }
    request_move(request, to);
    return STATUS_SUCCESS;
}

NTSTATUS wdf_kmdf_WdfRequestRequeue(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestRequeue"));
    struct queue *queue = request->queue;
    bool listed;

    if (queue != NULL)
    {
        queue_verify_use(queue, queue->config.DispatchType == WdfIoQueueDispatchManual, "WdfRequestRequeue");
    }
    if (!is_movable(request) || queue == NULL || queue->config.DispatchType != WdfIoQueueDispatchManual)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    queue_lock(queue);
    queue_enter(queue);
    listed = queue_give_back(queue, request);
    queue_unlock(queue);
    if (!listed)
    {
        queue_end_cancelled(queue, request);
    }
    queue_process(queue);
    queue_exit(queue);
    return STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfRequestRequeue)
