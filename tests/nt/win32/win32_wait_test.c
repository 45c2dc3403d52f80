/* SPDX-License-Identifier: MIT */
/*
 * Objects with handles: events, mutexes, semaphores, timers, threads; waits for them.
 */
#include "nt_case.h"

#include <windows.h>
#include <process.h>
#include <winternl.h>

static HANDLE event;
static HANDLE mutex;
static HANDLE semaphore;
static volatile LONG number;

static void check_close(HANDLE handle)
{
    CHECK(CloseHandle(handle));
}

static void an_event_is_set_reset_and_waited_for(void)
{
    event = CreateEventW(NULL, TRUE, FALSE, NULL);
    CHECK(event != NULL);
    CHECK_EQUAL(GetLastError(), ERROR_SUCCESS);
    CHECK_EQUAL(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    CHECK(SetEvent(event));
    CHECK_EQUAL(WaitForSingleObject(event, INFINITE), WAIT_OBJECT_0);
    CHECK_EQUAL(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    CHECK(ResetEvent(event));
    CHECK_EQUAL(WaitForSingleObject(event, 1), WAIT_TIMEOUT);
    check_close(event);
    CHECK_EQUAL(WaitForSingleObject(event, 0), WAIT_FAILED);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
    CHECK(!CloseHandle(event));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
}

static void an_automatic_event_lets_one_wait_pass(void)
{
    event = CreateEventExW(NULL, NULL, CREATE_EVENT_INITIAL_SET, EVENT_ALL_ACCESS);
    CHECK_EQUAL(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    CHECK_EQUAL(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    CHECK(SetEvent(event) && SetEvent(event));
    CHECK_EQUAL(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    CHECK_EQUAL(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    CHECK(PulseEvent(event));
    CHECK_EQUAL(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    check_close(event);
    CHECK(CreateEventExW(NULL, NULL, 4, EVENT_ALL_ACCESS) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void a_name_leads_to_one_object(void)
{
    HANDLE first = CreateEventW(NULL, TRUE, TRUE, L"DmfTestEvent");
    HANDLE second = CreateEventA(NULL, FALSE, FALSE, "Local\\DmfTestEvent");
    HANDLE third;

    CHECK(first != NULL && second != NULL);
    CHECK_EQUAL(GetLastError(), ERROR_ALREADY_EXISTS);
    CHECK(CompareObjectHandles(first, second));
    CHECK_EQUAL(WaitForSingleObject(second, 0), WAIT_OBJECT_0);
    third = OpenEventW(SYNCHRONIZE, FALSE, L"Global\\DmfTestEvent");
    CHECK(third != NULL);
    CHECK(!SetEvent(third));
    CHECK_EQUAL(GetLastError(), ERROR_ACCESS_DENIED);
    CHECK(CreateMutexW(NULL, FALSE, L"DmfTestEvent") == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
    check_close(first);
    check_close(second);
    check_close(third);
    CHECK(OpenEventW(SYNCHRONIZE, FALSE, L"DmfTestEvent") == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_FILE_NOT_FOUND);
    CHECK(OpenEventW(SYNCHRONIZE, FALSE, NULL) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(CreateEventW(NULL, TRUE, TRUE, L"No\\Such\\Folder") == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_PATH_NOT_FOUND);
}

static DWORD CALLBACK count_under_mutex(PVOID context)
{
    for (int round = 0; round < 10; round++)
    {
        CHECK_EQUAL(WaitForSingleObject(mutex, INFINITE), WAIT_OBJECT_0);
        CHECK_EQUAL(WaitForSingleObject(mutex, INFINITE), WAIT_OBJECT_0);
        number = number + 1;
        CHECK(ReleaseMutex(mutex));
        CHECK(ReleaseMutex(mutex));
    }
    return 7;
}

static void a_mutex_is_one_threads_at_a_time(void)
{
    HANDLE threads[3];
    DWORD code;

    number = 0;
    mutex = CreateMutexW(NULL, TRUE, NULL);
    for (int index = 0; index < 3; index++)
    {
        threads[index] = CreateThread(NULL, 0, count_under_mutex, NULL, 0, NULL);
        CHECK(threads[index] != NULL);
    }
    CHECK(ReleaseMutex(mutex));
    CHECK(!ReleaseMutex(mutex));
    CHECK_EQUAL(GetLastError(), ERROR_NOT_OWNER);
    CHECK_EQUAL(WaitForMultipleObjects(3, threads, TRUE, INFINITE), WAIT_OBJECT_0);
    CHECK_EQUAL(number, 30);
    for (int index = 0; index < 3; index++)
    {
        CHECK(GetExitCodeThread(threads[index], &code));
        CHECK_EQUAL(code, 7);
        check_close(threads[index]);
    }
    check_close(mutex);
}

static DWORD CALLBACK leave_with_mutex(PVOID context)
{
    CHECK_EQUAL(WaitForSingleObject(mutex, INFINITE), WAIT_OBJECT_0);
    ExitThread(3);
}

static void an_abandoned_mutex_says_so_once(void)
{
    HANDLE thread;
    DWORD code;

    mutex = CreateMutexW(NULL, FALSE, NULL);
    thread = CreateThread(NULL, 0, leave_with_mutex, NULL, 0, NULL);
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CHECK(GetExitCodeThread(thread, &code));
    CHECK_EQUAL(code, 3);
    CHECK_EQUAL(WaitForSingleObject(mutex, INFINITE), WAIT_ABANDONED);
    CHECK(ReleaseMutex(mutex));
    CHECK_EQUAL(WaitForSingleObject(mutex, INFINITE), WAIT_OBJECT_0);
    CHECK(ReleaseMutex(mutex));
    check_close(thread);
    check_close(mutex);
}

static void a_mutex_may_be_closed_while_it_is_owned(void)
{
    mutex = CreateMutexW(NULL, TRUE, L"DmfTestMutex");
    CHECK(mutex != NULL);
    check_close(mutex);
}

static DWORD CALLBACK take_and_close(PVOID context)
{
    CHECK_EQUAL(WaitForSingleObject(mutex, INFINITE), WAIT_OBJECT_0);
    check_close(mutex);
    return 0;
}

static void the_owner_of_a_mutex_may_close_its_last_handle(void)
{
    HANDLE thread;

    mutex = CreateMutexW(NULL, FALSE, NULL);
    thread = CreateThread(NULL, 0, take_and_close, NULL, 0, NULL);
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    check_close(thread);
}

static void a_semaphore_counts_to_its_limit(void)
{
    LONG previous = -1;

    semaphore = CreateSemaphoreW(NULL, 1, 3, NULL);
    CHECK_EQUAL(WaitForSingleObject(semaphore, 0), WAIT_OBJECT_0);
    CHECK_EQUAL(WaitForSingleObject(semaphore, 0), WAIT_TIMEOUT);
    CHECK(ReleaseSemaphore(semaphore, 2, &previous));
    CHECK_EQUAL(previous, 0);
    CHECK(!ReleaseSemaphore(semaphore, 2, &previous));
    CHECK_EQUAL(GetLastError(), ERROR_TOO_MANY_POSTS);
    CHECK(!ReleaseSemaphore(semaphore, 0, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    check_close(semaphore);
    CHECK(CreateSemaphoreW(NULL, 2, 1, NULL) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(CreateSemaphoreW(NULL, 0, 0, NULL) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void one_of_several_objects_ends_a_wait(void)
{
    HANDLE handles[MAXIMUM_WAIT_OBJECTS + 1];

    for (int index = 0; index <= MAXIMUM_WAIT_OBJECTS; index++)
    {
        handles[index] = CreateEventW(NULL, FALSE, FALSE, NULL);
        CHECK(handles[index] != NULL);
    }
    CHECK_EQUAL(WaitForMultipleObjects(3, handles, FALSE, 0), WAIT_TIMEOUT);
    CHECK(SetEvent(handles[2]));
    CHECK_EQUAL(WaitForMultipleObjects(3, handles, FALSE, INFINITE), WAIT_OBJECT_0 + 2);
    CHECK(SetEvent(handles[0]) && SetEvent(handles[1]));
    CHECK_EQUAL(WaitForMultipleObjects(3, handles, TRUE, 0), WAIT_TIMEOUT);
    CHECK(SetEvent(handles[2]));
    CHECK_EQUAL(WaitForMultipleObjects(3, handles, TRUE, 0), WAIT_OBJECT_0);
    CHECK_EQUAL(WaitForMultipleObjects(MAXIMUM_WAIT_OBJECTS, handles, FALSE, 0), WAIT_TIMEOUT);
    CHECK_EQUAL(WaitForMultipleObjects(MAXIMUM_WAIT_OBJECTS + 1, handles, FALSE, 0), WAIT_FAILED);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(WaitForMultipleObjects(0, handles, FALSE, 0), WAIT_FAILED);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    for (int index = 0; index <= MAXIMUM_WAIT_OBJECTS; index++)
    {
        check_close(handles[index]);
    }
}

static void waiting_for_all_names_each_object_once(void)
{
    HANDLE handles[2];

    handles[0] = CreateEventW(NULL, TRUE, TRUE, NULL);
    CHECK(
        DuplicateHandle(GetCurrentProcess(), handles[0], GetCurrentProcess(), &handles[1], 0, FALSE, DUPLICATE_SAME_ACCESS));
    CHECK(CompareObjectHandles(handles[0], handles[1]));
    CHECK_EQUAL(WaitForMultipleObjects(2, handles, TRUE, 0), WAIT_FAILED);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(WaitForMultipleObjects(2, handles, FALSE, 0), WAIT_OBJECT_0);
    check_close(handles[0]);
    CHECK_EQUAL(WaitForSingleObject(handles[1], 0), WAIT_OBJECT_0);
    check_close(handles[1]);
}

static DWORD CALLBACK answer_signal(PVOID context)
{
    CHECK_EQUAL(WaitForSingleObject(event, INFINITE), WAIT_OBJECT_0);
    CHECK(ReleaseSemaphore(semaphore, 1, NULL));
    return 0;
}

static void signalling_and_waiting_are_one_call(void)
{
    HANDLE thread;

    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    semaphore = CreateSemaphoreW(NULL, 0, 1, NULL);
    thread = CreateThread(NULL, 0, answer_signal, NULL, 0, NULL);
    CHECK_EQUAL(SignalObjectAndWait(event, semaphore, INFINITE, FALSE), WAIT_OBJECT_0);
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CHECK_EQUAL(SignalObjectAndWait(semaphore, event, 0, FALSE), WAIT_TIMEOUT);
    CHECK_EQUAL(SignalObjectAndWait(thread, event, 0, FALSE), WAIT_FAILED);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
    check_close(thread);
    check_close(event);
    check_close(semaphore);
}

static void CALLBACK note_call(ULONG_PTR data)
{
    (void)InterlockedExchangeAdd(&number, (LONG)data);
}

static void a_queued_call_ends_an_alertable_wait(void)
{
    number = 0;
    event = CreateEventW(NULL, FALSE, FALSE, NULL);
    CHECK(QueueUserAPC(note_call, GetCurrentThread(), 1));
    CHECK(QueueUserAPC(note_call, GetCurrentThread(), 2));
    CHECK_EQUAL(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    CHECK_EQUAL(number, 0);
    CHECK_EQUAL(WaitForSingleObjectEx(event, INFINITE, TRUE), WAIT_IO_COMPLETION);
    CHECK_EQUAL(number, 3);
    CHECK_EQUAL(SleepEx(0, TRUE), 0);
    CHECK(QueueUserAPC(note_call, GetCurrentThread(), 4));
    CHECK_EQUAL(SleepEx(INFINITE, TRUE), WAIT_IO_COMPLETION);
    CHECK_EQUAL(number, 7);
    CHECK_EQUAL(SleepEx(1, TRUE), 0);
    check_close(event);
}

static DWORD CALLBACK sleep_alertably(PVOID context)
{
    while (number == 0)
    {
        CHECK_EQUAL(SleepEx(INFINITE, TRUE), WAIT_IO_COMPLETION);
    }
    return 0;
}

static void a_call_is_queued_to_another_thread(void)
{
    HANDLE thread;

    number = 0;
    thread = CreateThread(NULL, 0, sleep_alertably, NULL, 0, NULL);
    CHECK(QueueUserAPC(note_call, thread, 1));
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CHECK_EQUAL(QueueUserAPC(note_call, thread, 1), 0);
    CHECK_EQUAL(GetLastError(), ERROR_GEN_FAILURE);
    check_close(thread);
}

static void CALLBACK note_timer(LPVOID context, DWORD low, DWORD high)
{
    CHECK(context == &number);
    CHECK(((ULONGLONG)high << 32 | low) != 0);
    (void)InterlockedIncrement(&number);
}

static void a_timer_signals_when_it_is_due(void)
{
    HANDLE timer = CreateWaitableTimerW(NULL, TRUE, NULL);
    LARGE_INTEGER due = {.QuadPart = -10000};

    CHECK(timer != NULL);
    CHECK_EQUAL(WaitForSingleObject(timer, 0), WAIT_TIMEOUT);
    CHECK(SetWaitableTimer(timer, &due, 0, NULL, NULL, FALSE));
    CHECK_EQUAL(WaitForSingleObject(timer, INFINITE), WAIT_OBJECT_0);
    CHECK_EQUAL(WaitForSingleObject(timer, 0), WAIT_OBJECT_0);
    due.QuadPart = -(LONGLONG)10000000 * 3600;
    CHECK(SetWaitableTimer(timer, &due, 0, NULL, NULL, FALSE));
    CHECK_EQUAL(WaitForSingleObject(timer, 0), WAIT_TIMEOUT);
    CHECK(CancelWaitableTimer(timer));
    CHECK(!SetWaitableTimer(timer, &due, -1, NULL, NULL, FALSE));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    check_close(timer);
}

static void a_timer_comes_again_and_calls_its_thread(void)
{
    HANDLE timer = CreateWaitableTimerExW(NULL, NULL, 0, TIMER_ALL_ACCESS);
    LARGE_INTEGER due = {.QuadPart = -10000};

    number = 0;
    CHECK(SetWaitableTimer(timer, &due, 1, note_timer, (PVOID)&number, FALSE));
    while (number < 3)
    {
        CHECK_EQUAL(SleepEx(INFINITE, TRUE), WAIT_IO_COMPLETION);
    }
    CHECK_EQUAL(WaitForSingleObject(timer, INFINITE), WAIT_OBJECT_0);
    CHECK(CancelWaitableTimer(timer));
    check_close(timer);
}

/* Until the timer is signalled, its call is not queued: it is queued after that, or at the same time. */
static void let_it_expire(HANDLE timer)
{
    LARGE_INTEGER due = {.QuadPart = -1};

    CHECK(SetWaitableTimer(timer, &due, 0, note_timer, (PVOID)&number, FALSE));
    CHECK_EQUAL(WaitForSingleObject(timer, INFINITE), WAIT_OBJECT_0);
}

static void a_timer_that_is_stopped_takes_its_call_back(void)
{
    HANDLE timer = CreateWaitableTimerW(NULL, TRUE, NULL);
    LARGE_INTEGER far_away = {.QuadPart = -(LONGLONG)10000000 * 3600};

    number = 0;
    let_it_expire(timer);
    CHECK(CancelWaitableTimer(timer));
    CHECK_EQUAL(WaitForSingleObject(timer, 0), WAIT_OBJECT_0);
    CHECK_EQUAL(SleepEx(0, TRUE), 0);
    let_it_expire(timer);
    CHECK(SetWaitableTimer(timer, &far_away, 0, NULL, NULL, FALSE));
    CHECK_EQUAL(SleepEx(0, TRUE), 0);
    let_it_expire(timer);
    check_close(timer);
    CHECK_EQUAL(SleepEx(0, TRUE), 0);
    CHECK_EQUAL(number, 0);
}

/* What a driver or a native caller sees of the same name. */
NTSYSAPI NTSTATUS NTAPI ZwOpenTimer(PHANDLE TimerHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes);
NTSYSAPI NTSTATUS NTAPI ZwCancelTimer(HANDLE TimerHandle, PBOOLEAN CurrentState);

static void a_timer_is_the_same_object_for_native_callers(void)
{
    UNICODE_STRING name;
    OBJECT_ATTRIBUTES attributes = {.Length = sizeof(attributes), .ObjectName = &name};
    HANDLE timer = CreateWaitableTimerW(NULL, TRUE, L"DmfTestTimer");
    LARGE_INTEGER due = {.QuadPart = -1};
    BOOLEAN signalled = FALSE;
    HANDLE native;

    RtlInitUnicodeString(&name, L"\\BaseNamedObjects\\DmfTestTimer");
    CHECK_EQUAL(ZwOpenTimer(&native, TIMER_ALL_ACCESS, &attributes), 0);
    CHECK(CompareObjectHandles(timer, native));
    CHECK(SetWaitableTimer(timer, &due, 0, NULL, NULL, FALSE));
    CHECK_EQUAL(WaitForSingleObject(native, INFINITE), WAIT_OBJECT_0);
    CHECK_EQUAL(ZwCancelTimer(native, &signalled), 0);
    CHECK(signalled);
    check_close(native);
    check_close(timer);
}

static void timers_have_rights(void)
{
    LARGE_INTEGER due = {.QuadPart = -1};
    HANDLE timer = CreateWaitableTimerExW(NULL, NULL, 0, SYNCHRONIZE);
    HANDLE other = CreateEventW(NULL, TRUE, FALSE, NULL);

    CHECK(!SetWaitableTimer(timer, &due, 0, NULL, NULL, FALSE));
    CHECK_EQUAL(GetLastError(), ERROR_ACCESS_DENIED);
    CHECK(!CancelWaitableTimer(timer));
    CHECK_EQUAL(GetLastError(), ERROR_ACCESS_DENIED);
    CHECK(!SetWaitableTimer(other, &due, 0, NULL, NULL, FALSE));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
    check_close(timer);
    check_close(other);
}

static DWORD CALLBACK say_number(PVOID context)
{
    number = (LONG)GetCurrentThreadId();
    return 0;
}

static void a_suspended_thread_begins_when_it_is_resumed(void)
{
    HANDLE thread;
    HANDLE again;
    DWORD code;
    DWORD id = 0;

    number = 0;
    thread = CreateThread(NULL, 0, say_number, NULL, CREATE_SUSPENDED, &id);
    CHECK_EQUAL(WaitForSingleObject(thread, 0), WAIT_TIMEOUT);
    CHECK(GetExitCodeThread(thread, &code));
    CHECK_EQUAL(code, STILL_ACTIVE);
    again = OpenThread(THREAD_ALL_ACCESS, FALSE, id);
    CHECK(CompareObjectHandles(thread, again));
    CHECK_EQUAL(GetThreadId(again), id);
    CHECK_EQUAL(ResumeThread(thread), 1);
    CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
    CHECK_EQUAL(number, id);
    CHECK_EQUAL(ResumeThread(thread), 0);
    check_close(thread);
    check_close(again);
    CHECK(OpenThread(SYNCHRONIZE, FALSE, 0x7FFFFFF0) == NULL);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void a_thread_has_a_priority(void)
{
    CHECK_EQUAL(GetThreadPriority(GetCurrentThread()), THREAD_PRIORITY_NORMAL);
    CHECK(SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_LOWEST));
    CHECK_EQUAL(GetThreadPriority(GetCurrentThread()), (unsigned long long)THREAD_PRIORITY_LOWEST);
    CHECK(SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_TIME_CRITICAL));
    CHECK_EQUAL(GetThreadPriority(GetCurrentThread()), THREAD_PRIORITY_TIME_CRITICAL);
    CHECK(!SetThreadPriority(GetCurrentThread(), 5));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_NORMAL));
}

static void a_handle_may_be_kept_from_being_closed(void)
{
    SECURITY_ATTRIBUTES inherited = {.nLength = sizeof(inherited), .bInheritHandle = TRUE};
    DWORD flags = 99;

    event = CreateEventW(&inherited, TRUE, FALSE, NULL);
    CHECK(GetHandleInformation(event, &flags));
    CHECK_EQUAL(flags, HANDLE_FLAG_INHERIT);
    CHECK(SetHandleInformation(event, HANDLE_FLAG_INHERIT | HANDLE_FLAG_PROTECT_FROM_CLOSE, HANDLE_FLAG_PROTECT_FROM_CLOSE));
    CHECK(GetHandleInformation(event, &flags));
    CHECK_EQUAL(flags, HANDLE_FLAG_PROTECT_FROM_CLOSE);
    CHECK(!CloseHandle(event));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
    CHECK(SetEvent(event));
    CHECK(!SetHandleInformation(event, 4, 4));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(SetHandleInformation(event, HANDLE_FLAG_PROTECT_FROM_CLOSE, 0));
    check_close(event);
    CHECK(!GetHandleInformation(event, &flags));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
    CHECK(!SetHandleInformation(event, HANDLE_FLAG_INHERIT, 0));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_HANDLE);
}

static void check_description(HANDLE thread, const WCHAR *expected)
{
    PWSTR text = NULL;

    CHECK(SUCCEEDED(GetThreadDescription(thread, &text)));
    CHECK_EQUAL(lstrcmpW(text, expected), 0);
    CHECK(LocalFree(text) == NULL);
}

static void a_thread_has_a_description(void)
{
    HANDLE thread = OpenThread(SYNCHRONIZE, FALSE, GetCurrentThreadId());
    PWSTR text = NULL;

    check_description(GetCurrentThread(), L"");
    CHECK(SUCCEEDED(SetThreadDescription(GetCurrentThread(), L"the one that tests")));
    check_description(GetCurrentThread(), L"the one that tests");
    CHECK(SUCCEEDED(SetThreadDescription(GetCurrentThread(), NULL)));
    check_description(GetCurrentThread(), L"");
    CHECK(FAILED(SetThreadDescription(thread, L"denied")));
    CHECK(FAILED(GetThreadDescription(thread, &text)));
    CHECK(text == NULL);
    check_close(thread);
}

static unsigned __stdcall end_in_the_middle(void *context)
{
    if (context != NULL)
    {
        _endthreadex(8);
    }
    return 5;
}

static void the_c_library_starts_threads_too(void)
{
    HANDLE thread;
    unsigned id = 0;
    DWORD code = 0;

    for (int round = 0; round < 2; round++)
    {
        thread = (HANDLE)_beginthreadex(NULL, 0, end_in_the_middle, round == 0 ? NULL : &code, 0, &id);
        CHECK(thread != NULL);
        CHECK_EQUAL(WaitForSingleObject(thread, INFINITE), WAIT_OBJECT_0);
        CHECK_EQUAL(GetThreadId(thread), id);
        CHECK(GetExitCodeThread(thread, &code));
        CHECK_EQUAL(code, round == 0 ? 5 : 8);
        check_close(thread);
    }
    CHECK_EQUAL(_beginthreadex(NULL, 0, NULL, NULL, 0, NULL), 0);
}

static DWORD CALLBACK do_nothing(PVOID context)
{
    return 0;
}

static void use_objects(void)
{
    HANDLE made[5] = {
        CreateEventW(NULL, TRUE, FALSE, L"DmfTestMemory"), CreateMutexW(NULL, TRUE, NULL),
        CreateSemaphoreA(NULL, 0, 1, "DmfTestMemory2"),    CreateWaitableTimerW(NULL, TRUE, NULL),
        CreateThread(NULL, 0, do_nothing, NULL, 0, NULL),
    };

    if (made[4] != NULL)
    {
        CHECK_EQUAL(WaitForSingleObject(made[4], INFINITE), WAIT_OBJECT_0);
    }
    for (int index = 0; index < 5; index++)
    {
        CHECK(made[index] == NULL || CloseHandle(made[index]));
    }
}

static void want_of_memory_makes_no_object(void)
{
    nt_fail_each_allocation(use_objects);
}

const struct nt_case nt_cases[] = {
    CASE(an_event_is_set_reset_and_waited_for),
    CASE(an_automatic_event_lets_one_wait_pass),
    CASE(a_name_leads_to_one_object),
    CASE(a_mutex_is_one_threads_at_a_time),
    CASE(an_abandoned_mutex_says_so_once),
    CASE(a_mutex_may_be_closed_while_it_is_owned),
    CASE(the_owner_of_a_mutex_may_close_its_last_handle),
    CASE(a_semaphore_counts_to_its_limit),
    CASE(one_of_several_objects_ends_a_wait),
    CASE(waiting_for_all_names_each_object_once),
    CASE(signalling_and_waiting_are_one_call),
    CASE(a_queued_call_ends_an_alertable_wait),
    CASE(a_call_is_queued_to_another_thread),
    CASE(a_timer_signals_when_it_is_due),
    CASE(a_timer_comes_again_and_calls_its_thread),
    CASE(a_timer_that_is_stopped_takes_its_call_back),
    CASE(a_timer_is_the_same_object_for_native_callers),
    CASE(timers_have_rights),
    CASE(a_suspended_thread_begins_when_it_is_resumed),
    CASE(a_thread_has_a_priority),
    CASE(a_handle_may_be_kept_from_being_closed),
    CASE(a_thread_has_a_description),
    CASE(the_c_library_starts_threads_too),
    CASE(want_of_memory_makes_no_object),
    CASES_END,
};
