/* SPDX-License-Identifier: MIT */
/*
 * Walks along paths: through directories, symbolic links, and types that parse the rest of a path themselves.
 */
#include <string.h>

#include "nt/machine.h"
#include "nt/object/manager.h"
#include "nt/rtl/string.h"

#define MAXIMUM_REPARSES 32

/* Where a walk is: at a body, with the rest of the path in front of it. */
struct position
{
    struct object_header *at;
    UNICODE_STRING rest;
    /* The memory that rest points into, when it is not the caller's path. */
    UNICODE_STRING replaced;
    uint32_t reparses;
};

static UNICODE_STRING text_behind(const UNICODE_STRING *text, size_t units)
{
    UNICODE_STRING behind = *text;

    behind.Buffer += units;
    behind.Length = (USHORT)(text->Length - units * sizeof(WCHAR));
    behind.MaximumLength = behind.Length;
    return behind;
}

static bool begins_with_separator(const UNICODE_STRING *text)
{
    return text->Length >= sizeof(WCHAR) && text->Buffer[0] == OBJ_NAME_PATH_SEPARATOR;
}

/* Goes on at the root directory along a new path, whose memory it takes. */
static NTSTATUS position_replace(struct position *position, UNICODE_STRING *path)
{
    string_free(&position->replaced);
    position->replaced = *path;
    position->rest = *path;
    position->at = object_header(machine()->objects.root);
    if (++position->reparses > MAXIMUM_REPARSES)
    {
        return STATUS_REPARSE_POINT_NOT_RESOLVED;
    }
    return begins_with_separator(path) ? STATUS_SUCCESS : STATUS_OBJECT_PATH_SYNTAX_BAD;
}

/* One part of the path is looked up in the directory at the position. Names lock held. */
static NTSTATUS step_down(struct position *position)
{
    struct object_directory *directory = object_body(position->at);
    struct object_name *name;

    if (begins_with_separator(&position->rest))
    {
        position->rest = text_behind(&position->rest, 1);
    }
    if (position->rest.Length == 0 || begins_with_separator(&position->rest))
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    name = name_find_longest(directory, &position->rest);
    if (name == NULL)
    {
        for (size_t unit = 0; unit < position->rest.Length / sizeof(WCHAR); unit++)
        {
            if (position->rest.Buffer[unit] == OBJ_NAME_PATH_SEPARATOR)
            {
                return STATUS_OBJECT_PATH_NOT_FOUND;
            }
        }
        return STATUS_OBJECT_NAME_NOT_FOUND;
    }
    position->rest = text_behind(&position->rest, name->text.Length / sizeof(WCHAR));
    position->at = name->header;
    return STATUS_SUCCESS;
}

/* The link at the position is replaced by what it stands for. Names lock held. */
static NTSTATUS step_through(struct position *position)
{
    struct object_link *link = object_body(position->at);
    UNICODE_STRING path;
    NTSTATUS status;

    if (link->shortcut != NULL)
    {
        position->at = object_header(link->shortcut);
        return STATUS_SUCCESS;
    }
    status = string_concatenate(&link->target, &position->rest, &path);
    return NT_SUCCESS(status) ? position_replace(position, &path) : status;
}

static bool is_done(const struct object_walk *walk, const struct position *position)
{
    const struct object_type *type = position->at->type;

    if (type == &directory_type || type == &link_type)
    {
        return position->rest.Length == 0 &&
               (type == &directory_type || walk->type == &link_type || (walk->attributes & OBJ_OPENLINK) != 0);
    }
    return true;
}

/* Walks until the path ends or another type has to go on; the position is referenced then. */
static NTSTATUS walk_names(const struct object_walk *walk, struct position *position)
{
    NTSTATUS status = STATUS_SUCCESS;

    platform_mutex_lock(&machine()->objects.names);
    while (NT_SUCCESS(status) && !is_done(walk, position))
    {
        if (position->at->type == &directory_type)
        {
            status = step_down(position);
        }
        else if ((walk->attributes & OBJ_DONT_REPARSE) != 0 &&
                 ((struct object_link *)object_body(position->at))->shortcut == NULL)
        {
            status = STATUS_REPARSE_POINT_ENCOUNTERED;
        }
        else
        {
            status = step_through(position);
        }
    }
    if (NT_SUCCESS(status) && !object_try_reference(position->at))
    {
        status = STATUS_OBJECT_NAME_NOT_FOUND;
    }
    platform_mutex_unlock(&machine()->objects.names);
    return status;
}

