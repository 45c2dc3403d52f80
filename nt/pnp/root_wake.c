/* SPDX-License-Identifier: MIT */
/*
 * Root-enumerated devices that can wake: the root bus keeps their wait-wake packets until somebody plays the hardware.
 */
#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "nt/pnp/root_bus.h"

void devnode_set_root_wake(SYSTEM_POWER_STATE deepest)
{
    platform_atomic_store(&pnp()->root_wake, (uint32_t)deepest);
}

void root_wake_capabilities(PDEVICE_CAPABILITIES capabilities)
{
    SYSTEM_POWER_STATE deepest = (SYSTEM_POWER_STATE)platform_atomic_load(&pnp()->root_wake);

    if (deepest != PowerSystemUnspecified)
    {
        capabilities->DeviceD2 = 1;
        capabilities->WakeFromD2 = 1;
        capabilities->WakeFromD3 = 1;
        capabilities->DeviceWake = PowerDeviceD3;
        capabilities->SystemWake = deepest;
    }
}

static NTSTATUS complete(PIRP irp, NTSTATUS status)
{
    irp->IoStatus.Status = status;
    irp_complete(irp);
    return status;
}

static VOID cancelled(PDEVICE_OBJECT device, PIRP irp)
{
    struct devnode *devnode = devobj_extension(device)->devnode;

    IoReleaseCancelSpinLock(irp->CancelIrql);
    platform_spinlock_lock(&pnp()->wake_lock);
    devnode->wait_wake = NULL;
    platform_spinlock_unlock(&pnp()->wake_lock);
    (void)complete(irp, STATUS_CANCELLED);
}

/* Takes the packet out of the cancel routine's hands; the caller holds the lock. NULL when there is none, or it is cancelled. */
static PIRP take_packet(struct devnode *devnode)
{
    PIRP irp = devnode->wait_wake;

    if (irp == NULL || irp_set_cancel_routine(irp, NULL) == NULL)
    {
        return NULL;
    }
    devnode->wait_wake = NULL;
    return irp;
}

/* The caller holds the lock. Returns whether the packet is kept; otherwise it was cancelled before. */
static bool keep(struct devnode *devnode, PIRP irp)
{
    IoMarkIrpPending(irp);
    devnode->wait_wake = irp;
    (void)irp_set_cancel_routine(irp, cancelled);
    return !irp_is_cancelled(irp) || take_packet(devnode) == NULL;
}

NTSTATUS root_wake_wait(PDEVICE_OBJECT device, PIRP irp)
{
    struct devnode *devnode = devobj_extension(device)->devnode;
    SYSTEM_POWER_STATE wanted = irp->Tail.Overlay.CurrentStackLocation->Parameters.WaitWake.PowerState;
    bool busy;
    bool kept = false;

    if ((uint32_t)wanted > platform_atomic_load(&pnp()->root_wake))
    {
        return complete(irp, STATUS_INVALID_DEVICE_STATE);
    }
    platform_spinlock_lock(&pnp()->wake_lock);
    busy = devnode->wait_wake != NULL;
    kept = !busy && keep(devnode, irp);
    platform_spinlock_unlock(&pnp()->wake_lock);
    if (busy)
    {
        return complete(irp, STATUS_DEVICE_BUSY);
    }
    if (!kept)
    {
        (void)complete(irp, STATUS_CANCELLED);
    }
    return STATUS_PENDING;
}

bool devnode_wake(struct devnode *devnode)
{
    PIRP irp;

    platform_spinlock_lock(&pnp()->wake_lock);
    irp = take_packet(devnode);
    platform_spinlock_unlock(&pnp()->wake_lock);
    if (irp != NULL)
    {
        PoSetSystemWake(irp);
        (void)complete(irp, STATUS_SUCCESS);
    }
    return irp != NULL;
}
