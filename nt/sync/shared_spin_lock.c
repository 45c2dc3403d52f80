/* SPDX-License-Identifier: MIT */
/*
 * Spin locks that many may share or one may own. A waiting owner keeps new sharers out.
 */
#include "nt/debug/bugcheck.h"
#include "nt/sync/irql.h"
#include "nt/sync/spin.h"

#define SHARED_MASK 0x3FFFFFFF
#define OWNER_WAITS 0x40000000
#define OWNED ((LONG)0x80000000)

#define CALLER ((ULONG_PTR)__builtin_return_address(0))

static void acquire_shared(PEX_SPIN_LOCK lock)
{
    struct spin spin = SPIN_INITIALIZER;
    LONG seen = platform_atomic_load(lock) & SHARED_MASK;

    while (!platform_atomic_compare_exchange_acquire(lock, &seen, seen + 1))
    {
        if ((seen & ~SHARED_MASK) != 0)
        {
            spin_once(&spin);
        }
        seen &= SHARED_MASK;
    }
}

static void acquire_exclusive(PEX_SPIN_LOCK lock)
{
    struct spin spin = SPIN_INITIALIZER;
    LONG seen = 0;

    while (!platform_atomic_compare_exchange_acquire(lock, &seen, OWNED))
    {
        if ((seen & ~OWNER_WAITS) == 0)
        {
            /* Free but for the announcement, which the next owner takes away; others who wait announce themselves again. */
            continue;
        }
        if ((seen & OWNER_WAITS) == 0)
        {
            (void)platform_atomic_compare_exchange(lock, &seen, seen | OWNER_WAITS);
        }
        spin_once(&spin);
        seen = platform_atomic_load(lock) & OWNER_WAITS;
    }
}

static void release_shared(PEX_SPIN_LOCK lock, ULONG_PTR caller)
{
    if ((platform_atomic_fetch_sub(lock, 1) & SHARED_MASK) == 0)
    {
        bugcheck(SPIN_LOCK_NOT_OWNED, (ULONG_PTR)lock, caller, 0, 0);
    }
}

static void release_exclusive(PEX_SPIN_LOCK lock, ULONG_PTR caller)
{
    if ((platform_atomic_fetch_and(lock, ~OWNED) & OWNED) == 0)
    {
        bugcheck(SPIN_LOCK_NOT_OWNED, (ULONG_PTR)lock, caller, 0, 0);
    }
}

/*
 * Published entry points.
 */
KIRQL ExAcquireSpinLockShared(PEX_SPIN_LOCK SpinLock)
{
    KIRQL before = irql_raise(DISPATCH_LEVEL);

    acquire_shared(SpinLock);
    return before;
}

VOID ExReleaseSpinLockShared(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql)
{
    release_shared(SpinLock, CALLER);
    irql_lower(OldIrql);
}

VOID ExAcquireSpinLockSharedAtDpcLevel(PEX_SPIN_LOCK SpinLock)
{
    acquire_shared(SpinLock);
}

VOID ExReleaseSpinLockSharedFromDpcLevel(PEX_SPIN_LOCK SpinLock)
{
    release_shared(SpinLock, CALLER);
}

KIRQL ExAcquireSpinLockExclusive(PEX_SPIN_LOCK SpinLock)
{
    KIRQL before = irql_raise(DISPATCH_LEVEL);

    acquire_exclusive(SpinLock);
    return before;
}

VOID ExReleaseSpinLockExclusive(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql)
{
    release_exclusive(SpinLock, CALLER);
    irql_lower(OldIrql);
}

VOID ExAcquireSpinLockExclusiveAtDpcLevel(PEX_SPIN_LOCK SpinLock)
{
    acquire_exclusive(SpinLock);
}

VOID ExReleaseSpinLockExclusiveFromDpcLevel(PEX_SPIN_LOCK SpinLock)
{
    release_exclusive(SpinLock, CALLER);
}

LOGICAL ExTryConvertSharedSpinLockExclusive(PEX_SPIN_LOCK SpinLock)
{
    LONG seen = 1;

    return platform_atomic_compare_exchange(SpinLock, &seen, OWNED) ||
           (seen == (1 | OWNER_WAITS) && platform_atomic_compare_exchange(SpinLock, &seen, OWNED | OWNER_WAITS));
}
