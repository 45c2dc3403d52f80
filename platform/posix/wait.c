/* SPDX-License-Identifier: MIT */
/* The word wait on futexes, and spinning. */
#include <linux/futex.h>
#include <limits.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "platform/internal.h"
#include "platform/processor.h"

enum platform_result platform_wait_word(uint32_t *word, uint32_t expected, int64_t deadline)
{
    struct timespec when;
    struct timespec *limit = NULL;

    if (deadline != PLATFORM_FOREVER)
    {
        if (deadline < 0)
        {
            deadline = 0;
        }
        when.tv_sec = deadline / PLATFORM_SECOND;
        when.tv_nsec = deadline % PLATFORM_SECOND;
        limit = &when;
    }
    /* The bit set form is the one that takes an absolute time on the monotonic clock. */
    if (syscall(SYS_futex, word, FUTEX_WAIT_BITSET_PRIVATE, expected, limit, NULL, FUTEX_BITSET_MATCH_ANY) == 0)
    {
        return PLATFORM_OK;
    }
    switch (errno)
    {
        case EAGAIN:
        case EINTR:
            return PLATFORM_OK;
        case ETIMEDOUT:
            return PLATFORM_TIMEOUT;
        default:
            platform_fatal("a wait on %p failed: error %d", (void *)word, errno);
    }
}

void platform_wake_word(uint32_t *word, uint32_t count)
{
    /* The word may be gone by now; then the kernel says so and nobody was asleep on it. */
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, count > INT_MAX ? INT_MAX : (int)count, NULL, NULL, 0);
}

enum
{
    /* About ten microseconds: longer than a sleep and a wake on another processor take, so that of two threads that take turns
       and both sleep, one that begins to spin is answered in time, and the other then is too. */
    SPIN_LIMIT = 400,
    /* Of the locks whose holder needs no wake to go on. */
    SPIN_LOCK_LIMIT = 50,
    /* How many waits at most go by without a spin before the next that tries it. */
    SPIN_REST_MOST = 256,
};

/* With one processor the one who would change the word cannot run while this thread spins. Where it is the threads that may only
   use one of several, they find that out. */
static bool spin_is_useless(void)
{
    static uint32_t processors;
    uint32_t count = __atomic_load_n(&processors, __ATOMIC_RELAXED);

    if (count == 0)
    {
        count = platform_processor_count();
        __atomic_store_n(&processors, count, __ATOMIC_RELAXED);
    }
    return count == 1;
}

/*
 * Where spinning pays, every wait spins. Each time that it did not, twice as many waits go by before one tries again: so who waits
 * for long loses next to nothing, and who is answered soon again notices soon.
 */
static void spin_learn(struct platform_thread *self, bool paid)
{
    self->spin_rest = paid ? 0 : self->spin_rest * 2 < SPIN_REST_MOST ? self->spin_rest * 2 + 1 : SPIN_REST_MOST;
    self->spin_resting = self->spin_rest;
}

uint32_t platform_spin_while(uint32_t *word, uint32_t expected)
{
    struct platform_thread *self = platform_current();
    uint32_t value = __atomic_load_n(word, __ATOMIC_ACQUIRE);

    if (value != expected || spin_is_useless())
    {
        return value;
    }
    if (self->spin_resting != 0)
    {
        self->spin_resting--;
        return value;
    }
    for (uint32_t round = 0; value == expected && round < SPIN_LIMIT; round++)
    {
        platform_pause();
        value = __atomic_load_n(word, __ATOMIC_ACQUIRE);
    }
    spin_learn(self, value != expected);
    return value;
}

void platform_spinlock_lock_slow(struct platform_spinlock *lock)
{
    uint32_t round = 0;

    platform_require(!platform_spinlock_is_mine(lock));
    do
    {
        while (__atomic_load_n(&lock->state, __ATOMIC_RELAXED) != 0)
        {
            /* The holder may have lost its processor: then this one serves it better than a spin. */
            if (++round < SPIN_LOCK_LIMIT)
            {
                platform_pause();
            }
            else
            {
                sched_yield();
            }
        }
    } while (!platform_spinlock_try_lock(lock));
}
