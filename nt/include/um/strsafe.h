/* SPDX-License-Identifier: MIT */
/*
 * Text functions that know the size of their destination and always terminate it. Cb counts bytes, Cch counts characters.
 *
 * The runtime implements them; upstream has them inline.
 */
#ifndef STRSAFE_H
#define STRSAFE_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "minwinbase.h"

#define STRSAFEAPI EXTERN_C WINBASEAPI HRESULT WINAPI
#define STRSAFE_FILL_BYTE(Byte) ((DWORD)(((Byte)&0x000000FF) | STRSAFE_FILL_BEHIND_NULL))
#define STRSAFE_FAILURE_BYTE(Byte) ((DWORD)(((Byte)&0x000000FF) | STRSAFE_FILL_ON_FAILURE))
#define STRSAFE_GET_FILL_PATTERN(Flags) ((int)((Flags)&0x000000FF))

#define STRSAFE_MAX_CCH 2147483647
#define STRSAFE_IGNORE_NULLS 0x00000100
#define STRSAFE_FILL_BEHIND_NULL 0x00000200
#define STRSAFE_FILL_ON_FAILURE 0x00000400
#define STRSAFE_NULL_ON_FAILURE 0x00000800
#define STRSAFE_NO_TRUNCATION 0x00001000
#define STRSAFE_IGNORE_NULL_UNICODE_STRINGS 0x00010000
#define STRSAFE_UNICODE_STRING_DEST_NULL_TERMINATED 0x00020000
#define STRSAFE_VALID_FLAGS                                                                                             \
    (0x000000FF | STRSAFE_IGNORE_NULLS | STRSAFE_FILL_BEHIND_NULL | STRSAFE_FILL_ON_FAILURE | STRSAFE_NULL_ON_FAILURE | \
     STRSAFE_NO_TRUNCATION)
#define STRSAFE_UNICODE_STRING_VALID_FLAGS \
    (STRSAFE_VALID_FLAGS | STRSAFE_IGNORE_NULL_UNICODE_STRINGS | STRSAFE_UNICODE_STRING_DEST_NULL_TERMINATED)
#define STRSAFE_E_INSUFFICIENT_BUFFER ((HRESULT)0x8007007A)
#define STRSAFE_E_INVALID_PARAMETER ((HRESULT)0x80070057)
#define STRSAFE_E_END_OF_FILE ((HRESULT)0x80070026)

EXTERN_C_START

typedef char *STRSAFE_LPSTR;
typedef const char *STRSAFE_LPCSTR;
typedef WCHAR *STRSAFE_LPWSTR;
typedef const WCHAR *STRSAFE_LPCWSTR;

