/* SPDX-License-Identifier: MIT */
/*
 * String: tables, lists of strings, and conversions with their limits.
 */
#include "dmf_case.h"

static DMFMODULE begin(enum dmf_case_life life)
{
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_String_ATTRIBUTES_INIT(&attributes);
    return dmf_case_begin(life, &attributes);
}

static char *table[] = {"", "alpha", "alphabet", "Beta", "beta", "beta"};
#define TABLE table, ARRAYSIZE(table)

static void exact_lookup_finds_the_first_equal_entry(void)
{
    FOR_EACH_LIFE
    {
        DMFMODULE module = begin(life);

        CHECK_EQUAL(DMF_String_FindInListExactChar(module, TABLE, "alpha"), 1);
        CHECK_EQUAL(DMF_String_FindInListExactChar(module, TABLE, "beta"), 4);
        CHECK_EQUAL(DMF_String_FindInListExactChar(module, TABLE, ""), 0);
        CHECK_EQUAL(DMF_String_FindInListExactChar(module, TABLE, "alph"), -1);
        CHECK_EQUAL(DMF_String_FindInListExactChar(module, TABLE, "alphabets"), -1);
        CHECK_EQUAL(DMF_String_FindInListExactChar(module, table, 0, ""), -1);
        dmf_case_end();
    }
}

static void left_lookup_finds_the_first_entry_that_begins_so(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);

    CHECK_EQUAL(DMF_String_FindInListLookForLeftMatchChar(module, TABLE, "alph"), 1);
    CHECK_EQUAL(DMF_String_FindInListLookForLeftMatchChar(module, TABLE, "alphab"), 2);
    CHECK_EQUAL(DMF_String_FindInListLookForLeftMatchChar(module, TABLE, "alphabets"), -1);
    CHECK_EQUAL(DMF_String_FindInListLookForLeftMatchChar(module, TABLE, "b"), 4);
    CHECK_EQUAL(DMF_String_FindInListLookForLeftMatchChar(module, TABLE, ""), 0);
    CHECK_EQUAL(DMF_String_FindInListLookForLeftMatchChar(module, table + 1, 5, ""), -1);
    CHECK_EQUAL(DMF_String_FindInListLookForLeftMatchChar(module, table, 0, "b"), -1);
    dmf_case_end();
}

static LONG length_differs(DMFMODULE DmfModule, char *StringInList, char *LookFor)
{
    return (LONG)strlen(StringInList) - (LONG)strlen(LookFor);
}

static void lookup_asks_the_clients_comparison(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);

    CHECK_EQUAL(DMF_String_FindInListChar(module, TABLE, "four", length_differs), 3);
    CHECK_EQUAL(DMF_String_FindInListChar(module, TABLE, "ten letter", length_differs), -1);
    CHECK_EQUAL(DMF_String_FindInListChar(module, table, 0, "four", length_differs), -1);
    dmf_case_end();
}

static void guid_lookup_finds_the_first_equal_entry(void)
{
    GUID guids[3] = {{1, 0, 0, {0}}, {2, 0, 0, {7}}, {2, 0, 0, {7}}};
    GUID other = {2, 0, 0, {8}};
    DMFMODULE module = begin(DMF_CASE_STATIC);

    CHECK_EQUAL(DMF_String_FindInListExactGuid(module, guids, 3, &guids[2]), 1);
    CHECK_EQUAL(DMF_String_FindInListExactGuid(module, guids, 3, &other), -1);
    CHECK_EQUAL(DMF_String_FindInListExactGuid(module, guids, 0, &guids[0]), -1);
    dmf_case_end();
}

/*
 * Lists of strings.
 */

static struct
{
    WCHAR text[64];
    unsigned remaining;
} walked;

static BOOLEAN append(DMFMODULE DmfModule, WCHAR *String, VOID *CallbackContext)
{
    CHECK(CallbackContext == &walked);
    wcscat(walked.text, L"<");
    wcscat(walked.text, String);
    wcscat(walked.text, L">");
    return --walked.remaining != 0;
}

