/* SPDX-License-Identifier: MIT */
/*
 * The PnP machine of a device, as data. wdf/machine.h says how a machine runs, wdf/pnp_packet.c how packets become events.
 */
#include "wdf/pnp.h"

#include "nt/io/device_object.h"
#include "wdf/device_callback.h"
#include "wdf/globals.h"
#include "wdf/interrupt.h"
#include "wdf/pdo.h"
#include "wdf/power.h"
#include "wdf/power_wake.h"
#include "wdf/queue.h"
#include "wdf/self_managed_io.h"
#include "wdf/wmi.h"

static uint8_t outcome(NTSTATUS status)
{
    return NT_SUCCESS(status) ? PNP_EVENT_SUCCESS : PNP_EVENT_FAILURE;
}

/* Remembers why a packet fails, in the form in which its sender is told. */
static uint8_t answer(struct device *device, NTSTATUS status)
{
    if (!NT_SUCCESS(status))
    {
        device->pnp_status = status;
    }
    return outcome(status);
}

/*
 * Actions on the way up.
 */

/* What the removal of the stack before has ended begins anew. */
static void forget_removal(struct device *device)
{
    device->pnp_restarts = false;
    device->pnp_surprise = false;
    device->interfaces_enabled = false;
    queues_restore(device);
}

/* The driver has started with whatever interrupts there are; the two lists must agree about them. */
static uint8_t assign_resources(struct device *device)
{
    const IO_STACK_LOCATION *location = device->pnp_packet->Tail.Overlay.CurrentStackLocation;

    if (device->pnp_restarts)
    {
        forget_removal(device);
    }
    device->hardware_prepared = false;
    platform_atomic_store(&device->failed_by_driver, false);
    return answer(device, interrupts_assign(device, location->Parameters.StartDevice.AllocatedResources,
                                            location->Parameters.StartDevice.AllocatedResourcesTranslated));
}

static NTSTATUS call_prepare_hardware(struct device *device)
{
    struct device_callback_watch watch;
    NTSTATUS status;

    device_callback_begins(&watch, device, "EvtDevicePrepareHardware");
    status = device->pnp_power.EvtDevicePrepareHardware(wdfobj_handle(&device->object), device->resources_raw,
                                                        device->resources_translated);
    device_callback_ends(&watch);
    return device_check_answer(device, status, "EvtDevicePrepareHardware");
}

static uint8_t prepare_hardware(struct device *device)
{
    NTSTATUS status = STATUS_SUCCESS;

    device->hardware_prepared = true;
    if (device->pnp_power.EvtDevicePrepareHardware != NULL)
    {
        status = call_prepare_hardware(device);
    }
    if (NT_SUCCESS(status) && platform_atomic_load(&device->failed_by_driver))
    {
        status = STATUS_UNSUCCESSFUL;
    }
    return answer(device, status);
}

static uint8_t power_up(struct device *device)
{
    if (device->owns_power_policy)
    {
        power_claim_policy(device);
        (void)wake_query_capabilities(device);
    }
    machine_post(device, MACHINE_POLICY, POLICY_EVENT_START);
    return MACHINE_RESTS;
}

/* Only the first start enables them: a stopped device keeps its interfaces in the state that its driver has given them. */
static uint8_t enable_interfaces(struct device *device)
{
    NTSTATUS status = device->interfaces_enabled ? STATUS_SUCCESS : device_enable_interfaces(device);

    device->interfaces_enabled = NT_SUCCESS(status);
    if (NT_SUCCESS(status))
    {
        status = wmi_start(device);
    }
    return answer(device, status);
}

/*
 * Queries.
 */

/* What speaks against a stop or removal before the driver is asked. */
static NTSTATUS check_static(struct device *device)
{
    if (platform_atomic_load(&device->not_stoppable) != 0)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    return special_files_in_use(device) ? STATUS_DEVICE_NOT_READY : STATUS_SUCCESS;
}

static uint8_t query_stop(struct device *device)
{
    NTSTATUS status = check_static(device);

    if (NT_SUCCESS(status))
    {
        status = device_check_answer(device, device_call(device, device->pnp_power.EvtDeviceQueryStop, "EvtDeviceQueryStop"),
                                     "EvtDeviceQueryStop");
    }
    return answer(device, status);
}

