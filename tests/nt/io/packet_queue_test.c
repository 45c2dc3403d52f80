/* SPDX-License-Identifier: MIT */
/*
 * Queues of packets: cancel-safe queues, device queues, StartIo, controllers; and remove locks.
 */
#include "io_case.h"

#include <string.h>

/*
 * Cancel-safe queues.
 */

struct queue
{
    IO_CSQ csq;
    KSPIN_LOCK lock;
    LIST_ENTRY packets;
    unsigned cancelled;
    NTSTATUS insert_status;
};

static struct queue *queue_of(PIO_CSQ csq)
{
    return CONTAINING_RECORD(csq, struct queue, csq);
}

static VOID csq_insert(PIO_CSQ csq, PIRP irp)
{
    InsertTailList(&queue_of(csq)->packets, &irp->Tail.Overlay.ListEntry);
}

static NTSTATUS csq_insert_ex(PIO_CSQ csq, PIRP irp, PVOID context)
{
    CHECK(context == csq);
    if (NT_SUCCESS(queue_of(csq)->insert_status))
    {
        csq_insert(csq, irp);
    }
    return queue_of(csq)->insert_status;
}

static VOID csq_remove(PIO_CSQ csq, PIRP irp)
{
    (void)csq;
    (void)RemoveEntryList(&irp->Tail.Overlay.ListEntry);
}

static PIRP csq_peek(PIO_CSQ csq, PIRP irp, PVOID context)
{
    LIST_ENTRY *head = &queue_of(csq)->packets;
    LIST_ENTRY *link = irp == NULL ? head->Flink : irp->Tail.Overlay.ListEntry.Flink;

    (void)context;
    return link == head ? NULL : CONTAINING_RECORD(link, IRP, Tail.Overlay.ListEntry);
}

static VOID csq_acquire(PIO_CSQ csq, PKIRQL irql)
{
    KeAcquireSpinLock(&queue_of(csq)->lock, irql);
}

static VOID csq_release(PIO_CSQ csq, KIRQL irql)
{
    KeReleaseSpinLock(&queue_of(csq)->lock, irql);
}

static VOID csq_cancelled(PIO_CSQ csq, PIRP irp)
{
    queue_of(csq)->cancelled++;
    (void)io_complete(irp, STATUS_CANCELLED, 0);
}

static void queue_make(struct queue *queue, bool extended)
{
    memset(queue, 0, sizeof(*queue));
    InitializeListHead(&queue->packets);
    KeInitializeSpinLock(&queue->lock);
    if (extended)
    {
        CHECK_EQUAL(
            IoCsqInitializeEx(&queue->csq, csq_insert_ex, csq_remove, csq_peek, csq_acquire, csq_release, csq_cancelled),
            STATUS_SUCCESS);
    }
    else
    {
        CHECK_EQUAL(IoCsqInitialize(&queue->csq, csq_insert, csq_remove, csq_peek, csq_acquire, csq_release, csq_cancelled),
                    STATUS_SUCCESS);
    }
}

static unsigned came_back;

static NTSTATUS count_back(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
    (void)device;
    (void)irp;
    (void)context;
    came_back++;
    return STATUS_MORE_PROCESSING_REQUIRED;
}

static PIRP packets[2];

static NTSTATUS keep(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    packets[packets[0] != NULL] = irp;
    IoMarkIrpPending(irp);
    return STATUS_PENDING;
}

/* Two packets in the hands of a driver. */
static PDEVICE_OBJECT hold_two(void)
{
    PDEVICE_OBJECT device = io_device(io_driver("Queue", keep), NULL);

    packets[0] = NULL;
    came_back = 0;
    for (size_t index = 0; index < 2; index++)
    {
        PIRP irp = IoAllocateIrp(1, FALSE);

        CHECK(irp != NULL);
        IoSetCompletionRoutine(irp, count_back, NULL, TRUE, TRUE, TRUE);
        CHECK_EQUAL(IoCallDriver(device, irp), STATUS_PENDING);
    }
    return device;
}

static void let_go(PDEVICE_OBJECT device)
{
    CHECK_EQUAL(came_back, 2);
    IoFreeIrp(packets[0]);
    IoFreeIrp(packets[1]);
    io_remove(device);
}

