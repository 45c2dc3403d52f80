/* SPDX-License-Identifier: MIT */
/*
 * The registry as text: import and export.
 */
#include <stdio.h>
#include <string.h>

#include "nt/registry/text.h"
#include "registry_case.h"

#define HEADER "Windows Registry Editor Version 5.00\r\n"
#define TEXT_PLACE "HKEY_LOCAL_MACHINE\\Software\\Test"

static char message[256];

static NTSTATUS import(const char *text)
{
    message[0] = 0;
    return registry_import("file.reg", text, strlen(text), message, sizeof(message));
}

static void imported(const char *text)
{
    NTSTATUS status = import(text);

    if (status != STATUS_SUCCESS)
    {
        fprintf(stderr, "%s\n", message);
    }
    CHECK_EQUAL(status, STATUS_SUCCESS);
}

static void every_form_of_a_value_is_understood(void)
{
    UCHAR data[32];
    ULONG type;
    ULONG size;
    HANDLE key;

    delete_tree(NULL, PLACE);
    imported(HEADER "; a comment\r\n\r\n[" TEXT_PLACE "\\A [b]\\c]\r\n@=\"default\"\r\n\"Number\"=dword:0000002a ; why\n"
                    "\"Quo\\\"te\\\\\" = \"x\"\n\"Bytes\"=hex:01,02,\\\r\n  ff\r\n\"List\"=hex(7):61,00,00,00,00,00\n"
                    "\"Any\"=hex(ffff):\n");
    key = opened_key(NULL, PLACE L"\\A [b]\\c");
    CHECK_EQUAL(get_value(key, L"", &type, data, sizeof(data), &size), STATUS_SUCCESS);
    CHECK(type == REG_SZ && size == 16 && memcmp(data, L"default", 16) == 0);
    CHECK(has_number(key, L"Number", 42));
    CHECK_EQUAL(get_value(key, L"Quo\"te\\", &type, data, sizeof(data), &size), STATUS_SUCCESS);
    CHECK_EQUAL(get_value(key, L"Bytes", &type, data, sizeof(data), &size), STATUS_SUCCESS);
    CHECK(type == REG_BINARY && size == 3 && data[2] == 0xFF);
    CHECK_EQUAL(get_value(key, L"List", &type, data, sizeof(data), &size), STATUS_SUCCESS);
    CHECK(type == REG_MULTI_SZ && size == 6);
    CHECK_EQUAL(get_value(key, L"Any", &type, data, sizeof(data), &size), STATUS_SUCCESS);
    CHECK(type == 0xFFFF && size == 0);
    close_key(key);
    delete_tree(NULL, PLACE);
}

static void keys_and_values_are_deleted(void)
{
    HANDLE key;
    HANDLE none;

    delete_tree(NULL, PLACE);
    imported(HEADER "[" TEXT_PLACE "\\Gone\\Below]\n[" TEXT_PLACE "]\n\"a\"=dword:1\n\"b\"=dword:2\n");
    imported(HEADER "[-" TEXT_PLACE "\\Gone]\n[-" TEXT_PLACE "\\Never]\n[" TEXT_PLACE "]\n\"a\"=-\n\"never\"=-\n");
    key = opened_key(NULL, PLACE);
    CHECK(!has_number(key, L"a", 1));
    CHECK(has_number(key, L"b", 2));
    CHECK_EQUAL(open_key(key, L"Gone", KEY_READ, &none), STATUS_OBJECT_NAME_NOT_FOUND);
    close_key(key);
    delete_tree(NULL, PLACE);
}

