/* SPDX-License-Identifier: MIT */
/*
 * I/O request packets as the runtime sees them.
 *
 * A packet is one block of memory: room for the first WDF request that claims it, the bookkeeping below, the published IRP
 * and its stack locations. A block belongs to whoever allocated it; irp_complete() hands it back by calling its finish
 * function, exactly once, after every completion routine has run.
 */
#ifndef NT_IRP_H
#define NT_IRP_H

#include <stdbool.h>

#include "nt/internal.h"

/* Bytes in front of a packet in which the first WDF driver of the stack builds its WDFREQUEST. */
#define IRP_EXTENSION_SIZE 1280

typedef void irp_finish_function(PIRP irp, void *context);

/*
 * Returns a zeroed packet with room for stack_count drivers, or NULL when there is no memory. trailer_size bytes behind the
 * stack locations belong to the caller: *ret_trailer, aligned to 16, lives as long as the packet. NULL, 0 for none.
 */
PIRP irp_allocate(unsigned stack_count, size_t trailer_size, void **ret_trailer);

/* The same, but the trailer is not zeroed: for who sets all that it reads of it. */
PIRP irp_allocate_plain(unsigned stack_count, size_t trailer_size, void **ret_trailer);

/*
 * The same for packets that must be sent whatever happens: close, remove. Waits until there is memory. IRQL: PASSIVE_LEVEL.
 */
PIRP irp_allocate_patiently(unsigned stack_count);

/* Frees a packet. It must not be in a driver's hands. Accepts NULL. The memory stays while references to it are held. */
void irp_free(PIRP irp);

/* Keep the packet's memory, and the extension in it, beyond irp_free(): for a request that outlives its completion. */
void irp_reference(PIRP irp);
void irp_release(PIRP irp);

/* The function that receives the packet when its last completion routine has run. It owns the packet from then on. */
void irp_set_finish(PIRP irp, irp_finish_function *finish, void *context);

/* Makes a packet in memory of size bytes, as IoInitializeIrp() is documented: nothing is behind it but its locations. */
void irp_initialize(PIRP irp, USHORT size, unsigned stack_count);

/* Makes a packet that came back ready to be sent again; status becomes its IoStatus.Status. */
void irp_reuse(PIRP irp, NTSTATUS status);

/* Hands the packet to a device; the status is STATUS_PENDING or the final one, as the driver returned it. */
NTSTATUS irp_call(PDEVICE_OBJECT device, PIRP irp);

/* Completes the packet: walks the completion routines upwards, then calls the finish function. */
void irp_complete(PIRP irp);

/* Asks for cancellation. Returns true when a cancel routine was there and has run. */
bool irp_cancel(PIRP irp);

/*
 * Cancellation, for those who hold packets. The routine is taken by whoever exchanges it away first. Who sets one looks at
 * irp_is_cancelled() afterwards: a cancellation from before found nothing to call. Both are scheduling points.
 */
static inline PDRIVER_CANCEL irp_set_cancel_routine(PIRP irp, PDRIVER_CANCEL routine)
{
    return platform_atomic_exchange(&irp->CancelRoutine, routine);
}

static inline bool irp_is_cancelled(PIRP irp)
{
    return platform_atomic_load_sequential(&irp->Cancel);
}

static inline void irp_note_cancelled(PIRP irp)
{
    platform_atomic_store_sequential(&irp->Cancel, TRUE);
}

/* Sends the packet and waits for it. Returns its final status; the packet remains the caller's. IRQL: PASSIVE_LEVEL. */
NTSTATUS irp_call_and_wait(PDEVICE_OBJECT device, PIRP irp);

#endif /* NT_IRP_H */
