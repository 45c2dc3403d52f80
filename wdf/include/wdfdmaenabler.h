/* SPDX-License-Identifier: MIT */
/*
 * Direct memory access: the enabler, which describes what the device's DMA hardware can do.
 */
#ifndef WDFDMAENABLER_H
#define WDFDMAENABLER_H

#include "wdfglobals.h"

#if !defined(UMDF_VERSION_MAJOR)
/* The device takes scatter and gather lists of any length. */
#define WDF_DMA_ENABLER_UNLIMITED_FRAGMENTS ((ULONG)-1)
#endif

EXTERN_C_START

#if !defined(UMDF_VERSION_MAJOR)

/* What the DMA hardware of the device can do. */
typedef enum _WDF_DMA_PROFILE
{
    WdfDmaProfileInvalid = 0,
    WdfDmaProfilePacket = 1,
    WdfDmaProfileScatterGather = 2,
    WdfDmaProfilePacket64 = 3,
    WdfDmaProfileScatterGather64 = 4,
    WdfDmaProfileScatterGatherDuplex = 5,
    WdfDmaProfileScatterGather64Duplex = 6,
    WdfDmaProfileSystem = 7,
    WdfDmaProfileSystemDuplex = 8,
} WDF_DMA_PROFILE;

/* Which way the data moves. */
typedef enum _WDF_DMA_DIRECTION
{
    WdfDmaDirectionReadFromDevice = FALSE,
    WdfDmaDirectionWriteToDevice = TRUE,
} WDF_DMA_DIRECTION;

/* Bits of Flags in WDF_DMA_ENABLER_CONFIG. */
typedef enum _WDF_DMA_ENABLER_CONFIG_FLAGS
{
    WDF_DMA_ENABLER_CONFIG_NO_SGLIST_PREALLOCATION = 0x00000001,
    WDF_DMA_ENABLER_CONFIG_REQUIRE_SINGLE_TRANSFER = 0x00000002,
} WDF_DMA_ENABLER_CONFIG_FLAGS;

