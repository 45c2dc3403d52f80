/* SPDX-License-Identifier: MIT */
/*
 * Relations of a device, as its driver states them and as plug and play asks for them.
 */
#include "wdf/relations.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "wdf/device_callback.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/pdo.h"

#define TAG 'RfdW'

/*
 * Sets of devices.
 */

void device_set_free(struct device_set *set)
{
    for (uint32_t index = 0; index < set->count; index++)
    {
        devobj_release(set->devices[index]);
    }
    platform_free(set->devices, set->room * sizeof(*set->devices));
    *set = (struct device_set){0};
}

static uint32_t find(const struct device_set *set, PDEVICE_OBJECT wdm)
{
    uint32_t index = 0;

    while (index < set->count && set->devices[index] != wdm)
    {
        index++;
    }
    return index;
}

/* The caller holds the lock of the bus part and has room for twice the set, if it is full. Returns the old memory. */
static PDEVICE_OBJECT *grow(struct device_set *set, PDEVICE_OBJECT *memory, uint32_t room)
{
    PDEVICE_OBJECT *old = set->devices;

    if (set->count != 0)
    {
        memcpy(memory, old, set->count * sizeof(*memory));
    }
    set->devices = memory;
    set->room = room;
    return old;
}

/* Memory is allocated without the lock; whoever finds the set as full as before with the lock uses it. */
static NTSTATUS device_set_add(struct device_bus *bus, struct device_set *set, PDEVICE_OBJECT wdm)
{
    NTSTATUS status = STATUS_RETRY;
    PDEVICE_OBJECT *memory = NULL;
    uint32_t room = 0;

    devobj_reference(wdm);
    while (status == STATUS_RETRY)
    {
        platform_spinlock_lock(&bus->lock);
        if (memory != NULL && room > set->room && set->count == set->room)
        {
            uint32_t old_room = set->room;

            memory = grow(set, memory, room);
            room = old_room;
        }
        if (find(set, wdm) != set->count)
        {
            status = STATUS_DUPLICATE_OBJECTID;
        }
        else if (set->count < set->room)
        {
            set->devices[set->count++] = wdm;
            status = STATUS_SUCCESS;
        }
        uint32_t wanted = set->room == 0 ? 4 : set->room * 2;
        platform_spinlock_unlock(&bus->lock);
        if (status == STATUS_RETRY)
        {
            platform_free(memory, room * sizeof(*memory));
            room = wanted;
            memory = platform_alloc(room * sizeof(*memory));
            status = memory == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_RETRY;
        }
    }
    platform_free(memory, memory == NULL ? 0 : room * sizeof(*memory));
    if (status != STATUS_SUCCESS)
    {
        devobj_release(wdm);
    }
    return status;
}

static void device_set_remove(struct device_bus *bus, struct device_set *set, PDEVICE_OBJECT wdm)
{
    bool found;
    uint32_t index;

    platform_spinlock_lock(&bus->lock);
    index = find(set, wdm);
    found = index != set->count;
    if (found)
    {
        set->count--;
        memmove(&set->devices[index], &set->devices[index + 1], (set->count - index) * sizeof(*set->devices));
    }
    platform_spinlock_unlock(&bus->lock);
    if (found)
    {
        devobj_release(wdm);
    }
}

static void device_set_clear(struct device_bus *bus, struct device_set *set)
{
    struct device_set old;

    platform_spinlock_lock(&bus->lock);
    old = *set;
    *set = (struct device_set){0};
    platform_spinlock_unlock(&bus->lock);
    device_set_free(&old);
}

