/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: submission, presentation to the driver's handlers, cancellation while waiting.
 */
#include "wdf/queue_internal.h"

#include "nt/io/irp.h"
#include "wdf/request.h"
#include "wdf/thread.h"

/*
 * Handlers.
 */

bool queue_handles(const struct queue *queue, UCHAR major)
{
    const WDF_IO_QUEUE_CONFIG *config = &queue->config;

    if (config->DispatchType == WdfIoQueueDispatchManual || config->EvtIoDefault != NULL)
    {
        return true;
    }
    switch (major)
    {
        case IRP_MJ_READ:
            return config->EvtIoRead != NULL;
        case IRP_MJ_WRITE:
            return config->EvtIoWrite != NULL;
        case IRP_MJ_DEVICE_CONTROL:
            return config->EvtIoDeviceControl != NULL;
        case IRP_MJ_INTERNAL_DEVICE_CONTROL:
            return config->EvtIoInternalDeviceControl != NULL;
        default:
            return false;
    }
}

static void call_control(struct queue *queue, struct request *request, PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL handler)
{
    PIO_STACK_LOCATION location = request_location(request);

    handler(wdfobj_handle(&queue->object), wdfobj_handle(&request->object),
            location->Parameters.DeviceIoControl.OutputBufferLength, location->Parameters.DeviceIoControl.InputBufferLength,
            location->Parameters.DeviceIoControl.IoControlCode);
}

