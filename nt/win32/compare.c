/* SPDX-License-Identifier: MIT */
/*
 * Comparison and case of text. One collation serves every locale: without regard to case first, lower case before upper case
 * among equals, characters by their upper case's number.
 */
#include "nt/win32/text.h"

#include <string.h>

#define IGNORE_CASE_FLAGS (NORM_IGNORECASE | LINGUISTIC_IGNORECASE)
#define COMPARE_FLAGS                                                                                        \
    (IGNORE_CASE_FLAGS | NORM_IGNORENONSPACE | NORM_IGNORESYMBOLS | NORM_IGNOREKANATYPE | NORM_IGNOREWIDTH | \
     SORT_STRINGSORT | SORT_DIGITSASNUMBERS | LINGUISTIC_IGNOREDIACRITIC | NORM_LINGUISTIC_CASING | LOCALE_USE_CP_ACP)

static int sign(int difference)
{
    return difference < 0 ? CSTR_LESS_THAN : difference == 0 ? CSTR_EQUAL : CSTR_GREATER_THAN;
}

/* Less than, equal to or greater than zero; who ends first is less. */
static int compare_by(const WCHAR *first, size_t first_length, const WCHAR *second, size_t second_length, bool ignore_case)
{
    for (size_t index = 0; index < first_length && index < second_length; index++)
    {
        int left = ignore_case ? unicode_upcase(first[index]) : first[index];
        int right = ignore_case ? unicode_upcase(second[index]) : second[index];

        if (left != right)
        {
            return left - right;
        }
    }
    return first_length == second_length ? 0 : first_length < second_length ? -1 : 1;
}

static int compare_lower_first(const WCHAR *first, size_t first_length, const WCHAR *second, size_t second_length)
{
    int difference = compare_by(first, first_length, second, second_length, true);

    return difference != 0 ? difference : -compare_by(first, first_length, second, second_length, false);
}

static size_t length_of(const WCHAR *text, int count)
{
    return count < 0 ? wide_length(text) : (size_t)count;
}

int WINAPI CompareStringOrdinal(LPCWCH lpString1, int cchCount1, LPCWCH lpString2, int cchCount2, BOOL bIgnoreCase)
{
    if (lpString1 == NULL || lpString2 == NULL || cchCount1 < -1 || cchCount2 < -1)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    return sign(compare_by(lpString1, length_of(lpString1, cchCount1), lpString2, length_of(lpString2, cchCount2),
                           bIgnoreCase != FALSE));
}

int WINAPI CompareStringW(LCID Locale, DWORD dwCmpFlags, PCNZWCH lpString1, int cchCount1, PCNZWCH lpString2, int cchCount2)
{
    size_t first;
    size_t second;

    if (lpString1 == NULL || lpString2 == NULL)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    if ((dwCmpFlags & ~(DWORD)COMPARE_FLAGS) != 0)
    {
        return win32_fail(ERROR_INVALID_FLAGS);
    }
    first = length_of(lpString1, cchCount1);
    second = length_of(lpString2, cchCount2);
    return sign((dwCmpFlags & IGNORE_CASE_FLAGS) != 0 ? compare_by(lpString1, first, lpString2, second, true) :
                                                        compare_lower_first(lpString1, first, lpString2, second));
}

int WINAPI CompareStringEx(LPCWSTR lpLocaleName, DWORD dwCmpFlags, LPCWCH lpString1, int cchCount1, LPCWCH lpString2,
                           int cchCount2, LPNLSVERSIONINFO lpVersionInformation, LPVOID lpReserved, LPARAM lParam)
{
    if (lpReserved != NULL || lParam != 0)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    return CompareStringW(LOCALE_INVARIANT, dwCmpFlags, lpString1, cchCount1, lpString2, cchCount2);
}

INT WINAPI lstrcmpW(LPCWSTR lpString1, LPCWSTR lpString2)
{
    if (lpString1 == NULL || lpString2 == NULL)
    {
        return (lpString1 != NULL) - (lpString2 != NULL);
    }
    return CompareStringW(LOCALE_INVARIANT, 0, lpString1, -1, lpString2, -1) - CSTR_EQUAL;
}

INT WINAPI lstrcmpiW(LPCWSTR lpString1, LPCWSTR lpString2)
{
    if (lpString1 == NULL || lpString2 == NULL)
    {
        return (lpString1 != NULL) - (lpString2 != NULL);
    }
    return CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, lpString1, -1, lpString2, -1) - CSTR_EQUAL;
}

/* Compares narrow strings by the wide function. Without memory they compare by their bytes. */
static INT compare_narrow(LPCSTR first, LPCSTR second, INT (*compare)(LPCWSTR first, LPCWSTR second))
{
    struct wide_text left = {0};
    struct wide_text right = {0};
    INT result;

    if (first == NULL || second == NULL)
    {
        return (first != NULL) - (second != NULL);
    }
    result = wide_open(&left, first) && wide_open(&right, second) ? compare(left.text, right.text) : strcmp(first, second);
    wide_close(&left);
    wide_close(&right);
    return result;
}

INT WINAPI lstrcmpA(LPCSTR lpString1, LPCSTR lpString2)
{
    return compare_narrow(lpString1, lpString2, lstrcmpW);
}

