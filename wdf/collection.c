/* SPDX-License-Identifier: MIT */
/*
 * WDFCOLLECTION: an ordered list of references to objects of any type.
 */
#include <string.h>

#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/object.h"

struct collection
{
    struct object object;
    /* Guards the members below. Nothing is allocated, freed or released under it. */
    struct platform_spinlock lock;
    struct object **items;
    ULONG count;
    ULONG capacity;
};

#define FIRST_CAPACITY 8u

static struct collection *collection_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct collection, object);
}

static void free_items(struct object **items, ULONG capacity)
{
    if (items != NULL)
    {
        platform_free(items, capacity * sizeof(*items));
    }
}

/* Lets the items go, the first one first. */
static void collection_dispose(struct object *object)
{
    struct collection *collection = collection_of(object);
    struct object **items;
    ULONG count;
    ULONG capacity;

    platform_spinlock_lock(&collection->lock);
    items = collection->items;
    count = collection->count;
    capacity = collection->capacity;
    collection->items = NULL;
    collection->count = 0;
    collection->capacity = 0;
    platform_spinlock_unlock(&collection->lock);
    for (ULONG index = 0; index < count; index++)
    {
        wdfobj_release(items[index]);
    }
    free_items(items, capacity);
}

static const struct object_class collection_class = {
    .name = "WDFCOLLECTION",
    .type = OBJECT_COLLECTION,
    .size = sizeof(struct collection),
    .deletable = true,
    .dispose = collection_dispose,
};

static struct collection *collection_from_handle(WDFCOLLECTION handle, const char *function)
{
    return collection_of(wdfobj_from_handle(handle, OBJECT_COLLECTION, function));
}

/* Appends when there is room. */
static bool append(struct collection *collection, struct object *item)
{
    bool appended;

    platform_spinlock_lock(&collection->lock);
    appended = collection->count < collection->capacity;
    if (appended)
    {
        collection->items[collection->count++] = item;
    }
    platform_spinlock_unlock(&collection->lock);
    return appended;
}

/* Replaces the items' memory by twice as much, unless somebody else was faster. False when there is no memory. */
static bool grow(struct collection *collection)
{
    ULONG seen = platform_atomic_load_relaxed(&collection->capacity);
    ULONG capacity = seen == 0 ? FIRST_CAPACITY : seen * 2;
    struct object **items = capacity < seen ? NULL : platform_alloc(capacity * sizeof(*items));
    struct object **obsolete = items;
    ULONG obsolete_capacity = capacity;

    if (items == NULL)
    {
        return false;
    }
    platform_spinlock_lock(&collection->lock);
    if (collection->capacity == seen)
    {
        if (collection->count != 0)
        {
            memcpy(items, collection->items, collection->count * sizeof(*items));
        }
        obsolete = collection->items;
        obsolete_capacity = seen;
        collection->items = items;
        collection->capacity = capacity;
    }
    platform_spinlock_unlock(&collection->lock);
    free_items(obsolete, obsolete_capacity);
    return true;
}

/* Takes the item at index out; NULL when there is none. The caller holds the lock, and afterwards the item's reference. */
static struct object *take_out(struct collection *collection, ULONG index)
{
    struct object *item;

    if (index >= collection->count)
    {
        return NULL;
    }
    item = collection->items[index];
    collection->count--;
    memmove(&collection->items[index], &collection->items[index + 1],
            (collection->count - index) * sizeof(*collection->items));
    return item;
}

static ULONG index_of(const struct collection *collection, const struct object *item)
{
    ULONG index = 0;

    while (index < collection->count && collection->items[index] != item)
    {
        index++;
    }
    return index;
}

/* Releases what was taken out, without the lock: the item may be destroyed by that. */
static void release_taken(struct collection *collection, struct object *item, const char *function)
{
    if (item == NULL)
    {
        globals_break(collection->object.globals, "%s: the collection has no such item", function);
        return;
    }
    wdfobj_release(item);
}

static struct object *item_at(struct collection *collection, ULONG index)
{
    struct object *item;

