/* SPDX-License-Identifier: MIT */
/*
 * RtlQueryRegistryValues: a table of what to look for, and a routine, or a place, for what is found.
 */
#include <string.h>

#include "nt/registry/key.h"
#include "nt/registry/rtl_registry.h"
#include "nt/rtl/string.h"

/* One walk through a table. */
struct table_walk
{
    /* The key that the path named, and the one that entries look in: a subkey, or the first one again. */
    HANDLE top;
    HANDLE key;
    PVOID context;
    PVOID environment;
    RTL_QUERY_REGISTRY_TABLE *entry;
};

/* A value on its way to a routine or a place: name and data in memory of ours, each with a zero behind. */
struct found
{
    WCHAR *name;
    ULONG type;
    void *data;
    ULONG length;
};

/* Room behind the data for the zero, or two, that strings get. */
#define TERMINATOR (2 * sizeof(WCHAR))

/*
 * Into a place (RTL_QUERY_REGISTRY_DIRECT).
 */

static bool is_string(ULONG type)
{
    return type == REG_SZ || type == REG_EXPAND_SZ || type == REG_MULTI_SZ;
}

/* A counted string; one without a buffer gets one from the pool. */
static NTSTATUS direct_string(const struct found *found, UNICODE_STRING *to)
{
    ULONG length = found->length;

    /* A list keeps both of its zeros; other strings are counted without theirs. */
    if (found->type != REG_MULTI_SZ && length >= sizeof(WCHAR))
    {
        length -= sizeof(WCHAR);
    }
    if (found->length > MAXUSHORT)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    if (to->Buffer == NULL)
    {
        to->Buffer = ExAllocatePool2(POOL_FLAG_PAGED, found->length != 0 ? found->length : sizeof(WCHAR), 'gRlR');
        if (to->Buffer == NULL)
        {
            return STATUS_NO_MEMORY;
        }
        to->MaximumLength = (USHORT)found->length;
    }
    else if (found->length > to->MaximumLength)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    to->Length = (USHORT)length;
    memcpy(to->Buffer, found->data, found->length);
    return STATUS_SUCCESS;
}

/*
 * Other data. What fits into a number is copied as it is. Longer data goes where the place, read as a signed number, says: a
 * negative one is a size, and the data begins there; otherwise its first number is the size of a buffer, and length, type and
 * data follow.
 */
static NTSTATUS direct_bytes(const struct found *found, void *to)
{
    LONG size;
    ULONG header[2] = {found->length, found->type};

    if (found->length <= sizeof(ULONG))
    {
        memcpy(to, found->data, found->length);
        return STATUS_SUCCESS;
    }
    memcpy(&size, to, sizeof(size));
    if (size < 0)
    {
        if (0u - (ULONG)size < found->length)
        {
            return STATUS_BUFFER_TOO_SMALL;
        }
        memcpy(to, found->data, found->length);
        return STATUS_SUCCESS;
    }
    if ((ULONG)size < sizeof(header) || (ULONG)size - sizeof(header) < found->length)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    memcpy(to, header, sizeof(header));
    memcpy((char *)to + sizeof(header), found->data, found->length);
    return STATUS_SUCCESS;
}

/*
 * What is found goes out.
 */

static NTSTATUS deliver_one(const struct table_walk *walk, const struct found *found)
{
    const RTL_QUERY_REGISTRY_TABLE *entry = walk->entry;

    if ((entry->Flags & RTL_QUERY_REGISTRY_DIRECT) == 0)
    {
        return entry->QueryRoutine(found->name, found->type, found->data, found->length, walk->context, entry->EntryContext);
    }
    return is_string(found->type) ? direct_string(found, entry->EntryContext) : direct_bytes(found, entry->EntryContext);
}

/* A list goes to a routine one string at a time, unless the entry says otherwise. */
static NTSTATUS deliver_list(const struct table_walk *walk, const struct found *found)
{
    WCHAR *at = found->data;
    WCHAR *end = at + found->length / sizeof(WCHAR);
    NTSTATUS status = STATUS_SUCCESS;

    while (at < end && *at != 0 && NT_SUCCESS(status))
    {
        struct found one = {.name = found->name, .type = REG_SZ, .data = at};

        while (at < end && *at != 0)
        {
            at++;
        }
        at++;
        one.length = (ULONG)((char *)at - (char *)one.data);
        status = deliver_one(walk, &one);
    }
    return status;
}

