/* SPDX-License-Identifier: MIT */
/*
 * What the machine keeps for diagnostics.
 */
#include "nt/debug/state.h"

void debug_state_initialize(struct debug_state *state)
{
    InitializeListHead(&state->callbacks);
    InitializeListHead(&state->reason_callbacks);
    lane_initialize(&state->event_log_lane, DelayedWorkQueue);
    for (size_t component = 0; component < DEBUG_COMPONENTS; component++)
    {
        state->print_mask[component] = MAXULONG;
    }
}
