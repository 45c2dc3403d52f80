/* SPDX-License-Identifier: MIT */
/*
 * The words of a case. Programs that are no table of cases (fuzz/) have these without nt_case_main.c.
 */
#include "nt_case.h"

#include <stdio.h>
#include <stdlib.h>

#include "nt/run.h"

static uint64_t seed;

void nt_case_set_seed(unsigned long long number)
{
    seed = number;
}

_Noreturn void nt_check_failed(const char *file, int line, const char *condition)
{
    fprintf(stderr, "%s:%d: seed %llu: not so: %s\n", file, line, (unsigned long long)seed, condition);
    abort();
}

_Noreturn void nt_check_failed_values(const char *file, int line, const char *condition, unsigned long long got,
                                      unsigned long long expected)
{
    fprintf(stderr, "%s:%d: seed %llu: not so: %s: 0x%llX is not 0x%llX\n", file, line, (unsigned long long)seed, condition,
            got, expected);
    abort();
}

struct nt_thread *nt_thread_start(void (*body)(void *argument), void *argument)
{
    struct run_thread *thread = run_thread_start("test", body, argument);

    CHECK(thread != NULL);
    return (struct nt_thread *)thread;
}

void nt_thread_join(struct nt_thread *thread)
{
    run_thread_join((struct run_thread *)thread);
}

bool nt_is_simulated(void)
{
    return run_is_simulated();
}

unsigned long long nt_seed(void)
{
    return seed;
}

void nt_fail_allocation(unsigned n)
{
    run_alloc_fail_at(n);
}

void nt_fail_each_allocation(void (*body)(void))
{
    uint64_t injected = 1;

    for (uint64_t n = 1; injected != 0; n++)
    {
        run_alloc_fail_at(n);
        body();
        injected = run_alloc_injected();
        run_alloc_fail_at(0);
    }
}

bool nt_case_is_unverified(void)
{
    return getenv("CASE_UNVERIFIED") != NULL;
}
