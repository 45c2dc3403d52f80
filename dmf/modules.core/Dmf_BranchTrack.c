/* SPDX-License-Identifier: MIT */
/*
 * BranchTrack: counts check points of a driver by name, and says which of them were passed as often as is expected.
 *
 * Environment: kernel mode and user mode drivers.
 */

/* DMF and this Module's Library specific definitions. */
#include "DmfModule.h"
#include "DmfModules.Core.h"
#include "DmfModules.Core.Trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "Dmf_BranchTrack.tmh"
#endif

/*
 * Module Private Enumerations and Structures
 */

#define BRANCHTRACK_TAG 'MTBo'

/* What can be counted to, and remembered, in any case. */
#define BRANCHTRACK_MAXIMUM_BRANCHES 0x100000

/* A link's name may still be another instance's that is on its way out. */
#define BRANCHTRACK_LINK_ATTEMPTS 5
#define BRANCHTRACK_LINK_DELAY_MILLISECONDS 1000

/* A check point. It stays as long as the Module, so that it is found and counted without a lock. */
typedef struct
{
    EVT_DMF_BranchTrack_StatusQuery* CallbackStatusQuery;
    ULONG_PTR Context;
    volatile LONG64 Count;
    ULONG Hash;
    USHORT BranchNameLength;
    USHORT HintNameLength;
    /* Branch name and hint, each with its terminator. */
    CHAR Names[ANYSIZE_ARRAY];
} BRANCHTRACK_ENTRY;

/* What makes a check point the same one. */
typedef struct
{
    const CHAR* BranchName;
    const CHAR* HintName;
    USHORT BranchNameLength;
    USHORT HintNameLength;
    EVT_DMF_BranchTrack_StatusQuery* CallbackStatusQuery;
    ULONG_PTR Context;
    ULONG Hash;
} BRANCHTRACK_KEY;

/*
 * Module Private Context
 */

typedef struct
{
    /* The check points in the order in which they were made; the Module's lock is held to add one. */
    VOID* volatile* Entries;
    volatile LONG NumberOfEntries;
    /* The same, found by their hash: a power of two of places, at most half of which are taken. */
    VOID* volatile* Places;
    ULONG NumberOfPlaces;
} DMF_CONTEXT_BranchTrack;

/* This macro declares the following function: */
/* DMF_CONTEXT_GET() */
DMF_MODULE_DECLARE_CONTEXT(BranchTrack)

/* This macro declares the following function: */
/* DMF_CONFIG_GET() */
DMF_MODULE_DECLARE_CONFIG(BranchTrack)

/*
 * DMF Module Support Code
 */

static
USHORT
BranchTrack_NameLength(
    _In_z_ const CHAR* Name,
    _In_ ULONG MaximumLength
    )
/*++

Routine Description:

    Measures a name as far as it is kept.

Arguments:

    Name - The given name.
    MaximumLength - The longest length that is kept.

Return Value:

    The number of characters.

--*/
{
    ULONG length;

    length = 0;
    while ((length < MaximumLength) &&
           (Name[length] != '\0'))
    {
        length++;
    }
    DmfAssert(Name[length] == '\0');

    return (USHORT)length;
}

static
ULONG
BranchTrack_HashAdd(
    _In_ ULONG Hash,
    _In_reads_bytes_(Size) const VOID* Data,
    _In_ ULONG Size
    )
/*++

Routine Description:

    Adds bytes to a hash (FNV-1a).

Arguments:

    Hash - The hash of what comes before.
    Data - What to add.
    Size - Its size in bytes.

Return Value:

    The hash with them.

--*/
{
    ULONG byteIndex;

    for (byteIndex = 0; byteIndex < Size; byteIndex++)
    {
        Hash = (Hash ^ ((const UCHAR*)Data)[byteIndex]) * 16777619UL;
    }

    return Hash;
}

static
VOID
BranchTrack_KeyMake(
    _In_ DMF_CONFIG_BranchTrack* ModuleConfig,
    _In_z_ const CHAR* BranchName,
    _In_z_ const CHAR* HintName,
    _In_ EVT_DMF_BranchTrack_StatusQuery* CallbackStatusQuery,
    _In_ ULONG_PTR Context,
    _Out_ BRANCHTRACK_KEY* Key
    )
