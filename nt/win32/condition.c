/* SPDX-License-Identifier: MIT */
/*
 * Condition variables. The variable itself counts who waits, so that waking nobody costs one read; who waits is in the lists
 * of nt/win32/address.c, so that a wake lets go somebody who waited before it and nobody else.
 */
#include "nt/win32/address.h"

static uint32_t *count_of(CONDITION_VARIABLE *variable)
{
    return (uint32_t *)(void *)&variable->Ptr;
}

/* Says the caller's place in the list, which the caller takes while it still holds the lock. */
static void prepare(CONDITION_VARIABLE *variable, struct address_waiter *waiter)
{
    (void)platform_atomic_fetch_add(count_of(variable), 1);
    (void)address_enter(waiter, variable, NULL, NULL);
}

static bool finish(CONDITION_VARIABLE *variable, struct address_waiter *waiter, DWORD milliseconds)
{
    bool woken = address_wait(waiter, win32_deadline(milliseconds));

    (void)platform_atomic_fetch_sub(count_of(variable), 1);
    return woken;
}

void WINAPI InitializeConditionVariable(PCONDITION_VARIABLE ConditionVariable)
{
    ConditionVariable->Ptr = NULL;
}

BOOL WINAPI SleepConditionVariableCS(PCONDITION_VARIABLE ConditionVariable, PCRITICAL_SECTION CriticalSection,
                                     DWORD dwMilliseconds)
{
    struct address_waiter waiter;
    bool woken;

    prepare(ConditionVariable, &waiter);
    LeaveCriticalSection(CriticalSection);
    woken = finish(ConditionVariable, &waiter, dwMilliseconds);
    EnterCriticalSection(CriticalSection);
    return woken ? TRUE : win32_fail(ERROR_TIMEOUT);
}

BOOL WINAPI SleepConditionVariableSRW(PCONDITION_VARIABLE ConditionVariable, PSRWLOCK SRWLock, DWORD dwMilliseconds,
                                      ULONG Flags)
{
    struct address_waiter waiter;
    bool woken;

    if ((Flags & ~(ULONG)CONDITION_VARIABLE_LOCKMODE_SHARED) != 0)
    {
        return win32_fail(ERROR_INVALID_PARAMETER);
    }
    prepare(ConditionVariable, &waiter);
    (Flags != 0 ? ReleaseSRWLockShared : ReleaseSRWLockExclusive)(SRWLock);
    woken = finish(ConditionVariable, &waiter, dwMilliseconds);
    (Flags != 0 ? AcquireSRWLockShared : AcquireSRWLockExclusive)(SRWLock);
    return woken ? TRUE : win32_fail(ERROR_TIMEOUT);
}

static void wake(CONDITION_VARIABLE *variable, uint32_t count)
{
    if (platform_atomic_load_sequential(count_of(variable)) != 0)
    {
        address_wake(variable, count);
    }
}

void WINAPI WakeConditionVariable(PCONDITION_VARIABLE ConditionVariable)
{
    wake(ConditionVariable, 1);
}

void WINAPI WakeAllConditionVariable(PCONDITION_VARIABLE ConditionVariable)
{
    wake(ConditionVariable, UINT32_MAX);
}
