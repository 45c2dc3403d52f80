/* SPDX-License-Identifier: MIT */
/*
 * Control devices: beside every stack, without plug and play, open to clients when the driver says so. Kernel flavour only.
 */
#include "wdf/control_device.h"

#include "nt/rtl/sddl.h"
#include "wdf/device.h"
#include "wdf/device_init.h"
#include "wdf/dispatch.h"
#include "wdf/driver.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/verifier.h"

NTSTATUS control_device_begin(struct device *device, const struct WDFDEVICE_INIT *init)
{
    NTSTATUS status = STATUS_SUCCESS;

    device->evt_shutdown = init->evt_shutdown;
    if ((init->shutdown_flags & WdfDeviceShutdown) != 0)
    {
        status = IoRegisterShutdownNotification(device->wdm);
        device->shutdown_registered = NT_SUCCESS(status);
    }
    if (NT_SUCCESS(status) && (init->shutdown_flags & WdfDeviceLastChanceShutdown) != 0)
    {
        status = IoRegisterLastChanceShutdownNotification(device->wdm);
        device->shutdown_registered = device->shutdown_registered || NT_SUCCESS(status);
    }
    return status;
}

void control_device_end(struct device *device)
{
    if (device->shutdown_registered)
    {
        IoUnregisterShutdownNotification(device->wdm);
        device->shutdown_registered = false;
    }
}

NTSTATUS control_device_shutdown(struct device *device, PIRP irp)
{
    struct verifier_callback callback;

    if (device->evt_shutdown != NULL)
    {
        verifier_callback_enter(&callback, &device->object, "EvtDeviceShutdownNotification");
        device->evt_shutdown(wdfobj_handle(&device->object));
        verifier_callback_leave(&callback);
    }
    return dispatch_complete(irp, STATUS_SUCCESS);
}

/*
 * The end of the driver.
 */

enum
{
    /* Devices that are reported; a driver with more of them hears of these. */
    CONTROL_DEVICES = 16,
};

static void verify_left(struct device *device)
{
    struct driver_globals *globals = device->object.globals;

    if (!device->finished_initializing)
    {
        verifier_report(globals, RULE_V36, &device->object, "EvtDriverUnload",
                        "WdfControlFinishInitializing was not called, so no client could open it");
    }
    else if (driver_of(globals->driver)->evt_device_add != NULL)
    {
        verifier_report(globals, RULE_V36, &device->object, "EvtDriverUnload",
                        "the driver of plug and play devices has not deleted it: it would keep the driver loaded");
    }
}

void control_device_verify_left(struct driver_globals *globals)
{
    struct device *left[CONTROL_DEVICES];
    uint32_t count = 0;

    if (!verifier_is_on(globals))
    {
        return;
    }
    platform_spinlock_lock(&globals->driver->lock);
    for (struct object *child = globals->driver->first_child; child != NULL && count < CONTROL_DEVICES;
         child = child->next_sibling)
    {
        if (child->class->type == OBJECT_DEVICE && CONTAINING_RECORD(child, struct device, object)->is_control)
        {
            wdfobj_reference(child);
            left[count++] = CONTAINING_RECORD(child, struct device, object);
        }
    }
    platform_spinlock_unlock(&globals->driver->lock);
    while (count-- > 0)
    {
        verify_left(left[count]);
        wdfobj_release(&left[count]->object);
    }
}

/*
 * Entry points.
 */
PWDFDEVICE_INIT wdf_kmdf_WdfControlDeviceInitAllocate(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDRIVER Driver,
                                                      CONST UNICODE_STRING *SDDLString)
{
    globals_require(DriverGlobals, SDDLString, "WdfControlDeviceInitAllocate");
    struct object *driver = wdfobj_from_handle(Driver, OBJECT_DRIVER, "WdfControlDeviceInitAllocate");
    struct WDFDEVICE_INIT *init = device_init_create_control(driver->globals);

    if (init != NULL && !NT_SUCCESS(device_init_set_security(init, SDDLString)))
    {
        device_init_free(init);
        return NULL;
    }
    return init;
}

VOID wdf_kmdf_WdfControlDeviceInitSetShutdownNotification(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                                          PFN_WDF_DEVICE_SHUTDOWN_NOTIFICATION Notification, UCHAR Flags)
{
    globals_require(DriverGlobals, DeviceInit, "WdfControlDeviceInitSetShutdownNotification");
    globals_require(DriverGlobals, Notification, "WdfControlDeviceInitSetShutdownNotification");
    if (!device_init_is_control(DeviceInit) || (Flags & ~(WdfDeviceShutdown | WdfDeviceLastChanceShutdown)) != 0)
    {
        globals_break(globals_of(DriverGlobals), "WdfControlDeviceInitSetShutdownNotification: ignored: the device is no "
                                                 "control device, or a flag is unknown");
        return;
    }
    DeviceInit->evt_shutdown = Notification;
    DeviceInit->shutdown_flags = Flags;
}

VOID wdf_kmdf_WdfControlFinishInitializing(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    struct device *device = device_from_handle(Device, "WdfControlFinishInitializing");

    if (!device->is_control)
    {
        globals_break(globals_of(DriverGlobals), "WdfControlFinishInitializing: the device is no control device");
        return;
    }
    device_finish_add(device);
}
