/* SPDX-License-Identifier: MIT */
/*
 * Processors. In simulation there are two, a thread stays on one of them, and nothing can be restricted.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* How many processors are switched on; at least one. They are numbered from zero. */
uint32_t platform_processor_count(void);

/* The one that runs the calling thread, which may have moved on when this returns. */
uint32_t platform_processor_current(void);

/* Keeps the calling thread on the processors of the mask, whose lowest bit is the processor first. Returns false, and changes
   nothing, when the system does not want that. */
bool platform_processor_allow(uint32_t first, uint64_t mask);

/* Lets the calling thread run on all processors that the process may use. */
void platform_processor_allow_all(void);
