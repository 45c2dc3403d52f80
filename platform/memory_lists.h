/* SPDX-License-Identifier: MIT */
/*
 * The calling thread's lists of free blocks, for platform/memory.c, and for a layer above that allocates so often that a call
 * would cost more than the allocation: it may take blocks that platform_free() will get, and give blocks that platform_alloc()
 * gave, as long as nobody watches memory, and otherwise calls those.
 */
#pragma once

#include "platform/platform.h"

/* Sanitizer and simulation builds have no lists, because there a block must be gone when it is freed. */
#if PLATFORM_SANITIZED || defined(PLATFORM_SIMULATION)
#define MEMORY_HAS_LISTS 0
#else
#define MEMORY_HAS_LISTS 1
#endif

enum
{
    /* One list for each multiple of the step, up to the limit. */
    MEMORY_STEP = 16,
    MEMORY_LIMIT = 4096,
    MEMORY_CLASSES = MEMORY_LIMIT / MEMORY_STEP,
    MEMORY_STABLE_CLASSES = 192,
};

/* A free block. Only its first word is the allocator's: what the pool writes behind it tells a block that is freed twice. */
struct free_block
{
    struct free_block *next;
};

struct memory_list
{
    struct free_block *first;
    uint32_t count;
    uint32_t most;
};

/* The same for blocks of stable memory (stable_memory.h). */
struct stable_block;
struct stable_list
{
    struct stable_block *first;
    uint32_t count;
    uint32_t most;
};

struct memory_cache
{
    struct memory_list lists[MEMORY_CLASSES];
    struct stable_list stable[MEMORY_STABLE_CLASSES];
};

/* The calling thread's lists, made on first use. NULL for threads without a record, or at their end. */
struct memory_cache *memory_cache_of_thread(void);

/* Allocations are to fail by injection, or freed blocks go into quarantine. */
extern bool memory_is_watched __attribute__((visibility("hidden")));

static inline size_t memory_list_index(size_t size)
{
    return size != 0 ? (size - 1) / MEMORY_STEP : 0;
}

/* NULL when the list is empty. */
static inline void *memory_list_pop(struct memory_list *list)
{
    struct free_block *block = list->first;

    if (__builtin_expect(block != NULL, 1))
    {
        list->first = block->next;
        list->count--;
    }
    return block;
}

/* False when the list is full. */
static inline bool memory_list_push(struct memory_list *list, void *memory)
{
    struct free_block *block = memory;

    if (__builtin_expect(list->count >= list->most, 0))
    {
        return false;
    }
    block->next = list->first;
    list->first = block;
    list->count++;
    return true;
}
