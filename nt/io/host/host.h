/* SPDX-License-Identifier: MIT */
/*
 * The host file system: a file system driver of the executive whose volumes are folders of Linux.
 *
 * A drive is a device object named \??\X:, whose driver answers what the I/O manager asks of any file system. Files that are open
 * share a control block per Linux file, so that sharing, deletion and locks are rules between all openers.
 */
#ifndef NT_IO_HOST_H
#define NT_IO_HOST_H

#include "nt/internal.h"
#include "nt/io/host/system.h"

#define HOST_PATH_SIZE 4096

/* The device extension of a drive. */
struct drive
{
    PDEVICE_OBJECT device;
    WCHAR letter;
    int root;
};

/* One for each Linux file that is open, guarded by the file system's lock. FILE_OBJECT.FsContext. */
struct host_control
{
    LIST_ENTRY link;
    uint64_t device;
    uint64_t inode;
    /* Who has not closed it yet; and those of them whose handles are still open. */
    uint32_t opens;
    uint32_t users;
    bool delete_pending;
    SHARE_ACCESS share;
    /* How many locks there are, so that transfers look only where there are any. */
    uint32_t lock_count;
    LIST_ENTRY locks;
    LIST_ENTRY waiting_locks;
};

/* One for each open. FILE_OBJECT.FsContext2. */
struct host_file
{
    struct drive *drive;
    struct host_control *control;
    int descriptor;
    enum host_kind kind;
    bool delete_on_close;
    bool can_write;

    /* Of directories: the scan, its pattern, and an entry that did not fit last time. */
    struct host_listing *listing;
    UNICODE_STRING pattern;
    uint32_t position;
    bool found_any;
    char *kept_name;
};

struct host_file_system
{
    struct platform_once made;
    PDRIVER_OBJECT driver;
    struct platform_mutex lock;
    LIST_ENTRY controls;
    PDEVICE_OBJECT drives[26];
};

/* A name inside a drive: UTF-8, slashes, no slash in front. Empty is the drive's own directory. */
struct host_path
{
    char text[HOST_PATH_SIZE];
    bool ends_in_separator;
};

/* The file system, made on first use. */
struct host_file_system *host_file_system(void);

/*
 * Gives a letter to a folder of Linux; NULL takes the letter away from new opens. STATUS_INVALID_PARAMETER for what is no letter,
 * STATUS_OBJECT_PATH_NOT_FOUND for what is no folder.
 */
RUNTIME_API NTSTATUS drive_set(char letter, const char *folder);

/* What a Linux error means. */
NTSTATUS host_status_of(int error);

/* Checks and converts. STATUS_OBJECT_NAME_INVALID for a part that no name may be, such as "..". */
NTSTATUS host_path_parse(const UNICODE_STRING *name, struct host_path *ret_path);

/*
 * Looks a path up, without regard to case where the exact name does not exist, and corrects its spelling. On success
 * *ret_descriptor names the file. STATUS_OBJECT_NAME_NOT_FOUND when only the last part is missing, else
 * STATUS_OBJECT_PATH_NOT_FOUND.
 */
NTSTATUS host_path_resolve(const struct drive *drive, struct host_path *path, int *ret_descriptor);

/* Where an open file is now. */
NTSTATUS host_path_now(const struct host_file *file, struct host_path *ret_path);

/* The same as a name: with a back slash in front. For string_free(). */
NTSTATUS host_name_now(const struct host_file *file, UNICODE_STRING *ret_name);

/* The file that a file object of a drive has open. */
struct host_file *host_file_of(PFILE_OBJECT object);

/* The major functions. Each returns the status and writes the information; none keeps the packet but the last. */
NTSTATUS host_create(struct drive *drive, PIRP irp);
NTSTATUS host_cleanup(struct host_file *file, PIRP irp);
NTSTATUS host_end(struct host_file *file, PIRP irp);
NTSTATUS host_transfer(struct host_file *file, PIRP irp);
NTSTATUS host_flush_file(struct host_file *file, PIRP irp);
NTSTATUS host_query_information(struct host_file *file, PIRP irp);
NTSTATUS host_set_information(struct host_file *file, PIRP irp);
NTSTATUS host_query_directory(struct host_file *file, PIRP irp);
NTSTATUS host_query_volume_information(struct host_file *file, PIRP irp);
NTSTATUS host_lock(struct host_file *file, PIRP irp);

/* Takes a control block's reference for an open; called with the lock held. */
struct host_control *host_control_open(uint64_t device, uint64_t inode);
void host_control_close(struct host_control *control);

/* FILE_ATTRIBUTE_ bits and the like, from what Linux says. */
ULONG host_attributes(const struct host_status *status);

/* Whether another opener's lock forbids a transfer. Lock held. */
bool host_lock_forbids(struct host_control *control, PFILE_OBJECT object, ULONG key, uint64_t offset, uint64_t length,
                       bool is_write);

/* Releases all locks of an opener, and ends what waits for one. */
void host_locks_release(struct host_file *file, PFILE_OBJECT object);

/* Whether a name matches a pattern with wild cards, both without regard to case. */
bool host_matches(const UNICODE_STRING *pattern, const UNICODE_STRING *name);

#endif /* NT_IO_HOST_H */
