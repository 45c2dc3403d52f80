/* SPDX-License-Identifier: MIT */
/*
 * The ring: several writers without a lock, and readers that find out what they missed.
 */
#include "nt/debug/recorder.h"

static uint64_t stamp_of(uint64_t number)
{
    return (number + 1) << 2;
}

/*
 * A cell has one writer at a time. Who comes a whole round later while the cell is still being written, or a whole round too late,
 * gives up: waiting is not possible at any IRQL, and two writers in a cell would make a record that was never written.
 */
static bool cell_claim(struct recorder_cell *cell, uint64_t stamp)
{
    uint64_t old = platform_atomic_load(&cell->stamp);

    return (old & RECORDER_CELL_BUSY) == 0 && old < stamp &&
           platform_atomic_compare_exchange(&cell->stamp, &old, stamp | RECORDER_CELL_BUSY);
}

/* Each word is released, so that a reader that sees one of them sees that the cell was claimed before. */
static void cell_fill(struct recorder_cell *cell, uint64_t stamp, const uint64_t *words, uint32_t count)
{
    for (uint32_t index = 0; index < count; index++)
    {
        platform_atomic_store(&cell->words[index], words[index]);
    }
    platform_atomic_store(&cell->stamp, stamp);
}

bool recorder_ring_write(struct recorder_ring *ring, const uint64_t *words, uint32_t count)
{
    uint32_t cells = (count + RECORDER_CELL_WORDS - 1) / RECORDER_CELL_WORDS;
    uint64_t number = platform_atomic_fetch_add(ring->head, cells);
    uint64_t first = RECORDER_CELL_FIRST;

    for (; count != 0; number++)
    {
        struct recorder_cell *cell = &ring->cells[number & ring->mask];
        uint32_t part = count < RECORDER_CELL_WORDS ? count : RECORDER_CELL_WORDS;

        if (!cell_claim(cell, stamp_of(number)))
        {
            return false;
        }
        cell_fill(cell, stamp_of(number) | first, words, part);
        words += part;
        count -= part;
        first = 0;
    }
    /* Nobody has looked at the next cell for a whole round: it comes closer while the driver does something else. */
    __builtin_prefetch(&ring->cells[number & ring->mask], 1);
    return true;
}

/* Copies a cell; false when it is another one, or changed meanwhile. */
static bool cell_read(const struct recorder_cell *cell, uint64_t stamp, uint64_t *words)
{
    if (platform_atomic_load(&cell->stamp) != stamp)
    {
        return false;
    }
    for (uint32_t index = 0; index < RECORDER_CELL_WORDS; index++)
    {
        words[index] = platform_atomic_load(&cell->words[index]);
    }
    return platform_atomic_load(&cell->stamp) == stamp;
}

uint32_t recorder_ring_read(const struct recorder_cell *cells, uint64_t mask, uint64_t number, uint64_t *words)
{
    struct recorder_word fixed;
    uint32_t have = RECORDER_CELL_WORDS;

    if (!cell_read(&cells[number & mask], stamp_of(number) | RECORDER_CELL_FIRST, words))
    {
        return 0;
    }
    __builtin_memcpy(&fixed, &words[2], sizeof(fixed));
    if (fixed.words < RECORDER_FIXED_WORDS || fixed.words > RECORDER_RECORD_WORDS)
    {
        return 0;
    }
    for (; have < fixed.words; have += RECORDER_CELL_WORDS)
    {
        number++;
        if (!cell_read(&cells[number & mask], stamp_of(number), words + have))
        {
            return 0;
        }
    }
    return fixed.words;
}
