/* SPDX-License-Identifier: MIT */
/*
 * Plug and play of a bus and its children while the machine goes to sleep, sleeps, and wakes: nobody waits for anybody for ever.
 */
#include "bus_case.h"

#include <string.h>

#include "nt/pnp/devnode.h"

enum
{
    ROUNDS = 3,
};

/* What one thread does to a device. Returns the status of what starts a stack, or STATUS_POWER_STATE_INVALID if nothing does. */
typedef NTSTATUS action(struct devnode *devnode);

static NTSTATUS rebalance(struct devnode *devnode)
{
    return devnode_rebalance(devnode, NULL);
}

static NTSTATUS restart(struct devnode *devnode)
{
    return devnode_restart(devnode, NULL);
}

static NTSTATUS start(struct devnode *devnode)
{
    return devnode_start(devnode);
}

static NTSTATUS exchange(struct devnode *devnode)
{
    (void)devnode_disable(devnode, NULL);
    return devnode_enable(devnode);
}

static NTSTATUS restart_by_itself(struct devnode *devnode)
{
    devnode_request_restart(devnode);
    return STATUS_POWER_STATE_INVALID;
}

static NTSTATUS check_state(struct devnode *devnode)
{
    devnode_request_state_check(devnode);
    return STATUS_POWER_STATE_INVALID;
}

static NTSTATUS enumerate(struct devnode *devnode)
{
    CHECK_STATUS(devnode_enumerate(devnode), STATUS_SUCCESS);
    return STATUS_POWER_STATE_INVALID;
}

static struct testkit_device *device;
static struct devnode *child;
static WDFDEVICE child_device;
static action *act;

static VOID change_requirements(WDFDEVICE who)
{
    WDF_DEVICE_STATE state;

    WDF_DEVICE_STATE_INIT(&state);
    state.ResourcesChanged = WdfTrue;
    WdfDeviceSetDeviceState(who, &state);
}

static void begin(void)
{
    device = bus_load();
    child_device = child_add(1);
    (void)child_add(2);
    testkit_settle();
    child = devnode_of_pdo(WdfDeviceWdmGetDeviceObject(child_device));
    CHECK(child != NULL);
    devnode_reference(child);
}

static void end(void)
{
    testkit_settle();
    CHECK_EQUAL(devnode_state((struct devnode *)device), DEVNODE_STARTED);
    CHECK_EQUAL(devnode_state(child), DEVNODE_STARTED);
    devnode_release(child);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    CHECK_EQUAL(bus_count(".D0Entry"), bus_count(".D0Exit"));
    wdf_case_unload();
}

static void sleep_and_wake(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (unsigned round = 0; round < ROUNDS; round++)
    {
        CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
        CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    }
}

static void act_often(void *devnode)
{
    for (unsigned round = 0; round < ROUNDS; round++)
    {
        (void)act(devnode);
    }
}

static void race(action *chosen, struct devnode *(*find)(void))
{
    struct nt_thread *threads[2];

    begin();
    act = chosen;
    threads[0] = nt_thread_start(sleep_and_wake, NULL);
    threads[1] = nt_thread_start(act_often, find());
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    /* What was refused is done now. */
    testkit_settle();
    (void)devnode_enable((struct devnode *)device);
    testkit_settle();
    (void)devnode_enable(child);
    end();
}

static struct devnode *the_child(void)
{
    return child;
}

static struct devnode *the_bus(void)
{
    return (struct devnode *)device;
}

static void child_that_is_rebalanced_meets_sleep(void)
{
    race(rebalance, the_child);
}

static void bus_that_is_rebalanced_meets_sleep(void)
{
    race(rebalance, the_bus);
}

static void child_that_is_restarted_meets_sleep(void)
{
    race(restart, the_child);
}

static void child_that_is_disabled_and_enabled_meets_sleep(void)
{
    race(exchange, the_child);
}

static void child_that_fails_meets_sleep(void)
{
    race(restart_by_itself, the_child);
}

static void bus_that_is_enumerated_meets_sleep(void)
{
    race(enumerate, the_bus);
}

/* The machine sleeps, so nothing that starts a stack can be done; nothing is changed by trying. */
static void machine_that_sleeps_starts_nothing(void)
{
    static action *const actions[] = {rebalance, restart, start, restart_by_itself, check_state, enumerate};

    for (size_t index = 0; index < ARRAYSIZE(actions); index++)
    {
        begin();
        CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
        CHECK_STATUS(actions[index]((struct devnode *)device), STATUS_POWER_STATE_INVALID);
        if (actions[index] != enumerate)
        {
            CHECK_STATUS(actions[index](child), STATUS_POWER_STATE_INVALID);
        }
        testkit_settle();
        CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
        testkit_settle();
        if (actions[index] == restart_by_itself)
        {
            /* The child has left with its bus, which has started again without it. */
            CHECK_EQUAL(devnode_state((struct devnode *)device), DEVNODE_STARTED);
            devnode_release(child);
            CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
            wdf_case_unload();
            continue;
        }
        end();
    }
}

static void device_that_is_disabled_while_the_machine_sleeps_can_be_enabled_when_it_is_awake(void)
{
    begin();
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    CHECK_STATUS(exchange(child), STATUS_POWER_STATE_INVALID);
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    CHECK_EQUAL(devnode_state(child), DEVNODE_REMOVED);
    CHECK_STATUS(devnode_enable(child), STATUS_SUCCESS);
    end();
}

static void rebalance_that_a_driver_asks_for_waits_until_the_machine_is_awake(void)
{
    begin();
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    (void)bus_heard();
    change_requirements(child_device);
    testkit_settle();
    HEARD("");
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    testkit_settle();
    CHECK_EQUAL(bus_count(".ReleaseHardware"), 1);
    end();
}

static void devices_go_while_the_machine_sleeps(void)
{
    begin();
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    CHECK_STATUS(devnode_remove(child), STATUS_SUCCESS);
    devnode_release(child);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    wdf_case_unload();
    begin();
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    CHECK_STATUS(devnode_surprise_remove(child), STATUS_SUCCESS);
    devnode_release(child);
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(child_that_is_rebalanced_meets_sleep),
    CASE(bus_that_is_rebalanced_meets_sleep),
    CASE(child_that_is_restarted_meets_sleep),
    CASE(child_that_is_disabled_and_enabled_meets_sleep),
    CASE(child_that_fails_meets_sleep),
    CASE(bus_that_is_enumerated_meets_sleep),
    CASE(machine_that_sleeps_starts_nothing),
    CASE(device_that_is_disabled_while_the_machine_sleeps_can_be_enabled_when_it_is_awake),
    CASE(rebalance_that_a_driver_asks_for_waits_until_the_machine_is_awake),
    CASE(devices_go_while_the_machine_sleeps),
    CASES_END,
};
