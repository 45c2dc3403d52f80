/* SPDX-License-Identifier: MIT */
/*
 * Pool: memory with a tag. A header in front of each block says how it is to be freed, and proves that it is a block.
 *
 * A block of a page or more begins on a page boundary, one that asks for it on a cache line. In debug builds the header is
 * preceded by who allocated the block, and the block is followed by a guard that finds a write behind its end when it is freed;
 * builds with the address sanitizer find that write, and one into the header, as it happens.
 */
#include "nt/memory/pool.h"

#include <string.h>

#include "nt/debug/bugcheck.h"
#include "nt/debug/raise.h"
#include "nt/memory/in_use.h"
#include "nt/sync/irql.h"
#include "platform/memory_lists.h"

/* Bytes of the largest block that the short ways know. */
#define POOL_SHORT_MOST (MEMORY_LIMIT - HEADER_SIZE - 1)

#define POOL_LIVE 0x4C50u
#define POOL_LIVE_SHORT 0x5350u
#define POOL_FREED 0x4650u
#define POOL_NO_TAG 0x656E6F4Eu /* "None" */

enum
{
    CACHE_LINE = 64,
#if defined(NDEBUG)
    ORIGIN_SIZE = 0,
    GUARD_SIZE = 0,
#else
    ORIGIN_SIZE = 16,
    GUARD_SIZE = 16,
#endif
    GUARD_BYTE = 0xFD,
    HEADER_SIZE = 16,
};

enum pool_flags
{
    POOL_BLOCK_PAGED = 0x1,
    POOL_BLOCK_QUOTA = 0x2,
    /* How the beginning is aligned: on sixteen bytes, a cache line, or a page. */
    POOL_BLOCK_CACHE_LINE = 0x4,
    POOL_BLOCK_PAGE = 0x8,
    /* What the short ways below may give and take. */
    POOL_BLOCK_SHORT = 0x10,
};

/*
 * Directly in front of the block: two whole words, because a processor that reads a word which was written in parts waits. The
 * first is the allocator's when the block is free, so what names a freed block is in the second.
 */
struct pool_header
{
    /* Flags, size and slot of the tag, from the low bits up. */
    uint64_t shape;
    /* The tag, below it a mark, of a block that lives, for the short ways or not, or was freed, and below that the check. */
    uint64_t proof;
};

enum
{
    FLAG_BITS = 8,
    SIZE_BITS = 46,
    CHECK_BITS = 16,
    TAG_SHIFT = 32,
};

struct pool_origin
{
    const void *caller;
    uint32_t thread;
};

_Static_assert(sizeof(struct pool_header) == HEADER_SIZE, "the header keeps blocks aligned");
_Static_assert(sizeof(struct pool_origin) <= 16, "the origin keeps blocks aligned");

/* What an allocation asks for, whichever of the published forms it came by. */
struct pool_request
{
    size_t bytes;
    ULONG tag;
    bool paged;
    bool zeroed;
    bool cache_aligned;
    bool quota;
    bool raise;
    const void *caller;
};

static inline struct pool_header *header_of(void *memory)
{
    return (struct pool_header *)((char *)memory - HEADER_SIZE);
}

static inline size_t shape_size(uint64_t shape)
{
    return (shape >> FLAG_BITS) & ((UINT64_C(1) << SIZE_BITS) - 1);
}

static inline uint32_t shape_slot(uint64_t shape)
{
    return (uint32_t)(shape >> (FLAG_BITS + SIZE_BITS));
}

static inline unsigned int shape_flags(uint64_t shape)
{
    return (unsigned int)shape & ((1u << FLAG_BITS) - 1);
}

static inline uint64_t shape_make(size_t size, uint32_t slot, unsigned int flags)
{
    return ((uint64_t)slot << (FLAG_BITS + SIZE_BITS)) | ((uint64_t)size << FLAG_BITS) | flags;
}

/* What the second word of a block that lives must be: it says that the pool wrote the first, for this address and tag. */
static inline uint64_t proof_make_marked(const struct pool_header *header, uint64_t shape, ULONG tag, uint64_t mark)
{
    uint64_t place = (uint64_t)tag << TAG_SHIFT;
    uint64_t mixed = (shape ^ (uintptr_t)header ^ place) * UINT64_C(0x9E3779B97F4A7C15);

    return (place + (mark << CHECK_BITS)) ^ (mixed >> (64 - CHECK_BITS));
}

