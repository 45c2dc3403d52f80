/* SPDX-License-Identifier: MIT */
/*
 * The verifier's rules about sending: each broken once, and nearly.
 */
#include "send_case.h"

#include <string.h>

DECLARE_CONST_UNICODE_STRING(link_name, L"\\??\\SendCase");

/* What the handler of a request from above does with it, and then completes it. */
static VOID (*handle)(WDFREQUEST request);

static VOID control(WDFQUEUE queue, WDFREQUEST request, size_t output_length, size_t input_length, ULONG code)
{
    UNREFERENCED_PARAMETER(queue);
    UNREFERENCED_PARAMETER(output_length);
    UNREFERENCED_PARAMETER(input_length);
    UNREFERENCED_PARAMETER(code);
    handle(request);
}

static NTSTATUS make_queue(WDFDEVICE device)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = control;
    CHECK_STATUS(WdfDeviceCreateSymbolicLink(device, &link_name), STATUS_SUCCESS);
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

/* One request from above is handled so. */
static void from_above(enum testkit_level level, VOID (*how)(WDFREQUEST request))
{
    struct testkit_file *file;

    handle = how;
    wdf_case_verify(level);
    set_up_with(NULL, make_queue);
    CHECK_STATUS(testkit_open("\\??\\SendCase", true, true, &file), STATUS_SUCCESS);
    (void)testkit_control(file, CODE, NULL, 0, NULL, 0, NULL);
    testkit_close(file);
    tear_down();
}

static VOID complete_later(WDFREQUEST request, WDFIOTARGET target, PWDF_REQUEST_COMPLETION_PARAMS params, WDFCONTEXT context)
{
    UNREFERENCED_PARAMETER(target);
    UNREFERENCED_PARAMETER(context);
    WdfRequestComplete(request, params->IoStatus.Status);
}

static VOID never_cancelled(WDFREQUEST request)
{
    UNREFERENCED_PARAMETER(request);
}

static void forward(WDFREQUEST request)
{
    WdfRequestFormatRequestUsingCurrentType(request);
    WdfRequestSetCompletionRoutine(request, complete_later, NULL);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
}

static VOID send_while_cancelable(WDFREQUEST request)
{
    CHECK_STATUS(WdfRequestMarkCancelableEx(request, never_cancelled), STATUS_SUCCESS);
    WdfRequestFormatRequestUsingCurrentType(request);
    WdfIoTargetPurge(test.target, WdfIoTargetPurgeIo);
    WdfRequestSetCompletionRoutine(request, complete_later, NULL);
    BREAKS(V07, request, "WdfRequestSend", CHECK(!WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS)));
    CHECK_STATUS(WdfRequestUnmarkCancelable(request), STATUS_SUCCESS);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void v07_is_broken_by_sending_what_is_cancelable(void)
{
    from_above(TESTKIT_VERIFIER_BASIC, send_while_cancelable);
}

static VOID send_after_unmark(WDFREQUEST request)
{
    CHECK_STATUS(WdfRequestMarkCancelableEx(request, never_cancelled), STATUS_SUCCESS);
    CHECK_STATUS(WdfRequestUnmarkCancelable(request), STATUS_SUCCESS);
    forward(request);
}

static void v07_allows_sending_what_is_unmarked(void)
{
    from_above(TESTKIT_VERIFIER_BASIC, send_after_unmark);
}

static void v09_is_broken_by_sending_what_is_not_formatted(void)
{
    WDFREQUEST request;

    set_up();
    request = make_request();
    BREAKS(V09, request, "WdfRequestSend", CHECK(!WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS)));
    WdfObjectDelete(request);
    tear_down();
}

static void v09_allows_sending_what_was_formatted_twice(void)
{
    WDFREQUEST request;

    set_up();
    request = make_request();
    format(request);
    format(request);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    WdfObjectDelete(request);
    tear_down();
}

static VOID forget_formatted(WDFREQUEST request)
{
    WDF_REQUEST_SEND_OPTIONS options;

    WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET);
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, NULL, NULL, NULL, NULL), STATUS_SUCCESS);
    BREAKS(V10, request, "WdfRequestSend", CHECK(!WdfRequestSend(request, test.target, &options)));
    WdfRequestComplete(request, WdfRequestGetStatus(request));
}