static uint8_t query_remove(struct device *device)
{
    NTSTATUS status = check_static(device);

    if (NT_SUCCESS(status))
    {
        status =
            device_check_answer(device, device_call(device, device->pnp_power.EvtDeviceQueryRemove, "EvtDeviceQueryRemove"),
                                "EvtDeviceQueryRemove");
    }
    return answer(device, status);
}

/* Until the question is settled, and the device has been powered down if the answer is yes. */
static uint8_t wake_up(struct device *device)
{
    if (device->power.system != PowerSystemWorking)
    {
        /* The machine sleeps: nobody is woken for this. */
        return PNP_EVENT_SUCCESS;
    }
    device->pnp_holds_power = true;
    if (power_hold(device))
    {
        return PNP_EVENT_SUCCESS;
    }
    return power_has_gone(device) ? PNP_EVENT_FAILURE : MACHINE_RESTS;
}

static void let_idle(struct device *device)
{
    if (device->pnp_holds_power)
    {
        device->pnp_holds_power = false;
        power_release(device);
    }
}

static uint8_t query_cancelled(struct device *device)
{
    let_idle(device);
    return PNP_EVENT_SUCCESS;
}

static uint8_t power_failed_in_query(struct device *device)
{
    let_idle(device);
    return answer(device, STATUS_DEVICE_POWER_FAILURE);
}

/* First the question is answered, then the device fails. */
static uint8_t fail_query(struct device *device)
{
    machine_post(device, MACHINE_PNP, PNP_EVENT_FAIL);
    return power_failed_in_query(device);
}

/*
 * Actions on the way down. None of them can stop it.
 */

static uint8_t surprise(struct device *device)
{
    device->pnp_surprise = true;
    power_give_up(device);
    device_tell(device, device->pnp_power.EvtDeviceSurpriseRemoval, "EvtDeviceSurpriseRemoval");
    children_report_all_missing(device);
    return PNP_EVENT_SUCCESS;
}

/* For another start. */
static uint8_t power_down(struct device *device)
{
    machine_post(device, MACHINE_POLICY, POLICY_EVENT_STOP);
    return MACHINE_RESTS;
}

/* For good: who waits for D0 waits in vain. */
static uint8_t power_off(struct device *device)
{
    power_give_up(device);
    return power_down(device);
}

static uint8_t fail(struct device *device)
{
    device->pnp_failed_later = true;
    return power_off(device);
}

static uint8_t fail_without_power(struct device *device)
{
    device->pnp_failed_later = true;
    return PNP_EVENT_SUCCESS;
}

static void call_release_hardware(struct device *device)
{
    struct device_callback_watch watch;

    device_callback_begins(&watch, device, "EvtDeviceReleaseHardware");
    (void)device_check_answer(
        device, device->pnp_power.EvtDeviceReleaseHardware(wdfobj_handle(&device->object), device->resources_translated),
        "EvtDeviceReleaseHardware");
    device_callback_ends(&watch);
}

static void release_prepared_hardware(struct device *device)
{
    if (device->hardware_prepared && device->pnp_power.EvtDeviceReleaseHardware != NULL)
    {
        call_release_hardware(device);
    }
    if (device->hardware_prepared)
    {
        interrupts_release(device);
    }
    device->hardware_prepared = false;
}

/* A failure in power-down is one of the device, which is not stopped then but has failed. */
static uint8_t release_hardware(struct device *device)
{
    let_idle(device);
    release_prepared_hardware(device);
    return device->power.failed ? PNP_EVENT_FAILURE : PNP_EVENT_SUCCESS;
}

/* After a failure the driver may want its children to be gone first. */
static uint8_t release_hardware_of_failed(struct device *device)
{
    let_idle(device);
    if (!device->releases_hardware_late)
    {
        release_prepared_hardware(device);
    }
    return PNP_EVENT_SUCCESS;
}

static uint8_t release_hardware_power_failed(struct device *device)
{
    device->pnp_status = STATUS_DEVICE_POWER_FAILURE;
    return release_hardware_of_failed(device);
}

static uint8_t disable_interfaces(struct device *device)
{
    wmi_stop(device);
    device_disable_interfaces(device);
    device_remove_symbolic_link(device);
    return PNP_EVENT_SUCCESS;
}

