/* SPDX-License-Identifier: MIT */
/*
 * What the objects have in common by which a driver has a function called later: WDFDPC, WDFTIMER, WDFWORKITEM. Each has a parent
 * above which there is a device, stays referring to it, and its function is presented under that parent's lock.
 */
#ifndef WDF_DEFERRED_H
#define WDF_DEFERRED_H

#include "wdf/object.h"
#include "wdf/presentation.h"

struct deferred
{
    /* NULL for none. */
    struct presentation_lock *lock;
    /* Referenced until deferred_end(); its handle is told even after that. */
    struct object *parent;
    WDFOBJECT parent_handle;
};

/*
 * Finds the parent, which the attributes must name, and the lock for a function that runs at PASSIVE_LEVEL or not, and allocates
 * the object; the parent is referenced then. The caller fills the object in and publishes it below the parent.
 * STATUS_INVALID_DEVICE_REQUEST without a device, STATUS_INSUFFICIENT_RESOURCES, and those of presentation_for_callback().
 */
NTSTATUS deferred_create(const struct object_class *class, PWDF_OBJECT_ATTRIBUTES attributes, bool automatic_serialization,
                         bool passive, struct deferred *ret_deferred, struct object **ret_object);

/* The object is being disposed. */
void deferred_end(struct deferred *deferred);

#endif /* WDF_DEFERRED_H */
