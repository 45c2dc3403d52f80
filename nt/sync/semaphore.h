/* SPDX-License-Identifier: MIT */
/*
 * Semaphores: what the published functions do not say already.
 */
#ifndef NT_SEMAPHORE_H
#define NT_SEMAPHORE_H

#include "nt/internal.h"

/*
 * Adds to the count. STATUS_SEMAPHORE_LIMIT_EXCEEDED, and nothing happens, when that would pass the limit or is less than
 * nothing. *ret_previous receives the count before. IRQL: up to DISPATCH_LEVEL.
 */
NTSTATUS semaphore_release(PRKSEMAPHORE semaphore, LONG adjustment, LONG *ret_previous);

#endif /* NT_SEMAPHORE_H */