static inline uint64_t proof_make(const struct pool_header *header, uint64_t shape, ULONG tag)
{
    return proof_make_marked(header, shape, tag, (shape & POOL_BLOCK_SHORT) != 0 ? POOL_LIVE_SHORT : POOL_LIVE);
}

static inline ULONG proof_tag(uint64_t proof)
{
    return (ULONG)(proof >> TAG_SHIFT);
}

static inline uint64_t proof_freed(ULONG tag)
{
    return ((uint64_t)tag << TAG_SHIFT) + (POOL_FREED << CHECK_BITS);
}

static inline ULONG header_tag(const struct pool_header *header)
{
    return proof_tag(header->proof);
}

/* The four letters, without an end. */
static inline const char *header_tag_text(const struct pool_header *header)
{
    return (const char *)&header->proof + TAG_SHIFT / 8;
}

static inline unsigned int header_state(const struct pool_header *header)
{
    return (unsigned int)(header->proof >> CHECK_BITS) & 0xFFFF;
}

static inline size_t block_alignment(unsigned int flags)
{
    return (flags & POOL_BLOCK_PAGE) != 0 ? PAGE_SIZE : (flags & POOL_BLOCK_CACHE_LINE) != 0 ? CACHE_LINE : 16;
}

/* How far the memory lies behind the beginning of what the allocator gave. */
static inline size_t block_prefix(unsigned int flags)
{
    size_t alignment = block_alignment(flags);

    return alignment > HEADER_SIZE + ORIGIN_SIZE ? alignment : HEADER_SIZE + ORIGIN_SIZE;
}

/*
 * The guard and the origin, in debug builds.
 */
#if defined(NDEBUG)
static inline void block_protect(char *memory, size_t bytes, const void *caller)
{
    (void)memory;
    (void)bytes;
    (void)caller;
}

static inline void block_verify(char *memory, const struct pool_header *header)
{
    (void)memory;
    (void)header;
}

static inline struct pool_origin block_origin(const void *memory)
{
    (void)memory;
    return (struct pool_origin){NULL, 0};
}
#else
static void block_protect(char *memory, size_t bytes, const void *caller)
{
    struct pool_origin *origin = (struct pool_origin *)(void *)(memory - HEADER_SIZE - ORIGIN_SIZE);

    *origin = (struct pool_origin){caller, platform_current()->id};
    memset(memory + bytes, GUARD_BYTE, GUARD_SIZE);
    platform_forbid(memory + bytes, GUARD_SIZE);
    platform_forbid(origin, ORIGIN_SIZE + HEADER_SIZE);
}

static __attribute__((no_sanitize("address", "thread"))) struct pool_origin block_origin(const char *memory)
{
    return *(const struct pool_origin *)(const void *)(memory - HEADER_SIZE - ORIGIN_SIZE);
}

static void block_verify(char *memory, const struct pool_header *header)
{
    size_t bytes = shape_size(header->shape);

    platform_allow(memory + bytes, GUARD_SIZE);
    for (size_t place = 0; place < GUARD_SIZE; place++)
    {
        unsigned char found = (unsigned char)memory[bytes + place];

        if (found != GUARD_BYTE)
        {
            struct pool_origin origin = block_origin(memory);
            char caller[128];

            platform_describe_address(origin.caller, caller, sizeof(caller));
            bugcheck_explained(BAD_POOL_HEADER, 0x21, (ULONG_PTR)memory, bytes, found,
                               "byte %zu behind the block '%.4s' of %zu bytes was overwritten; allocated by %s", place,
                               header_tag_text(header), bytes, caller);
        }
    }
}
#endif

/*
 * Allocating.
 */
static void *pool_refuse(const struct pool_request *request, NTSTATUS status)
{
    if (request->raise)
    {
        raise_status(status);
    }
    return NULL;
}

static void *block_allocate(const struct pool_request *request, unsigned int flags, size_t total)
{
    if ((flags & (POOL_BLOCK_CACHE_LINE | POOL_BLOCK_PAGE)) != 0)
    {
        return platform_alloc_aligned(total, block_alignment(flags));
    }
    return request->zeroed ? platform_zalloc(total) : platform_alloc(total);
}

