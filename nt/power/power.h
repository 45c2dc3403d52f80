/* SPDX-License-Identifier: MIT */
/*
 * The power manager's part of the machine.
 */
#ifndef NT_POWER_H
#define NT_POWER_H

#include "nt/internal.h"
#include "nt/power/system.h"

struct power_request;

/* Of each devnode: a stack has one device power packet at a time. All zero is a good start. */
struct power_lane
{
    struct platform_spinlock lock;
    struct power_request *active;
    struct power_request *first_waiting;
    struct power_request *last_waiting;
    /* Set when the last packet is through, for whoever removes the stack. */
    struct platform_event *drained;
    /* What the last packet that succeeded asked for, zero for none. Atomic, and a word to wait for. */
    uint32_t state;
};

struct power
{
    /* The system's state and action: changed by who has claimed the whole device tree, read by anyone. */
    enum machine_power_state state;
    SYSTEM_POWER_STATE system;
    POWER_ACTION action;
    WORK_QUEUE_ITEM waking;
    uint32_t wake_requested;
    PDEVICE_OBJECT woken_by;

    /* nt/power/setting.c. */
    struct platform_mutex settings;
    struct platform_condition setting_told;
    LIST_ENTRY setting_values;
    LIST_ENTRY setting_listeners;
    uint64_t setting_order;
    uint64_t setting_changes;

    /* nt/power/idle.c. */
    struct platform_mutex idle;
    LIST_ENTRY idle_devices;
    struct platform_timer idle_timer;
    WORK_QUEUE_ITEM idle_scan;
    bool idle_scanning;
    uint64_t idle_scans;

    /* nt/power/shutdown.c: the latest registration first. */
    struct platform_mutex shutdown;
    LIST_ENTRY shutdown_first;
    LIST_ENTRY shutdown_last;

    /* nt/power/required.c: how many registrations ask for each of the published states. */
    struct platform_mutex required;
    uint32_t required_by[4];
};

/* From machine_make(). */
void power_initialize(struct power *power);
void power_system_initialize(struct power *power);
void power_idle_initialize(struct power *power);

struct power *power(void);

/*
 * Tells those who registered with \Callback\PowerState. what is one of PO_CB_*, value its second argument. No lock is held.
 */
void power_notify(ULONG what, ULONG_PTR value);

/* Waits until no device power packet of the devnode's stack is under way or waits for its turn. IRQL: PASSIVE_LEVEL. */
void power_lane_drain(struct power_lane *lane);

/* A device has been deleted by its driver: nothing asks about it any more. */
void power_forget_device(PDEVICE_OBJECT device);

#endif /* NT_POWER_H */
