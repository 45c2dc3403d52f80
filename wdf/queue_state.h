/* SPDX-License-Identifier: MIT */
/*
 * The states of a queue: what it does with requests, and which event leads where. Power is not among them: a managed queue
 * whose device is not in D0 holds its requests, whatever its state.
 */
#ifndef WDF_QUEUE_STATE_H
#define WDF_QUEUE_STATE_H

#include "nt/internal.h"

/* No row of the table leads to zero, so that one that is missing is found. */
enum queue_state
{
    QUEUE_NO_STATE,
    QUEUE_RUNNING,
    QUEUE_STOPPED,
    /* Stopped, and ends what is marked cancelable, until it is started. */
    QUEUE_STOPPED_PURGED,
    /* Refuses what comes. */
    QUEUE_DRAINING,
    QUEUE_DRAINING_STOPPED,
    /* Refuses what comes and ends what it has. */
    QUEUE_PURGED,
    QUEUE_PURGED_STOPPED,
    /* The device is being removed: the driver cannot make the queue accept again. */
    QUEUE_SHUT_DOWN,
    QUEUE_SHUT_DOWN_STOPPED,
    QUEUE_DELETED,
    QUEUE_STATE_COUNT,
};

enum queue_event
{
    QUEUE_EVENT_START,
    QUEUE_EVENT_STOP,
    QUEUE_EVENT_STOP_AND_PURGE,
    QUEUE_EVENT_DRAIN,
    QUEUE_EVENT_PURGE,
    /* The device is removed; it is started again. */
    QUEUE_EVENT_SHUT_DOWN,
    QUEUE_EVENT_RESTORE,
    QUEUE_EVENT_DELETE,
    QUEUE_EVENT_COUNT,
};

/* What a state means. */
struct queue_rules
{
    bool accepts;
    bool dispatches;
    /* Marking a request cancelable, and giving it back, cancels it. */
    bool cancels;
};

RUNTIME_API const struct queue_rules *queue_rules_of(enum queue_state state);
RUNTIME_API enum queue_state queue_next_state(enum queue_state state, enum queue_event event);

#endif /* WDF_QUEUE_STATE_H */
