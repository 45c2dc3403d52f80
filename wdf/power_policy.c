/* SPDX-License-Identifier: MIT */
/*
 * The power policy machine of a device, as data: when the owner of a stack's policy asks for which device power state, and what
 * it arms. A device that does not own the policy starts and stops through the same machine, and follows what it sees.
 */
#include "nt/io/device_object.h"
#include "wdf/device.h"
#include "wdf/pnp.h"
#include "wdf/power_wake.h"

enum policy_state
{
    POLICY_CREATED,
    POLICY_STARTING,
    POLICY_UP,
    POLICY_DECIDING,
    POLICY_STARTED,
    POLICY_IDLE_UNARMED,
    POLICY_IDLE_ARMED,
    POLICY_TRY_UNARMED,
    POLICY_TRY_ARMED,
    POLICY_GO_UNARMED,
    POLICY_GO_ARMED,
    POLICY_REFUSED,
    POLICY_UNDOING,
    POLICY_WAITING_UNARMED,
    POLICY_WAITING_ARMED,
    POLICY_LOOK_UNARMED,
    POLICY_LOOK_ARMED,
    POLICY_RETURN_UNARMED,
    POLICY_RETURN_ARMED,
    POLICY_SLEEP_DECIDING,
    POLICY_SLEEP_FROM_DX,
    POLICY_SLEEP_NEEDS_D0,
    POLICY_SLEEPING_UNARMED,
    POLICY_SLEEPING_ARMED,
    POLICY_SLEEP_REFUSED,
    POLICY_ASLEEP_DONE,
    POLICY_ASLEEP,
    POLICY_ASLEEP_ARMED_DONE,
    POLICY_ASLEEP_ARMED,
    POLICY_WAKING_DECIDING,
    POLICY_WAKING,
    POLICY_WAKING_ARMED,
    POLICY_AWAKE_IN_DX,
    POLICY_DX,
    POLICY_FAILED,
    POLICY_STOPPING,
    POLICY_STOPPED,
    POLICY_REMOVED,
    POLICY_STATE_COUNT,
};

/*
 * Asking for a device power state.
 */

static VOID answered(PDEVICE_OBJECT wdm, UCHAR minor, POWER_STATE state, PVOID context, PIO_STATUS_BLOCK result)
{
    (void)wdm;
    (void)minor;
    (void)state;
    machine_post(context, MACHINE_POLICY, NT_SUCCESS(result->Status) ? POLICY_EVENT_ANSWERED : POLICY_EVENT_REFUSED);
}

static uint8_t ask_for(struct device *device, DEVICE_POWER_STATE target)
{
    POWER_STATE state = {.DeviceState = target};

    if (!NT_SUCCESS(PoRequestPowerIrp(device->pdo, IRP_MN_SET_POWER, state, answered, device, NULL)))
    {
        machine_post(device, MACHINE_POLICY, POLICY_EVENT_REFUSED);
    }
    return MACHINE_RESTS;
}

/*
 * Start, stop, and what the power machine says.
 */

static uint8_t start(struct device *device)
{
    power_begin_anew(device);
    device->power.system = PowerSystemWorking;
    machine_post(device, MACHINE_POWER, POWER_EVENT_UP);
    return MACHINE_RESTS;
}

/* PnP may go on; the device may idle from now on. */
static uint8_t started(struct device *device)
{
    power_entered_d0(device);
    machine_post(device, MACHINE_PNP, PNP_EVENT_POWER_UP);
    return POLICY_EVENT_SUCCESS;
}

static uint8_t start_failed(struct device *device)
{
    power_give_up(device);
    machine_post(device, MACHINE_PNP, PNP_EVENT_POWER_UP_FAILED);
    return MACHINE_RESTS;
}

/* What waits for the device to wake is not needed any more. */
static uint8_t stop(struct device *device)
{
    power_leave_d0(device);
    wake_cancel(device);
    device->power.armed = false;
    machine_post(device, MACHINE_POWER, POWER_EVENT_OFF);
    return MACHINE_RESTS;
}

