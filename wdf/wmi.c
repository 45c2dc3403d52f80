/* SPDX-License-Identifier: MIT */
/*
 * WMI providers and instances: what drivers do with them.
 */
#include "wdf/wmi.h"

#include <string.h>

#include "nt/io/wmi.h"
#include "wdf/entry.h"
#include "wdf/globals.h"

#define TAG 'WfdW'

/* Where the data of an event begins. */
#define EVENT_DATA_OFFSET 64

static struct wmi_provider *provider_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct wmi_provider, object);
}

static struct wmi_instance *instance_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct wmi_instance, object);
}

static struct platform_spinlock *lock_of(struct wmi_provider *provider)
{
    return &provider->device->bus.lock;
}

static void provider_dispose(struct object *object)
{
    struct wmi_provider *provider = provider_of(object);

    platform_spinlock_lock(lock_of(provider));
    RemoveEntryList(&provider->link);
    InitializeListHead(&provider->link);
    platform_spinlock_unlock(lock_of(provider));
}

/*
 * Calls.
 */

static bool is_registered(struct wmi_instance *instance)
{
    bool registered;

    platform_spinlock_lock(lock_of(instance->provider));
    registered = instance->registered;
    platform_spinlock_unlock(lock_of(instance->provider));
    return registered;
}

bool wmi_call_begin(struct wmi_call *call, struct wmi_instance *instance, const char *name)
{
    struct wmi_provider *provider = instance->provider;
    bool registered;

    call->instance = instance;
    call->thread = platform_current();
    call->waits = false;
    platform_mutex_lock(&provider->lock);
    registered = is_registered(instance);
    if (registered)
    {
        InsertTailList(&provider->calls, &call->link);
    }
    platform_mutex_unlock(&provider->lock);
    if (registered)
    {
        verifier_callback_enter(&call->callback, &instance->object, name);
    }
    return registered;
}

void wmi_call_end(struct wmi_call *call)
{
    struct wmi_provider *provider = call->instance->provider;

    verifier_callback_leave(&call->callback);
    platform_mutex_lock(&provider->lock);
    RemoveEntryList(&call->link);
    platform_condition_broadcast(&provider->call_ended);
    platform_mutex_unlock(&provider->lock);
}

/* Marks the calls that the thread is in as waiting or not. The caller holds the provider's lock. */
static void mark_own_calls(struct wmi_provider *provider, bool waits)
{
    for (PLIST_ENTRY link = provider->calls.Flink; link != &provider->calls; link = link->Flink)
    {
        struct wmi_call *call = CONTAINING_RECORD(link, struct wmi_call, link);

        call->waits = call->thread == platform_current() ? waits : call->waits;
    }
}

/* The caller holds the provider's lock. */
static bool is_called_by_others(struct wmi_instance *instance)
{
    struct wmi_provider *provider = instance->provider;
    bool called = false;

    for (PLIST_ENTRY link = provider->calls.Flink; link != &provider->calls && !called; link = link->Flink)
    {
        struct wmi_call *call = CONTAINING_RECORD(link, struct wmi_call, link);

        called = call->instance == instance && call->thread != platform_current() && !call->waits;
    }
    return called;
}

/* Two callbacks that take each other's instances back end each other's wait. */
static void wait_for_calls(struct wmi_instance *instance)
{
    struct wmi_provider *provider = instance->provider;

    platform_mutex_lock(&provider->lock);
    mark_own_calls(provider, true);
    platform_condition_broadcast(&provider->call_ended);
    while (is_called_by_others(instance))
    {
        (void)platform_condition_wait(&provider->call_ended, &provider->lock, PLATFORM_FOREVER);
    }
    mark_own_calls(provider, false);
    platform_mutex_unlock(&provider->lock);
}

/*
 * Classes.
 */

static const struct object_class provider_class = {
    .name = "WDFWMIPROVIDER",
    .type = OBJECT_WMI_PROVIDER,
    .size = sizeof(struct wmi_provider),
    .dispose = provider_dispose,
};

/* Takes the instance off its provider's list. Says whether it was there. */
static bool take_off(struct wmi_instance *instance)
{
    bool was_registered;

    platform_spinlock_lock(lock_of(instance->provider));
    was_registered = instance->registered;
    if (was_registered)
    {
        RemoveEntryList(&instance->link);
        instance->registered = false;
    }
    platform_spinlock_unlock(lock_of(instance->provider));
    return was_registered;
}