/* The body at the position is referenced and finds the rest itself. STATUS_REPARSE when the walk goes on. */
static NTSTATUS walk_into(struct position *position, void **ret_body)
{
    const struct object_type *type = position->at->type;
    void *parent = object_body(position->at);
    UNICODE_STRING path = {0};
    NTSTATUS status;

    if (type->parse == NULL)
    {
        if (position->rest.Length == 0)
        {
            return STATUS_SUCCESS;
        }
        object_release(parent);
        return STATUS_OBJECT_TYPE_MISMATCH;
    }
    status = type->parse(parent, &position->rest, ret_body, &path);
    object_release(parent);
    if (status == STATUS_REPARSE)
    {
        NTSTATUS replaced = position_replace(position, &path);

        return NT_SUCCESS(replaced) ? STATUS_REPARSE : replaced;
    }
    return status;
}

static NTSTATUS walk_on(struct object_walk *walk, struct position *position, void **ret_body)
{
    NTSTATUS status;

    do
    {
        status = walk_names(walk, position);
        if (!NT_SUCCESS(status))
        {
            return status;
        }
        *ret_body = object_body(position->at);
        if (walk->stop_at_body)
        {
            status = string_duplicate(&position->rest, &walk->rest);
            if (!NT_SUCCESS(status))
            {
                object_release(*ret_body);
            }
            return status;
        }
        status = walk_into(position, ret_body);
    } while (status == STATUS_REPARSE);
    return status;
}

/* A path without a root begins at the root directory and must say so. */
static NTSTATUS position_begin(struct position *position, void *root, const UNICODE_STRING *path)
{
    memset(position, 0, sizeof(*position));
    position->rest = *path;
    position->at = object_header(root != NULL ? root : machine()->objects.root);
    if (path->Length % sizeof(WCHAR) != 0)
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    if (begins_with_separator(path) != (root == NULL))
    {
        return STATUS_OBJECT_PATH_SYNTAX_BAD;
    }
    if (root == NULL && path->Length == sizeof(WCHAR))
    {
        /* The root directory itself. */
        position->rest.Length = 0;
    }
    return STATUS_SUCCESS;
}

NTSTATUS object_walk(struct object_walk *walk, const UNICODE_STRING *path, void **ret_body)
{
    struct position position;
    NTSTATUS status = position_begin(&position, walk->root, path);

    *ret_body = NULL;
    memset(&walk->rest, 0, sizeof(walk->rest));
    if (NT_SUCCESS(status))
    {
        status = walk_on(walk, &position, ret_body);
    }
    string_free(&position.replaced);
    if (NT_SUCCESS(status) && walk->type != NULL && object_type(*ret_body) != walk->type)
    {
        string_free(&walk->rest);
        object_release(*ret_body);
        status = STATUS_OBJECT_TYPE_MISMATCH;
    }
    if (!NT_SUCCESS(status))
    {
        *ret_body = NULL;
    }
    return status;
}

NTSTATUS object_walk_parent(void *root, const UNICODE_STRING *path, struct object_directory **ret_directory,
                            UNICODE_STRING *ret_last)
{
    struct object_walk walk = {.root = root, .type = &directory_type};
    size_t units = path->Length / sizeof(WCHAR);
    UNICODE_STRING parent = *path;
    void *body;
    NTSTATUS status;

    if (path->Length % sizeof(WCHAR) != 0)
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    if (begins_with_separator(path) != (root == NULL))
    {
        return STATUS_OBJECT_PATH_SYNTAX_BAD;
    }
    while (units > 0 && path->Buffer[units - 1] != OBJ_NAME_PATH_SEPARATOR)
    {
        units--;
    }
    *ret_last = text_behind(path, units);
    if (ret_last->Length == 0)
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    /* The separator belongs to the parent's path only where it is all of it. */
    parent.Length = (USHORT)((units <= 1 ? units : units - 1) * sizeof(WCHAR));
    status = object_walk(&walk, &parent, &body);
    *ret_directory = body;
    return status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_OBJECT_PATH_NOT_FOUND : status;
}
