/* SPDX-License-Identifier: MIT */
/*
 * The planted races. Memory that is "freed" is only marked, so that a use after free is a failed requirement and not a matter
 * of luck; hangs are found as deadlocks. All state is on the stack of the body, because runs are dropped where they fail.
 */
#include <string.h>

#include "races.h"

#define load platform_atomic_load
#define store platform_atomic_store
#define add platform_atomic_fetch_add
#define subtract platform_atomic_fetch_sub

/* One argument for all races: who needs less leaves the rest alone. */
struct state
{
    bool broken;
    struct platform_mutex mutex;
    struct platform_mutex other;
    struct platform_condition changed;
    struct platform_event event;
    struct platform_event done;
    struct platform_timer timer;
    struct platform_once once;
    uint32_t flag;
    uint32_t count;
    uint32_t references;
    uint32_t completed;
    uint32_t freed;
    uint32_t value[2];
    uint32_t *pointer;
    uint64_t top;
    uint32_t next[3];
};

#define RACE_STATE(argument)          \
    struct state state;               \
    memset(&state, 0, sizeof(state)); \
    state.broken = *(const bool *)(argument)

/* ------------------------------------------------- 1: lost update ----------------------------------------------------- */

static void update_add(void *argument)
{
    struct state *state = argument;

    if (state->broken)
    {
        uint32_t seen = load(&state->count);

        store(&state->count, seen + 1);
    }
    else
    {
        add(&state->count, 1);
    }
}

static void update_body(void *argument)
{
    RACE_STATE(argument);
    run_two(update_add, update_add, &state);
    platform_require(state.count == 2);
}

/* ------------------------------------------------- 2: lost wake-up ---------------------------------------------------- */

static void wakeup_wait(void *argument)
{
    struct state *state = argument;

    if (state->broken)
    {
        /* Looks before it holds the mutex: the signal may fall in between. */
        if (load(&state->flag) == 0)
        {
            platform_mutex_lock(&state->mutex);
            platform_condition_wait(&state->changed, &state->mutex, PLATFORM_FOREVER);
            platform_mutex_unlock(&state->mutex);
        }
        return;
    }
    platform_mutex_lock(&state->mutex);
    while (load(&state->flag) == 0)
    {
        platform_condition_wait(&state->changed, &state->mutex, PLATFORM_FOREVER);
    }
    platform_mutex_unlock(&state->mutex);
}

static void wakeup_signal(void *argument)
{
    struct state *state = argument;

    platform_mutex_lock(&state->mutex);
    store(&state->flag, 1);
    platform_condition_signal(&state->changed);
    platform_mutex_unlock(&state->mutex);
}

static void wakeup_body(void *argument)
{
    RACE_STATE(argument);
    run_two(wakeup_wait, wakeup_signal, &state);
}

/* ---------------------------------------- 3: signal where broadcast is needed ----------------------------------------- */

static void broadcast_wait(void *argument)
{
    struct state *state = argument;

    platform_mutex_lock(&state->mutex);
    while (load(&state->flag) == 0)
    {
        platform_condition_wait(&state->changed, &state->mutex, PLATFORM_FOREVER);
    }
    platform_mutex_unlock(&state->mutex);
}

static void broadcast_set(struct state *state)
{
    platform_mutex_lock(&state->mutex);
    store(&state->flag, 1);
    if (state->broken)
    {
        platform_condition_signal(&state->changed);
    }
    else
    {
        platform_condition_broadcast(&state->changed);
    }
    platform_mutex_unlock(&state->mutex);
}

static void broadcast_body(void *argument)
{
    struct platform_thread *one;
    struct platform_thread *two;

    RACE_STATE(argument);
    one = start("one", broadcast_wait, &state);
    two = start("two", broadcast_wait, &state);
    broadcast_set(&state);
    platform_thread_join(one);
    platform_thread_join(two);
}

/* ------------------------------------------------- 4: lock inversion -------------------------------------------------- */

static void inversion_first(void *argument)
{
    struct state *state = argument;

    platform_mutex_lock(&state->mutex);
    platform_mutex_lock(&state->other);
    platform_mutex_unlock(&state->other);
    platform_mutex_unlock(&state->mutex);
}

static void inversion_second(void *argument)
{
    struct state *state = argument;
    struct platform_mutex *first = state->broken ? &state->other : &state->mutex;
    struct platform_mutex *second = state->broken ? &state->mutex : &state->other;

    platform_mutex_lock(first);
    platform_mutex_lock(second);
    platform_mutex_unlock(second);
    platform_mutex_unlock(first);
}

