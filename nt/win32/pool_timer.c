/* SPDX-License-Identifier: MIT */
/*
 * Timers of the thread pool.
 */
#include "nt/win32/pool.h"

struct _TP_TIMER
{
    struct pool_object object;
    PTP_TIMER_CALLBACK callback;
    void *context;
    struct platform_timer timer;
    /* Nanoseconds; zero comes once. Written while the timer is stopped. */
    int64_t period;
    uint32_t set;
};

static void call_timer(struct pool_object *object, PTP_CALLBACK_INSTANCE instance)
{
    PTP_TIMER timer = (PTP_TIMER)object;

    timer->callback(instance, timer->context, timer);
}

/* On the timer thread. The next time is reckoned from the last one, so that it does not drift. */
static void expired(struct platform_timer *platform, void *context)
{
    PTP_TIMER timer = context;

    if (timer->period != 0)
    {
        (void)platform_timer_arm(platform, platform->deadline + timer->period);
    }
    pool_object_submit(&timer->object);
}

PTP_TIMER WINAPI CreateThreadpoolTimer(PTP_TIMER_CALLBACK pfnti, PVOID pv, PTP_CALLBACK_ENVIRON pcbe)
{
    PTP_TIMER timer = pool_object_make(sizeof(*timer), call_timer, pcbe);

    if (timer != NULL)
    {
        timer->callback = pfnti;
        timer->context = pv;
        platform_timer_initialize(&timer->timer, expired, timer);
    }
    return timer;
}

/* Negative is from now on, positive a time of day. */
static int64_t deadline_of(const FILETIME *due)
{
    int64_t units = (int64_t)((uint64_t)due->dwHighDateTime << 32 | due->dwLowDateTime);

    return units < 0 ? platform_deadline_in_100ns(-units) : platform_deadline_in_100ns(units - platform_wall_time_100ns());
}

BOOL WINAPI SetThreadpoolTimerEx(PTP_TIMER pti, PFILETIME pftDueTime, DWORD msPeriod, DWORD msWindowLength)
{
    bool was_set = platform_timer_cancel_and_wait(&pti->timer);

    platform_atomic_store(&pti->set, pftDueTime != NULL);
    if (pftDueTime != NULL)
    {
        pti->period = (int64_t)msPeriod * PLATFORM_MILLISECOND;
        (void)platform_timer_arm(&pti->timer, deadline_of(pftDueTime));
    }
    return was_set;
}

void WINAPI SetThreadpoolTimer(PTP_TIMER pti, PFILETIME pftDueTime, DWORD msPeriod, DWORD msWindowLength)
{
    (void)SetThreadpoolTimerEx(pti, pftDueTime, msPeriod, msWindowLength);
}

BOOL WINAPI IsThreadpoolTimerSet(PTP_TIMER pti)
{
    return platform_atomic_load(&pti->set) != 0;
}

void WINAPI WaitForThreadpoolTimerCallbacks(PTP_TIMER pti, BOOL fCancelPendingCallbacks)
{
    pool_object_wait(&pti->object, fCancelPendingCallbacks != FALSE);
}

void WINAPI CloseThreadpoolTimer(PTP_TIMER pti)
{
    (void)platform_timer_cancel_and_wait(&pti->timer);
    pool_object_release(&pti->object);
}
