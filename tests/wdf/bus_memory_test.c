/* SPDX-License-Identifier: MIT */
/*
 * Buses without memory: one allocation fails at every point of a child's life, of a scan, of an export and of WMI. Nothing stops,
 * nothing is lost, and the next question of plug and play makes up for what did not come about.
 */
#include "bus_case.h"

static struct testkit_device *device;

static bool is_won_or_short(NTSTATUS status)
{
    return status == STATUS_SUCCESS || status == STATUS_INSUFFICIENT_RESOURCES;
}

/* Only one allocation fails, so that of two questions one is answered. */
static void ask_twice(void)
{
    for (unsigned times = 0; times < 2; times++)
    {
        (void)testkit_enumerate(device);
        testkit_settle();
    }
}

static void begin(void)
{
    bus_prepare = NULL;
    child_prepare = NULL;
    device = bus_load();
}

static void end(void)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    bus_prepare = NULL;
    child_prepare = NULL;
}

static void describe_more(PWDFDEVICE_INIT init, ULONG number)
{
    DECLARE_CONST_UNICODE_STRING(compatible, L"CASE\\Compatible");
    DECLARE_CONST_UNICODE_STRING(text, L"Child");
    DECLARE_CONST_UNICODE_STRING(slot, L"Slot");

    UNREFERENCED_PARAMETER(number);
    CHECK(is_won_or_short(WdfPdoInitAddCompatibleID(init, &compatible)));
    CHECK(is_won_or_short(WdfPdoInitAddDeviceText(init, &text, &slot, 0x409)));
    WdfPdoInitSetDefaultLocale(init, 0x409);
}

/* A child is made, starts, is reported missing and goes. */
static void live(void)
{
    unsigned started = bus_count("1.Init");
    unsigned gone = bus_count("1.Gone");
    WDFDEVICE child = child_create(1);
    NTSTATUS status;

    if (child == NULL)
    {
        return;
    }
    status = WdfFdoAddStaticChild(bus, child);
    CHECK(is_won_or_short(status));
    if (!NT_SUCCESS(status))
    {
        WdfObjectDelete(child);
        CHECK_EQUAL(bus_count("1.Gone"), gone + 1);
        return;
    }
    testkit_settle();
    ask_twice();
    CHECK_EQUAL(bus_count("1.Init"), started + 1);
    CHECK_STATUS(WdfPdoMarkMissing(child), STATUS_SUCCESS);
    testkit_settle();
    ask_twice();
    CHECK_EQUAL(bus_count("1.Gone"), gone + 1);
    (void)bus_heard();
}

static void static_child_lives_whichever_allocation_fails(void)
{
    begin();
    child_prepare = describe_more;
    nt_fail_each_allocation(live);
    end();
}

/*
 * Child lists.
 */

typedef struct
{
    WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Header;
    ULONG Number;
} IDENTIFICATION;

static NTSTATUS create_device(WDFCHILDLIST ChildList, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Description,
                              PWDFDEVICE_INIT ChildInit)
{
    NTSTATUS status = child_create_from(ChildInit, CONTAINING_RECORD(Description, IDENTIFICATION, Header)->Number);

    UNREFERENCED_PARAMETER(ChildList);
    return status == STATUS_INSUFFICIENT_RESOURCES ? STATUS_RETRY : status;
}

static void with_child_list(PWDFDEVICE_INIT init)
{
    WDF_CHILD_LIST_CONFIG config;

    WDF_CHILD_LIST_CONFIG_INIT(&config, sizeof(IDENTIFICATION), create_device);
    WdfFdoInitSetDefaultChildListConfig(init, &config, WDF_NO_OBJECT_ATTRIBUTES);
}

/* Returns whether all of the count children are described. */
static bool scan_for(ULONG count)
{
    WDFCHILDLIST list = WdfFdoGetDefaultChildList(bus);
    bool all = true;

    WdfChildListBeginScan(list);
    for (ULONG number = 1; number <= count; number++)
    {
        IDENTIFICATION description;
        NTSTATUS status;

        WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER_INIT(&description.Header, sizeof(description));
        description.Number = number;
        status = WdfChildListAddOrUpdateChildDescriptionAsPresent(list, &description.Header, NULL);
        CHECK(is_won_or_short(status));
        all = all && NT_SUCCESS(status);
    }
    WdfChildListEndScan(list);
    return all;
}

