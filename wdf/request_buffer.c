/* SPDX-License-Identifier: MIT */
/*
 * WDFREQUEST: its input and output buffers.
 */
#include "wdf/request.h"

#include <string.h>

#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/request_verify.h"

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

/* Nothing for a list that is missing; one that cannot be mapped is a failure of its own. */
static NTSTATUS mapped_span(PMDL mdl, struct span *span)
{
    span->buffer = mdl == NULL ? NULL : MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority);
    return mdl != NULL && span->buffer == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
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
        return mapped_span(irp->MdlAddress, span);
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
    if (method != METHOD_BUFFERED && output)
    {
        return mapped_span(irp->MdlAddress, span);
    }
    span->buffer = irp->AssociatedIrp.SystemBuffer;
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

static __attribute__((noinline)) NTSTATUS retrieve_any_buffer(const struct request *request, bool output, size_t minimum,
                                                              PVOID *buffer, size_t *length)
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

/* The buffer of a request that came the shortest way; NULL for others, and whenever something is wrong. */
static inline void *find_plain_buffer(WDFREQUEST handle, bool output, size_t minimum, size_t *length)
{
    struct object *object = wdfobj_lookup(handle);
    const struct request *request;
    PIO_STACK_LOCATION location;

    if (object == NULL || object->type != OBJECT_REQUEST || request_of(object)->hands != REQUEST_IS_SHORT)
    {
        return NULL;
    }
    request = request_of(object);
    location = request_location(request);
    *length = output ? location->Parameters.DeviceIoControl.OutputBufferLength :
                       location->Parameters.DeviceIoControl.InputBufferLength;
    return *length == 0 || *length < minimum ? NULL : request->irp->AssociatedIrp.SystemBuffer;
}

/* The request behind the handle, which the driver asks for a buffer. */
static inline struct request *request_for(PWDF_DRIVER_GLOBALS published, WDFREQUEST handle, bool output,
                                          const char *function)
{
    struct request *request = request_owned(published, handle, function);

    if (verifier_is_on(request->object.globals))
    {
        request_verify_direction(request, output, function);
    }
    return request;
}

static __attribute__((noinline)) NTSTATUS retrieve_input_buffer(PWDF_DRIVER_GLOBALS published, WDFREQUEST handle,
                                                                size_t minimum, PVOID *buffer, size_t *length)
{
    globals_require(published, buffer, "WdfRequestRetrieveInputBuffer");
    return retrieve_any_buffer(request_for(published, handle, false, "WdfRequestRetrieveInputBuffer"), false, minimum,
                               buffer, length);
}

static __attribute__((noinline)) NTSTATUS retrieve_output_buffer(PWDF_DRIVER_GLOBALS published, WDFREQUEST handle,
                                                                 size_t minimum, PVOID *buffer, size_t *length)
{
    globals_require(published, buffer, "WdfRequestRetrieveOutputBuffer");
    return retrieve_any_buffer(request_for(published, handle, true, "WdfRequestRetrieveOutputBuffer"), true, minimum, buffer,
                               length);
}

NTSTATUS wdf_kmdf_WdfRequestRetrieveInputBuffer(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                                size_t MinimumRequiredLength, PVOID *Buffer, size_t *Length)
{
    size_t available;
    void *found = find_plain_buffer(Request, false, MinimumRequiredLength, &available);

    if (__builtin_expect(found == NULL || Buffer == NULL, 0))
    {
        return retrieve_input_buffer(DriverGlobals, Request, MinimumRequiredLength, Buffer, Length);
    }
    *Buffer = found;
    if (Length != NULL)
    {
        *Length = available;
    }
    return STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfRequestRetrieveInputBuffer)

NTSTATUS wdf_kmdf_WdfRequestRetrieveOutputBuffer(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                                 size_t MinimumRequiredSize, PVOID *Buffer, size_t *Length)
{
    size_t available;
    void *found = find_plain_buffer(Request, true, MinimumRequiredSize, &available);

    if (__builtin_expect(found == NULL || Buffer == NULL, 0))
    {
        return retrieve_output_buffer(DriverGlobals, Request, MinimumRequiredSize, Buffer, Length);
    }
    *Buffer = found;
    if (Length != NULL)
    {
        *Length = available;
    }
    return STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfRequestRetrieveOutputBuffer)

