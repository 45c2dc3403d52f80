/* SPDX-License-Identifier: MIT */
/*
 * Names of status values and bug check codes, for people who read what the runtime prints.
 */
#ifndef NT_NAMES_H
#define NT_NAMES_H

#include "nt/internal.h"

/* A row of the generated tables, which are in the order of their numbers. */
struct number_name
{
    uint32_t number;
    const char *name;
};

extern const struct number_name bugcheck_names[];
extern const size_t bugcheck_names_count;
extern const struct number_name status_names[];
extern const size_t status_names_count;

/* The published name, or NULL when the number has none. Any IRQL; no lock, no memory. */
RUNTIME_API const char *bugcheck_name(ULONG code);
RUNTIME_API const char *status_name(NTSTATUS status);

#endif /* NT_NAMES_H */
