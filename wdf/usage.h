/* SPDX-License-Identifier: MIT */
/*
 * Special files (paging, hibernation, dump and others) in whose path a device is.
 */
#ifndef WDF_USAGE_H
#define WDF_USAGE_H

#include "wdf/device.h"

/* IRP_MN_DEVICE_USAGE_NOTIFICATION: the driver may refuse, the drivers below may, and then the device counts. */
NTSTATUS usage_dispatch(struct device *device, PIRP irp);

#endif /* WDF_USAGE_H */