static inline unsigned int request_flags(const struct pool_request *request)
{
    unsigned int flags = (request->paged ? POOL_BLOCK_PAGED : 0u) | (request->quota ? POOL_BLOCK_QUOTA : 0u);

    if (request->bytes >= PAGE_SIZE)
    {
        return flags | POOL_BLOCK_PAGE;
    }
    if (request->cache_aligned)
    {
        return flags | POOL_BLOCK_CACHE_LINE;
    }
    return request->bytes <= POOL_SHORT_MOST && flags <= POOL_BLOCK_PAGED ? flags | POOL_BLOCK_SHORT : flags;
}

static inline void irql_check_allocation(const struct platform_thread *thread, const struct pool_request *request)
{
    if (__builtin_expect(thread->irql > (request->paged ? APC_LEVEL : DISPATCH_LEVEL), 0))
    {
        bugcheck(BAD_POOL_CALLER, 0x08, thread->irql, request->paged ? PagedPool : NonPagedPool, request->bytes);
    }
}

static __attribute__((noinline)) void *pool_allocate(const struct pool_request *request)
{
    struct platform_thread *thread = platform_current();
    unsigned int flags = request_flags(request);
    size_t prefix = block_prefix(flags);
    struct pool_header *header;
    uint32_t slot;
    size_t total;
    char *block;

    irql_check_allocation(thread, request);
    if (__builtin_add_overflow(request->bytes, prefix + GUARD_SIZE, &total) || total >> SIZE_BITS != 0)
    {
        return pool_refuse(request, STATUS_INSUFFICIENT_RESOURCES);
    }
    block = block_allocate(request, flags, total);
    if (__builtin_expect(block == NULL, 0))
    {
        return pool_refuse(request, STATUS_INSUFFICIENT_RESOURCES);
    }
    block += prefix;
    if (request->zeroed && (flags & (POOL_BLOCK_CACHE_LINE | POOL_BLOCK_PAGE)) != 0)
    {
        memset(block, 0, request->bytes);
    }
    header = header_of(block);
    slot = pool_tag_slot(request->tag);
    header->shape = shape_make(request->bytes, slot, flags);
    header->proof = proof_make(header, header->shape, request->tag);
    pool_count(thread, slot, false, request->bytes);
    block_protect(block, request->bytes, request->caller);
    return block;
}

/*
 * Freeing.
 */
/* The memory in front of a foreign pointer may be anything, and that of a freed block is poisoned: read it as it is. */
static inline __attribute__((no_sanitize("address", "thread"))) struct pool_header
header_read(const struct pool_header *header)
{
    return *header;
}

static _Noreturn void free_refuse_block(void *memory, const struct pool_header *header)
{
    const char *tag = header_tag_text(header);
    char freed[900];

    if (platform_quarantine_describe(memory, freed, sizeof(freed)))
    {
        bugcheck_explained(BAD_POOL_CALLER, 0x07, 0, 0, (ULONG_PTR)memory, "the block at %p was freed already; %s", memory,
                           freed);
    }
    if (header_state(header) == POOL_FREED)
    {
        bugcheck_explained(BAD_POOL_CALLER, 0x07, 0, header_tag(header), (ULONG_PTR)memory,
                           "the block '%.4s' at %p was freed already", tag, memory);
    }
    if (header_state(header) == POOL_LIVE || header_state(header) == POOL_LIVE_SHORT)
    {
        bugcheck_explained(BAD_POOL_CALLER, 0x01, (ULONG_PTR)header_of(memory), header->shape, 0,
                           "the header of the block at %p, tag '%.4s', was overwritten", memory, tag);
    }
    bugcheck_explained(BAD_POOL_CALLER, 0x46, (ULONG_PTR)memory, 0, 0, "%p is no pool", memory);
}

static _Noreturn void free_refuse_tag(void *memory, const struct pool_header *header, ULONG tag)
{
    struct pool_origin origin = block_origin(memory);
    char caller[128] = "an unknown caller";

    if (origin.caller != NULL)
    {
        platform_describe_address(origin.caller, caller, sizeof(caller));
    }
    bugcheck_explained(BAD_POOL_CALLER, 0x0A, (ULONG_PTR)memory, header_tag(header), tag,
                       "the block of %zu bytes was allocated as '%.4s' by %s, and is freed as '%.4s'",
                       shape_size(header->shape), header_tag_text(header), caller, (const char *)&tag);
}

