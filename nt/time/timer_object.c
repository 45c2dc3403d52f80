/* SPDX-License-Identifier: MIT */
/*
 * Timer objects.
 *
 * A timer with a routine queues, when it comes due, a procedure call to the thread that set it. That thread's object is
 * referenced until the timer is set again, stopped or without handles; a queued call references the timer.
 */
#include "nt/time/timer_object.h"

#include "nt/sync/apc.h"
#include "nt/time/dpc.h"
#include "nt/time/timer.h"

#define UNITS_PER_MILLISECOND 10000

struct timer_object
{
    /* First: what is waited for. */
    KTIMER timer;
    KDPC dpc;
    KAPC apc;
    /* One change at a time. */
    struct platform_mutex changing;
    PKTHREAD thread;
    timer_object_routine *routine;
    void *context;
};

/* Ends the timer and everything that it has set in motion. Under the mutex. */
static void stop(struct timer_object *object)
{
    (void)timer_cancel(&object->timer);
    if (object->thread != NULL)
    {
        /* Afterwards nothing queues the call any more. */
        dpc_flush();
        if (apc_remove(&object->apc))
        {
            object_release(object);
        }
        object_release(object->thread);
        object->thread = NULL;
    }
}

static void *timer_dispatcher(void *body)
{
    return body;
}

/* Nobody is left who could stop the calls, which keep the timer alive. */
static void timer_last_handle(void *body)
{
    struct timer_object *object = body;

    platform_mutex_lock(&object->changing);
    if (object->thread != NULL)
    {
        stop(object);
    }
    platform_mutex_unlock(&object->changing);
}

static void timer_delete(void *body)
{
    stop(body);
}

const struct object_type timer_type = {
    .name = "Timer",
    .mapping = {STANDARD_RIGHTS_READ | TIMER_QUERY_STATE, STANDARD_RIGHTS_WRITE | TIMER_MODIFY_STATE,
                STANDARD_RIGHTS_EXECUTE | SYNCHRONIZE, TIMER_ALL_ACCESS},
    .valid_access = TIMER_ALL_ACCESS,
    .dispatcher = timer_dispatcher,
    .last_handle = timer_last_handle,
    .delete = timer_delete,
};

/* On the thread that set the timer: what a normal routine would do, whose arguments have other types. */
static VOID call_routine(PKAPC apc, PKNORMAL_ROUTINE *normal, PVOID *context, PVOID *low, PVOID *high)
{
    struct timer_object *object = *context;
    timer_object_routine *routine;
    void *routine_context;

    platform_mutex_lock(&object->changing);
    routine = object->routine;
    routine_context = object->context;
    platform_mutex_unlock(&object->changing);
    *normal = NULL;
    object_release(object);
    routine(routine_context, (ULONG)(ULONG_PTR)*low, (ULONG)(ULONG_PTR)*high);
}

static VOID drop_call(PKAPC apc)
{
    object_release(CONTAINING_RECORD(apc, struct timer_object, apc));
}

static VOID queue_call(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    struct timer_object *object = context;
    LARGE_INTEGER now = {.QuadPart = platform_wall_time_100ns()};

    object_reference(object);
    if (!apc_insert(&object->apc, (PVOID)(ULONG_PTR)now.LowPart, (PVOID)(ULONG_PTR)(ULONG)now.HighPart))
    {
        object_release(object);
    }
}

