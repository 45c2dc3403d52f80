/* SPDX-License-Identifier: MIT */
/*
 * The walking skeleton's rules: a device's life, its files, its requests.
 */
#include "skeleton_case.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "life_public.h"
#include "nt/pnp/devnode.h"
#include "nt/run.h"
#include "wdf/pnp.h"
#include "wdf/queue_state.h"
#include "wdf/self_managed_io.h"

/*
 * Life cycle.
 */

static void start_and_remove_in_published_order(void)
{
    struct machine_under_test test;

    bring_up(&test);
    take_down(&test);
}

static void device_can_be_started_again_after_removal(void)
{
    struct machine_under_test test;

    bring_up(&test);
    CHECK(TESTKIT_SUCCESS(testkit_remove(test.device)));
    journal_clear();
    CHECK(TESTKIT_SUCCESS(testkit_start(test.driver, "life", &test.device)));
    CHECK_JOURNAL(ADD UP);
    take_down(&test);
}

static void surprise_removal_in_published_order(void)
{
    struct machine_under_test test;

    bring_up(&test);
    CHECK(TESTKIT_SUCCESS(testkit_surprise_remove(test.device)));
    CHECK_JOURNAL("Surprise " DOWN " " GONE);
    unload(&test);
}

static void query_remove_veto_keeps_the_device(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    char byte;

    bring_up(&test);
    journal_fail("QueryRemove");
    CHECK(testkit_remove(test.device) == STATUS(0xC0000001));
    journal_fail(NULL);
    file = open_node();
    CHECK(TESTKIT_SUCCESS(testkit_read(file, &byte, 1, NULL)));
    testkit_close(file);
    take_down(&test);
}

static void open_file_prevents_orderly_removal(void)
{
    struct machine_under_test test;
    struct testkit_file *file;

    bring_up(&test);
    file = open_node();
    journal_clear();
    CHECK(testkit_remove(test.device) == STATUS(0x80000011));
    CHECK_JOURNAL("");
    testkit_close(file);
    take_down(&test);
}

/* Each row: the step that fails, the status that the starter sees, the callbacks from AddDevice to the end of the device. */
static const struct failed_start
{
    const char *step;
    uint32_t status;
    const char *journal;
} failed_starts[] = {
    {"AddBefore", 0xC0000001, "AddBefore"},
    {"AddAfter", 0xC0000001, "AddBefore AddAfter " GONE},
    {"Prepare", 0xC0000001, ADD "Prepare Release " GONE},
    {"D0Entry", 0xC000009E, ADD "Prepare D0Entry Release " GONE},
    {"D0EntryPost", 0xC000009E, ADD "Prepare D0Entry D0EntryPost D0Exit Release " GONE},
    {"IoInit", 0xC000009E, ADD UP " D0ExitPre D0Exit Release IoFlush IoCleanup " GONE},
};

static void failed_start_is_undone_at_every_step(void)
{
    for (size_t index = 0; index < sizeof(failed_starts) / sizeof(failed_starts[0]); index++)
    {
        struct machine_under_test test;

        load(&test);
        journal_fail(failed_starts[index].step);
        CHECK(testkit_start(test.driver, "life", &test.device) == STATUS(failed_starts[index].status));
        CHECK_JOURNAL(failed_starts[index].journal);
        CHECK(test.device == NULL);
        unload(&test);
    }
}

static void failing_steps_on_the_way_down_stop_nothing(void)
{
    static const char *const steps[] = {"IoSuspend", "D0ExitPre", "D0Exit", "Release"};

    for (size_t index = 0; index < sizeof(steps) / sizeof(steps[0]); index++)
    {
        struct machine_under_test test;

        bring_up(&test);
        journal_fail(steps[index]);
        CHECK(TESTKIT_SUCCESS(testkit_remove(test.device)));
        CHECK_JOURNAL("QueryRemove " DOWN " " GONE);
        unload(&test);
    }
}

static void failed_driver_entry_leaves_nothing(void)
{
    struct testkit_driver *driver;

    journal_clear();
    journal_fail("Entry");
    CHECK(testkit_load(driver_path, &driver) == STATUS(0xC0000001));
    CHECK(driver == NULL);
    CHECK_JOURNAL("Entry DriverCleanup");
    journal_clear();
}

