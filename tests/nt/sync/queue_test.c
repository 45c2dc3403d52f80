/* SPDX-License-Identifier: MIT */
/*
 * Queues of work for several threads.
 */
#include "nt_case.h"

#include <ntifs.h>

struct item
{
    LIST_ENTRY link;
    unsigned number;
};

static KQUEUE queue;
static LARGE_INTEGER at_once;
static LARGE_INTEGER soon = {.QuadPart = -10000};

static PLIST_ENTRY status_entry(NTSTATUS status)
{
    return (PLIST_ENTRY)(ULONG_PTR)(ULONG)status;
}

static void entries_come_out_in_order_and_the_head_first(void)
{
    struct item items[3];

    KeInitializeQueue(&queue, 1);
    CHECK_EQUAL(KeReadStateQueue(&queue), 0);
    CHECK_EQUAL(KeInsertQueue(&queue, &items[0].link), 0);
    CHECK_EQUAL(KeInsertQueue(&queue, &items[1].link), 1);
    CHECK_EQUAL(KeInsertHeadQueue(&queue, &items[2].link), 2);
    CHECK_EQUAL(KeReadStateQueue(&queue), 3);
    CHECK(KeRemoveQueue(&queue, KernelMode, NULL) == &items[2].link);
    CHECK(KeRemoveQueue(&queue, KernelMode, NULL) == &items[0].link);
    CHECK(KeRemoveQueue(&queue, KernelMode, &at_once) == &items[1].link);
    CHECK_EQUAL(KeReadStateQueue(&queue), 0);
    CHECK(KeRundownQueue(&queue) == NULL);
}

static void an_empty_queue_times_out(void)
{
    KeInitializeQueue(&queue, 1);
    CHECK(KeRemoveQueue(&queue, KernelMode, &at_once) == status_entry(STATUS_TIMEOUT));
    CHECK(KeRemoveQueue(&queue, KernelMode, &soon) == status_entry(STATUS_TIMEOUT));
    /* The thread is active again, as after any removal. */
    CHECK_EQUAL(queue.CurrentCount, 1);
    CHECK(KeRundownQueue(&queue) == NULL);
    CHECK_EQUAL(queue.CurrentCount, 0);
}

static void a_count_of_zero_is_as_many_as_there_are_processors(void)
{
    KeInitializeQueue(&queue, 0);
    CHECK_EQUAL(queue.MaximumCount, KeQueryActiveProcessorCount(NULL));
    KeInitializeQueue(&queue, 7);
    CHECK_EQUAL(queue.MaximumCount, 7);
    CHECK_EQUAL(queue.Header.Type & 0x3F, 4);
}

static void several_entries_come_at_once(void)
{
    struct item items[4];
    PLIST_ENTRY got[3] = {NULL};

    KeInitializeQueue(&queue, 1);
    for (size_t index = 0; index < ARRAYSIZE(items); index++)
    {
        (void)KeInsertQueue(&queue, &items[index].link);
    }
    CHECK_EQUAL(KeRemoveQueueEx(&queue, KernelMode, FALSE, NULL, got, 3), 3);
    CHECK(got[0] == &items[0].link && got[1] == &items[1].link && got[2] == &items[2].link);
    CHECK_EQUAL(queue.CurrentCount, 1);
    CHECK_EQUAL(KeRemoveQueueEx(&queue, KernelMode, TRUE, NULL, got, 3), 1);
    CHECK(got[0] == &items[3].link);
    CHECK_EQUAL(KeRemoveQueueEx(&queue, KernelMode, FALSE, &at_once, got, 3), 1);
    CHECK(got[0] == status_entry(STATUS_TIMEOUT));
    (void)KeRundownQueue(&queue);
}

static void a_rundown_returns_the_entries_as_a_ring(void)
{
    struct item items[3];
    PLIST_ENTRY first;

    KeInitializeQueue(&queue, 1);
    for (size_t index = 0; index < ARRAYSIZE(items); index++)
    {
        (void)KeInsertQueue(&queue, &items[index].link);
    }
    first = KeRundownQueue(&queue);
    CHECK(first == &items[0].link);
    CHECK(first->Flink == &items[1].link && first->Flink->Flink == &items[2].link);
    CHECK(items[2].link.Flink == first && first->Blink == &items[2].link);
    CHECK_EQUAL(KeReadStateQueue(&queue), 0);
}

