/* SPDX-License-Identifier: MIT */
/*
 * Changing the state of a dispatcher object, and letting go whom that satisfies.
 */
#include "nt/sync/header.h"

#include "nt/machine.h"
#include "nt/memory/in_use.h"
#include "nt/sync/mutant.h"
#include "nt/sync/object_state.h"
#include "nt/sync/spin.h"

void header_lock_slow(DISPATCHER_HEADER *header)
{
    struct spin spin = SPIN_INITIALIZER;
    LONG word;

    do
    {
        while (((word = platform_atomic_load_relaxed(&header->Lock)) & HEADER_LOCKED) != 0)
        {
            spin_once(&spin);
        }
    } while (!platform_atomic_compare_exchange_acquire(&header->Lock, &word, word | HEADER_LOCKED));
}

bool waiter_claim(struct waiter *waiter)
{
    uint32_t seen = platform_atomic_load(&waiter->word);

    while ((seen & (WAITER_CLAIMED | WAITER_DONE)) == 0)
    {
        if (platform_atomic_compare_exchange(&waiter->word, &seen, seen | WAITER_CLAIMED))
        {
            return true;
        }
    }
    return false;
}

void waiter_publish(struct waiter *waiter, NTSTATUS result)
{
    waiter->result = result;
    if ((platform_atomic_exchange(&waiter->word, WAITER_DONE) & WAITER_ASLEEP) != 0)
    {
        platform_wake_word(&waiter->word, 1);
    }
}

void wait_block_link(struct wait_block *block)
{
    DISPATCHER_HEADER *object = block->object;

    in_use_add(object, "object that a thread waits for");
    InsertTailList(&object->WaitListHead, &block->entry);
    block->linked = true;
    if (block->waiter->all)
    {
        __atomic_store_n(&object->Lock, __atomic_load_n(&object->Lock, __ATOMIC_RELAXED) | HEADER_HAS_WAIT_ALL,
                         __ATOMIC_RELAXED);
    }
}

void wait_block_unlink(struct wait_block *block)
{
    DISPATCHER_HEADER *object = block->object;

    RemoveEntryList(&block->entry);
    block->linked = false;
    in_use_remove(object);
    if (!block->waiter->all)
    {
        return;
    }
    for (LIST_ENTRY *entry = object->WaitListHead.Flink; entry != &object->WaitListHead; entry = entry->Flink)
    {
        if (CONTAINING_RECORD(entry, struct wait_block, entry)->waiter->all)
        {
            return;
        }
    }
    __atomic_store_n(&object->Lock, __atomic_load_n(&object->Lock, __ATOMIC_RELAXED) & ~HEADER_HAS_WAIT_ALL,
                     __ATOMIC_RELAXED);
}

bool object_is_signalled(const DISPATCHER_HEADER *object, PKTHREAD thread)
{
    return header_state(object) > 0 || (header_type(object) == DISPATCHER_MUTANT && mutant_is_owned(object, thread));
}

bool object_take(DISPATCHER_HEADER *object, PKTHREAD thread)
{
    switch (header_type(object))
    {
        case DISPATCHER_SYNCHRONIZATION_EVENT:
        case DISPATCHER_SYNCHRONIZATION_TIMER:
            header_set_state(object, 0);
            return false;
        case DISPATCHER_SEMAPHORE:
            header_set_state(object, header_state(object) - 1);
            return false;
        case DISPATCHER_MUTANT:
            return mutant_take(object, thread);
        default:
            return false;
    }
}

static void released_add(struct released *released, struct wait_block *block, bool abandoned)
{
    NTSTATUS base = abandoned ? STATUS_ABANDONED_WAIT_0 : STATUS_WAIT_0;

    block->waiter->result = base + (NTSTATUS)(block->waiter->all ? 0 : block->index);
    block->next_released = NULL;
    *released->last = block;
    released->last = &block->next_released;
}

static bool try_wait_all(struct wait_block *block, struct released *released)
{
    struct waiter *waiter = block->waiter;
    bool abandoned = false;
    bool satisfied;

    wait_all_lock(waiter, block->object);
    satisfied = wait_all_is_satisfied(waiter) && waiter_claim(waiter);
    if (satisfied)
    {
        abandoned = wait_all_take(waiter);
        for (uint16_t index = 0; index < waiter->count; index++)
        {
            wait_block_unlink(&waiter->blocks[index]);
        }
        released_add(released, block, abandoned);
    }
    wait_all_unlock(waiter, block->object);
    return satisfied;
}

static void try_wait_any(struct wait_block *block, struct released *released)
{
    if (waiter_claim(block->waiter))
    {
        wait_block_unlink(block);
        released_add(released, block, object_take(block->object, block->waiter->thread));
    }
}

/* First come, first served. Whose wait is over for another reason stays in the list until he takes himself out. */
void header_change_satisfy(DISPATCHER_HEADER *header, struct released *released)
{
    LIST_ENTRY *entry = header->WaitListHead.Flink;

    while (entry != &header->WaitListHead && header_state(header) > 0)
    {
        struct wait_block *block = CONTAINING_RECORD(entry, struct wait_block, entry);

        entry = entry->Flink;
        if (!block->waiter->all)
        {
            try_wait_any(block, released);
        }
        else if (try_wait_all(block, released))
        {
            /* The same object may stand in that wait twice: the next entry may have been its. */
            entry = header->WaitListHead.Flink;
        }
    }
}

void header_change_begin(DISPATCHER_HEADER *header, struct released *released)
{
    released->first = NULL;
    released->last = &released->first;
    released->ordered = false;
    header_lock(header);
    if (__builtin_expect((__atomic_load_n(&header->Lock, __ATOMIC_RELAXED) & HEADER_HAS_WAIT_ALL) != 0, 0))
    {
        header_unlock(header);
        platform_spinlock_lock(&machine()->wait_all);
        released->ordered = true;
        header_lock(header);
    }
}

void header_change_unlock(DISPATCHER_HEADER *header, struct released *released)
{
    header_change_satisfy(header, released);
    header_unlock(header);
    if (released->ordered)
    {
        platform_spinlock_unlock(&machine()->wait_all);
    }
}

void released_tell(struct released *released)
{
    struct wait_block *block = released->first;

    while (block != NULL)
    {
        /* The block lies on the waiter's stack and is gone once it knows. */
        struct wait_block *next = block->next_released;

        waiter_publish(block->waiter, block->waiter->result);
        block = next;
    }
}

void header_change_end(DISPATCHER_HEADER *header, struct released *released)
{
    header_change_unlock(header, released);
    released_tell(released);
}

LONG dispatcher_signal(DISPATCHER_HEADER *header, LONG state)
{
    struct released released;
    LONG before;

    header_change_begin(header, &released);
    before = header_state(header);
    header_set_state(header, state);
    header_change_end(header, &released);
    return before;
}

void dispatcher_initialize(DISPATCHER_HEADER *header, enum dispatcher_type type, LONG state)
{
    __atomic_store_n(&header->Lock, (LONG)type, __ATOMIC_RELAXED);
    header_set_state(header, state);
    InitializeListHead(&header->WaitListHead);
}
