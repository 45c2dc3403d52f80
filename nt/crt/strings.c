/* SPDX-License-Identifier: MIT */
/*
 * String functions that exist in both widths, and the bounded memory functions.
 */
#define DMF_CRT_IMPLEMENTATION

#include "crt.h"

#include <stdlib.h>

/* The template below defines exported functions whose prototypes only driver sources see, in nt/include/crt. */
#pragma GCC diagnostic ignored "-Wmissing-prototypes"

#define CHARACTER char
#define UNSIGNED_CHARACTER unsigned char
#define NAMED(Narrow, Wide) Narrow
#include "both_widths.h"
#undef CHARACTER
#undef UNSIGNED_CHARACTER
#undef NAMED

#define CHARACTER uint16_t
#define UNSIGNED_CHARACTER uint16_t
#define NAMED(Narrow, Wide) Wide
#include "both_widths.h"
#undef CHARACTER
#undef UNSIGNED_CHARACTER
#undef NAMED

CRT_EXPORT int dmf_memcpy_s(void *destination, size_t size, const void *source, size_t count)
{
    if (count == 0)
    {
        return 0;
    }
    if (destination == NULL)
    {
        return EINVAL;
    }
    if (source == NULL || count > size)
    {
        memset(destination, 0, size);
        return source == NULL ? EINVAL : ERANGE;
    }
    memcpy(destination, source, count);
    return 0;
}

/* Unlike memcpy_s, this leaves the destination alone when it refuses. */
CRT_EXPORT int dmf_memmove_s(void *destination, size_t size, const void *source, size_t count)
{
    if (count == 0)
    {
        return 0;
    }
    if (destination == NULL || source == NULL)
    {
        return EINVAL;
    }
    if (count > size)
    {
        return ERANGE;
    }
    memmove(destination, source, count);
    return 0;
}

/* A count of characters whose bytes cannot be counted is refused by the byte functions as too long. */
static size_t wide_bytes(size_t count)
{
    return count > SIZE_MAX / sizeof(uint16_t) ? SIZE_MAX : count * sizeof(uint16_t);
}

CRT_EXPORT int dmf_wmemcpy_s(uint16_t *destination, size_t size, const uint16_t *source, size_t count)
{
    return dmf_memcpy_s(destination, wide_bytes(size), source, wide_bytes(count));
}

CRT_EXPORT int dmf_wmemmove_s(uint16_t *destination, size_t size, const uint16_t *source, size_t count)
{
    return dmf_memmove_s(destination, wide_bytes(size), source, wide_bytes(count));
}

CRT_EXPORT int dmf_memicmp(const void *left, const void *right, size_t count)
{
    const unsigned char *a = left;
    const unsigned char *b = right;

    for (size_t index = 0; index < count; index++)
    {
        int difference = dmf_towlower(a[index]) - dmf_towlower(b[index]);
        if (difference != 0)
        {
            return difference;
        }
    }
    return 0;
}