static KEVENT proceed;
static KEVENT arrived;
static volatile LONG taken;
static volatile LONG abandoned;

static void take_one(void *argument)
{
    PLIST_ENTRY entry = KeRemoveQueue(&queue, KernelMode, NULL);

    (void)argument;
    if (entry == status_entry(STATUS_ABANDONED))
    {
        (void)InterlockedIncrement(&abandoned);
        return;
    }
    (void)InterlockedIncrement(&taken);
}

static void take_one_and_block(void *argument)
{
    PLIST_ENTRY entry = KeRemoveQueue(&queue, KernelMode, NULL);

    (void)argument;
    CHECK(entry != status_entry(STATUS_ABANDONED));
    (void)InterlockedIncrement(&taken);
    (void)KeSetEvent(&arrived, 0, FALSE);
    (void)KeWaitForSingleObject(&proceed, Executive, KernelMode, FALSE, NULL);
}

static void begin(ULONG count)
{
    taken = 0;
    abandoned = 0;
    KeInitializeQueue(&queue, count);
    KeInitializeEvent(&proceed, NotificationEvent, FALSE);
    KeInitializeEvent(&arrived, SynchronizationEvent, FALSE);
}

static void a_rundown_lets_waiters_go_as_abandoned(void)
{
    struct nt_thread *threads[3];

    begin(1);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(take_one, NULL);
    }
    /* Those that have not begun to wait find the queue as good as new, so this goes on until all have. */
    while (ReadAcquire(&abandoned) != 3)
    {
        CHECK(KeRundownQueue(&queue) == NULL);
        (void)KeDelayExecutionThread(KernelMode, FALSE, &soon);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_EQUAL(ReadAcquire(&taken), 0);
}

static void a_thread_that_blocks_lets_the_next_one_have_an_entry(void)
{
    struct item items[2];
    struct nt_thread *first;
    struct nt_thread *second;

    begin(1);
    first = nt_thread_start(take_one_and_block, NULL);
    second = nt_thread_start(take_one_and_block, NULL);
    (void)KeInsertQueue(&queue, &items[0].link);
    (void)KeInsertQueue(&queue, &items[1].link);
    /* Both have an entry although the queue is for one thread: the first to come blocks with its. */
    for (unsigned count = 0; count < 2; count++)
    {
        while (ReadAcquire(&taken) <= (LONG)count)
        {
            (void)KeWaitForSingleObject(&arrived, Executive, KernelMode, FALSE, &soon);
        }
    }
    (void)KeSetEvent(&proceed, 0, FALSE);
    nt_thread_join(first);
    nt_thread_join(second);
    CHECK_EQUAL(queue.CurrentCount, 0);
    CHECK(IsListEmpty(&queue.ThreadListHead));
}

static void a_queue_that_is_busy_gives_no_entry(void)
{
    struct item items[2];
    struct nt_thread *other;

    begin(1);
    (void)KeInsertQueue(&queue, &items[0].link);
    (void)KeInsertQueue(&queue, &items[1].link);
    CHECK(KeRemoveQueue(&queue, KernelMode, NULL) == &items[0].link);
    other = nt_thread_start(take_one, NULL);
    /* This thread works, so the other one cannot have what is left; when this one comes for more, the entry is its own. */
    CHECK_EQUAL(ReadAcquire(&taken), 0);
    CHECK(KeRemoveQueue(&queue, KernelMode, NULL) == &items[1].link);
    CHECK_EQUAL(ReadAcquire(&taken), 0);
    (void)KeInsertQueue(&queue, &items[0].link);
    CHECK_EQUAL(ReadAcquire(&taken), 0);
    /* The join blocks outside the executive; leaving for another queue makes room. */
    {
        KQUEUE elsewhere;

        KeInitializeQueue(&elsewhere, 1);
        CHECK(KeRemoveQueue(&elsewhere, KernelMode, &at_once) == status_entry(STATUS_TIMEOUT));
        nt_thread_join(other);
        CHECK_EQUAL(ReadAcquire(&taken), 1);
        (void)KeRundownQueue(&elsewhere);
    }
    CHECK_EQUAL(queue.CurrentCount, 0);
}

