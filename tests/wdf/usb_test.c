/* SPDX-License-Identifier: MIT */
/*
 * USB targets: descriptors, configuration, control and bulk transfers, pipes.
 */
#include "usb_case.h"

#include <string.h>

/*
 * The device.
 */

static void device_has_the_descriptors_of_the_device_below(void)
{
    USB_DEVICE_DESCRIPTOR descriptor;
    UCHAR buffer[48];
    USHORT length = 0;

    set_up_usb();
    WdfUsbTargetDeviceGetDeviceDescriptor(usb, &descriptor);
    CHECK_EQUAL(descriptor.idVendor, 0x1209);
    CHECK_STATUS(WdfUsbTargetDeviceRetrieveConfigDescriptor(usb, NULL, &length), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(length, 48);
    length = 10;
    memset(buffer, 0xEE, sizeof(buffer));
    CHECK_STATUS(WdfUsbTargetDeviceRetrieveConfigDescriptor(usb, buffer, &length), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(buffer[9], 9);
    CHECK_EQUAL(buffer[10], 0xEE);
    length = sizeof(buffer);
    CHECK_STATUS(WdfUsbTargetDeviceRetrieveConfigDescriptor(usb, buffer, &length), STATUS_SUCCESS);
    CHECK_EQUAL(WdfUsbTargetDeviceGetNumInterfaces(usb), 1);
    CHECK(WdfUsbTargetDeviceGetInterface(usb, 1) == NULL);
    tear_down();
}

static void device_that_contradicts_itself_is_refused(void)
{
    WDF_USB_DEVICE_CREATE_CONFIG config;
    WDFUSBDEVICE second;

    set_up_usb();
    usb_below.inconsistent = true;
    CHECK_STATUS(WdfUsbTargetDeviceCreate(test.device, WDF_NO_OBJECT_ATTRIBUTES, &second), STATUS_INVALID_DEVICE_REQUEST);
    CHECK(second == NULL);
    WDF_USB_DEVICE_CREATE_CONFIG_INIT(&config, 0x602);
    config.Size--;
    CHECK_STATUS(WdfUsbTargetDeviceCreateWithParameters(test.device, &config, WDF_NO_OBJECT_ATTRIBUTES, &second),
                 STATUS_INFO_LENGTH_MISMATCH);
    tear_down();
}

static void strings_have_no_terminator_in_their_count(void)
{
    WDFMEMORY memory;
    USHORT count;

    set_up_usb();
    CHECK_STATUS(WdfUsbTargetDeviceAllocAndQueryString(usb, WDF_NO_OBJECT_ATTRIBUTES, &memory, &count, 1, 0x409),
                 STATUS_SUCCESS);
    CHECK_EQUAL(count, 3);
    CHECK(memcmp(WdfMemoryGetBuffer(memory, NULL), L"DMF", 8) == 0);
    WdfObjectDelete(memory);
    CHECK(!NT_SUCCESS(WdfUsbTargetDeviceAllocAndQueryString(usb, WDF_NO_OBJECT_ATTRIBUTES, &memory, &count, 2, 0x409)));
    tear_down();
}

static void string_is_read_into_a_buffer(void)
{
    USHORT string[8] = {0};
    USHORT count = 0;

    set_up_usb();
    CHECK_STATUS(WdfUsbTargetDeviceQueryString(usb, NULL, NULL, NULL, &count, 1, 0x409), STATUS_SUCCESS);
    CHECK_EQUAL(count, 3);
    count = 2;
    CHECK_STATUS(WdfUsbTargetDeviceQueryString(usb, NULL, NULL, string, &count, 1, 0x409), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(count, 3);
    CHECK_EQUAL(string[1], 'M');
    CHECK_EQUAL(string[2], 0);
    count = 8;
    CHECK_STATUS(WdfUsbTargetDeviceQueryString(usb, NULL, NULL, string, &count, 1, 0x409), STATUS_SUCCESS);
    CHECK_EQUAL(count, 3);
    CHECK(memcmp(string, L"DMF", 8) == 0);
    CHECK(!NT_SUCCESS(WdfUsbTargetDeviceQueryString(usb, NULL, NULL, string, &count, 2, 0x409)));
    tear_down();
}

static void string_of_a_request_of_the_driver_leaves_it_to_be_reused(void)
{
    WDFREQUEST request;
    USHORT count = 0;

    set_up_usb();
    request = make_request();
    for (unsigned round = 0; round < 2; round++)
    {
        CHECK_STATUS(WdfUsbTargetDeviceQueryString(usb, request, NULL, NULL, &count, 1, 0), STATUS_SUCCESS);
        CHECK_EQUAL(count, 3);
        reuse(request);
    }
    WdfObjectDelete(request);
    tear_down();
}

static void what_the_bus_says_is_information(void)
{
    WDF_USB_DEVICE_INFORMATION information;
    WDFUSBDEVICE second;

    set_up_usb();
    WDF_USB_DEVICE_INFORMATION_INIT(&information);
    CHECK_STATUS(WdfUsbTargetDeviceRetrieveInformation(usb, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information.Traits, 0);
    CHECK_EQUAL(information.HcdPortCapabilities, 0);
    usb_below.bus_version = 1;
    CHECK_STATUS(WdfUsbTargetDeviceCreate(test.device, WDF_NO_OBJECT_ATTRIBUTES, &second), STATUS_SUCCESS);
    CHECK_STATUS(WdfUsbTargetDeviceRetrieveInformation(second, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information.Traits, WDF_USB_DEVICE_TRAIT_AT_HIGH_SPEED);
    CHECK_EQUAL(information.UsbdVersionInformation.USBDI_Version, 0x600);
    CHECK_EQUAL(information.HcdPortCapabilities, 1);
    CHECK_EQUAL(usb_below.bus_taken, 1);
    WdfObjectDelete(second);
    CHECK_EQUAL(usb_below.bus_given_back, 1);
    usb_below.bus_version = 0;
    CHECK_STATUS(WdfUsbTargetDeviceCreate(test.device, WDF_NO_OBJECT_ATTRIBUTES, &second), STATUS_SUCCESS);
    CHECK_STATUS(WdfUsbTargetDeviceRetrieveInformation(second, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information.Traits, 0);
    CHECK_EQUAL(information.HcdPortCapabilities, 1);
    information.Size++;
    CHECK_STATUS(WdfUsbTargetDeviceRetrieveInformation(second, &information), STATUS_INFO_LENGTH_MISMATCH);
    tear_down();
}

static void stack_without_capabilities_says_so(void)
{
    static const GUID any = {1, 2, 3, {4}};
    ULONG length = 7;

    set_up_usb();
    CHECK_STATUS(WdfUsbTargetDeviceQueryUsbCapability(usb, &any, 0, NULL, &length), STATUS_NOT_IMPLEMENTED);
    CHECK_EQUAL(length, 0);
    CHECK_STATUS(WdfUsbTargetDeviceQueryUsbCapability(usb, &any, 4, NULL, NULL), STATUS_INVALID_PARAMETER);
    tear_down();
}

static void port_of_the_device_is_reset(void)
{
    set_up_usb();
    CHECK_STATUS(WdfUsbTargetDeviceResetPortSynchronously(usb), STATUS_SUCCESS);
    CHECK_EQUAL(usb_below.port_resets, 1);
    tear_down();
}

/*
 * Configuration.
 */

static void configuring_makes_the_pipes_of_the_first_setting(void)
{
    WDF_USB_PIPE_INFORMATION information;

    set_up_usb();
    configure();
    CHECK_EQUAL(usb_below.configured, 1);
    WDF_USB_PIPE_INFORMATION_INIT(&information);
    WdfUsbTargetPipeGetInformation(in_pipe, &information);
    CHECK_EQUAL(information.EndpointAddress, 0x81);
    CHECK_EQUAL(information.PipeType, WdfUsbPipeTypeBulk);
    CHECK_EQUAL(information.MaximumPacketSize, 64);
    CHECK(WdfUsbTargetPipeIsInEndpoint(in_pipe));
    CHECK(WdfUsbTargetPipeIsOutEndpoint(out_pipe));
    CHECK_EQUAL(WdfIoTargetGetState(WdfUsbTargetPipeGetIoTarget(in_pipe)), WdfIoTargetStarted);
    CHECK(WdfUsbInterfaceGetConfiguredPipe(WdfUsbTargetDeviceGetInterface(usb, 0), 2, NULL) == NULL);
    tear_down();
}

static void wrong_configurations_are_refused(void)
{
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS params;
    WDF_USB_INTERFACE_SETTING_PAIR pair;

    set_up_usb();
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_SINGLE_INTERFACE(&params);
    params.Size--;
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_INFO_LENGTH_MISMATCH);
    params.Size++;
    params.Type = WdfUsbTargetDeviceSelectConfigTypeInvalid;
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_INVALID_PARAMETER);
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_MULTIPLE_INTERFACES(&params, 0, NULL);
    params.Type = WdfUsbTargetDeviceSelectConfigTypeInterfacesPairs;
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_INVALID_PARAMETER);
    pair.UsbInterface = WdfUsbTargetDeviceGetInterface(usb, 0);
    pair.SettingIndex = 7;
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_MULTIPLE_INTERFACES(&params, 1, &pair);
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_INVALID_PARAMETER);
#if defined(DMF_USER_MODE)
    params.Type = WdfUsbTargetDeviceSelectConfigTypeUrb;
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_NOT_SUPPORTED);
    params.Type = WdfUsbTargetDeviceSelectConfigTypeInterfacesDescriptor;
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_NOT_SUPPORTED);
    params.Type = WdfUsbTargetDeviceSelectConfigTypeDeconfig;
    CHECK_STATUS(WdfUsbTargetDeviceSelectConfig(usb, NULL, &params), STATUS_NOT_SUPPORTED);
#endif
    CHECK_EQUAL(usb_below.configured, 0);
    tear_down();
}

