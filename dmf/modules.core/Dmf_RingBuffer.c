/* SPDX-License-Identifier: MIT */
/*
 * RingBuffer: a ring of a fixed number of items of one size.
 *
 * Environment: kernel mode and user mode drivers.
 */

/* DMF and this Module's Library specific definitions. */
#include "DmfModule.h"
#include "DmfModules.Core.h"
#include "DmfModules.Core.Trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "Dmf_RingBuffer.tmh"
#endif

/*
 * Module Private Enumerations and Structures
 */

#define RINGBUFFER_MEMORY_TAG 'oMBR'

/* What a search for items is about. */
typedef struct
{
    EVT_DMF_RingBuffer_Enumeration* RingBufferEntryCallback;
    VOID* RingBufferEntryCallbackContext;
    UCHAR* Item;
    ULONG ItemSize;
} RINGBUFFER_SEARCH;

/*
 * Module Private Context
 */

typedef struct
{
    UCHAR* Items;
    ULONG ItemCount;
    ULONG ItemSize;
    RingBuffer_ModeType Mode;
    /* The number of items that are present, the oldest of them, and the place for the next one. */
    ULONG ItemsPresent;
    ULONG ReadIndex;
    ULONG WriteIndex;
    WDFMEMORY ItemsMemory;
} DMF_CONTEXT_RingBuffer;

/* This macro declares DMF_CONTEXT_GET(). */
DMF_MODULE_DECLARE_CONTEXT(RingBuffer)

/* This macro declares DMF_CONFIG_GET(). */
DMF_MODULE_DECLARE_CONFIG(RingBuffer)

/*
 * Module Private Code
 */

static
UCHAR*
RingBuffer_ItemGet(
    _In_ DMF_CONTEXT_RingBuffer* ModuleContext,
    _In_ ULONG ItemIndex
    )
/*++

Routine Description:

    Finds the memory of an item.

Arguments:

    ModuleContext - This Module's context.
    ItemIndex - The item's place in the ring's memory.

Return Value:

    The item's address.

--*/
{
    return ModuleContext->Items + ((size_t)ItemIndex * ModuleContext->ItemSize);
}

static
ULONG
RingBuffer_IndexNext(
    _In_ DMF_CONTEXT_RingBuffer* ModuleContext,
    _In_ ULONG ItemIndex
    )
/*++

Routine Description:

    Goes to the next place of the ring.

Arguments:

    ModuleContext - This Module's context.
    ItemIndex - A place.

Return Value:

    The place that follows.

--*/
{
    ULONG itemIndex;

    itemIndex = ItemIndex + 1;
    if (itemIndex == ModuleContext->ItemCount)
    {
        itemIndex = 0;
    }

    return itemIndex;
}

static
VOID
RingBuffer_OldestRemove(
    _Inout_ DMF_CONTEXT_RingBuffer* ModuleContext
    )
/*++

Routine Description:

    Deletes the oldest item of a ring that is not empty.

Arguments:

    ModuleContext - This Module's context.

Return Value:

    None

--*/
{
    ModuleContext->ReadIndex = RingBuffer_IndexNext(ModuleContext,
                                                    ModuleContext->ReadIndex);
    ModuleContext->ItemsPresent--;
}

static
UCHAR*
RingBuffer_ItemAdd(
    _Inout_ DMF_CONTEXT_RingBuffer* ModuleContext
    )
/*++

Routine Description:

    Adds an item that the caller must fill. The caller holds the Module's lock.

Arguments:

    ModuleContext - This Module's context.

Return Value:

    The item, or NULL if the ring is full and keeps its oldest item.

--*/
{
    UCHAR* item;

    item = NULL;
    if (ModuleContext->ItemsPresent == ModuleContext->ItemCount)
    {
        DmfAssert((ModuleContext->Mode > RingBuffer_Mode_Invalid) && (ModuleContext->Mode < RingBuffer_Mode_Maximum));
        if (ModuleContext->Mode != RingBuffer_Mode_DeleteOldestIfFullOnWrite)
        {
            goto Exit;
        }
        RingBuffer_OldestRemove(ModuleContext);
    }
    item = RingBuffer_ItemGet(ModuleContext,
                              ModuleContext->WriteIndex);
    ModuleContext->WriteIndex = RingBuffer_IndexNext(ModuleContext,
                                                     ModuleContext->WriteIndex);
    ModuleContext->ItemsPresent++;

Exit:

    return item;
}

