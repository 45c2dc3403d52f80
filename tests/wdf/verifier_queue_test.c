/* SPDX-License-Identifier: MIT */
/*
 * The verifier's rules about queues that other tests of queues do not break: V22 to V25, V27, V29, V42. Their near misses are
 * among those tests; some stand here.
 */
#include "queue_case.h"

static void (*on_stop)(WDFREQUEST request, ULONG flags);
static WDFREQUEST stopped_request;

static VOID io_stop(WDFQUEUE Queue, WDFREQUEST Request, ULONG Flags)
{
    UNREFERENCED_PARAMETER(Queue);
    stopped_request = Request;
    on_stop(Request, Flags);
}

static VOID io_resume(WDFQUEUE Queue, WDFREQUEST Request)
{
    WDF_REQUEST_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(Queue);
    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    BREAKS(V25, Request, "WdfRequestGetParameters", WdfRequestGetParameters(Request, &parameters));
}

static NTSTATUS make_of(PFN_WDF_IO_QUEUE_IO_RESUME resume)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDefault = keep;
    config.EvtIoStop = io_stop;
    config.EvtIoResume = resume;
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue);
}

static NTSTATUS with_resume(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_of(io_resume);
}

static NTSTATUS without_resume(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_of(NULL);
}

static void end_kept(struct testkit_operation *operation)
{
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

/*
 * V22.
 */

static void ignore(WDFREQUEST request, ULONG flags)
{
    UNREFERENCED_PARAMETER(request);
    UNREFERENCED_PARAMETER(flags);
}

/* Longer than the verifier's patience. Only the simulation's time is for nothing. */
static void complete_late(void *argument)
{
    LARGE_INTEGER minutes = {.QuadPart = -10LL * 1000 * 1000 * 150};

    UNREFERENCED_PARAMETER(argument);
#if defined(DMF_USER_MODE)
    Sleep(150 * 1000);
    UNREFERENCED_PARAMETER(minutes);
#else
    (void)KeDelayExecutionThread(KernelMode, FALSE, &minutes);
#endif
    wdf_case_reported(__FILE__, __LINE__, kept[0], "EvtIoStop", 1);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
}

static void v22_request_that_a_stop_leaves_unanswered(void)
{
    struct testkit_operation *operation;
    struct nt_thread *thread;

    if (!nt_is_simulated())
    {
        return;
    }
    on_stop = ignore;
    begin(without_resume);
    operation = start();
    wdf_case_tolerate("V49");
    wdf_case_expect("V22");
    thread = nt_thread_start(complete_late, NULL);
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    nt_thread_join(thread);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

/*
 * V23, V24.
 */

static void v23_acknowledgement_outside_the_stop(void)
{
    struct testkit_operation *operation;

    begin(with_resume);
    operation = start();
    BREAKS(V23, kept[0], "WdfRequestStopAcknowledge", WdfRequestStopAcknowledge(kept[0], FALSE));
    end_kept(operation);
}

static void keep_without_resume(WDFREQUEST request, ULONG flags)
{
    UNREFERENCED_PARAMETER(flags);
    BREAKS(V24, request, "WdfRequestStopAcknowledge", WdfRequestStopAcknowledge(request, FALSE));
}

static void v24_request_kept_without_a_resume(void)
{
    struct testkit_operation *operation;

    on_stop = keep_without_resume;
    begin(without_resume);
    operation = start();
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    end_kept(operation);
}

static void give_back(WDFREQUEST request, ULONG flags)
{
    UNREFERENCED_PARAMETER(flags);
    WdfRequestStopAcknowledge(request, TRUE);
}

static void v24_silent_request_given_back_without_a_resume(void)
{
    struct testkit_operation *operation;

    on_stop = give_back;
    begin(without_resume);
    operation = start();
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    CHECK_EQUAL(kept_count, 2);
    end_kept(operation);
}

/*
 * V25.
 */

static void ask_and_keep(WDFREQUEST request, ULONG flags)
{
    WDF_REQUEST_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(flags);
    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    BREAKS(V25, request, "WdfRequestGetParameters", WdfRequestGetParameters(request, &parameters));
    WdfRequestStopAcknowledge(request, FALSE);
}

/* The same rule in the same function about the same object is reported once, so the resume is another case. */
static void v25_parameters_asked_for_in_the_stop(void)
{
    struct testkit_operation *operation;

    on_stop = ask_and_keep;
    begin(without_resume);
    wdf_case_tolerate("V24");
    operation = start();
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    end_kept(operation);
}

static void keep_it(WDFREQUEST request, ULONG flags)
{
    UNREFERENCED_PARAMETER(flags);
    WdfRequestStopAcknowledge(request, FALSE);
}

static void v25_parameters_asked_for_in_the_resume(void)
{
    struct testkit_operation *operation;

    on_stop = keep_it;
    begin(with_resume);
    operation = start();
    CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS);
    end_kept(operation);
}

/*
 * V27.
 */

static VOID surprised(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    BREAKS(V27, queue, "WdfIoQueueStop", WdfIoQueueStop(queue, NULL, NULL));
    BREAKS(V27, kept[0], "WdfRequestComplete", WdfRequestComplete(kept[0], STATUS_SUCCESS));
}

static VOID with_surprise(PWDFDEVICE_INIT Init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceSurpriseRemoval = surprised;
    WdfDeviceInitSetPnpPowerEventCallbacks(Init, &callbacks);
}

static void close_it(void *argument)
{
    testkit_close(argument);
}

static void v27_queues_and_requests_ended_in_the_surprise(void)
{
    struct testkit_operation *operation;
    struct nt_thread *closer;

    on_stop = ignore;
    queue_case.initialise = with_surprise;
    begin(without_resume);
    operation = start();
    closer = nt_thread_start(close_it, file);
    CHECK_STATUS(testkit_surprise_remove(started), STATUS_SUCCESS);
    nt_thread_join(closer);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    wdf_case_unload();
    memset(&queue_case, 0, sizeof(queue_case));
}

/*
 * V29.
 */

static VOID start_in_cancel(WDFREQUEST Request)
{
    BREAKS(V29, queue, "WdfIoQueueStart", WdfIoQueueStart(queue));
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

static void v29_state_changed_in_the_middle_of_a_change(void)
{
    struct testkit_operation *operation;

    begin(without_resume);
    operation = start();
    CHECK_STATUS(WdfRequestMarkCancelableEx(kept[0], start_in_cancel), STATUS_SUCCESS);
    WdfIoQueuePurge(queue, NULL, NULL);
    CHECK_STATUS(finish(operation), STATUS_CANCELLED);
    end();
}

static unsigned purged;

static VOID start_when_purged(WDFQUEUE Queue, WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Context);
    purged++;
    WdfIoQueueStart(Queue);
}

static void v29_silent_state_changed_when_the_change_is_complete(void)
{
    purged = 0;
    begin(without_resume);
    WdfIoQueuePurge(queue, start_when_purged, NULL);
    CHECK_EQUAL(purged, 1);
    end();
}

/*
 * V42.
 */

static VOID stop_in_handler(WDFQUEUE Queue, WDFREQUEST Request)
{
    WdfRequestComplete(Request, STATUS_SUCCESS);
    BREAKS(V42, Queue, "WdfIoQueueStopSynchronously", WdfIoQueueStopSynchronously(Queue));
    WdfIoQueueStart(Queue);
}

static WDFQUEUE second;

static VOID stop_other(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    WdfIoQueueStopSynchronously(second);
    WdfRequestComplete(Request, STATUS_SUCCESS);
}

static NTSTATUS stops_itself(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchParallel, stop_in_handler, true, &queue);
}

