/* SPDX-License-Identifier: MIT */
/*
 * What a device tells plug and play about itself and its relations, and its part in the bus below or above it.
 */
#ifndef WDF_BUS_H
#define WDF_BUS_H

#include <wdf.h>

#include "nt/internal.h"
#include "wdf/children.h"

struct pdo;
struct exported_interface;
struct object;
struct WDFDEVICE_INIT;

/* Devices that are related to one, each referenced. Guarded by the lock of the bus part. */
struct device_set
{
    PDEVICE_OBJECT *devices;
    uint32_t count;
    uint32_t room;
};

/* Part of every device. All zero is a device that has said nothing. */
struct device_bus
{
    struct platform_spinlock lock;
    struct device_set removal_relations;
    struct device_set dependent_usage;
    struct exported_interface *interfaces;
    WDF_FDO_EVENT_CALLBACKS fdo_callbacks;
    WDF_DEVICE_PNP_CAPABILITIES pnp_capabilities;
    WDF_DEVICE_POWER_CAPABILITIES power_capabilities;
    WDF_DEVICE_STATE state;
    bool has_bus_information;
    PNP_BUS_INFORMATION bus_information;

    /* Lists of children, only ever appended; static_children is the first of them. */
    struct children *child_lists;
    struct children static_children;
    WDFCHILDLIST default_child_list;

    /* WMI providers; and, guarded by the device's lock, whether the device has started and whether the executive knows it. */
    LIST_ENTRY wmi_providers;
    bool wmi_started;
    bool wmi_registered;

    /* The bus's side of a physical device object; NULL for others. */
    struct pdo *pdo;
};

/* The device exists: its bus part takes over what the init says. The WDM device is there. STATUS_INSUFFICIENT_RESOURCES. */
NTSTATUS bus_take_over(struct device *device, struct WDFDEVICE_INIT *init);

/* The device goes: releases what its bus part has. */
void bus_free(struct device *device);

#endif /* WDF_BUS_H */
