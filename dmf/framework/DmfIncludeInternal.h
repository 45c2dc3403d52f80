/* SPDX-License-Identifier: MIT */
/*
 * What the sources of the framework share and nobody else sees: the object behind a DMFMODULE, the collection of a
 * device, and the tables by which the framework finds the Modules that implement a callback.
 */
#ifndef DMF_INCLUDE_INTERNAL_H
#define DMF_INCLUDE_INTERNAL_H

#include "DmfModule.h"
#include "DmfRundown.h"
#include "DmfTrace.h"
#include "Dmf_Bridge.h"

EXTERN_C_START

#define DMF_OBJECT_SIGNATURE 0x012345678
#define DMF_MAXIMUM_AUXILIARY_LOCKS 4

#define DMF_TAG 'TfmD'
#define DMF_TAG4 '4fmD'
#define DMF_TAG5 '5fmD'
#define DMF_TAG6 '6fmD'
#define DMF_TAG8 '8fmD'
#define DMF_TAG_DEVICE_INIT 'dirB'

/*
 * Services of the system that kernel mode and user mode spell differently. Sources of a Library that include this header use
 * them, too.
 */
#if defined(DMF_USER_MODE)
#if !defined(POOL_FLAG_NON_PAGED)
#define POOL_FLAG_NON_PAGED 0x0000000000000040ULL
#define POOL_FLAG_PAGED 0x0000000000000100ULL
#endif
#define DmfGetCurrentThreadId() ((HANDLE)(ULONG_PTR)GetCurrentThreadId())
#else
#define DmfGetCurrentThreadId() ((HANDLE)PsGetCurrentThread())
#endif

/* A spin lock, what its holder keeps until the release, and what its creation takes: in user mode, attributes of WDF. */
#if defined(DMF_ALWAYS_USE_WDF_HANDLES)
typedef WDFSPINLOCK DMF_GENERIC_SPINLOCK;
typedef VOID* GENERIC_SPINLOCK_CONTEXT;
typedef WDF_OBJECT_ATTRIBUTES GENERIC_SPINLOCK_CREATE_CONTEXT;
#else
typedef KSPIN_LOCK DMF_GENERIC_SPINLOCK;
typedef KIRQL GENERIC_SPINLOCK_CONTEXT;
typedef VOID* GENERIC_SPINLOCK_CREATE_CONTEXT;
#endif

/* The tag of the reference that a Dynamic Module holds on its parent. */
#define DMF_DYNAMIC_PARENT_TAG ((VOID*)0x7654)

/* The callbacks of WDF that Modules can implement, in the order of DMF_CALLBACKS_WDF. */
#define DMF_FOR_ALL_CALLBACKS_WDF(Do) \
    Do(PrepareHardware) Do(ReleaseHardware) Do(D0Entry) Do(D0EntryPostInterruptsEnabled) Do(D0ExitPreInterruptsDisabled) \
    Do(D0Exit) Do(QueueIoRead) Do(QueueIoWrite) Do(DeviceIoControl) Do(InternalDeviceIoControl) Do(SelfManagedIoCleanup) \
    Do(SelfManagedIoFlush) Do(SelfManagedIoInit) Do(SelfManagedIoSuspend) Do(SelfManagedIoRestart) Do(SurpriseRemoval) \
    Do(QueryRemove) Do(QueryStop) Do(RelationsQuery) Do(UsageNotificationEx) Do(ArmWakeFromS0) Do(DisarmWakeFromS0) \
    Do(WakeFromS0Triggered) Do(ArmWakeFromSxWithReason) Do(DisarmWakeFromSx) Do(WakeFromSxTriggered) Do(FileCreate) \
    Do(FileCleanup) Do(FileClose)

#define DMF_CALLBACK_NUMBER(Name) DmfCallback_##Name,
typedef enum
{
    DMF_FOR_ALL_CALLBACKS_WDF(DMF_CALLBACK_NUMBER)
    DmfCallback_NumberOfCallbacks,
} DmfCallback;
#undef DMF_CALLBACK_NUMBER

/* A set of callbacks is a number with one bit for each. */
#define DMF_CALLBACK_BIT(Name) ((ULONG)1 << DmfCallback_##Name)

typedef enum
{
    ModuleState_Invalid = 0,
    ModuleState_PreCreate,
    ModuleState_Created,
    ModuleState_Opening,
    ModuleState_Opened,
    ModuleState_Closing,
    ModuleState_Closed,
    ModuleState_Destroying,
} ModuleStateType;

typedef enum
{
    ModuleOpenedDuring_Invalid = 0,
    ModuleOpenedDuring_Manual,
    ModuleOpenedDuring_Create,
    ModuleOpenedDuring_PrepareHardware,
    ModuleOpenedDuring_D0Entry,
    ModuleOpenedDuring_D0EntrySystemPowerUp,
} ModuleOpenedDuringType;

