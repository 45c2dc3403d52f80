/* SPDX-License-Identifier: MIT */
/*
 * What the executive costs a driver: work items, handles and packets.
 *
 *     bench_executive [OPTIONS]
 */
#include <ntifs.h>
#include <pthread.h>
#include <sched.h>

#include "anchor.h"
#include "measure.h"
#include "nt/io/driver_object.h"

/*
 * A work item that is queued while the worker sleeps, and the answer: two wakes, as the futex round trip has.
 */

static KEVENT answered;

static VOID answer(PVOID context)
{
    (void)context;
    KeSetEvent(&answered, 0, FALSE);
}

static void queue_and_wait(uint64_t count, void *argument)
{
    WORK_QUEUE_ITEM item;

    (void)argument;
    ExInitializeWorkItem(&item, answer, NULL);
    for (uint64_t index = 0; index < count; index++)
    {
        ExQueueWorkItem(&item, DelayedWorkQueue);
        if (KeWaitForSingleObject(&answered, Executive, KernelMode, FALSE, NULL) != STATUS_SUCCESS)
        {
            measure_fail("the wait for a work item");
        }
    }
}

/*
 * Many work items at once, and the same with a list, a mutex and a condition.
 */

enum
{
    BATCH = 200000,
};

static uint64_t done;

static VOID count_done(PVOID context)
{
    (void)context;
    __atomic_fetch_add(&done, 1, __ATOMIC_SEQ_CST);
}

static void wait_for_batch(uint64_t count)
{
    while (__atomic_load_n(&done, __ATOMIC_SEQ_CST) != count)
    {
        sched_yield();
    }
}

static void queue_batch(uint64_t count, void *argument)
{
    static WORK_QUEUE_ITEM items[BATCH];

    (void)argument;
    while (count > 0)
    {
        uint64_t batch = count < BATCH ? count : BATCH;

        __atomic_store_n(&done, 0, __ATOMIC_SEQ_CST);
        for (uint64_t index = 0; index < batch; index++)
        {
            ExInitializeWorkItem(&items[index], count_done, NULL);
            ExQueueWorkItem(&items[index], DelayedWorkQueue);
        }
        wait_for_batch(batch);
        count -= batch;
    }
}

struct job
{
    struct job *next;
};

static struct
{
    pthread_mutex_t mutex;
    pthread_cond_t condition;
    struct job *first;
    struct job **last;
} list = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, NULL, &list.first};

static void *run_jobs(void *argument)
{
    for (;;)
    {
        pthread_mutex_lock(&list.mutex);
        while (list.first == NULL)
        {
            pthread_cond_wait(&list.condition, &list.mutex);
        }
        list.first = list.first->next;
        if (list.first == NULL)
        {
            list.last = &list.first;
        }
        pthread_mutex_unlock(&list.mutex);
        count_done(argument);
    }
    return NULL;
}

static void add_job(struct job *job)
{
    job->next = NULL;
    pthread_mutex_lock(&list.mutex);
    *list.last = job;
    list.last = &job->next;
    if (list.first == job)
    {
        pthread_cond_signal(&list.condition);
    }
    pthread_mutex_unlock(&list.mutex);
}

static void list_batch(uint64_t count, void *argument)
{
    static struct job jobs[BATCH];

    (void)argument;
    while (count > 0)
    {
        uint64_t batch = count < BATCH ? count : BATCH;

        __atomic_store_n(&done, 0, __ATOMIC_SEQ_CST);
        for (uint64_t index = 0; index < batch; index++)
        {
            add_job(&jobs[index]);
        }
        wait_for_batch(batch);
        count -= batch;
    }
}

/*
 * A handle's body, and the reference given back.
 */

static HANDLE handle;

static void look_up(uint64_t count, void *argument)
{
    (void)argument;
    for (uint64_t index = 0; index < count; index++)
    {
        PVOID body;

        if (ObReferenceObjectByHandle(handle, 0, *ExEventObjectType, KernelMode, &body, NULL) != STATUS_SUCCESS)
        {
            measure_fail("the lookup of a handle");
        }
        ObDereferenceObject(body);
    }
}

static void open_and_close(uint64_t count, void *argument)
{
    (void)argument;
    for (uint64_t index = 0; index < count; index++)
    {
        HANDLE event;

        if (ZwCreateEvent(&event, EVENT_ALL_ACCESS, NULL, NotificationEvent, FALSE) != STATUS_SUCCESS)
        {
            measure_fail("an event");
        }
        (void)ZwClose(event);
    }
}

/*
 * A packet: allocated, sent through one device, completed there, taken back by a completion routine, freed.
 */

