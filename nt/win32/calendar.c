/* SPDX-License-Identifier: MIT */
/*
 * Dates, and the functions between FILETIME and SYSTEMTIME.
 */
#include "nt/win32/calendar.h"

#define FIRST_YEAR 1601
#define LAST_YEAR 30827

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int calendar_month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return lengths[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

int64_t calendar_days(int year, int month)
{
    int64_t years = year - FIRST_YEAR;
    int64_t days = years * 365 + years / 4 - years / 100 + years / 400;

    for (int before = 1; before < month; before++)
    {
        days += calendar_month_length(year, before);
    }
    return days;
}

bool calendar_pack(const SYSTEMTIME *time, int64_t *ret_units)
{
    int64_t days;

    if (time->wYear < FIRST_YEAR || time->wYear > LAST_YEAR || time->wMonth < 1 || time->wMonth > 12 || time->wDay < 1 ||
        time->wDay > calendar_month_length(time->wYear, time->wMonth) || time->wHour > 23 || time->wMinute > 59 ||
        time->wSecond > 59 || time->wMilliseconds > 999)
    {
        return false;
    }
    days = calendar_days(time->wYear, time->wMonth) + time->wDay - 1;
    *ret_units = days * UNITS_PER_DAY + (time->wHour * 60 + time->wMinute) * UNITS_PER_MINUTE +
                 time->wSecond * UNITS_PER_SECOND + time->wMilliseconds * (UNITS_PER_SECOND / 1000);
    return true;
}

static void set_date(int64_t days, SYSTEMTIME *time)
{
    int year = FIRST_YEAR + (int)(days * 400 / 146097);
    int month = 1;

    while (calendar_days(year, 1) > days)
    {
        year--;
    }
    while (calendar_days(year + 1, 1) <= days)
    {
        year++;
    }
    days -= calendar_days(year, 1);
    for (; days >= calendar_month_length(year, month); month++)
    {
        days -= calendar_month_length(year, month);
    }
    time->wYear = (WORD)year;
    time->wMonth = (WORD)month;
    time->wDay = (WORD)(days + 1);
}

bool calendar_unpack(int64_t units, SYSTEMTIME *ret_time)
{
    int64_t days = units / UNITS_PER_DAY;
    int64_t milliseconds = units % UNITS_PER_DAY / (UNITS_PER_SECOND / 1000);

    if (units < 0)
    {
        return false;
    }
    set_date(days, ret_time);
    /* The first of January 1601 was a Monday. */
    ret_time->wDayOfWeek = (WORD)((days + 1) % 7);
    ret_time->wMilliseconds = (WORD)(milliseconds % 1000);
    ret_time->wSecond = (WORD)(milliseconds / 1000 % 60);
    ret_time->wMinute = (WORD)(milliseconds / 60000 % 60);
    ret_time->wHour = (WORD)(milliseconds / 3600000);
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
