/* SPDX-License-Identifier: MIT */
/*
 * Portable API: services that kernel mode and user mode spell differently, as one call for both.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfPortable.tmh"
#endif

/*
 * Events.
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_Portable_EventCreate(
    DMF_PORTABLE_EVENT* EventPointer,
    EVENT_TYPE EventType,
    BOOLEAN InitialState
    )
/*++

Routine Description:

    Makes an event.

Arguments:

    EventPointer - Where the event is made.
    EventType - NotificationEvent stays set until it is reset; SynchronizationEvent lets one waiting thread go on.
    InitialState - Whether the event is set.

Return Value:

    NTSTATUS. In kernel mode always STATUS_SUCCESS.

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

    ntStatus = STATUS_SUCCESS;
#if defined(DMF_USER_MODE)
    EventPointer->Handle = CreateEventW(NULL,
                                        EventType == NotificationEvent,
                                        InitialState,
                                        NULL);
    if (EventPointer->Handle == NULL)
    {
        ntStatus = NTSTATUS_FROM_WIN32(GetLastError());
    }
#else
    KeInitializeEvent(&EventPointer->Handle,
                      EventType,
                      InitialState);
#endif

    return ntStatus;
}
#pragma code_seg()

_Use_decl_annotations_
VOID
DMF_Portable_EventSet(
    DMF_PORTABLE_EVENT* EventPointer
    )
/*++

Routine Description:

    Sets an event.

Arguments:

    EventPointer - The event.

Return Value:

    None

--*/
{
#if defined(DMF_USER_MODE)
    BOOL isSet;

    isSet = SetEvent(EventPointer->Handle);
    UNREFERENCED_PARAMETER(isSet);
    DmfAssert(isSet);
#else
    KeSetEvent(&EventPointer->Handle,
               IO_NO_INCREMENT,
               FALSE);
#endif
}

_Use_decl_annotations_
VOID
DMF_Portable_EventReset(
    DMF_PORTABLE_EVENT* EventPointer
    )
/*++

Routine Description:

    Makes an event one that is not set.

Arguments:

    EventPointer - The event.

Return Value:

    None

--*/
{
#if defined(DMF_USER_MODE)
    BOOL isReset;

    isReset = ResetEvent(EventPointer->Handle);
    UNREFERENCED_PARAMETER(isReset);
    DmfAssert(isReset);
#else
    KeResetEvent(&EventPointer->Handle);
#endif
}

#if defined(DMF_USER_MODE)

static
DWORD
DmfPortable_TimeoutGet(
    _In_opt_ const ULONG* TimeoutMs
    )
/*++

Routine Description:

    Gives a time-out to Win32, where the largest number has no end. Only a caller without a time-out means that.

Arguments:

    TimeoutMs - The time-out in milliseconds, or NULL.

Return Value:

    The time-out for Win32.

--*/
{
    DWORD timeout;

    if (TimeoutMs == NULL)
    {
        timeout = INFINITE;
    }
    else if (*TimeoutMs == INFINITE)
    {
        timeout = INFINITE - 1;
    }
    else
    {
        timeout = *TimeoutMs;
    }

    return timeout;
}

#else

static
PLARGE_INTEGER
DmfPortable_TimeoutGet(
    _In_opt_ const ULONG* TimeoutMs,
    _Out_ LARGE_INTEGER* Timeout
    )
/*++

Routine Description:

    Gives a time-out to the kernel, which counts units of 100 nanoseconds.

Arguments:

    TimeoutMs - The time-out in milliseconds, or NULL.
    Timeout - Where the time-out is put.

Return Value:

    Timeout, or NULL for none.

--*/
{
    PLARGE_INTEGER timeout;

    timeout = NULL;
    Timeout->QuadPart = 0;
    if (TimeoutMs != NULL)
    {
        Timeout->QuadPart = WDF_REL_TIMEOUT_IN_MS(*TimeoutMs);
        timeout = Timeout;
    }

    return timeout;
}

#endif

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_Portable_EventWaitForSingleObject(
    DMF_PORTABLE_EVENT* EventPointer,
    ULONG* TimeoutMs,
    BOOLEAN Alertable
    )
