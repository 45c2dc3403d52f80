/* SPDX-License-Identifier: MIT */
/*
 * Rule V48 as to pool, which only the kernel flavour has.
 */
#include "wdf_case.h"

static void v48_pool_of_the_drivers_tag_is_left_behind(void)
{
    void *block;

    wdf_case_load(NULL);
    block = ExAllocatePool2(POOL_FLAG_NON_PAGED, 16, WdfDriverGlobals->DriverTag);
    BREAKS(V48, NULL, "EvtDriverUnload", wdf_case_unload());
    ExFreePool(block);
}

static void v48_silent_pool_is_given_back(void)
{
    wdf_case_load(NULL);
    ExFreePool(ExAllocatePool2(POOL_FLAG_NON_PAGED, 16, WdfDriverGlobals->DriverTag));
    SILENT(V48, wdf_case_unload());
}

const struct nt_case nt_cases[] = {
    CASE(v48_pool_of_the_drivers_tag_is_left_behind),
    CASE(v48_silent_pool_is_given_back),
    CASES_END,
};
