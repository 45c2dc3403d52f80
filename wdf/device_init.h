/* SPDX-License-Identifier: MIT */
/*
 * WDFDEVICE_INIT: what a driver says about a device before it exists.
 */
#ifndef WDF_DEVICE_INIT_H
#define WDF_DEVICE_INIT_H

#include "wdf/object.h"

struct device;

struct WDFDEVICE_INIT
{
    struct driver_globals *globals;
    /* The physical device below, NULL for a control device. */
    PDEVICE_OBJECT pdo;
    /* What WdfDeviceCreate made of it. */
    struct device *created_device;
    bool allocated_by_driver;
    bool is_filter;
    bool exclusive;
    DEVICE_TYPE device_type;
    ULONG characteristics;
    WDF_DEVICE_IO_TYPE io_type;
    UNICODE_STRING name;
    WDF_PNPPOWER_EVENT_CALLBACKS pnp_power;
    WDF_POWER_POLICY_EVENT_CALLBACKS power_policy;
    bool has_file_config;
    WDF_FILEOBJECT_CONFIG file_config;
    bool has_file_attributes;
    WDF_OBJECT_ATTRIBUTES file_attributes;
    PFN_WDF_IO_IN_CALLER_CONTEXT in_caller_context;
    bool has_request_attributes;
    WDF_OBJECT_ATTRIBUTES request_attributes;
};

/* Whether it came with EvtDriverDeviceAdd, for a function driver or a filter. */
static inline bool device_init_is_fdo(const struct WDFDEVICE_INIT *init)
{
    return !init->allocated_by_driver;
}

/* NULL when there is no memory. */
struct WDFDEVICE_INIT *device_init_create_for_pdo(struct driver_globals *globals, PDEVICE_OBJECT pdo);
struct WDFDEVICE_INIT *device_init_create_control(struct driver_globals *globals);
void device_init_free(struct WDFDEVICE_INIT *init);

#endif /* WDF_DEVICE_INIT_H */
