/* SPDX-License-Identifier: MIT */
/*
 * Bitmaps over a caller's memory. Everything stands on one search, for the next bit with a given value, and one fill; both go
 * by words of 32 bits and never touch a word beyond the last one that holds a bit of the map.
 */
#include <string.h>

#include "nt/rtl/bits.h"

#define NOT_FOUND MAXULONG

static ULONG word_count(const RTL_BITMAP *map)
{
    return map->SizeOfBitMap / 32 + (map->SizeOfBitMap % 32 != 0);
}

/* The bits of [from, to) that lie in the given word. */
static ULONG word_mask(ULONG word, ULONG from, ULONG to)
{
    ULONG mask = MAXULONG;

    if (word == from / 32)
    {
        mask &= MAXULONG << (from % 32);
    }
    if (word == to / 32)
    {
        mask &= ~(MAXULONG << (to % 32));
    }
    return mask;
}

/* Whether the map has the range, and the range has a bit. */
static bool has_range(const RTL_BITMAP *map, ULONG start, ULONG length)
{
    return length != 0 && start < map->SizeOfBitMap && length <= map->SizeOfBitMap - start;
}

static bool test_bit(const RTL_BITMAP *map, ULONG index)
{
    return ((map->Buffer[index / 32] >> (index % 32)) & 1) != 0;
}

/* The first bit with the value in [from, to), or to. */
static ULONG next_bit(const RTL_BITMAP *map, ULONG from, ULONG to, bool value)
{
    for (ULONG word = from / 32; from < to && word <= (to - 1) / 32; word++)
    {
        ULONG found = (value ? map->Buffer[word] : ~map->Buffer[word]) & word_mask(word, from, to);

        if (found != 0)
        {
            return word * 32 + (ULONG)__builtin_ctz(found);
        }
    }
    return to;
}

/* The bits below `from` with the value that lie together directly below it. */
static ULONG count_below(const RTL_BITMAP *map, ULONG from, bool value)
{
    ULONG count = 0;

    while (count < from && test_bit(map, from - count - 1) == value)
    {
        count++;
    }
    return count;
}

static void fill(RTL_BITMAP *map, ULONG start, ULONG length, bool value)
{
    ULONG end = start + length;

    if (length == 0)
    {
        return;
    }
    if (!has_range(map, start, length))
    {
        rtl_out_of_range(map, start, length);
    }
    for (ULONG word = start / 32; word <= (end - 1) / 32; word++)
    {
        ULONG mask = word_mask(word, start, end);

        map->Buffer[word] = value ? map->Buffer[word] | mask : map->Buffer[word] & ~mask;
    }
}

/* The next run of bits with the value in [from, to): its start in *ret_start and its length, zero when there is none. */
static ULONG next_run(const RTL_BITMAP *map, ULONG from, ULONG to, bool value, ULONG *ret_start)
{
    *ret_start = next_bit(map, from, to, value);
    return next_bit(map, *ret_start, to, !value) - *ret_start;
}

static ULONG find_in(const RTL_BITMAP *map, ULONG from, ULONG to, ULONG count, bool value)
{
    ULONG start;

    for (ULONG length = next_run(map, from, to, value, &start); length != 0;
         length = next_run(map, start + length, to, value, &start))
    {
        if (length >= count)
        {
            return start;
        }
    }
    return NOT_FOUND;
}

/* From the hint to the end, then from the beginning so far that a run across the hint is found too. */
static ULONG find_bits(const RTL_BITMAP *map, ULONG count, ULONG hint, bool value)
{
    ULONG size = map->SizeOfBitMap;
    ULONG found;

    if (count > size)
    {
        return NOT_FOUND;
    }
    hint = hint < size ? hint : 0;
    if (count == 0)
    {
        return hint & ~7u;
    }
    found = find_in(map, hint, size, count, value);
    if (found == NOT_FOUND && hint != 0)
    {
        found = find_in(map, 0, hint < size - (count - 1) ? hint + (count - 1) : size, count, value);
    }
    return found;
}

static ULONG find_and_fill(RTL_BITMAP *map, ULONG count, ULONG hint, bool value)
{
    ULONG found = find_bits(map, count, hint, value);

    if (found != NOT_FOUND)
    {
        fill(map, found, count, !value);
    }
    return found;
}

static ULONG count_set(const RTL_BITMAP *map, ULONG start, ULONG length)
{
    ULONG end = start + length;
    ULONG count = 0;

    for (ULONG word = start / 32; length != 0 && word <= (end - 1) / 32; word++)
    {
        count += (ULONG)__builtin_popcount(map->Buffer[word] & word_mask(word, start, end));
    }
    return count;
}

