/* SPDX-License-Identifier: MIT */
/*
 * The framework's rules about the order of callbacks, one case each: framework_test CASE DRIVER.so.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journal.h"
#include "nt/run.h"
#include "testkit/testkit.h"
#include "tree_public.h"

#define CHECK(condition) ((condition) ? (void)0 : check_failed(__LINE__, #condition))
#define CHECK_JOURNAL(expected) check_journal(__LINE__, expected)

#define NODE "\\??\\Tree0"
#define STATUS(value) ((int32_t)(value))
#define UNSUCCESSFUL STATUS(0xC0000001)
#define INVALID_PARAMETER STATUS(0xC000000D)
#define INVALID_DEVICE_REQUEST STATUS(0xC0000010)
#define NOT_SUPPORTED STATUS(0xC00000BB)

static const char *driver_path;

static void check_failed(int line, const char *condition)
{
    fprintf(stderr, "framework_test.c:%d: not so: %s\n  %s\n", line, condition, journal_text());
    abort();
}

static void check_journal(int line, const char *expected)
{
    if (strcmp(journal_text(), expected) != 0)
    {
        fprintf(stderr, "framework_test.c:%d: the callbacks were\n  %s\nand should be\n  %s\n", line, journal_text(),
                expected);
        abort();
    }
}

struct machine_under_test
{
    struct testkit_driver *driver;
    struct testkit_device *device;
};

static int32_t start(struct machine_under_test *test, const char *tree)
{
    CHECK(setenv(TREE_VARIABLE, tree, 1) == 0);
    CHECK(TESTKIT_SUCCESS(testkit_load(driver_path, &test->driver)));
    return testkit_start(test->driver, "tree", &test->device);
}

static void bring_up(struct machine_under_test *test, const char *tree)
{
    journal_clear();
    CHECK(TESTKIT_SUCCESS(start(test, tree)));
}

static void take_down(struct machine_under_test *test)
{
    journal_clear();
    CHECK(TESTKIT_SUCCESS(testkit_remove(test->device)));
    testkit_unload(test->driver);
}

static struct testkit_file *open_node(void)
{
    struct testkit_file *file;

    CHECK(TESTKIT_SUCCESS(testkit_open(NODE, true, true, &file)));
    return file;
}

#define EACH_FORWARD_CHILDREN_FIRST(step) "A11." step " A1." step " A2." step " A." step " B." step
#define EACH_REVERSE_PARENT_FIRST(step) "B." step " A." step " A1." step " A11." step " A2." step
#define EACH_FORWARD_CHILDREN_REVERSED(step) "A." step " A2." step " A1." step " A11." step " B." step
#define EACH_FORWARD_PARENT_FIRST(step) "A." step " A1." step " A11." step " A2." step " B." step

#define ORDER_ADD                                       \
    "A.Create A1.Create A11.Create A2.Create B.Create " \
    "A11.Open A11.PostOpen A2.Open A2.PostOpen "
#define ORDER_PREPARE "A1.Resources A1.Open A1.PostOpen A.Resources B.Resources B.Open B.PostOpen Client.Prepare "
#define ORDER_D0 "A.Open A.PostOpen Client.D0Entry "
#define ORDER_UP                                                  \
    ORDER_ADD ORDER_PREPARE ORDER_D0 EACH_FORWARD_CHILDREN_FIRST( \
        "D0EntryPostInterruptsEnabled") " " EACH_FORWARD_CHILDREN_FIRST("SelfManagedIoInit")
#define ORDER_SUSPEND EACH_FORWARD_CHILDREN_REVERSED("SelfManagedIoSuspend") " Client.SelfManagedIoSuspend "
#define ORDER_POWER_DOWN EACH_REVERSE_PARENT_FIRST("D0ExitPreInterruptsDisabled") " Client.D0Exit A.PreClose A.Close "
#define ORDER_RELEASE "Client.Release B.PreClose B.Close A1.PreClose A1.Close "
#define ORDER_CLEANUP \
    EACH_FORWARD_CHILDREN_REVERSED("SelfManagedIoFlush") " " EACH_FORWARD_CHILDREN_REVERSED("SelfManagedIoCleanup") " "
#define ORDER_GONE "A2.PreClose A2.Close A11.PreClose A11.Close A11.Destroy A1.Destroy A2.Destroy A.Destroy B.Destroy"
#define ORDER_DOWN ORDER_SUSPEND ORDER_POWER_DOWN ORDER_RELEASE ORDER_CLEANUP ORDER_GONE

static void starts_and_stops_in_published_order(void)
{
    struct machine_under_test test;

    bring_up(&test, "order");
    CHECK_JOURNAL(ORDER_UP);
    take_down(&test);
    CHECK_JOURNAL(EACH_FORWARD_CHILDREN_REVERSED("QueryRemove") " " ORDER_DOWN);
}

static void surprise_removal_in_published_order(void)
{
    struct machine_under_test test;

    bring_up(&test, "order");
    journal_clear();
    CHECK(TESTKIT_SUCCESS(testkit_surprise_remove(test.device)));
    CHECK_JOURNAL(EACH_FORWARD_CHILDREN_REVERSED("SurpriseRemoval") " " ORDER_DOWN);
    testkit_unload(test.driver);
}

static void every_open_option_in_published_order(void)
{
    struct machine_under_test test;

    bring_up(&test, "options");
    CHECK_JOURNAL("S.Create N.Create M.Create L.Create O.Create L.Register L.Open L.PostOpen O.Open O.PostOpen "
                  "S.Resources N.Resources N.Register N.Open N.PostOpen M.Resources O.PrepareHardware "
                  "S.Open S.PostOpen M.Register M.Open M.PostOpen O.D0Entry "
                  "S.D0EntryPostInterruptsEnabled N.D0EntryPostInterruptsEnabled M.D0EntryPostInterruptsEnabled "
                  "L.D0EntryPostInterruptsEnabled O.D0EntryPostInterruptsEnabled "
                  "S.SelfManagedIoInit N.SelfManagedIoInit M.SelfManagedIoInit L.SelfManagedIoInit O.SelfManagedIoInit");
    take_down(&test);
    CHECK_JOURNAL("S.QueryRemove N.QueryRemove M.QueryRemove L.QueryRemove O.QueryRemove "
                  "S.SelfManagedIoSuspend N.SelfManagedIoSuspend M.SelfManagedIoSuspend L.SelfManagedIoSuspend "
                  "O.SelfManagedIoSuspend O.D0ExitPreInterruptsDisabled L.D0ExitPreInterruptsDisabled "
                  "M.D0ExitPreInterruptsDisabled N.D0ExitPreInterruptsDisabled S.D0ExitPreInterruptsDisabled "
                  "O.D0Exit M.Unregister M.PreClose M.Close S.PreClose S.Close "
                  "O.ReleaseHardware N.Unregister N.PreClose N.Close "
                  "S.SelfManagedIoFlush N.SelfManagedIoFlush M.SelfManagedIoFlush L.SelfManagedIoFlush O.SelfManagedIoFlush "
                  "S.SelfManagedIoCleanup N.SelfManagedIoCleanup M.SelfManagedIoCleanup L.SelfManagedIoCleanup "
                  "O.SelfManagedIoCleanup O.PreClose O.Close L.Unregister L.PreClose L.Close "
                  "S.Destroy N.Destroy M.Destroy L.Destroy O.Destroy");
}

/* Each row: a tree, the step that fails, and all callbacks from the creation of its Modules to the end. */
static const struct failed_start
{
    const char *tree;
    const char *step;
    const char *journal;
} failed_starts[] = {
    {"order", "A.Create", "A.Create"},
    {"order", "A11.Create", "A.Create A1.Create A11.Create"},
    {"order", "A2.Create", "A.Create A1.Create A11.Create A2.Create A11.Destroy A1.Destroy"},
    {"order", "B.Create", "A.Create A1.Create A11.Create A2.Create B.Create A11.Destroy A1.Destroy A2.Destroy A.Destroy"},
    {"order", "A2.Open",
     "A.Create A1.Create A11.Create A2.Create B.Create A11.Open A11.PostOpen A2.Open "
     "A11.PreClose A11.Close A11.Destroy A1.Destroy A2.Destroy A.Destroy B.Destroy"},
    {"order", "A1.Resources", ORDER_ADD "A1.Resources Client.Release " ORDER_GONE},
    {"order", "A.Resources",
     ORDER_ADD "A1.Resources A1.Open A1.PostOpen A.Resources Client.Release A1.PreClose A1.Close " ORDER_GONE},
    {"order", "B.Open",
     ORDER_ADD
     "A1.Resources A1.Open A1.PostOpen A.Resources B.Resources B.Open Client.Release A1.PreClose A1.Close " ORDER_GONE},
    {"order", "Client.Prepare",
     ORDER_ADD ORDER_PREPARE "B.PreClose B.Close Client.Release A1.PreClose A1.Close " ORDER_GONE},
    {"order", "A.Open", ORDER_ADD ORDER_PREPARE "A.Open " ORDER_RELEASE ORDER_GONE},
    {"order", "Client.D0Entry", ORDER_ADD ORDER_PREPARE ORDER_D0 "A.PreClose A.Close " ORDER_RELEASE ORDER_GONE},
};

