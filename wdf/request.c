/* SPDX-License-Identifier: MIT */
/*
 * WDFREQUEST: buffers, parameters, cancellation, completion.
 */
#include "wdf/request.h"

#include <string.h>

#include "nt/io/irp.h"
#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/file_object.h"
#include "wdf/globals.h"
#include "wdf/queue.h"

static void request_destroy(struct object *object)
{
    PIRP irp = request_of(object)->irp;

    irp_release_extension(irp, object);
    irp_release(irp);
}

static const struct object_class request_class = {
    .name = "WDFREQUEST from a queue",
    .type = OBJECT_REQUEST,
    .size = sizeof(struct request),
    .destroy = request_destroy,
};

PIO_STACK_LOCATION request_location(const struct request *request)
{
    return request->irp->Tail.Overlay.CurrentStackLocation;
}

struct request *request_create(struct device *device, PIRP irp)
{
    PWDF_OBJECT_ATTRIBUTES attributes = device->has_request_attributes ? &device->request_attributes : NULL;
    size_t size = wdfobj_block_size(&request_class, attributes);
    void *extension = irp_claim_extension(irp, size);
    struct object *object = NULL;
    struct request *request;

    if (extension != NULL)
    {
        (void)wdfobj_create_in(extension, device->object.globals, &request_class, attributes, NULL, &object);
    }
    else if (!NT_SUCCESS(wdfobj_create(device->object.globals, &request_class, attributes, NULL, &object)))
    {
        return NULL;
    }
    request = request_of(object);
    irp_reference(irp);
    request->irp = irp;
    request->device = device;
    request->file = file_object_find(device, request_location(request)->FileObject);
    return request;
}

/* Statuses of the framework's own facility never reach a sender. */
static NTSTATUS translate_status(NTSTATUS status)
{
    static const struct
    {
        NTSTATUS from;
        NTSTATUS to;
    } known[] = {
        {STATUS_WDF_PAUSED, STATUS_DEVICE_BUSY},
        {STATUS_WDF_BUSY, STATUS_DEVICE_BUSY},
        {STATUS_WDF_INTERNAL_ERROR, STATUS_INTERNAL_ERROR},
        {STATUS_WDF_NOT_ENOUGH_MAP_REGISTERS, STATUS_INSUFFICIENT_RESOURCES},
    };

    if (((ULONG)status >> 16 & 0xFFF) != FACILITY_DRIVER_FRAMEWORK)
    {
        return status;
    }
    for (size_t index = 0; index < ARRAYSIZE(known); index++)
    {
        if (known[index].from == status)
        {
            return known[index].to;
        }
    }
    return STATUS_INVALID_DEVICE_REQUEST;
}

void request_complete(struct request *request, NTSTATUS status, ULONG_PTR information)
{
    struct queue *queue = request->queue;
    PIRP irp = request->irp;

    request->owner = REQUEST_COMPLETED;
    irp->IoStatus.Status = translate_status(status);
    irp->IoStatus.Information = information;
    if (request->decided != NULL)
    {
        request->decided(request, irp->IoStatus.Status);
    }
    if (queue != NULL)
    {
        queue_remove_owned(queue, request);
    }
    wdfobj_delete(&request->object);
    irp_complete(irp);
    if (queue != NULL)
    {
        queue_request_gone(queue);
    }
}

/* A request that the driver may act on; anything else is a bug check, as published. */
static struct request *owned_request(PWDF_DRIVER_GLOBALS published, WDFREQUEST handle, const char *function)
{
    struct request *request = request_of(wdfobj_from_handle(handle, OBJECT_REQUEST, function));

    if (request->owner != REQUEST_OWNED_BY_DRIVER)
    {
        globals_bugcheck(globals_of(published), WDF_REQUEST_FATAL_ERROR, WDF_REQUEST_FATAL_ERROR_REQUEST_NOT_IN_QUEUE,
                         (ULONG_PTR)request, 0);
    }
    return request;
}

/*
 * Completion.
 */
