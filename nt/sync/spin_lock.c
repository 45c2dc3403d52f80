/* SPDX-License-Identifier: MIT */
/*
 * Spin locks. The published word holds the number of the owning thread, so that misuse is found.
 */
#include "nt/debug/bugcheck.h"
#include "nt/sync/irql.h"

_Static_assert(sizeof(struct platform_spinlock) <= sizeof(KSPIN_LOCK), "the lock lies in the published word");

#define CALLER ((ULONG_PTR)__builtin_return_address(0))

static inline struct platform_spinlock *inner(PKSPIN_LOCK lock)
{
    return (struct platform_spinlock *)lock;
}

static __attribute__((noinline)) void acquire_slow(PKSPIN_LOCK lock, ULONG_PTR caller)
{
    if (platform_spinlock_is_mine(inner(lock)))
    {
        bugcheck(SPIN_LOCK_ALREADY_OWNED, (ULONG_PTR)lock, caller, 0, 0);
    }
    platform_spinlock_lock_slow(inner(lock));
}

static inline __attribute__((always_inline)) void acquire(PKSPIN_LOCK lock, ULONG_PTR caller)
{
    if (__builtin_expect(!platform_spinlock_try_lock(inner(lock)), 0))
    {
        acquire_slow(lock, caller);
    }
}

static inline __attribute__((always_inline)) void release(PKSPIN_LOCK lock, ULONG_PTR caller)
{
    if (__builtin_expect(!platform_spinlock_is_mine(inner(lock)), 0))
    {
        bugcheck(SPIN_LOCK_NOT_OWNED, (ULONG_PTR)lock, caller, 0, 0);
    }
    platform_spinlock_unlock(inner(lock));
}

static inline __attribute__((always_inline)) void check_at_dispatch(PKSPIN_LOCK lock, ULONG_PTR caller)
{
#if !defined(NDEBUG)
    if (platform_current()->irql < DISPATCH_LEVEL)
    {
        bugcheck(IRQL_NOT_DISPATCH_LEVEL, (ULONG_PTR)lock, platform_current()->irql, 0, caller);
    }
#else
    (void)lock;
    (void)caller;
#endif
}

/*
 * Published entry points.
 */
VOID KeInitializeSpinLock(PKSPIN_LOCK SpinLock)
{
    __atomic_store_n(SpinLock, 0, __ATOMIC_RELEASE);
}

KIRQL KeAcquireSpinLockRaiseToDpc(PKSPIN_LOCK SpinLock)
{
    KIRQL before = irql_raise(DISPATCH_LEVEL);

    acquire(SpinLock, CALLER);
    return before;
}

KIRQL KeAcquireSpinLockRaiseToSynch(PKSPIN_LOCK SpinLock)
{
    KIRQL before = irql_raise(SYNCH_LEVEL);

    acquire(SpinLock, CALLER);
    return before;
}

VOID KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql)
{
    release(SpinLock, CALLER);
    irql_lower(NewIrql);
}

VOID KeAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock)
{
    check_at_dispatch(SpinLock, CALLER);
    acquire(SpinLock, CALLER);
}

VOID KeReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock)
{
    check_at_dispatch(SpinLock, CALLER);
    release(SpinLock, CALLER);
}

KIRQL KeAcquireSpinLockForDpc(PKSPIN_LOCK SpinLock)
{
    return KeAcquireSpinLockRaiseToDpc(SpinLock);
}

VOID KeReleaseSpinLockForDpc(PKSPIN_LOCK SpinLock, KIRQL OldIrql)
{
    KeReleaseSpinLock(SpinLock, OldIrql);
}

BOOLEAN KeTryToAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock)
{
    check_at_dispatch(SpinLock, CALLER);
    return platform_spinlock_try_lock(inner(SpinLock));
}

BOOLEAN KeTestSpinLock(PKSPIN_LOCK SpinLock)
{
    return platform_atomic_load(SpinLock) == 0;
}
