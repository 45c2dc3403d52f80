/* SPDX-License-Identifier: MIT */
/*
 * Queues of work for several threads (KQUEUE).
 *
 * One lock guards all queues and what threads know of them: a queue may be run down while its threads block elsewhere, so a
 * thread cannot find its queue's own lock. While a queue has both entries and waiters, it has as many active threads as it may.
 */
#include "nt/sync/queue.h"

#include "nt/machine.h"
#include "nt/sync/dispatcher.h"

/* A thread that waits, on its own stack. The last one that came is the first to be let go: its caches are warm. */
struct queue_waiter
{
    LIST_ENTRY link;
    /* In a chain of those who are to be told when the lock is released. */
    struct queue_waiter *next;
    PKTHREAD thread;
    KEVENT released;
    PLIST_ENTRY entry;
    NTSTATUS result;
};

static void lock(void)
{
    platform_spinlock_lock(&machine()->queues);
}

static void unlock(void)
{
    platform_spinlock_unlock(&machine()->queues);
}

static PLIST_ENTRY take_entry(PRKQUEUE queue)
{
    queue->Header.SignalState--;
    return RemoveHeadList(&queue->EntryListHead);
}

static struct queue_waiter *take_waiter(PRKQUEUE queue, NTSTATUS result)
{
    struct queue_waiter *waiter = CONTAINING_RECORD(RemoveHeadList(&queue->Header.WaitListHead), struct queue_waiter, link);

    InitializeListHead(&waiter->link);
    waiter->next = NULL;
    waiter->result = result;
    return waiter;
}

static bool may_go_on(PRKQUEUE queue)
{
    return queue->Header.SignalState != 0 && queue->CurrentCount < queue->MaximumCount;
}

/* Lock held. A thread that comes back with an entry, or with nothing but the end of its wait, is active again. */
static void become_active(PKTHREAD thread, PRKQUEUE queue)
{
    thread->queue_active = true;
    queue->CurrentCount++;
}

/* Lock held. Gives an entry to a waiter if there are both and the queue allows it; the caller tells the waiter afterwards. */
static struct queue_waiter *grant(PRKQUEUE queue)
{
    struct queue_waiter *waiter;

    if (!may_go_on(queue) || IsListEmpty(&queue->Header.WaitListHead))
    {
        return NULL;
    }
    waiter = take_waiter(queue, STATUS_SUCCESS);
    waiter->entry = take_entry(queue);
    become_active(waiter->thread, queue);
    return waiter;
}

/* Without the lock. A waiter's memory may be gone right after it was told. */
static void tell(struct queue_waiter *waiter)
{
    while (waiter != NULL)
    {
        struct queue_waiter *next = waiter->next;

        (void)KeSetEvent(&waiter->released, IO_NO_INCREMENT, FALSE);
        waiter = next;
    }
}

/* Lock held. The thread is not active for its queue any more, whose entries may be another's now. */
static struct queue_waiter *rest(PKTHREAD thread)
{
    if (!thread->queue_active)
    {
        return NULL;
    }
    thread->queue_active = false;
    thread->queue->CurrentCount--;
    return grant(thread->queue);
}

/* Lock held. */
static struct queue_waiter *leave(PKTHREAD thread)
{
    struct queue_waiter *next = NULL;

    if (thread->queue != NULL)
    {
        next = rest(thread);
        (void)RemoveEntryList(&thread->queue_link);
        thread->queue = NULL;
    }
    return next;
}

/* Lock held. */
static struct queue_waiter *join(PKTHREAD thread, PRKQUEUE queue)
{
    struct queue_waiter *next;

    if (thread->queue == queue)
    {
        /* No grant: what there is goes to the thread that asks. */
        queue->CurrentCount -= thread->queue_active ? 1 : 0;
        thread->queue_active = false;
        return NULL;
    }
    next = leave(thread);
    InsertTailList(&queue->ThreadListHead, &thread->queue_link);
    thread->queue = queue;
    return next;
}

