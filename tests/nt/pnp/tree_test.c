/* SPDX-License-Identifier: MIT */
/*
 * The tree of devnodes: enumeration, identity, drivers and resources.
 */
#include "rig.h"

#include <string.h>

#include "nt/include/um/cfg.h"
#include "nt/rtl/string.h"
#include "nt_case.h"

static bool instance_is(struct devnode *devnode, const char *expected)
{
    char *text = string_to_utf8(devnode_instance(devnode));
    bool same = text != NULL && strcmp(text, expected) == 0;

    if (!same)
    {
        nt_check_failed(text == NULL ? "" : text, 0, expected);
    }
    string_free_utf8(text);
    return same;
}

static bool journal_has(const char *text)
{
    return strstr(rig_journal(), text) != NULL;
}

static void finish(void)
{
    rig_remove_bus();
    rig_tear_down();
}

/* What each state does with each event; -1 is refused. */
static void every_state_knows_what_each_event_means(void)
{
    static const int expected[DEVNODE_STATE_COUNT][DEVNODE_EVENT_COUNT] = {
        /* Columns: add, start, query stop, cancel stop, stop, query remove, cancel remove, surprise, remove. */
        [DEVNODE_INITIALIZED] = {DEVNODE_ADDED, -1, -1, -1, -1, -1, -1, -1, -1},
        [DEVNODE_ADDED] = {-1, DEVNODE_STARTED, -1, -1, -1, -1, -1, DEVNODE_SURPRISE_REMOVED, DEVNODE_REMOVED},
        [DEVNODE_STARTED] = {-1, -1, DEVNODE_STOP_PENDING, -1, -1, DEVNODE_REMOVE_PENDING, -1, DEVNODE_SURPRISE_REMOVED, -1},
        [DEVNODE_STOP_PENDING] = {-1, -1, -1, DEVNODE_STARTED, DEVNODE_STOPPED, -1, -1, DEVNODE_SURPRISE_REMOVED, -1},
        [DEVNODE_STOPPED] = {-1, DEVNODE_STARTED, -1, -1, -1, -1, -1, DEVNODE_SURPRISE_REMOVED, -1},
        [DEVNODE_REMOVE_PENDING] = {-1, -1, -1, -1, -1, -1, DEVNODE_STARTED, DEVNODE_SURPRISE_REMOVED, DEVNODE_REMOVED},
        [DEVNODE_SURPRISE_REMOVED] = {-1, -1, -1, -1, -1, -1, -1, -1, DEVNODE_REMOVED},
        [DEVNODE_REMOVED] = {DEVNODE_ADDED, -1, -1, -1, -1, -1, -1, -1, -1},
    };

    for (int state = 0; state < DEVNODE_STATE_COUNT; state++)
    {
        for (int event = 0; event < DEVNODE_EVENT_COUNT; event++)
        {
            enum devnode_state next = DEVNODE_STATE_COUNT;
            bool known = devnode_transition((enum devnode_state)state, (enum devnode_event)event, &next);

            CHECK_EQUAL(known ? (int)next : -1, expected[state][event]);
        }
    }
}

static void children_of_a_bus_start_with_it(void)
{
    struct rig_child *first;
    struct rig_child *second;

    rig_set_up();
    first = rig_add_child("TEST\\One", "A");
    second = rig_add_child("TEST\\Two", "B");
    rig_start();
    CHECK_EQUAL(rig_state(first), DEVNODE_STARTED);
    CHECK_EQUAL(rig_state(second), DEVNODE_STARTED);
    CHECK_EQUAL(devnode_child_count(rig.bus_node), 2);
    CHECK(instance_is(rig_node(first), "TEST\\ONE\\A"));
    finish();
}

