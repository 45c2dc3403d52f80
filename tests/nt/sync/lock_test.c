/* SPDX-License-Identifier: MIT */
/*
 * Spin locks of all kinds, fast and guarded mutexes, push locks, regions and IRQL.
 */
#include "nt_case.h"

#include <ntifs.h>

enum
{
    THREADS = 3,
};

static LONG rounds(void)
{
    return nt_is_simulated() ? 4 : 2000;
}

/* A counter that only its lock protects: lost increments show that the lock does not exclude. */
struct shared
{
    KSPIN_LOCK spin;
    EX_SPIN_LOCK shared_spin;
    EX_PUSH_LOCK push;
    FAST_MUTEX fast;
    KGUARDED_MUTEX guarded;
    KMUTEX mutex;
    volatile LONG plain;
};

static void setup(struct shared *shared)
{
    KeInitializeSpinLock(&shared->spin);
    shared->shared_spin = 0;
    ExInitializePushLock(&shared->push);
    ExInitializeFastMutex(&shared->fast);
    KeInitializeGuardedMutex(&shared->guarded);
    KeInitializeMutex(&shared->mutex, 0);
    shared->plain = 0;
}

static void in_threads(void (*body)(void *argument))
{
    struct shared shared;
    struct nt_thread *threads[THREADS];

    setup(&shared);
    for (int i = 0; i < THREADS; i++)
    {
        threads[i] = nt_thread_start(body, &shared);
    }
    for (int i = 0; i < THREADS; i++)
    {
        nt_thread_join(threads[i]);
    }
    CHECK_EQUAL(shared.plain, THREADS * rounds());
}

/* Gives others the chance to come between. */
static void increment(struct shared *shared)
{
    LONG seen = shared->plain;

    (void)KeReadStateMutex(&shared->mutex);
    shared->plain = seen + 1;
}

static void count_under_spin_lock(void *argument)
{
    struct shared *shared = argument;

    for (LONG i = 0; i < rounds(); i++)
    {
        KIRQL before;

        KeAcquireSpinLock(&shared->spin, &before);
        CHECK_EQUAL(KeGetCurrentIrql(), DISPATCH_LEVEL);
        increment(shared);
        KeReleaseSpinLock(&shared->spin, before);
        CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    }
}

static void spin_lock_excludes(void)
{
    in_threads(count_under_spin_lock);
}

static void count_under_queued_spin_lock(void *argument)
{
    struct shared *shared = argument;

    for (LONG i = 0; i < rounds(); i++)
    {
        KLOCK_QUEUE_HANDLE handle;

        KeAcquireInStackQueuedSpinLock(&shared->spin, &handle);
        CHECK_EQUAL(KeGetCurrentIrql(), DISPATCH_LEVEL);
        increment(shared);
        KeReleaseInStackQueuedSpinLock(&handle);
        CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    }
}

static void queued_spin_lock_excludes(void)
{
    in_threads(count_under_queued_spin_lock);
}

static void count_under_owned_shared_spin_lock(void *argument)
{
    struct shared *shared = argument;

    for (LONG i = 0; i < rounds(); i++)
    {
        KIRQL before = ExAcquireSpinLockExclusive(&shared->shared_spin);

        increment(shared);
        ExReleaseSpinLockExclusive(&shared->shared_spin, before);
        before = ExAcquireSpinLockShared(&shared->shared_spin);
        CHECK(shared->plain > 0);
        ExReleaseSpinLockShared(&shared->shared_spin, before);
    }
}

static void owner_of_a_shared_spin_lock_is_alone(void)
{
    in_threads(count_under_owned_shared_spin_lock);
}

static void sharer_becomes_owner_when_alone(void)
{
    EX_SPIN_LOCK lock = 0;
    KIRQL before = ExAcquireSpinLockShared(&lock);

    ExAcquireSpinLockSharedAtDpcLevel(&lock);
    CHECK(!ExTryConvertSharedSpinLockExclusive(&lock));
    ExReleaseSpinLockSharedFromDpcLevel(&lock);
    CHECK(ExTryConvertSharedSpinLockExclusive(&lock));
    ExReleaseSpinLockExclusive(&lock, before);
    CHECK_EQUAL(lock, 0);
}

static void count_under_fast_mutex(void *argument)
{
    struct shared *shared = argument;

    for (LONG i = 0; i < rounds(); i++)
    {
        ExAcquireFastMutex(&shared->fast);
        CHECK_EQUAL(KeGetCurrentIrql(), APC_LEVEL);
        increment(shared);
        ExReleaseFastMutex(&shared->fast);
        CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    }
}

static void fast_mutex_excludes(void)
{
    in_threads(count_under_fast_mutex);
}

static void count_under_guarded_mutex(void *argument)
{
    struct shared *shared = argument;

    for (LONG i = 0; i < rounds(); i++)
    {
        KeAcquireGuardedMutex(&shared->guarded);
        CHECK(KeAreAllApcsDisabled());
        increment(shared);
        KeReleaseGuardedMutex(&shared->guarded);
        CHECK(!KeAreAllApcsDisabled());
    }
}

