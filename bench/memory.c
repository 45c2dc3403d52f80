/* SPDX-License-Identifier: MIT */
/*
 * What the executive's memory costs beside the C library's, as a driver calls it: through the runtime's shared library, while a
 * second thread exists.
 *
 *     bench_memory [OPTIONS]
 */
#include <ntddk.h>

#include "anchor.h"
#include "measure.h"
#include "nt/run.h"

#define KEEP(pointer) __asm__ volatile("" : : "r"(pointer) : "memory")
#define TAG 'hcnB'

enum
{
    SIZE = 256,
};

static NPAGED_LOOKASIDE_LIST lookaside;
static struct run_event *over;

static void pool(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        void *block = ExAllocatePoolWithTag(NonPagedPoolNx, SIZE, TAG);

        KEEP(block);
        ExFreePoolWithTag(block, TAG);
    }
}

static void pool_zeroed(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        void *block = ExAllocatePool2(POOL_FLAG_NON_PAGED, SIZE, TAG);

        KEEP(block);
        ExFreePoolWithTag(block, TAG);
    }
}

static void from_lookaside(uint64_t count, void *argument)
{
    for (uint64_t index = 0; index < count; index++)
    {
        void *block = ExAllocateFromNPagedLookasideList(&lookaside);

        KEEP(block);
        ExFreeToNPagedLookasideList(&lookaside, block);
    }
}

/* A C library that has seen one thread only takes shortcuts that no process with a runtime can take. */
static void be_idle(void *argument)
{
    run_event_wait(over);
}

int main(int count, char **words)
{
    void *const size = (void *)(uintptr_t)SIZE;
    const struct pair pairs[] = {
        {"pool_256", "pool, allocate and free 256 B", pool, "malloc", anchor_malloc, size, MEASURE_PINNED, 1.0},
        {"pool_zeroed_256", "pool, allocate zeroed and free 256 B", pool_zeroed, "calloc", anchor_calloc, size,
         MEASURE_PINNED, 1.0},
        {"lookaside_256", "lookaside list, take and give 256 B", from_lookaside, "malloc", anchor_malloc, size,
         MEASURE_PINNED, 1.0},
    };
    struct run_thread *idle;

    measure_options(count - 1, words + 1);
    measure_move(0);
    anchor_limits_start();
    over = run_event_create();
    idle = run_thread_start("idle", be_idle, NULL);
    if (idle == NULL)
    {
        measure_fail("no thread");
    }
    ExInitializeNPagedLookasideList(&lookaside, NULL, NULL, POOL_NX_ALLOCATION, SIZE, TAG, 0);
    measure_pairs(pairs, RTL_NUMBER_OF(pairs));
    ExDeleteNPagedLookasideList(&lookaside);
    run_event_set(over);
    run_thread_join(idle);
    measure_end();
    return 0;
}