static void old_form_has_strings_of_single_bytes(void)
{
    UCHAR data[32];
    ULONG type;
    ULONG size;
    HANDLE key;

    delete_tree(NULL, PLACE);
    imported("REGEDIT4\n[HKLM\\Software\\Test]\n\"e\"=hex(2):25,61,25,00\n\"b\"=hex:25,61\n");
    key = opened_key(NULL, PLACE);
    CHECK_EQUAL(get_value(key, L"e", &type, data, sizeof(data), &size), STATUS_SUCCESS);
    CHECK(type == REG_EXPAND_SZ && size == 8 && memcmp(data, L"%a%", 8) == 0);
    CHECK_EQUAL(get_value(key, L"b", &type, data, sizeof(data), &size), STATUS_SUCCESS);
    CHECK_EQUAL(size, 2);
    close_key(key);
    delete_tree(NULL, PLACE);
}

static void mistake_is_named_with_its_line_and_nothing_is_done(void)
{
    static const struct
    {
        const char *text;
        const char *says;
    } rows[] = {
        {"", "file.reg:1: the text does not begin"},
        {"Windows\n", "file.reg:1: the text does not begin"},
        {HEADER "[HKLM\\Software\\Test\n", "file.reg:2: the bracket"},
        {HEADER "[Other\\Software]\n", "file.reg:2: a key begins"},
        {HEADER "\"a\"=dword:1\n", "file.reg:2: a value comes before"},
        {HEADER "[HKLM\\Software\\Test]\n\"a=1\n", "file.reg:3: the quotation mark"},
        {HEADER "[HKLM\\Software\\Test]\n\"a\"\n", "file.reg:3: an equals sign"},
        {HEADER "[HKLM\\Software\\Test]\n\"a\"=\n", "file.reg:3: a value is"},
        {HEADER "[HKLM\\Software\\Test]\n\"a\"=dword:\n", "file.reg:3: dword"},
        {HEADER "[HKLM\\Software\\Test]\n\"a\"=dword:123456789\n", "file.reg:3: something follows"},
        {HEADER "[HKLM\\Software\\Test]\n\"a\"=hex(:1\n", "file.reg:3: hex("},
        {HEADER "[HKLM\\Software\\Test]\n\"a\"=hex 1\n", "file.reg:3: a colon"},
        {HEADER "[HKLM\\Software\\Test]\n\"a\"=hex:1,\\x\n", "file.reg:3: behind the back slash"},
        {HEADER "[HKLM\\Software\\Test]\n\"a\"=hex:1,g\n", "file.reg:3: a byte"},
        {HEADER "[HKLM\\Software\\Test]\n\"a\\n\"=\"\"\n", "file.reg:3: behind a back slash"},
        {HEADER "[HKLM\\Software\\Test]\nrubbish\n", "file.reg:3: a line is"},
        {HEADER "[HKLM\\Software\\Test]\n[-HKLM\\Software\\X]\n\"a\"=\"\"\n", "file.reg:4: a value comes before"},
        {HEADER "\xFF\xFF", "file.reg:1: the text is neither"},
    };
    HANDLE key;

    delete_tree(NULL, PLACE);
    for (size_t row = 0; row < ARRAYSIZE(rows); row++)
    {
        CHECK_EQUAL(import(rows[row].text), STATUS_INVALID_PARAMETER);
        if (strncmp(message, rows[row].says, strlen(rows[row].says)) != 0)
        {
            fprintf(stderr, "says %s\n", message);
        }
        CHECK(strncmp(message, rows[row].says, strlen(rows[row].says)) == 0);
        CHECK_EQUAL(open_key(NULL, PLACE, KEY_READ, &key), STATUS_OBJECT_NAME_NOT_FOUND);
    }
}