/* An unloaded driver leaves the process: nothing in it, no unique symbol and no handle, keeps the image. */
static void unloading_a_driver_takes_its_image_away(void)
{
    struct machine_under_test test;
    void *image;

    bring_up(&test);
    image = dlopen(driver_path, RTLD_NOW | RTLD_NOLOAD);
    CHECK(image != NULL);
    (void)dlclose(image);
    take_down(&test);
    CHECK(dlopen(driver_path, RTLD_NOW | RTLD_NOLOAD) == NULL);
}

static void what_is_not_a_driver_is_refused(void)
{
    struct testkit_driver *driver;

    CHECK(!TESTKIT_SUCCESS(testkit_load("/nonexistent/driver.so", &driver)) && driver == NULL);
    CHECK(!TESTKIT_SUCCESS(testkit_load("/proc/self/cmdline", &driver)) && driver == NULL);
}

/* A whole life with one failing allocation somewhere. Returns whether nothing in it failed. */
static bool live_as_far_as_possible(void)
{
    struct testkit_driver *driver;
    struct testkit_device *device;
    struct testkit_file *file;
    char text[4];
    bool whole = false;

    journal_clear();
    if (!TESTKIT_SUCCESS(testkit_load(driver_path, &driver)))
    {
        return false;
    }
    if (TESTKIT_SUCCESS(testkit_start(driver, "life", &device)))
    {
        if (TESTKIT_SUCCESS(testkit_open(NODE, true, true, &file)))
        {
            whole = TESTKIT_SUCCESS(testkit_control(file, LIFE_REVERSE, "abcd", 4, text, 4, NULL));
            testkit_close(file);
        }
        while (!TESTKIT_SUCCESS(testkit_remove(device)))
        {
        }
    }
    testkit_unload(driver);
    return whole;
}

/* Every allocation of a whole life fails once, one after another; nothing leaks and nothing is half done. */
static void every_failed_allocation_is_survived(void)
{
    uint64_t injected;
    uint64_t n = 0;
    bool whole;

    do
    {
        run_alloc_fail_at(++n);
        whole = live_as_far_as_possible();
        injected = run_alloc_injected();
        run_alloc_fail_at(0);
        CHECK(whole || injected != 0); /* What one failure left behind would spoil the lives after it. */
    } while (injected != 0);
    CHECK(n > 20);
}

/*
 * I/O.
 */

static void file_callbacks_come_in_order(void)
{
    struct machine_under_test test;
    struct testkit_file *file;

    bring_up(&test);
    file = open_node();
    testkit_close(file);
    CHECK_JOURNAL("Create FileCleanup FileClose");
    journal_clear();
    journal_fail("Create");
    CHECK(testkit_open(NODE, true, true, &file) == STATUS(0xC0000001));
    CHECK_JOURNAL("Create");
    take_down(&test);
}

static void reads_and_writes_reach_the_driver(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    char buffer[64] = {0};
    uint64_t information;

    bring_up(&test);
    file = open_node();
    CHECK(TESTKIT_SUCCESS(testkit_read(file, buffer, 26, &information)));
    CHECK(information == 26 && strcmp(buffer, "abcdefghijklmnopqrstuvwxyz") == 0);
    CHECK(TESTKIT_SUCCESS(testkit_write(file, buffer, 10, &information)) && information == 10);
    CHECK(testkit_read(file, NULL, 0, &information) == 0 && information == 0);
    CHECK(testkit_write(file, NULL, 0, &information) == 0 && information == 0);
    testkit_close(file);
    take_down(&test);
}

static void controls_work_with_every_buffer_method(void)
{
    static const uint32_t codes[] = {LIFE_REVERSE, LIFE_REVERSE_OUT_DIRECT};
    struct machine_under_test test;
    struct testkit_file *file;
    char buffer[8];
    uint64_t information;

    bring_up(&test);
    file = open_node();
    for (size_t index = 0; index < sizeof(codes) / sizeof(codes[0]); index++)
    {
        memset(buffer, 0, sizeof(buffer));
        CHECK(testkit_control(file, codes[index], "12345", 5, buffer, 6, &information) == 0);
        CHECK(information == 5 && strcmp(buffer, "54321") == 0);
        CHECK(testkit_control(file, codes[index], "12345", 5, buffer, 4, &information) == STATUS(0xC0000023));
        CHECK(testkit_control(file, codes[index], NULL, 0, buffer, 4, &information) == STATUS(0xC0000023));
    }
    CHECK(testkit_control(file, LIFE_MEMORY, "wxyz", 4, buffer, 4, &information) == 0);
    CHECK(information == 4 && memcmp(buffer, "wxyz", 4) == 0);
    testkit_close(file);
    take_down(&test);
}

