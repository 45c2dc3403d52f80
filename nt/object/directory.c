/* SPDX-License-Identifier: MIT */
/*
 * Directory and symbolic link objects, as drivers make and open them.
 */
#include <string.h>

#include "nt/machine.h"
#include "nt/object/manager.h"

/* What ZwQueryDirectoryObject writes: one for each name, one that is all zero, then the texts. */
struct directory_information
{
    UNICODE_STRING name;
    UNICODE_STRING type;
};

static NTSTATUS directory_object_create(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, HANDLE *ret_handle)
{
    struct object_directory *directory;
    NTSTATUS status = directory_create(&directory);

    *ret_handle = NULL;
    return NT_SUCCESS(status) ? object_insert(directory, attributes, access, ret_handle) : status;
}

static NTSTATUS link_object_create(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, const UNICODE_STRING *target,
                                   HANDLE *ret_handle)
{
    struct object_link *link;
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    *ret_handle = NULL;
    if (target->Length % sizeof(WCHAR) == 0 && target->Length != 0 && target->MaximumLength >= target->Length)
    {
        status = link_create(target, &link);
    }
    return NT_SUCCESS(status) ? object_insert(link, attributes, access, ret_handle) : status;
}

/* The target without a terminator, as published; the length counts one where there is room to tell it. */
static NTSTATUS copy_target(const UNICODE_STRING *target, PUNICODE_STRING copy, PULONG ret_length)
{
    if (ret_length != NULL)
    {
        *ret_length = target->Length + (ULONG)sizeof(WCHAR);
    }
    if (copy->MaximumLength < target->Length)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    memcpy(copy->Buffer, target->Buffer, target->Length);
    copy->Length = target->Length;
    if (copy->MaximumLength >= target->Length + sizeof(WCHAR))
    {
        copy->Buffer[target->Length / sizeof(WCHAR)] = 0;
    }
    return STATUS_SUCCESS;
}

/* A place in a walk over a directory, and where the next entry and the next text go. */
struct listing
{
    ULONG first;
    ULONG listed;
    size_t texts;
    ULONG length;
};

static size_t entry_texts(const struct object_name *name)
{
    return name->text.Length + sizeof(WCHAR) + (strlen(name->header->type->name) + 1) * sizeof(WCHAR);
}

/* Whether the entry fits too, with the zero entry that ends the list; it is counted then. */
static bool listing_add(struct listing *listing, const struct object_name *name)
{
    size_t texts = listing->texts + entry_texts(name);

    if ((listing->listed + 2) * sizeof(struct directory_information) + texts > listing->length)
    {
        return false;
    }
    listing->listed++;
    listing->texts = texts;
    return true;
}

/* The number-th name of a directory; NULL when there are not so many. Names lock held. */
static const struct object_name *next_name(const struct object_directory *directory, uint32_t *bucket,
                                           const struct object_name *name)
{
    const struct object_name *next = name != NULL ? name->next : NULL;

    while (next == NULL && *bucket < directory->bucket_count)
    {
        next = directory->buckets[(*bucket)++];
    }
    return next;
}

static void write_text(PUNICODE_STRING string, WCHAR **to, const WCHAR *wide, const char *narrow, size_t units)
{
    string->Buffer = *to;
    string->Length = (USHORT)(units * sizeof(WCHAR));
    string->MaximumLength = (USHORT)(string->Length + sizeof(WCHAR));
    for (size_t unit = 0; unit < units; unit++)
    {
        *(*to)++ = wide != NULL ? wide[unit] : (WCHAR)narrow[unit];
    }
    *(*to)++ = 0;
}

/* Writes the names that were counted. Names lock held, so they are the same ones. */
static void listing_write(const struct listing *listing, const struct object_directory *directory, void *buffer)
{
    struct directory_information *entry = buffer;
    WCHAR *texts = (WCHAR *)(entry + listing->listed + 1);
    const struct object_name *name = NULL;
    uint32_t bucket = 0;

    for (ULONG number = 0; number < listing->first; number++)
    {
        name = next_name(directory, &bucket, name);
    }
    for (ULONG number = 0; number < listing->listed; number++)
    {
        const char *type;

        name = next_name(directory, &bucket, name);
        type = name->header->type->name;
        write_text(&entry[number].name, &texts, name->text.Buffer, NULL, name->text.Length / sizeof(WCHAR));
        write_text(&entry[number].type, &texts, NULL, type, strlen(type));
    }
    memset(&entry[listing->listed], 0, sizeof(*entry));
}

