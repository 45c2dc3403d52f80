/* SPDX-License-Identifier: MIT */
/*
 * Queues: requests that the driver asks for, looks for, gives back and forwards; how it hears of them; cancellation in queues.
 */
#include "queue_case.h"

static WDFQUEUE other;

static NTSTATUS manual(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    CHECK_STATUS(make_queue(WdfIoQueueDispatchManual, NULL, true, &queue), STATUS_SUCCESS);
    return make_queue(WdfIoQueueDispatchManual, NULL, false, &other);
}

static WDFREQUEST retrieve(WDFQUEUE from)
{
    WDFREQUEST request;

    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(from, &request), STATUS_SUCCESS);
    return request;
}

static void complete_next(WDFQUEUE from, struct testkit_operation *operation)
{
    WdfRequestComplete(retrieve(from), STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
}

/*
 * Retrieval.
 */

static void requests_are_retrieved_in_order(void)
{
    struct testkit_operation *operations[2];
    WDFREQUEST request;

    begin(manual);
    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(queue, &request), STATUS_NO_MORE_ENTRIES);
    CHECK(request == NULL);
    operations[0] = start();
    operations[1] = start();
    request = retrieve(queue);
    CHECK(WdfRequestGetIoQueue(request) == queue);
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES, 1, 1);
    WdfRequestComplete(request, STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[0]), STATUS_SUCCESS);
    complete_next(queue, operations[1]);
    end();
}

static void request_that_is_forwarded_comes_behind_those_that_wait(void)
{
    struct testkit_operation *operations[3];
    WDFREQUEST requests[3];

    begin(manual);
    for (int index = 0; index < 3; index++)
    {
        operations[index] = start();
    }
    for (int index = 0; index < 3; index++)
    {
        requests[index] = retrieve(queue);
    }
    for (int index = 2; index >= 0; index--)
    {
        CHECK_STATUS(WdfRequestForwardToIoQueue(requests[index], other), STATUS_SUCCESS);
    }
    for (int index = 2; index >= 0; index--)
    {
        complete_next(other, operations[index]);
    }
    end();
}

static void stopped_queue_gives_nothing(void)
{
    struct testkit_operation *operation;
    WDFREQUEST request;

    begin(manual);
    operation = start();
    WdfIoQueueStop(queue, NULL, NULL);
    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(queue, &request), STATUS_WDF_PAUSED);
    CHECK_STATUS(WdfIoQueueFindRequest(queue, NULL, NULL, NULL, &request), STATUS_SUCCESS);
    {
        WDFREQUEST taken;

        CHECK_STATUS(WdfIoQueueRetrieveFoundRequest(queue, request, &taken), STATUS_WDF_PAUSED);
        WdfIoQueueStart(queue);
        CHECK_STATUS(WdfIoQueueRetrieveFoundRequest(queue, request, &taken), STATUS_SUCCESS);
        CHECK(taken == request);
        CHECK_STATUS(WdfIoQueueRetrieveFoundRequest(queue, request, &taken), STATUS_NOT_FOUND);
    }
    WdfRequestComplete(request, STATUS_SUCCESS);
    WdfObjectDereference(request);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

static NTSTATUS parallel(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchParallel, keep, true, &queue);
}

static void parallel_queue_gives_nothing(void)
{
    WDFREQUEST request;

    begin(parallel);
    BREAKS(V30, queue, "WdfIoQueueRetrieveNextRequest",
           CHECK_STATUS(WdfIoQueueRetrieveNextRequest(queue, &request), STATUS_INVALID_DEVICE_STATE));
    BREAKS(V30, queue, "WdfIoQueueFindRequest",
           CHECK_STATUS(WdfIoQueueFindRequest(queue, NULL, NULL, NULL, &request), STATUS_INVALID_DEVICE_REQUEST));
    BREAKS(V30, queue, "WdfIoQueueReadyNotify",
           CHECK_STATUS(WdfIoQueueReadyNotify(queue, NULL, NULL), STATUS_INVALID_DEVICE_REQUEST));
    end();
}

static NTSTATUS sequential(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return make_queue(WdfIoQueueDispatchSequential, keep, true, &queue);
}

