/* SPDX-License-Identifier: MIT */
/*
 * Time, versions, random numbers, checksums.
 */
#include "nt_case.h"

#include <ntifs.h>
#include <string.h>

static LONGLONG time_of(CSHORT year, CSHORT month, CSHORT day, CSHORT hour)
{
    TIME_FIELDS fields = {year, month, day, hour, 0, 0, 0, 0};
    LARGE_INTEGER time = {.QuadPart = -1};

    return RtlTimeFieldsToTime(&fields, &time) ? time.QuadPart : -1;
}

static void known_dates_have_their_times(void)
{
    CHECK_EQUAL(time_of(1601, 1, 1, 0), 0);
    CHECK_EQUAL(time_of(1970, 1, 1, 0), 116444736000000000LL);
    CHECK_EQUAL(time_of(1980, 1, 1, 0), 119600064000000000LL);
    CHECK_EQUAL(time_of(2000, 2, 29, 12), 125962992000000000LL);
    CHECK_EQUAL(time_of(30827, 12, 31, 23) > 0, true);
}

static void every_day_of_eight_centuries_goes_there_and_back(void)
{
    LARGE_INTEGER time = {.QuadPart = 12345678 * 10000LL % 864000000000LL};
    TIME_FIELDS before = {.Year = 1600};

    for (int day = 0; day < 2 * 146097; day++)
    {
        TIME_FIELDS fields;
        LARGE_INTEGER back;

        RtlTimeToTimeFields(&time, &fields);
        CHECK_EQUAL(fields.Weekday, (day + 1) % 7);
        CHECK(fields.Day == before.Day + 1 || fields.Day == 1);
        CHECK(RtlTimeFieldsToTime(&fields, &back));
        CHECK_EQUAL(back.QuadPart, time.QuadPart);
        before = fields;
        time.QuadPart += 864000000000LL;
    }
    CHECK(before.Year == 2400 && before.Month == 12 && before.Day == 31);
}

static void a_time_splits_into_its_fields(void)
{
    LARGE_INTEGER time = {.QuadPart = 116444736000000000LL + (((14 * 60 + 15) * 60 + 16) * 1000LL + 789) * 10000 + 9999};
    TIME_FIELDS fields;

    RtlTimeToTimeFields(&time, &fields);
    CHECK(fields.Year == 1970 && fields.Month == 1 && fields.Day == 1 && fields.Weekday == 4);
    CHECK(fields.Hour == 14 && fields.Minute == 15 && fields.Second == 16 && fields.Milliseconds == 789);
}

static void fields_that_are_no_time_are_refused(void)
{
    static const TIME_FIELDS bad[] = {
        {1600, 12, 31, 0, 0, 0, 0, 0},  {30828, 1, 1, 0, 0, 0, 0, 0}, {2001, 0, 1, 0, 0, 0, 0, 0},
        {2001, 13, 1, 0, 0, 0, 0, 0},   {2001, 2, 29, 0, 0, 0, 0, 0}, {1900, 2, 29, 0, 0, 0, 0, 0},
        {2001, 4, 31, 0, 0, 0, 0, 0},   {2001, 4, 0, 0, 0, 0, 0, 0},  {2001, 4, 1, 24, 0, 0, 0, 0},
        {2001, 4, 1, -1, 0, 0, 0, 0},   {2001, 4, 1, 0, 60, 0, 0, 0}, {2001, 4, 1, 0, 0, 60, 0, 0},
        {2001, 4, 1, 0, 0, 0, 1000, 0},
    };

    for (size_t index = 0; index < ARRAYSIZE(bad); index++)
    {
        TIME_FIELDS fields = bad[index];
        LARGE_INTEGER time = {.QuadPart = 77};

        CHECK(!RtlTimeFieldsToTime(&fields, &time));
        CHECK_EQUAL(time.QuadPart, 77);
    }
}

