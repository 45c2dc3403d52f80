/* SPDX-License-Identifier: MIT */
/*
 * Rundown protection: many may be inside, until it is run down; who runs it down waits until all are out.
 *
 * The published word is twice the number of those inside; or, once the rundown has begun, the address of the waiter's count with
 * the lowest bit set, or just that bit when nobody waits any more.
 */
#ifndef NT_RUNDOWN_H
#define NT_RUNDOWN_H

#include "nt/internal.h"

/* False when the rundown has begun. Each true needs a rundown_leave() of the same count. IRQL: up to DISPATCH_LEVEL. */
bool rundown_enter(EX_RUNDOWN_REF *reference, ULONG count);
void rundown_leave(EX_RUNDOWN_REF *reference, ULONG count);

/* Begins the rundown and waits until nobody is inside. Nothing happens when that has been done. IRQL: below DISPATCH_LEVEL. */
void rundown_wait(EX_RUNDOWN_REF *reference);

#endif /* NT_RUNDOWN_H */
