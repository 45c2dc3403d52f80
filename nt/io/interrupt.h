/* SPDX-License-Identifier: MIT */
/*
 * The interrupt controller of the machine. Drivers connect service routines to vectors; simulated hardware and buses raise them.
 *
 * A service routine runs at the level of its interrupt, with the interrupt's spin lock held, on the thread that raises it, as on
 * the processor that it interrupts. When that thread is at the interrupt's level itself, because it is in the service routine or
 * holds the lock, the interrupt is delivered when its level has dropped. A passive-level interrupt is delivered by a worker; while
 * its service routine runs, the line is masked, and what comes meanwhile is delivered once more afterwards.
 */
#ifndef NT_INTERRUPT_H
#define NT_INTERRUPT_H

#include "nt/internal.h"

enum
{
    INTERRUPT_CHAINS = 16,
};

struct interrupt_controller
{
    /* Guards the chains, by vector, and who is being called. */
    struct platform_spinlock lock;
    LIST_ENTRY chains[INTERRUPT_CHAINS];
};

/* Called while the machine is made. */
void interrupt_controller_make(struct interrupt_controller *controller);

/*
 * Raises an interrupt. Of those that share a level-sensitive vector the first one that says that it was its interrupt is the last
 * one to be asked; of others all are. Returns whether anybody took it, or will be asked later. IRQL: any.
 */
RUNTIME_API bool interrupt_raise(ULONG vector);

#endif /* NT_INTERRUPT_H */
