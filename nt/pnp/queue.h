/* SPDX-License-Identifier: MIT */
/*
 * What waits to be done to devnodes, and the threads that do it.
 */
#ifndef NT_PNP_QUEUE_H
#define NT_PNP_QUEUE_H

#include "nt/pnp/node.h"

void queue_initialize(struct pnp *manager);

/* Notes a wish (enum devnode_wish). IRQL: up to DISPATCH_LEVEL, also from a driver's callback. */
void queue_wish(struct devnode *devnode, uint32_t wish);

/* The same with the tree lock held; queue_wake() comes after it. */
void queue_wish_locked(struct devnode *devnode, uint32_t wish);

/* Takes a wish back that nobody has begun to fulfil. The caller holds the tree lock. Says whether it was there. */
bool queue_unwish_locked(struct devnode *devnode, uint32_t wish);

/* Sees to it that somebody works on what is in the queue. */
void queue_wake(void);

#endif /* NT_PNP_QUEUE_H */