static void framework_statuses_do_not_reach_the_sender(void)
{
    struct machine_under_test test;
    struct testkit_file *file;

    bring_up(&test);
    file = open_node();
    CHECK(testkit_control(file, LIFE_PAUSED, NULL, 0, NULL, 0, NULL) == STATUS(0x80000011));
    CHECK(testkit_control(file, 0x4711, NULL, 0, NULL, 0, NULL) == STATUS(0xC0000010));
    testkit_close(file);
    take_down(&test);
}

static void access_bits_of_codes_are_checked(void)
{
    struct machine_under_test test;
    struct testkit_file *reader;
    struct testkit_file *writer;
    char byte;

    bring_up(&test);
    CHECK(TESTKIT_SUCCESS(testkit_open(NODE, true, false, &reader)));
    CHECK(TESTKIT_SUCCESS(testkit_open(NODE, false, true, &writer)));
    CHECK(testkit_control(reader, LIFE_NEEDS_READ, NULL, 0, NULL, 0, NULL) == 0);
    CHECK(testkit_control(reader, LIFE_NEEDS_WRITE, NULL, 0, NULL, 0, NULL) == STATUS(0xC0000022));
    CHECK(testkit_control(writer, LIFE_NEEDS_WRITE, NULL, 0, NULL, 0, NULL) == 0);
    CHECK(testkit_control(writer, LIFE_NEEDS_READ, NULL, 0, NULL, 0, NULL) == STATUS(0xC0000022));
    CHECK(testkit_read(writer, &byte, 1, NULL) == STATUS(0xC0000022));
    CHECK(testkit_write(reader, &byte, 1, NULL) == STATUS(0xC0000022));
    testkit_close(reader);
    testkit_close(writer);
    take_down(&test);
}

static void unknown_names_are_not_found(void)
{
    struct machine_under_test test;
    struct testkit_file *file;

    bring_up(&test);
    CHECK(testkit_open("\\??\\Life1", true, true, &file) == STATUS(0xC0000034));
    CHECK(testkit_open("Life0", true, true, &file) == STATUS(0xC0000033));
    CHECK(TESTKIT_SUCCESS(testkit_open("\\DosDevices\\LIFE0", true, true, &file)));
    testkit_close(file);
    take_down(&test);
    CHECK(testkit_open(NODE, true, true, &file) == STATUS(0xC0000034));
}

static void inverted_call_is_finished_by_the_driver(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    struct testkit_operation *pending;
    uint64_t information;

    bring_up(&test);
    file = open_node();
    pending = testkit_control_start(file, LIFE_PEND, NULL, 0, NULL, 0);
    CHECK(pending != NULL);
    CHECK(testkit_control(file, LIFE_FINISH_PENDING, NULL, 0, NULL, 0, NULL) == 0);
    CHECK(testkit_wait(pending, &information) == 0 && information == 7);
    testkit_close(file);
    take_down(&test);
}

static void inverted_call_can_be_cancelled(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    struct testkit_operation *pending;

    bring_up(&test);
    file = open_node();
    pending = testkit_control_start(file, LIFE_PEND, NULL, 0, NULL, 0);
    testkit_cancel(pending);
    testkit_cancel(pending);
    CHECK(testkit_wait(pending, NULL) == STATUS(0xC0000120));
    testkit_close(file);
    take_down(&test);
}

static void cancel_it(void *argument)
{
    testkit_cancel(argument);
}

/* Cancellation against completion: whoever wins, the sender gets exactly one answer. */
static void cancellation_races_completion(void)
{
    struct machine_under_test test;
    struct testkit_file *file;

    bring_up(&test);
    file = open_node();
    for (int round = 0; round < (testkit_is_simulated() ? 2 : 200); round++)
    {
        struct testkit_operation *pending = testkit_control_start(file, LIFE_PEND, NULL, 0, NULL, 0);
        struct testkit_thread *thread = testkit_thread_start("canceller", cancel_it, pending);
        int32_t status;
        int32_t finish;

        CHECK(thread != NULL);
        finish = testkit_control(file, LIFE_FINISH_PENDING, NULL, 0, NULL, 0, NULL);
        testkit_thread_join(thread);
        status = testkit_wait(pending, NULL);
        CHECK(status == 0 || status == STATUS(0xC0000120));
        CHECK(finish == 0 || (finish == STATUS(0xC0000225) && status != 0));
    }
    testkit_close(file);
    take_down(&test);
}