static void another_setting_replaces_the_pipes(void)
{
    WDF_USB_INTERFACE_SELECT_SETTING_PARAMS params;
    WDFUSBINTERFACE interface;
    WDF_USB_PIPE_INFORMATION information;

    set_up_usb();
    configure();
    interface = WdfUsbTargetDeviceGetInterface(usb, 0);
    CHECK_EQUAL(WdfUsbInterfaceGetNumSettings(interface), 2);
    CHECK_EQUAL(WdfUsbInterfaceGetNumEndpoints(interface, 1), 1);
    WDF_USB_PIPE_INFORMATION_INIT(&information);
    WdfUsbInterfaceGetEndpointInformation(interface, 1, 0, &information);
    CHECK_EQUAL(information.EndpointAddress, 0x83);
    CHECK_EQUAL(information.PipeType, WdfUsbPipeTypeInterrupt);
    WDF_USB_INTERFACE_SELECT_SETTING_PARAMS_INIT_SETTING(&params, 1);
    CHECK_STATUS(WdfUsbInterfaceSelectSetting(interface, NULL, &params), STATUS_SUCCESS);
    CHECK_EQUAL(WdfUsbInterfaceGetConfiguredSettingIndex(interface), 1);
    CHECK_EQUAL(WdfUsbInterfaceGetNumConfiguredPipes(interface), 1);
    CHECK_EQUAL(WdfUsbTargetPipeGetType(WdfUsbInterfaceGetConfiguredPipe(interface, 0, NULL)), WdfUsbPipeTypeInterrupt);
    WDF_USB_INTERFACE_SELECT_SETTING_PARAMS_INIT_SETTING(&params, 2);
    CHECK_STATUS(WdfUsbInterfaceSelectSetting(interface, NULL, &params), STATUS_INVALID_PARAMETER);
    tear_down();
}