static void sequential_queue_gives_more_than_it_presents(void)
{
    struct testkit_operation *operations[3];

    begin(sequential);
    for (int index = 0; index < 3; index++)
    {
        operations[index] = start();
    }
    complete_next(queue, operations[1]);
    CHECK_EQUAL(kept_count, 1);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_EQUAL(kept_count, 2);
    WdfRequestComplete(kept[1], STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[0]), STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[2]), STATUS_SUCCESS);
    end();
}

static VOID with_file_objects(PWDFDEVICE_INIT Init)
{
    WDF_FILEOBJECT_CONFIG config;

    WDF_FILEOBJECT_CONFIG_INIT(&config, WDF_NO_EVENT_CALLBACK, WDF_NO_EVENT_CALLBACK, WDF_NO_EVENT_CALLBACK);
    WdfDeviceInitSetFileObjectConfig(Init, &config, WDF_NO_OBJECT_ATTRIBUTES);
}

static void requests_of_one_file_are_retrieved(void)
{
    struct testkit_operation *operations[2];
    struct testkit_file *second;
    WDFFILEOBJECT object;
    WDFREQUEST request;

    queue_case.initialise = with_file_objects;
    begin(manual);
    CHECK_STATUS(testkit_open("\\??\\Case", true, true, &second), STATUS_SUCCESS);
    operations[0] = start();
    operations[1] = testkit_control_start(second, QUEUE_CODE, NULL, 0, NULL, 0);
    CHECK(operations[1] != NULL);
    request = retrieve(queue);
    object = WdfRequestGetFileObject(request);
    CHECK(object != NULL);
    CHECK_STATUS(WdfRequestRequeue(request), STATUS_SUCCESS);
    CHECK_STATUS(WdfIoQueueRetrieveRequestByFileObject(queue, object, &request), STATUS_SUCCESS);
    CHECK(WdfRequestGetFileObject(request) == object);
    {
        WDFREQUEST none;

        CHECK_STATUS(WdfIoQueueRetrieveRequestByFileObject(queue, object, &none), STATUS_NO_MORE_ENTRIES);
        CHECK_STATUS(WdfIoQueueFindRequest(queue, NULL, object, NULL, &none), STATUS_NO_MORE_ENTRIES);
    }
    WdfRequestComplete(request, STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[0]), STATUS_SUCCESS);
    complete_next(queue, operations[1]);
    testkit_close(second);
    end();
}