/* The header of a block that may be freed; anything else stops. A pointer in the first page cannot have a header in front. */
static inline struct pool_header block_check(void *memory)
{
    struct pool_header header;

    if (__builtin_expect((uintptr_t)memory < PAGE_SIZE || (uintptr_t)memory % 16 != 0, 0))
    {
        bugcheck_explained(BAD_POOL_CALLER, 0x46, (ULONG_PTR)memory, 0, 0, "%p is no pool", memory);
    }
    header = header_read(header_of(memory));
    if (__builtin_expect(header.proof != proof_make(header_of(memory), header.shape, header_tag(&header)), 0))
    {
        free_refuse_block(memory, &header);
    }
    return header;
}

static inline void irql_check_free(const struct platform_thread *thread, const struct pool_header *header, void *memory)
{
    bool paged = (shape_flags(header->shape) & POOL_BLOCK_PAGED) != 0;

    if (__builtin_expect(thread->irql > (paged ? APC_LEVEL : DISPATCH_LEVEL), 0))
    {
        bugcheck(BAD_POOL_CALLER, 0x09, thread->irql, paged ? PagedPool : NonPagedPool, (ULONG_PTR)memory);
    }
}

static __attribute__((noinline)) void pool_free_long(void *memory, ULONG tag)
{
    struct pool_header header = block_check(memory);
    struct platform_thread *thread = platform_current();
    unsigned int flags = shape_flags(header.shape);
    size_t bytes = shape_size(header.shape);
    size_t prefix = block_prefix(flags);
    char *block = (char *)memory - prefix;

    in_use_check(memory, bytes);
    irql_check_free(thread, &header, memory);
    if (__builtin_expect(tag != 0 && tag != header_tag(&header), 0))
    {
        free_refuse_tag(memory, &header, tag);
    }
    block_verify(memory, &header);
    pool_count(thread, shape_slot(header.shape), true, bytes);
    platform_allow((char *)memory - HEADER_SIZE - ORIGIN_SIZE, HEADER_SIZE + ORIGIN_SIZE);
    header_of(memory)->proof = proof_freed(header_tag(&header));
    if (__builtin_expect((flags & (POOL_BLOCK_CACHE_LINE | POOL_BLOCK_PAGE)) != 0, 0))
    {
        platform_free_aligned(block, bytes + prefix + GUARD_SIZE);
        return;
    }
    platform_free(block, bytes + prefix + GUARD_SIZE);
}

/*
 * The short way, for a block that needs no more than one off the thread's list. It gives up, and leaves it to the long way, on
 * anything else; debug builds, and builds without lists, have the long way only.
 */
#if MEMORY_HAS_LISTS && defined(NDEBUG)

static inline struct memory_list *list_of(struct memory_cache *memory, size_t bytes)
{
    return &memory->lists[memory_list_index(bytes + HEADER_SIZE)];
}

/* The same as pool_counter_add(), in fewer instructions: no thread sanitizer looks at these builds, and a word is written whole. */
static inline void counter_add_short(struct pool_counter *counter, bool freed, size_t bytes)
{
    *(freed ? &counter->frees : &counter->allocations) += 1;
    *(freed ? &counter->freed_bytes : &counter->allocated_bytes) += bytes;
}

/* Calls nothing, not even for a tag that is not where it is looked for first: so it needs no frame. */
static inline __attribute__((always_inline)) void *short_allocate(size_t bytes, ULONG tag, bool paged)
{
    struct platform_thread *thread = platform_current_thread;
    uint32_t slot = pool_tag_first_slot(tag);
    struct pool_shard *shard;
    struct memory_list *list;
    struct pool_header *header;

    if (__builtin_expect(thread == NULL || tag == 0 || bytes > POOL_SHORT_MOST || memory_is_watched, 0) ||
        __builtin_expect((shard = thread->pool) == NULL || thread->irql + paged > DISPATCH_LEVEL, 0) ||
        __builtin_expect(__atomic_load_n(&pool_tag_of_slot[slot], __ATOMIC_RELAXED) != tag, 0))
    {
        return NULL;
    }
    list = list_of(thread->memory, bytes);
    header = memory_list_pop(list);
    if (__builtin_expect(header == NULL, 0))
    {
        return NULL;
    }
    header->shape = shape_make(bytes, slot, POOL_BLOCK_SHORT | (paged ? POOL_BLOCK_PAGED : 0));
    header->proof = proof_make_marked(header, header->shape, tag, POOL_LIVE_SHORT);
    counter_add_short(&shard->counters[slot], false, bytes);
    return header + 1;
}