static
BOOLEAN
RingBuffer_SegmentsAreValid(
    _In_ DMF_CONTEXT_RingBuffer* ModuleContext,
    _In_reads_(NumberOfSegments) ULONG* SegmentSizes,
    _In_reads_(NumberOfSegments) ULONG* SegmentOffsets,
    _In_ ULONG NumberOfSegments
    )
/*++

Routine Description:

    Tells whether all pieces lie within an item.

Arguments:

    ModuleContext - This Module's context.
    SegmentSizes - The size of each piece.
    SegmentOffsets - Where in the item each piece begins.
    NumberOfSegments - The number of pieces.

Return Value:

    TRUE if they do.

--*/
{
    BOOLEAN segmentsAreValid;

    segmentsAreValid = TRUE;
    for (ULONG segmentIndex = 0; segmentIndex < NumberOfSegments; segmentIndex++)
    {
        if ((SegmentSizes[segmentIndex] == 0) ||
            (SegmentOffsets[segmentIndex] >= ModuleContext->ItemSize) ||
            (SegmentSizes[segmentIndex] > ModuleContext->ItemSize - SegmentOffsets[segmentIndex]))
        {
            segmentsAreValid = FALSE;
        }
    }

    return segmentsAreValid;
}

static
VOID
RingBuffer_EnumerateItems(
    _In_ DMFMODULE DmfModule,
    _In_ EVT_DMF_RingBuffer_Enumeration* RingBufferEntryCallback,
    _In_opt_ VOID* RingBufferEntryCallbackContext
    )
/*++

Routine Description:

    Shows the items to a callback, the oldest first, until it returns FALSE.

Arguments:

    DmfModule - This Module's handle.
    RingBufferEntryCallback - The callback.
    RingBufferEntryCallbackContext - Passed to the callback.

Return Value:

    None

--*/
{
    DMF_CONTEXT_RingBuffer* moduleContext;
    ULONG itemIndex;
    BOOLEAN continueEnumeration;

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    itemIndex = moduleContext->ReadIndex;
    continueEnumeration = TRUE;
    for (ULONG itemsShown = 0; continueEnumeration && (itemsShown < moduleContext->ItemsPresent); itemsShown++)
    {
        continueEnumeration = RingBufferEntryCallback(DmfModule,
                                                      RingBuffer_ItemGet(moduleContext,
                                                                         itemIndex),
                                                      moduleContext->ItemSize,
                                                      RingBufferEntryCallbackContext);
        itemIndex = RingBuffer_IndexNext(moduleContext,
                                         itemIndex);
    }
}

static
VOID
RingBuffer_CycleRotate(
    _Inout_ DMF_CONTEXT_RingBuffer* ModuleContext,
    _In_ ULONG FirstIndex,
    _In_ ULONG Distance
    )
/*++

Routine Description:

    Moves the items of one cycle of a rotation: each takes the place that is Distance before its own. The place behind
    the last item keeps the first one meanwhile.

Arguments:

    ModuleContext - This Module's context.
    FirstIndex - The place where the cycle begins and ends.
    Distance - How far items move.

Return Value:

    None

--*/
{
    UCHAR* spareItem;
    ULONG targetIndex;
    ULONG sourceIndex;

    spareItem = RingBuffer_ItemGet(ModuleContext,
                                   ModuleContext->ItemCount);
    RtlCopyMemory(spareItem,
                  RingBuffer_ItemGet(ModuleContext,
                                     FirstIndex),
                  ModuleContext->ItemSize);
    targetIndex = FirstIndex;
    sourceIndex = FirstIndex + Distance;
    while (sourceIndex != FirstIndex)
    {
        RtlCopyMemory(RingBuffer_ItemGet(ModuleContext,
                                         targetIndex),
                      RingBuffer_ItemGet(ModuleContext,
                                         sourceIndex),
                      ModuleContext->ItemSize);
        targetIndex = sourceIndex;
        if (sourceIndex >= ModuleContext->ItemCount - Distance)
        {
            sourceIndex -= ModuleContext->ItemCount - Distance;
        }
        else
        {
            sourceIndex += Distance;
        }
    }
    RtlCopyMemory(RingBuffer_ItemGet(ModuleContext,
                                     targetIndex),
                  spareItem,
                  ModuleContext->ItemSize);
}

static
ULONG
RingBuffer_CommonDivisor(
    _In_ ULONG First,
    _In_ ULONG Second
    )