static void transfers_of_nothing_are_not_retrieved(void)
{
    uint64_t information = 3;
    WDFREQUEST request;
    struct testkit_operation *operation;

    begin(sequential);
    WdfIoQueueStop(queue, NULL, NULL);
    operation = start();
    WdfIoQueueStart(queue);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    CHECK_STATUS(testkit_read(file, NULL, 0, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, 0);
    CHECK_STATUS(WdfIoQueueRetrieveNextRequest(queue, &request), STATUS_NO_MORE_ENTRIES);
    end();
}

/*
 * Looking.
 */

static void requests_are_found_one_after_the_other(void)
{
    struct testkit_operation *operations[2];
    WDF_REQUEST_PARAMETERS parameters;
    WDFREQUEST first;
    WDFREQUEST second;
    WDFREQUEST none;

    begin(manual);
    operations[0] = start();
    operations[1] = start();
    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    parameters.Size--;
    CHECK_STATUS(WdfIoQueueFindRequest(queue, NULL, NULL, &parameters, &first), STATUS_INVALID_PARAMETER_4);
    parameters.Size++;
    CHECK_STATUS(WdfIoQueueFindRequest(queue, NULL, NULL, &parameters, &first), STATUS_SUCCESS);
    CHECK_EQUAL(parameters.Parameters.DeviceIoControl.IoControlCode, QUEUE_CODE);
    CHECK_STATUS(WdfIoQueueFindRequest(queue, first, NULL, NULL, &second), STATUS_SUCCESS);
    CHECK(first != second);
    CHECK_STATUS(WdfIoQueueFindRequest(queue, second, NULL, NULL, &none), STATUS_NO_MORE_ENTRIES);
    CHECK(none == NULL);
    testkit_cancel(operations[0]);
    CHECK_STATUS(finish(operations[0]), STATUS_CANCELLED);
    CHECK_STATUS(WdfIoQueueFindRequest(queue, first, NULL, NULL, &none), STATUS_NOT_FOUND);
    CHECK_STATUS(WdfIoQueueRetrieveFoundRequest(queue, first, &none), STATUS_NOT_FOUND);
    WdfObjectDereference(first);
    WdfObjectDereference(second);
    complete_next(queue, operations[1]);
    end();
}

/* What works on a sequential queue without the verifier is refused with it, and what was not found is not taken as found. */
static void only_what_was_found_is_retrieved_as_found(void)
{
    struct testkit_operation *operation;
    WDFREQUEST found;
    WDFREQUEST none;

    begin(manual);
    operation = start();
    found = retrieve(queue);
    CHECK_STATUS(WdfRequestRequeue(found), STATUS_SUCCESS);
    BREAKS(V28, found, "WdfIoQueueFindRequest",
           CHECK_STATUS(WdfIoQueueFindRequest(queue, found, NULL, NULL, &none), STATUS_NO_MORE_ENTRIES));
    BREAKS(V28, found, "WdfIoQueueRetrieveFoundRequest",
           CHECK_STATUS(WdfIoQueueRetrieveFoundRequest(queue, found, &none), STATUS_SUCCESS));
    WdfRequestComplete(found, STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

static void nothing_is_retrieved_as_found_from_a_sequential_queue(void)
{
    struct testkit_operation *operation;
    WDFREQUEST none;

    begin(sequential);
    operation = start();
    wdf_case_tolerate("V28");
    BREAKS(V30, queue, "WdfIoQueueRetrieveFoundRequest",
           CHECK_STATUS(WdfIoQueueRetrieveFoundRequest(queue, kept[0], &none), STATUS_INVALID_DEVICE_REQUEST));
    CHECK(none == NULL);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

/*
 * Giving back and forwarding.
 */

static void request_given_back_is_the_first_again(void)
{
    struct testkit_operation *operations[2];
    WDFREQUEST request;

    begin(manual);
    operations[0] = start();
    operations[1] = start();
    request = retrieve(queue);
    CHECK_STATUS(WdfRequestRequeue(request), STATUS_SUCCESS);
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES | NONE_OWNED, 2, 0);
    CHECK(retrieve(queue) == request);
    WdfRequestComplete(request, STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[0]), STATUS_SUCCESS);
    complete_next(queue, operations[1]);
    end();
}

static VOID never(WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Request);
    CHECK(false);
}

static void only_a_manual_queue_takes_back(void)
{
    struct testkit_operation *operation;

    begin(parallel);
    operation = start();
    BREAKS(V30, queue, "WdfRequestRequeue", CHECK_STATUS(WdfRequestRequeue(kept[0]), STATUS_INVALID_DEVICE_REQUEST));
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

static void cancelable_request_goes_nowhere(void)
{
    struct testkit_operation *operation;
    WDFREQUEST request;

    begin(manual);
    operation = start();
    request = retrieve(queue);
    CHECK_STATUS(WdfRequestMarkCancelableEx(request, never), STATUS_SUCCESS);
    BREAKS(V05, request, "WdfRequestMarkCancelableEx",
           CHECK_STATUS(WdfRequestMarkCancelableEx(request, never), STATUS_INVALID_DEVICE_REQUEST));
    CHECK_STATUS(WdfRequestRequeue(request), STATUS_INVALID_DEVICE_REQUEST);
    BREAKS(V07, request, "WdfRequestForwardToIoQueue",
           CHECK_STATUS(WdfRequestForwardToIoQueue(request, other), STATUS_INVALID_DEVICE_REQUEST));
    CHECK_STATUS(WdfRequestUnmarkCancelable(request), STATUS_SUCCESS);
    WdfRequestComplete(request, STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

static void forwarded_request_is_the_other_queues(void)
{
    struct testkit_operation *operation;
    WDFREQUEST request;

    begin(manual);
    operation = start();
    request = retrieve(queue);
    BREAKS(V26, request, "WdfRequestForwardToIoQueue",
           CHECK_STATUS(WdfRequestForwardToIoQueue(request, queue), STATUS_INVALID_DEVICE_REQUEST));
    WdfIoQueueStop(other, NULL, NULL);
    CHECK_STATUS(WdfRequestForwardToIoQueue(request, other), STATUS_SUCCESS);
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
    CHECK_QUEUE(other, ACCEPTS | NONE_OWNED, 1, 0);
    WdfIoQueueStart(other);
    complete_next(other, operation);
    end();
}

static void queue_that_refuses_leaves_the_request_with_the_driver(void)
{
    struct testkit_operation *operation;
    WDFREQUEST request;

    begin(manual);
    operation = start();
    request = retrieve(queue);
    WdfIoQueueDrain(other, NULL, NULL);
    CHECK_STATUS(WdfRequestForwardToIoQueue(request, other), STATUS_WDF_BUSY);
    CHECK(WdfRequestGetIoQueue(request) == queue);
    WdfRequestComplete(request, STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_SUCCESS);
    end();
}

static VOID forward_it(WDFQUEUE Queue, WDFREQUEST Request)
{
    CHECK(Queue == queue);
    CHECK_STATUS(WdfRequestForwardToIoQueue(Request, other), STATUS_SUCCESS);
}

static NTSTATUS chain(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    CHECK_STATUS(make_queue(WdfIoQueueDispatchParallel, forward_it, true, &queue), STATUS_SUCCESS);
    return make_queue(WdfIoQueueDispatchSequential, keep, false, &other);
}

static void request_forwarded_in_its_handler_is_presented_by_the_other_queue(void)
{
    struct testkit_operation *operations[2];

    begin(chain);
    operations[0] = start();
    operations[1] = start();
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
    CHECK_QUEUE(other, ACCEPTS | DISPATCHES, 1, 1);
    CHECK(WdfRequestGetIoQueue(kept[0]) == other);
    WdfRequestComplete(kept[0], STATUS_SUCCESS);
    WdfRequestComplete(kept[1], STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[0]), STATUS_SUCCESS);
    CHECK_STATUS(finish(operations[1]), STATUS_SUCCESS);
    end();
}

/*
 * Cancellation.
 */

static void request_that_was_never_presented_is_cancelled_in_silence(void)
{
    struct testkit_operation *operation;
    uint64_t information = 7;

    begin(manual);
    operation = start();
    testkit_cancel(operation);
    CHECK_STATUS(testkit_wait(operation, &information), STATUS_CANCELLED);
    CHECK_EQUAL(information, 0);
    CHECK_QUEUE(queue, ACCEPTS | DISPATCHES | NONE_QUEUED | NONE_OWNED, 0, 0);
    end();
}

static VOID canceled_on_queue(WDFQUEUE Queue, WDFREQUEST Request)
{
    CHECK(Queue == queue && WdfRequestGetIoQueue(Request) == queue);
    kept_count++;
    WdfRequestComplete(Request, STATUS_ALERTED);
}

static NTSTATUS hears_of_cancellation(WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchManual);
    config.EvtIoCanceledOnQueue = canceled_on_queue;
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue);
}

static void request_given_back_and_cancelled_is_told_of(void)
{
    struct testkit_operation *operation;

    begin(hears_of_cancellation);
    operation = start();
    testkit_cancel(operation);
    CHECK_STATUS(finish(operation), STATUS_CANCELLED);
    CHECK_EQUAL(kept_count, 0);
    operation = start();
    CHECK_STATUS(WdfRequestRequeue(retrieve(queue)), STATUS_SUCCESS);
    testkit_cancel(operation);
    CHECK_STATUS(finish(operation), STATUS_ALERTED);
    CHECK_EQUAL(kept_count, 1);
    end();
}

static void request_cancelled_before_it_is_given_back_is_told_of(void)
{
    struct testkit_operation *operation;
    WDFREQUEST request;

    begin(hears_of_cancellation);
    operation = start();
    request = retrieve(queue);
    testkit_cancel(operation);
    CHECK(WdfRequestIsCanceled(request));
    CHECK_STATUS(WdfRequestRequeue(request), STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_ALERTED);
    CHECK_EQUAL(kept_count, 1);
    end();
}

static void request_given_back_to_a_purged_queue_is_told_of(void)
{
    struct testkit_operation *operation;
    WDFREQUEST request;

    begin(hears_of_cancellation);
    operation = start();
    request = retrieve(queue);
    WdfIoQueueStopAndPurge(queue, NULL, NULL);
    CHECK_STATUS(WdfRequestRequeue(request), STATUS_SUCCESS);
    CHECK_STATUS(finish(operation), STATUS_ALERTED);
    CHECK_EQUAL(kept_count, 1);
    end();
}

/*
 * Ready notification.
 */

static unsigned notices;

static VOID on_ready(WDFQUEUE Queue, WDFCONTEXT Context)
{
    CHECK(Queue == queue && Context == &notices);
    notices++;
}

static void driver_hears_when_the_queue_becomes_non_empty(void)
{
    struct testkit_operation *operations[3];

    begin(manual);
    notices = 0;
    CHECK_STATUS(WdfIoQueueReadyNotify(queue, NULL, NULL), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfIoQueueReadyNotify(queue, on_ready, &notices), STATUS_SUCCESS);
    CHECK_STATUS(WdfIoQueueReadyNotify(queue, on_ready, &notices), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_EQUAL(notices, 0);
    operations[0] = start();
    CHECK_EQUAL(notices, 1);
    operations[1] = start();
    CHECK_EQUAL(notices, 1);
    complete_next(queue, operations[0]);
    complete_next(queue, operations[1]);
    operations[2] = start();
    CHECK_EQUAL(notices, 2);
    complete_next(queue, operations[2]);
    /* Not while it dispatches. */
    CHECK_STATUS(WdfIoQueueReadyNotify(queue, NULL, NULL), STATUS_INVALID_DEVICE_REQUEST);
    WdfIoQueueStop(queue, NULL, NULL);
    CHECK_STATUS(WdfIoQueueReadyNotify(queue, NULL, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(notices, 2);
    end();
}

static void edge_from_before_the_registration_is_remembered(void)
{
    struct testkit_operation *operation;

    begin(manual);
    notices = 0;
    operation = start();
    CHECK_STATUS(WdfIoQueueReadyNotify(queue, on_ready, &notices), STATUS_SUCCESS);
    CHECK_EQUAL(notices, 1);
    complete_next(queue, operation);
    end();
}

static void started_queue_that_is_not_empty_is_told_of(void)
{
    struct testkit_operation *operation;

    begin(manual);
    notices = 0;
    CHECK_STATUS(WdfIoQueueReadyNotify(queue, on_ready, &notices), STATUS_SUCCESS);
    WdfIoQueueStop(queue, NULL, NULL);
    operation = start();
    CHECK_EQUAL(notices, 0);
    WdfIoQueueStart(queue);
    CHECK_EQUAL(notices, 1);
    WdfIoQueueStart(queue);
    CHECK_EQUAL(notices, 2);
    complete_next(queue, operation);
    end();
}

const struct nt_case nt_cases[] = {
    CASE(requests_are_retrieved_in_order),
    CASE(request_that_is_forwarded_comes_behind_those_that_wait),
    CASE(stopped_queue_gives_nothing),
    CASE(parallel_queue_gives_nothing),
    CASE(sequential_queue_gives_more_than_it_presents),
    CASE(requests_of_one_file_are_retrieved),
    CASE(transfers_of_nothing_are_not_retrieved),
    CASE(requests_are_found_one_after_the_other),
    CASE(only_what_was_found_is_retrieved_as_found),
    CASE(nothing_is_retrieved_as_found_from_a_sequential_queue),
    CASE(request_given_back_is_the_first_again),
    CASE(only_a_manual_queue_takes_back),
    CASE(cancelable_request_goes_nowhere),
    CASE(forwarded_request_is_the_other_queues),
    CASE(queue_that_refuses_leaves_the_request_with_the_driver),
    CASE(request_forwarded_in_its_handler_is_presented_by_the_other_queue),
    CASE(request_that_was_never_presented_is_cancelled_in_silence),
    CASE(request_given_back_and_cancelled_is_told_of),
    CASE(request_cancelled_before_it_is_given_back_is_told_of),
    CASE(request_given_back_to_a_purged_queue_is_told_of),
    CASE(driver_hears_when_the_queue_becomes_non_empty),
    CASE(edge_from_before_the_registration_is_remembered),
    CASE(started_queue_that_is_not_empty_is_told_of),
    CASES_END,
};
