/* SPDX-License-Identifier: MIT */
/*
 * The driver database.
 */
#include "nt/pnp/database.h"

#include <string.h>

#include "nt/include/um/cfg.h"
#include "nt/pnp/resource.h"
#include "nt/rtl/string.h"

enum entry_kind
{
    ENTRY_MATCH = DEVNODE_FILTER_COUNT,
    ENTRY_RESOURCES,
};

struct entry
{
    LIST_ENTRY link;
    /* A filter's kind, or one of the above. */
    unsigned kind;
    uint32_t hash;
    /* An identifier, an instance path, or the name of a class. */
    UNICODE_STRING key;
    UNICODE_STRING service;
    UNICODE_STRING class_name;
    PCM_RESOURCE_LIST raw;
    PCM_RESOURCE_LIST translated;
};

static void entry_free(struct entry *entry)
{
    string_free(&entry->key);
    string_free(&entry->service);
    string_free(&entry->class_name);
    if (entry->raw != NULL)
    {
        ExFreePool(entry->raw);
    }
    if (entry->translated != NULL)
    {
        ExFreePool(entry->translated);
    }
    platform_free(entry, sizeof(*entry));
}

static NTSTATUS copy_text(const char *text, UNICODE_STRING *ret_copy)
{
    return text == NULL ? STATUS_SUCCESS : string_from_utf8(text, ret_copy);
}

static NTSTATUS entry_create(unsigned kind, const char *key, const char *service, const char *class_name,
                             struct entry **ret_entry)
{
    struct entry *entry = platform_zalloc(sizeof(*entry));
    NTSTATUS status = entry == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;

    if (NT_SUCCESS(status))
    {
        entry->kind = kind;
        status = copy_text(key, &entry->key);
    }
    if (NT_SUCCESS(status))
    {
        status = copy_text(service, &entry->service);
    }
    if (NT_SUCCESS(status))
    {
        status = copy_text(class_name, &entry->class_name);
    }
    if (!NT_SUCCESS(status))
    {
        if (entry != NULL)
        {
            entry_free(entry);
        }
        return status;
    }
    entry->hash = node_hash(&entry->key);
    *ret_entry = entry;
    return STATUS_SUCCESS;
}

/* The caller holds the database's lock. */
static struct entry *find_entry(unsigned kind, const UNICODE_STRING *key)
{
    uint32_t hash = node_hash(key);

    for (PLIST_ENTRY link = pnp()->database_entries.Flink; link != &pnp()->database_entries; link = link->Flink)
    {
        struct entry *entry = CONTAINING_RECORD(link, struct entry, link);

        if (entry->kind == kind && entry->hash == hash && RtlEqualUnicodeString(&entry->key, key, TRUE))
        {
            return entry;
        }
    }
    return NULL;
}

static void add_entry(struct entry *entry, bool replaces)
{
    struct entry *old;

    platform_mutex_lock(&pnp()->database);
    old = replaces ? find_entry(entry->kind, &entry->key) : NULL;
    if (old != NULL)
    {
        RemoveEntryList(&old->link);
    }
    InsertTailList(&pnp()->database_entries, &entry->link);
    platform_mutex_unlock(&pnp()->database);
    if (old != NULL)
    {
        entry_free(old);
    }
}

NTSTATUS devnode_add_match(const char *identifier, const char *service, const char *class_name)
{
    struct entry *entry;
    NTSTATUS status = entry_create(ENTRY_MATCH, identifier, service, class_name, &entry);

    if (NT_SUCCESS(status))
    {
        add_entry(entry, true);
    }
    return status;
}

NTSTATUS devnode_add_filter(enum devnode_filter kind, const char *identifier_or_class, const char *service)
{
    struct entry *entry;
    NTSTATUS status;

    if (kind >= DEVNODE_FILTER_COUNT)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = entry_create(kind, identifier_or_class, service, NULL, &entry);
    if (NT_SUCCESS(status))
    {
        add_entry(entry, false);
    }
    return status;
}

