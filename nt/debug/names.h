/* SPDX-License-Identifier: MIT */
/*
 * Names of bug check codes, for people who read what the runtime prints.
 */
#ifndef NT_NAMES_H
#define NT_NAMES_H

#include "nt/internal.h"

/* A row of the generated table, which is in the order of its numbers. */
struct number_name
{
    uint32_t number;
    const char *name;
};

extern const struct number_name bugcheck_names[];
extern const size_t bugcheck_names_count;

/* The published name, or NULL when the number has none. Any IRQL; no lock, no memory. */
RUNTIME_API const char *bugcheck_name(ULONG code);

#endif /* NT_NAMES_H */
