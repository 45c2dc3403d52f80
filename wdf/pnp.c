/* SPDX-License-Identifier: MIT */
/*
 * The PnP machine of a device, as data.
 *
 * A packet enters as an event. The row of (state, event) names the action to run and the state to be in while it runs; the
 * action's outcome is the next event. The machine rests in states that wait for a packet. One thread at a time drives the
 * PnP of a device, so the machine needs no lock.
 */
#include "wdf/pnp.h"

#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "nt/pnp/devnode.h"
#include "wdf/dispatch.h"
#include "wdf/fdo.h"
#include "wdf/globals.h"
#include "wdf/interrupt.h"
#include "wdf/pdo.h"
#include "wdf/queue.h"
#include "wdf/resource_list.h"

typedef enum pnp_event pnp_action(struct device *device);

static enum pnp_event outcome(NTSTATUS status)
{
    return NT_SUCCESS(status) ? PNP_EVENT_SUCCESS : PNP_EVENT_FAILURE;
}

/* Remembers why a start fails, in the form in which the starter is told. */
static enum pnp_event start_outcome(struct device *device, NTSTATUS status, NTSTATUS reported)
{
    if (!NT_SUCCESS(status))
    {
        device->pnp_status = reported;
    }
    return outcome(status);
}

/*
 * Actions on the way up.
 */

/* What the removal of the stack before has ended begins anew. */
static void forget_removal(struct device *device)
{
    device->pnp_restarts = false;
    device->pnp_surprise = false;
    device->interfaces_enabled = false;
    queues_restore(device);
}

static enum pnp_event prepare_hardware(struct device *device)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (device->pnp_restarts)
    {
        forget_removal(device);
    }
    device->pnp_status = STATUS_SUCCESS;
    if (device->pnp_power.EvtDevicePrepareHardware != NULL)
    {
        status = device->pnp_power.EvtDevicePrepareHardware(wdfobj_handle(&device->object), device->resources_raw,
                                                            device->resources_translated);
    }
    return start_outcome(device, status, status);
}

static enum pnp_event enter_d0(struct device *device)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (device->pnp_power.EvtDeviceD0Entry != NULL)
    {
        status = device->pnp_power.EvtDeviceD0Entry(wdfobj_handle(&device->object), WdfPowerDeviceD3Final);
    }
    return start_outcome(device, status, STATUS_DEVICE_POWER_FAILURE);
}

static enum pnp_event enter_d0_post_interrupts(struct device *device)
{
    NTSTATUS status = interrupts_connect(device);

    if (NT_SUCCESS(status) && device->pnp_power.EvtDeviceD0EntryPostInterruptsEnabled != NULL)
    {
        status =
            device->pnp_power.EvtDeviceD0EntryPostInterruptsEnabled(wdfobj_handle(&device->object), WdfPowerDeviceD3Final);
    }
    return start_outcome(device, status, STATUS_DEVICE_POWER_FAILURE);
}

static enum pnp_event start_queues(struct device *device)
{
    children_scan(device);
    queues_power_up(device);
    return PNP_EVENT_SUCCESS;
}

static enum pnp_event start_self_managed_io(struct device *device)
{
    NTSTATUS status = STATUS_SUCCESS;
    bool first = !device->self_managed_io_called;

    device->self_managed_io_called = true;
    if (first && device->pnp_power.EvtDeviceSelfManagedIoInit != NULL)
    {
        status = device->pnp_power.EvtDeviceSelfManagedIoInit(wdfobj_handle(&device->object));
    }
    if (!first && device->pnp_power.EvtDeviceSelfManagedIoRestart != NULL)
    {
        status = device->pnp_power.EvtDeviceSelfManagedIoRestart(wdfobj_handle(&device->object));
    }
    return start_outcome(device, status, STATUS_DEVICE_POWER_FAILURE);
}

/* Only the first start enables them: a stopped device keeps its interfaces in the state that its driver has given them. */
static enum pnp_event enable_interfaces(struct device *device)
{
    NTSTATUS status = device->interfaces_enabled ? STATUS_SUCCESS : device_enable_interfaces(device);

    device->interfaces_enabled = NT_SUCCESS(status);
    return start_outcome(device, status, status);
}

