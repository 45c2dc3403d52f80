/* SPDX-License-Identifier: MIT */
/*
 * What drivers ask of the plug and play manager.
 */
#include "nt/pnp/eject.h"
#include "nt/pnp/node.h"
#include "nt/pnp/queue.h"
#include "nt/pnp/resource.h"
#include "nt/pnp/root_bus.h"
#include "nt/debug/bugcheck.h"

/*
 * A driver has found a device that no bus reports. It is on the stack of the new device already, so this counts as started;
 * what is in DeviceObject on entry is one that it has reported before.
 */
static NTSTATUS report_detected(PDRIVER_OBJECT driver, const CM_RESOURCE_LIST *resources, PDEVICE_OBJECT *ret_pdo)
{
    PCM_RESOURCE_LIST copy = NULL;
    struct devnode *devnode;
    NTSTATUS status;

    if (devnode_of_pdo(*ret_pdo) != NULL)
    {
        return STATUS_SUCCESS;
    }
    if (resources != NULL)
    {
        copy = resource_list_copy(resources);
        if (copy == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
    }
    status = root_bus_create(&driver->DriverExtension->ServiceKeyName, driver, DEVNODE_STARTED, &devnode);
    if (!NT_SUCCESS(status))
    {
        if (copy != NULL)
        {
            ExFreePool(copy);
        }
        return status;
    }
    devnode->boot_resources = copy;
    devnode->is_detected = true;
    *ret_pdo = devnode_pdo(devnode);
    return STATUS_SUCCESS;
}

NTSTATUS IoReportDetectedDevice(PDRIVER_OBJECT DriverObject, INTERFACE_TYPE LegacyBusType, ULONG BusNumber, ULONG SlotNumber,
                                PCM_RESOURCE_LIST ResourceList, PIO_RESOURCE_REQUIREMENTS_LIST ResourceRequirements,
                                BOOLEAN ResourceAssigned, PDEVICE_OBJECT *DeviceObject)
{
    (void)LegacyBusType;
    (void)BusNumber;
    (void)SlotNumber;
    (void)ResourceRequirements;
    (void)ResourceAssigned;
    return report_detected(DriverObject, ResourceList, DeviceObject);
}

/* Only bus relations are kept; the others are asked for when they are needed. */
VOID IoInvalidateDeviceRelations(PDEVICE_OBJECT DeviceObject, DEVICE_RELATION_TYPE Type)
{
    struct devnode *devnode = devnode_require_pdo(DeviceObject);

    if (Type == BusRelations || Type == SingleBusRelations)
    {
        queue_wish(devnode, DEVNODE_WISH_ENUMERATE);
    }
}

NTSTATUS IoSynchronousInvalidateDeviceRelations(PDEVICE_OBJECT DeviceObject, DEVICE_RELATION_TYPE Type)
{
    struct devnode *devnode = devnode_require_pdo(DeviceObject);

    if (Type != BusRelations && Type != SingleBusRelations)
    {
        return STATUS_NOT_SUPPORTED;
    }
    return devnode_state(devnode) == DEVNODE_STARTED ? devnode_enumerate(devnode) : STATUS_UNSUCCESSFUL;
}

VOID IoInvalidateDeviceState(PDEVICE_OBJECT PhysicalDeviceObject)
{
    queue_wish(devnode_require_pdo(PhysicalDeviceObject), DEVNODE_WISH_STATE);
}

VOID IoRequestDeviceEject(PDEVICE_OBJECT PhysicalDeviceObject)
{
    queue_wish(devnode_require_pdo(PhysicalDeviceObject), DEVNODE_WISH_EJECT);
}

NTSTATUS IoRequestDeviceEjectEx(PDEVICE_OBJECT PhysicalDeviceObject, PIO_DEVICE_EJECT_CALLBACK Callback, PVOID Context,
                                PDRIVER_OBJECT DriverObject)
{
    return eject_request_add(devnode_require_pdo(PhysicalDeviceObject), Callback, Context, DriverObject);
}
