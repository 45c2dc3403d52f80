/* SPDX-License-Identifier: MIT */
/*
 * The object namespace: naming bodies, and what the observer of \GLOBAL??\ hears.
 */
#include "nt/object/namespace.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/machine.h"
#include "nt/object/manager.h"
#include "nt/rtl/string.h"

/* A zero in the middle would make one name of two: those who take names as text stop there. */
static bool is_well_formed(const UNICODE_STRING *name)
{
    for (size_t unit = 0; unit < name->Length / sizeof(WCHAR); unit++)
    {
        if (name->Buffer[unit] == 0)
        {
            return false;
        }
    }
    return name->Length >= sizeof(WCHAR) && name->Buffer[0] == OBJ_NAME_PATH_SEPARATOR;
}

/* The part of a name behind \??\, however that is spelled. False for a name elsewhere. */
static bool dos_part(const UNICODE_STRING *name, UNICODE_STRING *ret_rest)
{
    static const UNICODE_STRING spellings[] = {
        {8, 10, (PWCH)L"\\??\\"},  {24, 26, (PWCH)L"\\DosDevices\\"}, {20, 22, (PWCH)L"\\GLOBAL??\\"},
        {8, 10, (PWCH)L"\\\\?\\"}, {8, 10, (PWCH)L"\\\\.\\"},
    };

    *ret_rest = *name;
    for (size_t index = 0; index < ARRAYSIZE(spellings); index++)
    {
        if (string_has_prefix(name, &spellings[index]))
        {
            ret_rest->Buffer += spellings[index].Length / sizeof(WCHAR);
            ret_rest->Length = (USHORT)(ret_rest->Length - spellings[index].Length);
            return true;
        }
    }
    return false;
}

/* The caller holds the observing lock. */
static void tell_observer(enum namespace_event event, const struct object_header *header)
{
    const struct object_link *link = (const struct object_link *)(header + 1);
    struct object_manager *manager = &machine()->objects;

    if (manager->observer != NULL && link->node != NULL)
    {
        manager->observer(event, link->node, manager->observer_context);
    }
}

