/* SPDX-License-Identifier: MIT */
/*
 * Accounts of the pool by tag.
 */
#include "nt/memory/pool_tags.h"

#include <string.h>

#include "nt/machine.h"
#include "platform/memory_lists.h"

/* Zero is a free slot: no block has the tag zero. The last slot is for tags that came too late. */
ULONG pool_tag_of_slot[POOL_TAG_SLOTS];

enum
{
    SHARED_SLOT = POOL_TAG_SLOTS - 1,
};

uint32_t pool_tag_slot_slow(ULONG tag)
{
    uint32_t start = pool_tag_first_slot(tag);

    for (uint32_t step = 0; step < POOL_TAG_SLOTS; step++)
    {
        uint32_t slot = (start + step) % POOL_TAG_SLOTS;
        ULONG found = 0;

        /* Not a scheduling point, because the table outlives a run: the next one does not come here for this tag. */
        if (slot != SHARED_SLOT &&
            (__atomic_compare_exchange_n(&pool_tag_of_slot[slot], &found, tag, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST) ||
             found == tag))
        {
            return slot;
        }
    }
    return SHARED_SLOT;
}

static void counter_merge(struct pool_counter *into, const struct pool_counter *from)
{
    into->allocations += __atomic_load_n(&from->allocations, __ATOMIC_RELAXED);
    into->frees += __atomic_load_n(&from->frees, __ATOMIC_RELAXED);
    into->allocated_bytes += __atomic_load_n(&from->allocated_bytes, __ATOMIC_RELAXED);
    into->freed_bytes += __atomic_load_n(&from->freed_bytes, __ATOMIC_RELAXED);
}

/* A thread ends: what it counted stays. */
static void shard_retire(void *pool)
{
    struct pool_accounts *accounts = &machine()->pool;
    struct pool_shard *shard = pool;

    platform_current()->pool = NULL;
    platform_spinlock_lock(&accounts->lock);
    for (uint32_t slot = 0; slot < POOL_TAG_SLOTS; slot++)
    {
        counter_merge(&accounts->retired[slot], &shard->counters[slot]);
    }
    RemoveEntryList(&shard->entry);
    platform_spinlock_unlock(&accounts->lock);
    platform_free(shard, sizeof(*shard));
}

/* Not at its end any more. */
static bool thread_may_have_shard(const struct platform_thread *thread)
{
    return !thread->memory_over && (!MEMORY_HAS_LISTS || memory_cache_of_thread() != NULL);
}

/* A thread's first use of the pool, and any use when it has no table: at its end, or because there was no memory for one. */
void pool_count_slow(uint32_t slot, bool freed, size_t bytes)
{
    struct pool_accounts *accounts = &machine()->pool;
    struct platform_thread *thread = platform_current();
    struct pool_shard *shard = thread_may_have_shard(thread) ? platform_zalloc_always(sizeof(*shard)) : NULL;

    platform_spinlock_lock(&accounts->lock);
    if (shard != NULL)
    {
        InsertTailList(&accounts->shards, &shard->entry);
    }
    pool_counter_add(shard != NULL ? &shard->counters[slot] : &accounts->retired[slot], freed, bytes);
    platform_spinlock_unlock(&accounts->lock);
    if (shard != NULL)
    {
        thread->pool = shard;
        thread->pool_exit = shard_retire;
    }
}

static struct pool_tag_usage slot_usage(const struct pool_accounts *accounts, uint32_t slot)
{
    struct pool_counter sum = accounts->retired[slot];

    for (const LIST_ENTRY *entry = accounts->shards.Flink; entry != &accounts->shards; entry = entry->Flink)
    {
        counter_merge(&sum, &CONTAINING_RECORD(entry, struct pool_shard, entry)->counters[slot]);
    }
    return (struct pool_tag_usage){pool_tag_of_slot[slot], sum.allocations, sum.frees,
                                   (int64_t)(sum.allocated_bytes - sum.freed_bytes)};
}

size_t pool_query_tags(struct pool_tag_usage *rows, size_t capacity)
{
    struct pool_accounts *accounts = &machine()->pool;
    size_t count = 0;

    platform_spinlock_lock(&accounts->lock);
    for (uint32_t slot = 0; slot < POOL_TAG_SLOTS; slot++)
    {
        struct pool_tag_usage usage = slot_usage(accounts, slot);

        if (usage.allocations == 0 && usage.frees == 0)
        {
            continue;
        }
        if (count < capacity)
        {
            rows[count] = usage;
        }
        count++;
    }
    platform_spinlock_unlock(&accounts->lock);
    return count;
}

struct pool_tag_usage pool_query_tag(ULONG tag)
{
    struct pool_accounts *accounts = &machine()->pool;
    struct pool_tag_usage usage;

    platform_spinlock_lock(&accounts->lock);
    usage = slot_usage(accounts, pool_tag_slot(tag));
    platform_spinlock_unlock(&accounts->lock);
    usage.tag = tag;
    return usage;
}

void pool_accounts_initialize(struct pool_accounts *accounts)
{
    InitializeListHead(&accounts->shards);
}
