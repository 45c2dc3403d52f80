/* SPDX-License-Identifier: MIT */
/*
 * The Client Driver's side: how a device is prepared for DMF, the default queue, and what DMF_ModulesCreate returns and frees.
 */
#include "node.h"

#include <string.h>

#define LINK "\\??\\Client"
#define CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_BUFFERED, FILE_ANY_ACCESS)

static const struct node child = {.name = "K", .open_option = DMF_MODULE_OPEN_OPTION_OPEN_Create};
static const struct node top = {.name = "T", .open_option = DMF_MODULE_OPEN_OPTION_OPEN_Create, .children = NODES(&child)};

/* What the Client Driver of the case leaves out or does differently. */
static struct
{
    bool no_pnp_power, no_power_policy, no_files;
    bool no_device_init;
    /* Hooks callbacks of its own, and never hands them to WDF. */
    bool keeps_callbacks;
    bool events_without_size;
    void (*before_modules)(PDMFDEVICE_INIT dmf_init);
    /* What DMF_ModulesCreate returned. */
    NTSTATUS status;
    bool was_called;
} client;

static WDFDEVICE device;
static struct testkit_device *machine_device;

static VOID add_modules(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    CHECK(Device == device);
    node_add(DmfModuleInit, &top);
}

static void hook(PDMFDEVICE_INIT dmf_init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS pnp_power;

    if (client.keeps_callbacks)
    {
        WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&pnp_power);
        node_client_pnp_power(&pnp_power);
        DMF_DmfDeviceInitHookPnpPowerEventCallbacks(dmf_init, &pnp_power);
    }
    else if (!client.no_device_init && !client.no_pnp_power)
    {
        DMF_DmfDeviceInitHookPnpPowerEventCallbacks(dmf_init, NULL);
    }
    if (!client.no_device_init && !client.no_power_policy)
    {
        DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(dmf_init, NULL);
    }
    if (!client.no_device_init && !client.no_files)
    {
        DMF_DmfDeviceInitHookFileObjectConfig(dmf_init, NULL);
    }
}

static NTSTATUS create_modules(PDMFDEVICE_INIT *dmf_init)
{
    DMF_EVENT_CALLBACKS events;

    if (client.events_without_size)
    {
        memset(&events, 0xa5, sizeof(events));
    }
    else
    {
        DMF_EVENT_CALLBACKS_INIT(&events);
    }
    events.EvtDmfDeviceModulesAdd = add_modules;
    DMF_DmfDeviceInitSetEventCallbacks(*dmf_init, &events);
    if (client.before_modules != NULL)
    {
        client.before_modules(*dmf_init);
    }
    client.was_called = true;
    client.status = DMF_ModulesCreate(device, dmf_init);
    CHECK(*dmf_init == NULL);
    return client.status;
}

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    PDMFDEVICE_INIT dmf_init = DMF_DmfDeviceInitAllocate(client.no_device_init ? NULL : init);
    DECLARE_CONST_UNICODE_STRING(link, L"\\DosDevices\\Client");
    NTSTATUS status;

    UNREFERENCED_PARAMETER(driver);
    CHECK(dmf_init != NULL);
    hook(dmf_init);
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (NT_SUCCESS(status))
    {
        status = WdfDeviceCreateSymbolicLink(device, &link);
    }
    if (NT_SUCCESS(status))
    {
        status = create_modules(&dmf_init);
    }
    DMF_DmfDeviceInitFree(&dmf_init);
    CHECK(dmf_init == NULL);
    return status;
}

static int32_t try_start(void)
{
    client.was_called = false;
    client.status = STATUS_SUCCESS;
    return testkit_start(wdf_case_driver, "client", &machine_device);
}

static void begin(void)
{
    node_answer(NULL, NULL, STATUS_SUCCESS);
    wdf_case_load(add_device);
    CHECK_STATUS(try_start(), STATUS_SUCCESS);
}

static void end(void)
{
    CHECK_STATUS(testkit_remove(machine_device), STATUS_SUCCESS);
    wdf_case_unload();
    memset(&client, 0, sizeof(client));
    node_forget();
}

/* The device does not start, because DMF_ModulesCreate returns the status. */
static void check_refused(NTSTATUS status)
{
    wdf_case_load(add_device);
    CHECK(!NT_SUCCESS(try_start()));
    CHECK(client.was_called);
    CHECK_STATUS(client.status, status);
    wdf_case_unload();
    memset(&client, 0, sizeof(client));
    NODE_TRACE("");
}

