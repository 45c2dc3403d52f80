/* SPDX-License-Identifier: MIT */
#include "power_case.h"

#include <stdio.h>
#include <string.h>

struct power_case power_case;
WDFDEVICE power_device;

/* Callbacks of one device never overlap, and the case looks when they are over; the test of that is in the callbacks. */
static struct
{
    char text[8192];
    volatile LONG inside;
    volatile LONG lock;
} calls;

/* A case may look while callbacks run. */
static void lock_calls(void)
{
    while (InterlockedExchange(&calls.lock, 1) != 0)
    {
    }
}

static void unlock_calls(void)
{
    (void)InterlockedExchange(&calls.lock, 0);
}

static const char *const state_names[] = {"?", "D0", "D1", "D2", "D3", "D3Final", "PrepareForHibernation"};

static NTSTATUS note(WDFDEVICE device, const char *name, WDF_POWER_DEVICE_STATE state)
{
    void (*during)(WDFDEVICE, const char *);
    const char *fails;
    size_t length;

    CHECK_EQUAL(InterlockedIncrement(&calls.inside), 1);
    lock_calls();
    length = strlen(calls.text);
    CHECK(length + strlen(name) + 32 < sizeof(calls.text));
    (void)snprintf(calls.text + length, sizeof(calls.text) - length, "%s%s%s%s", length == 0 ? "" : " ", name,
                   state == WdfPowerDeviceInvalid ? "" : ".", state == WdfPowerDeviceInvalid ? "" : state_names[state]);
    during = power_case.during;
    unlock_calls();
    CHECK_EQUAL(InterlockedDecrement(&calls.inside), 0);
    if (during != NULL)
    {
        during(device, name);
    }
    lock_calls();
    fails = power_case.fails;
    unlock_calls();
    return fails != NULL && strcmp(fails, name) == 0 ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS;
}

void power_set_fails(const char *name)
{
    lock_calls();
    power_case.fails = name;
    unlock_calls();
}

void power_set_during(void (*during)(WDFDEVICE device, const char *name))
{
    lock_calls();
    power_case.during = during;
    unlock_calls();
}

