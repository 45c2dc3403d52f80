/* SPDX-License-Identifier: MIT */
/*
 * Thread objects: those of threads that the runtime starts, and of those that come from elsewhere.
 */
#include "nt/thread/thread.h"

#include <setjmp.h>

#include "nt/debug/bugcheck.h"
#include "nt/machine.h"
#include "nt/rtl/string.h"
#include "nt/sync/apc.h"
#include "nt/sync/mutant.h"
#include "nt/sync/queue.h"
#include "nt/thread/process.h"

#define THREAD_PRIORITY 8
#define FIRST_THREAD_ID 8

static void *thread_dispatcher(void *body)
{
    return &((PKTHREAD)body)->header;
}

static void thread_delete(void *body)
{
    string_free(&((PKTHREAD)body)->description);
}

const struct object_type thread_type = {
    .name = "Thread",
    .mapping = {STANDARD_RIGHTS_READ | THREAD_GET_CONTEXT | THREAD_QUERY_INFORMATION,
                STANDARD_RIGHTS_WRITE | THREAD_TERMINATE | THREAD_SUSPEND_RESUME | THREAD_ALERT | THREAD_SET_CONTEXT |
                    THREAD_SET_INFORMATION,
                STANDARD_RIGHTS_EXECUTE | SYNCHRONIZE | THREAD_QUERY_LIMITED_INFORMATION, THREAD_ALL_ACCESS},
    .valid_access = THREAD_ALL_ACCESS,
    .dispatcher = thread_dispatcher,
    .delete = thread_delete,
};

void threads_make(struct threads *threads)
{
    InitializeListHead(&threads->all);
    threads->next_id = FIRST_THREAD_ID;
}

static NTSTATUS thread_create(PKTHREAD *ret_thread)
{
    void *body;
    NTSTATUS status = object_create(&thread_type, sizeof(struct _KTHREAD), &body);
    PKTHREAD thread = body;

    *ret_thread = thread;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    dispatcher_initialize(&thread->header, DISPATCHER_THREAD, 0);
    InitializeListHead(&thread->apc_list[KernelMode]);
    InitializeListHead(&thread->apc_list[UserMode]);
    InitializeListHead(&thread->mutants);
    thread->priority = THREAD_PRIORITY;
    thread->exit_status = STATUS_PENDING;
    thread->id.UniqueProcess = SYSTEM_PROCESS_ID;
    thread->id.UniqueThread = ULongToHandle(platform_atomic_fetch_add(&machine()->threads.next_id, 4));
    thread->created.QuadPart = platform_wall_time_100ns();
    return STATUS_SUCCESS;
}

static void thread_remember(PKTHREAD thread)
{
    platform_spinlock_lock(&machine()->threads.lock);
    InsertTailList(&machine()->threads.all, &thread->all);
    platform_spinlock_unlock(&machine()->threads.lock);
}

static void thread_forget(PKTHREAD thread)
{
    platform_spinlock_lock(&machine()->threads.lock);
    RemoveEntryList(&thread->all);
    platform_spinlock_unlock(&machine()->threads.lock);
}

/* The thread has ended. Its own reference goes last. */
static void thread_ended(void *nt)
{
    PKTHREAD thread = nt;

    mutant_abandon_all(thread);
    if (thread->queue != NULL)
    {
        queue_thread_ends(thread);
    }
    thread_forget(thread);
    thread->ended.QuadPart = platform_wall_time_100ns();
    platform_atomic_store(&thread->platform, NULL);
    if (thread->exit_status == STATUS_PENDING)
    {
        platform_atomic_store(&thread->exit_status, STATUS_SUCCESS);
    }
    (void)dispatcher_signal(&thread->header, 1);
    apc_run_down(thread);
    platform_current()->nt = NULL;
    object_release(thread);
}

/* Makes the calling thread the one that the object stands for, and gives it the reference. */
static void thread_bind(PKTHREAD thread)
{
    struct platform_thread *self = platform_current();

    platform_atomic_store(&thread->platform, self);
    self->nt = thread;
    self->nt_exit = thread_ended;
}

/* Whoever asks who he is cannot be told that there is no memory, so what is short for a moment is waited for. */
PKTHREAD thread_adopt(void)
{
    PKTHREAD thread;
    NTSTATUS status = thread_create(&thread);

    for (int times = 0; !NT_SUCCESS(status) && times < 100; times++)
    {
        platform_sleep_until(platform_deadline_in(PLATFORM_MILLISECOND));
        status = thread_create(&thread);
    }
    if (!NT_SUCCESS(status))
    {
        platform_fatal("no memory for the object of thread %u", platform_current()->id);
    }
    thread_remember(thread);
    thread_bind(thread);
    return thread;
}

/* The way out is a jump back to this frame, so that whatever the thread's routine had on the stack is simply dropped. */
static void thread_run(PKTHREAD thread)
{
    jmp_buf way_out;

    thread->way_out = &way_out;
    if (setjmp(way_out) == 0)
    {
        thread->routine(thread->context);
    }
    thread->way_out = NULL;
}

static void thread_main(void *argument)
{
    PKTHREAD thread = argument;

    thread_bind(thread);
    while (platform_atomic_load(&thread->suspended) != 0)
    {
        (void)platform_wait_word(&thread->suspended, 1, PLATFORM_FOREVER);
    }
    thread_run(thread);
}

NTSTATUS thread_start(const char *name, void (*routine)(void *context), void *context, bool suspended, PKTHREAD *ret_thread)
{
    struct platform_thread *platform;
    PKTHREAD thread;
    NTSTATUS status = thread_create(&thread);

    *ret_thread = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    thread->routine = routine;
    thread->context = context;
    thread->suspended = suspended ? 1 : 0;
    object_reference(thread);
    thread_remember(thread);
    if (platform_thread_create(&platform, name, 0, 0, thread_main, thread) != 0)
    {
        thread_forget(thread);
        object_release(thread);
        object_release(thread);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    platform_thread_detach(platform);
    *ret_thread = thread;
    return STATUS_SUCCESS;
}

bool thread_resume(PKTHREAD thread)
{
    if (platform_atomic_exchange(&thread->suspended, 0) == 0)
    {
        return false;
    }
    platform_wake_word(&thread->suspended, 1);
    return true;
}

bool thread_is_system(PKTHREAD thread)
{
    return thread->routine != NULL;
}

_Noreturn void thread_exit(NTSTATUS status)
{
    PKTHREAD thread = thread_current();
    jmp_buf *way_out = thread->way_out;

    platform_require(way_out != NULL);
    platform_atomic_store(&thread->exit_status, status);
    longjmp(*way_out, 1);
}

NTSTATUS thread_lookup(HANDLE id, PKTHREAD *ret_thread)
{
    struct threads *threads = &machine()->threads;
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    *ret_thread = NULL;
    platform_spinlock_lock(&threads->lock);
    for (PLIST_ENTRY link = threads->all.Flink; link != &threads->all; link = link->Flink)
    {
        PKTHREAD thread = CONTAINING_RECORD(link, struct _KTHREAD, all);

        if (thread->id.UniqueThread == id)
        {
            /* A thread in the list has a reference of its own, which it gives back after it has left. */
            object_reference(thread);
            *ret_thread = thread;
            status = STATUS_SUCCESS;
            break;
        }
    }
    platform_spinlock_unlock(&threads->lock);
    return status;
}