static void packets_come_out_in_order(void)
{
    PDEVICE_OBJECT device = hold_two();
    struct queue queue;

    queue_make(&queue, false);
    IoCsqInsertIrp(&queue.csq, packets[0], NULL);
    IoCsqInsertIrp(&queue.csq, packets[1], NULL);
    for (size_t index = 0; index < 2; index++)
    {
        PIRP irp = IoCsqRemoveNextIrp(&queue.csq, NULL);

        CHECK(irp == packets[index]);
        CHECK(irp->CancelRoutine == NULL && irp->Tail.Overlay.DriverContext[3] == NULL);
        (void)io_complete(irp, STATUS_SUCCESS, 0);
    }
    CHECK(IoCsqRemoveNextIrp(&queue.csq, NULL) == NULL);
    let_go(device);
}

static void context_finds_its_packet_once(void)
{
    PDEVICE_OBJECT device = hold_two();
    IO_CSQ_IRP_CONTEXT contexts[2];
    struct queue queue;

    queue_make(&queue, false);
    IoCsqInsertIrp(&queue.csq, packets[0], &contexts[0]);
    IoCsqInsertIrp(&queue.csq, packets[1], &contexts[1]);
    CHECK(IoCsqRemoveIrp(&queue.csq, &contexts[1]) == packets[1]);
    CHECK(IoCsqRemoveIrp(&queue.csq, &contexts[1]) == NULL);
    CHECK(IoCsqRemoveNextIrp(&queue.csq, NULL) == packets[0]);
    CHECK(IoCsqRemoveIrp(&queue.csq, &contexts[0]) == NULL);
    (void)io_complete(packets[0], STATUS_SUCCESS, 0);
    (void)io_complete(packets[1], STATUS_SUCCESS, 0);
    let_go(device);
}

static void refused_packet_stays_with_the_driver(void)
{
    PDEVICE_OBJECT device = hold_two();
    struct queue queue;

    queue_make(&queue, true);
    queue.insert_status = STATUS_DEVICE_BUSY;
    CHECK_EQUAL(IoCsqInsertIrpEx(&queue.csq, packets[0], NULL, &queue.csq), STATUS_DEVICE_BUSY);
    CHECK(packets[0]->CancelRoutine == NULL);
    queue.insert_status = STATUS_SUCCESS;
    CHECK_EQUAL(IoCsqInsertIrpEx(&queue.csq, packets[1], NULL, &queue.csq), STATUS_SUCCESS);
    CHECK(IoCancelIrp(packets[1]));
    CHECK_EQUAL(queue.cancelled, 1);
    (void)io_complete(packets[0], STATUS_SUCCESS, 0);
    let_go(device);
}

static void packet_cancelled_before_is_completed_at_once(void)
{
    PDEVICE_OBJECT device = hold_two();
    IO_CSQ_IRP_CONTEXT context;
    struct queue queue;

    queue_make(&queue, false);
    CHECK(!IoCancelIrp(packets[0]));
    IoCsqInsertIrp(&queue.csq, packets[0], &context);
    CHECK_EQUAL(queue.cancelled, 1);
    CHECK(IoCsqRemoveIrp(&queue.csq, &context) == NULL);
    CHECK(IsListEmpty(&queue.packets));
    (void)io_complete(packets[1], STATUS_SUCCESS, 0);
    let_go(device);
}

static void cancel_first(void *argument)
{
    (void)argument;
    (void)IoCancelIrp(packets[0]);
}

static void removal_and_cancellation_race_for_one_owner(void)
{
    PDEVICE_OBJECT device = hold_two();
    struct nt_thread *thread;
    struct queue queue;
    unsigned removed = 0;
    PIRP irp;

    queue_make(&queue, false);
    thread = nt_thread_start(cancel_first, NULL);
    IoCsqInsertIrp(&queue.csq, packets[0], NULL);
    IoCsqInsertIrp(&queue.csq, packets[1], NULL);
    while ((irp = IoCsqRemoveNextIrp(&queue.csq, NULL)) != NULL)
    {
        removed++;
        (void)io_complete(irp, STATUS_SUCCESS, 0);
    }
    nt_thread_join(thread);
    CHECK_EQUAL(removed + queue.cancelled, 2);
    let_go(device);
}