/*++

Routine Description:

    Gathers what makes a check point the same one.

Arguments:

    ModuleConfig - The Config of this Module.
    BranchName - The name of the check point.
    HintName - What is expected of it, in words.
    CallbackStatusQuery - Tells whether it meets its expectation.
    Context - The callback's.
    Key - Where to write the result.

Return Value:

    None

--*/
{
    Key->BranchName = BranchName;
    Key->HintName = HintName;
    Key->BranchNameLength = BranchTrack_NameLength(BranchName,
                                                   ModuleConfig->MaximumBranchNameLength);
    Key->HintNameLength = BranchTrack_NameLength(HintName,
                                                 BRANCH_TRACK_HINT_NAME_MAXIMUM_LENGTH);
    Key->CallbackStatusQuery = CallbackStatusQuery;
    Key->Context = Context;
    Key->Hash = BranchTrack_HashAdd(2166136261UL,
                                    BranchName,
                                    Key->BranchNameLength);
    Key->Hash = BranchTrack_HashAdd(Key->Hash,
                                    HintName,
                                    Key->HintNameLength);
    Key->Hash = BranchTrack_HashAdd(Key->Hash,
                                    &Key->Context,
                                    sizeof(Key->Context));
}

static
BOOLEAN
BranchTrack_EntryIs(
    _In_ const BRANCHTRACK_ENTRY* Entry,
    _In_ const BRANCHTRACK_KEY* Key
    )
/*++

Routine Description:

    Compares a check point with what is looked for.

Arguments:

    Entry - The given check point.
    Key - What is looked for.

Return Value:

    TRUE if it is the one.

--*/
{
    return (Entry->Hash == Key->Hash) &&
           (Entry->CallbackStatusQuery == Key->CallbackStatusQuery) &&
           (Entry->Context == Key->Context) &&
           (Entry->BranchNameLength == Key->BranchNameLength) &&
           (Entry->HintNameLength == Key->HintNameLength) &&
           (RtlCompareMemory(Entry->Names,
                             Key->BranchName,
                             Key->BranchNameLength) == Key->BranchNameLength) &&
           (RtlCompareMemory(&Entry->Names[Entry->BranchNameLength + 1],
                             Key->HintName,
                             Key->HintNameLength) == Key->HintNameLength);
}

static
BRANCHTRACK_ENTRY*
BranchTrack_EntryFind(
    _In_ DMF_CONTEXT_BranchTrack* ModuleContext,
    _In_ const BRANCHTRACK_KEY* Key,
    _Out_ ULONG* PlaceIndex
    )
/*++

Routine Description:

    Finds a check point. Needs no lock, because check points are only added.

Arguments:

    ModuleContext - This Module's Context.
    Key - What is looked for.
    PlaceIndex - Where to write the place that it has, or would get.

Return Value:

    NULL if there is none.

--*/
{
    BRANCHTRACK_ENTRY* entry;
    ULONG placeIndex;

    placeIndex = Key->Hash & (ModuleContext->NumberOfPlaces - 1);
    entry = (BRANCHTRACK_ENTRY*)ReadPointerAcquire((PVOID*)&ModuleContext->Places[placeIndex]);
    while ((entry != NULL) &&
           (! BranchTrack_EntryIs(entry,
                                  Key)))
    {
        placeIndex = (placeIndex + 1) & (ModuleContext->NumberOfPlaces - 1);
        entry = (BRANCHTRACK_ENTRY*)ReadPointerAcquire((PVOID*)&ModuleContext->Places[placeIndex]);
    }
    *PlaceIndex = placeIndex;

    return entry;
}

static
BRANCHTRACK_ENTRY*
BranchTrack_EntryMake(
    _In_ DMFMODULE DmfModule,
    _In_ const BRANCHTRACK_KEY* Key
    )
