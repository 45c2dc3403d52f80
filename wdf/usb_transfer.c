/* SPDX-License-Identifier: MIT */
/*
 * URBs on their way.
 */
#include <string.h>

#include "nt/io/irp.h"
#include "wdf/globals.h"
#include "wdf/request.h"
#include "wdf/usb_target.h"

struct usb_transfer *usb_transfer_make(USHORT function, USHORT length)
{
    struct usb_transfer *transfer = platform_zalloc(sizeof(*transfer));

    if (transfer != NULL)
    {
        transfer->sent = &transfer->urb;
        transfer->urb.UrbHeader.Function = function;
        transfer->urb.UrbHeader.Length = length;
    }
    return transfer;
}

static void release_transfer(void *context)
{
    struct usb_transfer *transfer = context;

    if (transfer->kept != NULL)
    {
        wdfobj_release(transfer->kept);
    }
    if (transfer->descriptor != NULL)
    {
        platform_free(transfer->descriptor, USB_STRING_ROOM);
    }
    platform_free(transfer, sizeof(*transfer));
}

void usb_transfer_free(struct usb_transfer *transfer)
{
    release_transfer(transfer);
}

/* All transfers have their length at the same place. */
_Static_assert(offsetof(struct _URB_BULK_OR_INTERRUPT_TRANSFER, TransferBufferLength) ==
                   offsetof(struct _URB_CONTROL_TRANSFER, TransferBufferLength),
               "transfers have one layout");
_Static_assert(offsetof(struct _URB_BULK_OR_INTERRUPT_TRANSFER, TransferBufferLength) ==
                   offsetof(struct _URB_CONTROL_DESCRIPTOR_REQUEST, TransferBufferLength),
               "transfers have one layout");

ULONG usb_bytes_of(const URB *urb)
{
    if (urb == NULL)
    {
        return 0;
    }
    switch (urb->UrbHeader.Function)
    {
        case URB_FUNCTION_CONTROL_TRANSFER:
        case URB_FUNCTION_BULK_OR_INTERRUPT_TRANSFER:
        case URB_FUNCTION_GET_DESCRIPTOR_FROM_DEVICE:
            return urb->UrbBulkOrInterruptTransfer.TransferBufferLength;
        default:
            return 0;
    }
}

/* Copies as much of the string as there is room for, and says how much would be needed. */
static NTSTATUS give_string(struct usb_transfer *transfer, ULONG read)
{
    USHORT count;
    NTSTATUS status = usb_count_characters(transfer->descriptor, read, &count);
    size_t size = count * sizeof(WCHAR);

    if (NT_SUCCESS(status))
    {
        memcpy(transfer->buffer.address, transfer->descriptor + 2,
               size < transfer->buffer.length ? size : transfer->buffer.length);
        transfer->completion.Parameters.DeviceString.RequiredSize = (UCHAR)size;
        status = size <= transfer->buffer.length ? STATUS_SUCCESS : STATUS_BUFFER_OVERFLOW;
    }
    return status;
}

/* What a driver has made itself tells by itself how much it has moved. */
static bool is_the_drivers(const struct usb_transfer *transfer)
{
    return transfer->sent != &transfer->urb;
}

static void completed(struct request *request, WDF_REQUEST_COMPLETION_PARAMS *params)
{
    struct usb_transfer *transfer = request->send.format.context;
    WDF_USB_REQUEST_COMPLETION_PARAMS *completion = &transfer->completion;
    ULONG bytes = NT_SUCCESS(params->IoStatus.Status) ? usb_bytes_of(transfer->sent) : 0;

    completion->UsbdStatus = transfer->sent == NULL ? USBD_STATUS_SUCCESS : transfer->sent->UrbHeader.Status;
    switch (completion->Type)
    {
        case WdfUsbRequestTypeDeviceString:
            if (NT_SUCCESS(params->IoStatus.Status) && transfer->descriptor != NULL)
            {
                params->IoStatus.Status = give_string(transfer, bytes);
                request_set_status(request, params->IoStatus.Status);
            }
            break;
        case WdfUsbRequestTypeDeviceControlTransfer:
            completion->Parameters.DeviceControlTransfer.Length = bytes;
            break;
        case WdfUsbRequestTypePipeRead:
            completion->Parameters.PipeRead.Length = bytes;
            break;
        case WdfUsbRequestTypePipeWrite:
            completion->Parameters.PipeWrite.Length = bytes;
            break;
        default:
            break;
    }
    params->Type = WdfRequestTypeUsb;
    params->Parameters.Usb.Completion = completion;
    if (!is_the_drivers(transfer))
    {
        params->IoStatus.Information = bytes;
        request->irp->IoStatus.Information = bytes;
    }
}

static void describe(struct usb_transfer *transfer, const struct transfer *buffer, WDF_USB_REQUEST_TYPE type)
{
    WDF_USB_REQUEST_COMPLETION_PARAMS *completion = &transfer->completion;
    WDFMEMORY memory = buffer == NULL || buffer->memory == NULL ? NULL : wdfobj_handle(&buffer->memory->object);

    completion->Type = type;
    switch (type)
    {
        case WdfUsbRequestTypeDeviceString:
            completion->Parameters.DeviceString.Buffer = memory;
            completion->Parameters.DeviceString.LangID = transfer->urb.UrbControlDescriptorRequest.LanguageId;
            completion->Parameters.DeviceString.StringIndex = transfer->urb.UrbControlDescriptorRequest.Index;
            break;
        case WdfUsbRequestTypeDeviceUrb:
            completion->Parameters.DeviceUrb.Buffer = memory;
            break;
        case WdfUsbRequestTypePipeUrb:
            completion->Parameters.PipeUrb.Buffer = memory;
            break;
        case WdfUsbRequestTypeDeviceControlTransfer:
            completion->Parameters.DeviceControlTransfer.Buffer = memory;
            memcpy(&completion->Parameters.DeviceControlTransfer.SetupPacket, transfer->urb.UrbControlTransfer.SetupPacket,
                   sizeof(completion->Parameters.DeviceControlTransfer.SetupPacket));
            break;
        case WdfUsbRequestTypePipeRead:
            completion->Parameters.PipeRead.Buffer = memory;
            completion->Parameters.PipeRead.Offset = buffer->offset;
            break;
        case WdfUsbRequestTypePipeWrite:
            completion->Parameters.PipeWrite.Buffer = memory;
            completion->Parameters.PipeWrite.Offset = buffer->offset;
            break;
        default:
            break;
    }
}

