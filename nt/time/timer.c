/* SPDX-License-Identifier: MIT */
/*
 * Kernel timers.
 *
 * The last two fields of a published timer hold its period in units of 100 nanoseconds, and flags: drivers do not look there.
 * When a timer comes due, everything that touches it happens under the lock, so that after a cancellation, or the last signal,
 * its memory may go.
 */
#include "nt/time/timer.h"

#include "nt/machine.h"
#include "nt/sync/header.h"
#include "nt/sync/irql.h"
#include "nt/time/dpc.h"
#include "nt/time/due.h"
#include "nt/time/ex_timer.h"

/* Flags in KTIMER.Processor, above the upper part of the period. */
#define TIMER_WALL 0x80000000u
/* Only a call: nobody waits for the timer. Refuses to start; has refused; refuses for good. */
#define TIMER_CALL 0x20000000u
#define TIMER_REFUSES 0x10000000u
#define TIMER_HAS_REFUSED 0x08000000u
#define TIMER_REFUSES_FOR_GOOD 0x04000000u
#define PERIOD_UPPER_MASK 0x03FFFFFFu
#define LONGEST_PERIOD ((UINT64_C(1) << 58) - 1)

#define UNITS_PER_MILLISECOND 10000

static void alarm_function(struct platform_timer *alarm, void *context);

void timers_make(struct timers *timers)
{
    *timers = (struct timers){.alarm_at = PLATFORM_FOREVER};
    timer_queue_make(&timers->relative);
    timer_queue_make(&timers->wall);
    platform_timer_initialize(&timers->alarm, alarm_function, timers);
}

static uint64_t period_of(const KTIMER *timer)
{
    return (uint64_t)(timer->Processor & PERIOD_UPPER_MASK) << 32 | timer->Period;
}

static void set_period(PKTIMER timer, uint64_t period, ULONG flags)
{
    period = period > LONGEST_PERIOD ? LONGEST_PERIOD : period;
    timer->Period = (ULONG)period;
    timer->Processor = (ULONG)(period >> 32) | flags;
}

/* The next multiple that lies ahead: what was missed is not made up for, and the rhythm stays. */
static void start_next_period(struct timers *timers, PKTIMER timer, uint64_t now)
{
    uint64_t period = period_of(timer);
    uint64_t due = (timer->Processor & TIMER_WALL) != 0 ? now : timer->DueTime.QuadPart;

    due += period;
    if (due <= now)
    {
        due += ((now - due) / period + 1) * period;
    }
    timer->Processor &= ~TIMER_WALL;
    timer->DueTime.QuadPart = due;
    timer_queue_insert(&timers->relative, timer, now);
}

/* A timer that is in no queue has come due. Under the lock. Afterwards it is touched only if it is in a queue again. */
static void expire(struct timers *timers, PKTIMER timer, uint64_t now, struct released *released, PEX_TIMER *ret_dead)
{
    bool called;

    *ret_dead = NULL;
    *released = (struct released){.first = NULL};
    if (period_of(timer) != 0)
    {
        start_next_period(timers, timer, now);
    }
    if ((timer->Processor & TIMER_CALL) != 0)
    {
        (void)dpc_defer(timer->Dpc, NULL, NULL);
        return;
    }
    called = timer->Dpc != NULL && dpc_defer(timer->Dpc, NULL, NULL);
    if ((timer->Processor & TIMER_COUNTED) != 0)
    {
        *ret_dead = ex_timer_expired((PEX_TIMER)timer, called);
    }
    header_change_begin(&timer->Header, released);
    header_set_state(&timer->Header, 1);
    header_change_unlock(&timer->Header, released);
}

static bool expire_one(struct timers *timers)
{
    struct released released;
    uint64_t now;
    PEX_TIMER dead;
    PKTIMER timer;

    platform_spinlock_lock(&timers->lock);
    now = (uint64_t)platform_now_100ns();
    timer = timer_queue_take_due(&timers->relative, now);
    if (timer == NULL)
    {
        timer = timer_queue_take_due(&timers->wall, (uint64_t)platform_wall_time_100ns());
    }
    if (timer == NULL)
    {
        platform_spinlock_unlock(&timers->lock);
        return false;
    }
    expire(timers, timer, now, &released, &dead);
    platform_spinlock_unlock(&timers->lock);
    released_tell(&released);
    ex_timer_free(dead);
    return true;
}

/* When the alarm would go off later than that, it is to be armed. Under the lock. */
static bool wants_alarm(struct timers *timers, int64_t at)
{
    if (at >= timers->alarm_at)
    {
        return false;
    }
    timers->alarm_at = at;
    return true;
}

/* Without the lock. Another thread may want the alarm earlier meanwhile: whoever arms it last looks again. */
static void arm_alarm(struct timers *timers, int64_t at)
{
    int64_t earliest;

    for (;;)
    {
        (void)platform_timer_arm(&timers->alarm, at);
        platform_spinlock_lock(&timers->lock);
        earliest = timers->alarm_at;
        platform_spinlock_unlock(&timers->lock);
        if (earliest >= at)
        {
            return;
        }
        at = earliest;
    }
}

