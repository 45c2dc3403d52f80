/* SPDX-License-Identifier: MIT */
/*
 * Pool: blocks with tags.
 */
#include "nt_case.h"

#include <ntifs.h>
#include <string.h>

#include "nt/memory/pool_tags.h"
#include "nt/run.h"

#define TAG 'tseT'

static void *allocate(size_t bytes)
{
    void *block = ExAllocatePool2(POOL_FLAG_NON_PAGED, bytes, TAG);

    CHECK(block != NULL);
    return block;
}

static bool is_zero(const unsigned char *bytes, size_t size)
{
    for (size_t index = 0; index < size; index++)
    {
        if (bytes[index] != 0)
        {
            return false;
        }
    }
    return true;
}

static void block_of_no_bytes_is_refused(void)
{
    CHECK(ExAllocatePool2(POOL_FLAG_NON_PAGED, 0, TAG) == NULL);
}

static void older_forms_give_a_block_of_no_bytes(void)
{
    void *block = ExAllocatePoolWithTag(NonPagedPoolNx, 0, TAG);

    CHECK(block != NULL);
    ExFreePoolWithTag(block, TAG);
}

static void tag_of_zero_is_refused(void)
{
    CHECK(ExAllocatePool2(POOL_FLAG_NON_PAGED, 16, 0) == NULL);
}

static void exactly_one_kind_of_pool_is_asked_for(void)
{
    void *block;

    CHECK(ExAllocatePool2(0, 16, TAG) == NULL);
    CHECK(ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_PAGED, 16, TAG) == NULL);
    block = ExAllocatePool2(POOL_FLAG_NON_PAGED_EXECUTE, 16, TAG);
    CHECK(block != NULL);
    ExFreePool(block);
}

static void unknown_required_flag_refuses_and_unknown_optional_flag_does_not(void)
{
    void *block;

    CHECK(ExAllocatePool2(POOL_FLAG_NON_PAGED | 0x1000, 16, TAG) == NULL);
    CHECK(ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_REQUIRED_END, 16, TAG) == NULL);
    block = ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_SPECIAL_POOL | POOL_FLAG_OPTIONAL_END, 16, TAG);
    CHECK(block != NULL);
    ExFreePool(block);
}

static void impossible_size_is_refused(void)
{
    CHECK(ExAllocatePool2(POOL_FLAG_NON_PAGED, SIZE_MAX, TAG) == NULL);
    CHECK(ExAllocatePool2(POOL_FLAG_NON_PAGED, SIZE_MAX - 64, TAG) == NULL);
    CHECK(ExAllocatePoolWithTag(PagedPool, (SIZE_T)1 << 47, TAG) == NULL);
}

static void newer_forms_zero_the_block_of_any_size(void)
{
    static const size_t sizes[] = {1, 15, 16, 17, 255, 4095, 4096, 4097, 70000};

    for (int round = 0; round < 2; round++)
    {
        for (size_t index = 0; index < sizeof(sizes) / sizeof(sizes[0]); index++)
        {
            void *block = allocate(sizes[index]);

            CHECK(is_zero(block, sizes[index]));
            memset(block, 0xAA, sizes[index]);
            ExFreePoolWithTag(block, TAG);
        }
    }
}

static void zero_forms_of_the_older_functions_zero(void)
{
    for (int round = 0; round < 2; round++)
    {
        unsigned char *block = ExAllocatePoolZero(PagedPool, 100, TAG);
        unsigned char *quota = ExAllocatePoolQuotaZero(NonPagedPoolNx, 100, TAG);
        unsigned char *priority = ExAllocatePoolPriorityZero(NonPagedPoolNx, 100, TAG, LowPoolPriority);

        CHECK(is_zero(block, 100) && is_zero(quota, 100) && is_zero(priority, 100));
        memset(block, 1, 100);
        memset(quota, 1, 100);
        memset(priority, 1, 100);
        ExFreePoolWithTag(block, TAG);
        ExFreePoolWithTag(quota, TAG);
        ExFreePoolWithTag(priority, TAG);
    }
}

