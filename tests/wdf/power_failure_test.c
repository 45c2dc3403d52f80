/* SPDX-License-Identifier: MIT */
/*
 * Power changes when something goes wrong: no memory at any point, removal and failure in the middle of every callback.
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

static NTSTATUS wake_from_sleep(WDFDEVICE device)
{
    UNREFERENCED_PARAMETER(device);
    return power_set_wake();
}

static void load(NTSTATUS (*created)(WDFDEVICE device))
{
    power_load();
    testkit_let_devices_wake(3);
    power_case.created = created;
}

/* What was begun has been ended, whatever happened. */
static void check_balance(void)
{
    CHECK_EQUAL(power_count("PrepareHardware"), power_count("ReleaseHardware"));
    CHECK_EQUAL(power_count("D0Entry"), power_count("D0Exit"));
    CHECK_EQUAL(power_count("SelfManagedIoInit"), power_count("SelfManagedIoCleanup"));
}

static void unload(void)
{
    wdf_case_unload();
    testkit_let_devices_wake(-1);
    check_balance();
}

/* A device that has failed goes away by itself, and perhaps comes back. */
static void wait_for_end(void)
{
    power_wait_for("SelfManagedIoCleanup");
    testkit_settle();
}

/* In D0, and then not; or it has failed, and says so. */
static void use_and_leave(struct testkit_device *device, WDFDEVICE handle)
{
    NTSTATUS status = WdfDeviceStopIdle(handle, TRUE);

    if (status == STATUS_SUCCESS)
    {
        power_forget_calls();
        WdfDeviceResumeIdle(handle);
        testkit_wait_for_power(device, 3);
        return;
    }
    CHECK_STATUS(status, STATUS_POWER_STATE_INVALID);
    wait_for_end();
}

static bool idle_with_a_failing_allocation(unsigned number, NTSTATUS (*created)(WDFDEVICE device))
{
    struct testkit_device *device;
    WDFDEVICE handle;
    bool failed;

    load(created);
    device = wdf_case_start();
    handle = power_device;
    WdfObjectReference(handle);
    testkit_wait_for_power(device, 3);
    nt_fail_allocation(number);
    use_and_leave(device, handle);
    failed = testkit_allocation_failed();
    nt_fail_allocation(0);
    testkit_settle();
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    WdfObjectDereference(handle);
    wdf_case_unload();
    testkit_let_devices_wake(-1);
    return failed;
}

static void failed_allocation_while_idling_is_survived(void)
{
    for (unsigned number = 1; idle_with_a_failing_allocation(number, idle_unarmed); number++)
    {
    }
}

static void failed_allocation_while_arming_is_survived(void)
{
    for (unsigned number = 1; idle_with_a_failing_allocation(number, idle_armed); number++)
    {
    }
}

static bool sleep_with_a_failing_allocation(unsigned number, NTSTATUS (*created)(WDFDEVICE device))
{
    struct testkit_device *device;
    WDFDEVICE handle;
    NTSTATUS status;
    bool failed;

    load(created);
    device = wdf_case_start();
    handle = power_device;
    WdfObjectReference(handle);
    nt_fail_allocation(number);
    status = testkit_sleep(3);
    if (TESTKIT_SUCCESS(status))
    {
        CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    }
    failed = testkit_allocation_failed();
    nt_fail_allocation(0);
    testkit_settle();
    /* The device works, or it is on its way out. */
    status = WdfDeviceStopIdle(handle, TRUE);
    if (status == STATUS_SUCCESS)
    {
        WdfDeviceResumeIdle(handle);
    }
    else
    {
        CHECK_STATUS(status, STATUS_POWER_STATE_INVALID);
        wait_for_end();
        testkit_settle();
    }
    WdfObjectDereference(handle);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    unload();
    return failed;
}

static void failed_allocation_of_a_sleep_is_survived(void)
{
    for (unsigned number = 1; sleep_with_a_failing_allocation(number, NULL); number++)
    {
    }
}

static void failed_allocation_of_an_armed_sleep_is_survived(void)
{
    for (unsigned number = 1; sleep_with_a_failing_allocation(number, wake_from_sleep); number++)
    {
    }
}

static bool rebalance_with_a_failing_allocation(unsigned number)
{
    struct testkit_device *device;
    bool failed;

    load(NULL);
    device = wdf_case_start();
    nt_fail_allocation(number);
    (void)testkit_rebalance(device);
    failed = testkit_allocation_failed();
    nt_fail_allocation(0);
    testkit_settle();
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    unload();
    return failed;
}

static void failed_allocation_of_a_rebalance_is_survived(void)
{
    for (unsigned number = 1; rebalance_with_a_failing_allocation(number); number++)
    {
    }
}

/*
 * In the middle of every callback.
 */

static struct testkit_device *victim;
static volatile LONG count_down;
static struct nt_thread *remover;
static WDFDEVICE used;

static void remove_by_surprise(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    CHECK_STATUS(testkit_surprise_remove(victim), STATUS_SUCCESS);
}

static void remove_in_the_callback(WDFDEVICE device, const char *name)
{
    UNREFERENCED_PARAMETER(device);
    UNREFERENCED_PARAMETER(name);
    if (InterlockedDecrement(&count_down) == 0)
    {
        remover = nt_thread_start(remove_by_surprise, NULL);
    }
}

