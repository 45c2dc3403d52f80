/* SPDX-License-Identifier: MIT */
/*
 * Deferred procedure calls: code that runs at DISPATCH_LEVEL, soon.
 *
 * As on a processor of Windows, a call that is queued below DISPATCH_LEVEL runs at once, on the queueing thread; one that is
 * queued at DISPATCH_LEVEL or above runs when that thread's level drops. In the simulation another thread may get it instead,
 * by the seed, so that both orders are explored. A call that is over is not touched again: its routine may free it.
 */
#ifndef NT_DPC_H
#define NT_DPC_H

#include "nt/internal.h"

/* All zero is empty. */
struct dpc_service
{
    struct platform_spinlock lock;
    /* Calls that are queued or running, by the lowest bit of the epoch in which they were queued. */
    uint32_t epoch;
    uint32_t unfinished[2];
    /* One flush at a time begins an epoch, and waits until none of the epoch before is left. */
    struct platform_mutex flushing;
    struct platform_event flushed;
    bool flush_waits;
    /* Simulation: calls for another thread. */
    LIST_ENTRY handed_over;
};

/* Runs what was queued by the calling thread, which is at DISPATCH_LEVEL. */
void dpc_drain(void);

/* Queues like KeInsertQueueDpc(), but always defers: the caller is at DISPATCH_LEVEL and may hold locks of the runtime. */
bool dpc_defer(PRKDPC dpc, void *argument1, void *argument2);

/* Takes back a call that has not begun. Returns whether there was one. IRQL: any up to DISPATCH_LEVEL. */
bool dpc_remove(PRKDPC dpc);

/* Waits until every call that was queued before has run. IRQL: below DISPATCH_LEVEL. */
void dpc_flush(void);

#endif /* NT_DPC_H */
