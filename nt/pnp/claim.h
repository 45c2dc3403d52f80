/* SPDX-License-Identifier: MIT */
/*
 * Claims: the right to drive a devnode, or everything below and including one.
 *
 * Who drives a devnode through a sequence claims it first. A claim on a subtree waits until nobody drives anything in it, and
 * keeps newcomers out meanwhile. Nobody waits for a claim while holding one, so claims cannot deadlock among themselves.
 * Different stacks proceed at the same time.
 */
#ifndef NT_PNP_CLAIM_H
#define NT_PNP_CLAIM_H

#include "nt/pnp/node.h"

/* Waits until the devnode can be claimed. IRQL: PASSIVE_LEVEL. */
void claim_take(struct devnode *devnode, enum claim_kind kind);

/* Claims without waiting; says whether it could. For those who hold claims already. */
bool claim_try(struct devnode *devnode, enum claim_kind kind);

void claim_release(struct devnode *devnode);

/* The same with the tree lock held. */
bool claim_try_locked(struct devnode *devnode, enum claim_kind kind);
void claim_release_locked(struct devnode *devnode);

/* Gives back what claim_try_locked() just gave, without telling anyone. */
void claim_withdraw_locked(struct devnode *devnode);

/* Lets those look again who wait for something that the tree lock guards. The caller holds it. */
void claim_announce_locked(void);

#endif /* NT_PNP_CLAIM_H */
