/* SPDX-License-Identifier: MIT */
/*
 * Waits of the thread pool, registered waits, timer queues; interlocked lists by their names of the user flavour.
 */
#include "nt_case.h"

#include <windows.h>

static volatile LONG number;
static volatile TP_WAIT_RESULT last_result;
static HANDLE event;
static HANDLE done;
static HANDLE proceed;

static void make(void)
{
    number = 0;
    last_result = 99;
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    done = CreateEventW(NULL, FALSE, FALSE, NULL);
    proceed = CreateEventW(NULL, FALSE, FALSE, NULL);
}

static void end(void)
{
    CHECK(CloseHandle(event));
    CHECK(CloseHandle(done));
    CHECK(CloseHandle(proceed));
}

static void await(HANDLE handle)
{
    CHECK_EQUAL(WaitForSingleObject(handle, INFINITE), WAIT_OBJECT_0);
}

static void CALLBACK note_wait(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_WAIT wait, TP_WAIT_RESULT result)
{
    CHECK(context == (PVOID)&number);
    last_result = result;
    (void)InterlockedIncrement(&number);
    CHECK(SetEvent(done));
}

static void a_wait_calls_back_once_for_each_time_it_is_set(void)
{
    PTP_WAIT wait;

    make();
    wait = CreateThreadpoolWait(note_wait, (PVOID)&number, NULL);
    CHECK(wait != NULL);
    for (LONG round = 1; round <= 3; round++)
    {
        SetThreadpoolWait(wait, event, NULL);
        CHECK(SetEvent(event));
        await(done);
        WaitForThreadpoolWaitCallbacks(wait, FALSE);
        CHECK(number == round && last_result == WAIT_OBJECT_0);
    }
    CHECK(SetEvent(event));
    CHECK_EQUAL(WaitForSingleObject(done, 0), WAIT_TIMEOUT);
    await(event);
    CloseThreadpoolWait(wait);
    end();
}

static void a_wait_says_that_its_time_is_over(void)
{
    LARGE_INTEGER due = {.QuadPart = -10000};
    FILETIME timeout = {due.LowPart, (DWORD)due.HighPart};
    FILETIME now = {0, 0};
    PTP_WAIT wait;

    make();
    wait = CreateThreadpoolWait(note_wait, (PVOID)&number, NULL);
    SetThreadpoolWait(wait, event, &timeout);
    await(done);
    CHECK_EQUAL(last_result, WAIT_TIMEOUT);
    WaitForThreadpoolWaitCallbacks(wait, FALSE);
    SetThreadpoolWait(wait, event, &now);
    await(done);
    CHECK_EQUAL(last_result, WAIT_TIMEOUT);
    CloseThreadpoolWait(wait);
    end();
}

static void a_wait_that_is_taken_back_does_not_call(void)
{
    PTP_WAIT wait;

    make();
    wait = CreateThreadpoolWait(note_wait, (PVOID)&number, NULL);
    SetThreadpoolWait(wait, event, NULL);
    CHECK(SetThreadpoolWaitEx(wait, NULL, NULL, NULL));
    CHECK(!SetThreadpoolWaitEx(wait, NULL, NULL, NULL));
    CHECK(SetEvent(event));
    WaitForThreadpoolWaitCallbacks(wait, FALSE);
    CHECK_EQUAL(number, 0);
    await(event);
    SetThreadpoolWait(wait, event, NULL);
    CloseThreadpoolWait(wait);
    CHECK(SetEvent(event));
    await(event);
    CHECK_EQUAL(number, 0);
    end();
}

static void CALLBACK set_again(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_WAIT wait, TP_WAIT_RESULT result)
{
    CHECK_EQUAL(result, WAIT_OBJECT_0);
    if (InterlockedIncrement(&number) < 5)
    {
        SetThreadpoolWait(wait, event, NULL);
        CHECK(SetEvent(event));
    }
    else
    {
        CHECK(SetEvent(done));
    }
}

static void a_callback_sets_its_wait_again(void)
{
    PTP_WAIT wait;

    make();
    wait = CreateThreadpoolWait(set_again, NULL, NULL);
    SetThreadpoolWait(wait, event, NULL);
    CHECK(SetEvent(event));
    await(done);
    WaitForThreadpoolWaitCallbacks(wait, FALSE);
    CHECK_EQUAL(number, 5);
    CloseThreadpoolWait(wait);
    end();
}

static void a_wait_outlives_the_handle_it_was_given(void)
{
    HANDLE again;
    PTP_WAIT wait;

    make();
    CHECK(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &again, 0, FALSE, DUPLICATE_SAME_ACCESS));
    wait = CreateThreadpoolWait(note_wait, (PVOID)&number, NULL);
    SetThreadpoolWait(wait, again, NULL);
    CHECK(CloseHandle(again));
    CHECK(SetEvent(event));
    await(done);
    CHECK_EQUAL(last_result, WAIT_OBJECT_0);
    CloseThreadpoolWait(wait);
    end();
}

