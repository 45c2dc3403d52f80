/* SPDX-License-Identifier: MIT */
/*
 * WDFREQUEST: its input and output buffers.
 */
#include "wdf/request.h"

#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/globals.h"

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
    return retrieve_buffer(request_owned(DriverGlobals, Request, "WdfRequestRetrieveInputBuffer"), false,
                           MinimumRequiredLength, Buffer, Length);
}
WDF_ENTRY_BOTH(WdfRequestRetrieveInputBuffer)

NTSTATUS wdf_kmdf_WdfRequestRetrieveOutputBuffer(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                                 size_t MinimumRequiredSize, PVOID *Buffer, size_t *Length)
{
    globals_require(DriverGlobals, Buffer, "WdfRequestRetrieveOutputBuffer");
    return retrieve_buffer(request_owned(DriverGlobals, Request, "WdfRequestRetrieveOutputBuffer"), true,
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
    return retrieve_memory(request_owned(DriverGlobals, Request, "WdfRequestRetrieveInputMemory"), false, Memory);
}
WDF_ENTRY_BOTH(WdfRequestRetrieveInputMemory)

NTSTATUS wdf_kmdf_WdfRequestRetrieveOutputMemory(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, WDFMEMORY *Memory)
{
    globals_require(DriverGlobals, Memory, "WdfRequestRetrieveOutputMemory");
    return retrieve_memory(request_owned(DriverGlobals, Request, "WdfRequestRetrieveOutputMemory"), true, Memory);
}
WDF_ENTRY_BOTH(WdfRequestRetrieveOutputMemory)
