/* SPDX-License-Identifier: MIT */
/*
 * The interrupt request level, a value of the calling thread.
 */
#ifndef NT_IRQL_H
#define NT_IRQL_H

#include "nt/internal.h"

/* Sets the level and returns the one before. Raising downwards, or lowering upwards, is a bug check. */
KIRQL irql_raise(KIRQL level);
void irql_lower(KIRQL level);

#endif /* NT_IRQL_H */
