/* SPDX-License-Identifier: MIT */
/*
 * Rundown protection.
 */
#include "nt_case.h"

#include <ntifs.h>

static void protection_is_given_until_the_rundown(void)
{
    EX_RUNDOWN_REF reference;

    ExInitializeRundownProtection(&reference);
    CHECK(ExAcquireRundownProtection(&reference));
    CHECK(ExAcquireRundownProtectionEx(&reference, 5));
    ExReleaseRundownProtectionEx(&reference, 2);
    ExReleaseRundownProtectionEx(&reference, 4);
    ExWaitForRundownProtectionRelease(&reference);
    CHECK(!ExAcquireRundownProtection(&reference));
    CHECK(!ExAcquireRundownProtectionEx(&reference, 3));
    ExWaitForRundownProtectionRelease(&reference);
    ExRundownCompleted(&reference);
    CHECK(!ExAcquireRundownProtection(&reference));
    ExReInitializeRundownProtection(&reference);
    CHECK(ExAcquireRundownProtection(&reference));
    ExReleaseRundownProtection(&reference);
}

struct shared
{
    EX_RUNDOWN_REF reference;
    PEX_RUNDOWN_REF_CACHE_AWARE spread;
    LONG inside;
    LONG over;
};

static void come_and_go(void *context)
{
    struct shared *shared = context;

    for (unsigned round = 0; round < 30 && ExAcquireRundownProtection(&shared->reference); round++)
    {
        CHECK_EQUAL(__atomic_load_n(&shared->over, __ATOMIC_SEQ_CST), 0);
        ExReleaseRundownProtection(&shared->reference);
    }
}

static void nobody_is_inside_after_the_wait(void)
{
    struct shared shared = {0};
    struct nt_thread *threads[3];

    ExInitializeRundownProtection(&shared.reference);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(come_and_go, &shared);
    }
    ExWaitForRundownProtectionRelease(&shared.reference);
    __atomic_store_n(&shared.over, 1, __ATOMIC_SEQ_CST);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
}

static void come_and_go_spread(void *context)
{
    struct shared *shared = context;

    for (unsigned round = 0; round < 30 && ExAcquireRundownProtectionCacheAware(shared->spread); round++)
    {
        CHECK_EQUAL(__atomic_load_n(&shared->over, __ATOMIC_SEQ_CST), 0);
        ExReleaseRundownProtectionCacheAware(shared->spread);
    }
}

static void cache_aware_kind_does_the_same(void)
{
    struct shared shared = {.spread = ExAllocateCacheAwareRundownProtection(NonPagedPool, 'tseT')};
    struct nt_thread *threads[3];

    CHECK(shared.spread != NULL);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(come_and_go_spread, &shared);
    }
    ExWaitForRundownProtectionReleaseCacheAware(shared.spread);
    __atomic_store_n(&shared.over, 1, __ATOMIC_SEQ_CST);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK(!ExAcquireRundownProtectionCacheAware(shared.spread));
    ExReInitializeRundownProtectionCacheAware(shared.spread);
    CHECK(ExAcquireRundownProtectionCacheAwareEx(shared.spread, 3));
    ExReleaseRundownProtectionCacheAwareEx(shared.spread, 3);
    ExRundownCompletedCacheAware(shared.spread);
    CHECK(!ExAcquireRundownProtectionCacheAware(shared.spread));
    ExFreeCacheAwareRundownProtection(shared.spread);
}

static void leave_spread(void *context)
{
    ExReleaseRundownProtectionCacheAware(context);
}

static void other_thread_may_leave(void)
{
    static char memory[2048];
    PEX_RUNDOWN_REF_CACHE_AWARE reference = (PEX_RUNDOWN_REF_CACHE_AWARE)memory;
    struct nt_thread *thread;

    CHECK(ExSizeOfRundownProtectionCacheAware() <= sizeof(memory));
    ExInitializeRundownProtectionCacheAware(reference, ExSizeOfRundownProtectionCacheAware());
    CHECK(ExAcquireRundownProtectionCacheAware(reference));
    thread = nt_thread_start(leave_spread, reference);
    ExWaitForRundownProtectionReleaseCacheAware(reference);
    nt_thread_join(thread);
    ExCleanupRundownProtectionCacheAware(reference);
}

static void more_leave_than_came(void)
{
    EX_RUNDOWN_REF reference;

    ExInitializeRundownProtection(&reference);
    (void)ExAcquireRundownProtection(&reference);
    ExReleaseRundownProtectionEx(&reference, 2);
}

static void leaving_after_the_rundown(void)
{
    EX_RUNDOWN_REF reference;

    ExInitializeRundownProtection(&reference);
    ExWaitForRundownProtectionRelease(&reference);
    ExReleaseRundownProtection(&reference);
}

static void leaving_twice(void)
{
    PEX_RUNDOWN_REF_CACHE_AWARE reference = ExAllocateCacheAwareRundownProtection(NonPagedPool, 'tseT');

    (void)ExAcquireRundownProtectionCacheAware(reference);
    ExReleaseRundownProtectionCacheAware(reference);
    ExReleaseRundownProtectionCacheAware(reference);
    ExWaitForRundownProtectionReleaseCacheAware(reference);
}

static void memory_too_small(void)
{
    static char memory[64];

    ExInitializeRundownProtectionCacheAware((PEX_RUNDOWN_REF_CACHE_AWARE)memory, sizeof(memory));
}

const struct nt_case nt_cases[] = {
    CASE(protection_is_given_until_the_rundown),
    CASE(nobody_is_inside_after_the_wait),
    CASE(cache_aware_kind_does_the_same),
    CASE(other_thread_may_leave),
    STOPS(more_leave_than_came, "bug check 0x00000139...rule: ...rundown protection 0x..." CALLED_BY(more_leave_than_came)),
    STOPS(leaving_after_the_rundown, "bug check 0x00000139...rule: ..." CALLED_BY(leaving_after_the_rundown)),
    STOPS(leaving_twice, "bug check 0x00000139...rule: ..." CALLED_BY(leaving_twice)),
    STOPS(memory_too_small, "bug check 0x00000139...rule: ..." CALLED_BY(memory_too_small)),
    CASES_END,
};
