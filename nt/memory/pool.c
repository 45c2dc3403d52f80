/* SPDX-License-Identifier: MIT */
/*
 * Pool: memory with a tag. The size and the tag stand in front of each block.
 */
#include "nt/debug/bugcheck.h"
#include "nt/internal.h"

#include <string.h>

struct pool_block
{
    size_t size;
    ULONG tag;
    ULONG signature;
    _Alignas(16) unsigned char memory[];
};

#define POOL_SIGNATURE 0x4C4F4F50u

static void *pool_allocate(size_t bytes, ULONG tag, bool zeroed)
{
    struct pool_block *block;
    size_t size;

    if (__builtin_add_overflow(bytes, sizeof(*block), &size))
    {
        return NULL;
    }
    block = zeroed ? platform_zalloc(size) : platform_alloc(size);
    if (block == NULL)
    {
        return NULL;
    }
    block->size = size;
    block->tag = tag;
    block->signature = POOL_SIGNATURE;
    return block->memory;
}

static void pool_free(void *memory)
{
    struct pool_block *block;

    if (memory == NULL)
    {
        bugcheck(BAD_POOL_CALLER, 0x46, 0, 0, 0);
    }
    block = CONTAINING_RECORD(memory, struct pool_block, memory);
    if (block->signature != POOL_SIGNATURE)
    {
        bugcheck(BAD_POOL_CALLER, 0x46, (ULONG_PTR)memory, 0, 0);
    }
    block->signature = 0;
    platform_free(block, block->size);
}

PVOID ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag)
{
    return NumberOfBytes == 0 || Tag == 0 ? NULL : pool_allocate(NumberOfBytes, Tag, (Flags & POOL_FLAG_UNINITIALIZED) == 0);
}

PVOID ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
    return pool_allocate(NumberOfBytes, Tag, ((ULONG)PoolType & POOL_ZERO_ALLOCATION) != 0);
}

VOID ExFreePoolWithTag(PVOID P, ULONG Tag)
{
    pool_free(P);
}

VOID ExFreePool(PVOID P)
{
    pool_free(P);
}