static uint8_t stopped(struct device *device)
{
    machine_post(device, MACHINE_PNP, PNP_EVENT_POWER_DOWN);
    return MACHINE_RESTS;
}

static uint8_t removed(struct device *device)
{
    power_give_up(device);
    machine_post(device, MACHINE_POWER, POWER_EVENT_REMOVE);
    return MACHINE_RESTS;
}

/* The power machine has told PnP, unless the packet did not get that far; PnP takes the two for one. */
static uint8_t fail(struct device *device)
{
    power_give_up(device);
    wake_cancel(device);
    machine_post(device, MACHINE_PNP, PNP_EVENT_FAIL);
    return MACHINE_RESTS;
}

/*
 * Idle in S0.
 */

static uint8_t decide(struct device *device)
{
    struct device_power *power = &device->power;
    uint8_t event;

    power_apply_idle_settings(device);
    platform_spinlock_lock(&power->lock);
    event = !power->idle.assigned || !power->idle.enabled ? POLICY_EVENT_NO_IDLE :
            power->idle.wakes                             ? POLICY_EVENT_IDLE_ARMED :
                                                            POLICY_EVENT_IDLE_UNARMED;
    platform_spinlock_unlock(&power->lock);
    return event;
}

/* In D0 again; whoever waits for that hears of it before the next decision. */
static uint8_t returned(struct device *device)
{
    power_entered_d0(device);
    machine_post(device, MACHINE_PNP, PNP_EVENT_AWAKE);
    return POLICY_EVENT_SUCCESS;
}

static uint8_t try_to_idle(struct device *device)
{
    return power_try_to_idle(device) ? POLICY_EVENT_SUCCESS : POLICY_EVENT_FAILURE;
}

static DEVICE_POWER_STATE idle_state(struct device *device)
{
    DEVICE_POWER_STATE state;

    platform_spinlock_lock(&device->power.lock);
    state = device->power.idle.state;
    platform_spinlock_unlock(&device->power.lock);
    return state;
}

static bool may_idle(struct device *device)
{
    bool may;

    platform_spinlock_lock(&device->power.lock);
    may = device->power.idle.enabled;
    platform_spinlock_unlock(&device->power.lock);
    return may;
}

static uint8_t go_unarmed(struct device *device)
{
    device->power.arm_for = PowerSystemUnspecified;
    return ask_for(device, idle_state(device));
}

static uint8_t go_armed(struct device *device)
{
    device->power.arm_for = PowerSystemWorking;
    return ask_for(device, idle_state(device));
}

/* Down it is, or as it was: those above may have gone down, so D0 is asked for again. A device that has failed stays. */
static uint8_t refused(struct device *device)
{
    return power_has_gone(device) ? POLICY_EVENT_FAILURE : POLICY_EVENT_SUCCESS;
}

static uint8_t go_to_d0(struct device *device)
{
    return ask_for(device, PowerDeviceD0);
}

/* Something has happened in Dx: somebody holds the device, it has woken, or it is not to be here any more. */
static uint8_t look_in_dx(struct device *device)
{
    bool returns = power_is_held(device) || wake_is_over(device) || !may_idle(device);

    return returns && !power_has_gone(device) ? POLICY_EVENT_SUCCESS : POLICY_EVENT_FAILURE;
}

/* Whoever brings the device back has no use for what waits for it to wake. */
static uint8_t return_armed(struct device *device)
{
    wake_cancel(device);
    return ask_for(device, PowerDeviceD0);
}

/*
 * The machine sleeps.
 */

static SYSTEM_POWER_STATE target_system(struct device *device)
{
    PIO_STACK_LOCATION location = device->power.sleep_packet->Tail.Overlay.CurrentStackLocation;

    return location->Parameters.Power.State.SystemState;
}

static bool wakes_from(struct device *device, SYSTEM_POWER_STATE system)
{
    struct device_power *power = &device->power;
    bool wakes;

    platform_spinlock_lock(&power->lock);
    wakes = power->sleep.assigned &&
            (power->sleep.enabled || (power->arms_for_children && power_children_are_armed(device))) &&
            system >= PowerSystemSleeping1 && system <= PowerSystemHibernate;
    platform_spinlock_unlock(&power->lock);
    return wakes && power_deepest_wake_state(device, system) != PowerDeviceUnspecified;
}

