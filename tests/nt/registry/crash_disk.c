/* SPDX-License-Identifier: MIT */
/*
 * A disk under SQLite that can be made to fail.
 *
 * Each file has two contents: the real file, and what is sure to be on the disk. Between the two are the writes since the last
 * synchronisation; a loss of power keeps any of them, whole or in part of their sectors, in no order.
 */
#include "crash_disk.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum
{
    MOST_FILES = 8,
    SECTOR = 512,
};

struct change
{
    struct change *next;
    /* A size of zero cuts the file at the offset. */
    int64_t offset;
    size_t size;
    unsigned char bytes[];
};

struct disk_file
{
    char name[256];
    unsigned char *sure;
    size_t sure_size;
    size_t sure_room;
    struct change *first;
    struct change **last;
};

struct open_file
{
    sqlite3_file base;
    sqlite3_file *real;
    struct disk_file *file;
};

static struct
{
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    struct disk_file files[MOST_FILES];
    enum crash_kind kind;
    uint64_t at;
    uint64_t changes;
    uint64_t synchronisations;
    uint64_t random;
    char folder[256];
} disk;

static void need(bool condition, const char *what)
{
    if (!condition)
    {
        fprintf(stderr, "crash disk: %s\n", what);
        abort();
    }
}

static uint64_t next_random(void)
{
    disk.random ^= disk.random << 13;
    disk.random ^= disk.random >> 7;
    disk.random ^= disk.random << 17;
    return disk.random;
}

/*
 * What is on the disk for sure.
 */

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

static struct disk_file *find_file(const char *path)
{
    struct disk_file *free_one = NULL;

    for (size_t index = 0; index < MOST_FILES; index++)
    {
        if (strcmp(disk.files[index].name, last_part(path)) == 0)
        {
            return &disk.files[index];
        }
        if (disk.files[index].name[0] == 0)
        {
            free_one = &disk.files[index];
        }
    }
    need(free_one != NULL && strlen(last_part(path)) < sizeof(free_one->name), "too many files");
    memcpy(free_one->name, last_part(path), strlen(last_part(path)) + 1);
    free_one->last = &free_one->first;
    return free_one;
}

static void forget_changes(struct disk_file *file)
{
    while (file->first != NULL)
    {
        struct change *next = file->first->next;

        free(file->first);
        file->first = next;
    }
    file->last = &file->first;
}

static void forget_file(struct disk_file *file)
{
    forget_changes(file);
    free(file->sure);
    memset(file, 0, sizeof(*file));
}

static void apply(struct disk_file *file, int64_t offset, const unsigned char *bytes, size_t size)
{
    size_t end = (size_t)offset + size;

    if (size == 0)
    {
        file->sure_size = file->sure_size < end ? file->sure_size : end;
        return;
    }
    if (end > file->sure_room)
    {
        file->sure_room = 2 * end;
        file->sure = realloc(file->sure, file->sure_room);
        need(file->sure != NULL, "no memory");
    }
    if (end > file->sure_size)
    {
        memset(file->sure + file->sure_size, 0, end - file->sure_size);
        file->sure_size = end;
    }
    memcpy(file->sure + offset, bytes, size);
}

static void remember(struct disk_file *file, int64_t offset, const void *bytes, size_t size)
{
    struct change *change;

    /* Only a loss of power asks for this. */
    if (disk.kind != CRASH_POWER)
    {
        return;
    }
    change = malloc(sizeof(*change) + size);
    need(change != NULL, "no memory");
    change->next = NULL;
    change->offset = offset;
    change->size = size;
    if (size != 0)
    {
        memcpy(change->bytes, bytes, size);
    }
    *file->last = change;
    file->last = &change->next;
}

/* The content of a file that was there before this process. */
static void read_sure(struct disk_file *file, sqlite3_file *real)
{
    sqlite3_int64 size = 0;

    need(real->pMethods->xFileSize(real, &size) == SQLITE_OK, "file size");
    free(file->sure);
    forget_changes(file);
    file->sure = malloc(size != 0 ? (size_t)size : 1);
    file->sure_size = (size_t)size;
    file->sure_room = file->sure_size;
    need(file->sure != NULL && (size == 0 || real->pMethods->xRead(real, file->sure, (int)size, 0) == SQLITE_OK), "read");
}

static void synchronise(struct disk_file *file)
{
    for (struct change *change = file->first; change != NULL; change = change->next)
    {
        apply(file, change->offset, change->bytes, change->size);
    }
    forget_changes(file);
}

/*
 * The end of the power.
 */

/* Nothing of a change, all of it, or any of its sectors. */
static void keep_some(struct disk_file *file, const struct change *change)
{
    uint64_t choice = next_random() % 3;

    if (choice == 0)
    {
        return;
    }
    if (choice == 1 || change->size == 0)
    {
        apply(file, change->offset, change->bytes, change->size);
        return;
    }
    for (size_t at = 0; at < change->size; at += SECTOR)
    {
        if (next_random() % 2 == 0)
        {
            apply(file, change->offset + (int64_t)at, change->bytes + at,
                  change->size - at < SECTOR ? change->size - at : SECTOR);
        }
    }
}

