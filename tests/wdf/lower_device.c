/* SPDX-License-Identifier: MIT */
/*
 * The device below.
 */
#include "lower_device.h"

#include <ntifs.h>
#include <string.h>

#include "nt/io/driver_object.h"
#include "nt_case.h"

struct lower lower;

struct extension
{
    PDEVICE_OBJECT below;
};

static KSPIN_LOCK lock;
static LIST_ENTRY kept;
static KEVENT changed;
static unsigned kept_count;
static PDRIVER_ADD_DEVICE driver_add_device;
static PDRIVER_OBJECT lower_driver;

static struct extension *extension_of(PDEVICE_OBJECT device)
{
    return device->DeviceExtension;
}

static NTSTATUS complete(PIRP irp, NTSTATUS status, ULONG_PTR information)
{
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = information;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS pass(PDEVICE_OBJECT device, PIRP irp)
{
    IoSkipCurrentIrpStackLocation(irp);
    return IoCallDriver(extension_of(device)->below, irp);
}

/*
 * Requests that are kept.
 */

static VOID cancel_kept(PDEVICE_OBJECT device, PIRP irp)
{
    KIRQL irql;

    (void)device;
    IoReleaseCancelSpinLock(irp->CancelIrql);
    KeAcquireSpinLock(&lock, &irql);
    RemoveEntryList(&irp->Tail.Overlay.ListEntry);
    kept_count--;
    lower.cancelled++;
    KeReleaseSpinLock(&lock, irql);
    (void)complete(irp, STATUS_CANCELLED, 0);
}

static NTSTATUS keep(PIRP irp)
{
    KIRQL irql;
    bool firmly = __atomic_load_n(&lower.behaviour, __ATOMIC_RELAXED) == LOWER_KEEPS_FIRMLY;
    bool already = false;

    IoMarkIrpPending(irp);
    KeAcquireSpinLock(&lock, &irql);
    InsertTailList(&kept, &irp->Tail.Overlay.ListEntry);
    irp->Tail.Overlay.DriverContext[3] = firmly ? irp : NULL;
    if (!firmly)
    {
        (void)IoSetCancelRoutine(irp, cancel_kept);
        already = __atomic_load_n(&irp->Cancel, __ATOMIC_SEQ_CST) && IoSetCancelRoutine(irp, NULL) != NULL;
    }
    if (already)
    {
        RemoveEntryList(&irp->Tail.Overlay.ListEntry);
        lower.cancelled++;
    }
    else
    {
        kept_count++;
    }
    KeReleaseSpinLock(&lock, irql);
    (void)KeSetEvent(&changed, IO_NO_INCREMENT, FALSE);
    if (already)
    {
        (void)complete(irp, STATUS_CANCELLED, 0);
    }
    return STATUS_PENDING;
}

/* Takes one that nobody is cancelling. */
static PIRP take(bool last)
{
    PIRP found = NULL;
    KIRQL irql;

    KeAcquireSpinLock(&lock, &irql);
    for (PLIST_ENTRY link = last ? kept.Blink : kept.Flink; link != &kept && found == NULL;
         link = last ? link->Blink : link->Flink)
    {
        PIRP irp = CONTAINING_RECORD(link, IRP, Tail.Overlay.ListEntry);

        if (irp->Tail.Overlay.DriverContext[3] != NULL || IoSetCancelRoutine(irp, NULL) != NULL)
        {
            found = irp;
        }
    }
    if (found != NULL)
    {
        RemoveEntryList(&found->Tail.Overlay.ListEntry);
        kept_count--;
    }
    KeReleaseSpinLock(&lock, irql);
    return found;
}

static bool complete_one(bool last, int32_t status, uint64_t information)
{
    PIRP irp = take(last);

    if (irp != NULL)
    {
        (void)complete(irp, status, information);
    }
    return irp != NULL;
}

bool lower_complete_first(int32_t status, uint64_t information)
{
    return complete_one(false, status, information);
}

bool lower_complete_last(int32_t status, uint64_t information)
{
    return complete_one(true, status, information);
}

unsigned lower_kept(void)
{
    unsigned count;
    KIRQL irql;

    KeAcquireSpinLock(&lock, &irql);
    count = kept_count;
    KeReleaseSpinLock(&lock, irql);
    return count;
}

void lower_wait_kept(unsigned count)
{
    while (lower_kept() < count)
    {
        (void)KeWaitForSingleObject(&changed, Executive, KernelMode, FALSE, NULL);
    }
}

/*
 * The driver.
 */

static void *mapped(PMDL mdl)
{
    return mdl == NULL ? NULL : MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority);
}

static void describe_transfer(PDEVICE_OBJECT device, PIRP irp, PIO_STACK_LOCATION location, struct lower_request *request)
{
    void *buffer = (device->Flags & DO_BUFFERED_IO) != 0 ? irp->AssociatedIrp.SystemBuffer :
                   (device->Flags & DO_DIRECT_IO) != 0   ? mapped(irp->MdlAddress) :
                                                           irp->UserBuffer;

    request->offset = (uint64_t)location->Parameters.Read.ByteOffset.QuadPart;
    if (location->MajorFunction == IRP_MJ_READ)
    {
        request->output = buffer;
        request->output_length = location->Parameters.Read.Length;
    }
    else
    {
        request->input = buffer;
        request->input_length = location->Parameters.Write.Length;
    }
}

