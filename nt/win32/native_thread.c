/* SPDX-License-Identifier: MIT */
/*
 * Threads that have handles, and calls queued to them.
 */
#include "nt/internal.h"

#include <string.h>

#include "nt/win32/native.h"

#include "nt/machine.h"
#include "nt/object/object.h"
#include "nt/rtl/string.h"
#include "nt/sync/apc.h"
#include "nt/thread/thread.h"

/* What a new thread is to do; it frees this first. No routine: the creation failed, and the thread only ends. */
struct start
{
    DWORD (*routine)(void *context);
    void *context;
};

static void thread_run(void *argument)
{
    struct start start = *(struct start *)argument;

    platform_free(argument, sizeof(start));
    if (start.routine == NULL)
    {
        return;
    }
    /* As published, a thread begins with the calls that were queued to it before. */
    (void)apc_run();
    platform_point(PLATFORM_POINT_CALL);
    thread_exit((NTSTATUS)start.routine(start.context));
}

static NTSTATUS give_handle(PKTHREAD thread, ACCESS_MASK access, ULONG attributes, HANDLE *ret_handle)
{
    OBJECT_ATTRIBUTES object = {.Length = sizeof(object), .Attributes = attributes};

    return object_insert(thread, &object, access, ret_handle);
}

NTSTATUS native_thread_create(DWORD (*routine)(void *context), void *context, bool suspended, ULONG handle_attributes,
                              HANDLE *ret_thread, DWORD *ret_id)
{
    struct start *start = platform_alloc(sizeof(*start));
    PKTHREAD thread;
    NTSTATUS status;

    if (start == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *start = (struct start){routine, context};
    /* Suspended until its handle exists, because a thread that has begun cannot be taken back. */
    status = thread_start("win32", thread_run, start, true, &thread);
    if (!NT_SUCCESS(status))
    {
        platform_free(start, sizeof(*start));
        return status;
    }
    object_reference(thread);
    status = give_handle(thread, THREAD_ALL_ACCESS, handle_attributes, ret_thread);
    if (!NT_SUCCESS(status))
    {
        start->routine = NULL;
    }
    *ret_id = HandleToULong(thread->id.UniqueThread);
    if (!suspended || !NT_SUCCESS(status))
    {
        (void)thread_resume(thread);
    }
    object_release(thread);
    return status;
}

NTSTATUS native_thread_open(DWORD id, ACCESS_MASK access, ULONG handle_attributes, HANDLE *ret_thread)
{
    PKTHREAD thread;
    NTSTATUS status = thread_lookup(ULongToHandle(id), &thread);

    return NT_SUCCESS(status) ? give_handle(thread, access, handle_attributes, ret_thread) : status;
}

static NTSTATUS look_up(HANDLE handle, ACCESS_MASK access, PKTHREAD *ret_thread)
{
    void *body;
    NTSTATUS status = handle_lookup(handle, &thread_type, access, &body);

    *ret_thread = NT_SUCCESS(status) ? body : NULL;
    return status;
}

NTSTATUS native_thread_query(HANDLE handle, struct native_thread *ret_information)
{
    PKTHREAD thread;
    NTSTATUS status = look_up(handle, THREAD_QUERY_LIMITED_INFORMATION, &thread);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    ret_information->id = HandleToULong(thread->id.UniqueThread);
    ret_information->ended = platform_atomic_load(&thread->header.SignalState) != 0;
    ret_information->exit_code =
        ret_information->ended ? (DWORD)platform_atomic_load(&thread->exit_status) : (DWORD)STATUS_PENDING;
    ret_information->priority = platform_atomic_load(&thread->priority);
    ret_information->created = thread->created.QuadPart;
    ret_information->ended_at = ret_information->ended ? thread->ended.QuadPart : 0;
    object_release(thread);
    return STATUS_SUCCESS;
}

NTSTATUS native_thread_resume(HANDLE handle, DWORD *ret_before)
{
    PKTHREAD thread;
    NTSTATUS status = look_up(handle, THREAD_SUSPEND_RESUME, &thread);

    if (NT_SUCCESS(status))
    {
        *ret_before = thread_resume(thread) ? 1 : 0;
        object_release(thread);
    }
    return status;
}

NTSTATUS native_thread_set_priority(HANDLE handle, LONG priority)
{
    PKTHREAD thread;
    NTSTATUS status = look_up(handle, THREAD_SET_LIMITED_INFORMATION, &thread);

    if (NT_SUCCESS(status))
    {
        platform_atomic_store(&thread->priority, priority);
        object_release(thread);
    }
    return status;
}

NTSTATUS native_thread_exit(DWORD code)
{
    if (!thread_is_system(thread_current()))
    {
        return STATUS_INVALID_PARAMETER;
    }
    thread_exit((NTSTATUS)code);
}

DWORD native_thread_id(void)
{
    return HandleToULong(thread_current()->id.UniqueThread);
}

NTSTATUS native_thread_describe(HANDLE handle, const UNICODE_STRING *description)
{
    UNICODE_STRING copy = {0};
    UNICODE_STRING old;
    PKTHREAD thread;
    NTSTATUS status = look_up(handle, THREAD_SET_LIMITED_INFORMATION, &thread);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = description->Length == 0 ? STATUS_SUCCESS : string_duplicate(description, &copy);
    if (NT_SUCCESS(status))
    {
        platform_spinlock_lock(&machine()->threads.lock);
        old = thread->description;
        thread->description = copy;
        platform_spinlock_unlock(&machine()->threads.lock);
        string_free(&old);
    }
    object_release(thread);
    return status;
}

NTSTATUS native_thread_description(HANDLE handle, WCHAR *text, size_t size, size_t *ret_length)
{
    PKTHREAD thread;
    NTSTATUS status = look_up(handle, THREAD_QUERY_LIMITED_INFORMATION, &thread);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    platform_spinlock_lock(&machine()->threads.lock);
    *ret_length = thread->description.Length / sizeof(WCHAR);
    if (size != 0)
    {
        memcpy(text, thread->description.Buffer, (*ret_length < size ? *ret_length : size) * sizeof(WCHAR));
    }
    platform_spinlock_unlock(&machine()->threads.lock);
    object_release(thread);
    return STATUS_SUCCESS;
}

/*
 * Calls.
 */
struct queued_call
{
    KAPC apc;
    void (*routine)(ULONG_PTR data);
    ULONG_PTR data;
};

static void call_free(PRKAPC apc)
{
    struct queued_call *call = CONTAINING_RECORD(apc, struct queued_call, apc);

    object_release(apc->Thread);
    platform_free(call, sizeof(*call));
}

/* Frees the call and hands on to the routine itself, so that a routine that never returns leaves nothing behind. */
static void call_begin(PRKAPC apc, PKNORMAL_ROUTINE *normal, PVOID *context, PVOID *argument1, PVOID *argument2)
{
    struct queued_call *call = CONTAINING_RECORD(apc, struct queued_call, apc);

    *argument1 = (PVOID)(ULONG_PTR)call->routine;
    *argument2 = (PVOID)call->data;
    call_free(apc);
}

static void call_run(PVOID context, PVOID routine, PVOID data)
{
    ((void (*)(ULONG_PTR data))(ULONG_PTR)routine)((ULONG_PTR)data);
}

NTSTATUS native_queue_call(HANDLE handle, void (*routine)(ULONG_PTR data), ULONG_PTR data)
{
    struct queued_call *call;
    PKTHREAD thread;
    NTSTATUS status = look_up(handle, THREAD_SET_CONTEXT, &thread);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    call = platform_zalloc(sizeof(*call));
    if (call == NULL)
    {
        object_release(thread);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    call->routine = routine;
    call->data = data;
    apc_initialize(&call->apc, thread, call_begin, call_free, call_run, NULL);
    if (!apc_insert(&call->apc, NULL, NULL))
    {
        call_free(&call->apc);
        return STATUS_UNSUCCESSFUL;
    }
    return STATUS_SUCCESS;
}