static void each_mandatory_hook_is_missed(void)
{
    client.no_pnp_power = true;
    check_refused(STATUS_INVALID_PARAMETER);
    client.no_power_policy = true;
    check_refused(STATUS_INVALID_PARAMETER);
    client.no_files = true;
    check_refused(STATUS_INVALID_PARAMETER);
}

static void modules_live_as_long_as_the_device(void)
{
    begin();
    NODE_TRACE("K.Open T.Open");
    CHECK(DMF_FeatureModuleGetFromDevice(device, DmfFeature_BranchTrack) == NULL);
    CHECK(DMF_FeatureModuleGetFromDevice(device, DmfFeature_LiveKernelDump) == NULL);
    CHECK(DMF_FeatureModuleGetFromDevice(device, DmfFeature_Performance) == NULL);
    CHECK_STATUS(testkit_remove(machine_device), STATUS_SUCCESS);
    NODE_TRACE("T.Close K.Close K.Destroy T.Destroy");
    wdf_case_unload();
}

static void second_creation_of_modules_is_refused(void)
{
    PDMFDEVICE_INIT dmf_init;

    begin();
    dmf_init = DMF_DmfDeviceInitAllocate(NULL);
    CHECK_STATUS(DMF_ModulesCreate(device, &dmf_init), STATUS_OBJECT_NAME_COLLISION);
    CHECK(dmf_init == NULL);
    NODE_TRACE("K.Open T.Open");
    end();
}

static void callbacks_that_nobody_initialised_have_no_log(void)
{
    client.events_without_size = true;
    begin();
    NODE_TRACE("K.Open T.Open");
    end();
}

static void set_no_events(PDMFDEVICE_INIT dmf_init)
{
    DMF_DmfDeviceInitSetEventCallbacks(dmf_init, NULL);
}

static void device_without_modules_is_legal(void)
{
    struct testkit_file *file;

    client.before_modules = set_no_events;
    begin();
    NODE_TRACE("");
    CHECK_STATUS(testkit_open(LINK, true, true, &file), STATUS_SUCCESS);
    CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), STATUS_NOT_SUPPORTED);
    testkit_close(file);
    end();
}

/*
 * Hooks.
 */

static NTSTATUS own_prepare(WDFDEVICE Device, WDFCMRESLIST Raw, WDFCMRESLIST Translated)
{
    UNREFERENCED_PARAMETER(Raw);
    UNREFERENCED_PARAMETER(Translated);
    CHECK(Device == device);
    return STATUS_SUCCESS;
}

static NTSTATUS own_usage(WDFDEVICE Device, WDF_SPECIAL_FILE_TYPE Type, BOOLEAN In)
{
    return own_prepare(Device, NULL, NULL) + (NTSTATUS)(0 * (Type + In));
}

static VOID own_default(WDFQUEUE Queue, WDFREQUEST Request)
{
    CHECK(WdfIoQueueGetDevice(Queue) == device);
    WdfRequestComplete(Request, STATUS_SUCCESS);
}

static VOID own_arm_cancelled(WDFQUEUE Queue, WDFREQUEST Request)
{
    own_default(Queue, Request);
}

static void hooks_replace_what_dmf_handles_and_leave_the_rest(void)
{
    PDMFDEVICE_INIT dmf_init = NULL;
    WDF_PNPPOWER_EVENT_CALLBACKS pnp_power;
    WDF_FILEOBJECT_CONFIG files;
    WDF_IO_QUEUE_CONFIG queue;

    begin();
    CHECK((dmf_init = DMF_DmfDeviceInitAllocate(NULL)) != NULL);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&pnp_power);
    pnp_power.EvtDevicePrepareHardware = own_prepare;
    pnp_power.EvtDeviceUsageNotificationEx = own_usage;
    WDF_FILEOBJECT_CONFIG_INIT(&files, NULL, NULL, NULL);
    files.FileObjectClass = WdfFileObjectWdfCanUseFsContext2;
    files.AutoForwardCleanupClose = WdfTrue;
    DMF_DmfDeviceInitHookFileObjectConfig(dmf_init, &files);
    CHECK(files.EvtDeviceFileCreate != NULL && files.EvtFileCleanup != NULL && files.EvtFileClose != NULL);
    CHECK_EQUAL(files.FileObjectClass, WdfFileObjectWdfCanUseFsContext2);
    CHECK_EQUAL(files.AutoForwardCleanupClose, WdfTrue);
    WDF_IO_QUEUE_CONFIG_INIT(&queue, WdfIoQueueDispatchSequential);
    queue.EvtIoDefault = own_default;
    queue.EvtIoCanceledOnQueue = own_arm_cancelled;
    DMF_DmfDeviceInitHookQueueConfig(dmf_init, &queue);
    CHECK(queue.EvtIoRead != NULL && queue.EvtIoWrite != NULL && queue.EvtIoDeviceControl != NULL);
    CHECK(queue.EvtIoDefault == own_default && queue.EvtIoCanceledOnQueue == own_arm_cancelled);
    CHECK(queue.EvtIoStop == NULL && queue.EvtIoResume == NULL);
