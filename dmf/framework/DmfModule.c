/* SPDX-License-Identifier: MIT */
/*
 * Modules: how one is created with its children, opened, closed and destroyed, its references and its locks, and what a
 * Module can ask about itself.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfModule.tmh"
#endif

/* The callbacks that a Dynamic Module cannot have, because nothing in the life of a device would call them in order. */
#define DMF_CALLBACKS_REFUSED_IN_DYNAMIC_MODULES(CallbacksWdf) \
    ((CallbacksWdf)->ModulePrepareHardware != NULL || (CallbacksWdf)->ModuleReleaseHardware != NULL || \
     (CallbacksWdf)->ModuleD0Entry != NULL || (CallbacksWdf)->ModuleD0Exit != NULL || \
     (CallbacksWdf)->ModuleD0EntryPostInterruptsEnabled != NULL || \
     (CallbacksWdf)->ModuleD0ExitPreInterruptsDisabled != NULL || (CallbacksWdf)->ModuleSelfManagedIoCleanup != NULL || \
     (CallbacksWdf)->ModuleSelfManagedIoFlush != NULL || (CallbacksWdf)->ModuleSelfManagedIoInit != NULL || \
     (CallbacksWdf)->ModuleSelfManagedIoSuspend != NULL || (CallbacksWdf)->ModuleSelfManagedIoRestart != NULL)

/*
 * Opening and closing.
 */

static
VOID
Module_SessionEnd(
    _Inout_ DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Tells whoever waits for it that the Module is closed, or that it did not open. After that the Module may be gone.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    if (InterlockedExchange(&DmfObject->Session,
                            DMF_SESSION_NONE) == DMF_SESSION_AWAITED)
    {
        DMF_WaitEventSet(DmfObject->SessionGone);
    }
}

_Use_decl_annotations_
NTSTATUS
DMF_ObjectOpen(
    DMF_OBJECT* DmfObject,
    ModuleOpenedDuringType OpenedDuring
    )
/*++

Routine Description:

    Opens one Module, without its children, and tells its Client. A close that comes before the Client's callback has
    returned does nothing.

Arguments:

    DmfObject - The given Module.
    OpenedDuring - What opens the Module, so that the opposite event closes it.

Return Value:

    NTSTATUS of the Client's and of the Module's callback.

--*/
{
    NTSTATUS ntStatus;

    DmfAssert((DmfObject->ModuleState == ModuleState_Created) ||
              (DmfObject->ModuleState == ModuleState_Closed));

    ntStatus = STATUS_SUCCESS;
    InterlockedExchange(&DmfObject->Session,
                        DMF_SESSION_ACTIVE);
    DmfObject->ModuleState = ModuleState_Opening;

    if (DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationOpen != NULL)
    {
        ntStatus = DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationOpen(DmfObject->Handle);
    }
    if (NT_SUCCESS(ntStatus) &&
        (DmfObject->CallbacksDmf.DeviceOpen != NULL))
    {
        ntStatus = DmfObject->CallbacksDmf.DeviceOpen(DmfObject->Handle);
    }
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] does not open: ntStatus=%!STATUS!", DmfObject->InstanceName,
                    ntStatus);
        DmfObject->ModuleState = ModuleState_Created;
        Module_SessionEnd(DmfObject);
        goto Exit;
    }

    DmfObject->ModuleState = ModuleState_Opened;
    DmfObject->ModuleOpenedDuring = OpenedDuring;
    InterlockedExchange(&DmfObject->References,
                        DMF_REFERENCE_ONE);
    if (DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationPostOpen != NULL)
    {
        DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationPostOpen(DmfObject->Handle);
    }
    InterlockedExchange(&DmfObject->Closed,
                        FALSE);

Exit:

    return ntStatus;
}

static
VOID
Module_ReferencesWait(
    _Inout_ DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Refuses new references and waits until the existing ones are gone. The last one to go wakes the wait.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    DMF_WAIT_EVENT referencesGone;

    /* Without references there is nothing to wait for, and no event is made. */
    if (InterlockedCompareExchange(&DmfObject->References,
                                   0,
                                   DMF_REFERENCE_ONE) != DMF_REFERENCE_ONE)
    {
        DMF_WaitEventInitialize(&referencesGone);
        DmfObject->ReferencesGone = &referencesGone;
        if (InterlockedOr(&DmfObject->References,
                          DMF_REFERENCE_CLOSE_PENDING) != DMF_REFERENCE_ONE)
        {
            DMF_WaitEventWait(&referencesGone);
        }
        DmfObject->ReferencesGone = NULL;
        InterlockedExchange(&DmfObject->References,
                            0);
    }
}

_Use_decl_annotations_
VOID
DMF_ObjectClose(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Closes one Module, without its children, after telling its Client. Only one close per open does anything; the others
    return at once.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    if (InterlockedExchange(&DmfObject->Closed,
                            TRUE))
    {
        goto Exit;
    }

    if (DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationPreClose != NULL)
    {
        DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationPreClose(DmfObject->Handle);
    }
    Module_ReferencesWait(DmfObject);

    DmfObject->ModuleState = ModuleState_Closing;
    if (DmfObject->CallbacksDmf.DeviceClose != NULL)
    {
        DmfObject->CallbacksDmf.DeviceClose(DmfObject->Handle);
    }
    DmfObject->ModuleState = ModuleState_Closed;
    DmfObject->ModuleOpenedDuring = ModuleOpenedDuring_Invalid;
    if (DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationClose != NULL)
    {
        DmfObject->ClientCallbacks.EvtModuleOnDeviceNotificationClose(DmfObject->Handle);
    }
    Module_SessionEnd(DmfObject);

Exit:

    return;
}

