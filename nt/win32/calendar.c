/* SPDX-License-Identifier: MIT */
/*
 * Dates, and the functions between FILETIME and SYSTEMTIME.
 */
#include "nt/win32/calendar.h"

#define LAST_YEAR 30827

static int64_t units_of_day(int year, int month, int day)
{
    TIME_FIELDS fields = {.Year = (CSHORT)year, .Month = (CSHORT)month, .Day = (CSHORT)day};
    LARGE_INTEGER units = {0};

    (void)RtlTimeFieldsToTime(&fields, &units);
    return units.QuadPart;
}

int64_t calendar_days(int year, int month)
{
    return units_of_day(year, month, 1) / UNITS_PER_DAY;
}

int calendar_month_length(int year, int month)
{
    return (int)((month == 12 ? calendar_days(year + 1, 1) : calendar_days(year, month + 1)) - calendar_days(year, month));
}

bool calendar_pack(const SYSTEMTIME *time, int64_t *ret_units)
{
    TIME_FIELDS fields = {
        .Year = (CSHORT)time->wYear,
        .Month = (CSHORT)time->wMonth,
        .Day = (CSHORT)time->wDay,
        .Hour = (CSHORT)time->wHour,
        .Minute = (CSHORT)time->wMinute,
        .Second = (CSHORT)time->wSecond,
        .Milliseconds = (CSHORT)time->wMilliseconds,
    };
    LARGE_INTEGER units;

    if (time->wYear > LAST_YEAR || !RtlTimeFieldsToTime(&fields, &units))
    {
        return false;
    }
    *ret_units = units.QuadPart;
    return true;
}

bool calendar_unpack(int64_t units, SYSTEMTIME *ret_time)
{
    LARGE_INTEGER time = {.QuadPart = units};
    TIME_FIELDS fields;

    if (units < 0)
    {
        return false;
    }
    RtlTimeToTimeFields(&time, &fields);
    *ret_time = (SYSTEMTIME){
        .wYear = (WORD)fields.Year,
        .wMonth = (WORD)fields.Month,
        .wDayOfWeek = (WORD)fields.Weekday,
        .wDay = (WORD)fields.Day,
        .wHour = (WORD)fields.Hour,
        .wMinute = (WORD)fields.Minute,
        .wSecond = (WORD)fields.Second,
        .wMilliseconds = (WORD)fields.Milliseconds,
    };
    return true;
}

static int64_t units_of(const FILETIME *time)
{
    return (int64_t)((uint64_t)time->dwHighDateTime << 32 | time->dwLowDateTime);
}

BOOL WINAPI FileTimeToSystemTime(const FILETIME *lpFileTime, LPSYSTEMTIME lpSystemTime)
{
    return calendar_unpack(units_of(lpFileTime), lpSystemTime) ? TRUE : win32_fail(ERROR_INVALID_PARAMETER);
}

BOOL WINAPI SystemTimeToFileTime(const SYSTEMTIME *lpSystemTime, LPFILETIME lpFileTime)
{
    int64_t units;

    if (!calendar_pack(lpSystemTime, &units))
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    *lpFileTime = (FILETIME){(DWORD)units, (DWORD)((uint64_t)units >> 32)};
    return TRUE;
}

LONG WINAPI CompareFileTime(const FILETIME *lpFileTime1, const FILETIME *lpFileTime2)
{
    uint64_t first = (uint64_t)units_of(lpFileTime1);
    uint64_t second = (uint64_t)units_of(lpFileTime2);

    return first < second ? -1 : first > second ? 1 : 0;
}

void WINAPI GetSystemTime(LPSYSTEMTIME lpSystemTime)
{
    (void)calendar_unpack(platform_wall_time_100ns(), lpSystemTime);
}

BOOL WINAPI FileTimeToDosDateTime(const FILETIME *lpFileTime, LPWORD lpFatDate, LPWORD lpFatTime)
{
    SYSTEMTIME time;

    if (!FileTimeToSystemTime(lpFileTime, &time))
    {
        return FALSE;
    }
    if (time.wYear < 1980 || time.wYear > 2107)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    *lpFatDate = (WORD)((time.wYear - 1980) << 9 | time.wMonth << 5 | time.wDay);
    *lpFatTime = (WORD)(time.wHour << 11 | time.wMinute << 5 | time.wSecond / 2);
    return TRUE;
}

BOOL WINAPI DosDateTimeToFileTime(WORD wFatDate, WORD wFatTime, LPFILETIME lpFileTime)
{
    SYSTEMTIME time = {
        .wYear = (WORD)(1980 + (wFatDate >> 9)),
        .wMonth = (wFatDate >> 5) & 15,
        .wDay = wFatDate & 31,
        .wHour = (WORD)(wFatTime >> 11),
        .wMinute = (wFatTime >> 5) & 63,
        .wSecond = (WORD)((wFatTime & 31) * 2),
    };

    return SystemTimeToFileTime(&time, lpFileTime);
}
