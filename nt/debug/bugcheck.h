/* SPDX-License-Identifier: MIT */
/*
 * The end of the process when a rule is broken that the runtime cannot survive.
 */
#ifndef NT_BUGCHECK_H
#define NT_BUGCHECK_H

#include "nt/internal.h"

/* Receives a bug check before the process stops. A test may leave by longjmp; returning lets the process stop. */
typedef void bugcheck_handler(ULONG code, const ULONG_PTR parameters[4], void *context);

/*
 * Prints the code, its name, what its parameters mean where that is known, IRQL, thread and stack; calls the bug check
 * callbacks, writes a dump when there is a folder for it (nt/debug/dump.h), and stops the process. Any IRQL. Two bug checks at
 * once: the second waits for the first. One inside a callback of another ends the process at once.
 */
RUNTIME_API _Noreturn void bugcheck(ULONG code, ULONG_PTR p1, ULONG_PTR p2, ULONG_PTR p3, ULONG_PTR p4);

/* The same, with a sentence that says what happened in place of what the parameters mean in general. */
RUNTIME_API _Noreturn void bugcheck_explained(ULONG code, ULONG_PTR p1, ULONG_PTR p2, ULONG_PTR p3, ULONG_PTR p4,
                                              const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Does all that but stop, which is left to whatever made the process end. */
void bugcheck_report(ULONG code, ULONG_PTR p1, ULONG_PTR p2, ULONG_PTR p3, ULONG_PTR p4, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/*
 * Calls the bug check callbacks and writes a dump, as if there were a bug check, and goes on. Nobody may register a callback or
 * take one back meanwhile. What callbacks do to their own data is done. STATUS_OBJECT_PATH_NOT_FOUND when there is no folder
 * for dumps. For tests, and not for two threads at once.
 */
RUNTIME_API NTSTATUS bugcheck_rehearse(ULONG code, const ULONG_PTR parameters[4]);

/* Installs the handler of this process, NULL for none. */
RUNTIME_API void bugcheck_set_handler(bugcheck_handler *handler, void *context);

/* Stops the process because a driver called a published function that the runtime does not have yet. */
RUNTIME_API _Noreturn void nt_unimplemented(const char *function);

#endif /* NT_BUGCHECK_H */
