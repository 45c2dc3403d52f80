/* SPDX-License-Identifier: MIT */
/*
 * Overlay of <wchar.h>: the wide string functions for 16-bit characters. dmf_crt.h says how the overlay works.
 */
#if defined(DMF_CRT_IMPLEMENTATION)
#include_next <wchar.h>
#elif !defined(DMF_CRT_WCHAR_H)
#define DMF_CRT_WCHAR_H

#include <dmf_crt.h>

#define wcslen dmf_libc_wcslen
#define wcsnlen dmf_libc_wcsnlen
#define wcscpy dmf_libc_wcscpy
#define wcsncpy dmf_libc_wcsncpy
#define wcscat dmf_libc_wcscat
#define wcsncat dmf_libc_wcsncat
#define wcscmp dmf_libc_wcscmp
#define wcsncmp dmf_libc_wcsncmp
#define wcscoll dmf_libc_wcscoll
#define wcsxfrm dmf_libc_wcsxfrm
#define wcschr dmf_libc_wcschr
#define wcsrchr dmf_libc_wcsrchr
#define wcsspn dmf_libc_wcsspn
#define wcscspn dmf_libc_wcscspn
#define wcspbrk dmf_libc_wcspbrk
#define wcsstr dmf_libc_wcsstr
#define wcstok dmf_libc_wcstok
#define wcsdup dmf_libc_wcsdup
#define wcscasecmp dmf_libc_wcscasecmp
#define wcsncasecmp dmf_libc_wcsncasecmp
#define wmemchr dmf_libc_wmemchr
#define wmemcmp dmf_libc_wmemcmp
#define wmemcpy dmf_libc_wmemcpy
#define wmemmove dmf_libc_wmemmove
#define wmemset dmf_libc_wmemset
#define wcstol dmf_libc_wcstol
#define wcstoul dmf_libc_wcstoul
#define wcstoll dmf_libc_wcstoll
#define wcstoull dmf_libc_wcstoull
#define wcstod dmf_libc_wcstod
#define wcstof dmf_libc_wcstof
#define wcstold dmf_libc_wcstold
#define wprintf dmf_libc_wprintf
#define fwprintf dmf_libc_fwprintf
#define swprintf dmf_libc_swprintf
#define vwprintf dmf_libc_vwprintf
#define vfwprintf dmf_libc_vfwprintf
#define vswprintf dmf_libc_vswprintf
#define wscanf dmf_libc_wscanf
#define fwscanf dmf_libc_fwscanf
#define swscanf dmf_libc_swscanf
#define vwscanf dmf_libc_vwscanf
#define vfwscanf dmf_libc_vfwscanf
#define vswscanf dmf_libc_vswscanf
#define fputws dmf_libc_fputws
#define fputwc dmf_libc_fputwc
#define putwc dmf_libc_putwc
#define putwchar dmf_libc_putwchar

#include_next <wchar.h>

#undef wcslen
#undef wcsnlen
#undef wcscpy
#undef wcsncpy
#undef wcscat
#undef wcsncat
#undef wcscmp
#undef wcsncmp
#undef wcscoll
#undef wcsxfrm
#undef wcschr
#undef wcsrchr
#undef wcsspn
#undef wcscspn
#undef wcspbrk
#undef wcsstr
#undef wcstok
#undef wcsdup
#undef wcscasecmp
#undef wcsncasecmp
#undef wmemchr
#undef wmemcmp
#undef wmemcpy
#undef wmemmove
#undef wmemset
#undef wcstol
#undef wcstoul
#undef wcstoll
#undef wcstoull
#undef wcstod
#undef wcstof
#undef wcstold
#undef wprintf
#undef fwprintf
#undef swprintf
#undef vwprintf
#undef vfwprintf
#undef vswprintf
#undef wscanf
#undef fwscanf
#undef swscanf
#undef vwscanf
#undef vfwscanf
#undef vswscanf
#undef fputws
#undef fputwc
#undef putwc
#undef putwchar

