/* SPDX-License-Identifier: MIT */
/*
 * LiveKernelDump: what is registered, what a report has, and who may ask for one.
 */
#include "dmf_case.h"

#include <string.h>

#include "crash_access.h"

/* {5A6B7C8D-0001-0002-0304-050607080910} */
static const GUID secondary_guid = {0x5a6b7c8d, 1, 2, {3, 4, 5, 6, 7, 8, 9, 0x10}};
static const GUID interface_guid = {0x5a6b7c8e, 1, 2, {3, 4, 5, 6, 7, 8, 9, 0x10}};

static UCHAR memory[3][16] = {"first", "second", "third"};
static int initialised;

static VOID initialise(DMFMODULE DmfModule)
{
    CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(DmfModule, memory[0], 6), STATUS_SUCCESS);
    initialised++;
}

static void fill(DMF_CONFIG_LiveKernelDump *config, DMF_MODULE_ATTRIBUTES *attributes)
{
    DMF_CONFIG_LiveKernelDump_AND_ATTRIBUTES_INIT(config, attributes);
    DMF_LiveKernelDump_CONFIG_INIT(config);
    memcpy(config->ReportType, L"driver", 7 * sizeof(WCHAR));
    config->GuidSecondaryData = secondary_guid;
}

static DMFMODULE begin(enum dmf_case_life life)
{
    DMF_CONFIG_LiveKernelDump config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill(&config, &attributes);
    return dmf_case_begin(life, &attributes);
}

static NTSTATUS report(DMFMODULE module, BOOLEAN exclude)
{
    NTSTATUS status;

    crash_dumps_begin();
    status = DMF_LIVEKERNELDUMP_CREATE(module, 0x77, 5, exclude, 0, NULL, 0, NULL);
    CHECK(crash_dumps_end() == NT_SUCCESS(status));
    return status;
}

static bool block_is(size_t n, const void *address, size_t length)
{
    const struct crash_block *block = crash_block(CRASH_TRIAGE, n);

    return block != NULL && block->address == address && block->length == length &&
           memcmp(block->data, address, length) == 0;
}

static void report_has_what_is_registered_the_oldest_first(void)
{
    FOR_EACH_LIFE
    {
        DMFMODULE module = begin(life);

        CHECK_EQUAL(DMF_LIVEKERNELDUMP_GET_DMF_DATA_SIZE(module), 0);
        CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(module, memory[1], 7), STATUS_SUCCESS);
        CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(module, memory[0], 6), STATUS_SUCCESS);
        CHECK_EQUAL(DMF_LIVEKERNELDUMP_GET_DMF_DATA_SIZE(module), 7 + 8 + 6 + 8);
        DMF_LiveKernelDump_StoreDmfCollectionAsBugcheckParameter(module, 99);
        CHECK_STATUS(report(module, FALSE), STATUS_SUCCESS);
        CHECK(crash_dump.live && crash_dump.code == 0x77 && strcmp(crash_dump.component, "driver") == 0);
        CHECK(crash_dump.parameters[0] == 5 && crash_dump.parameters[1] == 99);
        CHECK(crash_dump.parameters[2] == 0 && crash_dump.parameters[3] == 0);
        CHECK_EQUAL(crash_dump.count, 2);
        CHECK(block_is(0, memory[1], 7) && block_is(1, memory[0], 6));
        dmf_case_end();
    }
}

static void report_can_be_without_what_is_registered(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);

    CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(module, memory[1], 7), STATUS_SUCCESS);
    DMF_LiveKernelDump_StoreDmfCollectionAsBugcheckParameter(module, 99);
    CHECK_STATUS(report(module, TRUE), STATUS_SUCCESS);
    CHECK_EQUAL(crash_dump.count, 0);
    CHECK_EQUAL(crash_dump.parameters[1], 0);
    dmf_case_end();
}

