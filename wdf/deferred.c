/* SPDX-License-Identifier: MIT */
#include "wdf/deferred.h"

NTSTATUS deferred_create(const struct object_class *class, PWDF_OBJECT_ATTRIBUTES attributes, bool automatic_serialization,
                         bool passive, struct deferred *ret_deferred, struct object **ret_object)
{
    struct object *parent = wdfobj_parent(attributes, NULL);
    NTSTATUS status;

    if (wdfobj_device(parent) == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    status = presentation_for_callback(parent, automatic_serialization, passive, &ret_deferred->lock);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    *ret_object = wdfobj_allocate(parent->globals, class, attributes, parent);
    if (*ret_object == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    ret_deferred->parent = parent;
    ret_deferred->parent_handle = wdfobj_handle(parent);
    wdfobj_reference(parent);
    return STATUS_SUCCESS;
}

void deferred_end(struct deferred *deferred)
{
    wdfobj_release(deferred->parent);
}
