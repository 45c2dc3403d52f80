/* SPDX-License-Identifier: MIT */
/*
 * Races of the power machines: idle time-outs, requests for D0, wake, sleep, and removal.
 */
#include "power_case.h"

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

static volatile LONG in_d0;
static volatile LONG ended;

/* D0 entry and exit alternate. */
static void follow_d0(WDFDEVICE device, const char *name)
{
    UNREFERENCED_PARAMETER(device);
    if (name[0] == 'D' && name[1] == '0' && name[2] == 'E' && name[3] == 'n' && name[7] == 0)
    {
        CHECK_EQUAL(InterlockedIncrement(&in_d0), 1);
    }
    if (name[0] == 'D' && name[1] == '0' && name[2] == 'E' && name[3] == 'x' && name[6] == 0)
    {
        CHECK_EQUAL(InterlockedDecrement(&in_d0), 0);
    }
    if (power_count("SelfManagedIoCleanup") != 0)
    {
        (void)InterlockedExchange(&ended, 1);
    }
    power_forget_calls();
}

static struct testkit_device *begin(NTSTATUS (*created)(WDFDEVICE device))
{
    power_load();
    testkit_let_devices_wake(3);
    in_d0 = 0;
    ended = 0;
    power_case.created = created;
    power_case.during = follow_d0;
    return wdf_case_start();
}

static void end(void)
{
    CHECK_EQUAL(in_d0, 0);
    wdf_case_unload();
    testkit_let_devices_wake(-1);
}

/* Whoever has D0 has it until he gives it back. */
static void use_device(void *argument)
{
    for (int round = 0; round < 4; round++)
    {
        NTSTATUS status = WdfDeviceStopIdle(power_device, TRUE);

        if (status == STATUS_SUCCESS)
        {
            CHECK_EQUAL(in_d0, 1);
            WdfDeviceResumeIdle(power_device);
        }
        else
        {
            CHECK_STATUS(status, STATUS_POWER_STATE_INVALID);
            CHECK(argument != NULL);
        }
        power_pause(990u + 7u * (unsigned)round);
    }
}

static void reference_races_the_time_out(void)
{
    struct testkit_device *device = begin(idle_unarmed);
    struct nt_thread *one = nt_thread_start(use_device, NULL);
    struct nt_thread *two = nt_thread_start(use_device, NULL);

    nt_thread_join(one);
    nt_thread_join(two);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    end();
}

static void idling_races_removal(void)
{
    struct testkit_device *device = begin(idle_unarmed);

    power_pause(1000);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    end();
}

static void idling_races_surprise_removal(void)
{
    struct testkit_device *device = begin(idle_armed);

    power_pause(1000);
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    end();
}

static void wake_by_hardware(void *device)
{
    for (int round = 0; round < 3; round++)
    {
        (void)testkit_wake_device(device);
        power_pause(700);
    }
}

static void wake_races_references(void)
{
    struct testkit_device *device = begin(idle_armed);
    struct nt_thread *hardware = nt_thread_start(wake_by_hardware, device);
    struct nt_thread *user = nt_thread_start(use_device, NULL);

    nt_thread_join(hardware);
    nt_thread_join(user);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    end();
}

static void wake_once(void *device)
{
    (void)testkit_wake_device(device);
}

static void wake_races_the_time_out(void)
{
    struct testkit_device *device = begin(idle_armed);
    struct nt_thread *hardware;

    testkit_wait_for_power(device, 3);
    hardware = nt_thread_start(wake_once, device);
    CHECK_STATUS(WdfDeviceStopIdle(power_device, TRUE), STATUS_SUCCESS);
    WdfDeviceResumeIdle(power_device);
    nt_thread_join(hardware);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    end();
}

static void reference_once(void *gone)
{
    NTSTATUS status = WdfDeviceStopIdle(power_device, TRUE);

    CHECK(status == STATUS_SUCCESS || (gone != NULL && status == STATUS_POWER_STATE_INVALID));
    if (status == STATUS_SUCCESS)
    {
        WdfDeviceResumeIdle(power_device);
    }
}

/* The reference on the object keeps the handle; the device may be gone. */
static void wait_for_d0_ends_with_the_device(void)
{
    struct testkit_device *device = begin(idle_unarmed);
    struct nt_thread *user;

    testkit_wait_for_power(device, 3);
    WdfObjectReference(power_device);
    user = nt_thread_start(reference_once, (void *)1);
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    nt_thread_join(user);
    WdfObjectDereference(power_device);
    end();
}

static void sleep_and_wake(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (int round = 0; round < 2; round++)
    {
        CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
        (void)testkit_wake();
        testkit_settle();
    }
}

static void sleep_races_idling_and_references(void)
{
    struct testkit_device *device = begin(idle_armed);
    struct nt_thread *machine;
    struct nt_thread *user;

    CHECK_STATUS(power_set_wake(), STATUS_SUCCESS);
    machine = nt_thread_start(sleep_and_wake, NULL);
    user = nt_thread_start(reference_once, NULL);
    nt_thread_join(user);
    nt_thread_join(machine);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    end();
}

static void sleep_races_surprise_removal(void)
{
    struct testkit_device *device = begin(idle_unarmed);
    struct nt_thread *machine = nt_thread_start(sleep_and_wake, NULL);

    power_pause(10);
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    nt_thread_join(machine);
    end();
}

static void change_settings(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (int round = 0; round < 4; round++)
    {
        CHECK_STATUS(power_set_idle(round % 2 == 0 ? IdleCannotWakeFromS0 : IdleCanWakeFromS0, 1), STATUS_SUCCESS);
        power_pause(900);
    }
}

static void settings_race_idling(void)
{
    struct testkit_device *device = begin(idle_armed);
    struct nt_thread *driver = nt_thread_start(change_settings, NULL);
    struct nt_thread *user = nt_thread_start(use_device, NULL);

    nt_thread_join(driver);
    nt_thread_join(user);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    end();
}

static void fail_now(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    WdfDeviceSetFailed(power_device, WdfDeviceFailedNoRestart);
}

static void failure_races_removal(void)
{
    struct testkit_device *device = begin(idle_unarmed);
    struct nt_thread *driver;

    WdfObjectReference(power_device);
    driver = nt_thread_start(fail_now, NULL);
    power_pause(1000);
    (void)testkit_rebalance(device);
    nt_thread_join(driver);
    while (InterlockedCompareExchange(&ended, 0, 0) == 0)
    {
        power_pause(100);
    }
    testkit_settle();
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    WdfObjectDereference(power_device);
    end();
}

const struct nt_case nt_cases[] = {
    CASE(reference_races_the_time_out),
    CASE(idling_races_removal),
    CASE(idling_races_surprise_removal),
    CASE(wake_races_references),
    CASE(wake_races_the_time_out),
    CASE(wait_for_d0_ends_with_the_device),
    CASE(sleep_races_idling_and_references),
    CASE(sleep_races_surprise_removal),
    CASE(settings_race_idling),
    CASE(failure_races_removal),
    CASES_END,
};