_Use_decl_annotations_
NTSTATUS
DMF_ObjectNotificationRegister(
    DMF_OBJECT* DmfObject,
    ModuleOpenedDuringType RegisteredDuring
    )
/*++

Routine Description:

    Lets a Module arrange to be told when it can open.

Arguments:

    DmfObject - The given Module.
    RegisteredDuring - The event in the life of the device.

Return Value:

    NTSTATUS of the Module's callback.

--*/
{
    NTSTATUS ntStatus;

    ntStatus = STATUS_SUCCESS;
    if (DmfObject->CallbacksDmf.DeviceNotificationRegister != NULL)
    {
        ntStatus = DmfObject->CallbacksDmf.DeviceNotificationRegister(DmfObject->Handle);
    }
    if (NT_SUCCESS(ntStatus))
    {
        DmfObject->NotificationRegisteredDuring = RegisteredDuring;
    }
    else
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] does not register: ntStatus=%!STATUS!", DmfObject->InstanceName,
                    ntStatus);
    }

    return ntStatus;
}

_Use_decl_annotations_
VOID
DMF_ObjectNotificationUnregister(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Ends what DMF_ObjectNotificationRegister began. A Module without a callback of its own is closed.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    DmfObject->NotificationRegisteredDuring = ModuleOpenedDuring_Invalid;
    if (DmfObject->CallbacksDmf.DeviceNotificationUnregister != NULL)
    {
        DmfObject->CallbacksDmf.DeviceNotificationUnregister(DmfObject->Handle);
    }
    else
    {
        DMF_ObjectClose(DmfObject);
    }
}

static
VOID
Module_SessionWait(
    _Inout_ DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Waits until a Module that opens and closes itself is closed, or has never been open.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    DMF_WAIT_EVENT sessionGone;

    if (DmfObject->Session != DMF_SESSION_NONE)
    {
        DMF_WaitEventInitialize(&sessionGone);
        DmfObject->SessionGone = &sessionGone;
        if (InterlockedCompareExchange(&DmfObject->Session,
                                       DMF_SESSION_AWAITED,
                                       DMF_SESSION_ACTIVE) == DMF_SESSION_ACTIVE)
        {
            DMF_WaitEventWait(&sessionGone);
        }
        DmfObject->SessionGone = NULL;
    }
}

_Use_decl_annotations_
NTSTATUS
DMF_ObjectTreeOpenDuringCreate(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Opens the Modules of a tree that open when they are created, children before their parent. A parent that would open
    before one of its children is an error.

Arguments:

    DmfObject - The root of the tree.

Return Value:

    NTSTATUS of the first Module that fails. The Modules after it are not opened.

--*/
{
    NTSTATUS ntStatus;
    LIST_ENTRY* listEntry;
    DMF_OBJECT* childObject;

    ntStatus = STATUS_SUCCESS;
    for (listEntry = DmfObject->Children.Flink; listEntry != &DmfObject->Children; listEntry = listEntry->Flink)
    {
        childObject = CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry);
        ntStatus = DMF_ObjectTreeOpenDuringCreate(childObject);
        if (! NT_SUCCESS(ntStatus))
        {
            goto Exit;
        }
    }
    for (listEntry = DmfObject->Children.Flink; listEntry != &DmfObject->Children; listEntry = listEntry->Flink)
    {
        childObject = CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry);
        if ((DmfObject->OpenOption < childObject->OpenOption) &&
            (childObject->OpenOption <= DMF_MODULE_OPEN_OPTION_OPEN_D0Entry))
        {
            TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] opens before its child [%s]", DmfObject->InstanceName,
                        childObject->InstanceName);
            ntStatus = STATUS_INVALID_PARAMETER;
            goto Exit;
        }
    }

    if (DmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_OPEN_Create)
    {
        ntStatus = DMF_ObjectOpen(DmfObject,
                                  ModuleOpenedDuring_Create);
    }
    else if (DmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_NOTIFY_Create)
    {
        ntStatus = DMF_ObjectNotificationRegister(DmfObject,
                                                  ModuleOpenedDuring_Create);
    }

Exit:

    return ntStatus;
}

_Use_decl_annotations_
VOID
DMF_ObjectTreeCloseBeforeDestroy(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Closes the Modules of a tree that opened when they were created, a parent before its children, the children last to
    first. What opened later was closed by the event opposite to the one that opened it.

Arguments:

    DmfObject - The root of the tree.

Return Value:

    None

--*/
{
    LIST_ENTRY* listEntry;

    if ((DmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_OPEN_Create) &&
        (DmfObject->ModuleOpenedDuring == ModuleOpenedDuring_Create))
    {
        DMF_ObjectClose(DmfObject);
    }
    else if (DmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_NOTIFY_Create)
    {
        DMF_ObjectNotificationUnregister(DmfObject);
        Module_SessionWait(DmfObject);
    }
    for (listEntry = DmfObject->Children.Blink; listEntry != &DmfObject->Children; listEntry = listEntry->Blink)
    {
        DMF_ObjectTreeCloseBeforeDestroy(CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry));
    }
}