/* Deleted above PASSIVE_LEVEL it is only kept alive by the callbacks that run. */
static void instance_dispose(struct object *object)
{
    struct wmi_instance *instance = instance_of(object);

    if (take_off(instance) && KeGetCurrentIrql() == PASSIVE_LEVEL)
    {
        wait_for_calls(instance);
    }
}

static const struct object_class instance_class = {
    .name = "WDFWMIINSTANCE",
    .type = OBJECT_WMI_INSTANCE,
    .size = sizeof(struct wmi_instance),
    .deletable = true,
    .dispose = instance_dispose,
};

/*
 * Finding.
 */

void wmi_initialize(struct device *device)
{
    InitializeListHead(&device->bus.wmi_providers);
}

/* The caller holds the lock. */
static struct wmi_provider *find_locked(struct device *device, const GUID *guid)
{
    struct wmi_provider *found = NULL;

    for (PLIST_ENTRY link = device->bus.wmi_providers.Flink; link != &device->bus.wmi_providers && found == NULL;
         link = link->Flink)
    {
        struct wmi_provider *provider = CONTAINING_RECORD(link, struct wmi_provider, link);

        found = memcmp(&provider->config.Guid, guid, sizeof(*guid)) == 0 ? provider : NULL;
    }
    return found;
}

struct wmi_provider *wmi_find_provider(struct device *device, const GUID *guid)
{
    struct wmi_provider *provider;

    platform_spinlock_lock(&device->bus.lock);
    provider = find_locked(device, guid);
    if (provider != NULL)
    {
        wdfobj_reference(&provider->object);
    }
    platform_spinlock_unlock(&device->bus.lock);
    return provider;
}

struct wmi_provider *wmi_next_provider(struct device *device, struct wmi_provider *after)
{
    struct wmi_provider *provider = NULL;
    PLIST_ENTRY link;

    platform_spinlock_lock(&device->bus.lock);
    link = after == NULL ? device->bus.wmi_providers.Flink : after->link.Flink;
    if (link != &device->bus.wmi_providers && (after == NULL || link != &after->link))
    {
        provider = CONTAINING_RECORD(link, struct wmi_provider, link);
        wdfobj_reference(&provider->object);
    }
    platform_spinlock_unlock(&device->bus.lock);
    if (after != NULL)
    {
        wdfobj_release(&after->object);
    }
    return provider;
}

struct wmi_instance *wmi_find_instance(struct wmi_provider *provider, ULONG index)
{
    struct wmi_instance *found = NULL;
    PLIST_ENTRY link;

    platform_spinlock_lock(lock_of(provider));
    for (link = provider->instances.Flink; link != &provider->instances && index != 0; link = link->Flink)
    {
        index--;
    }
    if (link != &provider->instances)
    {
        found = CONTAINING_RECORD(link, struct wmi_instance, link);
        wdfobj_reference(&found->object);
    }
    platform_spinlock_unlock(lock_of(provider));
    return found;
}

ULONG wmi_instance_count(struct wmi_provider *provider)
{
    ULONG count = 0;

    platform_spinlock_lock(lock_of(provider));
    for (PLIST_ENTRY link = provider->instances.Flink; link != &provider->instances; link = link->Flink)
    {
        count++;
    }
    platform_spinlock_unlock(lock_of(provider));
    return count;
}

/*
 * Registration of the device with the executive, which happens once there is something to find.
 */

static NTSTATUS register_device(struct device *device, bool starts)
{
    NTSTATUS status = STATUS_SUCCESS;
    bool needed;

    platform_spinlock_lock(&device->bus.lock);
    needed = !IsListEmpty(&device->bus.wmi_providers);
    platform_spinlock_unlock(&device->bus.lock);
    platform_mutex_lock(&device->lock);
    device->bus.wmi_started |= starts;
    if (needed && device->bus.wmi_started && !device->bus.wmi_registered)
    {
        status = IoWMIRegistrationControl(device->wdm, WMIREG_ACTION_REGISTER);
        device->bus.wmi_registered = NT_SUCCESS(status);
    }
    platform_mutex_unlock(&device->lock);
    return status;
}

NTSTATUS wmi_start(struct device *device)
{
    return register_device(device, true);
}

