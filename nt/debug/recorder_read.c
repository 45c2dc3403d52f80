/* SPDX-License-Identifier: MIT */
/*
 * Reading logs. A number of the file is copied before it is checked, because the file may change between the two.
 */
#include "nt/debug/recorder_read.h"

#include <string.h>

#include "nt/debug/recorder.h"

struct ring_reader
{
    const struct recorder_cell *cells;
    uint64_t count;
    const uint64_t *head;
    uint64_t next;
    /* The record that comes next, where `ready` says that it has been read. */
    bool ready;
    struct recorder_record record;
};

struct recorder_reader
{
    const char *memory;
    size_t size;
    /* Of a file that is ours to unmap, or of a log of this process that is ours to release. */
    bool is_file;
    struct recorder_log *log;
    struct recorder_header header;
    struct ring_reader rings[RECORDER_RINGS];
    /* Up to where the sites have been looked at, and where each one is; zero for unknown. */
    uint64_t scanned;
    uint32_t sites[RECORDER_SITES];
    /* The strings of the record that was given last, by ring. */
    uint64_t strings[RECORDER_RINGS + 1][RECORDER_SITE_SIZE / 8];
};

static bool part_is_inside(uint64_t offset, uint64_t length, size_t size)
{
    return offset >= sizeof(struct recorder_header) && offset % 8 == 0 && offset <= size && length <= size - offset;
}

static bool ring_open(struct recorder_reader *reader, size_t index)
{
    const struct recorder_ring_header *header = &reader->header.rings[index];
    struct ring_reader *ring = &reader->rings[index];

    if (header->cells == 0)
    {
        return index != 0;
    }
    if ((header->cells & (header->cells - 1)) != 0 || header->cells > reader->size / sizeof(struct recorder_cell) ||
        !part_is_inside(header->offset, header->cells * sizeof(struct recorder_cell), reader->size))
    {
        return false;
    }
    ring->cells = (const struct recorder_cell *)(const void *)(reader->memory + header->offset);
    ring->count = header->cells;
    ring->head = &((const struct recorder_header *)(const void *)reader->memory)->rings[index].head;
    return true;
}

static bool reader_check(struct recorder_reader *reader)
{
    struct recorder_header *header = &reader->header;

    if (reader->size < sizeof(*header) || (uintptr_t)reader->memory % 8 != 0)
    {
        return false;
    }
    memcpy(header, reader->memory, offsetof(struct recorder_header, sites_used));
    memcpy(header->rings, reader->memory + offsetof(struct recorder_header, rings),
           sizeof(header->rings) + sizeof(header->providers));
    header->providers[RECORDER_PROVIDERS_SIZE - 1] = 0;
    header->driver[RECORDER_NAME_SIZE - 1] = 0;
    header->log[RECORDER_NAME_SIZE - 1] = 0;
    return memcmp(header->magic, RECORDER_MAGIC, sizeof(header->magic)) == 0 && header->version == RECORDER_VERSION &&
           part_is_inside(header->sites_offset, header->sites_size, reader->size) && header->sites_size <= UINT32_MAX &&
           ring_open(reader, 0) && ring_open(reader, 1);
}

static struct recorder_reader *reader_make(const void *memory, size_t size, bool is_file, struct recorder_log *log)
{
    struct recorder_reader *reader = platform_alloc(sizeof(*reader));

    if (reader != NULL)
    {
        memset(reader, 0, sizeof(*reader));
        reader->memory = memory;
        reader->size = size;
        reader->is_file = is_file;
        reader->log = log;
        if (reader_check(reader))
        {
            return reader;
        }
        platform_free(reader, sizeof(*reader));
    }
    if (is_file)
    {
        platform_file_unmap(memory, size);
    }
    if (log != NULL)
    {
        recorder_log_release(log);
    }
    return NULL;
}

static struct recorder_reader *reader_of_log(struct recorder_log *log)
{
    return log != NULL ? reader_make(log->header, log->size, false, log) : NULL;
}

