/* SPDX-License-Identifier: MIT */
/*
 * WDFREQUEST: life and completion.
 */
#include "wdf/request.h"

#include <string.h>

#include "nt/io/irp.h"
#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/file_object.h"
#include "wdf/globals.h"
#include "wdf/queue.h"

static void request_destroy(struct object *object)
{
    PIRP irp = request_of(object)->irp;

    request_free_lists(request_of(object));
    request_end_send(request_of(object));
    irp_release_extension(irp, object);
    irp_release(irp);
}

static struct object *request_above(const struct object *object)
{
    return &CONTAINING_RECORD(object, struct request, object)->device->object;
}

static const struct object_class request_class = {
    .name = "WDFREQUEST from a queue",
    .type = OBJECT_REQUEST,
    .size = sizeof(struct request),
    .above = request_above,
    .destroy = request_destroy,
};

PIO_STACK_LOCATION request_location(const struct request *request)
{
    return request->irp->Tail.Overlay.CurrentStackLocation;
}

struct request *request_create(struct device *device, PIRP irp)
{
    PWDF_OBJECT_ATTRIBUTES attributes = device->has_request_attributes ? &device->request_attributes : NULL;
    size_t size = wdfobj_block_size(&request_class, attributes);
    void *extension = irp_claim_extension(irp, size);
    struct object *object = NULL;
    struct request *request;

    if (extension != NULL)
    {
        (void)wdfobj_create_in(extension, device->object.globals, &request_class, attributes, NULL, &object);
    }
    else if (!NT_SUCCESS(wdfobj_create(device->object.globals, &request_class, attributes, NULL, &object)))
    {
        return NULL;
    }
    request = request_of(object);
    irp_reference(irp);
    request->irp = irp;
    request->device = device;
    request->file = file_object_find(device, request_location(request)->FileObject);
    return request;
}

/* Statuses of the framework's own facility never reach a sender. */
static NTSTATUS translate_status(NTSTATUS status)
{
    static const struct
    {
        NTSTATUS from;
        NTSTATUS to;
    } known[] = {
        {STATUS_WDF_PAUSED, STATUS_DEVICE_BUSY},
        {STATUS_WDF_BUSY, STATUS_DEVICE_BUSY},
        {STATUS_WDF_INTERNAL_ERROR, STATUS_INTERNAL_ERROR},
        {STATUS_WDF_NOT_ENOUGH_MAP_REGISTERS, STATUS_INSUFFICIENT_RESOURCES},
    };

    if (((ULONG)status >> 16 & 0xFFF) != FACILITY_DRIVER_FRAMEWORK)
    {
        return status;
    }
    for (size_t index = 0; index < ARRAYSIZE(known); index++)
    {
        if (known[index].from == status)
        {
            return known[index].to;
        }
    }
    return STATUS_INVALID_DEVICE_REQUEST;
}

void request_complete(struct request *request, NTSTATUS status, ULONG_PTR information)
{
    struct queue *queue = request->queue;
    struct queue_frame *frame = NULL;
    PIRP irp = request->irp;

    request->owner = REQUEST_COMPLETED;
    request_release_format(request);
    irp->IoStatus.Status = translate_status(status);
    irp->IoStatus.Information = information;
    if (request->decided != NULL)
    {
        request->decided(request, irp->IoStatus.Status);
    }
    if (queue != NULL)
    {
        frame = queue_let_go(queue, request);
    }
    wdfobj_delete(&request->object);
    irp_complete(irp);
    if (queue != NULL)
    {
        queue_request_gone(queue, frame);
    }
}

void request_forget(struct request *request, PDEVICE_OBJECT device, bool skip)
{
    struct queue *queue = request->queue;
    struct queue_frame *frame = NULL;
    PIRP irp = request->irp;

    request->owner = REQUEST_COMPLETED;
    request_release_format(request);
    if (queue != NULL)
    {
        frame = queue_let_go(queue, request);
    }
    wdfobj_delete(&request->object);
    if (skip)
    {
        IoSkipCurrentIrpStackLocation(irp);
    }
    (void)irp_call(device, irp);
    if (queue != NULL)
    {
        queue_request_gone(queue, frame);
    }
}

/* A request that the driver may act on; anything else is a bug check, as published. */
struct request *request_owned(PWDF_DRIVER_GLOBALS published, WDFREQUEST handle, const char *function)
{
    struct request *request = request_of(wdfobj_from_handle(handle, OBJECT_REQUEST, function));

    if (request->owner != REQUEST_OWNED_BY_DRIVER)
    {
        globals_bugcheck(globals_of(published), WDF_REQUEST_FATAL_ERROR, WDF_REQUEST_FATAL_ERROR_REQUEST_NOT_IN_QUEUE,
                         (ULONG_PTR)request, 0);
    }
    return request;
}

PIRP request_packet(PWDF_DRIVER_GLOBALS published, WDFREQUEST handle, const char *function)
{
    struct request *request = request_of(wdfobj_from_handle(handle, OBJECT_REQUEST, function));

    if (request->irp == NULL)
    {
        globals_bugcheck(globals_of(published), WDF_REQUEST_FATAL_ERROR, WDF_REQUEST_FATAL_ERROR_NULL_IRP, (ULONG_PTR)handle,
                         0);
    }
    return request->irp;
}

/*
 * Completion.
 */
VOID wdf_kmdf_WdfRequestComplete(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, NTSTATUS Status)
{
    struct request *request = request_owned(DriverGlobals, Request, "WdfRequestComplete");

    request_complete(request, Status, request->irp->IoStatus.Information);
}
WDF_ENTRY_BOTH(WdfRequestComplete)

VOID wdf_kmdf_WdfRequestCompleteWithInformation(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, NTSTATUS Status,
                                                ULONG_PTR Information)
{
    request_complete(request_owned(DriverGlobals, Request, "WdfRequestCompleteWithInformation"), Status, Information);
}
WDF_ENTRY_BOTH(WdfRequestCompleteWithInformation)

VOID wdf_kmdf_WdfRequestCompleteWithPriorityBoost(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, NTSTATUS Status,
                                                  CCHAR PriorityBoost)
{
    wdf_kmdf_WdfRequestComplete(DriverGlobals, Request, Status);
}

VOID wdf_kmdf_WdfRequestSetInformation(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, ULONG_PTR Information)
{
    request_owned(DriverGlobals, Request, "WdfRequestSetInformation")->irp->IoStatus.Information = Information;
}
WDF_ENTRY_BOTH(WdfRequestSetInformation)

ULONG_PTR wdf_kmdf_WdfRequestGetInformation(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestGetInformation"));

    return request->irp == NULL ? 0 : request->irp->IoStatus.Information;
}
WDF_ENTRY_BOTH(WdfRequestGetInformation)

NTSTATUS wdf_kmdf_WdfRequestGetStatus(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestGetStatus"));

    return request->irp == NULL ? request->send.status : request->irp->IoStatus.Status;
}
WDF_ENTRY_BOTH(WdfRequestGetStatus)
