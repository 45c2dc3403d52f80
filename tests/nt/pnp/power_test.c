/* SPDX-License-Identifier: MIT */
/*
 * Power: the machine's transitions, requests of drivers, idle detection, settings, shutdown.
 */
#include "rig.h"

#include <stdio.h>
#include <string.h>

#include "nt/include/um/cfg.h"
#include "nt/power/system.h"
#include "nt/run.h"
#include "nt_case.h"

static bool journal_has(const char *text)
{
    return strstr(rig_journal(), text) != NULL;
}

static void finish(void)
{
    rig_no_faults();
    CHECK_EQUAL(machine_switch_on(), STATUS_SUCCESS);
    rig_remove_bus();
    rig_tear_down();
}

static struct rig_child *set_up_one(void)
{
    struct rig_child *child;

    rig_set_up();
    child = rig_add_child("TEST\\One", "A");
    rig_start();
    rig_clear_journal();
    return child;
}

/* What each state does with each event; -1 is refused. */
static void every_state_knows_what_each_event_means(void)
{
    static const int expected[MACHINE_POWER_STATE_COUNT][MACHINE_POWER_EVENT_COUNT] = {
        /* Columns: sleep, success, failure, wake, shutdown, switch on. */
        [MACHINE_WORKING] = {MACHINE_ASKING, -1, -1, -1, MACHINE_SHUTTING_DOWN, MACHINE_WORKING},
        [MACHINE_ASKING] = {-1, MACHINE_FALLING_ASLEEP, MACHINE_CANCELLING, -1, -1, -1},
        [MACHINE_FALLING_ASLEEP] = {-1, MACHINE_ASLEEP, -1, -1, -1, -1},
        [MACHINE_ASLEEP] = {-1, -1, -1, MACHINE_WAKING, -1, MACHINE_WORKING},
        [MACHINE_WAKING] = {-1, MACHINE_WORKING, -1, -1, -1, -1},
        [MACHINE_CANCELLING] = {-1, MACHINE_WORKING, -1, -1, -1, -1},
        [MACHINE_SHUTTING_DOWN] = {-1, MACHINE_OFF, -1, -1, -1, -1},
        [MACHINE_OFF] = {-1, -1, -1, -1, -1, MACHINE_WORKING},
    };

    for (int state = 0; state < MACHINE_POWER_STATE_COUNT; state++)
    {
        for (int event = 0; event < MACHINE_POWER_EVENT_COUNT; event++)
        {
            enum machine_power_state next = MACHINE_POWER_STATE_COUNT;
            bool known = machine_power_transition((enum machine_power_state)state, (enum machine_power_event)event, &next);

            CHECK_EQUAL(known ? (int)next : -1, expected[state][event]);
        }
    }
}

