/* SPDX-License-Identifier: MIT */
/*
 * What the machine keeps for diagnostics.
 */
#ifndef NT_DEBUG_STATE_H
#define NT_DEBUG_STATE_H

#include "nt/internal.h"

#include "nt/debug/event_log.h"
#include "nt/thread/lane.h"

enum
{
    DEBUG_COMPONENTS = 256,
    DUMP_FOLDER_SIZE = 1024,
};

struct debug_state
{
    /* Guards the two lists of who wants to hear of a bug check. */
    struct platform_spinlock lock;
    LIST_ENTRY callbacks;
    LIST_ENTRY reason_callbacks;
    /* The thread that calls them, since there is a bug check; NULL before. */
    const struct platform_thread *callbacks_thread;

    /* Empty: no dumps are written. Set before drivers run. */
    char dump_folder[DUMP_FOLDER_SIZE];
    uint32_t dump_number;

    /* For each component of DbgPrintEx the levels that are let through, one bit each. */
    ULONG print_mask[DEBUG_COMPONENTS];

    /* Entries of the event log that were written at a raised level. */
    struct lane event_log_lane;
    /* Who gets the entries instead of the system's log; NULL for that. */
    event_log_sink *event_log_sink;
    void *event_log_context;
};

void debug_state_initialize(struct debug_state *state);

#endif /* NT_DEBUG_STATE_H */