/*
 * Transfers.
 */

static void control_transfer_has_the_length_of_its_buffer(void)
{
    WDF_USB_CONTROL_SETUP_PACKET setup;
    WDF_MEMORY_DESCRIPTOR descriptor;
    UCHAR buffer[16] = {0};
    ULONG bytes = 77;

    set_up_usb();
    usb_below.bytes = 5;
    WDF_USB_CONTROL_SETUP_PACKET_INIT_VENDOR(&setup, BmRequestDeviceToHost, BmRequestToDevice, 0x42, 0x1234, 0x5678);
    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&descriptor, buffer, sizeof(buffer));
    CHECK_STATUS(WdfUsbTargetDeviceSendControlTransferSynchronously(usb, NULL, NULL, &setup, &descriptor, &bytes),
                 STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 5);
    CHECK_EQUAL(buffer[4], 0x5A);
    CHECK_EQUAL(buffer[5], 0);
    CHECK_STATUS(WdfUsbTargetDeviceSendControlTransferSynchronously(usb, NULL, NULL, &setup, &descriptor, NULL),
                 STATUS_SUCCESS);
    CHECK_EQUAL(usb_below.setup[0], 0xC0);
    CHECK_EQUAL(usb_below.setup[1], 0x42);
    CHECK_EQUAL(usb_below.setup[6], 16);
    usb_below.status = STATUS_IO_DEVICE_ERROR;
    CHECK_STATUS(WdfUsbTargetDeviceSendControlTransferSynchronously(usb, NULL, NULL, &setup, &descriptor, &bytes),
                 STATUS_IO_DEVICE_ERROR);
    CHECK_EQUAL(bytes, 0);
    /* What fails before anything is sent has transferred nothing either. */
    bytes = 77;
    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&descriptor, buffer, 0x10000);
    CHECK(!NT_SUCCESS(WdfUsbTargetDeviceSendControlTransferSynchronously(usb, NULL, NULL, &setup, &descriptor, &bytes)));
    CHECK_EQUAL(bytes, 0);
    tear_down();
}

