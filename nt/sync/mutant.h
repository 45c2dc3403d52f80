/* SPDX-License-Identifier: MIT */
/*
 * Mutants, which drivers know as mutexes: owned by a thread, recursive, abandoned when their owner ends.
 */
#ifndef NT_MUTANT_H
#define NT_MUTANT_H

#include "nt/sync/header.h"
#include "nt/thread/thread.h"

/* In the header's Hand: the mutant is the body of an object, and its owner holds a reference on it. */
#define MUTANT_IS_OBJECT 1

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

/*
 * Takes a mutant that is free, or returns false without having done anything: also when that would take more than a moment.
 */
static inline bool mutant_try_take_free(PRKMUTANT mutant, PKTHREAD thread)
{
    LIST_ENTRY *last;

    if (header_state(&mutant->Header) != 1 || !header_try_lock(&mutant->Header, DISPATCHER_MUTANT))
    {
        return false;
    }
    if (header_state(&mutant->Header) != 1 || mutant->Abandoned)
    {
        header_unlock(&mutant->Header);
        return false;
    }
    header_set_state(&mutant->Header, 0);
    mutant->OwnerThread = thread;
    platform_atomic_store(&mutant->Header.Lock, DISPATCHER_MUTANT);
    last = thread->mutants.Blink;
    mutant->MutantListEntry.Flink = &thread->mutants;
    mutant->MutantListEntry.Blink = last;
    last->Flink = &mutant->MutantListEntry;
    thread->mutants.Blink = &mutant->MutantListEntry;
    thread->kernel_apc_disable += mutant->ApcDisable;
    return true;
}

#endif /* NT_MUTANT_H */
