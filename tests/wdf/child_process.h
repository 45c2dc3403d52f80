/* SPDX-License-Identifier: MIT */
/*
 * A call in a child process, for cases with so many calls that stop the process that a case for each is too much.
 */
#ifndef CHILD_PROCESS_H
#define CHILD_PROCESS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the call stopped its process instead of returning. What that said on its standard error is in said, as far as there is room. */
bool child_process_stops(void (*call)(void), char *said, size_t size);

#endif /* CHILD_PROCESS_H */