static void failed_start_is_undone_at_every_step(void)
{
    for (size_t index = 0; index < sizeof(failed_starts) / sizeof(failed_starts[0]); index++)
    {
        struct machine_under_test test;

        journal_clear();
        journal_fail(failed_starts[index].step);
        CHECK(!TESTKIT_SUCCESS(start(&test, failed_starts[index].tree)));
        testkit_unload(test.driver);
        CHECK_JOURNAL(failed_starts[index].journal);
    }
}

static void notification_is_undone_when_the_start_fails(void)
{
    struct machine_under_test test;

    journal_clear();
    journal_fail("M.Register");
    CHECK(!TESTKIT_SUCCESS(start(&test, "options")));
    testkit_unload(test.driver);
    CHECK_JOURNAL("S.Create N.Create M.Create L.Create O.Create L.Register L.Open L.PostOpen O.Open O.PostOpen "
                  "S.Resources N.Resources N.Register N.Open N.PostOpen M.Resources O.PrepareHardware "
                  "S.Open S.PostOpen M.Register S.PreClose S.Close "
                  "O.ReleaseHardware N.Unregister N.PreClose N.Close "
                  "O.PreClose O.Close L.Unregister L.PreClose L.Close "
                  "S.Destroy N.Destroy M.Destroy L.Destroy O.Destroy");
}

