/* SPDX-License-Identifier: MIT */
/*
 * HashTable: keys and values in one block of memory, found by open addressing.
 *
 * Environment: kernel mode and user mode drivers.
 */

/* DMF and this Module's Library specific definitions. */
#include "DmfModule.h"
#include "DmfModules.Core.h"
#include "DmfModules.Core.Trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "Dmf_HashTable.tmh"
#endif

/*
 * Module Private Enumerations and Structures
 */

#define HASHTABLE_MEMORY_TAG 'oMTH'

/* There are so many slots for each key that fits, so that a search ends soon. */
#define HASHTABLE_SLOTS_PER_KEY 2

/* An odd number whose bits have no pattern: 2^64 divided by the golden ratio. */
#define HASHTABLE_MULTIPLIER 0x9E3779B97F4A7C15ull

/* A slot; the room for the key follows, then that for the value. An empty slot has no mark. */
typedef struct
{
    /* Bits of the hash, so that few keys have to be compared; the lowest one is always set. */
    ULONG Mark;
    ULONG KeyLength;
    ULONG ValueLength;
} HASHTABLE_SLOT;

/* A key, and where its search begins. */
typedef struct
{
    UCHAR* Key;
    ULONG KeyLength;
    ULONG Mark;
    ULONG SlotIndex;
} HASHTABLE_SEARCH;

/*
 * Module Private Context
 */

typedef struct
{
    UCHAR* Slots;
    ULONG SlotCount;
    ULONG KeyCount;
    size_t SlotSize;
    /* What Methods need of the Config. */
    ULONG MaximumKeyLength;
    ULONG MaximumValueLength;
    ULONG MaximumTableSize;
    EVT_DMF_HashTable_HashCalculate* EvtHashTableHashCalculate;
    /* The slot of each key, in the order in which they came. */
    ULONG* SlotIndexes;
    WDFMEMORY SlotsMemory;
    WDFMEMORY SlotIndexesMemory;
} DMF_CONTEXT_HashTable;

/* This macro declares DMF_CONTEXT_GET(). */
DMF_MODULE_DECLARE_CONTEXT(HashTable)

/* This macro declares DMF_CONFIG_GET(). */
DMF_MODULE_DECLARE_CONFIG(HashTable)

/*
 * Module Private Code
 */

static
HASHTABLE_SLOT*
HashTable_SlotGet(
    _In_ DMF_CONTEXT_HashTable* ModuleContext,
    _In_ ULONG SlotIndex
    )
/*++

Routine Description:

    Finds a slot.

Arguments:

    ModuleContext - This Module's context.
    SlotIndex - Its number.

Return Value:

    The slot.

--*/
{
    return (HASHTABLE_SLOT*)(ModuleContext->Slots + (ModuleContext->SlotSize * SlotIndex));
}

static
UCHAR*
HashTable_KeyGet(
    _In_ HASHTABLE_SLOT* Slot
    )
/*++

Routine Description:

    Finds the room for a slot's key.

Arguments:

    Slot - The slot.

Return Value:

    The key.

--*/
{
    return (UCHAR*)(Slot + 1);
}

static
UCHAR*
HashTable_ValueGet(
    _In_ DMF_CONTEXT_HashTable* ModuleContext,
    _In_ HASHTABLE_SLOT* Slot
    )
/*++

Routine Description:

    Finds the room for a slot's value.

Arguments:

    ModuleContext - This Module's context.
    Slot - The slot.

Return Value:

    The value.

--*/
{
    return HashTable_KeyGet(Slot) + ModuleContext->MaximumKeyLength;
}

static
ULONGLONG
HashTable_Mix(
    _In_ ULONGLONG Hash
    )
/*++

Routine Description:

    Spreads every bit of a hash over all others.

Arguments:

    Hash - The hash.

Return Value:

    The spread hash.

--*/
{
    Hash *= HASHTABLE_MULTIPLIER;

    return Hash ^ (Hash >> 32);
}

