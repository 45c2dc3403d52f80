/* SPDX-License-Identifier: MIT */
/*
 * Lists without a lock, and the lookaside lists that stand on them.
 */
#include "nt_case.h"

#include <ntifs.h>
#include <string.h>
#include <sys/mman.h>

#include "nt/memory/pool_tags.h"
#include "nt/run.h"

enum
{
    THREADS = 3,
    ROUNDS = 40,
    ENTRIES = 4,
    TAG = 'tsLT',
};

struct item
{
    SLIST_ENTRY entry;
    LONG owner;
};

static SLIST_HEADER head;
static struct item items[ENTRIES];

static void fill(int count)
{
    InitializeSListHead(&head);
    for (int index = 0; index < count; index++)
    {
        items[index].owner = 0;
        (void)InterlockedPushEntrySList(&head, &items[index].entry);
    }
}

static void empty_list_pops_nothing(void)
{
    InitializeSListHead(&head);
    CHECK(InterlockedPopEntrySList(&head) == NULL);
    CHECK(InterlockedFlushSList(&head) == NULL);
    CHECK_EQUAL(QueryDepthSList(&head), 0);
}

static void last_in_is_first_out_and_the_depth_counts(void)
{
    InitializeSListHead(&head);
    CHECK(InterlockedPushEntrySList(&head, &items[0].entry) == NULL);
    CHECK(InterlockedPushEntrySList(&head, &items[1].entry) == &items[0].entry);
    CHECK_EQUAL(QueryDepthSList(&head), 2);
    CHECK(InterlockedPopEntrySList(&head) == &items[1].entry);
    CHECK(InterlockedPopEntrySList(&head) == &items[0].entry);
    CHECK(InterlockedPopEntrySList(&head) == NULL);
    CHECK_EQUAL(QueryDepthSList(&head), 0);
}

static void flush_takes_all_in_order(void)
{
    fill(3);
    CHECK(InterlockedFlushSList(&head) == &items[2].entry);
    CHECK(items[2].entry.Next == &items[1].entry);
    CHECK(items[1].entry.Next == &items[0].entry);
    CHECK(items[0].entry.Next == NULL);
    CHECK_EQUAL(QueryDepthSList(&head), 0);
}

static void chain_is_pushed_in_one_step(void)
{
    fill(1);
    items[3].entry.Next = &items[2].entry;
    items[2].entry.Next = &items[1].entry;
    CHECK(InterlockedPushListSList(&head, &items[3].entry, &items[1].entry, 3) == &items[0].entry);
    CHECK_EQUAL(QueryDepthSList(&head), 4);
    for (int index = 3; index >= 0; index--)
    {
        CHECK(InterlockedPopEntrySList(&head) == &items[index].entry);
    }
}

static void header_shows_depth_sequence_and_entry_where_they_are_published(void)
{
    fill(2);
    CHECK_EQUAL(head.HeaderX64.Depth, 2);
    CHECK_EQUAL(head.HeaderX64.Sequence, 2);
    CHECK_EQUAL((uintptr_t)head.HeaderX64.NextEntry << 4, (uintptr_t)&items[1]);
    CHECK_EQUAL(sizeof(head), 16);
}

/* Pops an entry, owns it alone, and pushes it back: the shape in which a list without a sequence number breaks. */
static void pop_own_push(void *argument)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        PSLIST_ENTRY entry = InterlockedPopEntrySList(&head);
        struct item *item = CONTAINING_RECORD(entry, struct item, entry);

        if (entry != NULL)
        {
            CHECK_EQUAL(InterlockedIncrement(&item->owner), 1);
            CHECK_EQUAL(InterlockedDecrement(&item->owner), 0);
            (void)InterlockedPushEntrySList(&head, entry);
        }
    }
}

