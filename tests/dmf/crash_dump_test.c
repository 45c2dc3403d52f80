/* SPDX-License-Identifier: MIT */
/*
 * CrashDump: what it keeps of the driver, and what the dump has in the end.
 */
#include "crash_dump_case.h"

/*
 * The Config.
 */

static VOID query_nothing(DMFMODULE DmfModule, VOID **OutputBuffer, ULONG *SizeNeededBytes)
{
}

static VOID write_nothing(DMFMODULE DmfModule, VOID **OutputBuffer, ULONG *OutputBufferLength)
{
    *OutputBufferLength = 0;
}

static VOID store_nothing(DMFMODULE DmfModule, ULONG BugCheckCode, ULONG_PTR BugCheckParameter1,
                          ULONG_PTR BugCheckParameter2, ULONG_PTR BugCheckParameter3, ULONG_PTR BugCheckParameter4)
{
}

static NTSTATUS try_config(const DMF_CONFIG_CrashDump *wanted)
{
    DMF_CONFIG_CrashDump config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;
    NTSTATUS status;

    DMF_CONFIG_CrashDump_AND_ATTRIBUTES_INIT(&config, &attributes);
    config = *wanted;
    status = dmf_case_try(DMF_CASE_STATIC, &attributes, &module);
    if (NT_SUCCESS(status))
    {
        CHECK(g_DmfModuleCrashDump == module);
        dmf_case_end();
    }
    CHECK(g_DmfModuleCrashDump == NULL);
    return status;
}

static UCHAR component[] = "component";

static void each_of_the_four_kinds_of_data_is_enough(void)
{
    DMF_CONFIG_CrashDump self = {.SecondaryData = {.BufferCount = 1, .BufferSize = 1}};
    DMF_CONFIG_CrashDump sources = {.SecondaryData = {.DataSourceCount = 8, .RingBufferMaximumSize = 1}};
    DMF_CONFIG_CrashDump additional = {
        .SecondaryData = {.EvtCrashDumpQuery = query_nothing, .EvtCrashDumpWrite = write_nothing}};
    DMF_CONFIG_CrashDump triage = {.ComponentName = component, .TriageDumpData = {.TriageDumpDataArraySize = 1}};

    CHECK_STATUS(try_config(&self), STATUS_SUCCESS);
    CHECK_STATUS(try_config(&sources), STATUS_SUCCESS);
    CHECK_STATUS(try_config(&additional), STATUS_SUCCESS);
    CHECK_STATUS(try_config(&triage), STATUS_SUCCESS);
}

static const DMF_CONFIG_CrashDump nothing_at_all = {.ComponentName = component};
static const DMF_CONFIG_CrashDump too_many = {.SecondaryData = {.DataSourceCount = 9, .RingBufferMaximumSize = 1}};
static const DMF_CONFIG_CrashDump query_alone = {
    .SecondaryData = {.DataSourceCount = 1, .RingBufferMaximumSize = 1, .EvtCrashDumpQuery = query_nothing}};
static const DMF_CONFIG_CrashDump write_alone = {.SecondaryData = {.EvtCrashDumpWrite = write_nothing}};
static const DMF_CONFIG_CrashDump count_alone = {
    .SecondaryData = {.DataSourceCount = 1, .RingBufferMaximumSize = 1, .BufferCount = 1}};
static const DMF_CONFIG_CrashDump triage_of_nobody = {.TriageDumpData = {.TriageDumpDataArraySize = 1}};
static const DMF_CONFIG_CrashDump size_alone = {
    .SecondaryData = {.DataSourceCount = 1, .RingBufferMaximumSize = 1, .BufferSize = 1}};
static const DMF_CONFIG_CrashDump sources_without_room = {.SecondaryData = {.DataSourceCount = 1}};
static const DMF_CONFIG_CrashDump store_without_triage = {
    .SecondaryData = {.BufferCount = 1, .BufferSize = 1},
    .TriageDumpData = {.EvtCrashDumpStoreTriageDumpData = store_nothing}};

