/* SPDX-License-Identifier: MIT */
/*
 * Executive resources: locks that several threads share or one owns, recursively, with owners that are known.
 *
 * Whoever must wait hangs a record on his stack behind the waiters of his kind; who releases gives the resource to those whose
 * turn it is, and wakes them. After an exclusive owner all who wait to share get it, after the last sharer one who waits to own:
 * neither kind starves. Owners beyond the one that the published structure has room for are in a table that only grows.
 */
#include "nt/debug/bugcheck.h"
#include "nt/sync/lock_report.h"
#include "nt/thread/thread.h"

#include <string.h>

/* Parameter of the bug check: memory goes that holds a resource in use. */
#define MEMORY_HOLDS_ACTIVE_RESOURCE 0xD2

enum how
{
    HOW_SHARED,
    HOW_SHARED_STARVE_EXCLUSIVE,
    HOW_SHARED_WAIT_FOR_EXCLUSIVE,
    HOW_EXCLUSIVE,
};

struct resource_waiter
{
    struct resource_waiter *next;
    ERESOURCE_THREAD owner;
    /* The platform's number of the thread, for reports. */
    uint32_t thread;
    /* Zero while it waits, one asleep, two when it has the resource. */
    uint32_t word;
};

enum
{
    WAITER_WAITS = 0,
    WAITER_SLEEPS = 1,
    WAITER_OWNS = 2,
    TABLE_FIRST_SIZE = 4,
};

static void lock(PERESOURCE resource)
{
    platform_spinlock_lock((struct platform_spinlock *)&resource->SpinLock);
}

static void unlock(PERESOURCE resource)
{
    platform_spinlock_unlock((struct platform_spinlock *)&resource->SpinLock);
}

static bool is_exclusive(const ERESOURCE *resource)
{
    return (resource->Flag & ResourceOwnedExclusive) != 0;
}

/* The first entry of the table holds its size. */
static ULONG table_size(const ERESOURCE *resource)
{
    return resource->OwnerTable == NULL ? 0 : resource->OwnerTable[0].TableSize;
}

static POWNER_ENTRY find_owner(PERESOURCE resource, ERESOURCE_THREAD owner)
{
    if (resource->OwnerEntry.OwnerThread == owner)
    {
        return &resource->OwnerEntry;
    }
    for (ULONG index = 1; index < table_size(resource); index++)
    {
        if (resource->OwnerTable[index].OwnerThread == owner)
        {
            return &resource->OwnerTable[index];
        }
    }
    return NULL;
}

/*
 * Reports name the thread of the published structure's own entry by its number, kept in a field that is Windows' own: the
 * thread's object may be gone when it ended without releasing.
 */
static uint32_t owner_number(const ERESOURCE *resource)
{
    return resource->OwnerEntry.OwnerThread == 0 ? 0 : (uint32_t)resource->CreatorBackTraceIndex;
}

static void add_owner(PERESOURCE resource, POWNER_ENTRY entry, ERESOURCE_THREAD owner, uint32_t thread)
{
    entry->OwnerThread = owner;
    entry->OwnerCount = 1;
    if (entry == &resource->OwnerEntry)
    {
        resource->CreatorBackTraceIndex = thread;
    }
    resource->ActiveEntries++;
    resource->ActiveCount = 1;
}

/* Room for one more owner, or NULL: then the table must grow. An entry that nobody uses has owner zero. */
static POWNER_ENTRY free_entry(PERESOURCE resource)
{
    return find_owner(resource, 0);
}

/*
 * Makes the table larger, with the lock released meanwhile. Returns false when there is no memory. Everything may have changed
 * afterwards.
 */
static bool grow_table(PERESOURCE resource)
{
    ULONG old_size = table_size(resource);
    ULONG size = old_size == 0 ? TABLE_FIRST_SIZE : old_size * 2;
    POWNER_ENTRY table;
    POWNER_ENTRY old;

    unlock(resource);
    table = platform_zalloc(size * sizeof(*table));
    lock(resource);
    if (table == NULL)
    {
        return false;
    }
    if (table_size(resource) >= size)
    {
        unlock(resource);
        platform_free(table, size * sizeof(*table));
        lock(resource);
        return true;
    }
    old = resource->OwnerTable;
    old_size = table_size(resource);
    if (old != NULL)
    {
        memcpy(table, old, old_size * sizeof(*table));
    }
    table[0].TableSize = size;
    resource->OwnerTable = table;
    unlock(resource);
    if (old != NULL)
    {
        platform_free(old, old_size * sizeof(*old));
    }
    lock(resource);
    return true;
}

