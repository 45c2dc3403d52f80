/* SPDX-License-Identifier: MIT */
/*
 * WDFUSBPIPE: transfers, abort, reset.
 */
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/request.h"
#include "wdf/usb_target.h"

static struct usb_pipe *pipe_from(WDFUSBPIPE handle, const char *function)
{
    return usb_pipe_of(wdfobj_from_handle(handle, OBJECT_USB_PIPE, function));
}

static bool is_in(const struct usb_pipe *pipe)
{
    return USB_ENDPOINT_DIRECTION_IN(pipe->information.EndpointAddress);
}

/* Whether this can be read or written so. */
static NTSTATUS check_transfer(const struct usb_pipe *pipe, bool reads, const struct transfer *buffer)
{
    USBD_PIPE_TYPE type = pipe->information.PipeType;

    if ((type != UsbdPipeTypeBulk && type != UsbdPipeTypeInterrupt) || is_in(pipe) != reads)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (reads && !pipe->any_length && buffer->length % pipe->information.MaximumPacketSize != 0)
    {
        return STATUS_INVALID_BUFFER_SIZE;
    }
    return STATUS_SUCCESS;
}

static struct usb_transfer *make_transfer(const struct usb_pipe *pipe, bool reads)
{
    struct usb_transfer *transfer =
        usb_transfer_make(URB_FUNCTION_BULK_OR_INTERRUPT_TRANSFER, sizeof(struct _URB_BULK_OR_INTERRUPT_TRANSFER));

    if (transfer != NULL)
    {
        transfer->urb.UrbBulkOrInterruptTransfer.PipeHandle = pipe->information.PipeHandle;
        transfer->urb.UrbBulkOrInterruptTransfer.TransferFlags =
            reads ? USBD_TRANSFER_DIRECTION_IN | USBD_SHORT_TRANSFER_OK : USBD_TRANSFER_DIRECTION_OUT;
    }
    return transfer;
}

static struct usb_transfer *make_request(const struct usb_pipe *pipe, USHORT function)
{
    struct usb_transfer *transfer = usb_transfer_make(function, sizeof(struct _URB_PIPE_REQUEST));

    if (transfer != NULL)
    {
        transfer->urb.UrbPipeRequest.PipeHandle = pipe->information.PipeHandle;
    }
    return transfer;
}

static NTSTATUS format_transfer(WDFUSBPIPE handle, WDFREQUEST request_handle, WDFMEMORY memory, PWDFMEMORY_OFFSET offset,
                                bool reads, const char *function)
{
    struct usb_pipe *pipe = pipe_from(handle, function);
    struct request *request = request_of(wdfobj_from_handle(request_handle, OBJECT_REQUEST, function));
    struct usb_transfer *transfer = NULL;
    struct transfer buffer;
    NTSTATUS status = transfer_of_memory(memory, offset, function, &buffer);

    if (NT_SUCCESS(status))
    {
        status = check_transfer(pipe, reads, &buffer);
    }
    if (NT_SUCCESS(status))
    {
        transfer = make_transfer(pipe, reads);
        status = transfer == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
    }
    if (!NT_SUCCESS(status))
    {
        request_set_status(request, status);
        return status;
    }
    return usb_format(request, &pipe->target, transfer, &buffer,
                      reads ? WdfUsbRequestTypePipeRead : WdfUsbRequestTypePipeWrite);
}

