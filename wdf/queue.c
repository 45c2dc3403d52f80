/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: creation, submission, inline dispatch, power, purge.
 */
#include "wdf/queue.h"

#include "nt/irp.h"
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
    .takes_execution_level = true,
    .takes_scope = true,
    .dispose = queue_dispose,
};

/*
 * Handlers.
 */

bool queue_handles(const struct queue *queue, UCHAR major)
{
    const WDF_IO_QUEUE_CONFIG *config = &queue->config;

    if (config->DispatchType == WdfIoQueueDispatchManual || config->EvtIoDefault != NULL)
    {
        return true;
    }
    switch (major)
    {
        case IRP_MJ_READ:
            return config->EvtIoRead != NULL;
        case IRP_MJ_WRITE:
            return config->EvtIoWrite != NULL;
        case IRP_MJ_DEVICE_CONTROL:
            return config->EvtIoDeviceControl != NULL;
        case IRP_MJ_INTERNAL_DEVICE_CONTROL:
            return config->EvtIoInternalDeviceControl != NULL;
        default:
            return false;
    }
}

static void call_control(struct queue *queue, struct request *request, PFN_WDF_IO_QUEUE_IO_DEVICE_CONTROL handler)
{
    PIO_STACK_LOCATION location = request_location(request);

    handler((WDFQUEUE)queue, (WDFREQUEST)request, location->Parameters.DeviceIoControl.OutputBufferLength,
            location->Parameters.DeviceIoControl.InputBufferLength, location->Parameters.DeviceIoControl.IoControlCode);
}

