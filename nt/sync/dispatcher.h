/* SPDX-License-Identifier: MIT */
/*
 * Dispatcher objects: everything that KeWaitForSingleObject can wait for begins with a DISPATCHER_HEADER.
 *
 * The header's lock bit guards its state and its list of waiters. A waiter's blocks are on its own stack; who satisfies a wait
 * writes the result into the waiter's word as its last access, so the object and the waiter may be gone right after.
 */
#ifndef NT_DISPATCHER_H
#define NT_DISPATCHER_H

#include "nt/internal.h"

/* Values of DISPATCHER_HEADER.Type, as published. */
enum dispatcher_type
{
    DISPATCHER_NOTIFICATION_EVENT = 0,
    DISPATCHER_SYNCHRONIZATION_EVENT = 1,
    DISPATCHER_MUTANT = 2,
    DISPATCHER_PROCESS = 3,
    DISPATCHER_QUEUE = 4,
    DISPATCHER_SEMAPHORE = 5,
    DISPATCHER_THREAD = 6,
    DISPATCHER_NOTIFICATION_TIMER = 8,
    DISPATCHER_SYNCHRONIZATION_TIMER = 9,
};

void dispatcher_initialize(DISPATCHER_HEADER *header, enum dispatcher_type type, LONG state);

/* Sets the state and lets go whom it satisfies. Returns the state before. IRQL: up to DISPATCH_LEVEL. */
LONG dispatcher_signal(DISPATCHER_HEADER *header, LONG state);

/*
 * Waits for one or all of count objects (at most MAXIMUM_WAIT_OBJECTS). The timeout is as published: NULL for ever, negative
 * relative, positive absolute, zero polls. Returns STATUS_WAIT_0 + index, STATUS_ABANDONED_WAIT_0 + index, STATUS_TIMEOUT,
 * STATUS_ALERTED or STATUS_USER_APC. IRQL: below DISPATCH_LEVEL, or DISPATCH_LEVEL with a timeout of zero.
 */
NTSTATUS dispatcher_wait(uint32_t count, void *const *objects, WAIT_TYPE type, KPROCESSOR_MODE mode, bool alertable,
                         const LARGE_INTEGER *timeout);

#endif /* NT_DISPATCHER_H */
