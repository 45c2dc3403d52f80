/* SPDX-License-Identifier: MIT */
/*
 * Run-down protection.
 */
#include "nt/sync/gate.h"

bool gate_enter(struct gate *gate)
{
    uint32_t seen = platform_atomic_load(&gate->word);

    while ((seen & 1) == 0)
    {
        if (platform_atomic_compare_exchange(&gate->word, &seen, seen + 2))
        {
            return true;
        }
    }
    return false;
}

void gate_leave(struct gate *gate)
{
    if (platform_atomic_fetch_sub(&gate->word, 2) == 3)
    {
        (void)platform_event_set(&gate->empty);
    }
}

void gate_close(struct gate *gate)
{
    if (platform_atomic_fetch_or(&gate->word, 1) != 0)
    {
        (void)platform_event_wait(&gate->empty, PLATFORM_FOREVER);
    }
}
