/* SPDX-License-Identifier: MIT */
/*
 * Dispatch: the callbacks of WDF that the framework registers for a device, and how each reaches the Modules.
 *
 * When a collection is created, one table is made per callback: the Modules of all trees that implement it, in the order in
 * which they are called. A callback costs one call per Module that implements it, however many other Modules there are.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfDispatch.tmh"
#endif

/* The order in which Modules are called: of the Modules without a parent, and within a tree. */
typedef struct
{
    BOOLEAN TopLevelIsReversed;
    BOOLEAN ChildrenFirst;
    BOOLEAN ChildrenAreReversed;
} DISPATCH_ORDER;

static const DISPATCH_ORDER g_DispatchOrders[DmfCallback_NumberOfCallbacks] =
{
    /* Top level reversed, children first, children reversed. */
    { FALSE, TRUE, FALSE }, /* PrepareHardware */
    { TRUE, FALSE, FALSE }, /* ReleaseHardware */
    { FALSE, TRUE, FALSE }, /* D0Entry */
    { FALSE, TRUE, FALSE }, /* D0EntryPostInterruptsEnabled */
    { TRUE, FALSE, FALSE }, /* D0ExitPreInterruptsDisabled */
    { TRUE, FALSE, FALSE }, /* D0Exit */
    { FALSE, FALSE, FALSE }, /* QueueIoRead */
    { FALSE, FALSE, FALSE }, /* QueueIoWrite */
    { FALSE, FALSE, FALSE }, /* DeviceIoControl */
    { FALSE, FALSE, FALSE }, /* InternalDeviceIoControl */
    { FALSE, FALSE, TRUE }, /* SelfManagedIoCleanup */
    { FALSE, FALSE, TRUE }, /* SelfManagedIoFlush */
    { FALSE, TRUE, FALSE }, /* SelfManagedIoInit */
    { FALSE, FALSE, TRUE }, /* SelfManagedIoSuspend */
    { FALSE, TRUE, FALSE }, /* SelfManagedIoRestart */
    { FALSE, FALSE, TRUE }, /* SurpriseRemoval */
    { FALSE, FALSE, TRUE }, /* QueryRemove */
    { FALSE, FALSE, TRUE }, /* QueryStop */
    { FALSE, TRUE, FALSE }, /* RelationsQuery */
    { FALSE, TRUE, FALSE }, /* UsageNotificationEx */
    { FALSE, FALSE, TRUE }, /* ArmWakeFromS0 */
    { FALSE, TRUE, FALSE }, /* DisarmWakeFromS0 */
    { FALSE, TRUE, FALSE }, /* WakeFromS0Triggered */
    { FALSE, FALSE, FALSE }, /* ArmWakeFromSxWithReason */
    { FALSE, TRUE, FALSE }, /* DisarmWakeFromSx */
    { FALSE, TRUE, FALSE }, /* WakeFromSxTriggered */
    { FALSE, FALSE, FALSE }, /* FileCreate */
    { FALSE, FALSE, FALSE }, /* FileCleanup */
    { FALSE, FALSE, FALSE }, /* FileClose */
};

/* Calls one callback of every Module that implements it. */
#define DISPATCH_ALL(Collection, Name, ...) \
    do \
    { \
        DISPATCH_FOR_EACH(Collection, Name) \
        { \
            dispatchObject->CallbacksWdf.Module##Name(__VA_ARGS__); \
        } \
    } while (0)

/* The same until one fails. */
#define DISPATCH_UNTIL_FAILURE(NtStatus, Collection, Name, ...) \
    do \
    { \
        (NtStatus) = STATUS_SUCCESS; \
        DISPATCH_FOR_EACH(Collection, Name) \
        { \
            (NtStatus) = dispatchObject->CallbacksWdf.Module##Name(__VA_ARGS__); \
            if (! NT_SUCCESS(NtStatus)) \
            { \
                TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "[%s] " #Name " fails: ntStatus=%!STATUS!", \
                            dispatchObject->InstanceName, NtStatus); \
                break; \
            } \
        } \
    } while (0)

