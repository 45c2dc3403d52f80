/* SPDX-License-Identifier: MIT */
/*
 * Stopping a device for other resources and starting it again; disabling it; sleep of the whole machine.
 */
#include "skeleton_case.h"

#include <stdio.h>
#include <string.h>

#include "life_public.h"
#include "nt/pnp/devnode.h"

#define STOP "IoSuspend D0ExitPre D0Exit Release"
#define RESTART "Prepare D0Entry D0EntryPost IoRestart"

/* Files stay open meanwhile, and the same device goes on. */
static void rebalance_stops_and_restarts_in_published_order(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    char byte;

    bring_up(&test);
    for (int round = 0; round < 2; round++)
    {
        file = open_node();
        journal_clear();
        CHECK(testkit_rebalance(test.device) == 0);
        CHECK_JOURNAL("QueryStop " STOP " " RESTART);
        CHECK(TESTKIT_SUCCESS(testkit_read(file, &byte, 1, NULL)));
        testkit_close(file);
    }
    take_down(&test);
}

static void query_stop_veto_keeps_the_device_running(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    char byte;

    bring_up(&test);
    journal_fail("QueryStop");
    CHECK(testkit_rebalance(test.device) == STATUS(0xC0000001));
    CHECK_JOURNAL("QueryStop");
    journal_fail(NULL);
    file = open_node();
    CHECK(TESTKIT_SUCCESS(testkit_read(file, &byte, 1, NULL)));
    testkit_close(file);
    take_down(&test);
}

static struct devnode *node_of(const struct machine_under_test *test)
{
    return (struct devnode *)test->device;
}

/* From the driver's agreement on, and stopped as well, the device can be removed by surprise. */
static void surprise_removal_finds_a_device_that_is_to_stop_or_has_stopped(void)
{
    for (int stopped = 0; stopped < 2; stopped++)
    {
        struct machine_under_test test;

        bring_up(&test);
        CHECK(devnode_event(node_of(&test), DEVNODE_EVENT_QUERY_STOP) == 0);
        CHECK(!stopped || devnode_event(node_of(&test), DEVNODE_EVENT_STOP) == 0);
        CHECK(TESTKIT_SUCCESS(testkit_surprise_remove(test.device)));
        if (stopped)
        {
            CHECK_JOURNAL("QueryStop " STOP " Surprise IoFlush IoCleanup " GONE);
        }
        else
        {
            CHECK_JOURNAL("QueryStop Surprise " DOWN " " GONE);
        }
        unload(&test);
    }
}

static void cancelled_stop_calls_nobody(void)
{
    struct machine_under_test test;

    bring_up(&test);
    CHECK(devnode_event(node_of(&test), DEVNODE_EVENT_QUERY_STOP) == 0);
    CHECK(devnode_event(node_of(&test), DEVNODE_EVENT_CANCEL_STOP) == 0);
    CHECK_JOURNAL("QueryStop");
    take_down(&test);
}

/* What comes to a stopped device waits in its queues; its interface can still be opened. */
static void stopped_device_holds_requests_and_keeps_its_interfaces(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    struct testkit_operation *held;
    char text[4];

    bring_up(&test);
    CHECK(devnode_event(node_of(&test), DEVNODE_EVENT_QUERY_STOP) == 0);
    CHECK(devnode_event(node_of(&test), DEVNODE_EVENT_STOP) == 0);
    CHECK(TESTKIT_SUCCESS(testkit_open(LIFE_INTERFACE "early", true, true, &file)));
    journal_clear();
    held = testkit_control_start(file, LIFE_REVERSE, "abcd", 4, text, 4);
    CHECK(held != NULL);
    CHECK_JOURNAL("");
    CHECK(devnode_event(node_of(&test), DEVNODE_EVENT_START) == 0);
    CHECK(testkit_wait(held, NULL) == 0 && memcmp(text, "dcba", 4) == 0);
    testkit_close(file);
    take_down(&test);
}

/* The restart is no first start: an interface that the driver has disabled stays so. */
static void restart_leaves_disabled_interfaces_disabled(void)
{
    struct machine_under_test test;
    struct testkit_file *file;

    bring_up(&test);
    file = open_node();
    CHECK(testkit_control(file, LIFE_DISABLE_INTERFACE, NULL, 0, NULL, 0, NULL) == 0);
    CHECK(testkit_rebalance(test.device) == 0);
    testkit_close(file);
    CHECK(testkit_open(LIFE_INTERFACE "early", true, true, &file) == STATUS(0xC0000034));
    take_down(&test);
}

