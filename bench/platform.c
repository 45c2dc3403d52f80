/* SPDX-License-Identifier: MIT */
/*
 * What platform/ costs beside what the C library offers for the same: locks, waking a thread, memory.
 *
 *     bench_platform [OPTIONS]
 */
#include <stdlib.h>

#include "anchor.h"
#include "measure.h"
#include "platform/platform.h"

#define KEEP(pointer) __asm__ volatile("" : : "r"(pointer) : "memory")

/*
 * Locks.
 */

static struct platform_mutex mutex __attribute__((aligned(128))) = PLATFORM_MUTEX_INITIALIZER;
static struct platform_spinlock spin_lock __attribute__((aligned(128))) = PLATFORM_SPINLOCK_INITIALIZER;
static volatile uint64_t counter __attribute__((aligned(128)));

static void lock_mutex(uint64_t count, void *argument)
{
    (void)argument;
    for (uint64_t index = 0; index < count; index++)
    {
        platform_mutex_lock(&mutex);
        counter++;
        platform_mutex_unlock(&mutex);
    }
}

static void lock_spin_lock(uint64_t count, void *argument)
{
    (void)argument;
    for (uint64_t index = 0; index < count; index++)
    {
        platform_spinlock_lock(&spin_lock);
        counter++;
        platform_spinlock_unlock(&spin_lock);
    }
}

/*
 * Memory. The argument is the size.
 */

static void allocate(uint64_t count, void *argument)
{
    size_t size = (size_t)argument;

    for (uint64_t index = 0; index < count; index++)
    {
        void *block = platform_alloc(size);

        KEEP(block);
        platform_free(block, size);
    }
}

static void allocate_zeroed(uint64_t count, void *argument)
{
    size_t size = (size_t)argument;

    for (uint64_t index = 0; index < count; index++)
    {
        void *block = platform_zalloc(size);

        KEEP(block);
        platform_free(block, size);
    }
}

enum
{
    BURST = 256,
};

/* As the anchor's: each count is a whole burst, and each block is written. */
static void allocate_burst(uint64_t count, void *argument)
{
    size_t size = (size_t)argument;
    void *blocks[BURST];

    for (uint64_t index = 0; index < count; index++)
    {
        for (size_t place = 0; place < BURST; place++)
        {
            blocks[place] = platform_alloc(size);
            if (blocks[place] == NULL)
            {
                measure_fail("no memory");
            }
            *(volatile char *)blocks[place] = 1;
        }
        for (size_t place = 0; place < BURST; place++)
        {
            platform_free(blocks[place], size);
        }
    }
}

/*
 * A round trip between two threads that park.
 */

static struct
{
    struct platform_thread *here;
    struct platform_thread *there;
    uint32_t asked;
    uint32_t answered;
    bool over;
} trip;

/* A parked thread may wake without a reason, so both sides look at a number. */
static void wait_beyond(uint32_t *word, uint32_t known)
{
    while (platform_atomic_load(word) == known)
    {
        (void)platform_park(PLATFORM_FOREVER);
    }
}

static void answer(void *argument)
{
    uint32_t known = 0;

    (void)argument;
    for (;;)
    {
        wait_beyond(&trip.asked, known);
        known++;
        if (platform_atomic_load(&trip.over))
        {
            return;
        }
        platform_atomic_store(&trip.answered, known);
        platform_unpark(trip.here);
    }
}

static void ask(uint64_t count, void *argument)
{
    (void)argument;
    trip.here = platform_current();
    for (uint64_t index = 0; index < count; index++)
    {
        uint32_t known = trip.answered;

        platform_atomic_store(&trip.asked, trip.asked + 1);
        platform_unpark(trip.there);
        wait_beyond(&trip.answered, known);
    }
}

static void trip_start(void)
{
    trip.asked = 0;
    trip.answered = 0;
    trip.over = false;
    trip.here = platform_current();
    if (platform_thread_create(&trip.there, "answer", 0, 0, answer, NULL) != 0)
    {
        measure_fail("no thread");
    }
}