/* The same until one handles the event. */
#define DISPATCH_UNTIL_HANDLED(Handled, Collection, Name, ...) \
    do \
    { \
        (Handled) = FALSE; \
        DISPATCH_FOR_EACH(Collection, Name) \
        { \
            (Handled) = dispatchObject->CallbacksWdf.Module##Name(__VA_ARGS__); \
            if (Handled) \
            { \
                break; \
            } \
        } \
    } while (0)

/* A device whose Modules are not created, or are destroyed, has no collection. */
#define DISPATCH_FOR_EACH(Collection, Name) \
    DMF_OBJECT** dispatchNext = ((Collection) != NULL) ? (Collection)->Tables[DmfCallback_##Name].Objects : NULL; \
    DMF_OBJECT** dispatchEnd = \
        ((Collection) != NULL) ? dispatchNext + (Collection)->Tables[DmfCallback_##Name].NumberOfObjects : NULL; \
    for (DMF_OBJECT* dispatchObject; \
         (dispatchNext != dispatchEnd) && ((dispatchObject = *dispatchNext) != NULL); \
         dispatchNext++)

/*
 * The tables.
 */

static
VOID
Dispatch_ImplementationsCount(
    _In_ LIST_ENTRY* Modules,
    _Inout_ DMF_MODULE_COLLECTION* Collection
    )
/*++

Routine Description:

    Counts for every callback the Modules of all trees that implement it.

Arguments:

    Modules - The roots of the trees.
    Collection - The collection, whose tables get the numbers.

Return Value:

    None

--*/
{
    LIST_ENTRY* listEntry;
    DMF_OBJECT* dmfObject;
    ULONG callbackIndex;

    for (listEntry = Modules->Flink; listEntry != Modules; listEntry = listEntry->Flink)
    {
        dmfObject = CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry);
        for (callbackIndex = 0; callbackIndex < DmfCallback_NumberOfCallbacks; callbackIndex++)
        {
            Collection->Tables[callbackIndex].NumberOfObjects += (dmfObject->ImplementedCallbacks >> callbackIndex) & 1;
        }
        Dispatch_ImplementationsCount(&dmfObject->Children,
                                      Collection);
    }
}

static
VOID
Dispatch_TableFill(
    _In_ LIST_ENTRY* Modules,
    _In_ BOOLEAN IsReversed,
    _In_ ULONG CallbackIndex,
    _Inout_ DMF_DISPATCH_TABLE* Table
    )
/*++

Routine Description:

    Appends to the table of a callback the Modules of all trees that implement it.

Arguments:

    Modules - The roots of the trees.
    IsReversed - Indicates that the last tree comes first.
    CallbackIndex - The callback.
    Table - The table of the callback.

Return Value:

    None

--*/
{
    const DISPATCH_ORDER* order;
    LIST_ENTRY* listEntry;
    DMF_OBJECT* dmfObject;
    BOOLEAN isImplemented;

    order = &g_DispatchOrders[CallbackIndex];
    for (listEntry = IsReversed ? Modules->Blink : Modules->Flink;
         listEntry != Modules;
         listEntry = IsReversed ? listEntry->Blink : listEntry->Flink)
    {
        dmfObject = CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry);
        isImplemented = (dmfObject->ImplementedCallbacks >> CallbackIndex) & 1;
        if (isImplemented &&
            ! order->ChildrenFirst)
        {
            Table->Objects[Table->NumberOfObjects++] = dmfObject;
        }
        Dispatch_TableFill(&dmfObject->Children,
                           order->ChildrenAreReversed,
                           CallbackIndex,
                           Table);
        if (isImplemented &&
            order->ChildrenFirst)
        {
            Table->Objects[Table->NumberOfObjects++] = dmfObject;
        }
    }
}

_Use_decl_annotations_
NTSTATUS
DMF_DispatchTablesCreate(
    DMF_MODULE_COLLECTION* Collection
    )
