/* SPDX-License-Identifier: MIT */
/*
 * The pool of workers.
 */
#include "nt/thread/worker.h"

#include "nt/debug/bugcheck.h"
#include "nt/machine.h"
#include "nt/thread/thread.h"

/* Workers that are started as soon as work waits; more only where those are found to be stuck. */
#define WORKERS_AT_ONCE 4
#define IDLE_TIME (10 * PLATFORM_SECOND)
#define WATCH_TIME PLATFORM_MILLISECOND

/* A worker that is idle, on its own stack. Who takes it off the list gives it an item and wakes it. */
struct worker
{
    struct worker *next;
    PLIST_ENTRY item;
    uint32_t word;
};

enum worker_word
{
    WORKER_IDLE = 0,
    WORKER_ASLEEP = 1,
    WORKER_GIVEN = 2,
};

static void worker_main(void *context);

static enum worker_class class_of(WORK_QUEUE_TYPE type)
{
    switch (type)
    {
        case CriticalWorkQueue:
        case HyperCriticalWorkQueue:
        case SuperCriticalWorkQueue:
        case RealTimeWorkQueue:
            return WORKER_CRITICAL;
        case BackgroundWorkQueue:
            return WORKER_BACKGROUND;
        default:
            return WORKER_NORMAL;
    }
}

/* Lock held. The next item, NULL when there is none. */
static PLIST_ENTRY take_item(struct worker_pool *pool)
{
    for (size_t index = 0; index < WORKER_CLASSES; index++)
    {
        if (!IsListEmpty(&pool->queues[index]))
        {
            pool->queued--;
            pool->taken++;
            return RemoveHeadList(&pool->queues[index]);
        }
    }
    return NULL;
}

/* Hands an item to a worker that was taken off the idle list. The worker's memory may be gone afterwards. */
static void worker_give(struct worker *worker, PLIST_ENTRY item)
{
    worker->item = item;
    if (platform_atomic_exchange(&worker->word, WORKER_GIVEN) == WORKER_ASLEEP)
    {
        platform_wake_word(&worker->word, 1);
    }
}

/* Adds a worker, which the caller has counted. When there are no means for one, the watch tries again. */
static void add_worker(struct worker_pool *pool)
{
    PKTHREAD thread;

    if (NT_SUCCESS(thread_start("worker", worker_main, pool, false, &thread)))
    {
        object_release(thread);
        return;
    }
    platform_spinlock_lock(&pool->lock);
    pool->workers--;
    platform_spinlock_unlock(&pool->lock);
}

/* Lock held. Whether work waits that needs another worker at once, which is counted then. */
static bool count_another(struct worker_pool *pool)
{
    if (pool->queued == 0 || pool->idle != NULL || pool->workers - pool->waiting >= WORKERS_AT_ONCE ||
        pool->workers >= WORKERS_MOST)
    {
        return false;
    }
    pool->workers++;
    return true;
}

/* Lock held. Whether the watch must be armed, because work waits and nobody looks yet. */
static bool begin_watch(struct worker_pool *pool)
{
    if (pool->queued == 0 || pool->watching)
    {
        return false;
    }
    pool->watching = true;
    pool->taken_before = pool->taken;
    return true;
}

/* Slower with each worker, so that work that only takes long does not call for hundreds of them. */
static void arm_watch(struct worker_pool *pool, uint32_t workers)
{
    int64_t time = WATCH_TIME * (workers <= WORKERS_AT_ONCE ? 1 : workers - WORKERS_AT_ONCE);

    (void)platform_timer_arm(&pool->watch, platform_deadline_in(time));
}

static void watch_fired(struct platform_timer *timer, void *context)
{
    struct worker_pool *pool = context;
    uint32_t workers;
    bool watching;
    bool stuck;

    platform_spinlock_lock(&pool->lock);
    pool->watching = false;
    stuck = pool->queued != 0 && pool->taken == pool->taken_before && pool->workers < WORKERS_MOST;
    pool->workers += stuck ? 1 : 0;
    workers = pool->workers;
    watching = begin_watch(pool);
    platform_spinlock_unlock(&pool->lock);
    if (watching)
    {
        arm_watch(pool, workers);
    }
    if (stuck)
    {
        add_worker(pool);
    }
}

static void pool_insert(struct worker_pool *pool, WORK_QUEUE_ITEM *item, enum worker_class class)
{
    struct worker *worker;
    uint32_t workers;
    bool watching = false;
    bool more = false;

    platform_spinlock_lock(&pool->lock);
    worker = pool->idle;
    if (worker != NULL)
    {
        pool->idle = worker->next;
        pool->taken++;
    }
    else
    {
        InsertTailList(&pool->queues[class], &item->List);
        pool->queued++;
        more = count_another(pool);
        watching = !more && begin_watch(pool);
    }
    workers = pool->workers;
    platform_spinlock_unlock(&pool->lock);
    if (worker != NULL)
    {
        worker_give(worker, &item->List);
    }
    if (more)
    {
        add_worker(pool);
    }
    if (watching)
    {
        arm_watch(pool, workers);
    }
}

