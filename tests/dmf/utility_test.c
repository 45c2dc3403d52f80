/* SPDX-License-Identifier: MIT */
/*
 * The utility API.
 */
#include "module_case.h"

#if !defined(DMF_USER_MODE)
#include <wdmsec.h>
#endif

/*
 * Values.
 */

static void equal_guids_are_equal_and_one_byte_makes_them_differ(void)
{
    GUID one = {0x12345678, 0x9ABC, 0xDEF0, {1, 2, 3, 4, 5, 6, 7, 8}};
    GUID other = one;

    CHECK(DMF_Utility_IsEqualGUID(&one, &one));
    CHECK(DMF_Utility_IsEqualGUID(&one, &other));
    for (size_t index = 0; index < sizeof(other); index++)
    {
        ((UINT8 *)&other)[index] ^= 1;
        CHECK(!DMF_Utility_IsEqualGUID(&one, &other));
        ((UINT8 *)&other)[index] ^= 1;
    }
}

static void temperature_is_converted(void)
{
    UINT64 wide;
    UINT32 narrow;

    CHECK_STATUS(DMF_Utility_TemperatureInDeciKelvin(0, &wide), STATUS_SUCCESS);
    CHECK_EQUAL(wide, 2731);
    CHECK_STATUS(DMF_Utility_TemperatureInDeciKelvin(25, &wide), STATUS_SUCCESS);
    CHECK_EQUAL(wide, 2981);
    CHECK_STATUS(DMF_Utility_TemperatureInDeciKelvin32(-273, &narrow), STATUS_SUCCESS);
    CHECK_EQUAL(narrow, 1);
}

static void temperature_below_zero_wraps_around(void)
{
    UINT64 wide;
    UINT32 narrow;

    CHECK_STATUS(DMF_Utility_TemperatureInDeciKelvin(-274, &wide), STATUS_SUCCESS);
    CHECK_EQUAL(wide, (UINT64)-9);
    CHECK_STATUS(DMF_Utility_TemperatureInDeciKelvin32(-274, &narrow), STATUS_SUCCESS);
    CHECK_EQUAL(narrow, (UINT32)-9);
}

/* The largest and the smallest that fit, and their neighbours. */
static void temperature_that_does_not_fit_fails_and_writes_nothing(void)
{
#if defined(DMF_USER_MODE)
    const NTSTATUS overflow = STATUS_UNSUCCESSFUL;
#else
    const NTSTATUS overflow = STATUS_INTEGER_OVERFLOW;
#endif
    static const INT64 wide_bad[] = {INT64_MAX, INT64_MIN, INT64_MAX / 10, (INT64_MAX - 2731) / 10 + 1, INT64_MIN / 10 - 1};
    static const INT32 narrow_bad[] = {INT32_MAX, INT32_MIN, INT32_MAX / 10, (INT32_MAX - 2731) / 10 + 1,
                                       INT32_MIN / 10 - 1};
    UINT64 wide = 77;
    UINT32 narrow = 77;

    for (size_t index = 0; index < 5; index++)
    {
        CHECK_STATUS(DMF_Utility_TemperatureInDeciKelvin(wide_bad[index], &wide), overflow);
        CHECK_STATUS(DMF_Utility_TemperatureInDeciKelvin32(narrow_bad[index], &narrow), overflow);
        CHECK_EQUAL(wide, 77);
        CHECK_EQUAL(narrow, 77);
    }
    CHECK_STATUS(DMF_Utility_TemperatureInDeciKelvin((INT64_MAX - 2731) / 10, &wide), STATUS_SUCCESS);
    CHECK_STATUS(DMF_Utility_TemperatureInDeciKelvin(INT64_MIN / 10, &wide), STATUS_SUCCESS);
    CHECK_STATUS(DMF_Utility_TemperatureInDeciKelvin32((INT32_MAX - 2731) / 10, &narrow), STATUS_SUCCESS);
    CHECK_STATUS(DMF_Utility_TemperatureInDeciKelvin32(INT32_MIN / 10, &narrow), STATUS_SUCCESS);
}

