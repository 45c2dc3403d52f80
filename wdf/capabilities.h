/* SPDX-License-Identifier: MIT */
/*
 * Capabilities and PnP state of a device, as its driver states them.
 */
#ifndef WDF_CAPABILITIES_H
#define WDF_CAPABILITIES_H

#include "wdf/device.h"

/* A device that has said nothing. */
void capabilities_initialize(struct device *device);

/* Puts what the driver has said over what is there; for a function device after the drivers below have answered. */
void capabilities_apply(struct device *device, PDEVICE_CAPABILITIES capabilities);

/* The same for the bottom of a stack, with what holds there if the driver has said nothing. */
void capabilities_of_pdo(struct device *device, PDEVICE_CAPABILITIES capabilities);

/* Bits for the answer to IRP_MN_QUERY_PNP_DEVICE_STATE: those that the driver has set, and those that it denies. */
PNP_DEVICE_STATE device_state_flags(struct device *device, PNP_DEVICE_STATE *ret_denied);

#endif /* WDF_CAPABILITIES_H */