INT WINAPI lstrcmpiA(LPCSTR lpString1, LPCSTR lpString2)
{
    return compare_narrow(lpString1, lpString2, lstrcmpiW);
}

INT WINAPI lstrlenW(LPCWSTR lpString)
{
    return lpString == NULL ? 0 : (INT)wide_length(lpString);
}

INT WINAPI lstrlenA(LPCSTR lpString)
{
    return lpString == NULL ? 0 : (INT)strlen(lpString);
}

LPWSTR WINAPI lstrcpynW(LPWSTR lpString1, LPCWSTR lpString2, INT iMaxLength)
{
    INT index = 0;

    if (lpString1 == NULL || lpString2 == NULL || iMaxLength <= 0)
    {
        return NULL;
    }
    for (; index < iMaxLength - 1 && lpString2[index] != 0; index++)
    {
        lpString1[index] = lpString2[index];
    }
    lpString1[index] = 0;
    return lpString1;
}

LPSTR WINAPI lstrcpynA(LPSTR lpString1, LPCSTR lpString2, INT iMaxLength)
{
    INT index = 0;

    if (lpString1 == NULL || lpString2 == NULL || iMaxLength <= 0)
    {
        return NULL;
    }
    for (; index < iMaxLength - 1 && lpString2[index] != 0; index++)
    {
        lpString1[index] = lpString2[index];
    }
    lpString1[index] = 0;
    return lpString1;
}

LPWSTR WINAPI lstrcpyW(LPWSTR lpString1, LPCWSTR lpString2)
{
    return lpString1 == NULL || lpString2 == NULL ?
               NULL :
               memcpy(lpString1, lpString2, (wide_length(lpString2) + 1) * sizeof(WCHAR));
}

LPSTR WINAPI lstrcpyA(LPSTR lpString1, LPCSTR lpString2)
{
    return lpString1 == NULL || lpString2 == NULL ? NULL : memcpy(lpString1, lpString2, strlen(lpString2) + 1);
}

LPWSTR WINAPI lstrcatW(LPWSTR lpString1, LPCWSTR lpString2)
{
    if (lpString1 == NULL || lpString2 == NULL)
    {
        return NULL;
    }
    (void)lstrcpyW(lpString1 + wide_length(lpString1), lpString2);
    return lpString1;
}

LPSTR WINAPI lstrcatA(LPSTR lpString1, LPCSTR lpString2)
{
    if (lpString1 == NULL || lpString2 == NULL)
    {
        return NULL;
    }
    (void)lstrcpyA(lpString1 + strlen(lpString1), lpString2);
    return lpString1;
}

static DWORD convert_buffer(LPWSTR text, DWORD length, WCHAR (*convert)(WCHAR character))
{
    for (DWORD index = 0; index < length; index++)
    {
        text[index] = convert(text[index]);
    }
    return length;
}

/* A pointer whose high part is zero is a character. */
static LPWSTR convert(LPWSTR text, WCHAR (*convert_one)(WCHAR character))
{
    if ((uintptr_t)text <= 0xFFFF)
    {
        return (LPWSTR)(uintptr_t)convert_one((WCHAR)(uintptr_t)text);
    }
    (void)convert_buffer(text, (DWORD)wide_length(text), convert_one);
    return text;
}

LPWSTR WINAPI CharUpperW(LPWSTR lpsz)
{
    return convert(lpsz, unicode_upcase);
}

LPWSTR WINAPI CharLowerW(LPWSTR lpsz)
{
    return convert(lpsz, unicode_downcase);
}

DWORD WINAPI CharUpperBuffW(LPWSTR lpsz, DWORD cchLength)
{
    return convert_buffer(lpsz, cchLength, unicode_upcase);
}

DWORD WINAPI CharLowerBuffW(LPWSTR lpsz, DWORD cchLength)
{
    return convert_buffer(lpsz, cchLength, unicode_downcase);
}

/* Narrow text is UTF-8: a byte beyond ASCII is a piece of a character and stays, as RtlUpperChar leaves it. */
static DWORD convert_bytes(LPSTR text, DWORD length, char first, char last)
{
    for (DWORD index = 0; index < length; index++)
    {
        text[index] = (char)(text[index] >= first && text[index] <= last ? text[index] ^ 0x20 : text[index]);
    }
    return length;
}

static LPSTR convert_narrow(LPSTR text, char first, char last)
{
    if ((uintptr_t)text <= 0xFFFF)
    {
        char character = (char)(uintptr_t)text;

        (void)convert_bytes(&character, 1, first, last);
        return (LPSTR)(uintptr_t)(unsigned char)character;
    }
    (void)convert_bytes(text, (DWORD)strlen(text), first, last);
    return text;
}

LPSTR WINAPI CharUpperA(LPSTR lpsz)
{
    return convert_narrow(lpsz, 'a', 'z');
}

LPSTR WINAPI CharLowerA(LPSTR lpsz)
{
    return convert_narrow(lpsz, 'A', 'Z');
}

DWORD WINAPI CharUpperBuffA(LPSTR lpsz, DWORD cchLength)
{
    return convert_bytes(lpsz, cchLength, 'a', 'z');
}

DWORD WINAPI CharLowerBuffA(LPSTR lpsz, DWORD cchLength)
{
    return convert_bytes(lpsz, cchLength, 'A', 'Z');
}
