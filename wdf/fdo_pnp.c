/* SPDX-License-Identifier: MIT */
/*
 * Function and filter devices: what they add to packets of plug and play on their way down or back up, by minor function.
 */
#include "nt/io/irp.h"
#include "wdf/capabilities.h"
#include "wdf/dispatch.h"
#include "wdf/fdo.h"
#include "wdf/query_interface.h"
#include "wdf/relations.h"
#include "wdf/resource_list.h"

typedef NTSTATUS fdo_handler(struct device *device, PIRP irp);

static NTSTATUS complete(PIRP irp, NTSTATUS status)
{
    irp->IoStatus.Status = status;
    irp_complete(irp);
    return status;
}

static NTSTATUS add_relations(struct device *device, PIRP irp)
{
    NTSTATUS status = relations_answer(device, irp);

    return NT_SUCCESS(status) ? dispatch_forward(device, irp) : complete(irp, status);
}

/* The drivers below see the question too, and that it has been answered. */
static NTSTATUS answer_interface(struct device *device, PIRP irp)
{
    NTSTATUS status = query_interface_answer(device, irp);

    if (!NT_SUCCESS(status) && status != STATUS_NOT_SUPPORTED)
    {
        return complete(irp, status);
    }
    irp->IoStatus.Status = NT_SUCCESS(status) ? STATUS_SUCCESS : irp->IoStatus.Status;
    return dispatch_forward(device, irp);
}

/* The drivers below have answered; what this one knows better goes on top of that. */
static NTSTATUS change_capabilities(struct device *device, PIRP irp)
{
    NTSTATUS status = dispatch_forward_and_wait(device, irp);

    if (NT_SUCCESS(status))
    {
        capabilities_apply(device, irp->Tail.Overlay.CurrentStackLocation->Parameters.DeviceCapabilities.Capabilities);
    }
    return complete(irp, status);
}

static NTSTATUS change_state(struct device *device, PIRP irp)
{
    NTSTATUS status = dispatch_forward_and_wait(device, irp);
    PNP_DEVICE_STATE denied;
    PNP_DEVICE_STATE set = device_state_flags(device, &denied);

    /* Nobody below may know the question, and the answer is good all the same. */
    if (NT_SUCCESS(status) || status == STATUS_NOT_SUPPORTED)
    {
        ULONG_PTR below = NT_SUCCESS(status) ? irp->IoStatus.Information : 0;

        irp->IoStatus.Information = (below & ~(ULONG_PTR)denied) | set;
        status = STATUS_SUCCESS;
    }
    return complete(irp, status);
}

static NTSTATUS filter_requirements(struct device *device, PIRP irp)
{
    return complete(irp, resources_filter(device, irp));
}

static fdo_handler *const handlers[] = {
    [IRP_MN_QUERY_DEVICE_RELATIONS] = add_relations,   [IRP_MN_QUERY_INTERFACE] = answer_interface,
    [IRP_MN_QUERY_CAPABILITIES] = change_capabilities, [IRP_MN_FILTER_RESOURCE_REQUIREMENTS] = filter_requirements,
    [IRP_MN_QUERY_PNP_DEVICE_STATE] = change_state,
};

NTSTATUS fdo_dispatch_pnp(struct device *device, PIRP irp)
{
    UCHAR minor = irp->Tail.Overlay.CurrentStackLocation->MinorFunction;
    fdo_handler *handler = minor < ARRAYSIZE(handlers) ? handlers[minor] : NULL;

    return handler == NULL ? dispatch_forward(device, irp) : handler(device, irp);
}
