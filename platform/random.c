/* SPDX-License-Identifier: MIT */
/* Random numbers: splitmix64, one state per thread, seeded by the backend. */
#include "platform/internal.h"

uint64_t random_mix(uint64_t *state)
{
    uint64_t value = *state += UINT64_C(0x9e3779b97f4a7c15);

    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

uint64_t platform_random64(void)
{
    struct platform_thread *self = platform_current();

    if (self->random_state == 0)
    {
        self->random_state = random_seed() | 1;
    }
    return random_mix(&self->random_state);
}

uint64_t platform_random_below(uint64_t bound)
{
    /* Values under the threshold would make the first remainders more likely than the others. */
    uint64_t threshold = -bound % bound;
    uint64_t value;

    do
    {
        value = platform_random64();
    } while (value < threshold);
    return value % bound;
}