_Use_decl_annotations_
VOID
DMF_ObjectTreeDestroy(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Destroys a tree of closed Modules, children before their parent, the children first to last.

Arguments:

    DmfObject - The root of the tree. Its memory may be gone when the function returns.

Return Value:

    None

--*/
{
    while (! IsListEmpty(&DmfObject->Children))
    {
        DMF_ObjectTreeDestroy(CONTAINING_RECORD(DmfObject->Children.Flink, DMF_OBJECT, SiblingEntry));
    }

    DmfAssert((DmfObject->ModuleState == ModuleState_Created) ||
              (DmfObject->ModuleState == ModuleState_Closed));
    if (DmfObject->CallbacksDmf.ModuleInstanceDestroy != NULL)
    {
        DmfObject->CallbacksDmf.ModuleInstanceDestroy(DmfObject->Handle);
    }
    DmfObject->ModuleState = ModuleState_Destroying;
    RemoveEntryList(&DmfObject->SiblingEntry);
    InitializeListHead(&DmfObject->SiblingEntry);
    WdfObjectDelete(DmfObject->Handle);
}

/*
 * Creation.
 */

static
VOID
Module_DynamicTreeDestroy(
    _In_ WDFOBJECT Object
    )
/*++

Routine Description:

    Cleanup callback of the root of a Dynamic tree: closes and destroys the tree, then calls the Client's own callback and
    lets go of the parent.

Arguments:

    Object - The Module's handle.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;
    PFN_WDF_OBJECT_CONTEXT_CLEANUP clientEvtCleanupCallback;

    dmfObject = DMF_ModuleToObject((DMFMODULE)Object);
    clientEvtCleanupCallback = dmfObject->ClientEvtCleanupCallback;
    if (dmfObject->DestroyOnCleanup)
    {
        DMF_ObjectTreeCloseBeforeDestroy(dmfObject);
        while (! IsListEmpty(&dmfObject->Children))
        {
            DMF_ObjectTreeDestroy(CONTAINING_RECORD(dmfObject->Children.Blink, DMF_OBJECT, SiblingEntry));
        }
        if (dmfObject->CallbacksDmf.ModuleInstanceDestroy != NULL)
        {
            dmfObject->CallbacksDmf.ModuleInstanceDestroy(dmfObject->Handle);
        }
        dmfObject->ModuleState = ModuleState_Destroying;
    }
    if (clientEvtCleanupCallback != NULL)
    {
        clientEvtCleanupCallback(Object);
    }
    if (dmfObject->DestroyOnCleanup)
    {
        WdfObjectDereferenceWithTag(dmfObject->ParentHandle,
                                    DMF_DYNAMIC_PARENT_TAG);
    }
}

static
_Must_inspect_result_
NTSTATUS
Module_ObjectAllocate(
    _In_ WDFDEVICE Device,
    _In_ WDFOBJECT Parent,
    _In_ DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    _In_opt_ PWDF_OBJECT_ATTRIBUTES DmfModuleObjectAttributes,
    _In_ DMF_MODULE_DESCRIPTOR* ModuleDescriptor,
    _Out_ DMF_OBJECT** DmfObject
    )
/*++

Routine Description:

    Allocates the memory of a Module, which is a WDF object, with the Module's object, Config and instance name in it, and
    copies into it all that the descriptor and the attributes say.

Arguments:

    Device - The device of the Module.
    Parent - The parent of the WDF object.
    DmfModuleAttributes - What the Client says about the Module.
    DmfModuleObjectAttributes - What the Client says about the WDF object. Its parent is not used.
    ModuleDescriptor - What the Module says about itself.
    DmfObject - The Module's object, with state PreCreate.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES objectAttributes;
    PFN_WDF_OBJECT_CONTEXT_CLEANUP clientEvtCleanupCallback;
    WDFMEMORY memory;
    VOID* buffer;
    DMF_OBJECT* dmfObject;
    CONST CHAR* instanceName;
    size_t instanceNameSize;
    size_t configOffset;
    size_t totalSize;

    *DmfObject = NULL;
    clientEvtCleanupCallback = NULL;
    instanceName = DmfModuleAttributes->ClientModuleInstanceName;
    if ((instanceName == NULL) ||
        (instanceName[0] == 0))
    {
        instanceName = ModuleDescriptor->ModuleName;
    }
    instanceNameSize = strlen(instanceName) + sizeof(CHAR);
    configOffset = (sizeof(DMF_OBJECT) + MEMORY_ALLOCATION_ALIGNMENT - 1) & ~(size_t)(MEMORY_ALLOCATION_ALIGNMENT - 1);
    totalSize = configOffset + DmfModuleAttributes->SizeOfModuleSpecificConfig + instanceNameSize;

    WDF_OBJECT_ATTRIBUTES_INIT(&objectAttributes);
    if (DmfModuleObjectAttributes != NULL)
    {
        objectAttributes = *DmfModuleObjectAttributes;
    }
    objectAttributes.ParentObject = Parent;
    if (DmfModuleAttributes->DynamicModuleImmediate)
    {
        clientEvtCleanupCallback = objectAttributes.EvtCleanupCallback;
        objectAttributes.EvtCleanupCallback = Module_DynamicTreeDestroy;
    }
    ntStatus = WdfMemoryCreate(&objectAttributes,
                               NonPagedPoolNx,
                               DMF_TAG4,
                               totalSize,
                               &memory,
                               &buffer);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfMemoryCreate fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }

    RtlZeroMemory(buffer,
                  totalSize);
    dmfObject = (DMF_OBJECT*)buffer;
    dmfObject->Signature = DMF_OBJECT_SIGNATURE;
    dmfObject->ModuleState = ModuleState_PreCreate;
    dmfObject->Closed = TRUE;
    dmfObject->Handle = (DMFMODULE)memory;
    dmfObject->ParentDevice = Device;
    dmfObject->ParentHandle = Parent;
    dmfObject->ClientEvtCleanupCallback = clientEvtCleanupCallback;
    InitializeListHead(&dmfObject->Children);
    InitializeListHead(&dmfObject->SiblingEntry);

    dmfObject->ModuleName = ModuleDescriptor->ModuleName;
    dmfObject->ModuleOptions = ModuleDescriptor->ModuleOptions;
    dmfObject->OpenOption = ModuleDescriptor->OpenOption;
    dmfObject->NumberOfAuxiliaryLocks = ModuleDescriptor->NumberOfAuxiliaryLocks;
    dmfObject->ModuleTransportMethod = ModuleDescriptor->ModuleTransportMethod;
    dmfObject->SupportedTransportInterfaceGuid = ModuleDescriptor->SupportedTransportInterfaceGuid;
    dmfObject->RequiredTransportInterfaceGuid = ModuleDescriptor->RequiredTransportInterfaceGuid;
    dmfObject->PassiveLevel = DmfModuleAttributes->PassiveLevel;
    dmfObject->DynamicModule = DmfModuleAttributes->DynamicModule;
    dmfObject->DynamicRoot = DmfModuleAttributes->DynamicModuleImmediate;
    if (ModuleDescriptor->CallbacksDmf != NULL)
    {
        dmfObject->CallbacksDmf = *ModuleDescriptor->CallbacksDmf;
    }
    if (ModuleDescriptor->CallbacksWdf != NULL)
    {
        dmfObject->CallbacksWdf = *ModuleDescriptor->CallbacksWdf;
    }
    if (DmfModuleAttributes->ClientCallbacks != NULL)
    {
        dmfObject->ClientCallbacks = *DmfModuleAttributes->ClientCallbacks;
    }

    if (DmfModuleAttributes->SizeOfModuleSpecificConfig != 0)
    {
        DmfAssert(DmfModuleAttributes->SizeOfModuleSpecificConfig == ModuleDescriptor->ModuleConfigSize);
        dmfObject->ModuleConfigSize = DmfModuleAttributes->SizeOfModuleSpecificConfig;
        dmfObject->ModuleConfig = (UCHAR*)buffer + configOffset;
        if (DmfModuleAttributes->ModuleConfigPointer != NULL)
        {
            RtlCopyMemory(dmfObject->ModuleConfig,
                          DmfModuleAttributes->ModuleConfigPointer,
                          dmfObject->ModuleConfigSize);
        }
    }
    dmfObject->InstanceName = (CHAR*)buffer + totalSize - instanceNameSize;
    RtlCopyMemory((CHAR*)buffer + totalSize - instanceNameSize,
                  instanceName,
                  instanceNameSize);
    *DmfObject = dmfObject;

Exit:

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
Module_LocksCreate(
    _Inout_ DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Decides by the Module's options and by the Client's wish which kind of locks the Module has, and creates them.

Arguments:

    DmfObject - The given Module.

Return Value:

    STATUS_INVALID_DEVICE_REQUEST if the Client wants a Module that runs at DISPATCH_LEVEL to run at PASSIVE_LEVEL.
    Otherwise NTSTATUS of WDF.

--*/
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES attributes;
    ULONG lockIndex;

    ntStatus = STATUS_SUCCESS;
    if (DmfObject->ModuleOptions & DMF_MODULE_OPTIONS_DISPATCH_MAXIMUM)
    {
        DmfObject->ModuleOptions |= DmfObject->PassiveLevel ? DMF_MODULE_OPTIONS_PASSIVE : DMF_MODULE_OPTIONS_DISPATCH;
    }
    DmfAssert(DMF_MODULE_RUNS_PASSIVE(DmfObject) != DMF_MODULE_RUNS_DISPATCH(DmfObject));
    DmfAssert(DmfObject->NumberOfAuxiliaryLocks <= DMF_MAXIMUM_AUXILIARY_LOCKS);
    if ((DmfObject->PassiveLevel && ! DMF_MODULE_RUNS_PASSIVE(DmfObject)) ||
        (DmfObject->NumberOfAuxiliaryLocks > DMF_MAXIMUM_AUXILIARY_LOCKS))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] cannot have the locks that are asked for", DmfObject->InstanceName);
        ntStatus = STATUS_INVALID_DEVICE_REQUEST;
        goto Exit;
    }

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = DmfObject->Handle;
    for (lockIndex = 0; (lockIndex <= DmfObject->NumberOfAuxiliaryLocks) && NT_SUCCESS(ntStatus); lockIndex++)
    {
        if (DMF_MODULE_RUNS_PASSIVE(DmfObject))
        {
            ntStatus = WdfWaitLockCreate(&attributes,
                                         &DmfObject->Locks[lockIndex].Handle.WaitLock);
        }
        else
        {
            ntStatus = WdfSpinLockCreate(&attributes,
                                         &DmfObject->Locks[lockIndex].Handle.SpinLock);
        }
    }

