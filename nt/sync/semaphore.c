/* SPDX-License-Identifier: MIT */
/*
 * Semaphores.
 */
#include "nt/sync/semaphore.h"

#include "nt/debug/bugcheck.h"
#include "nt/sync/header.h"

NTSTATUS semaphore_release(PRKSEMAPHORE semaphore, LONG adjustment, LONG *ret_previous)
{
    struct released released;
    NTSTATUS status = STATUS_SUCCESS;
    LONG before;
    LONG after;

    header_change_begin(&semaphore->Header, &released);
    before = header_state(&semaphore->Header);
    *ret_previous = before;
    if (__builtin_add_overflow(before, adjustment, &after) || after > semaphore->Limit || after < before)
    {
        status = STATUS_SEMAPHORE_LIMIT_EXCEEDED;
    }
    else
    {
        header_set_state(&semaphore->Header, after);
    }
    header_change_end(&semaphore->Header, &released);
    return status;
}

/*
 * Published entry points.
 */
VOID KeInitializeSemaphore(PRKSEMAPHORE Semaphore, LONG Count, LONG Limit)
{
    dispatcher_initialize(&Semaphore->Header, DISPATCHER_SEMAPHORE, Count);
    Semaphore->Limit = Limit;
}

LONG KeReleaseSemaphore(PRKSEMAPHORE Semaphore, KPRIORITY Increment, LONG Adjustment, BOOLEAN Wait)
{
    LONG previous;
    NTSTATUS status;

    if (Wait && platform_current()->irql > APC_LEVEL)
    {
        bugcheck(IRQL_NOT_LESS_OR_EQUAL, (ULONG_PTR)Semaphore, platform_current()->irql, 0,
                 (ULONG_PTR)__builtin_return_address(0));
    }
    status = semaphore_release(Semaphore, Adjustment, &previous);
    if (!NT_SUCCESS(status))
    {
        /* Raised there; here nothing could catch it. */
        bugcheck(KMODE_EXCEPTION_NOT_HANDLED, (ULONG_PTR)status, (ULONG_PTR)__builtin_return_address(0),
                 (ULONG_PTR)Semaphore, 0);
    }
    return previous;
}

LONG KeReadStateSemaphore(PRKSEMAPHORE Semaphore)
{
    return platform_atomic_load(&Semaphore->Header.SignalState);
}
