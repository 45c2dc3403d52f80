/* SPDX-License-Identifier: MIT */
/*
 * CrashDump: keeps data of the driver, and of programs, in rings of memory that become a part of a crash dump, and lists
 * memory of the driver for a triage dump.
 *
 * Environment: kernel mode drivers.
 */

/* DMF and this Module's Library specific definitions. */
#include "DmfModule.h"
#include "DmfModules.Core.h"
#include "DmfModules.Core.Trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "Dmf_CrashDump.tmh"
#endif

#if defined(DMF_KERNEL_MODE)

/*
 * Module Private Enumerations and Structures
 */

#define CRASHDUMP_TAG 'mDrC'

/* What a driver that a program has asked to stop says. */
#define CRASHDUMP_BUGCHECK_CODE 0xDEADDEAD

/* The key is the GUID as text. */
#define CRASHDUMP_KEY_LENGTH 32

/* The place of a file that was the writer of a data source and is closed. */
#define CRASHDUMP_WRITER_ORPHAN ((WDFFILEOBJECT)(ULONG_PTR)-1)

/* A data source, or a place for one. There is a data source if there is a ring. */
typedef struct
{
    DMFMODULE RingBuffer;
    ULONG EntrySize;
    ULONG TotalSize;
    GUID Guid;
    WDFFILEOBJECT Reader;
    WDFFILEOBJECT Writer;
    /* From here on for the time when the system stops. */
    KBUGCHECK_REASON_CALLBACK_RECORD CallbackRecord;
    CHAR Key[CRASHDUMP_KEY_LENGTH + sizeof(CHAR)];
    UCHAR* Data;
} CRASHDUMP_SLOT;

typedef
NTSTATUS
CrashDump_TriageArrayInitialize(_Out_ PKTRIAGE_DUMP_DATA_ARRAY TriageDumpDataArray,
                                _In_ ULONG Size);

typedef
NTSTATUS
CrashDump_TriageBlockAdd(_Inout_ PKTRIAGE_DUMP_DATA_ARRAY TriageDumpDataArray,
                         _In_ PVOID Address,
                         _In_ SIZE_T Size);

/*
 * Module Private Context
 */

typedef struct
{
    DMFMODULE DmfModule;
    DMF_CONFIG_CrashDump* ModuleConfig;
    /* The slots are guarded by the Module's lock: first the driver's own, then those of programs. */
    WDFMEMORY SlotsMemory;
    CRASHDUMP_SLOT* Slots;
    ULONG SlotCount;
    /* The ring of the first slot, for who may not wait for the lock. NULL if there is none. */
    DMFMODULE SelfRingBuffer;
    BOOLEAN IsSurpriseRemoved;
    KBUGCHECK_REASON_CALLBACK_RECORD AdditionalCallbackRecord;
    BOOLEAN AdditionalIsRegistered;
    KBUGCHECK_REASON_CALLBACK_RECORD TriageCallbackRecord;
    BOOLEAN TriageIsRegistered;
    WDFMEMORY TriageMemory;
    /* Guarded by the lock, except when the system stops. */
    PKTRIAGE_DUMP_DATA_ARRAY TriageArray;
    CrashDump_TriageBlockAdd* TriageBlockAdd;
    KSPIN_LOCK TriageLock;
} DMF_CONTEXT_CrashDump;

/* This macro declares the following function: */
/* DMF_CONTEXT_GET() */
DMF_MODULE_DECLARE_CONTEXT(CrashDump)

/* This macro declares the following function: */
/* DMF_CONFIG_GET() */
DMF_MODULE_DECLARE_CONFIG(CrashDump)

/* The driver's instance. */
DMFMODULE g_DmfModuleCrashDump;

/* There is an instance, or it is being created. */
static volatile LONG g_CrashDumpIsTaken;

/*
 * DMF Module Support Code
 */

/*
 * When the system stops. No locks, no memory, no other thread.
 */

static
_IRQL_requires_same_
BOOLEAN
CrashDump_FirstEntryGet(
    _In_ DMFMODULE DmfModule,
    _Inout_updates_(BufferSize) UCHAR* Buffer,
    _In_ ULONG BufferSize,
    _In_opt_ VOID* CallbackContext
    )
/*++

Routine Description:

    Remembers where the first entry of a ring is.

Arguments:

    DmfModule - The ring.
    Buffer - The entry.
    BufferSize - The size of an entry.
    CallbackContext - Where its address is written.

Return Value:

    FALSE, because the others follow it.

--*/
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(BufferSize);

    *(UCHAR**)CallbackContext = Buffer;

    return FALSE;
}

static
_IRQL_requires_same_
VOID
CrashDump_RingDataCallback(
    _In_ KBUGCHECK_CALLBACK_REASON Reason,
    _In_ struct _KBUGCHECK_REASON_CALLBACK_RECORD* Record,
    _Inout_ PVOID ReasonSpecificData,
    _In_ ULONG ReasonSpecificDataLength
    )
/*++

Routine Description:

    Gives the dump the entries of one data source. The system asks twice: first for the size, for which the entries are
    put
    into their order, the oldest first; then for the data, which is made unreadable for whoever does not know its GUID.

Arguments:

    Reason - Always for secondary data.
    Record - What was registered.
    ReasonSpecificData - What the system asks, and the answer.
    ReasonSpecificDataLength - The size of that.

Return Value:

    None

--*/
{
    CRASHDUMP_SLOT* slot;
    KBUGCHECK_SECONDARY_DUMP_DATA* dumpData;
    ULONG length;

    UNREFERENCED_PARAMETER(Reason);
    UNREFERENCED_PARAMETER(ReasonSpecificDataLength);

    slot = CONTAINING_RECORD(Record, CRASHDUMP_SLOT, CallbackRecord);
    dumpData = (KBUGCHECK_SECONDARY_DUMP_DATA*)ReasonSpecificData;
    length = min(slot->TotalSize, dumpData->MaximumAllowed);

    if (dumpData->OutBuffer == NULL)
    {
        slot->Data = NULL;
        DMF_RingBuffer_Reorder(slot->RingBuffer,
                               FALSE);
        DMF_RingBuffer_Enumerate(slot->RingBuffer,
                                 FALSE,
                                 CrashDump_FirstEntryGet,
                                 &slot->Data);
    }
    else if (slot->Data != NULL)
    {
        dumpData->Guid = slot->Guid;
        for (ULONG byteIndex = 0; byteIndex < length; byteIndex++)
        {
            slot->Data[byteIndex] ^= (UCHAR)slot->Key[byteIndex % CRASHDUMP_KEY_LENGTH];
        }
    }
    dumpData->OutBuffer = slot->Data;
    dumpData->OutBufferLength = (slot->Data != NULL) ? length : 0;
}

static
_IRQL_requires_same_
VOID
CrashDump_AdditionalDataCallback(
    _In_ KBUGCHECK_CALLBACK_REASON Reason,
    _In_ struct _KBUGCHECK_REASON_CALLBACK_RECORD* Record,
    _Inout_ PVOID ReasonSpecificData,
    _In_ ULONG ReasonSpecificDataLength
    )
