/* SPDX-License-Identifier: MIT */
/* The word wait on futexes, and spinning. */
#include <linux/futex.h>
#include <limits.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "platform/internal.h"

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

/* About two microseconds: what a sleep and a wake on another processor cost several times over. */
enum
{
    SPIN_LIMIT = 50,
    SPIN_LEAST = 2,
};

static uint32_t spin_start(struct platform_thread *self)
{
    if (self->spin_budget == 0)
    {
        cpu_set_t processors;

        /* With one processor the one who would change the word cannot run while this thread spins. */
        self->spin_budget =
            sched_getaffinity(0, sizeof(processors), &processors) == 0 && CPU_COUNT(&processors) == 1 ? 1 : SPIN_LIMIT;
    }
    return self->spin_budget;
}

uint32_t platform_spin_while(uint32_t *word, uint32_t expected)
{
    struct platform_thread *self = platform_current();
    uint32_t budget = spin_start(self);
    uint32_t value = __atomic_load_n(word, __ATOMIC_ACQUIRE);
    uint32_t round;

    if (budget == 1)
    {
        return value;
    }
    for (round = 0; value == expected && round < budget; round++)
    {
        platform_pause();
        value = __atomic_load_n(word, __ATOMIC_ACQUIRE);
    }
    /* Spin longer where it paid and less where it did not, but always enough to find out again. */
    if (value != expected)
    {
        self->spin_budget = budget < SPIN_LIMIT ? budget + 1 : SPIN_LIMIT;
    }
    else
    {
        self->spin_budget = budget > SPIN_LEAST ? budget - budget / 8 - 1 : SPIN_LEAST;
    }
    if (self->spin_budget < SPIN_LEAST)
    {
        self->spin_budget = SPIN_LEAST;
    }
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
            if (++round < SPIN_LIMIT)
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