/*
 * Actions on the way down. None of them can stop it.
 */

static enum pnp_event query_stop(struct device *device)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (device->pnp_power.EvtDeviceQueryStop != NULL)
    {
        status = device->pnp_power.EvtDeviceQueryStop(wdfobj_handle(&device->object));
    }
    device->pnp_status = status;
    return outcome(status);
}

static enum pnp_event query_remove(struct device *device)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (device->pnp_power.EvtDeviceQueryRemove != NULL)
    {
        status = device->pnp_power.EvtDeviceQueryRemove(wdfobj_handle(&device->object));
    }
    device->pnp_status = status;
    return outcome(status);
}

static enum pnp_event surprise(struct device *device)
{
    device->pnp_surprise = true;
    if (device->pnp_power.EvtDeviceSurpriseRemoval != NULL)
    {
        device->pnp_power.EvtDeviceSurpriseRemoval(wdfobj_handle(&device->object));
    }
    children_report_all_missing(device);
    return PNP_EVENT_SUCCESS;
}

static enum pnp_event suspend_self_managed_io(struct device *device)
{
    if (device->pnp_power.EvtDeviceSelfManagedIoSuspend != NULL)
    {
        (void)device->pnp_power.EvtDeviceSelfManagedIoSuspend(wdfobj_handle(&device->object));
    }
    return PNP_EVENT_SUCCESS;
}

static enum pnp_event stop_queues(struct device *device)
{
    queues_power_down(device);
    return PNP_EVENT_SUCCESS;
}

static enum pnp_event leave_d0_pre_interrupts(struct device *device)
{
    if (device->pnp_power.EvtDeviceD0ExitPreInterruptsDisabled != NULL)
    {
        (void)device->pnp_power.EvtDeviceD0ExitPreInterruptsDisabled(wdfobj_handle(&device->object), WdfPowerDeviceD3Final);
    }
    return PNP_EVENT_SUCCESS;
}

static enum pnp_event leave_d0(struct device *device)
{
    (void)interrupts_disconnect(device, (struct interrupts_down){0});
    if (device->pnp_power.EvtDeviceD0Exit != NULL)
    {
        (void)device->pnp_power.EvtDeviceD0Exit(wdfobj_handle(&device->object), WdfPowerDeviceD3Final);
    }
    return PNP_EVENT_SUCCESS;
}

static enum pnp_event release_hardware(struct device *device)
{
    if (device->pnp_power.EvtDeviceReleaseHardware != NULL)
    {
        (void)device->pnp_power.EvtDeviceReleaseHardware(wdfobj_handle(&device->object), device->resources_translated);
    }
    interrupts_release(device);
    return PNP_EVENT_SUCCESS;
}

static enum pnp_event disable_interfaces(struct device *device)
{
    device_disable_interfaces(device);
    device_remove_symbolic_link(device);
    return PNP_EVENT_SUCCESS;
}

static enum pnp_event purge_managed_queues(struct device *device)
{
    queues_purge(device, true);
    return PNP_EVENT_SUCCESS;
}

static enum pnp_event flush_self_managed_io(struct device *device)
{
    if (device->self_managed_io_called && device->pnp_power.EvtDeviceSelfManagedIoFlush != NULL)
    {
        device->pnp_power.EvtDeviceSelfManagedIoFlush(wdfobj_handle(&device->object));
    }
    return PNP_EVENT_SUCCESS;
}

/* After an orderly removal goes on, after a surprise waits for the remove packet. */
static enum pnp_event wait_for_remove(struct device *device)
{
    return device->pnp_surprise ? PNP_EVENT_FAILURE : PNP_EVENT_SUCCESS;
}

/* The stack of a child that its bus still has may be built again: only what is gone is cleaned up. */
static enum pnp_event decide_end(struct device *device)
{
    bool ended = !device_is_pdo(device) || children_removed(device);

    device->pnp_restarts = !ended;
    return ended ? PNP_EVENT_SUCCESS : PNP_EVENT_FAILURE;
}

/* All children have been removed by plug and play; what nobody needs to remove is deleted here. */
static enum pnp_event clean_up(struct device *device)
{
    children_end(device);
    queues_purge(device, false);
    if (device->self_managed_io_called && device->pnp_power.EvtDeviceSelfManagedIoCleanup != NULL)
    {
        device->pnp_power.EvtDeviceSelfManagedIoCleanup(wdfobj_handle(&device->object));
    }
    return PNP_EVENT_SUCCESS;
}