/*++

Routine Description:

    Gives the dump the Client's own data. The system asks twice: for the size, and for the data.

Arguments:

    Reason - Always for secondary data.
    Record - What was registered.
    ReasonSpecificData - What the system asks, and the answer.
    ReasonSpecificDataLength - The size of that.

Return Value:

    None

--*/
{
    DMF_CONTEXT_CrashDump* moduleContext;
    CrashDump_SecondaryData* secondaryData;
    KBUGCHECK_SECONDARY_DUMP_DATA* dumpData;

    UNREFERENCED_PARAMETER(Reason);
    UNREFERENCED_PARAMETER(ReasonSpecificDataLength);

    moduleContext = CONTAINING_RECORD(Record, DMF_CONTEXT_CrashDump, AdditionalCallbackRecord);
    secondaryData = &moduleContext->ModuleConfig->SecondaryData;
    dumpData = (KBUGCHECK_SECONDARY_DUMP_DATA*)ReasonSpecificData;

    if (dumpData->OutBuffer == NULL)
    {
        secondaryData->EvtCrashDumpQuery(moduleContext->DmfModule,
                                         &dumpData->OutBuffer,
                                         &dumpData->OutBufferLength);
    }
    else
    {
        dumpData->Guid = secondaryData->AdditionalDataGuid;
        dumpData->OutBufferLength = dumpData->MaximumAllowed;
        secondaryData->EvtCrashDumpWrite(moduleContext->DmfModule,
                                         &dumpData->OutBuffer,
                                         &dumpData->OutBufferLength);
    }
    dumpData->OutBufferLength = min(dumpData->OutBufferLength, dumpData->MaximumAllowed);
}

static
_IRQL_requires_same_
VOID
CrashDump_TriageDataCallback(
    _In_ KBUGCHECK_CALLBACK_REASON Reason,
    _In_ struct _KBUGCHECK_REASON_CALLBACK_RECORD* Record,
    _Inout_ PVOID ReasonSpecificData,
    _In_ ULONG ReasonSpecificDataLength
    )
/*++

Routine Description:

    Gives a triage dump the list of the driver's memory, after the Client has added what it wants.

Arguments:

    Reason - Always for triage data.
    Record - What was registered.
    ReasonSpecificData - What the system says, and the answer.
    ReasonSpecificDataLength - The size of that.

Return Value:

    None

--*/
{
    DMF_CONTEXT_CrashDump* moduleContext;
    CrashDump_TriageDumpData* triageDumpData;
    KBUGCHECK_TRIAGE_DUMP_DATA* dumpData;

    UNREFERENCED_PARAMETER(Reason);
    UNREFERENCED_PARAMETER(ReasonSpecificDataLength);

    moduleContext = CONTAINING_RECORD(Record, DMF_CONTEXT_CrashDump, TriageCallbackRecord);
    triageDumpData = &moduleContext->ModuleConfig->TriageDumpData;
    dumpData = (KBUGCHECK_TRIAGE_DUMP_DATA*)ReasonSpecificData;

    if ((dumpData->Flags & KB_TRIAGE_DUMP_DATA_FLAG_BUGCHECK_ACTIVE) != 0)
    {
        if (triageDumpData->EvtCrashDumpStoreTriageDumpData != NULL)
        {
            triageDumpData->EvtCrashDumpStoreTriageDumpData(moduleContext->DmfModule,
                                                            dumpData->BugCheckCode,
                                                            dumpData->BugCheckParameter1,
                                                            dumpData->BugCheckParameter2,
                                                            dumpData->BugCheckParameter3,
                                                            dumpData->BugCheckParameter4);
        }
        dumpData->DataArray = moduleContext->TriageArray;
    }
}

/*
 * Data sources. The caller holds the Module's lock, or nobody else knows the Module.
 */

#pragma code_seg("PAGE")
static
BOOLEAN
CrashDump_GuidsAreEqual(
    _In_ const GUID* Left,
    _In_ const GUID* Right
    )
