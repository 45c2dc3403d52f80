/* SPDX-License-Identifier: MIT */
/*
 * Lookaside lists: blocks of one size, kept for the next caller. Taking and giving back are inline in the published headers; a
 * list's depth, and what happens when it is empty or full, are here.
 *
 * A list whose owner named no functions has depth zero and keeps nothing: the pool has lists of each size for each thread, which
 * cost less than two atomic exchanges, and its accounts then say who holds what. Other lists have the depth that is published as
 * the usual largest, and do not follow the load: a block that stays on a list costs nobody anything.
 */
#include "nt/internal.h"

/*
 * What an empty or a full list calls when its owner named no function.
 */
static PVOID default_allocate_ex(POOL_TYPE type, SIZE_T bytes, ULONG tag, PLOOKASIDE_LIST_EX lookaside)
{
    return ExAllocatePoolWithTag(type, bytes, tag);
}

static VOID default_free_ex(PVOID buffer, PLOOKASIDE_LIST_EX lookaside)
{
    ExFreePool(buffer);
}

static ULONG block_size(SIZE_T size)
{
    return (ULONG)(size < sizeof(SLIST_ENTRY) ? sizeof(SLIST_ENTRY) : size);
}

/* The two kinds of list have the same members at the same places, but differ in alignment; hence the macro. */
#define LOOKASIDE_FILL(List, PoolType, Bytes, TheTag)           \
    do                                                          \
    {                                                           \
        InitializeSListHead(&(List)->ListHead);                 \
        (List)->MaximumDepth = EX_MAXIMUM_LOOKASIDE_DEPTH_BASE; \
        (List)->TotalAllocates = 0;                             \
        (List)->AllocateMisses = 0;                             \
        (List)->TotalFrees = 0;                                 \
        (List)->FreeMisses = 0;                                 \
        (List)->Type = (PoolType);                              \
        (List)->Tag = (TheTag);                                 \
        (List)->Size = block_size(Bytes);                       \
        InitializeListHead(&(List)->ListEntry);                 \
        (List)->LastTotalAllocates = 0;                         \
        (List)->LastAllocateMisses = 0;                         \
    } while (0)

static void general_initialize(GENERAL_LOOKASIDE *list, PALLOCATE_FUNCTION allocate, PFREE_FUNCTION free, POOL_TYPE type,
                               ULONG flags, SIZE_T size, ULONG tag)
{
    if ((flags & POOL_RAISE_IF_ALLOCATION_FAILURE) != 0)
    {
        type = (POOL_TYPE)((ULONG)type | POOL_RAISE_IF_ALLOCATION_FAILURE);
    }
    LOOKASIDE_FILL(list, type, size, tag);
    list->Depth = allocate != NULL || free != NULL ? EX_MAXIMUM_LOOKASIDE_DEPTH_BASE : 0;
    list->Allocate = allocate != NULL ? allocate : ExAllocatePoolWithTag;
    list->Free = free != NULL ? free : ExFreePool;
}

static void general_delete(GENERAL_LOOKASIDE *list)
{
    PSLIST_ENTRY entry = InterlockedFlushSList(&list->ListHead);

    list->Depth = 0;
    while (entry != NULL)
    {
        PSLIST_ENTRY next = entry->Next;

        list->Free(entry);
        entry = next;
    }
}

static void extended_flush(PLOOKASIDE_LIST_EX list)
{
    PSLIST_ENTRY entry = InterlockedFlushSList(&list->L.ListHead);

    while (entry != NULL)
    {
        PSLIST_ENTRY next = entry->Next;

        list->L.FreeEx(entry, list);
        entry = next;
    }
}

static bool extended_flags_are_valid(ULONG flags)
{
    return flags == 0 || flags == EX_LOOKASIDE_LIST_EX_FLAGS_RAISE_ON_FAIL ||
           flags == EX_LOOKASIDE_LIST_EX_FLAGS_FAIL_NO_RAISE;
}

/* Failing without raising is for pool that is charged to a quota, which raises otherwise. */
static POOL_TYPE extended_type(POOL_TYPE type, ULONG flags)
{
    if (flags == EX_LOOKASIDE_LIST_EX_FLAGS_RAISE_ON_FAIL)
    {
        return (POOL_TYPE)((ULONG)type | POOL_RAISE_IF_ALLOCATION_FAILURE);
    }
    if (flags == EX_LOOKASIDE_LIST_EX_FLAGS_FAIL_NO_RAISE)
    {
        return (POOL_TYPE)((ULONG)type | POOL_QUOTA_FAIL_INSTEAD_OF_RAISE);
    }
    return type;
}

/*
 * Published entry points.
 */
VOID ExInitializeNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate, PFREE_FUNCTION Free,
                                     ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth)
{
    POOL_TYPE type = (Flags & POOL_NX_ALLOCATION) != 0 ? NonPagedPoolNx : NonPagedPool;

    general_initialize(&Lookaside->L, Allocate, Free, type, Flags, Size, Tag);
}

VOID ExInitializePagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate, PFREE_FUNCTION Free,
                                    ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth)
{
    general_initialize(&Lookaside->L, Allocate, Free, PagedPool, Flags, Size, Tag);
}

VOID ExDeleteNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside)
{
    general_delete(&Lookaside->L);
}

VOID ExDeletePagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside)
{
    general_delete(&Lookaside->L);
}

NTSTATUS ExInitializeLookasideListEx(PLOOKASIDE_LIST_EX Lookaside, PALLOCATE_FUNCTION_EX Allocate, PFREE_FUNCTION_EX Free,
                                     POOL_TYPE PoolType, ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth)
{
    if (!extended_flags_are_valid(Flags))
    {
        return STATUS_INVALID_PARAMETER_5;
    }
    if (Size > MAXLONG)
    {
        return STATUS_INVALID_PARAMETER_6;
    }
    if (Depth != 0)
    {
        return STATUS_INVALID_PARAMETER_8;
    }
    LOOKASIDE_FILL(&Lookaside->L, extended_type(PoolType, Flags), Size, Tag);
    Lookaside->L.Depth = Allocate != NULL || Free != NULL ? EX_MAXIMUM_LOOKASIDE_DEPTH_BASE : 0;
    Lookaside->L.AllocateEx = Allocate != NULL ? Allocate : default_allocate_ex;
    Lookaside->L.FreeEx = Free != NULL ? Free : default_free_ex;
    return STATUS_SUCCESS;
}

VOID ExFlushLookasideListEx(PLOOKASIDE_LIST_EX Lookaside)
{
    extended_flush(Lookaside);
}

VOID ExDeleteLookasideListEx(PLOOKASIDE_LIST_EX Lookaside)
{
    Lookaside->L.Depth = 0;
    extended_flush(Lookaside);
}

/* Depths do not follow the load, so that there is nothing to adjust. */
VOID ExAdjustLookasideDepth(VOID)
{
}