VOID wdf_kmdf_WdfRequestComplete(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, NTSTATUS Status)
{
    struct request *request = owned_request(DriverGlobals, Request, "WdfRequestComplete");

    request_complete(request, Status, request->irp->IoStatus.Information);
}
WDF_ENTRY_BOTH(WdfRequestComplete)

VOID wdf_kmdf_WdfRequestCompleteWithInformation(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, NTSTATUS Status,
                                                ULONG_PTR Information)
{
    request_complete(owned_request(DriverGlobals, Request, "WdfRequestCompleteWithInformation"), Status, Information);
}
WDF_ENTRY_BOTH(WdfRequestCompleteWithInformation)

VOID wdf_kmdf_WdfRequestCompleteWithPriorityBoost(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, NTSTATUS Status,
                                                  CCHAR PriorityBoost)
{
    wdf_kmdf_WdfRequestComplete(DriverGlobals, Request, Status);
}

VOID wdf_kmdf_WdfRequestSetInformation(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, ULONG_PTR Information)
{
    owned_request(DriverGlobals, Request, "WdfRequestSetInformation")->irp->IoStatus.Information = Information;
}
WDF_ENTRY_BOTH(WdfRequestSetInformation)

ULONG_PTR wdf_kmdf_WdfRequestGetInformation(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestGetInformation"))->irp->IoStatus.Information;
}
WDF_ENTRY_BOTH(WdfRequestGetInformation)

NTSTATUS wdf_kmdf_WdfRequestGetStatus(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestGetStatus"))->irp->IoStatus.Status;
}
WDF_ENTRY_BOTH(WdfRequestGetStatus)

/*
 * Buffers.
 */

struct span
{
    void *buffer;
    size_t length;
};

ULONG request_length(const struct request *request)
{
    PIO_STACK_LOCATION location = request_location(request);

    return location->MajorFunction == IRP_MJ_READ ? location->Parameters.Read.Length : location->Parameters.Write.Length;
}

static void *mapped(PMDL mdl)
{
    return mdl == NULL ? NULL : mdl->MappedSystemVa;
}

