/* SPDX-License-Identifier: MIT */
/*
 * BranchTrack: check points, what is expected of them, and what programs are told.
 */
#include "dmf_case.h"

#include <string.h>

#define PARAMETERS "\\Registry\\Machine\\System\\CurrentControlSet\\Services\\case\\Parameters"

static WCHAR link_name[] = L"\\DosDevices\\BranchTrackCase";
static UCHAR answer[64 * 1024];

static void fill(DMF_CONFIG_BranchTrack *config, DMF_MODULE_ATTRIBUTES *attributes)
{
    DMF_CONFIG_BranchTrack_AND_ATTRIBUTES_INIT(config, attributes);
    DMF_BranchTrack_CONFIG_INIT(config, "client");
}

static DMFMODULE begin(enum dmf_case_life life)
{
    DMF_CONFIG_BranchTrack config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill(&config, &attributes);
    return dmf_case_begin(life, &attributes);
}

static NTSTATUS query(ULONG type, ULONG output_length, uint64_t *ret_information)
{
    BRANCHTRACK_REQUEST_INPUT_DATA input = {type};
    struct testkit_file *file = dmf_case_open();
    NTSTATUS status = testkit_control(file, IOCTL_BRANCHTRACK_QUERY_INFORMATION, &input, sizeof(input), answer,
                                      output_length, ret_information);

    testkit_close(file);
    return status;
}

/* What programs are told: "total/passed". */
static bool status_is(ULONG total, ULONG passed)
{
    const BRANCHTRACK_REQUEST_OUTPUT_DATA *data = (const void *)answer;

    CHECK_STATUS(query(BRANCHTRACK_REQUEST_TYPE_STATUS, sizeof(answer), NULL), STATUS_SUCCESS);
    CHECK_EQUAL(data->ResponseType, BRANCHTRACK_REQUEST_TYPE_STATUS);
    if (data->Response.Status.BranchesTotal != total || data->Response.Status.BranchesPassed != passed)
    {
        fprintf(stderr, "%u/%u\n", data->Response.Status.BranchesTotal, data->Response.Status.BranchesPassed);
        return false;
    }
    return true;
}

/* The entry with this name and hint, copied out of the answer; false when there is none. */
static bool find(const char *name, const char *hint, BRANCHTRACK_REQUEST_OUTPUT_DATA_DETAILS *ret_details)
{
    const BRANCHTRACK_REQUEST_OUTPUT_DATA *data = (const void *)answer;
    uint64_t information;
    ULONG offset = 0;

    CHECK_STATUS(query(BRANCHTRACK_REQUEST_TYPE_DETAILS, sizeof(answer), &information), STATUS_SUCCESS);
    CHECK_EQUAL(data->ResponseType, BRANCHTRACK_REQUEST_TYPE_DETAILS);
    CHECK_EQUAL(information, data->ResponseLength + 8U);
    while (offset < data->ResponseLength)
    {
        const UCHAR *entry = &data->Response.Details[offset];

        memcpy(ret_details, entry, FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA_DETAILS, StringBuffer));
        CHECK(entry[ret_details->FileNameOffset] == 0 && ret_details->LineNumber == 0);
        if (strcmp((const char *)&entry[ret_details->BranchNameOffset], name) == 0 &&
            strcmp((const char *)&entry[ret_details->HintNameOffset], hint) == 0)
        {
            return true;
        }
        if (ret_details->NextEntryOffset == 0)
        {
            CHECK_EQUAL(offset + ret_details->HintNameOffset + strlen((const char *)&entry[ret_details->HintNameOffset]) + 1,
                        data->ResponseLength);
            break;
        }
        offset += ret_details->NextEntryOffset;
    }
    return false;
}

/* "passed" or not, with its count and what is expected. */
static bool entry_is(const char *name, const char *hint, bool passes, ULONGLONG count, ULONGLONG expected)
{
    BRANCHTRACK_REQUEST_OUTPUT_DATA_DETAILS details;

    return find(name, hint, &details) && (details.IsPassed != FALSE) == passes && details.CounterState == count &&
           details.ExpectedState == expected;
}

