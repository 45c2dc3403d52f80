/* SPDX-License-Identifier: MIT */
/*
 * Who has how much pool, by tag. Each thread counts in a table of its own, so that counting costs no lock and no contended
 * cache line; who asks adds the tables up.
 */
#ifndef NT_POOL_TAGS_H
#define NT_POOL_TAGS_H

#include "nt/internal.h"

struct pool_tag_usage
{
    ULONG tag;
    uint64_t allocations;
    uint64_t frees;
    /* Bytes that are allocated now, without what the pool itself adds. */
    int64_t bytes;
};

/*
 * What has been allocated and freed under each tag since the process began, in no particular order; a tag that was never used
 * has no row. Returns how many rows there are; at most capacity of them are written. Counts of threads that allocate meanwhile
 * may lag. Any IRQL up to DISPATCH_LEVEL.
 */
RUNTIME_API size_t pool_query_tags(struct pool_tag_usage *rows, size_t capacity);

/* One tag's row; all zero when it was never used. */
RUNTIME_API struct pool_tag_usage pool_query_tag(ULONG tag);

/* For the pool alone. The slot of a tag, always the same; more tags than there are slots share the last one. */
enum
{
    POOL_TAG_SLOTS = 1024,
};
uint32_t pool_tag_slot_slow(ULONG tag);
extern ULONG pool_tag_of_slot[POOL_TAG_SLOTS] __attribute__((visibility("hidden")));

static inline uint32_t pool_tag_first_slot(ULONG tag)
{
    return (tag * 0x9E3779B1u) >> 22;
}

static inline uint32_t pool_tag_slot(ULONG tag)
{
    uint32_t slot = pool_tag_first_slot(tag);

    return __builtin_expect(__atomic_load_n(&pool_tag_of_slot[slot], __ATOMIC_RELAXED) == tag, 1) ? slot :
                                                                                                    pool_tag_slot_slow(tag);
}

/*
 * What was allocated and what was freed apart, so that neither waits for the other's store; and no two that are counted together
 * side by side, so that the compiler does not count them as one vector, which takes longer.
 */
struct pool_counter
{
    uint64_t allocations;
    uint64_t frees;
    uint64_t allocated_bytes;
    uint64_t freed_bytes;
};

/*
 * One thread's table, at its record's field pool. Only the thread writes; others read single fields. Where threads have lists of
 * free blocks, a thread that has a table has those too.
 */
struct pool_shard
{
    struct pool_counter counters[POOL_TAG_SLOTS];
    LIST_ENTRY entry;
};

void pool_count_slow(uint32_t slot, bool freed, size_t bytes);

static inline void pool_counter_add(struct pool_counter *counter, bool freed, size_t bytes)
{
    uint64_t *events = freed ? &counter->frees : &counter->allocations;
    uint64_t *sum = freed ? &counter->freed_bytes : &counter->allocated_bytes;

    __atomic_store_n(events, *events + 1, __ATOMIC_RELAXED);
    __atomic_store_n(sum, *sum + bytes, __ATOMIC_RELAXED);
}

static inline void pool_count(struct platform_thread *thread, uint32_t slot, bool freed, size_t bytes)
{
    struct pool_shard *shard = thread->pool;

    if (__builtin_expect(shard == NULL, 0))
    {
        pool_count_slow(slot, freed, bytes);
        return;
    }
    pool_counter_add(&shard->counters[slot], freed, bytes);
}

#endif /* NT_POOL_TAGS_H */
