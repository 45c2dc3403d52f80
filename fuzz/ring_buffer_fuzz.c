/* SPDX-License-Identifier: MIT */
/*
 * RingBuffer against an array whose items move up.
 */
#include "fuzz.h"

#define MOST_ITEMS 6
#define LARGEST_ITEM 5
#define MOST_SEGMENTS 3

static DMF_CONFIG_RingBuffer config;
static DMF_MODULE_ATTRIBUTES attributes;

static struct
{
    UCHAR items[MOST_ITEMS][LARGEST_ITEM];
    ULONG count;
    /* What an enumeration does: the next item that it should see, how many more it takes, what it adds to each first byte. */
    ULONG next;
    ULONG remaining;
    UCHAR added;
    /* Items that do not begin so are not shown; what is looked for stays while items change. */
    UCHAR begin[LARGEST_ITEM];
    ULONG begin_size;
} model;

static bool begins_so(const UCHAR *item)
{
    return memcmp(item, model.begin, model.begin_size) == 0;
}

static void skip_others(void)
{
    while (model.next < model.count && !begins_so(model.items[model.next]))
    {
        model.next++;
    }
}

static BOOLEAN see(DMFMODULE DmfModule, UCHAR *Buffer, ULONG BufferSize, VOID *CallbackContext)
{
    UNREFERENCED_PARAMETER(DmfModule);
    CHECK(CallbackContext == &model);
    CHECK_EQUAL(BufferSize, config.ItemSize);
    skip_others();
    CHECK(model.next < model.count);
    CHECK(memcmp(model.items[model.next], Buffer, BufferSize) == 0);
    Buffer[0] = (UCHAR)(Buffer[0] + model.added);
    model.items[model.next++][0] = Buffer[0];
    return --model.remaining != 0;
}

static void enumerate(DMFMODULE ring, ULONG most, UCHAR added)
{
    model.next = 0;
    model.remaining = most;
    model.added = added;
    model.begin_size = 0;
    DMF_RingBuffer_Enumerate(ring, (BOOLEAN)(added & 1), see, &model);
    CHECK_EQUAL(model.next, most < model.count ? most : model.count);
}

static void find(DMFMODULE ring)
{
    model.next = 0;
    model.remaining = 0;
    model.added = fuzz_byte();
    model.begin_size = fuzz_below(config.ItemSize + 1);
    fuzz_bytes(model.begin, model.begin_size);
    DMF_RingBuffer_EnumerateToFindItem(ring, see, &model, model.begin, model.begin_size);
    skip_others();
    CHECK_EQUAL(model.next, model.count);
}

/* Where the next item is written; NULL for nowhere. */
static UCHAR *model_add(void)
{
    if (model.count == config.ItemCount && config.Mode == RingBuffer_Mode_FailIfFullOnWrite)
    {
        return NULL;
    }
    if (model.count == config.ItemCount)
    {
        memmove(model.items[0], model.items[1], (model.count - 1) * sizeof(model.items[0]));
        model.count--;
    }
    return model.items[model.count++];
}

static void model_remove(void)
{
    model.count--;
    memmove(model.items[0], model.items[1], model.count * sizeof(model.items[0]));
}

static void write_item(DMFMODULE ring)
{
    UCHAR item[LARGEST_ITEM];
    UCHAR *place = model_add();

    fuzz_bytes(item, config.ItemSize);
    CHECK_STATUS(DMF_RingBuffer_Write(ring, item, config.ItemSize), place == NULL ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS);
    if (place != NULL)
    {
        memcpy(place, item, config.ItemSize);
    }
}

static void read_item(DMFMODULE ring)
{
    UCHAR item[LARGEST_ITEM];

    CHECK_STATUS(DMF_RingBuffer_Read(ring, item, config.ItemSize), model.count == 0 ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS);
    if (model.count != 0)
    {
        CHECK(memcmp(item, model.items[0], config.ItemSize) == 0);
        model_remove();
    }
}

