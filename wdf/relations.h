/* SPDX-License-Identifier: MIT */
/*
 * Relations of a device to others: removal, ejection, dependent usage; and the answers to questions about them.
 */
#ifndef WDF_RELATIONS_H
#define WDF_RELATIONS_H

#include "wdf/device.h"

/* Copies the set as it is now, with references of the copy's own. STATUS_INSUFFICIENT_RESOURCES. */
NTSTATUS device_set_copy(struct device_bus *bus, const struct device_set *set, struct device_set *ret_copy);

/* Gives the devices of a set back. For a set that nobody uses any more. */
void device_set_free(struct device_set *set);

/*
 * IRP_MN_QUERY_DEVICE_RELATIONS: calls EvtDeviceRelationsQuery and adds what the device has to IoStatus.Information; the packet's
 * status says whether it had anything. A failure status means that the packet is to be completed with it. IRQL: PASSIVE_LEVEL.
 */
NTSTATUS relations_answer(struct device *device, PIRP irp);

#endif /* WDF_RELATIONS_H */
