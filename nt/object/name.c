/* SPDX-License-Identifier: MIT */
/*
 * Directories: hashed names of bodies. Names compare without regard to case.
 */
#include <string.h>

#include "nt/machine.h"
#include "nt/object/manager.h"
#include "nt/rtl/string.h"

#define FIRST_BUCKETS 16

static uint32_t hash_of(const UNICODE_STRING *text)
{
    uint32_t hash = 2166136261u;

    for (size_t unit = 0; unit < text->Length / sizeof(WCHAR); unit++)
    {
        hash = (hash ^ string_upcase(text->Buffer[unit])) * 16777619u;
    }
    return hash ^ (hash >> 15);
}

static struct object_name **bucket_of(struct object_directory *directory, uint32_t hash)
{
    return &directory->buckets[hash & (directory->bucket_count - 1)];
}

struct object_name *name_find(struct object_directory *directory, const UNICODE_STRING *text)
{
    uint32_t hash = hash_of(text);
    struct object_name *name = *bucket_of(directory, hash);

    while (name != NULL && (name->hash != hash || !RtlEqualUnicodeString(&name->text, text, TRUE)))
    {
        name = name->next;
    }
    return name;
}

/* How many units of the text come before the last back slash; the whole when there is none. */
static size_t units_before_last_separator(const UNICODE_STRING *text)
{
    size_t unit = text->Length / sizeof(WCHAR);

    while (unit > 0 && text->Buffer[unit - 1] != OBJ_NAME_PATH_SEPARATOR)
    {
        unit--;
    }
    return unit == 0 ? text->Length / sizeof(WCHAR) : unit - 1;
}

/*
 * The name that the path begins with. That is its first part, unless the directory has names that hold back slashes, as the
 * names of device interfaces with a reference string do: then the longest one.
 */
struct object_name *name_find_longest(struct object_directory *directory, const UNICODE_STRING *path)
{
    UNICODE_STRING text = *path;
    size_t first = 0;

    while (first < path->Length / sizeof(WCHAR) && path->Buffer[first] != OBJ_NAME_PATH_SEPARATOR)
    {
        first++;
    }
    while (directory->compound != 0 && text.Length / sizeof(WCHAR) > first)
    {
        struct object_name *name = name_find(directory, &text);

        if (name != NULL)
        {
            return name;
        }
        text.Length = (USHORT)(units_before_last_separator(&text) * sizeof(WCHAR));
    }
    text.Length = (USHORT)(first * sizeof(WCHAR));
    return name_find(directory, &text);
}

static void directory_resize(struct object_directory *directory, uint32_t count)
{
    struct object_name **old = directory->buckets;
    uint32_t old_count = directory->bucket_count;
    struct object_name **buckets = platform_zalloc(count * sizeof(struct object_name *));

    if (buckets == NULL)
    {
        /* Lookups get slower, nothing else. */
        return;
    }
    directory->buckets = buckets;
    directory->bucket_count = count;
    for (uint32_t index = 0; index < old_count; index++)
    {
        while (old[index] != NULL)
        {
            struct object_name *name = old[index];
            struct object_name **bucket = bucket_of(directory, name->hash);

            old[index] = name->next;
            name->next = *bucket;
            *bucket = name;
        }
    }
    platform_free(old, old_count * sizeof(struct object_name *));
}

NTSTATUS name_create(const UNICODE_STRING *text, struct object_name **ret_name)
{
    struct object_name *name = platform_zalloc(sizeof(*name) + text->Length);

    *ret_name = name;
    if (name == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    memcpy(name->units, text->Buffer, text->Length);
    name->text.Buffer = name->units;
    name->text.Length = text->Length;
    name->text.MaximumLength = text->Length;
    name->hash = hash_of(text);
    for (size_t unit = 0; unit < text->Length / sizeof(WCHAR); unit++)
    {
        name->compound |= text->Buffer[unit] == OBJ_NAME_PATH_SEPARATOR;
    }
    return STATUS_SUCCESS;
}

void name_free(struct object_name *name)
{
    platform_free(name, sizeof(*name) + name->text.Length);
}

void name_insert(struct object_directory *directory, struct object_name *name, struct object_header *header)
{
    struct object_name **bucket;

    if (directory->count >= 2 * directory->bucket_count)
    {
        directory_resize(directory, 2 * directory->bucket_count);
    }
    bucket = bucket_of(directory, name->hash);
    name->next = *bucket;
    *bucket = name;
    name->header = header;
    name->directory = directory;
    platform_atomic_store(&header->name, name);
    directory->count++;
    directory->compound += name->compound;
    object_reference(directory);
}

/* The caller frees the name and releases its directory, without the lock. */
void name_remove(struct object_name *name)
{
    struct object_name **link = bucket_of(name->directory, name->hash);

    while (*link != name)
    {
        link = &(*link)->next;
    }
    *link = name->next;
    platform_atomic_store(&name->header->name, NULL);
    name->directory->count--;
    name->directory->compound -= name->compound;
}

NTSTATUS directory_create(struct object_directory **ret_directory)
{
    void *body;
    NTSTATUS status = object_create(&directory_type, sizeof(struct object_directory), &body);

    *ret_directory = body;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    (*ret_directory)->buckets = platform_zalloc(FIRST_BUCKETS * sizeof(struct object_name *));
    (*ret_directory)->bucket_count = FIRST_BUCKETS;
    if ((*ret_directory)->buckets == NULL)
    {
        object_release(body);
        *ret_directory = NULL;
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    return STATUS_SUCCESS;
}

static void directory_delete(void *body)
{
    struct object_directory *directory = body;

    if (directory->buckets != NULL)
    {
        platform_free(directory->buckets, directory->bucket_count * sizeof(struct object_name *));
    }
}

const struct object_type directory_type = {
    .name = "Directory",
    .mapping = {STANDARD_RIGHTS_READ | DIRECTORY_QUERY | DIRECTORY_TRAVERSE,
                STANDARD_RIGHTS_WRITE | DIRECTORY_CREATE_OBJECT | DIRECTORY_CREATE_SUBDIRECTORY,
                STANDARD_RIGHTS_EXECUTE | DIRECTORY_QUERY | DIRECTORY_TRAVERSE, DIRECTORY_ALL_ACCESS},
    .valid_access = DIRECTORY_ALL_ACCESS,
    .delete = directory_delete,
};
