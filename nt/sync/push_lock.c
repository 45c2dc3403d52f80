/* SPDX-License-Identifier: MIT */
/*
 * Push locks: one word that many may share or one may own. Who comes while somebody waits, waits too, so that neither readers
 * nor writers starve. The other half of the published word is the platform's number of the thread that owns the lock, for reports.
 */
#include "nt/debug/bugcheck.h"
#include "nt/sync/lock_report.h"

enum
{
    PUSH_EXCLUSIVE = 1,
    PUSH_WAITED_FOR = 2,
    PUSH_SHARED_ONE = 4,
};

static uint32_t *inner(PEX_PUSH_LOCK lock)
{
    return (uint32_t *)lock;
}

static uint32_t *owner_of(PEX_PUSH_LOCK lock)
{
    return inner(lock) + 1;
}

static void set_owner(PEX_PUSH_LOCK lock, uint32_t owner)
{
    __atomic_store_n(owner_of(lock), owner, __ATOMIC_RELAXED);
}

static void check_level(PEX_PUSH_LOCK lock, ULONG_PTR caller)
{
    if (platform_current()->irql > APC_LEVEL)
    {
        lock_misuse_stop(&(struct lock_misuse){
            .code = IRQL_NOT_LESS_OR_EQUAL,
            .parameters = {(ULONG_PTR)lock, platform_current()->irql, 0, caller},
            .kind = "push lock",
            .rule = "a push lock, which may have to be waited for, is taken at APC_LEVEL or below",
            .lock = lock,
            .caller = caller,
        });
    }
}

/* Sleeps while the lock is as it was seen. Says in the lock that somebody does. */
static uint32_t wait_for_change(uint32_t *word, uint32_t seen)
{
    uint32_t waited_for = seen | PUSH_WAITED_FOR;

    if (seen == waited_for || platform_atomic_compare_exchange(word, &seen, waited_for))
    {
        platform_wait_note("push lock", word, __atomic_load_n(word + 1, __ATOMIC_RELAXED));
        (void)platform_wait_word(word, waited_for, PLATFORM_FOREVER);
        platform_wait_note(NULL, NULL, 0);
        seen = platform_atomic_load(word);
    }
    return seen;
}

static void acquire_exclusive(uint32_t *word)
{
    uint32_t seen = 0;

    if (platform_atomic_compare_exchange_acquire(word, &seen, PUSH_EXCLUSIVE))
    {
        return;
    }
    seen = platform_spin_while(word, seen);
    for (;;)
    {
        if (seen != 0)
        {
            seen = wait_for_change(word, seen);
        }
        else if (platform_atomic_compare_exchange_acquire(word, &seen, PUSH_EXCLUSIVE))
        {
            return;
        }
    }
}

static void acquire_shared(uint32_t *word)
{
    uint32_t seen = platform_atomic_load(word);

    for (;;)
    {
        if ((seen & (PUSH_EXCLUSIVE | PUSH_WAITED_FOR)) != 0)
        {
            seen = wait_for_change(word, seen);
        }
        else if (platform_atomic_compare_exchange_acquire(word, &seen, seen + PUSH_SHARED_ONE))
        {
            return;
        }
    }
}

/* The last one out lets everybody try again. */
static void release(PEX_PUSH_LOCK lock, uint32_t part, ULONG_PTR caller)
{
    uint32_t *word = inner(lock);
    uint32_t seen = platform_atomic_load(word);
    uint32_t left;

    do
    {
        bool held = part == PUSH_EXCLUSIVE ? (seen & PUSH_EXCLUSIVE) != 0 : seen >= PUSH_SHARED_ONE;

        if (!held)
        {
            lock_misuse_stop(&(struct lock_misuse){
                .code = SPIN_LOCK_NOT_OWNED,
                .parameters = {(ULONG_PTR)lock, caller},
                .kind = "push lock",
                .rule = "a push lock is released the way in which it is held",
                .lock = lock,
                .owner = __atomic_load_n(owner_of(lock), __ATOMIC_RELAXED),
                .caller = caller,
            });
        }
        if (part == PUSH_EXCLUSIVE)
        {
            set_owner(lock, 0);
        }
        lock_note(lock, LOCK_RELEASED, caller);
        left = seen - part;
        left = left == PUSH_WAITED_FOR ? 0 : left;
    } while (!platform_atomic_compare_exchange(word, &seen, left));
    if ((seen & PUSH_WAITED_FOR) != 0 && left == 0)
    {
        platform_wake_word(word, UINT32_MAX);
    }
}

/*
 * Published entry points.
 */
VOID ExInitializePushLock(PEX_PUSH_LOCK PushLock)
{
    *PushLock = 0;
}

VOID ExAcquirePushLockExclusiveEx(PEX_PUSH_LOCK PushLock, ULONG Flags)
{
    check_level(PushLock, (ULONG_PTR)__builtin_return_address(0));
    acquire_exclusive(inner(PushLock));
    set_owner(PushLock, platform_current()->id);
    lock_note(PushLock, LOCK_TAKEN, (ULONG_PTR)__builtin_return_address(0));
}

VOID ExAcquirePushLockSharedEx(PEX_PUSH_LOCK PushLock, ULONG Flags)
{
    check_level(PushLock, (ULONG_PTR)__builtin_return_address(0));
    acquire_shared(inner(PushLock));
    lock_note(PushLock, LOCK_SHARED, (ULONG_PTR)__builtin_return_address(0));
}

VOID ExReleasePushLockExclusiveEx(PEX_PUSH_LOCK PushLock, ULONG Flags)
{
    release(PushLock, PUSH_EXCLUSIVE, (ULONG_PTR)__builtin_return_address(0));
}

VOID ExReleasePushLockSharedEx(PEX_PUSH_LOCK PushLock, ULONG Flags)
{
    release(PushLock, PUSH_SHARED_ONE, (ULONG_PTR)__builtin_return_address(0));
}