/* Variables between percent signs are replaced by what the environment, a block of NAME=text, says. */
static NTSTATUS deliver_expanded(const struct table_walk *walk, const struct found *found)
{
    UNICODE_STRING source;
    UNICODE_STRING expanded;
    struct found result = {.name = found->name, .type = REG_SZ};
    NTSTATUS status;

    RtlInitUnicodeString(&source, found->data);
    status = rtl_registry_expand(walk->environment, &source, &expanded);
    if (NT_SUCCESS(status))
    {
        result.data = expanded.Buffer;
        result.length = expanded.Length + (ULONG)sizeof(WCHAR);
        status = deliver_one(walk, &result);
        string_free(&expanded);
    }
    return status;
}

static NTSTATUS deliver(const struct table_walk *walk, const struct found *found)
{
    ULONG flags = walk->entry->Flags;

    if ((flags & RTL_QUERY_REGISTRY_DIRECT) != 0 && (flags & RTL_QUERY_REGISTRY_TYPECHECK) != 0 &&
        walk->entry->DefaultType >> RTL_QUERY_REGISTRY_TYPECHECK_SHIFT != found->type)
    {
        return STATUS_OBJECT_TYPE_MISMATCH;
    }
    if ((flags & RTL_QUERY_REGISTRY_NOEXPAND) == 0)
    {
        if (found->type == REG_MULTI_SZ && (flags & RTL_QUERY_REGISTRY_DIRECT) == 0)
        {
            return deliver_list(walk, found);
        }
        if (found->type == REG_EXPAND_SZ)
        {
            return deliver_expanded(walk, found);
        }
    }
    return deliver_one(walk, found);
}

/*
 * Finding.
 */

static void found_free(struct found *found, size_t name_size, size_t data_size)
{
    if (found->name != NULL)
    {
        platform_free(found->name, name_size);
    }
    if (found->data != NULL)
    {
        platform_free(found->data, data_size);
    }
}

/* Whether text lacks the zero at its end. Nothing makes a writer store one, and everything behind counts on it. */
static bool is_unterminated(ULONG type, const void *data, ULONG length)
{
    WCHAR last = 0;

    if (!is_string(type) || length == 0)
    {
        return false;
    }
    if (length >= sizeof(last))
    {
        memcpy(&last, (const char *)data + (length & ~1u) - sizeof(last), sizeof(last));
    }
    return length < sizeof(last) || last != 0;
}

/* Copies a value, with zeros behind name and data, and sends it on. */
static NTSTATUS deliver_copy(const struct table_walk *walk, const WCHAR *name, ULONG name_length, ULONG type,
                             const void *data, ULONG length)
{
    size_t name_size = name_length + sizeof(WCHAR);
    size_t data_size = length + TERMINATOR;
    struct found found = {.name = platform_zalloc(name_size), .type = type, .data = platform_zalloc(data_size)};
    NTSTATUS status = STATUS_NO_MEMORY;

    if (found.name != NULL && found.data != NULL)
    {
        memcpy(found.name, name, name_length);
        found.length = length;
        if (length != 0)
        {
            memcpy(found.data, data, length);
        }
        if (is_unterminated(type, data, length))
        {
            found.length = (length & ~1u) + (ULONG)sizeof(WCHAR);
            memset((char *)found.data + (length & ~1u), 0, sizeof(WCHAR));
        }
        status = deliver(walk, &found);
    }
    found_free(&found, name_size, data_size);
    return status;
}