/* Puts a run into an array that is sorted with the longest first; the shortest falls out of a full one. */
static void keep_longest(RTL_BITMAP_RUN *runs, ULONG *count, ULONG capacity, RTL_BITMAP_RUN run)
{
    ULONG position = *count;

    while (position > 0 && runs[position - 1].NumberOfBits < run.NumberOfBits)
    {
        position--;
    }
    if (position == capacity)
    {
        return;
    }
    if (*count < capacity)
    {
        (*count)++;
    }
    memmove(&runs[position + 1], &runs[position], (*count - position - 1) * sizeof(*runs));
    runs[position] = run;
}

/* The two sides need not be aligned to one another, hence bit by bit: what drivers copy is short. */
static void copy_bits(const RTL_BITMAP *from, ULONG from_bit, RTL_BITMAP *to, ULONG to_bit, ULONG count)
{
    for (ULONG index = 0; index < count; index++)
    {
        fill(to, to_bit + index, 1, test_bit(from, from_bit + index));
    }
}

static ULONG smaller(ULONG first, ULONG second)
{
    return first < second ? first : second;
}

/*
 * Published entry points.
 */
VOID RtlInitializeBitMap(PRTL_BITMAP BitMapHeader, PULONG BitMapBuffer, ULONG SizeOfBitMap)
{
    BitMapHeader->SizeOfBitMap = SizeOfBitMap;
    BitMapHeader->Buffer = BitMapBuffer;
}

VOID RtlClearBit(PRTL_BITMAP BitMapHeader, ULONG BitNumber)
{
    fill(BitMapHeader, BitNumber, 1, false);
}

VOID RtlSetBit(PRTL_BITMAP BitMapHeader, ULONG BitNumber)
{
    fill(BitMapHeader, BitNumber, 1, true);
}

BOOLEAN RtlTestBit(PRTL_BITMAP BitMapHeader, ULONG BitNumber)
{
    if (BitNumber >= BitMapHeader->SizeOfBitMap)
    {
        rtl_out_of_range(BitMapHeader, BitNumber, 1);
    }
    return test_bit(BitMapHeader, BitNumber);
}

VOID RtlClearBits(PRTL_BITMAP BitMapHeader, ULONG StartingIndex, ULONG NumberToClear)
{
    fill(BitMapHeader, StartingIndex, NumberToClear, false);
}

VOID RtlSetBits(PRTL_BITMAP BitMapHeader, ULONG StartingIndex, ULONG NumberToSet)
{
    fill(BitMapHeader, StartingIndex, NumberToSet, true);
}

VOID RtlClearAllBits(PRTL_BITMAP BitMapHeader)
{
    memset(BitMapHeader->Buffer, 0, (size_t)word_count(BitMapHeader) * sizeof(ULONG));
}

VOID RtlSetAllBits(PRTL_BITMAP BitMapHeader)
{
    memset(BitMapHeader->Buffer, 0xFF, (size_t)word_count(BitMapHeader) * sizeof(ULONG));
}

BOOLEAN RtlAreBitsClear(PRTL_BITMAP BitMapHeader, ULONG StartingIndex, ULONG Length)
{
    return has_range(BitMapHeader, StartingIndex, Length) &&
           next_bit(BitMapHeader, StartingIndex, StartingIndex + Length, true) == StartingIndex + Length;
}

BOOLEAN RtlAreBitsSet(PRTL_BITMAP BitMapHeader, ULONG StartingIndex, ULONG Length)
{
    return has_range(BitMapHeader, StartingIndex, Length) &&
           next_bit(BitMapHeader, StartingIndex, StartingIndex + Length, false) == StartingIndex + Length;
}

ULONG RtlFindClearBits(PRTL_BITMAP BitMapHeader, ULONG NumberToFind, ULONG HintIndex)
{
    return find_bits(BitMapHeader, NumberToFind, HintIndex, false);
}

ULONG RtlFindSetBits(PRTL_BITMAP BitMapHeader, ULONG NumberToFind, ULONG HintIndex)
{
    return find_bits(BitMapHeader, NumberToFind, HintIndex, true);
}

ULONG RtlFindClearBitsAndSet(PRTL_BITMAP BitMapHeader, ULONG NumberToFind, ULONG HintIndex)
{
    return find_and_fill(BitMapHeader, NumberToFind, HintIndex, false);
}