static bool walks(DMFMODULE module, WCHAR *list, unsigned most, const WCHAR *expected)
{
    walked.text[0] = 0;
    walked.remaining = most;
    CHECK_STATUS(DMF_String_MultiSzEnumerate(module, list, append, &walked), STATUS_SUCCESS);
    return wcscmp(walked.text, expected) == 0;
}

static void list_is_walked_up_to_its_first_empty_string(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);

    CHECK(walks(module, L"one\0two\0", 9, L"<one><two>"));
    CHECK(walks(module, L"one\0", 9, L"<one>"));
    CHECK(walks(module, L"\0", 9, L""));
    CHECK(walks(module, L"\0one\0", 9, L"<><one>"));
    CHECK(walks(module, L"one\0\0three\0", 9, L"<one>"));
    CHECK(walks(module, L"one\0two\0three\0", 2, L"<one><two>"));
    dmf_case_end();
}

static bool last_is(DMFMODULE module, WCHAR *list, size_t offset)
{
    return DMF_String_MultiSzFindLast(module, list) == list + offset;
}

static void last_string_of_a_list_is_within_it(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);

    CHECK(last_is(module, L"first\0last\0", 6));
    CHECK(last_is(module, L"\0middle\0last\0", 8));
    CHECK(last_is(module, L"first\0middle\0\0", 6));
    CHECK(DMF_String_MultiSzFindLast(module, L"\0\0") == NULL);
    CHECK(DMF_String_MultiSzFindLast(module, L"\0") == NULL);
    dmf_case_end();
}

/*
 * Conversions.
 */

#if defined(DMF_USER_MODE)
#define NO_ROOM STATUS_BUFFER_TOO_SMALL
#else
#define NO_ROOM STATUS_BUFFER_OVERFLOW
#endif

static ANSI_STRING narrow(const char *text, size_t length)
{
    return (ANSI_STRING){.Buffer = (char *)(ULONG_PTR)text, .Length = (USHORT)length, .MaximumLength = (USHORT)length};
}

static UNICODE_STRING wide(const WCHAR *text, size_t length)
{
    return (UNICODE_STRING){.Buffer = (WCHAR *)(ULONG_PTR)text,
                            .Length = (USHORT)(length * sizeof(WCHAR)),
                            .MaximumLength = (USHORT)(length * sizeof(WCHAR))};
}

static void narrow_string_becomes_wide_where_there_is_room(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);
    WCHAR room[8] = {0};
    UNICODE_STRING to = {.Buffer = room};
    /* Not terminated. */
    ANSI_STRING from = narrow("abcdef", 3);

    to.MaximumLength = 4 * sizeof(WCHAR);
    room[3] = L'x';
    CHECK_STATUS(DMF_String_RtlAnsiStringToUnicodeString(module, &to, &from), STATUS_SUCCESS);
    CHECK_EQUAL(to.Length, 3 * sizeof(WCHAR));
    CHECK(wcscmp(room, L"abc") == 0);
    to.MaximumLength = 3 * sizeof(WCHAR);
    CHECK_STATUS(DMF_String_RtlAnsiStringToUnicodeString(module, &to, &from), NO_ROOM);
    from.Length = 0;
    to.MaximumLength = sizeof(WCHAR);
    CHECK_STATUS(DMF_String_RtlAnsiStringToUnicodeString(module, &to, &from), STATUS_SUCCESS);
    CHECK(to.Length == 0 && room[0] == 0);
    to.MaximumLength = 0;
    CHECK_STATUS(DMF_String_RtlAnsiStringToUnicodeString(module, &to, &from), NO_ROOM);
    dmf_case_end();
}

static void wide_string_becomes_narrow_where_there_is_room(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);
    char room[8] = {0};
    ANSI_STRING to = {.Buffer = room};
    UNICODE_STRING from = wide(L"abcdef", 3);

    to.MaximumLength = 4;
    room[3] = 'x';
    CHECK_STATUS(DMF_String_RtlUnicodeStringToAnsiString(module, &to, &from), STATUS_SUCCESS);
    CHECK_EQUAL(to.Length, 3);
    CHECK(strcmp(room, "abc") == 0);
    to.MaximumLength = 3;
    CHECK_STATUS(DMF_String_RtlUnicodeStringToAnsiString(module, &to, &from), NO_ROOM);
    from.Length = 0;
    to.MaximumLength = 1;
    CHECK_STATUS(DMF_String_RtlUnicodeStringToAnsiString(module, &to, &from), STATUS_SUCCESS);
    CHECK(to.Length == 0 && room[0] == 0);
    dmf_case_end();
}

