/* SPDX-License-Identifier: MIT */
/*
 * The wide string functions of the C library, for 16-bit characters. As in the "C" locale of Windows, letters and their case
 * are those of ASCII.
 */
#define DMF_CRT_IMPLEMENTATION

#include "crt.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/*
 * Lengths, copies, comparisons.
 */

CRT_EXPORT size_t dmf_wcslen(const uint16_t *string)
{
    const uint16_t *at = string;
    while (*at != 0)
    {
        at++;
    }
    return (size_t)(at - string);
}

CRT_EXPORT size_t dmf_wcsnlen(const uint16_t *string, size_t limit)
{
    size_t length = 0;
    while (length < limit && string[length] != 0)
    {
        length++;
    }
    return length;
}

CRT_EXPORT uint16_t *dmf_wcscpy(uint16_t *destination, const uint16_t *source)
{
    memcpy(destination, source, (dmf_wcslen(source) + 1) * sizeof(uint16_t));
    return destination;
}

CRT_EXPORT uint16_t *dmf_wcsncpy(uint16_t *destination, const uint16_t *source, size_t count)
{
    size_t length = dmf_wcsnlen(source, count);
    memcpy(destination, source, length * sizeof(uint16_t));
    memset(destination + length, 0, (count - length) * sizeof(uint16_t));
    return destination;
}

CRT_EXPORT uint16_t *dmf_wcscat(uint16_t *destination, const uint16_t *source)
{
    (void)dmf_wcscpy(destination + dmf_wcslen(destination), source);
    return destination;
}

CRT_EXPORT uint16_t *dmf_wcsncat(uint16_t *destination, const uint16_t *source, size_t count)
{
    size_t length = dmf_wcsnlen(source, count);
    uint16_t *end = destination + dmf_wcslen(destination);
    memcpy(end, source, length * sizeof(uint16_t));
    end[length] = 0;
    return destination;
}

CRT_EXPORT int dmf_wcsncmp(const uint16_t *left, const uint16_t *right, size_t count)
{
    for (; count != 0; count--, left++, right++)
    {
        if (*left != *right || *left == 0)
        {
            return (*left > *right) - (*left < *right);
        }
    }
    return 0;
}

CRT_EXPORT int dmf_wcscmp(const uint16_t *left, const uint16_t *right)
{
    return dmf_wcsncmp(left, right, SIZE_MAX);
}

CRT_EXPORT int dmf_wmemcmp(const uint16_t *left, const uint16_t *right, size_t count)
{
    for (; count != 0; count--, left++, right++)
    {
        if (*left != *right)
        {
            return *left > *right ? 1 : -1;
        }
    }
    return 0;
}

CRT_EXPORT uint16_t *dmf_wmemcpy(uint16_t *destination, const uint16_t *source, size_t count)
{
    return memcpy(destination, source, count * sizeof(uint16_t));
}

CRT_EXPORT uint16_t *dmf_wmemmove(uint16_t *destination, const uint16_t *source, size_t count)
{
    return memmove(destination, source, count * sizeof(uint16_t));
}

CRT_EXPORT uint16_t *dmf_wmemset(uint16_t *destination, uint16_t character, size_t count)
{
    for (size_t index = 0; index < count; index++)
    {
        destination[index] = character;
    }
    return destination;
}

/* The string before its end is at most count characters: the one place that stops, used by set and append alike. */
CRT_EXPORT uint16_t *dmf_wcsnset(uint16_t *string, uint16_t character, size_t count)
{
    (void)dmf_wmemset(string, character, dmf_wcsnlen(string, count));
    return string;
}

CRT_EXPORT uint16_t *dmf_wcsset(uint16_t *string, uint16_t character)
{
    return dmf_wcsnset(string, character, SIZE_MAX);
}

/*
 * Searches. They return what the C library returns: a pointer that the caller may write through.
 */

static uint16_t *writable(const uint16_t *string)
{
    return (uint16_t *)(uintptr_t)string;
}

CRT_EXPORT uint16_t *dmf_wmemchr(const uint16_t *string, uint16_t character, size_t count)
{
    for (; count != 0; count--, string++)
    {
        if (*string == character)
        {
            return writable(string);
        }
    }
    return NULL;
}

