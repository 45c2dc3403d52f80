/* SPDX-License-Identifier: MIT */
/*
 * Keys and values in memory.
 *
 * All of the registry that the store holds, and the volatile part that it does not, is here while the machine lives: reading
 * never waits for a disk. Nothing here takes a lock; registry.h says which one guards what.
 */
#ifndef NT_REGISTRY_TREE_H
#define NT_REGISTRY_TREE_H

#include "nt/internal.h"

/* Identifiers of what no file holds: volatile keys and values. */
#define TREE_NOT_STORED 0

struct tree_value
{
    int64_t id;
    uint32_t type;
    uint32_t size;
    /* The name in upper case, hashed: what a search compares first. */
    uint32_t hash;
    void *data;
    UNICODE_STRING name;
};

/* A growing array of pointers, which never shrinks: what was taken out can be put back without memory. */
struct tree_array
{
    void **items;
    uint32_t count;
    uint32_t room;
};

struct tree_key
{
    /* NULL for the root, and for a key that was deleted. */
    struct tree_key *parent;
    int64_t id;
    uint32_t references;
    uint32_t depth;
    bool is_volatile;
    bool is_link;
    bool is_deleted;
    /* Part of every machine: neither deleted nor renamed. And one under which only the machine itself makes keys. */
    bool is_fixed;
    bool is_master;
    /* What KeyFlagsInformation reports, set by ZwSetInformationKey. */
    uint32_t wow64_flags;
    uint32_t control_flags;
    /* Universal time in units of 100 nanoseconds. */
    int64_t born;
    int64_t written;
    UNICODE_STRING name;
    UNICODE_STRING class;
    /* Sorted by name in upper case. */
    struct tree_array children;
    /* In the order in which they came. */
    struct tree_array values;
    /* Who wants to hear of changes; notify.c. */
    LIST_ENTRY watches;
};

/* A key without a parent and with one reference. NULL when there is no memory. Class may be NULL. */
struct tree_key *tree_key_create(const UNICODE_STRING *name, const UNICODE_STRING *class);
/* Frees a key with its values; the children must be gone. */
void tree_key_free(struct tree_key *key);

static inline struct tree_key *tree_child_at(const struct tree_key *key, uint32_t index)
{
    return key->children.items[index];
}

static inline struct tree_value *tree_value_at(const struct tree_key *key, uint32_t index)
{
    return key->values.items[index];
}

/* NULL when there is none. Names compare without regard to case. */
struct tree_key *tree_find_child(const struct tree_key *key, const UNICODE_STRING *name);
struct tree_value *tree_find_value(const struct tree_key *key, const UNICODE_STRING *name);

/* Makes room for one more, so that the insertion cannot fail. */
bool tree_reserve(struct tree_array *array);
void tree_insert_child(struct tree_key *parent, struct tree_key *child);
void tree_remove_child(struct tree_key *parent, struct tree_key *child);
void tree_append_value(struct tree_key *key, struct tree_value *value);
/* Takes a value out of its place, or puts one there. */
uint32_t tree_remove_value(struct tree_key *key, struct tree_value *value);
void tree_insert_value(struct tree_key *key, uint32_t place, struct tree_value *value);

struct tree_value *tree_value_create(const UNICODE_STRING *name, uint32_t type, const void *data, uint32_t size);
void tree_value_free(struct tree_value *value);

/* What a key takes of the quota, with its values but without its children; and what a value takes. */
uint64_t tree_key_cost(const struct tree_key *key);
uint64_t tree_value_cost(const struct tree_value *value);

/* The bytes of the full path of a key, such as \REGISTRY\MACHINE; and the path itself into room for them. */
size_t tree_path_size(const struct tree_key *key);
void tree_path_copy(const struct tree_key *key, void *to);

#endif /* NT_REGISTRY_TREE_H */
