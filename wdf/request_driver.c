/* SPDX-License-Identifier: MIT */
/*
 * Requests that a driver makes: creation, reuse, another target.
 *
 * The request and its packet are one block where the target is known at creation. A packet that turns out to be too small is
 * replaced; the block that the request is in stays.
 */
#include <string.h>

#include "nt/io/irp_block.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/io_target.h"
#include "wdf/request.h"

/* Memory that the driver has formatted the request with is given back with it, unless the packet is still out. */
static void made_dispose(struct object *object)
{
    struct request *request = request_of(object);

    if (!request_is_in_flight(&request->send))
    {
        request_release_format(request);
    }
}

static void made_destroy(struct object *object)
{
    struct request *request = request_of(object);
    PIRP home = request->send.home;
    PIRP irp = request->irp;

    request_end_send(request);
    if (irp != NULL && irp != home && request->send.owns_packet)
    {
        irp_free(irp);
    }
    if (home != NULL)
    {
        irp_release_extension(home, object);
        irp_free(home);
    }
}

static const struct object_class made_class = {
    .name = "WDFREQUEST",
    .type = OBJECT_REQUEST,
    .size = sizeof(struct request),
    .deletable = true,
    .dispose = made_dispose,
    .destroy = made_destroy,
};

static void begin(struct request *request, PIRP irp)
{
    request->irp = irp;
    request->owner = REQUEST_MADE_BY_DRIVER;
    InitializeListHead(&request->link);
}

static unsigned new_stack_size(const struct io_target *target)
{
    CCHAR needed = io_target_stack_size(target);

    return platform_atomic_load(&target->device) == NULL ? TARGET_USUAL_STACK : (unsigned)needed;
}

/* Makes the request in the block of a packet. NULL where a context is too large for that, or there is no memory. */
static struct object *make_in_packet(struct driver_globals *globals, PWDF_OBJECT_ATTRIBUTES attributes,
                                     struct object *parent, unsigned stack_size)
{
    size_t size = wdfobj_block_size(&made_class, attributes);
    PIRP irp = size > IRP_EXTENSION_SIZE ? NULL : irp_allocate_plain(stack_size, 0, NULL);
    struct object *object;
    void *memory;

    if (irp == NULL)
    {
        return NULL;
    }
    memory = irp_claim_extension(irp, size);
    memset((char *)memory + sizeof(uint64_t), 0, REQUEST_CLEARED - sizeof(uint64_t));
    memset((char *)memory + sizeof(struct request), 0, size - sizeof(struct request));
    object = wdfobj_make_in(memory, globals, &made_class, attributes, parent);
    begin(request_of(object), irp);
    request_of(object)->send.home = irp;
    return object;
}

/* In a block of its own, with a packet that reaches the target, if there is one. */
static struct object *make_beside_packet(struct driver_globals *globals, PWDF_OBJECT_ATTRIBUTES attributes,
                                         struct object *parent, struct io_target *target)
{
    struct object *object = wdfobj_allocate(globals, &made_class, attributes, parent);

    if (object == NULL)
    {
        return NULL;
    }
    begin(request_of(object), NULL);
    if (target != NULL && !NT_SUCCESS(request_fit_packet(request_of(object), target)))
    {
        wdfobj_discard(object);
        return NULL;
    }
    return object;
}

struct request *request_make(struct driver_globals *globals, PWDF_OBJECT_ATTRIBUTES attributes, struct object *parent,
                             struct io_target *target)
{
    bool in_packet = target != NULL && wdfobj_block_size(&made_class, attributes) <= IRP_EXTENSION_SIZE;
    struct object *object = in_packet ? make_in_packet(globals, attributes, parent, new_stack_size(target)) :
                                        make_beside_packet(globals, attributes, parent, target);

    return object == NULL ? NULL : request_of(object);
}

