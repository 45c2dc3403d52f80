/* SPDX-License-Identifier: MIT */
/*
 * Mutants, which drivers know as mutexes: owned by a thread, recursive, abandoned when their owner ends.
 */
#ifndef NT_MUTANT_H
#define NT_MUTANT_H

#include "nt/sync/dispatcher.h"
#include "nt/thread/thread.h"

/*
 * Releases once. STATUS_MUTANT_NOT_OWNED when the caller does not own it. Abandoning releases all at once, whoever owns it, and
 * the next owner is told. *ret_previous, which may be NULL, receives the state before. IRQL: up to DISPATCH_LEVEL.
 */
NTSTATUS mutant_release(PRKMUTANT mutant, bool abandon, LONG *ret_previous);

/*
 * The calling thread ends: what it holds is abandoned. A bug check (THREAD_TERMINATE_HELD_MUTEX) when one of them is a driver's
 * mutex, which only its owner can release in good order.
 */
void mutant_abandon_all(PKTHREAD thread);

/* For waits: under the lock of the header. Take returns whether its owner had abandoned it. */
static inline bool mutant_is_owned(const DISPATCHER_HEADER *header, PKTHREAD thread)
{
    return CONTAINING_RECORD(header, KMUTANT, Header)->OwnerThread == thread;
}
bool mutant_take(DISPATCHER_HEADER *header, PKTHREAD thread);

/* The platform's number of the owning thread, zero when it is free. */
uint32_t mutant_owner_id(const DISPATCHER_HEADER *header);

/* For the thread that has taken it, or for which it was taken: puts it among the thread's mutants. Needs no lock. */
void mutant_adopt(DISPATCHER_HEADER *header, PKTHREAD thread);

#endif /* NT_MUTANT_H */