/* Waiters are rings: the field points to the last one, whose next is the first. */
static void append(PVOID *field, struct resource_waiter *waiter)
{
    struct resource_waiter *last = *field;

    waiter->next = last == NULL ? waiter : last->next;
    if (last != NULL)
    {
        last->next = waiter;
    }
    *field = waiter;
}

static struct resource_waiter *take_first(PVOID *field)
{
    struct resource_waiter *last = *field;
    struct resource_waiter *first = last == NULL ? NULL : last->next;

    if (first == last)
    {
        *field = NULL;
    }
    else
    {
        last->next = first->next;
    }
    return first;
}

/* Its stack, and with it the record, may be gone as soon as the waiter knows. */
static void wake(struct resource_waiter *waiter)
{
    if (platform_atomic_exchange(&waiter->word, WAITER_OWNS) == WAITER_SLEEPS)
    {
        platform_wake_word(&waiter->word, 1);
    }
}

/* Owners that were given the resource: woken after the lock is released. */
static void wake_all(struct resource_waiter *first)
{
    while (first != NULL)
    {
        struct resource_waiter *next = first->next;

        wake(first);
        first = next;
    }
}

/*
 * Gives the resource to waiting sharers. A waiter reserves its entry before it hangs itself up, by growing the table to the
 * number of owners and waiters, so there is always room.
 */
static struct resource_waiter *grant_shared(PERESOURCE resource)
{
    struct resource_waiter *granted = NULL;
    struct resource_waiter **end = &granted;
    struct resource_waiter *waiter;

    while ((waiter = take_first(&resource->SharedWaiters)) != NULL)
    {
        POWNER_ENTRY entry = find_owner(resource, waiter->owner);

        if (entry != NULL)
        {
            entry->OwnerCount++;
        }
        else
        {
            add_owner(resource, free_entry(resource), waiter->owner, waiter->thread);
        }
        *end = waiter;
        end = &waiter->next;
    }
    *end = NULL;
    resource->NumberOfSharedWaiters = 0;
    return granted;
}

static struct resource_waiter *grant_exclusive(PERESOURCE resource)
{
    struct resource_waiter *waiter = take_first(&resource->ExclusiveWaiters);

    if (waiter != NULL)
    {
        waiter->next = NULL;
        resource->NumberOfExclusiveWaiters--;
        resource->Flag |= ResourceOwnedExclusive;
        add_owner(resource, &resource->OwnerEntry, waiter->owner, waiter->thread);
    }
    return waiter;
}

/* Nobody owns the resource any more. */
static struct resource_waiter *grant(PERESOURCE resource, bool was_exclusive)
{
    resource->ActiveCount = 0;
    resource->Flag &= (USHORT)~ResourceOwnedExclusive;
    if (resource->SharedWaiters != NULL && (was_exclusive || resource->ExclusiveWaiters == NULL))
    {
        return grant_shared(resource);
    }
    return grant_exclusive(resource);
}

static void sleep_until_granted(PERESOURCE resource, struct resource_waiter *waiter, uint32_t owner)
{
    uint32_t seen = platform_spin_while(&waiter->word, WAITER_WAITS);

    platform_wait_note("resource", resource, owner);
    while (seen != WAITER_OWNS)
    {
        if (seen == WAITER_SLEEPS || platform_atomic_compare_exchange(&waiter->word, &seen, WAITER_SLEEPS))
        {
            (void)platform_wait_word(&waiter->word, WAITER_SLEEPS, PLATFORM_FOREVER);
            seen = platform_atomic_load(&waiter->word);
        }
    }
    platform_wait_note(NULL, NULL, 0);
}

