/* SPDX-License-Identifier: MIT */
/*
 * Work: a function that runs on a worker of the pool when it is asked for. Work items, timers whose callback may block, and the
 * passive part of interrupts are made of it.
 *
 * Asking again before the function begins changes nothing. Asked for while it runs, it runs once more, and may overlap.
 */
#ifndef WDF_WORK_H
#define WDF_WORK_H

#include "wdf/object.h"

struct work;
struct work_run;
struct work_waiter;

typedef void work_function(struct work *work);

struct work
{
    WORK_QUEUE_ITEM item;
    work_function *function;
    /* The object that the work is part of. */
    struct object *owner;
    /* Guards the rest. */
    struct platform_spinlock lock;
    bool queued;
    bool closed;
    /* Closed by one of its own calls: the last one releases the owner. */
    bool orphaned;
    struct work_run *running;
    struct work_waiter *waiters;
};

void work_initialize(struct work *work, struct object *owner, work_function *function);

/* False when it is queued already, or closed. The function runs at PASSIVE_LEVEL. IRQL: up to DISPATCH_LEVEL. */
bool work_queue(struct work *work);

/* Whether the calling thread runs the function. */
bool work_is_current(struct work *work);

/* Returns when the work is neither queued nor running. Not from its own function. IRQL: PASSIVE_LEVEL. */
void work_flush(struct work *work);

/*
 * Takes no more. What is queued runs, and is waited for; from its own function nothing is waited for, and the owner stays as
 * memory until the function has returned. IRQL: PASSIVE_LEVEL.
 */
void work_close(struct work *work);

/* A driver's callback calls what would wait for that callback: says so. The caller then does not wait. */
void work_report_self_wait(struct object *object, const char *function);

#endif /* WDF_WORK_H */