void worker_queue(WORK_QUEUE_ITEM *item, WORK_QUEUE_TYPE type)
{
    PLIST_ENTRY none = NULL;

    /* An item that is not queued has no link forward: ExInitializeWorkItem clears it, and so does who takes the item. The link
       of one that is queued stays as it is: workers walk over it until the process ends. */
    if (!platform_atomic_compare_exchange(&item->List.Flink, &none, &item->List))
    {
        bugcheck(WORKER_INVALID, 1, (ULONG_PTR)item, type, 0);
    }
    pool_insert(&machine()->workers, item, class_of(type));
}

static void run_item(PLIST_ENTRY link)
{
    WORK_QUEUE_ITEM *item = CONTAINING_RECORD(link, WORK_QUEUE_ITEM, List);
    PWORKER_THREAD_ROUTINE routine = item->WorkerRoutine;
    PVOID parameter = item->Parameter;

    /* From here on the item is its owner's again. */
    platform_atomic_store(&item->List.Flink, NULL);
    routine(parameter);
    if (platform_current()->irql != PASSIVE_LEVEL)
    {
        bugcheck(WORKER_THREAD_RETURNED_AT_BAD_IRQL, (ULONG_PTR)routine, platform_current()->irql, (ULONG_PTR)parameter,
                 (ULONG_PTR)item);
    }
}

/* Lock held. Whether the worker was idle still, and is off the list now. */
static bool leave_idle(struct worker_pool *pool, struct worker *worker)
{
    for (struct worker **link = &pool->idle; *link != NULL; link = &(*link)->next)
    {
        if (*link == worker)
        {
            *link = worker->next;
            return true;
        }
    }
    return false;
}

/* Sleeps until somebody gives the worker an item. False when the worker was idle for so long that it has left the pool. */
static bool worker_sleep(struct worker_pool *pool, struct worker *worker)
{
    int64_t deadline = platform_deadline_in(IDLE_TIME);
    uint32_t word = platform_spin_while(&worker->word, WORKER_IDLE);

    if (word == WORKER_IDLE && platform_atomic_compare_exchange(&worker->word, &word, WORKER_ASLEEP))
    {
        word = WORKER_ASLEEP;
    }
    while (word == WORKER_ASLEEP)
    {
        platform_wait_note("work", pool, 0);
        if (platform_wait_word(&worker->word, WORKER_ASLEEP, deadline) == PLATFORM_TIMEOUT)
        {
            bool left;

            platform_spinlock_lock(&pool->lock);
            left = leave_idle(pool, worker);
            pool->workers -= left ? 1 : 0;
            platform_spinlock_unlock(&pool->lock);
            if (left)
            {
                platform_wait_note(NULL, NULL, 0);
                return false;
            }
            deadline = PLATFORM_FOREVER;
        }
        word = platform_atomic_load(&worker->word);
    }
    platform_wait_note(NULL, NULL, 0);
    return true;
}

/* The next item; NULL when the worker has left the pool. */
static PLIST_ENTRY worker_next(struct worker_pool *pool)
{
    struct worker self = {.word = WORKER_IDLE};
    PLIST_ENTRY item;

    platform_spinlock_lock(&pool->lock);
    item = take_item(pool);
    if (item == NULL)
    {
        self.next = pool->idle;
        pool->idle = &self;
    }
    platform_spinlock_unlock(&pool->lock);
    if (item != NULL)
    {
        return item;
    }
    return worker_sleep(pool, &self) ? self.item : NULL;
}

static void worker_main(void *context)
{
    struct worker_pool *pool = context;
    PLIST_ENTRY item;

    thread_current()->worker = true;
    while ((item = worker_next(pool)) != NULL)
    {
        run_item(item);
    }
}

void worker_will_wait(void)
{
    struct worker_pool *pool;
    bool more;

    if (!thread_current()->worker)
    {
        return;
    }
    pool = &machine()->workers;
    platform_spinlock_lock(&pool->lock);
    pool->waiting++;
    more = count_another(pool);
    platform_spinlock_unlock(&pool->lock);
    if (more)
    {
        add_worker(pool);
    }
}

void worker_has_waited(void)
{
    struct worker_pool *pool;

    if (!thread_current()->worker)
    {
        return;
    }
    pool = &machine()->workers;
    platform_spinlock_lock(&pool->lock);
    pool->waiting--;
    platform_spinlock_unlock(&pool->lock);
}

void worker_pool_make(struct worker_pool *pool)
{
    for (size_t index = 0; index < WORKER_CLASSES; index++)
    {
        InitializeListHead(&pool->queues[index]);
    }
    platform_timer_initialize(&pool->watch, watch_fired, pool);
}

/*
 * Published entry points.
 */
VOID ExQueueWorkItem(PWORK_QUEUE_ITEM WorkItem, WORK_QUEUE_TYPE QueueType)
{
    worker_queue(WorkItem, QueueType);
}
