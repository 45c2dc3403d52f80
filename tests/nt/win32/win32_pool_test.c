/* SPDX-License-Identifier: MIT */
/*
 * The thread pool: work and timers.
 */
#include "nt_case.h"

#include <windows.h>

static volatile LONG number;
static HANDLE event;
static HANDLE other;

static void CALLBACK count_work(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_WORK work)
{
    CHECK(context == (PVOID)&number);
    CHECK(CallbackMayRunLong(instance));
    (void)InterlockedIncrement(&number);
}

static void work_runs_as_often_as_it_was_submitted(void)
{
    PTP_WORK work = CreateThreadpoolWork(count_work, (PVOID)&number, NULL);

    number = 0;
    CHECK(work != NULL);
    for (int round = 0; round < 20; round++)
    {
        SubmitThreadpoolWork(work);
    }
    WaitForThreadpoolWorkCallbacks(work, FALSE);
    CHECK_EQUAL(number, 20);
    WaitForThreadpoolWorkCallbacks(work, TRUE);
    CloseThreadpoolWork(work);
}

static void CALLBACK meet(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_WORK work)
{
    /* Two callbacks of one object at the same time, or this never ends. */
    if (InterlockedIncrement(&number) == 1)
    {
        CHECK_EQUAL(WaitForSingleObject(event, INFINITE), WAIT_OBJECT_0);
    }
    else
    {
        CHECK(SetEvent(event));
    }
}

static void callbacks_of_one_work_run_at_the_same_time(void)
{
    PTP_WORK work = CreateThreadpoolWork(meet, NULL, NULL);

    number = 0;
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    SubmitThreadpoolWork(work);
    SubmitThreadpoolWork(work);
    WaitForThreadpoolWorkCallbacks(work, FALSE);
    CloseThreadpoolWork(work);
    CHECK(CloseHandle(event));
}

static void CALLBACK wait_inside(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_WORK work)
{
    (void)InterlockedIncrement(&number);
    CHECK(SetEvent(event));
    CHECK_EQUAL(WaitForSingleObject(other, INFINITE), WAIT_OBJECT_0);
}

static void let_go(void *argument)
{
    CHECK_EQUAL(WaitForSingleObject(event, INFINITE), WAIT_OBJECT_0);
    CHECK(SetEvent(other));
}

static void what_has_not_begun_may_be_cancelled(void)
{
    PTP_WORK work = CreateThreadpoolWork(wait_inside, NULL, NULL);
    struct nt_thread *thread;
    LONG begun;

    number = 0;
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    other = CreateEventW(NULL, TRUE, FALSE, NULL);
    SubmitThreadpoolWork(work);
    thread = nt_thread_start(let_go, NULL);
    SubmitThreadpoolWork(work);
    nt_thread_join(thread);
    WaitForThreadpoolWorkCallbacks(work, TRUE);
    begun = number;
    CHECK(begun == 1 || begun == 2);
    CloseThreadpoolWork(work);
    CHECK(CloseHandle(event));
    CHECK(CloseHandle(other));
}

static void CALLBACK leave_a_sign(PTP_CALLBACK_INSTANCE instance, PVOID context)
{
    SetEventWhenCallbackReturns(instance, context);
    ReleaseSemaphoreWhenCallbackReturns(instance, other, 2);
}

static void a_callback_says_what_is_done_after_it(void)
{
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    other = CreateSemaphoreW(NULL, 0, 2, NULL);
    CHECK(TrySubmitThreadpoolCallback(leave_a_sign, event, NULL));
    CHECK_EQUAL(WaitForSingleObject(event, INFINITE), WAIT_OBJECT_0);
    CHECK_EQUAL(WaitForSingleObject(other, 0), WAIT_OBJECT_0);
    CHECK_EQUAL(WaitForSingleObject(other, 0), WAIT_OBJECT_0);
    CHECK(CloseHandle(event));
    CHECK(CloseHandle(other));
}

static DWORD CALLBACK set_event(PVOID context)
{
    CHECK(SetEvent(context));
    return 0;
}

static void a_work_item_needs_no_object(void)
{
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    CHECK(QueueUserWorkItem(set_event, event, WT_EXECUTELONGFUNCTION));
    CHECK_EQUAL(WaitForSingleObject(event, INFINITE), WAIT_OBJECT_0);
    CHECK(CloseHandle(event));
}

static void CALLBACK count_timer(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_TIMER timer)
{
    if (InterlockedIncrement(&number) == 3)
    {
        CHECK(SetEvent(event));
    }
}

static void a_timer_comes_again_until_it_is_stopped(void)
{
    PTP_TIMER timer = CreateThreadpoolTimer(count_timer, NULL, NULL);
    FILETIME due = {(DWORD)-10000, (DWORD)-1};
    LONG calls;

    number = 0;
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    CHECK(!IsThreadpoolTimerSet(timer));
    SetThreadpoolTimer(timer, &due, 1, 0);
    CHECK(IsThreadpoolTimerSet(timer));
    CHECK_EQUAL(WaitForSingleObject(event, INFINITE), WAIT_OBJECT_0);
    CHECK(SetThreadpoolTimerEx(timer, NULL, 0, 0));
    CHECK(!IsThreadpoolTimerSet(timer));
    WaitForThreadpoolTimerCallbacks(timer, TRUE);
    calls = number;
    CHECK(calls >= 3);
    CHECK_EQUAL(number, calls);
    CloseThreadpoolTimer(timer);
    CHECK(CloseHandle(event));
}

static void use_pool(void)
{
    PTP_WORK work = CreateThreadpoolWork(count_work, (PVOID)&number, NULL);
    PTP_TIMER timer = CreateThreadpoolTimer(count_timer, NULL, NULL);

    if (work != NULL)
    {
        CloseThreadpoolWork(work);
    }
    if (timer != NULL)
    {
        CloseThreadpoolTimer(timer);
    }
}

static void want_of_memory_makes_no_work(void)
{
    nt_fail_each_allocation(use_pool);
}

const struct nt_case nt_cases[] = {
    CASE(work_runs_as_often_as_it_was_submitted),
    CASE(callbacks_of_one_work_run_at_the_same_time),
    CASE(what_has_not_begun_may_be_cancelled),
    CASE(a_callback_says_what_is_done_after_it),
    CASE(a_work_item_needs_no_object),
    CASE(a_timer_comes_again_until_it_is_stopped),
    CASE(want_of_memory_makes_no_work),
    CASES_END,
};