#if defined(DMF_KERNEL_MODE)
    CHECK(queue.EvtIoInternalDeviceControl != NULL);
#else
    CHECK(queue.EvtIoInternalDeviceControl == NULL);
#endif
    DMF_DmfDeviceInitFree(dmf_init);
    end();
}

static void callbacks_that_are_hooked_are_called_without_being_given_to_wdf(void)
{
    client.keeps_callbacks = true;
    begin();
    NODE_TRACE_OF("PrepareHardware", "C", NULL);
    NODE_TRACE_OF("D0EntryPostInterruptsEnabled", "C", NULL);
    NODE_TRACE_OF("SelfManagedIoInit", "C", NULL);
    end();
}

/*
 * The default queue.
 */

static void create_no_queue(PDMFDEVICE_INIT dmf_init)
{
    DMF_DmfDeviceInitHookQueueConfig(dmf_init, NULL);
}

static void default_queue_is_created_unless_the_client_hooks_one(void)
{
    begin();
    CHECK(WdfDeviceGetDefaultQueue(device) != NULL);
    end();
    client.before_modules = create_no_queue;
    begin();
    CHECK(WdfDeviceGetDefaultQueue(device) == NULL);
    end();
}

typedef struct
{
    ULONG Number;
} QUEUE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(QUEUE_CONTEXT, QueueContextGet)

static unsigned own_controls;

static VOID own_control(WDFQUEUE Queue, WDFREQUEST Request, size_t Output, size_t Input, ULONG Code)
{
    UNREFERENCED_PARAMETER(Output);
    UNREFERENCED_PARAMETER(Input);
    CHECK_EQUAL(Code, CODE);
    own_controls++;
    own_default(Queue, Request);
}

static void override_queue(PDMFDEVICE_INIT dmf_init)
{
    WDF_IO_QUEUE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.EvtIoDeviceControl = own_control;
    DMF_DmfDeviceInitOverrideDefaultQueueConfig(dmf_init, &config);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, QUEUE_CONTEXT);
    DMF_DmfDeviceInitOverrideDefaultQueueObjectAttributes(dmf_init, &attributes);
}

static void default_queue_is_the_one_that_the_client_describes(void)
{
    struct testkit_file *file;

    own_controls = 0;
    client.before_modules = override_queue;
    begin();
    CHECK(QueueContextGet(WdfDeviceGetDefaultQueue(device)) != NULL);
    CHECK_STATUS(testkit_open(LINK, true, true, &file), STATUS_SUCCESS);
    CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(own_controls, 1);
    CHECK_STATUS(testkit_write(file, "x", 1, NULL), STATUS_NOT_SUPPORTED);
    testkit_close(file);
    end();
}

/*
 * Lack of memory, and steps that fail.
 */

