/* SPDX-License-Identifier: MIT */
/*
 * Waits for handles.
 */
#include "nt/object/dispatcher_objects.h"

void *object_dispatcher(void *body)
{
    const struct object_type *type = object_type(body);

    return type->dispatcher != NULL ? type->dispatcher(body) : NULL;
}

/* The body of a handle, referenced, and what a wait for it waits for. */
static NTSTATUS open_for_wait(HANDLE handle, void **ret_body, void **ret_dispatcher)
{
    NTSTATUS status = handle_lookup(handle, NULL, 0, ret_body);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    *ret_dispatcher = object_dispatcher(*ret_body);
    if (*ret_dispatcher == NULL)
    {
        object_release(*ret_body);
        return STATUS_OBJECT_TYPE_MISMATCH;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS wait_for_handles(ULONG count, const HANDLE *handles, WAIT_TYPE type, BOOLEAN alertable,
                                 PLARGE_INTEGER timeout)
{
    KWAIT_BLOCK blocks[MAXIMUM_WAIT_OBJECTS];
    void *dispatchers[MAXIMUM_WAIT_OBJECTS];
    void *bodies[MAXIMUM_WAIT_OBJECTS];
    NTSTATUS status = STATUS_SUCCESS;
    ULONG opened = 0;

    while (opened < count && NT_SUCCESS(status))
    {
        status = open_for_wait(handles[opened], &bodies[opened], &dispatchers[opened]);
        opened += NT_SUCCESS(status);
    }
    if (NT_SUCCESS(status))
    {
        status = KeWaitForMultipleObjects(count, dispatchers, type, UserRequest, KernelMode, alertable, timeout, blocks);
    }
    while (opened > 0)
    {
        object_release(bodies[--opened]);
    }
    return status;
}

/*
 * Published entry points.
 */
NTSTATUS ZwWaitForSingleObject(HANDLE Handle, BOOLEAN Alertable, PLARGE_INTEGER Timeout)
{
    void *dispatcher;
    void *body;
    NTSTATUS status = open_for_wait(Handle, &body, &dispatcher);

    if (NT_SUCCESS(status))
    {
        status = KeWaitForSingleObject(dispatcher, UserRequest, KernelMode, Alertable, Timeout);
        object_release(body);
    }
    return status;
}

NTSTATUS ZwWaitForMultipleObjects(ULONG HandleCount, PHANDLE Handles, WAIT_TYPE WaitType, BOOLEAN Alertable,
                                  PLARGE_INTEGER Timeout)
{
    if (HandleCount == 0 || HandleCount > MAXIMUM_WAIT_OBJECTS)
    {
        return STATUS_INVALID_PARAMETER_1;
    }
    if (WaitType != WaitAll && WaitType != WaitAny)
    {
        return STATUS_INVALID_PARAMETER_3;
    }
    return wait_for_handles(HandleCount, Handles, WaitType, Alertable, Timeout);
}
