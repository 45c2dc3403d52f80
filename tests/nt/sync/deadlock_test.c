/* SPDX-License-Identifier: MIT */
/*
 * What the simulation says of a deadlock: for each kind of lock and wait, who waits for what, and who has it.
 *
 * Thread 1 is the case's own, thread 2 takes the lock and keeps it while it waits for what nobody does.
 */
#include "nt_case.h"

#include <ntifs.h>

static KSPIN_LOCK spin_lock;
static EX_SPIN_LOCK shared_lock;
static EX_PUSH_LOCK push_lock;
static FAST_MUTEX fast_mutex;
static KGUARDED_MUTEX guarded_mutex;
static KMUTEX mutex;
static ERESOURCE resource;
static EX_RUNDOWN_REF rundown;
static PEX_RUNDOWN_REF_CACHE_AWARE spread;
static KLOCK_QUEUE_HANDLE first_handle;
static KEVENT taken;

static void wait_for(void *object)
{
    (void)KeWaitForSingleObject(object, Executive, KernelMode, FALSE, NULL);
}

/* At DISPATCH_LEVEL nobody waits for an event: this thread spins on another lock, which it holds itself. */
static void spin_for_ever(void)
{
    KIRQL level;
    static EX_SPIN_LOCK own;

    level = ExAcquireSpinLockShared(&own);
    (void)level;
    (void)ExAcquireSpinLockExclusive(&own);
}

static void keep(void)
{
    KEVENT never;

    (void)KeSetEvent(&taken, 0, FALSE);
    if (KeGetCurrentIrql() >= DISPATCH_LEVEL)
    {
        spin_for_ever();
    }
    KeInitializeEvent(&never, NotificationEvent, FALSE);
    wait_for(&never);
}

static void while_kept(void (*keeper)(void *argument))
{
    KeInitializeEvent(&taken, NotificationEvent, FALSE);
    (void)nt_thread_start(keeper, NULL);
    wait_for(&taken);
}

static void keep_spin_lock(void *argument)
{
    KIRQL level;

    (void)argument;
    KeAcquireSpinLock(&spin_lock, &level);
    keep();
}

static void names_owner_of_a_spin_lock(void)
{
    KIRQL level;

    KeInitializeSpinLock(&spin_lock);
    while_kept(keep_spin_lock);
    KeAcquireSpinLock(&spin_lock, &level);
}

static void keep_queued_spin_lock(void *argument)
{
    (void)argument;
    KeAcquireInStackQueuedSpinLock(&spin_lock, &first_handle);
    keep();
}

static void names_owner_of_a_queued_spin_lock(void)
{
    KLOCK_QUEUE_HANDLE handle;

    KeInitializeSpinLock(&spin_lock);
    while_kept(keep_queued_spin_lock);
    KeAcquireInStackQueuedSpinLock(&spin_lock, &handle);
}

static void keep_shared_spin_lock(void *argument)
{
    (void)argument;
    (void)ExAcquireSpinLockExclusive(&shared_lock);
    keep();
}

static void names_owner_of_a_shared_spin_lock(void)
{
    shared_lock = 0;
    while_kept(keep_shared_spin_lock);
    (void)ExAcquireSpinLockShared(&shared_lock);
}

static void own_share_keeps_its_owner_out(void)
{
    spin_for_ever();
}

static void keep_push_lock(void *argument)
{
    (void)argument;
    KeEnterCriticalRegion();
    ExAcquirePushLockExclusive(&push_lock);
    keep();
}

static void names_owner_of_a_push_lock(void)
{
    ExInitializePushLock(&push_lock);
    while_kept(keep_push_lock);
    KeEnterCriticalRegion();
    ExAcquirePushLockShared(&push_lock);
}

static void keep_fast_mutex(void *argument)
{
    (void)argument;
    ExAcquireFastMutex(&fast_mutex);
    keep();
}

static void names_owner_of_a_fast_mutex(void)
{
    ExInitializeFastMutex(&fast_mutex);
    while_kept(keep_fast_mutex);
    ExAcquireFastMutex(&fast_mutex);
}

static void keep_guarded_mutex(void *argument)
{
    (void)argument;
    KeAcquireGuardedMutex(&guarded_mutex);
    keep();
}

static void names_owner_of_a_guarded_mutex(void)
{
    KeInitializeGuardedMutex(&guarded_mutex);
    while_kept(keep_guarded_mutex);
    KeAcquireGuardedMutex(&guarded_mutex);
}

static void keep_mutex(void *argument)
{
    (void)argument;
    wait_for(&mutex);
    keep();
}

static void names_owner_of_a_mutex(void)
{
    KeInitializeMutex(&mutex, 0);
    while_kept(keep_mutex);
    wait_for(&mutex);
}

