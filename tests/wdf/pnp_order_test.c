/* SPDX-License-Identifier: MIT */
/*
 * The published order of PnP and power callbacks, on every path. A model says what is due: its functions are the rules.
 */
#include <stdio.h>
#include <string.h>

#include "power_case.h"

/* What should have been called, and whether the callback that fails has been. */
static struct
{
    char text[4096];
    const char *fails;
    bool self_managed_io;
} model;

/* One call that is due; false when it fails. */
static bool due(const char *name, const char *state)
{
    size_t length = strlen(model.text);

    (void)snprintf(model.text + length, sizeof(model.text) - length, "%s%s%s", length == 0 ? "" : " ", name, state);
    return model.fails == NULL || strcmp(name, model.fails) != 0;
}

static void begin_model(const char *fails)
{
    model.text[0] = 0;
    model.fails = fails;
    model.self_managed_io = false;
}

static void model_down(void)
{
    (void)due("SelfManagedIoSuspend", "");
    (void)due("D0ExitPre", ".D3Final");
    (void)due("D0Exit", ".D3Final");
}

/* Power-up; after a failure nothing is left of it. */
static bool model_up(void)
{
    if (!due("D0Entry", ".D3Final"))
    {
        return false;
    }
    if (!due("D0EntryPost", ""))
    {
        (void)due("D0Exit", ".D3Final");
        return false;
    }
    if (!due(model.self_managed_io ? "SelfManagedIoRestart" : "SelfManagedIoInit", ""))
    {
        model.self_managed_io = true;
        (void)due("D0ExitPre", ".D3Final");
        (void)due("D0Exit", ".D3Final");
        return false;
    }
    model.self_managed_io = true;
    return true;
}

static bool model_start(void)
{
    if (!due("PrepareHardware", ""))
    {
        (void)due("ReleaseHardware", "");
        return false;
    }
    if (!model_up())
    {
        (void)due("ReleaseHardware", "");
        return false;
    }
    return true;
}

static void model_flush(void)
{
    if (model.self_managed_io)
    {
        (void)due("SelfManagedIoFlush", "");
    }
}

static void model_cleanup(void)
{
    if (model.self_managed_io)
    {
        (void)due("SelfManagedIoCleanup", "");
    }
}

static const char *const on_the_way_up[] = {"PrepareHardware", "D0Entry", "D0EntryPost", "SelfManagedIoInit"};
static const char *const on_the_way_down[] = {"SelfManagedIoSuspend", "D0ExitPre", "D0Exit", "ReleaseHardware"};

static NTSTATUS start_status(const char *fails)
{
    return strcmp(fails, "PrepareHardware") == 0 ? STATUS_UNSUCCESSFUL : STATUS_DEVICE_POWER_FAILURE;
}

static void start_and_removal_call_in_the_published_order(void)
{
    struct testkit_device *device;

    power_load();
    device = wdf_case_start();
    begin_model(NULL);
    CHECK(model_start());
    EXPECT(model.text);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    begin_model(NULL);
    model.self_managed_io = true;
    (void)due("QueryRemove", "");
    model_down();
    (void)due("ReleaseHardware", "");
    model_flush();
    model_cleanup();
    EXPECT(model.text);
    wdf_case_unload();
}

static void start_that_fails_undoes_what_was_done(void)
{
    for (size_t index = 0; index < ARRAYSIZE(on_the_way_up); index++)
    {
        struct testkit_device *device;

        power_load();
        power_case.fails = on_the_way_up[index];
        CHECK_STATUS(testkit_start(wdf_case_driver, "case", &device), start_status(power_case.fails));
        begin_model(power_case.fails);
        CHECK(!model_start());
        model_flush();
        model_cleanup();
        EXPECT(model.text);
        wdf_case_unload();
    }
}

static void failure_on_the_way_down_skips_nothing(void)
{
    for (size_t index = 0; index < ARRAYSIZE(on_the_way_down); index++)
    {
        struct testkit_device *device;

        power_load();
        device = power_start();
        power_case.fails = on_the_way_down[index];
        CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
        EXPECT("QueryRemove " DOWN_FINAL " ReleaseHardware " END);
        wdf_case_unload();
    }
}

static void surprise_removal_is_told_first(void)
{
    struct testkit_device *device;

    power_load();
    device = power_start();
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    EXPECT("SurpriseRemoval " DOWN_FINAL " ReleaseHardware " END);
    wdf_case_unload();
}

