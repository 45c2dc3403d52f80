/* SPDX-License-Identifier: MIT */
/*
 * The sequences that take a devnode through its states. Callers hold the claim that each asks for.
 */
#ifndef NT_PNP_SEQUENCE_H
#define NT_PNP_SEQUENCE_H

#include "nt/pnp/node.h"

/* Drives the table by one event. Claim: one. */
NTSTATUS machine_event(struct devnode *devnode, enum devnode_event event);

/* Whether there is a stack that a removal has to take apart. */
bool machine_has_stack(const struct devnode *devnode);

/* Does what was wished, claimed as the queue claims it. */
void sequence_fulfil(struct devnode *devnode, uint32_t wish);

/* AddDevice, start and the questions after it. Claim: one. */
NTSTATUS sequence_start(struct devnode *devnode);

/*
 * Asks the stack for its PnP state after a start or when it says that this has changed, and acts on it: the device may be failed,
 * removed or restarted by this. Claim: subtree, or one while there are no children.
 */
NTSTATUS sequence_check_state(struct devnode *devnode);

/* Bus relations: makes devnodes of new children and has them started, and lets missing ones vanish. Claim: one. */
NTSTATUS relations_enumerate(struct devnode *devnode);

/*
 * Orderly removal. What becomes of the topmost devnode: it leaves the tree when it came from a bus driver and problem is zero;
 * otherwise it stays, with the problem. Claim: subtree, which may be given up and taken again meanwhile.
 */
NTSTATUS removal_orderly(struct devnode *devnode, DEVICE_RELATION_TYPE relations, uint32_t problem,
                         struct devnode_veto *veto);

/* Tells the subtree that it is gone, and finishes what has no open files. With problem zero the devnode leaves the tree. */
NTSTATUS removal_surprise(struct devnode *devnode, uint32_t problem, NTSTATUS status);

/* Removes the surprise-removed stacks of the subtree of which no file is open any more. Claim: subtree. */
void removal_finish(struct devnode *devnode);

/* Surprise removal, after which the devnode is started again. Claim: subtree. */
void removal_restart(struct devnode *devnode);

/* Eject, and the answers to those who asked for it. Claim: subtree. */
NTSTATUS removal_eject(struct devnode *devnode, struct devnode_veto *veto);

/* Takes the devnode out of the tree. Claim: it, or the subtree that it is in. The caller holds a reference of its own. */
void node_leave(struct devnode *devnode);

void veto_set(struct devnode_veto *veto, const struct devnode *devnode, int type, NTSTATUS status);

/* What the listeners hear. The first failure status of one is returned. Claim: one, or the subtree that it is in. */
NTSTATUS news_tell(struct devnode *devnode, enum devnode_news news);

/* Learns who a physical device object is that is not in the tree yet. Claim: none needed. */
NTSTATUS identity_query(struct devnode *devnode, struct devnode *parent);

/* The same for a devnode that is in the tree and could not be asked completely before. Claim: one. */
NTSTATUS identity_complete(struct devnode *devnode);

/* Capabilities; again after the start, when all drivers of the stack have their say. */
NTSTATUS identity_query_capabilities(struct devnode *devnode);

/* Adds the drivers of the database, or the one that it was made for, to the stack. Sets the problem. Claim: one. */
NTSTATUS stack_add(struct devnode *devnode);

#endif /* NT_PNP_SEQUENCE_H */
