/* SPDX-License-Identifier: MIT */
/*
 * Waiting for dispatcher objects.
 */
#include "nt/debug/bugcheck.h"
#include "nt/machine.h"
#include "nt/sync/apc.h"
#include "nt/sync/lock_report.h"
#include "nt/sync/mutant.h"
#include "nt/sync/object_state.h"
#include "nt/sync/queue.h"
#include "nt/thread/worker.h"
#include "nt/time/due.h"

#define CALLER ((ULONG_PTR)__builtin_return_address(0))

static const char *type_text(uint8_t type)
{
    static const char *const texts[] = {
        [DISPATCHER_NOTIFICATION_EVENT] = "notification event",
        [DISPATCHER_SYNCHRONIZATION_EVENT] = "synchronization event",
        [DISPATCHER_MUTANT] = "mutant",
        [DISPATCHER_PROCESS] = "process",
        [DISPATCHER_QUEUE] = "queue",
        [DISPATCHER_SEMAPHORE] = "semaphore",
        [DISPATCHER_THREAD] = "end of thread",
        [DISPATCHER_NOTIFICATION_TIMER] = "notification timer",
        [DISPATCHER_SYNCHRONIZATION_TIMER] = "synchronization timer",
    };

    return type < sizeof(texts) / sizeof(texts[0]) && texts[type] != NULL ? texts[type] : "dispatcher object";
}

static const char *wait_text(const struct waiter *waiter)
{
    if (waiter->count == 0)
    {
        return "time";
    }
    if (waiter->count > 1)
    {
        return waiter->all ? "all of several objects" : "one of several objects";
    }
    return type_text(waiter->blocks[0].type);
}

/* Called under the object's lock: what a wait must know about an object that may be gone when the wait is over. */
static void look_at_object(struct wait_block *block)
{
    block->type = header_type(block->object);
    if (block->type == DISPATCHER_MUTANT)
    {
        block->waiter->owner = mutant_owner_id(block->object);
    }
}

/* Puts the block into the object's list, or takes the object. Returns whether the wait is over, by this or another object. */
static bool enqueue_any(struct wait_block *block)
{
    struct waiter *waiter = block->waiter;
    DISPATCHER_HEADER *object = block->object;
    bool over = false;

    header_lock(object);
    look_at_object(block);
    if (!object_is_signalled(object, waiter->thread))
    {
        wait_block_link(block);
    }
    else
    {
        over = true;
        if (waiter_claim(waiter))
        {
            bool abandoned = object_take(object, waiter->thread);

            waiter->result = (abandoned ? STATUS_ABANDONED_WAIT_0 : STATUS_WAIT_0) + block->index;
            __atomic_store_n(&waiter->word, WAITER_DONE, __ATOMIC_RELAXED);
        }
    }
    header_unlock(object);
    return over;
}

static bool enqueue_each(struct waiter *waiter)
{
    for (uint16_t index = 0; index < waiter->count; index++)
    {
        if (enqueue_any(&waiter->blocks[index]))
        {
            return true;
        }
    }
    return false;
}

static bool enqueue_all(struct waiter *waiter)
{
    bool satisfied;

    platform_spinlock_lock(&machine()->wait_all);
    wait_all_lock(waiter, NULL);
    satisfied = wait_all_is_satisfied(waiter);
    if (satisfied)
    {
        waiter->result = wait_all_take(waiter) ? STATUS_ABANDONED_WAIT_0 : STATUS_WAIT_0;
        waiter->word = WAITER_DONE;
    }
    for (uint16_t index = 0; index < waiter->count; index++)
    {
        struct wait_block *block = &waiter->blocks[index];

        look_at_object(block);
        if (!satisfied)
        {
            wait_block_link(block);
        }
    }
    wait_all_unlock(waiter, NULL);
    platform_spinlock_unlock(&machine()->wait_all);
    return satisfied;
}

/* Gives the wait up, unless something ends it at this moment. */
static bool give_up(struct waiter *waiter, NTSTATUS result)
{
    if (!waiter_claim(waiter))
    {
        return false;
    }
    waiter->result = result;
    return true;
}

/* Until somebody published a result, or the time is over. */
static void sleep_until_done(struct waiter *waiter, struct due *due)
{
    uint32_t seen = platform_spin_while(&waiter->word, WAITER_PENDING);

    /* Who has claimed the wait tells in a moment. */
    if (seen == WAITER_CLAIMED)
    {
        seen = platform_spin_while(&waiter->word, WAITER_CLAIMED);
    }

    while (seen != WAITER_DONE)
    {
        bool claimed = (seen & WAITER_CLAIMED) != 0;

        if ((seen & WAITER_ASLEEP) == 0 && !platform_atomic_compare_exchange(&waiter->word, &seen, seen | WAITER_ASLEEP))
        {
            continue;
        }
        if (platform_wait_word(&waiter->word, seen | WAITER_ASLEEP, claimed ? PLATFORM_FOREVER : due->at) ==
                PLATFORM_TIMEOUT &&
            due_has_passed(due) && give_up(waiter, STATUS_TIMEOUT))
        {
            return;
        }
        seen = platform_atomic_load(&waiter->word);
    }
}

