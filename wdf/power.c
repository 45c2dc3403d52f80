/* SPDX-License-Identifier: MIT */
/*
 * The power machine of a device, as data: the steps into and out of D0, and what follows when one of them fails.
 *
 * The way down is not stopped by a step that fails: the rest follows, and the device has failed afterwards. What is asked for
 * without a packet (start, stop, removal) is answered to the policy machine; a packet is answered by sending it on.
 */
#include "wdf/power_device.h"

#include "nt/io/device_object.h"
#include "wdf/device.h"
#include "wdf/device_callback.h"
#include "wdf/globals.h"
#include "wdf/interrupt.h"
#include "wdf/pdo.h"
#include "wdf/pnp.h"
#include "wdf/queue.h"
#include "wdf/self_managed_io.h"

/* A device that must not be paged during power changes may not take longer than this for one. */
#define PATIENCE (600 * PLATFORM_SECOND)

enum power_state
{
    POWER_CREATED,
    POWER_D0,
    POWER_DX,
    POWER_DX_ARMED,
    POWER_STOPPED,
    POWER_FAILED,
    POWER_FINAL,

    POWER_START_ENTRY,
    POWER_START_CONNECT,
    POWER_START_POST,
    POWER_START_DMA,
    POWER_START_QUEUES,
    POWER_START_IO,
    POWER_START_DONE,

    POWER_START_FAILED_QUEUES,
    POWER_START_FAILED_DMA,
    POWER_START_FAILED_PRE,
    POWER_START_FAILED_DISCONNECT,
    POWER_START_FAILED_EXIT,
    POWER_START_FAILED_DONE,

    POWER_STOP_SUSPEND,
    POWER_STOP_QUEUES,
    POWER_STOP_DMA,
    POWER_STOP_PRE,
    POWER_STOP_DISCONNECT,
    POWER_STOP_EXIT,
    POWER_STOP_FROM_DX,
    POWER_STOP_DONE,

    POWER_DOWN_SUSPEND,
    POWER_DOWN_QUEUES,
    POWER_DOWN_ARM,
    POWER_DOWN_DMA,
    POWER_DOWN_PRE,
    POWER_DOWN_DISCONNECT,
    POWER_DOWN_EXIT,
    POWER_DOWN_DONE,
    POWER_DOWN_FAILED,
    POWER_UNDO_QUEUES,
    POWER_UNDO_IO,
    POWER_UNDO_DONE,

    POWER_WAKE_PENDING,
    POWER_WAKE_ENTRY,
    POWER_WAKE_CONNECT,
    POWER_WAKE_POST,
    POWER_WAKE_DMA,
    POWER_WAKE_DISARM,
    POWER_WAKE_QUEUES,
    POWER_WAKE_IO,
    POWER_WAKE_DONE,

    POWER_WAKE_FAILED_QUEUES,
    POWER_WAKE_FAILED_DMA,
    POWER_WAKE_FAILED_PRE,
    POWER_WAKE_FAILED_DISCONNECT,
    POWER_WAKE_FAILED_EXIT,
    POWER_WAKE_FAILED_DONE,
    POWER_STATE_COUNT,
};

/* A driver that has called WdfDeviceSetFailed in the callback has failed, whatever that returned. */
static uint8_t outcome(struct device *device, NTSTATUS status)
{
    return NT_SUCCESS(status) && !platform_atomic_load(&device->failed_by_driver) ? POWER_EVENT_SUCCESS :
                                                                                    POWER_EVENT_FAILURE;
}

/* On the way down a failure is noted, and the way goes on. */
static uint8_t note(struct device *device, NTSTATUS status)
{
    device->power.failed |= !NT_SUCCESS(status);
    return POWER_EVENT_SUCCESS;
}

static void report_to_policy(struct device *device, uint8_t event)
{
    machine_post(device, MACHINE_POLICY, event);
}

/* The owner of the policy has asked for it and knows. */
static void report_to_follower(struct device *device, uint8_t event)
{
    if (!device->owns_power_policy)
    {
        report_to_policy(device, event);
    }
}

/*
 * The watchdog of devices that are not pageable.
 */

static void took_too_long(struct platform_timer *timer, void *context)
{
    struct device *device = context;

    (void)timer;
    globals_bugcheck(device->object.globals, WDF_POWER_ROUTINE_TIMED_OUT, (ULONG_PTR)wdfobj_handle(&device->object),
                     (ULONG_PTR)device->power.target, 0);
}