/*++

Routine Description:

    Makes the tables of a collection whose Modules are all created. They share one piece of memory.

Arguments:

    Collection - The collection.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    DMF_OBJECT** nextObject;
    DMF_DISPATCH_TABLE* table;
    ULONG callbackIndex;
    ULONG total;

    ntStatus = STATUS_SUCCESS;
    total = 0;
    Dispatch_ImplementationsCount(&Collection->Modules,
                                  Collection);
    for (callbackIndex = 0; callbackIndex < DmfCallback_NumberOfCallbacks; callbackIndex++)
    {
        total += Collection->Tables[callbackIndex].NumberOfObjects;
    }
    if (total == 0)
    {
        goto Exit;
    }

    Collection->TableMemory = (DMF_OBJECT**)DMF_GenericMemoryAllocate(total * sizeof(DMF_OBJECT*),
                                                                      DMF_TAG8);
    if (Collection->TableMemory == NULL)
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "No memory for the tables of callbacks");
        ntStatus = STATUS_INSUFFICIENT_RESOURCES;
        goto Exit;
    }
    nextObject = Collection->TableMemory;
    for (callbackIndex = 0; callbackIndex < DmfCallback_NumberOfCallbacks; callbackIndex++)
    {
        table = &Collection->Tables[callbackIndex];
        if (table->NumberOfObjects != 0)
        {
            table->Objects = nextObject;
            nextObject += table->NumberOfObjects;
            table->NumberOfObjects = 0;
            Dispatch_TableFill(&Collection->Modules,
                               g_DispatchOrders[callbackIndex].TopLevelIsReversed,
                               callbackIndex,
                               table);
        }
    }

Exit:

    return ntStatus;
}

_Use_decl_annotations_
VOID
DMF_DispatchTablesFree(
    DMF_MODULE_COLLECTION* Collection
    )
/*++

Routine Description:

    Frees the tables of a collection.

Arguments:

    Collection - The collection.

Return Value:

    None

--*/
{
    RtlZeroMemory(Collection->Tables,
                  sizeof(Collection->Tables));
    if (Collection->TableMemory != NULL)
    {
        DMF_GenericMemoryFree(Collection->TableMemory,
                              DMF_TAG8);
        Collection->TableMemory = NULL;
    }
}

static
DMF_MODULE_COLLECTION*
Dispatch_CollectionGet(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Gives the Modules of a device.

Arguments:

    Device - The given device.

Return Value:

    The collection, or NULL if the device has none.

--*/
{
    DMF_DEVICE_CONTEXT* deviceContext;

    deviceContext = DmfDeviceContextGet(Device);
    return (deviceContext != NULL) ? deviceContext->Collection : NULL;
}

/*
 * What is undone when the start of a device fails.
 */

static
VOID
Dispatch_PrepareHardwareUndo(
    _In_ LIST_ENTRY* Modules,
    _In_ BOOLEAN IsTopLevel
    )
/*++

Routine Description:

    After a failed start: closes the Modules without a parent that opened with the device's resources, and unregisters those
    that registered, with their trees. WDF releases the hardware afterwards, which closes the rest.

Arguments:

    Modules - The Modules.
    IsTopLevel - Indicates that the Modules have no parent. Children are treated last to first.

Return Value:

    None

--*/
{
    LIST_ENTRY* listEntry;
    DMF_OBJECT* dmfObject;

    for (listEntry = IsTopLevel ? Modules->Flink : Modules->Blink;
         listEntry != Modules;
         listEntry = IsTopLevel ? listEntry->Flink : listEntry->Blink)
    {
        dmfObject = CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry);
        if (dmfObject->NotificationRegisteredDuring == ModuleOpenedDuring_PrepareHardware)
        {
            DMF_ObjectNotificationUnregister(dmfObject);
            Dispatch_PrepareHardwareUndo(&dmfObject->Children,
                                         FALSE);
        }
        else if (IsTopLevel &&
                 (dmfObject->ModuleOpenedDuring == ModuleOpenedDuring_PrepareHardware))
        {
            DMF_ObjectClose(dmfObject);
        }
    }
}

static
VOID
Dispatch_D0EntryUndo(
    _In_ LIST_ENTRY* Modules,
    _In_ BOOLEAN IsTopLevel
    )
