/* SPDX-License-Identifier: MIT */
/*
 * Timers that the executive allocates (ExAllocateTimer): waited for like kernel timers, with a callback, deletable while they run.
 */
#include "nt/time/ex_timer.h"

#include "nt/machine.h"
#include "nt/time/dpc.h"

struct _EX_TIMER
{
    /* First: the published pointer may be waited for. */
    KTIMER timer;
    KDPC dpc;
    PEXT_CALLBACK callback;
    void *context;
    /* Calls that are queued or run, and whether the owner has given the timer up: under the timers' lock. */
    uint32_t calls;
    bool deleted;
    PEXT_DELETE_CALLBACK delete_callback;
    void *delete_context;
};

#define KNOWN_ATTRIBUTES (EX_TIMER_HIGH_RESOLUTION | EX_TIMER_NO_WAKE | EX_TIMER_NOTIFICATION)

/* Whether it can go: nobody wants it, it is not running, and no call is left. Under the lock. */
static PEX_TIMER dead_or_null(PEX_TIMER timer)
{
    return timer->deleted && timer->calls == 0 && !timer_queue_holds(&timer->timer) ? timer : NULL;
}

PEX_TIMER ex_timer_expired(PEX_TIMER timer, bool called)
{
    if (called)
    {
        timer->calls++;
    }
    return dead_or_null(timer);
}

void ex_timer_free(PEX_TIMER timer)
{
    if (timer == NULL)
    {
        return;
    }
    if (timer->delete_callback != NULL)
    {
        timer->delete_callback(timer->delete_context);
    }
    platform_free(timer, sizeof(*timer));
}

static void call(PKDPC dpc, void *context, void *argument1, void *argument2)
{
    struct timers *timers = &machine()->timers;
    PEX_TIMER timer = context;
    PEX_TIMER dead;

    timer->callback(timer, timer->context);
    platform_spinlock_lock(&timers->lock);
    timer->calls--;
    dead = dead_or_null(timer);
    platform_spinlock_unlock(&timers->lock);
    ex_timer_free(dead);
}

static void give_up(PEX_TIMER timer, PEXT_DELETE_PARAMETERS parameters)
{
    struct timers *timers = &machine()->timers;
    PEX_TIMER dead;

    platform_spinlock_lock(&timers->lock);
    if (parameters != NULL)
    {
        timer->delete_callback = parameters->DeleteCallback;
        timer->delete_context = parameters->DeleteContext;
    }
    timer->deleted = true;
    dead = dead_or_null(timer);
    platform_spinlock_unlock(&timers->lock);
    ex_timer_free(dead);
}

/*
 * Published entry points. Every timer is as exact as a high resolution timer.
 */
PEX_TIMER ExAllocateTimer(PEXT_CALLBACK callback, void *context, ULONG attr)
{
    const ULONG exclusive = EX_TIMER_HIGH_RESOLUTION | EX_TIMER_NO_WAKE;
    PEX_TIMER timer;

    if ((attr & ~KNOWN_ATTRIBUTES) != 0 || (attr & exclusive) == exclusive)
    {
        return NULL;
    }
    timer = platform_zalloc(sizeof(*timer));
    if (timer != NULL)
    {
        KeInitializeTimerEx(&timer->timer, (attr & EX_TIMER_NOTIFICATION) != 0 ? NotificationTimer : SynchronizationTimer);
        KeInitializeDpc(&timer->dpc, call, timer);
        timer->callback = callback;
        timer->context = context;
    }
    return timer;
}

BOOLEAN ExSetTimer(PEX_TIMER timer, LONGLONG due, LONGLONG period, EXT_SET_PARAMETERS *params)
{
    LARGE_INTEGER when = {.QuadPart = due};

    return timer_set(&timer->timer, when, period > 0 ? (uint64_t)period : 0, TIMER_COUNTED,
                     timer->callback == NULL ? NULL : &timer->dpc);
}

BOOLEAN ExCancelTimer(PEX_TIMER timer, PEXT_CANCEL_PARAMETERS params)
{
    return timer_cancel(&timer->timer);
}

BOOLEAN ExDeleteTimer(PEX_TIMER timer, BOOLEAN cancel, BOOLEAN wait, PEXT_DELETE_PARAMETERS params)
{
    bool canceled = cancel && timer_cancel(&timer->timer);

    if (wait)
    {
        dpc_flush();
    }
    give_up(timer, params);
    return canceled;
}