void queue_thread_blocks(PKTHREAD thread)
{
    struct queue_waiter *next;

    lock();
    thread->queue_blocked = thread->queue_active;
    next = rest(thread);
    unlock();
    tell(next);
}

/* It goes on whether the queue has more active threads then than it was made for, or not. */
void queue_thread_goes_on(PKTHREAD thread)
{
    lock();
    if (thread->queue_blocked && thread->queue != NULL)
    {
        become_active(thread, thread->queue);
    }
    thread->queue_blocked = false;
    unlock();
}

void queue_thread_ends(PKTHREAD thread)
{
    struct queue_waiter *next;

    lock();
    next = leave(thread);
    unlock();
    tell(next);
}

/* Ends a wait that nobody granted; false when somebody has meanwhile, and is about to tell. */
static bool give_up(PKTHREAD thread, PRKQUEUE queue, struct queue_waiter *waiter)
{
    bool pending;

    lock();
    pending = !IsListEmpty(&waiter->link);
    if (pending)
    {
        (void)RemoveEntryList(&waiter->link);
        become_active(thread, queue);
    }
    unlock();
    return pending;
}

/* Waits for an entry. The thread stands in the list of waiters already, and is not active. */
static NTSTATUS wait(PKTHREAD thread, PRKQUEUE queue, struct queue_waiter *waiter, KPROCESSOR_MODE mode, bool alertable,
                     const LARGE_INTEGER *timeout)
{
    void *event = &waiter->released;
    NTSTATUS status;

    thread->queue_waiting = true;
    status = dispatcher_wait(1, &event, WaitAny, mode, alertable, timeout);
    if (status != STATUS_WAIT_0 && !give_up(thread, queue, waiter))
    {
        status = dispatcher_wait(1, &event, WaitAny, KernelMode, false, NULL);
    }
    thread->queue_waiting = false;
    return status == STATUS_WAIT_0 ? waiter->result : status;
}

/* Lock held. An entry that is there and may be had. */
static PLIST_ENTRY remove_at_once(PKTHREAD thread, PRKQUEUE queue)
{
    if (!may_go_on(queue))
    {
        return NULL;
    }
    become_active(thread, queue);
    return take_entry(queue);
}

static NTSTATUS remove_one(PRKQUEUE queue, KPROCESSOR_MODE mode, bool alertable, const LARGE_INTEGER *timeout,
                           PLIST_ENTRY *ret_entry)
{
    PKTHREAD thread = thread_current();
    bool polls = timeout != NULL && timeout->QuadPart == 0;
    struct queue_waiter waiter = {.thread = thread};
    struct queue_waiter *next;
    NTSTATUS status = STATUS_SUCCESS;

    KeInitializeEvent(&waiter.released, NotificationEvent, FALSE);
    lock();
    next = join(thread, queue);
    *ret_entry = remove_at_once(thread, queue);
    if (*ret_entry == NULL && polls)
    {
        become_active(thread, queue);
        status = STATUS_TIMEOUT;
    }
    else if (*ret_entry == NULL)
    {
        InsertHeadList(&queue->Header.WaitListHead, &waiter.link);
        status = STATUS_PENDING;
    }
    unlock();
    tell(next);
    if (status == STATUS_PENDING)
    {
        status = wait(thread, queue, &waiter, mode, alertable, timeout);
        *ret_entry = status == STATUS_SUCCESS ? waiter.entry : NULL;
    }
    return status;
}

/* More entries for a thread that has one: as many as there are, up to count. */
static ULONG remove_more(PRKQUEUE queue, PLIST_ENTRY *entries, ULONG count)
{
    ULONG taken = 0;

    lock();
    while (taken < count && queue->Header.SignalState != 0)
    {
        entries[taken++] = take_entry(queue);
    }
    unlock();
    return taken;
}

