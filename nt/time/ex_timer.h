/* SPDX-License-Identifier: MIT */
/*
 * Timers that the executive allocates: what nt/time/timer.c must know of them.
 */
#ifndef NT_EX_TIMER_H
#define NT_EX_TIMER_H

#include "nt/internal.h"

/* The timer came due, and its call was queued or not. Returns the timer when nobody needs it any more. Under the timers' lock. */
PEX_TIMER ex_timer_expired(PEX_TIMER timer, bool called);

/* Tells the owner that the timer goes, and frees it. Does nothing for NULL. Without the lock. */
void ex_timer_free(PEX_TIMER timer);

#endif /* NT_EX_TIMER_H */
