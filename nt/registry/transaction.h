/* SPDX-License-Identifier: MIT */
/*
 * Several changes as one: what is needed to take each back.
 */
#ifndef NT_REGISTRY_TRANSACTION_H
#define NT_REGISTRY_TRANSACTION_H

#include "nt/registry/registry.h"

enum undo_kind
{
    UNDO_CREATE_KEY,
    UNDO_DELETE_KEY,
    UNDO_CREATE_VALUE,
    UNDO_CHANGE_VALUE,
    UNDO_DELETE_VALUE,
};

struct undo
{
    struct undo *next;
    enum undo_kind kind;
    /* The key that changed: the parent of one that was made or deleted. Referenced. */
    struct tree_key *key;
    struct tree_key *child;
    /* What the key does not have any more, owned by the record; and its place. */
    struct tree_value *old_value;
    struct tree_value *new_value;
    uint32_t place;
    int64_t key_written;
};

/*
 * Before a change, with the writing lock: memory for a record of it. *ret_undo is NULL when there is no transaction; then
 * undo_record() does nothing, and what was replaced is disposed of by undo_discard().
 */
NTSTATUS undo_prepare(struct registry *registry, struct undo **ret_undo);
void undo_cancel(struct undo *undo);

/* The change is made: the record, filled in, belongs to the transaction. Tree lock held. */
void undo_record(struct registry *registry, struct undo *undo, enum undo_kind kind, struct tree_key *key);

#endif /* NT_REGISTRY_TRANSACTION_H */