/*++

Routine Description:

    Allocates a check point, which nobody knows yet.

Arguments:

    DmfModule - This Module's handle.
    Key - What makes the check point the same one.

Return Value:

    NULL if there is no memory.

--*/
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES objectAttributes;
    WDFMEMORY memory;
    VOID* buffer;
    BRANCHTRACK_ENTRY* entry;

    WDF_OBJECT_ATTRIBUTES_INIT(&objectAttributes);
    objectAttributes.ParentObject = DmfModule;
    ntStatus = WdfMemoryCreate(&objectAttributes,
                               NonPagedPoolNx,
                               BRANCHTRACK_TAG,
                               FIELD_OFFSET(BRANCHTRACK_ENTRY, Names) + Key->BranchNameLength + Key->HintNameLength + 2,
                               &memory,
                               &buffer);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "A check point is not counted: ntStatus=%!STATUS!", ntStatus);
        entry = NULL;
        goto Exit;
    }

    entry = (BRANCHTRACK_ENTRY*)buffer;
    entry->CallbackStatusQuery = Key->CallbackStatusQuery;
    entry->Context = Key->Context;
    entry->Count = 0;
    entry->Hash = Key->Hash;
    entry->BranchNameLength = Key->BranchNameLength;
    entry->HintNameLength = Key->HintNameLength;
    RtlCopyMemory(entry->Names,
                  Key->BranchName,
                  Key->BranchNameLength);
    entry->Names[Key->BranchNameLength] = '\0';
    RtlCopyMemory(&entry->Names[Key->BranchNameLength + 1],
                  Key->HintName,
                  Key->HintNameLength);
    entry->Names[Key->BranchNameLength + 1 + Key->HintNameLength] = '\0';

Exit:

    return entry;
}

static
BRANCHTRACK_ENTRY*
BranchTrack_EntryAdd(
    _In_ DMFMODULE DmfModule,
    _In_ const BRANCHTRACK_KEY* Key
    )
/*++

Routine Description:

    Adds a check point, unless another thread has just done so.

Arguments:

    DmfModule - This Module's handle.
    Key - What makes the check point the same one.

Return Value:

    NULL if there is no memory, or as many check points as there may be.

--*/
{
    DMF_CONTEXT_BranchTrack* moduleContext;
    DMF_CONFIG_BranchTrack* moduleConfig;
    BRANCHTRACK_ENTRY* entry;
    ULONG placeIndex;

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    moduleConfig = DMF_CONFIG_GET(DmfModule);

    DMF_ModuleLock(DmfModule);

    entry = BranchTrack_EntryFind(moduleContext,
                                  Key,
                                  &placeIndex);
    if (entry == NULL)
    {
        if ((ULONG)moduleContext->NumberOfEntries == moduleConfig->MaximumBranches)
        {
            TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "A check point is not counted: there are %u already",
                        moduleConfig->MaximumBranches);
            goto Exit;
        }
        entry = BranchTrack_EntryMake(DmfModule,
                                      Key);
        if (entry == NULL)
        {
            goto Exit;
        }
        WritePointerRelease((PVOID*)&moduleContext->Entries[moduleContext->NumberOfEntries],
                            entry);
        WriteRelease(&moduleContext->NumberOfEntries,
                     moduleContext->NumberOfEntries + 1);
        WritePointerRelease((PVOID*)&moduleContext->Places[placeIndex],
                            entry);
    }

Exit:

    DMF_ModuleUnlock(DmfModule);

    return entry;
}

static
BRANCHTRACK_ENTRY*
BranchTrack_EntryGet(
    _In_ DMFMODULE DmfModule,
    _In_z_ const CHAR* BranchName,
    _In_z_ const CHAR* HintName,
    _In_ EVT_DMF_BranchTrack_StatusQuery* CallbackStatusQuery,
    _In_ ULONG_PTR Context
    )
/*++

Routine Description:

    Finds a check point, or adds it.

Arguments:

    DmfModule - This Module's handle.
    BranchName - The name of the check point.
    HintName - What is expected of it, in words.
    CallbackStatusQuery - Tells whether it meets its expectation.
    Context - The callback's.

Return Value:

    NULL if it cannot be had.

--*/
{
    DMF_CONTEXT_BranchTrack* moduleContext;
    BRANCHTRACK_KEY key;
    BRANCHTRACK_ENTRY* entry;
    ULONG placeIndex;

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    BranchTrack_KeyMake(DMF_CONFIG_GET(DmfModule),
                        BranchName,
                        HintName,
                        CallbackStatusQuery,
                        Context,
                        &key);
    entry = BranchTrack_EntryFind(moduleContext,
                                  &key,
                                  &placeIndex);
    if (entry == NULL)
    {
        entry = BranchTrack_EntryAdd(DmfModule,
                                     &key);
    }

    return entry;
}

static
BOOLEAN
BranchTrack_EntryPasses(
    _In_ DMFMODULE DmfModule,
    _In_ BRANCHTRACK_ENTRY* Entry,
    _Out_ ULONGLONG* Count
    )
