/* SPDX-License-Identifier: MIT */
/*
 * The storm: a stack of three drivers, clients that do everything at once, and a machine that lets nothing run in peace.
 *
 * What must hold: each operation ends, once, with a status that it may have; each answer is the one to its question; callbacks come
 * in the published order (watch.c); no rule of the verifier is broken; nothing is left at the end.
 */
#include <stdio.h>
#include <string.h>

#include "nt/internal.h"
#include "nt/pnp/devnode.h"

#include "nt_case.h"
#include "storm_public.h"
#include "testkit/testkit.h"
#include "watch.h"

enum
{
    CLIENTS = 3,
    ROUNDS = 4,
    OPERATIONS = 4,
    EVENTS = 8,
};

static struct
{
    struct testkit_driver *bus;
    struct testkit_driver *function;
    struct testkit_driver *filter;
    /* NULL while the bus could not be started. */
    struct testkit_device *device;
    bool lacks_memory;
} storm;

static void hear(const struct testkit_finding *finding, void *context)
{
    (void)context;
    fprintf(stderr, "rule %s (%s) broken in %s of %s: %s\n", finding->rule, finding->title, finding->function,
            finding->driver, finding->text);
    nt_check_failed(__FILE__, __LINE__, "no rule is broken");
}

/*
 * Statuses.
 */

static const NTSTATUS always_allowed[] = {
    STATUS_SUCCESS,
    STATUS_CANCELLED,
    /* The device goes or is gone. */
    STATUS_INVALID_DEVICE_STATE,
    STATUS_DELETE_PENDING,
    STATUS_NO_SUCH_DEVICE,
    STATUS_DEVICE_DOES_NOT_EXIST,
    STATUS_DEVICE_REMOVED,
};
static const NTSTATUS allowed_for_open[] = {STATUS_OBJECT_NAME_NOT_FOUND, STATUS_OBJECT_PATH_NOT_FOUND,
                                            STATUS_DEVICE_NOT_CONNECTED};
static const NTSTATUS allowed_below[] = {STATUS_IO_TIMEOUT};

static bool is_one_of(NTSTATUS status, const NTSTATUS *statuses, size_t count)
{
    for (size_t index = 0; index < count; index++)
    {
        if (statuses[index] == status)
        {
            return true;
        }
    }
    return storm.lacks_memory && status == STATUS_INSUFFICIENT_RESOURCES;
}

static void check_status(NTSTATUS status, const NTSTATUS *more, size_t count, const char *what)
{
    if (!is_one_of(status, always_allowed, ARRAYSIZE(always_allowed)) && !is_one_of(status, more, count))
    {
        fprintf(stderr, "%s: 0x%08X\n", what, (unsigned)status);
        nt_check_failed(__FILE__, __LINE__, "the operation may end so");
    }
}

/*
 * Clients.
 */

struct operation
{
    struct testkit_operation *started;
    uint32_t code;
    uint32_t question;
    uint32_t answer;
    char bytes[16];
};

enum
{
    READ = 1,
    WRITE = 2,
};

static const uint32_t codes[] = {STORM_ANSWER, STORM_ORDERED,    STORM_WAIT, STORM_MARK, STORM_WORK,
                                 STORM_LOWER,  STORM_LOWER_KEPT, READ,       WRITE};

static void start_operation(struct testkit_file *file, struct operation *operation)
{
    memset(operation, 0, sizeof(*operation));
    operation->code = codes[watch_random(ARRAYSIZE(codes))];
    operation->question = watch_random(1000000);
    switch (operation->code)
    {
        case READ:
            operation->started = testkit_read_start(file, operation->bytes, sizeof(operation->bytes));
            break;
        case WRITE:
            operation->started = testkit_write_start(file, operation->bytes, sizeof(operation->bytes));
            break;
        default:
            operation->started =
                testkit_control_start(file, operation->code, &operation->question, sizeof(operation->question),
                                      &operation->answer, sizeof(operation->answer));
            break;
    }
    CHECK(operation->started != NULL || storm.lacks_memory);
}

