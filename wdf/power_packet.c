/* SPDX-License-Identifier: MIT */
/*
 * IRP_MJ_POWER: which machine a packet is for, and how packets go on.
 *
 * Device power packets go to the power machine of every device of the stack. System power packets are the policy owner's: it
 * keeps them until its device is where it should be. Everything else goes past.
 */
#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "wdf/device.h"
#include "wdf/dispatch.h"
#include "wdf/pdo.h"

static PIO_STACK_LOCATION location_of(PIRP irp)
{
    return irp->Tail.Overlay.CurrentStackLocation;
}

static NTSTATUS forward(struct device *device, PIRP irp)
{
    if (device->lower == NULL)
    {
        return dispatch_complete(irp, STATUS_SUCCESS);
    }
    IoSkipCurrentIrpStackLocation(irp);
    return irp_call(device->lower, irp);
}

/* A physical device is the bottom of its stack: its packets end here. */
static NTSTATUS pass_on(struct device *device, PIRP irp)
{
    irp->IoStatus.Status = STATUS_SUCCESS;
    return forward(device, irp);
}

static NTSTATUS keep(PIRP irp)
{
    IoMarkIrpPending(irp);
    return STATUS_PENDING;
}

/* There is one at a time; a second one, from a driver that does not ask the power manager, waits for its turn. */
static NTSTATUS device_power(struct device *device, PIRP irp)
{
    bool up = location_of(irp)->Parameters.Power.State.DeviceState == PowerDeviceD0;
    NTSTATUS status = keep(irp);

    platform_spinlock_lock(&device->power.lock);
    InsertTailList(&device->power.packets, &irp->Tail.Overlay.ListEntry);
    platform_spinlock_unlock(&device->power.lock);
    machine_run(device, MACHINE_POWER, up ? POWER_EVENT_PACKET_D0 : POWER_EVENT_PACKET_DX);
    return status;
}

static NTSTATUS system_power(struct device *device, PIRP irp)
{
    PIO_STACK_LOCATION location = location_of(irp);
    SYSTEM_POWER_STATE system = location->Parameters.Power.State.SystemState;
    NTSTATUS status;

    (void)PoSetPowerState(device->wdm, SystemPowerState, location->Parameters.Power.State);
    if (!device->owns_power_policy)
    {
        return pass_on(device, irp);
    }
    status = keep(irp);
    device->power.sleep_packet = irp;
    machine_run(device, MACHINE_POLICY, system == PowerSystemWorking ? POLICY_EVENT_AWAKE : POLICY_EVENT_SLEEP);
    return status;
}

NTSTATUS power_dispatch(struct device *device, PIRP irp)
{
    PIO_STACK_LOCATION location = location_of(irp);

    if (device->is_control)
    {
        return dispatch_complete(irp, STATUS_INVALID_DEVICE_REQUEST);
    }
    if (location->MinorFunction == IRP_MN_SET_POWER)
    {
        return location->Parameters.Power.Type == DevicePowerState ? device_power(device, irp) : system_power(device, irp);
    }
    if (location->MinorFunction == IRP_MN_WAIT_WAKE && device_is_pdo(device))
    {
        return pdo_wait_wake(device, irp);
    }
    return location->MinorFunction == IRP_MN_QUERY_POWER ? pass_on(device, irp) : dispatch_forward(device, irp);
}

/*
 * What the machines do with packets.
 */

static bool is_for(PIRP irp, bool up)
{
    return (location_of(irp)->Parameters.Power.State.DeviceState == PowerDeviceD0) == up;
}

/* The first packet that goes the way, off the list; the caller holds the lock. NULL for none. */
static PIRP find_packet(struct device_power *power, bool up)
{
    for (PLIST_ENTRY link = power->packets.Flink; link != &power->packets; link = link->Flink)
    {
        PIRP irp = CONTAINING_RECORD(link, IRP, Tail.Overlay.ListEntry);

        if (is_for(irp, up))
        {
            return irp;
        }
    }
    return NULL;
}

/* Two that go the same way are one event, so whoever takes the first posts the second. */
void power_take_packet(struct device *device, bool up)
{
    struct device_power *power = &device->power;
    PIRP irp;
    PIRP next;

    platform_spinlock_lock(&power->lock);
    irp = find_packet(power, up);
    platform_require(irp != NULL);
    RemoveEntryList(&irp->Tail.Overlay.ListEntry);
    next = find_packet(power, up);
    platform_spinlock_unlock(&power->lock);
    power->packet = irp;
    if (next != NULL)
    {
        machine_post(device, MACHINE_POWER, up ? POWER_EVENT_PACKET_D0 : POWER_EVENT_PACKET_DX);
    }
}

static PIRP give_packet(struct device *device)
{
    PIRP irp = device->power.packet;

    device->power.packet = NULL;
    return irp;
}

void power_forward_packet(struct device *device)
{
    (void)pass_on(device, give_packet(device));
}

static NTSTATUS came_back(PDEVICE_OBJECT wdm, PIRP irp, PVOID context)
{
    (void)wdm;
    machine_post(context, MACHINE_POWER,
                 NT_SUCCESS(irp->IoStatus.Status) ? POWER_EVENT_LOWER_DONE : POWER_EVENT_LOWER_FAILED);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

void power_forward_packet_and_return(struct device *device)
{
    PIRP irp = device->power.packet;

    if (device->lower == NULL)
    {
        machine_post(device, MACHINE_POWER, pdo_hold_parent(device) ? POWER_EVENT_LOWER_DONE : POWER_EVENT_LOWER_FAILED);
        return;
    }
    irp->IoStatus.Status = STATUS_SUCCESS;
    IoCopyCurrentIrpStackLocationToNext(irp);
    IoSetCompletionRoutine(irp, came_back, device, TRUE, TRUE, TRUE);
    (void)irp_call(device->lower, irp);
}

void power_complete_packet(struct device *device, NTSTATUS status)
{
    PIRP irp = give_packet(device);

    irp->IoStatus.Status = status;
    irp_complete(irp);
}

void power_forward_sleep_packet(struct device *device)
{
    PIRP irp = device->power.sleep_packet;

    device->power.sleep_packet = NULL;
    (void)pass_on(device, irp);
}