static void machine_sleeps_from_the_leaves_and_wakes_from_the_root(void)
{
    (void)set_up_one();
    CHECK_EQUAL(machine_sleep(PowerSystemSleeping3, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(machine_power_state(), MACHINE_ASLEEP);
    CHECK(strcmp(rig_journal(), "function:query_S3 pdo:query_S3 bus:query_S3 function:set_S3 pdo:set_S3 bus:set_S3 ") == 0);
    rig_clear_journal();
    CHECK_EQUAL(machine_wake(), STATUS_SUCCESS);
    CHECK_EQUAL(machine_power_state(), MACHINE_WORKING);
    CHECK(strcmp(rig_journal(), "bus:set_S0 function:set_S0 pdo:set_S0 ") == 0);
    finish();
}

static void policy_owner_sends_device_packets_inside_the_system_packet(void)
{
    (void)set_up_one();
    rig.owns_policy = true;
    CHECK_EQUAL(machine_sleep(PowerSystemSleeping3, NULL), STATUS_SUCCESS);
    CHECK(journal_has("function:set_S3 function:set_D3 pdo:set_D3 pdo:set_S3 bus:set_S3 "));
    rig_clear_journal();
    CHECK_EQUAL(machine_wake(), STATUS_SUCCESS);
    CHECK(strcmp(rig_journal(), "bus:set_S0 function:set_S0 function:set_D0 pdo:set_D0 pdo:set_S0 ") == 0);
    finish();
}

static void veto_tells_those_who_agreed_that_the_machine_works_on(void)
{
    struct devnode_veto veto;

    (void)set_up_one();
    rig_fault("bus", RIG_POWER(IRP_MN_QUERY_POWER), STATUS_DEVICE_BUSY, 1);
    CHECK_EQUAL(machine_sleep(PowerSystemSleeping1, &veto), STATUS_DEVICE_BUSY);
    CHECK_EQUAL(machine_power_state(), MACHINE_WORKING);
    CHECK(strcmp(veto.who, "ROOT\\BUS\\0000") == 0);
    CHECK_EQUAL(veto.type, PNP_VetoDriver);
    CHECK(strcmp(rig_journal(), "function:query_S1 pdo:query_S1 bus:query_S1 function:set_S0 pdo:set_S0 ") == 0);
    finish();
}

static void states_that_are_none_are_refused(void)
{
    (void)set_up_one();
    CHECK_EQUAL(machine_sleep(PowerSystemWorking, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(machine_sleep(PowerSystemShutdown, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(machine_wake(), STATUS_INVALID_DEVICE_STATE);
    CHECK_EQUAL(machine_shutdown(PowerActionSleep), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(machine_sleep(PowerSystemHibernate, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(machine_sleep(PowerSystemSleeping1, NULL), STATUS_INVALID_DEVICE_STATE);
    CHECK_EQUAL(machine_wake(), STATUS_SUCCESS);
    finish();
}

static void check_context(PDEVICE_OBJECT device, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);

    (void)device;
    CHECK_EQUAL(irp->IoStatus.Status, STATUS_NOT_SUPPORTED);
    CHECK_EQUAL(location->Parameters.Power.Type, SystemPowerState);
    CHECK_EQUAL(location->Parameters.Power.ShutdownType, PowerActionHibernate);
    CHECK_EQUAL(location->Parameters.Power.SystemPowerStateContext.TargetSystemState, PowerSystemHibernate);
    CHECK_EQUAL(location->Parameters.Power.SystemPowerStateContext.CurrentSystemState, PowerSystemWorking);
}

static void system_packet_says_where_it_goes_and_why(void)
{
    (void)set_up_one();
    rig_hook("function", RIG_POWER(IRP_MN_SET_POWER), check_context);
    CHECK_EQUAL(machine_sleep(PowerSystemHibernate, NULL), STATUS_SUCCESS);
    rig_no_faults();
    finish();
}

/*
 * Requests of drivers.
 */

struct answer
{
    struct run_event *event;
    UCHAR minor;
    POWER_STATE state;
    NTSTATUS status;
};

static VOID answered(PDEVICE_OBJECT device, UCHAR minor, POWER_STATE state, PVOID context, PIO_STATUS_BLOCK status)
{
    struct answer *answer = context;

    CHECK(device != NULL);
    answer->minor = minor;
    answer->state = state;
    answer->status = status->Status;
    run_event_set(answer->event);
}

static void request_is_answered_with_what_was_asked(void)
{
    POWER_STATE state = {.DeviceState = PowerDeviceD2};
    struct answer answer = {.event = run_event_create()};
    struct rig_child *child = set_up_one();

    CHECK_EQUAL(PoRequestPowerIrp(child->pdo, IRP_MN_SET_POWER, state, answered, &answer, NULL), STATUS_PENDING);
    run_event_wait(answer.event);
    CHECK_EQUAL(answer.minor, IRP_MN_SET_POWER);
    CHECK_EQUAL(answer.state.DeviceState, PowerDeviceD2);
    CHECK_EQUAL(answer.status, STATUS_SUCCESS);
    CHECK(strcmp(rig_journal(), "function:set_D2 pdo:set_D2 ") == 0);
    CHECK_EQUAL(PoRequestPowerIrp(child->pdo, IRP_MN_POWER_SEQUENCE, state, answered, &answer, NULL),
                STATUS_INVALID_PARAMETER_2);
    run_event_free(answer.event);
    finish();
}

static PIRP held;

static VOID held_was_answered(PDEVICE_OBJECT device, UCHAR minor, POWER_STATE state, PVOID context, PIO_STATUS_BLOCK status)
{
    (void)device;
    (void)minor;
    (void)status;
    rig_write("answer", state.DeviceState == PowerDeviceD3 ? "D3" : "D0");
    if (context != NULL)
    {
        run_event_set(context);
    }
}

/* The second request is made while the first is still in the function driver's hands. */
static void ask_for_more(PDEVICE_OBJECT device, PIRP irp)
{
    POWER_STATE state = {.DeviceState = PowerDeviceD0};

    (void)irp;
    if (IoGetCurrentIrpStackLocation(irp)->Parameters.Power.State.DeviceState == PowerDeviceD3)
    {
        CHECK_EQUAL(PoRequestPowerIrp(device, IRP_MN_SET_POWER, state, held_was_answered, held, NULL), STATUS_PENDING);
    }
}

static void device_packets_of_a_stack_go_one_after_the_other(void)
{
    POWER_STATE state = {.DeviceState = PowerDeviceD3};
    struct run_event *done = run_event_create();
    struct rig_child *child = set_up_one();

    held = (PIRP)done;
    rig_hook("function", RIG_POWER(IRP_MN_SET_POWER), ask_for_more);
    CHECK_EQUAL(PoRequestPowerIrp(child->pdo, IRP_MN_SET_POWER, state, held_was_answered, NULL, NULL), STATUS_PENDING);
    run_event_wait(done);
    CHECK(strcmp(rig_journal(), "function:set_D3 pdo:set_D3 answer:D3 function:set_D0 pdo:set_D0 answer:D0 ") == 0);
    run_event_free(done);
    finish();
}

static void wait_wake_can_be_cancelled_by_its_sender(void)
{
    POWER_STATE state = {.SystemState = PowerSystemSleeping3};
    struct answer answer = {.event = run_event_create()};
    struct rig_child *child = set_up_one();
    PIRP irp = NULL;

    CHECK_EQUAL(PoRequestPowerIrp(child->pdo, IRP_MN_WAIT_WAKE, state, answered, &answer, &irp), STATUS_PENDING);
    CHECK(irp != NULL && rig.wait_wake == irp);
    CHECK(IoCancelIrp(irp));
    run_event_wait(answer.event);
    CHECK_EQUAL(answer.status, STATUS_CANCELLED);
    run_event_free(answer.event);
    finish();
}

static struct run_event *rested;

static void note_rest(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    (void)irp;
    run_event_set(rested);
}

static void device_that_signals_wakes_the_machine(void)
{
    POWER_STATE state = {.SystemState = PowerSystemSleeping3};
    struct answer answer = {.event = run_event_create()};
    struct rig_child *child = set_up_one();
    PIRP irp = NULL;

    CHECK_EQUAL(PoRequestPowerIrp(child->pdo, IRP_MN_WAIT_WAKE, state, answered, &answer, &irp), STATUS_PENDING);
    CHECK_EQUAL(machine_sleep(PowerSystemSleeping3, NULL), STATUS_SUCCESS);
    CHECK(machine_woken_by() == NULL);
    rested = run_event_create();
    rig_hook("pdo", RIG_POWER(IRP_MN_SET_POWER), note_rest);
    rig_clear_journal();
    (void)IoSetCancelRoutine(irp, NULL);
    PoSetSystemWake(irp);
    CHECK(PoGetSystemWake(irp));
    irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    run_event_wait(answer.event);
    run_event_wait(rested);
    /* Nobody drives a device before the machine is awake, so when this is through it is. */
    CHECK_EQUAL(devnode_enumerate(rig.bus_node), STATUS_SUCCESS);
    CHECK_EQUAL(machine_power_state(), MACHINE_WORKING);
    CHECK(machine_woken_by() == child->pdo);
    CHECK(journal_has("bus:set_S0 function:set_S0 pdo:set_S0 "));
    run_event_free(answer.event);
    run_event_free(rested);
    finish();
}

static void power_state_of_a_device_is_remembered(void)
{
    POWER_STATE state = {.DeviceState = PowerDeviceD0};
    struct rig_child *child = set_up_one();

    CHECK_EQUAL(PoSetPowerState(child->pdo, DevicePowerState, state).DeviceState, PowerDeviceUnspecified);
    state.DeviceState = PowerDeviceD3;
    CHECK_EQUAL(PoSetPowerState(child->pdo, DevicePowerState, state).DeviceState, PowerDeviceD0);
    state.SystemState = PowerSystemWorking;
    CHECK_EQUAL(PoSetPowerState(child->pdo, SystemPowerState, state).SystemState, PowerSystemUnspecified);
    CHECK_EQUAL(PoSetPowerState(child->pdo, DevicePowerState, state).DeviceState, PowerDeviceD3);
    finish();
}

static ULONG watchdog;

static void look_at_watchdog(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    (void)irp;
    CHECK(PoQueryWatchdogTime(rig.children[0].pdo, &watchdog));
}

static void watchdog_tells_what_is_left(void)
{
    POWER_STATE state = {.DeviceState = PowerDeviceD3};
    struct answer answer = {.event = run_event_create()};
    struct rig_child *child = set_up_one();
    ULONG none;

    CHECK(!PoQueryWatchdogTime(child->pdo, &none));
    rig_hook("function", RIG_POWER(IRP_MN_SET_POWER), look_at_watchdog);
    CHECK_EQUAL(PoRequestPowerIrp(child->pdo, IRP_MN_SET_POWER, state, answered, &answer, NULL), STATUS_PENDING);
    run_event_wait(answer.event);
    CHECK(watchdog <= 60);
    run_event_free(answer.event);
    finish();
}

/*
 * Idle detection: in seconds, so only where time is virtual.
 */

static void device_that_rests_is_sent_to_its_idle_state(void)
{
    POWER_STATE state = {.DeviceState = PowerDeviceD0};
    struct answer answer = {0};
    struct rig_child *child;
    PULONG counter;

    if (!nt_is_simulated())
    {
        return;
    }
    child = set_up_one();
    answer.event = run_event_create();
    rested = run_event_create();
    rig_hook("pdo", RIG_POWER(IRP_MN_SET_POWER), note_rest);
    counter = PoRegisterDeviceForIdleDetection(child->pdo, 5, 5, PowerDeviceD3);
    CHECK(counter != NULL);
    CHECK(PoRegisterDeviceForIdleDetection(child->pdo, 7, 7, PowerDeviceD3) == counter);
    PoStartDeviceBusy(counter);
    PoEndDeviceBusy(counter);
    PoSetDeviceBusyEx(counter);
    run_event_wait(rested);
    rig_no_faults();
    /* One packet goes after the other, so when this one is through the first one is. */
    CHECK_EQUAL(PoRequestPowerIrp(child->pdo, IRP_MN_SET_POWER, state, answered, &answer, NULL), STATUS_PENDING);
    run_event_wait(answer.event);
    run_event_free(answer.event);
    CHECK(journal_has("function:set_D3 pdo:set_D3 function:set_D0 pdo:set_D0 "));
    CHECK(*counter >= 7);
    CHECK(PoRegisterDeviceForIdleDetection(child->pdo, 0, 0, PowerDeviceD3) == NULL);
    run_event_free(rested);
    finish();
}

static void deleted_device_is_not_watched_any_more(void)
{
    struct rig_child *child = set_up_one();

    CHECK(PoRegisterDeviceForIdleDetection(child->pdo, 100, 100, PowerDeviceD3) != NULL);
    child->present = false;
    rig_rescan();
    CHECK(child->pdo == NULL);
    finish();
}

/*
 * Settings.
 */

static const GUID setting = {0x11223344, 0x5566, 0x7788, {1, 2, 3, 4, 5, 6, 7, 8}};
static const GUID display = {0x6fe69556, 0x704a, 0x47a0, {0x8f, 0x24, 0xc2, 0x8d, 0x93, 0x6f, 0xda, 0x47}};

struct heard
{
    unsigned calls;
    ULONG value;
    void *handle;
    bool unregisters;
};

static NTSTATUS setting_changed(LPCGUID guid, PVOID value, ULONG length, PVOID context)
{
    struct heard *heard = context;

    CHECK(memcmp(guid, &setting, sizeof(setting)) == 0 || memcmp(guid, &display, sizeof(display)) == 0);
    heard->calls++;
    heard->value = length == sizeof(ULONG) ? *(ULONG *)value : 0;
    if (heard->unregisters)
    {
        CHECK_EQUAL(PoUnregisterPowerSettingCallback(heard->handle), STATUS_SUCCESS);
    }
    return STATUS_SUCCESS;
}

static void callback_hears_the_value_at_once_and_each_change(void)
{
    struct heard first = {0};
    struct heard second = {0};
    ULONG value = 7;

    CHECK_EQUAL(PoRegisterPowerSettingCallback(NULL, &display, setting_changed, &first, &first.handle), STATUS_SUCCESS);
    CHECK_EQUAL(first.calls, 1);
    CHECK_EQUAL(first.value, 1);
    CHECK_EQUAL(PoRegisterPowerSettingCallback(NULL, &setting, setting_changed, &second, &second.handle), STATUS_SUCCESS);
    CHECK_EQUAL(second.calls, 0);
    CHECK_EQUAL(power_set_setting(&setting, &value, sizeof(value)), STATUS_SUCCESS);
    CHECK_EQUAL(second.calls, 1);
    CHECK_EQUAL(second.value, 7);
    CHECK_EQUAL(first.calls, 1);
    CHECK_EQUAL(PoUnregisterPowerSettingCallback(first.handle), STATUS_SUCCESS);
    CHECK_EQUAL(PoUnregisterPowerSettingCallback(second.handle), STATUS_SUCCESS);
    CHECK_EQUAL(PoUnregisterPowerSettingCallback(second.handle), STATUS_INVALID_HANDLE);
    CHECK_EQUAL(power_set_setting(&setting, NULL, 0), STATUS_SUCCESS);
    CHECK_EQUAL(second.calls, 1);
    CHECK_EQUAL(PoRegisterPowerSettingCallback(NULL, NULL, setting_changed, &first, &first.handle),
                STATUS_INVALID_PARAMETER);
    power_forget_settings();
}

static void callback_may_unregister_itself(void)
{
    struct heard heard = {.unregisters = true};
    ULONG value = 7;

    CHECK_EQUAL(PoRegisterPowerSettingCallback(NULL, &setting, setting_changed, &heard, &heard.handle), STATUS_SUCCESS);
    CHECK_EQUAL(power_set_setting(&setting, &value, sizeof(value)), STATUS_SUCCESS);
    CHECK_EQUAL(power_set_setting(&setting, &value, sizeof(value)), STATUS_SUCCESS);
    CHECK_EQUAL(heard.calls, 1);
    power_forget_settings();
}

static void change_setting(void *argument)
{
    ULONG value = 3;

    (void)argument;
    CHECK_EQUAL(power_set_setting(&setting, &value, sizeof(value)), STATUS_SUCCESS);
}

/* The context is on this stack: whoever is still called after the unregistration would find it gone. */
static void nothing_is_called_after_unregistration(void)
{
    struct nt_thread *threads[2];
    struct heard heard = {0};
    unsigned calls;

    CHECK_EQUAL(PoRegisterPowerSettingCallback(NULL, &setting, setting_changed, &heard, &heard.handle), STATUS_SUCCESS);
    threads[0] = nt_thread_start(change_setting, NULL);
    threads[1] = nt_thread_start(change_setting, NULL);
    CHECK_EQUAL(PoUnregisterPowerSettingCallback(heard.handle), STATUS_SUCCESS);
    calls = heard.calls;
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    CHECK_EQUAL(heard.calls, calls);
    power_forget_settings();
}

static void set_to(void *argument)
{
    CHECK_EQUAL(power_set_setting(&setting, argument, sizeof(ULONG)), STATUS_SUCCESS);
}

static void what_is_heard_last_is_the_value(void)
{
    ULONG values[2] = {1, 2};
    struct nt_thread *threads[2];
    struct heard heard = {0};
    struct heard now = {0};

    CHECK_EQUAL(PoRegisterPowerSettingCallback(NULL, &setting, setting_changed, &heard, &heard.handle), STATUS_SUCCESS);
    threads[0] = nt_thread_start(set_to, &values[0]);
    threads[1] = nt_thread_start(set_to, &values[1]);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    CHECK_EQUAL(PoRegisterPowerSettingCallback(NULL, &setting, setting_changed, &now, &now.handle), STATUS_SUCCESS);
    CHECK_EQUAL(heard.value, now.value);
    CHECK_EQUAL(PoUnregisterPowerSettingCallback(now.handle), STATUS_SUCCESS);
    CHECK_EQUAL(PoUnregisterPowerSettingCallback(heard.handle), STATUS_SUCCESS);
    power_forget_settings();
}

static void setting_without_memory_changes_nothing(void)
{
    struct heard heard = {0};
    ULONG value = 9;

    if (NT_SUCCESS(PoRegisterPowerSettingCallback(NULL, &setting, setting_changed, &heard, &heard.handle)))
    {
        NTSTATUS status = power_set_setting(&setting, &value, sizeof(value));

        CHECK(status == STATUS_INSUFFICIENT_RESOURCES || (status == STATUS_SUCCESS && heard.calls == 1));
        CHECK_EQUAL(PoUnregisterPowerSettingCallback(heard.handle), STATUS_SUCCESS);
    }
    power_forget_settings();
}

static void settings_survive_want_of_memory(void)
{
    nt_fail_each_allocation(setting_without_memory_changes_nothing);
}

static void requirements_are_counted(void)
{
    PVOID state = PoRegisterSystemState(NULL, ES_SYSTEM_REQUIRED);
    PVOID request;

    CHECK(state != NULL);
    CHECK(power_is_required(ES_SYSTEM_REQUIRED));
    CHECK(PoRegisterSystemState(state, ES_DISPLAY_REQUIRED) == state);
    CHECK(!power_is_required(ES_SYSTEM_REQUIRED));
    CHECK(power_is_required(ES_DISPLAY_REQUIRED));
    PoUnregisterSystemState(state);
    CHECK(!power_is_required(ES_DISPLAY_REQUIRED));
    CHECK_EQUAL(PoCreatePowerRequest(&request, NULL, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(PoSetPowerRequest(request, PowerRequestSystemRequired), STATUS_SUCCESS);
    CHECK_EQUAL(PoSetPowerRequest(request, (POWER_REQUEST_TYPE)9), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(PoSetPowerRequest(request, PowerRequestSystemRequired), STATUS_SUCCESS);
    CHECK_EQUAL(PoClearPowerRequest(request, PowerRequestSystemRequired), STATUS_SUCCESS);
    CHECK(power_is_required(ES_SYSTEM_REQUIRED));
    CHECK_EQUAL(PoClearPowerRequest(request, PowerRequestDisplayRequired), STATUS_UNSUCCESSFUL);
    PoDeletePowerRequest(request);
    CHECK(!power_is_required(ES_SYSTEM_REQUIRED));
}

/*
 * Shutdown.
 */

static NTSTATUS shut_down(PDEVICE_OBJECT device, PIRP irp)
{
    rig_write(device == rig.children[0].pdo ? "first" : "second", "shutdown");
    irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static void shutdown_tells_the_latest_first_and_the_last_chance_last(void)
{
    struct rig_child *child;
    struct rig_child *other;

    rig_set_up();
    rig.bus->MajorFunction[IRP_MJ_SHUTDOWN] = shut_down;
    child = rig_add_child("TEST\\One", "A");
    other = rig_add_child("TEST\\Two", "B");
    child->raw = other->raw = true;
    child->hardware_id = other->hardware_id = NULL;
    rig_start();
    rig_clear_journal();
    CHECK_EQUAL(IoRegisterLastChanceShutdownNotification(child->pdo), STATUS_SUCCESS);
    CHECK_EQUAL(IoRegisterShutdownNotification(child->pdo), STATUS_SUCCESS);
    CHECK_EQUAL(IoRegisterShutdownNotification(other->pdo), STATUS_SUCCESS);
    CHECK((child->pdo->Flags & DO_SHUTDOWN_REGISTERED) != 0);
    CHECK_EQUAL(machine_shutdown(PowerActionShutdownOff), STATUS_SUCCESS);
    CHECK_EQUAL(machine_power_state(), MACHINE_OFF);
    CHECK(strcmp(rig_journal(), "second:shutdown first:shutdown pdo:set_S5 pdo:set_S5 bus:set_S5 first:shutdown ") == 0);
    CHECK_EQUAL(machine_switch_on(), STATUS_SUCCESS);
    rig_clear_journal();
    CHECK_EQUAL(IoRegisterShutdownNotification(child->pdo), STATUS_SUCCESS);
    IoUnregisterShutdownNotification(child->pdo);
    CHECK((child->pdo->Flags & DO_SHUTDOWN_REGISTERED) == 0);
    CHECK_EQUAL(machine_shutdown(PowerActionShutdown), STATUS_SUCCESS);
    CHECK(!journal_has("first:shutdown"));
    finish();
}

/*
 * Memory and races.
 */

static void sleep_once(void)
{
    NTSTATUS status;

    if (!NT_SUCCESS(rig_try_set_up()))
    {
        run_alloc_fail_at(0);
        return;
    }
    (void)rig_add_child("TEST\\One", "A");
    rig.owns_policy = true;
    if (!NT_SUCCESS(devnode_start(rig.bus_node)))
    {
        CHECK_EQUAL(devnode_start(rig.bus_node), STATUS_SUCCESS);
    }
    pnp_settle();
    status = machine_sleep(PowerSystemSleeping3, NULL);
    CHECK(status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES);
    if (NT_SUCCESS(status))
    {
        CHECK_EQUAL(machine_wake(), STATUS_SUCCESS);
    }
    CHECK_EQUAL(machine_power_state(), MACHINE_WORKING);
    while (devnode_remove(rig.bus_node) != STATUS_SUCCESS)
    {
    }
    rig_tear_down();
}

static void sleep_without_memory_somewhere(void)
{
    sleep_once();
    nt_fail_each_allocation(sleep_once);
}

static void sleep_and_wake(void *argument)
{
    (void)argument;
    if (NT_SUCCESS(machine_sleep(PowerSystemSleeping3, NULL)))
    {
        (void)machine_wake();
    }
}

static void sleep_and_removal_meet(void)
{
    struct nt_thread *threads[2];
    struct rig_child *child = set_up_one();

    rig.owns_policy = true;
    threads[0] = nt_thread_start(sleep_and_wake, NULL);
    threads[1] = nt_thread_start(sleep_and_wake, NULL);
    child->present = false;
    IoInvalidateDeviceRelations(rig.bus_pdo, BusRelations);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    pnp_settle();
    CHECK_EQUAL(machine_power_state(), MACHINE_WORKING);
    CHECK_EQUAL(rig_state(child), DEVNODE_STATE_COUNT);
    finish();
}

/*
 * \Callback\PowerState.
 */

static VOID note_power_state(PVOID context, PVOID what, PVOID value)
{
    char text[32];

    (void)context;
    (void)snprintf(text, sizeof(text), "%d=%d", (int)(ULONG_PTR)what, (int)(ULONG_PTR)value);
    rig_write("callback", text);
}

static PVOID listen_to_power_state(PCALLBACK_OBJECT *ret_callback)
{
    UNICODE_STRING name;
    OBJECT_ATTRIBUTES attributes;
    PVOID registration;

    RtlInitUnicodeString(&name, L"\\Callback\\PowerState");
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, NULL, NULL);
    CHECK_EQUAL(ExCreateCallback(ret_callback, &attributes, FALSE, TRUE), STATUS_SUCCESS);
    registration = ExRegisterCallback(*ret_callback, note_power_state, NULL);
    CHECK(registration != NULL);
    return registration;
}

static void power_state_callback_hears_before_the_drivers_and_after_them(void)
{
    PCALLBACK_OBJECT callback;
    PVOID registration;

    (void)set_up_one();
    registration = listen_to_power_state(&callback);
    CHECK_EQUAL(machine_sleep(PowerSystemSleeping3, NULL), STATUS_SUCCESS);
    CHECK(strncmp(rig_journal(), "callback:3=0 function:query_S3 ", 31) == 0);
    rig_clear_journal();
    CHECK_EQUAL(machine_wake(), STATUS_SUCCESS);
    CHECK(strcmp(rig_journal(), "bus:set_S0 function:set_S0 pdo:set_S0 callback:3=1 ") == 0);
    rig_clear_journal();
    rig_fault("function", RIG_POWER(IRP_MN_QUERY_POWER), STATUS_DEVICE_BUSY, 1);
    CHECK_EQUAL(machine_sleep(PowerSystemSleeping1, NULL), STATUS_DEVICE_BUSY);
    CHECK(strcmp(rig_journal(), "callback:3=0 function:query_S1 callback:3=1 ") == 0);
    rig_clear_journal();
    CHECK_EQUAL(machine_shutdown(PowerActionShutdown), STATUS_SUCCESS);
    CHECK(strncmp(rig_journal(), "callback:3=0 function:set_S5 ", 29) == 0);
    ExUnregisterCallback(registration);
    ObDereferenceObject(callback);
    finish();
}

static void power_state_callback_hears_of_mains_and_lid(void)
{
    static const GUID source = {0x5d3e9a59, 0xe9d5, 0x4b00, {0xa6, 0xbd, 0xff, 0x34, 0xff, 0x51, 0x65, 0x48}};
    static const GUID lid = {0xba3e0f4d, 0xb817, 0x4094, {0xa2, 0xd1, 0xd5, 0x63, 0x79, 0xe6, 0xa0, 0xf3}};
    static const ULONG values[] = {PoDc, PoAc};
    PCALLBACK_OBJECT callback;
    PVOID registration;
    UCHAR odd = 1;

    (void)set_up_one();
    registration = listen_to_power_state(&callback);
    CHECK_EQUAL(power_set_setting(&source, &values[0], sizeof(ULONG)), STATUS_SUCCESS);
    CHECK_EQUAL(power_set_setting(&source, &values[1], sizeof(ULONG)), STATUS_SUCCESS);
    CHECK_EQUAL(power_set_setting(&lid, &values[0], sizeof(ULONG)), STATUS_SUCCESS);
    CHECK_EQUAL(power_set_setting(&lid, &odd, sizeof(odd)), STATUS_SUCCESS);
    CHECK_EQUAL(power_set_setting(&setting, &values[0], sizeof(ULONG)), STATUS_SUCCESS);
    CHECK(strcmp(rig_journal(), "callback:1=0 callback:1=1 callback:4=1 ") == 0);
    ExUnregisterCallback(registration);
    ObDereferenceObject(callback);
    power_forget_settings();
    finish();
}

/*
 * Removal.
 */

static struct run_event *inside;

/* The device that gets one more packet while it works on its first. */
static PDEVICE_OBJECT asked_again;

/* Asks for a second packet, which waits behind this one; then long enough for a removal that does not wait. */
static void stay_a_while(PDEVICE_OBJECT device, PIRP irp)
{
    POWER_STATE state = {.DeviceState = PowerDeviceD3};
    PDEVICE_OBJECT again = asked_again;

    (void)device;
    (void)irp;
    asked_again = NULL;
    if (again != NULL)
    {
        CHECK_EQUAL(PoRequestPowerIrp(again, IRP_MN_SET_POWER, state, held_was_answered, NULL, NULL), STATUS_PENDING);
        run_event_set(inside);
    }
    for (int round = 0; round < 2000; round++)
    {
        platform_pause();
    }
    rig_write("power", "leaves");
}

static void request_d3(void *pdo)
{
    POWER_STATE state = {.DeviceState = PowerDeviceD3};

    CHECK_EQUAL(PoRequestPowerIrp(pdo, IRP_MN_SET_POWER, state, held_was_answered, NULL, NULL), STATUS_PENDING);
    ObDereferenceObject(pdo);
}

/* The packet that a driver works on, and the one that waits behind it, are through before the drivers go. */
static void removal_waits_for_power_packets(void)
{
    struct rig_child *child = set_up_one();
    struct nt_thread *thread;
    const char *removed;

    inside = run_event_create();
    asked_again = child->pdo;
    rig_hook("function", RIG_POWER(IRP_MN_SET_POWER), stay_a_while);
    ObReferenceObject(child->pdo);
    thread = nt_thread_start(request_d3, child->pdo);
    run_event_wait(inside);
    child->present = false;
    rig_rescan();
    removed = strstr(rig_journal(), "function:remove");
    CHECK(removed != NULL && strstr(removed, "power:") == NULL && strstr(removed, "answer:") == NULL);
    CHECK_EQUAL(rig_state(child), DEVNODE_STATE_COUNT);
    nt_thread_join(thread);
    run_event_free(inside);
    finish();
}

const struct nt_case nt_cases[] = {
    CASE(every_state_knows_what_each_event_means),
    CASE(machine_sleeps_from_the_leaves_and_wakes_from_the_root),
    CASE(policy_owner_sends_device_packets_inside_the_system_packet),
    CASE(veto_tells_those_who_agreed_that_the_machine_works_on),
    CASE(states_that_are_none_are_refused),
    CASE(system_packet_says_where_it_goes_and_why),
    CASE(request_is_answered_with_what_was_asked),
    CASE(device_packets_of_a_stack_go_one_after_the_other),
    CASE(wait_wake_can_be_cancelled_by_its_sender),
    CASE(device_that_signals_wakes_the_machine),
    CASE(power_state_of_a_device_is_remembered),
    CASE(watchdog_tells_what_is_left),
    CASE(device_that_rests_is_sent_to_its_idle_state),
    CASE(deleted_device_is_not_watched_any_more),
    CASE(callback_hears_the_value_at_once_and_each_change),
    CASE(callback_may_unregister_itself),
    CASE(nothing_is_called_after_unregistration),
    CASE(what_is_heard_last_is_the_value),
    CASE(settings_survive_want_of_memory),
    CASE(requirements_are_counted),
    CASE(shutdown_tells_the_latest_first_and_the_last_chance_last),
    CASE(power_state_callback_hears_before_the_drivers_and_after_them),
    CASE(power_state_callback_hears_of_mains_and_lid),
    CASE(removal_waits_for_power_packets),
    CASE(sleep_without_memory_somewhere),
    CASE(sleep_and_removal_meet),
    CASES_END,
};
