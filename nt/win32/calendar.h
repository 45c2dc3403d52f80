/* SPDX-License-Identifier: MIT */
/*
 * Dates of the Gregorian calendar, for times and time zones.
 */
#ifndef NT_WIN32_CALENDAR_H
#define NT_WIN32_CALENDAR_H

#include "nt/win32/win32.h"

#define UNITS_PER_SECOND INT64_C(10000000)
#define UNITS_PER_MINUTE (60 * UNITS_PER_SECOND)
#define UNITS_PER_DAY (24 * 60 * UNITS_PER_MINUTE)

/* Days from 1601-01-01 to the first of the month; months count from one. */
int64_t calendar_days(int year, int month);
int calendar_month_length(int year, int month);

/* Units of 100 nanoseconds since 1601. Returns false when there is no such date or time. */
bool calendar_pack(const SYSTEMTIME *time, int64_t *ret_units);
/* Returns false for a negative time. */
bool calendar_unpack(int64_t units, SYSTEMTIME *ret_time);

#endif /* NT_WIN32_CALENDAR_H */
