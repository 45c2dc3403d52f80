/* SPDX-License-Identifier: MIT */
/*
 * I/O request packets: their memory.
 */
#include "nt/io/irp.h"

#include <string.h>

#include "nt/debug/bugcheck.h"
#include "nt/io/irp_block.h"

/* Apart from the usual ways, which clear a packet in pieces. */
__attribute__((noinline)) void irp_initialize(PIRP irp, USHORT size, unsigned stack_count)
{
    memset(irp, 0, size);
    irp_begin(irp, size, stack_count);
}

PIRP irp_allocate_plain(unsigned stack_count, size_t trailer_size, void **ret_trailer)
{
    return irp_make(stack_count, trailer_size, ret_trailer);
}

PIRP irp_allocate(unsigned stack_count, size_t trailer_size, void **ret_trailer)
{
    PIRP irp = irp_allocate_plain(stack_count, trailer_size, ret_trailer);

    if (irp != NULL && trailer_size != 0)
    {
        memset(*ret_trailer, 0, trailer_size);
    }
    return irp;
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

void irp_reuse(PIRP irp, NTSTATUS status)
{
    UCHAR allocation = irp->AllocationFlags;

    if (__builtin_expect(irp->Size == irp_packet_size((unsigned)irp->StackCount), 1))
    {
        irp_begin_fresh(irp, (unsigned)irp->StackCount);
    }
    else
    {
        irp_initialize(irp, irp->Size, (unsigned)irp->StackCount);
    }
    irp->AllocationFlags = allocation;
    irp->IoStatus.Status = status;
}

void irp_reference(PIRP irp)
{
    if (irp_has_block(irp))
    {
        (void)platform_atomic_fetch_add(&irp_block_of(irp)->references, 1);
    }
}

void irp_release(PIRP irp)
{
    struct irp_block *block = irp_block_of(irp);

    if (!irp_has_block(irp))
    {
        return;
    }
    /* Nobody can take a reference beside the last one, which saves the usual case a locked operation. */
    if (platform_atomic_load(&block->references) == 1 || platform_atomic_fetch_sub(&block->references, 1) == 1)
    {
#if IRP_CHECKED
        irp_bury(block);
#else
        irp_block_free(block);
#endif
    }
}

/* The packet is none any more, so that whoever still sends or completes it is caught. */
static void irp_end(PIRP irp, const void *caller)
{
    irp_require(irp, MULTIPLE_IRP_COMPLETE_REQUESTS, caller);
    if (!irp_has_block(irp))
    {
        irp_stop(DRIVER_VERIFIER_DETECTED_VIOLATION, irp, "freed, but it does not come from IoAllocateIrp", caller);
    }
    irp_record(irp, IRP_STEP_FREED, NULL, caller);
    irp->Type = 0;
    irp_release(irp);
}

void irp_free(PIRP irp)
{
    if (irp != NULL)
    {
        irp_end(irp, __builtin_return_address(0));
    }
}

void irp_set_finish(PIRP irp, irp_finish_function *finish, void *context)
{
    irp_block_of(irp)->finish = finish;
    irp_block_of(irp)->finish_context = context;
}

/*
 * Published entry points.
 */
PIRP IoAllocateIrp(CCHAR StackSize, BOOLEAN ChargeQuota)
{
    (void)ChargeQuota;
    return irp_allocate_plain((unsigned)(StackSize < 0 ? 0 : StackSize), 0, NULL);
}

PIRP IoAllocateIrpEx(PDEVICE_OBJECT DeviceObject, CCHAR StackSize, BOOLEAN ChargeQuota)
{
    (void)DeviceObject;
    return IoAllocateIrp(StackSize, ChargeQuota);
}

VOID IoInitializeIrp(PIRP Irp, USHORT PacketSize, CCHAR StackSize)
{
    if (StackSize < 0 || PacketSize < irp_packet_size((unsigned)StackSize))
    {
        irp_stop(DRIVER_VERIFIER_DETECTED_VIOLATION, Irp, "initialised in less memory than its stack locations need",
                 __builtin_return_address(0));
    }
    irp_initialize(Irp, PacketSize, (unsigned)StackSize);
}

VOID IoInitializeIrpEx(PIRP Irp, PDEVICE_OBJECT DeviceObject, USHORT PacketSize, CCHAR StackSize)
{
    (void)DeviceObject;
    IoInitializeIrp(Irp, PacketSize, StackSize);
}

VOID IoReuseIrp(PIRP Irp, NTSTATUS Status)
{
    irp_require(Irp, DRIVER_VERIFIER_DETECTED_VIOLATION, __builtin_return_address(0));
    irp_record(Irp, IRP_STEP_REUSED, NULL, __builtin_return_address(0));
    irp_reuse(Irp, Status);
}

VOID IoFreeIrp(PIRP Irp)
{
    irp_end(Irp, __builtin_return_address(0));
}

NTSTATUS IoGetActivityIdIrp(PIRP Irp, LPGUID Guid)
{
    if (!irp_has_block(Irp) || !irp_block_of(Irp)->has_activity)
    {
        return STATUS_NOT_FOUND;
    }
    *Guid = irp_block_of(Irp)->activity;
    return STATUS_SUCCESS;
}

/* A packet in a driver's own memory has no room for the identifier. */
NTSTATUS IoSetActivityIdIrp(PIRP Irp, LPCGUID Guid)
{
    if (!irp_has_block(Irp))
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    irp_block_of(Irp)->has_activity = Guid != NULL;
    if (Guid != NULL)
    {
        irp_block_of(Irp)->activity = *Guid;
    }
    return STATUS_SUCCESS;
}