/*
 * The memory object over the input or output buffer, made on first use. Two threads may ask at the same time; the one that
 * makes it keeps the other waiting for a moment.
 */
static NTSTATUS retrieve_memory(struct request *request, bool output, WDFMEMORY *ret_memory)
{
    struct memory *memory = output ? &request->output : &request->input;
    uint8_t *state = output ? &request->output_memory : &request->input_memory;
    uint8_t expected = REQUEST_MEMORY_NONE;
    struct span span = {0};
    NTSTATUS status = find_span(request, output, 0, &span);

    *ret_memory = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (platform_atomic_compare_exchange(state, &expected, REQUEST_MEMORY_BEING_MADE))
    {
        bool read_only = !output && request_location(request)->MajorFunction == IRP_MJ_WRITE;

        memset(memory, 0, sizeof(*memory));
        status = memory_create_in(memory, &request->object, span.buffer, span.length, read_only);
        platform_atomic_store(state, NT_SUCCESS(status) ? REQUEST_MEMORY_MADE : REQUEST_MEMORY_NONE);
    }
    while (NT_SUCCESS(status) && platform_atomic_load(state) == REQUEST_MEMORY_BEING_MADE)
    {
        platform_pause();
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
    return retrieve_memory(request_for(DriverGlobals, Request, false, "WdfRequestRetrieveInputMemory"), false, Memory);
}
WDF_ENTRY_BOTH(WdfRequestRetrieveInputMemory)

NTSTATUS wdf_kmdf_WdfRequestRetrieveOutputMemory(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, WDFMEMORY *Memory)
{
    globals_require(DriverGlobals, Memory, "WdfRequestRetrieveOutputMemory");
    return retrieve_memory(request_for(DriverGlobals, Request, true, "WdfRequestRetrieveOutputMemory"), true, Memory);
}
WDF_ENTRY_BOTH(WdfRequestRetrieveOutputMemory)

/*
 * Memory descriptor lists. Direct buffers come with one; over others it is made on first use, and lasts as long as the request.
 */

static bool has_own_list(const struct request *request, bool output)
{
    PIO_STACK_LOCATION location = request_location(request);

    if (location->MajorFunction == IRP_MJ_READ || location->MajorFunction == IRP_MJ_WRITE)
    {
        return (request->device->wdm->Flags & DO_DIRECT_IO) != 0;
    }
    return output && ((location->Parameters.DeviceIoControl.IoControlCode & 3) == METHOD_IN_DIRECT ||
                      (location->Parameters.DeviceIoControl.IoControlCode & 3) == METHOD_OUT_DIRECT);
}

static NTSTATUS retrieve_list(struct request *request, bool output, PMDL *ret_list)
{
    PMDL *list = output ? &request->output_list : &request->input_list;
    struct span span = {0};
    NTSTATUS status = find_span(request, output, 0, &span);

    *ret_list = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (has_own_list(request, output))
    {
        *ret_list = request->irp->MdlAddress;
        return STATUS_SUCCESS;
    }
    if (*list == NULL)
    {
        *list = IoAllocateMdl(span.buffer, (ULONG)span.length, FALSE, FALSE, NULL);
        if (*list == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        request_need_extras(request);
        MmBuildMdlForNonPagedPool(*list);
    }
    *ret_list = *list;
    return STATUS_SUCCESS;
}

void request_free_lists(struct request *request)
{
    if (request->input_list != NULL)
    {
        IoFreeMdl(request->input_list);
    }
    if (request->output_list != NULL)
    {
        IoFreeMdl(request->output_list);
    }
}

NTSTATUS wdf_kmdf_WdfRequestRetrieveInputWdmMdl(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, PMDL *Mdl)
{
    globals_require(DriverGlobals, Mdl, "WdfRequestRetrieveInputWdmMdl");
    return retrieve_list(request_for(DriverGlobals, Request, false, "WdfRequestRetrieveInputWdmMdl"), false, Mdl);
}

NTSTATUS wdf_kmdf_WdfRequestRetrieveOutputWdmMdl(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, PMDL *Mdl)
{
    globals_require(DriverGlobals, Mdl, "WdfRequestRetrieveOutputWdmMdl");
    return retrieve_list(request_for(DriverGlobals, Request, true, "WdfRequestRetrieveOutputWdmMdl"), true, Mdl);
}