static void each_family_has_its_expectation(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);
    int turn;

    DMF_BRANCHTRACK_MORE_THAN_CREATE(module, "more", 2);
    DMF_BRANCHTRACK_LESS_THAN_CREATE(module, "less", 2);
    DMF_BRANCHTRACK_COUNT_CREATE(module, "count", 2);
    DMF_BRANCHTRACK_AT_LEAST_CREATE(module, "least", 2);
    DMF_BRANCHTRACK_RUN_CREATE(module, "run");
    DMF_BRANCHTRACK_ONCE_CREATE(module, "once");
    DMF_BRANCHTRACK_NEVER_CREATE(module, "never");
    DMF_BRANCHTRACK_OPTIONAL_CREATE(module, "optional");
    CHECK(status_is(8, 3));
    CHECK(entry_is("less", "less than", true, 0, 2) && entry_is("never", "never", true, 0, 0) &&
          entry_is("optional", "optionally", true, 0, 0));
    for (turn = 1; turn <= 3; turn++)
    {
        DMF_BRANCHTRACK_MORE_THAN(module, "more", 2);
        DMF_BRANCHTRACK_LESS_THAN(module, "less", 2);
        DMF_BRANCHTRACK_COUNT(module, "count", 2);
        DMF_BRANCHTRACK_AT_LEAST(module, "least", 2);
        DMF_BRANCHTRACK_RUN(module, "run");
        DMF_BRANCHTRACK_ONCE(module, "once");
        DMF_BRANCHTRACK_NEVER(module, "never");
        DMF_BRANCHTRACK_OPTIONAL(module, "optional");
        CHECK(entry_is("more", "more than", turn > 2, (ULONGLONG)turn, 2));
        CHECK(entry_is("less", "less than", turn < 2, (ULONGLONG)turn, 2));
        CHECK(entry_is("count", "exactly", turn == 2, (ULONGLONG)turn, 2));
        CHECK(entry_is("least", "at least", turn >= 2, (ULONGLONG)turn, 2));
        CHECK(entry_is("run", "more than", true, (ULONGLONG)turn, 0));
        CHECK(entry_is("once", "exactly", turn == 1, (ULONGLONG)turn, 1));
        CHECK(entry_is("never", "never", false, (ULONGLONG)turn, 0));
        CHECK(entry_is("optional", "optionally", true, (ULONGLONG)turn, 0));
    }
    dmf_case_end();
}

static void conditions_and_missing_modules_count_nothing(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);

    DMF_BRANCHTRACK_RUN_CONDITIONAL(module, "a", 1 == 2);
    DMF_BRANCHTRACK_OPTIONAL_CONDITIONAL(module, "b", FALSE);
    DMF_BRANCHTRACK_FAULT_INJECTION_CONDITIONAL(module, "c", FALSE);
    DMF_BRANCHTRACK_FAULT_INJECTION_CREATE_CONDITIONAL(module, "c", FALSE);
    DMF_BRANCHTRACK_COUNT_CREATE_CONDITIONAL(module, "d", 1, FALSE);
    DMF_BRANCHTRACK_RUN(NULL, "e");
    DMF_BRANCHTRACK_RUN_CREATE(NULL, "f");
    CHECK(status_is(0, 0));
    DMF_BRANCHTRACK_RUN_CONDITIONAL(module, "a", 0x100);
    CHECK(status_is(1, 1));
    dmf_case_end();
}

static void fault_injection_is_two_check_points(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);

    if (module != NULL)
        DMF_BRANCHTRACK_FAULT_INJECTION_CREATE(module, "fault");
    else
        CHECK(FALSE);
    CHECK(entry_is("fault[NoFaultInjection]", "never", true, 0, 0));
    CHECK(entry_is("fault[FaultInjection]", "more than", false, 0, 0));
    DMF_BRANCHTRACK_FAULT_INJECTION(module, "fault");
    CHECK(entry_is("fault[NoFaultInjection]", "never", false, 1, 0));
    CHECK(entry_is("fault[FaultInjection]", "more than", true, 1, 0));
    dmf_case_end();
}

