/* SPDX-License-Identifier: MIT */
/* Who goes next: uniform random, priorities with a bound on depth, and exhaustive with a bound on preemptions. */
#include <stdlib.h>
#include <string.h>

#include "platform/simulation/internal.h"

enum
{
    DEFAULT_DEPTH = 3,
    /* The random strategy lets waits time out early at one point in so many. */
    EARLY_RATE = 16,
};

static uint64_t strategy_below(struct strategy *strategy, uint64_t bound)
{
    /* The high half of a product: the bias is one in 2^64 per bound, which no search can notice. */
    return (uint64_t)(((unsigned __int128)random_mix(&strategy->random) * bound) >> 64);
}

static int compare_steps(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;

    return (a > b) - (a < b);
}

void strategy_begin(struct strategy *strategy, const struct platform_simulation_options *options, struct strategy_path *path)
{
    uint64_t steps = options->expected_steps;
    uint32_t depth = options->depth != 0 ? options->depth : DEFAULT_DEPTH;
    uint32_t index;

    memset(strategy, 0, sizeof(*strategy));
    strategy->options = options;
    strategy->path = path;
    /* A constant keeps these numbers apart from those that the program draws. */
    strategy->random = options->seed ^ UINT64_C(0x5851f42d4c957f2d);
    random_mix(&strategy->random);
    if (options->strategy != PLATFORM_SIMULATION_PRIORITY)
    {
        return;
    }
    if (steps == 0)
    {
        steps = UINT64_C(32) << strategy_below(strategy, 8);
    }
    strategy->change_count = depth - 1 < STRATEGY_CHANGES ? depth - 1 : STRATEGY_CHANGES;
    for (index = 0; index < strategy->change_count; index++)
    {
        strategy->changes[index] = 1 + strategy_below(strategy, steps);
    }
    qsort(strategy->changes, strategy->change_count, sizeof(strategy->changes[0]), compare_steps);
}

void strategy_created(struct strategy *strategy, struct fiber *fiber)
{
    /* Above every value that a change point or the floor gives. Equal ones are decided by age. */
    if (strategy->options->strategy == PLATFORM_SIMULATION_PRIORITY)
    {
        fiber->priority = (int64_t)(random_mix(&strategy->random) >> 2) + STRATEGY_CHANGES;
    }
}

static struct fiber *choose_random(struct strategy *strategy, const struct candidates *candidates)
{
    uint64_t count = candidates->ready_count;
    uint64_t index;

    if (candidates->early_count != 0 && strategy_below(strategy, EARLY_RATE) == 0)
    {
        count += candidates->early_count;
    }
    index = count > 1 ? strategy_below(strategy, count) : 0;
    return index < candidates->ready_count ? candidates->ready[index] : candidates->early[index - candidates->ready_count];
}

static struct fiber *highest(struct fiber *best, struct fiber *const *fibers, size_t count)
{
    size_t index;

    for (index = 0; index < count; index++)
    {
        if (best == NULL || fibers[index]->priority > best->priority)
        {
            best = fibers[index];
        }
    }
    return best;
}

static struct fiber *choose_priority(struct strategy *strategy, struct fiber *current, enum platform_point kind,
                                     uint64_t step, const struct candidates *candidates)
{
    uint32_t index;

    for (index = 0; index < strategy->change_count; index++)
    {
        if (strategy->changes[index] == step && current != NULL)
        {
            current->priority = (int64_t)strategy->change_count - index;
        }
    }
    /* A thread that waits for others by spinning or polling must not keep them from running: it goes below all of them. So
       does one whose last wait was made to time out early, once it waits for time again. */
    if (current != NULL && (kind == PLATFORM_POINT_YIELD ||
                            (current->early && current->state == FIBER_WAITING && current->deadline != PLATFORM_FOREVER)))
    {
        current->priority = --strategy->floor;
        current->early = false;
    }
    return highest(highest(NULL, candidates->ready, candidates->ready_count), candidates->early, candidates->early_count);
}

/* Notes a choice among count, or repeats the one that the path prescribes. */
static uint32_t path_choice(struct strategy *strategy, uint32_t count)
{
    struct strategy_path *path = strategy->path;

    if (count == 1)
    {
        return 0;
    }
    if (strategy->position == path->length)
    {
        if (path->length == path->capacity)
        {
            path->capacity = path->capacity != 0 ? path->capacity * 2 : 1024;
            path->choices = realloc(path->choices, path->capacity * sizeof(path->choices[0]));
            platform_require(path->choices != NULL);
        }
        path->choices[path->length++] = (struct strategy_choice){0, count};
    }
    /* A program whose behaviour does not repeat cannot be explored. */
    platform_require(path->choices[strategy->position].count == count);
    return path->choices[strategy->position++].chosen;
}

static struct fiber *choose_exhaustive(struct strategy *strategy, struct fiber *current, enum platform_point kind,
                                       const struct candidates *candidates)
{
    bool continues = current != NULL && current->state == FIBER_READY;
    size_t count = candidates->ready_count;
    size_t others = 0;
    size_t index;
    uint32_t chosen;

    if (kind == PLATFORM_POINT_YIELD && continues)
    {
        /* The next one in the circle. A choice here would multiply every round of every spin. */
        for (index = 0; index < count && candidates->ready[index] != current; index++)
        {
        }
        return candidates->ready[(index + 1) % count];
    }
    if (strategy->preemptions < strategy->options->preemptions)
    {
        others = candidates->early_count + (continues ? count - 1 : 0);
    }
    chosen = path_choice(strategy, (uint32_t)((continues ? 1 : count) + others));
    if (chosen >= (continues ? 1 : count))
    {
        strategy->preemptions++;
    }
    if (!continues)
    {
        return chosen < count ? candidates->ready[chosen] : candidates->early[chosen - count];
    }
    if (chosen == 0)
    {
        return current;
    }
    for (index = 0; index < count; index++)
    {
        if (candidates->ready[index] != current && --chosen == 0)
        {
            return candidates->ready[index];
        }
    }
    return candidates->early[chosen - 1];
}

struct fiber *strategy_choose(struct strategy *strategy, struct fiber *current, enum platform_point kind, uint64_t step,
                              const struct candidates *candidates)
{
    switch (strategy->options->strategy)
    {
        case PLATFORM_SIMULATION_PRIORITY:
            return choose_priority(strategy, current, kind, step, candidates);
        case PLATFORM_SIMULATION_EXHAUSTIVE:
            return choose_exhaustive(strategy, current, kind, candidates);
        default:
            return choose_random(strategy, candidates);
    }
}

bool strategy_path_next(struct strategy_path *path)
{
    while (path->length > 0)
    {
        struct strategy_choice *last = &path->choices[path->length - 1];

        if (last->chosen + 1 < last->count)
        {
            last->chosen++;
            return true;
        }
        path->length--;
    }
    return false;
}