static void guarded_mutex_excludes(void)
{
    in_threads(count_under_guarded_mutex);
}

static void count_under_push_lock(void *argument)
{
    struct shared *shared = argument;

    for (LONG i = 0; i < rounds(); i++)
    {
        ExAcquirePushLockExclusive(&shared->push);
        increment(shared);
        ExReleasePushLockExclusive(&shared->push);
        ExAcquirePushLockShared(&shared->push);
        CHECK(shared->plain > 0);
        ExReleasePushLockShared(&shared->push);
    }
}

static void owner_of_a_push_lock_is_alone(void)
{
    in_threads(count_under_push_lock);
}

static void count_under_mutex(void *argument)
{
    struct shared *shared = argument;

    for (LONG i = 0; i < rounds(); i++)
    {
        CHECK_EQUAL(KeWaitForMutexObject(&shared->mutex, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
        CHECK(KeAreApcsDisabled());
        increment(shared);
        (void)KeReleaseMutex(&shared->mutex, FALSE);
        CHECK(!KeAreApcsDisabled());
    }
}

static void mutex_excludes(void)
{
    in_threads(count_under_mutex);
}

static void spin_lock_that_is_held_is_not_taken(void)
{
    KSPIN_LOCK lock;
    KIRQL before;

    KeInitializeSpinLock(&lock);
    CHECK(KeTestSpinLock(&lock));
    KeAcquireSpinLock(&lock, &before);
    CHECK(!KeTestSpinLock(&lock));
    CHECK(!KeTryToAcquireSpinLockAtDpcLevel(&lock));
    KeReleaseSpinLockFromDpcLevel(&lock);
    CHECK(KeTryToAcquireSpinLockAtDpcLevel(&lock));
    KeReleaseSpinLock(&lock, before);
}

static void fast_mutex_that_is_held_is_not_taken(void)
{
    FAST_MUTEX mutex;
    KGUARDED_MUTEX guarded;

    ExInitializeFastMutex(&mutex);
    KeInitializeGuardedMutex(&guarded);
    CHECK(ExTryToAcquireFastMutex(&mutex));
    CHECK_EQUAL(KeGetCurrentIrql(), APC_LEVEL);
    CHECK(!ExTryToAcquireFastMutex(&mutex));
    CHECK_EQUAL(KeGetCurrentIrql(), APC_LEVEL);
    ExReleaseFastMutex(&mutex);
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    CHECK(KeTryToAcquireGuardedMutex(&guarded));
    CHECK(!KeTryToAcquireGuardedMutex(&guarded));
    KeReleaseGuardedMutex(&guarded);
    CHECK(!KeAreAllApcsDisabled());
    ExAcquireFastMutexUnsafe(&mutex);
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    ExReleaseFastMutexUnsafe(&mutex);
}

static void regions_nest(void)
{
    KeEnterCriticalRegion();
    KeEnterCriticalRegion();
    CHECK(KeAreApcsDisabled());
    CHECK(!KeAreAllApcsDisabled());
    KeLeaveCriticalRegion();
    CHECK(KeAreApcsDisabled());
    KeEnterGuardedRegion();
    CHECK(KeAreAllApcsDisabled());
    KeLeaveGuardedRegion();
    KeLeaveCriticalRegion();
    CHECK(!KeAreApcsDisabled());
}

static void level_goes_up_and_down(void)
{
    KIRQL before;
    KIRQL higher;

    KeRaiseIrql(APC_LEVEL, &before);
    CHECK_EQUAL(before, PASSIVE_LEVEL);
    higher = KeRaiseIrqlToDpcLevel();
    CHECK_EQUAL(higher, APC_LEVEL);
    CHECK_EQUAL(KeGetCurrentIrql(), DISPATCH_LEVEL);
    KeLowerIrql(higher);
    KeLowerIrql(before);
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
}

static void spin_lock_taken_twice(void)
{
    KSPIN_LOCK lock;
    KIRQL before;

    KeInitializeSpinLock(&lock);
    KeAcquireSpinLock(&lock, &before);
    KeAcquireSpinLock(&lock, &before);
}

static void spin_lock_released_by_nobody(void)
{
    KSPIN_LOCK lock;

    KeInitializeSpinLock(&lock);
    KeReleaseSpinLock(&lock, PASSIVE_LEVEL);
}

static void queued_spin_lock_released_twice(void)
{
    KSPIN_LOCK lock;
    KLOCK_QUEUE_HANDLE handle;

    KeInitializeSpinLock(&lock);
    KeAcquireInStackQueuedSpinLock(&lock, &handle);
    KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
    KeReleaseInStackQueuedSpinLock(&handle);
}

static void shared_spin_lock_released_by_nobody(void)
{
    EX_SPIN_LOCK lock = 0;

    ExReleaseSpinLockSharedFromDpcLevel(&lock);
}

static void queued_spin_lock_taken_twice(void)
{
    KSPIN_LOCK lock;
    KLOCK_QUEUE_HANDLE handles[2];

    KeInitializeSpinLock(&lock);
    KeAcquireInStackQueuedSpinLock(&lock, &handles[0]);
    KeAcquireInStackQueuedSpinLock(&lock, &handles[1]);
}

static void shared_spin_lock_owned_and_shared(void)
{
    EX_SPIN_LOCK lock = 0;

    (void)ExAcquireSpinLockExclusive(&lock);
    (void)ExAcquireSpinLockShared(&lock);
}

/* The owner's number, which lies where the count of sharers is, must not pass for one. */
static void shared_spin_lock_released_the_other_way(void)
{
    EX_SPIN_LOCK lock = 0;
    KIRQL before = ExAcquireSpinLockExclusive(&lock);

    ExReleaseSpinLockShared(&lock, before);
}

static void misuse_tells_the_history(void)
{
    FAST_MUTEX mutex;

    ExInitializeFastMutex(&mutex);
    ExAcquireFastMutex(&mutex);
    ExReleaseFastMutex(&mutex);
    ExReleaseFastMutex(&mutex);
}

static void fast_mutex_taken_twice(void)
{
    FAST_MUTEX mutex;

    ExInitializeFastMutex(&mutex);
    ExAcquireFastMutex(&mutex);
    ExAcquireFastMutex(&mutex);
}

static void fast_mutex_released_by_nobody(void)
{
    FAST_MUTEX mutex;

    ExInitializeFastMutex(&mutex);
    mutex.OldIrql = PASSIVE_LEVEL;
    ExReleaseFastMutex(&mutex);
}

static void fast_mutex_at_dispatch(void)
{
    FAST_MUTEX mutex;

    ExInitializeFastMutex(&mutex);
    (void)KeRaiseIrqlToDpcLevel();
    ExAcquireFastMutex(&mutex);
}

static void push_lock_released_by_nobody(void)
{
    EX_PUSH_LOCK lock;

    ExInitializePushLock(&lock);
    ExReleasePushLockShared(&lock);
}

static void level_raised_downwards(void)
{
    KIRQL before;

    (void)KeRaiseIrqlToDpcLevel();
    KeRaiseIrql(APC_LEVEL, &before);
}

static void level_lowered_upwards(void)
{
    KeLowerIrql(DISPATCH_LEVEL);
}

static void region_left_without_entering(void)
{
    KeLeaveCriticalRegion();
}

const struct nt_case nt_cases[] = {
    CASE(spin_lock_excludes),
    CASE(queued_spin_lock_excludes),
    CASE(owner_of_a_shared_spin_lock_is_alone),
    CASE(sharer_becomes_owner_when_alone),
    CASE(fast_mutex_excludes),
    CASE(guarded_mutex_excludes),
    CASE(owner_of_a_push_lock_is_alone),
    CASE(mutex_excludes),
    CASE(spin_lock_that_is_held_is_not_taken),
    CASE(fast_mutex_that_is_held_is_not_taken),
    CASE(regions_nest),
    CASE(level_goes_up_and_down),
    STOPS(spin_lock_taken_twice,
          "bug check 0x0000000F...rule: ...spin lock 0x...held by thread ..." CALLED_BY(spin_lock_taken_twice)),
    STOPS(spin_lock_released_by_nobody,
          "bug check 0x00000010...rule: ...spin lock 0x..." CALLED_BY(spin_lock_released_by_nobody)),
    STOPS(queued_spin_lock_released_twice, "bug check 0x00000010"),
    STOPS(shared_spin_lock_released_by_nobody, "bug check 0x00000010"),
    STOPS(fast_mutex_taken_twice,
          "bug check 0x000000BF...rule: ...mutex 0x...held by thread ..." CALLED_BY(fast_mutex_taken_twice)),
    STOPS(fast_mutex_released_by_nobody, "bug check 0x00000011...rule: ..." CALLED_BY(fast_mutex_released_by_nobody)),
    STOPS(fast_mutex_at_dispatch, "bug check 0x0000000A...rule: ..." CALLED_BY(fast_mutex_at_dispatch)),
    STOPS(queued_spin_lock_taken_twice, "bug check 0x0000000F...held by thread "),
    STOPS(shared_spin_lock_owned_and_shared, "bug check 0x0000000F...held by thread "),
    STOPS(shared_spin_lock_released_the_other_way, "bug check 0x00000010...held by thread "),
    DEBUG_STOPS(misuse_tells_the_history, "history, newest first:\n    released by thread ...\n    taken by thread "),
    STOPS(push_lock_released_by_nobody, "bug check 0x00000010"),
    STOPS(level_raised_downwards, "bug check 0x00000009"),
    STOPS(level_lowered_upwards, "bug check 0x0000000A"),
    STOPS(region_left_without_entering, "bug check 0x00000001"),
    CASES_END,
};
