/* SPDX-License-Identifier: MIT */
/*
 * WDFKEY: keys and values.
 */
#include "wdf_case.h"

#include <wdfregistry.h>

#include <string.h>

#define TEXT_OF(Literal)                                                  \
    {                                                                     \
        sizeof(Literal) - sizeof(WCHAR), sizeof(Literal), (PWCH)(Literal) \
    }

static const UNICODE_STRING software = TEXT_OF(L"\\Registry\\Machine\\Software");
static const UNICODE_STRING key_name = TEXT_OF(L"Keys of the case");
static const UNICODE_STRING value_name = TEXT_OF(L"Value");
static const UNICODE_STRING no_such_name = TEXT_OF(L"Nothing");
static const UNICODE_STRING odd_name = {3, 4, (PWCH)L"ab"};

/* The case's own key, empty. */
static WDFKEY make_key(void)
{
    WDFKEY parent;
    WDFKEY key;

    CHECK_STATUS(WdfRegistryOpenKey(NULL, &software, KEY_ALL_ACCESS, WDF_NO_OBJECT_ATTRIBUTES, &parent), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryCreateKey(parent, &key_name, KEY_ALL_ACCESS, REG_OPTION_NON_VOLATILE, NULL,
                                      WDF_NO_OBJECT_ATTRIBUTES, &key),
                 STATUS_SUCCESS);
    WdfRegistryClose(parent);
    return key;
}

static WDFKEY begin(void)
{
    wdf_case_load(NULL);
    return make_key();
}

static void end(WDFKEY key)
{
    CHECK_STATUS(WdfRegistryRemoveKey(key), STATUS_SUCCESS);
    wdf_case_unload();
}

static WDFSTRING string_of(const WCHAR *text)
{
    UNICODE_STRING counted;
    WDFSTRING string;

    RtlInitUnicodeString(&counted, text);
    CHECK_STATUS(WdfStringCreate(&counted, WDF_NO_OBJECT_ATTRIBUTES, &string), STATUS_SUCCESS);
    return string;
}

static void check_text(WDFSTRING string, const WCHAR *expected)
{
    UNICODE_STRING got;
    UNICODE_STRING wanted;

    RtlInitUnicodeString(&wanted, expected);
    WdfStringGetUnicodeString(string, &got);
    CHECK_EQUAL(got.Length, wanted.Length);
    CHECK(memcmp(got.Buffer, wanted.Buffer, wanted.Length) == 0);
}

static void put(WDFKEY key, ULONG type, const void *data, ULONG length)
{
    CHECK_STATUS(WdfRegistryAssignValue(key, &value_name, type, length, (PVOID)(uintptr_t)data), STATUS_SUCCESS);
}

/*
 * Keys.
 */

static void creating_a_key_says_whether_it_was_there(void)
{
    static const UNICODE_STRING below = TEXT_OF(L"below");
    static const UNICODE_STRING below_in_capitals = TEXT_OF(L"BELOW");
    WDFKEY key = begin();
    WDFKEY first;
    WDFKEY second;
    ULONG disposition = 0;

    CHECK_STATUS(WdfRegistryCreateKey(key, &below, KEY_ALL_ACCESS, 0, &disposition, WDF_NO_OBJECT_ATTRIBUTES, &first),
                 STATUS_SUCCESS);
    CHECK_EQUAL(disposition, REG_CREATED_NEW_KEY);
    CHECK_STATUS(
        WdfRegistryCreateKey(key, &below_in_capitals, KEY_ALL_ACCESS, 0, &disposition, WDF_NO_OBJECT_ATTRIBUTES, &second),
        STATUS_SUCCESS);
    CHECK_EQUAL(disposition, REG_OPENED_EXISTING_KEY);
    WdfRegistryClose(second);
    CHECK_STATUS(WdfRegistryRemoveKey(first), STATUS_SUCCESS);
    end(key);
}

