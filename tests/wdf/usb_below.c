/* SPDX-License-Identifier: MIT */
/*
 * The USB device below.
 */
#include "usb_below.h"

#include <ntddk.h>
#include <string.h>
#include <usb.h>
#include <usbbusif.h>
#include <usbioctl.h>

#include "lower_device.h"

struct usb_below usb_below;

static const USB_DEVICE_DESCRIPTOR device_descriptor = {
    .bLength = sizeof(USB_DEVICE_DESCRIPTOR),
    .bDescriptorType = USB_DEVICE_DESCRIPTOR_TYPE,
    .bcdUSB = 0x200,
    .bMaxPacketSize0 = 64,
    .idVendor = 0x1209,
    .idProduct = 0x0001,
    .bNumConfigurations = 1,
};

/* Configuration, setting 0 with two bulk endpoints, setting 1 with one of interrupts. */
static const uint8_t configuration[] = {
    9, 2, 48,   0, 1,  1,    0,  0x80, 50, /* configuration */
    9, 4, 0,    0, 2,  0xFF, 0,  0,    0,  /* interface 0, setting 0 */
    7, 5, 0x81, 2, 64, 0,    0,            /* bulk in */
    7, 5, 0x02, 2, 64, 0,    0,            /* bulk out */
    9, 4, 0,    1, 1,  0xFF, 0,  0,    0,  /* interface 0, setting 1 */
    7, 5, 0x83, 3, 8,  0,    10,           /* interrupt in */
};

_Static_assert(sizeof(configuration) == 48, "the length that it says");

static const uint8_t string_descriptor[] = {8, 3, 'D', 0, 'M', 0, 'F', 0};

static int32_t give(PURB urb, const void *data, size_t size)
{
    ULONG length = urb->UrbControlDescriptorRequest.TransferBufferLength;

    length = length < size ? length : (ULONG)size;
    memcpy(urb->UrbControlDescriptorRequest.TransferBuffer, data, length);
    urb->UrbControlDescriptorRequest.TransferBufferLength = length;
    return STATUS_SUCCESS;
}

static int32_t describe(PURB urb)
{
    uint8_t changed[sizeof(configuration)];

    switch (urb->UrbControlDescriptorRequest.DescriptorType)
    {
        case USB_DEVICE_DESCRIPTOR_TYPE:
            return give(urb, &device_descriptor, sizeof(device_descriptor));
        case USB_CONFIGURATION_DESCRIPTOR_TYPE:
            memcpy(changed, configuration, sizeof(changed));
            changed[13] = usb_below.inconsistent ? 9 : changed[13];
            return give(urb, changed, sizeof(changed));
        default:
            return urb->UrbControlDescriptorRequest.Index == 1 ? give(urb, string_descriptor, sizeof(string_descriptor)) :
                                                                 STATUS_INVALID_PARAMETER;
    }
}

/* The pipes of a setting, in the order of its endpoints; a handle is the endpoint's address. */
static void open_pipes(PUSBD_INTERFACE_INFORMATION information)
{
    static const USBD_PIPE_INFORMATION pipes[2][2] = {
        {{64, 0x81, 0, UsbdPipeTypeBulk, (PVOID)0x81, 4096, 0}, {64, 0x02, 0, UsbdPipeTypeBulk, (PVOID)0x02, 4096, 0}},
        {{8, 0x83, 10, UsbdPipeTypeInterrupt, (PVOID)0x83, 4096, 0}},
    };

    information->InterfaceHandle = (PVOID)0x100;
    for (ULONG index = 0; index < information->NumberOfPipes; index++)
    {
        information->Pipes[index] = pipes[information->AlternateSetting][index];
    }
}

static int32_t transfer(PURB urb)
{
    struct _URB_BULK_OR_INTERRUPT_TRANSFER *bulk = &urb->UrbBulkOrInterruptTransfer;

    if (usb_below.status != STATUS_SUCCESS)
    {
        bulk->Hdr.Status = (USBD_STATUS)0xC0000004;
        return usb_below.status;
    }
    if ((bulk->TransferFlags & USBD_TRANSFER_DIRECTION_IN) != 0)
    {
        bulk->TransferBufferLength =
            bulk->TransferBufferLength < usb_below.bytes ? bulk->TransferBufferLength : usb_below.bytes;
        memset(bulk->TransferBuffer, 0x5A, bulk->TransferBufferLength);
        return STATUS_SUCCESS;
    }
    memcpy(usb_below.written, bulk->TransferBuffer, bulk->TransferBufferLength);
    usb_below.written_length = bulk->TransferBufferLength;
    return STATUS_SUCCESS;
}

