/* SPDX-License-Identifier: MIT */
/*
 * Bitmaps, against a map of one byte a bit, and single bits of numbers.
 */
#include "nt_case.h"

#include <ntifs.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 300
#define LARGEST 200

static unsigned random_state;

static ULONG below(ULONG bound)
{
    random_state = random_state * 1103515245u + 12345u;
    return (random_state >> 8) % bound;
}

struct model
{
    RTL_BITMAP map;
    ULONG size;
    unsigned char bits[LARGEST];
};

/* The map lies at the end of its own block, so that a touch beyond the last word is found by the address sanitizer. */
static void make_model(struct model *model)
{
    ULONG density = 1 + below(6);

    model->size = 1 + below(LARGEST);
    RtlInitializeBitMap(&model->map, calloc((model->size + 31) / 32, 4), model->size);
    for (ULONG index = 0; index < model->size; index++)
    {
        model->bits[index] = below(density) == 0;
        if (model->bits[index])
        {
            RtlSetBit(&model->map, index);
        }
    }
}

static void check_model(struct model *model)
{
    for (ULONG index = 0; index < model->size; index++)
    {
        CHECK_EQUAL(RtlTestBit(&model->map, index), model->bits[index]);
    }
}

static void drop_model(struct model *model)
{
    free(model->map.Buffer);
}

static ULONG model_run(const struct model *model, ULONG from, int value)
{
    ULONG length = 0;

    while (from + length < model->size && model->bits[from + length] == value)
    {
        length++;
    }
    return length;
}

static ULONG model_find(const struct model *model, ULONG count, ULONG hint, int value)
{
    if (count > model->size)
    {
        return MAXULONG;
    }
    hint = hint < model->size ? hint : 0;
    if (count == 0)
    {
        return hint & ~7u;
    }
    for (ULONG index = hint; index < model->size; index++)
    {
        if (model_run(model, index, value) >= count)
        {
            return index;
        }
    }
    for (ULONG index = 0; index < hint; index++)
    {
        if (model_run(model, index, value) >= count)
        {
            return index;
        }
    }
    return MAXULONG;
}

static void searches_agree_with_the_model(void)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        struct model model;
        ULONG count;
        ULONG hint;

        make_model(&model);
        count = below(12);
        hint = below(model.size + 10);
        CHECK_EQUAL(RtlFindClearBits(&model.map, count, hint), model_find(&model, count, hint, 0));
        CHECK_EQUAL(RtlFindSetBits(&model.map, count, hint), model_find(&model, count, hint, 1));
        drop_model(&model);
    }
}

static void counts_and_ranges_agree_with_the_model(void)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        struct model model;
        ULONG start;
        ULONG length;
        ULONG set = 0;
        ULONG all = 0;
        bool inside;

        make_model(&model);
        start = below(model.size + 4);
        length = below(model.size + 4);
        inside = length != 0 && start + length <= model.size;
        for (ULONG index = 0; index < model.size; index++)
        {
            all += model.bits[index];
            set += inside && index >= start && index < start + length ? model.bits[index] : 0;
        }
        CHECK_EQUAL(RtlNumberOfSetBits(&model.map), all);
        CHECK_EQUAL(RtlNumberOfClearBits(&model.map), model.size - all);
        CHECK_EQUAL(RtlNumberOfSetBitsInRange(&model.map, start, length), set);
        CHECK_EQUAL(RtlNumberOfClearBitsInRange(&model.map, start, length), inside ? length - set : 0);
        CHECK_EQUAL(RtlAreBitsSet(&model.map, start, length), inside && set == length);
        CHECK_EQUAL(RtlAreBitsClear(&model.map, start, length), inside && set == 0);
        drop_model(&model);
    }
}

static void fills_agree_with_the_model(void)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        struct model model;
        ULONG start;
        ULONG length;
        int value = (int)below(2);

        make_model(&model);
        start = below(model.size);
        length = below(model.size - start + 1);
        (value ? RtlSetBits : RtlClearBits)(&model.map, start, length);
        memset(model.bits + start, value, length);
        check_model(&model);
        drop_model(&model);
    }
}

