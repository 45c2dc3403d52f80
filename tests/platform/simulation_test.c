/* SPDX-License-Identifier: MIT */
/* The simulation itself: virtual time, reports, limits, replay, holding, and speed. */
#include <stdio.h>
#include <time.h>

#include "death.h"
#include "workload.h"

/* ------------------------------------------------- Virtual time ------------------------------------------------------- */

enum
{
    HOUR_TIMERS = 3600,
};

struct hour
{
    uint32_t fired;
};

static void hour_fire(struct platform_timer *timer, void *context)
{
    struct hour *hour = context;

    if (++hour->fired < HOUR_TIMERS)
    {
        platform_timer_arm(timer, timer->deadline + PLATFORM_SECOND);
    }
}

static void hour_body(void *argument)
{
    struct hour *hour = argument;
    int64_t begin = platform_now();
    int64_t wall = platform_wall_time_100ns();
    struct platform_timer timer;

    platform_timer_initialize(&timer, hour_fire, hour);
    platform_timer_arm(&timer, begin + PLATFORM_SECOND);
    platform_sleep_until(begin + (HOUR_TIMERS + 1) * PLATFORM_SECOND);
    platform_timer_cancel_and_wait(&timer);
    platform_require(hour->fired == HOUR_TIMERS);
    platform_require(platform_wall_time_100ns() - wall >= HOUR_TIMERS * INT64_C(10000000));
}

static void hour_test(void **state)
{
    struct hour hour = {0};
    struct platform_simulation_options options = {.seed = 5};
    struct platform_simulation_result result;

    (void)state;
    platform_simulation_run_options(&options, hour_body, &hour, &result);
    assert_true(result.time >= HOUR_TIMERS * PLATFORM_SECOND);
    assert_true(result.time < (HOUR_TIMERS + 2) * PLATFORM_SECOND);
}

/* Whether a short wait timed out although its waker could run: what a slow machine does. */
static void early_set(void *argument)
{
    platform_event_set(argument);
}

static void early_body(void *argument)
{
    struct platform_event event = PLATFORM_EVENT_INITIALIZER(false);
    struct platform_thread *setter = NULL;

    platform_require(platform_thread_create(&setter, "setter", 0, 0, early_set, &event) == 0);
    if (platform_event_wait(&event, platform_deadline_in(PLATFORM_MILLISECOND)) == PLATFORM_TIMEOUT)
    {
        *(bool *)argument = true;
    }
    platform_thread_join(setter);
}

static bool early_seen(enum platform_simulation_strategy strategy, int64_t early)
{
    struct platform_simulation_options options = {.strategy = strategy, .early = early};
    bool seen = false;

    platform_simulation_search(&options, 20000, early_body, &seen, NULL);
    return seen;
}

static void early_test(void **state)
{
    (void)state;
    assert_true(early_seen(PLATFORM_SIMULATION_RANDOM, 0));
    assert_true(early_seen(PLATFORM_SIMULATION_PRIORITY, 0));
    assert_false(early_seen(PLATFORM_SIMULATION_RANDOM, -1));
    assert_false(early_seen(PLATFORM_SIMULATION_PRIORITY, -1));
    assert_false(early_seen(PLATFORM_SIMULATION_RANDOM, 1000));
}

/* --------------------------------------------------- Reports ---------------------------------------------------------- */

struct embrace
{
    struct platform_mutex left;
    struct platform_mutex right;
    struct platform_event holds_left;
    struct platform_event holds_right;
};

__attribute__((noinline)) static void embrace_left(void *argument)
{
    struct embrace *embrace = argument;

    platform_mutex_lock(&embrace->left);
    platform_event_set(&embrace->holds_left);
    platform_event_wait(&embrace->holds_right, PLATFORM_FOREVER);
    platform_mutex_lock(&embrace->right);
    platform_mutex_unlock(&embrace->right);
}

__attribute__((noinline)) static void embrace_right(void *argument)
{
    struct embrace *embrace = argument;

    platform_mutex_lock(&embrace->right);
    platform_event_set(&embrace->holds_right);
    platform_event_wait(&embrace->holds_left, PLATFORM_FOREVER);
    platform_wait_note("the left mutex", &embrace->left, embrace->left.owner);
    platform_mutex_lock(&embrace->left);
    platform_mutex_unlock(&embrace->left);
}

static void embrace_body(void *argument)
{
    struct embrace embrace = {.holds_left = PLATFORM_EVENT_INITIALIZER(true),
                              .holds_right = PLATFORM_EVENT_INITIALIZER(true)};
    struct platform_timer timer;

    (void)argument;
    platform_timer_initialize(&timer, NULL, NULL);
    platform_require(platform_timer_service_start() == 0);
    run_two(embrace_left, embrace_right, &embrace);
}

