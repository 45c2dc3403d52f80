/* SPDX-License-Identifier: MIT */
/*
 * Linux's file system as the host file system of the executive needs it: the one place in nt/ that calls it.
 *
 * Names are UTF-8 and relative to a directory that nothing here leaves, whatever the name or a symbolic link says. Descriptors do
 * not reach child processes; interrupted and short transfers are not seen. Functions return zero or an errno value. None of
 * them is a scheduling point: a simulation runs straight through.
 */
#ifndef NT_IO_HOST_SYSTEM_H
#define NT_IO_HOST_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum host_kind
{
    HOST_FILE,
    HOST_DIRECTORY,
    HOST_OTHER,
};

/* Times are in units of 100 nanoseconds since 1601. */
struct host_status
{
    enum host_kind kind;
    uint64_t device;
    uint64_t inode;
    uint64_t size;
    uint64_t allocated;
    uint32_t links;
    bool read_only;
    int64_t created;
    int64_t accessed;
    int64_t written;
    int64_t changed;
};

struct host_volume
{
    uint64_t units;
    uint64_t available;
    uint64_t available_to_caller;
    uint32_t unit_size;
    uint32_t name_length;
    uint64_t identifier;
    bool read_only;
};

/* Of host_open(). Without read and write the descriptor only names the file. */
#define HOST_READ 0x1u
#define HOST_WRITE 0x2u
/* Makes a file, or with HOST_FOLDER a directory, that must not exist. */
#define HOST_CREATE 0x4u
#define HOST_FOLDER 0x8u
#define HOST_WRITE_THROUGH 0x10u
#define HOST_READ_ONLY 0x20u

/* The directory of a drive. */
int host_open_root(const char *path, int *ret_descriptor);
int host_open(int root, const char *path, unsigned flags, int *ret_descriptor);
void host_close(int descriptor);

int host_query(int descriptor, struct host_status *ret_status);
int host_query_volume(int descriptor, struct host_volume *ret_volume);

/* Transfers until length, the end of the file, or an error. *ret_done tells how much, also with an error. */
int host_read(int descriptor, void *buffer, size_t length, uint64_t offset, size_t *ret_done);
int host_write(int descriptor, const void *buffer, size_t length, uint64_t offset, size_t *ret_done);
int host_flush(int descriptor);
int host_set_size(int descriptor, uint64_t size);
int host_reserve(int descriptor, uint64_t size);

/* A time of zero stays as it is. */
int host_set_times(int descriptor, int64_t accessed, int64_t written);
int host_set_read_only(int descriptor, bool read_only);

/* The path of an open file now, wherever it was renamed to; absolute, and at most size bytes with its zero. */
int host_path_of(int descriptor, char *buffer, size_t size);

/* The names are relative to the root of the drive. The file is the one that the descriptor has open, or nothing happens. */
int host_remove(int root, const char *path, int descriptor, bool directory);
int host_rename(int root, const char *from, const char *to, bool replace);
int host_link(int root, const char *from, const char *to, bool replace);

/* Entries of a directory, in the order of the file system, without "." and "..". Returns zero at the end too: *ret_name is NULL. */
struct host_listing;
int host_list_open(int root, const char *path, struct host_listing **ret_listing);
int host_list_next(struct host_listing *listing, const char **ret_name);
void host_list_rewind(struct host_listing *listing);
void host_list_close(struct host_listing *listing);

/* What an entry is; a symbolic link counts as what it leads to, where that is inside the drive. */
int host_list_query(int root, struct host_listing *listing, const char *name, struct host_status *ret_status);

#endif /* NT_IO_HOST_SYSTEM_H */
