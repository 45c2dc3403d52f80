/* SPDX-License-Identifier: MIT */
/*
 * Work items of devices and drivers.
 */
#include "nt_case.h"

#include <ntifs.h>

#include "nt/io/driver_object.h"

struct fixture
{
    PDRIVER_OBJECT driver;
    PDEVICE_OBJECT device;
    KEVENT ran;
    KEVENT leave;
    PVOID object;
    LONG count;
};

static void set_up(struct fixture *fixture)
{
    CHECK_EQUAL(drvobj_create("WorkItem", &fixture->driver), STATUS_SUCCESS);
    CHECK_EQUAL(IoCreateDevice(fixture->driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &fixture->device), STATUS_SUCCESS);
    KeInitializeEvent(&fixture->ran, SynchronizationEvent, FALSE);
    KeInitializeEvent(&fixture->leave, NotificationEvent, FALSE);
    fixture->count = 0;
}

static void tear_down(struct fixture *fixture)
{
    IoDeleteDevice(fixture->device);
    drvobj_free(fixture->driver);
}

static void wait_for(KEVENT *event)
{
    CHECK_EQUAL(KeWaitForSingleObject(event, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
}

static VOID run(PDEVICE_OBJECT device, PVOID context)
{
    struct fixture *fixture = context;

    fixture->object = device;
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    KeSetEvent(&fixture->ran, 0, FALSE);
}

static void routine_gets_device_and_context(void)
{
    struct fixture fixture;
    PIO_WORKITEM item;

    set_up(&fixture);
    item = IoAllocateWorkItem(fixture.device);
    CHECK(item != NULL);
    IoQueueWorkItem(item, run, DelayedWorkQueue, &fixture);
    wait_for(&fixture.ran);
    CHECK(fixture.object == fixture.device);
    IoFreeWorkItem(item);
    tear_down(&fixture);
}

static VOID run_and_free(PVOID object, PVOID context, PIO_WORKITEM item)
{
    struct fixture *fixture = context;

    fixture->object = object;
    IoFreeWorkItem(item);
    KeSetEvent(&fixture->ran, 0, FALSE);
}

static void routine_may_free_its_item(void)
{
    struct fixture fixture;

    set_up(&fixture);
    IoQueueWorkItemEx(IoAllocateWorkItem(fixture.device), run_and_free, CriticalWorkQueue, &fixture);
    wait_for(&fixture.ran);
    tear_down(&fixture);
}

static VOID run_again(PVOID object, PVOID context, PIO_WORKITEM item)
{
    struct fixture *fixture = context;

    if (InterlockedIncrement(&fixture->count) < 5)
    {
        IoQueueWorkItemEx(item, run_again, DelayedWorkQueue, fixture);
        return;
    }
    IoUninitializeWorkItem(item);
    KeSetEvent(&fixture->ran, 0, FALSE);
}

static void routine_may_queue_its_item_again(void)
{
    char memory[256] __attribute__((aligned(16)));
    PIO_WORKITEM item = (PIO_WORKITEM)memory;
    struct fixture fixture;

    CHECK(IoSizeofWorkItem() <= sizeof(memory));
    set_up(&fixture);
    IoInitializeWorkItem(fixture.driver, item);
    IoQueueWorkItemEx(item, run_again, DelayedWorkQueue, &fixture);
    wait_for(&fixture.ran);
    CHECK_EQUAL(fixture.count, 5);
    tear_down(&fixture);
}

static VOID run_slowly(PVOID object, PVOID context, PIO_WORKITEM item)
{
    struct fixture *fixture = context;

    KeSetEvent(&fixture->ran, 0, FALSE);
    wait_for(&fixture->leave);
    /* Deleted by now, but not gone: the item holds it. */
    CHECK_EQUAL(((PDEVICE_OBJECT)object)->Type, IO_TYPE_DEVICE);
    KeSetEvent(&fixture->ran, 0, FALSE);
}

static void device_stays_until_the_routine_has_returned(void)
{
    struct fixture fixture;
    PIO_WORKITEM item;

    set_up(&fixture);
    item = IoAllocateWorkItem(fixture.device);
    IoQueueWorkItemEx(item, run_slowly, DelayedWorkQueue, &fixture);
    wait_for(&fixture.ran);
    IoFreeWorkItem(item);
    tear_down(&fixture);
    KeSetEvent(&fixture.leave, 0, FALSE);
    wait_for(&fixture.ran);
}

/* A worker needs a moment to take an item; sooner or later, mostly at once, the item is still queued. */
static void queued_item_queued_again(void)
{
    static struct fixture fixture;
    PIO_WORKITEM item;

    set_up(&fixture);
    item = IoAllocateWorkItem(fixture.device);
    for (unsigned round = 0; round < 100000; round++)
    {
        IoQueueWorkItem(item, run, BackgroundWorkQueue, &fixture);
    }
}

static void queued_item_freed(void)
{
    static struct fixture fixture;

    set_up(&fixture);
    for (unsigned round = 0; round < 1000; round++)
    {
        PIO_WORKITEM item = IoAllocateWorkItem(fixture.device);

        IoQueueWorkItem(item, run, BackgroundWorkQueue, &fixture);
        IoFreeWorkItem(item);
    }
}

static void item_of_something_else(void)
{
    (void)IoAllocateWorkItem((PDEVICE_OBJECT)PsGetCurrentThread());
}

static void trying_tells_whether_it_was_queued(void)
{
    struct fixture fixture;
    PIO_WORKITEM item;
    unsigned queued = 0;
    unsigned ran = 0;

    set_up(&fixture);
    item = IoAllocateWorkItem(fixture.device);
    for (unsigned round = 0; round < 10; round++)
    {
        fixture.count = 100;
        queued += IoTryQueueWorkItem(item, run_again, DelayedWorkQueue, &fixture) != FALSE;
        wait_for(&fixture.ran);
        ran++;
    }
    CHECK_EQUAL(queued, ran);
    IoFreeWorkItem(item);
    tear_down(&fixture);
}

static VOID return_raised(PVOID context)
{
    KIRQL before;

    KeRaiseIrql(DISPATCH_LEVEL, &before);
}

static void routine_that_returns_raised(void)
{
    static WORK_QUEUE_ITEM item;
    KEVENT never;

    KeInitializeEvent(&never, NotificationEvent, FALSE);
    ExInitializeWorkItem(&item, return_raised, NULL);
    ExQueueWorkItem(&item, DelayedWorkQueue);
    wait_for(&never);
}

const struct nt_case nt_cases[] = {
    CASE(routine_gets_device_and_context),
    CASE(routine_may_free_its_item),
    CASE(routine_may_queue_its_item_again),
    CASE(device_stays_until_the_routine_has_returned),
    CASE(trying_tells_whether_it_was_queued),
    STOPS(queued_item_queued_again, "bug check 0x000000E4"),
    STOPS(queued_item_freed, "bug check 0x000000E4"),
    STOPS(item_of_something_else, "bug check 0x000000E4"),
    STOPS(routine_that_returns_raised, "bug check 0x000000E1"),
    CASES_END,
};
