/* SPDX-License-Identifier: MIT */
/*
 * What drives the three machines of a device: PnP, power and power policy.
 *
 * A machine is data: rows of (state, event, action, next). The row of (state, event) names the action to run and the state to be
 * in while it runs. The action's outcome is the next event at once, or it rests: then the machine waits in that state for an
 * event that somebody posts. One thread at a time drives all three machines of a device, so actions need no lock, and a
 * device's callbacks never overlap. A posted event that the state has no row for stays posted until a state has one; an event
 * that is posted twice before its turn is one.
 */
#ifndef WDF_MACHINE_H
#define WDF_MACHINE_H

#include "nt/internal.h"

struct device;

/* In the order in which their events are taken. */
enum machine_kind
{
    MACHINE_POWER,
    MACHINE_POLICY,
    MACHINE_PNP,
    MACHINE_KINDS,
};

/* What an action returns to wait for an event that is posted. */
#define MACHINE_RESTS UINT8_MAX

typedef uint8_t machine_action(struct device *device);

struct machine_row
{
    uint8_t state;
    uint8_t event;
    machine_action *action;
    uint8_t next;
};

/* The published values of a state: for devices that may be paged during power changes, and for those that may not. */
struct machine_published
{
    uint16_t pageable;
    uint16_t not_pageable;
};

struct machine_table
{
    const char *name;
    const struct machine_row *rows;
    size_t count;
    const struct machine_published *published;
    /* For each state in which the machine waits: the events that it keeps for later, a bit each. They have no row. */
    const uint32_t *kept;
    /* The same for packets that are refused in that state. NULL for a machine without packets. */
    const uint32_t *refused;
    uint8_t states;
    uint8_t events;
    /* Events below this number are outcomes of actions, the others are posted. */
    uint8_t first_posted;
};

RUNTIME_API extern const struct machine_table pnp_machine;
RUNTIME_API extern const struct machine_table power_machine;
RUNTIME_API extern const struct machine_table policy_machine;

RUNTIME_API const struct machine_table *machine_table(enum machine_kind kind);

/* Each device's. All zero is a good start. */
struct machines
{
    struct platform_spinlock lock;
    uint32_t posted[MACHINE_KINDS];
    /* Only who drives changes these; anybody may read them. */
    uint8_t state[MACHINE_KINDS];
    bool driven;
    bool queued;
    /* The thread that drives, for who would wait for itself. */
    uint32_t driver;
    WORK_QUEUE_ITEM item;
    /* Set when nobody drives any more, for who takes the device away. */
    struct platform_event *quiet;
};

void machines_initialize(struct device *device);

/* Posts an event; a worker drives. IRQL: up to DISPATCH_LEVEL, also under a lock of the engine. */
void machine_post(struct device *device, enum machine_kind kind, uint8_t event);

/* Posts an event, and drives on this thread unless somebody else does. IRQL: PASSIVE_LEVEL; may call the driver. */
void machine_run(struct device *device, enum machine_kind kind, uint8_t event);

/* Waits until nobody drives the machines and nothing is going to. Nothing may be posted any more. IRQL: PASSIVE_LEVEL. */
void machines_drain(struct device *device);

/* Whether the calling thread drives the machines of this device, so that it is in one of their callbacks. */
bool machines_driven_here(struct device *device);

static inline uint8_t machine_state(const struct machines *machines, enum machine_kind kind)
{
    return platform_atomic_load(&machines->state[kind]);
}

/* The row of a state for an event, NULL for none. Also for tests. */
RUNTIME_API const struct machine_row *machine_find(const struct machine_table *table, uint8_t state, uint8_t event);

#endif /* WDF_MACHINE_H */