/* All functions accept what stands for the memory that there was not. */
static void everything_accepts_an_init_without_memory(void)
{
    PDMFDEVICE_INIT dmf_init;
    PDMFDEVICE_INIT again;
    WDF_PNPPOWER_EVENT_CALLBACKS pnp_power;
    WDF_POWER_POLICY_EVENT_CALLBACKS power_policy;
    WDF_FILEOBJECT_CONFIG files;

    begin();
    testkit_fail_allocation(1);
    dmf_init = DMF_DmfDeviceInitAllocate(NULL);
    testkit_fail_allocation(1);
    CHECK(DMF_DmfControlDeviceInitAllocate(NULL) == NULL);
    testkit_fail_allocation(0);
    CHECK(dmf_init != NULL);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&pnp_power);
    WDF_POWER_POLICY_EVENT_CALLBACKS_INIT(&power_policy);
    WDF_FILEOBJECT_CONFIG_INIT(&files, NULL, NULL, NULL);
    DMF_DmfDeviceInitHookPnpPowerEventCallbacks(dmf_init, &pnp_power);
    DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(dmf_init, &power_policy);
    DMF_DmfDeviceInitHookFileObjectConfig(dmf_init, &files);
    CHECK(pnp_power.EvtDeviceD0Entry == NULL && files.EvtDeviceFileCreate == NULL);
    override_queue(dmf_init);
    create_no_queue(dmf_init);
    set_no_events(dmf_init);
    DMF_DmfFdoSetFilter(dmf_init);
    DMF_DmfControlDeviceInitSetClientDriverDevice(dmf_init, device);
    DMF_DmfDeviceInitSetBranchTrackConfig(dmf_init, NULL);
    DMF_DmfDeviceInitSetLiveKernelDumpConfig(dmf_init, NULL);
    again = dmf_init;
    CHECK_STATUS(DMF_ModulesCreate(device, &dmf_init), STATUS_INVALID_PARAMETER);
    CHECK(dmf_init == NULL);
    CHECK_STATUS(DMF_ModulesCreate(device, &dmf_init), STATUS_INVALID_PARAMETER);
    DMF_DmfDeviceInitFree(again);
    DMF_DmfDeviceInitFree(&again);
    CHECK(again == NULL);
    DMF_DmfDeviceInitFree(&again);
    DMF_DmfControlDeviceInitFree(again);
    end();
}

static void start_once(void)
{
    NTSTATUS status = try_start();

    if (NT_SUCCESS(status))
    {
        /* The allocation that fails may be one of the removal, which then is asked for again. */
        while (testkit_remove(machine_device) != STATUS_SUCCESS)
        {
        }
    }
    else if (client.was_called)
    {
        CHECK(NT_SUCCESS(client.status) || client.status == STATUS_INSUFFICIENT_RESOURCES ||
              client.status == STATUS_INVALID_PARAMETER);
    }
}

static void each_allocation_of_a_start_may_fail(void)
{
    wdf_case_load(add_device);
    nt_fail_each_allocation(start_once);
    wdf_case_unload();
    node_forget();
}

/* Whatever function of WDF fails, the Client Driver gets its status, and nothing is left behind. */
static void each_call_of_the_creation_may_fail(void)
{
    static const char *const functions[] = {
        "WdfIoQueueCreate", "WdfObjectAllocateContext", "WdfMemoryCreate", "WdfObjectAddCustomType", "WdfSpinLockCreate",
    };
    unsigned failures = 0;

    wdf_case_load(add_device);
    for (size_t index = 0; index < RTL_NUMBER_OF(functions); index++)
    {
        for (unsigned number = 1;; number++)
        {
            int32_t status;

            testkit_fail_call(functions[index], number, STATUS_DEVICE_PROTOCOL_ERROR);
            status = try_start();
            testkit_fail_call(NULL, 0, 0);
            if (NT_SUCCESS(status))
            {
                CHECK_STATUS(testkit_remove(machine_device), STATUS_SUCCESS);
                break;
            }
            CHECK(client.was_called);
            CHECK_STATUS(client.status, STATUS_DEVICE_PROTOCOL_ERROR);
            failures++;
        }
    }
    CHECK(failures >= 8);
    wdf_case_unload();
    node_forget();
}

static void module_that_does_not_open_fails_the_creation_and_the_rest_goes_with_the_device(void)
{
    node_answer("T", "Open", STATUS_DEVICE_NOT_CONNECTED);
    wdf_case_load(add_device);
    CHECK(!NT_SUCCESS(try_start()));
    CHECK_STATUS(client.status, STATUS_DEVICE_NOT_CONNECTED);
    NODE_TRACE("K.Open T.Open K.Close K.Destroy T.Destroy");
    node_answer(NULL, NULL, STATUS_SUCCESS);
    wdf_case_unload();
}

/*
 * Client Drivers without a device add callback.
 */

static const struct node prepared = {.name = "P", .open_option = DMF_MODULE_OPEN_OPTION_OPEN_PrepareHardware};
static const struct node powered = {.name = "D", .open_option = DMF_MODULE_OPEN_OPTION_OPEN_D0Entry};

static VOID add_life_cycle(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    UNREFERENCED_PARAMETER(Device);
    node_add(DmfModuleInit, &prepared);
    node_add(DmfModuleInit, &powered);
}

static void describe_miniport(PDMFDEVICE_INIT dmf_init)
{
    static DMF_EVENT_CALLBACKS events;

    DMF_EVENT_CALLBACKS_INIT(&events);
    events.EvtDmfDeviceModulesAdd = add_life_cycle;
    DMF_DmfDeviceInitSetEventCallbacks(dmf_init, &events);
}

