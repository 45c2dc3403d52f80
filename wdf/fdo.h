/* SPDX-License-Identifier: MIT */
/*
 * What only function and filter devices do with packets of plug and play.
 */
#ifndef WDF_FDO_H
#define WDF_FDO_H

#include "wdf/device.h"

/* A packet of plug and play that is not one of the machine: adds what the device has to say and passes it on. */
NTSTATUS fdo_dispatch_pnp(struct device *device, PIRP irp);

#endif /* WDF_FDO_H */
