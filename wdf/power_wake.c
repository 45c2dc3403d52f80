/* SPDX-License-Identifier: MIT */
/*
 * Waking: capabilities, the wait-wake packet, arming and disarming.
 */
#include "wdf/power_wake.h"

#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "nt/pnp/packet.h"
#include "nt/thread/worker.h"
#include "wdf/children.h"
#include "wdf/device_callback.h"
#include "wdf/globals.h"

/*
 * What the stack can do.
 */

NTSTATUS wake_query_capabilities(struct device *device)
{
    struct devnode *devnode = devobj_extension(device->pdo)->devnode;
    IO_STACK_LOCATION what = {.MinorFunction = IRP_MN_QUERY_CAPABILITIES};
    DEVICE_CAPABILITIES capabilities = {
        .Size = sizeof(capabilities), .Version = 1, .Address = (ULONG)-1, .UINumber = (ULONG)-1};
    NTSTATUS status;

    what.Parameters.DeviceCapabilities.Capabilities = &capabilities;
    status = devnode == NULL ? STATUS_NOT_SUPPORTED : packet_ask(devnode, &what, NULL);
    if (NT_SUCCESS(status))
    {
        platform_spinlock_lock(&device->power.lock);
        device->power.capabilities = capabilities;
        device->power.knows_capabilities = true;
        platform_spinlock_unlock(&device->power.lock);
    }
    return status == STATUS_NOT_SUPPORTED ? STATUS_SUCCESS : status;
}

DEVICE_POWER_STATE power_deepest_wake_state(struct device *device, SYSTEM_POWER_STATE system)
{
    DEVICE_CAPABILITIES capabilities;
    bool wakes;

    platform_spinlock_lock(&device->power.lock);
    capabilities = device->power.capabilities;
    platform_spinlock_unlock(&device->power.lock);
    wakes = capabilities.DeviceWake >= PowerDeviceD0 && capabilities.DeviceWake <= PowerDeviceD3 &&
            (system == PowerSystemWorking || capabilities.SystemWake >= system);
    return wakes ? capabilities.DeviceWake : PowerDeviceUnspecified;
}

bool power_children_are_armed(struct device *device)
{
    return platform_atomic_load(&device->power.children_armed) != 0;
}

DEVICE_POWER_STATE wake_state_for_sleep(struct device *device)
{
    DEVICE_POWER_STATE deepest = power_deepest_wake_state(device, device->power.system);
    DEVICE_POWER_STATE state;

    platform_spinlock_lock(&device->power.lock);
    state = device->power.sleep.state;
    platform_spinlock_unlock(&device->power.lock);
    return state == PowerDeviceMaximum || state > deepest ? deepest : state;
}

/*
 * The packet. Its completion says that it is over as its last access, so that who waits may let the device go.
 */

static VOID wake_ended(PDEVICE_OBJECT wdm, UCHAR minor, POWER_STATE state, PVOID context, PIO_STATUS_BLOCK result)
{
    struct device *device = context;
    struct device_power *power = &device->power;

    (void)wdm;
    (void)minor;
    (void)state;
    platform_spinlock_lock(&power->lock);
    power->wake_packet = NULL;
    power->woke = NT_SUCCESS(result->Status);
    platform_spinlock_unlock(&power->lock);
    machine_post(device, MACHINE_POLICY, POLICY_EVENT_LOOK);
    (void)platform_event_set(&power->wake_over);
}

/*
 * Returns whether the packet waits at the bus; one that has woken the device already does not wait, and is good as well. The
 * power manager notes the packet before it sends it, so its end finds it there.
 */
static bool wake_send(struct device *device, SYSTEM_POWER_STATE system)
{
    struct device_power *power = &device->power;
    POWER_STATE state = {.SystemState = system};
    bool good;

    power->woke = false;
    power->wake_sent = true;
    platform_event_initialize(&power->wake_over, true, false);
    if (!NT_SUCCESS(PoRequestPowerIrp(device->pdo, IRP_MN_WAIT_WAKE, state, wake_ended, device, &power->wake_packet)))
    {
        power->wake_sent = false;
        return false;
    }
    platform_spinlock_lock(&power->lock);
    good = power->wake_packet != NULL || power->woke;
    platform_spinlock_unlock(&power->lock);
    return good;
}

/* Not the event: that is set after whoever looks has been told to. */
bool wake_is_over(struct device *device)
{
    bool over;

    platform_spinlock_lock(&device->power.lock);
    over = device->power.wake_sent && device->power.wake_packet == NULL;
    platform_spinlock_unlock(&device->power.lock);
    return over;
}

