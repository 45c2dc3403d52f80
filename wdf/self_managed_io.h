/* SPDX-License-Identifier: MIT */
/*
 * Self-managed I/O: which of the five callbacks is due when. IRQL: PASSIVE_LEVEL; only who drives the device's machines calls.
 */
#ifndef WDF_SELF_MANAGED_IO_H
#define WDF_SELF_MANAGED_IO_H

#include "nt/internal.h"

struct device;

enum self_managed_io_state
{
    SELF_MANAGED_IO_NEW,
    SELF_MANAGED_IO_INIT_FAILED,
    SELF_MANAGED_IO_RUNNING,
    SELF_MANAGED_IO_SUSPENDED,
    /* Its suspension, or a restart, has failed. */
    SELF_MANAGED_IO_FAILED,
    SELF_MANAGED_IO_FLUSHED,
    SELF_MANAGED_IO_OVER,
    SELF_MANAGED_IO_STATE_COUNT,
};

enum self_managed_io_event
{
    SELF_MANAGED_IO_START,
    SELF_MANAGED_IO_SUSPEND,
    SELF_MANAGED_IO_FLUSH,
    SELF_MANAGED_IO_CLEANUP,
    SELF_MANAGED_IO_EVENT_COUNT,
};

/* Calls what is due, and returns its status; nothing due is a success. */
NTSTATUS self_managed_io(struct device *device, enum self_managed_io_event event);

/* For tests: the callback that is due (its name, NULL for none), and what follows its success and its failure. */
RUNTIME_API const char *self_managed_io_due(enum self_managed_io_state state, enum self_managed_io_event event,
                                            enum self_managed_io_state *ret_success,
                                            enum self_managed_io_state *ret_failure);

#endif /* WDF_SELF_MANAGED_IO_H */