/* The buffer of a read or a write, by the device's I/O type. */
static NTSTATUS transfer_span(const struct request *request, struct span *span)
{
    PIRP irp = request->irp;
    ULONG flags = request->device->wdm->Flags;

    span->length = request_length(request);
    if ((flags & DO_BUFFERED_IO) != 0)
    {
        span->buffer = irp->AssociatedIrp.SystemBuffer;
    }
    else if ((flags & DO_DIRECT_IO) != 0)
    {
        span->buffer = mapped(irp->MdlAddress);
    }
    else if (irp->RequestorMode == KernelMode)
    {
        span->buffer = irp->UserBuffer;
    }
    else
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS control_span(const struct request *request, bool output, struct span *span)
{
    PIO_STACK_LOCATION location = request_location(request);
    PIRP irp = request->irp;
    ULONG method = location->Parameters.DeviceIoControl.IoControlCode & 3;

    span->length = output ? location->Parameters.DeviceIoControl.OutputBufferLength :
                            location->Parameters.DeviceIoControl.InputBufferLength;
    if (method == METHOD_NEITHER)
    {
        span->buffer = output ? irp->UserBuffer : location->Parameters.DeviceIoControl.Type3InputBuffer;
        return irp->RequestorMode == KernelMode || location->MajorFunction == IRP_MJ_INTERNAL_DEVICE_CONTROL ?
                   STATUS_SUCCESS :
                   STATUS_INVALID_DEVICE_REQUEST;
    }
    span->buffer = method == METHOD_BUFFERED || !output ? irp->AssociatedIrp.SystemBuffer : mapped(irp->MdlAddress);
    return STATUS_SUCCESS;
}

/* Finds the input or output buffer of a request, at least minimum bytes long. */
static NTSTATUS find_span(const struct request *request, bool output, size_t minimum, struct span *span)
{
    UCHAR major = request_location(request)->MajorFunction;
    NTSTATUS status = STATUS_INVALID_DEVICE_REQUEST;

    if (major == (output ? IRP_MJ_READ : IRP_MJ_WRITE))
    {
        status = transfer_span(request, span);
    }
    else if (major == IRP_MJ_DEVICE_CONTROL || major == IRP_MJ_INTERNAL_DEVICE_CONTROL)
    {
        status = control_span(request, output, span);
    }
    if (NT_SUCCESS(status) && (span->length == 0 || span->length < minimum || span->buffer == NULL))
    {
        status = STATUS_BUFFER_TOO_SMALL;
    }
    return status;
}

static NTSTATUS retrieve_buffer(const struct request *request, bool output, size_t minimum, PVOID *buffer, size_t *length)
{
    struct span span = {0};
    NTSTATUS status = find_span(request, output, minimum, &span);

    *buffer = NT_SUCCESS(status) ? span.buffer : NULL;
    if (length != NULL)
    {
        *length = NT_SUCCESS(status) ? span.length : 0;
    }
    return status;
}

NTSTATUS wdf_kmdf_WdfRequestRetrieveInputBuffer(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                                size_t MinimumRequiredLength, PVOID *Buffer, size_t *Length)
{
    globals_require(DriverGlobals, Buffer, "WdfRequestRetrieveInputBuffer");
    return retrieve_buffer(owned_request(DriverGlobals, Request, "WdfRequestRetrieveInputBuffer"), false,
                           MinimumRequiredLength, Buffer, Length);
}
WDF_ENTRY_BOTH(WdfRequestRetrieveInputBuffer)

NTSTATUS wdf_kmdf_WdfRequestRetrieveOutputBuffer(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                                 size_t MinimumRequiredSize, PVOID *Buffer, size_t *Length)
{
    globals_require(DriverGlobals, Buffer, "WdfRequestRetrieveOutputBuffer");
    return retrieve_buffer(owned_request(DriverGlobals, Request, "WdfRequestRetrieveOutputBuffer"), true,
                           MinimumRequiredSize, Buffer, Length);
}
WDF_ENTRY_BOTH(WdfRequestRetrieveOutputBuffer)

/* The memory object over the input or output buffer, made on first use. */
static NTSTATUS retrieve_memory(struct request *request, bool output, WDFMEMORY *ret_memory)
{
    struct memory *memory = output ? &request->output : &request->input;
    struct span span = {0};
    NTSTATUS status = find_span(request, output, 0, &span);

    *ret_memory = NULL;
    if (NT_SUCCESS(status) && memory->buffer == NULL)
    {
        bool read_only = !output && request_location(request)->MajorFunction == IRP_MJ_WRITE;

        status = memory_create_in(memory, &request->object, span.buffer, span.length, read_only);
    }
    if (NT_SUCCESS(status))
    {
        *ret_memory = wdfobj_handle(&memory->object);
    }
    return status;
}

NTSTATUS wdf_kmdf_WdfRequestRetrieveInputMemory(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, WDFMEMORY *Memory)
{
    globals_require(DriverGlobals, Memory, "WdfRequestRetrieveInputMemory");
    return retrieve_memory(owned_request(DriverGlobals, Request, "WdfRequestRetrieveInputMemory"), false, Memory);
}
WDF_ENTRY_BOTH(WdfRequestRetrieveInputMemory)

NTSTATUS wdf_kmdf_WdfRequestRetrieveOutputMemory(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, WDFMEMORY *Memory)
{
    globals_require(DriverGlobals, Memory, "WdfRequestRetrieveOutputMemory");
    return retrieve_memory(owned_request(DriverGlobals, Request, "WdfRequestRetrieveOutputMemory"), true, Memory);
}
WDF_ENTRY_BOTH(WdfRequestRetrieveOutputMemory)

/*
 * Parameters.
 */
VOID wdf_kmdf_WdfRequestGetParameters(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                      PWDF_REQUEST_PARAMETERS Parameters)
{
    globals_require(DriverGlobals, Parameters, "WdfRequestGetParameters");
    struct request *request = owned_request(DriverGlobals, Request, "WdfRequestGetParameters");
    PIO_STACK_LOCATION location = request_location(request);

    if (Parameters->Size != sizeof(WDF_REQUEST_PARAMETERS))
    {
        globals_break(globals_of(DriverGlobals), "WdfRequestGetParameters: Size is %u, expected %zu", Parameters->Size,
                      sizeof(WDF_REQUEST_PARAMETERS));
        return;
    }
    Parameters->Type = (WDF_REQUEST_TYPE)location->MajorFunction;
    Parameters->MinorFunction = location->MinorFunction;
    switch (location->MajorFunction)
    {
        case IRP_MJ_READ:
            Parameters->Parameters.Read.Length = location->Parameters.Read.Length;
            Parameters->Parameters.Read.Key = location->Parameters.Read.Key;
            Parameters->Parameters.Read.DeviceOffset = location->Parameters.Read.ByteOffset.QuadPart;
            break;
        case IRP_MJ_WRITE:
            Parameters->Parameters.Write.Length = location->Parameters.Write.Length;
            Parameters->Parameters.Write.Key = location->Parameters.Write.Key;
            Parameters->Parameters.Write.DeviceOffset = location->Parameters.Write.ByteOffset.QuadPart;
            break;
        case IRP_MJ_CREATE:
            Parameters->Parameters.Create.SecurityContext = location->Parameters.Create.SecurityContext;
            Parameters->Parameters.Create.Options = location->Parameters.Create.Options;
            Parameters->Parameters.Create.FileAttributes = location->Parameters.Create.FileAttributes;
            Parameters->Parameters.Create.ShareAccess = location->Parameters.Create.ShareAccess;
            Parameters->Parameters.Create.EaLength = location->Parameters.Create.EaLength;
            break;
        default:
            Parameters->Parameters.DeviceIoControl.OutputBufferLength =
                location->Parameters.DeviceIoControl.OutputBufferLength;
            Parameters->Parameters.DeviceIoControl.InputBufferLength =
                location->Parameters.DeviceIoControl.InputBufferLength;
            Parameters->Parameters.DeviceIoControl.IoControlCode = location->Parameters.DeviceIoControl.IoControlCode;
            Parameters->Parameters.DeviceIoControl.Type3InputBuffer = location->Parameters.DeviceIoControl.Type3InputBuffer;
            break;
    }
}
WDF_ENTRY_BOTH(WdfRequestGetParameters)

WDFQUEUE wdf_kmdf_WdfRequestGetIoQueue(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return (WDFQUEUE)request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestGetIoQueue"))->queue;
}
WDF_ENTRY_BOTH(WdfRequestGetIoQueue)

WDFFILEOBJECT wdf_kmdf_WdfRequestGetFileObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return (WDFFILEOBJECT)request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestGetFileObject"))->file;
}
WDF_ENTRY_BOTH(WdfRequestGetFileObject)

