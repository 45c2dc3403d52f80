/* SPDX-License-Identifier: MIT */
/*
 * Physical device objects: what plug and play asks them and tells them, by minor function.
 */
#include <string.h>

#include "nt/io/irp.h"
#include "nt/pnp/devnode.h"
#include "wdf/capabilities.h"
#include "wdf/device_callback.h"
#include "wdf/pdo.h"
#include "wdf/query_interface.h"
#include "wdf/relations.h"
#include "wdf/resource_list.h"

#define TAG 'PfdW'

/* Answers a packet: what it returns becomes the packet's status. */
typedef NTSTATUS pdo_answer(struct device *device, PIRP irp);

static PIO_STACK_LOCATION location_of(PIRP irp)
{
    return irp->Tail.Overlay.CurrentStackLocation;
}

/* A copy in pool memory that is the asker's, with the terminators of a string and of a list behind it. */
static NTSTATUS answer_text(PIRP irp, const UNICODE_STRING *text)
{
    WCHAR *copy = ExAllocatePool2(POOL_FLAG_PAGED, text->Length + 2 * sizeof(WCHAR), TAG);

    if (copy == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    if (text->Length != 0)
    {
        memcpy(copy, text->Buffer, text->Length);
    }
    irp->IoStatus.Information = (ULONG_PTR)copy;
    return STATUS_SUCCESS;
}

/* What the driver has not said is left to whoever else answers. */
static NTSTATUS answer_text_if_said(PIRP irp, const UNICODE_STRING *text)
{
    return text->Buffer == NULL ? irp->IoStatus.Status : answer_text(irp, text);
}

static NTSTATUS answer_id(struct device *device, PIRP irp)
{
    const struct pdo *pdo = device->bus.pdo;

    switch (location_of(irp)->Parameters.QueryId.IdType)
    {
        case BusQueryDeviceID:
            return answer_text_if_said(irp, &pdo->device_id);
        case BusQueryInstanceID:
            return answer_text_if_said(irp, &pdo->instance_id);
        case BusQueryHardwareIDs:
            return answer_text(irp, &pdo->hardware_ids);
        case BusQueryCompatibleIDs:
            return answer_text(irp, &pdo->compatible_ids);
        case BusQueryContainerID:
            return answer_text_if_said(irp, &pdo->container_id);
        default:
            return irp->IoStatus.Status;
    }
}

static NTSTATUS answer_device_text(struct device *device, PIRP irp)
{
    const struct pdo_text *text = pdo_find_text(device->bus.pdo, location_of(irp)->Parameters.QueryDeviceText.LocaleId);

    if (text == NULL)
    {
        return irp->IoStatus.Status;
    }
    switch (location_of(irp)->Parameters.QueryDeviceText.DeviceTextType)
    {
        case DeviceTextDescription:
            return answer_text(irp, &text->description);
        case DeviceTextLocationInformation:
            return answer_text(irp, &text->location);
        default:
            return irp->IoStatus.Status;
    }
}

static NTSTATUS answer_capabilities(struct device *device, PIRP irp)
{
    capabilities_of_pdo(device, location_of(irp)->Parameters.DeviceCapabilities.Capabilities);
    return STATUS_SUCCESS;
}

/* What the bus device has said about its children. */
static NTSTATUS answer_bus_information(struct device *device, PIRP irp)
{
    struct device *parent = device->bus.pdo->parent;
    PNP_BUS_INFORMATION information;
    PPNP_BUS_INFORMATION copy;
    bool said;

    platform_spinlock_lock(&parent->bus.lock);
    said = parent->bus.has_bus_information;
    information = parent->bus.bus_information;
    platform_spinlock_unlock(&parent->bus.lock);
    if (!said)
    {
        return irp->IoStatus.Status;
    }
    copy = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(*copy), TAG);
    if (copy == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *copy = information;
    irp->IoStatus.Information = (ULONG_PTR)copy;
    return STATUS_SUCCESS;
}

/* The status stays what it was when there is nothing to add. */
static NTSTATUS answer_relations(struct device *device, PIRP irp)
{
    NTSTATUS status = relations_answer(device, irp);

    return NT_SUCCESS(status) ? irp->IoStatus.Status : status;
}

static NTSTATUS eject(struct device *device, PIRP irp)
{
    NTSTATUS status = device_call(device, device->bus.pdo->callbacks.EvtDeviceEject, "EvtDeviceEject");

    (void)irp;
    if (NT_SUCCESS(status))
    {
        (void)children_mark_device_missing(device);
    }
    return status;
}

static NTSTATUS set_lock(struct device *device, PIRP irp)
{
    PFN_WDF_DEVICE_SET_LOCK callback = device->bus.pdo->callbacks.EvtDeviceSetLock;
    struct device_callback_watch watch;
    NTSTATUS status = irp->IoStatus.Status;

    if (callback != NULL)
    {
        device_callback_begins(&watch, device, "EvtDeviceSetLock");
        status = callback(wdfobj_handle(&device->object), location_of(irp)->Parameters.SetLock.Lock);
        device_callback_ends(&watch);
    }
    return status;
}

/* Who has nothing to say leaves what others have said. */
static NTSTATUS answer_interface(struct device *device, PIRP irp)
{
    NTSTATUS status = query_interface_answer(device, irp);

    return status == STATUS_NOT_SUPPORTED ? irp->IoStatus.Status : status;
}

static NTSTATUS answer_state(struct device *device, PIRP irp)
{
    PNP_DEVICE_STATE denied;
    PNP_DEVICE_STATE set = device_state_flags(device, &denied);

    irp->IoStatus.Information = (irp->IoStatus.Information & ~(ULONG_PTR)denied) | set;
    return STATUS_SUCCESS;
}

static NTSTATUS agree(struct device *device, PIRP irp)
{
    (void)device;
    (void)irp;
    return STATUS_SUCCESS;
}

static pdo_answer *const answers[] = {
    [IRP_MN_QUERY_DEVICE_RELATIONS] = answer_relations,
    [IRP_MN_QUERY_INTERFACE] = answer_interface,
    [IRP_MN_QUERY_CAPABILITIES] = answer_capabilities,
    [IRP_MN_QUERY_RESOURCES] = resources_answer,
    [IRP_MN_QUERY_RESOURCE_REQUIREMENTS] = requirements_answer,
    [IRP_MN_QUERY_DEVICE_TEXT] = answer_device_text,
    [IRP_MN_EJECT] = eject,
    [IRP_MN_SET_LOCK] = set_lock,
    [IRP_MN_QUERY_ID] = answer_id,
    [IRP_MN_QUERY_PNP_DEVICE_STATE] = answer_state,
    [IRP_MN_QUERY_BUS_INFORMATION] = answer_bus_information,
    [IRP_MN_DEVICE_ENUMERATED] = agree,
};

NTSTATUS pdo_dispatch_pnp(struct device *device, PIRP irp)
{
    UCHAR minor = location_of(irp)->MinorFunction;
    pdo_answer *answer = minor < ARRAYSIZE(answers) ? answers[minor] : NULL;
    NTSTATUS status = answer == NULL ? irp->IoStatus.Status : answer(device, irp);

    irp->IoStatus.Status = status;
    irp_complete(irp);
    return status;
}
