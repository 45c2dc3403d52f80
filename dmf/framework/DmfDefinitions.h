/* SPDX-License-Identifier: MIT */
/*
 * What a Client sees of DMF: the handles, how a Module is configured and instantiated, and how a Client Driver connects a
 * device to DMF. A function is declared here only when the framework has it.
 */
#ifndef DMF_DEFINITIONS_H
#define DMF_DEFINITIONS_H

#include "DmfIncludes.h"

EXTERN_C_START

/* Handles and base types. */

DECLARE_HANDLE(DMFMODULE);
DECLARE_HANDLE(DMFINTERFACE);

typedef struct DMFDEVICE_INIT *PDMFDEVICE_INIT;

#define PDMFMODULE_INIT PVOID
#define DMF_CLIENT_MODULE_INSTANCE_NAME_DEFAULT ""
#define USE_GENERIC_CALLBACK NULL
#define USE_GENERIC_ENTRYPOINT USE_GENERIC_CALLBACK

WDF_DECLARE_CUSTOM_TYPE(DMFMODULE_TYPE);
WDF_DECLARE_CUSTOM_TYPE(DMFINTERFACE_TYPE);
WDF_DECLARE_CONTEXT_TYPE(DMFMODULE);

typedef struct _DMF_TIME_FIELDS
{
    UINT16 Year;
    UINT16 Month;
    UINT16 Day;
    UINT16 Hour;
    UINT16 Minute;
    UINT16 Second;
    UINT16 Milliseconds;
    UINT16 Weekday;
} DMF_TIME_FIELDS;

/* Instantiation: attributes and event callbacks. */

struct _DMF_MODULE_ATTRIBUTES;

typedef _Function_class_(EVT_DMF_MODULE_OnDeviceNotificationOpen) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
EVT_DMF_MODULE_OnDeviceNotificationOpen(_In_ DMFMODULE DmfModule);

typedef _Function_class_(EVT_DMF_MODULE_OnDeviceNotificationPostOpen) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
EVT_DMF_MODULE_OnDeviceNotificationPostOpen(_In_ DMFMODULE DmfModule);

typedef _Function_class_(EVT_DMF_MODULE_OnDeviceNotificationPreClose) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
EVT_DMF_MODULE_OnDeviceNotificationPreClose(_In_ DMFMODULE DmfModule);

typedef _Function_class_(EVT_DMF_MODULE_OnDeviceNotificationClose) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
EVT_DMF_MODULE_OnDeviceNotificationClose(_In_ DMFMODULE DmfModule);

/* The last two members are the user guide's; they stand after the current ones, so that these keep their places. */
typedef struct
{
    EVT_DMF_MODULE_OnDeviceNotificationPostOpen* EvtModuleOnDeviceNotificationPostOpen;
    EVT_DMF_MODULE_OnDeviceNotificationPreClose* EvtModuleOnDeviceNotificationPreClose;
    EVT_DMF_MODULE_OnDeviceNotificationOpen* EvtModuleOnDeviceNotificationOpen;
    EVT_DMF_MODULE_OnDeviceNotificationClose* EvtModuleOnDeviceNotificationClose;
} DMF_MODULE_EVENT_CALLBACKS, *PDMF_MODULE_EVENT_CALLBACKS;

typedef _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleInstanceCreate(_In_ WDFDEVICE Device,
                         _In_ struct _DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
                         _In_ WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
                         _Out_ DMFMODULE* DmfModule);

typedef _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_TransportModuleAdd(_In_ DMFMODULE DmfModule,
                       _In_ struct _DMF_MODULE_ATTRIBUTES* DmfParentModuleAttributes,
                       _In_ PVOID DmfModuleInit);