static void begin_miniport(void)
{
    client.no_device_init = true;
    client.before_modules = describe_miniport;
    begin();
    CHECK(WdfDeviceGetDefaultQueue(device) == NULL);
    NODE_TRACE("");
}

static void miniport_simulates_start_and_end(void)
{
    begin_miniport();
    CHECK_STATUS(DMF_Invoke_DeviceCallbacksCreate(device, NULL, NULL, WdfPowerDeviceD3Final), STATUS_SUCCESS);
    NODE_TRACE("P.Open D.Open");
    CHECK_STATUS(DMF_Invoke_DeviceCallbacksDestroy(device, NULL, WdfPowerDeviceD3Final), STATUS_SUCCESS);
    NODE_TRACE("D.Close P.Close");
    CHECK_STATUS(testkit_remove(machine_device), STATUS_SUCCESS);
    NODE_TRACE("P.Destroy D.Destroy");
    wdf_case_unload();
    memset(&client, 0, sizeof(client));
}

static void miniport_that_does_not_simulate_the_end_is_ended_with_its_device(void)
{
    begin_miniport();
    CHECK_STATUS(DMF_Invoke_DeviceCallbacksCreate(device, NULL, NULL, WdfPowerDeviceD3Final), STATUS_SUCCESS);
    node_forget();
    CHECK_STATUS(testkit_remove(machine_device), STATUS_SUCCESS);
    NODE_TRACE("D.Close P.Close P.Destroy D.Destroy");
    wdf_case_unload();
    memset(&client, 0, sizeof(client));
}

static void miniport_whose_start_fails_is_undone(void)
{
    begin_miniport();
    node_answer("D", "Open", STATUS_DEVICE_POWER_FAILURE);
    CHECK_STATUS(DMF_Invoke_DeviceCallbacksCreate(device, NULL, NULL, WdfPowerDeviceD3Final), STATUS_DEVICE_POWER_FAILURE);
    NODE_TRACE("P.Open D.Open");
    node_answer("P", "Open", STATUS_DEVICE_NOT_READY);
    CHECK_STATUS(DMF_Invoke_DeviceCallbacksDestroy(device, NULL, WdfPowerDeviceD3Final), STATUS_SUCCESS);
    NODE_TRACE("P.Close");
    CHECK_STATUS(DMF_Invoke_DeviceCallbacksCreate(device, NULL, NULL, WdfPowerDeviceD3Final), STATUS_DEVICE_NOT_READY);
    NODE_TRACE("P.Open");
    node_answer(NULL, NULL, STATUS_SUCCESS);
    end();
}

/*
 * Control devices, and the rest.
 */

static void client_device_is_given_for_a_control_device_and_for_no_other(void)
{
    PDMFDEVICE_INIT dmf_init;

    client.no_device_init = true;
    client.before_modules = describe_miniport;
    begin();
    dmf_init = DMF_DmfControlDeviceInitAllocate(NULL);
    CHECK_STATUS(DMF_ModulesCreate(device, &dmf_init), STATUS_INVALID_PARAMETER);
    CHECK(dmf_init == NULL);
    end();
}

static void recorder_can_be_disabled_for_the_driver(void)
{
    begin();
    CHECK(!DMF_DmfDeviceInitIsWppRecorderDisabled() || nt_seed() > 1);
    DMF_DmfDeviceInitDisableWppRecorder(NULL);
    CHECK(DMF_DmfDeviceInitIsWppRecorderDisabled());
    end();
}

#define PARAMETERS "\\Registry\\Machine\\System\\CurrentControlSet\\Services\\case\\Parameters"

static void set_branch_track(PDMFDEVICE_INIT dmf_init)
{
    static DMF_CONFIG_BranchTrack config;

    DMF_BranchTrack_CONFIG_INIT(&config, (CHAR *)"client");
    CHECK_EQUAL(config.MaximumBranches, 200);
    CHECK_EQUAL(config.MaximumBranchNameLength, 300);
    CHECK_EQUAL(config.MaximumFileNameLength, 0);
    CHECK(strcmp(config.ClientName, "client") == 0);
    DMF_DmfDeviceInitSetBranchTrackConfig(dmf_init, &config);
}

