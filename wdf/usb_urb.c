/* SPDX-License-Identifier: MIT */
/*
 * URBs that a driver fills in itself. The user flavour has none.
 */
#include <string.h>

#include <usbdlib.h>

#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/memory.h"
#include "wdf/request.h"
#include "wdf/usb_target.h"

static struct usb_device *device_from(WDFUSBDEVICE handle, const char *function)
{
    return usb_device_of(wdfobj_from_handle(handle, OBJECT_USB_DEVICE, function));
}

static struct io_target *pipe_target(WDFUSBPIPE handle, const char *function)
{
    return io_target_of(wdfobj_from_handle(handle, OBJECT_USB_PIPE, function));
}

static struct usb_transfer *make_transfer(PURB urb)
{
    struct usb_transfer *transfer = usb_transfer_make(0, 0);

    if (transfer != NULL)
    {
        transfer->sent = urb;
    }
    return transfer;
}

static NTSTATUS send_synchronously(PWDF_DRIVER_GLOBALS published, struct io_target *target, WDFREQUEST request,
                                   PWDF_REQUEST_SEND_OPTIONS options, PURB urb, WDF_USB_REQUEST_TYPE type,
                                   const char *function)
{
    struct usb_transfer *transfer = make_transfer(urb);

    return transfer == NULL ? STATUS_INSUFFICIENT_RESOURCES :
                              usb_exchange(published, target, request, options, 0, transfer, NULL, type, NULL, function);
}

/* The memory holds an URB, at least the head that says what it is. */
static NTSTATUS format_urb(struct io_target *target, WDFREQUEST handle, WDFMEMORY memory, PWDFMEMORY_OFFSET offset,
                           WDF_USB_REQUEST_TYPE type, const char *function)
{
    struct request *request = request_of(wdfobj_from_handle(handle, OBJECT_REQUEST, function));
    struct usb_transfer *transfer = NULL;
    struct transfer buffer;
    NTSTATUS status = transfer_of_memory(memory, offset, function, &buffer);

    if (NT_SUCCESS(status) && buffer.length < sizeof(struct _URB_HEADER))
    {
        status = STATUS_INVALID_PARAMETER;
    }
    if (NT_SUCCESS(status))
    {
        transfer = make_transfer(buffer.address);
        status = transfer == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
    }
    if (!NT_SUCCESS(status))
    {
        request_set_status(request, status);
        return status;
    }
    return usb_format(request, target, transfer, &buffer, type);
}

/* An URB belongs to its device, or to something of it. */
static bool belongs_to(const struct object *object, const struct object *device)
{
    while (object != NULL && object != device)
    {
        object = object->parent;
    }
    return object == device;
}

static NTSTATUS create(PWDF_DRIVER_GLOBALS published, WDFUSBDEVICE handle, PWDF_OBJECT_ATTRIBUTES given, size_t size,
                       WDFMEMORY *ret_memory, PURB *ret_urb, const char *function)
{
    struct object *device = &device_from(handle, function)->target.object;
    WDF_OBJECT_ATTRIBUTES attributes;
    PVOID buffer;
    NTSTATUS status;

    *ret_memory = NULL;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes = given == NULL ? attributes : *given;
    if (attributes.ParentObject == NULL)
    {
        attributes.ParentObject = handle;
    }
    else if (!belongs_to(wdfobj_from_handle(attributes.ParentObject, OBJECT_ANY, function), device))
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    status = wdf_kmdf_WdfMemoryCreate(published, &attributes, NonPagedPoolNx, 0, size, ret_memory, &buffer);
    if (NT_SUCCESS(status))
    {
        memset(buffer, 0, size);
        if (ret_urb != NULL)
        {
            *ret_urb = buffer;
        }
    }
    return status;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfUsbTargetDeviceSendUrbSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                         WDFREQUEST Request, PWDF_REQUEST_SEND_OPTIONS RequestOptions,
                                                         PURB Urb)
{
    static const char function[] = "WdfUsbTargetDeviceSendUrbSynchronously";
    globals_require(DriverGlobals, Urb, function);

    return send_synchronously(DriverGlobals, &device_from(UsbTarget, function)->target, Request, RequestOptions, Urb,
                              WdfUsbRequestTypeDeviceUrb, function);
}

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceFormatRequestForUrb(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                        WDFREQUEST Request, WDFMEMORY UrbMemory,
                                                        PWDFMEMORY_OFFSET UrbMemoryOffset)
{
    static const char function[] = "WdfUsbTargetDeviceFormatRequestForUrb";
    globals_require(DriverGlobals, UrbMemory, function);

    return format_urb(&device_from(UsbTarget, function)->target, Request, UrbMemory, UrbMemoryOffset,
                      WdfUsbRequestTypeDeviceUrb, function);
}

NTSTATUS wdf_kmdf_WdfUsbTargetPipeSendUrbSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe,
                                                       WDFREQUEST Request, PWDF_REQUEST_SEND_OPTIONS RequestOptions,
                                                       PURB Urb)
{
    static const char function[] = "WdfUsbTargetPipeSendUrbSynchronously";
    globals_require(DriverGlobals, Urb, function);

    return send_synchronously(DriverGlobals, pipe_target(Pipe, function), Request, RequestOptions, Urb,
                              WdfUsbRequestTypePipeUrb, function);
}

NTSTATUS wdf_kmdf_WdfUsbTargetPipeFormatRequestForUrb(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBPIPE Pipe, WDFREQUEST Request,
                                                      WDFMEMORY UrbMemory, PWDFMEMORY_OFFSET UrbMemoryOffset)
{
    static const char function[] = "WdfUsbTargetPipeFormatRequestForUrb";
    globals_require(DriverGlobals, UrbMemory, function);

    return format_urb(pipe_target(Pipe, function), Request, UrbMemory, UrbMemoryOffset, WdfUsbRequestTypePipeUrb, function);
}

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceCreateUrb(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                              PWDF_OBJECT_ATTRIBUTES Attributes, WDFMEMORY *UrbMemory, PURB *Urb)
{
    globals_require(DriverGlobals, UrbMemory, "WdfUsbTargetDeviceCreateUrb");

    return create(DriverGlobals, UsbTarget, Attributes, sizeof(URB), UrbMemory, Urb, "WdfUsbTargetDeviceCreateUrb");
}

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceCreateIsochUrb(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                   PWDF_OBJECT_ATTRIBUTES Attributes, ULONG NumberOfIsochPackets,
                                                   WDFMEMORY *UrbMemory, PURB *Urb)
{
    globals_require(DriverGlobals, UrbMemory, "WdfUsbTargetDeviceCreateIsochUrb");
    size_t size = GET_ISO_URB_SIZE((size_t)NumberOfIsochPackets);

    *UrbMemory = NULL;
    if (NumberOfIsochPackets == 0 || size > UINT16_MAX)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return create(DriverGlobals, UsbTarget, Attributes, size < sizeof(URB) ? sizeof(URB) : size, UrbMemory, Urb,
                  "WdfUsbTargetDeviceCreateIsochUrb");
}
