/* SPDX-License-Identifier: MIT */
/*
 * Whole lives of a bus with children, interfaces and WMI, of which one allocation fails, each in its turn: start, sleep and wake,
 * rebalance, restart, removal. What fails for want of memory is done by the next attempt, and at the end nothing is left.
 */
#include "bus_case.h"

#include "nt/pnp/devnode.h"

static const GUID interface_class = {0x51, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
static const GUID block = {0x61, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};

static struct testkit_device *device;

/* Whether the bus could make everything that belongs to it. */
static bool is_whole;

static NTSTATUS add_child(ULONG number)
{
    WDFDEVICE child = child_create(number);
    NTSTATUS status = child == NULL ? STATUS_INSUFFICIENT_RESOURCES : WdfFdoAddStaticChild(bus, child);

    if (child != NULL && !NT_SUCCESS(status))
    {
        WdfObjectDelete(child);
    }
    return status;
}

static NTSTATUS add_block(void)
{
    WDF_WMI_PROVIDER_CONFIG provider;
    WDF_WMI_INSTANCE_CONFIG config;

    WDF_WMI_PROVIDER_CONFIG_INIT(&provider, &block);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER_CONFIG(&config, &provider);
    config.Register = TRUE;
    return WdfWmiInstanceCreate(bus, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL);
}

static void furnish(WDFDEVICE who)
{
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS settings;
    NTSTATUS status = WdfDeviceCreateDeviceInterface(who, &interface_class, NULL);

    if (NT_SUCCESS(status))
    {
        status = add_block();
    }
    if (NT_SUCCESS(status))
    {
        WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleCannotWakeFromS0);
        settings.IdleTimeout = 1;
        status = WdfDeviceAssignS0IdleSettings(who, &settings);
    }
    for (ULONG number = 1; number <= 2 && NT_SUCCESS(status); number++)
    {
        status = add_child(number);
    }
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    is_whole = NT_SUCCESS(status);
}

static void begin(void)
{
    bus_prepare = NULL;
    child_prepare = NULL;
    bus_created = furnish;
    device = bus_load();
    testkit_settle();
}

static void end(void)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    CHECK_EQUAL(bus_count(".PrepareHardware"), bus_count(".ReleaseHardware"));
    CHECK_EQUAL(bus_count(".D0Entry"), bus_count(".D0Exit"));
    CHECK_EQUAL(bus_count(".Init"), bus_count(".Cleanup"));
    bus_created = NULL;
    wdf_case_unload();
}

/* Only one allocation fails, so the second attempt is the last one. */
static void do_it(NTSTATUS (*action)(void))
{
    if (!NT_SUCCESS(action()))
    {
        testkit_settle();
        (void)action();
    }
    testkit_settle();
    (void)testkit_enumerate(device);
    testkit_settle();
}

static NTSTATUS enable(void)
{
    return testkit_enable(device);
}

/* After what has been done the bus runs, and its children with it; who could not go on is started again. */
static void check_all_runs(void)
{
    struct devnode *child = NULL;

    /* What runs short after the start has succeeded ends it as well. */
    for (unsigned tries = 0; tries < 2 && devnode_state((struct devnode *)device) != DEVNODE_STARTED; tries++)
    {
        do_it(enable);
    }
    CHECK_EQUAL(devnode_state((struct devnode *)device), DEVNODE_STARTED);
    CHECK(!is_whole || devnode_child_count((struct devnode *)device) == 2);
    while ((child = devnode_next_child((struct devnode *)device, child)) != NULL)
    {
        if (!NT_SUCCESS(devnode_enable(child)))
        {
            (void)devnode_enable(child);
        }
        CHECK_EQUAL(devnode_state(child), DEVNODE_STARTED);
    }
    (void)bus_heard();
}

static NTSTATUS disable(void)
{
    return testkit_disable(device);
}

static void exchange(void)
{
    do_it(disable);
    do_it(enable);
    check_all_runs();
}

static void device_starts_whichever_allocation_fails(void)
{
    begin();
    nt_fail_each_allocation(exchange);
    end();
}

static NTSTATUS sleep_once(void)
{
    NTSTATUS status = testkit_sleep(3);

    if (NT_SUCCESS(status))
    {
        CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    }
    return status;
}

static void sleep_and_wake(void)
{
    do_it(sleep_once);
    check_all_runs();
}

static void machine_sleeps_and_wakes_whichever_allocation_fails(void)
{
    begin();
    nt_fail_each_allocation(sleep_and_wake);
    end();
}

static NTSTATUS rebalance(void)
{
    return testkit_rebalance(device);
}

static void rebalance_it(void)
{
    (void)rebalance();
    testkit_settle();
    check_all_runs();
}

static void bus_is_rebalanced_whichever_allocation_fails(void)
{
    begin();
    nt_fail_each_allocation(rebalance_it);
    end();
}

static NTSTATUS restart(void)
{
    return devnode_restart((struct devnode *)device, NULL);
}

static void restart_it(void)
{
    do_it(restart);
    check_all_runs();
}

static void bus_is_restarted_whichever_allocation_fails(void)
{
    begin();
    nt_fail_each_allocation(restart_it);
    end();
}

static VOID hear_the_end(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    bus_note(0, "End");
}

static void hear_bus(PWDFDEVICE_INIT init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceSelfManagedIoCleanup = hear_the_end;
    WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
}

/* The failure is told to plug and play by a worker. */
static void fail_it(void)
{
    unsigned ends = bus_count("0.End");
    LARGE_INTEGER time = {.QuadPart = -1000};

    WdfDeviceSetFailed(bus, WdfDeviceFailedAttemptRestart);
    while (bus_count("0.End") == ends)
    {
        (void)KeDelayExecutionThread(KernelMode, FALSE, &time);
    }
    testkit_settle();
    check_all_runs();
}

static void bus_that_fails_restarts_whichever_allocation_fails(void)
{
    begin();
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    bus_prepare = hear_bus;
    CHECK_STATUS(testkit_start(wdf_case_driver, "case", &device), STATUS_SUCCESS);
    testkit_settle();
    nt_fail_each_allocation(fail_it);
    end();
    bus_prepare = NULL;
}

/* From the load to the unload. */
static void live(void)
{
    if (NT_SUCCESS(testkit_start(wdf_case_driver, "case", &device)))
    {
        testkit_settle();
        do_it(sleep_once);
        do_it(rebalance);
        testkit_settle();
        if (!NT_SUCCESS(testkit_remove(device)))
        {
            (void)testkit_surprise_remove(device);
        }
    }
    testkit_settle();
    CHECK_EQUAL(bus_count(".PrepareHardware"), bus_count(".ReleaseHardware"));
    CHECK_EQUAL(bus_count(".D0Entry"), bus_count(".D0Exit"));
    CHECK_EQUAL(bus_count(".Init"), bus_count(".Cleanup"));
    (void)bus_heard();
}

static void device_lives_whichever_allocation_fails(void)
{
    begin();
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    nt_fail_each_allocation(live);
    bus_created = NULL;
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(device_starts_whichever_allocation_fails),
    CASE(machine_sleeps_and_wakes_whichever_allocation_fails),
    CASE(bus_is_rebalanced_whichever_allocation_fails),
    CASE(bus_is_restarted_whichever_allocation_fails),
    CASE(bus_that_fails_restarts_whichever_allocation_fails),
    CASE(device_lives_whichever_allocation_fails),
    CASES_END,
};
