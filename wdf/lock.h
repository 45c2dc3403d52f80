/* SPDX-License-Identifier: MIT */
/*
 * The locks behind WDFWAITLOCK and WDFSPINLOCK, for those who share a driver's lock: interrupts.
 */
#ifndef WDF_LOCK_H
#define WDF_LOCK_H

#include "wdf/object.h"

/* Not a platform mutex, because any thread may release it and waiting for it may time out. Valid when zero. */
struct waitable
{
    uint32_t state;
    uint32_t owner;
};

/*
 * The time-out is as published: NULL for ever, zero looks only, negative relative, positive absolute. False when it has passed.
 * Who has the lock is in a critical region. IRQL: PASSIVE_LEVEL, or up to DISPATCH_LEVEL with zero.
 */
bool waitable_acquire(struct waitable *waitable, PLONGLONG timeout);
void waitable_release(struct waitable *waitable);

static inline bool waitable_is_mine(const struct waitable *waitable)
{
    return __atomic_load_n(&waitable->owner, __ATOMIC_RELAXED) == platform_current()->id;
}

/* What is in a WDFWAITLOCK. */
struct waitable *lock_waitable_of(WDFWAITLOCK handle, const char *function);

/* Makes a WDFSPINLOCK the lock of interrupts, which is this one. WdfSpinLockAcquire and its like are ignored from then on. */
PKSPIN_LOCK lock_adopt(WDFSPINLOCK handle, const char *function);

#endif /* WDF_LOCK_H */
