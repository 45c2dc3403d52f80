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

const struct nt_case nt_cases[] = {
    CASE(value_goes_in_and_comes_out), CASE(subkeys_and_values_are_enumerated), CASE(asked_type_is_checked_and_text_ends),
    CASE(narrow_text_is_converted),    CASE(bad_keys_and_paths_are_refused),    CASES_END,
};
