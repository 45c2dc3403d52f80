/* SPDX-License-Identifier: MIT */
/*
 * Single bits of numbers, and comparing memory.
 */
#include "nt/rtl/bits.h"

#include <string.h>

#include "nt/debug/bugcheck.h"

_Noreturn void rtl_out_of_range(const void *object, ULONG_PTR first, ULONG_PTR second)
{
    bugcheck(DRIVER_VERIFIER_DETECTED_VIOLATION, (ULONG_PTR)object, first, second, 0);
}

/*
 * Published entry points.
 */
CCHAR RtlFindMostSignificantBit(ULONGLONG Set)
{
    return (CCHAR)(Set == 0 ? -1 : 63 - __builtin_clzll(Set));
}

CCHAR RtlFindLeastSignificantBit(ULONGLONG Set)
{
    return (CCHAR)(Set == 0 ? -1 : __builtin_ctzll(Set));
}

ULONG RtlNumberOfSetBitsUlongPtr(ULONG_PTR Target)
{
    return (ULONG)__builtin_popcountll(Target);
}

SIZE_T RtlCompareMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length)
{
    const unsigned char *first = Source1;
    const unsigned char *second = Source2;
    SIZE_T index = 0;

    while (index < Length && first[index] == second[index])
    {
        index++;
    }
    return index;
}

/* Counts bytes in whole groups of four; a rest that is no group is not looked at. */
SIZE_T RtlCompareMemoryUlong(PVOID Source, SIZE_T Length, ULONG Pattern)
{
    const char *bytes = Source;
    SIZE_T index = 0;

    while (index + sizeof(ULONG) <= Length && memcmp(bytes + index, &Pattern, sizeof(ULONG)) == 0)
    {
        index += sizeof(ULONG);
    }
    return index;
}