static NTSTATUS transfer_synchronously(PWDF_DRIVER_GLOBALS published, WDFUSBPIPE handle, WDFREQUEST request,
                                       PWDF_REQUEST_SEND_OPTIONS options, PWDF_MEMORY_DESCRIPTOR descriptor,
                                       PULONG ret_bytes, bool reads, const char *function)
{
    struct usb_pipe *pipe = pipe_from(handle, function);
    struct usb_transfer *transfer;
    struct transfer buffer;
    NTSTATUS status = transfer_of_descriptor(descriptor, globals_of(published)->user_flavour, function, &buffer);

    if (ret_bytes != NULL)
    {
        *ret_bytes = 0;
    }
    if (NT_SUCCESS(status))
    {
        status = check_transfer(pipe, reads, &buffer);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    transfer = make_transfer(pipe, reads);
    return transfer == NULL ?
               STATUS_INSUFFICIENT_RESOURCES :
               usb_exchange(published, &pipe->target, request, options, 0, transfer, &buffer,
                            reads ? WdfUsbRequestTypePipeRead : WdfUsbRequestTypePipeWrite, ret_bytes, function);
}

static NTSTATUS format_pipe_request(WDFUSBPIPE handle, WDFREQUEST request_handle, USHORT urb_function,
                                    WDF_USB_REQUEST_TYPE type, const char *function)
{
    struct usb_pipe *pipe = pipe_from(handle, function);
    struct request *request = request_of(wdfobj_from_handle(request_handle, OBJECT_REQUEST, function));
    struct usb_transfer *transfer = make_request(pipe, urb_function);

    if (transfer == NULL)
    {
        request_set_status(request, STATUS_INSUFFICIENT_RESOURCES);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    return usb_format(request, &pipe->target, transfer, NULL, type);
}

/* Abort and reset reach the device however the pipe's state is. */
static NTSTATUS request_synchronously(PWDF_DRIVER_GLOBALS published, struct usb_pipe *pipe, WDFREQUEST request,
                                      PWDF_REQUEST_SEND_OPTIONS options, USHORT urb_function, WDF_USB_REQUEST_TYPE type,
                                      const char *function)
{
    struct usb_transfer *transfer = make_request(pipe, urb_function);

    return transfer == NULL ?
               STATUS_INSUFFICIENT_RESOURCES :
               usb_exchange(published, &pipe->target, request, options, WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE,
                            transfer, NULL, type, NULL, function);
}

static void describe(const struct usb_pipe *pipe, WDF_USB_PIPE_INFORMATION *information)
{
    static const WDF_USB_PIPE_TYPE types[] = {
        [UsbdPipeTypeControl] = WdfUsbPipeTypeControl,
        [UsbdPipeTypeIsochronous] = WdfUsbPipeTypeIsochronous,
        [UsbdPipeTypeBulk] = WdfUsbPipeTypeBulk,
        [UsbdPipeTypeInterrupt] = WdfUsbPipeTypeInterrupt,
    };

    *information = (WDF_USB_PIPE_INFORMATION){
        .Size = sizeof(*information),
        .MaximumPacketSize = pipe->information.MaximumPacketSize,
        .EndpointAddress = pipe->information.EndpointAddress,
        .Interval = pipe->information.Interval,
        .SettingIndex = pipe->setting,
        .PipeType = types[pipe->information.PipeType & 3],
        .MaximumTransferSize = pipe->information.MaximumTransferSize,
    };
}

/*
 * Entry points.
 */
VOID wdf_kmdf_WdfUsbTargetPipeGetInformation(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe,
                                             PWDF_USB_PIPE_INFORMATION PipeInformation)
{
    globals_require(DriverGlobals, PipeInformation, "WdfUsbTargetPipeGetInformation");
    struct usb_pipe *pipe = pipe_from(Pipe, "WdfUsbTargetPipeGetInformation");

    if (PipeInformation->Size != sizeof(*PipeInformation))
    {
        globals_break(globals_of(DriverGlobals), "WdfUsbTargetPipeGetInformation: Size is %u, expected %zu",
                      PipeInformation->Size, sizeof(*PipeInformation));
        return;
    }
    describe(pipe, PipeInformation);
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeGetInformation)

WDFUSBPIPE wdf_kmdf_WdfUsbInterfaceGetConfiguredPipe(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBINTERFACE UsbInterface,
                                                     UCHAR PipeIndex, PWDF_USB_PIPE_INFORMATION PipeInfo)
{
    struct usb_interface *interface =
        usb_interface_of(wdfobj_from_handle(UsbInterface, OBJECT_USB_INTERFACE, "WdfUsbInterfaceGetConfiguredPipe"));

    if (PipeInfo != NULL && PipeInfo->Size != sizeof(*PipeInfo))
    {
        globals_break(globals_of(DriverGlobals), "WdfUsbInterfaceGetConfiguredPipe: Size is %u, expected %zu",
                      PipeInfo->Size, sizeof(*PipeInfo));
        return NULL;
    }
    if (PipeIndex >= interface->pipe_count)
    {
        return NULL;
    }
    if (PipeInfo != NULL)
    {
        describe(interface->pipes[PipeIndex], PipeInfo);
    }
    return wdfobj_handle(&interface->pipes[PipeIndex]->target.object);
}
WDF_ENTRY_BOTH(WdfUsbInterfaceGetConfiguredPipe)

BYTE wdf_kmdf_WdfUsbInterfaceGetNumConfiguredPipes(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBINTERFACE UsbInterface)
{
    return usb_interface_of(wdfobj_from_handle(UsbInterface, OBJECT_USB_INTERFACE, "WdfUsbInterfaceGetNumConfiguredPipes"))
        ->pipe_count;
}
WDF_ENTRY_BOTH(WdfUsbInterfaceGetNumConfiguredPipes)

BOOLEAN wdf_kmdf_WdfUsbTargetPipeIsInEndpoint(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe)
{
    return is_in(pipe_from(Pipe, "WdfUsbTargetPipeIsInEndpoint"));
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeIsInEndpoint)

BOOLEAN wdf_kmdf_WdfUsbTargetPipeIsOutEndpoint(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe)
{
    return !is_in(pipe_from(Pipe, "WdfUsbTargetPipeIsOutEndpoint"));
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeIsOutEndpoint)

WDF_USB_PIPE_TYPE wdf_kmdf_WdfUsbTargetPipeGetType(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe)
{
    WDF_USB_PIPE_INFORMATION information;

    describe(pipe_from(Pipe, "WdfUsbTargetPipeGetType"), &information);
    return information.PipeType;
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeGetType)

VOID wdf_kmdf_WdfUsbTargetPipeSetNoMaximumPacketSizeCheck(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe)
{
    pipe_from(Pipe, "WdfUsbTargetPipeSetNoMaximumPacketSizeCheck")->any_length = true;
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeSetNoMaximumPacketSizeCheck)

USBD_PIPE_HANDLE wdf_kmdf_WdfUsbTargetPipeWdmGetPipeHandle(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE UsbPipe)
{
    return pipe_from(UsbPipe, "WdfUsbTargetPipeWdmGetPipeHandle")->information.PipeHandle;
}

NTSTATUS wdf_kmdf_WdfUsbTargetPipeWriteSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe, WDFREQUEST Request,
                                                     PWDF_REQUEST_SEND_OPTIONS RequestOptions,
                                                     PWDF_MEMORY_DESCRIPTOR MemoryDescriptor, PULONG BytesWritten)
{
    return transfer_synchronously(DriverGlobals, Pipe, Request, RequestOptions, MemoryDescriptor, BytesWritten, false,
                                  "WdfUsbTargetPipeWriteSynchronously");
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeWriteSynchronously)

NTSTATUS wdf_kmdf_WdfUsbTargetPipeReadSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe, WDFREQUEST Request,
                                                    PWDF_REQUEST_SEND_OPTIONS RequestOptions,
                                                    PWDF_MEMORY_DESCRIPTOR MemoryDescriptor, PULONG BytesRead)
{
    return transfer_synchronously(DriverGlobals, Pipe, Request, RequestOptions, MemoryDescriptor, BytesRead, true,
                                  "WdfUsbTargetPipeReadSynchronously");
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeReadSynchronously)