static void waiting_request_is_cancelled_in_its_queue(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    struct testkit_operation *first;
    struct testkit_operation *second;
    int32_t outcome = STATUS(0xC0000185);

    bring_up(&test);
    file = open_node();
    first = testkit_control_start(file, LIFE_FORWARD, NULL, 0, NULL, 0);
    second = testkit_control_start(file, LIFE_FORWARD, NULL, 0, NULL, 0);
    testkit_cancel(first);
    CHECK(testkit_wait(first, NULL) == STATUS(0xC0000120));
    CHECK(testkit_control(file, LIFE_RELEASE, &outcome, 4, NULL, 0, NULL) == 0);
    CHECK(testkit_wait(second, NULL) == outcome);
    CHECK(testkit_control(file, LIFE_RELEASE, &outcome, 4, NULL, 0, NULL) == STATUS(0x8000001A));
    testkit_close(file);
    take_down(&test);
}

static void wait_for(void *argument)
{
    CHECK(testkit_wait(argument, NULL) == STATUS(0xC0000120));
}

/* Cleanup of a handle cancels what still waits in queues; close comes when that has ended. */
static void closing_a_file_cancels_what_waits(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    struct testkit_operation *waiting;
    struct testkit_thread *thread;

    bring_up(&test);
    file = open_node();
    waiting = testkit_control_start(file, LIFE_FORWARD, NULL, 0, NULL, 0);
    thread = testkit_thread_start("waiter", wait_for, waiting);
    CHECK(thread != NULL);
    testkit_close(file);
    testkit_thread_join(thread);
    take_down(&test);
}

static void close_it(void *argument)
{
    testkit_close(argument);
}

/* Removal in the middle of I/O: the driver is asked to stop, what waits is cancelled, close and remove find each other. */
static void surprise_removal_ends_what_is_pending(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    struct testkit_operation *pending;
    struct testkit_operation *waiting;
    struct testkit_thread *thread;

    bring_up(&test);
    file = open_node();
    pending = testkit_control_start(file, LIFE_PEND, NULL, 0, NULL, 0);
    waiting = testkit_control_start(file, LIFE_FORWARD, NULL, 0, NULL, 0);
    journal_clear();
    thread = testkit_thread_start("closer", close_it, file);
    CHECK(thread != NULL);
    CHECK(TESTKIT_SUCCESS(testkit_surprise_remove(test.device)));
    testkit_thread_join(thread);
    CHECK(testkit_wait(pending, NULL) == STATUS(0xC0000120));
    CHECK(testkit_wait(waiting, NULL) == STATUS(0xC0000120));
    CHECK(strstr(journal_text(), "Cancelled") != NULL);
    unload(&test);
}

/* What the driver gives back while the queue is purged is cancelled; nothing would ever present it again. */
static void request_given_back_to_a_purged_queue_is_cancelled(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    struct testkit_operation *pending;
    struct testkit_thread *thread;

    bring_up(&test);
    file = open_node();
    pending = testkit_control_start(file, LIFE_PEND, NULL, 0, NULL, 0);
    journal_clear();
    journal_fail("StopPurge");
    thread = testkit_thread_start("closer", close_it, file);
    CHECK(thread != NULL);
    CHECK(TESTKIT_SUCCESS(testkit_surprise_remove(test.device)));
    testkit_thread_join(thread);
    CHECK(testkit_wait(pending, NULL) == STATUS(0xC0000120));
    unload(&test);
}

/* The last callback of a request is over before the purge is, whoever completes it. */
static void purge_waits_for_the_end_of_every_request(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    struct testkit_operation *pending;
    struct testkit_thread *closer;
    struct testkit_thread *canceller;
    const char *cleanup;
    const char *returns;
    const char *flush;

    bring_up(&test);
    file = open_node();
    pending = testkit_control_start(file, LIFE_PEND, NULL, 0, NULL, 0);
    journal_clear();
    journal_fail("RequestCleanup");
    canceller = testkit_thread_start("canceller", cancel_it, pending);
    closer = testkit_thread_start("closer", close_it, file);
    CHECK(canceller != NULL && closer != NULL);
    CHECK(TESTKIT_SUCCESS(testkit_surprise_remove(test.device)));
    testkit_thread_join(canceller);
    testkit_thread_join(closer);
    CHECK(testkit_wait(pending, NULL) == STATUS(0xC0000120));
    cleanup = strstr(journal_text(), "RequestCleanup");
    returns = strstr(journal_text(), "CancelReturns");
    flush = strstr(journal_text(), "IoFlush");
    CHECK(cleanup != NULL && flush != NULL && cleanup < flush);
    CHECK(returns != NULL && returns < flush);
    unload(&test);
}