static void finding_and_changing_takes_the_bits(void)
{
    ULONG buffer[2] = {0xFFFFFFFF, 0xFFFFF00F};
    RTL_BITMAP map;

    RtlInitializeBitMap(&map, buffer, 64);
    CHECK_EQUAL(RtlFindClearBitsAndSet(&map, 3, 40), 40);
    CHECK_EQUAL(RtlFindClearBitsAndSet(&map, 5, 0), MAXULONG);
    CHECK_EQUAL(RtlFindClearBitsAndSet(&map, 4, 0), 36);
    CHECK_EQUAL(RtlFindClearBitsAndSet(&map, 1, 0), 43);
    CHECK_EQUAL(RtlNumberOfClearBits(&map), 0);
    CHECK_EQUAL(RtlFindSetBitsAndClear(&map, 64, 0), 0);
    CHECK_EQUAL(RtlNumberOfSetBits(&map), 0);
}

static void a_run_across_the_hint_is_found(void)
{
    ULONG buffer[1] = {0xFFFF00FF};
    RTL_BITMAP map;

    RtlInitializeBitMap(&map, buffer, 32);
    CHECK_EQUAL(RtlFindClearBits(&map, 8, 12), 8);
}

static void runs_agree_with_the_model(void)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        struct model model;
        ULONG start;
        ULONG from;
        ULONG expected = 0;
        ULONG at;
        ULONG length;

        make_model(&model);
        from = below(model.size);
        while (from + expected < model.size && model.bits[from + expected])
        {
            expected++;
        }
        length = RtlFindNextForwardRunClear(&model.map, from, &start);
        CHECK_EQUAL(start, from + expected);
        CHECK_EQUAL(length, model_run(&model, start, 0));

        length = RtlFindLastBackwardRunClear(&model.map, from, &start);
        for (at = from + 1; at > 0 && model.bits[at - 1]; at--)
        {
        }
        for (expected = 0; at > expected && !model.bits[at - expected - 1]; expected++)
        {
        }
        CHECK_EQUAL(length, expected);
        CHECK_EQUAL(start, expected == 0 ? from : at - expected);
        drop_model(&model);
    }
}

static void the_longest_runs_come_first(void)
{
    ULONG buffer[1] = {0};
    RTL_BITMAP_RUN runs[3];
    RTL_BITMAP map;
    ULONG start;

    RtlInitializeBitMap(&map, buffer, 20);
    RtlSetBit(&map, 2);
    RtlSetBit(&map, 4);
    RtlSetBit(&map, 12);
    CHECK_EQUAL(RtlFindClearRuns(&map, runs, 2, TRUE), 2);
    CHECK(runs[0].StartingIndex == 5 && runs[0].NumberOfBits == 7);
    CHECK(runs[1].StartingIndex == 13 && runs[1].NumberOfBits == 7);
    CHECK_EQUAL(RtlFindClearRuns(&map, runs, 3, FALSE), 3);
    CHECK(runs[0].StartingIndex == 0 && runs[0].NumberOfBits == 2);
    CHECK(runs[1].StartingIndex == 3 && runs[1].NumberOfBits == 1);
    CHECK_EQUAL(RtlFindLongestRunClear(&map, &start), 7);
    CHECK_EQUAL(start, 5);
    CHECK_EQUAL(RtlFindFirstRunClear(&map, &start), 2);
    CHECK_EQUAL(start, 0);
    CHECK_EQUAL(RtlFindClearRuns(&map, runs, 0, TRUE), 0);
    CHECK_EQUAL(RtlFindNextForwardRunClear(&map, 20, &start), 0);
    CHECK_EQUAL(start, 20);
}

static void all_bits_are_set_and_cleared(void)
{
    ULONG *buffer = calloc(2, sizeof(ULONG));
    RTL_BITMAP map;
    ULONG start;

    RtlInitializeBitMap(&map, buffer, 40);
    RtlSetAllBits(&map);
    CHECK_EQUAL(RtlNumberOfSetBits(&map), 40);
    CHECK_EQUAL(RtlFindLongestRunClear(&map, &start), 0);
    CHECK_EQUAL(RtlFindClearBits(&map, 1, 0), MAXULONG);
    RtlClearAllBits(&map);
    CHECK_EQUAL(RtlNumberOfClearBits(&map), 40);
    CHECK_EQUAL(RtlFindLongestRunClear(&map, &start), 40);
    free(buffer);
}

