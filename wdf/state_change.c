/* SPDX-License-Identifier: MIT */
/*
 * Drivers that hear of the state changes of their device's machines, and who asks for a state.
 */
#include "wdf/state_change.h"

#include "wdf/device.h"
#include "wdf/device_callback.h"
#include "wdf/device_init.h"
#include "wdf/entry.h"
#include "wdf/globals.h"

/* The published states of each machine are numbered from its first one without gaps; the bit for paging is beside the number. */
static const struct state_range
{
    uint32_t first;
    uint32_t last;
    const char *name;
} ranges[] = {
    [MACHINE_POWER] = {WdfDevStatePowerObjectCreated, WdfDevStatePowerNull, "EvtDevicePowerStateChange"},
    [MACHINE_POLICY] = {WdfDevStatePwrPolObjectCreated, WdfDevStatePwrPolNull, "EvtDevicePowerPolicyStateChange"},
    [MACHINE_PNP] = {WdfDevStatePnpObjectCreated, WdfDevStatePnpNull, "EvtDevicePnpStateChange"},
};

static uint32_t published(struct device *device, enum machine_kind kind, uint8_t state)
{
    const struct machine_published *both = &machine_table(kind)->published[state];

    return device->power_pageable ? both->pageable : both->not_pageable;
}

uint32_t state_change_published(struct device *device, enum machine_kind kind)
{
    return published(device, kind, machine_state(&device->machines, kind));
}

/* The three structures differ in the types of their members only. */
_Static_assert(sizeof(WDF_DEVICE_PNP_NOTIFICATION_DATA) == sizeof(WDF_DEVICE_POWER_NOTIFICATION_DATA) &&
                   sizeof(WDF_DEVICE_PNP_NOTIFICATION_DATA) == sizeof(WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA),
               "notifications of the three machines have the same size");

static void call_pnp(struct device *device, void *callback, ULONG type, uint32_t from, uint32_t to)
{
    WDF_DEVICE_PNP_NOTIFICATION_DATA data = {.Type = (WDF_STATE_NOTIFICATION_TYPE)type};

    data.Data.EnterState.CurrentState = (WDF_DEVICE_PNP_STATE)from;
    data.Data.EnterState.NewState = (WDF_DEVICE_PNP_STATE)to;
    ((PFN_WDF_DEVICE_PNP_STATE_CHANGE_NOTIFICATION)callback)(wdfobj_handle(&device->object), &data);
}

static void call_power(struct device *device, void *callback, ULONG type, uint32_t from, uint32_t to)
{
    WDF_DEVICE_POWER_NOTIFICATION_DATA data = {.Type = (WDF_STATE_NOTIFICATION_TYPE)type};

    data.Data.EnterState.CurrentState = (WDF_DEVICE_POWER_STATE)from;
    data.Data.EnterState.NewState = (WDF_DEVICE_POWER_STATE)to;
    ((PFN_WDF_DEVICE_POWER_STATE_CHANGE_NOTIFICATION)callback)(wdfobj_handle(&device->object), &data);
}

static void call_policy(struct device *device, void *callback, ULONG type, uint32_t from, uint32_t to)
{
    WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA data = {.Type = (WDF_STATE_NOTIFICATION_TYPE)type};

    data.Data.EnterState.CurrentState = (WDF_DEVICE_POWER_POLICY_STATE)from;
    data.Data.EnterState.NewState = (WDF_DEVICE_POWER_POLICY_STATE)to;
    ((PFN_WDF_DEVICE_POWER_POLICY_STATE_CHANGE_NOTIFICATION)callback)(wdfobj_handle(&device->object), &data);
}

static void tell(struct device *device, const struct state_change *change, ULONG type, uint32_t from, uint32_t to)
{
    struct device_callback_watch watch;

    device_callback_begins(&watch, device, ranges[change->kind].name);
    switch (change->kind)
    {
        case MACHINE_PNP:
            call_pnp(device, change->callback, type, from, to);
            break;
        case MACHINE_POWER:
            call_power(device, change->callback, type, from, to);
            break;
        default:
            call_policy(device, change->callback, type, from, to);
            break;
    }
    device_callback_ends(&watch);
}

/* A driver names a state by either of its values. */
static bool is_about(const struct state_change *change, enum machine_kind kind, uint32_t state, ULONG type)
{
    return change->kind == kind && WdfDevStateNormalize(change->state) == WdfDevStateNormalize(state) &&
           (change->types & type) != 0;
}

void state_change_leave(struct device *device, enum machine_kind kind, uint8_t from, uint8_t to)
{
    uint32_t old = published(device, kind, from);
    uint32_t new = published(device, kind, to);

    for (const struct state_change *change = device->state_changes; change != NULL && old != new; change = change->next)
    {
        if (is_about(change, kind, old, StateNotificationLeaveState))
        {
            tell(device, change, StateNotificationLeaveState, old, new);
        }
    }
}

