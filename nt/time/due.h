/* SPDX-License-Identifier: MIT */
/*
 * When a wait is over, as the published functions say it: LARGE_INTEGER in units of 100 nanoseconds, negative from now, positive
 * on the wall clock, which somebody may set meanwhile.
 */
#ifndef NT_DUE_H
#define NT_DUE_H

#include "nt/internal.h"

/* How long a changed wall clock may stay unnoticed by those who wait for a time of day. */
#define DUE_WALL_STEP PLATFORM_SECOND

struct due
{
    /* The platform's deadline: zero when the caller only looks, PLATFORM_FOREVER when there is none. */
    int64_t at;
    /* The time of day in units of 100 nanoseconds, zero when it does not matter. */
    int64_t wall;
};

/* No time-out is for ever. */
void due_make(struct due *due, const LARGE_INTEGER *timeout);

/* Called when the deadline has passed: whether the time has really come. If not, there is a new deadline. */
bool due_has_passed(struct due *due);

/* The platform's deadline for looking whether the wall clock shows this time: at most DUE_WALL_STEP from now. */
int64_t due_wall_deadline(int64_t wall);

#endif /* NT_DUE_H */
