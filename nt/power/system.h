/* SPDX-License-Identifier: MIT */
/*
 * Power states of the whole machine: sleep, wake, shutdown.
 */
#ifndef NT_POWER_SYSTEM_H
#define NT_POWER_SYSTEM_H

#include "nt/internal.h"
#include "nt/pnp/devnode.h"

enum machine_power_state
{
    MACHINE_WORKING,
    /* The drivers are being asked whether the machine may sleep. */
    MACHINE_ASKING,
    MACHINE_FALLING_ASLEEP,
    MACHINE_ASLEEP,
    MACHINE_WAKING,
    /* A driver has said no; those that had agreed are told that everything stays as it is. */
    MACHINE_CANCELLING,
    MACHINE_SHUTTING_DOWN,
    MACHINE_OFF,
    MACHINE_POWER_STATE_COUNT,
};

enum machine_power_event
{
    MACHINE_EVENT_SLEEP,
    MACHINE_EVENT_SUCCESS,
    MACHINE_EVENT_FAILURE,
    MACHINE_EVENT_WAKE,
    MACHINE_EVENT_SHUTDOWN,
    /* The machine is switched on again: the next test's, in the same process. */
    MACHINE_EVENT_SWITCH_ON,
    MACHINE_POWER_EVENT_COUNT,
};

/*
 * Puts the machine to sleep: PowerSystemSleeping1 to PowerSystemHibernate. All started stacks are asked, then told, children
 * before their parents. A stack that says no is named in veto (which may be NULL), and its status is returned; all others hear
 * that the machine goes on working. STATUS_INVALID_PARAMETER for another state; STATUS_INVALID_DEVICE_STATE when the machine is
 * not working. IRQL: PASSIVE_LEVEL, not from a driver's callback; waits.
 */
RUNTIME_API NTSTATUS machine_sleep(SYSTEM_POWER_STATE state, struct devnode_veto *veto);

/*
 * Wakes the machine: all started stacks are told, parents before their children. Also happens by itself when a wait-wake packet
 * is completed with success while the machine is asleep.
 */
RUNTIME_API NTSTATUS machine_wake(void);

/*
 * Shuts down: those who registered for it are told, then all stacks that the machine goes to PowerSystemShutdown, then those
 * who registered for the last chance. action is PowerActionShutdown, -Reset or -Off. Nobody can say no.
 */
RUNTIME_API NTSTATUS machine_shutdown(POWER_ACTION action);

/* After a shutdown, or to begin anew: the machine is working. Nobody is told. */
RUNTIME_API NTSTATUS machine_switch_on(void);

RUNTIME_API enum machine_power_state machine_power_state(void);

/* The action of the transition that is under way, PowerActionNone for none. */
POWER_ACTION machine_power_action(void);

/* What wait-wake packet's device woke the machine last; not referenced, for comparison only. NULL for none. */
RUNTIME_API const void *machine_woken_by(void);

/* A wait-wake packet has been completed with success. IRQL: up to DISPATCH_LEVEL. */
void machine_wake_signalled(PDEVICE_OBJECT device);

/* For tests: whether a state knows an event, and what follows. */
RUNTIME_API bool machine_power_transition(enum machine_power_state state, enum machine_power_event event,
                                          enum machine_power_state *ret_next);

/*
 * Power settings, and how tests set them.
 */

/* Sets the value of a power setting and tells those who registered for it. IRQL: PASSIVE_LEVEL. */
RUNTIME_API NTSTATUS power_set_setting(const GUID *setting, const void *value, ULONG length);

/* The settings are as they were before anybody set one. */
RUNTIME_API void power_forget_settings(void);

/* Whether somebody has asked for one of ES_SYSTEM_REQUIRED, ES_DISPLAY_REQUIRED, ES_AWAYMODE_REQUIRED. */
RUNTIME_API bool power_is_required(EXECUTION_STATE state);

#endif /* NT_POWER_SYSTEM_H */
