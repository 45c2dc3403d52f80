/* SPDX-License-Identifier: MIT */
/*
 * Objects: creation, references.
 */
#include "wdf/object.h"

#include <string.h>

#include "wdf/disposal.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/object_internal.h"
#include "wdf/request_verify.h"
#include "wdf/verifier_census.h"

static const struct object_class general_class = {
    .name = "WDFOBJECT",
    .type = OBJECT_GENERAL,
    .size = sizeof(struct object),
    .deletable = true,
    .takes_execution_level = true,
};

/*
 * The tree.
 */

static NTSTATUS link_child(struct object *parent, struct object *child)
{
    NTSTATUS status = STATUS_DELETE_PENDING;

    platform_spinlock_lock(&parent->lock);
    if (platform_atomic_load_relaxed(&parent->state) == OBJECT_CREATED)
    {
        child->parent = parent;
        child->previous_sibling = parent->last_child;
        *(parent->last_child == NULL ? &parent->first_child : &parent->last_child->next_sibling) = child;
        parent->last_child = child;
        status = STATUS_SUCCESS;
    }
    platform_spinlock_unlock(&parent->lock);
    return status;
}

size_t wdfobj_block_size(const struct object_class *class, PWDF_OBJECT_ATTRIBUTES attributes)
{
    size_t own = (class->size + 15) & ~(size_t)15;

    return attributes == NULL ? own : own + sizeof(struct object_context) + object_context_size(attributes);
}

struct object *wdfobj_make_in(void *memory, struct driver_globals *globals, const struct object_class *class,
                              PWDF_OBJECT_ATTRIBUTES attributes, struct object *parent)
{
    struct object *object = memory;

    object_initialize(object, globals, class, attributes, parent);
    if (attributes != NULL)
    {
        object_add_first_context(object, object_inner_context(object, class), attributes);
    }
    return object;
}

/* Zeroes a multiple of 16 bytes, from both ends. Most contexts are small, and done before a call would have begun. */
static inline __attribute__((always_inline)) void zero(char *memory, size_t size)
{
    if (size > 128)
    {
        (void)memset(memory, 0, size);
    }
    else if (size > 64)
    {
        (void)memset(memory, 0, 64);
        (void)memset(memory + size - 64, 0, 64);
    }
    else if (size > 32)
    {
        (void)memset(memory, 0, 32);
        (void)memset(memory + size - 32, 0, 32);
    }
    else if (size != 0)
    {
        (void)memset(memory, 0, 16);
        (void)memset(memory + size - 16, 0, 16);
    }
}

/* A block of stable memory for an object, zeroed but for its first word, and what is behind it, which is not zeroed. */
static inline __attribute__((always_inline)) void *allocate_block(size_t own, size_t behind)
{
    enum
    {
        HEAD = sizeof(struct object) / 16 * 16,
    };
    char *block = stable_alloc(own + behind);

    if (block != NULL)
    {
        /* In pieces that are stores, not calls. */
        (void)memset(block + 8, 0, 8);
        (void)memset(block + 16, 0, HEAD - 16);
        if (own > HEAD)
        {
            zero(block + HEAD, own - HEAD);
        }
    }
    return block;
}

static void free_unborn(struct object *object)
{
    size_t size = object->block_size;

    verifier_object_destroyed(object);
    object_free_contexts(object);
    object_unseal(object);
    stable_free(object, size);
}

/* For contexts that are too large for the object's block. */
static struct object *allocate_with_outer_context(struct driver_globals *globals, const struct object_class *class,
                                                  PWDF_OBJECT_ATTRIBUTES attributes, struct object *parent)
{
    size_t own = wdfobj_block_size(class, NULL);
    size_t size = sizeof(struct object_context) + object_context_size(attributes);
    struct object *object = allocate_block(own, 0);
    struct object_context *context;

    if (object == NULL)
    {
        return NULL;
    }
    object_initialize(object, globals, class, attributes, parent);
    object->block_size = (uint16_t)own;
    context = platform_zalloc(size);
    if (context == NULL)
    {
        free_unborn(object);
        return NULL;
    }
    context->block_size = size;
    object_add_first_context(object, context, attributes);
    return object;
}