static void v10_is_broken_by_forgetting_what_is_formatted(void)
{
    from_above(TESTKIT_VERIFIER_BASIC, forget_formatted);
}

static VOID forget_plain(WDFREQUEST request)
{
    WDF_REQUEST_SEND_OPTIONS options;

    WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET);
    CHECK(WdfRequestSend(request, test.target, &options));
}

static void v10_allows_forgetting_what_is_not_formatted(void)
{
    from_above(TESTKIT_VERIFIER_BASIC, forget_plain);
}

static VOID forget_as_it_came(WDFREQUEST request)
{
    WdfRequestFormatRequestUsingCurrentType(request);
    forget_plain(request);
}

static void v10_allows_forgetting_what_is_formatted_as_it_came(void)
{
    from_above(TESTKIT_VERIFIER_BASIC, forget_as_it_came);
}

static VOID send_without_routine(WDFREQUEST request)
{
    WdfRequestFormatRequestUsingCurrentType(request);
    BREAKS(V11, request, "WdfRequestSend", CHECK(!WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS)));
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void v11_is_broken_by_sending_without_a_completion_routine(void)
{
    from_above(TESTKIT_VERIFIER_BASIC, send_without_routine);
}

static void v11_allows_sending_with_a_completion_routine(void)
{
    from_above(TESTKIT_VERIFIER_BASIC, forward);
}

static void v12_is_broken_by_sending_twice(void)
{
    WDFREQUEST request;

    set_up();
    wdf_case_tolerate("V09");
    lower.behaviour = LOWER_KEEPS;
    request = send_one();
    (void)WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS);
}

static void v12_allows_sending_again_what_is_back(void)
{
    WDFREQUEST request;

    set_up();
    request = send_one();
    reuse(request);
    format(request);
    SILENT(V12, CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS)));
    WdfObjectDelete(request);
    tear_down();
}

static void v14_is_broken_by_asking_for_the_status_of_what_is_in_flight(void)
{
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = send_one();
    BREAKS(V14, request, "WdfRequestGetStatus", (void)WdfRequestGetStatus(request));
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
    (void)WdfRequestGetStatus(request);
    WdfObjectDelete(request);
    tear_down();
}

static void v14_is_broken_by_asking_for_the_status_of_what_was_never_sent(void)
{
    WDFREQUEST request;

    set_up();
    request = make_request();
    BREAKS(V14, request, "WdfRequestGetStatus", (void)WdfRequestGetStatus(request));
    reuse(request);
    (void)WdfRequestGetStatus(request);
    WdfObjectDelete(request);
    tear_down();
}

static void v15_is_broken_by_waiting_without_a_limit(void)
{
    WDFREQUEST request;

    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    set_up();
    request = make_request();
    format(request);
    BREAKS(V15, request, "WdfRequestSend", CHECK(send_with(request, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS)));
    reuse(request);
    format(request);
    CHECK(send_in_time(request, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS, WDF_REL_TIMEOUT_IN_SEC(9)));
    WdfObjectDelete(request);
    tear_down();
}

static VOID send_as_a_read(WDFREQUEST request)
{
    BREAKS(V16, request, "WdfIoTargetFormatRequestForRead",
           CHECK_STATUS(WdfIoTargetFormatRequestForRead(test.target, request, NULL, NULL, NULL), STATUS_SUCCESS));
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static void v16_is_broken_by_formatting_a_control_as_a_read(void)
{
    from_above(TESTKIT_VERIFIER_FULL, send_as_a_read);
}

static VOID send_as_a_control(WDFREQUEST request)
{
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, NULL, NULL, NULL, NULL), STATUS_SUCCESS);
    WdfRequestSetCompletionRoutine(request, complete_later, NULL);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
}

static void v16_allows_another_control(void)
{
    from_above(TESTKIT_VERIFIER_FULL, send_as_a_control);
}