/* By the definition, a bit at a time. */
static UINT16 slow_crc(const UINT8 *message, UINT32 size)
{
    UINT16 crc = 0xFFFF;

    for (UINT32 index = 0; index < size; index++)
    {
        crc ^= (UINT16)(message[index] << 8);
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (UINT16)((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
        }
    }
    return crc;
}

static void checksum_is_the_published_one(void)
{
    UINT8 message[1024];

    CHECK_EQUAL(DMF_Utility_CrcCompute((UINT8 *)"123456789", 9), 0x29B1);
    CHECK_EQUAL(DMF_Utility_CrcCompute(NULL, 0), 0xFFFF);
    for (UINT32 index = 0; index < sizeof(message); index++)
    {
        message[index] = (UINT8)(index * 7 + (index >> 8) + nt_seed());
    }
    for (UINT32 size = 0; size <= sizeof(message); size += 1 + size / 5)
    {
        CHECK_EQUAL(DMF_Utility_CrcCompute(message, size), slow_crc(message, size));
    }
}

/*
 * Lists.
 */

struct entry
{
    ULONG number;
    LIST_ENTRY link;
};

static void fill(LIST_ENTRY *list, struct entry *entries, ULONG count)
{
    InitializeListHead(list);
    for (ULONG index = 0; index < count; index++)
    {
        entries[index].number = index;
        InsertTailList(list, &entries[index].link);
    }
}

static void all_entries_of_a_list_come_in_order(void)
{
    struct entry entries[5];
    struct entry *current;
    LIST_ENTRY list;

    for (ULONG count = 0; count <= 5; count++)
    {
        ULONG seen = 0;

        fill(&list, entries, count);
        DMF_Utility_FOR_ALL_IN_LIST(struct entry, &list, link, current)
        {
            CHECK_EQUAL(current->number, seen++);
        }
        CHECK_EQUAL(seen, count);
    }
}

static void safe_walk_lets_entries_be_removed(void)
{
    struct entry entries[5];
    struct entry *current;
    struct entry *next;
    LIST_ENTRY list;
    ULONG seen = 0;

    fill(&list, entries, 5);
    DMF_Utility_FOR_ALL_IN_LIST_SAFE(struct entry, &list, link, current, next)
    {
        CHECK_EQUAL(current->number, seen++);
        RemoveEntryList(&current->link);
        current->link.Flink = current->link.Blink = NULL;
    }
    CHECK_EQUAL(seen, 5);
    CHECK(IsListEmpty(&list));
}

static void list_is_transferred_in_order(void)
{
    struct entry entries[5];
    LIST_ENTRY source;
    LIST_ENTRY destination;

    for (ULONG count = 0; count <= 5; count++)
    {
        RtlFillMemory(&destination, sizeof(destination), 0xCD);
        fill(&source, entries, count);
        DMF_Utility_TransferList(&destination, &source);
        CHECK(IsListEmpty(&source));
        for (ULONG index = 0; index < count; index++)
        {
            CHECK(RemoveHeadList(&destination) == &entries[index].link);
        }
        CHECK(IsListEmpty(&destination));
        /* Both are usable lists. */
        InsertTailList(&source, &entries[0].link);
        CHECK(RemoveTailList(&source) == &entries[0].link);
    }
}

/*
 * Time.
 */

static void system_time_is_the_system_s_and_does_not_go_back(void)
{
    LARGE_INTEGER before;
    LARGE_INTEGER after;

    DMF_Utility_SystemTimeCurrentGet(&before);
    DMF_Utility_DelayMilliseconds(2);
    KeQuerySystemTime(&after);
    CHECK(after.QuadPart - before.QuadPart >= 2 * 10000);
    /* Later than 2000. */
    CHECK(before.QuadPart > 125911584000000000);
}

static void delay_lasts_as_long_as_asked(void)
{
    static const ULONG delays[] = {0, 1, 30};
    LARGE_INTEGER before;
    LARGE_INTEGER after;

    for (size_t index = 0; index < 3; index++)
    {
        DMF_Utility_SystemTimeCurrentGet(&before);
        DMF_Utility_DelayMilliseconds(delays[index]);
        DMF_Utility_SystemTimeCurrentGet(&after);
        CHECK(after.QuadPart - before.QuadPart >= (LONGLONG)delays[index] * 10000);
    }
}

static void longest_delay_ends(void)
{
    LARGE_INTEGER before;
    LARGE_INTEGER after;

    if (nt_is_simulated())
    {
        DMF_Utility_SystemTimeCurrentGet(&before);
        DMF_Utility_DelayMilliseconds(MAXULONG);
        DMF_Utility_SystemTimeCurrentGet(&after);
        CHECK(after.QuadPart - before.QuadPart >= (LONGLONG)MAXULONG * 10000);
    }
}

static void delay_is_not_alertable(void)
{
    LARGE_INTEGER before;
    LARGE_INTEGER after;

    DMF_Utility_SystemTimeCurrentGet(&before);
#if defined(DMF_USER_MODE)
    CHECK(QueueUserAPC((PAPCFUNC)(VOID *)ExitThread, GetCurrentThread(), 0) != 0);
#else
    CHECK_STATUS(ZwAlertThread(NtCurrentThread()), STATUS_SUCCESS);
#endif
    DMF_Utility_DelayMilliseconds(5);
    DMF_Utility_SystemTimeCurrentGet(&after);
    CHECK(after.QuadPart - before.QuadPart >= 5 * 10000);
}

/* Local minus universal time now, in minutes. */
static LONG local_offset(const DMF_TIME_FIELDS *local, const DMF_TIME_FIELDS *universal)
{
    LONG days = universal->Day == local->Day ? 0 : universal->Day == local->Day + 1 || universal->Day == 1 ? -1 : 1;

    return days * 1440 + (local->Hour - universal->Hour) * 60 + local->Minute - universal->Minute;
}

static void local_time_becomes_universal_time(void)
{
    DMF_TIME_FIELDS local = {2024, 2, 29, 12, 30, 45, 678, 6};
    DMF_TIME_FIELDS universal;
    LONG offset;

    CHECK(DMF_Utility_LocalTimeToUniversalTimeConvert(&local, &universal));
    offset = local_offset(&local, &universal);
    CHECK(offset >= -840 && offset <= 840);
    CHECK_EQUAL(universal.Year, 2024);
    CHECK_EQUAL(universal.Second, 45);
    CHECK_EQUAL(universal.Milliseconds, 678);
    /* The 29th of February was a Thursday; what the caller says about that is not looked at. */
    CHECK_EQUAL(universal.Weekday, universal.Day == 29 ? 4 : universal.Day == 28 ? 3 : 5);
    /* In place. */
    CHECK(DMF_Utility_LocalTimeToUniversalTimeConvert(&local, &local));
    CHECK(RtlEqualMemory(&local, &universal, sizeof(local)));
}

static void time_that_does_not_exist_is_not_converted(void)
{
    static const DMF_TIME_FIELDS bad[] = {
        {0, 0, 0, 0, 0, 0, 0, 0},
        {2024, 0, 1, 0, 0, 0, 0, 0},
        {2024, 13, 1, 0, 0, 0, 0, 0},
        {2024, 1, 0, 0, 0, 0, 0, 0},
        {2024, 1, 32, 0, 0, 0, 0, 0},
        {2023, 2, 29, 0, 0, 0, 0, 0},
        {2024, 1, 1, 24, 0, 0, 0, 0},
        {2024, 1, 1, 0, 60, 0, 0, 0},
        {2024, 1, 1, 0, 0, 60, 0, 0},
        {2024, 1, 1, 0, 0, 0, 1000, 0},
        {1600, 1, 1, 0, 0, 0, 0, 0},
        {65535, 1, 1, 0, 0, 0, 0, 0},
        {65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535},
    };
    static const DMF_TIME_FIELDS zero;

    for (size_t index = 0; index < sizeof(bad) / sizeof(bad[0]); index++)
    {
        DMF_TIME_FIELDS local = bad[index];
        DMF_TIME_FIELDS universal;

        RtlFillMemory(&universal, sizeof(universal), 0xCD);
        CHECK(!DMF_Utility_LocalTimeToUniversalTimeConvert(&local, &universal));
        CHECK(RtlEqualMemory(&universal, &zero, sizeof(zero)));
    }
}

/*
 * Devices.
 */

static GUID activity_with(VOID *handle)
{
    GUID guid;

    RtlZeroMemory(&guid, sizeof(guid));
    RtlCopyMemory(&guid, &handle, sizeof(handle));
    return guid;
}

static void activity_of_a_device_begins_with_its_handle(void)
{
    GUID got;
    GUID expected;

    dmf_case_begin_modules(NULL);
    got = DMF_Utility_ActivityIdFromDevice(dmf_case_wdf_device);
    expected = activity_with(dmf_case_wdf_device);
    CHECK(DMF_Utility_IsEqualGUID(&got, &expected));
    dmf_case_end();
}

static void activity_of_a_request_is_its_packet_s_or_its_handle(void)
{
    GUID activity = {1, 2, 3, {4}};
    GUID got;
    GUID expected;
    WDFREQUEST request;

    dmf_case_begin_modules(NULL);
    CHECK_STATUS(WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, WdfDeviceGetIoTarget(dmf_case_wdf_device), &request),
                 STATUS_SUCCESS);
    got = DMF_Utility_ActivityIdFromRequest(request);
    expected = activity_with(request);
    CHECK(DMF_Utility_IsEqualGUID(&got, &expected));
#if defined(DMF_USER_MODE)
    WdfRequestSetActivityId(request, &activity);
#else
    CHECK_STATUS(IoSetActivityIdIrp(WdfRequestWdmGetIrp(request), &activity), STATUS_SUCCESS);
#endif
    got = DMF_Utility_RequestToActivityId(request);
    CHECK(DMF_Utility_IsEqualGUID(&got, &activity));
    WdfObjectDelete(request);
    dmf_case_end();
}

