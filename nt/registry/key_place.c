/* SPDX-License-Identifier: MIT */
/*
 * Keys and the object namespace: where the path of a key begins, the registry's own name, and the names of keys.
 */
#include "nt/machine.h"
#include "nt/registry/internal.h"
#include "nt/registry/key.h"
#include "nt/registry/name.h"
#include "nt/rtl/string.h"

static const UNICODE_STRING root_name = LITERAL(L"REGISTRY");

static void take_root(struct registry *registry, struct key_place *place)
{
    registry_lock_tree(registry);
    place->from = registry->root;
    registry_reference_locked(place->from);
    registry_unlock_tree(registry);
}

/* The open key that a path led to, or the registry's own name, which has no key. */
static void take_key(struct registry *registry, const struct open_key *open, struct key_place *place)
{
    if (open->key == NULL)
    {
        take_root(registry, place);
        return;
    }
    place->from = open->key;
    registry_reference(place->from);
}

/* Walks through directories and links of the object namespace until the path goes on among keys. */
static NTSTATUS start_at_name(struct registry *registry, void *root, const OBJECT_ATTRIBUTES *attributes,
                              struct key_place *place)
{
    void *body;
    NTSTATUS status = object_lookup_first(root, &place->path, attributes->Attributes, &body, &place->memory);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (object_type(body) == &key_type)
    {
        take_key(registry, body, place);
        place->path = place->memory;
    }
    else
    {
        string_free(&place->memory);
        status = STATUS_OBJECT_TYPE_MISMATCH;
    }
    object_release(body);
    return status;
}

/* Nearly every path says at once that it means the registry; then nobody need walk. */
static NTSTATUS start_at_root(struct registry *registry, const OBJECT_ATTRIBUTES *attributes, struct key_place *place)
{
    UNICODE_STRING rest = place->path;
    UNICODE_STRING first;

    if (rest.Length == 0 || rest.Buffer[0] != '\\')
    {
        return STATUS_OBJECT_PATH_SYNTAX_BAD;
    }
    if (name_next(&rest, &first) && RtlEqualUnicodeString(&first, &root_name, TRUE))
    {
        place->path = rest;
        take_root(registry, place);
        return STATUS_SUCCESS;
    }
    return start_at_name(registry, NULL, attributes, place);
}

static NTSTATUS start_at_handle(struct registry *registry, const OBJECT_ATTRIBUTES *attributes, struct key_place *place)
{
    void *body;
    NTSTATUS status;

    if (place->path.Length != 0 && place->path.Buffer[0] == '\\')
    {
        return STATUS_OBJECT_PATH_SYNTAX_BAD;
    }
    status = handle_lookup(attributes->RootDirectory, NULL, 0, &body);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (object_type(body) == &key_type)
    {
        take_key(registry, body, place);
    }
    else
    {
        status = start_at_name(registry, body, attributes, place);
    }
    object_release(body);
    return status;
}

NTSTATUS key_start(struct registry *registry, const OBJECT_ATTRIBUTES *attributes, struct key_place *ret_place)
{
    *ret_place = (struct key_place){0};
    if (attributes == NULL || attributes->Length != sizeof(*attributes))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (attributes->ObjectName != NULL)
    {
        ret_place->path = *attributes->ObjectName;
    }
    if (ret_place->path.Length % sizeof(WCHAR) != 0)
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    return attributes->RootDirectory != NULL ? start_at_handle(registry, attributes, ret_place) :
                                               start_at_root(registry, attributes, ret_place);
}

void key_start_below(struct registry *registry, const struct open_key *open, const UNICODE_STRING *rest,
                     struct key_place *ret_place)
{
    *ret_place = (struct key_place){.path = *rest};
    take_key(registry, open, ret_place);
}

struct open_key *key_make_root(void)
{
    struct open_key *root;

    platform_require(NT_SUCCESS(key_object_create(NULL, &root)));
    return root;
}

NTSTATUS key_path(const struct open_key *open, UNICODE_STRING *ret_path)
{
    struct registry *the_registry = &machine()->registry;
    NTSTATUS status = STATUS_KEY_DELETED;
    size_t size;

    *ret_path = (UNICODE_STRING){0};
    if (open->key == NULL)
    {
        return string_concatenate(&STRING_LITERAL(L"\\"), &root_name, ret_path);
    }
    registry_lock_tree(the_registry);
    size = tree_path_size(open->key);
    if (!open->key->is_deleted)
    {
        status = size > UNICODE_STRING_MAX_BYTES - sizeof(WCHAR) ? STATUS_NAME_TOO_LONG : STATUS_INSUFFICIENT_RESOURCES;
    }
    ret_path->Buffer = status == STATUS_INSUFFICIENT_RESOURCES ? platform_zalloc(size + sizeof(WCHAR)) : NULL;
    if (ret_path->Buffer != NULL)
    {
        ret_path->Length = (USHORT)size;
        ret_path->MaximumLength = (USHORT)(size + sizeof(WCHAR));
        tree_path_copy(open->key, ret_path->Buffer);
        status = STATUS_SUCCESS;
    }
    registry_unlock_tree(the_registry);
    return status;
}