static void removed_memory_is_not_in_the_report(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);

    CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(module, memory[0], 6), STATUS_SUCCESS);
    CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(module, memory[1], 7), STATUS_SUCCESS);
    /* Address and length must both match. */
    DMF_LiveKernelDump_DataBufferSourceRemove(module, memory[0], 5);
    DMF_LiveKernelDump_DataBufferSourceRemove(module, memory[2], 6);
    CHECK_EQUAL(DMF_LiveKernelDump_DmfDataSizeGet(module), 29);
    DMF_LiveKernelDump_DataBufferSourceRemove(module, memory[0], 6);
    DMF_LiveKernelDump_DataBufferSourceRemove(module, memory[0], 6);
    CHECK_EQUAL(DMF_LiveKernelDump_DmfDataSizeGet(module), 15);
    CHECK_STATUS(report(module, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(crash_dump.count, 1);
    CHECK(block_is(0, memory[1], 7));
    dmf_case_end();
}

static void block_beyond_256_displaces_the_oldest(void)
{
    static UCHAR many[257];
    DMFMODULE module = begin(DMF_CASE_STATIC);

    for (size_t index = 0; index < 257; index++)
    {
        CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(module, &many[index], 1), STATUS_SUCCESS);
    }
    CHECK_STATUS(report(module, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(crash_dump.count, 256);
    CHECK(block_is(0, &many[1], 1) && block_is(255, &many[256], 1));
    dmf_case_end();
}

static void calls_without_a_module_do_nothing(void)
{
    CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(NULL, memory[0], 6), STATUS_SUCCESS);
    DMF_LiveKernelDump_DataBufferSourceRemove(NULL, memory[0], 6);
    DMF_LiveKernelDump_StoreDmfCollectionAsBugcheckParameter(NULL, 1);
    CHECK_STATUS(DMF_LIVEKERNELDUMP_CREATE(NULL, 1, 2, FALSE, 1, NULL, 1, NULL), STATUS_SUCCESS);
}

static void nothing_cannot_be_registered(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);

    CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(module, NULL, 6), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(module, memory[0], 0), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(DMF_LiveKernelDump_DmfDataSizeGet(module), 0);
    dmf_case_end();
}

static void report_has_the_clients_structures_and_secondary_data(void)
{
    LIVEKERNELDUMP_CLIENT_STRUCTURE structures[] = {{memory[2], 6}, {memory[0], 6}};
    DMFMODULE module = begin(DMF_CASE_STATIC);
    const struct crash_block *secondary;

    CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(module, memory[1], 7), STATUS_SUCCESS);
    crash_dumps_begin();
    CHECK_STATUS(DMF_LIVEKERNELDUMP_CREATE(module, 1, 2, FALSE, 2, structures, 5, memory[0]), STATUS_SUCCESS);
    CHECK(crash_dumps_end());
    CHECK_EQUAL(crash_dump.count, 4);
    CHECK(block_is(0, memory[1], 7) && block_is(1, memory[2], 6) && block_is(2, memory[0], 6));
    secondary = crash_block(CRASH_SECONDARY, 0);
    CHECK(memcmp(secondary->guid, &secondary_guid, sizeof(GUID)) == 0);
    CHECK(secondary->length == 5 && memcmp(secondary->data, "first", 5) == 0);
    dmf_case_end();
}

static void secondary_data_needs_its_guid(void)
{
    DMF_CONFIG_LiveKernelDump config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    fill(&config, &attributes);
    RtlZeroMemory(&config.GuidSecondaryData, sizeof(GUID));
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    crash_dumps_begin();
    CHECK_STATUS(DMF_LIVEKERNELDUMP_CREATE(module, 1, 2, FALSE, 0, NULL, 5, memory[0]), STATUS_SUCCESS);
    CHECK(crash_dumps_end());
    CHECK_EQUAL(crash_dump.count, 0);
    dmf_case_end();
}

static void counts_without_memory_are_refused(void)
{
    LIVEKERNELDUMP_CLIENT_STRUCTURE empty = {memory[0], 0};
    DMFMODULE module = begin(DMF_CASE_STATIC);

    CHECK_STATUS(DMF_LIVEKERNELDUMP_CREATE(module, 1, 2, FALSE, 1, NULL, 0, NULL), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(DMF_LIVEKERNELDUMP_CREATE(module, 1, 2, FALSE, 0, NULL, 1, NULL), STATUS_INVALID_PARAMETER);
    /* The first error is returned. */
    CHECK_STATUS(DMF_LIVEKERNELDUMP_CREATE(module, 1, 2, FALSE, 1, &empty, 0, NULL), STATUS_INVALID_PARAMETER);
    dmf_case_end();
}

static void report_without_memory_fails(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);

    testkit_fail_allocation(1);
    CHECK_STATUS(report(module, FALSE), STATUS_UNSUCCESSFUL);
    testkit_fail_allocation(0);
    CHECK_STATUS(report(module, FALSE), STATUS_SUCCESS);
    dmf_case_end();
}

