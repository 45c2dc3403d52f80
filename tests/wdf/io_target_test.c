/* SPDX-License-Identifier: MIT */
/*
 * The target below a device: states, sending, stopping and purging.
 */
#include "send_case.h"
#include "wdf/io_target_states.h"

/*
 * The table.
 */

static void every_state_has_a_row_for_every_event(void)
{
    for (int state = WdfIoTargetStarted; state <= WdfIoTargetPurged; state++)
    {
        for (int event = 0; event < TARGET_EVENTS; event++)
        {
            CHECK(io_target_row((unsigned)state, (enum target_event)event).next != WdfIoTargetStateUndefined);
        }
    }
}

static void requests_never_change_the_state(void)
{
    for (int state = WdfIoTargetStarted; state <= WdfIoTargetPurged; state++)
    {
        CHECK_EQUAL(io_target_row((unsigned)state, TARGET_EVENT_SEND).next, state);
        CHECK_EQUAL(io_target_row((unsigned)state, TARGET_EVENT_SEND_IGNORING).next, state);
    }
}

/*
 * The local target.
 */

static void local_target_is_started_from_the_beginning(void)
{
    set_up();
    CHECK(test.target != NULL);
    CHECK_EQUAL(WdfIoTargetGetState(test.target), WdfIoTargetStarted);
    CHECK(WdfIoTargetGetDevice(test.target) == test.device);
    CHECK(WdfDeviceGetIoTarget(test.device) == test.target);
    tear_down();
}

static void request_goes_to_the_device_below_and_comes_back(void)
{
    WDFREQUEST request;

    set_up();
    lower.information = 7;
    request = send_one();
    CHECK_EQUAL(lower.received, 1);
    CHECK_EQUAL(lower.last.code, CODE);
    CHECK_EQUAL(test.completed, 1);
    CHECK(test.requests[0] == request);
    CHECK(test.seen_target == test.target);
    CHECK(test.context == &test);
    CHECK_EQUAL(test.params.Type, WdfRequestTypeDeviceControl);
    CHECK_EQUAL(test.params.IoStatus.Information, 7);
    CHECK_EQUAL(test.params.Parameters.Ioctl.IoControlCode, CODE);
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_SUCCESS);
    WdfObjectDelete(request);
    tear_down();
}

static void request_that_is_kept_below_comes_back_later(void)
{
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = send_one();
    CHECK_EQUAL(test.completed, 0);
    CHECK(lower_complete_first(STATUS_NO_SUCH_DEVICE, 0));
    CHECK_EQUAL(test.completed, 1);
    CHECK_STATUS(test.statuses[0], STATUS_NO_SUCH_DEVICE);
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_NO_SUCH_DEVICE);
    WdfObjectDelete(request);
    tear_down();
}

/*
 * Stop.
 */

static void stopped_target_keeps_requests_until_it_is_started(void)
{
    WDFREQUEST first;
    WDFREQUEST second;

    set_up();
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    CHECK_EQUAL(WdfIoTargetGetState(test.target), WdfIoTargetStopped);
    first = send_one();
    second = send_one();
    CHECK_EQUAL(lower.received, 0);
    CHECK_STATUS(WdfIoTargetStart(test.target), STATUS_SUCCESS);
    CHECK_EQUAL(lower.received, 2);
    CHECK_EQUAL(test.completed, 2);
    CHECK(test.requests[0] == first);
    CHECK(test.requests[1] == second);
    WdfObjectDelete(first);
    WdfObjectDelete(second);
    tear_down();
}

static void ignoring_the_state_goes_down_while_stopped_and_purged(void)
{
    WDFREQUEST request;

    set_up();
    request = make_request();
    format(request);
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    CHECK(send_with(request, WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE));
    CHECK_EQUAL(test.completed, 1);
    reuse(request);
    format(request);
    WdfIoTargetPurge(test.target, WdfIoTargetPurgeIo);
    CHECK(send_with(request, WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE));
    CHECK_EQUAL(test.completed, 2);
    WdfObjectDelete(request);
    tear_down();
}

static void stop_that_cancels_has_cancelled_when_it_returns(void)
{
    WDFREQUEST first;
    WDFREQUEST second;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    first = send_one();
    second = send_one();
    WdfIoTargetStop(test.target, WdfIoTargetCancelSentIo);
    CHECK_EQUAL(test.completed, 2);
    CHECK_STATUS(test.statuses[0], STATUS_CANCELLED);
    CHECK_STATUS(test.statuses[1], STATUS_CANCELLED);
    CHECK_EQUAL(lower.cancelled, 2);
    WdfIoTargetStop(test.target, WdfIoTargetCancelSentIo);
    WdfObjectDelete(first);
    WdfObjectDelete(second);
    tear_down();
}

