/* SPDX-License-Identifier: MIT */
/*
 * The file that the registry is kept in: an SQLite database with a write-ahead log.
 *
 * A change is in the file when the call that made it returns, so it outlives the process however that ends. It outlives a loss
 * of power from the next store_flush(). One process has the file at a time. Nothing damaged is ever repaired or skipped: every
 * row carries a checksum, all rows are read when the file is opened, and a file with anything wrong is refused.
 *
 * One caller at a time, PASSIVE_LEVEL, may block on the disk. Never a scheduling point in the simulation.
 */
#ifndef NT_REGISTRY_STORE_H
#define NT_REGISTRY_STORE_H

#include "nt/internal.h"
#include "nt/registry/tree.h"

struct store;

/* Where a refusal says in words what is wrong. */
struct store_message
{
    char *text;
    size_t size;
};

void store_say(const struct store_message *message, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What a row of the file says. The memory is the store's, until the next row. */
struct store_key_row
{
    int64_t id;
    int64_t parent;
    uint32_t flags;
    int64_t born;
    int64_t written;
    UNICODE_STRING name;
    UNICODE_STRING class;
};

struct store_value_row
{
    int64_t id;
    int64_t key;
    uint32_t type;
    int64_t written;
    uint32_t size;
    const void *data;
    UNICODE_STRING name;
};

/* Takes one row each, parents before their children. A failure ends the reading, and is what store_load() returns. */
struct store_reader
{
    NTSTATUS (*key)(void *context, const struct store_key_row *row);
    NTSTATUS (*value)(void *context, const struct store_value_row *row);
    void *context;
};

enum store_key_flags
{
    STORE_KEY_LINK = 1,
};

/*
 * Opens the file, or makes it. STATUS_ACCESS_DENIED: somebody else could have written it (a symbolic link, another owner, rights for group or
 * others). STATUS_SHARING_VIOLATION: another process has it. STATUS_REVISION_MISMATCH: made by a later version.
 * STATUS_REGISTRY_CORRUPT, STATUS_REGISTRY_IO_FAILED, STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS store_open(const char *path, const struct store_message *message, struct store **ret_store);
NTSTATUS store_load(struct store *store, const struct store_reader *reader, const struct store_message *message);

/* Moves the log into the file and gives it back to others. Accepts NULL. */
void store_close(struct store *store);

/* Each is one transaction, unless between begin and commit. A failed one changed nothing. */
NTSTATUS store_put_key(struct store *store, const struct tree_key *key);
NTSTATUS store_remove_key(struct store *store, int64_t id);
NTSTATUS store_put_value(struct store *store, const struct tree_key *key, const struct tree_value *value);
NTSTATUS store_remove_value(struct store *store, int64_t id);

/* After a failed commit, or to give up, comes store_roll_back(), which cannot fail. They do not nest. */
NTSTATUS store_begin(struct store *store);
NTSTATUS store_commit(struct store *store);
void store_roll_back(struct store *store);

/*
 * Waits until all changes are on the disk itself. Once a disk has refused that, nobody knows what is there, and this keeps
 * failing with STATUS_REGISTRY_IO_FAILED until the file is opened anew.
 */
NTSTATUS store_flush(struct store *store);

#endif /* NT_REGISTRY_STORE_H */
