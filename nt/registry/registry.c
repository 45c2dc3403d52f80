/* SPDX-License-Identifier: MIT */
/*
 * The machine's registry as a whole: its beginning, the file that it lives in, its end.
 */
#include "nt/registry/registry.h"

#include <string.h>

#include "nt/machine.h"
#include "nt/registry/internal.h"
#include "nt/registry/name.h"
#include "nt/registry/store.h"
#include "nt/registry/watch.h"

void registry_initialize(struct registry *registry)
{
    InitializeListHead(&registry->due);
    InitializeListHead(&registry->callbacks.list);
}

/* A transaction holds the tree lock from begin to end. */
void registry_lock_tree(struct registry *registry)
{
    if (!platform_mutex_is_mine(&registry->tree))
    {
        platform_mutex_lock(&registry->tree);
    }
}

void registry_unlock_tree(struct registry *registry)
{
    if (!(registry->in_transaction && platform_mutex_is_mine(&registry->writing)))
    {
        platform_mutex_unlock(&registry->tree);
    }
}

/*
 * References.
 */

void registry_reference_locked(struct tree_key *key)
{
    key->references++;
}

void registry_release_locked(struct tree_key *key)
{
    if (--key->references == 0)
    {
        tree_key_free(key);
    }
}

void registry_reference(struct tree_key *key)
{
    registry_lock_tree(&machine()->registry);
    registry_reference_locked(key);
    registry_unlock_tree(&machine()->registry);
}

void registry_release(struct tree_key *key)
{
    registry_lock_tree(&machine()->registry);
    registry_release_locked(key);
    registry_unlock_tree(&machine()->registry);
}

/*
 * Reading the file.
 */

/* Keys by identifier: rows come in that order, so that finding a parent is a binary search. */
struct loader
{
    struct tree_key *root;
    struct tree_array keys;
    int64_t last_key;
    int64_t last_value;
    uint64_t cost;
};

static struct tree_key *loaded_key(const struct loader *loader, int64_t id)
{
    uint32_t low = 0;
    uint32_t high = loader->keys.count;

    while (low < high)
    {
        uint32_t middle = low + (high - low) / 2;
        struct tree_key *key = loader->keys.items[middle];

        if (key->id == id)
        {
            return key;
        }
        if (key->id < id)
        {
            low = middle + 1;
        }
        else
        {
            high = middle;
        }
    }
    return NULL;
}

static NTSTATUS charge(struct loader *loader, uint64_t cost)
{
    loader->cost += cost;
    return loader->cost > REGISTRY_QUOTA ? STATUS_REGISTRY_QUOTA_LIMIT : STATUS_SUCCESS;
}

