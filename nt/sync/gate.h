/* SPDX-License-Identifier: MIT */
/*
 * A gate: many may be inside, until it closes; who closes it waits until all are out. Rundown protection by another name, for
 * the engine's own use.
 */
#ifndef NT_GATE_H
#define NT_GATE_H

#include "nt/sync/rundown.h"

/* All zero is an open gate with nobody inside. */
struct gate
{
    EX_RUNDOWN_REF inside;
};

/* In the header, because every packet goes through one. Returns false when the gate is closed. Each true needs one gate_leave(). IRQL: up to DISPATCH_LEVEL. */
static inline bool gate_enter(struct gate *gate)
{
    ULONG_PTR seen = platform_atomic_load(&gate->inside.Count);

    if (__builtin_expect((seen & EX_RUNDOWN_ACTIVE) == 0, 1) &&
        platform_atomic_compare_exchange(&gate->inside.Count, &seen, seen + EX_RUNDOWN_COUNT_INC))
    {
        return true;
    }
    return rundown_enter(&gate->inside, 1);
}

static inline void gate_leave(struct gate *gate)
{
    ULONG_PTR seen = platform_atomic_load(&gate->inside.Count);

    if (__builtin_expect((seen & EX_RUNDOWN_ACTIVE) != 0, 0) ||
        !platform_atomic_compare_exchange(&gate->inside.Count, &seen, seen - EX_RUNDOWN_COUNT_INC))
    {
        rundown_leave(&gate->inside, 1);
    }
}

/* Closes the gate and waits until nobody is inside. Called once. IRQL: PASSIVE_LEVEL. */
static inline void gate_close(struct gate *gate)
{
    rundown_wait(&gate->inside);
}

#endif /* NT_GATE_H */
