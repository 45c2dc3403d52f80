/* SPDX-License-Identifier: MIT */
/*
 * The registry's store beside bare SQLite: writing a value of 64 bytes, with and without waiting for the disk, and reading it.
 *
 *     bench_registry [OPTIONS]
 *
 * The files are in a folder of their own below the current one, which should be on the kind of disk that matters.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "measure.h"
#include "nt/registry/registry.h"

enum
{
    VALUES = 256,
    VALUE_SIZE = 64,
};

static char folder[] = "bench-registry-XXXXXX";
static unsigned char bytes[VALUE_SIZE];

static void need(int condition, const char *what)
{
    if (!condition)
    {
        measure_fail(what);
    }
}

/*
 * Ours.
 */

static HANDLE key;
static UNICODE_STRING names[VALUES];
static WCHAR name_units[VALUES][4];

static void put(uint64_t count, void *argument)
{
    (void)argument;
    for (uint64_t index = 0; index < count; index++)
    {
        need(ZwSetValueKey(key, &names[index % VALUES], 0, REG_BINARY, bytes, sizeof(bytes)) == STATUS_SUCCESS, "put");
    }
}

static void put_and_flush(uint64_t count, void *argument)
{
    (void)argument;
    for (uint64_t index = 0; index < count; index++)
    {
        need(ZwSetValueKey(key, &names[index % VALUES], 0, REG_BINARY, bytes, sizeof(bytes)) == STATUS_SUCCESS, "put");
        need(ZwFlushKey(key) == STATUS_SUCCESS, "flush");
    }
}

static void get(uint64_t count, void *argument)
{
    char room[128];
    ULONG length;

    (void)argument;
    for (uint64_t index = 0; index < count; index++)
    {
        need(ZwQueryValueKey(key, &names[index % VALUES], KeyValuePartialInformation, room, sizeof(room), &length) ==
                 STATUS_SUCCESS,
             "get");
    }
}

static void start_ours(void)
{
    static const WCHAR path[] = L"\\Registry\\Machine\\Software\\Bench";
    char file[64];
    char message[200];
    UNICODE_STRING name;
    OBJECT_ATTRIBUTES attributes;

    (void)snprintf(file, sizeof(file), "%s/ours.db", folder);
    need(registry_open(file, message, sizeof(message)) == STATUS_SUCCESS, "open");
    RtlInitUnicodeString(&name, path);
    InitializeObjectAttributes(&attributes, &name, 0, NULL, NULL);
    need(ZwCreateKey(&key, KEY_ALL_ACCESS, &attributes, 0, NULL, 0, NULL) == STATUS_SUCCESS, "key");
    for (size_t index = 0; index < VALUES; index++)
    {
        name_units[index][0] = 'v';
        name_units[index][1] = (WCHAR)('a' + index / 16);
        name_units[index][2] = (WCHAR)('a' + index % 16);
        RtlInitUnicodeString(&names[index], name_units[index]);
    }
    put(VALUES, NULL);
}

/*
 * Bare SQLite: one connection for each way of synchronising.
 */

struct bare
{
    sqlite3 *database;
    sqlite3_stmt *put;
    sqlite3_stmt *get;
};

static struct bare full;
static struct bare normal;

static void bare_put(uint64_t count, struct bare *bare)
{
    for (uint64_t index = 0; index < count; index++)
    {
        need(sqlite3_bind_int64(bare->put, 1, (sqlite3_int64)(index % VALUES)) == SQLITE_OK, "bare put");
        need(sqlite3_bind_blob(bare->put, 2, bytes, sizeof(bytes), SQLITE_STATIC) == SQLITE_OK, "bare put");
        need(sqlite3_step(bare->put) == SQLITE_DONE, "bare put");
        (void)sqlite3_reset(bare->put);
    }
}

static void bare_put_full(uint64_t count, void *argument)
{
    (void)argument;
    bare_put(count, &full);
}

static void bare_put_normal(uint64_t count, void *argument)
{
    (void)argument;
    bare_put(count, &normal);
}

static void bare_get(uint64_t count, void *argument)
{
    char room[VALUE_SIZE];

    (void)argument;
    for (uint64_t index = 0; index < count; index++)
    {
        (void)sqlite3_bind_int64(normal.get, 1, (sqlite3_int64)(index % VALUES));
        need(sqlite3_step(normal.get) == SQLITE_ROW, "bare get");
        memcpy(room, sqlite3_column_blob(normal.get, 0), sizeof(room));
        __asm__ volatile("" : : "r"(room) : "memory");
        (void)sqlite3_reset(normal.get);
    }
}

static void start_bare(struct bare *bare, const char *name, const char *synchronous)
{
    char text[200];

    (void)snprintf(text, sizeof(text), "%s/%s.db", folder, name);
    need(sqlite3_open(text, &bare->database) == SQLITE_OK, "bare open");
    (void)snprintf(text, sizeof(text),
                   "PRAGMA journal_mode=WAL; PRAGMA synchronous=%s; CREATE TABLE v(k INTEGER PRIMARY KEY, b BLOB)",
                   synchronous);
    need(sqlite3_exec(bare->database, text, NULL, NULL, NULL) == SQLITE_OK, "bare table");
    need(sqlite3_prepare_v2(bare->database, "INSERT OR REPLACE INTO v VALUES(?,?)", -1, &bare->put, NULL) == SQLITE_OK,
         "bare statement");
    need(sqlite3_prepare_v2(bare->database, "SELECT b FROM v WHERE k=?", -1, &bare->get, NULL) == SQLITE_OK,
         "bare statement");
    bare_put(VALUES, bare);
}

static void remove_files(void)
{
    static const char *const files[] = {"ours.db", "full.db", "normal.db"};
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    char path[100];

    for (size_t file = 0; file < ARRAYSIZE(files); file++)
    {
        for (size_t ending = 0; ending < ARRAYSIZE(endings); ending++)
        {
            (void)snprintf(path, sizeof(path), "%s/%s%s", folder, files[file], endings[ending]);
            (void)unlink(path);
        }
    }
    (void)rmdir(folder);
}

int main(int count, char **words)
{
    static const struct pair pairs[] = {
        {"registry_put_flush", "registry value of 64 bytes, put and flush", put_and_flush, "SQLite, WAL, FULL",
         bare_put_full, NULL, MEASURE_PINNED, 1.2},
        {"registry_put", "registry value of 64 bytes, put", put, "SQLite, WAL, NORMAL", bare_put_normal, NULL,
         MEASURE_PINNED, 1.2},
        {"registry_get", "registry value of 64 bytes, get", get, "SQLite get", bare_get, NULL, MEASURE_PINNED, 1.2},
    };

    measure_options(count - 1, words + 1);
    need(mkdtemp(folder) != NULL, "no folder");
    start_ours();
    start_bare(&full, "full", "FULL");
    start_bare(&normal, "normal", "NORMAL");
    measure_pairs(pairs, ARRAYSIZE(pairs));
    registry_close();
    (void)sqlite3_close_v2(full.database);
    (void)sqlite3_close_v2(normal.database);
    remove_files();
    measure_end();
    return 0;
}