NTSTATUS wdf_kmdf_WdfUsbTargetPipeFormatRequestForWrite(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe,
                                                        WDFREQUEST Request, WDFMEMORY WriteMemory,
                                                        PWDFMEMORY_OFFSET WriteOffset)
{
    return format_transfer(Pipe, Request, WriteMemory, WriteOffset, false, "WdfUsbTargetPipeFormatRequestForWrite");
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeFormatRequestForWrite)

NTSTATUS wdf_kmdf_WdfUsbTargetPipeFormatRequestForRead(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe,
                                                       WDFREQUEST Request, WDFMEMORY ReadMemory,
                                                       PWDFMEMORY_OFFSET ReadOffset)
{
    return format_transfer(Pipe, Request, ReadMemory, ReadOffset, true, "WdfUsbTargetPipeFormatRequestForRead");
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeFormatRequestForRead)

NTSTATUS wdf_kmdf_WdfUsbTargetPipeAbortSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe, WDFREQUEST Request,
                                                     PWDF_REQUEST_SEND_OPTIONS RequestOptions)
{
    static const char function[] = "WdfUsbTargetPipeAbortSynchronously";

    return request_synchronously(DriverGlobals, pipe_from(Pipe, function), Request, RequestOptions, URB_FUNCTION_ABORT_PIPE,
                                 WdfUsbRequestTypePipeAbort, function);
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeAbortSynchronously)

NTSTATUS wdf_kmdf_WdfUsbTargetPipeFormatRequestForAbort(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe,
                                                        WDFREQUEST Request)
{
    return format_pipe_request(Pipe, Request, URB_FUNCTION_ABORT_PIPE, WdfUsbRequestTypePipeAbort,
                               "WdfUsbTargetPipeFormatRequestForAbort");
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeFormatRequestForAbort)

/* What was sent is cancelled first, because a pipe that is reset answers nothing of it. */
NTSTATUS wdf_kmdf_WdfUsbTargetPipeResetSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe, WDFREQUEST Request,
                                                     PWDF_REQUEST_SEND_OPTIONS RequestOptions)
{
    static const char function[] = "WdfUsbTargetPipeResetSynchronously";
    struct usb_pipe *pipe = pipe_from(Pipe, function);

    io_target_cancel_sent(&pipe->target);
    return request_synchronously(DriverGlobals, pipe, Request, RequestOptions, URB_FUNCTION_SYNC_RESET_PIPE_AND_CLEAR_STALL,
                                 WdfUsbRequestTypePipeReset, function);
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeResetSynchronously)

NTSTATUS wdf_kmdf_WdfUsbTargetPipeFormatRequestForReset(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe,
                                                        WDFREQUEST Request)
{
    return format_pipe_request(Pipe, Request, URB_FUNCTION_SYNC_RESET_PIPE_AND_CLEAR_STALL, WdfUsbRequestTypePipeReset,
                               "WdfUsbTargetPipeFormatRequestForReset");
}
WDF_ENTRY_BOTH(WdfUsbTargetPipeFormatRequestForReset)
