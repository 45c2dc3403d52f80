/* SPDX-License-Identifier: MIT */
/*
 * Stores of properties.
 */
#include "nt/pnp/property.h"

#include <string.h>

struct property
{
    struct property *next;
    DEVPROPKEY key;
    LCID locale;
    DEVPROPTYPE type;
    ULONG size;
    unsigned char data[];
};

static bool same_key(const DEVPROPKEY *first, const DEVPROPKEY *second)
{
    return first->pid == second->pid && memcmp(&first->fmtid, &second->fmtid, sizeof(GUID)) == 0;
}

/* Where the pointer to the value is, or would be. The caller holds the lock. */
static struct property **find_link(struct property_store *store, const DEVPROPKEY *key, LCID locale)
{
    struct property **link = &store->first;

    while (*link != NULL && !((*link)->locale == locale && same_key(&(*link)->key, key)))
    {
        link = &(*link)->next;
    }
    return link;
}

static void free_property(struct property *property)
{
    if (property != NULL)
    {
        platform_free(property, sizeof(*property) + property->size);
    }
}

/* Bytes of one value of a type of fixed size, zero when its size is free. */
static ULONG fixed_size(DEVPROPTYPE type)
{
    static const struct
    {
        DEVPROPTYPE type;
        ULONG size;
    } sizes[] = {
        {DEVPROP_TYPE_SBYTE, 1},    {DEVPROP_TYPE_BYTE, 1},     {DEVPROP_TYPE_INT16, 2},       {DEVPROP_TYPE_UINT16, 2},
        {DEVPROP_TYPE_INT32, 4},    {DEVPROP_TYPE_UINT32, 4},   {DEVPROP_TYPE_INT64, 8},       {DEVPROP_TYPE_UINT64, 8},
        {DEVPROP_TYPE_FLOAT, 4},    {DEVPROP_TYPE_DOUBLE, 8},   {DEVPROP_TYPE_DECIMAL, 16},    {DEVPROP_TYPE_GUID, 16},
        {DEVPROP_TYPE_CURRENCY, 8}, {DEVPROP_TYPE_DATE, 8},     {DEVPROP_TYPE_FILETIME, 8},    {DEVPROP_TYPE_BOOLEAN, 1},
        {DEVPROP_TYPE_ERROR, 4},    {DEVPROP_TYPE_NTSTATUS, 4}, {DEVPROP_TYPE_DEVPROPKEY, 20}, {DEVPROP_TYPE_DEVPROPTYPE, 4},
    };

    for (size_t index = 0; index < ARRAYSIZE(sizes); index++)
    {
        if (sizes[index].type == type)
        {
            return sizes[index].size;
        }
    }
    return 0;
}

static bool size_fits(DEVPROPTYPE type, ULONG size, const void *data)
{
    DEVPROPTYPE base = type & DEVPROP_MASK_TYPE;
    ULONG each = fixed_size(base);

    if (base > MAX_DEVPROP_TYPE || (size != 0 && data == NULL))
    {
        return false;
    }
    if ((type & DEVPROP_TYPEMOD_ARRAY) != 0)
    {
        return each != 0 && size % each == 0;
    }
    return each == 0 || size == each;
}

NTSTATUS property_set(struct property_store *store, const DEVPROPKEY *key, LCID locale, DEVPROPTYPE type, ULONG size,
                      const void *data)
{
    struct property *fresh = NULL;
    struct property *old;
    struct property **link;

    if (type != DEVPROP_TYPE_EMPTY)
    {
        if (!size_fits(type, size, data))
        {
            return STATUS_INVALID_PARAMETER;
        }
        fresh = platform_alloc(sizeof(*fresh) + size);
        if (fresh == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        *fresh = (struct property){.key = *key, .locale = locale, .type = type, .size = size};
        memcpy(fresh->data, size == 0 ? "" : data, size);
    }
    platform_mutex_lock(&store->lock);
    link = find_link(store, key, locale);
    old = *link;
    if (fresh != NULL)
    {
        fresh->next = old == NULL ? NULL : old->next;
        *link = fresh;
    }
    else if (old != NULL)
    {
        *link = old->next;
    }
    platform_mutex_unlock(&store->lock);
    free_property(old);
    return fresh == NULL && old == NULL ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_SUCCESS;
}

NTSTATUS property_give(const void *value, ULONG value_size, DEVPROPTYPE value_type, ULONG size, void *data,
                       ULONG *ret_required, DEVPROPTYPE *ret_type)
{
    *ret_required = value_size;
    *ret_type = value_type;
    if (size < value_size)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    if (value_size != 0)
    {
        memcpy(data, value, value_size);
    }
    return STATUS_SUCCESS;
}

NTSTATUS property_get(struct property_store *store, const DEVPROPKEY *key, LCID locale, ULONG size, void *data,
                      ULONG *ret_required, DEVPROPTYPE *ret_type)
{
    NTSTATUS status = STATUS_OBJECT_NAME_NOT_FOUND;
    const struct property *property;

    platform_mutex_lock(&store->lock);
    property = *find_link(store, key, locale);
    if (property != NULL)
    {
        status = property_give(property->data, property->size, property->type, size, data, ret_required, ret_type);
    }
    platform_mutex_unlock(&store->lock);
    return status;
}

size_t property_keys(struct property_store *store, DEVPROPKEY *keys, size_t room)
{
    size_t count = 0;

    platform_mutex_lock(&store->lock);
    for (const struct property *property = store->first; property != NULL; property = property->next)
    {
        if (count < room)
        {
            keys[count] = property->key;
        }
        count++;
    }
    platform_mutex_unlock(&store->lock);
    return count;
}

void property_clear(struct property_store *store)
{
    struct property *property;

    platform_mutex_lock(&store->lock);
    property = store->first;
    store->first = NULL;
    platform_mutex_unlock(&store->lock);
    while (property != NULL)
    {
        struct property *next = property->next;

        free_property(property);
        property = next;
    }
}
