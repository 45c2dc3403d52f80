/* SPDX-License-Identifier: MIT */
/*
 * BufferPool: a list of buffers of one size, with a context and, on request, a timer for each.
 *
 * Environment: kernel mode and user mode drivers.
 */

/* DMF and this Module's Library specific definitions. */
#include "DmfModule.h"
#include "DmfModules.Core.h"
#include "DmfModules.Core.Trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "Dmf_BufferPool.tmh"
#endif

/*
 * Module Private Enumerations and Structures
 */

#define BUFFERPOOL_MEMORY_TAG 'oMPB'

/* What proves that a buffer is one, and that nobody wrote behind its two parts. */
#define BUFFERPOOL_SIGNATURE 0x87654321
#define BUFFERPOOL_SENTINEL_DATA 0x33334444
#define BUFFERPOOL_SENTINEL_CONTEXT 0x11112222

/* The longest time that a timer takes, in units of 100 nanoseconds. */
#define BUFFERPOOL_TIME_MAXIMUM ((ULONGLONG)MAXLONGLONG)

/* Lies in front of every Client buffer. Who holds the lock of the Module in whose list the buffer is may change it. */
typedef struct
{
    LIST_ENTRY ListEntry;
    /* The Module in whose list the buffer is; NULL while the Client owns it. */
    DMFMODULE volatile InsertedInto;
    DMFMODULE CreatedBy;
    ULONG* SentinelData;
    ULONG* SentinelContext;
    ULONG Signature;
    /* Indicates that the buffer leaves its list when its time is over. */
    BOOLEAN TimerIsArmed;
    /* The number of expiry handlers that have taken the buffer out and not returned yet. */
    LONG volatile TimerCallbacks;
    ULONG BufferSize;
    ULONG BufferContextSize;
    VOID* ClientBuffer;
    VOID* ClientBufferContext;
    /* When its time is over, and how long that is, in units of 100 nanoseconds. */
    ULONGLONG TimerDeadline;
    ULONGLONG TimerPeriod;
    EVT_DMF_BufferPool_TimerCallback* TimerExpirationCallback;
    VOID* TimerExpirationCallbackContext;
    WDFTIMER Timer;
    /* The memory that all of this lies in, and the memory that the Client sees. */
    WDFMEMORY BufferMemory;
    WDFMEMORY ClientBufferMemory;
    WDF_MEMORY_DESCRIPTOR MemoryDescriptor;
    /* All buffers of a Source that there are. */
    WDFOBJECT Ledger;
    LIST_ENTRY LedgerEntry;
} BUFFERPOOL_ENTRY;

#define BUFFERPOOL_ENTRY_SIZE WDF_ALIGN_SIZE_UP(sizeof(BUFFERPOOL_ENTRY), MEMORY_ALLOCATION_ALIGNMENT)

/* Every buffer's own memory has this type. */
WDF_DECLARE_CUSTOM_TYPE(DMF_BufferPool_Buffer);

/*
 * A Source's list of all its buffers, wherever they are. It is the context of the lock that guards it. Buffers may outlive
 * their Source, so the last of both deletes it.
 */
typedef struct
{
    LIST_ENTRY Buffers;
    BOOLEAN SourceIsOpen;
    BOOLEAN IsPassive;
} BUFFERPOOL_LEDGER;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(BUFFERPOOL_LEDGER, BufferPool_LedgerGet)

/*
 * Module Private Context
 */

typedef struct
{
    LIST_ENTRY Buffers;
    ULONG volatile BufferCount;
    /* How many buffers there are beyond those that Open made. */
    ULONG AdditionalBufferCount;
    BOOLEAN IsSource;
    BOOLEAN EnableLookAside;
    /* Indicates that what is put from now on has no list to go to. */
    BOOLEAN IsClosed;
    WDFOBJECT Ledger;
#if ! defined(DMF_USER_MODE)
    WDFLOOKASIDE Lookaside;
#endif /* ! defined(DMF_USER_MODE) */
} DMF_CONTEXT_BufferPool;

/* This macro declares DMF_CONTEXT_GET(). */
DMF_MODULE_DECLARE_CONTEXT(BufferPool)

/* This macro declares DMF_CONFIG_GET(). */
DMF_MODULE_DECLARE_CONFIG(BufferPool)

/*
 * Module Private Code: the Source's list of all its buffers.
 */

static
VOID
BufferPool_LedgerLock(
    _In_ WDFOBJECT Ledger
    )
/*++

Routine Description:

    Acquires the lock of a Source's list of all its buffers.

Arguments:

    Ledger - The lock.

Return Value:

    None

--*/
{
    if (BufferPool_LedgerGet(Ledger)->IsPassive)
    {
        (VOID)WdfWaitLockAcquire((WDFWAITLOCK)Ledger,
                                 NULL);
    }
    else
    {
        WdfSpinLockAcquire((WDFSPINLOCK)Ledger);
    }
}

static
VOID
BufferPool_LedgerUnlock(
    _In_ WDFOBJECT Ledger
    )
/*++

Routine Description:

    Releases the lock of a Source's list of all its buffers.

Arguments:

    Ledger - The lock.

Return Value:

    None

--*/
{
    if (BufferPool_LedgerGet(Ledger)->IsPassive)
    {
        WdfWaitLockRelease((WDFWAITLOCK)Ledger);
    }
    else
    {
        WdfSpinLockRelease((WDFSPINLOCK)Ledger);
    }
}

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
BufferPool_LedgerCreate(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Creates a Source's list of all its buffers. It belongs to the driver, because a buffer that the Client keeps is there
    until the device goes.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_BufferPool* moduleContext;
    WDF_OBJECT_ATTRIBUTES objectAttributes;
    BUFFERPOOL_LEDGER* ledger;

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&objectAttributes,
                                            BUFFERPOOL_LEDGER);
    objectAttributes.ParentObject = WdfGetDriver();
    if (DMF_ModuleLockIsPassive(DmfModule))
    {
        ntStatus = WdfWaitLockCreate(&objectAttributes,
                                     (WDFWAITLOCK*)&moduleContext->Ledger);
    }
    else
    {
        ntStatus = WdfSpinLockCreate(&objectAttributes,
                                     (WDFSPINLOCK*)&moduleContext->Ledger);
    }
    if (NT_SUCCESS(ntStatus))
    {
        ledger = BufferPool_LedgerGet(moduleContext->Ledger);
        InitializeListHead(&ledger->Buffers);
        ledger->SourceIsOpen = TRUE;
        ledger->IsPassive = DMF_ModuleLockIsPassive(DmfModule);
    }
    else
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "A lock cannot be created: ntStatus=%!STATUS!", ntStatus);
    }

    return ntStatus;
}
#pragma code_seg()

static
VOID
BufferPool_LedgerAdd(
    _In_ WDFOBJECT Ledger,
    _Inout_ BUFFERPOOL_ENTRY* BufferPoolEntry
    )
/*++

Routine Description:

    Notes a new buffer.

Arguments:

    Ledger - The Source's list of all its buffers.
    BufferPoolEntry - The buffer.

Return Value:

    None

--*/
{
    BufferPoolEntry->Ledger = Ledger;
    BufferPool_LedgerLock(Ledger);
    InsertTailList(&BufferPool_LedgerGet(Ledger)->Buffers,
                   &BufferPoolEntry->LedgerEntry);
    BufferPool_LedgerUnlock(Ledger);
}

