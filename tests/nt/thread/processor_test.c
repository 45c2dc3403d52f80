/* SPDX-License-Identifier: MIT */
/*
 * Processors: numbers, groups and staying on one.
 */
#include "nt_case.h"

#include <ntifs.h>

static void counts_and_masks_agree(void)
{
    KAFFINITY mask;
    ULONG count = KeQueryActiveProcessorCount(&mask);
    GROUP_AFFINITY node;
    USHORT node_count;

    CHECK(count >= 1);
    CHECK_EQUAL(__builtin_popcountll(mask), count);
    CHECK_EQUAL(KeQueryActiveProcessors(), mask);
    CHECK_EQUAL(KeQueryGroupAffinity(0), mask);
    CHECK_EQUAL(KeQueryActiveProcessorCountEx(0), count);
    CHECK(KeQueryActiveProcessorCountEx(ALL_PROCESSOR_GROUPS) >= count);
    CHECK_EQUAL(KeQueryActiveProcessorCountEx(1000), 0);
    CHECK(KeQueryMaximumProcessorCountEx(ALL_PROCESSOR_GROUPS) >= KeQueryActiveProcessorCountEx(ALL_PROCESSOR_GROUPS));
    CHECK(KeQueryMaximumGroupCount() >= KeQueryActiveGroupCount());
    KeQueryNodeActiveAffinity(0, &node, &node_count);
    CHECK(node.Mask == mask && node_count == count);
    CHECK_EQUAL(KeQueryHighestNodeNumber(), 0);
}

static void numbers_and_indexes_agree(void)
{
    PROCESSOR_NUMBER number;
    ULONG count = KeQueryActiveProcessorCountEx(ALL_PROCESSOR_GROUPS);

    for (ULONG index = 0; index < count; index++)
    {
        CHECK_EQUAL(KeGetProcessorNumberFromIndex(index, &number), STATUS_SUCCESS);
        CHECK_EQUAL(KeGetProcessorIndexFromNumber(&number), index);
    }
    CHECK_EQUAL(KeGetProcessorNumberFromIndex(count, &number), STATUS_INVALID_PARAMETER);
    number = (PROCESSOR_NUMBER){.Group = 1000};
    CHECK_EQUAL(KeGetProcessorIndexFromNumber(&number), INVALID_PROCESSOR_INDEX);
}

static void thread_stays_where_it_was_put(void)
{
    PROCESSOR_NUMBER number;
    ULONG index = KeGetCurrentProcessorNumberEx(&number);
    GROUP_AFFINITY wanted = {.Mask = (KAFFINITY)1 << number.Number, .Group = number.Group};
    GROUP_AFFINITY before;
    GROUP_AFFINITY between;

    KeSetSystemGroupAffinityThread(&wanted, &before);
    CHECK_EQUAL(before.Mask, 0);
    CHECK_EQUAL(KeGetCurrentProcessorNumberEx(NULL), index);
    KeSetSystemGroupAffinityThread(&wanted, &between);
    CHECK_EQUAL(between.Mask, wanted.Mask);
    KeRevertToUserGroupAffinityThread(&before);
    CHECK_EQUAL(KeSetSystemAffinityThreadEx(KeQueryActiveProcessors()), 0);
    KeRevertToUserAffinityThreadEx(0);
    CHECK_EQUAL(KeSetSystemAffinityThreadEx(KeQueryActiveProcessors()), 0);
    KeRevertToUserAffinityThread();
}

const struct nt_case nt_cases[] = {
    CASE(counts_and_masks_agree),
    CASE(numbers_and_indexes_agree),
    CASE(thread_stays_where_it_was_put),
    CASES_END,
};