static void seconds_count_from_their_epoch_and_end_after_32_bits(void)
{
    LARGE_INTEGER time;
    ULONG seconds = 5;

    RtlSecondsSince1970ToTime(0, &time);
    CHECK_EQUAL(time.QuadPart, 116444736000000000LL);
    time.QuadPart--;
    CHECK(!RtlTimeToSecondsSince1970(&time, &seconds));
    CHECK_EQUAL(seconds, 5);
    RtlSecondsSince1970ToTime(MAXULONG, &time);
    CHECK(RtlTimeToSecondsSince1970(&time, &seconds) && seconds == MAXULONG);
    time.QuadPart += 10000000;
    CHECK(!RtlTimeToSecondsSince1970(&time, &seconds));
    RtlSecondsSince1980ToTime(1, &time);
    CHECK_EQUAL(time.QuadPart, 119600064010000000LL);
    CHECK(RtlTimeToSecondsSince1980(&time, &seconds) && seconds == 1);
    time.QuadPart = 0;
    CHECK(!RtlTimeToSecondsSince1980(&time, &seconds));
}

static void random_numbers_follow_from_the_seed(void)
{
    ULONG first = 42;
    ULONG second = 42;
    bool differ = false;

    for (int round = 0; round < 10000; round++)
    {
        ULONG number = RtlRandomEx(&first);

        CHECK_EQUAL(number, RtlRandomEx(&second));
        CHECK(number < MAXLONG);
        differ |= number != RtlRandom(&second);
        (void)RtlRandom(&first);
    }
    CHECK(differ);
}

static void checksums_have_the_known_values(void)
{
    CHECK_EQUAL(RtlCrc32("123456789", 9, 0), 0xCBF43926);
    CHECK_EQUAL(RtlCrc32("56789", 5, RtlCrc32("1234", 4, 0)), 0xCBF43926);
    CHECK_EQUAL(RtlCrc32("", 0, 7), 7);
}

static void the_version_is_the_one_of_the_headers(void)
{
    RTL_OSVERSIONINFOEXW version;

    memset(&version, 0xFF, sizeof(version));
    version.dwOSVersionInfoSize = sizeof(RTL_OSVERSIONINFOW);
    CHECK_EQUAL(RtlGetVersion((PRTL_OSVERSIONINFOW)&version), STATUS_SUCCESS);
    CHECK(version.dwMajorVersion == 10 && version.dwMinorVersion == 0 && version.dwBuildNumber == 26100);
    CHECK(version.dwPlatformId == VER_PLATFORM_WIN32_NT && version.szCSDVersion[0] == 0);
    CHECK_EQUAL(version.wProductType, 0xFF);
    version.dwOSVersionInfoSize = sizeof(version);
    CHECK_EQUAL(RtlGetVersion((PRTL_OSVERSIONINFOW)&version), STATUS_SUCCESS);
    CHECK_EQUAL(version.wProductType, VER_NT_WORKSTATION);
    CHECK_EQUAL(version.wServicePackMajor, 0);
}

static NTSTATUS verify(ULONG major, ULONG minor, ULONG build, ULONG types, UCHAR condition)
{
    RTL_OSVERSIONINFOEXW wanted = {
        .dwOSVersionInfoSize = sizeof(wanted), .dwMajorVersion = major, .dwMinorVersion = minor, .dwBuildNumber = build};
    ULONGLONG mask = 0;

    for (ULONG type = VER_MINORVERSION; type <= VER_PRODUCT_TYPE; type <<= 1)
    {
        if ((types & type) != 0)
        {
            VER_SET_CONDITION(mask, type, condition);
        }
    }
    return RtlVerifyVersionInfo(&wanted, types, mask);
}

