/* SPDX-License-Identifier: MIT */
/*
 * Deferred procedure calls.
 */
#include "nt/time/dpc.h"

#include "nt/debug/bugcheck.h"
#include "nt/machine.h"
#include "nt/memory/in_use.h"
#include "nt/sync/irql.h"
#include "nt/thread/thread.h"

/* KDPC.Type as published debuggers know it. */
#define DPC_OBJECT 19
#define DPC_THREADED_OBJECT 24

/* What is left of a call when it begins. */
struct dpc_call
{
    PRKDPC dpc;
    PKDEFERRED_ROUTINE routine;
    void *context;
    void *argument1;
    void *argument2;
    uint32_t epoch;
};

/* DpcData of a queued call: the epoch's lowest bit, and one so that it is not NULL. */
static void *queued_mark(uint32_t epoch)
{
    return (void *)(uintptr_t)((epoch & 1) << 1 | 1);
}

static uint32_t mark_epoch(const KDPC *dpc)
{
    return (uint32_t)((uintptr_t)dpc->DpcData >> 1);
}

static struct dpc_call begin_call(PRKDPC dpc)
{
    return (struct dpc_call){
        .dpc = dpc,
        .routine = dpc->DeferredRoutine,
        .context = dpc->DeferredContext,
        .argument1 = dpc->SystemArgument1,
        .argument2 = dpc->SystemArgument2,
    };
}

/* Under the lock. */
static void finish(struct dpc_service *service, uint32_t epoch)
{
    if (--service->unfinished[epoch] == 0 && service->flush_waits && epoch != (service->epoch & 1))
    {
        service->flush_waits = false;
        (void)platform_event_set(&service->flushed);
    }
}

static void run_call(struct dpc_service *service, const struct dpc_call *call)
{
    PKTHREAD thread = thread_current();

    thread->dpc_depth++;
    platform_point(PLATFORM_POINT_CALL);
    call->routine(call->dpc, call->context, call->argument1, call->argument2);
    thread->dpc_depth--;
    if (platform_current()->irql != DISPATCH_LEVEL)
    {
        bugcheck(IRQL_UNEXPECTED_VALUE, platform_current()->irql, DISPATCH_LEVEL, (ULONG_PTR)call->routine, 0);
    }
    platform_spinlock_lock(&service->lock);
    finish(service, call->epoch);
    platform_spinlock_unlock(&service->lock);
}

/* Takes the first call of a list. Under the lock. */
static bool take_first(LIST_ENTRY *list, struct dpc_call *call)
{
    PRKDPC dpc;

    if (list->Flink == NULL || IsListEmpty(list))
    {
        return false;
    }
    dpc = CONTAINING_RECORD(RemoveHeadList(list), KDPC, DpcListEntry);
    *call = begin_call(dpc);
    call->epoch = mark_epoch(dpc);
    dpc->DpcData = NULL;
    in_use_remove(dpc);
    return true;
}

static bool run_first(struct dpc_service *service, LIST_ENTRY *list, bool *deferred)
{
    struct dpc_call call;
    bool found;

    platform_spinlock_lock(&service->lock);
    found = take_first(list, &call);
    if (!found && deferred != NULL)
    {
        *deferred = false;
    }
    platform_spinlock_unlock(&service->lock);
    if (found)
    {
        run_call(service, &call);
    }
    return found;
}

void dpc_drain(void)
{
    struct dpc_service *service = &machine()->dpcs;
    LIST_ENTRY *list = &thread_current()->dpcs;

    while (run_first(service, list, &platform_current()->deferred))
    {
    }
}

/* Queues into a list unless it is queued already. Under the lock. */
static bool enqueue(struct dpc_service *service, LIST_ENTRY *list, PRKDPC dpc, void *argument1, void *argument2)
{
    if (dpc->DpcData != NULL)
    {
        return false;
    }
    if (list->Flink == NULL)
    {
        InitializeListHead(list);
    }
    dpc->SystemArgument1 = argument1;
    dpc->SystemArgument2 = argument2;
    dpc->DpcData = queued_mark(service->epoch);
    service->unfinished[service->epoch & 1]++;
    if (dpc->Importance == HighImportance)
    {
        InsertHeadList(list, &dpc->DpcListEntry);
    }
    else
    {
        InsertTailList(list, &dpc->DpcListEntry);
    }
    in_use_add(dpc, "queued deferred procedure call");
    return true;
}

bool dpc_defer(PRKDPC dpc, void *argument1, void *argument2)
{
    struct dpc_service *service = &machine()->dpcs;
    PKTHREAD thread = thread_current();
    bool queued;

    platform_spinlock_lock(&service->lock);
    queued = enqueue(service, &thread->dpcs, dpc, argument1, argument2);
    if (queued)
    {
        platform_current()->deferred = true;
    }
    platform_spinlock_unlock(&service->lock);
    return queued;
}

#if defined(PLATFORM_SIMULATION)
#include "platform/simulation.h"

static void handed_over_main(void *argument)
{
    struct dpc_service *service = argument;
    KIRQL before = irql_raise(DISPATCH_LEVEL);

    (void)run_first(service, &service->handed_over, NULL);
    irql_lower(before);
}