/* A reference keeps the context of a request that is over and whose sender has forgotten it. */
static void referenced_request_outlives_its_sender(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    uint64_t information;

    bring_up(&test);
    file = open_node();
    CHECK(testkit_control(file, LIFE_KEEP, NULL, 0, NULL, 0, NULL) == 0);
    CHECK(testkit_control(file, LIFE_DROP, NULL, 0, NULL, 0, &information) == 0);
    CHECK(information == 11);
    testkit_close(file);
    take_down(&test);
}

static void queue_made_in_d0_serves_at_once(void)
{
    struct machine_under_test test;
    struct testkit_file *file;

    bring_up(&test);
    file = open_node();
    CHECK(testkit_control(file, LIFE_LATE_QUEUE, NULL, 0, NULL, 0, NULL) == STATUS(0x8000001A));
    testkit_close(file);
    take_down(&test);
}

static void open_and_close(void *argument)
{
    struct testkit_file *file;
    int32_t status = testkit_open(NODE, true, true, &file);

    (void)argument;
    CHECK(status == 0 || status == STATUS(0xC0000034) || status == STATUS(0xC000000E));
    if (status == 0)
    {
        testkit_close(file);
    }
}

/* An open that comes too late is refused, and touches nothing that is gone. */
static void opening_races_removal(void)
{
    for (int round = 0; round < (testkit_is_simulated() ? 1 : 50); round++)
    {
        struct machine_under_test test;
        struct testkit_thread *thread;

        bring_up(&test);
        thread = testkit_thread_start("opener", open_and_close, NULL);
        CHECK(thread != NULL);
        if (TESTKIT_SUCCESS(testkit_remove(test.device)))
        {
            testkit_unload(test.driver);
            testkit_thread_join(thread);
        }
        else
        {
            testkit_thread_join(thread);
            CHECK(TESTKIT_SUCCESS(testkit_remove(test.device)));
            testkit_unload(test.driver);
        }
    }
}

static void opening_races_the_start(void)
{
    struct machine_under_test test;
    struct testkit_thread *thread;

    load(&test);
    thread = testkit_thread_start("opener", open_and_close, NULL);
    CHECK(thread != NULL);
    CHECK(TESTKIT_SUCCESS(testkit_start(test.driver, "life", &test.device)));
    testkit_thread_join(thread);
    CHECK(TESTKIT_SUCCESS(testkit_remove(test.device)));
    unload(&test);
}


/* The start enables what was created before it; what comes later waits for the driver's word. */
static void late_interface_is_not_enabled(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    struct testkit_file *other;

    bring_up(&test);
    CHECK(TESTKIT_SUCCESS(testkit_open(LIFE_INTERFACE "early", true, true, &file)));
    CHECK(testkit_control(file, LIFE_LATE_INTERFACE, NULL, 0, NULL, 0, NULL) == 0);
    CHECK(testkit_open(LIFE_INTERFACE "late", true, true, &other) == STATUS(0xC0000034));
    testkit_close(file);
    take_down(&test);
}

/* Names go when the device does, not with the last handle. */
static void surprise_removed_device_has_no_names(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    struct testkit_file *other;

    bring_up(&test);
    file = open_node();
    CHECK(devnode_event((struct devnode *)test.device, DEVNODE_EVENT_SURPRISE_REMOVE) == 0);
    CHECK(testkit_open(NODE, true, true, &other) == STATUS(0xC0000034));
    CHECK(testkit_open(LIFE_INTERFACE "early", true, true, &other) == STATUS(0xC0000034));
    testkit_close(file);
    CHECK(devnode_event((struct devnode *)test.device, DEVNODE_EVENT_REMOVE) == 0);
    devnode_free((struct devnode *)test.device);
    unload(&test);
}

static void filter_that_fails_is_left_out(void)
{
    struct machine_under_test test;

    load(&test);
    journal_fail("FilterAdd");
    CHECK(TESTKIT_SUCCESS(testkit_start(test.driver, "life", &test.device)));
    CHECK(TESTKIT_SUCCESS(testkit_remove(test.device)));
    CHECK_JOURNAL("AddBefore");
    unload(&test);
}