static void waiting_for_no_handle(void)
{
    SetThreadpoolWait(CreateThreadpoolWait(note_wait, NULL, NULL), (HANDLE)(ULONG_PTR)0x123400, NULL);
}

static void CALLBACK note_registered(PVOID context, BOOLEAN timed_out)
{
    CHECK(context == (PVOID)&number);
    last_result = timed_out;
    (void)InterlockedIncrement(&number);
    CHECK(SetEvent(done));
}

static void a_registered_wait_calls_back_for_each_signal(void)
{
    HANDLE wait;

    make();
    CHECK(RegisterWaitForSingleObject(&wait, event, note_registered, (PVOID)&number, INFINITE, WT_EXECUTEDEFAULT));
    for (LONG round = 1; round <= 3; round++)
    {
        CHECK(SetEvent(event));
        await(done);
        CHECK(number == round && last_result == FALSE);
    }
    CHECK(UnregisterWaitEx(wait, INVALID_HANDLE_VALUE));
    CHECK(SetEvent(event));
    await(event);
    CHECK_EQUAL(number, 3);
    end();
}

static void a_registered_wait_may_be_for_once(void)
{
    HANDLE wait;

    make();
    CHECK(RegisterWaitForSingleObject(&wait, event, note_registered, (PVOID)&number, INFINITE, WT_EXECUTEONLYONCE));
    CHECK(SetEvent(event));
    await(done);
    CHECK(SetEvent(event));
    CHECK(UnregisterWaitEx(wait, INVALID_HANDLE_VALUE));
    await(event);
    CHECK_EQUAL(number, 1);
    end();
}

static void a_registered_wait_says_that_its_time_is_over(void)
{
    HANDLE wait;

    make();
    CHECK(RegisterWaitForSingleObject(&wait, event, note_registered, (PVOID)&number, 1, WT_EXECUTEDEFAULT));
    await(done);
    await(done);
    CHECK_EQUAL(last_result, TRUE);
    CHECK(UnregisterWaitEx(wait, INVALID_HANDLE_VALUE));
    CHECK(number >= 2);
    end();
}

static void CALLBACK stay(PVOID context, BOOLEAN timed_out)
{
    CHECK(SetEvent(done));
    await(proceed);
    (void)InterlockedIncrement(&number);
}

static void unregistering_tells_of_a_callback_that_is_not_over(void)
{
    HANDLE over = CreateEventW(NULL, TRUE, FALSE, NULL);
    HANDLE wait;

    make();
    CHECK(RegisterWaitForSingleObject(&wait, event, stay, NULL, INFINITE, WT_EXECUTEDEFAULT));
    CHECK(SetEvent(event));
    await(done);
    CHECK(!UnregisterWaitEx(wait, over));
    CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
    CHECK_EQUAL(WaitForSingleObject(over, 0), WAIT_TIMEOUT);
    CHECK(SetEvent(proceed));
    await(over);
    CHECK_EQUAL(number, 1);
    CHECK(CloseHandle(over));
    end();
}

static HANDLE registered;

static void CALLBACK unregister_itself(PVOID context, BOOLEAN timed_out)
{
    await(proceed);
    CHECK(!UnregisterWait(registered));
    CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
    CHECK(SetEvent(done));
}

static void a_callback_may_unregister_its_wait(void)
{
    make();
    CHECK(RegisterWaitForSingleObject(&registered, event, unregister_itself, NULL, INFINITE, WT_EXECUTEDEFAULT));
    CHECK(SetEvent(event));
    CHECK(SetEvent(proceed));
    await(done);
    end();
}

