/* SPDX-License-Identifier: MIT */
/*
 * WDFQUEUE: requests that the driver asks for, and how it hears that there are some.
 */
#include "wdf/entry.h"
#include "wdf/file_object.h"
#include "wdf/globals.h"
#include "wdf/queue_verify.h"

#include "nt/io/irp.h"

static struct queue *queue_from_handle(WDFQUEUE handle, const char *function)
{
    return queue_of(wdfobj_from_handle(handle, OBJECT_QUEUE, function));
}

static const FILE_OBJECT *file_from_handle(WDFFILEOBJECT handle, const char *function)
{
    return CONTAINING_RECORD(wdfobj_from_handle(handle, OBJECT_FILE, function), struct file_object, object)->wdm;
}

/* Something is on its way out: who asked for anything is told when the next one comes. The caller holds the lock. */
static void note_found_nothing(struct queue *queue, bool asked_for_any)
{
    queue->ready_on_arrival |= asked_for_any && queue->waiting_count != 0;
}

/* Takes that request, or the first one, of a file if that is given. The caller holds the lock. */
static NTSTATUS take(struct queue *queue, struct request *found, const FILE_OBJECT *file, struct request **ret_request)
{
    if (!queue_rules(queue)->dispatches || !queue->powered)
    {
        return STATUS_WDF_PAUSED;
    }
    if (found != NULL)
    {
        *ret_request = queue_take(queue, found) ? found : NULL;
        return *ret_request != NULL ? STATUS_SUCCESS : STATUS_NOT_FOUND;
    }
    *ret_request = queue_take_first(queue, file);
    if (*ret_request == NULL)
    {
        note_found_nothing(queue, file == NULL);
        return STATUS_NO_MORE_ENTRIES;
    }
    return STATUS_SUCCESS;
}

/* One round: a request for the driver, or one that it does not see, of which the caller then has to end. */
static NTSTATUS retrieve_once(struct queue *queue, struct request *found, const FILE_OBJECT *file,
                              struct request **ret_request, bool *ret_filtered)
{
    struct request *request = NULL;
    NTSTATUS status;

    queue_lock(queue);
    status = take(queue, found, file, &request);
    *ret_filtered = NT_SUCCESS(status) && found == NULL && queue_filters(queue, request);
    if (*ret_filtered)
    {
        queue->ending++;
        queue_enter(queue);
    }
    else if (NT_SUCCESS(status))
    {
        queue_add_owned(queue, request);
        queue_list_owned(queue, request);
    }
    queue_unlock(queue);
    *ret_request = request;
    return status;
}

static NTSTATUS retrieve(struct queue *queue, struct request *found, const FILE_OBJECT *file, const char *function,
                         WDFREQUEST *ret_handle)
{
    struct request *request;
    NTSTATUS status;
    bool filtered;

    *ret_handle = NULL;
    queue_verify_use(queue, queue->config.DispatchType != WdfIoQueueDispatchParallel, function);
    if (queue->config.DispatchType == WdfIoQueueDispatchParallel)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    do
    {
        status = retrieve_once(queue, found, file, &request, &filtered);
        if (filtered)
        {
            queue_end_with(queue, request, STATUS_SUCCESS);
            queue_exit(queue);
        }
    } while (filtered);
    if (NT_SUCCESS(status))
    {
        *ret_handle = wdfobj_handle(&request->object);
    }
    return status;
}

/*
 * Looking without taking.
 */

/* The first request behind a place in the list that fits and has not been cancelled. The caller holds the lock. */
static struct request *find_behind(struct queue *queue, PLIST_ENTRY place, const FILE_OBJECT *file)
{
    for (PLIST_ENTRY link = place->Flink; link != &queue->waiting; link = link->Flink)
    {
        struct request *request = CONTAINING_RECORD(link, struct request, link);

        if ((file == NULL || request_location(request)->FileObject == file) && !irp_is_cancelled(request->irp))
        {
            return request;
        }
    }
    return NULL;
}

/* The next request behind one that must still be there, with a reference for the driver. */
static NTSTATUS find(struct queue *queue, struct request *behind, const FILE_OBJECT *file,
                     PWDF_REQUEST_PARAMETERS parameters, WDFREQUEST *ret_handle)
{
    NTSTATUS status = STATUS_SUCCESS;
    struct request *request = NULL;

    queue_lock(queue);
    if (behind != NULL && (!behind->waiting || behind->queue != queue))
    {
        status = STATUS_NOT_FOUND;
    }
    else
    {
        request = find_behind(queue, behind != NULL ? &behind->link : &queue->waiting, file);
    }
    if (request != NULL)
    {
        wdfobj_reference(&request->object);
        request->found = true;
        if (parameters != NULL)
        {
            request_get_parameters(request, parameters);
        }
        *ret_handle = wdfobj_handle(&request->object);
    }
    else if (NT_SUCCESS(status))
    {
        note_found_nothing(queue, behind == NULL && file == NULL);
        status = STATUS_NO_MORE_ENTRIES;
    }
    queue_unlock(queue);
    return status;
}

/*
 * Ready notification.
 */