static void copies_are_cut_to_what_fits(void)
{
    ULONG from_bits[1] = {0xA5F};
    ULONG to_bits[1] = {0};
    RTL_BITMAP from;
    RTL_BITMAP to;

    RtlInitializeBitMap(&from, from_bits, 12);
    RtlInitializeBitMap(&to, to_bits, 16);
    RtlCopyBitMap(&from, &to, 8);
    CHECK_EQUAL(to_bits[0], 0x5F00);
    RtlCopyBitMap(&from, &to, 16);
    CHECK_EQUAL(to_bits[0], 0x5F00);
    RtlExtractBitMap(&from, &to, 4, 100);
    CHECK_EQUAL(to_bits[0], 0x5FA5);
    RtlExtractBitMap(&from, &to, 0, 4);
    CHECK_EQUAL(to_bits[0], 0x5FAF);
    RtlExtractBitMap(&from, &to, 12, 4);
    CHECK_EQUAL(to_bits[0], 0x5FAF);
}

static void bits_of_numbers(void)
{
    CHECK_EQUAL(RtlFindMostSignificantBit(0), (CCHAR)-1);
    CHECK_EQUAL(RtlFindLeastSignificantBit(0), (CCHAR)-1);
    CHECK_EQUAL(RtlNumberOfSetBitsUlongPtr(0), 0);
    CHECK_EQUAL(RtlNumberOfSetBitsUlongPtr(~(ULONG_PTR)0), 64);
    for (int bit = 0; bit < 64; bit++)
    {
        CHECK_EQUAL(RtlFindMostSignificantBit((2ull << bit) - 1), bit);
        CHECK_EQUAL(RtlFindLeastSignificantBit(~0ull << bit), bit);
    }
}

static void memory_compares_to_the_first_difference(void)
{
    ULONG pattern[3] = {0x12345678, 0x12345678, 0x12345679};

    CHECK_EQUAL(RtlCompareMemory("abcd", "abxd", 4), 2);
    CHECK_EQUAL(RtlCompareMemory("abcd", "abcd", 4), 4);
    CHECK_EQUAL(RtlCompareMemory("a", "b", 0), 0);
    CHECK_EQUAL(RtlCompareMemoryUlong(pattern, 12, 0x12345678), 8);
    CHECK_EQUAL(RtlCompareMemoryUlong(pattern, 7, 0x12345678), 4);
    CHECK_EQUAL(RtlCompareMemoryUlong(pattern, 3, 0x12345678), 0);
}

static void setting_bits_beyond_the_map(void)
{
    ULONG buffer[1] = {0};
    RTL_BITMAP map;

    RtlInitializeBitMap(&map, buffer, 20);
    RtlSetBits(&map, 10, 11);
}

static void testing_a_bit_beyond_the_map(void)
{
    ULONG buffer[1] = {0};
    RTL_BITMAP map;

    RtlInitializeBitMap(&map, buffer, 20);
    (void)RtlTestBit(&map, 20);
}

const struct nt_case nt_cases[] = {
    CASE(searches_agree_with_the_model),
    CASE(counts_and_ranges_agree_with_the_model),
    CASE(fills_agree_with_the_model),
    CASE(finding_and_changing_takes_the_bits),
    CASE(a_run_across_the_hint_is_found),
    CASE(runs_agree_with_the_model),
    CASE(the_longest_runs_come_first),
    CASE(all_bits_are_set_and_cleared),
    CASE(copies_are_cut_to_what_fits),
    CASE(bits_of_numbers),
    CASE(memory_compares_to_the_first_difference),
    STOPS(setting_bits_beyond_the_map, "bug check 0x000000C4"),
    STOPS(testing_a_bit_beyond_the_map, "bug check 0x000000C4"),
    CASES_END,
};
