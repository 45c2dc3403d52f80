/* SPDX-License-Identifier: MIT */
/*
 * WDFTIMER. When it comes due, its deferred procedure call is queued on the timer thread. A dispatch-level timer's callback runs
 * there; the callback of a passive timer, and of every timer of the user flavour, runs on a worker, where it may block.
 */
#include "nt/time/dpc.h"
#include "nt/time/timer.h"
#include "wdf/deferred.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/verifier.h"
#include "wdf/work.h"

#define UNITS_PER_MILLISECOND 10000

struct timer
{
    struct object object;
    KTIMER timer;
    KDPC dpc;
    /* In units of 100 nanoseconds, zero for none. */
    uint64_t period;
    PFN_WDF_TIMER function;
    bool on_worker;
    /* The number of the thread that runs a dispatch-level callback, zero for none. */
    uint32_t caller;
    struct work work;
    /* Held by who stops the timer and waits: one after the other. */
    struct platform_mutex stopping;
    struct deferred deferred;
};

static struct timer *timer_of(struct object *object)
{
    return CONTAINING_RECORD(object, struct timer, object);
}

/* Nothing is armed any more: returns when what has come due before has been called. */
static void wait_for_calls(struct timer *timer)
{
    dpc_flush();
    if (timer->on_worker)
    {
        work_flush(&timer->work);
    }
}

/* The timer refuses to start from here on. A passive callback that deletes its own timer is not waited for. */
static void timer_dispose(struct object *object)
{
    struct timer *timer = timer_of(object);

    if (timer->on_worker && work_is_current(&timer->work))
    {
        work_report_self_wait(object, "WdfObjectDelete");
    }
    (void)timer_refuse(&timer->timer, true);
    dpc_flush();
    work_close(&timer->work);
    deferred_end(&timer->deferred);
}

static const struct object_class timer_class = {
    .name = "WDFTIMER",
    .type = OBJECT_TIMER,
    .size = sizeof(struct timer),
    .deletable = true,
    .passive_dispose = true,
    .takes_execution_level = true,
    .dispose = timer_dispose,
};

static struct timer *timer_from_handle(WDFTIMER handle, const char *function)
{
    return timer_of(wdfobj_from_handle(handle, OBJECT_TIMER, function));
}

/*
 * Expiry.
 */

static void call(struct timer *timer)
{
    struct verifier_callback callback;

    if (timer->function == NULL)
    {
        return;
    }
    presentation_enter(timer->deferred.lock);
    verifier_callback_enter(&callback, &timer->object, "EvtTimerFunc");
    timer->function(wdfobj_handle(&timer->object));
    verifier_callback_leave(&callback);
    presentation_leave(timer->deferred.lock);
}

static void call_on_worker(struct work *work)
{
    platform_point(PLATFORM_POINT_CALL);
    call(CONTAINING_RECORD(work, struct timer, work));
}

static VOID expired(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    struct timer *timer = context;

    (void)dpc;
    (void)argument1;
    (void)argument2;
    if (timer->on_worker)
    {
        (void)work_queue(&timer->work);
        return;
    }
    platform_atomic_store(&timer->caller, platform_current()->id);
    call(timer);
    platform_atomic_store(&timer->caller, 0);
}

/*
 * Creation.
 */

static NTSTATUS check_config(struct driver_globals *globals, PWDF_TIMER_CONFIG config, PWDF_OBJECT_ATTRIBUTES attributes)
{
    NTSTATUS status;

    if (config->Size != sizeof(WDF_TIMER_CONFIG))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (config->Period > MAXLONG || (config->UseHighResolutionTimer && config->TolerableDelay > 0))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (config->UseHighResolutionTimer && globals->user_flavour)
    {
        return STATUS_NOT_IMPLEMENTED;
    }
    status = wdfobj_check_attributes(attributes, &timer_class, OBJECT_PARENT_REQUIRED);
    if (NT_SUCCESS(status) && config->Period > 0 && attributes->ExecutionLevel == WdfExecutionLevelPassive)
    {
        status = STATUS_NOT_SUPPORTED;
    }
    return status;
}

