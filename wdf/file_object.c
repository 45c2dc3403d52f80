/* SPDX-License-Identifier: MIT */
/*
 * WDFFILEOBJECT: create, cleanup, close.
 */
#include "wdf/file_object.h"

#include "nt/io/file.h"
#include "nt/io/irp.h"
#include "wdf/device.h"
#include "wdf/dispatch.h"
#include "wdf/queue.h"
#include "wdf/request.h"
#include "wdf/verifier.h"

static const struct object_class file_class = {
    .name = "WDFFILEOBJECT",
    .type = OBJECT_FILE,
    .size = sizeof(struct file_object),
    .takes_execution_level = true,
    .takes_scope = true,
};

struct file_object *file_object_find(struct device *device, PFILE_OBJECT wdm)
{
    return wdm == NULL || !device->makes_file_objects ? NULL : file_get_context(wdm, device);
}

/* A packet that no thread of the machine has sent comes from a client in this process. */
static ULONG process_of(PIRP irp)
{
    ULONG process = IoGetRequestorProcessId(irp);

    return process != 0 ? process : (ULONG)(ULONG_PTR)PsGetCurrentProcessId();
}

static NTSTATUS file_object_create(struct device *device, PIRP irp)
{
    PFILE_OBJECT wdm = irp->Tail.Overlay.CurrentStackLocation->FileObject;
    PWDF_OBJECT_ATTRIBUTES attributes = device->has_file_attributes ? &device->file_attributes : NULL;
    struct object *object;
    struct file_object *file;
    NTSTATUS status;

    if (!device->makes_file_objects)
    {
        return STATUS_SUCCESS;
    }
    if (wdm == NULL)
    {
        return (device->file_config.FileObjectClass & (ULONG)WdfFileObjectCanBeOptional) != 0 ?
                   STATUS_SUCCESS :
                   STATUS_DEVICE_CONFIGURATION_ERROR;
    }
    object = wdfobj_allocate(device->object.globals, &file_class, attributes, &device->object);
    if (object == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    file = CONTAINING_RECORD(object, struct file_object, object);
    file->wdm = wdm;
    file->device = device;
    file->process = process_of(irp);
    if (!file_set_context(wdm, device, file))
    {
        wdfobj_discard(object);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = wdfobj_publish(object, &device->object, NULL);
    if (!NT_SUCCESS(status))
    {
        (void)file_set_context(wdm, device, NULL);
    }
    return status;
}

static void file_object_delete(struct device *device, PFILE_OBJECT wdm)
{
    struct file_object *file = file_object_find(device, wdm);

    if (file != NULL)
    {
        (void)file_set_context(wdm, device, NULL);
        wdfobj_delete(&file->object);
    }
}

/* One more or one fewer open handle; an exclusive device has at most one. */
static bool count_open(struct device *device)
{
    uint32_t before = platform_atomic_fetch_add(&device->open_count, 1);

    if (device->exclusive && before != 0)
    {
        (void)platform_atomic_fetch_sub(&device->open_count, 1);
        return false;
    }
    return true;
}

/* A create that the driver has completed itself, as a bare packet, was never counted. */
static void count_close(struct device *device)
{
    uint32_t count = platform_atomic_load(&device->open_count);

    while (count != 0 && !platform_atomic_compare_exchange(&device->open_count, &count, count - 1))
    {
    }
}

static void create_failed(struct device *device, PFILE_OBJECT wdm)
{
    count_close(device);
    file_object_delete(device, wdm);
}

/* Whether the driver wants its file callbacks at PASSIVE_LEVEL, and this thread is above it. */
static bool is_called_too_high(const struct device *device)
{
    WDF_EXECUTION_LEVEL level =
        device->has_file_attributes ? device->file_attributes.ExecutionLevel : WdfExecutionLevelInheritFromParent;

    if (level == WdfExecutionLevelInheritFromParent)
    {
        level = wdfobj_execution_level(&device->object);
    }
    return level == WdfExecutionLevelPassive && platform_current()->irql >= DISPATCH_LEVEL;
}

/* Sees the outcome of a create that the driver decides, possibly later. */
static void create_decided(struct request *request, NTSTATUS status)
{
    if (!NT_SUCCESS(status))
    {
        create_failed(request->device, request_location(request)->FileObject);
    }
}

/* A create as a request; NULL when there is no memory, and then the packet has been completed. */
static struct request *create_request(struct device *device, PIRP irp)
{
    struct request *request = request_create(device, irp);

    if (request == NULL)
    {
        create_failed(device, irp->Tail.Overlay.CurrentStackLocation->FileObject);
        (void)dispatch_complete(irp, STATUS_INSUFFICIENT_RESOURCES);
        return NULL;
    }
    request->decided = create_decided;
    return request;
}

/* The driver's callback owns the request from here on. */
static NTSTATUS create_by_driver(struct device *device, PIRP irp)
{
    struct request *request = create_request(device, irp);
    struct verifier_callback callback;

    if (request == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    IoMarkIrpPending(irp);
    request->owner = REQUEST_OWNED_BY_DRIVER;
    request->seen = true;
    verifier_callback_enter(&callback, &device->object, "EvtDeviceFileCreate");
    device->file_config.EvtDeviceFileCreate(wdfobj_handle(&device->object), wdfobj_handle(&request->object),
                                            file_handle(request->file));
    verifier_callback_leave(&callback);
    return STATUS_PENDING;
}

/* The driver gets it from its queue. */
static NTSTATUS create_by_queue(struct device *device, struct queue *queue, PIRP irp)
{
    struct request *request = create_request(device, irp);

    return request == NULL ? STATUS_INSUFFICIENT_RESOURCES : queue_submit(queue, request);
}

/* Whether creates that the driver does not handle, cleanups and closes go on to the drivers below. */
static bool forwards_files(const struct device *device)
{
    WDF_TRI_STATE wanted = device->file_config.AutoForwardCleanupClose;

    return !device->is_control && (wanted == WdfUseDefault ? device->is_filter : wanted == WdfTrue);
}

/* The drivers below have the last word on a create that a filter passes on. */
static NTSTATUS create_passed_on(PDEVICE_OBJECT wdm, PIRP irp, PVOID context)
{
    (void)wdm;
    if (irp->PendingReturned)
    {
        IoMarkIrpPending(irp);
    }
    if (!NT_SUCCESS(irp->IoStatus.Status))
    {
        create_failed(context, irp->Tail.Overlay.CurrentStackLocation->FileObject);
    }
    return STATUS_SUCCESS;
}

void file_object_watch_create(struct device *device, PIRP irp)
{
    IoSetCompletionRoutine(irp, create_passed_on, device, TRUE, TRUE, TRUE);
}

static NTSTATUS create_below(struct device *device, PIRP irp)
{
    IoCopyCurrentIrpStackLocationToNext(irp);
    file_object_watch_create(device, irp);
    return irp_call(device->lower, irp);
}

/* queue is the one that the driver has sent the create to, NULL for its usual way. */
static NTSTATUS dispatch_create(struct device *device, PIRP irp, struct queue *queue)
{
    PIO_STACK_LOCATION location = irp->Tail.Overlay.CurrentStackLocation;
    NTSTATUS status;

    if (!count_open(device))
    {
        return dispatch_complete(irp, STATUS_ACCESS_DENIED);
    }
    status = is_called_too_high(device) ? STATUS_INVALID_DEVICE_REQUEST : file_object_create(device, irp);
    if (!NT_SUCCESS(status))
    {
        create_failed(device, location->FileObject);
        return dispatch_complete(irp, status);
    }
    if (queue == NULL && device->file_config.EvtDeviceFileCreate != NULL)
    {
        return create_by_driver(device, irp);
    }
    queue = queue != NULL ? queue : platform_atomic_load(&device->routes[IRP_MJ_CREATE]);
    if (queue != NULL)
    {
        return create_by_queue(device, queue, irp);
    }
    return forwards_files(device) ? create_below(device, irp) : dispatch_complete(irp, STATUS_SUCCESS);
}

/* EvtFileCleanup and EvtFileClose have one prototype. */
static void call_driver(struct file_object *file, PFN_WDF_FILE_CLOSE function, const char *name)
{
    struct verifier_callback callback;

    verifier_callback_enter(&callback, &file->device->object, name);
    function(file_handle(file));
    verifier_callback_leave(&callback);
}

static NTSTATUS dispatch_cleanup(struct device *device, PIRP irp)
{
    PFILE_OBJECT wdm = irp->Tail.Overlay.CurrentStackLocation->FileObject;
    struct file_object *file = file_object_find(device, wdm);

    if (device->file_config.EvtFileCleanup != NULL && file != NULL)
    {
        call_driver(file, device->file_config.EvtFileCleanup, "EvtFileCleanup");
    }
    queues_cancel_file(device, wdm);
    return forwards_files(device) ? dispatch_forward(device, irp) : dispatch_complete(irp, STATUS_SUCCESS);
}

static NTSTATUS dispatch_close(struct device *device, PIRP irp)
{
    PFILE_OBJECT wdm = irp->Tail.Overlay.CurrentStackLocation->FileObject;
    struct file_object *file = file_object_find(device, wdm);

    if (device->file_config.EvtFileClose != NULL && file != NULL)
    {
        call_driver(file, device->file_config.EvtFileClose, "EvtFileClose");
    }
    file_object_delete(device, wdm);
    count_close(device);
    return forwards_files(device) ? dispatch_forward(device, irp) : dispatch_complete(irp, STATUS_SUCCESS);
}

NTSTATUS file_object_dispatch(struct device *device, PIRP irp)
{
    switch (irp->Tail.Overlay.CurrentStackLocation->MajorFunction)
    {
        case IRP_MJ_CREATE:
            return dispatch_create(device, irp, NULL);
        case IRP_MJ_CLEANUP:
            return dispatch_cleanup(device, irp);
        default:
            return dispatch_close(device, irp);
    }
}

NTSTATUS file_object_create_to_queue(struct device *device, PIRP irp, struct queue *queue)
{
    return dispatch_create(device, irp, queue);
}