static void inversion_body(void *argument)
{
    RACE_STATE(argument);
    run_two(inversion_first, inversion_second, &state);
}

/* -------------------------------------------- 5: use after free across cancel ----------------------------------------- */

static void cancel_fire(struct platform_timer *timer, void *context)
{
    struct state *state = context;

    (void)timer;
    platform_require(load(&state->freed) == 0);
    add(&state->count, 1);
    platform_require(load(&state->freed) == 0);
}

static void cancel_body(void *argument)
{
    RACE_STATE(argument);
    platform_timer_initialize(&state.timer, cancel_fire, &state);
    platform_timer_arm(&state.timer, platform_deadline_in(PLATFORM_MILLISECOND));
    add(&state.value[0], 1);
    if (state.broken)
    {
        platform_timer_cancel(&state.timer);
    }
    else
    {
        platform_timer_cancel_and_wait(&state.timer);
    }
    store(&state.freed, 1);
    platform_timer_service_stop();
}

/* ------------------------------------------------ 6: double completion ------------------------------------------------ */

static void complete_once(void *argument)
{
    struct state *state = argument;

    if (state->broken)
    {
        if (load(&state->flag) != 0)
        {
            return;
        }
        store(&state->flag, 1);
    }
    else if (platform_atomic_exchange(&state->flag, 1) != 0)
    {
        return;
    }
    add(&state->completed, 1);
}

static void complete_body(void *argument)
{
    RACE_STATE(argument);
    run_two(complete_once, complete_once, &state);
    platform_require(state.completed == 1);
}

/* ------------------------------------------------- 7: missed rundown -------------------------------------------------- */

static void rundown_use(void *argument)
{
    struct state *state = argument;

    if (state->broken)
    {
        if (load(&state->flag) != 0)
        {
            return;
        }
        add(&state->count, 1);
    }
    else
    {
        add(&state->count, 1);
        if (platform_atomic_load_sequential(&state->flag) != 0)
        {
            subtract(&state->count, 1);
            return;
        }
    }
    platform_require(load(&state->freed) == 0);
    subtract(&state->count, 1);
}

static void rundown_close(void *argument)
{
    struct state *state = argument;

    platform_atomic_store_sequential(&state->flag, 1);
    while (platform_atomic_load_sequential(&state->count) != 0)
    {
        platform_yield();
    }
    store(&state->freed, 1);
}

static void rundown_body(void *argument)
{
    RACE_STATE(argument);
    run_two(rundown_use, rundown_close, &state);
}

/* ---------------------------------------------- 8: initialised twice -------------------------------------------------- */

static void initialize_now(void *argument)
{
    struct state *state = argument;

    add(&state->count, 1);
    store(&state->flag, 1);
}

static void initialize_use(void *argument)
{
    struct state *state = argument;

    if (!state->broken)
    {
        platform_once_run(&state->once, initialize_now, state);
    }
    else if (load(&state->flag) == 0)
    {
        initialize_now(state);
    }
}

static void initialize_body(void *argument)
{
    RACE_STATE(argument);
    run_two(initialize_use, initialize_use, &state);
    platform_require(state.count == 1);
}

/* --------------------------------------------- 9: last reference freed twice ------------------------------------------ */

static void reference_drop(void *argument)
{
    struct state *state = argument;
    uint32_t left = subtract(&state->references, 1) - 1;

    if (state->broken)
    {
        left = load(&state->references);
    }
    if (left == 0)
    {
        platform_require(add(&state->freed, 1) == 0);
    }
}

static void reference_body(void *argument)
{
    RACE_STATE(argument);
    state.references = 2;
    run_two(reference_drop, reference_drop, &state);
    platform_require(state.freed == 1);
}

/* ------------------------------------------ 10: lookup meets the last reference --------------------------------------- */

static void lookup_find(void *argument)
{
    struct state *state = argument;
    bool found;

    if (!state->broken)
    {
        platform_mutex_lock(&state->mutex);
    }
    found = load(&state->flag) == 0;
    if (found)
    {
        platform_require(load(&state->freed) == 0);
        add(&state->references, 1);
    }
    if (!state->broken)
    {
        platform_mutex_unlock(&state->mutex);
    }
    if (found)
    {
        reference_drop(state);
    }
}

static void lookup_remove(void *argument)
{
    struct state *state = argument;

    platform_mutex_lock(&state->mutex);
    store(&state->flag, 1);
    platform_mutex_unlock(&state->mutex);
    if (subtract(&state->references, 1) == 1)
    {
        platform_require(add(&state->freed, 1) == 0);
    }
}