/*++

Routine Description:

    Asks whether a check point meets its expectation.

Arguments:

    DmfModule - This Module's handle.
    Entry - The given check point.
    Count - Where to write how often it was passed.

Return Value:

    TRUE if it does.

--*/
{
    *Count = (ULONGLONG)ReadAcquire64(&Entry->Count);

    return Entry->CallbackStatusQuery(DmfModule,
                                      Entry->Names,
                                      Entry->Context,
                                      *Count);
}

static
ULONG
BranchTrack_EntryByNumber(
    _In_ DMF_CONTEXT_BranchTrack* ModuleContext,
    _In_ ULONG EntryIndex,
    _Out_ BRANCHTRACK_ENTRY** Entry
    )
/*++

Routine Description:

    Gets a check point by its number.

Arguments:

    ModuleContext - This Module's Context.
    EntryIndex - The number of a check point.
    Entry - Where to write the check point.

Return Value:

    The size of its entry in an answer.

--*/
{
    *Entry = (BRANCHTRACK_ENTRY*)ReadPointerAcquire((PVOID*)&ModuleContext->Entries[EntryIndex]);

    return (ULONG)FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA_DETAILS, StringBuffer) + (*Entry)->BranchNameLength +
           (*Entry)->HintNameLength + 3;
}

static
NTSTATUS
BranchTrack_StatusAnswer(
    _In_ DMFMODULE DmfModule,
    _In_ WDFREQUEST Request,
    _Out_ size_t* BytesReturned
    )
/*++

Routine Description:

    Answers how many check points there are, and how many meet their expectation.

Arguments:

    DmfModule - This Module's handle.
    Request - The given request.
    BytesReturned - Where to write the size of the answer.

Return Value:

    STATUS_SUCCESS, or what WDF says about the output buffer.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_BranchTrack* moduleContext;
    DMF_CONFIG_BranchTrack* moduleConfig;
    VOID* outputBuffer;
    BRANCHTRACK_REQUEST_OUTPUT_DATA* outputData;
    BRANCHTRACK_ENTRY* entry;
    ULONG numberOfEntries;
    ULONG entryIndex;
    ULONG passed;
    ULONGLONG count;
    size_t nameSize;
    size_t size;

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    moduleConfig = DMF_CONFIG_GET(DmfModule);

    *BytesReturned = 0;
    /* A Client that wrote the name itself may have left no terminator. */
    moduleConfig->ClientName[BRANCH_TRACK_CLIENT_NAME_MAXIMUM_LENGTH] = '\0';
    nameSize = strlen(moduleConfig->ClientName) + 1;
    size = FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA, Response.Status.ClientModuleName) + nameSize;
    ntStatus = WdfRequestRetrieveOutputBuffer(Request,
                                              size,
                                              &outputBuffer,
                                              NULL);
    if (! NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }

    passed = 0;
    numberOfEntries = (ULONG)ReadAcquire(&moduleContext->NumberOfEntries);
    for (entryIndex = 0; entryIndex < numberOfEntries; entryIndex++)
    {
        BranchTrack_EntryByNumber(moduleContext,
                                  entryIndex,
                                  &entry);
        if (BranchTrack_EntryPasses(DmfModule,
                                    entry,
                                    &count))
        {
            passed++;
        }
    }

    outputData = (BRANCHTRACK_REQUEST_OUTPUT_DATA*)outputBuffer;
    outputData->ResponseType = BRANCHTRACK_REQUEST_TYPE_STATUS;
    outputData->ResponseLength = (DWORD)(FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA_STATUS, ClientModuleName) + nameSize);
    outputData->Response.Status.BranchesTotal = numberOfEntries;
    outputData->Response.Status.BranchesPassed = passed;
    RtlCopyMemory(outputData->Response.Status.ClientModuleName,
                  moduleConfig->ClientName,
                  nameSize);
    *BytesReturned = size;

Exit:

    return ntStatus;
}

static
VOID
BranchTrack_DetailsWrite(
    _In_ DMFMODULE DmfModule,
    _In_ BRANCHTRACK_ENTRY* Entry,
    _In_ ULONG NextEntryOffset,
    _Out_ UCHAR* Buffer
    )