static void text_beyond_ascii_survives_the_way_there_and_back(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);
    /* Two bytes, three bytes, and a pair of surrogates of four. */
    static const WCHAR text[] = {0x00e9, 0x20ac, 0xd83d, 0xde00, 0};
    char bytes[16];
    WCHAR back[8];
    ANSI_STRING between = {.Buffer = bytes, .MaximumLength = sizeof(bytes)};
    UNICODE_STRING from = wide(text, 4);
    UNICODE_STRING to = {.Buffer = back, .MaximumLength = sizeof(back)};

    CHECK_STATUS(DMF_String_RtlUnicodeStringToAnsiString(module, &between, &from), STATUS_SUCCESS);
    CHECK_EQUAL(between.Length, 9);
    CHECK_STATUS(DMF_String_RtlAnsiStringToUnicodeString(module, &to, &between), STATUS_SUCCESS);
    CHECK_EQUAL(to.Length, from.Length);
    CHECK(wcscmp(back, text) == 0);
    /* What is none becomes something, and ends where it should. */
    from = wide(text + 3, 1);
    CHECK_STATUS(DMF_String_RtlUnicodeStringToAnsiString(module, &between, &from), STATUS_SUCCESS);
    CHECK(between.Length != 0 && between.Length < sizeof(bytes) && bytes[between.Length] == 0);
    dmf_case_end();
}

#if defined(DMF_USER_MODE)
static void terminator_within_a_string_ends_it_in_user_mode(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);
    WCHAR room[8];
    char bytes[8];
    UNICODE_STRING to = {.Buffer = room, .MaximumLength = sizeof(room)};
    ANSI_STRING to_narrow = {.Buffer = bytes, .MaximumLength = sizeof(bytes)};
    ANSI_STRING from = narrow("ab\0cd", 5);
    UNICODE_STRING from_wide = wide(L"ab\0cd", 5);

    CHECK_STATUS(DMF_String_RtlAnsiStringToUnicodeString(module, &to, &from), STATUS_SUCCESS);
    CHECK_EQUAL(to.Length, 2 * sizeof(WCHAR));
    CHECK_STATUS(DMF_String_RtlUnicodeStringToAnsiString(module, &to_narrow, &from_wide), STATUS_SUCCESS);
    CHECK_EQUAL(to_narrow.Length, 2);
    dmf_case_end();
}

static void kernel_names_mean_the_same_in_user_mode(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);
    ANSI_STRING string;
    char text[8];

    CHECK_STATUS(RtlInitAnsiString(&string, "four"), STATUS_SUCCESS);
    CHECK(string.Length == 4 && string.MaximumLength == 5);
    CHECK_EQUAL(RtlStringCbPrintfA(text, sizeof(text), "%d", 42), 2);
    CHECK(strcmp(text, "42") == 0 && module != NULL);
    dmf_case_end();
}
#else
static void terminator_within_a_string_ends_it_in_user_mode(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);
    WCHAR room[8];
    UNICODE_STRING to = {.Buffer = room, .MaximumLength = sizeof(room)};
    ANSI_STRING from = narrow("ab\0cd", 5);

    CHECK_STATUS(DMF_String_RtlAnsiStringToUnicodeString(module, &to, &from), STATUS_SUCCESS);
    CHECK_EQUAL(to.Length, 5 * sizeof(WCHAR));
    dmf_case_end();
}

static void kernel_names_mean_the_same_in_user_mode(void)
{
    ANSI_STRING string;

    RtlInitAnsiString(&string, "four");
    CHECK(string.Length == 4 && string.MaximumLength == 5);
}
#endif

