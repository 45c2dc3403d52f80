/* SPDX-License-Identifier: MIT */
/*
 * Threads.
 */
#include "nt_case.h"

#include <ntifs.h>

static HANDLE start(PKSTART_ROUTINE routine, PVOID context, CLIENT_ID *id)
{
    OBJECT_ATTRIBUTES attributes;
    HANDLE handle;

    InitializeObjectAttributes(&attributes, NULL, OBJ_KERNEL_HANDLE, NULL, NULL);
    CHECK_EQUAL(PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, &attributes, NULL, id, routine, context), STATUS_SUCCESS);
    return handle;
}

static void wait_and_close(HANDLE handle)
{
    CHECK_EQUAL(ZwWaitForSingleObject(handle, FALSE, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
}

struct seen
{
    PETHREAD thread;
    HANDLE id;
    LONG count;
};

static VOID look(PVOID context)
{
    struct seen *seen = context;

    seen->thread = PsGetCurrentThread();
    seen->id = PsGetCurrentThreadId();
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    CHECK((PETHREAD)KeGetCurrentThread() == seen->thread);
    CHECK(PsIsSystemThread(seen->thread));
    seen->count++;
}

static void end_of_a_thread_is_waited_for_by_handle(void)
{
    struct seen seen = {0};
    CLIENT_ID id;

    wait_and_close(start(look, &seen, &id));
    CHECK_EQUAL(seen.count, 1);
    CHECK(seen.id == id.UniqueThread);
    CHECK(id.UniqueProcess == PsGetCurrentProcessId());
}

static void end_of_a_thread_is_waited_for_by_object(void)
{
    struct seen seen = {0};
    HANDLE handle = start(look, &seen, NULL);
    PVOID thread;

    CHECK_EQUAL(ObReferenceObjectByHandle(handle, SYNCHRONIZE, *PsThreadType, KernelMode, &thread, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
    CHECK_EQUAL(KeWaitForSingleObject(thread, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(seen.count, 1);
    CHECK(seen.thread == thread);
    CHECK(PsIsThreadTerminating(thread));
    ObDereferenceObject(thread);
}

static void terminate_deeply(struct seen *seen, unsigned depth)
{
    if (depth != 0)
    {
        terminate_deeply(seen, depth - 1);
    }
    else
    {
        seen->count++;
        (void)PsTerminateSystemThread(STATUS_UNSUCCESSFUL);
    }
    seen->count++;
}

static VOID terminate(PVOID context)
{
    terminate_deeply(context, 10);
}

static void terminating_does_not_return(void)
{
    struct seen seen = {0};

    wait_and_close(start(terminate, &seen, NULL));
    CHECK_EQUAL(seen.count, 1);
}

static void foreign_thread_cannot_terminate_itself(void)
{
    CHECK_EQUAL(PsTerminateSystemThread(STATUS_SUCCESS), STATUS_INVALID_PARAMETER);
    CHECK(!PsIsSystemThread(PsGetCurrentThread()));
}

static VOID wait_for_event(PVOID context)
{
    CHECK_EQUAL(KeWaitForSingleObject(context, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
}

static void running_thread_is_found_by_its_number(void)
{
    KEVENT leave;
    CLIENT_ID id;
    HANDLE handle;
    HANDLE other;
    OBJECT_ATTRIBUTES attributes;
    PETHREAD thread;
    PEPROCESS process;

    KeInitializeEvent(&leave, NotificationEvent, FALSE);
    handle = start(wait_for_event, &leave, &id);
    CHECK_EQUAL(PsLookupThreadByThreadId(id.UniqueThread, &thread), STATUS_SUCCESS);
    CHECK(PsGetThreadId(thread) == id.UniqueThread);
    CHECK(PsGetThreadProcessId(thread) == id.UniqueProcess);
    CHECK(IoThreadToProcess(thread) == PsInitialSystemProcess);
    CHECK(!PsIsThreadTerminating(thread));
    ObDereferenceObject(thread);
    CHECK_EQUAL(PsLookupProcessThreadByCid(&id, &process, &thread), STATUS_SUCCESS);
    CHECK(process == PsGetCurrentProcess());
    ObDereferenceObject(process);
    ObDereferenceObject(thread);
    InitializeObjectAttributes(&attributes, NULL, 0, NULL, NULL);
    CHECK_EQUAL(ZwOpenThread(&other, SYNCHRONIZE, &attributes, &id), STATUS_SUCCESS);
    KeSetEvent(&leave, 0, FALSE);
    wait_and_close(other);
    wait_and_close(handle);
    CHECK_EQUAL(PsLookupThreadByThreadId(id.UniqueThread, &thread), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(ZwOpenThread(&other, SYNCHRONIZE, &attributes, &id), STATUS_INVALID_CID);
    CHECK_EQUAL(ZwOpenThread(&other, SYNCHRONIZE, &attributes, NULL), STATUS_INVALID_PARAMETER_MIX);
}

static void process_is_found_by_its_number(void)
{
    CLIENT_ID id = {PsGetCurrentProcessId(), NULL};
    OBJECT_ATTRIBUTES attributes;
    PEPROCESS process;
    HANDLE handle;
    LARGE_INTEGER now = {.QuadPart = 0};

    CHECK_EQUAL(PsLookupProcessByProcessId(PsGetCurrentProcessId(), &process), STATUS_SUCCESS);
    CHECK(process == PsInitialSystemProcess);
    CHECK(PsGetProcessId(process) == PsGetCurrentProcessId());
    ObDereferenceObject(process);
    CHECK_EQUAL(PsLookupProcessByProcessId((HANDLE)(ULONG_PTR)12345, &process), STATUS_INVALID_PARAMETER);
    InitializeObjectAttributes(&attributes, NULL, 0, NULL, NULL);
    CHECK_EQUAL(ZwOpenProcess(&handle, PROCESS_ALL_ACCESS, &attributes, &id), STATUS_SUCCESS);
    CHECK_EQUAL(ZwWaitForSingleObject(handle, FALSE, &now), STATUS_TIMEOUT);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
    id.UniqueProcess = (HANDLE)(ULONG_PTR)12345;
    CHECK_EQUAL(ZwOpenProcess(&handle, PROCESS_ALL_ACCESS, &attributes, &id), STATUS_INVALID_CID);
    CHECK_EQUAL(ZwOpenProcess(&handle, PROCESS_ALL_ACCESS, &attributes, NULL), STATUS_INVALID_PARAMETER_MIX);
}

static void priority_is_kept(void)
{
    KPRIORITY before = KeQueryPriorityThread(KeGetCurrentThread());

    CHECK_EQUAL(KeSetPriorityThread(KeGetCurrentThread(), LOW_REALTIME_PRIORITY), before);
    CHECK_EQUAL(KeQueryPriorityThread(KeGetCurrentThread()), LOW_REALTIME_PRIORITY);
    CHECK_EQUAL(KeSetPriorityThread(KeGetCurrentThread(), before), LOW_REALTIME_PRIORITY);
}

static void impossible_priority(void)
{
    (void)KeSetPriorityThread(KeGetCurrentThread(), 32);
}

static VOID own_mutex(PVOID context)
{
    CHECK_EQUAL(KeWaitForSingleObject(context, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
}

static void mutant_of_an_ended_thread_is_abandoned(void)
{
    KMUTANT mutant;

    KeInitializeMutant(&mutant, FALSE);
    wait_and_close(start(own_mutex, &mutant, NULL));
    CHECK_EQUAL(KeWaitForSingleObject(&mutant, Executive, KernelMode, FALSE, NULL), STATUS_ABANDONED);
    (void)KeReleaseMutant(&mutant, 0, FALSE, FALSE);
}

static void look_foreign(void *context)
{
    struct seen *seen = context;

    seen->id = PsGetCurrentThreadId();
    seen->thread = PsGetCurrentThread();
    ObReferenceObject(seen->thread);
}

static void foreign_thread_has_an_object_too(void)
{
    struct seen seen = {0};

    nt_thread_join(nt_thread_start(look_foreign, &seen));
    CHECK(seen.id != PsGetCurrentThreadId());
    CHECK(seen.thread != PsGetCurrentThread());
    CHECK_EQUAL(KeWaitForSingleObject(seen.thread, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    ObDereferenceObject(seen.thread);
}

static void thread_without_a_handle_does_not_run(void)
{
    struct seen seen = {0};
    OBJECT_ATTRIBUTES attributes;
    HANDLE handle;

    InitializeObjectAttributes(&attributes, NULL, 0, NULL, NULL);
    /* A right that threads do not have. */
    CHECK_EQUAL(PsCreateSystemThread(&handle, 0x02000000 << 2, &attributes, NULL, NULL, look, &seen), STATUS_ACCESS_DENIED);
    CHECK(handle == NULL);
    CHECK_EQUAL(seen.count, 0);
}

static void waits_for_several_handles(void)
{
    OBJECT_ATTRIBUTES attributes;
    LARGE_INTEGER now = {.QuadPart = 0};
    struct seen seen = {0};
    HANDLE handles[2];

    InitializeObjectAttributes(&attributes, NULL, 0, NULL, NULL);
    CHECK_EQUAL(ZwCreateEvent(&handles[0], EVENT_ALL_ACCESS, &attributes, NotificationEvent, FALSE), STATUS_SUCCESS);
    handles[1] = start(look, &seen, NULL);
    CHECK_EQUAL(ZwWaitForMultipleObjects(2, handles, WaitAny, FALSE, NULL), STATUS_WAIT_1);
    CHECK_EQUAL(ZwWaitForMultipleObjects(2, handles, WaitAll, FALSE, &now), STATUS_TIMEOUT);
    CHECK_EQUAL(ZwSetEvent(handles[0], NULL), STATUS_SUCCESS);
    CHECK_EQUAL(ZwWaitForMultipleObjects(2, handles, WaitAll, FALSE, NULL), STATUS_WAIT_0);
    CHECK_EQUAL(ZwWaitForMultipleObjects(0, handles, WaitAny, FALSE, NULL), STATUS_INVALID_PARAMETER_1);
    CHECK_EQUAL(ZwWaitForMultipleObjects(65, handles, WaitAny, FALSE, NULL), STATUS_INVALID_PARAMETER_1);
    CHECK_EQUAL(ZwWaitForMultipleObjects(2, handles, (WAIT_TYPE)9, FALSE, NULL), STATUS_INVALID_PARAMETER_3);
    CHECK_EQUAL(ZwClose(handles[0]), STATUS_SUCCESS);
    CHECK_EQUAL(ZwWaitForMultipleObjects(2, handles, WaitAny, FALSE, NULL), STATUS_INVALID_HANDLE);
    CHECK_EQUAL(ZwClose(handles[1]), STATUS_SUCCESS);
}

static void what_has_no_state_cannot_be_waited_for(void)
{
    OBJECT_ATTRIBUTES attributes;
    HANDLE handle;

    InitializeObjectAttributes(&attributes, NULL, 0, NULL, NULL);
    CHECK_EQUAL(ZwCreateDirectoryObject(&handle, DIRECTORY_ALL_ACCESS, &attributes), STATUS_SUCCESS);
    CHECK_EQUAL(ZwWaitForSingleObject(handle, FALSE, NULL), STATUS_OBJECT_TYPE_MISMATCH);
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
}

static void events_by_handle(void)
{
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\BaseNamedObjects\\Shared");
    HANDLE handles[2];
    PKEVENT events[2];
    LONG previous;

    events[0] = IoCreateNotificationEvent(&name, &handles[0]);
    events[1] = IoCreateSynchronizationEvent(&name, &handles[1]);
    CHECK(events[0] != NULL && events[0] == events[1]);
    CHECK_EQUAL(KeReadStateEvent(events[0]), 1);
    CHECK_EQUAL(ZwResetEvent(handles[0], &previous), STATUS_SUCCESS);
    CHECK_EQUAL(previous, 1);
    CHECK_EQUAL(ZwSetEvent(handles[1], &previous), STATUS_SUCCESS);
    CHECK_EQUAL(previous, 0);
    CHECK_EQUAL(ZwClearEvent(handles[1]), STATUS_SUCCESS);
    CHECK_EQUAL(KeReadStateEvent(events[0]), 0);
    CHECK_EQUAL(ZwPulseEvent(handles[1], &previous), STATUS_SUCCESS);
    CHECK_EQUAL(KeReadStateEvent(events[0]), 0);
    CHECK_EQUAL(ZwClose(handles[0]), STATUS_SUCCESS);
    CHECK_EQUAL(ZwClose(handles[1]), STATUS_SUCCESS);
}

const struct nt_case nt_cases[] = {
    CASE(end_of_a_thread_is_waited_for_by_handle),
    CASE(end_of_a_thread_is_waited_for_by_object),
    CASE(terminating_does_not_return),
    CASE(foreign_thread_cannot_terminate_itself),
    CASE(running_thread_is_found_by_its_number),
    CASE(process_is_found_by_its_number),
    CASE(priority_is_kept),
    CASE(mutant_of_an_ended_thread_is_abandoned),
    CASE(foreign_thread_has_an_object_too),
    CASE(thread_without_a_handle_does_not_run),
    CASE(waits_for_several_handles),
    CASE(what_has_no_state_cannot_be_waited_for),
    CASE(events_by_handle),
    STOPS(impossible_priority, "bug check"),
    CASES_END,
};