#define CONFIG_CASE(Name, Config)  \
    static void Name(void)         \
    {                              \
        (void)try_config(&Config); \
    }
CONFIG_CASE(nothing_at_all_asserts, nothing_at_all)
CONFIG_CASE(too_many_sources_assert, too_many)
CONFIG_CASE(query_without_write_asserts, query_alone)
CONFIG_CASE(write_without_query_asserts, write_alone)
CONFIG_CASE(entries_without_size_assert, count_alone)
CONFIG_CASE(triage_data_without_a_component_asserts, triage_of_nobody)
CONFIG_CASE(size_without_entries_asserts, size_alone)
CONFIG_CASE(sources_without_room_assert, sources_without_room)
CONFIG_CASE(store_callback_without_triage_data_asserts, store_without_triage)

/* A debug build asserts what others refuse. */
static void config_that_cannot_be_is_refused(void)
{
#if !defined(DEBUG)
    CHECK_STATUS(try_config(&nothing_at_all), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(try_config(&too_many), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(try_config(&query_alone), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(try_config(&write_alone), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(try_config(&count_alone), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(try_config(&triage_of_nobody), STATUS_INVALID_PARAMETER);
#endif
}

static void config_that_is_only_odd_is_taken(void)
{
#if !defined(DEBUG)
    CHECK_STATUS(try_config(&size_alone), STATUS_SUCCESS);
    CHECK_STATUS(try_config(&sources_without_room), STATUS_SUCCESS);
    CHECK_STATUS(try_config(&store_without_triage), STATUS_SUCCESS);
#endif
}

static void ring_larger_than_memory_is_counted_in_is_refused(void)
{
    DMF_CONFIG_CrashDump self = {.SecondaryData = {.BufferCount = 0x10000, .BufferSize = 0x10001}};
    DMF_CONFIG_CrashDump triage = {.ComponentName = component, .TriageDumpData = {.TriageDumpDataArraySize = MAXULONG}};

    CHECK_STATUS(try_config(&self), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(try_config(&triage), STATUS_INVALID_PARAMETER);
}

static void second_instance_is_refused_until_the_first_is_gone(void)
{
    DMF_CONFIG_CrashDump config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE second = (DMFMODULE)1;
    DMFMODULE first;

    FOR_EACH_LIFE
    {
        first = begin_self(life);
        CHECK(g_DmfModuleCrashDump == first);
        fill_self(&config, &attributes);
        CHECK_STATUS(DMF_CrashDump_Create(dmf_case_wdf_device, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &second),
                     STATUS_INVALID_PARAMETER);
        CHECK(second == NULL);
        CHECK(g_DmfModuleCrashDump == first);
        dmf_case_end();
        CHECK(g_DmfModuleCrashDump == NULL);
    }
}

static DMFMODULE created[2];

static void create_one(void *argument)
{
    DMF_CONFIG_CrashDump config;
    DMF_MODULE_ATTRIBUTES attributes;
    NTSTATUS status;

    fill_self(&config, &attributes);
    status = DMF_CrashDump_Create(dmf_case_wdf_device, &attributes, WDF_NO_OBJECT_ATTRIBUTES, argument);
    CHECK(NT_SUCCESS(status) || status == STATUS_INVALID_PARAMETER);
    CHECK(NT_SUCCESS(status) == (*(DMFMODULE *)argument != NULL));
}

static void of_two_that_create_one_instance_each_one_has_it(void)
{
    struct nt_thread *thread;

    dmf_case_begin_modules(NULL);
    thread = nt_thread_start(create_one, &created[0]);
    create_one(&created[1]);
    nt_thread_join(thread);
    CHECK((created[0] == NULL) != (created[1] == NULL));
    CHECK(g_DmfModuleCrashDump == (created[0] != NULL ? created[0] : created[1]));
    WdfObjectDelete(g_DmfModuleCrashDump);
    CHECK(g_DmfModuleCrashDump == NULL);
    dmf_case_end();
}

/*
 * The driver's own data.
 */

static void dump_has_the_entries_of_the_driver_the_oldest_first(void)
{
    static const char key[] = "0D1E2F30415263748596A7B8C9DAEBFC";
    const struct crash_block *block;

    FOR_EACH_LIFE
    {
        DMFMODULE module = begin_self(life);

        CHECK_STATUS(DMF_CrashDump_DataSourceWriteSelf(module, (UCHAR *)"aaaa", 4), STATUS_SUCCESS);
        CHECK_STATUS(DMF_CrashDump_DataSourceWriteSelf(module, (UCHAR *)"bbbb", 4), STATUS_SUCCESS);
        CHECK_STATUS(DMF_CrashDump_DataSourceWriteSelf(module, (UCHAR *)"cccc", 4), STATUS_SUCCESS);
        CHECK_STATUS(DMF_CrashDump_DataSourceWriteSelf(module, (UCHAR *)"dddd", 4), STATUS_SUCCESS);
        crash_rehearse(0x1234, 1, 2, 3, 4);
        CHECK_EQUAL(crash_dump.count, 1);
        block = crash_block(CRASH_SECONDARY, 0);
        CHECK(strcmp(block->component, "component") == 0);
        CHECK(memcmp(block->guid, &self_guid, sizeof(self_guid)) == 0);
        CHECK_EQUAL(block->length, 12);
        for (size_t index = 0; index < 12; index++)
        {
            CHECK_EQUAL(block->data[index] ^ (unsigned char)key[index], (unsigned char)"bbbbccccdddd"[index]);
        }
        dmf_case_end();
    }
}

static void key_begins_again_after_its_32_characters(void)
{
    static const char key[] = "0D1E2F30415263748596A7B8C9DAEBFC";
    DMF_CONFIG_CrashDump config;
    DMF_MODULE_ATTRIBUTES attributes;
    const struct crash_block *block;
    UCHAR entry[40] = {0};
    DMFMODULE module;

    fill_self(&config, &attributes);
    config.SecondaryData.BufferCount = 2;
    config.SecondaryData.BufferSize = sizeof(entry);
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    CHECK_STATUS(DMF_CrashDump_DataSourceWriteSelf(module, entry, sizeof(entry)), STATUS_SUCCESS);
    crash_rehearse(1, 0, 0, 0, 0);
    block = crash_block(CRASH_SECONDARY, 0);
    /* The place without an entry is zero, and hidden as well. */
    CHECK_EQUAL(block->length, 80);
    for (size_t index = 0; index < block->length; index++)
    {
        CHECK_EQUAL(block->data[index], (unsigned char)key[index % 32]);
    }
    dmf_case_end();
}

static void ring_without_entries_is_not_in_the_dump(void)
{
    (void)begin_self(DMF_CASE_STATIC);
    crash_rehearse(1, 0, 0, 0, 0);
    CHECK_EQUAL(crash_dump.count, 0);
    dmf_case_end();
}

static void dump_takes_of_a_large_ring_what_it_may(void)
{
    DMF_CONFIG_CrashDump config;
    DMF_MODULE_ATTRIBUTES attributes;
    static UCHAR entry[70000];
    DMFMODULE module;

    fill_self(&config, &attributes);
    config.SecondaryData.BufferSize = sizeof(entry);
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    CHECK_STATUS(DMF_CrashDump_DataSourceWriteSelf(module, entry, sizeof(entry)), STATUS_SUCCESS);
    crash_rehearse(1, 0, 0, 0, 0);
    CHECK_EQUAL(crash_block(CRASH_SECONDARY, 0)->length, 65536);
    dmf_case_end();
}

static void driver_without_a_ring_cannot_write(void)
{
    DMF_CONFIG_CrashDump config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    fill_self(&config, &attributes);
    config.SecondaryData.BufferCount = 0;
    config.SecondaryData.BufferSize = 0;
    config.SecondaryData.EvtCrashDumpQuery = query_nothing;
    config.SecondaryData.EvtCrashDumpWrite = write_nothing;
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    CHECK_STATUS(DMF_CrashDump_DataSourceWriteSelf(module, (UCHAR *)"aaaa", 4), STATUS_INVALID_PARAMETER);
    crash_rehearse(1, 0, 0, 0, 0);
    CHECK_EQUAL(crash_dump.count, 0);
    dmf_case_end();
}

static void entry_that_is_too_long_asserts(void)
{
    NTSTATUS status = DMF_CrashDump_DataSourceWriteSelf(begin_self(DMF_CASE_STATIC), (UCHAR *)"aaaaa", 5);

    UNREFERENCED_PARAMETER(status);
}

static void entry_of_another_size_is_refused(void)
{
#if !defined(DEBUG)
    DMFMODULE module = begin_self(DMF_CASE_STATIC);

    CHECK_STATUS(DMF_CrashDump_DataSourceWriteSelf(module, (UCHAR *)"aaaaa", 5), STATUS_UNSUCCESSFUL);
    CHECK_STATUS(DMF_CrashDump_DataSourceWriteSelf(module, (UCHAR *)"aaaaa", 3), STATUS_UNSUCCESSFUL);
    dmf_case_end();
#endif
}

static void write_at_dispatch(void *argument)
{
    KIRQL irql;

    for (int round = 0; round < 20; round++)
    {
        KeRaiseIrql(DISPATCH_LEVEL, &irql);
        CHECK_STATUS(DMF_CrashDump_DataSourceWriteSelf(argument, (UCHAR *)"aaaa", 4), STATUS_SUCCESS);
        KeLowerIrql(irql);
    }
}

static void driver_writes_at_dispatch_level_from_several_threads(void)
{
    DMFMODULE module = begin_self(DMF_CASE_STATIC);
    struct nt_thread *thread = nt_thread_start(write_at_dispatch, module);

    write_at_dispatch(module);
    nt_thread_join(thread);
    dmf_case_end();
}

static void driver_writes_while_the_system_stops(void)
{
    DMFMODULE module;
    struct nt_thread *thread;

    /* Only the simulation stops other threads, as a system that stops does. */
    if (!nt_is_simulated())
    {
        return;
    }
    module = begin_self(DMF_CASE_STATIC);
    CHECK_STATUS(DMF_CrashDump_DataSourceWriteSelf(module, (UCHAR *)"aaaa", 4), STATUS_SUCCESS);
    thread = nt_thread_start(write_at_dispatch, module);
    crash_rehearse(1, 0, 0, 0, 0);
    CHECK_EQUAL(crash_block(CRASH_SECONDARY, 0)->length, 12);
    nt_thread_join(thread);
    dmf_case_end();
}

/*
 * The Client's callbacks.
 */

static struct
{
    DMFMODULE module;
    int queries;
    int writes;
    ULONG size;
    ULONG largest;
    bool uses_own;
} additional;

static UCHAR additional_data[] = "the data of the callback";

static VOID additional_query(DMFMODULE DmfModule, VOID **OutputBuffer, ULONG *SizeNeededBytes)
{
    CHECK(DmfModule == additional.module);
    CHECK_EQUAL(KeGetCurrentIrql(), HIGH_LEVEL);
    CHECK(*OutputBuffer == NULL);
    CHECK_EQUAL(additional.writes, 0);
    additional.queries++;
    *OutputBuffer = additional_data;
    *SizeNeededBytes = additional.size;
}

static VOID additional_write(DMFMODULE DmfModule, VOID **OutputBuffer, ULONG *OutputBufferLength)
{
    CHECK(DmfModule == additional.module);
    CHECK_EQUAL(additional.queries, 1);
    CHECK(*OutputBuffer != NULL);
    additional.writes++;
    additional.largest = *OutputBufferLength;
    if (additional.uses_own)
    {
        *OutputBuffer = additional_data;
    }
    else
    {
        memcpy(*OutputBuffer, additional_data, sizeof(additional_data));
    }
    *OutputBufferLength = additional.size;
}

static void rehearse_additional(ULONG size, bool uses_own)
{
    DMF_CONFIG_CrashDump config = {.ComponentName = component,
                                   .SecondaryData = {.AdditionalDataGuid = additional_guid,
                                                     .EvtCrashDumpQuery = additional_query,
                                                     .EvtCrashDumpWrite = additional_write}};
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_CONFIG_CrashDump unused;

    RtlZeroMemory(&additional, sizeof(additional));
    additional.size = size;
    additional.uses_own = uses_own;
    DMF_CONFIG_CrashDump_AND_ATTRIBUTES_INIT(&unused, &attributes);
    attributes.ModuleConfigPointer = &config;
    additional.module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    crash_rehearse(1, 0, 0, 0, 0);
    CHECK_EQUAL(additional.queries, 1);
    CHECK_EQUAL(additional.writes, 1);
    CHECK_EQUAL(additional.largest, 65536);
    CHECK_EQUAL(crash_dump.count, size != 0 ? 1 : 0);
    dmf_case_end();
}

static void client_is_asked_for_the_size_and_then_for_the_data(void)
{
    for (int uses_own = 0; uses_own <= 1; uses_own++)
    {
        rehearse_additional(sizeof(additional_data), uses_own != 0);
        CHECK_EQUAL(crash_block(CRASH_SECONDARY, 0)->length, sizeof(additional_data));
        CHECK(memcmp(crash_block(CRASH_SECONDARY, 0)->data, additional_data, sizeof(additional_data)) == 0);
        CHECK(memcmp(crash_block(CRASH_SECONDARY, 0)->guid, &additional_guid, sizeof(GUID)) == 0);
    }
}

static void client_that_says_too_much_is_cut(void)
{
    rehearse_additional(70000, false);
    CHECK_EQUAL(crash_block(CRASH_SECONDARY, 0)->length, 65536);
}

static void client_that_says_nothing_is_not_in_the_dump(void)
{
    rehearse_additional(0, true);
}

/*
 * Triage data.
 */

static UCHAR triage_data[3][8] = {"first", "second", "third"};

static VOID store_third(DMFMODULE DmfModule, ULONG BugCheckCode, ULONG_PTR BugCheckParameter1, ULONG_PTR BugCheckParameter2,
                        ULONG_PTR BugCheckParameter3, ULONG_PTR BugCheckParameter4)
{
    CHECK_EQUAL(BugCheckCode, 0x77);
    CHECK_EQUAL(BugCheckParameter1, 1);
    CHECK_EQUAL(BugCheckParameter2, 2);
    CHECK_EQUAL(BugCheckParameter3, 3);
    CHECK_EQUAL(BugCheckParameter4, 4);
    CHECK_EQUAL(KeGetCurrentIrql(), HIGH_LEVEL);
    CHECK_STATUS(DMF_CrashDump_TriageDumpDataAdd(DmfModule, triage_data[2], 6), STATUS_SUCCESS);
}

static void fill_triage(DMF_CONFIG_CrashDump *config, DMF_MODULE_ATTRIBUTES *attributes, ULONG size)
{
    fill_self(config, attributes);
    config->TriageDumpData.TriageDumpDataArraySize = size;
}

static DMFMODULE begin_triage(ULONG size, EVT_DMF_CrashDump_StoreTriageDumpData *store)
{
    DMF_CONFIG_CrashDump config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill_triage(&config, &attributes, size);
    config.TriageDumpData.EvtCrashDumpStoreTriageDumpData = store;
    return dmf_case_begin(DMF_CASE_STATIC, &attributes);
}

static void dump_has_the_triage_data_of_the_driver_and_of_its_callback(void)
{
    DMFMODULE module = begin_triage(2, store_third);
    const struct crash_block *block;

    CHECK_STATUS(DMF_CrashDump_TriageDumpDataAdd(module, triage_data[0], 6), STATUS_SUCCESS);
    crash_rehearse(0x77, 1, 2, 3, 4);
    CHECK_EQUAL(crash_dump.count, 2);
    block = crash_block(CRASH_TRIAGE, 0);
    CHECK(block->address == triage_data[0] && block->length == 6 && memcmp(block->data, "first", 6) == 0);
    block = crash_block(CRASH_TRIAGE, 1);
    CHECK(block->address == triage_data[2] && block->length == 6 && memcmp(block->data, "third", 6) == 0);
    dmf_case_end();
}

static void triage_data_works_without_a_callback(void)
{
    DMFMODULE module = begin_triage(1, NULL);

    CHECK_STATUS(DMF_CrashDump_TriageDumpDataAdd(module, triage_data[1], 7), STATUS_SUCCESS);
    crash_rehearse(0x77, 1, 2, 3, 4);
    CHECK_EQUAL(crash_block(CRASH_TRIAGE, 0)->length, 7);
    dmf_case_end();
}

static void triage_data_that_does_not_fit_is_refused(void)
{
    DMFMODULE module = begin_triage(1, NULL);
    KIRQL irql;

    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    CHECK_STATUS(DMF_CrashDump_TriageDumpDataAdd(module, triage_data[0], 6), STATUS_SUCCESS);
    CHECK_STATUS(DMF_CrashDump_TriageDumpDataAdd(module, triage_data[2], 6), STATUS_INSUFFICIENT_RESOURCES);
    CHECK_STATUS(DMF_CrashDump_TriageDumpDataAdd(module, NULL, 6), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(DMF_CrashDump_TriageDumpDataAdd(module, triage_data[0], 0), STATUS_INVALID_PARAMETER);
    KeLowerIrql(irql);
    dmf_case_end();
}

static void triage_data_needs_its_list(void)
{
    DMFMODULE module = begin_self(DMF_CASE_STATIC);

    CHECK_STATUS(DMF_CrashDump_TriageDumpDataAdd(module, triage_data[0], 6), STATUS_INVALID_PARAMETER);
    dmf_case_end();
}

static DMFMODULE adding;

static void add_triage(void *argument)
{
    for (ULONG number = 0; number < 8; number++)
    {
        CHECK_STATUS(DMF_CrashDump_TriageDumpDataAdd(adding, (UCHAR *)argument + 16 * (size_t)number, 4), STATUS_SUCCESS);
    }
}

static void triage_data_is_added_from_several_threads(void)
{
    static UCHAR areas[2][128];
    struct nt_thread *thread;

    adding = begin_triage(16, NULL);
    thread = nt_thread_start(add_triage, areas[0]);
    add_triage(areas[1]);
    nt_thread_join(thread);
    CHECK_STATUS(DMF_CrashDump_TriageDumpDataAdd(adding, triage_data[0], 6), STATUS_INSUFFICIENT_RESOURCES);
    crash_rehearse(0x77, 1, 2, 3, 4);
    CHECK_EQUAL(crash_dump.count, 16);
    dmf_case_end();
}

static NTSTATUS try_triage(void)
{
    DMF_CONFIG_CrashDump config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    fill_triage(&config, &attributes, 1);
    return dmf_case_try(DMF_CASE_STATIC, &attributes, &module);
}

static void system_without_triage_data_is_told(void)
{
    triage_is_missing = true;
    CHECK_STATUS(try_triage(), STATUS_NOT_IMPLEMENTED);
    triage_is_missing = false;
    block_add_is_missing = true;
    CHECK_STATUS(try_triage(), STATUS_NOT_IMPLEMENTED);
    block_add_is_missing = false;
    /* Nothing of those that failed is left. */
    crash_rehearse(0x77, 1, 2, 3, 4);
    CHECK_EQUAL(crash_dump.count, 0);
}

static void registration_that_fails_leaves_nothing(void)
{
    DMF_CONFIG_CrashDump config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    /* The driver's own data, that of its callbacks, and triage data. */
    for (unsigned nth = 1; nth <= 4; nth++)
    {
        fill_triage(&config, &attributes, 1);
        config.SecondaryData.EvtCrashDumpQuery = query_nothing;
        config.SecondaryData.EvtCrashDumpWrite = write_nothing;
        failing_registration = nth;
        CHECK_STATUS(dmf_case_try(DMF_CASE_STATIC, &attributes, &module),
                     nth == 4 ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER);
        failing_registration = 0;
        if (nth == 4)
        {
            dmf_case_end();
        }
        CHECK(g_DmfModuleCrashDump == NULL);
        crash_rehearse(0x77, 1, 2, 3, 4);
        CHECK_EQUAL(crash_dump.count, 0);
    }
}

static void begin_and_end_with_all(void)
{
    DMF_CONFIG_CrashDump config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;
    struct testkit_file *file;

    fill_triage(&config, &attributes, 1);
    config.SecondaryData.EvtCrashDumpQuery = query_nothing;
    config.SecondaryData.EvtCrashDumpWrite = write_nothing;
    config.SecondaryData.DataSourceCount = 1;
    config.SecondaryData.RingBufferMaximumSize = 100;
    if (NT_SUCCESS(dmf_case_try(DMF_CASE_STATIC, &attributes, &module)))
    {
        if (NT_SUCCESS((NTSTATUS)testkit_open_as(TESTKIT_ADMINISTRATOR, "\\??\\DmfCase", true, true, &file)))
        {
            (void)create(file, &first_guid);
            (void)write_entry(file, "aaaa");
            testkit_close(file);
        }
        dmf_case_end();
    }
    CHECK(g_DmfModuleCrashDump == NULL);
}

static void allocation_that_fails_leaves_nothing(void)
{
    dmf_case_fail_each_allocation(begin_and_end_with_all);
}

const struct nt_case nt_cases[] = {
    CASE(each_of_the_four_kinds_of_data_is_enough),
    CASE(ring_larger_than_memory_is_counted_in_is_refused),
    CASE(second_instance_is_refused_until_the_first_is_gone),
    CASE(of_two_that_create_one_instance_each_one_has_it),
    CASE(dump_has_the_entries_of_the_driver_the_oldest_first),
    CASE(key_begins_again_after_its_32_characters),
    CASE(ring_without_entries_is_not_in_the_dump),
    CASE(dump_takes_of_a_large_ring_what_it_may),
    CASE(driver_without_a_ring_cannot_write),
    CASE(driver_writes_at_dispatch_level_from_several_threads),
    CASE(driver_writes_while_the_system_stops),
    CASE(client_is_asked_for_the_size_and_then_for_the_data),
    CASE(client_that_says_too_much_is_cut),
    CASE(client_that_says_nothing_is_not_in_the_dump),
    CASE(dump_has_the_triage_data_of_the_driver_and_of_its_callback),
    CASE(triage_data_works_without_a_callback),
    CASE(triage_data_that_does_not_fit_is_refused),
    CASE(triage_data_needs_its_list),
    CASE(triage_data_is_added_from_several_threads),
    CASE(system_without_triage_data_is_told),
    CASE(registration_that_fails_leaves_nothing),
    CASE(allocation_that_fails_leaves_nothing),
    DEBUG_STOPS(nothing_at_all_asserts, ASSERTS),
    DEBUG_STOPS(too_many_sources_assert, ASSERTS),
    DEBUG_STOPS(query_without_write_asserts, ASSERTS),
    DEBUG_STOPS(write_without_query_asserts, ASSERTS),
    DEBUG_STOPS(entries_without_size_assert, ASSERTS),
    DEBUG_STOPS(triage_data_without_a_component_asserts, ASSERTS),
    DEBUG_STOPS(size_without_entries_asserts, ASSERTS),
    DEBUG_STOPS(sources_without_room_assert, ASSERTS),
    DEBUG_STOPS(store_callback_without_triage_data_asserts, ASSERTS),
    DEBUG_STOPS(entry_that_is_too_long_asserts, ASSERTS),
    CASE(config_that_cannot_be_is_refused),
    CASE(config_that_is_only_odd_is_taken),
    CASE(entry_of_another_size_is_refused),
    CASES_END,
};
