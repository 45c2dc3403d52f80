/* SPDX-License-Identifier: MIT */
/*
 * The safe strings of the user's flavour.
 */
#include "nt_case.h"

#include <windows.h>

#include <strsafe.h>
#include <unistd.h>
#include <winerror.h>

static CHAR narrow[16];
static WCHAR wide[16];

static void results_are_those_of_the_header(void)
{
    CHECK_EQUAL(StringCchCopyA(narrow, 4, "abc"), S_OK);
    CHECK_EQUAL(StringCchCopyA(narrow, 3, "abc"), STRSAFE_E_INSUFFICIENT_BUFFER);
    CHECK(strcmp(narrow, "ab") == 0);
    CHECK_EQUAL(StringCchCopyA(narrow, 0, "abc"), STRSAFE_E_INVALID_PARAMETER);
    CHECK_EQUAL(StringCchCopyA(narrow, (SIZE_T)STRSAFE_MAX_CCH + 1, "abc"), STRSAFE_E_INVALID_PARAMETER);
    CHECK_EQUAL(StringCbCopyW(wide, 5, L"ab"), STRSAFE_E_INSUFFICIENT_BUFFER);
    CHECK(wide[0] == 'a' && wide[1] == 0);
    CHECK_EQUAL(StringCchCatW(wide, 4, L"bc"), S_OK);
    CHECK_EQUAL(StringCchCatW(wide, 4, L"d"), STRSAFE_E_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(StringCchCatNW(wide, 8, L"def", 1), S_OK);
    CHECK(wide[3] == 'd' && wide[4] == 0);
}

static void the_names_without_a_letter_are_wide(void)
{
    size_t length = 0;
    WCHAR *end = NULL;
    SIZE_T remaining = 0;

    CHECK_EQUAL(StringCchPrintf(wide, 16, L"%s-%ld-%hs", L"ab", -1, "cd"), S_OK);
    CHECK_EQUAL(StringCchLength(wide, 16, &length), S_OK);
    CHECK_EQUAL(length, 8);
    CHECK_EQUAL(StringCbLength(wide, 32, &length), S_OK);
    CHECK_EQUAL(length, 16);
    CHECK_EQUAL(StringCchPrintfEx(wide, 16, &end, &remaining, STRSAFE_FILL_BYTE(0x11), L"%d", 5), S_OK);
    CHECK(end == wide + 1 && remaining == 15 && wide[2] == 0x1111);
}

static void lengths_fail_without_a_terminator(void)
{
    SIZE_T length = 7;

    CHECK_EQUAL(StringCchLengthA("abc", 3, &length), STRSAFE_E_INVALID_PARAMETER);
    CHECK_EQUAL(length, 0);
    CHECK_EQUAL(StringCchLengthW(NULL, 3, NULL), STRSAFE_E_INVALID_PARAMETER);
}

/* Makes the text the program's input. */
static void type_in(const char *text)
{
    int ends[2];

    CHECK(pipe(ends) == 0);
    CHECK(write(ends[1], text, strlen(text)) == (ssize_t)strlen(text));
    CHECK(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
    CHECK(close(ends[0]) == 0 && close(ends[1]) == 0);
    clearerr(stdin);
}

static void lines_are_read_without_their_end(void)
{
    SIZE_T remaining = 0;
    CHAR *end = NULL;

    type_in("first\n\nabcdefgh\nlast");
    CHECK_EQUAL(StringCchGetsA(narrow, 16), S_OK);
    CHECK(strcmp(narrow, "first") == 0);
    CHECK_EQUAL(StringCchGetsA(narrow, 16), S_OK);
    CHECK_EQUAL(narrow[0], 0);
    CHECK_EQUAL(StringCchGetsA(narrow, 4), S_OK);
    CHECK(strcmp(narrow, "abc") == 0);
    CHECK_EQUAL(StringCchGetsA(narrow, 1), STRSAFE_E_INSUFFICIENT_BUFFER);
    CHECK_EQUAL(StringCchGetsExA(narrow, 16, &end, &remaining, 0), S_OK);
    CHECK(strcmp(narrow, "defgh") == 0 && end == narrow + 5 && remaining == 11);
    CHECK_EQUAL(StringCbGetsA(narrow, 16), S_OK);
    CHECK(strcmp(narrow, "last") == 0);
    CHECK_EQUAL(StringCchGetsExA(narrow, 16, &end, &remaining, 0), STRSAFE_E_END_OF_FILE);
    CHECK(narrow[0] == 0 && end == narrow && remaining == 16);
}

static void wide_lines_are_read_as_utf8(void)
{
    type_in("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\n\xF0\x9F\x98\x80\nx\xC3");
    CHECK_EQUAL(StringCchGetsW(wide, 16), S_OK);
    CHECK(wide[0] == 0xE9 && wide[1] == 0x20AC && wide[2] == 0xD83D && wide[3] == 0xDE00 && wide[4] == 0);
    CHECK_EQUAL(StringCbGetsW(wide, 4), S_OK);
    CHECK(wide[0] == 0xFFFD && wide[1] == 0);
    CHECK_EQUAL(StringCchGetsW(wide, 16), S_OK);
    CHECK_EQUAL(wide[0], 0);
    CHECK_EQUAL(StringCchGetsW(wide, 16), S_OK);
    CHECK(wide[0] == 'x' && wide[1] == 0xFFFD && wide[2] == 0);
}

static void statuses_and_results_are_made_of_win32_errors(void)
{
    CHECK_EQUAL(HRESULT_FROM_WIN32(ERROR_SUCCESS), S_OK);
    CHECK_EQUAL((ULONG)HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED), 0x80070005);
    CHECK_EQUAL((ULONG)HRESULT_FROM_WIN32((HRESULT)0x80004005), 0x80004005);
    CHECK_EQUAL((ULONG)HRESULT_FROM_NT(0xC0000022), 0xD0000022);
    CHECK_EQUAL((ULONG)NTSTATUS_FROM_WIN32(ERROR_ACCESS_DENIED), 0xC0070005);
    CHECK_EQUAL((ULONG)NTSTATUS_FROM_WIN32(ERROR_SUCCESS), 0);
}

const struct nt_case nt_cases[] = {
    CASE(results_are_those_of_the_header),
    CASE(the_names_without_a_letter_are_wide),
    CASE(lengths_fail_without_a_terminator),
    CASE(lines_are_read_without_their_end),
    CASE(wide_lines_are_read_as_utf8),
    CASE(statuses_and_results_are_made_of_win32_errors),
    CASES_END,
};
