/* SPDX-License-Identifier: MIT */
/*
 * Contexts: the driver's memory on an object, with the callbacks that come with it.
 */
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/object_internal.h"
#include "wdf/verifier.h"

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
    if (platform_atomic_load_relaxed(&object->state) != OBJECT_CREATED)
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

/*
 * Entry points.
 */
PVOID wdf_kmdf_WdfObjectGetTypedContextWorker(PWDF_DRIVER_GLOBALS DriverGlobals, WDFOBJECT Handle,
                                              PCWDF_OBJECT_CONTEXT_TYPE_INFO TypeInfo)
{
    struct object *object = wdfobj_of_caller(DriverGlobals, Handle, OBJECT_ANY, "WdfObjectGetTypedContext");
    struct object_context *context = wdfobj_find_context(object, TypeInfo);

    return context == NULL ? NULL : context->memory;
}
WDF_ENTRY_BOTH(WdfObjectGetTypedContextWorker)

WDFOBJECT wdf_kmdf_WdfObjectContextGetObject(PWDF_DRIVER_GLOBALS DriverGlobals, PVOID ContextPointer)
{
    globals_require(DriverGlobals, ContextPointer, "WdfObjectContextGetObject");
    return wdfobj_handle(CONTAINING_RECORD(ContextPointer, struct object_context, memory)->object);
}
WDF_ENTRY_BOTH(WdfObjectContextGetObject)

static NTSTATUS check_context_attributes(PWDF_OBJECT_ATTRIBUTES attributes)
{
    NTSTATUS status = attributes == NULL ? STATUS_WDF_PARENT_NOT_SPECIFIED : object_check_values(attributes);

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
    struct object *object = wdfobj_of_caller(DriverGlobals, Handle, OBJECT_ANY, "WdfObjectAllocateContext");
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
    size = sizeof(*context) + object_context_size(ContextAttributes);
    context = platform_zalloc(size);
    if (context == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    object_context_fill(context, object, ContextAttributes);
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