static
ULONGLONG
HashTable_KeyHash(
    _In_reads_(KeyLength) UCHAR* Key,
    _In_ ULONG KeyLength
    )
/*++

Routine Description:

    The Module's own hash function: eight bytes at a time.

Arguments:

    Key - The key.
    KeyLength - Its length.

Return Value:

    The hash.

--*/
{
    ULONGLONG hash;
    ULONGLONG word;
    ULONG bytesLeft;

    hash = KeyLength;
    for (bytesLeft = KeyLength; bytesLeft >= sizeof(word); bytesLeft -= sizeof(word))
    {
        RtlCopyMemory(&word,
                      Key + (KeyLength - bytesLeft),
                      sizeof(word));
        hash = HashTable_Mix(hash ^ word);
    }
    if (bytesLeft > 0)
    {
        word = 0;
        RtlCopyMemory(&word,
                      Key + (KeyLength - bytesLeft),
                      bytesLeft);
        hash = HashTable_Mix(hash ^ word);
    }

    return hash;
}

static
VOID
HashTable_SearchBegin(
    _In_ DMF_CONTEXT_HashTable* ModuleContext,
    _In_ ULONGLONG Hash,
    _Inout_ HASHTABLE_SEARCH* Search
    )
/*++

Routine Description:

    Decides where the search for a key begins. Any number is a hash, so it is mixed first.

Arguments:

    ModuleContext - This Module's context.
    Hash - The hash of the key.
    Search - The search.

Return Value:

    None

--*/
{
    Hash = HashTable_Mix(Hash);
    Search->Mark = (ULONG)Hash | 1;
    Search->SlotIndex = (ULONG)(((Hash >> 32) * ModuleContext->SlotCount) >> 32);
}

static
VOID
HashTable_SearchPrepare(
    _In_ DMF_CONTEXT_HashTable* ModuleContext,
    _In_reads_(KeyLength) UCHAR* Key,
    _In_ ULONG KeyLength,
    _Out_ HASHTABLE_SEARCH* Search
    )
/*++

Routine Description:

    Prepares the search for a key, as far as that needs no lock.

Arguments:

    ModuleContext - This Module's context.
    Key - The key.
    KeyLength - Its length.
    Search - The search.

Return Value:

    None

--*/
{
    Search->Key = Key;
    Search->KeyLength = KeyLength;
    Search->Mark = 0;
    Search->SlotIndex = 0;
    if (ModuleContext->EvtHashTableHashCalculate == NULL)
    {
        HashTable_SearchBegin(ModuleContext,
                              HashTable_KeyHash(Key,
                                                KeyLength),
                              Search);
    }
}

static
HASHTABLE_SLOT*
HashTable_SlotFind(
    _In_ DMFMODULE DmfModule,
    _In_ DMF_CONTEXT_HashTable* ModuleContext,
    _Inout_ HASHTABLE_SEARCH* Search
    )
/*++

Routine Description:

    Finds the slot of a key, or the empty one where it would be. There always is one of both. The caller holds the Module's
    lock, under which the Client's hash function is called.

Arguments:

    DmfModule - This Module's handle.
    ModuleContext - This Module's context.
    Search - The search.

Return Value:

    The slot.

--*/
{
    HASHTABLE_SLOT* slot;

    if (ModuleContext->EvtHashTableHashCalculate != NULL)
    {
        HashTable_SearchBegin(ModuleContext,
                              ModuleContext->EvtHashTableHashCalculate(DmfModule,
                                                                      Search->Key,
                                                                      Search->KeyLength),
                              Search);
    }
    slot = HashTable_SlotGet(ModuleContext,
                             Search->SlotIndex);
    while ((slot->Mark != 0) &&
           ((slot->Mark != Search->Mark) || (slot->KeyLength != Search->KeyLength) ||
            (! RtlEqualMemory(HashTable_KeyGet(slot),
                              Search->Key,
                              Search->KeyLength))))
    {
        Search->SlotIndex++;
        if (Search->SlotIndex == ModuleContext->SlotCount)
        {
            Search->SlotIndex = 0;
        }
        slot = HashTable_SlotGet(ModuleContext,
                                 Search->SlotIndex);
    }

    return slot;
}