static void refused_change_takes_all_others_back(void)
{
    HANDLE key;
    HANDLE none;

    delete_tree(NULL, PLACE);
    key = made_key(NULL, PLACE);
    close_key(made_key(key, L"Stays"));
    CHECK_EQUAL(set_number(key, L"Old", 1), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(key, L"Removed", 2), STATUS_SUCCESS);
    CHECK_EQUAL(import(HEADER "[HKLM\\Software\\Test\\New\\Deep]\n\"x\"=dword:1\n[HKLM\\Software\\Test]\n\"Old\"=dword:9\n"
                              "\"Removed\"=-\n\"Fresh\"=dword:1\n[-HKLM\\Software\\Test\\Stays]\n[-HKLM\\Software]\n"),
                STATUS_CANNOT_DELETE);
    CHECK(strncmp(message, "file.reg:9: ", 12) == 0);
    CHECK(has_number(key, L"Old", 1));
    CHECK(has_number(key, L"Removed", 2));
    CHECK(!has_number(key, L"Fresh", 1));
    CHECK_EQUAL(open_key(key, L"New", KEY_READ, &none), STATUS_OBJECT_NAME_NOT_FOUND);
    close_key(opened_key(key, L"Stays"));
    close_key(key);
    delete_tree(NULL, PLACE);
}

static void import_body(void)
{
    HANDLE key;
    NTSTATUS status = import(HEADER "[HKLM\\Software\\Test\\a\\b]\n\"x\"=dword:1\n\"y\"=hex(1):41,00,00,00\n"
                                    "[HKLM\\Software\\Test]\n\"Old\"=dword:9\n\"Removed\"=-\n");

    if (open_key(NULL, PLACE, KEY_ALL_ACCESS, &key) != STATUS_SUCCESS)
    {
        return;
    }
    CHECK(has_number(key, L"Old", status == STATUS_SUCCESS ? 9 : 1));
    CHECK(has_number(key, L"Removed", 2) == (status != STATUS_SUCCESS));
    close_key(key);
}

static void import_without_memory_does_nothing(void)
{
    HANDLE key;

    delete_tree(NULL, PLACE);
    key = made_key(NULL, PLACE);
    CHECK_EQUAL(set_number(key, L"Old", 1), STATUS_SUCCESS);
    CHECK_EQUAL(set_number(key, L"Removed", 2), STATUS_SUCCESS);
    close_key(key);
    nt_fail_each_allocation(import_body);
    delete_tree(NULL, PLACE);
}

/*
 * Round trips of keys and values that nobody would make.
 */

static ULONG random_state;

static ULONG next_random(ULONG below)
{
    random_state = random_state * 1664525 + 1013904223;
    return (random_state >> 8) % below;
}

static void random_name(UNICODE_STRING *name, WCHAR *units, ULONG most, BOOLEAN for_key)
{
    static const WCHAR strange[] = L"[]\"=;-@ \\,\x00E4\x20AC\xD83D\xDE00\x0001";
    ULONG count = 1 + next_random(most);

    for (ULONG index = 0; index < count; index++)
    {
        units[index] = next_random(2) == 0 ? (WCHAR)('a' + next_random(26)) : strange[next_random(ARRAYSIZE(strange) - 1)];
        if (for_key && units[index] == '\\')
        {
            units[index] = '_';
        }
    }
    name->Buffer = units;
    name->Length = (USHORT)(count * sizeof(WCHAR));
    name->MaximumLength = name->Length;
}

static void make_random_value(HANDLE key)
{
    static const ULONG types[] = {REG_SZ, REG_DWORD, REG_BINARY, REG_MULTI_SZ, REG_EXPAND_SZ, REG_NONE, REG_QWORD, 4711};
    UCHAR data[200];
    WCHAR units[20];
    UNICODE_STRING name;
    ULONG size = next_random(sizeof(data));

    for (ULONG index = 0; index < size; index++)
    {
        data[index] = (UCHAR)next_random(3) == 0 ? 0 : (UCHAR)next_random(256);
    }
    random_name(&name, units, 16, FALSE);
    CHECK_EQUAL(ZwSetValueKey(key, &name, 0, types[next_random(ARRAYSIZE(types))], data, size), STATUS_SUCCESS);
}

