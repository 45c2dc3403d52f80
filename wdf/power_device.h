/* SPDX-License-Identifier: MIT */
/*
 * Power of a device, for the files that make it: what keeps it in D0, its power machine, and its power policy. What others need
 * is in wdf/power.h.
 */
#ifndef WDF_POWER_DEVICE_H
#define WDF_POWER_DEVICE_H

#include <wdf.h>

#include "wdf/machine.h"

struct device;

/* The word of holds: how many there are, and what the device is. */
#define POWER_HOLDS 0x0FFFFFFFu
/* Idle detection is on: the last hold's end begins the time-out. */
#define POWER_MAY_IDLE 0x20000000u
/* The device has failed or is being removed: it does not come back to D0. */
#define POWER_GONE 0x40000000u
/* The device is not in D0, or on its way out of it. */
#define POWER_DOWN 0x80000000u

/* What IdleTimeout zero stands for. */
#define POWER_DEFAULT_TIMEOUT (5 * PLATFORM_SECOND)

enum power_event
{
    POWER_EVENT_SUCCESS,
    POWER_EVENT_FAILURE,
    /* Without a packet: the device starts, it stops or is removed. */
    POWER_EVENT_UP,
    POWER_EVENT_OFF,
    /* A packet has arrived, or one that went down has come back. */
    POWER_EVENT_PACKET_D0,
    POWER_EVENT_PACKET_DX,
    POWER_EVENT_LOWER_DONE,
    POWER_EVENT_LOWER_FAILED,
    POWER_EVENT_REMOVE,
    POWER_EVENT_COUNT,
};

enum policy_event
{
    POLICY_EVENT_SUCCESS,
    POLICY_EVENT_FAILURE,
    /* Outcomes of decisions. */
    POLICY_EVENT_NO_IDLE,
    POLICY_EVENT_IDLE_UNARMED,
    POLICY_EVENT_IDLE_ARMED,
    POLICY_EVENT_STAY,
    /* From PnP. */
    POLICY_EVENT_START,
    POLICY_EVENT_STOP,
    POLICY_EVENT_REMOVE,
    /* From the power machine: it has followed POWER_EVENT_UP or POWER_EVENT_OFF. */
    POLICY_EVENT_UP,
    POLICY_EVENT_UP_FAILED,
    POLICY_EVENT_OFF,
    /* The device power packet that the policy asked for is through. */
    POLICY_EVENT_ANSWERED,
    POLICY_EVENT_REFUSED,
    /* The machine falls asleep, or wakes up. */
    POLICY_EVENT_SLEEP,
    POLICY_EVENT_AWAKE,
    /* Settings, holds or the time-out have changed: look at them. */
    POLICY_EVENT_LOOK,
    POLICY_EVENT_SETTINGS,
    /* For who does not own the policy: the device has left or entered D0. */
    POLICY_EVENT_SEEN_DX,
    POLICY_EVENT_SEEN_D0,
    POLICY_EVENT_COUNT,
};

/* What idles, how, and what wakes. The settings are guarded by the lock. */
struct power_settings
{
    bool assigned;
    bool enabled;
    DEVICE_POWER_STATE state;
    /* The device can leave this state by itself, and is armed for it. */
    bool wakes;
    bool user_control;
};

struct device_power
{
    /* Holds and flags, above. */
    uint32_t word;
    /* Changes whenever POWER_DOWN or POWER_GONE does, for those who wait. */
    uint32_t changes;
    /* Who has called WdfDeviceStopIdle and not yet WdfDeviceResumeIdle. */
    uint32_t references;
    struct platform_spinlock lock;

    /* Idle detection, guarded by the lock. */
    struct platform_timer timer;
    bool timer_armed;
    bool expired;
    int64_t idle_since;
    int64_t timeout;
    WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE timeout_type;
    WDF_TRI_STATE up_on_system_wake;
    struct power_settings idle;
    struct power_settings sleep;
    bool arms_for_children;
    bool wakes_children;
    /* Children whose wait-wake packet for a sleeping machine is at the bus. */
    uint32_t children_armed;

    /* What the stack has said that it can; the last answer to IRP_MN_QUERY_CAPABILITIES. */
    bool knows_capabilities;
    DEVICE_CAPABILITIES capabilities;

    /* The power machine's own. */
    LIST_ENTRY packets;
    PIRP packet;
    DEVICE_POWER_STATE state;
    WDF_POWER_DEVICE_STATE published;
    WDF_POWER_DEVICE_STATE previous;
    WDF_POWER_DEVICE_STATE target;
    bool failed;
    POWER_ACTION action;
    struct platform_timer watchdog;

    /* The policy's own. */
    PIRP sleep_packet;
    /* For what the device is armed: S0, a sleeping state, or nothing (unspecified). */
    SYSTEM_POWER_STATE arm_for;
    bool armed;
    SYSTEM_POWER_STATE system;

    /* The wait-wake packet under way, guarded by the lock, and what became of it. */
    PIRP wake_packet;
    bool wake_sent;
    bool woke;

    /* The physical device knows that this is its stack's owner. */
    bool claimed;

    /* Of a physical device object: it holds its parent; the wait-wake packet, guarded by the lock; the bus is to signal it. */
    bool holds_parent;
    bool bus_wake_enabled;
    PIRP bus_wake;
    struct platform_event wake_over;
};

/* Before the device is known to anybody. */
void power_initialize_device(struct device *device);

/* The device is about to go, and nobody posts any more: no timer runs, nobody drives the machines. IRQL: PASSIVE_LEVEL. */
void power_finish_device(struct device *device);

/* Only one driver of a stack owns its power policy; a second one is a bug check. At the start, and before the stack's end. */
void power_claim_policy(struct device *device);
void power_release_policy(struct device *device);

/* The parts of these two that are about holds. */
void power_holds_initialize(struct device *device);
void power_holds_finish(struct device *device);

/* The slow parts of the two functions below. */
void power_hold_in_low_power(struct device *device);
void power_last_hold_gone(struct device *device);

/*
 * The other side of holds: the policy's. Leaving D0 when nobody holds the device and its time is up; leaving it whatever holds
 * it; entering it again.
 */
bool power_try_to_idle(struct device *device);
void power_leave_d0(struct device *device);
void power_entered_d0(struct device *device);
bool power_is_held(struct device *device);
bool power_has_gone(struct device *device);

/* Whether the power machine rests in D0. */
bool power_is_in_d0(struct device *device);

/* The device does not come back: whoever waits for D0 hears of it. And the opposite, when a removed device starts again. */
void power_give_up(struct device *device);
void power_begin_anew(struct device *device);

/* Switches idle detection as the settings say. */
void power_apply_idle_settings(struct device *device);

/* IRP_MJ_POWER. */
NTSTATUS power_dispatch(struct device *device, PIRP irp);

/* Packets of the power machine: take the first one to D0 or to another state, send it down, send it down and hear of it, complete it. */
void power_take_packet(struct device *device, bool up);
void power_forward_packet(struct device *device);
void power_forward_packet_and_return(struct device *device);
void power_complete_packet(struct device *device, NTSTATUS status);
/* The packet that puts the machine to sleep, or wakes it, goes on down. */
void power_forward_sleep_packet(struct device *device);

/*
 * Arming and disarming, at their places between the steps of the power machine. Arming says whether the device may go down:
 * from S0 an unarmed one does not. Before it is disarmed, the driver hears whether it is what has woken.
 */
bool policy_arm(struct device *device);
void policy_tell_woken(struct device *device);
void policy_disarm(struct device *device);

#endif /* WDF_POWER_DEVICE_H */