#include <wctype.h>

DMF_CRT_BEGIN

/* Strings. */
size_t wcslen(const wchar_t *String) DMF_CRT_SYMBOL(dmf_wcslen);
size_t wcsnlen(const wchar_t *String, size_t Limit) DMF_CRT_SYMBOL(dmf_wcsnlen);
wchar_t *wcscpy(wchar_t *Destination, const wchar_t *Source) DMF_CRT_SYMBOL(dmf_wcscpy);
wchar_t *wcsncpy(wchar_t *Destination, const wchar_t *Source, size_t Count) DMF_CRT_SYMBOL(dmf_wcsncpy);
wchar_t *wcscat(wchar_t *Destination, const wchar_t *Source) DMF_CRT_SYMBOL(dmf_wcscat);
wchar_t *wcsncat(wchar_t *Destination, const wchar_t *Source, size_t Count) DMF_CRT_SYMBOL(dmf_wcsncat);
int wcscmp(const wchar_t *Left, const wchar_t *Right) DMF_CRT_SYMBOL(dmf_wcscmp);
int wcsncmp(const wchar_t *Left, const wchar_t *Right, size_t Count) DMF_CRT_SYMBOL(dmf_wcsncmp);
int wcscoll(const wchar_t *Left, const wchar_t *Right) DMF_CRT_SYMBOL(dmf_wcscmp);
size_t wcsxfrm(wchar_t *Destination, const wchar_t *Source, size_t Count) DMF_CRT_SYMBOL(dmf_wcsxfrm);
size_t wcsspn(const wchar_t *String, const wchar_t *Set) DMF_CRT_SYMBOL(dmf_wcsspn);
size_t wcscspn(const wchar_t *String, const wchar_t *Set) DMF_CRT_SYMBOL(dmf_wcscspn);
wchar_t *wcstok(wchar_t *String, const wchar_t *Delimiters, wchar_t **Context) DMF_CRT_SYMBOL(dmf_wcstok);
int _wcsicmp(const wchar_t *Left, const wchar_t *Right) DMF_CRT_SYMBOL(dmf_wcsicmp);
int _wcsnicmp(const wchar_t *Left, const wchar_t *Right, size_t Count) DMF_CRT_SYMBOL(dmf_wcsnicmp);
wchar_t *_wcsdup(const wchar_t *String) DMF_CRT_SYMBOL(dmf_wcsdup);
wchar_t *wcsdup(const wchar_t *String) DMF_CRT_SYMBOL(dmf_wcsdup);
wchar_t *_wcslwr(wchar_t *String) DMF_CRT_SYMBOL(dmf_wcslwr);
wchar_t *_wcsupr(wchar_t *String) DMF_CRT_SYMBOL(dmf_wcsupr);
wchar_t *_wcsrev(wchar_t *String) DMF_CRT_SYMBOL(dmf_wcsrev);
wchar_t *_wcsset(wchar_t *String, wchar_t Character) DMF_CRT_SYMBOL(dmf_wcsset);
wchar_t *_wcsnset(wchar_t *String, wchar_t Character, size_t Count) DMF_CRT_SYMBOL(dmf_wcsnset);

/* Memory, counted in characters. */
int wmemcmp(const wchar_t *Left, const wchar_t *Right, size_t Count) DMF_CRT_SYMBOL(dmf_wmemcmp);
wchar_t *wmemcpy(wchar_t *Destination, const wchar_t *Source, size_t Count) DMF_CRT_SYMBOL(dmf_wmemcpy);
wchar_t *wmemmove(wchar_t *Destination, const wchar_t *Source, size_t Count) DMF_CRT_SYMBOL(dmf_wmemmove);
wchar_t *wmemset(wchar_t *Destination, wchar_t Character, size_t Count) DMF_CRT_SYMBOL(dmf_wmemset);
errno_t wmemcpy_s(wchar_t *Destination, rsize_t Size, const wchar_t *Source, rsize_t Count) DMF_CRT_SYMBOL(dmf_wmemcpy_s);
errno_t wmemmove_s(wchar_t *Destination, rsize_t Size, const wchar_t *Source, rsize_t Count)
    DMF_CRT_SYMBOL(dmf_wmemmove_s);

