/* SPDX-License-Identifier: MIT */
/*
 * Asynchronous calls that are queued to a thread: when they run, in which order, and what becomes of them otherwise.
 */
#include "nt_case.h"

#include <windows.h>

static volatile LONG count;
static LONG order[8];
static HANDLE ready;
static HANDLE proceed;
static HANDLE other;

static void make(void)
{
    count = 0;
    ready = CreateEventW(NULL, TRUE, FALSE, NULL);
    proceed = CreateEventW(NULL, TRUE, FALSE, NULL);
}

static void end(void)
{
    CHECK(CloseHandle(ready));
    CHECK(CloseHandle(proceed));
}

static void join(HANDLE thread)
{
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CHECK(CloseHandle(thread));
}

static void CALLBACK note(ULONG_PTR data)
{
    CHECK(count < 8);
    order[count] = (LONG)data;
    (void)InterlockedIncrement(&count);
}

static void calls_run_in_the_order_in_which_they_were_queued(void)
{
    make();
    for (ULONG_PTR data = 1; data <= 5; data++)
    {
        CHECK(QueueUserAPC(note, GetCurrentThread(), data));
    }
    CHECK_EQUAL(SleepEx(INFINITE, TRUE), WAIT_IO_COMPLETION);
    CHECK_EQUAL(count, 5);
    for (LONG index = 0; index < 5; index++)
    {
        CHECK_EQUAL(order[index], index + 1);
    }
    end();
}

static void CALLBACK note_and_queue(ULONG_PTR data)
{
    note(data);
    if (data < 4)
    {
        CHECK(QueueUserAPC(note_and_queue, GetCurrentThread(), data + 1));
    }
}

static void a_call_that_is_queued_by_a_call_runs_in_the_same_wait(void)
{
    make();
    CHECK(QueueUserAPC(note_and_queue, GetCurrentThread(), 1));
    CHECK_EQUAL(SleepEx(INFINITE, TRUE), WAIT_IO_COMPLETION);
    CHECK_EQUAL(count, 4);
    CHECK_EQUAL(SleepEx(0, TRUE), 0);
    end();
}

static void CALLBACK wait_alertably(ULONG_PTR data)
{
    CHECK(QueueUserAPC(note, GetCurrentThread(), data));
    CHECK_EQUAL(SleepEx(INFINITE, TRUE), WAIT_IO_COMPLETION);
    CHECK_EQUAL(count, 1);
}

static void a_call_may_wait_alertably_itself(void)
{
    make();
    CHECK(QueueUserAPC(wait_alertably, GetCurrentThread(), 9));
    CHECK_EQUAL(SleepEx(INFINITE, TRUE), WAIT_IO_COMPLETION);
    CHECK(count == 1 && order[0] == 9);
    end();
}

static DWORD CALLBACK wait_plainly(PVOID context)
{
    CHECK(SetEvent(ready));
    CHECK_EQUAL(WaitForSingleObject(proceed, INFINITE), WAIT_OBJECT_0);
    CHECK_EQUAL(count, 0);
    CHECK_EQUAL(SleepEx(0, TRUE), WAIT_IO_COMPLETION);
    CHECK_EQUAL(count, 1);
    return 0;
}

static void a_plain_wait_keeps_the_call_for_later(void)
{
    HANDLE thread;

    make();
    thread = CreateThread(NULL, 0, wait_plainly, NULL, 0, NULL);
    CHECK_EQUAL(WaitForSingleObject(ready, INFINITE), WAIT_OBJECT_0);
    CHECK(QueueUserAPC(note, thread, 1));
    CHECK(SetEvent(proceed));
    join(thread);
    end();
}

static DWORD CALLBACK wait_for_all(PVOID context)
{
    HANDLE handles[2] = {proceed, other};

    CHECK(SetEvent(ready));
    CHECK_EQUAL(WaitForMultipleObjectsEx(2, handles, TRUE, INFINITE, TRUE), WAIT_IO_COMPLETION);
    CHECK_EQUAL(count, 1);
    /* What the wait did not get is as it was. */
    CHECK(SetEvent(other));
    CHECK_EQUAL(WaitForMultipleObjectsEx(2, handles, TRUE, INFINITE, TRUE), WAIT_OBJECT_0);
    return 0;
}

static void a_wait_for_all_of_several_objects_is_ended_by_a_call(void)
{
    HANDLE thread;

    make();
    other = CreateEventW(NULL, TRUE, FALSE, NULL);
    CHECK(SetEvent(proceed));
    thread = CreateThread(NULL, 0, wait_for_all, NULL, 0, NULL);
    CHECK_EQUAL(WaitForSingleObject(ready, INFINITE), WAIT_OBJECT_0);
    CHECK(QueueUserAPC(note, thread, 1));
    join(thread);
    CHECK(CloseHandle(other));
    end();
}

static DWORD CALLBACK wait_for_one_of_two_reasons(PVOID context)
{
    DWORD first;

    CHECK(SetEvent(ready));
    first = WaitForSingleObjectEx(proceed, INFINITE, TRUE);
    CHECK(first == WAIT_OBJECT_0 || first == WAIT_IO_COMPLETION);
    CHECK_EQUAL(count, first == WAIT_IO_COMPLETION);
    /* The other reason is not lost. */
    CHECK_EQUAL(first == WAIT_OBJECT_0 ? SleepEx(INFINITE, TRUE) : WaitForSingleObjectEx(proceed, INFINITE, TRUE),
                first == WAIT_OBJECT_0 ? WAIT_IO_COMPLETION : WAIT_OBJECT_0);
    CHECK_EQUAL(count, 1);
    return 0;
}

