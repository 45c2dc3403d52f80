/* SPDX-License-Identifier: MIT */
/*
 * WDFSPINLOCK and WDFWAITLOCK.
 */
#include "nt/sync/irql.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/object.h"
#include "wdf/verifier.h"

struct spin_lock
{
    struct object object;
    struct platform_spinlock lock;
    KIRQL saved;
};

/*
 * Not a platform mutex, because any thread may release it and waiting for it may time out. State is one of the values below;
 * the owner is only there to be named.
 */
struct wait_lock
{
    struct object object;
    uint32_t state;
    uint32_t owner;
};

#define WAIT_LOCK_FREE 0u
#define WAIT_LOCK_HELD 1u
#define WAIT_LOCK_WANTED 2u

static void spin_lock_dispose(struct object *object)
{
    if (verifier_is_on(object->globals))
    {
        verifier_lock_destroyed(object,
                                platform_spinlock_is_mine(&CONTAINING_RECORD(object, struct spin_lock, object)->lock));
    }
}

static bool is_mine(const struct wait_lock *lock)
{
    return __atomic_load_n(&lock->owner, __ATOMIC_RELAXED) == platform_current()->id;
}

static void wait_lock_dispose(struct object *object)
{
    if (verifier_is_on(object->globals))
    {
        verifier_lock_destroyed(object, is_mine(CONTAINING_RECORD(object, struct wait_lock, object)));
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
                            PWDF_OBJECT_ATTRIBUTES attributes, struct object **ret_object)
{
    NTSTATUS status = wdfobj_check_attributes(attributes, class, OBJECT_PARENT_OPTIONAL);

    *ret_object = NULL;
    return NT_SUCCESS(status) ?
               wdfobj_create(globals, class, attributes, wdfobj_parent(attributes, globals->driver), ret_object) :
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
    struct object *object;
    NTSTATUS status = lock_create(globals_of(DriverGlobals), &spin_lock_class, SpinLockAttributes, &object);

    *SpinLock = wdfobj_handle(object);
    return status;
}
WDF_ENTRY_BOTH(WdfSpinLockCreate)

VOID wdf_kmdf_WdfSpinLockAcquire(PWDF_DRIVER_GLOBALS DriverGlobals, WDFSPINLOCK SpinLock)
{
    struct spin_lock *lock = spin_lock_of(SpinLock, "WdfSpinLockAcquire");
    KIRQL before = irql_raise(DISPATCH_LEVEL);

    if (verifier_is_on(lock->object.globals) && platform_spinlock_is_mine(&lock->lock))
    {
        verifier_lock_wanted(&lock->object, "WdfSpinLockAcquire");
    }
    platform_spinlock_lock(&lock->lock);
    lock->saved = before;
    if (verifier_is_on(lock->object.globals))
    {
        verifier_lock_acquired(&lock->object, "WdfSpinLockAcquire", true, true);
    }
}
WDF_ENTRY_BOTH(WdfSpinLockAcquire)

VOID wdf_kmdf_WdfSpinLockRelease(PWDF_DRIVER_GLOBALS DriverGlobals, WDFSPINLOCK SpinLock)
{
    struct spin_lock *lock = spin_lock_of(SpinLock, "WdfSpinLockRelease");
    KIRQL before = lock->saved;

    if (verifier_is_on(lock->object.globals))
    {
        verifier_lock_released(&lock->object, "WdfSpinLockRelease", true);
    }
    platform_spinlock_unlock(&lock->lock);
    irql_lower(before);
}
WDF_ENTRY_BOTH(WdfSpinLockRelease)

NTSTATUS wdf_kmdf_WdfWaitLockCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_OBJECT_ATTRIBUTES LockAttributes,
                                    WDFWAITLOCK *Lock)
{
    globals_require(DriverGlobals, Lock, "WdfWaitLockCreate");
    struct object *object;
    NTSTATUS status = lock_create(globals_of(DriverGlobals), &wait_lock_class, LockAttributes, &object);

    *Lock = wdfobj_handle(object);
    return status;
}
WDF_ENTRY_BOTH(WdfWaitLockCreate)

/* The point in time that a published time-out means: NULL for ever, zero now, negative relative, positive absolute. */
static int64_t deadline_of(PLONGLONG timeout)
{
    if (timeout == NULL)
    {
        return PLATFORM_FOREVER;
    }
    if (*timeout <= 0)
    {
        return *timeout == INT64_MIN ? PLATFORM_FOREVER : platform_deadline_in_100ns(-*timeout);
    }
    return platform_deadline_in_100ns(*timeout - platform_wall_time_100ns());
}

static bool try_acquire(struct wait_lock *lock)
{
    uint32_t expected = WAIT_LOCK_FREE;

    return platform_atomic_compare_exchange_acquire(&lock->state, &expected, WAIT_LOCK_HELD);
}

/* Spins briefly and then sleeps. Whoever has slept cannot know whether others still do, so it takes the lock as wanted. */
static bool wait_and_acquire(struct wait_lock *lock, int64_t deadline)
{
    enum platform_result result = PLATFORM_OK;
    bool acquired;

    if (platform_spin_while(&lock->state, WAIT_LOCK_HELD) == WAIT_LOCK_FREE && try_acquire(lock))
    {
        return true;
    }
    platform_wait_note("WDFWAITLOCK", lock, __atomic_load_n(&lock->owner, __ATOMIC_RELAXED));
    acquired = platform_atomic_exchange_acquire(&lock->state, WAIT_LOCK_WANTED) == WAIT_LOCK_FREE;
    while (!acquired && result == PLATFORM_OK)
    {
        result = platform_wait_word(&lock->state, WAIT_LOCK_WANTED, deadline);
        acquired = platform_atomic_exchange_acquire(&lock->state, WAIT_LOCK_WANTED) == WAIT_LOCK_FREE;
    }
    platform_wait_note(NULL, NULL, 0);
    return acquired;
}

NTSTATUS wdf_kmdf_WdfWaitLockAcquire(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWAITLOCK Lock, PLONGLONG Timeout)
{
    struct wait_lock *lock = wait_lock_of(Lock, "WdfWaitLockAcquire");

    if (Timeout == NULL && verifier_is_on(lock->object.globals) && is_mine(lock))
    {
        verifier_lock_wanted(&lock->object, "WdfWaitLockAcquire");
    }
    if (!try_acquire(lock) && ((Timeout != NULL && *Timeout == 0) || !wait_and_acquire(lock, deadline_of(Timeout))))
    {
        return STATUS_TIMEOUT;
    }
    __atomic_store_n(&lock->owner, platform_current()->id, __ATOMIC_RELAXED);
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
    __atomic_store_n(&lock->owner, 0, __ATOMIC_RELAXED);
    if (platform_atomic_exchange_release(&lock->state, WAIT_LOCK_FREE) == WAIT_LOCK_WANTED)
    {
        platform_wake_word(&lock->state, 1);
    }
}
WDF_ENTRY_BOTH(WdfWaitLockRelease)
