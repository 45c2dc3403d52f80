/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: forward progress.
 */
#include "wdf/queue_reserve.h"

#include <string.h>

#include "nt/io/irp.h"
#include "wdf/device.h"
#include "wdf/dispatch.h"
#include "wdf/entry.h"
#include "wdf/file_object.h"
#include "wdf/globals.h"
#include "wdf/verifier.h"

static struct object *reserved_above(const struct object *object)
{
    return &CONTAINING_RECORD(object, struct request, object)->device->object;
}

static const struct object_class reserved_class = {
    .name = "WDFREQUEST in reserve",
    .type = OBJECT_REQUEST,
    .size = sizeof(struct request),
    .above = reserved_above,
};

/*
 * Packets that wait for a request. Their cancel routine is what decides who takes one out of the list.
 */

static PIRP packet_of(PLIST_ENTRY link)
{
    return CONTAINING_RECORD(link, IRP, Tail.Overlay.ListEntry);
}

/* A packet that counted as ending is over. */
static void end_waiting(struct queue *queue, PIRP irp)
{
    (void)dispatch_complete(irp, STATUS_CANCELLED);
    queue_lock(queue);
    queue->ending--;
    queue_enter(queue);
    queue_unlock(queue);
    queue_process(queue);
    queue_exit(queue);
}

static VOID cancel_waiting(PDEVICE_OBJECT wdm, PIRP irp)
{
    struct queue *queue = irp->Tail.Overlay.DriverContext[0];

    (void)wdm;
    IoReleaseCancelSpinLock(irp->CancelIrql);
    queue_lock(queue);
    RemoveEntryList(&irp->Tail.Overlay.ListEntry);
    queue_unlock(queue);
    end_waiting(queue, irp);
}

/* The first one that is not being cancelled, NULL when there is none. The caller holds the lock. */
static PIRP take_waiting(struct queue *queue, const FILE_OBJECT *file)
{
    LIST_ENTRY *waiting = &queue->reserve->waiting;

    for (PLIST_ENTRY link = waiting->Flink; link != waiting; link = link->Flink)
    {
        PIRP irp = packet_of(link);

        if ((file == NULL || irp->Tail.Overlay.CurrentStackLocation->FileObject == file) &&
            irp_set_cancel_routine(irp, NULL) != NULL)
        {
            RemoveEntryList(link);
            return irp;
        }
    }
    return NULL;
}

/* False when it has been cancelled already. The caller holds the lock. */
static bool add_waiting(struct queue *queue, PIRP irp)
{
    irp->Tail.Overlay.DriverContext[0] = queue;
    IoMarkIrpPending(irp);
    InsertTailList(&queue->reserve->waiting, &irp->Tail.Overlay.ListEntry);
    queue->ending++;
    (void)irp_set_cancel_routine(irp, cancel_waiting);
    if (irp_is_cancelled(irp) && irp_set_cancel_routine(irp, NULL) != NULL)
    {
        RemoveEntryList(&irp->Tail.Overlay.ListEntry);
        return false;
    }
    return true;
}

void reserve_cancel(struct queue *queue, const FILE_OBJECT *file)
{
    PIRP irp;

    do
    {
        queue_lock(queue);
        irp = take_waiting(queue, file);
        queue_unlock(queue);
        if (irp != NULL)
        {
            end_waiting(queue, irp);
        }
    } while (irp != NULL);
}

/*
 * Requests.
 */

/* All but the object, and what the memory objects have in their own state, begins anew. */
static void attach(struct request *request, PIRP irp)
{
    struct device *device = request->device;
    struct queue *reserve = request->reserve;

    memset((char *)request + offsetof(struct request, irp), 0,
           offsetof(struct request, input) - offsetof(struct request, irp));
    request->device = device;
    request->reserve = reserve;
    request->prepared = true;
    request->irp = irp;
    request->file = file_object_find(device, irp->Tail.Overlay.CurrentStackLocation->FileObject);
}

