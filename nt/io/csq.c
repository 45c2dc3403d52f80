/* SPDX-License-Identifier: MIT */
/*
 * Cancel-safe queues: the driver keeps the packets, in whatever structure, under whatever lock; this decides who owns a packet
 * when removal and cancellation meet.
 *
 * Whoever exchanges the cancel routine away owns the packet. The packet's last driver context word leads the cancel routine to
 * the queue, directly or by way of the caller's context; both begin with a type.
 */
#include "nt/io/irp.h"

#define CSQ_LINK(Irp) ((Irp)->Tail.Overlay.DriverContext[3])

static PIO_CSQ_IRP_CONTEXT context_of(PIRP irp)
{
    PIO_CSQ_IRP_CONTEXT context = CSQ_LINK(irp);

    return context->Type == IO_TYPE_CSQ_IRP_CONTEXT ? context : NULL;
}

static PIO_CSQ queue_of(PIRP irp)
{
    PIO_CSQ_IRP_CONTEXT context = context_of(irp);

    return context != NULL ? context->Csq : CSQ_LINK(irp);
}

/* Takes the packet out of the driver's structure. The queue's lock is held, and the cancel routine is ours. */
static void take_out(PIO_CSQ queue, PIRP irp)
{
    PIO_CSQ_IRP_CONTEXT context = context_of(irp);

    queue->CsqRemoveIrp(queue, irp);
    if (context != NULL)
    {
        context->Irp = NULL;
    }
    CSQ_LINK(irp) = NULL;
}

static VOID csq_cancel(PDEVICE_OBJECT device, PIRP irp)
{
    PIO_CSQ queue;
    KIRQL irql;

    (void)device;
    IoReleaseCancelSpinLock(irp->CancelIrql);
    queue = queue_of(irp);
    queue->CsqAcquireLock(queue, &irql);
    take_out(queue, irp);
    queue->CsqReleaseLock(queue, irql);
    queue->CsqCompleteCanceledIrp(queue, irp);
}

static void link_packet(PIO_CSQ queue, PIRP irp, PIO_CSQ_IRP_CONTEXT context)
{
    CSQ_LINK(irp) = queue;
    if (context != NULL)
    {
        context->Type = IO_TYPE_CSQ_IRP_CONTEXT;
        context->Irp = irp;
        context->Csq = queue;
        CSQ_LINK(irp) = context;
    }
}

static NTSTATUS insert(PIO_CSQ queue, PIRP irp, PVOID insert_context)
{
    if (queue->Type == IO_TYPE_CSQ_EX)
    {
        return ((PIO_CSQ_INSERT_IRP_EX)(void (*)(void))queue->CsqInsertIrp)(queue, irp, insert_context);
    }
    queue->CsqInsertIrp(queue, irp);
    return STATUS_SUCCESS;
}

static NTSTATUS csq_insert(PIO_CSQ queue, PIRP irp, PIO_CSQ_IRP_CONTEXT context, PVOID insert_context)
{
    NTSTATUS status;
    KIRQL irql;

    link_packet(queue, irp, context);
    queue->ReservePointer = NULL;
    queue->CsqAcquireLock(queue, &irql);
    status = insert(queue, irp, insert_context);
    if (!NT_SUCCESS(status))
    {
        queue->CsqReleaseLock(queue, irql);
        return status;
    }
    IoMarkIrpPending(irp);
    (void)irp_set_cancel_routine(irp, csq_cancel);
    /* A cancellation from before found no routine to call. One that comes now calls it, and waits for the queue's lock. */
    if (irp_is_cancelled(irp) && irp_set_cancel_routine(irp, NULL) != NULL)
    {
        take_out(queue, irp);
        queue->CsqReleaseLock(queue, irql);
        queue->CsqCompleteCanceledIrp(queue, irp);
        return status;
    }
    queue->CsqReleaseLock(queue, irql);
    return status;
}

static PIRP csq_remove_next(PIO_CSQ queue, PVOID peek_context)
{
    PIRP irp;
    KIRQL irql;

    queue->CsqAcquireLock(queue, &irql);
    irp = queue->CsqPeekNextIrp(queue, NULL, peek_context);
    while (irp != NULL && irp_set_cancel_routine(irp, NULL) == NULL)
    {
        /* Its cancellation is on the way, and will take it out. */
        irp = queue->CsqPeekNextIrp(queue, irp, peek_context);
    }
    if (irp != NULL)
    {
        take_out(queue, irp);
    }
    queue->CsqReleaseLock(queue, irql);
    return irp;
}