static void embrace_child(void *argument)
{
    (void)argument;
    platform_simulation_run(11, PLATFORM_SIMULATION_PRIORITY, embrace_body, NULL);
}

static void deadlock_test(void **state)
{
    struct platform_simulation_options options = {.seed = 11, .return_findings = true};
    struct platform_simulation_result result;
    const char *text = death_of(embrace_child, NULL);

    (void)state;
    assert_says(text, "simulation: deadlock: no thread can run\n");
    assert_says(text, "seed 11, strategy priority, step ");
    assert_says(text, "thread 1 (main) waits for end of thread ");
    assert_says(text, "owned by thread 3 (first)\n");
    assert_says(text, "thread 2 (platform timer), service, waits for timer ");
    assert_says(text, "thread 3 (first) waits for mutex ");
    assert_says(text, "owned by thread 4 (second)\n");
    assert_says(text, "thread 4 (second) waits for the left mutex ");
    /* Each thread says where it stands. */
    assert_says(strstr(text, "stack of thread 3 (first):\n"), "embrace_left");
    assert_says(strstr(text, "stack of thread 4 (second):\n"), "embrace_right");

    assert_int_equal(platform_simulation_run_options(&options, embrace_body, NULL, &result), PLATFORM_SIMULATION_DEADLOCK);
    assert_says(result.message, "thread 3 (first) waits for mutex ");
    /* Nothing of a run that was dropped remains. */
    assert_false(platform_simulation_active());
    platform_simulation_run(1, PLATFORM_SIMULATION_RANDOM, workload, NULL);
}

static void event_wait(void *argument)
{
    platform_event_wait(argument, PLATFORM_FOREVER);
}

static void forgotten_body(void *argument)
{
    static struct platform_event event;
    struct platform_thread *thread;

    (void)argument;
    platform_event_initialize(&event, true, false);
    platform_require(platform_thread_create(&thread, "forgotten", 0, 0, event_wait, &event) == 0);
    platform_thread_detach(thread);
}

/* A thread that main leaves behind asleep is a finding, not the end of the run. */
static void forgotten_test(void **state)
{
    struct platform_simulation_options options = {.return_findings = true};
    struct platform_simulation_result result;

    (void)state;
    assert_int_equal(platform_simulation_run_options(&options, forgotten_body, NULL, &result), PLATFORM_SIMULATION_DEADLOCK);
    assert_says(result.message, "(forgotten) waits for manual reset event ");
}

struct busy_service
{
    struct platform_mutex mutex;
    struct platform_timer timer;
    unsigned exits;
};

static void count_exit(void *busy)
{
    ((struct busy_service *)busy)->exits++;
}

static void hold_a_while(struct platform_timer *timer, void *context)
{
    struct busy_service *busy = context;

    (void)timer;
    platform_current()->nt = busy;
    platform_current()->nt_exit = count_exit;
    platform_mutex_lock(&busy->mutex);
    for (int round = 0; round < 20; round++)
    {
        platform_yield();
    }
    platform_mutex_unlock(&busy->mutex);
}

static void busy_body(void *argument)
{
    struct busy_service *busy = argument;

    platform_require(busy->exits == 0 || busy->mutex.owner == 0);
    platform_mutex_lock(&busy->mutex);
    platform_mutex_unlock(&busy->mutex);
    platform_timer_initialize(&busy->timer, hold_a_while, busy);
    (void)platform_timer_arm(&busy->timer, 1);
    /* Until the function runs, or not yet: the run may end at any moment of it. */
    while (platform_random_below(8) != 0)
    {
        platform_yield();
    }
}

/* What the timer thread holds when the last program thread ends must be free in the next run, and its exit functions run. */
static void service_ends_test(void **state)
{
    static struct busy_service busy;
    struct platform_simulation_options options = {.seed = 1, .return_findings = true};
    struct platform_simulation_result result;

    (void)state;
    platform_simulation_search(&options, 200, busy_body, &busy, &result);
    assert_int_equal(result.outcome, PLATFORM_SIMULATION_OK);
    assert_true(busy.exits > 20);
}

static void child_of_service(void *argument)
{
    struct busy_service *busy = argument;

    /* Needs the service again. */
    (void)platform_timer_arm(&busy->timer, platform_deadline_in(PLATFORM_SECOND));
    platform_sleep_until(platform_deadline_in(2 * PLATFORM_SECOND));
    busy->exits++;
}

