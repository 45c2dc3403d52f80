/* SPDX-License-Identifier: MIT */
/*
 * The registry of the machine: the tree of keys, the file behind it, and the operations that change both.
 *
 * Everything is read from memory; what is not volatile is also in the store's file, if the machine has one. Two locks:
 * "writing" lets one thread at a time change anything, and is held while the disk is waited for; "tree" guards what readers
 * see, and is held for moments. Who changes holds writing, and takes tree for the change itself.
 *
 * IRQL of everything here: PASSIVE_LEVEL. Statuses are those that the published functions return.
 */
#ifndef NT_REGISTRY_H
#define NT_REGISTRY_H

#include "nt/internal.h"
#include "nt/registry/callback.h"
#include "nt/registry/tree.h"

struct store;
struct undo;

/* All that keys and values together may take, in bytes of memory: a runaway driver gets STATUS_REGISTRY_QUOTA_LIMIT. */
#define REGISTRY_QUOTA (256ull * 1024 * 1024)
#define REGISTRY_LARGEST_VALUE (64u * 1024 * 1024)

struct registry
{
    struct platform_mutex writing;
    struct platform_mutex tree;

    /* Guarded by tree, and changed under writing too. NULL until the first use that finds memory. */
    struct tree_key *root;

    /* Guarded by writing. */
    struct store *store;
    int64_t last_key;
    int64_t last_value;
    uint64_t cost;
    bool in_transaction;
    struct undo *undo;

    /* Guarded by tree: notifications that are due; notify.c. */
    LIST_ENTRY due;

    struct callback_list callbacks;
};

/* The machine's registry with at least what every machine has in it; NULL when there is no memory for that. */
struct registry *registry(void);
void registry_initialize(struct registry *registry);

/*
 * Lets the registry live in this file from now on; message, which may be NULL, says in words why not. What was there before is
 * deleted for who has it open. Without a call the registry is in memory and ends with the process. See store_open() for the
 * statuses. registry_close() moves everything into the file and forgets it: the registry is as fresh as at the start.
 */
RUNTIME_API NTSTATUS registry_open(const char *path, char *message, size_t message_size);
RUNTIME_API void registry_close(void);

void registry_lock_tree(struct registry *registry);
void registry_unlock_tree(struct registry *registry);

/* Tree lock held. */
void registry_reference_locked(struct tree_key *key);
void registry_release_locked(struct tree_key *key);

void registry_reference(struct tree_key *key);
void registry_release(struct tree_key *key);

/*
 * Finds by a path that begins below a key, through links. With open_link, a link at the end of the path is not followed. The
 * key comes referenced. STATUS_OBJECT_NAME_NOT_FOUND, STATUS_KEY_DELETED, STATUS_OBJECT_NAME_INVALID.
 */
NTSTATUS registry_find(struct registry *registry, struct tree_key *from, const UNICODE_STRING *path, bool open_link,
                       struct tree_key **ret_key);

/* The same, and makes the last key of the path when only that is missing. Options are REG_OPTION_*. Class may be NULL. */
NTSTATUS registry_create(struct registry *registry, struct tree_key *from, const UNICODE_STRING *path,
                         const UNICODE_STRING *class, ULONG options, struct tree_key **ret_key, ULONG *ret_disposition);
/* And makes every key of the path that is missing. */
NTSTATUS registry_create_path(struct registry *registry, struct tree_key *from, const UNICODE_STRING *path, ULONG options,
                              struct tree_key **ret_key);

NTSTATUS registry_delete(struct registry *registry, struct tree_key *key);
/* With everything below it. Not a transaction by itself. */
NTSTATUS registry_delete_tree(struct registry *registry, struct tree_key *key);
NTSTATUS registry_rename(struct registry *registry, struct tree_key *key, const UNICODE_STRING *name);
NTSTATUS registry_set_value(struct registry *registry, struct tree_key *key, const UNICODE_STRING *name, uint32_t type,
                            const void *data, uint32_t size);
NTSTATUS registry_delete_value(struct registry *registry, struct tree_key *key, const UNICODE_STRING *name);
NTSTATUS registry_set_write_time(struct registry *registry, struct tree_key *key, int64_t time);

/* Waits until every change that has returned is on the disk itself. */
NTSTATUS registry_flush(struct registry *registry);

/*
 * Several changes as one, for readers, for the file, and after a failure: between begin and end nobody else sees the registry.
 * End takes the outcome so far; a failure undoes everything and is returned.
 */
NTSTATUS registry_begin(struct registry *registry);
NTSTATUS registry_end(struct registry *registry, NTSTATUS outcome);

#endif /* NT_REGISTRY_H */