static void write_remains(struct disk_file *file)
{
    char path[600];
    FILE *to;

    for (struct change *change = file->first; change != NULL; change = change->next)
    {
        keep_some(file, change);
    }
    (void)snprintf(path, sizeof(path), "%s/%s", disk.folder, file->name);
    to = fopen(path, "wb");
    need(to != NULL, "cannot write what is left");
    need(fwrite(file->sure, 1, file->sure_size, to) == file->sure_size, "cannot write what is left");
    (void)fclose(to);
}

static void power_goes(void)
{
    for (size_t index = 0; index < MOST_FILES; index++)
    {
        if (disk.files[index].name[0] != 0)
        {
            write_remains(&disk.files[index]);
        }
    }
    _exit(0);
}

/* Counts a change. True when it shall fail. */
static bool comes_to_harm(void)
{
    disk.changes++;
    if (disk.kind == CRASH_NEVER || disk.changes != disk.at)
    {
        return false;
    }
    if (disk.kind == CRASH_POWER)
    {
        power_goes();
    }
    return true;
}

/*
 * The methods of a file.
 */

static struct open_file *of(sqlite3_file *file)
{
    return (struct open_file *)file;
}

static int file_close(sqlite3_file *file)
{
    return of(file)->real->pMethods->xClose(of(file)->real);
}

static int file_read(sqlite3_file *file, void *to, int size, sqlite3_int64 offset)
{
    return of(file)->real->pMethods->xRead(of(file)->real, to, size, offset);
}

static int file_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 offset)
{
    sqlite3_file *real = of(file)->real;

    if (comes_to_harm())
    {
        if (disk.kind == CRASH_ERROR)
        {
            return disk.at % 2 == 0 ? SQLITE_FULL : SQLITE_IOERR_WRITE;
        }
        (void)real->pMethods->xWrite(real, from, size / 2, offset);
        (void)raise(SIGKILL);
    }
    remember(of(file)->file, offset, from, (size_t)size);
    return real->pMethods->xWrite(real, from, size, offset);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    if (comes_to_harm())
    {
        if (disk.kind == CRASH_ERROR)
        {
            return SQLITE_IOERR_TRUNCATE;
        }
        (void)raise(SIGKILL);
    }
    remember(of(file)->file, size, NULL, 0);
    return of(file)->real->pMethods->xTruncate(of(file)->real, size);
}

static int file_sync(sqlite3_file *file, int flags)
{
    disk.synchronisations++;
    if (comes_to_harm())
    {
        if (disk.kind == CRASH_ERROR)
        {
            return SQLITE_IOERR_FSYNC;
        }
        (void)raise(SIGKILL);
    }
    synchronise(of(file)->file);
    (void)flags;
    return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *ret_size)
{
    return of(file)->real->pMethods->xFileSize(of(file)->real, ret_size);
}

static int file_lock(sqlite3_file *file, int level)
{
    return of(file)->real->pMethods->xLock(of(file)->real, level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    return of(file)->real->pMethods->xUnlock(of(file)->real, level);
}

static int file_check_lock(sqlite3_file *file, int *ret_locked)
{
    return of(file)->real->pMethods->xCheckReservedLock(of(file)->real, ret_locked);
}

static int file_control(sqlite3_file *file, int operation, void *argument)
{
    return of(file)->real->pMethods->xFileControl(of(file)->real, operation, argument);
}

static int file_sector_size(sqlite3_file *file)
{
    return of(file)->real->pMethods->xSectorSize(of(file)->real);
}

static int file_characteristics(sqlite3_file *file)
{
    return of(file)->real->pMethods->xDeviceCharacteristics(of(file)->real);
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
};

/*
 * The disk.
 */

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
    struct open_file *opened = of(file);
    int result;

    (void)vfs;
    opened->real = (sqlite3_file *)(opened + 1);
    result = disk.real->xOpen(disk.real, name, opened->real, flags, ret_flags);
    opened->base.pMethods = opened->real->pMethods != NULL ? &methods : NULL;
    if (result == SQLITE_OK && name != NULL)
    {
        opened->file = find_file(name);
        read_sure(opened->file, opened->real);
    }
    return result;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    if (comes_to_harm())
    {
        if (disk.kind == CRASH_ERROR)
        {
            return SQLITE_IOERR_DELETE;
        }
        (void)raise(SIGKILL);
    }
    forget_file(find_file(name));
    return disk.real->xDelete(disk.real, name, sync_folder);
}

void crash_disk_install(void)
{
    if (disk.real != NULL)
    {
        return;
    }
    disk.real = sqlite3_vfs_find(NULL);
    disk.vfs = *disk.real;
    disk.vfs.zName = "crash";
    disk.vfs.szOsFile = (int)sizeof(struct open_file) + disk.real->szOsFile;
    disk.vfs.xOpen = disk_open;
    disk.vfs.xDelete = disk_delete;
    need(sqlite3_vfs_register(&disk.vfs, 1) == SQLITE_OK, "cannot be installed");
}

void crash_disk_plan(enum crash_kind kind, uint64_t n, uint64_t seed, const char *folder)
{
    disk.kind = kind;
    disk.at = n;
    disk.changes = 0;
    disk.synchronisations = 0;
    disk.random = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    (void)snprintf(disk.folder, sizeof(disk.folder), "%s", folder != NULL ? folder : "");
}

uint64_t crash_disk_changes(void)
{
    return disk.changes;
}

uint64_t crash_disk_synchronisations(void)
{
    return disk.synchronisations;
}