static uint8_t purge_managed_queues(struct device *device)
{
    queues_purge(device, true);
    return PNP_EVENT_SUCCESS;
}

static uint8_t flush_self_managed_io(struct device *device)
{
    (void)self_managed_io(device, SELF_MANAGED_IO_FLUSH);
    return PNP_EVENT_SUCCESS;
}

/* After an orderly removal goes on, after a surprise waits for the remove packet. */
static uint8_t wait_for_remove(struct device *device)
{
    machine_post(device, MACHINE_POLICY, POLICY_EVENT_REMOVE);
    return device->pnp_surprise ? PNP_EVENT_FAILURE : PNP_EVENT_SUCCESS;
}

static uint8_t has_failed(struct device *device)
{
    power_give_up(device);
    machine_post(device, MACHINE_POLICY, POLICY_EVENT_REMOVE);
    if (device->pnp_failed_later)
    {
        device->pnp_failed_later = false;
        pnp_ask_for_removal(device);
    }
    return PNP_EVENT_SUCCESS;
}

/* The stack of a child that its bus still has may be built again: only what is gone is cleaned up. */
static uint8_t decide_end(struct device *device)
{
    bool ended = !device_is_pdo(device) || children_removed(device);

    device->pnp_restarts = !ended;
    return ended ? PNP_EVENT_SUCCESS : PNP_EVENT_FAILURE;
}

/* All children have been removed by plug and play; what nobody needs to remove is deleted here. */
static uint8_t clean_up(struct device *device)
{
    power_give_up(device);
    children_end(device);
    release_prepared_hardware(device);
    queues_purge(device, false);
    (void)self_managed_io(device, SELF_MANAGED_IO_CLEANUP);
    power_release_policy(device);
    machine_post(device, MACHINE_POLICY, POLICY_EVENT_REMOVE);
    return PNP_EVENT_SUCCESS;
}

static uint8_t ignore(struct device *device)
{
    (void)device;
    return MACHINE_RESTS;
}

/*
 * The table. "While the action runs, the device is in the state on the right; what the action reports is looked up there."
 */
