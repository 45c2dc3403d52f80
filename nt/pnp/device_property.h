/* SPDX-License-Identifier: MIT */
/*
 * Properties of devices.
 *
 * A property comes from one of four places, in this order: facts, which the devnode answers itself and nobody can set; what was
 * set to last as long as the devnode; what was set to last, in the devnode's registry key; and what the devnode knows where
 * nothing was set. The properties that Windows keeps as named values of that key (a friendly name, say) are there under these
 * names. IRQL of everything here: PASSIVE_LEVEL.
 */
#ifndef NT_PNP_DEVICE_PROPERTY_H
#define NT_PNP_DEVICE_PROPERTY_H

#include "nt/internal.h"
#include "nt/pnp/value.h"

struct devnode;

/* The properties with a number in the configuration manager have this format, and the number and one. */
extern const GUID device_property_numbered;

/*
 * STATUS_OBJECT_NAME_NOT_FOUND when there is none, STATUS_INSUFFICIENT_RESOURCES. The value is the caller's to free.
 */
RUNTIME_API NTSTATUS device_property_get(struct devnode *devnode, const DEVPROPKEY *key, LCID locale,
                                         struct device_value *ret_value);

/*
 * Sets or, with the type DEVPROP_TYPE_EMPTY, removes. STATUS_ACCESS_DENIED for a fact, STATUS_OBJECT_NAME_NOT_FOUND for the
 * removal of what is not there, STATUS_INVALID_PARAMETER when type and size do not fit each other or the key.
 */
RUNTIME_API NTSTATUS device_property_set(struct devnode *devnode, const DEVPROPKEY *key, LCID locale, bool persistent,
                                         DEVPROPTYPE type, ULONG size, const void *data);

/* The keys of all properties that the devnode has, as an array of DEVPROPKEY. */
RUNTIME_API NTSTATUS device_property_keys(struct devnode *devnode, struct device_value *ret_keys);

/* The DN_* bits of the devnode, and its CM_PROB_* number. */
ULONG device_status(const struct devnode *devnode);

/*
 * Facts, and what stands in for what was not set: device_facts.c. The last of them says how many there are.
 */
enum fact_kind
{
    FACT_NONE,
    /* Nobody can set it. */
    FACT_FIXED,
    /* What is set counts. */
    FACT_DEFAULT,
};

enum fact_kind fact_find(const DEVPROPKEY *key, NTSTATUS (**ret_get)(struct devnode *, struct device_value *));
const DEVPROPKEY *fact_key(size_t index);

/*
 * The devnode's registry key: device_registry.c.
 */

/* Whether a property is a named value; such a one has no locales. */
bool device_registry_is_named(const DEVPROPKEY *key);
const DEVPROPKEY *device_registry_named_key(size_t index);
NTSTATUS device_registry_get(struct devnode *devnode, const DEVPROPKEY *key, LCID locale, struct device_value *ret_value);
NTSTATUS device_registry_set(struct devnode *devnode, const DEVPROPKEY *key, LCID locale, DEVPROPTYPE type, ULONG size,
                             const void *data);

/* Adds the keys of the values that have no name. */
NTSTATUS device_registry_add_keys(struct devnode *devnode, struct device_value *keys);

#endif /* NT_PNP_DEVICE_PROPERTY_H */