static void check_point_is_one_by_name_hint_callback_and_context(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);

    DMF_BRANCHTRACK_RUN(module, "same");
    DMF_BRANCHTRACK_RUN(module, "same");
    CHECK(entry_is("same", "more than", true, 2, 0));
    DMF_BRANCHTRACK_ONCE(module, "same");
    DMF_BRANCHTRACK_COUNT(module, "same", 2);
    DMF_BRANCHTRACK_GENERIC(module, "same", DMF_BranchTrack_Helper_BranchStatusQuery_Count, "more than", 0);
    CHECK(status_is(4, 2));
    dmf_case_end();
}

static void creating_again_begins_at_zero(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);

    DMF_BRANCHTRACK_RUN(module, "again");
    DMF_BRANCHTRACK_RUN_CREATE(module, "again");
    CHECK(entry_is("again", "more than", false, 0, 0));
    dmf_case_end();
}

static DMFMODULE asked_module;

static BOOLEAN odd(DMFMODULE DmfModule, CHAR *BranchName, ULONG_PTR BranchContext, ULONGLONG Count)
{
    CHECK(DmfModule == asked_module && strcmp(BranchName, "own") == 0 && BranchContext == 77);
    return Count % 2 == 1;
}

static void expectation_may_be_the_clients_own(void)
{
    asked_module = begin(DMF_CASE_STATIC);
    DMF_BRANCHTRACK_CREATE(asked_module, "own", odd, "odd", 77);
    CHECK(entry_is("own", "odd", false, 0, 77));
    DMF_BRANCHTRACK_GENERIC_CONDITIONAL(asked_module, "own", odd, "odd", 77, TRUE);
    CHECK(entry_is("own", "odd", true, 1, 77));
    dmf_case_end();
}

static void full_table_drops_what_is_new(void)
{
    DMF_CONFIG_BranchTrack config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    fill(&config, &attributes);
    config.MaximumBranches = 2;
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    DMF_BRANCHTRACK_RUN(module, "one");
    DMF_BRANCHTRACK_RUN(module, "two");
    DMF_BRANCHTRACK_RUN(module, "three");
    DMF_BRANCHTRACK_RUN(module, "one");
    CHECK(status_is(2, 2));
    CHECK(entry_is("one", "more than", true, 2, 0));
    dmf_case_end();
}

#if !defined(DBG)
static void names_that_are_too_long_are_cut(void)
{
    DMF_CONFIG_BranchTrack config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    fill(&config, &attributes);
    config.MaximumBranchNameLength = 4;
    module = dmf_case_begin(DMF_CASE_STATIC, &attributes);
    DMF_BRANCHTRACK_RUN(module, "abcdef");
    DMF_BRANCHTRACK_RUN(module, "abcdxy");
    CHECK(entry_is("abcd", "more than", true, 2, 0));
    dmf_case_end();
}
#else
/* Debug builds assert. */
static void names_that_are_too_long_are_cut(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);

    DMF_BRANCHTRACK_RUN(module, "abcd");
    CHECK(entry_is("abcd", "more than", true, 1, 0));
    dmf_case_end();
}
#endif

static void limits_that_cannot_be_had_are_refused(void)
{
    DMF_CONFIG_BranchTrack config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    FOR_EACH_LIFE
    {
        fill(&config, &attributes);
        config.MaximumBranches = 0;
        CHECK_STATUS(dmf_case_try(life, &attributes, &module), STATUS_INVALID_PARAMETER);
        config.MaximumBranches = 0xFFFFFFFF;
        CHECK_STATUS(dmf_case_try(life, &attributes, &module), STATUS_INVALID_PARAMETER);
        config.MaximumBranches = 1;
        config.MaximumBranchNameLength = 0x10000;
        CHECK_STATUS(dmf_case_try(life, &attributes, &module), STATUS_INVALID_PARAMETER);
    }
}

/*
 * What programs are told.
 */

