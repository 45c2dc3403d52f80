/* SPDX-License-Identifier: MIT */
/*
 * Deferred procedure calls.
 */
#include "nt_case.h"

#include <ntifs.h>

struct record
{
    KDPC dpc;
    KEVENT ran;
    LONG runs;
    KIRQL level;
    PVOID arguments[2];
    BOOLEAN executing;
    struct record *next;
    LONG order;
};

static LONG sequence;

static void run(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    struct record *record = context;

    CHECK(dpc == &record->dpc);
    record->level = KeGetCurrentIrql();
    record->executing = KeIsExecutingDpc() != 0;
    record->arguments[0] = argument1;
    record->arguments[1] = argument2;
    record->order = InterlockedIncrement(&sequence);
    (void)InterlockedIncrement(&record->runs);
    (void)KeSetEvent(&record->ran, IO_NO_INCREMENT, FALSE);
}

static void setup(struct record *record)
{
    RtlZeroMemory(record, sizeof(*record));
    KeInitializeDpc(&record->dpc, run, record);
    KeInitializeEvent(&record->ran, SynchronizationEvent, FALSE);
}

static void wait_for(struct record *record)
{
    CHECK_EQUAL(KeWaitForSingleObject(&record->ran, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
}

static void call_runs_at_dispatch_level_with_its_arguments(void)
{
    struct record record;

    setup(&record);
    CHECK(KeInsertQueueDpc(&record.dpc, &record, &sequence));
    wait_for(&record);
    CHECK_EQUAL(record.level, DISPATCH_LEVEL);
    CHECK(record.executing);
    CHECK(record.arguments[0] == &record && record.arguments[1] == &sequence);
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    CHECK(!KeIsExecutingDpc());
    KeFlushQueuedDpcs();
}

static void call_queued_at_dispatch_level_waits_for_the_level_to_drop(void)
{
    struct record record;
    KIRQL before;

    setup(&record);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    CHECK(KeInsertQueueDpc(&record.dpc, NULL, NULL));
    CHECK(!KeInsertQueueDpc(&record.dpc, &record, NULL));
    CHECK_EQUAL(record.runs, 0);
    KeLowerIrql(before);
    CHECK_EQUAL(record.runs, 1);
    CHECK(record.arguments[0] == NULL);
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
}

static void spin_lock_release_runs_what_was_queued_inside(void)
{
    struct record record;
    KSPIN_LOCK lock;
    KIRQL before;

    setup(&record);
    KeInitializeSpinLock(&lock);
    KeAcquireSpinLock(&lock, &before);
    (void)KeInsertQueueDpc(&record.dpc, NULL, NULL);
    CHECK_EQUAL(record.runs, 0);
    KeReleaseSpinLock(&lock, before);
    CHECK_EQUAL(record.runs, 1);
}

static void important_call_goes_first(void)
{
    struct record records[3];
    KIRQL before;

    for (int i = 0; i < 3; i++)
    {
        setup(&records[i]);
    }
    KeSetImportanceDpc(&records[2].dpc, HighImportance);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    for (int i = 0; i < 3; i++)
    {
        (void)KeInsertQueueDpc(&records[i].dpc, NULL, NULL);
    }
    KeLowerIrql(before);
    CHECK(records[2].order < records[0].order && records[0].order < records[1].order);
}

static void removed_call_does_not_run(void)
{
    struct record record;
    KIRQL before;

    setup(&record);
    CHECK(!KeRemoveQueueDpc(&record.dpc));
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    (void)KeInsertQueueDpc(&record.dpc, NULL, NULL);
    CHECK(KeRemoveQueueDpc(&record.dpc));
    CHECK(!KeRemoveQueueDpc(&record.dpc));
    KeLowerIrql(before);
    CHECK_EQUAL(record.runs, 0);
    CHECK(KeInsertQueueDpc(&record.dpc, NULL, NULL));
    CHECK(!KeRemoveQueueDpcEx(&record.dpc, TRUE) || record.runs == 0);
}

static void queue_next(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    struct record *record = context;

    if (InterlockedIncrement(&record->runs) < 3)
    {
        CHECK(KeInsertQueueDpc(dpc, NULL, NULL));
    }
    else
    {
        (void)KeSetEvent(&record->ran, IO_NO_INCREMENT, FALSE);
    }
}

static void call_may_queue_itself(void)
{
    struct record record;

    setup(&record);
    KeInitializeDpc(&record.dpc, queue_next, &record);
    (void)KeInsertQueueDpc(&record.dpc, NULL, NULL);
    wait_for(&record);
    CHECK_EQUAL(record.runs, 3);
    KeFlushQueuedDpcs();
}

static void free_itself(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    ExFreePoolWithTag(dpc, 'tseT');
    (void)KeSetEvent(context, IO_NO_INCREMENT, FALSE);
}

static void call_may_free_itself(void)
{
    KEVENT ran;
    PKDPC dpc = ExAllocatePoolZero(NonPagedPoolNx, sizeof(KDPC), 'tseT');

    KeInitializeEvent(&ran, NotificationEvent, FALSE);
    KeInitializeThreadedDpc(dpc, free_itself, &ran);
    CHECK(KeInsertQueueDpc(dpc, NULL, NULL));
    CHECK_EQUAL(KeWaitForSingleObject(&ran, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
    KeFlushQueuedDpcs();
}

/* After a flush, everything that was queued before has run and its memory may go. */
static void insert_here(void *argument)
{
    struct record *record = argument;

    (void)KeInsertQueueDpc(&record->dpc, NULL, NULL);
}

static void flush_against_insert(void)
{
    struct record *record = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*record), 'tseT');
    struct nt_thread *threads[2];

    setup(record);
    threads[0] = nt_thread_start(insert_here, record);
    threads[1] = nt_thread_start(insert_here, record);
    KeFlushQueuedDpcs();
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    KeFlushQueuedDpcs();
    CHECK(record->runs == 1 || record->runs == 2);
    ExFreePoolWithTag(record, 'tseT');
}

static void flush_in_thread(void *argument)
{
    KeFlushQueuedDpcs();
}

static void several_may_flush(void)
{
    struct record record;
    struct nt_thread *threads[3];

    setup(&record);
    threads[0] = nt_thread_start(flush_in_thread, NULL);
    threads[1] = nt_thread_start(flush_in_thread, NULL);
    threads[2] = nt_thread_start(insert_here, &record);
    KeFlushQueuedDpcs();
    for (int i = 0; i < 3; i++)
    {
        nt_thread_join(threads[i]);
    }
    KeFlushQueuedDpcs();
    CHECK_EQUAL(record.runs, 1);
}

static void lower_inside(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    KeLowerIrql(PASSIVE_LEVEL);
}

static void call_that_returns_at_another_level(void)
{
    KDPC dpc;

    KeInitializeDpc(&dpc, lower_inside, NULL);
    (void)KeInsertQueueDpc(&dpc, NULL, NULL);
    KeFlushQueuedDpcs();
}

static void flush_at_dispatch(void)
{
    (void)KeRaiseIrqlToDpcLevel();
    KeFlushQueuedDpcs();
}

const struct nt_case nt_cases[] = {
    CASE(call_runs_at_dispatch_level_with_its_arguments),
    CASE(call_queued_at_dispatch_level_waits_for_the_level_to_drop),
    CASE(spin_lock_release_runs_what_was_queued_inside),
    CASE(important_call_goes_first),
    CASE(removed_call_does_not_run),
    CASE(call_may_queue_itself),
    CASE(call_may_free_itself),
    CASE(flush_against_insert),
    CASE(several_may_flush),
    STOPS(call_that_returns_at_another_level, "bug check 0x000000C8"),
    STOPS(flush_at_dispatch, "bug check 0x0000000A"),
    CASES_END,
};