static void lookup_body(void *argument)
{
    RACE_STATE(argument);
    state.references = 1;
    run_two(lookup_find, lookup_remove, &state);
}

/* ---------------------------------------- 11: a stack of indices without a tag (ABA) ---------------------------------- */

#define TOP_INDEX(top) ((uint32_t)(top)&0xffu)

/* Indices start at one; zero is the empty stack. The correct form counts every change in the upper half. */
static uint64_t stack_top(const struct state *state, uint64_t old, uint32_t index)
{
    return state->broken ? index : ((old >> 32) + 1) << 32 | index;
}

static uint32_t stack_pop(struct state *state)
{
    uint64_t top = load(&state->top);

    while (TOP_INDEX(top) != 0)
    {
        uint32_t below = load(&state->next[TOP_INDEX(top) - 1]);

        if (platform_atomic_compare_exchange(&state->top, &top, stack_top(state, top, below)))
        {
            return TOP_INDEX(top);
        }
    }
    return 0;
}

static void stack_push(struct state *state, uint32_t index)
{
    uint64_t top = load(&state->top);

    do
    {
        store(&state->next[index - 1], TOP_INDEX(top));
    } while (!platform_atomic_compare_exchange(&state->top, &top, stack_top(state, top, index)));
}

static void stack_owned(struct state *state, uint32_t index)
{
    if (index != 0)
    {
        platform_require(add(&state->value[index - 1], 1) == 0);
    }
}

static void stack_one(void *argument)
{
    struct state *state = argument;

    stack_owned(state, stack_pop(state));
}

static void stack_shuffle(void *argument)
{
    struct state *state = argument;
    uint32_t first = stack_pop(state);
    uint32_t second = stack_pop(state);

    stack_owned(state, second);
    if (first != 0)
    {
        stack_push(state, first);
    }
}

static void stack_body(void *argument)
{
    RACE_STATE(argument);
    state.next[0] = 2;
    state.top = 1;
    run_two(stack_one, stack_shuffle, &state);
    stack_one(&state);
}

/* --------------------------------------------- 12: stolen wake-up (if, not while) ------------------------------------- */

static void stolen_take(void *argument)
{
    struct state *state = argument;

    platform_mutex_lock(&state->mutex);
    while (load(&state->count) == 0)
    {
        platform_condition_wait(&state->changed, &state->mutex, PLATFORM_FOREVER);
        if (state->broken)
        {
            break;
        }
    }
    platform_require(load(&state->count) != 0);
    subtract(&state->count, 1);
    platform_mutex_unlock(&state->mutex);
}

static void stolen_put(struct state *state)
{
    platform_mutex_lock(&state->mutex);
    add(&state->count, 1);
    platform_condition_signal(&state->changed);
    platform_mutex_unlock(&state->mutex);
}

static void stolen_body(void *argument)
{
    struct platform_thread *one;
    struct platform_thread *two;

    RACE_STATE(argument);
    one = start("one", stolen_take, &state);
    two = start("two", stolen_take, &state);
    stolen_put(&state);
    stolen_put(&state);
    platform_thread_join(one);
    platform_thread_join(two);
}

/* ----------------------------------------- 13: periodic timer survives its stop --------------------------------------- */

static void periodic_fire(struct platform_timer *timer, void *context)
{
    struct state *state = context;

    platform_require(load(&state->freed) == 0);
    if (load(&state->flag) == 0)
    {
        platform_timer_arm(timer, platform_deadline_in(PLATFORM_MILLISECOND));
    }
}

static void periodic_body(void *argument)
{
    RACE_STATE(argument);
    platform_timer_initialize(&state.timer, periodic_fire, &state);
    platform_timer_arm(&state.timer, platform_deadline_in(PLATFORM_MILLISECOND));
    add(&state.value[0], 1);
    store(&state.flag, 1);
    if (state.broken)
    {
        /* Waits for the function, but not for the timer that the function arms while it is waited for. */
        platform_timer_cancel(&state.timer);
        platform_sleep_until(platform_deadline_in(100));
    }
    else
    {
        platform_timer_cancel_and_wait(&state.timer);
    }
    store(&state.freed, 1);
    /* Whatever is still armed fires now. */
    platform_sleep_until(platform_deadline_in(PLATFORM_SECOND));
    platform_timer_cancel_and_wait(&state.timer);
    platform_timer_service_stop();
}

