/* SPDX-License-Identifier: MIT */
/*
 * Everything that changes keys, and what changes of values share with that.
 *
 * A change first gets all the memory that it needs, then goes into the file, and only then becomes visible, by steps that
 * cannot fail. So whatever goes wrong, file and memory agree, and nothing has happened.
 */
#include <string.h>

#include "nt/registry/change.h"
#include "nt/registry/find.h"
#include "nt/registry/internal.h"
#include "nt/registry/name.h"
#include "nt/registry/store.h"
#include "nt/registry/transaction.h"
#include "nt/registry/watch.h"
#include "nt/rtl/string.h"

/* A thread in a transaction has the lock already. */
void change_begin(struct registry *registry)
{
    if (!platform_mutex_is_mine(&registry->writing))
    {
        platform_mutex_lock(&registry->writing);
    }
}

void change_end(struct registry *registry)
{
    if (!registry->in_transaction)
    {
        platform_mutex_unlock(&registry->writing);
        watch_deliver(registry);
    }
}

/* Whether the file holds this key itself. */
bool change_is_stored(const struct registry *registry, const struct tree_key *key)
{
    return registry->store != NULL && !key->is_volatile && key->id > SKELETON_LAST;
}

/* Array growth moves what readers look at. */
bool change_reserve(struct registry *registry, struct tree_array *array)
{
    bool reserved;

    registry_lock_tree(registry);
    reserved = tree_reserve(array);
    registry_unlock_tree(registry);
    return reserved;
}

/* The time of a change; never before the time of an earlier one, whatever the clock does. */
int64_t change_time(const struct tree_key *key)
{
    int64_t now = platform_wall_time_100ns();

    return now > key->written ? now : key->written;
}

/* A removal and the time of it, as one change of the file. */
NTSTATUS change_store_removal(struct registry *registry, struct tree_key *key,
                              NTSTATUS (*remove)(struct store *, const void *), const void *what)
{
    bool whole = !registry->in_transaction;
    NTSTATUS status = whole ? store_begin(registry->store) : STATUS_SUCCESS;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = remove(registry->store, what);
    if (NT_SUCCESS(status) && change_is_stored(registry, key))
    {
        struct tree_key as_written = *key;

        as_written.written = change_time(key);
        status = store_put_key(registry->store, &as_written);
    }
    if (whole && NT_SUCCESS(status))
    {
        status = store_commit(registry->store);
    }
    if (whole && !NT_SUCCESS(status))
    {
        store_roll_back(registry->store);
    }
    return status;
}

/*
 * Making keys.
 */

static NTSTATUS may_add(const struct tree_key *parent, const UNICODE_STRING *name, ULONG options)
{
    if (parent->is_deleted)
    {
        return STATUS_KEY_DELETED;
    }
    if (!name_is_key(name) || parent->depth >= NAME_MAXIMUM_DEPTH)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (parent->is_link)
    {
        return STATUS_ACCESS_DENIED;
    }
    return parent->is_volatile && (options & REG_OPTION_VOLATILE) == 0 ? STATUS_CHILD_MUST_BE_VOLATILE : STATUS_SUCCESS;
}

