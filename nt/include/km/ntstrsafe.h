/* SPDX-License-Identifier: MIT */
/*
 * Text functions that know the size of their destination and always terminate it. Cb counts bytes, Cch counts characters.
 *
 * The runtime implements them; upstream has them inline.
 */
#ifndef NTSTRSAFE_H
#define NTSTRSAFE_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <stddef.h>
#include "ntbase.h"
#include "ntstatus.h"

EXTERN_C_START

#define NTSTRSAFE_MAX_CCH 2147483647
#define NTSTRSAFE_MAX_LENGTH (NTSTRSAFE_MAX_CCH - 1)
#define NTSTRSAFE_UNICODE_STRING_MAX_CCH (0xffff / sizeof(WCHAR))
#ifndef STRSAFE_MAX_CCH
#define STRSAFE_MAX_CCH NTSTRSAFE_MAX_CCH
#endif

/*
 * Flags of the Ex functions. The low byte is the fill pattern.
 */
#define STRSAFE_IGNORE_NULLS 0x00000100
#define STRSAFE_FILL_BEHIND_NULL 0x00000200
#define STRSAFE_FILL_ON_FAILURE 0x00000400
#define STRSAFE_NULL_ON_FAILURE 0x00000800
#define STRSAFE_NO_TRUNCATION 0x00001000
#define STRSAFE_ZERO_LENGTH_ON_FAILURE STRSAFE_NULL_ON_FAILURE
#define STRSAFE_IGNORE_NULL_UNICODE_STRINGS 0x00010000
#define STRSAFE_UNICODE_STRING_DEST_NULL_TERMINATED 0x00020000
#define STRSAFE_FILL_BEHIND STRSAFE_FILL_BEHIND_NULL
#define STRSAFE_VALID_FLAGS \
    (0x000000FF | STRSAFE_IGNORE_NULLS | STRSAFE_FILL_BEHIND_NULL | STRSAFE_FILL_ON_FAILURE | STRSAFE_NULL_ON_FAILURE | \
     STRSAFE_NO_TRUNCATION)
#define STRSAFE_UNICODE_STRING_VALID_FLAGS \
    (STRSAFE_VALID_FLAGS | STRSAFE_IGNORE_NULL_UNICODE_STRINGS | STRSAFE_UNICODE_STRING_DEST_NULL_TERMINATED)
#define STRSAFE_FILL_BYTE(Byte) ((ULONG)(((Byte)&0x000000FF) | STRSAFE_FILL_BEHIND_NULL))
#define STRSAFE_FAILURE_BYTE(Byte) ((ULONG)(((Byte)&0x000000FF) | STRSAFE_FILL_ON_FAILURE))
#define STRSAFE_GET_FILL_PATTERN(Flags) ((int)((Flags)&0x000000FF))

typedef char *NTSTRSAFE_PSTR;
typedef const char *NTSTRSAFE_PCSTR;
typedef WCHAR *NTSTRSAFE_PWSTR;
typedef const WCHAR *NTSTRSAFE_PCWSTR;
typedef const WCHAR *NTSTRSAFE_PCUWSTR;
typedef char *STRSAFE_LPSTR;
typedef const char *STRSAFE_LPCSTR;
typedef WCHAR *STRSAFE_LPWSTR;
typedef const WCHAR *STRSAFE_LPCWSTR;
typedef const char *STRSAFE_PCNZCH;
typedef const WCHAR *STRSAFE_PCNZWCH;

/*
 * Terminated strings; sizes are in characters.
 */
