/* SPDX-License-Identifier: MIT */
/*
 * Power of buses and their children: a child in D0 holds its parent there, and its bus driver enables and indicates waking.
 */
#include "bus_case.h"

static NTSTATUS idle(WDFDEVICE device, WDF_POWER_POLICY_S0_IDLE_CAPABILITIES caps)
{
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS settings;

    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, caps);
    settings.IdleTimeout = 1;
    return WdfDeviceAssignS0IdleSettings(device, &settings);
}

static void let_bus_idle(WDFDEVICE device)
{
    CHECK_STATUS(idle(device, IdleCannotWakeFromS0), STATUS_SUCCESS);
}

static void pause_a_little(void)
{
    LARGE_INTEGER time = {.QuadPart = -INT64_C(50) * 1000};

    (void)KeDelayExecutionThread(KernelMode, FALSE, &time);
}

static void end(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    bus_created = NULL;
    child_prepare = NULL;
}

/* Set after bus_load() has reset the case, so the bus idles from the test's word on. */
static void child_in_d0_holds_its_parent_there(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE child;

    let_bus_idle(bus);
    testkit_wait_for_power(device, 3);
    child = child_add(1);
    testkit_settle();
    testkit_wait_for_power(device, 0);
    CHECK_EQUAL(bus_count("1.D0Entry"), 1);
    pause_a_little();
    CHECK_EQUAL(WdfDeviceGetDevicePowerState(bus), WdfDevStatePowerD0);
    CHECK_STATUS(WdfPdoMarkMissing(child), STATUS_SUCCESS);
    testkit_settle();
    testkit_wait_for_power(device, 3);
    end(device);
}

static NTSTATUS enable_wake(WDFDEVICE device, SYSTEM_POWER_STATE system)
{
    UNREFERENCED_PARAMETER(device);
    CHECK_EQUAL(system, PowerSystemWorking);
    bus_note(1, "EnableWake");
    return STATUS_SUCCESS;
}

static VOID disable_wake(WDFDEVICE device)
{
    UNREFERENCED_PARAMETER(device);
    bus_note(1, "DisableWake");
}

static void let_child_wake(PWDFDEVICE_INIT init, ULONG number)
{
    WDF_PDO_EVENT_CALLBACKS callbacks;

    UNREFERENCED_PARAMETER(number);
    WDF_PDO_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceEnableWakeAtBus = enable_wake;
    callbacks.EvtDeviceDisableWakeAtBus = disable_wake;
    WdfPdoInitSetEventCallbacks(init, &callbacks);
}

static void bus_driver_enables_and_indicates_waking(void)
{
    WDF_DEVICE_POWER_CAPABILITIES capabilities;
    struct testkit_device *device = bus_load();
    WDFDEVICE child;

    child_prepare = let_child_wake;
    child = child_create(1);
    WDF_DEVICE_POWER_CAPABILITIES_INIT(&capabilities);
    capabilities.DeviceWake = PowerDeviceD3;
    capabilities.SystemWake = PowerSystemWorking;
    WdfDeviceSetPowerCapabilities(child, &capabilities);
    CHECK_STATUS(WdfDeviceIndicateWakeStatus(child, STATUS_SUCCESS), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfDeviceIndicateWakeStatus(child, STATUS_PENDING), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfDeviceIndicateWakeStatus(child, STATUS_CANCELLED), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfDeviceIndicateWakeStatus(bus, STATUS_SUCCESS), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfFdoAddStaticChild(bus, child), STATUS_SUCCESS);
    testkit_settle();
    CHECK_STATUS(idle(child, IdleCanWakeFromS0), STATUS_SUCCESS);
    while (WdfDeviceGetDevicePowerPolicyState(child) != WdfDevStatePwrPolWaitingArmed)
    {
        pause_a_little();
    }
    CHECK_EQUAL(bus_count("1.EnableWake"), 1);
    CHECK_EQUAL(bus_count("1.DisableWake"), 0);
    CHECK_EQUAL(WdfDeviceGetDevicePowerState(child), WdfDevStatePowerDxArmedForWake);
    CHECK_STATUS(WdfDeviceIndicateWakeStatus(child, STATUS_SUCCESS), STATUS_SUCCESS);
    while (bus_count("1.DisableWake") == 0)
    {
        pause_a_little();
    }
    CHECK_EQUAL(bus_count("1.D0Entry"), 2);
    end(device);
}

/* Its parent could not enter D0 for it. */
static void child_that_comes_while_the_machine_sleeps_starts_when_it_wakes(void)
{
    struct testkit_device *device = bus_load();

    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    (void)child_add(1);
    testkit_settle();
    HEARD("");
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    testkit_settle();
    HEARD("1.PrepareHardware 1.D0Entry 1.Init");
    end(device);
}

static void child_that_goes_while_the_machine_sleeps_never_starts(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE child;

    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    child = child_add(1);
    testkit_settle();
    CHECK_STATUS(WdfPdoMarkMissing(child), STATUS_SUCCESS);
    testkit_settle();
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    testkit_settle();
    HEARD("1.Gone");
    end(device);
}

/*
 * Children that wake the machine.
 */

static BOOLEAN device_enabled;
static BOOLEAN children_armed;

static NTSTATUS arm_bus(WDFDEVICE device, BOOLEAN DeviceWakeEnabled, BOOLEAN ChildrenArmedForWake)
{
    UNREFERENCED_PARAMETER(device);
    device_enabled = DeviceWakeEnabled;
    children_armed = ChildrenArmedForWake;
    bus_note(0, "Arm");
    return STATUS_SUCCESS;
}