/* With any, whatever tag the block has. */
static inline __attribute__((always_inline)) bool short_free(void *memory, ULONG tag, bool any)
{
    struct platform_thread *thread = platform_current_thread;
    struct pool_header *header = header_of(memory);
    struct pool_shard *shard;
    uint32_t bytes;
    uint64_t shape;

    if (__builtin_expect(thread == NULL || (uintptr_t)memory < PAGE_SIZE, 0) ||
        __builtin_expect(memory_is_watched || (shard = thread->pool) == NULL || thread->irql > APC_LEVEL, 0))
    {
        return false;
    }
    tag = any ? header_tag(header) : tag;
    shape = header->shape;
    /* The proof holds for such a block only, whose size fits, with its tag, at its address. */
    bytes = (uint32_t)shape >> FLAG_BITS;
    if (__builtin_expect(header->proof != proof_make_marked(header, shape, tag, POOL_LIVE_SHORT), 0) ||
        __builtin_expect(!memory_list_push(list_of(thread->memory, bytes), header), 0))
    {
        return false;
    }
    header->proof = proof_freed(tag);
    counter_add_short(&shard->counters[shape_slot(shape)], true, bytes);
    return true;
}
#else
static inline void *short_allocate(size_t bytes, ULONG tag, bool paged)
{
    return NULL;
}

static inline bool short_free(void *memory, ULONG tag, bool any)
{
    return false;
}
#endif

/* A tag of zero frees whatever tag the block has. The caller says whether that is what he usually does. */
static inline void pool_free(void *memory, ULONG tag, bool any)
{
    if (__builtin_expect(!short_free(memory, tag, any), 0))
    {
        pool_free_long(memory, tag);
    }
}

/*
 * The forms with a pool type.
 */
static __attribute__((noinline)) void *typed_allocate(POOL_TYPE type, size_t bytes, ULONG tag, bool quota,
                                                      const void *caller)
{
    const ULONG bits = (ULONG)type;
    const struct pool_request request = {
        .bytes = bytes,
        .tag = tag,
        .paged = (bits & PagedPool) != 0,
        .zeroed = (bits & POOL_ZERO_ALLOCATION) != 0,
        .cache_aligned = (bits & NonPagedPoolCacheAligned) != 0,
        .quota = quota,
        .raise = quota ? (bits & POOL_QUOTA_FAIL_INSTEAD_OF_RAISE) == 0 : (bits & POOL_RAISE_IF_ALLOCATION_FAILURE) != 0,
        .caller = caller,
    };

    if (__builtin_expect(tag == 0, 0))
    {
        bugcheck(BAD_POOL_CALLER, 0x9B, bits, bytes, (ULONG_PTR)caller);
    }
    if (__builtin_expect((bits & NonPagedPoolMustSucceed) != 0, 0))
    {
        bugcheck(BAD_POOL_CALLER, 0x9A, bits, bytes, tag);
    }
    return pool_allocate(&request);
}

/*
 * The forms with flags. A required flag that nobody knows refuses the allocation, an optional one is ignored.
 */
#define POOL_FLAG_KINDS (POOL_FLAG_NON_PAGED | POOL_FLAG_NON_PAGED_EXECUTE | POOL_FLAG_PAGED)
#define POOL_FLAG_KNOWN                                                                                                  \
    (POOL_FLAG_USE_QUOTA | POOL_FLAG_UNINITIALIZED | POOL_FLAG_SESSION | POOL_FLAG_CACHE_ALIGNED | POOL_FLAG_RESERVED1 | \
     POOL_FLAG_RAISE_ON_FAILURE | POOL_FLAG_KINDS)
#define POOL_FLAG_REQUIRED ((POOL_FLAG_REQUIRED_END << 1) - 1)

static __attribute__((noinline)) void *flagged_allocate(POOL_FLAGS flags, size_t bytes, ULONG tag, bool valid,
                                                        const void *caller)
{
    const struct pool_request request = {
        .bytes = bytes,
        .tag = tag,
        .paged = (flags & POOL_FLAG_PAGED) != 0,
        .zeroed = (flags & POOL_FLAG_UNINITIALIZED) == 0,
        .cache_aligned = (flags & POOL_FLAG_CACHE_ALIGNED) != 0,
        .quota = (flags & POOL_FLAG_USE_QUOTA) != 0,
        .raise = (flags & POOL_FLAG_RAISE_ON_FAILURE) != 0,
        .caller = caller,
    };
    const POOL_FLAGS kind = flags & POOL_FLAG_KINDS;

    if (!valid || bytes == 0 || tag == 0 || kind == 0 || (kind & (kind - 1)) != 0 ||
        (flags & POOL_FLAG_REQUIRED & ~POOL_FLAG_KNOWN) != 0)
    {
        return pool_refuse(&request, STATUS_INVALID_PARAMETER);
    }
    return pool_allocate(&request);
}