/*++

Routine Description:

    Writes what is known about a check point into an answer.

Arguments:

    DmfModule - This Module's handle.
    Entry - The given check point.
    NextEntryOffset - Where the next one begins; zero for the last one.
    Buffer - Where to write; it may be unaligned.

Return Value:

    None

--*/
{
    BRANCHTRACK_REQUEST_OUTPUT_DATA_DETAILS details;
    ULONG stringsOffset;

    stringsOffset = FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA_DETAILS, StringBuffer);
    RtlZeroMemory(&details,
                  sizeof(details));
    details.NextEntryOffset = NextEntryOffset;
    /* The name of the file is empty. */
    details.FileNameOffset = stringsOffset;
    details.BranchNameOffset = stringsOffset + 1;
    details.HintNameOffset = stringsOffset + 1 + Entry->BranchNameLength + 1;
    details.IsPassed = BranchTrack_EntryPasses(DmfModule,
                                               Entry,
                                               &details.CounterState);
    details.ExpectedState = Entry->Context;

    RtlCopyMemory(Buffer,
                  &details,
                  stringsOffset);
    Buffer[stringsOffset] = '\0';
    RtlCopyMemory(&Buffer[stringsOffset + 1],
                  Entry->Names,
                  (size_t)Entry->BranchNameLength + Entry->HintNameLength + 2);
}

static
NTSTATUS
BranchTrack_DetailsAnswer(
    _In_ DMFMODULE DmfModule,
    _In_ WDFREQUEST Request,
    _Out_ size_t* BytesReturned
    )
/*++

Routine Description:

    Answers what is known about each check point.

Arguments:

    DmfModule - This Module's handle.
    Request - The given request.
    BytesReturned - Where to write the size of the answer.

Return Value:

    STATUS_SUCCESS, or what WDF says about the output buffer.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_BranchTrack* moduleContext;
    VOID* outputBuffer;
    BRANCHTRACK_REQUEST_OUTPUT_DATA* outputData;
    BRANCHTRACK_ENTRY* entry;
    ULONG numberOfEntries;
    ULONG entryIndex;
    ULONG entrySize;
    size_t size;
    size_t offset;

    moduleContext = DMF_CONTEXT_GET(DmfModule);

    /* Check points that are made from here on are not in this answer. */
    *BytesReturned = 0;
    size = 0;
    numberOfEntries = (ULONG)ReadAcquire(&moduleContext->NumberOfEntries);
    for (entryIndex = 0; entryIndex < numberOfEntries; entryIndex++)
    {
        size += BranchTrack_EntryByNumber(moduleContext,
                                          entryIndex,
                                          &entry);
    }
    ntStatus = WdfRequestRetrieveOutputBuffer(Request,
                                              FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA, Response) + size,
                                              &outputBuffer,
                                              NULL);
    if (! NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }

    outputData = (BRANCHTRACK_REQUEST_OUTPUT_DATA*)outputBuffer;
    outputData->ResponseType = BRANCHTRACK_REQUEST_TYPE_DETAILS;
    outputData->ResponseLength = (DWORD)size;
    offset = 0;
    for (entryIndex = 0; entryIndex < numberOfEntries; entryIndex++)
    {
        entrySize = BranchTrack_EntryByNumber(moduleContext,
                                              entryIndex,
                                              &entry);
        BranchTrack_DetailsWrite(DmfModule,
                                 entry,
                                 (entryIndex + 1 < numberOfEntries) ? entrySize : 0,
                                 &outputData->Response.Details[offset]);
        offset += entrySize;
    }
    *BytesReturned = FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA, Response) + size;

Exit:

    return ntStatus;
}

#pragma code_seg("PAGE")
static
NTSTATUS
BranchTrack_TableAllocate(
    _In_ DMFMODULE DmfModule,
    _In_ ULONG NumberOfPointers,
    _Out_ VOID* volatile** Table
    )
