/* SPDX-License-Identifier: MIT */
/*
 * The pool of workers: threads that run work items.
 *
 * The pool is elastic. Work that arrives wakes an idle worker, or starts one, while fewer are busy than there are processors.
 * Otherwise it gets another worker when one of the busy ones begins to wait in the executive (worker_will_wait), and in any
 * case when nothing has been taken for a millisecond: so a worker that blocks, wherever it does, delays others but starves nobody. A worker that has
 * been idle for five to ten seconds ends. There are at most WORKERS_MOST of them: what is queued then waits until one is done.
 */
#ifndef NT_WORKER_H
#define NT_WORKER_H

#include "nt/thread/thread.h"

#define WORKERS_MOST 1024

/* Critical work is taken before the rest, the background's last; within one class in order. */
enum worker_class
{
    WORKER_CRITICAL,
    WORKER_NORMAL,
    WORKER_BACKGROUND,
    WORKER_CLASSES,
};

struct worker;

/*
 * The items of one class, in order. Putting one in takes no lock; taking one out is done under the pool's. The links are the
 * items' Blinks: an item's Flink says that it is queued.
 */
struct worker_queue
{
    /* The last item that was put in, and the one that is taken next; the sentinel stands for none. */
    PLIST_ENTRY last;
    PLIST_ENTRY first;
    LIST_ENTRY sentinel;
};

struct worker_pool
{
    struct worker_queue queues[WORKER_CLASSES];
    /* Nobody has to be called for what is put in now: a worker looks for it, or none is idle, enough are busy, and the watch
       runs. */
    uint32_t calm;

    /* Guards the rest. */
    _Alignas(64) struct platform_spinlock lock;
    /* Idle workers, the last one to become idle first: it is warm, and the others may end. */
    struct worker *idle;
    uint32_t idle_count;
    /* All workers, those that are being started included; those of them that wait in the executive. */
    uint32_t workers;
    uint32_t waiting;
    /* A worker that found nothing looks a moment longer, awake. What is put in meanwhile wakes nobody else. */
    bool looking;
    /* How many busy workers there are before work waits for one of them: the number of processors. */
    uint32_t at_once;
    /* Runs while work waits: whether something was taken since is how it knows that the workers are stuck. */
    struct platform_timer watch;
    bool watching;
    uint64_t taken;
    uint64_t taken_before;
    /* Runs while a worker is idle: whoever is found by it a second time ends. */
    struct platform_timer reaper;
    bool reaping;
};

/* Called while the machine is made, and before each run of the simulation: nobody uses the pool then. */
void worker_pool_make(struct worker_pool *pool);

/*
 * Queues an item, which may be freed or queued again as soon as its routine runs. The routine runs at PASSIVE_LEVEL, and must
 * return so. Queueing an item that is queued already is a bug check. IRQL: up to DISPATCH_LEVEL.
 */
void worker_queue(WORK_QUEUE_ITEM *item, WORK_QUEUE_TYPE type);

/* For a worker that begins, and has ended, a wait: work that is queued must not wait for it. */
void worker_wait_begins(void);
void worker_wait_ends(void);

/* Bracket a wait of the calling thread, whatever it is. */
static inline void worker_will_wait(void)
{
    if (thread_current()->worker)
    {
        worker_wait_begins();
    }
}

static inline void worker_has_waited(void)
{
    if (thread_current()->worker)
    {
        worker_wait_ends();
    }
}

#endif /* NT_WORKER_H */
