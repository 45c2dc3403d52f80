/* SPDX-License-Identifier: MIT */
/*
 * What a Module sees of DMF: its callbacks, its descriptor, its Context and Config, its locks, and the functions that
 * Modules call. Every Module's source includes it first. The GUIDs in headers that follow are defined in that source.
 */
#ifndef DMF_MODULE_H
#define DMF_MODULE_H

#include <initguid.h>
#include "DmfDefinitions.h"

EXTERN_C_START

DECLARE_HANDLE(DMFCOLLECTION);
WDF_DECLARE_CUSTOM_TYPE(DMFCOLLECTION_TYPE);

/* Callbacks that DMF calls. */

typedef _Function_class_(DMF_ModuleInstanceDestroy) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_ModuleInstanceDestroy(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ResourcesAssign) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ResourcesAssign(_In_ DMFMODULE DmfModule,
                    _In_ WDFCMRESLIST ResourcesRaw,
                    _In_ WDFCMRESLIST ResourcesTranslated);

typedef _Function_class_(DMF_NotificationRegister) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_NotificationRegister(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_NotificationUnregister) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_NotificationUnregister(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_Open) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_Open(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_Close) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_Close(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ChildModulesAdd) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_ChildModulesAdd(_In_ DMFMODULE DmfModule,
                    _In_ DMF_MODULE_ATTRIBUTES* DmfParentModuleAttributes,
                    _In_ PDMFMODULE_INIT DmfModuleInit);

typedef _Function_class_(DMF_Lock) _IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_Lock(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_Unlock) _IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_Unlock(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_AuxiliaryLock) _IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_AuxiliaryLock(_In_ DMFMODULE DmfModule,
                  _In_ ULONG AuxiliaryLockIndex);

typedef _Function_class_(DMF_AuxiliaryUnlock) _IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_AuxiliaryUnlock(_In_ DMFMODULE DmfModule,
                    _In_ ULONG AuxiliaryLockIndex);

typedef struct
{
    ULONG Size;
    DMF_ModuleInstanceDestroy* ModuleInstanceDestroy;
    DMF_ResourcesAssign* DeviceResourcesAssign;
    DMF_NotificationRegister* DeviceNotificationRegister;
    DMF_NotificationUnregister* DeviceNotificationUnregister;
    DMF_Open* DeviceOpen;
    DMF_Close* DeviceClose;
    DMF_ChildModulesAdd* ChildModulesAdd;
} DMF_CALLBACKS_DMF;

FORCEINLINE
VOID
DMF_CALLBACKS_DMF_INIT(_Out_ DMF_CALLBACKS_DMF* CallbacksDmf)
{
    RtlZeroMemory(CallbacksDmf, sizeof(DMF_CALLBACKS_DMF));
    CallbacksDmf->Size = sizeof(DMF_CALLBACKS_DMF);
}

/* Callbacks of WDF that DMF passes on. A BOOLEAN tells whether the Module handled the event. */

typedef _Function_class_(DMF_ModulePrepareHardware) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModulePrepareHardware(_In_ DMFMODULE DmfModule,
                          _In_ WDFCMRESLIST ResourcesRaw,
                          _In_ WDFCMRESLIST ResourcesTranslated);

typedef _Function_class_(DMF_ModuleReleaseHardware) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleReleaseHardware(_In_ DMFMODULE DmfModule,
                          _In_ WDFCMRESLIST ResourcesTranslated);

typedef _Function_class_(DMF_ModuleD0Entry) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleD0Entry(_In_ DMFMODULE DmfModule,
                  _In_ WDF_POWER_DEVICE_STATE PreviousState);

typedef _Function_class_(DMF_ModuleD0EntryPostInterruptsEnabled) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleD0EntryPostInterruptsEnabled(_In_ DMFMODULE DmfModule,
                                       _In_ WDF_POWER_DEVICE_STATE PreviousState);

typedef _Function_class_(DMF_ModuleD0ExitPreInterruptsDisabled) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleD0ExitPreInterruptsDisabled(_In_ DMFMODULE DmfModule,
                                      _In_ WDF_POWER_DEVICE_STATE TargetState);