/*++

Routine Description:

    Gives the number of cycles that a rotation has.

Arguments:

    First - The number of items.
    Second - How far they move.

Return Value:

    The greatest number that divides both.

--*/
{
    ULONG remainder;

    while (Second != 0)
    {
        remainder = First % Second;
        First = Second;
        Second = remainder;
    }

    return First;
}

static
VOID
RingBuffer_ItemsReorder(
    _Inout_ DMF_CONTEXT_RingBuffer* ModuleContext
    )
/*++

Routine Description:

    Moves the oldest item to the start of the memory, each other behind the one before it, and zeroes the rest. It needs no
    memory, so a driver may call it when the system is about to stop.

Arguments:

    ModuleContext - This Module's context.

Return Value:

    None

--*/
{
    ULONG distance;
    ULONG cycles;

    distance = ModuleContext->ReadIndex;
    if ((distance > 0) && (ModuleContext->ItemsPresent > 0))
    {
        cycles = RingBuffer_CommonDivisor(ModuleContext->ItemCount,
                                          distance);
        for (ULONG cycleIndex = 0; cycleIndex < cycles; cycleIndex++)
        {
            RingBuffer_CycleRotate(ModuleContext,
                                   cycleIndex,
                                   distance);
        }
    }
    ModuleContext->ReadIndex = 0;
    ModuleContext->WriteIndex = ModuleContext->ItemsPresent;
    if (ModuleContext->WriteIndex == ModuleContext->ItemCount)
    {
        ModuleContext->WriteIndex = 0;
    }
    /* The spare item is zeroed as well. */
    RtlZeroMemory(RingBuffer_ItemGet(ModuleContext,
                                     ModuleContext->ItemsPresent),
                  ((size_t)(ModuleContext->ItemCount - ModuleContext->ItemsPresent) + 1) * ModuleContext->ItemSize);
}

static
BOOLEAN
RingBuffer_ItemCompare(
    _In_ DMFMODULE DmfModule,
    _Inout_updates_(BufferSize) UCHAR* Buffer,
    _In_ ULONG BufferSize,
    _In_opt_ VOID* CallbackContext
    )
/*++

Routine Description:

    Shows an item to the Client if it begins with what is looked for.

Arguments:

    DmfModule - This Module's handle.
    Buffer - The item.
    BufferSize - Its size.
    CallbackContext - What is looked for.

Return Value:

    TRUE, because the search goes on to the last item.

--*/
{
    RINGBUFFER_SEARCH* search;

    search = (RINGBUFFER_SEARCH*)CallbackContext;
    if (RtlCompareMemory(Buffer,
                         search->Item,
                         search->ItemSize) == search->ItemSize)
    {
        (VOID)search->RingBufferEntryCallback(DmfModule,
                                              Buffer,
                                              BufferSize,
                                              search->RingBufferEntryCallbackContext);
    }

    return TRUE;
}

