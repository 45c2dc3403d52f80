/* SPDX-License-Identifier: MIT */
/* Timers: order, never early, arming again, cancelling while they expire, and freeing from inside. */
#include <string.h>

#include "run.h"

enum
{
    MANY = 500,
};

struct probe
{
    struct platform_timer timer;
    struct platform_event fired;
    uint32_t count;
    uint32_t inside;
    bool alive;
    bool shared;
};

static void probe_fire(struct platform_timer *timer, void *context)
{
    struct probe *probe = context;

    platform_require(timer == &probe->timer);
    platform_require(platform_timer_is_service_thread());
    /* Where others arm the timer at the same time, its deadline is theirs. */
    platform_require(probe->shared || platform_now() >= timer->deadline);
    platform_atomic_fetch_add(&probe->inside, 1);
    platform_require(platform_atomic_load(&probe->alive));
    platform_atomic_fetch_add(&probe->count, 1);
    platform_atomic_fetch_sub(&probe->inside, 1);
    platform_event_set(&probe->fired);
}

static void probe_initialize(struct probe *probe)
{
    memset(probe, 0, sizeof(*probe));
    probe->alive = true;
    platform_timer_initialize(&probe->timer, probe_fire, probe);
}

static void fire_body(void *argument)
{
    struct probe probe;

    (void)argument;
    probe_initialize(&probe);
    platform_require(!platform_timer_is_service_thread());
    platform_require(!platform_timer_cancel(&probe.timer));
    platform_require(!platform_timer_arm(&probe.timer, platform_deadline_in(PLATFORM_MILLISECOND)));
    platform_require(platform_event_wait(&probe.fired, PLATFORM_FOREVER) == PLATFORM_OK);
    platform_require(!platform_timer_cancel(&probe.timer));
    /* A deadline that has passed fires at once, one that never comes does not. */
    platform_require(!platform_timer_arm(&probe.timer, 0));
    platform_require(platform_event_wait(&probe.fired, PLATFORM_FOREVER) == PLATFORM_OK);
    platform_require(!platform_timer_arm(&probe.timer, PLATFORM_FOREVER));
    platform_require(!platform_timer_cancel(&probe.timer));
    /* Arming again moves the deadline, in both directions, and counts once. */
    platform_require(!platform_timer_arm(&probe.timer, platform_deadline_in(3600 * PLATFORM_SECOND)));
    platform_require(platform_timer_arm(&probe.timer, platform_deadline_in(7200 * PLATFORM_SECOND)));
    platform_require(platform_timer_arm(&probe.timer, platform_deadline_in(PLATFORM_MILLISECOND)));
    platform_require(platform_event_wait(&probe.fired, PLATFORM_FOREVER) == PLATFORM_OK);
    platform_require(!platform_timer_cancel_and_wait(&probe.timer));
    platform_require(probe.count == 3);
    platform_require(!platform_timer_arm(&probe.timer, platform_deadline_in(3600 * PLATFORM_SECOND)));
    platform_require(platform_timer_cancel_and_wait(&probe.timer));
    platform_timer_service_stop();
}

/* ---------------------------------------------------------------------------------------------------------------------- */

struct sequence
{
    struct platform_timer timers[MANY];
    struct platform_event done;
    int64_t last_deadline;
    uint64_t last_order;
    uint32_t expected;
    uint32_t fired;
};

static void sequence_fire(struct platform_timer *timer, void *context)
{
    struct sequence *sequence = context;

    platform_require(timer->deadline > sequence->last_deadline ||
                     (timer->deadline == sequence->last_deadline && timer->order > sequence->last_order));
    sequence->last_deadline = timer->deadline;
    sequence->last_order = timer->order;
    if (++sequence->fired == platform_atomic_load(&sequence->expected))
    {
        platform_event_set(&sequence->done);
    }
}

/* Timers armed, moved and cancelled in random order expire by deadline, and by order of arming where deadlines are equal. */
static void order_body(void *argument)
{
    static struct sequence sequence;
    /* Far enough ahead that none expires before all are set up, and that no simulation lets it come early. */
    int64_t base = platform_deadline_in(PLATFORM_SECOND);
    uint32_t count = ROUNDS(MANY, 40);
    uint32_t index;

    (void)argument;
    memset(&sequence, 0, sizeof(sequence));
    for (index = 0; index < count; index++)
    {
        platform_timer_initialize(&sequence.timers[index], sequence_fire, &sequence);
    }
    for (index = 0; index < count * 4; index++)
    {
        struct platform_timer *timer = &sequence.timers[platform_random_below(count)];
        bool armed = timer->armed;

        if (platform_random_below(4) == 0)
        {
            platform_require(platform_timer_cancel(timer) == armed);
            platform_atomic_fetch_sub(&sequence.expected, armed);
        }
        else
        {
            platform_require(platform_timer_arm(timer, base + (int64_t)platform_random_below(20) * 100000) == armed);
            platform_atomic_fetch_add(&sequence.expected, !armed);
        }
    }
    platform_require(platform_event_wait(&sequence.done, PLATFORM_FOREVER) == PLATFORM_OK);
    for (index = 0; index < count; index++)
    {
        platform_require(!platform_timer_cancel_and_wait(&sequence.timers[index]));
    }
    platform_require(sequence.fired == sequence.expected);
    platform_timer_service_stop();
}