static void a_wait_is_registered_for_what_can_be_waited_for(void)
{
    HANDLE wait;

    CHECK(!RegisterWaitForSingleObject(&wait, (HANDLE)(ULONG_PTR)0x123400, note_registered, NULL, INFINITE, 0));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
    CHECK(!UnregisterWait(NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
}

static void CALLBACK count_timer(PVOID context, BOOLEAN timed_out)
{
    CHECK(timed_out);
    if (InterlockedIncrement(&number) >= 3)
    {
        CHECK(SetEvent(done));
    }
}

static void a_timer_of_a_queue_comes_again_until_it_is_deleted(void)
{
    HANDLE queue = CreateTimerQueue();
    HANDLE timer;
    LONG count;

    make();
    CHECK(CreateTimerQueueTimer(&timer, queue, count_timer, NULL, 1, 1, WT_EXECUTEDEFAULT));
    await(done);
    CHECK(DeleteTimerQueueTimer(queue, timer, INVALID_HANDLE_VALUE));
    count = number;
    CHECK(count >= 3);
    CHECK(ResetEvent(done));
    CHECK(CreateTimerQueueTimer(&timer, NULL, count_timer, NULL, 0, 0, WT_EXECUTEDEFAULT));
    await(done);
    CHECK(ChangeTimerQueueTimer(NULL, timer, 1, 0));
    await(done);
    CHECK(DeleteTimerQueueTimer(NULL, timer, INVALID_HANDLE_VALUE));
    CHECK(number >= count + 2);
    CHECK(DeleteTimerQueueEx(queue, INVALID_HANDLE_VALUE));
    end();
}

static void a_queue_that_is_deleted_takes_its_timers_along(void)
{
    HANDLE queue = CreateTimerQueue();
    HANDLE over = CreateEventW(NULL, TRUE, FALSE, NULL);
    HANDLE timer;

    make();
    CHECK(CreateTimerQueueTimer(&timer, queue, count_timer, NULL, 3600000, 0, WT_EXECUTEDEFAULT));
    CHECK(CreateTimerQueueTimer(&timer, queue, stay, NULL, 0, 0, WT_EXECUTEDEFAULT));
    await(done);
    CHECK(!DeleteTimerQueueEx(queue, over));
    CHECK_EQUAL(GetLastError(), ERROR_IO_PENDING);
    CHECK_EQUAL(WaitForSingleObject(over, 0), WAIT_TIMEOUT);
    CHECK(SetEvent(proceed));
    await(over);
    CHECK_EQUAL(number, 1);
    CHECK(CloseHandle(over));
    end();
}

static SLIST_HEADER list;
static struct
{
    DECLSPEC_ALIGN(16) SLIST_ENTRY entry;
} entries[40];

static DWORD CALLBACK push_and_pop(PVOID context)
{
    for (ULONG_PTR index = 0; index < 10; index++)
    {
        (void)InterlockedPushEntrySList(&list, &entries[(ULONG_PTR)context * 10 + index].entry);
    }
    for (int index = 0; index < 5; index++)
    {
        CHECK(InterlockedPopEntrySList(&list) != NULL);
    }
    return 0;
}

static void a_list_is_shared_by_threads(void)
{
    HANDLE threads[4];
    USHORT left = 0;

    InitializeSListHead(&list);
    for (ULONG_PTR index = 0; index < 4; index++)
    {
        threads[index] = CreateThread(NULL, 0, push_and_pop, (PVOID)index, 0, NULL);
    }
    CHECK_EQUAL(WaitForMultipleObjects(4, threads, TRUE, INFINITE), WAIT_OBJECT_0);
    CHECK_EQUAL(QueryDepthSList(&list), 20);
    CHECK(RtlFirstEntrySList(&list) != NULL);
    for (SLIST_ENTRY *entry = InterlockedFlushSList(&list); entry != NULL; entry = entry->Next)
    {
        left++;
    }
    CHECK_EQUAL(left, 20);
    CHECK(InterlockedPopEntrySList(&list) == NULL);
    CHECK(RtlFirstEntrySList(&list) == NULL);
    (void)InterlockedPushEntrySList(&list, &entries[3].entry);
    CHECK(RtlFirstEntrySList(&list) == &entries[3].entry);
    CHECK_EQUAL(QueryDepthSList(&list), 1);
    for (int index = 0; index < 4; index++)
    {
        CHECK(CloseHandle(threads[index]));
    }
}

static void use_waits(void)
{
    HANDLE signal = CreateEventW(NULL, TRUE, FALSE, NULL);
    PTP_WAIT wait = CreateThreadpoolWait(note_wait, NULL, NULL);
    HANDLE queue = CreateTimerQueue();
    HANDLE timer;

    if (wait != NULL)
    {
        CloseThreadpoolWait(wait);
    }
    if (queue != NULL)
    {
        if (CreateTimerQueueTimer(&timer, queue, count_timer, NULL, 3600000, 0, 0))
        {
            CHECK(DeleteTimerQueueTimer(queue, timer, INVALID_HANDLE_VALUE));
        }
        CHECK(DeleteTimerQueue(queue));
    }
    CHECK(signal == NULL || CloseHandle(signal));
}

static void want_of_memory_makes_no_wait(void)
{
    CHECK(GetCurrentThreadId() != 0);
    nt_fail_each_allocation(use_waits);
}

const struct nt_case nt_cases[] = {
    CASE(a_wait_calls_back_once_for_each_time_it_is_set),
    CASE(a_wait_says_that_its_time_is_over),
    CASE(a_wait_that_is_taken_back_does_not_call),
    CASE(a_callback_sets_its_wait_again),
    CASE(a_wait_outlives_the_handle_it_was_given),
    STOPS(waiting_for_no_handle, "SetThreadpoolWait"),
    CASE(a_registered_wait_calls_back_for_each_signal),
    CASE(a_registered_wait_may_be_for_once),
    CASE(a_registered_wait_says_that_its_time_is_over),
    CASE(unregistering_tells_of_a_callback_that_is_not_over),
    CASE(a_callback_may_unregister_its_wait),
    CASE(a_wait_is_registered_for_what_can_be_waited_for),
    CASE(a_timer_of_a_queue_comes_again_until_it_is_deleted),
    CASE(a_queue_that_is_deleted_takes_its_timers_along),
    CASE(a_list_is_shared_by_threads),
    CASE(want_of_memory_makes_no_wait),
    CASES_END,
};
