/* SPDX-License-Identifier: MIT */
/*
 * Remove locks: a driver's count of what still uses its device, and the wait for the last user.
 *
 * The count begins at one, for the device itself. The size says which form the driver was compiled with: the checked one has
 * room for a list of those who hold the lock, by tag and place.
 */
#include <string.h>

#include "nt/debug/bugcheck.h"
#include "nt/internal.h"

#define REMOVE_LOCK_SIGNATURE ((LONG)0x4B4C4D52)

/* The lock in a driver that was compiled with DBG, whatever the runtime was compiled with. */
struct checked_lock
{
    IO_REMOVE_LOCK_COMMON_BLOCK common;
    IO_REMOVE_LOCK_DBG_BLOCK debug;
};

struct _IO_REMOVE_LOCK_TRACKING_BLOCK
{
    LIST_ENTRY link;
    PVOID tag;
    PCSTR file;
    ULONG line;
    LONGLONG since;
};

static struct checked_lock *checked(PIO_REMOVE_LOCK lock, ULONG size)
{
    return size >= sizeof(struct checked_lock) ? (struct checked_lock *)lock : NULL;
}

static void print_holders(struct checked_lock *lock)
{
    for (PLIST_ENTRY link = lock->debug.LockList.Flink; link != &lock->debug.LockList; link = link->Flink)
    {
        PIO_REMOVE_LOCK_TRACKING_BLOCK block = CONTAINING_RECORD(link, struct _IO_REMOVE_LOCK_TRACKING_BLOCK, link);

        DbgPrint("  remove lock %p is held with tag %p since %s:%u\n", lock, block->tag, block->file, block->line);
    }
}

_Noreturn static void stop(PIO_REMOVE_LOCK lock, PVOID tag, ULONG size, const char *rule)
{
    DbgPrint("remove lock %p, tag %p: %s\n", lock, tag, rule);
    if (checked(lock, size) != NULL)
    {
        print_holders(checked(lock, size));
    }
    bugcheck(DRIVER_VERIFIER_DETECTED_VIOLATION, (ULONG_PTR)lock, (ULONG_PTR)tag, (ULONG_PTR)lock->Common.IoCount, 0);
}

/* Remembers a holder. Without memory the lock works, and only knows that it does not know everybody. */
static void track(struct checked_lock *lock, PVOID tag, PCSTR file, ULONG line)
{
    PIO_REMOVE_LOCK_TRACKING_BLOCK block = platform_alloc(sizeof(*block));
    KIRQL irql;

    if (block == NULL)
    {
        (void)platform_atomic_fetch_add(&lock->debug.LowMemoryCount, 1);
        return;
    }
    *block = (struct _IO_REMOVE_LOCK_TRACKING_BLOCK){.tag = tag, .file = file, .line = line, .since = platform_now()};
    KeAcquireSpinLock(&lock->debug.Spin, &irql);
    InsertHeadList(&lock->debug.LockList, &block->link);
    KeReleaseSpinLock(&lock->debug.Spin, irql);
}

static PIO_REMOVE_LOCK_TRACKING_BLOCK find(struct checked_lock *lock, PVOID tag)
{
    for (PLIST_ENTRY link = lock->debug.LockList.Flink; link != &lock->debug.LockList; link = link->Flink)
    {
        PIO_REMOVE_LOCK_TRACKING_BLOCK block = CONTAINING_RECORD(link, struct _IO_REMOVE_LOCK_TRACKING_BLOCK, link);

        if (block->tag == tag)
        {
            return block;
        }
    }
    return NULL;
}

static void check_time(struct checked_lock *lock, const struct _IO_REMOVE_LOCK_TRACKING_BLOCK *block)
{
    if (lock->debug.MaxLockedTicks != 0 && platform_now() - block->since > lock->debug.MaxLockedTicks)
    {
        stop((PIO_REMOVE_LOCK)lock, block->tag, sizeof(*lock), "held for longer than its limit");
    }
}