static
_Must_inspect_result_
NTSTATUS
HashTable_SlotFindOrAdd(
    _In_ DMFMODULE DmfModule,
    _Inout_ DMF_CONTEXT_HashTable* ModuleContext,
    _Inout_ HASHTABLE_SEARCH* Search,
    _Out_ HASHTABLE_SLOT** Slot
    )
/*++

Routine Description:

    Finds the slot of a key, and adds the key with an empty value if it is not there. The caller holds the Module's lock.

Arguments:

    DmfModule - This Module's handle.
    ModuleContext - This Module's context.
    Search - The search.
    Slot - The slot.

Return Value:

    STATUS_BUFFER_TOO_SMALL if the table is full.

--*/
{
    NTSTATUS ntStatus;
    HASHTABLE_SLOT* slot;

    ntStatus = STATUS_SUCCESS;
    slot = HashTable_SlotFind(DmfModule,
                              ModuleContext,
                              Search);
    if (slot->Mark == 0)
    {
        if (ModuleContext->KeyCount == ModuleContext->MaximumTableSize)
        {
            DmfAssert(FALSE);
            ntStatus = STATUS_BUFFER_TOO_SMALL;
            goto Exit;
        }
        slot->Mark = Search->Mark;
        slot->KeyLength = Search->KeyLength;
        slot->ValueLength = 0;
        RtlCopyMemory(HashTable_KeyGet(slot),
                      Search->Key,
                      Search->KeyLength);
        ModuleContext->SlotIndexes[ModuleContext->KeyCount] = Search->SlotIndex;
        ModuleContext->KeyCount++;
    }

Exit:

    *Slot = slot;

    return ntStatus;
}

/* Either callback of a search. */
typedef struct
{
    EVT_DMF_HashTable_Find* CallbackFind;
    EVT_DMF_HashTable_FindEx* CallbackFindEx;
    VOID* CallbackContext;
} HASHTABLE_CALLBACK;

static
_Must_inspect_result_
NTSTATUS
HashTable_ValueShow(
    _In_ DMFMODULE DmfModule,
    _In_reads_(KeyLength) UCHAR* Key,
    _In_ ULONG KeyLength,
    _In_ HASHTABLE_CALLBACK* Callback
    )
/*++

Routine Description:

    Finds a key, or adds it, and shows its value to the Client.

Arguments:

    DmfModule - This Module's handle.
    Key - The key.
    KeyLength - Its length.
    Callback - The Client's callback.

Return Value:

    STATUS_BUFFER_TOO_SMALL if the table is full, STATUS_INVALID_PARAMETER if the key is too long.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_HashTable* moduleContext;
    HASHTABLE_SEARCH search;
    HASHTABLE_SLOT* slot;

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    if (KeyLength > moduleContext->MaximumKeyLength)
    {
        DmfAssert(FALSE);
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    HashTable_SearchPrepare(moduleContext,
                            Key,
                            KeyLength,
                            &search);
    DMF_ModuleLock(DmfModule);
    ntStatus = HashTable_SlotFindOrAdd(DmfModule,
                                       moduleContext,
                                       &search,
                                       &slot);
    if (NT_SUCCESS(ntStatus))
    {
        if (Callback->CallbackFind != NULL)
        {
            Callback->CallbackFind(DmfModule,
                                   Key,
                                   KeyLength,
                                   HashTable_ValueGet(moduleContext,
                                                      slot),
                                   &slot->ValueLength);
        }
        else
        {
            Callback->CallbackFindEx(DmfModule,
                                     Callback->CallbackContext,
                                     Key,
                                     KeyLength,
                                     HashTable_ValueGet(moduleContext,
                                                        slot),
                                     &slot->ValueLength);
        }
        /* Whoever reads the value later must not read beyond it. */
        DmfAssert(slot->ValueLength <= moduleContext->MaximumValueLength);
        if (slot->ValueLength > moduleContext->MaximumValueLength)
        {
            slot->ValueLength = moduleContext->MaximumValueLength;
        }
    }
    DMF_ModuleUnlock(DmfModule);

