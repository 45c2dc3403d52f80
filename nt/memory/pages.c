/* SPDX-License-Identifier: MIT */
/*
 * Pages. The machine's physical addresses are the addresses of its process: devices of this machine live in it too, so that an
 * address which a driver hands to one is one that it can use.
 */
#include "nt/memory/pages.h"

#include <string.h>

#include "nt/debug/bugcheck.h"
#include "nt/machine.h"

struct page_run
{
    LIST_ENTRY entry;
    char *first;
    SIZE_T size;
};

void page_runs_initialize(struct page_runs *runs)
{
    InitializeListHead(&runs->list);
}

static bool wish_is_met(const struct page_wish *wish, const void *address, SIZE_T size)
{
    ULONG_PTR first = (ULONG_PTR)address;
    ULONG_PTR last = first + size - 1;

    return first >= wish->lowest && last <= wish->highest &&
           (wish->boundary == 0 || first / wish->boundary == last / wish->boundary);
}

/* A run that begins on a multiple of a power of two no smaller than itself crosses no multiple of a greater one. */
static SIZE_T wish_alignment(const struct page_wish *wish, SIZE_T size)
{
    SIZE_T alignment = PAGE_SIZE;

    while (wish->boundary != 0 && alignment < size)
    {
        alignment *= 2;
    }
    return alignment;
}

static void run_insert(struct page_run *run)
{
    struct page_runs *runs = &machine()->pages;

    platform_spinlock_lock(&runs->lock);
    InsertTailList(&runs->list, &run->entry);
    platform_spinlock_unlock(&runs->lock);
}

static struct page_run *run_remove(const void *first)
{
    struct page_runs *runs = &machine()->pages;
    struct page_run *found = NULL;

    platform_spinlock_lock(&runs->lock);
    for (LIST_ENTRY *entry = runs->list.Flink; entry != &runs->list && found == NULL; entry = entry->Flink)
    {
        struct page_run *run = CONTAINING_RECORD(entry, struct page_run, entry);

        found = run->first == first ? run : NULL;
    }
    if (found != NULL)
    {
        RemoveEntryList(&found->entry);
    }
    platform_spinlock_unlock(&runs->lock);
    return found;
}

void *pages_allocate(const struct page_wish *wish)
{
    SIZE_T size = ROUND_TO_PAGES(wish->bytes);
    struct page_run *run;

    if (wish->bytes == 0 || size < wish->bytes || (wish->boundary != 0 && size > wish->boundary))
    {
        return NULL;
    }
    run = platform_alloc(sizeof(*run));
    if (run == NULL)
    {
        return NULL;
    }
    run->size = size;
    run->first = platform_pages_alloc(size, wish_alignment(wish, size), wish->highest);
    if (run->first == NULL || !wish_is_met(wish, run->first, size))
    {
        platform_pages_free(run->first, size);
        platform_free(run, sizeof(*run));
        return NULL;
    }
    run_insert(run);
    return run->first;
}

bool pages_free(void *address)
{
    struct page_run *run = run_remove(address);

    if (run == NULL)
    {
        return false;
    }
    platform_pages_free(run->first, run->size);
    platform_free(run, sizeof(*run));
    return true;
}

static PVOID contiguous_allocate(SIZE_T bytes, PHYSICAL_ADDRESS lowest, PHYSICAL_ADDRESS highest, PHYSICAL_ADDRESS boundary)
{
    const struct page_wish wish = {.bytes = bytes,
                                   .lowest = (ULONG_PTR)lowest.QuadPart,
                                   .highest = (ULONG_PTR)highest.QuadPart,
                                   .boundary = (ULONG_PTR)boundary.QuadPart};

    /* Multiples of something that is no power of two would be promised but not kept. */
    return (wish.boundary & (wish.boundary - 1)) != 0 ? NULL : pages_allocate(&wish);
}

static void contiguous_free(PVOID address)
{
    if (!pages_free(address))
    {
        bugcheck_explained(BAD_POOL_CALLER, 0x60, (ULONG_PTR)address, 0, 0, "no contiguous memory begins at %p", address);
    }
}

static const PHYSICAL_ADDRESS nowhere = {.QuadPart = 0};
static const PHYSICAL_ADDRESS everywhere = {.QuadPart = INT64_MAX};

/*
 * Published entry points. How memory is cached cannot be chosen by a process; it is always coherent.
 */
PVOID MmAllocateContiguousMemory(SIZE_T NumberOfBytes, PHYSICAL_ADDRESS HighestAcceptableAddress)
{
    return contiguous_allocate(NumberOfBytes, nowhere, HighestAcceptableAddress, nowhere);
}

PVOID MmAllocateContiguousMemorySpecifyCache(SIZE_T NumberOfBytes, PHYSICAL_ADDRESS LowestAcceptableAddress,
                                             PHYSICAL_ADDRESS HighestAcceptableAddress,
                                             PHYSICAL_ADDRESS BoundaryAddressMultiple, MEMORY_CACHING_TYPE CacheType)
{
    return contiguous_allocate(NumberOfBytes, LowestAcceptableAddress, HighestAcceptableAddress, BoundaryAddressMultiple);
}

PVOID MmAllocateContiguousMemorySpecifyCacheNode(SIZE_T NumberOfBytes, PHYSICAL_ADDRESS LowestAcceptableAddress,
                                                 PHYSICAL_ADDRESS HighestAcceptableAddress,
                                                 PHYSICAL_ADDRESS BoundaryAddressMultiple, MEMORY_CACHING_TYPE CacheType,
                                                 NODE_REQUIREMENT PreferredNode)
{
    return contiguous_allocate(NumberOfBytes, LowestAcceptableAddress, HighestAcceptableAddress, BoundaryAddressMultiple);
}

/* Memory that cannot be read, or written, or that may be run, is not to be had. */
PVOID MmAllocateContiguousNodeMemory(SIZE_T NumberOfBytes, PHYSICAL_ADDRESS LowestAcceptableAddress,
                                     PHYSICAL_ADDRESS HighestAcceptableAddress, PHYSICAL_ADDRESS BoundaryAddressMultiple,
                                     ULONG Protect, NODE_REQUIREMENT PreferredNode)
{
    if ((Protect & ~(ULONG)(PAGE_NOCACHE | PAGE_WRITECOMBINE)) != PAGE_READWRITE)
    {
        return NULL;
    }
    return contiguous_allocate(NumberOfBytes, LowestAcceptableAddress, HighestAcceptableAddress, BoundaryAddressMultiple);
}

PVOID MmAllocateNonCachedMemory(SIZE_T NumberOfBytes)
{
    return contiguous_allocate(NumberOfBytes, nowhere, everywhere, nowhere);
}

VOID MmFreeContiguousMemory(PVOID BaseAddress)
{
    contiguous_free(BaseAddress);
}

VOID MmFreeContiguousMemorySpecifyCache(PVOID BaseAddress, SIZE_T NumberOfBytes, MEMORY_CACHING_TYPE CacheType)
{
    contiguous_free(BaseAddress);
}

VOID MmFreeNonCachedMemory(PVOID BaseAddress, SIZE_T NumberOfBytes)
{
    contiguous_free(BaseAddress);
}
