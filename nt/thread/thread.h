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
};

extern const struct object_type thread_type;

/* The calling thread's object, not referenced. IRQL: any. Stops when the first use finds no memory. */
PKTHREAD thread_current(void);

/*
 * Starts a thread on a referenced object of its own; *ret_thread is the caller's reference. The routine's return, or
 * thread_exit(), ends it. IRQL: PASSIVE_LEVEL.
 */
NTSTATUS thread_start(const char *name, void (*routine)(void *context), void *context, bool suspended, PKTHREAD *ret_thread);

/* Ends the calling thread, which thread_start() made, without returning: its mutants are abandoned, then waiters are let go. */
_Noreturn void thread_exit(NTSTATUS status);

#endif /* NT_THREAD_H */
