/* SPDX-License-Identifier: MIT */
/*
 * Deferred disposal: what could not be disposed of, or destroyed, at the level of the thread that ended it is done by a worker at
 * PASSIVE_LEVEL. The links are in the objects, so that deferring needs no memory.
 */
#ifndef WDF_DISPOSAL_H
#define WDF_DISPOSAL_H

#include "nt/internal.h"

struct driver_globals;
struct object;

/* One for each driver, part of its globals. All zero is an empty one. */
struct disposal
{
    struct platform_spinlock lock;
    struct object *first;
    struct object *last;
    /* A worker is queued or runs. */
    bool busy;
    struct platform_thread *runner;
    /* Objects that are not done yet, and one for the worker. */
    uint32_t pending;
    WORK_QUEUE_ITEM item;
};

/*
 * Leaves an object to the worker that is in nobody's list of children: a tree whose deletion is claimed and frozen, keeper being
 * a reference that the worker drops; or one without references, whose destroy callbacks are due. IRQL: up to DISPATCH_LEVEL.
 */
void disposal_add(struct object *object, struct object *keeper);

/* Waits until everything is done that was left to the worker before. The worker itself does not wait. IRQL: PASSIVE_LEVEL. */
void disposal_wait(struct driver_globals *globals);

#endif /* WDF_DISPOSAL_H */