/*
 * Device queues.
 */

static void device_queue_is_busy_until_it_is_empty(void)
{
    KDEVICE_QUEUE queue;
    KDEVICE_QUEUE_ENTRY entries[3];

    KeInitializeDeviceQueue(&queue);
    CHECK(!KeInsertDeviceQueue(&queue, &entries[0]));
    CHECK(!entries[0].Inserted);
    CHECK(KeInsertDeviceQueue(&queue, &entries[1]));
    CHECK(KeInsertDeviceQueue(&queue, &entries[2]));
    CHECK(entries[2].Inserted);
    CHECK(KeRemoveEntryDeviceQueue(&queue, &entries[1]));
    CHECK(!KeRemoveEntryDeviceQueue(&queue, &entries[1]));
    CHECK(KeRemoveDeviceQueue(&queue) == &entries[2]);
    CHECK(queue.Busy);
    CHECK(KeRemoveDeviceQueue(&queue) == NULL);
    CHECK(!queue.Busy);
    CHECK(KeRemoveByKeyDeviceQueueIfBusy(&queue, 1) == NULL);
}

static void keys_sweep_upwards_and_begin_again(void)
{
    KDEVICE_QUEUE queue;
    KDEVICE_QUEUE_ENTRY entries[5];
    static const ULONG keys[] = {0, 30, 10, 20, 20};

    KeInitializeDeviceQueue(&queue);
    for (size_t index = 0; index < 5; index++)
    {
        CHECK_EQUAL(KeInsertByKeyDeviceQueue(&queue, &entries[index], keys[index]), index != 0);
    }
    CHECK(KeRemoveByKeyDeviceQueue(&queue, 15) == &entries[3]);
    CHECK(KeRemoveByKeyDeviceQueue(&queue, 20) == &entries[4]);
    CHECK(KeRemoveByKeyDeviceQueue(&queue, 31) == &entries[2]);
    CHECK(KeRemoveByKeyDeviceQueue(&queue, 10) == &entries[1]);
    CHECK(KeRemoveByKeyDeviceQueue(&queue, 0) == NULL);
}

/*
 * StartIo.
 */

static PIRP started[4];
static unsigned start_count;

static VOID start_io(PDEVICE_OBJECT device, PIRP irp)
{
    CHECK_EQUAL(KeGetCurrentIrql(), DISPATCH_LEVEL);
    CHECK(device->CurrentIrp == irp);
    started[start_count++] = irp;
}

static VOID cancel_queued(PDEVICE_OBJECT device, PIRP irp)
{
    bool waiting = KeRemoveEntryDeviceQueue(&device->DeviceQueue, &irp->Tail.Overlay.DeviceQueueEntry);

    IoReleaseCancelSpinLock(irp->CancelIrql);
    CHECK(waiting);
    (void)io_complete(irp, STATUS_CANCELLED, 0);
}

static void finish_current(PDEVICE_OBJECT device)
{
    PIRP irp = device->CurrentIrp;
    KIRQL irql;

    (void)IoSetCancelRoutine(irp, NULL);
    (void)io_complete(irp, STATUS_SUCCESS, 0);
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    IoStartNextPacket(device, TRUE);
    KeLowerIrql(irql);
}

static void one_packet_is_started_at_a_time(void)
{
    PDEVICE_OBJECT device = hold_two();

    device->DriverObject->DriverStartIo = start_io;
    start_count = 0;
    IoStartPacket(device, packets[0], NULL, cancel_queued);
    IoStartPacket(device, packets[1], NULL, cancel_queued);
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    CHECK_EQUAL(start_count, 1);
    finish_current(device);
    CHECK_EQUAL(start_count, 2);
    CHECK(started[0] == packets[0] && started[1] == packets[1]);
    finish_current(device);
    CHECK(device->CurrentIrp == NULL);
    let_go(device);
}

static void packet_that_waits_to_be_started_can_be_cancelled(void)
{
    PDEVICE_OBJECT device = hold_two();

    device->DriverObject->DriverStartIo = start_io;
    start_count = 0;
    IoStartPacket(device, packets[0], NULL, cancel_queued);
    IoStartPacket(device, packets[1], NULL, cancel_queued);
    CHECK(IoCancelIrp(packets[1]));
    CHECK_EQUAL(packets[1]->IoStatus.Status, STATUS_CANCELLED);
    finish_current(device);
    CHECK_EQUAL(start_count, 1);
    let_go(device);
}