static void status_needs_room_for_all_of_it(void)
{
    const BRANCHTRACK_REQUEST_OUTPUT_DATA *data = (const void *)answer;
    ULONG size = FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA, Response.Status.ClientModuleName) + sizeof("client");
    uint64_t information;

    (void)begin(DMF_CASE_STATIC);
    CHECK_STATUS(query(BRANCHTRACK_REQUEST_TYPE_STATUS, size - 1, &information), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(information, 0);
    CHECK_STATUS(query(BRANCHTRACK_REQUEST_TYPE_STATUS, size, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, size);
    CHECK_EQUAL(data->ResponseLength,
                FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA_STATUS, ClientModuleName) + sizeof("client"));
    CHECK(strcmp((const char *)data->Response.Status.ClientModuleName, "client") == 0);
    dmf_case_end();
}

static void name_without_a_terminator_ends_where_its_room_ends(void)
{
    const BRANCHTRACK_REQUEST_OUTPUT_DATA *data = (const void *)answer;
    DMF_CONFIG_BranchTrack config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill(&config, &attributes);
    memset(config.ClientName, 'n', sizeof(config.ClientName));
    (void)dmf_case_begin(DMF_CASE_STATIC, &attributes);
    CHECK_STATUS(query(BRANCHTRACK_REQUEST_TYPE_STATUS, sizeof(answer), NULL), STATUS_SUCCESS);
    CHECK_EQUAL(strlen((const char *)data->Response.Status.ClientModuleName), BRANCH_TRACK_CLIENT_NAME_MAXIMUM_LENGTH);
    dmf_case_end();
}

