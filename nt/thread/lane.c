/* SPDX-License-Identifier: MIT */
/*
 * Lanes: serial work on the pool.
 */
#include "nt/thread/lane.h"

#include "nt/thread/worker.h"

/* The next post; NULL when the lane is idle now, and must not be touched any more. */
static struct lane_post *lane_next(struct lane *lane)
{
    struct lane_post *post;

    platform_spinlock_lock(&lane->lock);
    post = lane->first;
    if (post != NULL)
    {
        lane->first = post->next;
    }
    else
    {
        lane->busy = false;
    }
    platform_atomic_store(&lane->runner, post != NULL ? platform_current() : NULL);
    platform_spinlock_unlock(&lane->lock);
    return post;
}

static void lane_run(void *context)
{
    struct lane *lane = context;
    struct lane_post *post;

    while ((post = lane_next(lane)) != NULL)
    {
        post->function(post, post->context);
    }
}

void lane_initialize(struct lane *lane, WORK_QUEUE_TYPE type)
{
    lane->lock = (struct platform_spinlock)PLATFORM_SPINLOCK_INITIALIZER;
    lane->first = NULL;
    lane->last = NULL;
    lane->busy = false;
    lane->runner = NULL;
    lane->type = type;
    ExInitializeWorkItem(&lane->item, lane_run, lane);
}

void lane_post(struct lane *lane, struct lane_post *post, void (*function)(struct lane_post *post, void *context),
               void *context)
{
    bool idle;

    post->next = NULL;
    post->function = function;
    post->context = context;
    platform_spinlock_lock(&lane->lock);
    if (lane->first == NULL)
    {
        lane->first = post;
    }
    else
    {
        lane->last->next = post;
    }
    lane->last = post;
    idle = !lane->busy;
    lane->busy = true;
    platform_spinlock_unlock(&lane->lock);
    if (idle)
    {
        worker_queue(&lane->item, lane->type);
    }
}

static void set_event(struct lane_post *post, void *context)
{
    (void)post;
    (void)platform_event_set(context);
}

/* Whether the runner is about to find the lane empty, which it still needs the lane for. */
static bool is_ending(struct lane *lane)
{
    bool ending;

    platform_spinlock_lock(&lane->lock);
    ending = lane->busy && lane->first == NULL;
    platform_spinlock_unlock(&lane->lock);
    return ending;
}

void lane_flush(struct lane *lane)
{
    struct platform_event passed = PLATFORM_EVENT_INITIALIZER(true);
    struct lane_post marker;

    platform_require(!lane_is_current(lane));
    lane_post(lane, &marker, set_event, &passed);
    worker_will_wait();
    (void)platform_event_wait(&passed, PLATFORM_FOREVER);
    worker_has_waited();
    while (is_ending(lane))
    {
        platform_yield();
    }
}

bool lane_is_current(const struct lane *lane)
{
    return platform_atomic_load(&lane->runner) == platform_current();
}
