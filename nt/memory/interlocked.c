/* SPDX-License-Identifier: MIT */
/*
 * Interlocked lists and sums: each is done under the caller's spin lock, at any IRQL. Whoever uses the lock otherwise does so at
 * the same IRQL or above.
 */
#include "nt/internal.h"

/* Below DISPATCH_LEVEL the lock raises to it; above, it must not lower. */
static KIRQL interlocked_lock(PKSPIN_LOCK lock)
{
    KIRQL before = KeGetCurrentIrql();

    if (before < DISPATCH_LEVEL)
    {
        return KeAcquireSpinLockRaiseToDpc(lock);
    }
    KeAcquireSpinLockAtDpcLevel(lock);
    return before;
}

static void interlocked_unlock(PKSPIN_LOCK lock, KIRQL before)
{
    if (before < DISPATCH_LEVEL)
    {
        KeReleaseSpinLock(lock, before);
        return;
    }
    KeReleaseSpinLockFromDpcLevel(lock);
}

static PLIST_ENTRY entry_or_null(PLIST_ENTRY head, PLIST_ENTRY entry)
{
    return entry != head ? entry : NULL;
}

/*
 * Published entry points. Insertions give what was first, or last, before: NULL for an empty list.
 */
PLIST_ENTRY ExInterlockedInsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry, PKSPIN_LOCK Lock)
{
    KIRQL before = interlocked_lock(Lock);
    PLIST_ENTRY first = entry_or_null(ListHead, ListHead->Flink);

    InsertHeadList(ListHead, ListEntry);
    interlocked_unlock(Lock, before);
    return first;
}

PLIST_ENTRY ExInterlockedInsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry, PKSPIN_LOCK Lock)
{
    KIRQL before = interlocked_lock(Lock);
    PLIST_ENTRY last = entry_or_null(ListHead, ListHead->Blink);

    InsertTailList(ListHead, ListEntry);
    interlocked_unlock(Lock, before);
    return last;
}

PLIST_ENTRY ExInterlockedRemoveHeadList(PLIST_ENTRY ListHead, PKSPIN_LOCK Lock)
{
    KIRQL before = interlocked_lock(Lock);
    PLIST_ENTRY entry = entry_or_null(ListHead, RemoveHeadList(ListHead));

    interlocked_unlock(Lock, before);
    return entry;
}

PSINGLE_LIST_ENTRY ExInterlockedPopEntryList(PSINGLE_LIST_ENTRY ListHead, PKSPIN_LOCK Lock)
{
    KIRQL before = interlocked_lock(Lock);
    PSINGLE_LIST_ENTRY entry = PopEntryList(ListHead);

    interlocked_unlock(Lock, before);
    return entry;
}

PSINGLE_LIST_ENTRY ExInterlockedPushEntryList(PSINGLE_LIST_ENTRY ListHead, PSINGLE_LIST_ENTRY ListEntry, PKSPIN_LOCK Lock)
{
    KIRQL before = interlocked_lock(Lock);
    PSINGLE_LIST_ENTRY first = ListHead->Next;

    PushEntryList(ListHead, ListEntry);
    interlocked_unlock(Lock, before);
    return first;
}

LARGE_INTEGER ExInterlockedAddLargeInteger(PLARGE_INTEGER Addend, LARGE_INTEGER Increment, PKSPIN_LOCK Lock)
{
    KIRQL before = interlocked_lock(Lock);
    LARGE_INTEGER old = *Addend;

    Addend->QuadPart = (LONGLONG)((ULONGLONG)old.QuadPart + (ULONGLONG)Increment.QuadPart);
    interlocked_unlock(Lock, before);
    return old;
}

ULONG ExInterlockedAddUlong(PULONG Addend, ULONG Increment, PKSPIN_LOCK Lock)
{
    KIRQL before = interlocked_lock(Lock);
    ULONG old = *Addend;

    *Addend = old + Increment;
    interlocked_unlock(Lock, before);
    return old;
}
