/* SPDX-License-Identifier: MIT */
/*
 * The table of a queue's states.
 */
#include "wdf/queue_state.h"

static const struct queue_rules rules[QUEUE_STATE_COUNT] = {
    [QUEUE_RUNNING] = {.accepts = true, .dispatches = true},
    [QUEUE_STOPPED] = {.accepts = true},
    [QUEUE_STOPPED_PURGED] = {.accepts = true, .cancels = true},
    [QUEUE_DRAINING] = {.dispatches = true},
    [QUEUE_DRAINING_STOPPED] = {0},
    [QUEUE_PURGED] = {.dispatches = true, .cancels = true},
    [QUEUE_PURGED_STOPPED] = {.cancels = true},
    [QUEUE_SHUT_DOWN] = {.dispatches = true, .cancels = true},
    [QUEUE_SHUT_DOWN_STOPPED] = {.cancels = true},
    [QUEUE_DELETED] = {.cancels = true},
};

/* The columns are in the order of the events. */
static const uint8_t next_states[QUEUE_STATE_COUNT][QUEUE_EVENT_COUNT] = {
    /* Start, Stop, StopAndPurge, Drain, Purge, the device goes, it comes back, deletion. */
    [QUEUE_RUNNING] = {QUEUE_RUNNING, QUEUE_STOPPED, QUEUE_STOPPED_PURGED, QUEUE_DRAINING, QUEUE_PURGED, QUEUE_SHUT_DOWN,
                       QUEUE_RUNNING, QUEUE_DELETED},
    [QUEUE_STOPPED] = {QUEUE_RUNNING, QUEUE_STOPPED, QUEUE_STOPPED_PURGED, QUEUE_DRAINING_STOPPED, QUEUE_PURGED_STOPPED,
                       QUEUE_SHUT_DOWN_STOPPED, QUEUE_STOPPED, QUEUE_DELETED},
    [QUEUE_STOPPED_PURGED] = {QUEUE_RUNNING, QUEUE_STOPPED_PURGED, QUEUE_STOPPED_PURGED, QUEUE_PURGED_STOPPED,
                              QUEUE_PURGED_STOPPED, QUEUE_SHUT_DOWN_STOPPED, QUEUE_STOPPED_PURGED, QUEUE_DELETED},
    [QUEUE_DRAINING] = {QUEUE_RUNNING, QUEUE_STOPPED, QUEUE_STOPPED_PURGED, QUEUE_DRAINING, QUEUE_PURGED, QUEUE_SHUT_DOWN,
                        QUEUE_DRAINING, QUEUE_DELETED},
    [QUEUE_DRAINING_STOPPED] = {QUEUE_RUNNING, QUEUE_STOPPED, QUEUE_STOPPED_PURGED, QUEUE_DRAINING_STOPPED,
                                QUEUE_PURGED_STOPPED, QUEUE_SHUT_DOWN_STOPPED, QUEUE_DRAINING_STOPPED, QUEUE_DELETED},
    [QUEUE_PURGED] = {QUEUE_RUNNING, QUEUE_STOPPED_PURGED, QUEUE_STOPPED_PURGED, QUEUE_PURGED, QUEUE_PURGED, QUEUE_SHUT_DOWN,
                      QUEUE_PURGED, QUEUE_DELETED},
    [QUEUE_PURGED_STOPPED] = {QUEUE_RUNNING, QUEUE_STOPPED_PURGED, QUEUE_STOPPED_PURGED, QUEUE_PURGED_STOPPED,
                              QUEUE_PURGED_STOPPED, QUEUE_SHUT_DOWN_STOPPED, QUEUE_PURGED_STOPPED, QUEUE_DELETED},
    [QUEUE_SHUT_DOWN] = {QUEUE_SHUT_DOWN, QUEUE_SHUT_DOWN_STOPPED, QUEUE_SHUT_DOWN_STOPPED, QUEUE_SHUT_DOWN, QUEUE_SHUT_DOWN,
                         QUEUE_SHUT_DOWN, QUEUE_RUNNING, QUEUE_DELETED},
    [QUEUE_SHUT_DOWN_STOPPED] = {QUEUE_SHUT_DOWN, QUEUE_SHUT_DOWN_STOPPED, QUEUE_SHUT_DOWN_STOPPED, QUEUE_SHUT_DOWN_STOPPED,
                                 QUEUE_SHUT_DOWN_STOPPED, QUEUE_SHUT_DOWN_STOPPED, QUEUE_STOPPED, QUEUE_DELETED},
    [QUEUE_DELETED] = {QUEUE_DELETED, QUEUE_DELETED, QUEUE_DELETED, QUEUE_DELETED, QUEUE_DELETED, QUEUE_DELETED,
                       QUEUE_DELETED, QUEUE_DELETED},
};

const struct queue_rules *queue_rules_of(enum queue_state state)
{
    return &rules[state];
}

enum queue_state queue_next_state(enum queue_state state, enum queue_event event)
{
    return (enum queue_state)next_states[state][event];
}
