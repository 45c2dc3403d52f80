/* SPDX-License-Identifier: MIT */
/*
 * Run-down protection: many may be inside, until the gate closes; who closes it waits until all are out.
 */
#ifndef NT_GATE_H
#define NT_GATE_H

#include "nt/internal.h"

/* All zero is an open gate with nobody inside. */
struct gate
{
    /* Twice the number of those inside, plus one when closed. */
    uint32_t word;
    struct platform_event empty;
};

/* Returns false when the gate is closed. Each true needs one gate_leave(). IRQL: any. */
bool gate_enter(struct gate *gate);
void gate_leave(struct gate *gate);

/* Closes the gate and waits until nobody is inside. Called once. IRQL: PASSIVE_LEVEL. */
void gate_close(struct gate *gate);

#endif /* NT_GATE_H */