static void opening_a_missing_key_gives_no_key(void)
{
    WDFKEY key = begin();
    WDFKEY missing = key;

    CHECK_STATUS(WdfRegistryOpenKey(key, &no_such_name, KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, &missing),
                 STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK(missing == NULL);
    missing = key;
    CHECK_STATUS(WdfRegistryOpenKey(key, &odd_name, KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, &missing), STATUS_INVALID_PARAMETER);
    CHECK(missing == NULL);
    CHECK_STATUS(WdfRegistryCreateKey(key, &odd_name, KEY_READ, 0, NULL, WDF_NO_OBJECT_ATTRIBUTES, &missing),
                 STATUS_INVALID_PARAMETER);
    end(key);
}

static void key_with_subkeys_is_not_removed(void)
{
    static const UNICODE_STRING below = TEXT_OF(L"below");
    WDFKEY key = begin();
    WDFKEY subkey;

    CHECK_STATUS(WdfRegistryCreateKey(key, &below, KEY_ALL_ACCESS, 0, NULL, WDF_NO_OBJECT_ATTRIBUTES, &subkey),
                 STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryRemoveKey(key), STATUS_CANNOT_DELETE);
    CHECK_STATUS(WdfRegistryAssignULong(key, &value_name, 1), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryRemoveKey(subkey), STATUS_SUCCESS);
    end(key);
}

static void access_that_was_not_asked_for_is_denied(void)
{
    WDFKEY key = begin();
    WDFKEY reader;
    UNICODE_STRING nothing = {0};

    CHECK_STATUS(WdfRegistryOpenKey(key, &nothing, KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, &reader), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryAssignULong(reader, &value_name, 1), STATUS_ACCESS_DENIED);
    CHECK_STATUS(WdfRegistryRemoveKey(reader), STATUS_ACCESS_DENIED);
    CHECK(WdfRegistryWdmGetHandle(reader) != NULL);
    WdfRegistryClose(reader);
    end(key);
}

static unsigned keys_cleaned_up;

static VOID key_cleaned_up(WDFOBJECT object)
{
    UNREFERENCED_PARAMETER(object);
    keys_cleaned_up++;
}

static void key_goes_with_the_parent_that_its_attributes_name(void)
{
    WDFKEY key = begin();
    WDFKEY child;
    WDF_OBJECT_ATTRIBUTES attributes;

    keys_cleaned_up = 0;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = key;
    attributes.EvtCleanupCallback = key_cleaned_up;
    CHECK_STATUS(WdfRegistryOpenKey(NULL, &software, KEY_READ, &attributes, &child), STATUS_SUCCESS);
    WdfObjectDelete(key);
    CHECK_EQUAL(keys_cleaned_up, 1);
    attributes.Size--;
    CHECK_STATUS(WdfRegistryOpenKey(NULL, &software, KEY_READ, &attributes, &child), STATUS_INFO_LENGTH_MISMATCH);
    end(make_key());
}

/*
 * Values.
 */

static void missing_value_is_not_found_by_any_function(void)
{
    WDFKEY key = begin();
    WDFSTRING string = string_of(L"as it was");
    WDFCOLLECTION collection;
    WDFMEMORY memory;
    ULONG number;

    CHECK_STATUS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &collection), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryQueryValue(key, &value_name, sizeof(number), &number, NULL, NULL), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_STATUS(WdfRegistryQueryMemory(key, &value_name, NonPagedPoolNx, NULL, &memory, NULL),
                 STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK(memory == NULL);
    CHECK_STATUS(WdfRegistryQueryULong(key, &value_name, &number), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_STATUS(WdfRegistryQueryString(key, &value_name, string), STATUS_OBJECT_NAME_NOT_FOUND);
    check_text(string, L"as it was");
    CHECK_STATUS(WdfRegistryQueryUnicodeString(key, &value_name, NULL, NULL), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_STATUS(WdfRegistryQueryMultiString(key, &value_name, NULL, collection), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_STATUS(WdfRegistryRemoveValue(key, &value_name), STATUS_OBJECT_NAME_NOT_FOUND);
    end(key);
}

static void name_that_is_no_string_is_refused_by_every_function(void)
{
    WDFKEY key = begin();
    WDFSTRING string = string_of(L"");
    ULONG number = 0;

    CHECK_STATUS(WdfRegistryQueryValue(key, &odd_name, sizeof(number), &number, NULL, NULL), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfRegistryQueryULong(key, &odd_name, &number), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfRegistryQueryString(key, &odd_name, string), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfRegistryAssignULong(key, &odd_name, 1), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfRegistryAssignString(key, &odd_name, string), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfRegistryAssignUnicodeString(key, &value_name, &odd_name), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfRegistryRemoveValue(key, &odd_name), STATUS_INVALID_PARAMETER);
    end(key);
}

static void value_comes_with_its_length_and_type(void)
{
    static const char data[] = "0123456789";
    char got[16];
    ULONG length = 0;
    ULONG type = 0;
    WDFKEY key = begin();

    put(key, REG_BINARY, data, sizeof(data));
    CHECK_STATUS(WdfRegistryQueryValue(key, &value_name, sizeof(got), got, &length, &type), STATUS_SUCCESS);
    CHECK_EQUAL(length, sizeof(data));
    CHECK_EQUAL(type, REG_BINARY);
    CHECK(memcmp(got, data, sizeof(data)) == 0);
    CHECK_STATUS(WdfRegistryQueryValue(key, &value_name, sizeof(data), got, NULL, NULL), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryRemoveValue(key, &value_name), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryRemoveValue(key, &value_name), STATUS_OBJECT_NAME_NOT_FOUND);
    end(key);
}

static void value_that_does_not_fit_is_an_error_that_says_how_long_it_is(void)
{
    static const char data[600] = "long";
    char got[600];
    ULONG length = 0;
    ULONG type = 0;
    WDFKEY key = begin();

    put(key, REG_BINARY, data, sizeof(data));
    CHECK_STATUS(WdfRegistryQueryValue(key, &value_name, sizeof(data) - 1, got, &length, &type), STATUS_BUFFER_OVERFLOW);
    CHECK(!NT_SUCCESS(STATUS_BUFFER_OVERFLOW));
    CHECK_EQUAL(length, sizeof(data));
    CHECK_EQUAL(type, REG_BINARY);
    length = 0;
    CHECK_STATUS(WdfRegistryQueryValue(key, &value_name, 0, NULL, &length, NULL), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(length, sizeof(data));
    CHECK_STATUS(WdfRegistryQueryValue(key, &value_name, sizeof(got), got, NULL, NULL), STATUS_SUCCESS);
    end(key);
}

static void memory_has_the_size_of_the_value(void)
{
    static const char data[300] = "memory";
    WDFMEMORY memory;
    size_t size;
    ULONG type = 0;
    WDFKEY key = begin();

    put(key, REG_BINARY, data, sizeof(data));
    CHECK_STATUS(WdfRegistryQueryMemory(key, &value_name, NonPagedPoolNx, NULL, &memory, &type), STATUS_SUCCESS);
    CHECK(memcmp(WdfMemoryGetBuffer(memory, &size), data, sizeof(data)) == 0);
    CHECK_EQUAL(size, sizeof(data));
    CHECK_EQUAL(type, REG_BINARY);
    put(key, REG_BINARY, data, 0);
    CHECK_STATUS(WdfRegistryQueryMemory(key, &value_name, NonPagedPoolNx, NULL, &memory, NULL),
                 STATUS_RESOURCE_DATA_NOT_FOUND);
    CHECK(memory == NULL);
    end(key);
}

static void number_is_read_from_a_dword_only(void)
{
    ULONG number = 0;
    ULONGLONG longer = 5;
    WDFKEY key = begin();

    CHECK_STATUS(WdfRegistryAssignULong(key, &value_name, 77), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryQueryULong(key, &value_name, &number), STATUS_SUCCESS);
    CHECK_EQUAL(number, 77);
    put(key, REG_BINARY, &longer, sizeof(number));
    CHECK_STATUS(WdfRegistryQueryULong(key, &value_name, &number), STATUS_OBJECT_TYPE_MISMATCH);
    put(key, REG_DWORD, &longer, sizeof(longer));
    CHECK_STATUS(WdfRegistryQueryULong(key, &value_name, &number), STATUS_BUFFER_OVERFLOW);
    put(key, REG_DWORD, &longer, 2);
    CHECK_STATUS(WdfRegistryQueryULong(key, &value_name, &number), STATUS_OBJECT_TYPE_MISMATCH);
    CHECK_EQUAL(number, 77);
    end(key);
}

static void string_object_takes_a_text_without_its_zero(void)
{
    WDFKEY key = begin();
    WDFSTRING string = string_of(L"old");
    static const WCHAR huge[32769];

    put(key, REG_SZ, L"one", sizeof(L"one"));
    CHECK_STATUS(WdfRegistryQueryString(key, &value_name, string), STATUS_SUCCESS);
    check_text(string, L"one");
    put(key, REG_EXPAND_SZ, L"two", 3 * sizeof(WCHAR));
    CHECK_STATUS(WdfRegistryQueryString(key, &value_name, string), STATUS_SUCCESS);
    check_text(string, L"two");
    put(key, REG_MULTI_SZ, L"x\0", sizeof(L"x\0"));
    CHECK_STATUS(WdfRegistryQueryString(key, &value_name, string), STATUS_OBJECT_TYPE_MISMATCH);
    put(key, REG_SZ, L"", 0);
    CHECK_STATUS(WdfRegistryQueryString(key, &value_name, string), STATUS_RESOURCE_DATA_NOT_FOUND);
    put(key, REG_SZ, huge, sizeof(huge));
    CHECK_STATUS(WdfRegistryQueryString(key, &value_name, string), STATUS_INVALID_BUFFER_SIZE);
    check_text(string, L"two");
    put(key, REG_SZ, L"", sizeof(WCHAR));
    CHECK_STATUS(WdfRegistryQueryString(key, &value_name, string), STATUS_SUCCESS);
    check_text(string, L"");
    end(key);
}

static void counted_string_needs_room_for_all_that_is_stored(void)
{
    WCHAR room[8] = L"";
    UNICODE_STRING got = {0, 4 * sizeof(WCHAR), room};
    USHORT length = 0;
    WDFKEY key = begin();

    put(key, REG_SZ, L"one", sizeof(L"one"));
    CHECK_STATUS(WdfRegistryQueryUnicodeString(key, &value_name, &length, NULL), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(length, 4 * sizeof(WCHAR));
    CHECK_STATUS(WdfRegistryQueryUnicodeString(key, &value_name, &length, &got), STATUS_SUCCESS);
    CHECK_EQUAL(got.Length, 3 * sizeof(WCHAR));
    CHECK_EQUAL(length, 4 * sizeof(WCHAR));
    CHECK(memcmp(room, L"one", sizeof(L"one")) == 0);
    got = (UNICODE_STRING){0, 3 * sizeof(WCHAR), room};
    CHECK_STATUS(WdfRegistryQueryUnicodeString(key, &value_name, NULL, &got), STATUS_BUFFER_OVERFLOW);
    got.MaximumLength = 0;
    CHECK_STATUS(WdfRegistryQueryUnicodeString(key, &value_name, &length, &got), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(length, 0);
    put(key, REG_DWORD, &length, sizeof(length));
    CHECK_STATUS(WdfRegistryQueryUnicodeString(key, &value_name, &length, NULL), STATUS_OBJECT_TYPE_MISMATCH);
    end(key);
}

static void text_is_stored_with_a_zero_behind_it(void)
{
    static const UNICODE_STRING part = {2 * sizeof(WCHAR), 2 * sizeof(WCHAR), (PWCH)L"abc"};
    WCHAR got[8];
    ULONG length;
    ULONG type;
    WDFKEY key = begin();

    CHECK_STATUS(WdfRegistryAssignUnicodeString(key, &value_name, &part), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryQueryValue(key, &value_name, sizeof(got), got, &length, &type), STATUS_SUCCESS);
    CHECK_EQUAL(length, 3 * sizeof(WCHAR));
    CHECK_EQUAL(type, REG_SZ);
    CHECK(memcmp(got, L"ab", sizeof(L"ab")) == 0);
    CHECK_STATUS(WdfRegistryAssignString(key, &value_name, string_of(L"four")), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryQueryValue(key, &value_name, sizeof(got), got, &length, &type), STATUS_SUCCESS);
    CHECK_EQUAL(length, sizeof(L"four"));
    end(key);
}

static void list_of_strings_is_written_and_read(void)
{
    static const WCHAR list[] = L"first\0\x20\0third\0";
    WCHAR got[32];
    ULONG length;
    WDFCOLLECTION written;
    WDFCOLLECTION read;
    WDFKEY key = begin();

    CHECK_STATUS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &written), STATUS_SUCCESS);
    CHECK_STATUS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &read), STATUS_SUCCESS);
    CHECK_STATUS(WdfCollectionAdd(written, string_of(L"first")), STATUS_SUCCESS);
    CHECK_STATUS(WdfCollectionAdd(written, string_of(L" ")), STATUS_SUCCESS);
    CHECK_STATUS(WdfCollectionAdd(written, string_of(L"third")), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryAssignMultiString(key, &value_name, written), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryQueryValue(key, &value_name, sizeof(got), got, &length, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(length, sizeof(list));
    CHECK(memcmp(got, list, sizeof(list)) == 0);
    CHECK_STATUS(WdfCollectionAdd(read, string_of(L"before")), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryQueryMultiString(key, &value_name, NULL, read), STATUS_SUCCESS);
    CHECK_EQUAL(WdfCollectionGetCount(read), 4);
    check_text(WdfCollectionGetItem(read, 1), L"first");
    check_text(WdfCollectionGetItem(read, 2), L" ");
    check_text(WdfCollectionGetItem(read, 3), L"third");
    end(key);
}

static void empty_and_unfinished_lists_are_read_as_far_as_they_go(void)
{
    WDFCOLLECTION read;
    WDFCOLLECTION none;
    WDFKEY key = begin();

    CHECK_STATUS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &read), STATUS_SUCCESS);
    CHECK_STATUS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &none), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryAssignMultiString(key, &value_name, none), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryQueryMultiString(key, &value_name, NULL, read), STATUS_SUCCESS);
    CHECK_EQUAL(WdfCollectionGetCount(read), 0);
    put(key, REG_MULTI_SZ, L"", 0);
    CHECK_STATUS(WdfRegistryQueryMultiString(key, &value_name, NULL, read), STATUS_SUCCESS);
    CHECK_EQUAL(WdfCollectionGetCount(read), 0);
    put(key, REG_MULTI_SZ, L"a\0bc", 4 * sizeof(WCHAR));
    CHECK_STATUS(WdfRegistryQueryMultiString(key, &value_name, NULL, read), STATUS_SUCCESS);
    CHECK_EQUAL(WdfCollectionGetCount(read), 2);
    check_text(WdfCollectionGetItem(read, 1), L"bc");
    put(key, REG_SZ, L"a", sizeof(L"a"));
    CHECK_STATUS(WdfRegistryQueryMultiString(key, &value_name, NULL, read), STATUS_OBJECT_TYPE_MISMATCH);
    end(key);
}

static void list_with_a_string_that_no_counted_string_can_be_is_refused(void)
{
    static WCHAR list[32770];
    WDFCOLLECTION read;
    WDFKEY key = begin();

    CHECK_STATUS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &read), STATUS_SUCCESS);
    for (size_t index = 0; index < 32767; index++)
    {
        list[index] = L'a';
    }
    put(key, REG_MULTI_SZ, list, sizeof(list));
    CHECK_STATUS(WdfRegistryQueryMultiString(key, &value_name, NULL, read), STATUS_INVALID_BUFFER_SIZE);
    CHECK_EQUAL(WdfCollectionGetCount(read), 0);
    list[32766] = 0;
    put(key, REG_MULTI_SZ, list, sizeof(list));
    CHECK_STATUS(WdfRegistryQueryMultiString(key, &value_name, NULL, read), STATUS_SUCCESS);
    CHECK_EQUAL(WdfCollectionGetCount(read), 1);
    end(key);
}

