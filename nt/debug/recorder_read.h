/* SPDX-License-Identifier: MIT */
/*
 * Reading in-flight logs: of this process while it runs, of another one, and of one that is dead.
 *
 * A reader never waits for writers and never hinders them. What it misses (overwritten, being written, never finished) it leaves out.
 * A file may be damaged, or made to do harm: no number in it is believed, and every record's text is bounded.
 *
 * A reader is used by one thread at a time. PASSIVE_LEVEL.
 */
#ifndef NT_RECORDER_READ_H
#define NT_RECORDER_READ_H

#include "nt/debug/recorder_file.h"
#include "nt/internal.h"

enum
{
    /* What the text of any record fits into, and its line of JSON, each with a zero at the end. */
    RECORDER_TEXT_SIZE = 8192,
    RECORDER_JSON_SIZE = 65536,
};

struct recorder_reader;

/* Which records. Zeroed, it lets everything through. */
struct recorder_filter
{
    /* The highest level; zero for any. */
    uint32_t level;
    /* A flag that must be one of the record's, NULL for any. */
    const char *flag;
};

struct recorder_log_information
{
    char driver[RECORDER_NAME_SIZE];
    /* Empty for the default log. */
    char log[RECORDER_NAME_SIZE];
    /* "NAME GUID, NAME GUID", what the driver said to WPP_INIT_TRACING. */
    char providers[RECORDER_PROVIDERS_SIZE];
    uint32_t process;
    uint64_t dropped;
};

/* A record, with the words that its text is made of. The strings belong to the reader, until the next record. */
struct recorder_record
{
    /* Universal time in units of 100 nanoseconds since 1601; zero when the driver records none. */
    int64_t time;
    /* The number of its first cell in its ring: grows from record to record. */
    uint64_t sequence;
    uint32_t thread;
    uint32_t level;
    uint32_t irql;
    uint32_t line;
    /* Some of the arguments are missing. */
    bool cut;
    const char *flags;
    const char *file;
    const char *function;
    const char *format;
    /* Custom types, up to the end of the site. */
    const char *types;
    const char *types_end;
    uint32_t word_count;
    uint64_t words[RECORDER_RECORD_WORDS];
};

/*
 * The log of this process, by its driver's file name; "" names the default log. Of a file. Of memory, which must stay until the reader
 * is closed and begin at a multiple of eight. NULL: there is none, it is no log, or there is no memory.
 */
RUNTIME_API struct recorder_reader *recorder_open(const char *driver, const char *log);
RUNTIME_API struct recorder_reader *recorder_open_file(const char *path);
RUNTIME_API struct recorder_reader *recorder_open_memory(const void *memory, size_t size);
/* The logs of this process by number; NULL after the last. */
RUNTIME_API struct recorder_reader *recorder_open_number(size_t number);
RUNTIME_API void recorder_close(struct recorder_reader *reader);

RUNTIME_API void recorder_information(const struct recorder_reader *reader,
                                      struct recorder_log_information *ret_information);

/*
 * The next record that the filter (NULL: all) lets through, the oldest first; false when there is none yet. With a ring for errors, both
 * are merged by time. A later call goes on with what has been written since.
 */
RUNTIME_API bool recorder_next(struct recorder_reader *reader, const struct recorder_filter *filter,
                               struct recorder_record *ret_record);

/*
 * The message alone; a line "time [thread] level flags file:line function: message"; and one JSON object. Each without a line end, cut
 * off to fit size and ended by zero, where size is not zero. Return the length that is there. The JSON is whole when it has
 * RECORDER_JSON_SIZE bytes of room.
 */
RUNTIME_API size_t recorder_message(const struct recorder_record *record, char *text, size_t size);
RUNTIME_API size_t recorder_text(const struct recorder_record *record, char *text, size_t size);
RUNTIME_API size_t recorder_json(const struct recorder_reader *reader, const struct recorder_record *record, char *text,
                                 size_t size);

/* For who has the words and the site already: makes a record of them. False when the site is malformed. */
bool recorder_record_make(struct recorder_record *record, const struct recorder_site *site, size_t site_size);

#endif /* NT_RECORDER_READ_H */
