/* SPDX-License-Identifier: MIT */
/*
 * The pool of workers.
 */
#include "nt/thread/worker.h"

#include "nt/debug/bugcheck.h"
#include "nt/machine.h"
#include "nt/thread/thread.h"
#include "platform/processor.h"

/* Thread priorities that delayed and critical work has where that means something: what a custom priority is held against. */
#define CRITICAL_PRIORITY 12
#define NORMAL_PRIORITY 8
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

static enum worker_class class_of_priority(int priority)
{
    return priority > CRITICAL_PRIORITY ? WORKER_CRITICAL : priority < NORMAL_PRIORITY ? WORKER_BACKGROUND : WORKER_NORMAL;
}

static enum worker_class class_of(WORK_QUEUE_TYPE type)
{
    if (type >= CustomPriorityWorkQueue)
    {
        return class_of_priority((int)type - CustomPriorityWorkQueue);
    }
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

/* What is to be done for queued work when the lock has been released: hand an item to an idle worker, or add one. */
struct help
{
    struct worker *worker;
    PLIST_ENTRY item;
    bool more;
};

/* Lock held. */
static struct help find_help(struct worker_pool *pool)
{
    struct help help = {.worker = pool->idle};

    if (help.worker != NULL)
    {
        pool->idle = help.worker->next;
        pool->idle_count--;
        help.item = take_item(pool);
    }
    else if (pool->workers < WORKERS_MOST)
    {
        pool->workers++;
        help.more = true;
    }
    return help;
}

/* When there are no means for another worker, the watch tries again. */
static void give_help(struct worker_pool *pool, const struct help *help)
{
    PKTHREAD thread;

    if (help->worker != NULL)
    {
        worker_give(help->worker, help->item);
    }
    if (!help->more)
    {
        return;
    }
    if (NT_SUCCESS(thread_start("worker", worker_main, pool, false, &thread)))
    {
        object_release(thread);
        return;
    }
    platform_spinlock_lock(&pool->lock);
    pool->workers--;
    platform_spinlock_unlock(&pool->lock);
}

/*
 * Lock held. Whether work waits and too few look for it. As many workers as there are processors do: waking more would only
 * make them wait for each other, and what they are stuck in, the watch finds out.
 */
static bool needs_help(const struct worker_pool *pool)
{
    return pool->queued != 0 && pool->workers - pool->idle_count - pool->waiting < pool->at_once;
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
    int64_t time = WATCH_TIME * (workers <= pool->at_once ? 1 : workers - pool->at_once);

    (void)platform_timer_arm(&pool->watch, platform_deadline_in(time));
}

static void watch_fired(struct platform_timer *timer, void *context)
{
    struct worker_pool *pool = context;
    struct help help = {0};
    uint32_t workers;
    bool watching;

    platform_spinlock_lock(&pool->lock);
    pool->watching = false;
    if (pool->queued != 0 && pool->taken == pool->taken_before)
    {
        help = find_help(pool);
    }
    workers = pool->workers;
    watching = begin_watch(pool);
    platform_spinlock_unlock(&pool->lock);
    if (watching)
    {
        arm_watch(pool, workers);
    }
    give_help(pool, &help);
}

static void pool_insert(struct worker_pool *pool, WORK_QUEUE_ITEM *item, enum worker_class class)
{
    struct help help = {0};
    uint32_t workers;
    bool watching;

    platform_spinlock_lock(&pool->lock);
    InsertTailList(&pool->queues[class], &item->List);
    pool->queued++;
    if (needs_help(pool))
    {
        help = find_help(pool);
    }
    watching = begin_watch(pool);
    workers = pool->workers;
    platform_spinlock_unlock(&pool->lock);
    if (watching)
    {
        arm_watch(pool, workers);
    }
    give_help(pool, &help);
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
            pool->idle_count--;
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
        pool->idle_count++;
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

void worker_wait_begins(void)
{
    struct worker_pool *pool = &machine()->workers;
    struct help help = {0};

    platform_spinlock_lock(&pool->lock);
    pool->waiting++;
    if (needs_help(pool))
    {
        help = find_help(pool);
    }
    platform_spinlock_unlock(&pool->lock);
    give_help(pool, &help);
}

void worker_wait_ends(void)
{
    struct worker_pool *pool = &machine()->workers;

    platform_spinlock_lock(&pool->lock);
    pool->waiting--;
    platform_spinlock_unlock(&pool->lock);
}

void worker_pool_make(struct worker_pool *pool)
{
    *pool = (struct worker_pool){.idle = NULL};
    for (size_t index = 0; index < WORKER_CLASSES; index++)
    {
        InitializeListHead(&pool->queues[index]);
    }
    pool->at_once = platform_processor_count();
    platform_timer_initialize(&pool->watch, watch_fired, pool);
}

/*
 * Published entry points.
 */
VOID ExQueueWorkItem(PWORK_QUEUE_ITEM WorkItem, WORK_QUEUE_TYPE QueueType)
{
    worker_queue(WorkItem, QueueType);
}
