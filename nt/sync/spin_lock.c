/* SPDX-License-Identifier: MIT */
/*
 * Spin locks. The published word holds the number of the owning thread, so that misuse is found.
 */
#include "nt/debug/bugcheck.h"
#include "nt/sync/irql.h"
#include "nt/sync/lock_report.h"

_Static_assert(sizeof(struct platform_spinlock) <= sizeof(KSPIN_LOCK), "the lock lies in the published word");

#define CALLER ((ULONG_PTR)__builtin_return_address(0))

static inline struct platform_spinlock *inner(PKSPIN_LOCK lock)
{
    return (struct platform_spinlock *)lock;
}

static _Noreturn void stop(ULONG code, PKSPIN_LOCK lock, const char *rule, ULONG_PTR caller)
{
    lock_misuse_stop(&(struct lock_misuse){
        .code = code,
        .parameters = {(ULONG_PTR)lock, caller},
        .kind = "spin lock",
        .rule = rule,
        .lock = lock,
        .owner = __atomic_load_n(&inner(lock)->state, __ATOMIC_RELAXED),
        .caller = caller,
    });
}

/*
 * The fast ways below touch the thread once and call nothing, so that they need no frame. Whatever they do not expect is left to
 * these, which begin again.
 */
static __attribute__((noinline)) void acquire_slow(PKSPIN_LOCK lock, ULONG_PTR caller)
{
    if (platform_spinlock_is_mine(inner(lock)))
    {
        stop(SPIN_LOCK_ALREADY_OWNED, lock, "who holds a spin lock does not take it again", caller);
    }
    platform_spinlock_lock(inner(lock));
    lock_note(lock, LOCK_TAKEN, caller);
}

static __attribute__((noinline)) KIRQL raise_and_acquire_slow(PKSPIN_LOCK lock, KIRQL level, ULONG_PTR caller)
{
    KIRQL before = irql_raise(level);

    acquire_slow(lock, caller);
    return before;
}

static __attribute__((noinline)) KIRQL acquire_raised_slow(PKSPIN_LOCK lock, KIRQL before, ULONG_PTR caller)
{
    acquire_slow(lock, caller);
    return before;
}

static __attribute__((noinline)) void release_slow(PKSPIN_LOCK lock, ULONG_PTR caller)
{
    if (!platform_spinlock_is_mine(inner(lock)))
    {
        stop(SPIN_LOCK_NOT_OWNED, lock, "a spin lock is released by the thread that holds it", caller);
    }
    lock_note(lock, LOCK_RELEASED, caller);
    platform_spinlock_unlock(inner(lock));
}

static __attribute__((noinline)) void release_and_lower_slow(PKSPIN_LOCK lock, KIRQL level, ULONG_PTR caller)
{
    release_slow(lock, caller);
    irql_lower(level);
}

static inline bool try_acquire(PKSPIN_LOCK lock, const struct platform_thread *self)
{
    uint32_t expected = 0;

    return __builtin_expect(platform_atomic_compare_exchange_acquire(&inner(lock)->state, &expected, self->id), 1);
}

static inline __attribute__((always_inline)) KIRQL raise_and_acquire(PKSPIN_LOCK lock, KIRQL level, ULONG_PTR caller)
{
    struct platform_thread *self = platform_current_thread;
    KIRQL before;

    if (__builtin_expect(self == NULL || self->irql > level, 0))
    {
        return raise_and_acquire_slow(lock, level, caller);
    }
    before = self->irql;
    self->irql = level;
    if (!try_acquire(lock, self))
    {
        return acquire_raised_slow(lock, before, caller);
    }
    lock_note(lock, LOCK_TAKEN, caller);
    return before;
}

static inline __attribute__((always_inline)) void acquire(PKSPIN_LOCK lock, ULONG_PTR caller)
{
    const struct platform_thread *self = platform_current_thread;

    if (__builtin_expect(self == NULL, 0) || !try_acquire(lock, self))
    {
        acquire_slow(lock, caller);
        return;
    }
    lock_note(lock, LOCK_TAKEN, caller);
}

static inline __attribute__((always_inline)) void release(PKSPIN_LOCK lock, ULONG_PTR caller)
{
    const struct platform_thread *self = platform_current_thread;

    if (__builtin_expect(self == NULL || __atomic_load_n(&inner(lock)->state, __ATOMIC_RELAXED) != self->id, 0))
    {
        release_slow(lock, caller);
        return;
    }
    lock_note(lock, LOCK_RELEASED, caller);
    platform_spinlock_unlock(inner(lock));
}

static inline __attribute__((always_inline)) void release_and_lower(PKSPIN_LOCK lock, KIRQL level, ULONG_PTR caller)
{
    struct platform_thread *self = platform_current_thread;

    if (__builtin_expect(self == NULL || __atomic_load_n(&inner(lock)->state, __ATOMIC_RELAXED) != self->id ||
                             level > self->irql || self->deferred,
                         0))
    {
        release_and_lower_slow(lock, level, caller);
        return;
    }
    lock_note(lock, LOCK_RELEASED, caller);
    platform_spinlock_unlock(inner(lock));
    self->irql = level;
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
    return raise_and_acquire(SpinLock, DISPATCH_LEVEL, CALLER);
}

KIRQL KeAcquireSpinLockRaiseToSynch(PKSPIN_LOCK SpinLock)
{
    return raise_and_acquire(SpinLock, SYNCH_LEVEL, CALLER);
}

VOID KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql)
{
    release_and_lower(SpinLock, NewIrql, CALLER);
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
    return raise_and_acquire(SpinLock, DISPATCH_LEVEL, CALLER);
}

VOID KeReleaseSpinLockForDpc(PKSPIN_LOCK SpinLock, KIRQL OldIrql)
{
    release_and_lower(SpinLock, OldIrql, CALLER);
}

BOOLEAN KeTryToAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock)
{
    check_at_dispatch(SpinLock, CALLER);
    if (!platform_spinlock_try_lock(inner(SpinLock)))
    {
        return FALSE;
    }
    lock_note(SpinLock, LOCK_TAKEN, CALLER);
    return TRUE;
}

BOOLEAN KeTestSpinLock(PKSPIN_LOCK SpinLock)
{
    return platform_atomic_load(SpinLock) == 0;
}