WINBASEAPI HRESULT WINAPI StringCchCopyA(STRSAFE_LPSTR pszDest, SIZE_T cchDest, STRSAFE_LPCSTR pszSrc);
WINBASEAPI HRESULT WINAPI StringCchCopyW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest, STRSAFE_LPCWSTR pszSrc);
WINBASEAPI HRESULT WINAPI StringCbCopyA(STRSAFE_LPSTR pszDest, SIZE_T cbDest, STRSAFE_LPCSTR pszSrc);
WINBASEAPI HRESULT WINAPI StringCbCopyW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest, STRSAFE_LPCWSTR pszSrc);
WINBASEAPI HRESULT WINAPI StringCchCopyExA(STRSAFE_LPSTR pszDest, SIZE_T cchDest, STRSAFE_LPCSTR pszSrc,
                                           STRSAFE_LPSTR *ppszDestEnd, SIZE_T *pcchRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCchCopyExW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest, STRSAFE_LPCWSTR pszSrc,
                                           STRSAFE_LPWSTR *ppszDestEnd, SIZE_T *pcchRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCbCopyExA(STRSAFE_LPSTR pszDest, SIZE_T cbDest, STRSAFE_LPCSTR pszSrc,
                                          STRSAFE_LPSTR *ppszDestEnd, SIZE_T *pcbRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCbCopyExW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest, STRSAFE_LPCWSTR pszSrc,
                                          STRSAFE_LPWSTR *ppszDestEnd, SIZE_T *pcbRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCchCopyNA(STRSAFE_LPSTR pszDest, SIZE_T cchDest, STRSAFE_LPCSTR pszSrc, SIZE_T cchToCopy);
WINBASEAPI HRESULT WINAPI StringCchCopyNW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest, STRSAFE_LPCWSTR pszSrc, SIZE_T cchToCopy);
WINBASEAPI HRESULT WINAPI StringCbCopyNA(STRSAFE_LPSTR pszDest, SIZE_T cbDest, STRSAFE_LPCSTR pszSrc, SIZE_T cbToCopy);
WINBASEAPI HRESULT WINAPI StringCbCopyNW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest, STRSAFE_LPCWSTR pszSrc, SIZE_T cbToCopy);
WINBASEAPI HRESULT WINAPI StringCchCopyNExA(STRSAFE_LPSTR pszDest, SIZE_T cchDest, STRSAFE_LPCSTR pszSrc, SIZE_T cchToCopy,
                                            STRSAFE_LPSTR *ppszDestEnd, SIZE_T *pcchRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCchCopyNExW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest, STRSAFE_LPCWSTR pszSrc, SIZE_T cchToCopy,
                                            STRSAFE_LPWSTR *ppszDestEnd, SIZE_T *pcchRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCbCopyNExA(STRSAFE_LPSTR pszDest, SIZE_T cbDest, STRSAFE_LPCSTR pszSrc, SIZE_T cbToCopy,
                                           STRSAFE_LPSTR *ppszDestEnd, SIZE_T *pcbRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCbCopyNExW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest, STRSAFE_LPCWSTR pszSrc, SIZE_T cbToCopy,
                                           STRSAFE_LPWSTR *ppszDestEnd, SIZE_T *pcbRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCchCatA(STRSAFE_LPSTR pszDest, SIZE_T cchDest, STRSAFE_LPCSTR pszSrc);
WINBASEAPI HRESULT WINAPI StringCchCatW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest, STRSAFE_LPCWSTR pszSrc);
WINBASEAPI HRESULT WINAPI StringCbCatA(STRSAFE_LPSTR pszDest, SIZE_T cbDest, STRSAFE_LPCSTR pszSrc);
WINBASEAPI HRESULT WINAPI StringCbCatW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest, STRSAFE_LPCWSTR pszSrc);
WINBASEAPI HRESULT WINAPI StringCchCatExA(STRSAFE_LPSTR pszDest, SIZE_T cchDest, STRSAFE_LPCSTR pszSrc,
                                          STRSAFE_LPSTR *ppszDestEnd, SIZE_T *pcchRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCchCatExW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest, STRSAFE_LPCWSTR pszSrc,
                                          STRSAFE_LPWSTR *ppszDestEnd, SIZE_T *pcchRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCbCatExA(STRSAFE_LPSTR pszDest, SIZE_T cbDest, STRSAFE_LPCSTR pszSrc,
                                         STRSAFE_LPSTR *ppszDestEnd, SIZE_T *pcbRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCbCatExW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest, STRSAFE_LPCWSTR pszSrc,
                                         STRSAFE_LPWSTR *ppszDestEnd, SIZE_T *pcbRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCchCatNA(STRSAFE_LPSTR pszDest, SIZE_T cchDest, STRSAFE_LPCSTR pszSrc, SIZE_T cchToAppend);
WINBASEAPI HRESULT WINAPI StringCchCatNW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest, STRSAFE_LPCWSTR pszSrc, SIZE_T cchToAppend);
WINBASEAPI HRESULT WINAPI StringCbCatNA(STRSAFE_LPSTR pszDest, SIZE_T cbDest, STRSAFE_LPCSTR pszSrc, SIZE_T cbToAppend);
WINBASEAPI HRESULT WINAPI StringCbCatNW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest, STRSAFE_LPCWSTR pszSrc, SIZE_T cbToAppend);
WINBASEAPI HRESULT WINAPI StringCchCatNExA(STRSAFE_LPSTR pszDest, SIZE_T cchDest, STRSAFE_LPCSTR pszSrc, SIZE_T cchToAppend,
                                           STRSAFE_LPSTR *ppszDestEnd, SIZE_T *pcchRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCchCatNExW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest, STRSAFE_LPCWSTR pszSrc,
                                           SIZE_T cchToAppend, STRSAFE_LPWSTR *ppszDestEnd, SIZE_T *pcchRemaining,
                                           ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCbCatNExA(STRSAFE_LPSTR pszDest, SIZE_T cbDest, STRSAFE_LPCSTR pszSrc, SIZE_T cbToAppend,
                                          STRSAFE_LPSTR *ppszDestEnd, SIZE_T *pcbRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCbCatNExW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest, STRSAFE_LPCWSTR pszSrc, SIZE_T cbToAppend,
                                          STRSAFE_LPWSTR *ppszDestEnd, SIZE_T *pcbRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCchVPrintfA(STRSAFE_LPSTR pszDest, SIZE_T cchDest, STRSAFE_LPCSTR pszFormat,
                                            va_list argList);
WINBASEAPI HRESULT WINAPI StringCchVPrintfW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest, STRSAFE_LPCWSTR pszFormat,
                                            va_list argList);
WINBASEAPI HRESULT WINAPI StringCbVPrintfA(STRSAFE_LPSTR pszDest, SIZE_T cbDest, STRSAFE_LPCSTR pszFormat, va_list argList);
WINBASEAPI HRESULT WINAPI StringCbVPrintfW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest, STRSAFE_LPCWSTR pszFormat,
                                           va_list argList);