static
VOID
BufferPool_LedgerRemove(
    _Inout_ BUFFERPOOL_ENTRY* BufferPoolEntry
    )
/*++

Routine Description:

    Forgets a buffer. The last one deletes the list if the Source is gone.

Arguments:

    BufferPoolEntry - The buffer, which may be one that was never noted.

Return Value:

    None

--*/
{
    WDFOBJECT ledgerObject;
    BUFFERPOOL_LEDGER* ledger;
    BOOLEAN isLast;

    ledgerObject = BufferPoolEntry->Ledger;
    if (ledgerObject != NULL)
    {
        ledger = BufferPool_LedgerGet(ledgerObject);
        BufferPool_LedgerLock(ledgerObject);
        RemoveEntryList(&BufferPoolEntry->LedgerEntry);
        isLast = ((! ledger->SourceIsOpen) && IsListEmpty(&ledger->Buffers));
        BufferPool_LedgerUnlock(ledgerObject);
        if (isLast)
        {
            WdfObjectDelete(ledgerObject);
        }
    }
}

#pragma code_seg("PAGE")
static
VOID
BufferPool_LedgerClose(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Ends a Source's part in the list of all its buffers. Buffers that are there nevertheless stay until the device goes, or
    until the Sink that they are in closes. When the driver is verified, each is reported.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    DMF_CONTEXT_BufferPool* moduleContext;
    BUFFERPOOL_LEDGER* ledger;
    BUFFERPOOL_ENTRY* bufferPoolEntry;
    BOOLEAN isVerified;
    BOOLEAN isLast;

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    ledger = BufferPool_LedgerGet(moduleContext->Ledger);
    isVerified = ((WdfDriverGlobals->DriverFlags & WdfVerifyOn) != 0);
    BufferPool_LedgerLock(moduleContext->Ledger);
    for (LIST_ENTRY* listEntry = ledger->Buffers.Flink;
         isVerified && (listEntry != &ledger->Buffers);
         listEntry = listEntry->Flink)
    {
        bufferPoolEntry = CONTAINING_RECORD(listEntry, BUFFERPOOL_ENTRY, LedgerEntry);
        TraceEvents(TRACE_LEVEL_WARNING, DMF_TRACE,
                    "A buffer is still in use when its pool closes: DmfModule=%p ClientBuffer=%p InsertedInto=%p", DmfModule,
                    bufferPoolEntry->ClientBuffer, ReadPointerNoFence((VOID* volatile*)&bufferPoolEntry->InsertedInto));
    }
    ledger->SourceIsOpen = FALSE;
    isLast = IsListEmpty(&ledger->Buffers);
    BufferPool_LedgerUnlock(moduleContext->Ledger);
    if (isLast)
    {
        WdfObjectDelete(moduleContext->Ledger);
    }
    moduleContext->Ledger = NULL;
}
#pragma code_seg()

/*
 * Module Private Code: buffers.
 */

static
ULONGLONG
BufferPool_TimeNow(
    VOID
    )
/*++

Routine Description:

    Gives the time since the system started.

Arguments:

    None

Return Value:

    The time in units of 100 nanoseconds.

--*/
{
    ULONGLONG now;

#if defined(DMF_USER_MODE)
    QueryInterruptTime(&now);
#else
    now = KeQueryInterruptTime();
#endif /* defined(DMF_USER_MODE) */

    return now;
}

static
BUFFERPOOL_ENTRY*
BufferPool_EntryGet(
    _In_ VOID* ClientBuffer
    )
/*++

Routine Description:

    Finds what lies in front of a Client buffer, and verifies that it is a buffer of a pool whose ends nobody overwrote.

Arguments:

    ClientBuffer - The Client buffer.

Return Value:

    The buffer.

--*/
{
    BUFFERPOOL_ENTRY* bufferPoolEntry;

    bufferPoolEntry = (BUFFERPOOL_ENTRY*)((UCHAR*)ClientBuffer - BUFFERPOOL_ENTRY_SIZE);
    DmfVerifierAssert("The buffer is not of a pool.", bufferPoolEntry->Signature == BUFFERPOOL_SIGNATURE);
    DmfVerifierAssert("Somebody wrote behind the buffer.", *bufferPoolEntry->SentinelData == BUFFERPOOL_SENTINEL_DATA);
    DmfVerifierAssert("Somebody wrote behind the buffer's context.",
                      *bufferPoolEntry->SentinelContext == BUFFERPOOL_SENTINEL_CONTEXT);

    return bufferPoolEntry;
}

static
VOID
BufferPool_ListInsert(
    _In_ DMFMODULE DmfModule,
    _Inout_ DMF_CONTEXT_BufferPool* ModuleContext,
    _Inout_ BUFFERPOOL_ENTRY* BufferPoolEntry,
    _In_ BOOLEAN AtHead
    )
/*++

Routine Description:

    Puts a buffer into this Module's list. The caller holds the Module's lock.

Arguments:

    DmfModule - This Module's handle.
    ModuleContext - This Module's context.
    BufferPoolEntry - The buffer, which is in no list.
    AtHead - Indicates the list's start rather than its end.

Return Value:

    None

--*/
{
    if (AtHead)
    {
        InsertHeadList(&ModuleContext->Buffers,
                       &BufferPoolEntry->ListEntry);
    }
    else
    {
        InsertTailList(&ModuleContext->Buffers,
                       &BufferPoolEntry->ListEntry);
    }
    WritePointerNoFence((VOID* volatile*)&BufferPoolEntry->InsertedInto,
                        DmfModule);
    WriteULongNoFence(&ModuleContext->BufferCount,
                      ModuleContext->BufferCount + 1);
}

static
VOID
BufferPool_ListRemove(
    _Inout_ DMF_CONTEXT_BufferPool* ModuleContext,
    _Inout_ BUFFERPOOL_ENTRY* BufferPoolEntry
    )
/*++

Routine Description:

    Takes a buffer out of the list that it is in. The caller holds the lock of the list's Module.

Arguments:

    ModuleContext - The context of the list's Module.
    BufferPoolEntry - The buffer.

Return Value:

    None

--*/
{
    RemoveEntryList(&BufferPoolEntry->ListEntry);
    WritePointerNoFence((VOID* volatile*)&BufferPoolEntry->InsertedInto,
                        NULL);
    BufferPoolEntry->TimerIsArmed = FALSE;
    DmfAssert(ModuleContext->BufferCount > 0);
    WriteULongNoFence(&ModuleContext->BufferCount,
                      ModuleContext->BufferCount - 1);
}

EVT_WDF_OBJECT_CONTEXT_CLEANUP BufferPool_EvtBufferCleanup;

_Use_decl_annotations_
VOID
BufferPool_EvtBufferCleanup(
    WDFOBJECT Object
    )