/* The memory object over a buffer of the packet. One that the driver still has a reference on would be over nobody's buffer. */
static void drop_memory(struct request *request, struct memory *memory, uint8_t state)
{
    if (state != REQUEST_MEMORY_MADE)
    {
        return;
    }
    if (platform_atomic_load(&memory->object.references) != 1)
    {
        globals_bugcheck(request->object.globals, WDF_VERIFIER_FATAL_ERROR, (ULONG_PTR)wdfobj_handle(&request->object),
                         (ULONG_PTR)wdfobj_handle(&memory->object), 0);
    }
    wdfobj_delete(&memory->object);
}

void reserve_detach(struct request *request)
{
    drop_memory(request, &request->input, request->input_memory);
    drop_memory(request, &request->output, request->output_memory);
    request->input_memory = REQUEST_MEMORY_NONE;
    request->output_memory = REQUEST_MEMORY_NONE;
    if (request->has_extras)
    {
        request_free_lists(request);
        request_end_send(request);
        request->has_extras = false;
    }
    request->irp = NULL;
    request->file = NULL;
    request->queue = NULL;
}

/* The packet was accepted when it came. False when it ends, as those end that were in the queue. The caller holds the lock. */
static bool add_to_queue(struct queue *queue, struct request *request)
{
    if (!queue_rules(queue)->accepts && queue_rules(queue)->cancels)
    {
        request->queue = queue;
        return false;
    }
    queue->ending--;
    return queue_add_waiting(queue, request, false);
}

void reserve_return(struct request *request)
{
    struct queue *queue = request->reserve;
    bool cancelled = false;
    PIRP irp;

    queue_lock(queue);
    queue_enter(queue);
    irp = take_waiting(queue, NULL);
    if (irp == NULL)
    {
        InsertTailList(&queue->reserve->free, &request->link);
        queue->reserve->in_use--;
    }
    else
    {
        attach(request, irp);
        cancelled = !add_to_queue(queue, request);
    }
    queue_unlock(queue);
    if (cancelled)
    {
        queue_end_cancelled(queue, request);
    }
    queue_process(queue);
    queue_exit(queue);
}

/*
 * Arrival.
 */

static bool deserves_reserve(struct queue *queue, PIRP irp)
{
    const WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY *policy = &queue->reserve->policy;
    struct verifier_callback callback;
    WDF_IO_FORWARD_PROGRESS_ACTION action;

    switch (policy->ForwardProgressReservedPolicy)
    {
        case WdfIoForwardProgressReservedPolicyAlwaysUseReservedRequest:
            return true;
        case WdfIoForwardProgressReservedPolicyPagingIO:
            return (irp->Flags & (IRP_PAGING_IO | IRP_SYNCHRONOUS_PAGING_IO)) != 0;
        default:
            verifier_callback_enter(&callback, &queue->object, "EvtIoWdmIrpForForwardProgress");
            action = policy->ForwardProgressReservePolicySettings.Policy.ExaminePolicy.EvtIoWdmIrpForForwardProgress(
                wdfobj_handle(&queue->object), irp);
            verifier_callback_leave(&callback);
            return action == WdfIoForwardProgressActionUseReservedRequest;
    }
}

/* A request with what the driver needs for it; NULL when either is not to be had. */
static struct request *make_request(struct queue *queue, PIRP irp)
{
    PFN_WDF_IO_ALLOCATE_REQUEST_RESOURCES allocate = queue->reserve->policy.EvtIoAllocateRequestResources;
    struct request *request = request_create(queue->device, irp);
    struct verifier_callback callback;
    NTSTATUS status;

    if (request == NULL || allocate == NULL)
    {
        return request;
    }
    verifier_callback_enter(&callback, &queue->object, "EvtIoAllocateRequestResources");
    request->prepared = true;
    status = allocate(wdfobj_handle(&queue->object), wdfobj_handle(&request->object));
    verifier_callback_leave(&callback);
    if (!NT_SUCCESS(status))
    {
        request_give_up(request);
        return NULL;
    }
    return request;
}