/*
 * The table. "While the action runs, the device is in the state on the right; what the action reports is looked up there."
 */
static const struct pnp_row
{
    enum pnp_state state;
    enum pnp_event event;
    pnp_action *action;
    enum pnp_state next;
} pnp_rows[] = {
    /* Start. */
    {PNP_INIT, PNP_EVENT_START, prepare_hardware, PNP_PREPARING},
    {PNP_PREPARING, PNP_EVENT_SUCCESS, enter_d0, PNP_ENTERING_D0},
    {PNP_PREPARING, PNP_EVENT_FAILURE, release_hardware, PNP_FAILED_RELEASING},
    {PNP_ENTERING_D0, PNP_EVENT_SUCCESS, enter_d0_post_interrupts, PNP_ENTERED_D0},
    {PNP_ENTERING_D0, PNP_EVENT_FAILURE, release_hardware, PNP_FAILED_RELEASING},
    {PNP_ENTERED_D0, PNP_EVENT_SUCCESS, start_queues, PNP_STARTING_QUEUES},
    {PNP_ENTERED_D0, PNP_EVENT_FAILURE, leave_d0, PNP_FAILED_LEFT_D0},
    {PNP_STARTING_QUEUES, PNP_EVENT_SUCCESS, start_self_managed_io, PNP_STARTING_SELF_MANAGED_IO},
    {PNP_STARTING_SELF_MANAGED_IO, PNP_EVENT_SUCCESS, enable_interfaces, PNP_ENABLING_INTERFACES},
    {PNP_STARTING_SELF_MANAGED_IO, PNP_EVENT_FAILURE, stop_queues, PNP_FAILED_STOPPING_QUEUES},
    {PNP_ENABLING_INTERFACES, PNP_EVENT_SUCCESS, NULL, PNP_STARTED},
    {PNP_ENABLING_INTERFACES, PNP_EVENT_FAILURE, suspend_self_managed_io, PNP_FAILED_SUSPENDING},

    /* A start that failed undoes what was done, and waits to be removed. */
    {PNP_FAILED_SUSPENDING, PNP_EVENT_SUCCESS, stop_queues, PNP_FAILED_STOPPING_QUEUES},
    {PNP_FAILED_STOPPING_QUEUES, PNP_EVENT_SUCCESS, leave_d0_pre_interrupts, PNP_FAILED_LEAVING_D0},
    {PNP_FAILED_LEAVING_D0, PNP_EVENT_SUCCESS, leave_d0, PNP_FAILED_LEFT_D0},
    {PNP_FAILED_LEFT_D0, PNP_EVENT_SUCCESS, release_hardware, PNP_FAILED_RELEASING},
    {PNP_FAILED_RELEASING, PNP_EVENT_SUCCESS, disable_interfaces, PNP_FAILED_DISABLING_INTERFACES},
    {PNP_FAILED_DISABLING_INTERFACES, PNP_EVENT_SUCCESS, purge_managed_queues, PNP_FAILED_PURGING_QUEUES},
    {PNP_FAILED_PURGING_QUEUES, PNP_EVENT_SUCCESS, flush_self_managed_io, PNP_FAILED_FLUSHING},
    {PNP_FAILED_FLUSHING, PNP_EVENT_SUCCESS, NULL, PNP_FAILED},
    {PNP_FAILED, PNP_EVENT_QUERY_REMOVE, NULL, PNP_FAILED},
    {PNP_FAILED, PNP_EVENT_CANCEL_REMOVE, NULL, PNP_FAILED},
    {PNP_FAILED, PNP_EVENT_REMOVE, decide_end, PNP_ENDING},
    {PNP_FAILED, PNP_EVENT_SURPRISE_REMOVE, surprise, PNP_SURPRISED},

    /* Stop for other resources: the common power-down. Interfaces stay, queues hold what comes. A start goes the way up again. */
    {PNP_STARTED, PNP_EVENT_QUERY_STOP, query_stop, PNP_QUERYING_STOP},
    {PNP_STARTED, PNP_EVENT_CANCEL_STOP, NULL, PNP_STARTED},
    {PNP_QUERYING_STOP, PNP_EVENT_SUCCESS, NULL, PNP_QUERIED_STOP},
    {PNP_QUERYING_STOP, PNP_EVENT_FAILURE, NULL, PNP_STARTED},
    {PNP_QUERIED_STOP, PNP_EVENT_CANCEL_STOP, NULL, PNP_STARTED},
    {PNP_QUERIED_STOP, PNP_EVENT_STOP, suspend_self_managed_io, PNP_STOP_SUSPENDING},
    {PNP_QUERIED_STOP, PNP_EVENT_REMOVE, suspend_self_managed_io, PNP_SUSPENDING_SELF_MANAGED_IO},
    {PNP_QUERIED_STOP, PNP_EVENT_SURPRISE_REMOVE, surprise, PNP_SURPRISING},
    {PNP_STOP_SUSPENDING, PNP_EVENT_SUCCESS, stop_queues, PNP_STOP_STOPPING_QUEUES},
    {PNP_STOP_STOPPING_QUEUES, PNP_EVENT_SUCCESS, leave_d0_pre_interrupts, PNP_STOP_LEAVING_D0},
    {PNP_STOP_LEAVING_D0, PNP_EVENT_SUCCESS, leave_d0, PNP_STOP_LEFT_D0},
    {PNP_STOP_LEFT_D0, PNP_EVENT_SUCCESS, release_hardware, PNP_STOP_RELEASING},
    {PNP_STOP_RELEASING, PNP_EVENT_SUCCESS, NULL, PNP_STOPPED},
    {PNP_STOPPED, PNP_EVENT_START, prepare_hardware, PNP_PREPARING},
    {PNP_STOPPED, PNP_EVENT_REMOVE, disable_interfaces, PNP_DISABLING_INTERFACES},
    {PNP_STOPPED, PNP_EVENT_SURPRISE_REMOVE, surprise, PNP_STOPPED_SURPRISING},
    {PNP_STOPPED_SURPRISING, PNP_EVENT_SUCCESS, disable_interfaces, PNP_DISABLING_INTERFACES},

    /* Query-remove and its cancellation. */
    {PNP_STARTED, PNP_EVENT_QUERY_REMOVE, query_remove, PNP_QUERYING_REMOVE},
    {PNP_STARTED, PNP_EVENT_CANCEL_REMOVE, NULL, PNP_STARTED},
    {PNP_QUERYING_REMOVE, PNP_EVENT_SUCCESS, NULL, PNP_QUERIED_REMOVE},
    {PNP_QUERYING_REMOVE, PNP_EVENT_FAILURE, NULL, PNP_STARTED},
    {PNP_QUERIED_REMOVE, PNP_EVENT_CANCEL_REMOVE, NULL, PNP_STARTED},
    {PNP_QUERIED_REMOVE, PNP_EVENT_REMOVE, suspend_self_managed_io, PNP_SUSPENDING_SELF_MANAGED_IO},
    {PNP_QUERIED_REMOVE, PNP_EVENT_SURPRISE_REMOVE, surprise, PNP_SURPRISING},

    /* Surprise removal of a running device, of one that never started, and of one that failed. */
    {PNP_STARTED, PNP_EVENT_SURPRISE_REMOVE, surprise, PNP_SURPRISING},
    {PNP_SURPRISING, PNP_EVENT_SUCCESS, suspend_self_managed_io, PNP_SUSPENDING_SELF_MANAGED_IO},
    {PNP_INIT, PNP_EVENT_SURPRISE_REMOVE, surprise, PNP_SURPRISED},
    {PNP_SURPRISED, PNP_EVENT_SUCCESS, NULL, PNP_WAITING_FOR_REMOVE},

    /* Removal: the common power-down, then the rest. */
    {PNP_STARTED, PNP_EVENT_REMOVE, suspend_self_managed_io, PNP_SUSPENDING_SELF_MANAGED_IO},
    {PNP_SUSPENDING_SELF_MANAGED_IO, PNP_EVENT_SUCCESS, stop_queues, PNP_STOPPING_QUEUES},
    {PNP_STOPPING_QUEUES, PNP_EVENT_SUCCESS, leave_d0_pre_interrupts, PNP_LEAVING_D0},
    {PNP_LEAVING_D0, PNP_EVENT_SUCCESS, leave_d0, PNP_LEFT_D0},
    {PNP_LEFT_D0, PNP_EVENT_SUCCESS, release_hardware, PNP_RELEASING},
    {PNP_RELEASING, PNP_EVENT_SUCCESS, disable_interfaces, PNP_DISABLING_INTERFACES},
    {PNP_DISABLING_INTERFACES, PNP_EVENT_SUCCESS, purge_managed_queues, PNP_PURGING_QUEUES},
    {PNP_PURGING_QUEUES, PNP_EVENT_SUCCESS, flush_self_managed_io, PNP_FLUSHING},
    {PNP_FLUSHING, PNP_EVENT_SUCCESS, wait_for_remove, PNP_DECIDING},
    {PNP_DECIDING, PNP_EVENT_SUCCESS, decide_end, PNP_ENDING},
    {PNP_DECIDING, PNP_EVENT_FAILURE, NULL, PNP_WAITING_FOR_REMOVE},
    {PNP_WAITING_FOR_REMOVE, PNP_EVENT_REMOVE, decide_end, PNP_ENDING},
    {PNP_ENDING, PNP_EVENT_SUCCESS, clean_up, PNP_CLEANING_UP},
    {PNP_ENDING, PNP_EVENT_FAILURE, NULL, PNP_INIT},
    {PNP_CLEANING_UP, PNP_EVENT_SUCCESS, NULL, PNP_REMOVED},

    /* A device that never started. */
    {PNP_INIT, PNP_EVENT_QUERY_REMOVE, NULL, PNP_INIT},
    {PNP_INIT, PNP_EVENT_CANCEL_REMOVE, NULL, PNP_INIT},
    {PNP_INIT, PNP_EVENT_REMOVE, decide_end, PNP_ENDING},
};

