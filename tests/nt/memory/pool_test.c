/* SPDX-License-Identifier: MIT */
/*
 * Pool: blocks with tags.
 */
#include "nt_case.h"

#include <ntifs.h>

static void block_of_no_bytes_is_refused(void)
{
    CHECK(ExAllocatePool2(POOL_FLAG_NON_PAGED, 0, 'tseT') == NULL);
}

static void freeing_nothing(void)
{
    ExFreePoolWithTag(NULL, 'tseT');
}

const struct nt_case nt_cases[] = {
    CASE(block_of_no_bytes_is_refused),
    STOPS(freeing_nothing, "bug check 0x000000C2"),
    CASES_END,
};
