/* SPDX-License-Identifier: MIT */
/*
 * The timers of timers.c that need no library: a binary heap under a mutex. The headers in substitutes/ declare what it takes to
 * compile the others, and nothing calls them.
 */
#define main static __attribute__((unused)) anchor_main
#include <stdio.h>
/* What it prints is in what it keeps, too. */
static inline int print_nothing(const char *format, ...)
{
    return 0;
}
#define printf print_nothing
#include "anchors/src/timers.c"
#undef printf
#undef main

#include "anchor.h"

void anchor_timers_start(int armed)
{
    struct ht *timers = malloc(sizeof *timers * (size_t)armed);

    heap = malloc(sizeof *heap * 20000);
    if (timers == NULL || heap == NULL)
    {
        abort();
    }
    for (int index = 0; index < armed; index++)
    {
        timers[index].at = 1000000000ull + ((unsigned)(index * 104729) & 0xfffff);
        hadd(&timers[index]);
    }
}

anchor_function *const anchor_timer_heap = b_heap;

double anchor_timer_lateness(uint64_t period, int times)
{
    tfd_test("", period, times);
    return q[times / 2];
}
