/* SPDX-License-Identifier: MIT */
/*
 * What a policy owner says about its device: idling in S0, waking the machine; and the user's say in both.
 */
#include "nt/registry/device_keys.h"
#include "wdf/device.h"
#include "wdf/device_init.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/power_wake.h"
#include "wdf/verifier.h"

/*
 * The user's say: a value below the device's hardware key.
 */

static bool read_number(HANDLE key, const WCHAR *name, ULONG *ret_number)
{
    struct
    {
        KEY_VALUE_PARTIAL_INFORMATION information;
        UCHAR data[sizeof(ULONG)];
    } value;
    UNICODE_STRING value_name;
    ULONG length;

    RtlInitUnicodeString(&value_name, name);
    if (!NT_SUCCESS(ZwQueryValueKey(key, &value_name, KeyValuePartialInformation, &value, sizeof(value), &length)) ||
        value.information.Type != REG_DWORD || value.information.DataLength != sizeof(ULONG))
    {
        return false;
    }
    RtlCopyMemory(ret_number, value.information.Data, sizeof(*ret_number));
    return true;
}

/* What the user has set, or else what was installed as the default, or else yes. Above PASSIVE_LEVEL nobody can be asked. */
static bool ask_user(struct device *device, const WCHAR *name, const WCHAR *default_name)
{
    ULONG number = 1;
    HANDLE key;

    if (KeGetCurrentIrql() != PASSIVE_LEVEL ||
        !NT_SUCCESS(IoOpenDeviceRegistryKey(device->pdo, PLUGPLAY_REGKEY_DEVICE, KEY_READ, &key)))
    {
        return true;
    }
    if (!read_number(key, name, &number))
    {
        (void)read_number(key, default_name, &number);
    }
    (void)ZwClose(key);
    return number != 0;
}

static bool is_enabled(struct device *device, WDF_TRI_STATE asked, bool user_control, const WCHAR *name,
                       const WCHAR *default_name)
{
    /* A user who may decide is asked when the driver leaves it open. */
    return asked == WdfUseDefault ? !user_control || ask_user(device, name, default_name) : asked == WdfTrue;
}

/* Who does not know yet what the stack can do asks; later answers come with each start. */
static void learn_capabilities(struct device *device)
{
    if (!device->power.knows_capabilities && KeGetCurrentIrql() == PASSIVE_LEVEL)
    {
        (void)wake_query_capabilities(device);
    }
}

static bool is_tri_state(WDF_TRI_STATE value)
{
    return value == WdfFalse || value == WdfTrue || value == WdfUseDefault;
}

static bool is_low_power_state(DEVICE_POWER_STATE state)
{
    return state >= PowerDeviceD1 && state <= PowerDeviceMaximum;
}

static NTSTATUS check_owner(struct device *device, const char *function)
{
    if (device->owns_power_policy)
    {
        return STATUS_SUCCESS;
    }
    verifier_report(device->object.globals, RULE_V37, &device->object, function,
                    "The driver does not own the power policy of the device.");
    return STATUS_INVALID_DEVICE_REQUEST;
}

/*
 * Idling in S0.
 */

static NTSTATUS check_idle(const WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS *settings)
{
    bool wakes = settings->IdleCaps != IdleCannotWakeFromS0;

    if (settings->Size != sizeof(*settings))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (settings->IdleCaps < IdleCannotWakeFromS0 || settings->IdleCaps > IdleUsbSelectiveSuspend ||
        !is_low_power_state(settings->DxState) || settings->UserControlOfIdleSettings < IdleDoNotAllowUserControl ||
        settings->UserControlOfIdleSettings > IdleAllowUserControl || !is_tri_state(settings->Enabled) ||
        !is_tri_state(settings->PowerUpIdleDeviceOnSystemWake) || !is_tri_state(settings->ExcludeD3Cold) ||
        settings->IdleTimeoutType < DriverManagedIdleTimeout || settings->IdleTimeoutType > SystemManagedIdleTimeoutWithHint)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return wakes && settings->PowerUpIdleDeviceOnSystemWake != WdfUseDefault ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
}

