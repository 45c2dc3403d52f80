/* SPDX-License-Identifier: MIT */
/*
 * WMI: providers (data blocks of a device, each with a GUID) and their instances.
 */
#ifndef WDF_WMI_H
#define WDF_WMI_H

#include "wdf/device.h"
#include "wdf/verifier.h"

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
    /* Calls of instances' callbacks, for those who wait for their end. */
    struct platform_mutex lock;
    struct platform_condition call_ended;
    LIST_ENTRY calls;
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

/* A callback of an instance that is running. */
struct wmi_call
{
    /* Guarded by the provider's lock. A thread that waits for others' calls does not keep those who wait for it. */
    LIST_ENTRY link;
    bool waits;
    struct wmi_instance *instance;
    struct platform_thread *thread;
    struct verifier_callback callback;
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

/*
 * Around a callback of an instance. Beginning is false when the instance is not registered any more: whoever takes it back waits
 * for the callbacks that have begun, but for those that the waiting thread is in. IRQL: PASSIVE_LEVEL.
 */
bool wmi_call_begin(struct wmi_call *call, struct wmi_instance *instance, const char *name);
void wmi_call_end(struct wmi_call *call);

/* The provider behind one (NULL for the first), referenced; gives the reference on that one back. */
struct wmi_provider *wmi_next_provider(struct device *device, struct wmi_provider *after);

#endif /* WDF_WMI_H */
