/* SPDX-License-Identifier: MIT */
/*
 * The table of device interfaces.
 */
#include "nt/pnp/interface.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/machine.h"
#include "nt/object/namespace.h"
#include "nt/pnp/notification.h"
#include "nt/rtl/guid.h"
#include "nt/rtl/string.h"

#define PREFIX_UNITS 4

static struct interface_table *interfaces(void)
{
    return &machine()->interfaces;
}

void interface_table_make(struct interface_table *table)
{
    InitializeListHead(&table->all);
    for (size_t bucket = 0; bucket < INTERFACE_HASH_SIZE; bucket++)
    {
        InitializeListHead(&table->by_name[bucket]);
    }
}

/*
 * Names.
 */

/* \??\ROOT#ECHO#0000#{guid}, and \reference when there is one. */
static NTSTATUS make_name(const struct devnode *devnode, const GUID *class, const UNICODE_STRING *reference,
                          UNICODE_STRING *ret_name)
{
    const UNICODE_STRING *instance = devnode_instance(devnode);
    WCHAR text[GUID_UNITS + 1];
    const WCHAR *parts[] = {L"\\??\\", instance->Buffer, L"#", text, NULL};
    UNICODE_STRING name;
    UNICODE_STRING slashed;
    NTSTATUS status;

    guid_format(class, true, text);
    status = string_join(&name, parts);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    for (size_t unit = PREFIX_UNITS; unit < PREFIX_UNITS + instance->Length / sizeof(WCHAR); unit++)
    {
        if (name.Buffer[unit] == '\\')
        {
            name.Buffer[unit] = '#';
        }
    }
    if (reference == NULL || reference->Length == 0)
    {
        *ret_name = name;
        return STATUS_SUCCESS;
    }
    status = string_concatenate(&name, &STRING_LITERAL(L"\\"), &slashed);
    string_free(&name);
    if (NT_SUCCESS(status))
    {
        status = string_concatenate(&slashed, reference, ret_name);
        string_free(&slashed);
    }
    return status;
}

static bool is_good_reference(const UNICODE_STRING *reference)
{
    for (size_t unit = 0; reference != NULL && unit < reference->Length / sizeof(WCHAR); unit++)
    {
        if (reference->Buffer[unit] == '\\' || reference->Buffer[unit] == '/')
        {
            return false;
        }
    }
    return true;
}

/* \\?\ is how the user flavour writes \??\, and in any case the part behind it is what counts. */
static UNICODE_STRING significant_part(const UNICODE_STRING *name)
{
    UNICODE_STRING part = *name;

    if (name->Length >= PREFIX_UNITS * sizeof(WCHAR) && name->Buffer[0] == '\\' && name->Buffer[3] == '\\')
    {
        part.Buffer += PREFIX_UNITS;
        part.Length = (USHORT)(part.Length - PREFIX_UNITS * sizeof(WCHAR));
    }
    return part;
}

/*
 * The table. Where it says so, the caller holds the lock.
 */

static LIST_ENTRY *bucket_of(const UNICODE_STRING *part)
{
    return &interfaces()->by_name[node_hash(part) % INTERFACE_HASH_SIZE];
}

/* The caller holds the lock. */
static struct interface *find_locked(const UNICODE_STRING *name)
{
    UNICODE_STRING wanted = significant_part(name);
    LIST_ENTRY *bucket = bucket_of(&wanted);

    for (PLIST_ENTRY link = bucket->Flink; link != bucket; link = link->Flink)
    {
        struct interface *interface = CONTAINING_RECORD(link, struct interface, same_hash);
        UNICODE_STRING part = significant_part(&interface->name);

        if (!interface->forgotten && RtlEqualUnicodeString(&part, &wanted, TRUE))
        {
            return interface;
        }
    }
    return NULL;
}

/* The caller holds the lock. Returns whether the memory is to be freed, without the lock. */
static bool release_locked(struct interface *interface)
{
    if (--interface->references != 0)
    {
        return false;
    }
    RemoveEntryList(&interface->link);
    RemoveEntryList(&interface->same_hash);
    return true;
}

static void free_interface(struct interface *interface)
{
    property_clear(&interface->properties);
    string_free(&interface->name);
    devnode_release(interface->devnode);
    platform_free(interface, sizeof(*interface));
}

/* Enters a fresh interface, unless one of its name is there. The caller holds the lock. */
static struct interface *enter_locked(struct interface *fresh)
{
    struct interface *interface = find_locked(&fresh->name);
    UNICODE_STRING part = significant_part(&fresh->name);

    if (interface == NULL)
    {
        InsertTailList(&interfaces()->all, &fresh->link);
        InsertTailList(bucket_of(&part), &fresh->same_hash);
        /* The table's own, until the devnode leaves the tree. */
        fresh->references = 1;
        interface = fresh;
    }
    interface->references++;
    return interface;
}