/* A lock of a Module: a spin lock or a wait lock, as the Module's options say. */
typedef struct
{
    union
    {
        WDFSPINLOCK SpinLock;
        WDFWAITLOCK WaitLock;
    } Handle;
#if defined(DEBUG)
    /* The number of the thread that holds the lock, or zero. */
    volatile LONG64 Owner;
#endif
} DMF_MODULE_LOCK;

/* The open session word: whether the Module is anywhere between the start of an open and the end of a close. */
#define DMF_SESSION_NONE 0
#define DMF_SESSION_ACTIVE 1
#define DMF_SESSION_AWAITED 2

/* The word of the close: who changes NOT into ALREADY closes; whoever opens closes itself where it finds WHEN_OPENED. */
#define DMF_CLOSED_NOT 0
#define DMF_CLOSED_ALREADY 1
#define DMF_CLOSED_WHEN_OPENED 2

/* The object behind a DMFMODULE. The Module's Config and name follow it in the same memory. */
typedef struct _DMF_OBJECT
{
    ULONG Signature;
    /* A ModuleStateType. Methods look at it on any thread, so it is read and written by DMF_ModuleStateGet and -Set only. */
    volatile LONG ModuleState;
    DMFMODULE Handle;
    WDFDEVICE ParentDevice;
    /* The handle of the parent, which keeps the parent's object alive in case of a Dynamic Module. */
    WDFOBJECT ParentHandle;
    struct _DMF_OBJECT* ParentObject;
    LIST_ENTRY SiblingEntry;
    LIST_ENTRY Children;
    struct _DMF_OBJECT* TransportObject;

    CONST CHAR* ModuleName;
    CONST CHAR* InstanceName;
    ULONG ModuleOptions;
    DmfModuleOpenOption OpenOption;
    VOID* ModuleConfig;
    ULONG ModuleConfigSize;
    BOOLEAN PassiveLevel;
    BOOLEAN DynamicModule;
    BOOLEAN DynamicRoot;
    BOOLEAN DestroyOnCleanup;

    DMF_CALLBACKS_DMF CallbacksDmf;
    DMF_CALLBACKS_WDF CallbacksWdf;
    ULONG ImplementedCallbacks;
    EVT_DMF_BranchTrack_BranchesInitialize* ModuleBranchTrackInitialize;
    EVT_DMF_LiveKernelDump_Initialize* ModuleLiveKernelDumpInitialize;
    DMF_MODULE_EVENT_CALLBACKS ClientCallbacks;
    DMF_ModuleTransportMethod* ModuleTransportMethod;
    GUID SupportedTransportInterfaceGuid;
    GUID RequiredTransportInterfaceGuid;
    /* Of the root of a Dynamic tree. */
    PFN_WDF_OBJECT_CONTEXT_CLEANUP ClientEvtCleanupCallback;
#if !defined(DMF_USER_MODE)
    RECORDER_LOG InFlightRecorder;
    BOOLEAN InFlightRecorderIsOwn;
#endif

    /* The first lock is the default lock. */
    DMF_MODULE_LOCK Locks[DMF_MAXIMUM_AUXILIARY_LOCKS + 1];
    ULONG NumberOfAuxiliaryLocks;

    DMF_RUNDOWN References;
    volatile LONG Closed;
    volatile LONG Session;
    DMF_WAIT_EVENT* SessionGone;
    /* The interfaces that bind this Module to others; and whether it is too late for new ones. See DmfInterface.c. */
    LIST_ENTRY InterfaceEnds;
    DMF_WAIT_EVENT* InterfaceEndsChanged;
    BOOLEAN InterfacesAreRefused;
    ModuleOpenedDuringType ModuleOpenedDuring;
    ModuleOpenedDuringType NotificationRegisteredDuring;
} DMF_OBJECT;

#define DMF_MODULE_RUNS_PASSIVE(DmfObject) (((DmfObject)->ModuleOptions & DMF_MODULE_OPTIONS_PASSIVE) != 0)
#define DMF_MODULE_RUNS_DISPATCH(DmfObject) (((DmfObject)->ModuleOptions & DMF_MODULE_OPTIONS_DISPATCH) != 0)

/* The Modules that implement one callback, in the order in which they are called. */
typedef struct
{
    DMF_OBJECT** Objects;
    ULONG NumberOfObjects;
} DMF_DISPATCH_TABLE;

/* All Modules of a device. */
typedef struct _DMF_MODULE_COLLECTION
{
    WDFDEVICE Device;
    WDFMEMORY Handle;
    LIST_ENTRY Modules;
    DMF_DISPATCH_TABLE Tables[DmfCallback_NumberOfCallbacks];
    DMF_OBJECT** TableMemory;
    /* The Client Driver simulates the start of its device, and has not simulated its end. */
    BOOLEAN ManualDestroyPending;
} DMF_MODULE_COLLECTION;

