/* SPDX-License-Identifier: MIT */
/* Misuse stops the process and says what happened, where. */
#include "death.h"

static void in_run(platform_thread_function *body)
{
#if defined(PLATFORM_SIMULATION)
    platform_simulation_run(7, PLATFORM_SIMULATION_RANDOM, body, NULL);
#else
    body(NULL);
#endif
}

__attribute__((noinline)) static void fatal_body(void *argument)
{
    (void)argument;
    platform_fatal("the number is %d", 42);
}

static void fatal_child(void *argument)
{
    (void)argument;
    in_run(fatal_body);
}

static void fatal_test(void **state)
{
    const char *text = death_of(fatal_child, NULL);

    (void)state;
    assert_says(text, "fatal: the number is 42\n");
    assert_says(text, "fatal_body");
#if defined(PLATFORM_SIMULATION)
    assert_says(text, "seed 7, strategy random");
    assert_says(text, "in thread 1 (main)");
#endif
}

static void require_body(void *argument)
{
    platform_require(argument != NULL);
}

static void require_child(void *argument)
{
    (void)argument;
    in_run(require_body);
}

static void require_test(void **state)
{
    const char *text = death_of(require_child, NULL);

    (void)state;
    assert_says(text, "fatal_test.c:");
    assert_says(text, "requirement not met: argument != ");
}

static void spinlock_body(void *argument)
{
    struct platform_spinlock lock = PLATFORM_SPINLOCK_INITIALIZER;

    (void)argument;
    platform_spinlock_lock(&lock);
    platform_spinlock_lock(&lock);
}

static void spinlock_child(void *argument)
{
    (void)argument;
    in_run(spinlock_body);
}

static void spinlock_test(void **state)
{
    (void)state;
    assert_says(death_of(spinlock_child, NULL), "requirement not met: !platform_spinlock_is_mine(lock)");
}

#if !defined(NDEBUG)

static void unlock_body(void *argument)
{
    struct platform_mutex mutex = PLATFORM_MUTEX_INITIALIZER;

    (void)argument;
    platform_mutex_unlock(&mutex);
}

static void unlock_child(void *argument)
{
    (void)argument;
    in_run(unlock_body);
}

static void relock_body(void *argument)
{
    struct platform_mutex mutex = PLATFORM_MUTEX_INITIALIZER;

    (void)argument;
    platform_mutex_lock(&mutex);
    platform_mutex_lock(&mutex);
}

static void relock_child(void *argument)
{
    (void)argument;
    in_run(relock_body);
}

static void mutex_test(void **state)
{
    (void)state;
    assert_says(death_of(unlock_child, NULL), "released by a thread that does not hold it: owner is thread 0");
    assert_says(death_of(relock_child, NULL), "taken again by the thread that holds it");
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fatal_test),
        cmocka_unit_test(require_test),
        cmocka_unit_test(spinlock_test),
#if !defined(NDEBUG)
        cmocka_unit_test(mutex_test),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
