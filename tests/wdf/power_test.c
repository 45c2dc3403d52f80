/* SPDX-License-Identifier: MIT */
/*
 * Idle in S0, wake, sleep, power references: the power policy owner.
 */
#include "power_case.h"

#define DOWN(State) "SelfManagedIoSuspend D0ExitPre." State " D0Exit." State
#define DOWN_ARMED(State) "SelfManagedIoSuspend ArmWakeFromS0 D0ExitPre." State " D0Exit." State
#define UP(State) "D0Entry." State " D0EntryPost SelfManagedIoRestart"

static NTSTATUS idle_unarmed(WDFDEVICE device)
{
    UNREFERENCED_PARAMETER(device);
    return power_set_idle(IdleCannotWakeFromS0, 1);
}

static NTSTATUS idle_armed(WDFDEVICE device)
{
    UNREFERENCED_PARAMETER(device);
    return power_set_idle(IdleCanWakeFromS0, 1);
}

static void end(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    testkit_let_devices_wake(-1);
}

/* Brings the device to D0 and back to where it was. */
static void use_device(void)
{
    CHECK_STATUS(WdfDeviceStopIdle(power_device, TRUE), STATUS_SUCCESS);
    WdfDeviceResumeIdle(power_device);
}

static void device_that_nobody_uses_goes_down_after_its_time(void)
{
    struct testkit_device *device;

    power_load();
    power_case.created = idle_unarmed;
    device = wdf_case_start();
    testkit_wait_for_power(device, 3);
    EXPECT(PREPARE UP_INIT " " DOWN("D3"));
    CHECK_STATUS(WdfDeviceStopIdle(power_device, TRUE), STATUS_SUCCESS);
    EXPECT(UP("D3"));
    WdfDeviceResumeIdle(power_device);
    testkit_wait_for_power(device, 3);
    EXPECT(DOWN("D3"));
    end(device);
}

static void removal_brings_the_device_back_first(void)
{
    struct testkit_device *device;

    power_load();
    power_case.created = idle_unarmed;
    device = wdf_case_start();
    testkit_wait_for_power(device, 3);
    power_forget_calls();
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    EXPECT("QueryRemove " UP("D3") " " DOWN_FINAL " ReleaseHardware " END);
    wdf_case_unload();
}

static void surprise_removal_does_not(void)
{
    struct testkit_device *device;

    power_load();
    power_case.created = idle_unarmed;
    device = wdf_case_start();
    testkit_wait_for_power(device, 3);
    power_forget_calls();
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    EXPECT("SurpriseRemoval ReleaseHardware " END);
    wdf_case_unload();
}

static void reference_keeps_the_device_up(void)
{
    struct testkit_device *device;

    power_load();
    device = power_start();
    CHECK_STATUS(WdfDeviceStopIdle(power_device, FALSE), STATUS_SUCCESS);
    CHECK_STATUS(power_set_idle(IdleCannotWakeFromS0, 1), STATUS_SUCCESS);
    CHECK_STATUS(testkit_rebalance(device), STATUS_SUCCESS);
    CHECK_EQUAL(power_count("D0Exit"), 1);
    CHECK_STATUS(WdfDeviceStopIdleNoTrack(power_device, TRUE), STATUS_SUCCESS);
    WdfDeviceResumeIdleNoTrack(power_device);
    power_forget_calls();
    WdfDeviceResumeIdle(power_device);
    testkit_wait_for_power(device, 3);
    EXPECT(DOWN("D3"));
    /* One too many is reported and forgotten. */
    WdfDeviceResumeIdle(power_device);
    CHECK_STATUS(WdfDeviceStopIdle(power_device, FALSE), STATUS_PENDING);
    testkit_wait_for_power(device, 0);
    CHECK_STATUS(WdfDeviceStopIdle(power_device, TRUE), STATUS_SUCCESS);
    WdfDeviceResumeIdle(power_device);
    WdfDeviceResumeIdle(power_device);
    end(device);
}

static void take_reference(WDFDEVICE device, const char *name)
{
    if (name[0] == 'S' && name[1] == 'u')
    {
        /* The device is going: there is no way back to D0. */
        CHECK_STATUS(WdfDeviceStopIdle(device, FALSE), STATUS_POWER_STATE_INVALID);
        CHECK_STATUS(WdfDeviceStopIdleNoTrack(device, FALSE), STATUS_POWER_STATE_INVALID);
    }
}

