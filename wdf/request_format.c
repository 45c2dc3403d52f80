/* SPDX-License-Identifier: MIT */
/*
 * Formats: what a request is made to ask of a target, and how its buffers get there and back.
 *
 * A buffered target sees a staging buffer that the request keeps, so that the driver's own is written once, when the request is
 * over; a direct one sees a descriptor list over the driver's. A request that came from above gets its packet back as it was.
 */
#include <string.h>

#include "nt/io/irp.h"
#include "wdf/globals.h"
#include "wdf/io_target.h"
#include "wdf/memory.h"
#include "wdf/request.h"

/*
 * Transfers.
 */

NTSTATUS transfer_of_part(WDFMEMORY handle, const WDFMEMORY_OFFSET *offsets, const char *function,
                          struct transfer *ret_transfer)
{
    struct memory *memory = memory_of(wdfobj_from_handle(handle, OBJECT_MEMORY, function));
    size_t offset = offsets == NULL ? 0 : offsets->BufferOffset;
    size_t length = offsets == NULL ? 0 : offsets->BufferLength;
    size_t end;

    if (__builtin_add_overflow(offset, length, &end) || end > memory->length)
    {
        *ret_transfer = (struct transfer){0};
        return STATUS_INTEGER_OVERFLOW;
    }
    if (length == 0)
    {
        length = memory->length - offset;
    }
    *ret_transfer =
        (struct transfer){.address = (char *)memory->buffer + offset, .length = length, .memory = memory, .offset = offset};
    return length > UINT32_MAX ? STATUS_INTEGER_OVERFLOW : STATUS_SUCCESS;
}

static NTSTATUS transfer_of_list(PMDL mdl, ULONG length, struct transfer *ret_transfer)
{
    if (mdl == NULL || length > MmGetMdlByteCount(mdl))
    {
        return STATUS_INVALID_PARAMETER;
    }
    *ret_transfer =
        (struct transfer){.address = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority), .length = length, .mdl = mdl};
    return ret_transfer->address == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

NTSTATUS transfer_of_descriptor(const WDF_MEMORY_DESCRIPTOR *descriptor, bool user_flavour, const char *function,
                                struct transfer *ret_transfer)
{
    *ret_transfer = (struct transfer){0};
    if (descriptor == NULL)
    {
        return STATUS_SUCCESS;
    }
    switch (descriptor->Type)
    {
        case WdfMemoryDescriptorTypeBuffer:
            *ret_transfer =
                (struct transfer){.address = descriptor->u.BufferType.Buffer, .length = descriptor->u.BufferType.Length};
            return ret_transfer->address == NULL ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
        case WdfMemoryDescriptorTypeMdl:
            return user_flavour ?
                       STATUS_INVALID_PARAMETER :
                       transfer_of_list(descriptor->u.MdlType.Mdl, descriptor->u.MdlType.BufferLength, ret_transfer);
        case WdfMemoryDescriptorTypeHandle:
            return descriptor->u.HandleType.Memory == NULL ?
                       STATUS_INVALID_PARAMETER :
                       transfer_of_memory(descriptor->u.HandleType.Memory, descriptor->u.HandleType.Offsets, function,
                                          ret_transfer);
        default:
            return STATUS_INVALID_PARAMETER;
    }
}

/*
 * What a format holds.
 */

struct object *transfer_keep(struct memory *memory)
{
    if (memory == NULL)
    {
        return NULL;
    }
    wdfobj_reference(&memory->object);
    return &memory->object;
}

static void put_aside(struct request *request)
{
    struct request_format *format = &request->send.format;
    PIRP irp = request->irp;

    if (request->owner != REQUEST_MADE_BY_DRIVER)
    {
        format->saved = true;
        format->saved_mode = irp->RequestorMode;
        format->saved_system_buffer = irp->AssociatedIrp.SystemBuffer;
        format->saved_user_buffer = irp->UserBuffer;
        format->saved_mdl = irp->MdlAddress;
        /* The buffers are this driver's, not those of the program that the packet comes from. */
        irp->RequestorMode = KernelMode;
    }
    /* Nor those of the last format, which may be gone. */
    irp->AssociatedIrp.SystemBuffer = NULL;
    irp->UserBuffer = NULL;
    irp->MdlAddress = NULL;
}