/* Forgets a holder. A tag that nobody holds is a mistake, unless a holder could not be remembered. */
static void untrack(struct checked_lock *lock, PVOID tag)
{
    PIO_REMOVE_LOCK_TRACKING_BLOCK block;
    KIRQL irql;

    KeAcquireSpinLock(&lock->debug.Spin, &irql);
    block = find(lock, tag);
    if (block != NULL)
    {
        (void)RemoveEntryList(&block->link);
    }
    KeReleaseSpinLock(&lock->debug.Spin, irql);
    if (block != NULL)
    {
        check_time(lock, block);
        platform_free(block, sizeof(*block));
    }
    else if (platform_atomic_fetch_sub(&lock->debug.LowMemoryCount, 1) <= 0)
    {
        stop((PIO_REMOVE_LOCK)lock, tag, sizeof(*lock), "released with a tag that nobody holds it with");
    }
}

static LONG leave(PIO_REMOVE_LOCK lock, PVOID tag, ULONG size)
{
    LONG left = platform_atomic_fetch_sub(&lock->Common.IoCount, 1) - 1;

    if (left < 0)
    {
        stop(lock, tag, size, "released more often than acquired");
    }
    if (left == 0)
    {
        if (!platform_atomic_load(&lock->Common.Removed))
        {
            stop(lock, tag, size, "the last hold was released before IoReleaseRemoveLockAndWait");
        }
        (void)KeSetEvent(&lock->Common.RemoveEvent, IO_NO_INCREMENT, FALSE);
    }
    return left;
}

/*
 * Published entry points.
 */
VOID IoInitializeRemoveLockEx(PIO_REMOVE_LOCK Lock, ULONG AllocateTag, ULONG MaxLockedMinutes, ULONG HighWatermark,
                              ULONG RemlockSize)
{
    struct checked_lock *debug = checked(Lock, RemlockSize);

    memset(&Lock->Common, 0, sizeof(Lock->Common));
    Lock->Common.IoCount = 1;
    KeInitializeEvent(&Lock->Common.RemoveEvent, SynchronizationEvent, FALSE);
    if (debug != NULL)
    {
        memset(&debug->debug, 0, sizeof(debug->debug));
        debug->debug.Signature = REMOVE_LOCK_SIGNATURE;
        debug->debug.HighWatermark = (LONG)HighWatermark;
        debug->debug.MaxLockedTicks = (LONGLONG)MaxLockedMinutes * 60 * PLATFORM_SECOND;
        debug->debug.AllocateTag = (LONG)AllocateTag;
        InitializeListHead(&debug->debug.LockList);
        KeInitializeSpinLock(&debug->debug.Spin);
    }
}

NTSTATUS IoAcquireRemoveLockEx(PIO_REMOVE_LOCK RemoveLock, PVOID Tag, PCSTR File, ULONG Line, ULONG RemlockSize)
{
    struct checked_lock *debug = checked(RemoveLock, RemlockSize);
    LONG count = platform_atomic_fetch_add(&RemoveLock->Common.IoCount, 1) + 1;

    if (platform_atomic_load_sequential(&RemoveLock->Common.Removed))
    {
        (void)leave(RemoveLock, Tag, RemlockSize);
        return STATUS_DELETE_PENDING;
    }
    if (debug != NULL)
    {
        if (debug->debug.HighWatermark != 0 && count > debug->debug.HighWatermark)
        {
            stop(RemoveLock, Tag, RemlockSize, "held more often than its high water mark allows");
        }
        track(debug, Tag, File, Line);
    }
    return STATUS_SUCCESS;
}

VOID IoReleaseRemoveLockEx(PIO_REMOVE_LOCK RemoveLock, PVOID Tag, ULONG RemlockSize)
{
    if (checked(RemoveLock, RemlockSize) != NULL)
    {
        untrack(checked(RemoveLock, RemlockSize), Tag);
    }
    (void)leave(RemoveLock, Tag, RemlockSize);
}

VOID IoReleaseRemoveLockAndWaitEx(PIO_REMOVE_LOCK RemoveLock, PVOID Tag, ULONG RemlockSize)
{
    if (checked(RemoveLock, RemlockSize) != NULL)
    {
        untrack(checked(RemoveLock, RemlockSize), Tag);
    }
    platform_atomic_store_sequential(&RemoveLock->Common.Removed, TRUE);
    (void)leave(RemoveLock, Tag, RemlockSize);
    if (leave(RemoveLock, Tag, RemlockSize) > 0)
    {
        (void)KeWaitForSingleObject(&RemoveLock->Common.RemoveEvent, Executive, KernelMode, FALSE, NULL);
    }
}
