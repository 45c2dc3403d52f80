/* SPDX-License-Identifier: MIT */
/*
 * Waking: the wait-wake packet of a policy owner, and what its stack can do. IRQL: PASSIVE_LEVEL unless a function says otherwise.
 */
#ifndef WDF_POWER_WAKE_H
#define WDF_POWER_WAKE_H

#include "wdf/device.h"

/* Ends the wait-wake packet that is under way, if there is one, and waits until it has ended. */
void wake_cancel(struct device *device);

/* Whether a wait-wake packet was sent and has ended by itself: the device has woken, or its bus has given up. */
bool wake_is_over(struct device *device);

/* Asks the stack again what it can do. */
NTSTATUS wake_query_capabilities(struct device *device);

/*
 * The deepest state from which the device can wake the machine from this system state (PowerSystemWorking: itself), as far as is
 * known; PowerDeviceUnspecified when it cannot. IRQL: up to DISPATCH_LEVEL when the capabilities have been asked for.
 */
DEVICE_POWER_STATE power_deepest_wake_state(struct device *device, SYSTEM_POWER_STATE system);

/* The state that the device goes to when it is armed for the machine's sleep. */
DEVICE_POWER_STATE wake_state_for_sleep(struct device *device);

/* What the driver has said that its device goes to when the machine sleeps; PowerDeviceMaximum for nothing. */
DEVICE_POWER_STATE device_ideal_sleep_state(struct device *device);

/* Whether a child waits to wake the machine, so that its bus has to let the signal through. */
bool power_children_are_armed(struct device *device);

#endif /* WDF_POWER_WAKE_H */