/* What the framework attaches to a device. */
typedef struct _DMF_DEVICE_CONTEXT
{
    DMF_MODULE_COLLECTION* Collection;
    /* The collection whose Modules are being created; they enter it by themselves. */
    DMF_MODULE_COLLECTION* CollectionInCreation;
    WDFDEVICE ClientDriverDevice;
    EVT_DMF_DEVICE_LOG* EvtDmfDeviceLog;
    /* The Modules that the framework itself has created for the device; NULL where it has not. */
    DMFMODULE FeatureModules[DmfFeature_NumberOfFeatures];
    BOOLEAN DeviceAddIsImplemented;
    /* Requests that nobody handles go to the driver below. */
    BOOLEAN IsFilterDevice;
    /* The control device that the driver's filter devices share, and the next of them. */
    WDFDEVICE FilterControlDevice;
    struct _DMF_DEVICE_CONTEXT* NextFilterDevice;
} DMF_DEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DMF_DEVICE_CONTEXT, DmfDeviceContextGet)

/* A Module that was added and is not created yet. Its Config follows it. */
typedef struct
{
    LIST_ENTRY ListEntry;
    DMF_MODULE_ATTRIBUTES Attributes;
    WDF_OBJECT_ATTRIBUTES ObjectAttributes;
    DMF_MODULE_EVENT_CALLBACKS ClientCallbacks;
    DMFMODULE* ResultantDmfModule;
} DMF_PENDING_MODULE;

/* What PDMFMODULE_INIT points to: the Modules of a collection, or of a parent, in the order in which they were added. */
typedef struct
{
    LIST_ENTRY PendingModules;
    NTSTATUS FirstFailure;
    BOOLEAN AddsTransport;
} DMF_PENDING_MODULES;

/* The Module's own memory has its object at the beginning. */
FORCEINLINE
DMF_OBJECT*
DMF_ModuleToObject(
    _In_ DMFMODULE DmfModule
    )
{
    DMF_OBJECT* dmfObject;

    dmfObject = (DMF_OBJECT*)WdfMemoryGetBuffer((WDFMEMORY)DmfModule,
                                                NULL);
    DmfAssert(dmfObject->Signature == DMF_OBJECT_SIGNATURE);
    return dmfObject;
}

FORCEINLINE
ModuleStateType
DMF_ModuleStateGet(
    _In_ DMF_OBJECT* DmfObject
    )
{
    return (ModuleStateType)ReadNoFence(&DmfObject->ModuleState);
}

FORCEINLINE
VOID
DMF_ModuleStateSet(
    _Inout_ DMF_OBJECT* DmfObject,
    _In_ ModuleStateType ModuleState
    )
{
    WriteNoFence(&DmfObject->ModuleState,
                 (LONG)ModuleState);
}

/* DmfSystem.c */
_Must_inspect_result_
VOID*
DMF_GenericMemoryAllocate(
    _In_ ULONG64 PoolFlags,
    _In_ size_t Size,
    _In_ ULONG Tag
    );

VOID
DMF_GenericMemoryFree(
    _In_ VOID* Memory,
    _In_ ULONG Tag
    );

_Must_inspect_result_
NTSTATUS
DMF_GenericSpinLockCreate(
    _In_opt_ GENERIC_SPINLOCK_CREATE_CONTEXT* CreateContext,
    _Out_ DMF_GENERIC_SPINLOCK* SpinLock
    );

VOID
DMF_GenericSpinLockAcquire(
    _Inout_ DMF_GENERIC_SPINLOCK* SpinLock,
    _Out_ GENERIC_SPINLOCK_CONTEXT* LockContext
    );

VOID
DMF_GenericSpinLockRelease(
    _Inout_ DMF_GENERIC_SPINLOCK* SpinLock,
    _In_ GENERIC_SPINLOCK_CONTEXT LockContext
    );

VOID
DMF_GenericSpinLockDestroy(
    _Inout_ DMF_GENERIC_SPINLOCK* SpinLock
    );

/* DmfModuleCollection.c */
VOID
DMF_PendingModulesInitialize(
    _Out_ DMF_PENDING_MODULES* PendingModules
    );

VOID
DMF_PendingModulesFree(
    _Inout_ DMF_PENDING_MODULES* PendingModules
    );

_Must_inspect_result_
NTSTATUS
DMF_PendingModulesCreate(
    _In_ WDFDEVICE Device,
    _In_ WDFOBJECT Parent,
    _In_ BOOLEAN DynamicModule,
    _Inout_ DMF_PENDING_MODULES* PendingModules
    );

