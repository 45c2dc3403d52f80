/* SPDX-License-Identifier: MIT */
/*
 * Events, mutants, semaphores and timers that have handles, and waits for handles.
 */
#include "nt/internal.h"

#include "nt/win32/native.h"

#include "nt/object/dispatcher_objects.h"
#include "nt/sync/apc.h"
#include "nt/sync/dispatcher.h"
#include "nt/sync/event.h"
#include "nt/sync/mutant.h"
#include "nt/sync/semaphore.h"
#include "nt/thread/thread.h"
#include "nt/time/due.h"

/* A waitable timer: what it signals, and the call that it may queue to the thread that set it. */
struct native_timer
{
    DISPATCHER_HEADER header;
    struct platform_spinlock lock;
    struct platform_timer timer;
    bool initialized;
    int64_t period;
    struct due due;
    KAPC apc;
    PKTHREAD thread;
    native_timer_routine *routine;
    void *context;
};

static void *dispatcher_of(void *body)
{
    return body;
}

static void timer_delete(void *body);
static void timer_last_handle(void *body);

/* Timers of the user flavour have a type of their own, because they call back. */
static const struct object_type wait_timer_type = {
    .name = "Timer",
    .mapping = {STANDARD_RIGHTS_READ | 1, STANDARD_RIGHTS_WRITE | TIMER_MODIFY_STATE, STANDARD_RIGHTS_EXECUTE | SYNCHRONIZE,
                TIMER_ALL_ACCESS},
    .valid_access = TIMER_ALL_ACCESS,
    .dispatcher = dispatcher_of,
    .last_handle = timer_last_handle,
    .delete = timer_delete,
};

static const struct object_type *const types[] = {
    [NATIVE_EVENT] = &event_type,
    [NATIVE_MUTANT] = &mutant_type,
    [NATIVE_SEMAPHORE] = &semaphore_type,
    [NATIVE_TIMER] = &wait_timer_type,
};

static void timer_expired(struct platform_timer *timer, void *context);

static NTSTATUS timer_create(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, bool manual, HANDLE *ret_handle)
{
    void *body;
    NTSTATUS status = object_create(&wait_timer_type, sizeof(struct native_timer), &body);
    struct native_timer *timer = body;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    dispatcher_initialize(&timer->header, manual ? DISPATCHER_NOTIFICATION_TIMER : DISPATCHER_SYNCHRONIZATION_TIMER, 0);
    platform_timer_initialize(&timer->timer, timer_expired, timer);
    timer->initialized = true;
    return object_insert(body, attributes, access, ret_handle);
}

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
            return timer_create(attributes, access, object->manual, ret_handle);
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

/* The call of a timer: its routine hears when it was due. */
static void timer_call(PVOID context, PVOID low, PVOID high)
{
    struct native_timer *timer = context;

    timer->routine(timer->context, (DWORD)(ULONG_PTR)low, (DWORD)(ULONG_PTR)high);
}

/* The next time of a periodic timer is reckoned from the last one, so that it does not drift. */
static void timer_expired(struct platform_timer *platform, void *context)
{
    struct native_timer *timer = context;
    int64_t now = platform_wall_time_100ns();
    bool call;

    if (!due_has_passed(&timer->due))
    {
        (void)platform_timer_arm(platform, timer->due.at);
        return;
    }
    platform_spinlock_lock(&timer->lock);
    call = timer->thread != NULL;
    if (timer->period != 0)
    {
        timer->due = (struct due){.at = platform->deadline + timer->period};
        (void)platform_timer_arm(platform, timer->due.at);
    }
    platform_spinlock_unlock(&timer->lock);
    (void)dispatcher_signal(&timer->header, 1);
    if (call)
    {
        (void)apc_insert(&timer->apc, (void *)(ULONG_PTR)(uint32_t)now, (void *)(ULONG_PTR)((uint64_t)now >> 32));
    }
}

/* Afterwards nothing of the timer runs or is queued. */
static void timer_stop(struct native_timer *timer)
{
    (void)platform_timer_cancel_and_wait(&timer->timer);
    if (timer->thread != NULL)
    {
        (void)apc_remove(&timer->apc);
        object_release(timer->thread);
        timer->thread = NULL;
    }
}

static void timer_last_handle(void *body)
{
    timer_stop(body);
}

static void timer_delete(void *body)
{
    if (((struct native_timer *)body)->initialized)
    {
        timer_stop(body);
    }
}

NTSTATUS native_timer_set(HANDLE handle, int64_t due, uint32_t period, native_timer_routine *routine, void *context)
{
    LARGE_INTEGER when = {.QuadPart = due};
    struct native_timer *timer;
    void *body;
    NTSTATUS status = handle_lookup(handle, types[NATIVE_TIMER], TIMER_MODIFY_STATE, &body);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    timer = body;
    timer_stop(timer);
    (void)dispatcher_signal(&timer->header, 0);
    timer->period = (int64_t)period * PLATFORM_MILLISECOND;
    timer->routine = routine;
    timer->context = context;
    if (routine != NULL)
    {
        timer->thread = thread_current();
        object_reference(timer->thread);
        apc_initialize(&timer->apc, timer->thread, NULL, NULL, timer_call, timer);
    }
    due_make(&timer->due, &when);
    (void)platform_timer_arm(&timer->timer, timer->due.at);
    object_release(body);
    return STATUS_SUCCESS;
}

NTSTATUS native_timer_cancel(HANDLE handle)
{
    void *body;
    NTSTATUS status = handle_lookup(handle, types[NATIVE_TIMER], TIMER_MODIFY_STATE, &body);

    if (NT_SUCCESS(status))
    {
        timer_stop(body);
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
