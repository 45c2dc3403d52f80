/* SPDX-License-Identifier: MIT */
/*
 * Conversion and comparison of text; times and time zones.
 */
#include "nt_case.h"

#include <windows.h>

#include <stdlib.h>
#include <string.h>

static WCHAR wide[64];
static CHAR narrow[64];

#define UTF8_TEXT        \
    "Gr\xC3\xBC\xC3\x9F" \
    "e \xE2\x82\xAC \xF0\x9F\x98\x80"
static const WCHAR utf16_text[] = L"Gr\x00FC\x00DF"
                                  L"e \x20AC \xD83D\xDE00";

static void utf8_becomes_utf16_and_back(void)
{
    CHECK_EQUAL(MultiByteToWideChar(CP_UTF8, 0, UTF8_TEXT, -1, NULL, 0), ARRAYSIZE(utf16_text));
    CHECK_EQUAL(MultiByteToWideChar(CP_UTF8, 0, UTF8_TEXT, -1, wide, 64), ARRAYSIZE(utf16_text));
    CHECK(memcmp(wide, utf16_text, sizeof(utf16_text)) == 0);
    CHECK_EQUAL(WideCharToMultiByte(CP_UTF8, 0, utf16_text, -1, NULL, 0, NULL, NULL), sizeof(UTF8_TEXT));
    CHECK_EQUAL(WideCharToMultiByte(CP_ACP, 0, utf16_text, -1, narrow, 64, NULL, NULL), sizeof(UTF8_TEXT));
    CHECK(strcmp(narrow, UTF8_TEXT) == 0);
    CHECK_EQUAL(MultiByteToWideChar(CP_UTF8, 0, "abc", 2, wide, 2), 2);
    CHECK(wide[0] == 'a' && wide[1] == 'b');
}