static void timer_fill(struct timer *timer, PWDF_TIMER_CONFIG config, const struct deferred *deferred, bool on_worker)
{
    KeInitializeDpc(&timer->dpc, expired, timer);
    timer_initialize_call(&timer->timer, &timer->dpc);
    timer->period = (uint64_t)config->Period * UNITS_PER_MILLISECOND;
    timer->function = config->EvtTimerFunc;
    timer->on_worker = on_worker;
    work_initialize(&timer->work, &timer->object, call_on_worker);
    timer->deferred = *deferred;
}

/*
 * Entry points. A timer that may be late is on time: there is no power to save by being late.
 */
NTSTATUS wdf_kmdf_WdfTimerCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PWDF_TIMER_CONFIG Config,
                                 PWDF_OBJECT_ATTRIBUTES Attributes, WDFTIMER *Timer)
{
    globals_require(DriverGlobals, Config, "WdfTimerCreate");
    globals_require(DriverGlobals, Timer, "WdfTimerCreate");
    struct driver_globals *globals = globals_of(DriverGlobals);
    struct deferred deferred;
    struct object *object;
    bool on_worker;
    NTSTATUS status = check_config(globals, Config, Attributes);

    *Timer = NULL;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    on_worker = globals->user_flavour || Attributes->ExecutionLevel == WdfExecutionLevelPassive;
    status = deferred_create(&timer_class, Attributes, Config->AutomaticSerialization, on_worker, &deferred, &object);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    timer_fill(timer_of(object), Config, &deferred, on_worker);
    return wdfobj_publish(object, deferred.parent, Timer);
}
WDF_ENTRY_BOTH(WdfTimerCreate)

BOOLEAN wdf_kmdf_WdfTimerStart(PWDF_DRIVER_GLOBALS DriverGlobals, WDFTIMER Timer, LONGLONG DueTime)
{
    struct timer *timer = timer_from_handle(Timer, "WdfTimerStart");
    enum timer_started started = timer_start(&timer->timer, DueTime, timer->period);

    if (__builtin_expect(started == TIMER_CLOSED, 0))
    {
        globals_break(globals_of(DriverGlobals), "WdfTimerStart: the timer %p is being deleted", (void *)Timer);
    }
    return started == TIMER_RESTARTED;
}
WDF_ENTRY_BOTH(WdfTimerStart)

static bool is_current(struct timer *timer)
{
    return timer->on_worker ? work_is_current(&timer->work) : platform_atomic_load(&timer->caller) == platform_current()->id;
}

/* Whether the caller may wait for the timer's callback. */
static bool may_wait(struct timer *timer)
{
    if (is_current(timer))
    {
        work_report_self_wait(&timer->object, "WdfTimerStop");
        return false;
    }
    if (platform_current()->irql >= DISPATCH_LEVEL)
    {
        globals_break(timer->object.globals, "WdfTimerStop: waits, and is called at IRQL %u", platform_current()->irql);
        return false;
    }
    return true;
}

static bool stop_and_wait(struct timer *timer)
{
    bool stopped;

    platform_mutex_lock(&timer->stopping);
    stopped = timer_refuse(&timer->timer, false);
    wait_for_calls(timer);
    stopped |= timer_accept(&timer->timer);
    platform_mutex_unlock(&timer->stopping);
    return stopped;
}

BOOLEAN wdf_kmdf_WdfTimerStop(PWDF_DRIVER_GLOBALS DriverGlobals, WDFTIMER Timer, BOOLEAN Wait)
{
    struct timer *timer = timer_from_handle(Timer, "WdfTimerStop");

    if (!Wait)
    {
        return timer_cancel(&timer->timer);
    }
    return may_wait(timer) && stop_and_wait(timer);
}
WDF_ENTRY_BOTH(WdfTimerStop)

WDFOBJECT wdf_kmdf_WdfTimerGetParentObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFTIMER Timer)
{
    return timer_from_handle(Timer, "WdfTimerGetParentObject")->deferred.parent_handle;
}
WDF_ENTRY_BOTH(WdfTimerGetParentObject)
