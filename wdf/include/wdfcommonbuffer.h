/* SPDX-License-Identifier: MIT */
/*
 * Common buffers: memory that the device and the driver see at the same time.
 */
#ifndef WDFCOMMONBUFFER_H
#define WDFCOMMONBUFFER_H

#include "wdfglobals.h"

EXTERN_C_START

#if !defined(UMDF_VERSION_MAJOR)

/* How a common buffer is created. */
typedef struct _WDF_COMMON_BUFFER_CONFIG
{
    ULONG Size;
    ULONG AlignmentRequirement;
} WDF_COMMON_BUFFER_CONFIG, *PWDF_COMMON_BUFFER_CONFIG;

#endif

#if !defined(UMDF_VERSION_MAJOR)

FORCEINLINE VOID WDF_COMMON_BUFFER_CONFIG_INIT(_Out_ PWDF_COMMON_BUFFER_CONFIG Config, _In_ ULONG AlignmentRequirement)
{
    RtlZeroMemory(Config, sizeof(WDF_COMMON_BUFFER_CONFIG));
    Config->Size = WDF_STRUCTURE_SIZE(WDF_COMMON_BUFFER_CONFIG);
    Config->AlignmentRequirement = AlignmentRequirement;
}

#endif

#if !defined(UMDF_VERSION_MAJOR)

typedef NTSTATUS (*PFN_WDFCOMMONBUFFERCREATE)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDMAENABLER DmaEnabler, size_t Length,
    PWDF_OBJECT_ATTRIBUTES Attributes, WDFCOMMONBUFFER *CommonBuffer);
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE NTSTATUS WdfCommonBufferCreate(_In_ WDFDMAENABLER DmaEnabler, _In_ size_t Length,
    _In_opt_ PWDF_OBJECT_ATTRIBUTES Attributes, _Out_ WDFCOMMONBUFFER *CommonBuffer)
{
    return ((PFN_WDFCOMMONBUFFERCREATE)WdfFunctions[WdfCommonBufferCreateTableIndex])(WdfDriverGlobals, DmaEnabler, Length,
        Attributes, CommonBuffer);
}

typedef PVOID (*PFN_WDFCOMMONBUFFERGETALIGNEDVIRTUALADDRESS)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFCOMMONBUFFER CommonBuffer);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE PVOID WdfCommonBufferGetAlignedVirtualAddress(_In_ WDFCOMMONBUFFER CommonBuffer)
{
    return ((PFN_WDFCOMMONBUFFERGETALIGNEDVIRTUALADDRESS)
        WdfFunctions[WdfCommonBufferGetAlignedVirtualAddressTableIndex])(WdfDriverGlobals, CommonBuffer);
}

typedef PHYSICAL_ADDRESS (*PFN_WDFCOMMONBUFFERGETALIGNEDLOGICALADDRESS)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFCOMMONBUFFER CommonBuffer);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE PHYSICAL_ADDRESS WdfCommonBufferGetAlignedLogicalAddress(_In_ WDFCOMMONBUFFER CommonBuffer)
{
    return ((PFN_WDFCOMMONBUFFERGETALIGNEDLOGICALADDRESS)
        WdfFunctions[WdfCommonBufferGetAlignedLogicalAddressTableIndex])(WdfDriverGlobals, CommonBuffer);
}

typedef size_t (*PFN_WDFCOMMONBUFFERGETLENGTH)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCOMMONBUFFER CommonBuffer);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE size_t WdfCommonBufferGetLength(_In_ WDFCOMMONBUFFER CommonBuffer)
{
    return ((PFN_WDFCOMMONBUFFERGETLENGTH)WdfFunctions[WdfCommonBufferGetLengthTableIndex])(WdfDriverGlobals, CommonBuffer);
}

typedef NTSTATUS (*PFN_WDFCOMMONBUFFERCREATEWITHCONFIG)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDMAENABLER DmaEnabler,
    size_t Length, PWDF_COMMON_BUFFER_CONFIG Config, PWDF_OBJECT_ATTRIBUTES Attributes, WDFCOMMONBUFFER *CommonBuffer);
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE NTSTATUS WdfCommonBufferCreateWithConfig(_In_ WDFDMAENABLER DmaEnabler, _In_ size_t Length,
    _In_ PWDF_COMMON_BUFFER_CONFIG Config, _In_opt_ PWDF_OBJECT_ATTRIBUTES Attributes, _Out_ WDFCOMMONBUFFER *CommonBuffer)
{
    return ((PFN_WDFCOMMONBUFFERCREATEWITHCONFIG)
        WdfFunctions[WdfCommonBufferCreateWithConfigTableIndex])(WdfDriverGlobals, DmaEnabler, Length, Config, Attributes,
        CommonBuffer);
}

#endif

EXTERN_C_END

#endif /* WDFCOMMONBUFFER_H */