/*++

Routine Description:

    Called when a buffer ends, because it is deleted or because the device is. In the latter case the buffer may be in
    the list of a Module that closes only afterward.

Arguments:

    Object - The buffer's own memory.

Return Value:

    None

--*/
{
    BUFFERPOOL_ENTRY* bufferPoolEntry;
    DMFMODULE insertedInto;

    bufferPoolEntry = (BUFFERPOOL_ENTRY*)WdfMemoryGetBuffer((WDFMEMORY)Object,
                                                            NULL);
    insertedInto = (DMFMODULE)ReadPointerNoFence((VOID* volatile*)&bufferPoolEntry->InsertedInto);
    if (insertedInto != NULL)
    {
        DMF_ModuleLock(insertedInto);
        if (bufferPoolEntry->InsertedInto != NULL)
        {
            BufferPool_ListRemove(DMF_CONTEXT_GET(insertedInto),
                                  bufferPoolEntry);
        }
        DMF_ModuleUnlock(insertedInto);
    }
    BufferPool_LedgerRemove(bufferPoolEntry);
}

EVT_WDF_TIMER BufferPool_EvtTimer;

_Use_decl_annotations_
VOID
BufferPool_EvtTimer(
    WDFTIMER Timer
    )
/*++

Routine Description:

    Called when a buffer's time is over. If the buffer is still in its Sink, it is the Client's from now on. It is no longer
    there only if the Sink is closing: nobody else takes a buffer out whose timer cannot be stopped.

Arguments:

    Timer - The buffer's timer.

Return Value:

    None

--*/
{
    BUFFERPOOL_ENTRY* bufferPoolEntry;
    DMFMODULE dmfModule;
    EVT_DMF_BufferPool_TimerCallback* timerExpirationCallback;
    VOID* timerExpirationCallbackContext;

    timerExpirationCallback = NULL;
    timerExpirationCallbackContext = NULL;
    bufferPoolEntry = (BUFFERPOOL_ENTRY*)WdfMemoryGetBuffer((WDFMEMORY)WdfTimerGetParentObject(Timer),
                                                            NULL);
    dmfModule = (DMFMODULE)ReadPointerNoFence((VOID* volatile*)&bufferPoolEntry->InsertedInto);
    if (dmfModule != NULL)
    {
        DMF_ModuleLock(dmfModule);
        if ((bufferPoolEntry->InsertedInto == dmfModule) && bufferPoolEntry->TimerIsArmed)
        {
            BufferPool_ListRemove(DMF_CONTEXT_GET(dmfModule),
                                  bufferPoolEntry);
            timerExpirationCallback = bufferPoolEntry->TimerExpirationCallback;
            timerExpirationCallbackContext = bufferPoolEntry->TimerExpirationCallbackContext;
            /* The buffer must not be deleted while its timer is in the callback. */
            InterlockedIncrement(&bufferPoolEntry->TimerCallbacks);
        }
        DMF_ModuleUnlock(dmfModule);
    }

    if (timerExpirationCallback != NULL)
    {
        timerExpirationCallback(dmfModule,
                                bufferPoolEntry->ClientBuffer,
                                bufferPoolEntry->ClientBufferContext,
                                timerExpirationCallbackContext);
        InterlockedDecrement(&bufferPoolEntry->TimerCallbacks);
    }
}

static
_Must_inspect_result_
NTSTATUS
BufferPool_BufferMemoryCreate(
    _In_ DMFMODULE DmfModule,
    _In_ size_t Size,
    _Out_ WDFMEMORY* BufferMemory
    )
/*++

Routine Description:

    Creates the memory of a buffer. It belongs to the device, because the Client may keep a buffer after its Source is gone.

Arguments:

    DmfModule - This Module's handle.
    Size - How much.
    BufferMemory - The memory.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;

#if defined(DMF_USER_MODE)
    WDF_OBJECT_ATTRIBUTES objectAttributes;

    WDF_OBJECT_ATTRIBUTES_INIT(&objectAttributes);
    objectAttributes.ParentObject = DMF_ParentDeviceGet(DmfModule);
    objectAttributes.EvtCleanupCallback = BufferPool_EvtBufferCleanup;
    ntStatus = WdfMemoryCreate(&objectAttributes,
                               DMF_CONFIG_GET(DmfModule)->Mode.SourceSettings.PoolType,
                               BUFFERPOOL_MEMORY_TAG,
                               Size,
                               BufferMemory,
                               NULL);
#else
    UNREFERENCED_PARAMETER(Size);

    ntStatus = WdfMemoryCreateFromLookaside(DMF_CONTEXT_GET(DmfModule)->Lookaside,
                                            BufferMemory);
#endif /* defined(DMF_USER_MODE) */

    return ntStatus;
}

static
size_t
BufferPool_BufferSizeGet(
    _In_ BufferPool_SourceSettings* SourceSettings
    )
/*++

Routine Description:

    Gives the size of all that belongs to a buffer: what the Module knows of it, the Client's two parts, and a sentinel
    behind each of them.

Arguments:

    SourceSettings - The Source's Config.

Return Value:

    The size in bytes.

--*/
{
    return BUFFERPOOL_ENTRY_SIZE +
           WDF_ALIGN_SIZE_UP(SourceSettings->BufferSize, MEMORY_ALLOCATION_ALIGNMENT) + MEMORY_ALLOCATION_ALIGNMENT +
           WDF_ALIGN_SIZE_UP(SourceSettings->BufferContextSize, MEMORY_ALLOCATION_ALIGNMENT) + sizeof(ULONG);
}

static
VOID
BufferPool_EntryInitialize(
    _In_ DMFMODULE DmfModule,
    _In_ WDFMEMORY BufferMemory,
    _Inout_ BUFFERPOOL_ENTRY* BufferPoolEntry
    )
/*++

Routine Description:

    Lays out the memory of a buffer, which is zero.

Arguments:

    DmfModule - This Module's handle.
    BufferMemory - The buffer's memory.
    BufferPoolEntry - Its address.

Return Value:

    None

--*/
{
    BufferPool_SourceSettings* sourceSettings;
    UCHAR* address;

    sourceSettings = &DMF_CONFIG_GET(DmfModule)->Mode.SourceSettings;
    BufferPoolEntry->CreatedBy = DmfModule;
    BufferPoolEntry->Signature = BUFFERPOOL_SIGNATURE;
    BufferPoolEntry->BufferSize = sourceSettings->BufferSize;
    BufferPoolEntry->BufferContextSize = sourceSettings->BufferContextSize;
    BufferPoolEntry->BufferMemory = BufferMemory;

    address = (UCHAR*)BufferPoolEntry + BUFFERPOOL_ENTRY_SIZE;
    BufferPoolEntry->ClientBuffer = address;
    address += WDF_ALIGN_SIZE_UP(sourceSettings->BufferSize, MEMORY_ALLOCATION_ALIGNMENT);
    BufferPoolEntry->SentinelData = (ULONG*)address;
    *BufferPoolEntry->SentinelData = BUFFERPOOL_SENTINEL_DATA;
    address += MEMORY_ALLOCATION_ALIGNMENT;
    BufferPoolEntry->ClientBufferContext = address;
    address += WDF_ALIGN_SIZE_UP(sourceSettings->BufferContextSize, MEMORY_ALLOCATION_ALIGNMENT);
    BufferPoolEntry->SentinelContext = (ULONG*)address;
    *BufferPoolEntry->SentinelContext = BUFFERPOOL_SENTINEL_CONTEXT;
}