static void client_registers_what_it_has_at_the_open(void)
{
    DMF_CONFIG_LiveKernelDump config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    fill(&config, &attributes);
    config.LiveKernelDumpFeatureInitialize = initialise;
    initialised = 0;
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    CHECK_EQUAL(initialised, 1);
    CHECK_STATUS(report(module, FALSE), STATUS_SUCCESS);
    CHECK(block_is(0, memory[0], 6));
    dmf_case_end();
}

static void crash_dump_has_what_is_registered(void)
{
    DMF_CONFIG_LiveKernelDump config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    fill(&config, &attributes);
    config.IncludeDmfDataInBugCheckTriageDump = TRUE;
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    CHECK(g_DmfModuleCrashDump != NULL);
    CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(module, memory[1], 7), STATUS_SUCCESS);
    CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(module, memory[0], 6), STATUS_SUCCESS);
    DMF_LiveKernelDump_DataBufferSourceRemove(module, memory[0], 6);
    crash_rehearse(1, 2, 3, 4, 5);
    CHECK_EQUAL(crash_dump.count, 1);
    CHECK(block_is(0, memory[1], 7));
    CHECK(strcmp(crash_block(CRASH_TRIAGE, 0)->component, "DMF") == 0);
    dmf_case_end();
    CHECK(g_DmfModuleCrashDump == NULL);
}

/*
 * Programs.
 */

static NTSTATUS ask_as(enum testkit_opener opener, const LIVEKERNELDUMP_INPUT_BUFFER *input, ULONG size)
{
    struct testkit_file *file;
    NTSTATUS status;

    CHECK_STATUS(testkit_open_as(opener, "\\??\\DmfCase", true, true, &file), STATUS_SUCCESS);
    crash_dumps_begin();
    status = testkit_control(file, IOCTL_LIVEKERNELDUMP_CREATE, input, size, NULL, 0, NULL);
    CHECK(crash_dumps_end() == NT_SUCCESS(status));
    testkit_close(file);
    return status;
}

static void administrators_ask_for_reports(void)
{
    LIVEKERNELDUMP_CLIENT_STRUCTURE structure = {memory[1], 7};
    LIVEKERNELDUMP_INPUT_BUFFER input = {.BugCheckCode = 0x99, .BugCheckParameter = 3};
    DMF_CONFIG_LiveKernelDump config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill(&config, &attributes);
    config.GuidDeviceInterface = interface_guid;
    (void)dmf_case_begin(DMF_CASE_STATIC, &attributes);
    CHECK_STATUS(ask_as(TESTKIT_USER, &input, sizeof(input)), STATUS_ACCESS_DENIED);
    CHECK_STATUS(ask_as(TESTKIT_ADMINISTRATOR, &input, sizeof(input) - 1), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(ask_as(TESTKIT_ADMINISTRATOR, &input, sizeof(input)), STATUS_SUCCESS);
    CHECK(crash_dump.code == 0x99 && crash_dump.parameters[0] == 3);
    input.NumberOfClientStructures = 1;
    CHECK_STATUS(ask_as(TESTKIT_ADMINISTRATOR, &input, sizeof(input)), STATUS_INVALID_PARAMETER);
    input.ArrayOfClientStructures = (PLIVEKERNELDUMP_CLIENT_STRUCTURE)16;
    CHECK_STATUS(ask_as(TESTKIT_ADMINISTRATOR, &input, sizeof(input)), STATUS_INVALID_PARAMETER);
    input.ArrayOfClientStructures = &structure;
    input.SizeOfSecondaryData = 6;
    input.SecondaryDataBuffer = (PVOID)(ULONG_PTR)-3;
    CHECK_STATUS(ask_as(TESTKIT_ADMINISTRATOR, &input, sizeof(input)), STATUS_INVALID_PARAMETER);
    input.SecondaryDataBuffer = memory[0];
    CHECK_STATUS(ask_as(TESTKIT_ADMINISTRATOR, &input, sizeof(input)), STATUS_SUCCESS);
    CHECK_EQUAL(crash_dump.count, 2);
    CHECK(block_is(0, memory[1], 7));
    dmf_case_end();
}

static void programs_cannot_ask_without_an_interface(void)
{
    LIVEKERNELDUMP_INPUT_BUFFER input = {.BugCheckCode = 0x99};

    (void)begin(DMF_CASE_STATIC);
    CHECK_STATUS(ask_as(TESTKIT_ADMINISTRATOR, &input, sizeof(input)), STATUS_NOT_SUPPORTED);
    dmf_case_end();
}

/*
 * The Feature.
 */

static DMFMODULE feature_client;
static WDFDEVICE feature_device;
static struct testkit_device *feature_machine_device;
static DMF_CONFIG_LiveKernelDump feature_config;

static VOID feature_modules_add(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    DMF_CONFIG_RingBuffer config;
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_CONFIG_RingBuffer_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.ItemCount = 1;
    config.ItemSize = 1;
    config.Mode = RingBuffer_Mode_DeleteOldestIfFullOnWrite;
    attributes.ClientModuleInstanceName = "TheRing";
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &feature_client);
}

