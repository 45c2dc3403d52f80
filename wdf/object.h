/* SPDX-License-Identifier: MIT */
/*
 * The object model: every WDF handle is one of these.
 *
 * Life: created, disposing, disposed, destroyed. Deletion (once) runs the dispose phase: children before their parent,
 * siblings oldest first, each running its own teardown and then its EvtCleanupCallbacks. The destroy phase follows: each
 * object drops the reference it was created with, and the last reference runs EvtDestroyCallback and frees the memory.
 * A reference therefore keeps the memory and the contexts, not the object's function.
 *
 * Locking: an object's lock guards its list of children, its state and its list of contexts. No callback runs under it.
 * A parent's lock may be taken while a child's is held, never the other way round. Both are held where the two part.
 */
#ifndef WDF_OBJECT_H
#define WDF_OBJECT_H

#include <wdf.h>

#include "nt/internal.h"
#include "platform/stable_memory.h"
#include "wdf/handle.h"

enum wdfobj_type
{
    OBJECT_ANY,
    OBJECT_GENERAL,
    OBJECT_DRIVER,
    OBJECT_DEVICE,
    OBJECT_QUEUE,
    OBJECT_REQUEST,
    OBJECT_FILE,
    OBJECT_MEMORY,
    OBJECT_COLLECTION,
    OBJECT_STRING,
    OBJECT_LOOKASIDE,
    OBJECT_SPIN_LOCK,
    OBJECT_WAIT_LOCK,
    OBJECT_RESOURCE_LIST,
    OBJECT_TIMER,
    OBJECT_WORK_ITEM,
    OBJECT_DPC,
    OBJECT_INTERRUPT,
    OBJECT_CHILD_LIST,
    OBJECT_IO_RESOURCE_LIST,
    OBJECT_WMI_PROVIDER,
    OBJECT_WMI_INSTANCE,
    OBJECT_IO_REQUIREMENTS_LIST,
    OBJECT_REGISTRY_KEY,
    OBJECT_IO_TARGET,
    OBJECT_USB_DEVICE,
    OBJECT_USB_INTERFACE,
    OBJECT_USB_PIPE,
};

enum object_state
{
    OBJECT_CREATED = 1,
    OBJECT_DISPOSING,
    OBJECT_DISPOSED,
};

struct object;
struct driver_globals;

/* What is the same for all objects of a type. */
struct object_class
{
    const char *name;
    enum wdfobj_type type;
    size_t size;
    /* Whether the driver may call WdfObjectDelete, and may set ExecutionLevel and SynchronizationScope. */
    bool deletable;
    /* Disposed of at PASSIVE_LEVEL only, with all that is above and below it in the tree that is deleted; destroyed there, too. */
    bool passive_dispose;
    bool takes_execution_level;
    bool takes_scope;
    /* Cannot have contexts of its own. */
    bool embedded;
    /* Made in memory that is part of its parent, whose generation its handle has. */
    bool inside_parent;
    /* The object that one of this class belongs to when it is nobody's child. May be NULL. */
    struct object *(*above)(const struct object *object);
    /* Ends the object's function, before its cleanup callbacks. May be NULL. IRQL: of the deleter, unless passive_dispose. */
    void (*dispose)(struct object *object);
    /* Releases what the object owns, and a block of somebody else's that it is in, after its destroy callbacks. May be NULL. */
    void (*destroy)(struct object *object);
};

/* A context of an object; the driver's memory follows. */
struct object_context
{
    struct object_context *next;
    struct object *object;
    PCWDF_OBJECT_CONTEXT_TYPE_INFO type;
    PFN_WDF_OBJECT_CONTEXT_CLEANUP cleanup;
    PFN_WDF_OBJECT_CONTEXT_DESTROY destroy;
    /* Bytes of the block when it is one of its own, zero when it is part of the object's. */
    size_t block_size;
    _Alignas(16) unsigned char memory[];
};

struct object
{
    /* The handle, sealed (wdf/handle.h); of an object that is gone only the generation. */
    uint64_t self;
    uint32_t references;
    struct platform_spinlock lock;
    uint8_t state;
    /* The class's, an enum wdfobj_type. */
    uint8_t type;
    bool deletable;
    /* Disposed of and destroyed at PASSIVE_LEVEL: its class is, or it was made so. */
    bool passive;
    /* A WDF_EXECUTION_LEVEL and a WDF_SYNCHRONIZATION_SCOPE, resolved when the object was made: never InheritFromParent. */
    uint8_t execution_level;
    uint8_t scope;
    /* Bytes of the block, zero when it is part of somebody else's. */
    uint16_t block_size;
    const struct object_class *class;
    struct driver_globals *globals;
    struct object *parent;
    struct object *first_child;
    struct object *last_child;
    struct object *next_sibling;
    struct object *previous_sibling;
    struct object_context *contexts;
};

/* Which of a create function's attributes are allowed. */
enum object_parent_rule
{
    OBJECT_PARENT_OPTIONAL,
    OBJECT_PARENT_FORBIDDEN,
    OBJECT_PARENT_REQUIRED,
};

/* Checks attributes in the published order. NULL is good. */
NTSTATUS wdfobj_check_attributes(PWDF_OBJECT_ATTRIBUTES attributes, const struct object_class *class,
                                 enum object_parent_rule rule);

/* Bytes that an object of this class takes with the context that the attributes ask for. */
size_t wdfobj_block_size(const struct object_class *class, PWDF_OBJECT_ATTRIBUTES attributes);

/*
 * The two halves of creation. An object that is allocated, with the context of the attributes, is nobody's child, though it
 * takes level and scope from parent (NULL for none); NULL when there is no memory. The caller has checked the attributes, fills in
 * the rest, and publishes the object, or gives up with wdfobj_discard().
 */