/*
 * Remove locks.
 */

static IO_REMOVE_LOCK lock;

static void release_lock(void *argument)
{
    IoReleaseRemoveLock(&lock, argument);
}

static void removal_waits_for_those_who_hold_the_lock(void)
{
    struct nt_thread *thread;
    int tag;

    IoInitializeRemoveLock(&lock, 'tseT', 0, 0);
    CHECK_EQUAL(IoAcquireRemoveLock(&lock, &tag), STATUS_SUCCESS);
    CHECK_EQUAL(IoAcquireRemoveLock(&lock, &lock), STATUS_SUCCESS);
    thread = nt_thread_start(release_lock, &tag);
    IoReleaseRemoveLockAndWait(&lock, &lock);
    CHECK_EQUAL(IoAcquireRemoveLock(&lock, &tag), STATUS_DELETE_PENDING);
    nt_thread_join(thread);
    CHECK_EQUAL(lock.Common.IoCount, 0);
}

/* The lock as a driver compiled with DBG has it. */
static struct
{
    IO_REMOVE_LOCK_COMMON_BLOCK common;
    IO_REMOVE_LOCK_DBG_BLOCK debug;
} checked;

#define CHECKED ((PIO_REMOVE_LOCK)(void *)&checked)

static void checked_lock_knows_who_holds_it(void)
{
    int tag;

    IoInitializeRemoveLockEx(CHECKED, 'tseT', 1, 2, sizeof(checked));
    CHECK_EQUAL(IoAcquireRemoveLockEx(CHECKED, &tag, "file", 1, sizeof(checked)), STATUS_SUCCESS);
    CHECK(!IsListEmpty(&checked.debug.LockList));
    IoReleaseRemoveLockAndWaitEx(CHECKED, &tag, sizeof(checked));
    CHECK(IsListEmpty(&checked.debug.LockList));
}

static void releasing_a_lock_with_another_tag(void)
{
    int tag;

    IoInitializeRemoveLockEx(CHECKED, 'tseT', 0, 0, sizeof(checked));
    CHECK_EQUAL(IoAcquireRemoveLockEx(CHECKED, &tag, "file", 1, sizeof(checked)), STATUS_SUCCESS);
    IoReleaseRemoveLockEx(CHECKED, &checked, sizeof(checked));
}

static void holding_a_lock_too_often(void)
{
    int tag;

    IoInitializeRemoveLockEx(CHECKED, 'tseT', 0, 2, sizeof(checked));
    CHECK_EQUAL(IoAcquireRemoveLockEx(CHECKED, &tag, "file", 1, sizeof(checked)), STATUS_SUCCESS);
    (void)IoAcquireRemoveLockEx(CHECKED, &tag, "file", 2, sizeof(checked));
}

static void releasing_a_lock_that_is_not_held(void)
{
    IoInitializeRemoveLock(&lock, 'tseT', 0, 0);
    IoReleaseRemoveLock(&lock, NULL);
}

const struct nt_case nt_cases[] = {
    CASE(packets_come_out_in_order),
    CASE(context_finds_its_packet_once),
    CASE(refused_packet_stays_with_the_driver),
    CASE(packet_cancelled_before_is_completed_at_once),
    CASE(removal_and_cancellation_race_for_one_owner),
    CASE(device_queue_is_busy_until_it_is_empty),
    CASE(keys_sweep_upwards_and_begin_again),
    CASE(one_packet_is_started_at_a_time),
    CASE(packet_that_waits_to_be_started_can_be_cancelled),
    CASE(removal_waits_for_those_who_hold_the_lock),
    CASE(checked_lock_knows_who_holds_it),
    STOPS(releasing_a_lock_with_another_tag, "nobody holds it with"),
    STOPS(holding_a_lock_too_often, "high water mark"),
    STOPS(releasing_a_lock_that_is_not_held, "before IoReleaseRemoveLockAndWait"),
    CASES_END,
};