/* A filter hears of the end of a file object whose create fails below it. */
static void create_that_fails_below_a_filter_is_undone(void)
{
    struct machine_under_test test;
    struct testkit_file *file;

    load(&test);
    journal_fail("Filter");
    CHECK(TESTKIT_SUCCESS(testkit_start(test.driver, "life", &test.device)));
    journal_clear();
    CHECK(testkit_open(NODE, true, true, &file) == STATUS(0xC0000010));
    CHECK_JOURNAL("FileObjectGone");
    CHECK(TESTKIT_SUCCESS(testkit_remove(test.device)));
    unload(&test);
}

/* One image has one function table and one set of globals, so it cannot be two drivers. */
static void loaded_driver_is_not_loaded_again(void)
{
    struct machine_under_test test;
    struct testkit_driver *again;

    bring_up(&test);
    CHECK(testkit_load(driver_path, &again) == STATUS(0xC000010E));
    take_down(&test);
}

static void unusable_device_names_are_refused(void)
{
    struct machine_under_test test;

    load(&test);
    CHECK(testkit_start(test.driver, "", &test.device) == STATUS(0xC0000033));
    CHECK(testkit_start(test.driver, "a\\b", &test.device) == STATUS(0xC0000033));
    CHECK(testkit_start(test.driver, "a\nb", &test.device) == STATUS(0xC0000033));
    unload(&test);
}

static void reverse_many(void *argument)
{
    char buffer[4];

    for (int round = 0; round < (testkit_is_simulated() ? 3 : 2000); round++)
    {
        CHECK(testkit_control(argument, LIFE_REVERSE, "abcd", 4, buffer, 4, NULL) == 0);
        CHECK(memcmp(buffer, "dcba", 4) == 0);
    }
}

static void parallel_clients_do_not_disturb_each_other(void)
{
    struct machine_under_test test;
    struct testkit_file *file;
    struct testkit_thread *threads[4];

    bring_up(&test);
    file = open_node();
    for (size_t index = 0; index < 4; index++)
    {
        threads[index] = testkit_thread_start("client", reverse_many, file);
        CHECK(threads[index] != NULL);
    }
    for (size_t index = 0; index < 4; index++)
    {
        testkit_thread_join(threads[index]);
    }
    testkit_close(file);
    take_down(&test);
}

/*
 * Rules that stop the process.
 */

static void break_rule(uint32_t code)
{
    struct machine_under_test test;

    bring_up(&test);
    (void)testkit_control(open_node(), code, NULL, 0, NULL, 0, NULL);
}

static void stops_at_a_function_that_is_missing(void)
{
    break_rule(LIFE_CALL_MISSING);
}

static void stops_at_a_handle_of_the_wrong_type(void)
{
    break_rule(LIFE_BAD_HANDLE);
}

static void stops_at_a_null_parameter(void)
{
    break_rule(LIFE_NULL_PARAMETER);
}

static void stops_at_a_second_completion(void)
{
    break_rule(LIFE_COMPLETE_TWICE);
}

/*
 * The tables.
 */

static void queue_states_have_a_row_for_every_event(void)
{
    for (int state = QUEUE_RUNNING; state < QUEUE_STATE_COUNT; state++)
    {
        for (int event = 0; event < QUEUE_EVENT_COUNT; event++)
        {
            enum queue_state next = queue_next_state((enum queue_state)state, (enum queue_event)event);

            CHECK(next > QUEUE_NO_STATE && next < QUEUE_STATE_COUNT);
        }
    }
}

