/* SPDX-License-Identifier: MIT */
/*
 * Packets that drivers ask the I/O manager to build: with buffers as the target wants them, and with what the I/O manager does
 * when such a packet is back.
 *
 * A driver that builds an asynchronous packet frees it, and what hangs on it, in its completion routine; so buffers come from
 * the pool and memory descriptions from IoAllocateMdl(). All other packets built here belong to the I/O manager.
 */
#include <string.h>

#include "nt/io/irp.h"

#define IRP_BUILD_TAG 'bprI'

static void free_mdl_chain(PIRP irp)
{
    PMDL mdl = irp->MdlAddress;

    while (mdl != NULL)
    {
        PMDL next = mdl->Next;

        if ((mdl->MdlFlags & MDL_PAGES_LOCKED) != 0)
        {
            MmUnlockPages(mdl);
        }
        IoFreeMdl(mdl);
        mdl = next;
    }
    irp->MdlAddress = NULL;
}

static void free_buffers(PIRP irp)
{
    if ((irp->Flags & IRP_DEALLOCATE_BUFFER) != 0)
    {
        ExFreePool(irp->AssociatedIrp.SystemBuffer);
        irp->AssociatedIrp.SystemBuffer = NULL;
    }
    free_mdl_chain(irp);
}

/* Gives the packet a system buffer of size bytes, filled with length bytes of input. */
static bool attach_system_buffer(PIRP irp, ULONG size, const void *input, ULONG length)
{
    irp->AssociatedIrp.SystemBuffer = ExAllocatePoolWithTag(NonPagedPoolNx, size, IRP_BUILD_TAG);
    if (irp->AssociatedIrp.SystemBuffer == NULL)
    {
        return false;
    }
    irp->Flags |= IRP_BUFFERED_IO | IRP_DEALLOCATE_BUFFER;
    if (length != 0)
    {
        memcpy(irp->AssociatedIrp.SystemBuffer, input, length);
    }
    return true;
}

static bool attach_mdl(PIRP irp, void *buffer, ULONG length, LOCK_OPERATION operation)
{
    PMDL mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, irp);

    if (mdl == NULL)
    {
        return false;
    }
    irp->MdlAddress = mdl;
    MmProbeAndLockPages(mdl, KernelMode, operation);
    return true;
}

/*
 * The end of a packet that the I/O manager owns. As for any system service, an error that was returned at once is only
 * returned: the caller's status block and event tell of what was pending, or succeeded.
 */
static void finish_built(PIRP irp, void *context)
{
    IO_STATUS_BLOCK result = irp->IoStatus;
    bool tell = !NT_ERROR(result.Status) || irp->PendingReturned;
    PIO_STATUS_BLOCK block = irp->UserIosb;
    PKEVENT event = irp->UserEvent;

    (void)context;
    if ((irp->Flags & IRP_INPUT_OPERATION) != 0 && (irp->Flags & IRP_BUFFERED_IO) != 0 && !NT_ERROR(result.Status) &&
        result.Status != STATUS_VERIFY_REQUIRED && result.Information != 0)
    {
        memcpy(irp->UserBuffer, irp->AssociatedIrp.SystemBuffer, result.Information);
    }
    free_buffers(irp);
    irp_free(irp);
    if (tell && block != NULL)
    {
        *block = result;
    }
    if (tell && event != NULL)
    {
        (void)KeSetEvent(event, IO_NO_INCREMENT, FALSE);
    }
}

static PIRP give_up(PIRP irp)
{
    free_buffers(irp);
    irp_free(irp);
    return NULL;
}

/* The same for reads and writes, by what the device asks for. */
static bool attach_transfer(PIRP irp, PDEVICE_OBJECT device, bool is_write, void *buffer, ULONG length)
{
    irp->UserBuffer = buffer;
    irp->Flags |= is_write ? IRP_WRITE_OPERATION : IRP_READ_OPERATION;
    if (length == 0)
    {
        return true;
    }
    if ((device->Flags & DO_BUFFERED_IO) != 0)
    {
        irp->Flags |= is_write ? 0 : IRP_INPUT_OPERATION;
        return attach_system_buffer(irp, length, buffer, is_write ? length : 0);
    }
    if ((device->Flags & DO_DIRECT_IO) != 0)
    {
        return attach_mdl(irp, buffer, length, is_write ? IoReadAccess : IoWriteAccess);
    }
    return true;
}

