/* SPDX-License-Identifier: MIT */
/*
 * What a wait does with the objects it waits for, under their locks.
 */
#ifndef NT_OBJECT_STATE_H
#define NT_OBJECT_STATE_H

#include "nt/sync/header.h"

/* A thread satisfies its wait for a mutant that it owns; for everything else the state alone decides. */
bool object_is_signalled(const DISPATCHER_HEADER *object, PKTHREAD thread);

/* What a satisfied wait does to the object. Returns whether it was an abandoned mutant. */
bool object_take(DISPATCHER_HEADER *object, PKTHREAD thread);

void wait_block_link(struct wait_block *block);
void wait_block_unlink(struct wait_block *block);

/* Waits for all of several objects: with the order lock held. The objects of a wait are locked and unlocked but one. */
void wait_all_lock(const struct waiter *waiter, const DISPATCHER_HEADER *but);
void wait_all_unlock(const struct waiter *waiter, const DISPATCHER_HEADER *but);
bool wait_all_is_satisfied(const struct waiter *waiter);
/* Returns whether one of them was an abandoned mutant. */
bool wait_all_take(const struct waiter *waiter);

#endif /* NT_OBJECT_STATE_H */
