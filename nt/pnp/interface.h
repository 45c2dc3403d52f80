/* SPDX-License-Identifier: MIT */
/*
 * Device interfaces: names under \??\ that say "this device speaks the protocol of this GUID".
 *
 * An interface is registered for a devnode, once for each GUID and reference string, and leads to the device while it is
 * enabled. It stays registered until the devnode leaves the tree; then it is disabled, and forgotten as soon as nobody refers
 * to it. Functions wait, and are called at PASSIVE_LEVEL.
 */
#ifndef NT_INTERFACE_H
#define NT_INTERFACE_H

#include "nt/internal.h"
#include "nt/pnp/property.h"

struct devnode;

struct interface
{
    /* Guarded by the table's lock. */
    LIST_ENTRY link;
    LIST_ENTRY same_hash;
    uint32_t references;
    bool forgotten;
    bool enabled;
    /* Somebody changes the state, without the lock; others wait. */
    bool changing;

    /* Constant. */
    struct devnode *devnode;
    GUID class;
    /* \??\ROOT#ECHO#0000#{guid}, with \reference behind it when there is a reference string; zero-terminated. */
    UNICODE_STRING name;

    struct property_store properties;
};

#define INTERFACE_HASH_SIZE 256

/* The part of the machine that holds the registered interfaces. */
struct interface_table
{
    struct platform_mutex lock;
    struct platform_condition changed;
    LIST_ENTRY all;
    LIST_ENTRY by_name[INTERFACE_HASH_SIZE];
};

/* From machine_make(). */
void interface_table_make(struct interface_table *table);

/*
 * Registers an interface or finds the one that is, referenced. The reference string may be NULL or empty; with a slash or a back slash in
 * it, it is STATUS_INVALID_PARAMETER. STATUS_NO_SUCH_DEVICE when the devnode has left the tree.
 */
NTSTATUS interface_register(struct devnode *devnode, const GUID *class, const UNICODE_STRING *reference,
                            struct interface **ret_interface);

/* Finds by name, referenced. STATUS_OBJECT_NAME_NOT_FOUND. */
NTSTATUS interface_find(const UNICODE_STRING *name, struct interface **ret_interface);

void interface_reference(struct interface *interface);
void interface_release(struct interface *interface);

/*
 * Makes the name lead to the device, or ends that, and then tells who asked to be told of it. Published statuses: STATUS_OBJECT_NAME_EXISTS (a success)
 * when it is enabled already, STATUS_OBJECT_NAME_NOT_FOUND when it is not enabled, or the devnode is gone.
 */
NTSTATUS interface_set_enabled(struct interface *interface, bool enabled);
bool interface_is_enabled(struct interface *interface);

/*
 * The next registered interface after one (NULL for the first), in the order of registration, referenced; gives the reference
 * on after back. NULL at the end. A class or devnode of NULL takes any.
 */
struct interface *interface_next(struct interface *after, const GUID *class, const struct devnode *devnode,
                                 bool enabled_only);

/* The names of the same interfaces as a list, each with its zero and one more at the end, in pool memory. */
NTSTATUS interface_list_names(const GUID *class, const struct devnode *devnode, bool enabled_only, PWSTR *ret_names,
                              size_t *ret_bytes);

/* The devnode leaves the tree: its interfaces are disabled and forgotten. */
void interface_forget_all(struct devnode *devnode);

#endif /* NT_INTERFACE_H */
