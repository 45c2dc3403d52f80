/* SPDX-License-Identifier: MIT */
/*
 * NTSTATUS as Linux programs see it.
 */
#ifndef NT_STATUS_H
#define NT_STATUS_H

#include "nt/internal.h"

/* The errno value for a failed status; 0 for success and information. */
RUNTIME_API int status_to_errno(NTSTATUS status);

#endif /* NT_STATUS_H */