typedef _Function_class_(DMF_ModuleD0Exit) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleD0Exit(_In_ DMFMODULE DmfModule,
                 _In_ WDF_POWER_DEVICE_STATE TargetState);

typedef _Function_class_(DMF_ModuleQueueIoRead) _IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_ModuleQueueIoRead(_In_ DMFMODULE DmfModule,
                      _In_ WDFQUEUE Queue,
                      _In_ WDFREQUEST Request,
                      _In_ size_t Length);

typedef _Function_class_(DMF_ModuleQueueIoWrite) _IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_ModuleQueueIoWrite(_In_ DMFMODULE DmfModule,
                       _In_ WDFQUEUE Queue,
                       _In_ WDFREQUEST Request,
                       _In_ size_t Length);

typedef _Function_class_(DMF_ModuleDeviceIoControl) _IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_ModuleDeviceIoControl(_In_ DMFMODULE DmfModule,
                          _In_ WDFQUEUE Queue,
                          _In_ WDFREQUEST Request,
                          _In_ size_t OutputBufferLength,
                          _In_ size_t InputBufferLength,
                          _In_ ULONG IoControlCode);

typedef _Function_class_(DMF_ModuleInternalDeviceIoControl) _IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_ModuleInternalDeviceIoControl(_In_ DMFMODULE DmfModule,
                                  _In_ WDFQUEUE Queue,
                                  _In_ WDFREQUEST Request,
                                  _In_ size_t OutputBufferLength,
                                  _In_ size_t InputBufferLength,
                                  _In_ ULONG IoControlCode);

typedef _Function_class_(DMF_ModuleSelfManagedIoCleanup) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_ModuleSelfManagedIoCleanup(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ModuleSelfManagedIoFlush) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_ModuleSelfManagedIoFlush(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ModuleSelfManagedIoInit) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleSelfManagedIoInit(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ModuleSelfManagedIoSuspend) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleSelfManagedIoSuspend(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ModuleSelfManagedIoRestart) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleSelfManagedIoRestart(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ModuleSurpriseRemoval) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_ModuleSurpriseRemoval(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ModuleQueryRemove) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleQueryRemove(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ModuleQueryStop) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleQueryStop(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ModuleRelationsQuery) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_ModuleRelationsQuery(_In_ DMFMODULE DmfModule,
                         _In_ DEVICE_RELATION_TYPE RelationType);

typedef _Function_class_(DMF_ModuleUsageNotificationEx) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleUsageNotificationEx(_In_ DMFMODULE DmfModule,
                              _In_ WDF_SPECIAL_FILE_TYPE NotificationType,
                              _In_ BOOLEAN IsInNotificationPath);

typedef _Function_class_(DMF_ModuleArmWakeFromS0) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleArmWakeFromS0(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ModuleDisarmWakeFromS0) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_ModuleDisarmWakeFromS0(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ModuleWakeFromS0Triggered) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_ModuleWakeFromS0Triggered(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ModuleArmWakeFromSxWithReason) _IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleArmWakeFromSxWithReason(_In_ DMFMODULE DmfModule,
                                  _In_ BOOLEAN DeviceWakeEnabled,
                                  _In_ BOOLEAN ChildrenArmedForWake);

typedef _Function_class_(DMF_ModuleDisarmWakeFromSx) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_ModuleDisarmWakeFromSx(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ModuleWakeFromSxTriggered) _IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_ModuleWakeFromSxTriggered(_In_ DMFMODULE DmfModule);

typedef _Function_class_(DMF_ModuleFileCreate) _IRQL_requires_max_(PASSIVE_LEVEL)
BOOLEAN
DMF_ModuleFileCreate(_In_ DMFMODULE DmfModule,
                     _In_ WDFDEVICE Device,
                     _In_ WDFREQUEST Request,
                     _In_ WDFFILEOBJECT FileObject);

typedef _Function_class_(DMF_ModuleFileCleanup) _IRQL_requires_max_(PASSIVE_LEVEL)
BOOLEAN
DMF_ModuleFileCleanup(_In_ DMFMODULE DmfModule,
                      _In_ WDFFILEOBJECT FileObject);

typedef _Function_class_(DMF_ModuleFileClose) _IRQL_requires_max_(PASSIVE_LEVEL)
BOOLEAN
DMF_ModuleFileClose(_In_ DMFMODULE DmfModule,
                    _In_ WDFFILEOBJECT FileObject);