static void restore(struct request *request)
{
    struct request_format *format = &request->send.format;
    PIRP irp = request->irp;

    if (format->saved)
    {
        format->saved = false;
        irp->RequestorMode = format->saved_mode;
        irp->AssociatedIrp.SystemBuffer = format->saved_system_buffer;
        irp->UserBuffer = format->saved_user_buffer;
        irp->MdlAddress = format->saved_mdl;
    }
}

void request_release_format(struct request *request)
{
    struct request_format *format = &request->send.format;

    if (__builtin_expect(!format->held, 1))
    {
        return;
    }
    restore(request);
    if (format->input_kept != NULL)
    {
        wdfobj_release(format->input_kept);
    }
    if (format->output_kept != NULL)
    {
        wdfobj_release(format->output_kept);
    }
    if (format->release != NULL)
    {
        format->release(format->context);
    }
    memset(format, 0, sizeof(*format));
}

void request_end_send(struct request *request)
{
    struct request_send *send = &request->send;

    if (!request->has_extras)
    {
        return;
    }
    request_release_format(request);
    request_timer_free(request);
    if (send->staging != NULL)
    {
        platform_free(send->staging, send->staging_size);
    }
    if (send->mdl != NULL)
    {
        IoFreeMdl(send->mdl);
    }
}

/*
 * The end of a send.
 */

static void copy_back(const struct request *request)
{
    const struct request_format *format = &request->send.format;
    ULONG_PTR information = request->irp->IoStatus.Information;

    if (format->copies_back)
    {
        memcpy(format->output_address, request->send.staging,
               information < format->output_length ? information : format->output_length);
    }
}

static void *handle_of(const struct memory *memory)
{
    return memory == NULL ? NULL : wdfobj_handle(&memory->object);
}

static void fill_params(struct request *request)
{
    struct request_format *format = &request->send.format;
    WDF_REQUEST_COMPLETION_PARAMS *params = &request->send.params;

    switch (format->type)
    {
        case WdfRequestTypeRead:
            params->Parameters.Read.Buffer = handle_of(format->output);
            params->Parameters.Read.Length = params->IoStatus.Information;
            params->Parameters.Read.Offset = format->output_offset;
            break;
        case WdfRequestTypeWrite:
            params->Parameters.Write.Buffer = handle_of(format->input);
            params->Parameters.Write.Length = params->IoStatus.Information;
            params->Parameters.Write.Offset = format->input_offset;
            break;
        case WdfRequestTypeDeviceControl:
        case WdfRequestTypeDeviceControlInternal:
            params->Parameters.Ioctl.IoControlCode = format->code;
            params->Parameters.Ioctl.Input.Buffer = handle_of(format->input);
            params->Parameters.Ioctl.Input.Offset = format->input_offset;
            params->Parameters.Ioctl.Output.Buffer = handle_of(format->output);
            params->Parameters.Ioctl.Output.Offset = format->output_offset;
            params->Parameters.Ioctl.Output.Length = params->IoStatus.Information;
            break;
        default:
            break;
    }
}

void request_finish_format(struct request *request, NTSTATUS status)
{
    struct request_format *format = &request->send.format;
    WDF_REQUEST_COMPLETION_PARAMS *params = &request->send.params;

    copy_back(request);
    restore(request);
    *params = (WDF_REQUEST_COMPLETION_PARAMS){.Size = sizeof(*params)};
    params->Type = format->type;
    params->IoStatus.Status = status;
    params->IoStatus.Information = request->irp->IoStatus.Information;
    fill_params(request);
    if (format->completed != NULL)
    {
        format->completed(request, params);
    }
    /* What it holds stays until it is reused; but to be sent again it needs a new format. */
    format->formatted = false;
}

/*
 * Formatting.
 */

