/* SPDX-License-Identifier: MIT */
/*
 * WDFUSBDEVICE: the device itself, control transfers, its port.
 */
#include <string.h>

#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/memory.h"
#include "wdf/request.h"
#include "wdf/usb_target.h"

static void usb_device_destroy(struct object *object)
{
    struct usb_device *device = usb_device_of(object);

    if (device->configuration != NULL)
    {
        platform_free(device->configuration, device->configuration_size);
    }
    usb_leave_bus(device);
    if (device->interfaces != NULL)
    {
        platform_free(device->interfaces, device->configuration_interfaces * sizeof(struct usb_interface *));
    }
}

static const struct object_class usb_device_class = {
    .name = "WDFUSBDEVICE",
    .type = OBJECT_USB_DEVICE,
    .size = sizeof(struct usb_device),
    .deletable = true,
    .passive_dispose = true,
    .dispose = io_target_dispose,
    .destroy = usb_device_destroy,
};

static struct usb_device *device_from(WDFUSBDEVICE handle, const char *function)
{
    return usb_device_of(wdfobj_from_handle(handle, OBJECT_USB_DEVICE, function));
}

/* Reads a descriptor; *length is how much room there is, and how much came. */
static NTSTATUS read_descriptor(struct usb_device *device, UCHAR type, UCHAR index, USHORT language, void *buffer,
                                ULONG *length)
{
    struct _URB_CONTROL_DESCRIPTOR_REQUEST urb = {
        .Hdr = {.Function = URB_FUNCTION_GET_DESCRIPTOR_FROM_DEVICE, .Length = sizeof(urb)},
        .TransferBufferLength = *length,
        .TransferBuffer = buffer,
        .Index = index,
        .DescriptorType = type,
        .LanguageId = language,
    };
    NTSTATUS status = usb_send_urb(&device->target, (PURB)&urb);

    *length = urb.TransferBufferLength < *length ? urb.TransferBufferLength : *length;
    return status;
}