/* The value at a place, or of a name; in a block of *ret_size bytes, for platform_free(). */
static NTSTATUS read_value(HANDLE key, UNICODE_STRING *name, ULONG index, KEY_VALUE_FULL_INFORMATION **ret_value,
                           ULONG *ret_size)
{
    ULONG size = 256;
    ULONG needed;
    NTSTATUS status;

    do
    {
        *ret_value = platform_alloc(size);
        if (*ret_value == NULL)
        {
            return STATUS_NO_MEMORY;
        }
        status = name != NULL ? ZwQueryValueKey(key, name, KeyValueFullInformation, *ret_value, size, &needed) :
                                ZwEnumerateValueKey(key, index, KeyValueFullInformation, *ret_value, size, &needed);
        *ret_size = size;
        if (!NT_SUCCESS(status))
        {
            platform_free(*ret_value, size);
            *ret_value = NULL;
        }
        size = needed;
    } while (status == STATUS_BUFFER_OVERFLOW || status == STATUS_BUFFER_TOO_SMALL);
    return status;
}

static NTSTATUS deliver_value(const struct table_walk *walk, KEY_VALUE_FULL_INFORMATION *value)
{
    const void *data = value->DataLength != 0 ? (char *)value + value->DataOffset : NULL;

    return deliver_copy(walk, value->Name, value->NameLength, value->Type, data, value->DataLength);
}

/* The length of a default that gives none. */
static ULONG default_length(const RTL_QUERY_REGISTRY_TABLE *entry, ULONG type)
{
    const WCHAR *text = entry->DefaultData;
    size_t units = 0;

    if (entry->DefaultLength != 0 || !is_string(type) || text == NULL)
    {
        return entry->DefaultLength;
    }
    while (text[units] != 0 || (type == REG_MULTI_SZ && text[units + 1] != 0))
    {
        units++;
    }
    return (ULONG)((units + (type == REG_MULTI_SZ ? 2 : 1)) * sizeof(WCHAR));
}

/* No such value: the default, if the entry has one. The upper bits of its type are those of the check. */
static NTSTATUS deliver_default(const struct table_walk *walk)
{
    const RTL_QUERY_REGISTRY_TABLE *entry = walk->entry;
    ULONG type = entry->DefaultType & ~RTL_QUERY_REGISTRY_TYPECHECK_MASK;
    UNICODE_STRING name;

    if ((entry->Flags & RTL_QUERY_REGISTRY_REQUIRED) != 0)
    {
        return STATUS_OBJECT_NAME_NOT_FOUND;
    }
    if (type == REG_NONE)
    {
        return STATUS_SUCCESS;
    }
    RtlInitUnicodeString(&name, entry->Name);
    return deliver_copy(walk, name.Buffer, name.Length, type, entry->DefaultData, default_length(entry, type));
}

static NTSTATUS query_named(const struct table_walk *walk)
{
    KEY_VALUE_FULL_INFORMATION *value;
    UNICODE_STRING name;
    ULONG size;
    NTSTATUS status;

    RtlInitUnicodeString(&name, walk->entry->Name);
    status = read_value(walk->key, &name, 0, &value, &size);
    if (status == STATUS_OBJECT_NAME_NOT_FOUND)
    {
        return deliver_default(walk);
    }
    if (NT_SUCCESS(status))
    {
        status = deliver_value(walk, value);
        platform_free(value, size);
    }
    if (NT_SUCCESS(status) && (walk->entry->Flags & RTL_QUERY_REGISTRY_DELETE) != 0)
    {
        status = ZwDeleteValueKey(walk->key, &name);
    }
    return status;
}

/* No name: every value of the key. One that is deleted makes room for the next at the same place. */
static NTSTATUS query_all(const struct table_walk *walk)
{
    bool deletes = (walk->entry->Flags & RTL_QUERY_REGISTRY_DELETE) != 0;
    NTSTATUS status = STATUS_SUCCESS;
    ULONG count = 0;

    while (NT_SUCCESS(status))
    {
        KEY_VALUE_FULL_INFORMATION *value;
        ULONG size;

        status = read_value(walk->key, NULL, deletes ? 0 : count, &value, &size);
        if (!NT_SUCCESS(status))
        {
            break;
        }
        count++;
        status = deliver_value(walk, value);
        if (NT_SUCCESS(status) && deletes)
        {
            UNICODE_STRING name = {(USHORT)value->NameLength, (USHORT)value->NameLength, value->Name};

            status = ZwDeleteValueKey(walk->key, &name);
        }
        platform_free(value, size);
    }
    if (status == STATUS_NO_MORE_ENTRIES)
    {
        status = count == 0 && (walk->entry->Flags & RTL_QUERY_REGISTRY_REQUIRED) != 0 ? STATUS_OBJECT_NAME_NOT_FOUND :
                                                                                         STATUS_SUCCESS;
    }
    return status;
}

