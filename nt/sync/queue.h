/* SPDX-License-Identifier: MIT */
/*
 * Queues of work for several threads (KQUEUE): what waits and ending threads have to tell them.
 *
 * A thread that has taken an entry counts as active for its queue until it comes back for the next one. A queue gives entries to
 * as many threads as it was made for; when one of them blocks elsewhere, another may go on.
 */
#ifndef NT_QUEUE_H
#define NT_QUEUE_H

#include "nt/thread/thread.h"

/* The calling thread, which has a queue, is about to block in a wait, and has blocked. */
void queue_thread_blocks(PKTHREAD thread);
void queue_thread_goes_on(PKTHREAD thread);

/* Whether it has to say so: a thread that waits for an entry is not active anyway. */
static inline bool queue_thread_counts(PKTHREAD thread)
{
    return __builtin_expect(__atomic_load_n(&thread->queue, __ATOMIC_RELAXED) != NULL, 0) && !thread->queue_waiting;
}

/* The thread ends: its queue counts it no longer. */
void queue_thread_ends(PKTHREAD thread);

#endif /* NT_QUEUE_H */