static PIRP csq_remove(PIO_CSQ queue, PIO_CSQ_IRP_CONTEXT context)
{
    PIRP irp;
    KIRQL irql;

    queue->CsqAcquireLock(queue, &irql);
    irp = context->Irp;
    if (irp != NULL && irp_set_cancel_routine(irp, NULL) == NULL)
    {
        irp = NULL;
    }
    if (irp != NULL)
    {
        take_out(queue, irp);
    }
    queue->CsqReleaseLock(queue, irql);
    return irp;
}

static void csq_initialize(PIO_CSQ queue, ULONG type, PIO_CSQ_INSERT_IRP insert_routine, PIO_CSQ_REMOVE_IRP remove_routine,
                           PIO_CSQ_PEEK_NEXT_IRP peek, PIO_CSQ_ACQUIRE_LOCK acquire, PIO_CSQ_RELEASE_LOCK release,
                           PIO_CSQ_COMPLETE_CANCELED_IRP complete)
{
    *queue = (IO_CSQ){
        .Type = type,
        .CsqInsertIrp = insert_routine,
        .CsqRemoveIrp = remove_routine,
        .CsqPeekNextIrp = peek,
        .CsqAcquireLock = acquire,
        .CsqReleaseLock = release,
        .CsqCompleteCanceledIrp = complete,
    };
}

/*
 * Published entry points.
 */
NTSTATUS IoCsqInitialize(PIO_CSQ Csq, PIO_CSQ_INSERT_IRP CsqInsertIrp, PIO_CSQ_REMOVE_IRP CsqRemoveIrp,
                         PIO_CSQ_PEEK_NEXT_IRP CsqPeekNextIrp, PIO_CSQ_ACQUIRE_LOCK CsqAcquireLock,
                         PIO_CSQ_RELEASE_LOCK CsqReleaseLock, PIO_CSQ_COMPLETE_CANCELED_IRP CsqCompleteCanceledIrp)
{
    csq_initialize(Csq, IO_TYPE_CSQ, CsqInsertIrp, CsqRemoveIrp, CsqPeekNextIrp, CsqAcquireLock, CsqReleaseLock,
                   CsqCompleteCanceledIrp);
    return STATUS_SUCCESS;
}

NTSTATUS IoCsqInitializeEx(PIO_CSQ Csq, PIO_CSQ_INSERT_IRP_EX CsqInsertIrp, PIO_CSQ_REMOVE_IRP CsqRemoveIrp,
                           PIO_CSQ_PEEK_NEXT_IRP CsqPeekNextIrp, PIO_CSQ_ACQUIRE_LOCK CsqAcquireLock,
                           PIO_CSQ_RELEASE_LOCK CsqReleaseLock, PIO_CSQ_COMPLETE_CANCELED_IRP CsqCompleteCanceledIrp)
{
    csq_initialize(Csq, IO_TYPE_CSQ_EX, (PIO_CSQ_INSERT_IRP)(void (*)(void))CsqInsertIrp, CsqRemoveIrp, CsqPeekNextIrp,
                   CsqAcquireLock, CsqReleaseLock, CsqCompleteCanceledIrp);
    return STATUS_SUCCESS;
}

VOID IoCsqInsertIrp(PIO_CSQ Csq, PIRP Irp, PIO_CSQ_IRP_CONTEXT Context)
{
    (void)csq_insert(Csq, Irp, Context, NULL);
}

NTSTATUS IoCsqInsertIrpEx(PIO_CSQ Csq, PIRP Irp, PIO_CSQ_IRP_CONTEXT Context, PVOID InsertContext)
{
    return csq_insert(Csq, Irp, Context, InsertContext);
}

PIRP IoCsqRemoveIrp(PIO_CSQ Csq, PIO_CSQ_IRP_CONTEXT Context)
{
    return csq_remove(Csq, Context);
}

PIRP IoCsqRemoveNextIrp(PIO_CSQ Csq, PVOID PeekContext)
{
    return csq_remove_next(Csq, PeekContext);
}
