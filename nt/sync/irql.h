/* SPDX-License-Identifier: MIT */
/*
 * The interrupt request level, a value of the calling thread.
 */
#ifndef NT_IRQL_H
#define NT_IRQL_H

#include "nt/internal.h"

_Noreturn void irql_misuse(ULONG code, KIRQL level, KIRQL before);
void irql_run_deferred(void);

/* Sets the level and returns the one before. Raising downwards, or lowering upwards, is a bug check. */
static inline KIRQL irql_raise(KIRQL level)
{
    struct platform_thread *self = platform_current();
    KIRQL before = self->irql;

    if (__builtin_expect(level < before, 0))
    {
        irql_misuse(IRQL_NOT_GREATER_OR_EQUAL, level, before);
    }
    self->irql = level;
    return before;
}

/* Below DISPATCH_LEVEL the deferred procedure calls run that waited for it. */
static inline void irql_lower(KIRQL level)
{
    struct platform_thread *self = platform_current();
    KIRQL before = self->irql;

    if (__builtin_expect(level > before, 0))
    {
        irql_misuse(IRQL_NOT_LESS_OR_EQUAL, level, before);
    }
    if (__builtin_expect(self->deferred && level < DISPATCH_LEVEL, 0))
    {
        irql_run_deferred();
    }
    self->irql = level;
}

#endif /* NT_IRQL_H */
