/* SPDX-License-Identifier: MIT */
/*
 * Asynchronous procedure calls and alerts.
 */
#include "nt/sync/apc.h"

/* KAPC.Type as published debuggers know it. */
#define APC_OBJECT 18

static void apc_lock(PKTHREAD thread)
{
    platform_spinlock_lock((struct platform_spinlock *)&thread->apc_lock);
}

static void apc_unlock(PKTHREAD thread)
{
    platform_spinlock_unlock((struct platform_spinlock *)&thread->apc_lock);
}

/* Ends the wait that the thread is in, if there is one in this mode that may be ended. Under the lock. */
static bool end_wait(PKTHREAD thread, KPROCESSOR_MODE mode, NTSTATUS result)
{
    struct waiter *waiter = (struct waiter *)thread->parked_on;

    if (waiter == NULL || mode > waiter->mode || !waiter_claim(waiter))
    {
        return false;
    }
    waiter_publish(waiter, result);
    return true;
}

void apc_initialize(PRKAPC apc, PKTHREAD thread, PKKERNEL_ROUTINE kernel, PKRUNDOWN_ROUTINE rundown, PKNORMAL_ROUTINE normal,
                    void *context)
{
    *apc = (KAPC){
        .Type = APC_OBJECT,
        .Size = sizeof(*apc),
        .Thread = thread,
        .KernelRoutine = kernel,
        .RundownRoutine = rundown,
        .NormalRoutine = normal,
        .NormalContext = context,
        .ApcMode = UserMode,
    };
}

bool apc_insert(PRKAPC apc, void *argument1, void *argument2)
{
    PKTHREAD thread = apc->Thread;
    bool inserted;

    apc_lock(thread);
    inserted = !apc->Inserted && header_state(&thread->header) == 0;
    if (inserted)
    {
        apc->Inserted = TRUE;
        apc->SystemArgument1 = argument1;
        apc->SystemArgument2 = argument2;
        InsertTailList(&thread->apc_list[UserMode], &apc->ApcListEntry);
        (void)end_wait(thread, UserMode, STATUS_USER_APC);
    }
    apc_unlock(thread);
    return inserted;
}

bool apc_remove(PRKAPC apc)
{
    PKTHREAD thread = apc->Thread;
    bool removed;

    apc_lock(thread);
    removed = apc->Inserted;
    if (removed)
    {
        RemoveEntryList(&apc->ApcListEntry);
        apc->Inserted = FALSE;
    }
    apc_unlock(thread);
    return removed;
}

static PRKAPC take_first(PKTHREAD thread)
{
    PRKAPC apc = NULL;

    apc_lock(thread);
    if (!IsListEmpty(&thread->apc_list[UserMode]))
    {
        apc = CONTAINING_RECORD(RemoveHeadList(&thread->apc_list[UserMode]), KAPC, ApcListEntry);
        apc->Inserted = FALSE;
    }
    apc_unlock(thread);
    return apc;
}

bool apc_run(void)
{
    PKTHREAD thread = thread_current();
    bool any = false;
    PRKAPC apc;

    while ((apc = take_first(thread)) != NULL)
    {
        PKNORMAL_ROUTINE normal = apc->NormalRoutine;
        void *context = apc->NormalContext;
        void *argument1 = apc->SystemArgument1;
        void *argument2 = apc->SystemArgument2;

        any = true;
        platform_point(PLATFORM_POINT_CALL);
        if (apc->KernelRoutine != NULL)
        {
            apc->KernelRoutine(apc, &normal, &context, &argument1, &argument2);
        }
        /* The kernel routine may have freed the call. */
        if (normal != NULL)
        {
            normal(context, argument1, argument2);
        }
    }
    return any;
}

bool apc_alert(PKTHREAD thread, KPROCESSOR_MODE mode)
{
    bool before;

    apc_lock(thread);
    before = thread->alerted[(int)mode];
    if (!before && !end_wait(thread, mode, STATUS_ALERTED))
    {
        thread->alerted[(int)mode] = true;
    }
    apc_unlock(thread);
    return before;
}

bool apc_test_alert(KPROCESSOR_MODE mode)
{
    PKTHREAD thread = thread_current();
    bool alerted;

    apc_lock(thread);
    alerted = thread->alerted[(int)mode];
    thread->alerted[(int)mode] = false;
    apc_unlock(thread);
    return alerted;
}

void apc_run_down(PKTHREAD thread)
{
    PRKAPC apc;

    while ((apc = take_first(thread)) != NULL)
    {
        if (apc->RundownRoutine != NULL)
        {
            apc->RundownRoutine(apc);
        }
    }
}

/* Which alert ends an alertable wait in this mode: the mode's own before the kernel's; the calls stand between them. */
static NTSTATUS reason_to_end(PKTHREAD thread, KPROCESSOR_MODE mode, KPROCESSOR_MODE *ret_alert)
{
    *ret_alert = mode;
    if (thread->alerted[(int)mode])
    {
        return STATUS_ALERTED;
    }
    if (mode == UserMode && !IsListEmpty(&thread->apc_list[UserMode]))
    {
        return STATUS_USER_APC;
    }
    *ret_alert = KernelMode;
    return thread->alerted[KernelMode] ? STATUS_ALERTED : STATUS_WAIT_0;
}

bool apc_wait_begin(struct waiter *waiter)
{
    PKTHREAD thread = waiter->thread;
    KPROCESSOR_MODE alert;
    NTSTATUS reason;
    bool ended;

    apc_lock(thread);
    reason = reason_to_end(thread, waiter->mode, &alert);
    /* When an object has ended the wait meanwhile, the alert stays for the next one. */
    ended = reason != STATUS_WAIT_0 && waiter_claim(waiter);
    if (ended)
    {
        waiter->result = reason;
        if (reason == STATUS_ALERTED)
        {
            thread->alerted[(int)alert] = false;
        }
    }
    else
    {
        thread->parked_on = &waiter->word;
    }
    apc_unlock(thread);
    return !ended;
}

void apc_wait_end(struct waiter *waiter)
{
    PKTHREAD thread = waiter->thread;

    apc_lock(thread);
    thread->parked_on = NULL;
    apc_unlock(thread);
}

/*
 * Published entry point.
 */
NTSTATUS ZwAlertThread(HANDLE ThreadHandle)
{
    void *thread;
    NTSTATUS status = handle_lookup(ThreadHandle, &thread_type, THREAD_ALERT, &thread);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    (void)apc_alert(thread, KernelMode);
    object_release(thread);
    return STATUS_SUCCESS;
}