static const struct pnp_row *find_row(enum pnp_state state, enum pnp_event event)
{
    for (size_t index = 0; index < ARRAYSIZE(pnp_rows); index++)
    {
        if (pnp_rows[index].state == state && pnp_rows[index].event == event)
        {
            return &pnp_rows[index];
        }
    }
    return NULL;
}

bool pnp_transition(enum pnp_state state, enum pnp_event event, enum pnp_state *ret_next)
{
    const struct pnp_row *row = find_row(state, event);

    if (row != NULL)
    {
        *ret_next = row->next;
    }
    return row != NULL;
}

bool pnp_state_waits(enum pnp_state state)
{
    return find_row(state, PNP_EVENT_SUCCESS) == NULL;
}

/* Drives the machine from one packet until it rests. */
static NTSTATUS pnp_process(struct device *device, enum pnp_event event)
{
    const struct pnp_row *row = find_row(device->pnp_state, event);

    if (row == NULL)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    device->pnp_status = STATUS_SUCCESS;
    while (row != NULL)
    {
        device->pnp_state = row->next;
        if (row->action == NULL)
        {
            break;
        }
        event = row->action(device);
        row = find_row(device->pnp_state, event);
        platform_require(row != NULL);
    }
    return device->pnp_status;
}

/*
 * Packets.
 */