static void watch_begins(struct device *device)
{
    if (!device->power_pageable && platform_timer_service_start() == 0)
    {
        platform_timer_initialize(&device->power.watchdog, took_too_long, device);
        (void)platform_timer_arm(&device->power.watchdog, platform_deadline_in(PATIENCE));
    }
}

static void watch_ends(struct device *device)
{
    if (!device->power_pageable && device->power.watchdog.function != NULL)
    {
        (void)platform_timer_cancel_and_wait(&device->power.watchdog);
    }
}

/*
 * Steps up.
 */

/* Who has entered leaves: that the driver has failed meanwhile counts from the next step on, which D0Exit undoes. */
static uint8_t enter_d0(struct device *device)
{
    NTSTATUS status;

    device->power.published = WdfPowerDeviceD0;
    status = device_call_power(device, device->pnp_power.EvtDeviceD0Entry, device->power.previous, "EvtDeviceD0Entry");
    return NT_SUCCESS(status) ? POWER_EVENT_SUCCESS : POWER_EVENT_FAILURE;
}

static uint8_t start_d0(struct device *device)
{
    watch_begins(device);
    device->power.failed = false;
    device->power.previous = WdfPowerDeviceD3Final;
    device->power.target = WdfPowerDeviceD3Final;
    return pdo_hold_parent(device) ? enter_d0(device) : POWER_EVENT_FAILURE;
}

static uint8_t wake_d0(struct device *device)
{
    watch_begins(device);
    device->power.failed = false;
    device->power.target = WdfPowerDeviceD3Final;
    return enter_d0(device);
}

static uint8_t connect(struct device *device)
{
    return outcome(device, interrupts_connect(device));
}

static uint8_t post_interrupts(struct device *device)
{
    return outcome(device, device_call_power(device, device->pnp_power.EvtDeviceD0EntryPostInterruptsEnabled,
                                             device->power.previous, "EvtDeviceD0EntryPostInterruptsEnabled"));
}

/* Devices without a DMA enabler have no more to do here than to look for children. */
static uint8_t enable_dma(struct device *device)
{
    children_scan(device);
    return outcome(device, STATUS_SUCCESS);
}

/* The bus stops signalling between the two: what has woken the device is told while the signal is there. */
static uint8_t disarm(struct device *device)
{
    policy_tell_woken(device);
    pdo_disable_wake(device);
    policy_disarm(device);
    return POWER_EVENT_SUCCESS;
}

static uint8_t start_queues(struct device *device)
{
    device->power.state = PowerDeviceD0;
    queues_power_up(device);
    return POWER_EVENT_SUCCESS;
}

static uint8_t start_io(struct device *device)
{
    return outcome(device, self_managed_io(device, SELF_MANAGED_IO_START));
}

static uint8_t report_up(struct device *device)
{
    watch_ends(device);
    report_to_policy(device, POLICY_EVENT_UP);
    return POWER_EVENT_SUCCESS;
}

static uint8_t answer_up(struct device *device)
{
    POWER_STATE state = {.DeviceState = PowerDeviceD0};

    watch_ends(device);
    device->power.action = PowerActionNone;
    (void)PoSetPowerState(device->wdm, DevicePowerState, state);
    report_to_follower(device, POLICY_EVENT_SEEN_D0);
    power_complete_packet(device, STATUS_SUCCESS);
    return POWER_EVENT_SUCCESS;
}

/*
 * Steps down.
 */

static uint8_t suspend(struct device *device)
{
    watch_begins(device);
    return note(device, self_managed_io(device, SELF_MANAGED_IO_SUSPEND));
}

static uint8_t stop_queues(struct device *device)
{
    queues_power_down(device);
    return POWER_EVENT_SUCCESS;
}

/* A device that fails on its way down goes on, armed or not. */
static uint8_t arm(struct device *device)
{
    if (!policy_arm(device) && !device->power.failed)
    {
        return POWER_EVENT_FAILURE;
    }
    pdo_enable_wake(device);
    return POWER_EVENT_SUCCESS;
}

/* Nothing here has a DMA enabler to stop; the state is published, and its place is this. */
static uint8_t disable_dma(struct device *device)
{
    (void)device;
    return POWER_EVENT_SUCCESS;
}

