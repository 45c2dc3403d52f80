/* SPDX-License-Identifier: MIT */
/*
 * Spinning until another thread has done its few instructions.
 */
#ifndef NT_SPIN_H
#define NT_SPIN_H

#include "nt/internal.h"

struct spin
{
    uint32_t rounds;
};

#define SPIN_INITIALIZER \
    {                    \
        0                \
    }

/* Whom this thread waits for may have lost its processor: after a while this one serves it better than a spin. */
static inline void spin_once(struct spin *spin)
{
    enum
    {
        ROUNDS_BEFORE_YIELD = 50
    };

    if (++spin->rounds < ROUNDS_BEFORE_YIELD)
    {
        platform_pause();
    }
    else
    {
        platform_yield();
    }
}

/*
 * The same while a word is as it was seen. In the simulation a spin would hide who waits for whom, so the thread sleeps, and says
 * for what; whoever changes the word calls spin_wake() afterwards, which needs nothing but the address.
 */
#if defined(PLATFORM_SIMULATION)
static inline void spin_wait(struct spin *spin, uint32_t *word, uint32_t seen, const char *what, const void *object,
                             uint32_t owner)
{
    (void)spin;
    platform_wait_note(what, object, owner);
    (void)platform_wait_word(word, seen, PLATFORM_FOREVER);
    platform_wait_note(NULL, NULL, 0);
}

static inline void spin_wake(uint32_t *word)
{
    platform_wake_word(word, UINT32_MAX);
}
#else
static inline void spin_wait(struct spin *spin, uint32_t *word, uint32_t seen, const char *what, const void *object,
                             uint32_t owner)
{
    (void)word;
    (void)seen;
    (void)what;
    (void)object;
    (void)owner;
    spin_once(spin);
}

static inline void spin_wake(uint32_t *word)
{
    (void)word;
}
#endif

#endif /* NT_SPIN_H */