/*++

Routine Description:

    Waits for an event.

Arguments:

    EventPointer - The event.
    TimeoutMs - How long in milliseconds; NULL for as long as it takes.
    Alertable - Whether an asynchronous procedure call ends the wait.

Return Value:

    STATUS_SUCCESS, STATUS_TIMEOUT, STATUS_ABANDONED, STATUS_ALERTED (in kernel mode also STATUS_USER_APC), or
    STATUS_UNSUCCESSFUL.

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

#if defined(DMF_USER_MODE)
    switch (WaitForSingleObjectEx(EventPointer->Handle,
                                  DmfPortable_TimeoutGet(TimeoutMs),
                                  Alertable))
    {
        case WAIT_OBJECT_0:
            ntStatus = STATUS_SUCCESS;
            break;
        case WAIT_TIMEOUT:
            ntStatus = STATUS_TIMEOUT;
            break;
        case WAIT_ABANDONED:
            ntStatus = STATUS_ABANDONED;
            break;
        case WAIT_IO_COMPLETION:
            ntStatus = STATUS_ALERTED;
            break;
        default:
            ntStatus = STATUS_UNSUCCESSFUL;
            break;
    }
#else
    LARGE_INTEGER timeout;

    ntStatus = KeWaitForSingleObject(&EventPointer->Handle,
                                     Executive,
                                     KernelMode,
                                     Alertable,
                                     DmfPortable_TimeoutGet(TimeoutMs,
                                                            &timeout));
    if ((ntStatus != STATUS_SUCCESS) &&
        (ntStatus != STATUS_TIMEOUT) &&
        (ntStatus != STATUS_ABANDONED) &&
        (ntStatus != STATUS_ALERTED) &&
        (ntStatus != STATUS_USER_APC))
    {
        ntStatus = STATUS_UNSUCCESSFUL;
    }
#endif

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DmfPortable_WaitForMultiple(
    _In_ ULONG EventCount,
    _In_reads_(EventCount) DMF_PORTABLE_EVENT** EventPointer,
    _In_ BOOLEAN WaitForAll,
    _In_opt_ const ULONG* TimeoutMs,
    _In_ BOOLEAN Alertable
    )
/*++

Routine Description:

    Waits for several events, and puts the system's result into the kernel's words, where the number of an event follows
    STATUS_WAIT_0 or STATUS_ABANDONED_WAIT_0.

Arguments:

    EventCount - How many events, at most MAXIMUM_WAIT_OBJECTS.
    EventPointer - The events.
    WaitForAll - Whether the wait is for all of them.
    TimeoutMs - How long in milliseconds; NULL for as long as it takes.
    Alertable - Whether an asynchronous procedure call ends the wait.

Return Value:

    NTSTATUS of the wait.

--*/
{
    NTSTATUS ntStatus;
    ULONG eventIndex;

    PAGED_CODE();

#if defined(DMF_USER_MODE)
    HANDLE handles[MAXIMUM_WAIT_OBJECTS];
    DWORD waitResult;

    for (eventIndex = 0; eventIndex < EventCount; eventIndex++)
    {
        handles[eventIndex] = EventPointer[eventIndex]->Handle;
    }
    waitResult = WaitForMultipleObjectsEx(EventCount,
                                          handles,
                                          WaitForAll,
                                          DmfPortable_TimeoutGet(TimeoutMs),
                                          Alertable);
    /* But for a failure, Win32's numbers are the kernel's. */
    ntStatus = (waitResult == WAIT_FAILED) ? STATUS_UNSUCCESSFUL : (NTSTATUS)waitResult;
#else
    VOID* objects[MAXIMUM_WAIT_OBJECTS];
    /* The thread itself has room for few objects only. */
    KWAIT_BLOCK waitBlocks[MAXIMUM_WAIT_OBJECTS];
    LARGE_INTEGER timeout;

    for (eventIndex = 0; eventIndex < EventCount; eventIndex++)
    {
        objects[eventIndex] = &EventPointer[eventIndex]->Handle;
    }
    ntStatus = KeWaitForMultipleObjects(EventCount,
                                        objects,
                                        WaitForAll ? WaitAll : WaitAny,
                                        Executive,
                                        KernelMode,
                                        Alertable,
                                        DmfPortable_TimeoutGet(TimeoutMs,
                                                               &timeout),
                                        waitBlocks);
#endif

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_Portable_EventWaitForMultiple(
    ULONG EventCount,
    DMF_PORTABLE_EVENT** EventPointer,
    BOOLEAN WaitForAll,
    ULONG* TimeoutMs,
    BOOLEAN Alertable
    )
/*++

Routine Description:

    Waits for all, or for one, of several events.

Arguments:

    EventCount - How many events, at most MAXIMUM_WAIT_OBJECTS.
    EventPointer - The addresses of the events.
    WaitForAll - Whether the wait is for all of them.
    TimeoutMs - How long in milliseconds; NULL for as long as it takes.
    Alertable - Whether an asynchronous procedure call ends the wait.

Return Value:

    STATUS_SUCCESS for all events, STATUS_WAIT_0 and the number of the event for one. Otherwise STATUS_TIMEOUT,
    STATUS_ABANDONED, STATUS_USER_APC, STATUS_INVALID_PARAMETER for too many events, or STATUS_UNSUCCESSFUL.

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

    DmfAssert(EventCount <= MAXIMUM_WAIT_OBJECTS);

    if (EventCount > MAXIMUM_WAIT_OBJECTS)
    {
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }
    if (EventCount == 0)
    {
        ntStatus = STATUS_UNSUCCESSFUL;
        goto Exit;
    }

    ntStatus = DmfPortable_WaitForMultiple(EventCount,
                                           EventPointer,
                                           WaitForAll,
                                           TimeoutMs,
                                           Alertable);
    if ((ntStatus >= STATUS_WAIT_0) &&
        (ntStatus < (NTSTATUS)(STATUS_WAIT_0 + EventCount)))
    {
        ntStatus = WaitForAll ? STATUS_SUCCESS : ntStatus;
    }
    else if ((ntStatus >= STATUS_ABANDONED_WAIT_0) &&
             (ntStatus < (NTSTATUS)(STATUS_ABANDONED_WAIT_0 + EventCount)))
    {
        ntStatus = STATUS_ABANDONED;
    }
    else if ((ntStatus == STATUS_USER_APC) ||
             (ntStatus == STATUS_ALERTED))
    {
        ntStatus = STATUS_USER_APC;
    }
    else if (ntStatus != STATUS_TIMEOUT)
    {
        ntStatus = STATUS_UNSUCCESSFUL;
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_Portable_EventClose(
    DMF_PORTABLE_EVENT* EventPointer
    )
/*++

Routine Description:

    Ends an event. Nobody may use it any more.

Arguments:

    EventPointer - The event.

Return Value:

    None

--*/
{
    PAGED_CODE();

#if defined(DMF_USER_MODE)
    DmfAssert(EventPointer->Handle != NULL);
    if (EventPointer->Handle != NULL)
    {
        CloseHandle(EventPointer->Handle);
        EventPointer->Handle = NULL;
    }
#else
    UNREFERENCED_PARAMETER(EventPointer);
#endif
}
#pragma code_seg()

/*
 * Lookaside lists.
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_Portable_LookasideListCreate(
    PWDF_OBJECT_ATTRIBUTES LookasideAttributes,
    size_t BufferSize,
    POOL_TYPE PoolType,
    PWDF_OBJECT_ATTRIBUTES MemoryAttributes,
    ULONG PoolTag,
    DMF_PORTABLE_LOOKASIDELIST* LookasidePointer
    )
/*++

Routine Description:

    Makes a lookaside list. In user mode, where there are none, it remembers what its memory is to be like.

Arguments:

    LookasideAttributes - Attributes of the list.
    BufferSize - Size of each buffer.
    PoolType - Where the buffers are.
    MemoryAttributes - Attributes of each buffer's memory object.
    PoolTag - The owner, for debuggers.
    LookasidePointer - Where the list is made.

Return Value:

    NTSTATUS. In user mode always STATUS_SUCCESS.

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

    DmfAssert(BufferSize != 0);

#if defined(DMF_USER_MODE)
    UNREFERENCED_PARAMETER(LookasideAttributes);
    RtlZeroMemory(LookasidePointer,
                  sizeof(*LookasidePointer));
    if (MemoryAttributes != WDF_NO_OBJECT_ATTRIBUTES)
    {
        LookasidePointer->MemoryAttributes = *MemoryAttributes;
    }
    LookasidePointer->PoolType = PoolType;
    LookasidePointer->PoolTag = PoolTag;
    LookasidePointer->BufferSize = BufferSize;
    ntStatus = STATUS_SUCCESS;
#else
    ntStatus = WdfLookasideListCreate(LookasideAttributes,
                                      BufferSize,
                                      PoolType,
                                      MemoryAttributes,
                                      PoolTag,
                                      &LookasidePointer->WdflookasideList);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceError(DMF_TRACE, "WdfLookasideListCreate fails: ntStatus=%!STATUS!", ntStatus);
    }
#endif

    return ntStatus;
}
#pragma code_seg()

_Use_decl_annotations_
NTSTATUS
DMF_Portable_LookasideListCreateMemory(
    DMF_PORTABLE_LOOKASIDELIST* LookasidePointer,
    WDFMEMORY* Memory
    )
/*++

Routine Description:

    Takes a buffer from a lookaside list. WdfObjectDelete gives it back.

Arguments:

    LookasidePointer - The list.
    Memory - Where the buffer's memory object is put.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;

#if defined(DMF_USER_MODE)
    PWDF_OBJECT_ATTRIBUTES memoryAttributes;

    memoryAttributes = WDF_NO_OBJECT_ATTRIBUTES;
    if (LookasidePointer->MemoryAttributes.Size != 0)
    {
        memoryAttributes = &LookasidePointer->MemoryAttributes;
    }
    ntStatus = WdfMemoryCreate(memoryAttributes,
                               LookasidePointer->PoolType,
                               LookasidePointer->PoolTag,
                               LookasidePointer->BufferSize,
                               Memory,
                               NULL);
#else
    ntStatus = WdfMemoryCreateFromLookaside(LookasidePointer->WdflookasideList,
                                            Memory);
#endif

    return ntStatus;
}

/*
 * Rundown. User mode has none of its own, so there it is a word and whoever waits.
 */

#if defined(DMF_USER_MODE)

#define DMFPORTABLE_RUNDOWN_ACTIVE ((ULONG_PTR)1)
#define DMFPORTABLE_RUNDOWN_REFERENCE ((ULONG_PTR)2)

/* Who waits, on the waiting thread's stack: the references that are left, and what tells that none is. */
typedef struct
{
    volatile LONG64 References;
    DMF_WAIT_EVENT ReferencesGone;
} DMFPORTABLE_RUNDOWN_WAITER;

static
ULONG_PTR
DmfPortable_RundownRead(
    _In_ DMF_PORTABLE_RUNDOWN_REF* RundownRef
    )
/*++

Routine Description:

    Reads the word of a rundown.

Arguments:

    RundownRef - The rundown.

Return Value:

    The word.

--*/
{
    return (ULONG_PTR)InterlockedCompareExchangePointer(&RundownRef->Word,
                                                        NULL,
                                                        NULL);
}

static
BOOLEAN
DmfPortable_RundownExchange(
    _Inout_ DMF_PORTABLE_RUNDOWN_REF* RundownRef,
    _Inout_ ULONG_PTR* Expected,
    _In_ ULONG_PTR Word
    )
/*++

Routine Description:

    Changes the word of a rundown, unless somebody else was faster.

Arguments:

    RundownRef - The rundown.
    Expected - The word that is to change; afterwards the word that was found.
    Word - The new word.

Return Value:

    TRUE if the word was changed.

--*/
{
    ULONG_PTR found;
    BOOLEAN isChanged;

    found = (ULONG_PTR)InterlockedCompareExchangePointer(&RundownRef->Word,
                                                         (VOID*)Word,
                                                         (VOID*)*Expected);
    isChanged = (found == *Expected);
    *Expected = found;

    return isChanged;
}

#endif

_Use_decl_annotations_
VOID
DMF_Portable_Rundown_Initialize(
    DMF_PORTABLE_RUNDOWN_REF* RundownRef
    )
/*++

Routine Description:

    Makes a rundown that gives references.

Arguments:

    RundownRef - The rundown.

Return Value:

    None

--*/
{
#if defined(DMF_USER_MODE)
    RundownRef->Word = NULL;
#else
    ExInitializeRundownProtection(&RundownRef->RundownRef);
#endif
}

_Use_decl_annotations_
VOID
DMF_Portable_Rundown_Reinitialize(
    DMF_PORTABLE_RUNDOWN_REF* RundownRef
    )
/*++

Routine Description:

    Lets a rundown that is completed give references again.

Arguments:

    RundownRef - The rundown.

Return Value:

    None

--*/
{
#if defined(DMF_USER_MODE)
    DmfAssert(DmfPortable_RundownRead(RundownRef) == DMFPORTABLE_RUNDOWN_ACTIVE);
    InterlockedExchangePointer(&RundownRef->Word,
                               NULL);
#else
    ExReInitializeRundownProtection(&RundownRef->RundownRef);
#endif
}

_Use_decl_annotations_
BOOLEAN
DMF_Portable_Rundown_Acquire(
    DMF_PORTABLE_RUNDOWN_REF* RundownRef
    )
/*++

Routine Description:

    Takes a reference.

Arguments:

    RundownRef - The rundown.

Return Value:

    FALSE once somebody waits, or has waited, for the references to be released.

--*/
{
#if defined(DMF_USER_MODE)
    ULONG_PTR word;
    BOOLEAN isAcquired;

    word = DmfPortable_RundownRead(RundownRef);
    isAcquired = FALSE;
    while ((! isAcquired) &&
           ((word & DMFPORTABLE_RUNDOWN_ACTIVE) == 0))
    {
        isAcquired = DmfPortable_RundownExchange(RundownRef,
                                                 &word,
                                                 word + DMFPORTABLE_RUNDOWN_REFERENCE);
    }

    return isAcquired;
#else
    return ExAcquireRundownProtection(&RundownRef->RundownRef);
#endif
}

_Use_decl_annotations_
VOID
DMF_Portable_Rundown_Release(
    DMF_PORTABLE_RUNDOWN_REF* RundownRef
    )
/*++

Routine Description:

    Gives a reference back. The last one lets the waiting thread go on.

Arguments:

    RundownRef - The rundown.

Return Value:

    None

--*/
{
#if defined(DMF_USER_MODE)
    DMFPORTABLE_RUNDOWN_WAITER* waiter;
    ULONG_PTR word;
    BOOLEAN isReleased;

    word = DmfPortable_RundownRead(RundownRef);
    isReleased = FALSE;
    while ((! isReleased) &&
           ((word & DMFPORTABLE_RUNDOWN_ACTIVE) == 0))
    {
        DmfAssert(word >= DMFPORTABLE_RUNDOWN_REFERENCE);
        isReleased = DmfPortable_RundownExchange(RundownRef,
                                                 &word,
                                                 word - DMFPORTABLE_RUNDOWN_REFERENCE);
    }
    if (! isReleased)
    {
        DmfAssert(word != DMFPORTABLE_RUNDOWN_ACTIVE);
        waiter = (DMFPORTABLE_RUNDOWN_WAITER*)(word & ~DMFPORTABLE_RUNDOWN_ACTIVE);
        if (InterlockedDecrement64(&waiter->References) == 0)
        {
            DMF_WaitEventSet(&waiter->ReferencesGone);
        }
    }
#else
    ExReleaseRundownProtection(&RundownRef->RundownRef);
#endif
}

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_Portable_Rundown_WaitForRundownProtectionRelease(
    DMF_PORTABLE_RUNDOWN_REF* RundownRef
    )
/*++

Routine Description:

    Lets nobody take a reference any more, and waits until all that were taken have been released. One thread at a time.

Arguments:

    RundownRef - The rundown.

Return Value:

    None

--*/
{
#if defined(DMF_USER_MODE)
    DMFPORTABLE_RUNDOWN_WAITER waiter;
    ULONG_PTR word;

    PAGED_CODE();

    /* Without references there is nobody to make an event for. */
    word = 0;
    if (DmfPortable_RundownExchange(RundownRef,
                                    &word,
                                    DMFPORTABLE_RUNDOWN_ACTIVE) ||
        (word == DMFPORTABLE_RUNDOWN_ACTIVE))
    {
        goto Exit;
    }

    DmfAssert((word & DMFPORTABLE_RUNDOWN_ACTIVE) == 0);
    DMF_WaitEventInitialize(&waiter.ReferencesGone);
    do
    {
        waiter.References = (LONG64)(word / DMFPORTABLE_RUNDOWN_REFERENCE);
    }
    while (! DmfPortable_RundownExchange(RundownRef,
                                         &word,
                                         (ULONG_PTR)&waiter | DMFPORTABLE_RUNDOWN_ACTIVE));
    if (word == 0)
    {
        DMF_WaitEventSet(&waiter.ReferencesGone);
    }
    DMF_WaitEventWait(&waiter.ReferencesGone);
    InterlockedExchangePointer(&RundownRef->Word,
                               (VOID*)DMFPORTABLE_RUNDOWN_ACTIVE);

Exit:

    return;
#else
    PAGED_CODE();

    ExWaitForRundownProtectionRelease(&RundownRef->RundownRef);
#endif
}
#pragma code_seg()

_Use_decl_annotations_
VOID
DMF_Portable_Rundown_Completed(
    DMF_PORTABLE_RUNDOWN_REF* RundownRef
    )
/*++

Routine Description:

    Makes a rundown one that gives no references, after the wait for them.

Arguments:

    RundownRef - The rundown.

Return Value:

    None

--*/
{
#if defined(DMF_USER_MODE)
    InterlockedExchangePointer(&RundownRef->Word,
                               (VOID*)DMFPORTABLE_RUNDOWN_ACTIVE);
#else
    ExRundownCompleted(&RundownRef->RundownRef);
#endif
}

/*
 * The version of the system.
 */

/* The build number of the system; zero until somebody asks, and where the version is not one that DMF knows. */
static volatile LONG g_DmfPortableBuildNumber;

#pragma code_seg("PAGE")
_Use_decl_annotations_
BOOLEAN
DMF_Portable_VersionCheck(
    ULONG MinimumOsVersion,
    BOOLEAN* IsOsEqualOrGreater
    )
/*++

Routine Description:

    Compares the build number of the system.

Arguments:

    MinimumOsVersion - A build number, one of DMF_VERSIONCHECK_BUILD_NUMBER_*.
    IsOsEqualOrGreater - Whether the system's number is no smaller.

Return Value:

    FALSE if the version of the system is not known.

--*/
{
    RTL_OSVERSIONINFOW version;
    LONG buildNumber;

    PAGED_CODE();

    buildNumber = InterlockedCompareExchange(&g_DmfPortableBuildNumber,
                                             0,
                                             0);
    if (buildNumber == 0)
    {
        RtlZeroMemory(&version,
                      sizeof(version));
        version.dwOSVersionInfoSize = sizeof(version);
        if (NT_SUCCESS(RtlGetVersion(&version)) &&
            (version.dwMajorVersion >= 10) &&
            (version.dwMinorVersion == 0))
        {
            buildNumber = (LONG)version.dwBuildNumber;
            InterlockedExchange(&g_DmfPortableBuildNumber,
                                buildNumber);
        }
    }
    *IsOsEqualOrGreater = (buildNumber != 0) && ((ULONG)buildNumber >= MinimumOsVersion);

    return (buildNumber != 0);
}
#pragma code_seg()