static NTSTATUS stops_another(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    CHECK_STATUS(make_queue(WdfIoQueueDispatchManual, NULL, false, &second), STATUS_SUCCESS);
    return make_queue(WdfIoQueueDispatchParallel, stop_other, true, &queue);
}

static void v42_wait_in_a_callback_of_the_queue(void)
{
    begin(stops_itself);
    CHECK_STATUS(run(), STATUS_SUCCESS);
    end();
}

static void v42_silent_wait_in_a_callback_of_another_queue(void)
{
    begin(stops_another);
    CHECK_STATUS(run(), STATUS_SUCCESS);
    end();
}

/*
 * V22's near miss, V26 and V30.
 */

static void complete_it(WDFREQUEST request, ULONG flags)
{
    UNREFERENCED_PARAMETER(flags);
    WdfRequestComplete(request, STATUS_CANCELLED);
}

static void v22_silent_request_that_the_stop_completes(void)
{
    struct testkit_operation *operation;

    on_stop = complete_it;
    begin(without_resume);
    operation = start();
    SILENT(V22, CHECK_STATUS(testkit_rebalance(started), STATUS_SUCCESS));
    CHECK_STATUS(finish(operation), STATUS_CANCELLED);
    end();
}

static VOID forward_to_its_own(WDFQUEUE Queue, WDFREQUEST Request)
{
    BREAKS(V26, Request, "WdfRequestForwardToIoQueue",
           CHECK_STATUS(WdfRequestForwardToIoQueue(Request, Queue), STATUS_INVALID_DEVICE_REQUEST));
    WdfRequestComplete(Request, STATUS_SUCCESS);
}

