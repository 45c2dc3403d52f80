/* SPDX-License-Identifier: MIT */
/*
 * Cancellation of requests in the driver's hands.
 */
#include <string.h>

#include "request_case.h"

static WDFREQUEST kept;
static NTSTATUS marked;
static unsigned cancels;

static VOID on_cancel(WDFREQUEST request)
{
    (void)__atomic_fetch_add(&cancels, 1, __ATOMIC_SEQ_CST);
    WdfRequestComplete(request, STATUS_CANCELLED);
}

static VOID on_cancel_that_keeps_it(WDFREQUEST request)
{
    CHECK(request == kept);
    (void)__atomic_fetch_add(&cancels, 1, __ATOMIC_SEQ_CST);
}

static void keep(WDFREQUEST request)
{
    kept = request;
}

static struct testkit_operation *start(void)
{
    struct testkit_operation *operation = testkit_control_start(file, BUFFERED_CODE, NULL, 0, NULL, 0);

    CHECK(operation != NULL);
    return operation;
}

static void begin_with(void (*handle)(WDFREQUEST request))
{
    cancels = 0;
    begin(WdfDeviceIoBuffered, handle);
}

static void unmarked_request_only_knows_that_it_is_cancelled(void)
{
    struct testkit_operation *operation;

    begin_with(keep);
    operation = start();
    CHECK(!WdfRequestIsCanceled(kept));
    testkit_cancel(operation);
    CHECK(WdfRequestIsCanceled(kept));
    WdfRequestComplete(kept, STATUS_SUCCESS);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_SUCCESS);
    end(1);
}

static void marked_request_is_cancelled_by_its_callback_once(void)
{
    struct testkit_operation *operation;

    begin_with(keep);
    operation = start();
    WdfRequestMarkCancelable(kept, on_cancel_that_keeps_it);
    testkit_cancel(operation);
    testkit_cancel(operation);
    CHECK_EQUAL(cancels, 1);
    WdfRequestComplete(kept, STATUS_CANCELLED);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_CANCELLED);
    end(1);
}

static void marking_a_cancelled_request_calls_back_before_it_returns(void)
{
    struct testkit_operation *operation;

    begin_with(keep);
    operation = start();
    testkit_cancel(operation);
    WdfRequestMarkCancelable(kept, on_cancel);
    CHECK_EQUAL(cancels, 1);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_CANCELLED);
    end(1);
}

static void longer_form_of_marking_refuses_a_cancelled_request_and_does_not_call_back(void)
{
    struct testkit_operation *operation;

    begin_with(keep);
    operation = start();
    testkit_cancel(operation);
    CHECK_STATUS(WdfRequestMarkCancelableEx(kept, on_cancel), STATUS_CANCELLED);
    CHECK_EQUAL(cancels, 0);
    WdfRequestComplete(kept, STATUS_CANCELLED);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_CANCELLED);
    end(1);
}

static void unmarked_request_is_not_called_back_for(void)
{
    struct testkit_operation *operation;

    begin_with(keep);
    operation = start();
    WdfRequestMarkCancelable(kept, on_cancel);
    CHECK_STATUS(WdfRequestUnmarkCancelable(kept), STATUS_SUCCESS);
    testkit_cancel(operation);
    CHECK_EQUAL(cancels, 0);
    WdfRequestComplete(kept, STATUS_SUCCESS);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_SUCCESS);
    end(1);
}

static void unmarking_what_is_not_marked_is_refused_as_if_it_were_cancelled(void)
{
    struct testkit_operation *operation;

    begin_with(keep);
    operation = start();
    CHECK_STATUS(WdfRequestUnmarkCancelable(kept), STATUS_CANCELLED);
    WdfRequestComplete(kept, STATUS_SUCCESS);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_SUCCESS);
    end(1);
}

static void marking_in_a_purged_queue_is_as_if_the_request_were_cancelled(void)
{
    struct testkit_operation *operations[2];

    begin_with(keep);
    operations[0] = start();
    WdfIoQueuePurge(WdfDeviceGetDefaultQueue(device), NULL, NULL);
    CHECK_STATUS(WdfRequestMarkCancelableEx(kept, on_cancel), STATUS_CANCELLED);
    WdfRequestMarkCancelable(kept, on_cancel);
    CHECK_EQUAL(cancels, 1);
    CHECK_STATUS(testkit_wait(operations[0], NULL), STATUS_CANCELLED);
    WdfIoQueueStart(WdfDeviceGetDefaultQueue(device));
    operations[1] = start();
    CHECK_STATUS(WdfRequestMarkCancelableEx(kept, on_cancel), STATUS_SUCCESS);
    CHECK_STATUS(WdfRequestUnmarkCancelable(kept), STATUS_SUCCESS);
    WdfRequestComplete(kept, STATUS_SUCCESS);
    CHECK_STATUS(testkit_wait(operations[1], NULL), STATUS_SUCCESS);
    end(2);
}