/* The configuration's head says how long the whole is. */
static NTSTATUS read_configuration(struct usb_device *device)
{
    USB_CONFIGURATION_DESCRIPTOR head;
    ULONG length = sizeof(head);
    NTSTATUS status = read_descriptor(device, USB_CONFIGURATION_DESCRIPTOR_TYPE, 0, 0, &head, &length);

    if (NT_SUCCESS(status) && (length < sizeof(head) || head.wTotalLength < sizeof(head)))
    {
        status = STATUS_INVALID_DEVICE_REQUEST;
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    device->configuration = platform_zalloc(head.wTotalLength);
    if (device->configuration == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    device->configuration_size = head.wTotalLength;
    length = head.wTotalLength;
    status = read_descriptor(device, USB_CONFIGURATION_DESCRIPTOR_TYPE, 0, 0, device->configuration, &length);
    if (NT_SUCCESS(status) && (length < head.wTotalLength || device->configuration->wTotalLength != head.wTotalLength))
    {
        status = STATUS_INVALID_DEVICE_REQUEST;
    }
    device->configuration_interfaces = device->configuration->bNumInterfaces;
    return status;
}

static NTSTATUS read_device(struct usb_device *device)
{
    ULONG length = sizeof(device->descriptor);
    NTSTATUS status = read_descriptor(device, USB_DEVICE_DESCRIPTOR_TYPE, 0, 0, &device->descriptor, &length);

    if (NT_SUCCESS(status) && length < sizeof(device->descriptor))
    {
        status = STATUS_INVALID_DEVICE_REQUEST;
    }
    if (NT_SUCCESS(status))
    {
        status = read_configuration(device);
    }
    return NT_SUCCESS(status) ? usb_make_interfaces(device) : status;
}

static NTSTATUS create(PWDF_DRIVER_GLOBALS published, WDFDEVICE handle, PWDF_OBJECT_ATTRIBUTES attributes,
                       WDFUSBDEVICE *ret_device, const char *function)
{
    struct device *device = device_from_handle(handle, function);
    struct object *object;
    NTSTATUS status = wdfobj_check_attributes(attributes, &usb_device_class, OBJECT_PARENT_FORBIDDEN);

    *ret_device = NULL;
    if (NT_SUCCESS(status) && device->lower == NULL)
    {
        status = STATUS_INVALID_DEVICE_STATE;
    }
    if (NT_SUCCESS(status))
    {
        object = wdfobj_allocate(globals_of(published), &usb_device_class, attributes, &device->object);
        status = object == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    io_target_make(io_target_of(object), device, WdfIoTargetStarted);
    io_target_set_device(io_target_of(object), device->lower);
    usb_ask_bus(usb_device_of(object));
    status = read_device(usb_device_of(object));
    if (!NT_SUCCESS(status))
    {
        wdfobj_discard(object);
        return status;
    }
    return wdfobj_publish(object, &device->object, ret_device);
}

/*
 * Control transfers.
 */

static struct usb_transfer *make_control(const WDF_USB_CONTROL_SETUP_PACKET *setup, const struct transfer *buffer)
{
    struct usb_transfer *transfer = usb_transfer_make(URB_FUNCTION_CONTROL_TRANSFER, sizeof(struct _URB_CONTROL_TRANSFER));
    WDF_USB_CONTROL_SETUP_PACKET packet = *setup;

    if (transfer != NULL)
    {
        packet.Packet.wLength = (USHORT)buffer->length;
        memcpy(transfer->urb.UrbControlTransfer.SetupPacket, packet.Generic.Bytes, sizeof(packet.Generic.Bytes));
        transfer->urb.UrbControlTransfer.TransferFlags =
            USBD_DEFAULT_PIPE_TRANSFER | USBD_SHORT_TRANSFER_OK |
            (packet.Packet.bm.Request.Dir == BMREQUEST_DEVICE_TO_HOST ? USBD_TRANSFER_DIRECTION_IN : 0);
    }
    return transfer;
}

static NTSTATUS check_control(const struct transfer *buffer, NTSTATUS status)
{
    return NT_SUCCESS(status) && buffer->length > UINT16_MAX ? STATUS_INVALID_PARAMETER : status;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfUsbTargetDeviceCreate(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                           PWDF_OBJECT_ATTRIBUTES Attributes, WDFUSBDEVICE *UsbTarget)
{
    globals_require(DriverGlobals, UsbTarget, "WdfUsbTargetDeviceCreate");
    return create(DriverGlobals, Device, Attributes, UsbTarget, "WdfUsbTargetDeviceCreate");
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceCreate)

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceCreateWithParameters(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                         PWDF_USB_DEVICE_CREATE_CONFIG Config,
                                                         PWDF_OBJECT_ATTRIBUTES Attributes, WDFUSBDEVICE *UsbTarget)
{
    globals_require(DriverGlobals, Config, "WdfUsbTargetDeviceCreateWithParameters");
    globals_require(DriverGlobals, UsbTarget, "WdfUsbTargetDeviceCreateWithParameters");

    *UsbTarget = NULL;
    if (Config->Size != sizeof(*Config))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    return create(DriverGlobals, Device, Attributes, UsbTarget, "WdfUsbTargetDeviceCreateWithParameters");
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceCreateWithParameters)

VOID wdf_kmdf_WdfUsbTargetDeviceGetDeviceDescriptor(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                    PUSB_DEVICE_DESCRIPTOR UsbDeviceDescriptor)
{
    globals_require(DriverGlobals, UsbDeviceDescriptor, "WdfUsbTargetDeviceGetDeviceDescriptor");
    *UsbDeviceDescriptor = device_from(UsbTarget, "WdfUsbTargetDeviceGetDeviceDescriptor")->descriptor;
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceGetDeviceDescriptor)

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceRetrieveConfigDescriptor(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                             PVOID ConfigDescriptor, PUSHORT ConfigDescriptorLength)
{
    globals_require(DriverGlobals, ConfigDescriptorLength, "WdfUsbTargetDeviceRetrieveConfigDescriptor");
    struct usb_device *device = device_from(UsbTarget, "WdfUsbTargetDeviceRetrieveConfigDescriptor");
    USHORT room = ConfigDescriptor == NULL ? 0 : *ConfigDescriptorLength;
    USHORT size = (USHORT)device->configuration_size;

    if (room != 0)
    {
        memcpy(ConfigDescriptor, device->configuration, room < size ? room : size);
    }
    *ConfigDescriptorLength = size;
    return room < size ? STATUS_BUFFER_TOO_SMALL : STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceRetrieveConfigDescriptor)

UCHAR wdf_kmdf_WdfUsbTargetDeviceGetNumInterfaces(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget)
{
    return device_from(UsbTarget, "WdfUsbTargetDeviceGetNumInterfaces")->interface_count;
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceGetNumInterfaces)

WDFUSBINTERFACE wdf_kmdf_WdfUsbTargetDeviceGetInterface(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                        UCHAR InterfaceIndex)
{
    struct usb_device *device = device_from(UsbTarget, "WdfUsbTargetDeviceGetInterface");

    return InterfaceIndex < device->interface_count ? wdfobj_handle(&device->interfaces[InterfaceIndex]->object) : NULL;
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceGetInterface)

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceSendControlTransferSynchronously(
    PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget, WDFREQUEST Request, PWDF_REQUEST_SEND_OPTIONS RequestOptions,
    PWDF_USB_CONTROL_SETUP_PACKET SetupPacket, PWDF_MEMORY_DESCRIPTOR MemoryDescriptor, PULONG BytesTransferred)
{
    static const char function[] = "WdfUsbTargetDeviceSendControlTransferSynchronously";
    globals_require(DriverGlobals, SetupPacket, function);
    struct usb_device *device = device_from(UsbTarget, function);
    struct usb_transfer *transfer;
    struct transfer buffer;
    NTSTATUS status = transfer_of_descriptor(MemoryDescriptor, globals_of(DriverGlobals)->user_flavour, function, &buffer);

    if (BytesTransferred != NULL)
    {
        *BytesTransferred = 0;
    }
    status = check_control(&buffer, status);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    transfer = make_control(SetupPacket, &buffer);
    return transfer == NULL ? STATUS_INSUFFICIENT_RESOURCES :
                              usb_exchange(DriverGlobals, &device->target, Request, RequestOptions, 0, transfer, &buffer,
                                           WdfUsbRequestTypeDeviceControlTransfer, BytesTransferred, function);
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceSendControlTransferSynchronously)

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceFormatRequestForControlTransfer(PWDF_DRIVER_GLOBALS DriverGlobals,
                                                                    WDFUSBDEVICE UsbTarget, WDFREQUEST Request,
                                                                    PWDF_USB_CONTROL_SETUP_PACKET SetupPacket,
                                                                    WDFMEMORY TransferMemory,
                                                                    PWDFMEMORY_OFFSET TransferOffset)
{
    static const char function[] = "WdfUsbTargetDeviceFormatRequestForControlTransfer";
    globals_require(DriverGlobals, SetupPacket, function);
    struct usb_device *device = device_from(UsbTarget, function);
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, function));
    struct usb_transfer *transfer = NULL;
    struct transfer buffer;
    NTSTATUS status = check_control(&buffer, transfer_of_memory(TransferMemory, TransferOffset, function, &buffer));

    if (NT_SUCCESS(status))
    {
        transfer = make_control(SetupPacket, &buffer);
        status = transfer == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
    }
    if (!NT_SUCCESS(status))
    {
        request_set_status(request, status);
        return status;
    }
    return usb_format(request, &device->target, transfer, &buffer, WdfUsbRequestTypeDeviceControlTransfer);
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceFormatRequestForControlTransfer)

/*
 * The port.
 */

/* What is on its way goes first, so that nothing of it meets a port that is reset. */
static NTSTATUS control_port(struct usb_device *device, ULONG code)
{
    return usb_send_control(&device->target, code, NULL);
}

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceResetPortSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget)
{
    return control_port(device_from(UsbTarget, "WdfUsbTargetDeviceResetPortSynchronously"), IOCTL_INTERNAL_USB_RESET_PORT);
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceResetPortSynchronously)

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceCyclePortSynchronously(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget)
{
    return control_port(device_from(UsbTarget, "WdfUsbTargetDeviceCyclePortSynchronously"), IOCTL_INTERNAL_USB_CYCLE_PORT);
}

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceIsConnectedSynchronous(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget)
{
    ULONG port = 0;
    NTSTATUS status = usb_send_control(&device_from(UsbTarget, "WdfUsbTargetDeviceIsConnectedSynchronous")->target,
                                       IOCTL_INTERNAL_USB_GET_PORT_STATUS, &port);

    return NT_SUCCESS(status) && (port & USBD_PORT_CONNECTED) == 0 ? STATUS_DEVICE_DOES_NOT_EXIST : status;
}

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceFormatRequestForCyclePort(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                              WDFREQUEST Request)
{
    static const char function[] = "WdfUsbTargetDeviceFormatRequestForCyclePort";
    struct usb_device *device = device_from(UsbTarget, function);

    return usb_format_control(request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, function)), &device->target,
                              IOCTL_INTERNAL_USB_CYCLE_PORT);
}