static bool same_text(PCWSTR one, PCWSTR other)
{
    while (*one == *other && *one != 0)
    {
        one++;
        other++;
    }
    return *one == *other;
}

static void device_without_names_is_called_so_in_the_event_log(void)
{
    PCWSTR name;
    PCWSTR location;

    dmf_case_begin_modules(NULL);
    DMF_Utility_EventLoggingNamesGet(dmf_case_wdf_device, &name, &location);
    CHECK(name != NULL && location != NULL);
    CHECK(same_text(location, L"(error retrieving location)"));
    dmf_case_end();
}

/* Properties of the device as who installs it sets them. */
static void assign_text(ULONG number, const WCHAR *text, ULONG bytes)
{
    const DEVPROPKEY key = {{0xA45C254E, 0xDF1C, 0x4EFD, {0x80, 0x20, 0x67, 0xD1, 0x46, 0xA8, 0x50, 0xE0}}, number};
    WDF_DEVICE_PROPERTY_DATA data;

    WDF_DEVICE_PROPERTY_DATA_INIT(&data, &key);
    CHECK_STATUS(WdfDeviceAssignProperty(dmf_case_wdf_device, &data, DEVPROP_TYPE_STRING, bytes, (PVOID)(ULONG_PTR)text),
                 STATUS_SUCCESS);
}