/* Lists names from the first-th on, as many as fit or just one. Names lock held. */
static NTSTATUS list_names(struct listing *listing, const struct object_directory *directory, bool single, void *buffer,
                           size_t *ret_needed)
{
    const struct object_name *name = NULL;
    uint32_t bucket = 0;
    bool more = true;

    for (ULONG number = 0; number <= listing->first; number++)
    {
        name = next_name(directory, &bucket, name);
        if (name == NULL)
        {
            return STATUS_NO_MORE_ENTRIES;
        }
    }
    *ret_needed = 2 * sizeof(struct directory_information) + entry_texts(name);
    while (name != NULL && more && !(single && listing->listed == 1))
    {
        more = listing_add(listing, name);
        name = more ? next_name(directory, &bucket, name) : name;
    }
    if (listing->listed == 0)
    {
        return single ? STATUS_BUFFER_TOO_SMALL : STATUS_MORE_ENTRIES;
    }
    listing_write(listing, directory, buffer);
    *ret_needed = (listing->listed + 1) * sizeof(struct directory_information) + listing->texts;
    return name != NULL && !single ? STATUS_MORE_ENTRIES : STATUS_SUCCESS;
}

static NTSTATUS directory_query(struct object_directory *directory, bool single, void *buffer, ULONG length, PULONG context,
                                PULONG ret_length)
{
    struct listing listing = {.first = *context, .length = length};
    size_t needed = 0;
    NTSTATUS status;

    platform_mutex_lock(&machine()->objects.names);
    status = list_names(&listing, directory, single, buffer, &needed);
    platform_mutex_unlock(&machine()->objects.names);
    *context += listing.listed;
    if (ret_length != NULL)
    {
        *ret_length = (ULONG)needed;
    }
    return status;
}

/*
 * Published entry points.
 */
NTSTATUS ZwCreateDirectoryObject(PHANDLE DirectoryHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes)
{
    return directory_object_create(ObjectAttributes, DesiredAccess, DirectoryHandle);
}

NTSTATUS ZwOpenDirectoryObject(PHANDLE DirectoryHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes)
{
    return object_open(&directory_type, ObjectAttributes, DesiredAccess, DirectoryHandle);
}

NTSTATUS ZwQueryDirectoryObject(HANDLE DirectoryHandle, PVOID Buffer, ULONG Length, BOOLEAN ReturnSingleEntry,
                                BOOLEAN RestartScan, PULONG Context, PULONG ReturnLength)
{
    void *directory;
    NTSTATUS status = handle_lookup(DirectoryHandle, &directory_type, 0, &directory);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (RestartScan)
    {
        *Context = 0;
    }
    status = directory_query(directory, ReturnSingleEntry, Buffer, Length, Context, ReturnLength);
    object_release(directory);
    return status;
}

NTSTATUS ZwCreateSymbolicLinkObject(PHANDLE SymbolicLinkHandle, ACCESS_MASK DesiredAccess,
                                    POBJECT_ATTRIBUTES ObjectAttributes, PUNICODE_STRING TargetName)
{
    return link_object_create(ObjectAttributes, DesiredAccess, TargetName, SymbolicLinkHandle);
}

NTSTATUS ZwOpenSymbolicLinkObject(PHANDLE LinkHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes)
{
    return object_open(&link_type, ObjectAttributes, DesiredAccess, LinkHandle);
}

NTSTATUS ZwQuerySymbolicLinkObject(HANDLE LinkHandle, PUNICODE_STRING LinkTarget, PULONG ReturnedLength)
{
    void *link;
    NTSTATUS status = handle_lookup(LinkHandle, &link_type, 0, &link);

    if (NT_SUCCESS(status))
    {
        status = copy_target(&((struct object_link *)link)->target, LinkTarget, ReturnedLength);
        object_release(link);
    }
    return status;
}