/* With bounds: a call that breaks a rule empties the destination and returns the error. */
size_t wcsnlen_s(const wchar_t *String, size_t Limit) DMF_CRT_SYMBOL(dmf_wcsnlen_s);
errno_t wcscpy_s(wchar_t *Destination, rsize_t Size, const wchar_t *Source) DMF_CRT_SYMBOL(dmf_wcscpy_s);
errno_t wcsncpy_s(wchar_t *Destination, rsize_t Size, const wchar_t *Source, rsize_t Count) DMF_CRT_SYMBOL(dmf_wcsncpy_s);
errno_t wcscat_s(wchar_t *Destination, rsize_t Size, const wchar_t *Source) DMF_CRT_SYMBOL(dmf_wcscat_s);
errno_t wcsncat_s(wchar_t *Destination, rsize_t Size, const wchar_t *Source, rsize_t Count) DMF_CRT_SYMBOL(dmf_wcsncat_s);
wchar_t *wcstok_s(wchar_t *String, const wchar_t *Delimiters, wchar_t **Context) DMF_CRT_SYMBOL(dmf_wcstok_s);
errno_t _wcslwr_s(wchar_t *String, size_t Size) DMF_CRT_SYMBOL(dmf_wcslwr_s);
errno_t _wcsupr_s(wchar_t *String, size_t Size) DMF_CRT_SYMBOL(dmf_wcsupr_s);

/* Numbers. The value of a long has 32 bits, whatever its type. */
long wcstol(const wchar_t *Text, wchar_t **End, int Base) DMF_CRT_SYMBOL(dmf_wcstol);
unsigned long wcstoul(const wchar_t *Text, wchar_t **End, int Base) DMF_CRT_SYMBOL(dmf_wcstoul);
long long wcstoll(const wchar_t *Text, wchar_t **End, int Base) DMF_CRT_SYMBOL(dmf_wcstoi64);
unsigned long long wcstoull(const wchar_t *Text, wchar_t **End, int Base) DMF_CRT_SYMBOL(dmf_wcstoui64);
long long _wcstoi64(const wchar_t *Text, wchar_t **End, int Base) DMF_CRT_SYMBOL(dmf_wcstoi64);
unsigned long long _wcstoui64(const wchar_t *Text, wchar_t **End, int Base) DMF_CRT_SYMBOL(dmf_wcstoui64);
double wcstod(const wchar_t *Text, wchar_t **End) DMF_CRT_SYMBOL(dmf_wcstod);
float wcstof(const wchar_t *Text, wchar_t **End) DMF_CRT_SYMBOL(dmf_wcstof);
long double wcstold(const wchar_t *Text, wchar_t **End) DMF_CRT_SYMBOL(dmf_wcstold);
int _wtoi(const wchar_t *Text) DMF_CRT_SYMBOL(dmf_wtoi);
long _wtol(const wchar_t *Text) DMF_CRT_SYMBOL(dmf_wtol);
long long _wtoi64(const wchar_t *Text) DMF_CRT_SYMBOL(dmf_wtoi64);
double _wtof(const wchar_t *Text) DMF_CRT_SYMBOL(dmf_wtof);
wchar_t *_itow(int Value, wchar_t *Text, int Radix) DMF_CRT_SYMBOL(dmf_itow);
wchar_t *_ltow(int Value, wchar_t *Text, int Radix) DMF_CRT_SYMBOL(dmf_itow);
wchar_t *_ultow(unsigned Value, wchar_t *Text, int Radix) DMF_CRT_SYMBOL(dmf_ultow);
wchar_t *_i64tow(long long Value, wchar_t *Text, int Radix) DMF_CRT_SYMBOL(dmf_i64tow);
wchar_t *_ui64tow(unsigned long long Value, wchar_t *Text, int Radix) DMF_CRT_SYMBOL(dmf_ui64tow);
errno_t _itow_s(int Value, wchar_t *Text, size_t Size, int Radix) DMF_CRT_SYMBOL(dmf_itow_s);
errno_t _ltow_s(int Value, wchar_t *Text, size_t Size, int Radix) DMF_CRT_SYMBOL(dmf_itow_s);
errno_t _ultow_s(unsigned Value, wchar_t *Text, size_t Size, int Radix) DMF_CRT_SYMBOL(dmf_ultow_s);
errno_t _i64tow_s(long long Value, wchar_t *Text, size_t Size, int Radix) DMF_CRT_SYMBOL(dmf_i64tow_s);
errno_t _ui64tow_s(unsigned long long Value, wchar_t *Text, size_t Size, int Radix) DMF_CRT_SYMBOL(dmf_ui64tow_s);