/* Nodes are made for links in one directory. The text is made before the name, because what removes a name must not fail. */
static NTSTATUS prepare_node(struct object_directory *directory, const UNICODE_STRING *text, struct object_header *header)
{
    struct object_link *link = object_body(header);

    if (header->type != &link_type || directory != machine()->objects.dos)
    {
        return STATUS_SUCCESS;
    }
    link->node = string_to_utf8(text);
    return link->node != NULL ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

/* Names lock held. */
static NTSTATUS name_enter_locked(struct object_directory *directory, struct object_name *name, struct object_header *header,
                                  void **ret_found)
{
    struct object_name *taken = name_find(directory, &name->text);

    if (taken == NULL)
    {
        name_insert(directory, name, header);
        return STATUS_SUCCESS;
    }
    if (ret_found != NULL && object_try_reference(taken->header))
    {
        *ret_found = object_body(taken->header);
    }
    return STATUS_OBJECT_NAME_COLLISION;
}

NTSTATUS name_enter(struct object_directory *directory, const UNICODE_STRING *text, struct object_header *header,
                    void **ret_found)
{
    struct object_manager *manager = &machine()->objects;
    bool observed = header->type == &link_type;
    struct object_name *name;
    NTSTATUS status = name_create(text, &name);

    if (NT_SUCCESS(status))
    {
        status = prepare_node(directory, text, header);
        if (!NT_SUCCESS(status))
        {
            name_free(name);
        }
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (observed)
    {
        platform_mutex_lock(&manager->observing);
    }
    platform_mutex_lock(&manager->names);
    status = name_enter_locked(directory, name, header, ret_found);
    platform_mutex_unlock(&manager->names);
    if (observed)
    {
        if (NT_SUCCESS(status))
        {
            tell_observer(NAMESPACE_LINK_ADDED, header);
        }
        platform_mutex_unlock(&manager->observing);
    }
    if (!NT_SUCCESS(status))
    {
        name_free(name);
    }
    return status;
}

/* Takes the name out, and tells of it. NULL when there was none. */
static struct object_name *take_name(struct object_header *header)
{
    struct object_manager *manager = &machine()->objects;
    bool observed = header->type == &link_type;
    struct object_name *name;

    if (observed)
    {
        platform_mutex_lock(&manager->observing);
    }
    platform_mutex_lock(&manager->names);
    name = header->name;
    if (name != NULL)
    {
        name_remove(name);
    }
    platform_mutex_unlock(&manager->names);
    if (observed)
    {
        if (name != NULL)
        {
            tell_observer(NAMESPACE_LINK_REMOVED, header);
        }
        platform_mutex_unlock(&manager->observing);
    }
    return name;
}

/* Whether the body was permanent: then the caller has the reference that its name held. */
static bool take_permanence(struct object_header *header)
{
    return (platform_atomic_fetch_and(&header->flags, ~OBJECT_PERMANENT) & OBJECT_PERMANENT) != 0;
}

void object_unname(void *body)
{
    struct object_header *header = (struct object_header *)body - 1;
    struct object_name *name = platform_atomic_load(&header->name) == NULL ? NULL : take_name(header);

    if (name != NULL)
    {
        object_release(name->directory);
        name_free(name);
        if (take_permanence(header))
        {
            object_release(body);
        }
    }
}

void object_make_temporary(void *body)
{
    struct object_header *header = object_header(body);

    if (take_permanence(header))
    {
        if (platform_atomic_load_sequential(&header->handles) == 0)
        {
            object_unname(body);
        }
        object_release(body);
    }
}

void object_make_permanent(void *body)
{
    object_reference(body);
    if ((platform_atomic_fetch_or(&object_header(body)->flags, OBJECT_PERMANENT) & OBJECT_PERMANENT) != 0)
    {
        object_release(body);
    }
}

static NTSTATUS enter(struct object_directory *directory, const UNICODE_STRING *text, void *body, bool permanent)
{
    NTSTATUS status;

    if (permanent)
    {
        object_make_permanent(body);
    }
    status = name_enter(directory, text, object_header(body), NULL);
    if (!NT_SUCCESS(status) && permanent && take_permanence(object_header(body)))
    {
        object_release(body);
    }
    return status;
}

NTSTATUS object_name(void *body, const UNICODE_STRING *path, bool permanent)
{
    struct object_directory *directory;
    UNICODE_STRING last;
    NTSTATUS status;

    if (platform_atomic_load(&object_header(body)->name) != NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = object_walk_parent(NULL, path, &directory, &last);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = enter(directory, &last, body, permanent);
    object_release(directory);
    return status;
}

NTSTATUS object_lookup(const UNICODE_STRING *path, const struct object_type *type, void **ret_body)
{
    struct object_walk walk = {.type = type};

    return object_walk(&walk, path, ret_body);
}

NTSTATUS object_lookup_first(void *root, const UNICODE_STRING *path, ULONG attributes, void **ret_body,
                             UNICODE_STRING *ret_rest)
{
    struct object_walk walk = {.root = root, .attributes = attributes, .stop_at_body = true};
    NTSTATUS status = object_walk(&walk, path, ret_body);

    *ret_rest = walk.rest;
    return status;
}

/* Names lock held. */
static size_t path_length(const struct object_header *header)
{
    size_t length = 0;

    for (const struct object_name *name = header->name; name != NULL; name = object_header(name->directory)->name)
    {
        length += sizeof(WCHAR) + name->text.Length;
    }
    return length;
}

/* Names lock held. Writes from the end, where a walk towards the root begins. */
static void path_write(const struct object_header *header, UNICODE_STRING *path)
{
    char *end = (char *)path->Buffer + path->Length;

    for (const struct object_name *name = header->name; name != NULL; name = object_header(name->directory)->name)
    {
        end -= name->text.Length;
        memcpy(end, name->text.Buffer, name->text.Length);
        end -= sizeof(WCHAR);
        *(WCHAR *)(void *)end = OBJ_NAME_PATH_SEPARATOR;
    }
}

NTSTATUS object_path(void *body, UNICODE_STRING *ret_path)
{
    struct object_manager *manager = &machine()->objects;
    struct object_header *header = object_header(body);
    NTSTATUS status = STATUS_SUCCESS;
    size_t length;

    memset(ret_path, 0, sizeof(*ret_path));
    if (body == manager->root)
    {
        return string_duplicate(&STRING_LITERAL(L"\\"), ret_path);
    }
    if (header->type->path != NULL)
    {
        return header->type->path(body, ret_path);
    }
    platform_mutex_lock(&manager->names);
    length = path_length(header);
    if (length > UNICODE_STRING_MAX_BYTES - sizeof(WCHAR))
    {
        status = STATUS_NAME_TOO_LONG;
    }
    else if (length != 0)
    {
        ret_path->Buffer = platform_zalloc(length + sizeof(WCHAR));
        status = ret_path->Buffer == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
        if (NT_SUCCESS(status))
        {
            ret_path->Length = (USHORT)length;
            ret_path->MaximumLength = (USHORT)(length + sizeof(WCHAR));
            path_write(header, ret_path);
        }
    }
    platform_mutex_unlock(&manager->names);
    return status;
}

/* Finds the directory for a new name. Behind \??\ everything is one name: interfaces have names with back slashes. */
static NTSTATUS find_place(const UNICODE_STRING *name, struct object_directory **ret_directory, UNICODE_STRING *ret_last)
{
    if (!is_well_formed(name))
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    if (!dos_part(name, ret_last))
    {
        return object_walk_parent(NULL, name, ret_directory, ret_last);
    }
    *ret_directory = machine()->objects.dos;
    object_reference(*ret_directory);
    return ret_last->Length != 0 ? STATUS_SUCCESS : STATUS_OBJECT_NAME_INVALID;
}

NTSTATUS namespace_insert_device(const UNICODE_STRING *name, PDEVICE_OBJECT device)
{
    return is_well_formed(name) ? object_name(device, name, true) : STATUS_OBJECT_NAME_INVALID;
}

NTSTATUS namespace_insert_link(const UNICODE_STRING *name, const UNICODE_STRING *target)
{
    struct object_directory *directory = NULL;
    struct object_link *link = NULL;
    UNICODE_STRING last;
    NTSTATUS status = find_place(name, &directory, &last);

    if (NT_SUCCESS(status))
    {
        status = is_well_formed(target) ? link_create(target, &link) : STATUS_OBJECT_NAME_INVALID;
    }
    if (NT_SUCCESS(status))
    {
        status = enter(directory, &last, link, true);
        object_release(link);
    }
    if (directory != NULL)
    {
        object_release(directory);
    }
    return status;
}

/* The link that has this name, referenced. */
static NTSTATUS find_link(struct object_directory *directory, const UNICODE_STRING *last, void **ret_link)
{
    struct object_manager *manager = &machine()->objects;
    struct object_name *name;
    NTSTATUS status = STATUS_OBJECT_NAME_NOT_FOUND;

    platform_mutex_lock(&manager->names);
    name = name_find(directory, last);
    if (name != NULL && name->header->type != &link_type)
    {
        status = STATUS_OBJECT_TYPE_MISMATCH;
    }
    else if (name != NULL && object_try_reference(name->header))
    {
        *ret_link = object_body(name->header);
        status = STATUS_SUCCESS;
    }
    platform_mutex_unlock(&manager->names);
    return status;
}

NTSTATUS namespace_remove(const UNICODE_STRING *name)
{
    struct object_directory *directory = NULL;
    UNICODE_STRING last;
    void *link;
    NTSTATUS status = find_place(name, &directory, &last);

    if (NT_SUCCESS(status))
    {
        status = find_link(directory, &last, &link);
    }
    if (NT_SUCCESS(status))
    {
        object_make_temporary(link);
        object_release(link);
    }
    if (directory != NULL)
    {
        object_release(directory);
    }
    return status;
}

static bool begins_with_drive(const UNICODE_STRING *text)
{
    WCHAR letter = text->Length >= 2 * sizeof(WCHAR) ? string_upcase(text->Buffer[0]) : 0;

    return letter >= 'A' && letter <= 'Z' && text->Buffer[1] == ':';
}

NTSTATUS namespace_find_device(void *root, const UNICODE_STRING *path, PDEVICE_OBJECT *ret_device, UNICODE_STRING *ret_rest)
{
    struct object_walk walk = {.root = root, .stop_at_body = true};
    UNICODE_STRING from = *path;
    void *body;
    NTSTATUS status;

    memset(ret_rest, 0, sizeof(*ret_rest));
    if (root == NULL && !is_well_formed(path))
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    if (root == NULL && dos_part(path, &from))
    {
        walk.root = machine()->objects.dos;
    }
    status = object_walk(&walk, &from, &body);
    if (!NT_SUCCESS(status))
    {
        bool is_name = root == NULL && walk.root != NULL && !begins_with_drive(&from);

        /* A link's name may hold back slashes, so what is missing is the name and not a directory on the way. */
        return status == STATUS_OBJECT_PATH_NOT_FOUND && is_name ? STATUS_OBJECT_NAME_NOT_FOUND : status;
    }
    if (object_type(body) != &device_type)
    {
        object_release(body);
        string_free(&walk.rest);
        return STATUS_OBJECT_TYPE_MISMATCH;
    }
    *ret_device = body;
    *ret_rest = walk.rest;
    return STATUS_SUCCESS;
}

void namespace_observe(namespace_observer *observer, void *context)
{
    struct object_manager *manager = &machine()->objects;
    struct object_directory *directory = manager->dos;

    platform_mutex_lock(&manager->observing);
    manager->observer = observer;
    manager->observer_context = context;
    for (uint32_t bucket = 0; bucket < directory->bucket_count; bucket++)
    {
        for (struct object_name *name = directory->buckets[bucket]; name != NULL; name = name->next)
        {
            if (name->header->type == &link_type)
            {
                tell_observer(NAMESPACE_LINK_ADDED, name->header);
            }
        }
    }
    platform_mutex_unlock(&manager->observing);
}

/*
 * Published entry points.
 */
NTSTATUS IoCreateSymbolicLink(PUNICODE_STRING SymbolicLinkName, PUNICODE_STRING DeviceName)
{
    return namespace_insert_link(SymbolicLinkName, DeviceName);
}

/* Links have no descriptor of their own here, so there is no protection to leave out. */
NTSTATUS IoCreateUnprotectedSymbolicLink(PUNICODE_STRING SymbolicLinkName, PUNICODE_STRING DeviceName)
{
    return namespace_insert_link(SymbolicLinkName, DeviceName);
}

NTSTATUS IoDeleteSymbolicLink(PUNICODE_STRING SymbolicLinkName)
{
    return namespace_remove(SymbolicLinkName);
}
