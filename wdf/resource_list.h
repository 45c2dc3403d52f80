/* SPDX-License-Identifier: MIT */
/*
 * Resource lists: WDFCMRESLIST.
 */
#ifndef WDF_RESOURCE_LIST_H
#define WDF_RESOURCE_LIST_H

#include "wdf/object.h"

/* Makes an empty list as a child of parent. */
NTSTATUS resource_list_create(struct object *parent, WDFCMRESLIST *ret_list);

#endif /* WDF_RESOURCE_LIST_H */
