/* SPDX-License-Identifier: MIT */
/*
 * Resources in packets of plug and play: between their memory and the lists that drivers see.
 */
#include <string.h>

#include "wdf/device_init.h"
#include "wdf/dispatch.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/interrupt.h"
#include "wdf/pdo.h"
#include "wdf/resource_set.h"
#include "wdf/verifier.h"

#define TAG 'RfdW'

/*
 * Lists of what a device has.
 */

static struct resource_set *cm_set(WDFCMRESLIST handle)
{
    return resource_set_of(wdfobj_from_handle(handle, OBJECT_RESOURCE_LIST, "WDFCMRESLIST"));
}

/* Takes up the descriptors of the first full one, as drivers do; there is one for each bus, and a device sits on one. */
static NTSTATUS read_assigned(struct resource_set *set, const CM_RESOURCE_LIST *list)
{
    NTSTATUS status = STATUS_SUCCESS;
    const CM_FULL_RESOURCE_DESCRIPTOR *full = list == NULL || list->Count == 0 ? NULL : &list->List[0];

    resource_set_clear(set);
    for (ULONG index = 0; full != NULL && index < full->PartialResourceList.Count && NT_SUCCESS(status); index++)
    {
        struct resource_item item = {.own.assigned = full->PartialResourceList.PartialDescriptors[index]};

        status = resource_set_insert(set, &item, WDF_INSERT_AT_END);
    }
    set->interface_type = full == NULL ? InterfaceTypeUndefined : full->InterfaceType;
    set->bus_number = full == NULL ? 0 : full->BusNumber;
    set->changed = false;
    return status;
}

/* In pool memory. NULL when there is no memory; an empty list is one without descriptors. */
static PCM_RESOURCE_LIST write_assigned(struct resource_set *set)
{
    ULONG count = resource_set_count(set);
    size_t size = sizeof(CM_RESOURCE_LIST) + count * sizeof(CM_PARTIAL_RESOURCE_DESCRIPTOR);
    PCM_RESOURCE_LIST list = ExAllocatePool2(POOL_FLAG_PAGED, size, TAG);

    if (list == NULL)
    {
        return NULL;
    }
    list->Count = 1;
    list->List[0].InterfaceType = set->interface_type;
    list->List[0].BusNumber = set->bus_number;
    list->List[0].PartialResourceList.Version = 1;
    list->List[0].PartialResourceList.Revision = 1;
    list->List[0].PartialResourceList.Count = count;
    for (ULONG index = 0; index < count; index++)
    {
        list->List[0].PartialResourceList.PartialDescriptors[index] = resource_set_get(set, index)->own.assigned;
    }
    return list;
}

/*
 * Lists of what a device could use.
 */

static NTSTATUS read_alternative(struct resource_set *requirements, const IO_RESOURCE_LIST *list)
{
    struct resource_set *set;
    NTSTATUS status = resource_set_create(&requirements->object, &io_resource_list_class, NULL, requirements->access, &set);
    struct resource_item in_list = {0};

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    set->requirements = requirements;
    for (ULONG index = 0; index < list->Count && NT_SUCCESS(status); index++)
    {
        struct resource_item item = {.own.required = list->Descriptors[index]};

        status = resource_set_insert(set, &item, WDF_INSERT_AT_END);
    }
    set->changed = false;
    in_list.alternative = set;
    if (NT_SUCCESS(status))
    {
        set->is_listed = true;
        status = resource_set_insert(requirements, &in_list, WDF_INSERT_AT_END);
    }
    return status;
}

static NTSTATUS read_requirements(struct resource_set *requirements, const IO_RESOURCE_REQUIREMENTS_LIST *list)
{
    const IO_RESOURCE_LIST *alternative;
    NTSTATUS status = STATUS_SUCCESS;

    requirements->interface_type = list == NULL ? InterfaceTypeUndefined : list->InterfaceType;
    requirements->bus_number = list == NULL ? 0 : list->BusNumber;
    requirements->slot_number = list == NULL ? 0 : list->SlotNumber;
    alternative = list == NULL ? NULL : &list->List[0];
    for (ULONG index = 0; list != NULL && index < list->AlternativeLists && NT_SUCCESS(status); index++)
    {
        status = read_alternative(requirements, alternative);
        alternative = (const IO_RESOURCE_LIST *)&alternative->Descriptors[alternative->Count];
    }
    requirements->changed = false;
    return status;
}

static bool is_changed(struct resource_set *requirements)
{
    bool changed = requirements->changed;

    for (ULONG index = 0; index < resource_set_count(requirements); index++)
    {
        changed |= resource_set_get(requirements, index)->alternative->changed;
    }
    return changed;
}

static size_t size_of(struct resource_set *requirements)
{
    size_t size = FIELD_OFFSET(IO_RESOURCE_REQUIREMENTS_LIST, List);

    for (ULONG index = 0; index < resource_set_count(requirements); index++)
    {
        size += FIELD_OFFSET(IO_RESOURCE_LIST, Descriptors) +
                resource_set_count(resource_set_get(requirements, index)->alternative) * sizeof(IO_RESOURCE_DESCRIPTOR);
    }
    return size < sizeof(IO_RESOURCE_REQUIREMENTS_LIST) ? sizeof(IO_RESOURCE_REQUIREMENTS_LIST) : size;
}

static PIO_RESOURCE_LIST write_alternative(struct resource_set *set, PIO_RESOURCE_LIST list)
{
    list->Version = 1;
    list->Revision = 1;
    list->Count = resource_set_count(set);
    for (ULONG index = 0; index < list->Count; index++)
    {
        list->Descriptors[index] = resource_set_get(set, index)->own.required;
    }
    return (PIO_RESOURCE_LIST)&list->Descriptors[list->Count];
}

