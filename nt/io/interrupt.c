/* SPDX-License-Identifier: MIT */
/*
 * The interrupt controller: delivery, and the locks of interrupts.
 */
#include "nt/io/interrupt.h"

#include "nt/debug/bugcheck.h"
#include "nt/io/interrupt_object.h"
#include "nt/machine.h"
#include "nt/sync/irql.h"
#include "nt/thread/worker.h"
#include "nt/time/dpc.h"

void interrupt_controller_make(struct interrupt_controller *controller)
{
    for (size_t index = 0; index < INTERRUPT_CHAINS; index++)
    {
        InitializeListHead(&controller->chains[index]);
    }
}

static LIST_ENTRY *chain_of(struct interrupt_controller *controller, ULONG vector)
{
    return &controller->chains[vector % INTERRUPT_CHAINS];
}

/*
 * The lock of an interrupt.
 */

void interrupt_lock(PKINTERRUPT interrupt, KIRQL *ret_before)
{
    *ret_before = platform_current()->irql;
    if (interrupt->passive)
    {
        worker_will_wait();
        platform_mutex_lock(&interrupt->passive_lock);
        worker_has_waited();
        return;
    }
    (void)irql_raise(interrupt->synchronize_irql);
    KeAcquireSpinLockAtDpcLevel(interrupt->lock);
}

void interrupt_unlock(PKINTERRUPT interrupt, KIRQL before)
{
    if (interrupt->passive)
    {
        platform_mutex_unlock(&interrupt->passive_lock);
        return;
    }
    KeReleaseSpinLockFromDpcLevel(interrupt->lock);
    irql_lower(before);
}

/*
 * Who is called stays in its chain: who disconnects waits.
 */

/* Lock held. */
static void hold(PKINTERRUPT interrupt)
{
    interrupt->calls++;
}

static void release(PKINTERRUPT interrupt)
{
    struct interrupt_controller *controller = &machine()->interrupts;
    struct platform_event *drained = NULL;

    platform_spinlock_lock(&controller->lock);
    if (--interrupt->calls == 0)
    {
        drained = interrupt->drained;
    }
    platform_spinlock_unlock(&controller->lock);
    if (drained != NULL)
    {
        (void)platform_event_set(drained);
    }
}

static bool takes_part(PKINTERRUPT interrupt)
{
    return !platform_atomic_load(&interrupt->leaving) && platform_atomic_load(&interrupt->active);
}

static bool call_service(PKINTERRUPT interrupt)
{
    bool handled = false;
    KIRQL before;

    interrupt_lock(interrupt, &before);
    /* Whoever reports the interrupt inactive under its lock is not called afterwards. */
    if (takes_part(interrupt))
    {
        platform_point(PLATFORM_POINT_CALL);
        handled = interrupt->message_service != NULL ?
                      interrupt->message_service(interrupt, interrupt->context, interrupt->message) :
                      interrupt->service(interrupt, interrupt->context);
    }
    interrupt_unlock(interrupt, before);
    return handled;
}

/*
 * Passive-level interrupts.
 */

/* Whether the service routine is to be called once more; if not, the line is unmasked. */
static bool take_pending(PKINTERRUPT interrupt)
{
    struct interrupt_controller *controller = &machine()->interrupts;
    bool pending;

    platform_spinlock_lock(&controller->lock);
    pending = interrupt->pending;
    interrupt->pending = false;
    interrupt->masked = pending;
    platform_spinlock_unlock(&controller->lock);
    return pending;
}

static void passive_main(PVOID context)
{
    PKINTERRUPT interrupt = context;

    while (take_pending(interrupt))
    {
        (void)call_service(interrupt);
    }
    release(interrupt);
}

/* The caller's hold becomes the worker's. */
static void deliver_passive(PKINTERRUPT interrupt)
{
    struct interrupt_controller *controller = &machine()->interrupts;
    bool queues;

    platform_spinlock_lock(&controller->lock);
    interrupt->pending = true;
    queues = !interrupt->masked;
    interrupt->masked = true;
    platform_spinlock_unlock(&controller->lock);
    if (queues)
    {
        worker_queue(&interrupt->item, CriticalWorkQueue);
    }
    else
    {
        release(interrupt);
    }
}

/*
 * Interrupts that have to wait until the raising thread's level has dropped.
 */

static VOID deferred_main(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    (void)dpc;
    (void)argument1;
    (void)argument2;
    (void)call_service(context);
    release(context);
}

static void deliver_later(PKINTERRUPT interrupt)
{
    if (!dpc_defer(&interrupt->deferral, NULL, NULL))
    {
        release(interrupt);
    }
}

/* Consumes the caller's hold. Returns whether the interrupt was taken, or may be. */
static bool deliver(PKINTERRUPT interrupt)
{
    bool handled = true;

    if (interrupt->passive)
    {
        deliver_passive(interrupt);
    }
    else if (platform_current()->irql >= interrupt->irql)
    {
        deliver_later(interrupt);
    }
    else
    {
        handled = call_service(interrupt);
        release(interrupt);
    }
    return handled;
}

