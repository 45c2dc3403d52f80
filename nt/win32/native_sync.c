/* SPDX-License-Identifier: MIT */
/*
 * Events, mutants, semaphores and timers that have handles, and waits for handles.
 */
#include "nt/internal.h"

#include "nt/win32/native.h"

#include "nt/object/dispatcher_objects.h"
#include "nt/object/handle_table.h"
#include "nt/sync/apc.h"
#include "nt/sync/dispatcher.h"
#include "nt/sync/event.h"
#include "nt/sync/mutant.h"
#include "nt/sync/semaphore.h"
#include "nt/thread/thread.h"
#include "nt/time/timer_object.h"

static const struct object_type *const types[] = {
    [NATIVE_EVENT] = &event_type,
    [NATIVE_MUTANT] = &mutant_type,
    [NATIVE_SEMAPHORE] = &semaphore_type,
    [NATIVE_TIMER] = &timer_type,
};

NTSTATUS native_create(const struct native_object *object, const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access,
                       HANDLE *ret_handle)
{
    switch (object->kind)
    {
        case NATIVE_EVENT:
            return event_object_create(attributes, access, object->manual ? NotificationEvent : SynchronizationEvent,
                                       object->initial, ret_handle);
        case NATIVE_MUTANT:
            return mutant_object_create(attributes, access, object->initial, ret_handle);
        case NATIVE_SEMAPHORE:
            return semaphore_object_create(attributes, access, object->count, object->limit, ret_handle);
        default:
            return timer_object_create(attributes, access, object->manual ? NotificationTimer : SynchronizationTimer,
                                       ret_handle);
    }
}

NTSTATUS native_open(enum native_kind kind, const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, HANDLE *ret_handle)
{
    return object_open(types[kind], attributes, access, ret_handle);
}

NTSTATUS native_event(HANDLE event, enum native_event_action action)
{
    void *body;
    NTSTATUS status = handle_lookup(event, types[NATIVE_EVENT], EVENT_MODIFY_STATE, &body);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    switch (action)
    {
        case NATIVE_EVENT_SET:
            (void)KeSetEvent(body, 0, FALSE);
            break;
        case NATIVE_EVENT_RESET:
            (void)KeResetEvent(body);
            break;
        default:
            (void)event_pulse(body);
            break;
    }
    object_release(body);
    return STATUS_SUCCESS;
}

NTSTATUS native_mutant_release(HANDLE mutant)
{
    void *body;
    NTSTATUS status = handle_lookup(mutant, types[NATIVE_MUTANT], 0, &body);

    if (NT_SUCCESS(status))
    {
        status = mutant_release(body, false, NULL);
        object_release(body);
    }
    /* Who releases what another thread has abandoned does not own it either. */
    return status == STATUS_ABANDONED ? STATUS_MUTANT_NOT_OWNED : status;
}