static void details_need_room_for_all_of_them(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);
    ULONG strings = FIELD_OFFSET(BRANCHTRACK_REQUEST_OUTPUT_DATA_DETAILS, StringBuffer);
    ULONG size = 8 + strings + (ULONG)strlen("ab") + (ULONG)strlen("more than") + 3;
    uint64_t information;

    CHECK_STATUS(query(BRANCHTRACK_REQUEST_TYPE_DETAILS, 8, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, 8);
    DMF_BRANCHTRACK_RUN(module, "ab");
    CHECK_STATUS(query(BRANCHTRACK_REQUEST_TYPE_DETAILS, size - 1, &information), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(information, 0);
    CHECK_STATUS(query(BRANCHTRACK_REQUEST_TYPE_DETAILS, size, &information), STATUS_SUCCESS);
    CHECK_EQUAL(information, size);
    DMF_BRANCHTRACK_RUN(module, "abc");
    CHECK(entry_is("abc", "more than", true, 1, 0));
    dmf_case_end();
}

static void other_questions_are_not_supported_and_other_codes_pass(void)
{
    struct testkit_file *file;
    UCHAR little[3] = {1};
    uint64_t information;

    (void)begin(DMF_CASE_STATIC);
    CHECK_STATUS(query(BRANCHTRACK_REQUEST_TYPE_INVALID, sizeof(answer), NULL), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(query(3, sizeof(answer), NULL), STATUS_NOT_SUPPORTED);
    file = dmf_case_open();
    CHECK_STATUS(testkit_control(file, IOCTL_BRANCHTRACK_QUERY_INFORMATION, little, sizeof(little), answer, sizeof(answer),
                                 &information),
                 STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(information, 0);
    CHECK_STATUS(testkit_control(file, IOCTL_BRANCHTRACK_QUERY_INFORMATION + 4, little, sizeof(little), NULL, 0, NULL),
                 STATUS_NOT_SUPPORTED);
    testkit_close(file);
    dmf_case_end();
}

static VOID linked_modules_add(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    DMF_CONFIG_BranchTrack config;
    DMF_MODULE_ATTRIBUTES attributes;

    fill(&config, &attributes);
    config.SymbolicLinkName = link_name;
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, NULL);
}

static EVT_WDF_DRIVER_DEVICE_ADD linked_device_add;
DMF_DEFAULT_DEVICEADD(linked_device_add, linked_modules_add)

static void link_is_made_when_a_name_is_given(void)
{
    struct testkit_device *device;
    struct testkit_file *file;

    wdf_case_load(linked_device_add);
    device = wdf_case_start();
    CHECK_STATUS(testkit_open("\\??\\BranchTrackCase", true, true, &file), STATUS_SUCCESS);
    testkit_close(file);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void link_that_another_device_has_fails_after_some_time(void)
{
    struct testkit_device *device;
    struct testkit_device *second;

    wdf_case_load(linked_device_add);
    device = wdf_case_start();
    if (nt_is_simulated())
    {
        /* The attempts are a second apart. */
        CHECK(!NT_SUCCESS(testkit_start(wdf_case_driver, "second", &second)));
    }
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

/*
 * As a Feature Module.
 */

static unsigned initialised;

static VOID initialise(DMFMODULE DmfModule)
{
    initialised++;
    DMF_BRANCHTRACK_RUN_CREATE(DmfModule, "feature");
}

static VOID no_modules_add(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    dmf_case_wdf_device = Device;
}

static EVT_WDF_DRIVER_DEVICE_ADD tracked_device_add;
DMF_DEFAULT_DEVICEADD_WITH_BRANCHTRACK(tracked_device_add, no_modules_add, initialise, (CHAR *)"feature client", 3)

/* A Module that is told to unregister although BranchTrack did not open, so that it was never registered. */

DECLARE_DMF_MODULE_NO_CONFIG(Tracked)
DMF_MODULE_DECLARE_NO_CONTEXT(Tracked)
DMF_MODULE_DECLARE_NO_CONFIG(Tracked)

static unsigned unregistered;

static VOID tracked_unregister(DMFMODULE DmfModule)
{
    unregistered++;
    CHECK(DMF_FeatureModuleGetFromModule(DmfModule, DmfFeature_BranchTrack) == NULL);
    DMF_BRANCHTRACK_MODULE_RUN(DmfModule, "unregistered");
}

NTSTATUS DMF_Tracked_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                            WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    DMF_MODULE_DESCRIPTOR descriptor;
    DMF_CALLBACKS_DMF callbacks;

    DMF_CALLBACKS_DMF_INIT(&callbacks);
    callbacks.DeviceNotificationUnregister = tracked_unregister;
    DMF_MODULE_DESCRIPTOR_INIT(descriptor, Tracked, DMF_MODULE_OPTIONS_PASSIVE, DMF_MODULE_OPEN_OPTION_NOTIFY_Create);
    descriptor.CallbacksDmf = &callbacks;
    return DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
}

static VOID tracked_module_add(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    DMF_MODULE_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(Device);
    DMF_Tracked_ATTRIBUTES_INIT(&attributes);
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, NULL);
}

static EVT_WDF_DRIVER_DEVICE_ADD overtracked_device_add;
DMF_DEFAULT_DEVICEADD_WITH_BRANCHTRACK(overtracked_device_add, tracked_module_add, initialise, (CHAR *)"too much", 0x200000)

static void feature_that_does_not_open_is_there_for_nobody(void)
{
    struct testkit_device *device;

    unregistered = 0;
    CHECK_STATUS(testkit_set_number(PARAMETERS, "BranchTrackEnabled", 1), STATUS_SUCCESS);
    wdf_case_load(overtracked_device_add);
    CHECK_STATUS(testkit_start(wdf_case_driver, "case", &device), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(unregistered, 1);
    wdf_case_unload();
}

static void feature_is_there_when_the_registry_says_so(void)
{
    struct testkit_device *device;
    DMFMODULE module;

    initialised = 0;
    wdf_case_load(tracked_device_add);
    CHECK_STATUS(testkit_start(wdf_case_driver, "case", &device), STATUS_SUCCESS);
    CHECK(DMF_FeatureModuleGetFromDevice(dmf_case_wdf_device, DmfFeature_BranchTrack) == NULL);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    CHECK_STATUS(testkit_set_number(PARAMETERS, "BranchTrackEnabled", 1), STATUS_SUCCESS);
    CHECK_EQUAL(initialised, 0);

    CHECK_STATUS(testkit_start(wdf_case_driver, "case", &device), STATUS_SUCCESS);
    CHECK_EQUAL(initialised, 1);
    module = DMF_FeatureModuleGetFromDevice(dmf_case_wdf_device, DmfFeature_BranchTrack);
    CHECK(module != NULL);
    DMF_BRANCHTRACK_RUN(module, "feature");
    DMF_BRANCHTRACK_MODULE_RUN(module, "own module");
    DMF_BRANCHTRACK_RUN(module, "third");
    DMF_BRANCHTRACK_RUN(module, "too many");
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    CHECK_STATUS(testkit_set_number(PARAMETERS, "BranchTrackEnabled", 0), STATUS_SUCCESS);
    CHECK_STATUS(testkit_start(wdf_case_driver, "case", &device), STATUS_SUCCESS);
    CHECK(DMF_FeatureModuleGetFromDevice(dmf_case_wdf_device, DmfFeature_BranchTrack) == NULL);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    dmf_case_wdf_device = NULL;
}

/*
 * Threads.
 */

static void pass_often(void *argument)
{
    char name[] = "0";
    int turn;

    for (turn = 0; turn < (nt_is_simulated() ? 6 : 3000); turn++)
    {
        name[0] = (char)('0' + turn % 3);
        DMF_BRANCHTRACK_AT_LEAST(argument, name, 1);
    }
}

static void passes_of_several_threads_are_all_counted(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);
    ULONGLONG each = nt_is_simulated() ? 6 : 3000;
    struct nt_thread *threads[2];

    threads[0] = nt_thread_start(pass_often, module);
    threads[1] = nt_thread_start(pass_often, module);
    CHECK_STATUS(query(BRANCHTRACK_REQUEST_TYPE_DETAILS, sizeof(answer), NULL), STATUS_SUCCESS);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    CHECK(status_is(3, 3));
    CHECK(entry_is("0", "at least", true, each * 2 / 3, 1));
    CHECK(entry_is("2", "at least", true, each * 2 / 3, 1));
    dmf_case_end();
}

static void start_and_count(void)
{
    DMF_CONFIG_BranchTrack config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    fill(&config, &attributes);
    if (NT_SUCCESS(dmf_case_try(DMF_CASE_STATIC, &attributes, &module)))
    {
        DMF_BRANCHTRACK_RUN(module, "one");
        DMF_BRANCHTRACK_RUN(module, "two");
        dmf_case_end();
    }
}

static void every_failed_allocation_is_survived(void)
{
    dmf_case_fail_each_allocation(start_and_count);
}

static void check_points_are_counted_in_every_life(void)
{
    FOR_EACH_LIFE
    {
        DMFMODULE module = begin(life);

        DMF_BRANCHTRACK_RUN(module, "alive");
        dmf_case_end();
    }
}

const struct nt_case nt_cases[] = {
    CASE(each_family_has_its_expectation),
    CASE(conditions_and_missing_modules_count_nothing),
    CASE(fault_injection_is_two_check_points),
    CASE(check_point_is_one_by_name_hint_callback_and_context),
    CASE(creating_again_begins_at_zero),
    CASE(expectation_may_be_the_clients_own),
    CASE(full_table_drops_what_is_new),
    CASE(names_that_are_too_long_are_cut),
    CASE(limits_that_cannot_be_had_are_refused),
    CASE(status_needs_room_for_all_of_it),
    CASE(name_without_a_terminator_ends_where_its_room_ends),
    CASE(details_need_room_for_all_of_them),
    CASE(other_questions_are_not_supported_and_other_codes_pass),
    CASE(link_is_made_when_a_name_is_given),
    CASE(link_that_another_device_has_fails_after_some_time),
    CASE(feature_is_there_when_the_registry_says_so),
    CASE(feature_that_does_not_open_is_there_for_nobody),
    CASE(passes_of_several_threads_are_all_counted),
    CASE(every_failed_allocation_is_survived),
    CASE(check_points_are_counted_in_every_life),
    CASES_END,
};