WINBASEAPI HRESULT WINAPI StringCchPrintfA(STRSAFE_LPSTR pszDest, SIZE_T cchDest, STRSAFE_LPCSTR pszFormat, ...);
WINBASEAPI HRESULT WINAPI StringCchPrintfW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest, STRSAFE_LPCWSTR pszFormat, ...);
WINBASEAPI HRESULT WINAPI StringCbPrintfA(STRSAFE_LPSTR pszDest, SIZE_T cbDest, STRSAFE_LPCSTR pszFormat, ...);
WINBASEAPI HRESULT WINAPI StringCbPrintfW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest, STRSAFE_LPCWSTR pszFormat, ...);
WINBASEAPI HRESULT WINAPI StringCchPrintfExA(STRSAFE_LPSTR pszDest, SIZE_T cchDest, STRSAFE_LPSTR *ppszDestEnd,
                                             SIZE_T *pcchRemaining, ULONG dwFlags, STRSAFE_LPCSTR pszFormat, ...);
WINBASEAPI HRESULT WINAPI StringCchPrintfExW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest, STRSAFE_LPWSTR *ppszDestEnd,
                                             SIZE_T *pcchRemaining, ULONG dwFlags, STRSAFE_LPCWSTR pszFormat, ...);
WINBASEAPI HRESULT WINAPI StringCbPrintfExA(STRSAFE_LPSTR pszDest, SIZE_T cbDest, STRSAFE_LPSTR *ppszDestEnd,
                                            SIZE_T *pcbRemaining, ULONG dwFlags, STRSAFE_LPCSTR pszFormat, ...);
WINBASEAPI HRESULT WINAPI StringCbPrintfExW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest, STRSAFE_LPWSTR *ppszDestEnd,
                                            SIZE_T *pcbRemaining, ULONG dwFlags, STRSAFE_LPCWSTR pszFormat, ...);
WINBASEAPI HRESULT WINAPI StringCchVPrintfExA(STRSAFE_LPSTR pszDest, SIZE_T cchDest, STRSAFE_LPSTR *ppszDestEnd,
                                              SIZE_T *pcchRemaining, ULONG dwFlags, STRSAFE_LPCSTR pszFormat,
                                              va_list argList);
WINBASEAPI HRESULT WINAPI StringCchVPrintfExW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest, STRSAFE_LPWSTR *ppszDestEnd,
                                              SIZE_T *pcchRemaining, ULONG dwFlags, STRSAFE_LPCWSTR pszFormat,
                                              va_list argList);
WINBASEAPI HRESULT WINAPI StringCbVPrintfExA(STRSAFE_LPSTR pszDest, SIZE_T cbDest, STRSAFE_LPSTR *ppszDestEnd,
                                             SIZE_T *pcbRemaining, ULONG dwFlags, STRSAFE_LPCSTR pszFormat, va_list argList);
WINBASEAPI HRESULT WINAPI StringCbVPrintfExW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest, STRSAFE_LPWSTR *ppszDestEnd,
                                             SIZE_T *pcbRemaining, ULONG dwFlags, STRSAFE_LPCWSTR pszFormat,
                                             va_list argList);
