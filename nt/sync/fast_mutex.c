/* SPDX-License-Identifier: MIT */
/*
 * Fast mutexes and guarded mutexes, which differ in what else they do to the thread that holds one.
 *
 * Both begin with the same three fields: the count, the owner, and one that counts contention on Windows and here holds the
 * platform's number of the owner, which reports may name when the owner itself is gone. The count is one when free, zero when
 * held, less when held and somebody may be asleep; it is all that a release touches last, so the mutex may be freed by the next
 * owner.
 */
#include "nt/debug/bugcheck.h"
#include "nt/sync/irql.h"
#include "nt/sync/lock_report.h"
#include "nt/thread/thread.h"

enum
{
    COUNT_FREE = 1,
    COUNT_HELD = 0,
    COUNT_CONTENDED = -1,
};

_Static_assert(FM_LOCK_BIT == COUNT_FREE, "drivers initialize fast mutexes inline");
_Static_assert(offsetof(FAST_MUTEX, Owner) == offsetof(KGUARDED_MUTEX, Owner), "one implementation for both");
_Static_assert(offsetof(FAST_MUTEX, Contention) == offsetof(KGUARDED_MUTEX, Contention), "one implementation for both");

#define CALLER ((ULONG_PTR)__builtin_return_address(0))

static inline void set_owner(PFAST_MUTEX mutex, PKTHREAD thread)
{
    __atomic_store_n(&mutex->Owner, thread, __ATOMIC_RELAXED);
    __atomic_store_n(&mutex->Contention, platform_current()->id, __ATOMIC_RELAXED);
}

static _Noreturn void stop(ULONG code, const ULONG_PTR parameters[3], PFAST_MUTEX mutex, const char *rule, ULONG_PTR caller)
{
    bool held = __atomic_load_n(&mutex->Owner, __ATOMIC_RELAXED) != NULL;

    lock_misuse_stop(&(struct lock_misuse){
        .code = code,
        .parameters = {parameters[0], parameters[1], parameters[2]},
        .kind = "mutex",
        .rule = rule,
        .lock = mutex,
        .owner = held ? __atomic_load_n(&mutex->Contention, __ATOMIC_RELAXED) : 0,
        .caller = caller,
    });
}

static inline bool try_acquire(PFAST_MUTEX mutex, PKTHREAD thread)
{
    LONG count = COUNT_FREE;

    if (!platform_atomic_compare_exchange_acquire(&mutex->Count, &count, COUNT_HELD))
    {
        return false;
    }
    set_owner(mutex, thread);
    return true;
}

static __attribute__((noinline)) void acquire_slow(PFAST_MUTEX mutex, PKTHREAD thread, ULONG_PTR caller)
{
    if (__atomic_load_n(&mutex->Owner, __ATOMIC_RELAXED) == thread)
    {
        stop(MUTEX_ALREADY_OWNED, (const ULONG_PTR[]){(ULONG_PTR)mutex, (ULONG_PTR)thread, caller}, mutex,
             "who holds a fast mutex does not take it again", caller);
    }
    if ((LONG)platform_spin_while((uint32_t *)&mutex->Count, COUNT_HELD) == COUNT_FREE && try_acquire(mutex, thread))
    {
        return;
    }
    /* Having slept, this thread cannot know whether others still sleep, so the count stays contended. */
    while (platform_atomic_exchange_acquire(&mutex->Count, COUNT_CONTENDED) != COUNT_FREE)
    {
        platform_wait_note("mutex", mutex, __atomic_load_n(&mutex->Contention, __ATOMIC_RELAXED));
        (void)platform_wait_word((uint32_t *)&mutex->Count, (uint32_t)COUNT_CONTENDED, PLATFORM_FOREVER);
    }
    platform_wait_note(NULL, NULL, 0);
    set_owner(mutex, thread);
}

static inline __attribute__((always_inline)) void acquire(PFAST_MUTEX mutex, PKTHREAD thread, ULONG_PTR caller)
{
    if (__builtin_expect(!try_acquire(mutex, thread), 0))
    {
        acquire_slow(mutex, thread, caller);
    }
    lock_note(mutex, LOCK_TAKEN, caller);
}

static inline __attribute__((always_inline)) void release(PFAST_MUTEX mutex, PKTHREAD thread, ULONG_PTR caller)
{
    if (__builtin_expect(__atomic_load_n(&mutex->Owner, __ATOMIC_RELAXED) != thread, 0))
    {
        stop(THREAD_NOT_MUTEX_OWNER, (const ULONG_PTR[]){(ULONG_PTR)thread, (ULONG_PTR)mutex, caller}, mutex,
             "a fast mutex is released by the thread that holds it", caller);
    }
    lock_note(mutex, LOCK_RELEASED, caller);
    __atomic_store_n(&mutex->Owner, NULL, __ATOMIC_RELAXED);
    if (__builtin_expect(platform_atomic_exchange_release(&mutex->Count, COUNT_FREE) == COUNT_CONTENDED, 0))
    {
        platform_wake_word((uint32_t *)&mutex->Count, 1);
    }
}

static inline __attribute__((always_inline)) void check_level(PFAST_MUTEX mutex, ULONG_PTR caller)
{
    KIRQL level = platform_current()->irql;

    if (__builtin_expect(level > APC_LEVEL, 0))
    {
        lock_misuse_stop(&(struct lock_misuse){
            .code = IRQL_NOT_LESS_OR_EQUAL,
            .parameters = {(ULONG_PTR)mutex, level, 0, caller},
            .kind = "mutex",
            .rule = "a mutex, which may have to be waited for, is taken at APC_LEVEL or below",
            .lock = mutex,
            .caller = caller,
        });
    }
}

