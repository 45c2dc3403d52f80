/* SPDX-License-Identifier: MIT */
/*
 * Control devices.
 */
#ifndef WDF_CONTROL_DEVICE_H
#define WDF_CONTROL_DEVICE_H

#include "nt/internal.h"

struct WDFDEVICE_INIT;
struct device;
struct driver_globals;

/* What a control device has beside others: it may hear of the machine's shutdown. IRQL: PASSIVE_LEVEL. */
NTSTATUS control_device_begin(struct device *device, const struct WDFDEVICE_INIT *init);
void control_device_end(struct device *device);

/* IRP_MJ_SHUTDOWN. */
NTSTATUS control_device_shutdown(struct device *device, PIRP irp);

/* The driver has been unloaded: says which of its control devices it should have deleted or finished (V36). */
void control_device_verify_left(struct driver_globals *globals);

#endif /* WDF_CONTROL_DEVICE_H */
