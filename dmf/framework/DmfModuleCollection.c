/* SPDX-License-Identifier: MIT */
/*
 * The Modules of a device: how they are added, created in that order, opened, and destroyed with the device.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfModuleCollection.tmh"
#endif

/*
 * Modules that are added and not created yet.
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_PendingModulesInitialize(
    DMF_PENDING_MODULES* PendingModules
    )
/*++

Routine Description:

    Prepares an empty list of Modules to create.

Arguments:

    PendingModules - The list.

Return Value:

    None

--*/
{
    PAGED_CODE();

    RtlZeroMemory(PendingModules,
                  sizeof(DMF_PENDING_MODULES));
    InitializeListHead(&PendingModules->PendingModules);
    PendingModules->FirstFailure = STATUS_SUCCESS;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_PendingModulesFree(
    DMF_PENDING_MODULES* PendingModules
    )
/*++

Routine Description:

    Frees what DMF_DmfModuleAdd copied.

Arguments:

    PendingModules - The list.

Return Value:

    None

--*/
{
    LIST_ENTRY* listEntry;

    PAGED_CODE();

    while (! IsListEmpty(&PendingModules->PendingModules))
    {
        listEntry = RemoveHeadList(&PendingModules->PendingModules);
        DMF_GenericMemoryFree(CONTAINING_RECORD(listEntry, DMF_PENDING_MODULE, ListEntry),
                              DMF_TAG5);
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DmfModuleAdd(
    PDMFMODULE_INIT DmfModuleInit,
    DMF_MODULE_ATTRIBUTES* ModuleAttributes,
    WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
    DMFMODULE* ResultantDmfModule
    )
/*++

Routine Description:

    Adds one Module to a collection or to a parent Module. Everything is copied, so that the caller's structures may be
    local. What goes wrong here is returned by the function that creates the Modules.

Arguments:

    DmfModuleInit - What the caller's callback was given.
    ModuleAttributes - What the Client says about the Module.
    ObjectAttributes - What the Client says about the WDF object behind the Module. Its parent is not used.
    ResultantDmfModule - Where the handle is written when the Module exists. A Transport's handle is not written.

Return Value:

    None

--*/
{
    DMF_PENDING_MODULES* pendingModules;
    DMF_PENDING_MODULE* pendingModule;
    VOID* moduleConfig;

    PAGED_CODE();

    pendingModules = (DMF_PENDING_MODULES*)DmfModuleInit;
    DmfAssert(ModuleAttributes->ResultantDmfModule == NULL);
    ModuleAttributes->ResultantDmfModule = ResultantDmfModule;
    ModuleAttributes->IsTransportModule = pendingModules->AddsTransport;
    ModuleAttributes->DynamicModuleImmediate = FALSE;
    if (! NT_SUCCESS(pendingModules->FirstFailure))
    {
        goto Exit;
    }

    pendingModule = (DMF_PENDING_MODULE*)DMF_GenericMemoryAllocate(POOL_FLAG_NON_PAGED,
                                                                   sizeof(DMF_PENDING_MODULE) +
                                                                       ModuleAttributes->SizeOfModuleSpecificConfig,
                                                                   DMF_TAG5);
    if (pendingModule == NULL)
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "No memory for a Module that is added");
        pendingModules->FirstFailure = STATUS_INSUFFICIENT_RESOURCES;
        goto Exit;
    }

    pendingModule->Attributes = *ModuleAttributes;
    pendingModule->ResultantDmfModule = pendingModules->AddsTransport ? NULL : ResultantDmfModule;
    if (ObjectAttributes != WDF_NO_OBJECT_ATTRIBUTES)
    {
        pendingModule->ObjectAttributes = *ObjectAttributes;
    }
    else
    {
        WDF_OBJECT_ATTRIBUTES_INIT(&pendingModule->ObjectAttributes);
    }
    if (ModuleAttributes->ClientCallbacks != NULL)
    {
        pendingModule->ClientCallbacks = *ModuleAttributes->ClientCallbacks;
        pendingModule->Attributes.ClientCallbacks = &pendingModule->ClientCallbacks;
    }
    if (ModuleAttributes->SizeOfModuleSpecificConfig != 0)
    {
        /* The memory is zero, and stays so when the Client has a Config of the Module's type and does not fill it. */
        moduleConfig = pendingModule + 1;
        if (ModuleAttributes->ModuleConfigPointer != NULL)
        {
            RtlCopyMemory(moduleConfig,
                          ModuleAttributes->ModuleConfigPointer,
                          ModuleAttributes->SizeOfModuleSpecificConfig);
        }
        pendingModule->Attributes.ModuleConfigPointer = moduleConfig;
    }
    InsertTailList(&pendingModules->PendingModules,
                   &pendingModule->ListEntry);

Exit:

    return;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_PendingModulesCreate(
    WDFDEVICE Device,
    WDFOBJECT Parent,
    BOOLEAN DynamicModule,
    DMF_PENDING_MODULES* PendingModules
    )
/*++

Routine Description:

    Creates Modules in the order in which they were added, each with all its children before the next one.

Arguments:

    Device - The device of the Modules.
    Parent - The parent of their WDF objects.
    DynamicModule - Indicates that the parent is a Dynamic Module.
    PendingModules - The Modules to create.

Return Value:

    NTSTATUS of the first Module that failed to be added or created. The Modules before it exist.

--*/
{
    NTSTATUS ntStatus;
    LIST_ENTRY* listEntry;
    DMF_PENDING_MODULE* pendingModule;
    DMFMODULE dmfModule;

    PAGED_CODE();

    ntStatus = PendingModules->FirstFailure;
    for (listEntry = PendingModules->PendingModules.Flink;
         NT_SUCCESS(ntStatus) && (listEntry != &PendingModules->PendingModules);
         listEntry = listEntry->Flink)
    {
        pendingModule = CONTAINING_RECORD(listEntry, DMF_PENDING_MODULE, ListEntry);
        pendingModule->Attributes.DynamicModule = DynamicModule;
        pendingModule->ObjectAttributes.ParentObject = Parent;
        ntStatus = pendingModule->Attributes.InstanceCreator(Device,
                                                             &pendingModule->Attributes,
                                                             &pendingModule->ObjectAttributes,
                                                             &dmfModule);
        if (NT_SUCCESS(ntStatus) &&
            (pendingModule->ResultantDmfModule != NULL))
        {
            *pendingModule->ResultantDmfModule = dmfModule;
        }
    }

    return ntStatus;
}
#pragma code_seg()

/*
 * The collection of a device.
 */

#pragma code_seg("PAGE")
static
VOID
ModuleCollection_Destroy(
    _In_ WDFOBJECT Object
    )
/*++

Routine Description:

    Cleanup callback of a collection, which is older than its Modules and therefore cleaned up before them: closes and
    destroys all Modules.

Arguments:

    Object - The WDFMEMORY of the collection.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;
    DMF_DEVICE_CONTEXT* deviceContext;
    LIST_ENTRY* listEntry;

    PAGED_CODE();

    collection = (DMF_MODULE_COLLECTION*)WdfMemoryGetBuffer((WDFMEMORY)Object,
                                                            NULL);
    if (collection->ManualDestroyPending)
    {
        DMF_DispatchManualDestroy(collection->Device);
    }
    for (listEntry = collection->Modules.Blink; listEntry != &collection->Modules; listEntry = listEntry->Blink)
    {
        DMF_ObjectTreeCloseBeforeDestroy(CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry));
    }

    deviceContext = DmfDeviceContextGet(collection->Device);
    deviceContext->Collection = NULL;
    while (! IsListEmpty(&collection->Modules))
    {
        DMF_ObjectTreeDestroy(CONTAINING_RECORD(collection->Modules.Flink, DMF_OBJECT, SiblingEntry));
    }
    DMF_DispatchTablesFree(collection);
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_ModuleCollectionCreate(
    WDFDEVICE Device,
    DMF_PENDING_MODULES* PendingModules,
    DMF_MODULE_COLLECTION** Collection
    )
/*++

Routine Description:

    Creates the Modules of a device and finds out which callbacks they implement. If one cannot be created, those before
    it are destroyed.

Arguments:

    Device - The device, which has the framework's context.
    PendingModules - The Modules to create.
    Collection - The collection, which goes with the device.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFMEMORY memory;
    VOID* buffer;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    *Collection = NULL;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    ntStatus = WdfMemoryCreate(&attributes,
                               NonPagedPoolNx,
                               DMF_TAG6,
                               sizeof(DMF_MODULE_COLLECTION),
                               &memory,
                               &buffer);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfMemoryCreate fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }
    RtlZeroMemory(buffer,
                  sizeof(DMF_MODULE_COLLECTION));
    collection = (DMF_MODULE_COLLECTION*)buffer;
    collection->Device = Device;
    collection->Handle = memory;
    InitializeListHead(&collection->Modules);

    /* The type comes with the cleanup callback, once there is something to clean up. */
    ntStatus = WdfObjectAddCustomTypeWithData(memory,
                                              DMFCOLLECTION_TYPE,
                                              0,
                                              ModuleCollection_Destroy,
                                              NULL);
    if (NT_SUCCESS(ntStatus))
    {
        DmfDeviceContextGet(Device)->CollectionInCreation = collection;
        ntStatus = DMF_PendingModulesCreate(Device,
                                            Device,
                                            FALSE,
                                            PendingModules);
        DmfDeviceContextGet(Device)->CollectionInCreation = NULL;
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = DMF_DispatchTablesCreate(collection);
    }
    if (! NT_SUCCESS(ntStatus))
    {
        WdfObjectDelete(memory);
        goto Exit;
    }
    *Collection = collection;

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_ModuleCollectionOpen(
    DMF_MODULE_COLLECTION* Collection
    )
/*++

Routine Description:

    Opens the Modules that open when they are created. What has opened stays open when one fails, until the device goes.

Arguments:

    Collection - The Modules of a device.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    LIST_ENTRY* listEntry;

    PAGED_CODE();

    ntStatus = STATUS_SUCCESS;
    for (listEntry = Collection->Modules.Flink;
         NT_SUCCESS(ntStatus) && (listEntry != &Collection->Modules);
         listEntry = listEntry->Flink)
    {
        ntStatus = DMF_ObjectTreeOpenDuringCreate(CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry));
    }

    return ntStatus;
}
#pragma code_seg()
