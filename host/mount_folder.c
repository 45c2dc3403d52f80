/* SPDX-License-Identifier: MIT */
/*
 * The folder that device nodes are mounted on.
 */
#include "host/mount_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int refuse(const char *folder, int error, const char *reason)
{
    fprintf(stderr, "dmf: cannot mount device nodes at %s: %s\n", folder, reason);
    return error;
}

/* A mount whose server is gone answers everything with ENOTCONN. Who is not root needs fusermount3 to take it away. */
static void unmount_dead(const char *folder)
{
    const char *const words[] = {"fusermount3", "-u", "-z", "-q", "--", folder, NULL};
    pid_t child;

    if (umount2(folder, MNT_DETACH | UMOUNT_NOFOLLOW) != 0 &&
        posix_spawnp(&child, words[0], NULL, NULL, (char *const *)(uintptr_t)words, environ) == 0)
    {
        (void)waitpid(child, NULL, 0);
    }
}

/* A slash at the end would make a link look like what it points to. */
static int open_folder(const char *folder)
{
    char name[PATH_MAX];
    size_t length = strlen(folder);

    if (length >= sizeof(name))
    {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(name, folder, length + 1);
    while (length > 1 && name[length - 1] == '/')
    {
        name[--length] = 0;
    }
    return open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Takes the descriptor over. */
static bool is_empty(int descriptor)
{
    DIR *directory = fdopendir(descriptor);
    const struct dirent *entry;
    bool empty = directory != NULL;

    if (directory == NULL)
    {
        (void)close(descriptor);
        return false;
    }
    while (empty && (entry = readdir(directory)) != NULL)
    {
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    }
    (void)closedir(directory);
    return empty;
}

int mount_folder_prepare(const char *folder)
{
    int descriptor = open_folder(folder);
    struct stat attributes;

    if (descriptor < 0 && errno == ENOTCONN)
    {
        unmount_dead(folder);
        descriptor = open_folder(folder);
    }
    if (descriptor < 0)
    {
        return refuse(folder, errno, errno == ENOTDIR ? "it is no directory, or a link to one" : strerror(errno));
    }
    if (fstat(descriptor, &attributes) != 0 || attributes.st_uid != geteuid())
    {
        (void)close(descriptor);
        return refuse(folder, EPERM, "it belongs to somebody else");
    }
    return is_empty(descriptor) ? 0 : refuse(folder, ENOTEMPTY, "it is not empty");
}
