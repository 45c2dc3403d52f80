/* SPDX-License-Identifier: MIT */
/*
 * Parking, mutexes, spin locks, conditions, events and once, on top of the word wait.
 *
 * Both backends compile this file, so a simulation explores exactly the algorithms that ship. Each object that a waiter may
 * free right after its wait (thread tokens aside, which are referenced) keeps its whole state in the one word that is waited
 * on: the waker's last access to the memory is the change of that word, and the wake that follows only uses the address.
 */
#include "platform/internal.h"

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Parking.                                                                                                               */
/* ---------------------------------------------------------------------------------------------------------------------- */

enum
{
    PARK_EMPTY = 0,
    PARK_TOKEN = 1,
    PARK_WAITING = 2,
};

enum platform_result platform_park(int64_t deadline)
{
    struct platform_thread *self = platform_current();
    uint32_t found;
    bool note;
    enum platform_result result = PLATFORM_OK;

    if (platform_spin_while(&self->park_word, PARK_EMPTY) == PARK_TOKEN)
    {
        platform_atomic_exchange(&self->park_word, PARK_EMPTY);
        return PLATFORM_OK;
    }
    found = PARK_EMPTY;
    if (!platform_atomic_compare_exchange(&self->park_word, &found, PARK_WAITING))
    {
        platform_atomic_exchange(&self->park_word, PARK_EMPTY);
        return PLATFORM_OK;
    }
    note = wait_note_begin("park", self, 0);
    do
    {
        result = platform_wait_word(&self->park_word, PARK_WAITING, deadline);
    } while (result == PLATFORM_OK && platform_atomic_load(&self->park_word) == PARK_WAITING);
    wait_note_end(note);
    /* A token that came while the wait timed out is taken now: a time-out always leaves the token where it is not. */
    return platform_atomic_exchange(&self->park_word, PARK_EMPTY) == PARK_TOKEN ? PLATFORM_OK : PLATFORM_TIMEOUT;
}