ULONG RtlFindSetBitsAndClear(PRTL_BITMAP BitMapHeader, ULONG NumberToFind, ULONG HintIndex)
{
    return find_and_fill(BitMapHeader, NumberToFind, HintIndex, true);
}

ULONG RtlNumberOfSetBits(PRTL_BITMAP BitMapHeader)
{
    return count_set(BitMapHeader, 0, BitMapHeader->SizeOfBitMap);
}

ULONG RtlNumberOfClearBits(PRTL_BITMAP BitMapHeader)
{
    return BitMapHeader->SizeOfBitMap - RtlNumberOfSetBits(BitMapHeader);
}

ULONG RtlNumberOfSetBitsInRange(PRTL_BITMAP BitMapHeader, ULONG StartingIndex, ULONG Length)
{
    return has_range(BitMapHeader, StartingIndex, Length) ? count_set(BitMapHeader, StartingIndex, Length) : 0;
}

ULONG RtlNumberOfClearBitsInRange(PRTL_BITMAP BitMapHeader, ULONG StartingIndex, ULONG Length)
{
    return has_range(BitMapHeader, StartingIndex, Length) ? Length - count_set(BitMapHeader, StartingIndex, Length) : 0;
}

ULONG RtlFindNextForwardRunClear(PRTL_BITMAP BitMapHeader, ULONG FromIndex, PULONG StartingRunIndex)
{
    if (FromIndex >= BitMapHeader->SizeOfBitMap)
    {
        *StartingRunIndex = FromIndex;
        return 0;
    }
    return next_run(BitMapHeader, FromIndex, BitMapHeader->SizeOfBitMap, false, StartingRunIndex);
}

ULONG RtlFindFirstRunClear(PRTL_BITMAP BitMapHeader, PULONG StartingIndex)
{
    return RtlFindNextForwardRunClear(BitMapHeader, 0, StartingIndex);
}

/* The nearest run that ends at FromIndex or before it; bits of the same run behind FromIndex do not count. */
ULONG RtlFindLastBackwardRunClear(PRTL_BITMAP BitMapHeader, ULONG FromIndex, PULONG StartingRunIndex)
{
    ULONG end = FromIndex < BitMapHeader->SizeOfBitMap ? FromIndex + 1 : BitMapHeader->SizeOfBitMap;
    ULONG length;

    end -= count_below(BitMapHeader, end, true);
    length = count_below(BitMapHeader, end, false);
    *StartingRunIndex = length == 0 ? FromIndex : end - length;
    return length;
}

ULONG RtlFindClearRuns(PRTL_BITMAP BitMapHeader, PRTL_BITMAP_RUN RunArray, ULONG SizeOfRunArray, BOOLEAN LocateLongestRuns)
{
    ULONG size = BitMapHeader->SizeOfBitMap;
    RTL_BITMAP_RUN run = {0, 0};
    ULONG count = 0;

    while (LocateLongestRuns || count < SizeOfRunArray)
    {
        run.NumberOfBits = next_run(BitMapHeader, run.StartingIndex + run.NumberOfBits, size, false, &run.StartingIndex);
        if (run.NumberOfBits == 0)
        {
            break;
        }
        if (LocateLongestRuns)
        {
            keep_longest(RunArray, &count, SizeOfRunArray, run);
        }
        else
        {
            RunArray[count++] = run;
        }
    }
    return count;
}

ULONG RtlFindLongestRunClear(PRTL_BITMAP BitMapHeader, PULONG StartingIndex)
{
    RTL_BITMAP_RUN run = {0, 0};

    (void)RtlFindClearRuns(BitMapHeader, &run, 1, TRUE);
    *StartingIndex = run.StartingIndex;
    return run.NumberOfBits;
}

VOID RtlCopyBitMap(PRTL_BITMAP Source, PRTL_BITMAP Destination, ULONG TargetBit)
{
    if (TargetBit < Destination->SizeOfBitMap)
    {
        copy_bits(Source, 0, Destination, TargetBit, smaller(Source->SizeOfBitMap, Destination->SizeOfBitMap - TargetBit));
    }
}

VOID RtlExtractBitMap(PRTL_BITMAP Source, PRTL_BITMAP Destination, ULONG TargetBit, ULONG NumberOfBits)
{
    if (TargetBit < Source->SizeOfBitMap)
    {
        NumberOfBits = smaller(NumberOfBits, smaller(Destination->SizeOfBitMap, Source->SizeOfBitMap - TargetBit));
        copy_bits(Source, TargetBit, Destination, 0, NumberOfBits);
    }
}