/* Called with the lock held, which it releases. */
static void wait_for_turn(PERESOURCE resource, bool exclusive, ERESOURCE_THREAD owner)
{
    struct resource_waiter waiter = {.owner = owner, .thread = platform_current()->id};
    uint32_t holder = owner_number(resource);

    resource->ContentionCount++;
    if (exclusive)
    {
        append(&resource->ExclusiveWaiters, &waiter);
        resource->NumberOfExclusiveWaiters++;
    }
    else
    {
        append(&resource->SharedWaiters, &waiter);
        resource->NumberOfSharedWaiters++;
    }
    unlock(resource);
    sleep_until_granted(resource, &waiter, holder);
}

/* Whether there is an entry for one more owner besides those that already wait for one. */
static bool has_room(const ERESOURCE *resource)
{
    ULONG room = table_size(resource) == 0 ? 1 : table_size(resource);

    return resource->ActiveEntries + resource->NumberOfSharedWaiters < room;
}

static bool shares_at_once(PERESOURCE resource, enum how how, bool owns)
{
    if (is_exclusive(resource))
    {
        return false;
    }
    if (resource->ActiveEntries == 0)
    {
        return true;
    }
    switch (how)
    {
        case HOW_SHARED_STARVE_EXCLUSIVE:
            return true;
        case HOW_SHARED_WAIT_FOR_EXCLUSIVE:
            return resource->ExclusiveWaiters == NULL;
        default:
            return owns || resource->ExclusiveWaiters == NULL;
    }
}

/* Called with the lock held, which it releases. */
static bool acquire_shared(PERESOURCE resource, enum how how, bool wait, ERESOURCE_THREAD owner)
{
    POWNER_ENTRY entry = find_owner(resource, owner);
    bool at_once = shares_at_once(resource, how, entry != NULL);

    if (entry != NULL && (at_once || is_exclusive(resource)))
    {
        entry->OwnerCount++;
        unlock(resource);
        return true;
    }
    if (at_once)
    {
        add_owner(resource, free_entry(resource), owner, platform_current()->id);
        unlock(resource);
        return true;
    }
    if (!wait)
    {
        unlock(resource);
        return false;
    }
    wait_for_turn(resource, false, owner);
    return true;
}

/* Called with the lock held, which it releases. */
static bool acquire_exclusive(PERESOURCE resource, bool wait, ERESOURCE_THREAD owner)
{
    if (resource->ActiveEntries == 0)
    {
        resource->Flag |= ResourceOwnedExclusive;
        add_owner(resource, &resource->OwnerEntry, owner, platform_current()->id);
        unlock(resource);
        return true;
    }
    if (is_exclusive(resource) && resource->OwnerEntry.OwnerThread == owner)
    {
        resource->OwnerEntry.OwnerCount++;
        unlock(resource);
        return true;
    }
    if (!wait)
    {
        unlock(resource);
        return false;
    }
    wait_for_turn(resource, true, owner);
    return true;
}

static _Noreturn void stop_not_owned(PERESOURCE resource, ERESOURCE_THREAD owner, ULONG_PTR caller)
{
    uint32_t holder = owner_number(resource);

    unlock(resource);
    lock_misuse_stop(&(struct lock_misuse){
        .code = RESOURCE_NOT_OWNED,
        .parameters = {(ULONG_PTR)resource, (ULONG_PTR)owner, (ULONG_PTR)resource->OwnerTable, caller},
        .kind = "resource",
        .rule = "a resource is released, converted or handed on by who owns it",
        .lock = resource,
        .owner = holder,
        .caller = caller,
    });
}

static void check_level(PERESOURCE resource, ULONG_PTR caller)
{
    if (platform_current()->irql > APC_LEVEL)
    {
        lock_misuse_stop(&(struct lock_misuse){
            .code = IRQL_NOT_LESS_OR_EQUAL,
            .parameters = {(ULONG_PTR)resource, platform_current()->irql, 0, caller},
            .kind = "resource",
            .rule = "a resource, which may have to be waited for, is taken at APC_LEVEL or below",
            .lock = resource,
            .caller = caller,
        });
    }
}

/* Memory for an owner may be there a little later; a caller that does not want to wait is told that it would have to. */
static bool make_room(PERESOURCE resource, bool wait)
{
    while (!has_room(resource) && !grow_table(resource))
    {
        if (!wait)
        {
            return false;
        }
        unlock(resource);
        platform_sleep_until(platform_deadline_in(10 * PLATFORM_MILLISECOND));
        lock(resource);
    }
    return true;
}

