/* SPDX-License-Identifier: MIT */
/*
 * StartIo: one packet at a time for a device, the others in its device queue.
 *
 * IRQL: DISPATCH_LEVEL for IoStartNextPacket(), at most that for IoStartPacket(). A queue of packets that may be cancelled is
 * used under the cancel spin lock, which the driver's cancel routine releases, as published.
 */
#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "nt/sync/irql.h"

/* The driver is called here, with no lock held. */
static void start_io(PDEVICE_OBJECT device, PIRP irp)
{
    device->DriverObject->DriverStartIo(device, irp);
}

static PIRP packet_of(PKDEVICE_QUEUE_ENTRY entry)
{
    return CONTAINING_RECORD(entry, IRP, Tail.Overlay.DeviceQueueEntry);
}

static bool enqueue(PDEVICE_OBJECT device, PIRP irp, const ULONG *key)
{
    PKDEVICE_QUEUE_ENTRY entry = &irp->Tail.Overlay.DeviceQueueEntry;

    return key != NULL ? KeInsertByKeyDeviceQueue(&device->DeviceQueue, entry, *key) :
                         KeInsertDeviceQueue(&device->DeviceQueue, entry);
}

static PIRP dequeue(PDEVICE_OBJECT device, const ULONG *key)
{
    PKDEVICE_QUEUE_ENTRY entry =
        key != NULL ? KeRemoveByKeyDeviceQueue(&device->DeviceQueue, *key) : KeRemoveDeviceQueue(&device->DeviceQueue);

    device->CurrentIrp = entry != NULL ? packet_of(entry) : NULL;
    return device->CurrentIrp;
}

static void start_next(PDEVICE_OBJECT device, bool cancelable, const ULONG *key)
{
    KIRQL irql = DISPATCH_LEVEL;
    PIRP irp;

    if (cancelable)
    {
        IoAcquireCancelSpinLock(&irql);
    }
    irp = dequeue(device, key);
    if (irp != NULL && cancelable && devobj_extension(device)->start_io_not_cancelable)
    {
        (void)irp_set_cancel_routine(irp, NULL);
    }
    if (cancelable)
    {
        IoReleaseCancelSpinLock(irql);
    }
    if (irp != NULL)
    {
        start_io(device, irp);
    }
}

/*
 * With deferred StartIo a driver that asks for the next packet inside its own StartIo is not called again from there: whoever
 * is in this loop already goes round once more. A request is for the packet that is current already, or for the next one.
 */
static void serve_requests(PDEVICE_OBJECT device)
{
    struct device_extension *extension = devobj_extension(device);

    do
    {
        ULONG key = extension->start_io_key;

        if (platform_atomic_exchange(&extension->start_io_current, false))
        {
            start_io(device, device->CurrentIrp);
        }
        else
        {
            start_next(device, extension->start_io_cancelable, extension->start_io_has_key ? &key : NULL);
        }
    } while (platform_atomic_fetch_sub(&extension->start_io_requests, 1) != 1);
}

static void request(PDEVICE_OBJECT device)
{
    if (platform_atomic_fetch_add(&devobj_extension(device)->start_io_requests, 1) == 0)
    {
        serve_requests(device);
    }
}

static void start_next_deferred(PDEVICE_OBJECT device, bool cancelable, const ULONG *key)
{
    struct device_extension *extension = devobj_extension(device);

    if (!extension->start_io_deferred)
    {
        start_next(device, cancelable, key);
        return;
    }
    extension->start_io_cancelable = cancelable;
    extension->start_io_has_key = key != NULL;
    extension->start_io_key = key != NULL ? *key : 0;
    request(device);
}

/* A packet that found the device idle, and is its current one. */
static void start_current(PDEVICE_OBJECT device, PIRP irp)
{
    struct device_extension *extension = devobj_extension(device);

    if (!extension->start_io_deferred)
    {
        start_io(device, irp);
        return;
    }
    platform_atomic_store(&extension->start_io_current, true);
    request(device);
}

static void start_or_queue(PDEVICE_OBJECT device, PIRP irp, const ULONG *key)
{
    if (!enqueue(device, irp, key))
    {
        device->CurrentIrp = irp;
        start_current(device, irp);
    }
}

/* The same for a packet with a cancel routine. A cancellation from before it waits in line is carried out here. */
static void start_or_queue_cancelable(PDEVICE_OBJECT device, PIRP irp, const ULONG *key, PDRIVER_CANCEL cancel)
{
    bool keeps_routine = !devobj_extension(device)->start_io_not_cancelable;
    KIRQL irql;

    IoAcquireCancelSpinLock(&irql);
    (void)irp_set_cancel_routine(irp, cancel);
    if (!enqueue(device, irp, key))
    {
        device->CurrentIrp = irp;
        if (!keeps_routine)
        {
            (void)irp_set_cancel_routine(irp, NULL);
        }
        IoReleaseCancelSpinLock(irql);
        start_current(device, irp);
        return;
    }
    if (irp_is_cancelled(irp) && irp_set_cancel_routine(irp, NULL) != NULL)
    {
        irp->CancelIrql = irql;
        cancel(device, irp);
        return;
    }
    IoReleaseCancelSpinLock(irql);
}

/*
 * Published entry points.
 */
VOID IoStartPacket(PDEVICE_OBJECT DeviceObject, PIRP Irp, PULONG Key, PDRIVER_CANCEL CancelFunction)
{
    KIRQL irql = irql_raise(DISPATCH_LEVEL);

    if (CancelFunction != NULL)
    {
        start_or_queue_cancelable(DeviceObject, Irp, Key, CancelFunction);
    }
    else
    {
        start_or_queue(DeviceObject, Irp, Key);
    }
    irql_lower(irql);
}

VOID IoStartNextPacket(PDEVICE_OBJECT DeviceObject, BOOLEAN Cancelable)
{
    start_next_deferred(DeviceObject, Cancelable, NULL);
}

VOID IoStartNextPacketByKey(PDEVICE_OBJECT DeviceObject, BOOLEAN Cancelable, ULONG Key)
{
    start_next_deferred(DeviceObject, Cancelable, &Key);
}

VOID IoSetStartIoAttributes(PDEVICE_OBJECT DeviceObject, BOOLEAN DeferredStartIo, BOOLEAN NonCancelable)
{
    devobj_extension(DeviceObject)->start_io_deferred = DeferredStartIo;
    devobj_extension(DeviceObject)->start_io_not_cancelable = NonCancelable;
}
