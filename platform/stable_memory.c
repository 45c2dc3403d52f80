/* SPDX-License-Identifier: MIT */
/*
 * Stable memory: the range, the sizes in it, and the way between threads and depots.
 *
 * The range is reserved once and made usable piece by piece. Each size takes slabs from it and cuts blocks off them; a slab is
 * never given back. Free blocks lie in lists of their threads and move between threads in batches, as in memory.c. Builds
 * with sanitizers, and the simulation, have one queue for each size instead, so that a block rests long before it is used
 * again, and forbid what rests there and what is left of a block's size.
 */
#include <string.h>
#include <sys/mman.h>

#include "platform/internal.h"
#include "platform/stable_memory.h"

#if defined(__SANITIZE_ADDRESS__)
#define STABLE_LEAK_CHECKED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STABLE_LEAK_CHECKED 1
#endif
#endif
#if defined(STABLE_LEAK_CHECKED)
#include <sanitizer/lsan_interface.h>
#endif

enum
{
    CLASSES = STABLE_LIMIT / STABLE_STEP,
    SLAB = 64 * 1024,
    PIECE = 1024 * 1024,
    BATCH_BYTES = 8192,
    BATCH_MOST = 32,
    /* Behind each block, where somebody looks whether it is touched. */
    MARGIN = PLATFORM_SANITIZED ? STABLE_STEP : 0,
    /* How many bytes of each size rest before the first of them is used again. */
    REST = PLATFORM_SANITIZED ? 1024 * 1024 : 64 * 1024,
};

_Static_assert((int)CLASSES == (int)MEMORY_STABLE_CLASSES, "a thread has a list for each size");

/* Tried in this order: a process may be limited in its addresses. */
static const size_t range_sizes[] = {(size_t)64 << 30, (size_t)8 << 30, (size_t)1 << 30, (size_t)128 << 20};

uintptr_t stable_begin;
size_t stable_size;

/* The range; the lock names no owner, because a thread may have no record any more. */
static struct stable_range
{
    uint32_t lock;
    size_t reserved;
    /* Handed out in slabs, not more than stable_size. */
    size_t used;
} range;

/* What the threads share of one size. On cache lines of their own, because all processors write them. */
static struct stable_depot
{
    uint32_t lock;
    uint32_t count;
    /* Batches, or, where there are no lists of threads, the queue of resting blocks: first is the oldest. */
    struct stable_block *first;
    struct stable_block *last;
    /* What is left of the newest slab. */
    char *slab;
    char *slab_end;
} __attribute__((aligned(64))) depots[CLASSES];

static void lock_word(uint32_t *lock)
{
    while (__atomic_exchange_n(lock, 1, __ATOMIC_ACQUIRE) != 0)
    {
        platform_yield();
    }
}

static void unlock_word(uint32_t *lock)
{
    __atomic_store_n(lock, 0, __ATOMIC_RELEASE);
}

static size_t block_stride(size_t class)
{
    return (class + 1) * STABLE_STEP + MARGIN;
}