void wake_cancel(struct device *device)
{
    struct device_power *power = &device->power;
    PIRP irp;

    if (!power->wake_sent)
    {
        return;
    }
    platform_spinlock_lock(&power->lock);
    irp = power->wake_packet;
    if (irp != NULL)
    {
        irp_reference(irp);
    }
    platform_spinlock_unlock(&power->lock);
    if (irp != NULL)
    {
        (void)irp_cancel(irp);
        irp_release(irp);
    }
    worker_will_wait();
    platform_wait_note("the end of a wait-wake packet", device, 0);
    (void)platform_event_wait(&power->wake_over, PLATFORM_FOREVER);
    platform_wait_note(NULL, NULL, 0);
    worker_has_waited();
    power->wake_sent = false;
}

/*
 * Arming and disarming.
 */

static bool arm_in_s0(struct device *device)
{
    if (!wake_send(device, PowerSystemWorking))
    {
        wake_cancel(device);
        return false;
    }
    if (!NT_SUCCESS(device_call(device, device->power_policy.EvtDeviceArmWakeFromS0, "EvtDeviceArmWakeFromS0")))
    {
        wake_cancel(device);
        return false;
    }
    return true;
}

static NTSTATUS call_arm_for_sleep(struct device *device)
{
    PFN_WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON with_reason = device->power_policy.EvtDeviceArmWakeFromSxWithReason;
    struct device_callback_watch watch;
    NTSTATUS status;

    if (with_reason == NULL)
    {
        return device_call(device, device->power_policy.EvtDeviceArmWakeFromSx, "EvtDeviceArmWakeFromSx");
    }
    device_callback_begins(&watch, device, "EvtDeviceArmWakeFromSxWithReason");
    status = with_reason(wdfobj_handle(&device->object), device->power.sleep.enabled, power_children_are_armed(device));
    device_callback_ends(&watch);
    return status;
}

/* A device that cannot be armed sleeps unarmed. */
static bool arm_for_sleep(struct device *device)
{
    if (!wake_send(device, device->power.arm_for) || !NT_SUCCESS(call_arm_for_sleep(device)))
    {
        wake_cancel(device);
        return false;
    }
    return true;
}

bool policy_arm(struct device *device)
{
    struct device_power *power = &device->power;

    if (!device->owns_power_policy || power->arm_for == PowerSystemUnspecified)
    {
        return true;
    }
    power->armed = power->arm_for == PowerSystemWorking ? arm_in_s0(device) : arm_for_sleep(device);
    return power->armed || power->arm_for != PowerSystemWorking;
}

/* A bus that cannot tell which of its children has woken the machine lets all of them believe that they have. */
static void wake_children(struct device *device)
{
    bool wakes;

    platform_spinlock_lock(&device->power.lock);
    wakes = device->power.wakes_children;
    platform_spinlock_unlock(&device->power.lock);
    if (wakes)
    {
        children_end_wakes(device);
    }
}

void policy_tell_woken(struct device *device)
{
    const WDF_POWER_POLICY_EVENT_CALLBACKS *callbacks = &device->power_policy;
    struct device_power *power = &device->power;

    if (!power->armed || !power->woke)
    {
        return;
    }
    power->woke = false;
    if (power->arm_for == PowerSystemWorking)
    {
        device_tell(device, callbacks->EvtDeviceWakeFromS0Triggered, "EvtDeviceWakeFromS0Triggered");
    }
    else
    {
        device_tell(device, callbacks->EvtDeviceWakeFromSxTriggered, "EvtDeviceWakeFromSxTriggered");
        wake_children(device);
    }
}

void policy_disarm(struct device *device)
{
    const WDF_POWER_POLICY_EVENT_CALLBACKS *callbacks = &device->power_policy;
    struct device_power *power = &device->power;

    if (!power->armed)
    {
        return;
    }
    power->armed = false;
    if (power->arm_for == PowerSystemWorking)
    {
        device_tell(device, callbacks->EvtDeviceDisarmWakeFromS0, "EvtDeviceDisarmWakeFromS0");
    }
    else
    {
        device_tell(device, callbacks->EvtDeviceDisarmWakeFromSx, "EvtDeviceDisarmWakeFromSx");
    }
}

DEVICE_POWER_STATE device_ideal_sleep_state(struct device *device)
{
    DEVICE_POWER_STATE state;

    platform_spinlock_lock(&device->bus.lock);
    state = device->bus.power_capabilities.IdealDxStateForSx;
    platform_spinlock_unlock(&device->bus.lock);
    return state;
}