static void scan_and_forget(void)
{
    unsigned started = bus_count(".Init");
    unsigned gone = bus_count(".Gone");
    bool all = scan_for(2);

    testkit_settle();
    ask_twice();
    CHECK(!all || bus_count(".Init") == started + 2);
    (void)scan_for(0);
    testkit_settle();
    ask_twice();
    CHECK(!all || bus_count(".Gone") >= gone + 2);
    CHECK_EQUAL(bus_count(".Init"), bus_count(".Cleanup"));
    (void)bus_heard();
}

static void scan_finds_its_children_whichever_allocation_fails(void)
{
    begin();
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    bus_prepare = with_child_list;
    device = bus_load();
    nt_fail_each_allocation(scan_and_forget);
    end();
}

/*
 * Exports and WMI.
 */

static const GUID interface_type = {0x31, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
static LONG exports;

static void export_and_ask(void)
{
    INTERFACE exported = {.Size = sizeof(exported), .Version = 1};
    INTERFACE got = {0};
    WDF_QUERY_INTERFACE_CONFIG config;
    NTSTATUS status;

    WDF_QUERY_INTERFACE_CONFIG_INIT(&config, &exported, &interface_type, NULL);
    status = WdfDeviceAddQueryInterface(bus, &config);
    CHECK(is_won_or_short(status));
    exports += NT_SUCCESS(status) ? 1 : 0;
    status = WdfIoTargetQueryForInterface(WdfDeviceGetIoTarget(bus), &interface_type, &got, sizeof(got), 1, NULL);
    CHECK(status == STATUS_NOT_SUPPORTED || status == STATUS_INSUFFICIENT_RESOURCES);
}

static void export_and_question_fail_as_a_whole(void)
{
    exports = 0;
    begin();
    nt_fail_each_allocation(export_and_ask);
    CHECK(exports != 0);
    end();
}

static ULONG next_block;

static void create_block(void)
{
    WDF_WMI_PROVIDER_CONFIG provider;
    WDF_WMI_INSTANCE_CONFIG config;
    WDFWMIINSTANCE instance;
    GUID guid = {0x41, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
    NTSTATUS status;

    guid.Data1 += next_block++;
    WDF_WMI_PROVIDER_CONFIG_INIT(&provider, &guid);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER_CONFIG(&config, &provider);
    config.Register = TRUE;
    status = WdfWmiInstanceCreate(bus, &config, WDF_NO_OBJECT_ATTRIBUTES, &instance);
    CHECK(is_won_or_short(status));
    CHECK((instance != NULL) == (status == STATUS_SUCCESS));
    if (NT_SUCCESS(status))
    {
        WDFWMIPROVIDER owner = WdfWmiInstanceGetProvider(instance);
        ULONG data = 0;

        status = WdfWmiInstanceFireEvent(instance, sizeof(data), &data);
        CHECK(is_won_or_short(status));
        WdfObjectDelete(instance);
        WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER(&config, owner);
        CHECK(is_won_or_short(WdfWmiInstanceCreate(bus, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL)));
    }
    else
    {
        /* What has failed has left nothing: the same block can be made. */
        CHECK_STATUS(WdfWmiInstanceCreate(bus, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL), STATUS_SUCCESS);
    }
}

static void block_of_which_a_part_fails_is_none(void)
{
    begin();
    nt_fail_each_allocation(create_block);
    end();
}

const struct nt_case nt_cases[] = {
    CASE(static_child_lives_whichever_allocation_fails),
    CASE(scan_finds_its_children_whichever_allocation_fails),
    CASE(export_and_question_fail_as_a_whole),
    CASE(block_of_which_a_part_fails_is_none),
    CASES_END,
};