void state_change_enter(struct device *device, enum machine_kind kind, uint8_t from, uint8_t to)
{
    uint32_t old = published(device, kind, from);
    uint32_t new = published(device, kind, to);

    for (const struct state_change *change = device->state_changes; change != NULL && old != new; change = change->next)
    {
        if (is_about(change, kind, new, StateNotificationEnterState))
        {
            tell(device, change, StateNotificationEnterState, old, new);
        }
    }
}

void state_change_processed(struct device *device, enum machine_kind kind, uint8_t from, uint8_t to)
{
    uint32_t old = published(device, kind, from);
    uint32_t new = published(device, kind, to);

    for (const struct state_change *change = device->state_changes; change != NULL && old != new; change = change->next)
    {
        if (is_about(change, kind, new, StateNotificationPostProcessState))
        {
            tell(device, change, StateNotificationPostProcessState, new, 0);
        }
    }
}

void state_changes_free(struct state_change *first)
{
    while (first != NULL)
    {
        struct state_change *next = first->next;

        platform_free(first, sizeof(*first));
        first = next;
    }
}

/*
 * Entry points.
 */
static NTSTATUS add(PWDFDEVICE_INIT init, enum machine_kind kind, uint32_t state, void *callback, ULONG types)
{
    uint32_t number = state & ~(uint32_t)WdfDevStateNP;
    struct state_change **last = &init->state_changes;
    struct state_change *change;

    if (number < ranges[kind].first || number >= ranges[kind].last || types == 0 ||
        (types & ~StateNotificationAllStates) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    change = platform_zalloc(sizeof(*change));
    if (change == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *change = (struct state_change){.kind = kind, .state = state, .types = types, .callback = callback};
    while (*last != NULL)
    {
        last = &(*last)->next;
    }
    *last = change;
    return STATUS_SUCCESS;
}

NTSTATUS wdf_kmdf_WdfDeviceInitRegisterPnpStateChangeCallback(
    PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit, WDF_DEVICE_PNP_STATE PnpState,
    PFN_WDF_DEVICE_PNP_STATE_CHANGE_NOTIFICATION EvtDevicePnpStateChange, ULONG CallbackTypes)
{
    globals_require(DriverGlobals, DeviceInit, "WdfDeviceInitRegisterPnpStateChangeCallback");
    globals_require(DriverGlobals, EvtDevicePnpStateChange, "WdfDeviceInitRegisterPnpStateChangeCallback");
    return add(DeviceInit, MACHINE_PNP, (uint32_t)PnpState, EvtDevicePnpStateChange, CallbackTypes);
}

NTSTATUS wdf_kmdf_WdfDeviceInitRegisterPowerStateChangeCallback(
    PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit, WDF_DEVICE_POWER_STATE PowerState,
    PFN_WDF_DEVICE_POWER_STATE_CHANGE_NOTIFICATION EvtDevicePowerStateChange, ULONG CallbackTypes)
{
    globals_require(DriverGlobals, DeviceInit, "WdfDeviceInitRegisterPowerStateChangeCallback");
    globals_require(DriverGlobals, EvtDevicePowerStateChange, "WdfDeviceInitRegisterPowerStateChangeCallback");
    return add(DeviceInit, MACHINE_POWER, (uint32_t)PowerState, EvtDevicePowerStateChange, CallbackTypes);
}

NTSTATUS wdf_kmdf_WdfDeviceInitRegisterPowerPolicyStateChangeCallback(
    PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit, WDF_DEVICE_POWER_POLICY_STATE PowerPolicyState,
    PFN_WDF_DEVICE_POWER_POLICY_STATE_CHANGE_NOTIFICATION EvtDevicePowerPolicyStateChange, ULONG CallbackTypes)
{
    globals_require(DriverGlobals, DeviceInit, "WdfDeviceInitRegisterPowerPolicyStateChangeCallback");
    globals_require(DriverGlobals, EvtDevicePowerPolicyStateChange, "WdfDeviceInitRegisterPowerPolicyStateChangeCallback");
    return add(DeviceInit, MACHINE_POLICY, (uint32_t)PowerPolicyState, EvtDevicePowerPolicyStateChange, CallbackTypes);
}

WDF_DEVICE_PNP_STATE wdf_kmdf_WdfDeviceGetDevicePnpState(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    return (WDF_DEVICE_PNP_STATE)state_change_published(device_from_handle(Device, "WdfDeviceGetDevicePnpState"),
                                                        MACHINE_PNP);
}

WDF_DEVICE_POWER_STATE wdf_kmdf_WdfDeviceGetDevicePowerState(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    return (WDF_DEVICE_POWER_STATE)state_change_published(device_from_handle(Device, "WdfDeviceGetDevicePowerState"),
                                                          MACHINE_POWER);
}

WDF_DEVICE_POWER_POLICY_STATE wdf_kmdf_WdfDeviceGetDevicePowerPolicyState(PWDF_DRIVER_GLOBALS DriverGlobals,
                                                                          WDFDEVICE Device)
{
    return (WDF_DEVICE_POWER_POLICY_STATE)state_change_published(
        device_from_handle(Device, "WdfDeviceGetDevicePowerPolicyState"), MACHINE_POLICY);
}
