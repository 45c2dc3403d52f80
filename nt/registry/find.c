/* SPDX-License-Identifier: MIT */
/*
 * From a path to a key, through links.
 */
#include "nt/registry/find.h"

#include "nt/registry/internal.h"
#include "nt/registry/name.h"
#include "nt/rtl/string.h"

/* Who meets more links goes in a circle, or through links that multiply: each may lead through several others. */
#define MOST_LINKS 64u

static NTSTATUS walk(struct registry *registry, struct tree_key *from, const UNICODE_STRING *path, bool open_link,
                     uint32_t *links, struct walk *walk_result);

/* The key that a link names by an absolute path. */
static NTSTATUS follow(struct registry *registry, const struct tree_key *link, uint32_t *links, struct tree_key **ret_key)
{
    static const UNICODE_STRING target_name = LITERAL(L"SymbolicLinkValue");
    const struct tree_value *value = tree_find_value(link, &target_name);
    UNICODE_STRING path;
    UNICODE_STRING first;
    struct walk result;
    NTSTATUS status;

    if (*links == MOST_LINKS || value == NULL || value->type != REG_LINK || value->size < sizeof(WCHAR) ||
        value->size > 0xFFFE)
    {
        return *links == MOST_LINKS ? STATUS_OBJECT_NAME_INVALID : STATUS_OBJECT_NAME_NOT_FOUND;
    }
    path.Buffer = value->data;
    path.Length = (USHORT)(value->size & ~1u);
    path.MaximumLength = path.Length;
    if (path.Buffer[0] != '\\' || !name_next(&path, &first) || !RtlEqualUnicodeString(&first, &registry->root->name, TRUE))
    {
        return STATUS_OBJECT_NAME_NOT_FOUND;
    }
    (*links)++;
    status = walk(registry, registry->root, &path, false, links, &result);
    *ret_key = result.key;
    return status;
}

static NTSTATUS walk(struct registry *registry, struct tree_key *from, const UNICODE_STRING *path, bool open_link,
                     uint32_t *links, struct walk *walk_result)
{
    UNICODE_STRING rest = *path;
    NTSTATUS status = from->is_deleted ? STATUS_KEY_DELETED : STATUS_SUCCESS;

    walk_result->key = from;
    walk_result->name.Length = 0;
    walk_result->is_last = true;
    while (NT_SUCCESS(status) && name_next(&rest, &walk_result->name))
    {
        struct tree_key *next = tree_find_child(walk_result->key, &walk_result->name);

        walk_result->is_last = rest.Length == 0;
        if (next == NULL)
        {
            return STATUS_OBJECT_NAME_NOT_FOUND;
        }
        if (next->is_link && !(open_link && walk_result->is_last))
        {
            status = follow(registry, next, links, &next);
            if (!NT_SUCCESS(status))
            {
                /* What a link leads to is not made by who goes through it. */
                walk_result->is_last = false;
                return status;
            }
        }
        walk_result->key = next;
    }
    return status;
}

NTSTATUS find_walk(struct registry *registry, struct tree_key *from, const UNICODE_STRING *path, bool open_link,
                   struct walk *walk_result)
{
    uint32_t links = 0;

    return walk(registry, from, path, open_link, &links, walk_result);
}

NTSTATUS registry_find(struct registry *registry, struct tree_key *from, const UNICODE_STRING *path, bool open_link,
                       struct tree_key **ret_key)
{
    struct walk found;
    NTSTATUS status;

    registry_lock_tree(registry);
    status = find_walk(registry, from, path, open_link, &found);
    if (NT_SUCCESS(status))
    {
        registry_reference_locked(found.key);
        *ret_key = found.key;
    }
    registry_unlock_tree(registry);
    return status;
}
