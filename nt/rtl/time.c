/* SPDX-License-Identifier: MIT */
/*
 * Time as a calendar sees it. A time is units of 100 nanoseconds since the first of January 1601, a Monday.
 */
#include "nt/internal.h"

#define UNITS_PER_MILLISECOND 10000LL
#define UNITS_PER_SECOND 10000000LL
#define UNITS_PER_DAY (86400LL * UNITS_PER_SECOND)
#define DAYS_PER_400_YEARS 146097
#define SECONDS_1601_TO_1970 11644473600LL
#define SECONDS_1601_TO_1980 11960006400LL

static bool is_leap_year(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of_month(int year, int month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

/* Days from the first of January 1601 to the first of January of the year. */
static int days_before_year(int year)
{
    int past = year - 1601;

    return past * 365 + past / 4 - past / 100 + past / 400;
}

/* Splits days since 1601 into a year and the days within it. */
static int year_of_day(int *day)
{
    int year = 1601 + *day / DAYS_PER_400_YEARS * 400 + *day % DAYS_PER_400_YEARS / 366;

    while (days_before_year(year + 1) <= *day)
    {
        year++;
    }
    *day -= days_before_year(year);
    return year;
}

static bool are_valid(const TIME_FIELDS *fields)
{
    return fields->Year >= 1601 && fields->Year <= 30827 && fields->Month >= 1 && fields->Month <= 12 && fields->Day >= 1 &&
           fields->Day <= days_of_month(fields->Year, fields->Month) && fields->Hour >= 0 && fields->Hour <= 23 &&
           fields->Minute >= 0 && fields->Minute <= 59 && fields->Second >= 0 && fields->Second <= 59 &&
           fields->Milliseconds >= 0 && fields->Milliseconds <= 999;
}

static BOOLEAN to_seconds_since(const LARGE_INTEGER *time, LONGLONG epoch, ULONG *ret_seconds)
{
    LONGLONG seconds = time->QuadPart / UNITS_PER_SECOND - epoch;

    if (time->QuadPart < epoch * UNITS_PER_SECOND || seconds > MAXULONG)
    {
        return FALSE;
    }
    *ret_seconds = (ULONG)seconds;
    return TRUE;
}

/*
 * Published entry points.
 */
VOID RtlTimeToTimeFields(PLARGE_INTEGER Time, PTIME_FIELDS TimeFields)
{
    ULONGLONG time = (ULONGLONG)Time->QuadPart;
    int day = (int)(time / UNITS_PER_DAY);
    int milliseconds = (int)(time % UNITS_PER_DAY / UNITS_PER_MILLISECOND);
    int month = 1;

    TimeFields->Weekday = (CSHORT)((day + 1) % 7);
    TimeFields->Year = (CSHORT)year_of_day(&day);
    for (; day >= days_of_month(TimeFields->Year, month); month++)
    {
        day -= days_of_month(TimeFields->Year, month);
    }
    TimeFields->Month = (CSHORT)month;
    TimeFields->Day = (CSHORT)(day + 1);
    TimeFields->Hour = (CSHORT)(milliseconds / 3600000);
    TimeFields->Minute = (CSHORT)(milliseconds / 60000 % 60);
    TimeFields->Second = (CSHORT)(milliseconds / 1000 % 60);
    TimeFields->Milliseconds = (CSHORT)(milliseconds % 1000);
}

BOOLEAN RtlTimeFieldsToTime(PTIME_FIELDS TimeFields, PLARGE_INTEGER Time)
{
    LONGLONG day;
    LONGLONG second;

    if (!are_valid(TimeFields))
    {
        return FALSE;
    }
    day = days_before_year(TimeFields->Year) + TimeFields->Day - 1;
    for (int month = 1; month < TimeFields->Month; month++)
    {
        day += days_of_month(TimeFields->Year, month);
    }
    second = day * 86400 + TimeFields->Hour * 3600 + TimeFields->Minute * 60 + TimeFields->Second;
    Time->QuadPart = second * UNITS_PER_SECOND + TimeFields->Milliseconds * UNITS_PER_MILLISECOND;
    return TRUE;
}

BOOLEAN RtlTimeToSecondsSince1970(PLARGE_INTEGER Time, PULONG ElapsedSeconds)
{
    return to_seconds_since(Time, SECONDS_1601_TO_1970, ElapsedSeconds);
}

BOOLEAN RtlTimeToSecondsSince1980(PLARGE_INTEGER Time, PULONG ElapsedSeconds)
{
    return to_seconds_since(Time, SECONDS_1601_TO_1980, ElapsedSeconds);
}

VOID RtlSecondsSince1970ToTime(ULONG ElapsedSeconds, PLARGE_INTEGER Time)
{
    Time->QuadPart = (SECONDS_1601_TO_1970 + ElapsedSeconds) * UNITS_PER_SECOND;
}

VOID RtlSecondsSince1980ToTime(ULONG ElapsedSeconds, PLARGE_INTEGER Time)
{
    Time->QuadPart = (SECONDS_1601_TO_1980 + ElapsedSeconds) * UNITS_PER_SECOND;
}