static const struct machine_row rows[] = {
    /* Start. */
    {PNP_INIT, PNP_EVENT_START, assign_resources, PNP_ASSIGNING_RESOURCES},
    {PNP_ASSIGNING_RESOURCES, PNP_EVENT_SUCCESS, prepare_hardware, PNP_PREPARING},
    {PNP_ASSIGNING_RESOURCES, PNP_EVENT_FAILURE, disable_interfaces, PNP_FAILED_DISABLING_INTERFACES},
    {PNP_PREPARING, PNP_EVENT_SUCCESS, power_up, PNP_POWERING_UP},
    {PNP_PREPARING, PNP_EVENT_FAILURE, release_hardware_of_failed, PNP_FAILED_RELEASING},
    {PNP_POWERING_UP, PNP_EVENT_POWER_UP, enable_interfaces, PNP_ENABLING_INTERFACES},
    {PNP_POWERING_UP, PNP_EVENT_POWER_UP_FAILED, release_hardware_power_failed, PNP_FAILED_POWER_RELEASING},
    {PNP_ENABLING_INTERFACES, PNP_EVENT_SUCCESS, NULL, PNP_STARTED},
    {PNP_ENABLING_INTERFACES, PNP_EVENT_FAILURE, power_off, PNP_FAILED_POWERING_DOWN},

    /* What has failed, at the start or later, undoes what was done, and waits to be removed. */
    {PNP_STARTED, PNP_EVENT_FAIL, fail, PNP_FAILED_POWERING_DOWN},
    {PNP_QUERIED_STOP, PNP_EVENT_FAIL, fail, PNP_FAILED_POWERING_DOWN},
    {PNP_QUERIED_REMOVE, PNP_EVENT_FAIL, fail, PNP_FAILED_POWERING_DOWN},
    {PNP_STOPPED, PNP_EVENT_FAIL, fail_without_power, PNP_FAILED_STOPPED},
    {PNP_FAILED_STOPPED, PNP_EVENT_SUCCESS, disable_interfaces, PNP_FAILED_DISABLING_INTERFACES},
    {PNP_FAILED_POWERING_DOWN, PNP_EVENT_POWER_DOWN, release_hardware_of_failed, PNP_FAILED_RELEASING},
    {PNP_FAILED_POWER_RELEASING, PNP_EVENT_SUCCESS, disable_interfaces, PNP_FAILED_DISABLING_INTERFACES},
    {PNP_FAILED_RELEASING, PNP_EVENT_SUCCESS, disable_interfaces, PNP_FAILED_DISABLING_INTERFACES},
    {PNP_FAILED_DISABLING_INTERFACES, PNP_EVENT_SUCCESS, purge_managed_queues, PNP_FAILED_PURGING_QUEUES},
    {PNP_FAILED_PURGING_QUEUES, PNP_EVENT_SUCCESS, flush_self_managed_io, PNP_FAILED_FLUSHING},
    {PNP_FAILED_FLUSHING, PNP_EVENT_SUCCESS, has_failed, PNP_FAILED_TELLING},
    {PNP_FAILED_TELLING, PNP_EVENT_SUCCESS, NULL, PNP_FAILED},
    {PNP_FAILED, PNP_EVENT_QUERY_REMOVE, NULL, PNP_FAILED},
    {PNP_FAILED, PNP_EVENT_CANCEL_REMOVE, NULL, PNP_FAILED},
    {PNP_FAILED, PNP_EVENT_CANCEL_STOP, NULL, PNP_FAILED},
    {PNP_FAILED, PNP_EVENT_STOP, NULL, PNP_FAILED},
    {PNP_FAILED, PNP_EVENT_FAIL, ignore, PNP_FAILED},
    {PNP_FAILED, PNP_EVENT_REMOVE, decide_end, PNP_ENDING},
    {PNP_FAILED, PNP_EVENT_SURPRISE_REMOVE, surprise, PNP_SURPRISED},

    /* Stop for other resources: the common power-down. Interfaces stay, queues hold what comes. A start goes the way up again. */
    {PNP_STARTED, PNP_EVENT_QUERY_STOP, query_stop, PNP_QUERYING_STOP},
    {PNP_STARTED, PNP_EVENT_CANCEL_STOP, NULL, PNP_STARTED},
    {PNP_QUERYING_STOP, PNP_EVENT_SUCCESS, wake_up, PNP_WAKING_FOR_STOP},
    {PNP_QUERYING_STOP, PNP_EVENT_FAILURE, NULL, PNP_STARTED},
    {PNP_WAKING_FOR_STOP, PNP_EVENT_SUCCESS, NULL, PNP_QUERIED_STOP},
    {PNP_WAKING_FOR_STOP, PNP_EVENT_AWAKE, NULL, PNP_QUERIED_STOP},
    {PNP_WAKING_FOR_STOP, PNP_EVENT_FAILURE, power_failed_in_query, PNP_QUERY_FAILED},
    {PNP_WAKING_FOR_STOP, PNP_EVENT_FAIL, fail_query, PNP_QUERY_FAILED},
    {PNP_QUERIED_STOP, PNP_EVENT_CANCEL_STOP, query_cancelled, PNP_QUERY_CANCELLED},
    {PNP_QUERY_CANCELLED, PNP_EVENT_SUCCESS, NULL, PNP_STARTED},
    {PNP_QUERY_FAILED, PNP_EVENT_FAILURE, NULL, PNP_STARTED},
    {PNP_QUERIED_STOP, PNP_EVENT_STOP, power_down, PNP_STOPPING},
    {PNP_QUERIED_STOP, PNP_EVENT_REMOVE, power_off, PNP_POWERING_DOWN},
    {PNP_QUERIED_STOP, PNP_EVENT_SURPRISE_REMOVE, surprise, PNP_SURPRISING},
    {PNP_STOPPING, PNP_EVENT_POWER_DOWN, release_hardware, PNP_STOP_RELEASING},
    {PNP_STOP_RELEASING, PNP_EVENT_SUCCESS, NULL, PNP_STOPPED},
    {PNP_STOP_RELEASING, PNP_EVENT_FAILURE, fail_without_power, PNP_FAILED_STOPPED},
    {PNP_STOPPED, PNP_EVENT_START, assign_resources, PNP_ASSIGNING_RESOURCES},
    {PNP_STOPPED, PNP_EVENT_REMOVE, disable_interfaces, PNP_DISABLING_INTERFACES},
    {PNP_STOPPED, PNP_EVENT_SURPRISE_REMOVE, surprise, PNP_STOPPED_SURPRISING},
    {PNP_STOPPED_SURPRISING, PNP_EVENT_SUCCESS, disable_interfaces, PNP_DISABLING_INTERFACES},

    /* Query-remove and its cancellation. */
    {PNP_STARTED, PNP_EVENT_QUERY_REMOVE, query_remove, PNP_QUERYING_REMOVE},
    {PNP_STARTED, PNP_EVENT_CANCEL_REMOVE, NULL, PNP_STARTED},
    {PNP_QUERYING_REMOVE, PNP_EVENT_SUCCESS, wake_up, PNP_WAKING_FOR_REMOVE},
    {PNP_QUERYING_REMOVE, PNP_EVENT_FAILURE, NULL, PNP_STARTED},
    {PNP_WAKING_FOR_REMOVE, PNP_EVENT_SUCCESS, NULL, PNP_QUERIED_REMOVE},
    {PNP_WAKING_FOR_REMOVE, PNP_EVENT_AWAKE, NULL, PNP_QUERIED_REMOVE},
    {PNP_WAKING_FOR_REMOVE, PNP_EVENT_FAILURE, NULL, PNP_QUERIED_REMOVE},
    {PNP_WAKING_FOR_REMOVE, PNP_EVENT_FAIL, fail, PNP_FAILED_POWERING_DOWN},
    {PNP_QUERIED_REMOVE, PNP_EVENT_CANCEL_REMOVE, query_cancelled, PNP_QUERY_CANCELLED},
    {PNP_QUERIED_REMOVE, PNP_EVENT_REMOVE, power_off, PNP_POWERING_DOWN},
    {PNP_QUERIED_REMOVE, PNP_EVENT_SURPRISE_REMOVE, surprise, PNP_SURPRISING},

    /* Surprise removal of a running device, of one that never started, and of one that failed. */
    {PNP_STARTED, PNP_EVENT_SURPRISE_REMOVE, surprise, PNP_SURPRISING},
    {PNP_SURPRISING, PNP_EVENT_SUCCESS, power_off, PNP_POWERING_DOWN},
    {PNP_INIT, PNP_EVENT_SURPRISE_REMOVE, surprise, PNP_SURPRISED},
    {PNP_SURPRISED, PNP_EVENT_SUCCESS, NULL, PNP_WAITING_FOR_REMOVE},

    /* Removal: the common power-down, then the rest. */
    {PNP_STARTED, PNP_EVENT_REMOVE, power_off, PNP_POWERING_DOWN},
    {PNP_POWERING_DOWN, PNP_EVENT_POWER_DOWN, release_hardware, PNP_RELEASING},
    {PNP_RELEASING, PNP_EVENT_SUCCESS, disable_interfaces, PNP_DISABLING_INTERFACES},
    {PNP_RELEASING, PNP_EVENT_FAILURE, disable_interfaces, PNP_DISABLING_INTERFACES},
    {PNP_DISABLING_INTERFACES, PNP_EVENT_SUCCESS, purge_managed_queues, PNP_PURGING_QUEUES},
    {PNP_PURGING_QUEUES, PNP_EVENT_SUCCESS, flush_self_managed_io, PNP_FLUSHING},
    {PNP_FLUSHING, PNP_EVENT_SUCCESS, wait_for_remove, PNP_DECIDING},
    {PNP_DECIDING, PNP_EVENT_SUCCESS, decide_end, PNP_ENDING},
    {PNP_DECIDING, PNP_EVENT_FAILURE, NULL, PNP_WAITING_FOR_REMOVE},
    {PNP_WAITING_FOR_REMOVE, PNP_EVENT_FAIL, ignore, PNP_WAITING_FOR_REMOVE},
    {PNP_WAITING_FOR_REMOVE, PNP_EVENT_REMOVE, decide_end, PNP_ENDING},
    {PNP_ENDING, PNP_EVENT_SUCCESS, clean_up, PNP_CLEANING_UP},
    {PNP_ENDING, PNP_EVENT_FAILURE, NULL, PNP_INIT},
    {PNP_CLEANING_UP, PNP_EVENT_SUCCESS, NULL, PNP_REMOVED},

    /* Only a question waits to hear that the device is in D0. */
    {PNP_STARTED, PNP_EVENT_AWAKE, ignore, PNP_STARTED},
    {PNP_QUERIED_STOP, PNP_EVENT_AWAKE, ignore, PNP_QUERIED_STOP},
    {PNP_QUERIED_REMOVE, PNP_EVENT_AWAKE, ignore, PNP_QUERIED_REMOVE},
    {PNP_STOPPED, PNP_EVENT_AWAKE, ignore, PNP_STOPPED},
    {PNP_FAILED, PNP_EVENT_AWAKE, ignore, PNP_FAILED},
    {PNP_WAITING_FOR_REMOVE, PNP_EVENT_AWAKE, ignore, PNP_WAITING_FOR_REMOVE},

    /* A device that never started. */
    {PNP_INIT, PNP_EVENT_AWAKE, ignore, PNP_INIT},
    {PNP_INIT, PNP_EVENT_FAIL, ignore, PNP_INIT},
    {PNP_INIT, PNP_EVENT_QUERY_REMOVE, NULL, PNP_INIT},
    {PNP_INIT, PNP_EVENT_CANCEL_REMOVE, NULL, PNP_INIT},
    {PNP_INIT, PNP_EVENT_REMOVE, decide_end, PNP_ENDING},
};