static void wide_copy_needs_room_for_the_terminator(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);
    char room[8];

    memset(room, 'x', sizeof(room));
    CHECK_STATUS(DMF_String_WideStringCopyAsNarrow(module, room, 0, L"abc"), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(room[0], 'x');
    CHECK_STATUS(DMF_String_WideStringCopyAsNarrow(module, room, 1, L""), STATUS_SUCCESS);
    CHECK(room[0] == 0 && room[1] == 'x');
    room[0] = 'x';
    CHECK_STATUS(DMF_String_WideStringCopyAsNarrow(module, room, 1, L"ab"), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(room[0], 0);
    room[0] = 'x';
    CHECK_STATUS(DMF_String_WideStringCopyAsNarrow(module, room, 3, L"abc"), NO_ROOM);
    CHECK(room[0] == 0 && room[3] == 'x');
    CHECK_STATUS(DMF_String_WideStringCopyAsNarrow(module, room, 4, L"abc"), STATUS_SUCCESS);
    CHECK(strcmp(room, "abc") == 0 && room[4] == 'x');
    dmf_case_end();
}

static WCHAR huge_wide[40000];
static char huge_narrow[70000];

static void wide_copy_into_a_huge_buffer_is_whole_or_refused(void)
{
    DMFMODULE module = begin(DMF_CASE_STATIC);
    size_t index;

    memset(huge_wide, 0, sizeof(huge_wide));
    for (index = 0; index < 1000; index++)
    {
        huge_wide[index] = L'w';
    }
    CHECK_STATUS(DMF_String_WideStringCopyAsNarrow(module, huge_narrow, 65536 + 5, huge_wide), STATUS_SUCCESS);
    CHECK_EQUAL(strlen(huge_narrow), 1000);
    for (index = 0; index < ARRAYSIZE(huge_wide) - 1; index++)
    {
        huge_wide[index] = L'w';
    }
    CHECK_STATUS(DMF_String_WideStringCopyAsNarrow(module, huge_narrow, sizeof(huge_narrow), huge_wide),
                 STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(huge_narrow[0], 0);
    dmf_case_end();
}

static void passive_level_is_refused(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;

    FOR_EACH_LIFE
    {
        DMF_String_ATTRIBUTES_INIT(&attributes);
        attributes.PassiveLevel = TRUE;
        CHECK_STATUS(dmf_case_try(life, &attributes, &module), STATUS_INVALID_DEVICE_REQUEST);
    }
}

static void convert(void)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMFMODULE module;
    char room[8];
    NTSTATUS status;

    DMF_String_ATTRIBUTES_INIT(&attributes);
    if (NT_SUCCESS(dmf_case_try(DMF_CASE_STATIC, &attributes, &module)))
    {
        status = DMF_String_WideStringCopyAsNarrow(module, room, sizeof(room), L"abc");
        CHECK(NT_SUCCESS(status) ? strcmp(room, "abc") == 0 : room[0] == 0);
        dmf_case_end();
    }
}

static void every_failed_allocation_is_survived(void)
{
    dmf_case_fail_each_allocation(convert);
}

const struct nt_case nt_cases[] = {
    CASE(exact_lookup_finds_the_first_equal_entry),
    CASE(left_lookup_finds_the_first_entry_that_begins_so),
    CASE(lookup_asks_the_clients_comparison),
    CASE(guid_lookup_finds_the_first_equal_entry),
    CASE(list_is_walked_up_to_its_first_empty_string),
    CASE(last_string_of_a_list_is_within_it),
    CASE(narrow_string_becomes_wide_where_there_is_room),
    CASE(wide_string_becomes_narrow_where_there_is_room),
    CASE(text_beyond_ascii_survives_the_way_there_and_back),
    CASE(terminator_within_a_string_ends_it_in_user_mode),
    CASE(kernel_names_mean_the_same_in_user_mode),
    CASE(wide_copy_needs_room_for_the_terminator),
    CASE(wide_copy_into_a_huge_buffer_is_whole_or_refused),
    CASE(passive_level_is_refused),
    CASE(every_failed_allocation_is_survived),
    CASES_END,
};
