/* SPDX-License-Identifier: MIT */
/*
 * File objects: one for every open handle to the device.
 */
#ifndef WDFFILEOBJECT_H
#define WDFFILEOBJECT_H

#include "wdfglobals.h"

EXTERN_C_START

#if defined(UMDF_VERSION_MAJOR)

/* Which information about a file a request asks for or sets. */
typedef enum _WDF_FILE_INFORMATION_CLASS
{
    WdfFileInformationDirectory = 1,
    WdfFileInformationFullDirectory = 2,
    WdfFileInformationBothDirectory = 3,
    WdfFileInformationBasic = 4,
    WdfFileInformationStandard = 5,
    WdfFileInformationInternal = 6,
    WdfFileInformationEa = 7,
    WdfFileInformationAccess = 8,
    WdfFileInformationName = 9,
    WdfFileInformationRename = 10,
    WdfFileInformationLink = 11,
    WdfFileInformationNames = 12,
    WdfFileInformationDisposition = 13,
    WdfFileInformationPosition = 14,
    WdfFileInformationFullEa = 15,
    WdfFileInformationMode = 16,
    WdfFileInformationAlignment = 17,
    WdfFileInformationAll = 18,
    WdfFileInformationAllocation = 19,
    WdfFileInformationEndOfFile = 20,
    WdfFileInformationAlternateName = 21,
    WdfFileInformationStream = 22,
    WdfFileInformationPipe = 23,
    WdfFileInformationPipeLocal = 24,
    WdfFileInformationPipeRemote = 25,
    WdfFileInformationMailslotQuery = 26,
    WdfFileInformationMailslotSet = 27,
    WdfFileInformationCompression = 28,
    WdfFileInformationObjectId = 29,
    WdfFileInformationCompletion = 30,
    WdfFileInformationMoveCluster = 31,
    WdfFileInformationQuota = 32,
    WdfFileInformationReparsePoint = 33,
    WdfFileInformationNetworkOpen = 34,
    WdfFileInformationAttributeTag = 35,
    WdfFileInformationTracking = 36,
    WdfFileInformationIdBothDirectory = 37,
    WdfFileInformationIdFullDirectory = 38,
    WdfFileInformationValidDataLength = 39,
    WdfFileInformationShortName = 40,
    WdfFileInformationIoCompletionNotification = 41,
    WdfFileInformationIoStatusBlockRange = 42,
    WdfFileInformationIoPriorityHint = 43,
    WdfFileInformationSfioReserve = 44,
    WdfFileInformationSfioVolume = 45,
    WdfFileInformationHardLink = 46,
    WdfFileInformationProcessIdsUsingFile = 47,
    WdfFileInformationNormalizedName = 48,
    WdfFileInformationNetworkPhysicalName = 49,
    WdfFileInformationIdGlobalTxDirectory = 50,
    WdfFileInformationIsRemoteDevice = 51,
    WdfFileInformationAttributeCache = 52,
    WdfFileInformationMaximum = 53,
} WDF_FILE_INFORMATION_CLASS, *PWDF_FILE_INFORMATION_CLASS;

#endif

typedef PUNICODE_STRING (*PFN_WDFFILEOBJECTGETFILENAME)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFFILEOBJECT FileObject);
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE PUNICODE_STRING WdfFileObjectGetFileName(_In_ WDFFILEOBJECT FileObject)
{
    return ((PFN_WDFFILEOBJECTGETFILENAME)WdfFunctions[WdfFileObjectGetFileNameTableIndex])(WdfDriverGlobals, FileObject);
}

typedef WDFDEVICE (*PFN_WDFFILEOBJECTGETDEVICE)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFFILEOBJECT FileObject);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE WDFDEVICE WdfFileObjectGetDevice(_In_ WDFFILEOBJECT FileObject)
{
    return ((PFN_WDFFILEOBJECTGETDEVICE)WdfFunctions[WdfFileObjectGetDeviceTableIndex])(WdfDriverGlobals, FileObject);
}

typedef ULONG (*PFN_WDFFILEOBJECTGETINITIATORPROCESSID)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFFILEOBJECT FileObject);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE ULONG WdfFileObjectGetInitiatorProcessId(_In_ WDFFILEOBJECT FileObject)
{
    return ((PFN_WDFFILEOBJECTGETINITIATORPROCESSID)
        WdfFunctions[WdfFileObjectGetInitiatorProcessIdTableIndex])(WdfDriverGlobals, FileObject);
}

#if !defined(UMDF_VERSION_MAJOR)

typedef ULONG (*PFN_WDFFILEOBJECTGETFLAGS)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFFILEOBJECT FileObject);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE ULONG WdfFileObjectGetFlags(_In_ WDFFILEOBJECT FileObject)
{
    return ((PFN_WDFFILEOBJECTGETFLAGS)WdfFunctions[WdfFileObjectGetFlagsTableIndex])(WdfDriverGlobals, FileObject);
}

typedef PFILE_OBJECT (*PFN_WDFFILEOBJECTWDMGETFILEOBJECT)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFFILEOBJECT FileObject);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE PFILE_OBJECT WdfFileObjectWdmGetFileObject(_In_ WDFFILEOBJECT FileObject)
{
    return ((PFN_WDFFILEOBJECTWDMGETFILEOBJECT)WdfFunctions[WdfFileObjectWdmGetFileObjectTableIndex])(WdfDriverGlobals,
        FileObject);
}

#else

typedef WDFFILEOBJECT (*PFN_WDFFILEOBJECTGETRELATEDFILEOBJECT)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFFILEOBJECT FileObject);
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE WDFFILEOBJECT WdfFileObjectGetRelatedFileObject(_In_ WDFFILEOBJECT FileObject)
{
    return ((PFN_WDFFILEOBJECTGETRELATEDFILEOBJECT)
        WdfFunctions[WdfFileObjectGetRelatedFileObjectTableIndex])(WdfDriverGlobals, FileObject);
}

#endif

EXTERN_C_END

#endif /* WDFFILEOBJECT_H */