static uint8_t leave_d0_pre(struct device *device)
{
    return note(device, device_call_power(device, device->pnp_power.EvtDeviceD0ExitPreInterruptsDisabled,
                                          device->power.target, "EvtDeviceD0ExitPreInterruptsDisabled"));
}

static uint8_t disconnect(struct device *device)
{
    struct interrupts_down down = {
        .stay_connected = !device->power_pageable && device->power.target != WdfPowerDeviceD3Final,
        .to_low_power = device->power.target != WdfPowerDeviceD3Final,
        .armed_for_wake = device->power.armed,
    };

    return note(device, interrupts_disconnect(device, down));
}

/* After a failure on the way up nothing stays connected: there is no way back that would need it. */
static uint8_t disconnect_all(struct device *device)
{
    (void)interrupts_disconnect(device, (struct interrupts_down){0});
    return POWER_EVENT_SUCCESS;
}

static uint8_t leave_d0(struct device *device)
{
    NTSTATUS status = device_call_power(device, device->pnp_power.EvtDeviceD0Exit, device->power.target, "EvtDeviceD0Exit");

    (void)note(device, status);
    device->power.published = device->power.target;
    device->power.previous = device->power.target;
    return device->power.failed ? POWER_EVENT_FAILURE : POWER_EVENT_SUCCESS;
}

static uint8_t stop_suspend(struct device *device)
{
    device->power.target = WdfPowerDeviceD3Final;
    return suspend(device);
}

static uint8_t stop_from_dx(struct device *device)
{
    device->power.target = WdfPowerDeviceD3Final;
    interrupts_disconnect_rest(device);
    return POWER_EVENT_SUCCESS;
}

static uint8_t report_off(struct device *device)
{
    watch_ends(device);
    device->power.state = PowerDeviceD3;
    pdo_release_parent(device);
    report_to_policy(device, POLICY_EVENT_OFF);
    return POWER_EVENT_SUCCESS;
}

/*
 * Packets.
 */

/* Whoever owns the policy knows what it has asked for; the others believe what the packet says. */
static bool follows_machine(struct device *device)
{
    return !device->owns_power_policy || device->power.system != PowerSystemWorking;
}

/* How the driver sees the state that a packet asks for. */
static WDF_POWER_DEVICE_STATE target_of(struct device *device, const IO_STACK_LOCATION *location)
{
    POWER_ACTION action = location->Parameters.Power.ShutdownType;
    bool for_sleep = follows_machine(device);

    if (for_sleep && action >= PowerActionShutdown && action <= PowerActionShutdownOff)
    {
        return WdfPowerDeviceD3Final;
    }
    if (for_sleep && action == PowerActionHibernate &&
        platform_atomic_load(&device->special_files[WdfSpecialFileHibernation]) != 0)
    {
        return WdfPowerDevicePrepareForHibernation;
    }
    return (WDF_POWER_DEVICE_STATE)location->Parameters.Power.State.DeviceState;
}

static uint8_t begin_down(struct device *device)
{
    const IO_STACK_LOCATION *location;

    power_take_packet(device, false);
    location = device->power.packet->Tail.Overlay.CurrentStackLocation;
    device->power.failed = false;
    device->power.target = target_of(device, location);
    device->power.action = location->Parameters.Power.ShutdownType;
    return suspend(device);
}

/* The device is down, whatever those below say to the packet. */
static void go_down(struct device *device)
{
    POWER_STATE state = device->power.packet->Tail.Overlay.CurrentStackLocation->Parameters.Power.State;

    watch_ends(device);
    device->power.state = state.DeviceState;
    (void)PoSetPowerState(device->wdm, DevicePowerState, state);
    report_to_follower(device, POLICY_EVENT_SEEN_DX);
    pdo_release_parent(device);
    power_forward_packet(device);
}

/* "Failure" is the other kind of Dx: armed for wake. */
static uint8_t answer_down(struct device *device)
{
    bool armed = device->power.armed;

    go_down(device);
    return armed ? POWER_EVENT_FAILURE : POWER_EVENT_SUCCESS;
}

static uint8_t answer_down_failed(struct device *device)
{
    interrupts_disconnect_rest(device);
    power_give_up(device);
    machine_post(device, MACHINE_PNP, PNP_EVENT_FAIL);
    go_down(device);
    return POWER_EVENT_SUCCESS;
}

