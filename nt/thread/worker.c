/* SPDX-License-Identifier: MIT */
/*
 * The pool of workers.
 */
#include "nt/thread/worker.h"

#include "nt/debug/bugcheck.h"
#include "nt/machine.h"
#include "nt/memory/in_use.h"
#include "nt/sync/spin.h"
#include "nt/thread/thread.h"
#include "platform/processor.h"

/* Thread priorities that delayed and critical work has where that means something: what a custom priority is held against. */
#define CRITICAL_PRIORITY 12
#define NORMAL_PRIORITY 8
#define REAPER_TIME (5 * PLATFORM_SECOND)
#define WATCH_TIME PLATFORM_MILLISECOND

/* A worker that is idle, on its own stack. Who takes it off the list gives it an item, NULL to end it, and wakes it. */
struct worker
{
    struct worker *next;
    PLIST_ENTRY item;
    uint32_t word;
    /* The reaper has seen it. */
    bool old;
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

/*
 * The queues.
 */

static void queue_make(struct worker_queue *queue)
{
    queue->sentinel.Blink = NULL;
    queue->first = &queue->sentinel;
    queue->last = &queue->sentinel;
}

/* Any thread. From the exchange on the queue is not empty, from the store on the item can be taken. */
static void queue_put(struct worker_queue *queue, PLIST_ENTRY item)
{
    PLIST_ENTRY before;

    item->Blink = NULL;
    before = platform_atomic_exchange(&queue->last, item);
    platform_atomic_store(&before->Blink, item);
}

/* Lock held. False also while somebody is about to put something in. */
static bool queue_is_empty(struct worker_queue *queue)
{
    return platform_atomic_load_sequential(&queue->last) == &queue->sentinel && queue->first == &queue->sentinel;
}

/* Lock held. NULL when there is none, or when the next one has not been linked yet. */
static PLIST_ENTRY queue_take(struct worker_queue *queue)
{
    PLIST_ENTRY item = queue->first;
    PLIST_ENTRY next = platform_atomic_load(&item->Blink);

    if (item == &queue->sentinel)
    {
        if (next == NULL)
        {
            return NULL;
        }
        queue->first = next;
        item = next;
        next = platform_atomic_load(&item->Blink);
    }
    if (next == NULL)
    {
        if (platform_atomic_load(&queue->last) != item)
        {
            return NULL;
        }
        /* The last one: the sentinel goes behind it, so that it can be taken. */
        queue_put(queue, &queue->sentinel);
        next = platform_atomic_load(&item->Blink);
        if (next == NULL)
        {
            return NULL;
        }
    }
    queue->first = next;
    return item;
}

/* Lock held. */
static bool is_empty(struct worker_pool *pool)
{
    for (size_t index = 0; index < WORKER_CLASSES; index++)
    {
        if (!queue_is_empty(&pool->queues[index]))
        {
            return false;
        }
    }
    return true;
}

/* Lock held. The next item, NULL when there is none. */
static PLIST_ENTRY take_item(struct worker_pool *pool)
{
    for (size_t index = 0; index < WORKER_CLASSES; index++)
    {
        PLIST_ENTRY item = queue_take(&pool->queues[index]);

        if (item != NULL)
        {
            pool->taken++;
            return item;
        }
    }
    return NULL;
}

/*
 * Lock held. Who puts an item in looks at this afterwards; who takes calm away looks for items afterwards. So one of the two
 * sees the other.
 */
static void update_calm(struct worker_pool *pool)
{
    bool enough = pool->workers - pool->waiting >= pool->at_once || pool->workers == WORKERS_MOST;
    uint32_t calm = pool->looking || (pool->idle == NULL && pool->watching && enough) ? 1 : 0;

    if (__atomic_load_n(&pool->calm, __ATOMIC_RELAXED) != calm)
    {
        (void)platform_atomic_exchange(&pool->calm, calm);
    }
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
        help.item = take_item(pool);
        if (help.item == NULL)
        {
            /* Not linked yet: who puts it in comes here afterwards. */
            return (struct help){0};
        }
        pool->idle = help.worker->next;
        pool->idle_count--;
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
    update_calm(pool);
    platform_spinlock_unlock(&pool->lock);
}

/*
 * Lock held. Whether too few look for work that waits: nobody is about to find it, and fewer are busy than could be. As many workers as there are processors do: waking more would only make
 * them wait for each other, and what they are stuck in, the watch finds out.
 */
static bool needs_help(const struct worker_pool *pool)
{
    return !pool->looking && pool->workers - pool->idle_count - pool->waiting < pool->at_once;
}

/* Lock held. Whether the watch must be armed, because work waits and nobody looks yet. */
static bool begin_watch(struct worker_pool *pool)
{
    if (pool->looking || pool->watching || is_empty(pool))
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
    update_calm(pool);
    if (pool->taken == pool->taken_before && !is_empty(pool))
    {
        help = find_help(pool);
    }
    workers = pool->workers;
    watching = begin_watch(pool);
    update_calm(pool);
    platform_spinlock_unlock(&pool->lock);
    if (watching)
    {
        arm_watch(pool, workers);
    }
    give_help(pool, &help);
}

/* What work that waits needs, and is done without the lock. */
struct call
{
    struct help help;
    uint32_t workers;
    bool watching;
};

/* Lock held. */
static struct call prepare_call(struct worker_pool *pool)
{
    struct call call = {.workers = 0};