/* The lock of the range is held. */
static bool range_reserve(void)
{
    void *memory = MAP_FAILED;

    for (size_t index = 0; index < sizeof(range_sizes) / sizeof(range_sizes[0]) && memory == MAP_FAILED; index++)
    {
        range.reserved = range_sizes[index];
        memory = mmap(NULL, range.reserved, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    }
    if (memory == MAP_FAILED)
    {
        range.reserved = 0;
        return false;
    }
    __atomic_store_n(&stable_begin, (uintptr_t)memory, __ATOMIC_RELEASE);
    return true;
}

/* The lock of the range is held. Makes the next piece of it usable. */
static bool range_grow(void)
{
    void *piece = (void *)(stable_begin + stable_size);

    if (range.reserved - stable_size < PIECE || mprotect(piece, PIECE, PROT_READ | PROT_WRITE) != 0)
    {
        return false;
    }
#if defined(STABLE_LEAK_CHECKED)
    __lsan_register_root_region(piece, PIECE);
#endif
    platform_forbid(piece, PIECE);
    __atomic_store_n(&stable_size, stable_size + PIECE, __ATOMIC_RELEASE);
    return true;
}

static char *range_take_slab(void)
{
    char *slab = NULL;

    lock_word(&range.lock);
    if ((range.reserved != 0 || range_reserve()) && (stable_size - range.used >= SLAB || range_grow()))
    {
        slab = (char *)stable_begin + range.used;
        range.used += SLAB;
    }
    unlock_word(&range.lock);
    return slab;
}

/* The depot's lock is held. A block that nobody has had; NULL when there is no memory. */
static struct stable_block *cut(struct stable_depot *depot, size_t class)
{
    struct stable_block *block;

    if ((size_t)(depot->slab_end - depot->slab) < block_stride(class))
    {
        depot->slab = range_take_slab();
        depot->slab_end = depot->slab != NULL ? depot->slab + SLAB : NULL;
    }
    if (depot->slab == NULL)
    {
        return NULL;
    }
    block = (struct stable_block *)depot->slab;
    depot->slab += block_stride(class);
    return block;
}

#if MEMORY_HAS_LISTS

static uint32_t class_batch(size_t class)
{
    size_t count = BATCH_BYTES / block_stride(class);

    return count == 0 ? 1 : count < BATCH_MOST ? (uint32_t)count : BATCH_MOST;
}

void stable_lists_make(struct memory_cache *cache)
{
    for (size_t class = 0; class < CLASSES; class ++)
    {
        cache->stable[class].most = 2 * class_batch(class) - 1;
    }
}

/* Fills an empty list with a batch of the depot's, or with new blocks. */
static void refill(struct stable_list *list, size_t class)
{
    struct stable_depot *depot = &depots[class];
    uint32_t batch = class_batch(class);

    lock_word(&depot->lock);
    list->first = depot->first;
    if (depot->first != NULL)
    {
        depot->first = depot->first->next_batch;
        list->count = batch;
    }
    for (struct stable_block *block; list->count < batch && (block = cut(depot, class)) != NULL; list->count++)
    {
        block->next = list->first;
        list->first = block;
    }
    unlock_word(&depot->lock);
}

static void depot_put(struct stable_depot *depot, struct stable_block *batch)
{
    lock_word(&depot->lock);
    batch->next_batch = depot->first;
    depot->first = batch;
    unlock_word(&depot->lock);
}

/* Moves a batch of a list that has at least so many blocks to the depot. */
static void drain(struct stable_list *list, size_t class)
{
    struct stable_block *batch = list->first;
    struct stable_block *last = batch;
    uint32_t size = class_batch(class);

    for (uint32_t index = 1; index < size; index++)
    {
        last = last->next;
    }
    list->first = last->next;
    list->count -= size;
    last->next = NULL;
    depot_put(&depots[class], batch);
}

/* Blocks of threads without lists, and what an ending thread has less than a batch of: they lie in lists for the next one. */
static void put_single(struct stable_block *block, size_t class)
{
    struct stable_depot *depot = &depots[class];

    lock_word(&depot->lock);
    block->next = depot->last;
    depot->last = block;
    depot->count++;
    if (depot->count == class_batch(class))
    {
        depot->last->next_batch = depot->first;
        depot->first = depot->last;
        depot->last = NULL;
        depot->count = 0;
    }
    unlock_word(&depot->lock);
}

static void *take_single(size_t class)
{
    struct stable_depot *depot = &depots[class];
    struct stable_block *block;

    lock_word(&depot->lock);
    if (depot->last == NULL && depot->first != NULL)
    {
        depot->last = depot->first;
        depot->first = depot->first->next_batch;
        depot->count = class_batch(class);
    }
    block = depot->last;
    if (block != NULL)
    {
        depot->last = block->next;
        depot->count--;
    }
    else
    {
        block = cut(depot, class);
    }
    unlock_word(&depot->lock);
    return block;
}

void stable_thread_exit(struct memory_cache *cache)
{
    for (size_t class = 0; class < CLASSES; class ++)
    {
        while (cache->stable[class].first != NULL)
        {
            struct stable_block *block = cache->stable[class].first;

            cache->stable[class].first = block->next;
            put_single(block, class);
        }
    }
}

static void *take(size_t size)
{
    size_t class = stable_class(size);
    struct memory_cache *cache = memory_cache_of_thread();
    struct stable_list *list;
    struct stable_block *block;

    if (cache == NULL)
    {
        return take_single(class);
    }
    list = &cache->stable[class];
    if (list->first == NULL)
    {
        refill(list, class);
    }
    block = list->first;
    if (block != NULL)
    {
        list->first = block->next;
        list->count--;
    }
    return block;
}

static void give(struct stable_block *block, size_t size)
{
    size_t class = stable_class(size);
    struct memory_cache *cache = memory_cache_of_thread();
    struct stable_list *list;

    if (cache == NULL)
    {
        put_single(block, class);
        return;
    }
    list = &cache->stable[class];
    if (list->count >= list->most)
    {
        drain(list, class);
    }
    block->next = list->first;
    list->first = block;
    list->count++;
}

#else

/* The queue's links are in forbidden memory. */
static void *take(size_t size)
{
    size_t class = stable_class(size);
    struct stable_depot *depot = &depots[class];
    struct stable_block *block;

    lock_word(&depot->lock);
    block = depot->first;
    if (block != NULL && (size_t)depot->count * block_stride(class) > REST)
    {
        platform_allow(block, sizeof(*block));
        depot->first = block->next;
        depot->count--;
    }
    else
    {
        block = cut(depot, class);
    }
    unlock_word(&depot->lock);
    if (block != NULL)
    {
        platform_allow(block, size);
    }
    return block;
}

static void give(struct stable_block *block, size_t size)
{
    size_t class = stable_class(size);
    struct stable_depot *depot = &depots[class];

    /* The link may lie behind what the owner asked for. */
    platform_allow(block, sizeof(*block));
    block->next = NULL;
    platform_forbid(block, size > sizeof(*block) ? size : sizeof(*block));
    lock_word(&depot->lock);
    if (depot->first == NULL)
    {
        depot->first = block;
    }
    else
    {
        platform_allow(depot->last, sizeof(*depot->last));
        depot->last->next = block;
        platform_forbid(depot->last, sizeof(*depot->last));
    }
    depot->last = block;
    depot->count++;
    unlock_word(&depot->lock);
}

#endif

void *stable_alloc_slow(size_t size)
{
    return size > STABLE_LIMIT || memory_refuse_injected() ? NULL : take(size);
}

/* The first words stay what they are, so the quarantine gets what is behind them. */
enum
{
    QUARANTINE_OFFSET = 16
};

void stable_free_slow(void *block, size_t size)
{
    if (__builtin_expect(__atomic_load_n(&quarantine_on, __ATOMIC_RELAXED), 0) && size > QUARANTINE_OFFSET)
    {
        quarantine_keep((char *)block + QUARANTINE_OFFSET, size - QUARANTINE_OFFSET, MEMORY_STABLE);
        return;
    }
    give(block, size);
}

void stable_free_now(void *kept, size_t size)
{
    give((struct stable_block *)(void *)((char *)kept - QUARANTINE_OFFSET), size + QUARANTINE_OFFSET);
}