static void make_random_tree(HANDLE key, ULONG depth)
{
    for (ULONG count = next_random(6); count != 0; count--)
    {
        make_random_value(key);
    }
    CHECK_EQUAL(set_value(key, L"Plain", REG_SZ, L"a \"quoted\\ text", 32), STATUS_SUCCESS);
    for (ULONG count = depth != 0 ? next_random(4) : 0; count != 0; count--)
    {
        OBJECT_ATTRIBUTES attributes;
        UNICODE_STRING name;
        WCHAR units[20];
        HANDLE child;

        random_name(&name, units, 16, TRUE);
        InitializeObjectAttributes(&attributes, &name, 0, key, NULL);
        CHECK_EQUAL(ZwCreateKey(&child, KEY_ALL_ACCESS, &attributes, 0, NULL, 0, NULL), STATUS_SUCCESS);
        make_random_tree(child, depth - 1);
        close_key(child);
    }
}

static void what_is_exported_comes_back_by_import(void)
{
    for (ULONG round = 1; round <= 20; round++)
    {
        HANDLE key;
        void *first;
        void *second;
        size_t first_size;
        size_t second_size;

        random_state = round;
        delete_tree(NULL, PLACE);
        key = made_key(NULL, PLACE);
        make_random_tree(key, 3);
        close_key(key);
        CHECK_EQUAL(registry_export(TEXT_PLACE, &first, &first_size), STATUS_SUCCESS);
        delete_tree(NULL, PLACE);
        CHECK_EQUAL(registry_import("export", first, first_size, message, sizeof(message)), STATUS_SUCCESS);
        CHECK_EQUAL(registry_export(TEXT_PLACE, &second, &second_size), STATUS_SUCCESS);
        CHECK_EQUAL(second_size, first_size);
        CHECK(memcmp(first, second, first_size) == 0);
        registry_export_free(first, first_size);
        registry_export_free(second, second_size);
    }
    delete_tree(NULL, PLACE);
}

static void hostile_text_does_no_harm(void)
{
    static const char good[] =
        HEADER "[HKLM\\Software\\Test\\a]\r\n@=\"x\"\r\n\"n\"=dword:12\r\n\"h\"=hex(7):01,\\\r\n 02\r\n"
               "[-HKLM\\Software\\Test\\a]\r\n[HKLM\\Software\\Test]\r\n\"v\"=-\r\n";
    char text[sizeof(good)];

    delete_tree(NULL, PLACE);
    random_state = 42;
    for (ULONG round = 0; round < 2000; round++)
    {
        size_t size = next_random(sizeof(good));

        memcpy(text, good, sizeof(good));
        for (ULONG changes = next_random(4); changes != 0; changes--)
        {
            text[sizeof(HEADER) + next_random(sizeof(good) - sizeof(HEADER))] = (char)next_random(256);
        }
        (void)registry_import("hostile", text, next_random(2) == 0 ? size : sizeof(good) - 1, message, sizeof(message));
    }
    delete_tree(NULL, PLACE);
}

static void export_of_nothing_fails(void)
{
    void *bytes;
    size_t size;
    HANDLE key;

    delete_tree(NULL, PLACE);
    CHECK_EQUAL(registry_export(TEXT_PLACE, &bytes, &size), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(registry_export("Software", &bytes, &size), STATUS_OBJECT_PATH_SYNTAX_BAD);
    key = made_key(NULL, PLACE);
    CHECK_EQUAL(set_number(key, L"two\nlines", 1), STATUS_SUCCESS);
    CHECK_EQUAL(registry_export(TEXT_PLACE, &bytes, &size), STATUS_OBJECT_NAME_INVALID);
    delete_key(key);
}

const struct nt_case nt_cases[] = {
    CASE(every_form_of_a_value_is_understood),
    CASE(keys_and_values_are_deleted),
    CASE(old_form_has_strings_of_single_bytes),
    CASE(mistake_is_named_with_its_line_and_nothing_is_done),
    CASE(refused_change_takes_all_others_back),
    CASE(import_without_memory_does_nothing),
    CASE(what_is_exported_comes_back_by_import),
    CASE(hostile_text_does_no_harm),
    CASE(export_of_nothing_fails),
    CASES_END,
};