/* Inline, so that what is known of a class where it is used saves the instructions that would ask for it. */
static inline __attribute__((always_inline)) struct object *allocate(struct driver_globals *globals,
                                                                     const struct object_class *class,
                                                                     PWDF_OBJECT_ATTRIBUTES attributes,
                                                                     struct object *parent)
{
    size_t own = wdfobj_block_size(class, NULL);
    size_t size = wdfobj_block_size(class, attributes);
    struct object *object;

    if (verifier_fails_allocation(globals))
    {
        return NULL;
    }
    if (size > STABLE_LIMIT)
    {
        return allocate_with_outer_context(globals, class, attributes, parent);
    }
    object = allocate_block(own, size - own);
    if (object != NULL)
    {
        object_initialize(object, globals, class, attributes, parent);
        object->block_size = (uint16_t)size;
        if (attributes != NULL)
        {
            zero((char *)object_inner_context(object, class)->memory, size - own - sizeof(struct object_context));
            object_add_first_context(object, object_inner_context(object, class), attributes);
            object->contexts->next = NULL;
            object->contexts->block_size = 0;
        }
    }
    return object;
}

struct object *wdfobj_allocate(struct driver_globals *globals, const struct object_class *class,
                               PWDF_OBJECT_ATTRIBUTES attributes, struct object *parent)
{
    return allocate(globals, class, attributes, parent);
}

NTSTATUS wdfobj_publish(struct object *object, struct object *parent, void *ret_handle)
{
    void *handle = wdfobj_handle(object);
    NTSTATUS status = parent == NULL ? STATUS_SUCCESS : link_child(parent, object);

    if (!NT_SUCCESS(status))
    {
        handle = NULL;
        wdfobj_discard(object);
    }
    if (ret_handle != NULL)
    {
        memcpy(ret_handle, &handle, sizeof(handle));
    }
    return status;
}