static void start_child(struct platform_timer *timer, void *context)
{
    struct busy_service *busy = context;
    struct platform_thread *thread;

    (void)timer;
    if (busy->exits++ == 0)
    {
        platform_require(platform_thread_create(&thread, "child", 0, 0, child_of_service, busy) == 0);
        platform_thread_detach(thread);
    }
}

static void start_child_body(void *argument)
{
    struct busy_service *busy = argument;

    *busy = (struct busy_service){.exits = 0};
    platform_timer_initialize(&busy->timer, start_child, busy);
    (void)platform_timer_arm(&busy->timer, 1);
    while (busy->exits == 0)
    {
        platform_yield();
    }
}

/* A thread that the timer thread started while the run was about to end runs to its end, and its timers still fire. */
static void service_goes_on_test(void **state)
{
    static struct busy_service busy;
    uint64_t seed;

    (void)state;
    for (seed = 0; seed < 200; seed++)
    {
        platform_simulation_run(seed, seed % 2 == 0 ? PLATFORM_SIMULATION_RANDOM : PLATFORM_SIMULATION_PRIORITY,
                                start_child_body, &busy);
        assert_int_equal(busy.exits, 3);
    }
}

static void spin_body(void *argument)
{
    uint32_t never = 0;

    (void)argument;
    while (platform_atomic_load(&never) == 0)
    {
        platform_pause();
    }
}

static void limit_test(void **state)
{
    struct platform_simulation_options options = {.step_limit = 5000, .return_findings = true};
    struct platform_simulation_result result;

    (void)state;
    assert_int_equal(platform_simulation_run_options(&options, spin_body, NULL, &result), PLATFORM_SIMULATION_STEP_LIMIT);
    assert_int_equal(result.steps, 5001);
    assert_says(result.message, "step limit: threads run but do not end\n");
    assert_says(result.message, "thread 1 (main) can run\n");
    options.strategy = PLATFORM_SIMULATION_PRIORITY;
    assert_int_equal(platform_simulation_run_options(&options, spin_body, NULL, &result), PLATFORM_SIMULATION_STEP_LIMIT);
}

static void fail_body(void *argument)
{
    (void)argument;
    platform_fatal("as planned");
}

static void finding_test(void **state)
{
    struct platform_simulation_options options = {.seed = 3, .return_findings = true};
    struct platform_simulation_result result;

    (void)state;
    assert_int_equal(platform_simulation_run_options(&options, fail_body, NULL, &result), PLATFORM_SIMULATION_FATAL);
    assert_says(result.message, "fatal: as planned\n");
    assert_says(result.message, "seed 3, strategy random");
}

static void release_twice_body(void *argument)
{
    struct platform_event event = PLATFORM_EVENT_INITIALIZER(true);
    struct platform_thread *thread = start("waiter", event_wait, &event);

    (void)argument;
    platform_thread_detach(thread);
    platform_thread_release(thread);
}

static void release_test(void **state)
{
    struct platform_simulation_options options = {.return_findings = true, .strategy = PLATFORM_SIMULATION_PRIORITY};
    struct platform_simulation_result result;

    (void)state;
    assert_int_equal(platform_simulation_run_options(&options, release_twice_body, NULL, &result),
                     PLATFORM_SIMULATION_FATAL);
    assert_says(result.message, "(waiter) runs, but its last reference is gone");
}

/* -------------------------------------------------- Progress ---------------------------------------------------------- */

static void spin_until(void *argument)
{
    while (platform_atomic_load((uint32_t *)argument) == 0)
    {
        platform_pause();
    }
}

static void set_flag(void *argument)
{
    platform_atomic_store((uint32_t *)argument, 1);
}

static void fair_body(void *argument)
{
    uint32_t flag = 0;

    (void)argument;
    run_two(spin_until, set_flag, &flag);
}

/* A spinning thread, whatever its priority, lets the one it waits for come through. */
static void fair_test(void **state)
{
    struct platform_simulation_options options = {.step_limit = 2000};

    (void)state;
    platform_simulation_search(&options, 200, fair_body, NULL, NULL);
    options.strategy = PLATFORM_SIMULATION_PRIORITY;
    platform_simulation_search(&options, 200, fair_body, NULL, NULL);
    options.preemptions = 1;
    platform_simulation_explore(&options, fair_body, NULL, NULL);
}

static void tick(struct platform_timer *timer, void *context)
{
    (void)context;
    platform_timer_arm(timer, platform_deadline_in(PLATFORM_MILLISECOND));
}

