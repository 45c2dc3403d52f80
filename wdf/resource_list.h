/* SPDX-License-Identifier: MIT */
/*
 * Resource lists: WDFCMRESLIST (what a device has), WDFIORESLIST (one alternative of what it could use) and WDFIORESREQLIST (all
 * alternatives), and what plug and play's packets make of them.
 */
#ifndef WDF_RESOURCE_LIST_H
#define WDF_RESOURCE_LIST_H

#include "wdf/device.h"

/* What a driver may do with a list that it is given. */
enum resource_access
{
    RESOURCES_READ = 0,
    RESOURCES_ADD = 1,
    RESOURCES_REMOVE = 2,
};

/* Makes an empty list, for reading, as a child of parent. */
NTSTATUS resource_list_create(struct object *parent, WDFCMRESLIST *ret_list);

/*
 * The start packet on its way down: the device's lists become what the packet gives it, EvtDeviceRemoveAddedResources takes out
 * what the drivers below must not see, and the packet goes down and comes back. Returns its status. IRQL: PASSIVE_LEVEL.
 */
NTSTATUS resources_send_start(struct device *device, PIRP irp);

/* IRP_MN_FILTER_RESOURCE_REQUIREMENTS of a function device: sends the packet down and returns the status to complete it with. */
NTSTATUS resources_filter(struct device *device, PIRP irp);

/* IRP_MN_QUERY_RESOURCES and IRP_MN_QUERY_RESOURCE_REQUIREMENTS of a child: fill in the answer and return its status. */
NTSTATUS resources_answer(struct device *device, PIRP irp);
NTSTATUS requirements_answer(struct device *device, PIRP irp);

#endif /* WDF_RESOURCE_LIST_H */
