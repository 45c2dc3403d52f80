/* SPDX-License-Identifier: MIT */
/*
 * Mutants. State one is free, zero is owned, less is owned more than once.
 */
#include "nt/sync/mutant.h"

#include "nt/debug/bugcheck.h"
#include "nt/sync/lock_report.h"

bool mutant_take(DISPATCHER_HEADER *header, PKTHREAD thread)
{
    PRKMUTANT mutant = CONTAINING_RECORD(header, KMUTANT, Header);
    LONG state = header_state(header);
    bool abandoned;

    if (state == (LONG)MINLONG)
    {
        header_unlock(header);
        bugcheck(KMODE_EXCEPTION_NOT_HANDLED, (ULONG_PTR)STATUS_MUTANT_LIMIT_EXCEEDED, 0, (ULONG_PTR)mutant, 0);
    }
    header_set_state(header, state - 1);
    if (state != 1)
    {
        return false;
    }
    abandoned = mutant->Abandoned;
    mutant->OwnerThread = thread;
    mutant->Abandoned = FALSE;
    return abandoned;
}

uint32_t mutant_owner_id(const DISPATCHER_HEADER *header)
{
    PKTHREAD owner = CONTAINING_RECORD(header, KMUTANT, Header)->OwnerThread;

    return owner == NULL ? 0 : owner->platform->id;
}

void mutant_adopt(DISPATCHER_HEADER *header, PKTHREAD thread)
{
    PRKMUTANT mutant = CONTAINING_RECORD(header, KMUTANT, Header);

    if (mutant->MutantListEntry.Flink == NULL)
    {
        InsertTailList(&thread->mutants, &mutant->MutantListEntry);
        thread->kernel_apc_disable += mutant->ApcDisable;
        if (header_hand(&mutant->Header) == MUTANT_IS_OBJECT)
        {
            object_reference(mutant);
        }
    }
}

/* The owner itself, which nobody else can be at the same time. */
static void mutant_disown(PRKMUTANT mutant, PKTHREAD thread)
{
    RemoveEntryList(&mutant->MutantListEntry);
    mutant->MutantListEntry.Flink = NULL;
    thread->kernel_apc_disable -= mutant->ApcDisable;
}

NTSTATUS mutant_release(PRKMUTANT mutant, bool abandon, LONG *ret_previous)
{
    PKTHREAD thread = thread_current();
    struct released released;
    bool given_up = false;
    LONG previous;

    header_change_begin(&mutant->Header, &released);
    previous = header_state(&mutant->Header);
    if (mutant->OwnerThread != thread)
    {
        bool abandoned = mutant->Abandoned;

        header_change_end(&mutant->Header, &released);
        return abandoned ? STATUS_ABANDONED : STATUS_MUTANT_NOT_OWNED;
    }
    if (abandon || previous == 0)
    {
        mutant_disown(mutant, thread);
        mutant->OwnerThread = NULL;
        mutant->Abandoned = abandon;
        given_up = header_hand(&mutant->Header) == MUTANT_IS_OBJECT;
    }
    header_set_state(&mutant->Header, abandon ? 1 : previous + 1);
    header_change_end(&mutant->Header, &released);
    if (ret_previous != NULL)
    {
        *ret_previous = previous;
    }
    if (given_up)
    {
        object_release(mutant);
    }
    return STATUS_SUCCESS;
}

void mutant_abandon_all(PKTHREAD thread)
{
    while (!IsListEmpty(&thread->mutants))
    {
        PRKMUTANT mutant = CONTAINING_RECORD(thread->mutants.Flink, KMUTANT, MutantListEntry);

        if (mutant->ApcDisable != 0)
        {
            bugcheck(THREAD_TERMINATE_HELD_MUTEX, (ULONG_PTR)thread, (ULONG_PTR)mutant, 0, 0);
        }
        (void)mutant_release(mutant, true, NULL);
    }
}