/* ------------------------------------------------ 14: reset after work ------------------------------------------------ */

static void reset_consume(void *argument)
{
    struct state *state = argument;
    uint32_t taken = 0;

    while (taken < 2)
    {
        platform_event_wait(&state->event, PLATFORM_FOREVER);
        if (!state->broken)
        {
            platform_event_reset(&state->event);
        }
        taken += platform_atomic_exchange(&state->count, 0);
        if (state->broken)
        {
            /* What was set since the exchange is forgotten. */
            platform_event_reset(&state->event);
        }
    }
}

static void reset_produce(void *argument)
{
    struct state *state = argument;
    int round;

    for (round = 0; round < 2; round++)
    {
        add(&state->count, 1);
        platform_event_set(&state->event);
    }
}

static void reset_body(void *argument)
{
    RACE_STATE(argument);
    state.event.manual = true;
    run_two(reset_consume, reset_produce, &state);
}

/* -------------------------------------------------- 15: torn read ----------------------------------------------------- */

static void torn_write(void *argument)
{
    struct state *state = argument;

    add(&state->count, 1);
    store(&state->value[0], 1);
    store(&state->value[1], 1);
    add(&state->count, 1);
}

static void torn_read(void *argument)
{
    struct state *state = argument;
    uint32_t before;
    uint32_t after;
    uint32_t first;
    uint32_t second;

    do
    {
        while (((before = load(&state->count)) & 1) != 0)
        {
            platform_yield();
        }
        first = load(&state->value[0]);
        second = load(&state->value[1]);
        after = state->broken ? before : load(&state->count);
    } while (after != before);
    platform_require(first == second);
}

static void torn_body(void *argument)
{
    RACE_STATE(argument);
    run_two(torn_write, torn_read, &state);
}

/* ------------------------------------------- 16: close meets a call in flight ----------------------------------------- */

static void close_call(void *argument)
{
    struct state *state = argument;

    platform_mutex_lock(&state->mutex);
    if (state->flag == 0)
    {
        if (state->broken)
        {
            platform_mutex_unlock(&state->mutex);
        }
        platform_require(load(&state->freed) == 0);
        if (state->broken)
        {
            return;
        }
    }
    platform_mutex_unlock(&state->mutex);
}

static void close_close(void *argument)
{
    struct state *state = argument;

    platform_mutex_lock(&state->mutex);
    state->flag = 1;
    platform_mutex_unlock(&state->mutex);
    store(&state->freed, 1);
}

static void close_body(void *argument)
{
    RACE_STATE(argument);
    run_two(close_call, close_close, &state);
}

/* ------------------------------------- 17: flush sees an empty queue, not the running item ---------------------------- */

static void flush_work(void *argument)
{
    struct state *state = argument;

    platform_mutex_lock(&state->mutex);
    state->count--;
    state->references++;
    platform_mutex_unlock(&state->mutex);
    platform_require(load(&state->freed) == 0);
    platform_mutex_lock(&state->mutex);
    state->references--;
    platform_condition_broadcast(&state->changed);
    platform_mutex_unlock(&state->mutex);
}

static void flush_flush(void *argument)
{
    struct state *state = argument;

    platform_mutex_lock(&state->mutex);
    while (state->count != 0 || (!state->broken && state->references != 0))
    {
        platform_condition_wait(&state->changed, &state->mutex, PLATFORM_FOREVER);
    }
    platform_mutex_unlock(&state->mutex);
    store(&state->freed, 1);
}

static void flush_body(void *argument)
{
    RACE_STATE(argument);
    state.count = 1;
    run_two(flush_work, flush_flush, &state);
}

/* ------------------------------------------- 18: cancel meets mark cancelable ----------------------------------------- */

static void mark_driver(void *argument)
{
    struct state *state = argument;

    if (state->broken)
    {
        if (load(&state->flag) != 0)
        {
            platform_event_set(&state->done);
            return;
        }
        store(&state->value[0], 1);
        return;
    }
    store(&state->value[0], 1);
    if (platform_atomic_load_sequential(&state->flag) != 0 && platform_atomic_exchange(&state->value[0], 0) != 0)
    {
        platform_event_set(&state->done);
    }
}

static void mark_cancel(void *argument)
{
    struct state *state = argument;

    platform_atomic_store_sequential(&state->flag, 1);
    if (platform_atomic_exchange(&state->value[0], 0) != 0)
    {
        platform_event_set(&state->done);
    }
}