Exit:

    return ntStatus;
}

/*
 * Module DMF Callbacks
 */

#pragma code_seg("PAGE")
static
VOID
DMF_HashTable_Close(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Uninitialize an instance of a DMF Module of type HashTable.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    DMF_CONTEXT_HashTable* moduleContext;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    if (moduleContext->SlotIndexesMemory != NULL)
    {
        WdfObjectDelete(moduleContext->SlotIndexesMemory);
        moduleContext->SlotIndexesMemory = NULL;
    }
    if (moduleContext->SlotsMemory != NULL)
    {
        WdfObjectDelete(moduleContext->SlotsMemory);
        moduleContext->SlotsMemory = NULL;
    }

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_HashTable_Open(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Initialize an instance of a DMF Module of type HashTable.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_HashTable* moduleContext;
    DMF_CONFIG_HashTable* moduleConfig;
    WDF_OBJECT_ATTRIBUTES objectAttributes;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    moduleConfig = DMF_CONFIG_GET(DmfModule);
    if ((moduleConfig->MaximumTableSize == 0) ||
        (moduleConfig->MaximumTableSize > MAXULONG / HASHTABLE_SLOTS_PER_KEY))
    {
        ntStatus = STATUS_INVALID_PARAMETER;
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "The table has no keys, or too many: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }

    moduleContext->SlotCount = moduleConfig->MaximumTableSize * HASHTABLE_SLOTS_PER_KEY;
    moduleContext->SlotSize = WDF_ALIGN_SIZE_UP(sizeof(HASHTABLE_SLOT) + (size_t)moduleConfig->MaximumKeyLength +
                                                    moduleConfig->MaximumValueLength,
                                                sizeof(ULONG));
    if (moduleContext->SlotSize > (size_t)MAXLONGLONG / moduleContext->SlotCount)
    {
        ntStatus = STATUS_INSUFFICIENT_RESOURCES;
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "The table is too large: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }

    WDF_OBJECT_ATTRIBUTES_INIT(&objectAttributes);
    objectAttributes.ParentObject = DmfModule;
    ntStatus = WdfMemoryCreate(&objectAttributes,
                               NonPagedPoolNx,
                               HASHTABLE_MEMORY_TAG,
                               moduleContext->SlotSize * moduleContext->SlotCount,
                               &moduleContext->SlotsMemory,
                               (VOID**)&moduleContext->Slots);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfMemoryCreate fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }
    ntStatus = WdfMemoryCreate(&objectAttributes,
                               NonPagedPoolNx,
                               HASHTABLE_MEMORY_TAG,
                               sizeof(ULONG) * (size_t)moduleConfig->MaximumTableSize,
                               &moduleContext->SlotIndexesMemory,
                               (VOID**)&moduleContext->SlotIndexes);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfMemoryCreate fails: ntStatus=%!STATUS!", ntStatus);
        DMF_HashTable_Close(DmfModule);
        goto Exit;
    }
    RtlZeroMemory(moduleContext->Slots,
                  moduleContext->SlotSize * moduleContext->SlotCount);
    moduleContext->MaximumKeyLength = moduleConfig->MaximumKeyLength;
    moduleContext->MaximumValueLength = moduleConfig->MaximumValueLength;
    moduleContext->MaximumTableSize = moduleConfig->MaximumTableSize;
    moduleContext->EvtHashTableHashCalculate = moduleConfig->EvtHashTableHashCalculate;

Exit:

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

/*
 * Public Calls by Client
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_HashTable_Create(
    WDFDEVICE Device,
    DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
    DMFMODULE* DmfModule
    )
/*++

Routine Description:

    Create an instance of a DMF Module of type HashTable.

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
    DMF_MODULE_DESCRIPTOR dmfModuleDescriptor_HashTable;
    DMF_CALLBACKS_DMF dmfCallbacksDmf_HashTable;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DMF_CALLBACKS_DMF_INIT(&dmfCallbacksDmf_HashTable);
    dmfCallbacksDmf_HashTable.DeviceOpen = DMF_HashTable_Open;
    dmfCallbacksDmf_HashTable.DeviceClose = DMF_HashTable_Close;

    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(dmfModuleDescriptor_HashTable,
                                            HashTable,
                                            DMF_CONTEXT_HashTable,
                                            DMF_MODULE_OPTIONS_DISPATCH,
                                            DMF_MODULE_OPEN_OPTION_OPEN_Create);
    dmfModuleDescriptor_HashTable.CallbacksDmf = &dmfCallbacksDmf_HashTable;

    ntStatus = DMF_ModuleCreate(Device,
                                DmfModuleAttributes,
                                ObjectAttributes,
                                &dmfModuleDescriptor_HashTable,
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
DMF_HashTable_Enumerate(
    DMFMODULE DmfModule,
    EVT_DMF_HashTable_Enumerate* CallbackEnumerate,
    VOID* CallbackContext
    )
/*++

Routine Description:

    Shows all keys and their values to the Client, in the order in which the keys came, until its callback returns FALSE.

Arguments:

    DmfModule - This Module's handle.
    CallbackEnumerate - Called for each key. It must change neither key nor value.
    CallbackContext - Passed to the callback.

Return Value:

    None

--*/
{
    DMF_CONTEXT_HashTable* moduleContext;
    HASHTABLE_SLOT* slot;
    BOOLEAN continueEnumeration;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 HashTable);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    continueEnumeration = TRUE;
    DMF_ModuleLock(DmfModule);
    for (ULONG keyIndex = 0; continueEnumeration && (keyIndex < moduleContext->KeyCount); keyIndex++)
    {
        slot = HashTable_SlotGet(moduleContext,
                                 moduleContext->SlotIndexes[keyIndex]);
        continueEnumeration = CallbackEnumerate(DmfModule,
                                                HashTable_KeyGet(slot),
                                                slot->KeyLength,
                                                HashTable_ValueGet(moduleContext,
                                                                   slot),
                                                slot->ValueLength,
                                                CallbackContext);
    }
    DMF_ModuleUnlock(DmfModule);
}

_Use_decl_annotations_
NTSTATUS
DMF_HashTable_Find(
    DMFMODULE DmfModule,
    UCHAR* Key,
    ULONG KeyLength,
    EVT_DMF_HashTable_Find* CallbackFind
    )
/*++

Routine Description:

    Finds a key, or adds it with an empty value, and shows its value to the Client, which may change it.

Arguments:

    DmfModule - This Module's handle.
    Key - The key.
    KeyLength - Its length.
    CallbackFind - Called once with the room for the value.

Return Value:

    STATUS_BUFFER_TOO_SMALL if the table is full, STATUS_INVALID_PARAMETER if the key is too long.

--*/
{
    HASHTABLE_CALLBACK callback;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 HashTable);

    callback.CallbackFind = CallbackFind;
    callback.CallbackFindEx = NULL;
    callback.CallbackContext = NULL;

    return HashTable_ValueShow(DmfModule,
                               Key,
                               KeyLength,
                               &callback);
}