/* The drivers below have not heard of the packet: it ends here, and everything is as it was. */
static uint8_t refuse_down(struct device *device)
{
    watch_ends(device);
    power_complete_packet(device, STATUS_DEVICE_POWER_FAILURE);
    return POWER_EVENT_SUCCESS;
}

static uint8_t begin_up(struct device *device)
{
    power_take_packet(device, true);
    power_forward_packet_and_return(device);
    return MACHINE_RESTS;
}

/* A packet that changes nothing for this device goes past it. */
static uint8_t pass_up(struct device *device)
{
    power_take_packet(device, true);
    power_forward_packet(device);
    return MACHINE_RESTS;
}

static uint8_t pass_down(struct device *device)
{
    power_take_packet(device, false);
    power_forward_packet(device);
    return MACHINE_RESTS;
}

static uint8_t start_failed(struct device *device)
{
    watch_ends(device);
    interrupts_disconnect_rest(device);
    pdo_release_parent(device);
    report_to_policy(device, POLICY_EVENT_UP_FAILED);
    return POWER_EVENT_SUCCESS;
}

static uint8_t wake_failed(struct device *device)
{
    watch_ends(device);
    interrupts_disconnect_rest(device);
    pdo_release_parent(device);
    power_give_up(device);
    power_complete_packet(device, STATUS_DEVICE_POWER_FAILURE);
    machine_post(device, MACHINE_PNP, PNP_EVENT_FAIL);
    return POWER_EVENT_SUCCESS;
}

