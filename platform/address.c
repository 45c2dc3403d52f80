/* SPDX-License-Identifier: MIT */
/* Addresses: what lies there, whether anything does, and pages at addresses of the caller's choice. */
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "platform/internal.h"

enum
{
    PAGE = 4096,
    READ_AT_ONCE = 64,
};

/* Whether a byte of each of these pages can be read; false too where reading one's own process is forbidden. */
static bool pages_answer(const char *first, size_t count)
{
    struct iovec there[READ_AT_ONCE];
    char bytes[READ_AT_ONCE];
    struct iovec here = {bytes, count};

    for (size_t index = 0; index < count; index++)
    {
        there[index] = (struct iovec){(void *)((uintptr_t)first + index * PAGE), 1};
    }
    /* By number: the sanitizers' own version refuses to look at memory that they have poisoned. */
    return syscall(SYS_process_vm_readv, getpid(), &here, 1, there, count, 0) == (long)count;
}

static bool pages_answer_one_by_one(const char *first, size_t count)
{
    char byte;

    for (size_t index = 0; index < count; index++)
    {
        if (platform_copy_if_readable(&byte, (const void *)((uintptr_t)first + index * PAGE), 1) != 1)
        {
            return false;
        }
    }
    return true;
}

bool platform_is_readable(const void *memory, size_t size)
{
    uintptr_t first = (uintptr_t)memory & ~(uintptr_t)(PAGE - 1);
    uintptr_t last;

    if (size == 0)
    {
        return true;
    }
    if (__builtin_add_overflow((uintptr_t)memory, size - 1, &last))
    {
        return false;
    }
    for (size_t left = (last - first) / PAGE + 1; left != 0;)
    {
        size_t count = left < READ_AT_ONCE ? left : READ_AT_ONCE;

        if (!pages_answer((const char *)first, count) && !pages_answer_one_by_one((const char *)first, count))
        {
            return false;
        }
        first += count * PAGE;
        left -= count;
    }
    return true;
}

/* Makes the pages ready to be written, as a write would, and leaves what is in them. */
static bool pages_prepare(uintptr_t first, size_t size)
{
    return madvise((void *)first, size, MADV_POPULATE_WRITE) == 0;
}

bool platform_is_writable(void *memory, size_t size)
{
    uintptr_t first = (uintptr_t)memory & ~(uintptr_t)(PAGE - 1);
    uintptr_t last;
    char known = 0;

    if (size == 0)
    {
        return true;
    }
    if (__builtin_add_overflow((uintptr_t)memory, size - 1, &last))
    {
        return false;
    }
    if (pages_prepare(first, (last | (PAGE - 1)) - first + 1))
    {
        return true;
    }
    /* The same refusal for memory that can be written means that Linux does not know the question. */
    return !pages_prepare((uintptr_t)&known & ~(uintptr_t)(PAGE - 1), PAGE) && platform_is_readable(memory, size);
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Images.                                                                                                                */
/* ---------------------------------------------------------------------------------------------------------------------- */

const void *platform_image_of(const void *address)
{
    Dl_info information;

    return dladdr(address, &information) != 0 ? information.dli_fbase : NULL;
}

const char *platform_image_path(const void *address)
{
    Dl_info information;

    return dladdr(address, &information) != 0 ? information.dli_fname : NULL;
}

/* A weak function of the runtime is one that only says that it does not exist. */
void *platform_find_export(const char *name)
{
    static const char here;
    ElfW(Sym) *symbol = NULL;
    Dl_info information;
    void *library;
    void *found;

    if (dladdr(&here, &information) == 0)
    {
        return NULL;
    }
    library = dlopen(information.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
    if (library == NULL)
    {
        return NULL;
    }
    found = dlsym(library, name);
    if (found != NULL)
    {
        const void *base = information.dli_fbase;

        if (dladdr1(found, &information, (void **)&symbol, RTLD_DL_SYMENT) == 0 || information.dli_fbase != base ||
            symbol == NULL || (symbol->st_info >> 4) == STB_WEAK)
        {
            found = NULL;
        }
    }
    (void)dlclose(library);
    return found;
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Pages.                                                                                                                 */
/* ---------------------------------------------------------------------------------------------------------------------- */

static void *pages_map(size_t size, uintptr_t highest)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS;
    void *pages;

#if defined(MAP_32BIT)
    if (highest <= UINT32_MAX)
    {
        flags |= MAP_32BIT;
    }
#endif
    pages = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, -1, 0);
    return pages != MAP_FAILED ? pages : NULL;
}

void *platform_pages_alloc(size_t size, size_t alignment, uintptr_t highest)
{
    size_t room = alignment > PAGE ? size + alignment : size;
    uintptr_t first;
    uintptr_t aligned;
    void *pages;

    if (memory_refuse_injected() || room < size)
    {
        return NULL;
    }
    pages = pages_map(room, highest);
    if (pages == NULL || room == size)
    {
        return pages;
    }
    first = (uintptr_t)pages;
    aligned = (first + alignment - 1) & ~(alignment - 1);
    if (aligned != first)
    {
        (void)munmap(pages, aligned - first);
    }
    (void)munmap((void *)(aligned + size), first + room - aligned - size);
    return (void *)aligned;
}

void platform_pages_forbid(void *pages, size_t size)
{
    (void)mprotect(pages, size, PROT_NONE);
}

void platform_pages_free(void *pages, size_t size)
{
    if (pages != NULL)
    {
        (void)munmap(pages, size);
    }
}
