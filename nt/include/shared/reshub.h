/* SPDX-License-Identifier: MIT */
/*
 * The resource hub: it names a connection (I2C, SPI, UART, GPIO) by a 64-bit identifier, which drivers get among their
 * resources, and answers what a connection is.
 *
 * A connection is opened as RESOURCE_HUB_DEVICE_NAME, a backslash, and the identifier in sixteen lower-case hexadecimal
 * digits. RESHUB_USE_HELPER_ROUTINES, defined before this header is included, brings the functions that build and read such
 * names.
 */
#ifndef DMF_RESHUB_H
#define DMF_RESHUB_H

#include "ntclass.h"

EXTERN_C_START

/*
 * Names. _SIZE is in bytes, _CHARS in characters; both count the terminating zero.
 */
#if defined(UMDF_DRIVER) || defined(DMF_USER_MODE)
#define RESOURCE_HUB_DEVICE_NAME L"\\\\.\\RESOURCE_HUB"
#define RESOURCE_HUB_CONNECTION_PATH_CHARS 34
#else
#define RESOURCE_HUB_DEVICE_NAME L"\\Device\\RESOURCE_HUB"
#define RESOURCE_HUB_CONNECTION_PATH_CHARS 38
#endif
#define RESOURCE_HUB_SYMBOLIC_NAME L"\\DosDevices\\RESOURCE_HUB"
#define RESOURCE_HUB_DEVICE_NAME_PREFIX RESOURCE_HUB_DEVICE_NAME L"\\"
#define RESOURCE_HUB_CONNECTION_FILE_CHARS 17
#define RESOURCE_HUB_CONNECTION_FILE_SIZE 34
#define RESOURCE_HUB_CONNECTION_PATH_SIZE (RESOURCE_HUB_CONNECTION_PATH_CHARS * 2)
#define RESOURCE_HUB_FILE_SIZE RESOURCE_HUB_CONNECTION_FILE_SIZE
#define RESOURCE_HUB_PATH_SIZE RESOURCE_HUB_CONNECTION_PATH_SIZE
#define RESOURCE_HUB_FILE_CHARS RESOURCE_HUB_CONNECTION_FILE_CHARS
#define RESOURCE_HUB_PATH_CHARS RESOURCE_HUB_CONNECTION_PATH_CHARS

/*
 * Requests to the hub itself, which is opened by its bare name.
 */
#define FILE_DEVICE_RESOURCE_HUB FILE_DEVICE_BUS_EXTENDER
#define IOCTL_RH_QUERY_CONNECTION_PROPERTIES \
    CTL_CODE(FILE_DEVICE_RESOURCE_HUB, 0x0, METHOD_BUFFERED, FILE_READ_ACCESS | FILE_WRITE_ACCESS)
#define IOCTL_RH_ALLOCATE_CONNECTION \
    CTL_CODE(FILE_DEVICE_RESOURCE_HUB, 0x1, METHOD_BUFFERED, FILE_READ_ACCESS | FILE_WRITE_ACCESS)
#define IOCTL_RH_FREE_CONNECTION \
    CTL_CODE(FILE_DEVICE_RESOURCE_HUB, 0x2, METHOD_BUFFERED, FILE_READ_ACCESS | FILE_WRITE_ACCESS)
#define IOCTL_RH_UPDATE_CONNECTION_PROPERTIES \
    CTL_CODE(FILE_DEVICE_RESOURCE_HUB, 0x3, METHOD_BUFFERED, FILE_READ_ACCESS | FILE_WRITE_ACCESS)

#define RH_QUERY_CONNECTION_PROPERTIES_INPUT_VERSION 1
#define RH_QUERY_CONNECTION_PROPERTIES_OUTPUT_VERSION 1

typedef enum _RH_QUERY_CONNECTION_PROPERTIES_INPUT_TYPE
{
    ConnectionIdType,
    InterruptVectorType
} RH_QUERY_CONNECTION_PROPERTIES_INPUT_TYPE, *PRH_QUERY_CONNECTION_PROPERTIES_INPUT_TYPE;

