/* SPDX-License-Identifier: MIT */
/*
 * Sending requests: the way down, the way back, cancellation.
 */
#include "wdf/request_send.h"

#include "nt/io/irp.h"
#include "nt/thread/worker.h"
#include "nt/time/due.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/io_target.h"
#include "wdf/request.h"
#include "wdf/verifier.h"
#include "wdf/verifier_send.h"

void request_set_status(struct request *request, NTSTATUS status)
{
    /* A packet that is under way is not this driver's. */
    if (request_is_in_flight(&request->send))
    {
        return;
    }
    request->send.status = status;
    request->send.has_status = true;
    if (request->irp != NULL)
    {
        request->irp->IoStatus.Status = status;
    }
}

/*
 * The way back.
 */

/* What the request tells about its end: a cancellation by the timer is a time-out. */
static NTSTATUS final_status(struct request *request)
{
    NTSTATUS status = request->irp->IoStatus.Status;

    if (request->send.timed_out && status == STATUS_CANCELLED)
    {
        status = STATUS_IO_TIMEOUT;
        request->irp->IoStatus.Status = status;
    }
    return status;
}

/*
 * Nobody holds the request any more: it is the driver's again, and its completion routine is called. The routine may send it
 * again, complete or delete it, so afterwards only what was read before counts.
 */
static void finish(struct request *request)
{
    struct request_send *send = &request->send;
    struct io_target *target = send->target;
    enum target_list list = (enum target_list)send->list;
    PFN_WDF_REQUEST_COMPLETION_ROUTINE routine = send->routine;
    WDFCONTEXT context = send->context;
    struct platform_event *synchronous = platform_atomic_load_relaxed(&send->synchronous);
    struct verifier_callback callback;

    send->routine = NULL;
    send->context = NULL;
    platform_atomic_store_relaxed(&send->synchronous, NULL);
    send->has_status = true;
    io_target_remove(target, &request->send);
    request_finish_format(request, final_status(request));
    if (__builtin_expect(send->forget, 0))
    {
        request_complete(request, request->irp->IoStatus.Status, request->irp->IoStatus.Information);
    }
    else if (routine != NULL)
    {
        verifier_callback_enter(&callback, &request->object, "EvtRequestCompletionRoutine");
        routine(wdfobj_handle(&request->object), wdfobj_handle(&target->object), &send->params, context);
        verifier_callback_leave(&callback);
    }
    /* Before anybody hears that it is over: whoever waits for that may unload the driver. */
    wdfobj_release(&request->object);
    io_target_uncount(target, list);
    if (synchronous != NULL)
    {
        (void)platform_event_set(synchronous);
    }
}

/* Gives parts of the flight word back. */
static void let_go(struct request *request, uint32_t parts)
{
    uint32_t left = platform_atomic_fetch_sub(&request->send.flight, parts) - parts;

    if ((left & ~(uint32_t)FLIGHT_CANCELLED) == 0)
    {
        finish(request);
    }
}

/*
 * The packet is back. Its timer is taken back by who sees last that it was sent and is back: the sender, if it is still at it.
 */
void request_packet_done(struct request *request)
{
    struct request_send *send = &request->send;
    uint32_t parts;
    uint32_t before;

    if (__builtin_expect(send->timer == NULL || send->forget, 1))
    {
        let_go(request, send->forget ? FLIGHT_SENDER : FLIGHT_PACKET);
        return;
    }
    /* Held while the timer is looked at, in place of the packet. */
    before = platform_atomic_fetch_add(&send->flight, FLIGHT_CANCELLER - FLIGHT_PACKET);
    parts = FLIGHT_CANCELLER;
    if ((before & FLIGHT_TIMER) != 0 && (before & FLIGHT_SENDER) == 0 && request_timer_disarm(request))
    {
        parts += FLIGHT_TIMER;
    }
    let_go(request, parts);
}

void request_timer_went_off(struct request *request)
{
    let_go(request, FLIGHT_TIMER);
}