KPROCESSOR_MODE wdf_kmdf_WdfRequestGetRequestorMode(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestGetRequestorMode"))->irp->RequestorMode;
}
WDF_ENTRY_BOTH(WdfRequestGetRequestorMode)

PIRP wdf_kmdf_WdfRequestWdmGetIrp(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestWdmGetIrp"))->irp;
}

/*
 * Cancellation of requests in the driver's hands.
 *
 * Exactly one of these takes a marked request: Unmark, or the IRP's cancel routine. IoSetCancelRoutine decides.
 */

void request_call_cancel(struct request *request)
{
    struct queue *queue = request->queue;

    if (queue_begin_cancel(request))
    {
        request->evt_cancel(wdfobj_handle(&request->object));
        queue_callback_returned(queue);
    }
}

static VOID cancel_routine(PDEVICE_OBJECT wdm, PIRP irp)
{
    struct request *request = irp->Tail.Overlay.DriverContext[0];

    (void)wdm;
    IoReleaseCancelSpinLock(irp->CancelIrql);
    request_call_cancel(request);
}

void request_cancel_by_framework(struct request *request)
{
    PIRP irp = request->irp;
    KIRQL irql;
    bool taken;

    IoAcquireCancelSpinLock(&irql);
    irp_note_cancelled(irp);
    taken = platform_atomic_load(&request->cancel_state) == REQUEST_CANCELABLE && irp_set_cancel_routine(irp, NULL) != NULL;
    IoReleaseCancelSpinLock(irql);
    if (taken)
    {
        request_call_cancel(request);
    }
}

