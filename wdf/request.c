/* SPDX-License-Identifier: MIT */
/*
 * WDFREQUEST: life and completion.
 */
#include "wdf/request.h"

#include <string.h>

#include "nt/io/irp_block.h"
#include "wdf/device.h"
#include "wdf/dispatch.h"
#include "wdf/entry.h"
#include "wdf/file_object.h"
#include "wdf/globals.h"
#include "wdf/object_internal.h"
#include "wdf/queue_reserve.h"
#include "wdf/queue_verify.h"
#include "wdf/request_verify.h"
#include "wdf/verifier.h"
#include "wdf/verifier_send.h"

/* Most requests have not been formatted. */
static inline void release_format(struct request *request)
{
    if (__builtin_expect(request->send.format.held, 0))
    {
        request_release_format(request);
    }
}

static void request_destroy(struct object *object)
{
    PIRP irp = request_of(object)->irp;

    if (__builtin_expect(request_of(object)->has_extras, 0))
    {
        request_free_lists(request_of(object));
        request_end_send(request_of(object));
    }
    irp_release_extension(irp, object);
    if (request_of(object)->keeps_packet)
    {
        irp_release(irp);
    }
}

static struct object *request_above(const struct object *object)
{
    return &CONTAINING_RECORD(object, struct request, object)->device->object;
}

const struct object_class request_received_class = {
    .name = "WDFREQUEST from a queue",
    .type = OBJECT_REQUEST,
    .size = sizeof(struct request),
    .above = request_above,
    .destroy = request_destroy,
};


/* In the packet's own memory. All that is behind the request itself is the driver's context. */
static inline __attribute__((always_inline)) struct request *create_in_packet(struct device *device,
                                                                              PWDF_OBJECT_ATTRIBUTES attributes, PIRP irp)
{
    size_t size = attributes == NULL ? sizeof(struct request) : wdfobj_block_size(&request_received_class, attributes);
    struct request *request = irp_claim_extension(irp, size);

    if (request == NULL)
    {
        return NULL;
    }
    request_clear(request);
    object_initialize(&request->object, device->object.globals, &request_received_class, attributes, NULL);
    if (attributes != NULL)
    {
        memset(request + 1, 0, size - sizeof(*request));
        object_add_first_context(&request->object, object_inner_context(&request->object, &request_received_class),
                                 attributes);
    }
    return request;
}

/* With what the driver wants every request to have. */
static __attribute__((noinline)) struct request *create_with_context(struct device *device, PIRP irp)
{
    return create_in_packet(device, &device->request_attributes, irp);
}

/* For the other drivers of the stack, and for contexts that are larger than the packet's room. */
static __attribute__((noinline)) struct request *create_beside_packet(struct device *device)
{
    PWDF_OBJECT_ATTRIBUTES attributes = device->has_request_attributes ? &device->request_attributes : NULL;
    struct object *object = wdfobj_allocate(device->object.globals, &request_received_class, attributes, NULL);

    return object == NULL ? NULL : request_of(object);
}

struct request *request_create(struct device *device, PIRP irp)
{
    struct request *request =
        device->has_request_attributes ? create_with_context(device, irp) : create_in_packet(device, NULL, irp);

    if (__builtin_expect(request == NULL, 0))
    {
        request = create_beside_packet(device);
        if (request == NULL)
        {
            return NULL;
        }
    }
    request->irp = irp;
    request->device = device;
    request->file = file_object_find(device, request_location(request)->FileObject);
    return request;
}

static __attribute__((noinline)) NTSTATUS translate_own_status(NTSTATUS status)
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

    for (size_t index = 0; index < ARRAYSIZE(known); index++)
    {
        if (known[index].from == status)
        {
            return known[index].to;
        }
    }
    return STATUS_INVALID_DEVICE_REQUEST;
}

/* Statuses of the framework's own facility never reach a sender. */
static inline NTSTATUS translate_status(NTSTATUS status)
{
    bool is_own = ((ULONG)status & 0xFFF << 16) == FACILITY_DRIVER_FRAMEWORK << 16;

    return __builtin_expect(is_own, 0) ? translate_own_status(status) : status;
}