static void event_log_has_the_friendly_name_and_else_the_description(void)
{
    PCWSTR name;
    PCWSTR location;

    dmf_case_begin_modules(NULL);
    assign_text(2, L"What it is", sizeof(L"What it is"));
    assign_text(15, L"Port 7", sizeof(L"Port 7"));
    DMF_Utility_EventLoggingNamesGet(dmf_case_wdf_device, &name, &location);
    CHECK(same_text(name, L"What it is"));
    CHECK(same_text(location, L"Port 7"));
    assign_text(14, L"A friend", sizeof(L"A friend"));
    DMF_Utility_EventLoggingNamesGet(dmf_case_wdf_device, &name, &location);
    CHECK(same_text(name, L"A friend"));
    dmf_case_end();
}

static void access_without_a_name_and_a_class_asserts(void)
{
    dmf_case_begin_modules(NULL);
    (void)DMF_Utility_UserModeAccessCreate(dmf_case_wdf_device, NULL, NULL);
}

/*
 * The Client Driver's log.
 */

static DMF_LOG_DATA logged;
static WCHAR logged_text[2048];
static ULONG logged_count;
static WDFDEVICE logged_device;

static VOID device_log(WDFDEVICE Device, DMF_LOG_DATA DmfLogData)
{
    logged = DmfLogData;
    logged_device = Device;
    logged_count++;
    for (size_t index = 0; index < 2048; index++)
    {
        logged_text[index] = DmfLogData.LogData.StringArgument.Message[index];
        if (logged_text[index] == 0)
        {
            break;
        }
    }
}

typedef struct
{
    ULONG Number;
} DMF_CONFIG_Emitter;
DECLARE_DMF_MODULE(Emitter)
DMF_MODULE_DECLARE_NO_CONTEXT(Emitter)

