/* SPDX-License-Identifier: MIT */
/*
 * The safe strings of the kernel's flavour, terminated and counted.
 */
#include "nt_case.h"

#include <ntifs.h>
#include <ntstrsafe.h>
#include <stdarg.h>
#include <string.h>

#define COUNTED(Text) ((UNICODE_STRING)RTL_CONSTANT_STRING(Text))
#define FILL 0xEE

static char narrow[16];
static WCHAR wide[16];

static void soil(void)
{
    memset(narrow, FILL, sizeof(narrow));
    memset(wide, FILL, sizeof(wide));
}

static bool is_soiled_from(size_t index)
{
    for (; index < 16; index++)
    {
        if (narrow[index] != (char)FILL)
        {
            return false;
        }
    }
    return true;
}

static bool wide_is(const WCHAR *text)
{
    size_t length;

    return NT_SUCCESS(RtlStringCchLengthW(wide, 16, &length)) &&
           RtlCompareUnicodeStrings(wide, length + 1, text, length + 1, FALSE) == 0;
}

static void copying_terminates_and_says_what_did_not_fit(void)
{
    soil();
    CHECK_EQUAL(RtlStringCchCopyA(narrow, 4, "abc"), STATUS_SUCCESS);
    CHECK(memcmp(narrow, "abc", 4) == 0 && is_soiled_from(4));
    CHECK_EQUAL(RtlStringCchCopyA(narrow, 4, "wxyz"), STATUS_BUFFER_OVERFLOW);
    CHECK(memcmp(narrow, "wxy", 4) == 0 && is_soiled_from(4));
    CHECK_EQUAL(RtlStringCchCopyA(narrow, 1, "a"), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(narrow[0], 0);
    CHECK_EQUAL(RtlStringCchCopyA(narrow, 0, ""), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCchCopyA(narrow, (size_t)NTSTRSAFE_MAX_CCH + 1, "a"), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCchCopyA(NULL, 4, "a"), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCchCopyW(wide, 3, L"ab"), STATUS_SUCCESS);
    CHECK(wide_is(L"ab"));
    CHECK_EQUAL(RtlStringCbCopyW(wide, 7, L"xyz"), STATUS_BUFFER_OVERFLOW);
    CHECK(wide_is(L"xy"));
    CHECK_EQUAL(RtlStringCbCopyW(wide, 1, L"a"), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCbCopyA(narrow, 3, "abc"), STATUS_BUFFER_OVERFLOW);
}

static void counted_copies_take_no_more_than_the_count(void)
{
    soil();
    CHECK_EQUAL(RtlStringCchCopyNA(narrow, 8, "abcdef", 3), STATUS_SUCCESS);
    CHECK(memcmp(narrow, "abc", 4) == 0);
    CHECK_EQUAL(RtlStringCchCopyNA(narrow, 3, "abcdef", 3), STATUS_BUFFER_OVERFLOW);
    CHECK(memcmp(narrow, "ab", 3) == 0);
    CHECK_EQUAL(RtlStringCchCopyNA(narrow, 8, "abc", 100), STATUS_SUCCESS);
    CHECK_EQUAL(RtlStringCchCopyNA(narrow, 8, "abc", 0), STATUS_SUCCESS);
    CHECK_EQUAL(narrow[0], 0);
    CHECK_EQUAL(RtlStringCchCopyNA(narrow, 8, "abc", (size_t)NTSTRSAFE_MAX_LENGTH + 1), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCbCopyNW(wide, 16, L"abcdef", 5), STATUS_SUCCESS);
    CHECK(wide_is(L"ab"));
}

static void appending_needs_a_terminated_destination(void)
{
    soil();
    CHECK_EQUAL(RtlStringCchCatA(narrow, 16, "x"), STATUS_INVALID_PARAMETER);
    CHECK(is_soiled_from(0));
    memcpy(narrow, "ab", 3);
    CHECK_EQUAL(RtlStringCchCatA(narrow, 6, "cd"), STATUS_SUCCESS);
    CHECK_EQUAL(RtlStringCchCatA(narrow, 6, "ef"), STATUS_BUFFER_OVERFLOW);
    CHECK(memcmp(narrow, "abcde", 6) == 0 && is_soiled_from(6));
    CHECK_EQUAL(RtlStringCchCatA(narrow, 6, ""), STATUS_SUCCESS);
    CHECK_EQUAL(RtlStringCchCatA(narrow, 6, "x"), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(RtlStringCchCatNA(narrow, 16, "fghi", 2), STATUS_SUCCESS);
    CHECK(strcmp(narrow, "abcdefg") == 0);
    wide[0] = 0;
    CHECK_EQUAL(RtlStringCbCatW(wide, 6, L"ab"), STATUS_SUCCESS);
    CHECK_EQUAL(RtlStringCbCatNW(wide, 10, L"cdef", 4), STATUS_SUCCESS);
    CHECK(wide_is(L"abcd"));
}

static void extended_functions_tell_where_they_ended(void)
{
    char *end = NULL;
    WCHAR *wide_end = NULL;
    size_t remaining = 0;

    soil();
    CHECK_EQUAL(RtlStringCchCopyExA(narrow, 8, "abc", &end, &remaining, 0), STATUS_SUCCESS);
    CHECK(end == narrow + 3 && remaining == 5 && is_soiled_from(4));
    CHECK_EQUAL(RtlStringCchCatExA(narrow, 8, "def", &end, &remaining, 0), STATUS_SUCCESS);
    CHECK(end == narrow + 6 && remaining == 2);
    CHECK_EQUAL(RtlStringCchCatExA(narrow, 8, "ghi", &end, &remaining, 0), STATUS_BUFFER_OVERFLOW);
    CHECK(end == narrow + 7 && remaining == 1);
    CHECK_EQUAL(RtlStringCbCopyExW(wide, 9, L"ab", &wide_end, &remaining, 0), STATUS_SUCCESS);
    CHECK(wide_end == wide + 2 && remaining == 5);
    CHECK_EQUAL(RtlStringCbPrintfExW(wide, 9, &wide_end, &remaining, 0, L"%d", 123), STATUS_SUCCESS);
    CHECK(wide_end == wide + 3 && remaining == 3);
}

static void flags_fill_and_clear(void)
{
    char *end;
    size_t remaining;

    soil();
    CHECK_EQUAL(RtlStringCchCopyExA(narrow, 8, "abc", NULL, NULL, STRSAFE_FILL_BYTE(0x11)), STATUS_SUCCESS);
    CHECK(memcmp(narrow, "abc\0\x11\x11\x11\x11", 8) == 0 && is_soiled_from(8));
    CHECK_EQUAL(RtlStringCchCopyExA(narrow, 4, "abcd", &end, &remaining, STRSAFE_FAILURE_BYTE(0x22)),
                STATUS_BUFFER_OVERFLOW);
    CHECK(memcmp(narrow, "\x22\x22\x22", 4) == 0 && end == narrow + 3 && remaining == 1);
    CHECK_EQUAL(RtlStringCchCopyExA(narrow, 4, "abcd", &end, &remaining, STRSAFE_FAILURE_BYTE(0)), STATUS_BUFFER_OVERFLOW);
    CHECK(memcmp(narrow, "\0\0\0", 4) == 0 && end == narrow && remaining == 4);
    CHECK_EQUAL(RtlStringCchCopyExA(narrow, 4, "abcd", &end, &remaining, STRSAFE_NULL_ON_FAILURE), STATUS_BUFFER_OVERFLOW);
    CHECK(narrow[0] == 0 && end == narrow && remaining == 4);
    memcpy(narrow, "ab", 3);
    CHECK_EQUAL(RtlStringCchCatExA(narrow, 4, "cde", &end, &remaining, STRSAFE_NO_TRUNCATION), STATUS_BUFFER_OVERFLOW);
    CHECK(strcmp(narrow, "ab") == 0 && end == narrow + 2 && remaining == 2);
    CHECK_EQUAL(RtlStringCchCopyExA(narrow, 4, "abcde", &end, &remaining, STRSAFE_NO_TRUNCATION), STATUS_BUFFER_OVERFLOW);
    CHECK(narrow[0] == 0 && end == narrow && remaining == 4);
    memcpy(narrow, "ab", 3);
    CHECK_EQUAL(RtlStringCchCopyExA(narrow, 4, "x", NULL, NULL, 0x2000), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(narrow[0], 0);
    memcpy(narrow, "ab", 3);
    CHECK_EQUAL(RtlStringCchCatExA(narrow, 4, "x", NULL, NULL, 0x2000), STATUS_INVALID_PARAMETER);
    CHECK(strcmp(narrow, "ab") == 0);
}

static void null_is_nothing_only_where_the_flag_says_so(void)
{
    char *end = narrow;
    size_t remaining = 9;

    soil();
    CHECK_EQUAL(RtlStringCchCopyExA(NULL, 0, NULL, &end, &remaining, STRSAFE_IGNORE_NULLS), STATUS_SUCCESS);
    CHECK(end == NULL && remaining == 0);
    CHECK_EQUAL(RtlStringCchCopyExA(NULL, 0, "a", NULL, NULL, STRSAFE_IGNORE_NULLS), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCchCopyExA(narrow, 0, "a", NULL, NULL, STRSAFE_IGNORE_NULLS), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(RtlStringCchCopyExA(NULL, 4, "a", NULL, NULL, STRSAFE_IGNORE_NULLS), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCchCopyExA(narrow, 4, NULL, NULL, NULL, STRSAFE_IGNORE_NULLS), STATUS_SUCCESS);
    CHECK_EQUAL(narrow[0], 0);
    CHECK_EQUAL(RtlStringCchCopyExA(NULL, 0, "", NULL, NULL, 0), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCchCopyA(narrow, 4, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCchPrintfExA(NULL, 0, NULL, NULL, STRSAFE_IGNORE_NULLS, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(RtlStringCchCatExA(NULL, 0, "", NULL, NULL, STRSAFE_IGNORE_NULLS), STATUS_SUCCESS);
    CHECK_EQUAL(RtlStringCchCatExA(NULL, 0, "a", NULL, NULL, STRSAFE_IGNORE_NULLS), STATUS_INVALID_PARAMETER);
}

static NTSTATUS print(char *to, size_t size, const char *format, ...)
{
    va_list arguments;
    NTSTATUS status;

    va_start(arguments, format);
    status = RtlStringCbVPrintfA(to, size, format, arguments);
    va_end(arguments);
    return status;
}

static void printing_has_the_widths_of_windows(void)
{
    UNICODE_STRING counted = COUNTED(L"xy");

    soil();
    CHECK_EQUAL(RtlStringCchPrintfA(narrow, 16, "%ld %I64x", -1, 0x123456789aull), STATUS_SUCCESS);
    CHECK(strcmp(narrow, "-1 123456789a") == 0);
    CHECK_EQUAL(RtlStringCchPrintfA(narrow, 5, "%d", 123456), STATUS_BUFFER_OVERFLOW);
    CHECK(strcmp(narrow, "1234") == 0);
    CHECK_EQUAL(RtlStringCchPrintfW(wide, 16, L"%s %hs %wZ", L"ab", "cd", &counted), STATUS_SUCCESS);
    CHECK(wide_is(L"ab cd xy"));
    CHECK_EQUAL(RtlStringCbPrintfW(wide, 8, L"%s", L"abc"), STATUS_SUCCESS);
    CHECK_EQUAL(RtlStringCbPrintfW(wide, 7, L"%s", L"abc"), STATUS_BUFFER_OVERFLOW);
    CHECK(wide_is(L"ab"));
    CHECK_EQUAL(print(narrow, 4, "%d", 12), STATUS_SUCCESS);
    CHECK_EQUAL(print(narrow, 0, "%d", 12), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(print(narrow, 4, NULL), STATUS_INVALID_PARAMETER);
}

static void lengths_need_a_terminator_within_the_size(void)
{
    size_t length = 9;

    CHECK_EQUAL(RtlStringCchLengthA("abc", 4, &length), STATUS_SUCCESS);
    CHECK_EQUAL(length, 3);
    CHECK_EQUAL(RtlStringCchLengthA("abc", 3, &length), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(length, 0);
    CHECK_EQUAL(RtlStringCbLengthW(L"abc", 9, &length), STATUS_SUCCESS);
    CHECK_EQUAL(length, 6);
    CHECK_EQUAL(RtlStringCbLengthW(L"abc", 7, &length), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCchLengthA(NULL, 3, &length), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCchLengthA("abc", (size_t)NTSTRSAFE_MAX_CCH + 1, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCchLengthA("", 1, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(RtlStringCchLengthA("", 0, NULL), STATUS_INVALID_PARAMETER);
}

static void counted_strings_are_copied_into_terminated_ones(void)
{
    UNICODE_STRING counted = COUNTED(L"abc");
    UNICODE_STRING odd = {3, 8, counted.Buffer};
    UNICODE_STRING none = {0, 0, NULL};
    WCHAR *end;
    size_t remaining;

    soil();
    CHECK_EQUAL(RtlStringCchCopyUnicodeString(wide, 4, &counted), STATUS_SUCCESS);
    CHECK(wide_is(L"abc"));
    CHECK_EQUAL(RtlStringCbCopyUnicodeString(wide, 6, &counted), STATUS_BUFFER_OVERFLOW);
    CHECK(wide_is(L"ab"));
    CHECK_EQUAL(RtlStringCchCopyUnicodeString(wide, 4, &odd), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCchCopyUnicodeString(wide, 4, &none), STATUS_SUCCESS);
    CHECK_EQUAL(RtlStringCchCopyUnicodeString(wide, 4, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlStringCchCopyUnicodeStringEx(wide, 4, NULL, &end, &remaining, STRSAFE_IGNORE_NULLS), STATUS_SUCCESS);
    CHECK(end == wide && remaining == 4);
    CHECK_EQUAL(RtlStringCbCopyUnicodeStringEx(wide, 9, &counted, &end, &remaining, 0), STATUS_SUCCESS);
    CHECK(end == wide + 3 && remaining == 3);
}

static void counted_destinations_may_be_full(void)
{
    UNICODE_STRING to = {0, 6, wide};
    UNICODE_STRING from = COUNTED(L"abcd");

    soil();
    CHECK_EQUAL(RtlUnicodeStringCopyString(&to, L"abc"), STATUS_SUCCESS);
    CHECK(to.Length == 6 && wide[3] == (WCHAR)0xEEEE);
    CHECK_EQUAL(RtlUnicodeStringCopy(&to, &from), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(to.Length, 6);
    CHECK_EQUAL(RtlUnicodeStringCchCopyN(&to, &from, 1), STATUS_SUCCESS);
    CHECK_EQUAL(to.Length, 2);
    CHECK_EQUAL(RtlUnicodeStringCatString(&to, L"b"), STATUS_SUCCESS);
    CHECK_EQUAL(RtlUnicodeStringCbCatN(&to, &from, 2), STATUS_SUCCESS);
    CHECK(to.Length == 6 && memcmp(wide, L"aba", 6) == 0);
    CHECK_EQUAL(RtlUnicodeStringCat(&to, &from), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(RtlUnicodeStringPrintf(&to, L"%u", 12), STATUS_SUCCESS);
    CHECK(to.Length == 4 && memcmp(wide, L"12", 4) == 0);
    CHECK_EQUAL(RtlUnicodeStringPrintf(&to, L"%u", 1234), STATUS_BUFFER_OVERFLOW);
    CHECK(to.Length == 6 && memcmp(wide, L"123", 6) == 0);
    CHECK_EQUAL(RtlUnicodeStringCopyString(&to, NULL), STATUS_INVALID_PARAMETER);
    to.Length = 5;
    CHECK_EQUAL(RtlUnicodeStringCopyString(&to, L"a"), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(to.Length, 5);
    CHECK_EQUAL(RtlUnicodeStringCopyString(NULL, L"a"), STATUS_INVALID_PARAMETER);
}

static void counted_flags_terminate_fill_and_clear(void)
{
    UNICODE_STRING to = {0, 8, wide};
    UNICODE_STRING rest;

    soil();
    CHECK_EQUAL(RtlUnicodeStringCopyStringEx(&to, L"abc", &rest, STRSAFE_UNICODE_STRING_DEST_NULL_TERMINATED),
                STATUS_SUCCESS);
    CHECK(to.Length == 6 && wide[3] == 0);
    CHECK(rest.Length == 0 && rest.MaximumLength == 2 && rest.Buffer == wide + 3);
    CHECK_EQUAL(RtlUnicodeStringCopyStringEx(&to, L"abcd", NULL, STRSAFE_UNICODE_STRING_DEST_NULL_TERMINATED),
                STATUS_BUFFER_OVERFLOW);
    CHECK(to.Length == 6 && wide[3] == 0);
    CHECK_EQUAL(RtlUnicodeStringCopyStringEx(&to, L"a", NULL, STRSAFE_FILL_BYTE(0x11)), STATUS_SUCCESS);
    CHECK(to.Length == 2 && wide[1] == 0x1111 && wide[3] == 0x1111 && wide[4] == (WCHAR)0xEEEE);
    CHECK_EQUAL(RtlUnicodeStringCatStringEx(&to, L"bcdef", NULL, STRSAFE_NO_TRUNCATION), STATUS_BUFFER_OVERFLOW);
    CHECK_EQUAL(to.Length, 2);
    CHECK_EQUAL(RtlUnicodeStringCatStringEx(&to, L"bcdef", &rest, STRSAFE_ZERO_LENGTH_ON_FAILURE), STATUS_BUFFER_OVERFLOW);
    CHECK(to.Length == 0 && rest.MaximumLength == 8);
    CHECK_EQUAL(RtlUnicodeStringCopyStringEx(&to, L"abcde", NULL, STRSAFE_FAILURE_BYTE(0x22)), STATUS_BUFFER_OVERFLOW);
    CHECK(to.Length == 0 && wide[0] == 0x2222);
    CHECK_EQUAL(RtlUnicodeStringCopyStringEx(&to, NULL, NULL, STRSAFE_IGNORE_NULLS), STATUS_SUCCESS);
    CHECK_EQUAL(RtlUnicodeStringCopyEx(&to, NULL, NULL, STRSAFE_IGNORE_NULL_UNICODE_STRINGS), STATUS_SUCCESS);
    CHECK_EQUAL(RtlUnicodeStringCopyEx(&to, NULL, NULL, 0), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlUnicodeStringCopyStringEx(NULL, L"", NULL, STRSAFE_IGNORE_NULL_UNICODE_STRINGS), STATUS_SUCCESS);
    CHECK_EQUAL(RtlUnicodeStringCopyStringEx(NULL, L"a", NULL, STRSAFE_IGNORE_NULL_UNICODE_STRINGS),
                STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlUnicodeStringCopyStringEx(&to, L"a", NULL, 0x2000), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlUnicodeStringPrintfEx(&to, &rest, 0, L"%d", 1), STATUS_SUCCESS);
    CHECK_EQUAL(rest.MaximumLength, 6);
}

static void counted_strings_are_initialised_and_validated(void)
{
    UNICODE_STRING string;

    CHECK_EQUAL(RtlUnicodeStringInit(&string, L"ab"), STATUS_SUCCESS);
    CHECK(string.Length == 4 && string.MaximumLength == 6);
    CHECK_EQUAL(RtlUnicodeStringInit(&string, NULL), STATUS_SUCCESS);
    CHECK(string.Buffer == NULL && string.MaximumLength == 0);
    CHECK_EQUAL(RtlUnicodeStringInitEx(&string, NULL, STRSAFE_IGNORE_NULLS), STATUS_SUCCESS);
    CHECK(string.Buffer != NULL && string.Length == 0);
    CHECK_EQUAL(RtlUnicodeStringInitEx(&string, L"ab", 0x2000), STATUS_INVALID_PARAMETER);
    CHECK(string.Buffer == NULL);
    CHECK_EQUAL(RtlUnicodeStringValidate(&string), STATUS_SUCCESS);
    string.Length = 2;
    CHECK_EQUAL(RtlUnicodeStringValidate(&string), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlUnicodeStringValidate(NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlUnicodeStringValidateEx(NULL, STRSAFE_IGNORE_NULL_UNICODE_STRINGS), STATUS_SUCCESS);
}

const struct nt_case nt_cases[] = {
    CASE(copying_terminates_and_says_what_did_not_fit),
    CASE(counted_copies_take_no_more_than_the_count),
    CASE(appending_needs_a_terminated_destination),
    CASE(extended_functions_tell_where_they_ended),
    CASE(flags_fill_and_clear),
    CASE(null_is_nothing_only_where_the_flag_says_so),
    CASE(printing_has_the_widths_of_windows),
    CASE(lengths_need_a_terminator_within_the_size),
    CASE(counted_strings_are_copied_into_terminated_ones),
    CASE(counted_destinations_may_be_full),
    CASE(counted_flags_terminate_fill_and_clear),
    CASE(counted_strings_are_initialised_and_validated),
    CASES_END,
};
