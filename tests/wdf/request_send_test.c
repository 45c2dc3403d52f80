/* SPDX-License-Identifier: MIT */
/*
 * Sending requests: options, what is refused, time-outs, cancellation, reuse, requests from above.
 */
#include "send_case.h"

#include <string.h>

#define CONTROL_PATH "\\??\\SendCase"

DECLARE_CONST_UNICODE_STRING(link_name, L"\\??\\SendCase");

/*
 * Options.
 */

static void options_of_a_wrong_size_or_with_unknown_flags_are_refused(void)
{
    WDF_REQUEST_SEND_OPTIONS options;
    WDFREQUEST request;

    set_up();
    request = make_request();
    format(request);
    WDF_REQUEST_SEND_OPTIONS_INIT(&options, 0);
    options.Size--;
    CHECK(!WdfRequestSend(request, test.target, &options));
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_INVALID_PARAMETER);
    CHECK(!send_with(request, 0x100));
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_INVALID_PARAMETER);
    CHECK(!send_with(request, WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET | WDF_REQUEST_SEND_OPTION_SYNCHRONOUS));
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_INVALID_PARAMETER);
    CHECK(!send_with(request, WDF_REQUEST_SEND_OPTION_IMPERSONATE_CLIENT));
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(test.completed, 0);
    CHECK_EQUAL(lower.received, 0);
    WdfObjectDelete(request);
    tear_down();
}

static void request_of_the_driver_cannot_be_forgotten(void)
{
    WDFREQUEST request;

    set_up();
    wdf_case_tolerate("V10");
    request = make_request();
    format(request);
    CHECK(!send_with(request, WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET));
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_INVALID_DEVICE_STATE);
    WdfObjectDelete(request);
    tear_down();
}

static void request_of_the_driver_needs_no_completion_routine(void)
{
    WDFREQUEST request;

    set_up();
    request = make_request();
    format(request);
    WdfRequestSetCompletionRoutine(request, NULL, NULL);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(lower.received, 1);
    WdfObjectDelete(request);
    tear_down();
}

static void request_without_a_format_is_refused(void)
{
    WDFREQUEST request;

    set_up();
    wdf_case_tolerate("V09");
    request = make_request();
    CHECK(!WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_REQUEST_NOT_ACCEPTED);
    WdfObjectDelete(request);
    tear_down();
}

static void request_is_to_be_formatted_for_each_send(void)
{
    WDFREQUEST request;

    set_up();
    wdf_case_tolerate("V09");
    request = send_one();
    CHECK(!WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_REQUEST_NOT_ACCEPTED);
    format(request);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(test.completed, 2);
    WdfObjectDelete(request);
    tear_down();
}

static void completion_routine_is_called_for_one_send_only(void)
{
    WDFREQUEST request;

    set_up();
    request = send_one();
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, NULL, NULL, NULL, NULL), STATUS_SUCCESS);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(lower.received, 2);
    CHECK_EQUAL(test.completed, 1);
    WdfObjectDelete(request);
    tear_down();
}

static void stops_when_sent_twice(void)
{
    WDFREQUEST request;

    set_up();
    wdf_case_tolerate("V09 V12");
    lower.behaviour = LOWER_KEEPS;
    request = send_one();
    (void)WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS);
}

/*
 * Synchronous sends.
 */

static void synchronous_send_returns_with_the_end_and_calls_the_routine(void)
{
    WDF_REQUEST_COMPLETION_PARAMS params;
    WDFREQUEST request;

    set_up();
    lower.status = STATUS_NO_SUCH_DEVICE;
    request = make_request();
    format(request);
    CHECK(send_in_time(request, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS, WDF_REL_TIMEOUT_IN_SEC(10)));
    CHECK_EQUAL(test.completed, 1);
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_NO_SUCH_DEVICE);
    WDF_REQUEST_COMPLETION_PARAMS_INIT(&params);
    WdfRequestGetCompletionParams(request, &params);
    CHECK_EQUAL(params.Type, WdfRequestTypeDeviceControl);
    CHECK_STATUS(params.IoStatus.Status, STATUS_NO_SUCH_DEVICE);
    WdfObjectDelete(request);
    tear_down();
}