static VOID on_create(WDFDEVICE of, WDFREQUEST request, WDFFILEOBJECT of_file)
{
    UNREFERENCED_PARAMETER(of);
    UNREFERENCED_PARAMETER(of_file);
    WdfRequestMarkCancelable(request, on_cancel);
    CHECK_STATUS(WdfRequestMarkCancelableEx(request, on_cancel), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfRequestUnmarkCancelable(request), STATUS_INVALID_DEVICE_REQUEST);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static NTSTATUS add_device_with_create(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    WDF_FILEOBJECT_CONFIG config;

    WDF_FILEOBJECT_CONFIG_INIT(&config, on_create, NULL, NULL);
    WdfDeviceInitSetFileObjectConfig(init, &config, WDF_NO_OBJECT_ATTRIBUTES);
    return add_device(driver, init);
}

static void request_in_no_queue_is_not_marked(void)
{
    asked.io_type = WdfDeviceIoBuffered;
    handled = cancels = 0;
    wdf_case_load(add_device_with_create);
    started = wdf_case_start();
    CHECK_STATUS(testkit_open("\\??\\Case", true, true, &file), STATUS_SUCCESS);
    end(0);
}

/*
 * Races. Whoever wins, the request ends once, and its callback is called once or not at all.
 */

static void mark_unmark_and_complete(WDFREQUEST request)
{
    marked = WdfRequestMarkCancelableEx(request, on_cancel);
    if (marked == STATUS_CANCELLED)
    {
        WdfRequestComplete(request, STATUS_CANCELLED);
    }
}

static void cancel_in_thread(void *operation)
{
    testkit_cancel(operation);
}

static void cancellation_meets_the_unmarking(void)
{
    begin_with(keep);
    for (unsigned round = 1; round <= 4; round++)
    {
        struct testkit_operation *operation = start();
        struct nt_thread *canceller;
        NTSTATUS unmarked;
        NTSTATUS status;

        cancels = 0;
        WdfObjectReference(kept);
        CHECK_STATUS(WdfRequestMarkCancelableEx(kept, on_cancel), STATUS_SUCCESS);
        canceller = nt_thread_start(cancel_in_thread, operation);
        unmarked = WdfRequestUnmarkCancelable(kept);
        if (unmarked == STATUS_SUCCESS)
        {
            WdfRequestComplete(kept, STATUS_SUCCESS);
        }
        nt_thread_join(canceller);
        status = testkit_wait(operation, NULL);
        CHECK_STATUS(status, unmarked);
        CHECK_EQUAL(cancels, unmarked == STATUS_SUCCESS ? 0 : 1);
        WdfObjectDereference(kept);
    }
    end(4);
}

static void cancellation_meets_the_marking(void)
{
    begin_with(keep);
    for (unsigned round = 1; round <= 4; round++)
    {
        struct testkit_operation *operation = start();
        struct nt_thread *canceller = nt_thread_start(cancel_in_thread, operation);

        cancels = 0;
        mark_unmark_and_complete(kept);
        nt_thread_join(canceller);
        CHECK_STATUS(testkit_wait(operation, NULL), STATUS_CANCELLED);
        CHECK_EQUAL(cancels, marked == STATUS_SUCCESS ? 1 : 0);
    }
    end(4);
}

const struct nt_case nt_cases[] = {
    CASE(unmarked_request_only_knows_that_it_is_cancelled),
    CASE(marked_request_is_cancelled_by_its_callback_once),
    CASE(marking_a_cancelled_request_calls_back_before_it_returns),
    CASE(longer_form_of_marking_refuses_a_cancelled_request_and_does_not_call_back),
    CASE(unmarked_request_is_not_called_back_for),
    CASE(unmarking_what_is_not_marked_is_refused_as_if_it_were_cancelled),
    CASE(marking_in_a_purged_queue_is_as_if_the_request_were_cancelled),
    CASE(request_in_no_queue_is_not_marked),
    CASE(cancellation_meets_the_unmarking),
    CASE(cancellation_meets_the_marking),
    CASES_END,
};
