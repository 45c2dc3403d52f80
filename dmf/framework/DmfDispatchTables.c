/* SPDX-License-Identifier: MIT */
/*
 * The tables of a collection: for every callback of WDF the Modules of all trees that implement it, in the order in which
 * they are called. They are made once. A callback then costs one call per Module that implements it, however many others
 * there are.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfDispatchTables.tmh"
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

#pragma code_seg("PAGE")
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

    PAGED_CODE();

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
#pragma code_seg()

#pragma code_seg("PAGE")
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

    PAGED_CODE();

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
#pragma code_seg()

#pragma code_seg("PAGE")
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

    PAGED_CODE();

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

    Collection->TableMemory = (DMF_OBJECT**)DMF_GenericMemoryAllocate(POOL_FLAG_NON_PAGED,
                                                                      total * sizeof(DMF_OBJECT*),
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
#pragma code_seg()

#pragma code_seg("PAGE")
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
    PAGED_CODE();

    RtlZeroMemory(Collection->Tables,
                  sizeof(Collection->Tables));
    if (Collection->TableMemory != NULL)
    {
        DMF_GenericMemoryFree(Collection->TableMemory,
                              DMF_TAG8);
        Collection->TableMemory = NULL;
    }
}
#pragma code_seg()