WINBASEAPI HRESULT WINAPI StringCchGetsA(STRSAFE_LPSTR pszDest, SIZE_T cchDest);
WINBASEAPI HRESULT WINAPI StringCchGetsW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest);
WINBASEAPI HRESULT WINAPI StringCbGetsA(STRSAFE_LPSTR pszDest, SIZE_T cbDest);
WINBASEAPI HRESULT WINAPI StringCbGetsW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest);
WINBASEAPI HRESULT WINAPI StringCchGetsExA(STRSAFE_LPSTR pszDest, SIZE_T cchDest, STRSAFE_LPSTR *ppszDestEnd,
                                           SIZE_T *pcchRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCchGetsExW(STRSAFE_LPWSTR pszDest, SIZE_T cchDest, STRSAFE_LPWSTR *ppszDestEnd,
                                           SIZE_T *pcchRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCbGetsExA(STRSAFE_LPSTR pszDest, SIZE_T cbDest, STRSAFE_LPSTR *ppszDestEnd,
                                          SIZE_T *pcbRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCbGetsExW(STRSAFE_LPWSTR pszDest, SIZE_T cbDest, STRSAFE_LPWSTR *ppszDestEnd,
                                          SIZE_T *pcbRemaining, ULONG dwFlags);
WINBASEAPI HRESULT WINAPI StringCchLengthA(STRSAFE_LPCSTR psz, SIZE_T cchMax, SIZE_T *pcchLength);
WINBASEAPI HRESULT WINAPI StringCchLengthW(STRSAFE_LPCWSTR psz, SIZE_T cchMax, SIZE_T *pcchLength);
WINBASEAPI HRESULT WINAPI StringCbLengthA(STRSAFE_LPCSTR psz, SIZE_T cbMax, SIZE_T *pcbLength);
WINBASEAPI HRESULT WINAPI StringCbLengthW(STRSAFE_LPCWSTR psz, SIZE_T cbMax, SIZE_T *pcbLength);

EXTERN_C_END

#define StringCchCopy DMF_NAME_AW(StringCchCopy)
#define StringCbCopy DMF_NAME_AW(StringCbCopy)
#define StringCchCopyEx DMF_NAME_AW(StringCchCopyEx)
#define StringCbCopyEx DMF_NAME_AW(StringCbCopyEx)
#define StringCchCopyN DMF_NAME_AW(StringCchCopyN)
#define StringCbCopyN DMF_NAME_AW(StringCbCopyN)
#define StringCchCopyNEx DMF_NAME_AW(StringCchCopyNEx)
#define StringCbCopyNEx DMF_NAME_AW(StringCbCopyNEx)
#define StringCchCat DMF_NAME_AW(StringCchCat)
#define StringCbCat DMF_NAME_AW(StringCbCat)
#define StringCchCatEx DMF_NAME_AW(StringCchCatEx)
#define StringCbCatEx DMF_NAME_AW(StringCbCatEx)
#define StringCchCatN DMF_NAME_AW(StringCchCatN)
#define StringCbCatN DMF_NAME_AW(StringCbCatN)
#define StringCchCatNEx DMF_NAME_AW(StringCchCatNEx)
#define StringCbCatNEx DMF_NAME_AW(StringCbCatNEx)
#define StringCchVPrintf DMF_NAME_AW(StringCchVPrintf)
#define StringCbVPrintf DMF_NAME_AW(StringCbVPrintf)
#define StringCchPrintf DMF_NAME_AW(StringCchPrintf)
#define StringCbPrintf DMF_NAME_AW(StringCbPrintf)
#define StringCchPrintfEx DMF_NAME_AW(StringCchPrintfEx)
#define StringCbPrintfEx DMF_NAME_AW(StringCbPrintfEx)
#define StringCchVPrintfEx DMF_NAME_AW(StringCchVPrintfEx)
#define StringCbVPrintfEx DMF_NAME_AW(StringCbVPrintfEx)
#define StringCchGets DMF_NAME_AW(StringCchGets)
#define StringCbGets DMF_NAME_AW(StringCbGets)
#define StringCchGetsEx DMF_NAME_AW(StringCchGetsEx)
#define StringCbGetsEx DMF_NAME_AW(StringCbGetsEx)
#define StringCchLength DMF_NAME_AW(StringCchLength)
#define StringCbLength DMF_NAME_AW(StringCbLength)

#endif /* STRSAFE_H */