/* What the device goes to when the machine sleeps and nothing waits for it to wake. */
static DEVICE_POWER_STATE ideal_state(struct device *device)
{
    DEVICE_POWER_STATE ideal = device_ideal_sleep_state(device);

    return ideal >= PowerDeviceD1 && ideal <= PowerDeviceD3 && target_system(device) <= PowerSystemHibernate ? ideal :
                                                                                                               PowerDeviceD3;
}

static uint8_t sleep_from_d0(struct device *device)
{
    power_leave_d0(device);
    device->power.system = target_system(device);
    return wakes_from(device, device->power.system) ? POLICY_EVENT_SUCCESS : POLICY_EVENT_FAILURE;
}

/* A device that is down already stays, unless it is to wake the machine: it is armed from D0 only. */
static uint8_t sleep_from_dx(struct device *device)
{
    device->power.system = target_system(device);
    return wakes_from(device, device->power.system) ? POLICY_EVENT_SUCCESS : POLICY_EVENT_STAY;
}

static uint8_t sleep_unarmed(struct device *device)
{
    device->power.arm_for = PowerSystemUnspecified;
    return ask_for(device, ideal_state(device));
}

static uint8_t sleep_armed(struct device *device)
{
    device->power.arm_for = device->power.system;
    return ask_for(device, wake_state_for_sleep(device));
}

static uint8_t sleeps(struct device *device)
{
    power_forward_sleep_packet(device);
    return POLICY_EVENT_SUCCESS;
}

/* A device that idled, or would, may stay where it is when its owner has not asked for more. */
static uint8_t decide_to_wake(struct device *device)
{
    struct device_power *power = &device->power;
    bool stays;

    power->system = PowerSystemWorking;
    platform_spinlock_lock(&power->lock);
    stays = power->idle.assigned && power->idle.enabled && !power->idle.wakes && power->up_on_system_wake != WdfTrue;
    platform_spinlock_unlock(&power->lock);
    return stays && !power_is_held(device) ? POLICY_EVENT_STAY : POLICY_EVENT_SUCCESS;
}

/* One that was armed is disarmed in D0, whether it is what woke the machine or not. */
static uint8_t wake_armed(struct device *device)
{
    device->power.system = PowerSystemWorking;
    return return_armed(device);
}

static uint8_t stay_in_dx(struct device *device)
{
    power_forward_sleep_packet(device);
    /* Whoever took a hold meanwhile has said so while nobody listened. */
    machine_post(device, MACHINE_POLICY, POLICY_EVENT_LOOK);
    return POLICY_EVENT_SUCCESS;
}

static uint8_t awake(struct device *device)
{
    power_entered_d0(device);
    machine_post(device, MACHINE_PNP, PNP_EVENT_AWAKE);
    power_forward_sleep_packet(device);
    return POLICY_EVENT_SUCCESS;
}

static uint8_t awake_failed(struct device *device)
{
    power_forward_sleep_packet(device);
    return fail(device);
}

/* A device without power hears that the machine sleeps or wakes, and has nothing to do. */
static uint8_t pass(struct device *device)
{
    power_forward_sleep_packet(device);
    return MACHINE_RESTS;
}

static uint8_t ignore(struct device *device)
{
    (void)device;
    return MACHINE_RESTS;
}