NTSTATUS native_semaphore_release(HANDLE semaphore, LONG count, LONG *ret_previous)
{
    LONG previous;
    void *body;
    NTSTATUS status;

    if (count <= 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = handle_lookup(semaphore, types[NATIVE_SEMAPHORE], SEMAPHORE_MODIFY_STATE, &body);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = semaphore_release(body, count, &previous);
    if (NT_SUCCESS(status) && ret_previous != NULL)
    {
        *ret_previous = previous;
    }
    object_release(body);
    return status;
}

NTSTATUS native_signal(HANDLE object)
{
    void *body;
    NTSTATUS status = handle_lookup(object, NULL, 0, &body);
    const struct object_type *type;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    type = object_type(body);
    object_release(body);
    if (type == types[NATIVE_EVENT])
    {
        return native_event(object, NATIVE_EVENT_SET);
    }
    if (type == types[NATIVE_MUTANT])
    {
        return native_mutant_release(object);
    }
    return type == types[NATIVE_SEMAPHORE] ? native_semaphore_release(object, 1, NULL) : STATUS_OBJECT_TYPE_MISMATCH;
}

/*
 * Timers.
 */
NTSTATUS native_timer_set(HANDLE handle, int64_t due, uint32_t period, native_timer_routine *routine, void *context)
{
    LARGE_INTEGER when = {.QuadPart = due};
    void *body;
    NTSTATUS status = handle_lookup(handle, types[NATIVE_TIMER], TIMER_MODIFY_STATE, &body);

    if (NT_SUCCESS(status))
    {
        (void)timer_object_set(body, when, period, routine, context);
        object_release(body);
    }
    return status;
}

NTSTATUS native_timer_cancel(HANDLE handle)
{
    void *body;
    NTSTATUS status = handle_lookup(handle, types[NATIVE_TIMER], TIMER_MODIFY_STATE, &body);

    if (NT_SUCCESS(status))
    {
        (void)timer_object_cancel(body);
        object_release(body);
    }
    return status;
}

/*
 * Waits.
 */
static void release_all(void **bodies, uint32_t count)
{
    for (uint32_t index = 0; index < count; index++)
    {
        object_release(bodies[index]);
    }
}

/* Finds and references what the handles lead to, and what of it is waited for. */
static NTSTATUS look_up_all(uint32_t count, const HANDLE *handles, void **bodies, void **dispatchers)
{
    for (uint32_t index = 0; index < count; index++)
    {
        NTSTATUS status = handle_lookup(handles[index], NULL, SYNCHRONIZE, &bodies[index]);
        const struct object_type *type = NT_SUCCESS(status) ? object_type(bodies[index]) : NULL;

        if (type == NULL || type->dispatcher == NULL)
        {
            release_all(bodies, type == NULL ? index : index + 1);
            return type == NULL ? status : STATUS_OBJECT_TYPE_MISMATCH;
        }
        dispatchers[index] = type->dispatcher(bodies[index]);
    }
    return STATUS_SUCCESS;
}

static bool has_duplicates(uint32_t count, void *const *objects)
{
    for (uint32_t index = 1; index < count; index++)
    {
        for (uint32_t before = 0; before < index; before++)
        {
            if (objects[before] == objects[index])
            {
                return true;
            }
        }
    }
    return false;
}

/* The calls that ended a wait run on its thread. Alerts do not end a wait of Win32. */
static NTSTATUS finish_wait(NTSTATUS status)
{
    if (status == STATUS_USER_APC)
    {
        (void)apc_run();
    }
    return status;
}

NTSTATUS native_wait(uint32_t count, const HANDLE *handles, bool all, bool alertable, const LARGE_INTEGER *timeout)
{
    void *bodies[MAXIMUM_WAIT_OBJECTS];
    void *dispatchers[MAXIMUM_WAIT_OBJECTS];
    NTSTATUS status;

    if (count == 0 || count > MAXIMUM_WAIT_OBJECTS)
    {
        return STATUS_INVALID_PARAMETER_1;
    }
    status = look_up_all(count, handles, bodies, dispatchers);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (all && has_duplicates(count, dispatchers))
    {
        status = STATUS_INVALID_PARAMETER_MIX;
    }
    else
    {
        status = dispatcher_wait(count, dispatchers, all ? WaitAll : WaitAny, UserMode, alertable, timeout);
    }
    release_all(bodies, count);
    return finish_wait(status);
}

NTSTATUS native_delay(bool alertable, const LARGE_INTEGER *timeout)
{
    KEVENT never;
    void *object = &never;
    NTSTATUS status;

    KeInitializeEvent(&never, NotificationEvent, FALSE);
    status = dispatcher_wait(1, &object, WaitAny, UserMode, alertable, timeout);
    return status == STATUS_TIMEOUT ? STATUS_SUCCESS : finish_wait(status);
}

NTSTATUS native_is_same(HANDLE first, HANDLE second, bool *ret_same)
{
    void *left;
    void *right;
    NTSTATUS status = handle_lookup(first, NULL, 0, &left);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = handle_lookup(second, NULL, 0, &right);
    if (NT_SUCCESS(status))
    {
        *ret_same = left == right;
        object_release(right);
    }
    object_release(left);
    return status;
}

#define FLAG_INHERIT 1u
#define FLAG_PROTECTED 2u

NTSTATUS native_handle_flags(HANDLE handle, DWORD *ret_flags)
{
    ACCESS_MASK access;
    ULONG attributes;
    void *body;
    NTSTATUS status = handle_inspect(handle, &body, &access, &attributes);

    if (NT_SUCCESS(status))
    {
        *ret_flags = ((attributes & OBJ_INHERIT) != 0 ? FLAG_INHERIT : 0) |
                     ((attributes & HANDLE_PROTECTED) != 0 ? FLAG_PROTECTED : 0);
        object_release(body);
    }
    return status;
}

static ULONG attributes_of(DWORD flags)
{
    return ((flags & FLAG_INHERIT) != 0 ? OBJ_INHERIT : 0) | ((flags & FLAG_PROTECTED) != 0 ? HANDLE_PROTECTED : 0);
}

NTSTATUS native_handle_set_flags(HANDLE handle, DWORD mask, DWORD flags)
{
    return handle_set_attributes(handle, attributes_of(mask), attributes_of(flags));
}
