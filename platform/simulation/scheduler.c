/* SPDX-License-Identifier: MIT */
/* The simulated machine: its threads, its clock, its scheduling points, and the report of what went wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/simulation/internal.h"

/* The wall clock of every run starts at the first of January 2024. */
#define WALL_START INT64_C(133485408000000000)

enum
{
    /* Virtual nanoseconds that one scheduling point takes, and that one look at the clock takes. Without the second, a loop
       that only looks at the clock would never end. */
    POINT_TIME = 100,
    LOOK_TIME = 10,
};

#define DEFAULT_STEP_LIMIT UINT64_C(10000000)
#define DEFAULT_EARLY (100 * PLATFORM_MILLISECOND)

/* The values that enter the hash beside those of enum platform_point. */
enum
{
    EVENT_TIME = 64,
    EVENT_PROGRAM = 65,
};

static struct simulation
{
    bool active;
    struct platform_simulation_options options;
    struct platform_simulation_result *result;
    struct strategy strategy;
    platform_thread_function *function;
    void *argument;

    struct fiber **fibers;
    struct fiber **ready;
    struct fiber **early;
    size_t fiber_count;
    size_t fiber_capacity;
    size_t programs_left;
    struct fiber *current;
    /* All thread records of the run, those of ended threads that somebody still references included. */
    struct platform_thread *records;
    /* Set while a report is written: whoever is switched to prints its stack and switches back to this one. */
    struct fiber *reporter;
    /* Left by a coroutine that ended: whoever runs next gives it back. */
    struct fiber *ended;

    uint32_t last_identifier;
    uint64_t last_order;
    uint64_t steps;
    uint64_t hash;
    uint64_t program_random;
    uint32_t held;
    int64_t now;
    int64_t started;
} simulation;

static struct platform_thread outside;

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Hash and report.                                                                                                       */
/* ---------------------------------------------------------------------------------------------------------------------- */

static void hash_fold(uint64_t value)
{
    uint64_t hash = (simulation.hash ^ value) * UINT64_C(0x9fb21c651e98df25);

    simulation.hash = hash ^ (hash >> 29);
}

bool platform_simulation_active(void)
{
    return simulation.active;
}

void platform_simulation_event(uint64_t value)
{
    hash_fold(EVENT_PROGRAM);
    hash_fold(value);
}

static const char *strategy_name(void)
{
    static const char *const names[] = {"random", "priority", "exhaustive"};

    return names[simulation.options.strategy];
}

__attribute__((format(printf, 1, 2))) static void report(const char *format, ...)
{
    char *message = simulation.result->message;
    size_t used = strlen(message);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message + used, sizeof(simulation.result->message) - used, format, arguments);
    va_end(arguments);
}

static void report_where(void)
{
    report("simulation: seed %llu, strategy %s, step %llu, virtual time %lld ns\n",
           (unsigned long long)simulation.options.seed, strategy_name(), (unsigned long long)simulation.steps,
           (long long)(simulation.now - simulation.started));
}

static const char *thread_name(uint32_t id)
{
    size_t index;

    for (index = 0; index < simulation.fiber_count; index++)
    {
        if (simulation.fibers[index]->id == id && simulation.fibers[index]->thread != NULL)
        {
            return simulation.fibers[index]->thread->name;
        }
    }
    return "ended";
}

static void report_threads(void)
{
    size_t index;

    for (index = 0; index < simulation.fiber_count; index++)
    {
        const struct fiber *fiber = simulation.fibers[index];
        const struct platform_thread *thread = fiber->thread;

        report("  thread %u (%s)%s ", fiber->id, thread->name, fiber->service ? ", service," : "");
        if (fiber->state == FIBER_READY)
        {
            report("can run\n");
            continue;
        }
        report("waits for %s", thread->wait_what != NULL ? thread->wait_what : "a word");
        report(" %p", thread->wait_what != NULL ? thread->wait_object : (const void *)fiber->word);
        if (thread->wait_what != NULL && thread->wait_owner != 0)
        {
            report(" owned by thread %u (%s)", thread->wait_owner, thread_name(thread->wait_owner));
        }
        if (fiber->deadline != PLATFORM_FOREVER)
        {
            report(" until %lld ns", (long long)(fiber->deadline - simulation.started));
        }
        report("\n");
    }
}

