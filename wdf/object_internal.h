/* SPDX-License-Identifier: MIT */
/*
 * What the files of the object model share.
 */
#ifndef WDF_OBJECT_INTERNAL_H
#define WDF_OBJECT_INTERNAL_H

#include "wdf/object.h"

/* Checks what does not depend on the object that the attributes are for. They are not NULL. */
NTSTATUS object_check_values(PWDF_OBJECT_ATTRIBUTES attributes);

/* Bytes of the driver's memory that the attributes ask for, rounded up to 16. */
size_t object_context_size(PWDF_OBJECT_ATTRIBUTES attributes);
void object_context_fill(struct object_context *context, struct object *object, PWDF_OBJECT_ATTRIBUTES attributes);

void object_run_cleanup_callbacks(struct object *object);
void object_run_destroy_callbacks(struct object *object);
void object_free_contexts(struct object *object);

/* The caller of this holds the locks of both, or is the only one who knows them. */
void object_unlink(struct object *parent, struct object *child);

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