struct recorder_reader *recorder_open(const char *driver, const char *log)
{
    return reader_of_log(recorder_log_find(driver, log));
}

struct recorder_reader *recorder_open_number(size_t number)
{
    return reader_of_log(recorder_log_at(number));
}

struct recorder_reader *recorder_open_file(const char *path)
{
    size_t size = 0;
    const void *memory = platform_file_map(path, &size);

    return memory != NULL ? reader_make(memory, size, true, NULL) : NULL;
}

struct recorder_reader *recorder_open_memory(const void *memory, size_t size)
{
    return reader_make(memory, size, false, NULL);
}

void recorder_close(struct recorder_reader *reader)
{
    if (reader->is_file)
    {
        platform_file_unmap(reader->memory, reader->size);
    }
    if (reader->log != NULL)
    {
        recorder_log_release(reader->log);
    }
    platform_free(reader, sizeof(*reader));
}

void recorder_information(const struct recorder_reader *reader, struct recorder_log_information *ret_information)
{
    const struct recorder_header *there = (const struct recorder_header *)(const void *)reader->memory;

    memcpy(ret_information->driver, reader->header.driver, RECORDER_NAME_SIZE);
    memcpy(ret_information->log, reader->header.log, RECORDER_NAME_SIZE);
    memcpy(ret_information->providers, reader->header.providers, RECORDER_PROVIDERS_SIZE);
    ret_information->process = reader->header.process;
    ret_information->dropped = platform_atomic_load(&there->dropped);
}

/*
 * Sites.
 */

static void sites_scan(struct recorder_reader *reader)
{
    const struct recorder_header *there = (const struct recorder_header *)(const void *)reader->memory;
    uint64_t used = platform_atomic_load(&there->sites_used);

    used = used < reader->header.sites_size ? used : reader->header.sites_size;
    while (reader->scanned < used && used - reader->scanned >= sizeof(struct recorder_site))
    {
        uint64_t offset = reader->header.sites_offset + reader->scanned;
        struct recorder_site site;

        memcpy(&site, reader->memory + offset, sizeof(site));
        if (site.size < sizeof(site) || site.size % 8 != 0 || site.size > used - reader->scanned)
        {
            return;
        }
        if (site.id < RECORDER_SITES)
        {
            reader->sites[site.id] = (uint32_t)reader->scanned + 1;
        }
        reader->scanned += site.size;
    }
}

static bool take_string(const char **at, const char *end, const char **ret_string)
{
    const char *zero = *at < end ? memchr(*at, 0, (size_t)(end - *at)) : NULL;

    if (zero == NULL)
    {
        return false;
    }
    *ret_string = *at;
    *at = zero + 1;
    return true;
}

bool recorder_record_make(struct recorder_record *record, const struct recorder_site *site, size_t site_size)
{
    const char *at = site->strings;
    const char *end = (const char *)site + site_size;
    struct recorder_word fixed;

    memcpy(&fixed, &record->words[2], sizeof(fixed));
    record->thread = (uint32_t)(record->words[1] >> 32);
    record->level = fixed.level;
    record->irql = fixed.irql;
    record->cut = fixed.cut != 0;
    record->line = site->line;
    record->types_end = end;
    if (!take_string(&at, end, &record->flags) || !take_string(&at, end, &record->file) ||
        !take_string(&at, end, &record->function) || !take_string(&at, end, &record->format))
    {
        return false;
    }
    record->types = at;
    return true;
}

