/* SPDX-License-Identifier: MIT */
/*
 * The object tree: creation, deletion, references.
 */
#include "wdf/object.h"

#include <string.h>

#include "wdf/entry.h"
#include "wdf/globals.h"

#define OBJECT_SIGNATURE 0x4F464457u
#define OBJECT_DEAD 0xDEAD4F57u

static const struct object_class general_class = {
    .name = "WDFOBJECT",
    .type = OBJECT_GENERAL,
    .size = sizeof(struct object),
    .deletable = true,
    .takes_execution_level = true,
};

/*
 * Attributes.
 */

static bool context_is_sane(PWDF_OBJECT_ATTRIBUTES attributes)
{
    PCWDF_OBJECT_CONTEXT_TYPE_INFO type = attributes->ContextTypeInfo;

    if (type == NULL)
    {
        return attributes->ContextSizeOverride == 0;
    }
    if (type->ContextSize != 0 && type->ContextName == NULL)
    {
        return false;
    }
    return attributes->ContextSizeOverride == 0 || attributes->ContextSizeOverride >= type->ContextSize;
}

static NTSTATUS check_values(PWDF_OBJECT_ATTRIBUTES attributes)
{
    if (attributes->Size != sizeof(WDF_OBJECT_ATTRIBUTES) ||
        (attributes->ContextTypeInfo != NULL && attributes->ContextTypeInfo->Size != sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO)))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (!context_is_sane(attributes) || attributes->ExecutionLevel < WdfExecutionLevelInheritFromParent ||
        attributes->ExecutionLevel > WdfExecutionLevelDispatch ||
        attributes->SynchronizationScope < WdfSynchronizationScopeInheritFromParent ||
        attributes->SynchronizationScope > WdfSynchronizationScopeNone)
    {
        return STATUS_WDF_OBJECT_ATTRIBUTES_INVALID;
    }
    return STATUS_SUCCESS;
}

NTSTATUS wdfobj_check_attributes(PWDF_OBJECT_ATTRIBUTES attributes, const struct object_class *class,
                                 enum object_parent_rule rule)
{
    NTSTATUS status;

    if (attributes == NULL)
    {
        return rule == OBJECT_PARENT_REQUIRED ? STATUS_WDF_PARENT_NOT_SPECIFIED : STATUS_SUCCESS;
    }
    status = check_values(attributes);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (rule == OBJECT_PARENT_FORBIDDEN && attributes->ParentObject != NULL)
    {
        return STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED;
    }
    if (rule == OBJECT_PARENT_REQUIRED && attributes->ParentObject == NULL)
    {
        return STATUS_WDF_PARENT_NOT_SPECIFIED;
    }
    if (!class->takes_scope && attributes->SynchronizationScope != WdfSynchronizationScopeInheritFromParent &&
        attributes->SynchronizationScope != WdfSynchronizationScopeNone)
    {
        return STATUS_WDF_SYNCHRONIZATION_SCOPE_INVALID;
    }
    if (!class->takes_execution_level && attributes->ExecutionLevel != WdfExecutionLevelInheritFromParent)
    {
        return STATUS_WDF_EXECUTION_LEVEL_INVALID;
    }
    return STATUS_SUCCESS;
}

struct object *wdfobj_parent(PWDF_OBJECT_ATTRIBUTES attributes, struct object *otherwise)
{
    if (attributes == NULL || attributes->ParentObject == NULL)
    {
        return otherwise;
    }
    return wdfobj_from_handle(attributes->ParentObject, OBJECT_ANY, "WDF_OBJECT_ATTRIBUTES.ParentObject");
}

/*
 * Contexts.
 */

static size_t context_size(PWDF_OBJECT_ATTRIBUTES attributes)
{
    size_t bytes;

    if (attributes->ContextTypeInfo == NULL)
    {
        return 0;
    }
    bytes =
        attributes->ContextSizeOverride != 0 ? attributes->ContextSizeOverride : attributes->ContextTypeInfo->ContextSize;
    /* What no allocation can be is left to the allocator to refuse, without overflow on the way there. */
    return bytes > PTRDIFF_MAX / 2 ? (size_t)PTRDIFF_MAX / 2 : (bytes + 15) & ~(size_t)15;
}

static void context_fill(struct object_context *context, struct object *object, PWDF_OBJECT_ATTRIBUTES attributes)
{
    context->object = object;
    context->type = attributes->ContextTypeInfo == NULL ? NULL : attributes->ContextTypeInfo->UniqueType;
    context->cleanup = attributes->EvtCleanupCallback;
    context->destroy = attributes->EvtDestroyCallback;
}