static NTSTATUS came_back(PDEVICE_OBJECT wdm, PIRP irp, PVOID context)
{
    (void)wdm;
    (void)irp;
    request_packet_done(context);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

/*
 * The way down.
 */

/*
 * One that nobody waits for goes as its sender sent it; it leaves the target before that, because nothing will come back. Nobody
 * can be cancelling it, because its flight word says nothing of a packet.
 */
static void forget_down(struct request *request)
{
    struct io_target *target = request->send.target;
    PDEVICE_OBJECT device = target->device;
    enum target_list list = (enum target_list)request->send.list;
    bool skip = !request->send.format.formatted || request->send.format.type == WdfRequestTypeNoFormat;

    io_target_remove(target, &request->send);
    request_forget(request, device, skip);
    io_target_uncount(target, list);
    wdfobj_release(&request->object);
}

/* One that is forgotten and not formatted goes from the location that it came with, and needs no other. */
static bool goes_as_it_came(const struct request *request)
{
    return request->decided == NULL &&
           (!request->send.format.formatted || request->send.format.type == WdfRequestTypeNoFormat);
}

bool request_fits(const struct request *request, const struct io_target *target, bool forget)
{
    return request->irp->CurrentLocation + (forget && goes_as_it_came(request) ? 1 : 0) > io_target_stack_size(target);
}

void request_send_pended(struct request *request)
{
    PIRP irp = request->irp;

    /* What was open when it was sent need not be what is open now. */
    if (!request_fits(request, request->send.target, request->send.forget))
    {
        irp->IoStatus.Status = STATUS_REQUEST_NOT_ACCEPTED;
        irp->IoStatus.Information = 0;
        request_packet_done(request);
        return;
    }
    request_send_down(request);
}

/* The request may be gone when this returns. */
static inline void call_down(struct request *request, struct io_target *target)
{
    PDEVICE_OBJECT device = target->device;

    IoSetCompletionRoutine(request->irp, came_back, request, TRUE, TRUE, TRUE);
    (void)irp_call(device, request->irp);
}

void request_send_down(struct request *request)
{
    if (__builtin_expect(request->send.forget, 0))
    {
        forget_down(request);
        return;
    }
    call_down(request, request->send.target);
}

/*
 * What follows is inline, so that the compiler makes a way of its own for requests without options, which are most.
 */

/* Why the request cannot be sent as the options say, before anything has happened. */
static inline __attribute__((always_inline)) NTSTATUS
check_request(const struct request *request, const struct io_target *target, const struct send_options *options)
{
    const struct request_send *send = &request->send;
    bool forget = (options->flags & WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET) != 0;
    bool made = request->owner == REQUEST_MADE_BY_DRIVER;

    if (forget && made)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    if (forget && send->format.has_context)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (forget)
    {
        return request_fits(request, target, true) ? STATUS_SUCCESS : STATUS_REQUEST_NOT_ACCEPTED;
    }
    if (!send->format.formatted || request->irp == NULL)
    {
        return STATUS_REQUEST_NOT_ACCEPTED;
    }
    if (!made && send->routine == NULL && (options->flags & WDF_REQUEST_SEND_OPTION_SYNCHRONOUS) == 0)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return request_fits(request, target, false) ? STATUS_SUCCESS : STATUS_REQUEST_NOT_ACCEPTED;
}

/* Takes the flight word for a send. STATUS_CANCELLED for a request that was cancelled; one that is in flight is a bug check. */
static NTSTATUS take_off(struct request *request, uint32_t parts)
{
    uint32_t found = 0;

    if (platform_atomic_compare_exchange(&request->send.flight, &found, parts))
    {
        return STATUS_SUCCESS;
    }
    if (found != FLIGHT_CANCELLED)
    {
        globals_bugcheck(request->object.globals, WDF_REQUEST_FATAL_ERROR, WDF_REQUEST_FATAL_ERROR_REQUEST_ALREADY_SENT,
                         (ULONG_PTR)wdfobj_handle(&request->object), 0);
    }
    return STATUS_CANCELLED;
}

/* Ends the sender's part. If the packet is back by now, nobody else has taken the timer back. */
static void sender_done(struct request *request)
{
    uint32_t before = platform_atomic_fetch_add(&request->send.flight, FLIGHT_CANCELLER - FLIGHT_SENDER);
    uint32_t parts = FLIGHT_CANCELLER;

    if ((before & FLIGHT_PACKET) == 0 && request_timer_disarm(request))
    {
        parts += FLIGHT_TIMER;
    }
    let_go(request, parts);
}

/* Sends a request whose flight word is taken. Returns whether the target took it. */
static inline __attribute__((always_inline)) bool submit(struct request *request, struct io_target *target,
                                                         const struct send_options *options, bool timed)
{
    bool ignore_state = (options->flags & WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE) != 0;
    bool forget = (options->flags & WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET) != 0;
    enum target_action action;

    request->send.target = target;
    request->send.timed_out = false;
    request->send.forget = forget;
    wdfobj_reference(&request->object);
    action = io_target_admit(target, request, ignore_state);
    if (action == TARGET_REFUSE)
    {
        platform_atomic_fetch_and(&request->send.flight, FLIGHT_CANCELLED);
        wdfobj_release(&request->object);
        return false;
    }
    if (timed)
    {
        request_timer_arm(request, options->timeout);
    }
    if (action == TARGET_SEND && !forget)
    {
        call_down(request, target);
    }
    else if (action == TARGET_SEND)
    {
        forget_down(request);
    }
    if (timed)
    {
        sender_done(request);
    }
    return true;
}

/* Sends without waiting. On failure the request's status says why. */
static inline __attribute__((always_inline)) bool send_asynchronously(struct request *request, struct io_target *target,
                                                                      const struct send_options *options)
{
    bool timed = options->timeout != 0 && (options->flags & WDF_REQUEST_SEND_OPTION_TIMEOUT) != 0;
    bool forget = (options->flags & WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET) != 0;
    NTSTATUS status = timed ? request_timer_make(request) : STATUS_SUCCESS;

    if (NT_SUCCESS(status))
    {
        status = take_off(request, timed  ? FLIGHT_PACKET | FLIGHT_SENDER | FLIGHT_TIMER :
                                   forget ? FLIGHT_SENDER :
                                            FLIGHT_PACKET);
    }
    if (NT_SUCCESS(status) && !submit(request, target, options, timed))
    {
        status = STATUS_INVALID_DEVICE_STATE;
    }
    if (!NT_SUCCESS(status))
    {
        request_set_status(request, status);
    }
    return NT_SUCCESS(status);
}

/*
 * Cancels, now that this has begun, what is waited for. The completion routine may have sent the request again meanwhile: that is
 * not waited for here.
 */
static void cancel_waited_for(struct request *request, struct platform_event *over)
{
    if (platform_atomic_load(&request->send.synchronous) != over)
    {
        request_end_cancel(request);
        return;
    }
    request->send.timed_out = true;
    (void)request_cancel_held(request);
}

/* Waits until the request is over; what is not over in time is cancelled, and waited for all the same. */
static void wait_for_end(struct request *request, struct platform_event *over, const struct send_options *options)
{
    struct due due = {.at = PLATFORM_FOREVER};
    LARGE_INTEGER timeout = {.QuadPart = options->timeout};
    bool ended = false;

    if (options->timeout != 0 && (options->flags & WDF_REQUEST_SEND_OPTION_TIMEOUT) != 0)
    {
        due_make(&due, &timeout);
    }
    worker_will_wait();
    while (!ended && due.at != PLATFORM_FOREVER)
    {
        ended = platform_event_wait(over, due.at) == PLATFORM_OK;
        if (!ended && due_has_passed(&due))
        {
            break;
        }
    }
    if (!ended && due.at != PLATFORM_FOREVER && request_begin_cancel(request))
    {
        cancel_waited_for(request, over);
    }
    if (!ended)
    {
        (void)platform_event_wait(over, PLATFORM_FOREVER);
    }
    worker_has_waited();
}

static bool send_synchronously(struct request *request, struct io_target *target, const struct send_options *options)
{
    struct platform_event over = PLATFORM_EVENT_INITIALIZER(true);
    NTSTATUS status = take_off(request, FLIGHT_PACKET);

    /* The completion routine may delete or complete it, while this thread is about to cancel it. */
    wdfobj_reference(&request->object);
    if (NT_SUCCESS(status))
    {
        platform_atomic_store(&request->send.synchronous, &over);
        status = submit(request, target, options, false) ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_STATE;
    }
    if (NT_SUCCESS(status))
    {
        wait_for_end(request, &over, options);
    }
    else
    {
        platform_atomic_store(&request->send.synchronous, NULL);
        request_set_status(request, status);
    }
    wdfobj_release(&request->object);
    return NT_SUCCESS(status);
}

void request_reuse_flight(struct request *request)
{
    irp_reuse(request->irp, STATUS_SUCCESS);
    (void)platform_atomic_fetch_and(&request->send.flight, ~(uint32_t)FLIGHT_CANCELLED);
}

static inline __attribute__((always_inline)) bool send(struct request *request, struct io_target *target,
                                                       const struct send_options *options)
{
    NTSTATUS status;

    if (request_is_in_flight(&request->send))
    {
        (void)take_off(request, 0);
    }
    status = check_request(request, target, options);
    if (!NT_SUCCESS(status))
    {
        request_set_status(request, status);
        return false;
    }
    return (options->flags & WDF_REQUEST_SEND_OPTION_SYNCHRONOUS) != 0 ? send_synchronously(request, target, options) :
                                                                         send_asynchronously(request, target, options);
}

bool request_send(struct request *request, struct io_target *target, const struct send_options *options)
{
    return send(request, target, options);
}

NTSTATUS request_send_and_wait(struct request *request, struct io_target *target, const struct send_options *options)
{
    request->send.routine = NULL;
    request->send.context = NULL;
    (void)request_send(request, target, options);
    return request->irp == NULL ? request->send.status : request->irp->IoStatus.Status;
}

/*
 * Cancellation.
 */

bool request_begin_cancel(struct request *request)
{
    uint32_t found = platform_atomic_load(&request->send.flight);

    do
    {
        if ((found & FLIGHT_PACKET) == 0)
        {
            return false;
        }
    } while (!platform_atomic_compare_exchange(&request->send.flight, &found, found + FLIGHT_CANCELLER));
    return true;
}

void request_end_cancel(struct request *request)
{
    let_go(request, FLIGHT_CANCELLER);
}

bool request_cancel_held(struct request *request)
{
    bool reached = irp_cancel(request->irp);

    request_end_cancel(request);
    return reached;
}

/* The mark stays until the request is reused, whether or not there is something to cancel now. */
static bool cancel_sent_request(struct request *request)
{
    (void)platform_atomic_fetch_or(&request->send.flight, FLIGHT_CANCELLED);
    return request_begin_cancel(request) && request_cancel_held(request);
}

/*
 * Options.
 */

static ULONG known_flags(bool user_flavour)
{
    ULONG both = WDF_REQUEST_SEND_OPTION_TIMEOUT | WDF_REQUEST_SEND_OPTION_SYNCHRONOUS |
                 WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE | WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;

    return user_flavour ?
               both | WDF_REQUEST_SEND_OPTION_IMPERSONATE_CLIENT | WDF_REQUEST_SEND_OPTION_IMPERSONATION_IGNORE_FAILURE :
               both;
}

NTSTATUS request_check_options(PWDF_REQUEST_SEND_OPTIONS options, bool user_flavour, struct send_options *ret_options)
{
    ULONG others =
        WDF_REQUEST_SEND_OPTION_TIMEOUT | WDF_REQUEST_SEND_OPTION_SYNCHRONOUS | WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE;

    *ret_options = (struct send_options){0};
    if (options == NULL)
    {
        return STATUS_SUCCESS;
    }
    if (options->Size != sizeof(WDF_REQUEST_SEND_OPTIONS))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if ((options->Flags & ~known_flags(user_flavour)) != 0 ||
        ((options->Flags & WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET) != 0 && (options->Flags & others) != 0))
    {
        return STATUS_INVALID_PARAMETER;
    }
    *ret_options = (struct send_options){.flags = options->Flags, .timeout = options->Timeout};
    return STATUS_SUCCESS;
}

/* Only for a create that is being decided does the user flavour know somebody to impersonate. */
static bool may_impersonate(const struct request *request, ULONG flags)
{
    ULONG impersonation = WDF_REQUEST_SEND_OPTION_IMPERSONATE_CLIENT | WDF_REQUEST_SEND_OPTION_IMPERSONATION_IGNORE_FAILURE;

    return (flags & impersonation) == 0 ||
           (request->owner != REQUEST_MADE_BY_DRIVER && request_location(request)->MajorFunction == IRP_MJ_CREATE);
}

/*
 * Entry points.
 */
static const struct send_options no_options;

BOOLEAN wdf_kmdf_WdfRequestSend(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request, WDFIOTARGET Target,
                                PWDF_REQUEST_SEND_OPTIONS Options)
{
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestSend"));
    struct io_target *target = io_target_from_handle(Target, "WdfRequestSend");
    struct driver_globals *globals = globals_of(DriverGlobals);
    struct send_options options;
    NTSTATUS status;

    if (Options == NULL && !verifier_is_on(globals))
    {
        return send(request, target, &no_options);
    }
    status = request_check_options(Options, globals->user_flavour, &options);
    if (!NT_SUCCESS(status) || !may_impersonate(request, options.flags))
    {
        globals_break(globals, "WdfRequestSend: the options are invalid");
        request_set_status(request, STATUS_INVALID_PARAMETER);
        return FALSE;
    }
    if (verifier_is_on(globals))
    {
        verifier_check_send(request, target, &options, "WdfRequestSend");
    }
    return request_send(request, target, &options);
}
WDF_ENTRY_BOTH(WdfRequestSend)

BOOLEAN wdf_kmdf_WdfRequestCancelSentRequest(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return cancel_sent_request(request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestCancelSentRequest")));
}
WDF_ENTRY_BOTH(WdfRequestCancelSentRequest)

VOID wdf_kmdf_WdfRequestSetCompletionRoutine(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                             PFN_WDF_REQUEST_COMPLETION_ROUTINE CompletionRoutine,
                                             WDFCONTEXT CompletionContext)
{
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestSetCompletionRoutine"));

    request->send.routine = CompletionRoutine;
    request->send.context = CompletionRoutine == NULL ? NULL : CompletionContext;
}
WDF_ENTRY_BOTH(WdfRequestSetCompletionRoutine)

VOID wdf_kmdf_WdfRequestGetCompletionParams(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request,
                                            PWDF_REQUEST_COMPLETION_PARAMS Params)
{
    globals_require(DriverGlobals, Params, "WdfRequestGetCompletionParams");
    struct request *request = request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestGetCompletionParams"));

    if (Params->Size != sizeof(WDF_REQUEST_COMPLETION_PARAMS))
    {
        globals_break(globals_of(DriverGlobals), "WdfRequestGetCompletionParams: Size is %u, expected %zu", Params->Size,
                      sizeof(WDF_REQUEST_COMPLETION_PARAMS));
        return;
    }
    *Params = request->has_extras ? request->send.params : (WDF_REQUEST_COMPLETION_PARAMS){0};
}
WDF_ENTRY_BOTH(WdfRequestGetCompletionParams)

NTSTATUS wdf_kmdf_WdfRequestAllocateTimer(PWDF_DRIVER_GLOBALS DriverGlobals, WDFREQUEST Request)
{
    return request_timer_make(request_of(wdfobj_from_handle(Request, OBJECT_REQUEST, "WdfRequestAllocateTimer")));
}
WDF_ENTRY_BOTH(WdfRequestAllocateTimer)