/*++

Routine Description:

    After a failed entry into the working state: closes the Modules that opened with it, and unregisters those that
    registered. WDF does not report an exit from a state that was not entered, so nothing else would close them.

Arguments:

    Modules - The Modules.
    IsTopLevel - Indicates that the Modules have no parent. Children are treated last to first, after their parent.

Return Value:

    None

--*/
{
    LIST_ENTRY* listEntry;
    DMF_OBJECT* dmfObject;

    for (listEntry = IsTopLevel ? Modules->Flink : Modules->Blink;
         listEntry != Modules;
         listEntry = IsTopLevel ? listEntry->Flink : listEntry->Blink)
    {
        dmfObject = CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry);
        if (dmfObject->NotificationRegisteredDuring == ModuleOpenedDuring_D0Entry)
        {
            DMF_ObjectNotificationUnregister(dmfObject);
        }
        else if ((dmfObject->ModuleOpenedDuring == ModuleOpenedDuring_D0EntrySystemPowerUp) ||
                 (dmfObject->ModuleOpenedDuring == ModuleOpenedDuring_D0Entry))
        {
            DMF_ObjectClose(dmfObject);
        }
        Dispatch_D0EntryUndo(&dmfObject->Children,
                             FALSE);
    }
}

/*
 * Plug and play, power and power policy.
 */

static
_Must_inspect_result_
NTSTATUS
Dispatch_PrepareHardware(
    _In_ WDFDEVICE Device,
    _In_ WDFCMRESLIST ResourcesRaw,
    _In_ WDFCMRESLIST ResourcesTranslated
    )