static void rebalance_restarts_what_initialised_once(void)
{
    struct testkit_device *device;

    power_load();
    device = power_start();
    for (int round = 0; round < 2; round++)
    {
        CHECK_STATUS(testkit_rebalance(device), STATUS_SUCCESS);
        EXPECT("QueryStop " DOWN_FINAL " ReleaseHardware " PREPARE UP_RESTART);
    }
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void restart_that_fails_ends_the_device(void)
{
    static const char *const steps[] = {"PrepareHardware", "D0Entry", "D0EntryPost", "SelfManagedIoRestart"};

    for (size_t index = 0; index < ARRAYSIZE(steps); index++)
    {
        struct testkit_device *device;

        power_load();
        device = power_start();
        power_case.fails = steps[index];
        CHECK_STATUS(testkit_rebalance(device), start_status(steps[index]));
        begin_model(steps[index]);
        model.self_managed_io = true;
        (void)due("QueryStop", "");
        model_down();
        (void)due("ReleaseHardware", "");
        CHECK(!model_start());
        model_flush();
        (void)due("SurpriseRemoval", "");
        model_cleanup();
        EXPECT(model.text);
        CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
        wdf_case_unload();
    }
}

static void veto_of_a_query_calls_nothing_else(void)
{
    struct testkit_device *device;

    power_load();
    device = power_start();
    power_case.fails = "QueryStop";
    CHECK_STATUS(testkit_rebalance(device), STATUS_UNSUCCESSFUL);
    EXPECT("QueryStop");
    power_case.fails = "QueryRemove";
    CHECK_STATUS(testkit_remove(device), STATUS_UNSUCCESSFUL);
    EXPECT("QueryRemove");
    power_case.fails = NULL;
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void device_that_may_not_be_stopped_is_not_asked(void)
{
    struct testkit_device *device;

    power_load();
    device = power_start();
    WdfDeviceSetStaticStopRemove(power_device, FALSE);
    WdfDeviceSetStaticStopRemove(power_device, FALSE);
    CHECK_STATUS(testkit_rebalance(device), STATUS_INVALID_DEVICE_STATE);
    WdfDeviceSetStaticStopRemove(power_device, TRUE);
    CHECK_STATUS(testkit_remove(device), STATUS_INVALID_DEVICE_STATE);
    EXPECT("");
    WdfDeviceSetStaticStopRemove(power_device, TRUE);
    /* One too many is reported and forgotten. */
    WdfDeviceSetStaticStopRemove(power_device, TRUE);
    CHECK_STATUS(testkit_rebalance(device), STATUS_SUCCESS);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void sleep_and_wake_take_the_device_through_d3(void)
{
    struct testkit_device *device;

    power_load();
    device = power_start();
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    EXPECT("SelfManagedIoSuspend D0ExitPre.D3 D0Exit.D3");
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    EXPECT("D0Entry.D3 D0EntryPost SelfManagedIoRestart");
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void surprise_removal_while_asleep_calls_no_power_callback(void)
{
    struct testkit_device *device;

    power_load();
    device = power_start();
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    power_forget_calls();
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    EXPECT("SurpriseRemoval ReleaseHardware " END);
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    wdf_case_unload();
}

static const char *fails_itself_in;

static void fail_itself(WDFDEVICE device, const char *name)
{
    if (strcmp(name, fails_itself_in) == 0)
    {
        WdfDeviceSetFailed(device, WdfDeviceFailedNoRestart);
    }
}

/* The next call of a callback fails, and the device is not to be started again. */
static void fail_in(const char *name)
{
    power_forget_calls();
    fails_itself_in = name;
    power_case.fails = name;
    power_case.during = fail_itself;
}

/* The device has been told that it is gone, and its stack is. */
static void wait_for_the_end(void)
{
    power_wait_for("SelfManagedIoCleanup");
    testkit_settle();
}

static void device_that_fails_on_its_way_back_is_taken_apart(void)
{
    static const struct
    {
        const char *fails;
        const char *calls;
    } rows[] = {
        {"D0Entry", "D0Entry.D3 "},
        {"D0EntryPost", "D0Entry.D3 D0EntryPost D0Exit.D3Final "},
        {"SelfManagedIoRestart", "D0Entry.D3 D0EntryPost SelfManagedIoRestart D0ExitPre.D3Final D0Exit.D3Final "},
    };

    for (size_t index = 0; index < ARRAYSIZE(rows); index++)
    {
        struct testkit_device *device;
        char expected[512];

        power_load();
        device = power_start();
        CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
        fail_in(rows[index].fails);
        CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
        wait_for_the_end();
        (void)snprintf(expected, sizeof(expected),
                       "%sReleaseHardware SelfManagedIoFlush SurpriseRemoval SelfManagedIoCleanup", rows[index].calls);
        EXPECT(expected);
        CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
        wdf_case_unload();
    }
}

static void device_that_fails_on_its_way_down_is_taken_apart(void)
{
    static const char *const steps[] = {"SelfManagedIoSuspend", "D0ExitPre", "D0Exit"};

    for (size_t index = 0; index < ARRAYSIZE(steps); index++)
    {
        struct testkit_device *device;

        power_load();
        device = power_start();
        fail_in(steps[index]);
        CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
        CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
        wait_for_the_end();
        EXPECT("SelfManagedIoSuspend D0ExitPre.D3 D0Exit.D3 ReleaseHardware SelfManagedIoFlush SurpriseRemoval "
               "SelfManagedIoCleanup");
        CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
        wdf_case_unload();
    }
}

/* The count is kept in the registry for a minute, so each run has a device of its own. */
static void failed_device_is_started_again_five_times(void)
{
    static unsigned runs;
    struct testkit_device *device;
    char name[32];

    power_load();
    (void)snprintf(name, sizeof(name), "again%u", runs++);
    CHECK_STATUS(testkit_start(wdf_case_driver, name, &device), STATUS_SUCCESS);
    for (int round = 0; round < 6; round++)
    {
        power_forget_calls();
        WdfDeviceSetFailed(power_device, WdfDeviceFailedAttemptRestart);
        wait_for_the_end();
        CHECK_EQUAL(power_count("PrepareHardware"), round < 5 ? 1 : 0);
    }
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void device_that_fails_itself_is_powered_down(void)
{
    struct testkit_device *device;

    power_load();
    device = power_start();
    WdfDeviceSetFailed(power_device, WdfDeviceFailedNoRestart);
    wait_for_the_end();
    EXPECT(DOWN_FINAL " ReleaseHardware SelfManagedIoFlush SurpriseRemoval SelfManagedIoCleanup");
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void driver_that_declares_failure_in_a_callback_has_failed_in_it(void)
{
    for (size_t index = 0; index < ARRAYSIZE(on_the_way_up); index++)
    {
        struct testkit_device *device;

        power_load();
        power_case.during = fail_itself;
        fails_itself_in = on_the_way_up[index];
        CHECK_STATUS(testkit_start(wdf_case_driver, "case", &device), start_status(fails_itself_in));
        begin_model(fails_itself_in);
        CHECK(!model_start());
        model_flush();
        model_cleanup();
        /* EvtDeviceD0Entry itself has succeeded, so EvtDeviceD0Exit takes back what it did. */
        EXPECT(strcmp(fails_itself_in, "D0Entry") == 0 ? "PrepareHardware D0Entry.D3Final D0Exit.D3Final ReleaseHardware" :
                                                         model.text);
        wdf_case_unload();
    }
}

static void release_late(PWDFDEVICE_INIT init)
{
    WdfDeviceInitSetReleaseHardwareOrderOnFailure(init, WdfReleaseHardwareOrderOnFailureAfterDescendants);
}

static void hardware_may_be_released_after_the_children(void)
{
    struct testkit_device *device;

    power_load();
    power_case.initialise = release_late;
    power_case.fails = "SelfManagedIoInit";
    CHECK_STATUS(testkit_start(wdf_case_driver, "case", &device), STATUS_DEVICE_POWER_FAILURE);
    EXPECT("PrepareHardware D0Entry.D3Final D0EntryPost SelfManagedIoInit D0ExitPre.D3Final D0Exit.D3Final "
           "SelfManagedIoFlush ReleaseHardware SelfManagedIoCleanup");
    wdf_case_unload();
}

static void start_with_a_failing_allocation(unsigned number)
{
    struct testkit_device *device;
    NTSTATUS status;

    power_load();
    nt_fail_allocation(number);
    status = testkit_start(wdf_case_driver, "case", &device);
    nt_fail_allocation(0);
    if (TESTKIT_SUCCESS(status))
    {
        CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    }
    CHECK_EQUAL(power_count("PrepareHardware"), power_count("ReleaseHardware"));
    CHECK_EQUAL(power_count("SelfManagedIoInit"), power_count("SelfManagedIoCleanup"));
    wdf_case_unload();
}

static void failed_allocation_of_a_start_is_survived(void)
{
    for (unsigned number = 1; number <= 120; number++)
    {
        start_with_a_failing_allocation(number);
    }
}

const struct nt_case nt_cases[] = {
    CASE(start_and_removal_call_in_the_published_order),
    CASE(start_that_fails_undoes_what_was_done),
    CASE(failure_on_the_way_down_skips_nothing),
    CASE(surprise_removal_is_told_first),
    CASE(rebalance_restarts_what_initialised_once),
    CASE(restart_that_fails_ends_the_device),
    CASE(veto_of_a_query_calls_nothing_else),
    CASE(device_that_may_not_be_stopped_is_not_asked),
    CASE(sleep_and_wake_take_the_device_through_d3),
    CASE(surprise_removal_while_asleep_calls_no_power_callback),
    CASE(device_that_fails_on_its_way_back_is_taken_apart),
    CASE(device_that_fails_on_its_way_down_is_taken_apart),
    CASE(failed_device_is_started_again_five_times),
    CASE(device_that_fails_itself_is_powered_down),
    CASE(driver_that_declares_failure_in_a_callback_has_failed_in_it),
    CASE(hardware_may_be_released_after_the_children),
    CASE(failed_allocation_of_a_start_is_survived),
    CASES_END,
};