typedef struct
{
    ULONG Size;
    DMF_ModulePrepareHardware* ModulePrepareHardware;
    DMF_ModuleReleaseHardware* ModuleReleaseHardware;
    DMF_ModuleD0Entry* ModuleD0Entry;
    DMF_ModuleD0EntryPostInterruptsEnabled* ModuleD0EntryPostInterruptsEnabled;
    DMF_ModuleD0ExitPreInterruptsDisabled* ModuleD0ExitPreInterruptsDisabled;
    DMF_ModuleD0Exit* ModuleD0Exit;
    DMF_ModuleQueueIoRead* ModuleQueueIoRead;
    DMF_ModuleQueueIoWrite* ModuleQueueIoWrite;
    DMF_ModuleDeviceIoControl* ModuleDeviceIoControl;
    DMF_ModuleInternalDeviceIoControl* ModuleInternalDeviceIoControl;
    DMF_ModuleSelfManagedIoCleanup* ModuleSelfManagedIoCleanup;
    DMF_ModuleSelfManagedIoFlush* ModuleSelfManagedIoFlush;
    DMF_ModuleSelfManagedIoInit* ModuleSelfManagedIoInit;
    DMF_ModuleSelfManagedIoSuspend* ModuleSelfManagedIoSuspend;
    DMF_ModuleSelfManagedIoRestart* ModuleSelfManagedIoRestart;
    DMF_ModuleSurpriseRemoval* ModuleSurpriseRemoval;
    DMF_ModuleQueryRemove* ModuleQueryRemove;
    DMF_ModuleQueryStop* ModuleQueryStop;
    DMF_ModuleRelationsQuery* ModuleRelationsQuery;
    DMF_ModuleUsageNotificationEx* ModuleUsageNotificationEx;
    DMF_ModuleArmWakeFromS0* ModuleArmWakeFromS0;
    DMF_ModuleDisarmWakeFromS0* ModuleDisarmWakeFromS0;
    DMF_ModuleWakeFromS0Triggered* ModuleWakeFromS0Triggered;
    DMF_ModuleArmWakeFromSxWithReason* ModuleArmWakeFromSxWithReason;
    DMF_ModuleDisarmWakeFromSx* ModuleDisarmWakeFromSx;
    DMF_ModuleWakeFromSxTriggered* ModuleWakeFromSxTriggered;
    DMF_ModuleFileCreate* ModuleFileCreate;
    DMF_ModuleFileCleanup* ModuleFileCleanup;
    DMF_ModuleFileClose* ModuleFileClose;
} DMF_CALLBACKS_WDF;

FORCEINLINE
VOID
DMF_CALLBACKS_WDF_INIT(_Out_ DMF_CALLBACKS_WDF* CallbacksWdf)
{
    RtlZeroMemory(CallbacksWdf, sizeof(DMF_CALLBACKS_WDF));
    CallbacksWdf->Size = sizeof(DMF_CALLBACKS_WDF);
}

/* The same list as flags: which of the callbacks a Module implements. */
typedef struct
{
    ULONG Size;
    BOOLEAN ModulePrepareHardwareImplemented;
    BOOLEAN ModuleReleaseHardwareImplemented;
    BOOLEAN ModuleD0EntryImplemented;
    BOOLEAN ModuleD0EntryPostInterruptsEnabledImplemented;
    BOOLEAN ModuleD0ExitPreInterruptsDisabledImplemented;
    BOOLEAN ModuleD0ExitImplemented;
    BOOLEAN ModuleQueueIoReadImplemented;
    BOOLEAN ModuleQueueIoWriteImplemented;
    BOOLEAN ModuleDeviceIoControlImplemented;
    BOOLEAN ModuleInternalDeviceIoControlImplemented;
    BOOLEAN ModuleSelfManagedIoCleanupImplemented;
    BOOLEAN ModuleSelfManagedIoFlushImplemented;
    BOOLEAN ModuleSelfManagedIoInitImplemented;
    BOOLEAN ModuleSelfManagedIoSuspendImplemented;
    BOOLEAN ModuleSelfManagedIoRestartImplemented;
    BOOLEAN ModuleSurpriseRemovalImplemented;
    BOOLEAN ModuleQueryRemoveImplemented;
    BOOLEAN ModuleQueryStopImplemented;
    BOOLEAN ModuleRelationsQueryImplemented;
    BOOLEAN ModuleUsageNotificationExImplemented;
    BOOLEAN ModuleArmWakeFromS0Implemented;
    BOOLEAN ModuleDisarmWakeFromS0Implemented;
    BOOLEAN ModuleWakeFromS0TriggeredImplemented;
    BOOLEAN ModuleArmWakeFromSxWithReasonImplemented;
    BOOLEAN ModuleDisarmWakeFromSxImplemented;
    BOOLEAN ModuleWakeFromSxTriggeredImplemented;
    BOOLEAN ModuleFileCreateImplemented;
    BOOLEAN ModuleFileCleanupImplemented;
    BOOLEAN ModuleFileCloseImplemented;
} DMF_CALLBACKS_WDF_CHECK;

