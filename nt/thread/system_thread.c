/* SPDX-License-Identifier: MIT */
/*
 * Threads of drivers: creation, end, identity, priority.
 */
#include "nt/thread/process.h"
#include "nt/thread/thread.h"

#include "nt/debug/bugcheck.h"

#define LOWEST_PRIORITY 1

static PKTHREAD thread_of(PETHREAD thread)
{
    return (PKTHREAD)thread;
}

static NTSTATUS check_process(HANDLE process)
{
    void *body;
    NTSTATUS status;

    if (process == NULL)
    {
        return STATUS_SUCCESS;
    }
    status = handle_lookup(process, &process_type, PROCESS_CREATE_THREAD, &body);
    if (NT_SUCCESS(status))
    {
        object_release(body);
    }
    return status;
}

/* What a thread runs that must not run. */
static void run_nothing(void *context)
{
    (void)context;
}

/* The handle exists before the thread begins. Without a handle it does not begin at all. */
static NTSTATUS create_thread(PHANDLE handle, ACCESS_MASK access, const OBJECT_ATTRIBUTES *attributes, PCLIENT_ID id,
                              PKSTART_ROUTINE routine, PVOID context)
{
    PKTHREAD thread;
    NTSTATUS status = thread_start("system thread", routine, context, true, &thread);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (id != NULL)
    {
        *id = thread->id;
    }
    object_reference(thread);
    status = object_insert(thread, attributes, access, handle);
    if (!NT_SUCCESS(status))
    {
        thread->routine = run_nothing;
    }
    (void)thread_resume(thread);
    object_release(thread);
    return status;
}

/*
 * Priorities are kept and told; the host's scheduler does not hear of them, because an ordinary process may only lower them.
 */
static KPRIORITY set_priority(PKTHREAD thread, KPRIORITY priority)
{
    return platform_atomic_exchange(&thread->priority, priority);
}

/*
 * Published entry points.
 */
static POBJECT_TYPE thread_object_type = (POBJECT_TYPE)&thread_type;

POBJECT_TYPE *PsThreadType = &thread_object_type;

NTSTATUS PsCreateSystemThread(PHANDLE ThreadHandle, ULONG DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
                              HANDLE ProcessHandle, PCLIENT_ID ClientId, PKSTART_ROUTINE StartRoutine, PVOID StartContext)
{
    NTSTATUS status = check_process(ProcessHandle);

    *ThreadHandle = NULL;
    return NT_SUCCESS(status) ?
               create_thread(ThreadHandle, DesiredAccess, ObjectAttributes, ClientId, StartRoutine, StartContext) :
               status;
}

NTSTATUS PsTerminateSystemThread(NTSTATUS ExitStatus)
{
    if (!thread_is_system(thread_current()))
    {
        return STATUS_INVALID_PARAMETER;
    }
    thread_exit(ExitStatus);
}

PETHREAD PsGetCurrentThread(VOID)
{
    return (PETHREAD)thread_current();
}

PKTHREAD KeGetCurrentThread(VOID)
{
    return thread_current();
}

HANDLE PsGetCurrentThreadId(VOID)
{
    return thread_current()->id.UniqueThread;
}

HANDLE PsGetThreadId(PETHREAD Thread)
{
    return thread_of(Thread)->id.UniqueThread;
}

HANDLE PsGetThreadProcessId(PETHREAD Thread)
{
    return thread_of(Thread)->id.UniqueProcess;
}

BOOLEAN PsIsSystemThread(PETHREAD Thread)
{
    return thread_is_system(thread_of(Thread));
}

BOOLEAN IoIsSystemThread(PETHREAD Thread)
{
    return PsIsSystemThread(Thread);
}

BOOLEAN PsIsThreadTerminating(PETHREAD Thread)
{
    return platform_atomic_load(&thread_of(Thread)->exit_status) != STATUS_PENDING;
}

NTSTATUS PsLookupThreadByThreadId(HANDLE ThreadId, PETHREAD *Thread)
{
    PKTHREAD thread;
    NTSTATUS status = thread_lookup(ThreadId, &thread);

    if (NT_SUCCESS(status))
    {
        *Thread = (PETHREAD)thread;
    }
    return status;
}

NTSTATUS PsLookupProcessThreadByCid(PCLIENT_ID Cid, PEPROCESS *Process, PETHREAD *Thread)
{
    PKTHREAD thread;
    NTSTATUS status = thread_lookup(Cid->UniqueThread, &thread);

    if (!NT_SUCCESS(status))
    {
        return STATUS_INVALID_CID;
    }
    if (thread->id.UniqueProcess != Cid->UniqueProcess)
    {
        object_release(thread);
        return STATUS_INVALID_CID;
    }
    *Thread = (PETHREAD)thread;
    return Process != NULL ? PsLookupProcessByProcessId(Cid->UniqueProcess, Process) : STATUS_SUCCESS;
}

NTSTATUS ZwOpenThread(PHANDLE ThreadHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
                      PCLIENT_ID ClientId)
{
    PKTHREAD thread;

    *ThreadHandle = NULL;
    if (ClientId == NULL || ObjectAttributes->ObjectName != NULL)
    {
        return STATUS_INVALID_PARAMETER_MIX;
    }
    if ((ClientId->UniqueProcess != NULL && ClientId->UniqueProcess != SYSTEM_PROCESS_ID) ||
        !NT_SUCCESS(thread_lookup(ClientId->UniqueThread, &thread)))
    {
        return STATUS_INVALID_CID;
    }
    return object_insert(thread, ObjectAttributes, DesiredAccess, ThreadHandle);
}

KPRIORITY KeQueryPriorityThread(PRKTHREAD Thread)
{
    return platform_atomic_load(&Thread->priority);
}

KPRIORITY KeSetPriorityThread(PKTHREAD Thread, KPRIORITY Priority)
{
    if (Priority < LOWEST_PRIORITY || Priority > HIGH_PRIORITY)
    {
        bugcheck(KERNEL_MODE_EXCEPTION_NOT_HANDLED, (ULONG_PTR)STATUS_ASSERTION_FAILURE, (ULONG_PTR)Thread,
                 (ULONG_PTR)Priority, 0);
    }
    return set_priority(Thread, Priority);
}