/*++

Routine Description:

    Tells the Modules that the device gets its resources.

Arguments:

    Device - The given device.
    ResourcesRaw - The resources as the bus sees them.
    ResourcesTranslated - The resources as the processor sees them.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, PrepareHardware, dispatchObject->Handle, ResourcesRaw,
    ResourcesTranslated); if (! NT_SUCCESS(ntStatus)) {
        Dispatch_PrepareHardwareUndo(&collection->Modules,
                                     TRUE);
    }

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
Dispatch_ReleaseHardware(
    _In_ WDFDEVICE Device,
    _In_ WDFCMRESLIST ResourcesTranslated
    )
/*++

Routine Description:

    Tells the Modules that the device loses its resources.

Arguments:

    Device - The given device.
    ResourcesTranslated - The resources as the processor sees them.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, ReleaseHardware, dispatchObject->Handle, ResourcesTranslated);

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
Dispatch_D0Entry(
    _In_ WDFDEVICE Device,
    _In_ WDF_POWER_DEVICE_STATE PreviousState
    )
/*++

Routine Description:

    Tells the Modules that the device enters its working state.

Arguments:

    Device - The given device.
    PreviousState - The state that the device comes from.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, D0Entry, dispatchObject->Handle, PreviousState);
    if (! NT_SUCCESS(ntStatus))
    {
        Dispatch_D0EntryUndo(&collection->Modules,
                             TRUE);
    }

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
Dispatch_D0EntryPostInterruptsEnabled(
    _In_ WDFDEVICE Device,
    _In_ WDF_POWER_DEVICE_STATE PreviousState
    )
/*++

Routine Description:

    Tells the Modules that the device's interrupts are on.

Arguments:

    Device - The given device.
    PreviousState - The state that the device comes from.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, D0EntryPostInterruptsEnabled, dispatchObject->Handle, PreviousState);

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
Dispatch_D0ExitPreInterruptsDisabled(
    _In_ WDFDEVICE Device,
    _In_ WDF_POWER_DEVICE_STATE TargetState
    )
/*++

Routine Description:

    Tells the Modules that the device's interrupts are about to go off.

Arguments:

    Device - The given device.
    TargetState - The state that the device goes to.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, D0ExitPreInterruptsDisabled, dispatchObject->Handle, TargetState);

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
Dispatch_D0Exit(
    _In_ WDFDEVICE Device,
    _In_ WDF_POWER_DEVICE_STATE TargetState
    )
/*++

Routine Description:

    Tells the Modules that the device leaves its working state.

Arguments:

    Device - The given device.
    TargetState - The state that the device goes to.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, D0Exit, dispatchObject->Handle, TargetState);

    return ntStatus;
}

static
VOID
Dispatch_SelfManagedIoCleanup(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that self managed input and output is cleaned up.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, SelfManagedIoCleanup, dispatchObject->Handle);
}

static
VOID
Dispatch_SelfManagedIoFlush(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that self managed input and output is flushed.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, SelfManagedIoFlush, dispatchObject->Handle);
}

static
_Must_inspect_result_
NTSTATUS
Dispatch_SelfManagedIoInit(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that self managed input and output begins.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, SelfManagedIoInit, dispatchObject->Handle);

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
Dispatch_SelfManagedIoSuspend(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that self managed input and output is suspended.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, SelfManagedIoSuspend, dispatchObject->Handle);

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
Dispatch_SelfManagedIoRestart(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that self managed input and output goes on.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, SelfManagedIoRestart, dispatchObject->Handle);

    return ntStatus;
}

static
VOID
Dispatch_SurpriseRemoval(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that the device is gone without notice.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, SurpriseRemoval, dispatchObject->Handle);
}

static
_Must_inspect_result_
NTSTATUS
Dispatch_QueryRemove(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that somebody asks whether the device may be removed.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, QueryRemove, dispatchObject->Handle);

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
Dispatch_QueryStop(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that somebody asks whether the device may be stopped.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, QueryStop, dispatchObject->Handle);

    return ntStatus;
}

static
VOID
Dispatch_RelationsQuery(
    _In_ WDFDEVICE Device,
    _In_ DEVICE_RELATION_TYPE RelationType
    )
/*++

Routine Description:

    Tells the Modules that somebody asks for the device's relations.

Arguments:

    Device - The given device.
    RelationType - The kind of relations.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, RelationsQuery, dispatchObject->Handle, RelationType);
}

static
_Must_inspect_result_
NTSTATUS
Dispatch_UsageNotificationEx(
    _In_ WDFDEVICE Device,
    _In_ WDF_SPECIAL_FILE_TYPE NotificationType,
    _In_ BOOLEAN IsInNotificationPath
    )
/*++

Routine Description:

    Tells the Modules that a special file comes to the device or leaves it.

Arguments:

    Device - The given device.
    NotificationType - The kind of file.
    IsInNotificationPath - Indicates that the file comes.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, UsageNotificationEx, dispatchObject->Handle, NotificationType,
    IsInNotificationPath);

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
Dispatch_ArmWakeFromS0(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that the device is to wake itself while the system works.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, ArmWakeFromS0, dispatchObject->Handle);

    return ntStatus;
}

static
VOID
Dispatch_DisarmWakeFromS0(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that the device is not to wake itself any more while the system works.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, DisarmWakeFromS0, dispatchObject->Handle);
}

static
VOID
Dispatch_WakeFromS0Triggered(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that the device woke itself while the system works.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, WakeFromS0Triggered, dispatchObject->Handle);
}

static
_Must_inspect_result_
NTSTATUS
Dispatch_ArmWakeFromSxWithReason(
    _In_ WDFDEVICE Device,
    _In_ BOOLEAN DeviceWakeEnabled,
    _In_ BOOLEAN ChildrenArmedForWake
    )
/*++

Routine Description:

    Tells the Modules that the device is to wake the system.

Arguments:

    Device - The given device.
    DeviceWakeEnabled - Indicates that the device itself wakes.
    ChildrenArmedForWake - Indicates that its children wake.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, ArmWakeFromSxWithReason, dispatchObject->Handle, DeviceWakeEnabled,
    ChildrenArmedForWake);

    return ntStatus;
}

static
VOID
Dispatch_DisarmWakeFromSx(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that the device is not to wake the system any more.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, DisarmWakeFromSx, dispatchObject->Handle);
}

static
VOID
Dispatch_WakeFromSxTriggered(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that the device woke the system.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, WakeFromSxTriggered, dispatchObject->Handle);
}

/*
 * Requests.
 */

static
VOID
Dispatch_RequestNotHandled(
    _In_ WDFREQUEST Request
    )
/*++

Routine Description:

    Completes a request that no Module of a device handles.

Arguments:

    Request - The request.

Return Value:

    None

--*/
{
    WdfRequestComplete(Request,
                       STATUS_NOT_SUPPORTED);
}

static
VOID
Dispatch_QueueIoRead(
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t Length
    )