/* Lets every thread print where it stands. Only for a process that ends, because an unwinder may take locks or allocate. */
static void report_stacks(void)
{
    size_t index;

    simulation.reporter = simulation.current;
    for (index = 0; index < simulation.fiber_count; index++)
    {
        struct fiber *fiber = simulation.fibers[index];

        dprintf(STDERR_FILENO, "stack of thread %u (%s):\n", fiber->id, thread_name(fiber->id));
        if (fiber == simulation.reporter)
        {
            platform_print_stack(STDERR_FILENO);
        }
        else if (fiber->begun)
        {
            fiber_switch(simulation.reporter, fiber);
        }
    }
}

/* Ends the run from inside a coroutine, which never continues. */
static _Noreturn void simulation_finish(enum platform_simulation_outcome outcome)
{
    struct fiber *self = simulation.current;

    simulation.result->outcome = outcome;
    if (outcome != PLATFORM_SIMULATION_OK && !simulation.options.return_findings)
    {
        dprintf(STDERR_FILENO, "%s", simulation.result->message);
        report_stacks();
        abort();
    }
    if (self->state == FIBER_ENDED)
    {
        simulation.ended = self;
    }
    self->state = FIBER_ENDED;
    simulation.active = false;
    fiber_switch(self, NULL);
    abort();
}

static _Noreturn void simulation_stuck(enum platform_simulation_outcome outcome, const char *what)
{
    report("simulation: %s\n", what);
    report_where();
    report_threads();
    simulation_finish(outcome);
}

void fatal_begin(const char *text)
{
    if (simulation.active && simulation.options.return_findings)
    {
        report("fatal: %s\n", text);
        report_where();
        simulation_finish(PLATFORM_SIMULATION_FATAL);
    }
}

