/* SPDX-License-Identifier: MIT */
/*
 * IRQL, and the lock that orders cancellation.
 */
#include "nt/sync/irql.h"

#include "nt/debug/bugcheck.h"
#include "nt/machine.h"
#include "nt/time/dpc.h"

void irql_misuse(ULONG code, KIRQL level, KIRQL before)
{
    bugcheck(code, level, before, 0, 0);
}

void irql_run_deferred(void)
{
    platform_current()->irql = DISPATCH_LEVEL;
    dpc_drain();
}

/*
 * Published entry points.
 */
KIRQL KeGetCurrentIrql(VOID)
{
    return platform_current()->irql;
}

KIRQL KfRaiseIrql(KIRQL NewIrql)
{
    return irql_raise(NewIrql);
}

KIRQL KeRaiseIrqlToDpcLevel(VOID)
{
    return irql_raise(DISPATCH_LEVEL);
}

KIRQL KeRaiseIrqlToSynchLevel(VOID)
{
    return irql_raise(SYNCH_LEVEL);
}

VOID KeLowerIrql(KIRQL NewIrql)
{
    irql_lower(NewIrql);
}

VOID IoAcquireCancelSpinLock(PKIRQL Irql)
{
    *Irql = irql_raise(DISPATCH_LEVEL);
    platform_spinlock_lock(&machine()->cancel_lock);
}

VOID IoReleaseCancelSpinLock(KIRQL Irql)
{
    platform_spinlock_unlock(&machine()->cancel_lock);
    irql_lower(Irql);
}
