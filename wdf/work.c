/* SPDX-License-Identifier: MIT */
/*
 * Work on the pool of workers.
 */
#include "wdf/work.h"

#include "nt/thread/worker.h"
#include "wdf/globals.h"
#include "wdf/verifier.h"

/* A call of the function, on the stack of the worker that makes it. */
struct work_run
{
    struct work_run *next;
    uint32_t thread;
};

/* Who waits until nothing is queued and nothing runs, on its own stack. */
struct work_waiter
{
    struct work_waiter *next;
    struct platform_event idle;
};

/* Lock held. */
static void begin_run(struct work *work, struct work_run *run)
{
    work->queued = false;
    run->thread = platform_current()->id;
    run->next = work->running;
    work->running = run;
}

/* Lock held. */
static void end_run(struct work *work, struct work_run *run)
{
    struct work_run **link = &work->running;

    while (*link != run)
    {
        link = &(*link)->next;
    }
    *link = run->next;
}

/* Lock held. Those to be told when the lock is released: then the work may be gone. */
static struct work_waiter *take_waiters(struct work *work)
{
    struct work_waiter *waiters = NULL;

    if (!work->queued && work->running == NULL)
    {
        waiters = work->waiters;
        work->waiters = NULL;
    }
    return waiters;
}

static void tell(struct work_waiter *waiters)
{
    while (waiters != NULL)
    {
        struct work_waiter *next = waiters->next;

        (void)platform_event_set(&waiters->idle);
        waiters = next;
    }
}

static void work_run(void *context)
{
    struct work *work = context;
    struct work_waiter *waiters;
    struct work_run run;
    struct object *orphan;

    platform_spinlock_lock(&work->lock);
    begin_run(work, &run);
    platform_spinlock_unlock(&work->lock);
    work->function(work);
    platform_spinlock_lock(&work->lock);
    end_run(work, &run);
    orphan = work->orphaned && work->running == NULL && !work->queued ? work->owner : NULL;
    waiters = take_waiters(work);
    platform_spinlock_unlock(&work->lock);
    tell(waiters);
    if (orphan != NULL)
    {
        struct driver_globals *globals = orphan->globals;

        wdfobj_release(orphan);
        globals_release(globals);
    }
}

void work_initialize(struct work *work, struct object *owner, work_function *function)
{
    *work = (struct work){.owner = owner, .function = function};
    ExInitializeWorkItem(&work->item, work_run, work);
}

bool work_queue(struct work *work)
{
    bool queues;

    platform_spinlock_lock(&work->lock);
    queues = !work->queued && !work->closed;
    work->queued = work->queued || queues;
    platform_spinlock_unlock(&work->lock);
    if (queues)
    {
        worker_queue(&work->item, DelayedWorkQueue);
    }
    return queues;
}

/* Lock held. */
static bool is_current(const struct work *work)
{
    uint32_t thread = platform_current()->id;

    for (const struct work_run *run = work->running; run != NULL; run = run->next)
    {
        if (run->thread == thread)
        {
            return true;
        }
    }
    return false;
}

bool work_is_current(struct work *work)
{
    bool current;

    platform_spinlock_lock(&work->lock);
    current = is_current(work);
    platform_spinlock_unlock(&work->lock);
    return current;
}

static void wait_for(struct work *work, struct work_waiter *waiter)
{
    worker_will_wait();
    platform_wait_note("the end of a driver's work", work->owner, 0);
    (void)platform_event_wait(&waiter->idle, PLATFORM_FOREVER);
    platform_wait_note(NULL, NULL, 0);
    worker_has_waited();
}

void work_flush(struct work *work)
{
    struct work_waiter waiter = {.idle = PLATFORM_EVENT_INITIALIZER(true)};
    bool busy;

    platform_spinlock_lock(&work->lock);
    busy = work->queued || work->running != NULL;
    if (busy)
    {
        waiter.next = work->waiters;
        work->waiters = &waiter;
    }
    platform_spinlock_unlock(&work->lock);
    if (busy)
    {
        wait_for(work, &waiter);
    }
}

void work_close(struct work *work)
{
    bool current;

    platform_spinlock_lock(&work->lock);
    work->closed = true;
    current = is_current(work);
    if (current && !work->orphaned)
    {
        work->orphaned = true;
        wdfobj_reference(work->owner);
        globals_hold(work->owner->globals);
    }
    platform_spinlock_unlock(&work->lock);
    if (!current)
    {
        work_flush(work);
    }
}

void work_report_self_wait(struct object *object, const char *function)
{
    if (verifier_is_on(object->globals))
    {
        verifier_report(object->globals, RULE_V42, object, function,
                        "it would wait for the callback that it is called from");
        return;
    }
    globals_break(object->globals, "%s: %s %p would wait for the callback that this is called from", function,
                  object->class->name, wdfobj_handle(object));
}