/*++

Routine Description:

    Compares two GUIDs.

Arguments:

    Left - The one.
    Right - The other.

Return Value:

    TRUE if they are equal.

--*/
{
    PAGED_CODE();

    return RtlCompareMemory(Left,
                            Right,
                            sizeof(GUID)) == sizeof(GUID);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
CRASHDUMP_SLOT*
CrashDump_SlotOfGuid(
    _In_ DMF_CONTEXT_CrashDump* ModuleContext,
    _In_ const GUID* Guid,
    _In_ BOOLEAN WithoutWriter
    )
/*++

Routine Description:

    Finds the data source with a GUID among those of programs.

Arguments:

    ModuleContext - This Module's Context.
    Guid - The given GUID.
    WithoutWriter - Only a data source that nobody writes to will do.

Return Value:

    NULL if there is none, and always for the GUID that consists of zeroes.

--*/
{
    static const GUID noGuid = {0};
    CRASHDUMP_SLOT* slotFound;

    PAGED_CODE();

    slotFound = NULL;
    if (! CrashDump_GuidsAreEqual(Guid,
                                  &noGuid))
    {
        for (ULONG slotIndex = RINGBUFFER_INDEX_CLIENT_FIRST;
             (slotIndex < ModuleContext->SlotCount) && (slotFound == NULL);
             slotIndex++)
        {
            CRASHDUMP_SLOT* slot = &ModuleContext->Slots[slotIndex];

            if ((slot->RingBuffer != NULL) &&
                CrashDump_GuidsAreEqual(&slot->Guid,
                                        Guid) &&
                ((! WithoutWriter) || (slot->Writer == CRASHDUMP_WRITER_ORPHAN)))
            {
                slotFound = slot;
            }
        }
    }

    return slotFound;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
CRASHDUMP_SLOT*
CrashDump_SlotOfFile(
    _In_ DMF_CONTEXT_CrashDump* ModuleContext,
    _In_ WDFFILEOBJECT FileObject,
    _In_ DataSourceModeType DataSourceMode
    )
/*++

Routine Description:

    Finds the first data source to which a file is something.

Arguments:

    ModuleContext - This Module's Context.
    FileObject - The given file.
    DataSourceMode - What the file must be; DataSourceModeMaximum for anything.

Return Value:

    NULL if there is none.

--*/
{
    CRASHDUMP_SLOT* slotFound;

    PAGED_CODE();

    slotFound = NULL;
    for (ULONG slotIndex = RINGBUFFER_INDEX_CLIENT_FIRST;
         (slotIndex < ModuleContext->SlotCount) && (slotFound == NULL);
         slotIndex++)
    {
        CRASHDUMP_SLOT* slot = &ModuleContext->Slots[slotIndex];

        if (((slot->Reader == FileObject) && (DataSourceMode != DataSourceModeWrite)) ||
            ((slot->Writer == FileObject) && (DataSourceMode != DataSourceModeRead)))
        {
            slotFound = slot;
        }
    }

    return slotFound;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
CRASHDUMP_SLOT*
CrashDump_SlotFree(
    _In_ DMF_CONTEXT_CrashDump* ModuleContext
    )
/*++

Routine Description:

    Finds a place for a new data source of a program.

Arguments:

    ModuleContext - This Module's Context.

Return Value:

    NULL if there is none.

--*/
{
    CRASHDUMP_SLOT* slotFound;

    PAGED_CODE();

    slotFound = NULL;
    for (ULONG slotIndex = RINGBUFFER_INDEX_CLIENT_FIRST;
         (slotIndex < ModuleContext->SlotCount) && (slotFound == NULL);
         slotIndex++)
    {
        if (ModuleContext->Slots[slotIndex].RingBuffer == NULL)
        {
            slotFound = &ModuleContext->Slots[slotIndex];
        }
    }

    return slotFound;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
CrashDump_KeyMake(
    _Inout_ CRASHDUMP_SLOT* Slot
    )
/*++

Routine Description:

    Makes the key that hides the data of a data source.

Arguments:

    Slot - The data source.

Return Value:

    None

--*/
{
    const GUID* guid;

    PAGED_CODE();

    guid = &Slot->Guid;
    sprintf_s(Slot->Key,
              sizeof(Slot->Key),
              "%08X%04X%04X%02X%02X%02X%02X%02X%02X%02X%02X",
              (unsigned int)guid->Data1,
              guid->Data2,
              guid->Data3,
              guid->Data4[0],
              guid->Data4[1],
              guid->Data4[2],
              guid->Data4[3],
              guid->Data4[4],
              guid->Data4[5],
              guid->Data4[6],
              guid->Data4[7]);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
CrashDump_SourceDestroy(
    _Inout_ CRASHDUMP_SLOT* Slot
    )
/*++

Routine Description:

    Destroys a data source, if there is one, and makes its slot free.

Arguments:

    Slot - The slot.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (Slot->RingBuffer != NULL)
    {
        KeDeregisterBugCheckReasonCallback(&Slot->CallbackRecord);
        WdfObjectDelete(Slot->RingBuffer);
        RtlZeroMemory(Slot,
                      sizeof(CRASHDUMP_SLOT));
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
CrashDump_SourceCreate(
    _In_ DMFMODULE DmfModule,
    _Inout_ CRASHDUMP_SLOT* Slot,
    _In_ ULONG EntriesCount,
    _In_ ULONG EntrySize,
    _In_ ULONG SizeMaximum,
    _In_ const GUID* Guid
    )
/*++

Routine Description:

    Makes a data source in a free slot. Nothing is left of one that cannot be made.

Arguments:

    DmfModule - This Module's handle.
    Slot - The slot.
    EntriesCount - How many entries there are.
    EntrySize - The size of each.
    SizeMaximum - The largest size of all together.
    Guid - The GUID of the data source.

Return Value:

    STATUS_SUCCESS, STATUS_INVALID_PARAMETER for a ring without entries, one that is too large, or one of which the
    system does not want to know, or why there is no ring.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONFIG_CrashDump* moduleConfig;
    DMF_CONFIG_RingBuffer moduleConfigRingBuffer;
    DMF_MODULE_ATTRIBUTES moduleAttributes;
    WDF_OBJECT_ATTRIBUTES objectAttributes;
    DMFMODULE ringBuffer;

    PAGED_CODE();

    moduleConfig = DMF_CONFIG_GET(DmfModule);

    if ((EntriesCount == 0) ||
        (EntrySize == 0) ||
        ((ULONGLONG)EntriesCount * EntrySize > SizeMaximum))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "A ring cannot have %u entries of %u bytes", EntriesCount, EntrySize);
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    DMF_CONFIG_RingBuffer_AND_ATTRIBUTES_INIT(&moduleConfigRingBuffer,
                                              &moduleAttributes);
    moduleConfigRingBuffer.ItemCount = EntriesCount;
    moduleConfigRingBuffer.ItemSize = EntrySize;
    moduleConfigRingBuffer.Mode = RingBuffer_Mode_DeleteOldestIfFullOnWrite;
    moduleAttributes.ClientModuleInstanceName = "DataSourceRingBuffer";
    WDF_OBJECT_ATTRIBUTES_INIT(&objectAttributes);
    objectAttributes.ParentObject = DMF_ParentDeviceGet(DmfModule);
    ntStatus = DMF_RingBuffer_Create(DMF_ParentDeviceGet(DmfModule),
                                     &moduleAttributes,
                                     &objectAttributes,
                                     &ringBuffer);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "DMF_RingBuffer_Create fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }

    RtlZeroMemory(Slot,
                  sizeof(CRASHDUMP_SLOT));
    Slot->RingBuffer = ringBuffer;
    Slot->EntrySize = EntrySize;
    Slot->Guid = *Guid;
    DMF_RingBuffer_TotalSizeGet(ringBuffer,
                                &Slot->TotalSize);
    CrashDump_KeyMake(Slot);
    KeInitializeCallbackRecord(&Slot->CallbackRecord);
    if (! KeRegisterBugCheckReasonCallback(&Slot->CallbackRecord,
                                           CrashDump_RingDataCallback,
                                           KbCallbackSecondaryDumpData,
                                           moduleConfig->ComponentName))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "KeRegisterBugCheckReasonCallback fails");
        ntStatus = STATUS_INVALID_PARAMETER;
        CrashDump_SourceDestroy(Slot);
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

/*
 * Requests of programs. Each function is called with the Module's lock. It gets the file, and buffers of which those that it
 * needs are there.
 */

typedef
NTSTATUS
CrashDump_RequestHandler(_In_ DMFMODULE DmfModule,
                         _In_ WDFFILEOBJECT FileObject,
                         _In_ VOID* InputBuffer,
                         _In_ size_t InputBufferSize,
                         _Out_ VOID* OutputBuffer,
                         _In_ size_t OutputBufferSize,
                         _Inout_ size_t* BytesReturned);

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
CrashDump_Create(
    _In_ DMFMODULE DmfModule,
    _In_ WDFFILEOBJECT FileObject,
    _In_ VOID* InputBuffer,
    _In_ size_t InputBufferSize,
    _Out_ VOID* OutputBuffer,
    _In_ size_t OutputBufferSize,
    _Inout_ size_t* BytesReturned
    )
/*++

Routine Description:

    Makes the sender's file the writer of a data source: of one that has lost its writer, or of a new one.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The sender's file.
    InputBuffer - What the data source is to be.
    InputBufferSize - The size of that.
    OutputBuffer - Not used.
    OutputBufferSize - Not used.
    BytesReturned - The size of what was understood.

Return Value:

    STATUS_NO_MORE_FILES if there is no room, or if the file has one already, or what making it says.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_CrashDump* moduleContext;
    DATA_SOURCE_CREATE dataSource;
    CRASHDUMP_SLOT* slot;

    UNREFERENCED_PARAMETER(OutputBuffer);
    UNREFERENCED_PARAMETER(OutputBufferSize);

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    if (InputBufferSize < sizeof(DATA_SOURCE_CREATE))
    {
        ntStatus = STATUS_BUFFER_TOO_SMALL;
        goto Exit;
    }
    RtlCopyMemory(&dataSource,
                  InputBuffer,
                  sizeof(DATA_SOURCE_CREATE));

    ntStatus = STATUS_SUCCESS;
    slot = CrashDump_SlotOfGuid(moduleContext,
                                &dataSource.Guid,
                                TRUE);
    if (slot == NULL)
    {
        slot = CrashDump_SlotFree(moduleContext);
        if ((slot == NULL) ||
            (CrashDump_SlotOfFile(moduleContext,
                                  FileObject,
                                  DataSourceModeWrite) != NULL))
        {
            ntStatus = STATUS_NO_MORE_FILES;
            goto Exit;
        }
        ntStatus = CrashDump_SourceCreate(DmfModule,
                                          slot,
                                          dataSource.EntriesCount,
                                          dataSource.EntrySize,
                                          moduleContext->ModuleConfig->SecondaryData.RingBufferMaximumSize,
                                          &dataSource.Guid);
    }
    if (NT_SUCCESS(ntStatus))
    {
        slot->Writer = FileObject;
        *BytesReturned = InputBufferSize;
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
CrashDump_Open(
    _In_ DMFMODULE DmfModule,
    _In_ WDFFILEOBJECT FileObject,
    _In_ VOID* InputBuffer,
    _In_ size_t InputBufferSize,
    _Out_ VOID* OutputBuffer,
    _In_ size_t OutputBufferSize,
    _Inout_ size_t* BytesReturned
    )
/*++

Routine Description:

    Makes the sender's file the reader of a data source, in place of the one that it has.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The sender's file.
    InputBuffer - Says which data source.
    InputBufferSize - The size of that.
    OutputBuffer - Where the size of the data source is written.
    OutputBufferSize - How much fits there.
    BytesReturned - The size of what is written.

Return Value:

    STATUS_UNSUCCESSFUL if there is no such data source.

--*/
{
    NTSTATUS ntStatus;
    DATA_SOURCE_OPEN dataSource;
    CRASHDUMP_SLOT* slot;

    PAGED_CODE();

    if ((InputBufferSize < sizeof(DATA_SOURCE_OPEN)) ||
        (OutputBufferSize < sizeof(DATA_SOURCE_OPEN)))
    {
        ntStatus = STATUS_BUFFER_TOO_SMALL;
        goto Exit;
    }
    RtlCopyMemory(&dataSource,
                  InputBuffer,
                  sizeof(DATA_SOURCE_OPEN));

    slot = CrashDump_SlotOfGuid(DMF_CONTEXT_GET(DmfModule),
                                &dataSource.Guid,
                                FALSE);
    if (slot == NULL)
    {
        ntStatus = STATUS_UNSUCCESSFUL;
        goto Exit;
    }
    slot->Reader = FileObject;
    dataSource.EntrySize = slot->EntrySize;
    dataSource.EntriesCount = slot->TotalSize / slot->EntrySize;
    RtlCopyMemory(OutputBuffer,
                  &dataSource,
                  sizeof(DATA_SOURCE_OPEN));
    *BytesReturned = sizeof(DATA_SOURCE_OPEN);
    ntStatus = STATUS_SUCCESS;

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
CrashDump_Write(
    _In_ DMFMODULE DmfModule,
    _In_ WDFFILEOBJECT FileObject,
    _In_ VOID* InputBuffer,
    _In_ size_t InputBufferSize,
    _Out_ VOID* OutputBuffer,
    _In_ size_t OutputBufferSize,
    _Inout_ size_t* BytesReturned
    )
/*++

Routine Description:

    Writes an entry to the sender's data source.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The sender's file.
    InputBuffer - The entry.
    InputBufferSize - Its size.
    OutputBuffer - Not used.
    OutputBufferSize - Not used.
    BytesReturned - The size of the entry, also if it is not written.

Return Value:

    STATUS_INVALID_HANDLE if the sender has none, STATUS_BUFFER_OVERFLOW for more than an entry, STATUS_UNSUCCESSFUL for
    less, or what the ring says.

--*/
{
    NTSTATUS ntStatus;
    CRASHDUMP_SLOT* slot;

    UNREFERENCED_PARAMETER(OutputBuffer);
    UNREFERENCED_PARAMETER(OutputBufferSize);

    PAGED_CODE();

    *BytesReturned = InputBufferSize;
    slot = CrashDump_SlotOfFile(DMF_CONTEXT_GET(DmfModule),
                                FileObject,
                                DataSourceModeWrite);
    if (slot == NULL)
    {
        ntStatus = STATUS_INVALID_HANDLE;
    }
    else if (InputBufferSize > slot->EntrySize)
    {
        ntStatus = STATUS_BUFFER_OVERFLOW;
    }
    else if (InputBufferSize < slot->EntrySize)
    {
        /* The ring refuses it as well, but takes it for a mistake of this driver. */
        ntStatus = STATUS_UNSUCCESSFUL;
    }
    else
    {
        ntStatus = DMF_RingBuffer_Write(slot->RingBuffer,
                                        (UCHAR*)InputBuffer,
                                        slot->EntrySize);
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
CrashDump_Read(
    _In_ DMFMODULE DmfModule,
    _In_ WDFFILEOBJECT FileObject,
    _In_ VOID* InputBuffer,
    _In_ size_t InputBufferSize,
    _Out_ VOID* OutputBuffer,
    _In_ size_t OutputBufferSize,
    _Inout_ size_t* BytesReturned
    )
/*++

Routine Description:

    Takes the oldest entry out of the data source that the sender reads.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The sender's file.
    InputBuffer - Not used.
    InputBufferSize - Not used.
    OutputBuffer - Where the entry goes. The rest of it becomes zero.
    OutputBufferSize - How much fits there.
    BytesReturned - How much fits there.

Return Value:

    STATUS_INVALID_HANDLE if the sender reads none, STATUS_BUFFER_OVERFLOW if the entry does not fit, or what the ring
    says.

--*/
{
    NTSTATUS ntStatus;
    CRASHDUMP_SLOT* slot;

    UNREFERENCED_PARAMETER(InputBuffer);
    UNREFERENCED_PARAMETER(InputBufferSize);

    PAGED_CODE();

    /* The sender is told of all of the buffer, also when it does not fit, so nothing else may be in there. */
    RtlZeroMemory(OutputBuffer,
                  OutputBufferSize);
    *BytesReturned = OutputBufferSize;
    slot = CrashDump_SlotOfFile(DMF_CONTEXT_GET(DmfModule),
                                FileObject,
                                DataSourceModeRead);
    if (slot == NULL)
    {
        ntStatus = STATUS_INVALID_HANDLE;
    }
    else if (OutputBufferSize < slot->EntrySize)
    {
        ntStatus = STATUS_BUFFER_OVERFLOW;
    }
    else
    {
        DmfAssert(OutputBufferSize == slot->EntrySize);
        ntStatus = DMF_RingBuffer_Read(slot->RingBuffer,
                                       (UCHAR*)OutputBuffer,
                                       slot->EntrySize);
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
CrashDump_Capture(
    _In_ DMFMODULE DmfModule,
    _In_ WDFFILEOBJECT FileObject,
    _In_ VOID* InputBuffer,
    _In_ size_t InputBufferSize,
    _Out_ VOID* OutputBuffer,
    _In_ size_t OutputBufferSize,
    _Inout_ size_t* BytesReturned
    )
/*++

Routine Description:

    Takes all entries out of the data source that the sender reads, the oldest first.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The sender's file.
    InputBuffer - Not used.
    InputBufferSize - Not used.
    OutputBuffer - Where the entries go.
    OutputBufferSize - How much fits there.
    BytesReturned - The size of what was taken out.

Return Value:

    STATUS_INVALID_HANDLE if the sender reads none, STATUS_BUFFER_OVERFLOW if the entries of a full ring do not fit.

--*/
{
    NTSTATUS ntStatus;
    CRASHDUMP_SLOT* slot;
    ULONG bytesWritten;

    UNREFERENCED_PARAMETER(InputBuffer);
    UNREFERENCED_PARAMETER(InputBufferSize);

    PAGED_CODE();

    slot = CrashDump_SlotOfFile(DMF_CONTEXT_GET(DmfModule),
                                FileObject,
                                DataSourceModeRead);
    if (slot == NULL)
    {
        ntStatus = STATUS_INVALID_HANDLE;
    }
    else if (OutputBufferSize < slot->TotalSize)
    {
        ntStatus = STATUS_BUFFER_OVERFLOW;
    }
    else
    {
        DmfAssert(OutputBufferSize == slot->TotalSize);
        ntStatus = DMF_RingBuffer_ReadAll(slot->RingBuffer,
                                          (UCHAR*)OutputBuffer,
                                          slot->TotalSize,
                                          &bytesWritten);
        *BytesReturned = bytesWritten;
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
CrashDump_Destroy(
    _In_ DMFMODULE DmfModule,
    _In_ WDFFILEOBJECT FileObject,
    _In_ VOID* InputBuffer,
    _In_ size_t InputBufferSize,
    _Out_ VOID* OutputBuffer,
    _In_ size_t OutputBufferSize,
    _Inout_ size_t* BytesReturned
    )
/*++

Routine Description:

    Destroys the first data source that the sender reads or writes, if there is one.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The sender's file.
    InputBuffer - Not used.
    InputBufferSize - Not used.
    OutputBuffer - Not used.
    OutputBufferSize - Not used.
    BytesReturned - Stays zero.

Return Value:

    STATUS_SUCCESS

--*/
{
    CRASHDUMP_SLOT* slot;

    UNREFERENCED_PARAMETER(InputBuffer);
    UNREFERENCED_PARAMETER(InputBufferSize);
    UNREFERENCED_PARAMETER(OutputBuffer);
    UNREFERENCED_PARAMETER(OutputBufferSize);
    UNREFERENCED_PARAMETER(BytesReturned);

    PAGED_CODE();

    slot = CrashDump_SlotOfFile(DMF_CONTEXT_GET(DmfModule),
                                FileObject,
                                DataSourceModeMaximum);
    if (slot != NULL)
    {
        if (slot->Reader == FileObject)
        {
            slot->Reader = NULL;
        }
        else
        {
            slot->Writer = NULL;
        }
        DmfAssertMessage("Another file uses the data source, or the same one in another way.",
                         (slot->Reader == NULL) && (slot->Writer == NULL));
        CrashDump_SourceDestroy(slot);
    }

    return STATUS_SUCCESS;
}
#pragma code_seg()

/* What a request's code asks for, and which buffers it cannot do without. */
typedef struct
{
    ULONG IoctlCode;
    CrashDump_RequestHandler* RequestHandler;
    BOOLEAN NeedsInput;
    BOOLEAN NeedsOutput;
} CRASHDUMP_REQUEST;

static const CRASHDUMP_REQUEST g_CrashDumpRequests[] =
{
    { IOCTL_DATA_SOURCE_CREATE, CrashDump_Create, TRUE, FALSE },
    { IOCTL_DATA_SOURCE_DESTROY, CrashDump_Destroy, FALSE, FALSE },
    { IOCTL_DATA_SOURCE_WRITE, CrashDump_Write, TRUE, FALSE },
    { IOCTL_DATA_SOURCE_READ, CrashDump_Read, FALSE, TRUE },
    { IOCTL_DATA_SOURCE_OPEN, CrashDump_Open, TRUE, TRUE },
    { IOCTL_DATA_SOURCE_CAPTURE, CrashDump_Capture, FALSE, TRUE },
};

#pragma code_seg("PAGE")
static
_Function_class_(EVT_DMF_IoctlHandler_Callback)
_Must_inspect_result_
NTSTATUS
CrashDump_RequestDispatch(
    _In_ DMFMODULE DmfModule,
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ ULONG IoctlCode,
    _In_reads_(InputBufferSize) VOID* InputBuffer,
    _In_ size_t InputBufferSize,
    _Out_writes_(OutputBufferSize) VOID* OutputBuffer,
    _In_ size_t OutputBufferSize,
    _Out_ size_t* BytesReturned
    )
/*++

Routine Description:

    Gives a request to its handler, one at a time.

Arguments:

    DmfModule - The child that got the request.
    Queue - Not used.
    Request - The request.
    IoctlCode - Its code.
    InputBuffer - Its input buffer.
    InputBufferSize - The input buffer's size.
    OutputBuffer - Its output buffer.
    OutputBufferSize - The output buffer's size.
    BytesReturned - How much of the output buffer is used.

Return Value:

    STATUS_INVALID_ADDRESS, or STATUS_INVALID_PARAMETER for a write, if the request belongs to no file;
    STATUS_BUFFER_TOO_SMALL if a buffer is missing; or what the handler says.

--*/
{
    NTSTATUS ntStatus;
    DMFMODULE dmfModuleCrashDump;
    WDFFILEOBJECT fileObject;
    const CRASHDUMP_REQUEST* request;

    UNREFERENCED_PARAMETER(Queue);

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    /* The child passes on the codes of the table only. */
    request = g_CrashDumpRequests;
    while (request->IoctlCode != IoctlCode)
    {
        request++;
    }

    fileObject = WdfRequestGetFileObject(Request);
    if (fileObject == NULL)
    {
        ntStatus = (IoctlCode == IOCTL_DATA_SOURCE_WRITE) ? STATUS_INVALID_PARAMETER : STATUS_INVALID_ADDRESS;
    }
    else if ((request->NeedsInput && (InputBuffer == NULL)) ||
             (request->NeedsOutput && (OutputBuffer == NULL)))
    {
        ntStatus = STATUS_BUFFER_TOO_SMALL;
    }
    else
    {
        dmfModuleCrashDump = DMF_ParentModuleGet(DmfModule);
        DMF_ModuleLock(dmfModuleCrashDump);
        ntStatus = request->RequestHandler(dmfModuleCrashDump,
                                           fileObject,
                                           InputBuffer,
                                           InputBufferSize,
                                           OutputBuffer,
                                           OutputBufferSize,
                                           BytesReturned);
        DMF_ModuleUnlock(dmfModuleCrashDump);
    }

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

#if defined(DEBUG)
#pragma code_seg("PAGE")
static
_Function_class_(EVT_DMF_IoctlHandler_Callback)
_Must_inspect_result_
NTSTATUS
CrashDump_RequestCrash(
    _In_ DMFMODULE DmfModule,
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ ULONG IoctlCode,
    _In_reads_(InputBufferSize) VOID* InputBuffer,
    _In_ size_t InputBufferSize,
    _Out_writes_(OutputBufferSize) VOID* OutputBuffer,
    _In_ size_t OutputBufferSize,
    _Out_ size_t* BytesReturned
    )
/*++

Routine Description:

    Stops the system, because a program wants to see the dump.

Arguments:

    DmfModule - The child that got the request.
    Queue - Not used.
    Request - Not used.
    IoctlCode - Not used.
    InputBuffer - Not used.
    InputBufferSize - Not used.
    OutputBuffer - Not used.
    OutputBufferSize - Not used.
    BytesReturned - Not used.

Return Value:

    Does not return.

--*/
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(IoctlCode);
    UNREFERENCED_PARAMETER(InputBuffer);
    UNREFERENCED_PARAMETER(InputBufferSize);
    UNREFERENCED_PARAMETER(OutputBuffer);
    UNREFERENCED_PARAMETER(OutputBufferSize);
    UNREFERENCED_PARAMETER(BytesReturned);

    PAGED_CODE();

    KeBugCheckEx(CRASHDUMP_BUGCHECK_CODE,
                 (ULONG_PTR)DMF_ParentModuleGet(DmfModule),
                 0,
                 0,
                 0);

    return STATUS_SUCCESS;
}
#pragma code_seg()
#endif

static IoctlHandler_IoctlRecord g_CrashDumpIoctlRecords[] =
{
    { (LONG)IOCTL_DATA_SOURCE_CREATE, 0, 0, CrashDump_RequestDispatch, FALSE },
    { (LONG)IOCTL_DATA_SOURCE_DESTROY, 0, 0, CrashDump_RequestDispatch, FALSE },
    { (LONG)IOCTL_DATA_SOURCE_WRITE, 0, 0, CrashDump_RequestDispatch, FALSE },
    { (LONG)IOCTL_DATA_SOURCE_READ, 0, 0, CrashDump_RequestDispatch, FALSE },
    { (LONG)IOCTL_DATA_SOURCE_OPEN, 0, 0, CrashDump_RequestDispatch, FALSE },
    { (LONG)IOCTL_DATA_SOURCE_CAPTURE, 0, 0, CrashDump_RequestDispatch, FALSE },
#if defined(DEBUG)
    { (LONG)IOCTL_CRASH_DRIVER, 0, 0, CrashDump_RequestCrash, FALSE },
#endif
};

/*
 * What the Module has while it is open.
 */

#pragma code_seg("PAGE")
static
BOOLEAN
CrashDump_ConfigIsValid(
    _In_ DMF_CONFIG_CrashDump* ModuleConfig
    )
/*++

Routine Description:

    Checks what the Client asks for.

Arguments:

    ModuleConfig - The Config of this Module.

Return Value:

    TRUE if it can be had.

--*/
{
    CrashDump_SecondaryData* secondaryData;
    CrashDump_TriageDumpData* triageDumpData;
    BOOLEAN isValid;

    PAGED_CODE();

    secondaryData = &ModuleConfig->SecondaryData;
    triageDumpData = &ModuleConfig->TriageDumpData;

    isValid = (secondaryData->DataSourceCount <= CrashDump_MAXIMUM_NUMBER_OF_DATA_SOURCES) &&
              ((secondaryData->EvtCrashDumpQuery == NULL) == (secondaryData->EvtCrashDumpWrite == NULL)) &&
              ((secondaryData->EvtCrashDumpWrite != NULL) ||
               (secondaryData->DataSourceCount != 0) ||
               ((secondaryData->BufferCount != 0) && (secondaryData->BufferSize != 0)) ||
               (triageDumpData->TriageDumpDataArraySize != 0)) &&
              ((secondaryData->BufferCount == 0) || (secondaryData->BufferSize != 0)) &&
              ((triageDumpData->TriageDumpDataArraySize == 0) || (ModuleConfig->ComponentName != NULL));
    DmfAssert(isValid);

    DmfAssert((secondaryData->BufferCount != 0) || (secondaryData->BufferSize == 0));
    DmfAssert((secondaryData->DataSourceCount == 0) || (secondaryData->RingBufferMaximumSize != 0));
    DmfAssert((triageDumpData->TriageDumpDataArraySize != 0) ||
              (triageDumpData->EvtCrashDumpStoreTriageDumpData == NULL));

    return isValid;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
CrashDump_SlotsCreate(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Makes the slots, and the driver's own data source if there is to be one.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    STATUS_SUCCESS, or why it cannot be made.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_CrashDump* moduleContext;
    CrashDump_SecondaryData* secondaryData;
    WDF_OBJECT_ATTRIBUTES objectAttributes;
    ULONG slotCount;
    VOID* slots;

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    secondaryData = &moduleContext->ModuleConfig->SecondaryData;

    slotCount = secondaryData->DataSourceCount + RINGBUFFER_INDEX_CLIENT_FIRST;
    WDF_OBJECT_ATTRIBUTES_INIT(&objectAttributes);
    objectAttributes.ParentObject = DmfModule;
    ntStatus = WdfMemoryCreate(&objectAttributes,
                               NonPagedPoolNx,
                               CRASHDUMP_TAG,
                               slotCount * sizeof(CRASHDUMP_SLOT),
                               &moduleContext->SlotsMemory,
                               &slots);
    if (! NT_SUCCESS(ntStatus))
    {
        moduleContext->SlotsMemory = NULL;
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfMemoryCreate fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }
    RtlZeroMemory(slots,
                  slotCount * sizeof(CRASHDUMP_SLOT));
    if (secondaryData->BufferCount != 0)
    {
        ntStatus = CrashDump_SourceCreate(DmfModule,
                                          (CRASHDUMP_SLOT*)slots + RINGBUFFER_INDEX_SELF,
                                          secondaryData->BufferCount,
                                          secondaryData->BufferSize,
                                          MAXULONG,
                                          &secondaryData->RingBufferDataGuid);
    }

    /* From here on programs find their slots. */
    DMF_ModuleLock(DmfModule);
    moduleContext->Slots = (CRASHDUMP_SLOT*)slots;
    moduleContext->SlotCount = slotCount;
    DMF_ModuleUnlock(DmfModule);
    moduleContext->SelfRingBuffer = moduleContext->Slots[RINGBUFFER_INDEX_SELF].RingBuffer;

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
CrashDump_AdditionalDataCreate(
    _In_ DMF_CONTEXT_CrashDump* ModuleContext
    )
/*++

Routine Description:

    Tells the system that the Client has data of its own.

Arguments:

    ModuleContext - This Module's Context.

Return Value:

    STATUS_INVALID_PARAMETER if the system does not want to know.

--*/
{
    PAGED_CODE();

    KeInitializeCallbackRecord(&ModuleContext->AdditionalCallbackRecord);
    ModuleContext->AdditionalIsRegistered =
        KeRegisterBugCheckReasonCallback(&ModuleContext->AdditionalCallbackRecord,
                                         CrashDump_AdditionalDataCallback,
                                         KbCallbackSecondaryDumpData,
                                         ModuleContext->ModuleConfig->ComponentName);

    return ModuleContext->AdditionalIsRegistered ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
CrashDump_TriageDataCreate(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Makes the list of memory for triage dumps and tells the system of it.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    STATUS_NOT_IMPLEMENTED if the system does not have such dumps, STATUS_INVALID_PARAMETER if it does not want to know
    or if the list is too long, or why there is no list.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_CrashDump* moduleContext;
    CrashDump_TriageArrayInitialize* arrayInitialize;
    WDF_OBJECT_ATTRIBUTES objectAttributes;
    ULONGLONG arraySize;
    VOID* triageArray;
    DECLARE_CONST_UNICODE_STRING(initializeName, L"KeInitializeTriageDumpDataArray");
    DECLARE_CONST_UNICODE_STRING(addName, L"KeAddTriageDumpDataBlock");

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);

    arrayInitialize =
        (CrashDump_TriageArrayInitialize*)(ULONG_PTR)MmGetSystemRoutineAddress((PUNICODE_STRING)&initializeName);
    moduleContext->TriageBlockAdd =
        (CrashDump_TriageBlockAdd*)(ULONG_PTR)MmGetSystemRoutineAddress((PUNICODE_STRING)&addName);
    if ((arrayInitialize == NULL) ||
        (moduleContext->TriageBlockAdd == NULL))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "The system has no triage data");
        ntStatus = STATUS_NOT_IMPLEMENTED;
        goto Exit;
    }

    arraySize = FIELD_OFFSET(KTRIAGE_DUMP_DATA_ARRAY, Blocks) +
    ((ULONGLONG)moduleContext->ModuleConfig->TriageDumpData.TriageDumpDataArraySize * sizeof(KADDRESS_RANGE));
    if (arraySize > MAXULONG)
    {
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }
    WDF_OBJECT_ATTRIBUTES_INIT(&objectAttributes);
    objectAttributes.ParentObject = DmfModule;
    ntStatus = WdfMemoryCreate(&objectAttributes,
                               NonPagedPoolNx,
                               CRASHDUMP_TAG,
                               (size_t)arraySize,
                               &moduleContext->TriageMemory,
                               &triageArray);
    if (! NT_SUCCESS(ntStatus))
    {
        moduleContext->TriageMemory = NULL;
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfMemoryCreate fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }
    ntStatus = arrayInitialize((PKTRIAGE_DUMP_DATA_ARRAY)triageArray,
                               (ULONG)arraySize);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "KeInitializeTriageDumpDataArray fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }
    moduleContext->TriageArray = (PKTRIAGE_DUMP_DATA_ARRAY)triageArray;

    KeInitializeCallbackRecord(&moduleContext->TriageCallbackRecord);
    moduleContext->TriageIsRegistered =
        KeRegisterBugCheckReasonCallback(&moduleContext->TriageCallbackRecord,
                                         CrashDump_TriageDataCallback,
                                         KbCallbackTriageDumpData,
                                         moduleContext->ModuleConfig->ComponentName);
    if (! moduleContext->TriageIsRegistered)
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "KeRegisterBugCheckReasonCallback fails");
        ntStatus = STATUS_INVALID_PARAMETER;
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
CrashDump_AllDestroy(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Undoes what Open has done, all of it or a part.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    DMF_CONTEXT_CrashDump* moduleContext;
    CRASHDUMP_SLOT* slots;
    ULONG slotCount;

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);

    if (moduleContext->AdditionalIsRegistered)
    {
        KeDeregisterBugCheckReasonCallback(&moduleContext->AdditionalCallbackRecord);
        moduleContext->AdditionalIsRegistered = FALSE;
    }

    moduleContext->SelfRingBuffer = NULL;
    /* Requests and files that come from here on find no slots. */
    DMF_ModuleLock(DmfModule);
    slots = moduleContext->Slots;
    slotCount = moduleContext->SlotCount;
    moduleContext->Slots = NULL;
    moduleContext->SlotCount = 0;
    DMF_ModuleUnlock(DmfModule);
    for (ULONG slotIndex = 0; slotIndex < slotCount; slotIndex++)
    {
        CrashDump_SourceDestroy(&slots[slotIndex]);
    }
    if (moduleContext->SlotsMemory != NULL)
    {
        WdfObjectDelete(moduleContext->SlotsMemory);
        moduleContext->SlotsMemory = NULL;
    }

    if (moduleContext->TriageIsRegistered)
    {
        KeDeregisterBugCheckReasonCallback(&moduleContext->TriageCallbackRecord);
        moduleContext->TriageIsRegistered = FALSE;
    }
    moduleContext->TriageArray = NULL;
    if (moduleContext->TriageMemory != NULL)
    {
        WdfObjectDelete(moduleContext->TriageMemory);
        moduleContext->TriageMemory = NULL;
    }
}
#pragma code_seg()

/*
 * WDF Module Callbacks
 */

#pragma code_seg("PAGE")
static
_Function_class_(DMF_ModuleSurpriseRemoval)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_CrashDump_ModuleSurpriseRemoval(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Remembers that the device is gone: files that are closed from here on change nothing.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    DMF_CONTEXT_CrashDump* moduleContext;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    DMF_ModuleLock(DmfModule);
    moduleContext->IsSurpriseRemoved = TRUE;
    DMF_ModuleUnlock(DmfModule);

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Function_class_(DMF_ModuleFileClose)
_IRQL_requires_max_(PASSIVE_LEVEL)
BOOLEAN
DMF_CrashDump_ModuleFileClose(
    _In_ DMFMODULE DmfModule,
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Takes a closed file's place from it. A data source that loses its writer keeps its data for a program that is
    started
    again.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The file.

Return Value:

    FALSE, because other Modules want to know of it as well.

--*/
{
    DMF_CONTEXT_CrashDump* moduleContext;
    CRASHDUMP_SLOT* slot;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    DMF_ModuleLock(DmfModule);
    slot = CrashDump_SlotOfFile(moduleContext,
                                FileObject,
                                DataSourceModeMaximum);
    while ((slot != NULL) &&
           (! moduleContext->IsSurpriseRemoved))
    {
        if (slot->Reader == FileObject)
        {
            slot->Reader = NULL;
        }
        if (slot->Writer == FileObject)
        {
            slot->Writer = CRASHDUMP_WRITER_ORPHAN;
        }
        slot = CrashDump_SlotOfFile(moduleContext,
                                    FileObject,
                                    DataSourceModeMaximum);
    }
    DMF_ModuleUnlock(DmfModule);

    FuncExitVoid(DMF_TRACE);

    return FALSE;
}
#pragma code_seg()

/*
 * DMF Module Callbacks
 */

#pragma code_seg("PAGE")
static
_Function_class_(DMF_ModuleInstanceDestroy)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_CrashDump_ModuleInstanceDestroy(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Lets the driver have another instance.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    /* One that could not be created all the way is not the driver's instance; DMF_CrashDump_Create looks after it. */
    if (g_DmfModuleCrashDump == DmfModule)
    {
        g_DmfModuleCrashDump = NULL;
        InterlockedExchange(&g_CrashDumpIsTaken,
                            FALSE);
    }

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Function_class_(DMF_Open)
_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_CrashDump_Open(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Makes what the Client has asked for, and tells the system of it.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    STATUS_SUCCESS, STATUS_INVALID_PARAMETER for a Config that cannot be, or why something cannot be made.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_CrashDump* moduleContext;
    DMF_CONFIG_CrashDump* moduleConfig;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    moduleConfig = DMF_CONFIG_GET(DmfModule);

    if (! CrashDump_ConfigIsValid(moduleConfig))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "The Config is not valid");
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    moduleContext->DmfModule = DmfModule;
    moduleContext->ModuleConfig = moduleConfig;
    KeInitializeSpinLock(&moduleContext->TriageLock);

    ntStatus = CrashDump_SlotsCreate(DmfModule);
    if (NT_SUCCESS(ntStatus) &&
        (moduleConfig->SecondaryData.EvtCrashDumpWrite != NULL))
    {
        ntStatus = CrashDump_AdditionalDataCreate(moduleContext);
    }
    if (NT_SUCCESS(ntStatus) &&
        (moduleConfig->TriageDumpData.TriageDumpDataArraySize != 0))
    {
        ntStatus = CrashDump_TriageDataCreate(DmfModule);
    }
    if (! NT_SUCCESS(ntStatus))
    {
        /* A Module that does not open is not closed. */
        CrashDump_AllDestroy(DmfModule);
    }

Exit:

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Function_class_(DMF_Close)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_CrashDump_Close(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Destroys all data sources, whoever uses them.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    CrashDump_AllDestroy(DmfModule);

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Function_class_(DMF_ChildModulesAdd)
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID
DMF_CrashDump_ChildModulesAdd(
    _In_ DMFMODULE DmfModule,
    _In_ DMF_MODULE_ATTRIBUTES* DmfParentModuleAttributes,
    _In_ PDMFMODULE_INIT DmfModuleInit
    )
/*++

Routine Description:

    Adds the child that gets the requests of programs, if programs may have data sources.

Arguments:

    DmfModule - This Module's handle.
    DmfParentModuleAttributes - This Module's attributes.
    DmfModuleInit - What DMF collects the children in.

Return Value:

    None

--*/
{
    DMF_CONFIG_CrashDump* moduleConfig;
    DMF_CONFIG_IoctlHandler moduleConfigIoctlHandler;
    DMF_MODULE_ATTRIBUTES moduleAttributes;

    UNREFERENCED_PARAMETER(DmfParentModuleAttributes);

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleConfig = DMF_CONFIG_GET(DmfModule);

    /* IoctlHandler */
    if (moduleConfig->SecondaryData.DataSourceCount > 0)
    {
        DMF_CONFIG_IoctlHandler_AND_ATTRIBUTES_INIT(&moduleConfigIoctlHandler,
                                                    &moduleAttributes);
        moduleConfigIoctlHandler.DeviceInterfaceGuid = GUID_DEVINTERFACE_CrashDump;
        moduleConfigIoctlHandler.AccessModeFilter = IoctlHandler_AccessModeFilterAdministratorOnly;
        moduleConfigIoctlHandler.IoctlRecords = g_CrashDumpIoctlRecords;
        moduleConfigIoctlHandler.IoctlRecordCount = ARRAYSIZE(g_CrashDumpIoctlRecords);
        DMF_DmfModuleAdd(DmfModuleInit,
                         &moduleAttributes,
                         WDF_NO_OBJECT_ATTRIBUTES,
                         NULL);
    }

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()

/*
 * Public Calls by Client
 */

#pragma code_seg("PAGE")
_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_CrashDump_Create(
    _In_ WDFDEVICE Device,
    _In_ DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    _In_ WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
    _Out_ DMFMODULE* DmfModule
    )
/*++

Routine Description:

    Creates the driver's instance of this Module.

Arguments:

    Device - The Client Driver's device.
    DmfModuleAttributes - The attributes of the new Module.
    ObjectAttributes - The attributes of its WDF object.
    DmfModule - Where to write the new Module's handle.

Return Value:

    STATUS_INVALID_PARAMETER if the driver has one, on whatever device.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_DESCRIPTOR moduleDescriptor;
    DMF_CALLBACKS_DMF callbacksDmf;
    DMF_CALLBACKS_WDF callbacksWdf;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    *DmfModule = NULL;
    if (InterlockedCompareExchange(&g_CrashDumpIsTaken,
                                   TRUE,
                                   FALSE) != FALSE)
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "The driver has an instance of CrashDump already");
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    DMF_CALLBACKS_DMF_INIT(&callbacksDmf);
    callbacksDmf.ModuleInstanceDestroy = DMF_CrashDump_ModuleInstanceDestroy;
    callbacksDmf.DeviceOpen = DMF_CrashDump_Open;
    callbacksDmf.DeviceClose = DMF_CrashDump_Close;
    callbacksDmf.ChildModulesAdd = DMF_CrashDump_ChildModulesAdd;

    DMF_CALLBACKS_WDF_INIT(&callbacksWdf);
    callbacksWdf.ModuleSurpriseRemoval = DMF_CrashDump_ModuleSurpriseRemoval;
    callbacksWdf.ModuleFileClose = DMF_CrashDump_ModuleFileClose;

    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(moduleDescriptor,
                                            CrashDump,
                                            DMF_CONTEXT_CrashDump,
                                            DMF_MODULE_OPTIONS_PASSIVE,
                                            DMF_MODULE_OPEN_OPTION_OPEN_Create);
    moduleDescriptor.CallbacksDmf = &callbacksDmf;
    moduleDescriptor.CallbacksWdf = &callbacksWdf;

    ntStatus = DMF_ModuleCreate(Device,
                                DmfModuleAttributes,
                                ObjectAttributes,
                                &moduleDescriptor,
                                DmfModule);
    if (NT_SUCCESS(ntStatus))
    {
        g_DmfModuleCrashDump = *DmfModule;
    }
    else
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "DMF_ModuleCreate fails: ntStatus=%!STATUS!", ntStatus);
        InterlockedExchange(&g_CrashDumpIsTaken,
                            FALSE);
    }

Exit:

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

/*
 * Module Methods
 */

_Use_decl_annotations_
NTSTATUS
DMF_CrashDump_DataSourceWriteSelf(
    DMFMODULE DmfModule,
    UCHAR* Buffer,
    ULONG BufferLength
    )
/*++

Routine Description:

    Writes an entry to the driver's own data source. The oldest one goes when there is no room.

Arguments:

    DmfModule - This Module's handle.
    Buffer - The entry.
    BufferLength - The size of an entry, as configured.

Return Value:

    STATUS_INVALID_PARAMETER if there is no such data source, STATUS_UNSUCCESSFUL if the entry has another size.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_CrashDump* moduleContext;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 CrashDump);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    if (moduleContext->SelfRingBuffer == NULL)
    {
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    DmfAssert(BufferLength <= moduleContext->ModuleConfig->SecondaryData.BufferSize);
    ntStatus = DMF_RingBuffer_Write(moduleContext->SelfRingBuffer,
                                    Buffer,
                                    BufferLength);

Exit:

    return ntStatus;
}

#if IS_WIN10_19H1_OR_LATER
_Use_decl_annotations_
NTSTATUS
DMF_CrashDump_TriageDumpDataAdd(
    DMFMODULE DmfModule,
    UCHAR* Data,
    ULONG DataLength
    )
/*++

Routine Description:

    Lists memory for a triage dump. Callbacks that run when the system stops may call it: then nobody else does, and the
    lock may be held for ever.

Arguments:

    DmfModule - This Module's handle.
    Data - The memory.
    DataLength - Its size.

Return Value:

    STATUS_INVALID_PARAMETER if there is no triage data, or what the system says.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_CrashDump* moduleContext;
    KIRQL oldIrql;

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    if (moduleContext->TriageArray == NULL)
    {
        ntStatus = STATUS_INVALID_PARAMETER;
    }
    else if (KeGetCurrentIrql() > DISPATCH_LEVEL)
    {
        ntStatus = moduleContext->TriageBlockAdd(moduleContext->TriageArray,
                                                 Data,
                                                 DataLength);
    }
    else
    {
        KeAcquireSpinLock(&moduleContext->TriageLock,
                          &oldIrql);
        ntStatus = moduleContext->TriageBlockAdd(moduleContext->TriageArray,
                                                 Data,
                                                 DataLength);
        KeReleaseSpinLock(&moduleContext->TriageLock,
                          oldIrql);
    }

    return ntStatus;
}
#endif

#endif /* defined(DMF_KERNEL_MODE) */