static void v41_is_broken_by_sending_under_a_spin_lock(void)
{
    WDFREQUEST request;
    WDFSPINLOCK lock;

    set_up();
    CHECK_STATUS(WdfSpinLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &lock), STATUS_SUCCESS);
    request = make_request();
    format(request);
    WdfSpinLockAcquire(lock);
    BREAKS(V41, request, "WdfRequestSend", CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS)));
    WdfSpinLockRelease(lock);
    reuse(request);
    format(request);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    WdfObjectDelete(request);
    tear_down();
}

static void v51_is_broken_by_sending_to_a_closed_target(void)
{
    WDFREQUEST request;
    WDFIOTARGET closed;

    set_up();
    CHECK_STATUS(WdfIoTargetCreate(test.device, WDF_NO_OBJECT_ATTRIBUTES, &closed), STATUS_SUCCESS);
    request = make_request();
    format(request);
    BREAKS(V51, closed, "WdfRequestSend", CHECK(!WdfRequestSend(request, closed, WDF_NO_SEND_OPTIONS)));
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    WdfObjectDelete(request);
    tear_down();
}

static void v41_allows_sending_when_the_spin_lock_is_released(void)
{
    WDFREQUEST request;
    WDFSPINLOCK lock;

    set_up();
    CHECK_STATUS(WdfSpinLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &lock), STATUS_SUCCESS);
    request = make_request();
    WdfSpinLockAcquire(lock);
    format(request);
    WdfSpinLockRelease(lock);
    SILENT(V41, CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS)));
    WdfObjectDelete(request);
    tear_down();
}

static void v51_allows_sending_to_a_stopped_target(void)
{
    WDFREQUEST request;

    set_up();
    request = make_request();
    format(request);
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    SILENT(V51, CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS)));
    CHECK_STATUS(WdfIoTargetStart(test.target), STATUS_SUCCESS);
    WdfObjectDelete(request);
    tear_down();
}

static void do_nothing(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
}

static void stop_it(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    WdfIoTargetStop(test.target, WdfIoTargetWaitForSentIoToComplete);
}

static void v51_is_broken_by_stopping_what_is_being_stopped(void)
{
    struct nt_thread *thread;
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = send_one();
    thread = nt_thread_start(stop_it, NULL);
    while (WdfIoTargetGetState(test.target) == WdfIoTargetStarted)
    {
        nt_thread_join(nt_thread_start(do_nothing, NULL));
    }
    BREAKS(V51, test.target, "WdfIoTargetStop", WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending));
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
    nt_thread_join(thread);
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    WdfObjectDelete(request);
    tear_down();
}

const struct nt_case nt_cases[] = {
    CASE(v07_is_broken_by_sending_what_is_cancelable),
    CASE(v07_allows_sending_what_is_unmarked),
    CASE(v09_is_broken_by_sending_what_is_not_formatted),
    CASE(v09_allows_sending_what_was_formatted_twice),
    CASE(v10_is_broken_by_forgetting_what_is_formatted),
    CASE(v10_allows_forgetting_what_is_not_formatted),
    CASE(v10_allows_forgetting_what_is_formatted_as_it_came),
    CASE(v11_is_broken_by_sending_without_a_completion_routine),
    CASE(v11_allows_sending_with_a_completion_routine),
    STOPS(v12_is_broken_by_sending_twice, "V12...WdfRequestSend"),
    CASE(v12_allows_sending_again_what_is_back),
    CASE(v14_is_broken_by_asking_for_the_status_of_what_is_in_flight),
    CASE(v14_is_broken_by_asking_for_the_status_of_what_was_never_sent),
    CASE(v15_is_broken_by_waiting_without_a_limit),
    CASE(v16_is_broken_by_formatting_a_control_as_a_read),
    CASE(v16_allows_another_control),
    CASE(v41_is_broken_by_sending_under_a_spin_lock),
    CASE(v41_allows_sending_when_the_spin_lock_is_released),
    CASE(v51_allows_sending_to_a_stopped_target),
    CASE(v51_is_broken_by_sending_to_a_closed_target),
    CASE(v51_is_broken_by_stopping_what_is_being_stopped),
    CASES_END,
};