#define ITEMS 12

static struct item work[ITEMS];
static volatile LONG active;

static void work_until_told(void *argument)
{
    (void)argument;
    for (;;)
    {
        PLIST_ENTRY entry = KeRemoveQueue(&queue, KernelMode, NULL);
        LONG now = InterlockedIncrement(&active);

        if (CONTAINING_RECORD(entry, struct item, link)->number == 0)
        {
            (void)InterlockedDecrement(&active);
            return;
        }
        CHECK(now <= 2);
        (void)InterlockedIncrement(&taken);
        (void)KeReadStateQueue(&queue);
        (void)InterlockedDecrement(&active);
    }
}

static void put_in(void *argument)
{
    unsigned first = (unsigned)(ULONG_PTR)argument;

    for (unsigned index = first; index < first + ITEMS / 2; index++)
    {
        work[index].number = index + 1;
        (void)KeInsertQueue(&queue, &work[index].link);
    }
}

static void no_more_threads_work_at_once_than_the_queue_is_for(void)
{
    struct item ends[3] = {{.number = 0}};
    struct nt_thread *workers[3];
    struct nt_thread *producers[2];

    begin(2);
    active = 0;
    for (size_t index = 0; index < ARRAYSIZE(workers); index++)
    {
        ends[index].number = 0;
        workers[index] = nt_thread_start(work_until_told, NULL);
    }
    for (size_t index = 0; index < ARRAYSIZE(producers); index++)
    {
        producers[index] = nt_thread_start(put_in, (void *)(ULONG_PTR)(index * ITEMS / 2));
    }
    for (size_t index = 0; index < ARRAYSIZE(producers); index++)
    {
        nt_thread_join(producers[index]);
    }
    for (size_t index = 0; index < ARRAYSIZE(ends); index++)
    {
        (void)KeInsertQueue(&queue, &ends[index].link);
    }
    for (size_t index = 0; index < ARRAYSIZE(workers); index++)
    {
        nt_thread_join(workers[index]);
    }
    CHECK_EQUAL(ReadAcquire(&taken), ITEMS);
    CHECK_EQUAL(queue.CurrentCount, 0);
    CHECK_EQUAL(KeReadStateQueue(&queue), 0);
}

static volatile LONG timed_out;

static void take_or_time_out(void *argument)
{
    PLIST_ENTRY entry = KeRemoveQueue(&queue, KernelMode, &soon);

    (void)argument;
    (void)InterlockedIncrement(entry == status_entry(STATUS_TIMEOUT) ? &timed_out : &taken);
}

static void an_entry_that_meets_a_time_out_is_not_lost(void)
{
    struct item items[2];
    struct nt_thread *threads[2];

    begin(2);
    timed_out = 0;
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(take_or_time_out, NULL);
    }
    (void)KeDelayExecutionThread(KernelMode, FALSE, &soon);
    for (size_t index = 0; index < ARRAYSIZE(items); index++)
    {
        (void)KeInsertQueue(&queue, &items[index].link);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_EQUAL(taken + timed_out, 2);
    CHECK_EQUAL(KeReadStateQueue(&queue), timed_out);
    (void)KeRundownQueue(&queue);
}

const struct nt_case nt_cases[] = {
    CASE(entries_come_out_in_order_and_the_head_first),
    CASE(an_empty_queue_times_out),
    CASE(a_count_of_zero_is_as_many_as_there_are_processors),
    CASE(several_entries_come_at_once),
    CASE(a_rundown_returns_the_entries_as_a_ring),
    CASE(a_rundown_lets_waiters_go_as_abandoned),
    CASE(a_thread_that_blocks_lets_the_next_one_have_an_entry),
    CASE(a_queue_that_is_busy_gives_no_entry),
    CASE(no_more_threads_work_at_once_than_the_queue_is_for),
    CASE(an_entry_that_meets_a_time_out_is_not_lost),
    CASES_END,
};