static void parent_may_not_open_before_its_child(void)
{
    struct machine_under_test test;

    journal_clear();
    CHECK(start(&test, "early") == INVALID_PARAMETER);
    testkit_unload(test.driver);
}

static void passive_level_needs_a_module_that_allows_it(void)
{
    struct machine_under_test test;

    journal_clear();
    CHECK(start(&test, "no_passive") == INVALID_DEVICE_REQUEST);
    testkit_unload(test.driver);
    CHECK_JOURNAL("B.Create P.Create B.Destroy");
}

static uint8_t facts_of(const char *tree)
{
    struct machine_under_test test;
    struct testkit_file *file;
    uint8_t facts = 0;

    bring_up(&test, tree);
    file = open_node();
    CHECK(TESTKIT_SUCCESS(testkit_control(file, TREE_FACTS, NULL, 0, &facts, 1, NULL)));
    testkit_close(file);
    take_down(&test);
    return facts;
}

static void module_knows_itself(void)
{
    CHECK(facts_of("passive") == (1 | 4 | 8));
    CHECK(facts_of("order") == (4 | 8));
}

static void first_handler_of_a_request_wins(void)
{
    static const struct
    {
        const char *name;
        const char *journal;
    } rows[] = {
        {"A", "A.DeviceIoControl"},
        {"A11", "A.DeviceIoControl A1.DeviceIoControl A11.DeviceIoControl"},
        {"B", EACH_FORWARD_PARENT_FIRST("DeviceIoControl")},
        {"Client", EACH_FORWARD_PARENT_FIRST("DeviceIoControl") " Client.DeviceIoControl"},
    };
    struct machine_under_test test;
    struct testkit_file *file;

    bring_up(&test, "order");
    journal_clear();
    file = open_node();
    CHECK_JOURNAL(EACH_FORWARD_PARENT_FIRST("FileCreate") " Client.FileCreate");
    for (size_t index = 0; index < sizeof(rows) / sizeof(rows[0]); index++)
    {
        journal_clear();
        CHECK(TESTKIT_SUCCESS(
            testkit_control(file, TREE_HANDLED_BY, rows[index].name, (uint32_t)strlen(rows[index].name), NULL, 0, NULL)));
        CHECK_JOURNAL(rows[index].journal);
    }
    journal_clear();
    testkit_close(file);
    CHECK_JOURNAL(EACH_FORWARD_PARENT_FIRST("FileCleanup") " " EACH_FORWARD_PARENT_FIRST("FileClose"));
    take_down(&test);
}

static void request_that_nobody_handles_is_not_supported(void)
{
    static const char *const names[] = {"passive", "empty"};

    for (size_t index = 0; index < sizeof(names) / sizeof(names[0]); index++)
    {
        struct machine_under_test test;
        struct testkit_file *file;
        char byte = 0;

        bring_up(&test, names[index]);
        file = open_node();
        CHECK(testkit_control(file, TREE_HANDLED_BY, "X", 1, NULL, 0, NULL) == NOT_SUPPORTED);
        CHECK(testkit_read(file, &byte, 1, NULL) == NOT_SUPPORTED);
        CHECK(testkit_write(file, &byte, 1, NULL) == NOT_SUPPORTED);
        testkit_close(file);
        take_down(&test);
    }
}

