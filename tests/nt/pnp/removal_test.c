/* SPDX-License-Identifier: MIT */
/*
 * Removal in all its forms, stopping, failing, and what happens when they meet.
 */
#include "rig.h"

#include <string.h>

#include "nt/include/um/cfg.h"
#include "nt/run.h"
#include "nt_case.h"

static bool journal_has(const char *text)
{
    return strstr(rig_journal(), text) != NULL;
}

static void finish(void)
{
    rig_no_faults();
    rig_remove_bus();
    rig_tear_down();
}

/* A bus with two children, all started, and an empty journal. */
static void set_up_two(struct rig_child *children[2])
{
    rig_set_up();
    children[0] = rig_add_child("TEST\\One", "A");
    children[1] = rig_add_child("TEST\\Two", "B");
    rig_start();
    rig_clear_journal();
}

static void subtree_is_asked_and_removed_children_first(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    CHECK_EQUAL(devnode_remove(rig.bus_node), STATUS_SUCCESS);
    CHECK(strcmp(rig_journal(), "function:query_remove pdo:query_remove function:query_remove pdo:query_remove "
                                "bus:query_remove function:remove pdo:remove function:remove pdo:remove bus:remove ") == 0);
    CHECK_EQUAL(devnode_state(rig.bus_node), DEVNODE_REMOVED);
    CHECK_EQUAL(devnode_child_count(rig.bus_node), 0);
    rig_tear_down();
}

static void veto_of_a_child_keeps_everything(void)
{
    struct rig_child *children[2];
    struct devnode_veto veto;

    set_up_two(children);
    rig_fault("bus", IRP_MN_QUERY_REMOVE_DEVICE, STATUS_DEVICE_NOT_READY, 1);
    CHECK_EQUAL(devnode_remove_or_veto(rig.bus_node, &veto), STATUS_DEVICE_NOT_READY);
    CHECK_EQUAL(veto.type, PNP_VetoDriver);
    CHECK_EQUAL(veto.status, STATUS_DEVICE_NOT_READY);
    CHECK(strcmp(veto.who, "ROOT\\BUS\\0000") == 0);
    CHECK(strcmp(rig_journal(),
                 "function:query_remove pdo:query_remove function:query_remove pdo:query_remove bus:query_remove "
                 "bus:cancel_remove function:cancel_remove pdo:cancel_remove function:cancel_remove pdo:cancel_remove ") ==
          0);
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    CHECK_EQUAL(rig_state(children[1]), DEVNODE_STARTED);
    CHECK_EQUAL(devnode_state(rig.bus_node), DEVNODE_STARTED);
    finish();
}

static NTSTATUS object(struct devnode *devnode, enum devnode_news news, void *context)
{
    (void)devnode;
    *(unsigned *)context += news == DEVNODE_NEWS_REMOVE_CANCELLED ? 1 : 0;
    return news == DEVNODE_NEWS_QUERY_REMOVE ? STATUS_ACCESS_DENIED : STATUS_SUCCESS;
}

static void veto_of_a_listener_comes_before_the_drivers_are_asked(void)
{
    unsigned cancelled = 0;
    struct devnode_listener listener = {.hear = object, .context = &cancelled};
    struct rig_child *children[2];
    struct devnode_veto veto;

    set_up_two(children);
    devnode_listen(&listener);
    CHECK_EQUAL(devnode_remove_or_veto(rig_node(children[0]), &veto), STATUS_ACCESS_DENIED);
    devnode_unlisten(&listener);
    CHECK_EQUAL(cancelled, 1);
    CHECK_EQUAL(veto.type, PNP_VetoWindowsApp);
    CHECK(strcmp(veto.who, "TEST\\ONE\\A") == 0);
    CHECK(!journal_has("query_remove"));
    finish();
}

static void open_file_is_a_veto(void)
{
    struct rig_child *children[2];
    struct devnode_veto veto;

    set_up_two(children);
    CHECK(devnode_file_opened(rig_node(children[1])));
    CHECK_EQUAL(devnode_remove_or_veto(rig.bus_node, &veto), STATUS_DEVICE_BUSY);
    CHECK_EQUAL(veto.type, PNP_VetoOutstandingOpen);
    CHECK(strcmp(veto.who, "TEST\\TWO\\B") == 0);
    devnode_file_closed(rig_node(children[1]));
    finish();
}

