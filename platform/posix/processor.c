/* SPDX-License-Identifier: MIT */
/* Processors. */
#include "platform/processor.h"

#include <sched.h>
#include <unistd.h>

#include "platform/platform.h"

enum
{
    BITS = 64,
};

/* What the process was given when the first thread was restricted: that is what all means. */
static cpu_set_t all;
static struct platform_once all_known;

static void find_all(void *argument)
{
    (void)argument;
    if (sched_getaffinity(getpid(), sizeof(all), &all) != 0)
    {
        CPU_ZERO(&all);
    }
}

uint32_t platform_processor_count(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count < 1 ? 1 : (uint32_t)count;
}

uint32_t platform_processor_current(void)
{
    int current = sched_getcpu();

    return current < 0 ? 0 : (uint32_t)current;
}

bool platform_processor_allow(uint32_t first, uint64_t mask)
{
    cpu_set_t wanted;

    platform_once_run(&all_known, find_all, NULL);
    CPU_ZERO(&wanted);
    for (uint32_t bit = 0; bit < BITS; bit++)
    {
        if ((mask >> bit & 1) != 0 && first + bit < CPU_SETSIZE)
        {
            CPU_SET(first + bit, &wanted);
        }
    }
    return sched_setaffinity(0, sizeof(wanted), &wanted) == 0;
}

void platform_processor_allow_all(void)
{
    platform_once_run(&all_known, find_all, NULL);
    if (CPU_COUNT(&all) != 0)
    {
        (void)sched_setaffinity(0, sizeof(all), &all);
    }
}
