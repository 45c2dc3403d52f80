/* SPDX-License-Identifier: MIT */
/*
 * From a path to a key.
 */
#ifndef NT_REGISTRY_FIND_H
#define NT_REGISTRY_FIND_H

#include "nt/registry/registry.h"

/* How far a path led: the last key that exists, and, when that was not all, the name that it lacks. */
struct walk
{
    struct tree_key *key;
    UNICODE_STRING name;
    /* Nothing comes behind the name. */
    bool is_last;
};

/* Tree lock or writing lock held; the key is not referenced. */
NTSTATUS find_walk(struct registry *registry, struct tree_key *from, const UNICODE_STRING *path, bool open_link,
                   struct walk *walk_result);

#endif /* NT_REGISTRY_FIND_H */
