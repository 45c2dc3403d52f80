/* SPDX-License-Identifier: MIT */
/*
 * What a driver's work costs in the process that hosts it: a device control through the whole stack, objects, locks.
 *
 *     bench_stack LIFE.so BENCH.so [OPTIONS]
 */
#include <stdio.h>
#include <string.h>

#include "anchor.h"
#include "bench_driver.h"
#include "measure.h"
#include "testkit/testkit.h"
#include "tests/skeleton/life_public.h"

#define REQUIRE(status, what) (TESTKIT_SUCCESS(status) ? (void)0 : measure_fail(what))

struct loaded
{
    struct testkit_driver *driver;
    struct testkit_device *device;
    struct testkit_file *file;
};

static struct loaded life;
static struct loaded bench;

static void bring_up(struct loaded *loaded, const char *path, const char *name, const char *node)
{
    REQUIRE(testkit_load(path, &loaded->driver), path);
    REQUIRE(testkit_start(loaded->driver, name, &loaded->device), "the device does not start");
    REQUIRE(testkit_open(node, true, true, &loaded->file), "the device does not open");
}

static void take_down(struct loaded *loaded)
{
    testkit_close(loaded->file);
    REQUIRE(testkit_remove(loaded->device), "the device cannot be removed");
    testkit_unload(loaded->driver);
}

/* The test driver's own control, which returns its input reversed. */
static void control(uint64_t count, void *argument)
{
    uint8_t input[64] = {1};
    uint8_t output[64];
    uint64_t information = 0;

    (void)argument;
    for (uint64_t index = 0; index < count; index++)
    {
        input[1] = (uint8_t)index;
        if (testkit_control(life.file, LIFE_REVERSE, input, sizeof(input), output, sizeof(output), &information) != 0)
        {
            measure_fail("a control failed");
        }
        if (information != sizeof(output) || output[62] != (uint8_t)index || output[63] != 1)
        {
            measure_fail("a control has a wrong result");
        }
    }
}

/* A driver that does nothing, so that what is left is the way to it and back. The argument says which control. */
static void echo(uint64_t count, void *argument)
{
    uint8_t input[64] = {1};
    uint8_t output[64];
    uint64_t information = 0;

    for (uint64_t index = 0; index < count; index++)
    {
        input[1] = (uint8_t)index;
        if (testkit_control(bench.file, (uint32_t)(uintptr_t)argument, input, sizeof(input), output, sizeof(output),
                            &information) != 0)
        {
            measure_fail("an echo failed");
        }
        if (information != sizeof(output) || output[0] != 1 || output[1] != (uint8_t)index)
        {
            measure_fail("an echo has a wrong result");
        }
    }
}

/* Through a queue whose handler runs at PASSIVE_LEVEL under the queue's lock. */
static void passive(uint64_t count, void *argument)
{
    uint8_t data[64] = {1};
    uint64_t information = 0;

    (void)argument;
    for (uint64_t index = 0; index < count; index++)
    {
        if (testkit_write(bench.file, data, sizeof(data), &information) != 0 || information != sizeof(data))
        {
            measure_fail("a write failed");
        }
    }
}

/* The argument says which control of the benchmark driver repeats what is measured. */
static void repeat(uint64_t count, void *argument)
{
    uint64_t done = 0;

    REQUIRE(testkit_control(bench.file, (uint32_t)(uintptr_t)argument, &count, sizeof(count), &done, sizeof(done), NULL),
            "the benchmark driver refuses");
    if (done != count)
    {
        measure_fail("the benchmark driver stopped before the end");
    }
}

#define CODE(code) ((void *)(uintptr_t)(code))

/*
 * Beside a round trip to a thread that spins before it sleeps: a passive queue that the sender's thread serves, and the same queue when
 * the request comes at DISPATCH_LEVEL, so that a worker on the other processor has to.
 */
