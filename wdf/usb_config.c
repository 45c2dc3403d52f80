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
        struct object *object =
            wdfobj_allocate(device->target.object.globals, &pipe_class, attributes, &device->target.object);
        NTSTATUS status;

        if (object == NULL)
        {
            usb_delete_pipes(interface);
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        io_target_make(io_target_of(object), device->target.owner, WdfIoTargetStarted);
        io_target_set_device(io_target_of(object), device->target.device);
        usb_pipe_of(object)->interface = interface;
        usb_pipe_of(object)->information = information->Pipes[index];
        usb_pipe_of(object)->setting = information->AlternateSetting;
        status = wdfobj_publish(object, &device->target.object, NULL);
        if (!NT_SUCCESS(status))
        {
            usb_delete_pipes(interface);
            return status;
        }
        interface->pipes[interface->pipe_count++] = usb_pipe_of(object);
    }
    return STATUS_SUCCESS;
}

/* The interface that a part of an URB is about; NULL when the device has none of that number. */
static struct usb_interface *find_interface(const struct usb_device *device, UCHAR number)
{
    for (UCHAR index = 0; index < device->interface_count; index++)
    {
        if (device->interfaces[index]->number == number)
        {
            return device->interfaces[index];
        }
    }
    return NULL;
}

/* A part of an URB, with all its pipes, inside of what is left. */
static bool is_whole(const USBD_INTERFACE_INFORMATION *information, size_t left)
{
    size_t head = offsetof(USBD_INTERFACE_INFORMATION, Pipes);

    return left >= head && information->Length >= head && information->Length <= left &&
           information->NumberOfPipes <= (information->Length - head) / sizeof(USBD_PIPE_INFORMATION) &&
           information->NumberOfPipes <= UINT8_MAX;
}

/* Sends the URB and makes the pipes of all interfaces that it selects. Size is that of the URB up to its last interface. */
static NTSTATUS send_selection(struct usb_device *device, PWDF_OBJECT_ATTRIBUTES attributes,
                               struct _URB_SELECT_CONFIGURATION *urb, size_t size)
{
    PUSBD_INTERFACE_INFORMATION information = &urb->Interface;
    size_t offset = offsetof(struct _URB_SELECT_CONFIGURATION, Interface);
    NTSTATUS status = usb_send_urb(&device->target, (PURB)urb);

    device->handle = NT_SUCCESS(status) ? urb->ConfigurationHandle : device->handle;
    while (NT_SUCCESS(status) && offset < size && is_whole(information, size - offset))
    {
        struct usb_interface *interface = find_interface(device, information->InterfaceNumber);

        status = interface == NULL ? STATUS_SUCCESS : make_pipes(interface, attributes, information);
        offset += information->Length;
        information = (PUSBD_INTERFACE_INFORMATION)((char *)information + information->Length);
    }
    return status;
}

