/* SPDX-License-Identifier: MIT */
/*
 * States of the machines as drivers see them: notifications of their changes, and devices that are not paged.
 */
#include <string.h>

#include "power_case.h"

static struct
{
    unsigned order[16];
    unsigned count;
    unsigned power;
    unsigned policy;
} heard;

static VOID pnp_changed(WDFDEVICE device, PCWDF_DEVICE_PNP_NOTIFICATION_DATA data)
{
    CHECK(device == power_device);
    CHECK(heard.count < ARRAYSIZE(heard.order));
    heard.order[heard.count++] = data->Type;
    if (data->Type == StateNotificationEnterState)
    {
        CHECK_EQUAL(data->Data.EnterState.NewState, WdfDevStatePnpStarted);
        CHECK_EQUAL(data->Data.EnterState.CurrentState, WdfDevStatePnpEnableInterfaces);
        CHECK_EQUAL(WdfDeviceGetDevicePnpState(device), WdfDevStatePnpStarted);
    }
    if (data->Type == StateNotificationPostProcessState)
    {
        CHECK_EQUAL(data->Data.PostProcessState.CurrentState, WdfDevStatePnpStarted);
    }
    if (data->Type == StateNotificationLeaveState)
    {
        CHECK_EQUAL(data->Data.LeaveState.CurrentState, WdfDevStatePnpStarted);
        CHECK_EQUAL(data->Data.LeaveState.NewState, WdfDevStatePnpQueryRemoveAskDriver);
    }
}

static VOID power_changed(WDFDEVICE device, PCWDF_DEVICE_POWER_NOTIFICATION_DATA data)
{
    UNREFERENCED_PARAMETER(device);
    UNREFERENCED_PARAMETER(data);
    heard.power++;
}

static VOID policy_changed(WDFDEVICE device, PCWDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA data)
{
    UNREFERENCED_PARAMETER(device);
    UNREFERENCED_PARAMETER(data);
    heard.policy++;
}

static void register_for_states(PWDFDEVICE_INIT init)
{
    CHECK_STATUS(WdfDeviceInitRegisterPnpStateChangeCallback(init, WdfDevStatePnpStarted, pnp_changed, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfDeviceInitRegisterPnpStateChangeCallback(init, WdfDevStatePnpStarted, pnp_changed, 8),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfDeviceInitRegisterPnpStateChangeCallback(init, WdfDevStatePnpNull, pnp_changed, 1),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(
        WdfDeviceInitRegisterPowerStateChangeCallback(init, (WDF_DEVICE_POWER_STATE)WdfDevStatePnpStarted, power_changed, 1),
        STATUS_INVALID_PARAMETER);
    CHECK_STATUS(
        WdfDeviceInitRegisterPnpStateChangeCallback(init, WdfDevStatePnpStarted, pnp_changed, StateNotificationAllStates),
        STATUS_SUCCESS);
    CHECK_STATUS(
        WdfDeviceInitRegisterPowerStateChangeCallback(init, WdfDevStatePowerD0, power_changed, StateNotificationEnterState),
        STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceInitRegisterPowerPolicyStateChangeCallback(init, WdfDevStatePwrPolStarted, policy_changed,
                                                                     StateNotificationEnterState),
                 STATUS_SUCCESS);
}

static void state_changes_are_heard_in_their_order(void)
{
    struct testkit_device *device;

    power_load();
    RtlZeroMemory(&heard, sizeof(heard));
    power_case.initialise = register_for_states;
    device = power_start();
    CHECK_EQUAL(heard.count, 2);
    CHECK_EQUAL(heard.power, 1);
    CHECK_EQUAL(heard.policy, 1);
    CHECK_EQUAL(heard.order[0], StateNotificationEnterState);
    CHECK_EQUAL(heard.order[1], StateNotificationPostProcessState);
    CHECK_EQUAL(WdfDeviceGetDevicePowerState(power_device), WdfDevStatePowerD0);
    CHECK_EQUAL(WdfDeviceGetDevicePowerPolicyState(power_device), WdfDevStatePwrPolStarted);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    CHECK_EQUAL(heard.count, 3);
    CHECK_EQUAL(heard.order[2], StateNotificationLeaveState);
    wdf_case_unload();
}

static void do_not_page(PWDFDEVICE_INIT init)
{
    WdfDeviceInitSetPowerInrush(init);
}

static void device_that_is_not_paged_is_in_the_other_states(void)
{
    struct testkit_device *device;

    power_load();
    power_case.initialise = do_not_page;
    device = power_start();
    CHECK_EQUAL(WdfDeviceGetDevicePowerState(power_device), WdfDevStatePowerD0NP);
    CHECK(WdfDevStateIsNP(WdfDeviceGetDevicePowerState(power_device)));
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    CHECK_EQUAL(WdfDeviceGetDevicePowerState(power_device), WdfDevStatePowerDxNP);
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void sleep_for_ever(WDFDEVICE device, const char *name)
{
    LARGE_INTEGER time = {.QuadPart = -INT64_C(11) * 60 * 10 * 1000 * 1000};

    UNREFERENCED_PARAMETER(device);
    if (strcmp(name, "D0Exit") == 0 && nt_is_simulated())
    {
        (void)KeDelayExecutionThread(KernelMode, FALSE, &time);
    }
    if (strcmp(name, "D0Exit") == 0 && !nt_is_simulated())
    {
        nt_check_failed(__FILE__, __LINE__, "WDF violation 1 (only virtual time passes ten minutes)");
    }
}

static void device_that_is_not_paged_may_not_take_ten_minutes(void)
{
    power_load();
    wdf_case_tolerate("V49");
    power_case.initialise = do_not_page;
    power_case.during = sleep_for_ever;
    (void)power_start();
    (void)testkit_sleep(3);
}

static unsigned seconds;

static void take_time(WDFDEVICE device, const char *name)
{
    UNREFERENCED_PARAMETER(device);
    if (strcmp(name, "D0Exit") == 0)
    {
        power_pause(seconds * 1000 * 1000);
    }
}

/* Only virtual time passes a minute. */
static void callback_that_takes_longer_than_a_minute_is_reported(void)
{
    struct testkit_device *device;

    if (!nt_is_simulated())
    {
        return;
    }
    power_load();
    device = power_start();
    power_case.during = take_time;
    seconds = 59;
    SILENT(V49, CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS));
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    seconds = 61;
    BREAKS(V49, power_device, "EvtDeviceD0Exit", CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS));
    seconds = 0;
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(state_changes_are_heard_in_their_order),
    CASE(device_that_is_not_paged_is_in_the_other_states),
    CASE(callback_that_takes_longer_than_a_minute_is_reported),
    STOPS(device_that_is_not_paged_may_not_take_ten_minutes, "WDF violation 1"),
    CASES_END,
};
