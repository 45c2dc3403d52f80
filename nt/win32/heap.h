/* SPDX-License-Identifier: MIT */
/*
 * Blocks of the process heap, for the parts of the Win32 face that give memory to callers.
 */
#ifndef NT_WIN32_HEAP_H
#define NT_WIN32_HEAP_H

#include "nt/win32/win32.h"

struct heap *heap_of_process(void);

/* NULL when there is no memory; the last error stays as it is. */
void *heap_allocate(struct heap *heap, size_t size, bool zeroed);
void *heap_resize(struct heap *heap, void *memory, size_t size, bool zeroed, bool in_place);
/* Stops when the memory is not a block of the heap. */
void heap_free(struct heap *heap, void *memory);

/* Whether the memory is a whole block of the heap, and how long it is. Reads in front of the memory. */
bool heap_find(const struct heap *heap, const void *memory, size_t *ret_size);

#endif /* NT_WIN32_HEAP_H */
