/* SPDX-License-Identifier: MIT */
/*
 * WDFSPINLOCK and WDFWAITLOCK.
 */
#include "wdf/lock.h"

#include "nt/sync/irql.h"
#include "nt/thread/worker.h"
#include "nt/time/due.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/verifier.h"

/*
 * The kernel flavour spins at DISPATCH_LEVEL. The user flavour knows one level only, so its lock is a mutex. A lock that was given
 * to an interrupt is a third one, which only the interrupt takes.
 */
struct spin_lock
{
    struct object object;
    struct platform_spinlock lock;
    KIRQL saved;
    bool adopted;
    struct platform_mutex mutex;
    KSPIN_LOCK interrupt_lock;
};

/* State is one of the values below; the owner is only there to be named. */
struct wait_lock
{
    struct object object;
    struct waitable waitable;
};

#define WAIT_LOCK_FREE 0u
#define WAIT_LOCK_HELD 1u
#define WAIT_LOCK_WANTED 2u

static bool spin_lock_is_mine(const struct spin_lock *lock)
{
    return platform_spinlock_is_mine(&lock->lock) || platform_mutex_is_mine(&lock->mutex);
}

static void spin_lock_dispose(struct object *object)
{
    if (verifier_is_on(object->globals))
    {
        verifier_lock_destroyed(object, spin_lock_is_mine(CONTAINING_RECORD(object, struct spin_lock, object)));
    }
}

static void wait_lock_dispose(struct object *object)
{
    if (verifier_is_on(object->globals))
    {
        verifier_lock_destroyed(object, waitable_is_mine(&CONTAINING_RECORD(object, struct wait_lock, object)->waitable));
    }
}

static const struct object_class spin_lock_class = {
    .name = "WDFSPINLOCK",
    .type = OBJECT_SPIN_LOCK,
    .size = sizeof(struct spin_lock),
    .deletable = true,
    .dispose = spin_lock_dispose,
};

static const struct object_class wait_lock_class = {
    .name = "WDFWAITLOCK",
    .type = OBJECT_WAIT_LOCK,
    .size = sizeof(struct wait_lock),
    .deletable = true,
    .dispose = wait_lock_dispose,
};

static NTSTATUS lock_create(struct driver_globals *globals, const struct object_class *class,
                            PWDF_OBJECT_ATTRIBUTES attributes, void *ret_handle)
{
    NTSTATUS status = wdfobj_check_attributes(attributes, class, OBJECT_PARENT_OPTIONAL);

    return NT_SUCCESS(status) ?
               wdfobj_create(globals, class, attributes, wdfobj_parent(attributes, globals->driver), ret_handle) :
               status;
}

static struct spin_lock *spin_lock_of(WDFSPINLOCK handle, const char *function)
{
    return CONTAINING_RECORD(wdfobj_from_handle(handle, OBJECT_SPIN_LOCK, function), struct spin_lock, object);
}

static struct wait_lock *wait_lock_of(WDFWAITLOCK handle, const char *function)
{
    return CONTAINING_RECORD(wdfobj_from_handle(handle, OBJECT_WAIT_LOCK, function), struct wait_lock, object);
}

NTSTATUS wdf_kmdf_WdfSpinLockCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_OBJECT_ATTRIBUTES SpinLockAttributes,
                                    WDFSPINLOCK *SpinLock)
{
    globals_require(DriverGlobals, SpinLock, "WdfSpinLockCreate");
    *SpinLock = NULL;
    return lock_create(globals_of(DriverGlobals), &spin_lock_class, SpinLockAttributes, SpinLock);
}
WDF_ENTRY_BOTH(WdfSpinLockCreate)

/* Whether the lock is an interrupt's, which is said: then the call is ignored. */
static bool is_adopted(const struct spin_lock *lock, const char *function)
{
    if (__builtin_expect(lock->adopted, 0))
    {
        globals_break(lock->object.globals, "%s: the lock %p belongs to an interrupt", function,
                      wdfobj_handle(&lock->object));
    }
    return lock->adopted;
}

static void spin_lock_wanted(struct spin_lock *lock)
{
    if (verifier_is_on(lock->object.globals) && spin_lock_is_mine(lock))
    {
        verifier_lock_wanted(&lock->object, "WdfSpinLockAcquire");
    }
}