static void complete_one_later(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    lower_wait_kept(1);
    CHECK(lower_complete_first(STATUS_SUCCESS, 3));
}

static void synchronous_send_waits_for_a_request_that_is_kept(void)
{
    struct nt_thread *thread;
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = make_request();
    format(request);
    thread = nt_thread_start(complete_one_later, NULL);
    CHECK(send_in_time(request, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS, 0));
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_SUCCESS);
    CHECK_EQUAL(WdfRequestGetInformation(request), 3);
    nt_thread_join(thread);
    WdfObjectDelete(request);
    tear_down();
}

static void synchronous_send_that_takes_too_long_is_cancelled(void)
{
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = make_request();
    format(request);
    CHECK(send_in_time(request, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS, WDF_REL_TIMEOUT_IN_MS(20)));
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_IO_TIMEOUT);
    CHECK_EQUAL(lower.cancelled, 1);
    WdfObjectDelete(request);
    tear_down();
}

static void synchronous_send_to_a_stopped_target_times_out(void)
{
    WDFREQUEST request;

    set_up();
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    request = make_request();
    format(request);
    CHECK(send_in_time(request, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS, WDF_REL_TIMEOUT_IN_MS(20)));
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_IO_TIMEOUT);
    CHECK_EQUAL(lower.received, 0);
    WdfObjectDelete(request);
    tear_down();
}

/*
 * Time-outs.
 */

static void wait_for_completions(LONG count)
{
    while (InterlockedCompareExchange(&test.completed, 0, 0) < count)
    {
        wdf_case_pass_ms(1);
    }
}

/* Whether the first send of the case below was too late: in the simulation time may pass anywhere. */
static bool first_timed_out;

static VOID send_again_and_linger(WDFREQUEST request, WDFIOTARGET target, PWDF_REQUEST_COMPLETION_PARAMS params,
                                  WDFCONTEXT context)
{
    UNREFERENCED_PARAMETER(context);
    first_timed_out = params->IoStatus.Status == STATUS_IO_TIMEOUT;
    reuse(request);
    format(request);
    CHECK(WdfRequestSend(request, target, WDF_NO_SEND_OPTIONS));
    wdf_case_pass_ms(30);
}

static void complete_the_first(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    lower_wait_kept(1);
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
}

/* The routine is still running when the time is over: what is out then is another send, which has no limit. */
static void time_out_of_a_synchronous_send_leaves_the_next_send_alone(void)
{
    struct nt_thread *thread;
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = make_request();
    format(request);
    WdfRequestSetCompletionRoutine(request, send_again_and_linger, NULL);
    thread = nt_thread_start(complete_the_first, NULL);
    CHECK(send_in_time(request, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS, WDF_REL_TIMEOUT_IN_MS(20)));
    nt_thread_join(thread);
    CHECK_EQUAL(lower.cancelled, first_timed_out ? 1 : 0);
    /* The thread has completed the second send, if the first was over by then. */
    CHECK(lower_complete_first(STATUS_SUCCESS, 0) == !first_timed_out);
    CHECK_EQUAL(test.completed, 1);
    CHECK_STATUS(test.statuses[0], STATUS_SUCCESS);
    WdfObjectDelete(request);
    tear_down();
}

static VOID delete_it(WDFREQUEST request, WDFIOTARGET target, PWDF_REQUEST_COMPLETION_PARAMS params, WDFCONTEXT context)
{
    note_end(request, target, params, context);
    WdfObjectDelete(request);
}

static void complete_in_the_last_moment(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    wdf_case_pass_ms(10);
    (void)lower_complete_first(STATUS_SUCCESS, 0);
}

static void time_out_of_a_synchronous_send_races_the_deletion_in_its_routine(void)
{
    struct nt_thread *thread;
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    for (int round = 0; round < 4; round++)
    {
        request = make_request();
        format(request);
        WdfRequestSetCompletionRoutine(request, delete_it, NULL);
        thread = nt_thread_start(complete_in_the_last_moment, NULL);
        CHECK(send_in_time(request, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS, WDF_REL_TIMEOUT_IN_MS(10)));
        nt_thread_join(thread);
    }
    tear_down();
}