/* The caller holds the object's lock, or is the only one who knows the object. */
static struct object_context *find_context(struct object *object, PCWDF_OBJECT_CONTEXT_TYPE_INFO type)
{
    struct object_context *context = object->contexts;

    while (context != NULL && context->type != type)
    {
        context = context->next;
    }
    return context;
}

struct object_context *wdfobj_find_context(struct object *object, PCWDF_OBJECT_CONTEXT_TYPE_INFO type)
{
    struct object_context *context = platform_atomic_load(&object->contexts);

    /* Contexts are only ever appended, and stay until the object is freed, so no lock is needed to read the list. */
    while (context != NULL && context->type != type)
    {
        context = platform_atomic_load(&context->next);
    }
    return context;
}

/* Appends the context, unless one of its type is there or the object is going away. */
static NTSTATUS append_context(struct object *object, struct object_context *context, struct object_context **ret_context)
{
    struct object_context **link = &object->contexts;
    NTSTATUS status = STATUS_SUCCESS;

    platform_spinlock_lock(&object->lock);
    *ret_context = find_context(object, context->type);
    if (object->state != OBJECT_CREATED)
    {
        status = STATUS_DELETE_PENDING;
    }
    else if (*ret_context != NULL)
    {
        status = STATUS_OBJECT_NAME_EXISTS;
    }
    else
    {
        while (*link != NULL)
        {
            link = &(*link)->next;
        }
        platform_atomic_store(link, context);
        *ret_context = context;
    }
    platform_spinlock_unlock(&object->lock);
    return status;
}

static void run_cleanup_callbacks(struct object *object)
{
    for (struct object_context *context = object->contexts; context != NULL; context = context->next)
    {
        PFN_WDF_OBJECT_CONTEXT_CLEANUP cleanup = context->cleanup;

        context->cleanup = NULL;
        if (cleanup != NULL)
        {
            cleanup(wdfobj_handle(object));
        }
    }
}

static void run_destroy_callbacks(struct object *object)
{
    for (struct object_context *context = object->contexts; context != NULL; context = context->next)
    {
        if (context->destroy != NULL)
        {
            context->destroy(wdfobj_handle(object));
        }
    }
}

static void free_contexts(struct object *object)
{
    struct object_context *context = object->contexts;

    while (context != NULL)
    {
        struct object_context *next = context->next;

        if (context->block_size != 0)
        {
            platform_free(context, context->block_size);
        }
        context = next;
    }
}

/*
 * The tree.
 */