static void pipes_are_read_and_written(void)
{
    WDF_MEMORY_DESCRIPTOR descriptor;
    UCHAR buffer[64] = {1, 2, 3};
    ULONG bytes;

    set_up_usb();
    configure();
    usb_below.bytes = 10;
    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&descriptor, buffer, 3);
    CHECK_STATUS(WdfUsbTargetPipeWriteSynchronously(out_pipe, NULL, NULL, &descriptor, &bytes), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 3);
    CHECK_EQUAL(usb_below.written[2], 3);
    CHECK_STATUS(WdfUsbTargetPipeReadSynchronously(in_pipe, NULL, NULL, &descriptor, &bytes), STATUS_INVALID_BUFFER_SIZE);
    CHECK_STATUS(WdfUsbTargetPipeReadSynchronously(out_pipe, NULL, NULL, &descriptor, &bytes),
                 STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfUsbTargetPipeWriteSynchronously(in_pipe, NULL, NULL, &descriptor, &bytes),
                 STATUS_INVALID_DEVICE_REQUEST);
    WdfUsbTargetPipeSetNoMaximumPacketSizeCheck(in_pipe);
    CHECK_STATUS(WdfUsbTargetPipeReadSynchronously(in_pipe, NULL, NULL, &descriptor, &bytes), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 3);
    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&descriptor, buffer, sizeof(buffer));
    CHECK_STATUS(WdfUsbTargetPipeReadSynchronously(in_pipe, NULL, NULL, &descriptor, &bytes), STATUS_SUCCESS);
    CHECK_EQUAL(bytes, 10);
    CHECK_EQUAL(buffer[9], 0x5A);
    tear_down();
}

static WDF_USB_REQUEST_COMPLETION_PARAMS seen;

static VOID note_usb(WDFREQUEST request, WDFIOTARGET target, PWDF_REQUEST_COMPLETION_PARAMS params, WDFCONTEXT context)
{
    note_end(request, target, params, context);
    seen = *params->Parameters.Usb.Completion;
}