/* Who still has a reference on the request has one on its memory, which is the packet's. */
static __attribute__((noinline)) struct request *end_shared_object(struct request *request)
{
    if (request->reserve != NULL)
    {
        reserve_detach(request);
        return request;
    }
    if (!wdfobj_delete_unshared(&request->object))
    {
        irp_reference(request->irp);
        request->keeps_packet = true;
        wdfobj_delete(&request->object);
    }
    return NULL;
}

/* Whether nobody else knows the request, and its end is heard by nobody and frees nothing; so most of them. */
static inline bool ends_plainly(struct request *request)
{
    const struct object *object = &request->object;

    return platform_atomic_load(&object->references) == 1 && object->first_child == NULL && object->contexts == NULL &&
           object->block_size == 0 && object->state == OBJECT_CREATED && !verifier_is_on(object->globals) &&
           !request->has_extras && !request->keeps_packet;
}

static inline void end_plainly(struct request *request)
{
    platform_atomic_store_relaxed(&request->object.state, OBJECT_DISPOSED);
    platform_atomic_store_relaxed(&request->object.references, 0);
    object_unseal(&request->object);
}

/* The driver's part ends. What is returned is not NULL for a request that goes back to its reserve when its packet has gone. */
static inline struct request *end_object(struct request *request)
{
    if (__builtin_expect(!ends_plainly(request), 0))
    {
        return end_shared_object(request);
    }
    end_plainly(request);
    irp_release_extension(request->irp, request);
    return NULL;
}

/* The packet has gone, and may be no more. */
static inline void give_back(struct request *reserved)
{
    if (__builtin_expect(reserved != NULL, 0))
    {
        reserve_return(reserved);
    }
}

void request_give_up(struct request *request)
{
    request->owner = REQUEST_COMPLETED;
    release_format(request);
    (void)end_object(request);
}

static inline void complete(struct request *request, NTSTATUS status, ULONG_PTR information)
{
    struct queue *queue = request->queue;
    struct queue_frame *frame = NULL;
    struct request *reserved;
    PIRP irp = request->irp;

    platform_atomic_store(&request->owner, REQUEST_COMPLETED);
    release_format(request);
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
    reserved = end_object(request);
    irp_complete(irp);
    give_back(reserved);
    if (queue != NULL)
    {
        queue_request_gone(queue, frame);
    }
}

void request_complete(struct request *request, NTSTATUS status, ULONG_PTR information)
{
    complete(request, status, information);
}

/* Its file object depends on what becomes of it, which only a location of its own can tell. */
static void forget_create(struct request *request, bool *skip)
{
    if (*skip)
    {
        IoCopyCurrentIrpStackLocationToNext(request->irp);
        *skip = false;
    }
    file_object_watch_create(request->device, request->irp);
}

void request_forget(struct request *request, PDEVICE_OBJECT device, bool skip)
{
    struct queue *queue = request->queue;
    struct queue_frame *frame = NULL;
    struct request *reserved;
    PIRP irp = request->irp;

    platform_atomic_store(&request->owner, REQUEST_COMPLETED);
    request_release_format(request);
    if (queue != NULL)
    {
        frame = queue_let_go(queue, request);
    }
    if (request->decided != NULL)
    {
        forget_create(request, &skip);
    }
    reserved = end_object(request);
    if (skip)
    {
        IoSkipCurrentIrpStackLocation(irp);
    }
    (void)irp_call(device, irp);
    give_back(reserved);
    if (queue != NULL)
    {
        queue_request_gone(queue, frame);
    }
}

/*
 * The request ends as it does when it is forgotten; its packet becomes a request of the other device, one location further down,
 * in that device's queue.
 */
void request_move(struct request *request, struct queue *to)
{
    struct queue *queue = request->queue;
    struct queue_frame *frame = NULL;
    struct request *reserved;
    PIRP irp = request->irp;

    platform_atomic_store(&request->owner, REQUEST_COMPLETED);
    request_release_format(request);
    if (queue != NULL)
    {
        frame = queue_let_go(queue, request);
    }
    reserved = end_object(request);
    IoCopyCurrentIrpStackLocationToNext(irp);
    IoSetNextIrpStackLocation(irp);
    irp->Tail.Overlay.CurrentStackLocation->DeviceObject = to->device->wdm;
    queue_receive_in_place(to, irp);
    give_back(reserved);
    if (queue != NULL)
    {
        queue_request_gone(queue, frame);
    }
}