_Use_decl_annotations_
NTSTATUS
DMF_HashTable_FindEx(
    DMFMODULE DmfModule,
    UCHAR* Key,
    ULONG KeyLength,
    EVT_DMF_HashTable_FindEx* CallbackFindEx,
    VOID* CallbackContext
    )
/*++

Routine Description:

    Finds a key, or adds it with an empty value, and shows its value to the Client, which may change it.

Arguments:

    DmfModule - This Module's handle.
    Key - The key.
    KeyLength - Its length.
    CallbackFindEx - Called once with the room for the value.
    CallbackContext - Passed to the callback.

Return Value:

    STATUS_BUFFER_TOO_SMALL if the table is full, STATUS_INVALID_PARAMETER if the key is too long.

--*/
{
    HASHTABLE_CALLBACK callback;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 HashTable);

    callback.CallbackFind = NULL;
    callback.CallbackFindEx = CallbackFindEx;
    callback.CallbackContext = CallbackContext;

    return HashTable_ValueShow(DmfModule,
                               Key,
                               KeyLength,
                               &callback);
}

_Use_decl_annotations_
NTSTATUS
DMF_HashTable_Read(
    DMFMODULE DmfModule,
    UCHAR* Key,
    ULONG KeyLength,
    UCHAR* ValueBuffer,
    ULONG ValueBufferLength,
    ULONG* ValueLength
    )