/* What the fast ways below do not expect. */
static __attribute__((noinline)) void raise_and_acquire_slow(PFAST_MUTEX mutex, ULONG_PTR caller)
{
    KIRQL before;

    check_level(mutex, caller);
    before = irql_raise(APC_LEVEL);
    acquire(mutex, thread_current(), caller);
    mutex->OldIrql = before;
}

static __attribute__((noinline)) void release_and_lower_slow(PFAST_MUTEX mutex, KIRQL before, ULONG_PTR caller)
{
    release(mutex, thread_current(), caller);
    irql_lower(before);
}

/*
 * Published entry points.
 */
VOID ExAcquireFastMutex(PFAST_MUTEX FastMutex)
{
    struct platform_thread *self = platform_current_thread;
    LONG count = COUNT_FREE;

    if (__builtin_expect(self == NULL || self->nt == NULL || self->irql > APC_LEVEL, 0) ||
        !platform_atomic_compare_exchange_acquire(&FastMutex->Count, &count, COUNT_HELD))
    {
        raise_and_acquire_slow(FastMutex, CALLER);
        return;
    }
    __atomic_store_n(&FastMutex->Owner, self->nt, __ATOMIC_RELAXED);
    __atomic_store_n(&FastMutex->Contention, self->id, __ATOMIC_RELAXED);
    FastMutex->OldIrql = self->irql;
    self->irql = APC_LEVEL;
    lock_note(FastMutex, LOCK_TAKEN, CALLER);
}

VOID ExReleaseFastMutex(PFAST_MUTEX FastMutex)
{
    struct platform_thread *self = platform_current_thread;
    KIRQL before = (KIRQL)FastMutex->OldIrql;

    if (__builtin_expect(self == NULL || self->irql != APC_LEVEL || before > APC_LEVEL ||
                             __atomic_load_n(&FastMutex->Owner, __ATOMIC_RELAXED) != self->nt,
                         0))
    {
        release_and_lower_slow(FastMutex, before, CALLER);
        return;
    }
    lock_note(FastMutex, LOCK_RELEASED, CALLER);
    __atomic_store_n(&FastMutex->Owner, NULL, __ATOMIC_RELAXED);
    self->irql = before;
    if (__builtin_expect(platform_atomic_exchange_release(&FastMutex->Count, COUNT_FREE) == COUNT_CONTENDED, 0))
    {
        platform_wake_word((uint32_t *)&FastMutex->Count, 1);
    }
}

BOOLEAN ExTryToAcquireFastMutex(PFAST_MUTEX FastMutex)
{
    KIRQL before;

    check_level(FastMutex, CALLER);
    before = irql_raise(APC_LEVEL);
    if (!try_acquire(FastMutex, thread_current()))
    {
        irql_lower(before);
        return FALSE;
    }
    FastMutex->OldIrql = before;
    lock_note(FastMutex, LOCK_TAKEN, CALLER);
    return TRUE;
}

VOID ExAcquireFastMutexUnsafe(PFAST_MUTEX FastMutex)
{
    check_level(FastMutex, CALLER);
    acquire(FastMutex, thread_current(), CALLER);
}

VOID ExReleaseFastMutexUnsafe(PFAST_MUTEX FastMutex)
{
    release(FastMutex, thread_current(), CALLER);
}

VOID KeInitializeGuardedMutex(PKGUARDED_MUTEX GuardedMutex)
{
    RtlZeroMemory(GuardedMutex, sizeof(*GuardedMutex));
    GuardedMutex->Count = COUNT_FREE;
}

VOID KeAcquireGuardedMutex(PKGUARDED_MUTEX GuardedMutex)
{
    PKTHREAD thread = thread_current();

    check_level((PFAST_MUTEX)GuardedMutex, CALLER);
    thread->special_apc_disable++;
    acquire((PFAST_MUTEX)GuardedMutex, thread, CALLER);
}

VOID KeReleaseGuardedMutex(PKGUARDED_MUTEX GuardedMutex)
{
    PKTHREAD thread = thread_current();

    release((PFAST_MUTEX)GuardedMutex, thread, CALLER);
    thread->special_apc_disable--;
}

BOOLEAN KeTryToAcquireGuardedMutex(PKGUARDED_MUTEX GuardedMutex)
{
    PKTHREAD thread = thread_current();
    bool acquired;

    check_level((PFAST_MUTEX)GuardedMutex, CALLER);
    acquired = try_acquire((PFAST_MUTEX)GuardedMutex, thread);
    thread->special_apc_disable += acquired ? 1 : 0;
    if (acquired)
    {
        lock_note(GuardedMutex, LOCK_TAKEN, CALLER);
    }
    return acquired;
}

VOID KeAcquireGuardedMutexUnsafe(PKGUARDED_MUTEX GuardedMutex)
{
    check_level((PFAST_MUTEX)GuardedMutex, CALLER);
    acquire((PFAST_MUTEX)GuardedMutex, thread_current(), CALLER);
}

VOID KeReleaseGuardedMutexUnsafe(PKGUARDED_MUTEX GuardedMutex)
{
    release((PFAST_MUTEX)GuardedMutex, thread_current(), CALLER);
}
