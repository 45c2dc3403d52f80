/* SPDX-License-Identifier: MIT */
/*
 * Selecting a configuration and settings: what makes the pipes.
 */
#include <string.h>

#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/usb_target.h"

static void pipe_dispose(struct object *object)
{
    struct usb_reader *reader = io_target_of(object)->reader;

    if (reader != NULL)
    {
        usb_reader_stop(reader);
    }
    io_target_dispose(object);
    if (reader != NULL)
    {
        usb_reader_close(reader);
    }
}

static void pipe_destroy(struct object *object)
{
    usb_reader_free(io_target_of(object)->reader);
}

static const struct object_class pipe_class = {
    .name = "WDFUSBPIPE",
    .type = OBJECT_USB_PIPE,
    .size = sizeof(struct usb_pipe),
    .passive_dispose = true,
    .dispose = pipe_dispose,
    .destroy = pipe_destroy,
};

void usb_delete_pipes(struct usb_interface *interface)
{
    UCHAR count = interface->pipe_count;

    interface->pipe_count = 0;
    for (UCHAR index = 0; index < count; index++)
    {
        wdfobj_delete(&interface->pipes[index]->target.object);
    }
    if (interface->pipes != NULL)
    {
        platform_free(interface->pipes, interface->pipe_room * sizeof(struct usb_pipe *));
        interface->pipes = NULL;
    }
}

/* The part of an URB that describes one setting. Its size depends on how many pipes there are. */
static size_t information_size(const USB_INTERFACE_DESCRIPTOR *setting)
{
    size_t pipes = setting->bNumEndpoints == 0 ? 1 : setting->bNumEndpoints;

    return sizeof(USBD_INTERFACE_INFORMATION) + (pipes - 1) * sizeof(USBD_PIPE_INFORMATION);
}

static void fill_information(PUSBD_INTERFACE_INFORMATION information, const USB_INTERFACE_DESCRIPTOR *setting)
{
    information->Length = (USHORT)information_size(setting);
    information->InterfaceNumber = setting->bInterfaceNumber;
    information->AlternateSetting = setting->bAlternateSetting;
    information->NumberOfPipes = setting->bNumEndpoints;
    for (ULONG index = 0; index < information->NumberOfPipes; index++)
    {
        information->Pipes[index].MaximumTransferSize = USBD_DEFAULT_MAXIMUM_TRANSFER_SIZE;
    }
}

