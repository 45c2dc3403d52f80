/* SPDX-License-Identifier: MIT */
/*
 * The end of the process when a rule is broken that the runtime cannot survive.
 */
#ifndef NT_BUGCHECK_H
#define NT_BUGCHECK_H

#include "nt/internal.h"

/* Receives a bug check before the process stops. A test may leave by longjmp; returning lets the process stop. */
typedef void bugcheck_handler(ULONG code, const ULONG_PTR parameters[4], void *context);

/* Prints the code, its name, the parameters and the stack, then stops the process. */
RUNTIME_API _Noreturn void bugcheck(ULONG code, ULONG_PTR p1, ULONG_PTR p2, ULONG_PTR p3, ULONG_PTR p4);

/* Installs the handler of this process, NULL for none. */
RUNTIME_API void bugcheck_set_handler(bugcheck_handler *handler, void *context);

/* Stops the process because a driver called a published function that the runtime does not have yet. */
RUNTIME_API _Noreturn void nt_unimplemented(const char *function);

#endif /* NT_BUGCHECK_H */
