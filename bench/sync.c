/* SPDX-License-Identifier: MIT */
/*
 * What the executive's locks and events cost beside those of the C library, called as a driver calls them.
 *
 *     bench_sync [OPTIONS]
 */
#include <ntifs.h>

#include "anchor.h"
#include "measure.h"
#include "nt/run.h"

static KSPIN_LOCK spin_lock __attribute__((aligned(128)));
static FAST_MUTEX fast_mutex __attribute__((aligned(128)));
static KMUTEX mutex __attribute__((aligned(128)));
static volatile ULONG64 counter __attribute__((aligned(128)));

static void take_spin_lock(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        KIRQL before;

        KeAcquireSpinLock(&spin_lock, &before);
        counter++;
        KeReleaseSpinLock(&spin_lock, before);
    }
}

static void take_fast_mutex(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        ExAcquireFastMutex(&fast_mutex);
        counter++;
        ExReleaseFastMutex(&fast_mutex);
    }
}

static void take_mutex(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        (void)KeWaitForMutexObject(&mutex, Executive, KernelMode, FALSE, NULL);
        counter++;
        (void)KeReleaseMutex(&mutex, FALSE);
    }
}

/*
 * A round trip between two threads, an event in each direction.
 */

static struct
{
    KEVENT asked __attribute__((aligned(128)));
    KEVENT answered __attribute__((aligned(128)));
    BOOLEAN over;
} trip;

static void answer(void *argument)
{
    for (;;)
    {
        (void)KeWaitForSingleObject(&trip.asked, Executive, KernelMode, FALSE, NULL);
        if (trip.over)
        {
            return;
        }
        (void)KeSetEvent(&trip.answered, IO_NO_INCREMENT, FALSE);
    }
}

static void ask(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        (void)KeSetEvent(&trip.asked, IO_NO_INCREMENT, FALSE);
        (void)KeWaitForSingleObject(&trip.answered, Executive, KernelMode, FALSE, NULL);
    }
}

struct measured_trip
{
    const struct pair *pair;
    enum anchor_wait wait;
    int processor;
    int partner;
};

static void measure_trip_here(void *argument)
{
    const struct measured_trip *measured = argument;
    struct anchor_partner *partner = anchor_partner_start(measured->wait, measured->partner);
    struct run_thread *thread;

    trip.over = FALSE;
    KeInitializeEvent(&trip.asked, SynchronizationEvent, FALSE);
    KeInitializeEvent(&trip.answered, SynchronizationEvent, FALSE);
    measure_move(measured->partner);
    thread = run_thread_start("answer", answer, NULL);
    if (thread == NULL)
    {
        measure_fail("no thread");
    }
    measure_move(measured->processor);
    measure_pairs(measured->pair, 1);
    trip.over = TRUE;
    (void)KeSetEvent(&trip.asked, IO_NO_INCREMENT, FALSE);
    run_thread_join(thread);
    anchor_partner_stop(partner);
}

/* A thread finds out once whether spinning can pay for it, so each pair has threads of its own. */
static void measure_trip(const struct pair *pair, enum anchor_wait wait, int processor, int partner)
{
    struct measured_trip measured = {pair, wait, processor, partner};
    struct run_thread *thread;

    measure_move(processor);
    thread = run_thread_start("ask", measure_trip_here, &measured);
    if (thread == NULL)
    {
        measure_fail("no thread");
    }
    run_thread_join(thread);
}

static void measure_trips(void)
{
    const struct pair pairs[] = {
        {"event_one", "event to a waiting thread, round trip, one core", ask, "futex", anchor_round_trip_futex, NULL,
         MEASURE_PINNED, 1.15},
        {"event_two", "event to a waiting thread, round trip, two cores", ask, "futex", anchor_round_trip_futex, NULL,
         MEASURE_PINNED, 1.15},
        /* No goal: where nobody is pinned the scheduler may put one pair on one core and the other on two. */
        {"event_free", "event to a waiting thread, round trip, unpinned", ask, "futex", anchor_round_trip_futex, NULL,
         MEASURE_FREE, 0},
        {"event_spin", "the same beside who always spins first, two cores", ask, "spin, then futex",
         anchor_round_trip_adaptive, NULL, MEASURE_PINNED, 0},
    };

    measure_trip(&pairs[0], ANCHOR_FUTEX, 0, 0);
    measure_trip(&pairs[1], ANCHOR_FUTEX, 0, 1);
    measure_trip(&pairs[2], ANCHOR_FUTEX, -1, -1);
    measure_trip(&pairs[3], ANCHOR_SPIN_THEN_FUTEX, 0, 1);
}

static void measure_locks(void)
{
    const struct pair pairs[] = {
        {"spin_lock", "KeAcquireSpinLock, KeReleaseSpinLock", take_spin_lock, "pthread_spin_lock", anchor_spin_lock, NULL,
         MEASURE_PINNED, 1.3},
        {"fast_mutex", "ExAcquireFastMutex, ExReleaseFastMutex", take_fast_mutex, "pthread_mutex_lock", anchor_mutex, NULL,
         MEASURE_PINNED, 1.3},
        {"mutex", "KeWaitForSingleObject, KeReleaseMutex", take_mutex, "pthread_mutex_lock", anchor_mutex, NULL,
         MEASURE_PINNED, 1.3},
        {"spin_lock_two", "KeAcquireSpinLock, two threads", take_spin_lock, "pthread_spin_lock", anchor_spin_lock, NULL,
         MEASURE_TWO_THREADS, 0},
        {"fast_mutex_two", "ExAcquireFastMutex, two threads", take_fast_mutex, "pthread_mutex_lock", anchor_mutex, NULL,
         MEASURE_TWO_THREADS, 0},
    };

    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
}

/* While there is only one thread, the C library leaves out what makes its locks safe. */
static void stay(void *argument)
{
    (void)KeWaitForSingleObject(argument, Executive, KernelMode, FALSE, NULL);
}

int main(int count, char **words)
{
    struct run_thread *idle;
    KEVENT over;

    measure_options(count - 1, words + 1);
    measure_move(0);
    anchor_limits_start();
    KeInitializeEvent(&over, NotificationEvent, FALSE);
    KeInitializeSpinLock(&spin_lock);
    ExInitializeFastMutex(&fast_mutex);
    KeInitializeMutex(&mutex, 0);
    idle = run_thread_start("idle", stay, &over);
    if (idle == NULL)
    {
        measure_fail("no thread");
    }
    measure_locks();
    measure_trips();
    (void)KeSetEvent(&over, IO_NO_INCREMENT, FALSE);
    run_thread_join(idle);
    measure_end();
    return 0;
}
