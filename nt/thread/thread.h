/* SPDX-License-Identifier: MIT */
/*
 * Threads as the executive sees them: the object behind PKTHREAD and PETHREAD.
 *
 * Every thread that runs inside the runtime has one, also those that something else created (a node server's readers, a
 * program's main thread): thread_current() makes it on first use.
 */
#ifndef NT_THREAD_H
#define NT_THREAD_H

#include "nt/internal.h"
#include "nt/object/object.h"

struct _KTHREAD
{
    /* First: the object is waited for through it. Signalled when the thread has ended. */
    DISPATCHER_HEADER header;
    /* NULL before the thread runs and after it has ended. */
    struct platform_thread *platform;
    CLIENT_ID id;
    NTSTATUS exit_status;
    KPRIORITY priority;

    /* Owned by nt/sync/apc.c: asynchronous procedure calls by processor mode, and what an alert left behind. */
    uint32_t apc_lock;
    LIST_ENTRY apc_list[2];
    bool alerted[2];
    uint32_t *parked_on;

    /* Only the thread itself: KeEnterCriticalRegion and KeEnterGuardedRegion depth; mutants that it holds. */
    uint32_t kernel_apc_disable;
    uint32_t special_apc_disable;
    LIST_ENTRY mutants;

    /* Owned by nt/time/dpc.c: calls that wait for the level to drop (all zero is empty), and how many run on this thread. */
    LIST_ENTRY dpcs;
    uint32_t dpc_depth;

    /* Owned by nt/thread/processor.c: the processors that the thread was put on; a mask of zero is all. */
    GROUP_AFFINITY affinity;

    /* Private to nt/thread/. The list of all threads; what thread_start() was given; where thread_exit() goes back to. */
    LIST_ENTRY all;
    void (*routine)(void *context);
    void *context;
    void *way_out;
    bool worker;
    /* The innermost call of a callback object's function: nt/object/callback.c. */
    struct notification_call *notification;
    /* Owned by nt/sync/queue.c: the queue whose entries it works on, and whether it counts as active there. */
    PRKQUEUE queue;
    LIST_ENTRY queue_link;
    bool queue_active;
    bool queue_blocked;
    bool queue_waiting;

    /* Only the thread itself: what file systems and drivers leave with it, by nt/io/thread_io.c. */
    PIRP top_level_irp;
    PDEVICE_OBJECT device_to_verify;
    const GUID *activity;
    bool hard_errors_disabled;
    /* What it is called, for debuggers: nt/win32/native_thread.c. Under the list's lock. */
    UNICODE_STRING description;
    /* How often it is suspended: it does not begin until that is none. */
    uint32_t suspended;
    LARGE_INTEGER created;
    LARGE_INTEGER ended;
};

/* All threads, for those who look one up by its number. */
struct threads
{
    struct platform_spinlock lock;
    LIST_ENTRY all;
    uint32_t next_id;
};

extern const struct object_type thread_type;

/* Called while the machine is made. */
void threads_make(struct threads *threads);

/* Makes the object of a thread that came from elsewhere: for thread_current(). */
PKTHREAD thread_adopt(void);

/* The calling thread's object, not referenced. IRQL: any. Stops when the first use finds no memory. */
static inline PKTHREAD thread_current(void)
{
    PKTHREAD thread = platform_current()->nt;

    return __builtin_expect(thread != NULL, 1) ? thread : thread_adopt();
}

/*
 * Starts a thread on a referenced object of its own; *ret_thread is the caller's reference. The routine's return, or
 * thread_exit(), ends it. A suspended one begins with thread_resume(). STATUS_INSUFFICIENT_RESOURCES. IRQL: PASSIVE_LEVEL.
 */
NTSTATUS thread_start(const char *name, void (*routine)(void *context), void *context, bool suspended, PKTHREAD *ret_thread);

/* Lets a thread that was started suspended begin. Returns whether it had still to begin. */
bool thread_resume(PKTHREAD thread);

/* Ends the calling thread, which thread_start() made, without returning: its mutants are abandoned, then waiters are let go. */
_Noreturn void thread_exit(NTSTATUS status);

/* Whether thread_start() made it, so that thread_exit() can end it. */
bool thread_is_system(PKTHREAD thread);

/* The thread with this number, referenced. STATUS_INVALID_PARAMETER when none has it, as published for PsLookupThreadByThreadId. */
NTSTATUS thread_lookup(HANDLE id, PKTHREAD *ret_thread);

#endif /* NT_THREAD_H */
