/* SPDX-License-Identifier: MIT */
/*
 * The one process that there is: the system process, in which all drivers run.
 */
#ifndef NT_PROCESS_H
#define NT_PROCESS_H

#include "nt/internal.h"
#include "nt/object/object.h"

#define SYSTEM_PROCESS_ID ((HANDLE)(ULONG_PTR)4)

extern const struct object_type process_type;

#endif /* NT_PROCESS_H */