static void spin_lock_acquired(struct spin_lock *lock)
{
    if (verifier_is_on(lock->object.globals))
    {
        verifier_lock_acquired(&lock->object, "WdfSpinLockAcquire", true, true);
    }
}

static void spin_lock_released(struct spin_lock *lock)
{
    if (verifier_is_on(lock->object.globals))
    {
        verifier_lock_released(&lock->object, "WdfSpinLockRelease", true);
    }
}

/* The lock is an interrupt's, or the driver is verified. */
static bool is_special(const struct spin_lock *lock)
{
    return __builtin_expect(lock->adopted, 0) || verifier_is_on(lock->object.globals);
}

/* The rare ways of both are functions of their own, so that the usual one keeps nothing on the stack. */
static __attribute__((noinline)) void spin_lock_acquire_specially(struct spin_lock *lock)
{
    KIRQL before;

    if (is_adopted(lock, "WdfSpinLockAcquire"))
    {
        return;
    }
    before = irql_raise(DISPATCH_LEVEL);
    spin_lock_wanted(lock);
    platform_spinlock_lock(&lock->lock);
    lock->saved = before;
    spin_lock_acquired(lock);
}

static __attribute__((noinline)) void spin_lock_acquire_contended(struct spin_lock *lock, KIRQL before)
{
    platform_spinlock_lock_slow(&lock->lock);
    lock->saved = before;
}

static __attribute__((noinline)) void spin_lock_release_specially(struct spin_lock *lock)
{
    KIRQL before = lock->saved;

    if (is_adopted(lock, "WdfSpinLockRelease"))
    {
        return;
    }
    spin_lock_released(lock);
    platform_spinlock_unlock(&lock->lock);
    irql_lower(before);
}

VOID wdf_kmdf_WdfSpinLockAcquire(PWDF_DRIVER_GLOBALS DriverGlobals, WDFSPINLOCK SpinLock)
{
    struct spin_lock *lock = spin_lock_of(SpinLock, "WdfSpinLockAcquire");
    KIRQL before;

    if (is_special(lock))
    {
        spin_lock_acquire_specially(lock);
        return;
    }
    before = irql_raise(DISPATCH_LEVEL);
    if (__builtin_expect(!platform_spinlock_try_lock(&lock->lock), 0))
    {
        spin_lock_acquire_contended(lock, before);
        return;
    }
    lock->saved = before;
}

VOID wdf_kmdf_WdfSpinLockRelease(PWDF_DRIVER_GLOBALS DriverGlobals, WDFSPINLOCK SpinLock)
{
    struct spin_lock *lock = spin_lock_of(SpinLock, "WdfSpinLockRelease");
    KIRQL before = lock->saved;

    if (is_special(lock))
    {
        spin_lock_release_specially(lock);
        return;
    }
    platform_spinlock_unlock(&lock->lock);
    irql_lower(before);
}

extern __typeof__(wdf_kmdf_WdfSpinLockAcquire) wdf_umdf_WdfSpinLockAcquire;
extern __typeof__(wdf_kmdf_WdfSpinLockRelease) wdf_umdf_WdfSpinLockRelease;

VOID wdf_umdf_WdfSpinLockAcquire(PWDF_DRIVER_GLOBALS DriverGlobals, WDFSPINLOCK SpinLock)
{
    struct spin_lock *lock = spin_lock_of(SpinLock, "WdfSpinLockAcquire");

    spin_lock_wanted(lock);
    platform_mutex_lock(&lock->mutex);
    spin_lock_acquired(lock);
}

VOID wdf_umdf_WdfSpinLockRelease(PWDF_DRIVER_GLOBALS DriverGlobals, WDFSPINLOCK SpinLock)
{
    struct spin_lock *lock = spin_lock_of(SpinLock, "WdfSpinLockRelease");

    spin_lock_released(lock);
    platform_mutex_unlock(&lock->mutex);
}

PKSPIN_LOCK lock_adopt(WDFSPINLOCK handle, const char *function)
{
    struct spin_lock *lock = spin_lock_of(handle, function);

    lock->adopted = true;
    return &lock->interrupt_lock;
}

struct waitable *lock_waitable_of(WDFWAITLOCK handle, const char *function)
{
    return &wait_lock_of(handle, function)->waitable;
}

