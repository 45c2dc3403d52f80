/* SPDX-License-Identifier: MIT */
/*
 * IRP_MJ_PNP: how packets become events of the PnP machine, and where they go before or after that.
 */
#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "nt/pnp/devnode.h"
#include "nt/thread/worker.h"
#include "wdf/dispatch.h"
#include "wdf/fdo.h"
#include "wdf/globals.h"
#include "wdf/pdo.h"
#include "wdf/pnp.h"
#include "wdf/resource_list.h"
#include "wdf/usage.h"
#include "wdf/verifier.h"

/*
 * One packet at a time goes through the machine.
 */

static bool is_packet(uint8_t event)
{
    return event >= PNP_EVENT_START;
}

void pnp_taken(struct device *device, uint8_t event)
{
    device->pnp_packet_taken |= is_packet(event);
}

void pnp_settled(struct device *device)
{
    if (device->pnp_packet_taken)
    {
        device->pnp_packet_taken = false;
        (void)platform_event_set(device->pnp_answered);
    }
}

void pnp_refused(struct device *device)
{
    device->pnp_status = STATUS_INVALID_DEVICE_STATE;
    device->pnp_packet_taken = true;
    pnp_settled(device);
}

/* The power manager and the PnP manager send one at a time; a driver that sends its own breaks that. */
static void enter(struct device *device)
{
    if (platform_atomic_exchange(&device->pnp_busy, true))
    {
        verifier_report(device->object.globals, RULE_V50, &device->object, "IRP_MJ_PNP",
                        "A PnP packet that changes the device's state arrives while another one is under way.");
        globals_bugcheck(device->object.globals, WDF_PNP_FATAL_ERROR, (ULONG_PTR)wdfobj_handle(&device->object), 0, 0);
    }
}

NTSTATUS pnp_process(struct device *device, enum pnp_event event)
{
    struct platform_event answered = PLATFORM_EVENT_INITIALIZER(true);
    NTSTATUS status;

    enter(device);
    device->pnp_answered = &answered;
    device->pnp_status = STATUS_SUCCESS;
    machine_run(device, MACHINE_PNP, (uint8_t)event);
    worker_will_wait();
    platform_wait_note("the device's PnP machine", device, 0);
    (void)platform_event_wait(&answered, PLATFORM_FOREVER);
    platform_wait_note(NULL, NULL, 0);
    worker_has_waited();
    status = device->pnp_status;
    platform_atomic_store(&device->pnp_busy, false);
    return status;
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
        device->pnp_packet = irp;
        status = pnp_process(device, PNP_EVENT_START);
        device->pnp_packet = NULL;
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
    if (device_pnp_state(device) == PNP_REMOVED)
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
    if (device_pnp_state(device) != PNP_REMOVED)
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

/* A device that has failed says so, whoever else answers. */
static void note_failure(struct device *device, PIRP irp)
{
    if (platform_atomic_load(&device->pnp_reports_failure))
    {
        irp->IoStatus.Information |= PNP_DEVICE_FAILED;
        irp->IoStatus.Status = STATUS_SUCCESS;
    }
}

static NTSTATUS dispatch_other(struct device *device, PIRP irp)
{
    UCHAR minor = irp->Tail.Overlay.CurrentStackLocation->MinorFunction;

    if (minor == IRP_MN_DEVICE_USAGE_NOTIFICATION)
    {
        return usage_dispatch(device, irp);
    }
    if (minor == IRP_MN_QUERY_PNP_DEVICE_STATE)
    {
        note_failure(device, irp);
    }
    return device_is_pdo(device) ? pdo_dispatch_pnp(device, irp) : fdo_dispatch_pnp(device, irp);
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
            return dispatch_other(device, irp);
    }
}
