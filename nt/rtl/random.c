/* SPDX-License-Identifier: MIT */
/*
 * Numbers that look random and follow from the seed alone, so that a run repeats itself. Not for secrets.
 *
 * The published functions mix the seed with a table that all callers share; here the whole state is the caller's seed, which
 * is what makes the sequence repeatable. The range is the published one: zero to MAXLONG - 1.
 */
#include "nt/internal.h"

/* Winternl.h declares it for programs; no kernel header does. */
NTSYSAPI ULONG RtlUniform(PULONG Seed);

/* One step of a counter with an odd stride, and a mix of its bits that is one to one. */
static ULONG random_step(ULONG *seed)
{
    ULONG mixed = *seed += 0x9E3779B9u;

    mixed = (mixed ^ (mixed >> 16)) * 0x85EBCA6Bu;
    mixed = (mixed ^ (mixed >> 13)) * 0xC2B2AE35u;
    return (mixed ^ (mixed >> 16)) % MAXLONG;
}

/*
 * Published entry points.
 */
ULONG RtlRandom(PULONG Seed)
{
    return random_step(Seed);
}

ULONG RtlRandomEx(PULONG Seed)
{
    return random_step(Seed);
}

ULONG RtlUniform(PULONG Seed)
{
    return random_step(Seed);
}