/* The parent is set for the store's sake; readers find the key only when it is inserted. */
static NTSTATUS build_key(struct registry *registry, struct tree_key *parent, const UNICODE_STRING *name,
                          const UNICODE_STRING *class, ULONG options, struct tree_key **ret_key)
{
    struct tree_key *key = tree_key_create(name, class);

    if (key == NULL || !change_reserve(registry, &parent->children))
    {
        if (key != NULL)
        {
            tree_key_free(key);
        }
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    key->parent = parent;
    key->is_volatile = (options & REG_OPTION_VOLATILE) != 0;
    key->is_link = (options & REG_OPTION_CREATE_LINK) != 0;
    key->id = key->is_volatile ? TREE_NOT_STORED : registry->last_key + 1;
    key->born = change_time(parent);
    key->written = key->born;
    *ret_key = key;
    return registry->cost + tree_key_cost(key) > REGISTRY_QUOTA ? STATUS_REGISTRY_QUOTA_LIMIT : STATUS_SUCCESS;
}

static void show_key(struct registry *registry, struct tree_key *parent, struct tree_key *key, struct undo *undo)
{
    registry->cost += tree_key_cost(key);
    registry->last_key += key->is_volatile ? 0 : 1;
    registry_lock_tree(registry);
    if (undo != NULL)
    {
        undo->child = key;
        undo->key_written = parent->written;
        undo_record(registry, undo, UNDO_CREATE_KEY, parent);
    }
    else
    {
        watch_report(parent, REG_NOTIFY_CHANGE_NAME);
    }
    tree_insert_child(parent, key);
    parent->written = key->born;
    registry_unlock_tree(registry);
}

NTSTATUS registry_add_key(struct registry *registry, struct tree_key *parent, const UNICODE_STRING *name,
                          const UNICODE_STRING *class, ULONG options, struct tree_key **ret_key)
{
    struct tree_key *key = NULL;
    struct undo *undo = NULL;
    NTSTATUS status = may_add(parent, name, options);

    if (NT_SUCCESS(status))
    {
        status = undo_prepare(registry, &undo);
    }
    if (NT_SUCCESS(status))
    {
        status = build_key(registry, parent, name, class, options, &key);
    }
    if (NT_SUCCESS(status) && registry->store != NULL && !key->is_volatile)
    {
        status = store_put_key(registry->store, key);
    }
    if (!NT_SUCCESS(status))
    {
        if (key != NULL)
        {
            tree_key_free(key);
        }
        undo_cancel(undo);
        return status;
    }
    show_key(registry, parent, key, undo);
    *ret_key = key;
    return status;
}

static void give(struct registry *registry, struct tree_key *key, struct tree_key **ret_key)
{
    registry_lock_tree(registry);
    registry_reference_locked(key);
    registry_unlock_tree(registry);
    *ret_key = key;
}

NTSTATUS registry_create(struct registry *registry, struct tree_key *from, const UNICODE_STRING *path,
                         const UNICODE_STRING *class, ULONG options, struct tree_key **ret_key, ULONG *ret_disposition)
{
    struct walk found;
    NTSTATUS status;

    change_begin(registry);
    status = find_walk(registry, from, path, (options & (REG_OPTION_OPEN_LINK | REG_OPTION_CREATE_LINK)) != 0, &found);
    *ret_disposition = REG_OPENED_EXISTING_KEY;
    if (NT_SUCCESS(status) && (options & REG_OPTION_CREATE_LINK) != 0)
    {
        status = STATUS_OBJECT_NAME_COLLISION;
    }
    else if (status == STATUS_OBJECT_NAME_NOT_FOUND && found.is_last)
    {
        *ret_disposition = REG_CREATED_NEW_KEY;
        /* Hives are the machine's own. */
        status = found.key->is_master ? STATUS_INVALID_PARAMETER :
                                        registry_add_key(registry, found.key, &found.name, class, options, &found.key);
    }
    if (NT_SUCCESS(status))
    {
        give(registry, found.key, ret_key);
    }
    change_end(registry);
    return status;
}

NTSTATUS registry_create_path(struct registry *registry, struct tree_key *from, const UNICODE_STRING *path, ULONG options,
                              struct tree_key **ret_key)
{
    UNICODE_STRING rest = *path;
    UNICODE_STRING name;
    NTSTATUS status = STATUS_SUCCESS;
    struct tree_key *key = from;
    ULONG disposition;

    registry_reference(key);
    while (NT_SUCCESS(status) && name_next(&rest, &name))
    {
        struct tree_key *next = NULL;

        status = registry_create(registry, key, &name, NULL, options, &next, &disposition);
        registry_release(key);
        key = next;
    }
    *ret_key = key;
    return status;
}

/*
 * Deleting keys.
 */

static NTSTATUS remove_key_rows(struct store *store, const void *what)
{
    const struct tree_key *key = what;
    NTSTATUS status = store_remove_key(store, key->id);

    for (uint32_t index = 0; index < key->values.count && NT_SUCCESS(status); index++)
    {
        status = store_remove_value(store, tree_value_at(key, index)->id);
    }
    return status;
}

static void hide_key(struct registry *registry, struct tree_key *key, struct undo *undo)
{
    struct tree_key *parent = key->parent;

    registry->cost -= tree_key_cost(key);
    registry_lock_tree(registry);
    tree_remove_child(parent, key);
    key->is_deleted = true;
    if (undo != NULL)
    {
        undo->child = key;
        undo->key_written = parent->written;
        undo_record(registry, undo, UNDO_DELETE_KEY, parent);
    }
    else
    {
        watch_report(parent, REG_NOTIFY_CHANGE_NAME);
        watch_abandon(key);
        registry_release_locked(key);
    }
    parent->written = change_time(parent);
    registry_unlock_tree(registry);
}

NTSTATUS registry_delete(struct registry *registry, struct tree_key *key)
{
    struct undo *undo = NULL;
    NTSTATUS status;

    change_begin(registry);
    status = key->is_deleted                           ? STATUS_KEY_DELETED :
             key->is_fixed || key->children.count != 0 ? STATUS_CANNOT_DELETE :
                                                         undo_prepare(registry, &undo);
    if (NT_SUCCESS(status) && change_is_stored(registry, key))
    {
        status = change_store_removal(registry, key->parent, remove_key_rows, key);
    }
    if (NT_SUCCESS(status))
    {
        hide_key(registry, key, undo);
    }
    else
    {
        undo_cancel(undo);
    }
    change_end(registry);
    return status;
}

static struct tree_key *last_leaf(struct tree_key *key)
{
    while (key->children.count != 0)
    {
        key = tree_child_at(key, key->children.count - 1);
    }
    return key;
}

NTSTATUS registry_delete_tree(struct registry *registry, struct tree_key *key)
{
    struct tree_key *leaf;
    bool is_last;
    NTSTATUS status;

    do
    {
        registry_lock_tree(registry);
        leaf = last_leaf(key);
        is_last = leaf == key;
        registry_reference_locked(leaf);
        registry_unlock_tree(registry);
        status = registry_delete(registry, leaf);
        registry_release(leaf);
    } while (NT_SUCCESS(status) && !is_last);
    return status;
}

/*
 * Renaming.
 */

static NTSTATUS may_rename(const struct tree_key *key, const UNICODE_STRING *name)
{
    const struct tree_key *other;

    if (key->is_deleted)
    {
        return STATUS_KEY_DELETED;
    }
    if (!name_is_key(name))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (key->is_fixed)
    {
        return STATUS_ACCESS_DENIED;
    }
    other = tree_find_child(key->parent, name);
    return other != NULL && other != key ? STATUS_CANNOT_DELETE : STATUS_SUCCESS;
}

/* The key sorts by its name, so it leaves its place for the change. Swaps the names: the same again takes it back. */
static void swap_name(struct registry *registry, struct tree_key *key, UNICODE_STRING *name)
{
    struct tree_key *parent = key->parent;
    UNICODE_STRING before;

    registry_lock_tree(registry);
    tree_remove_child(parent, key);
    before = key->name;
    key->name = *name;
    *name = before;
    tree_insert_child(parent, key);
    registry_unlock_tree(registry);
}

static NTSTATUS rename_key(struct registry *registry, struct tree_key *key, UNICODE_STRING *name)
{
    NTSTATUS status = STATUS_SUCCESS;

    swap_name(registry, key, name);
    if (change_is_stored(registry, key))
    {
        status = store_put_key(registry->store, key);
    }
    if (!NT_SUCCESS(status))
    {
        swap_name(registry, key, name);
        return status;
    }
    registry_lock_tree(registry);
    key->parent->written = change_time(key->parent);
    watch_report(key->parent, REG_NOTIFY_CHANGE_NAME);
    registry_unlock_tree(registry);
    return status;
}

NTSTATUS registry_rename(struct registry *registry, struct tree_key *key, const UNICODE_STRING *name)
{
    UNICODE_STRING copy;
    NTSTATUS status = string_duplicate(name, &copy);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    change_begin(registry);
    status = may_rename(key, name);
    if (NT_SUCCESS(status))
    {
        status = rename_key(registry, key, &copy);
    }
    change_end(registry);
    string_free(&copy);
    return status;
}

NTSTATUS registry_set_write_time(struct registry *registry, struct tree_key *key, int64_t time)
{
    int64_t before;
    NTSTATUS status = STATUS_SUCCESS;

    change_begin(registry);
    registry_lock_tree(registry);
    before = key->written;
    key->written = key->is_deleted ? before : time;
    registry_unlock_tree(registry);
    if (key->is_deleted)
    {
        status = STATUS_KEY_DELETED;
    }
    else if (change_is_stored(registry, key))
    {
        status = store_put_key(registry->store, key);
    }
    if (!NT_SUCCESS(status))
    {
        registry_lock_tree(registry);
        key->written = before;
        registry_unlock_tree(registry);
    }
    change_end(registry);
    return status;
}
