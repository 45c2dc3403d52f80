/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: creation, deletion, what drivers call.
 */
#include "wdf/queue_present.h"
#include "wdf/queue_reserve.h"
#include "wdf/queue_verify.h"

#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/globals.h"

static void queue_dispose(struct object *object);

static const struct object_class queue_class = {
    .name = "WDFQUEUE",
    .type = OBJECT_QUEUE,
    .size = sizeof(struct queue),
    .deletable = true,
    .passive_dispose = true,
    .takes_execution_level = true,
    .takes_scope = true,
    .dispose = queue_dispose,
};

/*
 * Creation and deletion.
 */

static void unlink_queue(struct device *device, struct queue *queue)
{
    struct queue **link = &device->queues;

    platform_mutex_lock(&device->lock);
    while (*link != NULL && *link != queue)
    {
        link = &(*link)->next;
    }
    if (*link == queue)
    {
        *link = queue->next;
    }
    if (device->default_queue == queue)
    {
        platform_atomic_store(&device->default_queue, NULL);
    }
    for (size_t major = 0; major < ARRAYSIZE(device->routes); major++)
    {
        if (device->routes[major] == queue)
        {
            platform_atomic_store(&device->routes[major], NULL);
        }
    }
    queue_find_short_way(device);
    platform_mutex_unlock(&device->lock);
}

static bool is_deserted(struct queue *queue)
{
    return queue_is_empty(queue) && !queue->deferred && (queue->reserve == NULL || queue->reserve->in_use == 0);
}

/* Ends what the queue has, and waits for what the driver has of it. */
static void queue_dispose(struct object *object)
{
    struct queue *queue = queue_of(object);

    queue_lock(queue);
    queue_enter(queue);
    queue_change_state(queue, QUEUE_EVENT_DELETE);
    queue_unlock(queue);
    queue_cancel_waiting(queue, NULL);
    queue_cancel_owned(queue);
    queue_process(queue);
    queue_exit(queue);
    queue_wait_until(queue, is_deserted);
    unlink_queue(queue->device, queue);
    reserve_free(queue);
}

static bool has_handler(const WDF_IO_QUEUE_CONFIG *config)
{
    return config->EvtIoDefault != NULL || config->EvtIoRead != NULL || config->EvtIoWrite != NULL ||
           config->EvtIoDeviceControl != NULL || config->EvtIoInternalDeviceControl != NULL;
}

static NTSTATUS check_config(struct device *device, const WDF_IO_QUEUE_CONFIG *config, WDFQUEUE *ret_queue)
{
    bool manual = config->DispatchType == WdfIoQueueDispatchManual;

    if (config->Size != sizeof(WDF_IO_QUEUE_CONFIG))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (!config->DefaultQueue && ret_queue == NULL)
    {
        return STATUS_INVALID_PARAMETER_4;
    }
    if (config->DefaultQueue && !device_is_configurable(device))
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    if (config->DefaultQueue && platform_atomic_load(&device->default_queue) != NULL)
    {
        queue_verify_use(device->default_queue, false, "WdfIoQueueCreate");
        return STATUS_UNSUCCESSFUL;
    }
    if (config->DispatchType <= WdfIoQueueDispatchInvalid || config->DispatchType >= WdfIoQueueDispatchMax ||
        (manual && has_handler(config)) ||
        (config->DispatchType != WdfIoQueueDispatchParallel && config->Settings.Parallel.NumberOfPresentedRequests != 0) ||
        (device->object.globals->user_flavour && config->EvtIoInternalDeviceControl != NULL))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return manual || has_handler(config) ? STATUS_SUCCESS : STATUS_WDF_NO_CALLBACK;
}

static uint32_t limit_of(const WDF_IO_QUEUE_CONFIG *config)
{
    switch (config->DispatchType)
    {
        case WdfIoQueueDispatchSequential:
            return 1;
        case WdfIoQueueDispatchParallel:
            return config->Settings.Parallel.NumberOfPresentedRequests;
        default:
            return 0;
    }
}

static void queue_fill(struct queue *queue, struct device *device, const WDF_IO_QUEUE_CONFIG *config)
{
    queue->device = device;
    presentation_initialize(&queue->presentation, &queue->object);
    queue->serialises = presentation_lock_of(&queue->object);
    queue->passive = queue->presentation.passive;
    queue->config = *config;
    queue->limit = limit_of(config);
    queue->power_managed = !device->is_control &&
                           (config->PowerManaged == WdfUseDefault ? !device->is_filter : config->PowerManaged == WdfTrue);
    InitializeListHead(&queue->waiting);
    InitializeListHead(&queue->owned);
    InitializeListHead(&queue->cancels);
    InitializeListHead(&queue->canceled_on_queue);
    ExInitializeWorkItem(&queue->work, queue_work_routine, queue);
    KeInitializeDpc(&queue->dpc, queue_dpc_routine, queue);
}

