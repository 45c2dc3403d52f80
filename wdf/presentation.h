/* SPDX-License-Identifier: MIT */
/*
 * Presentation locks: what serialises a driver's callbacks, as its execution level and synchronization scope ask.
 *
 * Every device has one, and so has every queue whose scope is Queue. It is the driver's lock as much as the runtime's: the driver
 * takes it with WdfObjectAcquireLock, and holds it in callbacks. So no runtime lock may be held where it is taken, and it is
 * not recursive.
 */
#ifndef WDF_PRESENTATION_H
#define WDF_PRESENTATION_H

#include "wdf/object.h"

struct presentation_lock
{
    /* Whose it is, for reports. */
    struct object *object;
    struct platform_mutex mutex;
    struct platform_spinlock spin;
    bool passive;
    /* The level of the holder before it took a lock that raises it. */
    KIRQL before;
};

/*
 * For a device or queue whose execution level is resolved. Passive locks are mutexes; others are spin locks that raise to
 * DISPATCH_LEVEL. In the user flavour, which knows no other level than PASSIVE_LEVEL, every lock is a passive one.
 */
void presentation_initialize(struct presentation_lock *lock, struct object *object);

/* The lock that the driver's callbacks about this object run under; NULL for none. */
struct presentation_lock *presentation_lock_of(struct object *object);

/*
 * Takes and gives back a lock; NULL is none. Taking it twice is a bug check, as published, and so is giving back what another
 * thread has. IRQL: PASSIVE_LEVEL (or APC_LEVEL) for a passive lock, up to DISPATCH_LEVEL for others.
 */
void presentation_take(struct presentation_lock *lock);
void presentation_give_back(struct presentation_lock *lock);

static inline void presentation_enter(struct presentation_lock *lock)
{
    if (lock != NULL)
    {
        presentation_take(lock);
    }
}

static inline void presentation_leave(struct presentation_lock *lock)
{
    if (lock != NULL)
    {
        presentation_give_back(lock);
    }
}

/* Whether the calling thread has the lock. */
static inline bool presentation_held(const struct presentation_lock *lock)
{
    return lock != NULL && (lock->passive ? platform_mutex_is_mine(&lock->mutex) : platform_spinlock_is_mine(&lock->spin));
}

/* Whether the lock can be had at PASSIVE_LEVEL only. */
static inline bool presentation_is_passive(const struct presentation_lock *lock)
{
    return lock != NULL && lock->passive;
}

/*
 * Finds the lock for the callback of an object that is made under parent: a timer, a work item, a DPC. passive says at which
 * level that callback runs. Without automatic serialisation, and under a scope of None, there is none, which is a success.
 * STATUS_INVALID_DEVICE_REQUEST when nothing above could own a lock; STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL when the lock
 * is of the other kind.
 */
NTSTATUS presentation_for_callback(struct object *parent, bool automatic_serialization, bool passive,
                                   struct presentation_lock **ret_lock);

#endif /* WDF_PRESENTATION_H */
