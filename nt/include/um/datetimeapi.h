/* SPDX-License-Identifier: MIT */
/*
 * Dates and times as text.
 */
#ifndef DATETIMEAPI_H
#define DATETIMEAPI_H

#include "minwinbase.h"

EXTERN_C_START

WINBASEAPI int WINAPI GetTimeFormatEx(LPCWSTR lpLocaleName, DWORD dwFlags, const SYSTEMTIME *lpTime, LPCWSTR lpFormat,
                                      LPWSTR lpTimeStr, int cchTime);
WINBASEAPI int WINAPI GetDateFormatEx(LPCWSTR lpLocaleName, DWORD dwFlags, const SYSTEMTIME *lpDate, LPCWSTR lpFormat,
                                      LPWSTR lpDateStr, int cchDate, LPCWSTR lpCalendar);
WINBASEAPI int WINAPI GetDateFormatA(LCID Locale, DWORD dwFlags, const SYSTEMTIME *lpDate, LPCSTR lpFormat, LPSTR lpDateStr,
                                     int cchDate);
WINBASEAPI int WINAPI GetDateFormatW(LCID Locale, DWORD dwFlags, const SYSTEMTIME *lpDate, LPCWSTR lpFormat,
                                     LPWSTR lpDateStr, int cchDate);
WINBASEAPI int WINAPI GetTimeFormatA(LCID Locale, DWORD dwFlags, const SYSTEMTIME *lpTime, LPCSTR lpFormat, LPSTR lpTimeStr,
                                     int cchTime);
WINBASEAPI int WINAPI GetTimeFormatW(LCID Locale, DWORD dwFlags, const SYSTEMTIME *lpTime, LPCWSTR lpFormat,
                                     LPWSTR lpTimeStr, int cchTime);

EXTERN_C_END

#define GetDateFormat DMF_NAME_AW(GetDateFormat)
#define GetTimeFormat DMF_NAME_AW(GetTimeFormat)

#endif /* DATETIMEAPI_H */