static void request_that_takes_too_long_is_cancelled_and_timed_out(void)
{
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = make_request();
    CHECK_STATUS(WdfRequestAllocateTimer(request), STATUS_SUCCESS);
    CHECK_STATUS(WdfRequestAllocateTimer(request), STATUS_SUCCESS);
    format(request);
    CHECK(send_in_time(request, 0, WDF_REL_TIMEOUT_IN_MS(5)));
    wait_for_completions(1);
    CHECK_STATUS(test.statuses[0], STATUS_IO_TIMEOUT);
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_IO_TIMEOUT);
    WdfObjectDelete(request);
    tear_down();
}

static void request_that_waits_in_a_stopped_target_times_out(void)
{
    WDFREQUEST request;

    set_up();
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    request = make_request();
    format(request);
    CHECK(send_in_time(request, 0, WDF_REL_TIMEOUT_IN_MS(5)));
    wait_for_completions(1);
    CHECK_STATUS(test.statuses[0], STATUS_IO_TIMEOUT);
    CHECK_EQUAL(lower.received, 0);
    WdfObjectDelete(request);
    tear_down();
}

static void request_in_time_keeps_its_status(void)
{
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = make_request();
    for (int round = 0; round < 3; round++)
    {
        format(request);
        CHECK(send_in_time(request, 0, WDF_REL_TIMEOUT_IN_SEC(60)));
        CHECK(lower_complete_first(STATUS_CANCELLED, 0));
        CHECK_STATUS(test.statuses[round], STATUS_CANCELLED);
        reuse(request);
    }
    WdfObjectDelete(request);
    tear_down();
}

static void time_out_of_nothing_is_none(void)
{
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = make_request();
    format(request);
    CHECK(send_in_time(request, 0, 0));
    CHECK_EQUAL(test.completed, 0);
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
    WdfObjectDelete(request);
    tear_down();
}

static void time_out_in_the_past_cancels_at_once(void)
{
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = make_request();
    format(request);
    CHECK(send_in_time(request, 0, 1));
    wait_for_completions(1);
    CHECK_STATUS(test.statuses[0], STATUS_IO_TIMEOUT);
    WdfObjectDelete(request);
    tear_down();
}

static void complete_all(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    (void)lower_complete_first(STATUS_SUCCESS, 0);
}

static void time_out_that_races_with_completion_ends_the_request_once(void)
{
    struct nt_thread *thread;
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = make_request();
    for (LONG round = 0; round < 3; round++)
    {
        format(request);
        CHECK(send_in_time(request, 0, WDF_REL_TIMEOUT_IN_US(1)));
        thread = nt_thread_start(complete_all, NULL);
        nt_thread_join(thread);
        wait_for_completions(round + 1);
        CHECK_EQUAL(test.completed, round + 1);
        CHECK(test.statuses[round] == STATUS_SUCCESS || test.statuses[round] == STATUS_IO_TIMEOUT);
        reuse(request);
    }
    WdfObjectDelete(request);
    tear_down();
}

/*
 * Cancellation.
 */

static void cancelling_reaches_who_keeps_the_request(void)
{
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = send_one();
    CHECK(WdfRequestCancelSentRequest(request));
    CHECK_EQUAL(test.completed, 1);
    CHECK_STATUS(test.statuses[0], STATUS_CANCELLED);
    CHECK(!WdfRequestCancelSentRequest(request));
    WdfObjectDelete(request);
    tear_down();
}

static void cancelling_what_cannot_be_cancelled_only_marks_it(void)
{
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS_FIRMLY;
    request = send_one();
    CHECK(!WdfRequestCancelSentRequest(request));
    CHECK_EQUAL(test.completed, 0);
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
    CHECK_STATUS(test.statuses[0], STATUS_SUCCESS);
    WdfObjectDelete(request);
    tear_down();
}

