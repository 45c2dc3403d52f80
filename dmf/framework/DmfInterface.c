/* SPDX-License-Identifier: MIT */
/*
 * Protocol and Transport interfaces: the binding of two Modules, which either side's end undoes.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfInterface.tmh"
#endif

/* A binding in the list of one of its two Modules. */
typedef struct
{
    LIST_ENTRY ListEntry;
    struct _DMF_INTERFACE_OBJECT* InterfaceObject;
} DMF_INTERFACE_END;

/*
 * The object behind a DMFINTERFACE. It is in the lists of both Modules while it exists for others: from Opening, when the
 * Modules' callbacks bind, over Opened, when exactly one may claim it to unbind, to Closing, when the callbacks unbind. The
 * lists and states are guarded by one lock of the driver, which is held for moments and never while anybody is called.
 */
typedef struct _DMF_INTERFACE_OBJECT
{
    DMFINTERFACE Handle;
    InterfaceStateType State;
    DMF_OBJECT* ProtocolObject;
    DMF_OBJECT* TransportObject;
    DMF_INTERFACE_PROTOCOL_DESCRIPTOR* ProtocolDescriptor;
    DMF_INTERFACE_TRANSPORT_DESCRIPTOR* TransportDescriptor;
    DMF_RUNDOWN References;
    /* The thread that calls the Modules' PostBind, and whether one of these asked it to unbind. */
    HANDLE PostBindThread;
    BOOLEAN UnbindIsWanted;
    DMF_INTERFACE_END ProtocolEnd;
    DMF_INTERFACE_END TransportEnd;
} DMF_INTERFACE_OBJECT;

#if defined(DMF_USER_MODE)
static SRWLOCK g_InterfacesLock = SRWLOCK_INIT;
#else
static KSPIN_LOCK g_InterfacesLock;
#endif

static
KIRQL
Interfaces_Lock(
    VOID
    )
/*++

Routine Description:

    Acquires the lock of all bindings of the driver.

Arguments:

    None

Return Value:

    What Interfaces_Unlock takes.

--*/
{
    KIRQL oldIrql;

    oldIrql = PASSIVE_LEVEL;
#if defined(DMF_USER_MODE)
    AcquireSRWLockExclusive(&g_InterfacesLock);
#else
    KeAcquireSpinLock(&g_InterfacesLock,
                      &oldIrql);
#endif

    return oldIrql;
}

static
VOID
Interfaces_Unlock(
    _In_ KIRQL OldIrql
    )
/*++

Routine Description:

    Releases the lock of all bindings of the driver.

Arguments:

    OldIrql - What Interfaces_Lock returned.

Return Value:

    None

--*/
{
#if defined(DMF_USER_MODE)
    UNREFERENCED_PARAMETER(OldIrql);

    ReleaseSRWLockExclusive(&g_InterfacesLock);
#else
    KeReleaseSpinLock(&g_InterfacesLock,
                      OldIrql);
#endif
}

static
DMF_INTERFACE_OBJECT*
Interface_ToObject(
    _In_ DMFINTERFACE DmfInterface
    )
/*++

Routine Description:

    Gives the object behind a DMFINTERFACE, with which the interface's memory begins.

Arguments:

    DmfInterface - The given interface.

Return Value:

    The object.

--*/
{
    DMF_INTERFACE_OBJECT* interfaceObject;

    interfaceObject = (DMF_INTERFACE_OBJECT*)WdfMemoryGetBuffer((WDFMEMORY)DmfInterface,
                                                                NULL);
    DmfAssert(interfaceObject->Handle == DmfInterface);

    return interfaceObject;
}

