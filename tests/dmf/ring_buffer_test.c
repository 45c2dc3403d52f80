/* SPDX-License-Identifier: MIT */
/*
 * RingBuffer.
 */
#include "module_case.h"

static DMF_CONFIG_RingBuffer config;
static DMF_MODULE_ATTRIBUTES attributes;

static void describe(ULONG count, ULONG size, RingBuffer_ModeType mode)
{
    DMF_CONFIG_RingBuffer_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.ItemCount = count;
    config.ItemSize = size;
    config.Mode = mode;
}

static DMFMODULE begin(ULONG count, ULONG size, RingBuffer_ModeType mode)
{
    describe(count, size, mode);
    return dmf_case_begin(DMF_CASE_STATIC, &attributes);
}

static NTSTATUS write_number(DMFMODULE ring, ULONG number)
{
    return DMF_RingBuffer_Write(ring, (UCHAR *)&number, sizeof(number));
}

static ULONG read_number(DMFMODULE ring)
{
    ULONG number = 0;

    CHECK_STATUS(DMF_RingBuffer_Read(ring, (UCHAR *)&number, sizeof(number)), STATUS_SUCCESS);
    return number;
}

static void check_empty(DMFMODULE ring)
{
    ULONG number = 77;

    CHECK_STATUS(DMF_RingBuffer_Read(ring, (UCHAR *)&number, sizeof(number)), STATUS_UNSUCCESSFUL);
    CHECK_EQUAL(number, 77);
}

/* What an enumeration has seen: the numbers, and how many more it wants. */
struct seen
{
    DMFMODULE ring;
    ULONG numbers[600];
    ULONG count;
    ULONG wanted;
    ULONG added;
};

static BOOLEAN see(DMFMODULE DmfModule, UCHAR *Buffer, ULONG BufferSize, VOID *CallbackContext)
{
    struct seen *seen = CallbackContext;
    ULONG number;

    CHECK(DmfModule == seen->ring);
    CHECK(BufferSize >= sizeof(number));
    RtlCopyMemory(&number, Buffer, sizeof(number));
    CHECK(seen->count < ARRAYSIZE(seen->numbers));
    seen->numbers[seen->count++] = number;
    number += seen->added;
    RtlCopyMemory(Buffer, &number, sizeof(number));
    return seen->count != seen->wanted;
}

static void enumerate(DMFMODULE ring, BOOLEAN lock, struct seen *seen, ULONG wanted)
{
    RtlZeroMemory(seen, sizeof(*seen));
    seen->ring = ring;
    seen->wanted = wanted;
    DMF_RingBuffer_Enumerate(ring, lock, see, seen);
}

static void items_come_out_in_the_order_of_writing_in_every_life(void)
{
    FOR_EACH_LIFE
    {
        DMFMODULE ring;

        describe(3, sizeof(ULONG), RingBuffer_Mode_FailIfFullOnWrite);
        ring = dmf_case_begin(life, &attributes);
        check_empty(ring);
        for (ULONG round = 0; round < 10; round++)
        {
            CHECK_STATUS(write_number(ring, round), STATUS_SUCCESS);
            CHECK_STATUS(write_number(ring, round + 100), STATUS_SUCCESS);
            CHECK_EQUAL(read_number(ring), round);
            CHECK_EQUAL(read_number(ring), round + 100);
            check_empty(ring);
        }
        dmf_case_end();
    }
}

static void full_ring_that_fails_keeps_what_it_has(void)
{
    DMFMODULE ring = begin(4, sizeof(ULONG), RingBuffer_Mode_FailIfFullOnWrite);

    for (ULONG number = 0; number < 4; number++)
    {
        CHECK_STATUS(write_number(ring, number), STATUS_SUCCESS);
    }
    CHECK_STATUS(write_number(ring, 4), STATUS_UNSUCCESSFUL);
    CHECK_STATUS(DMF_RingBuffer_SegmentsWrite(ring, NULL, NULL, NULL, 0), STATUS_UNSUCCESSFUL);
    for (ULONG number = 0; number < 4; number++)
    {
        CHECK_EQUAL(read_number(ring), number);
    }
    check_empty(ring);
    dmf_case_end();
}