static void cancelling_reaches_what_waits_in_a_stopped_target(void)
{
    WDFREQUEST request;

    set_up();
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    request = send_one();
    CHECK(WdfRequestCancelSentRequest(request));
    CHECK_EQUAL(test.completed, 1);
    CHECK_STATUS(test.statuses[0], STATUS_CANCELLED);
    CHECK_STATUS(WdfIoTargetStart(test.target), STATUS_SUCCESS);
    CHECK_EQUAL(lower.received, 0);
    WdfObjectDelete(request);
    tear_down();
}

static void request_cancelled_before_it_is_sent_is_refused_until_it_is_reused(void)
{
    WDFREQUEST request;

    set_up();
    request = make_request();
    CHECK(!WdfRequestCancelSentRequest(request));
    format(request);
    CHECK(!WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_CANCELLED);
    format(request);
    CHECK(!WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    reuse(request);
    format(request);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(test.completed, 1);
    WdfObjectDelete(request);
    tear_down();
}

static void cancel_it(void *argument)
{
    (void)WdfRequestCancelSentRequest(*(WDFREQUEST *)argument);
}

static void cancellation_that_races_with_completion_ends_the_request_once(void)
{
    struct nt_thread *canceller;
    struct nt_thread *completer;
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = make_request();
    for (LONG round = 0; round < 3; round++)
    {
        format(request);
        CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
        canceller = nt_thread_start(cancel_it, &request);
        completer = nt_thread_start(complete_all, NULL);
        nt_thread_join(canceller);
        nt_thread_join(completer);
        CHECK_EQUAL(test.completed, round + 1);
        CHECK(test.statuses[round] == STATUS_SUCCESS || test.statuses[round] == STATUS_CANCELLED);
        reuse(request);
    }
    WdfObjectDelete(request);
    tear_down();
}

static void send_it(void *argument)
{
    WDFREQUEST request = *(WDFREQUEST *)argument;

    if (!WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS))
    {
        CHECK_STATUS(WdfRequestGetStatus(request), STATUS_CANCELLED);
        (void)InterlockedIncrement(&test.completed);
    }
}

static void cancellation_that_races_with_the_send_refuses_or_cancels(void)
{
    struct nt_thread *canceller;
    struct nt_thread *sender;
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = make_request();
    for (LONG round = 0; round < 3; round++)
    {
        format(request);
        sender = nt_thread_start(send_it, &request);
        canceller = nt_thread_start(cancel_it, &request);
        nt_thread_join(sender);
        nt_thread_join(canceller);
        CHECK_EQUAL(test.completed, round + 1);
        reuse(request);
    }
    CHECK_EQUAL(lower_kept(), 0);
    WdfObjectDelete(request);
    tear_down();
}

/*
 * Deletion, reuse.
 */

static void request_deleted_in_flight_stays_until_it_is_back(void)
{
    set_up();
    lower.behaviour = LOWER_KEEPS;
    WdfObjectDelete(send_one());
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
    CHECK_EQUAL(test.completed, 1);
    tear_down();
}

static void completion_routine_may_delete_the_request(void)
{
    WDFREQUEST request;

    set_up();
    request = make_request();
    format(request);
    WdfRequestSetCompletionRoutine(request, delete_it, NULL);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(test.completed, 1);
    tear_down();
}

static VOID send_again(WDFREQUEST request, WDFIOTARGET target, PWDF_REQUEST_COMPLETION_PARAMS params, WDFCONTEXT context)
{
    note_end(request, target, params, context);
    if (test.completed < 5)
    {
        reuse(request);
        format(request);
        WdfRequestSetCompletionRoutine(request, send_again, NULL);
        CHECK(WdfRequestSend(request, target, WDF_NO_SEND_OPTIONS));
    }
}

static void completion_routine_may_send_the_request_again(void)
{
    WDFREQUEST request;

    set_up();
    request = make_request();
    format(request);
    WdfRequestSetCompletionRoutine(request, send_again, NULL);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(test.completed, 5);
    WdfObjectDelete(request);
    tear_down();
}