/*++

Routine Description:

    Allocates memory for pointers, which are NULL at first. It lives as long as the Module.

Arguments:

    DmfModule - This Module's handle.
    NumberOfPointers - The number of pointers.
    Table - Where to write the address of the memory.

Return Value:

    STATUS_SUCCESS, or what WDF says when there is no memory.

--*/
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES objectAttributes;
    WDFMEMORY memory;
    VOID* buffer;

    PAGED_CODE();

    WDF_OBJECT_ATTRIBUTES_INIT(&objectAttributes);
    objectAttributes.ParentObject = DmfModule;
    ntStatus = WdfMemoryCreate(&objectAttributes,
                               NonPagedPoolNx,
                               BRANCHTRACK_TAG,
                               (size_t)NumberOfPointers * sizeof(VOID*),
                               &memory,
                               &buffer);
    if (NT_SUCCESS(ntStatus))
    {
        RtlZeroMemory(buffer,
                      (size_t)NumberOfPointers * sizeof(VOID*));
        *Table = (VOID* volatile*)buffer;
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
NTSTATUS
BranchTrack_Expose(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Lets programs find the device.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    STATUS_SUCCESS, or what WDF says.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONFIG_BranchTrack* moduleConfig;
    UNICODE_STRING symbolicLinkName;
    ULONG attempt;

    PAGED_CODE();

    moduleConfig = DMF_CONFIG_GET(DmfModule);
    if (moduleConfig->SymbolicLinkName == NULL)
    {
        ntStatus = WdfDeviceCreateDeviceInterface(DMF_ParentDeviceGet(DmfModule),
                                                  &GUID_DEVINTERFACE_BranchTrack,
                                                  NULL);
        goto Exit;
    }

    RtlInitUnicodeString(&symbolicLinkName,
                         moduleConfig->SymbolicLinkName);
    ntStatus = WdfDeviceCreateSymbolicLink(DMF_ParentDeviceGet(DmfModule),
                                           &symbolicLinkName);
    for (attempt = 1; (attempt < BRANCHTRACK_LINK_ATTEMPTS) && (ntStatus == STATUS_OBJECT_NAME_COLLISION); attempt++)
    {
        DMF_Utility_DelayMilliseconds(BRANCHTRACK_LINK_DELAY_MILLISECONDS);
        ntStatus = WdfDeviceCreateSymbolicLink(DMF_ParentDeviceGet(DmfModule),
                                               &symbolicLinkName);
    }

Exit:

    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "Nobody can ask for the check points: ntStatus=%!STATUS!", ntStatus);
    }

    return ntStatus;
}
#pragma code_seg()

/*
 * WDF Module Callbacks
 */

static
_Function_class_(DMF_ModuleDeviceIoControl)
_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_BranchTrack_ModuleDeviceIoControl(
    _In_ DMFMODULE DmfModule,
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t OutputBufferLength,
    _In_ size_t InputBufferLength,
    _In_ ULONG IoControlCode
    )
/*++

Routine Description:

    Answers who asks for the check points.

Arguments:

    DmfModule - This Module's handle.
    Queue - The queue of the request.
    Request - The given request.
    OutputBufferLength - The size of its output buffer.
    InputBufferLength - The size of its input buffer.
    IoControlCode - Its code.

Return Value:

    TRUE if the request is one of those.

--*/
{
    BOOLEAN handled;
    NTSTATUS ntStatus;
    VOID* inputBuffer;
    size_t bytesReturned;

    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    handled = FALSE;
    if (IoControlCode != IOCTL_BRANCHTRACK_QUERY_INFORMATION)
    {
        goto Exit;
    }

    handled = TRUE;
    bytesReturned = 0;
    ntStatus = WdfRequestRetrieveInputBuffer(Request,
                                             sizeof(BRANCHTRACK_REQUEST_INPUT_DATA),
                                             &inputBuffer,
                                             NULL);
    if (NT_SUCCESS(ntStatus))
    {
        switch (((BRANCHTRACK_REQUEST_INPUT_DATA*)inputBuffer)->Type)
        {
            case BRANCHTRACK_REQUEST_TYPE_STATUS:
            {
                ntStatus = BranchTrack_StatusAnswer(DmfModule,
                                                    Request,
                                                    &bytesReturned);
                break;
            }
            case BRANCHTRACK_REQUEST_TYPE_DETAILS:
            {
                ntStatus = BranchTrack_DetailsAnswer(DmfModule,
                                                     Request,
                                                     &bytesReturned);
                break;
            }
            default:
            {
                ntStatus = STATUS_NOT_SUPPORTED;
                break;
            }
        }
    }
    WdfRequestCompleteWithInformation(Request,
                                      ntStatus,
                                      bytesReturned);

Exit:

    return handled;
}

/*
 * DMF Module Callbacks
 */

