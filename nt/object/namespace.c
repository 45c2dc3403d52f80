/* SPDX-License-Identifier: MIT */
/*
 * The object namespace: a list of full names, each a device or a link.
 */
#include "nt/object/namespace.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/machine.h"
#include "nt/rtl/string.h"

#define NAMESPACE_MAXIMUM_LINKS 16

struct name_entry
{
    LIST_ENTRY link;
    UNICODE_STRING name;
    PDEVICE_OBJECT device;
    UNICODE_STRING target;
    /* What the observer calls a link in the folder that nodes are made for; NULL for all other names. */
    char *node;
};

static const UNICODE_STRING dos_folder = {8, 10, (PWCH)L"\\??\\"};

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
    return name->Length >= sizeof(WCHAR) && name->Buffer[0] == '\\';
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

/* Writes the canonical spelling of a name into memory of its own: \??\ for each of its spellings. */
static NTSTATUS canonical_name(const UNICODE_STRING *name, UNICODE_STRING *ret_canonical)
{
    UNICODE_STRING rest;

    memset(ret_canonical, 0, sizeof(*ret_canonical));
    if (!is_well_formed(name))
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    return dos_part(name, &rest) ? string_concatenate(&dos_folder, &rest, ret_canonical) :
                                   string_duplicate(name, ret_canonical);
}

/* Compares without memory of its own, because what removes a name must not fail. */
static bool is_same_name(const UNICODE_STRING *one, const UNICODE_STRING *other)
{
    UNICODE_STRING one_rest;
    UNICODE_STRING other_rest;
    bool one_is_dos = dos_part(one, &one_rest);
    bool other_is_dos = dos_part(other, &other_rest);

    return one_is_dos == other_is_dos && RtlEqualUnicodeString(&one_rest, &other_rest, TRUE);
}

/* The name may have any spelling. The caller holds the names lock. */
static struct name_entry *find_exact(const UNICODE_STRING *name)
{
    for (PLIST_ENTRY link = machine()->name_list.Flink; link != &machine()->name_list; link = link->Flink)
    {
        struct name_entry *entry = CONTAINING_RECORD(link, struct name_entry, link);

        if (is_same_name(&entry->name, name))
        {
            return entry;
        }
    }
    return NULL;
}

/* The entry whose name is the path, or the longest one that the path continues with a back slash. Names lock held. */
static struct name_entry *find_longest(const UNICODE_STRING *path)
{
    struct name_entry *best = NULL;

    for (PLIST_ENTRY link = machine()->name_list.Flink; link != &machine()->name_list; link = link->Flink)
    {
        struct name_entry *entry = CONTAINING_RECORD(link, struct name_entry, link);
        size_t units = entry->name.Length / sizeof(WCHAR);
        bool whole = entry->name.Length == path->Length;

        if (string_has_prefix(path, &entry->name) && (whole || path->Buffer[units] == '\\') &&
            (best == NULL || entry->name.Length > best->name.Length))
        {
            best = entry;
        }
    }
    return best;
}

static void entry_free(struct name_entry *entry)
{
    string_free(&entry->name);
    string_free(&entry->target);
    string_free_utf8(entry->node);
    platform_free(entry, sizeof(*entry));
}

/* The caller holds the observing lock. */
static void tell_observer(enum namespace_event event, const struct name_entry *entry)
{
    if (machine()->observer != NULL && entry->node != NULL)
    {
        machine()->observer(event, entry->node, machine()->observer_context);
    }
}

