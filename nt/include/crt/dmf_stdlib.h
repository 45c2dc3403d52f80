/* SPDX-License-Identifier: MIT */
/*
 * The C half of the <stdlib.h> overlay. It is a header of its own because the C++ library reaches libc's <stdlib.h> by
 * several roads (<stdlib.h>, <cstdlib>, <bits/std_abs.h>), and each of them has to pass here first.
 */
#ifndef DMF_CRT_STDLIB_H
#define DMF_CRT_STDLIB_H

#include <dmf_crt.h>

#define strtol dmf_libc_strtol
#define strtoul dmf_libc_strtoul
#define atoi dmf_libc_atoi
#define atol dmf_libc_atol
#define mbstowcs dmf_libc_mbstowcs
#define wcstombs dmf_libc_wcstombs
#define mbtowc dmf_libc_mbtowc
#define wctomb dmf_libc_wctomb

/* Asks the C++ library's own <stdlib.h> to pass straight through to libc's. */
#if defined(__cplusplus) && !defined(_GLIBCXX_INCLUDE_NEXT_C_HEADERS)
#define _GLIBCXX_INCLUDE_NEXT_C_HEADERS
#include_next <stdlib.h>
#undef _GLIBCXX_INCLUDE_NEXT_C_HEADERS
#else
#include_next <stdlib.h>
#endif

#undef strtol
#undef strtoul
#undef atoi
#undef atol
#undef mbstowcs
#undef wcstombs
#undef mbtowc
#undef wctomb

DMF_CRT_BEGIN

/* Numbers. The value of a long has 32 bits, whatever its type. */
long strtol(const char *Text, char **End, int Base) DMF_CRT_SYMBOL(dmf_strtol);
unsigned long strtoul(const char *Text, char **End, int Base) DMF_CRT_SYMBOL(dmf_strtoul);
long long _strtoi64(const char *Text, char **End, int Base) DMF_CRT_SYMBOL(dmf_strtoi64);
unsigned long long _strtoui64(const char *Text, char **End, int Base) DMF_CRT_SYMBOL(dmf_strtoui64);
int atoi(const char *Text) DMF_CRT_SYMBOL(dmf_atoi);
long atol(const char *Text) DMF_CRT_SYMBOL(dmf_atol);
long long _atoi64(const char *Text) DMF_CRT_SYMBOL(dmf_atoi64);
char *_itoa(int Value, char *Text, int Radix) DMF_CRT_SYMBOL(dmf_itoa);
char *_ltoa(int Value, char *Text, int Radix) DMF_CRT_SYMBOL(dmf_itoa);
char *_ultoa(unsigned Value, char *Text, int Radix) DMF_CRT_SYMBOL(dmf_ultoa);
char *_i64toa(long long Value, char *Text, int Radix) DMF_CRT_SYMBOL(dmf_i64toa);
char *_ui64toa(unsigned long long Value, char *Text, int Radix) DMF_CRT_SYMBOL(dmf_ui64toa);
errno_t _itoa_s(int Value, char *Text, size_t Size, int Radix) DMF_CRT_SYMBOL(dmf_itoa_s);
errno_t _ltoa_s(int Value, char *Text, size_t Size, int Radix) DMF_CRT_SYMBOL(dmf_itoa_s);
errno_t _ultoa_s(unsigned Value, char *Text, size_t Size, int Radix) DMF_CRT_SYMBOL(dmf_ultoa_s);
errno_t _i64toa_s(long long Value, char *Text, size_t Size, int Radix) DMF_CRT_SYMBOL(dmf_i64toa_s);
errno_t _ui64toa_s(unsigned long long Value, char *Text, size_t Size, int Radix) DMF_CRT_SYMBOL(dmf_ui64toa_s);

/* UTF-8 and UTF-16. */
size_t mbstowcs(wchar_t *Destination, const char *Source, size_t Count) DMF_CRT_SYMBOL(dmf_mbstowcs);
size_t wcstombs(char *Destination, const wchar_t *Source, size_t Count) DMF_CRT_SYMBOL(dmf_wcstombs);
int mbtowc(wchar_t *Destination, const char *Source, size_t Count) DMF_CRT_SYMBOL(dmf_mbtowc);
int wctomb(char *Destination, wchar_t Character) DMF_CRT_SYMBOL(dmf_wctomb);
errno_t mbstowcs_s(size_t *Converted, wchar_t *Destination, size_t Size, const char *Source, size_t Count)
    DMF_CRT_SYMBOL(dmf_mbstowcs_s);
errno_t wcstombs_s(size_t *Converted, char *Destination, size_t Size, const wchar_t *Source, size_t Count)
    DMF_CRT_SYMBOL(dmf_wcstombs_s);

errno_t rand_s(unsigned *Value) DMF_CRT_SYMBOL(dmf_rand_s);

DMF_CRT_END

#define _MAX_PATH 260
#define _MAX_DRIVE 3
#define _MAX_DIR 256
#define _MAX_FNAME 256
#define _MAX_EXT 256

#define __max(Left, Right) (((Left) > (Right)) ? (Left) : (Right))
#define __min(Left, Right) (((Left) < (Right)) ? (Left) : (Right))

/*
 * min and max. Macros in C, as on Windows; in C++ functions with the same meaning, because a macro of that name breaks the
 * C++ library's headers.
 */
#ifndef NOMINMAX
#ifdef __cplusplus
extern "C++"
{
template <typename LeftType, typename RightType>
constexpr auto(min)(const LeftType &Left, const RightType &Right)
    -> decltype(true ? LeftType(Left) : RightType(Right))
{
    return Left < Right ? Left : Right;
}

template <typename LeftType, typename RightType>
constexpr auto(max)(const LeftType &Left, const RightType &Right)
    -> decltype(true ? LeftType(Left) : RightType(Right))
{
    return Left > Right ? Left : Right;
}
}
#else
#ifndef max
#define max(Left, Right) (((Left) > (Right)) ? (Left) : (Right))
#endif
#ifndef min
#define min(Left, Right) (((Left) < (Right)) ? (Left) : (Right))
#endif
#endif
#endif

#endif /* DMF_CRT_STDLIB_H */
