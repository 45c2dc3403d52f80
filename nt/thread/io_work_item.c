/* SPDX-License-Identifier: MIT */
/*
 * Work items of devices and drivers: the object that an item is about stays for as long as the item is queued or runs.
 */
#include <string.h>

#include "nt/debug/bugcheck.h"
#include "nt/io/device_object.h"
#include "nt/io/driver_object.h"
#include "nt/thread/worker.h"

struct _IO_WORKITEM
{
    WORK_QUEUE_ITEM item;
    /* A device object or a driver object. */
    PVOID object;
    PIO_WORKITEM_ROUTINE routine;
    PIO_WORKITEM_ROUTINE_EX routine_ex;
    PVOID context;
    /* From queueing until a worker has read the rest. */
    uint32_t queued;
};

static void item_initialize(PIO_WORKITEM item, PVOID object)
{
    const struct object_type *type = object_type(object);

    if (type != &device_type && type != &driver_type)
    {
        bugcheck(WORKER_INVALID, 3, (ULONG_PTR)item, (ULONG_PTR)object, 0);
    }
    memset(item, 0, sizeof(*item));
    item->object = object;
}

static bool is_queued(PIO_WORKITEM item)
{
    return platform_atomic_load(&item->queued) != 0;
}

/* The item is its owner's again when the routine is called: it may be queued once more, or freed, there. */
static void run_item(PVOID context)
{
    PIO_WORKITEM item = context;
    PIO_WORKITEM_ROUTINE routine = item->routine;
    PIO_WORKITEM_ROUTINE_EX routine_ex = item->routine_ex;
    PVOID object = item->object;
    PVOID own_context = item->context;

    platform_atomic_store(&item->queued, 0);
    if (routine != NULL)
    {
        routine(object, own_context);
    }
    else
    {
        routine_ex(object, own_context, item);
    }
    object_release(object);
}

static bool item_claim(PIO_WORKITEM item)
{
    return platform_atomic_exchange(&item->queued, 1) == 0;
}

/* Fills in and queues an item that the caller has claimed. */
static void queue_claimed(PIO_WORKITEM item, PIO_WORKITEM_ROUTINE routine, PIO_WORKITEM_ROUTINE_EX routine_ex,
                          WORK_QUEUE_TYPE type, PVOID context)
{
    object_reference(item->object);
    item->routine = routine;
    item->routine_ex = routine_ex;
    item->context = context;
    ExInitializeWorkItem(&item->item, run_item, item);
    worker_queue(&item->item, type);
}

static void queue_or_stop(PIO_WORKITEM item, PIO_WORKITEM_ROUTINE routine, PIO_WORKITEM_ROUTINE_EX routine_ex,
                          WORK_QUEUE_TYPE type, PVOID context)
{
    if (!item_claim(item))
    {
        bugcheck(WORKER_INVALID, 1, (ULONG_PTR)item, type, 0);
    }
    queue_claimed(item, routine, routine_ex, type, context);
}

static void stop_if_queued(PIO_WORKITEM item)
{
    if (is_queued(item))
    {
        bugcheck(WORKER_INVALID, 0, (ULONG_PTR)item, (ULONG_PTR)item, (ULONG_PTR)(item + 1));
    }
}

/*
 * Published entry points.
 */
ULONG IoSizeofWorkItem(VOID)
{
    return sizeof(struct _IO_WORKITEM);
}

PIO_WORKITEM IoAllocateWorkItem(PDEVICE_OBJECT DeviceObject)
{
    PIO_WORKITEM item = platform_alloc(sizeof(*item));

    if (item != NULL)
    {
        item_initialize(item, DeviceObject);
    }
    return item;
}

VOID IoFreeWorkItem(PIO_WORKITEM IoWorkItem)
{
    stop_if_queued(IoWorkItem);
    platform_free(IoWorkItem, sizeof(*IoWorkItem));
}

VOID IoInitializeWorkItem(PVOID IoObject, PIO_WORKITEM IoWorkItem)
{
    item_initialize(IoWorkItem, IoObject);
}

VOID IoUninitializeWorkItem(PIO_WORKITEM IoWorkItem)
{
    stop_if_queued(IoWorkItem);
}

VOID IoQueueWorkItem(PIO_WORKITEM IoWorkItem, PIO_WORKITEM_ROUTINE WorkerRoutine, WORK_QUEUE_TYPE QueueType, PVOID Context)
{
    queue_or_stop(IoWorkItem, WorkerRoutine, NULL, QueueType, Context);
}

VOID IoQueueWorkItemEx(PIO_WORKITEM IoWorkItem, PIO_WORKITEM_ROUTINE_EX WorkerRoutine, WORK_QUEUE_TYPE QueueType,
                       PVOID Context)
{
    queue_or_stop(IoWorkItem, NULL, WorkerRoutine, QueueType, Context);
}

BOOLEAN IoTryQueueWorkItem(PIO_WORKITEM IoWorkItem, PIO_WORKITEM_ROUTINE_EX WorkerRoutine, WORK_QUEUE_TYPE QueueType,
                           PVOID Context)
{
    if (!item_claim(IoWorkItem))
    {
        return FALSE;
    }
    queue_claimed(IoWorkItem, NULL, WorkerRoutine, QueueType, Context);
    return TRUE;
}