/* The end of the registration waits for callbacks, which may need the device's lock. */
void wmi_stop(struct device *device)
{
    bool was_registered;

    platform_mutex_lock(&device->lock);
    was_registered = device->bus.wmi_registered;
    device->bus.wmi_registered = false;
    device->bus.wmi_started = false;
    platform_mutex_unlock(&device->lock);
    if (was_registered)
    {
        (void)IoWMIRegistrationControl(device->wdm, WMIREG_ACTION_DEREGISTER);
    }
}

/*
 * Providers.
 */

static NTSTATUS check_provider(const WDF_WMI_PROVIDER_CONFIG *config)
{
    if (config->Size != sizeof(*config))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    return (config->Flags & ~(ULONG)WdfWmiProviderValidFlags) == 0 ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

static bool enter_provider(struct device *device, struct wmi_provider *provider)
{
    bool is_new;

    platform_spinlock_lock(&device->bus.lock);
    is_new = find_locked(device, &provider->config.Guid) == NULL;
    if (is_new)
    {
        InsertTailList(&device->bus.wmi_providers, &provider->link);
    }
    platform_spinlock_unlock(&device->bus.lock);
    return is_new;
}

/* The caller releases a reference on the provider. */
static NTSTATUS create_provider(struct device *device, const WDF_WMI_PROVIDER_CONFIG *config,
                                PWDF_OBJECT_ATTRIBUTES attributes, struct wmi_provider **ret_provider)
{
    NTSTATUS status = check_provider(config);
    struct object *object;

    if (NT_SUCCESS(status))
    {
        status = wdfobj_check_attributes(attributes, &provider_class, OBJECT_PARENT_FORBIDDEN);
    }
    if (NT_SUCCESS(status))
    {
        object = wdfobj_allocate(device->object.globals, &provider_class, attributes, &device->object);
        status = object == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    *ret_provider = provider_of(object);
    (*ret_provider)->device = device;
    (*ret_provider)->config = *config;
    InitializeListHead(&(*ret_provider)->link);
    InitializeListHead(&(*ret_provider)->instances);
    InitializeListHead(&(*ret_provider)->calls);
    if (!enter_provider(device, *ret_provider))
    {
        wdfobj_discard(object);
        return STATUS_OBJECT_NAME_COLLISION;
    }
    wdfobj_reference(object);
    status = wdfobj_publish(object, &device->object, NULL);
    if (!NT_SUCCESS(status))
    {
        wdfobj_release(object);
    }
    return status;
}

NTSTATUS wdf_kmdf_WdfWmiProviderCreate(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                       PWDF_WMI_PROVIDER_CONFIG WmiProviderConfig, PWDF_OBJECT_ATTRIBUTES ProviderAttributes,
                                       WDFWMIPROVIDER *WmiProvider)
{
    globals_require(DriverGlobals, WmiProviderConfig, "WdfWmiProviderCreate");
    globals_require(DriverGlobals, WmiProvider, "WdfWmiProviderCreate");
    struct device *device = device_from_handle(Device, "WdfWmiProviderCreate");
    struct wmi_provider *provider;
    NTSTATUS status = create_provider(device, WmiProviderConfig, ProviderAttributes, &provider);

    *WmiProvider = NULL;
    if (NT_SUCCESS(status))
    {
        *WmiProvider = wdfobj_handle(&provider->object);
        wdfobj_release(&provider->object);
    }
    return status;
}

static struct wmi_provider *provider_from_handle(WDFWMIPROVIDER handle, const char *function)
{
    return provider_of(wdfobj_from_handle(handle, OBJECT_WMI_PROVIDER, function));
}

WDFDEVICE wdf_kmdf_WdfWmiProviderGetDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWMIPROVIDER WmiProvider)
{
    (void)DriverGlobals;
    return wdfobj_handle(&provider_from_handle(WmiProvider, "WdfWmiProviderGetDevice")->device->object);
}

BOOLEAN wdf_kmdf_WdfWmiProviderIsEnabled(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWMIPROVIDER WmiProvider,
                                         WDF_WMI_PROVIDER_CONTROL ProviderControl)
{
    struct wmi_provider *provider = provider_from_handle(WmiProvider, "WdfWmiProviderIsEnabled");

    switch (ProviderControl)
    {
        case WdfWmiEventControl:
            return platform_atomic_load(&provider->events_enabled);
        case WdfWmiInstanceControl:
            return platform_atomic_load(&provider->collection_enabled);
        default:
            globals_break(globals_of(DriverGlobals), "WdfWmiProviderIsEnabled: there is no such control");
            return FALSE;
    }
}

ULONGLONG wdf_kmdf_WdfWmiProviderGetTracingHandle(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWMIPROVIDER WmiProvider)
{
    (void)DriverGlobals;
    return platform_atomic_load(&provider_from_handle(WmiProvider, "WdfWmiProviderGetTracingHandle")->tracing_handle);
}

/*
 * Instances.
 */

static NTSTATUS check_instance(const WDF_WMI_INSTANCE_CONFIG *config, PWDF_OBJECT_ATTRIBUTES attributes)
{
    bool has_context = attributes != NULL && attributes->ContextTypeInfo != NULL;

    if (config->Size != sizeof(*config))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if ((config->Provider == NULL) == (config->ProviderConfig == NULL) ||
        (config->UseContextForQuery && (config->EvtWmiInstanceQueryInstance != NULL || !has_context)))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return wdfobj_check_attributes(attributes, &instance_class, OBJECT_PARENT_FORBIDDEN);
}

static void fill_instance(struct wmi_instance *instance, struct wmi_provider *provider,
                          const WDF_WMI_INSTANCE_CONFIG *config, PWDF_OBJECT_ATTRIBUTES attributes)
{
    instance->provider = provider;
    instance->config = *config;
    if (config->UseContextForQuery)
    {
        instance->context = instance->object.contexts->memory;
        instance->context_size = attributes->ContextSizeOverride != 0 ? attributes->ContextSizeOverride :
                                                                        attributes->ContextTypeInfo->ContextSize;
    }
}

static NTSTATUS register_instance(struct wmi_instance *instance)
{
    NTSTATUS status = STATUS_SUCCESS;

    platform_spinlock_lock(lock_of(instance->provider));
    if (instance->registered)
    {
        status = STATUS_WMI_ALREADY_ENABLED;
    }
    else
    {
        InsertTailList(&instance->provider->instances, &instance->link);
        instance->registered = true;
    }
    platform_spinlock_unlock(lock_of(instance->provider));
    if (NT_SUCCESS(status))
    {
        status = register_device(instance->provider->device, false);
    }
    return status;
}

/* The provider that the configuration names, or a new one. The caller releases a reference on it. */
static NTSTATUS provider_for(struct device *device, const WDF_WMI_INSTANCE_CONFIG *config,
                             struct wmi_provider **ret_provider)
{
    if (config->Provider == NULL)
    {
        return create_provider(device, config->ProviderConfig, NULL, ret_provider);
    }
    *ret_provider = provider_from_handle(config->Provider, "WdfWmiInstanceCreate");
    if ((*ret_provider)->device != device)
    {
        return STATUS_INVALID_PARAMETER;
    }
    wdfobj_reference(&(*ret_provider)->object);
    return STATUS_SUCCESS;
}

static NTSTATUS create_instance(struct wmi_provider *provider, const WDF_WMI_INSTANCE_CONFIG *config,
                                PWDF_OBJECT_ATTRIBUTES attributes, WDFWMIINSTANCE *ret_instance)
{
    struct object *object = wdfobj_allocate(provider->object.globals, &instance_class, attributes, &provider->object);
    NTSTATUS status = STATUS_SUCCESS;

    if (object == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    fill_instance(instance_of(object), provider, config, attributes);
    if (config->Register)
    {
        status = register_instance(instance_of(object));
    }
    if (!NT_SUCCESS(status))
    {
        wdfobj_discard(object);
        return status;
    }
    return wdfobj_publish(object, &provider->object, ret_instance);
}

NTSTATUS wdf_kmdf_WdfWmiInstanceCreate(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                       PWDF_WMI_INSTANCE_CONFIG InstanceConfig, PWDF_OBJECT_ATTRIBUTES InstanceAttributes,
                                       WDFWMIINSTANCE *Instance)
{
    globals_require(DriverGlobals, InstanceConfig, "WdfWmiInstanceCreate");
    struct device *device = device_from_handle(Device, "WdfWmiInstanceCreate");
    NTSTATUS status = check_instance(InstanceConfig, InstanceAttributes);
    struct wmi_provider *provider = NULL;

    if (Instance != NULL)
    {
        *Instance = NULL;
    }
    if (NT_SUCCESS(status))
    {
        status = provider_for(device, InstanceConfig, &provider);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = create_instance(provider, InstanceConfig, InstanceAttributes, Instance);
    if (!NT_SUCCESS(status) && InstanceConfig->Provider == NULL)
    {
        wdfobj_delete(&provider->object);
    }
    wdfobj_release(&provider->object);
    return status;
}

static struct wmi_instance *instance_from_handle(WDFWMIINSTANCE handle, const char *function)
{
    return instance_of(wdfobj_from_handle(handle, OBJECT_WMI_INSTANCE, function));
}

NTSTATUS wdf_kmdf_WdfWmiInstanceRegister(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWMIINSTANCE WmiInstance)
{
    (void)DriverGlobals;
    return register_instance(instance_from_handle(WmiInstance, "WdfWmiInstanceRegister"));
}

VOID wdf_kmdf_WdfWmiInstanceDeregister(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWMIINSTANCE WmiInstance)
{
    struct wmi_instance *instance = instance_from_handle(WmiInstance, "WdfWmiInstanceDeregister");

    (void)DriverGlobals;
    (void)take_off(instance);
    wait_for_calls(instance);
}

WDFDEVICE wdf_kmdf_WdfWmiInstanceGetDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWMIINSTANCE WmiInstance)
{
    (void)DriverGlobals;
    return wdfobj_handle(&instance_from_handle(WmiInstance, "WdfWmiInstanceGetDevice")->provider->device->object);
}

WDFWMIPROVIDER wdf_kmdf_WdfWmiInstanceGetProvider(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWMIINSTANCE WmiInstance)
{
    (void)DriverGlobals;
    return wdfobj_handle(&instance_from_handle(WmiInstance, "WdfWmiInstanceGetProvider")->provider->object);
}

/* The place of a registered instance among those of its provider. */
static bool index_of(struct wmi_instance *instance, ULONG *ret_index)
{
    bool registered;
    ULONG index = 0;

    platform_spinlock_lock(lock_of(instance->provider));
    registered = instance->registered;
    for (PLIST_ENTRY link = instance->provider->instances.Flink; registered && link != &instance->link; link = link->Flink)
    {
        index++;
    }
    platform_spinlock_unlock(lock_of(instance->provider));
    *ret_index = index;
    return registered;
}

static void fill_event(PWNODE_SINGLE_INSTANCE node, const struct wmi_instance *instance, ULONG index, ULONG size,
                       const void *data)
{
    node->WnodeHeader.BufferSize = EVENT_DATA_OFFSET + size;
    node->WnodeHeader.ProviderId = IoWMIDeviceObjectToProviderId(instance->provider->device->wdm);
    node->WnodeHeader.Guid = instance->provider->config.Guid;
    node->WnodeHeader.Flags = WNODE_FLAG_SINGLE_INSTANCE | WNODE_FLAG_EVENT_ITEM | WNODE_FLAG_STATIC_INSTANCE_NAMES |
                              WNODE_FLAG_PDO_INSTANCE_NAMES;
    KeQuerySystemTime(&node->WnodeHeader.TimeStamp);
    node->InstanceIndex = index;
    node->DataBlockOffset = EVENT_DATA_OFFSET;
    node->SizeDataBlock = size;
    if (size != 0)
    {
        memcpy((char *)node + EVENT_DATA_OFFSET, data, size);
    }
}

NTSTATUS wdf_kmdf_WdfWmiInstanceFireEvent(PWDF_DRIVER_GLOBALS DriverGlobals, WDFWMIINSTANCE WmiInstance, ULONG EventDataSize,
                                          PVOID EventData)
{
    struct wmi_instance *instance = instance_from_handle(WmiInstance, "WdfWmiInstanceFireEvent");
    PWNODE_SINGLE_INSTANCE node;
    NTSTATUS status;
    ULONG index;

    (void)DriverGlobals;
    if (EventDataSize > MAXULONG - EVENT_DATA_OFFSET)
    {
        return STATUS_INTEGER_OVERFLOW;
    }
    if ((EventDataSize == 0) != (EventData == NULL))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (!index_of(instance, &index))
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    node = ExAllocatePool2(POOL_FLAG_NON_PAGED, EVENT_DATA_OFFSET + (SIZE_T)EventDataSize, TAG);
    if (node == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    fill_event(node, instance, index, EventDataSize, EventData);
    status = IoWMIWriteEvent(node);
    if (!NT_SUCCESS(status))
    {
        ExFreePool(node);
    }
    return status;
}
