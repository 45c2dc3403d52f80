/* SPDX-License-Identifier: MIT */
/* The simulation's own parts: coroutines (fiber.c), who goes next (strategy.c), and the machine itself (scheduler.c). */
#pragma once

#include "platform/internal.h"
#include "platform/simulation.h"

enum fiber_state
{
    FIBER_READY,
    FIBER_WAITING,
    FIBER_ENDED,
};

struct fiber
{
    struct platform_thread *thread;
    uint32_t id;
    enum fiber_state state;
    bool service;
    /* Has run at least once, so that it stands somewhere. */
    bool begun;

    /* The wait: which word, until when, in which order it began, and how it ended. */
    uint32_t *word;
    int64_t deadline;
    uint64_t order;
    enum platform_result result;

    /* Priority strategy. Early: the last wait was made to time out ahead of threads that could have run. */
    int64_t priority;
    bool early;

    /* The coroutine. */
    void *stack;
    size_t stack_size;
    void *stack_pointer;
    void *fake_stack;
    struct fiber *next_free;
};

/* fiber.c: coroutines. The entry runs once, on the stack of the fiber, at the first switch to it, and never returns. */
struct fiber *fiber_new(size_t stack_size, void (*entry)(void));
/* Gives back the fiber, wherever its coroutine stands. Memory is kept for the next one. */
void fiber_free(struct fiber *fiber);
/* Leaves one context and enters another. NULL is the context of the caller of platform_simulation_run_options. */
void fiber_switch(struct fiber *from, struct fiber *to);
/* What a coroutine does first, and what all do after a switch: tells the sanitizer where it is. */
void fiber_entered(struct fiber *self);

/* strategy.c */
enum
{
    STRATEGY_CHANGES = 16,
};

struct strategy
{
    const struct platform_simulation_options *options;
    uint64_t random;
    /* Priority strategy: steps at which the running thread drops, and the lowest priority given away so far. */
    uint64_t changes[STRATEGY_CHANGES];
    uint32_t change_count;
    int64_t floor;
    /* Exhaustive strategy: the path of choices, kept from run to run. */
    struct strategy_path *path;
    uint64_t position;
    uint32_t preemptions;
};

struct strategy_path
{
    struct strategy_choice
    {
        uint32_t chosen;
        uint32_t count;
    } * choices;
    uint64_t length;
    uint64_t capacity;
};

/* What the strategy chooses from: fibers that can run, then waiting ones that may time out early. */
struct candidates
{
    struct fiber **ready;
    size_t ready_count;
    struct fiber **early;
    size_t early_count;
};

void strategy_begin(struct strategy *strategy, const struct platform_simulation_options *options,
                    struct strategy_path *path);
void strategy_created(struct strategy *strategy, struct fiber *fiber);
/* Current is NULL when it ended; it may be ready or not. At least one candidate exists that is ready. */
struct fiber *strategy_choose(struct strategy *strategy, struct fiber *current, enum platform_point kind, uint64_t step,
                              const struct candidates *candidates);
/* Moves to the next path; false when there is none. */
bool strategy_path_next(struct strategy_path *path);
