/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: submission, presentation to the driver's handlers, completion.
 */
#include "nt/io/irp.h"
#include "wdf/dispatch.h"
#include "wdf/queue_present.h"
#include "wdf/queue_reserve.h"
#include "wdf/thread.h"
#include "wdf/verifier.h"

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

static void call_transfer(struct queue *queue, struct request *request, PFN_WDF_IO_QUEUE_IO_READ handler, const char *name)
{
    struct verifier_callback callback;

    verifier_callback_enter(&callback, &queue->object, name);
    handler(wdfobj_handle(&queue->object), wdfobj_handle(&request->object), request_length(request));
    verifier_callback_leave(&callback);
}

/* For the requests that have no handler of their own. */
static void call_default(struct queue *queue, struct request *request)
{
    struct verifier_callback callback;

    if (queue->config.EvtIoDefault == NULL)
    {
        request_complete(request, STATUS_INVALID_DEVICE_REQUEST, 0);
        return;
    }
    verifier_callback_enter(&callback, &queue->object, "EvtIoDefault");
    queue->config.EvtIoDefault(wdfobj_handle(&queue->object), wdfobj_handle(&request->object));
    verifier_callback_leave(&callback);
}

static __attribute__((noinline)) void call_other_handler(struct queue *queue, struct request *request)
{
    const WDF_IO_QUEUE_CONFIG *config = &queue->config;
    PIO_STACK_LOCATION location = request_location(request);
    UCHAR major = location->MajorFunction;

    if (major == IRP_MJ_READ && config->EvtIoRead != NULL)
    {
        call_transfer(queue, request, config->EvtIoRead, "EvtIoRead");
    }
    else if (major == IRP_MJ_WRITE && config->EvtIoWrite != NULL)
    {
        call_transfer(queue, request, config->EvtIoWrite, "EvtIoWrite");
    }
    else if (major == IRP_MJ_INTERNAL_DEVICE_CONTROL && config->EvtIoInternalDeviceControl != NULL)
    {
        queue_call_control(queue, request, location, config->EvtIoInternalDeviceControl, "EvtIoInternalDeviceControl");
    }
    else
    {
        call_default(queue, request);
    }
}

/* The request may be gone when this returns. */
static inline void call_handler(struct queue *queue, struct request *request)
{
    PIO_STACK_LOCATION location = request_location(request);
    PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL handler = queue->config.EvtIoDeviceControl;

    if (location->MajorFunction == IRP_MJ_DEVICE_CONTROL && handler != NULL)
    {
        queue_call_control(queue, request, location, handler, "EvtIoDeviceControl");
        return;
    }
    call_other_handler(queue, request);
}

bool queue_filters(const struct queue *queue, const struct request *request)
{
    UCHAR major = request_location(request)->MajorFunction;

    return (major == IRP_MJ_READ || major == IRP_MJ_WRITE) && !queue->config.AllowZeroLengthRequests &&
           request_length(request) == 0;
}

/*
 * Presentation. A request whose handler runs is known to the frame only; when the handler leaves it with the driver, it goes
 * into the list of those that the driver owns. So most requests never see a list.
 */

void queue_keep_presented(struct queue *queue, struct queue_frame *frame)
{
    struct request *request;

    queue_lock(queue);
    request = frame->request;
    if (request != NULL)
    {
        platform_atomic_store_relaxed(&request->presenter, NULL);
        if (!request->listed)
        {
            queue_list_owned(queue, request);
        }
    }
    queue_unlock(queue);
}

/* What was ended leaves the count, and others may move up. The caller is present. */
static __attribute__((noinline)) void drop_owned(struct queue *queue)
{
    uint64_t word = platform_atomic_load(&queue->word);

    while ((word & QUEUE_PASSES) != 0)
    {
        if (platform_atomic_compare_exchange(&queue->word, &word, word - QUEUE_OWNED))
        {
            return;
        }
    }
    queue_lock(queue);
    (void)platform_atomic_fetch_sub(&queue->word, QUEUE_OWNED);
    queue_unlock(queue);
    queue_process(queue);
}