/* While the action runs, the device is in the state on the right; what the action reports is looked up there. */
static const struct machine_row rows[] = {
    /* Start, and start after a stop. */
    {POWER_CREATED, POWER_EVENT_UP, start_d0, POWER_START_ENTRY},
    {POWER_STOPPED, POWER_EVENT_UP, start_d0, POWER_START_ENTRY},
    {POWER_START_ENTRY, POWER_EVENT_SUCCESS, connect, POWER_START_CONNECT},
    {POWER_START_ENTRY, POWER_EVENT_FAILURE, start_failed, POWER_START_FAILED_DONE},
    {POWER_START_CONNECT, POWER_EVENT_SUCCESS, post_interrupts, POWER_START_POST},
    {POWER_START_CONNECT, POWER_EVENT_FAILURE, disconnect_all, POWER_START_FAILED_DISCONNECT},
    {POWER_START_POST, POWER_EVENT_SUCCESS, enable_dma, POWER_START_DMA},
    {POWER_START_POST, POWER_EVENT_FAILURE, disconnect_all, POWER_START_FAILED_DISCONNECT},
    {POWER_START_DMA, POWER_EVENT_SUCCESS, start_queues, POWER_START_QUEUES},
    {POWER_START_DMA, POWER_EVENT_FAILURE, disable_dma, POWER_START_FAILED_DMA},
    {POWER_START_QUEUES, POWER_EVENT_SUCCESS, start_io, POWER_START_IO},
    {POWER_START_IO, POWER_EVENT_SUCCESS, report_up, POWER_START_DONE},
    {POWER_START_IO, POWER_EVENT_FAILURE, stop_queues, POWER_START_FAILED_QUEUES},
    {POWER_START_DONE, POWER_EVENT_SUCCESS, NULL, POWER_D0},
    {POWER_START_FAILED_QUEUES, POWER_EVENT_SUCCESS, disable_dma, POWER_START_FAILED_DMA},
    {POWER_START_FAILED_DMA, POWER_EVENT_SUCCESS, leave_d0_pre, POWER_START_FAILED_PRE},
    {POWER_START_FAILED_PRE, POWER_EVENT_SUCCESS, disconnect_all, POWER_START_FAILED_DISCONNECT},
    {POWER_START_FAILED_DISCONNECT, POWER_EVENT_SUCCESS, leave_d0, POWER_START_FAILED_EXIT},
    {POWER_START_FAILED_EXIT, POWER_EVENT_SUCCESS, start_failed, POWER_START_FAILED_DONE},
    {POWER_START_FAILED_EXIT, POWER_EVENT_FAILURE, start_failed, POWER_START_FAILED_DONE},
    {POWER_START_FAILED_DONE, POWER_EVENT_SUCCESS, NULL, POWER_FAILED},

    /* Stop and removal: no packet comes. From Dx nothing is called any more. */
    {POWER_D0, POWER_EVENT_OFF, stop_suspend, POWER_STOP_SUSPEND},
    {POWER_STOP_SUSPEND, POWER_EVENT_SUCCESS, stop_queues, POWER_STOP_QUEUES},
    {POWER_STOP_QUEUES, POWER_EVENT_SUCCESS, disable_dma, POWER_STOP_DMA},
    {POWER_STOP_DMA, POWER_EVENT_SUCCESS, leave_d0_pre, POWER_STOP_PRE},
    {POWER_STOP_PRE, POWER_EVENT_SUCCESS, disconnect, POWER_STOP_DISCONNECT},
    {POWER_STOP_DISCONNECT, POWER_EVENT_SUCCESS, leave_d0, POWER_STOP_EXIT},
    {POWER_STOP_EXIT, POWER_EVENT_SUCCESS, report_off, POWER_STOP_DONE},
    {POWER_STOP_EXIT, POWER_EVENT_FAILURE, report_off, POWER_STOP_DONE},
    {POWER_DX, POWER_EVENT_OFF, stop_from_dx, POWER_STOP_FROM_DX},
    {POWER_DX_ARMED, POWER_EVENT_OFF, stop_from_dx, POWER_STOP_FROM_DX},
    {POWER_STOP_FROM_DX, POWER_EVENT_SUCCESS, report_off, POWER_STOP_DONE},
    {POWER_FAILED, POWER_EVENT_OFF, report_off, POWER_STOP_DONE},
    {POWER_STOPPED, POWER_EVENT_OFF, report_off, POWER_STOP_DONE},
    {POWER_CREATED, POWER_EVENT_OFF, report_off, POWER_STOP_DONE},
    {POWER_STOP_DONE, POWER_EVENT_SUCCESS, NULL, POWER_STOPPED},
    {POWER_STOPPED, POWER_EVENT_REMOVE, NULL, POWER_FINAL},
    {POWER_CREATED, POWER_EVENT_REMOVE, NULL, POWER_FINAL},
    {POWER_FAILED, POWER_EVENT_REMOVE, NULL, POWER_FINAL},
    /* A physical device that stays with its parent starts again. */
    {POWER_FINAL, POWER_EVENT_UP, start_d0, POWER_START_ENTRY},
    {POWER_FINAL, POWER_EVENT_OFF, report_off, POWER_STOP_DONE},
    {POWER_FINAL, POWER_EVENT_REMOVE, NULL, POWER_FINAL},

    /* Down by a packet. A device that could not be armed stays: what was stopped goes on. */
    {POWER_D0, POWER_EVENT_PACKET_DX, begin_down, POWER_DOWN_SUSPEND},
    {POWER_DOWN_SUSPEND, POWER_EVENT_SUCCESS, stop_queues, POWER_DOWN_QUEUES},
    {POWER_DOWN_QUEUES, POWER_EVENT_SUCCESS, arm, POWER_DOWN_ARM},
    {POWER_DOWN_ARM, POWER_EVENT_SUCCESS, disable_dma, POWER_DOWN_DMA},
    {POWER_DOWN_ARM, POWER_EVENT_FAILURE, start_queues, POWER_UNDO_QUEUES},
    {POWER_UNDO_QUEUES, POWER_EVENT_SUCCESS, start_io, POWER_UNDO_IO},
    {POWER_UNDO_IO, POWER_EVENT_SUCCESS, refuse_down, POWER_UNDO_DONE},
    {POWER_UNDO_IO, POWER_EVENT_FAILURE, stop_queues, POWER_WAKE_FAILED_QUEUES},
    {POWER_UNDO_DONE, POWER_EVENT_SUCCESS, NULL, POWER_D0},
    {POWER_DOWN_DMA, POWER_EVENT_SUCCESS, leave_d0_pre, POWER_DOWN_PRE},
    {POWER_DOWN_PRE, POWER_EVENT_SUCCESS, disconnect, POWER_DOWN_DISCONNECT},
    {POWER_DOWN_DISCONNECT, POWER_EVENT_SUCCESS, leave_d0, POWER_DOWN_EXIT},
    {POWER_DOWN_EXIT, POWER_EVENT_SUCCESS, answer_down, POWER_DOWN_DONE},
    {POWER_DOWN_DONE, POWER_EVENT_SUCCESS, NULL, POWER_DX},
    {POWER_DOWN_DONE, POWER_EVENT_FAILURE, NULL, POWER_DX_ARMED},
    {POWER_DOWN_EXIT, POWER_EVENT_FAILURE, answer_down_failed, POWER_DOWN_FAILED},
    {POWER_DOWN_FAILED, POWER_EVENT_SUCCESS, NULL, POWER_FAILED},

    /* Up by a packet, when those below are up. */
    {POWER_DX, POWER_EVENT_PACKET_D0, begin_up, POWER_WAKE_PENDING},
    {POWER_DX_ARMED, POWER_EVENT_PACKET_D0, begin_up, POWER_WAKE_PENDING},
    {POWER_WAKE_PENDING, POWER_EVENT_LOWER_DONE, wake_d0, POWER_WAKE_ENTRY},
    {POWER_WAKE_PENDING, POWER_EVENT_LOWER_FAILED, wake_failed, POWER_WAKE_FAILED_DONE},
    {POWER_WAKE_ENTRY, POWER_EVENT_SUCCESS, connect, POWER_WAKE_CONNECT},
    {POWER_WAKE_ENTRY, POWER_EVENT_FAILURE, wake_failed, POWER_WAKE_FAILED_DONE},
    {POWER_WAKE_CONNECT, POWER_EVENT_SUCCESS, post_interrupts, POWER_WAKE_POST},
    {POWER_WAKE_CONNECT, POWER_EVENT_FAILURE, disconnect_all, POWER_WAKE_FAILED_DISCONNECT},
    {POWER_WAKE_POST, POWER_EVENT_SUCCESS, enable_dma, POWER_WAKE_DMA},
    {POWER_WAKE_POST, POWER_EVENT_FAILURE, disconnect_all, POWER_WAKE_FAILED_DISCONNECT},
    {POWER_WAKE_DMA, POWER_EVENT_SUCCESS, disarm, POWER_WAKE_DISARM},
    {POWER_WAKE_DMA, POWER_EVENT_FAILURE, disable_dma, POWER_WAKE_FAILED_DMA},
    {POWER_WAKE_DISARM, POWER_EVENT_SUCCESS, start_queues, POWER_WAKE_QUEUES},
    {POWER_WAKE_QUEUES, POWER_EVENT_SUCCESS, start_io, POWER_WAKE_IO},
    {POWER_WAKE_IO, POWER_EVENT_SUCCESS, answer_up, POWER_WAKE_DONE},
    {POWER_WAKE_IO, POWER_EVENT_FAILURE, stop_queues, POWER_WAKE_FAILED_QUEUES},
    {POWER_WAKE_DONE, POWER_EVENT_SUCCESS, NULL, POWER_D0},
    {POWER_WAKE_FAILED_QUEUES, POWER_EVENT_SUCCESS, disable_dma, POWER_WAKE_FAILED_DMA},
    {POWER_WAKE_FAILED_DMA, POWER_EVENT_SUCCESS, leave_d0_pre, POWER_WAKE_FAILED_PRE},
    {POWER_WAKE_FAILED_PRE, POWER_EVENT_SUCCESS, disconnect_all, POWER_WAKE_FAILED_DISCONNECT},
    {POWER_WAKE_FAILED_DISCONNECT, POWER_EVENT_SUCCESS, leave_d0, POWER_WAKE_FAILED_EXIT},
    {POWER_WAKE_FAILED_EXIT, POWER_EVENT_SUCCESS, wake_failed, POWER_WAKE_FAILED_DONE},
    {POWER_WAKE_FAILED_EXIT, POWER_EVENT_FAILURE, wake_failed, POWER_WAKE_FAILED_DONE},
    {POWER_WAKE_FAILED_DONE, POWER_EVENT_SUCCESS, NULL, POWER_FAILED},

    /* Packets that change nothing for this device. */
    {POWER_CREATED, POWER_EVENT_PACKET_D0, pass_up, POWER_CREATED},
    {POWER_CREATED, POWER_EVENT_PACKET_DX, pass_down, POWER_CREATED},
    {POWER_D0, POWER_EVENT_PACKET_D0, pass_up, POWER_D0},
    {POWER_DX, POWER_EVENT_PACKET_DX, pass_down, POWER_DX},
    {POWER_DX_ARMED, POWER_EVENT_PACKET_DX, pass_down, POWER_DX_ARMED},
    {POWER_STOPPED, POWER_EVENT_PACKET_D0, pass_up, POWER_STOPPED},
    {POWER_STOPPED, POWER_EVENT_PACKET_DX, pass_down, POWER_STOPPED},
    {POWER_FAILED, POWER_EVENT_PACKET_D0, pass_up, POWER_FAILED},
    {POWER_FAILED, POWER_EVENT_PACKET_DX, pass_down, POWER_FAILED},
    {POWER_FINAL, POWER_EVENT_PACKET_D0, pass_up, POWER_FINAL},
    {POWER_FINAL, POWER_EVENT_PACKET_DX, pass_down, POWER_FINAL},
};

