/* SPDX-License-Identifier: MIT */
/*
 * Memory: the C library's allocator behind per-thread free lists and a seam that can make any one allocation fail.
 *
 * The free lists exist for what a runtime does all day: allocate small blocks of few sizes, often on one thread and free them
 * on another, which costs the C library hundreds of nanoseconds. Blocks move between threads in batches, through a depot per
 * size. Sanitizer and simulation builds use the plain allocator, because there a block must be gone when it is freed.
 */
#include <stdlib.h>
#include <string.h>

#include "platform/internal.h"
#include "platform/memory_lists.h"

#if defined(__SANITIZE_ADDRESS__)
#define MEMORY_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MEMORY_ADDRESS_SANITIZER 1
#endif
#endif
#if defined(MEMORY_ADDRESS_SANITIZER)
#include <sanitizer/asan_interface.h>
#endif

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Failure injection.                                                                                                     */
/* ---------------------------------------------------------------------------------------------------------------------- */

/* Injection is a property of the process: the n-th allocation of all threads. Not scheduling points, since a test counts
   allocations and must not move the ones it counts. */
static struct memory_injection
{
    bool active;
    bool repeat;
    uint64_t left;
    uint64_t failed;
} injection;

static __attribute__((noinline)) bool memory_refuse_now(void)
{
    uint64_t left = __atomic_load_n(&injection.left, __ATOMIC_RELAXED);

    while (left != 0 &&
           !__atomic_compare_exchange_n(&injection.left, &left, left - 1, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
    {
    }
    if (left > 1 || (left == 0 && !__atomic_load_n(&injection.repeat, __ATOMIC_RELAXED)))
    {
        return false;
    }
    __atomic_fetch_add(&injection.failed, 1, __ATOMIC_RELAXED);
    return true;
}

static inline bool memory_refuse(void)
{
    return __builtin_expect(__atomic_load_n(&injection.active, __ATOMIC_RELAXED), 0) && memory_refuse_now();
}

/* Whoever takes blocks off the lists by himself looks here first. */
bool memory_is_watched;

/* Callers of platform_memory_watch(). */
static uint32_t watchers;

void memory_watch(void)
{
    __atomic_store_n(&memory_is_watched,
                     injection.active || __atomic_load_n(&quarantine_on, __ATOMIC_RELAXED) ||
                         __atomic_load_n(&watchers, __ATOMIC_RELAXED) != 0,
                     __ATOMIC_RELEASE);
}

void platform_memory_watch(bool on)
{
    (void)__atomic_fetch_add(&watchers, on ? 1 : UINT32_MAX, __ATOMIC_RELAXED);
    memory_watch();
}

bool memory_refuse_injected(void)
{
    return memory_refuse();
}

static void memory_inject(uint64_t n, bool repeat)
{
    __atomic_store_n(&injection.active, false, __ATOMIC_SEQ_CST);
    __atomic_store_n(&injection.repeat, repeat, __ATOMIC_SEQ_CST);
    __atomic_store_n(&injection.left, n, __ATOMIC_SEQ_CST);
    __atomic_store_n(&injection.failed, 0, __ATOMIC_SEQ_CST);
    __atomic_store_n(&injection.active, n != 0, __ATOMIC_SEQ_CST);
    memory_watch();
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

/* Declared here, because the published headers have a malloc.h of their own. */
size_t malloc_usable_size(void *block);

/* A wrong size would put a block on the wrong list. */
static inline void memory_check(void *block, size_t size)
{
#if !defined(NDEBUG)
    if (block != NULL && malloc_usable_size(block) < size)
    {
        platform_fatal("block %p is freed as %zu bytes, but has only %zu", block, size, malloc_usable_size(block));
    }
#else
    (void)block;
    (void)size;
#endif
}

/* What no machine has is refused here, because sanitizers stop the process for asking. */
static inline bool is_impossible(size_t size)
{
    return size > PTRDIFF_MAX / 4;
}

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Free lists.                                                                                                            */
/* ---------------------------------------------------------------------------------------------------------------------- */

#if !MEMORY_HAS_LISTS

static inline void *memory_take(size_t size)
{
    return is_impossible(size) ? NULL : malloc(size != 0 ? size : 1);
}

static inline void memory_give(void *block, size_t size)
{
    (void)size;
    free(block);
}

void memory_thread_exit(struct platform_thread *thread)
{
    (void)thread;
}

#else

enum
{
    /* What moves at a time between a thread and the depot, and how much the depot keeps of one size. */
    BATCH_BYTES = 8192,
    BATCH_MOST = 32,
    DEPOT_BATCHES = 32,
};

/* On cache lines of their own, because two processors write them. */
static struct memory_depot
{
    struct platform_spinlock lock;
    uint32_t count;
    struct free_block *batches[DEPOT_BATCHES];
} __attribute__((aligned(64))) depots[MEMORY_CLASSES];

static inline uint32_t class_batch(size_t class)
{
    size_t count = BATCH_BYTES / ((class + 1) * MEMORY_STEP);

    return count < BATCH_MOST ? (uint32_t)count : BATCH_MOST;
}

/* The lock of a depot names no owner: the thread may have no record any more. */
static void depot_lock(struct memory_depot *depot)
{
    while (__atomic_exchange_n(&depot->lock.state, 1, __ATOMIC_ACQUIRE) != 0)
    {
        platform_yield();
    }
}

static void depot_unlock(struct memory_depot *depot)
{
    __atomic_store_n(&depot->lock.state, 0, __ATOMIC_RELEASE);
}

static __attribute__((noinline)) void *memory_refill(struct memory_list *list, size_t class)
{
    struct memory_depot *depot = &depots[class];
    struct free_block *batch;

    depot_lock(depot);
    batch = depot->count != 0 ? depot->batches[--depot->count] : NULL;
    depot_unlock(depot);
    if (batch == NULL)
    {
        return malloc((class + 1) * MEMORY_STEP);
    }
    list->first = batch->next;
    list->count = class_batch(class) - 1;
    return batch;
}

static void blocks_free(struct free_block *block)
{
    while (block != NULL)
    {
        struct free_block *next = block->next;

        free(block);
        block = next;
    }
}

/* Gives the newest batch of an overfull list to the depot, or back to the C library. */
static __attribute__((noinline)) void memory_drain(struct memory_list *list, size_t class)
{
    struct memory_depot *depot = &depots[class];
    struct free_block *batch = list->first;
    struct free_block *last = batch;
    uint32_t size = class_batch(class);
    uint32_t index;
    bool kept;

    for (index = 1; index < size; index++)
    {
        last = last->next;
    }
    list->first = last->next;
    list->count -= size;
    last->next = NULL;
    depot_lock(depot);
    kept = depot->count < DEPOT_BATCHES;
    if (kept)
    {
        depot->batches[depot->count++] = batch;
    }
    depot_unlock(depot);
    if (!kept)
    {
        blocks_free(batch);
    }
}

static struct memory_cache *memory_cache_make(void)
{
    struct memory_cache *cache = calloc(1, sizeof(*cache));

    for (size_t class = 0; cache != NULL && class < MEMORY_CLASSES; class ++)
    {
        cache->lists[class].most = 2 * class_batch(class) - 1;
    }
    if (cache != NULL)
    {
        stable_lists_make(cache);
    }
    return cache;
}

/* Threads without a record, or at their end, have no lists. */
static inline struct memory_cache *memory_cache(void)
{
    struct platform_thread *thread = platform_current_thread;

    if (thread == NULL)
    {
        return NULL;
    }
    if (__builtin_expect(thread->memory == NULL, 0) && !thread->memory_over)
    {
        thread->memory = memory_cache_make();
    }
    return thread->memory;
}

struct memory_cache *memory_cache_of_thread(void)
{
    return memory_cache();
}

static inline void *memory_take(size_t size)
{
    struct memory_cache *cache = size <= MEMORY_LIMIT ? memory_cache() : NULL;
    size_t class = memory_list_index(size);
    void *block;

    if (cache == NULL)
    {
        /* The size of the class, because the block may be freed into a list. */
        return malloc(size <= MEMORY_LIMIT ? (class + 1) * MEMORY_STEP : size);
    }
    block = memory_list_pop(&cache->lists[class]);
    return __builtin_expect(block != NULL, 1) ? block : memory_refill(&cache->lists[class], class);
}

static inline void memory_give(void *memory, size_t size)
{
    struct memory_cache *cache = size <= MEMORY_LIMIT && memory != NULL ? memory_cache() : NULL;
    struct memory_list *list;
    size_t class = memory_list_index(size);

    if (cache == NULL)
    {
        free(memory);
        return;
    }
    list = &cache->lists[class];
    if (__builtin_expect(!memory_list_push(list, memory), 0))
    {
        memory_drain(list, class);
        (void)memory_list_push(list, memory);
    }
}

void memory_thread_exit(struct platform_thread *thread)
{
    struct memory_cache *cache = thread->memory;
    size_t class;

    thread->memory = NULL;
    thread->memory_over = true;
    for (class = 0; cache != NULL && class < MEMORY_CLASSES; class ++)
    {
        blocks_free(cache->lists[class].first);
    }
    if (cache != NULL)
    {
        stable_thread_exit(cache);
    }
    free(cache);
}

#endif

/* ---------------------------------------------------------------------------------------------------------------------- */
/* Blocks.                                                                                                                */
/* ---------------------------------------------------------------------------------------------------------------------- */

void *platform_alloc(size_t size)
{
    return memory_refuse() ? NULL : memory_take(size);
}

void *memory_zalloc_always(size_t size)
{
    void *block;

    if (size > 4096)
    {
        /* Fresh pages are zero already, and the C library knows which are. */
        return is_impossible(size) ? NULL : calloc(1, size);
    }
    block = memory_take(size);
    return block != NULL ? memset(block, 0, size) : NULL;
}

void *platform_zalloc_always(size_t size)
{
    return memory_zalloc_always(size);
}

void *platform_zalloc(size_t size)
{
    return memory_refuse() ? NULL : memory_zalloc_always(size);
}

/* Past the quarantine. */
void memory_free_now(void *block, size_t size, enum memory_kind kind)
{
    switch (kind)
    {
        case MEMORY_PLAIN:
            memory_give(block, size);
            break;
        case MEMORY_ALIGNED:
            free(block);
            break;
        default:
            stable_free_now(block, size);
            break;
    }
}

void platform_free(void *block, size_t size)
{
    memory_check(block, size);
    if (__builtin_expect(__atomic_load_n(&quarantine_on, __ATOMIC_RELAXED), 0) && block != NULL)
    {
        quarantine_keep(block, size, MEMORY_PLAIN);
        return;
    }
    memory_give(block, size);
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
    memory_check(block, size);
    if (__builtin_expect(__atomic_load_n(&quarantine_on, __ATOMIC_RELAXED), 0) && block != NULL)
    {
        quarantine_keep(block, size, MEMORY_ALIGNED);
        return;
    }
    free(block);
}

#if defined(MEMORY_ADDRESS_SANITIZER)
void platform_forbid(const void *memory, size_t size)
{
    __asan_poison_memory_region(memory, size);
}

void platform_allow(const void *memory, size_t size)
{
    __asan_unpoison_memory_region(memory, size);
}
#else
void platform_forbid(const void *memory, size_t size)
{
    (void)memory;
    (void)size;
}

void platform_allow(const void *memory, size_t size)
{
    (void)memory;
    (void)size;
}
#endif
