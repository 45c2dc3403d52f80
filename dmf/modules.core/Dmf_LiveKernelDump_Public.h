/* SPDX-License-Identifier: MIT */
/*
 * LiveKernelDump: what programs need to ask a driver for a report about itself.
 */
#ifndef DMF_LIVEKERNELDUMP_PUBLIC_H
#define DMF_LIVEKERNELDUMP_PUBLIC_H

#pragma pack(push, 1)

/* Memory that is to be in the report. */
typedef struct
{
    PVOID Address;
    ULONG Size;
} LIVEKERNELDUMP_CLIENT_STRUCTURE, *PLIVEKERNELDUMP_CLIENT_STRUCTURE;

typedef struct
{
    ULONG BugCheckCode;
    ULONG_PTR BugCheckParameter;
    BOOLEAN ExcludeDmfData;
    ULONG NumberOfClientStructures;
    PLIVEKERNELDUMP_CLIENT_STRUCTURE ArrayOfClientStructures;
    ULONG SizeOfSecondaryData;
    PVOID SecondaryDataBuffer;
} LIVEKERNELDUMP_INPUT_BUFFER, *PLIVEKERNELDUMP_INPUT_BUFFER;

#pragma pack(pop)

/* Writes a report. Only for administrators. */
#define IOCTL_LIVEKERNELDUMP_CREATE CTL_CODE(FILE_DEVICE_UNKNOWN, 4800, METHOD_BUFFERED, FILE_WRITE_ACCESS)

#endif /* DMF_LIVEKERNELDUMP_PUBLIC_H */
