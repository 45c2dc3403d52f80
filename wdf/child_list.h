/* SPDX-License-Identifier: MIT */
/*
 * WDFCHILDLIST: children that the bus driver only describes.
 */
#ifndef WDF_CHILD_LIST_H
#define WDF_CHILD_LIST_H

#include "wdf/device.h"

struct child_list
{
    struct object object;
    struct children children;
};

/* Makes one for a function device. STATUS_INFO_LENGTH_MISMATCH, STATUS_INVALID_PARAMETER and those of wdfobj_create(). */
NTSTATUS child_list_create(struct device *parent, const WDF_CHILD_LIST_CONFIG *config, PWDF_OBJECT_ATTRIBUTES attributes,
                           WDFCHILDLIST *ret_list);

/* Whether the configuration holds together. */
NTSTATUS child_list_check(const WDF_CHILD_LIST_CONFIG *config, PWDF_OBJECT_ATTRIBUTES attributes);

/* Asks plug and play to eject a child. False when it does not know the child. IRQL: up to DISPATCH_LEVEL. */
bool pdo_request_eject(struct device *device);

#endif /* WDF_CHILD_LIST_H */