static bool acquire_any(PERESOURCE resource, enum how how, bool wait, ULONG_PTR caller)
{
    ERESOURCE_THREAD owner = (ERESOURCE_THREAD)thread_current();

    check_level(resource, caller);
    lock(resource);
    if (how == HOW_EXCLUSIVE)
    {
        return acquire_exclusive(resource, wait, owner);
    }
    if (!make_room(resource, wait))
    {
        unlock(resource);
        return false;
    }
    return acquire_shared(resource, how, wait, owner);
}

static bool acquire(PERESOURCE resource, enum how how, bool wait, ULONG_PTR caller)
{
    bool acquired = acquire_any(resource, how, wait, caller);

    if (acquired)
    {
        lock_note(resource, how == HOW_EXCLUSIVE ? LOCK_TAKEN : LOCK_SHARED, caller);
    }
    return acquired;
}

static void release(PERESOURCE resource, ERESOURCE_THREAD owner, ULONG_PTR caller)
{
    struct resource_waiter *granted = NULL;
    POWNER_ENTRY entry;

    lock(resource);
    entry = owner == 0 ? NULL : find_owner(resource, owner);
    if (entry == NULL)
    {
        stop_not_owned(resource, owner, caller);
    }
    lock_note(resource, LOCK_RELEASED, caller);
    if (--entry->OwnerCount == 0)
    {
        entry->OwnerThread = 0;
        if (--resource->ActiveEntries == 0)
        {
            granted = grant(resource, is_exclusive(resource));
        }
    }
    unlock(resource);
    wake_all(granted);
}

static void convert(PERESOURCE resource, ULONG_PTR caller)
{
    struct resource_waiter *granted;

    lock(resource);
    if (!is_exclusive(resource) || resource->OwnerEntry.OwnerThread != (ERESOURCE_THREAD)thread_current())
    {
        stop_not_owned(resource, (ERESOURCE_THREAD)thread_current(), caller);
    }
    resource->Flag &= (USHORT)~ResourceOwnedExclusive;
    granted = grant_shared(resource);
    unlock(resource);
    wake_all(granted);
}

/* How often the caller owns it. */
static ULONG owned_count(PERESOURCE resource)
{
    POWNER_ENTRY entry;
    ULONG count;

    lock(resource);
    entry = find_owner(resource, (ERESOURCE_THREAD)thread_current());
    count = entry == NULL ? 0 : entry->OwnerCount;
    unlock(resource);
    return count;
}

static ULONG waiter_count(PERESOURCE resource, const ULONG *field)
{
    ULONG count;

    lock(resource);
    count = *field;
    unlock(resource);
    return count;
}

/* From now on the caller's share belongs to an owner that is no thread: another thread may release it. */
static void set_owner_pointer(PERESOURCE resource, void *pointer, ULONG_PTR caller)
{
    ERESOURCE_THREAD owner = (ERESOURCE_THREAD)pointer;
    POWNER_ENTRY entry;
    POWNER_ENTRY other;

    lock(resource);
    entry = find_owner(resource, (ERESOURCE_THREAD)thread_current());
    if (entry == NULL)
    {
        stop_not_owned(resource, (ERESOURCE_THREAD)thread_current(), caller);
    }
    other = find_owner(resource, owner);
    if (other != NULL && other != entry)
    {
        other->OwnerCount += entry->OwnerCount;
        entry->OwnerCount = 0;
        entry->OwnerThread = 0;
        resource->ActiveEntries--;
    }
    else
    {
        entry->OwnerThread = owner;
    }
    unlock(resource);
}

static NTSTATUS delete (PERESOURCE resource)
{
    POWNER_ENTRY table = resource->OwnerTable;
    ULONG size = table_size(resource);

    if (resource->ActiveEntries != 0)
    {
        bugcheck(DRIVER_VERIFIER_DETECTED_VIOLATION, MEMORY_HOLDS_ACTIVE_RESOURCE, (ULONG_PTR)resource, 0, 0);
    }
    resource->OwnerTable = NULL;
    if (table != NULL)
    {
        platform_free(table, size * sizeof(*table));
    }
    return STATUS_SUCCESS;
}

/*
 * Published entry points.
 */