/* For a ring of each capacity with each number of items: the last ones are there, before and after they are reordered. */
static void check_overwriting(ULONG capacity, ULONG written)
{
    DMFMODULE ring = module_case_dynamic(&attributes);
    ULONG present = min(written, capacity);
    struct seen seen;

    for (ULONG number = 0; number < written; number++)
    {
        CHECK_STATUS(write_number(ring, number), STATUS_SUCCESS);
    }
    for (ULONG pass = 0; pass < 2; pass++)
    {
        enumerate(ring, pass == 0, &seen, 0);
        CHECK_EQUAL(seen.count, present);
        for (ULONG index = 0; index < present; index++)
        {
            CHECK_EQUAL(seen.numbers[index], written - present + index);
        }
        DMF_RingBuffer_Reorder(ring, pass == 0);
    }
    CHECK_STATUS(write_number(ring, written), STATUS_SUCCESS);
    present = min(written + 1, capacity);
    for (ULONG index = 0; index < present; index++)
    {
        CHECK_EQUAL(read_number(ring), written + 1 - present + index);
    }
    check_empty(ring);
    WdfObjectDelete(ring);
}

static void full_ring_that_deletes_has_the_last_items_also_when_reordered(void)
{
    describe(1, sizeof(ULONG), RingBuffer_Mode_DeleteOldestIfFullOnWrite);
    (void)dmf_case_begin(DMF_CASE_STATIC, &attributes);
    for (ULONG capacity = 1; capacity <= (nt_is_simulated() ? 8u : 64u); capacity++)
    {
        describe(capacity, sizeof(ULONG), RingBuffer_Mode_DeleteOldestIfFullOnWrite);
        for (ULONG rounds = 0; rounds <= 9; rounds++)
        {
            check_overwriting(capacity, rounds * capacity);
            check_overwriting(capacity, rounds * capacity + 1);
            check_overwriting(capacity, rounds * capacity + capacity / 2);
        }
    }
    dmf_case_end();
}

/* The first item's address tells where the ring's memory begins. */
static UCHAR *memory;
static BOOLEAN note_memory(DMFMODULE DmfModule, UCHAR *Buffer, ULONG BufferSize, VOID *CallbackContext)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(BufferSize);
    UNREFERENCED_PARAMETER(CallbackContext);
    memory = Buffer;
    return FALSE;
}

static void reordering_puts_the_oldest_item_first_and_zeroes_the_rest(void)
{
    DMFMODULE ring = begin(6, sizeof(ULONG), RingBuffer_Mode_FailIfFullOnWrite);
    static const ULONG expected[7] = {104, 105, 106, 107};
    UCHAR *first;

    CHECK_STATUS(write_number(ring, 100), STATUS_SUCCESS);
    DMF_RingBuffer_Enumerate(ring, TRUE, note_memory, NULL);
    first = memory;
    for (ULONG number = 101; number < 108; number++)
    {
        if (number >= 104)
        {
            CHECK_EQUAL(read_number(ring), number - 4);
        }
        CHECK_STATUS(write_number(ring, number), STATUS_SUCCESS);
    }
    DMF_RingBuffer_Reorder(ring, TRUE);
    DMF_RingBuffer_Enumerate(ring, TRUE, note_memory, NULL);
    CHECK(memory == first);
    CHECK(RtlEqualMemory(memory, expected, sizeof(expected)));
    for (ULONG number = 104; number < 108; number++)
    {
        CHECK_EQUAL(read_number(ring), number);
    }
    DMF_RingBuffer_Reorder(ring, FALSE);
    CHECK_EQUAL(first[0] | first[4] | first[8] | first[12], 0);
    dmf_case_end();
}

static void read_all_gives_everything_and_succeeds_with_nothing(void)
{
    DMFMODULE ring = begin(4, sizeof(ULONG), RingBuffer_Mode_DeleteOldestIfFullOnWrite);
    ULONG numbers[4];
    ULONG size = 0;

    DMF_RingBuffer_TotalSizeGet(ring, &size);
    CHECK_EQUAL(size, sizeof(numbers));
    CHECK_STATUS(DMF_RingBuffer_ReadAll(ring, (UCHAR *)numbers, sizeof(numbers), &size), STATUS_SUCCESS);
    CHECK_EQUAL(size, 0);
    for (ULONG number = 0; number < 6; number++)
    {
        CHECK_STATUS(write_number(ring, number), STATUS_SUCCESS);
    }
    CHECK_STATUS(DMF_RingBuffer_ReadAll(ring, (UCHAR *)numbers, sizeof(numbers), &size), STATUS_SUCCESS);
    CHECK_EQUAL(size, sizeof(numbers));
    for (ULONG index = 0; index < 4; index++)
    {
        CHECK_EQUAL(numbers[index], index + 2);
    }
    check_empty(ring);
    dmf_case_end();
}