/* What a wait leaves behind: blocks of objects that did not end it, and mutants that this thread now holds. */
static void clean_up(struct waiter *waiter)
{
    for (uint16_t index = 0; index < waiter->count; index++)
    {
        struct wait_block *block = &waiter->blocks[index];

        /* Only the one who ended the wait unlinked blocks, so what is linked now stays so, and its object is still there. */
        if (block->linked)
        {
            header_lock(block->object);
            wait_block_unlink(block);
            header_unlock(block->object);
        }
    }
}

static void adopt_mutants(struct waiter *waiter)
{
    bool satisfied = waiter->result >= STATUS_WAIT_0 && waiter->result < STATUS_ABANDONED_WAIT_0 + MAXIMUM_WAIT_OBJECTS;
    uint16_t won = (uint16_t)(waiter->result & (MAXIMUM_WAIT_OBJECTS - 1));

    for (uint16_t index = 0; satisfied && index < waiter->count; index++)
    {
        if ((waiter->all || index == won) && waiter->blocks[index].type == DISPATCHER_MUTANT)
        {
            mutant_adopt(waiter->blocks[index].object, waiter->thread);
        }
    }
}

static void block_until_done(struct waiter *waiter, bool alertable, struct due *due)
{
    bool pending = !alertable || apc_wait_begin(waiter);

    if (pending && due->at == 0)
    {
        pending = !give_up(waiter, STATUS_TIMEOUT);
    }
    if (pending)
    {
        bool counts = queue_thread_counts(waiter->thread);

        if (counts)
        {
            queue_thread_blocks(waiter->thread);
        }
        worker_will_wait();
        platform_wait_note(wait_text(waiter), waiter->count == 0 ? NULL : waiter->blocks[0].object, waiter->owner);
        sleep_until_done(waiter, due);
        platform_wait_note(NULL, NULL, 0);
        worker_has_waited();
        if (counts)
        {
            queue_thread_goes_on(waiter->thread);
        }
    }
    if (alertable)
    {
        apc_wait_end(waiter);
    }
}

static void check_level(const void *object, const LARGE_INTEGER *timeout, ULONG_PTR caller)
{
    KIRQL level = platform_current()->irql;

    if (level > DISPATCH_LEVEL || (level == DISPATCH_LEVEL && (timeout == NULL || timeout->QuadPart != 0)))
    {
        lock_misuse_stop(&(struct lock_misuse){
            .code = IRQL_NOT_LESS_OR_EQUAL,
            .parameters = {(ULONG_PTR)object, level, 0, caller},
            .kind = object == NULL ? "no object" : type_text(header_type(object)),
            .rule = "a wait needs a level below DISPATCH_LEVEL, or at DISPATCH_LEVEL a time-out of zero",
            .lock = object,
            .caller = caller,
        });
    }
}

static NTSTATUS wait_with_blocks(struct waiter *waiter, void *const *objects, bool alertable, const LARGE_INTEGER *timeout)
{
    struct due due;
    bool over;

    for (uint16_t index = 0; index < waiter->count; index++)
    {
        waiter->blocks[index] = (struct wait_block){.waiter = waiter, .object = objects[index], .index = index};
    }
    over = waiter->all && waiter->count != 0 ? enqueue_all(waiter) : enqueue_each(waiter);
    if (over)
    {
        due = (struct due){.at = PLATFORM_FOREVER};
        sleep_until_done(waiter, &due);
    }
    else
    {
        due_make(&due, timeout);
        block_until_done(waiter, alertable, &due);
    }
    clean_up(waiter);
    adopt_mutants(waiter);
    return waiter->result;
}

static NTSTATUS wait_objects(uint32_t count, void *const *objects, struct wait_block *blocks, WAIT_TYPE type,
                             KPROCESSOR_MODE mode, bool alertable, const LARGE_INTEGER *timeout)
{
    struct waiter waiter = {
        .thread = thread_current(),
        .blocks = blocks,
        .count = (uint16_t)count,
        .all = type == WaitAll && count > 1,
        .mode = mode,
    };

    return wait_with_blocks(&waiter, objects, alertable, timeout);
}

