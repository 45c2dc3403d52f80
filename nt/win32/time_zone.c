/* SPDX-License-Identifier: MIT */
/*
 * Time zones. The zone of the process is the C library's; its two changes in the current year are described by rules, as
 * TIME_ZONE_INFORMATION does. A zone that a caller brings is followed by its rules.
 */
#include "nt/win32/calendar.h"

#include "nt/win32/text.h"

#include <string.h>
#include <time.h>

/* Seconds from 1601 to 1970. */
#define UNIX_EPOCH INT64_C(11644473600)
#define SECONDS_PER_DAY 86400

/* The C library's local time at a moment. */
static struct tm local_at(time_t moment)
{
    struct tm local;

    (void)localtime_r(&moment, &local);
    return local;
}

static time_t moment_of(int64_t units)
{
    return (time_t)(units / UNITS_PER_SECOND - UNIX_EPOCH);
}

/* The first second after a change between two moments that are on its two sides. */
static time_t find_change(time_t before, time_t after)
{
    LONG offset = (LONG)local_at(before).tm_gmtoff;

    while (after - before > 1)
    {
        time_t middle = before + (after - before) / 2;

        *(local_at(middle).tm_gmtoff == offset ? &before : &after) = middle;
    }
    return after;
}

/* Describes a change by month, week and day, in the local time that ends with it. */
static void describe_change(time_t change, LONG offset_before, SYSTEMTIME *ret_rule)
{
    SYSTEMTIME local;
    int64_t units = ((int64_t)change + UNIX_EPOCH + offset_before) * UNITS_PER_SECOND;

    *ret_rule = (SYSTEMTIME){0};
    if (calendar_unpack(units, &local))
    {
        *ret_rule = local;
        ret_rule->wYear = 0;
        ret_rule->wDay = (WORD)((local.wDay - 1) / 7 + 1);
        /* A day in the last week is taken for the last one of its kind, which is what such rules mean. */
        if (local.wDay + 7 > calendar_month_length(local.wYear, local.wMonth))
        {
            ret_rule->wDay = 5;
        }
    }
}

static void set_name(WCHAR *name, const char *text)
{
    (void)MultiByteToWideChar(CP_UTF8, 0, text, -1, name, 31);
}

/* Takes in one change of the year: to daylight time, or back. */
static void note_change(TIME_ZONE_INFORMATION *zone, time_t change)
{
    struct tm before = local_at(change - 1);
    struct tm after = local_at(change);
    bool to_daylight = after.tm_isdst > 0;
    const struct tm *in_standard = to_daylight ? &before : &after;
    const struct tm *in_daylight = to_daylight ? &after : &before;

    describe_change(change, (LONG)before.tm_gmtoff, to_daylight ? &zone->DaylightDate : &zone->StandardDate);
    zone->Bias = -(LONG)(in_standard->tm_gmtoff / 60);
    zone->DaylightBias = -(LONG)((in_daylight->tm_gmtoff - in_standard->tm_gmtoff) / 60);
    set_name(zone->StandardName, in_standard->tm_zone);
    set_name(zone->DaylightName, in_daylight->tm_zone);
}

/* The process' zone as its rules are in the year. */
static void describe_zone(int year, TIME_ZONE_INFORMATION *ret_zone)
{
    time_t day = (time_t)(calendar_days(year, 1) * SECONDS_PER_DAY - UNIX_EPOCH);
    time_t end = (time_t)(calendar_days(year + 1, 1) * SECONDS_PER_DAY - UNIX_EPOCH);
    struct tm first = local_at(day);

    *ret_zone = (TIME_ZONE_INFORMATION){.Bias = -(LONG)(first.tm_gmtoff / 60)};
    set_name(ret_zone->StandardName, first.tm_zone);
    set_name(ret_zone->DaylightName, first.tm_zone);
    for (; day < end; day += SECONDS_PER_DAY)
    {
        if (local_at(day).tm_isdst != local_at(day + SECONDS_PER_DAY).tm_isdst)
        {
            note_change(ret_zone, find_change(day, day + SECONDS_PER_DAY));
        }
    }
    /* A zone that changed but once, because a rule began or ended, has no rule that could be told. */
    if (ret_zone->StandardDate.wMonth == 0 || ret_zone->DaylightDate.wMonth == 0)
    {
        ret_zone->StandardDate = ret_zone->DaylightDate = (SYSTEMTIME){0};
        ret_zone->DaylightBias = 0;
    }
}

static void describe_current_zone(TIME_ZONE_INFORMATION *ret_zone)
{
    SYSTEMTIME now;

    tzset();
    GetSystemTime(&now);
    describe_zone(now.wYear, ret_zone);
}

/* When the rule takes effect in the year, in the local time before it. */
static int64_t rule_moment(const SYSTEMTIME *rule, int year)
{
    int64_t first = calendar_days(year, rule->wMonth);
    int64_t day = first;
    int64_t clock = (rule->wHour * 60 + rule->wMinute) * UNITS_PER_MINUTE + rule->wSecond * UNITS_PER_SECOND +
                    rule->wMilliseconds * (UNITS_PER_SECOND / 1000);

    if (rule->wYear != 0)
    {
        return (first + rule->wDay - 1) * UNITS_PER_DAY + clock;
    }
    day += (rule->wDayOfWeek - (first + 1) % 7 + 7) % 7 + (rule->wDay - 1) * 7;
    while (day >= first + calendar_month_length(year, rule->wMonth))
    {
        day -= 7;
    }
    return day * UNITS_PER_DAY + clock;
}