static
_Must_inspect_result_
NTSTATUS
BufferPool_ClientObjectsCreate(
    _In_ DMFMODULE DmfModule,
    _Inout_ BUFFERPOOL_ENTRY* BufferPoolEntry
    )
/*++

Routine Description:

    Creates the objects that belong to a buffer: the memory that the Client sees, and the timer.

Arguments:

    DmfModule - This Module's handle.
    BufferPoolEntry - The buffer.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES objectAttributes;
    WDF_TIMER_CONFIG timerConfig;

    ntStatus = WdfObjectAddCustomType(BufferPoolEntry->BufferMemory,
                                      DMF_BufferPool_Buffer);
    if (! NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }

    WDF_OBJECT_ATTRIBUTES_INIT(&objectAttributes);
    objectAttributes.ParentObject = BufferPoolEntry->BufferMemory;
    ntStatus = WdfMemoryCreatePreallocated(&objectAttributes,
                                           BufferPoolEntry->ClientBuffer,
                                           BufferPoolEntry->BufferSize,
                                           &BufferPoolEntry->ClientBufferMemory);
    if (! NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }
    WDF_MEMORY_DESCRIPTOR_INIT_HANDLE(&BufferPoolEntry->MemoryDescriptor,
                                      BufferPoolEntry->ClientBufferMemory,
                                      NULL);

    if (DMF_CONFIG_GET(DmfModule)->Mode.SourceSettings.CreateWithTimer)
    {
        WDF_TIMER_CONFIG_INIT(&timerConfig,
                              BufferPool_EvtTimer);
        /* The callback has no locks of others, so that who holds one of them can wait for it. */
        timerConfig.AutomaticSerialization = FALSE;
        objectAttributes.ExecutionLevel = WdfExecutionLevelPassive;
        ntStatus = WdfTimerCreate(&timerConfig,
                                  &objectAttributes,
                                  &BufferPoolEntry->Timer);
    }

Exit:

    return ntStatus;
}

static
_Must_inspect_result_
NTSTATUS
BufferPool_BufferCreate(
    _In_ DMFMODULE DmfModule,
    _Out_ BUFFERPOOL_ENTRY** BufferPoolEntry
    )
/*++

Routine Description:

    Creates a buffer, which is in no list.

Arguments:

    DmfModule - This Module's handle, a Source.
    BufferPoolEntry - The buffer.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    WDFMEMORY bufferMemory;
    BUFFERPOOL_ENTRY* bufferPoolEntry;
    size_t size;

    *BufferPoolEntry = NULL;
    size = BufferPool_BufferSizeGet(&DMF_CONFIG_GET(DmfModule)->Mode.SourceSettings);
    ntStatus = BufferPool_BufferMemoryCreate(DmfModule,
                                             size,
                                             &bufferMemory);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "A buffer's memory cannot be created: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }

    bufferPoolEntry = (BUFFERPOOL_ENTRY*)WdfMemoryGetBuffer(bufferMemory,
                                                            NULL);
    RtlZeroMemory(bufferPoolEntry,
                  size);
    BufferPool_EntryInitialize(DmfModule,
                               bufferMemory,
                               bufferPoolEntry);
    ntStatus = BufferPool_ClientObjectsCreate(DmfModule,
                                              bufferPoolEntry);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "A buffer's objects cannot be created: ntStatus=%!STATUS!", ntStatus);
        WdfObjectDelete(bufferMemory);
        goto Exit;
    }
    BufferPool_LedgerAdd(DMF_CONTEXT_GET(DmfModule)->Ledger,
                         bufferPoolEntry);
    *BufferPoolEntry = bufferPoolEntry;

Exit:

    return ntStatus;
}

static
VOID
BufferPool_BufferDelete(
    _In_ BUFFERPOOL_ENTRY* BufferPoolEntry
    )
/*++

Routine Description:

    Deletes a buffer that is in no list. A buffer whose timer is in the Client's callback cannot be deleted there: it
    stays until the device goes.

Arguments:

    BufferPoolEntry - The buffer.

Return Value:

    None

--*/
{
    if (ReadAcquire(&BufferPoolEntry->TimerCallbacks) == 0)
    {
        WdfObjectDelete(BufferPoolEntry->BufferMemory);
    }
}

/*
 * Module Private Code: the list.
 */

static
BUFFERPOOL_ENTRY*
BufferPool_FirstRemove(
    _Inout_ DMF_CONTEXT_BufferPool* ModuleContext
    )
/*++

Routine Description:

    Takes the first buffer out of the list whose timer, if it is armed, can be stopped. Those that cannot are about to
    be given to the Client by their timer. The caller holds the Module's lock.

Arguments:

    ModuleContext - This Module's context.

Return Value:

    The buffer, or NULL if there is none.

--*/
{
    BUFFERPOOL_ENTRY* bufferPoolEntry;
    BUFFERPOOL_ENTRY* candidate;

    bufferPoolEntry = NULL;
    for (LIST_ENTRY* listEntry = ModuleContext->Buffers.Flink;
         (bufferPoolEntry == NULL) && (listEntry != &ModuleContext->Buffers);
         listEntry = listEntry->Flink)
    {
        candidate = CONTAINING_RECORD(listEntry, BUFFERPOOL_ENTRY, ListEntry);
        if ((! candidate->TimerIsArmed) || WdfTimerStop(candidate->Timer,
                                                        FALSE))
        {
            bufferPoolEntry = candidate;
        }
    }
    if (bufferPoolEntry != NULL)
    {
        BufferPool_ListRemove(ModuleContext,
                              bufferPoolEntry);
    }

    return bufferPoolEntry;
}

static
_Must_inspect_result_
NTSTATUS
BufferPool_EntryRemove(
    _In_ DMFMODULE DmfModule,
    _Out_ BUFFERPOOL_ENTRY** BufferPoolEntry
    )
