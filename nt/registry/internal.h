/* SPDX-License-Identifier: MIT */
/*
 * What the sources of the registry share and nobody else uses.
 */
#ifndef NT_REGISTRY_INTERNAL_H
#define NT_REGISTRY_INTERNAL_H

#include "nt/registry/registry.h"

/* Names of the keys that the machine itself makes. */
#define LITERAL(Text)                                            \
    {                                                            \
        sizeof(Text) - sizeof(WCHAR), sizeof(Text), (PWCH)(Text) \
    }

/* The keys that no file holds, above all stored ones. NULL when there is no memory. */
struct tree_key *skeleton_create_root(void);

/* What every machine has besides: makes whatever of it is missing. Writing lock held. */
NTSTATUS skeleton_complete(struct registry *registry);

/* What the identifiers of the keys are that no file holds but that stored keys have as parents. */
enum
{
    SKELETON_ROOT = 1,
    SKELETON_MACHINE = 2,
    SKELETON_USER = 3,
    SKELETON_LAST = 15,
};

/* Makes one key; the parent has none of that name. Writing lock held, tree lock not. */
NTSTATUS registry_add_key(struct registry *registry, struct tree_key *parent, const UNICODE_STRING *name,
                          const UNICODE_STRING *class, ULONG options, struct tree_key **ret_key);

/* Writing lock held. */
NTSTATUS registry_put_value(struct registry *registry, struct tree_key *key, const UNICODE_STRING *name, uint32_t type,
                            const void *data, uint32_t size);

#endif /* NT_REGISTRY_INTERNAL_H */