/* Copies the site of a record to where it stays; false when there is none. */
static bool site_load(struct recorder_reader *reader, uint64_t *room, struct recorder_record *record)
{
    uint32_t id = (uint32_t)record->words[1];
    uint64_t offset;
    uint64_t left;
    struct recorder_site *site = (struct recorder_site *)(void *)room;

    if (id >= RECORDER_SITES)
    {
        return false;
    }
    if (reader->sites[id] == 0)
    {
        sites_scan(reader);
    }
    offset = reader->sites[id] != 0 ? reader->sites[id] - 1u : reader->header.sites_size;
    left = reader->header.sites_size - offset;
    if (left < sizeof(*site))
    {
        return false;
    }
    memcpy(room, reader->memory + reader->header.sites_offset + offset,
           left < RECORDER_SITE_SIZE ? left : RECORDER_SITE_SIZE);
    return site->size >= sizeof(*site) && site->size <= RECORDER_SITE_SIZE && site->size <= left &&
           recorder_record_make(record, site, site->size);
}

/*
 * Records.
 */

static int64_t record_time(const struct recorder_reader *reader, uint64_t clock)
{
    uint64_t after = clock - (uint64_t)reader->header.clock;

    return clock != 0 ? (int64_t)((uint64_t)reader->header.wall_time + (uint64_t)((int64_t)after / 100)) : 0;
}

/* Reads on to the next record whose site is known. A cell that holds no beginning of a record is passed over. */
static bool ring_advance(struct recorder_reader *reader, size_t index)
{
    struct ring_reader *ring = &reader->rings[index];
    struct recorder_record *record = &ring->record;
    uint64_t head = ring->cells != NULL ? platform_atomic_load(ring->head) : 0;

    if (head - ring->next > ring->count)
    {
        ring->next = head > ring->count ? head - ring->count : 0;
    }
    while (!ring->ready && ring->next < head)
    {
        uint64_t number = ring->next;

        record->word_count = recorder_ring_read(ring->cells, ring->count - 1, number, record->words);
        ring->next += record->word_count != 0 ? (record->word_count + RECORDER_CELL_WORDS - 1) / RECORDER_CELL_WORDS : 1;
        record->sequence = number;
        ring->ready = record->word_count != 0 && site_load(reader, reader->strings[index], record);
    }
    return ring->ready;
}

/* Moves the strings to where the caller may look at them while the ring goes on. */
static void record_give(struct recorder_reader *reader, size_t index, struct recorder_record *ret_record)
{
    const char *from = (const char *)reader->strings[index];
    char *to = (char *)reader->strings[RECORDER_RINGS];

    *ret_record = reader->rings[index].record;
    memcpy(to, from, RECORDER_SITE_SIZE);
    ret_record->flags = to + (ret_record->flags - from);
    ret_record->file = to + (ret_record->file - from);
    ret_record->function = to + (ret_record->function - from);
    ret_record->format = to + (ret_record->format - from);
    ret_record->types = to + (ret_record->types - from);
    ret_record->types_end = to + (ret_record->types_end - from);
    ret_record->time = record_time(reader, ret_record->words[0]);
    reader->rings[index].ready = false;
}

/* Whether the flag is one of "A | B". */
static bool has_flag(const char *flags, const char *flag)
{
    size_t length = strlen(flag);

    while (*flags != 0)
    {
        size_t word;

        flags += strspn(flags, " |()");
        word = strcspn(flags, " |()");
        if (word == length && strncmp(flags, flag, length) == 0)
        {
            return true;
        }
        flags += word;
    }
    return false;
}

static bool passes(const struct recorder_filter *filter, const struct recorder_record *record)
{
    return filter == NULL || ((filter->level == 0 || record->level <= filter->level) &&
                              (filter->flag == NULL || has_flag(record->flags, filter->flag)));
}

bool recorder_next(struct recorder_reader *reader, const struct recorder_filter *filter, struct recorder_record *ret_record)
{
    for (;;)
    {
        bool first = ring_advance(reader, 0);
        bool second = ring_advance(reader, 1);

        if (!first && !second)
        {
            return false;
        }
        record_give(reader, second && (!first || reader->rings[1].record.words[0] < reader->rings[0].record.words[0]),
                    ret_record);
        if (passes(filter, ret_record))
        {
            return true;
        }
    }
}