/*++

Routine Description:

    Takes a buffer out of the list. If there is none and the Client wants that, creates one.

Arguments:

    DmfModule - This Module's handle.
    BufferPoolEntry - The buffer, which the caller owns.

Return Value:

    STATUS_UNSUCCESSFUL if there is no buffer.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_BufferPool* moduleContext;
    BUFFERPOOL_ENTRY* bufferPoolEntry;

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    DMF_ModuleLock(DmfModule);
    bufferPoolEntry = BufferPool_FirstRemove(moduleContext);
    DMF_ModuleUnlock(DmfModule);

    if ((bufferPoolEntry == NULL) && moduleContext->EnableLookAside)
    {
        ntStatus = BufferPool_BufferCreate(DmfModule,
                                           &bufferPoolEntry);
        if (NT_SUCCESS(ntStatus))
        {
            DMF_ModuleLock(DmfModule);
            moduleContext->AdditionalBufferCount++;
            DMF_ModuleUnlock(DmfModule);
        }
    }

    ntStatus = STATUS_UNSUCCESSFUL;
    if (bufferPoolEntry != NULL)
    {
        (VOID)BufferPool_EntryGet(bufferPoolEntry->ClientBuffer);
        ntStatus = STATUS_SUCCESS;
    }
    *BufferPoolEntry = bufferPoolEntry;

    return ntStatus;
}

static
BUFFERPOOL_ENTRY*
BufferPool_AdditionalRemove(
    _In_ DMFMODULE DmfModule,
    _Inout_ DMF_CONTEXT_BufferPool* ModuleContext,
    _Inout_ BUFFERPOOL_ENTRY* BufferPoolEntry,
    _In_ BOOLEAN AtHead
    )
/*++

Routine Description:

    Takes a buffer that is put while there are more than there should be. It ends, unless its timer is in the Client's
    callback: then it is listed, and one that was listed ends instead. The caller holds the Module's lock.

Arguments:

    DmfModule - This Module's handle, a Source.
    ModuleContext - This Module's context.
    BufferPoolEntry - The buffer.
    AtHead - Indicates the list's start rather than its end.

Return Value:

    The buffer that the caller must delete, or NULL if there is none that can be.

--*/
{
    BUFFERPOOL_ENTRY* bufferToDelete;
    BUFFERPOOL_ENTRY* candidate;

    bufferToDelete = NULL;
    if (ReadAcquire(&BufferPoolEntry->TimerCallbacks) == 0)
    {
        bufferToDelete = BufferPoolEntry;
    }
    else
    {
        for (LIST_ENTRY* listEntry = ModuleContext->Buffers.Flink;
             (bufferToDelete == NULL) && (listEntry != &ModuleContext->Buffers);
             listEntry = listEntry->Flink)
        {
            candidate = CONTAINING_RECORD(listEntry, BUFFERPOOL_ENTRY, ListEntry);
            if (ReadAcquire(&candidate->TimerCallbacks) == 0)
            {
                bufferToDelete = candidate;
            }
        }
        if (bufferToDelete != NULL)
        {
            BufferPool_ListRemove(ModuleContext,
                                  bufferToDelete);
        }
        BufferPool_ListInsert(DmfModule,
                              ModuleContext,
                              BufferPoolEntry,
                              AtHead);
    }
    if (bufferToDelete != NULL)
    {
        ModuleContext->AdditionalBufferCount--;
    }

    return bufferToDelete;
}

static
VOID
BufferPool_EntryPut(
    _In_ DMFMODULE DmfModule,
    _In_ VOID* ClientBuffer,
    _In_ BOOLEAN AtHead
    )
/*++

Routine Description:

    Puts a buffer into the list. A Source erases what the Client wrote into it.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The Client buffer.
    AtHead - Indicates the list's start rather than its end.

Return Value:

    None

--*/
{
    DMF_CONTEXT_BufferPool* moduleContext;
    BUFFERPOOL_ENTRY* bufferPoolEntry;
    BUFFERPOOL_ENTRY* bufferToDelete;

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    bufferPoolEntry = BufferPool_EntryGet(ClientBuffer);
    if (moduleContext->IsSource)
    {
        DmfAssert(bufferPoolEntry->CreatedBy == DmfModule);
        RtlZeroMemory(bufferPoolEntry->ClientBuffer,
                      bufferPoolEntry->BufferSize);
        RtlZeroMemory(bufferPoolEntry->ClientBufferContext,
                      bufferPoolEntry->BufferContextSize);
    }

    bufferToDelete = NULL;
    DMF_ModuleLock(DmfModule);
    if (bufferPoolEntry->InsertedInto != NULL)
    {
        /* The Client did not own it. It stays where it is. */
        DmfAssert(FALSE);
    }
    else if (moduleContext->IsClosed)
    {
        bufferToDelete = bufferPoolEntry;
    }
    else if (moduleContext->AdditionalBufferCount > 0)
    {
        bufferToDelete = BufferPool_AdditionalRemove(DmfModule,
                                                     moduleContext,
                                                     bufferPoolEntry,
                                                     AtHead);
    }
    else
    {
        BufferPool_ListInsert(DmfModule,
                              moduleContext,
                              bufferPoolEntry,
                              AtHead);
    }
    DMF_ModuleUnlock(DmfModule);

    if (bufferToDelete != NULL)
    {
        BufferPool_BufferDelete(bufferToDelete);
    }
}

#pragma code_seg("PAGE")
static
VOID
BufferPool_ListEmpty(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Deletes all buffers of the list, and makes those follow that are put from now on. An expiry handler that has not
    found its buffer in the list when it leaves it does nothing any more, and is waited for.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    DMF_CONTEXT_BufferPool* moduleContext;
    BUFFERPOOL_ENTRY* bufferPoolEntry;

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    do
    {
        bufferPoolEntry = NULL;
        DMF_ModuleLock(DmfModule);
        moduleContext->IsClosed = TRUE;
        if (! IsListEmpty(&moduleContext->Buffers))
        {
            bufferPoolEntry = CONTAINING_RECORD(moduleContext->Buffers.Flink, BUFFERPOOL_ENTRY, ListEntry);
            BufferPool_ListRemove(moduleContext,
                                  bufferPoolEntry);
        }
        DMF_ModuleUnlock(DmfModule);
        if (bufferPoolEntry != NULL)
        {
            if (bufferPoolEntry->Timer != NULL)
            {
                (VOID)WdfTimerStop(bufferPoolEntry->Timer,
                                   TRUE);
            }
            BufferPool_BufferDelete(bufferPoolEntry);
        }
    } while (bufferPoolEntry != NULL);
}
#pragma code_seg()

/*
 * Module Private Code: timers and enumeration.
 */

static
VOID
BufferPool_TimerStart(
    _Inout_ BUFFERPOOL_ENTRY* BufferPoolEntry,
    _In_ ULONGLONG TimeRemaining
    )
/*++

Routine Description:

    Arms the timer of a listed buffer. The caller holds the lock of the list's Module.

Arguments:

    BufferPoolEntry - The buffer.
    TimeRemaining - The time until the timer expires, in units of 100 nanoseconds.

Return Value:

    None

--*/
{
    BufferPoolEntry->TimerIsArmed = TRUE;
    (VOID)WdfTimerStart(BufferPoolEntry->Timer,
                        -(LONGLONG)TimeRemaining);
}

static
VOID
BufferPool_TimerReset(
    _Inout_ BUFFERPOOL_ENTRY* BufferPoolEntry
    )
/*++

Routine Description:

    Lets a listed buffer's time begin. The caller holds the lock of the list's Module.

Arguments:

    BufferPoolEntry - The buffer.

Return Value:

    None

--*/
{
    BufferPoolEntry->TimerDeadline = BufferPool_TimeNow() + BufferPoolEntry->TimerPeriod;
    BufferPool_TimerStart(BufferPoolEntry,
                          BufferPoolEntry->TimerPeriod);
}

static
VOID
BufferPool_TimerContinue(
    _Inout_ BUFFERPOOL_ENTRY* BufferPoolEntry
    )
/*++

Routine Description:

    Lets a listed buffer's time go on after its timer was stopped. The caller holds the lock of the list's Module.

Arguments:

    BufferPoolEntry - The buffer.

Return Value:

    None

--*/
{
    ULONGLONG now;

    now = BufferPool_TimeNow();
    BufferPool_TimerStart(BufferPoolEntry,
                          (BufferPoolEntry->TimerDeadline > now) ? (BufferPoolEntry->TimerDeadline - now) : 0);
}