static void try_to_open(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    (void)irp;
    CHECK(!devnode_file_opened(rig_node(&rig.children[0])));
    rig_write("file", "refused");
}

static void nobody_opens_what_has_agreed_to_go(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    rig_hook("bus", IRP_MN_QUERY_REMOVE_DEVICE, try_to_open);
    CHECK_EQUAL(devnode_remove(rig.bus_node), STATUS_SUCCESS);
    CHECK(journal_has("file:refused"));
    rig_tear_down();
}

static void files_are_opened_again_when_the_removal_is_called_off(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    rig_fault("bus", IRP_MN_QUERY_REMOVE_DEVICE, STATUS_DEVICE_NOT_READY, 1);
    CHECK_EQUAL(devnode_remove(rig.bus_node), STATUS_DEVICE_NOT_READY);
    for (unsigned child = 0; child < 2; child++)
    {
        CHECK(devnode_file_opened(rig_node(children[child])));
        devnode_file_closed(rig_node(children[child]));
    }
    CHECK(devnode_file_opened(rig.bus_node));
    devnode_file_closed(rig.bus_node);
    finish();
}

static void removed_child_that_is_still_reported_comes_back(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    CHECK_EQUAL(devnode_remove(rig_node(children[0])), STATUS_SUCCESS);
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STATE_COUNT);
    rig_rescan();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    CHECK_EQUAL(devnode_child_count(rig.bus_node), 2);
    finish();
}

static void surprise_waits_for_the_last_file(void)
{
    struct rig_child *children[2];
    struct devnode *devnode;

    set_up_two(children);
    devnode = rig_node(children[0]);
    CHECK(devnode_file_opened(devnode));
    children[0]->present = false;
    rig_rescan();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_SURPRISE_REMOVED);
    CHECK(!journal_has("remove"));
    devnode_file_closed(devnode);
    pnp_settle();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STATE_COUNT);
    CHECK(journal_has("function:surprise pdo:surprise function:remove pdo:remove "));
    finish();
}

static void surprise_of_a_bus_waits_for_the_files_of_its_children(void)
{
    struct rig_child *children[2];
    struct devnode *devnode;

    set_up_two(children);
    devnode = rig_node(children[1]);
    CHECK(devnode_file_opened(devnode));
    CHECK_EQUAL(devnode_surprise_remove_begin(rig.bus_node), STATUS_SUCCESS);
    pnp_settle();
    CHECK(strcmp(rig_journal(), "function:surprise pdo:surprise function:surprise pdo:surprise bus:surprise "
                                "function:remove pdo:remove ") == 0);
    CHECK_EQUAL(devnode_state(rig.bus_node), DEVNODE_SURPRISE_REMOVED);
    rig_clear_journal();
    devnode_file_closed(devnode);
    pnp_settle();
    CHECK(strcmp(rig_journal(), "function:remove pdo:remove bus:remove ") == 0);
    CHECK_EQUAL(devnode_state(rig.bus_node), DEVNODE_REMOVED);
    rig_tear_down();
}

static void close_the_file(void *argument)
{
    devnode_file_closed(argument);
}

static void surprise_of_a_bus_can_be_waited_for(void)
{
    struct rig_child *children[2];
    struct nt_thread *closer;

    set_up_two(children);
    CHECK(devnode_file_opened(rig_node(children[0])));
    closer = nt_thread_start(close_the_file, rig_node(children[0]));
    CHECK_EQUAL(devnode_surprise_remove(rig.bus_node), STATUS_SUCCESS);
    CHECK_EQUAL(devnode_state(rig.bus_node), DEVNODE_REMOVED);
    nt_thread_join(closer);
    rig_tear_down();
}

static void removal_relations_go_first(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    children[0]->removal_relation = children[1];
    children[1]->removal_relation = children[0];
    rig_clear_journal();
    CHECK_EQUAL(devnode_remove(rig_node(children[0])), STATUS_SUCCESS);
    CHECK(journal_has("function:query_remove pdo:query_remove function:query_remove pdo:query_remove "
                      "function:remove pdo:remove function:remove pdo:remove "));
    pnp_settle();
    /* The bus has been asked again, and both are still there. */
    CHECK_EQUAL(rig_state(children[1]), DEVNODE_STARTED);
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    finish();
}