void fatal_context(int descriptor)
{
    if (simulation.active)
    {
        simulation.result->message[0] = '\0';
        report_where();
        report("  in thread %u (%s)\n", simulation.current->id, thread_name(simulation.current->id));
        dprintf(descriptor, "%s", simulation.result->message);
    }
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Scheduling.                                                                                                            */
/* ---------------------------------------------------------------------------------------------------------------------- */

static void simulation_reap(void)
{
    if (simulation.ended != NULL)
    {
        fiber_free(simulation.ended);
        simulation.ended = NULL;
    }
}

static void fiber_resume(struct fiber *fiber, enum platform_result result)
{
    fiber->state = FIBER_READY;
    fiber->result = result;
    fiber->word = NULL;
    fiber->deadline = PLATFORM_FOREVER;
}

/* Moves the clock, never back. */
static void clock_jump(int64_t deadline)
{
    if (deadline > simulation.now)
    {
        simulation.now = deadline;
        hash_fold(EVENT_TIME);
        hash_fold((uint64_t)(simulation.now - simulation.started));
    }
}

/* Sorts the threads into those that can run, those that may time out early, and the rest. Returns the next deadline. */
static int64_t candidates_collect(struct candidates *candidates)
{
    int64_t early = simulation.options.early;
    int64_t next = PLATFORM_FOREVER;
    size_t index;

    *candidates = (struct candidates){simulation.ready, 0, simulation.early, 0};
    for (index = 0; index < simulation.fiber_count; index++)
    {
        struct fiber *fiber = simulation.fibers[index];

        if (fiber->state == FIBER_WAITING && fiber->deadline != PLATFORM_FOREVER)
        {
            if (fiber->deadline <= simulation.now)
            {
                fiber_resume(fiber, PLATFORM_TIMEOUT);
            }
            else
            {
                next = fiber->deadline < next ? fiber->deadline : next;
            }
        }
        if (fiber->state == FIBER_READY)
        {
            candidates->ready[candidates->ready_count++] = fiber;
        }
    }
    /* Only those with the next deadline of all: time passes for everybody. */
    if (next != PLATFORM_FOREVER && early > 0 && next - simulation.now <= early)
    {
        for (index = 0; index < simulation.fiber_count; index++)
        {
            struct fiber *fiber = simulation.fibers[index];

            if (fiber->state == FIBER_WAITING && fiber->deadline == next)
            {
                candidates->early[candidates->early_count++] = fiber;
            }
        }
    }
    return next;
}

/* Lets the strategy pick, and continues there. Returns when the caller is picked again. */
static void simulation_schedule(enum platform_point kind)
{
    struct fiber *self = simulation.current;
    struct candidates candidates;
    struct fiber *chosen;
    int64_t next = candidates_collect(&candidates);

    if (simulation.programs_left == 0)
    {
        simulation_finish(PLATFORM_SIMULATION_OK);
    }
    if (candidates.ready_count == 0)
    {
        if (next == PLATFORM_FOREVER)
        {
            simulation_stuck(PLATFORM_SIMULATION_DEADLOCK, "deadlock: no thread can run");
        }
        clock_jump(next);
        candidates_collect(&candidates);
    }
    chosen =
        strategy_choose(&simulation.strategy, self->state == FIBER_ENDED ? NULL : self, kind, simulation.steps, &candidates);
    if (chosen->state == FIBER_WAITING)
    {
        chosen->early = true;
        clock_jump(chosen->deadline);
        fiber_resume(chosen, PLATFORM_TIMEOUT);
    }
    if (chosen != self)
    {
        if (self->state == FIBER_ENDED)
        {
            simulation.ended = self;
        }
        simulation.current = chosen;
        platform_current_thread = chosen->thread;
        fiber_switch(self, chosen);
        while (simulation.reporter != NULL)
        {
            platform_print_stack(STDERR_FILENO);
            fiber_switch(self, simulation.reporter);
        }
        simulation_reap();
    }
}

/* Counts a scheduling point of the running thread. */
static void simulation_step(enum platform_point kind)
{
    simulation.steps++;
    simulation.now += POINT_TIME;
    hash_fold((uint64_t)simulation.current->id << 8 | kind);
    if (simulation.options.trace)
    {
        dprintf(STDERR_FILENO, "simulation: step %llu thread %u (%s) point %d\n", (unsigned long long)simulation.steps,
                simulation.current->id, simulation.current->thread->name, (int)kind);
    }
    if (simulation.steps > simulation.options.step_limit)
    {
        simulation_stuck(PLATFORM_SIMULATION_STEP_LIMIT, "step limit: threads run but do not end");
    }
}

void platform_point(enum platform_point kind)
{
    if (!simulation.active || simulation.held != 0)
    {
        return;
    }
    simulation_step(kind);
    simulation_schedule(kind);
}

void platform_simulation_hold(void)
{
    simulation.held++;
}

void platform_simulation_release(void)
{
    platform_require(simulation.held != 0);
    simulation.held--;
}

void platform_yield(void)
{
    platform_point(PLATFORM_POINT_YIELD);
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Waiting.                                                                                                               */
/* ---------------------------------------------------------------------------------------------------------------------- */

/* Blocks the running thread on a word, or on nothing but time. */
static enum platform_result simulation_block(uint32_t *word, int64_t deadline)
{
    struct fiber *self = simulation.current;

    if (!simulation.active || simulation.held != 0)
    {
        platform_fatal("a wait for %s would block where nobody else can run",
                       platform_current()->wait_what != NULL ? platform_current()->wait_what : "a word");
    }
    self->state = FIBER_WAITING;
    self->word = word;
    self->deadline = deadline;
    self->order = ++simulation.last_order;
    simulation_schedule(PLATFORM_POINT_WAIT);
    return self->result;
}

enum platform_result platform_wait_word(uint32_t *word, uint32_t expected, int64_t deadline)
{
    platform_point(PLATFORM_POINT_WAIT);
    if (*word != expected)
    {
        return PLATFORM_OK;
    }
    if (deadline <= simulation.now)
    {
        return PLATFORM_TIMEOUT;
    }
    return simulation_block(word, deadline);
}

static void simulation_wake(const uint32_t *word, uint32_t count)
{
    while (count-- != 0)
    {
        struct fiber *first = NULL;
        size_t index;

        for (index = 0; index < simulation.fiber_count; index++)
        {
            struct fiber *fiber = simulation.fibers[index];

            if (fiber->state == FIBER_WAITING && fiber->word == word && (first == NULL || fiber->order < first->order))
            {
                first = fiber;
            }
        }
        if (first == NULL)
        {
            return;
        }
        fiber_resume(first, PLATFORM_OK);
    }
}

void platform_wake_word(uint32_t *word, uint32_t count)
{
    platform_point(PLATFORM_POINT_WAKE);
    simulation_wake(word, count);
}

uint32_t platform_spin_while(uint32_t *word, uint32_t expected)
{
    (void)expected;
    return platform_atomic_load(word);
}

/* A spin would hide who waits for whom, so a spinning thread sleeps instead. */
void platform_spinlock_lock_slow(struct platform_spinlock *lock)
{
    struct platform_thread *self = platform_current();
    bool note;

    platform_require(!platform_spinlock_is_mine(lock));
    note = wait_note_begin("spin lock", lock, 0);
    do
    {
        uint32_t owner = lock->state;

        if (owner != 0)
        {
            if (note)
            {
                self->wait_owner = owner;
            }
            platform_wait_word(&lock->state, owner, PLATFORM_FOREVER);
        }
    } while (!platform_spinlock_try_lock(lock));
    wait_note_end(note);
}

void platform_spinlock_unlock(struct platform_spinlock *lock)
{
    platform_assert(platform_spinlock_is_mine(lock));
    platform_atomic_store(&lock->state, 0);
    /* The lock may be gone by now; only its address counts. */
    simulation_wake(&lock->state, UINT32_MAX);
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Time and randomness.                                                                                                   */
/* ---------------------------------------------------------------------------------------------------------------------- */

int64_t platform_now(void)
{
    return simulation.now += LOOK_TIME;
}

int64_t platform_now_with_sleep(void)
{
    return platform_now();
}

int64_t platform_local_time_offset_100ns(void)
{
    return 3600 * (PLATFORM_SECOND / 100);
}

int64_t platform_wall_time_100ns(void)
{
    return WALL_START + (platform_now() - simulation.started) / 100;
}

void platform_sleep_until(int64_t deadline)
{
    platform_point(PLATFORM_POINT_WAIT);
    if (deadline > simulation.now)
    {
        bool note = wait_note_begin("time", NULL, 0);

        simulation_block(NULL, deadline);
        wait_note_end(note);
    }
}

uint64_t random_seed(void)
{
    return random_mix(&simulation.program_random);
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Threads.                                                                                                               */
/* ---------------------------------------------------------------------------------------------------------------------- */

uint32_t thread_next_identifier(void)
{
    return ++simulation.last_identifier;
}

/* Outside a run there is one thread, whoever asks. */
struct platform_thread *platform_thread_adopt(void)
{
    platform_require(!simulation.active);
    if (outside.id == 0)
    {
        thread_record_initialize(&outside, "outside", 0);
        outside.id = UINT32_MAX;
    }
    platform_current_thread = &outside;
    return &outside;
}

void thread_record_free(struct platform_thread *thread)
{
    struct fiber *fiber = thread->fiber;

    if (fiber != NULL)
    {
        if (simulation.active)
        {
            platform_fatal("thread %u (%s) runs, but its last reference is gone", thread->id, thread->name);
        }
        fiber->thread = NULL;
    }
    if (thread->next != NULL)
    {
        thread->next->previous = thread->previous;
    }
    if (thread->previous != NULL)
    {
        thread->previous->next = thread->next;
    }
    if (simulation.records == thread)
    {
        simulation.records = thread->next;
    }
    platform_free(thread, sizeof(*thread));
}

static void record_add(struct platform_thread *thread)
{
    thread->next = simulation.records;
    if (thread->next != NULL)
    {
        thread->next->previous = thread;
    }
    simulation.records = thread;
}

static void fiber_forget(struct fiber *fiber)
{
    size_t index = 0;

    while (simulation.fibers[index] != fiber)
    {
        index++;
    }
    /* The others keep their order, because strategies see it. */
    memmove(&simulation.fibers[index], &simulation.fibers[index + 1],
            (simulation.fiber_count - index - 1) * sizeof(simulation.fibers[0]));
    simulation.fiber_count--;
}

static bool is_last_program(void)
{
    return simulation.programs_left == 1;
}

/*
 * The last thread that is no service lets the timer thread finish what it does and end as threads do: so no lock stays held, and
 * what the layers above keep of that thread goes too, before the next run begins.
 */
static void end_services(const struct fiber *self)
{
    while (!self->service && is_last_program() && timer_service_retire(is_last_program))
    {
    }
}

/* The whole life of a coroutine. */
static void fiber_main(void)
{
    struct fiber *self = simulation.current;
    struct platform_thread *thread = self->thread;

    fiber_entered(self);
    self->begun = true;
    simulation_reap();
    thread->function(thread->argument);
    thread_record_exit(thread);
    platform_point(PLATFORM_POINT_EXIT);
    /* Nothing else runs between this and the count below: of two that end at the same time one is the last. */
    end_services(self);
    thread->finished = 1;
    simulation_wake(&thread->finished, UINT32_MAX);
    simulation.programs_left -= self->service ? 0 : 1;
    thread->fiber = NULL;
    platform_current_thread = NULL;
    platform_thread_release(thread);
    self->state = FIBER_ENDED;
    self->thread = NULL;
    fiber_forget(self);
    simulation_schedule(PLATFORM_POINT_EXIT);
    abort();
}

static bool fibers_reserve(void)
{
    size_t capacity = simulation.fiber_capacity;
    struct fiber ***arrays[] = {&simulation.fibers, &simulation.ready, &simulation.early};
    size_t index;

    if (simulation.fiber_count < capacity)
    {
        return true;
    }
    capacity = capacity != 0 ? capacity * 2 : 16;
    for (index = 0; index < sizeof(arrays) / sizeof(arrays[0]); index++)
    {
        struct fiber **grown = realloc(*arrays[index], capacity * sizeof(*grown));

        if (grown == NULL)
        {
            return false;
        }
        *arrays[index] = grown;
    }
    simulation.fiber_capacity = capacity;
    return true;
}

/* Adds a thread that can run, without a scheduling point. */
static int simulation_add(struct platform_thread *thread, size_t stack_size)
{
    struct fiber *fiber = fibers_reserve() ? fiber_new(stack_size, fiber_main) : NULL;

    if (fiber == NULL)
    {
        return EAGAIN;
    }
    fiber->thread = thread;
    fiber->id = thread->id;
    fiber->service = (thread->flags & PLATFORM_THREAD_SERVICE) != 0;
    fiber->state = FIBER_READY;
    fiber->deadline = PLATFORM_FOREVER;
    thread->fiber = fiber;
    record_add(thread);
    simulation.programs_left += fiber->service ? 0 : 1;
    simulation.fibers[simulation.fiber_count++] = fiber;
    strategy_created(&simulation.strategy, fiber);
    return 0;
}

int platform_thread_create(struct platform_thread **thread, const char *name, size_t stack_size, uint32_t flags,
                           platform_thread_function *function, void *argument)
{
    struct platform_thread *record;
    int error;

    if (!simulation.active)
    {
        platform_fatal("thread %s is created outside a simulation run", name != NULL ? name : "");
    }
    record = thread_record_new(name, flags);
    if (record == NULL)
    {
        return ENOMEM;
    }
    record->function = function;
    record->argument = argument;
    record->references = 2;
    error = simulation_add(record, stack_size);
    if (error != 0)
    {
        thread_record_free(record);
        return error;
    }
    *thread = record;
    platform_point(PLATFORM_POINT_CREATE);
    return 0;
}

void platform_thread_join(struct platform_thread *thread)
{
    bool note;

    platform_require(thread != platform_current());
    note = wait_note_begin("end of thread", thread, thread->id);
    while (platform_atomic_load(&thread->finished) == 0)
    {
        platform_wait_word(&thread->finished, 0, PLATFORM_FOREVER);
    }
    wait_note_end(note);
    platform_thread_release(thread);
}

void platform_thread_detach(struct platform_thread *thread)
{
    platform_thread_release(thread);
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Runs.                                                                                                                  */
/* ---------------------------------------------------------------------------------------------------------------------- */

static void simulation_prepare(const struct platform_simulation_options *options, struct strategy_path *path,
                               struct platform_simulation_result *result)
{
    uint64_t random;

    simulation.options = *options;
    if (simulation.options.step_limit == 0)
    {
        simulation.options.step_limit = DEFAULT_STEP_LIMIT;
    }
    if (simulation.options.early == 0)
    {
        simulation.options.early = DEFAULT_EARLY;
    }
    random = options->seed;
    simulation.program_random = random_mix(&random);
    simulation.result = result;
    simulation.last_identifier = 0;
    simulation.last_order = 0;
    simulation.steps = 0;
    simulation.hash = options->seed;
    simulation.held = 0;
    simulation.programs_left = 0;
    /* A computer that has been on for a while: small negative offsets do not reach zero. */
    simulation.started = simulation.now = 1000 * PLATFORM_SECOND;
    strategy_begin(&simulation.strategy, &simulation.options, path);
    timer_service_reset();
}

/* Drops what still waits, such as service threads, and the records of all threads. */
static void simulation_clear(void)
{
    size_t index;

    while (simulation.records != NULL)
    {
        thread_record_free(simulation.records);
    }
    for (index = 0; index < simulation.fiber_count; index++)
    {
        fiber_free(simulation.fibers[index]);
    }
    simulation.fiber_count = 0;
    simulation_reap();
    platform_current_thread = NULL;
}

static void simulation_once(const struct platform_simulation_options *options, struct strategy_path *path,
                            platform_thread_function *function, void *argument, struct platform_simulation_result *result)
{
    struct platform_thread *thread;
    uint64_t runs = result->runs;

    platform_require(!simulation.active);
    memset(result, 0, sizeof(*result));
    result->runs = runs + 1;
    result->seed = options->seed;
    simulation_prepare(options, path, result);
    thread = thread_record_new("main", 0);
    platform_require(thread != NULL);
    thread->function = function;
    thread->argument = argument;
    platform_require(simulation_add(thread, 0) == 0);
    simulation.active = true;
    simulation.current = simulation.fibers[0];
    platform_current_thread = thread;
    fiber_switch(NULL, simulation.current);
    simulation_clear();
    result->steps = simulation.steps;
    result->hash = simulation.hash;
    result->time = simulation.now - simulation.started;
}

enum platform_simulation_outcome platform_simulation_run_options(const struct platform_simulation_options *options,
                                                                 platform_thread_function *function, void *argument,
                                                                 struct platform_simulation_result *result)
{
    return platform_simulation_search(options, 1, function, argument, result);
}

uint64_t platform_simulation_run(uint64_t seed, enum platform_simulation_strategy strategy,
                                 platform_thread_function *function, void *argument)
{
    struct platform_simulation_options options = {.seed = seed, .strategy = strategy};
    struct platform_simulation_result result;

    platform_simulation_run_options(&options, function, argument, &result);
    return result.hash;
}

enum platform_simulation_outcome platform_simulation_search(const struct platform_simulation_options *options,
                                                            uint64_t count, platform_thread_function *function,
                                                            void *argument, struct platform_simulation_result *result)
{
    struct platform_simulation_options one = *options;
    struct platform_simulation_result local;

    platform_require(options->strategy != PLATFORM_SIMULATION_EXHAUSTIVE);
    result = result != NULL ? result : &local;
    memset(result, 0, sizeof(*result));
    for (; count != 0 && result->outcome == PLATFORM_SIMULATION_OK; count--)
    {
        simulation_once(&one, NULL, function, argument, result);
        one.seed++;
    }
    return result->outcome;
}

enum platform_simulation_outcome platform_simulation_explore(const struct platform_simulation_options *options,
                                                             platform_thread_function *function, void *argument,
                                                             struct platform_simulation_result *result)
{
    struct platform_simulation_options one = *options;
    struct platform_simulation_result local;
    struct strategy_path path = {0};
    bool more = true;

    one.strategy = PLATFORM_SIMULATION_EXHAUSTIVE;
    result = result != NULL ? result : &local;
    memset(result, 0, sizeof(*result));
    while (more && result->outcome == PLATFORM_SIMULATION_OK && (one.run_limit == 0 || result->runs < one.run_limit))
    {
        simulation_once(&one, &path, function, argument, result);
        more = strategy_path_next(&path);
    }
    result->complete = !more && result->outcome == PLATFORM_SIMULATION_OK;
    free(path.choices);
    return result->outcome;
}
