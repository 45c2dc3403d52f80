/* SPDX-License-Identifier: MIT */
/*
 * Removal at every callback: a device lives through everything that there is, and while each of its PnP and power callbacks runs
 * it is pulled out, removed, restarted or stopped by another thread, or its driver says in the callback that it has failed.
 */
#include <string.h>

#include "case_signal.h"
#include "power_case.h"

#include "nt/pnp/devnode.h"

static const char *const names[] = {
    "PrepareHardware",
    "D0Entry",
    "D0EntryPost",
    "SelfManagedIoInit",
    "SelfManagedIoSuspend",
    "D0ExitPre",
    "D0Exit",
    "ReleaseHardware",
    "SelfManagedIoRestart",
    "SelfManagedIoFlush",
    "SelfManagedIoCleanup",
    "QueryRemove",
    "QueryStop",
    "ArmWakeFromS0",
    "DisarmWakeFromS0",
    "WakeFromS0Triggered",
    "ArmWakeFromSx",
    "DisarmWakeFromSx",
    "WakeFromSxTriggered",
    "SurpriseRemoval",
};

/* What happens while the callback runs, on another thread or in it. */
typedef void happening(struct devnode *devnode);

static struct
{
    const char *name;
    happening *other_thread;
    void (*inside)(WDFDEVICE device);
    volatile LONG armed;
    volatile LONG reached;
    struct case_signal go;
    struct devnode *devnode;
} scene;

static void pull(struct devnode *devnode)
{
    (void)devnode_surprise_remove(devnode);
}

static void remove_in_order(struct devnode *devnode)
{
    (void)devnode_remove(devnode);
}

static void restart(struct devnode *devnode)
{
    (void)devnode_restart(devnode, NULL);
}

static void rebalance(struct devnode *devnode)
{
    (void)devnode_rebalance(devnode, NULL);
}

static void fail_for_good(WDFDEVICE device)
{
    WdfDeviceSetFailed(device, WdfDeviceFailedNoRestart);
}

static void fail_and_restart(WDFDEVICE device)
{
    WdfDeviceSetFailed(device, WdfDeviceFailedAttemptRestart);
}

/* Callbacks of the device never overlap. */
static void during(WDFDEVICE device, const char *name)
{
    if (strcmp(name, scene.name) != 0 || InterlockedExchange(&scene.armed, 0) == 0)
    {
        return;
    }
    (void)InterlockedExchange(&scene.reached, 1);
    if (scene.inside != NULL)
    {
        scene.inside(device);
        return;
    }
    case_signal_give(&scene.go);
    power_pause(20);
}

static void wait_for_the_moment(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    case_signal_take(&scene.go);
    if (InterlockedOr(&scene.reached, 0) != 0 && scene.other_thread != NULL)
    {
        scene.other_thread(scene.devnode);
    }
}

static NTSTATUS let_it_idle_and_wake(WDFDEVICE device)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(device);
    status = power_set_idle(IdleCanWakeFromS0, 1);
    return NT_SUCCESS(status) ? power_set_wake() : status;
}

/* Plays the hardware of a device that waits to wake, if it does so within a while. */
static void wake(struct devnode *devnode)
{
    bool woken = devnode_wake(devnode);

    for (unsigned tries = 0; !woken && tries < 100; tries++)
    {
        power_pause(100);
        woken = devnode_wake(devnode);
    }
    power_pause(200);
}

/* All that can happen to a device. What it is asked for in a state that it is not in any more is refused. */
static void live(struct devnode *devnode)
{
    wake(devnode);
    (void)devnode_rebalance(devnode, NULL);
    if (NT_SUCCESS(testkit_sleep(3)))
    {
        wake(devnode);
        (void)testkit_wake();
    }
    (void)devnode_disable(devnode, NULL);
    (void)devnode_enable(devnode);
    power_pause(1500);
    (void)devnode_remove(devnode);
    (void)devnode_start(devnode);
    (void)devnode_surprise_remove(devnode);
}

static void play(const char *name, happening *other_thread, void (*inside)(WDFDEVICE))
{
    struct testkit_device *device;
    struct nt_thread *thread;

    power_load();
    testkit_let_devices_wake(3);
    power_case.created = let_it_idle_and_wake;
    power_case.during = during;
    scene.armed = 0;
    scene.reached = 0;
    scene.name = name;
    scene.other_thread = other_thread;
    scene.inside = inside;
    case_signal_make(&scene.go);
    device = wdf_case_start();
    scene.devnode = (struct devnode *)device;
    thread = nt_thread_start(wait_for_the_moment, NULL);
    (void)InterlockedExchange(&scene.armed, 1);
    live(scene.devnode);
    case_signal_give(&scene.go);
    nt_thread_join(thread);
    testkit_settle();
    if (InterlockedOr(&scene.reached, 0) == 0)
    {
        nt_check_failed("callback", 0, name);
    }
    (void)testkit_surprise_remove(device);
    CHECK_EQUAL(power_count("PrepareHardware"), power_count("ReleaseHardware"));
    CHECK_EQUAL(power_count("SelfManagedIoInit"), power_count("SelfManagedIoCleanup"));
    case_signal_free(&scene.go);
    wdf_case_unload();
    testkit_let_devices_wake(-1);
}

static void play_all(happening *other_thread, void (*inside)(WDFDEVICE))
{
    for (size_t index = 0; index < ARRAYSIZE(names); index++)
    {
        play(names[index], other_thread, inside);
    }
}

static void device_is_pulled_out_during_each_callback(void)
{
    play_all(pull, NULL);
}

static void device_is_removed_during_each_callback(void)
{
    play_all(remove_in_order, NULL);
}

static void device_is_restarted_during_each_callback(void)
{
    play_all(restart, NULL);
}

static void device_is_rebalanced_during_each_callback(void)
{
    play_all(rebalance, NULL);
}

static void driver_gives_up_in_each_callback(void)
{
    play_all(NULL, fail_for_good);
}

static void driver_wants_a_restart_in_each_callback(void)
{
    play_all(NULL, fail_and_restart);
}

const struct nt_case nt_cases[] = {
    CASE(device_is_pulled_out_during_each_callback),
    CASE(device_is_removed_during_each_callback),
    CASE(device_is_restarted_during_each_callback),
    CASE(device_is_rebalanced_during_each_callback),
    CASE(driver_gives_up_in_each_callback),
    CASE(driver_wants_a_restart_in_each_callback),
    CASES_END,
};
