/* SPDX-License-Identifier: MIT */
/*
 * WDF_OBJECT_ATTRIBUTES: what is good, and what a new object takes from them.
 */
#include "wdf/object_internal.h"

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

NTSTATUS object_check_values(PWDF_OBJECT_ATTRIBUTES attributes)
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
    status = object_check_values(attributes);
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
