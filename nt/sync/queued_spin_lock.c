/* SPDX-License-Identifier: MIT */
/*
 * Queued spin locks: first come, first served, each waiter spinning on its own handle. The lock word points to the last handle.
 */
#include "nt/debug/bugcheck.h"
#include "nt/sync/irql.h"
#include "nt/sync/lock_report.h"
#include "nt/sync/spin.h"

#define CALLER ((ULONG_PTR)__builtin_return_address(0))

/* A handle's Lock is the lock, with this bit while the handle waits. */
#define LOCK_WAITS ((ULONG_PTR)LOCK_QUEUE_WAIT)

/* Behind the published fields there is room: the platform's number of the thread that the handle belongs to. */
#define OWNER_OFFSET (FIELD_OFFSET(KLOCK_QUEUE_HANDLE, OldIrql) + sizeof(uint32_t))

_Static_assert(OWNER_OFFSET + sizeof(uint32_t) <= sizeof(KLOCK_QUEUE_HANDLE), "the number lies in the published handle");

static uint32_t *owner_of(PKSPIN_LOCK_QUEUE queue)
{
    return (uint32_t *)((char *)queue + OWNER_OFFSET);
}

/* The part of a handle that tells whether it waits, for who waits for a word. */
static uint32_t *wait_word(PKSPIN_LOCK_QUEUE queue)
{
    return (uint32_t *)&queue->Lock;
}

static _Noreturn void stop(ULONG code, PKSPIN_LOCK lock, PKLOCK_QUEUE_HANDLE handle, uint32_t owner, const char *rule,
                           ULONG_PTR caller)
{
    lock_misuse_stop(&(struct lock_misuse){
        .code = code,
        .parameters = {(ULONG_PTR)lock, caller, (ULONG_PTR)handle},
        .kind = "queued spin lock",
        .rule = rule,
        .lock = lock,
        .owner = owner,
        .caller = caller,
    });
}

static void wait_behind(PKSPIN_LOCK lock, PKSPIN_LOCK_QUEUE before, PKSPIN_LOCK_QUEUE queue, ULONG_PTR caller)
{
    struct spin spin = SPIN_INITIALIZER;
    /* The handle before this one is there until it knows its next. */
    uint32_t owner = *owner_of(before);
    uint32_t waiting = *wait_word(queue);

    /* A thread that waits takes nothing else, so a handle of its own is one that holds the lock. */
    if (owner == platform_current()->id)
    {
        stop(SPIN_LOCK_ALREADY_OWNED, lock, CONTAINING_RECORD(queue, KLOCK_QUEUE_HANDLE, LockQueue), owner,
             "who holds a spin lock does not take it again", caller);
    }
    platform_atomic_store(&before->Next, queue);
    while (((ULONG_PTR)platform_atomic_load(&queue->Lock) & LOCK_WAITS) != 0)
    {
        spin_wait(&spin, wait_word(queue), waiting, "queued spin lock", lock, owner);
    }
}

static void acquire(PKSPIN_LOCK lock, PKLOCK_QUEUE_HANDLE handle, ULONG_PTR caller)
{
    PKSPIN_LOCK_QUEUE queue = &handle->LockQueue;
    PKSPIN_LOCK_QUEUE before;

    queue->Next = NULL;
    queue->Lock = (PKSPIN_LOCK)((ULONG_PTR)lock | LOCK_WAITS);
    *owner_of(queue) = platform_current()->id;
    before = (PKSPIN_LOCK_QUEUE)platform_atomic_exchange(lock, (ULONG_PTR)queue);
    if (before == NULL)
    {
        queue->Lock = lock;
    }
    else
    {
        wait_behind(lock, before, queue, caller);
    }
    lock_note(lock, LOCK_TAKEN, caller);
}

static void release(PKLOCK_QUEUE_HANDLE handle, ULONG_PTR caller)
{
    PKSPIN_LOCK_QUEUE queue = &handle->LockQueue;
    PKSPIN_LOCK lock = queue->Lock;
    struct spin spin = SPIN_INITIALIZER;
    PKSPIN_LOCK_QUEUE next = platform_atomic_load(&queue->Next);

    if (lock == NULL || ((ULONG_PTR)lock & LOCK_WAITS) != 0)
    {
        stop(SPIN_LOCK_NOT_OWNED, lock, handle, 0, "a spin lock is released once, by the handle that it was taken with",
             caller);
    }
    lock_note(lock, LOCK_RELEASED, caller);
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
    spin_wake(wait_word(next));
}

/*
 * Published entry points.
 */
VOID KeAcquireInStackQueuedSpinLock(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle)
{
    LockHandle->OldIrql = irql_raise(DISPATCH_LEVEL);
    acquire(SpinLock, LockHandle, CALLER);
}

VOID KeReleaseInStackQueuedSpinLock(PKLOCK_QUEUE_HANDLE LockHandle)
{
    release(LockHandle, CALLER);
    irql_lower(LockHandle->OldIrql);
}

VOID KeAcquireInStackQueuedSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle)
{
    acquire(SpinLock, LockHandle, CALLER);
}

VOID KeReleaseInStackQueuedSpinLockFromDpcLevel(PKLOCK_QUEUE_HANDLE LockHandle)
{
    release(LockHandle, CALLER);
}

VOID KeAcquireInStackQueuedSpinLockForDpc(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle)
{
    LockHandle->OldIrql = irql_raise(DISPATCH_LEVEL);
    acquire(SpinLock, LockHandle, CALLER);
}

VOID KeReleaseInStackQueuedSpinLockForDpc(PKLOCK_QUEUE_HANDLE LockHandle)
{
    release(LockHandle, CALLER);
    irql_lower(LockHandle->OldIrql);
}
