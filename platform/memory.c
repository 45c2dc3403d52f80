/* SPDX-License-Identifier: MIT */
/* Memory: the C library's allocator behind a seam that can make any one allocation fail. */
#include <stdlib.h>
#include <string.h>

#include "platform/internal.h"

/* Injection is a property of the process: the n-th allocation of all threads. Not scheduling points, since a test counts
   allocations and must not move the ones it counts. */
static struct memory_injection
{
    bool active;
    bool repeat;
    uint64_t left;
    uint64_t failed;
} injection;

static bool memory_refuse(void)
{
    if (__builtin_expect(!__atomic_load_n(&injection.active, __ATOMIC_ACQUIRE), 1))
    {
        return false;
    }
    if (__atomic_load_n(&injection.left, __ATOMIC_RELAXED) != 0)
    {
        uint64_t left = __atomic_fetch_sub(&injection.left, 1, __ATOMIC_RELAXED);

        if (left > 1)
        {
            return false;
        }
        if (left == 0)
        {
            /* Another thread took the last step in between. */
            __atomic_store_n(&injection.left, 0, __ATOMIC_RELAXED);
        }
        else
        {
            __atomic_fetch_add(&injection.failed, 1, __ATOMIC_RELAXED);
            return true;
        }
    }
    if (!injection.repeat)
    {
        return false;
    }
    __atomic_fetch_add(&injection.failed, 1, __ATOMIC_RELAXED);
    return true;
}

static void memory_inject(uint64_t n, bool repeat)
{
    __atomic_store_n(&injection.active, false, __ATOMIC_RELEASE);
    injection.repeat = repeat;
    __atomic_store_n(&injection.left, n, __ATOMIC_RELAXED);
    __atomic_store_n(&injection.failed, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&injection.active, n != 0, __ATOMIC_RELEASE);
}

void platform_alloc_fail_at(uint64_t n)
{
    memory_inject(n, false);
}

void platform_alloc_fail_from(uint64_t n)
{
    memory_inject(n, true);
}

uint64_t platform_alloc_injected(void)
{
    return __atomic_load_n(&injection.failed, __ATOMIC_RELAXED);
}

void *platform_alloc(size_t size)
{
    return memory_refuse() ? NULL : malloc(size != 0 ? size : 1);
}

void *platform_zalloc(size_t size)
{
    return memory_refuse() ? NULL : calloc(1, size != 0 ? size : 1);
}

void platform_free(void *block, size_t size)
{
    (void)size;
    free(block);
}

void *platform_alloc_aligned(size_t size, size_t alignment)
{
    size_t rounded;

    if (memory_refuse() || __builtin_add_overflow(size, alignment - 1, &rounded))
    {
        return NULL;
    }
    rounded &= ~(alignment - 1);
    return aligned_alloc(alignment, rounded != 0 ? rounded : alignment);
}

void platform_free_aligned(void *block, size_t size)
{
    (void)size;
    free(block);
}