NTSTATUS wdf_kmdf_WdfWaitLockCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_OBJECT_ATTRIBUTES LockAttributes,
                                    WDFWAITLOCK *Lock)
{
    globals_require(DriverGlobals, Lock, "WdfWaitLockCreate");
    *Lock = NULL;
    return lock_create(globals_of(DriverGlobals), &wait_lock_class, LockAttributes, Lock);
}
WDF_ENTRY_BOTH(WdfWaitLockCreate)

/*
 * Wait locks.
 */

static bool try_acquire(struct waitable *waitable)
{
    uint32_t expected = WAIT_LOCK_FREE;

    return platform_atomic_compare_exchange_acquire(&waitable->state, &expected, WAIT_LOCK_HELD);
}

/* Whoever has slept cannot know whether others still do, so it takes the lock as wanted. */
static bool take_wanted(struct waitable *waitable)
{
    return platform_atomic_exchange_acquire(&waitable->state, WAIT_LOCK_WANTED) == WAIT_LOCK_FREE;
}

static bool sleep_and_acquire(struct waitable *waitable, PLONGLONG timeout)
{
    LARGE_INTEGER published = {.QuadPart = timeout == NULL ? 0 : *timeout};
    bool passed = false;
    bool acquired;
    struct due due;

    due_make(&due, timeout == NULL ? NULL : &published);
    acquired = take_wanted(waitable);
    while (!acquired && !passed)
    {
        passed = platform_wait_word(&waitable->state, WAIT_LOCK_WANTED, due.at) == PLATFORM_TIMEOUT && due_has_passed(&due);
        acquired = take_wanted(waitable);
    }
    return acquired;
}

/* Spins briefly and then sleeps; what a worker waits for may need another worker. */
static bool wait_and_acquire(struct waitable *waitable, PLONGLONG timeout)
{
    bool acquired;

    if (platform_spin_while(&waitable->state, WAIT_LOCK_HELD) == WAIT_LOCK_FREE && try_acquire(waitable))
    {
        return true;
    }
    worker_will_wait();
    platform_wait_note("WDFWAITLOCK", waitable, __atomic_load_n(&waitable->owner, __ATOMIC_RELAXED));
    acquired = sleep_and_acquire(waitable, timeout);
    platform_wait_note(NULL, NULL, 0);
    worker_has_waited();
    return acquired;
}

bool waitable_acquire(struct waitable *waitable, PLONGLONG timeout)
{
    if (!try_acquire(waitable) && ((timeout != NULL && *timeout == 0) || !wait_and_acquire(waitable, timeout)))
    {
        return false;
    }
    __atomic_store_n(&waitable->owner, platform_current()->id, __ATOMIC_RELAXED);
    /* A critical region, without the calls. */
    thread_current()->kernel_apc_disable++;
    return true;
}

void waitable_release(struct waitable *waitable)
{
    /* Another thread may give the lock back: the region is that of the one who took it. */
    if (waitable_is_mine(waitable) && thread_current()->kernel_apc_disable != 0)
    {
        thread_current()->kernel_apc_disable--;
    }
    __atomic_store_n(&waitable->owner, 0, __ATOMIC_RELAXED);
    if (platform_atomic_exchange_release(&waitable->state, WAIT_LOCK_FREE) == WAIT_LOCK_WANTED)
    {
        platform_wake_word(&waitable->state, 1);
    }
}

NTSTATUS wdf_kmdf_WdfWaitLockAcquire(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWAITLOCK Lock, PLONGLONG Timeout)
{
    struct wait_lock *lock = wait_lock_of(Lock, "WdfWaitLockAcquire");

    if (Timeout == NULL && verifier_is_on(lock->object.globals) && waitable_is_mine(&lock->waitable))
    {
        verifier_lock_wanted(&lock->object, "WdfWaitLockAcquire");
    }
    if (!waitable_acquire(&lock->waitable, Timeout))
    {
        return STATUS_TIMEOUT;
    }
    if (verifier_is_on(lock->object.globals))
    {
        verifier_lock_acquired(&lock->object, "WdfWaitLockAcquire", false, Timeout == NULL);
    }
    return STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfWaitLockAcquire)

VOID wdf_kmdf_WdfWaitLockRelease(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWAITLOCK Lock)
{
    struct wait_lock *lock = wait_lock_of(Lock, "WdfWaitLockRelease");

    if (verifier_is_on(lock->object.globals))
    {
        verifier_lock_released(&lock->object, "WdfWaitLockRelease", false);
    }
    waitable_release(&lock->waitable);
}
WDF_ENTRY_BOTH(WdfWaitLockRelease)
