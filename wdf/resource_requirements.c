/* SPDX-License-Identifier: MIT */
/*
 * WDFIORESREQLIST and WDFIORESLIST: the resources that a device could use.
 */
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/resource_set.h"

static struct resource_set *requirements_from_handle(WDFIORESREQLIST handle, const char *function)
{
    return resource_set_of(wdfobj_from_handle(handle, OBJECT_IO_REQUIREMENTS_LIST, function));
}

static struct resource_set *list_from_handle(WDFIORESLIST handle, const char *function)
{
    return resource_set_of(wdfobj_from_handle(handle, OBJECT_IO_RESOURCE_LIST, function));
}

static void refuse(PWDF_DRIVER_GLOBALS globals, const char *function)
{
    globals_break(globals_of(globals), "%s: ignored: the list may not be changed so here, or there is no such entry",
                  function);
}

/*
 * The alternatives.
 */

VOID wdf_kmdf_WdfIoResourceRequirementsListSetSlotNumber(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESREQLIST RequirementsList,
                                                         ULONG SlotNumber)
{
    struct resource_set *set = requirements_from_handle(RequirementsList, "WdfIoResourceRequirementsListSetSlotNumber");

    (void)DriverGlobals;
    set->slot_number = SlotNumber;
    set->changed = true;
}

VOID wdf_kmdf_WdfIoResourceRequirementsListSetInterfaceType(PWDF_DRIVER_GLOBALS DriverGlobals,
                                                            WDFIORESREQLIST RequirementsList, INTERFACE_TYPE InterfaceType)
{
    struct resource_set *set = requirements_from_handle(RequirementsList, "WdfIoResourceRequirementsListSetInterfaceType");

    (void)DriverGlobals;
    set->interface_type = InterfaceType;
    set->changed = true;
}

static NTSTATUS insert_list(struct resource_set *requirements, struct resource_set *list, ULONG index)
{
    struct resource_item item = {.alternative = list};
    NTSTATUS status;

    if (!resource_set_allows(requirements, RESOURCES_ADD))
    {
        return STATUS_ACCESS_DENIED;
    }
    if (list->requirements != requirements || list->is_listed)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = resource_set_insert(requirements, &item, index);
    list->is_listed = NT_SUCCESS(status);
    return status;
}

NTSTATUS wdf_kmdf_WdfIoResourceRequirementsListAppendIoResList(PWDF_DRIVER_GLOBALS DriverGlobals,
                                                               WDFIORESREQLIST RequirementsList, WDFIORESLIST IoResList)
{
    static const char function[] = "WdfIoResourceRequirementsListAppendIoResList";
    struct resource_set *requirements = requirements_from_handle(RequirementsList, function);

    (void)DriverGlobals;
    return insert_list(requirements, list_from_handle(IoResList, function), WDF_INSERT_AT_END);
}

NTSTATUS wdf_kmdf_WdfIoResourceRequirementsListInsertIoResList(PWDF_DRIVER_GLOBALS DriverGlobals,
                                                               WDFIORESREQLIST RequirementsList, WDFIORESLIST IoResList,
                                                               ULONG Index)
{
    static const char function[] = "WdfIoResourceRequirementsListInsertIoResList";
    struct resource_set *requirements = requirements_from_handle(RequirementsList, function);

    (void)DriverGlobals;
    return insert_list(requirements, list_from_handle(IoResList, function), Index);
}

ULONG wdf_kmdf_WdfIoResourceRequirementsListGetCount(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESREQLIST RequirementsList)
{
    (void)DriverGlobals;
    return resource_set_count(requirements_from_handle(RequirementsList, "WdfIoResourceRequirementsListGetCount"));
}

WDFIORESLIST wdf_kmdf_WdfIoResourceRequirementsListGetIoResList(PWDF_DRIVER_GLOBALS DriverGlobals,
                                                                WDFIORESREQLIST RequirementsList, ULONG Index)
{
    struct resource_item *item =
        resource_set_get(requirements_from_handle(RequirementsList, "WdfIoResourceRequirementsListGetIoResList"), Index);

    (void)DriverGlobals;
    return item == NULL ? NULL : wdfobj_handle(&item->alternative->object);
}

static void remove_list(PWDF_DRIVER_GLOBALS globals, struct resource_set *requirements, ULONG index, const char *function)
{
    struct resource_item *item = resource_set_get(requirements, index);

    if (item == NULL || !resource_set_allows(requirements, RESOURCES_REMOVE))
    {
        refuse(globals, function);
        return;
    }
    item->alternative->is_listed = false;
    (void)resource_set_remove(requirements, index);
}

VOID wdf_kmdf_WdfIoResourceRequirementsListRemove(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESREQLIST RequirementsList,
                                                  ULONG Index)
{
    remove_list(DriverGlobals, requirements_from_handle(RequirementsList, "WdfIoResourceRequirementsListRemove"), Index,
                "WdfIoResourceRequirementsListRemove");
}

