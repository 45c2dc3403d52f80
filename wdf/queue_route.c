/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: which of a device's queues a request goes to.
 */
#include "wdf/device.h"
#include "wdf/dispatch.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/queue_internal.h"

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