/* Who enters the set while the memory for the copy is allocated has come after it was made. */
NTSTATUS device_set_copy(struct device_bus *bus, const struct device_set *set, struct device_set *ret_copy)
{
    uint32_t room;

    *ret_copy = (struct device_set){0};
    platform_spinlock_lock(&bus->lock);
    room = set->count;
    platform_spinlock_unlock(&bus->lock);
    if (room == 0)
    {
        return STATUS_SUCCESS;
    }
    ret_copy->devices = platform_alloc(room * sizeof(*ret_copy->devices));
    if (ret_copy->devices == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    ret_copy->room = room;
    platform_spinlock_lock(&bus->lock);
    while (ret_copy->count < set->count && ret_copy->count < room)
    {
        ret_copy->devices[ret_copy->count] = set->devices[ret_copy->count];
        devobj_reference(ret_copy->devices[ret_copy->count++]);
    }
    platform_spinlock_unlock(&bus->lock);
    return STATUS_SUCCESS;
}

/*
 * Answers.
 */

/* Room for count more. NULL when there is no memory; the old answer stays. */
static PDEVICE_RELATIONS enlarge(PDEVICE_RELATIONS old, uint32_t count)
{
    ULONG before = old == NULL ? 0 : old->Count;
    size_t size = sizeof(*old) + ((size_t)before + count) * sizeof(PDEVICE_OBJECT);
    PDEVICE_RELATIONS relations = ExAllocatePool2(POOL_FLAG_PAGED, size, TAG);

    if (relations != NULL)
    {
        relations->Count = before;
        if (before != 0)
        {
            memcpy(relations->Objects, old->Objects, before * sizeof(PDEVICE_OBJECT));
        }
    }
    return relations;
}

/* The set may grow meanwhile: what came too late is left to the next question, as if it had come after this one. */
static NTSTATUS answer_set(struct device_bus *bus, struct device_set *set, PIRP irp)
{
    PDEVICE_RELATIONS old = (PDEVICE_RELATIONS)irp->IoStatus.Information;
    PDEVICE_RELATIONS relations;
    uint32_t count;

    platform_spinlock_lock(&bus->lock);
    count = set->count;
    platform_spinlock_unlock(&bus->lock);
    if (count == 0)
    {
        return STATUS_SUCCESS;
    }
    relations = enlarge(old, count);
    if (relations == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    platform_spinlock_lock(&bus->lock);
    for (uint32_t index = 0; index < set->count && index < count; index++)
    {
        relations->Objects[relations->Count++] = set->devices[index];
        devobj_reference(set->devices[index]);
    }
    platform_spinlock_unlock(&bus->lock);
    if (old != NULL)
    {
        ExFreePool(old);
    }
    irp->IoStatus.Information = (ULONG_PTR)relations;
    irp->IoStatus.Status = STATUS_SUCCESS;
    return STATUS_SUCCESS;
}

static NTSTATUS answer_bus(struct device *device, PIRP irp)
{
    PDEVICE_RELATIONS relations = (PDEVICE_RELATIONS)irp->IoStatus.Information;
    NTSTATUS status;

    if (!children_exist(device))
    {
        return STATUS_SUCCESS;
    }
    status = children_answer(device, &relations);
    irp->IoStatus.Information = (ULONG_PTR)relations;
    if (NT_SUCCESS(status))
    {
        irp->IoStatus.Status = STATUS_SUCCESS;
    }
    return status;
}

static NTSTATUS answer_target(struct device *device, PIRP irp)
{
    struct device_set itself = {.devices = &device->wdm, .count = 1, .room = 1};

    return device_is_pdo(device) ? answer_set(&device->bus, &itself, irp) : STATUS_SUCCESS;
}

/* An answer that somebody above has begun is given up with the packet. */
static void give_up(PIRP irp)
{
    PDEVICE_RELATIONS relations = (PDEVICE_RELATIONS)irp->IoStatus.Information;

    if (relations != NULL)
    {
        for (ULONG index = 0; index < relations->Count; index++)
        {
            devobj_release(relations->Objects[index]);
        }
        ExFreePool(relations);
        irp->IoStatus.Information = 0;
    }
}

static NTSTATUS answer(struct device *device, PIRP irp, DEVICE_RELATION_TYPE type)
{
    switch (type)
    {
        case BusRelations:
            return answer_bus(device, irp);
        case EjectionRelations:
            return device_is_pdo(device) ? answer_set(&device->bus, &device->bus.pdo->ejection_relations, irp) :
                                           STATUS_SUCCESS;
        case RemovalRelations:
            return answer_set(&device->bus, &device->bus.removal_relations, irp);
        case TargetDeviceRelation:
            return answer_target(device, irp);
        default:
            return STATUS_SUCCESS;
    }
}

NTSTATUS relations_answer(struct device *device, PIRP irp)
{
    DEVICE_RELATION_TYPE type = irp->Tail.Overlay.CurrentStackLocation->Parameters.QueryDeviceRelations.Type;
    struct device_callback_watch watch;
    NTSTATUS status;

    if (device->pnp_power.EvtDeviceRelationsQuery != NULL)
    {
        device_callback_begins(&watch, device, "EvtDeviceRelationsQuery");
        device->pnp_power.EvtDeviceRelationsQuery(wdfobj_handle(&device->object), type);
        device_callback_ends(&watch);
    }
    status = answer(device, irp, type);
    if (!NT_SUCCESS(status))
    {
        give_up(irp);
    }
    return status;
}

/*
 * Entry points. A device that plug and play does not know has no relations.
 */
NTSTATUS wdf_kmdf_WdfDeviceAddRemovalRelationsPhysicalDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                             PDEVICE_OBJECT PhysicalDevice)
{
    globals_require(DriverGlobals, PhysicalDevice, "WdfDeviceAddRemovalRelationsPhysicalDevice");
    struct device *device = device_from_handle(Device, "WdfDeviceAddRemovalRelationsPhysicalDevice");

    return device->is_control ? STATUS_INVALID_DEVICE_REQUEST :
                                device_set_add(&device->bus, &device->bus.removal_relations, PhysicalDevice);
}

VOID wdf_kmdf_WdfDeviceRemoveRemovalRelationsPhysicalDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                            PDEVICE_OBJECT PhysicalDevice)
{
    globals_require(DriverGlobals, PhysicalDevice, "WdfDeviceRemoveRemovalRelationsPhysicalDevice");
    struct device *device = device_from_handle(Device, "WdfDeviceRemoveRemovalRelationsPhysicalDevice");

    device_set_remove(&device->bus, &device->bus.removal_relations, PhysicalDevice);
}