static void blocks_begin_on_sixteen_bytes(void)
{
    for (size_t size = 1; size < 200; size++)
    {
        void *block = allocate(size);

        CHECK_EQUAL((uintptr_t)block % 16, 0);
        ExFreePool(block);
    }
}

static void block_of_a_page_begins_on_a_page(void)
{
    static const size_t sizes[] = {PAGE_SIZE, PAGE_SIZE + 1, 3 * PAGE_SIZE, 1 << 20};

    for (size_t index = 0; index < sizeof(sizes) / sizeof(sizes[0]); index++)
    {
        void *block = ExAllocatePool2(POOL_FLAG_PAGED | POOL_FLAG_UNINITIALIZED, sizes[index], TAG);

        CHECK(block != NULL);
        CHECK_EQUAL((uintptr_t)block % PAGE_SIZE, 0);
        memset(block, 1, sizes[index]);
        ExFreePoolWithTag(block, TAG);
    }
}

static void cache_aligned_block_begins_on_a_cache_line(void)
{
    for (size_t size = 1; size < 300; size += 7)
    {
        unsigned char *block = ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_CACHE_ALIGNED, size, TAG);
        void *older = ExAllocatePoolWithTag(NonPagedPoolNxCacheAligned, size, TAG);

        CHECK_EQUAL((uintptr_t)block % 64, 0);
        CHECK_EQUAL((uintptr_t)older % 64, 0);
        CHECK(is_zero(block, size));
        ExFreePoolWithTag(block, TAG);
        ExFreePoolWithTag(older, TAG);
    }
}

static void extended_parameters_are_judged(void)
{
    POOL_EXTENDED_PARAMETER parameters[2] = {{.Type = PoolExtendedParameterPriority, .Priority = HighPoolPriority},
                                             {.Type = PoolExtendedParameterNumaNode, .PreferredNode = 0}};
    void *block = ExAllocatePool3(POOL_FLAG_NON_PAGED, 64, TAG, parameters, 2);

    CHECK(block != NULL);
    ExFreePool2(block, TAG, NULL, 0);
    CHECK(ExAllocatePool3(POOL_FLAG_NON_PAGED, 64, TAG, NULL, 1) == NULL);
    parameters[1].Type = PoolExtendedParameterSecurePool;
    CHECK(ExAllocatePool3(POOL_FLAG_NON_PAGED, 64, TAG, parameters, 2) == NULL);
    parameters[1].Type = PoolExtendedParameterMax;
    CHECK(ExAllocatePool3(POOL_FLAG_NON_PAGED, 64, TAG, parameters, 2) == NULL);
    parameters[1].Optional = 1;
    block = ExAllocatePool3(POOL_FLAG_NON_PAGED, 64, TAG, parameters, 2);
    CHECK(block != NULL);
    ExFreePool2(block, TAG, NULL, 0);
    parameters[0].Reserved = 1;
    CHECK(ExAllocatePool3(POOL_FLAG_NON_PAGED, 64, TAG, parameters, 1) == NULL);
}

static void each_form_once(void)
{
    void *blocks[] = {
        ExAllocatePool2(POOL_FLAG_NON_PAGED, 40, TAG),
        ExAllocatePool2(POOL_FLAG_PAGED, 8000, TAG),
        ExAllocatePool3(POOL_FLAG_NON_PAGED | POOL_FLAG_CACHE_ALIGNED, 40, TAG, NULL, 0),
        ExAllocatePool(PagedPool, 40),
        ExAllocatePoolWithTag(NonPagedPool, 40, TAG),
        ExAllocatePoolWithTagPriority(NonPagedPoolNx, 40, TAG, NormalPoolPriority),
        ExAllocatePoolWithQuota((POOL_TYPE)(PagedPool | POOL_QUOTA_FAIL_INSTEAD_OF_RAISE), 40),
        ExAllocatePoolWithQuotaTag((POOL_TYPE)(PagedPool | POOL_QUOTA_FAIL_INSTEAD_OF_RAISE), 40, TAG),
    };

    for (size_t index = 0; index < sizeof(blocks) / sizeof(blocks[0]); index++)
    {
        if (blocks[index] != NULL)
        {
            ExFreePool(blocks[index]);
        }
    }
}

