/* SPDX-License-Identifier: MIT */
/*
 * Calling a driver's PnP and power callbacks. A callback that is NULL is a success. IRQL: PASSIVE_LEVEL; no lock is held.
 */
#ifndef WDF_DEVICE_CALLBACK_H
#define WDF_DEVICE_CALLBACK_H

#include "wdf/device.h"
#include "wdf/verifier.h"

typedef NTSTATUS device_callback(WDFDEVICE device);
typedef VOID device_notice(WDFDEVICE device);
typedef NTSTATUS device_power_callback(WDFDEVICE device, WDF_POWER_DEVICE_STATE state);

NTSTATUS device_call(struct device *device, device_callback *callback, const char *name);
void device_tell(struct device *device, device_notice *callback, const char *name);
NTSTATUS device_call_power(struct device *device, device_power_callback *callback, WDF_POWER_DEVICE_STATE state,
                           const char *name);

/*
 * A PnP callback must not say that it is not supported: that would make the manager believe that nobody has answered. Reports
 * that, and returns the status.
 */
NTSTATUS device_check_answer(struct device *device, NTSTATUS status, const char *name);

/*
 * What device_call() puts around the callback, for those with other parameters: the verifier's record, and its report of one that
 * takes longer than DbgWaitForSignalTimeoutInSec.
 */
struct device_callback_watch
{
    struct verifier_callback callback;
    struct platform_timer timer;
    struct device *device;
    const char *name;
    bool armed;
};

void device_callback_begins(struct device_callback_watch *watch, struct device *device, const char *name);
void device_callback_ends(struct device_callback_watch *watch);

#endif /* WDF_DEVICE_CALLBACK_H */
