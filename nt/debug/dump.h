/* SPDX-License-Identifier: MIT */
/*
 * Dumps: what a process, or a driver that reports about itself, leaves behind.
 *
 * A file is a dump_header and then blocks, each a dump_block and its data, up to one of the kind DUMP_END; one that ends before
 * was cut off. Numbers are in the byte order of the machine. Zeroes fill up a block's data to a multiple of eight bytes.
 */
#ifndef NT_DUMP_H
#define NT_DUMP_H

#include "nt/internal.h"

#define DUMP_MAGIC "DMFDUMP1"

enum dump_kind
{
    /* Zero is not used, so that a hole in a file is no block. */
    DUMP_END = 1,
    /* Text, in UTF-8: what happened, and the stack of the thread that it happened on, a line for each frame. */
    DUMP_TEXT = 2,
    DUMP_STACK = 3,
    /* The buffer of a KeRegisterBugCheckCallback(). */
    DUMP_BUFFER = 4,
    /* Data of its own kind, named by its GUID. */
    DUMP_SECONDARY = 5,
    /* Memory that a callback asked for, and memory that a triage array lists. */
    DUMP_PAGES = 6,
    DUMP_TRIAGE = 7,
};

struct dump_header
{
    char magic[8];
    uint32_t version;
    uint32_t code;
    uint64_t parameters[4];
    /* Universal time in units of 100 nanoseconds since 1601. */
    int64_t time;
    uint32_t process;
    uint32_t thread;
    uint32_t irql;
    /* Nonzero: a report of a process that went on. */
    uint32_t live;
    char thread_name[32];
    /* Who reports, UTF-8. Empty for a bug check. */
    char component[64];
};

struct dump_block
{
    uint32_t kind;
    uint32_t reserved;
    uint64_t length;
    /* Where the data was in memory, or zero. */
    uint64_t address;
    GUID guid;
    /* Whose data it is, as it registered. */
    char component[32];
};

/* Where dumps go; NULL or "" for nowhere. STATUS_NAME_TOO_LONG. Before drivers run. */
RUNTIME_API NTSTATUS dump_set_folder(const char *folder);

/*
 * Writing. The writer is the caller's; nothing allocates. A dump that has no file (there is no folder, or it cannot be written
 * to) is written nowhere, but whoever watches dumps gets its pieces all the same. The first error stays, and ends the file.
 */
struct dump_writer
{
    int file;
    int error;
    uint64_t offset;
    /* Gets each piece; NULL for nobody. */
    void (*watch)(struct dump_writer *writer, KBUGCHECK_DUMP_IO_TYPE type, const void *data, size_t size);
};

void dump_begin(struct dump_writer *writer, const struct dump_header *header);
void dump_write(struct dump_writer *writer, enum dump_kind kind, const char *component, const GUID *guid, const void *data,
                size_t size);
/* What of the memory can be read. */
void dump_write_memory(struct dump_writer *writer, enum dump_kind kind, const char *component, const void *address,
                       size_t size);
void dump_write_stack(struct dump_writer *writer);
/* STATUS_SUCCESS when there is a whole file now, STATUS_OBJECT_PATH_NOT_FOUND when there is no folder, STATUS_DISK_FULL, ... */
NTSTATUS dump_end(struct dump_writer *writer);

/* Fills in time, process, thread and IRQL of the caller. */
void dump_header_initialize(struct dump_header *header, ULONG code, const ULONG_PTR parameters[4]);

/*
 * Reading. dump_open() gives the header, or NULL when the file is no dump. dump_next() gives one block after the other, *data
 * behind it; begin with NULL; it ends with NULL, after DUMP_END or where the file was cut off. All of it is valid until
 * dump_close().
 */
struct dump_file;
RUNTIME_API struct dump_file *dump_open(const char *path, const struct dump_header **ret_header);
RUNTIME_API const struct dump_block *dump_next(const struct dump_file *dump, const struct dump_block *block,
                                               const void **ret_data);
RUNTIME_API void dump_close(struct dump_file *dump);

#endif /* NT_DUMP_H */