/* The routine is called once, with nothing: the entry only marks a place in the table. */
static NTSTATUS query_nothing(const struct table_walk *walk)
{
    const RTL_QUERY_REGISTRY_TABLE *entry = walk->entry;

    return entry->QueryRoutine(NULL, REG_NONE, NULL, 0, walk->context, entry->EntryContext);
}

/*
 * The table.
 */

static void leave_subkey(struct table_walk *walk)
{
    if (walk->key != walk->top)
    {
        (void)handle_close(walk->key);
        walk->key = walk->top;
    }
}

static NTSTATUS enter_subkey(struct table_walk *walk)
{
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;
    HANDLE subkey;
    NTSTATUS status;

    leave_subkey(walk);
    if (walk->entry->Name == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    RtlInitUnicodeString(&name, walk->entry->Name);
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, walk->top, NULL);
    status = ZwOpenKey(&subkey, MAXIMUM_ALLOWED, &attributes);
    if (NT_SUCCESS(status))
    {
        walk->key = subkey;
        /* A routine with the subkey hears of all its values. */
        return walk->entry->QueryRoutine != NULL ? query_all(walk) : status;
    }
    return status;
}

/* Combinations that mean nothing. */
static bool is_valid(const RTL_QUERY_REGISTRY_TABLE *entry)
{
    ULONG flags = entry->Flags;
    ULONG direct_excludes = RTL_QUERY_REGISTRY_SUBKEY;

    if ((flags & RTL_QUERY_REGISTRY_DIRECT) != 0)
    {
        return entry->Name != NULL && entry->EntryContext != NULL && entry->QueryRoutine == NULL &&
               (flags & direct_excludes) == 0;
    }
    return entry->QueryRoutine != NULL || (flags & (RTL_QUERY_REGISTRY_SUBKEY | RTL_QUERY_REGISTRY_TOPKEY)) != 0;
}

static NTSTATUS query_entry(struct table_walk *walk)
{
    const RTL_QUERY_REGISTRY_TABLE *entry = walk->entry;

    if (!is_valid(entry))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if ((entry->Flags & RTL_QUERY_REGISTRY_TOPKEY) != 0)
    {
        leave_subkey(walk);
    }
    if ((entry->Flags & RTL_QUERY_REGISTRY_SUBKEY) != 0)
    {
        return enter_subkey(walk);
    }
    if (entry->QueryRoutine == NULL && (entry->Flags & RTL_QUERY_REGISTRY_DIRECT) == 0)
    {
        return STATUS_SUCCESS;
    }
    if ((entry->Flags & RTL_QUERY_REGISTRY_NOVALUE) != 0)
    {
        return query_nothing(walk);
    }
    return entry->Name != NULL ? query_named(walk) : query_all(walk);
}

/*
 * Published entry points.
 */
NTSTATUS RtlQueryRegistryValues(ULONG RelativeTo, PCWSTR Path, PRTL_QUERY_REGISTRY_TABLE QueryTable, PVOID Context,
                                PVOID Environment)
{
    struct table_walk walk = {.context = Context, .environment = Environment, .entry = QueryTable};
    bool is_ours;
    NTSTATUS status = rtl_registry_open(RelativeTo, Path, MAXIMUM_ALLOWED, false, &walk.top, &is_ours);

    if (!NT_SUCCESS(status))
    {
        return (RelativeTo & RTL_REGISTRY_OPTIONAL) != 0 && status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_SUCCESS : status;
    }
    walk.key = walk.top;
    /* The table ends with an entry that has neither a routine nor a flag that does without. */
    while (NT_SUCCESS(status) && (walk.entry->QueryRoutine != NULL ||
                                  (walk.entry->Flags & (RTL_QUERY_REGISTRY_SUBKEY | RTL_QUERY_REGISTRY_DIRECT)) != 0))
    {
        status = query_entry(&walk);
        walk.entry++;
    }
    leave_subkey(&walk);
    rtl_registry_close(walk.top, is_ours);
    return status;
}