NTSTATUS request_fit_packet(struct request *request, const struct io_target *target)
{
    CCHAR needed = io_target_stack_size(target);
    PIRP irp = request->irp;
    bool ours =
        request->owner == REQUEST_MADE_BY_DRIVER && (irp == NULL || irp == request->send.home || request->send.made_packet);
    PIRP larger;

    if (irp != NULL && irp->CurrentLocation > needed)
    {
        return STATUS_SUCCESS;
    }
    if (!ours)
    {
        return STATUS_REQUEST_NOT_ACCEPTED;
    }
    larger = irp_allocate_plain(new_stack_size(target), 0, NULL);
    if (larger == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    if (irp != NULL && irp != request->send.home)
    {
        irp_free(irp);
    }
    request->irp = larger;
    request->send.owns_packet = true;
    request->send.made_packet = true;
    return STATUS_SUCCESS;
}

/*
 * Reuse.
 */

static void take_new_packet(struct request *request, PIRP irp)
{
    if (request->irp != NULL && request->irp != request->send.home && request->send.owns_packet)
    {
        irp_free(request->irp);
    }
    request->irp = irp;
    request->send.owns_packet = false;
    request->send.made_packet = false;
}

static NTSTATUS reuse(struct request *request, const WDF_REQUEST_REUSE_PARAMS *params)
{
    bool made = request->owner == REQUEST_MADE_BY_DRIVER;
    bool new_packet = (params->Flags & WDF_REQUEST_REUSE_SET_NEW_IRP) != 0;

    if (params->Size != sizeof(*params) || (params->Flags & ~(ULONG)WDF_REQUEST_REUSE_SET_NEW_IRP) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (new_packet && !made)
    {
        return STATUS_WDF_REQUEST_INVALID_STATE;
    }
    if (request->send.format.held)
    {
        request_release_format(request);
    }
    request->send.routine = NULL;
    request->send.context = NULL;
    platform_atomic_store(&request->send.flight, 0);
    if (new_packet)
    {
        take_new_packet(request, params->NewIrp);
    }
    else if (made && request->irp != NULL)
    {
        irp_reuse(request->irp, params->Status);
    }
    request->send.status = params->Status;
    request->send.has_status = true;
    if (request->irp != NULL)
    {
        request->irp->IoStatus.Status = params->Status;
        request->irp->IoStatus.Information = 0;
    }
    return STATUS_SUCCESS;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfRequestCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_OBJECT_ATTRIBUTES RequestAttributes,
                                   WDFIOTARGET IoTarget, WDFREQUEST *Request)
{
    globals_require(DriverGlobals, Request, "WdfRequestCreate");
    struct driver_globals *globals = globals_of(DriverGlobals);
    struct io_target *target = IoTarget == NULL ? NULL : io_target_from_handle(IoTarget, "WdfRequestCreate");
    struct request *request;
    struct object *parent;
    NTSTATUS status = wdfobj_check_attributes(RequestAttributes, &made_class, OBJECT_PARENT_OPTIONAL);

    *Request = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    parent = wdfobj_parent(RequestAttributes, globals->driver);
    request = request_make(globals, RequestAttributes, parent, target);
    return request == NULL ? STATUS_INSUFFICIENT_RESOURCES : wdfobj_publish(&request->object, parent, Request);
}
WDF_ENTRY_BOTH(WdfRequestCreate)

NTSTATUS wdf_kmdf_WdfRequestCreateFromIrp(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_OBJECT_ATTRIBUTES RequestAttributes,
                                          PIRP Irp, BOOLEAN RequestFreesIrp, WDFREQUEST *Request)
{
    globals_require(DriverGlobals, Irp, "WdfRequestCreateFromIrp");
    globals_require(DriverGlobals, Request, "WdfRequestCreateFromIrp");
    struct driver_globals *globals = globals_of(DriverGlobals);
    struct request *request;
    struct object *parent;
    NTSTATUS status = wdfobj_check_attributes(RequestAttributes, &made_class, OBJECT_PARENT_OPTIONAL);

    *Request = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    parent = wdfobj_parent(RequestAttributes, globals->driver);
    request = request_make(globals, RequestAttributes, parent, NULL);
    if (request == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    request->irp = Irp;
    /* The packet stays the driver's when this fails. */
    wdfobj_reference(&request->object);
    status = wdfobj_publish(&request->object, parent, Request);
    request->send.owns_packet = RequestFreesIrp && NT_SUCCESS(status);
    wdfobj_release(&request->object);
    return status;
}

NTSTATUS wdf_kmdf_WdfRequestReuse(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                  PWDF_REQUEST_REUSE_PARAMS ReuseParams)
{
    globals_require(DriverGlobals, ReuseParams, "WdfRequestReuse");
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestReuse"));

    if (request_is_in_flight(&request->send))
    {
        globals_break(globals_of(DriverGlobals), "WdfRequestReuse: the request has been sent and is not back");
        return STATUS_WDF_REQUEST_INVALID_STATE;
    }
    return reuse(request, ReuseParams);
}
WDF_ENTRY_BOTH(WdfRequestReuse)

NTSTATUS wdf_kmdf_WdfRequestChangeTarget(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, WDFIOTARGET IoTarget)
{
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestChangeTarget"));
    struct io_target *target = io_target_from_handle(IoTarget, "WdfRequestChangeTarget");

    return request_is_in_flight(&request->send) ? STATUS_INVALID_DEVICE_STATE : request_fit_packet(request, target);
}
WDF_ENTRY_BOTH(WdfRequestChangeTarget)
