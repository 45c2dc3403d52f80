/* SPDX-License-Identifier: MIT */
/*
 * URBs and descriptors that a driver brings itself.
 */
#include "usb_case.h"

#include <usbdlib.h>
#include <usbioctl.h>

#include <string.h>

static WDFUSBINTERFACE interface_0(void)
{
    return WdfUsbTargetDeviceGetInterface(usb, 0);
}

static UCHAR descriptors[48];

/* The configuration of the device, and one of its settings. */
static PUSB_CONFIGURATION_DESCRIPTOR read_descriptors(void)
{
    USHORT length = sizeof(descriptors);

    CHECK_STATUS(WdfUsbTargetDeviceRetrieveConfigDescriptor(usb, descriptors, &length), STATUS_SUCCESS);
    return (PUSB_CONFIGURATION_DESCRIPTOR)descriptors;
}

static PUSB_INTERFACE_DESCRIPTOR setting(unsigned index)
{
    return (PUSB_INTERFACE_DESCRIPTOR)(descriptors + (index == 0 ? 9 : 32));
}

/*
 * Configuration.
 */

static void descriptors_of_the_driver_configure(void)
{
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS params;
    PUSB_CONFIGURATION_DESCRIPTOR configuration;
    PUSB_INTERFACE_DESCRIPTOR settings[2];

    set_up_usb();
    configuration = read_descriptors();
    settings[0] = setting(1);
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_INTERFACES_DESCRIPTORS(&params, configuration, settings, 1);
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_SUCCESS);
    CHECK_EQUAL(usb_below.configured, 1);
    CHECK_EQUAL(WdfUsbInterfaceGetConfiguredSettingIndex(interface_0()), 1);
    CHECK_EQUAL(WdfUsbInterfaceGetNumConfiguredPipes(interface_0()), 1);
    CHECK(WdfUsbTargetDeviceWdmGetConfigurationHandle(usb) == (PVOID)0x200);
    tear_down();
}

static void wrong_descriptors_are_refused(void)
{
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS params;
    PUSB_CONFIGURATION_DESCRIPTOR configuration;
    PUSB_INTERFACE_DESCRIPTOR settings[2];

    set_up_usb();
    configuration = read_descriptors();
    settings[0] = setting(0);
    settings[1] = setting(1);
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_INTERFACES_DESCRIPTORS(&params, configuration, settings, 2);
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_INVALID_PARAMETER);
    params.Types.Descriptor.NumInterfaceDescriptors = 0;
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_INVALID_PARAMETER);
    params.Types.Descriptor.NumInterfaceDescriptors = 1;
    params.Types.Descriptor.ConfigurationDescriptor = NULL;
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_INVALID_PARAMETER);
    params.Types.Descriptor.ConfigurationDescriptor = configuration;
    setting(0)->bInterfaceNumber = 9;
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_INVALID_PARAMETER);
    settings[0] = NULL;
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(usb_below.configured, 0);
    tear_down();
}

/* An URB with one interface of two pipes. */
static struct _URB_SELECT_CONFIGURATION *selection(UCHAR buffer[512])
{
    struct _URB_SELECT_CONFIGURATION *urb = (struct _URB_SELECT_CONFIGURATION *)buffer;
    size_t information = sizeof(USBD_INTERFACE_INFORMATION) + sizeof(USBD_PIPE_INFORMATION);

    memset(buffer, 0, 512);
    urb->Hdr.Function = URB_FUNCTION_SELECT_CONFIGURATION;
    urb->Hdr.Length = (USHORT)(offsetof(struct _URB_SELECT_CONFIGURATION, Interface) + information);
    urb->ConfigurationDescriptor = read_descriptors();
    urb->Interface.Length = (USHORT)information;
    urb->Interface.NumberOfPipes = 2;
    return urb;
}

static void urb_of_the_driver_configures(void)
{
    _Alignas(8) UCHAR buffer[512];
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS params;

    set_up_usb();
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_URB(&params, (PURB)selection(buffer));
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_SUCCESS);
    CHECK_EQUAL(WdfUsbInterfaceGetNumConfiguredPipes(interface_0()), 2);
    CHECK(WdfUsbTargetDeviceWdmGetConfigurationHandle(usb) == (PVOID)0x200);
    selection(buffer)->ConfigurationDescriptor = NULL;
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_INVALID_PARAMETER);
    selection(buffer)->Hdr.Function = URB_FUNCTION_ABORT_PIPE;
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_INVALID_PARAMETER);
    params.Types.Urb.Urb = NULL;
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(usb_below.configured, 1);
    tear_down();
}

