/* SPDX-License-Identifier: MIT */
/*
 * Power of a device, for queues and I/O targets: holding it in D0.
 *
 * Neither function blocks or calls the driver, and both may be called under a lock of the engine. IRQL: up to DISPATCH_LEVEL.
 * A queue holds its device from its first request to its last one.
 */
#ifndef WDF_POWER_H
#define WDF_POWER_H

#include "wdf/device.h"

/*
 * Keeps the device in D0, or brings it there. Returns whether it is in D0 now; otherwise its queues are told when it is
 * (queues_power_up), unless it fails. One power_release() is due, whatever this returned. Only the power policy owner of a
 * stack counts holds; for other devices both do nothing.
 */
static inline bool power_hold(struct device *device)
{
    if (!device->owns_power_policy)
    {
        return true;
    }
    if ((platform_atomic_fetch_add(&device->power.word, 1) & POWER_DOWN) == 0)
    {
        return true;
    }
    power_hold_in_low_power(device);
    return false;
}

static inline void power_release(struct device *device)
{
    if (device->owns_power_policy &&
        (platform_atomic_fetch_sub(&device->power.word, 1) & ~POWER_DOWN) == (POWER_MAY_IDLE | 1))
    {
        power_last_hold_gone(device);
    }
}

/*
 * Holds the device and waits until it is in D0. False when it does not come there: it has failed or is being removed; then nothing
 * is held. IRQL: PASSIVE_LEVEL, not from a PnP or power callback of the device.
 */
bool power_hold_and_wait(struct device *device);

#endif /* WDF_POWER_H */