/* Inline for controls, which are what drivers mostly send. */
static inline __attribute__((always_inline)) NTSTATUS begin_format(struct request *request, struct io_target *target,
                                                                   WDF_REQUEST_TYPE type, UCHAR major,
                                                                   PIO_STACK_LOCATION *ret_location)
{
    PIO_STACK_LOCATION location;
    NTSTATUS status;

    if (request_is_in_flight(&request->send))
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    if (request->send.format.held)
    {
        request_release_format(request);
    }
    if (__builtin_expect(request->irp == NULL || request->irp->CurrentLocation <= io_target_stack_size(target), 0))
    {
        status = request_fit_packet(request, target);
        if (!NT_SUCCESS(status))
        {
            return status;
        }
    }
    location = IoGetNextIrpStackLocation(request->irp);
    memset(location, 0, sizeof(*location));
    location->MajorFunction = major;
    location->FileObject = platform_atomic_load(&target->file);
    if (location->FileObject == NULL && request->owner != REQUEST_MADE_BY_DRIVER)
    {
        location->FileObject = request_location(request)->FileObject;
    }
    request_need_extras(request);
    request->send.format.held = true;
    request->send.format.type = type;
    *ret_location = location;
    return STATUS_SUCCESS;
}

NTSTATUS request_begin_format(struct request *request, struct io_target *target, WDF_REQUEST_TYPE type, UCHAR major,
                              PIO_STACK_LOCATION *ret_location)
{
    return begin_format(request, target, type, major, ret_location);
}

/* Notes what the format refers to; from here on it is valid. */
static void hold_transfers(struct request *request, const struct transfer *input, const struct transfer *output)
{
    struct request_format *format = &request->send.format;

    format->input = input->memory;
    format->input_offset = input->offset;
    format->input_kept = transfer_keep(input->memory);
    format->output = output->memory;
    format->output_offset = output->offset;
    format->output_kept = transfer_keep(output->memory);
    format->output_address = output->address;
    format->output_length = output->length;
    format->has_context = true;
    format->formatted = true;
}

/* The buffer that both directions share, at least size bytes. It stays with the request. */
static bool make_staging(struct request_send *send, size_t size)
{
    if (size <= send->staging_size)
    {
        return true;
    }
    if (send->staging != NULL)
    {
        platform_free(send->staging, send->staging_size);
        send->staging_size = 0;
    }
    send->staging = platform_alloc(size);
    send->staging_size = send->staging == NULL ? 0 : size;
    return send->staging != NULL;
}

static NTSTATUS stage(struct request *request, const struct transfer *input, const struct transfer *output)
{
    size_t size = input->length > output->length ? input->length : output->length;

    if (size != 0 && !make_staging(&request->send, size))
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    if (input->length != 0)
    {
        memcpy(request->send.staging, input->address, input->length);
    }
    /* What the target does not write is not to show what the buffer held before. */
    if (output->length > input->length)
    {
        memset((char *)request->send.staging + input->length, 0, output->length - input->length);
    }
    request->irp->AssociatedIrp.SystemBuffer = size == 0 ? NULL : request->send.staging;
    request->irp->UserBuffer = output->address;
    request->send.format.copies_back = output->length != 0;
    return STATUS_SUCCESS;
}

