/* SPDX-License-Identifier: MIT */
/*
 * Timers in the order of their due times.
 *
 * A published KTIMER has room for two links and a due time, and nobody tells when its memory goes, so the queue is a radix heap:
 * lists by the highest bit in which a due time differs from the last one that was taken out. Putting in and taking out cost no
 * comparison; when a timer comes due, the list that holds it is spread over lower ones, where each timer goes at most once for
 * each bit. Equal due times stay in the order in which they were put in.
 */
#ifndef NT_TIMER_QUEUE_H
#define NT_TIMER_QUEUE_H

#include "nt/internal.h"

#define TIMER_QUEUE_LISTS 64

struct timer_queue
{
    LIST_ENTRY lists[TIMER_QUEUE_LISTS];
    /* Which lists may hold something. */
    uint64_t used;
    /* No due time in a list but the first is less than this. */
    uint64_t last;
};

void timer_queue_make(struct timer_queue *queue);

/* The timer's DueTime says when, and is below 2 to the 63rd. Now is the time by the same clock. */
void timer_queue_insert(struct timer_queue *queue, PKTIMER timer, uint64_t now);

/* A timer whose links are zero is in no queue. */
static inline bool timer_queue_holds(const KTIMER *timer)
{
    return timer->TimerListEntry.Flink != NULL;
}

void timer_queue_remove(PKTIMER timer);

/* Takes out the first timer that is due, NULL when none is. */
PKTIMER timer_queue_take_due(struct timer_queue *queue, uint64_t now);

/* When the first timer is due, UINT64_MAX when there is none. */
uint64_t timer_queue_first_due(struct timer_queue *queue);

#endif /* NT_TIMER_QUEUE_H */