_Noreturn void request_refuse(PWDF_DRIVER_GLOBALS published, struct request *request, const char *function)
{
    if (verifier_is_on(request->object.globals))
    {
        request_verify_unowned(request, function);
    }
    globals_bugcheck(globals_of(published), WDF_REQUEST_FATAL_ERROR, WDF_REQUEST_FATAL_ERROR_REQUEST_NOT_IN_QUEUE,
                     (ULONG_PTR)request, 0);
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
static __attribute__((noinline)) void verify_completion(struct request *request, NTSTATUS status, ULONG_PTR information,
                                                        const char *function)
{
    request_release_format(request);
    queue_verify_completion(request, function);
    request_verify_completion(request, status, information, function);
}

/* The driver's word on a request. */
static inline void complete_for_driver(struct request *request, NTSTATUS status, ULONG_PTR information, const char *function)
{
    if (verifier_is_on(request->object.globals))
    {
        verify_completion(request, status, information, function);
    }
    complete(request, status, information);
}

/*
 * The usual end: the handler that runs on this thread completes its request, of which nobody else knows, whose end is heard by nobody
 * and frees nothing. It does what complete() does.
 */
static inline bool completes_plainly(const struct request *request)
{
    const struct object *object = &request->object;
    const struct platform_thread *presenter;

    /* Of another type's object, which may be smaller, no more than this may be looked at. */
    if (object->type != OBJECT_REQUEST)
    {
        return false;
    }
    presenter = platform_atomic_load_relaxed(&request->presenter);
    return presenter != NULL && presenter == platform_current_thread && request->condition == REQUEST_IS_PLAIN &&
           platform_atomic_load(&object->references) == 1 && object->first_child == NULL && object->contexts == NULL;
}

static inline void complete_plainly(struct request *request, NTSTATUS status, ULONG_PTR information)
{
    struct queue_frame *frame = request->frame;
    struct queue *queue = request->queue;
    PIRP irp = request->irp;

    platform_atomic_store(&request->owner, REQUEST_COMPLETED);
    irp->IoStatus.Status = translate_status(status);
    irp->IoStatus.Information = information;
    queue_forget_presented(request, frame);
    end_plainly(request);
    irp_give_back_extension(irp);
    irp_complete_shortly(irp);
    queue_presented_gone(queue, frame);
}

static __attribute__((noinline)) void complete_with_information(PWDF_DRIVER_GLOBALS published, WDFREQUEST handle,
                                                                NTSTATUS status, ULONG_PTR information)
{
    complete_for_driver(request_owned(published, handle, "WdfRequestCompleteWithInformation"), status, information,
                        "WdfRequestCompleteWithInformation");
}

VOID wdf_kmdf_WdfRequestComplete(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, NTSTATUS Status)
{
    struct request *request = request_owned(DriverGlobals, Request, "WdfRequestComplete");

    complete_for_driver(request, Status, request->irp->IoStatus.Information, "WdfRequestComplete");
}
WDF_ENTRY_BOTH(WdfRequestComplete)

VOID wdf_kmdf_WdfRequestCompleteWithInformation(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, NTSTATUS Status,
                                                ULONG_PTR Information)
{
    struct object *object = wdfobj_lookup(Request);

    if (__builtin_expect(object != NULL && completes_plainly(request_of(object)), 1))
    {
        complete_plainly(request_of(object), Status, Information);
        return;
    }
    complete_with_information(DriverGlobals, Request, Status, Information);
}
WDF_ENTRY_BOTH(WdfRequestCompleteWithInformation)

VOID wdf_kmdf_WdfRequestCompleteWithPriorityBoost(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, NTSTATUS Status,
                                                  CCHAR PriorityBoost)
{
    struct request *request = request_owned(DriverGlobals, Request, "WdfRequestCompleteWithPriorityBoost");

    complete_for_driver(request, Status, request->irp->IoStatus.Information, "WdfRequestCompleteWithPriorityBoost");
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

    if (verifier_is_on(request->object.globals))
    {
        verifier_check_status(request);
    }
    return request->irp == NULL ? request->send.status : request->irp->IoStatus.Status;
}
WDF_ENTRY_BOTH(WdfRequestGetStatus)
