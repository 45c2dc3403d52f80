/* SPDX-License-Identifier: MIT */
/*
 * Between UTF-8, which is the multibyte character set of driver sources here, and UTF-16; and the wide conversions to
 * floating point, which read through libc's narrow ones.
 */
#define DMF_CRT_IMPLEMENTATION

#include "crt.h"
#include "format.h"

#include <stdlib.h>

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* Converts up to `limit` units including no terminator; stops at the end of the text. A NULL destination only counts. */
static size_t widen(uint16_t *destination, size_t limit, const char *source, size_t length)
{
    const unsigned char *at = (const unsigned char *)source;
    const unsigned char *end = at + length;
    size_t written = 0;

    while (at != end)
    {
        uint16_t units[2];
        size_t count = format_encode_wide(format_decode_narrow(&at, end), units);
        if (destination != NULL)
        {
            if (count > limit - written)
            {
                break;
            }
            memcpy(destination + written, units, count * sizeof(uint16_t));
        }
        written += count;
    }
    return written;
}

static size_t narrow(char *destination, size_t limit, const uint16_t *source, size_t length)
{
    const uint16_t *end = source + length;
    size_t written = 0;

    while (source != end)
    {
        unsigned char bytes[4];
        size_t count = format_encode_narrow(format_decode_wide(&source, end), bytes);
        if (destination != NULL)
        {
            if (count > limit - written)
            {
                break;
            }
            memcpy(destination + written, bytes, count);
        }
        written += count;
    }
    return written;
}

CRT_EXPORT size_t dmf_mbstowcs(uint16_t *destination, const char *source, size_t count)
{
    size_t written = widen(destination, count, source, strlen(source));
    if (destination != NULL && written < count)
    {
        destination[written] = 0;
    }
    return written;
}

CRT_EXPORT size_t dmf_wcstombs(char *destination, const uint16_t *source, size_t count)
{
    size_t written = narrow(destination, count, source, dmf_wcslen(source));
    if (destination != NULL && written < count)
    {
        destination[written] = '\0';
    }
    return written;
}

/* The result of both bounded conversions: `needed` characters for the whole text, of which `count` were asked for. */
static int bounded_result(size_t *converted, size_t used, bool fits, size_t count)
{
    if (converted != NULL)
    {
        *converted = fits || count == CRT_TRUNCATE ? used + 1 : 0;
    }
    return fits ? 0 : count == CRT_TRUNCATE ? CRT_STRUNCATE : ERANGE;
}

CRT_EXPORT int dmf_mbstowcs_s(size_t *converted, uint16_t *destination, size_t size, const char *source, size_t count)
{
    if (converted != NULL)
    {
        *converted = 0;
    }
    if (source == NULL || (destination == NULL) != (size == 0))
    {
        if (destination != NULL && size != 0)
        {
            destination[0] = 0;
        }
        return EINVAL;
    }
    if (destination == NULL)
    {
        return bounded_result(converted, widen(NULL, 0, source, strlen(source)), true, count);
    }
    size_t wanted = widen(NULL, 0, source, strlen(source));
    wanted = wanted < count ? wanted : count;
    bool fits = wanted < size;
    size_t used = fits || count == CRT_TRUNCATE ? widen(destination, fits ? wanted : size - 1, source, strlen(source)) : 0;
    destination[used] = 0;
    return bounded_result(converted, used, fits, count);
}

CRT_EXPORT int dmf_wcstombs_s(size_t *converted, char *destination, size_t size, const uint16_t *source, size_t count)
{
    if (converted != NULL)
    {
        *converted = 0;
    }
    if (source == NULL || (destination == NULL) != (size == 0))
    {
        if (destination != NULL && size != 0)
        {
            destination[0] = '\0';
        }
        return EINVAL;
    }
    size_t length = dmf_wcslen(source);
    if (destination == NULL)
    {
        return bounded_result(converted, narrow(NULL, 0, source, length), true, count);
    }
    size_t wanted = narrow(NULL, 0, source, length);
    wanted = wanted < count ? wanted : count;
    bool fits = wanted < size;
    size_t used = fits || count == CRT_TRUNCATE ? narrow(destination, fits ? wanted : size - 1, source, length) : 0;
    destination[used] = '\0';
    return bounded_result(converted, used, fits, count);
}

/* One character. A character beyond 16 bits, which one unit cannot hold, becomes U+FFFD. */
CRT_EXPORT int dmf_mbtowc(uint16_t *destination, const char *source, size_t count)
{
    if (source == NULL || *source == '\0')
    {
        if (source != NULL && destination != NULL)
        {
            *destination = 0;
        }
        return 0;
    }
    if (count == 0)
    {
        return -1;
    }
    const unsigned char *start = (const unsigned char *)source;
    const unsigned char *at = start;
    uint32_t character = format_decode_narrow(&at, start + count);
    if (destination != NULL)
    {
        *destination = character < 0x10000 ? (uint16_t)character : 0xFFFD;
    }
    return (int)(at - start);
}

CRT_EXPORT int dmf_wctomb(char *destination, uint16_t character)
{
    return destination == NULL ? 0 : (int)format_encode_narrow(character, (unsigned char *)destination);
}

/*
 * Floating point. The text of a number is ASCII, so a narrow copy of as much as could belong to it is enough.
 */
CRT_EXPORT double dmf_wcstod(const uint16_t *text, uint16_t **end)
{
    const uint16_t *start = text;
    char copy[512];
    size_t length = 0;
    char *copy_end;

    while (crt_is_space(*start))
    {
        start++;
    }
    while (length < sizeof(copy) - 1 && start[length] > ' ' && start[length] < 0x7F)
    {
        copy[length] = (char)start[length];
        length++;
    }
    copy[length] = '\0';
    double value = strtod(copy, &copy_end);
    if (end != NULL)
    {
        *end = (uint16_t *)(uintptr_t)(copy_end == copy ? text : start + (copy_end - copy));
    }
    return value;
}

CRT_EXPORT float dmf_wcstof(const uint16_t *text, uint16_t **end)
{
    return (float)dmf_wcstod(text, end);
}

CRT_EXPORT long double dmf_wcstold(const uint16_t *text, uint16_t **end)
{
    return dmf_wcstod(text, end);
}

CRT_EXPORT double dmf_wtof(const uint16_t *text)
{
    return dmf_wcstod(text, NULL);
}