Exit:

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
Module_ParentLink(
    _Inout_ DMF_OBJECT* DmfObject,
    _In_ BOOLEAN IsTransportModule
    )
/*++

Routine Description:

    Connects a Module with its parent Module, if it has one, and the root of a Dynamic tree with its parent of whatever
    kind.

Arguments:

    DmfObject - The given Module.
    IsTransportModule - Indicates that the Module is the Transport of its parent.

Return Value:

    STATUS_UNSUCCESSFUL if the parent needs another kind of Transport.

--*/
{
    NTSTATUS ntStatus;
    DMF_OBJECT* parentObject;

    ntStatus = STATUS_SUCCESS;
    if (WdfObjectIsCustomType(DmfObject->ParentHandle, DMFMODULE_TYPE))
    {
        parentObject = DMF_ModuleToObject((DMFMODULE)DmfObject->ParentHandle);
        DmfObject->ParentObject = parentObject;
        if (! DmfObject->DynamicRoot)
        {
            InsertTailList(&parentObject->Children,
                           &DmfObject->SiblingEntry);
        }
        if (IsTransportModule)
        {
            DmfAssert(parentObject->TransportObject == NULL);
            if (! DMF_Utility_IsEqualGUID(&parentObject->RequiredTransportInterfaceGuid,
                                          &DmfObject->SupportedTransportInterfaceGuid))
            {
                TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] is not a Transport for [%s]", DmfObject->InstanceName,
                            parentObject->InstanceName);
                ntStatus = STATUS_UNSUCCESSFUL;
                goto Exit;
            }
            parentObject->TransportObject = DmfObject;
        }
    }
    if (DmfObject->DynamicRoot)
    {
        WdfObjectReferenceWithTag(DmfObject->ParentHandle,
                                  DMF_DYNAMIC_PARENT_TAG);
        DmfObject->DestroyOnCleanup = TRUE;
    }