VOID wdf_kmdf_WdfIoResourceRequirementsListRemoveByIoResList(PWDF_DRIVER_GLOBALS DriverGlobals,
                                                             WDFIORESREQLIST RequirementsList, WDFIORESLIST IoResList)
{
    struct resource_set *requirements =
        requirements_from_handle(RequirementsList, "WdfIoResourceRequirementsListRemoveByIoResList");
    struct resource_set *list = list_from_handle(IoResList, "WdfIoResourceRequirementsListRemoveByIoResList");

    remove_list(DriverGlobals, requirements, resource_set_find(requirements, list),
                "WdfIoResourceRequirementsListRemoveByIoResList");
}

/*
 * One alternative.
 */

NTSTATUS wdf_kmdf_WdfIoResourceListCreate(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESREQLIST RequirementsList,
                                          PWDF_OBJECT_ATTRIBUTES Attributes, WDFIORESLIST *ResourceList)
{
    globals_require(DriverGlobals, ResourceList, "WdfIoResourceListCreate");
    struct resource_set *requirements = requirements_from_handle(RequirementsList, "WdfIoResourceListCreate");
    struct resource_set *list;
    NTSTATUS status = wdfobj_check_attributes(Attributes, &io_resource_list_class, OBJECT_PARENT_FORBIDDEN);

    *ResourceList = NULL;
    if (NT_SUCCESS(status))
    {
        status =
            resource_set_create(&requirements->object, &io_resource_list_class, Attributes, requirements->access, &list);
    }
    if (NT_SUCCESS(status))
    {
        list->requirements = requirements;
        *ResourceList = wdfobj_handle(&list->object);
    }
    return status;
}

static NTSTATUS insert(PWDF_DRIVER_GLOBALS globals, WDFIORESLIST handle, PIO_RESOURCE_DESCRIPTOR descriptor, ULONG index,
                       const char *function)
{
    globals_require(globals, descriptor, function);
    struct resource_set *list = list_from_handle(handle, function);
    struct resource_item item = {.own.required = *descriptor};

    return resource_set_allows(list, RESOURCES_ADD) ? resource_set_insert(list, &item, index) : STATUS_ACCESS_DENIED;
}

NTSTATUS wdf_kmdf_WdfIoResourceListAppendDescriptor(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESLIST ResourceList,
                                                    PIO_RESOURCE_DESCRIPTOR Descriptor)
{
    return insert(DriverGlobals, ResourceList, Descriptor, WDF_INSERT_AT_END, "WdfIoResourceListAppendDescriptor");
}

NTSTATUS wdf_kmdf_WdfIoResourceListInsertDescriptor(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESLIST ResourceList,
                                                    PIO_RESOURCE_DESCRIPTOR Descriptor, ULONG Index)
{
    return insert(DriverGlobals, ResourceList, Descriptor, Index, "WdfIoResourceListInsertDescriptor");
}

/* Replacing is neither adding nor removing; whoever may change the list may do that. */
VOID wdf_kmdf_WdfIoResourceListUpdateDescriptor(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESLIST ResourceList,
                                                PIO_RESOURCE_DESCRIPTOR Descriptor, ULONG Index)
{
    globals_require(DriverGlobals, Descriptor, "WdfIoResourceListUpdateDescriptor");
    struct resource_set *list = list_from_handle(ResourceList, "WdfIoResourceListUpdateDescriptor");
    struct resource_item *item = resource_set_get(list, Index);

    if (item == NULL || !(resource_set_allows(list, RESOURCES_ADD) || resource_set_allows(list, RESOURCES_REMOVE)))
    {
        refuse(DriverGlobals, "WdfIoResourceListUpdateDescriptor");
        return;
    }
    item->own.required = *Descriptor;
    list->changed = true;
}

ULONG wdf_kmdf_WdfIoResourceListGetCount(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESLIST ResourceList)
{
    (void)DriverGlobals;
    return resource_set_count(list_from_handle(ResourceList, "WdfIoResourceListGetCount"));
}

PIO_RESOURCE_DESCRIPTOR wdf_kmdf_WdfIoResourceListGetDescriptor(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESLIST ResourceList,
                                                                ULONG Index)
{
    struct resource_item *item = resource_set_get(list_from_handle(ResourceList, "WdfIoResourceListGetDescriptor"), Index);

    (void)DriverGlobals;
    if (item == NULL)
    {
        return NULL;
    }
    item->shown.required = item->own.required;
    return &item->shown.required;
}

static void take_out(PWDF_DRIVER_GLOBALS globals, struct resource_set *list, ULONG index, const char *function)
{
    if (!resource_set_allows(list, RESOURCES_REMOVE) || !resource_set_remove(list, index))
    {
        refuse(globals, function);
    }
}

VOID wdf_kmdf_WdfIoResourceListRemove(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESLIST ResourceList, ULONG Index)
{
    take_out(DriverGlobals, list_from_handle(ResourceList, "WdfIoResourceListRemove"), Index, "WdfIoResourceListRemove");
}

VOID wdf_kmdf_WdfIoResourceListRemoveByDescriptor(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIORESLIST ResourceList,
                                                  PIO_RESOURCE_DESCRIPTOR Descriptor)
{
    globals_require(DriverGlobals, Descriptor, "WdfIoResourceListRemoveByDescriptor");
    struct resource_set *list = list_from_handle(ResourceList, "WdfIoResourceListRemoveByDescriptor");

    take_out(DriverGlobals, list, resource_set_find(list, Descriptor), "WdfIoResourceListRemoveByDescriptor");
}
