/* SPDX-License-Identifier: MIT */
/*
 * The shortest way of a packet: a buffered control to a queue that presents it at once.
 *
 * Most packets take it. It does what wdf_dispatch(), queue_receive() and queue_submit() do, without asking again for each packet
 * what queue_find_short_way() has found out when the queues were configured, and turns to those for whatever is different.
 */
#include "nt/io/irp_block.h"
#include "wdf/device.h"
#include "wdf/dispatch.h"
#include "wdf/file_object.h"
#include "wdf/object_internal.h"
#include "wdf/queue.h"
#include "wdf/queue_present.h"

/* The room for it in the packet has been claimed. */
static inline struct request *make_request(struct queue *queue, PIRP irp, PIO_STACK_LOCATION location)
{
    struct request *request = (struct request *)irp_block_of(irp)->extension;
    struct device *device = queue->device;

    object_begin_alike(&request->object, &device->short_request);
    request_clear_rest(request);
    request->irp = irp;
    request->device = device;
    if (__builtin_expect(device->makes_file_objects, 0))
    {
        request->file = file_object_find(device, location->FileObject);
    }
    request->queue = queue;
    request->condition = REQUEST_IS_PLAIN;
    return request;
}

/* Whether the packet is a control in a buffer that nobody has cancelled, with room for a request, which is the caller's then. */
static inline bool begin(struct queue *queue, PIRP irp, const IO_STACK_LOCATION *location)
{
    if (irp_is_cancelled(irp) || (queue->passive && platform_current()->irql != PASSIVE_LEVEL) ||
        (location->Parameters.DeviceIoControl.IoControlCode & 3) != METHOD_BUFFERED ||
        irp_claim_extension(irp, sizeof(struct request)) == NULL)
    {
        return false;
    }
    if (__builtin_expect(!claim_passage(queue), 0))
    {
        irp_release_extension(irp, irp_block_of(irp)->extension);
        return false;
    }
    return true;
}

/* Nobody looks at what the driver does, so that nobody needs to know that it is called. */
static inline void call_unverified(struct queue *queue, struct request *request, const IO_STACK_LOCATION *location)
{
    PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL unverified = queue->config.EvtIoDeviceControl;

    unverified(wdfobj_handle(&queue->object), wdfobj_handle(&request->object),
               location->Parameters.DeviceIoControl.OutputBufferLength,
               location->Parameters.DeviceIoControl.InputBufferLength, location->Parameters.DeviceIoControl.IoControlCode);
}

static inline NTSTATUS present(struct queue *queue, PIRP irp, PIO_STACK_LOCATION location)
{
    const struct platform_thread *thread = platform_current();
    struct wdf_thread *self = thread->wdf != NULL ? thread->wdf : wdf_thread_make();
    struct request *request = make_request(queue, irp, location);
    struct queue_frame frame;

    frame.queue = queue;
    location->Control |= SL_PENDING_RETURNED;
    begin_presenting(&frame, request, self, thread);
    call_unverified(queue, request, location);
    end_presenting(queue, &frame, self);
    if (__builtin_expect(!leave_passage(queue, &frame), 0))
    {
        queue_leave_closed_passage(queue, frame.owns);
    }
    return STATUS_PENDING;
}

NTSTATUS wdf_dispatch_control(PDEVICE_OBJECT wdm, PIRP irp)
{
    PIO_STACK_LOCATION location = irp->Tail.Overlay.CurrentStackLocation;
    struct device_link *link = device_link_of(wdm);
    struct queue *queue;
    NTSTATUS status;

    if (__builtin_expect(!gate_enter(&link->gate), 0))
    {
        return dispatch_closed_gate(irp);
    }
    queue = platform_atomic_load(&link->device->short_controls);
    status = __builtin_expect(queue != NULL && begin(queue, irp, location), 1) ? present(queue, irp, location) :
                                                                                 dispatch_inside(link->device, irp);
    gate_leave(&link->gate);
    return status;
}
