/* SPDX-License-Identifier: MIT */
/*
 * Registry key objects: a WDFKEY around a handle of the registry. IRQL of everything here: PASSIVE_LEVEL.
 */
#ifndef WDF_REGISTRY_KEY_H
#define WDF_REGISTRY_KEY_H

#include "wdf/object.h"

struct registry_key
{
    struct object object;
    /* Closed when the object is disposed; NULL from then on. */
    HANDLE handle;
};

struct registry_key *wdfkey_from_handle(WDFKEY handle, const char *function);

/* Checks the attributes of a key that is about to be opened. */
NTSTATUS wdfkey_check_attributes(PWDF_OBJECT_ATTRIBUTES attributes, enum object_parent_rule rule);

/*
 * Makes a key object over an open handle, which belongs to it afterwards, or is closed on failure. Its parent is the one that
 * the attributes name, otherwise the given one. The caller has checked the attributes.
 */
NTSTATUS wdfkey_create(struct driver_globals *globals, HANDLE handle, PWDF_OBJECT_ATTRIBUTES attributes,
                       struct object *parent, WDFKEY *ret_key);

#endif /* WDF_REGISTRY_KEY_H */