static void questions_come_in_published_order(void)
{
    rig_set_up();
    rig_add_child("TEST\\One", "A")->raw = true;
    rig.journal_questions = true;
    CHECK_EQUAL(devnode_start(rig.bus_node), STATUS_SUCCESS);
    pnp_settle();
    CHECK(journal_has("bus:add bus:filter bus:start bus:capabilities bus:state bus:relations "
                      "pdo:id pdo:capabilities pdo:text pdo:text pdo:id pdo:id pdo:id pdo:id "
                      "pdo:resources pdo:requirements pdo:bus pdo:enumerated "));
    CHECK(journal_has("function:add function:filter pdo:filter function:start pdo:start "
                      "function:capabilities pdo:capabilities function:state pdo:state function:relations pdo:relations "));
    finish();
}

static void new_and_missing_children_are_found_by_invalidation(void)
{
    struct rig_child *first;
    struct rig_child *second;

    rig_set_up();
    first = rig_add_child("TEST\\One", "A");
    rig_start();
    second = rig_add_child("TEST\\One", "B");
    first->present = false;
    rig_clear_journal();
    rig_rescan();
    CHECK_EQUAL(rig_state(first), DEVNODE_STATE_COUNT);
    CHECK_EQUAL(rig_state(second), DEVNODE_STARTED);
    CHECK(journal_has("function:surprise "));
    CHECK(first->pdo == NULL);
    CHECK_EQUAL(first->removes, 1);
    first->present = true;
    rig_rescan();
    CHECK_EQUAL(rig_state(first), DEVNODE_STARTED);
    finish();
}

static void child_that_never_started_is_removed_without_surprise(void)
{
    struct rig_child *child;

    rig_set_up();
    child = rig_add_child("TEST\\One", "A");
    child->hardware_id = "TEST\\Nobody";
    rig_start();
    CHECK_EQUAL(rig_state(child), DEVNODE_INITIALIZED);
    CHECK_EQUAL(rig_problem(child), CM_PROB_FAILED_INSTALL);
    child->present = false;
    rig_clear_journal();
    rig_rescan();
    CHECK(!journal_has("surprise"));
    CHECK(journal_has("pdo:remove"));
    CHECK(child->pdo == NULL);
    finish();
}

static void raw_device_starts_without_function_driver(void)
{
    struct rig_child *child;

    rig_set_up();
    child = rig_add_child("TEST\\One", "A");
    child->hardware_id = NULL;
    child->raw = true;
    rig_start();
    CHECK_EQUAL(rig_state(child), DEVNODE_STARTED);
    CHECK(!journal_has("function"));
    finish();
}

static void instance_that_is_not_unique_gets_the_mark_of_its_bus(void)
{
    struct devnode *child;
    char *text;

    rig_set_up();
    rig_add_child("TEST\\One", "7")->unique = false;
    rig_start();
    child = devnode_next_child(rig.bus_node, NULL);
    CHECK(child != NULL);
    text = string_to_utf8(devnode_instance(child));
    CHECK(text != NULL && strncmp(text, "TEST\\ONE\\2&", 11) == 0 && strcmp(text + strlen(text) - 4, "&0&7") == 0);
    string_free_utf8(text);
    devnode_release(child);
    finish();
}

static void child_without_device_id_has_invalid_data(void)
{
    struct devnode *child;
    NTSTATUS status;

    rig_set_up();
    rig_add_child(NULL, "A");
    rig_start();
    child = devnode_next_child(rig.bus_node, NULL);
    CHECK(child != NULL);
    CHECK_EQUAL(devnode_problem(child, &status), CM_PROB_INVALID_DATA);
    CHECK_EQUAL(status, STATUS_PNP_INVALID_ID);
    CHECK_EQUAL(devnode_start(child), STATUS_PNP_INVALID_ID);
    devnode_release(child);
    finish();
}

static void device_disabled_in_hardware_is_not_started(void)
{
    struct rig_child *child;

    rig_set_up();
    child = rig_add_child("TEST\\One", "A");
    child->hardware_disabled = true;
    rig_start();
    CHECK_EQUAL(rig_state(child), DEVNODE_INITIALIZED);
    CHECK_EQUAL(rig_problem(child), CM_PROB_HARDWARE_DISABLED);
    finish();
}

static void two_devices_of_one_name_on_a_bus(void)
{
    rig_set_up();
    (void)rig_add_child("TEST\\One", "A");
    (void)rig_add_child("TEST\\One", "A");
    rig_start();
}