/* The user guide's names. */
typedef DMF_CALLBACKS_DMF DMF_ENTRYPOINTS_DMF, *PDMF_ENTRYPOINTS_DMF;
typedef DMF_CALLBACKS_WDF DMF_ENTRYPOINTS_WDF, *PDMF_ENTRYPOINTS_WDF;
#define DMF_ENTRYPOINTS_DMF_INIT DMF_CALLBACKS_DMF_INIT
#define DMF_ENTRYPOINTS_WDF_INIT DMF_CALLBACKS_WDF_INIT

/* Options and descriptor. */

/* Which locks a Module has: wait locks, spin locks, or spin locks unless the Client sets PassiveLevel. */
#define DMF_MODULE_OPTIONS_PASSIVE 0x00000001
#define DMF_MODULE_OPTIONS_DISPATCH 0x00000002
#define DMF_MODULE_OPTIONS_DISPATCH_MAXIMUM 0x00000004
/* The Client must add a Transport Module. */
#define DMF_MODULE_OPTIONS_TRANSPORT_REQUIRED 0x00000008
#define MODULE_OPTIONS_TRANSPORT_REQUIRED DMF_MODULE_OPTIONS_TRANSPORT_REQUIRED

/* The first four values stand in the order in which they open; a parent may not open before its children. */
typedef enum
{
    DMF_MODULE_OPEN_OPTION_Invalid = 0,
    DMF_MODULE_OPEN_OPTION_OPEN_Create,
    DMF_MODULE_OPEN_OPTION_OPEN_PrepareHardware,
    DMF_MODULE_OPEN_OPTION_OPEN_D0EntrySystemPowerUp,
    DMF_MODULE_OPEN_OPTION_OPEN_D0Entry,
    DMF_MODULE_OPEN_OPTION_NOTIFY_PrepareHardware,
    DMF_MODULE_OPEN_OPTION_NOTIFY_D0Entry,
    DMF_MODULE_OPEN_OPTION_NOTIFY_Create,
    DMF_MODULE_OPEN_OPTION_LAST,
} DmfModuleOpenOption;

typedef
NTSTATUS
DMF_WdfAddCustomType(_In_ WDFOBJECT Handle,
                     _In_opt_ ULONG_PTR Data,
                     _In_opt_ PFN_WDF_OBJECT_CONTEXT_CLEANUP EvtCleanupCallback,
                     _In_opt_ PFN_WDF_OBJECT_CONTEXT_DESTROY EvtDestroyCallback);

