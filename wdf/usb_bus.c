/* SPDX-License-Identifier: MIT */
/*
 * What the USB bus says about a device and itself: version, speed, frames.
 */
#include <string.h>

#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/query_interface.h"
#include "wdf/usb_target.h"

static const GUID bus_interface = {0xb1a96a13, 0x3de0, 0x4574, {0x9b, 0x01, 0xc0, 0x8f, 0xea, 0xb3, 0x18, 0xd6}};

static struct usb_device *device_from(WDFUSBDEVICE handle, const char *function)
{
    return usb_device_of(wdfobj_from_handle(handle, OBJECT_USB_DEVICE, function));
}

/* An older bus has the older interface, without the last member. */
void usb_ask_bus(struct usb_device *device)
{
    PINTERFACE interface = (PINTERFACE)&device->bus;
    NTSTATUS status = query_interface_ask(device->target.device, &bus_interface, interface, sizeof(device->bus),
                                          USB_BUSIF_USBDI_VERSION_1, NULL);

    if (!NT_SUCCESS(status))
    {
        memset(&device->bus, 0, sizeof(device->bus));
        status = query_interface_ask(device->target.device, &bus_interface, interface, sizeof(USB_BUS_INTERFACE_USBDI_V0),
                                     USB_BUSIF_USBDI_VERSION_0, NULL);
    }
    if (!NT_SUCCESS(status))
    {
        memset(&device->bus, 0, sizeof(device->bus));
    }
}

void usb_leave_bus(struct usb_device *device)
{
    if (device->bus.InterfaceDereference != NULL)
    {
        device->bus.InterfaceDereference(device->bus.BusContext);
    }
}

static bool is_fast(struct usb_device *device)
{
    return device->bus.IsDeviceHighSpeed != NULL && device->bus.IsDeviceHighSpeed(device->bus.BusContext);
}

static ULONG traits_of(struct usb_device *device)
{
    UCHAR attributes = device->configuration->bmAttributes;

    return ((attributes & USB_CONFIG_SELF_POWERED) != 0 ? WDF_USB_DEVICE_TRAIT_SELF_POWERED : 0u) |
           ((attributes & USB_CONFIG_REMOTE_WAKEUP) != 0 ? WDF_USB_DEVICE_TRAIT_REMOTE_WAKE_CAPABLE : 0u) |
           (is_fast(device) ? WDF_USB_DEVICE_TRAIT_AT_HIGH_SPEED : 0u);
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfUsbTargetDeviceRetrieveInformation(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                        PWDF_USB_DEVICE_INFORMATION Information)
{
    globals_require(DriverGlobals, Information, "WdfUsbTargetDeviceRetrieveInformation");
    struct usb_device *device = device_from(UsbTarget, "WdfUsbTargetDeviceRetrieveInformation");

    if (Information->Size != sizeof(*Information))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    *Information = (WDF_USB_DEVICE_INFORMATION){.Size = sizeof(*Information), .Traits = traits_of(device)};
    if (device->bus.GetUSBDIVersion != NULL)
    {
        device->bus.GetUSBDIVersion(device->bus.BusContext, &Information->UsbdVersionInformation,
                                    &Information->HcdPortCapabilities);
    }
    return STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceRetrieveInformation)

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceRetrieveCurrentFrameNumber(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                               PULONG CurrentFrameNumber)
{
    globals_require(DriverGlobals, CurrentFrameNumber, "WdfUsbTargetDeviceRetrieveCurrentFrameNumber");
    struct usb_device *device = device_from(UsbTarget, "WdfUsbTargetDeviceRetrieveCurrentFrameNumber");

    return device->bus.QueryBusTime == NULL ? STATUS_NOT_SUPPORTED :
                                              device->bus.QueryBusTime(device->bus.BusContext, CurrentFrameNumber);
}

/* The stack below has no way to say what it is capable of. */
NTSTATUS wdf_kmdf_WdfUsbTargetDeviceQueryUsbCapability(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                       CONST GUID *CapabilityType, ULONG CapabilityBufferLength,
                                                       PVOID CapabilityBuffer, PULONG ResultLength)
{
    globals_require(DriverGlobals, CapabilityType, "WdfUsbTargetDeviceQueryUsbCapability");

    (void)device_from(UsbTarget, "WdfUsbTargetDeviceQueryUsbCapability");
    if (ResultLength != NULL)
    {
        *ResultLength = 0;
    }
    return CapabilityBufferLength != 0 && CapabilityBuffer == NULL ? STATUS_INVALID_PARAMETER : STATUS_NOT_IMPLEMENTED;
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceQueryUsbCapability)