Exit:

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
Module_ChildrenCreate(
    _Inout_ DMF_OBJECT* DmfObject,
    _In_ DMF_MODULE_ATTRIBUTES* DmfModuleAttributes
    )
/*++

Routine Description:

    Lets the Module add its children, and its Client the Transport if the Module needs one, and creates them all.

Arguments:

    DmfObject - The given Module.
    DmfModuleAttributes - What the Client said about the Module.

Return Value:

    NTSTATUS of the first child that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_PENDING_MODULES pendingModules;

    DMF_PendingModulesInitialize(&pendingModules);
    if (DmfObject->CallbacksDmf.ChildModulesAdd != NULL)
    {
        DmfObject->CallbacksDmf.ChildModulesAdd(DmfObject->Handle,
                                                DmfModuleAttributes,
                                                (PDMFMODULE_INIT)&pendingModules);
    }
    if (DmfObject->ModuleOptions & DMF_MODULE_OPTIONS_TRANSPORT_REQUIRED)
    {
        DmfAssert(DmfModuleAttributes->TransportModuleAdd != NULL);
        pendingModules.AddsTransport = TRUE;
        DmfModuleAttributes->TransportModuleAdd(DmfObject->Handle,
                                                DmfModuleAttributes,
                                                (PVOID)&pendingModules);
    }
    ntStatus = DMF_PendingModulesCreate(DmfObject->ParentDevice,
                                        DmfObject->Handle,
                                        DmfObject->DynamicModule,
                                        NULL,
                                        &pendingModules);
    DMF_PendingModulesFree(&pendingModules);

    return ntStatus;
}

static
VOID
Module_Abandon(
    _Inout_ DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Undoes the creation of a Module that failed on the way. The children that exist are destroyed; the Module itself was
    never complete and is not told, except when it is the root of a Dynamic tree, whose cleanup callback does all this.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    LIST_ENTRY* listEntry;

    if (! DmfObject->DestroyOnCleanup)
    {
        for (listEntry = DmfObject->Children.Blink; listEntry != &DmfObject->Children; listEntry = listEntry->Blink)
        {
            DMF_ObjectTreeCloseBeforeDestroy(CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry));
        }
        while (! IsListEmpty(&DmfObject->Children))
        {
            DMF_ObjectTreeDestroy(CONTAINING_RECORD(DmfObject->Children.Flink, DMF_OBJECT, SiblingEntry));
        }
        RemoveEntryList(&DmfObject->SiblingEntry);
        if ((DmfObject->ParentObject != NULL) &&
            (DmfObject->ParentObject->TransportObject == DmfObject))
        {
            DmfObject->ParentObject->TransportObject = NULL;
        }
    }
    WdfObjectDelete(DmfObject->Handle);
}

_Use_decl_annotations_
NTSTATUS
DMF_ModuleCreate(
    WDFDEVICE Device,
    DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    PWDF_OBJECT_ATTRIBUTES DmfModuleObjectAttributes,
    DMF_MODULE_DESCRIPTOR* ModuleDescriptor,
    DMFMODULE* DmfModule
    )
/*++

Routine Description:

    Creates one Module and its children. A Module's Create function ends here. When a Client calls that function directly,
    the Module is a Dynamic Module: it is opened at once, and lives until it or its parent is deleted.

Arguments:

    Device - The device of the Module.
    DmfModuleAttributes - What the Client says about the Module.
    DmfModuleObjectAttributes - What the Client says about the WDF object behind the Module.
    ModuleDescriptor - What the Module says about itself.
    DmfModule - The Module's handle, or NULL on failure.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    DMF_OBJECT* dmfObject;
    WDFOBJECT parent;

    FuncEntry(DMF_TRACE);

    *DmfModule = NULL;
    dmfObject = NULL;
    parent = Device;
    if ((DmfModuleObjectAttributes != NULL) &&
        (DmfModuleObjectAttributes->ParentObject != NULL))
    {
        parent = DmfModuleObjectAttributes->ParentObject;
    }

    if (DmfModuleAttributes->DynamicModule &&
        (((ModuleDescriptor->CallbacksWdf != NULL) &&
          DMF_CALLBACKS_REFUSED_IN_DYNAMIC_MODULES(ModuleDescriptor->CallbacksWdf)) ||
         ((ModuleDescriptor->OpenOption != DMF_MODULE_OPEN_OPTION_OPEN_Create) &&
          (ModuleDescriptor->OpenOption != DMF_MODULE_OPEN_OPTION_NOTIFY_Create))))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] cannot be a Dynamic Module", ModuleDescriptor->ModuleName);
        ntStatus = STATUS_UNSUCCESSFUL;
        goto Exit;
    }

    ntStatus = Module_ObjectAllocate(Device,
                                     parent,
                                     DmfModuleAttributes,
                                     DmfModuleObjectAttributes,
                                     ModuleDescriptor,
                                     &dmfObject);
    if (! NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }
    if (ModuleDescriptor->ModuleContextAttributes != WDF_NO_OBJECT_ATTRIBUTES)
    {
        ntStatus = WdfObjectAllocateContext(dmfObject->Handle,
                                            ModuleDescriptor->ModuleContextAttributes,
                                            NULL);
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = Module_LocksCreate(dmfObject);
    }
    if (NT_SUCCESS(ntStatus))
    {
        DMF_Generic_CallbacksFill(dmfObject);
        dmfObject->ModuleState = ModuleState_Created;
        ntStatus = Module_ParentLink(dmfObject,
                                     DmfModuleAttributes->IsTransportModule);
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = WdfObjectAddCustomType(dmfObject->Handle,
                                          DMFMODULE_TYPE);
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = Module_ChildrenCreate(dmfObject,
                                         DmfModuleAttributes);
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = ModuleDescriptor->WdfAddCustomType(dmfObject->Handle,
                                                      0,
                                                      NULL,
                                                      NULL);
    }
    if (NT_SUCCESS(ntStatus))
    {
        *DmfModule = dmfObject->Handle;
        if (dmfObject->DynamicRoot)
        {
            ntStatus = DMF_ObjectTreeOpenDuringCreate(dmfObject);
        }
    }

Exit:

    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] is not created: ntStatus=%!STATUS!", ModuleDescriptor->ModuleName,
                    ntStatus);
        *DmfModule = NULL;
        if (dmfObject != NULL)
        {
            Module_Abandon(dmfObject);
        }
    }

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}

/*
 * What Modules call to open and close themselves, and to stay open while a Method runs.
 */

