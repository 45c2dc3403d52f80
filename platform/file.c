/* SPDX-License-Identifier: MIT */
/* Files that diagnostics leave behind, and memory that may not be there. */
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "platform/internal.h"

uint32_t platform_process_id(void)
{
    return (uint32_t)getpid();
}

bool platform_is_traced(void)
{
    static const char key[] = "TracerPid:\t";
    int file = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    char text[2048];
    ssize_t length;
    const char *found;

    if (file < 0)
    {
        return false;
    }
    length = read(file, text, sizeof(text) - 1);
    (void)close(file);
    text[length > 0 ? length : 0] = 0;
    found = strstr(text, key);
    return found != NULL && found[sizeof(key) - 1] != '0';
}

int platform_file_create(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    return file >= 0 ? file : -errno;
}

int platform_file_append(int file, const void *data, size_t size)
{
    const char *next = data;

    while (size != 0)
    {
        ssize_t written = write(file, next, size < INT_MAX ? size : INT_MAX);

        if (written < 0 && errno != EINTR)
        {
            return errno;
        }
        if (written > 0)
        {
            next += written;
            size -= (size_t)written;
        }
    }
    return 0;
}

void platform_file_close(int file)
{
    (void)close(file);
}

const void *platform_file_map(const char *path, size_t *ret_size)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    void *memory = MAP_FAILED;

    if (file < 0)
    {
        return NULL;
    }
    if (fstat(file, &status) == 0 && status.st_size > 0)
    {
        memory = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, file, 0);
        *ret_size = (size_t)status.st_size;
    }
    (void)close(file);
    return memory != MAP_FAILED ? memory : NULL;
}

/* Blocks are set aside now: a full disk must not become a bus error later. */
static void *file_map_blocks(int file, size_t size)
{
    if (posix_fallocate(file, 0, (off_t)size) != 0)
    {
        return MAP_FAILED;
    }
    return mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
}

void *platform_file_map_new(const char *path, size_t size)
{
    void *memory;
    int file;

    if (path == NULL)
    {
        memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return memory != MAP_FAILED ? memory : NULL;
    }
    file = platform_file_create(path);
    if (file < 0)
    {
        return NULL;
    }
    memory = file_map_blocks(file, size);
    (void)close(file);
    if (memory == MAP_FAILED)
    {
        (void)unlink(path);
        return NULL;
    }
    return memory;
}

void platform_file_unmap(const void *memory, size_t size)
{
    (void)munmap((void *)(uintptr_t)memory, size);
}

void platform_file_remove(const char *path)
{
    (void)unlink(path);
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Memory that may not be there.                                                                                          */
/* ---------------------------------------------------------------------------------------------------------------------- */

/* Through the kernel, a piece at a time: the way where reading one's own process is forbidden. */
/* Addresses are numbers here: what they mean is to be found out, and nothing may be computed with a pointer to nothing. */
static size_t copy_through_pipe(char *target, const char *source, size_t size)
{
    uintptr_t from = (uintptr_t)source;
    size_t copied = 0;
    int ends[2];

    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
    {
        return 0;
    }
    while (copied < size)
    {
        /* Up to the end of the page: a piece is there as a whole or not at all. */
        size_t piece = 4096 - ((from + copied) & 4095);

        piece = piece < size - copied ? piece : size - copied;
        if (syscall(SYS_write, ends[1], from + copied, piece) != (long)piece ||
            syscall(SYS_read, ends[0], target + copied, piece) != (long)piece)
        {
            break;
        }
        copied += piece;
    }
    (void)close(ends[0]);
    (void)close(ends[1]);
    return copied;
}

/* System calls by number: the sanitizers' own versions refuse to look at memory that they have poisoned. */
size_t platform_copy_if_readable(void *target, const void *source, size_t size)
{
    char *to = target;
    const char *from = source;
    size_t copied = 0;

    while (copied < size)
    {
        struct iovec here = {to + copied, size - copied};
        struct iovec there = {(void *)((uintptr_t)from + copied), size - copied};
        long got = syscall(SYS_process_vm_readv, getpid(), &here, 1, &there, 1, 0);

        if (got < 0 && errno != EFAULT && copied == 0)
        {
            return copy_through_pipe(to, from, size);
        }
        if (got <= 0)
        {
            break;
        }
        copied += (size_t)got;
    }
    return copied;
}