/* Makes a descriptor list over the transfer, in the one that the request keeps if that is large enough. */
static NTSTATUS describe(struct request *request, const struct transfer *transfer, PMDL *ret_mdl)
{
    struct request_send *send = &request->send;
    size_t pages = ADDRESS_AND_SIZE_TO_SPAN_PAGES(transfer->address, transfer->length);

    *ret_mdl = transfer->mdl;
    if (transfer->length == 0 || (transfer->mdl != NULL && transfer->length == MmGetMdlByteCount(transfer->mdl)))
    {
        return STATUS_SUCCESS;
    }
    if (send->mdl != NULL && pages <= send->mdl_pages)
    {
        MmInitializeMdl(send->mdl, transfer->address, transfer->length);
    }
    else
    {
        if (send->mdl != NULL)
        {
            IoFreeMdl(send->mdl);
        }
        send->mdl = IoAllocateMdl(transfer->address, (ULONG)transfer->length, FALSE, FALSE, NULL);
        send->mdl_pages = pages;
    }
    *ret_mdl = send->mdl;
    if (send->mdl == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    MmBuildMdlForNonPagedPool(send->mdl);
    return STATUS_SUCCESS;
}

/* Puts the buffer of a read or write where the target looks for it. */
static NTSTATUS place_transfer(struct request *request, ULONG flags, UCHAR major, const struct transfer *transfer)
{
    static const struct transfer none;
    PMDL mdl;
    NTSTATUS status;

    if ((flags & DO_BUFFERED_IO) != 0)
    {
        return major == IRP_MJ_READ ? stage(request, &none, transfer) : stage(request, transfer, &none);
    }
    if ((flags & DO_DIRECT_IO) != 0)
    {
        status = describe(request, transfer, &mdl);
        request->irp->MdlAddress = NT_SUCCESS(status) ? mdl : NULL;
        return status;
    }
    request->irp->UserBuffer = transfer->address;
    return STATUS_SUCCESS;
}

/* A failure takes back what was put into the packet, and is the request's status. */
static NTSTATUS conclude(struct request *request, NTSTATUS status)
{
    if (!NT_SUCCESS(status))
    {
        request_release_format(request);
        request_set_status(request, status);
    }
    return status;
}

NTSTATUS request_format_transfer(struct request *request, struct io_target *target, UCHAR major,
                                 const struct transfer *transfer, const LONGLONG *offset)
{
    static const struct transfer none;
    ULONG flags = platform_atomic_load_relaxed(&target->device_flags);
    WDF_REQUEST_TYPE type = major == IRP_MJ_READ ? WdfRequestTypeRead : WdfRequestTypeWrite;
    PIO_STACK_LOCATION location;
    NTSTATUS status = platform_atomic_load(&target->device) == NULL ?
                          STATUS_INVALID_DEVICE_STATE :
                          request_begin_format(request, target, type, major, &location);

    if (!NT_SUCCESS(status))
    {
        request_set_status(request, status);
        return status;
    }
    put_aside(request);
    status = place_transfer(request, flags, major, transfer);
    if (NT_SUCCESS(status))
    {
        location->Parameters.Read.Length = (ULONG)transfer->length;
        location->Parameters.Read.ByteOffset.QuadPart = offset == NULL ? 0 : *offset;
        hold_transfers(request, major == IRP_MJ_READ ? &none : transfer, major == IRP_MJ_READ ? transfer : &none);
    }
    return conclude(request, status);
}

/* Puts the buffers of a control where its code says that they are. */
static NTSTATUS place_control(struct request *request, PIO_STACK_LOCATION location, ULONG code, const struct transfer *input,
                              const struct transfer *output)
{
    static const struct transfer none;
    PMDL mdl;
    NTSTATUS status;

    switch (code & 3)
    {
        case METHOD_BUFFERED:
            return stage(request, input, output);
        case METHOD_NEITHER:
            location->Parameters.DeviceIoControl.Type3InputBuffer = input->address;
            request->irp->UserBuffer = output->address;
            return STATUS_SUCCESS;
        default:
            status = stage(request, input, &none);
            if (NT_SUCCESS(status))
            {
                status = describe(request, output, &mdl);
            }
            request->irp->MdlAddress = NT_SUCCESS(status) ? mdl : NULL;
            return status;
    }
}

NTSTATUS request_format_control(struct request *request, struct io_target *target, UCHAR major, ULONG code,
                                const struct transfer *input, const struct transfer *output)
{
    WDF_REQUEST_TYPE type =
        major == IRP_MJ_DEVICE_CONTROL ? WdfRequestTypeDeviceControl : WdfRequestTypeDeviceControlInternal;
    PIO_STACK_LOCATION location;
    NTSTATUS status = begin_format(request, target, type, major, &location);

    if (!NT_SUCCESS(status))
    {
        request_set_status(request, status);
        return status;
    }
    put_aside(request);
    status = place_control(request, location, code, input, output);
    if (NT_SUCCESS(status))
    {
        location->Parameters.DeviceIoControl.IoControlCode = code;
        location->Parameters.DeviceIoControl.InputBufferLength = (ULONG)input->length;
        location->Parameters.DeviceIoControl.OutputBufferLength = (ULONG)output->length;
        request->send.format.code = code;
        hold_transfers(request, input, output);
    }
    return conclude(request, status);
}