static void entry_has_one_owner_however_threads_pop_and_push(void)
{
    struct nt_thread *threads[THREADS];
    int found = 0;

    fill(ENTRIES);
    for (int index = 0; index < THREADS; index++)
    {
        threads[index] = nt_thread_start(pop_own_push, NULL);
    }
    for (int index = 0; index < THREADS; index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_EQUAL(QueryDepthSList(&head), ENTRIES);
    while (InterlockedPopEntrySList(&head) != NULL)
    {
        found++;
    }
    CHECK_EQUAL(found, ENTRIES);
}

static PSLIST_ENTRY map_entry(void)
{
    void *page = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    CHECK(page != MAP_FAILED);
    return page;
}

static void unmap_entry(PSLIST_ENTRY entry)
{
    CHECK_EQUAL(munmap(entry, PAGE_SIZE), 0);
}

/* Another entry is mapped before the old one goes, so that nothing lies at the old address for a while. */
static void replace_entry(PSLIST_ENTRY entry)
{
    PSLIST_ENTRY other = map_entry();

    unmap_entry(entry);
    (void)InterlockedPushEntrySList(&head, other);
}

/* Pops an entry, takes its memory from the process, and pushes another: whoever still looks at the first one faults. */
static void pop_unmap_push(void *argument)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        PSLIST_ENTRY entry = InterlockedPopEntrySList(&head);

        if (entry != NULL)
        {
            replace_entry(entry);
        }
    }
}

static void flush_unmap_push(void *argument)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        PSLIST_ENTRY entry = InterlockedFlushSList(&head);

        while (entry != NULL)
        {
            PSLIST_ENTRY next = entry->Next;

            replace_entry(entry);
            entry = next;
        }
    }
}

static void race_with_unmapped_entries(void (*first)(void *), void (*others)(void *))
{
    struct nt_thread *threads[THREADS];
    int found = 0;

    InitializeSListHead(&head);
    for (int index = 0; index < ENTRIES; index++)
    {
        (void)InterlockedPushEntrySList(&head, map_entry());
    }
    for (int index = 0; index < THREADS; index++)
    {
        threads[index] = nt_thread_start(index == 0 ? first : others, NULL);
    }
    for (int index = 0; index < THREADS; index++)
    {
        nt_thread_join(threads[index]);
    }
    for (PSLIST_ENTRY entry = InterlockedPopEntrySList(&head); entry != NULL; entry = InterlockedPopEntrySList(&head))
    {
        unmap_entry(entry);
        found++;
    }
    CHECK_EQUAL(found, ENTRIES);
    CHECK_EQUAL(QueryDepthSList(&head), 0);
}

static void popped_entry_may_be_unmapped_while_others_pop(void)
{
    race_with_unmapped_entries(pop_unmap_push, pop_unmap_push);
}

static void flushed_entries_may_be_unmapped_while_others_pop(void)
{
    race_with_unmapped_entries(flush_unmap_push, pop_unmap_push);
}

static void entry_that_is_not_aligned(void)
{
    InitializeSListHead(&head);
    (void)InterlockedPushEntrySList(&head, (PSLIST_ENTRY)((char *)&items[0].entry + 8));
}

/*
 * Lookaside lists.
 */
static NPAGED_LOOKASIDE_LIST nonpaged;
static PAGED_LOOKASIDE_LIST paged;
static LOOKASIDE_LIST_EX extended;
static LONG allocated;
static LONG freed;

static int64_t bytes_of_tag(void)
{
    return pool_query_tag(TAG).bytes;
}

static void list_without_functions_takes_from_the_pool_and_gives_back(void)
{
    int64_t before = bytes_of_tag();
    void *block;

    ExInitializeNPagedLookasideList(&nonpaged, NULL, NULL, POOL_NX_ALLOCATION, 256, TAG, 0);
    block = ExAllocateFromNPagedLookasideList(&nonpaged);
    CHECK(block != NULL);
    CHECK_EQUAL(bytes_of_tag(), before + 256);
    ExFreeToNPagedLookasideList(&nonpaged, block);
    CHECK_EQUAL(bytes_of_tag(), before);
    CHECK_EQUAL(nonpaged.L.TotalAllocates, 1);
    CHECK_EQUAL(nonpaged.L.TotalFrees, 1);
    ExDeleteNPagedLookasideList(&nonpaged);
}

static PVOID any_allocate(POOL_TYPE type, SIZE_T bytes, ULONG tag)
{
    return ExAllocatePoolWithTag(type, bytes, tag);
}

static void block_that_was_given_back_comes_again(void)
{
    void *first;

    ExInitializeNPagedLookasideList(&nonpaged, any_allocate, NULL, POOL_NX_ALLOCATION, 256, TAG, 0);
    first = ExAllocateFromNPagedLookasideList(&nonpaged);
    CHECK(first != NULL);
    ExFreeToNPagedLookasideList(&nonpaged, first);
    CHECK(ExAllocateFromNPagedLookasideList(&nonpaged) == first);
    CHECK_EQUAL(nonpaged.L.TotalAllocates, 2);
    CHECK_EQUAL(nonpaged.L.AllocateMisses, 1);
    ExFreeToNPagedLookasideList(&nonpaged, first);
    ExDeleteNPagedLookasideList(&nonpaged);
}