CRT_EXPORT uint16_t *dmf_wcschr(const uint16_t *string, uint16_t character)
{
    return dmf_wmemchr(string, character, dmf_wcslen(string) + 1);
}

CRT_EXPORT uint16_t *dmf_wcsrchr(const uint16_t *string, uint16_t character)
{
    for (size_t index = dmf_wcslen(string) + 1; index-- != 0;)
    {
        if (string[index] == character)
        {
            return writable(string + index);
        }
    }
    return NULL;
}

CRT_EXPORT size_t dmf_wcsspn(const uint16_t *string, const uint16_t *set)
{
    size_t length = 0;
    while (string[length] != 0 && dmf_wcschr(set, string[length]) != NULL)
    {
        length++;
    }
    return length;
}

CRT_EXPORT size_t dmf_wcscspn(const uint16_t *string, const uint16_t *set)
{
    size_t length = 0;
    while (string[length] != 0 && dmf_wcschr(set, string[length]) == NULL)
    {
        length++;
    }
    return length;
}

CRT_EXPORT uint16_t *dmf_wcspbrk(const uint16_t *string, const uint16_t *set)
{
    string += dmf_wcscspn(string, set);
    return *string != 0 ? writable(string) : NULL;
}

CRT_EXPORT uint16_t *dmf_wcsstr(const uint16_t *string, const uint16_t *part)
{
    size_t length = dmf_wcslen(part);
    for (;; string++)
    {
        if (dmf_wcsncmp(string, part, length) == 0)
        {
            return writable(string);
        }
        if (*string == 0)
        {
            return NULL;
        }
    }
}

CRT_EXPORT uint16_t *dmf_wcstok(uint16_t *string, const uint16_t *delimiters, uint16_t **context)
{
    uint16_t *start = string != NULL ? string : *context;
    if (start == NULL)
    {
        return NULL;
    }
    start += dmf_wcsspn(start, delimiters);
    uint16_t *end = start + dmf_wcscspn(start, delimiters);
    *context = *end != 0 ? end + 1 : end;
    *end = 0;
    return end == start ? NULL : start;
}

CRT_EXPORT size_t dmf_wcsxfrm(uint16_t *destination, const uint16_t *source, size_t count)
{
    size_t length = dmf_wcslen(source);
    if (count != 0)
    {
        size_t copied = length < count ? length : count - 1;
        memcpy(destination, source, copied * sizeof(uint16_t));
        destination[copied] = 0;
    }
    return length;
}

/*
 * Classes of characters.
 */

CRT_EXPORT int dmf_towlower(unsigned character)
{
    return (int)(character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character);
}

CRT_EXPORT int dmf_towupper(unsigned character)
{
    return (int)(character >= 'a' && character <= 'z' ? character - ('a' - 'A') : character);
}

CRT_EXPORT int dmf_iswlower(unsigned character)
{
    return character >= 'a' && character <= 'z';
}

CRT_EXPORT int dmf_iswupper(unsigned character)
{
    return character >= 'A' && character <= 'Z';
}

CRT_EXPORT int dmf_iswalpha(unsigned character)
{
    return dmf_iswlower(character) || dmf_iswupper(character);
}

CRT_EXPORT int dmf_iswdigit(unsigned character)
{
    return character >= '0' && character <= '9';
}

CRT_EXPORT int dmf_iswalnum(unsigned character)
{
    return dmf_iswalpha(character) || dmf_iswdigit(character);
}

CRT_EXPORT int dmf_iswxdigit(unsigned character)
{
    return crt_digit(character) < 16;
}

CRT_EXPORT int dmf_iswspace(unsigned character)
{
    return crt_is_space(character);
}

CRT_EXPORT int dmf_iswblank(unsigned character)
{
    return character == ' ' || character == '\t';
}

CRT_EXPORT int dmf_iswcntrl(unsigned character)
{
    return character < ' ' || character == 0x7F;
}

CRT_EXPORT int dmf_iswprint(unsigned character)
{
    return character >= ' ' && character < 0x7F;
}

CRT_EXPORT int dmf_iswgraph(unsigned character)
{
    return character > ' ' && character < 0x7F;
}

CRT_EXPORT int dmf_iswpunct(unsigned character)
{
    return dmf_iswgraph(character) && !dmf_iswalnum(character);
}

CRT_EXPORT int dmf_iswascii(unsigned character)
{
    return character < 0x80;
}