NTSTATUS timer_object_create(const OBJECT_ATTRIBUTES *attributes, ACCESS_MASK access, TIMER_TYPE type, HANDLE *ret_handle)
{
    void *body;
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    *ret_handle = NULL;
    if (type == NotificationTimer || type == SynchronizationTimer)
    {
        status = object_create(&timer_type, sizeof(struct timer_object), &body);
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    KeInitializeTimerEx(&((struct timer_object *)body)->timer, type);
    return object_insert(body, attributes, access, ret_handle);
}

bool timer_object_set(void *body, LARGE_INTEGER due, ULONG period, timer_object_routine *routine, void *context)
{
    struct timer_object *object = body;
    bool signalled;

    platform_mutex_lock(&object->changing);
    stop(object);
    signalled = KeReadStateTimer(&object->timer);
    if (routine != NULL)
    {
        object->thread = thread_current();
        object_reference(object->thread);
        object->routine = routine;
        object->context = context;
        apc_initialize(&object->apc, object->thread, call_routine, drop_call, NULL, object);
        KeInitializeDpc(&object->dpc, queue_call, object);
    }
    (void)timer_set(&object->timer, due, (uint64_t)period * UNITS_PER_MILLISECOND, 0, routine == NULL ? NULL : &object->dpc);
    platform_mutex_unlock(&object->changing);
    return signalled;
}

bool timer_object_cancel(void *body)
{
    struct timer_object *object = body;
    bool signalled;

    platform_mutex_lock(&object->changing);
    stop(object);
    signalled = KeReadStateTimer(&object->timer);
    platform_mutex_unlock(&object->changing);
    return signalled;
}

static NTSTATUS set_by_handle(HANDLE handle, LARGE_INTEGER due, ULONG period, PTIMER_APC_ROUTINE routine, bool resume,
                              BOOLEAN *previous)
{
    void *body;
    NTSTATUS status;
    bool signalled;

    /* A call in kernel mode would interrupt its thread wherever it is. */
    if (routine != NULL)
    {
        return STATUS_NOT_SUPPORTED;
    }
    status = handle_lookup(handle, &timer_type, TIMER_MODIFY_STATE, &body);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    signalled = timer_object_set(body, due, period, NULL, NULL);
    object_release(body);
    if (previous != NULL)
    {
        *previous = signalled;
    }
    /* No timer wakes the machine from sleep. */
    return resume ? STATUS_TIMER_RESUME_IGNORED : STATUS_SUCCESS;
}

/*
 * Published entry points.
 */
static POBJECT_TYPE timer_object_type = (POBJECT_TYPE)&timer_type;

POBJECT_TYPE *ExTimerObjectType = &timer_object_type;

NTSTATUS ZwCreateTimer(PHANDLE TimerHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
                       TIMER_TYPE TimerType)
{
    NTSTATUS status = timer_object_create(ObjectAttributes, DesiredAccess, TimerType, TimerHandle);

    return status == STATUS_INVALID_PARAMETER ? STATUS_INVALID_PARAMETER_4 : status;
}

NTSTATUS ZwOpenTimer(PHANDLE TimerHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes)
{
    return object_open(&timer_type, ObjectAttributes, DesiredAccess, TimerHandle);
}

NTSTATUS ZwSetTimer(HANDLE TimerHandle, PLARGE_INTEGER DueTime, PTIMER_APC_ROUTINE TimerApcRoutine, PVOID TimerContext,
                    BOOLEAN ResumeTimer, LONG Period, PBOOLEAN PreviousState)
{
    if (Period < 0)
    {
        return STATUS_INVALID_PARAMETER_6;
    }
    return set_by_handle(TimerHandle, *DueTime, (ULONG)Period, TimerApcRoutine, ResumeTimer, PreviousState);
}

NTSTATUS ZwSetTimerEx(HANDLE TimerHandle, TIMER_SET_INFORMATION_CLASS TimerSetInformationClass, PVOID TimerSetInformation,
                      ULONG TimerSetInformationLength)
{
    const TIMER_SET_COALESCABLE_TIMER_INFO *information = TimerSetInformation;

    if (TimerSetInformationClass != TimerSetCoalescableTimer)
    {
        return STATUS_INVALID_INFO_CLASS;
    }
    if (TimerSetInformationLength != sizeof(*information))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (information->Period > MAXLONG)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return set_by_handle(TimerHandle, information->DueTime, information->Period, information->TimerApcRoutine,
                         information->WakeContext != NULL, information->PreviousState);
}

NTSTATUS ZwCancelTimer(HANDLE TimerHandle, PBOOLEAN CurrentState)
{
    void *body;
    NTSTATUS status = handle_lookup(TimerHandle, &timer_type, TIMER_MODIFY_STATE, &body);
    bool signalled;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    signalled = timer_object_cancel(body);
    object_release(body);
    if (CurrentState != NULL)
    {
        *CurrentState = signalled;
    }
    return STATUS_SUCCESS;
}
