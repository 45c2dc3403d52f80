/* SPDX-License-Identifier: MIT */
/*
 * WMI: providers (data blocks of a device, each with a GUID) and their instances.
 */
#ifndef WDF_WMI_H
#define WDF_WMI_H

#include "wdf/device.h"

struct wmi_provider
{
    struct object object;
    struct device *device;
    /* Both guarded by the lock of the device's bus part. */
    LIST_ENTRY link;
    LIST_ENTRY instances;
    WDF_WMI_PROVIDER_CONFIG config;
    bool events_enabled;
    bool collection_enabled;
    ULONGLONG tracing_handle;
};

struct wmi_instance
{
    struct object object;
    struct wmi_provider *provider;
    WDF_WMI_INSTANCE_CONFIG config;
    /* In the list of its provider while it is registered; guarded by the lock of the device's bus part. */
    LIST_ENTRY link;
    bool registered;
    /* The context that answers queries, and its size; NULL when a callback does. */
    const void *context;
    size_t context_size;
};

void wmi_initialize(struct device *device);

/* The device has started: whoever looks finds its instances. It is going: nobody is asking it any more when this returns. */
NTSTATUS wmi_start(struct device *device);
void wmi_stop(struct device *device);

/* Handles IRP_MJ_SYSTEM_CONTROL: answers what is for this device and passes on the rest. */
NTSTATUS wmi_dispatch(struct device *device, PIRP irp);

/* Finds what a packet is about, referenced; NULL when there is none. */
struct wmi_provider *wmi_find_provider(struct device *device, const GUID *guid);
struct wmi_instance *wmi_find_instance(struct wmi_provider *provider, ULONG index);
ULONG wmi_instance_count(struct wmi_provider *provider);

/* The provider behind one (NULL for the first), referenced; gives the reference on that one back. */
struct wmi_provider *wmi_next_provider(struct device *device, struct wmi_provider *after);

#endif /* WDF_WMI_H */