static void deleting_frees_what_is_kept(void)
{
    int64_t before = bytes_of_tag();
    void *blocks[10];

    ExInitializePagedLookasideList(&paged, any_allocate, NULL, 0, 100, TAG, 0);
    for (size_t index = 0; index < 10; index++)
    {
        blocks[index] = ExAllocateFromPagedLookasideList(&paged);
        CHECK(blocks[index] != NULL);
    }
    for (size_t index = 0; index < 10; index++)
    {
        ExFreeToPagedLookasideList(&paged, blocks[index]);
    }
    CHECK_EQUAL(bytes_of_tag(), before + 1000);
    ExDeletePagedLookasideList(&paged);
    CHECK_EQUAL(bytes_of_tag(), before);
}

static void full_list_gives_back_to_the_pool(void)
{
    static void *blocks[EX_MAXIMUM_LOOKASIDE_DEPTH_BASE + 1];
    int64_t before = bytes_of_tag();

    ExInitializePagedLookasideList(&paged, any_allocate, NULL, 0, 16, TAG, 0);
    for (size_t index = 0; index < RTL_NUMBER_OF(blocks); index++)
    {
        blocks[index] = ExAllocateFromPagedLookasideList(&paged);
        CHECK(blocks[index] != NULL);
    }
    for (size_t index = 0; index < RTL_NUMBER_OF(blocks); index++)
    {
        ExFreeToPagedLookasideList(&paged, blocks[index]);
    }
    CHECK_EQUAL(paged.L.FreeMisses, 1);
    CHECK_EQUAL(QueryDepthSList(&paged.L.ListHead), EX_MAXIMUM_LOOKASIDE_DEPTH_BASE);
    ExDeletePagedLookasideList(&paged);
    CHECK_EQUAL(bytes_of_tag(), before);
}

static PVOID own_allocate(POOL_TYPE type, SIZE_T bytes, ULONG tag)
{
    CHECK_EQUAL(bytes, 48);
    CHECK_EQUAL(tag, TAG);
    allocated++;
    return ExAllocatePoolWithTag(type, bytes, tag);
}

static VOID own_free(PVOID buffer)
{
    freed++;
    ExFreePool(buffer);
}

static void own_functions_are_called_when_the_list_is_empty_or_goes_away(void)
{
    void *block;

    allocated = 0;
    freed = 0;
    ExInitializeNPagedLookasideList(&nonpaged, own_allocate, own_free, 0, 48, TAG, 0);
    block = ExAllocateFromNPagedLookasideList(&nonpaged);
    CHECK_EQUAL(allocated, 1);
    ExFreeToNPagedLookasideList(&nonpaged, block);
    CHECK_EQUAL(freed, 0);
    (void)ExAllocateFromNPagedLookasideList(&nonpaged);
    CHECK_EQUAL(allocated, 1);
    ExFreeToNPagedLookasideList(&nonpaged, block);
    ExDeleteNPagedLookasideList(&nonpaged);
    CHECK_EQUAL(freed, 1);
}

static PVOID own_allocate_ex(POOL_TYPE type, SIZE_T bytes, ULONG tag, PLOOKASIDE_LIST_EX lookaside)
{
    CHECK(lookaside == &extended);
    (void)InterlockedIncrement(&allocated);
    return ExAllocatePoolWithTag(type, bytes, tag);
}

static VOID own_free_ex(PVOID buffer, PLOOKASIDE_LIST_EX lookaside)
{
    CHECK(lookaside == &extended);
    (void)InterlockedIncrement(&freed);
    ExFreePool(buffer);
}

static void extended_list_passes_itself_to_its_functions_and_is_flushed(void)
{
    void *block;

    allocated = 0;
    freed = 0;
    CHECK_EQUAL(ExInitializeLookasideListEx(&extended, own_allocate_ex, own_free_ex, PagedPool, 0, 64, TAG, 0),
                STATUS_SUCCESS);
    block = ExAllocateFromLookasideListEx(&extended);
    ExFreeToLookasideListEx(&extended, block);
    CHECK_EQUAL(allocated, 1);
    ExFlushLookasideListEx(&extended);
    CHECK_EQUAL(freed, 1);
    block = ExAllocateFromLookasideListEx(&extended);
    CHECK_EQUAL(allocated, 2);
    ExFreeToLookasideListEx(&extended, block);
    ExDeleteLookasideListEx(&extended);
    CHECK_EQUAL(freed, 2);
}