static void check_answer(const struct operation *operation, uint64_t information)
{
    if (operation->code == READ || operation->code == WRITE)
    {
        CHECK_EQUAL(information, sizeof(operation->bytes));
        CHECK(operation->code == WRITE || (operation->bytes[0] == 0x5A && operation->bytes[15] == 0x5A));
        return;
    }
    CHECK_EQUAL(information, sizeof(operation->answer));
    CHECK_EQUAL(operation->answer, ~operation->question);
}

static void end_operation(struct operation *operation)
{
    uint64_t information;
    bool below = operation->code == STORM_LOWER || operation->code == STORM_LOWER_KEPT;
    NTSTATUS status;

    if (operation->started == NULL)
    {
        return;
    }
    status = testkit_wait(operation->started, &information);
    check_status(status, allowed_below, below ? ARRAYSIZE(allowed_below) : 0, "operation");
    if (NT_SUCCESS(status))
    {
        check_answer(operation, information);
    }
}

static void use_file(struct testkit_file *file)
{
    struct operation operations[OPERATIONS];
    unsigned count = 1 + watch_random(OPERATIONS);

    for (unsigned index = 0; index < count; index++)
    {
        start_operation(file, &operations[index]);
        if (watch_one_in(4) && operations[index].started != NULL)
        {
            testkit_cancel(operations[index].started);
        }
    }
    for (unsigned index = 0; index < count; index++)
    {
        if (watch_one_in(4) && operations[index].started != NULL)
        {
            testkit_cancel(operations[index].started);
        }
    }
    for (unsigned index = 0; index < count; index++)
    {
        end_operation(&operations[index]);
    }
}

static void client(void *argument)
{
    (void)argument;
    for (unsigned round = 0; round < ROUNDS; round++)
    {
        struct testkit_file *file;
        char name[32];
        NTSTATUS status;

        (void)snprintf(name, sizeof(name), "\\??\\Storm%05u", watch_newest_device(watch_random(STORM_CHILDREN)));
        status = testkit_open(name, true, true, &file);
        check_status(status, allowed_for_open, ARRAYSIZE(allowed_for_open), "open");
        if (NT_SUCCESS(status))
        {
            use_file(file);
            testkit_close(file);
        }
    }
}

/*
 * Events.
 */

static void bus_control(uint32_t code, uint32_t child)
{
    struct testkit_file *file;

    if (storm.device != NULL && NT_SUCCESS(testkit_open("\\??\\StormBus", true, true, &file)))
    {
        (void)testkit_control(file, code, &child, sizeof(child), NULL, 0, NULL);
        testkit_close(file);
    }
}

static void plug(void)
{
    bus_control(STORM_PLUG, watch_random(STORM_CHILDREN));
}

static void unplug(void)
{
    bus_control(STORM_UNPLUG, watch_random(STORM_CHILDREN));
}

static void start_bus(void)
{
    if (storm.device == NULL)
    {
        (void)testkit_start(storm.bus, "stormbus", &storm.device);
    }
    for (uint32_t child = 0; child < STORM_CHILDREN; child++)
    {
        bus_control(STORM_PLUG, child);
    }
}

/* Refused while files are open or when a driver says no; then everything goes on. */
static void remove_bus(void)
{
    if (storm.device != NULL && NT_SUCCESS(testkit_remove(storm.device)))
    {
        storm.device = NULL;
    }
    start_bus();
}

static void surprise_remove_bus(void)
{
    if (storm.device != NULL)
    {
        (void)testkit_surprise_remove(storm.device);
        storm.device = NULL;
    }
    start_bus();
}

static void rebalance_bus(void)
{
    if (storm.device != NULL)
    {
        (void)testkit_rebalance(storm.device);
    }
}

static struct devnode *find_child(void)
{
    return devnode_find_utf8(watch_one_in(2) ? "STORM\\Child\\0" : "STORM\\Child\\1");
}

static void rebalance_child(void)
{
    struct devnode *child = find_child();

    if (child != NULL)
    {
        (void)devnode_rebalance(child, NULL);
        devnode_release(child);
    }
}

static void disable_child(void)
{
    struct devnode *child = find_child();

    if (child != NULL)
    {
        if (NT_SUCCESS(devnode_disable(child, NULL)))
        {
            (void)devnode_enable(child);
        }
        devnode_release(child);
    }
}