static PIRP build_transfer(ULONG major, PDEVICE_OBJECT device, void *buffer, ULONG length, const LARGE_INTEGER *offset,
                           PIO_STATUS_BLOCK status_block)
{
    PIRP irp = irp_allocate((unsigned)device->StackSize, 0, NULL);
    PIO_STACK_LOCATION next;

    if (irp == NULL)
    {
        return NULL;
    }
    next = IoGetNextIrpStackLocation(irp);
    next->MajorFunction = (UCHAR)major;
    irp->UserIosb = status_block;
    if (major != IRP_MJ_READ && major != IRP_MJ_WRITE)
    {
        return irp;
    }
    if (!attach_transfer(irp, device, major == IRP_MJ_WRITE, buffer, length))
    {
        return give_up(irp);
    }
    /* Read and Write are the same structure. */
    next->Parameters.Read.Length = length;
    next->Parameters.Read.ByteOffset.QuadPart = offset != NULL ? offset->QuadPart : 0;
    return irp;
}

static bool attach_control(PIRP irp, ULONG method, void *input, ULONG input_length, void *output, ULONG output_length)
{
    PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(irp);
    ULONG larger = input_length > output_length ? input_length : output_length;

    irp->UserBuffer = output;
    switch (method)
    {
        case METHOD_BUFFERED:
            irp->Flags |= output != NULL ? IRP_INPUT_OPERATION : 0;
            return larger == 0 || attach_system_buffer(irp, larger, input, input_length);
        case METHOD_NEITHER:
            next->Parameters.DeviceIoControl.Type3InputBuffer = input;
            return true;
        default:
            if (input_length != 0 && !attach_system_buffer(irp, input_length, input, input_length))
            {
                return false;
            }
            return output_length == 0 ||
                   attach_mdl(irp, output, output_length, method == METHOD_IN_DIRECT ? IoReadAccess : IoWriteAccess);
    }
}

/* The last associated packet completes the master. */
static void finish_associated(PIRP irp, void *context)
{
    PIRP master = context;

    free_mdl_chain(irp);
    irp_free(irp);
    if (platform_atomic_fetch_sub(&master->AssociatedIrp.IrpCount, 1) == 1)
    {
        irp_complete(master);
    }
}

/*
 * Published entry points.
 */
PIRP IoBuildAsynchronousFsdRequest(ULONG MajorFunction, PDEVICE_OBJECT DeviceObject, PVOID Buffer, ULONG Length,
                                   PLARGE_INTEGER StartingOffset, PIO_STATUS_BLOCK IoStatusBlock)
{
    return build_transfer(MajorFunction, DeviceObject, Buffer, Length, StartingOffset, IoStatusBlock);
}

PIRP IoBuildSynchronousFsdRequest(ULONG MajorFunction, PDEVICE_OBJECT DeviceObject, PVOID Buffer, ULONG Length,
                                  PLARGE_INTEGER StartingOffset, PKEVENT Event, PIO_STATUS_BLOCK IoStatusBlock)
{
    PIRP irp = build_transfer(MajorFunction, DeviceObject, Buffer, Length, StartingOffset, IoStatusBlock);

    if (irp != NULL)
    {
        irp->UserEvent = Event;
        irp_set_finish(irp, finish_built, NULL);
    }
    return irp;
}

PIRP IoBuildDeviceIoControlRequest(ULONG IoControlCode, PDEVICE_OBJECT DeviceObject, PVOID InputBuffer,
                                   ULONG InputBufferLength, PVOID OutputBuffer, ULONG OutputBufferLength,
                                   BOOLEAN InternalDeviceIoControl, PKEVENT Event, PIO_STATUS_BLOCK IoStatusBlock)
{
    PIRP irp = irp_allocate((unsigned)DeviceObject->StackSize, 0, NULL);
    PIO_STACK_LOCATION next;

    if (irp == NULL)
    {
        return NULL;
    }
    next = IoGetNextIrpStackLocation(irp);
    next->MajorFunction = InternalDeviceIoControl ? IRP_MJ_INTERNAL_DEVICE_CONTROL : IRP_MJ_DEVICE_CONTROL;
    next->Parameters.DeviceIoControl.IoControlCode = IoControlCode;
    next->Parameters.DeviceIoControl.InputBufferLength = InputBufferLength;
    next->Parameters.DeviceIoControl.OutputBufferLength = OutputBufferLength;
    if (!attach_control(irp, IoControlCode & 3, InputBuffer, InputBufferLength, OutputBuffer, OutputBufferLength))
    {
        return give_up(irp);
    }
    irp->UserIosb = IoStatusBlock;
    irp->UserEvent = Event;
    irp_set_finish(irp, finish_built, NULL);
    return irp;
}

PIRP IoMakeAssociatedIrp(PIRP Irp, CCHAR StackSize)
{
    PIRP associated = irp_allocate((unsigned)(StackSize < 0 ? 0 : StackSize), 0, NULL);

    if (associated != NULL)
    {
        associated->Flags |= IRP_ASSOCIATED_IRP;
        associated->AssociatedIrp.MasterIrp = Irp;
        associated->Tail.Overlay.Thread = Irp->Tail.Overlay.Thread;
        irp_set_finish(associated, finish_associated, Irp);
    }
    return associated;
}
