/* SPDX-License-Identifier: MIT */
/*
 * WDFREQUEST: cancellation of requests in the driver's hands.
 *
 * Exactly one of these takes a marked request: Unmark, or the IRP's cancel routine. IoSetCancelRoutine decides.
 */
#include "wdf/request.h"

#include "nt/io/irp.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/queue_verify.h"
#include "wdf/request_verify.h"

static VOID cancel_routine(PDEVICE_OBJECT wdm, PIRP irp)
{
    struct request *request = irp->Tail.Overlay.DriverContext[0];

    (void)wdm;
    IoReleaseCancelSpinLock(irp->CancelIrql);
    queue_call_cancel(request);
}

void request_cancel_by_framework(struct request *request)
{
    PIRP irp = request->irp;
    KIRQL irql;
    bool taken;

    IoAcquireCancelSpinLock(&irql);
    irp_note_cancelled(irp);
    taken = platform_atomic_load(&request->cancel_state) == REQUEST_CANCELABLE && irp_set_cancel_routine(irp, NULL) != NULL;
    IoReleaseCancelSpinLock(irql);
    if (taken)
    {
        queue_call_cancel(request);
    }
}

/* Marks the request. Returns false, with nothing marked, when it has been cancelled already, or its queue is purged. */
static bool mark_cancelable(struct request *request, PFN_WDF_REQUEST_CANCEL evt_cancel)
{
    PIRP irp = request->irp;
    KIRQL irql;
    bool marked = true;

    queue_expose(request->queue, request);
    IoAcquireCancelSpinLock(&irql);
    request->evt_cancel = evt_cancel;
    irp->Tail.Overlay.DriverContext[0] = request;
    platform_atomic_store(&request->cancel_state, REQUEST_CANCELABLE);
    (void)irp_set_cancel_routine(irp, cancel_routine);
    if ((irp_is_cancelled(irp) || queue_is_purged(request->queue)) && irp_set_cancel_routine(irp, NULL) != NULL)
    {
        platform_atomic_store(&request->cancel_state, REQUEST_NOT_CANCELABLE);
        marked = false;
    }
    IoReleaseCancelSpinLock(irql);
    return marked;
}

VOID wdf_kmdf_WdfRequestMarkCancelable(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                       PFN_WDF_REQUEST_CANCEL EvtRequestCancel)
{
    globals_require(DriverGlobals, EvtRequestCancel, "WdfRequestMarkCancelable");
    struct request *request = request_owned(DriverGlobals, Request, "WdfRequestMarkCancelable");

    if (request->queue == NULL)
    {
        globals_break(globals_of(DriverGlobals), "WdfRequestMarkCancelable: the request is in no queue");
    }
    else if (platform_atomic_load(&request->cancel_state) != REQUEST_NOT_CANCELABLE)
    {
        if (verifier_is_on(request->object.globals))
        {
            request_verify_marked(request, "WdfRequestMarkCancelable");
        }
    }
    else if (!mark_cancelable(request, EvtRequestCancel))
    {
        queue_call_cancel(request);
    }
}
WDF_ENTRY_BOTH(WdfRequestMarkCancelable)

NTSTATUS wdf_kmdf_WdfRequestMarkCancelableEx(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                             PFN_WDF_REQUEST_CANCEL EvtRequestCancel)
{
    globals_require(DriverGlobals, EvtRequestCancel, "WdfRequestMarkCancelableEx");
    struct request *request = request_owned(DriverGlobals, Request, "WdfRequestMarkCancelableEx");

    if (request->queue == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (platform_atomic_load(&request->cancel_state) != REQUEST_NOT_CANCELABLE)
    {
        if (verifier_is_on(request->object.globals))
        {
            request_verify_marked(request, "WdfRequestMarkCancelableEx");
        }
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return mark_cancelable(request, EvtRequestCancel) ? STATUS_SUCCESS : STATUS_CANCELLED;
}
WDF_ENTRY_BOTH(WdfRequestMarkCancelableEx)

/* The cancel callback has been called; who has a reference may still ask when it has ended the request. */
static bool is_the_callbacks(struct request *request)
{
    return platform_atomic_load(&request->cancel_state) == REQUEST_CANCEL_CALLED;
}

/* Notes the question before it is answered, because a request that is refused may be gone then. */
static NTSTATUS unmark(struct request *request)
{
    if (verifier_is_on(request->object.globals))
    {
        request_verify_unmarking(request);
    }
    if (is_the_callbacks(request) || irp_set_cancel_routine(request->irp, NULL) == NULL)
    {
        return STATUS_CANCELLED;
    }
    platform_atomic_store(&request->unmarker, NULL);
    platform_atomic_store(&request->cancel_state, REQUEST_NOT_CANCELABLE);
    return STATUS_SUCCESS;
}

NTSTATUS wdf_kmdf_WdfRequestUnmarkCancelable(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestUnmarkCancelable"));

    if (platform_atomic_load(&request->owner) != REQUEST_OWNED_BY_DRIVER)
    {
        /* The callback was called before it ended the request, so this is no mistake of the driver's. */
        return is_the_callbacks(request) ? STATUS_CANCELLED :
                                           unmark(request_owned(DriverGlobals, Request, "WdfRequestUnmarkCancelable"));
    }
    return request->queue == NULL ? STATUS_INVALID_DEVICE_REQUEST : unmark(request);
}
WDF_ENTRY_BOTH(WdfRequestUnmarkCancelable)

BOOLEAN wdf_kmdf_WdfRequestIsCanceled(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    struct request *request = request_owned(DriverGlobals, Request, "WdfRequestIsCanceled");

    if (verifier_is_on(request->object.globals))
    {
        request_verify_asked(request, "WdfRequestIsCanceled");
    }
    return irp_is_cancelled(request->irp);
}
WDF_ENTRY_BOTH(WdfRequestIsCanceled)

VOID wdf_kmdf_WdfRequestStopAcknowledge(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, BOOLEAN Requeue)
{
    struct request *request = request_owned(DriverGlobals, Request, "WdfRequestStopAcknowledge");

    if (request->queue == NULL)
    {
        globals_break(globals_of(DriverGlobals), "WdfRequestStopAcknowledge: the request is in no queue");
        return;
    }
    queue_verify_acknowledge(request, Requeue);
    queue_acknowledge_stop(request, Requeue);
}
WDF_ENTRY_BOTH(WdfRequestStopAcknowledge)
