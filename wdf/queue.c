/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: creation, deletion, what drivers call.
 */
#include "wdf/queue_internal.h"

#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/request.h"

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

static void queue_dispose(struct object *object)
{
    struct queue *queue = queue_of(object);
    struct device *device = queue->device;
    struct queue **link;

    queue_purge(queue);
    platform_mutex_lock(&device->lock);
    for (link = &device->queues; *link != NULL; link = &(*link)->next)
    {
        if (*link == queue)
        {
            *link = queue->next;
            break;
        }
    }
    if (device->default_queue == queue)
    {
        platform_atomic_store(&device->default_queue, NULL);
    }
    platform_mutex_unlock(&device->lock);
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
    if (config->DefaultQueue && device->default_queue != NULL)
    {
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

static void queue_fill(struct queue *queue, struct device *device, const WDF_IO_QUEUE_CONFIG *config)
{
    queue->device = device;
    presentation_initialize(&queue->presentation, &queue->object);
    queue->config = *config;
    queue->power_managed = !device->is_control &&
                           (config->PowerManaged == WdfUseDefault ? !device->is_filter : config->PowerManaged == WdfTrue);
    InitializeListHead(&queue->waiting);
    InitializeListHead(&queue->owned);
    queue->dispatches = true;
    platform_mutex_lock(&device->lock);
    queue->accepts = !device->queues_purged[queue->power_managed];
    queue->powered = !queue->power_managed || device->queues_powered;
    queue->next = device->queues;
    device->queues = queue;
    if (config->DefaultQueue)
    {
        device->default_queue = queue;
        queue->object.deletable = false;
    }
    platform_mutex_unlock(&device->lock);
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
        status = wdfobj_create(globals_of(DriverGlobals), &queue_class, QueueAttributes, parent, &object);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    queue_fill(queue_of(object), device, Config);
    if (Queue != NULL)
    {
        *Queue = wdfobj_handle(object);
    }
    return STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfIoQueueCreate)

WDFDEVICE wdf_kmdf_WdfIoQueueGetDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue)
{
    return (WDFDEVICE)queue_of(wdfobj_from_handle(Queue, OBJECT_QUEUE, "WdfIoQueueGetDevice"))->device;
}
WDF_ENTRY_BOTH(WdfIoQueueGetDevice)

NTSTATUS wdf_kmdf_WdfIoQueueRetrieveNextRequest(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue, WDFREQUEST *OutRequest)
{
    globals_require(DriverGlobals, OutRequest, "WdfIoQueueRetrieveNextRequest");
    struct queue *queue = queue_of(wdfobj_from_handle(Queue, OBJECT_QUEUE, "WdfIoQueueRetrieveNextRequest"));
    struct request *request = NULL;
    NTSTATUS status = STATUS_NO_MORE_ENTRIES;

    *OutRequest = NULL;
    if (queue->config.DispatchType == WdfIoQueueDispatchParallel)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    platform_spinlock_lock(&queue->lock);
    if (!queue->dispatches || !queue->powered)
    {
        status = STATUS_WDF_PAUSED;
    }
    else
    {
        request = queue_take_waiting(queue);
    }
    if (request != NULL)
    {
        queue_add_owned(queue, request);
        *OutRequest = wdfobj_handle(&request->object);
        status = STATUS_SUCCESS;
    }
    platform_spinlock_unlock(&queue->lock);
    return status;
}
WDF_ENTRY_BOTH(WdfIoQueueRetrieveNextRequest)

static bool accepts(struct queue *queue)
{
    bool accepting;

    platform_spinlock_lock(&queue->lock);
    accepting = queue->accepts;
    platform_spinlock_unlock(&queue->lock);
    return accepting;
}

NTSTATUS wdf_kmdf_WdfRequestForwardToIoQueue(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                             WDFQUEUE DestinationQueue)
{
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestForwardToIoQueue"));
    struct queue *to = queue_of(wdfobj_from_handle(DestinationQueue, OBJECT_QUEUE, "WdfRequestForwardToIoQueue"));
    struct queue *from = request->queue;

    if (from == to || to->device != request->device || request->owner != REQUEST_OWNED_BY_DRIVER ||
        platform_atomic_load(&request->cancel_state) != REQUEST_NOT_CANCELABLE)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (!accepts(to))
    {
        return STATUS_WDF_BUSY;
    }
    if (from != NULL)
    {
        queue_remove_owned(from, request);
    }
    (void)queue_submit(to, request);
    if (from != NULL)
    {
        queue_request_gone(from);
    }
    return STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfRequestForwardToIoQueue)
