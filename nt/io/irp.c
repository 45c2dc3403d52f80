/* SPDX-License-Identifier: MIT */
/*
 * I/O request packets: allocation, the walk down the device stack and back up, cancellation.
 */
#include "nt/io/irp.h"

#include <string.h>

#include "nt/debug/bugcheck.h"

struct irp_block
{
    _Alignas(16) unsigned char extension[IRP_EXTENSION_SIZE];
    irp_finish_function *finish;
    void *finish_context;
    size_t size;
    uint32_t references;
    bool extension_claimed;
    _Alignas(16) IRP irp;
    IO_STACK_LOCATION stack[];
};

static struct irp_block *block_of(PIRP irp)
{
    return CONTAINING_RECORD(irp, struct irp_block, irp);
}

/* Resets the published part; what precedes it in the block stays. */
static void irp_reset(PIRP irp, unsigned stack_count)
{
    memset(irp, 0, sizeof(*irp) + stack_count * sizeof(IO_STACK_LOCATION));
    irp->Type = IO_TYPE_IRP;
    irp->Size = (USHORT)(sizeof(*irp) + stack_count * sizeof(IO_STACK_LOCATION));
    irp->StackCount = (CHAR)stack_count;
    irp->CurrentLocation = (CHAR)(stack_count + 1);
    irp->Tail.Overlay.CurrentStackLocation = &block_of(irp)->stack[stack_count];
}

PIRP irp_allocate(unsigned stack_count, size_t trailer_size, void **ret_trailer)
{
    size_t head = (sizeof(struct irp_block) + stack_count * sizeof(IO_STACK_LOCATION) + 15) & ~(size_t)15;
    struct irp_block *block;
    size_t size;

    if (stack_count == 0 || stack_count > 100 || __builtin_add_overflow(head, trailer_size, &size))
    {
        return NULL;
    }
    block = platform_alloc(size);
    if (block == NULL)
    {
        return NULL;
    }
    block->finish = NULL;
    block->finish_context = NULL;
    block->references = 1;
    block->extension_claimed = false;
    block->size = size;
    irp_reset(&block->irp, stack_count);
    if (ret_trailer != NULL)
    {
        *ret_trailer = memset((char *)block + head, 0, trailer_size);
    }
    return &block->irp;
}

PIRP irp_allocate_patiently(unsigned stack_count)
{
    PIRP irp = irp_allocate(stack_count, 0, NULL);

    while (irp == NULL)
    {
        platform_sleep_until(platform_deadline_in(PLATFORM_MILLISECOND));
        irp = irp_allocate(stack_count, 0, NULL);
    }
    return irp;
}

void irp_reference(PIRP irp)
{
    (void)platform_atomic_fetch_add(&block_of(irp)->references, 1);
}

void irp_release(PIRP irp)
{
    uint32_t *references = &block_of(irp)->references;

    /* Nobody can take a reference beside the last one, which saves the usual case a locked operation. */
    if (platform_atomic_load(references) == 1 || platform_atomic_fetch_sub(references, 1) == 1)
    {
        platform_free(block_of(irp), block_of(irp)->size);
    }
}

void irp_free(PIRP irp)
{
    if (irp != NULL)
    {
        irp_release(irp);
    }
}

void irp_set_finish(PIRP irp, irp_finish_function *finish, void *context)
{
    block_of(irp)->finish = finish;
    block_of(irp)->finish_context = context;
}

NTSTATUS irp_call(PDEVICE_OBJECT device, PIRP irp)
{
    PIO_STACK_LOCATION location;

    irp->CurrentLocation--;
    if (irp->CurrentLocation <= 0)
    {
        bugcheck(NO_MORE_IRP_STACK_LOCATIONS, (ULONG_PTR)irp, 0, 0, 0);
    }
    location = --irp->Tail.Overlay.CurrentStackLocation;
    location->DeviceObject = device;
    return device->DriverObject->MajorFunction[location->MajorFunction](device, irp);
}

/* Whether the routine that a driver set in this location wants to see this outcome. */
static bool wants_outcome(PIO_STACK_LOCATION location, PIRP irp)
{
    if (location->CompletionRoutine == NULL)
    {
        return false;
    }
    if (irp_is_cancelled(irp) && (location->Control & SL_INVOKE_ON_CANCEL) != 0)
    {
        return true;
    }
    return (location->Control & (NT_SUCCESS(irp->IoStatus.Status) ? SL_INVOKE_ON_SUCCESS : SL_INVOKE_ON_ERROR)) != 0;
}

/*
 * Leaves the current location and runs the completion routine that the driver above put into it. Returns false when that
 * driver took the packet back.
 */
static bool leave_location(PIRP irp)
{
    PIO_STACK_LOCATION left = irp->Tail.Overlay.CurrentStackLocation;
    PDEVICE_OBJECT above = NULL;

    irp->PendingReturned = (left->Control & SL_PENDING_RETURNED) != 0;
    irp->CurrentLocation++;
    irp->Tail.Overlay.CurrentStackLocation++;
    if (irp->CurrentLocation <= irp->StackCount)
    {
        above = irp->Tail.Overlay.CurrentStackLocation->DeviceObject;
    }
    if (wants_outcome(left, irp))
    {
        return left->CompletionRoutine(above, irp, left->Context) != STATUS_MORE_PROCESSING_REQUIRED;
    }
    if (irp->PendingReturned && irp->CurrentLocation <= irp->StackCount)
    {
        irp->Tail.Overlay.CurrentStackLocation->Control |= SL_PENDING_RETURNED;
    }
    return true;
}

void irp_complete(PIRP irp)
{
    struct irp_block *block = block_of(irp);

    if (irp->CurrentLocation > irp->StackCount + 1)
    {
        bugcheck(MULTIPLE_IRP_COMPLETE_REQUESTS, (ULONG_PTR)irp, 0, 0, 0);
    }
    while (irp->CurrentLocation <= irp->StackCount)
    {
        if (!leave_location(irp))
        {
            return;
        }
    }
    irp->CurrentLocation++;
    if (block->finish != NULL)
    {
        block->finish(irp, block->finish_context);
    }
}

bool irp_cancel(PIRP irp)
{
    PDRIVER_CANCEL routine;
    KIRQL irql;

    IoAcquireCancelSpinLock(&irql);
    irp_note_cancelled(irp);
    routine = irp_set_cancel_routine(irp, NULL);
    if (routine == NULL)
    {
        IoReleaseCancelSpinLock(irql);
        return false;
    }
    irp->CancelIrql = irql;
    routine(irp->Tail.Overlay.CurrentStackLocation->DeviceObject, irp);
    return true;
}

void *irp_claim_extension(PIRP irp, size_t size)
{
    struct irp_block *block = block_of(irp);

    if (block->extension_claimed || size > sizeof(block->extension))
    {
        return NULL;
    }
    block->extension_claimed = true;
    return memset(block->extension, 0, size);
}

void irp_release_extension(PIRP irp, void *extension)
{
    struct irp_block *block = block_of(irp);

    if (extension == (void *)block->extension)
    {
        block->extension_claimed = false;
    }
}

static void finish_signal(PIRP irp, void *context)
{
    (void)irp;
    platform_event_set(context);
}

NTSTATUS irp_call_and_wait(PDEVICE_OBJECT device, PIRP irp)
{
    struct platform_event finished = PLATFORM_EVENT_INITIALIZER(true);

    irp_set_finish(irp, finish_signal, &finished);
    (void)irp_call(device, irp);
    (void)platform_event_wait(&finished, PLATFORM_FOREVER);
    return irp->IoStatus.Status;
}

/*
 * Published entry points.
 */
PIRP IoAllocateIrp(CCHAR StackSize, BOOLEAN ChargeQuota)
{
    (void)ChargeQuota;
    return irp_allocate((unsigned)(StackSize < 0 ? 0 : StackSize), 0, NULL);
}

void IoFreeIrp(PIRP Irp)
{
    irp_free(Irp);
}

NTSTATUS IofCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return irp_call(DeviceObject, Irp);
}

void IofCompleteRequest(PIRP Irp, CCHAR PriorityBoost)
{
    (void)PriorityBoost;
    irp_complete(Irp);
}

BOOLEAN IoCancelIrp(PIRP Irp)
{
    return irp_cancel(Irp);
}