/*
 * Module DMF Callbacks
 */

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_RingBuffer_Open(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Initialize an instance of a DMF Module of type RingBuffer.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_RingBuffer* moduleContext;
    DMF_CONFIG_RingBuffer* moduleConfig;
    WDF_OBJECT_ATTRIBUTES objectAttributes;
    size_t memorySize;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    moduleConfig = DMF_CONFIG_GET(DmfModule);
    if ((moduleConfig->ItemCount == 0) || (moduleConfig->ItemSize == 0) ||
        (moduleConfig->ItemCount > MAXULONG / moduleConfig->ItemSize))
    {
        /* The size of all items is a ULONG. */
        DmfAssert(FALSE);
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    /* There is one item more, for Reorder. */
    memorySize = ((size_t)moduleConfig->ItemCount + 1) * moduleConfig->ItemSize;
    WDF_OBJECT_ATTRIBUTES_INIT(&objectAttributes);
    objectAttributes.ParentObject = DmfModule;
    ntStatus = WdfMemoryCreate(&objectAttributes,
                               NonPagedPoolNx,
                               RINGBUFFER_MEMORY_TAG,
                               memorySize,
                               &moduleContext->ItemsMemory,
                               (VOID**)&moduleContext->Items);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfMemoryCreate fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }
    RtlZeroMemory(moduleContext->Items,
                  memorySize);
    moduleContext->ItemCount = moduleConfig->ItemCount;
    moduleContext->ItemSize = moduleConfig->ItemSize;
    moduleContext->Mode = moduleConfig->Mode;

Exit:

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DMF_RingBuffer_Close(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Uninitialize an instance of a DMF Module of type RingBuffer.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    DMF_CONTEXT_RingBuffer* moduleContext;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    WdfObjectDelete(moduleContext->ItemsMemory);
    moduleContext->ItemsMemory = NULL;
    moduleContext->Items = NULL;

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()

/*
 * Public Calls by Client
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_RingBuffer_Create(
    WDFDEVICE Device,
    DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
    DMFMODULE* DmfModule
    )
/*++

Routine Description:

    Create an instance of a DMF Module of type RingBuffer.

Arguments:

    Device - The Client Driver's device.
    DmfModuleAttributes - What DMF needs to create the Module.
    ObjectAttributes - Attributes of the WDF object behind the Module.
    DmfModule - The Module's handle.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_DESCRIPTOR dmfModuleDescriptor_RingBuffer;
    DMF_CALLBACKS_DMF dmfCallbacksDmf_RingBuffer;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DMF_CALLBACKS_DMF_INIT(&dmfCallbacksDmf_RingBuffer);
    dmfCallbacksDmf_RingBuffer.DeviceOpen = DMF_RingBuffer_Open;
    dmfCallbacksDmf_RingBuffer.DeviceClose = DMF_RingBuffer_Close;

    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(dmfModuleDescriptor_RingBuffer,
                                            RingBuffer,
                                            DMF_CONTEXT_RingBuffer,
                                            DMF_MODULE_OPTIONS_DISPATCH,
                                            DMF_MODULE_OPEN_OPTION_OPEN_Create);
    dmfModuleDescriptor_RingBuffer.CallbacksDmf = &dmfCallbacksDmf_RingBuffer;

    ntStatus = DMF_ModuleCreate(Device,
                                DmfModuleAttributes,
                                ObjectAttributes,
                                &dmfModuleDescriptor_RingBuffer,
                                DmfModule);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "DMF_ModuleCreate fails: ntStatus=%!STATUS!", ntStatus);
    }

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

/* Module Methods */

_Use_decl_annotations_
VOID
DMF_RingBuffer_Enumerate(
    DMFMODULE DmfModule,
    BOOLEAN Lock,
    EVT_DMF_RingBuffer_Enumeration* RingBufferEntryCallback,
    VOID* RingBufferEntryCallbackContext
    )
/*++

Routine Description:

    Shows the items to the Client, the oldest first, until its callback returns FALSE. They stay in the ring.

Arguments:

    DmfModule - This Module's handle.
    Lock - FALSE if the caller knows that nobody else uses the ring.
    RingBufferEntryCallback - Called for each item, which it may modify. It must not call this Module's Methods.
    RingBufferEntryCallbackContext - Passed to the callback.

Return Value:

    None

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 RingBuffer);

    if (Lock)
    {
        DMF_ModuleLock(DmfModule);
    }
    RingBuffer_EnumerateItems(DmfModule,
                              RingBufferEntryCallback,
                              RingBufferEntryCallbackContext);
    if (Lock)
    {
        DMF_ModuleUnlock(DmfModule);
    }
}

_Use_decl_annotations_
VOID
DMF_RingBuffer_EnumerateToFindItem(
    DMFMODULE DmfModule,
    EVT_DMF_RingBuffer_Enumeration* RingBufferEntryCallback,
    VOID* RingBufferEntryCallbackContext,
    UCHAR* Item,
    ULONG ItemSize
    )
/*++

Routine Description:

    Shows all items to the Client that begin with the given bytes.

Arguments:

    DmfModule - This Module's handle.
    RingBufferEntryCallback - Called for each of these items, whatever it returns. It must not call this Module's Methods.
    RingBufferEntryCallbackContext - Passed to the callback.
    Item - The bytes.
    ItemSize - Their number. All items begin with none.

Return Value:

    None

--*/
{
    RINGBUFFER_SEARCH search;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 RingBuffer);

    if (ItemSize > DMF_CONTEXT_GET(DmfModule)->ItemSize)
    {
        /* No item begins with so many bytes. */
        DmfAssert(FALSE);
        goto Exit;
    }
    search.RingBufferEntryCallback = RingBufferEntryCallback;
    search.RingBufferEntryCallbackContext = RingBufferEntryCallbackContext;
    search.Item = Item;
    search.ItemSize = ItemSize;
    DMF_ModuleLock(DmfModule);
    RingBuffer_EnumerateItems(DmfModule,
                              RingBuffer_ItemCompare,
                              &search);
    DMF_ModuleUnlock(DmfModule);

Exit:

    return;
}

_Use_decl_annotations_
NTSTATUS
DMF_RingBuffer_Read(
    DMFMODULE DmfModule,
    UCHAR* TargetBuffer,
    ULONG TargetBufferSize
    )
/*++

Routine Description:

    Copies the oldest item to the Client and deletes it.

Arguments:

    DmfModule - This Module's handle.
    TargetBuffer - Where the item goes.
    TargetBufferSize - The size of an item.

Return Value:

    STATUS_UNSUCCESSFUL if there is no item, or if an item does not fit.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_RingBuffer* moduleContext;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 RingBuffer);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    DmfAssert(TargetBufferSize == moduleContext->ItemSize);
    ntStatus = STATUS_UNSUCCESSFUL;
    DMF_ModuleLock(DmfModule);
    if ((moduleContext->ItemsPresent > 0) && (TargetBufferSize >= moduleContext->ItemSize))
    {
        RtlCopyMemory(TargetBuffer,
                      RingBuffer_ItemGet(moduleContext,
                                         moduleContext->ReadIndex),
                      moduleContext->ItemSize);
        RingBuffer_OldestRemove(moduleContext);
        ntStatus = STATUS_SUCCESS;
    }
    DMF_ModuleUnlock(DmfModule);

    return ntStatus;
}

_Use_decl_annotations_
NTSTATUS
DMF_RingBuffer_ReadAll(
    DMFMODULE DmfModule,
    UCHAR* TargetBuffer,
    ULONG TargetBufferSize,
    ULONG* BytesWritten
    )
/*++

Routine Description:

    Copies the items to the Client, the oldest first, and deletes them, until the ring is empty or no further one fits.

Arguments:

    DmfModule - This Module's handle.
    TargetBuffer - Where the items go.
    TargetBufferSize - How much fits there: what DMF_RingBuffer_TotalSizeGet() gives.
    BytesWritten - The size of all copied items.

Return Value:

    STATUS_SUCCESS, also if there is no item.

--*/
{
    DMF_CONTEXT_RingBuffer* moduleContext;
    ULONG bytesWritten;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 RingBuffer);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    DmfAssert(TargetBufferSize >= moduleContext->ItemCount * moduleContext->ItemSize);
    bytesWritten = 0;
    DMF_ModuleLock(DmfModule);
    while ((moduleContext->ItemsPresent > 0) && (TargetBufferSize - bytesWritten >= moduleContext->ItemSize))
    {
        RtlCopyMemory(TargetBuffer + bytesWritten,
                      RingBuffer_ItemGet(moduleContext,
                                         moduleContext->ReadIndex),
                      moduleContext->ItemSize);
        RingBuffer_OldestRemove(moduleContext);
        bytesWritten += moduleContext->ItemSize;
    }
    DMF_ModuleUnlock(DmfModule);
    *BytesWritten = bytesWritten;

    return STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
DMF_RingBuffer_Reorder(
    DMFMODULE DmfModule,
    BOOLEAN Lock
    )
/*++

Routine Description:

    Puts the oldest item at the start of the ring's memory and zeroes what holds no item, so that who sees the memory alone
    finds the items in their order.

Arguments:

    DmfModule - This Module's handle.
    Lock - FALSE if the caller knows that nobody else uses the ring.

Return Value:

    None

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 RingBuffer);

    if (Lock)
    {
        DMF_ModuleLock(DmfModule);
    }
    RingBuffer_ItemsReorder(DMF_CONTEXT_GET(DmfModule));
    if (Lock)
    {
        DMF_ModuleUnlock(DmfModule);
    }
}

_Use_decl_annotations_
NTSTATUS
DMF_RingBuffer_SegmentsRead(
    DMFMODULE DmfModule,
    UCHAR** Segments,
    ULONG* SegmentSizes,
    ULONG* SegmentOffsets,
    ULONG NumberOfSegments
    )
/*++

Routine Description:

    Copies pieces of the oldest item to the Client and deletes the item.

Arguments:

    DmfModule - This Module's handle.
    Segments - Where each piece goes.
    SegmentSizes - The size of each piece.
    SegmentOffsets - Where in the item each piece begins.
    NumberOfSegments - The number of pieces.

Return Value:

    STATUS_UNSUCCESSFUL if there is no item. STATUS_INVALID_PARAMETER if a piece is not within an item.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_RingBuffer* moduleContext;
    UCHAR* item;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 RingBuffer);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    if (! RingBuffer_SegmentsAreValid(moduleContext,
                                      SegmentSizes,
                                      SegmentOffsets,
                                      NumberOfSegments))
    {
        DmfAssert(FALSE);
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    ntStatus = STATUS_UNSUCCESSFUL;
    DMF_ModuleLock(DmfModule);
    if (moduleContext->ItemsPresent > 0)
    {
        item = RingBuffer_ItemGet(moduleContext,
                                  moduleContext->ReadIndex);
        for (ULONG segmentIndex = 0; segmentIndex < NumberOfSegments; segmentIndex++)
        {
            RtlCopyMemory(Segments[segmentIndex],
                          item + SegmentOffsets[segmentIndex],
                          SegmentSizes[segmentIndex]);
        }
        RingBuffer_OldestRemove(moduleContext);
        ntStatus = STATUS_SUCCESS;
    }
    DMF_ModuleUnlock(DmfModule);

Exit:

    return ntStatus;
}

_Use_decl_annotations_
NTSTATUS
DMF_RingBuffer_SegmentsWrite(
    DMFMODULE DmfModule,
    UCHAR** Segments,
    ULONG* SegmentSizes,
    ULONG* SegmentOffsets,
    ULONG NumberOfSegments
    )
/*++

Routine Description:

    Writes an item that consists of pieces. What no piece covers is what the ring's memory held there before.

Arguments:

    DmfModule - This Module's handle.
    Segments - Where each piece comes from.
    SegmentSizes - The size of each piece.
    SegmentOffsets - Where in the item each piece begins.
    NumberOfSegments - The number of pieces.

Return Value:

    STATUS_UNSUCCESSFUL if the ring is full and keeps its oldest item. STATUS_INVALID_PARAMETER if a piece is not within
    an item.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_RingBuffer* moduleContext;
    UCHAR* item;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 RingBuffer);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    if (! RingBuffer_SegmentsAreValid(moduleContext,
                                      SegmentSizes,
                                      SegmentOffsets,
                                      NumberOfSegments))
    {
        DmfAssert(FALSE);
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    ntStatus = STATUS_UNSUCCESSFUL;
    DMF_ModuleLock(DmfModule);
    item = RingBuffer_ItemAdd(moduleContext);
    if (item != NULL)
    {
        for (ULONG segmentIndex = 0; segmentIndex < NumberOfSegments; segmentIndex++)
        {
            RtlCopyMemory(item + SegmentOffsets[segmentIndex],
                          Segments[segmentIndex],
                          SegmentSizes[segmentIndex]);
        }
        ntStatus = STATUS_SUCCESS;
    }
    DMF_ModuleUnlock(DmfModule);

Exit:

    return ntStatus;
}

_Use_decl_annotations_
VOID
DMF_RingBuffer_TotalSizeGet(
    DMFMODULE DmfModule,
    ULONG* TotalSize
    )
/*++

Routine Description:

    Gives the size of all items of a full ring.

Arguments:

    DmfModule - This Module's handle.
    TotalSize - The size in bytes.

Return Value:

    None

--*/
{
    DMF_CONTEXT_RingBuffer* moduleContext;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 RingBuffer);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    *TotalSize = moduleContext->ItemCount * moduleContext->ItemSize;
}

_Use_decl_annotations_
NTSTATUS
DMF_RingBuffer_Write(
    DMFMODULE DmfModule,
    UCHAR* SourceBuffer,
    ULONG SourceBufferSize
    )
/*++

Routine Description:

    Writes an item.

Arguments:

    DmfModule - This Module's handle.
    SourceBuffer - The item.
    SourceBufferSize - The size of an item.

Return Value:

    STATUS_UNSUCCESSFUL if the size is not that of an item, or if the ring is full and keeps its oldest item.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_RingBuffer* moduleContext;
    UCHAR* item;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 RingBuffer);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    ntStatus = STATUS_UNSUCCESSFUL;
    if (SourceBufferSize != moduleContext->ItemSize)
    {
        DmfAssert(FALSE);
        goto Exit;
    }

    DMF_ModuleLock(DmfModule);
    item = RingBuffer_ItemAdd(moduleContext);
    if (item != NULL)
    {
        RtlCopyMemory(item,
                      SourceBuffer,
                      moduleContext->ItemSize);
        ntStatus = STATUS_SUCCESS;
    }
    DMF_ModuleUnlock(DmfModule);

Exit:

    return ntStatus;
}