static NTSTATUS load_key(void *context, const struct store_key_row *row)
{
    struct loader *loader = context;
    struct tree_key *parent = loaded_key(loader, row->parent);
    struct tree_key *key;

    if (parent == NULL || row->id <= loader->last_key || !name_is_key(&row->name) || parent->depth >= NAME_MAXIMUM_DEPTH ||
        tree_find_child(parent, &row->name) != NULL)
    {
        return STATUS_REGISTRY_CORRUPT;
    }
    key = tree_key_create(&row->name, &row->class);
    if (key == NULL || !tree_reserve(&parent->children) || !tree_reserve(&loader->keys))
    {
        if (key != NULL)
        {
            tree_key_free(key);
        }
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    key->id = row->id;
    key->is_link = (row->flags & STORE_KEY_LINK) != 0;
    key->born = row->born;
    key->written = row->written;
    parent->written = row->born > parent->written ? row->born : parent->written;
    tree_insert_child(parent, key);
    loader->keys.items[loader->keys.count++] = key;
    loader->last_key = key->id;
    return charge(loader, tree_key_cost(key));
}

static NTSTATUS load_value(void *context, const struct store_value_row *row)
{
    struct loader *loader = context;
    struct tree_key *key = loaded_key(loader, row->key);
    struct tree_value *value;

    if (key == NULL || key->id <= SKELETON_LAST || row->name.Length > NAME_MAXIMUM_VALUE ||
        row->size > REGISTRY_LARGEST_VALUE || tree_find_value(key, &row->name) != NULL)
    {
        return STATUS_REGISTRY_CORRUPT;
    }
    value = tree_reserve(&key->values) ? tree_value_create(&row->name, row->type, row->data, row->size) : NULL;
    if (value == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    value->id = row->id;
    key->written = row->written > key->written ? row->written : key->written;
    tree_append_value(key, value);
    loader->last_value = row->id;
    return charge(loader, tree_value_cost(value));
}

/* The keys above all stored ones are where the rows of the file hang. */
static NTSTATUS loader_begin(struct loader *loader)
{
    loader->last_key = SKELETON_LAST;
    loader->root = skeleton_create_root();
    if (loader->root == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    for (uint32_t index = 0; index < loader->root->children.count; index++)
    {
        if (!tree_reserve(&loader->keys))
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        loader->keys.items[loader->keys.count++] = tree_child_at(loader->root, index);
    }
    return STATUS_SUCCESS;
}

/*
 * Beginning and end. Writing lock held.
 */

/* Takes a whole tree out of the world: who still has a key of it has a deleted one. Tree lock held. */
static void bury(struct tree_key *key)
{
    while (key->children.count != 0)
    {
        bury(tree_child_at(key, key->children.count - 1));
    }
    if (key->parent != NULL)
    {
        tree_remove_child(key->parent, key);
    }
    key->is_deleted = true;
    watch_abandon(key);
    registry_release_locked(key);
}

static void forget(struct registry *registry)
{
    registry_lock_tree(registry);
    if (registry->root != NULL)
    {
        bury(registry->root);
    }
    registry->root = NULL;
    registry_unlock_tree(registry);
    store_close(registry->store);
    registry->store = NULL;
}

static NTSTATUS adopt(struct registry *registry, struct loader *loader, struct store *store)
{
    NTSTATUS status;

    forget(registry);
    registry->store = store;
    registry->last_key = loader->last_key;
    registry->last_value = loader->last_value;
    registry->cost = loader->cost;
    registry_lock_tree(registry);
    registry->root = loader->root;
    registry_unlock_tree(registry);
    status = skeleton_complete(registry);
    if (!NT_SUCCESS(status))
    {
        forget(registry);
    }
    return status;
}

/* A store of NULL is a registry in memory. Consumes the store. */
static NTSTATUS start(struct registry *registry, struct store *store, const struct store_message *message)
{
    struct loader loader = {0};
    const struct store_reader reader = {load_key, load_value, &loader};
    NTSTATUS status = loader_begin(&loader);

    if (NT_SUCCESS(status) && store != NULL)
    {
        status = store_load(store, &reader, message);
    }
    if (NT_SUCCESS(status))
    {
        status = adopt(registry, &loader, store);
    }
    else
    {
        if (loader.root != NULL)
        {
            bury(loader.root);
        }
        store_close(store);
    }
    platform_free(loader.keys.items, loader.keys.room * sizeof(void *));
    return status;
}

struct registry *registry(void)
{
    struct registry *the_registry = &machine()->registry;
    bool ready;

    registry_lock_tree(the_registry);
    ready = the_registry->root != NULL;
    registry_unlock_tree(the_registry);
    if (!ready)
    {
        platform_mutex_lock(&the_registry->writing);
        ready = the_registry->root != NULL || NT_SUCCESS(start(the_registry, NULL, NULL));
        platform_mutex_unlock(&the_registry->writing);
    }
    return ready ? the_registry : NULL;
}

NTSTATUS registry_open(const char *path, char *message, size_t message_size)
{
    struct registry *the_registry = &machine()->registry;
    struct store_message said = {message, message != NULL ? message_size : 0};
    struct store *store = NULL;
    NTSTATUS status;

    platform_mutex_lock(&the_registry->writing);
    if (the_registry->store != NULL)
    {
        store_say(&said, "the registry is in a file already");
        status = STATUS_DEVICE_BUSY;
    }
    else
    {
        status = store_open(path, &said, &store);
        if (NT_SUCCESS(status))
        {
            status = start(the_registry, store, &said);
        }
    }
    platform_mutex_unlock(&the_registry->writing);
    watch_deliver(the_registry);
    return status;
}

void registry_close(void)
{
    struct registry *the_registry = &machine()->registry;

    platform_mutex_lock(&the_registry->writing);
    forget(the_registry);
    platform_mutex_unlock(&the_registry->writing);
    watch_deliver(the_registry);
}

NTSTATUS registry_flush(struct registry *registry)
{
    NTSTATUS status = STATUS_SUCCESS;

    platform_mutex_lock(&registry->writing);
    if (registry->store != NULL)
    {
        status = store_flush(registry->store);
    }
    platform_mutex_unlock(&registry->writing);
    return status;
}