static NTSTATUS create_interface(struct devnode *devnode, const GUID *class, const UNICODE_STRING *reference,
                                 struct interface **ret_interface)
{
    struct interface *interface = platform_zalloc(sizeof(*interface));
    NTSTATUS status;

    if (interface == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = make_name(devnode, class, reference, &interface->name);
    if (!NT_SUCCESS(status))
    {
        platform_free(interface, sizeof(*interface));
        return status;
    }
    interface->class = *class;
    interface->devnode = devnode;
    devnode_reference(devnode);
    *ret_interface = interface;
    return STATUS_SUCCESS;
}

NTSTATUS interface_register(struct devnode *devnode, const GUID *class, const UNICODE_STRING *reference,
                            struct interface **ret_interface)
{
    struct interface *fresh;
    struct interface *interface;
    NTSTATUS status = is_good_reference(reference) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;

    if (NT_SUCCESS(status))
    {
        status = create_interface(devnode, class, reference, &fresh);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    platform_mutex_lock(&interfaces()->lock);
    interface = enter_locked(fresh);
    platform_mutex_unlock(&interfaces()->lock);
    if (interface != fresh)
    {
        free_interface(fresh);
    }
    *ret_interface = interface;
    return STATUS_SUCCESS;
}

NTSTATUS interface_find(const UNICODE_STRING *name, struct interface **ret_interface)
{
    struct interface *interface;

    platform_mutex_lock(&interfaces()->lock);
    interface = find_locked(name);
    if (interface != NULL)
    {
        interface->references++;
    }
    platform_mutex_unlock(&interfaces()->lock);
    *ret_interface = interface;
    return interface == NULL ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_SUCCESS;
}

void interface_reference(struct interface *interface)
{
    platform_mutex_lock(&interfaces()->lock);
    interface->references++;
    platform_mutex_unlock(&interfaces()->lock);
}

void interface_release(struct interface *interface)
{
    bool last;

    if (interface == NULL)
    {
        return;
    }
    platform_mutex_lock(&interfaces()->lock);
    last = release_locked(interface);
    platform_mutex_unlock(&interfaces()->lock);
    if (last)
    {
        free_interface(interface);
    }
}

/*
 * The state.
 */

bool interface_is_enabled(struct interface *interface)
{
    bool enabled;

    platform_mutex_lock(&interfaces()->lock);
    enabled = interface->enabled;
    platform_mutex_unlock(&interfaces()->lock);
    return enabled;
}

/* Claims the change of state, or says why there is nothing to change. */
static NTSTATUS begin_change(struct interface *interface, bool enabled)
{
    NTSTATUS status = STATUS_SUCCESS;

    platform_mutex_lock(&interfaces()->lock);
    while (interface->changing)
    {
        (void)platform_condition_wait(&interfaces()->changed, &interfaces()->lock, PLATFORM_FOREVER);
    }
    if (interface->enabled == enabled)
    {
        status = enabled ? STATUS_OBJECT_NAME_EXISTS : STATUS_OBJECT_NAME_NOT_FOUND;
    }
    else if (enabled && interface->forgotten)
    {
        status = STATUS_OBJECT_NAME_NOT_FOUND;
    }
    else
    {
        interface->changing = true;
    }
    platform_mutex_unlock(&interfaces()->lock);
    return status;
}

static void end_change(struct interface *interface, bool enabled)
{
    platform_mutex_lock(&interfaces()->lock);
    interface->enabled = enabled;
    interface->changing = false;
    platform_condition_broadcast(&interfaces()->changed);
    platform_mutex_unlock(&interfaces()->lock);
}

/* The reference string in an interface's name with its back slash, empty when there is none: no back slash is in front of it. */
static UNICODE_STRING reference_of(const struct interface *interface)
{
    UNICODE_STRING part = significant_part(&interface->name);

    while (part.Length != 0 && part.Buffer[0] != '\\')
    {
        part.Buffer++;
        part.Length -= sizeof(WCHAR);
    }
    return part;
}

/* Who opens the interface opens the device, with the reference string as the name of the file. */
static NTSTATUS insert_link(const struct interface *interface, PDEVICE_OBJECT pdo)
{
    UNICODE_STRING reference = reference_of(interface);
    UNICODE_STRING target;
    NTSTATUS status;

    if (reference.Length == 0)
    {
        return namespace_insert_link(&interface->name, &devobj_extension(pdo)->name);
    }
    status = string_concatenate(&devobj_extension(pdo)->name, &reference, &target);
    if (NT_SUCCESS(status))
    {
        status = namespace_insert_link(&interface->name, &target);
        string_free(&target);
    }
    return status;
}

static NTSTATUS enable(struct interface *interface, struct notification_post *post)
{
    PDEVICE_OBJECT pdo = devnode_pdo(interface->devnode);
    NTSTATUS status = pdo == NULL ? STATUS_OBJECT_NAME_NOT_FOUND : insert_link(interface, pdo);

    end_change(interface, NT_SUCCESS(status));
    if (NT_SUCCESS(status))
    {
        notification_post_interface(post, interface, NOTIFICATION_INTERFACE_ARRIVAL);
    }
    else
    {
        notification_post_free(post);
    }
    return status;
}

NTSTATUS interface_set_enabled(struct interface *interface, bool enabled)
{
    /* What tells of it is made first, so that nothing can fail afterwards. Disabling must not fail, and waits for memory. */
    struct notification_post *post = notification_post_create(!enabled);
    NTSTATUS status;

    if (post == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = begin_change(interface, enabled);
    if (status != STATUS_SUCCESS)
    {
        notification_post_free(post);
        return status;
    }
    if (enabled)
    {
        return enable(interface, post);
    }
    (void)namespace_remove(&interface->name);
    end_change(interface, false);
    notification_post_interface(post, interface, NOTIFICATION_INTERFACE_REMOVAL);
    return STATUS_SUCCESS;
}

/*
 * Enumeration.
 */

/* The caller holds the lock. */
static bool matches(const struct interface *interface, const GUID *class, const struct devnode *devnode, bool enabled_only)
{
    return !interface->forgotten && (!enabled_only || interface->enabled) &&
           (devnode == NULL || interface->devnode == devnode) &&
           (class == NULL || memcmp(class, &interface->class, sizeof(*class)) == 0);
}

struct interface *interface_next(struct interface *after, const GUID *class, const struct devnode *devnode,
                                 bool enabled_only)
{
    struct interface_table *table = interfaces();
    struct interface *found = NULL;
    bool last = false;

    platform_mutex_lock(&table->lock);
    for (PLIST_ENTRY link = after == NULL ? table->all.Flink : after->link.Flink; link != &table->all && found == NULL;
         link = link->Flink)
    {
        struct interface *interface = CONTAINING_RECORD(link, struct interface, link);

        if (matches(interface, class, devnode, enabled_only))
        {
            interface->references++;
            found = interface;
        }
    }
    if (after != NULL)
    {
        last = release_locked(after);
    }
    platform_mutex_unlock(&table->lock);
    if (last)
    {
        free_interface(after);
    }
    return found;
}

/* Bytes of the list's names without the last zero, which are copied to names unless that is NULL. The caller holds the lock. */
static size_t list_locked(const GUID *class, const struct devnode *devnode, bool enabled_only, char *names)
{
    struct interface_table *table = interfaces();
    size_t bytes = 0;

    for (PLIST_ENTRY link = table->all.Flink; link != &table->all; link = link->Flink)
    {
        const struct interface *interface = CONTAINING_RECORD(link, struct interface, link);

        if (matches(interface, class, devnode, enabled_only))
        {
            if (names != NULL)
            {
                memcpy(names + bytes, interface->name.Buffer, interface->name.Length + sizeof(WCHAR));
            }
            bytes += interface->name.Length + sizeof(WCHAR);
        }
    }
    return bytes;
}

NTSTATUS interface_list_names(const GUID *class, const struct devnode *devnode, bool enabled_only, PWSTR *ret_names,
                              size_t *ret_bytes)
{
    char *names = NULL;
    size_t room = 0;
    size_t bytes;

    for (;;)
    {
        platform_mutex_lock(&interfaces()->lock);
        bytes = list_locked(class, devnode, enabled_only, NULL) + sizeof(WCHAR);
        if (bytes <= room)
        {
            (void)list_locked(class, devnode, enabled_only, names);
        }
        platform_mutex_unlock(&interfaces()->lock);
        if (bytes <= room)
        {
            memset(names + bytes - sizeof(WCHAR), 0, sizeof(WCHAR));
            *ret_names = (PWSTR)(void *)names;
            *ret_bytes = bytes;
            return STATUS_SUCCESS;
        }
        if (names != NULL)
        {
            ExFreePool(names);
        }
        names = ExAllocatePool2(POOL_FLAG_PAGED, bytes, 'fIpP');
        if (names == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        room = bytes;
    }
}

void interface_forget_all(struct devnode *devnode)
{
    struct interface *interface = interface_next(NULL, NULL, devnode, false);

    while (interface != NULL)
    {
        struct interface *next;
        bool first_time;

        (void)interface_set_enabled(interface, false);
        platform_mutex_lock(&interfaces()->lock);
        first_time = !interface->forgotten;
        interface->forgotten = true;
        platform_mutex_unlock(&interfaces()->lock);
        next = interface_next(NULL, NULL, devnode, false);
        interface_release(interface);
        if (first_time)
        {
            interface_release(interface);
        }
        interface = next;
    }
}