static void segments_are_one_item(void)
{
    UCHAR *pieces[3];
    ULONG sizes[3] = {2, 4, 2};
    ULONG offsets[3] = {6, 0, 4};
    UCHAR parts[3][4] = {{7, 8}, {1, 2, 3, 4}, {5, 6}};
    static const UCHAR whole[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    UCHAR read[8];

    FOR_EACH_LIFE
    {
        DMFMODULE ring;

        describe(2, sizeof(whole), RingBuffer_Mode_FailIfFullOnWrite);
        ring = dmf_case_begin(life, &attributes);
        for (ULONG index = 0; index < 3; index++)
        {
            pieces[index] = parts[index];
        }
        CHECK_STATUS(DMF_RingBuffer_SegmentsWrite(ring, pieces, sizes, offsets, 3), STATUS_SUCCESS);
        CHECK_STATUS(DMF_RingBuffer_Read(ring, read, sizeof(read)), STATUS_SUCCESS);
        CHECK(RtlEqualMemory(read, whole, sizeof(whole)));

        CHECK_STATUS(DMF_RingBuffer_Write(ring, read, sizeof(read)), STATUS_SUCCESS);
        RtlZeroMemory(parts, sizeof(parts));
        CHECK_STATUS(DMF_RingBuffer_SegmentsRead(ring, pieces, sizes, offsets, 3), STATUS_SUCCESS);
        CHECK_EQUAL(parts[0][0], 7);
        CHECK_EQUAL(parts[0][1], 8);
        CHECK_EQUAL(parts[1][3], 4);
        CHECK_EQUAL(parts[2][0], 5);
        CHECK_STATUS(DMF_RingBuffer_SegmentsRead(ring, pieces, sizes, offsets, 3), STATUS_UNSUCCESSFUL);
        dmf_case_end();
    }
}

static void item_without_segments_is_what_was_there_before(void)
{
    DMFMODULE ring = begin(1, sizeof(ULONG), RingBuffer_Mode_DeleteOldestIfFullOnWrite);

    CHECK_STATUS(write_number(ring, 5), STATUS_SUCCESS);
    CHECK_STATUS(DMF_RingBuffer_SegmentsWrite(ring, NULL, NULL, NULL, 0), STATUS_SUCCESS);
    CHECK_EQUAL(read_number(ring), 5);
    CHECK_STATUS(DMF_RingBuffer_SegmentsRead(ring, NULL, NULL, NULL, 0), STATUS_UNSUCCESSFUL);
    CHECK_STATUS(write_number(ring, 6), STATUS_SUCCESS);
    CHECK_STATUS(DMF_RingBuffer_SegmentsRead(ring, NULL, NULL, NULL, 0), STATUS_SUCCESS);
    check_empty(ring);
    dmf_case_end();
}

static void enumeration_stops_at_false_and_may_change_items(void)
{
    DMFMODULE ring = begin(4, sizeof(ULONG), RingBuffer_Mode_FailIfFullOnWrite);
    struct seen seen;

    for (ULONG number = 1; number <= 4; number++)
    {
        CHECK_STATUS(write_number(ring, number), STATUS_SUCCESS);
    }
    enumerate(ring, TRUE, &seen, 2);
    CHECK_EQUAL(seen.count, 2);
    enumerate(ring, TRUE, &seen, 0);
    CHECK_EQUAL(seen.count, 4);
    seen.added = 10;
    seen.count = 0;
    DMF_RingBuffer_Enumerate(ring, FALSE, see, &seen);
    for (ULONG number = 1; number <= 4; number++)
    {
        CHECK_EQUAL(read_number(ring), number + 10);
    }
    dmf_case_end();
}

static void search_finds_every_item_with_the_prefix(void)
{
    static const UCHAR items[4][4] = {{1, 2, 3, 4}, {1, 2, 9, 9}, {5, 2, 3, 4}, {1, 2, 3, 4}};
    UCHAR prefix[4] = {1, 2, 3, 4};
    DMFMODULE ring = begin(4, 4, RingBuffer_Mode_FailIfFullOnWrite);
    static const ULONG found[5] = {4, 3, 3, 2, 2};
    struct seen seen;

    for (ULONG index = 0; index < 4; index++)
    {
        CHECK_STATUS(DMF_RingBuffer_Write(ring, (UCHAR *)items[index], 4), STATUS_SUCCESS);
    }
    for (ULONG size = 0; size <= 4; size++)
    {
        RtlZeroMemory(&seen, sizeof(seen));
        seen.ring = ring;
        /* The callback's answer does not end the search. */
        seen.wanted = 1;
        DMF_RingBuffer_EnumerateToFindItem(ring, see, &seen, prefix, size);
        CHECK_EQUAL(seen.count, found[size]);
    }
    dmf_case_end();
}

static void config_without_items_or_too_large_is_refused(void)
{
    static const ULONG sizes[3][2] = {{0, 4}, {4, 0}, {0x10000, 0x10000}};
    DMFMODULE ring;

#if !defined(DEBUG)
    FOR_EACH_LIFE
    {
        for (ULONG index = 0; index < 3; index++)
        {
            describe(sizes[index][0], sizes[index][1], RingBuffer_Mode_FailIfFullOnWrite);
            CHECK_STATUS(dmf_case_try(life, &attributes, &ring), STATUS_INVALID_PARAMETER);
        }
    }
#else
    UNREFERENCED_PARAMETER(sizes);
#endif
    describe(1, 1, RingBuffer_Mode_FailIfFullOnWrite);
    attributes.PassiveLevel = TRUE;
    CHECK_STATUS(dmf_case_try(DMF_CASE_DYNAMIC, &attributes, &ring), STATUS_INVALID_DEVICE_REQUEST);
}

static void config_without_items_asserts(void)
{
    (void)begin(0, 4, RingBuffer_Mode_FailIfFullOnWrite);
}

static void config_with_empty_items_asserts(void)
{
    (void)begin(4, 0, RingBuffer_Mode_FailIfFullOnWrite);
}

/* What a caller does wrong asserts in a debug build; elsewhere it fails and harms nothing. */
static void misuse_fails_and_harms_nothing(void)
{
#if !defined(DEBUG)
    DMFMODULE ring = begin(2, 4, RingBuffer_Mode_DeleteOldestIfFullOnWrite);
    UCHAR room[8] = {0};
    UCHAR *segment = room;
    struct seen seen = {.ring = ring};
    static const ULONG bad[4][2] = {{5, 0}, {4, 1}, {1, 4}, {0, 0}};
    ULONG written = 0;

    CHECK_STATUS(write_number(ring, 1), STATUS_SUCCESS);
    CHECK_STATUS(write_number(ring, 2), STATUS_SUCCESS);
    /* Not even the oldest item is lost. */
    CHECK_STATUS(DMF_RingBuffer_Write(ring, room, 3), STATUS_UNSUCCESSFUL);
    CHECK_STATUS(DMF_RingBuffer_Write(ring, room, 5), STATUS_UNSUCCESSFUL);
    CHECK_STATUS(DMF_RingBuffer_Read(ring, room, 3), STATUS_UNSUCCESSFUL);
    for (ULONG index = 0; index < 4; index++)
    {
        ULONG size = bad[index][0];
        ULONG offset = bad[index][1];

        CHECK_STATUS(DMF_RingBuffer_SegmentsWrite(ring, &segment, &size, &offset, 1), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(DMF_RingBuffer_SegmentsRead(ring, &segment, &size, &offset, 1), STATUS_INVALID_PARAMETER);
    }
    DMF_RingBuffer_EnumerateToFindItem(ring, see, &seen, room, 5);
    CHECK_EQUAL(seen.count, 0);
    CHECK_STATUS(DMF_RingBuffer_ReadAll(ring, room, 7, &written), STATUS_SUCCESS);
    CHECK_EQUAL(written, 4);
    CHECK_EQUAL(room[0], 1);
    CHECK_STATUS(DMF_RingBuffer_Read(ring, room, 8), STATUS_SUCCESS);
    CHECK_EQUAL(room[0], 2);
    dmf_case_end();
    ring = begin(1, 4, RingBuffer_Mode_Invalid);
    CHECK_STATUS(write_number(ring, 1), STATUS_SUCCESS);
    CHECK_STATUS(write_number(ring, 2), STATUS_UNSUCCESSFUL);
    CHECK_EQUAL(read_number(ring), 1);
    dmf_case_end();
#endif
}

static void write_of_another_size_asserts(void)
{
    UCHAR room[8] = {0};

    (void)DMF_RingBuffer_Write(begin(2, 4, RingBuffer_Mode_FailIfFullOnWrite), room, 8);
}

static void read_of_another_size_asserts(void)
{
    UCHAR room[8] = {0};

    (void)DMF_RingBuffer_Read(begin(2, 4, RingBuffer_Mode_FailIfFullOnWrite), room, 8);
}

static void room_for_less_than_everything_asserts(void)
{
    UCHAR room[8] = {0};
    ULONG written;

    (void)DMF_RingBuffer_ReadAll(begin(3, 4, RingBuffer_Mode_FailIfFullOnWrite), room, 8, &written);
}

static void segment_behind_the_item_asserts(void)
{
    UCHAR room[8] = {0};
    UCHAR *segment = room;
    ULONG size = 2;
    ULONG offset = 3;

    (void)DMF_RingBuffer_SegmentsWrite(begin(3, 4, RingBuffer_Mode_FailIfFullOnWrite), &segment, &size, &offset, 1);
}

static void segment_read_behind_the_item_asserts(void)
{
    UCHAR room[8] = {0};
    UCHAR *segment = room;
    ULONG size = 0;
    ULONG offset = 0;

    (void)DMF_RingBuffer_SegmentsRead(begin(3, 4, RingBuffer_Mode_FailIfFullOnWrite), &segment, &size, &offset, 1);
}

static void search_for_more_than_an_item_asserts(void)
{
    UCHAR room[8] = {0};

    DMF_RingBuffer_EnumerateToFindItem(begin(3, 4, RingBuffer_Mode_FailIfFullOnWrite), see, NULL, room, 8);
}

static void write_to_a_full_ring_without_a_mode_asserts(void)
{
    DMFMODULE ring = begin(1, 4, RingBuffer_Mode_Invalid);

    (void)write_number(ring, 1);
    (void)write_number(ring, 2);
}

static void open_without_memory(void)
{
    module_case_try_dynamic(&attributes);
}

static void every_allocation_may_fail(void)
{
    (void)begin(4, 16, RingBuffer_Mode_FailIfFullOnWrite);
    nt_fail_each_allocation(open_without_memory);
    dmf_case_end();
}

/*
 * Several threads. An item is torn if its words differ; a writer's numbers grow.
 */

#define ITEM_WORDS 16
#define WRITERS 2

static struct
{
    DMFMODULE ring;
    ULONG writes;
    LONG read;
    LONG refused;
} race;

static void check_item(const ULONG *item)
{
    for (ULONG word = 1; word < ITEM_WORDS; word++)
    {
        CHECK_EQUAL(item[word], item[0]);
    }
}

static BOOLEAN check_in_place(DMFMODULE DmfModule, UCHAR *Buffer, ULONG BufferSize, VOID *CallbackContext)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(BufferSize);
    UNREFERENCED_PARAMETER(CallbackContext);
    check_item((ULONG *)Buffer);
    return TRUE;
}

static void writer(void *argument)
{
    ULONG item[ITEM_WORDS];

    for (ULONG number = 1; number <= race.writes; number++)
    {
        for (ULONG word = 0; word < ITEM_WORDS; word++)
        {
            item[word] = (ULONG)(ULONG_PTR)argument << 24 | number;
        }
        if (!NT_SUCCESS(DMF_RingBuffer_Write(race.ring, (UCHAR *)item, sizeof(item))))
        {
            InterlockedIncrement(&race.refused);
        }
    }
}

static void reader(void *argument)
{
    ULONG items[4][ITEM_WORDS];
    ULONG last[WRITERS] = {0};
    ULONG written;

    UNREFERENCED_PARAMETER(argument);
    for (ULONG round = 0; round < race.writes; round++)
    {
        written = 0;
        if (round % 5 == 0)
        {
            DMF_RingBuffer_Reorder(race.ring, TRUE);
            DMF_RingBuffer_Enumerate(race.ring, TRUE, check_in_place, NULL);
        }
        if (round % 3 == 0)
        {
            CHECK_STATUS(DMF_RingBuffer_ReadAll(race.ring, (UCHAR *)items, sizeof(items), &written), STATUS_SUCCESS);
        }
        else if (NT_SUCCESS(DMF_RingBuffer_Read(race.ring, (UCHAR *)items, sizeof(items[0]))))
        {
            written = sizeof(items[0]);
        }
        for (ULONG index = 0; index < written / sizeof(items[0]); index++)
        {
            ULONG from = items[index][0] >> 24;

            check_item(items[index]);
            CHECK((items[index][0] & 0xFFFFFF) > last[from]);
            last[from] = items[index][0] & 0xFFFFFF;
            InterlockedIncrement(&race.read);
        }
    }
}

static void readers_and_writers_see_whole_items_in_order(void)
{
    struct nt_thread *threads[WRITERS + 1];
    ULONG items[4][ITEM_WORDS];
    ULONG written;

    RtlZeroMemory(&race, sizeof(race));
    race.writes = nt_is_simulated() ? 20 : 20000;
    race.ring = begin(4, sizeof(items[0]), RingBuffer_Mode_FailIfFullOnWrite);
    for (ULONG index = 0; index < WRITERS; index++)
    {
        threads[index] = nt_thread_start(writer, (void *)(ULONG_PTR)index);
    }
    threads[WRITERS] = nt_thread_start(reader, NULL);
    for (ULONG index = 0; index <= WRITERS; index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_STATUS(DMF_RingBuffer_ReadAll(race.ring, (UCHAR *)items, sizeof(items), &written), STATUS_SUCCESS);
    CHECK_EQUAL(race.read + race.refused + (LONG)(written / sizeof(items[0])), (LONG)(WRITERS * race.writes));
    dmf_case_end();
}

/* A Dynamic Module comes and goes on a thread while the device is removed. */
static void create_and_delete(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (ULONG round = 0; round < 3; round++)
    {
        DMFMODULE ring = module_case_dynamic(&attributes);

        CHECK_STATUS(write_number(ring, round), STATUS_SUCCESS);
        CHECK_EQUAL(read_number(ring), round);
        WdfObjectDelete(ring);
    }
}

static void dynamic_module_comes_and_goes_while_another_does(void)
{
    struct nt_thread *thread;

    (void)begin(2, sizeof(ULONG), RingBuffer_Mode_FailIfFullOnWrite);
    attributes.ResultantDmfModule = NULL;
    thread = nt_thread_start(create_and_delete, NULL);
    nt_thread_join(thread);
    dmf_case_pull_out();
    dmf_case_end();
}

const struct nt_case nt_cases[] = {
    CASE(items_come_out_in_the_order_of_writing_in_every_life),
    CASE(full_ring_that_fails_keeps_what_it_has),
    CASE(full_ring_that_deletes_has_the_last_items_also_when_reordered),
    CASE(reordering_puts_the_oldest_item_first_and_zeroes_the_rest),
    CASE(read_all_gives_everything_and_succeeds_with_nothing),
    CASE(segments_are_one_item),
    CASE(item_without_segments_is_what_was_there_before),
    CASE(enumeration_stops_at_false_and_may_change_items),
    CASE(search_finds_every_item_with_the_prefix),
    CASE(config_without_items_or_too_large_is_refused),
    DEBUG_STOPS(config_without_items_asserts, ASSERTS),
    DEBUG_STOPS(config_with_empty_items_asserts, ASSERTS),
    CASE(misuse_fails_and_harms_nothing),
    DEBUG_STOPS(write_of_another_size_asserts, ASSERTS),
    DEBUG_STOPS(read_of_another_size_asserts, ASSERTS),
    DEBUG_STOPS(room_for_less_than_everything_asserts, ASSERTS),
    DEBUG_STOPS(segment_behind_the_item_asserts, ASSERTS),
    DEBUG_STOPS(segment_read_behind_the_item_asserts, ASSERTS),
    DEBUG_STOPS(search_for_more_than_an_item_asserts, ASSERTS),
    DEBUG_STOPS(write_to_a_full_ring_without_a_mode_asserts, ASSERTS),
    CASE(every_allocation_may_fail),
    CASE(readers_and_writers_see_whole_items_in_order),
    CASE(dynamic_module_comes_and_goes_while_another_does),
    CASES_END,
};