/* The device may be on its way up or down at this moment; the queue joins in. Fails when there is a default queue already. */
static NTSTATUS link_queue(struct device *device, struct queue *queue)
{
    struct queue **link = &device->queues;
    NTSTATUS status = STATUS_SUCCESS;

    platform_mutex_lock(&device->lock);
    if (queue->config.DefaultQueue && device->default_queue != NULL)
    {
        status = STATUS_UNSUCCESSFUL;
    }
    while (*link != NULL)
    {
        link = &(*link)->next;
    }
    queue_lock(queue);
    queue->state = device->queues_purged[queue->power_managed] ? QUEUE_SHUT_DOWN : QUEUE_RUNNING;
    queue->powered = !queue->power_managed || device->queues_powered;
    queue->tracks_power = queue->power_managed && device->queues_track_power;
    queue_unlock(queue);
    queue->number = ++device->queue_numbers;
    if (NT_SUCCESS(status))
    {
        *link = queue;
    }
    if (NT_SUCCESS(status) && queue->config.DefaultQueue)
    {
        queue->object.deletable = false;
        platform_atomic_store(&device->default_queue, queue);
        queue_find_short_way(device);
    }
    platform_mutex_unlock(&device->lock);
    return status;
}

/* Callbacks under the device's lock run at the device's level. */
static NTSTATUS check_serialisation(struct device *device, const struct object *parent, PWDF_OBJECT_ATTRIBUTES attributes)
{
    WDF_EXECUTION_LEVEL level = (WDF_EXECUTION_LEVEL)parent->execution_level;
    WDF_SYNCHRONIZATION_SCOPE scope = (WDF_SYNCHRONIZATION_SCOPE)parent->scope;

    if (attributes != NULL && attributes->ExecutionLevel != WdfExecutionLevelInheritFromParent)
    {
        level = attributes->ExecutionLevel;
    }
    if (attributes != NULL && attributes->SynchronizationScope != WdfSynchronizationScopeInheritFromParent)
    {
        scope = attributes->SynchronizationScope;
    }
    return scope == WdfSynchronizationScopeDevice && level != wdfobj_execution_level(&device->object) ?
               STATUS_INVALID_PARAMETER :
               STATUS_SUCCESS;
}

NTSTATUS wdf_kmdf_WdfIoQueueCreate(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, PWDF_IO_QUEUE_CONFIG Config,
                                   PWDF_OBJECT_ATTRIBUTES QueueAttributes, WDFQUEUE *Queue)
{
    globals_require(DriverGlobals, Config, "WdfIoQueueCreate");
    struct device *device = device_from_handle(Device, "WdfIoQueueCreate");
    struct object *parent = NULL;
    struct object *object;
    NTSTATUS status = check_config(device, Config, Queue);

    if (Queue != NULL)
    {
        *Queue = NULL;
    }
    if (NT_SUCCESS(status))
    {
        status = wdfobj_check_attributes(QueueAttributes, &queue_class, OBJECT_PARENT_OPTIONAL);
    }
    if (NT_SUCCESS(status))
    {
        parent = wdfobj_parent(QueueAttributes, &device->object);
        status = wdfobj_device(parent) == &device->object ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_REQUEST;
    }
    if (NT_SUCCESS(status))
    {
        status = check_serialisation(device, parent, QueueAttributes);
    }
    if (NT_SUCCESS(status))
    {
        object = wdfobj_allocate(globals_of(DriverGlobals), &queue_class, QueueAttributes, parent);
        status = object == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    queue_fill(queue_of(object), device, Config);
    status = link_queue(device, queue_of(object));
    if (!NT_SUCCESS(status))
    {
        wdfobj_discard(object);
        return status;
    }
    return wdfobj_publish(object, parent, Queue);
}
WDF_ENTRY_BOTH(WdfIoQueueCreate)

WDFDEVICE wdf_kmdf_WdfIoQueueGetDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue)
{
    return wdfobj_handle(&queue_of(wdfobj_from_handle(Queue, OBJECT_QUEUE, "WdfIoQueueGetDevice"))->device->object);
}
WDF_ENTRY_BOTH(WdfIoQueueGetDevice)