/* While the action runs, the device is in the state on the right; what the action reports is looked up there. */
static const struct machine_row rows[] = {
    /* Start, for owners and others. */
    {POLICY_CREATED, POLICY_EVENT_START, start, POLICY_STARTING},
    {POLICY_STOPPED, POLICY_EVENT_START, start, POLICY_STARTING},
    {POLICY_REMOVED, POLICY_EVENT_START, start, POLICY_STARTING},
    {POLICY_STARTING, POLICY_EVENT_UP, started, POLICY_UP},
    {POLICY_STARTING, POLICY_EVENT_UP_FAILED, start_failed, POLICY_FAILED},
    {POLICY_UP, POLICY_EVENT_SUCCESS, decide, POLICY_DECIDING},
    {POLICY_DECIDING, POLICY_EVENT_NO_IDLE, NULL, POLICY_STARTED},
    {POLICY_DECIDING, POLICY_EVENT_IDLE_UNARMED, NULL, POLICY_IDLE_UNARMED},
    {POLICY_DECIDING, POLICY_EVENT_IDLE_ARMED, NULL, POLICY_IDLE_ARMED},
    {POLICY_STARTED, POLICY_EVENT_SETTINGS, decide, POLICY_DECIDING},
    {POLICY_IDLE_UNARMED, POLICY_EVENT_SETTINGS, decide, POLICY_DECIDING},
    {POLICY_IDLE_ARMED, POLICY_EVENT_SETTINGS, decide, POLICY_DECIDING},
    {POLICY_STARTED, POLICY_EVENT_LOOK, ignore, POLICY_STARTED},

    /* The time is up and nobody holds the device. */
    {POLICY_IDLE_UNARMED, POLICY_EVENT_LOOK, try_to_idle, POLICY_TRY_UNARMED},
    {POLICY_IDLE_ARMED, POLICY_EVENT_LOOK, try_to_idle, POLICY_TRY_ARMED},
    {POLICY_TRY_UNARMED, POLICY_EVENT_FAILURE, NULL, POLICY_IDLE_UNARMED},
    {POLICY_TRY_ARMED, POLICY_EVENT_FAILURE, NULL, POLICY_IDLE_ARMED},
    {POLICY_TRY_UNARMED, POLICY_EVENT_SUCCESS, go_unarmed, POLICY_GO_UNARMED},
    {POLICY_TRY_ARMED, POLICY_EVENT_SUCCESS, go_armed, POLICY_GO_ARMED},
    {POLICY_GO_UNARMED, POLICY_EVENT_ANSWERED, look_in_dx, POLICY_LOOK_UNARMED},
    {POLICY_GO_ARMED, POLICY_EVENT_ANSWERED, look_in_dx, POLICY_LOOK_ARMED},
    {POLICY_GO_UNARMED, POLICY_EVENT_REFUSED, refused, POLICY_REFUSED},
    {POLICY_GO_ARMED, POLICY_EVENT_REFUSED, refused, POLICY_REFUSED},
    {POLICY_REFUSED, POLICY_EVENT_SUCCESS, go_to_d0, POLICY_UNDOING},
    {POLICY_REFUSED, POLICY_EVENT_FAILURE, fail, POLICY_FAILED},
    {POLICY_UNDOING, POLICY_EVENT_ANSWERED, returned, POLICY_UP},
    {POLICY_UNDOING, POLICY_EVENT_REFUSED, fail, POLICY_FAILED},

    /* In Dx until somebody holds it, it wakes, or its settings change. */
    {POLICY_WAITING_UNARMED, POLICY_EVENT_LOOK, look_in_dx, POLICY_LOOK_UNARMED},
    {POLICY_WAITING_UNARMED, POLICY_EVENT_SETTINGS, look_in_dx, POLICY_LOOK_UNARMED},
    {POLICY_LOOK_UNARMED, POLICY_EVENT_FAILURE, NULL, POLICY_WAITING_UNARMED},
    {POLICY_LOOK_UNARMED, POLICY_EVENT_SUCCESS, go_to_d0, POLICY_RETURN_UNARMED},
    {POLICY_RETURN_UNARMED, POLICY_EVENT_ANSWERED, returned, POLICY_UP},
    {POLICY_RETURN_UNARMED, POLICY_EVENT_REFUSED, fail, POLICY_FAILED},
    {POLICY_WAITING_ARMED, POLICY_EVENT_LOOK, look_in_dx, POLICY_LOOK_ARMED},
    {POLICY_WAITING_ARMED, POLICY_EVENT_SETTINGS, look_in_dx, POLICY_LOOK_ARMED},
    {POLICY_LOOK_ARMED, POLICY_EVENT_FAILURE, NULL, POLICY_WAITING_ARMED},
    {POLICY_LOOK_ARMED, POLICY_EVENT_SUCCESS, return_armed, POLICY_RETURN_ARMED},
    {POLICY_RETURN_ARMED, POLICY_EVENT_ANSWERED, returned, POLICY_UP},
    {POLICY_RETURN_ARMED, POLICY_EVENT_REFUSED, fail, POLICY_FAILED},

    /* The machine falls asleep. */
    {POLICY_STARTED, POLICY_EVENT_SLEEP, sleep_from_d0, POLICY_SLEEP_DECIDING},
    {POLICY_IDLE_UNARMED, POLICY_EVENT_SLEEP, sleep_from_d0, POLICY_SLEEP_DECIDING},
    {POLICY_IDLE_ARMED, POLICY_EVENT_SLEEP, sleep_from_d0, POLICY_SLEEP_DECIDING},
    {POLICY_WAITING_UNARMED, POLICY_EVENT_SLEEP, sleep_from_dx, POLICY_SLEEP_FROM_DX},
    {POLICY_SLEEP_FROM_DX, POLICY_EVENT_STAY, sleeps, POLICY_ASLEEP_DONE},
    {POLICY_SLEEP_FROM_DX, POLICY_EVENT_SUCCESS, go_to_d0, POLICY_SLEEP_NEEDS_D0},
    {POLICY_WAITING_ARMED, POLICY_EVENT_SLEEP, return_armed, POLICY_SLEEP_NEEDS_D0},
    {POLICY_SLEEP_NEEDS_D0, POLICY_EVENT_ANSWERED, sleep_from_d0, POLICY_SLEEP_DECIDING},
    {POLICY_SLEEP_NEEDS_D0, POLICY_EVENT_REFUSED, awake_failed, POLICY_FAILED},
    {POLICY_SLEEP_DECIDING, POLICY_EVENT_FAILURE, sleep_unarmed, POLICY_SLEEPING_UNARMED},
    {POLICY_SLEEP_DECIDING, POLICY_EVENT_SUCCESS, sleep_armed, POLICY_SLEEPING_ARMED},
    {POLICY_SLEEPING_UNARMED, POLICY_EVENT_ANSWERED, sleeps, POLICY_ASLEEP_DONE},
    {POLICY_SLEEPING_UNARMED, POLICY_EVENT_REFUSED, refused, POLICY_SLEEP_REFUSED},
    {POLICY_SLEEPING_ARMED, POLICY_EVENT_ANSWERED, sleeps, POLICY_ASLEEP_ARMED_DONE},
    {POLICY_SLEEPING_ARMED, POLICY_EVENT_REFUSED, refused, POLICY_SLEEP_REFUSED},
    {POLICY_SLEEP_REFUSED, POLICY_EVENT_SUCCESS, sleeps, POLICY_ASLEEP_DONE},
    {POLICY_SLEEP_REFUSED, POLICY_EVENT_FAILURE, awake_failed, POLICY_FAILED},
    {POLICY_ASLEEP_DONE, POLICY_EVENT_SUCCESS, NULL, POLICY_ASLEEP},
    {POLICY_ASLEEP_ARMED_DONE, POLICY_EVENT_SUCCESS, NULL, POLICY_ASLEEP_ARMED},

    /* The machine wakes up. */
    {POLICY_ASLEEP, POLICY_EVENT_AWAKE, decide_to_wake, POLICY_WAKING_DECIDING},
    {POLICY_ASLEEP, POLICY_EVENT_SLEEP, pass, POLICY_ASLEEP},
    {POLICY_ASLEEP_ARMED, POLICY_EVENT_AWAKE, wake_armed, POLICY_WAKING_ARMED},
    {POLICY_ASLEEP_ARMED, POLICY_EVENT_SLEEP, pass, POLICY_ASLEEP_ARMED},
    {POLICY_WAKING_ARMED, POLICY_EVENT_ANSWERED, awake, POLICY_UP},
    {POLICY_WAKING_ARMED, POLICY_EVENT_REFUSED, awake_failed, POLICY_FAILED},
    {POLICY_WAKING_DECIDING, POLICY_EVENT_STAY, stay_in_dx, POLICY_AWAKE_IN_DX},
    {POLICY_WAKING_DECIDING, POLICY_EVENT_SUCCESS, go_to_d0, POLICY_WAKING},
    {POLICY_AWAKE_IN_DX, POLICY_EVENT_SUCCESS, NULL, POLICY_WAITING_UNARMED},
    {POLICY_WAKING, POLICY_EVENT_ANSWERED, awake, POLICY_UP},
    {POLICY_WAKING, POLICY_EVENT_REFUSED, awake_failed, POLICY_FAILED},

    /* The machine says that it works on, or has not heard that the device is not there: a veto, a start during sleep. */
    {POLICY_CREATED, POLICY_EVENT_SLEEP, pass, POLICY_CREATED},
    {POLICY_CREATED, POLICY_EVENT_AWAKE, pass, POLICY_CREATED},
    {POLICY_STARTED, POLICY_EVENT_AWAKE, pass, POLICY_STARTED},
    {POLICY_IDLE_UNARMED, POLICY_EVENT_AWAKE, pass, POLICY_IDLE_UNARMED},
    {POLICY_IDLE_ARMED, POLICY_EVENT_AWAKE, pass, POLICY_IDLE_ARMED},
    {POLICY_WAITING_UNARMED, POLICY_EVENT_AWAKE, pass, POLICY_WAITING_UNARMED},
    {POLICY_WAITING_ARMED, POLICY_EVENT_AWAKE, pass, POLICY_WAITING_ARMED},
    {POLICY_FAILED, POLICY_EVENT_SLEEP, pass, POLICY_FAILED},
    {POLICY_FAILED, POLICY_EVENT_AWAKE, pass, POLICY_FAILED},
    {POLICY_STOPPED, POLICY_EVENT_SLEEP, pass, POLICY_STOPPED},
    {POLICY_STOPPED, POLICY_EVENT_AWAKE, pass, POLICY_STOPPED},
    {POLICY_REMOVED, POLICY_EVENT_SLEEP, pass, POLICY_REMOVED},
    {POLICY_REMOVED, POLICY_EVENT_AWAKE, pass, POLICY_REMOVED},

    /* Who does not own the policy follows. */
    {POLICY_STARTED, POLICY_EVENT_SEEN_DX, NULL, POLICY_DX},
    {POLICY_DX, POLICY_EVENT_SEEN_D0, NULL, POLICY_STARTED},
    {POLICY_DX, POLICY_EVENT_STOP, stop, POLICY_STOPPING},

    /* Stop and removal, wherever the device is. */
    {POLICY_CREATED, POLICY_EVENT_STOP, stop, POLICY_STOPPING},
    {POLICY_STARTED, POLICY_EVENT_STOP, stop, POLICY_STOPPING},
    {POLICY_IDLE_UNARMED, POLICY_EVENT_STOP, stop, POLICY_STOPPING},
    {POLICY_IDLE_ARMED, POLICY_EVENT_STOP, stop, POLICY_STOPPING},
    {POLICY_WAITING_UNARMED, POLICY_EVENT_STOP, stop, POLICY_STOPPING},
    {POLICY_WAITING_ARMED, POLICY_EVENT_STOP, stop, POLICY_STOPPING},
    {POLICY_ASLEEP, POLICY_EVENT_STOP, stop, POLICY_STOPPING},
    {POLICY_ASLEEP_ARMED, POLICY_EVENT_STOP, stop, POLICY_STOPPING},
    {POLICY_FAILED, POLICY_EVENT_STOP, stop, POLICY_STOPPING},
    {POLICY_STOPPED, POLICY_EVENT_STOP, stop, POLICY_STOPPING},
    {POLICY_REMOVED, POLICY_EVENT_STOP, stop, POLICY_STOPPING},
    {POLICY_STOPPING, POLICY_EVENT_OFF, stopped, POLICY_STOPPED},
    {POLICY_CREATED, POLICY_EVENT_REMOVE, removed, POLICY_REMOVED},
    {POLICY_STOPPED, POLICY_EVENT_REMOVE, removed, POLICY_REMOVED},
    {POLICY_REMOVED, POLICY_EVENT_REMOVE, ignore, POLICY_REMOVED},
    {POLICY_FAILED, POLICY_EVENT_REMOVE, removed, POLICY_REMOVED},
};

