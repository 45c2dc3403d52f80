/* SPDX-License-Identifier: MIT */
/*
 * The PnP machine of a device: which driver callback follows which, on every path. wdf/machine.h says how it runs.
 */
#ifndef WDF_PNP_H
#define WDF_PNP_H

#include "wdf/device.h"

enum pnp_event
{
    /* What an action reports. */
    PNP_EVENT_SUCCESS,
    PNP_EVENT_FAILURE,
    /* What the power policy reports: it has followed, or the device is in D0 again. */
    PNP_EVENT_POWER_UP,
    PNP_EVENT_POWER_UP_FAILED,
    PNP_EVENT_POWER_DOWN,
    PNP_EVENT_AWAKE,
    /* The device has failed: its driver says so, or a power callback has. */
    PNP_EVENT_FAIL,
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

/*
 * Drives the machine by what a packet asks for, and waits until it waits for the next one. Returns the packet's status;
 * STATUS_INVALID_DEVICE_STATE when the state does not know it. IRQL: PASSIVE_LEVEL.
 */
NTSTATUS pnp_process(struct device *device, enum pnp_event event);

/* From who drives: an event has been taken; the machine waits for a packet; it has refused one. */
void pnp_taken(struct device *device, uint8_t event);
void pnp_settled(struct device *device);
void pnp_refused(struct device *device);

/* The machine's last event for a child whose bus is gone: as removal, without a packet. IRQL: PASSIVE_LEVEL. */
void pnp_end(struct device *device);

/*
 * The device has failed after it was started, and its machine has taken it apart: plug and play is asked to remove it, and to
 * start it again unless its driver has said otherwise or that was tried too often. IRQL: PASSIVE_LEVEL.
 */
void pnp_ask_for_removal(struct device *device);

/* For tests: whether a state has a row for the event, and the state that follows. */
RUNTIME_API bool pnp_transition(enum pnp_state state, enum pnp_event event, enum pnp_state *ret_next);

/* For tests: whether the machine waits in this state for a packet. */
RUNTIME_API bool pnp_state_waits(enum pnp_state state);

#endif /* WDF_PNP_H */
