/* SPDX-License-Identifier: MIT */
/*
 * Names of bug check codes, Win32 errors and HRESULTs, for people who read what the runtime prints.
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
extern const struct number_name error_names[];
extern const size_t error_names_count;
extern const struct number_name result_names[];
extern const size_t result_names_count;

/* The published name, or NULL when the number has none. Any IRQL; no lock, no memory. */
RUNTIME_API const char *bugcheck_name(ULONG code);
/* Of a Win32 error. */
RUNTIME_API const char *error_name(ULONG error);
/* Of an HRESULT: its own name, or that of the Win32 error or the status that it wraps. */
RUNTIME_API const char *result_name(HRESULT result);

#endif /* NT_NAMES_H */