#pragma code_seg("PAGE")
static
_Function_class_(DMF_Open)
_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_BranchTrack_Open(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Makes room for check points, lets the Client make its own, and lets programs find the device.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    STATUS_SUCCESS, or why that is not possible.

--*/
{
    NTSTATUS ntStatus;
    DMF_CONTEXT_BranchTrack* moduleContext;
    DMF_CONFIG_BranchTrack* moduleConfig;

    PAGED_CODE();

    moduleContext = DMF_CONTEXT_GET(DmfModule);
    moduleConfig = DMF_CONFIG_GET(DmfModule);

    if ((moduleConfig->MaximumBranches == 0) ||
        (moduleConfig->MaximumBranches > BRANCHTRACK_MAXIMUM_BRANCHES) ||
        (moduleConfig->MaximumBranchNameLength > MAXUSHORT - BRANCH_TRACK_HINT_NAME_MAXIMUM_LENGTH))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "MaximumBranches=%u MaximumBranchNameLength=%u cannot be had",
                    moduleConfig->MaximumBranches, moduleConfig->MaximumBranchNameLength);
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    moduleContext->NumberOfPlaces = 1;
    while (moduleContext->NumberOfPlaces < moduleConfig->MaximumBranches * 2)
    {
        moduleContext->NumberOfPlaces *= 2;
    }
    ntStatus = BranchTrack_TableAllocate(DmfModule,
                                         moduleConfig->MaximumBranches,
                                         &moduleContext->Entries);
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = BranchTrack_TableAllocate(DmfModule,
                                             moduleContext->NumberOfPlaces,
                                             &moduleContext->Places);
    }
    if (NT_SUCCESS(ntStatus))
    {
        if (moduleConfig->BranchesInitialize != NULL)
        {
            moduleConfig->BranchesInitialize(DmfModule);
        }
        ntStatus = BranchTrack_Expose(DmfModule);
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

/*
 * Public Calls by Client
 */

#pragma code_seg("PAGE")
_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
DMF_BranchTrack_Create(
    _In_ WDFDEVICE Device,
    _In_ DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    _In_ WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
    _Out_ DMFMODULE* DmfModule
    )
/*++

Routine Description:

    Creates an instance of this Module.

Arguments:

    Device - The Client Driver's device.
    DmfModuleAttributes - The attributes of the new Module.
    ObjectAttributes - The attributes of its WDF object.
    DmfModule - Where to write the new Module's handle.

Return Value:

    NTSTATUS

--*/
{
    DMF_MODULE_DESCRIPTOR moduleDescriptor;
    DMF_CALLBACKS_DMF callbacksDmf;
    DMF_CALLBACKS_WDF callbacksWdf;

    PAGED_CODE();

    DMF_CALLBACKS_DMF_INIT(&callbacksDmf);
    callbacksDmf.DeviceOpen = DMF_BranchTrack_Open;

    DMF_CALLBACKS_WDF_INIT(&callbacksWdf);
    callbacksWdf.ModuleDeviceIoControl = DMF_BranchTrack_ModuleDeviceIoControl;

    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(moduleDescriptor,
                                            BranchTrack,
                                            DMF_CONTEXT_BranchTrack,
                                            DMF_MODULE_OPTIONS_DISPATCH,
                                            DMF_MODULE_OPEN_OPTION_OPEN_Create);
    moduleDescriptor.CallbacksDmf = &callbacksDmf;
    moduleDescriptor.CallbacksWdf = &callbacksWdf;

    return DMF_ModuleCreate(Device,
                            DmfModuleAttributes,
                            ObjectAttributes,
                            &moduleDescriptor,
                            DmfModule);
}
#pragma code_seg()

/*
 * Module Methods
 */

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BranchTrack_CheckPointExecute(
    _In_opt_ DMFMODULE DmfModule,
    _In_z_ const CHAR* BranchName,
    _In_z_ const CHAR* HintName,
    _In_z_ const CHAR* FileName,
    _In_ ULONG Line,
    _In_ EVT_DMF_BranchTrack_StatusQuery* CallbackStatusQuery,
    _In_ ULONG_PTR Context,
    _In_ BOOLEAN Condition
    )
/*++

Routine Description:

    Counts that a check point is passed, and makes it if it is new.

Arguments:

    DmfModule - This Module's handle, or NULL if the device has no BranchTrack.
    BranchName - The name of the check point.
    HintName - What is expected of it, in words.
    FileName - Where it stands. Not kept.
    Line - The line there. Not kept.
    CallbackStatusQuery - Tells whether it meets its expectation.
    Context - The callback's.
    Condition - If FALSE, nothing happens.

Return Value:

    None

--*/
{
    BRANCHTRACK_ENTRY* entry;

    UNREFERENCED_PARAMETER(FileName);
    UNREFERENCED_PARAMETER(Line);

    if ((DmfModule == NULL) ||
        (! Condition))
    {
        goto Exit;
    }

    DMFMODULE_VALIDATE_IN_METHOD_OPENING_OK(DmfModule,
                                            BranchTrack);

    entry = BranchTrack_EntryGet(DmfModule,
                                 BranchName,
                                 HintName,
                                 CallbackStatusQuery,
                                 Context);
    if (entry != NULL)
    {
        InterlockedIncrement64(&entry->Count);
    }

Exit:

    return;
}

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
DMF_BranchTrack_CheckPointCreate(
    _In_opt_ DMFMODULE DmfModule,
    _In_z_ const CHAR* BranchName,
    _In_z_ const CHAR* HintName,
    _In_z_ const CHAR* FileName,
    _In_ ULONG Line,
    _In_ EVT_DMF_BranchTrack_StatusQuery* CallbackStatusQuery,
    _In_ ULONG_PTR Context,
    _In_ BOOLEAN Condition
    )
/*++

Routine Description:

    Makes a check point that was not passed yet. One that exists begins at zero again.

Arguments:

    DmfModule - This Module's handle, or NULL if the device has no BranchTrack.
    BranchName - The name of the check point.
    HintName - What is expected of it, in words.
    FileName - Where it stands. Not kept.
    Line - The line there. Not kept.
    CallbackStatusQuery - Tells whether it meets its expectation.
    Context - The callback's.
    Condition - If FALSE, nothing happens.

Return Value:

    None

--*/
{
    BRANCHTRACK_ENTRY* entry;

    UNREFERENCED_PARAMETER(FileName);
    UNREFERENCED_PARAMETER(Line);

    if ((DmfModule == NULL) ||
        (! Condition))
    {
        goto Exit;
    }

    DMFMODULE_VALIDATE_IN_METHOD_OPENING_OK(DmfModule,
                                            BranchTrack);

    entry = BranchTrack_EntryGet(DmfModule,
                                 BranchName,
                                 HintName,
                                 CallbackStatusQuery,
                                 Context);
    if (entry != NULL)
    {
        InterlockedExchange64(&entry->Count,
                                  0);
    }

Exit:

    return;
}

_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_BranchTrack_Helper_BranchStatusQuery_Count(
    _In_ DMFMODULE DmfModule,
    _In_z_ CHAR* BranchName,
    _In_ ULONG_PTR BranchContext,
    _In_ ULONGLONG Count
    )
/*++

Routine Description:

    Tells whether a check point was passed as often as is expected.

Arguments:

    DmfModule - Not used.
    BranchName - Not used.
    BranchContext - The number to compare with.
    Count - How often the check point was passed.

Return Value:

    TRUE if it was.

--*/
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(BranchName);

    return Count == (ULONGLONG)BranchContext;
}