#define STATE(Name)                                \
    {                                              \
        WdfDevStatePnp##Name, WdfDevStatePnp##Name \
    }

static const struct machine_published published[] = {
    [PNP_INIT] = STATE(Init),
    [PNP_ASSIGNING_RESOURCES] = STATE(InitStarting),
    [PNP_PREPARING] = STATE(InitStarting),
    [PNP_POWERING_UP] = STATE(HardwareAvailable),
    [PNP_ENABLING_INTERFACES] = STATE(EnableInterfaces),
    [PNP_STARTED] = STATE(Started),
    [PNP_QUERYING_REMOVE] = STATE(QueryRemoveAskDriver),
    [PNP_WAKING_FOR_REMOVE] = STATE(QueryRemoveEnsureDeviceAwake),
    [PNP_QUERIED_REMOVE] = STATE(QueryRemovePending),
    [PNP_QUERYING_STOP] = STATE(QueryStopAskDriver),
    [PNP_WAKING_FOR_STOP] = STATE(QueryStopEnsureDeviceAwake),
    [PNP_QUERIED_STOP] = STATE(QueryStopPending),
    [PNP_QUERY_CANCELLED] = STATE(QueryCanceled),
    [PNP_QUERY_FAILED] = STATE(QueryCanceled),
    [PNP_STOPPING] = STATE(StartedStopping),
    [PNP_STOP_RELEASING] = STATE(StartedStopping),
    [PNP_STOPPED] = STATE(Stopped),
    [PNP_STOPPED_SURPRISING] = STATE(SurpriseRemove),
    [PNP_SURPRISING] = STATE(SurpriseRemoveIoStarted),
    [PNP_SURPRISED] = STATE(SurpriseRemove),
    [PNP_POWERING_DOWN] = STATE(StartedRemoving),
    [PNP_RELEASING] = STATE(StartedRemoving),
    [PNP_DISABLING_INTERFACES] = STATE(RemovingDisableInterfaces),
    [PNP_PURGING_QUEUES] = STATE(RemovingDisableInterfaces),
    [PNP_FLUSHING] = STATE(RemovingDisableInterfaces),
    [PNP_DECIDING] = STATE(Removed),
    [PNP_WAITING_FOR_REMOVE] = STATE(FailedWaitForRemove),
    [PNP_ENDING] = STATE(RemovedWaitForChildren),
    [PNP_CLEANING_UP] = STATE(RemovedChildrenRemoved),
    [PNP_REMOVED] = STATE(Final),
    [PNP_FAILED_POWERING_DOWN] = STATE(FailedPowerDown),
    [PNP_FAILED_STOPPED] = STATE(FailedOwnHardware),
    [PNP_FAILED_POWER_RELEASING] = STATE(HardwareAvailablePowerPolicyFailed),
    [PNP_FAILED_RELEASING] = STATE(FailedOwnHardware),
    [PNP_FAILED_DISABLING_INTERFACES] = STATE(Failed),
    [PNP_FAILED_PURGING_QUEUES] = STATE(Failed),
    [PNP_FAILED_FLUSHING] = STATE(Failed),
    [PNP_FAILED_TELLING] = STATE(FailedPowerPolicyRemoved),
    [PNP_FAILED] = STATE(FailedWaitForRemove),
};

