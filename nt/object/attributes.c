/* SPDX-License-Identifier: MIT */
/*
 * What an OBJECT_ATTRIBUTES asks for: a name for a fresh body, or the body that has it, and a handle.
 */
#include "nt/machine.h"
#include "nt/object/manager.h"

NTSTATUS object_map_access(const struct object_type *type, ACCESS_MASK wanted, ACCESS_MASK *ret_granted)
{
    static const ACCESS_MASK generic = GENERIC_READ | GENERIC_WRITE | GENERIC_EXECUTE | GENERIC_ALL;
    ACCESS_MASK granted = wanted & ~(generic | MAXIMUM_ALLOWED);

    granted |= (wanted & GENERIC_READ) != 0 ? type->mapping.GenericRead : 0;
    granted |= (wanted & GENERIC_WRITE) != 0 ? type->mapping.GenericWrite : 0;
    granted |= (wanted & GENERIC_EXECUTE) != 0 ? type->mapping.GenericExecute : 0;
    granted |= (wanted & GENERIC_ALL) != 0 ? type->mapping.GenericAll : 0;
    granted |= (wanted & MAXIMUM_ALLOWED) != 0 ? type->mapping.GenericAll & type->valid_access : 0;
    *ret_granted = granted;
    return (granted & ~(type->valid_access | ACCESS_SYSTEM_SECURITY)) == 0 ? STATUS_SUCCESS : STATUS_ACCESS_DENIED;
}

static NTSTATUS check_attributes(const OBJECT_ATTRIBUTES *attributes)
{
    if (attributes == NULL)
    {
        return STATUS_SUCCESS;
    }
    return attributes->Length == sizeof(*attributes) && (attributes->Attributes & ~(ULONG)OBJ_VALID_ATTRIBUTES) == 0 ?
               STATUS_SUCCESS :
               STATUS_INVALID_PARAMETER;
}

static bool has_name(const OBJECT_ATTRIBUTES *attributes)
{
    return attributes != NULL && attributes->ObjectName != NULL && attributes->ObjectName->Length != 0;
}

/* The body of the root handle, referenced; NULL without one. */
static NTSTATUS open_root(const OBJECT_ATTRIBUTES *attributes, void **ret_root)
{
    *ret_root = NULL;
    return attributes->RootDirectory == NULL ? STATUS_SUCCESS : handle_lookup(attributes->RootDirectory, NULL, 0, ret_root);
}

static void close_root(void *root)
{
    if (root != NULL)
    {
        object_release(root);
    }
}

/* OBJ_EXCLUSIVE: one handle at a time, for who made the object. */
static NTSTATUS check_exclusive(void *body, const OBJECT_ATTRIBUTES *attributes)
{
    bool exclusive = (platform_atomic_load(&object_header(body)->flags) & OBJECT_EXCLUSIVE) != 0;
    bool asked = attributes != NULL && (attributes->Attributes & OBJ_EXCLUSIVE) != 0;

    if (asked && !exclusive)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return exclusive && platform_atomic_load(&object_header(body)->handles) != 0 ? STATUS_ACCESS_DENIED : STATUS_SUCCESS;
}

static NTSTATUS make_handle(void *body, const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, HANDLE *ret_handle)
{
    ACCESS_MASK granted;
    NTSTATUS status = object_map_access(object_type(body), access, &granted);

    return NT_SUCCESS(status) ? handle_make(body, granted, attributes != NULL ? attributes->Attributes : 0, ret_handle) :
                                status;
}

/* The name is taken by found, which the caller hands over. */
static NTSTATUS open_instead(void *fresh, void *found, const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access,
                             HANDLE *ret_handle)
{
    NTSTATUS status = STATUS_OBJECT_NAME_COLLISION;

    if (found == NULL)
    {
        return status;
    }
    if ((attributes->Attributes & OBJ_OPENIF) != 0)
    {
        status = object_type(found) == object_type(fresh) ? check_exclusive(found, attributes) : STATUS_OBJECT_TYPE_MISMATCH;
        if (NT_SUCCESS(status))
        {
            status = make_handle(found, attributes, access, ret_handle);
            status = NT_SUCCESS(status) ? STATUS_OBJECT_NAME_EXISTS : status;
        }
    }
    object_release(found);
    return status;
}

NTSTATUS object_enter(void *fresh, const OBJECT_ATTRIBUTES *attributes, void **ret_found)
{
    struct object_directory *directory;
    UNICODE_STRING last;
    void *root;
    NTSTATUS status = open_root(attributes, &root);

    *ret_found = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = object_walk_parent(root, attributes->ObjectName, &directory, &last);
    close_root(root);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = name_enter(directory, &last, object_header(fresh), ret_found);
    object_release(directory);
    if (NT_SUCCESS(status) && (attributes->Attributes & OBJ_PERMANENT) != 0)
    {
        object_make_permanent(fresh);
    }
    return status;
}

static NTSTATUS insert_named(void *fresh, const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, HANDLE *ret_handle)
{
    void *found;
    NTSTATUS status = object_enter(fresh, attributes, &found);

    if (status == STATUS_OBJECT_NAME_COLLISION)
    {
        return open_instead(fresh, found, attributes, access, ret_handle);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = make_handle(fresh, attributes, access, ret_handle);
    if (!NT_SUCCESS(status))
    {
        object_make_temporary(fresh);
    }
    return status;
}

/* The body counts as held by a handle meanwhile, so that somebody else's handle to it is not the last one. */
NTSTATUS object_insert(void *fresh, const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, HANDLE *ret_handle)
{
    struct object_header *header = object_header(fresh);
    NTSTATUS status = check_attributes(attributes);

    *ret_handle = NULL;
    object_handle_opened(header);
    if (NT_SUCCESS(status) && attributes != NULL && (attributes->Attributes & OBJ_EXCLUSIVE) != 0)
    {
        (void)platform_atomic_fetch_or(&header->flags, OBJECT_EXCLUSIVE);
    }
    if (NT_SUCCESS(status))
    {
        status = has_name(attributes) ? insert_named(fresh, attributes, access, ret_handle) :
                                        make_handle(fresh, attributes, access, ret_handle);
    }
    object_handle_closed(header);
    object_release(fresh);
    return status;
}

NTSTATUS object_find(const struct object_type *type, const OBJECT_ATTRIBUTES *attributes, void **ret_body)
{
    struct object_walk walk = {.type = type};
    NTSTATUS status = check_attributes(attributes);
    void *root;

    *ret_body = NULL;
    if (!NT_SUCCESS(status) || attributes == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = open_root(attributes, &root);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (!has_name(attributes))
    {
        close_root(root);
        return STATUS_OBJECT_PATH_SYNTAX_BAD;
    }
    walk.root = root;
    walk.attributes = attributes->Attributes;
    status = object_walk(&walk, attributes->ObjectName, ret_body);
    close_root(root);
    return status;
}

NTSTATUS object_open(const struct object_type *type, const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access,
                     HANDLE *ret_handle)
{
    void *body;
    NTSTATUS status = object_find(type, attributes, &body);

    *ret_handle = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = check_exclusive(body, attributes);
    if (NT_SUCCESS(status))
    {
        status = make_handle(body, attributes, access, ret_handle);
    }
    object_release(body);
    return status;
}
