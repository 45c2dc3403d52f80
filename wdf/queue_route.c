/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: which of a device's queues a request goes to.
 */
#include "wdf/device.h"
#include "wdf/dispatch.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/object_internal.h"
#include "wdf/queue_internal.h"
#include "wdf/verifier.h"

struct queue *queue_for(struct device *device, UCHAR major)
{
    struct queue *queue = major < ARRAYSIZE(device->routes) ? platform_atomic_load(&device->routes[major]) : NULL;

    if (queue != NULL)
    {
        return queue;
    }
    queue = platform_atomic_load(&device->default_queue);
    return queue != NULL && device->is_filter && !queue_handles(queue, major) ? NULL : queue;
}

void queue_find_short_way(struct device *device)
{
    struct queue *queue = device->routes[IRP_MJ_DEVICE_CONTROL];
    bool is_short;

    queue = queue != NULL ? queue : device->default_queue;
    is_short = queue != NULL && queue->config.EvtIoDeviceControl != NULL && queue->serialises == NULL &&
               platform_atomic_load(&queue->reserve) == NULL && !device->is_filter && device->preprocess == NULL &&
               device->irp_hooks == NULL && device->in_caller_context == NULL && !device->has_request_attributes &&
               !verifier_is_on(device->object.globals);
    if (is_short)
    {
        object_initialize(&device->short_request, device->object.globals, &request_received_class, NULL, NULL);
    }
    platform_atomic_store(&device->short_controls, is_short ? queue : NULL);
}

static bool is_routable(WDF_REQUEST_TYPE type)
{
    return type == WdfRequestTypeCreate || type == WdfRequestTypeRead || type == WdfRequestTypeWrite ||
           type == WdfRequestTypeDeviceControl || type == WdfRequestTypeDeviceControlInternal;
}

/* The caller holds the device's lock. */
static NTSTATUS set_route(struct device *device, struct queue *queue, UCHAR major)
{
    if (!device_is_configurable(device))
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    if (device->routes[major] != NULL)
    {
        return STATUS_WDF_BUSY;
    }
    queue->object.deletable = false;
    platform_atomic_store(&device->routes[major], queue);
    queue_find_short_way(device);
    return STATUS_SUCCESS;
}

NTSTATUS wdf_kmdf_WdfDeviceConfigureRequestDispatching(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, WDFQUEUE Queue,
                                                       WDF_REQUEST_TYPE RequestType)
{
    struct device *device = device_from_handle(Device, "WdfDeviceConfigureRequestDispatching");
    struct queue *queue = queue_of(wdfobj_from_handle(Queue, OBJECT_QUEUE, "WdfDeviceConfigureRequestDispatching"));
    NTSTATUS status;

    if (!is_routable(RequestType))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (queue->device != device || queue == device->default_queue || !queue_handles(queue, (UCHAR)RequestType))
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (RequestType == WdfRequestTypeCreate && device->file_config.EvtDeviceFileCreate != NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    platform_mutex_lock(&device->lock);
    status = set_route(device, queue, (UCHAR)RequestType);
    platform_mutex_unlock(&device->lock);
    return status;
}
WDF_ENTRY_BOTH(WdfDeviceConfigureRequestDispatching)

NTSTATUS wdf_kmdf_WdfDeviceEnqueueRequest(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, WDFREQUEST Request)
{
    struct device *device = device_from_handle(Device, "WdfDeviceEnqueueRequest");
    struct request *request = request_owned(DriverGlobals, Request, "WdfDeviceEnqueueRequest");
    struct queue *queue;

    if (request->device != device || !request->in_caller_context)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    queue =
        request->destination != NULL ? request->destination : queue_for(device, request_location(request)->MajorFunction);
    if (queue == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return queue_enqueue(queue, request);
}
