/* SPDX-License-Identifier: MIT */
/*
 * What the inline functions and block macros of the device class headers do.
 *
 * try: run
 */
#define RESHUB_USE_HELPER_ROUTINES

#include <string.h>
#include <acpiioct.h>
#include <reshub.h>
#include <spb.h>
#include <usbdi.h>
#include <usbdlib.h>
#include <vhf.h>

#define EXPECT(Expression)             \
    do                                 \
    {                                  \
        if (!(Expression))             \
        {                              \
            return __LINE__ % 250 + 1; \
        }                              \
    } while (0)

static int same(PCWSTR Left, PCWSTR Right)
{
    while (*Left != 0 && *Left == *Right)
    {
        Left++;
        Right++;
    }
    return *Left == *Right;
}

static int path_of_a_connection(void)
{
    WCHAR buffer[RESOURCE_HUB_PATH_CHARS + 1];
    UNICODE_STRING name;
    ULONG capacity;

    name.Buffer = buffer;
    name.Length = 0;
    name.MaximumLength = sizeof(buffer);
    EXPECT(NT_SUCCESS(RESOURCE_HUB_CREATE_PATH_FROM_ID(&name, 0x89abcdef, 0x1234567)));
    EXPECT(same(buffer, RESOURCE_HUB_DEVICE_NAME_PREFIX L"0123456789abcdef"));
    EXPECT(name.Length == RESOURCE_HUB_PATH_SIZE - sizeof(WCHAR));

    EXPECT(NT_SUCCESS(RESOURCE_HUB_ID_TO_FILE_NAME(5, 0, buffer)));
    EXPECT(same(buffer, L"0000000000000005"));

#ifndef NT_ASSERT
    /* With NT_ASSERT a short buffer stops the driver first. */
    for (capacity = 1; capacity < RESOURCE_HUB_PATH_CHARS; capacity++)
    {
        buffer[capacity] = L'#';
        name.MaximumLength = (USHORT)(capacity * sizeof(WCHAR));
        EXPECT(RESOURCE_HUB_CREATE_PATH_FROM_ID(&name, 1, 0) == STATUS_BUFFER_OVERFLOW);
        EXPECT(buffer[capacity - 1] == 0 && buffer[capacity] == L'#');
        EXPECT(name.Length == (capacity - 1) * sizeof(WCHAR));
    }
#else
    (void)capacity;
#endif
    return 0;
}

static int connection_of_a_file_name(void)
{
    LARGE_INTEGER id;
    LPWSTR next = NULL;
    PCWSTR withPath = L"00000000000000Ff\\below";

    EXPECT(NT_SUCCESS(RESOURCE_HUB_ID_FROM_FILE_NAME(L"fedcba9876543210", &id)));
    EXPECT((ULONGLONG)id.QuadPart == 0xfedcba9876543210ull);
    EXPECT(NT_SUCCESS(RESOURCE_HUB_ID_FROM_FILE_NAME_WITH_SUBPATH(withPath, &id, &next)));
    EXPECT(id.QuadPart == 255 && next == &withPath[17]);
    EXPECT(NT_SUCCESS(RESOURCE_HUB_ID_FROM_FILE_NAME_WITH_SUBPATH(withPath + 0, &id, NULL)));

    id.QuadPart = 1;
    EXPECT(RESOURCE_HUB_ID_FROM_FILE_NAME(L"", &id) == STATUS_INVALID_PARAMETER && id.QuadPart == 0);
    EXPECT(RESOURCE_HUB_ID_FROM_FILE_NAME(L"000000000000005", &id) == STATUS_INVALID_PARAMETER);
    EXPECT(RESOURCE_HUB_ID_FROM_FILE_NAME(L"000000000000000g", &id) == STATUS_INVALID_PARAMETER);
    EXPECT(RESOURCE_HUB_ID_FROM_FILE_NAME(L"\\0000000000000005", &id) == STATUS_INVALID_PARAMETER);
    EXPECT(RESOURCE_HUB_ID_FROM_FILE_NAME(L"00000000000000005", &id) == STATUS_INVALID_PARAMETER && id.QuadPart == 0);
    return 0;
}

static int transfers(void)
{
    typedef SPB_TRANSFER_LIST_AND_ENTRIES(3) THREE_TRANSFERS;
    THREE_TRANSFERS sequence;
    SPB_TRANSFER_BUFFER_LIST_ENTRY parts[2];
    SPB_TRANSFER_LIST_ENTRY *entry = sequence.List.Transfers;
    UCHAR byte = 0;

    memset(&sequence, 0xff, sizeof(sequence));
    memset(parts, 0, sizeof(parts));
    SPB_TRANSFER_LIST_INIT(&sequence.List, 3);
    EXPECT(sequence.List.Size == sizeof(SPB_TRANSFER_LIST) && sequence.List.TransferCount == 3);
    EXPECT(sequence.List.Reserved == 0 && sequence.ExtraTransfers[1].Buffer.Simple.Buffer == NULL);

    *entry = SPB_TRANSFER_LIST_ENTRY_INIT_SIMPLE(SpbTransferDirectionFromDevice, 9, &byte, 1);
    EXPECT(entry->Direction == SpbTransferDirectionFromDevice && entry->DelayInUs == 9);
    EXPECT(entry->Buffer.Format == SpbTransferBufferFormatSimple);
    EXPECT(entry->Buffer.Simple.Buffer == &byte && entry->Buffer.Simple.BufferCb == 1);
    *entry = SPB_TRANSFER_LIST_ENTRY_INIT_NON_PAGED(SpbTransferDirectionToDevice, 0, &byte, 1);
    EXPECT(entry->Buffer.Format == SpbTransferBufferFormatSimpleNonPaged && entry->Buffer.Simple.Buffer == &byte);
    *entry = SPB_TRANSFER_LIST_ENTRY_INIT_BUFFER_LIST(SpbTransferDirectionToDevice, 0, parts, 2);
    EXPECT(entry->Buffer.Format == SpbTransferBufferFormatList);
    EXPECT(entry->Buffer.BufferList.List == parts && entry->Buffer.BufferList.ListCe == 2);
    *entry = SPB_TRANSFER_LIST_ENTRY_INIT_MDL(SpbTransferDirectionToDevice, 0, NULL);
    EXPECT(entry->Buffer.Format == SpbTransferBufferFormatMdl && entry->Buffer.Mdl == NULL);
    return 0;
}

static int method_arguments(void)
{
    ULONG storage[16];
    PACPI_METHOD_ARGUMENT first = (PACPI_METHOD_ARGUMENT)storage;
    PACPI_METHOD_ARGUMENT second;
    PACPI_METHOD_ARGUMENT third;
    static const UCHAR data[6] = {1, 2, 3, 4, 5, 6};

    memset(storage, 0, sizeof(storage));
    ACPI_METHOD_SET_ARGUMENT_INTEGER(first, 0x12345678);
    second = ACPI_METHOD_NEXT_ARGUMENT(first);
    EXPECT((PUCHAR)second == (PUCHAR)first + 8);
    EXPECT(first->Type == ACPI_METHOD_ARGUMENT_INTEGER && first->DataLength == 4 && first->Argument == 0x12345678);
    ACPI_METHOD_SET_ARGUMENT_BUFFER(second, data, sizeof(data))
    EXPECT(second->Type == ACPI_METHOD_ARGUMENT_BUFFER && second->DataLength == 6);
    EXPECT(memcmp((PUCHAR)second + 4, data, sizeof(data)) == 0);
    EXPECT(ACPI_METHOD_ARGUMENT_LENGTH_FROM_ARGUMENT(second) == 10);
    third = (PACPI_METHOD_ARGUMENT)&storage[8];
    ACPI_METHOD_SET_ARGUMENT_STRING(third, "ab");
    EXPECT(third->Type == ACPI_METHOD_ARGUMENT_STRING && third->DataLength == 3);
    EXPECT(memcmp((PUCHAR)third + 4, "ab", 3) == 0 && ACPI_METHOD_ARGUMENT_LENGTH_FROM_ARGUMENT(third) == 8);
    return 0;
}

