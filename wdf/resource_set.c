/* SPDX-License-Identifier: MIT */
/*
 * Lists of resource descriptors: memory and order.
 */
#include "wdf/resource_set.h"

#include <string.h>

struct resource_set *resource_set_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct resource_set, object);
}

static void free_item(struct resource_item *item)
{
    platform_free(item, sizeof(*item));
}

void resource_set_clear(struct resource_set *set)
{
    while (resource_set_remove(set, 0))
    {
    }
}

static void destroy(struct object *object)
{
    struct resource_set *set = resource_set_of(object);

    resource_set_clear(set);
    platform_free(set->items, set->room * sizeof(*set->items));
}

const struct object_class resource_list_class = {
    .name = "WDFCMRESLIST",
    .type = OBJECT_RESOURCE_LIST,
    .size = sizeof(struct resource_set),
    .destroy = destroy,
};

const struct object_class io_resource_list_class = {
    .name = "WDFIORESLIST",
    .type = OBJECT_IO_RESOURCE_LIST,
    .size = sizeof(struct resource_set),
    .destroy = destroy,
};

const struct object_class io_requirements_class = {
    .name = "WDFIORESREQLIST",
    .type = OBJECT_IO_REQUIREMENTS_LIST,
    .size = sizeof(struct resource_set),
    .destroy = destroy,
};

NTSTATUS resource_set_create(struct object *parent, const struct object_class *class, PWDF_OBJECT_ATTRIBUTES attributes,
                             enum resource_access access, struct resource_set **ret_set)
{
    struct object *object = wdfobj_allocate(parent->globals, class, attributes, parent);
    NTSTATUS status;

    *ret_set = NULL;
    if (object == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    resource_set_of(object)->access = access;
    status = wdfobj_publish(object, parent, NULL);
    *ret_set = NT_SUCCESS(status) ? resource_set_of(object) : NULL;
    return status;
}

bool resource_set_allows(const struct resource_set *set, enum resource_access access)
{
    const struct resource_set *whole = set->requirements == NULL ? set : set->requirements;

    return ((unsigned)whole->access & (unsigned)access) != 0;
}

ULONG resource_set_count(struct resource_set *set)
{
    ULONG count;

    platform_spinlock_lock(&set->lock);
    count = set->count;
    platform_spinlock_unlock(&set->lock);
    return count;
}

/* Memory is made without the lock, and thrown away when somebody else has made some meanwhile. */
static bool make_room(struct resource_set *set)
{
    uint32_t room = set->room == 0 ? 8 : set->room * 2;
    struct resource_item **items;
    struct resource_item **old;
    uint32_t old_room;

    if (set->count < set->room)
    {
        return true;
    }
    items = platform_alloc(room * sizeof(*items));
    if (items == NULL)
    {
        return false;
    }
    platform_spinlock_lock(&set->lock);
    old = set->items;
    old_room = set->room;
    if (old_room < room)
    {
        if (set->count != 0)
        {
            memcpy(items, old, set->count * sizeof(*items));
        }
        set->items = items;
        set->room = room;
    }
    else
    {
        old = items;
        old_room = room;
    }
    platform_spinlock_unlock(&set->lock);
    platform_free(old, old_room * sizeof(*old));
    return true;
}

NTSTATUS resource_set_insert(struct resource_set *set, const struct resource_item *item, ULONG index)
{
    struct resource_item *copy = platform_alloc(sizeof(*copy));
    NTSTATUS status = copy == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_RETRY;

    if (copy != NULL)
    {
        *copy = *item;
    }
    while (status == STATUS_RETRY)
    {
        if (!make_room(set))
        {
            status = STATUS_INSUFFICIENT_RESOURCES;
            break;
        }
        platform_spinlock_lock(&set->lock);
        uint32_t place = index == WDF_INSERT_AT_END ? set->count : index;

        if (place > set->count)
        {
            status = STATUS_INVALID_PARAMETER;
        }
        else if (set->count < set->room)
        {
            memmove(&set->items[place + 1], &set->items[place], (set->count - place) * sizeof(*set->items));
            set->items[place] = copy;
            set->count++;
            set->changed = true;
            status = STATUS_SUCCESS;
        }
        platform_spinlock_unlock(&set->lock);
    }
    if (!NT_SUCCESS(status) && copy != NULL)
    {
        free_item(copy);
    }
    return status;
}

bool resource_set_remove(struct resource_set *set, ULONG index)
{
    struct resource_item *item = NULL;

    platform_spinlock_lock(&set->lock);
    if (index < set->count)
    {
        item = set->items[index];
        set->count--;
        memmove(&set->items[index], &set->items[index + 1], (set->count - index) * sizeof(*set->items));
        set->changed = true;
    }
    platform_spinlock_unlock(&set->lock);
    if (item != NULL)
    {
        free_item(item);
    }
    return item != NULL;
}

struct resource_item *resource_set_get(struct resource_set *set, ULONG index)
{
    struct resource_item *item;

    platform_spinlock_lock(&set->lock);
    item = index < set->count ? set->items[index] : NULL;
    platform_spinlock_unlock(&set->lock);
    return item;
}

ULONG resource_set_find(struct resource_set *set, const void *shown)
{
    ULONG index = 0;

    platform_spinlock_lock(&set->lock);
    while (index < set->count && (const void *)&set->items[index]->shown != shown &&
           (const void *)set->items[index]->alternative != shown)
    {
        index++;
    }
    platform_spinlock_unlock(&set->lock);
    return index;
}
