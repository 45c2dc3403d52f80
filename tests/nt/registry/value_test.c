/* SPDX-License-Identifier: MIT */
/*
 * Values: setting, asking, enumerating, deleting; and the RtlXxxRegistryXxx functions on top.
 */
#include <string.h>

#include "nt/io/driver_object.h"
#include "nt/pnp/devnode.h"
#include "registry_case.h"

static HANDLE begin(void)
{
    delete_tree(NULL, PLACE);
    return made_key(NULL, PLACE);
}

static void end(HANDLE place)
{
    close_key(place);
    delete_tree(NULL, PLACE);
}

static void value_has_the_type_and_data_that_it_was_given(void)
{
    static const ULONG types[] = {REG_NONE, REG_SZ,       REG_EXPAND_SZ,     REG_BINARY, REG_DWORD, REG_DWORD_BIG_ENDIAN,
                                  REG_LINK, REG_MULTI_SZ, REG_RESOURCE_LIST, REG_QWORD,  0xFFFFFFFF};
    HANDLE place = begin();

    for (ULONG index = 0; index < ARRAYSIZE(types); index++)
    {
        UCHAR data[16] = {0};
        ULONG type;
        ULONG size;

        CHECK_EQUAL(set_value(place, L"Value", types[index], "0123456789ABCDE", index), STATUS_SUCCESS);
        CHECK_EQUAL(get_value(place, L"vALUE", &type, data, sizeof(data), &size), STATUS_SUCCESS);
        CHECK_EQUAL(type, types[index]);
        CHECK_EQUAL(size, index);
        CHECK(memcmp(data, "0123456789ABCDE", index) == 0);
    }
    end(place);
}

