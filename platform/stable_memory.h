/* SPDX-License-Identifier: MIT */
/*
 * Stable memory: blocks in one range of addresses, whose memory never becomes anything else than a block of the same size at the
 * same place. So whoever has an address of the range may look at the first word of the block there, even when it has been
 * freed, and tell by it whether the block is still what it was: what an owner leaves in the first eight bytes stays until the
 * next owner changes it. A block that nobody has had begins with zeros.
 *
 * Like memory_lists.h this has inline parts, for who allocates so often that a call would cost more than the allocation.
 */
#pragma once

#include "platform/memory_lists.h"

enum
{
    STABLE_STEP = 64,
    /* Larger blocks are not to be had. */
    STABLE_LIMIT = 12288,
};

/* A free block: what the last owner left, and the next free one. */
struct stable_block
{
    uint64_t kept;
    struct stable_block *next;
    /* In the first block of a batch that lies in the depot: the next batch. */
    struct stable_block *next_batch;
};

/* Where the range begins, and how much of it can be read. Zero until the first block is allocated. */
extern uintptr_t stable_begin __attribute__((visibility("hidden")));
extern size_t stable_size __attribute__((visibility("hidden")));

/* NULL when there is no memory, or when the size is over the limit. Aligned to 64 bytes; only the first eight are defined. */
void *stable_alloc_slow(size_t size);
void stable_free_slow(void *block, size_t size);

static inline size_t stable_class(size_t size)
{
    return size != 0 ? (size - 1) / STABLE_STEP : 0;
}

#if MEMORY_HAS_LISTS
/* The calling thread's list for the size; NULL where the slow way is to be taken. */
static inline struct stable_list *stable_list_of(size_t size)
{
    struct platform_thread *thread = platform_current_thread;

    if (__builtin_expect(thread == NULL || size > STABLE_LIMIT || memory_is_watched || thread->memory == NULL, 0))
    {
        return NULL;
    }
    return &thread->memory->stable[stable_class(size)];
}

/* From and to a list that is the thread's for this size, or NULL. */
static inline void *stable_take(struct stable_list *list, size_t size)
{
    struct stable_block *block = list != NULL ? list->first : NULL;

    if (__builtin_expect(block == NULL, 0))
    {
        return stable_alloc_slow(size);
    }
    list->first = block->next;
    list->count--;
    return block;
}

static inline void stable_give(struct stable_list *list, void *memory, size_t size)
{
    struct stable_block *block = memory;

    if (__builtin_expect(list == NULL || memory_is_watched || list->count >= list->most, 0))
    {
        stable_free_slow(memory, size);
        return;
    }
    block->next = list->first;
    list->first = block;
    list->count++;
}

static inline void *stable_alloc(size_t size)
{
    return stable_take(stable_list_of(size), size);
}

static inline void stable_free(void *memory, size_t size)
{
    stable_give(stable_list_of(size), memory, size);
}
#else
static inline struct stable_list *stable_list_of(size_t size)
{
    (void)size;
    return NULL;
}

static inline void *stable_take(struct stable_list *list, size_t size)
{
    (void)list;
    return stable_alloc_slow(size);
}

static inline void stable_give(struct stable_list *list, void *memory, size_t size)
{
    (void)list;
    stable_free_slow(memory, size);
}

static inline void *stable_alloc(size_t size)
{
    return stable_alloc_slow(size);
}

static inline void stable_free(void *memory, size_t size)
{
    stable_free_slow(memory, size);
}
#endif

/* Whether the address lies in the range, so that the eight bytes there can be read. */
static inline bool stable_contains(uintptr_t address)
{
    return address - stable_begin < __atomic_load_n(&stable_size, __ATOMIC_RELAXED);
}

#if PLATFORM_SANITIZED
#define STABLE_UNSANITIZED __attribute__((no_sanitize("address"), no_sanitize("thread"), noinline))
#else
#define STABLE_UNSANITIZED inline
#endif

/*
 * Reads the word at an address of the range, a multiple of eight, whoever owns it at the moment. Sanitizers are not asked: the
 * answer for a block that is freed, or being changed, is what this is for.
 */
static STABLE_UNSANITIZED __attribute__((unused)) uint64_t stable_peek(uintptr_t address)
{
    return *(const volatile uint64_t *)address;
}
