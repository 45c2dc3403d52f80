/* SPDX-License-Identifier: MIT */
/*
 * Modules: how one is created with its children, and what is undone when that fails.
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

#pragma code_seg("PAGE")
static
VOID
Module_DynamicTreeDestroy(
    _In_ WDFOBJECT Object
    )
/*++

Routine Description:

    Cleanup callback of the guard of a Dynamic tree: closes and destroys the tree. The guard is the oldest child of the root,
    so that all other objects that belong to the tree's Modules are still alive.

Arguments:

    Object - The guard, whose context is the root's handle.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;

    PAGED_CODE();

    dmfObject = DMF_ModuleToObject(*WdfObjectGet_DMFMODULE(Object));
    if (dmfObject->DestroyOnCleanup)
    {
        DMF_ObjectTreeCloseBeforeDestroy(dmfObject);
        while (! IsListEmpty(&dmfObject->Children))
        {
            DMF_ObjectTreeDestroy(CONTAINING_RECORD(dmfObject->Children.Blink, DMF_OBJECT, SiblingEntry));
        }
        DMF_ObjectDestroy(dmfObject);
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Module_DynamicRootCleanup(
    _In_ WDFOBJECT Object
    )
/*++

Routine Description:

    Cleanup callback of the root of a Dynamic tree, which is destroyed: calls the Client's own callback and lets go of the
    parent.

Arguments:

    Object - The Module's handle.

Return Value:

    None

--*/
{
    DMF_OBJECT* dmfObject;

    PAGED_CODE();

    dmfObject = DMF_ModuleToObject((DMFMODULE)Object);
    if (dmfObject->ClientEvtCleanupCallback != NULL)
    {
        dmfObject->ClientEvtCleanupCallback(Object);
    }
    if (dmfObject->DestroyOnCleanup)
    {
        WdfObjectDereferenceWithTag(dmfObject->ParentHandle,
                                    DMF_DYNAMIC_PARENT_TAG);
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Module_DynamicGuardCreate(
    _In_ DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Creates the object whose end closes and destroys a Dynamic tree. It comes before everything else that the tree's Modules
    create, because WDF cleans the oldest child up first, and all children before their parent.

Arguments:

    DmfObject - The root of the tree.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT guard;

    PAGED_CODE();

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes,
                                            DMFMODULE);
    attributes.ParentObject = DmfObject->Handle;
    attributes.EvtCleanupCallback = Module_DynamicTreeDestroy;
    ntStatus = WdfObjectCreate(&attributes,
                               &guard);
    if (NT_SUCCESS(ntStatus))
    {
        DMF_ModuleInContextSave(guard,
                                DmfObject->Handle);
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
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

    PAGED_CODE();

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
        objectAttributes.EvtCleanupCallback = Module_DynamicRootCleanup;
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
    DMF_ModuleStateSet(dmfObject,
                       ModuleState_PreCreate);
    dmfObject->Closed = DMF_CLOSED_ALREADY;
    DMF_RundownInitialize(&dmfObject->References);
    dmfObject->Handle = (DMFMODULE)memory;
    dmfObject->ParentDevice = Device;
    dmfObject->ParentHandle = Parent;
    dmfObject->ClientEvtCleanupCallback = clientEvtCleanupCallback;
    InitializeListHead(&dmfObject->Children);
    InitializeListHead(&dmfObject->SiblingEntry);
    InitializeListHead(&dmfObject->InterfaceEnds);

    dmfObject->ModuleName = ModuleDescriptor->ModuleName;
    dmfObject->ModuleOptions = ModuleDescriptor->ModuleOptions;
    dmfObject->OpenOption = ModuleDescriptor->OpenOption;
    dmfObject->NumberOfAuxiliaryLocks = ModuleDescriptor->NumberOfAuxiliaryLocks;
    dmfObject->ModuleTransportMethod = ModuleDescriptor->ModuleTransportMethod;
    dmfObject->ModuleBranchTrackInitialize = ModuleDescriptor->ModuleBranchTrackInitialize;
    dmfObject->ModuleLiveKernelDumpInitialize = ModuleDescriptor->ModuleLiveKernelDumpInitialize;
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
    DMF_RecorderCreate(dmfObject,
                       ModuleDescriptor->InFlightRecorderSize);
    *DmfObject = dmfObject;

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
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

    PAGED_CODE();

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
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Module_ParentLink(
    _Inout_ DMF_OBJECT* DmfObject,
    _In_ BOOLEAN IsTransportModule
    )
/*++

Routine Description:

    Connects a Module with its parent Module, if it has one, or with the collection; and the root of a Dynamic tree with its
    parent of whatever kind.

Arguments:

    DmfObject - The given Module.
    IsTransportModule - Indicates that the Module is the Transport of its parent.

Return Value:

    STATUS_UNSUCCESSFUL if the parent needs another kind of Transport, or has one. STATUS_INVALID_PARAMETER for a Module that
    is neither Dynamic nor in the collection of a device whose Modules are being created.

--*/
{
    NTSTATUS ntStatus;
    DMF_OBJECT* parentObject;
    DMF_DEVICE_CONTEXT* deviceContext;

    PAGED_CODE();

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
            if ((parentObject->TransportObject != NULL) ||
                ! DMF_Utility_IsEqualGUID(&parentObject->RequiredTransportInterfaceGuid,
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
    else if (! DmfObject->DynamicRoot)
    {
        /* A Client that calls the Create function with attributes that were added before has a Module of neither kind. */
        deviceContext = DmfDeviceContextGet(DmfObject->ParentDevice);
        if ((deviceContext == NULL) ||
            (deviceContext->CollectionInCreation == NULL))
        {
            TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] is neither added nor Dynamic", DmfObject->InstanceName);
            ntStatus = STATUS_INVALID_PARAMETER;
            goto Exit;
        }
        InsertTailList(&deviceContext->CollectionInCreation->Modules,
                       &DmfObject->SiblingEntry);
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
#pragma code_seg()

#pragma code_seg("PAGE")
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

    PAGED_CODE();

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
        if (DmfModuleAttributes->TransportModuleAdd == NULL)
        {
            TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] has no Transport", DmfObject->InstanceName);
            ntStatus = STATUS_INVALID_PARAMETER;
            goto Exit;
        }
        pendingModules.AddsTransport = TRUE;
        DmfModuleAttributes->TransportModuleAdd(DmfObject->Handle,
                                                DmfModuleAttributes,
                                                (PVOID)&pendingModules);
    }
    ntStatus = DMF_PendingModulesCreate(DmfObject->ParentDevice,
                                        DmfObject->Handle,
                                        DmfObject->DynamicModule,
                                        &pendingModules);

Exit:

    DMF_PendingModulesFree(&pendingModules);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
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

    PAGED_CODE();

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
        DMF_RecorderDestroy(DmfObject);
    }
    WdfObjectDelete(DmfObject->Handle);
}
#pragma code_seg()

#pragma code_seg("PAGE")
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

    PAGED_CODE();

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
    if (dmfObject->DynamicRoot)
    {
        ntStatus = Module_DynamicGuardCreate(dmfObject);
    }
    if (NT_SUCCESS(ntStatus) &&
        (ModuleDescriptor->ModuleContextAttributes != WDF_NO_OBJECT_ATTRIBUTES))
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
        DMF_ModuleStateSet(dmfObject,
                           ModuleState_Created);
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
#pragma code_seg()