/* ---------------------------------------------------------------------------------------------------------------------- */

/* An arming either expires or is cancelled, never both and never neither. */
static void cancel_body(void *argument)
{
    struct probe probe;
    uint32_t cancelled = 0;
    int round;

    (void)argument;
    probe_initialize(&probe);
    for (round = 0; round < ROUNDS(3000, 5); round++)
    {
        platform_timer_arm(&probe.timer, platform_deadline_in(1 + (round % 5) * ROUNDS(20000, 400)));
        if (round % 3 == 0)
        {
            platform_yield();
        }
        if (round % 2 == 0)
        {
            cancelled += platform_timer_cancel(&probe.timer);
            platform_timer_cancel_and_wait(&probe.timer);
        }
        else
        {
            cancelled += platform_timer_cancel_and_wait(&probe.timer);
        }
        platform_require(platform_atomic_load(&probe.inside) == 0);
        platform_require(platform_atomic_load(&probe.count) + cancelled == (uint32_t)round + 1);
    }
    /* After the wait the function is over: from here on it would find the probe dead. */
    platform_atomic_store(&probe.alive, false);
    platform_timer_service_stop();
}

static void periodic_fire(struct platform_timer *timer, void *context)
{
    struct probe *probe = context;

    platform_require(platform_atomic_load(&probe->alive));
    platform_timer_arm(timer, platform_deadline_in(ROUNDS(10000, 1000)));
    if (platform_atomic_fetch_add(&probe->count, 1) == 3)
    {
        platform_event_set(&probe->fired);
    }
}

/* A timer that arms itself stops for good, however the cancellation falls into its function. */
static void periodic_body(void *argument)
{
    struct probe *probe = platform_zalloc(sizeof(*probe));

    (void)argument;
    platform_require(probe != NULL);
    probe_initialize(probe);
    platform_timer_initialize(&probe->timer, periodic_fire, probe);
    platform_timer_arm(&probe->timer, 0);
    platform_require(platform_event_wait(&probe->fired, PLATFORM_FOREVER) == PLATFORM_OK);
    platform_timer_cancel_and_wait(&probe->timer);
    platform_atomic_store(&probe->alive, false);
    platform_free(probe, sizeof(*probe));
    platform_timer_service_stop();
}

static void suicide_fire(struct platform_timer *timer, void *context)
{
    struct platform_event *gone = context;

    /* Inside its own function a timer does not wait for itself. */
    platform_require(!platform_timer_cancel_and_wait(timer));
    platform_free(timer, sizeof(*timer));
    platform_event_set(gone);
}

static void suicide_body(void *argument)
{
    struct platform_event gone = PLATFORM_EVENT_INITIALIZER(false);
    int round;

    (void)argument;
    for (round = 0; round < ROUNDS(200, 3); round++)
    {
        struct platform_timer *timer = platform_zalloc(sizeof(*timer));

        platform_require(timer != NULL);
        platform_timer_initialize(timer, suicide_fire, &gone);
        platform_timer_arm(timer, platform_deadline_in(round * 100));
        platform_require(platform_event_wait(&gone, PLATFORM_FOREVER) == PLATFORM_OK);
    }
    platform_timer_service_stop();
}

/* ---------------------------------------------------------------------------------------------------------------------- */

static void arm_and_cancel(void *argument)
{
    struct probe *probe = argument;
    int round;

    for (round = 0; round < ROUNDS(3000, 4); round++)
    {
        platform_timer_arm(&probe->timer, platform_deadline_in((int64_t)platform_random_below(20000)));
        if (platform_random_below(2) == 0)
        {
            platform_timer_cancel_and_wait(&probe->timer);
        }
    }
}

/* Two threads fight over one timer while it expires. */
static void contention_body(void *argument)
{
    struct probe probe;

    (void)argument;
    probe_initialize(&probe);
    probe.shared = true;
    run_two(arm_and_cancel, arm_and_cancel, &probe);
    platform_timer_cancel_and_wait(&probe.timer);
    platform_atomic_store(&probe.alive, false);
    platform_timer_service_stop();
}

#define BODY_TEST(name)                   \
    static void name##_test(void **state) \
    {                                     \
        (void)state;                      \
        run_body(name##_body);            \
    }

BODY_TEST(fire)
BODY_TEST(order)
BODY_TEST(cancel)
BODY_TEST(periodic)
BODY_TEST(suicide)
BODY_TEST(contention)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fire_test),     cmocka_unit_test(order_test),   cmocka_unit_test(cancel_test),
        cmocka_unit_test(periodic_test), cmocka_unit_test(suicide_test), cmocka_unit_test(contention_test),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