static NTSTATUS link_child(struct object *parent, struct object *child)
{
    NTSTATUS status = STATUS_DELETE_PENDING;

    platform_spinlock_lock(&parent->lock);
    if (parent->state == OBJECT_CREATED)
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

/* The caller holds the parent's lock. */
static void unlink_child(struct object *parent, struct object *child)
{
    *(child->previous_sibling == NULL ? &parent->first_child : &child->previous_sibling->next_sibling) = child->next_sibling;
    *(child->next_sibling == NULL ? &parent->last_child : &child->next_sibling->previous_sibling) = child->previous_sibling;
    child->previous_sibling = NULL;
    child->next_sibling = NULL;
    child->parent = NULL;
}

size_t wdfobj_block_size(const struct object_class *class, PWDF_OBJECT_ATTRIBUTES attributes)
{
    size_t own = (class->size + 15) & ~(size_t)15;

    return attributes == NULL ? own : own + sizeof(struct object_context) + context_size(attributes);
}

/* What the attributes leave open comes from above; at the very top is the flavour's default. */
static void resolve_level_and_scope(struct object *object, PWDF_OBJECT_ATTRIBUTES attributes, const struct object *above)
{
    WDF_EXECUTION_LEVEL root_level = object->globals->user_flavour ? WdfExecutionLevelPassive : WdfExecutionLevelDispatch;

    object->execution_level = above != NULL ? above->execution_level : (uint8_t)root_level;
    object->scope = above != NULL ? above->scope : (uint8_t)WdfSynchronizationScopeNone;
    if (attributes != NULL && attributes->ExecutionLevel != WdfExecutionLevelInheritFromParent)
    {
        object->execution_level = (uint8_t)attributes->ExecutionLevel;
    }
    if (attributes != NULL && attributes->SynchronizationScope != WdfSynchronizationScopeInheritFromParent)
    {
        object->scope = (uint8_t)attributes->SynchronizationScope;
    }
}

NTSTATUS wdfobj_create_in(void *memory, struct driver_globals *globals, const struct object_class *class,
                          PWDF_OBJECT_ATTRIBUTES attributes, struct object *parent, struct object **ret_object)
{
    struct object *object = memory;

    object->signature = OBJECT_SIGNATURE;
    object->state = OBJECT_CREATED;
    object->deletable = class->deletable;
    object->references = 1;
    object->class = class;
    object->globals = globals;
    resolve_level_and_scope(object, attributes, parent != NULL ? parent : globals->driver);
    if (attributes != NULL)
    {
        struct object_context *context = (void *)((char *)memory + ((class->size + 15) & ~(size_t)15));

        context_fill(context, object, attributes);
        object->contexts = context;
    }
    *ret_object = object;
    return parent == NULL ? STATUS_SUCCESS : link_child(parent, object);
}

NTSTATUS wdfobj_create(struct driver_globals *globals, const struct object_class *class, PWDF_OBJECT_ATTRIBUTES attributes,
                       struct object *parent, struct object **ret_object)
{
    size_t size = wdfobj_block_size(class, attributes);
    void *memory = platform_zalloc(size);
    NTSTATUS status;

    *ret_object = NULL;
    if (memory == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = wdfobj_create_in(memory, globals, class, attributes, parent, ret_object);
    if (!NT_SUCCESS(status))
    {
        platform_free(memory, size);
        *ret_object = NULL;
        return status;
    }
    (*ret_object)->block_size = size;
    return STATUS_SUCCESS;
}

static void set_state(struct object *object, enum object_state state)
{
    platform_spinlock_lock(&object->lock);
    object->state = state;
    platform_spinlock_unlock(&object->lock);
}

/*
 * Wins for one caller only: takes a created object from its parent, if the parent itself is not going away. The object's
 * lock keeps the parent: release_tree() needs it to part the two.
 */
static bool claim_deletion(struct object *object)
{
    struct object *parent;
    bool claimed;

    platform_spinlock_lock(&object->lock);
    parent = object->parent;
    claimed = object->state == OBJECT_CREATED;
    if (claimed && parent != NULL)
    {
        platform_spinlock_lock(&parent->lock);
        claimed = parent->state == OBJECT_CREATED;
        if (claimed)
        {
            unlink_child(parent, object);
        }
        platform_spinlock_unlock(&parent->lock);
    }
    if (claimed)
    {
        object->state = OBJECT_DISPOSING;
    }
    platform_spinlock_unlock(&object->lock);
    return claimed;
}

/* The dispose phase of one object, whose state is disposing already. */
static void dispose(struct object *object)
{
    /* The list of children cannot change any more: additions and single deletions look at the state under the lock. */
    for (struct object *child = object->first_child; child != NULL; child = child->next_sibling)
    {
        set_state(child, OBJECT_DISPOSING);
        dispose(child);
    }
    if (object->class->dispose != NULL)
    {
        object->class->dispose(object);
    }
    run_cleanup_callbacks(object);
    set_state(object, OBJECT_DISPOSED);
}

/* The destroy phase: the references that the tree holds are dropped, children first. */
static void release_tree(struct object *object)
{
    while (object->first_child != NULL)
    {
        struct object *child = object->first_child;

        platform_spinlock_lock(&child->lock);
        platform_spinlock_lock(&object->lock);
        unlink_child(object, child);
        platform_spinlock_unlock(&object->lock);
        platform_spinlock_unlock(&child->lock);
        release_tree(child);
    }
    wdfobj_release(object);
}

void wdfobj_delete(struct object *object)
{
    if (claim_deletion(object))
    {
        dispose(object);
        release_tree(object);
    }
}

void wdfobj_reference(struct object *object)
{
    (void)platform_atomic_fetch_add(&object->references, 1);
}

void wdfobj_release(struct object *object)
{
    size_t block_size = object->block_size;

    if (platform_atomic_fetch_sub(&object->references, 1) != 1)
    {
        return;
    }
    if (object->state != OBJECT_DISPOSED)
    {
        globals_bugcheck(object->globals, WDF_OBJECT_ERROR, (ULONG_PTR)object, 0, 0);
    }
    run_destroy_callbacks(object);
    free_contexts(object);
    object->signature = OBJECT_DEAD;
    if (object->class->destroy != NULL)
    {
        object->class->destroy(object);
    }
    /* An object in somebody else's block may have gone with it. */
    if (block_size != 0)
    {
        platform_free(object, block_size);
    }
}

struct object *wdfobj_from_handle(const void *handle, enum wdfobj_type type, const char *function)
{
    struct object *object = (struct object *)(uintptr_t)handle;

    if (object == NULL || object->signature != OBJECT_SIGNATURE || (type != OBJECT_ANY && object->class->type != type))
    {
        globals_invalid_handle(handle, function);
    }
    return object;
}

struct object *wdfobj_device(struct object *object)
{
    while (object != NULL && object->class->type != OBJECT_DEVICE)
    {
        object = wdfobj_above(object);
    }
    return object;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfObjectCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_OBJECT_ATTRIBUTES Attributes, WDFOBJECT *Object)
{
    globals_require(DriverGlobals, Object, "WdfObjectCreate");
    struct driver_globals *globals = globals_of(DriverGlobals);
    struct object *object;
    NTSTATUS status = wdfobj_check_attributes(Attributes, &general_class, OBJECT_PARENT_OPTIONAL);

    *Object = NULL;
    if (NT_SUCCESS(status))
    {
        status = wdfobj_create(globals, &general_class, Attributes, wdfobj_parent(Attributes, globals->driver), &object);
    }
    if (NT_SUCCESS(status))
    {
        *Object = wdfobj_handle(object);
    }
    return status;
}
WDF_ENTRY_BOTH(WdfObjectCreate)

VOID wdf_kmdf_WdfObjectDelete(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Object)
{
    struct object *object = wdfobj_from_handle(Object, OBJECT_ANY, "WdfObjectDelete");

    if (!object->deletable)
    {
        globals_break(globals_of(DriverGlobals), "WdfObjectDelete: a %s is deleted by the framework, not by the driver",
                      object->class->name);
        return;
    }
    wdfobj_delete(object);
}
WDF_ENTRY_BOTH(WdfObjectDelete)

VOID wdf_kmdf_WdfObjectReferenceActual(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Handle, PVOID Tag, LONG Line, PCCH File)
{
    wdfobj_reference(wdfobj_from_handle(Handle, OBJECT_ANY, "WdfObjectReference"));
}
WDF_ENTRY_BOTH(WdfObjectReferenceActual)

VOID wdf_kmdf_WdfObjectDereferenceActual(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Handle, PVOID Tag, LONG Line,
                                         PCCH File)
{
    wdfobj_release(wdfobj_from_handle(Handle, OBJECT_ANY, "WdfObjectDereference"));
}
WDF_ENTRY_BOTH(WdfObjectDereferenceActual)

PVOID wdf_kmdf_WdfObjectGetTypedContextWorker(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Handle,
                                              PCWDF_OBJECT_CONTEXT_TYPE_INFO TypeInfo)
{
    struct object *object = wdfobj_from_handle(Handle, OBJECT_ANY, "WdfObjectGetTypedContext");
    struct object_context *context = wdfobj_find_context(object, TypeInfo);

    return context == NULL ? NULL : context->memory;
}
WDF_ENTRY_BOTH(WdfObjectGetTypedContextWorker)

WDFOBJECT wdf_kmdf_WdfObjectContextGetObject(PWDF_DRIVER_GLOBALS DriverGlobals, PVOID ContextPointer)
{
    globals_require(DriverGlobals, ContextPointer, "WdfObjectContextGetObject");
    return (WDFOBJECT)CONTAINING_RECORD(ContextPointer, struct object_context, memory)->object;
}
WDF_ENTRY_BOTH(WdfObjectContextGetObject)

static NTSTATUS check_context_attributes(PWDF_OBJECT_ATTRIBUTES attributes)
{
    NTSTATUS status = attributes == NULL ? STATUS_WDF_PARENT_NOT_SPECIFIED : check_values(attributes);

    if (NT_SUCCESS(status) && attributes->ParentObject != NULL)
    {
        status = STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED;
    }
    if (NT_SUCCESS(status) && attributes->ContextTypeInfo == NULL)
    {
        status = STATUS_OBJECT_NAME_INVALID;
    }
    return status;
}

NTSTATUS wdf_kmdf_WdfObjectAllocateContext(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Handle,
                                           PWDF_OBJECT_ATTRIBUTES ContextAttributes, PVOID *Context)
{
    struct object *object = wdfobj_from_handle(Handle, OBJECT_ANY, "WdfObjectAllocateContext");
    NTSTATUS status = check_context_attributes(ContextAttributes);
    struct object_context *context;
    struct object_context *found;
    size_t size;

    if (Context != NULL)
    {
        *Context = NULL;
    }
    if (NT_SUCCESS(status) && object->class->embedded)
    {
        status = STATUS_OBJECT_PATH_INVALID;
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    size = sizeof(*context) + context_size(ContextAttributes);
    context = platform_zalloc(size);
    if (context == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    context_fill(context, object, ContextAttributes);
    context->block_size = size;
    status = append_context(object, context, &found);
    if (found != context)
    {
        platform_free(context, size);
    }
    if (Context != NULL && NT_SUCCESS(status))
    {
        *Context = found->memory;
    }
    return status;
}
WDF_ENTRY_BOTH(WdfObjectAllocateContext)