/* The second name of a member in a union is the user guide's. */
typedef struct
{
    ULONG Size;
    PSTR ModuleName;
    ULONG ModuleOptions;
    DmfModuleOpenOption OpenOption;
    ULONG ModuleConfigSize;
    union
    {
        DMF_CALLBACKS_DMF* CallbacksDmf;
        DMF_CALLBACKS_DMF* EntrypointsDmf;
    };
    union
    {
        DMF_CALLBACKS_WDF* CallbacksWdf;
        DMF_CALLBACKS_WDF* EntrypointsWdf;
    };
    union
    {
        DMF_ModuleTransportMethod* ModuleTransportMethod;
        DMF_ModuleTransportMethod* TransportMethod;
    };
    union
    {
        EVT_DMF_BranchTrack_BranchesInitialize* ModuleBranchTrackInitialize;
        EVT_DMF_BranchTrack_BranchesInitialize* BranchTrackInitialize;
    };
    EVT_DMF_LiveKernelDump_Initialize* ModuleLiveKernelDumpInitialize;
    ULONG NumberOfAuxiliaryLocks;
    PWDF_OBJECT_ATTRIBUTES ModuleContextAttributes;
    ULONG InFlightRecorderSize;
    GUID SupportedTransportInterfaceGuid;
    GUID RequiredTransportInterfaceGuid;
    DMF_WdfAddCustomType* WdfAddCustomType;
} DMF_MODULE_DESCRIPTOR, *PDMF_MODULE_DESCRIPTOR;