static VOID bus_woke(WDFDEVICE device)
{
    UNREFERENCED_PARAMETER(device);
    bus_note(0, "Woke");
}

static VOID child_woke(WDFDEVICE device)
{
    bus_note(ChildGetContext(device)->Number, "Woke");
}

static void let_bus_wake(PWDFDEVICE_INIT init)
{
    WDF_POWER_POLICY_EVENT_CALLBACKS callbacks;

    WDF_POWER_POLICY_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceArmWakeFromSxWithReason = arm_bus;
    callbacks.EvtDeviceWakeFromSxTriggered = bus_woke;
    WdfDeviceInitSetPowerPolicyEventCallbacks(init, &callbacks);
}

static void hear_of_waking(PWDFDEVICE_INIT init, ULONG number)
{
    WDF_POWER_POLICY_EVENT_CALLBACKS callbacks;

    UNREFERENCED_PARAMETER(number);
    WDF_POWER_POLICY_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceWakeFromSxTriggered = child_woke;
    WdfDeviceInitSetPowerPolicyEventCallbacks(init, &callbacks);
}

static WDFDEVICE add_child_that_wakes(ULONG number)
{
    WDF_DEVICE_POWER_CAPABILITIES capabilities;
    WDFDEVICE child = child_create(number);

    CHECK(child != NULL);
    WDF_DEVICE_POWER_CAPABILITIES_INIT(&capabilities);
    capabilities.DeviceWake = PowerDeviceD3;
    capabilities.SystemWake = PowerSystemSleeping3;
    WdfDeviceSetPowerCapabilities(child, &capabilities);
    CHECK_STATUS(WdfFdoAddStaticChild(bus, child), STATUS_SUCCESS);
    testkit_settle();
    return child;
}

static NTSTATUS set_wake(WDFDEVICE device, WDF_TRI_STATE enabled, BOOLEAN with_children)
{
    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS settings;

    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT(&settings);
    settings.Enabled = enabled;
    settings.ArmForWakeIfChildrenAreArmedForWake = with_children;
    settings.IndicateChildWakeOnParentWake = with_children;
    return WdfDeviceAssignSxWakeSettings(device, &settings);
}

static struct testkit_device *begin_with_wake(void)
{
    testkit_let_devices_wake(3);
    bus_prepare = let_bus_wake;
    child_prepare = hear_of_waking;
    return bus_load();
}

static void end_with_wake(struct testkit_device *device)
{
    bus_prepare = NULL;
    testkit_let_devices_wake(-1);
    end(device);
}

static void bus_is_armed_for_its_children(void)
{
    struct testkit_device *device = begin_with_wake();
    WDFDEVICE child = add_child_that_wakes(1);

    CHECK_STATUS(set_wake(bus, WdfFalse, TRUE), STATUS_SUCCESS);
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    CHECK_EQUAL(bus_count("0.Arm"), 0);
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    CHECK_STATUS(set_wake(child, WdfTrue, FALSE), STATUS_SUCCESS);
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    CHECK(bus_count("0.Arm") == 1 && !device_enabled && children_armed);
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    /* What was armed has been disarmed. */
    CHECK_STATUS(set_wake(child, WdfFalse, FALSE), STATUS_SUCCESS);
    CHECK_STATUS(set_wake(bus, WdfTrue, FALSE), STATUS_SUCCESS);
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    CHECK(bus_count("0.Arm") == 2 && device_enabled && !children_armed);
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    end_with_wake(device);
}

static void children_hear_that_their_bus_has_woken(void)
{
    struct testkit_device *device = begin_with_wake();
    WDFDEVICE one = add_child_that_wakes(1);

    (void)add_child_that_wakes(2);
    CHECK_STATUS(set_wake(bus, WdfTrue, TRUE), STATUS_SUCCESS);
    CHECK_STATUS(set_wake(one, WdfTrue, FALSE), STATUS_SUCCESS);
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    CHECK(testkit_wake_device(device));
    while (bus_count("1.Woke") == 0)
    {
        pause_a_little();
    }
    testkit_settle();
    CHECK_EQUAL(bus_count("0.Woke"), 1);
    CHECK_EQUAL(bus_count("1.Woke"), 1);
    CHECK_EQUAL(bus_count("2.Woke"), 0);
    end_with_wake(device);
}

static void bus_that_knows_who_wakes_says_so_itself(void)
{
    struct testkit_device *device = begin_with_wake();
    WDFDEVICE one = add_child_that_wakes(1);

    CHECK_STATUS(set_wake(bus, WdfTrue, FALSE), STATUS_SUCCESS);
    CHECK_STATUS(set_wake(one, WdfTrue, FALSE), STATUS_SUCCESS);
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    CHECK(testkit_wake_device(device));
    testkit_wait_for_power(device, 0);
    testkit_settle();
    while (bus_count("1.Restart") == 0)
    {
        pause_a_little();
    }
    CHECK_EQUAL(bus_count("0.Woke"), 1);
    CHECK_EQUAL(bus_count("1.Woke"), 0);
    end_with_wake(device);
}

const struct nt_case nt_cases[] = {
    CASE(child_that_comes_while_the_machine_sleeps_starts_when_it_wakes),
    CASE(child_that_goes_while_the_machine_sleeps_never_starts),
    CASE(child_in_d0_holds_its_parent_there),
    CASE(bus_driver_enables_and_indicates_waking),
    CASE(bus_is_armed_for_its_children),
    CASE(children_hear_that_their_bus_has_woken),
    CASE(bus_that_knows_who_wakes_says_so_itself),
    CASES_END,
};