static NTSTATUS forwards_to_itself(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchParallel, forward_to_its_own, true, &queue);
}

static void v26_request_is_forwarded_to_its_own_queue(void)
{
    begin(forwards_to_itself);
    CHECK_STATUS(run(), STATUS_SUCCESS);
    end();
}

static VOID forward_to_second(WDFQUEUE Queue, WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    SILENT(V26, CHECK_STATUS(WdfRequestForwardToIoQueue(Request, second), STATUS_SUCCESS));
}

static NTSTATUS forwards_to_second(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    CHECK_STATUS(make_queue(WdfIoQueueDispatchManual, NULL, false, &second), STATUS_SUCCESS);
    return make_queue(WdfIoQueueDispatchParallel, forward_to_second, true, &queue);
}

static void v26_silent_request_is_forwarded_to_another_queue(void)
{
    struct testkit_operation *operation;
    WDFREQUEST request;

    begin(forwards_to_second);
    operation = start();
    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(second, &request), STATUS_SUCCESS);
    WdfRequestComplete(request, STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

static void v30_request_is_retrieved_from_a_parallel_queue(void)
{
    WDFREQUEST request;

    begin(without_resume);
    BREAKS(V30, queue, "WdfIoQueueRetrieveNextRequest",
           CHECK_STATUS(WdfIoQueueRetrieveNextRequest(queue, &request), STATUS_INVALID_DEVICE_STATE));
    end();
}

static void v30_silent_request_is_retrieved_from_a_manual_queue(void)
{
    WDFREQUEST request;

    begin(forwards_to_second);
    SILENT(V30, CHECK_STATUS(WdfIoQueueRetrieveNextRequest(second, &request), STATUS_NO_MORE_ENTRIES));
    end();
}

const struct nt_case nt_cases[] = {
    CASE(v22_silent_request_that_the_stop_completes),
    CASE(v26_request_is_forwarded_to_its_own_queue),
    CASE(v26_silent_request_is_forwarded_to_another_queue),
    CASE(v30_request_is_retrieved_from_a_parallel_queue),
    CASE(v30_silent_request_is_retrieved_from_a_manual_queue),
    CASE(v22_request_that_a_stop_leaves_unanswered),
    CASE(v23_acknowledgement_outside_the_stop),
    CASE(v24_request_kept_without_a_resume),
    CASE(v24_silent_request_given_back_without_a_resume),
    CASE(v25_parameters_asked_for_in_the_stop),
    CASE(v25_parameters_asked_for_in_the_resume),
    CASE(v27_queues_and_requests_ended_in_the_surprise),
    CASE(v29_state_changed_in_the_middle_of_a_change),
    CASE(v29_silent_state_changed_when_the_change_is_complete),
    CASE(v42_wait_in_a_callback_of_the_queue),
    CASE(v42_silent_wait_in_a_callback_of_another_queue),
    CASES_END,
};
