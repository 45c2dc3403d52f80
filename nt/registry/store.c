/* SPDX-License-Identifier: MIT */
/*
 * The file that the registry is kept in.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "nt/registry/store_internal.h"

/* A value is never larger than this: SQLite's own limit for a row would be. */
#define LARGEST_ROW (512 * 1024 * 1024)

static const char *const statement_texts[STORE_STATEMENT_COUNT] = {
    [STORE_PUT_KEY] = "INSERT OR REPLACE INTO registry_key VALUES(?,?,?,?,?,?,?,?)",
    [STORE_REMOVE_KEY] = "DELETE FROM registry_key WHERE id=?",
    [STORE_PUT_VALUE] = "INSERT OR REPLACE INTO registry_value VALUES(?,?,?,?,?,?,?)",
    [STORE_REMOVE_VALUE] = "DELETE FROM registry_value WHERE id=?",
    [STORE_BEGIN] = "BEGIN IMMEDIATE",
    [STORE_COMMIT] = "COMMIT",
    [STORE_ROLL_BACK] = "ROLLBACK",
};

void store_say(const struct store_message *message, const char *format, ...)
{
    va_list arguments;

    if (message == NULL || message->size == 0)
    {
        return;
    }
    va_start(arguments, format);
    (void)vsnprintf(message->text, message->size, format, arguments);
    va_end(arguments);
}

/*
 * Opening and closing.
 */

static NTSTATUS check_owner(const char *path, const struct store_message *message)
{
    switch (platform_private_file(path))
    {
        case 0:
            return STATUS_SUCCESS;
        case ELOOP:
            store_say(message, "%s is a symbolic link", path);
            return STATUS_ACCESS_DENIED;
        case EINVAL:
            store_say(message, "%s is not a file", path);
            return STATUS_ACCESS_DENIED;
        case EPERM:
            store_say(message, "%s belongs to another user", path);
            return STATUS_ACCESS_DENIED;
        case EACCES:
            store_say(message,
                      "%s may be used by others than its owner (its mode must be 0600), or its folder not by this user",
                      path);
            return STATUS_ACCESS_DENIED;
        case ENOENT:
        case ENOTDIR:
            store_say(message, "%s: there is no such folder", path);
            return STATUS_OBJECT_PATH_NOT_FOUND;
        default:
            store_say(message, "%s cannot be made", path);
            return STATUS_REGISTRY_IO_FAILED;
    }
}

static NTSTATUS prepare_statements(struct store *store)
{
    int result = SQLITE_OK;

    for (size_t index = 0; index < STORE_STATEMENT_COUNT && result == SQLITE_OK; index++)
    {
        result = sqlite3_prepare_v3(store->database, statement_texts[index], -1, SQLITE_PREPARE_PERSISTENT,
                                    &store->statements[index], NULL);
    }
    return store_status(result);
}

