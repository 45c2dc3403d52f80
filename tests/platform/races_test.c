/* SPDX-License-Identifier: MIT */
/*
 * The simulation is judged by what it finds: each planted race within the number of seeds that the bound of the priority
 * strategy gives for its depth, the same finding again for the same seed, and nothing in the correct twins.
 */
#include <stdio.h>
#include <string.h>

#include "races.h"

/* The bound is a probability of 95 percent for any one start of the seeds, so that many of these starts must succeed. */
enum
{
    FIRST_SEED = 1,
    STARTS = 40,
    STARTS_FOUND = 38,
};

struct measure
{
    uint64_t steps;
    uint64_t bound;
};

/* The length of a run, over some schedules of the correct twin, and the seeds: ln(20) * threads * steps ^ (depth - 1). */
static struct measure race_measure(const struct race *race)
{
    const uint64_t threads = 3;
    struct measure measure = {0, 0};
    uint32_t power;
    uint64_t seed;
    bool broken = false;

    for (seed = 0; seed < 20; seed++)
    {
        struct platform_simulation_options options = {.seed = seed};
        struct platform_simulation_result result;

        platform_simulation_run_options(&options, race->body, &broken, &result);
        measure.steps = result.steps > measure.steps ? result.steps : measure.steps;
    }
    measure.bound = 3 * threads;
    for (power = 1; power < race->depth; power++)
    {
        measure.bound *= measure.steps;
    }
    return measure;
}

static struct platform_simulation_options race_options(const struct race *race, const struct measure *measure)
{
    return (struct platform_simulation_options){.seed = FIRST_SEED,
                                                .strategy = PLATFORM_SIMULATION_PRIORITY,
                                                .depth = race->depth,
                                                .expected_steps = measure->steps,
                                                .step_limit = 100000,
                                                .return_findings = true};
}

/* Looks for the race from one start; the seed is the whole story, so the same seed finds it again. */
static bool race_find(const struct race *race, const struct measure *measure, uint64_t seed, uint64_t *runs)
{
    struct platform_simulation_options options = race_options(race, measure);
    struct platform_simulation_result result;
    struct platform_simulation_result again;
    bool broken = true;

    options.seed = seed;
    if (platform_simulation_search(&options, measure->bound, race->body, &broken, &result) == PLATFORM_SIMULATION_OK)
    {
        return false;
    }
    *runs += result.runs;
    options.seed = result.seed;
    assert_int_equal(platform_simulation_run_options(&options, race->body, &broken, &again), result.outcome);
    assert_true(again.hash == result.hash && again.steps == result.steps);
    return true;
}

static void found_test(void **state)
{
    size_t index;

    (void)state;
    for (index = 0; index < race_count; index++)
    {
        const struct race *race = &races[index];
        struct measure measure = race_measure(race);
        uint64_t runs = 0;
        uint32_t found = 0;
        uint32_t start;

        for (start = 0; start < STARTS; start++)
        {
            found += race_find(race, &measure, FIRST_SEED + start * measure.bound, &runs);
        }
        print_message("%-34s depth %u, %3llu steps: found from %u of %u starts, on average by run %llu of %llu\n",
                      race->name, race->depth, (unsigned long long)measure.steps, found, STARTS,
                      (unsigned long long)(found != 0 ? runs / found : 0), (unsigned long long)measure.bound);
        if (found < STARTS_FOUND)
        {
            fail_msg("%s was found from %u of %u starts only", race->name, found, STARTS);
        }
    }
}

static void random_found_test(void **state)
{
    size_t index;

    (void)state;
    for (index = 0; index < race_count; index++)
    {
        struct platform_simulation_options options = {
            .seed = FIRST_SEED, .strategy = PLATFORM_SIMULATION_RANDOM, .step_limit = 100000, .return_findings = true};
        bool broken = true;

        if (platform_simulation_search(&options, 50000, races[index].body, &broken, NULL) == PLATFORM_SIMULATION_OK)
        {
            fail_msg("%s was not found by the random strategy", races[index].name);
        }
    }
}

static void explored_test(void **state)
{
    size_t index;

    (void)state;
    for (index = 0; index < race_count; index++)
    {
        struct platform_simulation_options options = {
            /* Two for the race, and one more where a timer must first be waited for. */
            .preemptions = 3,
            .run_limit = 200000,
            .step_limit = 100000,
            .return_findings = true};
        struct platform_simulation_result result;
        bool broken = true;

        if (platform_simulation_explore(&options, races[index].body, &broken, &result) == PLATFORM_SIMULATION_OK)
        {
            fail_msg("%s was not found in %llu schedules", races[index].name, (unsigned long long)result.runs);
        }
    }
}

static void twin_fail(const struct race *race, const struct platform_simulation_result *result)
{
    fail_msg("the correct twin of %s is reported: %s", race->name, result->message);
}

static void twins_test(void **state)
{
    size_t index;

    (void)state;
    for (index = 0; index < race_count; index++)
    {
        const struct race *race = &races[index];
        struct measure measure = race_measure(race);
        struct platform_simulation_options options = race_options(race, &measure);
        struct platform_simulation_result result;
        bool broken = false;

        if (platform_simulation_search(&options, measure.bound < 3000 ? measure.bound : 3000, race->body, &broken,
                                       &result) != PLATFORM_SIMULATION_OK)
        {
            twin_fail(race, &result);
        }
        options.strategy = PLATFORM_SIMULATION_RANDOM;
        if (platform_simulation_search(&options, 1000, race->body, &broken, &result) != PLATFORM_SIMULATION_OK)
        {
            twin_fail(race, &result);
        }
        options.preemptions = 1;
        if (platform_simulation_explore(&options, race->body, &broken, &result) != PLATFORM_SIMULATION_OK)
        {
            twin_fail(race, &result);
        }
        assert_true(result.complete);
        print_message("%-34s twin: %llu schedules with one preemption\n", race->name, (unsigned long long)result.runs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(found_test),
        cmocka_unit_test(random_found_test),
        cmocka_unit_test(explored_test),
        cmocka_unit_test(twins_test),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