typedef _IRQL_requires_max_(DISPATCH_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleTransportMethod(_In_ DMFMODULE DmfModule,
                          _In_ ULONG Message,
                          _In_reads_(InputBufferSize) VOID* InputBuffer,
                          _In_ size_t InputBufferSize,
                          _Out_writes_(OutputBufferSize) VOID* OutputBuffer,
                          _In_ size_t OutputBufferSize);

typedef struct _DMF_MODULE_ATTRIBUTES
{
    ULONG SizeOfHeader;
    VOID* ModuleConfigPointer;
    ULONG SizeOfModuleSpecificConfig;
    DMF_ModuleInstanceCreate* InstanceCreator;
    DMF_MODULE_EVENT_CALLBACKS* ClientCallbacks;
    DMFMODULE* ResultantDmfModule;
    CONST CHAR* ClientModuleInstanceName;
    BOOLEAN DynamicModuleImmediate;
    BOOLEAN DynamicModule;
    union
    {
        DMF_TransportModuleAdd* TransportModuleAdd;
        DMF_TransportModuleAdd* TransportsCreator;
    };
    BOOLEAN PassiveLevel;
    BOOLEAN IsTransportModule;
} DMF_MODULE_ATTRIBUTES, *PDMF_MODULE_ATTRIBUTES;

FORCEINLINE
VOID
DMF_MODULE_ATTRIBUTES_INIT(_Out_ volatile DMF_MODULE_ATTRIBUTES* Attributes, _In_ ULONG SizeOfModuleSpecificConfig)
{
    RtlZeroMemory((VOID*)Attributes, sizeof(DMF_MODULE_ATTRIBUTES));
    Attributes->SizeOfHeader = sizeof(DMF_MODULE_ATTRIBUTES);
    Attributes->SizeOfModuleSpecificConfig = SizeOfModuleSpecificConfig;
    Attributes->ClientModuleInstanceName = DMF_CLIENT_MODULE_INSTANCE_NAME_DEFAULT;
    Attributes->DynamicModuleImmediate = TRUE;
    Attributes->DynamicModule = TRUE;
}

FORCEINLINE
VOID
DMF_MODULE_ATTRIBUTES_EVENT_CALLBACKS_INIT(_Out_ DMF_MODULE_ATTRIBUTES* ModuleAttributes,
                                           _Out_ DMF_MODULE_EVENT_CALLBACKS* DmfModuleEventCallbacks)
{
    RtlZeroMemory(DmfModuleEventCallbacks, sizeof(DMF_MODULE_EVENT_CALLBACKS));
    ModuleAttributes->ClientCallbacks = DmfModuleEventCallbacks;
}

/* The user guide's form: the Client itself sets ClientCallbacks of the attributes. */
FORCEINLINE
VOID
DMF_MODULE_EVENT_CALLBACKS_INIT(_Out_ DMF_MODULE_EVENT_CALLBACKS* DmfModuleEventCallbacks)
{
    RtlZeroMemory(DmfModuleEventCallbacks, sizeof(DMF_MODULE_EVENT_CALLBACKS));
}

/* What a Module's header file declares itself with. */

#define DMF_DECLARE_MODULE_CREATE(ModuleName) \
    EXTERN_C_START \
    WDF_DECLARE_CUSTOM_TYPE(DMF_##ModuleName) \
    _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_ \
    NTSTATUS DMF_##ModuleName##_Create(_In_ WDFDEVICE Device, _In_ DMF_MODULE_ATTRIBUTES* DmfModuleAttributes, \
                                       _In_ WDF_OBJECT_ATTRIBUTES* ObjectAttributes, _Out_ DMFMODULE* DmfModule); \
    EXTERN_C_END

#define DECLARE_DMF_MODULE_NO_CONFIG(ModuleName) \
    DMF_DECLARE_MODULE_CREATE(ModuleName) \
    FORCEINLINE VOID DMF_##ModuleName##_ATTRIBUTES_INIT(_Out_ DMF_MODULE_ATTRIBUTES* Attributes) \
    { \
        DMF_MODULE_ATTRIBUTES_INIT(Attributes, 0); \
        Attributes->InstanceCreator = DMF_##ModuleName##_Create; \
    }

#define DECLARE_DMF_MODULE_EX(ModuleName) \
    DMF_DECLARE_MODULE_CREATE(ModuleName) \
    FORCEINLINE VOID DMF_##ModuleName##_ATTRIBUTES_INIT(_Out_ volatile DMF_MODULE_ATTRIBUTES* Attributes) \
    { \
        DMF_MODULE_ATTRIBUTES_INIT(Attributes, sizeof(DMF_CONFIG_##ModuleName)); \
        Attributes->InstanceCreator = DMF_##ModuleName##_Create; \
    } \
    FORCEINLINE VOID DMF_CONFIG_##ModuleName##_AND_ATTRIBUTES_INIT(_Out_ DMF_CONFIG_##ModuleName* ModuleConfig, \
                                                                   _Out_ volatile DMF_MODULE_ATTRIBUTES* ModuleAttributes) \
    { \
        RtlZeroMemory(ModuleConfig, sizeof(DMF_CONFIG_##ModuleName)); \
        DMF_CONFIG_##ModuleName##_DEFAULT(ModuleConfig); \
        DMF_##ModuleName##_ATTRIBUTES_INIT(ModuleAttributes); \
        ModuleAttributes->ModuleConfigPointer = ModuleConfig; \
    }

#define DECLARE_DMF_MODULE(ModuleName) \
    FORCEINLINE VOID DMF_CONFIG_##ModuleName##_DEFAULT(_Inout_ DMF_CONFIG_##ModuleName* ModuleConfig) \
    { \
        UNREFERENCED_PARAMETER(ModuleConfig); \
    } \
    DECLARE_DMF_MODULE_EX(ModuleName)

EXTERN_C_END

#include "DmfInterface.h"
#include "Dmf_BranchTrack.h"
#include "Dmf_LiveKernelDump.h"

EXTERN_C_START

/* Client Driver initialisation. */

typedef _Function_class_(EVT_DMF_DEVICE_MODULES_ADD) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
EVT_DMF_DEVICE_MODULES_ADD(_In_ WDFDEVICE Device, _In_ PDMFMODULE_INIT DmfModuleInit);

typedef EVT_DMF_DEVICE_MODULES_ADD *PFN_DMF_DEVICE_MODULES_ADD;

typedef enum _DmfLogDataType
{
    DmfLogDataType_Invalid = 0,
    DmfLogDataType_String,
    DmfLogDataType_Generic,
} DmfLogDataType;

typedef enum _DmfLogDataSeverity
{
    DmfLogDataSeverity_Invalid = 0,
    DmfLogDataSeverity_Critical,
    DmfLogDataSeverity_Error,
    DmfLogDataSeverity_Warning,
    DmfLogDataSeverity_Informational,
    DmfLogDataSeverity_Verbose,
    DmfLogDataSeverity_Maximum,
} DmfLogDataSeverity;

/* The members are named like their types, which C++ allows only when the type is named by its tag. */
typedef struct _DMF_LOG_DATA
{
    enum _DmfLogDataType DmfLogDataType;
    enum _DmfLogDataSeverity DmfLogDataSeverity;
    union
    {
        struct
        {
            WCHAR* Message;
        } StringArgument;
    } LogData;
} DMF_LOG_DATA;

typedef _Function_class_(EVT_DMF_DEVICE_LOG) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
EVT_DMF_DEVICE_LOG(_In_ WDFDEVICE Device, _In_ DMF_LOG_DATA DmfLogData);

typedef struct _DMF_EVENT_CALLBACKS
{
    ULONG Size;
    EVT_DMF_DEVICE_MODULES_ADD* EvtDmfDeviceModulesAdd;
    EVT_DMF_DEVICE_LOG* EvtDmfDeviceLog;
} DMF_EVENT_CALLBACKS, *PDMF_EVENT_CALLBACKS;

FORCEINLINE
VOID
DMF_EVENT_CALLBACKS_INIT(_Out_ DMF_EVENT_CALLBACKS* Callbacks)
{
    RtlZeroMemory(Callbacks, sizeof(DMF_EVENT_CALLBACKS));
    Callbacks->Size = sizeof(DMF_EVENT_CALLBACKS);
}

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
PDMFDEVICE_INIT
DMF_DmfDeviceInitAllocate(_In_opt_ PWDFDEVICE_INIT DeviceInit);

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
PDMFDEVICE_INIT
DMF_DmfControlDeviceInitAllocate(_In_opt_ PWDFDEVICE_INIT DeviceInit);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_DmfControlDeviceInitSetClientDriverDevice(_In_ PDMFDEVICE_INIT DmfDeviceInit, _In_ WDFDEVICE Device);

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_DmfDeviceInitFree(_In_ PDMFDEVICE_INIT* DmfDeviceInit);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_DmfDeviceInitHookPnpPowerEventCallbacks(_In_ PDMFDEVICE_INIT DmfDeviceInit,
                                            _Inout_opt_ PWDF_PNPPOWER_EVENT_CALLBACKS PnpPowerEventCallbacks);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_DmfDeviceInitHookFileObjectConfig(_In_ PDMFDEVICE_INIT DmfDeviceInit,
                                      _Inout_opt_ PWDF_FILEOBJECT_CONFIG FileObjectConfig);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(_In_ PDMFDEVICE_INIT DmfDeviceInit,
                                               _Inout_opt_ PWDF_POWER_POLICY_EVENT_CALLBACKS PowerPolicyEventCallbacks);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_DmfDeviceInitHookQueueConfig(_In_ PDMFDEVICE_INIT DmfDeviceInit, _Inout_ PWDF_IO_QUEUE_CONFIG QueueConfig);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_DmfDeviceInitOverrideDefaultQueueConfig(_In_ PDMFDEVICE_INIT DmfDeviceInit, _In_ WDF_IO_QUEUE_CONFIG* QueueConfig);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_DmfDeviceInitOverrideDefaultQueueObjectAttributes(_In_ PDMFDEVICE_INIT DmfDeviceInit,
                                                      _In_ WDF_OBJECT_ATTRIBUTES* QueueObjectAttributes);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_DmfDeviceInitSetEventCallbacks(_In_ PDMFDEVICE_INIT DmfDeviceInit, _In_ DMF_EVENT_CALLBACKS* DmfEventCallbacks);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_DmfDeviceInitSetBranchTrackConfig(_In_ PDMFDEVICE_INIT DmfDeviceInit,
                                      _In_opt_ DMF_CONFIG_BranchTrack* DmfBranchTrackModuleConfig);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_DmfDeviceInitSetLiveKernelDumpConfig(_In_ PDMFDEVICE_INIT DmfDeviceInit,
                                         _In_ DMF_CONFIG_LiveKernelDump* DmfLiveKernelDumpModuleConfig);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_DmfFdoSetFilter(_In_ PDMFDEVICE_INIT DmfDeviceInit);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_DmfDeviceInitDisableWppRecorder(_In_ PDMFDEVICE_INIT DmfDeviceInit);

_IRQL_requires_max_(PASSIVE_LEVEL)
BOOLEAN
DMF_DmfDeviceInitIsWppRecorderDisabled(VOID);

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModulesCreate(_In_ WDFDEVICE Device, _In_ PDMFDEVICE_INIT* DmfDeviceInit);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_DmfModuleAdd(_Inout_ PDMFMODULE_INIT DmfModuleInit,
                 _In_ DMF_MODULE_ATTRIBUTES* ModuleAttributes,
                 _In_opt_ WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
                 _In_opt_ DMFMODULE* ResultantDmfModule);

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_Invoke_DeviceCallbacksCreate(_In_ WDFDEVICE Device,
                                 _In_opt_ WDFCMRESLIST ResourcesRaw,
                                 _In_opt_ WDFCMRESLIST ResourcesTranslated,
                                 _In_ WDF_POWER_DEVICE_STATE PreviousState);

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_Invoke_DeviceCallbacksDestroy(_In_ WDFDEVICE Device,
                                  _In_ WDFCMRESLIST ResourcesTranslated,
                                  _In_ WDF_POWER_DEVICE_STATE TargetState);

/* The control device that all filter devices of a driver share. */

#if !defined(DMF_USER_MODE)
_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_FilterControl_DeviceCreate(_In_ WDFDEVICE Device,
                               _In_opt_ DMF_CONFIG_BranchTrack* FilterBranchTrackConfig,
                               _In_opt_ PWDF_IO_QUEUE_CONFIG QueueConfig,
                               _In_z_ WCHAR* ControlDeviceName);

/* The device is the one that was given to DMF_FilterControl_DeviceCreate. */
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_FilterControl_DeviceDelete(_In_ WDFDEVICE ControlDevice);
#endif

/* Feature Modules: the Modules that the framework itself adds to a device. */

/* The last one is the user guide's, which announces it; there is no such Module. */
typedef enum
{
    DmfFeature_Invalid = 0,
    DmfFeature_BranchTrack,
    DmfFeature_LiveKernelDump,
    DmfFeature_NumberOfFeatures,
    DmfFeature_Performance,
} DmfFeatureType;

#define DMFFEATURE_NAME_BranchTrack "BranchTrack"
#define DMFFEATURE_NAME_LiveKernelDump "LiveKernelDump"

_IRQL_requires_max_(DISPATCH_LEVEL) _Must_inspect_result_
DMFMODULE
DMF_FeatureModuleGetFromDevice(_In_ WDFDEVICE Device, _In_ DmfFeatureType DmfFeature);

_IRQL_requires_max_(DISPATCH_LEVEL) _Must_inspect_result_
DMFMODULE
DMF_FeatureModuleGetFromModule(_In_ DMFMODULE DmfModule, _In_ DmfFeatureType DmfFeature);

/* The functions that every Client of a Module may call. */

_IRQL_requires_max_(DISPATCH_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleReference(_In_ DMFMODULE DmfModule);

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_ModuleDereference(_In_ DMFMODULE DmfModule);

_IRQL_requires_max_(DISPATCH_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleConfigRetrieve(_In_ DMFMODULE DmfModule,
                         _Out_writes_(ModuleConfigSize) PVOID ModuleConfigPointer,
                         _In_ size_t ModuleConfigSize);

_IRQL_requires_max_(DISPATCH_LEVEL)
WDFDEVICE
DMF_ParentDeviceGet(_In_ DMFMODULE DmfModule);

_IRQL_requires_max_(DISPATCH_LEVEL)
WDFDEVICE
DMF_FilterDeviceGet(_In_ DMFMODULE DmfModule);

_IRQL_requires_max_(DISPATCH_LEVEL)
DMFMODULE
DMF_ParentModuleGet(_In_ DMFMODULE DmfModule);

/* Portable API: the same call in kernel mode and in user mode. */

typedef struct _DMF_PORTABLE_EVENT
{
#if defined(DMF_USER_MODE)
    HANDLE Handle;
#else
    KEVENT Handle;
#endif
} DMF_PORTABLE_EVENT, *PDMF_PORTABLE_EVENT;

typedef struct _DMF_PORTABLE_LOOKASIDELIST
{
#if defined(DMF_USER_MODE)
    WDF_OBJECT_ATTRIBUTES MemoryAttributes;
    POOL_TYPE PoolType;
    ULONG PoolTag;
    size_t BufferSize;
#else
    WDFLOOKASIDE WdflookasideList;
#endif
} DMF_PORTABLE_LOOKASIDELIST, *PDMF_PORTABLE_LOOKASIDELIST;

typedef struct _DMF_PORTABLE_RUNDOWN
{
#if defined(DMF_USER_MODE)
    /* Twice the number of references, or, with the lowest bit set, who waits for them; that bit alone when nobody does. */
    VOID* volatile Word;
#else
    EX_RUNDOWN_REF RundownRef;
#endif
} DMF_PORTABLE_RUNDOWN_REF, *PDMF_PORTABLE_RUNDOWN_REF;

#define DMF_VERSIONCHECK_BUILD_NUMBER_RS2 15063
#define DMF_VERSIONCHECK_BUILD_NUMBER_RS3 16299
#define DMF_VERSIONCHECK_BUILD_NUMBER_RS4 17134
#define DMF_VERSIONCHECK_BUILD_NUMBER_RS5 17763
#define DMF_VERSIONCHECK_BUILD_NUMBER_19H1 18362
#define DMF_VERSIONCHECK_BUILD_NUMBER_20H1 19041
#define DMF_VERSIONCHECK_BUILD_NUMBER_21H1 20251
#define DMF_VERSIONCHECK_BUILD_NUMBER_21H2 22000
#define DMF_VERSIONCHECK_BUILD_NUMBER_22H2 22621

/* What a Module's descriptor asks for to have an in-flight log of its own. */
#define DMF_IN_FLIGHT_RECORDER_SIZE_DEFAULT (1024)

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_Portable_EventCreate(_Out_ DMF_PORTABLE_EVENT* EventPointer, _In_ EVENT_TYPE EventType, _In_ BOOLEAN InitialState);

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_Portable_EventSet(_In_ DMF_PORTABLE_EVENT* EventPointer);

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_Portable_EventReset(_In_ DMF_PORTABLE_EVENT* EventPointer);

/* Without a time-out the wait has no end; a time-out of zero only looks. */
_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_Portable_EventWaitForSingleObject(_In_ DMF_PORTABLE_EVENT* EventPointer,
                                      _In_opt_ ULONG* TimeoutMs,
                                      _In_ BOOLEAN Alertable);

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_Portable_EventWaitForMultiple(_In_ ULONG EventCount,
                                  _In_reads_(EventCount) DMF_PORTABLE_EVENT** EventPointer,
                                  _In_ BOOLEAN WaitForAll,
                                  _In_opt_ ULONG* TimeoutMs,
                                  _In_ BOOLEAN Alertable);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_Portable_EventClose(_In_ DMF_PORTABLE_EVENT* EventPointer);

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_Portable_LookasideListCreate(_In_ PWDF_OBJECT_ATTRIBUTES LookasideAttributes,
                                 _In_ size_t BufferSize,
                                 _In_ POOL_TYPE PoolType,
                                 _In_ PWDF_OBJECT_ATTRIBUTES MemoryAttributes,
                                 _In_ ULONG PoolTag,
                                 _Out_ DMF_PORTABLE_LOOKASIDELIST* LookasidePointer);

_IRQL_requires_max_(DISPATCH_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_Portable_LookasideListCreateMemory(_In_ DMF_PORTABLE_LOOKASIDELIST* LookasidePointer, _Out_ WDFMEMORY* Memory);

/* Rundown: references that are given until somebody waits for the last of them to be released. */

_IRQL_requires_max_(APC_LEVEL)
VOID
DMF_Portable_Rundown_Initialize(_Inout_ DMF_PORTABLE_RUNDOWN_REF* RundownRef);

_IRQL_requires_max_(APC_LEVEL)
VOID
DMF_Portable_Rundown_Reinitialize(_Inout_ DMF_PORTABLE_RUNDOWN_REF* RundownRef);

_IRQL_requires_max_(DISPATCH_LEVEL) _Must_inspect_result_
BOOLEAN
DMF_Portable_Rundown_Acquire(_Inout_ DMF_PORTABLE_RUNDOWN_REF* RundownRef);

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_Portable_Rundown_Release(_Inout_ DMF_PORTABLE_RUNDOWN_REF* RundownRef);

_IRQL_requires_max_(APC_LEVEL)
VOID
DMF_Portable_Rundown_WaitForRundownProtectionRelease(_Inout_ DMF_PORTABLE_RUNDOWN_REF* RundownRef);

_IRQL_requires_max_(APC_LEVEL)
VOID
DMF_Portable_Rundown_Completed(_Inout_ DMF_PORTABLE_RUNDOWN_REF* RundownRef);

/* Returns FALSE, and says that the version is no later, when the version of the system is not known. */
_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
BOOLEAN
DMF_Portable_VersionCheck(_In_ ULONG MinimumOsVersion, _Out_ BOOLEAN* IsOsEqualOrGreater);

/* Utility API. */

/* Current points to the structure of each entry in turn, which must stay in the list meanwhile. */
#define DMF_Utility_FOR_ALL_IN_LIST(Type, Head, Field, Current) \
    for ((Current) = CONTAINING_RECORD((Head)->Flink, Type, Field); \
         &(Current)->Field != (Head); \
         (Current) = CONTAINING_RECORD((Current)->Field.Flink, Type, Field))

/* The same, and the entry may be taken out of the list. Next is a second variable like Current. */
#define DMF_Utility_FOR_ALL_IN_LIST_SAFE(Type, Head, Field, Current, Next) \
    for ((Current) = CONTAINING_RECORD((Head)->Flink, Type, Field), \
         (Next) = CONTAINING_RECORD((Current)->Field.Flink, Type, Field); \
         &(Current)->Field != (Head); \
         (Current) = (Next), (Next) = CONTAINING_RECORD((Current)->Field.Flink, Type, Field))

/* A device interface and a symbolic link, or one of them. For drivers that do not use the Module IoctlHandler for that. */
_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_Utility_UserModeAccessCreate(_In_ WDFDEVICE Device,
                                 _In_opt_ const GUID* DeviceInterfaceGuid,
                                 _In_opt_z_ PCWSTR SymbolicLinkName);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_Utility_DelayMilliseconds(_In_ ULONG Milliseconds);

#if !defined(DMF_USER_MODE)

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_Utility_AclPropagateInDeviceStack(_In_ WDFDEVICE Device);

#endif

/* The names belong to the device. */
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_Utility_EventLoggingNamesGet(_In_ WDFDEVICE Device, _Out_ PCWSTR* DeviceName, _Out_ PCWSTR* Location);

_IRQL_requires_max_(DISPATCH_LEVEL)
GUID
DMF_Utility_ActivityIdFromRequest(_In_ WDFREQUEST Request);

_IRQL_requires_max_(DISPATCH_LEVEL)
GUID
DMF_Utility_ActivityIdFromDevice(_In_ WDFDEVICE Device);

/* The same call in C and C++, where the system's own differ. */
BOOLEAN
DMF_Utility_IsEqualGUID(_In_ GUID* Guid1, _In_ GUID* Guid2);

VOID
DMF_Utility_SystemTimeCurrentGet(_Out_ PLARGE_INTEGER CurrentSystemTime);

#if defined(DMF_USER_MODE)
#define KeQuerySystemTime DMF_Utility_SystemTimeCurrentGet
#endif

_Must_inspect_result_
BOOLEAN
DMF_Utility_LocalTimeToUniversalTimeConvert(_In_ DMF_TIME_FIELDS* LocalTimeFields, _Out_ DMF_TIME_FIELDS* UtcTimeFields);

/* Hands the Client Driver's EvtDmfDeviceLog a line. */
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_Utility_LogEmitString(_In_ DMFMODULE DmfModule,
                          _In_ enum _DmfLogDataSeverity DmfLogDataSeverity,
                          _In_z_ WCHAR* FormatString,
                          ...);

/* What the destination had before is not looked at. */
VOID
DMF_Utility_TransferList(_Out_ LIST_ENTRY* DestinationList, _In_ LIST_ENTRY* SourceList);

_Must_inspect_result_
NTSTATUS
DMF_Utility_TemperatureInDeciKelvin(_In_ INT64 Celcius, _Out_ UINT64* DeciKelvin);

_Must_inspect_result_
NTSTATUS
DMF_Utility_TemperatureInDeciKelvin32(_In_ INT32 Celcius, _Out_ UINT32* DeciKelvin);

VOID
DMF_Utility_LogBuffer(_In_reads_(BufferSize) VOID* Buffer, _In_ size_t BufferSize);

/* CRC-16 with the polynomial 0x1021, from 0xFFFF, most significant bit first. */
UINT16
DMF_Utility_CrcCompute(_In_reads_bytes_(NumberOfBytes) UINT8* Message, _In_ UINT32 NumberOfBytes);

/* Writers to the event log. Each insertion string is made by one format string with one conversion, of one argument. */

#define DMF_EVENTLOG_UNIQUE_ID_ZERO (0)
#define DMF_EVENTLOG_TEXT_LENGTH_ZERO (0)
#define DMF_EVENTLOG_NUMBER_OF_INSERTION_STRINGS_ZERO (0)
#define DMF_EVENTLOG_NUMBER_OF_FORMAT_STRINGS_ZERO (0)
#define DMF_EVENTLOG_FORMAT_STRINGS_NULL (NULL)
#define DMF_EVENTLOG_TEXT_NULL (NULL)
#define DMF_EVENTLOG_MAXIMUM_NUMBER_OF_INSERTION_STRINGS (8)
#define DMF_EVENTLOG_MAXIMUM_LENGTH_OF_STRING (1024)
#define DMF_EVENTLOG_MAXIMUM_INSERTION_STRING_LENGTH (300)
#define DMF_EVENTLOG_MAXIMUM_BYTES_IN_INSERTION_STRING (DMF_EVENTLOG_MAXIMUM_INSERTION_STRING_LENGTH * sizeof(WCHAR))

#if defined(DMF_USER_MODE)

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_Utility_EventLogEntryWriteUserMode(_In_ PWSTR Provider,
                                       _In_ WORD EventType,
                                       _In_ DWORD EventID,
                                       _In_ INT NumberOfFormatStrings,
                                       _In_opt_ PWCHAR* FormatStrings,
                                       _In_ INT NumberOfInsertionStrings,
                                       ...);

#else

VOID
DMF_Utility_EventLogEntryWriteDriverObject(_In_ PDRIVER_OBJECT DriverObject,
                                           _In_ NTSTATUS ErrorCode,
                                           _In_ NTSTATUS FinalNtStatus,
                                           _In_ ULONG UniqueId,
                                           _In_ ULONG TextLength,
                                           _In_opt_ PCWSTR Text,
                                           _In_ INT NumberOfFormatStrings,
                                           _In_opt_ PWCHAR* FormatStrings,
                                           _In_ INT NumberOfInsertionStrings,
                                           ...);

VOID
DMF_Utility_EventLogEntryWriteDriver(_In_ WDFDRIVER Driver,
                                     _In_ NTSTATUS ErrorCode,
                                     _In_ NTSTATUS FinalNtStatus,
                                     _In_ ULONG UniqueId,
                                     _In_ ULONG TextLength,
                                     _In_opt_ PCWSTR Text,
                                     _In_ INT NumberOfFormatStrings,
                                     _In_opt_ PWCHAR* FormatStrings,
                                     _In_ INT NumberOfInsertionStrings,
                                     ...);

VOID
DMF_Utility_EventLogEntryWriteDevice(_In_ WDFDEVICE Device,
                                     _In_ NTSTATUS ErrorCode,
                                     _In_ NTSTATUS FinalNtStatus,
                                     _In_ ULONG UniqueId,
                                     _In_ ULONG TextLength,
                                     _In_opt_ PCWSTR Text,
                                     _In_ INT NumberOfFormatStrings,
                                     _In_opt_ PWCHAR* FormatStrings,
                                     _In_ INT NumberOfInsertionStrings,
                                     ...);

VOID
DMF_Utility_EventLogEntryWriteDmfModule(_In_ DMFMODULE DmfModule,
                                        _In_ NTSTATUS ErrorCode,
                                        _In_ NTSTATUS FinalNtStatus,
                                        _In_ ULONG UniqueId,
                                        _In_ ULONG TextLength,
                                        _In_opt_ PCWSTR Text,
                                        _In_ INT NumberOfFormatStrings,
                                        _In_opt_ PWCHAR* FormatStrings,
                                        _In_ INT NumberOfInsertionStrings,
                                        ...);

#endif

/* The user guide's names of the above. */

#define DMF_DmfControlDeviceInitFree(DmfDeviceInit) DMF_DmfDeviceInitFree(&(DmfDeviceInit))

/* The user guide passes the structure itself to DMF_DmfDeviceInitFree, so both are accepted. */
#if defined(__cplusplus)
extern "C++"
{
FORCEINLINE VOID DMF_DmfDeviceInitFree(_In_ PDMFDEVICE_INIT DmfDeviceInit)
{
    DMF_DmfDeviceInitFree(&DmfDeviceInit);
}
}
#else
FORCEINLINE VOID DmfDeviceInit_FreeByValue(_In_ PDMFDEVICE_INIT DmfDeviceInit)
{
    DMF_DmfDeviceInitFree(&DmfDeviceInit);
}
#define DMF_DmfDeviceInitFree(DmfDeviceInit) \
    _Generic((DmfDeviceInit), PDMFDEVICE_INIT: DmfDeviceInit_FreeByValue, default: DMF_DmfDeviceInitFree)(DmfDeviceInit)
#endif

#define DMF_ModuleAcquire DMF_ModuleReference
#define DMF_ModuleRelease DMF_ModuleDereference
#define DMF_AttachedDeviceGet DMF_ParentDeviceGet
#define DMF_ModuleParentGet DMF_ParentModuleGet
#define DMF_Portable_EventWaitForSingle DMF_Portable_EventWaitForSingleObject
#define DMF_Utility_RequestToActivityId DMF_Utility_ActivityIdFromRequest
#define DMF_WDF_OBJECT_ATTRIBUTES_INIT WDF_OBJECT_ATTRIBUTES_INIT
#define DMF_WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE

/* The user guide passes a context as third argument, which nothing reads. */
#define DMF_ModulesCreate(Device, ...) DMF_MODULES_CREATE_FIRST(Device, __VA_ARGS__, 0, 0)
#define DMF_MODULES_CREATE_FIRST(Device, DmfDeviceInit, ClientDriverContext, ...) \
    ((void)(ClientDriverContext), (DMF_ModulesCreate)(Device, DmfDeviceInit))

/* Driver-wide convenience macros. */

/* A fourth argument is the name of a user mode driver's tracing session, which only versions of WDF before 2.15 need. */
#define DMF_DEFAULT_DRIVERENTRY(DriverEntryName, ContextCleanupName, ...) \
    DMF_DEFAULT_DRIVERENTRY_FIRST(DriverEntryName, ContextCleanupName, __VA_ARGS__, 0)

#define DMF_DEFAULT_DRIVERENTRY_FIRST(DriverEntryName, ContextCleanupName, EvtDeviceAddName, ...) \
    _Use_decl_annotations_ \
    NTSTATUS DriverEntryName(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) \
    { \
        NTSTATUS ntStatus; \
        WDF_DRIVER_CONFIG config; \
        WDF_OBJECT_ATTRIBUTES attributes; \
        WPP_INIT_TRACING(DriverObject, RegistryPath); \
        WDF_OBJECT_ATTRIBUTES_INIT(&attributes); \
        attributes.EvtCleanupCallback = ContextCleanupName; \
        WDF_DRIVER_CONFIG_INIT(&config, EvtDeviceAddName); \
        ntStatus = WdfDriverCreate(DriverObject, RegistryPath, &attributes, &config, WDF_NO_HANDLE); \
        if (! NT_SUCCESS(ntStatus)) \
        { \
            WPP_CLEANUP(DriverObject); \
        } \
        return ntStatus; \
    }

#if defined(DMF_USER_MODE)
#define DMF_DEFAULT_DRIVERCLEANUP(ContextCleanupName) \
    _Use_decl_annotations_ \
    VOID ContextCleanupName(WDFOBJECT DriverObject) \
    { \
        UNREFERENCED_PARAMETER(DriverObject); \
        WPP_CLEANUP(DriverObject); \
    }
#define DMF_DEFAULT_DEVICEADD_SETTINGS(DeviceInit) ((void)0)
#else
#define DMF_DEFAULT_DRIVERCLEANUP(ContextCleanupName) \
    _Use_decl_annotations_ \
    VOID ContextCleanupName(WDFOBJECT DriverObject) \
    { \
        UNREFERENCED_PARAMETER(DriverObject); \
        WPP_CLEANUP(WdfDriverWdmGetDriverObject((WDFDRIVER)DriverObject)); \
    }
#define DMF_DEFAULT_DEVICEADD_SETTINGS(DeviceInit) \
    (WdfDeviceInitSetDeviceType(DeviceInit, FILE_DEVICE_UNKNOWN), WdfDeviceInitSetExclusive(DeviceInit, FALSE))
#endif

#define DMF_DEFAULT_DEVICEADD(DeviceAddName, ModulesAddName) \
    DMF_DEFAULT_DEVICEADD_WITH_BRANCHTRACK_LOG(DeviceAddName, ModulesAddName, NULL, NULL, "", 0)

#define DMF_DEFAULT_DEVICEADD_LOG(DeviceAddName, ModulesAddName, DeviceLogName) \
    DMF_DEFAULT_DEVICEADD_WITH_BRANCHTRACK_LOG(DeviceAddName, ModulesAddName, DeviceLogName, NULL, "", 0)

#define DMF_DEFAULT_DEVICEADD_WITH_BRANCHTRACK(DeviceAddName, ModulesAddName, BranchTrackInitialize, BranchTrackName, \
                                               BranchTrackEntriesOverride) \
    DMF_DEFAULT_DEVICEADD_WITH_BRANCHTRACK_LOG(DeviceAddName, ModulesAddName, NULL, BranchTrackInitialize, BranchTrackName, \
                                               BranchTrackEntriesOverride)

/* An empty name means no BranchTrack; zero entries mean the default number. */
#define DMF_DEFAULT_DEVICEADD_WITH_BRANCHTRACK_LOG(DeviceAddName, ModulesAddName, DeviceLogName, BranchTrackInitialize, \
                                                   BranchTrackName, BranchTrackEntriesOverride) \
    _Use_decl_annotations_ \
    NTSTATUS DeviceAddName(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit) \
    { \
        NTSTATUS ntStatus; \
        WDFDEVICE device; \
        PDMFDEVICE_INIT dmfDeviceInit; \
        DMF_EVENT_CALLBACKS dmfCallbacks; \
        DMF_CONFIG_BranchTrack branchTrackModuleConfig; \
        UNREFERENCED_PARAMETER(Driver); \
        dmfDeviceInit = DMF_DmfDeviceInitAllocate(DeviceInit); \
        DMF_DmfDeviceInitHookPnpPowerEventCallbacks(dmfDeviceInit, NULL); \
        DMF_DmfDeviceInitHookFileObjectConfig(dmfDeviceInit, NULL); \
        DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(dmfDeviceInit, NULL); \
        DMF_DEFAULT_DEVICEADD_SETTINGS(DeviceInit); \
        WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered); \
        ntStatus = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device); \
        if (NT_SUCCESS(ntStatus)) \
        { \
            if ((BranchTrackName)[0] != 0) \
            { \
                DMF_BranchTrack_CONFIG_INIT(&branchTrackModuleConfig, BranchTrackName); \
                branchTrackModuleConfig.BranchesInitialize = BranchTrackInitialize; \
                if ((BranchTrackEntriesOverride) != 0) \
                { \
                    branchTrackModuleConfig.MaximumBranches = (BranchTrackEntriesOverride); \
                } \
                DMF_DmfDeviceInitSetBranchTrackConfig(dmfDeviceInit, &branchTrackModuleConfig); \
            } \
            DMF_EVENT_CALLBACKS_INIT(&dmfCallbacks); \
            dmfCallbacks.EvtDmfDeviceModulesAdd = ModulesAddName; \
            dmfCallbacks.EvtDmfDeviceLog = DeviceLogName; \
            DMF_DmfDeviceInitSetEventCallbacks(dmfDeviceInit, &dmfCallbacks); \
            ntStatus = DMF_ModulesCreate(device, &dmfDeviceInit); \
        } \
        if (dmfDeviceInit != NULL) \
        { \
            DMF_DmfDeviceInitFree(&dmfDeviceInit); \
        } \
        return ntStatus; \
    }

EXTERN_C_END

#endif /* DMF_DEFINITIONS_H */
