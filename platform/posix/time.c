/* SPDX-License-Identifier: MIT */
/* Clocks and sleep. */
#include <time.h>

#include "platform/internal.h"

/* Units of 100 nanoseconds between the first of January 1601 and the first of January 1970. */
#define EPOCH_DIFFERENCE INT64_C(116444736000000000)

int64_t platform_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * PLATFORM_SECOND + now.tv_nsec;
}

int64_t platform_now_with_sleep(void)
{
    struct timespec now;

    clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec * PLATFORM_SECOND + now.tv_nsec;
}

int64_t platform_local_time_offset_100ns(void)
{
    time_t now = time(NULL);
    struct tm local;

    return localtime_r(&now, &local) == NULL ? 0 : (int64_t)local.tm_gmtoff * (PLATFORM_SECOND / 100);
}

int64_t platform_wall_time_100ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * (PLATFORM_SECOND / 100) + now.tv_nsec / 100 + EPOCH_DIFFERENCE;
}

void platform_sleep_until(int64_t deadline)
{
    struct timespec when = {.tv_sec = deadline / PLATFORM_SECOND, .tv_nsec = deadline % PLATFORM_SECOND};

    if (deadline <= 0)
    {
        return;
    }
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL) == EINTR)
    {
    }
}