static void every_form_answers_null_when_there_is_no_memory(void)
{
    nt_fail_each_allocation(each_form_once);
}

static void block_knows_its_size_and_quota(void)
{
    BOOLEAN quota = TRUE;
    void *plain = allocate(77);
    void *charged = ExAllocatePoolWithQuotaTag(PagedPool, 99, TAG);

    CHECK_EQUAL(ExQueryPoolBlockSize(plain, &quota), 77);
    CHECK(!quota);
    CHECK_EQUAL(ExQueryPoolBlockSize(charged, &quota), 99);
    CHECK(quota);
    ExFreePool(plain);
    ExFreePool(charged);
}

static void accounts_say_what_a_tag_has(void)
{
    struct pool_tag_usage before = pool_query_tag('tccA');
    struct pool_tag_usage usage;
    void *first = ExAllocatePool2(POOL_FLAG_NON_PAGED, 100, 'tccA');
    void *second = ExAllocatePool2(POOL_FLAG_PAGED, 5000, 'tccA');

    usage = pool_query_tag('tccA');
    CHECK_EQUAL(usage.allocations, before.allocations + 2);
    CHECK_EQUAL(usage.frees, before.frees);
    CHECK_EQUAL(usage.bytes, before.bytes + 5100);
    ExFreePool(first);
    ExFreePool(second);
    usage = pool_query_tag('tccA');
    CHECK_EQUAL(usage.frees, before.frees + 2);
    CHECK_EQUAL(usage.bytes, before.bytes);
}

static void accounts_list_every_tag_once(void)
{
    static struct pool_tag_usage rows[POOL_TAG_SLOTS];
    void *block = ExAllocatePool2(POOL_FLAG_NON_PAGED, 10, 'tsiL');
    size_t count = pool_query_tags(rows, POOL_TAG_SLOTS);
    int found = 0;

    CHECK(count > 0 && count <= POOL_TAG_SLOTS);
    CHECK_EQUAL(pool_query_tags(rows, 0), count);
    for (size_t index = 0; index < count; index++)
    {
        found += rows[index].tag == 'tsiL';
    }
    CHECK_EQUAL(found, 1);
    ExFreePool(block);
}

static void more_tags_than_there_are_slots_are_counted_together(void)
{
    for (ULONG tag = 1; tag <= 3 * POOL_TAG_SLOTS; tag++)
    {
        ExFreePoolWithTag(ExAllocatePool2(POOL_FLAG_NON_PAGED, 10, tag * 0x01010101u), tag * 0x01010101u);
    }
}

enum
{
    PASSES = 50,
};

static void *passed[PASSES];

static void free_what_was_passed(void *argument)
{
    for (int index = 0; index < PASSES; index++)
    {
        ExFreePoolWithTag(passed[index], 'xrhT');
    }
}

static void allocate_and_free(void *argument)
{
    for (int index = 0; index < PASSES; index++)
    {
        void *block = ExAllocatePool2(POOL_FLAG_NON_PAGED, (size_t)index * 100 + 1, 'xrhT');

        CHECK(block != NULL);
        ExFreePoolWithTag(block, 'xrhT');
    }
}

static void blocks_that_another_thread_frees_balance_the_accounts(void)
{
    struct pool_tag_usage before = pool_query_tag('xrhT');
    struct pool_tag_usage usage;
    struct nt_thread *freeing;
    struct nt_thread *busy;

    for (int index = 0; index < PASSES; index++)
    {
        passed[index] = ExAllocatePool2(POOL_FLAG_NON_PAGED, (size_t)index * 100 + 1, 'xrhT');
        CHECK(passed[index] != NULL);
    }
    freeing = nt_thread_start(free_what_was_passed, NULL);
    busy = nt_thread_start(allocate_and_free, NULL);
    (void)pool_query_tag('xrhT');
    nt_thread_join(freeing);
    nt_thread_join(busy);
    usage = pool_query_tag('xrhT');
    CHECK_EQUAL(usage.allocations - before.allocations, 2 * PASSES);
    CHECK_EQUAL(usage.frees - before.frees, 2 * PASSES);
    CHECK_EQUAL(usage.bytes, before.bytes);
}

