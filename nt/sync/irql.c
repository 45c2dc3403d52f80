/* SPDX-License-Identifier: MIT */
/*
 * IRQL, executive spin locks, and the lock that orders cancellation.
 */
#include "nt/sync/irql.h"

#include "nt/debug/bugcheck.h"
#include "nt/machine.h"

KIRQL irql_raise(KIRQL level)
{
    KIRQL before = platform_current()->irql;

    if (level < before)
    {
        bugcheck(IRQL_NOT_GREATER_OR_EQUAL, level, before, 0, 0);
    }
    platform_current()->irql = level;
    return before;
}

void irql_lower(KIRQL level)
{
    KIRQL before = platform_current()->irql;

    if (level > before)
    {
        bugcheck(IRQL_NOT_LESS_OR_EQUAL, level, before, 0, 0);
    }
    platform_current()->irql = level;
}

/*
 * Published entry points.
 */
KIRQL KeGetCurrentIrql(VOID)
{
    return platform_current()->irql;
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
