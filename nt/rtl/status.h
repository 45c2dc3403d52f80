/* SPDX-License-Identifier: MIT */
/*
 * NTSTATUS as Linux programs see it. The rows are in status.txt; docs/status.md shows them.
 */
#ifndef NT_STATUS_H
#define NT_STATUS_H

#include "nt/internal.h"

/* The errno value for a failed status; 0 for success and information. */
RUNTIME_API int status_to_errno(NTSTATUS status);

/* The status that stands for an errno value: STATUS_SUCCESS for 0, STATUS_UNSUCCESSFUL for one that has none. */
RUNTIME_API NTSTATUS status_from_errno(int error);

/* The published name, or NULL when the status has none. Any IRQL; no lock, no memory. */
RUNTIME_API const char *status_name(NTSTATUS status);

#endif /* NT_STATUS_H */