/* Nodes are made for links in one folder. The text is made with the entry, because what removes a name must not fail. */
static NTSTATUS name_node(struct name_entry *entry)
{
    UNICODE_STRING rest;

    if (entry->target.Buffer == NULL || !dos_part(&entry->name, &rest))
    {
        return STATUS_SUCCESS;
    }
    entry->node = string_to_utf8(&rest);
    return entry->node != NULL ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

static NTSTATUS insert(const UNICODE_STRING *name, PDEVICE_OBJECT device, const UNICODE_STRING *target)
{
    struct name_entry *entry = platform_zalloc(sizeof(*entry));
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

    if (entry == NULL)
    {
        return status;
    }
    entry->device = device;
    status = canonical_name(name, &entry->name);
    if (NT_SUCCESS(status) && target != NULL)
    {
        status = canonical_name(target, &entry->target);
    }
    if (NT_SUCCESS(status))
    {
        status = name_node(entry);
    }
    platform_mutex_lock(&machine()->observing);
    platform_mutex_lock(&machine()->names);
    if (NT_SUCCESS(status) && find_exact(&entry->name) != NULL)
    {
        status = STATUS_OBJECT_NAME_COLLISION;
    }
    if (NT_SUCCESS(status))
    {
        InsertTailList(&machine()->name_list, &entry->link);
    }
    platform_mutex_unlock(&machine()->names);
    if (NT_SUCCESS(status))
    {
        tell_observer(NAMESPACE_LINK_ADDED, entry);
    }
    platform_mutex_unlock(&machine()->observing);
    if (!NT_SUCCESS(status))
    {
        entry_free(entry);
    }
    return status;
}

NTSTATUS namespace_insert_device(const UNICODE_STRING *name, PDEVICE_OBJECT device)
{
    return insert(name, device, NULL);
}

NTSTATUS namespace_insert_link(const UNICODE_STRING *name, const UNICODE_STRING *target)
{
    return insert(name, NULL, target);
}

NTSTATUS namespace_remove(const UNICODE_STRING *name)
{
    struct name_entry *entry;

    if (!is_well_formed(name))
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    platform_mutex_lock(&machine()->observing);
    platform_mutex_lock(&machine()->names);
    entry = find_exact(name);
    if (entry != NULL)
    {
        RemoveEntryList(&entry->link);
    }
    platform_mutex_unlock(&machine()->names);
    if (entry != NULL)
    {
        tell_observer(NAMESPACE_LINK_REMOVED, entry);
    }
    platform_mutex_unlock(&machine()->observing);
    if (entry != NULL)
    {
        entry_free(entry);
    }
    return entry != NULL ? STATUS_SUCCESS : STATUS_OBJECT_NAME_NOT_FOUND;
}

/* Follows links from path. Names lock held; on success the device is referenced and *rest_units tells what is left. */
static NTSTATUS follow(const UNICODE_STRING *path, PDEVICE_OBJECT *ret_device, size_t *rest_units)
{
    UNICODE_STRING at = *path;
    struct name_entry *entry = NULL;

    for (int depth = 0; depth < NAMESPACE_MAXIMUM_LINKS; depth++)
    {
        entry = find_longest(&at);
        if (entry == NULL)
        {
            return STATUS_OBJECT_NAME_NOT_FOUND;
        }
        if (depth == 0)
        {
            *rest_units = (size_t)(path->Length - entry->name.Length) / sizeof(WCHAR);
        }
        if (entry->device != NULL)
        {
            devobj_reference(entry->device);
            *ret_device = entry->device;
            return STATUS_SUCCESS;
        }
        at = entry->target;
    }
    return STATUS_OBJECT_NAME_INVALID;
}

NTSTATUS namespace_resolve(const UNICODE_STRING *path, PDEVICE_OBJECT *ret_device, UNICODE_STRING *ret_rest)
{
    UNICODE_STRING canonical;
    size_t rest_units = 0;
    NTSTATUS status = canonical_name(path, &canonical);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    platform_mutex_lock(&machine()->names);
    status = follow(&canonical, ret_device, &rest_units);
    platform_mutex_unlock(&machine()->names);
    string_free(&canonical);
    if (NT_SUCCESS(status))
    {
        ret_rest->Length = (USHORT)(rest_units * sizeof(WCHAR));
        ret_rest->MaximumLength = ret_rest->Length;
        ret_rest->Buffer = path->Buffer + path->Length / sizeof(WCHAR) - rest_units;
    }
    return status;
}

void namespace_observe(namespace_observer *observer, void *context)
{
    platform_mutex_lock(&machine()->observing);
    machine()->observer = observer;
    machine()->observer_context = context;
    for (PLIST_ENTRY link = machine()->name_list.Flink; link != &machine()->name_list; link = link->Flink)
    {
        tell_observer(NAMESPACE_LINK_ADDED, CONTAINING_RECORD(link, struct name_entry, link));
    }
    platform_mutex_unlock(&machine()->observing);
}

/*
 * Published entry points.
 */
NTSTATUS IoCreateSymbolicLink(PUNICODE_STRING SymbolicLinkName, PUNICODE_STRING DeviceName)
{
    return namespace_insert_link(SymbolicLinkName, DeviceName);
}

NTSTATUS IoDeleteSymbolicLink(PUNICODE_STRING SymbolicLinkName)
{
    return namespace_remove(SymbolicLinkName);
}