/*
 * A reserved request for the packet, which waits if there is none: *ret_request is NULL then, or when the queue refuses it. What has a
 * place in the queue is not refused.
 */
static NTSTATUS take_request(struct queue *queue, PIRP irp, bool has_place, struct request **ret_request)
{
    struct queue_reserve *reserve = queue->reserve;
    NTSTATUS status = STATUS_PENDING;
    bool waits = false;

    *ret_request = NULL;
    queue_lock(queue);
    if (!has_place && !queue_rules(queue)->accepts)
    {
        status = STATUS_INVALID_DEVICE_STATE;
    }
    else if (IsListEmpty(&reserve->free))
    {
        waits = add_waiting(queue, irp);
    }
    else
    {
        *ret_request = CONTAINING_RECORD(RemoveHeadList(&reserve->free), struct request, link);
        reserve->in_use++;
        attach(*ret_request, irp);
    }
    queue_unlock(queue);
    if (status != STATUS_PENDING)
    {
        return dispatch_complete(irp, status);
    }
    if (*ret_request == NULL && !waits)
    {
        end_waiting(queue, irp);
    }
    return STATUS_PENDING;
}

/* A request for the packet. When there is none, the status is what has become of the packet. */
static NTSTATUS find_request(struct queue *queue, PIRP irp, bool has_place, struct request **ret_request)
{
    *ret_request = make_request(queue, irp);
    if (*ret_request != NULL)
    {
        return STATUS_PENDING;
    }
    return deserves_reserve(queue, irp) ? take_request(queue, irp, has_place, ret_request) :
                                          dispatch_complete(irp, STATUS_INSUFFICIENT_RESOURCES);
}

NTSTATUS reserve_receive(struct queue *queue, PIRP irp)
{
    struct request *request;
    NTSTATUS status = find_request(queue, irp, false, &request);

    return request == NULL ? status : queue_submit(queue, request);
}

void reserve_receive_in_place(struct queue *queue, PIRP irp)
{
    struct request *request;

    (void)find_request(queue, irp, true, &request);
    if (request == NULL)
    {
        queue_leave_place(queue);
        return;
    }
    IoMarkIrpPending(irp);
    queue_take_place(queue, request);
}

/*
 * Creation and end.
 */

static void delete_requests(struct queue_reserve *reserve)
{
    while (!IsListEmpty(&reserve->free))
    {
        wdfobj_delete(&CONTAINING_RECORD(RemoveHeadList(&reserve->free), struct request, link)->object);
    }
}

static void free_reserve(struct queue_reserve *reserve)
{
    delete_requests(reserve);
    platform_free(reserve, sizeof(*reserve));
}

void reserve_free(struct queue *queue)
{
    struct queue_reserve *reserve = queue->reserve;

    if (reserve != NULL)
    {
        queue->reserve = NULL;
        free_reserve(reserve);
    }
}

