/* SPDX-License-Identifier: MIT */
/*
 * The memory of an in-flight log, which is also the file that it leaves behind: a header, the call sites, and one or two rings.
 * Numbers are in the byte order of the machine.
 *
 * A ring is cells of 64 bytes: a stamp and seven words. A record takes as many cells as it needs, one after the other. A cell's
 * stamp says which cell it is, counted since the log began, and whether somebody is writing to it; so a reader sees by the stamps
 * what has been overwritten, and what was never finished.
 */
#ifndef NT_RECORDER_FILE_H
#define NT_RECORDER_FILE_H

#include "nt/internal.h"

#define RECORDER_MAGIC "DMFRECD1"

enum
{
    RECORDER_VERSION = 1,
    RECORDER_HEADER_SIZE = 4096,
    RECORDER_CELL_WORDS = 7,
    RECORDER_RINGS = 2,
    RECORDER_NAME_SIZE = 64,
    RECORDER_PROVIDERS_SIZE = 512,
    /* What one record takes at most. */
    RECORDER_RECORD_CELLS = 16,
    RECORDER_RECORD_WORDS = RECORDER_RECORD_CELLS * RECORDER_CELL_WORDS,
    /* Words of a record in front of its arguments. */
    RECORDER_FIXED_WORDS = 3,
    /* Bytes of one string that are kept. */
    RECORDER_TEXT_MOST = 256,
    /* Call sites of a process, and bytes of one in a file. */
    RECORDER_SITES = 16384,
    RECORDER_SITE_SIZE = 4096,
    RECORDER_SITE_ARGUMENTS = 32,
};

struct recorder_cell
{
    /* (number + 1) << 2, and the bits below. Zero: never used. */
    uint64_t stamp;
    uint64_t words[RECORDER_CELL_WORDS];
};

#define RECORDER_CELL_BUSY 1u
#define RECORDER_CELL_FIRST 2u

struct recorder_ring_header
{
    /* Cells that were reserved since the log began. */
    uint64_t head;
    /* Where the cells are, and how many: a power of two. Zero for a ring that there is not. */
    uint64_t offset;
    uint64_t cells;
    uint64_t reserved;
};

struct recorder_header
{
    char magic[8];
    uint32_t version;
    uint32_t process;
    uint64_t size;
    char driver[RECORDER_NAME_SIZE];
    /* Empty for the driver's default log. */
    char log[RECORDER_NAME_SIZE];
    /* Universal time in units of 100 nanoseconds since 1601, and the clock of the records, at the same moment. */
    int64_t wall_time;
    int64_t clock;
    /* Records that found no room: the cell's last writer was not ready, the sites' table was full, or there was no memory. */
    uint64_t dropped;
    uint64_t sites_offset;
    uint64_t sites_size;
    /* Bytes of the sites' table that are in use. */
    uint64_t sites_used;
    /* Ring 1, where there is one, is for errors and worse, so that nothing else overwrites them. */
    struct recorder_ring_header rings[RECORDER_RINGS];
    /* What the driver said to WPP_INIT_TRACING: names and GUIDs, "NAME GUID, NAME GUID". Empty when it has said nothing. */
    char providers[RECORDER_PROVIDERS_SIZE];
};

_Static_assert(sizeof(struct recorder_header) <= RECORDER_HEADER_SIZE, "the header's room");
_Static_assert(sizeof(struct recorder_cell) == 64, "a cache line");

/*
 * A call site: strings, each ended by zero, in this order: flags, file, function, format. Then custom types: a name, and for
 * each of its values one string that begins with '='. Zeroes fill up to a multiple of eight bytes, at least one.
 */
struct recorder_site
{
    uint32_t size;
    uint32_t id;
    uint32_t line;
    uint32_t reserved;
    char strings[];
};

/*
 * The words of a record. Word 0 is the time on the clock of the log, in nanoseconds; word 1 site and thread; word 2 this:
 */
struct recorder_word
{
    uint16_t words;
    uint8_t level;
    uint8_t irql;
    /* Arguments that there was no room for are not in the record. */
    uint8_t cut;
    uint8_t reserved[3];
};

/*
 * Then one word for each number; a string is a word of this kind, and its bytes up to a multiple of eight.
 */
struct recorder_bytes
{
    uint32_t length;
    /* Shorter than the string was. */
    uint16_t cut;
    /* It was a null pointer. */
    uint16_t null;
};

#endif /* NT_RECORDER_FILE_H */
