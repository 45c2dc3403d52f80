/* SPDX-License-Identifier: MIT */
/*
 * Deterministic simulation: runs a program of the platform layer as coroutines on one operating system thread.
 *
 * A run is a pure function of its seed, its options and the program. At every scheduling point a strategy picks who goes on;
 * time is virtual, and jumps to the next deadline when nobody can run. A run ends when every thread that is not a service
 * thread has ended, or with a finding; the timer thread then finishes the function that it runs and ends too. The event hash
 * folds in who passed which scheduling point in which order and every jump of the clock, but no address, so that it is the same
 * at every optimisation level and address layout.
 *
 * Only code compiled with PLATFORM_SIMULATION belongs into a run. Real input and output, other threads, and locks that the
 * platform does not know do not: a coroutine that blocks in the kernel blocks them all.
 */
#pragma once

#include "platform/platform.h"

#if !defined(PLATFORM_SIMULATION)
#error "This header is for code of the simulation backend."
#endif

enum platform_simulation_strategy
{
    /* Each runnable thread equally likely at each point. */
    PLATFORM_SIMULATION_RANDOM = 0,
    /*
     * Probabilistic concurrency testing: random priorities, the highest runs, and at depth - 1 random steps the running
     * thread drops below all others. A bug of depth d among n threads and k steps is found by one run with a probability of
     * at least 1 / (n * k^(d - 1)).
     */
    PLATFORM_SIMULATION_PRIORITY = 1,
    /* Depth first through all schedules with a bounded number of preemptions: by platform_simulation_explore only. */
    PLATFORM_SIMULATION_EXHAUSTIVE = 2,
};

enum platform_simulation_outcome
{
    PLATFORM_SIMULATION_OK = 0,
    /* Nobody can run and no deadline is left. */
    PLATFORM_SIMULATION_DEADLOCK = 1,
    /* The step limit was reached: threads are busy but get nowhere. */
    PLATFORM_SIMULATION_STEP_LIMIT = 2,
    /* Somebody called platform_fatal, which platform_require and platform_assert do. */
    PLATFORM_SIMULATION_FATAL = 3,
};

/* All zero is a good default: the process stops at the first finding, with a report. */
struct platform_simulation_options
{
    uint64_t seed;
    enum platform_simulation_strategy strategy;
    /* Priority strategy: the depth (zero means 3) and the length of a run (zero draws it from the seed, 32 to 4,096). */
    uint32_t depth;
    uint64_t expected_steps;
    /* Exhaustive strategy: how many preemptions one run may hold, and how many runs there may be (zero means no limit). */
    uint32_t preemptions;
    uint64_t run_limit;
    /* Zero means ten million. */
    uint64_t step_limit;
    /* How far ahead of other threads' progress a wait may time out, because those threads were slow: nanoseconds, zero means
       100 milliseconds, negative means that time passes only when nobody can run. */
    int64_t early;
    /* Report findings in the result instead of stopping the process. The threads of such a run are dropped where they are. */
    bool return_findings;
    /* Write one line per scheduling point to standard error. */
    bool trace;
};

struct platform_simulation_result
{
    enum platform_simulation_outcome outcome;
    uint64_t hash;
    uint64_t steps;
    /* Virtual time that passed, in nanoseconds. */
    int64_t time;
    /* Of the run that the other fields describe, and how many runs there were. */
    uint64_t seed;
    uint64_t runs;
    /* Whether platform_simulation_explore went through everything within its bounds. */
    bool complete;
    /* The finding: the whole report of a deadlock, step limit or fatal error, without the stack. */
    char message[2048];
};

/* Runs the function as the first thread, named "main". Returns the outcome; the result may be NULL. Not reentrant. */
enum platform_simulation_outcome platform_simulation_run_options(const struct platform_simulation_options *options,
                                                                 platform_thread_function *function, void *argument,
                                                                 struct platform_simulation_result *result);

/* One run with default options: stops the process at a finding, otherwise returns the event hash. */
uint64_t platform_simulation_run(uint64_t seed, enum platform_simulation_strategy strategy,
                                 platform_thread_function *function, void *argument);

/* Runs with the seeds options->seed, options->seed + 1, ... until a finding, at most count of them. */
enum platform_simulation_outcome platform_simulation_search(const struct platform_simulation_options *options,
                                                            uint64_t count, platform_thread_function *function,
                                                            void *argument, struct platform_simulation_result *result);

/* Runs all schedules within options->preemptions until a finding. */
enum platform_simulation_outcome platform_simulation_explore(const struct platform_simulation_options *options,
                                                             platform_thread_function *function, void *argument,
                                                             struct platform_simulation_result *result);

/* Whether the caller is inside a run. Outside, the primitives work for one thread that never has to wait. */
bool platform_simulation_active(void);

/* Folds something observable, never an address, into the event hash. */
void platform_simulation_event(uint64_t value);

/* Between these nobody else runs, for calls into libraries that call back. They nest. A wait in between must not block. */
void platform_simulation_hold(void);
void platform_simulation_release(void);
