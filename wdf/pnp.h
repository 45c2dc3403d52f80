/* SPDX-License-Identifier: MIT */
/*
 * The PnP machine of a device: which driver callback follows which, on every path.
 */
#ifndef WDF_PNP_H
#define WDF_PNP_H

#include "wdf/device.h"

enum pnp_event
{
    /* What an action reports. */
    PNP_EVENT_SUCCESS,
    PNP_EVENT_FAILURE,
    /* What packets ask for. */
    PNP_EVENT_START,
    PNP_EVENT_QUERY_STOP,
    PNP_EVENT_CANCEL_STOP,
    PNP_EVENT_STOP,
    PNP_EVENT_QUERY_REMOVE,
    PNP_EVENT_CANCEL_REMOVE,
    PNP_EVENT_REMOVE,
    PNP_EVENT_SURPRISE_REMOVE,
    PNP_EVENT_COUNT,
};

/* Handles IRP_MJ_PNP for the device. IRQL: PASSIVE_LEVEL. */
NTSTATUS pnp_dispatch(struct device *device, PIRP irp);

/* The machine's last event for a child whose bus is gone: as removal, without a packet. IRQL: PASSIVE_LEVEL. */
void pnp_end(struct device *device);

/* For tests: whether a state has a row for the event, and the state that follows. */
RUNTIME_API bool pnp_transition(enum pnp_state state, enum pnp_event event, enum pnp_state *ret_next);

/* For tests: whether the machine waits in this state for a packet. */
RUNTIME_API bool pnp_state_waits(enum pnp_state state);

#endif /* WDF_PNP_H */