/* The state that the settings mean; a failure when there is none. */
static NTSTATUS idle_target(struct device *device, const WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS *settings,
                            DEVICE_POWER_STATE *ret_state)
{
    DEVICE_POWER_STATE deepest;

    *ret_state = settings->DxState == PowerDeviceMaximum ? PowerDeviceD3 : settings->DxState;
    if (settings->IdleCaps == IdleCannotWakeFromS0)
    {
        return STATUS_SUCCESS;
    }
    deepest = power_deepest_wake_state(device, PowerSystemWorking);
    if (settings->DxState == PowerDeviceMaximum)
    {
        *ret_state = deepest;
    }
    if (deepest < PowerDeviceD1 || *ret_state > deepest ||
        (settings->IdleCaps == IdleUsbSelectiveSuspend && *ret_state == PowerDeviceD3))
    {
        return STATUS_POWER_STATE_INVALID;
    }
    return STATUS_SUCCESS;
}

static bool changes_manager(const struct device_power *power, WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE type)
{
    return power->idle.assigned && (power->timeout_type == DriverManagedIdleTimeout) != (type == DriverManagedIdleTimeout);
}

/* The caller holds the lock. Whether the user may decide is settled by the first call. */
static NTSTATUS set_idle(struct device_power *power, const WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS *settings,
                         DEVICE_POWER_STATE state, bool enabled)
{
    if (changes_manager(power, settings->IdleTimeoutType))
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    power->idle.user_control =
        power->idle.assigned ? power->idle.user_control : settings->UserControlOfIdleSettings == IdleAllowUserControl;
    power->idle.assigned = true;
    power->idle.enabled = enabled;
    power->idle.state = state;
    power->idle.wakes = settings->IdleCaps != IdleCannotWakeFromS0;
    power->timeout_type = settings->IdleTimeoutType;
    power->up_on_system_wake = settings->PowerUpIdleDeviceOnSystemWake;
    /* The machine has no opinion of its own about a device's time, so a system-managed one is the hint or the default. */
    power->timeout = settings->IdleTimeoutType == SystemManagedIdleTimeout || settings->IdleTimeout == 0 ?
                         POWER_DEFAULT_TIMEOUT :
                         settings->IdleTimeout * PLATFORM_MILLISECOND;
    return STATUS_SUCCESS;
}

static NTSTATUS assign_idle(struct device *device, const WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS *settings)
{
    struct device_power *power = &device->power;
    bool user_control =
        power->idle.assigned ? power->idle.user_control : settings->UserControlOfIdleSettings == IdleAllowUserControl;
    DEVICE_POWER_STATE state;
    bool enabled;
    NTSTATUS status;

    learn_capabilities(device);
    status = idle_target(device, settings, &state);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    enabled =
        is_enabled(device, settings->Enabled, user_control, WDF_S0_IDLE_ENABLED_VALUE_NAME, WDF_S0_IDLE_DEFAULT_VALUE_NAME);
    platform_spinlock_lock(&power->lock);
    status = set_idle(power, settings, state, enabled);
    platform_spinlock_unlock(&power->lock);
    if (NT_SUCCESS(status))
    {
        machine_post(device, MACHINE_POLICY, POLICY_EVENT_SETTINGS);
    }
    return status;
}

/*
 * Waking the machine.
 */

static NTSTATUS check_wake(const WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS *settings)
{
    if (settings->Size != sizeof(*settings))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    return is_low_power_state(settings->DxState) && settings->UserControlOfWakeSettings >= WakeDoNotAllowUserControl &&
                   settings->UserControlOfWakeSettings <= WakeAllowUserControl && is_tri_state(settings->Enabled) ?
               STATUS_SUCCESS :
               STATUS_INVALID_PARAMETER;
}