/* What each event promises, whatever the state before it. */
static void queue_states_keep_what_events_promise(void)
{
    for (int state = QUEUE_RUNNING; state < QUEUE_DELETED; state++)
    {
        const struct queue_rules *before = queue_rules_of((enum queue_state)state);
        bool is_shut_down = state == QUEUE_SHUT_DOWN || state == QUEUE_SHUT_DOWN_STOPPED;
        const struct queue_rules *after[QUEUE_EVENT_COUNT];

        for (int event = 0; event < QUEUE_EVENT_COUNT; event++)
        {
            after[event] = queue_rules_of(queue_next_state((enum queue_state)state, (enum queue_event)event));
        }
        CHECK(after[QUEUE_EVENT_START]->dispatches && after[QUEUE_EVENT_START]->accepts == !is_shut_down);
        CHECK(!after[QUEUE_EVENT_STOP]->dispatches && after[QUEUE_EVENT_STOP]->accepts == !is_shut_down);
        CHECK(after[QUEUE_EVENT_STOP]->cancels == before->cancels);
        CHECK(!after[QUEUE_EVENT_STOP_AND_PURGE]->dispatches && after[QUEUE_EVENT_STOP_AND_PURGE]->cancels);
        CHECK(after[QUEUE_EVENT_STOP_AND_PURGE]->accepts == !is_shut_down);
        CHECK(!after[QUEUE_EVENT_DRAIN]->accepts && after[QUEUE_EVENT_DRAIN]->dispatches == before->dispatches);
        CHECK(after[QUEUE_EVENT_DRAIN]->cancels == before->cancels);
        CHECK(!after[QUEUE_EVENT_PURGE]->accepts && after[QUEUE_EVENT_PURGE]->dispatches == before->dispatches);
        CHECK(after[QUEUE_EVENT_PURGE]->cancels);
        CHECK(!after[QUEUE_EVENT_SHUT_DOWN]->accepts && after[QUEUE_EVENT_SHUT_DOWN]->cancels);
        CHECK(after[QUEUE_EVENT_RESTORE]->accepts == (is_shut_down || before->accepts));
        CHECK(!after[QUEUE_EVENT_DELETE]->accepts && !after[QUEUE_EVENT_DELETE]->dispatches);
    }
}

/* Walks every state and event of the device's machine: each working state handles what its action can report. */
static void device_machine_is_complete(void)
{
    bool reached[PNP_STATE_COUNT] = {[PNP_INIT] = true};

    for (int round = 0; round < PNP_STATE_COUNT; round++)
    {
        for (int state = 0; state < PNP_STATE_COUNT; state++)
        {
            for (int event = 0; event < PNP_EVENT_COUNT; event++)
            {
                enum pnp_state next;

                if (reached[state] && pnp_transition((enum pnp_state)state, (enum pnp_event)event, &next))
                {
                    CHECK(next < PNP_STATE_COUNT);
                    reached[next] = true;
                }
            }
        }
    }
    for (int state = 0; state < PNP_STATE_COUNT; state++)
    {
        enum pnp_state next;
        bool handles_remove = pnp_transition((enum pnp_state)state, PNP_EVENT_REMOVE, &next);

        CHECK(reached[state]);
        /* A state in which the machine rests can be removed, unless it has been. */
        CHECK(!pnp_state_waits((enum pnp_state)state) || handles_remove || state == PNP_REMOVED);
        /* A working state takes no packets. */
        CHECK(pnp_state_waits((enum pnp_state)state) || !handles_remove);
    }
}

/* What an action of a row can report is known by what its state has rows for: at least one outcome, and none that is posted. */
static bool has_outcome(const struct machine_table *table, uint8_t state)
{
    bool found = false;

    for (uint8_t event = 0; event < table->first_posted; event++)
    {
        found |= machine_find(table, state, event) != NULL;
    }
    return found;
}

static void check_waiting_state(const struct machine_table *table, uint8_t state)
{
    for (uint8_t event = table->first_posted; event < table->events; event++)
    {
        bool row = machine_find(table, state, event) != NULL;
        bool kept = (table->kept[state] >> event & 1) != 0;
        bool refused = table->refused != NULL && (table->refused[state] >> event & 1) != 0;

        if (row + kept + refused != 1)
        {
            fprintf(stderr, "%s: state %u, event %u: row %d, kept %d, refused %d\n", table->name, state, event, row, kept,
                    refused);
        }
        CHECK(row + kept + refused == 1);
    }
}

/* From a state in which the first row of a machine begins, every other one can be reached. */
static void check_reachable(const struct machine_table *table)
{
    bool reached[256] = {[0] = true};

    for (unsigned round = 0; round < table->states; round++)
    {
        for (size_t index = 0; index < table->count; index++)
        {
            reached[table->rows[index].next] |= reached[table->rows[index].state];
        }
    }
    for (unsigned state = 0; state < table->states; state++)
    {
        CHECK(reached[state]);
    }
}

static void check_rows(const struct machine_table *table)
{
    for (size_t index = 0; index < table->count; index++)
    {
        const struct machine_row *row = &table->rows[index];

        CHECK(row->state < table->states && row->next < table->states && row->event < table->events);
        /* There is one row for a state and an event, and what leads nowhere has nothing to do. */
        CHECK(machine_find(table, row->state, row->event) == row);
        CHECK(row->action != NULL || !has_outcome(table, row->next));
    }
    for (unsigned state = 0; state < table->states; state++)
    {
        CHECK(table->published[state].pageable != 0 && table->published[state].not_pageable != 0);
    }
}