static void use_once(void)
{
    NTSTATUS status = WdfDeviceStopIdle(used, TRUE);

    if (status == STATUS_SUCCESS)
    {
        WdfDeviceResumeIdle(used);
    }
    else
    {
        CHECK_STATUS(status, STATUS_POWER_STATE_INVALID);
    }
}

/* Idle, back, asleep, awake: every callback of a device that runs. */
static void live(void)
{
    power_pause(5000);
    use_once();
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    use_once();
}

static NTSTATUS idle_and_wake(WDFDEVICE device)
{
    CHECK_STATUS(idle_armed(device), STATUS_SUCCESS);
    return power_set_wake();
}

static bool removed_in_callback(unsigned number)
{
    load(idle_and_wake);
    remover = NULL;
    (void)InterlockedExchange(&count_down, 0);
    victim = wdf_case_start();
    used = power_device;
    WdfObjectReference(used);
    power_set_during(remove_in_the_callback);
    (void)InterlockedExchange(&count_down, (LONG)number);
    live();
    (void)InterlockedExchange(&count_down, 0);
    if (remover != NULL)
    {
        nt_thread_join(remover);
    }
    else
    {
        remove_by_surprise(NULL);
    }
    WdfObjectDereference(used);
    CHECK_EQUAL(power_count("SurpriseRemoval"), 1);
    unload();
    return remover != NULL;
}

/* Whether the n-th callback comes depends on what others do at the same time, so that all numbers are tried up to a bound. */
static void surprise_removal_in_any_callback_ends_the_device(void)
{
    for (unsigned number = 1; number <= 40; number++)
    {
        (void)removed_in_callback(number);
    }
}

static void fail_in_the_callback(WDFDEVICE device, const char *name)
{
    UNREFERENCED_PARAMETER(name);
    if (InterlockedDecrement(&count_down) == 0)
    {
        WdfDeviceSetFailed(device, WdfDeviceFailedNoRestart);
    }
}

static void fail_in_callback(unsigned number)
{
    bool has_failed;

    load(idle_and_wake);
    (void)InterlockedExchange(&count_down, 0);
    victim = wdf_case_start();
    used = power_device;
    WdfObjectReference(used);
    power_set_during(fail_in_the_callback);
    (void)InterlockedExchange(&count_down, (LONG)number);
    live();
    has_failed = InterlockedCompareExchange(&count_down, 0, 0) <= 0;
    (void)InterlockedExchange(&count_down, 0);
    if (has_failed)
    {
        wait_for_end();
    }
    testkit_settle();
    CHECK_STATUS(testkit_remove(victim), STATUS_SUCCESS);
    WdfObjectDereference(used);
    CHECK_EQUAL(power_count("SurpriseRemoval"), has_failed ? 1 : 0);
    CHECK_EQUAL(power_count("PrepareHardware"), power_count("ReleaseHardware"));
    CHECK_EQUAL(power_count("SelfManagedIoInit"), power_count("SelfManagedIoCleanup"));
    wdf_case_unload();
    testkit_let_devices_wake(-1);
}

static void failure_in_any_callback_ends_the_device(void)
{
    for (unsigned number = 1; number <= 30; number++)
    {
        fail_in_callback(number);
    }
}

/* The arm callback fails on the way of a device that has failed already: it goes down all the same, and is taken apart. */
static bool suspend_fails_too(const char *name)
{
    return name[0] == 'S' && name[13] == 'S';
}

static void fail_twice(WDFDEVICE device, const char *name)
{
    UNREFERENCED_PARAMETER(device);
    power_set_fails(suspend_fails_too(name) ? "SelfManagedIoSuspend" : "ArmWakeFromS0");
}

static void device_that_fails_before_it_cannot_be_armed_has_failed(void)
{
    struct testkit_device *device;

    load(NULL);
    device = wdf_case_start();
    used = power_device;
    WdfObjectReference(used);
    power_forget_calls();
    power_set_during(fail_twice);
    CHECK_STATUS(power_set_idle(IdleCanWakeFromS0, 1), STATUS_SUCCESS);
    power_wait_for("SelfManagedIoFlush");
    CHECK_EQUAL(power_count("D0Exit"), 1);
    CHECK_EQUAL(power_count("SelfManagedIoRestart"), 0);
    power_set_during(NULL);
    power_set_fails(NULL);
    wait_for_end();
    testkit_settle();
    WdfObjectDereference(used);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    testkit_let_devices_wake(-1);
}

const struct nt_case nt_cases[] = {
    CASE(failed_allocation_while_idling_is_survived),
    CASE(failed_allocation_while_arming_is_survived),
    CASE(failed_allocation_of_a_sleep_is_survived),
    CASE(failed_allocation_of_an_armed_sleep_is_survived),
    CASE(failed_allocation_of_a_rebalance_is_survived),
    CASE(surprise_removal_in_any_callback_ends_the_device),
    CASE(failure_in_any_callback_ends_the_device),
    CASE(device_that_fails_before_it_cannot_be_armed_has_failed),
    CASES_END,
};
