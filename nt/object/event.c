/* SPDX-License-Identifier: MIT */
/*
 * Event objects.
 */
#include "nt/object/dispatcher_objects.h"

/* The header is the first member of every dispatcher object. */
static void *event_dispatcher(void *body)
{
    return body;
}

const struct object_type event_type = {
    .name = "Event",
    .mapping = {STANDARD_RIGHTS_READ | EVENT_QUERY_STATE, STANDARD_RIGHTS_WRITE | EVENT_MODIFY_STATE,
                STANDARD_RIGHTS_EXECUTE | SYNCHRONIZE, EVENT_ALL_ACCESS},
    .valid_access = EVENT_ALL_ACCESS,
    .dispatcher = event_dispatcher,
};

NTSTATUS event_object_create(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, EVENT_TYPE type, bool state,
                             HANDLE *ret_handle)
{
    void *body;
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    *ret_handle = NULL;
    if (type == NotificationEvent || type == SynchronizationEvent)
    {
        status = object_create(&event_type, sizeof(KEVENT), &body);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    KeInitializeEvent(body, type, state);
    return object_insert(body, attributes, access, ret_handle);
}

/* Does something with the event of a handle; previous, which may be NULL, receives the state before. */
static NTSTATUS with_event(HANDLE handle, LONG (*change)(PRKEVENT event), PLONG previous)
{
    void *event;
    LONG before;
    NTSTATUS status = handle_lookup(handle, &event_type, 0, &event);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    before = change(event);
    object_release(event);
    if (previous != NULL)
    {
        *previous = before;
    }
    return STATUS_SUCCESS;
}

static LONG set_event(PRKEVENT event)
{
    return KeSetEvent(event, EVENT_INCREMENT, FALSE);
}

static LONG pulse_event(PRKEVENT event)
{
    return KePulseEvent(event, EVENT_INCREMENT, FALSE);
}

static LONG reset_event(PRKEVENT event)
{
    return KeResetEvent(event);
}

/*
 * Opens or makes the event that drivers share by name. The event is the handle's: it lives until that is closed.
 */
static PKEVENT open_shared_event(PUNICODE_STRING name, EVENT_TYPE type, PHANDLE handle)
{
    OBJECT_ATTRIBUTES attributes;
    void *event;
    NTSTATUS status;

    InitializeObjectAttributes(&attributes, name, OBJ_OPENIF | OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE, NULL, NULL);
    status = event_object_create(&attributes, EVENT_ALL_ACCESS, type, true, handle);
    if (!NT_SUCCESS(status) || !NT_SUCCESS(handle_lookup(*handle, &event_type, 0, &event)))
    {
        return NULL;
    }
    object_release(event);
    return event;
}

/*
 * Published entry points.
 */
static POBJECT_TYPE event_object_type = (POBJECT_TYPE)&event_type;

POBJECT_TYPE *ExEventObjectType = &event_object_type;

NTSTATUS ZwCreateEvent(PHANDLE EventHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
                       EVENT_TYPE EventType, BOOLEAN InitialState)
{
    return event_object_create(ObjectAttributes, DesiredAccess, EventType, InitialState, EventHandle);
}

NTSTATUS ZwOpenEvent(PHANDLE EventHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes)
{
    return object_open(&event_type, ObjectAttributes, DesiredAccess, EventHandle);
}

NTSTATUS ZwSetEvent(HANDLE EventHandle, PLONG PreviousState)
{
    return with_event(EventHandle, set_event, PreviousState);
}

NTSTATUS ZwResetEvent(HANDLE EventHandle, PLONG PreviousState)
{
    return with_event(EventHandle, reset_event, PreviousState);
}

NTSTATUS ZwClearEvent(HANDLE EventHandle)
{
    return with_event(EventHandle, reset_event, NULL);
}

NTSTATUS ZwPulseEvent(HANDLE EventHandle, PLONG PreviousState)
{
    return with_event(EventHandle, pulse_event, PreviousState);
}

PKEVENT IoCreateNotificationEvent(PUNICODE_STRING EventName, PHANDLE EventHandle)
{
    return open_shared_event(EventName, NotificationEvent, EventHandle);
}

PKEVENT IoCreateSynchronizationEvent(PUNICODE_STRING EventName, PHANDLE EventHandle)
{
    return open_shared_event(EventName, SynchronizationEvent, EventHandle);
}
