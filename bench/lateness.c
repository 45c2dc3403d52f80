/* SPDX-License-Identifier: MIT */
/*
 * How late timers of one millisecond fire, beside a timer descriptor that a thread polls for; what is printed are nanoseconds of
 * lateness, the median of each run. A timer that fires early stops the program.
 *
 *     bench_lateness [OPTIONS]
 */
#include <ntddk.h>
#include <stdlib.h>

#include "anchor.h"
#include "measure.h"
#include "nt/run.h"

#define MILLISECOND 1000000u

enum
{
    TIMERS_MOST = 20000,
    BURNERS = 2,
};

static KTIMER timer;
static KDPC call;
static KEVENT fired;
static uint64_t fired_at;
static volatile BOOLEAN over;

static VOID note_time(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    fired_at = measure_now();
    (void)KeSetEvent(&fired, IO_NO_INCREMENT, FALSE);
}

static int compare(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;

    return (a > b) - (a < b);
}

static void lateness(uint64_t count, void *argument)
{
    static uint64_t late[TIMERS_MOST];
    const LARGE_INTEGER due = {.QuadPart = -(LONGLONG)(MILLISECOND / 100)};

    count = count < TIMERS_MOST ? count : TIMERS_MOST;
    for (uint64_t index = 0; index < count; index++)
    {
        uint64_t wanted = measure_now() + MILLISECOND;

        (void)KeSetTimer(&timer, due, &call);
        (void)KeWaitForSingleObject(&fired, Executive, KernelMode, FALSE, NULL);
        if (fired_at < wanted)
        {
            measure_fail("a timer fired early");
        }
        late[index] = fired_at - wanted;
    }
    qsort(late, count, sizeof(late[0]), compare);
    measure_instead((double)late[count / 2]);
}

static void anchor_lateness(uint64_t count, void *argument)
{
    measure_instead(anchor_timer_lateness(MILLISECOND, count < TIMERS_MOST ? (int)count : TIMERS_MOST));
}

/* Keeps a processor awake, and in use. */
static void burn(void *argument)
{
    measure_move(-1);
    while (!over)
    {
    }
}

static void measure_loaded(const struct pair *pair)
{
    struct run_thread *burners[BURNERS];

    for (size_t index = 0; index < BURNERS; index++)
    {
        burners[index] = run_thread_start("burner", burn, NULL);
        if (burners[index] == NULL)
        {
            measure_fail("no thread");
        }
    }
    measure_pairs(pair, 1);
    over = TRUE;
    for (size_t index = 0; index < BURNERS; index++)
    {
        run_thread_join(burners[index]);
    }
}

/* Both sides on threads of the runtime, which have no timer slack. */
static void measure(void *argument)
{
    const struct pair idle = {
        "late", "timer of 1 ms, lateness", lateness, "timer descriptor, epoll", anchor_lateness, NULL, MEASURE_PINNED, 1.1};
    const struct pair loaded = {"late_loaded",   "the same, two threads burn time",
                                lateness,        "timer descriptor, epoll",
                                anchor_lateness, NULL,
                                MEASURE_FREE,    1.1};

    measure_pairs(&idle, 1);
    measure_loaded(&loaded);
}

int main(int count, char **words)
{
    struct run_thread *thread;

    measure_options(count - 1, words + 1);
    KeInitializeTimer(&timer);
    KeInitializeDpc(&call, note_time, NULL);
    KeInitializeEvent(&fired, SynchronizationEvent, FALSE);
    anchor_limits_start();
    thread = run_thread_start("measure", measure, NULL);
    if (thread == NULL)
    {
        measure_fail("no thread");
    }
    run_thread_join(thread);
    measure_end();
    return 0;
}