static void freeing_nothing(void)
{
    ExFreePoolWithTag(NULL, TAG);
}

static void freeing_with_another_tag(void)
{
    ExFreePoolWithTag(allocate(33), 'rhtO');
}

static void freeing_twice(void)
{
    void *volatile block = allocate(33);

    ExFreePoolWithTag(block, TAG);
    ExFreePoolWithTag(block, TAG);
}

static void freeing_what_is_no_pool(void)
{
    static char memory[64] __attribute__((aligned(16)));

    ExFreePoolWithTag(memory + 32, TAG);
}

static void freeing_the_middle_of_a_block(void)
{
    char *block = allocate(64);

    ExFreePoolWithTag(block + 4, TAG);
}

/* As a driver does that was built without the sanitizer. */
static __attribute__((no_sanitize("address", "undefined"))) void overwrite(unsigned char *address, unsigned char value)
{
    *(volatile unsigned char *)address = value;
}

static void write_into_the_header(void)
{
    unsigned char *block = allocate(64);

    overwrite(block - 16, 0x11);
    ExFreePoolWithTag(block, TAG);
}

static void write_behind_the_end(void)
{
    unsigned char *block = allocate(61);

    overwrite(block + 61, 0x11);
    ExFreePoolWithTag(block, TAG);
}

static void raising_when_there_is_no_memory(void)
{
    run_alloc_fail_at(1);
    (void)ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_RAISE_ON_FAILURE, 64, TAG);
}

static void raising_when_flags_are_wrong(void)
{
    (void)ExAllocatePool2(POOL_FLAG_RAISE_ON_FAILURE, 64, TAG);
}

static void quota_raises_when_there_is_no_memory(void)
{
    run_alloc_fail_at(1);
    (void)ExAllocatePoolWithQuotaTag(NonPagedPoolNx, 64, TAG);
}

static void older_form_raises_when_it_is_told_to(void)
{
    run_alloc_fail_at(1);
    (void)ExAllocatePoolWithTag((POOL_TYPE)(NonPagedPoolNx | POOL_RAISE_IF_ALLOCATION_FAILURE), 64, TAG);
}

static void older_form_with_a_tag_of_zero(void)
{
    (void)ExAllocatePoolWithTag(NonPagedPoolNx, 64, 0);
}

static void pool_that_must_succeed(void)
{
    (void)ExAllocatePoolWithTag(NonPagedPoolMustSucceed, 64, TAG);
}

static KIRQL irql;

static void paged_pool_at_dispatch_level(void)
{
    IoAcquireCancelSpinLock(&irql);
    (void)ExAllocatePool2(POOL_FLAG_PAGED, 64, TAG);
}

static void paged_pool_is_freed_at_dispatch_level(void)
{
    void *block = ExAllocatePool2(POOL_FLAG_PAGED, 64, TAG);

    IoAcquireCancelSpinLock(&irql);
    ExFreePoolWithTag(block, TAG);
}

static void nonpaged_pool_works_at_dispatch_level(void)
{
    void *block;

    IoAcquireCancelSpinLock(&irql);
    block = allocate(64);
    ExFreePoolWithTag(block, TAG);
    IoReleaseCancelSpinLock(irql);
}

static void write_to_a_freed_block(void)
{
    unsigned char *volatile block = allocate(100);

    CHECK(run_quarantine(1 << 20));
    ExFreePoolWithTag(block, TAG);
    overwrite(block + 50, 0x11);
    (void)run_quarantine(0);
}

static void freed_block_is_written_to_and_leaves_the_quarantine(void)
{
    unsigned char *volatile block = allocate(100);

    CHECK(run_quarantine(8192));
    ExFreePoolWithTag(block, TAG);
    overwrite(block + 50, 0x11);
    for (int index = 0; index < 100; index++)
    {
        ExFreePoolWithTag(allocate(1000), TAG);
    }
}