VOID wdf_kmdf_WdfDeviceClearRemovalRelationsDevices(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    struct device *device = device_from_handle(Device, "WdfDeviceClearRemovalRelationsDevices");

    device_set_clear(&device->bus, &device->bus.removal_relations);
}

NTSTATUS wdf_kmdf_WdfDeviceAddDependentUsageDeviceObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                         PDEVICE_OBJECT DependentDevice)
{
    globals_require(DriverGlobals, DependentDevice, "WdfDeviceAddDependentUsageDeviceObject");
    struct device *device = device_from_handle(Device, "WdfDeviceAddDependentUsageDeviceObject");

    return device->is_control ? STATUS_INVALID_DEVICE_REQUEST :
                                device_set_add(&device->bus, &device->bus.dependent_usage, DependentDevice);
}

VOID wdf_kmdf_WdfDeviceRemoveDependentUsageDeviceObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                        PDEVICE_OBJECT DependentDevice)
{
    globals_require(DriverGlobals, DependentDevice, "WdfDeviceRemoveDependentUsageDeviceObject");
    struct device *device = device_from_handle(Device, "WdfDeviceRemoveDependentUsageDeviceObject");

    device_set_remove(&device->bus, &device->bus.dependent_usage, DependentDevice);
}

NTSTATUS wdf_kmdf_WdfPdoAddEjectionRelationsPhysicalDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                           PDEVICE_OBJECT PhysicalDevice)
{
    globals_require(DriverGlobals, PhysicalDevice, "WdfPdoAddEjectionRelationsPhysicalDevice");
    struct device *device = device_from_handle(Device, "WdfPdoAddEjectionRelationsPhysicalDevice");

    return device_is_pdo(device) ? device_set_add(&device->bus, &device->bus.pdo->ejection_relations, PhysicalDevice) :
                                   STATUS_INVALID_PARAMETER;
}

VOID wdf_kmdf_WdfPdoRemoveEjectionRelationsPhysicalDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                          PDEVICE_OBJECT PhysicalDevice)
{
    globals_require(DriverGlobals, PhysicalDevice, "WdfPdoRemoveEjectionRelationsPhysicalDevice");
    struct device *device = device_from_handle(Device, "WdfPdoRemoveEjectionRelationsPhysicalDevice");

    if (device_is_pdo(device))
    {
        device_set_remove(&device->bus, &device->bus.pdo->ejection_relations, PhysicalDevice);
    }
}

VOID wdf_kmdf_WdfPdoClearEjectionRelationsDevices(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    struct device *device = device_from_handle(Device, "WdfPdoClearEjectionRelationsDevices");

    if (device_is_pdo(device))
    {
        device_set_clear(&device->bus, &device->bus.pdo->ejection_relations);
    }
}