static int configuration_of_a_virtual_device(void)
{
    VHF_CONFIG config;
    static UCHAR descriptor[3];

    memset(&config, 0xff, sizeof(config));
    VHF_CONFIG_INIT(&config, NULL, sizeof(descriptor), descriptor);
    EXPECT(config.Size == sizeof(config) && config.ReportDescriptorLength == 3 && config.ReportDescriptor == descriptor);
    EXPECT(config.VendorID == 0 && config.EvtVhfCleanup == NULL && config.HardwareIDs == NULL);
    return 0;
}

static int usb_requests(void)
{
    URB urb;
    UCHAR data[4];

    memset(&urb, 0, sizeof(urb));
    UsbBuildInterruptOrBulkTransferRequest(&urb, sizeof(struct _URB_BULK_OR_INTERRUPT_TRANSFER), NULL, data, NULL, 4,
                                           USBD_SHORT_TRANSFER_OK, NULL);
    EXPECT(urb.UrbHeader.Function == URB_FUNCTION_BULK_OR_INTERRUPT_TRANSFER);
    EXPECT(urb.UrbHeader.Length == sizeof(struct _URB_BULK_OR_INTERRUPT_TRANSFER));
    EXPECT(urb.UrbBulkOrInterruptTransfer.TransferBuffer == data);
    EXPECT(urb.UrbBulkOrInterruptTransfer.TransferBufferLength == 4);
    EXPECT(urb.UrbBulkOrInterruptTransfer.TransferFlags == USBD_SHORT_TRANSFER_OK);

    memset(&urb, 0, sizeof(urb));
    UsbBuildVendorRequest(&urb, URB_FUNCTION_VENDOR_DEVICE, sizeof(struct _URB_CONTROL_VENDOR_OR_CLASS_REQUEST), 0, 0, 0xd4,
                          1, 2, data, NULL, 4, NULL);
    EXPECT(urb.UrbHeader.Function == URB_FUNCTION_VENDOR_DEVICE && urb.UrbControlVendorClassRequest.Request == 0xd4);
    EXPECT(urb.UrbControlVendorClassRequest.Value == 1 && urb.UrbControlVendorClassRequest.Index == 2);

    memset(&urb, 0, sizeof(urb));
    UsbBuildGetDescriptorRequest(&urb, sizeof(struct _URB_CONTROL_DESCRIPTOR_REQUEST), USB_STRING_DESCRIPTOR_TYPE, 3, 0x409,
                                 data, NULL, 4, NULL);
    EXPECT(urb.UrbControlDescriptorRequest.DescriptorType == 3 && urb.UrbControlDescriptorRequest.Index == 3);
    EXPECT(urb.UrbControlDescriptorRequest.LanguageId == 0x409);

    memset(&urb, 0, sizeof(urb));
    UsbBuildSelectInterfaceRequest(&urb, (USHORT)GET_SELECT_INTERFACE_REQUEST_SIZE(2), NULL, 1, 2);
    EXPECT(urb.UrbSelectInterface.Interface.InterfaceNumber == 1 && urb.UrbSelectInterface.Interface.AlternateSetting == 2);
    EXPECT(urb.UrbSelectInterface.Interface.Length == GET_USBD_INTERFACE_SIZE(2));
    return 0;
}

int main(void)
{
    int (*const checks[])(void) = {path_of_a_connection, connection_of_a_file_name,         transfers,
                                   method_arguments,     configuration_of_a_virtual_device, usb_requests};
    size_t index;

    for (index = 0; index < sizeof(checks) / sizeof(checks[0]); index++)
    {
        int line = checks[index]();

        if (line != 0)
        {
            return line;
        }
    }
    return 0;
}