NTSTATUS devnode_set_resources(const char *identifier, const CM_RESOURCE_LIST *raw, const CM_RESOURCE_LIST *translated)
{
    struct entry *entry;
    NTSTATUS status = entry_create(ENTRY_RESOURCES, identifier, NULL, NULL, &entry);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (raw != NULL)
    {
        entry->raw = resource_list_copy(raw);
        entry->translated = resource_list_copy(translated == NULL ? raw : translated);
        if (entry->raw == NULL || entry->translated == NULL)
        {
            entry_free(entry);
            return STATUS_INSUFFICIENT_RESOURCES;
        }
    }
    add_entry(entry, true);
    return STATUS_SUCCESS;
}

void devnode_set_driver_loader(devnode_driver_loader *loader, void *context)
{
    platform_mutex_lock(&pnp()->database);
    pnp()->loader = loader;
    pnp()->loader_context = context;
    platform_mutex_unlock(&pnp()->database);
}

void devnode_clear_database(void)
{
    LIST_ENTRY old;

    InitializeListHead(&old);
    platform_mutex_lock(&pnp()->database);
    while (!IsListEmpty(&pnp()->database_entries))
    {
        InsertTailList(&old, RemoveHeadList(&pnp()->database_entries));
    }
    platform_mutex_unlock(&pnp()->database);
    while (!IsListEmpty(&old))
    {
        entry_free(CONTAINING_RECORD(RemoveHeadList(&old), struct entry, link));
    }
}

/*
 * Looking up a devnode. The best match comes first: the instance path, then its hardware identifiers from the most to the least
 * specific, then its compatible ones.
 */

struct identifier_walk
{
    const struct devnode *devnode;
    unsigned list;
    size_t unit;
};

static bool next_of_list(const UNICODE_STRING *list, size_t *unit, UNICODE_STRING *ret_identifier)
{
    size_t units = list->Length / sizeof(WCHAR);
    size_t start = *unit;
    size_t end = start;

    while (end < units && list->Buffer[end] != 0)
    {
        end++;
    }
    if (end == start)
    {
        return false;
    }
    *ret_identifier = (UNICODE_STRING){.Length = (USHORT)((end - start) * sizeof(WCHAR)),
                                       .MaximumLength = (USHORT)((end - start) * sizeof(WCHAR)),
                                       .Buffer = list->Buffer + start};
    *unit = end + 1;
    return true;
}

static bool next_identifier(struct identifier_walk *walk, UNICODE_STRING *ret_identifier)
{
    const UNICODE_STRING *lists[] = {&walk->devnode->hardware_ids, &walk->devnode->compatible_ids};

    if (walk->list == 0)
    {
        walk->list++;
        *ret_identifier = walk->devnode->instance;
        return true;
    }
    while (walk->list <= ARRAYSIZE(lists))
    {
        if (next_of_list(lists[walk->list - 1], &walk->unit, ret_identifier))
        {
            return true;
        }
        walk->list++;
        walk->unit = 0;
    }
    return false;
}

/* The caller holds the database's lock. */
static struct entry *find_best(const struct devnode *devnode, unsigned kind)
{
    struct identifier_walk walk = {.devnode = devnode};
    struct entry *best = NULL;
    UNICODE_STRING identifier;

    while (best == NULL && next_identifier(&walk, &identifier))
    {
        best = find_entry(kind, &identifier);
    }
    return best;
}

