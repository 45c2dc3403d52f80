/* SPDX-License-Identifier: MIT */
/*
 * WDFUSBINTERFACE: the configuration's descriptors, its interfaces and their settings.
 */
#include <string.h>

#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/usb_target.h"

/* The next descriptor of a type behind another one, NULL for none. Descriptors that do not fit end the walk. */
static void *next_descriptor(const struct usb_device *device, const void *after, UCHAR type)
{
    const UCHAR *begin = (const UCHAR *)device->configuration;
    size_t position = after == NULL ? 0 : (size_t)((const UCHAR *)after - begin) + ((const UCHAR *)after)[0];

    while (position + 2 <= device->configuration_size && begin[position] >= 2 &&
           begin[position] <= device->configuration_size - position)
    {
        if (begin[position + 1] == type)
        {
            return (void *)(uintptr_t)&begin[position];
        }
        position += begin[position];
    }
    return NULL;
}

static PUSB_INTERFACE_DESCRIPTOR next_setting(const struct usb_device *device, const USB_INTERFACE_DESCRIPTOR *after)
{
    PUSB_INTERFACE_DESCRIPTOR found = next_descriptor(device, after, USB_INTERFACE_DESCRIPTOR_TYPE);

    return found == NULL || found->bLength < sizeof(*found) ? NULL : found;
}

PUSB_INTERFACE_DESCRIPTOR usb_find_setting(const struct usb_device *device, UCHAR number, UCHAR setting)
{
    PUSB_INTERFACE_DESCRIPTOR found = next_setting(device, NULL);

    while (found != NULL && (found->bInterfaceNumber != number || found->bAlternateSetting != setting))
    {
        found = next_setting(device, found);
    }
    return found;
}

PUSB_ENDPOINT_DESCRIPTOR usb_find_endpoint(const struct usb_device *device, const USB_INTERFACE_DESCRIPTOR *setting,
                                           UCHAR index)
{
    const USB_INTERFACE_DESCRIPTOR *following = next_setting(device, setting);
    PUSB_ENDPOINT_DESCRIPTOR found = next_descriptor(device, setting, USB_ENDPOINT_DESCRIPTOR_TYPE);

    while (found != NULL && index != 0)
    {
        found = next_descriptor(device, found, USB_ENDPOINT_DESCRIPTOR_TYPE);
        index--;
    }
    if (found == NULL || found->bLength < sizeof(*found) || (following != NULL && (void *)found > (const void *)following))
    {
        return NULL;
    }
    return found;
}

/*
 * The objects.
 */

/* The pipes themselves go with the device target. */
static void interface_destroy(struct object *object)
{
    struct usb_interface *interface = usb_interface_of(object);

    if (interface->pipes != NULL)
    {
        platform_free(interface->pipes, interface->pipe_room * sizeof(struct usb_pipe *));
    }
}

static const struct object_class interface_class = {
    .name = "WDFUSBINTERFACE",
    .type = OBJECT_USB_INTERFACE,
    .size = sizeof(struct usb_interface),
    .destroy = interface_destroy,
};

static struct usb_interface *interface_from(WDFUSBINTERFACE handle, const char *function)
{
    return usb_interface_of(wdfobj_from_handle(handle, OBJECT_USB_INTERFACE, function));
}

static UCHAR count_settings(const struct usb_device *device, UCHAR number)
{
    UCHAR count = 0;

    while (usb_find_setting(device, number, count) != NULL)
    {
        count++;
    }
    return count;
}

/* Each setting has the endpoints that it says. */
static bool is_consistent(const struct usb_device *device)
{
    for (const USB_INTERFACE_DESCRIPTOR *setting = next_setting(device, NULL); setting != NULL;
         setting = next_setting(device, setting))
    {
        if (setting->bNumEndpoints != 0 && usb_find_endpoint(device, setting, (UCHAR)(setting->bNumEndpoints - 1)) == NULL)
        {
            return false;
        }
    }
    return true;
}