#define BOTH(Name)                                         \
    {                                                      \
        WdfDevStatePower##Name, WdfDevStatePower##Name##NP \
    }
#define ONE(Name)                                      \
    {                                                  \
        WdfDevStatePower##Name, WdfDevStatePower##Name \
    }

static const struct machine_published published[] = {
    [POWER_CREATED] = ONE(ObjectCreated),
    [POWER_D0] = BOTH(D0),
    [POWER_DX] = BOTH(Dx),
    [POWER_DX_ARMED] = BOTH(DxArmedForWake),
    [POWER_STOPPED] = ONE(Stopped),
    [POWER_FAILED] = ONE(PowerFailedPowerDown),
    [POWER_FINAL] = ONE(Final),
    [POWER_START_ENTRY] = ONE(D0Starting),
    [POWER_START_CONNECT] = ONE(D0StartingConnectInterrupt),
    [POWER_START_POST] = ONE(D0StartingConnectInterrupt),
    [POWER_START_DMA] = ONE(D0StartingDmaEnable),
    [POWER_START_QUEUES] = ONE(D0StartingStartSelfManagedIo),
    [POWER_START_IO] = ONE(D0StartingStartSelfManagedIo),
    [POWER_START_DONE] = ONE(DecideD0State),
    [POWER_START_FAILED_QUEUES] = ONE(InitialSelfManagedIoFailed),
    [POWER_START_FAILED_DMA] = ONE(InitialDmaEnableFailed),
    [POWER_START_FAILED_PRE] = ONE(InitialDmaEnableFailed),
    [POWER_START_FAILED_DISCONNECT] = ONE(InitialConnectInterruptFailed),
    [POWER_START_FAILED_EXIT] = ONE(InitialPowerUpFailedPowerDown),
    [POWER_START_FAILED_DONE] = ONE(InitialPowerUpFailed),
    [POWER_STOP_SUSPEND] = ONE(GotoD3Stopped),
    [POWER_STOP_QUEUES] = ONE(GotoD3Stopped),
    [POWER_STOP_DMA] = ONE(GotoD3Stopped),
    [POWER_STOP_PRE] = ONE(GotoD3Stopped),
    [POWER_STOP_DISCONNECT] = ONE(GotoD3Stopped),
    [POWER_STOP_EXIT] = ONE(GotoD3Stopped),
    [POWER_STOP_FROM_DX] = ONE(GotoStopped),
    [POWER_STOP_DONE] = ONE(GotoStopped),
    [POWER_DOWN_SUSPEND] = BOTH(GotoDx),
    [POWER_DOWN_QUEUES] = BOTH(GotoDx),
    [POWER_DOWN_ARM] = BOTH(GotoDxIoStopped),
    [POWER_DOWN_DMA] = BOTH(GotoDxIoStopped),
    [POWER_DOWN_PRE] = BOTH(GotoDxIoStopped),
    [POWER_DOWN_DISCONNECT] = BOTH(GotoDxIoStopped),
    [POWER_DOWN_EXIT] = BOTH(GotoDxIoStopped),
    [POWER_DOWN_DONE] = BOTH(GotoDxIoStopped),
    [POWER_DOWN_FAILED] = ONE(GotoDxFailed),
    [POWER_UNDO_QUEUES] = BOTH(StartSelfManagedIo),
    [POWER_UNDO_IO] = BOTH(StartSelfManagedIo),
    [POWER_UNDO_DONE] = BOTH(StartSelfManagedIo),
    [POWER_WAKE_PENDING] = BOTH(WakePending),
    [POWER_WAKE_ENTRY] = BOTH(Waking),
    [POWER_WAKE_CONNECT] = BOTH(WakingConnectInterrupt),
    [POWER_WAKE_POST] = BOTH(WakingConnectInterrupt),
    [POWER_WAKE_DMA] = BOTH(WakingDmaEnable),
    [POWER_WAKE_DISARM] = BOTH(WakingPostHardwareEnabled),
    [POWER_WAKE_QUEUES] = BOTH(StartSelfManagedIo),
    [POWER_WAKE_IO] = BOTH(StartSelfManagedIo),
    [POWER_WAKE_DONE] = BOTH(StartSelfManagedIo),
    [POWER_WAKE_FAILED_QUEUES] = BOTH(StartSelfManagedIoFailed),
    [POWER_WAKE_FAILED_DMA] = BOTH(WakingDmaEnableFailed),
    [POWER_WAKE_FAILED_PRE] = BOTH(WakingDmaEnableFailed),
    [POWER_WAKE_FAILED_DISCONNECT] = BOTH(WakingConnectInterruptFailed),
    [POWER_WAKE_FAILED_EXIT] = BOTH(UpFailedPowerDown),
    [POWER_WAKE_FAILED_DONE] = BOTH(UpFailed),
};