static void extended_list_judges_its_parameters(void)
{
    CHECK_EQUAL(ExInitializeLookasideListEx(&extended, NULL, NULL, PagedPool, 4, 64, TAG, 0), STATUS_INVALID_PARAMETER_5);
    CHECK_EQUAL(ExInitializeLookasideListEx(&extended, NULL, NULL, PagedPool, 3, 64, TAG, 0), STATUS_INVALID_PARAMETER_5);
    CHECK_EQUAL(ExInitializeLookasideListEx(&extended, NULL, NULL, PagedPool, 0, (SIZE_T)MAXLONG + 1, TAG, 0),
                STATUS_INVALID_PARAMETER_6);
    CHECK_EQUAL(ExInitializeLookasideListEx(&extended, NULL, NULL, PagedPool, 0, 64, TAG, 1), STATUS_INVALID_PARAMETER_8);
}

static void list_answers_null_when_there_is_no_memory(void)
{
    ExInitializeNPagedLookasideList(&nonpaged, NULL, NULL, 0, 48, TAG, 0);
    run_alloc_fail_at(1);
    CHECK(ExAllocateFromNPagedLookasideList(&nonpaged) == NULL);
    run_alloc_fail_at(0);
    ExDeleteNPagedLookasideList(&nonpaged);
}

static void list_that_raises_when_there_is_no_memory(void)
{
    (void)ExInitializeLookasideListEx(&extended, NULL, NULL, PagedPool, EX_LOOKASIDE_LIST_EX_FLAGS_RAISE_ON_FAIL, 64, TAG,
                                      0);
    run_alloc_fail_at(1);
    (void)ExAllocateFromLookasideListEx(&extended);
}

static void take_and_give(void *argument)
{
    for (int round = 0; round < ROUNDS; round++)
    {
        unsigned char *block = ExAllocateFromLookasideListEx(&extended);

        CHECK(block != NULL);
        memset(block, (int)(uintptr_t)argument, 64);
        CHECK_EQUAL(block[63], (uintptr_t)argument);
        ExFreeToLookasideListEx(&extended, block);
    }
}

static void threads_share_a_list(void)
{
    struct nt_thread *threads[THREADS];
    int64_t before = bytes_of_tag();

    CHECK_EQUAL(ExInitializeLookasideListEx(&extended, own_allocate_ex, own_free_ex, NonPagedPoolNx, 0, 64, TAG, 0),
                STATUS_SUCCESS);
    for (uintptr_t index = 0; index < THREADS; index++)
    {
        threads[index] = nt_thread_start(take_and_give, (void *)(index + 1));
    }
    for (int index = 0; index < THREADS; index++)
    {
        nt_thread_join(threads[index]);
    }
    ExDeleteLookasideListEx(&extended);
    CHECK_EQUAL(bytes_of_tag(), before);
}

const struct nt_case nt_cases[] = {
    CASE(empty_list_pops_nothing),
    CASE(last_in_is_first_out_and_the_depth_counts),
    CASE(flush_takes_all_in_order),
    CASE(chain_is_pushed_in_one_step),
    CASE(header_shows_depth_sequence_and_entry_where_they_are_published),
    CASE(entry_has_one_owner_however_threads_pop_and_push),
    CASE(popped_entry_may_be_unmapped_while_others_pop),
    CASE(flushed_entries_may_be_unmapped_while_others_pop),
    STOPS(entry_that_is_not_aligned, "STATUS_DATATYPE_MISALIGNMENT"),
    CASE(list_without_functions_takes_from_the_pool_and_gives_back),
    CASE(block_that_was_given_back_comes_again),
    CASE(deleting_frees_what_is_kept),
    CASE(full_list_gives_back_to_the_pool),
    CASE(own_functions_are_called_when_the_list_is_empty_or_goes_away),
    CASE(extended_list_passes_itself_to_its_functions_and_is_flushed),
    CASE(extended_list_judges_its_parameters),
    CASE(list_answers_null_when_there_is_no_memory),
    STOPS(list_that_raises_when_there_is_no_memory, "STATUS_INSUFFICIENT_RESOURCES was raised"),
    CASE(threads_share_a_list),
    CASES_END,
};
