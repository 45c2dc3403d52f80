/* SPDX-License-Identifier: MIT */
/*
 * A WDM driver whose requests wait in a cancel-safe queue.
 */
#include "pending_device.h"

#include "nt_case.h"

#include <ntifs.h>
#include <string.h>

#include "nt/io/driver_object.h"

static PDRIVER_OBJECT driver;
static PDEVICE_OBJECT device;
static UNICODE_STRING link_name;
static IO_CSQ queue;
static KSPIN_LOCK lock;
static LIST_ENTRY pending;
static KSEMAPHORE arrived;

static NTSTATUS complete(PIRP irp, NTSTATUS status, ULONG_PTR information)
{
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = information;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

static VOID insert(PIO_CSQ csq, PIRP irp)
{
    InsertTailList(&pending, &irp->Tail.Overlay.ListEntry);
}

static VOID remove(PIO_CSQ csq, PIRP irp)
{
    RemoveEntryList(&irp->Tail.Overlay.ListEntry);
}

/* The next one behind the packet, or the first; of this file object, unless that is NULL. */
static PIRP peek(PIO_CSQ csq, PIRP irp, PVOID file)
{
    for (PLIST_ENTRY entry = irp == NULL ? pending.Flink : irp->Tail.Overlay.ListEntry.Flink; entry != &pending;
         entry = entry->Flink)
    {
        PIRP candidate = CONTAINING_RECORD(entry, IRP, Tail.Overlay.ListEntry);

        if (file == NULL || IoGetCurrentIrpStackLocation(candidate)->FileObject == file)
        {
            return candidate;
        }
    }
    return NULL;
}

static VOID acquire(PIO_CSQ csq, PKIRQL irql)
{
    KeAcquireSpinLock(&lock, irql);
}

static VOID release(PIO_CSQ csq, KIRQL irql)
{
    KeReleaseSpinLock(&lock, irql);
}

static VOID cancelled(PIO_CSQ csq, PIRP irp)
{
    (void)complete(irp, STATUS_CANCELLED, 0);
}

static NTSTATUS pend(PIRP irp)
{
    IoCsqInsertIrp(&queue, irp, NULL);
    (void)KeReleaseSemaphore(&arrived, IO_NO_INCREMENT, 1, FALSE);
    return STATUS_PENDING;
}

static NTSTATUS control(PIRP irp, const IO_STACK_LOCATION *location)
{
    ULONG bytes = location->Parameters.DeviceIoControl.InputBufferLength;

    switch (location->Parameters.DeviceIoControl.IoControlCode)
    {
        case PENDING_CONTROL:
            return pend(irp);
        case PENDING_ECHO:
            return bytes > location->Parameters.DeviceIoControl.OutputBufferLength ?
                       complete(irp, STATUS_BUFFER_TOO_SMALL, 0) :
                       complete(irp, STATUS_SUCCESS, bytes);
        case PENDING_FAIL:
            return complete(irp, STATUS_DEVICE_NOT_READY, 0);
        case PENDING_WARN:
            return complete(irp, STATUS_BUFFER_OVERFLOW, 1);
        default:
            return complete(irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
}

/* What a handle that was closed has left behind. */
static NTSTATUS clean_up(PIRP irp, PFILE_OBJECT file)
{
    PIRP left;

    while ((left = IoCsqRemoveNextIrp(&queue, file)) != NULL)
    {
        (void)complete(left, STATUS_CANCELLED, 0);
    }
    return complete(irp, STATUS_SUCCESS, 0);
}

static NTSTATUS dispatch(PDEVICE_OBJECT target, PIRP irp)
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);

    switch (location->MajorFunction)
    {
        case IRP_MJ_CREATE:
        case IRP_MJ_CLOSE:
            return complete(irp, STATUS_SUCCESS, 0);
        case IRP_MJ_CLEANUP:
            return clean_up(irp, location->FileObject);
        case IRP_MJ_READ:
            return location->Parameters.Read.Length == 0 ? complete(irp, STATUS_SUCCESS, 0) : pend(irp);
        case IRP_MJ_WRITE:
            return pend(irp);
        case IRP_MJ_DEVICE_CONTROL:
            return control(irp, location);
        default:
            return complete(irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
}

void pending_device_make(void)
{
    UNICODE_STRING name;

    RtlInitUnicodeString(&name, L"\\Device\\DmfPending");
    RtlInitUnicodeString(&link_name, L"\\??\\DmfPending");
    InitializeListHead(&pending);
    KeInitializeSpinLock(&lock);
    KeInitializeSemaphore(&arrived, 0, MAXLONG);
    CHECK_EQUAL(IoCsqInitialize(&queue, insert, remove, peek, acquire, release, cancelled), STATUS_SUCCESS);
    CHECK_EQUAL(drvobj_create("pending", &driver), STATUS_SUCCESS);
    for (size_t major = 0; major <= IRP_MJ_MAXIMUM_FUNCTION; major++)
    {
        driver->MajorFunction[major] = dispatch;
    }
    CHECK_EQUAL(IoCreateDevice(driver, 0, &name, FILE_DEVICE_UNKNOWN, 0, FALSE, &device), STATUS_SUCCESS);
    device->Flags |= DO_BUFFERED_IO;
    device->Flags &= ~(ULONG)DO_DEVICE_INITIALIZING;
    CHECK_EQUAL(IoCreateSymbolicLink(&link_name, &name), STATUS_SUCCESS);
}

void pending_device_remove(void)
{
    CHECK(IsListEmpty(&pending));
    CHECK_EQUAL(IoDeleteSymbolicLink(&link_name), STATUS_SUCCESS);
    IoDeleteDevice(device);
    drvobj_free(driver);
}

void pending_device_wait(void)
{
    CHECK_EQUAL(KeWaitForSingleObject(&arrived, Executive, KernelMode, FALSE, NULL), STATUS_SUCCESS);
}

bool pending_device_complete(uint32_t status, uint32_t bytes, char fill)
{
    PIRP irp = IoCsqRemoveNextIrp(&queue, NULL);

    if (irp == NULL)
    {
        return false;
    }
    if (IoGetCurrentIrpStackLocation(irp)->MajorFunction != IRP_MJ_WRITE)
    {
        memset(irp->AssociatedIrp.SystemBuffer, fill, bytes);
    }
    (void)complete(irp, (NTSTATUS)status, bytes);
    return true;
}