static void veto_of_a_relation_keeps_both(void)
{
    struct rig_child *children[2];
    struct devnode_veto veto;

    set_up_two(children);
    children[0]->removal_relation = children[1];
    CHECK(devnode_file_opened(rig_node(children[1])));
    CHECK_EQUAL(devnode_remove_or_veto(rig_node(children[0]), &veto), STATUS_DEVICE_BUSY);
    CHECK(strcmp(veto.who, "TEST\\TWO\\B") == 0);
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    devnode_file_closed(rig_node(children[1]));
    finish();
}

static void surprise_spreads_to_removal_relations(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    children[0]->removal_relation = children[1];
    children[0]->present = false;
    rig_rescan();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STATE_COUNT);
    /* It has gone, was still there when the bus was asked, and has come back. */
    CHECK_EQUAL(rig_state(children[1]), DEVNODE_STARTED);
    CHECK(journal_has("function:surprise "));
    finish();
}

static void eject_tells_the_bus_and_the_device_goes(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    children[0]->ejection_relation = children[1];
    CHECK_EQUAL(devnode_eject(rig_node(children[0]), NULL), STATUS_SUCCESS);
    CHECK(journal_has("pdo:remove pdo:eject "));
    pnp_settle();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STATE_COUNT);
    CHECK_EQUAL(rig_problem(children[1]), CM_PROB_HELD_FOR_EJECT);
    finish();
}

static void eject_that_fails_starts_the_device_again(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    children[0]->eject_status = STATUS_UNSUCCESSFUL;
    CHECK_EQUAL(devnode_eject(rig_node(children[0]), NULL), STATUS_UNSUCCESSFUL);
    pnp_settle();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    finish();
}

static void ejected(NTSTATUS status, PVOID context)
{
    *(NTSTATUS *)context = status;
}

static void request_to_eject_is_answered(void)
{
    NTSTATUS answers[2] = {STATUS_PENDING, STATUS_PENDING};
    struct rig_child *children[2];

    set_up_two(children);
    CHECK_EQUAL(IoRequestDeviceEjectEx(children[0]->pdo, ejected, &answers[0], rig.bus), STATUS_SUCCESS);
    pnp_settle();
    CHECK_EQUAL(answers[0], STATUS_SUCCESS);
    rig_no_faults();
    rig_fault("function", IRP_MN_QUERY_REMOVE_DEVICE, STATUS_ACCESS_DENIED, 0);
    CHECK_EQUAL(IoRequestDeviceEjectEx(children[1]->pdo, ejected, &answers[1], rig.bus), STATUS_SUCCESS);
    pnp_settle();
    CHECK_EQUAL(answers[1], STATUS_ACCESS_DENIED);
    CHECK_EQUAL(rig_state(children[1]), DEVNODE_STARTED);
    finish();
}

static void request_eject(PDEVICE_OBJECT device, PIRP irp)
{
    struct rig_child *child = &rig.children[0];

    (void)device;
    (void)irp;
    IoRequestDeviceEject(child->pdo);
    IoInvalidateDeviceRelations(rig.bus_pdo, BusRelations);
    IoInvalidateDeviceState(child->pdo);
}

static void requests_from_a_callback_do_not_deadlock(void)
{
    struct rig_child *child;

    rig_set_up();
    child = rig_add_child("TEST\\One", "A");
    rig_hook("function", IRP_MN_START_DEVICE, request_eject);
    rig_start();
    CHECK(journal_has("pdo:eject"));
    CHECK_EQUAL(rig_state(child), DEVNODE_STATE_COUNT);
    finish();
}

static void disabled_device_stays_and_starts_when_enabled(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    CHECK_EQUAL(devnode_disable(rig_node(children[0]), NULL), STATUS_SUCCESS);
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_REMOVED);
    CHECK_EQUAL(rig_problem(children[0]), CM_PROB_DISABLED);
    CHECK_EQUAL(devnode_start(rig_node(children[0])), STATUS_DEVICE_NOT_READY);
    rig_rescan();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_REMOVED);
    CHECK_EQUAL(devnode_enable(rig_node(children[0])), STATUS_SUCCESS);
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    CHECK_EQUAL(rig_problem(children[0]), 0);
    finish();
}