/* Formatted text. A stream takes it as UTF-8. */
int wprintf(const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_wprintf);
int wprintf_s(const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_wprintf);
int fwprintf(FILE *File, const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_fwprintf);
int fwprintf_s(FILE *File, const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_fwprintf);
int vwprintf(const wchar_t *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vwprintf);
int vfwprintf(FILE *File, const wchar_t *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vfwprintf);
int swprintf(wchar_t *Text, size_t Size, const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_swprintf);
int vswprintf(wchar_t *Text, size_t Size, const wchar_t *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vswprintf);
int _swprintf(wchar_t *Text, const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_swprintf_unbounded);
int _vswprintf(wchar_t *Text, const wchar_t *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vswprintf_unbounded);
int swprintf_s(wchar_t *Text, size_t Size, const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_swprintf_s);
int vswprintf_s(wchar_t *Text, size_t Size, const wchar_t *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vswprintf_s);
int _snwprintf(wchar_t *Text, size_t Count, const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf__snwprintf);
int _vsnwprintf(wchar_t *Text, size_t Count, const wchar_t *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf__vsnwprintf);
int _snwprintf_s(wchar_t *Text, size_t Size, size_t Count, const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_snwprintf_s);
int _vsnwprintf_s(wchar_t *Text, size_t Size, size_t Count, const wchar_t *Format, va_list Arguments)
    DMF_CRT_SYMBOL(dmf_vsnwprintf_s);
int _scwprintf(const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_scwprintf);
int _vscwprintf(const wchar_t *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vscwprintf);
int wscanf(const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_wscanf);
int wscanf_s(const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_wscanf_s);
int vwscanf(const wchar_t *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vwscanf);
int fwscanf(FILE *File, const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_fwscanf);
int fwscanf_s(FILE *File, const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_fwscanf_s);
int vfwscanf(FILE *File, const wchar_t *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vfwscanf);
int swscanf(const wchar_t *Text, const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_swscanf);
int swscanf_s(const wchar_t *Text, const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_swscanf_s);
int vswscanf(const wchar_t *Text, const wchar_t *Format, va_list Arguments) DMF_CRT_SYMBOL(dmf_vswscanf);
int fputws(const wchar_t *Text, FILE *File) DMF_CRT_SYMBOL(dmf_fputws);
int _putws(const wchar_t *Text) DMF_CRT_SYMBOL(dmf_putws);
int fputwc(wchar_t Character, FILE *File) DMF_CRT_SYMBOL(dmf_fputwc);
int putwc(wchar_t Character, FILE *File) DMF_CRT_SYMBOL(dmf_fputwc);
int putwchar(wchar_t Character) DMF_CRT_SYMBOL(dmf_putwchar);

DMF_CRT_END

