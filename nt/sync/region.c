/* SPDX-License-Identifier: MIT */
/*
 * Critical and guarded regions. Nothing interrupts a thread here, so what they do is to be asked for: whether procedure calls
 * would be delivered.
 */
#include "nt/debug/bugcheck.h"
#include "nt/thread/thread.h"

static void leave(uint32_t *depth)
{
    if (*depth == 0)
    {
        bugcheck(APC_INDEX_MISMATCH, (ULONG_PTR)__builtin_return_address(0), 0, 1, 0);
    }
    (*depth)--;
}

/*
 * Published entry points.
 */
VOID KeEnterCriticalRegion(VOID)
{
    thread_current()->kernel_apc_disable++;
}

VOID KeLeaveCriticalRegion(VOID)
{
    leave(&thread_current()->kernel_apc_disable);
}

VOID KeEnterGuardedRegion(VOID)
{
    thread_current()->special_apc_disable++;
}

VOID KeLeaveGuardedRegion(VOID)
{
    leave(&thread_current()->special_apc_disable);
}

BOOLEAN KeAreApcsDisabled(VOID)
{
    PKTHREAD thread = thread_current();

    return platform_current()->irql >= APC_LEVEL || thread->kernel_apc_disable != 0 || thread->special_apc_disable != 0;
}

BOOLEAN KeAreAllApcsDisabled(VOID)
{
    return platform_current()->irql >= APC_LEVEL || thread_current()->special_apc_disable != 0;
}
