/* SPDX-License-Identifier: MIT */
/*
 * Memory that the run-time library gives away: paged pool, which a driver may also free with ExFreePool(). PASSIVE_LEVEL or
 * APC_LEVEL.
 */
#ifndef NT_RTL_MEMORY_H
#define NT_RTL_MEMORY_H

#include "nt/internal.h"

#define RTL_TAG 'rtSR'

/* NULL when there is none. An empty block has an address of its own. */
static inline void *rtl_allocate(size_t bytes)
{
    return ExAllocatePool2(POOL_FLAG_PAGED, bytes == 0 ? 1 : bytes, RTL_TAG);
}

/* Accepts NULL. */
static inline void rtl_free(void *memory)
{
    if (memory != NULL)
    {
        ExFreePool(memory);
    }
}

#endif /* NT_RTL_MEMORY_H */
