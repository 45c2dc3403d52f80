/* SPDX-License-Identifier: MIT */
/*
 * Linux's file system, as the host file system needs it.
 */
#include "nt/io/host/system.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/* 100 nanosecond units from 1601 to 1970. */
#define EPOCH_DIFFERENCE INT64_C(116444736000000000)

#define RETRY(result, call) \
    do                      \
    {                       \
        (result) = (call);  \
    } while ((result) < 0 && errno == EINTR)

static int64_t time_of(int64_t seconds, uint32_t nanoseconds)
{
    return seconds * 10000000 + nanoseconds / 100 + EPOCH_DIFFERENCE;
}

static struct timespec timespec_of(int64_t time)
{
    int64_t since = time - EPOCH_DIFFERENCE;

    if (time == 0)
    {
        return (struct timespec){.tv_nsec = UTIME_OMIT};
    }
    return (struct timespec){.tv_sec = since / 10000000 - (since % 10000000 < 0 ? 1 : 0),
                             .tv_nsec = (since % 10000000 + (since % 10000000 < 0 ? 10000000 : 0)) * 100};
}

int host_open_root(const char *path, int *ret_descriptor)
{
    RETRY(*ret_descriptor, open(path, O_PATH | O_DIRECTORY | O_CLOEXEC));
    return *ret_descriptor < 0 ? errno : 0;
}

/* A kernel without openat2() has no way to stay below the root while following links, so links are not followed there. */
static int open_inside(int root, const char *path, int flags, mode_t mode)
{
    struct open_how how = {
        .flags = (uint64_t)(unsigned)flags | O_CLOEXEC,
        .mode = mode,
        .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
    };
    long descriptor;

    RETRY(descriptor, syscall(SYS_openat2, root, *path != 0 ? path : ".", &how, sizeof(how)));
    if (descriptor < 0 && (errno == ENOSYS || errno == EPERM))
    {
        RETRY(descriptor, openat(root, *path != 0 ? path : ".", flags | O_NOFOLLOW | O_CLOEXEC, mode));
    }
    return (int)descriptor;
}

static int make_folder(int root, const char *path, mode_t mode, int *ret_descriptor)
{
    const char *last = strrchr(path, '/');
    char parent[4096];
    int folder;
    int error = 0;

    (void)snprintf(parent, sizeof(parent), "%.*s", last == NULL ? 0 : (int)(last - path), path);
    folder = open_inside(root, parent, O_PATH | O_DIRECTORY, 0);
    if (folder < 0)
    {
        return errno;
    }
    if (mkdirat(folder, last == NULL ? path : last + 1, mode) != 0)
    {
        error = errno;
    }
    host_close(folder);
    if (error == 0)
    {
        *ret_descriptor = open_inside(root, path, O_RDONLY | O_DIRECTORY, 0);
        error = *ret_descriptor < 0 ? errno : 0;
    }
    return error;
}

static int open_flags(unsigned flags)
{
    int result = (flags & HOST_WRITE_THROUGH) != 0 ? O_SYNC : 0;

    switch (flags & (HOST_READ | HOST_WRITE))
    {
        case HOST_READ:
            return result | O_RDONLY;
        case HOST_WRITE:
            return result | O_WRONLY;
        case HOST_READ | HOST_WRITE:
            return result | O_RDWR;
        default:
            return (flags & HOST_CREATE) != 0 ? result | O_RDONLY : O_PATH;
    }
}

int host_open(int root, const char *path, unsigned flags, int *ret_descriptor)
{
    mode_t mode = (flags & HOST_READ_ONLY) != 0 ? 0444 : 0666;

    if ((flags & (HOST_CREATE | HOST_FOLDER)) == (HOST_CREATE | HOST_FOLDER))
    {
        return make_folder(root, path, mode | 0111, ret_descriptor);
    }
    if ((flags & HOST_CREATE) != 0)
    {
        *ret_descriptor = open_inside(root, path, open_flags(flags) | O_CREAT | O_EXCL | O_NOCTTY, mode);
    }
    else
    {
        /* What would block, or do something, when it is opened is refused afterwards by its kind. */
        int how = open_flags((flags & HOST_FOLDER) != 0 ? HOST_READ : flags);

        *ret_descriptor = open_inside(root, path, how == O_PATH ? O_PATH : how | O_NONBLOCK | O_NOCTTY, 0);
    }
    return *ret_descriptor < 0 ? errno : 0;
}

void host_close(int descriptor)
{
    (void)close(descriptor);
}

