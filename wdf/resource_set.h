/* SPDX-License-Identifier: MIT */
/*
 * The lists behind WDFCMRESLIST, WDFIORESLIST and WDFIORESREQLIST.
 */
#ifndef WDF_RESOURCE_SET_H
#define WDF_RESOURCE_SET_H

#include "wdf/resource_list.h"

/* A descriptor, and the copy of it that drivers see, so that what they write there changes nothing. */
struct resource_item
{
    union
    {
        CM_PARTIAL_RESOURCE_DESCRIPTOR assigned;
        IO_RESOURCE_DESCRIPTOR required;
    } own, shown;
    /* In a list of alternatives: one of them. */
    struct resource_set *alternative;
};

/* One list of any of the three types. The items stay where they are while they are in it. */
struct resource_set
{
    struct object object;
    /* Of whom it is an alternative; NULL for others. Its access is that one's. */
    struct resource_set *requirements;
    /* Whether it is in the list of alternatives. */
    bool is_listed;
    enum resource_access access;
    struct platform_spinlock lock;
    struct resource_item **items;
    uint32_t count;
    uint32_t room;
    bool changed;
    INTERFACE_TYPE interface_type;
    ULONG bus_number;
    ULONG slot_number;
};

extern const struct object_class resource_list_class;
extern const struct object_class io_resource_list_class;
extern const struct object_class io_requirements_class;

struct resource_set *resource_set_of(struct object *object);

NTSTATUS resource_set_create(struct object *parent, const struct object_class *class, PWDF_OBJECT_ATTRIBUTES attributes,
                             enum resource_access access, struct resource_set **ret_set);

/* Inserts a copy of the item; index may be WDF_INSERT_AT_END. STATUS_INVALID_PARAMETER past the end, STATUS_INSUFFICIENT_RESOURCES. */
NTSTATUS resource_set_insert(struct resource_set *set, const struct resource_item *item, ULONG index);

/* Takes the item out. False when there is none. */
bool resource_set_remove(struct resource_set *set, ULONG index);
void resource_set_clear(struct resource_set *set);

/* NULL past the end. */
struct resource_item *resource_set_get(struct resource_set *set, ULONG index);

/* The item whose copy this is, or which this is of; the count when there is none. */
ULONG resource_set_find(struct resource_set *set, const void *shown);
ULONG resource_set_count(struct resource_set *set);

/* Whether the driver may do this to the list. */
bool resource_set_allows(const struct resource_set *set, enum resource_access access);

#endif /* WDF_RESOURCE_SET_H */
