/* SPDX-License-Identifier: MIT */
/*
 * Several changes as one.
 *
 * The file has transactions of its own. In memory each change leaves a record that owns what it replaced; records are undone
 * from the last to the first, which needs no memory and so cannot fail.
 */
#include "nt/registry/transaction.h"

#include "nt/registry/store.h"
#include "nt/registry/watch.h"

NTSTATUS undo_prepare(struct registry *registry, struct undo **ret_undo)
{
    *ret_undo = NULL;
    if (!registry->in_transaction)
    {
        return STATUS_SUCCESS;
    }
    *ret_undo = platform_zalloc(sizeof(**ret_undo));
    return *ret_undo != NULL ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

void undo_cancel(struct undo *undo)
{
    if (undo != NULL)
    {
        platform_free(undo, sizeof(*undo));
    }
}

void undo_record(struct registry *registry, struct undo *undo, enum undo_kind kind, struct tree_key *key)
{
    undo->kind = kind;
    undo->key = key;
    registry_reference_locked(key);
    undo->next = registry->undo;
    registry->undo = undo;
}

/*
 * Both outcomes. Locks held.
 */

static void take_back(struct registry *registry, struct undo *undo)
{
    switch (undo->kind)
    {
        case UNDO_CREATE_KEY:
            registry->cost -= tree_key_cost(undo->child);
            tree_remove_child(undo->key, undo->child);
            undo->child->is_deleted = true;
            registry_release_locked(undo->child);
            break;
        case UNDO_DELETE_KEY:
            registry->cost += tree_key_cost(undo->child);
            undo->child->is_deleted = false;
            tree_insert_child(undo->key, undo->child);
            break;
        case UNDO_CREATE_VALUE:
            registry->cost -= tree_value_cost(undo->new_value);
            (void)tree_remove_value(undo->key, undo->new_value);
            tree_value_free(undo->new_value);
            break;
        case UNDO_CHANGE_VALUE:
            registry->cost += tree_value_cost(undo->old_value) - tree_value_cost(undo->new_value);
            tree_insert_value(undo->key, tree_remove_value(undo->key, undo->new_value), undo->old_value);
            tree_value_free(undo->new_value);
            break;
        case UNDO_DELETE_VALUE:
            registry->cost += tree_value_cost(undo->old_value);
            tree_insert_value(undo->key, undo->place, undo->old_value);
            break;
    }
    undo->key->written = undo->key_written;
}

static void keep(struct undo *undo)
{
    bool is_name = undo->kind == UNDO_CREATE_KEY || undo->kind == UNDO_DELETE_KEY;

    watch_report(undo->key, is_name ? REG_NOTIFY_CHANGE_NAME : REG_NOTIFY_CHANGE_LAST_SET);
    if (undo->kind == UNDO_DELETE_KEY)
    {
        watch_abandon(undo->child);
        registry_release_locked(undo->child);
    }
    if (undo->old_value != NULL)
    {
        tree_value_free(undo->old_value);
    }
}

static struct undo *reversed(struct undo *undo)
{
    struct undo *first = NULL;

    while (undo != NULL)
    {
        struct undo *next = undo->next;

        undo->next = first;
        first = undo;
        undo = next;
    }
    return first;
}

static void finish(struct registry *registry, bool succeeded)
{
    struct undo *undo = succeeded ? reversed(registry->undo) : registry->undo;

    registry->undo = NULL;
    while (undo != NULL)
    {
        struct undo *next = undo->next;

        if (succeeded)
        {
            keep(undo);
        }
        else
        {
            take_back(registry, undo);
        }
        registry_release_locked(undo->key);
        undo_cancel(undo);
        undo = next;
    }
}

NTSTATUS registry_begin(struct registry *registry)
{
    NTSTATUS status = STATUS_SUCCESS;

    platform_mutex_lock(&registry->writing);
    if (registry->store != NULL)
    {
        status = store_begin(registry->store);
    }
    if (!NT_SUCCESS(status))
    {
        platform_mutex_unlock(&registry->writing);
        return status;
    }
    registry_lock_tree(registry);
    registry->in_transaction = true;
    return status;
}

NTSTATUS registry_end(struct registry *registry, NTSTATUS outcome)
{
    if (NT_SUCCESS(outcome) && registry->store != NULL)
    {
        outcome = store_commit(registry->store);
    }
    if (!NT_SUCCESS(outcome) && registry->store != NULL)
    {
        store_roll_back(registry->store);
    }
    finish(registry, NT_SUCCESS(outcome));
    registry->in_transaction = false;
    registry_unlock_tree(registry);
    platform_mutex_unlock(&registry->writing);
    watch_deliver(registry);
    return outcome;
}
