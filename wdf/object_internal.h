/* SPDX-License-Identifier: MIT */
/*
 * What the files of the object model share.
 */
#ifndef WDF_OBJECT_INTERNAL_H
#define WDF_OBJECT_INTERNAL_H

#include "wdf/object.h"
#include "wdf/globals.h"
#include "wdf/verifier.h"
#include "wdf/verifier_census.h"

/* Checks what does not depend on the object that the attributes are for. They are not NULL. */
NTSTATUS object_check_values(PWDF_OBJECT_ATTRIBUTES attributes);

/*
 * The checks of attributes. Inline for who creates so often that what is known of the class is worth saving.
 */

static inline bool object_context_is_sane(PWDF_OBJECT_ATTRIBUTES attributes)
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

static inline __attribute__((always_inline)) NTSTATUS object_values_status(PWDF_OBJECT_ATTRIBUTES attributes)
{
    if (attributes->Size != sizeof(WDF_OBJECT_ATTRIBUTES) ||
        (attributes->ContextTypeInfo != NULL && attributes->ContextTypeInfo->Size != sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO)))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (!object_context_is_sane(attributes) || attributes->ExecutionLevel < WdfExecutionLevelInheritFromParent ||
        attributes->ExecutionLevel > WdfExecutionLevelDispatch ||
        attributes->SynchronizationScope < WdfSynchronizationScopeInheritFromParent ||
        attributes->SynchronizationScope > WdfSynchronizationScopeNone)
    {
        return STATUS_WDF_OBJECT_ATTRIBUTES_INVALID;
    }
    return STATUS_SUCCESS;
}