static void dynamic_module_lives_between_create_and_delete(void)
{
    struct machine_under_test test;

    bring_up(&test, "dynamic");
    CHECK(strstr(journal_text(), "A.Open D.Create D1.Create D1.Register D1.Open D1.PostOpen D.Open D.PostOpen A.HasDynamic "
                                 "A.PostOpen") != NULL);
    take_down(&test);
    CHECK(strstr(journal_text(), "A.PreClose A.Close D.PreClose D.Close D1.Unregister D1.PreClose D1.Close D1.Destroy "
                                 "D.Destroy") != NULL);
    CHECK(strstr(journal_text(), "D.QueryRemove") == NULL);
}

static void dynamic_module_with_power_callbacks_is_refused(void)
{
    struct machine_under_test test;

    bring_up(&test, "refused");
    CHECK(strstr(journal_text(), "A.Open O.Create A.HasNoDynamic A.PostOpen") != NULL);
    take_down(&test);
    CHECK(strstr(journal_text(), "O.") == NULL);
}

static void transport_opens_first_and_is_called_by_its_parent(void)
{
    struct machine_under_test test;

    bring_up(&test, "transport");
    CHECK(strstr(journal_text(), "A.Create A2.Create A2.Open A2.PostOpen A.Open A2.Transport A.PostOpen") != NULL);
    take_down(&test);
    CHECK(strstr(journal_text(), "A.PreClose A.Close A2.PreClose A2.Close A2.Destroy A.Destroy") != NULL);
}

/* Also what the sanitizers say when the process ends is a result of this case. */
static void lack_of_memory_is_survived_at_every_step(void)
{
    static const char *const names[] = {"order", "options", "dynamic", "transport"};

    for (size_t index = 0; index < sizeof(names) / sizeof(names[0]); index++)
    {
        uint64_t injected = 1;

        for (uint64_t step = 1; injected != 0; step++)
        {
            struct machine_under_test test;
            int32_t status;

            journal_clear();
            CHECK(setenv(TREE_VARIABLE, names[index], 1) == 0);
            CHECK(TESTKIT_SUCCESS(testkit_load(driver_path, &test.driver)));
            run_alloc_fail_at(step);
            status = testkit_start(test.driver, "tree", &test.device);
            injected = run_alloc_injected();
            run_alloc_fail_at(0);
            CHECK(injected != 0 || TESTKIT_SUCCESS(status));
            if (TESTKIT_SUCCESS(status))
            {
                CHECK(TESTKIT_SUCCESS(testkit_remove(test.device)));
            }
            testkit_unload(test.driver);
        }
    }
}

#define CASE(name) {#name, name},

/* One case per line, because the build reads the names here. */
static const struct
{
    const char *name;
    void (*body)(void);
} cases[] = {
    /* clang-format off */
    CASE(starts_and_stops_in_published_order)
    CASE(surprise_removal_in_published_order)
    CASE(every_open_option_in_published_order)
    CASE(failed_start_is_undone_at_every_step)
    CASE(notification_is_undone_when_the_start_fails)
    CASE(parent_may_not_open_before_its_child)
    CASE(passive_level_needs_a_module_that_allows_it)
    CASE(module_knows_itself)
    CASE(first_handler_of_a_request_wins)
    CASE(request_that_nobody_handles_is_not_supported)
    CASE(dynamic_module_lives_between_create_and_delete)
    CASE(dynamic_module_with_power_callbacks_is_refused)
    CASE(lack_of_memory_is_survived_at_every_step)
    CASE(transport_opens_first_and_is_called_by_its_parent)
    /* clang-format on */
};

static void run_case(void *body)
{
    void (*const *function)(void) = body;

    (*function)();
}

int main(int count, char **words)
{
    for (size_t index = 0; count == 3 && index < sizeof(cases) / sizeof(cases[0]); index++)
    {
        if (strcmp(cases[index].name, words[1]) == 0)
        {
            void (*body)(void) = cases[index].body;

            driver_path = words[2];
            (void)testkit_run(1, 1, run_case, &body);
            return 0;
        }
    }
    fprintf(stderr, "usage: framework_test CASE DRIVER.so\n");
    return 2;
}