    platform_spinlock_lock(&collection->lock);
    item = index < collection->count ? collection->items[index] : NULL;
    platform_spinlock_unlock(&collection->lock);
    return item;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfCollectionCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_OBJECT_ATTRIBUTES CollectionAttributes,
                                      WDFCOLLECTION *Collection)
{
    globals_require(DriverGlobals, Collection, "WdfCollectionCreate");
    struct driver_globals *globals = globals_of(DriverGlobals);
    NTSTATUS status = wdfobj_check_attributes(CollectionAttributes, &collection_class, OBJECT_PARENT_OPTIONAL);

    *Collection = NULL;
    if (NT_SUCCESS(status))
    {
        status = wdfobj_create(globals, &collection_class, CollectionAttributes,
                               wdfobj_parent(CollectionAttributes, globals->driver), Collection);
    }
    return status;
}
WDF_ENTRY_BOTH(WdfCollectionCreate)

ULONG wdf_kmdf_WdfCollectionGetCount(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCOLLECTION Collection)
{
    return platform_atomic_load(&collection_from_handle(Collection, "WdfCollectionGetCount")->count);
}
WDF_ENTRY_BOTH(WdfCollectionGetCount)

NTSTATUS wdf_kmdf_WdfCollectionAdd(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCOLLECTION Collection, WDFOBJECT Object)
{
    struct collection *collection = collection_from_handle(Collection, "WdfCollectionAdd");
    struct object *item = wdfobj_from_handle(Object, OBJECT_ANY, "WdfCollectionAdd");

    wdfobj_reference(item);
    while (!append(collection, item))
    {
        if (!grow(collection))
        {
            wdfobj_release(item);
            return STATUS_UNSUCCESSFUL;
        }
    }
    return STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfCollectionAdd)

VOID wdf_kmdf_WdfCollectionRemove(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCOLLECTION Collection, WDFOBJECT Item)
{
    struct collection *collection = collection_from_handle(Collection, "WdfCollectionRemove");
    struct object *item = wdfobj_from_handle(Item, OBJECT_ANY, "WdfCollectionRemove");

    platform_spinlock_lock(&collection->lock);
    item = take_out(collection, index_of(collection, item));
    platform_spinlock_unlock(&collection->lock);
    release_taken(collection, item, "WdfCollectionRemove");
}
WDF_ENTRY_BOTH(WdfCollectionRemove)

VOID wdf_kmdf_WdfCollectionRemoveItem(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCOLLECTION Collection, ULONG Index)
{
    struct collection *collection = collection_from_handle(Collection, "WdfCollectionRemoveItem");
    struct object *item;

    platform_spinlock_lock(&collection->lock);
    item = take_out(collection, Index);
    platform_spinlock_unlock(&collection->lock);
    release_taken(collection, item, "WdfCollectionRemoveItem");
}
WDF_ENTRY_BOTH(WdfCollectionRemoveItem)

WDFOBJECT wdf_kmdf_WdfCollectionGetItem(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCOLLECTION Collection, ULONG Index)
{
    return wdfobj_handle(item_at(collection_from_handle(Collection, "WdfCollectionGetItem"), Index));
}
WDF_ENTRY_BOTH(WdfCollectionGetItem)

WDFOBJECT wdf_kmdf_WdfCollectionGetFirstItem(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCOLLECTION Collection)
{
    return wdfobj_handle(item_at(collection_from_handle(Collection, "WdfCollectionGetFirstItem"), 0));
}
WDF_ENTRY_BOTH(WdfCollectionGetFirstItem)

WDFOBJECT wdf_kmdf_WdfCollectionGetLastItem(PWDF_DRIVER_GLOBALS DriverGlobals, WDFCOLLECTION Collection)
{
    struct collection *collection = collection_from_handle(Collection, "WdfCollectionGetLastItem");
    struct object *item;

    platform_spinlock_lock(&collection->lock);
    item = collection->count == 0 ? NULL : collection->items[collection->count - 1];
    platform_spinlock_unlock(&collection->lock);
    return wdfobj_handle(item);
}
WDF_ENTRY_BOTH(WdfCollectionGetLastItem)
