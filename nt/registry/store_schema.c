/* SPDX-License-Identifier: MIT */
/*
 * The store's tables, and what makes a file one of ours.
 *
 * Both tables are plain trees by row number: the registry knows the number of everything it changes, so that a change touches
 * one tree and no index. Searching by name happens in memory (tree.c).
 */
#include <stdio.h>
#include <string.h>

#include "nt/registry/store_internal.h"

/* "DMFr". A file of another program, or of a later version of this one, is not touched. */
#define APPLICATION_ID 0x444D4672
#define SCHEMA_VERSION 1

#define KEY_TABLE                                                                                         \
    "CREATE TABLE registry_key(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, flags INTEGER NOT NULL, " \
    "born INTEGER NOT NULL, written INTEGER NOT NULL, name BLOB NOT NULL, class BLOB NOT NULL, checksum INTEGER NOT NULL)"
#define VALUE_TABLE                                                                                                     \
    "CREATE TABLE registry_value(id INTEGER PRIMARY KEY, key INTEGER NOT NULL, type INTEGER NOT NULL, written INTEGER " \
    "NOT NULL, name BLOB NOT NULL, checksum INTEGER NOT NULL, data BLOB NOT NULL)"

NTSTATUS store_status(int result)
{
    switch (result & 0xFF)
    {
        case SQLITE_OK:
        case SQLITE_DONE:
        case SQLITE_ROW:
            return STATUS_SUCCESS;
        case SQLITE_NOMEM:
            return STATUS_INSUFFICIENT_RESOURCES;
        case SQLITE_FULL:
            return STATUS_DISK_FULL;
        case SQLITE_TOOBIG:
            return STATUS_REGISTRY_QUOTA_LIMIT;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return STATUS_SHARING_VIOLATION;
        case SQLITE_PERM:
        case SQLITE_READONLY:
        case SQLITE_AUTH:
            return STATUS_ACCESS_DENIED;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return STATUS_REGISTRY_CORRUPT;
        default:
            return STATUS_REGISTRY_IO_FAILED;
    }
}

/* Mixes eight bytes at a time. Every step can be undone, so that one changed bit always changes the outcome. */
static uint64_t checksum_bytes(uint64_t sum, const void *bytes, size_t size)
{
    const unsigned char *from = bytes;

    for (sum ^= size; size != 0;)
    {
        uint64_t word = 0;
        size_t step = size < sizeof(word) ? size : sizeof(word);

        memcpy(&word, from, step);
        sum = (sum ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        sum ^= sum >> 29;
        from += step;
        size -= step;
    }
    return sum;
}

static uint64_t checksum_number(uint64_t sum, int64_t number)
{
    return checksum_bytes(sum, &number, sizeof(number));
}

int64_t store_key_checksum(const struct store_key_row *row)
{
    uint64_t sum = checksum_number(1, row->id);

    sum = checksum_number(sum, row->parent);
    sum = checksum_number(sum, row->flags);
    sum = checksum_number(sum, row->born);
    sum = checksum_number(sum, row->written);
    sum = checksum_bytes(sum, row->name.Buffer, row->name.Length);
    return (int64_t)checksum_bytes(sum, row->class.Buffer, row->class.Length);
}

int64_t store_value_checksum(const struct store_value_row *row)
{
    uint64_t sum = checksum_number(2, row->id);

    sum = checksum_number(sum, row->key);
    sum = checksum_number(sum, row->type);
    sum = checksum_number(sum, row->written);
    sum = checksum_bytes(sum, row->name.Buffer, row->name.Length);
    return (int64_t)checksum_bytes(sum, row->data, row->size);
}

static NTSTATUS run(struct store *store, const char *text)
{
    return store_status(sqlite3_exec(store->database, text, NULL, NULL, NULL));
}

/* The first column of the first row that a query has, as a number. */
static NTSTATUS ask_number(struct store *store, const char *query, int64_t *ret_number)
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(store->database, query, -1, &statement, NULL);

    if (result == SQLITE_OK)
    {
        result = sqlite3_step(statement);
        *ret_number = sqlite3_column_int64(statement, 0);
    }
    (void)sqlite3_finalize(statement);
    return store_status(result);
}

