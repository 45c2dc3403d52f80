/* SPDX-License-Identifier: MIT */
/*
 * The verifier's census of objects: what the object model tells it. Off, each costs one branch.
 */
#ifndef WDF_VERIFIER_CENSUS_H
#define WDF_VERIFIER_CENSUS_H

#include "wdf/verifier.h"

void census_add(struct object *object);
void census_remove(struct object *object);
void census_reference(struct object *object, const void *tag, LONG line, const char *file);
void census_dereference(struct object *object, const void *tag, LONG line, const char *file);

/* The object is being made; its memory is about to be freed. */
static inline void verifier_object_created(struct object *object)
{
    if (verifier_is_on(object->globals))
    {
        census_add(object);
    }
}

static inline void verifier_object_destroyed(struct object *object)
{
    if (verifier_is_on(object->globals))
    {
        census_remove(object);
    }
}

/* The driver takes and drops a reference. Level full reports one that is dropped without having been taken. */
static inline void verifier_referenced(struct object *object, const void *tag, LONG line, const char *file)
{
    if (verifier_is_at(object->globals, VERIFIER_FULL))
    {
        census_reference(object, tag, line, file);
    }
}

static inline void verifier_dereferenced(struct object *object, const void *tag, LONG line, const char *file)
{
    if (verifier_is_at(object->globals, VERIFIER_FULL))
    {
        census_dereference(object, tag, line, file);
    }
}

/* The memory of an object whose driver is gone, without callbacks. */
void object_discard(struct object *object);

/* The driver has its object and its tag; it is gone with all that it ever had, or should be. */
void census_driver_created(struct driver_globals *globals);
void census_driver_gone(struct driver_globals *globals);

#endif /* WDF_VERIFIER_CENSUS_H */