static void mutant_initialize(PRKMUTANT mutant, bool owned, UCHAR apc_disable)
{
    dispatcher_initialize(&mutant->Header, DISPATCHER_MUTANT, owned ? 0 : 1);
    mutant->MutantListEntry.Flink = NULL;
    mutant->OwnerThread = owned ? thread_current() : NULL;
    mutant->Abandoned = FALSE;
    mutant->ApcDisable = apc_disable;
    if (owned)
    {
        mutant_adopt(&mutant->Header, mutant->OwnerThread);
    }
}

/* Frees a mutant that is held once and that nobody waits for, or returns false without having done anything. */
static inline bool try_free(PRKMUTANT mutant)
{
    const struct platform_thread *self = platform_current_thread;
    PKTHREAD thread;

    if (self == NULL || header_state(&mutant->Header) != 0)
    {
        return false;
    }
    thread = self->nt;
    if (!header_try_lock(&mutant->Header, DISPATCHER_MUTANT))
    {
        return false;
    }
    if (thread == NULL || mutant->OwnerThread != thread || header_state(&mutant->Header) != 0 ||
        !IsListEmpty(&mutant->Header.WaitListHead))
    {
        header_unlock(&mutant->Header);
        return false;
    }
    mutant_disown(mutant, thread);
    mutant->OwnerThread = NULL;
    header_set_state(&mutant->Header, 1);
    platform_atomic_store(&mutant->Header.Lock, DISPATCHER_MUTANT);
    return true;
}

static uint32_t locked_owner_id(PRKMUTANT mutant)
{
    uint32_t owner;

    header_lock(&mutant->Header);
    owner = mutant_owner_id(&mutant->Header);
    header_unlock(&mutant->Header);
    return owner;
}

static __attribute__((noinline)) LONG release_or_stop(PRKMUTANT mutant, bool abandon, bool waits, ULONG_PTR caller)
{
    LONG previous = 0;
    NTSTATUS status;

    if (waits && platform_current()->irql > APC_LEVEL)
    {
        bugcheck(IRQL_NOT_LESS_OR_EQUAL, (ULONG_PTR)mutant, platform_current()->irql, 0, caller);
    }
    status = mutant_release(mutant, abandon, &previous);
    if (!NT_SUCCESS(status) || status == STATUS_ABANDONED)
    {
        lock_misuse_stop(&(struct lock_misuse){
            .code = KMODE_EXCEPTION_NOT_HANDLED,
            .parameters = {(ULONG_PTR)status, caller, (ULONG_PTR)mutant},
            .kind = "mutex",
            .rule = "a mutex is released by the thread that holds it",
            .lock = mutant,
            .owner = locked_owner_id(mutant),
            .caller = caller,
        });
    }
    return previous;
}

/*
 * Published entry points.
 */
VOID KeInitializeMutex(PRKMUTEX Mutex, ULONG Level)
{
    mutant_initialize(Mutex, false, 1);
}

VOID KeInitializeMutant(PRKMUTANT Mutant, BOOLEAN InitialOwner)
{
    mutant_initialize(Mutant, InitialOwner, 0);
}

LONG KeReadStateMutex(PRKMUTEX Mutex)
{
    return platform_atomic_load(&Mutex->Header.SignalState);
}

LONG KeReadStateMutant(PRKMUTANT Mutant)
{
    return platform_atomic_load(&Mutant->Header.SignalState);
}

LONG KeReleaseMutex(PRKMUTEX Mutex, BOOLEAN Wait)
{
    return !Wait && try_free(Mutex) ? 0 : release_or_stop(Mutex, false, Wait, (ULONG_PTR)__builtin_return_address(0));
}

LONG KeReleaseMutant(PRKMUTANT Mutant, KPRIORITY Increment, BOOLEAN Abandoned, BOOLEAN Wait)
{
    return release_or_stop(Mutant, Abandoned, Wait, (ULONG_PTR)__builtin_return_address(0));
}

VOID KeQueryOwnerMutant(PKMUTANT Mutant, PCLIENT_ID ClientId)
{
    header_lock(&Mutant->Header);
    if (Mutant->OwnerThread == NULL)
    {
        RtlZeroMemory(ClientId, sizeof(*ClientId));
    }
    else
    {
        *ClientId = Mutant->OwnerThread->id;
    }
    header_unlock(&Mutant->Header);
}
