/* SPDX-License-Identifier: MIT */
/*
 * Everything that changes values; by the rules that change.c says.
 */
#include <string.h>

#include "nt/registry/change.h"
#include "nt/registry/internal.h"
#include "nt/registry/name.h"
#include "nt/registry/store.h"
#include "nt/registry/transaction.h"
#include "nt/registry/watch.h"
#include "nt/rtl/string.h"

/* A link has nothing but where it leads to; and what others read must not change under them. */
static NTSTATUS may_set(const struct tree_key *key, const UNICODE_STRING *name, uint32_t type, uint32_t size)
{
    static const UNICODE_STRING target_name = LITERAL(L"SymbolicLinkValue");

    if (key->is_deleted)
    {
        return STATUS_KEY_DELETED;
    }
    if (name->Length > NAME_MAXIMUM_VALUE || name->Length % sizeof(WCHAR) != 0 || size > REGISTRY_LARGEST_VALUE)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (key->is_link && (type != REG_LINK || !RtlEqualUnicodeString(name, &target_name, TRUE)))
    {
        return STATUS_ACCESS_DENIED;
    }
    return key->is_master ? STATUS_ACCESS_DENIED : STATUS_SUCCESS;
}

/* The new value and, when it replaces none, a place for it. */
static NTSTATUS build_value(struct registry *registry, struct tree_key *key, const struct tree_value *old,
                            const UNICODE_STRING *name, uint32_t type, const void *data, uint32_t size,
                            struct tree_value **ret_value)
{
    struct tree_value *value = tree_value_create(old != NULL ? &old->name : name, type, data, size);

    *ret_value = value;
    if (value == NULL || (old == NULL && !change_reserve(registry, &key->values)))
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    value->id = key->is_volatile ? TREE_NOT_STORED : old != NULL ? old->id : registry->last_value + 1;
    return registry->cost + tree_value_cost(value) > REGISTRY_QUOTA ? STATUS_REGISTRY_QUOTA_LIMIT : STATUS_SUCCESS;
}

static NTSTATUS store_value(struct registry *registry, struct tree_key *key, const struct tree_value *value)
{
    /* The row says when the key was written, because the key's own row is not touched. */
    struct tree_key as_written = *key;

    as_written.written = change_time(key);
    return store_put_value(registry->store, &as_written, value);
}

static void show_value(struct registry *registry, struct tree_key *key, struct tree_value *old, struct tree_value *value,
                       struct undo *undo)
{
    registry->cost += tree_value_cost(value) - (old != NULL ? tree_value_cost(old) : 0);
    registry->last_value = value->id > registry->last_value ? value->id : registry->last_value;
    registry_lock_tree(registry);
    if (old == NULL)
    {
        tree_append_value(key, value);
    }
    else
    {
        tree_insert_value(key, tree_remove_value(key, old), value);
    }
    if (undo != NULL)
    {
        undo->old_value = old;
        undo->new_value = value;
        undo->key_written = key->written;
        undo_record(registry, undo, old == NULL ? UNDO_CREATE_VALUE : UNDO_CHANGE_VALUE, key);
    }
    else
    {
        watch_report(key, REG_NOTIFY_CHANGE_LAST_SET);
    }
    key->written = change_time(key);
    registry_unlock_tree(registry);
    if (undo == NULL && old != NULL)
    {
        tree_value_free(old);
    }
}

NTSTATUS registry_put_value(struct registry *registry, struct tree_key *key, const UNICODE_STRING *name, uint32_t type,
                            const void *data, uint32_t size)
{
    struct tree_value *old = NULL;
    struct tree_value *value = NULL;
    struct undo *undo = NULL;
    NTSTATUS status = may_set(key, name, type, size);

    if (NT_SUCCESS(status))
    {
        status = undo_prepare(registry, &undo);
    }
    if (NT_SUCCESS(status))
    {
        old = tree_find_value(key, name);
        status = build_value(registry, key, old, name, type, data, size, &value);
    }
    if (NT_SUCCESS(status) && change_is_stored(registry, key))
    {
        status = store_value(registry, key, value);
    }
    if (!NT_SUCCESS(status))
    {
        if (value != NULL)
        {
            tree_value_free(value);
        }
        undo_cancel(undo);
        return status;
    }
    show_value(registry, key, old, value, undo);
    return status;
}

NTSTATUS registry_set_value(struct registry *registry, struct tree_key *key, const UNICODE_STRING *name, uint32_t type,
                            const void *data, uint32_t size)
{
    NTSTATUS status;

    change_begin(registry);
    status = registry_put_value(registry, key, name, type, data, size);
    change_end(registry);
    return status;
}

static NTSTATUS remove_value_row(struct store *store, const void *what)
{
    const struct tree_value *value = what;

    return store_remove_value(store, value->id);
}

static void hide_value(struct registry *registry, struct tree_key *key, struct tree_value *value, struct undo *undo)
{
    uint32_t place;

    registry->cost -= tree_value_cost(value);
    registry_lock_tree(registry);
    place = tree_remove_value(key, value);
    if (undo != NULL)
    {
        undo->old_value = value;
        undo->place = place;
        undo->key_written = key->written;
        undo_record(registry, undo, UNDO_DELETE_VALUE, key);
    }
    else
    {
        watch_report(key, REG_NOTIFY_CHANGE_LAST_SET);
    }
    key->written = change_time(key);
    registry_unlock_tree(registry);
    if (undo == NULL)
    {
        tree_value_free(value);
    }
}

NTSTATUS registry_delete_value(struct registry *registry, struct tree_key *key, const UNICODE_STRING *name)
{
    struct tree_value *value;
    struct undo *undo = NULL;
    NTSTATUS status;

    change_begin(registry);
    value = key->is_deleted ? NULL : tree_find_value(key, name);
    status = key->is_deleted ? STATUS_KEY_DELETED :
             value == NULL   ? STATUS_OBJECT_NAME_NOT_FOUND :
                               undo_prepare(registry, &undo);
    if (NT_SUCCESS(status) && change_is_stored(registry, key))
    {
        status = change_store_removal(registry, key, remove_value_row, value);
    }
    if (NT_SUCCESS(status))
    {
        hide_value(registry, key, value, undo);
    }
    else
    {
        undo_cancel(undo);
    }
    change_end(registry);
    return status;
}