NTSTATUS usb_make_interfaces(struct usb_device *device)
{
    UCHAR count = device->configuration->bNumInterfaces;
    const USB_INTERFACE_DESCRIPTOR *setting = next_setting(device, NULL);

    if (!is_consistent(device))
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    device->interfaces = count == 0 ? NULL : platform_zalloc(count * sizeof(struct usb_interface *));
    if (count != 0 && device->interfaces == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    for (; setting != NULL && device->interface_count < count; setting = next_setting(device, setting))
    {
        struct object *object;
        NTSTATUS status;

        if (setting->bAlternateSetting != 0)
        {
            continue;
        }
        object = wdfobj_allocate(device->target.object.globals, &interface_class, NULL, &device->target.object);
        if (object == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        usb_interface_of(object)->device = device;
        usb_interface_of(object)->number = setting->bInterfaceNumber;
        usb_interface_of(object)->setting_count = count_settings(device, setting->bInterfaceNumber);
        status = wdfobj_publish(object, &device->target.object, NULL);
        if (!NT_SUCCESS(status))
        {
            return status;
        }
        device->interfaces[device->interface_count++] = usb_interface_of(object);
    }
    return device->interface_count == count ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_REQUEST;
}

static WDF_USB_PIPE_TYPE type_of_endpoint(const USB_ENDPOINT_DESCRIPTOR *endpoint)
{
    static const WDF_USB_PIPE_TYPE types[] = {WdfUsbPipeTypeControl, WdfUsbPipeTypeIsochronous, WdfUsbPipeTypeBulk,
                                              WdfUsbPipeTypeInterrupt};

    return types[endpoint->bmAttributes & USB_ENDPOINT_TYPE_MASK];
}

/*
 * Entry points.
 */
BYTE wdf_kmdf_WdfUsbInterfaceGetInterfaceNumber(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBINTERFACE UsbInterface)
{
    return interface_from(UsbInterface, "WdfUsbInterfaceGetInterfaceNumber")->number;
}
WDF_ENTRY_BOTH(WdfUsbInterfaceGetInterfaceNumber)

BYTE wdf_kmdf_WdfUsbInterfaceGetNumEndpoints(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBINTERFACE UsbInterface,
                                             UCHAR SettingIndex)
{
    struct usb_interface *interface = interface_from(UsbInterface, "WdfUsbInterfaceGetNumEndpoints");
    const USB_INTERFACE_DESCRIPTOR *setting = usb_find_setting(interface->device, interface->number, SettingIndex);

    return setting == NULL ? 0 : setting->bNumEndpoints;
}
WDF_ENTRY_BOTH(WdfUsbInterfaceGetNumEndpoints)

VOID wdf_kmdf_WdfUsbInterfaceGetDescriptor(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBINTERFACE UsbInterface,
                                           UCHAR SettingIndex, PUSB_INTERFACE_DESCRIPTOR InterfaceDescriptor)
{
    globals_require(DriverGlobals, InterfaceDescriptor, "WdfUsbInterfaceGetDescriptor");
    struct usb_interface *interface = interface_from(UsbInterface, "WdfUsbInterfaceGetDescriptor");
    const USB_INTERFACE_DESCRIPTOR *setting = usb_find_setting(interface->device, interface->number, SettingIndex);

    memset(InterfaceDescriptor, 0, sizeof(*InterfaceDescriptor));
    if (setting != NULL)
    {
        *InterfaceDescriptor = *setting;
    }
}
WDF_ENTRY_BOTH(WdfUsbInterfaceGetDescriptor)

VOID wdf_kmdf_WdfUsbInterfaceGetEndpointInformation(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBINTERFACE UsbInterface,
                                                    UCHAR SettingIndex, UCHAR EndpointIndex,
                                                    PWDF_USB_PIPE_INFORMATION EndpointInfo)
{
    globals_require(DriverGlobals, EndpointInfo, "WdfUsbInterfaceGetEndpointInformation");
    struct usb_interface *interface = interface_from(UsbInterface, "WdfUsbInterfaceGetEndpointInformation");
    const USB_INTERFACE_DESCRIPTOR *setting = usb_find_setting(interface->device, interface->number, SettingIndex);
    const USB_ENDPOINT_DESCRIPTOR *endpoint =
        setting == NULL ? NULL : usb_find_endpoint(interface->device, setting, EndpointIndex);

    if (EndpointInfo->Size != sizeof(*EndpointInfo))
    {
        globals_break(globals_of(DriverGlobals), "WdfUsbInterfaceGetEndpointInformation: Size is %u, expected %zu",
                      EndpointInfo->Size, sizeof(*EndpointInfo));
        return;
    }
    *EndpointInfo = (WDF_USB_PIPE_INFORMATION){.Size = sizeof(*EndpointInfo)};
    if (endpoint != NULL && EndpointIndex < setting->bNumEndpoints)
    {
        EndpointInfo->MaximumPacketSize = endpoint->wMaxPacketSize & 0x7FF;
        EndpointInfo->EndpointAddress = endpoint->bEndpointAddress;
        EndpointInfo->Interval = endpoint->bInterval;
        EndpointInfo->SettingIndex = SettingIndex;
        EndpointInfo->PipeType = type_of_endpoint(endpoint);
        EndpointInfo->MaximumTransferSize = USBD_DEFAULT_MAXIMUM_TRANSFER_SIZE;
    }
}
WDF_ENTRY_BOTH(WdfUsbInterfaceGetEndpointInformation)

BYTE wdf_kmdf_WdfUsbInterfaceGetConfiguredSettingIndex(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBINTERFACE Interface)
{
    return interface_from(Interface, "WdfUsbInterfaceGetConfiguredSettingIndex")->setting;
}
WDF_ENTRY_BOTH(WdfUsbInterfaceGetConfiguredSettingIndex)

BYTE wdf_kmdf_WdfUsbInterfaceGetNumSettings(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBINTERFACE UsbInterface)
{
    return interface_from(UsbInterface, "WdfUsbInterfaceGetNumSettings")->setting_count;
}
WDF_ENTRY_BOTH(WdfUsbInterfaceGetNumSettings)
