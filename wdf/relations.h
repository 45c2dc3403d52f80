/* SPDX-License-Identifier: MIT */
/*
 * Relations of a device to others: removal, ejection, dependent usage; and the answers to questions about them.
 */
#ifndef WDF_RELATIONS_H
#define WDF_RELATIONS_H

#include "wdf/device.h"

/* Gives the devices of a set back. For a set that nobody uses any more. */
void device_set_free(struct device_set *set);

/*
 * IRP_MN_QUERY_DEVICE_RELATIONS: calls EvtDeviceRelationsQuery and adds what the device has to IoStatus.Information; the packet's
 * status says whether it had anything. A failure status means that the packet is to be completed with it. IRQL: PASSIVE_LEVEL.
 */
NTSTATUS relations_answer(struct device *device, PIRP irp);

#endif /* WDF_RELATIONS_H */