static void read_all(DMFMODULE ring)
{
    UCHAR items[MOST_ITEMS * LARGEST_ITEM];
    ULONG total;
    ULONG written = 99;

    DMF_RingBuffer_TotalSizeGet(ring, &total);
    CHECK_EQUAL(total, config.ItemCount * config.ItemSize);
    CHECK_STATUS(DMF_RingBuffer_ReadAll(ring, items, total, &written), STATUS_SUCCESS);
    CHECK_EQUAL(written, model.count * config.ItemSize);
    for (ULONG index = 0; model.count != 0; index++)
    {
        CHECK(memcmp(items + (size_t)index * config.ItemSize, model.items[0], config.ItemSize) == 0);
        model_remove();
    }
}

/* Pieces that cover an item from its first byte to its last, so that the model knows all of it, and pieces that overlap. */
struct pieces
{
    UCHAR room[MOST_SEGMENTS][LARGEST_ITEM];
    UCHAR *segments[MOST_SEGMENTS];
    ULONG sizes[MOST_SEGMENTS];
    ULONG offsets[MOST_SEGMENTS];
    ULONG count;
};

static void choose_pieces(struct pieces *pieces)
{
    ULONG middle = 1 + fuzz_below(config.ItemSize);

    pieces->count = MOST_SEGMENTS;
    pieces->offsets[0] = 0;
    pieces->sizes[0] = middle;
    /* No piece is empty. */
    pieces->offsets[1] = middle % config.ItemSize;
    pieces->sizes[1] = config.ItemSize - pieces->offsets[1];
    pieces->offsets[2] = fuzz_below(config.ItemSize);
    pieces->sizes[2] = 1 + fuzz_below(config.ItemSize - pieces->offsets[2]);
    for (ULONG index = 0; index < MOST_SEGMENTS; index++)
    {
        pieces->segments[index] = pieces->room[index];
        fuzz_bytes(pieces->room[index], pieces->sizes[index]);
    }
}

static void write_pieces(DMFMODULE ring)
{
    struct pieces pieces;
    UCHAR *place = model_add();

    choose_pieces(&pieces);
    CHECK_STATUS(DMF_RingBuffer_SegmentsWrite(ring, pieces.segments, pieces.sizes, pieces.offsets, pieces.count),
                 place == NULL ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS);
    for (ULONG index = 0; place != NULL && index < pieces.count; index++)
    {
        memcpy(place + pieces.offsets[index], pieces.room[index], pieces.sizes[index]);
    }
}

static void read_pieces(DMFMODULE ring)
{
    struct pieces pieces;

    choose_pieces(&pieces);
    CHECK_STATUS(DMF_RingBuffer_SegmentsRead(ring, pieces.segments, pieces.sizes, pieces.offsets, pieces.count),
                 model.count == 0 ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS);
    for (ULONG index = 0; model.count != 0 && index < pieces.count; index++)
    {
        CHECK(memcmp(pieces.room[index], model.items[0] + pieces.offsets[index], pieces.sizes[index]) == 0);
    }
    if (model.count != 0)
    {
        model_remove();
    }
}

static void call(DMFMODULE ring)
{
    switch (fuzz_below(8))
    {
        case 0:
        case 1:
            write_item(ring);
            break;
        case 2:
            read_item(ring);
            break;
        case 3:
            read_all(ring);
            break;
        case 4:
            write_pieces(ring);
            break;
        case 5:
            read_pieces(ring);
            break;
        case 6:
            find(ring);
            break;
        default:
            enumerate(ring, 1 + fuzz_below(MOST_ITEMS), fuzz_byte());
            DMF_RingBuffer_Reorder(ring, (BOOLEAN)fuzz_below(2));
            break;
    }
}

void fuzz_begin(void)
{
    dmf_case_begin_modules(NULL);
}

void fuzz_input(void)
{
    DMFMODULE ring;

    DMF_CONFIG_RingBuffer_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.ItemCount = 1 + fuzz_below(MOST_ITEMS);
    config.ItemSize = 1 + fuzz_below(LARGEST_ITEM);
    config.Mode = fuzz_below(2) == 0 ? RingBuffer_Mode_FailIfFullOnWrite : RingBuffer_Mode_DeleteOldestIfFullOnWrite;
    model.count = 0;
    ring = module_case_dynamic(&attributes);
    while (fuzz_more())
    {
        call(ring);
    }
    enumerate(ring, MOST_ITEMS + 1, 0);
    WdfObjectDelete(ring);
}