    if (needs_help(pool) && !is_empty(pool))
    {
        call.help = find_help(pool);
    }
    call.watching = begin_watch(pool);
    call.workers = pool->workers;
    update_calm(pool);
    return call;
}

static void make_call(struct worker_pool *pool, const struct call *call)
{
    if (call->watching)
    {
        arm_watch(pool, call->workers);
    }
    give_help(pool, &call->help);
}

/* Something was put in while the pool was not calm. */
static void call_help(struct worker_pool *pool)
{
    struct call call;

    platform_spinlock_lock(&pool->lock);
    call = prepare_call(pool);
    platform_spinlock_unlock(&pool->lock);
    make_call(pool, &call);
}

static void pool_insert(struct worker_pool *pool, WORK_QUEUE_ITEM *item, enum worker_class class)
{
    queue_put(&pool->queues[class], &item->List);
    if (platform_atomic_load_sequential(&pool->calm) == 0)
    {
        call_help(pool);
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
    in_use_add(item, "queued work item");
    pool_insert(&machine()->workers, item, class_of(type));
}

static void run_item(PLIST_ENTRY link)
{
    WORK_QUEUE_ITEM *item = CONTAINING_RECORD(link, WORK_QUEUE_ITEM, List);
    PWORKER_THREAD_ROUTINE routine = item->WorkerRoutine;
    PVOID parameter = item->Parameter;

    in_use_remove(item);
    /* From here on the item is its owner's again. */
    platform_atomic_store(&item->List.Flink, NULL);
    routine(parameter);
    if (platform_current()->irql != PASSIVE_LEVEL)
    {
        bugcheck(WORKER_THREAD_RETURNED_AT_BAD_IRQL, (ULONG_PTR)routine, platform_current()->irql, (ULONG_PTR)parameter,
                 (ULONG_PTR)item);
    }
}

/*
 * The reaper: takes the workers out that have been idle since it last came, the oldest ones at the end of the list.
 */

/* Lock held. */
static struct worker *take_old(struct worker_pool *pool)
{
    struct worker **link = &pool->idle;
    struct worker *old;

    while (*link != NULL && !(*link)->old)
    {
        (*link)->old = true;
        link = &(*link)->next;
    }
    old = *link;
    *link = NULL;
    for (struct worker *worker = old; worker != NULL; worker = worker->next)
    {
        pool->idle_count--;
        pool->workers--;
    }
    return old;
}

static void arm_reaper(struct worker_pool *pool)
{
    (void)platform_timer_arm(&pool->reaper, platform_deadline_in(REAPER_TIME));
}

static void reaper_fired(struct platform_timer *timer, void *context)
{
    struct worker_pool *pool = context;
    struct worker *old;
    bool again;

    platform_spinlock_lock(&pool->lock);
    old = take_old(pool);
    again = pool->idle != NULL;
    pool->reaping = again;
    update_calm(pool);
    platform_spinlock_unlock(&pool->lock);
    while (old != NULL)
    {
        struct worker *next = old->next;

        worker_give(old, NULL);
        old = next;
    }
    if (again)
    {
        arm_reaper(pool);
    }
}

/*
 * Before it becomes idle a worker looks for a moment whether something comes: then nobody has to wake it, and meanwhile nobody wakes
 * another. The lower half of the pointer does for that, and mostly work is of the one class; the other classes wait that moment.
 */
static void look_for_a_moment(struct worker_pool *pool)
{
    struct worker_queue *queue = &pool->queues[WORKER_NORMAL];

    (void)platform_spin_while((uint32_t *)(void *)&queue->last, (uint32_t)(uintptr_t)&queue->sentinel);
}

/* Sleeps until somebody gives the worker an item. There is no time-out: that would cost more than the sleep. */
static PLIST_ENTRY worker_sleep(struct worker_pool *pool, struct worker *worker)
{
    uint32_t word = WORKER_IDLE;

    if (platform_atomic_compare_exchange(&worker->word, &word, WORKER_ASLEEP))
    {
        word = WORKER_ASLEEP;
    }
    platform_wait_note("work", pool, 0);
    while (word == WORKER_ASLEEP)
    {
        (void)platform_wait_word(&worker->word, WORKER_ASLEEP, PLATFORM_FOREVER);
        word = platform_atomic_load(&worker->word);
    }
    platform_wait_note(NULL, NULL, 0);
    return worker->item;
}

/* Lock held. Lets the worker be idle unless there is something to take, or will be in a moment. */
static bool become_idle(struct worker_pool *pool, struct worker *worker)
{
    worker->next = pool->idle;
    pool->idle = worker;
    pool->idle_count++;
    update_calm(pool);
    if (is_empty(pool))
    {
        return true;
    }
    pool->idle = worker->next;
    pool->idle_count--;
    update_calm(pool);
    return false;
}

/*
 * Takes an item, or becomes idle; neither for a moment when somebody is about to link what was put in. Who has looked for a moment
 * does that no longer, so what was put in meanwhile, and he does not take, is his to call somebody for.
 */
static PLIST_ENTRY take_or_become_idle(struct worker_pool *pool, struct worker *worker, bool looked, bool *ret_idle)
{
    struct call call = {.workers = 0};
    bool reap = false;
    PLIST_ENTRY item;

    platform_spinlock_lock(&pool->lock);
    pool->looking = pool->looking && !looked;
    item = take_item(pool);
    *ret_idle = item == NULL && become_idle(pool, worker);
    if (*ret_idle)
    {
        reap = !pool->reaping;
        pool->reaping = true;
    }
    else if (looked && item != NULL)
    {
        update_calm(pool);
        call = prepare_call(pool);
    }
    platform_spinlock_unlock(&pool->lock);
    if (reap)
    {
        arm_reaper(pool);
    }
    make_call(pool, &call);
    return item;
}

/* One worker looks at a time: more would not find it sooner. */
static PLIST_ENTRY take_or_look(struct worker_pool *pool, bool *ret_look)
{
    PLIST_ENTRY item;

    platform_spinlock_lock(&pool->lock);
    item = take_item(pool);
    *ret_look = item == NULL && !pool->looking;
    if (*ret_look)
    {
        pool->looking = true;
        update_calm(pool);
    }
    platform_spinlock_unlock(&pool->lock);
    return item;
}

/* The next item; NULL when the worker has left the pool. */
static PLIST_ENTRY worker_next(struct worker_pool *pool)
{
    struct worker self = {.word = WORKER_IDLE};
    struct spin spin = SPIN_INITIALIZER;
    bool idle = false;
    bool look;
    PLIST_ENTRY item = take_or_look(pool, &look);

    if (look)
    {
        look_for_a_moment(pool);
    }
    if (item == NULL)
    {
        item = take_or_become_idle(pool, &self, look, &idle);
    }
    while (item == NULL && !idle)
    {
        spin_once(&spin);
        item = take_or_become_idle(pool, &self, false, &idle);
    }
    return idle ? worker_sleep(pool, &self) : item;
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
    update_calm(pool);
    if (needs_help(pool) && !is_empty(pool))
    {
        help = find_help(pool);
        update_calm(pool);
    }
    platform_spinlock_unlock(&pool->lock);
    give_help(pool, &help);
}

void worker_wait_ends(void)
{
    struct worker_pool *pool = &machine()->workers;

    platform_spinlock_lock(&pool->lock);
    pool->waiting--;
    update_calm(pool);
    platform_spinlock_unlock(&pool->lock);
}

void worker_pool_make(struct worker_pool *pool)
{
    *pool = (struct worker_pool){.idle = NULL};
    for (size_t index = 0; index < WORKER_CLASSES; index++)
    {
        queue_make(&pool->queues[index]);
    }
    pool->at_once = platform_processor_count();
    platform_timer_initialize(&pool->watch, watch_fired, pool);
    platform_timer_initialize(&pool->reaper, reaper_fired, pool);
}

/*
 * Published entry points.
 */
VOID ExQueueWorkItem(PWORK_QUEUE_ITEM WorkItem, WORK_QUEUE_TYPE QueueType)
{
    worker_queue(WorkItem, QueueType);
}