static void ticking_body(void *argument)
{
    struct platform_timer timer;
    uint32_t count = 0;

    (void)argument;
    platform_timer_initialize(&timer, tick, NULL);
    platform_timer_arm(&timer, 0);
    while (platform_atomic_fetch_add(&count, 1) < 100)
    {
    }
    platform_timer_cancel_and_wait(&timer);
}

/* A periodic timer may come early, but it does not keep everybody else from running. */
static void ticking_test(void **state)
{
    struct platform_simulation_options options = {.strategy = PLATFORM_SIMULATION_PRIORITY, .step_limit = 5000};

    (void)state;
    platform_simulation_search(&options, 500, ticking_body, NULL, NULL);
}

struct held
{
    uint32_t inside;
    uint32_t word;
};

static void hold_body_thread(void *argument)
{
    struct held *held = argument;
    int round;

    for (round = 0; round < 3; round++)
    {
        platform_simulation_hold();
        held->inside++;
        platform_atomic_fetch_add(&held->word, 1);
        platform_simulation_hold();
        platform_atomic_fetch_add(&held->word, 1);
        platform_simulation_release();
        platform_atomic_fetch_add(&held->word, 1);
        platform_require(held->inside == 1);
        held->inside--;
        platform_simulation_release();
    }
}

static void hold_body(void *argument)
{
    struct held held = {0, 0};

    (void)argument;
    run_two(hold_body_thread, hold_body_thread, &held);
}

static void hold_test(void **state)
{
    (void)state;
    run_body(hold_body);
}

static void errno_thread(void *argument)
{
    int round;
    int mine = argument != NULL ? 5 : 6;

    errno = mine;
    for (round = 0; round < 5; round++)
    {
        platform_yield();
        platform_require(errno == mine);
    }
}

static void errno_first(void *argument)
{
    errno_thread(argument);
}

static void errno_second(void *argument)
{
    (void)argument;
    errno_thread(NULL);
}

static void errno_body(void *argument)
{
    (void)argument;
    run_two(errno_first, errno_second, &argument);
}

static void errno_test(void **state)
{
    (void)state;
    run_body(errno_body);
}

/* ------------------------------------------------- Exploration -------------------------------------------------------- */

static void count_add(void *argument)
{
    platform_atomic_fetch_add((uint32_t *)argument, 1);
}

static void count_body(void *argument)
{
    uint32_t count = 0;

    (*(uint32_t *)argument)++;
    run_two(count_add, count_add, &count);
    platform_require(count == 2);
}

static void explore_test(void **state)
{
    struct platform_simulation_options options = {.preemptions = 0};
    struct platform_simulation_result result;
    uint32_t runs = 0;
    uint64_t before = 0;

    (void)state;
    for (; options.preemptions < 4; options.preemptions++)
    {
        runs = 0;
        assert_int_equal(platform_simulation_explore(&options, count_body, &runs, &result), PLATFORM_SIMULATION_OK);
        assert_true(result.complete);
        assert_int_equal(result.runs, runs);
        assert_true(result.runs > before);
        before = result.runs;
    }
    options.run_limit = 3;
    platform_simulation_explore(&options, count_body, &runs, &result);
    assert_int_equal(result.runs, 3);
    assert_false(result.complete);
}

/* ---------------------------------------------------- Speed ----------------------------------------------------------- */

static void speed_test(void **state)
{
    struct timespec begin;
    struct timespec end;
    uint64_t steps = 0;
    uint64_t seed;
    double seconds;

    (void)state;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    for (seed = 0; seed < 300; seed++)
    {
        struct platform_simulation_options options = {.seed = seed};
        struct platform_simulation_result result;

        platform_simulation_run_options(&options, workload, NULL, &result);
        steps += result.steps;
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
    print_message("%.0f scheduling points per second of processor time\n", (double)steps / seconds);
#if !PLATFORM_SANITIZED && defined(NDEBUG)
    assert_true((double)steps / seconds >= 500000);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hour_test),         cmocka_unit_test(early_test),           cmocka_unit_test(deadlock_test),
        cmocka_unit_test(service_ends_test), cmocka_unit_test(service_goes_on_test), cmocka_unit_test(forgotten_test),
        cmocka_unit_test(limit_test),        cmocka_unit_test(finding_test),         cmocka_unit_test(release_test),
        cmocka_unit_test(fair_test),         cmocka_unit_test(ticking_test),         cmocka_unit_test(hold_test),
        cmocka_unit_test(errno_test),        cmocka_unit_test(explore_test),         cmocka_unit_test(speed_test),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