static void list_of_other_objects_is_not_written(void)
{
    WDFCOLLECTION collection;
    WDFKEY key = begin();

    CHECK_STATUS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &collection), STATUS_SUCCESS);
    CHECK_STATUS(WdfCollectionAdd(collection, key), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryAssignMultiString(key, &value_name, collection), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfRegistryRemoveValue(key, &value_name), STATUS_OBJECT_NAME_NOT_FOUND);
    WdfObjectDelete(collection);
    end(key);
}

static void part_of_a_memory_is_written(void)
{
    char bytes[] = "0123456789";
    char got[16];
    ULONG length;
    WDFMEMORY memory;
    WDFMEMORY_OFFSET part = {.BufferOffset = 2, .BufferLength = 3};
    WDFKEY key = begin();

    CHECK_STATUS(WdfMemoryCreatePreallocated(WDF_NO_OBJECT_ATTRIBUTES, bytes, 10, &memory), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryAssignMemory(key, &value_name, REG_BINARY, memory, &part), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryQueryValue(key, &value_name, sizeof(got), got, &length, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(length, 3);
    CHECK(got[0] == '2');
    part = (WDFMEMORY_OFFSET){.BufferOffset = 7};
    CHECK_STATUS(WdfRegistryAssignMemory(key, &value_name, REG_BINARY, memory, &part), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryQueryValue(key, &value_name, sizeof(got), got, &length, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(length, 3);
    CHECK_STATUS(WdfRegistryAssignMemory(key, &value_name, REG_BINARY, memory, NULL), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryQueryValue(key, &value_name, sizeof(got), got, &length, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(length, 10);
    part = (WDFMEMORY_OFFSET){.BufferOffset = 8, .BufferLength = 3};
    CHECK_STATUS(WdfRegistryAssignMemory(key, &value_name, REG_BINARY, memory, &part), STATUS_INTEGER_OVERFLOW);
    part = (WDFMEMORY_OFFSET){.BufferOffset = SIZE_MAX, .BufferLength = 3};
    CHECK_STATUS(WdfRegistryAssignMemory(key, &value_name, REG_BINARY, memory, &part), STATUS_INTEGER_OVERFLOW);
    end(key);
}

/* Every function that allocates, once; whatever fails leaves things as they were. */
static WDFKEY failing_key;
static WDFCOLLECTION failing_collection;

static void use_every_function(void)
{
    static const UNICODE_STRING below = TEXT_OF(L"below");
    static const UNICODE_STRING text = TEXT_OF(L"text");
    ULONG before = WdfCollectionGetCount(failing_collection);
    WDFKEY key = NULL;
    WDFMEMORY memory = NULL;

    (void)WdfRegistryCreateKey(failing_key, &below, KEY_ALL_ACCESS, 0, NULL, WDF_NO_OBJECT_ATTRIBUTES, &key);
    (void)WdfRegistryAssignUnicodeString(failing_key, &value_name, &text);
    if (NT_SUCCESS(WdfRegistryQueryMemory(failing_key, &value_name, NonPagedPoolNx, NULL, &memory, NULL)))
    {
        WdfObjectDelete(memory);
    }
    if (!NT_SUCCESS(WdfRegistryAssignValue(failing_key, &value_name, REG_MULTI_SZ, 5 * sizeof(WCHAR), (PVOID)L"a\0b\0")) ||
        !NT_SUCCESS(WdfRegistryQueryMultiString(failing_key, &value_name, NULL, failing_collection)))
    {
        CHECK_EQUAL(WdfCollectionGetCount(failing_collection), before);
    }
    (void)WdfRegistryAssignMultiString(failing_key, &value_name, failing_collection);
    if (key != NULL && !NT_SUCCESS(WdfRegistryRemoveKey(key)))
    {
        WdfRegistryClose(key);
    }
}

static void each_allocation_may_fail(void)
{
    static const UNICODE_STRING below = TEXT_OF(L"below");
    WDFKEY rest;

    failing_key = begin();
    CHECK_STATUS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &failing_collection), STATUS_SUCCESS);
    nt_fail_each_allocation(use_every_function);
    if (NT_SUCCESS(WdfRegistryOpenKey(failing_key, &below, KEY_ALL_ACCESS, WDF_NO_OBJECT_ATTRIBUTES, &rest)))
    {
        CHECK_STATUS(WdfRegistryRemoveKey(rest), STATUS_SUCCESS);
    }
    end(failing_key);
}

/*
 * The keys of a device.
 */

static void (*in_device_add)(WDFDRIVER driver, PWDFDEVICE_INIT init);
static WDFDEVICE device;

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    if (in_device_add != NULL)
    {
        in_device_add(driver, init);
    }
    return WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
}

#if defined(DMF_USER_MODE)
#define WRITING (KEY_READ | KEY_WRITE)
#else
#define WRITING KEY_ALL_ACCESS
#endif

static void number_before_there_is_a_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    WDFKEY key;

    UNREFERENCED_PARAMETER(driver);
    CHECK_STATUS(WdfFdoInitOpenRegistryKey(init, PLUGPLAY_REGKEY_DEVICE | WDF_REGKEY_DEVICE_SUBKEY, WRITING,
                                           WDF_NO_OBJECT_ATTRIBUTES, &key),
                 STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryAssignULong(key, &value_name, 12), STATUS_SUCCESS);
    WdfRegistryClose(key);
    CHECK_STATUS(WdfFdoInitOpenRegistryKey(init, 0, KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, &key), STATUS_INVALID_PARAMETER);
    CHECK(key == NULL);
}

static void device_has_a_key_from_before_it_exists(void)
{
    struct testkit_device *started;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFKEY key;
    ULONG number = 0;

    in_device_add = number_before_there_is_a_device;
    wdf_case_load(add_device);
    started = wdf_case_start();
    CHECK_STATUS(WdfDeviceOpenRegistryKey(device, PLUGPLAY_REGKEY_DEVICE | WDF_REGKEY_DEVICE_SUBKEY, KEY_READ,
                                          WDF_NO_OBJECT_ATTRIBUTES, &key),
                 STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryQueryULong(key, &value_name, &number), STATUS_SUCCESS);
    CHECK_EQUAL(number, 12);
    WdfRegistryClose(key);
    CHECK_STATUS(WdfDeviceOpenRegistryKey(device, PLUGPLAY_REGKEY_DRIVER, KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, &key),
                 STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryQueryULong(key, &value_name, &number), STATUS_OBJECT_NAME_NOT_FOUND);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    CHECK_STATUS(WdfDeviceOpenRegistryKey(device, PLUGPLAY_REGKEY_DRIVER, KEY_READ, &attributes, &key),
                 STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED);
    CHECK(key == NULL);
    CHECK_STATUS(WdfDeviceOpenRegistryKey(device, 16, KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, &key), STATUS_INVALID_PARAMETER);
#if defined(DMF_USER_MODE)
    CHECK_STATUS(WdfDeviceOpenRegistryKey(device, PLUGPLAY_REGKEY_DEVICE, KEY_WRITE, WDF_NO_OBJECT_ATTRIBUTES, &key),
                 STATUS_ACCESS_DENIED);
#endif
    in_device_add = NULL;
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    wdf_case_unload();
}

static void map_of_devices_has_what_drivers_write_there(void)
{
    static const UNICODE_STRING name = TEXT_OF(L"CASEPORTS");
    struct testkit_device *started;
    WDFKEY key;

    in_device_add = NULL;
    wdf_case_load(add_device);
    started = wdf_case_start();
    CHECK_STATUS(WdfDeviceOpenDevicemapKey(device, &name, KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, &key),
                 STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_STATUS(WdfDeviceOpenDevicemapKey(device, &name, KEY_READ | KEY_SET_VALUE | DELETE, WDF_NO_OBJECT_ATTRIBUTES, &key),
                 STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryAssignULong(key, &value_name, 1), STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryRemoveKey(key), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceOpenDevicemapKey(device, &odd_name, KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, &key),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    wdf_case_unload();
}

/*
 * Misuse.
 */

static void stops_when_the_name_is_missing(void)
{
    WDFKEY key = begin();

    (void)WdfRegistryAssignULong(key, NULL, 1);
}

static void stops_when_the_handle_is_no_key(void)
{
    wdf_case_load(NULL);
    (void)WdfRegistryAssignULong((WDFKEY)string_of(L""), &value_name, 1);
}

const struct nt_case nt_cases[] = {
    CASE(creating_a_key_says_whether_it_was_there),
    CASE(opening_a_missing_key_gives_no_key),
    CASE(key_with_subkeys_is_not_removed),
    CASE(access_that_was_not_asked_for_is_denied),
    CASE(key_goes_with_the_parent_that_its_attributes_name),
    CASE(missing_value_is_not_found_by_any_function),
    CASE(name_that_is_no_string_is_refused_by_every_function),
    CASE(value_comes_with_its_length_and_type),
    CASE(value_that_does_not_fit_is_an_error_that_says_how_long_it_is),
    CASE(memory_has_the_size_of_the_value),
    CASE(number_is_read_from_a_dword_only),
    CASE(string_object_takes_a_text_without_its_zero),
    CASE(counted_string_needs_room_for_all_that_is_stored),
    CASE(text_is_stored_with_a_zero_behind_it),
    CASE(list_of_strings_is_written_and_read),
    CASE(empty_and_unfinished_lists_are_read_as_far_as_they_go),
    CASE(list_with_a_string_that_no_counted_string_can_be_is_refused),
    CASE(list_of_other_objects_is_not_written),
    CASE(part_of_a_memory_is_written),
    CASE(each_allocation_may_fail),
    CASE(device_has_a_key_from_before_it_exists),
    CASE(map_of_devices_has_what_drivers_write_there),
    STOPS(stops_when_the_name_is_missing, "WdfRegistryAssignULong"),
    STOPS(stops_when_the_handle_is_no_key, "WdfRegistryAssignULong"),
    CASES_END,
};