/* Calls the driver. The request may be gone when this returns. */
static void present(struct queue *queue, struct request *request)
{
    const WDF_IO_QUEUE_CONFIG *config = &queue->config;
    UCHAR major = request_location(request)->MajorFunction;

    if (major == IRP_MJ_READ && config->EvtIoRead != NULL)
    {
        config->EvtIoRead((WDFQUEUE)queue, (WDFREQUEST)request, request_length(request));
    }
    else if (major == IRP_MJ_WRITE && config->EvtIoWrite != NULL)
    {
        config->EvtIoWrite((WDFQUEUE)queue, (WDFREQUEST)request, request_length(request));
    }
    else if (major == IRP_MJ_DEVICE_CONTROL && config->EvtIoDeviceControl != NULL)
    {
        call_control(queue, request, config->EvtIoDeviceControl);
    }
    else if (major == IRP_MJ_INTERNAL_DEVICE_CONTROL && config->EvtIoInternalDeviceControl != NULL)
    {
        call_control(queue, request, config->EvtIoInternalDeviceControl);
    }
    else if (config->EvtIoDefault != NULL)
    {
        config->EvtIoDefault((WDFQUEUE)queue, (WDFREQUEST)request);
    }
    else
    {
        request_complete(request, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
}

/*
 * The lists. The caller of each of these holds the queue's lock.
 */

static bool may_present(const struct queue *queue)
{
    uint32_t limit = queue->config.DispatchType == WdfIoQueueDispatchSequential ?
                         1 :
                     queue->config.DispatchType == WdfIoQueueDispatchParallel ?
                         queue->config.Settings.Parallel.NumberOfPresentedRequests :
                         0;

    return queue->dispatches && queue->powered && queue->owned_count < limit;
}

static void add_owned(struct queue *queue, struct request *request)
{
    InsertTailList(&queue->owned, &request->link);
    queue->owned_count++;
    request->stop_acknowledged = false;
    request->owner = REQUEST_OWNED_BY_DRIVER;
    request->seen = true;
}

/* Tells those who wait for the queue to look again. */
static void announce_change(struct queue *queue)
{
    (void)platform_atomic_fetch_add(&queue->changes, 1);
    platform_wake_word(&queue->changes, UINT32_MAX);
}

/* Takes the first waiting request that is not being cancelled at this moment. */
static struct request *take_waiting(struct queue *queue)
{
    for (PLIST_ENTRY link = queue->waiting.Flink; link != &queue->waiting; link = link->Flink)
    {
        struct request *request = CONTAINING_RECORD(link, struct request, link);

        if (irp_set_cancel_routine(request->irp, NULL) != NULL)
        {
            RemoveEntryList(link);
            return request;
        }
    }
    return NULL;
}

/*
 * Cancellation while waiting.
 */

/* Ends a request that the queue has not taken. One that the driver has never seen goes without its callbacks. */
static void end_unowned(struct request *request, NTSTATUS status)
{
    for (struct object_context *context = request->object.contexts; context != NULL && !request->seen;
         context = context->next)
    {
        context->cleanup = NULL;
        context->destroy = NULL;
    }
    request->queue = NULL;
    request_complete(request, status, 0);
}

/* A cancelled request is in no list any more; from here on the queue counts it as owned until end_cancelled(). Lock held. */
static void begin_cancelled(struct queue *queue, struct request *request)
{
    object_reference(&queue->object);
    InitializeListHead(&request->link);
    queue->owned_count++;
}

void queue_callback_returned(struct queue *queue)
{
    platform_spinlock_lock(&queue->lock);
    queue->presenting--;
    platform_spinlock_unlock(&queue->lock);
    announce_change(queue);
    object_release(&queue->object);
}

/* A request that the driver has seen and put back is given to EvtIoCanceledOnQueue, if there is one. */
static void end_cancelled(struct queue *queue, struct request *request)
{
    if (request->seen && queue->config.EvtIoCanceledOnQueue != NULL)
    {
        platform_spinlock_lock(&queue->lock);
        queue->owned_count--;
        add_owned(queue, request);
        queue->presenting++;
        platform_spinlock_unlock(&queue->lock);
        queue->config.EvtIoCanceledOnQueue((WDFQUEUE)queue, (WDFREQUEST)request);
        queue_callback_returned(queue);
        return;
    }
    end_unowned(request, STATUS_CANCELLED);
    queue_request_gone(queue);
}

static VOID cancel_waiting(PDEVICE_OBJECT wdm, PIRP irp)
{
    struct request *request = irp->Tail.Overlay.DriverContext[0];
    struct queue *queue = request->queue;

    (void)wdm;
    IoReleaseCancelSpinLock(irp->CancelIrql);
    platform_spinlock_lock(&queue->lock);
    RemoveEntryList(&request->link);
    begin_cancelled(queue, request);
    platform_spinlock_unlock(&queue->lock);
    end_cancelled(queue, request);
}

/* Puts the request into the list. Returns false when it has been cancelled already: the caller calls end_cancelled(). */
static bool add_waiting(struct queue *queue, struct request *request, bool at_head)
{
    PIRP irp = request->irp;

    irp->Tail.Overlay.DriverContext[0] = request;
    request->owner = REQUEST_OWNED_BY_FRAMEWORK;
    if (at_head)
    {
        InsertHeadList(&queue->waiting, &request->link);
    }
    else
    {
        InsertTailList(&queue->waiting, &request->link);
    }
    (void)irp_set_cancel_routine(irp, cancel_waiting);
    if (irp_is_cancelled(irp) && irp_set_cancel_routine(irp, NULL) != NULL)
    {
        RemoveEntryList(&request->link);
        begin_cancelled(queue, request);
        return false;
    }
    return true;
}

/*
 * Dispatch.
 */

/* A dispatch loop that is running on this thread. */
struct dispatch_frame
{
    struct queue *queue;
    struct dispatch_frame *outer;
};

static bool is_dispatching_here(struct queue *queue)
{
    for (struct dispatch_frame *frame = platform_current()->wdf; frame != NULL; frame = frame->outer)
    {
        if (frame->queue == queue)
        {
            return true;
        }
    }
    return false;
}

/* The next request for a handler. returned says that one has returned; somebody may wait for that if this was the last. */
static struct request *take_presentable(struct queue *queue, bool returned)
{
    struct request *request = NULL;
    bool last;

    platform_spinlock_lock(&queue->lock);
    if (may_present(queue))
    {
        request = take_waiting(queue);
    }
    if (request != NULL)
    {
        add_owned(queue, request);
    }
    queue->presenting += (request != NULL ? 1u : 0u) - (returned ? 1u : 0u);
    last = returned && queue->presenting == 0 && (!queue->powered || !queue->accepts);
    platform_spinlock_unlock(&queue->lock);
    if (last)
    {
        announce_change(queue);
    }
    return request;
}

/* Presents the first request, and whatever can be presented after it. NULL only looks for more. */
static void dispatch_from(struct queue *queue, struct request *request)
{
    struct dispatch_frame frame = {.queue = queue, .outer = platform_current()->wdf};

    platform_current()->wdf = &frame;
    if (request == NULL)
    {
        request = take_presentable(queue, false);
    }
    while (request != NULL)
    {
        present(queue, request);
        request = take_presentable(queue, true);
    }
    platform_current()->wdf = frame.outer;
}

void queue_dispatch(struct queue *queue)
{
    if (!is_dispatching_here(queue))
    {
        object_reference(&queue->object);
        dispatch_from(queue, NULL);
        object_release(&queue->object);
    }
}

/* A read or write of nothing is a success that the driver does not see, unless it asked to. */
static bool is_filtered_zero_length(const struct queue *queue, const struct request *request)
{
    UCHAR major = request_location(request)->MajorFunction;

    return !queue->config.AllowZeroLengthRequests && (major == IRP_MJ_READ || major == IRP_MJ_WRITE) &&
           request_length(request) == 0;
}

NTSTATUS queue_submit(struct queue *queue, struct request *request)
{
    bool inline_dispatch;
    bool listed = true;

    platform_spinlock_lock(&queue->lock);
    if (!queue->accepts || is_filtered_zero_length(queue, request))
    {
        NTSTATUS status = queue->accepts ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_STATE;

        platform_spinlock_unlock(&queue->lock);
        end_unowned(request, status);
        return status;
    }
    request->queue = queue;
    IoMarkIrpPending(request->irp);
    inline_dispatch = IsListEmpty(&queue->waiting) && may_present(queue) && !is_dispatching_here(queue);
    if (inline_dispatch)
    {
        add_owned(queue, request);
        queue->presenting++;
    }
    else
    {
        listed = add_waiting(queue, request, false);
    }
    platform_spinlock_unlock(&queue->lock);
    if (inline_dispatch)
    {
        object_reference(&queue->object);
        dispatch_from(queue, request);
        object_release(&queue->object);
    }
    else if (!listed)
    {
        end_cancelled(queue, request);
    }
    else
    {
        queue_dispatch(queue);
    }
    return STATUS_PENDING;
}

void queue_remove_owned(struct queue *queue, struct request *request)
{
    object_reference(&queue->object);
    platform_spinlock_lock(&queue->lock);
    RemoveEntryList(&request->link);
    InitializeListHead(&request->link);
    platform_spinlock_unlock(&queue->lock);
}

void queue_request_gone(struct queue *queue)
{
    platform_spinlock_lock(&queue->lock);
    queue->owned_count--;
    platform_spinlock_unlock(&queue->lock);
    announce_change(queue);
    if (queue->config.DispatchType != WdfIoQueueDispatchManual)
    {
        queue_dispatch(queue);
    }
    object_release(&queue->object);
}

/*
 * Power, purge.
 */

/* Waits until a condition holds, which is asked for under the lock and whose changes are announced. */
static void wait_until(struct queue *queue, bool (*holds)(const struct queue *queue))
{
    for (;;)
    {
        uint32_t seen = platform_atomic_load(&queue->changes);
        bool reached;

        platform_spinlock_lock(&queue->lock);
        reached = holds(queue);
        platform_spinlock_unlock(&queue->lock);
        if (reached)
        {
            return;
        }
        (void)platform_wait_word(&queue->changes, seen, PLATFORM_FOREVER);
    }
}

/* No handler and no cancel callback is running. */
static bool is_quiet(const struct queue *queue)
{
    return queue->presenting == 0;
}

/* The driver has ended or acknowledged every request that it owns. */
static bool is_stopped(const struct queue *queue)
{
    uint32_t acknowledged = 0;

    for (PLIST_ENTRY link = queue->owned.Flink; link != &queue->owned; link = link->Flink)
    {
        acknowledged += CONTAINING_RECORD(link, struct request, link)->stop_acknowledged ? 1 : 0;
    }
    return acknowledged == queue->owned_count;
}

/* Nothing waits in the queue, the driver owns none of its requests, and none of its callbacks is running. */
static bool is_empty(const struct queue *queue)
{
    return IsListEmpty(&queue->waiting) && queue->owned_count == 0 && queue->presenting == 0;
}

/* The next request in the driver's hands that this round has not visited, moved behind the others, with a reference. */
static struct request *visit_next(struct queue *queue, uint32_t round)
{
    struct request *request = NULL;

    platform_spinlock_lock(&queue->lock);
    if (!IsListEmpty(&queue->owned))
    {
        request = CONTAINING_RECORD(queue->owned.Flink, struct request, link);
        if (request->visited == round)
        {
            request = NULL;
        }
    }
    if (request != NULL)
    {
        request->visited = round;
        RemoveEntryList(&request->link);
        InsertTailList(&queue->owned, &request->link);
        object_reference(&request->object);
    }
    platform_spinlock_unlock(&queue->lock);
    return request;
}

/* Calls a function for each request in the driver's hands, in the order of their arrival, without the lock. */
static void for_each_owned(struct queue *queue, void (*act)(struct queue *queue, struct request *request))
{
    uint32_t round = platform_atomic_fetch_add(&queue->visit_round, 1) + 1;

    for (struct request *request = visit_next(queue, round); request != NULL; request = visit_next(queue, round))
    {
        act(queue, request);
        object_release(&request->object);
    }
}

bool queue_begin_cancel(struct request *request)
{
    struct queue *queue = request->queue;
    bool deferred;

    platform_spinlock_lock(&queue->lock);
    platform_atomic_store(&request->cancel_state, REQUEST_CANCEL_CALLED);
    deferred = request->stopping;
    request->cancel_deferred = deferred;
    if (!deferred)
    {
        object_reference(&queue->object);
        queue->presenting++;
    }
    platform_spinlock_unlock(&queue->lock);
    return !deferred;
}

/* Keeps the cancel callback away while EvtIoStop runs. False when that callback has the request already, or it has ended. */
static bool begin_stop(struct queue *queue, struct request *request, ULONG *flags)
{
    uint32_t cancel_state;

    platform_spinlock_lock(&queue->lock);
    cancel_state = platform_atomic_load(&request->cancel_state);
    request->stopping = cancel_state != REQUEST_CANCEL_CALLED && !IsListEmpty(&request->link);
    *flags |= cancel_state == REQUEST_CANCELABLE ? WdfRequestStopRequestCancelable : 0;
    platform_spinlock_unlock(&queue->lock);
    return request->stopping;
}

static void end_stop(struct queue *queue, struct request *request)
{
    bool cancel;

    platform_spinlock_lock(&queue->lock);
    request->stopping = false;
    cancel = request->cancel_deferred;
    request->cancel_deferred = false;
    platform_spinlock_unlock(&queue->lock);
    if (cancel)
    {
        request->evt_cancel((WDFREQUEST)request);
    }
}

static void ask_to_stop(struct queue *queue, struct request *request, ULONG flags)
{
    if (begin_stop(queue, request, &flags))
    {
        queue->config.EvtIoStop((WDFQUEUE)queue, (WDFREQUEST)request, flags);
        end_stop(queue, request);
    }
}

static void ask_to_suspend(struct queue *queue, struct request *request)
{
    ask_to_stop(queue, request, WdfRequestStopActionSuspend);
}

static void ask_to_purge(struct queue *queue, struct request *request)
{
    ask_to_stop(queue, request, WdfRequestStopActionPurge);
}

static void cancel_owned(struct queue *queue, struct request *request)
{
    (void)queue;
    request_cancel_by_framework(request);
}

void queue_acknowledge_stop(struct request *request, bool requeue)
{
    struct queue *queue = request->queue;
    bool listed = true;

    platform_spinlock_lock(&queue->lock);
    request->stop_acknowledged = !requeue;
    if (requeue)
    {
        RemoveEntryList(&request->link);
        queue->owned_count--;
        listed = queue->accepts && add_waiting(queue, request, true);
    }
    if (requeue && !queue->accepts)
    {
        /* Nothing would ever take it out of a purged queue. */
        request->owner = REQUEST_OWNED_BY_FRAMEWORK;
        begin_cancelled(queue, request);
    }
    platform_spinlock_unlock(&queue->lock);
    if (!listed)
    {
        end_cancelled(queue, request);
    }
    announce_change(queue);
}

static void set_powered(struct queue *queue, bool powered)
{
    platform_spinlock_lock(&queue->lock);
    queue->powered = powered;
    platform_spinlock_unlock(&queue->lock);
}

/* The next queue that this walk has not met, referenced; queues may come and go meanwhile. NULL at the end. */
static struct queue *visit_next_queue(struct device *device, uint32_t round, bool power_managed)
{
    struct queue *queue;

    platform_mutex_lock(&device->lock);
    for (queue = device->queues; queue != NULL; queue = queue->next)
    {
        if (queue->visited != round && queue->power_managed == power_managed)
        {
            queue->visited = round;
            object_reference(&queue->object);
            break;
        }
    }
    platform_mutex_unlock(&device->lock);
    return queue;
}

/* Calls a function for each queue of the device that is power managed, or for each that is not. No lock is held. */
static void for_each_queue(struct device *device, bool power_managed, void (*act)(struct queue *queue))
{
    uint32_t round = platform_atomic_fetch_add(&device->queue_round, 1) + 1;
    struct queue *queue;

    while ((queue = visit_next_queue(device, round, power_managed)) != NULL)
    {
        act(queue);
        object_release(&queue->object);
    }
}

/* What queues that are created from now on begin with. */
static void set_queues_powered(struct device *device, bool powered)
{
    platform_mutex_lock(&device->lock);
    device->queues_powered = powered;
    platform_mutex_unlock(&device->lock);
}

static void power_up(struct queue *queue)
{
    set_powered(queue, true);
    queue_dispatch(queue);
}

static void hold(struct queue *queue)
{
    set_powered(queue, false);
}

/* Handlers that run have returned before the driver is asked to stop. */
static void power_down(struct queue *queue)
{
    wait_until(queue, is_quiet);
    if (queue->config.EvtIoStop != NULL)
    {
        for_each_owned(queue, ask_to_suspend);
    }
    wait_until(queue, is_stopped);
}

void queues_power_up(struct device *device)
{
    set_queues_powered(device, true);
    for_each_queue(device, true, power_up);
}

void queues_power_down(struct device *device)
{
    set_queues_powered(device, false);
    for_each_queue(device, true, hold);
    for_each_queue(device, true, power_down);
}

/* Takes a waiting request of the file, or of any when that is NULL, out of the queue. NULL when there is none. */
static struct request *take_to_cancel(struct queue *queue, PFILE_OBJECT file)
{
    struct request *found = NULL;

    platform_spinlock_lock(&queue->lock);
    for (PLIST_ENTRY link = queue->waiting.Flink; link != &queue->waiting && found == NULL; link = link->Flink)
    {
        struct request *request = CONTAINING_RECORD(link, struct request, link);

        if ((file == NULL || request_location(request)->FileObject == file) &&
            irp_set_cancel_routine(request->irp, NULL) != NULL)
        {
            RemoveEntryList(link);
            begin_cancelled(queue, request);
            found = request;
        }
    }
    platform_spinlock_unlock(&queue->lock);
    return found;
}

bool queue_is_purged(const struct queue *queue)
{
    return !platform_atomic_load_sequential(&queue->accepts);
}

static void queue_purge(struct queue *queue)
{
    struct request *request;

    platform_spinlock_lock(&queue->lock);
    platform_atomic_store_sequential(&queue->accepts, false);
    platform_spinlock_unlock(&queue->lock);
    while ((request = take_to_cancel(queue, NULL)) != NULL)
    {
        end_cancelled(queue, request);
    }
    if (queue->config.EvtIoStop != NULL)
    {
        for_each_owned(queue, ask_to_purge);
    }
    for_each_owned(queue, cancel_owned);
    wait_until(queue, is_empty);
}

void queues_purge(struct device *device, bool power_managed)
{
    platform_mutex_lock(&device->lock);
    device->queues_purged[power_managed] = true;
    platform_mutex_unlock(&device->lock);
    for_each_queue(device, power_managed, queue_purge);
}

/* Takes a waiting request of the file out of any queue; the queue stays alive until end_cancelled(). */
static struct request *take_of_file(struct device *device, PFILE_OBJECT file, struct queue **ret_queue)
{
    struct request *request = NULL;

    platform_mutex_lock(&device->lock);
    for (struct queue *queue = device->queues; queue != NULL && request == NULL; queue = queue->next)
    {
        request = take_to_cancel(queue, file);
        *ret_queue = queue;
    }
    platform_mutex_unlock(&device->lock);
    return request;
}

void queues_cancel_file(struct device *device, PFILE_OBJECT file)
{
    struct request *request;
    struct queue *queue;

    while ((request = take_of_file(device, file, &queue)) != NULL)
    {
        end_cancelled(queue, request);
    }
}

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
        status = object_check_attributes(QueueAttributes, &queue_class, OBJECT_PARENT_OPTIONAL);
    }
    if (NT_SUCCESS(status))
    {
        parent = object_parent(QueueAttributes, &device->object);
        status = object_device(parent) == &device->object ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_REQUEST;
    }
    if (NT_SUCCESS(status))
    {
        status = object_create(globals_of(DriverGlobals), &queue_class, QueueAttributes, parent, &object);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    queue_fill(queue_of(object), device, Config);
    if (Queue != NULL)
    {
        *Queue = (WDFQUEUE)object;
    }
    return STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfIoQueueCreate)

WDFDEVICE wdf_kmdf_WdfIoQueueGetDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue)
{
    return (WDFDEVICE)queue_of(object_from_handle(Queue, OBJECT_QUEUE, "WdfIoQueueGetDevice"))->device;
}
WDF_ENTRY_BOTH(WdfIoQueueGetDevice)

NTSTATUS wdf_kmdf_WdfIoQueueRetrieveNextRequest(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue, WDFREQUEST *OutRequest)
{
    globals_require(DriverGlobals, OutRequest, "WdfIoQueueRetrieveNextRequest");
    struct queue *queue = queue_of(object_from_handle(Queue, OBJECT_QUEUE, "WdfIoQueueRetrieveNextRequest"));
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
        request = take_waiting(queue);
    }
    if (request != NULL)
    {
        add_owned(queue, request);
        *OutRequest = (WDFREQUEST)request;
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
    struct request *request = request_of(object_from_handle(Request, OBJECT_REQUEST, "WdfRequestForwardToIoQueue"));
    struct queue *to = queue_of(object_from_handle(DestinationQueue, OBJECT_QUEUE, "WdfRequestForwardToIoQueue"));
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