#define BIT(Name) (1u << PNP_EVENT_##Name)
#define PACKETS                                                                                                           \
    (BIT(START) | BIT(QUERY_STOP) | BIT(CANCEL_STOP) | BIT(STOP) | BIT(QUERY_REMOVE) | BIT(CANCEL_REMOVE) | BIT(REMOVE) | \
     BIT(SURPRISE_REMOVE))
#define POWER (BIT(POWER_UP) | BIT(POWER_UP_FAILED) | BIT(POWER_DOWN))

/* What a state in which the machine waits keeps for later: what the power policy reports belongs to one state each. */
static const uint32_t kept[PNP_STATE_COUNT] = {
    [PNP_INIT] = POWER,
    [PNP_POWERING_UP] = PACKETS | BIT(POWER_DOWN) | BIT(AWAKE) | BIT(FAIL),
    [PNP_STARTED] = POWER,
    [PNP_WAKING_FOR_REMOVE] = PACKETS | POWER,
    [PNP_QUERIED_REMOVE] = POWER,
    [PNP_WAKING_FOR_STOP] = PACKETS | POWER,
    [PNP_QUERIED_STOP] = POWER,
    [PNP_STOPPING] = PACKETS | BIT(POWER_UP) | BIT(POWER_UP_FAILED) | BIT(AWAKE) | BIT(FAIL),
    [PNP_STOPPED] = POWER,
    [PNP_POWERING_DOWN] = PACKETS | BIT(POWER_UP) | BIT(POWER_UP_FAILED) | BIT(AWAKE) | BIT(FAIL),
    [PNP_WAITING_FOR_REMOVE] = POWER,
    [PNP_REMOVED] = POWER | BIT(AWAKE) | BIT(FAIL),
    [PNP_FAILED_POWERING_DOWN] = PACKETS | BIT(POWER_UP) | BIT(POWER_UP_FAILED) | BIT(AWAKE) | BIT(FAIL),
    [PNP_FAILED] = POWER,
};

