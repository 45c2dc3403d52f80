/* SPDX-License-Identifier: MIT */
/*
 * WDFCMRESLIST: the resources that a device has.
 */
#include "wdf/resource_set.h"

#include "wdf/entry.h"
#include "wdf/globals.h"

NTSTATUS resource_list_create(struct object *parent, WDFCMRESLIST *ret_list)
{
    struct resource_set *set;
    NTSTATUS status = resource_set_create(parent, &resource_list_class, NULL, RESOURCES_READ, &set);

    *ret_list = NT_SUCCESS(status) ? wdfobj_handle(&set->object) : NULL;
    return status;
}

static struct resource_set *set_from_handle(WDFCMRESLIST handle, const char *function)
{
    return resource_set_of(wdfobj_from_handle(handle, OBJECT_RESOURCE_LIST, function));
}

ULONG wdf_kmdf_WdfCmResourceListGetCount(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCMRESLIST List)
{
    (void)DriverGlobals;
    return resource_set_count(set_from_handle(List, "WdfCmResourceListGetCount"));
}
WDF_ENTRY_BOTH(WdfCmResourceListGetCount)

PCM_PARTIAL_RESOURCE_DESCRIPTOR wdf_kmdf_WdfCmResourceListGetDescriptor(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCMRESLIST List,
                                                                        ULONG Index)
{
    struct resource_item *item = resource_set_get(set_from_handle(List, "WdfCmResourceListGetDescriptor"), Index);

    (void)DriverGlobals;
    if (item == NULL)
    {
        return NULL;
    }
    item->shown.assigned = item->own.assigned;
    return &item->shown.assigned;
}
WDF_ENTRY_BOTH(WdfCmResourceListGetDescriptor)

/*
 * Changes, where the list is given for that.
 */

static NTSTATUS insert(PWDF_DRIVER_GLOBALS globals, WDFCMRESLIST list, PCM_PARTIAL_RESOURCE_DESCRIPTOR descriptor,
                       ULONG index, const char *function)
{
    globals_require(globals, descriptor, function);
    struct resource_set *set = set_from_handle(list, function);
    struct resource_item item = {.own.assigned = *descriptor};

    return resource_set_allows(set, RESOURCES_ADD) ? resource_set_insert(set, &item, index) : STATUS_ACCESS_DENIED;
}

NTSTATUS wdf_kmdf_WdfCmResourceListAppendDescriptor(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCMRESLIST List,
                                                    PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor)
{
    return insert(DriverGlobals, List, Descriptor, WDF_INSERT_AT_END, "WdfCmResourceListAppendDescriptor");
}

NTSTATUS wdf_kmdf_WdfCmResourceListInsertDescriptor(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCMRESLIST List,
                                                    PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor, ULONG Index)
{
    return insert(DriverGlobals, List, Descriptor, Index, "WdfCmResourceListInsertDescriptor");
}

static void take_out(PWDF_DRIVER_GLOBALS globals, struct resource_set *set, ULONG index, const char *function)
{
    if (!resource_set_allows(set, RESOURCES_REMOVE))
    {
        globals_break(globals_of(globals), "%s: ignored: nothing may be removed from this list here", function);
    }
    else if (!resource_set_remove(set, index))
    {
        globals_break(globals_of(globals), "%s: ignored: there is no such descriptor", function);
    }
}

VOID wdf_kmdf_WdfCmResourceListRemove(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCMRESLIST List, ULONG Index)
{
    take_out(DriverGlobals, set_from_handle(List, "WdfCmResourceListRemove"), Index, "WdfCmResourceListRemove");
}

VOID wdf_kmdf_WdfCmResourceListRemoveByDescriptor(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCMRESLIST List,
                                                  PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor)
{
    globals_require(DriverGlobals, Descriptor, "WdfCmResourceListRemoveByDescriptor");
    struct resource_set *set = set_from_handle(List, "WdfCmResourceListRemoveByDescriptor");

    take_out(DriverGlobals, set, resource_set_find(set, Descriptor), "WdfCmResourceListRemoveByDescriptor");
}