_Must_inspect_result_
NTSTATUS
DMF_ModuleCollectionCreate(
    _In_ WDFDEVICE Device,
    _Inout_ DMF_PENDING_MODULES* PendingModules,
    _Out_ DMF_MODULE_COLLECTION** Collection
    );

_Must_inspect_result_
NTSTATUS
DMF_ModuleCollectionOpen(
    _In_ DMF_MODULE_COLLECTION* Collection
    );

/* DmfModuleOpen.c */
VOID
DMF_ObjectDestroy(
    _Inout_ DMF_OBJECT* DmfObject
    );

VOID
DMF_ObjectTreeDestroy(
    _Inout_ DMF_OBJECT* DmfObject
    );

_Must_inspect_result_
NTSTATUS
DMF_ObjectOpen(
    _Inout_ DMF_OBJECT* DmfObject,
    _In_ ModuleOpenedDuringType OpenedDuring
    );

VOID
DMF_ObjectClose(
    _Inout_ DMF_OBJECT* DmfObject
    );

_Must_inspect_result_
NTSTATUS
DMF_ObjectNotificationRegister(
    _Inout_ DMF_OBJECT* DmfObject,
    _In_ ModuleOpenedDuringType RegisteredDuring
    );

VOID
DMF_ObjectNotificationUnregister(
    _Inout_ DMF_OBJECT* DmfObject
    );

_Must_inspect_result_
NTSTATUS
DMF_ObjectTreeOpenDuringCreate(
    _Inout_ DMF_OBJECT* DmfObject
    );

VOID
DMF_ObjectTreeCloseBeforeDestroy(
    _Inout_ DMF_OBJECT* DmfObject
    );

/* DmfFeature.c */
_Must_inspect_result_
NTSTATUS
DMF_FeatureModulesAdd(
    _In_ WDFDEVICE Device,
    _In_opt_ DMF_CONFIG_BranchTrack* BranchTrackConfig,
    _In_opt_ DMF_CONFIG_LiveKernelDump* LiveKernelDumpConfig,
    _Out_writes_(DmfFeature_NumberOfFeatures) DMFMODULE* FeatureModules,
    _Inout_ DMF_PENDING_MODULES* PendingModules
    );

VOID
DMF_FeatureModulesInitialize(
    _In_ DMF_DEVICE_CONTEXT* DeviceContext
    );

/* DmfRecorder.c */
VOID
DMF_RecorderCreate(
    _Inout_ DMF_OBJECT* DmfObject,
    _In_ ULONG InFlightRecorderSize
    );

VOID
DMF_RecorderDestroy(
    _Inout_ DMF_OBJECT* DmfObject
    );

/* DmfGeneric.c */
VOID
DMF_Generic_CallbacksFill(
    _Inout_ DMF_OBJECT* DmfObject
    );

/* DmfInterface.c */
VOID
DMF_ObjectInterfacesUnbind(
    _Inout_ DMF_OBJECT* DmfObject
    );

/* DmfDispatchTables.c */
_Must_inspect_result_
NTSTATUS
DMF_DispatchTablesCreate(
    _Inout_ DMF_MODULE_COLLECTION* Collection
    );

VOID
DMF_DispatchTablesFree(
    _Inout_ DMF_MODULE_COLLECTION* Collection
    );

/* DmfDispatch.c */
VOID
DMF_DispatchPnpPowerEventCallbacksSet(
    _Inout_ PWDF_PNPPOWER_EVENT_CALLBACKS PnpPowerEventCallbacks
    );

VOID
DMF_DispatchPowerPolicyEventCallbacksSet(
    _Inout_ PWDF_POWER_POLICY_EVENT_CALLBACKS PowerPolicyEventCallbacks
    );

VOID
DMF_DispatchManualDestroy(
    _In_ WDFDEVICE Device
    );

/* DmfDispatchRequests.c */
VOID
DMF_DispatchFileObjectConfigSet(
    _Inout_ PWDF_FILEOBJECT_CONFIG FileObjectConfig
    );

VOID
DMF_DispatchQueueConfigSet(
    _Inout_ PWDF_IO_QUEUE_CONFIG QueueConfig
    );

VOID
DMF_RequestPassthru(
    _In_ WDFDEVICE Device,
    _In_ WDFREQUEST Request
    );

VOID
DMF_RequestPassthruWithCompletion(
    _In_ WDFDEVICE Device,
    _In_ WDFREQUEST Request,
    _In_ PFN_WDF_REQUEST_COMPLETION_ROUTINE CompletionRoutine,
    _In_ WDFCONTEXT CompletionContext
    );

EXTERN_C_END

#endif /* DMF_INCLUDE_INTERNAL_H */
