/* SPDX-License-Identifier: MIT */
/*
 * Marks and prototypes shared by the C run-time functions that driver sources get from us instead of from libc.
 *
 * nt/include/crt declares them to drivers under their usual names with these symbols behind them, so that a driver object
 * never imports libc's function of the same name, whose wchar_t has 32 bits and whose long has 64. Sources here define
 * DMF_CRT_IMPLEMENTATION before their first include: they are written on top of libc and must not see the overlay.
 *
 * A wide character is a uint16_t here, so that the code means the same whatever -fshort-wchar says.
 */
#ifndef DMF_CRT_H
#define DMF_CRT_H

#ifndef DMF_CRT_IMPLEMENTATION
#error "Define DMF_CRT_IMPLEMENTATION before the first include."
#endif

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define CRT_EXPORT __attribute__((visibility("default")))

/* Microsoft's values where Linux has none. */
#define CRT_TRUNCATE ((size_t)-1)
#define CRT_STRUNCATE 80

/* What several of our sources use from one another. */
CRT_EXPORT size_t dmf_wcslen(const uint16_t *string);
CRT_EXPORT size_t dmf_wcsnlen(const uint16_t *string, size_t limit);
CRT_EXPORT int dmf_towlower(unsigned character);
CRT_EXPORT int dmf_towupper(unsigned character);

static inline bool crt_is_space(unsigned character)
{
    return character == ' ' || (character >= '\t' && character <= '\r');
}

/* The value of a digit in any base up to 36, or 99. */
static inline unsigned crt_digit(unsigned character)
{
    if (character >= '0' && character <= '9')
    {
        return character - '0';
    }
    if (character >= 'a' && character <= 'z')
    {
        return character - 'a' + 10;
    }
    if (character >= 'A' && character <= 'Z')
    {
        return character - 'A' + 10;
    }
    return 99;
}

#endif /* DMF_CRT_H */