static NTSTATUS copy_list(const CM_RESOURCE_LIST *list, PCM_RESOURCE_LIST *ret_copy)
{
    *ret_copy = list == NULL ? NULL : resource_list_copy(list);
    return list != NULL && *ret_copy == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

NTSTATUS database_resources(struct devnode *devnode, PCM_RESOURCE_LIST *ret_raw, PCM_RESOURCE_LIST *ret_translated)
{
    NTSTATUS status = STATUS_SUCCESS;
    struct entry *entry;

    platform_mutex_lock(&pnp()->database);
    entry = find_best(devnode, ENTRY_RESOURCES);
    if (entry != NULL)
    {
        status = copy_list(entry->raw, ret_raw);
    }
    if (entry != NULL && NT_SUCCESS(status))
    {
        status = copy_list(entry->translated, ret_translated);
    }
    platform_mutex_unlock(&pnp()->database);
    if (!NT_SUCCESS(status) && *ret_raw != NULL)
    {
        ExFreePool(*ret_raw);
        *ret_raw = NULL;
    }
    return status;
}

static NTSTATUS copy_name(const UNICODE_STRING *name, UNICODE_STRING *ret_copy)
{
    return name->Length == 0 ? STATUS_SUCCESS : string_duplicate(name, ret_copy);
}

NTSTATUS database_names(struct devnode *devnode, UNICODE_STRING *ret_service, UNICODE_STRING *ret_class)
{
    NTSTATUS status = STATUS_SUCCESS;
    const struct entry *entry;

    *ret_service = (UNICODE_STRING){0};
    *ret_class = (UNICODE_STRING){0};
    platform_mutex_lock(&pnp()->database);
    entry = find_best(devnode, ENTRY_MATCH);
    if (entry != NULL)
    {
        status = copy_name(&entry->service, ret_service);
    }
    if (entry != NULL && NT_SUCCESS(status))
    {
        status = copy_name(&entry->class_name, ret_class);
    }
    platform_mutex_unlock(&pnp()->database);
    if (!NT_SUCCESS(status))
    {
        string_free(ret_service);
    }
    return status;
}

/*
 * Making a plan: first the names of the services under the lock, then the drivers, which may have to be loaded.
 */

struct service_list
{
    UNICODE_STRING *names;
    size_t count;
    size_t room;
};

static void free_services(struct service_list *list)
{
    for (size_t index = 0; index < list->count; index++)
    {
        string_free(&list->names[index]);
    }
    platform_free(list->names, list->room * sizeof(*list->names));
}

static NTSTATUS add_service(struct service_list *list, const UNICODE_STRING *name)
{
    NTSTATUS status;

    if (list->count == list->room)
    {
        size_t room = list->room == 0 ? 4 : list->room * 2;
        UNICODE_STRING *names = platform_zalloc(room * sizeof(*names));

        if (names == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        if (list->count != 0)
        {
            memcpy(names, list->names, list->count * sizeof(*names));
        }
        platform_free(list->names, list->room * sizeof(*list->names));
        list->names = names;
        list->room = room;
    }
    status = string_duplicate(name, &list->names[list->count]);
    list->count += NT_SUCCESS(status) ? 1 : 0;
    return status;
}

/* Adds the services of the filters of one kind for one key. The caller holds the database's lock. */
static NTSTATUS add_filters_of(struct service_list *list, unsigned kind, const UNICODE_STRING *key)
{
    uint32_t hash = node_hash(key);
    NTSTATUS status = STATUS_SUCCESS;

    for (PLIST_ENTRY link = pnp()->database_entries.Flink; link != &pnp()->database_entries && NT_SUCCESS(status);
         link = link->Flink)
    {
        struct entry *entry = CONTAINING_RECORD(link, struct entry, link);

        if (entry->kind == kind && entry->hash == hash && RtlEqualUnicodeString(&entry->key, key, TRUE))
        {
            status = add_service(list, &entry->service);
        }
    }
    return status;
}

static NTSTATUS add_device_filters(struct service_list *list, const struct devnode *devnode, unsigned kind)
{
    struct identifier_walk walk = {.devnode = devnode};
    NTSTATUS status = STATUS_SUCCESS;
    UNICODE_STRING identifier;

    while (NT_SUCCESS(status) && next_identifier(&walk, &identifier))
    {
        status = add_filters_of(list, kind, &identifier);
    }
    return status;
}

static NTSTATUS add_class_filters(struct service_list *list, const struct entry *match, unsigned kind)
{
    bool has_class = match != NULL && match->class_name.Length != 0;

    return has_class ? add_filters_of(list, kind, &match->class_name) : STATUS_SUCCESS;
}

/* The services below, of, and above the function driver. The caller holds the database's lock. */
static NTSTATUS choose_services(const struct devnode *devnode, struct service_list *below, struct service_list *function,
                                struct service_list *above)
{
    const struct entry *match = find_best(devnode, ENTRY_MATCH);
    NTSTATUS status = add_device_filters(below, devnode, DEVNODE_FILTER_LOWER_DEVICE);

    if (NT_SUCCESS(status))
    {
        status = add_class_filters(below, match, DEVNODE_FILTER_LOWER_CLASS);
    }
    if (NT_SUCCESS(status) && devnode->made_for == NULL && match != NULL)
    {
        status = add_service(function, &match->service);
    }
    if (NT_SUCCESS(status))
    {
        status = add_device_filters(above, devnode, DEVNODE_FILTER_UPPER_DEVICE);
    }
    return NT_SUCCESS(status) ? add_class_filters(above, match, DEVNODE_FILTER_UPPER_CLASS) : status;
}

static NTSTATUS load(const UNICODE_STRING *service, PDRIVER_OBJECT *ret_driver)
{
    devnode_driver_loader *loader;
    void *context;

    platform_mutex_lock(&pnp()->database);
    loader = pnp()->loader;
    context = pnp()->loader_context;
    platform_mutex_unlock(&pnp()->database);
    return loader == NULL ? STATUS_OBJECT_NAME_NOT_FOUND : loader(service, context, ret_driver);
}

static NTSTATUS load_services(struct devnode *devnode, const struct service_list *services, struct stack_plan *plan)
{
    for (size_t index = 0; index < services->count; index++)
    {
        NTSTATUS status = load(&services->names[index], &plan->drivers[plan->count]);

        if (!NT_SUCCESS(status))
        {
            node_set_problem(devnode,
                             status == STATUS_INSUFFICIENT_RESOURCES ? CM_PROB_OUT_OF_MEMORY :
                             status == STATUS_FAILED_DRIVER_ENTRY    ? CM_PROB_FAILED_DRIVER_ENTRY :
                                                                       CM_PROB_DRIVER_FAILED_LOAD,
                             status);
            return status;
        }
        plan->count++;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS load_plan(struct devnode *devnode, const struct service_list *below, const struct service_list *function,
                          const struct service_list *above, struct stack_plan *plan)
{
    NTSTATUS status;

    plan->room = below->count + above->count + 1;
    plan->drivers = platform_zalloc(plan->room * sizeof(*plan->drivers));
    if (plan->drivers == NULL)
    {
        node_set_problem(devnode, CM_PROB_OUT_OF_MEMORY, STATUS_INSUFFICIENT_RESOURCES);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = load_services(devnode, below, plan);
    if (NT_SUCCESS(status) && devnode->made_for != NULL)
    {
        plan->drivers[plan->count++] = devnode->made_for;
    }
    if (NT_SUCCESS(status))
    {
        status = load_services(devnode, function, plan);
    }
    plan->has_function = NT_SUCCESS(status) && plan->count > below->count;
    devnode->driver = plan->has_function ? plan->drivers[plan->count - 1] : NULL;
    return NT_SUCCESS(status) ? load_services(devnode, above, plan) : status;
}

NTSTATUS database_plan(struct devnode *devnode, struct stack_plan *ret_plan)
{
    struct service_list below = {0};
    struct service_list function = {0};
    struct service_list above = {0};
    NTSTATUS status;

    *ret_plan = (struct stack_plan){0};
    platform_mutex_lock(&pnp()->database);
    status = choose_services(devnode, &below, &function, &above);
    platform_mutex_unlock(&pnp()->database);
    if (NT_SUCCESS(status))
    {
        status = load_plan(devnode, &below, &function, &above, ret_plan);
    }
    else
    {
        node_set_problem(devnode, CM_PROB_OUT_OF_MEMORY, status);
    }
    free_services(&below);
    free_services(&function);
    free_services(&above);
    if (!NT_SUCCESS(status))
    {
        database_free_plan(ret_plan);
    }
    return status;
}

void database_free_plan(struct stack_plan *plan)
{
    platform_free(plan->drivers, plan->room * sizeof(*plan->drivers));
    *plan = (struct stack_plan){0};
}
