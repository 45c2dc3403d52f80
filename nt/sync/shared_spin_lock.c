/* SPDX-License-Identifier: MIT */
/*
 * Spin locks that many may share or one may own. A waiting owner keeps new sharers out. The lowest bits count the sharers, or are
 * the platform's number of the owner.
 */
#include "nt/debug/bugcheck.h"
#include "nt/sync/irql.h"
#include "nt/sync/lock_report.h"
#include "nt/sync/spin.h"

#define SHARED_MASK 0x3FFFFFFF
#define OWNER_WAITS 0x40000000
#define OWNED ((LONG)0x80000000)

#define CALLER ((ULONG_PTR)__builtin_return_address(0))

static LONG owned_by_caller(void)
{
    return OWNED | (LONG)(platform_current()->id & SHARED_MASK);
}

static uint32_t owner_of(LONG word)
{
    return (word & OWNED) != 0 ? (uint32_t)(word & SHARED_MASK) : 0;
}

static _Noreturn void stop(ULONG code, PEX_SPIN_LOCK lock, LONG word, const char *rule, ULONG_PTR caller)
{
    lock_misuse_stop(&(struct lock_misuse){
        .code = code,
        .parameters = {(ULONG_PTR)lock, caller},
        .kind = "shared spin lock",
        .rule = rule,
        .lock = lock,
        .owner = owner_of(word),
        .caller = caller,
    });
}

static void wait_for_change(struct spin *spin, PEX_SPIN_LOCK lock, LONG seen)
{
    spin_wait(spin, (uint32_t *)lock, (uint32_t)seen, "shared spin lock", lock, owner_of(seen));
}

static void acquire_shared(PEX_SPIN_LOCK lock, ULONG_PTR caller)
{
    struct spin spin = SPIN_INITIALIZER;
    LONG seen = platform_atomic_load(lock) & SHARED_MASK;

    while (!platform_atomic_compare_exchange_acquire(lock, &seen, seen + 1))
    {
        if ((seen & ~OWNER_WAITS) == owned_by_caller())
        {
            stop(SPIN_LOCK_ALREADY_OWNED, lock, seen, "who owns a spin lock does not take it again", caller);
        }
        if ((seen & ~SHARED_MASK) != 0)
        {
            wait_for_change(&spin, lock, seen);
            /* As the number of the owner is no count of sharers. */
            seen = platform_atomic_load(lock);
        }
        seen = (seen & OWNED) != 0 ? 0 : seen & SHARED_MASK;
    }
    lock_note(lock, LOCK_SHARED, caller);
}

static void acquire_exclusive(PEX_SPIN_LOCK lock, ULONG_PTR caller)
{
    struct spin spin = SPIN_INITIALIZER;
    LONG owned = owned_by_caller();
    LONG seen = 0;

    while (!platform_atomic_compare_exchange_acquire(lock, &seen, owned))
    {
        if ((seen & ~OWNER_WAITS) == 0)
        {
            /* Free but for the announcement, which the next owner takes away; others who wait announce themselves again. */
            continue;
        }
        if ((seen & ~OWNER_WAITS) == owned)
        {
            stop(SPIN_LOCK_ALREADY_OWNED, lock, seen, "who owns a spin lock does not take it again", caller);
        }
        if ((seen & OWNER_WAITS) != 0 || platform_atomic_compare_exchange(lock, &seen, seen | OWNER_WAITS))
        {
            wait_for_change(&spin, lock, seen | OWNER_WAITS);
        }
        seen = platform_atomic_load(lock) & OWNER_WAITS;
    }
    lock_note(lock, LOCK_TAKEN, caller);
}

static void release_shared(PEX_SPIN_LOCK lock, ULONG_PTR caller)
{
    LONG seen = __atomic_load_n(lock, __ATOMIC_RELAXED);

    if ((seen & OWNED) != 0 || (seen & SHARED_MASK) == 0)
    {
        stop(SPIN_LOCK_NOT_OWNED, lock, seen, "a share of a spin lock is released by who has it", caller);
    }
    lock_note(lock, LOCK_RELEASED, caller);
    (void)platform_atomic_fetch_sub(lock, 1);
    spin_wake((uint32_t *)lock);
}

static void release_exclusive(PEX_SPIN_LOCK lock, ULONG_PTR caller)
{
    LONG seen = __atomic_load_n(lock, __ATOMIC_RELAXED);

    if ((seen & OWNED) == 0)
    {
        stop(SPIN_LOCK_NOT_OWNED, lock, seen, "a spin lock is released by who owns it", caller);
    }
    lock_note(lock, LOCK_RELEASED, caller);
    (void)platform_atomic_fetch_and(lock, OWNER_WAITS);
    spin_wake((uint32_t *)lock);
}

/*
 * Published entry points.
 */
KIRQL ExAcquireSpinLockShared(PEX_SPIN_LOCK SpinLock)
{
    KIRQL before = irql_raise(DISPATCH_LEVEL);

    acquire_shared(SpinLock, CALLER);
    return before;
}

VOID ExReleaseSpinLockShared(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql)
{
    release_shared(SpinLock, CALLER);
    irql_lower(OldIrql);
}

VOID ExAcquireSpinLockSharedAtDpcLevel(PEX_SPIN_LOCK SpinLock)
{
    acquire_shared(SpinLock, CALLER);
}

VOID ExReleaseSpinLockSharedFromDpcLevel(PEX_SPIN_LOCK SpinLock)
{
    release_shared(SpinLock, CALLER);
}

KIRQL ExAcquireSpinLockExclusive(PEX_SPIN_LOCK SpinLock)
{
    KIRQL before = irql_raise(DISPATCH_LEVEL);

    acquire_exclusive(SpinLock, CALLER);
    return before;
}

VOID ExReleaseSpinLockExclusive(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql)
{
    release_exclusive(SpinLock, CALLER);
    irql_lower(OldIrql);
}

VOID ExAcquireSpinLockExclusiveAtDpcLevel(PEX_SPIN_LOCK SpinLock)
{
    acquire_exclusive(SpinLock, CALLER);
}

VOID ExReleaseSpinLockExclusiveFromDpcLevel(PEX_SPIN_LOCK SpinLock)
{
    release_exclusive(SpinLock, CALLER);
}

LOGICAL ExTryConvertSharedSpinLockExclusive(PEX_SPIN_LOCK SpinLock)
{
    LONG owned = owned_by_caller();
    LONG seen = 1;
    bool owns = platform_atomic_compare_exchange(SpinLock, &seen, owned) ||
                (seen == (1 | OWNER_WAITS) && platform_atomic_compare_exchange(SpinLock, &seen, owned | OWNER_WAITS));

    if (owns)
    {
        lock_note(SpinLock, LOCK_TAKEN, CALLER);
    }
    return owns;
}
