/* SPDX-License-Identifier: MIT */
/*
 * The part of every device that stands to plug and play and to its bus.
 */
#include "wdf/bus.h"

#include "nt/io/device_object.h"
#include "wdf/capabilities.h"
#include "wdf/child_list.h"
#include "wdf/device.h"
#include "wdf/device_init.h"
#include "wdf/pdo.h"
#include "wdf/pnp.h"
#include "wdf/query_interface.h"
#include "wdf/relations.h"
#include "wdf/wmi.h"

NTSTATUS bus_take_over(struct device *device, struct WDFDEVICE_INIT *init)
{
    capabilities_initialize(device);
    wmi_initialize(device);
    device->bus.pdo = init->child;
    init->child = NULL;
    device->bus.fdo_callbacks = init->fdo_callbacks;
    if (device_is_fdo(device))
    {
        children_initialize(&device->bus.static_children, device, NULL, NULL);
    }
    if (!init->has_child_list)
    {
        return STATUS_SUCCESS;
    }
    return child_list_create(device, &init->child_list,
                             init->has_child_list_attributes ? &init->child_list_attributes : NULL,
                             &device->bus.default_child_list);
}

void bus_free(struct device *device)
{
    children_free(&device->bus.static_children);
    query_interface_free(device);
    device_set_free(&device->bus.removal_relations);
    device_set_free(&device->bus.dependent_usage);
    pdo_free(device->bus.pdo);
}

void pdo_end(struct device *device)
{
    pnp_end(device);
    device_abandon(device);
}
