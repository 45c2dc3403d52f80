/* SPDX-License-Identifier: MIT */
/*
 * What keeps a device in D0, and the time-out after which it may leave it.
 *
 * One word has the number of holds and what the device is, so that "nobody holds it" and "it leaves D0" cannot both be true: the
 * policy sets POWER_DOWN by an exchange that finds no hold, and whoever takes a hold afterwards sees the flag. The timer is lazy:
 * a new hold leaves it armed, and when it fires it looks how long the device has really been idle.
 */
#include "wdf/power.h"

#include "nt/thread/worker.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/queue.h"
#include "wdf/verifier.h"

static uint32_t word_of(struct device *device)
{
    return platform_atomic_load_sequential(&device->power.word);
}

static void announce(struct device *device)
{
    (void)platform_atomic_fetch_add(&device->power.changes, 1);
    platform_wake_word(&device->power.changes, UINT32_MAX);
}

static void look(struct device *device)
{
    machine_post(device, MACHINE_POLICY, POLICY_EVENT_LOOK);
}

/*
 * The time-out.
 */

/* The caller holds the lock. */
static void arm_timer(struct device_power *power, int64_t from)
{
    if (!power->timer_armed)
    {
        power->timer_armed = true;
        (void)platform_timer_arm(&power->timer, from + power->timeout);
    }
}

static void time_is_up(struct platform_timer *timer, void *context)
{
    struct device *device = context;
    struct device_power *power = &device->power;
    uint32_t word;
    bool idle;

    (void)timer;
    platform_spinlock_lock(&power->lock);
    /* Read under the lock: whoever gives the last hold back later finds that the timer is not armed any more. */
    word = word_of(device);
    power->timer_armed = false;
    idle = (word & (POWER_HOLDS | POWER_DOWN | POWER_MAY_IDLE)) == POWER_MAY_IDLE;
    power->expired = idle && platform_now() - power->idle_since >= power->timeout;
    if (idle && !power->expired)
    {
        arm_timer(power, power->idle_since);
    }
    idle = power->expired;
    platform_spinlock_unlock(&power->lock);
    if (idle)
    {
        look(device);
    }
}

void power_last_hold_gone(struct device *device)
{
    struct device_power *power = &device->power;

    platform_spinlock_lock(&power->lock);
    power->idle_since = platform_now();
    power->expired = false;
    arm_timer(power, power->idle_since);
    platform_spinlock_unlock(&power->lock);
}

void power_hold_in_low_power(struct device *device)
{
    if ((word_of(device) & POWER_GONE) == 0)
    {
        look(device);
    }
}

/*
 * The policy's side.
 */

bool power_try_to_idle(struct device *device)
{
    struct device_power *power = &device->power;
    uint32_t word = word_of(device);
    bool expired;

    platform_spinlock_lock(&power->lock);
    expired = power->expired;
    platform_spinlock_unlock(&power->lock);
    while (expired && (word & (POWER_HOLDS | POWER_DOWN | POWER_MAY_IDLE)) == POWER_MAY_IDLE)
    {
        if (platform_atomic_compare_exchange(&power->word, &word, word | POWER_DOWN))
        {
            announce(device);
            return true;
        }
    }
    return false;
}

void power_leave_d0(struct device *device)
{
    (void)platform_atomic_fetch_or(&device->power.word, POWER_DOWN);
    announce(device);
}

void power_entered_d0(struct device *device)
{
    uint32_t before = platform_atomic_fetch_and(&device->power.word, ~POWER_DOWN);

    announce(device);
    if ((before & (POWER_HOLDS | POWER_MAY_IDLE)) == POWER_MAY_IDLE)
    {
        power_last_hold_gone(device);
    }
}

bool power_is_held(struct device *device)
{
    return (word_of(device) & POWER_HOLDS) != 0;
}

bool power_has_gone(struct device *device)
{
    return (word_of(device) & POWER_GONE) != 0;
}

void power_give_up(struct device *device)
{
    (void)platform_atomic_fetch_or(&device->power.word, POWER_GONE | POWER_DOWN);
    announce(device);
}

void power_begin_anew(struct device *device)
{
    (void)platform_atomic_fetch_and(&device->power.word, ~POWER_GONE);
    announce(device);
}

/* The timer may be armed for a time-out that counted before, and that was longer. */
static void begin_time_anew(struct device *device)
{
    struct device_power *power = &device->power;

    platform_spinlock_lock(&power->lock);
    power->idle_since = platform_now();
    power->expired = false;
    power->timer_armed = true;
    (void)platform_timer_arm(&power->timer, power->idle_since + power->timeout);
    platform_spinlock_unlock(&power->lock);
}