static NTSTATUS open_database(struct store *store, const char *path, const struct store_message *message)
{
    int result = sqlite3_open_v2(path, &store->database,
                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    NTSTATUS status = store_status(result);

    if (!NT_SUCCESS(status))
    {
        store_say(message, "%s: %s", path, sqlite3_errstr(result));
        return status;
    }
    (void)sqlite3_limit(store->database, SQLITE_LIMIT_LENGTH, LARGEST_ROW);
    status = store_prepare_database(store, message);
    return NT_SUCCESS(status) ? prepare_statements(store) : status;
}

NTSTATUS store_open(const char *path, const struct store_message *message, struct store **ret_store)
{
    struct store *store = platform_zalloc(sizeof(*store));
    NTSTATUS status;

    if (store == NULL)
    {
        store_say(message, "no memory");
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    store_say(message, "the registry file cannot be used");
    status = check_owner(path, message);
    if (NT_SUCCESS(status))
    {
        status = open_database(store, path, message);
    }
    if (!NT_SUCCESS(status))
    {
        store_close(store);
        return status;
    }
    *ret_store = store;
    return status;
}

void store_close(struct store *store)
{
    if (store == NULL)
    {
        return;
    }
    for (size_t index = 0; index < STORE_STATEMENT_COUNT; index++)
    {
        (void)sqlite3_finalize(store->statements[index]);
    }
    (void)sqlite3_close(store->database);
    platform_free(store, sizeof(*store));
}

/*
 * Reading everything.
 */

/* A blob of UTF-16. False when its size is impossible. */
static bool read_string(sqlite3_stmt *statement, int column, UNICODE_STRING *string)
{
    const void *bytes = sqlite3_column_blob(statement, column);
    int size = sqlite3_column_bytes(statement, column);

    string->Buffer = (PWCH)(uintptr_t)bytes;
    string->Length = (USHORT)size;
    string->MaximumLength = string->Length;
    return size >= 0 && size <= 0xFFFE && size % 2 == 0;
}

static bool read_number(sqlite3_stmt *statement, int column, uint32_t *ret_number)
{
    int64_t number = sqlite3_column_int64(statement, column);

    *ret_number = (uint32_t)number;
    return number >= 0 && number <= UINT32_MAX;
}

static NTSTATUS read_key(sqlite3_stmt *statement, const struct store_reader *reader)
{
    struct store_key_row row = {
        .id = sqlite3_column_int64(statement, 0),
        .parent = sqlite3_column_int64(statement, 1),
        .born = sqlite3_column_int64(statement, 3),
        .written = sqlite3_column_int64(statement, 4),
    };

    if (!read_number(statement, 2, &row.flags) || !read_string(statement, 5, &row.name) ||
        !read_string(statement, 6, &row.class) || sqlite3_column_int64(statement, 7) != store_key_checksum(&row))
    {
        return STATUS_REGISTRY_CORRUPT;
    }
    return reader->key(reader->context, &row);
}

static NTSTATUS read_value(sqlite3_stmt *statement, const struct store_reader *reader)
{
    struct store_value_row row = {
        .id = sqlite3_column_int64(statement, 0),
        .key = sqlite3_column_int64(statement, 1),
        .written = sqlite3_column_int64(statement, 3),
        .data = sqlite3_column_blob(statement, 6),
        .size = (uint32_t)sqlite3_column_bytes(statement, 6),
    };

    if (!read_number(statement, 2, &row.type) || !read_string(statement, 4, &row.name) ||
        sqlite3_column_int64(statement, 5) != store_value_checksum(&row))
    {
        return STATUS_REGISTRY_CORRUPT;
    }
    return reader->value(reader->context, &row);
}

static NTSTATUS read_table(struct store *store, const char *query, const struct store_reader *reader,
                           NTSTATUS (*read)(sqlite3_stmt *statement, const struct store_reader *reader))
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(store->database, query, -1, &statement, NULL);
    NTSTATUS status = store_status(result);

    while (NT_SUCCESS(status) && result != SQLITE_DONE)
    {
        result = sqlite3_step(statement);
        status = result == SQLITE_ROW ? read(statement, reader) : store_status(result);
    }
    (void)sqlite3_finalize(statement);
    return status;
}

NTSTATUS store_load(struct store *store, const struct store_reader *reader, const struct store_message *message)
{
    NTSTATUS status = read_table(store, "SELECT * FROM registry_key ORDER BY id", reader, read_key);

    if (NT_SUCCESS(status))
    {
        status = read_table(store, "SELECT * FROM registry_value ORDER BY id", reader, read_value);
    }
    if (!NT_SUCCESS(status))
    {
        store_say(message, "%s",
                  status == STATUS_REGISTRY_CORRUPT ?
                      "the registry file is damaged: a key or value in it is not as it was written" :
                  status == STATUS_REGISTRY_QUOTA_LIMIT ? "the registry file holds more than the registry may" :
                                                          "the registry file cannot be read");
    }
    return status;
}

/*
 * Changing.
 */

/* Runs a statement whose parameters are bound. */
static NTSTATUS finish(struct store *store, enum store_statement which, int bound)
{
    sqlite3_stmt *statement = store->statements[which];
    int result = bound == SQLITE_OK ? sqlite3_step(statement) : bound;

    (void)sqlite3_reset(statement);
    store->is_dirty = true;
    return store_status(result);
}

/* Bytes of length zero are a value of their own: a null pointer would bind NULL. */
static int bind_bytes(sqlite3_stmt *statement, int column, const void *bytes, size_t size)
{
    return sqlite3_bind_blob64(statement, column, size != 0 ? bytes : "", size, SQLITE_STATIC);
}

NTSTATUS store_put_key(struct store *store, const struct tree_key *key)
{
    sqlite3_stmt *statement = store->statements[STORE_PUT_KEY];
    struct store_key_row row = {
        .id = key->id,
        .parent = key->parent->id,
        .flags = key->is_link ? STORE_KEY_LINK : 0,
        .born = key->born,
        .written = key->written,
        .name = key->name,
        .class = key->class,
    };
    int result = sqlite3_bind_int64(statement, 1, row.id);

    result |= sqlite3_bind_int64(statement, 2, row.parent);
    result |= sqlite3_bind_int64(statement, 3, row.flags);
    result |= sqlite3_bind_int64(statement, 4, row.born);
    result |= sqlite3_bind_int64(statement, 5, row.written);
    result |= bind_bytes(statement, 6, row.name.Buffer, row.name.Length);
    result |= bind_bytes(statement, 7, row.class.Buffer, row.class.Length);
    result |= sqlite3_bind_int64(statement, 8, store_key_checksum(&row));
    return finish(store, STORE_PUT_KEY, result);
}

NTSTATUS store_put_value(struct store *store, const struct tree_key *key, const struct tree_value *value)
{
    sqlite3_stmt *statement = store->statements[STORE_PUT_VALUE];
    struct store_value_row row = {
        .id = value->id,
        .key = key->id,
        .type = value->type,
        .written = key->written,
        .size = value->size,
        .data = value->data,
        .name = value->name,
    };
    int result = sqlite3_bind_int64(statement, 1, row.id);

    result |= sqlite3_bind_int64(statement, 2, row.key);
    result |= sqlite3_bind_int64(statement, 3, row.type);
    result |= sqlite3_bind_int64(statement, 4, row.written);
    result |= bind_bytes(statement, 5, row.name.Buffer, row.name.Length);
    result |= sqlite3_bind_int64(statement, 6, store_value_checksum(&row));
    result |= bind_bytes(statement, 7, row.data, row.size);
    return finish(store, STORE_PUT_VALUE, result);
}

NTSTATUS store_remove_key(struct store *store, int64_t id)
{
    return finish(store, STORE_REMOVE_KEY, sqlite3_bind_int64(store->statements[STORE_REMOVE_KEY], 1, id));
}

NTSTATUS store_remove_value(struct store *store, int64_t id)
{
    return finish(store, STORE_REMOVE_VALUE, sqlite3_bind_int64(store->statements[STORE_REMOVE_VALUE], 1, id));
}

NTSTATUS store_begin(struct store *store)
{
    return finish(store, STORE_BEGIN, SQLITE_OK);
}

NTSTATUS store_commit(struct store *store)
{
    return finish(store, STORE_COMMIT, SQLITE_OK);
}

void store_roll_back(struct store *store)
{
    /* A failed statement may have rolled back by itself; then there is nothing left to do. */
    if (sqlite3_get_autocommit(store->database) == 0)
    {
        (void)finish(store, STORE_ROLL_BACK, SQLITE_OK);
    }
}

/*
 * Lasting through a loss of power.
 */

/* Every change is in the log when its statement returns; what the disk lacks is that the log be written through. */
NTSTATUS store_flush(struct store *store)
{
    sqlite3_file *log = NULL;

    if (store->is_broken)
    {
        return STATUS_REGISTRY_IO_FAILED;
    }
    if (!store->is_dirty)
    {
        return STATUS_SUCCESS;
    }
    if (sqlite3_file_control(store->database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) != SQLITE_OK || log == NULL ||
        log->pMethods == NULL || log->pMethods->xSync(log, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY) != SQLITE_OK)
    {
        store->is_broken = true;
        return STATUS_REGISTRY_IO_FAILED;
    }
    store->is_dirty = false;
    return STATUS_SUCCESS;
}
