/* SPDX-License-Identifier: MIT */
/*
 * Resource lists. Root-enumerated devices have no resources, so the lists are empty.
 */
#include "wdf/resource_list.h"

#include "wdf/entry.h"
#include "wdf/globals.h"

static const struct object_class resource_list_class = {
    .name = "WDFCMRESLIST",
    .type = OBJECT_RESOURCE_LIST,
    .size = sizeof(struct object),
};

NTSTATUS resource_list_create(struct object *parent, WDFCMRESLIST *ret_list)
{
    struct object *object;
    NTSTATUS status = wdfobj_create(parent->globals, &resource_list_class, NULL, parent, &object);

    *ret_list = NT_SUCCESS(status) ? wdfobj_handle(object) : NULL;
    return status;
}

ULONG wdf_kmdf_WdfCmResourceListGetCount(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCMRESLIST List)
{
    (void)wdfobj_from_handle(List, OBJECT_RESOURCE_LIST, "WdfCmResourceListGetCount");
    return 0;
}
WDF_ENTRY_BOTH(WdfCmResourceListGetCount)

PCM_PARTIAL_RESOURCE_DESCRIPTOR wdf_kmdf_WdfCmResourceListGetDescriptor(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCMRESLIST List,
                                                                        ULONG Index)
{
    (void)wdfobj_from_handle(List, OBJECT_RESOURCE_LIST, "WdfCmResourceListGetDescriptor");
    return NULL;
}
WDF_ENTRY_BOTH(WdfCmResourceListGetDescriptor)
