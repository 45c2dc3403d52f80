/* SPDX-License-Identifier: MIT */
/*
 * The states of an I/O target as a table. Plain C, for tests of both flavours.
 */
#ifndef WDF_IO_TARGET_STATES_H
#define WDF_IO_TARGET_STATES_H

#include <stdint.h>

enum target_event
{
    TARGET_EVENT_START,
    TARGET_EVENT_STOP,
    TARGET_EVENT_PURGE,
    TARGET_EVENT_OPEN,
    TARGET_EVENT_CLOSE_FOR_QUERY_REMOVE,
    TARGET_EVENT_CLOSE,
    TARGET_EVENT_DELETE,
    TARGET_EVENT_SEND,
    TARGET_EVENT_SEND_IGNORING,
    TARGET_EVENTS,
};

/* What an event means in a state. */
enum target_action
{
    TARGET_NOTHING,
    /* Sends what waits. */
    TARGET_RELEASE,
    /* Requests wait from now on. */
    TARGET_HOLD,
    /* Ends what waits, cancels what was sent. */
    TARGET_END_IO,
    /* The same, and the end of the connection. */
    TARGET_DISCONNECT,
    /* The event is refused with STATUS_INVALID_DEVICE_STATE. */
    TARGET_REFUSE,
    /* For requests: goes down, or waits. */
    TARGET_SEND,
    TARGET_PEND,
};

struct target_row
{
    uint8_t action;
    uint8_t next;
};

/* What the event means in the state, which is a WDF_IO_TARGET_STATE. next is WdfIoTargetStateUndefined for what is no state. */
__attribute__((visibility("default"))) struct target_row io_target_row(unsigned state, enum target_event event);

#endif /* WDF_IO_TARGET_STATES_H */
