/* SPDX-License-Identifier: MIT */
/*
 * The in-flight recorder: what trace statements leave in memory, per driver and per log that a driver makes.
 *
 * A record is the call site, time, thread, level and the raw arguments; nt/debug/recorder_read.h makes text of it. Recording takes no
 * lock and works at any IRQL; the first record of a call site looks at its format, and the first of a driver makes its log. Nothing
 * keeps a pointer into a driver's image: what is needed of a call site is copied.
 */
#ifndef NT_RECORDER_H
#define NT_RECORDER_H

#include "nt/debug/recorder_file.h"
#include "nt/internal.h"

#include "nt/crt/format.h"

#if defined(PLATFORM_SIMULATION)
#include "platform/simulation.h"
#endif

struct dmf_trace_site;

enum
{
    RECORDER_FOLDER_SIZE = 1024,
    RECORDER_BUCKETS = 256,
};

/* A ring that this process writes to. Cells and mask are ours: what the file says about them is for readers. */
struct recorder_ring
{
    struct recorder_cell *cells;
    uint64_t mask;
    uint64_t *head;
};

/* A log. Its structure is never freed, so that a handle that is used too late finds a signature that does not fit. */
struct recorder_log
{
    uint32_t signature;
    /* The driver's handle, and readers. */
    uint32_t references;
    struct recorder_log *next;
    struct recorder_driver *driver;
    struct recorder_header *header;
    size_t size;
    struct recorder_ring rings[RECORDER_RINGS];
    char path[RECORDER_FOLDER_SIZE + 128];
    /* Which sites are in the file, one bit each. */
    uint64_t sites[RECORDER_SITES / 64];
};

struct recorder_driver
{
    struct recorder_driver *next;
    char name[RECORDER_NAME_SIZE];
    /* Made by the first record; NULL before. */
    struct recorder_log *log;
    bool no_default_log;
    bool no_time;
    /* For the headers of its logs. */
    char providers[RECORDER_PROVIDERS_SIZE];
};

/* One argument of a call site: a format_argument, or one of ours. */
enum
{
    RECORDER_ARGUMENT_GUID = 0x40,
};

struct recorder_argument
{
    uint8_t kind;
    /* The argument before is the precision. */
    bool precision_before;
    /* Negative: none. */
    int32_t precision;
};

/* A call site, as the runtime knows it; lives as long as the process. */
struct recorder_call
{
    struct recorder_call *next;
    struct recorder_driver *driver;
    uint32_t argument_count;
    struct recorder_argument arguments[RECORDER_SITE_ARGUMENTS];
    /* What goes into each file. */
    struct recorder_site *site;
};

/* A call that only prints, with its site. */
struct recorder_plain
{
    struct recorder_call call;
    uint64_t site[RECORDER_SITE_SIZE / 8];
};

/* The machine's part. The lock guards all lists, and the sites' tables of all logs. */
struct recorder
{
    struct platform_spinlock lock;
    struct recorder_driver *drivers;
    struct recorder_log *logs;
    struct recorder_log *free_logs;
    struct recorder_call *calls[RECORDER_BUCKETS];
    uint32_t call_count;
    uint32_t file_number;
    char folder[RECORDER_FOLDER_SIZE];
};

/*
 * What happens once in a process (a call site is learned, a log is made) is no scheduling point of the simulation: otherwise a run would
 * differ from the same run after others. So the lock is never found taken there, and never left behind by a run that ends.
 */
static inline void recorder_hold(void)
{
#if defined(PLATFORM_SIMULATION)
    platform_simulation_hold();
#endif
}

static inline void recorder_release(void)
{
#if defined(PLATFORM_SIMULATION)
    platform_simulation_release();
#endif
}

static inline void recorder_lock(struct recorder *recorder)
{
    recorder_hold();
    platform_spinlock_lock(&recorder->lock);
}

static inline void recorder_unlock(struct recorder *recorder)
{
    platform_spinlock_unlock(&recorder->lock);
    recorder_release();
}

/* Before a run of the simulation: a record that the last run did not finish would hold its cell for ever. */
void recorder_begin_run(struct recorder *recorder);

/*
 * Where the files of logs go that are made from now on; NULL or "" for where the environment variable DMF_RECORDER_FOLDER says, and
 * without that for memory alone. STATUS_NAME_TOO_LONG. A log whose file cannot be made is memory alone.
 */
RUNTIME_API NTSTATUS recorder_set_folder(const char *folder);

/*
 * The highest level that is recorded (information, unless the environment variable DMF_RECORDER_LEVEL says otherwise), and the highest
 * that is printed to standard error at once (none; DMF_TRACE_LEVEL). Zero for none.
 */
RUNTIME_API void recorder_set_level(uint32_t level);
RUNTIME_API void recorder_set_print_level(uint32_t level);

/* recorder_log.c. The driver whose image holds the address; NULL when there is no memory. */
struct recorder_driver *recorder_driver_of(const void *address);
/* What the driver (NULL: nobody) has said about its providers; goes into the logs that it has and will have. */
void recorder_driver_provides(struct recorder_driver *driver, const char *providers);
/* The driver's default log, NULL when it has none. */
struct recorder_log *recorder_default_log(struct recorder_driver *driver);
/* The log behind a driver's handle; NULL for anything else. */
struct recorder_log *recorder_log_of(const void *handle);
/* A reference for who reads a log; both names as in its header. NULL when there is none. */
struct recorder_log *recorder_log_find(const char *driver, const char *log);
struct recorder_log *recorder_log_at(size_t index);
void recorder_log_release(struct recorder_log *log);

/* recorder_ring.c. Puts the record into the log; false when it was dropped. */
bool recorder_ring_write(struct recorder_ring *ring, const uint64_t *words, uint32_t count);
/* Reads the record that begins at this cell into words; returns how many, or zero when it is no whole record. */
uint32_t recorder_ring_read(const struct recorder_cell *cells, uint64_t mask, uint64_t number, uint64_t *words);

/* recorder_site.c. NULL when there is no memory, or there are too many. */
struct recorder_call *recorder_call_of(struct dmf_trace_site *site);
/* A call of nobody, known to nobody. */
void recorder_plain_make(struct recorder_plain *plain, const struct dmf_trace_site *from);
/* Makes sure that the log's file holds the site; false when it has no room left. */
bool recorder_log_knows(struct recorder_log *log, const struct recorder_call *call);

/* recorder.c. Takes the arguments of a call into words; returns the number of words, the fixed ones included. */
uint32_t recorder_take(const struct recorder_call *call, uint32_t level, struct format_arguments *arguments,
                       uint64_t words[RECORDER_RECORD_WORDS]);
void recorder_put(struct recorder_log *log, const struct recorder_call *call, const uint64_t *words, uint32_t count);

/* recorder_text.c. What "%!name!" takes: a format_argument or RECORDER_ARGUMENT_GUID. */
uint8_t recorder_item_argument(const char *name, size_t length);

#endif /* NT_RECORDER_H */