static DMFMODULE emitter;

NTSTATUS DMF_Emitter_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                            WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    DMF_MODULE_DESCRIPTOR descriptor;

    DMF_MODULE_DESCRIPTOR_INIT(descriptor, Emitter, DMF_MODULE_OPTIONS_PASSIVE, DMF_MODULE_OPEN_OPTION_OPEN_Create);
    return DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
}

static VOID emitter_add(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    DMF_CONFIG_Emitter config;
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_CONFIG_Emitter_AND_ATTRIBUTES_INIT(&config, &attributes);
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &emitter);
}

static EVT_WDF_DRIVER_DEVICE_ADD logging_device_add;
DMF_DEFAULT_DEVICEADD_LOG(logging_device_add, emitter_add, device_log)

static void begin_with_log(void)
{
    wdf_case_load(logging_device_add);
    dmf_case_device = wdf_case_start();
    logged_count = 0;
}

static void access_is_created_by_link_and_interface(void)
{
    static const GUID class_guid = {0x5B2B51CA, 1, 2, {3}};
    struct testkit_file *file;

    begin_with_log();
    CHECK_STATUS(DMF_Utility_UserModeAccessCreate(DMF_ParentDeviceGet(emitter), &class_guid, NULL), STATUS_SUCCESS);
    CHECK_STATUS(DMF_Utility_UserModeAccessCreate(DMF_ParentDeviceGet(emitter), NULL, L"\\DosDevices\\UtilityLink"),
                 STATUS_SUCCESS);
    CHECK_STATUS(testkit_open("\\??\\UtilityLink", true, true, &file), STATUS_SUCCESS);
    testkit_close(file);
    dmf_case_end();
}

static void access_that_fails_says_so_and_keeps_what_was_created(void)
{
    static const GUID class_guid = {0x5B2B51CA, 1, 2, {3}};

    begin_with_log();
    CHECK_STATUS(DMF_Utility_UserModeAccessCreate(DMF_ParentDeviceGet(emitter), NULL, L"\\DosDevices\\UtilityLink"),
                 STATUS_SUCCESS);
    CHECK(!NT_SUCCESS(
        DMF_Utility_UserModeAccessCreate(DMF_ParentDeviceGet(emitter), &class_guid, L"\\DosDevices\\UtilityLink")));
    dmf_case_end();
}

static void line_is_formatted_and_handed_to_the_client_driver(void)
{
    begin_with_log();
    DMF_Utility_LogEmitString(emitter, DmfLogDataSeverity_Warning, (WCHAR *)L"%d of %s at 0x%x", 3, L"seven", 0xABC);
    CHECK_EQUAL(logged_count, 1);
    CHECK(logged_device == DMF_ParentDeviceGet(emitter));
    CHECK_EQUAL(logged.DmfLogDataType, DmfLogDataType_String);
    CHECK_EQUAL(logged.DmfLogDataSeverity, DmfLogDataSeverity_Warning);
    CHECK(same_text(logged_text, L"3 of seven at 0xabc"));
    DMF_Utility_LogEmitString(emitter, DmfLogDataSeverity_Verbose, (WCHAR *)L"");
    CHECK_EQUAL(logged_count, 2);
    CHECK_EQUAL(logged_text[0], 0);
    dmf_case_end();
}

static WCHAR long_text[3000];

static size_t length_of(PCWSTR text)
{
    size_t length = 0;

    while (text[length] != 0)
    {
        length++;
    }
    return length;
}

static void emit_of_length(size_t length)
{
    for (size_t index = 0; index < length; index++)
    {
        long_text[index] = L'x';
    }
    long_text[length] = 0;
    DMF_Utility_LogEmitString(emitter, DmfLogDataSeverity_Error, (WCHAR *)L"%s", long_text);
}

static void longest_line_is_handed_whole(void)
{
    begin_with_log();
    emit_of_length(1023);
    CHECK_EQUAL(logged_count, 1);
    CHECK_EQUAL(length_of(logged_text), 1023);
    dmf_case_end();
}