void queue_present(struct queue *queue, struct request *request)
{
    struct wdf_thread *self = wdf_thread();
    struct queue_frame frame = {.queue = queue};

    begin_presenting(&frame, request, self, platform_current());
    call_handler(queue, request);
    end_presenting(queue, &frame, self);
    if (frame.owns)
    {
        drop_owned(queue);
    }
}

/*
 * The way without the lock.
 */

void queue_leave_closed_passage(struct queue *queue, bool owns)
{
    if (owns)
    {
        drop_owned(queue);
    }
    queue_process(queue);
    queue_exit(queue);
}

/* What comes while requests pass is presented here, if the rules of presentation allow it. */
static inline bool pass(struct queue *queue, struct request *request)
{
    struct wdf_thread *self = wdf_thread();
    struct queue_frame frame = {.queue = queue};

    if (!queue_may_call_here(queue))
    {
        return false;
    }
    presentation_enter(queue->serialises);
    if (!claim_passage(queue))
    {
        presentation_leave(queue->serialises);
        return false;
    }
    IoMarkIrpPending(request->irp);
    request->queue = queue;
    request->seen = true;
    request->owner = REQUEST_OWNED_BY_DRIVER;
    begin_presenting(&frame, request, self, platform_current());
    call_handler(queue, request);
    end_presenting(queue, &frame, self);
    presentation_leave(queue->serialises);
    if (!leave_passage(queue, &frame))
    {
        queue_leave_closed_passage(queue, frame.owns);
    }
    return true;
}

/*
 * Submission.
 */

static NTSTATUS refuse(struct queue *queue, struct request *request)
{
    NTSTATUS status = STATUS_INVALID_DEVICE_STATE;

    queue_end_with(queue, request, status);
    queue_exit(queue);
    return status;
}

/* Under the lock: into the list, and out of it again by whoever may present. */
static __attribute__((noinline)) NTSTATUS submit_to_list(struct queue *queue, struct request *request)
{
    bool accepted;
    bool listed = true;

    queue_lock(queue);
    queue_enter(queue);
    accepted = queue_rules(queue)->accepts;
    if (accepted)
    {
        IoMarkIrpPending(request->irp);
        listed = queue_add_waiting(queue, request, false);
    }
    queue->ending += accepted ? 0 : 1;
    queue_unlock(queue);
    if (!accepted)
    {
        return refuse(queue, request);
    }
    if (!listed)
    {
        queue_end_cancelled(queue, request);
    }
    queue_process(queue);
    queue_exit(queue);
    return STATUS_PENDING;
}

NTSTATUS queue_submit(struct queue *queue, struct request *request)
{
    bool direct = (platform_atomic_load_relaxed(&queue->word) & QUEUE_PASSES) != 0 && !queue_filters(queue, request) &&
                  !irp_is_cancelled(request->irp);

    return direct && pass(queue, request) ? STATUS_PENDING : submit_to_list(queue, request);
}

NTSTATUS queue_receive(struct queue *queue, PIRP irp)
{
    struct request *request;

    if (__builtin_expect(platform_atomic_load(&queue->reserve) != NULL, 0))
    {
        return reserve_receive(queue, irp);
    }
    request = request_create(queue->device, irp);
    return request == NULL ? dispatch_complete(irp, STATUS_INSUFFICIENT_RESOURCES) : queue_submit(queue, request);
}

void queue_receive_in_place(struct queue *queue, PIRP irp)
{
    struct request *request;

    if (platform_atomic_load(&queue->reserve) != NULL)
    {
        reserve_receive_in_place(queue, irp);
        return;
    }
    request = request_create(queue->device, irp);
    if (request == NULL)
    {
        (void)dispatch_complete(irp, STATUS_INSUFFICIENT_RESOURCES);
        queue_leave_place(queue);
        return;
    }
    IoMarkIrpPending(irp);
    queue_take_place(queue, request);
}

/*
 * Completion.
 */

void queue_let_go_locked(struct queue *queue, struct request *request)
{
    queue_lock(queue);
    queue_enter(queue);
    queue_remove_owned(queue, request);
    queue_unlock(queue);
}

void queue_request_gone_locked(struct queue *queue, struct queue_frame *frame)
{
    drop_owned(queue);
    if (frame == NULL)
    {
        queue_exit(queue);
    }
}