/* Lock held. The first one of the vector from this link on that can be called, held; NULL when there is none. */
static PKINTERRUPT find_next(LIST_ENTRY *chain, LIST_ENTRY *link, ULONG vector)
{
    for (; link != chain; link = link->Flink)
    {
        PKINTERRUPT interrupt = CONTAINING_RECORD(link, struct _KINTERRUPT, link);

        if (interrupt->vector == vector && takes_part(interrupt))
        {
            hold(interrupt);
            return interrupt;
        }
    }
    return NULL;
}

bool interrupt_raise(ULONG vector)
{
    struct interrupt_controller *controller = &machine()->interrupts;
    LIST_ENTRY *chain = chain_of(controller, vector);
    PKINTERRUPT interrupt;
    bool handled = false;

    platform_spinlock_lock(&controller->lock);
    interrupt = find_next(chain, chain->Flink, vector);
    platform_spinlock_unlock(&controller->lock);
    while (interrupt != NULL)
    {
        PKINTERRUPT next;
        bool last;

        /* The next one is held before this one is let go: until then both are in the chain. */
        platform_spinlock_lock(&controller->lock);
        next = find_next(chain, interrupt->link.Flink, vector);
        platform_spinlock_unlock(&controller->lock);
        last = interrupt->mode == LevelSensitive && !interrupt->passive;
        if (deliver(interrupt))
        {
            handled = true;
            if (last && next != NULL)
            {
                release(next);
                break;
            }
        }
        interrupt = next;
    }
    return handled;
}

/*
 * Connection.
 */

/* Lock held. Whether the interrupt may have the vector beside those that have it. */
static bool may_share(LIST_ENTRY *chain, PKINTERRUPT interrupt)
{
    for (LIST_ENTRY *link = chain->Flink; link != chain; link = link->Flink)
    {
        PKINTERRUPT other = CONTAINING_RECORD(link, struct _KINTERRUPT, link);

        if (other->vector == interrupt->vector && (!other->shared || !interrupt->shared || other->mode != interrupt->mode))
        {
            return false;
        }
    }
    return true;
}

void interrupt_initialize(PKINTERRUPT interrupt)
{
    interrupt->active = true;
    interrupt->passive = interrupt->irql == PASSIVE_LEVEL;
    interrupt->lock = interrupt->lock == NULL ? &interrupt->own_lock : interrupt->lock;
    KeInitializeSpinLock(&interrupt->own_lock);
    KeInitializeDpc(&interrupt->deferral, deferred_main, interrupt);
    ExInitializeWorkItem(&interrupt->item, passive_main, interrupt);
}

NTSTATUS interrupt_enter(PKINTERRUPT interrupt)
{
    struct interrupt_controller *controller = &machine()->interrupts;
    LIST_ENTRY *chain = chain_of(controller, interrupt->vector);
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    platform_spinlock_lock(&controller->lock);
    if (may_share(chain, interrupt))
    {
        InsertTailList(chain, &interrupt->link);
        status = STATUS_SUCCESS;
    }
    platform_spinlock_unlock(&controller->lock);
    return status;
}

void interrupt_leave(PKINTERRUPT interrupt)
{
    struct interrupt_controller *controller = &machine()->interrupts;
    struct platform_event drained = PLATFORM_EVENT_INITIALIZER(true);
    bool busy;

    if (platform_current()->irql >= DISPATCH_LEVEL)
    {
        bugcheck(IRQL_NOT_LESS_OR_EQUAL, (ULONG_PTR)interrupt, platform_current()->irql, 0,
                 (ULONG_PTR)__builtin_return_address(0));
    }
    platform_spinlock_lock(&controller->lock);
    platform_atomic_store(&interrupt->leaving, true);
    busy = interrupt->calls != 0;
    interrupt->drained = busy ? &drained : NULL;
    platform_spinlock_unlock(&controller->lock);
    if (busy)
    {
        worker_will_wait();
        platform_wait_note("the service routine of an interrupt", interrupt, 0);
        (void)platform_event_wait(&drained, PLATFORM_FOREVER);
        platform_wait_note(NULL, NULL, 0);
        worker_has_waited();
    }
    platform_spinlock_lock(&controller->lock);
    RemoveEntryList(&interrupt->link);
    platform_spinlock_unlock(&controller->lock);
}

/*
 * Published entry points.
 */
BOOLEAN KeSynchronizeExecution(PKINTERRUPT Interrupt, PKSYNCHRONIZE_ROUTINE SynchronizeRoutine, PVOID SynchronizeContext)
{
    BOOLEAN result;
    KIRQL before;

    interrupt_lock(Interrupt, &before);
    result = SynchronizeRoutine(SynchronizeContext);
    interrupt_unlock(Interrupt, before);
    return result;
}

KIRQL KeAcquireInterruptSpinLock(PKINTERRUPT Interrupt)
{
    KIRQL before;

    interrupt_lock(Interrupt, &before);
    return before;
}

VOID KeReleaseInterruptSpinLock(PKINTERRUPT Interrupt, KIRQL OldIrql)
{
    interrupt_unlock(Interrupt, OldIrql);
}
