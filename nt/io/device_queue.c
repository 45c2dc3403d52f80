/* SPDX-License-Identifier: MIT */
/*
 * Device queues: while a device is busy, what comes waits in line, by arrival or by key.
 */
#include "nt/internal.h"

/* KDEVICE_QUEUE.Type, as published. */
#define DEVICE_QUEUE_OBJECT 20

static void enter_queue(PKDEVICE_QUEUE queue, KIRQL *irql)
{
    KeAcquireSpinLock(&queue->Lock, irql);
}

static PKDEVICE_QUEUE_ENTRY entry_of(PLIST_ENTRY link)
{
    return CONTAINING_RECORD(link, KDEVICE_QUEUE_ENTRY, DeviceListEntry);
}

/* The first entry whose key is at least this one; the head of the list when there is none. Lock held. */
static PLIST_ENTRY first_at_least(PKDEVICE_QUEUE queue, ULONG key)
{
    PLIST_ENTRY link = queue->DeviceListHead.Flink;

    while (link != &queue->DeviceListHead && entry_of(link)->SortKey < key)
    {
        link = link->Flink;
    }
    return link;
}

/* Entries with the same key keep the order in which they came. Lock held. */
static void insert_sorted(PKDEVICE_QUEUE queue, PKDEVICE_QUEUE_ENTRY entry)
{
    PLIST_ENTRY link = queue->DeviceListHead.Blink;

    while (link != &queue->DeviceListHead && entry_of(link)->SortKey > entry->SortKey)
    {
        link = link->Blink;
    }
    InsertHeadList(link, &entry->DeviceListEntry);
}

static BOOLEAN device_queue_insert(PKDEVICE_QUEUE queue, PKDEVICE_QUEUE_ENTRY entry, const ULONG *key)
{
    KIRQL irql;
    bool busy;

    enter_queue(queue, &irql);
    busy = queue->Busy;
    entry->Inserted = busy;
    if (key != NULL)
    {
        entry->SortKey = *key;
    }
    if (!busy)
    {
        queue->Busy = TRUE;
    }
    else if (key != NULL)
    {
        insert_sorted(queue, entry);
    }
    else
    {
        InsertTailList(&queue->DeviceListHead, &entry->DeviceListEntry);
    }
    KeReleaseSpinLock(&queue->Lock, irql);
    return busy;
}

/* Takes the next entry, by key if there is one; the queue of a device with nothing to do is not busy. */
static PKDEVICE_QUEUE_ENTRY device_queue_remove(PKDEVICE_QUEUE queue, const ULONG *key)
{
    PKDEVICE_QUEUE_ENTRY entry = NULL;
    KIRQL irql;

    enter_queue(queue, &irql);
    if (IsListEmpty(&queue->DeviceListHead))
    {
        queue->Busy = FALSE;
    }
    else
    {
        PLIST_ENTRY link = key != NULL ? first_at_least(queue, *key) : queue->DeviceListHead.Flink;

        /* Behind the last key the sweep begins again with the lowest. */
        entry = entry_of(link != &queue->DeviceListHead ? link : queue->DeviceListHead.Flink);
        (void)RemoveEntryList(&entry->DeviceListEntry);
        entry->Inserted = FALSE;
    }
    KeReleaseSpinLock(&queue->Lock, irql);
    return entry;
}

/*
 * Published entry points.
 */
VOID KeInitializeDeviceQueue(PKDEVICE_QUEUE DeviceQueue)
{
    *DeviceQueue = (KDEVICE_QUEUE){.Type = DEVICE_QUEUE_OBJECT, .Size = (CSHORT)sizeof(*DeviceQueue)};
    InitializeListHead(&DeviceQueue->DeviceListHead);
    KeInitializeSpinLock(&DeviceQueue->Lock);
}

BOOLEAN KeInsertDeviceQueue(PKDEVICE_QUEUE DeviceQueue, PKDEVICE_QUEUE_ENTRY DeviceQueueEntry)
{
    return device_queue_insert(DeviceQueue, DeviceQueueEntry, NULL);
}

BOOLEAN KeInsertByKeyDeviceQueue(PKDEVICE_QUEUE DeviceQueue, PKDEVICE_QUEUE_ENTRY DeviceQueueEntry, ULONG SortKey)
{
    return device_queue_insert(DeviceQueue, DeviceQueueEntry, &SortKey);
}

PKDEVICE_QUEUE_ENTRY KeRemoveDeviceQueue(PKDEVICE_QUEUE DeviceQueue)
{
    return device_queue_remove(DeviceQueue, NULL);
}

PKDEVICE_QUEUE_ENTRY KeRemoveByKeyDeviceQueue(PKDEVICE_QUEUE DeviceQueue, ULONG SortKey)
{
    return device_queue_remove(DeviceQueue, &SortKey);
}

/* A queue that is not busy has no entries, so the difference to the other form is only what the caller may assume. */
PKDEVICE_QUEUE_ENTRY KeRemoveByKeyDeviceQueueIfBusy(PKDEVICE_QUEUE DeviceQueue, ULONG SortKey)
{
    return device_queue_remove(DeviceQueue, &SortKey);
}

BOOLEAN KeRemoveEntryDeviceQueue(PKDEVICE_QUEUE DeviceQueue, PKDEVICE_QUEUE_ENTRY DeviceQueueEntry)
{
    BOOLEAN inserted;
    KIRQL irql;

    enter_queue(DeviceQueue, &irql);
    inserted = DeviceQueueEntry->Inserted;
    if (inserted)
    {
        DeviceQueueEntry->Inserted = FALSE;
        (void)RemoveEntryList(&DeviceQueueEntry->DeviceListEntry);
    }
    KeReleaseSpinLock(&DeviceQueue->Lock, irql);
    return inserted;
}