/* Sometimes another processor takes the call. Its thread serves one call and ends, so that a run leaves nothing behind. */
static bool hand_over(PRKDPC dpc, void *argument1, void *argument2, bool *ret_queued)
{
    struct dpc_service *service = &machine()->dpcs;
    struct platform_thread *thread;

    if (!platform_simulation_active() || platform_random_below(4) != 0)
    {
        return false;
    }
    platform_spinlock_lock(&service->lock);
    *ret_queued = enqueue(service, &service->handed_over, dpc, argument1, argument2);
    platform_spinlock_unlock(&service->lock);
    if (*ret_queued)
    {
        if (platform_thread_create(&thread, "deferred call", 0, 0, handed_over_main, service) == 0)
        {
            platform_thread_detach(thread);
        }
        else
        {
            handed_over_main(service);
        }
    }
    return true;
}
#else
static bool hand_over(PRKDPC dpc, void *argument1, void *argument2, bool *ret_queued)
{
    (void)dpc;
    (void)argument1;
    (void)argument2;
    (void)ret_queued;
    return false;
}
#endif

/* Below DISPATCH_LEVEL: the call is never in a list, but counts as queued for who flushes. */
static bool run_at_once(PRKDPC dpc, void *argument1, void *argument2)
{
    struct dpc_service *service = &machine()->dpcs;
    struct dpc_call call;
    KIRQL before;

    platform_spinlock_lock(&service->lock);
    if (dpc->DpcData != NULL)
    {
        platform_spinlock_unlock(&service->lock);
        return false;
    }
    dpc->SystemArgument1 = argument1;
    dpc->SystemArgument2 = argument2;
    call = begin_call(dpc);
    call.epoch = service->epoch & 1;
    service->unfinished[call.epoch]++;
    platform_spinlock_unlock(&service->lock);
    before = irql_raise(DISPATCH_LEVEL);
    run_call(service, &call);
    irql_lower(before);
    return true;
}

bool dpc_remove(PRKDPC dpc)
{
    struct dpc_service *service = &machine()->dpcs;
    bool queued;

    platform_spinlock_lock(&service->lock);
    queued = dpc->DpcData != NULL;
    if (queued)
    {
        RemoveEntryList(&dpc->DpcListEntry);
        finish(service, mark_epoch(dpc));
        dpc->DpcData = NULL;
        in_use_remove(dpc);
    }
    platform_spinlock_unlock(&service->lock);
    return queued;
}

void dpc_flush(void)
{
    struct dpc_service *service = &machine()->dpcs;
    uint32_t epoch;

    if (platform_current()->irql >= DISPATCH_LEVEL)
    {
        bugcheck(IRQL_NOT_LESS_OR_EQUAL, (ULONG_PTR)service, platform_current()->irql, 0,
                 (ULONG_PTR)__builtin_return_address(0));
    }
    platform_mutex_lock(&service->flushing);
    platform_spinlock_lock(&service->lock);
    epoch = service->epoch++ & 1;
    service->flush_waits = service->unfinished[epoch] != 0;
    if (service->flush_waits)
    {
        platform_spinlock_unlock(&service->lock);
        platform_wait_note("deferred procedure calls", service, 0);
        (void)platform_event_wait(&service->flushed, PLATFORM_FOREVER);
        platform_wait_note(NULL, NULL, 0);
    }
    else
    {
        platform_spinlock_unlock(&service->lock);
    }
    platform_mutex_unlock(&service->flushing);
}

static void initialize(PRKDPC dpc, UCHAR type, PKDEFERRED_ROUTINE routine, void *context)
{
    *dpc = (KDPC){
        .Type = type,
        .Importance = MediumImportance,
        .DeferredRoutine = routine,
        .DeferredContext = context,
    };
}

/*
 * Published entry points. A threaded call runs like any other, which Windows may do too.
 */
VOID KeInitializeDpc(PRKDPC Dpc, PKDEFERRED_ROUTINE DeferredRoutine, PVOID DeferredContext)
{
    initialize(Dpc, DPC_OBJECT, DeferredRoutine, DeferredContext);
}

VOID KeInitializeThreadedDpc(PRKDPC Dpc, PKDEFERRED_ROUTINE DeferredRoutine, PVOID DeferredContext)
{
    initialize(Dpc, DPC_THREADED_OBJECT, DeferredRoutine, DeferredContext);
}

BOOLEAN KeInsertQueueDpc(PRKDPC Dpc, PVOID SystemArgument1, PVOID SystemArgument2)
{
    bool queued;

    if (platform_current()->irql >= DISPATCH_LEVEL)
    {
        return dpc_defer(Dpc, SystemArgument1, SystemArgument2);
    }
    return hand_over(Dpc, SystemArgument1, SystemArgument2, &queued) ? queued :
                                                                       run_at_once(Dpc, SystemArgument1, SystemArgument2);
}

BOOLEAN KeRemoveQueueDpc(PRKDPC Dpc)
{
    return dpc_remove(Dpc);
}

BOOLEAN KeRemoveQueueDpcEx(PKDPC Dpc, BOOLEAN WaitIfActive)
{
    bool queued = dpc_remove(Dpc);

    if (WaitIfActive)
    {
        dpc_flush();
    }
    return queued;
}

VOID KeFlushQueuedDpcs(VOID)
{
    dpc_flush();
}

ULONG KeIsExecutingDpc(VOID)
{
    return thread_current()->dpc_depth != 0;
}

VOID KeSetImportanceDpc(PRKDPC Dpc, KDPC_IMPORTANCE Importance)
{
    Dpc->Importance = (UCHAR)Importance;
}