_Use_decl_annotations_
NTSTATUS
DMF_ModuleOpen(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Opens this Module, without its children. Modules that are told about their resource call it when the resource arrives.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NTSTATUS of the Module's Open callback.

--*/
{
    return DMF_ObjectOpen(DMF_ModuleToObject(DmfModule),
                          ModuleOpenedDuring_Manual);
}

_Use_decl_annotations_
VOID
DMF_ModuleClose(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Closes this Module, without its children. Does nothing if the Module is not open.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    DMF_ObjectClose(DMF_ModuleToObject(DmfModule));
}

_Use_decl_annotations_
NTSTATUS
DMF_ModuleReference(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Keeps the Module open until DMF_ModuleDereference.

Arguments:

    DmfModule - The given Module.

Return Value:

    STATUS_INVALID_DEVICE_STATE if the Module is not open or about to close.

--*/
{
    NTSTATUS ntStatus;
    DMF_OBJECT* dmfObject;
    LONG references;
    LONG found;

    dmfObject = DMF_ModuleToObject(DmfModule);
    ntStatus = STATUS_INVALID_DEVICE_STATE;
    found = dmfObject->References;
    while ((found >= DMF_REFERENCE_ONE) &&
           ((found & DMF_REFERENCE_CLOSE_PENDING) == 0))
    {
        references = found;
        found = InterlockedCompareExchange(&dmfObject->References,
                                           references + DMF_REFERENCE_ONE,
                                           references);
        if (found == references)
        {
            ntStatus = STATUS_SUCCESS;
            break;
        }
    }

    return ntStatus;
}

_Use_decl_annotations_
VOID
DMF_ModuleDereference(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Ends one DMF_ModuleReference. The last one lets a pending close go on.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;
    LONG references;

    dmfObject = DMF_ModuleToObject(DmfModule);
    references = InterlockedExchangeAdd(&dmfObject->References,
                                        -DMF_REFERENCE_ONE) - DMF_REFERENCE_ONE;
    DmfAssert(references >= DMF_REFERENCE_ONE);
    if (references == (DMF_REFERENCE_ONE | DMF_REFERENCE_CLOSE_PENDING))
    {
        DMF_WaitEventSet(dmfObject->ReferencesGone);
    }
}

/*
 * Locks.
 */

static
VOID
Module_LockAcquire(
    _In_ DMFMODULE DmfModule,
    _In_ ULONG LockIndex
    )
/*++

Routine Description:

    Acquires one of the Module's locks.

Arguments:

    DmfModule - The given Module.
    LockIndex - Zero for the default lock; the auxiliary locks follow.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;
    DMF_MODULE_LOCK* lock;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert(LockIndex <= dmfObject->NumberOfAuxiliaryLocks);
    lock = &dmfObject->Locks[LockIndex];
    if (DMF_MODULE_RUNS_PASSIVE(dmfObject))
    {
        WdfWaitLockAcquire(lock->Handle.WaitLock,
                           NULL);
    }
    else
    {
        WdfSpinLockAcquire(lock->Handle.SpinLock);
    }
    lock->Locked = TRUE;
}

static
VOID
Module_LockRelease(
    _In_ DMFMODULE DmfModule,
    _In_ ULONG LockIndex
    )
/*++

Routine Description:

    Releases one of the Module's locks.

Arguments:

    DmfModule - The given Module.
    LockIndex - Zero for the default lock; the auxiliary locks follow.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;
    DMF_MODULE_LOCK* lock;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert(LockIndex <= dmfObject->NumberOfAuxiliaryLocks);
    lock = &dmfObject->Locks[LockIndex];
    DmfAssert(lock->Locked);
    lock->Locked = FALSE;
    if (DMF_MODULE_RUNS_PASSIVE(dmfObject))
    {
        WdfWaitLockRelease(lock->Handle.WaitLock);
    }
    else
    {
        WdfSpinLockRelease(lock->Handle.SpinLock);
    }
}

_Use_decl_annotations_
VOID
DMF_ModuleLockPrivate(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Acquires the default lock. DMF_ModuleLock calls it.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    Module_LockAcquire(DmfModule,
                       0);
}

_Use_decl_annotations_
VOID
DMF_ModuleUnlockPrivate(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Releases the default lock. DMF_ModuleUnlock calls it.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    Module_LockRelease(DmfModule,
                       0);
}

_Use_decl_annotations_
VOID
DMF_ModuleAuxiliaryLockPrivate(
    DMFMODULE DmfModule,
    ULONG AuxiliaryLockIndex
    )
/*++

Routine Description:

    Acquires an auxiliary lock. DMF_ModuleAuxiliaryLock calls it.

Arguments:

    DmfModule - The given Module.
    AuxiliaryLockIndex - The number of the auxiliary lock, counted from zero.

Return Value:

    None

--*/
{
    Module_LockAcquire(DmfModule,
                       AuxiliaryLockIndex + 1);
}

_Use_decl_annotations_
VOID
DMF_ModuleAuxiliaryUnlockPrivate(
    DMFMODULE DmfModule,
    ULONG AuxiliaryLockIndex
    )
/*++

Routine Description:

    Releases an auxiliary lock. DMF_ModuleAuxiliaryUnlock calls it.

Arguments:

    DmfModule - The given Module.
    AuxiliaryLockIndex - The number of the auxiliary lock, counted from zero.

Return Value:

    None

--*/
{
    Module_LockRelease(DmfModule,
                       AuxiliaryLockIndex + 1);
}

#if defined(DEBUG)

_Use_decl_annotations_
BOOLEAN
DMF_ModuleIsLocked(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Tells whether somebody holds the default lock.

Arguments:

    DmfModule - The given Module.

Return Value:

    TRUE if the lock is held.

--*/
{
    return DMF_ModuleToObject(DmfModule)->Locks[0].Locked;
}

_Use_decl_annotations_
BOOLEAN
DMF_ModuleAuxiliarySynchnonizationIsLocked(
    DMFMODULE DmfModule,
    ULONG AuxiliaryLockIndex
    )
/*++

Routine Description:

    Tells whether somebody holds an auxiliary lock.

Arguments:

    DmfModule - The given Module.
    AuxiliaryLockIndex - The number of the auxiliary lock, counted from zero.

Return Value:

    TRUE if the lock is held.

--*/
{
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert(AuxiliaryLockIndex < dmfObject->NumberOfAuxiliaryLocks);
    return dmfObject->Locks[AuxiliaryLockIndex + 1].Locked;
}

#endif /* defined(DEBUG) */

_Use_decl_annotations_
BOOLEAN
DMF_ModuleLockIsPassive(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Tells which kind of locks the Module has.

Arguments:

    DmfModule - The given Module.

Return Value:

    TRUE if the locks are wait locks, which are for PASSIVE_LEVEL.

--*/
{
    return DMF_MODULE_RUNS_PASSIVE(DMF_ModuleToObject(DmfModule));
}

/*
 * What a Module can ask about itself, and others about it.
 */

_Use_decl_annotations_
VOID*
DMF_ModuleConfigGet(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives the Module's own copy of its Config, which lives as long as the Module.

Arguments:

    DmfModule - The given Module.

Return Value:

    The Config, or NULL if the Module has none.

--*/
{
    return DMF_ModuleToObject(DmfModule)->ModuleConfig;
}

_Use_decl_annotations_
NTSTATUS
DMF_ModuleConfigRetrieve(
    DMFMODULE DmfModule,
    PVOID ModuleConfigPointer,
    size_t ModuleConfigSize
    )
/*++

Routine Description:

    Copies the Module's Config.

Arguments:

    DmfModule - The given Module.
    ModuleConfigPointer - Where to.
    ModuleConfigSize - How much fits there.

Return Value:

    STATUS_INVALID_BUFFER_SIZE if the Config does not fit, STATUS_NOT_FOUND if the Module has none.

--*/
{
    NTSTATUS ntStatus;
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    if (dmfObject->ModuleConfig == NULL)
    {
        ntStatus = STATUS_NOT_FOUND;
    }
    else if (ModuleConfigSize < dmfObject->ModuleConfigSize)
    {
        ntStatus = STATUS_INVALID_BUFFER_SIZE;
    }
    else
    {
        RtlCopyMemory(ModuleConfigPointer,
                      dmfObject->ModuleConfig,
                      dmfObject->ModuleConfigSize);
        ntStatus = STATUS_SUCCESS;
    }

    return ntStatus;
}

_Use_decl_annotations_
BOOLEAN
DMF_IsModuleDynamic(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Tells whether the Module is a Dynamic Module or below one.

Arguments:

    DmfModule - The given Module.

Return Value:

    TRUE if it is.

--*/
{
    return DMF_ModuleToObject(DmfModule)->DynamicModule;
}

_Use_decl_annotations_
BOOLEAN
DMF_IsModulePassiveLevel(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Tells whether the Client wants the Module to run at PASSIVE_LEVEL.

Arguments:

    DmfModule - The given Module.

Return Value:

    TRUE if it does.

--*/
{
    return DMF_ModuleToObject(DmfModule)->PassiveLevel;
}

_Use_decl_annotations_
WDFDEVICE
DMF_ParentDeviceGet(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives the device on which the Module was created.

Arguments:

    DmfModule - The given Module.

Return Value:

    The device.

--*/
{
    return DMF_ModuleToObject(DmfModule)->ParentDevice;
}

_Use_decl_annotations_
WDFDEVICE
DMF_FilterDeviceGet(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives the Client Driver's own device when the Module was created on a control device.

Arguments:

    DmfModule - The given Module.

Return Value:

    The device that the Client Driver set for its control device; otherwise the Module's device.

--*/
{
    WDFDEVICE device;
    DMF_DEVICE_CONTEXT* deviceContext;

    device = DMF_ModuleToObject(DmfModule)->ParentDevice;
    deviceContext = DmfDeviceContextGet(device);
    if ((deviceContext != NULL) &&
        (deviceContext->ClientDriverDevice != NULL))
    {
        device = deviceContext->ClientDriverDevice;
    }

    return device;
}

_Use_decl_annotations_
DMFMODULE
DMF_ParentModuleGet(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives the parent Module.

Arguments:

    DmfModule - The given Module.

Return Value:

    The parent, or NULL for a Module at the top level.

--*/
{
    DMF_OBJECT* parentObject;

    parentObject = DMF_ModuleToObject(DmfModule)->ParentObject;
    return (parentObject != NULL) ? parentObject->Handle : NULL;
}

_Use_decl_annotations_
VOID
DMF_ModuleInContextSave(
    WDFOBJECT WdfObject,
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Stores the Module's handle in an object that was created with context type DMFMODULE.

Arguments:

    WdfObject - The given object.
    DmfModule - The given Module.

Return Value:

    None

--*/
{
    *WdfObjectGet_DMFMODULE(WdfObject) = DmfModule;
}

_Use_decl_annotations_
DMFMODULE
DMF_ModuleTransportGet(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives the Transport of a Module.

Arguments:

    DmfModule - The given Module.

Return Value:

    The Transport.

--*/
{
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert(dmfObject->TransportObject != NULL);
    return dmfObject->TransportObject->Handle;
}

_Use_decl_annotations_
NTSTATUS
DMF_ModuleTransportCall(
    DMFMODULE DmfModule,
    ULONG Message,
    VOID* InputBuffer,
    size_t InputBufferSize,
    VOID* OutputBuffer,
    size_t OutputBufferSize
    )
/*++

Routine Description:

    Calls the Transport's method.

Arguments:

    DmfModule - The Module whose Transport is called.
    Message - What is to be done.
    InputBuffer - Data for the Transport.
    InputBufferSize - The size of InputBuffer.
    OutputBuffer - Data from the Transport.
    OutputBufferSize - The size of OutputBuffer.

Return Value:

    NTSTATUS of the Transport.

--*/
{
    DMF_OBJECT* transportObject;

    transportObject = DMF_ModuleToObject(DmfModule)->TransportObject;
    DmfAssert(transportObject != NULL);
    DmfAssert(transportObject->ModuleTransportMethod != NULL);
    return transportObject->ModuleTransportMethod(transportObject->Handle,
                                                  Message,
                                                  InputBuffer,
                                                  InputBufferSize,
                                                  OutputBuffer,
                                                  OutputBufferSize);
}

_Use_decl_annotations_
VOID
DMF_ObjectValidate(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Asserts that the handle is the handle of a Module.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert(dmfObject->Handle == DmfModule);
    UNREFERENCED_PARAMETER(dmfObject);
}

_Use_decl_annotations_
VOID
DMF_HandleValidate_ModuleMethod(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Asserts that a Method may run. Modules that open themselves may be in any state; their Methods take a reference.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert((dmfObject->OpenOption >= DMF_MODULE_OPEN_OPTION_NOTIFY_PrepareHardware) ||
              (dmfObject->ModuleState == ModuleState_Opened));
    UNREFERENCED_PARAMETER(dmfObject);
}

_Use_decl_annotations_
VOID
DMF_HandleValidate_OpeningOk(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Asserts that a Method may run that the Module may call while it opens.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert((dmfObject->ModuleState == ModuleState_Opening) ||
              (dmfObject->ModuleState == ModuleState_Opened));
    UNREFERENCED_PARAMETER(dmfObject);
}

_Use_decl_annotations_
VOID
DMF_HandleValidate_ClosingOk(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Asserts that a Method may run that the Module may call while it closes.

Arguments:

    DmfModule - The given Module.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    DmfAssert((dmfObject->ModuleState == ModuleState_Opened) ||
              (dmfObject->ModuleState == ModuleState_Closing));
    UNREFERENCED_PARAMETER(dmfObject);
}