#define BIT(Name) (1u << POWER_EVENT_##Name)

/* What a state in which the machine waits keeps for later. Nothing comes back from below but in one state. */
#define FROM_BELOW (BIT(LOWER_DONE) | BIT(LOWER_FAILED))

static const uint32_t kept[POWER_STATE_COUNT] = {
    [POWER_CREATED] = FROM_BELOW,
    [POWER_D0] = FROM_BELOW | BIT(UP) | BIT(REMOVE),
    [POWER_DX] = FROM_BELOW | BIT(UP) | BIT(REMOVE),
    [POWER_DX_ARMED] = FROM_BELOW | BIT(UP) | BIT(REMOVE),
    [POWER_STOPPED] = FROM_BELOW,
    [POWER_FAILED] = FROM_BELOW | BIT(UP),
    [POWER_FINAL] = FROM_BELOW,
    [POWER_WAKE_PENDING] = BIT(UP) | BIT(OFF) | BIT(PACKET_D0) | BIT(PACKET_DX) | BIT(REMOVE),
};

const struct machine_table power_machine = {
    .name = "power",
    .rows = rows,
    .count = ARRAYSIZE(rows),
    .published = published,
    .kept = kept,
    .states = POWER_STATE_COUNT,
    .events = POWER_EVENT_COUNT,
    .first_posted = POWER_EVENT_UP,
};