static
VOID
Interface_EndsChanged(
    _Inout_ DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Lets the destruction of a Module look at its bindings again, if it waits for that. The caller holds the lock.

Arguments:

    DmfObject - One of the Modules of a binding that has changed.

Return Value:

    None

--*/
{
    if (DmfObject->InterfaceEndsChanged != NULL)
    {
        DMF_WaitEventSet(DmfObject->InterfaceEndsChanged);
        DmfObject->InterfaceEndsChanged = NULL;
    }
}

static
DMF_INTERFACE_OBJECT*
Interface_Find(
    _In_ DMF_OBJECT* ProtocolObject,
    _In_ DMF_OBJECT* TransportObject
    )
/*++

Routine Description:

    Finds the binding of two Modules that is not being undone. The caller holds the lock.

Arguments:

    ProtocolObject - The Protocol Module.
    TransportObject - The Transport Module.

Return Value:

    The binding, or NULL.

--*/
{
    DMF_INTERFACE_OBJECT* interfaceObject;
    DMF_INTERFACE_OBJECT* foundObject;
    LIST_ENTRY* listEntry;

    foundObject = NULL;
    for (listEntry = ProtocolObject->InterfaceEnds.Flink;
         listEntry != &ProtocolObject->InterfaceEnds;
         listEntry = listEntry->Flink)
    {
        interfaceObject = CONTAINING_RECORD(listEntry, DMF_INTERFACE_END, ListEntry)->InterfaceObject;
        if ((interfaceObject->ProtocolObject == ProtocolObject) &&
            (interfaceObject->TransportObject == TransportObject) &&
            (interfaceObject->State != InterfaceState_Closing))
        {
            foundObject = interfaceObject;
            break;
        }
    }

    return foundObject;
}

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Interface_ContextAllocate(
    _In_ DMFINTERFACE DmfInterface,
    _In_ DMF_INTERFACE_DESCRIPTOR* InterfaceDescriptor
    )
/*++

Routine Description:

    Attaches the context that one side wants each of its bindings to have.

Arguments:

    DmfInterface - The given interface.
    InterfaceDescriptor - What that side declares.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

    ntStatus = STATUS_SUCCESS;
    if (InterfaceDescriptor->ModuleInterfaceContextSet)
    {
        ntStatus = WdfObjectAllocateContext(DmfInterface,
                                            &InterfaceDescriptor->ModuleInterfaceContextWdfAttributes,
                                            NULL);
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Interface_Create(
    _In_ DMF_OBJECT* ProtocolObject,
    _In_ DMF_OBJECT* TransportObject,
    _In_ DMF_INTERFACE_PROTOCOL_DESCRIPTOR* ProtocolDescriptor,
    _In_ DMF_INTERFACE_TRANSPORT_DESCRIPTOR* TransportDescriptor,
    _Out_ DMF_INTERFACE_OBJECT** InterfaceObject
    )
/*++

Routine Description:

    Creates the interface of a binding with the contexts of both sides.

Arguments:

    ProtocolObject - The Protocol Module.
    TransportObject - The Transport Module.
    ProtocolDescriptor - What the Protocol Module declares.
    TransportDescriptor - What the Transport Module declares.
    InterfaceObject - The interface, which nobody else knows yet.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFMEMORY memory;
    VOID* buffer;
    DMF_INTERFACE_OBJECT* interfaceObject;

    PAGED_CODE();

    *InterfaceObject = NULL;
    /* Both Modules are older children of their devices, or below such, so they are cleaned up before the interface. */
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = ProtocolObject->ParentDevice;
    ntStatus = WdfMemoryCreate(&attributes,
                               NonPagedPoolNx,
                               DMF_TAG4,
                               sizeof(DMF_INTERFACE_OBJECT),
                               &memory,
                               &buffer);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfMemoryCreate fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }

    RtlZeroMemory(buffer,
                  sizeof(DMF_INTERFACE_OBJECT));
    interfaceObject = (DMF_INTERFACE_OBJECT*)buffer;
    interfaceObject->Handle = (DMFINTERFACE)memory;
    interfaceObject->State = InterfaceState_Created;
    interfaceObject->ProtocolObject = ProtocolObject;
    interfaceObject->TransportObject = TransportObject;
    interfaceObject->ProtocolDescriptor = ProtocolDescriptor;
    interfaceObject->TransportDescriptor = TransportDescriptor;
    interfaceObject->ProtocolEnd.InterfaceObject = interfaceObject;
    interfaceObject->TransportEnd.InterfaceObject = interfaceObject;
    DMF_RundownInitialize(&interfaceObject->References);

    ntStatus = WdfObjectAddCustomType(memory,
                                      DMFINTERFACE_TYPE);
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = Interface_ContextAllocate(interfaceObject->Handle,
                                             &ProtocolDescriptor->GenericInterfaceDescriptor);
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = Interface_ContextAllocate(interfaceObject->Handle,
                                             &TransportDescriptor->GenericInterfaceDescriptor);
    }
    if (! NT_SUCCESS(ntStatus))
    {
        WdfObjectDelete(memory);
        goto Exit;
    }
    *InterfaceObject = interfaceObject;

