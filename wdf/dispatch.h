/* SPDX-License-Identifier: MIT */
/*
 * Where packets enter a WDF driver.
 */
#ifndef WDF_DISPATCH_H
#define WDF_DISPATCH_H

#include "nt/internal.h"

struct device;

/* The major function table's one entry, for every major function. */
NTSTATUS wdf_dispatch(PDEVICE_OBJECT wdm, PIRP irp);

/* Completes the packet, with no information, and returns the status. */
NTSTATUS dispatch_complete(PIRP irp, NTSTATUS status);

/* Hands the packet to the device below as it is. */
NTSTATUS dispatch_forward(struct device *device, PIRP irp);

/* Sends the packet down and takes it back when the drivers below are done with it; returns its status. IRQL: PASSIVE_LEVEL. */
NTSTATUS dispatch_forward_and_wait(struct device *device, PIRP irp);

#endif /* WDF_DISPATCH_H */