typedef _Function_class_(EVT_WDF_DMA_ENABLER_FILL)
_IRQL_requires_same_ _IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS EVT_WDF_DMA_ENABLER_FILL(_In_ WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_FILL *PFN_WDF_DMA_ENABLER_FILL;

typedef _Function_class_(EVT_WDF_DMA_ENABLER_FLUSH)
_IRQL_requires_same_ _IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS EVT_WDF_DMA_ENABLER_FLUSH(_In_ WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_FLUSH *PFN_WDF_DMA_ENABLER_FLUSH;

typedef _Function_class_(EVT_WDF_DMA_ENABLER_ENABLE)
_IRQL_requires_same_ _IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS EVT_WDF_DMA_ENABLER_ENABLE(_In_ WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_ENABLE *PFN_WDF_DMA_ENABLER_ENABLE;

typedef _Function_class_(EVT_WDF_DMA_ENABLER_DISABLE)
_IRQL_requires_same_ _IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS EVT_WDF_DMA_ENABLER_DISABLE(_In_ WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_DISABLE *PFN_WDF_DMA_ENABLER_DISABLE;

typedef _Function_class_(EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_START)
_IRQL_requires_same_ _IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_START(_In_ WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_START *PFN_WDF_DMA_ENABLER_SELFMANAGED_IO_START;

typedef _Function_class_(EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_STOP)
_IRQL_requires_same_ _IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_STOP(_In_ WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_STOP *PFN_WDF_DMA_ENABLER_SELFMANAGED_IO_STOP;

/* How a DMA enabler is created. */
typedef struct _WDF_DMA_ENABLER_CONFIG
{
    ULONG Size;
    WDF_DMA_PROFILE Profile;
    size_t MaximumLength;
    PFN_WDF_DMA_ENABLER_FILL EvtDmaEnablerFill;
    PFN_WDF_DMA_ENABLER_FLUSH EvtDmaEnablerFlush;
    PFN_WDF_DMA_ENABLER_DISABLE EvtDmaEnablerDisable;
    PFN_WDF_DMA_ENABLER_ENABLE EvtDmaEnablerEnable;
    PFN_WDF_DMA_ENABLER_SELFMANAGED_IO_START EvtDmaEnablerSelfManagedIoStart;
    PFN_WDF_DMA_ENABLER_SELFMANAGED_IO_STOP EvtDmaEnablerSelfManagedIoStop;
    ULONG AddressWidthOverride;
    ULONG WdmDmaVersionOverride;
    ULONG Flags;
} WDF_DMA_ENABLER_CONFIG, *PWDF_DMA_ENABLER_CONFIG;

/* How a channel of the system DMA controller is used. */
typedef struct _WDF_DMA_SYSTEM_PROFILE_CONFIG
{
    ULONG Size;
    BOOLEAN DemandMode;
    BOOLEAN LoopedTransfer;
    DMA_WIDTH DmaWidth;
    PHYSICAL_ADDRESS DeviceAddress;
    PCM_PARTIAL_RESOURCE_DESCRIPTOR DmaDescriptor;
} WDF_DMA_SYSTEM_PROFILE_CONFIG, *PWDF_DMA_SYSTEM_PROFILE_CONFIG;

#endif

#if !defined(UMDF_VERSION_MAJOR)

FORCEINLINE VOID WDF_DMA_ENABLER_CONFIG_INIT(_Out_ PWDF_DMA_ENABLER_CONFIG Config, _In_ WDF_DMA_PROFILE Profile,
    _In_ size_t MaximumLength)
{
    RtlZeroMemory(Config, sizeof(WDF_DMA_ENABLER_CONFIG));
    Config->Size = WDF_STRUCTURE_SIZE(WDF_DMA_ENABLER_CONFIG);
    Config->Profile = Profile;
    Config->MaximumLength = MaximumLength;
}

FORCEINLINE VOID WDF_DMA_SYSTEM_PROFILE_CONFIG_INIT(_Out_ PWDF_DMA_SYSTEM_PROFILE_CONFIG DmaConfig,
    _In_ PHYSICAL_ADDRESS Address, _In_ DMA_WIDTH DmaWidth, _In_ PCM_PARTIAL_RESOURCE_DESCRIPTOR DmaDescriptor)
{
    RtlZeroMemory(DmaConfig, sizeof(WDF_DMA_SYSTEM_PROFILE_CONFIG));
    DmaConfig->Size = WDF_STRUCTURE_SIZE(WDF_DMA_SYSTEM_PROFILE_CONFIG);
    DmaConfig->DeviceAddress = Address;
    DmaConfig->DmaWidth = DmaWidth;
    DmaConfig->DmaDescriptor = DmaDescriptor;
}

#endif

#if !defined(UMDF_VERSION_MAJOR)

typedef NTSTATUS (*PFN_WDFDMAENABLERCREATE)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
    PWDF_DMA_ENABLER_CONFIG Config, PWDF_OBJECT_ATTRIBUTES Attributes, WDFDMAENABLER *DmaEnablerHandle);
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE NTSTATUS WdfDmaEnablerCreate(_In_ WDFDEVICE Device, _In_ PWDF_DMA_ENABLER_CONFIG Config,
    _In_opt_ PWDF_OBJECT_ATTRIBUTES Attributes, _Out_ WDFDMAENABLER *DmaEnablerHandle)
{
    return ((PFN_WDFDMAENABLERCREATE)WdfFunctions[WdfDmaEnablerCreateTableIndex])(WdfDriverGlobals, Device, Config,
        Attributes, DmaEnablerHandle);
}

typedef size_t (*PFN_WDFDMAENABLERGETMAXIMUMLENGTH)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDMAENABLER DmaEnabler);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE size_t WdfDmaEnablerGetMaximumLength(_In_ WDFDMAENABLER DmaEnabler)
{
    return ((PFN_WDFDMAENABLERGETMAXIMUMLENGTH)WdfFunctions[WdfDmaEnablerGetMaximumLengthTableIndex])(WdfDriverGlobals,
        DmaEnabler);
}

typedef size_t (*PFN_WDFDMAENABLERGETMAXIMUMSCATTERGATHERELEMENTS)(PWDF_DRIVER_GLOBALS DriverGlobals,
    WDFDMAENABLER DmaEnabler);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE size_t WdfDmaEnablerGetMaximumScatterGatherElements(_In_ WDFDMAENABLER DmaEnabler)
{
    return ((PFN_WDFDMAENABLERGETMAXIMUMSCATTERGATHERELEMENTS)
        WdfFunctions[WdfDmaEnablerGetMaximumScatterGatherElementsTableIndex])(WdfDriverGlobals, DmaEnabler);
}

typedef VOID (*PFN_WDFDMAENABLERSETMAXIMUMSCATTERGATHERELEMENTS)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDMAENABLER DmaEnabler,
    size_t MaximumFragments);
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE VOID WdfDmaEnablerSetMaximumScatterGatherElements(_In_ WDFDMAENABLER DmaEnabler, _In_ size_t MaximumFragments)
{
    ((PFN_WDFDMAENABLERSETMAXIMUMSCATTERGATHERELEMENTS)
        WdfFunctions[WdfDmaEnablerSetMaximumScatterGatherElementsTableIndex])(WdfDriverGlobals, DmaEnabler,
        MaximumFragments);
}

typedef size_t (*PFN_WDFDMAENABLERGETFRAGMENTLENGTH)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDMAENABLER DmaEnabler,
    WDF_DMA_DIRECTION DmaDirection);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE size_t WdfDmaEnablerGetFragmentLength(_In_ WDFDMAENABLER DmaEnabler, _In_ WDF_DMA_DIRECTION DmaDirection)
{
    return ((PFN_WDFDMAENABLERGETFRAGMENTLENGTH)WdfFunctions[WdfDmaEnablerGetFragmentLengthTableIndex])(WdfDriverGlobals,
        DmaEnabler, DmaDirection);
}

typedef PDMA_ADAPTER (*PFN_WDFDMAENABLERWDMGETDMAADAPTER)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDMAENABLER DmaEnabler,
    WDF_DMA_DIRECTION DmaDirection);
_IRQL_requires_max_(DISPATCH_LEVEL)
FORCEINLINE PDMA_ADAPTER WdfDmaEnablerWdmGetDmaAdapter(_In_ WDFDMAENABLER DmaEnabler, _In_ WDF_DMA_DIRECTION DmaDirection)
{
    return ((PFN_WDFDMAENABLERWDMGETDMAADAPTER)WdfFunctions[WdfDmaEnablerWdmGetDmaAdapterTableIndex])(WdfDriverGlobals,
        DmaEnabler, DmaDirection);
}

typedef NTSTATUS (*PFN_WDFDMAENABLERCONFIGURESYSTEMPROFILE)(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDMAENABLER DmaEnabler,
    PWDF_DMA_SYSTEM_PROFILE_CONFIG ProfileConfig, WDF_DMA_DIRECTION ConfigDirection);
_Must_inspect_result_
_IRQL_requires_max_(PASSIVE_LEVEL)
FORCEINLINE NTSTATUS WdfDmaEnablerConfigureSystemProfile(_In_ WDFDMAENABLER DmaEnabler,
    _In_ PWDF_DMA_SYSTEM_PROFILE_CONFIG ProfileConfig, _In_ WDF_DMA_DIRECTION ConfigDirection)
{
    return ((PFN_WDFDMAENABLERCONFIGURESYSTEMPROFILE)
        WdfFunctions[WdfDmaEnablerConfigureSystemProfileTableIndex])(WdfDriverGlobals, DmaEnabler, ProfileConfig,
        ConfigDirection);
}

#endif

EXTERN_C_END

#endif /* WDFDMAENABLER_H */