/* The alarm goes off no later than this. */
static void set_alarm(struct timers *timers, int64_t at)
{
    bool wanted;

    platform_spinlock_lock(&timers->lock);
    wanted = wants_alarm(timers, at);
    platform_spinlock_unlock(&timers->lock);
    if (wanted)
    {
        arm_alarm(timers, at);
    }
}

static int64_t next_alarm(struct timers *timers)
{
    uint64_t relative = timer_queue_first_due(&timers->relative);
    uint64_t wall = timer_queue_first_due(&timers->wall);
    int64_t at = relative < PLATFORM_FOREVER / 100 ? (int64_t)relative * 100 : PLATFORM_FOREVER;
    int64_t wall_at = wall == UINT64_MAX ? PLATFORM_FOREVER : due_wall_deadline((int64_t)wall);

    return at < wall_at ? at : wall_at;
}

static void alarm_function(struct platform_timer *alarm, void *context)
{
    struct timers *timers = context;
    KIRQL before = irql_raise(DISPATCH_LEVEL);
    int64_t at;

    (void)alarm;
    platform_spinlock_lock(&timers->lock);
    timers->alarm_at = PLATFORM_FOREVER;
    platform_spinlock_unlock(&timers->lock);
    while (expire_one(timers))
    {
    }
    platform_spinlock_lock(&timers->lock);
    at = next_alarm(timers);
    platform_spinlock_unlock(&timers->lock);
    set_alarm(timers, at);
    irql_lower(before);
}

/* Puts the timer into its queue. Returns the alarm that it needs, PLATFORM_FOREVER when it is due already. Under the lock. */
static int64_t enqueue(struct timers *timers, PKTIMER timer, LARGE_INTEGER due, uint64_t now)
{
    int64_t at;

    if (due.QuadPart > 0)
    {
        uint64_t wall = (uint64_t)platform_wall_time_100ns();

        timer->Processor |= TIMER_WALL;
        timer->DueTime.QuadPart = (uint64_t)due.QuadPart;
        if ((uint64_t)due.QuadPart <= wall)
        {
            return PLATFORM_FOREVER;
        }
        timer_queue_insert(&timers->wall, timer, wall);
        return due_wall_deadline(due.QuadPart);
    }
    timer->DueTime.QuadPart = now;
    if (due.QuadPart == 0)
    {
        return PLATFORM_FOREVER;
    }
    at = platform_deadline_in_100ns(due.QuadPart == INT64_MIN ? INT64_MAX : -due.QuadPart);
    /* Rounded up: never early. */
    timer->DueTime.QuadPart = ((uint64_t)at + 99) / 100;
    timer_queue_insert(&timers->relative, timer, now);
    return at;
}

/* Under the lock. */
static bool take_out(PKTIMER timer)
{
    bool running = timer_queue_holds(timer);

    if (running)
    {
        timer_queue_remove(timer);
    }
    return running;
}

bool timer_set(PKTIMER timer, LARGE_INTEGER due, uint64_t period, ULONG flags, PRKDPC dpc)
{
    struct timers *timers = &machine()->timers;
    struct released released = {.first = NULL};
    PEX_TIMER dead = NULL;
    /* A timer that is due at once queues its call here, which runs when the level drops. */
    KIRQL before = irql_raise(DISPATCH_LEVEL);
    uint64_t now;
    int64_t at;
    bool running;

    platform_spinlock_lock(&timers->lock);
    now = (uint64_t)platform_now_100ns();
    running = take_out(timer);
    timer->Dpc = dpc;
    set_period(timer, period, flags);
    header_lock(&timer->Header);
    header_set_state(&timer->Header, 0);
    header_unlock(&timer->Header);
    at = enqueue(timers, timer, due, now);
    if (at == PLATFORM_FOREVER && !timer_queue_holds(timer))
    {
        expire(timers, timer, now, &released, &dead);
        at = period != 0 ? next_alarm(timers) : PLATFORM_FOREVER;
    }
    platform_spinlock_unlock(&timers->lock);
    released_tell(&released);
    ex_timer_free(dead);
    set_alarm(timers, at);
    irql_lower(before);
    return running;
}

bool timer_cancel(PKTIMER timer)
{
    struct timers *timers = &machine()->timers;
    bool running;

    platform_spinlock_lock(&timers->lock);
    running = take_out(timer);
    platform_spinlock_unlock(&timers->lock);
    return running;
}

/*
 * Timers that are calls only.
 */

void timer_initialize_call(PKTIMER timer, PRKDPC dpc)
{
    KeInitializeTimerEx(timer, NotificationTimer);
    timer->Dpc = dpc;
    timer->Processor = TIMER_CALL;
}