/* The searches, which C++ overloads on whether the string may be written. */
#ifdef __cplusplus
extern "C++"
{
wchar_t *wcschr(wchar_t *String, wchar_t Character) DMF_CRT_SYMBOL(dmf_wcschr);
const wchar_t *wcschr(const wchar_t *String, wchar_t Character) DMF_CRT_SYMBOL(dmf_wcschr);
wchar_t *wcsrchr(wchar_t *String, wchar_t Character) DMF_CRT_SYMBOL(dmf_wcsrchr);
const wchar_t *wcsrchr(const wchar_t *String, wchar_t Character) DMF_CRT_SYMBOL(dmf_wcsrchr);
wchar_t *wcspbrk(wchar_t *String, const wchar_t *Set) DMF_CRT_SYMBOL(dmf_wcspbrk);
const wchar_t *wcspbrk(const wchar_t *String, const wchar_t *Set) DMF_CRT_SYMBOL(dmf_wcspbrk);
wchar_t *wcsstr(wchar_t *String, const wchar_t *Part) DMF_CRT_SYMBOL(dmf_wcsstr);
const wchar_t *wcsstr(const wchar_t *String, const wchar_t *Part) DMF_CRT_SYMBOL(dmf_wcsstr);
wchar_t *wmemchr(wchar_t *String, wchar_t Character, size_t Count) DMF_CRT_SYMBOL(dmf_wmemchr);
const wchar_t *wmemchr(const wchar_t *String, wchar_t Character, size_t Count) DMF_CRT_SYMBOL(dmf_wmemchr);

/* The form of swprintf without a size, and the bounded functions with the size of an array. */
int swprintf(wchar_t *Text, const wchar_t *Format, ...) DMF_CRT_SYMBOL(dmf_swprintf_unbounded);

template <size_t Size>
inline errno_t wcscpy_s(wchar_t (&Destination)[Size], const wchar_t *Source)
{
    return wcscpy_s(Destination, Size, Source);
}

template <size_t Size>
inline errno_t wcsncpy_s(wchar_t (&Destination)[Size], const wchar_t *Source, size_t Count)
{
    return wcsncpy_s(Destination, Size, Source, Count);
}

template <size_t Size>
inline errno_t wcscat_s(wchar_t (&Destination)[Size], const wchar_t *Source)
{
    return wcscat_s(Destination, Size, Source);
}

template <size_t Size>
inline errno_t wcsncat_s(wchar_t (&Destination)[Size], const wchar_t *Source, size_t Count)
{
    return wcsncat_s(Destination, Size, Source, Count);
}

template <size_t Size>
inline int vswprintf_s(wchar_t (&Text)[Size], const wchar_t *Format, va_list Arguments)
{
    return vswprintf_s(Text, Size, Format, Arguments);
}

template <size_t Size>
inline int swprintf_s(wchar_t (&Text)[Size], const wchar_t *Format, ...)
{
    va_list arguments;
    va_start(arguments, Format);
    int result = vswprintf_s(Text, Size, Format, arguments);
    va_end(arguments);
    return result;
}

template <size_t Size>
inline int _snwprintf_s(wchar_t (&Text)[Size], size_t Count, const wchar_t *Format, ...)
{
    va_list arguments;
    va_start(arguments, Format);
    int result = _vsnwprintf_s(Text, Size, Count, Format, arguments);
    va_end(arguments);
    return result;
}
}
#else
wchar_t *wcschr(const wchar_t *String, wchar_t Character) DMF_CRT_SYMBOL(dmf_wcschr);
wchar_t *wcsrchr(const wchar_t *String, wchar_t Character) DMF_CRT_SYMBOL(dmf_wcsrchr);
wchar_t *wcspbrk(const wchar_t *String, const wchar_t *Set) DMF_CRT_SYMBOL(dmf_wcspbrk);
wchar_t *wcsstr(const wchar_t *String, const wchar_t *Part) DMF_CRT_SYMBOL(dmf_wcsstr);
wchar_t *wmemchr(const wchar_t *String, wchar_t Character, size_t Count) DMF_CRT_SYMBOL(dmf_wmemchr);
#endif

#endif