static PDEVICE_OBJECT packet_device;
static uint64_t packet_bytes;

static NTSTATUS packet_dispatch(PDEVICE_OBJECT device, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);

    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = location->Parameters.DeviceIoControl.OutputBufferLength;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS packet_back(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
    (void)device;
    *(uint64_t *)context += irp->IoStatus.Information;
    return STATUS_MORE_PROCESSING_REQUIRED;
}

static void packet_make_device(void)
{
    PDRIVER_OBJECT driver;

    if (drvobj_create("bench_packet", &driver) != STATUS_SUCCESS ||
        IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &packet_device) != STATUS_SUCCESS)
    {
        measure_fail("the device for packets");
    }
    driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = packet_dispatch;
}

static void packet(uint64_t count, void *argument)
{
    static UCHAR input[64];
    static UCHAR output[64];

    (void)argument;
    packet_bytes = 0;
    for (uint64_t index = 0; index < count; index++)
    {
        PIRP irp = IoAllocateIrp(packet_device->StackSize, FALSE);
        PIO_STACK_LOCATION next;

        if (irp == NULL)
        {
            measure_fail("a packet");
        }
        next = IoGetNextIrpStackLocation(irp);
        next->MajorFunction = IRP_MJ_DEVICE_CONTROL;
        next->Parameters.DeviceIoControl.IoControlCode = 0x222000;
        next->Parameters.DeviceIoControl.InputBufferLength = sizeof(input);
        next->Parameters.DeviceIoControl.OutputBufferLength = sizeof(output);
        next->Parameters.DeviceIoControl.Type3InputBuffer = input;
        irp->UserBuffer = output;
        IoSetCompletionRoutine(irp, packet_back, &packet_bytes, TRUE, TRUE, TRUE);
        (void)IoCallDriver(packet_device, irp);
        IoFreeIrp(irp);
    }
    if (packet_bytes != count * sizeof(output))
    {
        measure_fail("packets came back with a wrong result");
    }
}

static void measure_calls(void)
{
    const struct pair pairs[] = {
        {"handle", "handle, look up and dereference", look_up, "pthread_mutex_lock", anchor_mutex, NULL, MEASURE_PINNED, 0},
        {"handle_two", "the same, two threads", look_up, "pthread_mutex_lock", anchor_mutex, NULL, MEASURE_TWO_THREADS, 0},
        {"packet", "packet, through one device and back", packet, "hand-made request", anchor_request, NULL, MEASURE_PINNED,
         1.25},
        {"event", "event by handle, create and close", open_and_close, "hand-made object", anchor_object, NULL,
         MEASURE_PINNED, 0},
    };

    measure_pairs(pairs, sizeof(pairs) / sizeof(pairs[0]));
}

/* The worker that the first item starts inherits the processor; so does the anchor's partner. */
static void measure_work_items(void)
{
    const struct pair pairs[] = {
        {"work_one", "work item to an idle worker, one core", queue_and_wait, "futex", anchor_round_trip_futex, NULL,
         MEASURE_PINNED, 1.1},
        {"work_two", "work item to an idle worker, two cores", queue_and_wait, "futex", anchor_round_trip_futex, NULL,
         MEASURE_PINNED, 1.1},
        {"work_batch", "work item, 200,000 at once", queue_batch, "list, mutex, condition", list_batch, NULL, MEASURE_FREE,
         1.0},
    };
    struct anchor_partner *partner = anchor_partner_start(ANCHOR_FUTEX, 0);
    pthread_t thread;

    measure_pairs(&pairs[0], 1);
    anchor_partner_stop(partner);
    partner = anchor_partner_start(ANCHOR_FUTEX, 1);
    queue_and_wait(1000, NULL);
    measure_move_threads("worker", 1);
    measure_pairs(&pairs[1], 1);
    anchor_partner_stop(partner);
    measure_move_threads("worker", -1);
    measure_move(-1);
    if (pthread_create(&thread, NULL, run_jobs, NULL) != 0)
    {
        measure_fail("no thread");
    }
    pthread_detach(thread);
    measure_pairs(&pairs[2], 1);
}

int main(int count, char **words)
{
    measure_options(count - 1, words + 1);
    measure_move(0);
    anchor_limits_start();
    anchor_objects_start();
    KeInitializeEvent(&answered, SynchronizationEvent, FALSE);
    if (ZwCreateEvent(&handle, EVENT_ALL_ACCESS, NULL, NotificationEvent, FALSE) != STATUS_SUCCESS)
    {
        measure_fail("an event");
    }
    packet_make_device();
    measure_calls();
    measure_work_items();
    measure_end();
    return 0;
}
