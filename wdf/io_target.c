/* SPDX-License-Identifier: MIT */
/*
 * WDFIOTARGET: the target below a device, and what all targets have in common.
 */
#include "wdf/io_target.h"

#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/usb_target.h"
#include "wdf/verifier.h"
#include "wdf/verifier_send.h"

void io_target_set_device(struct io_target *target, PDEVICE_OBJECT device)
{
    platform_atomic_store_relaxed(&target->stack_size, device == NULL ? 1u : (uint32_t)device->StackSize);
    platform_atomic_store_relaxed(&target->device_flags, device == NULL ? 0 : device->Flags);
    platform_atomic_store(&target->device, device);
}

void io_target_make(struct io_target *target, struct device *owner, WDF_IO_TARGET_STATE state)
{
    target->owner = owner;
    target->state = (uint8_t)state;
    io_target_set_device(target, NULL);
    for (int list = 0; list < TARGET_LISTS; list++)
    {
        InitializeListHead(&target->queues[list].requests);
    }
}

void io_target_dispose(struct object *object)
{
    (void)io_target_disconnect(io_target_of(object), TARGET_EVENT_DELETE);
}

static const struct object_class local_class = {
    .name = "WDFIOTARGET of a device",
    .type = OBJECT_IO_TARGET,
    .size = sizeof(struct io_target),
    .passive_dispose = true,
    .dispose = io_target_dispose,
};

NTSTATUS io_target_create_local(struct device *device)
{
    struct object *object = wdfobj_allocate(device->object.globals, &local_class, NULL, &device->object);

    if (object == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    io_target_make(io_target_of(object), device, WdfIoTargetStarted);
    io_target_set_device(io_target_of(object), device->lower);
    device->local_target = io_target_of(object);
    return wdfobj_publish(object, &device->object, NULL);
}

struct io_target *io_target_from_other_handle(WDFIOTARGET handle, const char *function)
{
    struct object *object = wdfobj_from_handle(handle, OBJECT_ANY, function);
    enum wdfobj_type type = object->class->type;

    if (type != OBJECT_IO_TARGET && type != OBJECT_USB_DEVICE && type != OBJECT_USB_PIPE)
    {
        globals_invalid_handle(handle, function);
    }
    return io_target_of(object);
}

/* The target that a start, stop or purge is about. */
static struct io_target *target_to_change(WDFIOTARGET handle, const char *function)
{
    struct io_target *target = io_target_from_handle(handle, function);

    if (verifier_is_on(target->object.globals))
    {
        verifier_check_state_change(target, function);
    }
    return target;
}

/*
 * Entry points.
 */
WDFIOTARGET wdf_kmdf_WdfDeviceGetIoTarget(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    struct device *device = device_from_handle(Device, "WdfDeviceGetIoTarget");

    return device->local_target == NULL ? NULL : wdfobj_handle(&device->local_target->object);
}
WDF_ENTRY_BOTH(WdfDeviceGetIoTarget)

NTSTATUS wdf_kmdf_WdfIoTargetStart(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget)
{
    struct io_target *target = target_to_change(IoTarget, "WdfIoTargetStart");
    NTSTATUS status = io_target_start(target);

    if (NT_SUCCESS(status) && target->reader != NULL)
    {
        usb_reader_start(target->reader);
    }
    return status;
}
WDF_ENTRY_BOTH(WdfIoTargetStart)

VOID wdf_kmdf_WdfIoTargetStop(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget, WDF_IO_TARGET_SENT_IO_ACTION Action)
{
    struct io_target *target = target_to_change(IoTarget, "WdfIoTargetStop");

    if (target->reader == NULL)
    {
        io_target_stop(target, Action);
        return;
    }
    /* Its reads would never end by themselves, whatever the driver asked for. */
    usb_reader_stop(target->reader);
    io_target_stop(target, WdfIoTargetCancelSentIo);
    usb_reader_stopped(target->reader, "WdfIoTargetStop");
}
WDF_ENTRY_BOTH(WdfIoTargetStop)

VOID wdf_kmdf_WdfIoTargetPurge(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget, WDF_IO_TARGET_PURGE_IO_ACTION Action)
{
    struct io_target *target = target_to_change(IoTarget, "WdfIoTargetPurge");

    if (target->reader == NULL)
    {
        io_target_purge(target, Action);
        return;
    }
    usb_reader_stop(target->reader);
    io_target_purge(target, WdfIoTargetPurgeIoAndWait);
    usb_reader_stopped(target->reader, "WdfIoTargetPurge");
}
WDF_ENTRY_BOTH(WdfIoTargetPurge)

WDF_IO_TARGET_STATE wdf_kmdf_WdfIoTargetGetState(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget)
{
    struct io_target *target = io_target_from_handle(IoTarget, "WdfIoTargetGetState");
    WDF_IO_TARGET_STATE state;

    platform_spinlock_lock(&target->lock);
    state = (WDF_IO_TARGET_STATE)target->state;
    platform_spinlock_unlock(&target->lock);
    return state;
}
WDF_ENTRY_BOTH(WdfIoTargetGetState)

WDFDEVICE wdf_kmdf_WdfIoTargetGetDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget)
{
    return wdfobj_handle(&io_target_from_handle(IoTarget, "WdfIoTargetGetDevice")->owner->object);
}
WDF_ENTRY_BOTH(WdfIoTargetGetDevice)