static int32_t submit(PURB urb)
{
    switch (urb->UrbHeader.Function)
    {
        case URB_FUNCTION_GET_DESCRIPTOR_FROM_DEVICE:
            return describe(urb);
        case URB_FUNCTION_SELECT_CONFIGURATION:
            usb_below.configured++;
            if (urb->UrbSelectConfiguration.ConfigurationDescriptor != NULL)
            {
                open_pipes(&urb->UrbSelectConfiguration.Interface);
                urb->UrbSelectConfiguration.ConfigurationHandle = (PVOID)0x200;
            }
            return STATUS_SUCCESS;
        case URB_FUNCTION_SELECT_INTERFACE:
            usb_below.settings_selected++;
            open_pipes(&urb->UrbSelectInterface.Interface);
            return STATUS_SUCCESS;
        case URB_FUNCTION_CONTROL_TRANSFER:
            memcpy(usb_below.setup, urb->UrbControlTransfer.SetupPacket, sizeof(usb_below.setup));
            return transfer(urb);
        case URB_FUNCTION_BULK_OR_INTERRUPT_TRANSFER:
            return transfer(urb);
        case URB_FUNCTION_ABORT_PIPE:
            usb_below.aborts++;
            return STATUS_SUCCESS;
        case URB_FUNCTION_SYNC_RESET_PIPE_AND_CLEAR_STALL:
            usb_below.resets++;
            return usb_below.reset_status;
        default:
            return STATUS_NOT_SUPPORTED;
    }
}

/* Whether a transfer is answered although others are kept. */
static bool answers(void)
{
    unsigned left = __atomic_load_n(&usb_below.answers, __ATOMIC_SEQ_CST);

    while (left != 0 &&
           !__atomic_compare_exchange_n(&usb_below.answers, &left, left - 1, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
    {
    }
    return left != 0;
}

static bool answer(const struct lower_request *request, int32_t *status, uint64_t *information)
{
    PURB urb = request->urb;

    *information = 0;
    switch (request->code)
    {
        case IOCTL_INTERNAL_USB_SUBMIT_URB:
            if (usb_below.keeps && urb->UrbHeader.Function == URB_FUNCTION_BULK_OR_INTERRUPT_TRANSFER && !answers())
            {
                __atomic_store_n(&lower.behaviour, LOWER_KEEPS, __ATOMIC_RELAXED);
                return false;
            }
            *status = submit(urb);
            return true;
        case IOCTL_INTERNAL_USB_RESET_PORT:
            usb_below.port_resets++;
            *status = STATUS_SUCCESS;
            return true;
        case IOCTL_INTERNAL_USB_CYCLE_PORT:
            usb_below.port_cycles++;
            *status = STATUS_SUCCESS;
            return true;
        case IOCTL_INTERNAL_USB_GET_PORT_STATUS:
            *(uint32_t *)request->argument[0] = usb_below.port;
            *status = STATUS_SUCCESS;
            return true;
        default:
            *status = STATUS_NOT_SUPPORTED;
            return true;
    }
}

/*
 * The interface of the bus.
 */

static VOID take_bus(PVOID context)
{
    (void)context;
    usb_below.bus_taken++;
}

static VOID give_bus_back(PVOID context)
{
    (void)context;
    usb_below.bus_given_back++;
}

static VOID say_version(PVOID context, PUSBD_VERSION_INFORMATION version, PULONG capabilities)
{
    (void)context;
    version->USBDI_Version = 0x600;
    version->Supported_USB_Version = 0x200;
    *capabilities = 1;
}

static NTSTATUS say_frame(PVOID context, PULONG frame)
{
    (void)context;
    *frame = 1234;
    return STATUS_SUCCESS;
}

static BOOLEAN say_fast(PVOID context)
{
    (void)context;
    return TRUE;
}

static bool give_interface(const void *type, void *interface, uint16_t size, uint16_t version)
{
    static const GUID bus = {0xb1a96a13, 0x3de0, 0x4574, {0x9b, 0x01, 0xc0, 0x8f, 0xea, 0xb3, 0x18, 0xd6}};
    PUSB_BUS_INTERFACE_USBDI_V1 asked = interface;

    if (memcmp(type, &bus, sizeof(bus)) != 0 || (int)version > usb_below.bus_version)
    {
        return false;
    }
    asked->Size = size;
    asked->Version = version;
    asked->BusContext = &usb_below;
    asked->InterfaceReference = take_bus;
    asked->InterfaceDereference = give_bus_back;
    asked->GetUSBDIVersion = say_version;
    asked->QueryBusTime = say_frame;
    if (version >= USB_BUSIF_USBDI_VERSION_1)
    {
        asked->IsDeviceHighSpeed = say_fast;
    }
    asked->InterfaceReference(asked->BusContext);
    return true;
}

void usb_below_install(void)
{
    memset(&usb_below, 0, sizeof(usb_below));
    usb_below.port = USBD_PORT_CONNECTED | USBD_PORT_ENABLED;
    usb_below.bus_version = -1;
    lower.hook = answer;
    lower.interface = give_interface;
}
