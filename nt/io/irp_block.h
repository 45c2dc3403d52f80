/* SPDX-License-Identifier: MIT */
/*
 * What lies around a packet that the runtime allocated: only the files about packets see it.
 */
#ifndef NT_IRP_BLOCK_H
#define NT_IRP_BLOCK_H

#include "nt/io/irp.h"
#include "nt/io/irp_check.h"

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

/* Frees a block that nobody refers to. */
void irp_block_free(struct irp_block *block);

static inline struct irp_block *irp_block_of(PIRP irp)
{
    return CONTAINING_RECORD(irp, struct irp_block, irp);
}

static inline bool irp_has_block(PIRP irp)
{
    return (irp->AllocationFlags & IRP_IN_BLOCK) != 0;
}

#endif /* NT_IRP_BLOCK_H */