static void reference_after_surprise_removal_is_refused(void)
{
    struct testkit_device *device;

    power_load();
    power_case.during = take_reference;
    device = power_start();
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    CHECK_EQUAL(power_count("SurpriseRemoval"), 1);
    wdf_case_unload();
}

static void wait_in_callback(WDFDEVICE device, const char *name)
{
    UNREFERENCED_PARAMETER(name);
    CHECK_STATUS(WdfDeviceStopIdle(device, TRUE), STATUS_POWER_STATE_INVALID);
}

static void power_callback_cannot_wait_for_its_device(void)
{
    struct testkit_device *device;

    power_load();
    power_case.during = wait_in_callback;
    BREAKS(V42, WDF_CASE_ANY, "WdfDeviceStopIdle", device = power_start());
    power_case.during = NULL;
    end(device);
}

static void device_idles_armed_and_wakes_by_itself(void)
{
    struct testkit_device *device;

    power_load();
    testkit_let_devices_wake(0);
    power_case.created = idle_armed;
    device = wdf_case_start();
    testkit_wait_for_power(device, 3);
    EXPECT(PREPARE UP_INIT " " DOWN_ARMED("D3"));
    CHECK(testkit_wake_device(device));
    power_wait_for("D0Exit");
    testkit_wait_for_power(device, 3);
    EXPECT("D0Entry.D3 D0EntryPost WakeFromS0Triggered DisarmWakeFromS0 SelfManagedIoRestart " DOWN_ARMED("D3"));
    use_device();
    testkit_wait_for_power(device, 3);
    EXPECT("D0Entry.D3 D0EntryPost DisarmWakeFromS0 SelfManagedIoRestart " DOWN_ARMED("D3"));
    end(device);
}

static void device_that_cannot_be_armed_stays(void)
{
    struct testkit_device *device;

    power_load();
    testkit_let_devices_wake(0);
    device = power_start();
    power_case.fails = "ArmWakeFromS0";
    CHECK_STATUS(power_set_idle(IdleCanWakeFromS0, 1), STATUS_SUCCESS);
    power_wait_for("SelfManagedIoRestart");
    CHECK_EQUAL(power_count("D0Exit"), 0);
    CHECK_EQUAL(power_count("D0Entry"), 0);
    CHECK_EQUAL(power_count("DisarmWakeFromS0"), 0);
    end(device);
}

static void machine_sleeps_with_the_device_armed(void)
{
    struct testkit_device *device;

    power_load();
    testkit_let_devices_wake(3);
    device = power_start();
    CHECK_STATUS(power_set_wake(), STATUS_SUCCESS);
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    EXPECT("SelfManagedIoSuspend ArmWakeFromSx D0ExitPre.D3 D0Exit.D3");
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    EXPECT("D0Entry.D3 D0EntryPost DisarmWakeFromSx SelfManagedIoRestart");
    CHECK_STATUS(testkit_sleep(4), STATUS_SUCCESS);
    EXPECT(DOWN("D3"));
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    EXPECT(UP("D3"));
    power_case.fails = "ArmWakeFromSx";
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    EXPECT("SelfManagedIoSuspend ArmWakeFromSx D0ExitPre.D3 D0Exit.D3");
    CHECK(!testkit_wake_device(device));
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    EXPECT(UP("D3"));
    end(device);
}

static void device_wakes_the_machine(void)
{
    struct testkit_device *device;

    power_load();
    testkit_let_devices_wake(3);
    device = power_start();
    CHECK_STATUS(power_set_wake(), STATUS_SUCCESS);
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    power_forget_calls();
    CHECK(testkit_wake_device(device));
    testkit_wait_for_power(device, 0);
    EXPECT("D0Entry.D3 D0EntryPost WakeFromSxTriggered DisarmWakeFromSx SelfManagedIoRestart");
    testkit_settle();
    end(device);
}

static void idle_device_stays_down_when_the_machine_wakes(void)
{
    struct testkit_device *device;

    power_load();
    power_case.created = idle_unarmed;
    device = wdf_case_start();
    testkit_wait_for_power(device, 3);
    power_forget_calls();
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    EXPECT("");
    use_device();
    CHECK_EQUAL(power_count("D0Entry"), 1);
    end(device);
}

