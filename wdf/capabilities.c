/* SPDX-License-Identifier: MIT */
/*
 * Capabilities, PnP state and bus information of a device.
 */
#include "wdf/capabilities.h"

#include "nt/io/device_object.h"
#include "nt/pnp/devnode.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/pdo.h"

/* As an address or number: nobody has said. */
#define UNSAID ((ULONG)-1)

void capabilities_initialize(struct device *device)
{
    WDF_DEVICE_PNP_CAPABILITIES_INIT(&device->bus.pnp_capabilities);
    WDF_DEVICE_POWER_CAPABILITIES_INIT(&device->bus.power_capabilities);
    WDF_DEVICE_STATE_INIT(&device->bus.state);
}

/*
 * Applying.
 */

/* A member that is one bit cannot be pointed at. */
#define APPLY_BIT(To, Member, Said) ((To)->Member = (Said) == WdfUseDefault ? (To)->Member : (Said) == WdfTrue)

static void apply_pnp(const WDF_DEVICE_PNP_CAPABILITIES *said, PDEVICE_CAPABILITIES to)
{
    APPLY_BIT(to, LockSupported, said->LockSupported);
    APPLY_BIT(to, EjectSupported, said->EjectSupported);
    APPLY_BIT(to, Removable, said->Removable);
    APPLY_BIT(to, DockDevice, said->DockDevice);
    APPLY_BIT(to, UniqueID, said->UniqueID);
    APPLY_BIT(to, SilentInstall, said->SilentInstall);
    APPLY_BIT(to, SurpriseRemovalOK, said->SurpriseRemovalOK);
    APPLY_BIT(to, HardwareDisabled, said->HardwareDisabled);
    APPLY_BIT(to, NoDisplayInUI, said->NoDisplayInUI);
    to->Address = said->Address == UNSAID ? to->Address : said->Address;
    to->UINumber = said->UINumber == UNSAID ? to->UINumber : said->UINumber;
}

static void apply_power(const WDF_DEVICE_POWER_CAPABILITIES *said, PDEVICE_CAPABILITIES to)
{
    APPLY_BIT(to, DeviceD1, said->DeviceD1);
    APPLY_BIT(to, DeviceD2, said->DeviceD2);
    APPLY_BIT(to, WakeFromD0, said->WakeFromD0);
    APPLY_BIT(to, WakeFromD1, said->WakeFromD1);
    APPLY_BIT(to, WakeFromD2, said->WakeFromD2);
    APPLY_BIT(to, WakeFromD3, said->WakeFromD3);
    for (size_t state = 0; state < ARRAYSIZE(to->DeviceState); state++)
    {
        to->DeviceState[state] =
            said->DeviceState[state] == PowerDeviceMaximum ? to->DeviceState[state] : said->DeviceState[state];
    }
    to->DeviceWake = said->DeviceWake == PowerDeviceMaximum ? to->DeviceWake : said->DeviceWake;
    to->SystemWake = said->SystemWake == PowerSystemMaximum ? to->SystemWake : said->SystemWake;
    to->D1Latency = said->D1Latency == UNSAID ? to->D1Latency : said->D1Latency;
    to->D2Latency = said->D2Latency == UNSAID ? to->D2Latency : said->D2Latency;
    to->D3Latency = said->D3Latency == UNSAID ? to->D3Latency : said->D3Latency;
}

void capabilities_apply(struct device *device, PDEVICE_CAPABILITIES capabilities)
{
    WDF_DEVICE_PNP_CAPABILITIES pnp;
    WDF_DEVICE_POWER_CAPABILITIES power;

    platform_spinlock_lock(&device->bus.lock);
    pnp = device->bus.pnp_capabilities;
    power = device->bus.power_capabilities;
    platform_spinlock_unlock(&device->bus.lock);
    apply_pnp(&pnp, capabilities);
    apply_power(&power, capabilities);
}

/* The machine works in D0 only, and sleeps with the device off, unless the driver knows better. */
void capabilities_of_pdo(struct device *device, PDEVICE_CAPABILITIES capabilities)
{
    capabilities->DeviceState[PowerSystemWorking] = PowerDeviceD0;
    for (int state = PowerSystemSleeping1; state < PowerSystemMaximum; state++)
    {
        capabilities->DeviceState[state] = PowerDeviceD3;
    }
    capabilities->RawDeviceOK = device->bus.pdo->is_raw;
    capabilities_apply(device, capabilities);
}

