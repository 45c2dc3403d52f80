/* SPDX-License-Identifier: MIT */
/*
 * A radix heap of timers.
 */
#include "nt/time/timer_queue.h"
#include "nt/memory/in_use.h"

void timer_queue_make(struct timer_queue *queue)
{
    for (unsigned int list = 0; list < TIMER_QUEUE_LISTS; list++)
    {
        InitializeListHead(&queue->lists[list]);
    }
    queue->used = 0;
    queue->last = 0;
}

static unsigned int list_of(const struct timer_queue *queue, uint64_t due)
{
    return due <= queue->last ? 0 : 64 - (unsigned int)__builtin_clzll(due ^ queue->last);
}

static void put(struct timer_queue *queue, PKTIMER timer)
{
    unsigned int list = list_of(queue, timer->DueTime.QuadPart);

    InsertTailList(&queue->lists[list], &timer->TimerListEntry);
    queue->used |= UINT64_C(1) << list;
}

/* Spreads a list over lower ones, in order. */
static void spread(struct timer_queue *queue, unsigned int list)
{
    LIST_ENTRY moved;

    InitializeListHead(&moved);
    while (!IsListEmpty(&queue->lists[list]))
    {
        InsertTailList(&moved, RemoveHeadList(&queue->lists[list]));
    }
    while (!IsListEmpty(&moved))
    {
        put(queue, CONTAINING_RECORD(RemoveHeadList(&moved), KTIMER, TimerListEntry));
    }
}

/* The clock was set back: what was taken out last lies ahead again. */
static void begin_again(struct timer_queue *queue, uint64_t now)
{
    LIST_ENTRY all;

    InitializeListHead(&all);
    for (unsigned int list = 0; list < TIMER_QUEUE_LISTS; list++)
    {
        while (!IsListEmpty(&queue->lists[list]))
        {
            InsertTailList(&all, RemoveHeadList(&queue->lists[list]));
        }
    }
    queue->used = 0;
    queue->last = now;
    while (!IsListEmpty(&all))
    {
        put(queue, CONTAINING_RECORD(RemoveHeadList(&all), KTIMER, TimerListEntry));
    }
}

void timer_queue_insert(struct timer_queue *queue, PKTIMER timer, uint64_t now)
{
    if (now < queue->last)
    {
        begin_again(queue, now);
    }
    put(queue, timer);
    in_use_add(timer, "running timer");
}

void timer_queue_remove(PKTIMER timer)
{
    in_use_remove(timer);
    RemoveEntryList(&timer->TimerListEntry);
    timer->TimerListEntry.Flink = NULL;
}

/* The lowest list that holds something; the marks of those that were emptied meanwhile are taken away. */
static bool lowest_list(struct timer_queue *queue, unsigned int *ret_list)
{
    while (queue->used != 0)
    {
        *ret_list = (unsigned int)__builtin_ctzll(queue->used);
        if (!IsListEmpty(&queue->lists[*ret_list]))
        {
            return true;
        }
        queue->used &= queue->used - 1;
    }
    return false;
}

static uint64_t least_due(const LIST_ENTRY *list)
{
    uint64_t least = UINT64_MAX;

    for (const LIST_ENTRY *entry = list->Flink; entry != list; entry = entry->Flink)
    {
        uint64_t due = CONTAINING_RECORD(entry, KTIMER, TimerListEntry)->DueTime.QuadPart;

        least = due < least ? due : least;
    }
    return least;
}

uint64_t timer_queue_first_due(struct timer_queue *queue)
{
    unsigned int list;

    return lowest_list(queue, &list) ? least_due(&queue->lists[list]) : UINT64_MAX;
}

PKTIMER timer_queue_take_due(struct timer_queue *queue, uint64_t now)
{
    unsigned int list;
    uint64_t due;
    PKTIMER timer;

    if (now < queue->last)
    {
        begin_again(queue, now);
    }
    if (!lowest_list(queue, &list))
    {
        return NULL;
    }
    if (list != 0)
    {
        due = least_due(&queue->lists[list]);
        if (due > now)
        {
            return NULL;
        }
        queue->last = due;
        spread(queue, list);
    }
    timer = CONTAINING_RECORD(queue->lists[0].Flink, KTIMER, TimerListEntry);
    timer_queue_remove(timer);
    return timer;
}