static void disabled_bus_loses_its_children_until_enabled(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    CHECK_EQUAL(devnode_disable(rig.bus_node, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(devnode_child_count(rig.bus_node), 0);
    CHECK_EQUAL(devnode_enable(rig.bus_node), STATUS_SUCCESS);
    pnp_settle();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    CHECK_EQUAL(rig_state(children[1]), DEVNODE_STARTED);
    finish();
}

static void device_that_cannot_be_disabled_keeps_its_bus(void)
{
    struct rig_child *children[2];
    struct devnode_veto veto;

    set_up_two(children);
    children[1]->pnp_state = PNP_DEVICE_NOT_DISABLEABLE;
    IoInvalidateDeviceState(children[1]->pdo);
    pnp_settle();
    CHECK_EQUAL(devnode_disable(rig.bus_node, &veto), STATUS_NOT_SUPPORTED);
    CHECK_EQUAL(veto.type, PNP_VetoNonDisableable);
    CHECK(strcmp(veto.who, "TEST\\TWO\\B") == 0);
    finish();
}

static void restart_removes_and_starts(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    CHECK_EQUAL(devnode_restart(rig_node(children[0]), NULL), STATUS_SUCCESS);
    CHECK(journal_has("function:remove pdo:remove function:add function:start pdo:start "));
    CHECK_EQUAL(rig_problem(children[0]), 0);
    finish();
}

static void stop_that_a_driver_refuses_is_cancelled(void)
{
    struct rig_child *children[2];
    struct devnode_veto veto;

    set_up_two(children);
    rig_fault("pdo", IRP_MN_QUERY_STOP_DEVICE, STATUS_DEVICE_BUSY, 1);
    CHECK_EQUAL(devnode_rebalance(rig_node(children[0]), &veto), STATUS_DEVICE_BUSY);
    CHECK(strcmp(rig_journal(), "function:query_stop pdo:query_stop function:cancel_stop pdo:cancel_stop ") == 0);
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    finish();
}

static void children_stop_before_their_bus_and_start_after_it(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    children[1]->present = false;
    rig_rescan();
    rig_clear_journal();
    CHECK_EQUAL(devnode_rebalance(rig.bus_node, NULL), STATUS_SUCCESS);
    CHECK(strcmp(rig_journal(), "function:query_stop pdo:query_stop bus:query_stop function:stop pdo:stop bus:stop "
                                "bus:start function:start pdo:start ") == 0);
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    finish();
}

static void veto_of_a_bus_lets_its_children_go_on(void)
{
    struct rig_child *children[2];
    struct devnode_veto veto = {0};

    set_up_two(children);
    rig_fault("bus", IRP_MN_QUERY_STOP_DEVICE, STATUS_DEVICE_BUSY, 1);
    CHECK_EQUAL(devnode_rebalance(rig.bus_node, &veto), STATUS_DEVICE_BUSY);
    CHECK(strcmp(veto.who, "ROOT\\BUS\\0000") == 0);
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    CHECK_EQUAL(rig_state(children[1]), DEVNODE_STARTED);
    CHECK_EQUAL(devnode_state(rig.bus_node), DEVNODE_STARTED);
    CHECK(journal_has("function:cancel_stop pdo:cancel_stop function:cancel_stop pdo:cancel_stop "));
    CHECK(!journal_has(":stop "));
    finish();
}

static void bus_that_does_not_start_again_takes_its_children_along(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    rig_fault("bus", IRP_MN_START_DEVICE, STATUS_DEVICE_CONFIGURATION_ERROR, 1);
    CHECK_EQUAL(devnode_rebalance(rig.bus_node, NULL), STATUS_DEVICE_CONFIGURATION_ERROR);
    CHECK_EQUAL(devnode_child_count(rig.bus_node), 0);
    CHECK_EQUAL(devnode_state(rig.bus_node), DEVNODE_REMOVED);
    rig_no_faults();
    CHECK_EQUAL(devnode_start(rig.bus_node), STATUS_SUCCESS);
    pnp_settle();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    finish();
}

static void child_that_does_not_start_again_leaves_its_sibling_alone(void)
{
    struct rig_child *children[2];
    bool first;

    set_up_two(children);
    rig_fault("function", IRP_MN_START_DEVICE, STATUS_DEVICE_CONFIGURATION_ERROR, 1);
    CHECK_EQUAL(devnode_rebalance(rig.bus_node, NULL), STATUS_SUCCESS);
    first = rig_state(children[0]) == DEVNODE_REMOVED;
    CHECK_EQUAL(rig_state(children[first ? 0 : 1]), DEVNODE_REMOVED);
    CHECK_EQUAL(rig_problem(children[first ? 0 : 1]), CM_PROB_FAILED_START);
    CHECK_EQUAL(rig_state(children[first ? 1 : 0]), DEVNODE_STARTED);
    finish();
}

/* The bus would have to wait for a close that may never come. */
static void lost_child_with_an_open_file_is_a_veto_for_its_bus(void)
{
    struct rig_child *children[2];
    struct devnode_veto veto = {0};
    struct devnode *lost;

    set_up_two(children);
    lost = rig_node(children[0]);
    devnode_reference(lost);
    CHECK(devnode_file_opened(lost));
    children[0]->present = false;
    rig_rescan();
    CHECK_EQUAL(devnode_state(lost), DEVNODE_SURPRISE_REMOVED);
    CHECK_EQUAL(devnode_remove_or_veto(rig.bus_node, &veto), STATUS_DEVICE_BUSY);
    CHECK_EQUAL(veto.type, PNP_VetoOutstandingOpen);
    CHECK_EQUAL(rig_state(children[1]), DEVNODE_STARTED);
    devnode_file_closed(lost);
    pnp_settle();
    CHECK_EQUAL(devnode_state(lost), DEVNODE_REMOVED);
    devnode_release(lost);
    finish();
}

static void restart_after_a_stop_that_fails_removes_the_device(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    rig_fault("function", IRP_MN_START_DEVICE, STATUS_DEVICE_CONFIGURATION_ERROR, 1);
    CHECK_EQUAL(devnode_rebalance(rig_node(children[0]), NULL), STATUS_DEVICE_CONFIGURATION_ERROR);
    CHECK(journal_has("function:stop pdo:stop function:start pdo:start function:surprise pdo:surprise "
                      "function:remove pdo:remove "));
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_REMOVED);
    CHECK_EQUAL(rig_problem(children[0]), CM_PROB_FAILED_START);
    CHECK_EQUAL(devnode_start(rig_node(children[0])), STATUS_SUCCESS);
    finish();
}

static void device_that_says_that_it_failed_is_removed(void)
{
    static const struct
    {
        PNP_DEVICE_STATE state;
        uint32_t problem;
    } rows[] = {
        {PNP_DEVICE_FAILED, CM_PROB_FAILED_POST_START},
        {PNP_DEVICE_REMOVED, CM_PROB_DEVICE_NOT_THERE},
        {PNP_DEVICE_DISABLED, CM_PROB_HARDWARE_DISABLED},
    };

    for (size_t index = 0; index < ARRAYSIZE(rows); index++)
    {
        struct rig_child *children[2];

        set_up_two(children);
        children[0]->pnp_state = rows[index].state;
        IoInvalidateDeviceState(children[0]->pdo);
        pnp_settle();
        CHECK_EQUAL(rig_state(children[0]), DEVNODE_REMOVED);
        CHECK_EQUAL(rig_problem(children[0]), rows[index].problem);
        CHECK(strcmp(rig_journal(), "function:surprise pdo:surprise function:remove pdo:remove ") == 0);
        finish();
    }
}

static void changed_requirements_stop_and_start_the_device(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    children[0]->pnp_state = PNP_DEVICE_RESOURCE_REQUIREMENTS_CHANGED;
    IoInvalidateDeviceState(children[0]->pdo);
    pnp_settle();
    CHECK(strcmp(rig_journal(), "function:query_stop pdo:query_stop function:stop pdo:stop function:start pdo:start ") == 0);
    finish();
}

static void usage_notification_may_be_refused(void)
{
    struct rig_child *children[2];

    set_up_two(children);
    CHECK_EQUAL(devnode_notify_usage(rig_node(children[0]), DeviceUsageTypePaging, true), STATUS_SUCCESS);
    rig_fault("function", IRP_MN_DEVICE_USAGE_NOTIFICATION, STATUS_UNSUCCESSFUL, 1);
    CHECK_EQUAL(devnode_notify_usage(rig_node(children[0]), DeviceUsageTypePaging, false), STATUS_UNSUCCESSFUL);
    finish();
}

static void device_that_asks_for_it_begins_anew(void)
{
    struct rig_child *children[2];
    struct devnode *devnode;

    set_up_two(children);
    devnode = rig_node(children[0]);
    CHECK(devnode_file_opened(devnode));
    devnode_request_restart(devnode);
    pnp_settle();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_SURPRISE_REMOVED);
    CHECK_EQUAL(rig_problem(children[0]), CM_PROB_NEED_RESTART);
    devnode_file_closed(devnode);
    pnp_settle();
    CHECK(journal_has("function:surprise pdo:surprise function:remove pdo:remove function:add function:start pdo:start "));
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    CHECK_EQUAL(rig_problem(children[0]), 0);
    devnode_request_restart(rig.bus_node);
    pnp_settle();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    finish();
}