/* In pool memory. *ret_list is NULL when there is no alternative. */
static NTSTATUS write_requirements(struct resource_set *requirements, PIO_RESOURCE_REQUIREMENTS_LIST *ret_list)
{
    size_t size = size_of(requirements);
    ULONG count = resource_set_count(requirements);
    PIO_RESOURCE_REQUIREMENTS_LIST list;
    PIO_RESOURCE_LIST place;

    *ret_list = NULL;
    if (count == 0)
    {
        return STATUS_SUCCESS;
    }
    list = ExAllocatePool2(POOL_FLAG_PAGED, size, TAG);
    if (list == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    list->ListSize = (ULONG)size;
    list->InterfaceType = requirements->interface_type;
    list->BusNumber = requirements->bus_number;
    list->SlotNumber = requirements->slot_number;
    list->AlternativeLists = count;
    place = &list->List[0];
    for (ULONG index = 0; index < count; index++)
    {
        place = write_alternative(resource_set_get(requirements, index)->alternative, place);
    }
    *ret_list = list;
    return STATUS_SUCCESS;
}

/*
 * What a child says of itself.
 */

NTSTATUS resources_answer(struct device *device, PIRP irp)
{
    PFN_WDF_DEVICE_RESOURCES_QUERY callback = device->bus.pdo->callbacks.EvtDeviceResourcesQuery;
    struct verifier_callback frame;
    struct resource_set *set;
    NTSTATUS status;

    if (callback == NULL)
    {
        return irp->IoStatus.Status;
    }
    status = resource_set_create(&device->object, &resource_list_class, NULL, RESOURCES_ADD | RESOURCES_REMOVE, &set);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    set->interface_type = InterfaceTypeUndefined;
    verifier_callback_enter(&frame, &device->object, "EvtDeviceResourcesQuery");
    status = callback(wdfobj_handle(&device->object), wdfobj_handle(&set->object));
    verifier_callback_leave(&frame);
    if (NT_SUCCESS(status) && resource_set_count(set) != 0)
    {
        irp->IoStatus.Information = (ULONG_PTR)write_assigned(set);
        status = irp->IoStatus.Information == 0 ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
    }
    wdfobj_delete(&set->object);
    return status;
}

NTSTATUS requirements_answer(struct device *device, PIRP irp)
{
    PFN_WDF_DEVICE_RESOURCE_REQUIREMENTS_QUERY callback = device->bus.pdo->callbacks.EvtDeviceResourceRequirementsQuery;
    PIO_RESOURCE_REQUIREMENTS_LIST list = NULL;
    struct verifier_callback frame;
    struct resource_set *set;
    NTSTATUS status;

    if (callback == NULL)
    {
        return irp->IoStatus.Status;
    }
    status = resource_set_create(&device->object, &io_requirements_class, NULL, RESOURCES_ADD | RESOURCES_REMOVE, &set);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    set->interface_type = InterfaceTypeUndefined;
    verifier_callback_enter(&frame, &device->object, "EvtDeviceResourceRequirementsQuery");
    status = callback(wdfobj_handle(&device->object), wdfobj_handle(&set->object));
    verifier_callback_leave(&frame);
    if (NT_SUCCESS(status))
    {
        status = write_requirements(set, &list);
        irp->IoStatus.Information = (ULONG_PTR)list;
    }
    wdfobj_delete(&set->object);
    return status;
}

/*
 * What a function driver changes in the requirements: removals before the drivers below see them, additions afterwards.
 */

static NTSTATUS call_filter(struct device *device, PFN_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS callback,
                            struct resource_set *set, const char *name)
{
    struct verifier_callback frame;
    NTSTATUS status;

    verifier_callback_enter(&frame, &device->object, name);
    status = callback(wdfobj_handle(&device->object), wdfobj_handle(&set->object));
    verifier_callback_leave(&frame);
    return status;
}

/* Replaces the packet's list by the changed one. Who replaces it frees the old one. */
static NTSTATUS replace(PIRP irp, struct resource_set *set, PIO_RESOURCE_REQUIREMENTS_LIST old)
{
    PIO_RESOURCE_REQUIREMENTS_LIST list;
    NTSTATUS status = write_requirements(set, &list);

    if (NT_SUCCESS(status))
    {
        irp->IoStatus.Information = (ULONG_PTR)list;
        irp->IoStatus.Status = STATUS_SUCCESS;
        irp->Tail.Overlay.CurrentStackLocation->Parameters.FilterResourceRequirements.IoResourceRequirementList = list;
    }
    if (NT_SUCCESS(status) && old != NULL)
    {
        ExFreePool(old);
    }
    return status;
}

static NTSTATUS filter(struct device *device, PIRP irp, PFN_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS callback,
                       enum resource_access access, const char *name)
{
    PIO_RESOURCE_REQUIREMENTS_LIST list = (PIO_RESOURCE_REQUIREMENTS_LIST)irp->IoStatus.Information;
    struct resource_set *set;
    NTSTATUS status;

    if (callback == NULL)
    {
        return STATUS_SUCCESS;
    }
    status = resource_set_create(&device->object, &io_requirements_class, NULL, access, &set);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = read_requirements(set, list);
    if (NT_SUCCESS(status))
    {
        status = call_filter(device, callback, set, name);
    }
    if (NT_SUCCESS(status) && is_changed(set))
    {
        status = replace(irp, set, list);
    }
    wdfobj_delete(&set->object);
    return status;
}

NTSTATUS resources_filter(struct device *device, PIRP irp)
{
    const WDF_FDO_EVENT_CALLBACKS *callbacks = &device->bus.fdo_callbacks;
    NTSTATUS status = filter(device, irp, callbacks->EvtDeviceFilterRemoveResourceRequirements, RESOURCES_REMOVE,
                             "EvtDeviceFilterRemoveResourceRequirements");
    NTSTATUS below;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    below = dispatch_forward_and_wait(device, irp);
    if (!NT_SUCCESS(below) && below != STATUS_NOT_SUPPORTED)
    {
        return below;
    }
    status = filter(device, irp, callbacks->EvtDeviceFilterAddResourceRequirements, RESOURCES_ADD | RESOURCES_REMOVE,
                    "EvtDeviceFilterAddResourceRequirements");
    if (NT_SUCCESS(status) && irp->IoStatus.Information != 0)
    {
        interrupts_apply_policies(device, (PIO_RESOURCE_REQUIREMENTS_LIST)irp->IoStatus.Information);
    }
    return NT_SUCCESS(status) ? irp->IoStatus.Status : status;
}

/*
 * Start.
 */

/* The lists that go down while the driver keeps its own: what EvtDeviceRemoveAddedResources leaves of them. */
struct reduced_resources
{
    PCM_RESOURCE_LIST raw;
    PCM_RESOURCE_LIST translated;
};

static NTSTATUS remove_added(struct device *device, struct resource_set *raw, struct resource_set *translated)
{
    struct verifier_callback frame;
    NTSTATUS status;

    verifier_callback_enter(&frame, &device->object, "EvtDeviceRemoveAddedResources");
    status = device->bus.fdo_callbacks.EvtDeviceRemoveAddedResources(
        wdfobj_handle(&device->object), wdfobj_handle(&raw->object), wdfobj_handle(&translated->object));
    verifier_callback_leave(&frame);
    return status;
}

static NTSTATUS reduce_sets(struct device *device, const IO_STACK_LOCATION *start, struct resource_set *raw,
                            struct resource_set *translated, struct reduced_resources *reduced)
{
    NTSTATUS status = read_assigned(raw, start->Parameters.StartDevice.AllocatedResources);

    if (NT_SUCCESS(status))
    {
        status = read_assigned(translated, start->Parameters.StartDevice.AllocatedResourcesTranslated);
    }
    if (NT_SUCCESS(status))
    {
        status = remove_added(device, raw, translated);
    }
    if (NT_SUCCESS(status) && (raw->changed || translated->changed))
    {
        reduced->raw = write_assigned(raw);
        reduced->translated = write_assigned(translated);
        status = reduced->raw == NULL || reduced->translated == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
    }
    return status;
}

static NTSTATUS reduce(struct device *device, const IO_STACK_LOCATION *start, struct reduced_resources *reduced)
{
    struct resource_set *translated = NULL;
    struct resource_set *raw;
    NTSTATUS status = resource_set_create(&device->object, &resource_list_class, NULL, RESOURCES_REMOVE, &raw);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = resource_set_create(&device->object, &resource_list_class, NULL, RESOURCES_REMOVE, &translated);
    if (NT_SUCCESS(status))
    {
        status = reduce_sets(device, start, raw, translated, reduced);
        wdfobj_delete(&translated->object);
    }
    wdfobj_delete(&raw->object);
    return status;
}

static void free_list(PCM_RESOURCE_LIST list)
{
    if (list != NULL)
    {
        ExFreePool(list);
    }
}

/* The drivers below get what is left; afterwards the packet has its own lists again, which are those of who sent it. */
static NTSTATUS send_reduced(struct device *device, PIRP irp, const struct reduced_resources *reduced)
{
    PIO_STACK_LOCATION start = irp->Tail.Overlay.CurrentStackLocation;
    PCM_RESOURCE_LIST raw = start->Parameters.StartDevice.AllocatedResources;
    PCM_RESOURCE_LIST translated = start->Parameters.StartDevice.AllocatedResourcesTranslated;
    NTSTATUS status;

    if (reduced->raw != NULL)
    {
        start->Parameters.StartDevice.AllocatedResources = reduced->raw;
        start->Parameters.StartDevice.AllocatedResourcesTranslated = reduced->translated;
    }
    status = dispatch_forward_and_wait(device, irp);
    start->Parameters.StartDevice.AllocatedResources = raw;
    start->Parameters.StartDevice.AllocatedResourcesTranslated = translated;
    return status;
}

NTSTATUS resources_send_start(struct device *device, PIRP irp)
{
    const IO_STACK_LOCATION *start = irp->Tail.Overlay.CurrentStackLocation;
    struct reduced_resources reduced = {0};
    NTSTATUS status = read_assigned(cm_set(device->resources_raw), start->Parameters.StartDevice.AllocatedResources);

    if (NT_SUCCESS(status))
    {
        status =
            read_assigned(cm_set(device->resources_translated), start->Parameters.StartDevice.AllocatedResourcesTranslated);
    }
    if (NT_SUCCESS(status) && device->bus.fdo_callbacks.EvtDeviceRemoveAddedResources != NULL)
    {
        status = reduce(device, start, &reduced);
    }
    if (NT_SUCCESS(status) && device->lower != NULL)
    {
        status = send_reduced(device, irp, &reduced);
    }
    free_list(reduced.raw);
    free_list(reduced.translated);
    return status;
}

/* Who adds resources must take them out again, because the drivers below do not know them. */
VOID wdf_kmdf_WdfFdoInitSetEventCallbacks(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                          PWDF_FDO_EVENT_CALLBACKS FdoEventCallbacks)
{
    globals_require(DriverGlobals, DeviceInit, "WdfFdoInitSetEventCallbacks");
    globals_require(DriverGlobals, FdoEventCallbacks, "WdfFdoInitSetEventCallbacks");
    if (!device_init_is_fdo(DeviceInit) || FdoEventCallbacks->Size != sizeof(*FdoEventCallbacks) ||
        (FdoEventCallbacks->EvtDeviceFilterAddResourceRequirements != NULL &&
         FdoEventCallbacks->EvtDeviceRemoveAddedResources == NULL))
    {
        globals_break(globals_of(DriverGlobals), "WdfFdoInitSetEventCallbacks: ignored: the device init is not one of a "
                                                 "function device, the structure's Size is wrong, or resources would be "
                                                 "added and never removed");
        return;
    }
    DeviceInit->fdo_callbacks = *FdoEventCallbacks;
}