static void asynchronous_read_tells_about_its_transfer(void)
{
    WDFMEMORY_OFFSET offset = {.BufferOffset = 64, .BufferLength = 64};
    WDFREQUEST request;
    WDFMEMORY memory;

    set_up_usb();
    configure();
    usb_below.bytes = 7;
    memory = make_memory(128, 0);
    request = make_request();
    CHECK_STATUS(WdfUsbTargetPipeFormatRequestForRead(in_pipe, request, memory, &offset), STATUS_SUCCESS);
    WdfRequestSetCompletionRoutine(request, note_usb, NULL);
    CHECK(WdfRequestSend(request, WdfUsbTargetPipeGetIoTarget(in_pipe), WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(test.completed, 1);
    CHECK_EQUAL(test.params.Type, WdfRequestTypeUsb);
    CHECK_EQUAL(seen.Type, WdfUsbRequestTypePipeRead);
    CHECK(seen.Parameters.PipeRead.Buffer == memory);
    CHECK_EQUAL(seen.Parameters.PipeRead.Length, 7);
    CHECK_EQUAL(seen.Parameters.PipeRead.Offset, 64);
    reuse(request);
    usb_below.status = STATUS_DEVICE_DATA_ERROR;
    CHECK_STATUS(WdfUsbTargetPipeFormatRequestForRead(in_pipe, request, memory, &offset), STATUS_SUCCESS);
    WdfRequestSetCompletionRoutine(request, note_usb, NULL);
    CHECK(WdfRequestSend(request, WdfUsbTargetPipeGetIoTarget(in_pipe), WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL((ULONG)seen.UsbdStatus, 0xC0000004);
    CHECK_EQUAL(seen.Parameters.PipeRead.Length, 0);
    CHECK_STATUS(WdfUsbTargetPipeFormatRequestForWrite(in_pipe, request, memory, NULL), STATUS_INVALID_DEVICE_REQUEST);
    WdfObjectDelete(request);
    WdfObjectDelete(memory);
    tear_down();
}

/* A string's characters go to the memory; the request says how many bytes all of them are. */
static void asynchronous_string_tells_how_much_room_it_needs(void)
{
    WDFMEMORY_OFFSET offset = {.BufferOffset = 2, .BufferLength = 6};
    WDFREQUEST request;
    WDFMEMORY memory;

    set_up_usb();
    memory = make_memory(8, 0);
    request = make_request();
    for (unsigned round = 0; round < 2; round++)
    {
        CHECK_STATUS(WdfUsbTargetDeviceFormatRequestForString(usb, request, memory, &offset, 1, 0x409), STATUS_SUCCESS);
        WdfRequestSetCompletionRoutine(request, note_usb, NULL);
        CHECK(WdfRequestSend(request, WdfUsbTargetDeviceGetIoTarget(usb), WDF_NO_SEND_OPTIONS));
        CHECK_STATUS(WdfRequestGetStatus(request), round == 0 ? STATUS_SUCCESS : STATUS_BUFFER_OVERFLOW);
        CHECK_EQUAL(seen.Type, WdfUsbRequestTypeDeviceString);
        CHECK(seen.Parameters.DeviceString.Buffer == memory);
        CHECK_EQUAL(seen.Parameters.DeviceString.StringIndex, 1);
        CHECK_EQUAL(seen.Parameters.DeviceString.LangID, 0x409);
        CHECK_EQUAL(seen.Parameters.DeviceString.RequiredSize, 6);
        CHECK(memcmp((UCHAR *)WdfMemoryGetBuffer(memory, NULL) + 2, L"DMF", 6) == 0);
        reuse(request);
        offset.BufferLength = 4;
    }
    offset.BufferLength = 7;
    CHECK_STATUS(WdfUsbTargetDeviceFormatRequestForString(usb, request, memory, &offset, 1, 0x409), STATUS_INTEGER_OVERFLOW);
    WdfObjectDelete(request);
    WdfObjectDelete(memory);
    tear_down();
}

static void abort_and_reset_reach_a_pipe_that_is_stopped(void)
{
    WDFREQUEST request;
    WDFMEMORY memory;

    set_up_usb();
    configure();
    usb_below.keeps = true;
    memory = make_memory(64, 0);
    request = make_request();
    CHECK_STATUS(WdfUsbTargetPipeFormatRequestForRead(in_pipe, request, memory, NULL), STATUS_SUCCESS);
    WdfRequestSetCompletionRoutine(request, note_end, NULL);
    CHECK(WdfRequestSend(request, WdfUsbTargetPipeGetIoTarget(in_pipe), WDF_NO_SEND_OPTIONS));
    WdfIoTargetStop(WdfUsbTargetPipeGetIoTarget(in_pipe), WdfIoTargetLeaveSentIoPending);
    CHECK_STATUS(WdfUsbTargetPipeAbortSynchronously(in_pipe, NULL, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(usb_below.aborts, 1);
    CHECK_EQUAL(test.completed, 0);
    CHECK_STATUS(WdfUsbTargetPipeResetSynchronously(in_pipe, NULL, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(usb_below.resets, 1);
    CHECK_EQUAL(test.completed, 1);
    CHECK_STATUS(test.statuses[0], STATUS_CANCELLED);
    WdfObjectDelete(request);
    WdfObjectDelete(memory);
    tear_down();
}

static void deleting_the_device_target_cancels_what_its_pipes_have_sent(void)
{
    WDFREQUEST request;
    WDFMEMORY memory;

    set_up_usb();
    configure();
    usb_below.keeps = true;
    memory = make_memory(64, 0);
    request = make_request();
    CHECK_STATUS(WdfUsbTargetPipeFormatRequestForRead(in_pipe, request, memory, NULL), STATUS_SUCCESS);
    WdfRequestSetCompletionRoutine(request, note_end, NULL);
    CHECK(WdfRequestSend(request, WdfUsbTargetPipeGetIoTarget(in_pipe), WDF_NO_SEND_OPTIONS));
    WdfObjectDelete(usb);
    CHECK_EQUAL(test.completed, 1);
    CHECK_STATUS(test.statuses[0], STATUS_CANCELLED);
    WdfObjectDelete(request);
    WdfObjectDelete(memory);
    tear_down();
}

static void try_everything(void)
{
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS params;
    WDF_MEMORY_DESCRIPTOR descriptor;
    UCHAR buffer[64];
    WDFUSBDEVICE made;
    NTSTATUS status = WdfUsbTargetDeviceCreate(test.device, WDF_NO_OBJECT_ATTRIBUTES, &made);

    if (!NT_SUCCESS(status))
    {
        CHECK_STATUS(status, STATUS_INSUFFICIENT_RESOURCES);
        return;
    }
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_SINGLE_INTERFACE(&params);
    status = WdfUsbTargetDeviceSelectConfig(made, WDF_NO_OBJECT_ATTRIBUTES, &params);
    if (NT_SUCCESS(status))
    {
        WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&descriptor, buffer, sizeof(buffer));
        status = WdfUsbTargetPipeReadSynchronously(
            WdfUsbInterfaceGetConfiguredPipe(params.Types.SingleInterface.ConfiguredUsbInterface, 0, NULL), NULL, NULL,
            &descriptor, NULL);
    }
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    WdfObjectDelete(made);
}

static void usb_survives_every_failed_allocation(void)
{
    set_up_usb();
    nt_fail_each_allocation(try_everything);
    tear_down();
}

const struct nt_case nt_cases[] = {
    CASE(device_has_the_descriptors_of_the_device_below),
    CASE(device_that_contradicts_itself_is_refused),
    CASE(strings_have_no_terminator_in_their_count),
    CASE(string_is_read_into_a_buffer),
    CASE(string_of_a_request_of_the_driver_leaves_it_to_be_reused),
    CASE(what_the_bus_says_is_information),
    CASE(stack_without_capabilities_says_so),
    CASE(port_of_the_device_is_reset),
    CASE(configuring_makes_the_pipes_of_the_first_setting),
    CASE(wrong_configurations_are_refused),
    CASE(another_setting_replaces_the_pipes),
    CASE(control_transfer_has_the_length_of_its_buffer),
    CASE(pipes_are_read_and_written),
    CASE(asynchronous_read_tells_about_its_transfer),
    CASE(asynchronous_string_tells_how_much_room_it_needs),
    CASE(abort_and_reset_reach_a_pipe_that_is_stopped),
    CASE(deleting_the_device_target_cancels_what_its_pipes_have_sent),
    CASE(usb_survives_every_failed_allocation),
    CASES_END,
};
