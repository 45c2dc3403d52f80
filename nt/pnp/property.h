/* SPDX-License-Identifier: MIT */
/*
 * Properties: values of any type under a DEVPROPKEY, of a devnode or of an interface.
 */
#ifndef NT_PROPERTY_H
#define NT_PROPERTY_H

#include "nt/internal.h"

struct property;

/* All zero is empty. */
struct property_store
{
    struct platform_mutex lock;
    struct property *first;
};

/*
 * Sets a value, or removes it when the type is DEVPROP_TYPE_EMPTY. A locale of LOCALE_NEUTRAL is the value for all. The data is
 * copied. STATUS_INVALID_PARAMETER when type and size do not fit each other, STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS property_set(struct property_store *store, const DEVPROPKEY *key, LCID locale, DEVPROPTYPE type, ULONG size,
                      const void *data);

/*
 * Reads a value. *ret_required and *ret_type are set on success and with STATUS_BUFFER_TOO_SMALL; STATUS_OBJECT_NAME_NOT_FOUND
 * when there is none.
 */
NTSTATUS property_get(struct property_store *store, const DEVPROPKEY *key, LCID locale, ULONG size, void *data,
                      ULONG *ret_required, DEVPROPTYPE *ret_type);

/* Which keys there are: fills up to room of them, and returns how many there are. */
size_t property_keys(struct property_store *store, DEVPROPKEY *keys, size_t room);

void property_clear(struct property_store *store);

/* Hands a value out by the rules of property_get(), for values that stand elsewhere. */
NTSTATUS property_give(const void *value, ULONG value_size, DEVPROPTYPE value_type, ULONG size, void *data,
                       ULONG *ret_required, DEVPROPTYPE *ret_type);

#endif /* NT_PROPERTY_H */