/* Calls the driver. The request may be gone when this returns. */
static void present(struct queue *queue, struct request *request)
{
    const WDF_IO_QUEUE_CONFIG *config = &queue->config;
    UCHAR major = request_location(request)->MajorFunction;

    if (major == IRP_MJ_READ && config->EvtIoRead != NULL)
    {
        config->EvtIoRead(wdfobj_handle(&queue->object), wdfobj_handle(&request->object), request_length(request));
    }
    else if (major == IRP_MJ_WRITE && config->EvtIoWrite != NULL)
    {
        config->EvtIoWrite(wdfobj_handle(&queue->object), wdfobj_handle(&request->object), request_length(request));
    }
    else if (major == IRP_MJ_DEVICE_CONTROL && config->EvtIoDeviceControl != NULL)
    {
        call_control(queue, request, config->EvtIoDeviceControl);
    }
    else if (major == IRP_MJ_INTERNAL_DEVICE_CONTROL && config->EvtIoInternalDeviceControl != NULL)
    {
        call_control(queue, request, config->EvtIoInternalDeviceControl);
    }
    else if (config->EvtIoDefault != NULL)
    {
        config->EvtIoDefault(wdfobj_handle(&queue->object), wdfobj_handle(&request->object));
    }
    else
    {
        request_complete(request, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
}

/*
 * The lists. The caller of each of these holds the queue's lock.
 */

static bool may_present(const struct queue *queue)
{
    uint32_t limit = queue->config.DispatchType == WdfIoQueueDispatchSequential ?
                         1 :
                     queue->config.DispatchType == WdfIoQueueDispatchParallel ?
                         queue->config.Settings.Parallel.NumberOfPresentedRequests :
                         0;

    return queue->dispatches && queue->powered && queue->owned_count < limit;
}

void queue_add_owned(struct queue *queue, struct request *request)
{
    InsertTailList(&queue->owned, &request->link);
    queue->owned_count++;
    request->owned_number = ++queue->owned_numbers;
    request->stop_acknowledged = false;
    request->owner = REQUEST_OWNED_BY_DRIVER;
    request->seen = true;
}

void queue_announce(struct queue *queue)
{
    (void)platform_atomic_fetch_add(&queue->changes, 1);
    if (platform_atomic_load_sequential(&queue->change_waiters) != 0)
    {
        platform_wake_word(&queue->changes, UINT32_MAX);
    }
}

struct request *queue_take_waiting(struct queue *queue)
{
    for (PLIST_ENTRY link = queue->waiting.Flink; link != &queue->waiting; link = link->Flink)
    {
        struct request *request = CONTAINING_RECORD(link, struct request, link);

        if (irp_set_cancel_routine(request->irp, NULL) != NULL)
        {
            RemoveEntryList(link);
            return request;
        }
    }
    return NULL;
}

/*
 * Cancellation while waiting.
 */

/* Ends a request that the queue has not taken. One that the driver has never seen goes without its callbacks. */
static void end_unowned(struct request *request, NTSTATUS status)
{
    for (struct object_context *context = request->object.contexts; context != NULL && !request->seen;
         context = context->next)
    {
        context->cleanup = NULL;
        context->destroy = NULL;
    }
    request->queue = NULL;
    request_complete(request, status, 0);
}

void queue_begin_cancelled(struct queue *queue, struct request *request)
{
    wdfobj_reference(&queue->object);
    InitializeListHead(&request->link);
    queue->owned_count++;
}

void queue_callback_returned(struct queue *queue)
{
    platform_spinlock_lock(&queue->lock);
    queue->presenting--;
    platform_spinlock_unlock(&queue->lock);
    queue_announce(queue);
    wdfobj_release(&queue->object);
}

void queue_end_cancelled(struct queue *queue, struct request *request)
{
    if (request->seen && queue->config.EvtIoCanceledOnQueue != NULL)
    {
        platform_spinlock_lock(&queue->lock);
        queue->owned_count--;
        queue_add_owned(queue, request);
        queue->presenting++;
        platform_spinlock_unlock(&queue->lock);
        queue->config.EvtIoCanceledOnQueue(wdfobj_handle(&queue->object), wdfobj_handle(&request->object));
        queue_callback_returned(queue);
        return;
    }
    end_unowned(request, STATUS_CANCELLED);
    queue_request_gone(queue);
}

static VOID cancel_waiting(PDEVICE_OBJECT wdm, PIRP irp)
{
    struct request *request = irp->Tail.Overlay.DriverContext[0];
    struct queue *queue = request->queue;

    (void)wdm;
    IoReleaseCancelSpinLock(irp->CancelIrql);
    platform_spinlock_lock(&queue->lock);
    RemoveEntryList(&request->link);
    queue_begin_cancelled(queue, request);
    platform_spinlock_unlock(&queue->lock);
    queue_end_cancelled(queue, request);
}

bool queue_add_waiting(struct queue *queue, struct request *request, bool at_head)
{
    PIRP irp = request->irp;

    irp->Tail.Overlay.DriverContext[0] = request;
    request->owner = REQUEST_OWNED_BY_FRAMEWORK;
    if (at_head)
    {
        InsertHeadList(&queue->waiting, &request->link);
    }
    else
    {
        InsertTailList(&queue->waiting, &request->link);
    }
    (void)irp_set_cancel_routine(irp, cancel_waiting);
    if (irp_is_cancelled(irp) && irp_set_cancel_routine(irp, NULL) != NULL)
    {
        RemoveEntryList(&request->link);
        queue_begin_cancelled(queue, request);
        return false;
    }
    return true;
}

/*
 * Dispatch.
 */

/* A dispatch loop that is running on this thread. */
struct dispatch_frame
{
    struct queue *queue;
    struct dispatch_frame *outer;
};

static bool is_dispatching_here(struct queue *queue)
{
    for (struct dispatch_frame *frame = wdf_thread()->dispatching; frame != NULL; frame = frame->outer)
    {
        if (frame->queue == queue)
        {
            return true;
        }
    }
    return false;
}

/* The next request for a handler. returned says that one has returned; somebody may wait for that if this was the last. */
static struct request *take_presentable(struct queue *queue, bool returned)
{
    struct request *request = NULL;
    bool last;

    platform_spinlock_lock(&queue->lock);
    if (may_present(queue))
    {
        request = queue_take_waiting(queue);
    }
    if (request != NULL)
    {
        queue_add_owned(queue, request);
    }
    queue->presenting += (request != NULL ? 1u : 0u) - (returned ? 1u : 0u);
    last = returned && queue->presenting == 0 && (!queue->powered || !queue->accepts);
    platform_spinlock_unlock(&queue->lock);
    if (last)
    {
        queue_announce(queue);
    }
    return request;
}

/* Presents the first request, and whatever can be presented after it. NULL only looks for more. */
static void dispatch_from(struct queue *queue, struct request *request)
{
    struct dispatch_frame frame = {.queue = queue, .outer = wdf_thread()->dispatching};

    wdf_thread()->dispatching = &frame;
    if (request == NULL)
    {
        request = take_presentable(queue, false);
    }
    while (request != NULL)
    {
        present(queue, request);
        request = take_presentable(queue, true);
    }
    wdf_thread()->dispatching = frame.outer;
}

void queue_dispatch(struct queue *queue)
{
    if (!is_dispatching_here(queue))
    {
        wdfobj_reference(&queue->object);
        dispatch_from(queue, NULL);
        wdfobj_release(&queue->object);
    }
}

/* A read or write of nothing is a success that the driver does not see, unless it asked to. */
static bool is_filtered_zero_length(const struct queue *queue, const struct request *request)
{
    UCHAR major = request_location(request)->MajorFunction;

    return !queue->config.AllowZeroLengthRequests && (major == IRP_MJ_READ || major == IRP_MJ_WRITE) &&
           request_length(request) == 0;
}

NTSTATUS queue_submit(struct queue *queue, struct request *request)
{
    bool inline_dispatch;
    bool listed = true;

    platform_spinlock_lock(&queue->lock);
    if (!queue->accepts || is_filtered_zero_length(queue, request))
    {
        NTSTATUS status = queue->accepts ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_STATE;

        platform_spinlock_unlock(&queue->lock);
        end_unowned(request, status);
        return status;
    }
    request->queue = queue;
    IoMarkIrpPending(request->irp);
    inline_dispatch = IsListEmpty(&queue->waiting) && may_present(queue) && !is_dispatching_here(queue);
    if (inline_dispatch)
    {
        queue_add_owned(queue, request);
        queue->presenting++;
    }
    else
    {
        listed = queue_add_waiting(queue, request, false);
    }
    platform_spinlock_unlock(&queue->lock);
    if (inline_dispatch)
    {
        wdfobj_reference(&queue->object);
        dispatch_from(queue, request);
        wdfobj_release(&queue->object);
    }
    else if (!listed)
    {
        queue_end_cancelled(queue, request);
    }
    else
    {
        queue_dispatch(queue);
    }
    return STATUS_PENDING;
}

void queue_remove_owned(struct queue *queue, struct request *request)
{
    wdfobj_reference(&queue->object);
    platform_spinlock_lock(&queue->lock);
    RemoveEntryList(&request->link);
    InitializeListHead(&request->link);
    platform_spinlock_unlock(&queue->lock);
}

void queue_request_gone(struct queue *queue)
{
    platform_spinlock_lock(&queue->lock);
    queue->owned_count--;
    platform_spinlock_unlock(&queue->lock);
    queue_announce(queue);
    if (queue->config.DispatchType != WdfIoQueueDispatchManual)
    {
        queue_dispatch(queue);
    }
    wdfobj_release(&queue->object);
}