/*++

Routine Description:

    Offers a request to the Modules until one handles it.

Arguments:

    Queue - The queue of the request.
    Request - The request.
    Length - The size of the data.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(WdfIoQueueGetDevice(Queue));
    DISPATCH_UNTIL_HANDLED(handled, collection, QueueIoRead, dispatchObject->Handle, Queue, Request, Length);
    if (! handled)
    {
        Dispatch_RequestNotHandled(Request);
    }
}

static
VOID
Dispatch_QueueIoWrite(
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t Length
    )
/*++

Routine Description:

    Offers a request to the Modules until one handles it.

Arguments:

    Queue - The queue of the request.
    Request - The request.
    Length - The size of the data.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(WdfIoQueueGetDevice(Queue));
    DISPATCH_UNTIL_HANDLED(handled, collection, QueueIoWrite, dispatchObject->Handle, Queue, Request, Length);
    if (! handled)
    {
        Dispatch_RequestNotHandled(Request);
    }
}

static
VOID
Dispatch_DeviceIoControl(
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t OutputBufferLength,
    _In_ size_t InputBufferLength,
    _In_ ULONG IoControlCode
    )
/*++

Routine Description:

    Offers a request to the Modules until one handles it.

Arguments:

    Queue - The queue of the request.
    Request - The request.
    OutputBufferLength - The size of the output buffer.
    InputBufferLength - The size of the input buffer.
    IoControlCode - The control code.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(WdfIoQueueGetDevice(Queue));
    DISPATCH_UNTIL_HANDLED(handled, collection, DeviceIoControl, dispatchObject->Handle, Queue, Request,
    OutputBufferLength, InputBufferLength, IoControlCode); if (! handled) {
        Dispatch_RequestNotHandled(Request);
    }
}

#if defined(DMF_KERNEL_MODE)
static
VOID
Dispatch_InternalDeviceIoControl(
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t OutputBufferLength,
    _In_ size_t InputBufferLength,
    _In_ ULONG IoControlCode
    )
/*++

Routine Description:

    Offers a request to the Modules until one handles it.

Arguments:

    Queue - The queue of the request.
    Request - The request.
    OutputBufferLength - The size of the output buffer.
    InputBufferLength - The size of the input buffer.
    IoControlCode - The control code.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(WdfIoQueueGetDevice(Queue));
    DISPATCH_UNTIL_HANDLED(handled, collection, InternalDeviceIoControl, dispatchObject->Handle, Queue, Request,
    OutputBufferLength, InputBufferLength, IoControlCode); if (! handled) {
        Dispatch_RequestNotHandled(Request);
    }
}
#endif /* defined(DMF_KERNEL_MODE) */

/*
 * File objects.
 */

static
VOID
Dispatch_FileCreate(
    _In_ WDFDEVICE Device,
    _In_ WDFREQUEST Request,
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Offers the opening of a file to the Modules until one handles it. Without one, every file opens.

Arguments:

    Device - The device.
    Request - The request.
    FileObject - The file object.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_HANDLED(handled, collection, FileCreate, dispatchObject->Handle, Device, Request, FileObject);
    if (! handled)
    {
        WdfRequestComplete(Request,
                           STATUS_SUCCESS);
    }
}

static
VOID
Dispatch_FileCleanup(
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Tells the Modules that the last handle of a file object is closed, until one handles it.

Arguments:

    FileObject - The file object. A file that the system opened without one is of no interest.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    if (FileObject == NULL)
    {
        goto Exit;
    }
    collection = Dispatch_CollectionGet(WdfFileObjectGetDevice(FileObject));
    DISPATCH_UNTIL_HANDLED(handled, collection, FileCleanup, dispatchObject->Handle, FileObject);
    UNREFERENCED_PARAMETER(handled);

Exit:

    return;
}