typedef struct _RH_QUERY_CONNECTION_PROPERTIES_INPUT_BUFFER
{
    ULONG Version;
    RH_QUERY_CONNECTION_PROPERTIES_INPUT_TYPE QueryType;
    union
    {
        LARGE_INTEGER ConnectionId;
        ULONG InterruptVector;
    } u;
} RH_QUERY_CONNECTION_PROPERTIES_INPUT_BUFFER, *PRH_QUERY_CONNECTION_PROPERTIES_INPUT_BUFFER;

/*
 * When the buffer is too small the hub fails the request with STATUS_BUFFER_TOO_SMALL and still fills PropertiesLength.
 */
typedef struct _RH_QUERY_CONNECTION_PROPERTIES_OUTPUT_BUFFER
{
    ULONG Version;
    ULONG PropertiesLength;
    UCHAR ConnectionProperties[ANYSIZE_ARRAY];
} RH_QUERY_CONNECTION_PROPERTIES_OUTPUT_BUFFER, *PRH_QUERY_CONNECTION_PROPERTIES_OUTPUT_BUFFER;

/*
 * ACPI descriptors, as the hub returns them.
 */
#define SERIAL_BUS_DESCRIPTOR 0x8e
#define SERIAL_BUS_DESCRIPTOR_REVISION 0x01
#define SERIAL_BUS_I2C_DESCRIPTOR_TYPE 0x01
#define SERIAL_BUS_SPI_DESCRIPTOR_TYPE 0x02
#define SERIAL_BUS_UART_DESCRIPTOR_TYPE 0x03
#define SERIAL_BUS_FLAG_SHARED_DESCRIPTOR 0x04
#define GPIO_INTERRUPT_IO_DESCRIPTOR 0x8c

#pragma pack(push, 1)
typedef struct _PNP_SERIAL_BUS_DESCRIPTOR
{
    UCHAR Tag;
    /* Bytes that follow this field. */
    USHORT Length;
    UCHAR RevisionId;
    UCHAR ResourceSourceIndex;
    UCHAR SerialBusType;
    UCHAR GeneralFlags;
    USHORT TypeSpecificFlags;
    UCHAR TypeSpecificRevisionId;
    /* Type data and vendor data together; they follow this structure. */
    USHORT TypeDataLength;
} PNP_SERIAL_BUS_DESCRIPTOR, *PPNP_SERIAL_BUS_DESCRIPTOR;

typedef struct _PNP_GPIO_INTERRUPT_IO_DESCRIPTOR
{
    UCHAR Tag;
    USHORT Length;
    UCHAR Revision;
    UCHAR DescriptorType;
    USHORT GeneralFlags;
    USHORT InterruptIoFlags;
    UCHAR PinConfiguration;
    USHORT DriveStrength;
    USHORT DebounceTimeout;
    USHORT PinTableOffset;
    UCHAR ResourceSourceIndex;
    USHORT ResourceSourceOffset;
    USHORT VendorDataOffset;
    USHORT VendorDataLength;
} PNP_GPIO_INTERRUPT_IO_DESCRIPTOR, *PPNP_GPIO_INTERRUPT_IO_DESCRIPTOR;
#pragma pack(pop)

EXTERN_C_END

#endif /* DMF_RESHUB_H */

/* Outside the include guard: the helpers come with the first inclusion that asks for them. */
#if defined(RESHUB_USE_HELPER_ROUTINES) && !defined(DMF_RESHUB_HELPERS)
#define DMF_RESHUB_HELPERS

#include "ntstatus.h"

EXTERN_C_START

/*
 * Writes the sixteen digits and the terminating zero.
 */
FORCEINLINE NTSTATUS RESOURCE_HUB_ID_TO_FILE_NAME(ULONG IdLowPart, ULONG IdHighPart, PWCHAR FileName)
{
    ULONGLONG id = ((ULONGLONG)IdHighPart << 32) | IdLowPart;
    ULONG index;

    for (index = 0; index < RESOURCE_HUB_CONNECTION_FILE_CHARS - 1; index++)
    {
        ULONG digit = (ULONG)(id >> (60 - 4 * index)) & 0xf;

        FileName[index] = (WCHAR)(digit < 10 ? L'0' + digit : L'a' + (digit - 10));
    }
    FileName[index] = 0;
    return STATUS_SUCCESS;
}