static inline __attribute__((always_inline)) NTSTATUS create(struct driver_globals *globals,
                                                             const struct object_class *class,
                                                             PWDF_OBJECT_ATTRIBUTES attributes, struct object *parent,
                                                             void **ret_handle)
{
    struct object *object = allocate(globals, class, attributes, parent);
    void *handle;
    NTSTATUS status;

    *ret_handle = NULL;
    if (object == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    handle = wdfobj_handle(object);
    status = parent == NULL ? STATUS_SUCCESS : link_child(parent, object);
    if (!NT_SUCCESS(status))
    {
        free_unborn(object);
        return status;
    }
    *ret_handle = handle;
    return status;
}

NTSTATUS wdfobj_create(struct driver_globals *globals, const struct object_class *class, PWDF_OBJECT_ATTRIBUTES attributes,
                       struct object *parent, void *ret_handle)
{
    void *handle;
    NTSTATUS status = create(globals, class, attributes, parent, &handle);

    memcpy(ret_handle, &handle, sizeof(handle));
    return status;
}

/*
 * References.
 */

void wdfobj_reference(struct object *object)
{
    if (platform_atomic_fetch_add(&object->references, 1) == 0)
    {
        verifier_explain(object->globals, RULE_V47, object, "WdfObjectReference", "the object had no reference left");
        globals_bugcheck(object->globals, WDF_OBJECT_ERROR, (ULONG_PTR)wdfobj_handle(object), 0, 0);
    }
}

void object_destroy(struct object *object)
{
    size_t block_size = object->block_size;

    if (object->contexts != NULL)
    {
        object_run_destroy_callbacks(object);
    }
    verifier_object_destroyed(object);
    if (object->contexts != NULL)
    {
        object_free_contexts(object);
    }
    object_unseal(object);
    if (object->class->destroy != NULL)
    {
        object->class->destroy(object);
    }
    /* An object in somebody else's block may have gone with it. */
    if (block_size != 0)
    {
        stable_free(object, block_size);
    }
}

void object_discard(struct object *object)
{
    size_t block_size = object->block_size;

    object_free_contexts(object);
    object_unseal(object);
    if (block_size != 0)
    {
        stable_free(object, block_size);
    }
}

/* More references were dropped than there were: the driver is told of its object's end, as published, and that is all. */
static __attribute__((noinline, cold)) _Noreturn void stop_for_excess_release(struct object *object)
{
    verifier_explain(object->globals, RULE_V47, object, "WdfObjectDereference",
                     "the last reference was dropped although the object has not been deleted");
    object_run_cleanup_callbacks(object);
    object_run_destroy_callbacks(object);
    globals_bugcheck(object->globals, WDF_OBJECT_ERROR, (ULONG_PTR)wdfobj_handle(object), 0, 0);
}

void wdfobj_release(struct object *object)
{
    uint32_t before = platform_atomic_load(&object->references);

    /* Nobody can take a reference beside the last one, which saves the usual case a locked operation. */
    if (before != 1)
    {
        before = platform_atomic_fetch_sub(&object->references, 1);
    }
    else
    {
        platform_atomic_store_relaxed(&object->references, 0);
    }
    if (before > 1)
    {
        return;
    }
    if (before == 0 || platform_atomic_load(&object->state) != OBJECT_DISPOSED)
    {
        stop_for_excess_release(object);
    }
    if (object->passive && object_is_above_passive())
    {
        disposal_add(object, NULL);
        return;
    }
    object_destroy(object);
}

/* An object's lock keeps what is above it. */
static struct object *reference_above(struct object *object)
{
    struct object *above;

    platform_spinlock_lock(&object->lock);
    above = wdfobj_above(object);
    if (above != NULL)
    {
        wdfobj_reference(above);
    }
    platform_spinlock_unlock(&object->lock);
    return above;
}

struct object *wdfobj_reference_upwards(struct object *object, bool (*matches)(const struct object *object))
{
    wdfobj_reference(object);
    while (object != NULL && !matches(object))
    {
        struct object *above = reference_above(object);

        wdfobj_release(object);
        object = above;
    }
    return object;
}

static bool is_device(const struct object *object)
{
    return object->type == OBJECT_DEVICE;
}

struct object *wdfobj_device(struct object *object)
{
    struct object *device = wdfobj_reference_upwards(object, is_device);

    if (device != NULL)
    {
        wdfobj_release(device);
    }
    return device;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfObjectCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_OBJECT_ATTRIBUTES Attributes, WDFOBJECT *Object)
{
    globals_require(DriverGlobals, Object, "WdfObjectCreate");
    struct driver_globals *globals = globals_of(DriverGlobals);
    NTSTATUS status = object_attributes_status(Attributes, &general_class, OBJECT_PARENT_OPTIONAL);
    void *handle = NULL;

    if (NT_SUCCESS(status))
    {
        status = create(globals, &general_class, Attributes, wdfobj_parent(Attributes, globals->driver), &handle);
    }
    *Object = handle;
    return status;
}
WDF_ENTRY_BOTH(WdfObjectCreate)

VOID wdf_kmdf_WdfObjectDelete(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Object)
{
    struct object *object = wdfobj_of_caller(DriverGlobals, Object, OBJECT_ANY, "WdfObjectDelete");

    if (!object->deletable)
    {
        if (!request_verify_deleted(object))
        {
            verifier_report(object->globals, RULE_V47, object, "WdfObjectDelete",
                            "a %s is deleted by the framework, not by the driver", object->class->name);
        }
        return;
    }
    wdfobj_delete(object);
}
WDF_ENTRY_BOTH(WdfObjectDelete)

/* The published interfaces of this kind are the framework's own: no driver can name one that there is. */
NTSTATUS wdf_kmdf_WdfObjectQuery(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Object, CONST GUID *Guid,
                                 ULONG QueryBufferLength, PVOID QueryBuffer)
{
    (void)wdfobj_of_caller(DriverGlobals, Object, OBJECT_ANY, "WdfObjectQuery");
    globals_require(DriverGlobals, Guid, "WdfObjectQuery");
    globals_require(DriverGlobals, QueryBuffer, "WdfObjectQuery");
    return STATUS_NOT_FOUND;
}
WDF_ENTRY_BOTH(WdfObjectQuery)

VOID wdf_kmdf_WdfObjectReferenceActual(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Handle, PVOID Tag, LONG Line, PCCH File)
{
    struct object *object = wdfobj_of_caller(DriverGlobals, Handle, OBJECT_ANY, "WdfObjectReference");

    verifier_referenced(object, Tag, Line, File);
    wdfobj_reference(object);
}
WDF_ENTRY_BOTH(WdfObjectReferenceActual)

VOID wdf_kmdf_WdfObjectDereferenceActual(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Handle, PVOID Tag, LONG Line,
                                         PCCH File)
{
    struct object *object = wdfobj_of_caller(DriverGlobals, Handle, OBJECT_ANY, "WdfObjectDereference");

    verifier_dereferenced(object, Tag, Line, File);
    wdfobj_release(object);
}
WDF_ENTRY_BOTH(WdfObjectDereferenceActual)