/* The blocks of many objects are a large piece of stack, which only waits for many should pay for. */
static __attribute__((noinline)) NTSTATUS wait_many(uint32_t count, void *const *objects, WAIT_TYPE type,
                                                    KPROCESSOR_MODE mode, bool alertable, const LARGE_INTEGER *timeout)
{
    struct wait_block blocks[MAXIMUM_WAIT_OBJECTS];

    return wait_objects(count, objects, blocks, type, mode, alertable, timeout);
}

static __attribute__((noinline)) NTSTATUS wait_few(uint32_t count, void *const *objects, WAIT_TYPE type,
                                                   KPROCESSOR_MODE mode, bool alertable, const LARGE_INTEGER *timeout)
{
    struct wait_block blocks[THREAD_WAIT_OBJECTS];

    return wait_objects(count, objects, blocks, type, mode, alertable, timeout);
}

NTSTATUS dispatcher_wait(uint32_t count, void *const *objects, WAIT_TYPE type, KPROCESSOR_MODE mode, bool alertable,
                         const LARGE_INTEGER *timeout)
{
    if (count > MAXIMUM_WAIT_OBJECTS)
    {
        bugcheck(MAXIMUM_WAIT_OBJECTS_EXCEEDED, count, 0, 0, CALLER);
    }
    check_level(count == 0 ? NULL : objects[0], timeout, CALLER);
    return (count > THREAD_WAIT_OBJECTS ? wait_many : wait_few)(count, objects, type, mode, alertable, timeout);
}

/* A wait that is satisfied at once needs no block. Returns whether it was. */
static bool take_at_once(DISPATCHER_HEADER *object, NTSTATUS *ret_status)
{
    PKTHREAD thread = thread_current();
    bool signalled;

    header_lock(object);
    signalled = object_is_signalled(object, thread);
    if (signalled)
    {
        bool mutant = header_type(object) == DISPATCHER_MUTANT;

        *ret_status = object_take(object, thread) ? STATUS_ABANDONED_WAIT_0 : STATUS_WAIT_0;
        if (mutant)
        {
            mutant_adopt(object, thread);
        }
    }
    header_unlock(object);
    return signalled;
}

static __attribute__((noinline)) NTSTATUS wait_single(void *object, KPROCESSOR_MODE mode, bool alertable,
                                                      const LARGE_INTEGER *timeout, ULONG_PTR caller)
{
    NTSTATUS status;

    check_level(object, timeout, caller);
    if (take_at_once(object, &status))
    {
        return status;
    }
    if (!alertable && timeout != NULL && timeout->QuadPart == 0)
    {
        return STATUS_TIMEOUT;
    }
    return wait_few(1, &object, WaitAny, mode, alertable, timeout);
}

/*
 * Published entry points.
 */
NTSTATUS KeWaitForSingleObject(PVOID Object, KWAIT_REASON WaitReason, KPROCESSOR_MODE WaitMode, BOOLEAN Alertable,
                               PLARGE_INTEGER Timeout)
{
    const struct platform_thread *self = platform_current_thread;
    DISPATCHER_HEADER *header = Object;

    /* A free mutex is the wait that must be short: nobody sleeps. Everything else goes the long way. */
    if (__builtin_expect(self != NULL && self->nt != NULL && self->irql < DISPATCH_LEVEL &&
                             header_type(header) == DISPATCHER_MUTANT,
                         1) &&
        mutant_try_take_free(Object, self->nt))
    {
        return STATUS_WAIT_0;
    }
    return wait_single(Object, WaitMode, Alertable, Timeout, CALLER);
}

NTSTATUS KeWaitForMultipleObjects(ULONG Count, PVOID *Object, WAIT_TYPE WaitType, KWAIT_REASON WaitReason,
                                  KPROCESSOR_MODE WaitMode, BOOLEAN Alertable, PLARGE_INTEGER Timeout,
                                  PKWAIT_BLOCK WaitBlockArray)
{
    if (Count > (WaitBlockArray == NULL ? THREAD_WAIT_OBJECTS : MAXIMUM_WAIT_OBJECTS))
    {
        bugcheck(MAXIMUM_WAIT_OBJECTS_EXCEEDED, Count, (ULONG_PTR)WaitBlockArray, 0, CALLER);
    }
    check_level(Count == 0 ? NULL : Object[0], Timeout, CALLER);
    if (WaitBlockArray == NULL)
    {
        return wait_few(Count, Object, WaitType, WaitMode, Alertable, Timeout);
    }
    return wait_objects(Count, Object, (struct wait_block *)WaitBlockArray, WaitType, WaitMode, Alertable, Timeout);
}