/* Marks the request. Returns false, with nothing marked, when it has been cancelled already, or its queue is purged. */
static bool mark_cancelable(struct request *request, PFN_WDF_REQUEST_CANCEL evt_cancel)
{
    PIRP irp = request->irp;
    KIRQL irql;
    bool marked = true;

    IoAcquireCancelSpinLock(&irql);
    request->evt_cancel = evt_cancel;
    irp->Tail.Overlay.DriverContext[0] = request;
    platform_atomic_store(&request->cancel_state, REQUEST_CANCELABLE);
    (void)irp_set_cancel_routine(irp, cancel_routine);
    if ((irp_is_cancelled(irp) || queue_is_purged(request->queue)) && irp_set_cancel_routine(irp, NULL) != NULL)
    {
        platform_atomic_store(&request->cancel_state, REQUEST_NOT_CANCELABLE);
        marked = false;
    }
    IoReleaseCancelSpinLock(irql);
    return marked;
}

VOID wdf_kmdf_WdfRequestMarkCancelable(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                       PFN_WDF_REQUEST_CANCEL EvtRequestCancel)
{
    globals_require(DriverGlobals, EvtRequestCancel, "WdfRequestMarkCancelable");
    struct request *request = owned_request(DriverGlobals, Request, "WdfRequestMarkCancelable");

    if (request->queue == NULL)
    {
        globals_break(globals_of(DriverGlobals), "WdfRequestMarkCancelable: the request is in no queue");
    }
    else if (!mark_cancelable(request, EvtRequestCancel))
    {
        request_call_cancel(request);
    }
}
WDF_ENTRY_BOTH(WdfRequestMarkCancelable)

NTSTATUS wdf_kmdf_WdfRequestMarkCancelableEx(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                             PFN_WDF_REQUEST_CANCEL EvtRequestCancel)
{
    globals_require(DriverGlobals, EvtRequestCancel, "WdfRequestMarkCancelableEx");
    struct request *request = owned_request(DriverGlobals, Request, "WdfRequestMarkCancelableEx");

    if (request->queue == NULL || platform_atomic_load(&request->cancel_state) != REQUEST_NOT_CANCELABLE)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return mark_cancelable(request, EvtRequestCancel) ? STATUS_SUCCESS : STATUS_CANCELLED;
}
WDF_ENTRY_BOTH(WdfRequestMarkCancelableEx)

NTSTATUS wdf_kmdf_WdfRequestUnmarkCancelable(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    struct request *request = owned_request(DriverGlobals, Request, "WdfRequestUnmarkCancelable");

    if (request->queue == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (irp_set_cancel_routine(request->irp, NULL) == NULL)
    {
        return STATUS_CANCELLED;
    }
    platform_atomic_store(&request->cancel_state, REQUEST_NOT_CANCELABLE);
    return STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfRequestUnmarkCancelable)

BOOLEAN wdf_kmdf_WdfRequestIsCanceled(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return irp_is_cancelled(owned_request(DriverGlobals, Request, "WdfRequestIsCanceled")->irp);
}
WDF_ENTRY_BOTH(WdfRequestIsCanceled)

VOID wdf_kmdf_WdfRequestStopAcknowledge(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, BOOLEAN Requeue)
{
    struct request *request = owned_request(DriverGlobals, Request, "WdfRequestStopAcknowledge");

    if (request->queue == NULL)
    {
        globals_break(globals_of(DriverGlobals), "WdfRequestStopAcknowledge: the request is in no queue");
        return;
    }
    queue_acknowledge_stop(request, Requeue);
}
WDF_ENTRY_BOTH(WdfRequestStopAcknowledge)