static void freeing_twice_into_the_quarantine(void)
{
    void *volatile block = allocate(33);

    CHECK(run_quarantine(1 << 20));
    ExFreePoolWithTag(block, TAG);
    ExFreePoolWithTag(block, TAG);
}

static void quarantine_gives_back_all_blocks(void)
{
    CHECK(run_quarantine(10000));
    for (size_t size = 1; size < 9000; size += 97)
    {
        ExFreePoolWithTag(allocate(size), TAG);
    }
    CHECK(run_quarantine(0));
    ExFreePoolWithTag(allocate(100), TAG);
}

const struct nt_case nt_cases[] = {
    CASE(quarantine_gives_back_all_blocks),
    STOPS(write_to_a_freed_block, "a freed block was written to"),
    STOPS(freed_block_is_written_to_and_leaves_the_quarantine, "a freed block was written to"),
    STOPS(freeing_twice_into_the_quarantine, "freeing_twice_into_the_quarantine"),
    CASE(block_of_no_bytes_is_refused),
    CASE(older_forms_give_a_block_of_no_bytes),
    CASE(tag_of_zero_is_refused),
    CASE(exactly_one_kind_of_pool_is_asked_for),
    CASE(unknown_required_flag_refuses_and_unknown_optional_flag_does_not),
    CASE(impossible_size_is_refused),
    CASE(newer_forms_zero_the_block_of_any_size),
    CASE(zero_forms_of_the_older_functions_zero),
    CASE(blocks_begin_on_sixteen_bytes),
    CASE(block_of_a_page_begins_on_a_page),
    CASE(cache_aligned_block_begins_on_a_cache_line),
    CASE(extended_parameters_are_judged),
    CASE(every_form_answers_null_when_there_is_no_memory),
    CASE(block_knows_its_size_and_quota),
    CASE(accounts_say_what_a_tag_has),
    CASE(accounts_list_every_tag_once),
    CASE(more_tags_than_there_are_slots_are_counted_together),
    CASE(blocks_that_another_thread_frees_balance_the_accounts),
    CASE(nonpaged_pool_works_at_dispatch_level),
    STOPS(freeing_nothing, "bug check 0x000000C2 BAD_POOL_CALLER (0x46"),
    STOPS(freeing_with_another_tag, "the block of 33 bytes was allocated as 'Test'"),
    /* Where the C library's allocator overwrote the header, it is no pool any more; otherwise it was freed already. */
    STOPS(freeing_twice, "BAD_POOL_CALLER (0x"),
    STOPS(freeing_what_is_no_pool, "BAD_POOL_CALLER (0x46"),
    STOPS(freeing_the_middle_of_a_block, "BAD_POOL_CALLER (0x46"),
    STOPS(write_into_the_header, "BAD_POOL_CALLER (0x1"),
    DEBUG_STOPS(write_behind_the_end, "BAD_POOL_HEADER (0x21"),
    STOPS(raising_when_there_is_no_memory, "STATUS_INSUFFICIENT_RESOURCES was raised"),
    STOPS(raising_when_flags_are_wrong, "STATUS_INVALID_PARAMETER was raised"),
    STOPS(quota_raises_when_there_is_no_memory, "STATUS_INSUFFICIENT_RESOURCES was raised"),
    STOPS(older_form_raises_when_it_is_told_to, "STATUS_INSUFFICIENT_RESOURCES was raised"),
    STOPS(older_form_with_a_tag_of_zero, "BAD_POOL_CALLER (0x9B"),
    STOPS(pool_that_must_succeed, "BAD_POOL_CALLER (0x9A"),
    STOPS(paged_pool_at_dispatch_level, "BAD_POOL_CALLER (0x8, 0x2"),
    STOPS(paged_pool_is_freed_at_dispatch_level, "BAD_POOL_CALLER (0x9, 0x2"),
    CASES_END,
};
