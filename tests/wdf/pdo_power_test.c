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

const struct nt_case nt_cases[] = {
    CASE(child_that_comes_while_the_machine_sleeps_starts_when_it_wakes),
    CASE(child_that_goes_while_the_machine_sleeps_never_starts),
    CASE(child_in_d0_holds_its_parent_there),
    CASE(bus_driver_enables_and_indicates_waking),
    CASES_END,
};