static void complete_two(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    lower_wait_kept(2);
    CHECK(lower_complete_last(STATUS_SUCCESS, 0));
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
}

static void stop_that_waits_returns_when_all_are_back(void)
{
    WDFREQUEST first;
    WDFREQUEST second;
    struct nt_thread *thread;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    first = send_one();
    second = send_one();
    thread = nt_thread_start(complete_two, NULL);
    WdfIoTargetStop(test.target, WdfIoTargetWaitForSentIoToComplete);
    CHECK_EQUAL(test.completed, 2);
    CHECK_EQUAL(lower.cancelled, 0);
    nt_thread_join(thread);
    WdfObjectDelete(first);
    WdfObjectDelete(second);
    tear_down();
}

static void stop_that_leaves_does_not_wait(void)
{
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = send_one();
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    CHECK_EQUAL(test.completed, 0);
    CHECK_EQUAL(lower_kept(), 1);
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
    WdfObjectDelete(request);
    tear_down();
}

static void stop_does_not_wait_for_what_ignores_the_state(void)
{
    WDFREQUEST request;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    request = make_request();
    format(request);
    CHECK(send_with(request, WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE));
    WdfIoTargetStop(test.target, WdfIoTargetCancelSentIo);
    CHECK_EQUAL(test.completed, 0);
    CHECK(lower_complete_first(STATUS_SUCCESS, 0));
    WdfObjectDelete(request);
    tear_down();
}

static void stop_with_an_unknown_action_does_nothing(void)
{
    set_up();
    WdfIoTargetStop(test.target, (WDF_IO_TARGET_SENT_IO_ACTION)4);
    WdfIoTargetStop(test.target, WdfIoTargetSentIoUndefined);
    CHECK_EQUAL(WdfIoTargetGetState(test.target), WdfIoTargetStarted);
    tear_down();
}

/*
 * Purge.
 */

static void purged_target_refuses_until_it_is_started(void)
{
    WDFREQUEST request;

    set_up();
    WdfIoTargetPurge(test.target, WdfIoTargetPurgeIoAndWait);
    CHECK_EQUAL(WdfIoTargetGetState(test.target), WdfIoTargetPurged);
    request = make_request();
    format(request);
    CHECK(!WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_STATUS(WdfRequestGetStatus(request), STATUS_INVALID_DEVICE_STATE);
    CHECK_EQUAL(test.completed, 0);
    CHECK_STATUS(WdfIoTargetStart(test.target), STATUS_SUCCESS);
    CHECK(WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS));
    CHECK_EQUAL(test.completed, 1);
    WdfObjectDelete(request);
    tear_down();
}

static void purge_ends_what_waits_and_cancels_what_was_sent(void)
{
    WDFREQUEST sent;
    WDFREQUEST waiting;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    sent = send_one();
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    waiting = send_one();
    WdfIoTargetPurge(test.target, WdfIoTargetPurgeIoAndWait);
    CHECK_EQUAL(test.completed, 2);
    CHECK(test.requests[0] == waiting);
    CHECK_STATUS(test.statuses[0], STATUS_WDF_DEVICE_REMOVED_NOT_SENT);
    CHECK(test.requests[1] == sent);
    CHECK_STATUS(test.statuses[1], STATUS_CANCELLED);
    WdfObjectDelete(sent);
    WdfObjectDelete(waiting);
    tear_down();
}

static void stop_after_purge_holds_requests(void)
{
    WDFREQUEST request;

    set_up();
    WdfIoTargetPurge(test.target, WdfIoTargetPurgeIo);
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    CHECK_EQUAL(WdfIoTargetGetState(test.target), WdfIoTargetStopped);
    request = send_one();
    CHECK_EQUAL(test.completed, 0);
    CHECK_STATUS(WdfIoTargetStart(test.target), STATUS_SUCCESS);
    CHECK_EQUAL(test.completed, 1);
    WdfObjectDelete(request);
    tear_down();
}

static void removal_ends_what_waits_and_cancels_what_was_sent(void)
{
    set_up();
    lower.behaviour = LOWER_KEEPS;
    (void)send_one();
    WdfIoTargetStop(test.target, WdfIoTargetLeaveSentIoPending);
    (void)send_one();
    tear_down();
    CHECK_EQUAL(test.completed, 2);
    CHECK_STATUS(test.statuses[0], STATUS_WDF_DEVICE_REMOVED_NOT_SENT);
    CHECK_STATUS(test.statuses[1], STATUS_CANCELLED);
}

/*
 * Races.
 */

static void send_four(void *argument)
{
    for (int index = 0; index < 4; index++)
    {
        WDFREQUEST request = make_request();

        format(request);
        if (!WdfRequestSend(request, test.target, WDF_NO_SEND_OPTIONS))
        {
            CHECK_STATUS(WdfRequestGetStatus(request), STATUS_INVALID_DEVICE_STATE);
            WdfObjectDelete(request);
            (void)InterlockedIncrement((LONG *)argument);
        }
    }
}