/* One more request, with what the driver wants it to have. It is the list's, also when the driver fails. */
static NTSTATUS add_request(struct queue *queue, struct queue_reserve *reserve)
{
    PFN_WDF_IO_ALLOCATE_RESOURCES_FOR_RESERVED_REQUEST allocate = reserve->policy.EvtIoAllocateResourcesForReservedRequest;
    struct device *device = queue->device;
    PWDF_OBJECT_ATTRIBUTES attributes = device->has_request_attributes ? &device->request_attributes : NULL;
    struct verifier_callback callback;
    struct object *object = wdfobj_allocate(device->object.globals, &reserved_class, attributes, NULL);
    NTSTATUS status = STATUS_SUCCESS;

    if (object == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    request_of(object)->device = device;
    request_of(object)->reserve = queue;
    InsertTailList(&reserve->free, &request_of(object)->link);
    if (allocate != NULL)
    {
        verifier_callback_enter(&callback, &queue->object, "EvtIoAllocateResourcesForReservedRequest");
        status = allocate(wdfobj_handle(&queue->object), wdfobj_handle(object));
        verifier_callback_leave(&callback);
    }
    return status;
}

static NTSTATUS check_policy(const WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY *policy)
{
    WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY kind = policy->ForwardProgressReservedPolicy;

    if (policy->Size != sizeof(*policy))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (policy->TotalForwardProgressRequests == 0 || kind <= WdfIoForwardProgressInvalidPolicy ||
        kind > WdfIoForwardProgressReservedPolicyPagingIO ||
        (kind == WdfIoForwardProgressReservedPolicyUseExamine &&
         policy->ForwardProgressReservePolicySettings.Policy.ExaminePolicy.EvtIoWdmIrpForForwardProgress == NULL))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return STATUS_SUCCESS;
}

/* Whether packets come to the queue straight from the device, so that there is a choice of the request. */
static bool is_routed_to(struct queue *queue)
{
    struct device *device = queue->device;
    bool found = platform_atomic_load(&device->default_queue) == queue;

    for (size_t major = 0; !found && major < ARRAYSIZE(device->routes); major++)
    {
        found = platform_atomic_load(&device->routes[major]) == queue;
    }
    return found;
}

static NTSTATUS make_reserve(struct queue *queue, const WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY *policy,
                             struct queue_reserve **ret_reserve)
{
    struct queue_reserve *reserve = platform_zalloc(sizeof(*reserve));
    NTSTATUS status = reserve == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;

    if (reserve == NULL)
    {
        return status;
    }
    reserve->policy = *policy;
    InitializeListHead(&reserve->free);
    InitializeListHead(&reserve->waiting);
    for (ULONG index = 0; NT_SUCCESS(status) && index < policy->TotalForwardProgressRequests; index++)
    {
        status = add_request(queue, reserve);
    }
    if (!NT_SUCCESS(status))
    {
        free_reserve(reserve);
        return status;
    }
    *ret_reserve = reserve;
    return STATUS_SUCCESS;
}

/*
 * Published entry points.
 */
NTSTATUS wdf_kmdf_WdfIoQueueAssignForwardProgressPolicy(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue,
                                                        PWDF_IO_QUEUE_FORWARD_PROGRESS_POLICY ForwardProgressPolicy)
{
    globals_require(DriverGlobals, ForwardProgressPolicy, "WdfIoQueueAssignForwardProgressPolicy");
    struct queue *queue = queue_of(wdfobj_from_handle(Queue, OBJECT_QUEUE, "WdfIoQueueAssignForwardProgressPolicy"));
    struct queue_reserve *expected = NULL;
    struct queue_reserve *reserve;
    NTSTATUS status = check_policy(ForwardProgressPolicy);

    if (NT_SUCCESS(status) && (!is_routed_to(queue) || platform_atomic_load(&queue->reserve) != NULL))
    {
        status = STATUS_INVALID_DEVICE_REQUEST;
    }
    if (NT_SUCCESS(status))
    {
        status = make_reserve(queue, ForwardProgressPolicy, &reserve);
    }
    if (NT_SUCCESS(status) && !platform_atomic_compare_exchange(&queue->reserve, &expected, reserve))
    {
        free_reserve(reserve);
        status = STATUS_INVALID_DEVICE_REQUEST;
    }
    if (NT_SUCCESS(status))
    {
        platform_mutex_lock(&queue->device->lock);
        queue_find_short_way(queue->device);
        platform_mutex_unlock(&queue->device->lock);
    }
    return status;
}

BOOLEAN wdf_kmdf_WdfRequestIsReserved(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    (void)DriverGlobals;
    return request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestIsReserved"))->reserve != NULL;
}