static void eject_child(void)
{
    struct devnode *child = find_child();

    if (child != NULL)
    {
        (void)devnode_eject(child, NULL);
        devnode_release(child);
    }
}

static void sleep_and_wake(void)
{
    if (NT_SUCCESS(testkit_sleep(1 + watch_random(4))))
    {
        CHECK_EQUAL(testkit_wake(), STATUS_SUCCESS);
    }
}

/* Time passes, so that devices idle. */
static void pass_time(void)
{
    LARGE_INTEGER time = {.QuadPart = -10 * (LONGLONG)(100 + watch_random(6000))};

    (void)KeDelayExecutionThread(KernelMode, FALSE, &time);
}

static void (*const events[])(void) = {
    plug,          unplug,      remove_bus,     surprise_remove_bus, rebalance_bus, rebalance_child,
    disable_child, eject_child, sleep_and_wake, pass_time,           pass_time,
};

static void happen(void)
{
    /* Six in a hundred. */
    if (storm.lacks_memory && watch_random(100) < 6)
    {
        nt_fail_allocation(1 + watch_random(60));
    }
    events[watch_random(ARRAYSIZE(events))]();
}

/*
 * A run.
 */

static struct testkit_driver *load(const char *path)
{
    struct testkit_driver *driver;

    CHECK_EQUAL(testkit_load(path, &driver), STATUS_SUCCESS);
    return driver;
}

static void begin(bool lacks_memory)
{
    watch_begin(nt_seed());
    storm.lacks_memory = lacks_memory;
    storm.device = NULL;
    testkit_verify(TESTKIT_VERIFIER_BASIC);
    testkit_listen(hear, NULL);
    devnode_clear_database();
    storm.bus = load(STORM_BUS);
    storm.function = load(STORM_FUNCTION);
    storm.filter = load(STORM_FILTER);
    CHECK_EQUAL(testkit_match("STORM\\Child", "storm_function" STORM_ENDING), STATUS_SUCCESS);
    CHECK_EQUAL(testkit_filter(TESTKIT_UPPER_FILTER, "STORM\\Child", "storm_filter" STORM_ENDING), STATUS_SUCCESS);
    start_bus();
    CHECK(storm.device != NULL);
    testkit_settle();
    CHECK(watch_newest_device(0) != 0 && watch_newest_device(1) != 0);
}

/* A device that could not be started for want of memory may be there still: pulling it out is always possible. */
static void end(void)
{
    nt_fail_allocation(0);
    testkit_settle();
    if (storm.device != NULL)
    {
        NTSTATUS status = testkit_surprise_remove(storm.device);

        CHECK(status == STATUS_SUCCESS || (storm.lacks_memory && status == STATUS_INVALID_DEVICE_STATE));
    }
    testkit_settle();
    CHECK_EQUAL(watch_counted(WATCH_FILES), 0);
    CHECK_EQUAL(watch_counted(WATCH_REQUESTS), 0);
    CHECK_EQUAL(watch_counted(WATCH_DEVICES), 0);
    testkit_unload(storm.filter);
    testkit_unload(storm.function);
    testkit_unload(storm.bus);
    CHECK_EQUAL(testkit_reports(), 0);
}

static void blow(bool lacks_memory)
{
    struct nt_thread *clients[CLIENTS];

    begin(lacks_memory);
    for (unsigned index = 0; index < CLIENTS; index++)
    {
        clients[index] = nt_thread_start(client, NULL);
    }
    for (unsigned event = 0; event < EVENTS; event++)
    {
        happen();
    }
    for (unsigned index = 0; index < CLIENTS; index++)
    {
        nt_thread_join(clients[index]);
    }
    end();
}

static void storm_breaks_no_rule(void)
{
    blow(false);
}

static void storm_with_little_memory_breaks_no_rule(void)
{
    blow(true);
}

const struct nt_case nt_cases[] = {
    CASE(storm_breaks_no_rule),
    CASE(storm_with_little_memory_breaks_no_rule),
    CASES_END,
};