struct object *wdfobj_allocate(struct driver_globals *globals, const struct object_class *class,
                               PWDF_OBJECT_ATTRIBUTES attributes, struct object *parent);

/*
 * The same in memory of the caller's, at least wdfobj_block_size() bytes of a block of stable memory. All but the first eight are
 * zero, and those are what was there before; the whole of it is zero for an object that is part of its parent.
 */
struct object *wdfobj_make_in(void *memory, struct driver_globals *globals, const struct object_class *class,
                              PWDF_OBJECT_ATTRIBUTES attributes, struct object *parent);

/*
 * Makes the object a child of parent (NULL for none). From then on others may delete it at any moment, so it is finished before, and
 * who goes on using it has a reference. *ret_handle, of any handle type, gets its handle; ret_handle may be NULL. Fails with
 * STATUS_DELETE_PENDING when the parent is going away: the object is discarded then, and the handle NULL. The creation
 * reference belongs to the object tree.
 */
NTSTATUS wdfobj_publish(struct object *object, struct object *parent, void *ret_handle);

/* Both halves, for objects that are finished when they are allocated. STATUS_INSUFFICIENT_RESOURCES, STATUS_DELETE_PENDING. */
NTSTATUS wdfobj_create(struct driver_globals *globals, const struct object_class *class, PWDF_OBJECT_ATTRIBUTES attributes,
                       struct object *parent, void *ret_handle);

/*
 * Deletes. A second deletion, or one of an object whose parent is being disposed, changes nothing. Above PASSIVE_LEVEL a tree with
 * an object that must be disposed of at that level is left to a worker, as a whole.
 */
void wdfobj_delete(struct object *object);

/* Deletes an object that a create function could not finish: none of the driver's callbacks runs. */
void wdfobj_discard(struct object *object);

/*
 * Deletes without a lock an object that is nobody's child. False, with nothing done, when somebody else may know of it: it
 * has children or a cleanup callback, or the caller's reference is not the only one.
 */
bool wdfobj_delete_unshared(struct object *object);

/* Dropping the last reference of an object that is not deleted is a bug check, as published, and so are references after that. */
void wdfobj_reference(struct object *object);
void wdfobj_release(struct object *object);

/* The object behind a handle, NULL when the value is none. */
static inline struct object *wdfobj_lookup(const void *handle)
{
    /* The word that the value would lie in: no handle has one of the lowest bits, so that none is found for such a value. */
    uintptr_t address = (uintptr_t)handle & HANDLE_ADDRESS_MASK & ~(uintptr_t)7;

    if (__builtin_expect(!stable_contains(address), 0) ||
        __builtin_expect(stable_peek(address) != ((uintptr_t)handle ^ HANDLE_SEAL), 0))
    {
        return NULL;
    }
    return (struct object *)address;
}

/* Stops with WDF_INVALID_HANDLE and says what is wrong. published is the calling driver's globals, or NULL. */
_Noreturn void wdfobj_refuse(const void *handle, enum wdfobj_type type, const void *published, const char *function);

/* The object behind a handle. A value that is NULL, wild, stale or of another type is a bug check that names function. */
static inline struct object *wdfobj_from_handle(const void *handle, enum wdfobj_type type, const char *function)
{
    struct object *object = wdfobj_lookup(handle);

    if (__builtin_expect(object == NULL || (type != OBJECT_ANY && object->type != type), 0))
    {
        wdfobj_refuse(handle, type, NULL, function);
    }
    return object;
}

/* The same in a call of the driver that published is the globals of: another driver's object is refused as well. */
static inline struct object *wdfobj_of_caller(PWDF_DRIVER_GLOBALS published, const void *handle, enum wdfobj_type type,
                                              const char *function)
{
    struct object *object = wdfobj_from_handle(handle, type, function);

    /* What is published is where the globals begin. */
    if (__builtin_expect((const void *)object->globals != (const void *)published, 0))
    {
        wdfobj_refuse(handle, type, published, function);
    }
    return object;
}

/* The handle that drivers know the object by; NULL for NULL. It converts to every handle type. */
static inline void *wdfobj_handle(const struct object *object)
{
    return object == NULL ? NULL : (void *)(uintptr_t)(object->self ^ HANDLE_SEAL);
}

/* The parent that the attributes name, or the default. */
static inline struct object *wdfobj_parent(PWDF_OBJECT_ATTRIBUTES attributes, struct object *otherwise)
{
    return attributes == NULL || attributes->ParentObject == NULL ?
               otherwise :
               wdfobj_from_handle(attributes->ParentObject, OBJECT_ANY, "WDF_OBJECT_ATTRIBUTES.ParentObject");
}

/* Finds a context, NULL when the object has none of this type. */
struct object_context *wdfobj_find_context(struct object *object, PCWDF_OBJECT_CONTEXT_TYPE_INFO type);

/* The parent, or for an object that is nobody's child the one that it belongs to, if any. */
static inline struct object *wdfobj_above(const struct object *object)
{
    return object->parent != NULL || object->class->above == NULL ? object->parent : object->class->above(object);
}

/* The level at which the driver wants to be called about the object. */
static inline WDF_EXECUTION_LEVEL wdfobj_execution_level(const struct object *object)
{
    return (WDF_EXECUTION_LEVEL)object->execution_level;
}

/*
 * The nearest object that matches, at this one or above, with a reference that the caller releases; NULL when there is none.
 * Others may be deleting what is above.
 */
struct object *wdfobj_reference_upwards(struct object *object, bool (*matches)(const struct object *object));

/* The nearest device at or above the object, NULL when there is none. It is for comparing: nothing keeps it. */
struct object *wdfobj_device(struct object *object);

#endif /* WDF_OBJECT_H */