static NTSTATUS feature_device_add(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    PDMFDEVICE_INIT dmf_init = DMF_DmfDeviceInitAllocate(DeviceInit);
    DMF_EVENT_CALLBACKS events;
    NTSTATUS status;

    DMF_DmfDeviceInitHookPnpPowerEventCallbacks(dmf_init, NULL);
    DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(dmf_init, NULL);
    DMF_DmfDeviceInitHookFileObjectConfig(dmf_init, NULL);
    DMF_EVENT_CALLBACKS_INIT(&events);
    events.EvtDmfDeviceModulesAdd = feature_modules_add;
    DMF_DmfDeviceInitSetEventCallbacks(dmf_init, &events);
    DMF_DmfDeviceInitSetLiveKernelDumpConfig(dmf_init, &feature_config);
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &feature_device);
    if (NT_SUCCESS(status))
    {
        status = DMF_ModulesCreate(feature_device, &dmf_init);
    }
    DMF_DmfDeviceInitFree(&dmf_init);
    return status;
}

/* Whether the report has a block that begins with the bytes and is that long; zero for any length. */
static bool report_has(const void *address, const char *bytes, size_t length)
{
    const struct crash_block *block;

    for (size_t n = 0; (block = crash_block(CRASH_TRIAGE, n)) != NULL; n++)
    {
        if ((address == NULL || block->address == address) && (length == 0 || block->length == length) &&
            (bytes == NULL || strcmp((const char *)block->data, bytes) == 0))
        {
            return true;
        }
    }
    return false;
}

static void report_of_the_feature_has_all_modules(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE feature;
    ULONG before;

    fill(&feature_config, &attributes);
    wdf_case_load(feature_device_add);
    CHECK_STATUS(testkit_start(wdf_case_driver, "feature", &feature_machine_device), STATUS_SUCCESS);
    feature = DMF_FeatureModuleGetFromDevice(feature_device, DmfFeature_LiveKernelDump);
    CHECK(feature != NULL);
    CHECK(DMF_FeatureModuleGetFromModule(feature_client, DmfFeature_LiveKernelDump) == feature);
    before = DMF_LIVEKERNELDUMP_GET_DMF_DATA_SIZE(feature);
    CHECK_STATUS(DMF_MODULE_LIVEKERNELDUMP_POINTER_STORE(feature_client, memory[0], 6), STATUS_SUCCESS);
    CHECK_STATUS(DMF_MODULE_LIVEKERNELDUMP_POINTER_STORE(feature_client, memory[1], 7), STATUS_SUCCESS);
    DMF_MODULE_LIVEKERNELDUMP_POINTER_REMOVE(feature_client, memory[1], 7);
    CHECK_EQUAL(DMF_LIVEKERNELDUMP_GET_DMF_DATA_SIZE(feature), before + 14);
    crash_dumps_begin();
    CHECK_STATUS(DMF_MODULE_LIVEKERNELDUMP_CREATE(feature_client, 1, 2, FALSE, 0, NULL, 0, NULL), STATUS_SUCCESS);
    CHECK(crash_dumps_end());
    /* The collection, which the second parameter tells of, is the first block. */
    CHECK(crash_dump.parameters[1] != 0);
    CHECK(crash_block(CRASH_TRIAGE, 0)->address == (const void *)(ULONG_PTR)crash_dump.parameters[1]);
    CHECK(report_has(NULL, "TheRing", 8));
    CHECK(report_has(NULL, NULL, sizeof(DMF_CONFIG_RingBuffer)));
    CHECK(report_has(memory[0], "first", 6));
    CHECK(!report_has(memory[1], NULL, 0));
    CHECK_STATUS(testkit_remove(feature_machine_device), STATUS_SUCCESS);
    wdf_case_unload();
}