static void deconfiguring_ends_the_pipes(void)
{
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS params;

    set_up_usb();
    configure();
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_DECONFIG(&params);
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_SUCCESS);
    CHECK_EQUAL(WdfUsbInterfaceGetNumConfiguredPipes(interface_0()), 0);
    CHECK(WdfUsbTargetDeviceWdmGetConfigurationHandle(usb) == NULL);
    tear_down();
}

static void descriptor_of_the_driver_selects_a_setting(void)
{
    WDF_USB_INTERFACE_SELECT_SETTING_PARAMS params;

    set_up_usb();
    configure();
    (void)read_descriptors();
    WDF_USB_INTERFACE_SELECT_SETTING_PARAMS_INIT_DESCRIPTOR(&params, setting(1));
    CHECK_STATUS(WdfUsbInterfaceSelectSetting(interface_0(), NULL, &params), STATUS_SUCCESS);
    CHECK_EQUAL(WdfUsbInterfaceGetConfiguredSettingIndex(interface_0()), 1);
    setting(1)->bInterfaceNumber = 1;
    CHECK_STATUS(WdfUsbInterfaceSelectSetting(interface_0(), NULL, &params), STATUS_INVALID_PARAMETER);
    params.Types.Descriptor.InterfaceDescriptor = NULL;
    CHECK_STATUS(WdfUsbInterfaceSelectSetting(interface_0(), NULL, &params), STATUS_INVALID_PARAMETER);
    tear_down();
}