static void questions_to_a_stack_are_passed_through(void)
{
    static const GUID type = {1, 2, 3, {4}};
    INTERFACE interface = {0};
    struct rig_child *children[2];
    PDEVICE_OBJECT pdo;
    int context;

    set_up_two(children);
    CHECK_EQUAL(devnode_query_interface(rig_node(children[0]), &type, sizeof(interface), 7, &interface, &context),
                STATUS_SUCCESS);
    CHECK(interface.Context == &context && interface.Version == 7);
    CHECK_EQUAL(devnode_query_interface(rig_node(children[0]), &type, 4, 7, &interface, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(devnode_query_interface(rig.bus_node, &type, sizeof(interface), 7, &interface, NULL), STATUS_NOT_SUPPORTED);
    CHECK_EQUAL(devnode_query_target(rig_node(children[0]), &pdo), STATUS_SUCCESS);
    CHECK(pdo == children[0]->pdo);
    ObDereferenceObject(pdo);
    CHECK_EQUAL(devnode_query_target(rig.bus_node, &pdo), STATUS_SUCCESS);
    CHECK(pdo == rig.bus_pdo);
    ObDereferenceObject(pdo);
    finish();
}

static void synchronous_invalidation_returns_after_the_question(void)
{
    struct rig_child *children[2];
    struct rig_child *third;

    set_up_two(children);
    third = rig_add_child("TEST\\Three", "C");
    CHECK_EQUAL(IoSynchronousInvalidateDeviceRelations(rig.bus_pdo, BusRelations), STATUS_SUCCESS);
    CHECK(rig_node(third) != NULL);
    CHECK_EQUAL(IoSynchronousInvalidateDeviceRelations(rig.bus_pdo, PowerRelations), STATUS_NOT_SUPPORTED);
    finish();
}

/*
 * Time limits.
 */

static char said[1024];

static void listen_to_report(const char *text, void *context)
{
    struct run_event *reported = context;

    strncpy(said, text, sizeof(said) - 1);
    run_event_set(reported);
}

static struct run_event *report_heard;

static void wait_for_report(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    (void)irp;
    run_event_wait(report_heard);
}

static void driver_that_is_stuck_is_named_and_waited_for(void)
{
    struct rig_child *child;

    rig_set_up();
    child = rig_add_child("TEST\\One", "A");
    report_heard = run_event_create();
    CHECK(report_heard != NULL);
    /* On real threads nobody wants to wait for a minute. */
    pnp_set_report(listen_to_report, report_heard, nt_is_simulated() ? 0 : 20000000);
    rig_hook("function", IRP_MN_START_DEVICE, wait_for_report);
    rig_start();
    CHECK_EQUAL(rig_state(child), DEVNODE_STARTED);
    CHECK(strstr(said, "IRP_MN_START_DEVICE of TEST\\ONE\\A") != NULL);
    CHECK(strstr(said, "\\Driver\\function") != NULL);
    pnp_set_report(NULL, NULL, 0);
    run_event_free(report_heard);
    finish();
}

/*
 * Things that happen at the same time.
 */

static void rescan_a_while(void *argument)
{
    (void)argument;
    for (int round = 0; round < 3; round++)
    {
        IoInvalidateDeviceRelations(rig.bus_pdo, BusRelations);
        (void)InterlockedXor(&rig.children[1].present, 1);
    }
}

static void invalidation_during_removal_does_no_harm(void)
{
    struct rig_child *children[2];
    struct nt_thread *thread;
    NTSTATUS status;

    set_up_two(children);
    ObReferenceObject(rig.bus_pdo);
    thread = nt_thread_start(rescan_a_while, NULL);
    status = devnode_remove(rig.bus_node);
    nt_thread_join(thread);
    pnp_settle();
    CHECK_EQUAL(status, STATUS_SUCCESS);
    CHECK_EQUAL(devnode_state(rig.bus_node), DEVNODE_REMOVED);
    CHECK_EQUAL(devnode_child_count(rig.bus_node), 0);
    ObDereferenceObject(rig.bus_pdo);
    rig_tear_down();
}

static void pull_the_bus(void *argument)
{
    (void)argument;
    (void)devnode_surprise_remove_begin(rig.bus_node);
}

static void removal_in_the_middle_of_a_start(void)
{
    struct nt_thread *thread;

    rig_set_up();
    (void)rig_add_child("TEST\\One", "A");
    (void)rig_add_child("TEST\\Two", "B");
    thread = nt_thread_start(pull_the_bus, NULL);
    (void)devnode_start(rig.bus_node);
    nt_thread_join(thread);
    pnp_settle();
    if (devnode_state(rig.bus_node) == DEVNODE_STARTED)
    {
        rig_remove_bus();
    }
    CHECK_EQUAL(devnode_state(rig.bus_node), DEVNODE_REMOVED);
    CHECK_EQUAL(devnode_child_count(rig.bus_node), 0);
    rig_tear_down();
}

static void cycle_a_child(void *argument)
{
    struct devnode *devnode = argument;

    for (int round = 0; round < 3; round++)
    {
        CHECK_EQUAL(devnode_disable(devnode, NULL), STATUS_SUCCESS);
        CHECK_EQUAL(devnode_enable(devnode), STATUS_SUCCESS);
    }
}

static void siblings_come_and_go_at_once(void)
{
    struct rig_child *children[2];
    struct nt_thread *threads[2];

    set_up_two(children);
    threads[0] = nt_thread_start(cycle_a_child, rig_node(children[0]));
    threads[1] = nt_thread_start(cycle_a_child, rig_node(children[1]));
    IoInvalidateDeviceRelations(rig.bus_pdo, BusRelations);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    pnp_settle();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    CHECK_EQUAL(rig_state(children[1]), DEVNODE_STARTED);
    finish();
}

static void remove_a_child(void *argument)
{
    NTSTATUS status = devnode_remove(argument);

    CHECK(status == STATUS_SUCCESS || status == STATUS_NO_SUCH_DEVICE || status == STATUS_INVALID_DEVICE_STATE);
}

static void two_removals_that_mean_each_other(void)
{
    struct rig_child *children[2];
    struct devnode *devnodes[2];
    struct nt_thread *thread;

    set_up_two(children);
    children[0]->removal_relation = children[1];
    children[1]->removal_relation = children[0];
    devnodes[0] = rig_node(children[0]);
    devnodes[1] = rig_node(children[1]);
    devnode_reference(devnodes[0]);
    devnode_reference(devnodes[1]);
    thread = nt_thread_start(remove_a_child, devnodes[0]);
    remove_a_child(devnodes[1]);
    nt_thread_join(thread);
    devnode_release(devnodes[0]);
    devnode_release(devnodes[1]);
    pnp_settle();
    rig_rescan();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    CHECK_EQUAL(rig_state(children[1]), DEVNODE_STARTED);
    finish();
}

static struct run_event *sibling_started;

/* The first child's start waits until the second one has started: they must proceed in parallel. */
static void wait_for_sibling(PDEVICE_OBJECT device, PIRP irp)
{
    (void)irp;
    if (device->AttachedDevice != NULL && device == rig.children[0].pdo)
    {
        run_event_wait(sibling_started);
    }
    else
    {
        run_event_set(sibling_started);
    }
}

static void child_may_wait_for_its_sibling(void)
{
    struct rig_child *children[2];

    rig_set_up();
    children[0] = rig_add_child("TEST\\One", "A");
    children[1] = rig_add_child("TEST\\Two", "B");
    sibling_started = run_event_create();
    CHECK(sibling_started != NULL);
    rig_hook("pdo", IRP_MN_START_DEVICE, wait_for_sibling);
    rig_start();
    CHECK_EQUAL(rig_state(children[0]), DEVNODE_STARTED);
    CHECK_EQUAL(rig_state(children[1]), DEVNODE_STARTED);
    run_event_free(sibling_started);
    finish();
}

/*
 * Memory.
 */

/* The whole life of a bus, with everything that can be asked for; what fails is tried again without the failure. */
static void live(void)
{
    struct rig_child *first;
    struct rig_child *second;

    if (!NT_SUCCESS(rig_try_set_up()))
    {
        run_alloc_fail_at(0);
        return;
    }
    first = rig_add_child("TEST\\One", "A");
    second = rig_add_child("TEST\\Two", "B");
    first->interrupt = 3;
    first->removal_relation = second;
    (void)devnode_add_filter(DEVNODE_FILTER_UPPER_CLASS, "TestClass", "upper");
    if (!NT_SUCCESS(devnode_start(rig.bus_node)))
    {
        CHECK_EQUAL(devnode_start(rig.bus_node), STATUS_SUCCESS);
    }
    pnp_settle();
    rig_rescan();
    rig_rescan();
    CHECK_EQUAL(rig_state(first), DEVNODE_STARTED);
    CHECK_EQUAL(rig_state(second), DEVNODE_STARTED);
    while (devnode_restart(rig_node(first), NULL) != STATUS_SUCCESS)
    {
        (void)devnode_start(rig_node(first));
    }
    pnp_settle();
    second->present = false;
    rig_rescan();
    rig_rescan();
    CHECK_EQUAL(rig_state(second), DEVNODE_STATE_COUNT);
    while (devnode_remove(rig.bus_node) != STATUS_SUCCESS)
    {
    }
    CHECK_EQUAL(devnode_child_count(rig.bus_node), 0);
    rig_tear_down();
}

static void life_without_memory_somewhere(void)
{
    live();
    nt_fail_each_allocation(live);
}

const struct nt_case nt_cases[] = {
    CASE(subtree_is_asked_and_removed_children_first),
    CASE(veto_of_a_child_keeps_everything),
    CASE(veto_of_a_listener_comes_before_the_drivers_are_asked),
    CASE(open_file_is_a_veto),
    CASE(nobody_opens_what_has_agreed_to_go),
    CASE(files_are_opened_again_when_the_removal_is_called_off),
    CASE(removed_child_that_is_still_reported_comes_back),
    CASE(surprise_waits_for_the_last_file),
    CASE(surprise_of_a_bus_waits_for_the_files_of_its_children),
    CASE(surprise_of_a_bus_can_be_waited_for),
    CASE(removal_relations_go_first),
    CASE(veto_of_a_relation_keeps_both),
    CASE(surprise_spreads_to_removal_relations),
    CASE(eject_tells_the_bus_and_the_device_goes),
    CASE(eject_that_fails_starts_the_device_again),
    CASE(request_to_eject_is_answered),
    CASE(requests_from_a_callback_do_not_deadlock),
    CASE(disabled_device_stays_and_starts_when_enabled),
    CASE(disabled_bus_loses_its_children_until_enabled),
    CASE(device_that_cannot_be_disabled_keeps_its_bus),
    CASE(restart_removes_and_starts),
    CASE(stop_that_a_driver_refuses_is_cancelled),
    CASE(children_stop_before_their_bus_and_start_after_it),
    CASE(veto_of_a_bus_lets_its_children_go_on),
    CASE(bus_that_does_not_start_again_takes_its_children_along),
    CASE(child_that_does_not_start_again_leaves_its_sibling_alone),
    CASE(lost_child_with_an_open_file_is_a_veto_for_its_bus),
    CASE(restart_after_a_stop_that_fails_removes_the_device),
    CASE(device_that_says_that_it_failed_is_removed),
    CASE(changed_requirements_stop_and_start_the_device),
    CASE(usage_notification_may_be_refused),
    CASE(device_that_asks_for_it_begins_anew),
    CASE(questions_to_a_stack_are_passed_through),
    CASE(synchronous_invalidation_returns_after_the_question),
    CASE(driver_that_is_stuck_is_named_and_waited_for),
    CASE(invalidation_during_removal_does_no_harm),
    CASE(removal_in_the_middle_of_a_start),
    CASE(siblings_come_and_go_at_once),
    CASE(two_removals_that_mean_each_other),
    CASE(child_may_wait_for_its_sibling),
    CASE(life_without_memory_somewhere),
    CASES_END,
};
