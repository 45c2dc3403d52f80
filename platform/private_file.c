/* SPDX-License-Identifier: MIT */
/*
 * Files that belong to one user alone. What is in them is the business of who uses them.
 */
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/platform.h"

/* A new name lasts through a loss of power only when its folder has been written. */
static int sync_folder_of(const char *path)
{
    char copy[PATH_MAX];
    int folder;
    int result;

    if (strlen(path) >= sizeof(copy))
    {
        return ENAMETOOLONG;
    }
    memcpy(copy, path, strlen(path) + 1);
    folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
    {
        return errno;
    }
    result = fsync(folder) == 0 ? 0 : errno;
    (void)close(folder);
    return result;
}

static int create_private(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (file < 0)
    {
        return errno;
    }
    /* The process's mask may have taken away even the owner's rights. */
    if (fchmod(file, 0600) != 0 || fsync(file) != 0)
    {
        int error = errno;

        (void)close(file);
        return error;
    }
    (void)close(file);
    return sync_folder_of(path);
}

/* Looks without opening: closing a second descriptor would end the locks that the process has on the file. */
int platform_private_file(const char *path)
{
    struct stat status;

    if (lstat(path, &status) != 0)
    {
        return errno == ENOENT ? create_private(path) : errno;
    }
    return S_ISLNK(status.st_mode)                ? ELOOP :
           !S_ISREG(status.st_mode)               ? EINVAL :
           status.st_uid != geteuid()             ? EPERM :
           (status.st_mode & (0077 | 07000)) != 0 ? EACCES :
                                                    0;
}
