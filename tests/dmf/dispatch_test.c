/* SPDX-License-Identifier: MIT */
/*
 * The order in which the Modules of a device and the Client Driver hear of an event: for every callback of WDF, with each of
 * them failing, or handling it.
 */
#include "node.h"

#include <string.h>

#define LINK "\\??\\Dispatch"
#define CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)

/* Three levels below two roots. */
#define NODE(Name, ...)                                                                                       \
    {                                                                                                         \
        .name = #Name, .open_option = DMF_MODULE_OPEN_OPTION_OPEN_Create, .every_callback = true, __VA_ARGS__ \
    }
static const struct node a11 = NODE(A11), a12 = NODE(A12), a2 = NODE(A2), b1 = NODE(B1);
static const struct node a1 = NODE(A1, .children = NODES(&a11, &a12));
static const struct node a = NODE(A, .children = NODES(&a1, &a2));
static const struct node b = NODE(B, .children = NODES(&b1));

static const struct node *const *tree;
static bool client_has_callbacks;
static WDFDEVICE device;
static struct testkit_device *machine_device;

/* What was given to WDF, so that the case can call it in WDF's place. */
static WDF_PNPPOWER_EVENT_CALLBACKS pnp_power;
static WDF_POWER_POLICY_EVENT_CALLBACKS power_policy;
static WDF_FILEOBJECT_CONFIG files;
static WDF_IO_QUEUE_CONFIG queue_config;

static VOID add_modules(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    UNREFERENCED_PARAMETER(Device);
    for (const struct node *const *node = tree; *node != NULL; node++)
    {
        node_add(DmfModuleInit, *node);
    }
}

static void hook(PDMFDEVICE_INIT dmf_init, PWDFDEVICE_INIT init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&pnp_power);
    WDF_POWER_POLICY_EVENT_CALLBACKS_INIT(&power_policy);
    WDF_FILEOBJECT_CONFIG_INIT(&files, NULL, NULL, NULL);
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queue_config, WdfIoQueueDispatchParallel);
    if (client_has_callbacks)
    {
        node_client_pnp_power(&pnp_power);
        node_client_power_policy(&power_policy);
        node_client_files(&files);
        node_client_queue(&queue_config);
    }
    DMF_DmfDeviceInitHookPnpPowerEventCallbacks(dmf_init, &pnp_power);
    WdfDeviceInitSetPnpPowerEventCallbacks(init, &pnp_power);
    DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(dmf_init, &power_policy);
    WdfDeviceInitSetPowerPolicyEventCallbacks(init, &power_policy);
    DMF_DmfDeviceInitHookFileObjectConfig(dmf_init, &files);
    WdfDeviceInitSetFileObjectConfig(init, &files, WDF_NO_OBJECT_ATTRIBUTES);
}

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    PDMFDEVICE_INIT dmf_init = DMF_DmfDeviceInitAllocate(init);
    DMF_EVENT_CALLBACKS events;
    DECLARE_CONST_UNICODE_STRING(link, L"\\DosDevices\\Dispatch");
    NTSTATUS status;

    UNREFERENCED_PARAMETER(driver);
    hook(dmf_init, init);
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (NT_SUCCESS(status))
    {
        DMF_DmfDeviceInitHookQueueConfig(dmf_init, &queue_config);
        status = WdfIoQueueCreate(device, &queue_config, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    }
    if (NT_SUCCESS(status))
    {
        status = WdfDeviceCreateSymbolicLink(device, &link);
    }
    DMF_EVENT_CALLBACKS_INIT(&events);
    events.EvtDmfDeviceModulesAdd = add_modules;
    DMF_DmfDeviceInitSetEventCallbacks(dmf_init, &events);
    if (NT_SUCCESS(status))
    {
        status = DMF_ModulesCreate(device, &dmf_init);
    }
    DMF_DmfDeviceInitFree(&dmf_init);
    return status;
}

static int32_t try_begin(const struct node *const *nodes, bool has_client)
{
    tree = nodes;
    client_has_callbacks = has_client;
    wdf_case_load(add_device);
    return testkit_start(wdf_case_driver, "dispatch", &machine_device);
}

static void begin(bool has_client)
{
    node_answer(NULL, NULL, STATUS_SUCCESS);
    node_expected_sum = 0;
    CHECK_STATUS(try_begin(NODES(&a, &b), has_client), STATUS_SUCCESS);
    node_forget();
}