_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_BranchTrack_Helper_BranchStatusQuery_MoreThan(
    _In_ DMFMODULE DmfModule,
    _In_z_ CHAR* BranchName,
    _In_ ULONG_PTR BranchContext,
    _In_ ULONGLONG Count
    )
/*++

Routine Description:

    Tells whether a check point was passed more often than is said.

Arguments:

    DmfModule - Not used.
    BranchName - Not used.
    BranchContext - The number to compare with.
    Count - How often the check point was passed.

Return Value:

    TRUE if it was.

--*/
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(BranchName);

    return Count > (ULONGLONG)BranchContext;
}

_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_BranchTrack_Helper_BranchStatusQuery_LessThan(
    _In_ DMFMODULE DmfModule,
    _In_z_ CHAR* BranchName,
    _In_ ULONG_PTR BranchContext,
    _In_ ULONGLONG Count
    )
/*++

Routine Description:

    Tells whether a check point was passed less often than is said.

Arguments:

    DmfModule - Not used.
    BranchName - Not used.
    BranchContext - The number to compare with.
    Count - How often the check point was passed.

Return Value:

    TRUE if it was.

--*/
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(BranchName);

    return Count < (ULONGLONG)BranchContext;
}

_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
DMF_BranchTrack_Helper_BranchStatusQuery_AtLeast(
    _In_ DMFMODULE DmfModule,
    _In_z_ CHAR* BranchName,
    _In_ ULONG_PTR BranchContext,
    _In_ ULONGLONG Count
    )
/*++

Routine Description:

    Tells whether a check point was passed at least as often as is said.

Arguments:

    DmfModule - Not used.
    BranchName - Not used.
    BranchContext - The number to compare with.
    Count - How often the check point was passed.

Return Value:

    TRUE if it was.

--*/
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(BranchName);

    return Count >= (ULONGLONG)BranchContext;
}