static void value_without_a_name_is_the_default(void)
{
    HANDLE place = begin();

    CHECK_EQUAL(set_number(place, L"", 3), STATUS_SUCCESS);
    CHECK(has_number(place, NULL, 3));
    CHECK_EQUAL(delete_value(place, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(delete_value(place, NULL), STATUS_OBJECT_NAME_NOT_FOUND);
    end(place);
}

static void names_and_data_have_limits(void)
{
    static WCHAR name[16385];
    HANDLE place = begin();
    UNICODE_STRING text = {16384 * sizeof(WCHAR), 16384 * sizeof(WCHAR), name};
    ULONG number = 1;

    memset(name, 'n', sizeof(name));
    CHECK_EQUAL(ZwSetValueKey(place, &text, 0, REG_DWORD, &number, sizeof(number)), STATUS_INVALID_PARAMETER);
    text.Length -= sizeof(WCHAR);
    CHECK_EQUAL(ZwSetValueKey(place, &text, 0, REG_DWORD, &number, sizeof(number)), STATUS_SUCCESS);
    text.Length--;
    CHECK_EQUAL(ZwSetValueKey(place, &text, 0, REG_DWORD, &number, sizeof(number)), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(set_value(place, L"Huge", REG_BINARY, &number, 0x80000000u), STATUS_INVALID_PARAMETER);
    end(place);
}

static void values_come_in_the_order_of_their_making(void)
{
    HANDLE place = begin();
    union
    {
        KEY_VALUE_BASIC_INFORMATION basic;
        char room[64];
    } of;
    ULONG length;

    CHECK_EQUAL(set_number(place, L"b", 1), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(place, L"a", 2), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(place, L"b", 3), STATUS_SUCCESS);
    CHECK_EQUAL(ZwEnumerateValueKey(place, 0, KeyValueBasicInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(of.basic.Name[0], 'b');
    CHECK_EQUAL(ZwEnumerateValueKey(place, 1, KeyValueBasicInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(of.basic.Name[0], 'a');
    CHECK_EQUAL(ZwEnumerateValueKey(place, 2, KeyValueBasicInformation, &of, sizeof(of), &length), STATUS_NO_MORE_ENTRIES);
    end(place);
}

static void every_class_of_a_value_is_answered(void)
{
    HANDLE place = begin();
    UNICODE_STRING name = TEXT_OF(L"Abc");
    union
    {
        KEY_VALUE_BASIC_INFORMATION basic;
        KEY_VALUE_FULL_INFORMATION full;
        KEY_VALUE_PARTIAL_INFORMATION partial;
        KEY_VALUE_PARTIAL_INFORMATION_ALIGN64 aligned;
        char room[128];
    } of;
    ULONG length;

    CHECK_EQUAL(set_value(place, L"abc", REG_BINARY, "12345", 5), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryValueKey(place, &name, KeyValueBasicInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK(of.basic.NameLength == 6 && of.basic.Type == REG_BINARY && of.basic.Name[0] == 'a');
    CHECK_EQUAL(ZwQueryValueKey(place, &name, KeyValueFullInformation, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(of.full.DataOffset % 4, 0);
    CHECK(memcmp(of.room + of.full.DataOffset, "12345", 5) == 0);
    CHECK_EQUAL(length, of.full.DataOffset + 5);
    CHECK_EQUAL(ZwQueryValueKey(place, &name, KeyValueFullInformationAlign64, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(of.full.DataOffset % 8, 0);
    CHECK_EQUAL(ZwQueryValueKey(place, &name, KeyValuePartialInformationAlign64, &of, sizeof(of), &length), STATUS_SUCCESS);
    CHECK_EQUAL(of.aligned.DataLength, 5);
    CHECK(memcmp(of.aligned.Data, "12345", 5) == 0);
    CHECK_EQUAL(ZwQueryValueKey(place, &name, MaxKeyValueInfoClass, &of, sizeof(of), &length), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(ZwQueryValueKey(place, &name, KeyValuePartialInformation, &of, 11, &length), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(length, 17);
    CHECK_EQUAL(ZwQueryValueKey(place, &name, KeyValuePartialInformation, &of, 12, &length), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(of.partial.DataLength, 5);
    CHECK_EQUAL(ZwQueryValueKey(place, &name, KeyValuePartialInformation, &of, 17, &length), STATUS_SUCCESS);
    end(place);
}

static void several_values_come_in_one_buffer(void)
{
    HANDLE place = begin();
    UNICODE_STRING one = TEXT_OF(L"One");
    UNICODE_STRING two = TEXT_OF(L"Two");
    UNICODE_STRING none = TEXT_OF(L"None");
    KEY_VALUE_ENTRY entries[2] = {{.ValueName = &one}, {.ValueName = &two}};
    char room[32];
    ULONG length = sizeof(room);
    ULONG required = 0;

    CHECK_EQUAL(set_value(place, L"One", REG_BINARY, "abc", 3), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(place, L"Two", 2), STATUS_SUCCESS);
    CHECK_EQUAL(ZwQueryMultipleValueKey(place, entries, 2, room, &length, &required), STATUS_SUCCESS);
    CHECK_EQUAL(required, 8);
    CHECK_EQUAL(length, 8);
    CHECK_EQUAL(entries[1].DataOffset, 4);
    CHECK_EQUAL(entries[1].Type, REG_DWORD);
    length = 5;
    CHECK_EQUAL(ZwQueryMultipleValueKey(place, entries, 2, room, &length, &required), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(required, 8);
    entries[1].ValueName = &none;
    CHECK_EQUAL(ZwQueryMultipleValueKey(place, entries, 2, room, &length, &required), STATUS_OBJECT_NAME_NOT_FOUND);
    end(place);
}

/*
 * RtlXxxRegistryXxx.
 */

#define SERVICE L"RegistryTest"

static void well_known_places_lead_to_keys(void)
{
    ULONG number = 77;
    HANDLE key;

    CHECK_EQUAL(RtlCheckRegistryKey(RTL_REGISTRY_SERVICES, (PWSTR)SERVICE), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(RtlCreateRegistryKey(RTL_REGISTRY_SERVICES, (PWSTR)SERVICE), STATUS_SUCCESS);
    CHECK_EQUAL(RtlCheckRegistryKey(RTL_REGISTRY_SERVICES, (PWSTR)SERVICE), STATUS_SUCCESS);
    CHECK_EQUAL(RtlWriteRegistryValue(RTL_REGISTRY_SERVICES, SERVICE, L"Number", REG_DWORD, &number, sizeof(number)),
                STATUS_SUCCESS);
    key = opened_key(NULL, L"\\Registry\\Machine\\System\\ControlSet001\\Services\\" SERVICE);
    CHECK(has_number(key, L"Number", 77));
    CHECK_EQUAL(RtlDeleteRegistryValue(RTL_REGISTRY_HANDLE, (PCWSTR)key, L"Number"), STATUS_SUCCESS);
    CHECK_EQUAL(RtlDeleteRegistryValue(RTL_REGISTRY_SERVICES, SERVICE, L"Number"), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(RtlCheckRegistryKey(RTL_REGISTRY_MAXIMUM, (PWSTR)SERVICE), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlCreateRegistryKey(RTL_REGISTRY_DEVICEMAP, (PWSTR)L"RegistryTest"), STATUS_SUCCESS);
    delete_key(key);
    delete_key(opened_key(NULL, L"\\Registry\\Machine\\Hardware\\DeviceMap\\RegistryTest"));
}

static ULONG routine_calls;
static ULONG routine_length;
static ULONG routine_type;

static NTSTATUS count_calls(PWSTR name, ULONG type, PVOID data, ULONG length, PVOID context, PVOID entry_context)
{
    (void)name;
    (void)data;
    CHECK(context == (PVOID)1 && entry_context == (PVOID)2);
    routine_calls++;
    routine_length = length;
    routine_type = type;
    return STATUS_SUCCESS;
}

static void table_brings_values_to_places_and_routines(void)
{
    static const WCHAR list[] = L"one\0two\0";
    HANDLE place = begin();
    ULONG number = 0;
    ULONG missing = 0;
    ULONG fallback = 9;
    WCHAR room[16];
    UNICODE_STRING text = {0, sizeof(room), room};
    RTL_QUERY_REGISTRY_TABLE table[] = {
        {NULL, RTL_QUERY_REGISTRY_DIRECT | RTL_QUERY_REGISTRY_REQUIRED | RTL_QUERY_REGISTRY_TYPECHECK, L"Number", &number,
         (REG_DWORD << RTL_QUERY_REGISTRY_TYPECHECK_SHIFT) | REG_NONE, NULL, 0},
        {NULL, RTL_QUERY_REGISTRY_DIRECT | RTL_QUERY_REGISTRY_TYPECHECK, L"Missing", &missing,
         (REG_DWORD << RTL_QUERY_REGISTRY_TYPECHECK_SHIFT) | REG_DWORD, &fallback, sizeof(fallback)},
        {NULL, RTL_QUERY_REGISTRY_DIRECT, L"Text", &text, REG_NONE, NULL, 0},
        {count_calls, 0, L"List", (PVOID)2, REG_NONE, NULL, 0},
        {count_calls, RTL_QUERY_REGISTRY_NOEXPAND, L"List", (PVOID)2, REG_NONE, NULL, 0},
        {0},
    };

    CHECK_EQUAL(set_number(place, L"Number", 5), STATUS_SUCCESS);
    CHECK_EQUAL(set_value(place, L"Text", REG_SZ, L"hello", 12), STATUS_SUCCESS);
    CHECK_EQUAL(set_value(place, L"List", REG_MULTI_SZ, list, sizeof(list)), STATUS_SUCCESS);
    routine_calls = 0;
    CHECK_EQUAL(RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)place, table, (PVOID)1, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(number, 5);
    CHECK_EQUAL(missing, 9);
    CHECK_EQUAL(text.Length, 10);
    CHECK(memcmp(room, L"hello", 12) == 0);
    CHECK_EQUAL(routine_calls, 3);
    CHECK_EQUAL(routine_type, REG_MULTI_SZ);
    CHECK_EQUAL(routine_length, sizeof(list));
    end(place);
}

static void text_without_its_zero_keeps_all_its_characters(void)
{
    HANDLE place = begin();
    WCHAR room[16];
    UNICODE_STRING text = {0, sizeof(room), room};
    RTL_QUERY_REGISTRY_TABLE table[] = {{NULL, RTL_QUERY_REGISTRY_DIRECT, L"Text", &text, REG_NONE, NULL, 0}, {0}};

    CHECK_EQUAL(set_value(place, L"Text", REG_SZ, L"hello", 10), STATUS_SUCCESS);
    CHECK_EQUAL(RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)place, table, NULL, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(text.Length, 10);
    CHECK(memcmp(room, L"hello", 12) == 0);
    /* Half a character is none. */
    CHECK_EQUAL(set_value(place, L"Text", REG_SZ, L"ab", 3), STATUS_SUCCESS);
    CHECK_EQUAL(RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)place, table, NULL, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(text.Length, 2);
    CHECK(memcmp(room, L"a", 4) == 0);
    text.MaximumLength = 10;
    CHECK_EQUAL(set_value(place, L"Text", REG_SZ, L"hello", 10), STATUS_SUCCESS);
    CHECK_EQUAL(RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)place, table, NULL, NULL), STATUS_BUFFER_TOO_SMALL);
    end(place);
}

static void place_says_its_size_as_a_negative_number(void)
{
    HANDLE place = begin();
    LONG room[4] = {-8};
    RTL_QUERY_REGISTRY_TABLE table[] = {{NULL, RTL_QUERY_REGISTRY_DIRECT, L"Bytes", room, REG_NONE, NULL, 0}, {0}};

    CHECK_EQUAL(set_value(place, L"Bytes", REG_BINARY, "12345678", 8), STATUS_SUCCESS);
    CHECK_EQUAL(RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)place, table, NULL, NULL), STATUS_SUCCESS);
    CHECK(memcmp(room, "12345678", 8) == 0);
    room[0] = -7;
    CHECK_EQUAL(RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)place, table, NULL, NULL), STATUS_BUFFER_TOO_SMALL);
    room[0] = MINLONG;
    CHECK_EQUAL(RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)place, table, NULL, NULL), STATUS_SUCCESS);
    CHECK(memcmp(room, "12345678", 8) == 0);
    end(place);
}

static void table_entry_may_require_check_expand_and_delete(void)
{
    HANDLE place = begin();
    ULONG number = 0;
    WCHAR room[32];
    UNICODE_STRING text = {0, sizeof(room), room};
    RTL_QUERY_REGISTRY_TABLE table[2] = {
        {NULL, RTL_QUERY_REGISTRY_DIRECT | RTL_QUERY_REGISTRY_REQUIRED, L"Value", &number, REG_NONE, NULL, 0}};
    static const WCHAR environment[] = L"Other=1\0Name=text\0";

    CHECK_EQUAL(RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)place, table, NULL, NULL), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(set_value(place, L"Value", REG_EXPAND_SZ, L"a %name% %none% z", 36), STATUS_SUCCESS);
    table[0].Flags |= RTL_QUERY_REGISTRY_TYPECHECK;
    table[0].DefaultType = (ULONG)REG_DWORD << RTL_QUERY_REGISTRY_TYPECHECK_SHIFT;
    CHECK_EQUAL(RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)place, table, NULL, NULL), STATUS_OBJECT_TYPE_MISMATCH);
    table[0].DefaultType = (ULONG)REG_EXPAND_SZ << RTL_QUERY_REGISTRY_TYPECHECK_SHIFT;
    table[0].EntryContext = &text;
    table[0].Flags |= RTL_QUERY_REGISTRY_DELETE;
    CHECK_EQUAL(RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)place, table, NULL, (PVOID)environment), STATUS_SUCCESS);
    CHECK_EQUAL(text.Length, 15 * sizeof(WCHAR));
    CHECK(memcmp(room, L"a text %none% z", 15 * sizeof(WCHAR)) == 0);
    CHECK_EQUAL(delete_value(place, L"Value"), STATUS_OBJECT_NAME_NOT_FOUND);
    table[0].QueryRoutine = count_calls;
    CHECK_EQUAL(RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)place, table, NULL, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlQueryRegistryValues(RTL_REGISTRY_SERVICES | RTL_REGISTRY_OPTIONAL, L"NoSuch", table, NULL, NULL),
                STATUS_SUCCESS);
    CHECK_EQUAL(RtlQueryRegistryValues(RTL_REGISTRY_SERVICES, L"NoSuch", table, NULL, NULL), STATUS_OBJECT_NAME_NOT_FOUND);
    end(place);
}

static void interface_has_a_key_by_its_link(void)
{
    UNICODE_STRING link = TEXT_OF(L"\\??\\ROOT#ECHO#0000#{01234567-89ab-cdef-0123-456789abcdef}\\ref");
    UNICODE_STRING bad = TEXT_OF(L"\\??\\ROOT#ECHO#0000");
    HANDLE key;
    HANDLE found;

    CHECK_EQUAL(IoOpenDeviceInterfaceRegistryKey(&bad, KEY_READ, &key), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(IoOpenDeviceInterfaceRegistryKey(&link, KEY_ALL_ACCESS, &key), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(key, L"Number", 8), STATUS_SUCCESS);
    found = opened_key(NULL, L"\\Registry\\Machine\\System\\CurrentControlSet\\Control\\DeviceClasses\\"
                             L"{01234567-89ab-cdef-0123-456789abcdef}\\"
                             L"##?#ROOT#ECHO#0000#{01234567-89ab-cdef-0123-456789abcdef}\\#ref\\Device Parameters");
    CHECK(has_number(found, L"Number", 8));
    close_key(found);
    delete_key(key);
}

static void device_and_driver_have_keys(void)
{
    PDRIVER_OBJECT driver;
    struct devnode *devnode;
    PDEVICE_OBJECT device;
    HANDLE first;
    HANDLE second;

    CHECK_EQUAL(drvobj_create("registry", &driver), STATUS_SUCCESS);
    CHECK_EQUAL(devnode_create("registry", driver, &devnode), STATUS_SUCCESS);
    device = devnode_pdo(devnode);
    CHECK_EQUAL(IoOpenDeviceRegistryKey(device, PLUGPLAY_REGKEY_DEVICE, KEY_ALL_ACCESS, &first), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(first, L"Number", 1), STATUS_SUCCESS);
    second =
        opened_key(NULL, L"\\Registry\\Machine\\System\\CurrentControlSet\\Enum\\ROOT\\REGISTRY\\0000\\Device Parameters");
    CHECK(has_number(second, L"Number", 1));
    close_key(second);
    delete_key(first);
    CHECK_EQUAL(IoOpenDeviceRegistryKey(device, PLUGPLAY_REGKEY_DRIVER, KEY_ALL_ACCESS, &first), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(first, L"Number", 2), STATUS_SUCCESS);
    CHECK_EQUAL(IoOpenDeviceRegistryKey(device, PLUGPLAY_REGKEY_DRIVER, KEY_READ, &second), STATUS_SUCCESS);
    CHECK(has_number(second, L"Number", 2));
    close_key(second);
    delete_key(first);
    CHECK_EQUAL(
        IoOpenDeviceRegistryKey(device, PLUGPLAY_REGKEY_DEVICE | PLUGPLAY_REGKEY_CURRENT_HWPROFILE, KEY_READ, &first),
        STATUS_SUCCESS);
    close_key(first);
    CHECK_EQUAL(IoOpenDeviceRegistryKey(device, 16, KEY_READ, &first), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(IoOpenDeviceRegistryKey(NULL, PLUGPLAY_REGKEY_DEVICE, KEY_READ, &first), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_EQUAL(IoOpenDriverRegistryKey(driver, DriverRegKeyParameters, KEY_ALL_ACCESS, 0, &first), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(first, L"Number", 3), STATUS_SUCCESS);
    second = opened_key(NULL, L"\\Registry\\Machine\\System\\CurrentControlSet\\Services\\registry\\Parameters");
    CHECK(has_number(second, L"Number", 3));
    close_key(second);
    close_key(first);
    CHECK_EQUAL(IoOpenDriverRegistryKey(driver, DriverRegKeyParameters, KEY_READ, 1, &first), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(IoOpenDriverRegistryKey(driver, (DRIVER_REGKEY_TYPE)3, KEY_READ, 0, &first), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(IoOpenDriverRegistryKey(driver, DriverRegKeyPersistentState, KEY_ALL_ACCESS, 0, &first), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(first, L"Number", 4), STATUS_SUCCESS);
    close_key(first);
    CHECK_EQUAL(IoOpenDriverRegistryKey(driver, DriverRegKeySharedPersistentState, KEY_ALL_ACCESS, 0, &first),
                STATUS_SUCCESS);
    CHECK_EQUAL(get_value(first, L"Number", NULL, NULL, 0, NULL), STATUS_OBJECT_NAME_NOT_FOUND);
    close_key(first);
    CHECK_EQUAL(IoOpenDriverRegistryKey(driver, DriverRegKeyPersistentState, KEY_READ, 0, &first), STATUS_SUCCESS);
    CHECK(has_number(first, L"Number", 4));
    close_key(first);
    delete_tree(NULL, L"\\Registry\\Machine\\System\\CurrentControlSet\\Services\\registry");
    devnode_free(devnode);
    drvobj_free(driver);
}

const struct nt_case nt_cases[] = {
    CASE(value_has_the_type_and_data_that_it_was_given),
    CASE(value_without_a_name_is_the_default),
    CASE(names_and_data_have_limits),
    CASE(values_come_in_the_order_of_their_making),
    CASE(every_class_of_a_value_is_answered),
    CASE(several_values_come_in_one_buffer),
    CASE(well_known_places_lead_to_keys),
    CASE(table_brings_values_to_places_and_routines),
    CASE(text_without_its_zero_keeps_all_its_characters),
    CASE(place_says_its_size_as_a_negative_number),
    CASE(table_entry_may_require_check_expand_and_delete),
    CASE(interface_has_a_key_by_its_link),
    CASE(device_and_driver_have_keys),
    CASES_END,
};