static NTSTATUS assign_wake(struct device *device, const WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS *settings)
{
    struct device_power *power = &device->power;
    bool user_control =
        power->sleep.assigned ? power->sleep.user_control : settings->UserControlOfWakeSettings == WakeAllowUserControl;
    DEVICE_POWER_STATE deepest;
    bool enabled;

    learn_capabilities(device);
    deepest = power_deepest_wake_state(device, PowerSystemSleeping1);
    if (deepest < PowerDeviceD1 || (settings->DxState != PowerDeviceMaximum && settings->DxState > deepest))
    {
        return STATUS_POWER_STATE_INVALID;
    }
    enabled =
        is_enabled(device, settings->Enabled, user_control, WDF_SX_WAKE_ENABLED_VALUE_NAME, WDF_SX_WAKE_DEFAULT_VALUE_NAME);
    platform_spinlock_lock(&power->lock);
    power->sleep = (struct power_settings){
        .assigned = true, .enabled = enabled, .state = settings->DxState, .wakes = true, .user_control = user_control};
    power->arms_for_children = settings->ArmForWakeIfChildrenAreArmedForWake;
    power->wakes_children = settings->IndicateChildWakeOnParentWake;
    platform_spinlock_unlock(&power->lock);
    return STATUS_SUCCESS;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfDeviceAssignS0IdleSettings(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS Settings)
{
    globals_require(DriverGlobals, Settings, "WdfDeviceAssignS0IdleSettings");
    struct device *device = device_from_handle(Device, "WdfDeviceAssignS0IdleSettings");
    NTSTATUS status = check_owner(device, "WdfDeviceAssignS0IdleSettings");

    if (NT_SUCCESS(status))
    {
        status = check_idle(Settings);
    }
    return NT_SUCCESS(status) ? assign_idle(device, Settings) : status;
}
WDF_ENTRY_BOTH(WdfDeviceAssignS0IdleSettings)

NTSTATUS wdf_kmdf_WdfDeviceAssignSxWakeSettings(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS Settings)
{
    globals_require(DriverGlobals, Settings, "WdfDeviceAssignSxWakeSettings");
    struct device *device = device_from_handle(Device, "WdfDeviceAssignSxWakeSettings");
    NTSTATUS status = check_owner(device, "WdfDeviceAssignSxWakeSettings");

    if (NT_SUCCESS(status))
    {
        status = check_wake(Settings);
    }
    return NT_SUCCESS(status) ? assign_wake(device, Settings) : status;
}
WDF_ENTRY_BOTH(WdfDeviceAssignSxWakeSettings)

POWER_ACTION wdf_kmdf_WdfDeviceGetSystemPowerAction(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    struct device *device = device_from_handle(Device, "WdfDeviceGetSystemPowerAction");

    return (POWER_ACTION)platform_atomic_load(&device->power.action);
}
WDF_ENTRY_BOTH(WdfDeviceGetSystemPowerAction)

VOID wdf_kmdf_WdfDeviceInitSetPowerPolicyOwnership(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                                   BOOLEAN IsPowerPolicyOwner)
{
    globals_require(DriverGlobals, DeviceInit, "WdfDeviceInitSetPowerPolicyOwnership");
    DeviceInit->power_policy_owner = IsPowerPolicyOwner ? WdfTrue : WdfFalse;
}
WDF_ENTRY_BOTH(WdfDeviceInitSetPowerPolicyOwnership)

VOID wdf_kmdf_WdfDeviceInitSetPowerPageable(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit)
{
    globals_require(DriverGlobals, DeviceInit, "WdfDeviceInitSetPowerPageable");
    DeviceInit->power_not_pageable = false;
}

VOID wdf_kmdf_WdfDeviceInitSetPowerNotPageable(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit)
{
    globals_require(DriverGlobals, DeviceInit, "WdfDeviceInitSetPowerNotPageable");
    DeviceInit->power_not_pageable = true;
}

/* A device that draws much current when it is switched on is one that must not be paged then. */
VOID wdf_kmdf_WdfDeviceInitSetPowerInrush(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit)
{
    globals_require(DriverGlobals, DeviceInit, "WdfDeviceInitSetPowerInrush");
    DeviceInit->power_not_pageable = true;
    DeviceInit->power_inrush = true;
}

VOID wdf_kmdf_WdfDeviceInitSetReleaseHardwareOrderOnFailure(
    PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
    WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE ReleaseHardwareOrderOnFailure)
{
    globals_require(DriverGlobals, DeviceInit, "WdfDeviceInitSetReleaseHardwareOrderOnFailure");
    if (ReleaseHardwareOrderOnFailure < WdfReleaseHardwareOrderOnFailureEarly ||
        ReleaseHardwareOrderOnFailure > WdfReleaseHardwareOrderOnFailureAfterDescendants)
    {
        globals_break(globals_of(DriverGlobals), "WdfDeviceInitSetReleaseHardwareOrderOnFailure: the value %d is none",
                      (int)ReleaseHardwareOrderOnFailure);
        return;
    }
    DeviceInit->release_hardware_late = ReleaseHardwareOrderOnFailure == WdfReleaseHardwareOrderOnFailureAfterDescendants;
}
WDF_ENTRY_BOTH(WdfDeviceInitSetReleaseHardwareOrderOnFailure)