/*
 * Minutes from local to universal time, at a time that is universal or local. The rule for each change is in the local time
 * before it.
 */
static LONG bias_at(const TIME_ZONE_INFORMATION *zone, int64_t units, bool universal)
{
    SYSTEMTIME at = {0};
    int64_t daylight_begin;
    int64_t standard_begin;
    bool is_daylight;

    if (zone->StandardDate.wMonth == 0 || zone->DaylightDate.wMonth == 0)
    {
        return zone->Bias;
    }
    (void)calendar_unpack(universal ? units - zone->Bias * UNITS_PER_MINUTE : units, &at);
    daylight_begin = rule_moment(&zone->DaylightDate, at.wYear);
    standard_begin = rule_moment(&zone->StandardDate, at.wYear);
    if (universal)
    {
        daylight_begin += (zone->Bias + zone->StandardBias) * UNITS_PER_MINUTE;
        standard_begin += (zone->Bias + zone->DaylightBias) * UNITS_PER_MINUTE;
    }
    is_daylight = daylight_begin < standard_begin ? units >= daylight_begin && units < standard_begin :
                                                    units >= daylight_begin || units < standard_begin;
    return zone->Bias + (is_daylight ? zone->DaylightBias : zone->StandardBias);
}

/* Between universal and local time, in the zone given or the process' own. */
static BOOL convert(const TIME_ZONE_INFORMATION *zone, const SYSTEMTIME *from, SYSTEMTIME *to, bool universal)
{
    TIME_ZONE_INFORMATION own;
    int64_t units;
    LONG bias;

    if (!calendar_pack(from, &units))
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    if (zone == NULL)
    {
        tzset();
        describe_zone(from->wYear, &own);
        zone = &own;
    }
    bias = bias_at(zone, units, universal);
    units += (universal ? -bias : bias) * UNITS_PER_MINUTE;
    return calendar_unpack(units, to) ? TRUE : win32_fail(ERROR_INVALID_PARAMETER);
}

BOOL WINAPI SystemTimeToTzSpecificLocalTime(const TIME_ZONE_INFORMATION *lpTimeZoneInformation,
                                            const SYSTEMTIME *lpUniversalTime, LPSYSTEMTIME lpLocalTime)
{
    return convert(lpTimeZoneInformation, lpUniversalTime, lpLocalTime, true);
}

BOOL WINAPI TzSpecificLocalTimeToSystemTime(const TIME_ZONE_INFORMATION *lpTimeZoneInformation,
                                            const SYSTEMTIME *lpLocalTime, LPSYSTEMTIME lpUniversalTime)
{
    return convert(lpTimeZoneInformation, lpLocalTime, lpUniversalTime, false);
}

DWORD WINAPI GetTimeZoneInformation(LPTIME_ZONE_INFORMATION lpTimeZoneInformation)
{
    LONG bias;

    describe_current_zone(lpTimeZoneInformation);
    if (lpTimeZoneInformation->DaylightDate.wMonth == 0)
    {
        return TIME_ZONE_ID_UNKNOWN;
    }
    bias = bias_at(lpTimeZoneInformation, platform_wall_time_100ns(), true);
    return bias == lpTimeZoneInformation->Bias + lpTimeZoneInformation->DaylightBias ? TIME_ZONE_ID_DAYLIGHT :
                                                                                       TIME_ZONE_ID_STANDARD;
}

DWORD WINAPI GetDynamicTimeZoneInformation(PDYNAMIC_TIME_ZONE_INFORMATION pTimeZoneInformation)
{
    TIME_ZONE_INFORMATION zone;
    DWORD kind = GetTimeZoneInformation(&zone);

    *pTimeZoneInformation = (DYNAMIC_TIME_ZONE_INFORMATION){0};
    memcpy(pTimeZoneInformation, &zone, sizeof(zone));
    memcpy(pTimeZoneInformation->TimeZoneKeyName, zone.StandardName, sizeof(zone.StandardName));
    return kind;
}

void WINAPI GetLocalTime(LPSYSTEMTIME lpSystemTime)
{
    int64_t now = platform_wall_time_100ns();

    tzset();
    (void)calendar_unpack(now + local_at(moment_of(now)).tm_gmtoff * UNITS_PER_SECOND, lpSystemTime);
}

/* The offset that counts is today's, not that of the time which is converted, as published. */
static BOOL shift(const FILETIME *from, FILETIME *to, bool to_local)
{
    int64_t offset;
    uint64_t units = (uint64_t)from->dwHighDateTime << 32 | from->dwLowDateTime;

    tzset();
    offset = local_at(moment_of(platform_wall_time_100ns())).tm_gmtoff * UNITS_PER_SECOND;
    units += (uint64_t)(to_local ? offset : -offset);
    if ((int64_t)units < 0)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    *to = (FILETIME){(DWORD)units, (DWORD)(units >> 32)};
    return TRUE;
}

BOOL WINAPI FileTimeToLocalFileTime(const FILETIME *lpFileTime, LPFILETIME lpLocalFileTime)
{
    return shift(lpFileTime, lpLocalFileTime, true);
}

BOOL WINAPI LocalFileTimeToFileTime(const FILETIME *lpLocalFileTime, LPFILETIME lpFileTime)
{
    return shift(lpLocalFileTime, lpFileTime, false);
}
