/* SPDX-License-Identifier: MIT */
/*
 * Pool for the executive itself, and what the machine keeps of it.
 */
#ifndef NT_POOL_H
#define NT_POOL_H

#include "nt/internal.h"
#include "nt/memory/pool_tags.h"

/* The machine's part: the tables of the threads that live, and the sums of those that have ended. */
struct pool_accounts
{
    struct platform_spinlock lock;
    LIST_ENTRY shards;
    struct pool_counter retired[POOL_TAG_SLOTS];
};

void pool_accounts_initialize(struct pool_accounts *accounts);

#endif /* NT_POOL_H */