/*++

Routine Description:

    Copies the value of a key.

Arguments:

    DmfModule - This Module's handle.
    Key - The key.
    KeyLength - Its length.
    ValueBuffer - Where the value goes.
    ValueBufferLength - How much fits there.
    ValueLength - The length of the value. Nothing is written on failure.

Return Value:

    STATUS_NOT_FOUND if there is no such key, STATUS_BUFFER_TOO_SMALL if its value does not fit.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_HashTable* moduleContext;
    HASHTABLE_SEARCH search;
    HASHTABLE_SLOT* slot;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 HashTable);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    HashTable_SearchPrepare(moduleContext,
                            Key,
                            KeyLength,
                            &search);
    DMF_ModuleLock(DmfModule);
    slot = HashTable_SlotFind(DmfModule,
                              moduleContext,
                              &search);
    if (slot->Mark == 0)
    {
        ntStatus = STATUS_NOT_FOUND;
    }
    else if (ValueBufferLength < slot->ValueLength)
    {
        ntStatus = STATUS_BUFFER_TOO_SMALL;
    }
    else
    {
        RtlCopyMemory(ValueBuffer,
                      HashTable_ValueGet(moduleContext,
                                         slot),
                      slot->ValueLength);
        if (ValueLength != NULL)
        {
            *ValueLength = slot->ValueLength;
        }
        ntStatus = STATUS_SUCCESS;
    }
    DMF_ModuleUnlock(DmfModule);

    return ntStatus;
}

_Use_decl_annotations_
NTSTATUS
DMF_HashTable_Write(
    DMFMODULE DmfModule,
    UCHAR* Key,
    ULONG KeyLength,
    UCHAR* Value,
    ULONG ValueLength
    )
/*++

Routine Description:

    Writes the value of a key, which is added if it is not there.

Arguments:

    DmfModule - This Module's handle.
    Key - The key.
    KeyLength - Its length.
    Value - The value.
    ValueLength - Its length.

Return Value:

    STATUS_BUFFER_OVERFLOW if the value is too long, STATUS_INVALID_PARAMETER if the key is, STATUS_BUFFER_TOO_SMALL if
    the table is full.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_HashTable* moduleContext;
    HASHTABLE_SEARCH search;
    HASHTABLE_SLOT* slot;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 HashTable);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    if (ValueLength > moduleContext->MaximumValueLength)
    {
        DmfAssert(FALSE);
        ntStatus = STATUS_BUFFER_OVERFLOW;
        goto Exit;
    }
    if (KeyLength > moduleContext->MaximumKeyLength)
    {
        DmfAssert(FALSE);
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    HashTable_SearchPrepare(moduleContext,
                            Key,
                            KeyLength,
                            &search);
    DMF_ModuleLock(DmfModule);
    ntStatus = HashTable_SlotFindOrAdd(DmfModule,
                                       moduleContext,
                                       &search,
                                       &slot);
    if (NT_SUCCESS(ntStatus))
    {
        RtlCopyMemory(HashTable_ValueGet(moduleContext,
                                         slot),
                      Value,
                      ValueLength);
        slot->ValueLength = ValueLength;
    }
    DMF_ModuleUnlock(DmfModule);

Exit:

    return ntStatus;
}
