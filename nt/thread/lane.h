/* SPDX-License-Identifier: MIT */
/*
 * Lanes: what is posted to a lane runs one after the other, in order, on the pool of workers. An idle lane has no thread.
 */
#ifndef NT_LANE_H
#define NT_LANE_H

#include "nt/internal.h"

/* One thing to do, in memory of who posts it. It is the poster's again as soon as its function runs. */
struct lane_post
{
    struct lane_post *next;
    void (*function)(struct lane_post *post, void *context);
    void *context;
};

struct lane
{
    struct platform_spinlock lock;
    struct lane_post *first;
    struct lane_post *last;
    /* Queued on the pool, or running there. */
    bool busy;
    /* The thread that runs the lane's posts now, NULL for none. */
    struct platform_thread *runner;
    WORK_QUEUE_ITEM item;
    WORK_QUEUE_TYPE type;
};

/* All zero is not a lane. The type is the class of work that the posts are. */
RUNTIME_API void lane_initialize(struct lane *lane, WORK_QUEUE_TYPE type);

/*
 * Posts; the function runs at PASSIVE_LEVEL, without locks. It may wait, and post to its own lane. Lanes do not wait for each
 * other. IRQL: up to DISPATCH_LEVEL.
 */
RUNTIME_API void lane_post(struct lane *lane, struct lane_post *post,
                           void (*function)(struct lane_post *post, void *context), void *context);

/*
 * Waits until everything that had been posted before has returned. Afterwards, unless others go on posting, the lane's memory
 * may go. A post that flushes its own lane would wait for itself, and stops the process. IRQL: PASSIVE_LEVEL.
 */
RUNTIME_API void lane_flush(struct lane *lane);

/* Whether the caller runs in a post of the lane. */
RUNTIME_API bool lane_is_current(const struct lane *lane);

#endif /* NT_LANE_H */