#define DMF_MODULE_DESCRIPTOR_INIT(Descriptor, Name, Module_Options, Open_Option) \
    RtlZeroMemory(&(Descriptor), sizeof(DMF_MODULE_DESCRIPTOR)); \
    (Descriptor).Size = sizeof(DMF_MODULE_DESCRIPTOR); \
    (Descriptor).ModuleName = (PSTR)#Name; \
    (Descriptor).ModuleOptions = (Module_Options); \
    (Descriptor).OpenOption = (Open_Option); \
    (Descriptor).ModuleConfigSize = sizeof(DMF_CONFIG_##Name); \
    (Descriptor).ModuleLiveKernelDumpInitialize = DMF_##Name##_LiveKernelDumpInitialize; \
    (Descriptor).ModuleContextAttributes = WDF_NO_OBJECT_ATTRIBUTES; \
    (Descriptor).WdfAddCustomType = WDF_ADD_CUSTOM_TYPE_FUNCTION_NAME(DMF_##Name)

#define DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(Descriptor, Name, ModuleContext, Module_Options, Open_Option) \
    WDF_OBJECT_ATTRIBUTES moduleContextAttributes; \
    DMF_MODULE_DESCRIPTOR_INIT(Descriptor, Name, Module_Options, Open_Option); \
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&moduleContextAttributes, ModuleContext); \
    (Descriptor).ModuleContextAttributes = &moduleContextAttributes

/* Context, Config and locks of the one Module of a source. */

#define DMF_MODULE_DECLARE_LIVE_KERNEL_DUMP_WITH(ModuleName, Register) \
    EXTERN_C VOID DMF_##ModuleName##_LiveKernelDumpInitialize(_In_ DMFMODULE DmfModule); \
    VOID DMF_##ModuleName##_LiveKernelDumpInitialize(_In_ DMFMODULE DmfModule) \
    { \
        UNREFERENCED_PARAMETER(DmfModule); \
        Register; \
    }

/* Reports of the driver have the Context of each Module. */
#if !defined(DMF_USER_MODE)
#define DMF_MODULE_DECLARE_LIVE_KERNEL_DUMP(ModuleName) \
    DMF_MODULE_DECLARE_LIVE_KERNEL_DUMP_WITH(ModuleName, \
        DMF_MODULE_LIVEKERNELDUMP_POINTER_STORE(DmfModule, ModuleName##ContextGet(DmfModule), \
                                                sizeof(DMF_CONTEXT_##ModuleName)))
#else
#define DMF_MODULE_DECLARE_LIVE_KERNEL_DUMP(ModuleName) DMF_MODULE_DECLARE_LIVE_KERNEL_DUMP_WITH(ModuleName, (VOID)0)
#endif

#define DMF_MODULE_VERIFY_TYPE(ModuleName) \
    DmfVerifierAssert("The handle is not of Module " #ModuleName, WdfObjectIsCustomType(DmfModule, DMF_##ModuleName))

#define DMF_MODULE_DECLARE_CONTEXT(ModuleName) \
    WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DMF_CONTEXT_##ModuleName, ModuleName##ContextGet) \
    DMF_MODULE_DECLARE_LIVE_KERNEL_DUMP(ModuleName) \
    FORCEINLINE DMF_CONTEXT_##ModuleName* DMF_CONTEXT_GET(_In_ WDFOBJECT DmfModule) \
    { \
        return ModuleName##ContextGet(DmfModule); \
    } \
    FORCEINLINE DMF_CONTEXT_##ModuleName* DMF_ModuleLock(_In_ DMFMODULE DmfModule) \
    { \
        DMF_MODULE_VERIFY_TYPE(ModuleName); \
        DMF_ModuleLockPrivate(DmfModule); \
        return NULL; \
    } \
    FORCEINLINE DMF_CONTEXT_##ModuleName* DMF_ModuleUnlock(_In_ DMFMODULE DmfModule) \
    { \
        DMF_MODULE_VERIFY_TYPE(ModuleName); \
        DMF_ModuleUnlockPrivate(DmfModule); \
        return NULL; \
    } \
    FORCEINLINE DMF_CONTEXT_##ModuleName* DMF_ModuleAuxiliaryLock(_In_ DMFMODULE DmfModule, _In_ ULONG AuxiliaryLockIndex) \
    { \
        DMF_MODULE_VERIFY_TYPE(ModuleName); \
        DMF_ModuleAuxiliaryLockPrivate(DmfModule, AuxiliaryLockIndex); \
        return NULL; \
    } \
    FORCEINLINE DMF_CONTEXT_##ModuleName* DMF_ModuleAuxiliaryUnlock(_In_ DMFMODULE DmfModule, \
                                                                            _In_ ULONG AuxiliaryLockIndex) \
    { \
        DMF_MODULE_VERIFY_TYPE(ModuleName); \
        DMF_ModuleAuxiliaryUnlockPrivate(DmfModule, AuxiliaryLockIndex); \
        return NULL; \
    }

#define DMF_MODULE_DECLARE_NO_CONTEXT(ModuleName) DMF_MODULE_DECLARE_LIVE_KERNEL_DUMP_WITH(ModuleName, (VOID)0)

#define DMF_MODULE_DECLARE_CONFIG(ModuleName) \
    FORCEINLINE DMF_CONFIG_##ModuleName* DMF_CONFIG_GET(_In_ DMFMODULE DmfModule) \
    { \
        return (DMF_CONFIG_##ModuleName*)DMF_ModuleConfigGet(DmfModule); \
    }

/* The descriptor takes the size of a Config in any case. */
#define DMF_MODULE_DECLARE_NO_CONFIG(ModuleName) \
    typedef struct \
    { \
        VOID* UnusedElement; \
    } DMF_CONFIG_##ModuleName;

/* What a Method checks first. */

/* Only debug builds check, so that others pay nothing for it on each call. */
#if defined(DEBUG)
#define DMFMODULE_VALIDATE_WITH(ModuleHandle, ModuleType, Validate) \
    do \
    { \
        DmfAssertMessage("The handle is of another Module.", WdfObjectIsCustomType(ModuleHandle, DMF_##ModuleType)); \
        Validate(ModuleHandle); \
    } while (0)
#else
#define DMFMODULE_VALIDATE_WITH(ModuleHandle, ModuleType, Validate) ((VOID)(ModuleHandle))
#endif

#define DMFMODULE_VALIDATE_IN_METHOD(ModuleHandle, ModuleType) \
    DMFMODULE_VALIDATE_WITH(ModuleHandle, ModuleType, DMF_HandleValidate_ModuleMethod)

#define DMFMODULE_VALIDATE_IN_METHOD_OPTIONAL(ModuleHandle, ModuleType) \
    do \
    { \
        if ((ModuleHandle) != NULL) \
        { \
            DMFMODULE_VALIDATE_IN_METHOD(ModuleHandle, ModuleType); \
        } \
    } while (0)

#define DMFMODULE_VALIDATE_IN_METHOD_OPENING_OK(ModuleHandle, ModuleType) \
    DMFMODULE_VALIDATE_WITH(ModuleHandle, ModuleType, DMF_HandleValidate_OpeningOk)

#define DMFMODULE_VALIDATE_IN_METHOD_CLOSING_OK(ModuleHandle, ModuleType) \
    DMFMODULE_VALIDATE_WITH(ModuleHandle, ModuleType, DMF_HandleValidate_ClosingOk)

/* Functions that Modules call. */

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleCreate(_In_ WDFDEVICE Device,
                 _In_ DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
                 _In_ PWDF_OBJECT_ATTRIBUTES DmfModuleObjectAttributes,
                 _In_ DMF_MODULE_DESCRIPTOR* ModuleDescriptor,
                 _Out_ DMFMODULE* DmfModule);

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleOpen(_In_ DMFMODULE DmfModule);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_ModuleClose(_In_ DMFMODULE DmfModule);

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID*
DMF_ModuleConfigGet(_In_ DMFMODULE DmfModule);

_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_IsModuleDynamic(_In_ DMFMODULE DmfModule);

_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_IsModulePassiveLevel(_In_ DMFMODULE DmfModule);

_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_ModuleLockIsPassive(_In_ DMFMODULE DmfModule);

#if !defined(DMF_USER_MODE)

/* For LogEvents. The Module's own log if its descriptor asked for one, else the driver's, else NULL. */
_IRQL_requires_max_(DISPATCH_LEVEL)
RECORDER_LOG
DMF_InFlightRecorderGet(_In_ DMFMODULE DmfModule);

#endif

#if defined(DEBUG)

_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_ModuleIsLocked(_In_ DMFMODULE DmfModule);

_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_ModuleAuxiliarySynchnonizationIsLocked(_In_ DMFMODULE DmfModule,
                                           _In_ ULONG AuxiliaryLockIndex);

#endif

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_ModuleInContextSave(_In_ WDFOBJECT WdfObject,
                        _In_ DMFMODULE DmfModule);

_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_ModuleIsInFilterDriver(_In_ DMFMODULE DmfModule);

_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_ModuleRequestCompleteOrForward(_In_ DMFMODULE DmfModule,
                                   _In_ WDFREQUEST Request,
                                   _In_ NTSTATUS NtStatus);

_IRQL_requires_max_(DISPATCH_LEVEL) _Must_inspect_result_
NTSTATUS
DMF_ModuleTransportCall(_In_ DMFMODULE DmfModule,
                        _In_ ULONG Message,
                        _In_reads_(InputBufferSize) VOID* InputBuffer,
                        _In_ size_t InputBufferSize,
                        _Out_writes_(OutputBufferSize) VOID* OutputBuffer,
                        _In_ size_t OutputBufferSize);

_IRQL_requires_max_(DISPATCH_LEVEL)
DMFMODULE
DMF_ModuleTransportGet(_In_ DMFMODULE DmfModule);

VOID
DMF_ObjectValidate(_In_ DMFMODULE DmfModule);

VOID
DMF_HandleValidate_ModuleMethod(_In_ DMFMODULE DmfModule);

VOID
DMF_HandleValidate_OpeningOk(_In_ DMFMODULE DmfModule);

VOID
DMF_HandleValidate_ClosingOk(_In_ DMFMODULE DmfModule);

VOID
DMF_ModuleLockPrivate(_In_ DMFMODULE DmfModule);

VOID
DMF_ModuleUnlockPrivate(_In_ DMFMODULE DmfModule);

VOID
DMF_ModuleAuxiliaryLockPrivate(_In_ DMFMODULE DmfModule,
                               _In_ ULONG AuxiliaryLockIndex);

VOID
DMF_ModuleAuxiliaryUnlockPrivate(_In_ DMFMODULE DmfModule,
                                 _In_ ULONG AuxiliaryLockIndex);

FORCEINLINE
DMFMODULE
DMFMODULEVOID_TO_MODULE(_In_ VOID* DmfModule)
{
    DMF_ObjectValidate((DMFMODULE)DmfModule);
    return (DMFMODULE)DmfModule;
}

/* The kinds of pool are a set of bits. */
FORCEINLINE
BOOLEAN
DMF_IsPoolTypePassiveLevel(_In_ POOL_TYPE PoolType)
{
    return ((ULONG)PoolType & (ULONG)PagedPool) != 0;
}

/* The user guide's names. */
#define DMF_ModuleNotificationOpen DMF_ModuleOpen
#define DMF_ModuleNotificationClose DMF_ModuleClose
#define DMF_ModuleIsDynamic DMF_IsModuleDynamic
#define DMF_ModuleIsPassiveLevel DMF_IsModulePassiveLevel

EXTERN_C_END

#endif /* DMF_MODULE_H */