static void end(void)
{
    node_expected_sum = 0;
    node_answer(NULL, NULL, STATUS_SUCCESS);
    CHECK_STATUS(testkit_remove(machine_device), STATUS_SUCCESS);
    wdf_case_unload();
    node_forget();
}

/*
 * The golden traces.
 */

#define UP_CHILDREN_FIRST "A11 A12 A1 A2 A B1 B C"
#define DOWN_PARENTS_FIRST "C B B1 A A1 A11 A12 A2"
#define UP_CHILDREN_REVERSED "A A2 A1 A12 A11 B B1 C"
#define UP_PARENTS_FIRST "A A1 A11 A12 A2 B B1 C"
#define RAW ((WDFCMRESLIST)(ULONG_PTR)0x1000)
#define TRANSLATED ((WDFCMRESLIST)(ULONG_PTR)0x2000)

#define CALLED(Name, Callback, ...)             \
    static NTSTATUS call_##Name(void)           \
    {                                           \
        return Callback(device, ##__VA_ARGS__); \
    }
#define CALLED_VOID(Name, Callback, ...) \
    static NTSTATUS call_##Name(void)    \
    {                                    \
        Callback(device, ##__VA_ARGS__); \
        return STATUS_SUCCESS;           \
    }
CALLED(PrepareHardware, pnp_power.EvtDevicePrepareHardware, RAW, TRANSLATED)
CALLED(ReleaseHardware, pnp_power.EvtDeviceReleaseHardware, TRANSLATED)
CALLED(D0Entry, pnp_power.EvtDeviceD0Entry, WdfPowerDeviceD2)
CALLED(D0EntryPostInterruptsEnabled, pnp_power.EvtDeviceD0EntryPostInterruptsEnabled, WdfPowerDeviceD2)
CALLED(D0ExitPreInterruptsDisabled, pnp_power.EvtDeviceD0ExitPreInterruptsDisabled, WdfPowerDeviceD1)
CALLED(D0Exit, pnp_power.EvtDeviceD0Exit, WdfPowerDeviceD1)
CALLED_VOID(SelfManagedIoCleanup, pnp_power.EvtDeviceSelfManagedIoCleanup)
CALLED_VOID(SelfManagedIoFlush, pnp_power.EvtDeviceSelfManagedIoFlush)
CALLED(SelfManagedIoInit, pnp_power.EvtDeviceSelfManagedIoInit)
CALLED(SelfManagedIoSuspend, pnp_power.EvtDeviceSelfManagedIoSuspend)
CALLED(SelfManagedIoRestart, pnp_power.EvtDeviceSelfManagedIoRestart)
CALLED_VOID(SurpriseRemoval, pnp_power.EvtDeviceSurpriseRemoval)
CALLED(QueryRemove, pnp_power.EvtDeviceQueryRemove)
CALLED(QueryStop, pnp_power.EvtDeviceQueryStop)
CALLED_VOID(RelationsQuery, pnp_power.EvtDeviceRelationsQuery, RemovalRelations)
CALLED(UsageNotificationEx, pnp_power.EvtDeviceUsageNotificationEx, WdfSpecialFileDump, TRUE)
CALLED(ArmWakeFromS0, power_policy.EvtDeviceArmWakeFromS0)
CALLED_VOID(DisarmWakeFromS0, power_policy.EvtDeviceDisarmWakeFromS0)
CALLED_VOID(WakeFromS0Triggered, power_policy.EvtDeviceWakeFromS0Triggered)
CALLED(ArmWakeFromSxWithReason, power_policy.EvtDeviceArmWakeFromSxWithReason, FALSE, TRUE)
CALLED_VOID(DisarmWakeFromSx, power_policy.EvtDeviceDisarmWakeFromSx)
CALLED_VOID(WakeFromSxTriggered, power_policy.EvtDeviceWakeFromSxTriggered)

static const struct event
{
    const char *step;
    NTSTATUS (*call)(void);
    const char *order;
    bool can_fail;
    ULONG_PTR sum;
} events[] = {
    {"PrepareHardware", call_PrepareHardware, UP_CHILDREN_FIRST, true, node_sum(0x1000, 0x2000, 0)},
    {"ReleaseHardware", call_ReleaseHardware, DOWN_PARENTS_FIRST, true, node_sum(0x2000, 0, 0)},
    {"D0Entry", call_D0Entry, UP_CHILDREN_FIRST, true, node_sum(WdfPowerDeviceD2, 0, 0)},
    {"D0EntryPostInterruptsEnabled", call_D0EntryPostInterruptsEnabled, UP_CHILDREN_FIRST, true,
     node_sum(WdfPowerDeviceD2, 0, 0)},
    {"D0ExitPreInterruptsDisabled", call_D0ExitPreInterruptsDisabled, DOWN_PARENTS_FIRST, true,
     node_sum(WdfPowerDeviceD1, 0, 0)},
    {"D0Exit", call_D0Exit, DOWN_PARENTS_FIRST, true, node_sum(WdfPowerDeviceD1, 0, 0)},
    {"SelfManagedIoCleanup", call_SelfManagedIoCleanup, UP_CHILDREN_REVERSED, false, 0},
    {"SelfManagedIoFlush", call_SelfManagedIoFlush, UP_CHILDREN_REVERSED, false, 0},
    {"SelfManagedIoInit", call_SelfManagedIoInit, UP_CHILDREN_FIRST, true, 0},
    {"SelfManagedIoSuspend", call_SelfManagedIoSuspend, UP_CHILDREN_REVERSED, true, 0},
    {"SelfManagedIoRestart", call_SelfManagedIoRestart, UP_CHILDREN_FIRST, true, 0},
    {"SurpriseRemoval", call_SurpriseRemoval, UP_CHILDREN_REVERSED, false, 0},
    {"QueryRemove", call_QueryRemove, UP_CHILDREN_REVERSED, true, 0},
    {"QueryStop", call_QueryStop, UP_CHILDREN_REVERSED, true, 0},
    {"RelationsQuery", call_RelationsQuery, UP_CHILDREN_FIRST, false, node_sum(RemovalRelations, 0, 0)},
    {"UsageNotificationEx", call_UsageNotificationEx, UP_CHILDREN_FIRST, true, node_sum(WdfSpecialFileDump, TRUE, 0)},
    {"ArmWakeFromS0", call_ArmWakeFromS0, UP_CHILDREN_REVERSED, true, 0},
    {"DisarmWakeFromS0", call_DisarmWakeFromS0, UP_CHILDREN_FIRST, false, 0},
    {"WakeFromS0Triggered", call_WakeFromS0Triggered, UP_CHILDREN_FIRST, false, 0},
    {"ArmWakeFromSxWithReason", call_ArmWakeFromSxWithReason, UP_PARENTS_FIRST, true, node_sum(FALSE, TRUE, 0)},
    {"DisarmWakeFromSx", call_DisarmWakeFromSx, UP_CHILDREN_FIRST, false, 0},
    {"WakeFromSxTriggered", call_WakeFromSxTriggered, UP_CHILDREN_FIRST, false, 0},
};

static const char *const members[] = {"A", "A1", "A11", "A12", "A2", "B", "B1", "C"};

#define FOR_EACH_EVENT for (const struct event *event = events; event < events + RTL_NUMBER_OF(events); event++)
#define FOR_EACH_MEMBER for (const char *const *member = members; member < members + RTL_NUMBER_OF(members); member++)

static void every_event_reaches_all_in_published_order_with_its_parameters(void)
{
    begin(true);
    FOR_EACH_EVENT
    {
        node_expected_sum = event->sum;
        CHECK_STATUS(event->call(), STATUS_SUCCESS);
        NODE_TRACE_OF(event->step, event->order, NULL);
        NODE_TRACE("");
    }
    end();
}

static void event_that_can_fail_stops_at_the_first_failure(void)
{
    begin(true);
    FOR_EACH_EVENT
    {
        FOR_EACH_MEMBER
        {
            node_answer(*member, event->step, STATUS_DEVICE_NOT_READY);
            CHECK_STATUS(event->call(), event->can_fail ? STATUS_DEVICE_NOT_READY : STATUS_SUCCESS);
            NODE_TRACE_OF(event->step, event->order, event->can_fail ? *member : NULL);
            NODE_TRACE("");
        }
    }
    end();
}

/* The order without the Client Driver: it ends with the last Module, or begins with the first. */
static void check_modules_only(const struct event *event)
{
    if (event->order[0] == 'C')
    {
        NODE_TRACE_OF(event->step, event->order + strlen("C "), NULL);
    }
    else
    {
        NODE_TRACE_OF(event->step, event->order, strcmp(event->order, UP_CHILDREN_FIRST) == 0 ? "B" : "B1");
    }
}

static void event_of_a_client_without_callbacks_reaches_the_modules(void)
{
    begin(false);
    FOR_EACH_EVENT
    {
        CHECK_STATUS(event->call(), STATUS_SUCCESS);
        check_modules_only(event);
    }
    end();
}

#define BYSTANDERS 500
static const struct node quiet = {.name = "-", .open_option = DMF_MODULE_OPEN_OPTION_OPEN_Create};
static const struct node between = {
    .name = "-", .open_option = DMF_MODULE_OPEN_OPTION_OPEN_Create, .children = NODES(&quiet, &a, &quiet)};

/* Modules without a callback are not asked, however many they are, wherever they stand and whatever is below them. */
static void event_costs_one_call_for_each_module_that_implements_it(void)
{
    const struct node *nodes[BYSTANDERS + 1];

    for (size_t index = 0; index < BYSTANDERS; index++)
    {
        nodes[index] = &quiet;
    }
    nodes[BYSTANDERS / 3] = &between;
    nodes[BYSTANDERS / 2] = &b;
    nodes[BYSTANDERS] = NULL;
    CHECK_STATUS(try_begin(nodes, true), STATUS_SUCCESS);
    node_forget();
    FOR_EACH_EVENT
    {
        CHECK_STATUS(event->call(), STATUS_SUCCESS);
        NODE_TRACE_OF(event->step, event->order, NULL);
        NODE_TRACE("");
    }
    CHECK_STATUS(testkit_remove(machine_device), STATUS_SUCCESS);
    wdf_case_unload();
    node_forget();
}

/*
 * Requests.
 */

static struct testkit_file *file;

static NTSTATUS call_read(void)
{
    char buffer[6];

    return testkit_read(file, buffer, sizeof(buffer), NULL);
}

static NTSTATUS call_write(void)
{
    return testkit_write(file, "seven b", 7, NULL);
}

static NTSTATUS call_control(void)
{
    char output[5];

    return testkit_control(file, CODE, "four", 4, output, sizeof(output), NULL);
}

#if defined(DMF_KERNEL_MODE)
static WDFIOTARGET target;

static NTSTATUS call_internal(void)
{
    WDF_MEMORY_DESCRIPTOR input;
    char text[] = "four";

    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&input, text, 4);
    return WdfIoTargetSendInternalIoctlSynchronously(target, NULL, CODE, &input, NULL, NULL, NULL);
}
#endif

static const struct event requests[] = {
    {"QueueIoRead", call_read, UP_PARENTS_FIRST, false, node_sum(6, 0, 0)},
    {"QueueIoWrite", call_write, UP_PARENTS_FIRST, false, node_sum(7, 0, 0)},
    {"DeviceIoControl", call_control, UP_PARENTS_FIRST, false, node_sum(5, 4, CODE)},
#if defined(DMF_KERNEL_MODE)
    {"InternalDeviceIoControl", call_internal, UP_PARENTS_FIRST, false, node_sum(0, 4, CODE)},
#endif
};

#define FOR_EACH_REQUEST for (const struct event *event = requests; event < requests + RTL_NUMBER_OF(requests); event++)

/* Opens the device, as a program and, for internal controls, as a driver. */
static void open_file(void)
{
#if defined(DMF_KERNEL_MODE)
    WDF_IO_TARGET_OPEN_PARAMS open;
    DECLARE_CONST_UNICODE_STRING(link, L"\\DosDevices\\Dispatch");

    CHECK_STATUS(WdfIoTargetCreate(device, WDF_NO_OBJECT_ATTRIBUTES, &target), STATUS_SUCCESS);
    WDF_IO_TARGET_OPEN_PARAMS_INIT_OPEN_BY_NAME(&open, &link, GENERIC_READ | GENERIC_WRITE);
    CHECK_STATUS(WdfIoTargetOpen(target, &open), STATUS_SUCCESS);
#endif
    CHECK_STATUS(testkit_open(LINK, true, true, &file), STATUS_SUCCESS);
    node_forget();
}

static void close_file(void)
{
    node_expected_sum = 0;
    testkit_close(file);
#if defined(DMF_KERNEL_MODE)
    WdfObjectDelete(target);
#endif
}

static void first_module_that_handles_a_request_wins(void)
{
    begin(true);
    open_file();
    FOR_EACH_REQUEST
    {
        FOR_EACH_MEMBER
        {
            node_expected_sum = event->sum;
            node_answer(*member, event->step, STATUS_DEVICE_BUSY);
            CHECK_STATUS(event->call(), STATUS_DEVICE_BUSY);
            NODE_TRACE_OF(event->step, event->order, *member);
        }
    }
    close_file();
    end();
}

static void request_that_nobody_handles_is_not_supported(void)
{
    begin(false);
    open_file();
    FOR_EACH_REQUEST
    {
        CHECK_STATUS(event->call(), STATUS_NOT_SUPPORTED);
        NODE_TRACE_OF(event->step, event->order, "B1");
    }
    close_file();
    end();
}

static void first_module_that_handles_a_file_event_wins(void)
{
    static const char *const steps[] = {"FileCreate", "FileCleanup", "FileClose"};

    begin(true);
    for (size_t step = 0; step < RTL_NUMBER_OF(steps); step++)
    {
        FOR_EACH_MEMBER
        {
            node_answer(*member, steps[step], STATUS_SUCCESS);
            CHECK_STATUS(testkit_open(LINK, true, true, &file), STATUS_SUCCESS);
            testkit_close(file);
            for (size_t index = 0; index < RTL_NUMBER_OF(steps); index++)
            {
                NODE_TRACE_OF(steps[index], UP_PARENTS_FIRST, index == step ? *member : NULL);
            }
            NODE_TRACE("");
        }
    }
    end();
}

static void file_opens_when_nobody_handles_it_and_its_end_is_told_to_all(void)
{
    begin(false);
    CHECK_STATUS(testkit_open(LINK, true, true, &file), STATUS_SUCCESS);
    NODE_TRACE_OF("FileCreate", UP_PARENTS_FIRST, "B1");
    testkit_close(file);
    NODE_TRACE("A.FileCleanup A1.FileCleanup A11.FileCleanup A12.FileCleanup A2.FileCleanup B.FileCleanup B1.FileCleanup "
               "A.FileClose A1.FileClose A11.FileClose A12.FileClose A2.FileClose B.FileClose B1.FileClose");
    end();
}

static void cleanup_and_close_without_a_file_object_are_ignored(void)
{
    begin(true);
    files.EvtFileCleanup(NULL);
    files.EvtFileClose(NULL);
    NODE_TRACE("");
    end();
}

/*
 * What is undone when a device does not start.
 */

#define OPENS(Name, Option, ...)                                                     \
    {                                                                                \
        .name = #Name, .open_option = DMF_MODULE_OPEN_OPTION_##Option, ##__VA_ARGS__ \
    }
static const struct node p = OPENS(P, OPEN_PrepareHardware), q = OPENS(Q, OPEN_PrepareHardware);
static const struct node n1 = OPENS(N1, NOTIFY_PrepareHardware), n2 = OPENS(N2, OPEN_PrepareHardware);
static const struct node n = OPENS(N, NOTIFY_PrepareHardware, .children = NODES(&n1, &n2));
static const struct node s1 = OPENS(S1, OPEN_D0EntrySystemPowerUp);
static const struct node s = OPENS(S, OPEN_D0Entry, .children = NODES(&s1));
static const struct node m = OPENS(M, NOTIFY_D0Entry), d = OPENS(D, OPEN_D0EntrySystemPowerUp);

struct failure
{
    const char *name;
    const char *step;
    const char *trace;
};

static void fail_each(const struct node *const *nodes, const struct failure *failures)
{
    for (const struct failure *failure = failures; failure->name != NULL; failure++)
    {
        node_answer(failure->name, failure->step, STATUS_DEVICE_DATA_ERROR);
        CHECK(!NT_SUCCESS(try_begin(nodes, true)));
        wdf_case_unload();
        NODE_TRACE(failure->trace);
    }
    node_answer(NULL, NULL, STATUS_SUCCESS);
}

#define DESTROYED "P.Destroy N1.Destroy N2.Destroy N.Destroy Q.Destroy"

/* A Module that registers is told to unregister by the release of the hardware as well, even if it never registered. */
static void hardware_that_cannot_be_prepared_is_released_in_published_order(void)
{
    static const struct failure failures[] = {
        {"P", "Open",
         "P.Open "
         "C.ReleaseHardware N.Unregister N1.Unregister " DESTROYED},
        {"N1", "Register",
         "P.Open N1.Register P.Close "
         "C.ReleaseHardware N.Unregister N1.Unregister " DESTROYED},
        {"N", "Register",
         "P.Open N1.Register N1.Open N2.Open N.Register P.Close "
         "C.ReleaseHardware N.Unregister N1.Unregister N1.Close N2.Close " DESTROYED},
        {"Q", "Open",
         "P.Open N1.Register N1.Open N2.Open N.Register N.Open Q.Open "
         "P.Close N.Unregister N.Close N1.Unregister N1.Close "
         "C.ReleaseHardware N.Unregister N1.Unregister N2.Close " DESTROYED},
        {"C", "PrepareHardware",
         "P.Open N1.Register N1.Open N2.Open N.Register N.Open Q.Open C.PrepareHardware "
         "P.Close N.Unregister N.Close N1.Unregister N1.Close Q.Close "
         "C.ReleaseHardware N.Unregister N1.Unregister N2.Close " DESTROYED},
        {NULL, NULL, NULL},
    };

    fail_each(NODES(&p, &n, &q), failures);
}

/* The system's power goes first; then, over whole trees, what opens or registers with every entry. */
static void working_state_that_cannot_be_entered_is_undone_in_published_order(void)
{
#define D_BEGINS "C.PrepareHardware "
#define D_ENDS "C.ReleaseHardware S1.Destroy S.Destroy M.Destroy D.Destroy"
    static const struct failure failures[] = {
        {"S1", "Open", D_BEGINS "S1.Open " D_ENDS},
        {"S", "Open", D_BEGINS "S1.Open S.Open S1.Close " D_ENDS},
        {"M", "Register", D_BEGINS "S1.Open S.Open M.Register S1.Close S.Close " D_ENDS},
        {"D", "Open", D_BEGINS "S1.Open S.Open M.Register M.Open D.Open S1.Close S.Close M.Unregister M.Close " D_ENDS},
        {"C", "D0Entry",
         D_BEGINS "S1.Open S.Open M.Register M.Open D.Open C.D0Entry "
                  "S1.Close D.Close S.Close M.Unregister M.Close " D_ENDS},
        {NULL, NULL, NULL},
    };

    fail_each(NODES(&s, &m, &d), failures);
}

/* WDF leaves the working state itself, so nothing is undone here. */
static void failure_after_the_interrupts_are_on_closes_by_the_way_down(void)
{
    static const struct failure failures[] = {
        {"C", "D0EntryPostInterruptsEnabled",
         D_BEGINS "S1.Open S.Open M.Register M.Open D.Open C.D0Entry C.D0EntryPostInterruptsEnabled "
                  "C.D0Exit D.Close M.Unregister M.Close S.Close S1.Close " D_ENDS},
        {NULL, NULL, NULL},
    };

    fail_each(NODES(&s, &m, &d), failures);
}

/*
 * What WDF calls by itself.
 */

static void device_that_is_stopped_and_started_again_tells_all(void)
{
    begin(true);
    CHECK_STATUS(testkit_rebalance(machine_device), STATUS_SUCCESS);
    NODE_TRACE_OF("QueryStop", UP_CHILDREN_REVERSED, NULL);
    NODE_TRACE_OF("SelfManagedIoSuspend", UP_CHILDREN_REVERSED, NULL);
    NODE_TRACE_OF("D0ExitPreInterruptsDisabled", DOWN_PARENTS_FIRST, NULL);
    NODE_TRACE_OF("D0Exit", DOWN_PARENTS_FIRST, NULL);
    NODE_TRACE_OF("ReleaseHardware", DOWN_PARENTS_FIRST, NULL);
    NODE_TRACE_OF("PrepareHardware", UP_CHILDREN_FIRST, NULL);
    NODE_TRACE_OF("D0Entry", UP_CHILDREN_FIRST, NULL);
    NODE_TRACE_OF("D0EntryPostInterruptsEnabled", UP_CHILDREN_FIRST, NULL);
    NODE_TRACE_OF("SelfManagedIoRestart", UP_CHILDREN_FIRST, NULL);
    node_answer("A12", "QueryStop", STATUS_DEVICE_BUSY);
    CHECK_STATUS(testkit_rebalance(machine_device), STATUS_DEVICE_BUSY);
    NODE_TRACE_OF("QueryStop", UP_CHILDREN_REVERSED, "A12");
    NODE_TRACE_OF("D0Exit", "", NULL);
    end();
}

static void device_that_wakes_the_machine_tells_all(void)
{
    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS settings;

    testkit_let_devices_wake(3);
    begin(true);
    WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT(&settings);
    CHECK_STATUS(WdfDeviceAssignSxWakeSettings(device, &settings), STATUS_SUCCESS);
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    NODE_TRACE_OF("ArmWakeFromSxWithReason", UP_PARENTS_FIRST, NULL);
    CHECK(testkit_wake_device(machine_device));
    testkit_wait_for_power(machine_device, 0);
    testkit_settle();
    NODE_TRACE_OF("WakeFromSxTriggered", UP_CHILDREN_FIRST, NULL);
    NODE_TRACE_OF("DisarmWakeFromSx", UP_CHILDREN_FIRST, NULL);
    end();
    testkit_let_devices_wake(-1);
}

static void device_that_idles_armed_tells_all(void)
{
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS settings;

    testkit_let_devices_wake(0);
    begin(true);
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleCanWakeFromS0);
    settings.IdleTimeout = 1;
    CHECK_STATUS(WdfDeviceAssignS0IdleSettings(device, &settings), STATUS_SUCCESS);
    testkit_wait_for_power(machine_device, 3);
    CHECK_STATUS(WdfDeviceStopIdle(device, TRUE), STATUS_SUCCESS);
    NODE_TRACE_OF("ArmWakeFromS0", UP_CHILDREN_REVERSED, NULL);
    NODE_TRACE_OF("DisarmWakeFromS0", UP_CHILDREN_FIRST, NULL);
    NODE_TRACE_OF("WakeFromS0Triggered", "", NULL);
    WdfDeviceResumeIdle(device);
    end();
    testkit_let_devices_wake(-1);
}

