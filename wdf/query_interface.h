/* SPDX-License-Identifier: MIT */
/*
 * Interfaces of functions that drivers of a stack ask each other for (IRP_MN_QUERY_INTERFACE).
 */
#ifndef WDF_QUERY_INTERFACE_H
#define WDF_QUERY_INTERFACE_H

#include "wdf/device.h"

/*
 * The device's part of the question. STATUS_NOT_SUPPORTED when it leaves the answer to others, or says so; success when the
 * asker has the interface, referenced for it. Any other status ends the question. IRQL: PASSIVE_LEVEL.
 */
NTSTATUS query_interface_answer(struct device *device, PIRP irp);

/* Asks the drivers from top down. STATUS_NOT_SUPPORTED when nobody has it, STATUS_INSUFFICIENT_RESOURCES. */
NTSTATUS query_interface_ask(PDEVICE_OBJECT top, const GUID *type, PINTERFACE interface, USHORT size, USHORT version,
                             PVOID specific);

/* With the device: forgets what it exports. */
void query_interface_free(struct device *device);

#endif /* WDF_QUERY_INTERFACE_H */