static
BOOLEAN
BufferPool_DispositionApply(
    _Inout_ DMF_CONTEXT_BufferPool* ModuleContext,
    _Inout_ BUFFERPOOL_ENTRY* BufferPoolEntry,
    _In_ BufferPool_EnumerationDispositionType Disposition,
    _Out_opt_ VOID** ClientBuffer,
    _Out_opt_ VOID** ClientBufferContext
    )
/*++

Routine Description:

    Does with a buffer what the Client said about it. Its timer has been stopped if it was armed. The caller holds the
    Module's lock.

Arguments:

    ModuleContext - This Module's context.
    BufferPoolEntry - The buffer.
    Disposition - What the Client said.
    ClientBuffer - Where a removed buffer is told.
    ClientBufferContext - Where its context is told.

Return Value:

    TRUE if the enumeration goes on.

--*/
{
    BOOLEAN continueEnumeration;

    if ((Disposition == BufferPool_EnumerationDisposition_RemoveAndStopEnumeration) && (ClientBuffer == NULL))
    {
        /* Nobody would own the buffer. */
        DmfAssert(FALSE);
        Disposition = BufferPool_EnumerationDisposition_StopEnumeration;
    }
    continueEnumeration = ((Disposition == BufferPool_EnumerationDisposition_ContinueEnumeration) ||
                           (Disposition == BufferPool_EnumerationDisposition_StopTimerAndContinueEnumeration) ||
                           (Disposition == BufferPool_EnumerationDisposition_ResetTimerAndContinueEnumeration));
    switch (Disposition)
    {
        case BufferPool_EnumerationDisposition_RemoveAndStopEnumeration:
        {
            BufferPool_ListRemove(ModuleContext,
                                  BufferPoolEntry);
            *ClientBuffer = BufferPoolEntry->ClientBuffer;
            if (ClientBufferContext != NULL)
            {
                *ClientBufferContext = BufferPoolEntry->ClientBufferContext;
            }
            break;
        }
        case BufferPool_EnumerationDisposition_StopTimerAndStopEnumeration:
        case BufferPool_EnumerationDisposition_StopTimerAndContinueEnumeration:
        {
            BufferPoolEntry->TimerIsArmed = FALSE;
            break;
        }
        case BufferPool_EnumerationDisposition_ResetTimerAndStopEnumeration:
        case BufferPool_EnumerationDisposition_ResetTimerAndContinueEnumeration:
        {
            if (BufferPoolEntry->TimerIsArmed)
            {
                BufferPool_TimerReset(BufferPoolEntry);
            }
            break;
        }
        default:
        {
            DmfAssert((Disposition == BufferPool_EnumerationDisposition_ContinueEnumeration) ||
                      (Disposition == BufferPool_EnumerationDisposition_StopEnumeration));
            if (BufferPoolEntry->TimerIsArmed)
            {
                BufferPool_TimerContinue(BufferPoolEntry);
            }
            break;
        }
    }

    return continueEnumeration;
}

/*
 * Module DMF Callbacks
 */

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
BufferPool_SourceOpen(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Creates a Source's buffers.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_BufferPool* moduleContext;
    BufferPool_SourceSettings* sourceSettings;
    BUFFERPOOL_ENTRY* bufferPoolEntry;

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    sourceSettings = &DMF_CONFIG_GET(DmfModule)->Mode.SourceSettings;
    DmfAssert((sourceSettings->BufferCount > 0) || sourceSettings->EnableLookAside);
    DmfAssert(sourceSettings->BufferSize > 0);
    DmfAssert((sourceSettings->BufferCount > 0) || (! sourceSettings->CreateWithTimer));
    moduleContext->EnableLookAside = (sourceSettings->EnableLookAside != 0);

#if defined(DMF_USER_MODE)
    if (sourceSettings->EnableLookAside && sourceSettings->CreateWithTimer)
    {
        /* A buffer that ends in the callback of its own timer would take the timer with it. */
        DmfAssert(FALSE);
        ntStatus = STATUS_NOT_SUPPORTED;
        goto Exit;
    }
#else
    WDF_OBJECT_ATTRIBUTES lookasideAttributes;
    WDF_OBJECT_ATTRIBUTES memoryAttributes;

    WDF_OBJECT_ATTRIBUTES_INIT(&lookasideAttributes);
    lookasideAttributes.ParentObject = DmfModule;
    WDF_OBJECT_ATTRIBUTES_INIT(&memoryAttributes);
    memoryAttributes.ParentObject = DMF_ParentDeviceGet(DmfModule);
    memoryAttributes.EvtCleanupCallback = BufferPool_EvtBufferCleanup;
    ntStatus = WdfLookasideListCreate(&lookasideAttributes,
                                      BufferPool_BufferSizeGet(sourceSettings),
                                      sourceSettings->PoolType,
                                      &memoryAttributes,
                                      BUFFERPOOL_MEMORY_TAG,
                                      &moduleContext->Lookaside);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfLookasideListCreate fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }
#endif /* defined(DMF_USER_MODE) */

    ntStatus = BufferPool_LedgerCreate(DmfModule);
    if (! NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }
    for (ULONG bufferIndex = 0; bufferIndex < sourceSettings->BufferCount; bufferIndex++)
    {
        ntStatus = BufferPool_BufferCreate(DmfModule,
                                           &bufferPoolEntry);
        if (! NT_SUCCESS(ntStatus))
        {
            BufferPool_ListEmpty(DmfModule);
            BufferPool_LedgerClose(DmfModule);
            goto Exit;
        }
        BufferPool_ListInsert(DmfModule,
                              moduleContext,
                              bufferPoolEntry,
                              FALSE);
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_BufferPool_Open(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Initialize an instance of a DMF Module of type BufferPool.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_BufferPool* moduleContext;
    DMF_CONFIG_BufferPool* moduleConfig;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    moduleConfig = DMF_CONFIG_GET(DmfModule);
    InitializeListHead(&moduleContext->Buffers);
    moduleContext->IsSource = (moduleConfig->BufferPoolMode == BufferPool_Mode_Source);
    if (moduleContext->IsSource)
    {
        ntStatus = BufferPool_SourceOpen(DmfModule);
    }
    else
    {
        DmfAssert(moduleConfig->BufferPoolMode == BufferPool_Mode_Sink);
        DmfAssert(moduleConfig->Mode.SourceSettings.BufferCount == 0);
        DmfAssert(! moduleConfig->Mode.SourceSettings.EnableLookAside);
        ntStatus = STATUS_SUCCESS;
    }

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DMF_BufferPool_Close(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Uninitialize an instance of a DMF Module of type BufferPool. Buffers that are in its list end, also those that
    another Source made.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    BufferPool_ListEmpty(DmfModule);
    if (DMF_CONTEXT_GET(DmfModule)->IsSource)
    {
        BufferPool_LedgerClose(DmfModule);
    }

    FuncExitVoid(DMF_TRACE);
}
#pragma code_seg()

/*
 * Public Calls by Client
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_BufferPool_Create(
    WDFDEVICE Device,
    DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
    DMFMODULE* DmfModule
    )
/*++

Routine Description:

    Create an instance of a DMF Module of type BufferPool.

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
    DMF_MODULE_DESCRIPTOR dmfModuleDescriptor_BufferPool;
    DMF_CALLBACKS_DMF dmfCallbacksDmf_BufferPool;
    DMF_CONFIG_BufferPool* moduleConfig;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    DMF_CALLBACKS_DMF_INIT(&dmfCallbacksDmf_BufferPool);
    dmfCallbacksDmf_BufferPool.DeviceOpen = DMF_BufferPool_Open;
    dmfCallbacksDmf_BufferPool.DeviceClose = DMF_BufferPool_Close;

    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(dmfModuleDescriptor_BufferPool,
                                            BufferPool,
                                            DMF_CONTEXT_BufferPool,
                                            DMF_MODULE_OPTIONS_DISPATCH_MAXIMUM,
                                            DMF_MODULE_OPEN_OPTION_OPEN_Create);
    dmfModuleDescriptor_BufferPool.CallbacksDmf = &dmfCallbacksDmf_BufferPool;

    ntStatus = DMF_ModuleCreate(Device,
                                DmfModuleAttributes,
                                ObjectAttributes,
                                &dmfModuleDescriptor_BufferPool,
                                DmfModule);
    if (NT_SUCCESS(ntStatus))
    {
        moduleConfig = DMF_CONFIG_GET(*DmfModule);
        if ((moduleConfig->BufferPoolMode == BufferPool_Mode_Source) &&
            DMF_IsPoolTypePassiveLevel(moduleConfig->Mode.SourceSettings.PoolType))
        {
            DmfVerifierAssert("Paged buffers need PassiveLevel.", DMF_ModuleLockIsPassive(*DmfModule));
        }
    }
    else
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
DMF_BufferPool_ContextGet(
    DMFMODULE DmfModule,
    VOID* ClientBuffer,
    VOID** ClientBufferContext
    )
/*++

Routine Description:

    Gives the address of the Client's context of a buffer, whichever Source made it.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The Client buffer.
    ClientBufferContext - The address of its context.

Return Value:

    None

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferPool);

    *ClientBufferContext = BufferPool_EntryGet(ClientBuffer)->ClientBufferContext;
}

_Use_decl_annotations_
ULONG
DMF_BufferPool_Count(
    DMFMODULE DmfModule
    )
/*++

Routine Description:

    Gives the number of buffers in the list, which may be another one when this returns.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    The number of buffers.

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferPool);

    return ReadULongNoFence(&DMF_CONTEXT_GET(DmfModule)->BufferCount);
}

_Use_decl_annotations_
VOID
DMF_BufferPool_Enumerate(
    DMFMODULE DmfModule,
    EVT_DMF_BufferPool_Enumeration EntryEnumerationCallback,
    VOID* ClientDriverCallbackContext,
    VOID** ClientBuffer,
    VOID** ClientBufferContext
    )
/*++

Routine Description:

    Shows a Sink's buffers to the Client from the first to the last, except those that their timer is about to take out.

Arguments:

    DmfModule - This Module's handle.
    EntryEnumerationCallback - Called for each buffer, under the Module's lock. Says what becomes of the buffer.
    ClientDriverCallbackContext - Passed to the callback.
    ClientBuffer - The buffer that the callback removed, or NULL.
    ClientBufferContext - The address of its context, or NULL.

Return Value:

    None

--*/
{
    DMF_CONTEXT_BufferPool* moduleContext;
    BUFFERPOOL_ENTRY* bufferPoolEntry;
    BufferPool_EnumerationDispositionType disposition;
    LIST_ENTRY* nextListEntry;
    BOOLEAN continueEnumeration;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferPool);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    DmfAssert(! moduleContext->IsSource);
    if (ClientBuffer != NULL)
    {
        *ClientBuffer = NULL;
    }
    if (ClientBufferContext != NULL)
    {
        *ClientBufferContext = NULL;
    }

    continueEnumeration = TRUE;
    DMF_ModuleLock(DmfModule);
    for (LIST_ENTRY* listEntry = moduleContext->Buffers.Flink;
         continueEnumeration && (listEntry != &moduleContext->Buffers);
         listEntry = nextListEntry)
    {
        nextListEntry = listEntry->Flink;
        bufferPoolEntry = CONTAINING_RECORD(listEntry, BUFFERPOOL_ENTRY, ListEntry);
        if (bufferPoolEntry->TimerIsArmed && (! WdfTimerStop(bufferPoolEntry->Timer,
                                                             FALSE)))
        {
            continue;
        }
        disposition = EntryEnumerationCallback(DmfModule,
                                               bufferPoolEntry->ClientBuffer,
                                               bufferPoolEntry->ClientBufferContext,
                                               ClientDriverCallbackContext);
        continueEnumeration = BufferPool_DispositionApply(moduleContext,
                                                          bufferPoolEntry,
                                                          disposition,
                                                          ClientBuffer,
                                                          ClientBufferContext);
    }
    DMF_ModuleUnlock(DmfModule);
}

_Use_decl_annotations_
NTSTATUS
DMF_BufferPool_Get(
    DMFMODULE DmfModule,
    VOID** ClientBuffer,
    VOID** ClientBufferContext
    )
/*++

Routine Description:

    Takes the first buffer out of the list. The Client owns it until it puts it into a list.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The Client buffer.
    ClientBufferContext - The address of its context, or NULL if buffers have none.

Return Value:

    STATUS_UNSUCCESSFUL if there is no buffer.

--*/
{
    NTSTATUS ntStatus;
    BUFFERPOOL_ENTRY* bufferPoolEntry;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferPool);

    ntStatus = BufferPool_EntryRemove(DmfModule,
                                      &bufferPoolEntry);
    if (NT_SUCCESS(ntStatus))
    {
        *ClientBuffer = bufferPoolEntry->ClientBuffer;
        if (ClientBufferContext != NULL)
        {
            *ClientBufferContext = (bufferPoolEntry->BufferContextSize > 0) ? bufferPoolEntry->ClientBufferContext : NULL;
        }
    }

    return ntStatus;
}

_Use_decl_annotations_
NTSTATUS
DMF_BufferPool_GetWithMemory(
    DMFMODULE DmfModule,
    VOID** ClientBuffer,
    VOID** ClientBufferContext,
    WDFMEMORY* ClientBufferMemory
    )
/*++

Routine Description:

    Takes the first buffer out of the list. The Client owns it until it puts it into a list.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The Client buffer.
    ClientBufferContext - The address of its context.
    ClientBufferMemory - The WDFMEMORY of the Client buffer.

Return Value:

    STATUS_UNSUCCESSFUL if there is no buffer.

--*/
{
    NTSTATUS ntStatus;
    BUFFERPOOL_ENTRY* bufferPoolEntry;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferPool);

    ntStatus = BufferPool_EntryRemove(DmfModule,
                                      &bufferPoolEntry);
    if (NT_SUCCESS(ntStatus))
    {
        *ClientBuffer = bufferPoolEntry->ClientBuffer;
        *ClientBufferContext = bufferPoolEntry->ClientBufferContext;
        *ClientBufferMemory = bufferPoolEntry->ClientBufferMemory;
    }

    return ntStatus;
}

