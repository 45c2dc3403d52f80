/* SPDX-License-Identifier: MIT */
/*
 * Queued spin locks: first come, first served, each waiter spinning on its own handle. The lock word points to the last handle.
 */
#include "nt/debug/bugcheck.h"
#include "nt/sync/irql.h"
#include "nt/sync/spin.h"

#define CALLER ((ULONG_PTR)__builtin_return_address(0))

/* A handle's Lock is the lock, with this bit while the handle waits. */
#define LOCK_WAITS ((ULONG_PTR)LOCK_QUEUE_WAIT)

static void acquire(PKSPIN_LOCK lock, PKLOCK_QUEUE_HANDLE handle)
{
    PKSPIN_LOCK_QUEUE queue = &handle->LockQueue;
    struct spin spin = SPIN_INITIALIZER;
    PKSPIN_LOCK_QUEUE before;

    queue->Next = NULL;
    queue->Lock = (PKSPIN_LOCK)((ULONG_PTR)lock | LOCK_WAITS);
    before = (PKSPIN_LOCK_QUEUE)platform_atomic_exchange(lock, (ULONG_PTR)queue);
    if (before == NULL)
    {
        queue->Lock = lock;
        return;
    }
    platform_atomic_store(&before->Next, queue);
    while (((ULONG_PTR)platform_atomic_load(&queue->Lock) & LOCK_WAITS) != 0)
    {
        spin_once(&spin);
    }
}

static void release(PKLOCK_QUEUE_HANDLE handle, ULONG_PTR caller)
{
    PKSPIN_LOCK_QUEUE queue = &handle->LockQueue;
    PKSPIN_LOCK lock = queue->Lock;
    struct spin spin = SPIN_INITIALIZER;
    PKSPIN_LOCK_QUEUE next = platform_atomic_load(&queue->Next);

    if (lock == NULL || ((ULONG_PTR)lock & LOCK_WAITS) != 0)
    {
        bugcheck(SPIN_LOCK_NOT_OWNED, (ULONG_PTR)lock, caller, (ULONG_PTR)handle, 0);
    }
    queue->Lock = NULL;
    if (next == NULL)
    {
        ULONG_PTR expected = (ULONG_PTR)queue;

        if (platform_atomic_compare_exchange(lock, &expected, 0))
        {
            return;
        }
        /* Somebody is behind this handle already, and about to say so. */
        while ((next = platform_atomic_load(&queue->Next)) == NULL)
        {
            spin_once(&spin);
        }
    }
    platform_atomic_store(&next->Lock, lock);
}

/*
 * Published entry points.
 */
VOID KeAcquireInStackQueuedSpinLock(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle)
{
    LockHandle->OldIrql = irql_raise(DISPATCH_LEVEL);
    acquire(SpinLock, LockHandle);
}

VOID KeReleaseInStackQueuedSpinLock(PKLOCK_QUEUE_HANDLE LockHandle)
{
    release(LockHandle, CALLER);
    irql_lower(LockHandle->OldIrql);
}

VOID KeAcquireInStackQueuedSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle)
{
    acquire(SpinLock, LockHandle);
}

VOID KeReleaseInStackQueuedSpinLockFromDpcLevel(PKLOCK_QUEUE_HANDLE LockHandle)
{
    release(LockHandle, CALLER);
}

VOID KeAcquireInStackQueuedSpinLockForDpc(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle)
{
    KeAcquireInStackQueuedSpinLock(SpinLock, LockHandle);
}

VOID KeReleaseInStackQueuedSpinLockForDpc(PKLOCK_QUEUE_HANDLE LockHandle)
{
    KeReleaseInStackQueuedSpinLock(LockHandle);
}
