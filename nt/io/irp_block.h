/* SPDX-License-Identifier: MIT */
/*
 * What lies around a packet that the runtime allocated: only the files about packets, and those that build something in a packet's
 * block, see it.
 */
#ifndef NT_IRP_BLOCK_H
#define NT_IRP_BLOCK_H

#include <string.h>

#include "nt/io/irp.h"
#include "nt/io/irp_check.h"
#include "platform/stable_memory.h"

/* In IRP.AllocationFlags: the packet is part of a block. A packet that a driver initialised in memory of its own is not. */
#define IRP_IN_BLOCK 0x80

struct irp_block
{
    _Alignas(16) unsigned char extension[IRP_EXTENSION_SIZE];
    irp_finish_function *finish;
    void *finish_context;
    size_t size;
    uint32_t references;
    bool extension_claimed;
    bool has_activity;
    GUID activity;
#if IRP_CHECKED
    struct irp_history history;
#endif
    _Alignas(16) IRP irp;
    IO_STACK_LOCATION stack[];
};

static inline struct irp_block *irp_block_of(PIRP irp)
{
    return CONTAINING_RECORD(irp, struct irp_block, irp);
}

static inline bool irp_has_block(PIRP irp)
{
    return (irp->AllocationFlags & IRP_IN_BLOCK) != 0;
}

/*
 * Gives size bytes of the extension to the caller, until irp_release_extension(). They are the beginning of a block of stable memory:
 * the first eight bytes are what the last owner left. They are not zeroed. NULL when another driver of the stack has it, or
 * when it is too small.
 */
static inline void *irp_claim_extension(PIRP irp, size_t size)
{
    struct irp_block *block = irp_block_of(irp);

    if (!irp_has_block(irp) || platform_atomic_load(&block->extension_claimed) || size > sizeof(block->extension))
    {
        return NULL;
    }
    platform_atomic_store(&block->extension_claimed, true);
    return block->extension;
}

/* For who knows that the caller has it. Perhaps a driver below has the packet now, and looks whether there is room for its own. */
static inline void irp_give_back_extension(PIRP irp)
{
    platform_atomic_store(&irp_block_of(irp)->extension_claimed, false);
}

static inline void irp_release_extension(PIRP irp, void *extension)
{
    if (irp_has_block(irp) && extension == (void *)irp_block_of(irp)->extension)
    {
        irp_give_back_extension(irp);
    }
}

/*
 * Memory. In the header, because every operation on a file goes through it.
 */

#define IRP_MAXIMUM_STACK 100

_Static_assert(sizeof(struct irp_block) + IRP_MAXIMUM_STACK * sizeof(IO_STACK_LOCATION) <= STABLE_LIMIT,
               "a packet without a trailer always has room for a request");

/*
 * Requests are objects with handles, which live in stable memory, and so do the packets that have room for them. A packet that is too
 * large for that has no room: nobody can claim it.
 */
static inline void *irp_block_take(size_t size)
{
    return __builtin_expect(size <= STABLE_LIMIT, 1) ? stable_alloc(size) : platform_alloc(size);
}

static inline void irp_block_free(struct irp_block *block)
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

static inline size_t irp_packet_size(unsigned stack_count)
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

_Static_assert(sizeof(IRP) % 16 == 0, "a packet is cleared in pieces of 16 bytes");

/* In pieces so small that the compiler makes a store of each. */
static inline void irp_clear(PIRP irp, unsigned locations)
{
    PIO_STACK_LOCATION stack = (PIO_STACK_LOCATION)(irp + 1);

#pragma GCC unroll 16
    for (size_t offset = 0; offset < sizeof(*irp); offset += 16)
    {
        memset((char *)irp + offset, 0, 16);
    }
    for (unsigned location = 0; location < locations; location++)
    {
        memset(&stack[location], 0, sizeof(stack[location]));
    }
}

/* The same for a packet of the usual size, whatever is in it. */
static inline void irp_begin_fresh(PIRP irp, unsigned stack_count)
{
    irp_clear(irp, stack_count);
    irp_begin(irp, (USHORT)irp_packet_size(stack_count), stack_count);
}

/* The beginning of a block: nothing of a packet that was there last. */
static inline void irp_begin_block(struct irp_block *block, size_t size, irp_finish_function *finish, void *context)
{
    block->finish = finish;
    block->finish_context = context;
    block->references = 1;
    block->extension_claimed = size > STABLE_LIMIT;
    block->has_activity = false;
    block->size = size;
#if IRP_CHECKED
    memset(&block->history, 0, sizeof(block->history));
#endif
}

/* What irp_allocate_plain() does. */
static inline PIRP irp_make(unsigned stack_count, size_t trailer_size, void **ret_trailer)
{
    size_t head = (sizeof(struct irp_block) + stack_count * sizeof(IO_STACK_LOCATION) + 15) & ~(size_t)15;
    struct irp_block *block;
    size_t size;

    if (stack_count == 0 || stack_count > IRP_MAXIMUM_STACK || __builtin_add_overflow(head, trailer_size, &size))
    {
        return NULL;
    }
    block = irp_block_take(size);
    if (block == NULL)
    {
        return NULL;
    }
    irp_begin_block(block, size, NULL, NULL);
    irp_begin_fresh(&block->irp, stack_count);
    block->irp.AllocationFlags = IRP_IN_BLOCK;
    if (ret_trailer != NULL)
    {
        *ret_trailer = (char *)block + head;
    }
    return &block->irp;
}

/* Frees a packet that comes from irp_make(), which no driver has. */
static inline void irp_free_own(PIRP irp)
{
#if IRP_CHECKED
    irp_free(irp);
#else
    irp->Type = 0;
    if (__builtin_expect(platform_atomic_load(&irp_block_of(irp)->references) != 1, 0))
    {
        irp_release(irp);
        return;
    }
    irp_block_free(irp_block_of(irp));
#endif
}

/* Completes a packet in a block, of which most probably only the uppermost driver had a part, and only the sender hears. */
static inline void irp_complete_shortly(PIRP irp)
{
#if !IRP_CHECKED
    PIO_STACK_LOCATION location = irp->Tail.Overlay.CurrentStackLocation;
    struct irp_block *block = irp_block_of(irp);

    if (__builtin_expect(irp->Type == IO_TYPE_IRP && irp->CurrentLocation == irp->StackCount &&
                             location->CompletionRoutine == NULL &&
                             __atomic_load_n(&irp->CancelRoutine, __ATOMIC_RELAXED) == NULL &&
                             irp->IoStatus.Status != STATUS_PENDING && block->finish != NULL,
                         1))
    {
        irp->PendingReturned = (location->Control & SL_PENDING_RETURNED) != 0;
        irp->CurrentLocation += 2;
        irp->Tail.Overlay.CurrentStackLocation++;
        block->finish(irp, block->finish_context);
        return;
    }
#endif
    irp_complete(irp);
}

#endif /* NT_IRP_BLOCK_H */