/* Secure pool, which this machine does not have, may be asked for only as something that need not be. */
static bool parameters_are_valid(PCPOOL_EXTENDED_PARAMETER parameters, ULONG count)
{
    if (count != 0 && parameters == NULL)
    {
        return false;
    }
    for (ULONG index = 0; index < count; index++)
    {
        bool known = parameters[index].Type == PoolExtendedParameterPriority ||
                     parameters[index].Type == PoolExtendedParameterNumaNode;

        if (parameters[index].Reserved != 0 || (!known && !parameters[index].Optional))
        {
            return false;
        }
    }
    return true;
}

/*
 * Published entry points.
 */
#define CALLER __builtin_return_address(0)

PVOID ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag)
{
    void *block = NULL;

    if (Flags == POOL_FLAG_NON_PAGED && NumberOfBytes != 0)
    {
        block = short_allocate(NumberOfBytes, Tag, false);
    }
    else if (Flags == POOL_FLAG_PAGED && NumberOfBytes != 0)
    {
        block = short_allocate(NumberOfBytes, Tag, true);
    }
    if (__builtin_expect(block != NULL, 1))
    {
        return memset(block, 0, NumberOfBytes);
    }
    return flagged_allocate(Flags, NumberOfBytes, Tag, true, CALLER);
}

PVOID ExAllocatePool3(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag, PCPOOL_EXTENDED_PARAMETER ExtendedParameters,
                      ULONG ExtendedParametersCount)
{
    bool valid = parameters_are_valid(ExtendedParameters, ExtendedParametersCount);

    return flagged_allocate(Flags, NumberOfBytes, Tag, valid, CALLER);
}

PVOID ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    const ULONG kind = (ULONG)PoolType & ~(ULONG)POOL_NX_ALLOCATION;
    void *block = NULL;

    if (__builtin_expect(kind == NonPagedPool, 1))
    {
        block = short_allocate(NumberOfBytes, Tag, false);
    }
    else if (kind == PagedPool)
    {
        block = short_allocate(NumberOfBytes, Tag, true);
    }
    if (__builtin_expect(block != NULL, 1))
    {
        return block;
    }
    return typed_allocate(PoolType, NumberOfBytes, Tag, false, CALLER);
}

PVOID ExAllocatePool(POOL_TYPE PoolType, SIZE_T NumberOfBytes)
{
    return typed_allocate(PoolType, NumberOfBytes, POOL_NO_TAG, false, CALLER);
}

/* The priority says when to refuse because memory is short, which here only the allocator knows. */
PVOID ExAllocatePoolWithTagPriority(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag, EX_POOL_PRIORITY Priority)
{
    return typed_allocate(PoolType, NumberOfBytes, Tag, false, CALLER);
}

PVOID ExAllocatePoolWithQuotaTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    return typed_allocate(PoolType, NumberOfBytes, Tag, true, CALLER);
}

PVOID ExAllocatePoolWithQuota(POOL_TYPE PoolType, SIZE_T NumberOfBytes)
{
    return typed_allocate(PoolType, NumberOfBytes, POOL_NO_TAG, true, CALLER);
}

VOID ExFreePoolWithTag(PVOID P, ULONG Tag)
{
    pool_free(P, Tag, false);
}

VOID ExFreePool(PVOID P)
{
    pool_free(P, 0, true);
}

VOID ExFreePool2(PVOID P, ULONG Tag, PCPOOL_EXTENDED_PARAMETER ExtendedParameters, ULONG ExtendedParametersCount)
{
    if (!parameters_are_valid(ExtendedParameters, ExtendedParametersCount))
    {
        raise_status(STATUS_INVALID_PARAMETER);
    }
    pool_free(P, Tag, false);
}

SIZE_T ExQueryPoolBlockSize(PVOID PoolBlock, PBOOLEAN QuotaCharged)
{
    struct pool_header header = block_check(PoolBlock);

    *QuotaCharged = (shape_flags(header.shape) & POOL_BLOCK_QUOTA) != 0;
    return shape_size(header.shape);
}