Exit:

    return ntStatus;
}
#pragma code_seg()

static
_Must_inspect_result_
NTSTATUS
Interface_Publish(
    _Inout_ DMF_INTERFACE_OBJECT* InterfaceObject
    )
/*++

Routine Description:

    Puts a new binding into the lists of both Modules.

Arguments:

    InterfaceObject - The given interface.

Return Value:

    STATUS_OBJECT_NAME_COLLISION if the Modules are bound already, STATUS_INVALID_DEVICE_STATE if one of them is being
    destroyed.

--*/
{
    NTSTATUS ntStatus;
    DMF_OBJECT* protocolObject;
    DMF_OBJECT* transportObject;
    KIRQL oldIrql;

    protocolObject = InterfaceObject->ProtocolObject;
    transportObject = InterfaceObject->TransportObject;
    ntStatus = STATUS_SUCCESS;
    oldIrql = Interfaces_Lock();
    if (Interface_Find(protocolObject,
                       transportObject) != NULL)
    {
        ntStatus = STATUS_OBJECT_NAME_COLLISION;
    }
    else if (protocolObject->InterfacesAreRefused ||
             transportObject->InterfacesAreRefused)
    {
        ntStatus = STATUS_INVALID_DEVICE_STATE;
    }
    else
    {
        InterfaceObject->State = InterfaceState_Opening;
        InsertTailList(&protocolObject->InterfaceEnds,
                       &InterfaceObject->ProtocolEnd.ListEntry);
        InsertTailList(&transportObject->InterfaceEnds,
                       &InterfaceObject->TransportEnd.ListEntry);
    }
    Interfaces_Unlock(oldIrql);

    return ntStatus;
}

static
VOID
Interface_Withdraw(
    _Inout_ DMF_INTERFACE_OBJECT* InterfaceObject
    )
/*++

Routine Description:

    Takes a binding out of the lists of both Modules, which may then be gone, and deletes it.

Arguments:

    InterfaceObject - The given interface, which is unbound.

Return Value:

    None

--*/
{
    KIRQL oldIrql;

    oldIrql = Interfaces_Lock();
    InterfaceObject->State = InterfaceState_Closed;
    RemoveEntryList(&InterfaceObject->ProtocolEnd.ListEntry);
    RemoveEntryList(&InterfaceObject->TransportEnd.ListEntry);
    Interface_EndsChanged(InterfaceObject->ProtocolObject);
    Interface_EndsChanged(InterfaceObject->TransportObject);
    Interfaces_Unlock(oldIrql);

    WdfObjectDelete(InterfaceObject->Handle);
}

#pragma code_seg("PAGE")
static
VOID
Interface_Unbind(
    _Inout_ DMF_INTERFACE_OBJECT* InterfaceObject,
    _In_ BOOLEAN WasOpened
    )