static void measure_passive(void)
{
    const struct pair pairs[] = {
        {"passive", "write of 64 B, passive queue", passive, "spin, then futex", anchor_round_trip_adaptive, NULL,
         MEASURE_PINNED, 1.15},
        {"hand_over", "device control, 64 B, from a worker", echo, "spin, then futex", anchor_round_trip_adaptive,
         CODE(BENCH_HAND_OVER), MEASURE_PINNED, 1.15},
    };
    struct anchor_partner *partner = anchor_partner_start(ANCHOR_SPIN_THEN_FUTEX, 1);

    /* The workers that there will be, where the anchor's other side is. */
    echo(1000, CODE(BENCH_HAND_OVER));
    measure_move_threads("worker", 1);

    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
    anchor_partner_stop(partner);
}

static void measure(void *argument)
{
    const struct pair pairs[] = {
        {"control", "device control, 64 B", control, "native kernel ioctl", anchor_kernel_control, NULL, MEASURE_PINNED,
         1.0},
        {"answer", "the same, only both buffers asked for", echo, "native kernel ioctl", anchor_kernel_control,
         CODE(BENCH_ANSWER), MEASURE_PINNED, 1.0},
        {"echo", "the same, the driver does nothing", echo, "native kernel ioctl", anchor_kernel_control, CODE(BENCH_ECHO),
         MEASURE_PINNED, 1.0},
        {"echo_request", "the same, the driver does nothing", echo, "hand-made request", anchor_request, CODE(BENCH_ECHO),
         MEASURE_PINNED, 0},
        {"echo_call", "the same, the driver does nothing", echo, "indirect call", anchor_indirect_call, CODE(BENCH_ECHO),
         MEASURE_PINNED, 0},
        {"object", "object, create and delete", repeat, "hand-made object", anchor_object, CODE(BENCH_OBJECT),
         MEASURE_PINNED, 1.0},
        {"object_two", "the same, two threads, one parent", repeat, "hand-made object", anchor_object, CODE(BENCH_OBJECT),
         MEASURE_TWO_THREADS, 1.0},
        {"request", "request, create, send, delete", repeat, "hand-made request", anchor_request, CODE(BENCH_REQUEST),
         MEASURE_PINNED, 2.7},
        {"request_reuse", "request, reuse and send", repeat, "hand-made request", anchor_request, CODE(BENCH_REQUEST_REUSE),
         MEASURE_PINNED, 1.8},
        {"timer", "timer, start and stop, 10,000 others", repeat, "mutex and binary heap", anchor_timer_heap,
         CODE(BENCH_TIMER), MEASURE_PINNED, 1.5},
        {"spin_lock", "WDF spin lock", repeat, "pthread_spin_lock", anchor_spin_lock, CODE(BENCH_SPIN_LOCK), MEASURE_PINNED,
         0},
        {"spin_lock_two", "WDF spin lock, two threads", repeat, "pthread_spin_lock", anchor_spin_lock, CODE(BENCH_SPIN_LOCK),
         MEASURE_TWO_THREADS, 0},
        {"wait_lock", "WDF wait lock", repeat, "pthread_mutex_lock", anchor_mutex, CODE(BENCH_WAIT_LOCK), MEASURE_PINNED, 0},
        {"wait_lock_two", "WDF wait lock, two threads", repeat, "pthread_mutex_lock", anchor_mutex, CODE(BENCH_WAIT_LOCK),
         MEASURE_TWO_THREADS, 0},
    };
    const char *const *paths = argument;

    bring_up(&life, paths[0], "life", "\\??\\Life0");
    bring_up(&bench, paths[1], "bench", BENCH_DEVICE);
    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
    measure_passive();
    measure_end();
    take_down(&bench);
    take_down(&life);
}

int main(int count, char **words)
{
    if (count < 3)
    {
        measure_fail("usage: bench_stack LIFE.so BENCH.so [--only WORD] [--count KEY NUMBER]");
    }
    measure_options(count - 3, words + 3);
    measure_move(0);
    anchor_limits_start();
    anchor_objects_start();
    anchor_timers_start(10000);
    (void)testkit_run(1, 1, measure, words + 1);
    return 0;
}
