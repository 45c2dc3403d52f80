/* SPDX-License-Identifier: MIT */
/*
 * What the files of the object model share.
 */
#ifndef WDF_OBJECT_INTERNAL_H
#define WDF_OBJECT_INTERNAL_H

#include "wdf/object.h"
#include "wdf/verifier.h"

/* Checks what does not depend on the object that the attributes are for. They are not NULL. */
NTSTATUS object_check_values(PWDF_OBJECT_ATTRIBUTES attributes);

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

static inline void object_run_cleanup_callbacks(struct object *object)
{
    for (struct object_context *context = object->contexts; context != NULL; context = context->next)
    {
        PFN_WDF_OBJECT_CONTEXT_CLEANUP cleanup = context->cleanup;

        context->cleanup = NULL;
        if (cleanup != NULL)
        {
            struct verifier_callback callback;

            verifier_callback_enter(&callback, object, "EvtCleanupCallback");
            cleanup(wdfobj_handle(object));
            verifier_callback_leave(&callback);
        }
    }
}

static inline void object_run_destroy_callbacks(struct object *object)
{
    for (struct object_context *context = object->contexts; context != NULL; context = context->next)
    {
        if (context->destroy != NULL)
        {
            struct verifier_callback callback;

            verifier_callback_enter(&callback, object, "EvtDestroyCallback");
            context->destroy(wdfobj_handle(object));
            verifier_callback_leave(&callback);
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