/* Puts the timer into a queue, even one that is due already. Returns the alarm that it needs. Under the lock. */
static int64_t enqueue_call(struct timers *timers, PKTIMER timer, int64_t due, int64_t now)
{
    int64_t at = now;
    int64_t wait;

    if (due > 0)
    {
        int64_t wall = platform_wall_time_100ns();

        if (due > wall)
        {
            timer->Processor |= TIMER_WALL;
            timer->DueTime.QuadPart = (uint64_t)due;
            timer_queue_insert(&timers->wall, timer, (uint64_t)wall);
            return due_wall_deadline(due);
        }
    }
    else if (due != 0 && (__builtin_mul_overflow(due, -100, &wait) || __builtin_add_overflow(now, wait, &at)))
    {
        at = PLATFORM_FOREVER;
    }
    /* Rounded up: never early. */
    timer->DueTime.QuadPart = ((uint64_t)at + 99) / 100;
    timer_queue_insert(&timers->relative, timer, (uint64_t)now / 100);
    return at;
}

enum timer_started timer_start(PKTIMER timer, int64_t due, uint64_t period)
{
    struct timers *timers = &machine()->timers;
    int64_t now = platform_now();
    bool running;
    bool alarm;
    int64_t at;

    platform_spinlock_lock(&timers->lock);
    if (__builtin_expect((timer->Processor & TIMER_REFUSES) != 0, 0))
    {
        bool for_good = (timer->Processor & TIMER_REFUSES_FOR_GOOD) != 0;

        timer->Processor |= TIMER_HAS_REFUSED;
        platform_spinlock_unlock(&timers->lock);
        return for_good ? TIMER_CLOSED : TIMER_REFUSED;
    }
    running = take_out(timer);
    set_period(timer, period, TIMER_CALL);
    at = enqueue_call(timers, timer, due, now);
    alarm = wants_alarm(timers, at);
    platform_spinlock_unlock(&timers->lock);
    if (alarm)
    {
        arm_alarm(timers, at);
    }
    return running ? TIMER_RESTARTED : TIMER_STARTED;
}

bool timer_refuse(PKTIMER timer, bool for_good)
{
    struct timers *timers = &machine()->timers;
    bool running;

    platform_spinlock_lock(&timers->lock);
    running = take_out(timer);
    timer->Processor |= TIMER_REFUSES | (for_good ? TIMER_REFUSES_FOR_GOOD : 0);
    platform_spinlock_unlock(&timers->lock);
    return running;
}

bool timer_accept(PKTIMER timer)
{
    struct timers *timers = &machine()->timers;
    bool refused;

    platform_spinlock_lock(&timers->lock);
    refused = (timer->Processor & TIMER_HAS_REFUSED) != 0;
    timer->Processor &= ~TIMER_HAS_REFUSED;
    if ((timer->Processor & TIMER_REFUSES_FOR_GOOD) == 0)
    {
        timer->Processor &= ~TIMER_REFUSES;
    }
    platform_spinlock_unlock(&timers->lock);
    return refused;
}

static uint64_t milliseconds(LONG period)
{
    return period > 0 ? (uint64_t)period * UNITS_PER_MILLISECOND : 0;
}

/*
 * Published entry points. A timer that may be late is on time here: there is no power to save by being late.
 */
VOID KeInitializeTimerEx(PKTIMER Timer, TIMER_TYPE Type)
{
    RtlZeroMemory(Timer, sizeof(*Timer));
    dispatcher_initialize(&Timer->Header,
                          Type == NotificationTimer ? DISPATCHER_NOTIFICATION_TIMER : DISPATCHER_SYNCHRONIZATION_TIMER, 0);
}

VOID KeInitializeTimer(PKTIMER Timer)
{
    KeInitializeTimerEx(Timer, NotificationTimer);
}

BOOLEAN KeSetTimerEx(PKTIMER Timer, LARGE_INTEGER DueTime, LONG Period, PKDPC Dpc)
{
    return timer_set(Timer, DueTime, milliseconds(Period), 0, Dpc);
}

BOOLEAN KeSetTimer(PKTIMER Timer, LARGE_INTEGER DueTime, PKDPC Dpc)
{
    return timer_set(Timer, DueTime, 0, 0, Dpc);
}

BOOLEAN KeSetCoalescableTimer(PKTIMER Timer, LARGE_INTEGER DueTime, ULONG Period, ULONG TolerableDelay, PKDPC Dpc)
{
    return timer_set(Timer, DueTime, (uint64_t)Period * UNITS_PER_MILLISECOND, 0, Dpc);
}

BOOLEAN KeCancelTimer(PKTIMER Ktimer)
{
    return timer_cancel(Ktimer);
}

BOOLEAN KeReadStateTimer(PKTIMER Timer)
{
    return platform_atomic_load(&Timer->Header.SignalState) != 0;
}