static void reuse_sets_the_status_and_forgets_the_routine(void)
{
    WDF_REQUEST_REUSE_PARAMS params;
    WDFREQUEST request;

    set_up();
    lower.information = 9;
    request = send_one();
    CHECK_EQUAL(WdfRequestGetInformation(request), 9);
    WdfRequestSetCompletionRoutine(request, note_end, NULL);
    WDF_REQUEST_REUSE_PARAMS_INIT(&params, WDF_REQUEST_REUSE_NO_FLAGS, STATUS_NOT_SUPPORTED);
    CHECK_STATUS(WdfRequestReuse(request, &params), STATUS_SUCCESS);
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_NOT_SUPPORTED);
    CHECK_EQUAL(WdfRequestGetInformation(request), 0);
    CHECK_STATUS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, NULL, NULL, NULL, NULL), STATUS_SUCCESS);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(test.completed, 1);
    WdfObjectDelete(request);
    tear_down();
}

static void reuse_with_a_wrong_size_or_flags_is_refused(void)
{
    WDF_REQUEST_REUSE_PARAMS params;
    WDFREQUEST request;

    set_up();
    request = make_request();
    WDF_REQUEST_REUSE_PARAMS_INIT(&params, WDF_REQUEST_REUSE_NO_FLAGS, STATUS_SUCCESS);
    params.Size++;
    CHECK_STATUS(WdfRequestReuse(request, &params), STATUS_INVALID_PARAMETER);
    WDF_REQUEST_REUSE_PARAMS_INIT(&params, 2, STATUS_SUCCESS);
    CHECK_STATUS(WdfRequestReuse(request, &params), STATUS_INVALID_PARAMETER);
    WdfObjectDelete(request);
    tear_down();
}

static void request_without_a_target_gets_one_when_it_is_formatted(void)
{
    WDFREQUEST request;

    set_up();
    CHECK_STATUS(WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, NULL, &request), STATUS_SUCCESS);
    CHECK_STATUS(WdfRequestChangeTarget(request, test.target), STATUS_SUCCESS);
    format(request);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(test.completed, 1);
    WdfObjectDelete(request);
    CHECK_STATUS(WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, NULL, &request), STATUS_SUCCESS);
    format(request);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(test.completed, 2);
    WdfObjectDelete(request);
    CHECK_STATUS(WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, NULL, &request), STATUS_SUCCESS);
    WdfObjectDelete(request);
    tear_down();
}

typedef struct _LARGE_CONTEXT
{
    UCHAR Bytes[3000];
} LARGE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE(LARGE_CONTEXT)

static LONG cleanups;

static VOID count_cleanup(WDFOBJECT object)
{
    UNREFERENCED_PARAMETER(object);
    cleanups++;
}

static void request_may_have_a_large_context_and_callbacks(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFREQUEST request;

    set_up();
    cleanups = 0;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, LARGE_CONTEXT);
    attributes.ParentObject = test.device;
    attributes.EvtCleanupCallback = count_cleanup;
    CHECK_STATUS(WdfRequestCreate(&attributes, test.target, &request), STATUS_SUCCESS);
    CHECK_EQUAL(WdfObjectGet_LARGE_CONTEXT(request)->Bytes[2999], 0);
    format(request);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(test.completed, 1);
    tear_down();
    CHECK_EQUAL(cleanups, 1);
}

static void attributes_of_a_request_are_checked(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFREQUEST request;

    set_up();
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    CHECK_STATUS(WdfRequestCreate(&attributes, test.target, &request), STATUS_WDF_EXECUTION_LEVEL_INVALID);
    CHECK(request == NULL);
    tear_down();
}

/*
 * Requests from above.
 */

static struct
{
    BOOLEAN forget;
    BOOLEAN without_routine;
    NTSTATUS refused;
} above;

static VOID pass_up(WDFREQUEST request, WDFIOTARGET target, PWDF_REQUEST_COMPLETION_PARAMS params, WDFCONTEXT context)
{
    note_end(request, target, params, context);
    WdfRequestCompleteWithInformation(request, params->IoStatus.Status, params->IoStatus.Information);
}