/*
 * Races and allocations.
 */

static void register_and_remove(void *argument)
{
    KIRQL irql;

    for (int round = 0; round < 5; round++)
    {
        KeRaiseIrql(DISPATCH_LEVEL, &irql);
        CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(argument, memory[1], 7), STATUS_SUCCESS);
        DMF_LiveKernelDump_DataBufferSourceRemove(argument, memory[1], 7);
        KeLowerIrql(irql);
    }
}

static void write_reports(void *argument)
{
    for (int round = 0; round < 2; round++)
    {
        /* There is no folder, so nothing is written. */
        CHECK_STATUS(DMF_LIVEKERNELDUMP_CREATE((DMFMODULE)argument, 1, 2, FALSE, 0, NULL, 0, NULL),
                     STATUS_OBJECT_PATH_NOT_FOUND);
    }
}

static void reports_are_written_while_others_register_and_remove(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);
    struct nt_thread *threads[2];

    CHECK_STATUS(DMF_LiveKernelDump_DataBufferSourceAdd(module, memory[0], 6), STATUS_SUCCESS);
    threads[0] = nt_thread_start(register_and_remove, module);
    threads[1] = nt_thread_start(write_reports, module);
    write_reports(module);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    CHECK_EQUAL(DMF_LiveKernelDump_DmfDataSizeGet(module), 14);
    CHECK_STATUS(report(module, FALSE), STATUS_SUCCESS);
    CHECK_EQUAL(crash_dump.count, 1);
    dmf_case_end();
}

static void begin_and_end_with_all(void)
{
    DMF_CONFIG_LiveKernelDump config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    fill(&config, &attributes);
    config.GuidDeviceInterface = interface_guid;
    config.IncludeDmfDataInBugCheckTriageDump = TRUE;
    if (NT_SUCCESS(dmf_case_try(DMF_CASE_STATIC, &attributes, &module)))
    {
        (void)DMF_LIVEKERNELDUMP_CREATE(module, 1, 2, FALSE, 0, NULL, 5, memory[0]);
        dmf_case_end();
    }
    CHECK(g_DmfModuleCrashDump == NULL);
}

static void allocation_that_fails_leaves_nothing(void)
{
    dmf_case_fail_each_allocation(begin_and_end_with_all);
}

const struct nt_case nt_cases[] = {
    CASE(report_has_what_is_registered_the_oldest_first),
    CASE(report_can_be_without_what_is_registered),
    CASE(removed_memory_is_not_in_the_report),
    CASE(block_beyond_256_displaces_the_oldest),
    CASE(calls_without_a_module_do_nothing),
    CASE(nothing_cannot_be_registered),
    CASE(report_has_the_clients_structures_and_secondary_data),
    CASE(secondary_data_needs_its_guid),
    CASE(counts_without_memory_are_refused),
    CASE(report_without_memory_fails),
    CASE(client_registers_what_it_has_at_the_open),
    CASE(crash_dump_has_what_is_registered),
    CASE(administrators_ask_for_reports),
    CASE(programs_cannot_ask_without_an_interface),
    CASE(report_of_the_feature_has_all_modules),
    CASE(reports_are_written_while_others_register_and_remove),
    CASE(allocation_that_fails_leaves_nothing),
    CASES_END,
};
