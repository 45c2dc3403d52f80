/* SPDX-License-Identifier: MIT */
/*
 * Pages that were allocated as such: contiguous memory, and the pages of MmAllocatePagesForMdl().
 */
#ifndef NT_PAGES_H
#define NT_PAGES_H

#include "nt/internal.h"

/* The machine's part: every run of pages that lives. */
struct page_runs
{
    struct platform_spinlock lock;
    LIST_ENTRY list;
};

void page_runs_initialize(struct page_runs *runs);

/* What a caller wants of its pages, in physical addresses, which are those of the process. A boundary of zero is none. */
struct page_wish
{
    SIZE_T bytes;
    ULONG_PTR lowest;
    ULONG_PTR highest;
    ULONG_PTR boundary;
};

/* Zeroed pages, or NULL when there is nothing that the wish allows. IRQL: up to DISPATCH_LEVEL. */
void *pages_allocate(const struct page_wish *wish);

/* Frees a run by its first address. False when no run begins there. */
bool pages_free(void *address);

#endif /* NT_PAGES_H */
