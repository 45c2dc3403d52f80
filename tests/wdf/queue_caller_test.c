/* SPDX-License-Identifier: MIT */
/*
 * Queues: requests that the driver sees in their sender's context first.
 */
#include "queue_case.h"

static NTSTATUS enqueue_status;

static VOID in_caller_context(WDFDEVICE Device, WDFREQUEST Request)
{
    CHECK(WdfRequestGetIoQueue(Request) == NULL);
    BREAKS(V26, Request, "WdfRequestForwardToIoQueue",
           CHECK_STATUS(WdfRequestForwardToIoQueue(Request, queue), STATUS_INVALID_DEVICE_REQUEST));
    enqueue_status = WdfDeviceEnqueueRequest(Device, Request);
    if (!NT_SUCCESS(enqueue_status))
    {
        WdfRequestComplete(Request, STATUS_ALERTED);
    }
}

static VOID set_in_caller_context(PWDFDEVICE_INIT Init)
{
    WdfDeviceInitSetIoInCallerContextCallback(Init, in_caller_context);
}

static NTSTATUS one_queue(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchParallel, succeed, true, &queue);
}

static void senders_context_comes_before_any_queue(void)
{
    queue_case.initialise = set_in_caller_context;
    begin(one_queue);
    CHECK_STATUS(run(), STATUS_SUCCESS);
    CHECK_STATUS(enqueue_status, STATUS_SUCCESS);
    WdfIoQueueDrain(queue, NULL, NULL);
    CHECK_STATUS(run(), STATUS_ALERTED);
    CHECK_STATUS(enqueue_status, STATUS_INVALID_DEVICE_STATE);
    WdfIoQueueStart(queue);
    CHECK_STATUS(run(), STATUS_SUCCESS);
    end();
}

static NTSTATUS enqueue_without_queue(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchManual, NULL, false, &queue);
}

static void request_without_a_queue_stays_the_drivers(void)
{
    queue_case.initialise = set_in_caller_context;
    begin(enqueue_without_queue);
    CHECK_STATUS(run(), STATUS_ALERTED);
    CHECK_STATUS(enqueue_status, STATUS_INVALID_DEVICE_REQUEST);
    end();
}

const struct nt_case nt_cases[] = {
    CASE(senders_context_comes_before_any_queue),
    CASE(request_without_a_queue_stays_the_drivers),
    CASES_END,
};