void power_apply_idle_settings(struct device *device)
{
    struct device_power *power = &device->power;
    bool idles;
    uint32_t word;

    platform_spinlock_lock(&power->lock);
    idles = power->idle.assigned && power->idle.enabled;
    platform_spinlock_unlock(&power->lock);
    if (idles)
    {
        queues_track_power(device);
    }
    word = idles ? platform_atomic_fetch_or(&power->word, POWER_MAY_IDLE) :
                   platform_atomic_fetch_and(&power->word, ~POWER_MAY_IDLE);
    if (idles && (word & (POWER_HOLDS | POWER_DOWN)) == 0)
    {
        begin_time_anew(device);
    }
}

void power_holds_initialize(struct device *device)
{
    device->power.word = POWER_DOWN;
    device->power.timeout = POWER_DEFAULT_TIMEOUT;
    platform_timer_initialize(&device->power.timer, time_is_up, device);
}

void power_holds_finish(struct device *device)
{
    (void)platform_timer_cancel_and_wait(&device->power.timer);
}

/*
 * Entry points.
 */

/* Waits until the device is in D0; false when it does not come back. The caller holds it. */
static bool wait_for_d0(struct device *device)
{
    uint32_t word = word_of(device);

    worker_will_wait();
    platform_wait_note("the device's way to D0", device, 0);
    while ((word & (POWER_DOWN | POWER_GONE)) == POWER_DOWN)
    {
        uint32_t seen = platform_atomic_load_sequential(&device->power.changes);

        word = word_of(device);
        if ((word & (POWER_DOWN | POWER_GONE)) == POWER_DOWN)
        {
            (void)platform_wait_word(&device->power.changes, seen, PLATFORM_FOREVER);
        }
    }
    platform_wait_note(NULL, NULL, 0);
    worker_has_waited();
    return (word & POWER_GONE) == 0;
}

bool power_hold_and_wait(struct device *device)
{
    bool in_d0 = power_hold(device) || wait_for_d0(device);

    if (!in_d0)
    {
        power_release(device);
    }
    return in_d0;
}

/* A power callback of the device would wait for itself. */
static bool may_wait(struct device *device)
{
    if (machines_driven_here(device))
    {
        globals_break(device->object.globals, "WdfDeviceStopIdle: a PnP or power callback waits for its own device");
        verifier_report(device->object.globals, RULE_V42, &device->object, "WdfDeviceStopIdle",
                        "A PnP or power callback of the device waits for the device to enter D0.");
        return false;
    }
    return true;
}

static NTSTATUS stop_idle(struct device *device, bool wait)
{
    bool in_d0;

    if (!device->owns_power_policy)
    {
        verifier_report(device->object.globals, RULE_V37, &device->object, "WdfDeviceStopIdle",
                        "The driver does not own the power policy of the device.");
        return STATUS_INVALID_DEVICE_STATE;
    }
    in_d0 = power_hold(device);
    if (!in_d0 && wait)
    {
        in_d0 = may_wait(device) && wait_for_d0(device);
    }
    if (power_has_gone(device) || (wait && !in_d0))
    {
        power_release(device);
        return STATUS_POWER_STATE_INVALID;
    }
    (void)platform_atomic_fetch_add(&device->power.references, 1);
    return in_d0 ? STATUS_SUCCESS : STATUS_PENDING;
}

/* One reference less; false when there was none. */
static bool drop_reference(struct device *device)
{
    uint32_t references = platform_atomic_load(&device->power.references);

    while (references != 0 && !platform_atomic_compare_exchange(&device->power.references, &references, references - 1))
    {
    }
    return references != 0;
}

static void resume_idle(struct device *device)
{
    if (drop_reference(device))
    {
        power_release(device);
        return;
    }
    globals_break(device->object.globals, "WdfDeviceResumeIdle: there is no WdfDeviceStopIdle that this ends");
    if (!device->owns_power_policy)
    {
        verifier_report(device->object.globals, RULE_V37, &device->object, "WdfDeviceResumeIdle",
                        "The driver does not own the power policy of the device.");
    }
}

NTSTATUS wdf_kmdf_WdfDeviceStopIdleNoTrack(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, BOOLEAN WaitForD0)
{
    return stop_idle(device_from_handle(Device, "WdfDeviceStopIdle"), WaitForD0);
}
WDF_ENTRY_BOTH(WdfDeviceStopIdleNoTrack)

VOID wdf_kmdf_WdfDeviceResumeIdleNoTrack(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    resume_idle(device_from_handle(Device, "WdfDeviceResumeIdle"));
}
WDF_ENTRY_BOTH(WdfDeviceResumeIdleNoTrack)

NTSTATUS wdf_kmdf_WdfDeviceStopIdleActual(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, BOOLEAN WaitForD0, PVOID Tag,
                                          LONG Line, PCCH File)
{
    return stop_idle(device_from_handle(Device, "WdfDeviceStopIdle"), WaitForD0);
}
WDF_ENTRY_BOTH(WdfDeviceStopIdleActual)

VOID wdf_kmdf_WdfDeviceResumeIdleActual(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, PVOID Tag, LONG Line, PCCH File)
{
    resume_idle(device_from_handle(Device, "WdfDeviceResumeIdle"));
}
WDF_ENTRY_BOTH(WdfDeviceResumeIdleActual)