static void branch_track_is_there_only_if_the_parameters_key_asks_for_it(void)
{
    client.before_modules = set_branch_track;
    begin();
    CHECK(DMF_FeatureModuleGetFromDevice(device, DmfFeature_BranchTrack) == NULL);
    CHECK_STATUS(testkit_remove(machine_device), STATUS_SUCCESS);
    CHECK_STATUS(testkit_set_number(PARAMETERS, "BranchTrackEnabled", 0), STATUS_SUCCESS);
    CHECK_STATUS(try_start(), STATUS_SUCCESS);
    CHECK(DMF_FeatureModuleGetFromDevice(device, DmfFeature_BranchTrack) == NULL);
    end();
}

/*
 * Misuse that debug builds find.
 */

static void hook_twice(PDMFDEVICE_INIT dmf_init)
{
    DMF_DmfDeviceInitHookPnpPowerEventCallbacks(dmf_init, NULL);
}

static void stops_when_callbacks_are_hooked_twice(void)
{
    client.before_modules = hook_twice;
    begin();
}

static void filter_twice(PDMFDEVICE_INIT dmf_init)
{
    DMF_DmfFdoSetFilter(dmf_init);
    DMF_DmfFdoSetFilter(dmf_init);
}

static void stops_when_a_device_becomes_a_filter_twice(void)
{
    client.before_modules = filter_twice;
    begin();
}

static void stops_when_a_control_device_has_power_callbacks(void)
{
    begin();
    DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(DMF_DmfControlDeviceInitAllocate(NULL), NULL);
}

static void stops_when_another_device_has_a_client_device(void)
{
    begin();
    DMF_DmfControlDeviceInitSetClientDriverDevice(DMF_DmfDeviceInitAllocate(NULL), device);
}

static void stops_when_a_start_is_simulated_that_wdf_performs(void)
{
    begin();
    (void)DMF_Invoke_DeviceCallbacksCreate(device, NULL, NULL, WdfPowerDeviceD3Final);
}

#if !defined(DBG) || !DBG
static void misuse_has_its_published_answer_in_release(void)
{
    PDMFDEVICE_INIT dmf_init;

    begin();
    CHECK_STATUS(DMF_Invoke_DeviceCallbacksCreate(device, NULL, NULL, WdfPowerDeviceD3Final), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(DMF_Invoke_DeviceCallbacksDestroy(device, NULL, WdfPowerDeviceD3Final), STATUS_NOT_SUPPORTED);
    dmf_init = DMF_DmfDeviceInitAllocate(NULL);
    DMF_DmfControlDeviceInitSetClientDriverDevice(dmf_init, device);
    CHECK_STATUS(DMF_ModulesCreate(device, &dmf_init), STATUS_INVALID_PARAMETER);
    end();
}
#else
static void misuse_has_its_published_answer_in_release(void)
{
}
#endif

const struct nt_case nt_cases[] = {
    CASE(each_mandatory_hook_is_missed),
    CASE(modules_live_as_long_as_the_device),
    CASE(second_creation_of_modules_is_refused),
    CASE(callbacks_that_nobody_initialised_have_no_log),
    CASE(device_without_modules_is_legal),
    CASE(hooks_replace_what_dmf_handles_and_leave_the_rest),
    CASE(callbacks_that_are_hooked_are_called_without_being_given_to_wdf),
    CASE(default_queue_is_created_unless_the_client_hooks_one),
    CASE(default_queue_is_the_one_that_the_client_describes),
    CASE(everything_accepts_an_init_without_memory),
    CASE(each_allocation_of_a_start_may_fail),
    CASE(each_call_of_the_creation_may_fail),
    CASE(module_that_does_not_open_fails_the_creation_and_the_rest_goes_with_the_device),
    CASE(miniport_simulates_start_and_end),
    CASE(miniport_that_does_not_simulate_the_end_is_ended_with_its_device),
    CASE(miniport_whose_start_fails_is_undone),
    CASE(client_device_is_given_for_a_control_device_and_for_no_other),
    CASE(recorder_can_be_disabled_for_the_driver),
    CASE(branch_track_is_there_only_if_the_parameters_key_asks_for_it),
    DEBUG_STOPS(stops_when_callbacks_are_hooked_twice, "PnpPowerIsHooked"),
    DEBUG_STOPS(stops_when_a_device_becomes_a_filter_twice, "IsFilterDevice"),
    DEBUG_STOPS(stops_when_a_control_device_has_power_callbacks, "IsControlDevice"),
    DEBUG_STOPS(stops_when_another_device_has_a_client_device, "IsControlDevice"),
    DEBUG_STOPS(stops_when_a_start_is_simulated_that_wdf_performs, "DeviceAddIsImplemented"),
    CASE(misuse_has_its_published_answer_in_release),
    CASES_END,
};
