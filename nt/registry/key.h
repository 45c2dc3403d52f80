/* SPDX-License-Identifier: MIT */
/*
 * Open keys: objects of type "Key", and the handles to them. Each open makes an object of its own.
 */
#ifndef NT_REGISTRY_KEY_H
#define NT_REGISTRY_KEY_H

#include "nt/object/object.h"
#include "nt/registry/registry.h"
#include "nt/registry/watch.h"

struct open_key
{
    struct tree_key *key;
    struct watch watch;
    /* What ZwSetInformationKey leaves for ZwQueryKey. */
    uint32_t handle_tags;
    /* What registered callbacks keep with it, and the path that one of them was told; callback.c. */
    struct callback_context *contexts;
    UNICODE_STRING *path;
};

extern const struct object_type key_type;

/* Stops by a bug check when the caller is above PASSIVE_LEVEL: the registry is paged code. */
void key_require_passive(void *caller);
#define KEY_REQUIRE_PASSIVE() key_require_passive(__builtin_return_address(0))

/* An open key with the given key, whose reference it takes, also on failure. The key may be NULL, and come later. */
NTSTATUS key_object_create(struct tree_key *key, struct open_key **ret_open);

/* The open key behind a handle, referenced. The statuses of handle_lookup(). */
NTSTATUS key_by_handle(HANDLE handle, ACCESS_MASK access, struct open_key **ret_open);

/* One call by a handle, of which registered callbacks hear before and after. */
struct key_call
{
    /* Referenced; NULL when the handle was refused. */
    struct open_key *open;
    struct callback_call callbacks;
};

/*
 * Finds the open key, puts it into the information, whose first member it is as published, and asks the callbacks; the two
 * pointers lead into the information. Returns whether the operation shall be done; otherwise *status is its outcome.
 * key_call_end() follows in any case, with the outcome, and returns what the caller gets.
 */
bool key_call_begin(struct key_call *call, HANDLE handle, ACCESS_MASK access, REG_NOTIFY_CLASS before,
                    REG_NOTIFY_CLASS after, void *information, PVOID *call_context, PVOID *object_context, NTSTATUS *status);
NTSTATUS key_call_end(struct key_call *call, NTSTATUS status);

/* Generic rights become those of keys; what is no right of keys goes. */
ACCESS_MASK key_map_access(ACCESS_MASK access);

/*
 * The place of a key in the registry: the key where its path begins, referenced, and the path from there. The path may lie in
 * memory of the place's own, for string_free().
 */
struct key_place
{
    struct tree_key *from;
    UNICODE_STRING path;
    UNICODE_STRING memory;
};

/* The place that attributes name, which may lead through directories and links of the object namespace; there need be no key. */
NTSTATUS key_start(struct registry *registry, const OBJECT_ATTRIBUTES *attributes, struct key_place *ret_place);
void key_start_below(struct registry *registry, const struct open_key *open, const UNICODE_STRING *rest,
                     struct key_place *ret_place);

/* What the object namespace names \REGISTRY, while the machine is made. It stands for the root, whatever key that is. */
struct open_key *key_make_root(void);

/* The full path, for string_free(). STATUS_KEY_DELETED. */
NTSTATUS key_path(const struct open_key *open, UNICODE_STRING *ret_path);

/* What ZwOpenKeyEx() does; and the same without a handle, for the caller to release. */
NTSTATUS key_open(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, ULONG options, HANDLE *ret_handle);
NTSTATUS key_open_object(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, struct open_key **ret_open);

#endif /* NT_REGISTRY_KEY_H */