static
VOID
Dispatch_FileClose(
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Tells the Modules that a file object is gone, until one handles it.

Arguments:

    FileObject - The file object.

Return Value:

    None

--*/
{
    BOOLEAN handled;
    DMF_MODULE_COLLECTION* collection;

    if (FileObject == NULL)
    {
        goto Exit;
    }
    collection = Dispatch_CollectionGet(WdfFileObjectGetDevice(FileObject));
    DISPATCH_UNTIL_HANDLED(handled, collection, FileClose, dispatchObject->Handle, FileObject);
    UNREFERENCED_PARAMETER(handled);

Exit:

    return;
}

/*
 * Where the callbacks are given to WDF.
 */

_Use_decl_annotations_
VOID
DMF_DispatchPnpPowerEventCallbacksSet(
    PWDF_PNPPOWER_EVENT_CALLBACKS PnpPowerEventCallbacks
    )
/*++

Routine Description:

    Puts the framework's callbacks into the structure for plug and play and power. The other members stay as they are.

Arguments:

    PnpPowerEventCallbacks - The structure.

Return Value:

    None

--*/
{
    PnpPowerEventCallbacks->EvtDevicePrepareHardware = Dispatch_PrepareHardware;
    PnpPowerEventCallbacks->EvtDeviceReleaseHardware = Dispatch_ReleaseHardware;
    PnpPowerEventCallbacks->EvtDeviceD0Entry = Dispatch_D0Entry;
    PnpPowerEventCallbacks->EvtDeviceD0EntryPostInterruptsEnabled = Dispatch_D0EntryPostInterruptsEnabled;
    PnpPowerEventCallbacks->EvtDeviceD0ExitPreInterruptsDisabled = Dispatch_D0ExitPreInterruptsDisabled;
    PnpPowerEventCallbacks->EvtDeviceD0Exit = Dispatch_D0Exit;
    PnpPowerEventCallbacks->EvtDeviceSelfManagedIoCleanup = Dispatch_SelfManagedIoCleanup;
    PnpPowerEventCallbacks->EvtDeviceSelfManagedIoFlush = Dispatch_SelfManagedIoFlush;
    PnpPowerEventCallbacks->EvtDeviceSelfManagedIoInit = Dispatch_SelfManagedIoInit;
    PnpPowerEventCallbacks->EvtDeviceSelfManagedIoSuspend = Dispatch_SelfManagedIoSuspend;
    PnpPowerEventCallbacks->EvtDeviceSelfManagedIoRestart = Dispatch_SelfManagedIoRestart;
    PnpPowerEventCallbacks->EvtDeviceSurpriseRemoval = Dispatch_SurpriseRemoval;
    PnpPowerEventCallbacks->EvtDeviceQueryRemove = Dispatch_QueryRemove;
    PnpPowerEventCallbacks->EvtDeviceQueryStop = Dispatch_QueryStop;
    PnpPowerEventCallbacks->EvtDeviceRelationsQuery = Dispatch_RelationsQuery;
    PnpPowerEventCallbacks->EvtDeviceUsageNotificationEx = Dispatch_UsageNotificationEx;
}

_Use_decl_annotations_
VOID
DMF_DispatchPowerPolicyEventCallbacksSet(
    PWDF_POWER_POLICY_EVENT_CALLBACKS PowerPolicyEventCallbacks
    )
/*++

Routine Description:

    Puts the framework's callbacks into the structure for waking. The other members stay as they are.

Arguments:

    PowerPolicyEventCallbacks - The structure.

Return Value:

    None

--*/
{
    PowerPolicyEventCallbacks->EvtDeviceArmWakeFromS0 = Dispatch_ArmWakeFromS0;
    PowerPolicyEventCallbacks->EvtDeviceDisarmWakeFromS0 = Dispatch_DisarmWakeFromS0;
    PowerPolicyEventCallbacks->EvtDeviceWakeFromS0Triggered = Dispatch_WakeFromS0Triggered;
    PowerPolicyEventCallbacks->EvtDeviceArmWakeFromSxWithReason = Dispatch_ArmWakeFromSxWithReason;
    PowerPolicyEventCallbacks->EvtDeviceDisarmWakeFromSx = Dispatch_DisarmWakeFromSx;
    PowerPolicyEventCallbacks->EvtDeviceWakeFromSxTriggered = Dispatch_WakeFromSxTriggered;
}

_Use_decl_annotations_
VOID
DMF_DispatchFileObjectConfigSet(
    PWDF_FILEOBJECT_CONFIG FileObjectConfig
    )
/*++

Routine Description:

    Puts the framework's callbacks into the structure for file objects. The other members stay as they are.

Arguments:

    FileObjectConfig - The structure.

Return Value:

    None

--*/
{
    FileObjectConfig->EvtDeviceFileCreate = Dispatch_FileCreate;
    FileObjectConfig->EvtFileCleanup = Dispatch_FileCleanup;
    FileObjectConfig->EvtFileClose = Dispatch_FileClose;
}

_Use_decl_annotations_
VOID
DMF_DispatchQueueConfigSet(
    PWDF_IO_QUEUE_CONFIG QueueConfig
    )
/*++

Routine Description:

    Puts the framework's callbacks into the structure for the default queue. The other members stay as they are.

Arguments:

    QueueConfig - The structure.

Return Value:

    None

--*/
{
    QueueConfig->EvtIoRead = Dispatch_QueueIoRead;
    QueueConfig->EvtIoWrite = Dispatch_QueueIoWrite;
    QueueConfig->EvtIoDeviceControl = Dispatch_DeviceIoControl;
#if defined(DMF_KERNEL_MODE)
    QueueConfig->EvtIoInternalDeviceControl = Dispatch_InternalDeviceIoControl;
#endif
}

/*
 * Client Drivers without a device add callback.
 */

_Use_decl_annotations_
NTSTATUS
DMF_Invoke_DeviceCallbacksCreate(
    WDFDEVICE Device,
    WDFCMRESLIST ResourcesRaw,
    WDFCMRESLIST ResourcesTranslated,
    WDF_POWER_DEVICE_STATE PreviousState
    )
/*++

Routine Description:

    Does what WDF does when a device starts, for a device that WDF does not start.

Arguments:

    Device - The given device.
    ResourcesRaw - The resources as the bus sees them.
    ResourcesTranslated - The resources as the processor sees them.
    PreviousState - The state that the device comes from.

Return Value:

    STATUS_NOT_SUPPORTED if WDF starts the device. Otherwise NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_DEVICE_CONTEXT* deviceContext;

    deviceContext = DmfDeviceContextGet(Device);
    if (deviceContext->DeviceAddIsImplemented)
    {
        ntStatus = STATUS_NOT_SUPPORTED;
        goto Exit;
    }
    deviceContext->Collection->ManualDestroyPending = TRUE;
    ntStatus = Dispatch_PrepareHardware(Device,
                                        ResourcesRaw,
                                        ResourcesTranslated);
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = Dispatch_D0Entry(Device,
                                    PreviousState);
    }

Exit:

    return ntStatus;
}

_Use_decl_annotations_
NTSTATUS
DMF_Invoke_DeviceCallbacksDestroy(
    WDFDEVICE Device,
    WDFCMRESLIST ResourcesTranslated,
    WDF_POWER_DEVICE_STATE TargetState
    )
/*++

Routine Description:

    Does what WDF does when a device stops, for a device that WDF does not stop.

Arguments:

    Device - The given device.
    ResourcesTranslated - The resources as the processor sees them.
    TargetState - The state that the device goes to.

Return Value:

    STATUS_NOT_SUPPORTED if WDF stops the device. Otherwise NTSTATUS of the first Module that does not release its hardware.

--*/
{
    NTSTATUS ntStatus;
    DMF_DEVICE_CONTEXT* deviceContext;

    deviceContext = DmfDeviceContextGet(Device);
    if (deviceContext->DeviceAddIsImplemented)
    {
        ntStatus = STATUS_NOT_SUPPORTED;
        goto Exit;
    }
    /* The hardware is released even if a Module does not leave its working state in order. */
    ntStatus = Dispatch_D0Exit(Device,
                               TargetState);
    UNREFERENCED_PARAMETER(ntStatus);
    ntStatus = Dispatch_ReleaseHardware(Device,
                                        ResourcesTranslated);
    if (NT_SUCCESS(ntStatus))
    {
        deviceContext->Collection->ManualDestroyPending = FALSE;
    }

Exit:

    return ntStatus;
}

_Use_decl_annotations_
VOID
DMF_DispatchManualDestroy(
    WDFDEVICE Device
    )
/*++

Routine Description:

    Stops a device that the Client Driver started and did not stop, before its Modules are destroyed.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    NTSTATUS ntStatus;

    ntStatus = DMF_Invoke_DeviceCallbacksDestroy(Device,
                                                 NULL,
                                                 WdfPowerDeviceD0);
    UNREFERENCED_PARAMETER(ntStatus);
}
