/* SPDX-License-Identifier: MIT */
/*
 * Routing of packets: PnP, file objects, queues.
 */
#include "wdf/dispatch.h"

#include "nt/io/irp.h"
#include "wdf/control_device.h"
#include "wdf/device.h"
#include "wdf/file_object.h"
#include "wdf/pdo.h"
#include "wdf/pnp.h"
#include "wdf/preprocess.h"
#include "wdf/queue.h"
#include "wdf/request.h"
#include "wdf/verifier.h"
#include "wdf/wmi.h"

NTSTATUS dispatch_complete(PIRP irp, NTSTATUS status)
{
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    irp_complete(irp);
    return status;
}

NTSTATUS dispatch_forward(struct device *device, PIRP irp)
{
    if (device->lower == NULL)
    {
        return dispatch_complete(irp, STATUS_INVALID_DEVICE_REQUEST);
    }
    IoSkipCurrentIrpStackLocation(irp);
    return irp_call(device->lower, irp);
}

static NTSTATUS took_back(PDEVICE_OBJECT wdm, PIRP irp, PVOID context)
{
    (void)wdm;
    (void)irp;
    (void)platform_event_set(context);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

NTSTATUS dispatch_forward_and_wait(struct device *device, PIRP irp)
{
    struct platform_event back = PLATFORM_EVENT_INITIALIZER(true);

    IoCopyCurrentIrpStackLocationToNext(irp);
    IoSetCompletionRoutine(irp, took_back, &back, TRUE, TRUE, TRUE);
    (void)irp_call(device->lower, irp);
    (void)platform_event_wait(&back, PLATFORM_FOREVER);
    return irp->IoStatus.Status;
}

/* The driver sees the request in its sender's thread, before any queue does; queue is where it goes then, NULL for the usual. */
static __attribute__((noinline)) NTSTATUS dispatch_in_caller_context(struct device *device, PIRP irp, struct queue *queue)
{
    struct request *request = request_create(device, irp);
    struct verifier_callback callback;

    if (request == NULL)
    {
        return dispatch_complete(irp, STATUS_INSUFFICIENT_RESOURCES);
    }
    IoMarkIrpPending(irp);
    request->owner = REQUEST_OWNED_BY_DRIVER;
    request->seen = true;
    request->in_caller_context = true;
    request->destination = queue;
    verifier_callback_enter(&callback, &device->object, "EvtIoInCallerContext");
    device->in_caller_context(wdfobj_handle(&device->object), wdfobj_handle(&request->object));
    verifier_callback_leave(&callback);
    return STATUS_PENDING;
}

/* A client's addresses are nothing for a driver of the user flavour. */
static bool is_neither_for_user_flavour(const struct device *device, PIRP irp, UCHAR major)
{
    const IO_STACK_LOCATION *location = irp->Tail.Overlay.CurrentStackLocation;

    return major == IRP_MJ_DEVICE_CONTROL && (location->Parameters.DeviceIoControl.IoControlCode & 3) == METHOD_NEITHER &&
           device->object.globals->user_flavour && irp->RequestorMode == UserMode;
}

static NTSTATUS dispatch_without_queue(struct device *device, PIRP irp)
{
    return device->is_filter ? dispatch_forward(device, irp) : dispatch_complete(irp, STATUS_INVALID_DEVICE_REQUEST);
}

/* What queue_for() says, without a call where that is simple. */
static inline struct queue *route(struct device *device, UCHAR major)
{
    struct queue *queue = platform_atomic_load(&device->routes[major]);

    if (queue == NULL)
    {
        queue = platform_atomic_load(&device->default_queue);
    }
    return __builtin_expect(queue == NULL || device->is_filter, 0) ? queue_for(device, major) : queue;
}

/* Reads, writes and controls: to their queue, or past a filter that has no handler for them. */
static inline NTSTATUS dispatch_io(struct device *device, PIRP irp, UCHAR major)
{
    struct queue *queue;

    if (device->in_caller_context != NULL)
    {
        return dispatch_in_caller_context(device, irp, NULL);
    }
    if (is_neither_for_user_flavour(device, irp, major))
    {
        return dispatch_complete(irp, STATUS_INVALID_DEVICE_REQUEST);
    }
    queue = route(device, major);
    if (queue == NULL)
    {
        return dispatch_without_queue(device, irp);
    }
    return queue_receive(queue, irp);
}

/* The same and creates, by the driver's hooks from this one on. */
static inline NTSTATUS dispatch_by_hooks(struct device *device, PIRP irp, UCHAR major, struct irp_hook *hook)
{
    hook = __builtin_expect(hook == NULL, 1) ? NULL : irp_hook_find(hook, major);
    if (hook != NULL)
    {
        return irp_hook_call(hook, device, irp);
    }
    return major == IRP_MJ_CREATE ? file_object_dispatch(device, irp) : dispatch_io(device, irp, major);
}

/* Everything but PnP, while the device is there. */
static inline NTSTATUS dispatch_open_gate(struct device *device, PIRP irp)
{
    UCHAR major = irp->Tail.Overlay.CurrentStackLocation->MajorFunction;

    switch (major)
    {
        case IRP_MJ_CLEANUP:
        case IRP_MJ_CLOSE:
            return file_object_dispatch(device, irp);
        case IRP_MJ_CREATE:
        case IRP_MJ_READ:
        case IRP_MJ_WRITE:
        case IRP_MJ_DEVICE_CONTROL:
        case IRP_MJ_INTERNAL_DEVICE_CONTROL:
            return dispatch_by_hooks(device, irp, major, platform_atomic_load(&device->irp_hooks));
        case IRP_MJ_POWER:
            return power_dispatch(device, irp);
        case IRP_MJ_SHUTDOWN:
            return device->is_control ? control_device_shutdown(device, irp) :
                   device->is_filter  ? dispatch_forward(device, irp) :
                                        dispatch_complete(irp, STATUS_INVALID_DEVICE_REQUEST);
        case IRP_MJ_SYSTEM_CONTROL:
            return wmi_dispatch(device, irp);
        default:
            return dispatch_without_queue(device, irp);
    }
}

/* The device has gone; whoever still holds a handle may close it, and nothing else. */
NTSTATUS dispatch_closed_gate(PIRP irp)
{
    UCHAR major = irp->Tail.Overlay.CurrentStackLocation->MajorFunction;

    return dispatch_complete(irp, major == IRP_MJ_CLEANUP || major == IRP_MJ_CLOSE ? STATUS_SUCCESS : STATUS_NO_SUCH_DEVICE);
}

static bool is_for_preprocess(const struct device *device, PIRP irp)
{
    return __builtin_expect(device->preprocess != NULL, 0) &&
           preprocess_wants(device->preprocess, irp->Tail.Overlay.CurrentStackLocation);
}

NTSTATUS dispatch_inside(struct device *device, PIRP irp)
{
    return is_for_preprocess(device, irp) ? preprocess_call(device, irp) : dispatch_open_gate(device, irp);
}

NTSTATUS wdf_dispatch(PDEVICE_OBJECT wdm, PIRP irp)
{
    struct device_link *link = device_link_of(wdm);
    NTSTATUS status;

    if (irp->Tail.Overlay.CurrentStackLocation->MajorFunction == IRP_MJ_PNP)
    {
        /* The removal packet closes the gate itself; the PnP manager never sends another one after it. */
        return is_for_preprocess(link->device, irp) ? preprocess_call(link->device, irp) : pnp_dispatch(link->device, irp);
    }
    if (!gate_enter(&link->gate))
    {
        return dispatch_closed_gate(irp);
    }
    status = dispatch_inside(link->device, irp);
    gate_leave(&link->gate);
    return status;
}

NTSTATUS dispatch_preprocessed(struct device *device, PIRP irp)
{
    struct device_link *link = device_link_of(device->wdm);
    NTSTATUS status;

    if (irp->Tail.Overlay.CurrentStackLocation->MajorFunction == IRP_MJ_PNP)
    {
        return pnp_dispatch(device, irp);
    }
    if (!gate_enter(&link->gate))
    {
        return dispatch_closed_gate(irp);
    }
    status = dispatch_open_gate(device, irp);
    gate_leave(&link->gate);
    return status;
}

NTSTATUS dispatch_hooked(struct device *device, PIRP irp, struct irp_hook *next)
{
    struct device_link *link = device_link_of(device->wdm);
    NTSTATUS status;

    if (!gate_enter(&link->gate))
    {
        return dispatch_closed_gate(irp);
    }
    status = dispatch_by_hooks(device, irp, irp->Tail.Overlay.CurrentStackLocation->MajorFunction, next);
    gate_leave(&link->gate);
    return status;
}

NTSTATUS dispatch_to_queue(struct device *device, PIRP irp, struct queue *queue, bool in_caller_context)
{
    struct device_link *link = device_link_of(device->wdm);
    NTSTATUS status;

    if (!gate_enter(&link->gate))
    {
        return dispatch_closed_gate(irp);
    }
    if (irp->Tail.Overlay.CurrentStackLocation->MajorFunction == IRP_MJ_CREATE)
    {
        status = file_object_create_to_queue(device, irp, queue);
    }
    else if (in_caller_context && device->in_caller_context != NULL)
    {
        status = dispatch_in_caller_context(device, irp, queue);
    }
    else
    {
        status = queue_receive(queue, irp);
    }
    gate_leave(&link->gate);
    return status;
}