void power_initialize_device(struct device *device)
{
    InitializeListHead(&device->power.packets);
    device->power.published = WdfPowerDeviceD3Final;
    device->power.previous = WdfPowerDeviceD3Final;
    device->power.state = PowerDeviceD3;
    device->power.system = PowerSystemWorking;
    device->power.arm_for = PowerSystemUnspecified;
    device->power.up_on_system_wake = WdfUseDefault;
    machines_initialize(device);
    power_holds_initialize(device);
}

void power_finish_device(struct device *device)
{
    power_holds_finish(device);
    (void)pdo_end_wake(device, STATUS_CANCELLED);
    machines_drain(device);
}

void power_claim_policy(struct device *device)
{
    const void *owner = NULL;

    if (!platform_atomic_compare_exchange(&devobj_extension(device->pdo)->power_policy_owner, &owner, device->wdm) &&
        owner != device->wdm)
    {
        globals_bugcheck(device->object.globals, WDF_POWER_MULTIPLE_PPO, (ULONG_PTR)device->pdo, (ULONG_PTR)owner,
                         (ULONG_PTR)device->wdm);
    }
    device->power.claimed = true;
}

void power_release_policy(struct device *device)
{
    if (device->power.claimed)
    {
        platform_atomic_store(&devobj_extension(device->pdo)->power_policy_owner, NULL);
        device->power.claimed = false;
    }
}

bool power_is_in_d0(struct device *device)
{
    return machine_state(&device->machines, MACHINE_POWER) == POWER_D0;
}
