/* SPDX-License-Identifier: MIT */
/*
 * Special files: usage notifications, and what a device in the path of one must not do.
 */
#include "wdf/usage.h"

#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "wdf/device_callback.h"
#include "wdf/dispatch.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/pdo.h"
#include "wdf/relations.h"

/* Types of the manager and of the framework have the same numbers. */
_Static_assert((int)DeviceUsageTypePaging == (int)WdfSpecialFilePaging &&
                   (int)DeviceUsageTypeGuestAssigned == (int)WdfSpecialFileGuestAssigned,
               "usage types and special files are numbered alike");

/* Drivers need to say that they support the first three only. */
static bool needs_support(ULONG type)
{
    return type == WdfSpecialFilePaging || type == WdfSpecialFileHibernation || type == WdfSpecialFileDump;
}

bool special_files_in_use(struct device *device)
{
    uint32_t files = 0;

    for (size_t type = 0; type < ARRAYSIZE(device->special_files); type++)
    {
        files += platform_atomic_load(&device->special_files[type]);
    }
    return files != 0;
}

static NTSTATUS ask_driver(struct device *device, ULONG type, bool in_path)
{
    PFN_WDF_DEVICE_USAGE_NOTIFICATION_EX callback = device->pnp_power.EvtDeviceUsageNotificationEx;
    struct device_callback_watch watch;
    NTSTATUS status = STATUS_SUCCESS;

    if (callback != NULL)
    {
        device_callback_begins(&watch, device, "EvtDeviceUsageNotificationEx");
        status = callback(wdfobj_handle(&device->object), (WDF_SPECIAL_FILE_TYPE)type, in_path);
        device_callback_ends(&watch);
    }
    return status;
}

static void tell_driver(struct device *device, ULONG type, bool in_path)
{
    PFN_WDF_DEVICE_USAGE_NOTIFICATION callback = device->pnp_power.EvtDeviceUsageNotification;
    struct device_callback_watch watch;

    if (callback != NULL)
    {
        device_callback_begins(&watch, device, "EvtDeviceUsageNotification");
        callback(wdfobj_handle(&device->object), (WDF_SPECIAL_FILE_TYPE)type, in_path);
        device_callback_ends(&watch);
    }
}

/* Leaving a path that the device is not in changes nothing. */
static void count(struct device *device, ULONG type, bool in_path)
{
    if (in_path)
    {
        (void)platform_atomic_fetch_add(&device->special_files[type], 1);
    }
    else if (platform_atomic_load(&device->special_files[type]) != 0)
    {
        (void)platform_atomic_fetch_sub(&device->special_files[type], 1);
    }
    if (device->pdo != NULL)
    {
        /* Whether it can be disabled may have changed. */
        IoInvalidateDeviceState(device->pdo);
    }
}

/*
 * The stacks that a device needs for a special file: what its driver has called its dependent devices, and for a child its bus.
 */

/* Asks a stack from its top. */
static NTSTATUS ask_stack(PDEVICE_OBJECT member, ULONG type, bool in_path)
{
    PDEVICE_OBJECT top = devobj_top(member);
    PIRP irp = irp_allocate((unsigned)top->StackSize, 0, NULL);
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

    if (irp != NULL)
    {
        PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(irp);

        next->MajorFunction = IRP_MJ_PNP;
        next->MinorFunction = IRP_MN_DEVICE_USAGE_NOTIFICATION;
        next->Parameters.UsageNotification.Type = (DEVICE_USAGE_NOTIFICATION_TYPE)type;
        next->Parameters.UsageNotification.InPath = in_path;
        irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
        irp->RequestorMode = KernelMode;
        status = irp_call_and_wait(top, irp);
        irp_free(irp);
    }
    devobj_release(top);
    return status;
}

/* Asks the bus and then the dependent devices. When one refuses, those before it hear that nothing comes of it. */
static NTSTATUS ask_needed(struct device *device, const struct device_set *dependents, ULONG type, bool in_path)
{
    PDEVICE_OBJECT parent = device_is_pdo(device) ? device->bus.pdo->parent->wdm : NULL;
    NTSTATUS status = parent == NULL ? STATUS_SUCCESS : ask_stack(parent, type, in_path);
    uint32_t asked = 0;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    while (asked < dependents->count && NT_SUCCESS(status))
    {
        status = ask_stack(dependents->devices[asked++], type, in_path);
    }
    if (!NT_SUCCESS(status))
    {
        for (uint32_t index = 0; index + 1 < asked; index++)
        {
            (void)ask_stack(dependents->devices[index], type, !in_path);
        }
        if (parent != NULL)
        {
            (void)ask_stack(parent, type, !in_path);
        }
    }
    return status;
}

/* Below a physical device is nobody who could object. */
static NTSTATUS ask_below(struct device *device, PIRP irp)
{
    irp->IoStatus.Status = STATUS_SUCCESS;
    return device->lower == NULL ? STATUS_SUCCESS : dispatch_forward_and_wait(device, irp);
}

/* Asks the stacks that the device needs and then what is below it. */
static NTSTATUS ask_others(struct device *device, PIRP irp, ULONG type, bool in_path)
{
    struct device_set dependents;
    NTSTATUS status = device_set_copy(&device->bus, &device->bus.dependent_usage, &dependents);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = ask_needed(device, &dependents, type, in_path);
    if (NT_SUCCESS(status))
    {
        status = ask_below(device, irp);
        if (!NT_SUCCESS(status))
        {
            (void)ask_needed(device, &dependents, type, !in_path);
        }
    }
    device_set_free(&dependents);
    return status;
}

NTSTATUS usage_dispatch(struct device *device, PIRP irp)
{
    PIO_STACK_LOCATION location = irp->Tail.Overlay.CurrentStackLocation;
    ULONG type = location->Parameters.UsageNotification.Type;
    bool in_path = location->Parameters.UsageNotification.InPath;
    NTSTATUS status;

    if (type == WdfSpecialFileUndefined || type >= WdfSpecialFileMax)
    {
        return device->lower == NULL ? dispatch_complete(irp, irp->IoStatus.Status) : dispatch_forward(device, irp);
    }
    if (in_path && needs_support(type) && !platform_atomic_load(&device->supported_files[type]))
    {
        return dispatch_complete(irp, STATUS_NOT_IMPLEMENTED);
    }
    status = ask_driver(device, type, in_path);
    if (!NT_SUCCESS(status))
    {
        return dispatch_complete(irp, status);
    }
    status = ask_others(device, irp, type, in_path);
    if (!NT_SUCCESS(status))
    {
        /* The driver hears that what it has agreed to does not come about. */
        (void)ask_driver(device, type, !in_path);
        return dispatch_complete(irp, status);
    }
    count(device, type, in_path);
    tell_driver(device, type, in_path);
    return dispatch_complete(irp, status);
}

/*
 * Entry points.
 */
VOID wdf_kmdf_WdfDeviceSetSpecialFileSupport(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                             WDF_SPECIAL_FILE_TYPE FileType, BOOLEAN FileTypeIsSupported)
{
    struct device *device = device_from_handle(Device, "WdfDeviceSetSpecialFileSupport");

    if (FileType <= WdfSpecialFileUndefined || FileType >= WdfSpecialFileMax)
    {
        globals_break(globals_of(DriverGlobals), "WdfDeviceSetSpecialFileSupport: the file type %d is none", (int)FileType);
        return;
    }
    platform_atomic_store(&device->supported_files[FileType], FileTypeIsSupported != FALSE);
}
