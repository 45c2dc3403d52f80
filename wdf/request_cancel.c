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

NTSTATUS wdf_kmdf_WdfRequestUnmarkCancelable(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    struct request *request = request_owned(DriverGlobals, Request, "WdfRequestUnmarkCancelable");

    if (request->queue == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (verifier_is_on(request->object.globals))
    {
        request_verify_unmarking(request);
    }
    if (irp_set_cancel_routine(request->irp, NULL) == NULL)
    {
        /* The cancel callback may have ended it already. */
        return STATUS_CANCELLED;
    }
    request->unmarker = NULL;
    platform_atomic_store(&request->cancel_state, REQUEST_NOT_CANCELABLE);
    return STATUS_SUCCESS;
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