static void identifier_with_a_comma(void)
{
    rig_set_up();
    (void)rig_add_child("TEST\\On,e", "A");
    rig_start();
}

static void instance_with_a_back_slash(void)
{
    rig_set_up();
    (void)rig_add_child("TEST\\One", "A\\B");
    rig_start();
}

static void relations_of_what_is_no_pdo(void)
{
    rig_set_up();
    rig_start();
    IoInvalidateDeviceRelations(rig.bus->DeviceObject, BusRelations);
}

static void blanks_in_identifiers_become_underscores(void)
{
    struct devnode *child;

    rig_set_up();
    (void)rig_add_child("TEST\\My device", "A");
    rig_start();
    child = devnode_next_child(rig.bus_node, NULL);
    CHECK(instance_is(child, "TEST\\MY_DEVICE\\A"));
    devnode_release(child);
    finish();
}

static void container_is_parsed(void)
{
    static const GUID expected = {0x01234567, 0x89AB, 0xCDEF, {0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF}};
    struct devnode_identity identity;
    struct rig_child *child;

    rig_set_up();
    child = rig_add_child("TEST\\One", "A");
    child->container_id = "{01234567-89ab-cdef-0123-456789ABCDEF}";
    rig_start();
    CHECK(memcmp(&devnode_identity(rig_node(child), &identity)->container, &expected, sizeof(expected)) == 0);
    finish();
}

static void filters_attach_around_the_function_driver(void)
{
    rig_set_up();
    (void)rig_add_child("TEST\\One", "A");
    CHECK_EQUAL(devnode_add_filter(DEVNODE_FILTER_UPPER_CLASS, "testclass", "upper"), STATUS_SUCCESS);
    CHECK_EQUAL(devnode_add_filter(DEVNODE_FILTER_UPPER_DEVICE, "TEST\\function", "upper"), STATUS_SUCCESS);
    CHECK_EQUAL(devnode_add_filter(DEVNODE_FILTER_LOWER_CLASS, "TestClass", "lower"), STATUS_SUCCESS);
    CHECK_EQUAL(devnode_add_filter(DEVNODE_FILTER_LOWER_DEVICE, "TEST\\ONE\\A", "lower"), STATUS_SUCCESS);
    rig_start();
    CHECK(journal_has("lower:add lower:add function:add upper:add upper:add "));
    CHECK(journal_has("upper:start upper:start function:start lower:start lower:start pdo:start "));
    finish();
}

static void more_specific_identifier_wins(void)
{
    struct rig_child *child;

    rig_set_up();
    child = rig_add_child("TEST\\One", "A");
    child->hardware_id = "TEST\\Special";
    child->compatible_id = "TEST\\Function";
    CHECK_EQUAL(devnode_add_match("test\\special", "upper", NULL), STATUS_SUCCESS);
    rig_start();
    CHECK(journal_has("upper:add "));
    CHECK(!journal_has("function:add "));
    CHECK_EQUAL(rig_state(child), DEVNODE_STARTED);
    finish();
}