/* A request that the driver keeps is asked about before the device stops, and stays with the driver. */
static void stop_asks_about_what_the_driver_keeps(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    struct testkit_operation *pending;
    uint64_t information;

    bring_up(&test);
    file = open_node();
    pending = testkit_control_start(file, LIFE_PEND, NULL, 0, NULL, 0);
    CHECK(pending != NULL);
    journal_clear();
    CHECK(testkit_rebalance(test.device) == 0);
    CHECK_JOURNAL("QueryStop IoSuspend StopSuspend D0ExitPre D0Exit Release " RESTART);
    CHECK(testkit_control(file, LIFE_FINISH_PENDING, NULL, 0, NULL, 0, NULL) == 0);
    CHECK(testkit_wait(pending, &information) == 0 && information == 7);
    testkit_close(file);
    take_down(&test);
}

/* Each row: the step that fails, the status of the rebalance, the callbacks from the restart to the end of the device. */
static const struct failed_restart
{
    const char *step;
    uint32_t status;
    const char *journal;
} failed_restarts[] = {
    {"Prepare", 0xC0000001, "Prepare Release IoFlush Surprise IoCleanup " GONE},
    {"D0Entry", 0xC000009E, "Prepare D0Entry Release IoFlush Surprise IoCleanup " GONE},
    {"D0EntryPost", 0xC000009E, "Prepare D0Entry D0EntryPost D0Exit Release IoFlush Surprise IoCleanup " GONE},
    {"IoRestart", 0xC000009E, RESTART " D0ExitPre D0Exit Release IoFlush Surprise IoCleanup " GONE},
};

static void failed_restart_ends_the_device_at_every_step(void)
{
    for (size_t index = 0; index < sizeof(failed_restarts) / sizeof(failed_restarts[0]); index++)
    {
        struct machine_under_test test;
        char expected[512];

        bring_up(&test);
        journal_fail(failed_restarts[index].step);
        CHECK(testkit_rebalance(test.device) == STATUS(failed_restarts[index].status));
        (void)snprintf(expected, sizeof(expected), "QueryStop " STOP " %s", failed_restarts[index].journal);
        CHECK_JOURNAL(expected);
        journal_fail(NULL);
        journal_clear();
        CHECK(testkit_enable(test.device) == 0);
        CHECK_JOURNAL(ADD UP);
        take_down(&test);
    }
}

static void read_many(void *argument)
{
    char byte;

    for (int round = 0; round < (testkit_is_simulated() ? 3 : 500); round++)
    {
        CHECK(TESTKIT_SUCCESS(testkit_read(argument, &byte, 1, NULL)));
    }
}

/* No request is lost or refused because the device stops for a moment. */
static void requests_race_rebalance(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    struct testkit_thread *thread;

    bring_up(&test);
    file = open_node();
    thread = testkit_thread_start("reader", read_many, file);
    CHECK(thread != NULL);
    for (int round = 0; round < (testkit_is_simulated() ? 2 : 50); round++)
    {
        CHECK(testkit_rebalance(test.device) == 0);
    }
    testkit_thread_join(thread);
    testkit_close(file);
    take_down(&test);
}

static void disabled_device_is_made_anew_when_it_is_enabled(void)
{
    struct machine_under_test test;
    struct testkit_file *file;

    bring_up(&test);
    CHECK(testkit_disable(test.device) == 0);
    CHECK_JOURNAL("QueryRemove " DOWN " " GONE);
    CHECK(testkit_open(NODE, true, true, &file) == STATUS(0xC0000034));
    journal_clear();
    CHECK(testkit_enable(test.device) == 0);
    CHECK_JOURNAL(ADD UP);
    testkit_settle();
    CHECK(testkit_enumerate(test.device) == 0);
    CHECK(testkit_disable(test.device) == 0);
    CHECK(testkit_remove(test.device) == 0);
    unload(&test);
}

static void machine_sleeps_and_wakes(void)
{
    struct machine_under_test test;

    bring_up(&test);
    CHECK(testkit_sleep(0) == STATUS(0xC000000D) && testkit_sleep(5) == STATUS(0xC000000D));
    CHECK(testkit_wake() == STATUS(0xC0000184));
    CHECK(testkit_sleep(3) == 0);
    CHECK_JOURNAL("IoSuspend D0ExitPre D0ExitToD3");
    journal_clear();
    CHECK(testkit_sleep(3) == STATUS(0xC0000184));
    CHECK(testkit_wake() == 0);
    CHECK_JOURNAL("D0EntryFromD3 D0EntryPost IoRestart");
    take_down(&test);
}

const struct skeleton_case skeleton_cases[] = {
    CASE(rebalance_stops_and_restarts_in_published_order),
    CASE(query_stop_veto_keeps_the_device_running),
    CASE(surprise_removal_finds_a_device_that_is_to_stop_or_has_stopped),
    CASE(cancelled_stop_calls_nobody),
    CASE(stopped_device_holds_requests_and_keeps_its_interfaces),
    CASE(restart_leaves_disabled_interfaces_disabled),
    CASE(stop_asks_about_what_the_driver_keeps),
    CASE(failed_restart_ends_the_device_at_every_step),
    CASE(requests_race_rebalance),
    CASE(disabled_device_is_made_anew_when_it_is_enabled),
    CASE(machine_sleeps_and_wakes),
    CASES_END,
};
