/* SPDX-License-Identifier: MIT */
/*
 * Control devices.
 */
#ifndef WDF_CONTROL_DEVICE_H
#define WDF_CONTROL_DEVICE_H

#include "nt/internal.h"

struct WDFDEVICE_INIT;
struct device;

/* What a control device has beside others: it may hear of the machine's shutdown. IRQL: PASSIVE_LEVEL. */
NTSTATUS control_device_begin(struct device *device, const struct WDFDEVICE_INIT *init);
void control_device_end(struct device *device);

/* IRP_MJ_SHUTDOWN. */
NTSTATUS control_device_shutdown(struct device *device, PIRP irp);

#endif /* WDF_CONTROL_DEVICE_H */
