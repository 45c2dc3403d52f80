/* SPDX-License-Identifier: MIT */
/*
 * What the storm's three drivers and the test that loads them share: the model of the order of callbacks, random numbers, counts,
 * and the names of devices. A library of its own, because a driver exports nothing and imports only what it is linked with.
 *
 * Whatever breaks the model ends the process and says where.
 */
#ifndef WATCH_H
#define WATCH_H

/* Callbacks of a device that have an order. */
enum watch_event
{
    WATCH_PREPARE,
    WATCH_D0_ENTRY,
    WATCH_INIT,
    WATCH_RESTART,
    WATCH_SUSPEND,
    WATCH_D0_EXIT,
    WATCH_RELEASE,
    WATCH_FLUSH,
    WATCH_CLEANUP,
    WATCH_SURPRISE,
    WATCH_QUERY,
    WATCH_GONE,
    WATCH_EVENTS,
};

/*
 * A device of any of the drivers, in its context. Written by its callbacks alone and without a lock, because they must not overlap:
 * the thread sanitizer sees to that.
 */
struct watch_device
{
    const char *driver;
    int power;
    int managed;
    int busy;
};

/* Around the body of each callback. */
void watch_added(struct watch_device *device, const char *driver);
void watch_enter(struct watch_device *device, enum watch_event event);
void watch_leave(struct watch_device *device);

/* Whether the device is between its D0 entry and its D0 exit. Where that cannot change meanwhile. */
int watch_in_d0(const struct watch_device *device);

/* Begins a run. */
void watch_begin(unsigned long long seed);

/* A number below the limit; one in so many. In the simulation the same for the same seed. */
unsigned watch_random(unsigned limit);
int watch_one_in(unsigned count);

/* How many of something there are: devices, requests in the function driver's hands, open files. None may be left at the end. */
enum watch_count
{
    WATCH_DEVICES,
    WATCH_REQUESTS,
    WATCH_FILES,
    WATCH_COUNTS,
};
void watch_count(enum watch_count count, int change);
int watch_counted(enum watch_count count);

/* The number of the device that was made last for a child of the bus, which is part of its name; zero for none. */
unsigned watch_new_device(unsigned child);
unsigned watch_newest_device(unsigned child);

_Noreturn void watch_failed(const char *file, int line, const char *what);
#define WATCH_CHECK(Condition) ((Condition) ? (void)0 : watch_failed(__FILE__, __LINE__, #Condition))

#endif /* WATCH_H */
