/* SPDX-License-Identifier: MIT */
/* See workload.h. Every thread folds what it observes into the event hash. */
#include <string.h>

#include "workload.h"

enum
{
    THREADS = 4,
    ROUNDS = 12,
};

struct stress
{
    struct platform_mutex mutex;
    struct platform_spinlock spinlock;
    struct platform_condition condition;
    struct platform_event event;
    struct platform_timer timer;
    struct platform_thread *threads[THREADS];
    uint64_t turns;
    uint32_t fired;
    uint32_t finished;
};

static void stress_fire(struct platform_timer *timer, void *context)
{
    struct stress *stress = context;

    platform_atomic_fetch_add(&stress->fired, 1);
    platform_event_set(&stress->event);
    platform_timer_arm(timer, platform_deadline_in(500 + (int64_t)platform_random_below(5000)));
}

static void stress_turn(struct stress *stress, uint64_t kind)
{
    int64_t soon = platform_deadline_in(100 + (int64_t)platform_random_below(4000));

    switch (kind)
    {
        case 0:
            platform_mutex_lock(&stress->mutex);
            stress->turns++;
            platform_condition_signal(&stress->condition);
            platform_mutex_unlock(&stress->mutex);
            break;
        case 1:
            platform_mutex_lock(&stress->mutex);
            platform_simulation_event((uint64_t)platform_condition_wait(&stress->condition, &stress->mutex, soon));
            platform_mutex_unlock(&stress->mutex);
            break;
        case 2:
            platform_simulation_event((uint64_t)platform_event_wait(&stress->event, soon));
            break;
        case 3:
            platform_spinlock_lock(&stress->spinlock);
            stress->turns += 2;
            platform_spinlock_unlock(&stress->spinlock);
            break;
        case 4:
            platform_simulation_event((uint64_t)platform_park(soon));
            break;
        case 5:
            platform_simulation_event(platform_timer_arm(&stress->timer, soon));
            break;
        case 6:
            platform_simulation_event(platform_timer_cancel(&stress->timer));
            break;
        default:
            platform_yield();
            break;
    }
}

static void stress_thread(void *argument)
{
    struct stress *stress = argument;
    int round;

    for (round = 0; round < ROUNDS; round++)
    {
        stress_turn(stress, platform_random_below(8));
        platform_simulation_event(stress->turns);
    }
    platform_atomic_fetch_add(&stress->finished, 1);
}

void workload(void *argument)
{
    struct stress stress;
    int index;

    (void)argument;
    memset(&stress, 0, sizeof(stress));
    platform_timer_initialize(&stress.timer, stress_fire, &stress);
    platform_timer_arm(&stress.timer, platform_deadline_in(PLATFORM_MILLISECOND));
    for (index = 0; index < THREADS; index++)
    {
        platform_require(platform_thread_create(&stress.threads[index], "stress", 0, 0, stress_thread, &stress) == 0);
    }
    for (index = 0; index < THREADS; index++)
    {
        platform_unpark(stress.threads[index]);
    }
    for (index = 0; index < THREADS; index++)
    {
        platform_thread_join(stress.threads[index]);
    }
    platform_timer_cancel_and_wait(&stress.timer);
    platform_require(stress.finished == THREADS);
    platform_simulation_event(stress.fired);
}
