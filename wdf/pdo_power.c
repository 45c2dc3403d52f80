/* SPDX-License-Identifier: MIT */
/*
 * Power of a physical device object: its parent is in D0 while it is, and its bus driver enables and hears of its waking.
 */
#include "nt/io/irp.h"
#include "wdf/device_callback.h"
#include "wdf/dispatch.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/pdo.h"
#include "wdf/power.h"

/*
 * The parent.
 */

bool pdo_hold_parent(struct device *device)
{
    if (!device_is_pdo(device) || device->bus.pdo->independent_of_parent_power || device->power.holds_parent)
    {
        return true;
    }
    device->power.holds_parent = power_hold_and_wait(device->bus.pdo->parent);
    return device->power.holds_parent;
}

void pdo_release_parent(struct device *device)
{
    if (device->power.holds_parent)
    {
        device->power.holds_parent = false;
        power_release(device->bus.pdo->parent);
    }
}

/*
 * The wait-wake packet, which whoever owns the stack's policy has sent.
 */

static SYSTEM_POWER_STATE system_of(PIRP irp)
{
    return irp->Tail.Overlay.CurrentStackLocation->Parameters.WaitWake.PowerState;
}

/* The parent is told how many of its children wait to wake the machine. */
static void count_armed(struct device *device, PIRP irp, bool armed)
{
    uint32_t *count = &device->bus.pdo->parent->power.children_armed;

    if (system_of(irp) > PowerSystemWorking)
    {
        (void)platform_atomic_fetch_add(count, armed ? 1u : UINT32_MAX);
    }
}

/* Takes the packet out of the cancel routine's hands. NULL when there is none, or it is cancelled. */
static PIRP take_wake(struct device *device)
{
    struct device_power *power = &device->power;
    PIRP irp;

    platform_spinlock_lock(&power->lock);
    irp = power->bus_wake;
    if (irp != NULL && irp_set_cancel_routine(irp, NULL) == NULL)
    {
        irp = NULL;
    }
    if (irp != NULL)
    {
        power->bus_wake = NULL;
        count_armed(device, irp, false);
    }
    platform_spinlock_unlock(&power->lock);
    return irp;
}

static VOID wake_cancelled(PDEVICE_OBJECT wdm, PIRP irp)
{
    struct device *device = device_link_of(wdm)->device;

    IoReleaseCancelSpinLock(irp->CancelIrql);
    platform_spinlock_lock(&device->power.lock);
    device->power.bus_wake = NULL;
    count_armed(device, irp, false);
    platform_spinlock_unlock(&device->power.lock);
    (void)dispatch_complete(irp, STATUS_CANCELLED);
}

NTSTATUS pdo_wait_wake(struct device *device, PIRP irp)
{
    struct device_power *power = &device->power;
    bool busy;

    platform_spinlock_lock(&power->lock);
    busy = power->bus_wake != NULL;
    if (!busy)
    {
        IoMarkIrpPending(irp);
        power->bus_wake = irp;
        count_armed(device, irp, true);
        (void)irp_set_cancel_routine(irp, wake_cancelled);
    }
    platform_spinlock_unlock(&power->lock);
    if (busy)
    {
        return dispatch_complete(irp, STATUS_DEVICE_BUSY);
    }
    if (irp_is_cancelled(irp) && take_wake(device) != NULL)
    {
        (void)dispatch_complete(irp, STATUS_CANCELLED);
    }
    return STATUS_PENDING;
}

bool pdo_end_wake(struct device *device, NTSTATUS status)
{
    PIRP irp = take_wake(device);

    if (irp != NULL)
    {
        if (NT_SUCCESS(status))
        {
            PoSetSystemWake(irp);
        }
        (void)dispatch_complete(irp, status);
    }
    return irp != NULL;
}

static NTSTATUS call_enable(struct device *device, SYSTEM_POWER_STATE system)
{
    PFN_WDF_DEVICE_ENABLE_WAKE_AT_BUS callback = device->bus.pdo->callbacks.EvtDeviceEnableWakeAtBus;
    struct device_callback_watch watch;
    NTSTATUS status = STATUS_SUCCESS;

    if (callback != NULL)
    {
        device_callback_begins(&watch, device, "EvtDeviceEnableWakeAtBus");
        status = callback(wdfobj_handle(&device->object), system);
        device_callback_ends(&watch);
    }
    return status;
}

/* The system state that the packet is about; unspecified when there is no packet. */
static SYSTEM_POWER_STATE awaited(struct device *device)
{
    SYSTEM_POWER_STATE system = PowerSystemUnspecified;
    PIRP irp;

    platform_spinlock_lock(&device->power.lock);
    irp = device->power.bus_wake;
    if (irp != NULL)
    {
        system = system_of(irp);
    }
    platform_spinlock_unlock(&device->power.lock);
    return system;
}

void pdo_enable_wake(struct device *device)
{
    SYSTEM_POWER_STATE system = device_is_pdo(device) ? awaited(device) : PowerSystemUnspecified;
    NTSTATUS status;

    if (system == PowerSystemUnspecified)
    {
        return;
    }
    status = call_enable(device, system);
    device->power.bus_wake_enabled = NT_SUCCESS(status);
    if (!NT_SUCCESS(status))
    {
        (void)pdo_end_wake(device, status);
    }
}

void pdo_disable_wake(struct device *device)
{
    if (device->power.bus_wake_enabled)
    {
        device->power.bus_wake_enabled = false;
        device_tell(device, device->bus.pdo->callbacks.EvtDeviceDisableWakeAtBus, "EvtDeviceDisableWakeAtBus");
    }
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfDeviceIndicateWakeStatus(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, NTSTATUS WaitWakeStatus)
{
    struct device *device = device_from_handle(Device, "WdfDeviceIndicateWakeStatus");

    if (WaitWakeStatus == STATUS_PENDING || WaitWakeStatus == STATUS_CANCELLED)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return device_is_pdo(device) && pdo_end_wake(device, WaitWakeStatus) ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_REQUEST;
}
