/* SPDX-License-Identifier: MIT */
/*
 * Events: what the published functions do not say already.
 */
#ifndef NT_EVENT_H
#define NT_EVENT_H

#include "nt/internal.h"

/* Lets go whom the event satisfies now, and leaves it not signalled. Returns the state before. IRQL: up to DISPATCH_LEVEL. */
LONG event_pulse(PRKEVENT event);

#endif /* NT_EVENT_H */
