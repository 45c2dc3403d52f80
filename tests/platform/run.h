/* SPDX-License-Identifier: MIT */
/*
 * How a test of the platform layer runs its body in either backend: once on real threads, or under many seeds of two
 * strategies in simulation. Bodies check with platform_require, because they run on threads that cmocka does not know.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/platform.h"

#if defined(PLATFORM_SIMULATION)
#include "platform/simulation.h"
#endif

/* How often a body repeats its inner loops: real threads need many rounds to meet, simulated ones need many seeds. */
#if defined(PLATFORM_SIMULATION)
#define ROUNDS(real, simulated) (simulated)
#else
#define ROUNDS(real, simulated) (real)
#endif

enum
{
    RUN_SEEDS = 100,
};

static inline void run_body(platform_thread_function *body)
{
#if defined(PLATFORM_SIMULATION)
    uint64_t seed;

    for (seed = 0; seed < RUN_SEEDS; seed++)
    {
        uint64_t random = platform_simulation_run(seed, PLATFORM_SIMULATION_RANDOM, body, NULL);
        uint64_t priority = platform_simulation_run(seed, PLATFORM_SIMULATION_PRIORITY, body, NULL);

        assert_int_equal(platform_simulation_run(seed, PLATFORM_SIMULATION_RANDOM, body, NULL), random);
        assert_int_equal(platform_simulation_run(seed, PLATFORM_SIMULATION_PRIORITY, body, NULL), priority);
    }
#else
    body(NULL);
#endif
}

static inline struct platform_thread *start(const char *name, platform_thread_function *function, void *argument)
{
    struct platform_thread *thread = NULL;

    platform_require(platform_thread_create(&thread, name, 0, 0, function, argument) == 0);
    return thread;
}

/* Runs two functions with the same argument, each on its own thread, to their end. */
static inline void run_two(platform_thread_function *first, platform_thread_function *second, void *argument)
{
    struct platform_thread *one = start("first", first, argument);
    struct platform_thread *two = start("second", second, argument);

    platform_thread_join(one);
    platform_thread_join(two);
}