/* A debug build of the kernel flavour asserts. */
static void line_that_is_too_long_is_cut_in_user_mode_and_dropped_in_kernel_mode(void)
{
#if defined(DMF_USER_MODE) || !DBG
    static const size_t lengths[] = {1024, 1025, 2999};

    begin_with_log();
    for (size_t index = 0; index < 3; index++)
    {
        emit_of_length(lengths[index]);
    }
#if defined(DMF_USER_MODE)
    CHECK_EQUAL(logged_count, 3);
    CHECK_EQUAL(length_of(logged_text), 1023);
#else
    CHECK_EQUAL(logged_count, 0);
#endif
    dmf_case_end();
#endif
}

static void line_without_a_callback_goes_nowhere(void)
{
    logged_count = 0;
    dmf_case_begin_modules(emitter_add);
    DMF_Utility_LogEmitString(emitter, DmfLogDataSeverity_Critical, (WCHAR *)L"%s", L"nobody listens");
    CHECK_EQUAL(logged_count, 0);
    dmf_case_end();
}

/* The control list of the device's own descriptor; how many entries it has. */
#if !defined(DMF_USER_MODE)
static USHORT entries_of(PDEVICE_OBJECT device)
{
    BOOLEAN present;
    BOOLEAN defaulted;
    PACL list = NULL;

    CHECK_STATUS(RtlGetDaclSecurityDescriptor(device->SecurityDescriptor, &present, &list, &defaulted), STATUS_SUCCESS);
    return present && list != NULL ? list->AceCount : 0;
}
#endif

static void access_control_list_is_propagated_in_the_device_stack(void)
{
#if !defined(DMF_USER_MODE)
    UNICODE_STRING text = RTL_CONSTANT_STRING(L"D:P(A;;GR;;;WD)");
    PDEVICE_OBJECT device;
    PDEVICE_OBJECT other;
    PSECURITY_DESCRIPTOR own;
    PDEVICE_OBJECT lower;

    dmf_case_begin_modules(NULL);
    device = WdfDeviceWdmGetDeviceObject(dmf_case_wdf_device);
    lower = WdfDeviceWdmGetAttachedDevice(dmf_case_wdf_device);
    CHECK_STATUS(IoCreateDeviceSecure(device->DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &text, NULL, &other),
                 STATUS_SUCCESS);
    CHECK_EQUAL(entries_of(lower), 3);
    /* What IoCreateDeviceSecure() would have given the device itself. */
    own = device->SecurityDescriptor;
    device->SecurityDescriptor = other->SecurityDescriptor;
    other->SecurityDescriptor = own;
    CHECK_STATUS(DMF_Utility_AclPropagateInDeviceStack(dmf_case_wdf_device), STATUS_SUCCESS);
    CHECK_EQUAL(entries_of(device), 1);
    CHECK_EQUAL(entries_of(lower), 1);
    IoDeleteDevice(other);
    dmf_case_end();
#endif
}

const struct nt_case nt_cases[] = {
    CASE(equal_guids_are_equal_and_one_byte_makes_them_differ),
    CASE(temperature_is_converted),
    CASE(temperature_below_zero_wraps_around),
    CASE(temperature_that_does_not_fit_fails_and_writes_nothing),
    CASE(checksum_is_the_published_one),
    CASE(all_entries_of_a_list_come_in_order),
    CASE(safe_walk_lets_entries_be_removed),
    CASE(list_is_transferred_in_order),
    CASE(system_time_is_the_system_s_and_does_not_go_back),
    CASE(delay_lasts_as_long_as_asked),
    CASE(longest_delay_ends),
    CASE(delay_is_not_alertable),
    CASE(local_time_becomes_universal_time),
    CASE(time_that_does_not_exist_is_not_converted),
    CASE(activity_of_a_device_begins_with_its_handle),
    CASE(activity_of_a_request_is_its_packet_s_or_its_handle),
    CASE(access_is_created_by_link_and_interface),
    CASE(access_that_fails_says_so_and_keeps_what_was_created),
    CASE(device_without_names_is_called_so_in_the_event_log),
    CASE(line_is_formatted_and_handed_to_the_client_driver),
    CASE(longest_line_is_handed_whole),
    CASE(line_that_is_too_long_is_cut_in_user_mode_and_dropped_in_kernel_mode),
    CASE(line_without_a_callback_goes_nowhere),
    CASE(access_control_list_is_propagated_in_the_device_stack),
    CASE(event_log_has_the_friendly_name_and_else_the_description),
    DEBUG_STOPS(access_without_a_name_and_a_class_asserts, ASSERTS),
    CASES_END,
};