static void keep_resource(void *argument)
{
    (void)argument;
    KeEnterCriticalRegion();
    (void)ExAcquireResourceExclusiveLite(&resource, TRUE);
    keep();
}

static void names_owner_of_a_resource(void)
{
    (void)ExInitializeResourceLite(&resource);
    while_kept(keep_resource);
    KeEnterCriticalRegion();
    (void)ExAcquireResourceSharedLite(&resource, TRUE);
}

static void end_with_resource(void *argument)
{
    (void)argument;
    (void)ExAcquireResourceExclusiveLite(&resource, TRUE);
}

/* The thread's object is gone. */
static void names_owner_of_a_resource_that_has_ended(void)
{
    (void)ExInitializeResourceLite(&resource);
    nt_thread_join(nt_thread_start(end_with_resource, NULL));
    (void)ExAcquireResourceSharedLite(&resource, TRUE);
}

static void rundown_that_never_ends(void)
{
    ExInitializeRundownProtection(&rundown);
    (void)ExAcquireRundownProtection(&rundown);
    ExWaitForRundownProtectionRelease(&rundown);
}

static void spread_rundown_that_never_ends(void)
{
    spread = ExAllocateCacheAwareRundownProtection(NonPagedPool, 'tseT');
    (void)ExAcquireRundownProtectionCacheAware(spread);
    ExWaitForRundownProtectionReleaseCacheAware(spread);
}

static VOID never_return(PVOID context, PVOID argument1, PVOID argument2)
{
    keep();
}

static void notify(void *callback)
{
    ExNotifyCallback(callback, NULL, NULL);
}

static void callback_that_never_returns(void)
{
    PCALLBACK_OBJECT callback;
    OBJECT_ATTRIBUTES attributes;
    PVOID registration;

    InitializeObjectAttributes(&attributes, NULL, OBJ_CASE_INSENSITIVE, NULL, NULL);
    (void)ExCreateCallback(&callback, &attributes, TRUE, TRUE);
    registration = ExRegisterCallback(callback, never_return, NULL);
    KeInitializeEvent(&taken, NotificationEvent, FALSE);
    (void)nt_thread_start(notify, callback);
    wait_for(&taken);
    ExUnregisterCallback(registration);
}

static void event_that_nobody_sets(void)
{
    KeInitializeEvent(&taken, SynchronizationEvent, FALSE);
    wait_for(&taken);
}

static void several_objects(void)
{
    KEVENT event;
    PVOID objects[2] = {&taken, &event};

    KeInitializeEvent(&taken, SynchronizationEvent, FALSE);
    KeInitializeEvent(&event, SynchronizationEvent, TRUE);
    (void)KeWaitForMultipleObjects(2, objects, WaitAll, Executive, KernelMode, FALSE, NULL, NULL);
}

static void spin_without_end(void)
{
    while (KeReadStateEvent(&taken) == 0)
    {
        YieldProcessor();
    }
}

const struct nt_case nt_cases[] = {
    STOPS(names_owner_of_a_spin_lock, "deadlock... waits for spin lock ... owned by thread 2 (test)"),
    STOPS(names_owner_of_a_queued_spin_lock, "deadlock... waits for queued spin lock ... owned by thread 2 (test)"),
    STOPS(names_owner_of_a_shared_spin_lock, "deadlock... waits for shared spin lock ... owned by thread 2 (test)"),
    STOPS(own_share_keeps_its_owner_out, "deadlock... thread 1 (main) waits for shared spin lock "),
    STOPS(names_owner_of_a_push_lock, "deadlock... waits for push lock ... owned by thread 2 (test)"),
    STOPS(names_owner_of_a_fast_mutex, "deadlock... waits for mutex ... owned by thread 2 (test)"),
    STOPS(names_owner_of_a_guarded_mutex, "deadlock... waits for mutex ... owned by thread 2 (test)"),
    STOPS(names_owner_of_a_mutex, "deadlock... waits for mutant ... owned by thread 2 (test)"),
    STOPS(names_owner_of_a_resource, "deadlock... waits for resource ... owned by thread 2 (test)"),
    STOPS(names_owner_of_a_resource_that_has_ended, "deadlock... waits for resource ... owned by thread 2 (ended)"),
    STOPS(rundown_that_never_ends, "deadlock... waits for rundown protection "),
    STOPS(spread_rundown_that_never_ends, "deadlock... waits for rundown protection "),
    STOPS(callback_that_never_returns, "deadlock... waits for end of a callback's calls "),
    STOPS(event_that_nobody_sets, "deadlock... thread 1 (main) waits for synchronization event "),
    STOPS(several_objects, "deadlock... thread 1 (main) waits for all of several objects "),
    STOPS(spin_without_end, "step limit... seed 1... thread 1 (main) can run"),
    CASES_END,
};