static void every_send_that_races_with_stop_and_start_completes_once(void)
{
    LONG refused = 0;
    struct nt_thread *first;
    struct nt_thread *second;

    set_up();
    first = nt_thread_start(send_four, &refused);
    second = nt_thread_start(send_four, &refused);
    for (int round = 0; round < 3; round++)
    {
        WdfIoTargetStop(test.target, WdfIoTargetCancelSentIo);
        CHECK_STATUS(WdfIoTargetStart(test.target), STATUS_SUCCESS);
    }
    nt_thread_join(first);
    nt_thread_join(second);
    CHECK_EQUAL(refused, 0);
    CHECK_EQUAL(test.completed, 8);
    tear_down();
}

static void every_send_that_races_with_purge_completes_or_is_refused(void)
{
    LONG refused = 0;
    struct nt_thread *first;
    struct nt_thread *second;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    first = nt_thread_start(send_four, &refused);
    second = nt_thread_start(send_four, &refused);
    for (int round = 0; round < 3; round++)
    {
        WdfIoTargetPurge(test.target, WdfIoTargetPurgeIoAndWait);
        CHECK_STATUS(WdfIoTargetStart(test.target), STATUS_SUCCESS);
    }
    nt_thread_join(first);
    nt_thread_join(second);
    WdfIoTargetPurge(test.target, WdfIoTargetPurgeIoAndWait);
    CHECK_EQUAL(refused + test.completed, 8);
    tear_down();
}

static void complete_some(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    while (lower_complete_first(STATUS_SUCCESS, 0))
    {
    }
}

static void removal_that_races_with_completion_waits_for_every_routine(void)
{
    struct nt_thread *thread;

    set_up();
    lower.behaviour = LOWER_KEEPS;
    for (int index = 0; index < 4; index++)
    {
        (void)send_one();
    }
    thread = nt_thread_start(complete_some, NULL);
    CHECK_STATUS(testkit_remove(test.started), STATUS_SUCCESS);
    CHECK_EQUAL(test.completed, 4);
    nt_thread_join(thread);
    wdf_case_unload();
    lower_uninstall();
}

static void allocation_failures_leave_nothing_half_made(void)
{
    WDFREQUEST request;

    if (!NT_SUCCESS(WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, test.target, &request)))
    {
        CHECK(request == NULL);
        return;
    }
    if (NT_SUCCESS(WdfIoTargetFormatRequestForIoctl(test.target, request, CODE, NULL, NULL, NULL, NULL)))
    {
        WDF_REQUEST_SEND_OPTIONS options;

        WDF_REQUEST_SEND_OPTIONS_INIT(&options, 0);
        WDF_REQUEST_SEND_OPTIONS_SET_TIMEOUT(&options, WDF_REL_TIMEOUT_IN_SEC(5));
        if (!WdfRequestSend(request, test.target, &options))
        {
            CHECK_STATUS(WdfRequestGetStatus(request), STATUS_INSUFFICIENT_RESOURCES);
        }
    }
    WdfObjectDelete(request);
}

static void sending_survives_every_failed_allocation(void)
{
    set_up();
    nt_fail_each_allocation(allocation_failures_leave_nothing_half_made);
    tear_down();
}

const struct nt_case nt_cases[] = {
    CASE(every_state_has_a_row_for_every_event),
    CASE(requests_never_change_the_state),
    CASE(local_target_is_started_from_the_beginning),
    CASE(request_goes_to_the_device_below_and_comes_back),
    CASE(request_that_is_kept_below_comes_back_later),
    CASE(stopped_target_keeps_requests_until_it_is_started),
    CASE(ignoring_the_state_goes_down_while_stopped_and_purged),
    CASE(stop_that_cancels_has_cancelled_when_it_returns),
    CASE(stop_that_waits_returns_when_all_are_back),
    CASE(stop_that_leaves_does_not_wait),
    CASE(stop_does_not_wait_for_what_ignores_the_state),
    CASE(stop_with_an_unknown_action_does_nothing),
    CASE(purged_target_refuses_until_it_is_started),
    CASE(purge_ends_what_waits_and_cancels_what_was_sent),
    CASE(stop_after_purge_holds_requests),
    CASE(removal_ends_what_waits_and_cancels_what_was_sent),
    CASE(every_send_that_races_with_stop_and_start_completes_once),
    CASE(every_send_that_races_with_purge_completes_or_is_refused),
    CASE(removal_that_races_with_completion_waits_for_every_routine),
    CASE(sending_survives_every_failed_allocation),
    CASES_END,
};
