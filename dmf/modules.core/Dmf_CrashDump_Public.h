/* SPDX-License-Identifier: MIT */
/*
 * CrashDump: what programs need to keep data for a crash dump in a driver, and to get it back.
 */
#ifndef DMF_CRASHDUMP_PUBLIC_H
#define DMF_CRASHDUMP_PUBLIC_H

/* The class of the device interface, which only administrators may open. */
/* {F4A58486-FD91-4BF9-96BC-DDA5CF571EDF} */
DEFINE_GUID(GUID_DEVINTERFACE_CrashDump, 0xf4a58486, 0xfd91, 0x4bf9, 0x96, 0xbc, 0xdd, 0xa5, 0xcf, 0x57, 0x1e, 0xdf);

/* The caller's file becomes the writer of a data source, which is made unless it is there and has lost its writer. */
#define IOCTL_DATA_SOURCE_CREATE CTL_CODE(FILE_DEVICE_UNKNOWN, 2048, METHOD_BUFFERED, FILE_WRITE_ACCESS)
/* The caller's data source is destroyed. */
#define IOCTL_DATA_SOURCE_DESTROY CTL_CODE(FILE_DEVICE_UNKNOWN, 2049, METHOD_BUFFERED, FILE_WRITE_ACCESS)
/* Writes one entry. The oldest one goes when there is no room. */
#define IOCTL_DATA_SOURCE_WRITE CTL_CODE(FILE_DEVICE_UNKNOWN, 2050, METHOD_BUFFERED, FILE_WRITE_ACCESS)
/* Stops the system. Only debug builds of a driver have it. */
#define IOCTL_CRASH_DRIVER CTL_CODE(FILE_DEVICE_UNKNOWN, 2051, METHOD_BUFFERED, FILE_WRITE_ACCESS)
/* Takes the oldest entry out. */
#define IOCTL_DATA_SOURCE_READ CTL_CODE(FILE_DEVICE_UNKNOWN, 2052, METHOD_BUFFERED, FILE_READ_ACCESS)
/* The caller's file becomes the reader of a data source, and is told how large it is. */
#define IOCTL_DATA_SOURCE_OPEN CTL_CODE(FILE_DEVICE_UNKNOWN, 2053, METHOD_BUFFERED, FILE_READ_ACCESS)
/* Takes all entries out, the oldest first. */
#define IOCTL_DATA_SOURCE_CAPTURE CTL_CODE(FILE_DEVICE_UNKNOWN, 2054, METHOD_BUFFERED, FILE_READ_ACCESS)

#pragma pack(push, 1)

typedef struct
{
    ULONG EntriesCount;
    ULONG EntrySize;
    GUID Guid;
} DATA_SOURCE_CREATE;

/* The caller gives the GUID and is told the rest. */
typedef struct
{
    ULONG EntriesCount;
    ULONG EntrySize;
    GUID Guid;
} DATA_SOURCE_OPEN;

#pragma pack(pop)

/* What a file is to a data source. */
typedef enum
{
    DataSourceModeInvalid = 0,
    DataSourceModeWrite = 1,
    DataSourceModeRead = 2,
    DataSourceModeMaximum,
} DataSourceModeType;

#endif /* DMF_CRASHDUMP_PUBLIC_H */