static void describe_control(PIRP irp, PIO_STACK_LOCATION location, struct lower_request *request)
{
    ULONG method = location->Parameters.DeviceIoControl.IoControlCode & 3;

    request->code = location->Parameters.DeviceIoControl.IoControlCode;
    request->input_length = location->Parameters.DeviceIoControl.InputBufferLength;
    request->output_length = location->Parameters.DeviceIoControl.OutputBufferLength;
    request->input =
        method == METHOD_NEITHER ? location->Parameters.DeviceIoControl.Type3InputBuffer : irp->AssociatedIrp.SystemBuffer;
    request->output = method == METHOD_NEITHER  ? irp->UserBuffer :
                      method == METHOD_BUFFERED ? irp->AssociatedIrp.SystemBuffer :
                                                  mapped(irp->MdlAddress);
    request->argument[0] = location->Parameters.Others.Argument1;
    request->argument[1] = location->Parameters.Others.Argument2;
    request->argument[2] = location->Parameters.Others.Argument4;
    request->urb = location->Parameters.Others.Argument1;
}

static NTSTATUS answer(PDEVICE_OBJECT device, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    struct lower_request request = {.major = location->MajorFunction, .file = location->FileObject};
    int32_t status = lower.status;
    uint64_t information = lower.information;
    bool answered = false;
    KIRQL irql;

    if (location->MajorFunction == IRP_MJ_READ || location->MajorFunction == IRP_MJ_WRITE)
    {
        describe_transfer(device, irp, location, &request);
    }
    else
    {
        describe_control(irp, location, &request);
    }
    KeAcquireSpinLock(&lock, &irql);
    lower.received++;
    lower.last = request;
    KeReleaseSpinLock(&lock, irql);
    if (lower.hook != NULL)
    {
        answered = lower.hook(&request, &status, &information);
    }
    return !answered && __atomic_load_n(&lower.behaviour, __ATOMIC_RELAXED) != LOWER_COMPLETES ?
               keep(irp) :
               complete(irp, status, (ULONG_PTR)information);
}

static NTSTATUS plug_and_play(PDEVICE_OBJECT device, PIRP irp)
{
    PDEVICE_OBJECT below = extension_of(device)->below;
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
    bool removes = location->MinorFunction == IRP_MN_REMOVE_DEVICE;
    NTSTATUS status;

    if (location->MinorFunction == IRP_MN_QUERY_INTERFACE && lower.interface != NULL &&
        lower.interface(location->Parameters.QueryInterface.InterfaceType, location->Parameters.QueryInterface.Interface,
                        location->Parameters.QueryInterface.Size, location->Parameters.QueryInterface.Version))
    {
        return complete(irp, STATUS_SUCCESS, 0);
    }
    status = pass(device, irp);
    if (removes)
    {
        IoDetachDevice(below);
        IoDeleteDevice(device);
    }
    return status;
}

static NTSTATUS dispatch(PDEVICE_OBJECT device, PIRP irp)
{
    switch (IoGetCurrentIrpStackLocation(irp)->MajorFunction)
    {
        case IRP_MJ_PNP:
            return plug_and_play(device, irp);
        case IRP_MJ_READ:
        case IRP_MJ_WRITE:
        case IRP_MJ_DEVICE_CONTROL:
        case IRP_MJ_INTERNAL_DEVICE_CONTROL:
            return answer(device, irp);
        case IRP_MJ_CREATE:
            __atomic_fetch_add(&lower.created, 1, __ATOMIC_RELAXED);
            return complete(irp, STATUS_SUCCESS, 0);
        case IRP_MJ_CLEANUP:
            __atomic_fetch_add(&lower.cleaned_up, 1, __ATOMIC_RELAXED);
            return complete(irp, STATUS_SUCCESS, 0);
        case IRP_MJ_CLOSE:
            __atomic_fetch_add(&lower.closed, 1, __ATOMIC_RELAXED);
            return complete(irp, STATUS_SUCCESS, 0);
        default:
            return pass(device, irp);
    }
}

static NTSTATUS add_device(PDRIVER_OBJECT driver, PDEVICE_OBJECT pdo)
{
    PDEVICE_OBJECT device;
    NTSTATUS status = IoCreateDevice(lower_driver, sizeof(struct extension), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = IoAttachDeviceToDeviceStackSafe(device, pdo, &extension_of(device)->below);
    if (!NT_SUCCESS(status))
    {
        IoDeleteDevice(device);
        return status;
    }
    device->Flags |= lower.flags;
    device->StackSize = (CCHAR)(device->StackSize + (CCHAR)lower.extra_locations);
    device->Flags &= ~(ULONG)DO_DEVICE_INITIALIZING;
    status = driver_add_device(driver, pdo);
    if (!NT_SUCCESS(status))
    {
        IoDetachDevice(extension_of(device)->below);
        IoDeleteDevice(device);
    }
    return status;
}

void lower_install(void *driver_object)
{
    PDRIVER_OBJECT driver = driver_object;

    memset(&lower, 0, sizeof(lower));
    KeInitializeSpinLock(&lock);
    InitializeListHead(&kept);
    KeInitializeEvent(&changed, SynchronizationEvent, FALSE);
    kept_count = 0;
    CHECK(NT_SUCCESS(drvobj_create("lower", &lower_driver)));
    for (int major = 0; major <= IRP_MJ_MAXIMUM_FUNCTION; major++)
    {
        lower_driver->MajorFunction[major] = dispatch;
    }
    driver_add_device = driver->DriverExtension->AddDevice;
    driver->DriverExtension->AddDevice = add_device;
}

void lower_uninstall(void)
{
    CHECK(lower_kept() == 0);
    drvobj_free(lower_driver);
}