/*
 * FileName's buffer must hold RESOURCE_HUB_CONNECTION_PATH_SIZE bytes. A shorter one gets what fits, always terminated, and
 * STATUS_BUFFER_OVERFLOW.
 */
FORCEINLINE NTSTATUS RESOURCE_HUB_CREATE_PATH_FROM_ID(PUNICODE_STRING FileName, ULONG IdLowPart, ULONG IdHighPart)
{
    static const WCHAR prefix[] = RESOURCE_HUB_DEVICE_NAME_PREFIX;
    const ULONG prefixLength = (ULONG)(sizeof(prefix) / sizeof(prefix[0])) - 1;
    WCHAR path[RESOURCE_HUB_CONNECTION_PATH_CHARS];
    ULONG length = RESOURCE_HUB_CONNECTION_PATH_CHARS - 1;
    ULONG capacity = FileName->MaximumLength / (ULONG)sizeof(WCHAR);
    NTSTATUS ntStatus = STATUS_SUCCESS;

#ifdef NT_ASSERT
    NT_ASSERT(FileName->MaximumLength >= RESOURCE_HUB_CONNECTION_PATH_SIZE);
#endif
    __builtin_memcpy(path, prefix, prefixLength * sizeof(WCHAR));
    (void)RESOURCE_HUB_ID_TO_FILE_NAME(IdLowPart, IdHighPart, &path[prefixLength]);
    if (capacity == 0)
    {
        FileName->Length = 0;
        return STATUS_INVALID_PARAMETER;
    }
    if (capacity <= length)
    {
        length = capacity - 1;
        ntStatus = STATUS_BUFFER_OVERFLOW;
    }
    __builtin_memcpy(FileName->Buffer, path, length * sizeof(WCHAR));
    FileName->Buffer[length] = 0;
    FileName->Length = (USHORT)(length * sizeof(WCHAR));
    return ntStatus;
}

/*
 * FileName is terminated by a zero and starts with the digits, without a backslash. After them it ends, or a backslash and a
 * path below the connection follow, where NextPathElement then points.
 */
FORCEINLINE NTSTATUS RESOURCE_HUB_ID_FROM_FILE_NAME_WITH_SUBPATH(LPCWSTR FileName, PLARGE_INTEGER Id,
                                                                 LPWSTR *NextPathElement)
{
    ULONGLONG id = 0;
    LPCWSTR next = FileName;
    ULONG digits;

    Id->QuadPart = 0;
    for (digits = 0; digits < RESOURCE_HUB_CONNECTION_FILE_CHARS - 1; digits++)
    {
        WCHAR character = *next++;

        if (character >= L'0' && character <= L'9')
        {
            id = (id << 4) | (ULONGLONG)(character - L'0');
        }
        else if (character >= L'a' && character <= L'f')
        {
            id = (id << 4) | (ULONGLONG)(character - L'a' + 10);
        }
        else if (character >= L'A' && character <= L'F')
        {
            id = (id << 4) | (ULONGLONG)(character - L'A' + 10);
        }
        else
        {
            return STATUS_INVALID_PARAMETER;
        }
    }
    if (*next != 0 && *next != L'\\')
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (*next == L'\\')
    {
        next++;
    }
    Id->QuadPart = (LONGLONG)id;
    if (NextPathElement != NULL)
    {
        *NextPathElement = (LPWSTR)(ULONG_PTR)next;
    }
    return STATUS_SUCCESS;
}

FORCEINLINE NTSTATUS RESOURCE_HUB_ID_FROM_FILE_NAME(LPCWSTR FileName, PLARGE_INTEGER Id)
{
    return RESOURCE_HUB_ID_FROM_FILE_NAME_WITH_SUBPATH(FileName, Id, NULL);
}

EXTERN_C_END

#endif /* RESHUB_USE_HELPER_ROUTINES */
