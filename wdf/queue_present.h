/* SPDX-License-Identifier: MIT */
/*
 * Calling a queue's handlers.
 */
#ifndef WDF_QUEUE_PRESENT_H
#define WDF_QUEUE_PRESENT_H

#include "wdf/queue_internal.h"

/* Whether callbacks of the queue may run on this thread now: at its level, and not within one of their own. */
static inline bool queue_may_call_here(const struct queue *queue)
{
    return (!queue->passive || platform_current()->irql == PASSIVE_LEVEL) && !presentation_held(queue->serialises);
}

/* Whether one of the frames is the queue's. */
static inline bool queue_is_entered_by(const struct queue *queue, const struct queue_frame *frame)
{
    while (frame != NULL && frame->queue != queue)
    {
        frame = frame->outer;
    }
    return frame != NULL;
}

/* Calls the handler for a request that is counted as the driver's. The caller is present and holds the presentation lock. */
void queue_present(struct queue *queue, struct request *request);

/* What the work item and the deferred procedure call of a queue run. */
void queue_work_routine(PVOID context);
KDEFERRED_ROUTINE queue_dpc_routine;

#endif /* WDF_QUEUE_PRESENT_H */
