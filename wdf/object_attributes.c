/* SPDX-License-Identifier: MIT */
/*
 * WDF_OBJECT_ATTRIBUTES: what is good.
 */
#include "wdf/object_internal.h"

NTSTATUS object_check_values(PWDF_OBJECT_ATTRIBUTES attributes)
{
    return object_values_status(attributes);
}

NTSTATUS wdfobj_check_attributes(PWDF_OBJECT_ATTRIBUTES attributes, const struct object_class *class,
                                 enum object_parent_rule rule)
{
    return object_attributes_status(attributes, class, rule);
}
