/* SPDX-License-Identifier: MIT */
/*
 * Threads and events of the machine, for the programs around it.
 */
#include "nt/run.h"

#include "nt/debug/fault.h"

#include "nt/machine.h"
#include "nt/registry/registry.h"

#if defined(PLATFORM_SIMULATION)
#include "platform/simulation.h"

uint64_t run_seed(uint64_t seed, void (*body)(void *argument), void *argument)
{
    /* The machine outlives a run; made in the first one, a seed would take another way alone than after others. */
    (void)machine();
    /* All threads of the last run have ended, the timer thread too, but what it would have done later is forgotten. */
    timers_make(&machine()->timers);
    worker_pool_make(&machine()->workers);
    recorder_begin_run(&machine()->recorder);
    (void)host_file_system();
    /* What one seed leaves in the registry is none of the next one's. */
    registry_close();
    (void)registry();
    return platform_simulation_run(seed, seed % 2 == 0 ? PLATFORM_SIMULATION_RANDOM : PLATFORM_SIMULATION_PRIORITY, body,
                                   argument);
}

bool run_is_simulated(void)
{
    return true;
}
#else
uint64_t run_seed(uint64_t seed, void (*body)(void *argument), void *argument)
{
    (void)seed;
    /* Made here too, so that a test may fail every allocation of its own. */
    (void)machine();
    (void)host_file_system();
    (void)registry();
    body(argument);
    return 0;
}

bool run_is_simulated(void)
{
    return false;
}
#endif

struct run_event
{
    struct platform_event event;
};

struct run_event *run_event_create(void)
{
    struct run_event *event = platform_zalloc(sizeof(*event));

    if (event != NULL)
    {
        platform_event_initialize(&event->event, true, false);
    }
    return event;
}

void run_event_set(struct run_event *event)
{
    (void)platform_event_set(&event->event);
}

void run_event_wait(struct run_event *event)
{
    (void)platform_event_wait(&event->event, PLATFORM_FOREVER);
}

void run_event_free(struct run_event *event)
{
    platform_free(event, sizeof(*event));
}

struct run_thread *run_thread_start(const char *name, void (*body)(void *argument), void *argument)
{
    struct platform_thread *thread;

    return platform_thread_create(&thread, name, 0, 0, body, argument) == 0 ? (struct run_thread *)thread : NULL;
}

void run_thread_join(struct run_thread *thread)
{
    platform_thread_join((struct platform_thread *)thread);
}

void run_alloc_fail_at(uint64_t n)
{
    platform_alloc_fail_at(n);
}

uint64_t run_alloc_injected(void)
{
    return platform_alloc_injected();
}

void run_install_fault_handler(void)
{
    fault_handler_install();
}

bool run_quarantine(size_t bytes)
{
    if (bytes == 0)
    {
        platform_quarantine_stop();
        return true;
    }
    return platform_quarantine_start(bytes) == 0;
}

/* For drivers that are compiled with DMF_SCHEDULING_POINTS (ntinterlocked.h). */
RUNTIME_API void dmf_scheduling_point(void);

void dmf_scheduling_point(void)
{
    platform_point(PLATFORM_POINT_ATOMIC);
}