#define STATE(Name)                                      \
    {                                                    \
        WdfDevStatePwrPol##Name, WdfDevStatePwrPol##Name \
    }
#define BOTH(Name)                                           \
    {                                                        \
        WdfDevStatePwrPol##Name, WdfDevStatePwrPol##Name##NP \
    }

static const struct machine_published published[] = {
    [POLICY_CREATED] = STATE(ObjectCreated),
    [POLICY_STARTING] = STATE(Starting),
    [POLICY_UP] = STATE(StartingSucceeded),
    [POLICY_DECIDING] = STATE(StartingDecideS0Wake),
    [POLICY_STARTED] = STATE(Started),
    [POLICY_IDLE_UNARMED] = STATE(StartedIdleCapable),
    [POLICY_IDLE_ARMED] = STATE(StartedWakeCapable),
    [POLICY_TRY_UNARMED] = STATE(IdleCapableDeviceIdle),
    [POLICY_TRY_ARMED] = STATE(WakeCapableDeviceIdle),
    [POLICY_GO_UNARMED] = STATE(TimerExpiredNoWake),
    [POLICY_GO_ARMED] = STATE(TimerExpiredWakeCapablePowerDown),
    [POLICY_REFUSED] = STATE(TimerExpiredWakeCapableCleanup),
    [POLICY_UNDOING] = STATE(TimerExpiredWakeCapableUndoPowerDown),
    [POLICY_WAITING_UNARMED] = STATE(WaitingUnarmed),
    [POLICY_WAITING_ARMED] = STATE(WaitingArmed),
    [POLICY_LOOK_UNARMED] = STATE(WaitingUnarmedQueryIdle),
    [POLICY_LOOK_ARMED] = STATE(WaitingArmedQueryIdle),
    [POLICY_RETURN_UNARMED] = STATE(S0NoWakePowerUp),
    [POLICY_RETURN_ARMED] = STATE(S0WakeCompletePowerUp),
    [POLICY_SLEEP_DECIDING] = STATE(Sleeping),
    [POLICY_SLEEP_FROM_DX] = STATE(SystemSleepFromDeviceWaitingUnarmed),
    [POLICY_SLEEP_NEEDS_D0] = STATE(SystemSleepNeedWake),
    [POLICY_SLEEPING_UNARMED] = STATE(SleepingNoWakePowerDown),
    [POLICY_SLEEPING_ARMED] = STATE(SleepingWakePowerDown),
    [POLICY_SLEEP_REFUSED] = STATE(SleepingNoWakeDxRequestFailed),
    [POLICY_ASLEEP_DONE] = STATE(SystemAsleepNoWake),
    [POLICY_ASLEEP] = STATE(SystemAsleepNoWake),
    [POLICY_ASLEEP_ARMED_DONE] = BOTH(SystemAsleepWakeArmed),
    [POLICY_ASLEEP_ARMED] = BOTH(SystemAsleepWakeArmed),
    [POLICY_WAKING_DECIDING] = STATE(SystemWakeQueryIdle),
    [POLICY_WAKING] = STATE(SystemWakeDeviceToD0),
    [POLICY_WAKING_ARMED] = BOTH(SystemWakeDeviceWakeEnabled),
    [POLICY_AWAKE_IN_DX] = STATE(SystemWakeQueryIdle),
    [POLICY_DX] = STATE(Dx),
    [POLICY_FAILED] = STATE(DevicePowerRequestFailed),
    [POLICY_STOPPING] = STATE(Stopping),
    [POLICY_STOPPED] = STATE(Stopped),
    [POLICY_REMOVED] = STATE(Removed),
};