static void fill_status(const struct statx *from, struct host_status *status)
{
    mode_t type = from->stx_mode & S_IFMT;

    status->kind = type == S_IFREG ? HOST_FILE : type == S_IFDIR ? HOST_DIRECTORY : HOST_OTHER;
    status->device = (uint64_t)from->stx_dev_major << 32 | from->stx_dev_minor;
    status->inode = from->stx_ino;
    status->size = type == S_IFREG ? from->stx_size : 0;
    status->allocated = type == S_IFREG ? from->stx_blocks * 512 : 0;
    status->links = from->stx_nlink;
    status->read_only = (from->stx_mode & 0222) == 0;
    status->accessed = time_of(from->stx_atime.tv_sec, from->stx_atime.tv_nsec);
    status->written = time_of(from->stx_mtime.tv_sec, from->stx_mtime.tv_nsec);
    status->changed = time_of(from->stx_ctime.tv_sec, from->stx_ctime.tv_nsec);
    status->created =
        (from->stx_mask & STATX_BTIME) != 0 ? time_of(from->stx_btime.tv_sec, from->stx_btime.tv_nsec) : status->written;
}

int host_query(int descriptor, struct host_status *ret_status)
{
    struct statx found;

    if (statx(descriptor, "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, &found) != 0)
    {
        return errno;
    }
    fill_status(&found, ret_status);
    return 0;
}

int host_query_volume(int descriptor, struct host_volume *ret_volume)
{
    struct statvfs found;

    if (fstatvfs(descriptor, &found) != 0)
    {
        return errno;
    }
    ret_volume->units = found.f_blocks;
    ret_volume->available = found.f_bfree;
    ret_volume->available_to_caller = found.f_bavail;
    ret_volume->unit_size = (uint32_t)(found.f_frsize != 0 ? found.f_frsize : found.f_bsize);
    ret_volume->name_length = (uint32_t)found.f_namemax;
    ret_volume->identifier = found.f_fsid;
    ret_volume->read_only = (found.f_flag & ST_RDONLY) != 0;
    return 0;
}

int host_read(int descriptor, void *buffer, size_t length, uint64_t offset, size_t *ret_done)
{
    size_t done = 0;
    ssize_t moved = 1;

    while (done < length && moved > 0)
    {
        RETRY(moved, pread(descriptor, (char *)buffer + done, length - done, (off_t)(offset + done)));
        done += moved > 0 ? (size_t)moved : 0;
    }
    *ret_done = done;
    return moved < 0 ? errno : 0;
}

int host_write(int descriptor, const void *buffer, size_t length, uint64_t offset, size_t *ret_done)
{
    size_t done = 0;
    ssize_t moved = 1;

    while (done < length && moved > 0)
    {
        RETRY(moved, pwrite(descriptor, (const char *)buffer + done, length - done, (off_t)(offset + done)));
        done += moved > 0 ? (size_t)moved : 0;
    }
    *ret_done = done;
    return moved < 0 ? errno : moved == 0 && done < length ? ENOSPC : 0;
}

int host_flush(int descriptor)
{
    int result;

    RETRY(result, fsync(descriptor));
    return result < 0 ? errno : 0;
}

int host_set_size(int descriptor, uint64_t size)
{
    int result;

    RETRY(result, ftruncate(descriptor, (off_t)size));
    return result < 0 ? errno : 0;
}

int host_reserve(int descriptor, uint64_t size)
{
    int result;

    RETRY(result, fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, (off_t)size));
    return result < 0 && errno != EOPNOTSUPP ? errno : 0;
}

static void name_descriptor(int descriptor, char name[32])
{
    (void)snprintf(name, 32, "/proc/self/fd/%d", descriptor);
}

/* By the descriptor's name, because one that only names the file is refused otherwise. */
int host_set_times(int descriptor, int64_t accessed, int64_t written)
{
    struct timespec times[2] = {timespec_of(accessed), timespec_of(written)};
    char name[32];

    name_descriptor(descriptor, name);
    return utimensat(AT_FDCWD, name, times, 0) != 0 ? errno : 0;
}

int host_set_read_only(int descriptor, bool read_only)
{
    struct stat found;
    char name[32];
    mode_t mode;

    if (fstat(descriptor, &found) != 0)
    {
        return errno;
    }
    mode = found.st_mode & 07777;
    if (((mode & 0222) == 0) == read_only)
    {
        return 0;
    }
    name_descriptor(descriptor, name);
    return chmod(name, read_only ? mode & ~(mode_t)0222 : mode | 0200) != 0 ? errno : 0;
}

int host_path_of(int descriptor, char *buffer, size_t size)
{
    char name[32];
    ssize_t length;

    name_descriptor(descriptor, name);
    length = readlink(name, buffer, size);
    if (length < 0)
    {
        return errno;
    }
    if ((size_t)length >= size)
    {
        return ENAMETOOLONG;
    }
    buffer[length] = 0;
    return 0;
}

/* Opens the folder that holds the last part of a path, which *ret_last points to. */
static int open_parent(int root, const char *path, const char **ret_last)
{
    const char *last = strrchr(path, '/');
    char parent[4096];

    if (last != NULL && (size_t)(last - path) >= sizeof(parent))
    {
        errno = ENAMETOOLONG;
        return -1;
    }
    (void)snprintf(parent, sizeof(parent), "%.*s", last == NULL ? 0 : (int)(last - path), path);
    *ret_last = last == NULL ? path : last + 1;
    return open_inside(root, parent, O_PATH | O_DIRECTORY, 0);
}

int host_remove(int root, const char *path, int descriptor, bool directory)
{
    const char *last;
    struct stat wanted;
    struct stat found;
    int error = 0;
    int parent = open_parent(root, path, &last);

    if (parent < 0)
    {
        return errno;
    }
    if (fstat(descriptor, &wanted) != 0 || fstatat(parent, last, &found, AT_SYMLINK_NOFOLLOW) != 0)
    {
        error = errno;
    }
    else if (wanted.st_ino != found.st_ino || wanted.st_dev != found.st_dev)
    {
        error = ESTALE;
    }
    else if (unlinkat(parent, last, directory ? AT_REMOVEDIR : 0) != 0)
    {
        error = errno;
    }
    host_close(parent);
    return error;
}

/* Opens the folders of two names. */
static int open_parents(int root, const char *const paths[2], int folders[2], const char *lasts[2])
{
    int error;

    folders[0] = open_parent(root, paths[0], &lasts[0]);
    if (folders[0] < 0)
    {
        return errno;
    }
    folders[1] = open_parent(root, paths[1], &lasts[1]);
    if (folders[1] < 0)
    {
        error = errno;
        host_close(folders[0]);
        return error;
    }
    return 0;
}

int host_rename(int root, const char *from, const char *to, bool replace)
{
    const char *const paths[2] = {from, to};
    const char *lasts[2] = {from, to};
    int folders[2] = {-1, -1};
    int error = open_parents(root, paths, folders, lasts);

    if (error != 0)
    {
        return error;
    }
    if (renameat2(folders[0], lasts[0], folders[1], lasts[1], replace ? 0 : RENAME_NOREPLACE) != 0)
    {
        error = errno;
    }
    host_close(folders[0]);
    host_close(folders[1]);
    return error;
}

int host_link(int root, const char *from, const char *to, bool replace)
{
    const char *const paths[2] = {from, to};
    const char *lasts[2] = {from, to};
    int folders[2] = {-1, -1};
    int error = open_parents(root, paths, folders, lasts);

    if (error != 0)
    {
        return error;
    }
    if (linkat(folders[0], lasts[0], folders[1], lasts[1], 0) != 0)
    {
        error = errno;
        if (error == EEXIST && replace && unlinkat(folders[1], lasts[1], 0) == 0)
        {
            error = linkat(folders[0], lasts[0], folders[1], lasts[1], 0) != 0 ? errno : 0;
        }
    }
    host_close(folders[0]);
    host_close(folders[1]);
    return error;
}

int host_list_open(int root, const char *path, struct host_listing **ret_listing)
{
    int descriptor = open_inside(root, path, O_RDONLY | O_DIRECTORY, 0);
    DIR *listing;
    int error;

    if (descriptor < 0)
    {
        return errno;
    }
    listing = fdopendir(descriptor);
    if (listing == NULL)
    {
        error = errno;
        host_close(descriptor);
        return error;
    }
    *ret_listing = (struct host_listing *)listing;
    return 0;
}

int host_list_next(struct host_listing *listing, const char **ret_name)
{
    const struct dirent *entry;

    do
    {
        errno = 0;
        entry = readdir((DIR *)listing);
    } while (entry != NULL && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0));
    *ret_name = entry != NULL ? entry->d_name : NULL;
    return entry == NULL ? errno : 0;
}

void host_list_rewind(struct host_listing *listing)
{
    rewinddir((DIR *)listing);
}

void host_list_close(struct host_listing *listing)
{
    (void)closedir((DIR *)listing);
}

int host_list_query(int root, struct host_listing *listing, const char *name, struct host_status *ret_status)
{
    struct statx found;
    char path[4096 + 256];
    char top[4096];
    int descriptor;
    int error;

    if (statx(dirfd((DIR *)listing), name, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS | STATX_BTIME, &found) != 0)
    {
        return errno;
    }
    fill_status(&found, ret_status);
    if ((found.stx_mode & S_IFMT) != S_IFLNK || host_path_of(dirfd((DIR *)listing), path, 4096) != 0 ||
        host_path_of(root, top, sizeof(top)) != 0)
    {
        return 0;
    }
    /* A link is what it leads to, seen from inside the drive. */
    (void)snprintf(path + strlen(path), sizeof(path) - strlen(path), "/%s", name);
    descriptor = open_inside(root, path + (strcmp(top, "/") == 0 ? 0 : strlen(top)), O_PATH, 0);
    if (descriptor < 0)
    {
        return 0;
    }
    error = host_query(descriptor, ret_status);
    host_close(descriptor);
    return error;
}
