/* SPDX-License-Identifier: MIT */
/*
 * The string descriptors of a USB device.
 */
#include <string.h>

#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/memory.h"
#include "wdf/request.h"
#include "wdf/usb_target.h"

static struct usb_device *device_from(WDFUSBDEVICE handle, const char *function)
{
    return usb_device_of(wdfobj_from_handle(handle, OBJECT_USB_DEVICE, function));
}

NTSTATUS usb_count_characters(const UCHAR *descriptor, ULONG length, USHORT *ret_count)
{
    *ret_count = 0;
    if (length < 2 || descriptor[1] != USB_STRING_DESCRIPTOR_TYPE || descriptor[0] < 2 || descriptor[0] > length)
    {
        return STATUS_DEVICE_DATA_ERROR;
    }
    *ret_count = (USHORT)((descriptor[0] - 2) / sizeof(WCHAR));
    return STATUS_SUCCESS;
}

/* The URB that reads a string descriptor, without a buffer. */
static struct usb_transfer *make_transfer(UCHAR index, USHORT language)
{
    struct usb_transfer *transfer =
        usb_transfer_make(URB_FUNCTION_GET_DESCRIPTOR_FROM_DEVICE, sizeof(struct _URB_CONTROL_DESCRIPTOR_REQUEST));

    if (transfer != NULL)
    {
        transfer->urb.UrbControlDescriptorRequest.DescriptorType = USB_STRING_DESCRIPTOR_TYPE;
        transfer->urb.UrbControlDescriptorRequest.Index = index;
        transfer->urb.UrbControlDescriptorRequest.LanguageId = language;
    }
    return transfer;
}

/* Reads a string descriptor and counts its characters. */
static NTSTATUS read_string(PWDF_DRIVER_GLOBALS published, struct usb_device *device, WDFREQUEST request,
                            PWDF_REQUEST_SEND_OPTIONS options, UCHAR index, USHORT language,
                            UCHAR descriptor[USB_STRING_ROOM], USHORT *ret_count, const char *function)
{
    struct transfer buffer = {.address = descriptor, .length = USB_STRING_ROOM - 1};
    struct usb_transfer *transfer = make_transfer(index, language);
    ULONG length = 0;
    NTSTATUS status;

    *ret_count = 0;
    if (transfer == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = usb_exchange(published, &device->target, request, options, 0, transfer, &buffer, WdfUsbRequestTypeDeviceString,
                          &length, function);
    return NT_SUCCESS(status) ? usb_count_characters(descriptor, length, ret_count) : status;
}

/* The request's transfer, which reads into room of its own: the driver's memory receives the characters only. */
static NTSTATUS format_string(struct request *request, struct usb_device *device, const struct transfer *buffer, UCHAR index,
                              USHORT language)
{
    struct usb_transfer *transfer = make_transfer(index, language);
    UCHAR *descriptor = platform_zalloc(USB_STRING_ROOM);

    if (transfer == NULL || descriptor == NULL)
    {
        if (transfer != NULL)
        {
            usb_transfer_free(transfer);
        }
        if (descriptor != NULL)
        {
            platform_free(descriptor, USB_STRING_ROOM);
        }
        request_set_status(request, STATUS_INSUFFICIENT_RESOURCES);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    transfer->descriptor = descriptor;
    transfer->urb.UrbControlDescriptorRequest.TransferBuffer = descriptor;
    transfer->urb.UrbControlDescriptorRequest.TransferBufferLength = USB_STRING_ROOM - 1;
    return usb_format(request, &device->target, transfer, buffer, WdfUsbRequestTypeDeviceString);
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfUsbTargetDeviceQueryString(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                WDFREQUEST Request, PWDF_REQUEST_SEND_OPTIONS RequestOptions, PUSHORT String,
                                                PUSHORT NumCharacters, UCHAR StringIndex, USHORT LangID)
{
    static const char function[] = "WdfUsbTargetDeviceQueryString";
    globals_require(DriverGlobals, NumCharacters, function);
    UCHAR descriptor[USB_STRING_ROOM] = {0};
    USHORT room = *NumCharacters;
    USHORT count;
    NTSTATUS status = read_string(DriverGlobals, device_from(UsbTarget, function), Request, RequestOptions, StringIndex,
                                  LangID, descriptor, &count, function);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    *NumCharacters = count;
    if (String == NULL)
    {
        return STATUS_SUCCESS;
    }
    memcpy(String, descriptor + 2, (room < count ? room : count) * sizeof(WCHAR));
    return room < count ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceQueryString)

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceAllocAndQueryString(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                        PWDF_OBJECT_ATTRIBUTES StringMemoryAttributes,
                                                        WDFMEMORY *StringMemory, PUSHORT NumCharacters, UCHAR StringIndex,
                                                        USHORT LangID)
{
    globals_require(DriverGlobals, StringMemory, "WdfUsbTargetDeviceAllocAndQueryString");
    struct usb_device *device = device_from(UsbTarget, "WdfUsbTargetDeviceAllocAndQueryString");
    UCHAR descriptor[USB_STRING_ROOM] = {0};
    USHORT count;
    PVOID buffer;
    NTSTATUS status = read_string(DriverGlobals, device, NULL, NULL, StringIndex, LangID, descriptor, &count,
                                  "WdfUsbTargetDeviceAllocAndQueryString");

    *StringMemory = NULL;
    if (NT_SUCCESS(status))
    {
        status = wdf_kmdf_WdfMemoryCreate(DriverGlobals, StringMemoryAttributes, NonPagedPoolNx, 0,
                                          (count + 1u) * sizeof(WCHAR), StringMemory, &buffer);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    memset(buffer, 0, (count + 1u) * sizeof(WCHAR));
    memcpy(buffer, descriptor + 2, count * sizeof(WCHAR));
    if (NumCharacters != NULL)
    {
        *NumCharacters = count;
    }
    return STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceAllocAndQueryString)

NTSTATUS wdf_kmdf_WdfUsbTargetDeviceFormatRequestForString(PWDF_DRIVER_GLOBALS DriverGlobals, WDFUSBDEVICE UsbTarget,
                                                           WDFREQUEST Request, WDFMEMORY Memory, PWDFMEMORY_OFFSET Offset,
                                                           UCHAR StringIndex, USHORT LangID)
{
    static const char function[] = "WdfUsbTargetDeviceFormatRequestForString";
    globals_require(DriverGlobals, Memory, function);
    struct usb_device *device = device_from(UsbTarget, function);
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, function));
    struct transfer buffer;
    NTSTATUS status = transfer_of_memory(Memory, Offset, function, &buffer);

    if (!NT_SUCCESS(status))
    {
        request_set_status(request, status);
        return status;
    }
    return format_string(request, device, &buffer, StringIndex, LangID);
}
WDF_ENTRY_BOTH(WdfUsbTargetDeviceFormatRequestForString)