PNP_DEVICE_STATE device_state_flags(struct device *device, PNP_DEVICE_STATE *ret_denied)
{
    WDF_DEVICE_STATE state;
    PNP_DEVICE_STATE set = 0;

    platform_spinlock_lock(&device->bus.lock);
    state = device->bus.state;
    platform_spinlock_unlock(&device->bus.lock);
    const struct
    {
        WDF_TRI_STATE said;
        PNP_DEVICE_STATE flag;
    } members[] = {
        {state.Disabled, PNP_DEVICE_DISABLED},
        {state.DontDisplayInUI, PNP_DEVICE_DONT_DISPLAY_IN_UI},
        {state.Failed, PNP_DEVICE_FAILED},
        {state.NotDisableable, PNP_DEVICE_NOT_DISABLEABLE},
        {state.Removed, PNP_DEVICE_REMOVED},
        {state.ResourcesChanged, PNP_DEVICE_RESOURCE_REQUIREMENTS_CHANGED},
        {state.AssignedToGuest, PNP_DEVICE_ASSIGNED_TO_GUEST},
    };

    *ret_denied = 0;
    for (size_t index = 0; index < ARRAYSIZE(members); index++)
    {
        set |= members[index].said == WdfTrue ? members[index].flag : 0;
        *ret_denied |= members[index].said == WdfFalse ? members[index].flag : 0;
    }
    return set;
}

/*
 * Entry points. A structure with a wrong size or a value that is none is reported and ignored.
 */

static bool is_tri_state(WDF_TRI_STATE value)
{
    return value == WdfFalse || value == WdfTrue || value == WdfUseDefault;
}

static bool all_tri_states(const WDF_TRI_STATE *values, size_t count)
{
    bool good = true;

    for (size_t index = 0; index < count; index++)
    {
        good &= is_tri_state(values[index]);
    }
    return good;
}

VOID wdf_kmdf_WdfDeviceSetPnpCapabilities(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                          PWDF_DEVICE_PNP_CAPABILITIES PnpCapabilities)
{
    globals_require(DriverGlobals, PnpCapabilities, "WdfDeviceSetPnpCapabilities");
    struct device *device = device_from_handle(Device, "WdfDeviceSetPnpCapabilities");
    const WDF_TRI_STATE values[] = {
        PnpCapabilities->LockSupported,     PnpCapabilities->EjectSupported,   PnpCapabilities->Removable,
        PnpCapabilities->DockDevice,        PnpCapabilities->UniqueID,         PnpCapabilities->SilentInstall,
        PnpCapabilities->SurpriseRemovalOK, PnpCapabilities->HardwareDisabled, PnpCapabilities->NoDisplayInUI,
    };

    if (PnpCapabilities->Size != sizeof(WDF_DEVICE_PNP_CAPABILITIES) || !all_tri_states(values, ARRAYSIZE(values)))
    {
        globals_break(globals_of(DriverGlobals),
                      "WdfDeviceSetPnpCapabilities: ignored: the structure's Size or a value in it is wrong");
        return;
    }
    platform_spinlock_lock(&device->bus.lock);
    device->bus.pnp_capabilities = *PnpCapabilities;
    platform_spinlock_unlock(&device->bus.lock);
}
WDF_ENTRY_BOTH(WdfDeviceSetPnpCapabilities)

static bool is_device_state(DEVICE_POWER_STATE state)
{
    return state >= PowerDeviceUnspecified && state <= PowerDeviceMaximum;
}

static bool are_good_power_capabilities(const WDF_DEVICE_POWER_CAPABILITIES *capabilities)
{
    const WDF_TRI_STATE values[] = {
        capabilities->DeviceD1,   capabilities->DeviceD2,   capabilities->WakeFromD0,
        capabilities->WakeFromD1, capabilities->WakeFromD2, capabilities->WakeFromD3,
    };
    bool good = capabilities->Size == sizeof(*capabilities) && all_tri_states(values, ARRAYSIZE(values));

    for (size_t state = 0; state < ARRAYSIZE(capabilities->DeviceState); state++)
    {
        good &= is_device_state(capabilities->DeviceState[state]);
    }
    good &= is_device_state(capabilities->DeviceWake);
    good &= capabilities->SystemWake >= PowerSystemUnspecified && capabilities->SystemWake <= PowerSystemMaximum;
    return good;
}