static DWORD CALLBACK signal_proceed(PVOID context)
{
    CHECK(SetEvent(proceed));
    return 0;
}

static void a_call_and_an_object_end_a_wait_each_once(void)
{
    HANDLE waiting;
    HANDLE signalling;

    make();
    CHECK(CloseHandle(proceed));
    proceed = CreateEventW(NULL, FALSE, FALSE, NULL);
    waiting = CreateThread(NULL, 0, wait_for_one_of_two_reasons, NULL, 0, NULL);
    CHECK_EQUAL(WaitForSingleObject(ready, INFINITE), WAIT_OBJECT_0);
    signalling = CreateThread(NULL, 0, signal_proceed, NULL, 0, NULL);
    CHECK(QueueUserAPC(note, waiting, 1));
    join(waiting);
    join(signalling);
    CHECK_EQUAL(WaitForSingleObject(proceed, 0), WAIT_TIMEOUT);
    end();
}

static DWORD CALLBACK say_count(PVOID context)
{
    return (DWORD)count;
}

static void a_thread_begins_with_the_calls_that_were_queued_before(void)
{
    HANDLE thread;
    DWORD code = 99;

    make();
    thread = CreateThread(NULL, 0, say_count, NULL, CREATE_SUSPENDED, NULL);
    CHECK(QueueUserAPC(note, thread, 1));
    CHECK(QueueUserAPC(note, thread, 2));
    CHECK_EQUAL(ResumeThread(thread), 1);
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CHECK(GetExitCodeThread(thread, &code));
    CHECK_EQUAL(code, 2);
    CHECK(CloseHandle(thread));
    end();
}

static void CALLBACK leave(ULONG_PTR data)
{
    ExitThread((DWORD)data);
}

static DWORD CALLBACK sleep_forever(PVOID context)
{
    CHECK_EQUAL(SleepEx(INFINITE, TRUE), WAIT_IO_COMPLETION);
    return 1;
}

static void a_call_may_end_its_thread_and_what_is_behind_it_never_runs(void)
{
    HANDLE thread;
    DWORD code = 0;

    make();
    thread = CreateThread(NULL, 0, sleep_forever, NULL, CREATE_SUSPENDED, NULL);
    CHECK(QueueUserAPC(leave, thread, 12));
    CHECK(QueueUserAPC(note, thread, 1));
    CHECK_EQUAL(ResumeThread(thread), 1);
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CHECK(GetExitCodeThread(thread, &code));
    CHECK_EQUAL(code, 12);
    CHECK_EQUAL(count, 0);
    CHECK(CloseHandle(thread));
    end();
}

static DWORD CALLBACK end_at_once(PVOID context)
{
    return 0;
}

/* It is queued and dropped, runs before the thread's routine, or is refused. */
static void queueing_races_with_the_threads_end(void)
{
    HANDLE thread;

    make();
    thread = CreateThread(NULL, 0, end_at_once, NULL, 0, NULL);
    CHECK(QueueUserAPC(note, thread, 1) || GetLastError() == ERROR_GEN_FAILURE);
    join(thread);
    CHECK(count <= 1);
    end();
}

static void queueing_needs_a_right_and_a_thread(void)
{
    HANDLE thread;

    make();
    thread = OpenThread(SYNCHRONIZE, FALSE, GetCurrentThreadId());
    CHECK(!QueueUserAPC(note, thread, 1));
    CHECK_EQUAL(GetLastError(), ERROR_ACCESS_DENIED);
    CHECK(!QueueUserAPC(note, ready, 1));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
    CHECK_EQUAL(SleepEx(0, TRUE), 0);
    CHECK(CloseHandle(thread));
    end();
}

static void queue_two(void)
{
    DWORD queued = 0;

    count = 0;
    queued += QueueUserAPC(note, GetCurrentThread(), 1) != 0;
    queued += QueueUserAPC(note, GetCurrentThread(), 2) != 0;
    CHECK_EQUAL(SleepEx(0, TRUE), queued == 0 ? 0 : WAIT_IO_COMPLETION);
    CHECK_EQUAL(count, queued);
}

static void want_of_memory_queues_nothing(void)
{
    /* The thread has its object before. */
    CHECK(GetCurrentThreadId() != 0);
    nt_fail_each_allocation(queue_two);
}

const struct nt_case nt_cases[] = {
    CASE(calls_run_in_the_order_in_which_they_were_queued),
    CASE(a_call_that_is_queued_by_a_call_runs_in_the_same_wait),
    CASE(a_call_may_wait_alertably_itself),
    CASE(a_plain_wait_keeps_the_call_for_later),
    CASE(a_wait_for_all_of_several_objects_is_ended_by_a_call),
    CASE(a_call_and_an_object_end_a_wait_each_once),
    CASE(a_thread_begins_with_the_calls_that_were_queued_before),
    CASE(a_call_may_end_its_thread_and_what_is_behind_it_never_runs),
    CASE(queueing_races_with_the_threads_end),
    CASE(queueing_needs_a_right_and_a_thread),
    CASE(want_of_memory_queues_nothing),
    CASES_END,
};
