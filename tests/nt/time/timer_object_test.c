/* SPDX-License-Identifier: MIT */
/*
 * Timer objects by handle.
 */
#include "nt_case.h"

#include <ntifs.h>

static LARGE_INTEGER soon(void)
{
    LARGE_INTEGER due = {.QuadPart = -10000};

    return due;
}

static void wait_for(HANDLE handle)
{
    PVOID timer;

    CHECK_EQUAL(ObReferenceObjectByHandle(handle, SYNCHRONIZE, *ExTimerObjectType, KernelMode, &timer, NULL),
                STATUS_SUCCESS);
    CHECK_EQUAL(KeWaitForSingleObject(timer, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    ObDereferenceObject(timer);
}

static void timer_by_handle_fires(void)
{
    HANDLE timer;
    LARGE_INTEGER due = soon();
    LARGE_INTEGER late = {.QuadPart = -100000000};
    BOOLEAN state = TRUE;

    CHECK_EQUAL(ZwCreateTimer(&timer, TIMER_ALL_ACCESS, NULL, NotificationTimer), STATUS_SUCCESS);
    CHECK_EQUAL(ZwSetTimer(timer, &due, NULL, NULL, FALSE, 0, &state), STATUS_SUCCESS);
    CHECK(!state);
    wait_for(timer);
    CHECK_EQUAL(ZwSetTimer(timer, &late, NULL, NULL, TRUE, 0, &state), STATUS_TIMER_RESUME_IGNORED);
    CHECK(state);
    CHECK_EQUAL(ZwCancelTimer(timer, &state), STATUS_SUCCESS);
    CHECK(!state);
    CHECK_EQUAL(ZwCancelTimer(timer, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(timer), STATUS_SUCCESS);
}

static void running_timer_is_closed(void)
{
    HANDLE timer;
    LARGE_INTEGER due = soon();

    CHECK_EQUAL(ZwCreateTimer(&timer, TIMER_ALL_ACCESS, NULL, SynchronizationTimer), STATUS_SUCCESS);
    CHECK_EQUAL(ZwSetTimer(timer, &due, NULL, NULL, FALSE, 1, NULL), STATUS_SUCCESS);
    wait_for(timer);
    wait_for(timer);
    CHECK_EQUAL(ZwClose(timer), STATUS_SUCCESS);
}

static void coalescable_timer_by_handle_fires(void)
{
    HANDLE timer;
    BOOLEAN state;
    TIMER_SET_COALESCABLE_TIMER_INFO information = {.DueTime = soon(), .TolerableDelay = 5, .PreviousState = &state};

    CHECK_EQUAL(ZwCreateTimer(&timer, TIMER_ALL_ACCESS, NULL, NotificationTimer), STATUS_SUCCESS);
    CHECK_EQUAL(ZwSetTimerEx(timer, TimerSetCoalescableTimer, &information, sizeof(information)), STATUS_SUCCESS);
    CHECK(!state);
    wait_for(timer);
    CHECK_EQUAL(ZwSetTimerEx(timer, TimerSetCoalescableTimer, &information, sizeof(information) - 1),
                STATUS_INFO_LENGTH_MISMATCH);
    CHECK_EQUAL(ZwSetTimerEx(timer, MaxTimerInfoClass, &information, sizeof(information)), STATUS_INVALID_INFO_CLASS);
    CHECK_EQUAL(ZwClose(timer), STATUS_SUCCESS);
}

static void wrong_parameters_are_refused(void)
{
    HANDLE timer;
    LARGE_INTEGER due = soon();

    CHECK_EQUAL(ZwCreateTimer(&timer, TIMER_ALL_ACCESS, NULL, (TIMER_TYPE)2), STATUS_INVALID_PARAMETER_4);
    CHECK_EQUAL(ZwCreateTimer(&timer, TIMER_QUERY_STATE, NULL, NotificationTimer), STATUS_SUCCESS);
    CHECK_EQUAL(ZwSetTimer(timer, &due, NULL, NULL, FALSE, -1, NULL), STATUS_INVALID_PARAMETER_6);
    CHECK_EQUAL(ZwSetTimer(timer, &due, NULL, NULL, FALSE, 0, NULL), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(ZwCancelTimer(timer, NULL), STATUS_ACCESS_DENIED);
    CHECK_EQUAL(ZwClose(timer), STATUS_SUCCESS);
    CHECK_EQUAL(ZwSetTimer(timer, &due, NULL, NULL, FALSE, 0, NULL), STATUS_INVALID_HANDLE);
}

static void timer_is_opened_by_name(void)
{
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\TestTimer");
    OBJECT_ATTRIBUTES attributes = RTL_CONSTANT_OBJECT_ATTRIBUTES(&name, OBJ_CASE_INSENSITIVE);
    LARGE_INTEGER due = soon();
    HANDLE timer;
    HANDLE opened;

    CHECK_EQUAL(ZwCreateTimer(&timer, TIMER_ALL_ACCESS, &attributes, NotificationTimer), STATUS_SUCCESS);
    CHECK_EQUAL(ZwOpenTimer(&opened, TIMER_ALL_ACCESS, &attributes), STATUS_SUCCESS);
    CHECK_EQUAL(ZwSetTimer(opened, &due, NULL, NULL, FALSE, 0, NULL), STATUS_SUCCESS);
    wait_for(timer);
    CHECK_EQUAL(ZwClose(opened), STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(timer), STATUS_SUCCESS);
    CHECK_EQUAL(ZwOpenTimer(&opened, TIMER_ALL_ACCESS, &attributes), STATUS_OBJECT_NAME_NOT_FOUND);
}

const struct nt_case nt_cases[] = {
    CASE(timer_by_handle_fires),        CASE(running_timer_is_closed), CASE(coalescable_timer_by_handle_fires),
    CASE(wrong_parameters_are_refused), CASE(timer_is_opened_by_name), CASES_END,
};
