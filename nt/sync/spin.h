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

#endif /* NT_SPIN_H */