/*++

Routine Description:

    Undoes a binding that the caller has claimed: tells both sides, waits until nobody calls through the interface any more,
    and lets the Protocol Module unbind.

Arguments:

    InterfaceObject - The given interface, which is gone afterwards.
    WasOpened - Indicates that the Protocol Module did bind.

Return Value:

    None

--*/
{
    PAGED_CODE();

    InterfaceObject->ProtocolDescriptor->GenericInterfaceDescriptor.DmfInterfacePreUnbind(InterfaceObject->Handle);
    InterfaceObject->TransportDescriptor->GenericInterfaceDescriptor.DmfInterfacePreUnbind(InterfaceObject->Handle);
    if (WasOpened)
    {
        DMF_RundownClose(&InterfaceObject->References);
    }
    InterfaceObject->ProtocolDescriptor->DmfInterfaceProtocolUnbind(InterfaceObject->Handle);
    Interface_Withdraw(InterfaceObject);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Interface_Opened(
    _Inout_ DMF_INTERFACE_OBJECT* InterfaceObject
    )
/*++

Routine Description:

    Lets both sides call through the interface, tells them, and lets others unbind it from then on. If one side unbinds it
    while it is told, that happens now.

Arguments:

    InterfaceObject - The given interface, which may be gone afterwards.

Return Value:

    None

--*/
{
    BOOLEAN unbindIsWanted;
    KIRQL oldIrql;

    PAGED_CODE();

    oldIrql = Interfaces_Lock();
    InterfaceObject->PostBindThread = DmfGetCurrentThreadId();
    Interfaces_Unlock(oldIrql);

    DMF_RundownOpen(&InterfaceObject->References);
    InterfaceObject->TransportDescriptor->GenericInterfaceDescriptor.DmfInterfacePostBind(InterfaceObject->Handle);
    InterfaceObject->ProtocolDescriptor->GenericInterfaceDescriptor.DmfInterfacePostBind(InterfaceObject->Handle);

    oldIrql = Interfaces_Lock();
    unbindIsWanted = InterfaceObject->UnbindIsWanted;
    InterfaceObject->State = unbindIsWanted ? InterfaceState_Closing : InterfaceState_Opened;
    Interface_EndsChanged(InterfaceObject->ProtocolObject);
    Interface_EndsChanged(InterfaceObject->TransportObject);
    Interfaces_Unlock(oldIrql);
    if (unbindIsWanted)
    {
        Interface_Unbind(InterfaceObject,
                         TRUE);
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_ObjectInterfacesUnbind(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Undoes all bindings of a Module that is being destroyed, on whichever side it is, and refuses new ones. Those that others
    just make or undo are waited for.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    DMF_WAIT_EVENT endsChanged;
    DMF_INTERFACE_OBJECT* interfaceObject;
    LIST_ENTRY* listEntry;
    KIRQL oldIrql;

    PAGED_CODE();

    oldIrql = Interfaces_Lock();
    DmfObject->InterfacesAreRefused = TRUE;
    while (! IsListEmpty(&DmfObject->InterfaceEnds))
    {
        interfaceObject = NULL;
        for (listEntry = DmfObject->InterfaceEnds.Flink;
             (interfaceObject == NULL) && (listEntry != &DmfObject->InterfaceEnds);
             listEntry = listEntry->Flink)
        {
            interfaceObject = CONTAINING_RECORD(listEntry, DMF_INTERFACE_END, ListEntry)->InterfaceObject;
            if (interfaceObject->State != InterfaceState_Opened)
            {
                interfaceObject = NULL;
            }
        }
        if (interfaceObject != NULL)
        {
            interfaceObject->State = InterfaceState_Closing;
            Interfaces_Unlock(oldIrql);
            Interface_Unbind(interfaceObject,
                             TRUE);
        }
        else
        {
            DMF_WaitEventInitialize(&endsChanged);
            DmfObject->InterfaceEndsChanged = &endsChanged;
            Interfaces_Unlock(oldIrql);
            DMF_WaitEventWait(&endsChanged);
        }
        oldIrql = Interfaces_Lock();
    }
    Interfaces_Unlock(oldIrql);
}
#pragma code_seg()

/*
 * What Modules declare.
 */

static
VOID
Interface_NothingToDo(
    _In_ DMFINTERFACE DmfInterface
    )
/*++

Routine Description:

    Stands for a callback that a Module does not have.

Arguments:

    DmfInterface - Not used.

Return Value:

    None

--*/
{
    UNREFERENCED_PARAMETER(DmfInterface);
}

#pragma code_seg("PAGE")
static
VOID
Interface_DescriptorInitialize(
    _Out_writes_bytes_(DeclarationDataSize) DMF_INTERFACE_DESCRIPTOR* InterfaceDescriptor,
    _In_ PSTR InterfaceName,
    _In_ InterfaceType Type,
    _In_ ULONG DeclarationDataSize,
    _In_opt_ EVT_DMF_INTERFACE_PostBind* EvtPostBind,
    _In_opt_ EVT_DMF_INTERFACE_PreUnbind* EvtPreUnbind
    )
/*++

Routine Description:

    Zeroes the declaration data that begins with a descriptor, and fills the descriptor in.

Arguments:

    InterfaceDescriptor - The descriptor.
    InterfaceName - The name of the interface.
    Type - The side.
    DeclarationDataSize - The size of the declaration data.
    EvtPostBind - Called when the interface can be used, or NULL.
    EvtPreUnbind - Called before the interface can no longer be used, or NULL.

Return Value:

    None

--*/
{
    PAGED_CODE();

    DmfAssert(DeclarationDataSize >= sizeof(DMF_INTERFACE_DESCRIPTOR));
    RtlZeroMemory(InterfaceDescriptor,
                  DeclarationDataSize);
    InterfaceDescriptor->Size = DeclarationDataSize;
    InterfaceDescriptor->InterfaceName = InterfaceName;
    InterfaceDescriptor->InterfaceType = Type;
    InterfaceDescriptor->DmfInterfacePostBind = EvtPostBind;
    InterfaceDescriptor->DmfInterfacePreUnbind = EvtPreUnbind;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_INTERFACE_PROTOCOL_DESCRIPTOR_INIT_INTERNAL(
    DMF_INTERFACE_PROTOCOL_DESCRIPTOR* DmfProtocolDescriptor,
    PSTR InterfaceName,
    ULONG DeclarationDataSize,
    EVT_DMF_INTERFACE_ProtocolBind* EvtProtocolBind,
    EVT_DMF_INTERFACE_ProtocolUnbind* EvtProtocolUnbind,
    EVT_DMF_INTERFACE_PostBind* EvtPostBind,
    EVT_DMF_INTERFACE_PreUnbind* EvtPreUnbind
    )
/*++

Routine Description:

    Prepares the declaration data of a Protocol Module. DMF_INTERFACE_PROTOCOL_DESCRIPTOR_INIT calls it.

Arguments:

    DmfProtocolDescriptor - The descriptor with which the declaration data begins.
    InterfaceName - The name of the interface.
    DeclarationDataSize - The size of the declaration data.
    EvtProtocolBind - Binds the Module to a Transport Module.
    EvtProtocolUnbind - Undoes that.
    EvtPostBind - Called when the interface can be used, or NULL.
    EvtPreUnbind - Called before the interface can no longer be used, or NULL.

Return Value:

    None

--*/
{
    PAGED_CODE();

    DmfAssert(EvtProtocolBind != NULL);
    DmfAssert(EvtProtocolUnbind != NULL);
    Interface_DescriptorInitialize(&DmfProtocolDescriptor->GenericInterfaceDescriptor,
                                   InterfaceName,
                                   Interface_Protocol,
                                   DeclarationDataSize,
                                   EvtPostBind,
                                   EvtPreUnbind);
    DmfProtocolDescriptor->DmfInterfaceProtocolBind = EvtProtocolBind;
    DmfProtocolDescriptor->DmfInterfaceProtocolUnbind = EvtProtocolUnbind;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_INTERFACE_TRANSPORT_DESCRIPTOR_INIT_INTERNAL(
    DMF_INTERFACE_TRANSPORT_DESCRIPTOR* DmfTransportDescriptor,
    PSTR InterfaceName,
    ULONG DeclarationDataSize,
    EVT_DMF_INTERFACE_PostBind* EvtPostBind,
    EVT_DMF_INTERFACE_PreUnbind* EvtPreUnbind
    )
/*++

Routine Description:

    Prepares the declaration data of a Transport Module. DMF_INTERFACE_TRANSPORT_DESCRIPTOR_INIT calls it.

Arguments:

    DmfTransportDescriptor - The descriptor with which the declaration data begins.
    InterfaceName - The name of the interface.
    DeclarationDataSize - The size of the declaration data.
    EvtPostBind - Called when the interface can be used, or NULL.
    EvtPreUnbind - Called before the interface can no longer be used, or NULL.

Return Value:

    None

--*/
{
    PAGED_CODE();

    Interface_DescriptorInitialize(&DmfTransportDescriptor->GenericInterfaceDescriptor,
                                   InterfaceName,
                                   Interface_Transport,
                                   DeclarationDataSize,
                                   EvtPostBind,
                                   EvtPreUnbind);
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_ModuleInterfaceDescriptorAdd(
    DMFMODULE DmfModule,
    DMF_INTERFACE_DESCRIPTOR* InterfaceDescriptor
    )
/*++

Routine Description:

    Declares one side of an interface: copies the declaration data into a context of the Module. A Module does so in its
    Create function, once for each of its interfaces.

Arguments:

    DmfModule - The given Module.
    InterfaceDescriptor - The descriptor with which the declaration data begins.

Return Value:

    STATUS_OBJECT_NAME_COLLISION if the Module declares that already. Otherwise NTSTATUS of WDF.

--*/
{
    NTSTATUS ntStatus;
    DMF_INTERFACE_DESCRIPTOR* declarationData;
    VOID* context;

    PAGED_CODE();

    DMF_ObjectValidate(DmfModule);
    DmfAssert((InterfaceDescriptor->InterfaceType == Interface_Protocol) ||
              (InterfaceDescriptor->InterfaceType == Interface_Transport));
    context = NULL;
    ntStatus = WdfObjectAllocateContext(DmfModule,
                                        &InterfaceDescriptor->DeclarationDataWdfAttributes,
                                        &context);
    if (ntStatus == STATUS_OBJECT_NAME_EXISTS)
    {
        /* That is a success, and the context the one that is in use already. */
        ntStatus = STATUS_OBJECT_NAME_COLLISION;
    }
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "Interface %s is not declared: ntStatus=%!STATUS!",
                    InterfaceDescriptor->InterfaceName, ntStatus);
        goto Exit;
    }

    RtlCopyMemory(context,
                  InterfaceDescriptor,
                  InterfaceDescriptor->Size);
    declarationData = (DMF_INTERFACE_DESCRIPTOR*)context;
    if (declarationData->DmfInterfacePostBind == NULL)
    {
        declarationData->DmfInterfacePostBind = Interface_NothingToDo;
    }
    if (declarationData->DmfInterfacePreUnbind == NULL)
    {
        declarationData->DmfInterfacePreUnbind = Interface_NothingToDo;
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

/*
 * What Clients and Modules call.
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_ModuleInterfaceBind(
    DMFMODULE ProtocolModule,
    DMFMODULE TransportModule,
    DMF_INTERFACE_PROTOCOL_DESCRIPTOR* ProtocolDescriptor,
    DMF_INTERFACE_TRANSPORT_DESCRIPTOR* TransportDescriptor
    )
/*++

Routine Description:

    Binds a Protocol Module to a Transport Module. DMF_INTERFACE_BIND calls it.

Arguments:

    ProtocolModule - The Protocol Module.
    TransportModule - The Transport Module.
    ProtocolDescriptor - What the Protocol Module declares.
    TransportDescriptor - What the Transport Module declares.

Return Value:

    STATUS_OBJECT_NAME_COLLISION if the two are bound already. NTSTATUS of the Protocol Module if it does not bind.

--*/
{
    NTSTATUS ntStatus;
    DMF_INTERFACE_OBJECT* interfaceObject;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DmfAssert(ProtocolModule != NULL);
    DmfAssert(TransportModule != NULL);
    DmfAssert(ProtocolDescriptor != NULL);
    DmfAssert(TransportDescriptor != NULL);
    if ((ProtocolModule == NULL) ||
        (TransportModule == NULL) ||
        (ProtocolDescriptor == NULL) ||
        (TransportDescriptor == NULL))
    {
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    ntStatus = Interface_Create(DMF_ModuleToObject(ProtocolModule),
                                DMF_ModuleToObject(TransportModule),
                                ProtocolDescriptor,
                                TransportDescriptor,
                                &interfaceObject);
    if (! NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }
    ntStatus = Interface_Publish(interfaceObject);
    if (! NT_SUCCESS(ntStatus))
    {
        WdfObjectDelete(interfaceObject->Handle);
        goto Exit;
    }

    ntStatus = ProtocolDescriptor->DmfInterfaceProtocolBind(interfaceObject->Handle);
    if (NT_SUCCESS(ntStatus))
    {
        Interface_Opened(interfaceObject);
    }
    else
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "Interface %s is not bound: ntStatus=%!STATUS!",
                    ProtocolDescriptor->GenericInterfaceDescriptor.InterfaceName, ntStatus);
        Interface_Unbind(interfaceObject,
                         FALSE);
    }

Exit:

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_ModuleInterfaceUnbind(
    DMFMODULE ProtocolModule,
    DMFMODULE TransportModule,
    DMF_INTERFACE_PROTOCOL_DESCRIPTOR* ProtocolDescriptor,
    DMF_INTERFACE_TRANSPORT_DESCRIPTOR* TransportDescriptor
    )
/*++

Routine Description:

    Undoes the binding of two Modules, after everybody has left it who calls through it. Does nothing if the Modules are not
    bound. Called by a PostBind callback, it takes effect when both of these have returned. DMF_INTERFACE_UNBIND calls it.

Arguments:

    ProtocolModule - The Protocol Module.
    TransportModule - The Transport Module.
    ProtocolDescriptor - Not used; the binding knows it.
    TransportDescriptor - Not used; the binding knows it.

Return Value:

    None

--*/
{
    DMF_INTERFACE_OBJECT* interfaceObject;
    BOOLEAN isClaimed;
    KIRQL oldIrql;

    UNREFERENCED_PARAMETER(ProtocolDescriptor);
    UNREFERENCED_PARAMETER(TransportDescriptor);

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    isClaimed = FALSE;
    oldIrql = Interfaces_Lock();
    interfaceObject = Interface_Find(DMF_ModuleToObject(ProtocolModule),
                                     DMF_ModuleToObject(TransportModule));
    /*
     * Who makes the binding has not returned yet if it is still opening: this call then comes before that one, unless it is
     * made by a PostBind callback.
     */
    if ((interfaceObject != NULL) &&
        (interfaceObject->State == InterfaceState_Opened))
    {
        interfaceObject->State = InterfaceState_Closing;
        isClaimed = TRUE;
    }
    else if ((interfaceObject != NULL) &&
             (interfaceObject->PostBindThread == DmfGetCurrentThreadId()))
    {
        interfaceObject->UnbindIsWanted = TRUE;
    }
    Interfaces_Unlock(oldIrql);
    if (isClaimed)
    {
        Interface_Unbind(interfaceObject,
                         TRUE);
    }

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()

_Use_decl_annotations_
DMFMODULE
DMF_InterfaceTransportModuleGet(
    DMFINTERFACE DmfInterface
    )
/*++

Routine Description:

    Gives the Transport Module of a binding.

Arguments:

    DmfInterface - The given interface.

Return Value:

    The Module's handle.

--*/
{
    return Interface_ToObject(DmfInterface)->TransportObject->Handle;
}

_Use_decl_annotations_
DMFMODULE
DMF_InterfaceProtocolModuleGet(
    DMFINTERFACE DmfInterface
    )
/*++

Routine Description:

    Gives the Protocol Module of a binding.

Arguments:

    DmfInterface - The given interface.

Return Value:

    The Module's handle.

--*/
{
    return Interface_ToObject(DmfInterface)->ProtocolObject->Handle;
}

_Use_decl_annotations_
VOID*
DMF_InterfaceTransportDeclarationDataGet(
    DMFINTERFACE DmfInterface
    )
/*++

Routine Description:

    Gives what the Transport Module of a binding declares.

Arguments:

    DmfInterface - The given interface.

Return Value:

    The declaration data, which is the Module's copy.

--*/
{
    return Interface_ToObject(DmfInterface)->TransportDescriptor;
}

_Use_decl_annotations_
VOID*
DMF_InterfaceProtocolDeclarationDataGet(
    DMFINTERFACE DmfInterface
    )
/*++

Routine Description:

    Gives what the Protocol Module of a binding declares.

Arguments:

    DmfInterface - The given interface.

Return Value:

    The declaration data, which is the Module's copy.

--*/
{
    return Interface_ToObject(DmfInterface)->ProtocolDescriptor;
}

_Use_decl_annotations_
NTSTATUS
DMF_InterfaceReference(
    DMFINTERFACE DmfInterface
    )
/*++

Routine Description:

    Keeps the two Modules of a binding bound until DMF_InterfaceDereference.

Arguments:

    DmfInterface - The given interface.

Return Value:

    STATUS_UNSUCCESSFUL if the interface is not open, or about to close.

--*/
{
    return DMF_RundownAcquire(&Interface_ToObject(DmfInterface)->References) ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
}

_Use_decl_annotations_
VOID
DMF_InterfaceDereference(
    DMFINTERFACE DmfInterface
    )
/*++

Routine Description:

    Ends one DMF_InterfaceReference. The last one lets an unbind go on that waits.

Arguments:

    DmfInterface - The given interface.

Return Value:

    None

--*/
{
    DMF_RundownRelease(&Interface_ToObject(DmfInterface)->References);
}
