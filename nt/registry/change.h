/* SPDX-License-Identifier: MIT */
/*
 * What changes of keys and of values share.
 */
#ifndef NT_REGISTRY_CHANGE_H
#define NT_REGISTRY_CHANGE_H

#include "nt/registry/registry.h"
#include "nt/registry/store.h"

/* Around each change: the writing lock, which a thread in a transaction has already. The end tells who waits for changes. */
void change_begin(struct registry *registry);
void change_end(struct registry *registry);

/* Writing lock held for all of these, tree lock not. */

/* Whether the file holds this key itself. */
bool change_is_stored(const struct registry *registry, const struct tree_key *key);

/* Makes room for one more in what readers look at. */
bool change_reserve(struct registry *registry, struct tree_array *array);

/* The time of a change; never before the time of an earlier one, whatever the clock does. */
int64_t change_time(const struct tree_key *key);

/* A removal and the time of it, as one change of the file. */
NTSTATUS change_store_removal(struct registry *registry, struct tree_key *key,
                              NTSTATUS (*remove)(struct store *, const void *), const void *what);

#endif /* NT_REGISTRY_CHANGE_H */