#define BIT(Name) (1u << POLICY_EVENT_##Name)

/* What PnP asks for, what the power machine says, what a packet brings, what the machine does, and what is to be looked at. */
#define PNP (BIT(START) | BIT(STOP) | BIT(REMOVE))
#define POWER (BIT(UP) | BIT(UP_FAILED) | BIT(OFF))
#define ANSWER (BIT(ANSWERED) | BIT(REFUSED))
#define MACHINE (BIT(SLEEP) | BIT(AWAKE))
#define LOOKS (BIT(LOOK) | BIT(SETTINGS))
#define SEEN (BIT(SEEN_DX) | BIT(SEEN_D0))

/* What a state in which the machine waits keeps for later. What keeps a device in D0, say, is looked at when there is one. */
static const uint32_t kept[POLICY_STATE_COUNT] = {
    [POLICY_CREATED] = POWER | ANSWER | LOOKS | SEEN,
    [POLICY_STARTING] = PNP | BIT(OFF) | ANSWER | MACHINE | LOOKS | SEEN,
    [POLICY_STARTED] = BIT(START) | BIT(REMOVE) | POWER | ANSWER | BIT(SEEN_D0),
    [POLICY_IDLE_UNARMED] = BIT(START) | BIT(REMOVE) | POWER | ANSWER | SEEN,
    [POLICY_IDLE_ARMED] = BIT(START) | BIT(REMOVE) | POWER | ANSWER | SEEN,
    [POLICY_GO_UNARMED] = PNP | POWER | MACHINE | LOOKS | SEEN,
    [POLICY_GO_ARMED] = PNP | POWER | MACHINE | LOOKS | SEEN,
    [POLICY_UNDOING] = PNP | POWER | MACHINE | LOOKS | SEEN,
    [POLICY_WAITING_UNARMED] = BIT(START) | BIT(REMOVE) | POWER | ANSWER | SEEN,
    [POLICY_WAITING_ARMED] = BIT(START) | BIT(REMOVE) | POWER | ANSWER | SEEN,
    [POLICY_RETURN_UNARMED] = PNP | POWER | MACHINE | LOOKS | SEEN,
    [POLICY_RETURN_ARMED] = PNP | POWER | MACHINE | LOOKS | SEEN,
    [POLICY_SLEEP_NEEDS_D0] = PNP | POWER | MACHINE | LOOKS | SEEN,
    [POLICY_SLEEPING_UNARMED] = PNP | POWER | MACHINE | LOOKS | SEEN,
    [POLICY_SLEEPING_ARMED] = PNP | POWER | MACHINE | LOOKS | SEEN,
    [POLICY_ASLEEP] = BIT(START) | BIT(REMOVE) | POWER | ANSWER | LOOKS | SEEN,
    [POLICY_ASLEEP_ARMED] = BIT(START) | BIT(REMOVE) | POWER | ANSWER | LOOKS | SEEN,
    [POLICY_WAKING] = PNP | POWER | MACHINE | LOOKS | SEEN,
    [POLICY_WAKING_ARMED] = PNP | POWER | MACHINE | LOOKS | SEEN,
    [POLICY_DX] = BIT(START) | BIT(REMOVE) | POWER | ANSWER | MACHINE | LOOKS | BIT(SEEN_DX),
    [POLICY_FAILED] = BIT(START) | POWER | ANSWER | LOOKS | SEEN,
    [POLICY_STOPPING] = PNP | BIT(UP) | BIT(UP_FAILED) | ANSWER | MACHINE | LOOKS | SEEN,
    [POLICY_STOPPED] = POWER | ANSWER | LOOKS | SEEN,
    [POLICY_REMOVED] = POWER | ANSWER | LOOKS | SEEN,
};

const struct machine_table policy_machine = {
    .name = "power policy",
    .rows = rows,
    .count = ARRAYSIZE(rows),
    .published = published,
    .kept = kept,
    .states = POLICY_STATE_COUNT,
    .events = POLICY_EVENT_COUNT,
    .first_posted = POLICY_EVENT_START,
};
