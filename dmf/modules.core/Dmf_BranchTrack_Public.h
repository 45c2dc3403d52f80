/* SPDX-License-Identifier: MIT */
/*
 * BranchTrack: what programs need to ask a driver for its check points.
 */
#ifndef DMF_BRANCHTRACK_PUBLIC_H
#define DMF_BRANCHTRACK_PUBLIC_H

/* The class of the device interface, unless the driver has a symbolic link for it. */
/* {1964F671-9F87-4D91-938E-2B15002F249B} */
DEFINE_GUID(GUID_DEVINTERFACE_BranchTrack, 0x1964f671, 0x9f87, 0x4d91, 0x93, 0x8e, 0x2b, 0x15, 0x0, 0x2f, 0x24, 0x9b);

#define IOCTL_BRANCHTRACK_QUERY_INFORMATION CTL_CODE(FILE_DEVICE_UNKNOWN, 0x40B, METHOD_BUFFERED, FILE_READ_ACCESS)

#define BRANCHTRACK_DEFAULT_MAXIMUM_BRANCHES 200

/* What is expected of a check point, as its hint says it. */
#define DMF_BRANCHTRACK_STRING_Exactly "exactly"
#define DMF_BRANCHTRACK_STRING_MoreThan "more than"
#define DMF_BRANCHTRACK_STRING_LessThan "less than"
#define DMF_BRANCHTRACK_STRING_Never "never"
#define DMF_BRANCHTRACK_STRING_AtLeast "at least"
#define DMF_BRANCHTRACK_STRING_Optionally "optionally"
#define DMF_BRANCHTRACK_STRING_FaultInjection "FaultInjection"
#define DMF_BRANCHTRACK_STRING_NoFaultInjection "NoFaultInjection"

typedef enum
{
    BRANCHTRACK_REQUEST_TYPE_INVALID = 0,
    BRANCHTRACK_REQUEST_TYPE_STATUS,
    BRANCHTRACK_REQUEST_TYPE_DETAILS,
} BRANCHTRACK_REQUEST_TYPE;

typedef struct _BRANCHTRACK_REQUEST_INPUT_DATA
{
    DWORD Type;
} BRANCHTRACK_REQUEST_INPUT_DATA;

/* How many check points there are, and how many meet their expectation. */
typedef struct _BRANCHTRACK_REQUEST_OUTPUT_DATA_STATUS
{
    ULONG BranchesTotal;
    ULONG BranchesPassed;
    UCHAR ClientModuleName[ANYSIZE_ARRAY];
} BRANCHTRACK_REQUEST_OUTPUT_DATA_STATUS;

/* One check point. Offsets are from its beginning; the next one, which need not be aligned, begins at NextEntryOffset. */
typedef struct _BRANCHTRACK_REQUEST_OUTPUT_DATA_DETAILS
{
    /* Zero in the last one. */
    ULONG NextEntryOffset;
    ULONG FileNameOffset;
    ULONG LineNumber;
    ULONG BranchNameOffset;
    ULONG HintNameOffset;
    BOOLEAN IsPassed;
    ULONGLONG CounterState;
    ULONGLONG ExpectedState;
    UCHAR StringBuffer[ANYSIZE_ARRAY];
} BRANCHTRACK_REQUEST_OUTPUT_DATA_DETAILS;

typedef struct _BRANCHTRACK_REQUEST_OUTPUT_DATA
{
    DWORD ResponseType;
    DWORD ResponseLength;
    union
    {
        BRANCHTRACK_REQUEST_OUTPUT_DATA_STATUS Status;
        UCHAR Details[ANYSIZE_ARRAY];
    } Response;
} BRANCHTRACK_REQUEST_OUTPUT_DATA;

#endif /* DMF_BRANCHTRACK_PUBLIC_H */