static VOID forward(WDFQUEUE queue, WDFREQUEST request, size_t output_length, size_t input_length, ULONG code)
{
    WDF_REQUEST_SEND_OPTIONS options;

    UNREFERENCED_PARAMETER(queue);
    UNREFERENCED_PARAMETER(output_length);
    UNREFERENCED_PARAMETER(input_length);
    UNREFERENCED_PARAMETER(code);
    WDF_REQUEST_SEND_OPTIONS_INIT(&options, above.forget ? WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET : 0);
    WdfRequestFormatRequestUsingCurrentType(request);
    if (!above.forget && !above.without_routine)
    {
        WdfRequestSetCompletionRoutine(request, pass_up, NULL);
    }
    if (!WdfRequestSend(request, test.target, &options))
    {
        above.refused = WdfRequestGetStatus(request);
        WdfRequestComplete(request, above.refused);
    }
}

static NTSTATUS make_queue(WDFDEVICE device)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = forward;
    CHECK_STATUS(WdfDeviceCreateSymbolicLink(device, &link_name), STATUS_SUCCESS);
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

static struct testkit_file *set_up_above(void)
{
    struct testkit_file *file;

    memset(&above, 0, sizeof(above));
    set_up_with(NULL, make_queue);
    CHECK_STATUS(testkit_open(CONTROL_PATH, true, true, &file), STATUS_SUCCESS);
    return file;
}

static bool double_input(const struct lower_request *request, int32_t *status, uint64_t *information)
{
    uint8_t value = request->input_length != 0 ? *(const uint8_t *)request->input : 0;

    if (request->output_length != 0)
    {
        *(uint8_t *)request->output = (uint8_t)(2 * value);
    }
    *status = STATUS_SUCCESS;
    *information = 1;
    return lower.behaviour == LOWER_COMPLETES;
}

static void request_from_above_goes_down_unchanged_and_comes_back_to_the_driver(void)
{
    struct testkit_file *file = set_up_above();
    uint8_t input = 21;
    uint8_t output = 0;
    uint64_t information;

    lower.hook = double_input;
    CHECK_STATUS(testkit_control(file, CODE, &input, 1, &output, 1, &information), STATUS_SUCCESS);
    CHECK_EQUAL(output, 42);
    CHECK_EQUAL(information, 1);
    CHECK_EQUAL(test.completed, 1);
    CHECK_EQUAL(test.params.Type, WdfRequestTypeNoFormat);
    testkit_close(file);
    tear_down();
}

static void request_from_above_that_is_forgotten_does_not_come_back(void)
{
    struct testkit_file *file = set_up_above();
    uint8_t input = 3;
    uint8_t output = 0;

    lower.hook = double_input;
    above.forget = TRUE;
    wdf_case_tolerate("V10");
    CHECK_STATUS(testkit_control(file, CODE, &input, 1, &output, 1, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(output, 6);
    CHECK_EQUAL(test.completed, 0);
    testkit_close(file);
    tear_down();
}

static void request_from_above_needs_a_completion_routine(void)
{
    struct testkit_file *file = set_up_above();

    above.without_routine = TRUE;
    wdf_case_tolerate("V11");
    CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(above.refused, STATUS_INVALID_DEVICE_REQUEST);
    CHECK_EQUAL(lower.received, 0);
    testkit_close(file);
    tear_down();
}

static void forgotten_requests_wait_in_a_stopped_target(void)
{
    struct testkit_file *file = set_up_above();
    struct testkit_operation *operation;

    above.forget = TRUE;
    wdf_case_tolerate("V10");
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    operation = testkit_control_start(file, CODE, NULL, 0, NULL, 0);
    CHECK(operation != NULL);
    CHECK_EQUAL(lower.received, 0);
    CHECK_STATUS(WdfIoTargetStart(test.target), STATUS_SUCCESS);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(lower.received, 1);

    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    operation = testkit_control_start(file, CODE, NULL, 0, NULL, 0);
    testkit_cancel(operation);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_CANCELLED);
    operation = testkit_control_start(file, CODE, NULL, 0, NULL, 0);
    WdfIoTargetPurge(test.target, WdfIoTargetPurgeIoAndWait);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_INVALID_DEVICE_REQUEST);
    testkit_close(file);
    tear_down();
}

