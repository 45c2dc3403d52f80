/* SPDX-License-Identifier: MIT */
#include "watch.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum
{
    CHILDREN = 4,
};

static atomic_ullong numbers;
static atomic_int counts[WATCH_COUNTS];
static atomic_uint newest[CHILDREN];
static atomic_uint devices;
static unsigned long long run;

_Noreturn void watch_failed(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: seed %llu: not so: %s\n", file, line, run, what);
    abort();
}

void watch_begin(unsigned long long seed)
{
    run = seed;
    atomic_store(&numbers, seed << 20);
    atomic_store(&devices, 0);
    for (unsigned child = 0; child < CHILDREN; child++)
    {
        atomic_store(&newest[child], 0);
    }
    for (unsigned count = 0; count < WATCH_COUNTS; count++)
    {
        atomic_store(&counts[count], 0);
    }
}

/* The finaliser of SplitMix64 over a counter: threads need no state of their own. */
unsigned watch_random(unsigned limit)
{
    unsigned long long number = (atomic_fetch_add(&numbers, 1) + 1) * 0x9E3779B97F4A7C15ULL;

    number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9ULL;
    number = (number ^ (number >> 27)) * 0x94D049BB133111EBULL;
    return (unsigned)((number ^ (number >> 31)) >> 33) % limit;
}

int watch_one_in(unsigned count)
{
    return watch_random(count) == 0;
}

void watch_count(enum watch_count count, int change)
{
    WATCH_CHECK(atomic_fetch_add(&counts[count], change) + change >= 0);
}

int watch_counted(enum watch_count count)
{
    return atomic_load(&counts[count]);
}

unsigned watch_new_device(unsigned child)
{
    unsigned number = atomic_fetch_add(&devices, 1) + 1;

    WATCH_CHECK(child < CHILDREN);
    atomic_store(&newest[child], number);
    return number;
}

unsigned watch_newest_device(unsigned child)
{
    return atomic_load(&newest[child]);
}

/*
 * The model: an event is allowed when a row has it with the device's two states, and leads to the row's next ones.
 */

enum
{
    OFF = 1,
    PREPARED = 2,
    IN_D0 = 4,
    ANY_POWER = OFF | PREPARED | IN_D0,
};

enum
{
    NEW = 1,
    RUNNING = 2,
    SUSPENDED = 4,
    FLUSHED = 8,
    ENDED = 16,
    ANY_MANAGED = NEW | RUNNING | SUSPENDED | FLUSHED | ENDED,
    KEEP = 0,
};

static const struct
{
    enum watch_event event;
    int power;
    int managed;
    int next_power;
    int next_managed;
} rows[] = {
    {WATCH_PREPARE, OFF, NEW | SUSPENDED | FLUSHED, PREPARED, KEEP},
    {WATCH_D0_ENTRY, PREPARED, NEW | SUSPENDED | FLUSHED, IN_D0, KEEP},
    {WATCH_INIT, IN_D0, NEW, KEEP, RUNNING},
    {WATCH_RESTART, IN_D0, SUSPENDED | FLUSHED, KEEP, RUNNING},
    /* A device that is pulled out may be in any power state when its own input and output are suspended. */
    {WATCH_SUSPEND, PREPARED | IN_D0, RUNNING, KEEP, SUSPENDED},
    {WATCH_D0_EXIT, IN_D0, NEW | SUSPENDED | FLUSHED, PREPARED, KEEP},
    {WATCH_RELEASE, PREPARED, NEW | SUSPENDED | FLUSHED, OFF, KEEP},
    {WATCH_FLUSH, OFF, SUSPENDED, KEEP, FLUSHED},
    {WATCH_CLEANUP, OFF, FLUSHED, KEEP, ENDED},
    {WATCH_SURPRISE, ANY_POWER, NEW | RUNNING | SUSPENDED | FLUSHED, KEEP, KEEP},
    {WATCH_QUERY, PREPARED | IN_D0, NEW | RUNNING | SUSPENDED, KEEP, KEEP},
    {WATCH_GONE, OFF, NEW | ENDED, KEEP, ENDED},
};

static const char *const event_names[WATCH_EVENTS] = {
    "PrepareHardware",      "D0Entry",         "SelfManagedIoInit", "SelfManagedIoRestart",
    "SelfManagedIoSuspend", "D0Exit",          "ReleaseHardware",   "SelfManagedIoFlush",
    "SelfManagedIoCleanup", "SurpriseRemoval", "a query",           "the end",
};

void watch_added(struct watch_device *device, const char *driver)
{
    device->driver = driver;
    device->power = OFF;
    device->managed = NEW;
    device->busy = 0;
    watch_count(WATCH_DEVICES, 1);
}

void watch_enter(struct watch_device *device, enum watch_event event)
{
    WATCH_CHECK(!device->busy);
    device->busy = 1;
    for (size_t index = 0; index < sizeof(rows) / sizeof(rows[0]); index++)
    {
        if (rows[index].event == event && (rows[index].power & device->power) != 0 &&
            (rows[index].managed & device->managed) != 0)
        {
            /* What stays is not written: handlers read it. */
            if (rows[index].next_power != KEEP)
            {
                device->power = rows[index].next_power;
            }
            if (rows[index].next_managed != KEEP)
            {
                device->managed = rows[index].next_managed;
            }
            if (event == WATCH_GONE)
            {
                watch_count(WATCH_DEVICES, -1);
            }
            return;
        }
    }
    fprintf(stderr, "%s: %s when power is %d and self-managed I/O %d\n", device->driver, event_names[event], device->power,
            device->managed);
    watch_failed(__FILE__, __LINE__, "callbacks come in the published order");
}

void watch_leave(struct watch_device *device)
{
    device->busy = 0;
}

int watch_in_d0(const struct watch_device *device)
{
    return device->power == IN_D0;
}
