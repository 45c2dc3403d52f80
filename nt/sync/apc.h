/* SPDX-License-Identifier: MIT */
/*
 * Asynchronous procedure calls and alerts: what ends an alertable wait before its time.
 *
 * The published kernel headers declare no function that queues one. The user flavour does (QueueUserAPC, completion routines), and
 * so do timers with a routine. A call runs on its thread when that thread asks for it, after a wait that ended with
 * STATUS_USER_APC: the executive's waits only report it, the entry points of the user flavour run it.
 */
#ifndef NT_APC_H
#define NT_APC_H

#include "nt/sync/header.h"
#include "nt/thread/thread.h"

/*
 * The kernel routine runs first and may change the normal routine and its arguments, or free the call; the normal routine runs
 * next, unless there is none. The rundown routine, or nothing, is called instead when the thread ends before that.
 */
void apc_initialize(PRKAPC apc, PKTHREAD thread, PKKERNEL_ROUTINE kernel, PKRUNDOWN_ROUTINE rundown, PKNORMAL_ROUTINE normal,
                    void *context);

/* Returns false when it is queued already, or its thread has ended. IRQL: up to DISPATCH_LEVEL. */
bool apc_insert(PRKAPC apc, void *argument1, void *argument2);

/* Takes a call back. Returns whether it was queued. IRQL: up to DISPATCH_LEVEL. */
bool apc_remove(PRKAPC apc);

/* Runs the calling thread's calls, also those that they queue, and returns whether there were any. IRQL: PASSIVE_LEVEL. */
bool apc_run(void);

/* Ends an alertable wait in this mode (or a lower one) with STATUS_ALERTED, or the next one. Returns whether it was alerted. */
bool apc_alert(PKTHREAD thread, KPROCESSOR_MODE mode);

/* Takes back an alert of the calling thread. Returns whether there was one. */
bool apc_test_alert(KPROCESSOR_MODE mode);

/* The thread has ended and its object is signalled: nothing is queued any more, and what is queued is run down. */
void apc_run_down(PKTHREAD thread);

/*
 * For waits. Begin ends the wait at once if there is a reason, and returns whether it did not; from then on a reason may end it.
 * After end nobody knows the waiter any more.
 */
bool apc_wait_begin(struct waiter *waiter);
void apc_wait_end(struct waiter *waiter);

#endif /* NT_APC_H */
