/* SPDX-License-Identifier: MIT */
/*
 * What a Module costs: a Method call with its reference, the close that the last reference wakes, the life of thousands of
 * Modules from load to unload, and the memory of one.
 *
 *     bench_lifecycle LIFECYCLE_DRIVER.so [OPTIONS]
 */
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "anchor.h"
#include "lifecycle_driver.h"
#include "measure.h"
#include "testkit/testkit.h"

static const char *path;
static struct testkit_driver *driver;
static struct testkit_device *device;
static struct testkit_file *file;

static void require(int32_t status, const char *what)
{
    if (!TESTKIT_SUCCESS(status))
    {
        measure_fail(what);
    }
}

static uint64_t control(uint32_t code, uint64_t count)
{
    uint64_t done = 0;

    require(testkit_control(file, code, &count, sizeof(count), &done, sizeof(done), NULL), "the driver refuses");
    return done;
}

static void method(uint64_t count, void *argument)
{
    (void)argument;
    if (control(LIFECYCLE_METHOD, count) != count)
    {
        measure_fail("a Method failed");
    }
}

static void close_and_wake(uint64_t count, void *argument)
{
    (void)argument;
    if (control(LIFECYCLE_CLOSE, count) != count)
    {
        measure_fail("a Module did not open");
    }
}

static void *release(void *argument)
{
    measure_move(0);
    (void)control(LIFECYCLE_RELEASE, 0);
    return argument;
}

static void set_modules(uint64_t modules)
{
    char text[32];

    (void)snprintf(text, sizeof(text), "%llu", (unsigned long long)modules);
    if (setenv(LIFECYCLE_VARIABLE, text, 1) != 0)
    {
        measure_fail("the environment is full");
    }
}

static void bring_up(uint64_t modules)
{
    set_modules(modules);
    require(testkit_load(path, &driver), path);
    require(testkit_start(driver, "lifecycle", &device), "the device does not start");
}

static void take_down(void)
{
    require(testkit_remove(device), "the device cannot be removed");
    testkit_unload(driver);
}

#define LIFE(Name, Modules)                              \
    static void Name(uint64_t count, void *argument)     \
    {                                                    \
        (void)argument;                                  \
        for (uint64_t index = 0; index < count; index++) \
        {                                                \
            bring_up(Modules);                           \
            take_down();                                 \
        }                                                \
    }
LIFE(life_of_1000, 1000)
LIFE(life_of_10000, 10000)

static void hand_made_1000(uint64_t count, void *argument)
{
    (void)argument;
    for (uint64_t index = 0; index < count; index++)
    {
        anchor_object_tree(1000, LIFECYCLE_OBJECTS);
    }
}

static long resident_bytes(void)
{
    FILE *statm = fopen("/proc/self/statm", "r");
    long pages = 0;

    if (statm == NULL || fscanf(statm, "%*d %ld", &pages) != 1)
    {
        measure_fail("the size of the process is not to be had");
    }
    (void)fclose(statm);
    return pages * sysconf(_SC_PAGESIZE);
}

/* Objects with handles do not come from malloc, so the pages of the process are what counts. */
static void memory(void)
{
    struct mallinfo2 before_malloc;
    struct mallinfo2 after_malloc;
    long before;
    long after;

    bring_up(1000);
    before = resident_bytes();
    before_malloc = mallinfo2();
    take_down();
    bring_up(10000);
    after = resident_bytes();
    after_malloc = mallinfo2();
    take_down();
    printf("a Module with %d objects: %ld bytes of pages, %ld of them from malloc; the goal is at most 2048\n",
           LIFECYCLE_OBJECTS, (after - before) / 9000,
           (long)(after_malloc.uordblks + after_malloc.hblkhd - before_malloc.uordblks - before_malloc.hblkhd) / 9000);
}

static void measure(void *argument)
{
    static const struct pair methods[] = {
        {"method", "Module Method with its reference", method, "rundown word", NULL, NULL, MEASURE_PINNED, 1.0},
        {"method_two", "the same, two threads, one Module", method, "rundown word", NULL, NULL, MEASURE_TWO_THREADS, 1.0},
    };
    struct pair pairs[2];
    const struct pair wakes[] = {
        {"close", "open, reference, close that it wakes", close_and_wake, "futex", anchor_round_trip_futex, NULL,
         MEASURE_PINNED, 1.5},
    };
    const struct pair lives[] = {
        {"modules_1000", "1,000 Modules, load to unload", life_of_1000, "hand-made objects", hand_made_1000, NULL,
         MEASURE_PINNED, 8.0},
        {"modules_10000", "10,000 Modules, load to unload", life_of_10000, "1,000 of them", life_of_1000, NULL,
         MEASURE_PINNED, 10.5},
    };
    struct anchor_partner *partner;
    pthread_t other;

    if (argument != NULL)
    {
        memory();
    }
    memcpy(pairs, methods, sizeof(pairs));
    pairs[0].anchor = pairs[1].anchor = anchor_rundown_word;
    bring_up(1);
    require(testkit_open(LIFECYCLE_NODE, true, true, &file), "the device does not open");
    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
    partner = anchor_partner_start(ANCHOR_FUTEX, 0);
    if (pthread_create(&other, NULL, release, NULL) != 0)
    {
        measure_fail("there is no thread");
    }
    measure_pairs(wakes, sizeof(wakes) / sizeof(wakes[0]));
    (void)control(LIFECYCLE_RELEASE_STOP, 0);
    (void)pthread_join(other, NULL);
    anchor_partner_stop(partner);
    testkit_close(file);
    take_down();
    measure_pairs(lives, sizeof(lives) / sizeof(lives[0]));
    measure_end();
}

int main(int count, char **words)
{
    if (count < 2)
    {
        measure_fail("usage: bench_lifecycle LIFECYCLE_DRIVER.so [--only WORD] [--count KEY NUMBER]");
    }
    path = words[1];
    measure_options(count - 2, words + 2);
    anchor_objects_start();
    measure_move(0);
    /* The memory is counted when everything is. */
    (void)testkit_run(1, 1, measure, count == 2 ? words : NULL);
    return 0;
}