/* Packets that make no sense are answered with STATUS_INVALID_DEVICE_STATE. */
static const uint32_t refused[PNP_STATE_COUNT] = {
    [PNP_INIT] = BIT(QUERY_STOP) | BIT(CANCEL_STOP) | BIT(STOP),
    [PNP_STARTED] = BIT(START) | BIT(STOP),
    [PNP_QUERIED_REMOVE] = BIT(START) | BIT(QUERY_STOP) | BIT(CANCEL_STOP) | BIT(STOP) | BIT(QUERY_REMOVE),
    [PNP_QUERIED_STOP] = BIT(START) | BIT(QUERY_STOP) | BIT(QUERY_REMOVE) | BIT(CANCEL_REMOVE),
    [PNP_STOPPED] = BIT(QUERY_STOP) | BIT(CANCEL_STOP) | BIT(STOP) | BIT(QUERY_REMOVE) | BIT(CANCEL_REMOVE),
    [PNP_WAITING_FOR_REMOVE] = PACKETS & ~BIT(REMOVE),
    [PNP_REMOVED] = PACKETS,
    [PNP_FAILED] = BIT(START) | BIT(QUERY_STOP),
};

const struct machine_table pnp_machine = {
    .name = "PnP",
    .rows = rows,
    .count = ARRAYSIZE(rows),
    .published = published,
    .kept = kept,
    .refused = refused,
    .states = PNP_STATE_COUNT,
    .events = PNP_EVENT_COUNT,
    .first_posted = PNP_EVENT_POWER_UP,
};

bool pnp_transition(enum pnp_state state, enum pnp_event event, enum pnp_state *ret_next)
{
    const struct machine_row *row = machine_find(&pnp_machine, (uint8_t)state, (uint8_t)event);

    if (row != NULL)
    {
        *ret_next = (enum pnp_state)row->next;
    }
    return row != NULL;
}

bool pnp_state_waits(enum pnp_state state)
{
    return kept[state] != 0 && (kept[state] & PACKETS) == 0;
}