static void wide_arguments_that_cannot_be_are_refused(void)
{
    CHECK_EQUAL(MultiByteToWideChar(CP_UTF8, 0, "a", 0, wide, 64), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(MultiByteToWideChar(CP_UTF8, 0, NULL, 1, wide, 64), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(MultiByteToWideChar(CP_UTF8, 0, "a", 1, wide, -1), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(MultiByteToWideChar(12345, 0, "a", 1, wide, 1), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(MultiByteToWideChar(CP_UTF8, MB_PRECOMPOSED, "a", 1, wide, 1), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_FLAGS);
    CHECK_EQUAL(MultiByteToWideChar(CP_ACP, MB_PRECOMPOSED, "a", 1, wide, 1), 1);
    CHECK_EQUAL(MultiByteToWideChar(CP_UTF8, 0, "ab", 2, wide, 1), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
}

static void narrow_arguments_that_cannot_be_are_refused(void)
{
    BOOL used;

    CHECK_EQUAL(WideCharToMultiByte(CP_UTF8, 0, L"a", 0, narrow, 64, NULL, NULL), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(WideCharToMultiByte(CP_UTF8, 0, L"a", 1, narrow, 64, NULL, &used), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(WideCharToMultiByte(CP_UTF8, WC_NO_BEST_FIT_CHARS, L"a", 1, narrow, 64, NULL, NULL), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_FLAGS);
    CHECK_EQUAL(WideCharToMultiByte(CP_UTF8, 0, L"\x20AC", 1, narrow, 2, NULL, NULL), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
}

static void invalid_text_is_replaced_or_refused(void)
{
    CHECK_EQUAL(MultiByteToWideChar(CP_UTF8, 0,
                                    "a\xFF"
                                    "b",
                                    3, wide, 64),
                3);
    CHECK_EQUAL(wide[1], 0xFFFD);
    CHECK_EQUAL(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS,
                                    "a\xFF"
                                    "b",
                                    3, wide, 64),
                0);
    CHECK_EQUAL(GetLastError(), ERROR_NO_UNICODE_TRANSLATION);
    CHECK_EQUAL(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, "\xEF\xBF\xBD", 3, wide, 64), 1);
    CHECK_EQUAL(WideCharToMultiByte(CP_UTF8, 0, L"\xD800x", 2, narrow, 64, NULL, NULL), 4);
    CHECK(memcmp(narrow, "\xEF\xBF\xBDx", 4) == 0);
    CHECK_EQUAL(WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, L"\xD800", 1, narrow, 64, NULL, NULL), 0);
    CHECK_EQUAL(GetLastError(), ERROR_NO_UNICODE_TRANSLATION);
}

static void code_page_1252_has_a_table(void)
{
    BOOL used = TRUE;

    CHECK_EQUAL(MultiByteToWideChar(1252, 0, "\x80\xE4\x81", 3, wide, 64), 3);
    CHECK(wide[0] == 0x20AC && wide[1] == 0xE4 && wide[2] == 0x81);
    CHECK_EQUAL(WideCharToMultiByte(1252, 0, L"\x20AC\x00E4", 2, narrow, 64, NULL, &used), 2);
    CHECK(!used && narrow[0] == '\x80' && narrow[1] == '\xE4');
    CHECK_EQUAL(WideCharToMultiByte(1252, 0, L"\x4E00", 1, narrow, 64, NULL, &used), 1);
    CHECK(used && narrow[0] == '?');
    CHECK_EQUAL(WideCharToMultiByte(1252, 0, L"\x4E00", 1, narrow, 64, "*", &used), 1);
    CHECK_EQUAL(narrow[0], '*');
}

static void strings_compare_with_and_without_case(void)
{
    CHECK_EQUAL(CompareStringW(LOCALE_USER_DEFAULT, 0, L"abc", -1, L"abc", 3), CSTR_EQUAL);
    CHECK_EQUAL(CompareStringW(LOCALE_USER_DEFAULT, 0, L"abc", -1, L"ABC", -1), CSTR_LESS_THAN);
    CHECK_EQUAL(CompareStringW(LOCALE_USER_DEFAULT, NORM_IGNORECASE,
                               L"\x00E4"
                               L"bc",
                               -1,
                               L"\x00C4"
                               L"BC",
                               -1),
                CSTR_EQUAL);
    CHECK_EQUAL(CompareStringW(LOCALE_USER_DEFAULT, 0, L"b", -1, L"ABC", -1), CSTR_GREATER_THAN);
    CHECK_EQUAL(CompareStringW(LOCALE_USER_DEFAULT, 0x4, NULL, -1, L"ABC", -1), 0);
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK_EQUAL(CompareStringOrdinal(L"a", -1, L"B", -1, FALSE), CSTR_GREATER_THAN);
    CHECK_EQUAL(CompareStringOrdinal(L"a", -1, L"B", -1, TRUE), CSTR_LESS_THAN);
    CHECK_EQUAL(lstrcmpiA("Stra\xC3\x9F"
                          "e",
                          "sTRA\xC3\x9F"
                          "E"),
                0);
    CHECK(lstrcmpW(NULL, L"a") < 0);
    CHECK_EQUAL(lstrlenW(NULL), 0);
    CHECK(lstrcpynW(wide, L"abcdef", 4) == wide && wide[2] == 'c' && wide[3] == 0);
}

static void case_of_a_character_and_of_a_string(void)
{
    WCHAR text[] = L"aB\x00E4";

    CHECK(CharUpperW((LPWSTR)(ULONG_PTR)'a') == (LPWSTR)(ULONG_PTR)'A');
    CHECK(CharUpperW(text) == text);
    CHECK(text[0] == 'A' && text[2] == 0xC4);
    CHECK_EQUAL(CharLowerBuffW(text, 2), 2);
    CHECK(text[0] == 'a' && text[1] == 'b' && text[2] == 0xC4);
}

static void narrow_case_is_that_of_ascii(void)
{
    CHAR text[] = "aZ\xC3\xA4";

    CHECK(CharUpperA(text) == text);
    CHECK(lstrcmpA(text, "AZ\xC3\xA4") == 0);
    CHECK_EQUAL(CharLowerBuffA(text, 1), 1);
    CHECK(lstrcmpA(text, "aZ\xC3\xA4") == 0);
    CHECK(CharLowerA(text) == text);
    CHECK(lstrcmpA(text, "az\xC3\xA4") == 0);
    CHECK(CharUpperA((LPSTR)(ULONG_PTR)'q') == (LPSTR)(ULONG_PTR)'Q');
    CHECK_EQUAL(CharUpperBuffA(text, 0), 0);
}

static void case_is_that_of_every_script(void)
{
    WCHAR text[] = L"\x03B1\x0436\x0101\xFF41\x00DF";

    CHECK_EQUAL(CharUpperBuffW(text, 5), 5);
    CHECK(text[0] == 0x0391 && text[1] == 0x0416 && text[2] == 0x0100 && text[3] == 0xFF21 && text[4] == 0x00DF);
    CHECK(CharLowerW(text) == text);
    CHECK(text[0] == 0x03B1 && text[1] == 0x0436 && text[2] == 0x0101 && text[3] == 0xFF41);
}

static void file_times_are_dates(void)
{
    SYSTEMTIME time = {
        .wYear = 2024, .wMonth = 2, .wDay = 29, .wHour = 23, .wMinute = 59, .wSecond = 58, .wMilliseconds = 7};
    FILETIME file;
    SYSTEMTIME again;

    CHECK(SystemTimeToFileTime(&time, &file));
    CHECK_EQUAL((ULONGLONG)file.dwHighDateTime << 32 | file.dwLowDateTime, 133537247980070000ull);
    CHECK(FileTimeToSystemTime(&file, &again));
    CHECK_EQUAL(again.wDayOfWeek, 4);
    again.wDayOfWeek = 0;
    CHECK(memcmp(&time, &again, sizeof(time)) == 0);
    file = (FILETIME){0, 0};
    CHECK(FileTimeToSystemTime(&file, &again));
    CHECK(again.wYear == 1601 && again.wMonth == 1 && again.wDay == 1 && again.wDayOfWeek == 1);
    file.dwHighDateTime = 0x80000000;
    CHECK(!FileTimeToSystemTime(&file, &again));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    file = (FILETIME){0xFFFF35F4, 0x7FFFFFFF};
    CHECK(!SystemTimeToFileTime(&(SYSTEMTIME){.wYear = 2023, .wMonth = 2, .wDay = 29}, &file));
    CHECK(!SystemTimeToFileTime(&(SYSTEMTIME){.wYear = 1600, .wMonth = 2, .wDay = 1}, &file));
    CHECK(!SystemTimeToFileTime(&(SYSTEMTIME){.wYear = 2023, .wMonth = 13, .wDay = 1}, &file));
}

/* Central Europe: the last Sundays of March and October. */
static const TIME_ZONE_INFORMATION europe = {
    .Bias = -60,
    .DaylightBias = -60,
    .DaylightDate = {.wMonth = 3, .wDayOfWeek = 0, .wDay = 5, .wHour = 2},
    .StandardDate = {.wMonth = 10, .wDayOfWeek = 0, .wDay = 5, .wHour = 3},
};

/* South of the equator: daylight time spans the turn of the year. */
static const TIME_ZONE_INFORMATION south = {
    .Bias = -600,
    .DaylightBias = -60,
    .DaylightDate = {.wMonth = 10, .wDayOfWeek = 0, .wDay = 1, .wHour = 2},
    .StandardDate = {.wMonth = 4, .wDayOfWeek = 0, .wDay = 1, .wHour = 3},
};

static void check_zone(const TIME_ZONE_INFORMATION *zone, SYSTEMTIME universal, WORD day, WORD hour, bool both_ways)
{
    SYSTEMTIME local;
    SYSTEMTIME back;

    CHECK(SystemTimeToTzSpecificLocalTime(zone, &universal, &local));
    CHECK_EQUAL(local.wDay, day);
    CHECK_EQUAL(local.wHour, hour);
    CHECK(TzSpecificLocalTimeToSystemTime(zone, &local, &back));
    if (both_ways)
    {
        CHECK_EQUAL(back.wHour, universal.wHour);
        CHECK_EQUAL(back.wDay, universal.wDay);
    }
}

static void local_time_follows_the_rules_of_its_zone(void)
{
    check_zone(&europe, (SYSTEMTIME){.wYear = 2024, .wMonth = 1, .wDay = 10, .wHour = 12}, 10, 13, true);
    check_zone(&europe, (SYSTEMTIME){.wYear = 2024, .wMonth = 7, .wDay = 10, .wHour = 23}, 11, 1, true);
    check_zone(&europe, (SYSTEMTIME){.wYear = 2024, .wMonth = 3, .wDay = 31, .wHour = 0, .wMinute = 59}, 31, 1, true);
    check_zone(&europe, (SYSTEMTIME){.wYear = 2024, .wMonth = 3, .wDay = 31, .wHour = 1}, 31, 3, true);
    check_zone(&europe, (SYSTEMTIME){.wYear = 2024, .wMonth = 10, .wDay = 27, .wHour = 0, .wMinute = 59}, 27, 2, true);
    check_zone(&europe, (SYSTEMTIME){.wYear = 2024, .wMonth = 10, .wDay = 27, .wHour = 1}, 27, 2, false);
    check_zone(&south, (SYSTEMTIME){.wYear = 2024, .wMonth = 1, .wDay = 1, .wHour = 0}, 1, 11, true);
    check_zone(&south, (SYSTEMTIME){.wYear = 2024, .wMonth = 6, .wDay = 1, .wHour = 0}, 1, 10, true);
}

static void the_zone_of_the_process_is_the_c_librarys(void)
{
    SYSTEMTIME summer = {.wYear = 2024, .wMonth = 7, .wDay = 10, .wHour = 12};
    TIME_ZONE_INFORMATION zone;
    SYSTEMTIME local;

    CHECK(setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1) == 0);
    CHECK(GetTimeZoneInformation(&zone) != TIME_ZONE_ID_UNKNOWN);
    CHECK_EQUAL(zone.Bias, (LONG)-60);
    CHECK_EQUAL(zone.DaylightBias, (LONG)-60);
    CHECK(zone.DaylightDate.wMonth == 3 && zone.DaylightDate.wDay == 5 && zone.DaylightDate.wHour == 2);
    CHECK(zone.StandardDate.wMonth == 10 && zone.StandardDate.wDay == 5 && zone.StandardDate.wHour == 3);
    CHECK(lstrcmpW(zone.DaylightName, L"CEST") == 0);
    CHECK(SystemTimeToTzSpecificLocalTime(NULL, &summer, &local));
    CHECK_EQUAL(local.wHour, 14);
    CHECK(setenv("TZ", "UTC0", 1) == 0);
    CHECK_EQUAL(GetTimeZoneInformation(&zone), TIME_ZONE_ID_UNKNOWN);
    CHECK_EQUAL(zone.Bias, 0);
}

static void clocks_go_forward(void)
{
    LARGE_INTEGER first;
    LARGE_INTEGER second;
    LARGE_INTEGER frequency;

    CHECK(QueryPerformanceFrequency(&frequency));
    CHECK_EQUAL(frequency.QuadPart, 10000000);
    CHECK(QueryPerformanceCounter(&first));
    CHECK(QueryPerformanceCounter(&second));
    CHECK(second.QuadPart >= first.QuadPart);
    CHECK(GetTickCount64() >= (ULONGLONG)first.QuadPart / 10000);
    CHECK(!QueryUnbiasedInterruptTime(NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

const struct nt_case nt_cases[] = {
    CASE(utf8_becomes_utf16_and_back),
    CASE(wide_arguments_that_cannot_be_are_refused),
    CASE(narrow_arguments_that_cannot_be_are_refused),
    CASE(invalid_text_is_replaced_or_refused),
    CASE(code_page_1252_has_a_table),
    CASE(strings_compare_with_and_without_case),
    CASE(case_of_a_character_and_of_a_string),
    CASE(narrow_case_is_that_of_ascii),
    CASE(case_is_that_of_every_script),
    CASE(file_times_are_dates),
    CASE(local_time_follows_the_rules_of_its_zone),
    CASE(the_zone_of_the_process_is_the_c_librarys),
    CASE(clocks_go_forward),
    CASES_END,
};
