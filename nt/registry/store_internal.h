/* SPDX-License-Identifier: MIT */
/*
 * What the two halves of the store share: the open file, and how SQLite's answers become statuses.
 */
#ifndef NT_REGISTRY_STORE_INTERNAL_H
#define NT_REGISTRY_STORE_INTERNAL_H

#include <sqlite3.h>

#include "nt/registry/store.h"

enum store_statement
{
    STORE_PUT_KEY,
    STORE_REMOVE_KEY,
    STORE_PUT_VALUE,
    STORE_REMOVE_VALUE,
    STORE_BEGIN,
    STORE_COMMIT,
    STORE_ROLL_BACK,
    STORE_STATEMENT_COUNT,
};

struct store
{
    sqlite3 *database;
    sqlite3_stmt *statements[STORE_STATEMENT_COUNT];
    /* Something was written since the last flush; and a flush failed. */
    bool is_dirty;
    bool is_broken;
};

NTSTATUS store_status(int result);

/* The connection as the store wants it, and the tables: verified, or made in a file that is empty. */
NTSTATUS store_prepare_database(struct store *store, const struct store_message *message);

/* What the row of a key or value must carry. */
int64_t store_key_checksum(const struct store_key_row *row);
int64_t store_value_checksum(const struct store_value_row *row);

#endif /* NT_REGISTRY_STORE_INTERNAL_H */