/* Selects the configuration with a setting for each interface, NULL for those to leave out, and makes all pipes. */
static NTSTATUS select_settings(struct usb_device *device, PWDF_OBJECT_ATTRIBUTES attributes,
                                PUSB_CONFIGURATION_DESCRIPTOR configuration,
                                const USB_INTERFACE_DESCRIPTOR *const settings[])
{
    size_t size = offsetof(struct _URB_SELECT_CONFIGURATION, Interface);
    struct _URB_SELECT_CONFIGURATION *urb;
    PUSBD_INTERFACE_INFORMATION information;
    NTSTATUS status;

    size_t allocated;

    for (UCHAR index = 0; index < device->interface_count; index++)
    {
        size += settings[index] == NULL ? 0 : information_size(settings[index]);
    }
    if (size > UINT16_MAX)
    {
        return STATUS_INVALID_PARAMETER;
    }
    allocated = size < sizeof(*urb) ? sizeof(*urb) : size;
    urb = platform_zalloc(allocated);
    if (urb == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    urb->Hdr.Function = URB_FUNCTION_SELECT_CONFIGURATION;
    urb->Hdr.Length = (USHORT)allocated;
    urb->ConfigurationDescriptor = configuration;
    information = &urb->Interface;
    for (UCHAR index = 0; index < device->interface_count; index++)
    {
        if (settings[index] != NULL)
        {
            fill_information(information, settings[index]);
            information = (PUSBD_INTERFACE_INFORMATION)((char *)information + information->Length);
        }
    }
    status = send_selection(device, attributes, urb, size);
    platform_free(urb, allocated);
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

/* The driver's own configuration descriptor, with the settings that it names. */
static NTSTATUS select_descriptors(struct usb_device *device, PWDF_OBJECT_ATTRIBUTES attributes,
                                   const WDF_USB_DEVICE_SELECT_CONFIG_PARAMS *params)
{
    PUSB_INTERFACE_DESCRIPTOR *descriptors = params->Types.Descriptor.InterfaceDescriptors;
    const USB_INTERFACE_DESCRIPTOR *settings[UINT8_MAX] = {NULL};
    ULONG count = params->Types.Descriptor.NumInterfaceDescriptors;

    if (params->Types.Descriptor.ConfigurationDescriptor == NULL || descriptors == NULL || count == 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    for (ULONG asked = 0; asked < count; asked++)
    {
        struct usb_interface *interface =
            descriptors[asked] == NULL ? NULL : find_interface(device, descriptors[asked]->bInterfaceNumber);
        UCHAR index = 0;

        while (interface != NULL && device->interfaces[index] != interface)
        {
            index++;
        }
        if (interface == NULL || settings[index] != NULL)
        {
            return STATUS_INVALID_PARAMETER;
        }
        settings[index] = descriptors[asked];
    }
    return select_settings(device, attributes, params->Types.Descriptor.ConfigurationDescriptor, settings);
}

/* The driver's own URB. To end a configuration there is another type. */
static NTSTATUS select_urb(struct usb_device *device, PWDF_OBJECT_ATTRIBUTES attributes, PURB urb)
{
    size_t head = offsetof(struct _URB_SELECT_CONFIGURATION, Interface);

    if (urb == NULL || urb->UrbHeader.Function != URB_FUNCTION_SELECT_CONFIGURATION || urb->UrbHeader.Length < head ||
        urb->UrbSelectConfiguration.ConfigurationDescriptor == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return send_selection(device, attributes, &urb->UrbSelectConfiguration, urb->UrbHeader.Length);
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
    if (params->Type == WdfUsbTargetDeviceSelectConfigTypeInterfacesDescriptor)
    {
        return select_descriptors(device, attributes, params);
    }
    if (params->Type == WdfUsbTargetDeviceSelectConfigTypeUrb)
    {
        return select_urb(device, attributes, params->Types.Urb.Urb);
    }
    if (params->Type == WdfUsbTargetDeviceSelectConfigTypeSingleInterface && device->interface_count != 1)
    {
        memset(&params->Types.SingleInterface, 0, sizeof(params->Types.SingleInterface));
        return STATUS_INVALID_PARAMETER;
    }
    status = choose(device, params, settings);
    if (NT_SUCCESS(status))
    {
        status = select_settings(device, attributes, device->configuration, settings);
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

/* The driver's own URB for this interface. */
static NTSTATUS select_setting_urb(struct usb_interface *interface, PWDF_OBJECT_ATTRIBUTES attributes, PURB urb)
{
    size_t head = offsetof(struct _URB_SELECT_INTERFACE, Interface);
    NTSTATUS status;

    if (urb == NULL || urb->UrbHeader.Function != URB_FUNCTION_SELECT_INTERFACE || urb->UrbHeader.Length < head ||
        !is_whole(&urb->UrbSelectInterface.Interface, urb->UrbHeader.Length - head) ||
        urb->UrbSelectInterface.Interface.InterfaceNumber != interface->number)
    {
        return STATUS_INVALID_PARAMETER;
    }
    usb_delete_pipes(interface);
    status = usb_send_urb(&interface->device->target, urb);
    return NT_SUCCESS(status) ? make_pipes(interface, attributes, &urb->UrbSelectInterface.Interface) : status;
}

/* The setting that the parameters name; NULL for none of this interface. */
static const USB_INTERFACE_DESCRIPTOR *asked_setting(const struct usb_interface *interface,
                                                     const WDF_USB_INTERFACE_SELECT_SETTING_PARAMS *params)
{
    const USB_INTERFACE_DESCRIPTOR *setting;

    if (params->Type == WdfUsbInterfaceSelectSettingTypeSetting)
    {
        return usb_find_setting(interface->device, interface->number, params->Types.Interface.SettingIndex);
    }
    setting = params->Types.Descriptor.InterfaceDescriptor;
    return setting != NULL && setting->bInterfaceNumber == interface->number ? setting : NULL;
}

/*
 * Entry points. The user flavour configures neither with URBs nor with descriptors of its own.
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
    if (globals_of(DriverGlobals)->user_flavour && (Params->Type == WdfUsbTargetDeviceSelectConfigTypeInterfacesDescriptor ||
                                                    Params->Type == WdfUsbTargetDeviceSelectConfigTypeUrb ||
                                                    Params->Type == WdfUsbTargetDeviceSelectConfigTypeDeconfig))
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
    if (Params->Type < WdfUsbInterfaceSelectSettingTypeDescriptor || Params->Type > WdfUsbInterfaceSelectSettingTypeUrb)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (globals_of(DriverGlobals)->user_flavour && Params->Type != WdfUsbInterfaceSelectSettingTypeSetting)
    {
        return STATUS_NOT_SUPPORTED;
    }
    if (Params->Type == WdfUsbInterfaceSelectSettingTypeUrb)
    {
        return select_setting_urb(interface, PipesAttributes, Params->Types.Urb.Urb);
    }
    setting = asked_setting(interface, Params);
    return setting == NULL ? STATUS_INVALID_PARAMETER : select_setting(interface, PipesAttributes, setting);
}
WDF_ENTRY_BOTH(WdfUsbInterfaceSelectSetting)

USBD_CONFIGURATION_HANDLE wdf_kmdf_WdfUsbTargetDeviceWdmGetConfigurationHandle(PWDF_DRIVER_GLOBALS DriverGlobals,
                                                                               WDFUSBDEVICE UsbTarget)
{
    return usb_device_of(wdfobj_from_handle(UsbTarget, OBJECT_USB_DEVICE, "WdfUsbTargetDeviceWdmGetConfigurationHandle"))
        ->handle;
}
