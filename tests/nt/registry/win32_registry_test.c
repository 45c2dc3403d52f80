/* SPDX-License-Identifier: MIT */
/*
 * The registry as Win32 programs see it.
 */
#include <windows.h>

#include <string.h>

#include "nt_case.h"

static HKEY begin(void)
{
    HKEY key;

    (void)RegDeleteTreeW(HKEY_CURRENT_USER, L"Win32Test");
    CHECK_EQUAL(RegCreateKeyExW(HKEY_CURRENT_USER, L"Win32Test\\Deep", 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL),
                ERROR_SUCCESS);
    return key;
}

static void end(HKEY key)
{
    CHECK_EQUAL(RegCloseKey(key), ERROR_SUCCESS);
    CHECK_EQUAL(RegDeleteTreeW(HKEY_CURRENT_USER, L"Win32Test"), ERROR_SUCCESS);
    CHECK_EQUAL(RegOpenKeyExW(HKEY_CURRENT_USER, L"Win32Test", 0, KEY_READ, &key), ERROR_FILE_NOT_FOUND);
}

static void value_goes_in_and_comes_out(void)
{
    HKEY key = begin();
    DWORD number = 7;
    DWORD got = 0;
    DWORD type;
    DWORD size = sizeof(got);

    CHECK_EQUAL(RegSetValueExW(key, L"Number", 0, REG_DWORD, (const BYTE *)&number, sizeof(number)), ERROR_SUCCESS);
    CHECK_EQUAL(RegQueryValueExW(key, L"number", NULL, &type, (BYTE *)&got, &size), ERROR_SUCCESS);
    CHECK(type == REG_DWORD && got == 7 && size == 4);
    size = 3;
    CHECK_EQUAL(RegQueryValueExW(key, L"number", NULL, &type, (BYTE *)&got, &size), ERROR_MORE_DATA);
    CHECK_EQUAL(size, 4);
    CHECK_EQUAL(RegQueryValueExW(key, L"number", NULL, NULL, NULL, &size), ERROR_SUCCESS);
    CHECK_EQUAL(RegQueryValueExW(key, L"none", NULL, NULL, NULL, &size), ERROR_FILE_NOT_FOUND);
    CHECK_EQUAL(RegQueryValueExW(key, L"number", NULL, NULL, (BYTE *)&got, NULL), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(RegDeleteValueW(key, L"Number"), ERROR_SUCCESS);
    CHECK_EQUAL(RegDeleteValueW(key, L"Number"), ERROR_FILE_NOT_FOUND);
    end(key);
}

static void subkeys_and_values_are_enumerated(void)
{
    HKEY key = begin();
    HKEY child;
    WCHAR name[16];
    DWORD units = 16;
    DWORD subkeys;
    DWORD longest;
    DWORD values;
    DWORD size;

    CHECK_EQUAL(RegCreateKeyW(key, L"Child", &child), ERROR_SUCCESS);
    CHECK_EQUAL(RegCloseKey(child), ERROR_SUCCESS);
    CHECK_EQUAL(RegSetValueExW(key, L"One", 0, REG_SZ, (const BYTE *)L"x", 4), ERROR_SUCCESS);
    CHECK_EQUAL(RegEnumKeyExW(key, 0, name, &units, NULL, NULL, NULL, NULL), ERROR_SUCCESS);
    CHECK(units == 5 && memcmp(name, L"Child", 12) == 0);
    units = 5;
    CHECK_EQUAL(RegEnumKeyExW(key, 0, name, &units, NULL, NULL, NULL, NULL), ERROR_MORE_DATA);
    units = 16;
    CHECK_EQUAL(RegEnumKeyExW(key, 1, name, &units, NULL, NULL, NULL, NULL), ERROR_NO_MORE_ITEMS);
    units = 16;
    CHECK_EQUAL(RegEnumValueW(key, 0, name, &units, NULL, NULL, NULL, &size), ERROR_SUCCESS);
    CHECK(units == 3 && size == 4);
    units = 16;
    CHECK_EQUAL(RegEnumValueW(key, 1, name, &units, NULL, NULL, NULL, NULL), ERROR_NO_MORE_ITEMS);
    CHECK_EQUAL(RegQueryInfoKeyW(key, NULL, NULL, NULL, &subkeys, &longest, NULL, &values, NULL, NULL, NULL, NULL),
                ERROR_SUCCESS);
    CHECK(subkeys == 1 && longest == 5 && values == 1);
    CHECK_EQUAL(RegDeleteKeyW(HKEY_CURRENT_USER, L"Win32Test\\Deep"), ERROR_ACCESS_DENIED);
    end(key);
}

static void last_index_there_is_has_no_value(void)
{
    HKEY key = begin();
    WCHAR name[16];
    char narrow[16];
    DWORD units = 16;
    DWORD number = 1;

    CHECK_EQUAL(RegSetValueExW(key, NULL, 0, REG_DWORD, (const BYTE *)&number, sizeof(number)), ERROR_SUCCESS);
    CHECK_EQUAL(RegEnumValueW(key, MAXDWORD, name, &units, NULL, NULL, NULL, NULL), ERROR_NO_MORE_ITEMS);
    CHECK_EQUAL(RegEnumValueA(key, MAXDWORD, narrow, &units, NULL, NULL, NULL, NULL), ERROR_NO_MORE_ITEMS);
    CHECK_EQUAL(RegEnumKeyExW(key, MAXDWORD, name, &units, NULL, NULL, NULL, NULL), ERROR_NO_MORE_ITEMS);
    CHECK_EQUAL(RegEnumValueW(key, 0, name, &units, NULL, NULL, NULL, NULL), ERROR_SUCCESS);
    end(key);
}

static void asked_type_is_checked_and_text_ends(void)
{
    HKEY key = begin();
    WCHAR text[8];
    DWORD number = 1;
    DWORD size = sizeof(text);
    DWORD type;

    CHECK_EQUAL(RegSetValueExW(key, L"Text", 0, REG_SZ, (const BYTE *)L"ab", 4), ERROR_SUCCESS);
    memset(text, 0xEE, sizeof(text));
    CHECK_EQUAL(RegGetValueW(HKEY_CURRENT_USER, L"Win32Test\\Deep", L"Text", RRF_RT_REG_SZ, &type, text, &size),
                ERROR_SUCCESS);
    CHECK(type == REG_SZ && size == 6 && memcmp(text, L"ab", 6) == 0);
    size = sizeof(number);
    CHECK_EQUAL(RegGetValueW(key, NULL, L"Text", RRF_RT_REG_DWORD | RRF_ZEROONFAILURE, NULL, &number, &size),
                ERROR_UNSUPPORTED_TYPE);
    CHECK_EQUAL(number, 0);
    end(key);
}

static void narrow_text_is_converted(void)
{
    HKEY key = begin();
    char text[8];
    DWORD size = sizeof(text);
    DWORD type;

    CHECK_EQUAL(RegSetValueExA(key, "Text", 0, REG_SZ, (const BYTE *)"\xC3\xA4x", 4), ERROR_SUCCESS);
    CHECK_EQUAL(RegQueryValueExW(key, L"Text", NULL, &type, NULL, &size), ERROR_SUCCESS);
    CHECK_EQUAL(size, 6);
    size = sizeof(text);
    CHECK_EQUAL(RegQueryValueExA(key, "Text", NULL, &type, (BYTE *)text, &size), ERROR_SUCCESS);
    CHECK(type == REG_SZ && size == 4 && memcmp(text, "\xC3\xA4x", 4) == 0);
    CHECK_EQUAL(RegDeleteValueA(key, "Text"), ERROR_SUCCESS);
    end(key);
}

static void bad_keys_and_paths_are_refused(void)
{
    HKEY key = begin();
    HKEY other = key;

    CHECK_EQUAL(RegOpenKeyExW(HKEY_CURRENT_USER, L"\\Win32Test", 0, KEY_READ, &other), ERROR_BAD_PATHNAME);
    CHECK(other == NULL);
    CHECK_EQUAL(RegOpenKeyExW(NULL, L"Win32Test", 0, KEY_READ, &other), ERROR_INVALID_HANDLE);
    CHECK_EQUAL(RegCloseKey(HKEY_LOCAL_MACHINE), ERROR_SUCCESS);
    CHECK_EQUAL(RegCreateKeyExW(HKEY_LOCAL_MACHINE, L"Own", 0, NULL, 0, KEY_READ, NULL, &other, NULL),
                ERROR_INVALID_PARAMETER);
    end(key);
}

static void changes_of_predefined_keys_are_heard(void)
{
    HKEY key = begin();
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    DWORD number = 1;

    CHECK_EQUAL(RegNotifyChangeKeyValue(HKEY_CURRENT_USER, TRUE, REG_NOTIFY_CHANGE_LAST_SET, event, TRUE), ERROR_SUCCESS);
    /* Changes of other cases may have been remembered: the second call waits for the next one. */
    if (WaitForSingleObject(event, 0) == WAIT_OBJECT_0)
    {
        CHECK_EQUAL(RegNotifyChangeKeyValue(HKEY_CURRENT_USER, TRUE, REG_NOTIFY_CHANGE_LAST_SET, event, TRUE),
                    ERROR_SUCCESS);
    }
    CHECK_EQUAL(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    CHECK_EQUAL(RegSetValueExW(key, L"Number", 0, REG_DWORD, (const BYTE *)&number, sizeof(number)), ERROR_SUCCESS);
    CHECK_EQUAL(WaitForSingleObject(event, INFINITE), WAIT_OBJECT_0);
    /* A change between two calls is not missed. */
    CHECK_EQUAL(RegSetValueExW(key, L"Number", 0, REG_DWORD, (const BYTE *)&number, sizeof(number)), ERROR_SUCCESS);
    CHECK_EQUAL(RegNotifyChangeKeyValue(HKEY_CURRENT_USER, TRUE, REG_NOTIFY_CHANGE_LAST_SET, NULL, FALSE), ERROR_SUCCESS);
    CHECK_EQUAL(RegNotifyChangeKeyValue(HKEY_CURRENT_USER, TRUE, REG_NOTIFY_CHANGE_LAST_SET, NULL, TRUE),
                ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(RegNotifyChangeKeyValue(HKEY_CURRENT_USER, TRUE, 0, event, TRUE), ERROR_INVALID_PARAMETER);
    CHECK(CloseHandle(event));
    end(key);
}

static void predefined_key_is_overridden_and_restored(void)
{
    HKEY key = begin();
    HKEY child;
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);

    CHECK_EQUAL(RegOverridePredefKey(HKEY_CLASSES_ROOT, key), ERROR_SUCCESS);
    CHECK_EQUAL(RegCreateKeyW(HKEY_CLASSES_ROOT, L"Redirected", &child), ERROR_SUCCESS);
    CHECK_EQUAL(RegCloseKey(child), ERROR_SUCCESS);
    CHECK_EQUAL(RegOpenKeyW(HKEY_CURRENT_USER, L"Win32Test\\Deep\\Redirected", &child), ERROR_SUCCESS);
    CHECK_EQUAL(RegCloseKey(child), ERROR_SUCCESS);
    CHECK_EQUAL(RegOverridePredefKey(HKEY_CLASSES_ROOT, NULL), ERROR_SUCCESS);
    CHECK_EQUAL(RegOpenKeyW(HKEY_CLASSES_ROOT, L"Redirected", &child), ERROR_FILE_NOT_FOUND);
    CHECK_EQUAL(RegOverridePredefKey(key, key), ERROR_INVALID_HANDLE);
    CHECK_EQUAL(RegOverridePredefKey(HKEY_CLASSES_ROOT, HKEY_CURRENT_USER), ERROR_INVALID_HANDLE);
    CHECK_EQUAL(RegOverridePredefKey(HKEY_CLASSES_ROOT, event), ERROR_INVALID_HANDLE);
    CHECK_EQUAL(RegOpenKeyW(HKEY_CLASSES_ROOT, NULL, &child), ERROR_SUCCESS);
    CHECK_EQUAL(RegCloseKey(child), ERROR_SUCCESS);
    CHECK(CloseHandle(event));
    end(key);
}

/* A link below to another key: what is below that one is not in the tree. */
static void deleting_a_tree_leaves_what_links_lead_to(void)
{
    static const WCHAR target[] = L"\\Registry\\User\\S-1-5-18\\Win32Test\\Kept";
    HKEY key = begin();
    HKEY kept;
    HKEY link;

    CHECK_EQUAL(RegCreateKeyW(HKEY_CURRENT_USER, L"Win32Test\\Kept\\Below", &kept), ERROR_SUCCESS);
    CHECK_EQUAL(RegCloseKey(kept), ERROR_SUCCESS);
    CHECK_EQUAL(RegCreateKeyExW(key, L"Link", 0, NULL, REG_OPTION_CREATE_LINK, KEY_ALL_ACCESS, NULL, &link, NULL),
                ERROR_SUCCESS);
    CHECK_EQUAL(
        RegSetValueExW(link, L"SymbolicLinkValue", 0, REG_LINK, (const BYTE *)target, sizeof(target) - sizeof(WCHAR)),
        ERROR_SUCCESS);
    CHECK_EQUAL(RegCloseKey(link), ERROR_SUCCESS);
    CHECK_EQUAL(RegOpenKeyW(key, L"Link\\Below", &kept), ERROR_SUCCESS);
    CHECK_EQUAL(RegCloseKey(kept), ERROR_SUCCESS);
    CHECK_EQUAL(RegDeleteTreeW(key, NULL), ERROR_SUCCESS);
    CHECK_EQUAL(RegOpenKeyW(key, L"Link", &link), ERROR_FILE_NOT_FOUND);
    CHECK_EQUAL(RegOpenKeyW(HKEY_CURRENT_USER, L"Win32Test\\Kept\\Below", &kept), ERROR_SUCCESS);
    CHECK_EQUAL(RegCloseKey(kept), ERROR_SUCCESS);
    end(key);
}

static void tree_is_copied_with_values_and_classes(void)
{
    HKEY key = begin();
    HKEY child;
    HKEY copy;
    char class[8];
    char name[8];
    DWORD name_size = sizeof(name);
    DWORD class_size = sizeof(class);

    CHECK_EQUAL(RegCreateKeyExW(key, L"One\\Two", 0, (LPWSTR)L"Class", 0, KEY_ALL_ACCESS, NULL, &child, NULL),
                ERROR_SUCCESS);
    CHECK_EQUAL(RegSetValueExW(child, L"Text", 0, REG_SZ, (const BYTE *)L"abc", 8), ERROR_SUCCESS);
    CHECK_EQUAL(RegCloseKey(child), ERROR_SUCCESS);
    CHECK_EQUAL(RegSetValueExW(key, L"Empty", 0, REG_BINARY, NULL, 0), ERROR_SUCCESS);
    CHECK_EQUAL(RegCreateKeyA(HKEY_CURRENT_USER, "Win32Test\\Copy", &copy), ERROR_SUCCESS);
    CHECK_EQUAL(RegCopyTreeA(HKEY_CURRENT_USER, "Win32Test\\Deep", copy), ERROR_SUCCESS);
    CHECK_EQUAL(RegQueryValueExW(copy, L"Empty", NULL, NULL, NULL, NULL), ERROR_SUCCESS);
    CHECK_EQUAL(RegOpenKeyW(copy, L"One", &child), ERROR_SUCCESS);
    CHECK_EQUAL(RegEnumKeyExA(child, 0, name, &name_size, NULL, class, &class_size, NULL), ERROR_SUCCESS);
    CHECK(strcmp(name, "Two") == 0 && strcmp(class, "Class") == 0 && name_size == 3 && class_size == 5);
    CHECK_EQUAL(RegCloseKey(child), ERROR_SUCCESS);
    CHECK_EQUAL(RegCopyTreeW(copy, L"None", key), ERROR_FILE_NOT_FOUND);
    CHECK_EQUAL(RegCopyTreeW(copy, NULL, NULL), ERROR_INVALID_HANDLE);
    CHECK_EQUAL(RegDeleteKeyExA(copy, "One\\Two", 0, 0), ERROR_SUCCESS);
    CHECK_EQUAL(RegCloseKey(copy), ERROR_SUCCESS);
    end(key);
}

static void several_values_come_at_once(void)
{
    HKEY key = begin();
    VALENTW values[2] = {{.ve_valuename = (LPWSTR)L"One"}, {.ve_valuename = (LPWSTR)L"Two"}};
    WCHAR buffer[16];
    DWORD size = sizeof(buffer);
    DWORD number = 5;

    CHECK_EQUAL(RegSetValueExW(key, L"One", 0, REG_SZ, (const BYTE *)L"ab", 6), ERROR_SUCCESS);
    CHECK_EQUAL(RegQueryMultipleValuesW(key, values, 2, buffer, &size), ERROR_FILE_NOT_FOUND);
    CHECK_EQUAL(RegSetValueExW(key, L"Two", 0, REG_DWORD, (const BYTE *)&number, 4), ERROR_SUCCESS);
    size = 11;
    CHECK_EQUAL(RegQueryMultipleValuesW(key, values, 2, buffer, &size), ERROR_MORE_DATA);
    CHECK_EQUAL(size, 12);
    CHECK_EQUAL(RegQueryMultipleValuesW(key, values, 2, buffer, &size), ERROR_SUCCESS);
    CHECK(values[0].ve_type == REG_SZ && values[0].ve_valuelen == 6 && values[0].ve_valueptr == (DWORD_PTR)buffer);
    CHECK(values[1].ve_type == REG_DWORD && values[1].ve_valuelen == 4 && *(DWORD *)values[1].ve_valueptr == 5);
    CHECK_EQUAL(RegQueryMultipleValuesW(key, NULL, 2, buffer, &size), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(RegQueryMultipleValuesW(key, values, 2, buffer, NULL), ERROR_INVALID_PARAMETER);
    end(key);
}

static void narrow_sizes_are_those_of_the_narrow_text(void)
{
    HKEY key = begin();
    char text[16];
    DWORD size = 4;
    DWORD data = sizeof(text);
    DWORD type;
    DWORD longest;
    DWORD largest;

    CHECK_EQUAL(RegSetKeyValueA(key, NULL, "\xC3\xA4\xE2\x82\xAC", REG_SZ, "\xC3\xA4", 3), ERROR_SUCCESS);
    CHECK_EQUAL(RegEnumValueA(key, 0, text, &size, NULL, NULL, NULL, NULL), ERROR_MORE_DATA);
    size = 6;
    CHECK_EQUAL(RegEnumValueA(key, 0, text, &size, NULL, &type, NULL, &data), ERROR_SUCCESS);
    CHECK(size == 5 && strcmp(text, "\xC3\xA4\xE2\x82\xAC") == 0 && type == REG_SZ && data == 3);
    CHECK_EQUAL(RegQueryInfoKeyA(key, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &longest, &largest, NULL, NULL),
                ERROR_SUCCESS);
    CHECK(longest == 5 && largest == 3);
    size = 2;
    CHECK_EQUAL(RegGetValueA(key, NULL, "\xC3\xA4\xE2\x82\xAC", RRF_RT_REG_SZ, &type, text, &size), ERROR_MORE_DATA);
    CHECK_EQUAL(size, 3);
    CHECK_EQUAL(RegGetValueA(key, NULL, "\xC3\xA4\xE2\x82\xAC", RRF_RT_REG_SZ, &type, text, &size), ERROR_SUCCESS);
    CHECK(size == 3 && strcmp(text, "\xC3\xA4") == 0 && type == REG_SZ);
    size = sizeof(text);
    CHECK_EQUAL(RegGetValueA(key, NULL, "\xC3\xA4\xE2\x82\xAC", RRF_RT_REG_DWORD | RRF_ZEROONFAILURE, NULL, text, &size),
                ERROR_UNSUPPORTED_TYPE);
    CHECK_EQUAL(text[0], 0);
    CHECK_EQUAL(RegDeleteKeyValueA(HKEY_CURRENT_USER, "Win32Test\\Deep", "\xC3\xA4\xE2\x82\xAC"), ERROR_SUCCESS);
    end(key);
}

const struct nt_case nt_cases[] = {
    CASE(value_goes_in_and_comes_out),
    CASE(subkeys_and_values_are_enumerated),
    CASE(last_index_there_is_has_no_value),
    CASE(asked_type_is_checked_and_text_ends),
    CASE(narrow_text_is_converted),
    CASE(bad_keys_and_paths_are_refused),
    CASE(changes_of_predefined_keys_are_heard),
    CASE(predefined_key_is_overridden_and_restored),
    CASE(deleting_a_tree_leaves_what_links_lead_to),
    CASE(tree_is_copied_with_values_and_classes),
    CASE(several_values_come_at_once),
    CASE(narrow_sizes_are_those_of_the_narrow_text),
    CASES_END,
};