static void settings_of_idling_are_checked(void)
{
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS settings;
    struct testkit_device *device;

    power_load();
    testkit_let_devices_wake(0);
    device = power_start();
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleCannotWakeFromS0);
    settings.Size--;
    CHECK_STATUS(WdfDeviceAssignS0IdleSettings(power_device, &settings), STATUS_INFO_LENGTH_MISMATCH);
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleCapsInvalid);
    CHECK_STATUS(WdfDeviceAssignS0IdleSettings(power_device, &settings), STATUS_INVALID_PARAMETER);
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleCannotWakeFromS0);
    settings.DxState = PowerDeviceD0;
    CHECK_STATUS(WdfDeviceAssignS0IdleSettings(power_device, &settings), STATUS_INVALID_PARAMETER);
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleCanWakeFromS0);
    settings.PowerUpIdleDeviceOnSystemWake = WdfTrue;
    CHECK_STATUS(WdfDeviceAssignS0IdleSettings(power_device, &settings), STATUS_INVALID_PARAMETER);
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleUsbSelectiveSuspend);
    CHECK_STATUS(WdfDeviceAssignS0IdleSettings(power_device, &settings), STATUS_POWER_STATE_INVALID);
    settings.DxState = PowerDeviceD2;
    settings.Enabled = WdfFalse;
    CHECK_STATUS(WdfDeviceAssignS0IdleSettings(power_device, &settings), STATUS_SUCCESS);
    settings.IdleTimeoutType = SystemManagedIdleTimeout;
    CHECK_STATUS(WdfDeviceAssignS0IdleSettings(power_device, &settings), STATUS_INVALID_DEVICE_REQUEST);
    end(device);
}

static void device_that_cannot_wake_is_not_told_to(void)
{
    struct testkit_device *device;

    power_load();
    device = power_start();
    CHECK_STATUS(power_set_idle(IdleCanWakeFromS0, 1), STATUS_POWER_STATE_INVALID);
    CHECK_STATUS(power_set_wake(), STATUS_POWER_STATE_INVALID);
    end(device);
}

static void do_not_own(PWDFDEVICE_INIT init)
{
    WdfDeviceInitSetPowerPolicyOwnership(init, FALSE);
}

static void who_does_not_own_the_policy_has_no_say(void)
{
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS settings;
    struct testkit_device *device;

    power_load();
    power_case.initialise = do_not_own;
    device = power_start();
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleCannotWakeFromS0);
    BREAKS(V37, power_device, "WdfDeviceAssignS0IdleSettings",
           CHECK_STATUS(WdfDeviceAssignS0IdleSettings(power_device, &settings), STATUS_INVALID_DEVICE_REQUEST));
    BREAKS(V37, power_device, "WdfDeviceStopIdle",
           CHECK_STATUS(WdfDeviceStopIdle(power_device, FALSE), STATUS_INVALID_DEVICE_STATE));
    BREAKS(V37, power_device, "WdfDeviceResumeIdle", WdfDeviceResumeIdle(power_device));
    BREAKS(V37, power_device, "WdfDeviceAssignSxWakeSettings",
           CHECK_STATUS(power_set_wake(), STATUS_INVALID_DEVICE_REQUEST));
    power_forget_calls();
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    EXPECT("");
    end(device);
}

static void owner_has_a_say(void)
{
    struct testkit_device *device;

    power_load();
    device = power_start();
    SILENT(V37, CHECK_STATUS(WdfDeviceStopIdle(power_device, FALSE), STATUS_SUCCESS));
    SILENT(V37, WdfDeviceResumeIdle(power_device));
    end(device);
}

/*
 * The user's say, in the registry. It outlives a device, so it is taken back.
 */

#define HARDWARE_KEY "\\Registry\\Machine\\System\\CurrentControlSet\\Enum\\ROOT\\CASE\\0000\\Device Parameters"

static void set_user(const char *name, uint32_t number)
{
    CHECK_STATUS(testkit_set_number(HARDWARE_KEY, name, number), STATUS_SUCCESS);
}