static void urb_of_the_driver_selects_a_setting(void)
{
    struct _URB_SELECT_INTERFACE urb = {0};
    WDF_USB_INTERFACE_SELECT_SETTING_PARAMS params;

    set_up_usb();
    configure();
    urb.Hdr.Function = URB_FUNCTION_SELECT_INTERFACE;
    urb.Hdr.Length = sizeof(urb);
    urb.Interface.Length = sizeof(urb.Interface);
    urb.Interface.AlternateSetting = 1;
    urb.Interface.NumberOfPipes = 1;
    WDF_USB_INTERFACE_SELECT_SETTING_PARAMS_INIT_URB(&params, (PURB)&urb);
    CHECK_STATUS(WdfUsbInterfaceSelectSetting(interface_0(), NULL, &params), STATUS_SUCCESS);
    CHECK_EQUAL(usb_below.settings_selected, 1);
    CHECK_EQUAL(WdfUsbInterfaceGetNumConfiguredPipes(interface_0()), 1);
    urb.Interface.NumberOfPipes = 2;
    CHECK_STATUS(WdfUsbInterfaceSelectSetting(interface_0(), NULL, &params), STATUS_INVALID_PARAMETER);
    urb.Interface.NumberOfPipes = 1;
    urb.Interface.InterfaceNumber = 3;
    CHECK_STATUS(WdfUsbInterfaceSelectSetting(interface_0(), NULL, &params), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(usb_below.settings_selected, 1);
    tear_down();
}

/*
 * URBs of the driver.
 */

static void fill_read(PURB urb, PVOID buffer, ULONG length)
{
    urb->UrbHeader.Function = URB_FUNCTION_BULK_OR_INTERRUPT_TRANSFER;
    urb->UrbHeader.Length = sizeof(struct _URB_BULK_OR_INTERRUPT_TRANSFER);
    urb->UrbBulkOrInterruptTransfer.PipeHandle = WdfUsbTargetPipeWdmGetPipeHandle(in_pipe);
    urb->UrbBulkOrInterruptTransfer.TransferFlags = USBD_TRANSFER_DIRECTION_IN | USBD_SHORT_TRANSFER_OK;
    urb->UrbBulkOrInterruptTransfer.TransferBuffer = buffer;
    urb->UrbBulkOrInterruptTransfer.TransferBufferLength = length;
}

static void urb_is_sent_and_waited_for(void)
{
    UCHAR buffer[64] = {0};
    URB urb = {0};

    set_up_usb();
    configure();
    usb_below.bytes = 9;
    fill_read(&urb, buffer, sizeof(buffer));
    CHECK_STATUS(WdfUsbTargetPipeSendUrbSynchronously(in_pipe, NULL, NULL, &urb), STATUS_SUCCESS);
    CHECK_EQUAL(urb.UrbBulkOrInterruptTransfer.TransferBufferLength, 9);
    CHECK_EQUAL(buffer[8], 0x5A);
    fill_read(&urb, buffer, sizeof(buffer));
    usb_below.status = STATUS_DEVICE_DATA_ERROR;
    CHECK_STATUS(WdfUsbTargetDeviceSendUrbSynchronously(usb, NULL, NULL, &urb), STATUS_DEVICE_DATA_ERROR);
    CHECK_EQUAL((ULONG)urb.UrbHeader.Status, 0xC0000004);
    tear_down();
}

static WDF_USB_REQUEST_COMPLETION_PARAMS seen;

static VOID note_usb(WDFREQUEST request, WDFIOTARGET target, PWDF_REQUEST_COMPLETION_PARAMS params, WDFCONTEXT context)
{
    note_end(request, target, params, context);
    seen = *params->Parameters.Usb.Completion;
}

static void urb_in_a_memory_object_is_formatted(void)
{
    WDFMEMORY_OFFSET offset = {.BufferOffset = sizeof(URB) - 4, .BufferLength = 4};
    UCHAR buffer[64] = {0};
    WDFREQUEST request;
    WDFMEMORY memory;
    PURB urb;

    set_up_usb();
    configure();
    usb_below.bytes = 5;
    CHECK_STATUS(WdfUsbTargetDeviceCreateUrb(usb, NULL, &memory, &urb), STATUS_SUCCESS);
    fill_read(urb, buffer, sizeof(buffer));
    request = make_request();
    CHECK_STATUS(WdfUsbTargetPipeFormatRequestForUrb(in_pipe, request, memory, NULL), STATUS_SUCCESS);
    WdfRequestSetCompletionRoutine(request, note_usb, NULL);
    CHECK(WdfRequestSend(request, WdfUsbTargetPipeGetIoTarget(in_pipe), WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(seen.Type, WdfUsbRequestTypePipeUrb);
    CHECK(seen.Parameters.PipeUrb.Buffer == memory);
    CHECK_EQUAL(urb->UrbBulkOrInterruptTransfer.TransferBufferLength, 5);
    reuse(request);
    fill_read(urb, buffer, sizeof(buffer));
    CHECK_STATUS(WdfUsbTargetDeviceFormatRequestForUrb(usb, request, memory, NULL), STATUS_SUCCESS);
    WdfRequestSetCompletionRoutine(request, note_usb, NULL);
    CHECK(WdfRequestSend(request, WdfUsbTargetDeviceGetIoTarget(usb), WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(seen.Type, WdfUsbRequestTypeDeviceUrb);
    CHECK(seen.Parameters.DeviceUrb.Buffer == memory);
    reuse(request);
    CHECK_STATUS(WdfUsbTargetDeviceFormatRequestForUrb(usb, request, memory, &offset), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_INVALID_PARAMETER);
    WdfObjectDelete(request);
    tear_down();
}

static void urb_is_zeroed_and_belongs_to_its_device(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFMEMORY memory;
    size_t size;
    PURB urb;

    set_up_usb();
    configure();
    CHECK_STATUS(WdfUsbTargetDeviceCreateUrb(usb, NULL, &memory, &urb), STATUS_SUCCESS);
    CHECK(WdfMemoryGetBuffer(memory, &size) == urb);
    CHECK_EQUAL(size, sizeof(URB));
    CHECK_EQUAL(urb->UrbHeader.Length, 0);
    CHECK_STATUS(WdfUsbTargetDeviceCreateIsochUrb(usb, NULL, 8, &memory, NULL), STATUS_SUCCESS);
    (void)WdfMemoryGetBuffer(memory, &size);
    CHECK(size >= GET_ISO_URB_SIZE(8));
    CHECK_STATUS(WdfUsbTargetDeviceCreateIsochUrb(usb, NULL, 0, &memory, NULL), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfUsbTargetDeviceCreateIsochUrb(usb, NULL, 0xFFFFFFFF, &memory, NULL), STATUS_INVALID_PARAMETER);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = in_pipe;
    CHECK_STATUS(WdfUsbTargetDeviceCreateUrb(usb, &attributes, &memory, NULL), STATUS_SUCCESS);
    attributes.ParentObject = test.device;
    CHECK_STATUS(WdfUsbTargetDeviceCreateUrb(usb, &attributes, &memory, NULL), STATUS_INVALID_DEVICE_REQUEST);
    CHECK(memory == NULL);
    tear_down();
}

/*
 * The port and the bus.
 */

static void cycling_the_port_is_a_request(void)
{
    WDFREQUEST request;

    set_up_usb();
    request = make_request();
    CHECK_STATUS(WdfUsbTargetDeviceFormatRequestForCyclePort(usb, request), STATUS_SUCCESS);
    WdfRequestSetCompletionRoutine(request, note_usb, NULL);
    CHECK(WdfRequestSend(request, WdfUsbTargetDeviceGetIoTarget(usb), WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(usb_below.port_cycles, 1);
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_SUCCESS);
    CHECK_STATUS(WdfUsbTargetDeviceCyclePortSynchronously(usb), STATUS_SUCCESS);
    CHECK_EQUAL(usb_below.port_cycles, 2);
    WdfObjectDelete(request);
    tear_down();
}

static void connection_is_that_of_the_port(void)
{
    set_up_usb();
    CHECK_STATUS(WdfUsbTargetDeviceIsConnectedSynchronous(usb), STATUS_SUCCESS);
    usb_below.port = 0;
    CHECK(!NT_SUCCESS(WdfUsbTargetDeviceIsConnectedSynchronous(usb)));
    tear_down();
}

static void frame_number_is_that_of_the_bus(void)
{
    WDFUSBDEVICE second;
    ULONG frame = 0;

    set_up_usb();
    CHECK_STATUS(WdfUsbTargetDeviceRetrieveCurrentFrameNumber(usb, &frame), STATUS_NOT_SUPPORTED);
    usb_below.bus_version = 0;
    CHECK_STATUS(WdfUsbTargetDeviceCreate(test.device, NULL, &second), STATUS_SUCCESS);
    CHECK_STATUS(WdfUsbTargetDeviceRetrieveCurrentFrameNumber(second, &frame), STATUS_SUCCESS);
    CHECK_EQUAL(frame, 1234);
    tear_down();
}

/*
 * Allocations.
 */

static void try_everything(void)
{
    _Alignas(8) UCHAR buffer[512];
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS params;
    WDFREQUEST request;
    WDFMEMORY memory;
    NTSTATUS status;

    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_URB(&params, (PURB)selection(buffer));
    status = WdfUsbTargetDeviceSelectConfig(usb, NULL, &params);
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    status = WdfUsbTargetDeviceCreateUrb(usb, NULL, &memory, NULL);
    if (NT_SUCCESS(status))
    {
        status = WdfRequestCreate(NULL, test.target, &request);
        if (NT_SUCCESS(status))
        {
            status = WdfUsbTargetDeviceFormatRequestForUrb(usb, request, memory, NULL);
            CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
            status = WdfUsbTargetDeviceFormatRequestForString(usb, request, memory, NULL, 1, 0);
            CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
            status = WdfUsbTargetDeviceFormatRequestForCyclePort(usb, request);
            WdfObjectDelete(request);
        }
        WdfObjectDelete(memory);
    }
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
}

static void urbs_survive_every_failed_allocation(void)
{
    set_up_usb();
    nt_fail_each_allocation(try_everything);
    tear_down();
}

const struct nt_case nt_cases[] = {
    CASE(descriptors_of_the_driver_configure),
    CASE(wrong_descriptors_are_refused),
    CASE(urb_of_the_driver_configures),
    CASE(deconfiguring_ends_the_pipes),
    CASE(descriptor_of_the_driver_selects_a_setting),
    CASE(urb_of_the_driver_selects_a_setting),
    CASE(urb_is_sent_and_waited_for),
    CASE(urb_in_a_memory_object_is_formatted),
    CASE(urb_is_zeroed_and_belongs_to_its_device),
    CASE(cycling_the_port_is_a_request),
    CASE(connection_is_that_of_the_port),
    CASE(frame_number_is_that_of_the_bus),
    CASE(urbs_survive_every_failed_allocation),
    CASES_END,
};