static inline __attribute__((always_inline)) NTSTATUS
object_attributes_status(PWDF_OBJECT_ATTRIBUTES attributes, const struct object_class *class, enum object_parent_rule rule)
{
    NTSTATUS status;

    if (attributes == NULL)
    {
        return rule == OBJECT_PARENT_REQUIRED ? STATUS_WDF_PARENT_NOT_SPECIFIED : STATUS_SUCCESS;
    }
    status = object_values_status(attributes);
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

/*
 * Contexts. In the header, because every creation and deletion goes through these.
 */

/* Bytes of the driver's memory that the attributes ask for, rounded up to 16. */
static inline size_t object_context_size(PWDF_OBJECT_ATTRIBUTES attributes)
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

static inline void object_context_fill(struct object_context *context, struct object *object,
                                       PWDF_OBJECT_ATTRIBUTES attributes)
{
    context->object = object;
    context->type = attributes->ContextTypeInfo == NULL ? NULL : attributes->ContextTypeInfo->UniqueType;
    context->cleanup = attributes->EvtCleanupCallback;
    context->destroy = attributes->EvtDestroyCallback;
}

/* Calls one of the two callbacks that a context has. The verifier's way is apart from the other, which needs no record. */
void object_call_verified(struct object *object, void (*function)(WDFOBJECT object), const char *name);

static inline void object_call(struct object *object, void (*function)(WDFOBJECT object), const char *name)
{
    void (*unverified)(WDFOBJECT object) = function;

    if (verifier_is_on(object->globals))
    {
        object_call_verified(object, function, name);
        return;
    }
    unverified(wdfobj_handle(object));
}

static inline void object_run_cleanup_callbacks(struct object *object)
{
    for (struct object_context *context = object->contexts; context != NULL; context = context->next)
    {
        PFN_WDF_OBJECT_CONTEXT_CLEANUP cleanup = context->cleanup;

        if (cleanup != NULL)
        {
            context->cleanup = NULL;
            object_call(object, cleanup, "EvtCleanupCallback");
        }
    }
}

static inline void object_run_destroy_callbacks(struct object *object)
{
    for (struct object_context *context = object->contexts; context != NULL; context = context->next)
    {
        if (context->destroy != NULL)
        {
            object_call(object, context->destroy, "EvtDestroyCallback");
        }
    }
}

static inline void object_free_contexts(struct object *object)
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

/* The caller of this holds the locks of both, or is the only one who knows them. */
static inline void object_unlink(struct object *parent, struct object *child)
{
    *(child->previous_sibling == NULL ? &parent->first_child : &child->previous_sibling->next_sibling) = child->next_sibling;
    *(child->next_sibling == NULL ? &parent->last_child : &child->next_sibling->previous_sibling) = child->previous_sibling;
    child->previous_sibling = NULL;
    child->next_sibling = NULL;
    child->parent = NULL;
}

/*
 * Beginning and end of an object. In the header for the same reason.
 */

/*
 * Makes the object's handle: the generation after the one that was at this place last, or that of the object which this one
 * is part of. None is zero, so that no address is a handle.
 */
static inline void object_seal(struct object *object, const struct object *container)
{
    uint64_t generation = container != NULL ? (container->self ^ HANDLE_SEAL) >> HANDLE_GENERATION_SHIFT :
                                              (uint16_t)((object->self >> HANDLE_GENERATION_SHIFT) + 1);

    generation += generation == 0;
    object->self = ((uintptr_t)object | generation << HANDLE_GENERATION_SHIFT) ^ HANDLE_SEAL;
}

/* The handle is none any more. */
static inline void object_unseal(struct object *object)
{
    object->self = (object->self ^ HANDLE_SEAL) & ~HANDLE_ADDRESS_MASK;
}

/* What the attributes leave open comes from above; at the very top is the flavour's default. */
static inline void object_resolve_level_and_scope(struct object *object, PWDF_OBJECT_ATTRIBUTES attributes,
                                                  const struct object *above)
{
    WDF_EXECUTION_LEVEL root_level = object->globals->user_flavour ? WdfExecutionLevelPassive : WdfExecutionLevelDispatch;

    object->execution_level = above != NULL ? above->execution_level : (uint8_t)root_level;
    object->scope = above != NULL ? above->scope : (uint8_t)WdfSynchronizationScopeNone;
    if (attributes != NULL && attributes->ExecutionLevel != WdfExecutionLevelInheritFromParent)
    {
        object->execution_level = (uint8_t)attributes->ExecutionLevel;
        object->passive = object->passive || attributes->ExecutionLevel == WdfExecutionLevelPassive;
    }
    if (attributes != NULL && attributes->SynchronizationScope != WdfSynchronizationScopeInheritFromParent)
    {
        object->scope = (uint8_t)attributes->SynchronizationScope;
    }
}

/* Everything but the first word is zero. */
static inline __attribute__((always_inline)) void object_initialize(struct object *object, struct driver_globals *globals,
                                                                    const struct object_class *class,
                                                                    PWDF_OBJECT_ATTRIBUTES attributes, struct object *parent)
{
    object_seal(object, class->inside_parent ? parent : NULL);
    object->state = OBJECT_CREATED;
    object->type = (uint8_t) class->type;
    object->deletable = class->deletable;
    object->passive = class->passive_dispose;
    object->references = 1;
    object->class = class;
    object->globals = parent != NULL ? parent->globals : globals;
    object_resolve_level_and_scope(object, attributes, parent != NULL ? parent : globals->driver);
    verifier_object_created(object);
}

/* The members before parent of an object that is like another, which is initialised and nobody's, of a driver that is not verified. */
static inline void object_begin_alike(struct object *object, const struct object *other)
{
    object_seal(object, NULL);
    __builtin_memcpy(&object->references, &other->references,
                     offsetof(struct object, parent) - offsetof(struct object, references));
}

static inline void object_add_first_context(struct object *object, struct object_context *context,
                                            PWDF_OBJECT_ATTRIBUTES attributes)
{
    object_context_fill(context, object, attributes);
    object->contexts = context;
}

/* Where the context begins that is part of the object's block. */
static inline struct object_context *object_inner_context(struct object *object, const struct object_class *class)
{
    return (void *)((char *)object + ((class->size + 15) & ~(size_t)15));
}

/* What is left to do for an object without references: destroy callbacks, memory. */
void object_destroy(struct object *object);

/* The rest of a deletion that has been claimed: dispose phase, destroy phase, and keeper's reference, which may be NULL. */
void object_delete_claimed(struct object *object, struct object *keeper);

/*
 * Whether the calling thread runs at a level at which the driver's callbacks for passive objects must not be called: what is
 * due is left to the driver's disposal worker then.
 */
static inline bool object_is_above_passive(void)
{
    return platform_current()->irql != PASSIVE_LEVEL;
}

#endif /* WDF_OBJECT_INTERNAL_H */