void platform_unpark(struct platform_thread *thread)
{
    if (platform_atomic_exchange(&thread->park_word, PARK_TOKEN) == PARK_WAITING)
    {
        platform_wake_word(&thread->park_word, 1);
    }
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Mutex: zero is free, one is held, two is held and somebody may be asleep.                                              */
/* ---------------------------------------------------------------------------------------------------------------------- */

void platform_mutex_misuse(const struct platform_mutex *mutex, const char *what)
{
    struct platform_thread *self = platform_current();

    platform_fatal("mutex %p %s: owner is thread %u, caller is thread %u (%s)", (const void *)mutex, what,
                   __atomic_load_n(&mutex->owner, __ATOMIC_RELAXED), self->id, self->name);
}

void platform_mutex_lock_slow(struct platform_mutex *mutex)
{
    struct platform_thread *self = platform_current();
    uint32_t expected = 0;
    bool note;

#if !defined(NDEBUG)
    if (platform_mutex_is_mine(mutex))
    {
        platform_mutex_misuse(mutex, "taken again by the thread that holds it");
    }
#endif
    if (platform_spin_while(&mutex->state, 1) == 0 && platform_atomic_compare_exchange_acquire(&mutex->state, &expected, 1))
    {
        __atomic_store_n(&mutex->owner, self->id, __ATOMIC_RELAXED);
        return;
    }
    note = wait_note_begin("mutex", mutex, 0);
    /* Having slept once, this thread cannot know whether others still sleep, so it keeps the state at two. */
    while (platform_atomic_exchange_acquire(&mutex->state, 2) != 0)
    {
        if (note)
        {
            self->wait_owner = __atomic_load_n(&mutex->owner, __ATOMIC_RELAXED);
        }
        platform_wait_word(&mutex->state, 2, PLATFORM_FOREVER);
    }
    wait_note_end(note);
    __atomic_store_n(&mutex->owner, self->id, __ATOMIC_RELAXED);
}

void platform_mutex_unlock_slow(struct platform_mutex *mutex)
{
    platform_wake_word(&mutex->state, 1);
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Condition.                                                                                                             */
/* ---------------------------------------------------------------------------------------------------------------------- */

enum platform_result platform_condition_wait(struct platform_condition *condition, struct platform_mutex *mutex,
                                             int64_t deadline)
{
    enum platform_result result;
    uint32_t sequence;
    bool note;

    platform_assert(platform_mutex_is_mine(mutex));
    /* Announced before the sequence is read: a signal either sees the waiter or happens before the sequence is read, while
       this thread still holds the mutex. */
    platform_atomic_fetch_add(&condition->waiters, 1);
    sequence = platform_atomic_load_sequential(&condition->sequence);
    note = wait_note_begin("condition", condition, 0);
    platform_mutex_unlock(mutex);
    result = platform_wait_word(&condition->sequence, sequence, deadline);
    wait_note_end(note);
    if (result == PLATFORM_TIMEOUT && platform_atomic_load_sequential(&condition->sequence) != sequence)
    {
        /* The signal may have been meant for this thread. */
        result = PLATFORM_OK;
    }
    platform_mutex_lock(mutex);
    platform_atomic_fetch_sub(&condition->waiters, 1);
    return result;
}

static void condition_wake(struct platform_condition *condition, uint32_t count)
{
    if (platform_atomic_load_sequential(&condition->waiters) != 0)
    {
        platform_atomic_fetch_add(&condition->sequence, 1);
        platform_wake_word(&condition->sequence, count);
    }
}

void platform_condition_signal(struct platform_condition *condition)
{
    condition_wake(condition, 1);
}

void platform_condition_broadcast(struct platform_condition *condition)
{
    condition_wake(condition, UINT32_MAX);
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Event: the lowest bit is the signal, the others count the threads that may be asleep.                                  */
/* ---------------------------------------------------------------------------------------------------------------------- */

#define EVENT_SET 1u
#define EVENT_WAITER 2u

bool platform_event_set(struct platform_event *event)
{
    bool manual = event->manual;
    uint32_t old = platform_atomic_fetch_or(&event->word, EVENT_SET);

    if ((old & EVENT_SET) != 0)
    {
        return true;
    }
    if (old >= EVENT_WAITER)
    {
        platform_wake_word(&event->word, manual ? UINT32_MAX : 1);
    }
    return false;
}

bool platform_event_reset(struct platform_event *event)
{
    return (platform_atomic_fetch_and(&event->word, ~EVENT_SET) & EVENT_SET) != 0;
}

bool platform_event_is_set(struct platform_event *event)
{
    return (platform_atomic_load(&event->word) & EVENT_SET) != 0;
}

/* Passes through a set event, taking away the signal of an automatic one, and what the caller counted as a waiter. */
static bool event_take(struct platform_event *event, uint32_t counted)
{
    uint32_t word = platform_atomic_load(&event->word);

    while ((word & EVENT_SET) != 0)
    {
        uint32_t left = (event->manual ? word : word & ~EVENT_SET) - counted;

        if (left == word || platform_atomic_compare_exchange(&event->word, &word, left))
        {
            return true;
        }
    }
    return false;
}

enum platform_result platform_event_wait(struct platform_event *event, int64_t deadline)
{
    uint32_t word;
    bool note;

    if (event_take(event, 0))
    {
        return PLATFORM_OK;
    }
    if (platform_spin_while(&event->word, 0) != 0 && event_take(event, 0))
    {
        return PLATFORM_OK;
    }
    word = platform_atomic_fetch_add(&event->word, EVENT_WAITER) + EVENT_WAITER;
    note = wait_note_begin(event->manual ? "manual reset event" : "automatic reset event", event, 0);
    while (!event_take(event, EVENT_WAITER))
    {
        if (platform_wait_word(&event->word, word & ~EVENT_SET, deadline) == PLATFORM_TIMEOUT)
        {
            word = platform_atomic_load(&event->word);
            while ((word & EVENT_SET) == 0)
            {
                if (platform_atomic_compare_exchange(&event->word, &word, word - EVENT_WAITER))
                {
                    wait_note_end(note);
                    return PLATFORM_TIMEOUT;
                }
            }
        }
        else
        {
            word = platform_atomic_load(&event->word);
        }
    }
    wait_note_end(note);
    return PLATFORM_OK;
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Spin lock and once.                                                                                                    */
/* ---------------------------------------------------------------------------------------------------------------------- */

enum
{
    ONCE_FRESH = 0,
    ONCE_RUNNING = 1,
    ONCE_DONE = 2,
};

void platform_once_slow(struct platform_once *once, void (*function)(void *argument), void *argument)
{
    uint32_t state = ONCE_FRESH;
    bool note;

    if (platform_atomic_compare_exchange(&once->state, &state, ONCE_RUNNING))
    {
        function(argument);
        platform_atomic_store_sequential(&once->state, ONCE_DONE);
        platform_wake_word(&once->state, UINT32_MAX);
        return;
    }
    note = wait_note_begin("once", once, 0);
    while (platform_atomic_load(&once->state) != ONCE_DONE)
    {
        platform_wait_word(&once->state, ONCE_RUNNING, PLATFORM_FOREVER);
    }
    wait_note_end(note);
}
