/* SPDX-License-Identifier: MIT */
/*
 * Executive resources.
 */
#include "nt_case.h"

#include <ntifs.h>

enum
{
    THREADS = 4,
};

struct shared
{
    ERESOURCE resource;
    KEVENT ready;
    KEVENT go;
    volatile LONG plain;
    LONG readers;
    BOOLEAN result;
    BOOLEAN (*acquire)(PERESOURCE resource, BOOLEAN wait);
};

static void setup(struct shared *shared)
{
    RtlZeroMemory(shared, sizeof(*shared));
    CHECK_EQUAL(ExInitializeResourceLite(&shared->resource), STATUS_SUCCESS);
    KeInitializeEvent(&shared->ready, SynchronizationEvent, FALSE);
    KeInitializeEvent(&shared->go, SynchronizationEvent, FALSE);
}

static void wait_for(void *object)
{
    CHECK_EQUAL(KeWaitForSingleObject(object, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
}

static void set(PKEVENT event)
{
    (void)KeSetEvent(event, IO_NO_INCREMENT, FALSE);
}

static void try_here(void *argument)
{
    struct shared *shared = argument;

    shared->result = shared->acquire(&shared->resource, FALSE);
    if (shared->result)
    {
        ExReleaseResourceLite(&shared->resource);
    }
}

static bool another_thread_gets(struct shared *shared, BOOLEAN (*acquire)(PERESOURCE resource, BOOLEAN wait))
{
    shared->acquire = acquire;
    nt_thread_join(nt_thread_start(try_here, shared));
    return shared->result;
}

static void exclusive_owner_is_alone_and_recursive(void)
{
    struct shared shared;

    setup(&shared);
    CHECK(ExAcquireResourceExclusiveLite(&shared.resource, FALSE));
    CHECK(ExAcquireResourceExclusiveLite(&shared.resource, FALSE));
    CHECK(ExAcquireResourceSharedLite(&shared.resource, FALSE));
    CHECK(ExIsResourceAcquiredExclusiveLite(&shared.resource));
    CHECK_EQUAL(ExIsResourceAcquiredSharedLite(&shared.resource), 3);
    CHECK(!another_thread_gets(&shared, ExAcquireResourceSharedLite));
    CHECK(!another_thread_gets(&shared, ExAcquireResourceExclusiveLite));
    ExReleaseResourceLite(&shared.resource);
    ExReleaseResourceLite(&shared.resource);
    CHECK(!another_thread_gets(&shared, ExAcquireSharedStarveExclusive));
    ExReleaseResourceLite(&shared.resource);
    CHECK_EQUAL(ExIsResourceAcquiredSharedLite(&shared.resource), 0);
    CHECK(another_thread_gets(&shared, ExAcquireResourceExclusiveLite));
    CHECK_EQUAL(ExDeleteResourceLite(&shared.resource), STATUS_SUCCESS);
}

static void sharers_keep_owners_out(void)
{
    struct shared shared;

    setup(&shared);
    CHECK(ExAcquireResourceSharedLite(&shared.resource, FALSE));
    CHECK(ExAcquireSharedStarveExclusive(&shared.resource, FALSE));
    CHECK_EQUAL(ExIsResourceAcquiredSharedLite(&shared.resource), 2);
    CHECK(!ExIsResourceAcquiredExclusiveLite(&shared.resource));
    CHECK(!ExAcquireResourceExclusiveLite(&shared.resource, FALSE));
    CHECK(another_thread_gets(&shared, ExAcquireResourceSharedLite));
    CHECK(another_thread_gets(&shared, ExAcquireSharedWaitForExclusive));
    CHECK(!another_thread_gets(&shared, ExAcquireResourceExclusiveLite));
    ExReleaseResourceLite(&shared.resource);
    ExReleaseResourceLite(&shared.resource);
    CHECK_EQUAL(ExDeleteResourceLite(&shared.resource), STATUS_SUCCESS);
}

static void own_when_free(void *argument)
{
    struct shared *shared = argument;

    CHECK(ExAcquireResourceExclusiveLite(&shared->resource, TRUE));
    shared->plain++;
    ExReleaseResourceLite(&shared->resource);
}

static void waiting_owner_keeps_new_sharers_out(void)
{
    struct shared shared;
    struct nt_thread *owner;
    LARGE_INTEGER moment = {.QuadPart = -1000};

    setup(&shared);
    CHECK(ExAcquireResourceSharedLite(&shared.resource, TRUE));
    owner = nt_thread_start(own_when_free, &shared);
    while (ExGetExclusiveWaiterCount(&shared.resource) == 0)
    {
        (void)KeDelayExecutionThread(KernelMode, FALSE, &moment);
    }
    CHECK(!another_thread_gets(&shared, ExAcquireResourceSharedLite));
    CHECK(!another_thread_gets(&shared, ExAcquireSharedWaitForExclusive));
    CHECK(another_thread_gets(&shared, ExAcquireSharedStarveExclusive));
    /* Who shares already comes in again, unless it asks to let the owner go first. */
    CHECK(ExAcquireResourceSharedLite(&shared.resource, FALSE));
    CHECK(!ExAcquireSharedWaitForExclusive(&shared.resource, FALSE));
    CHECK_EQUAL(shared.plain, 0);
    ExReleaseResourceLite(&shared.resource);
    ExReleaseResourceLite(&shared.resource);
    nt_thread_join(owner);
    CHECK_EQUAL(shared.plain, 1);
    CHECK_EQUAL(ExDeleteResourceLite(&shared.resource), STATUS_SUCCESS);
}

static void share_until_told(void *argument)
{
    struct shared *shared = argument;

    CHECK(ExAcquireResourceSharedLite(&shared->resource, TRUE));
    set(&shared->ready);
    wait_for(&shared->go);
    ExReleaseResourceLite(&shared->resource);
}

static void converting_lets_sharers_in(void)
{
    struct shared shared;
    struct nt_thread *sharer;

    setup(&shared);
    CHECK(ExAcquireResourceExclusiveLite(&shared.resource, TRUE));
    sharer = nt_thread_start(share_until_told, &shared);
    ExConvertExclusiveToSharedLite(&shared.resource);
    CHECK(!ExIsResourceAcquiredExclusiveLite(&shared.resource));
    wait_for(&shared.ready);
    ExReleaseResourceLite(&shared.resource);
    set(&shared.go);
    nt_thread_join(sharer);
    CHECK_EQUAL(ExReinitializeResourceLite(&shared.resource), STATUS_SUCCESS);
    CHECK(another_thread_gets(&shared, ExAcquireResourceExclusiveLite));
    CHECK_EQUAL(ExDeleteResourceLite(&shared.resource), STATUS_SUCCESS);
}

static void release_for_pointer(void *argument)
{
    struct shared *shared = argument;

    ExReleaseResourceForThreadLite(&shared->resource, (ERESOURCE_THREAD)shared | 3);
}

static void share_of_a_pointer_is_released_by_another_thread(void)
{
    struct shared shared;

    setup(&shared);
    CHECK(ExAcquireResourceExclusiveLite(&shared.resource, TRUE));
    ExSetResourceOwnerPointer(&shared.resource, (PVOID)((ULONG_PTR)&shared | 3));
    CHECK_EQUAL(ExIsResourceAcquiredSharedLite(&shared.resource), 0);
    nt_thread_join(nt_thread_start(release_for_pointer, &shared));
    CHECK(another_thread_gets(&shared, ExAcquireResourceExclusiveLite));
    CHECK_EQUAL(ExDeleteResourceLite(&shared.resource), STATUS_SUCCESS);
}

static void read_and_write(void *argument)
{
    struct shared *shared = argument;

    for (int i = 0; i < (nt_is_simulated() ? 3 : 300); i++)
    {
        LONG seen;

        (void)ExEnterCriticalRegionAndAcquireResourceShared(&shared->resource);
        (void)InterlockedIncrement(&shared->readers);
        seen = shared->plain;
        (void)ExGetSharedWaiterCount(&shared->resource);
        CHECK_EQUAL(shared->plain, seen);
        (void)InterlockedDecrement(&shared->readers);
        ExReleaseResourceAndLeaveCriticalRegion(&shared->resource);
        (void)ExEnterCriticalRegionAndAcquireResourceExclusive(&shared->resource);
        CHECK_EQUAL(shared->readers, 0);
        seen = shared->plain;
        (void)ExGetSharedWaiterCount(&shared->resource);
        shared->plain = seen + 1;
        ExReleaseResourceAndLeaveCriticalRegion(&shared->resource);
    }
}

static void readers_and_writers_do_not_meet(void)
{
    struct shared shared;
    struct nt_thread *threads[THREADS];

    setup(&shared);
    for (int i = 0; i < THREADS; i++)
    {
        threads[i] = nt_thread_start(read_and_write, &shared);
    }
    for (int i = 0; i < THREADS; i++)
    {
        nt_thread_join(threads[i]);
    }
    CHECK_EQUAL(shared.plain, THREADS * (nt_is_simulated() ? 3 : 300));
    CHECK(!KeAreApcsDisabled());
    CHECK_EQUAL(ExDeleteResourceLite(&shared.resource), STATUS_SUCCESS);
}

/* Two sharers need a table. */
static void share_with_little_memory(void)
{
    struct shared shared;

    setup(&shared);
    CHECK(ExAcquireResourceSharedLite(&shared.resource, FALSE));
    if (another_thread_gets(&shared, ExAcquireResourceSharedLite))
    {
        CHECK_EQUAL(ExIsResourceAcquiredSharedLite(&shared.resource), 1);
    }
    ExReleaseResourceLite(&shared.resource);
    CHECK_EQUAL(ExDeleteResourceLite(&shared.resource), STATUS_SUCCESS);
}

static void resource_of_another_owner(void)
{
    struct shared shared;

    setup(&shared);
    ExReleaseResourceLite(&shared.resource);
}

static void resource_deleted_while_owned(void)
{
    struct shared shared;

    setup(&shared);
    CHECK(ExAcquireResourceExclusiveLite(&shared.resource, TRUE));
    (void)ExDeleteResourceLite(&shared.resource);
}

static void resource_at_dispatch(void)
{
    struct shared shared;

    setup(&shared);
    (void)KeRaiseIrqlToDpcLevel();
    (void)ExAcquireResourceSharedLite(&shared.resource, FALSE);
}

static void converted_by_a_sharer(void)
{
    struct shared shared;

    setup(&shared);
    CHECK(ExAcquireResourceSharedLite(&shared.resource, TRUE));
    ExConvertExclusiveToSharedLite(&shared.resource);
}

const struct nt_case nt_cases[] = {
    CASE(exclusive_owner_is_alone_and_recursive),
    CASE(sharers_keep_owners_out),
    CASE(waiting_owner_keeps_new_sharers_out),
    CASE(converting_lets_sharers_in),
    CASE(share_of_a_pointer_is_released_by_another_thread),
    CASE(readers_and_writers_do_not_meet),
    CASE(share_with_little_memory),
    STOPS(resource_of_another_owner, "bug check 0x000000E3"),
    STOPS(resource_deleted_while_owned, "bug check 0x000000C4"),
    STOPS(resource_at_dispatch, "bug check 0x0000000A...rule: ..." CALLED_BY(resource_at_dispatch)),
    STOPS(converted_by_a_sharer, "bug check 0x000000E3"),
    CASES_END,
};