VOID wdf_kmdf_WdfDeviceSetPowerCapabilities(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                            PWDF_DEVICE_POWER_CAPABILITIES PowerCapabilities)
{
    globals_require(DriverGlobals, PowerCapabilities, "WdfDeviceSetPowerCapabilities");
    struct device *device = device_from_handle(Device, "WdfDeviceSetPowerCapabilities");

    if (!are_good_power_capabilities(PowerCapabilities) || PowerCapabilities->IdealDxStateForSx < PowerDeviceD1 ||
        PowerCapabilities->IdealDxStateForSx > PowerDeviceMaximum)
    {
        globals_break(globals_of(DriverGlobals),
                      "WdfDeviceSetPowerCapabilities: ignored: the structure's Size or a value in it is wrong");
        return;
    }
    platform_spinlock_lock(&device->bus.lock);
    device->bus.power_capabilities = *PowerCapabilities;
    platform_spinlock_unlock(&device->bus.lock);
}
WDF_ENTRY_BOTH(WdfDeviceSetPowerCapabilities)

static bool is_good_state(const WDF_DEVICE_STATE *state)
{
    const WDF_TRI_STATE values[] = {
        state->Disabled, state->DontDisplayInUI,  state->Failed,          state->NotDisableable,
        state->Removed,  state->ResourcesChanged, state->AssignedToGuest,
    };

    return state->Size == sizeof(*state) && all_tri_states(values, ARRAYSIZE(values));
}

VOID wdf_kmdf_WdfDeviceSetDeviceState(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, PWDF_DEVICE_STATE DeviceState)
{
    globals_require(DriverGlobals, DeviceState, "WdfDeviceSetDeviceState");
    struct device *device = device_from_handle(Device, "WdfDeviceSetDeviceState");

    if (device->is_control || !is_good_state(DeviceState))
    {
        globals_break(globals_of(DriverGlobals),
                      "WdfDeviceSetDeviceState: ignored: the structure's Size or a value in it is "
                      "wrong, or it is a control device");
        return;
    }
    platform_spinlock_lock(&device->bus.lock);
    device->bus.state = *DeviceState;
    platform_spinlock_unlock(&device->bus.lock);
    if (devobj_extension(device->pdo)->devnode != NULL)
    {
        devnode_request_state_check(devobj_extension(device->pdo)->devnode);
    }
}
WDF_ENTRY_BOTH(WdfDeviceSetDeviceState)

VOID wdf_kmdf_WdfDeviceGetDeviceState(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, PWDF_DEVICE_STATE DeviceState)
{
    globals_require(DriverGlobals, DeviceState, "WdfDeviceGetDeviceState");
    struct device *device = device_from_handle(Device, "WdfDeviceGetDeviceState");

    if (DeviceState->Size != sizeof(WDF_DEVICE_STATE))
    {
        globals_break(globals_of(DriverGlobals), "WdfDeviceGetDeviceState: ignored: the structure's Size is wrong");
        return;
    }
    platform_spinlock_lock(&device->bus.lock);
    *DeviceState = device->bus.state;
    platform_spinlock_unlock(&device->bus.lock);
}
WDF_ENTRY_BOTH(WdfDeviceGetDeviceState)

VOID wdf_kmdf_WdfDeviceSetBusInformationForChildren(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                    PPNP_BUS_INFORMATION BusInformation)
{
    globals_require(DriverGlobals, BusInformation, "WdfDeviceSetBusInformationForChildren");
    struct device *device = device_from_handle(Device, "WdfDeviceSetBusInformationForChildren");

    platform_spinlock_lock(&device->bus.lock);
    device->bus.bus_information = *BusInformation;
    device->bus.has_bus_information = true;
    platform_spinlock_unlock(&device->bus.lock);
}