/* The caller holds the lock. */
static NTSTATUS set_ready(struct queue *queue, PFN_WDF_IO_QUEUE_STATE callback, WDFCONTEXT context)
{
    if (queue->state == QUEUE_DELETED)
    {
        return STATUS_DELETE_PENDING;
    }
    if ((callback == NULL) == (queue->ready.callback == NULL) || (callback == NULL && queue_rules(queue)->dispatches))
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    queue->ready = (struct queue_notice){.callback = callback, .context = context};
    return STATUS_SUCCESS;
}

/*
 * Entry points.
 */

NTSTATUS wdf_kmdf_WdfIoQueueRetrieveNextRequest(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue, WDFREQUEST *OutRequest)
{
    globals_require(DriverGlobals, OutRequest, "WdfIoQueueRetrieveNextRequest");
    return retrieve(queue_from_handle(Queue, "WdfIoQueueRetrieveNextRequest"), NULL, NULL, "WdfIoQueueRetrieveNextRequest",
                    OutRequest);
}
WDF_ENTRY_BOTH(WdfIoQueueRetrieveNextRequest)

NTSTATUS wdf_kmdf_WdfIoQueueRetrieveRequestByFileObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue,
                                                        WDFFILEOBJECT FileObject, WDFREQUEST *OutRequest)
{
    globals_require(DriverGlobals, OutRequest, "WdfIoQueueRetrieveRequestByFileObject");
    struct queue *queue = queue_from_handle(Queue, "WdfIoQueueRetrieveRequestByFileObject");

    return retrieve(queue, NULL, file_from_handle(FileObject, "WdfIoQueueRetrieveRequestByFileObject"),
                    "WdfIoQueueRetrieveRequestByFileObject", OutRequest);
}
WDF_ENTRY_BOTH(WdfIoQueueRetrieveRequestByFileObject)

NTSTATUS wdf_kmdf_WdfIoQueueRetrieveFoundRequest(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue, WDFREQUEST FoundRequest,
                                                 WDFREQUEST *OutRequest)
{
    globals_require(DriverGlobals, OutRequest, "WdfIoQueueRetrieveFoundRequest");
    struct queue *queue = queue_from_handle(Queue, "WdfIoQueueRetrieveFoundRequest");
    struct request *found = request_of(wdfobj_from_handle(FoundRequest, OBJECT_REQUEST, "WdfIoQueueRetrieveFoundRequest"));

    queue_verify_found(queue, found, "WdfIoQueueRetrieveFoundRequest");
    /* What works by accident is refused where mistakes are to be found. */
    if (verifier_is_on(queue->object.globals) && queue->config.DispatchType == WdfIoQueueDispatchSequential)
    {
        queue_verify_use(queue, false, "WdfIoQueueRetrieveFoundRequest");
        *OutRequest = NULL;
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return retrieve(queue, found, NULL, "WdfIoQueueRetrieveFoundRequest", OutRequest);
}
WDF_ENTRY_BOTH(WdfIoQueueRetrieveFoundRequest)

NTSTATUS wdf_kmdf_WdfIoQueueFindRequest(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue, WDFREQUEST FoundRequest,
                                        WDFFILEOBJECT FileObject, PWDF_REQUEST_PARAMETERS Parameters, WDFREQUEST *OutRequest)
{
    globals_require(DriverGlobals, OutRequest, "WdfIoQueueFindRequest");
    struct queue *queue = queue_from_handle(Queue, "WdfIoQueueFindRequest");
    const FILE_OBJECT *file = FileObject == NULL ? NULL : file_from_handle(FileObject, "WdfIoQueueFindRequest");
    struct request *behind =
        FoundRequest == NULL ? NULL : request_of(wdfobj_from_handle(FoundRequest, OBJECT_REQUEST, "WdfIoQueueFindRequest"));

    *OutRequest = NULL;
    if (behind != NULL)
    {
        queue_verify_found(queue, behind, "WdfIoQueueFindRequest");
    }
    queue_verify_use(queue, queue->config.DispatchType == WdfIoQueueDispatchManual, "WdfIoQueueFindRequest");
    if (queue->config.DispatchType != WdfIoQueueDispatchManual)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (Parameters != NULL && Parameters->Size < sizeof(WDF_REQUEST_PARAMETERS))
    {
        return STATUS_INVALID_PARAMETER_4;
    }
    return find(queue, behind, file, Parameters, OutRequest);
}
WDF_ENTRY_BOTH(WdfIoQueueFindRequest)

NTSTATUS wdf_kmdf_WdfIoQueueReadyNotify(PWDF_DRIVER_GLOBALS DriverGlobals, WDFQUEUE Queue, PFN_WDF_IO_QUEUE_STATE QueueReady,
                                        WDFCONTEXT Context)
{
    struct queue *queue = queue_from_handle(Queue, "WdfIoQueueReadyNotify");
    NTSTATUS status;

    queue_verify_use(queue, queue->config.DispatchType == WdfIoQueueDispatchManual, "WdfIoQueueReadyNotify");
    if (queue->config.DispatchType != WdfIoQueueDispatchManual)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    queue_lock(queue);
    queue_enter(queue);
    status = set_ready(queue, QueueReady, Context);
    queue_unlock(queue);
    queue_process(queue);
    queue_exit(queue);
    return status;
}
WDF_ENTRY_BOTH(WdfIoQueueReadyNotify)