static void device_that_is_pulled_out_tells_all(void)
{
    begin(true);
    CHECK_STATUS(testkit_surprise_remove(machine_device), STATUS_SUCCESS);
    NODE_TRACE_OF("SurpriseRemoval", UP_CHILDREN_REVERSED, NULL);
    NODE_TRACE_OF("SelfManagedIoSuspend", UP_CHILDREN_REVERSED, NULL);
    NODE_TRACE_OF("D0Exit", DOWN_PARENTS_FIRST, NULL);
    NODE_TRACE_OF("SelfManagedIoFlush", UP_CHILDREN_REVERSED, NULL);
    NODE_TRACE_OF("ReleaseHardware", DOWN_PARENTS_FIRST, NULL);
    NODE_TRACE_OF("SelfManagedIoCleanup", UP_CHILDREN_REVERSED, NULL);
    NODE_TRACE_OF("QueryRemove", "", NULL);
    wdf_case_unload();
}

static void module_that_objects_to_the_removal_keeps_the_device(void)
{
    begin(true);
    node_answer("B1", "QueryRemove", STATUS_DEVICE_BUSY);
    CHECK_STATUS(testkit_remove(machine_device), STATUS_DEVICE_BUSY);
    NODE_TRACE_OF("QueryRemove", UP_CHILDREN_REVERSED, "B1");
    end();
}

const struct nt_case nt_cases[] = {
    CASE(every_event_reaches_all_in_published_order_with_its_parameters),
    CASE(event_that_can_fail_stops_at_the_first_failure),
    CASE(event_of_a_client_without_callbacks_reaches_the_modules),
    CASE(event_costs_one_call_for_each_module_that_implements_it),
    CASE(first_module_that_handles_a_request_wins),
    CASE(request_that_nobody_handles_is_not_supported),
    CASE(first_module_that_handles_a_file_event_wins),
    CASE(file_opens_when_nobody_handles_it_and_its_end_is_told_to_all),
    CASE(cleanup_and_close_without_a_file_object_are_ignored),
    CASE(hardware_that_cannot_be_prepared_is_released_in_published_order),
    CASE(working_state_that_cannot_be_entered_is_undone_in_published_order),
    CASE(failure_after_the_interrupts_are_on_closes_by_the_way_down),
    CASE(device_that_is_stopped_and_started_again_tells_all),
    CASE(device_that_wakes_the_machine_tells_all),
    CASE(device_that_idles_armed_tells_all),
    CASE(device_that_is_pulled_out_tells_all),
    CASE(module_that_objects_to_the_removal_keeps_the_device),
    CASES_END,
};