static NTSTATUS complete(PIRP irp, NTSTATUS status)
{
    irp->IoStatus.Status = status;
    irp_complete(irp);
    return status;
}

/* A physical device object is the bottom of its stack: what others forward it completes. */
static NTSTATUS forward(struct device *device, PIRP irp)
{
    if (device->lower == NULL)
    {
        return complete(irp, irp->IoStatus.Status);
    }
    IoSkipCurrentIrpStackLocation(irp);
    return irp_call(device->lower, irp);
}

/* Sends the packet down and takes it back when the drivers below are done with it. */
static NTSTATUS forward_and_wait(struct device *device, PIRP irp)
{
    if (device->lower == NULL)
    {
        irp->IoStatus.Status = STATUS_SUCCESS;
        return STATUS_SUCCESS;
    }
    return dispatch_forward_and_wait(device, irp);
}

/* START goes down first; the machine runs when the drivers below have started. */
static NTSTATUS start(struct device *device, PIRP irp)
{
    NTSTATUS status = resources_send_start(device, irp);

    if (NT_SUCCESS(status))
    {
        (void)interrupts_assign(device, irp->Tail.Overlay.CurrentStackLocation->Parameters.StartDevice.AllocatedResources,
                                irp->Tail.Overlay.CurrentStackLocation->Parameters.StartDevice.AllocatedResourcesTranslated);
        status = pnp_process(device, PNP_EVENT_START);
    }
    return complete(irp, status);
}