#define SIMPLE(Name)                                       \
    static NTSTATUS Evt##Name(WDFDEVICE device)            \
    {                                                      \
        return note(device, #Name, WdfPowerDeviceInvalid); \
    }
#define NOTICE(Name)                                      \
    static VOID Evt##Name(WDFDEVICE device)               \
    {                                                     \
        (void)note(device, #Name, WdfPowerDeviceInvalid); \
    }
#define POWER(Name)                                                           \
    static NTSTATUS Evt##Name(WDFDEVICE device, WDF_POWER_DEVICE_STATE state) \
    {                                                                         \
        return note(device, #Name, state);                                    \
    }

POWER(D0Entry)
POWER(D0Exit)
SIMPLE(SelfManagedIoInit)
SIMPLE(SelfManagedIoSuspend)
SIMPLE(SelfManagedIoRestart)
NOTICE(SelfManagedIoFlush)
NOTICE(SelfManagedIoCleanup)
NOTICE(SurpriseRemoval)
SIMPLE(QueryRemove)
SIMPLE(QueryStop)
SIMPLE(ArmWakeFromS0)
NOTICE(DisarmWakeFromS0)
NOTICE(WakeFromS0Triggered)
SIMPLE(ArmWakeFromSx)
NOTICE(DisarmWakeFromSx)
NOTICE(WakeFromSxTriggered)

static NTSTATUS EvtD0EntryPost(WDFDEVICE device, WDF_POWER_DEVICE_STATE state)
{
    UNREFERENCED_PARAMETER(state);
    return note(device, "D0EntryPost", WdfPowerDeviceInvalid);
}

static NTSTATUS EvtD0ExitPre(WDFDEVICE device, WDF_POWER_DEVICE_STATE state)
{
    return note(device, "D0ExitPre", state);
}

static NTSTATUS EvtPrepareHardware(WDFDEVICE device, WDFCMRESLIST raw, WDFCMRESLIST translated)
{
    CHECK(raw != NULL && translated != NULL);
    return note(device, "PrepareHardware", WdfPowerDeviceInvalid);
}

static NTSTATUS EvtReleaseHardware(WDFDEVICE device, WDFCMRESLIST translated)
{
    CHECK(translated != NULL);
    return note(device, "ReleaseHardware", WdfPowerDeviceInvalid);
}

static void set_callbacks(PWDFDEVICE_INIT init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS pnp;
    WDF_POWER_POLICY_EVENT_CALLBACKS policy;

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&pnp);
    pnp.EvtDeviceD0Entry = EvtD0Entry;
    pnp.EvtDeviceD0EntryPostInterruptsEnabled = EvtD0EntryPost;
    pnp.EvtDeviceD0Exit = EvtD0Exit;
    pnp.EvtDeviceD0ExitPreInterruptsDisabled = EvtD0ExitPre;
    pnp.EvtDevicePrepareHardware = EvtPrepareHardware;
    pnp.EvtDeviceReleaseHardware = EvtReleaseHardware;
    pnp.EvtDeviceSelfManagedIoInit = EvtSelfManagedIoInit;
    pnp.EvtDeviceSelfManagedIoSuspend = EvtSelfManagedIoSuspend;
    pnp.EvtDeviceSelfManagedIoRestart = EvtSelfManagedIoRestart;
    pnp.EvtDeviceSelfManagedIoFlush = EvtSelfManagedIoFlush;
    pnp.EvtDeviceSelfManagedIoCleanup = EvtSelfManagedIoCleanup;
    pnp.EvtDeviceSurpriseRemoval = EvtSurpriseRemoval;
    pnp.EvtDeviceQueryRemove = EvtQueryRemove;
    pnp.EvtDeviceQueryStop = EvtQueryStop;
    WdfDeviceInitSetPnpPowerEventCallbacks(init, &pnp);
    WDF_POWER_POLICY_EVENT_CALLBACKS_INIT(&policy);
    policy.EvtDeviceArmWakeFromS0 = EvtArmWakeFromS0;
    policy.EvtDeviceDisarmWakeFromS0 = EvtDisarmWakeFromS0;
    policy.EvtDeviceWakeFromS0Triggered = EvtWakeFromS0Triggered;
    policy.EvtDeviceArmWakeFromSx = EvtArmWakeFromSx;
    policy.EvtDeviceDisarmWakeFromSx = EvtDisarmWakeFromSx;
    policy.EvtDeviceWakeFromSxTriggered = EvtWakeFromSxTriggered;
    WdfDeviceInitSetPowerPolicyEventCallbacks(init, &policy);
}

static NTSTATUS device_add(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(driver);
    set_callbacks(init);
    if (power_case.initialise != NULL)
    {
        power_case.initialise(init);
    }
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &power_device);
    if (NT_SUCCESS(status) && power_case.created != NULL)
    {
        status = power_case.created(power_device);
    }
    return status;
}

void power_load(void)
{
    RtlZeroMemory(&power_case, sizeof(power_case));
    power_device = NULL;
    power_forget_calls();
    testkit_let_devices_wake(-1);
    wdf_case_load(device_add);
}

struct testkit_device *power_start(void)
{
    struct testkit_device *device = wdf_case_start();

    power_forget_calls();
    return device;
}

void power_forget_calls(void)
{
    lock_calls();
    calls.text[0] = 0;
    unlock_calls();
}

void power_expect(const char *file, int line, const char *expected)
{
    lock_calls();
    if (strcmp(calls.text, expected) != 0)
    {
        fprintf(stderr, "%s:%d: the calls were\n  %s\nand should be\n  %s\n", file, line, calls.text, expected);
        nt_check_failed(file, line, "the driver's callbacks come in the published order");
    }
    unlock_calls();
    power_forget_calls();
}

unsigned power_count(const char *name)
{
    unsigned count = 0;

    lock_calls();
    for (const char *found = strstr(calls.text, name); found != NULL; found = strstr(found + 1, name))
    {
        char after = found[strlen(name)];

        count += (found == calls.text || found[-1] == ' ') && (after == 0 || after == ' ' || after == '.') ? 1 : 0;
    }
    unlock_calls();
    return count;
}

void power_pause(unsigned microseconds)
{
#if defined(DMF_USER_MODE)
    Sleep((microseconds + 999) / 1000);
#else
    LARGE_INTEGER time = {.QuadPart = -INT64_C(10) * microseconds};

    (void)KeDelayExecutionThread(KernelMode, FALSE, &time);
#endif
}

void power_wait_for(const char *name)
{
    while (power_count(name) == 0)
    {
        power_pause(100);
    }
}

NTSTATUS power_set_idle(WDF_POWER_POLICY_S0_IDLE_CAPABILITIES caps, ULONG milliseconds)
{
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS settings;

    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, caps);
    settings.IdleTimeout = milliseconds;
    return WdfDeviceAssignS0IdleSettings(power_device, &settings);
}

NTSTATUS power_set_wake(void)
{
    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS settings;

    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT(&settings);
    return WdfDeviceAssignSxWakeSettings(power_device, &settings);
}