/* Whether the query has these texts in its first column, and no others. */
static NTSTATUS expect_texts(struct store *store, const char *query, const char *const *texts, size_t count)
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(store->database, query, -1, &statement, NULL);
    size_t seen = 0;
    bool same = true;

    while (result == SQLITE_OK || result == SQLITE_ROW)
    {
        result = sqlite3_step(statement);
        if (result == SQLITE_ROW)
        {
            const char *text = (const char *)sqlite3_column_text(statement, 0);

            same = same && seen < count && text != NULL && strcmp(text, texts[seen]) == 0;
            seen++;
        }
    }
    (void)sqlite3_finalize(statement);
    if (result != SQLITE_DONE)
    {
        return store_status(result);
    }
    return same && seen == count ? STATUS_SUCCESS : STATUS_REGISTRY_CORRUPT;
}

static NTSTATUS create_tables(struct store *store)
{
    char text[1024];

    (void)snprintf(text, sizeof(text), "BEGIN;%s;%s;PRAGMA application_id=%d;PRAGMA user_version=%d;COMMIT", KEY_TABLE,
                   VALUE_TABLE, APPLICATION_ID, SCHEMA_VERSION);
    return run(store, text);
}

/* Nothing in the file but our own tables: no trigger or view of somebody else's runs in this process. */
static NTSTATUS verify_tables(struct store *store, const struct store_message *message)
{
    static const char *const tables[] = {KEY_TABLE, VALUE_TABLE};
    static const char *const good[] = {"ok"};
    NTSTATUS status = expect_texts(store, "SELECT sql FROM sqlite_schema ORDER BY name", tables, ARRAYSIZE(tables));

    if (!NT_SUCCESS(status))
    {
        store_say(message, "the tables of the registry file are not as this program makes them");
        return status;
    }
    status = expect_texts(store, "PRAGMA integrity_check(1)", good, ARRAYSIZE(good));
    if (!NT_SUCCESS(status))
    {
        store_say(message, "the registry file is damaged");
    }
    return status;
}

static NTSTATUS verify_version(int64_t application, int64_t version, const struct store_message *message)
{
    if (application != APPLICATION_ID)
    {
        store_say(message, "the file is no registry: another program made it");
        return STATUS_REGISTRY_CORRUPT;
    }
    if (version > SCHEMA_VERSION)
    {
        store_say(message, "the registry file has version %lld, and this program knows no later one than %d",
                  (long long)version, SCHEMA_VERSION);
        return STATUS_REVISION_MISMATCH;
    }
    return STATUS_SUCCESS;
}

/* An exclusive lock before the first look: one process has the file. It also keeps the index of the log in this process. */
static NTSTATUS take_file(struct store *store)
{
    NTSTATUS status = run(store, "PRAGMA locking_mode=EXCLUSIVE;PRAGMA trusted_schema=OFF;PRAGMA cell_size_check=ON;"
                                 "PRAGMA synchronous=NORMAL;PRAGMA temp_store=MEMORY");

    (void)sqlite3_db_config(store->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return NT_SUCCESS(status) ? run(store, "BEGIN EXCLUSIVE;COMMIT") : status;
}

NTSTATUS store_prepare_database(struct store *store, const struct store_message *message)
{
    static const char *const log_mode[] = {"wal"};
    int64_t application = 0;
    int64_t version = 0;
    int64_t objects = 0;
    NTSTATUS status = take_file(store);

    if (NT_SUCCESS(status))
    {
        status = ask_number(store, "PRAGMA application_id", &application);
    }
    if (NT_SUCCESS(status))
    {
        status = ask_number(store, "PRAGMA user_version", &version);
    }
    if (NT_SUCCESS(status))
    {
        status = ask_number(store, "SELECT count(*) FROM sqlite_schema", &objects);
    }
    if (!NT_SUCCESS(status))
    {
        store_say(message, "%s",
                  status == STATUS_SHARING_VIOLATION ? "another process has the registry file open" :
                                                       sqlite3_errmsg(store->database));
        return status;
    }
    /* The log is made before the tables: a file that has any of them has all of them. */
    if (application == 0 && version == 0 && objects == 0)
    {
        status = expect_texts(store, "PRAGMA journal_mode=WAL", log_mode, ARRAYSIZE(log_mode));
        return NT_SUCCESS(status) ? create_tables(store) : status;
    }
    status = verify_version(application, version, message);
    if (NT_SUCCESS(status))
    {
        status = expect_texts(store, "PRAGMA journal_mode=WAL", log_mode, ARRAYSIZE(log_mode));
    }
    return NT_SUCCESS(status) ? verify_tables(store, message) : status;
}