static void mark_body(void *argument)
{
    RACE_STATE(argument);
    run_two(mark_driver, mark_cancel, &state);
    platform_require(platform_event_wait(&state.done, PLATFORM_FOREVER) == PLATFORM_OK);
}

/* ------------------------------------------ 19: mutual exclusion by two flags ----------------------------------------- */

static void flags_enter(struct state *state, uint32_t mine)
{
    if (state->broken)
    {
        /* Looks at the other's flag before it raises its own. */
        if (load(&state->value[1 - mine]) != 0)
        {
            return;
        }
        store(&state->value[mine], 1);
    }
    else
    {
        platform_atomic_store_sequential(&state->value[mine], 1);
        if (platform_atomic_load_sequential(&state->value[1 - mine]) != 0)
        {
            return;
        }
    }
    platform_require(add(&state->count, 1) == 0);
    subtract(&state->count, 1);
    if (!state->broken)
    {
        store(&state->value[mine], 0);
    }
}

static void flags_first(void *argument)
{
    flags_enter(argument, 0);
}

static void flags_second(void *argument)
{
    flags_enter(argument, 1);
}

static void flags_body(void *argument)
{
    RACE_STATE(argument);
    run_two(flags_first, flags_second, &state);
}

/* ------------------------------------- 20: touched after it was reported as done -------------------------------------- */

static void report_work(void *argument)
{
    struct state *state = argument;

    platform_mutex_lock(&state->mutex);
    store(&state->flag, 1);
    if (state->broken)
    {
        platform_mutex_unlock(&state->mutex);
        /* The waiter may have seen the flag and freed everything. */
        platform_require(load(&state->freed) == 0);
        platform_condition_signal(&state->changed);
        return;
    }
    platform_condition_signal(&state->changed);
    platform_require(load(&state->freed) == 0);
    platform_mutex_unlock(&state->mutex);
}

static void report_wait(void *argument)
{
    struct state *state = argument;

    broadcast_wait(state);
    store(&state->freed, 1);
}

static void report_body(void *argument)
{
    RACE_STATE(argument);
    run_two(report_work, report_wait, &state);
}

/* ------------------------------------ 21: the new thread looks before its data is there ------------------------------- */

static void early_use(void *argument)
{
    struct state *state = argument;

    platform_require(load(&state->pointer) != NULL);
}

static void early_body(void *argument)
{
    struct platform_thread *thread;

    RACE_STATE(argument);
    if (!state.broken)
    {
        store(&state.pointer, &state.count);
    }
    thread = start("early", early_use, &state);
    store(&state.pointer, &state.count);
    platform_thread_join(thread);
}

/* ----------------------------------------- 22: published before it is filled in --------------------------------------- */

static void publish_make(void *argument)
{
    struct state *state = argument;

    if (state->broken)
    {
        store(&state->pointer, &state->value[0]);
        store(&state->value[0], 42);
    }
    else
    {
        store(&state->value[0], 42);
        store(&state->pointer, &state->value[0]);
    }
}

static void publish_use(void *argument)
{
    struct state *state = argument;
    uint32_t *pointer = load(&state->pointer);

    platform_require(pointer == NULL || load(pointer) == 42);
}

static void publish_body(void *argument)
{
    RACE_STATE(argument);
    run_two(publish_make, publish_use, &state);
}

/* ---------------------------------------------------------------------------------------------------------------------- */

const struct race races[] = {
    {"lost update", 2, update_body},
    {"lost wake-up", 2, wakeup_body},
    {"signal instead of broadcast", 1, broadcast_body},
    {"lock inversion", 2, inversion_body},
    {"use after free across cancel", 2, cancel_body},
    {"double completion", 2, complete_body},
    {"missed rundown", 2, rundown_body},
    {"initialised twice", 2, initialize_body},
    {"last reference freed twice", 2, reference_body},
    {"lookup meets the last reference", 2, lookup_body},
    {"stack without tags", 3, stack_body},
    {"stolen wake-up", 2, stolen_body},
    {"periodic timer survives its stop", 2, periodic_body},
    {"reset after work", 2, reset_body},
    {"torn read", 2, torn_body},
    {"close meets a call in flight", 2, close_body},
    {"flush misses the running item", 2, flush_body},
    {"cancel meets mark cancelable", 2, mark_body},
    {"exclusion by two flags", 3, flags_body},
    {"touched after reported as done", 2, report_body},
    {"thread starts before its data", 1, early_body},
    {"published before filled in", 2, publish_body},
};

const size_t race_count = sizeof(races) / sizeof(races[0]);