static void driver_that_cannot_be_loaded_is_a_problem(void)
{
    struct rig_child *child;
    NTSTATUS status;

    rig_set_up();
    child = rig_add_child("TEST\\One", "A");
    CHECK_EQUAL(devnode_add_filter(DEVNODE_FILTER_UPPER_DEVICE, "TEST\\Function", "missing"), STATUS_SUCCESS);
    rig_start();
    CHECK_EQUAL(devnode_problem(rig_node(child), &status), CM_PROB_DRIVER_FAILED_LOAD);
    CHECK_EQUAL(status, STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK(!journal_has("function:add"));
    finish();
}

static CM_RESOURCE_LIST interrupt_list(ULONG vector)
{
    CM_RESOURCE_LIST list = {.Count = 1};

    list.List[0].PartialResourceList.Count = 1;
    list.List[0].PartialResourceList.PartialDescriptors[0].Type = CmResourceTypeInterrupt;
    list.List[0].PartialResourceList.PartialDescriptors[0].u.Interrupt.Vector = vector;
    return list;
}

static void start_gets_what_the_bus_says_that_the_device_uses(void)
{
    rig_set_up();
    rig_add_child("TEST\\One", "A")->interrupt = 5;
    rig_start();
    CHECK_EQUAL(rig.started_with, 5);
    finish();
}

static void resources_of_the_machine_come_before_those_of_the_bus(void)
{
    CM_RESOURCE_LIST raw = interrupt_list(7);
    CM_RESOURCE_LIST translated = interrupt_list(77);
    struct rig_child *child;

    rig_set_up();
    child = rig_add_child("TEST\\One", "A");
    child->interrupt = 5;
    CHECK_EQUAL(devnode_set_resources("TEST\\Function", &raw, &translated), STATUS_SUCCESS);
    rig_start();
    CHECK_EQUAL(rig.started_with, 77);
    raw = interrupt_list(9);
    CHECK_EQUAL(devnode_set_resources("TEST\\ONE\\A", &raw, NULL), STATUS_SUCCESS);
    rig_clear_journal();
    CHECK_EQUAL(devnode_rebalance(rig_node(child), NULL), STATUS_SUCCESS);
    CHECK(journal_has("function:query_stop pdo:query_stop function:stop pdo:stop function:start pdo:start "));
    CHECK_EQUAL(rig.started_with, 9);
    finish();
}

static void failed_start_is_undone_in_every_driver(void)
{
    static const char *const drivers[] = {"pdo", "lower", "function", "upper"};

    for (size_t index = 0; index < ARRAYSIZE(drivers); index++)
    {
        struct rig_child *child;
        NTSTATUS status;

        rig_set_up();
        child = rig_add_child("TEST\\One", "A");
        CHECK_EQUAL(devnode_add_filter(DEVNODE_FILTER_UPPER_DEVICE, "TEST\\Function", "upper"), STATUS_SUCCESS);
        CHECK_EQUAL(devnode_add_filter(DEVNODE_FILTER_LOWER_DEVICE, "TEST\\Function", "lower"), STATUS_SUCCESS);
        rig_fault(drivers[index], IRP_MN_START_DEVICE, STATUS_DEVICE_POWER_FAILURE, 1);
        rig_start();
        CHECK_EQUAL(rig_state(child), DEVNODE_REMOVED);
        CHECK_EQUAL(devnode_problem(rig_node(child), &status), CM_PROB_FAILED_START);
        CHECK_EQUAL(status, STATUS_DEVICE_POWER_FAILURE);
        CHECK(journal_has("upper:remove function:remove lower:remove pdo:remove "));
        CHECK_EQUAL(devnode_start(rig_node(child)), STATUS_SUCCESS);
        CHECK_EQUAL(rig_state(child), DEVNODE_STARTED);
        finish();
    }
}

static void failed_add_is_undone_in_every_driver(void)
{
    static const char *const drivers[] = {"lower", "function", "upper"};

    for (size_t index = 0; index < ARRAYSIZE(drivers); index++)
    {
        struct rig_child *child;

        rig_set_up();
        child = rig_add_child("TEST\\One", "A");
        CHECK_EQUAL(devnode_add_filter(DEVNODE_FILTER_UPPER_DEVICE, "TEST\\Function", "upper"), STATUS_SUCCESS);
        CHECK_EQUAL(devnode_add_filter(DEVNODE_FILTER_LOWER_DEVICE, "TEST\\Function", "lower"), STATUS_SUCCESS);
        rig_fault(drivers[index], RIG_ADD_DEVICE, STATUS_NO_SUCH_DEVICE, 1);
        rig_start();
        CHECK_EQUAL(rig_state(child), DEVNODE_INITIALIZED);
        CHECK_EQUAL(rig_problem(child), CM_PROB_FAILED_ADD);
        CHECK_EQUAL(journal_has("lower:remove"), index > 0);
        CHECK_EQUAL(journal_has("function:remove"), index > 1);
        CHECK(!journal_has("start pdo:start") && !journal_has("upper:start"));
        finish();
    }
}

static void root_device_finds_its_driver_in_the_database(void)
{
    struct devnode *devnode;

    rig_set_up();
    CHECK_EQUAL(devnode_add_match("root\\ECHO", "function", NULL), STATUS_SUCCESS);
    CHECK_EQUAL(devnode_create("echo", NULL, &devnode), STATUS_SUCCESS);
    CHECK_EQUAL(devnode_start(devnode), STATUS_SUCCESS);
    CHECK(journal_has("function:add function:start "));
    CHECK_EQUAL(devnode_remove(devnode), STATUS_SUCCESS);
    devnode_free(devnode);
    rig_tear_down();
}

static void root_device_without_driver_says_so(void)
{
    struct devnode *devnode;

    rig_set_up();
    CHECK_EQUAL(devnode_create("echo", NULL, &devnode), STATUS_SUCCESS);
    CHECK_EQUAL(devnode_start(devnode), STATUS_NO_SUCH_DEVICE);
    CHECK_EQUAL(devnode_problem(devnode, NULL), CM_PROB_FAILED_INSTALL);
    devnode_free(devnode);
    rig_tear_down();
}

static void root_devices_take_the_lowest_free_number(void)
{
    struct devnode *devnodes[5];

    rig_set_up();
    for (size_t index = 0; index < 4; index++)
    {
        CHECK_EQUAL(devnode_create("echo", rig.function, &devnodes[index]), STATUS_SUCCESS);
    }
    CHECK(instance_is(devnodes[3], "ROOT\\ECHO\\0003"));
    devnode_free(devnodes[1]);
    CHECK_EQUAL(devnode_create("Echo", rig.function, &devnodes[1]), STATUS_SUCCESS);
    CHECK(instance_is(devnodes[1], "ROOT\\ECHO\\0001"));
    CHECK_EQUAL(devnode_create("echo", rig.function, &devnodes[4]), STATUS_SUCCESS);
    CHECK(instance_is(devnodes[4], "ROOT\\ECHO\\0004"));
    devnode_free(devnodes[0]);
    CHECK_EQUAL(devnode_create("echo", rig.function, &devnodes[0]), STATUS_SUCCESS);
    CHECK(instance_is(devnodes[0], "ROOT\\ECHO\\0000"));
    for (size_t index = 0; index < 5; index++)
    {
        devnode_free(devnodes[index]);
    }
    rig_tear_down();
}

static void detected_device_counts_as_started(void)
{
    PDEVICE_OBJECT pdo = NULL;
    PDEVICE_OBJECT again;
    struct devnode *devnode;

    rig_set_up();
    CHECK_EQUAL(IoReportDetectedDevice(rig.function, InterfaceTypeUndefined, (ULONG)-1, (ULONG)-1, NULL, NULL, FALSE, &pdo),
                STATUS_SUCCESS);
    CHECK(pdo != NULL);
    devnode = devnode_find_utf8("ROOT\\FUNCTION\\0000");
    CHECK(devnode != NULL && devnode_pdo(devnode) == pdo);
    CHECK_EQUAL(devnode_state(devnode), DEVNODE_STARTED);
    again = pdo;
    CHECK_EQUAL(
        IoReportDetectedDevice(rig.function, InterfaceTypeUndefined, (ULONG)-1, (ULONG)-1, NULL, NULL, FALSE, &again),
        STATUS_SUCCESS);
    CHECK(again == pdo);
    CHECK_EQUAL(devnode_remove(devnode), STATUS_SUCCESS);
    devnode_free(devnode);
    devnode_release(devnode);
    rig_tear_down();
}

static void detected_devices_go_with_their_driver(void)
{
    PDEVICE_OBJECT pdos[2] = {NULL, NULL};
    struct devnode *other;

    rig_set_up();
    for (size_t index = 0; index < ARRAYSIZE(pdos); index++)
    {
        CHECK_EQUAL(IoReportDetectedDevice(rig.function, InterfaceTypeUndefined, (ULONG)-1, (ULONG)-1, NULL, NULL, FALSE,
                                           &pdos[index]),
                    STATUS_SUCCESS);
    }
    devnode_free_detected(rig.bus);
    other = devnode_find_utf8("ROOT\\FUNCTION\\0001");
    CHECK(other != NULL);
    devnode_release(other);
    devnode_free_detected(rig.function);
    CHECK(devnode_find_utf8("ROOT\\FUNCTION\\0000") == NULL);
    CHECK(devnode_find_utf8("ROOT\\FUNCTION\\0001") == NULL);
    rig_tear_down();
}

static void thousand_devices_come_and_go(void)
{
    static char instances[1000][8];

    rig_set_up();
    rig.quiet = true;
    for (unsigned index = 0; index < 1000; index++)
    {
        instances[index][0] = (char)('A' + index / 100);
        instances[index][1] = (char)('0' + index / 10 % 10);
        instances[index][2] = (char)('0' + index % 10);
        (void)rig_add_child("TEST\\One", instances[index]);
    }
    rig_start();
    CHECK_EQUAL(devnode_child_count(rig.bus_node), 1000);
    for (unsigned index = 0; index < 1000; index++)
    {
        CHECK_EQUAL(rig_state(&rig.children[index]), DEVNODE_STARTED);
        rig.children[index].present = index % 2 == 0;
    }
    rig_rescan();
    CHECK_EQUAL(devnode_child_count(rig.bus_node), 500);
    finish();
}

static NTSTATUS hear(struct devnode *devnode, enum devnode_news news, void *context)
{
    static const char *const names[] = {"arrived", "started", "failed",  "stopped",  "query",   "cancelled",
                                        "going",   "gone!",   "removed", "vanished", "children"};

    (void)devnode;
    (void)context;
    rig_write("news", names[news]);
    return STATUS_SUCCESS;
}

static void listeners_hear_in_order(void)
{
    struct devnode_listener listener = {.hear = hear};
    struct rig_child *child;

    rig_set_up();
    child = rig_add_child("TEST\\One", "A");
    rig_start();
    devnode_listen(&listener);
    rig_clear_journal();
    child->present = false;
    rig_rescan();
    CHECK(journal_has("function:surprise pdo:surprise news:gone! function:remove pdo:remove news:removed news:vanished "));
    rig_clear_journal();
    child->present = true;
    rig_rescan();
    CHECK(journal_has("news:arrived "));
    CHECK(journal_has("function:start pdo:start news:started "));
    devnode_unlisten(&listener);
    finish();
}

const struct nt_case nt_cases[] = {
    CASE(every_state_knows_what_each_event_means),
    CASE(children_of_a_bus_start_with_it),
    CASE(questions_come_in_published_order),
    CASE(new_and_missing_children_are_found_by_invalidation),
    CASE(child_that_never_started_is_removed_without_surprise),
    CASE(raw_device_starts_without_function_driver),
    CASE(instance_that_is_not_unique_gets_the_mark_of_its_bus),
    CASE(child_without_device_id_has_invalid_data),
    CASE(device_disabled_in_hardware_is_not_started),
    STOPS(two_devices_of_one_name_on_a_bus, "0x000000CA"),
    STOPS(identifier_with_a_comma, "0x000000CA"),
    STOPS(instance_with_a_back_slash, "0x000000CA"),
    STOPS(relations_of_what_is_no_pdo, "0x000000CA"),
    CASE(blanks_in_identifiers_become_underscores),
    CASE(container_is_parsed),
    CASE(filters_attach_around_the_function_driver),
    CASE(more_specific_identifier_wins),
    CASE(driver_that_cannot_be_loaded_is_a_problem),
    CASE(start_gets_what_the_bus_says_that_the_device_uses),
    CASE(resources_of_the_machine_come_before_those_of_the_bus),
    CASE(failed_start_is_undone_in_every_driver),
    CASE(failed_add_is_undone_in_every_driver),
    CASE(root_device_finds_its_driver_in_the_database),
    CASE(root_device_without_driver_says_so),
    CASE(root_devices_take_the_lowest_free_number),
    CASE(detected_device_counts_as_started),
    CASE(detected_devices_go_with_their_driver),
    CASE(thousand_devices_come_and_go),
    CASE(listeners_hear_in_order),
    CASES_END,
};