/* Every state in which a machine waits says about every event what becomes of it; the others wait for their action alone. */
static void machines_of_a_device_are_complete(void)
{
    for (int kind = 0; kind < MACHINE_KINDS; kind++)
    {
        const struct machine_table *table = machine_table((enum machine_kind)kind);

        check_rows(table);
        check_reachable(table);
        for (unsigned state = 0; state < table->states; state++)
        {
            bool waits = table->kept[state] != 0;

            CHECK(waits || has_outcome(table, (uint8_t)state));
            if (waits)
            {
                check_waiting_state(table, (uint8_t)state);
            }
        }
    }
}

/* Init once, Suspend and Restart in turn, Flush once until the next start, Cleanup at the end and never again. */
static void self_managed_io_follows_its_table(void)
{
    for (int state = 0; state < SELF_MANAGED_IO_STATE_COUNT; state++)
    {
        for (int event = 0; event < SELF_MANAGED_IO_EVENT_COUNT; event++)
        {
            enum self_managed_io_state success;
            enum self_managed_io_state failure;
            const char *name = self_managed_io_due((enum self_managed_io_state)state, (enum self_managed_io_event)event,
                                                   &success, &failure);

            CHECK(success < SELF_MANAGED_IO_STATE_COUNT && failure < SELF_MANAGED_IO_STATE_COUNT);
            CHECK((name != NULL && strcmp(name, "EvtDeviceSelfManagedIoInit") == 0) ==
                  (state == SELF_MANAGED_IO_NEW && event == SELF_MANAGED_IO_START));
            CHECK(name == NULL || (state != SELF_MANAGED_IO_OVER && success != (enum self_managed_io_state)state));
            CHECK(state != SELF_MANAGED_IO_FLUSHED || event != SELF_MANAGED_IO_FLUSH || name == NULL);
            CHECK(event != SELF_MANAGED_IO_CLEANUP || success == SELF_MANAGED_IO_OVER);
        }
    }
}

const struct skeleton_case skeleton_cases[] = {
    CASE(start_and_remove_in_published_order),
    CASE(device_can_be_started_again_after_removal),
    CASE(surprise_removal_in_published_order),
    CASE(query_remove_veto_keeps_the_device),
    CASE(open_file_prevents_orderly_removal),
    CASE(failed_start_is_undone_at_every_step),
    CASE(failing_steps_on_the_way_down_stop_nothing),
    CASE(failed_driver_entry_leaves_nothing),
    CASE(unloading_a_driver_takes_its_image_away),
    CASE(what_is_not_a_driver_is_refused),
    CASE(every_failed_allocation_is_survived),
    CASE(file_callbacks_come_in_order),
    CASE(reads_and_writes_reach_the_driver),
    CASE(controls_work_with_every_buffer_method),
    CASE(framework_statuses_do_not_reach_the_sender),
    CASE(access_bits_of_codes_are_checked),
    CASE(unknown_names_are_not_found),
    CASE(inverted_call_is_finished_by_the_driver),
    CASE(inverted_call_can_be_cancelled),
    CASE(cancellation_races_completion),
    CASE(waiting_request_is_cancelled_in_its_queue),
    CASE(closing_a_file_cancels_what_waits),
    CASE(surprise_removal_ends_what_is_pending),
    CASE(request_given_back_to_a_purged_queue_is_cancelled),
    CASE(purge_waits_for_the_end_of_every_request),
    CASE(referenced_request_outlives_its_sender),
    CASE(queue_made_in_d0_serves_at_once),
    CASE(opening_races_removal),
    CASE(opening_races_the_start),
    CASE(late_interface_is_not_enabled),
    CASE(surprise_removed_device_has_no_names),
    CASE(filter_that_fails_is_left_out),
    CASE(create_that_fails_below_a_filter_is_undone),
    CASE(loaded_driver_is_not_loaded_again),
    CASE(unusable_device_names_are_refused),
    CASE(parallel_clients_do_not_disturb_each_other),
    CASE(stops_at_a_function_that_is_missing),
    CASE(stops_at_a_handle_of_the_wrong_type),
    CASE(stops_at_a_null_parameter),
    CASE(stops_at_a_second_completion),
    CASE(queue_states_have_a_row_for_every_event),
    CASE(queue_states_keep_what_events_promise),
    CASE(device_machine_is_complete),
    CASE(machines_of_a_device_are_complete),
    CASE(self_managed_io_follows_its_table),
    CASES_END,
};