#define CALLER ((ULONG_PTR)__builtin_return_address(0))

NTSTATUS ExInitializeResourceLite(PERESOURCE Resource)
{
    RtlZeroMemory(Resource, sizeof(*Resource));
    return STATUS_SUCCESS;
}

NTSTATUS ExReinitializeResourceLite(PERESOURCE Resource)
{
    (void)delete (Resource);
    return ExInitializeResourceLite(Resource);
}

NTSTATUS ExDeleteResourceLite(PERESOURCE Resource)
{
    return delete (Resource);
}

BOOLEAN ExAcquireResourceSharedLite(PERESOURCE Resource, BOOLEAN Wait)
{
    return acquire(Resource, HOW_SHARED, Wait, CALLER);
}

BOOLEAN ExAcquireResourceExclusiveLite(PERESOURCE Resource, BOOLEAN Wait)
{
    return acquire(Resource, HOW_EXCLUSIVE, Wait, CALLER);
}

BOOLEAN ExAcquireSharedStarveExclusive(PERESOURCE Resource, BOOLEAN Wait)
{
    return acquire(Resource, HOW_SHARED_STARVE_EXCLUSIVE, Wait, CALLER);
}

BOOLEAN ExAcquireSharedWaitForExclusive(PERESOURCE Resource, BOOLEAN Wait)
{
    return acquire(Resource, HOW_SHARED_WAIT_FOR_EXCLUSIVE, Wait, CALLER);
}

PVOID ExEnterCriticalRegionAndAcquireResourceExclusive(PERESOURCE Resource)
{
    KeEnterCriticalRegion();
    (void)acquire(Resource, HOW_EXCLUSIVE, true, CALLER);
    return NULL;
}

PVOID ExEnterCriticalRegionAndAcquireResourceShared(PERESOURCE Resource)
{
    KeEnterCriticalRegion();
    (void)acquire(Resource, HOW_SHARED, true, CALLER);
    return NULL;
}

PVOID ExEnterCriticalRegionAndAcquireSharedWaitForExclusive(PERESOURCE Resource)
{
    KeEnterCriticalRegion();
    (void)acquire(Resource, HOW_SHARED_WAIT_FOR_EXCLUSIVE, true, CALLER);
    return NULL;
}

VOID ExReleaseResourceLite(PERESOURCE Resource)
{
    release(Resource, (ERESOURCE_THREAD)thread_current(), CALLER);
}

VOID ExReleaseResourceForThreadLite(PERESOURCE Resource, ERESOURCE_THREAD ResourceThreadId)
{
    release(Resource, ResourceThreadId, CALLER);
}

VOID ExReleaseResourceAndLeaveCriticalRegion(PERESOURCE Resource)
{
    release(Resource, (ERESOURCE_THREAD)thread_current(), CALLER);
    KeLeaveCriticalRegion();
}

VOID ExConvertExclusiveToSharedLite(PERESOURCE Resource)
{
    convert(Resource, CALLER);
}

VOID ExSetResourceOwnerPointer(PERESOURCE Resource, PVOID OwnerPointer)
{
    set_owner_pointer(Resource, OwnerPointer, CALLER);
}

VOID ExSetResourceOwnerPointerEx(PERESOURCE Resource, PVOID OwnerPointer, ULONG Flags)
{
    set_owner_pointer(Resource, OwnerPointer, CALLER);
}

VOID ExDisableResourceBoostLite(PERESOURCE Resource)
{
    /* Nothing is boosted here. */
}

BOOLEAN ExIsResourceAcquiredExclusiveLite(PERESOURCE Resource)
{
    bool owned;

    lock(Resource);
    owned = is_exclusive(Resource) && Resource->OwnerEntry.OwnerThread == (ERESOURCE_THREAD)thread_current();
    unlock(Resource);
    return owned;
}

ULONG ExIsResourceAcquiredSharedLite(PERESOURCE Resource)
{
    return owned_count(Resource);
}

ULONG ExGetExclusiveWaiterCount(PERESOURCE Resource)
{
    return waiter_count(Resource, &Resource->NumberOfExclusiveWaiters);
}

ULONG ExGetSharedWaiterCount(PERESOURCE Resource)
{
    return waiter_count(Resource, &Resource->NumberOfSharedWaiters);
}