_Use_decl_annotations_
NTSTATUS
DMF_BufferPool_GetWithMemoryDescriptor(
    DMFMODULE DmfModule,
    VOID** ClientBuffer,
    PWDF_MEMORY_DESCRIPTOR MemoryDescriptor,
    VOID** ClientBufferContext
    )
/*++

Routine Description:

    Takes the first buffer out of the list. The Client owns it until it puts it into a list.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The Client buffer.
    MemoryDescriptor - The memory descriptor of the Client buffer.
    ClientBufferContext - The address of its context.

Return Value:

    STATUS_INSUFFICIENT_RESOURCES if there is no buffer.

--*/
{
    NTSTATUS ntStatus;
    BUFFERPOOL_ENTRY* bufferPoolEntry;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferPool);

    ntStatus = BufferPool_EntryRemove(DmfModule,
                                      &bufferPoolEntry);
    if (NT_SUCCESS(ntStatus))
    {
        *ClientBuffer = bufferPoolEntry->ClientBuffer;
        *MemoryDescriptor = bufferPoolEntry->MemoryDescriptor;
        *ClientBufferContext = bufferPoolEntry->ClientBufferContext;
    }
    else
    {
        ntStatus = STATUS_INSUFFICIENT_RESOURCES;
    }

    return ntStatus;
}

_Use_decl_annotations_
VOID
DMF_BufferPool_ParametersGet(
    DMFMODULE DmfModule,
    VOID* ClientBuffer,
    PWDF_MEMORY_DESCRIPTOR MemoryDescriptor,
    WDFMEMORY* ClientBufferMemory,
    ULONG* ClientBufferSize,
    VOID** ClientBufferContext,
    ULONG* ClientBufferContextSize
    )
/*++

Routine Description:

    Gives what the Source that made a buffer knows of it.

Arguments:

    DmfModule - This Module's handle, the Source that made the buffer.
    ClientBuffer - The Client buffer.
    MemoryDescriptor - The memory descriptor of the Client buffer.
    ClientBufferMemory - The WDFMEMORY of the Client buffer.
    ClientBufferSize - The size of the Client buffer.
    ClientBufferContext - The address of its context.
    ClientBufferContextSize - The size of its context.

Return Value:

    None

--*/
{
    BUFFERPOOL_ENTRY* bufferPoolEntry;

    DMFMODULE_VALIDATE_IN_METHOD_CLOSING_OK(DmfModule,
                                            BufferPool);

    bufferPoolEntry = BufferPool_EntryGet(ClientBuffer);
    DmfAssert(bufferPoolEntry->CreatedBy == DmfModule);
    if (MemoryDescriptor != NULL)
    {
        *MemoryDescriptor = bufferPoolEntry->MemoryDescriptor;
    }
    if (ClientBufferMemory != NULL)
    {
        *ClientBufferMemory = bufferPoolEntry->ClientBufferMemory;
    }
    if (ClientBufferSize != NULL)
    {
        *ClientBufferSize = bufferPoolEntry->BufferSize;
    }
    if (ClientBufferContext != NULL)
    {
        *ClientBufferContext = bufferPoolEntry->ClientBufferContext;
    }
    if (ClientBufferContextSize != NULL)
    {
        *ClientBufferContextSize = bufferPoolEntry->BufferContextSize;
    }
}

_Use_decl_annotations_
VOID
DMF_BufferPool_Put(
    DMFMODULE DmfModule,
    VOID* ClientBuffer
    )
/*++

Routine Description:

    Puts a buffer at the end of the list. The Client does not own it any more.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The Client buffer.

Return Value:

    None

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD_CLOSING_OK(DmfModule,
                                            BufferPool);

    BufferPool_EntryPut(DmfModule,
                        ClientBuffer,
                        FALSE);
}

_Use_decl_annotations_
VOID
DMF_BufferPool_PutAtHead(
    DMFMODULE DmfModule,
    VOID* ClientBuffer
    )
/*++

Routine Description:

    Puts a buffer at the start of the list. The Client does not own it any more.

Arguments:

    DmfModule - This Module's handle.
    ClientBuffer - The Client buffer.

Return Value:

    None

--*/
{
    DMFMODULE_VALIDATE_IN_METHOD_CLOSING_OK(DmfModule,
                                            BufferPool);

    BufferPool_EntryPut(DmfModule,
                        ClientBuffer,
                        TRUE);
}

_Use_decl_annotations_
VOID
DMF_BufferPool_PutInSinkWithTimer(
    DMFMODULE DmfModule,
    VOID* ClientBuffer,
    ULONGLONG TimerExpirationMilliseconds,
    EVT_DMF_BufferPool_TimerCallback* TimerExpirationCallback,
    VOID* TimerExpirationCallbackContext
    )
/*++

Routine Description:

    Puts a buffer at the end of a Sink's list for a limited time. If nobody takes it out before, the callback gets it. A
    buffer that has no timer, or comes without a callback, stays in the list like any other.

Arguments:

    DmfModule - This Module's handle, a Sink.
    ClientBuffer - The Client buffer, whose Source makes buffers with timers.
    TimerExpirationMilliseconds - How long it stays in the list.
    TimerExpirationCallback - Called when its time is over. The Client owns the buffer from then on.
    TimerExpirationCallbackContext - Passed to the callback.

Return Value:

    None

--*/
{
    DMF_CONTEXT_BufferPool* moduleContext;
    BUFFERPOOL_ENTRY* bufferPoolEntry;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule,
                                 BufferPool);

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    bufferPoolEntry = BufferPool_EntryGet(ClientBuffer);
    DmfAssert(! moduleContext->IsSource);
#if defined(DMF_USER_MODE)
    DmfAssert(! DMF_CONFIG_GET(DmfModule)->Mode.SourceSettings.EnableLookAside);
#endif /* defined(DMF_USER_MODE) */
    DmfAssert(bufferPoolEntry->Timer != NULL);
    DmfAssert(TimerExpirationCallback != NULL);

    DMF_ModuleLock(DmfModule);
    if (bufferPoolEntry->InsertedInto != NULL)
    {
        /* The Client did not own it. It stays where it is. */
        DmfAssert(FALSE);
        goto Exit;
    }
    BufferPool_ListInsert(DmfModule,
                          moduleContext,
                          bufferPoolEntry,
                          FALSE);
    if ((bufferPoolEntry->Timer != NULL) && (TimerExpirationCallback != NULL))
    {
        bufferPoolEntry->TimerExpirationCallback = TimerExpirationCallback;
        bufferPoolEntry->TimerExpirationCallbackContext = TimerExpirationCallbackContext;
        bufferPoolEntry->TimerPeriod = BUFFERPOOL_TIME_MAXIMUM;
        if (TimerExpirationMilliseconds <= BUFFERPOOL_TIME_MAXIMUM / WDF_TIMEOUT_TO_MS)
        {
            bufferPoolEntry->TimerPeriod = TimerExpirationMilliseconds * WDF_TIMEOUT_TO_MS;
        }
        BufferPool_TimerReset(bufferPoolEntry);
    }

Exit:

    DMF_ModuleUnlock(DmfModule);
}