static void sender_above_cancels_what_was_sent_on(void)
{
    struct testkit_file *file = set_up_above();
    struct testkit_operation *operation;

    lower.behaviour = LOWER_KEEPS;
    operation = testkit_control_start(file, CODE, NULL, 0, NULL, 0);
    lower_wait_kept(1);
    testkit_cancel(operation);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_CANCELLED);
    CHECK_EQUAL(test.completed, 1);

    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    operation = testkit_control_start(file, CODE, NULL, 0, NULL, 0);
    testkit_cancel(operation);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_CANCELLED);
    CHECK_EQUAL(test.completed, 2);
    CHECK_STATUS(WdfIoTargetStart(test.target), STATUS_SUCCESS);
    testkit_close(file);
    tear_down();
}

static void device_with_requests_from_above_sent_on_is_removed_by_surprise(void)
{
    struct testkit_file *file = set_up_above();
    struct testkit_operation *operation;

    lower.behaviour = LOWER_KEEPS;
    operation = testkit_control_start(file, CODE, NULL, 0, NULL, 0);
    lower_wait_kept(1);
    CHECK(lower_complete_first(STATUS_NO_SUCH_DEVICE, 0));
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_NO_SUCH_DEVICE);
    testkit_close(file);
    CHECK_STATUS(testkit_surprise_remove(test.started), STATUS_SUCCESS);
    wdf_case_unload();
    lower_uninstall();
}

const struct nt_case nt_cases[] = {
    CASE(options_of_a_wrong_size_or_with_unknown_flags_are_refused),
    CASE(request_of_the_driver_cannot_be_forgotten),
    CASE(request_of_the_driver_needs_no_completion_routine),
    CASE(request_without_a_format_is_refused),
    CASE(request_is_to_be_formatted_for_each_send),
    CASE(completion_routine_is_called_for_one_send_only),
    STOPS(stops_when_sent_twice, "WDF_VIOLATION"),
    CASE(synchronous_send_returns_with_the_end_and_calls_the_routine),
    CASE(synchronous_send_waits_for_a_request_that_is_kept),
    CASE(synchronous_send_that_takes_too_long_is_cancelled),
    CASE(synchronous_send_to_a_stopped_target_times_out),
    CASE(time_out_of_a_synchronous_send_leaves_the_next_send_alone),
    CASE(time_out_of_a_synchronous_send_races_the_deletion_in_its_routine),
    CASE(request_that_takes_too_long_is_cancelled_and_timed_out),
    CASE(request_that_waits_in_a_stopped_target_times_out),
    CASE(request_in_time_keeps_its_status),
    CASE(time_out_of_nothing_is_none),
    CASE(time_out_in_the_past_cancels_at_once),
    CASE(time_out_that_races_with_completion_ends_the_request_once),
    CASE(cancelling_reaches_who_keeps_the_request),
    CASE(cancelling_what_cannot_be_cancelled_only_marks_it),
    CASE(cancelling_reaches_what_waits_in_a_stopped_target),
    CASE(request_cancelled_before_it_is_sent_is_refused_until_it_is_reused),
    CASE(cancellation_that_races_with_completion_ends_the_request_once),
    CASE(cancellation_that_races_with_the_send_refuses_or_cancels),
    CASE(request_deleted_in_flight_stays_until_it_is_back),
    CASE(completion_routine_may_delete_the_request),
    CASE(completion_routine_may_send_the_request_again),
    CASE(reuse_sets_the_status_and_forgets_the_routine),
    CASE(reuse_with_a_wrong_size_or_flags_is_refused),
    CASE(request_without_a_target_gets_one_when_it_is_formatted),
    CASE(request_may_have_a_large_context_and_callbacks),
    CASE(attributes_of_a_request_are_checked),
    CASE(request_from_above_goes_down_unchanged_and_comes_back_to_the_driver),
    CASE(request_from_above_that_is_forgotten_does_not_come_back),
    CASE(request_from_above_needs_a_completion_routine),
    CASE(forgotten_requests_wait_in_a_stopped_target),
    CASE(sender_above_cancels_what_was_sent_on),
    CASE(device_with_requests_from_above_sent_on_is_removed_by_surprise),
    CASES_END,
};
