/* SPDX-License-Identifier: MIT */
/*
 * What the driver asks about a target: its WDM objects, the properties of its device, interfaces of the drivers below.
 */
#include <string.h>

#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "nt/pnp/node.h"
#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/io_target_remote.h"
#include "wdf/memory.h"

/*
 * The physical device of the target's stack, NULL when nothing is open or its device is nobody's. What is not NULL stays open until
 * release_physical_device().
 */
static PDEVICE_OBJECT hold_physical_device(struct io_target *target)
{
    PDEVICE_OBJECT device = io_target_hold_device(target);
    PDEVICE_OBJECT physical = NULL;
    struct devnode *devnode;

    if (device == NULL)
    {
        return NULL;
    }
    devnode = devobj_extension(device)->devnode;
    physical = device == target->owner->lower ? target->owner->pdo : devnode == NULL ? NULL : devnode->pdo;
    if (physical == NULL)
    {
        io_target_uncount(target, TARGET_SENT_IGNORING);
    }
    return physical;
}

static void release_physical_device(struct io_target *target, PDEVICE_OBJECT physical)
{
    if (physical != NULL)
    {
        io_target_uncount(target, TARGET_SENT_IGNORING);
    }
}

PDEVICE_OBJECT wdf_kmdf_WdfIoTargetWdmGetTargetDeviceObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget)
{
    return platform_atomic_load(&io_target_from_handle(IoTarget, "WdfIoTargetWdmGetTargetDeviceObject")->device);
}

PDEVICE_OBJECT wdf_kmdf_WdfIoTargetWdmGetTargetPhysicalDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget)
{
    struct io_target *target = io_target_from_handle(IoTarget, "WdfIoTargetWdmGetTargetPhysicalDevice");
    PDEVICE_OBJECT physical = hold_physical_device(target);

    release_physical_device(target, physical);
    return physical;
}

PFILE_OBJECT wdf_kmdf_WdfIoTargetWdmGetTargetFileObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget)
{
    struct io_target *target = io_target_from_handle(IoTarget, "WdfIoTargetWdmGetTargetFileObject");
    PFILE_OBJECT file;

    platform_spinlock_lock(&target->lock);
    file = target->file;
    platform_spinlock_unlock(&target->lock);
    return file;
}

HANDLE wdf_kmdf_WdfIoTargetWdmGetTargetFileHandle(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget)
{
    return io_target_handle(io_target_from_handle(IoTarget, "WdfIoTargetWdmGetTargetFileHandle"));
}
WDF_ENTRY_BOTH(WdfIoTargetWdmGetTargetFileHandle)

/*
 * Properties.
 */

NTSTATUS wdf_kmdf_WdfIoTargetQueryTargetProperty(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
                                                 DEVICE_REGISTRY_PROPERTY DeviceProperty, ULONG BufferLength,
                                                 PVOID PropertyBuffer, PULONG ResultLength)
{
    globals_require(DriverGlobals, ResultLength, "WdfIoTargetQueryTargetProperty");
    struct io_target *target = io_target_from_handle(IoTarget, "WdfIoTargetQueryTargetProperty");
    PDEVICE_OBJECT physical;
    NTSTATUS status;

    if (BufferLength != 0 && PropertyBuffer == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    physical = hold_physical_device(target);
    status = physical == NULL ? STATUS_INVALID_DEVICE_REQUEST :
                                IoGetDeviceProperty(physical, DeviceProperty, BufferLength, PropertyBuffer, ResultLength);
    release_physical_device(target, physical);
    return status;
}

static NTSTATUS allocate_and_query(PWDF_DRIVER_GLOBALS published, PDEVICE_OBJECT physical, DEVICE_REGISTRY_PROPERTY property,
                                   POOL_TYPE pool, PWDF_OBJECT_ATTRIBUTES attributes, WDFMEMORY *ret_memory)
{
    ULONG length = 0;
    PVOID buffer;
    NTSTATUS status = IoGetDeviceProperty(physical, property, 0, NULL, &length);

    /* It may grow between the question for its length and that for itself. */
    while (status == STATUS_BUFFER_TOO_SMALL)
    {
        status = wdf_kmdf_WdfMemoryCreate(published, attributes, pool, 0, length, ret_memory, &buffer);
        if (!NT_SUCCESS(status))
        {
            return status;
        }
        status = IoGetDeviceProperty(physical, property, length, buffer, &length);
        if (!NT_SUCCESS(status))
        {
            wdfobj_discard(wdfobj_from_handle(*ret_memory, OBJECT_MEMORY, "WdfIoTargetAllocAndQueryTargetProperty"));
            *ret_memory = NULL;
        }
    }
    return status;
}

NTSTATUS wdf_kmdf_WdfIoTargetAllocAndQueryTargetProperty(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
                                                         DEVICE_REGISTRY_PROPERTY DeviceProperty, POOL_TYPE PoolType,
                                                         PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
                                                         WDFMEMORY *PropertyMemory)
{
    globals_require(DriverGlobals, PropertyMemory, "WdfIoTargetAllocAndQueryTargetProperty");
    struct io_target *target = io_target_from_handle(IoTarget, "WdfIoTargetAllocAndQueryTargetProperty");
    PDEVICE_OBJECT physical = hold_physical_device(target);
    NTSTATUS status = STATUS_INVALID_DEVICE_REQUEST;

    *PropertyMemory = NULL;
    if (physical != NULL)
    {
        status =
            allocate_and_query(DriverGlobals, physical, DeviceProperty, PoolType, PropertyMemoryAttributes, PropertyMemory);
    }
    release_physical_device(target, physical);
    return status;
}

/*
 * Interfaces.
 */
NTSTATUS wdf_kmdf_WdfIoTargetQueryForInterface(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
                                               LPCGUID InterfaceType, PINTERFACE Interface, USHORT Size, USHORT Version,
                                               PVOID InterfaceSpecificData)
{
    globals_require(DriverGlobals, InterfaceType, "WdfIoTargetQueryForInterface");
    globals_require(DriverGlobals, Interface, "WdfIoTargetQueryForInterface");
    struct io_target *target = io_target_from_handle(IoTarget, "WdfIoTargetQueryForInterface");
    PDEVICE_OBJECT device = io_target_hold_device(target);
    PIO_STACK_LOCATION location;
    NTSTATUS status;
    PIRP irp;

    if (device == NULL)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    irp = irp_allocate((unsigned)device->StackSize, 0, NULL);
    if (irp == NULL)
    {
        io_target_uncount(target, TARGET_SENT_IGNORING);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    location = IoGetNextIrpStackLocation(irp);
    location->MajorFunction = IRP_MJ_PNP;
    location->MinorFunction = IRP_MN_QUERY_INTERFACE;
    location->Parameters.QueryInterface.InterfaceType = InterfaceType;
    location->Parameters.QueryInterface.Size = Size;
    location->Parameters.QueryInterface.Version = Version;
    location->Parameters.QueryInterface.Interface = Interface;
    location->Parameters.QueryInterface.InterfaceSpecificData = InterfaceSpecificData;
    irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
    status = irp_call_and_wait(device, irp);
    irp_free(irp);
    io_target_uncount(target, TARGET_SENT_IGNORING);
    return status;
}