static void trip_stop(void)
{
    platform_atomic_store(&trip.over, true);
    platform_atomic_store(&trip.asked, trip.asked + 1);
    platform_unpark(trip.there);
    platform_thread_join(trip.there);
}

struct measured_trip
{
    const struct pair *pair;
    enum anchor_wait wait;
    int processor;
};

/* A pair of round trips needs somebody on the other end of both. */
static void measure_trip_here(void *argument)
{
    const struct measured_trip *measured = argument;
    struct anchor_partner *partner = anchor_partner_start(measured->wait, measured->processor);

    trip_start();
    measure_pairs(measured->pair, 1);
    trip_stop();
    anchor_partner_stop(partner);
}

/*
 * A thread finds out once whether spinning can pay for it, from the processors that it may use, so each pair has threads of its
 * own, which start where they are measured. A negative number is a processor of the system's choice.
 */
static void measure_trip(const struct pair *pair, enum anchor_wait wait, int processor)
{
    struct measured_trip measured = {pair, wait, processor};
    struct platform_thread *thread;

    measure_move(processor);
    if (platform_thread_create(&thread, "ask", 0, 0, measure_trip_here, &measured) != 0)
    {
        measure_fail("no thread");
    }
    platform_thread_join(thread);
}

static void measure_trips(void)
{
    const struct pair pairs[] = {
        {"park_one", "park and unpark, round trip, one core", ask, "futex", anchor_round_trip_futex, NULL, MEASURE_PINNED,
         1.15},
        {"park_futex", "park and unpark, round trip, unpinned", ask, "futex", anchor_round_trip_futex, NULL, MEASURE_FREE,
         0},
        {"park_spin", "park and unpark, round trip, unpinned", ask, "spin, then futex", anchor_round_trip_adaptive, NULL,
         MEASURE_FREE, 1.15},
    };

    measure_trip(&pairs[0], ANCHOR_FUTEX, 0);
    measure_trip(&pairs[1], ANCHOR_FUTEX, -1);
    measure_trip(&pairs[2], ANCHOR_SPIN_THEN_FUTEX, -1);
}

#define SIZE(size) ((void *)(size_t)(size))

static void measure_calls(void)
{
    const struct pair pairs[] = {
        {"mutex", "platform mutex", lock_mutex, "pthread_mutex_lock", anchor_mutex, NULL, MEASURE_PINNED, 0},
        {"mutex_two", "platform mutex, two threads", lock_mutex, "pthread_mutex_lock", anchor_mutex, NULL,
         MEASURE_TWO_THREADS, 0},
        {"spin", "platform spin lock", lock_spin_lock, "pthread_spin_lock", anchor_spin_lock, NULL, MEASURE_PINNED, 0},
        {"spin_two", "platform spin lock, two threads", lock_spin_lock, "pthread_spin_lock", anchor_spin_lock, NULL,
         MEASURE_TWO_THREADS, 0},
        {"allocate_64", "allocate and free 64 B", allocate, "malloc", anchor_malloc, SIZE(64), MEASURE_PINNED, 0},
        {"allocate_1024", "allocate and free 1 KiB", allocate, "malloc", anchor_malloc, SIZE(1024), MEASURE_PINNED, 0},
        {"zeroed_256", "allocate zeroed and free 256 B", allocate_zeroed, "calloc", anchor_calloc, SIZE(256), MEASURE_PINNED,
         0},
        {"burst_512", "allocate 256 x 512 B, then free them", allocate_burst, "malloc", anchor_malloc_burst, SIZE(512),
         MEASURE_PINNED, 0},
    };

    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
}

int main(int count, char **words)
{
    measure_options(count - 1, words + 1);
    measure_move(0);
    anchor_limits_start();
    /* Only a thread that the platform knows has free lists, as every thread of the runtime is. */
    (void)platform_current();
    measure_calls();
    measure_trips();
    measure_end();
    return 0;
}