/* The driver may veto; the drivers below hear only of what it did not veto. */
static NTSTATUS query(struct device *device, PIRP irp, enum pnp_event event)
{
    NTSTATUS status = pnp_process(device, event);

    if (!NT_SUCCESS(status))
    {
        return complete(irp, status);
    }
    irp->IoStatus.Status = STATUS_SUCCESS;
    return forward(device, irp);
}

/* A fact: the machine acts on it, and the drivers below hear of it afterwards. */
static NTSTATUS tell(struct device *device, PIRP irp, enum pnp_event event)
{
    (void)pnp_process(device, event);
    irp->IoStatus.Status = STATUS_SUCCESS;
    return forward(device, irp);
}

/* REMOVE at the bottom of the stack: the device ends only if the bus says that the child is gone. */
static NTSTATUS remove_pdo(struct device *device, PIRP irp)
{
    PDEVICE_OBJECT wdm = device->wdm;

    (void)pnp_process(device, PNP_EVENT_REMOVE);
    devobj_reference(wdm);
    if (device->pnp_state == PNP_REMOVED)
    {
        devnode_refuse_files(devobj_extension(wdm)->devnode);
        device_abandon(device);
    }
    (void)complete(irp, STATUS_SUCCESS);
    devobj_release(wdm);
    return STATUS_SUCCESS;
}

void pnp_end(struct device *device)
{
    if (device->pnp_state != PNP_REMOVED)
    {
        (void)pnp_process(device, PNP_EVENT_REMOVE);
    }
}

/* REMOVE: the machine runs down, the packet goes on, the device ceases to exist. */
static NTSTATUS remove_device(struct device *device, PIRP irp)
{
    PDEVICE_OBJECT lower = device->lower;
    NTSTATUS status;

    (void)pnp_process(device, PNP_EVENT_REMOVE);
    /* Whoever opened the device while it ran down has closed it before the driver's callbacks for that are gone. */
    devnode_refuse_files(devobj_extension(device->wdm)->devnode);
    devobj_reference(lower);
    irp->IoStatus.Status = STATUS_SUCCESS;
    status = forward(device, irp);
    device_abandon(device);
    devobj_release(lower);
    return status;
}

static NTSTATUS cancel(struct device *device, PIRP irp, enum pnp_event event)
{
    (void)forward_and_wait(device, irp);
    return complete(irp, pnp_process(device, event));
}

NTSTATUS pnp_dispatch(struct device *device, PIRP irp)
{
    switch (irp->Tail.Overlay.CurrentStackLocation->MinorFunction)
    {
        case IRP_MN_START_DEVICE:
            return start(device, irp);
        case IRP_MN_QUERY_STOP_DEVICE:
            return query(device, irp, PNP_EVENT_QUERY_STOP);
        case IRP_MN_CANCEL_STOP_DEVICE:
            return cancel(device, irp, PNP_EVENT_CANCEL_STOP);
        case IRP_MN_STOP_DEVICE:
            return tell(device, irp, PNP_EVENT_STOP);
        case IRP_MN_QUERY_REMOVE_DEVICE:
            return query(device, irp, PNP_EVENT_QUERY_REMOVE);
        case IRP_MN_CANCEL_REMOVE_DEVICE:
            return cancel(device, irp, PNP_EVENT_CANCEL_REMOVE);
        case IRP_MN_SURPRISE_REMOVAL:
            return tell(device, irp, PNP_EVENT_SURPRISE_REMOVE);
        case IRP_MN_REMOVE_DEVICE:
            return device_is_pdo(device) ? remove_pdo(device, irp) : remove_device(device, irp);
        default:
            return device_is_pdo(device) ? pdo_dispatch_pnp(device, irp) : fdo_dispatch_pnp(device, irp);
    }
}