static void versions_compare_digit_by_digit(void)
{
    CHECK_EQUAL(verify(6, 3, 0, VER_MAJORVERSION | VER_MINORVERSION, VER_GREATER_EQUAL), STATUS_SUCCESS);
    CHECK_EQUAL(verify(10, 0, 0, VER_MAJORVERSION | VER_MINORVERSION, VER_GREATER_EQUAL), STATUS_SUCCESS);
    CHECK_EQUAL(verify(10, 1, 0, VER_MAJORVERSION | VER_MINORVERSION, VER_GREATER_EQUAL), STATUS_REVISION_MISMATCH);
    CHECK_EQUAL(verify(11, 0, 0, VER_MAJORVERSION | VER_MINORVERSION, VER_LESS), STATUS_SUCCESS);
    CHECK_EQUAL(verify(10, 0, 0, VER_MAJORVERSION, VER_LESS), STATUS_REVISION_MISMATCH);
    CHECK_EQUAL(verify(10, 0, 0, VER_MAJORVERSION, VER_LESS_EQUAL), STATUS_SUCCESS);
    CHECK_EQUAL(verify(10, 0, 0, VER_MAJORVERSION, VER_GREATER), STATUS_REVISION_MISMATCH);
    CHECK_EQUAL(verify(0, 0, 22000, VER_BUILDNUMBER, VER_GREATER_EQUAL), STATUS_SUCCESS);
    CHECK_EQUAL(verify(0, 0, 26100, VER_BUILDNUMBER, VER_EQUAL), STATUS_SUCCESS);
    CHECK_EQUAL(verify(0, 0, 26101, VER_BUILDNUMBER, VER_GREATER_EQUAL), STATUS_REVISION_MISMATCH);
    CHECK_EQUAL(verify(0, 0, 0, 0, VER_EQUAL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(verify(10, 0, 0, VER_MAJORVERSION, 0), STATUS_INVALID_PARAMETER);
}

static void suites_and_products_have_conditions_of_their_own(void)
{
    RTL_OSVERSIONINFOEXW wanted = {
        .dwOSVersionInfoSize = sizeof(wanted), .wSuiteMask = VER_SUITE_SINGLEUSERTS, .wProductType = VER_NT_WORKSTATION};
    ULONGLONG mask = VerSetConditionMask(0, VER_SUITENAME, VER_AND);

    CHECK_EQUAL(mask, (ULONGLONG)VER_AND << 18);
    CHECK_EQUAL(RtlVerifyVersionInfo(&wanted, VER_SUITENAME, mask), STATUS_SUCCESS);
    wanted.wSuiteMask |= VER_SUITE_ENTERPRISE;
    CHECK_EQUAL(RtlVerifyVersionInfo(&wanted, VER_SUITENAME, mask), STATUS_REVISION_MISMATCH);
    mask = VerSetConditionMask(0, VER_SUITENAME, VER_OR);
    CHECK_EQUAL(RtlVerifyVersionInfo(&wanted, VER_SUITENAME, mask), STATUS_SUCCESS);
    mask = VerSetConditionMask(mask, VER_PRODUCT_TYPE, VER_EQUAL);
    CHECK_EQUAL(RtlVerifyVersionInfo(&wanted, VER_SUITENAME | VER_PRODUCT_TYPE, mask), STATUS_SUCCESS);
    wanted.wProductType = VER_NT_SERVER;
    CHECK_EQUAL(RtlVerifyVersionInfo(&wanted, VER_SUITENAME | VER_PRODUCT_TYPE, mask), STATUS_REVISION_MISMATCH);
    CHECK_EQUAL(VerSetConditionMask(1, 0, VER_EQUAL), 1);
}

const struct nt_case nt_cases[] = {
    CASE(known_dates_have_their_times),
    CASE(every_day_of_eight_centuries_goes_there_and_back),
    CASE(a_time_splits_into_its_fields),
    CASE(fields_that_are_no_time_are_refused),
    CASE(seconds_count_from_their_epoch_and_end_after_32_bits),
    CASE(random_numbers_follow_from_the_seed),
    CASE(checksums_have_the_known_values),
    CASE(the_version_is_the_one_of_the_headers),
    CASE(versions_compare_digit_by_digit),
    CASE(suites_and_products_have_conditions_of_their_own),
    CASES_END,
};