static LONG insert(PRKQUEUE queue, PLIST_ENTRY entry, bool at_head)
{
    struct queue_waiter *next;
    LONG before;

    lock();
    before = queue->Header.SignalState++;
    if (at_head)
    {
        InsertHeadList(&queue->EntryListHead, entry);
    }
    else
    {
        InsertTailList(&queue->EntryListHead, entry);
    }
    next = grant(queue);
    unlock();
    tell(next);
    return before;
}

/* Lock held. Without its head, the list of entries is a ring that begins with the first. */
static PLIST_ENTRY take_all_entries(PRKQUEUE queue)
{
    PLIST_ENTRY first = IsListEmpty(&queue->EntryListHead) ? NULL : queue->EntryListHead.Flink;

    (void)RemoveEntryList(&queue->EntryListHead);
    InitializeListHead(&queue->EntryListHead);
    queue->Header.SignalState = 0;
    return first;
}

/* Lock held. */
static void forget_threads(PRKQUEUE queue)
{
    while (!IsListEmpty(&queue->ThreadListHead))
    {
        PKTHREAD thread = CONTAINING_RECORD(RemoveHeadList(&queue->ThreadListHead), struct _KTHREAD, queue_link);

        __atomic_store_n(&thread->queue, NULL, __ATOMIC_RELAXED);
        thread->queue_active = false;
    }
    queue->CurrentCount = 0;
}

static PLIST_ENTRY run_down(PRKQUEUE queue)
{
    struct queue_waiter *abandoned = NULL;
    PLIST_ENTRY first;

    lock();
    forget_threads(queue);
    first = take_all_entries(queue);
    while (!IsListEmpty(&queue->Header.WaitListHead))
    {
        struct queue_waiter *waiter = take_waiter(queue, STATUS_ABANDONED);

        waiter->next = abandoned;
        abandoned = waiter;
    }
    unlock();
    tell(abandoned);
    return first;
}

/*
 * Published entry points.
 */
VOID KeInitializeQueue(PRKQUEUE Queue, ULONG Count)
{
    dispatcher_initialize(&Queue->Header, DISPATCHER_QUEUE, 0);
    InitializeListHead(&Queue->EntryListHead);
    InitializeListHead(&Queue->ThreadListHead);
    Queue->CurrentCount = 0;
    Queue->MaximumCount = Count != 0 ? Count : KeQueryActiveProcessorCount(NULL);
}

LONG KeInsertQueue(PRKQUEUE Queue, PLIST_ENTRY Entry)
{
    return insert(Queue, Entry, false);
}

LONG KeInsertHeadQueue(PRKQUEUE Queue, PLIST_ENTRY Entry)
{
    return insert(Queue, Entry, true);
}

LONG KeReadStateQueue(PRKQUEUE Queue)
{
    LONG state;

    lock();
    state = Queue->Header.SignalState;
    unlock();
    return state;
}

/* A status that ends the wait takes the place of the entry, as published. */
PLIST_ENTRY KeRemoveQueue(PRKQUEUE Queue, KPROCESSOR_MODE WaitMode, PLARGE_INTEGER Timeout)
{
    PLIST_ENTRY entry;
    NTSTATUS status = remove_one(Queue, WaitMode, false, Timeout, &entry);

    return status == STATUS_SUCCESS ? entry : (PLIST_ENTRY)(ULONG_PTR)(ULONG)status;
}

ULONG KeRemoveQueueEx(PKQUEUE Queue, KPROCESSOR_MODE WaitMode, BOOLEAN Alertable, PLARGE_INTEGER Timeout,
                      PLIST_ENTRY *EntryArray, ULONG Count)
{
    NTSTATUS status = remove_one(Queue, WaitMode, Alertable, Timeout, &EntryArray[0]);

    if (status != STATUS_SUCCESS)
    {
        EntryArray[0] = (PLIST_ENTRY)(ULONG_PTR)(ULONG)status;
        return 1;
    }
    return 1 + remove_more(Queue, &EntryArray[1], Count - 1);
}

PLIST_ENTRY KeRundownQueue(PRKQUEUE Queue)
{
    return run_down(Queue);
}
