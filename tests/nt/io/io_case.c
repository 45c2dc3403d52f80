/* SPDX-License-Identifier: MIT */
/*
 * Drivers and device stacks for tests.
 */
#include "io_case.h"

#include "nt/io/driver_object.h"

PDRIVER_OBJECT io_driver(const char *name, PDRIVER_DISPATCH dispatch)
{
    PDRIVER_OBJECT driver;

    CHECK_EQUAL(drvobj_create(name, &driver), STATUS_SUCCESS);
    for (size_t major = 0; major <= IRP_MJ_MAXIMUM_FUNCTION; major++)
    {
        driver->MajorFunction[major] = dispatch;
    }
    return driver;
}

PDEVICE_OBJECT io_device(PDRIVER_OBJECT driver, PDEVICE_OBJECT below)
{
    PDEVICE_OBJECT device;

    CHECK_EQUAL(IoCreateDevice(driver, sizeof(PDEVICE_OBJECT), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device),
                STATUS_SUCCESS);
    if (below != NULL)
    {
        *(PDEVICE_OBJECT *)device->DeviceExtension = IoAttachDeviceToDeviceStack(device, below);
    }
    device->Flags &= ~(ULONG)DO_DEVICE_INITIALIZING;
    return device;
}

PDEVICE_OBJECT io_below(PDEVICE_OBJECT device)
{
    return *(PDEVICE_OBJECT *)device->DeviceExtension;
}

void io_remove(PDEVICE_OBJECT device)
{
    PDRIVER_OBJECT driver = device->DriverObject;

    if (io_below(device) != NULL)
    {
        IoDetachDevice(io_below(device));
    }
    IoDeleteDevice(device);
    drvobj_free(driver);
}

NTSTATUS io_complete(PIRP irp, NTSTATUS status, ULONG_PTR information)
{
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = information;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

NTSTATUS io_succeed(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    return io_complete(irp, STATUS_SUCCESS, 7);
}

NTSTATUS io_skip(PDEVICE_OBJECT device, PIRP irp)
{
    IoSkipCurrentIrpStackLocation(irp);
    return IoCallDriver(io_below(device), irp);
}

NTSTATUS io_keep(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
    (void)device;
    (void)irp;
    (void)context;
    return STATUS_MORE_PROCESSING_REQUIRED;
}