/* Makes the buffer part of the format, and of the URB where it is to be transferred. */
static void attach_buffer(struct usb_transfer *transfer, const struct transfer *buffer)
{
    transfer->buffer = *buffer;
    transfer->kept = transfer_keep(buffer->memory);
    if (is_the_drivers(transfer) || transfer->descriptor != NULL)
    {
        return;
    }
    transfer->urb.UrbBulkOrInterruptTransfer.TransferBuffer = buffer->address;
    transfer->urb.UrbBulkOrInterruptTransfer.TransferBufferMDL = buffer->mdl;
    transfer->urb.UrbBulkOrInterruptTransfer.TransferBufferLength = (ULONG)buffer->length;
}

static NTSTATUS format(struct request *request, struct io_target *target, struct usb_transfer *transfer,
                       const struct transfer *buffer, WDF_USB_REQUEST_TYPE type, ULONG code)
{
    PIO_STACK_LOCATION location;
    NTSTATUS status = request_begin_format(request, target, WdfRequestTypeUsb, IRP_MJ_INTERNAL_DEVICE_CONTROL, &location);

    if (!NT_SUCCESS(status))
    {
        release_transfer(transfer);
        request_set_status(request, status);
        return status;
    }
    if (buffer != NULL)
    {
        attach_buffer(transfer, buffer);
    }
    describe(transfer, buffer, type);
    location->Parameters.Others.Argument1 = transfer->sent;
    location->Parameters.DeviceIoControl.IoControlCode = code;
    request->send.format.code = code;
    request->send.format.context = transfer;
    request->send.format.completed = completed;
    request->send.format.release = release_transfer;
    request->send.format.has_context = true;
    request->send.format.formatted = true;
    return STATUS_SUCCESS;
}

NTSTATUS usb_format(struct request *request, struct io_target *target, struct usb_transfer *transfer,
                    const struct transfer *buffer, WDF_USB_REQUEST_TYPE type)
{
    return format(request, target, transfer, buffer, type, IOCTL_INTERNAL_USB_SUBMIT_URB);
}

NTSTATUS usb_format_control(struct request *request, struct io_target *target, ULONG code)
{
    struct usb_transfer *transfer = usb_transfer_make(0, 0);

    if (transfer == NULL)
    {
        request_set_status(request, STATUS_INSUFFICIENT_RESOURCES);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    transfer->sent = NULL;
    return format(request, target, transfer, NULL, WdfUsbRequestTypeNoFormat, code);
}

NTSTATUS usb_exchange(PWDF_DRIVER_GLOBALS published, struct io_target *target, WDFREQUEST handle,
                      PWDF_REQUEST_SEND_OPTIONS options, ULONG forced_flags, struct usb_transfer *transfer,
                      const struct transfer *buffer, WDF_USB_REQUEST_TYPE type, PULONG ret_bytes, const char *function)
{
    struct driver_globals *globals = globals_of(published);
    struct request *request = handle == NULL ? NULL : request_of(wdfobj_from_handle(handle, OBJECT_REQUEST, function));
    struct send_options checked;
    NTSTATUS status = request_check_options(options, globals->user_flavour, &checked);

    if (NT_SUCCESS(status) && request == NULL)
    {
        request = request_make(globals, NULL, NULL, target);
        status = request == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
    }
    if (!NT_SUCCESS(status))
    {
        release_transfer(transfer);
        return status;
    }
    checked.flags &= ~(ULONG)WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;
    checked.flags |= WDF_REQUEST_SEND_OPTION_SYNCHRONOUS | forced_flags;
    status = usb_format(request, target, transfer, buffer, type);
    if (NT_SUCCESS(status))
    {
        status = request_send_and_wait(request, target, &checked);
        if (ret_bytes != NULL)
        {
            *ret_bytes = NT_SUCCESS(status) ? usb_bytes_of(transfer->sent) : 0;
        }
    }
    if (handle == NULL)
    {
        wdfobj_delete(&request->object);
    }
    return status;
}

static NTSTATUS send_internal(struct io_target *target, ULONG code, void *argument)
{
    PDEVICE_OBJECT device = platform_atomic_load(&target->device);
    PIO_STACK_LOCATION location;
    NTSTATUS status;
    PIRP irp = irp_allocate((unsigned)device->StackSize, 0, NULL);

    if (irp == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    location = IoGetNextIrpStackLocation(irp);
    location->MajorFunction = IRP_MJ_INTERNAL_DEVICE_CONTROL;
    location->Parameters.Others.Argument1 = argument;
    location->Parameters.DeviceIoControl.IoControlCode = code;
    status = irp_call_and_wait(device, irp);
    irp_free(irp);
    return status;
}

NTSTATUS usb_send_urb(struct io_target *target, PURB urb)
{
    return send_internal(target, IOCTL_INTERNAL_USB_SUBMIT_URB, urb);
}

NTSTATUS usb_send_control(struct io_target *target, ULONG code, void *argument)
{
    return send_internal(target, code, argument);
}
