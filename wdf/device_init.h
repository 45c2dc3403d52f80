/* SPDX-License-Identifier: MIT */
/*
 * WDFDEVICE_INIT: what a driver says about a device before it exists.
 */
#ifndef WDF_DEVICE_INIT_H
#define WDF_DEVICE_INIT_H

#include "wdf/object.h"

struct children;
struct device;
struct preprocess_table;
struct pdo;
struct state_change;

struct WDFDEVICE_INIT
{
    struct driver_globals *globals;
    /* The physical device below, NULL for a control device and for a child. */
    PDEVICE_OBJECT pdo;
    /* The bus's side of a child, which the device takes over; NULL for others. */
    struct pdo *child;
    /* What WdfDeviceCreate made of it. */
    struct device *created_device;
    bool allocated_by_driver;
    bool is_filter;
    bool exclusive;
    DEVICE_TYPE device_type;
    ULONG characteristics;
    WDF_DEVICE_IO_TYPE io_type;
    WDF_DEVICE_IO_TYPE control_io_type;
    ULONG direct_transfer_threshold;
    UNICODE_STRING name;
    /* Who may open the device; NULL until the driver says so. The class that an administrator could say it for. */
    PSECURITY_DESCRIPTOR security;
    bool has_class;
    GUID class;
    PFN_WDF_DEVICE_SHUTDOWN_NOTIFICATION evt_shutdown;
    UCHAR shutdown_flags;
    WDF_PNPPOWER_EVENT_CALLBACKS pnp_power;
    WDF_POWER_POLICY_EVENT_CALLBACKS power_policy;
    /* Nothing said: WdfUseDefault. */
    WDF_TRI_STATE power_policy_owner;
    bool power_not_pageable;
    bool power_inrush;
    bool release_hardware_late;
    struct state_change *state_changes;
    bool has_file_config;
    WDF_FILEOBJECT_CONFIG file_config;
    bool has_file_attributes;
    WDF_OBJECT_ATTRIBUTES file_attributes;
    PFN_WDF_IO_IN_CALLER_CONTEXT in_caller_context;
    /* The device takes it over. */
    struct preprocess_table *preprocess;
    bool has_request_attributes;
    WDF_OBJECT_ATTRIBUTES request_attributes;
    WDF_FDO_EVENT_CALLBACKS fdo_callbacks;
    bool has_child_list;
    WDF_CHILD_LIST_CONFIG child_list;
    bool has_child_list_attributes;
    WDF_OBJECT_ATTRIBUTES child_list_attributes;
};

/* Whether it came with EvtDriverDeviceAdd, for a function driver or a filter. */
static inline bool device_init_is_fdo(const struct WDFDEVICE_INIT *init)
{
    return !init->allocated_by_driver && init->child == NULL;
}

/* A function driver and a raw device own the power policy, others do not, unless they say otherwise; a control device has none. */
bool device_init_owns_power_policy(const struct WDFDEVICE_INIT *init);

static inline bool device_init_is_control(const struct WDFDEVICE_INIT *init)
{
    return init->pdo == NULL && init->child == NULL;
}

/* Takes the place of what was set before. The text is SDDL; STATUS_INVALID_PARAMETER when it is none. */
NTSTATUS device_init_set_security(struct WDFDEVICE_INIT *init, PCUNICODE_STRING text);

/* NULL when there is no memory. */
struct WDFDEVICE_INIT *device_init_create_for_pdo(struct driver_globals *globals, PDEVICE_OBJECT pdo);
struct WDFDEVICE_INIT *device_init_create_control(struct driver_globals *globals);
/* For a child that will be in the list; for one of the static children, which its driver allocates. */
struct WDFDEVICE_INIT *device_init_create_child(struct device *parent, struct children *list);
struct WDFDEVICE_INIT *device_init_create_static_child(struct device *parent);
void device_init_free(struct WDFDEVICE_INIT *init);

#endif /* WDF_DEVICE_INIT_H */
