/* SPDX-License-Identifier: MIT */
/*
 * Keys and values in memory.
 */
#include "nt/registry/tree.h"

#include <string.h>

#include "nt/registry/name.h"
#include "nt/rtl/string.h"

#define SMALLEST_ROOM 4u

struct tree_key *tree_key_create(const UNICODE_STRING *name, const UNICODE_STRING *class)
{
    struct tree_key *key = platform_zalloc(sizeof(*key));

    if (key == NULL)
    {
        return NULL;
    }
    key->references = 1;
    InitializeListHead(&key->watches);
    if (!NT_SUCCESS(string_duplicate(name, &key->name)) ||
        (class != NULL && class->Length != 0 && !NT_SUCCESS(string_duplicate(class, &key->class))))
    {
        tree_key_free(key);
        return NULL;
    }
    return key;
}

static void array_free(struct tree_array *array)
{
    platform_free(array->items, array->room * sizeof(void *));
}

void tree_key_free(struct tree_key *key)
{
    for (uint32_t index = 0; index < key->values.count; index++)
    {
        tree_value_free(tree_value_at(key, index));
    }
    array_free(&key->values);
    array_free(&key->children);
    string_free(&key->name);
    string_free(&key->class);
    platform_free(key, sizeof(*key));
}

bool tree_reserve(struct tree_array *array)
{
    uint32_t room = array->room == 0 ? SMALLEST_ROOM : array->room * 2;
    void **items;

    if (array->count < array->room)
    {
        return true;
    }
    items = platform_alloc(room * sizeof(void *));
    if (items == NULL)
    {
        return false;
    }
    if (array->count != 0)
    {
        memcpy(items, array->items, array->count * sizeof(void *));
    }
    array_free(array);
    array->items = items;
    array->room = room;
    return true;
}

static void array_insert(struct tree_array *array, uint32_t place, void *item)
{
    memmove(array->items + place + 1, array->items + place, (array->count - place) * sizeof(void *));
    array->items[place] = item;
    array->count++;
}

static void array_remove(struct tree_array *array, uint32_t place)
{
    array->count--;
    memmove(array->items + place, array->items + place + 1, (array->count - place) * sizeof(void *));
}

/* The first child whose name does not come before the given one. */
static uint32_t child_place(const struct tree_key *key, const UNICODE_STRING *name)
{
    uint32_t low = 0;
    uint32_t high = key->children.count;

    while (low < high)
    {
        uint32_t middle = low + (high - low) / 2;

        if (RtlCompareUnicodeString(&tree_child_at(key, middle)->name, name, TRUE) < 0)
        {
            low = middle + 1;
        }
        else
        {
            high = middle;
        }
    }
    return low;
}

struct tree_key *tree_find_child(const struct tree_key *key, const UNICODE_STRING *name)
{
    uint32_t place = child_place(key, name);
    struct tree_key *found = place < key->children.count ? tree_child_at(key, place) : NULL;

    return found != NULL && RtlEqualUnicodeString(&found->name, name, TRUE) ? found : NULL;
}

void tree_insert_child(struct tree_key *parent, struct tree_key *child)
{
    array_insert(&parent->children, child_place(parent, &child->name), child);
    child->parent = parent;
    child->depth = parent->depth + 1;
}

void tree_remove_child(struct tree_key *parent, struct tree_key *child)
{
    array_remove(&parent->children, child_place(parent, &child->name));
    child->parent = NULL;
}

struct tree_value *tree_find_value(const struct tree_key *key, const UNICODE_STRING *name)
{
    uint32_t hash = name_hash(name);

    for (uint32_t index = 0; index < key->values.count; index++)
    {
        struct tree_value *value = tree_value_at(key, index);

        if (value->hash == hash && RtlEqualUnicodeString(&value->name, name, TRUE))
        {
            return value;
        }
    }
    return NULL;
}

void tree_append_value(struct tree_key *key, struct tree_value *value)
{
    array_insert(&key->values, key->values.count, value);
}

uint32_t tree_remove_value(struct tree_key *key, struct tree_value *value)
{
    uint32_t place = 0;

    while (tree_value_at(key, place) != value)
    {
        place++;
    }
    array_remove(&key->values, place);
    return place;
}

void tree_insert_value(struct tree_key *key, uint32_t place, struct tree_value *value)
{
    array_insert(&key->values, place, value);
}

struct tree_value *tree_value_create(const UNICODE_STRING *name, uint32_t type, const void *data, uint32_t size)
{
    struct tree_value *value = platform_zalloc(sizeof(*value));

    if (value == NULL)
    {
        return NULL;
    }
    value->type = type;
    value->hash = name_hash(name);
    value->data = size != 0 ? platform_alloc(size) : NULL;
    value->size = value->data != NULL ? size : 0;
    if ((size != 0 && value->data == NULL) || !NT_SUCCESS(string_duplicate(name, &value->name)))
    {
        tree_value_free(value);
        return NULL;
    }
    if (size != 0)
    {
        memcpy(value->data, data, size);
    }
    return value;
}

void tree_value_free(struct tree_value *value)
{
    if (value->data != NULL)
    {
        platform_free(value->data, value->size);
    }
    string_free(&value->name);
    platform_free(value, sizeof(*value));
}

uint64_t tree_value_cost(const struct tree_value *value)
{
    return sizeof(*value) + value->size + value->name.Length;
}

uint64_t tree_key_cost(const struct tree_key *key)
{
    uint64_t cost = sizeof(*key) + key->name.Length + key->class.Length;

    for (uint32_t index = 0; index < key->values.count; index++)
    {
        cost += tree_value_cost(tree_value_at(key, index));
    }
    return cost;
}

size_t tree_path_size(const struct tree_key *key)
{
    size_t size = 0;

    for (; key != NULL; key = key->parent)
    {
        size += sizeof(WCHAR) + key->name.Length;
    }
    return size;
}

void tree_path_copy(const struct tree_key *key, void *to)
{
    static const WCHAR separator = '\\';
    char *end = (char *)to + tree_path_size(key);

    for (; key != NULL; key = key->parent)
    {
        end -= key->name.Length;
        memcpy(end, key->name.Buffer, key->name.Length);
        end -= sizeof(separator);
        memcpy(end, &separator, sizeof(separator));
    }
}