/* One that idles is waited for; one that does not has time enough to. */
static void check_idling(WDF_POWER_POLICY_S0_IDLE_USER_CONTROL control, WDF_TRI_STATE enabled, bool idles)
{
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS settings;
    struct testkit_device *device;

    power_load();
    device = power_start();
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleCannotWakeFromS0);
    settings.IdleTimeout = 1;
    settings.UserControlOfIdleSettings = control;
    settings.Enabled = enabled;
    CHECK_STATUS(WdfDeviceAssignS0IdleSettings(power_device, &settings), STATUS_SUCCESS);
    if (idles)
    {
        power_wait_for("D0Exit");
    }
    else
    {
        power_pause(50000);
        EXPECT("");
    }
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void user_may_switch_idling_off(void)
{
    set_user("IdleInWorkingState", 0);
    check_idling(IdleAllowUserControl, WdfUseDefault, false);
    check_idling(IdleAllowUserControl, WdfTrue, true);
    check_idling(IdleDoNotAllowUserControl, WdfUseDefault, true);
    set_user("IdleInWorkingState", 1);
    set_user("WdfDefaultIdleInWorkingState", 0);
    check_idling(IdleAllowUserControl, WdfUseDefault, true);
    check_idling(IdleAllowUserControl, WdfFalse, false);
    set_user("WdfDefaultIdleInWorkingState", 1);
}

static bool wakes(WDF_POWER_POLICY_SX_WAKE_USER_CONTROL control, WDF_TRI_STATE enabled)
{
    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS settings;
    struct testkit_device *device;
    bool armed;

    power_load();
    testkit_let_devices_wake(3);
    device = power_start();
    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT(&settings);
    settings.UserControlOfWakeSettings = control;
    settings.Enabled = enabled;
    CHECK_STATUS(WdfDeviceAssignSxWakeSettings(power_device, &settings), STATUS_SUCCESS);
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    armed = power_count("ArmWakeFromSx") != 0;
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    end(device);
    return armed;
}

static void user_may_switch_waking_off(void)
{
    set_user("WakeFromSleepState", 0);
    CHECK(!wakes(WakeAllowUserControl, WdfUseDefault));
    CHECK(wakes(WakeAllowUserControl, WdfTrue));
    CHECK(wakes(WakeDoNotAllowUserControl, WdfUseDefault));
    set_user("WakeFromSleepState", 1);
    CHECK(wakes(WakeAllowUserControl, WdfUseDefault));
    CHECK(!wakes(WakeAllowUserControl, WdfFalse));
}

static void settings_of_waking_are_checked(void)
{
    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS settings;
    struct testkit_device *device;

    power_load();
    testkit_let_devices_wake(3);
    device = power_start();
    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT(&settings);
    settings.Size++;
    CHECK_STATUS(WdfDeviceAssignSxWakeSettings(power_device, &settings), STATUS_INFO_LENGTH_MISMATCH);
    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT(&settings);
    settings.DxState = PowerDeviceD0;
    CHECK_STATUS(WdfDeviceAssignSxWakeSettings(power_device, &settings), STATUS_INVALID_PARAMETER);
    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT(&settings);
    settings.UserControlOfWakeSettings = WakeUserControlInvalid;
    CHECK_STATUS(WdfDeviceAssignSxWakeSettings(power_device, &settings), STATUS_INVALID_PARAMETER);
    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT(&settings);
    settings.Enabled = (WDF_TRI_STATE)7;
    CHECK_STATUS(WdfDeviceAssignSxWakeSettings(power_device, &settings), STATUS_INVALID_PARAMETER);
    settings.Enabled = WdfTrue;
    settings.DxState = PowerDeviceD1;
    CHECK_STATUS(WdfDeviceAssignSxWakeSettings(power_device, &settings), STATUS_SUCCESS);
    power_forget_calls();
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    EXPECT("SelfManagedIoSuspend ArmWakeFromSx D0ExitPre.D1 D0Exit.D1");
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    end(device);
}

const struct nt_case nt_cases[] = {
    CASE(device_that_nobody_uses_goes_down_after_its_time),
    CASE(removal_brings_the_device_back_first),
    CASE(surprise_removal_does_not),
    CASE(reference_keeps_the_device_up),
    CASE(reference_after_surprise_removal_is_refused),
    CASE(power_callback_cannot_wait_for_its_device),
    CASE(device_idles_armed_and_wakes_by_itself),
    CASE(device_that_cannot_be_armed_stays),
    CASE(machine_sleeps_with_the_device_armed),
    CASE(device_wakes_the_machine),
    CASE(idle_device_stays_down_when_the_machine_wakes),
    CASE(settings_of_idling_are_checked),
    CASE(device_that_cannot_wake_is_not_told_to),
    CASE(who_does_not_own_the_policy_has_no_say),
    CASE(owner_has_a_say),
    CASE(user_may_switch_idling_off),
    CASE(user_may_switch_waking_off),
    CASE(settings_of_waking_are_checked),
    CASES_END,
};
