/* SPDX-License-Identifier: MIT */
/*
 * I/O request packets: their memory.
 */
#include "nt/io/irp.h"

#include <string.h>

#include "nt/debug/bugcheck.h"
#include "nt/io/irp_block.h"
#include "platform/stable_memory.h"

#define IRP_MAXIMUM_STACK 100

/*
 * Requests are objects with handles, which live in stable memory, and so do the packets that have room for them. A packet that is too
 * large for that has no room: nobody can claim it.
 */
static inline void *block_take(size_t size)
{
    return __builtin_expect(size <= STABLE_LIMIT, 1) ? stable_alloc(size) : platform_alloc(size);
}

void irp_block_free(struct irp_block *block)
{
    size_t size = block->size;

    if (__builtin_expect(size <= STABLE_LIMIT, 1))
    {
        stable_free(block, size);
    }
    else
    {
        platform_free(block, size);
    }
}

_Static_assert(sizeof(struct irp_block) + IRP_MAXIMUM_STACK * sizeof(IO_STACK_LOCATION) <= STABLE_LIMIT,
               "a packet without a trailer always has room for a request");

static size_t packet_size(unsigned stack_count)
{
    return sizeof(IRP) + stack_count * sizeof(IO_STACK_LOCATION);
}

/* Everything is zero already. */
static inline void irp_begin(PIRP irp, USHORT size, unsigned stack_count)
{
    irp->Type = IO_TYPE_IRP;
    irp->Size = size;
    irp->StackCount = (CHAR)stack_count;
    irp->CurrentLocation = (CHAR)(stack_count + 1);
    InitializeListHead(&irp->ThreadListEntry);
    irp->Tail.Overlay.CurrentStackLocation = (PIO_STACK_LOCATION)(irp + 1) + stack_count;
}

void irp_initialize(PIRP irp, USHORT size, unsigned stack_count)
{
    memset(irp, 0, size);
    irp_begin(irp, size, stack_count);
}

_Static_assert(sizeof(IRP) % 16 == 0, "a packet is cleared in pieces of 16 bytes");

/* The same for a packet of the usual size, in pieces so small that the compiler makes a store of each. */
static inline void irp_begin_fresh(PIRP irp, unsigned stack_count)
{
    PIO_STACK_LOCATION stack = (PIO_STACK_LOCATION)(irp + 1);

#pragma GCC unroll 16
    for (size_t offset = 0; offset < sizeof(*irp); offset += 16)
    {
        memset((char *)irp + offset, 0, 16);
    }
    for (unsigned location = 0; location < stack_count; location++)
    {
        memset(&stack[location], 0, sizeof(stack[location]));
    }
    irp_begin(irp, (USHORT)packet_size(stack_count), stack_count);
}

PIRP irp_allocate_plain(unsigned stack_count, size_t trailer_size, void **ret_trailer)
{
    size_t head = (sizeof(struct irp_block) + stack_count * sizeof(IO_STACK_LOCATION) + 15) & ~(size_t)15;
    struct irp_block *block;
    size_t size;

    if (stack_count == 0 || stack_count > IRP_MAXIMUM_STACK || __builtin_add_overflow(head, trailer_size, &size))
    {
        return NULL;
    }
    block = block_take(size);
    if (block == NULL)
    {
        return NULL;
    }
    block->finish = NULL;
    block->finish_context = NULL;
    block->references = 1;
    block->extension_claimed = size > STABLE_LIMIT;
    block->has_activity = false;
    block->size = size;
#if IRP_CHECKED
    memset(&block->history, 0, sizeof(block->history));
#endif
    irp_begin_fresh(&block->irp, stack_count);
    block->irp.AllocationFlags = IRP_IN_BLOCK;
    if (ret_trailer != NULL)
    {
        *ret_trailer = (char *)block + head;
    }
    return &block->irp;
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

    irp_initialize(irp, irp->Size, (unsigned)irp->StackCount);
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

void *irp_claim_extension(PIRP irp, size_t size)
{
    struct irp_block *block = irp_block_of(irp);

    if (!irp_has_block(irp) || block->extension_claimed || size > sizeof(block->extension))
    {
        return NULL;
    }
    block->extension_claimed = true;
    return block->extension;
}

void irp_release_extension(PIRP irp, void *extension)
{
    struct irp_block *block = irp_block_of(irp);

    if (irp_has_block(irp) && extension == (void *)block->extension)
    {
        block->extension_claimed = false;
    }
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
    if (StackSize < 0 || PacketSize < packet_size((unsigned)StackSize))
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