/* The pipes that the device below has opened, in place of the interface's last ones. */
static NTSTATUS make_pipes(struct usb_interface *interface, PWDF_OBJECT_ATTRIBUTES attributes,
                           const USBD_INTERFACE_INFORMATION *information)
{
    struct usb_device *device = interface->device;

    usb_delete_pipes(interface);
    interface->handle = information->InterfaceHandle;
    interface->setting = information->AlternateSetting;
    interface->pipe_room = (UCHAR)information->NumberOfPipes;
    if (interface->pipe_room == 0)
    {
        return STATUS_SUCCESS;
    }
    interface->pipes = platform_zalloc(interface->pipe_room * sizeof(struct usb_pipe *));
    if (interface->pipes == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    for (UCHAR index = 0; index < interface->pipe_room; index++)
    {
        struct object *object;
        NTSTATUS status =
            wdfobj_create(device->target.object.globals, &pipe_class, attributes, &device->target.object, &object);

        if (!NT_SUCCESS(status))
        {
            usb_delete_pipes(interface);
            return status;
        }
        io_target_make(io_target_of(object), device->target.owner, WdfIoTargetStarted);
        io_target_of(object)->device = device->target.device;
        usb_pipe_of(object)->interface = interface;
        usb_pipe_of(object)->information = information->Pipes[index];
        usb_pipe_of(object)->setting = information->AlternateSetting;
        interface->pipes[interface->pipe_count++] = usb_pipe_of(object);
    }
    return STATUS_SUCCESS;
}

/* Selects the configuration with one setting for each interface, and makes all pipes. */
static NTSTATUS select_settings(struct usb_device *device, PWDF_OBJECT_ATTRIBUTES attributes,
                                const USB_INTERFACE_DESCRIPTOR *const settings[])
{
    size_t size = offsetof(struct _URB_SELECT_CONFIGURATION, Interface);
    struct _URB_SELECT_CONFIGURATION *urb;
    PUSBD_INTERFACE_INFORMATION information;
    NTSTATUS status;

    for (UCHAR index = 0; index < device->interface_count; index++)
    {
        size += information_size(settings[index]);
    }
    if (size > UINT16_MAX)
    {
        return STATUS_INVALID_PARAMETER;
    }
    size = size < sizeof(*urb) ? sizeof(*urb) : size;
    urb = platform_zalloc(size);
    if (urb == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    urb->Hdr.Function = URB_FUNCTION_SELECT_CONFIGURATION;
    urb->Hdr.Length = (USHORT)size;
    urb->ConfigurationDescriptor = device->configuration;
    information = &urb->Interface;
    for (UCHAR index = 0; index < device->interface_count; index++)
    {
        fill_information(information, settings[index]);
        information = (PUSBD_INTERFACE_INFORMATION)((char *)information + information->Length);
    }
    status = usb_send_urb(&device->target, (PURB)urb);
    device->handle = NT_SUCCESS(status) ? urb->ConfigurationHandle : device->handle;
    information = &urb->Interface;
    for (UCHAR index = 0; index < device->interface_count && NT_SUCCESS(status); index++)
    {
        status = make_pipes(device->interfaces[index], attributes, information);
        information = (PUSBD_INTERFACE_INFORMATION)((char *)information + information_size(settings[index]));
    }
    platform_free(urb, size);
    return status;
}

/* Ends the configuration. */
static NTSTATUS deconfigure(struct usb_device *device)
{
    struct _URB_SELECT_CONFIGURATION urb = {.Hdr = {.Function = URB_FUNCTION_SELECT_CONFIGURATION, .Length = sizeof(urb)}};

    for (UCHAR index = 0; index < device->interface_count; index++)
    {
        usb_delete_pipes(device->interfaces[index]);
    }
    device->handle = NULL;
    return usb_send_urb(&device->target, (PURB)&urb);
}

/* The settings that the driver asks for: its pairs, and the first ones of all others. */
static NTSTATUS choose(struct usb_device *device, const WDF_USB_DEVICE_SELECT_CONFIG_PARAMS *params,
                       const USB_INTERFACE_DESCRIPTOR *settings[])
{
    bool pairs = params->Type == WdfUsbTargetDeviceSelectConfigTypeInterfacesPairs;

    if (pairs && (params->Types.MultiInterface.Pairs == NULL ||
                  params->Types.MultiInterface.NumberInterfaces != device->interface_count))
    {
        return STATUS_INVALID_PARAMETER;
    }
    for (UCHAR index = 0; index < device->interface_count; index++)
    {
        settings[index] = usb_find_setting(device, device->interfaces[index]->number, 0);
    }
    for (UCHAR pair = 0; pairs && pair < params->Types.MultiInterface.NumberInterfaces; pair++)
    {
        const WDF_USB_INTERFACE_SETTING_PAIR *asked = &params->Types.MultiInterface.Pairs[pair];
        struct usb_interface *interface = usb_interface_of(
            wdfobj_from_handle(asked->UsbInterface, OBJECT_USB_INTERFACE, "WdfUsbTargetDeviceSelectConfig"));

        for (UCHAR index = 0; index < device->interface_count; index++)
        {
            if (device->interfaces[index] == interface)
            {
                settings[index] = usb_find_setting(device, interface->number, asked->SettingIndex);
            }
        }
    }
    for (UCHAR index = 0; index < device->interface_count; index++)
    {
        if (settings[index] == NULL)
        {
            return STATUS_INVALID_PARAMETER;
        }
    }
    return STATUS_SUCCESS;
}

static void fill_params(struct usb_device *device, PWDF_USB_DEVICE_SELECT_CONFIG_PARAMS params)
{
    if (params->Type == WdfUsbTargetDeviceSelectConfigTypeSingleInterface)
    {
        params->Types.SingleInterface.ConfiguredUsbInterface = wdfobj_handle(&device->interfaces[0]->object);
        params->Types.SingleInterface.NumberConfiguredPipes = device->interfaces[0]->pipe_count;
    }
    else
    {
        params->Types.MultiInterface.NumberOfConfiguredInterfaces = device->interface_count;
    }
}

static NTSTATUS select_config(struct usb_device *device, PWDF_OBJECT_ATTRIBUTES attributes,
                              PWDF_USB_DEVICE_SELECT_CONFIG_PARAMS params)
{
    const USB_INTERFACE_DESCRIPTOR *settings[UINT8_MAX];
    NTSTATUS status;

    if (params->Type == WdfUsbTargetDeviceSelectConfigTypeDeconfig)
    {
        return deconfigure(device);
    }
    if (device->interface_count == 0)
    {
        return STATUS_SUCCESS;
    }
    if (params->Type == WdfUsbTargetDeviceSelectConfigTypeSingleInterface && device->interface_count != 1)
    {
        memset(&params->Types.SingleInterface, 0, sizeof(params->Types.SingleInterface));
        return STATUS_INVALID_PARAMETER;
    }
    status = choose(device, params, settings);
    if (NT_SUCCESS(status))
    {
        status = select_settings(device, attributes, settings);
    }
    if (NT_SUCCESS(status))
    {
        fill_params(device, params);
    }
    return status;
}

/* Selects one setting of one interface. */
static NTSTATUS select_setting(struct usb_interface *interface, PWDF_OBJECT_ATTRIBUTES attributes,
                               const USB_INTERFACE_DESCRIPTOR *setting)
{
    size_t size = offsetof(struct _URB_SELECT_INTERFACE, Interface) + information_size(setting);
    struct _URB_SELECT_INTERFACE *urb = platform_zalloc(size < sizeof(*urb) ? sizeof(*urb) : size);
    NTSTATUS status;

    if (urb == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    usb_delete_pipes(interface);
    urb->Hdr.Function = URB_FUNCTION_SELECT_INTERFACE;
    urb->Hdr.Length = (USHORT)size;
    urb->ConfigurationHandle = interface->device->handle;
    fill_information(&urb->Interface, setting);
    urb->Interface.InterfaceHandle = interface->handle;
    status = usb_send_urb(&interface->device->target, (PURB)urb);
    if (NT_SUCCESS(status))
    {
        status = make_pipes(interface, attributes, &urb->Interface);
    }
    platform_free(urb, size < sizeof(*urb) ? sizeof(*urb) : size);
    return status;
}

/*
 * Entry points. What a driver configures with URBs or descriptors of its own is not supported.
 */
NTSTATUS wdf_kmdf_WdfUsbTargetDeviceSelectConfig(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                 PWDF_OBJECT_ATTRIBUTES PipeAttributes,
                                                 PWDF_USB_DEVICE_SELECT_CONFIG_PARAMS Params)
{
    globals_require(DriverGlobals, Params, "WdfUsbTargetDeviceSelectConfig");
    struct usb_device *device =
        usb_device_of(wdfobj_from_handle(UsbTarget, OBJECT_USB_DEVICE, "WdfUsbTargetDeviceSelectConfig"));
    NTSTATUS status = wdfobj_check_attributes(PipeAttributes, &pipe_class, OBJECT_PARENT_FORBIDDEN);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (Params->Size != sizeof(*Params))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (Params->Type < WdfUsbTargetDeviceSelectConfigTypeDeconfig || Params->Type > WdfUsbTargetDeviceSelectConfigTypeUrb)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (Params->Type == WdfUsbTargetDeviceSelectConfigTypeInterfacesDescriptor ||
        Params->Type == WdfUsbTargetDeviceSelectConfigTypeUrb ||
        (globals_of(DriverGlobals)->user_flavour && Params->Type == WdfUsbTargetDeviceSelectConfigTypeDeconfig))
    {
        return STATUS_NOT_SUPPORTED;
    }
    return select_config(device, PipeAttributes, Params);
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceSelectConfig)

NTSTATUS wdf_kmdf_WdfUsbInterfaceSelectSetting(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBINTERFACE UsbInterface,
                                               PWDF_OBJECT_ATTRIBUTES PipesAttributes,
                                               PWDF_USB_INTERFACE_SELECT_SETTING_PARAMS Params)
{
    globals_require(DriverGlobals, Params, "WdfUsbInterfaceSelectSetting");
    struct usb_interface *interface =
        usb_interface_of(wdfobj_from_handle(UsbInterface, OBJECT_USB_INTERFACE, "WdfUsbInterfaceSelectSetting"));
    const USB_INTERFACE_DESCRIPTOR *setting;
    NTSTATUS status = wdfobj_check_attributes(PipesAttributes, &pipe_class, OBJECT_PARENT_FORBIDDEN);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (Params->Size != sizeof(*Params))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (Params->Type != WdfUsbInterfaceSelectSettingTypeSetting)
    {
        return Params->Type == WdfUsbInterfaceSelectSettingTypeDescriptor ||
                       Params->Type == WdfUsbInterfaceSelectSettingTypeUrb ?
                   STATUS_NOT_SUPPORTED :
                   STATUS_INVALID_PARAMETER;
    }
    setting = usb_find_setting(interface->device, interface->number, Params->Types.Interface.SettingIndex);
    return setting == NULL ? STATUS_INVALID_PARAMETER : select_setting(interface, PipesAttributes, setting);
}
WDF_ENTRY_BOTH(WdfUsbInterfaceSelectSetting)