NTSYSAPI NTSTATUS RtlStringCchCopyA(NTSTRSAFE_PSTR Destination, size_t cchDestination, NTSTRSAFE_PCSTR Source);
NTSYSAPI NTSTATUS RtlStringCchCopyExA(NTSTRSAFE_PSTR Destination, size_t cchDestination, NTSTRSAFE_PCSTR Source,
    NTSTRSAFE_PSTR *DestinationEnd, size_t *cchRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCchCopyNA(NTSTRSAFE_PSTR Destination, size_t cchDestination, STRSAFE_PCNZCH Source,
    size_t cchToCopy);
NTSYSAPI NTSTATUS RtlStringCchCopyNExA(NTSTRSAFE_PSTR Destination, size_t cchDestination, STRSAFE_PCNZCH Source,
    size_t cchToCopy, NTSTRSAFE_PSTR *DestinationEnd, size_t *cchRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCchCopyW(NTSTRSAFE_PWSTR Destination, size_t cchDestination, NTSTRSAFE_PCWSTR Source);
NTSYSAPI NTSTATUS RtlStringCchCopyExW(NTSTRSAFE_PWSTR Destination, size_t cchDestination, NTSTRSAFE_PCWSTR Source,
    NTSTRSAFE_PWSTR *DestinationEnd, size_t *cchRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCchCopyNW(NTSTRSAFE_PWSTR Destination, size_t cchDestination, STRSAFE_PCNZWCH Source,
    size_t cchToCopy);
NTSYSAPI NTSTATUS RtlStringCchCopyNExW(NTSTRSAFE_PWSTR Destination, size_t cchDestination, STRSAFE_PCNZWCH Source,
    size_t cchToCopy, NTSTRSAFE_PWSTR *DestinationEnd, size_t *cchRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCchCatA(NTSTRSAFE_PSTR Destination, size_t cchDestination, NTSTRSAFE_PCSTR Source);
NTSYSAPI NTSTATUS RtlStringCchCatExA(NTSTRSAFE_PSTR Destination, size_t cchDestination, NTSTRSAFE_PCSTR Source,
    NTSTRSAFE_PSTR *DestinationEnd, size_t *cchRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCchCatNA(NTSTRSAFE_PSTR Destination, size_t cchDestination, STRSAFE_PCNZCH Source,
    size_t cchToAppend);
NTSYSAPI NTSTATUS RtlStringCchCatNExA(NTSTRSAFE_PSTR Destination, size_t cchDestination, STRSAFE_PCNZCH Source,
    size_t cchToAppend, NTSTRSAFE_PSTR *DestinationEnd, size_t *cchRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCchCatW(NTSTRSAFE_PWSTR Destination, size_t cchDestination, NTSTRSAFE_PCWSTR Source);
NTSYSAPI NTSTATUS RtlStringCchCatExW(NTSTRSAFE_PWSTR Destination, size_t cchDestination, NTSTRSAFE_PCWSTR Source,
    NTSTRSAFE_PWSTR *DestinationEnd, size_t *cchRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCchCatNW(NTSTRSAFE_PWSTR Destination, size_t cchDestination, STRSAFE_PCNZWCH Source,
    size_t cchToAppend);
NTSYSAPI NTSTATUS RtlStringCchCatNExW(NTSTRSAFE_PWSTR Destination, size_t cchDestination, STRSAFE_PCNZWCH Source,
    size_t cchToAppend, NTSTRSAFE_PWSTR *DestinationEnd, size_t *cchRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCchVPrintfA(NTSTRSAFE_PSTR Destination, size_t cchDestination, NTSTRSAFE_PCSTR Format,
    va_list Arguments);
NTSYSAPI NTSTATUS RtlStringCchVPrintfExA(NTSTRSAFE_PSTR Destination, size_t cchDestination, NTSTRSAFE_PSTR *DestinationEnd,
    size_t *cchRemaining, ULONG Flags, NTSTRSAFE_PCSTR Format, va_list Arguments);
NTSYSAPI NTSTATUS RtlStringCchPrintfA(NTSTRSAFE_PSTR Destination, size_t cchDestination, NTSTRSAFE_PCSTR Format, ...);
NTSYSAPI NTSTATUS RtlStringCchPrintfExA(NTSTRSAFE_PSTR Destination, size_t cchDestination, NTSTRSAFE_PSTR *DestinationEnd,
    size_t *cchRemaining, ULONG Flags, NTSTRSAFE_PCSTR Format, ...);
NTSYSAPI NTSTATUS RtlStringCchLengthA(STRSAFE_PCNZCH String, size_t cchMaximum, size_t *cchLength);
NTSYSAPI NTSTATUS RtlStringCchVPrintfW(NTSTRSAFE_PWSTR Destination, size_t cchDestination, NTSTRSAFE_PCWSTR Format,
    va_list Arguments);
NTSYSAPI NTSTATUS RtlStringCchVPrintfExW(NTSTRSAFE_PWSTR Destination, size_t cchDestination,
    NTSTRSAFE_PWSTR *DestinationEnd, size_t *cchRemaining, ULONG Flags, NTSTRSAFE_PCWSTR Format, va_list Arguments);
NTSYSAPI NTSTATUS RtlStringCchPrintfW(NTSTRSAFE_PWSTR Destination, size_t cchDestination, NTSTRSAFE_PCWSTR Format, ...);
NTSYSAPI NTSTATUS RtlStringCchPrintfExW(NTSTRSAFE_PWSTR Destination, size_t cchDestination, NTSTRSAFE_PWSTR *DestinationEnd,
    size_t *cchRemaining, ULONG Flags, NTSTRSAFE_PCWSTR Format, ...);
NTSYSAPI NTSTATUS RtlStringCchLengthW(STRSAFE_PCNZWCH String, size_t cchMaximum, size_t *cchLength);
NTSYSAPI NTSTATUS RtlStringCchCopyUnicodeString(NTSTRSAFE_PWSTR Destination, size_t cchDestination, PCUNICODE_STRING Source);
NTSYSAPI NTSTATUS RtlStringCchCopyUnicodeStringEx(NTSTRSAFE_PWSTR Destination, size_t cchDestination,
    PCUNICODE_STRING Source, NTSTRSAFE_PWSTR *DestinationEnd, size_t *cchRemaining, ULONG Flags);

/*
 * Terminated strings; sizes are in bytes.
 */
NTSYSAPI NTSTATUS RtlStringCbCopyA(NTSTRSAFE_PSTR Destination, size_t cbDestination, NTSTRSAFE_PCSTR Source);
NTSYSAPI NTSTATUS RtlStringCbCopyExA(NTSTRSAFE_PSTR Destination, size_t cbDestination, NTSTRSAFE_PCSTR Source,
    NTSTRSAFE_PSTR *DestinationEnd, size_t *cbRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCbCopyNA(NTSTRSAFE_PSTR Destination, size_t cbDestination, STRSAFE_PCNZCH Source,
    size_t cbToCopy);
NTSYSAPI NTSTATUS RtlStringCbCopyNExA(NTSTRSAFE_PSTR Destination, size_t cbDestination, STRSAFE_PCNZCH Source,
    size_t cbToCopy, NTSTRSAFE_PSTR *DestinationEnd, size_t *cbRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCbCopyW(NTSTRSAFE_PWSTR Destination, size_t cbDestination, NTSTRSAFE_PCWSTR Source);
NTSYSAPI NTSTATUS RtlStringCbCopyExW(NTSTRSAFE_PWSTR Destination, size_t cbDestination, NTSTRSAFE_PCWSTR Source,
    NTSTRSAFE_PWSTR *DestinationEnd, size_t *cbRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCbCopyNW(NTSTRSAFE_PWSTR Destination, size_t cbDestination, STRSAFE_PCNZWCH Source,
    size_t cbToCopy);
NTSYSAPI NTSTATUS RtlStringCbCopyNExW(NTSTRSAFE_PWSTR Destination, size_t cbDestination, STRSAFE_PCNZWCH Source,
    size_t cbToCopy, NTSTRSAFE_PWSTR *DestinationEnd, size_t *cbRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCbCatA(NTSTRSAFE_PSTR Destination, size_t cbDestination, NTSTRSAFE_PCSTR Source);
NTSYSAPI NTSTATUS RtlStringCbCatExA(NTSTRSAFE_PSTR Destination, size_t cbDestination, NTSTRSAFE_PCSTR Source,
    NTSTRSAFE_PSTR *DestinationEnd, size_t *cbRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCbCatNA(NTSTRSAFE_PSTR Destination, size_t cbDestination, STRSAFE_PCNZCH Source,
    size_t cbToAppend);
NTSYSAPI NTSTATUS RtlStringCbCatNExA(NTSTRSAFE_PSTR Destination, size_t cbDestination, STRSAFE_PCNZCH Source,
    size_t cbToAppend, NTSTRSAFE_PSTR *DestinationEnd, size_t *cbRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCbCatW(NTSTRSAFE_PWSTR Destination, size_t cbDestination, NTSTRSAFE_PCWSTR Source);
NTSYSAPI NTSTATUS RtlStringCbCatExW(NTSTRSAFE_PWSTR Destination, size_t cbDestination, NTSTRSAFE_PCWSTR Source,
    NTSTRSAFE_PWSTR *DestinationEnd, size_t *cbRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCbCatNW(NTSTRSAFE_PWSTR Destination, size_t cbDestination, STRSAFE_PCNZWCH Source,
    size_t cbToAppend);
NTSYSAPI NTSTATUS RtlStringCbCatNExW(NTSTRSAFE_PWSTR Destination, size_t cbDestination, STRSAFE_PCNZWCH Source,
    size_t cbToAppend, NTSTRSAFE_PWSTR *DestinationEnd, size_t *cbRemaining, ULONG Flags);
NTSYSAPI NTSTATUS RtlStringCbVPrintfA(NTSTRSAFE_PSTR Destination, size_t cbDestination, NTSTRSAFE_PCSTR Format,
    va_list Arguments);
NTSYSAPI NTSTATUS RtlStringCbVPrintfExA(NTSTRSAFE_PSTR Destination, size_t cbDestination, NTSTRSAFE_PSTR *DestinationEnd,
    size_t *cbRemaining, ULONG Flags, NTSTRSAFE_PCSTR Format, va_list Arguments);
NTSYSAPI NTSTATUS RtlStringCbPrintfA(NTSTRSAFE_PSTR Destination, size_t cbDestination, NTSTRSAFE_PCSTR Format, ...);
NTSYSAPI NTSTATUS RtlStringCbPrintfExA(NTSTRSAFE_PSTR Destination, size_t cbDestination, NTSTRSAFE_PSTR *DestinationEnd,
    size_t *cbRemaining, ULONG Flags, NTSTRSAFE_PCSTR Format, ...);
NTSYSAPI NTSTATUS RtlStringCbLengthA(STRSAFE_PCNZCH String, size_t cbMaximum, size_t *cbLength);
NTSYSAPI NTSTATUS RtlStringCbVPrintfW(NTSTRSAFE_PWSTR Destination, size_t cbDestination, NTSTRSAFE_PCWSTR Format,
    va_list Arguments);
NTSYSAPI NTSTATUS RtlStringCbVPrintfExW(NTSTRSAFE_PWSTR Destination, size_t cbDestination, NTSTRSAFE_PWSTR *DestinationEnd,
    size_t *cbRemaining, ULONG Flags, NTSTRSAFE_PCWSTR Format, va_list Arguments);
NTSYSAPI NTSTATUS RtlStringCbPrintfW(NTSTRSAFE_PWSTR Destination, size_t cbDestination, NTSTRSAFE_PCWSTR Format, ...);
NTSYSAPI NTSTATUS RtlStringCbPrintfExW(NTSTRSAFE_PWSTR Destination, size_t cbDestination, NTSTRSAFE_PWSTR *DestinationEnd,
    size_t *cbRemaining, ULONG Flags, NTSTRSAFE_PCWSTR Format, ...);
NTSYSAPI NTSTATUS RtlStringCbLengthW(STRSAFE_PCNZWCH String, size_t cbMaximum, size_t *cbLength);
NTSYSAPI NTSTATUS RtlStringCbCopyUnicodeString(NTSTRSAFE_PWSTR Destination, size_t cbDestination, PCUNICODE_STRING Source);
NTSYSAPI NTSTATUS RtlStringCbCopyUnicodeStringEx(NTSTRSAFE_PWSTR Destination, size_t cbDestination, PCUNICODE_STRING Source,
    NTSTRSAFE_PWSTR *DestinationEnd, size_t *cbRemaining, ULONG Flags);

/*
 * Counted strings. RemainingString gets what is left of the destination.
 */
NTSYSAPI NTSTATUS RtlUnicodeStringInit(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source);
NTSYSAPI NTSTATUS RtlUnicodeStringInitEx(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringValidate(PCUNICODE_STRING SourceString);
NTSYSAPI NTSTATUS RtlUnicodeStringValidateEx(PCUNICODE_STRING SourceString, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringCopyString(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source);
NTSYSAPI NTSTATUS RtlUnicodeStringCopyStringEx(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source,
    PUNICODE_STRING RemainingString, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringCopy(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString);
NTSYSAPI NTSTATUS RtlUnicodeStringCopyEx(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,
    PUNICODE_STRING RemainingString, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringCchCopyStringN(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source,
    size_t cchToCopy);
NTSYSAPI NTSTATUS RtlUnicodeStringCchCopyStringNEx(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source,
    size_t cchToCopy, PUNICODE_STRING RemainingString, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringCchCopyN(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,
    size_t cchToCopy);
NTSYSAPI NTSTATUS RtlUnicodeStringCchCopyNEx(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,
    size_t cchToCopy, PUNICODE_STRING RemainingString, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringCbCopyStringN(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source, size_t cbToCopy);
NTSYSAPI NTSTATUS RtlUnicodeStringCbCopyStringNEx(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source,
    size_t cbToCopy, PUNICODE_STRING RemainingString, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringCbCopyN(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString, size_t cbToCopy);
NTSYSAPI NTSTATUS RtlUnicodeStringCbCopyNEx(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,
    size_t cbToCopy, PUNICODE_STRING RemainingString, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringCatString(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source);
NTSYSAPI NTSTATUS RtlUnicodeStringCatStringEx(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source,
    PUNICODE_STRING RemainingString, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringCat(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString);
NTSYSAPI NTSTATUS RtlUnicodeStringCatEx(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,
    PUNICODE_STRING RemainingString, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringCchCatStringN(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source,
    size_t cchToAppend);
NTSYSAPI NTSTATUS RtlUnicodeStringCchCatStringNEx(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source,
    size_t cchToAppend, PUNICODE_STRING RemainingString, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringCchCatN(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,
    size_t cchToAppend);
NTSYSAPI NTSTATUS RtlUnicodeStringCchCatNEx(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,
    size_t cchToAppend, PUNICODE_STRING RemainingString, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringCbCatStringN(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source,
    size_t cbToAppend);
NTSYSAPI NTSTATUS RtlUnicodeStringCbCatStringNEx(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Source,
    size_t cbToAppend, PUNICODE_STRING RemainingString, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringCbCatN(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,
    size_t cbToAppend);
NTSYSAPI NTSTATUS RtlUnicodeStringCbCatNEx(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,
    size_t cbToAppend, PUNICODE_STRING RemainingString, ULONG Flags);
NTSYSAPI NTSTATUS RtlUnicodeStringVPrintf(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Format, va_list Arguments);
NTSYSAPI NTSTATUS RtlUnicodeStringVPrintfEx(PUNICODE_STRING DestinationString, PUNICODE_STRING RemainingString, ULONG Flags,
    NTSTRSAFE_PCWSTR Format, va_list Arguments);
NTSYSAPI NTSTATUS RtlUnicodeStringPrintf(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR Format, ...);
NTSYSAPI NTSTATUS RtlUnicodeStringPrintfEx(PUNICODE_STRING DestinationString, PUNICODE_STRING RemainingString, ULONG Flags,
    NTSTRSAFE_PCWSTR Format, ...);

EXTERN_C_END

#endif /* NTSTRSAFE_H */
