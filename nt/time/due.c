/* SPDX-License-Identifier: MIT */
/*
 * Time-outs.
 */
#include "nt/time/due.h"

int64_t due_wall_deadline(int64_t wall)
{
    int64_t left = wall - platform_wall_time_100ns();

    /* A time that is long past would not fit into nanoseconds. */
    return left <= 0 ? 0 : platform_deadline_in(left < DUE_WALL_STEP / 100 ? left * 100 : DUE_WALL_STEP);
}

void due_make(struct due *due, const LARGE_INTEGER *timeout)
{
    *due = (struct due){.at = PLATFORM_FOREVER};
    if (timeout == NULL)
    {
        return;
    }
    if (timeout->QuadPart > 0)
    {
        due->wall = timeout->QuadPart;
        due->at = due_wall_deadline(due->wall);
    }
    else
    {
        due->at = platform_deadline_in_100ns(timeout->QuadPart == INT64_MIN ? INT64_MAX : -timeout->QuadPart);
    }
}

bool due_has_passed(struct due *due)
{
    if (due->wall == 0 || platform_wall_time_100ns() >= due->wall)
    {
        return true;
    }
    due->at = due_wall_deadline(due->wall);
    return false;
}
