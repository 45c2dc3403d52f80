/* SPDX-License-Identifier: MIT */
/*
 * Kernel timers: when they come due they are signalled, and their deferred procedure call is queued.
 */
#ifndef NT_TIMER_H
#define NT_TIMER_H

#include "nt/time/timer_queue.h"

struct timers
{
    /* Guards both queues and the private parts of the timers in them. Taken before the lock of a header. */
    struct platform_spinlock lock;
    /* By the monotonic clock and by the wall clock, in units of 100 nanoseconds. */
    struct timer_queue relative;
    struct timer_queue wall;
    /* Goes off for the first of them. */
    struct platform_timer alarm;
    int64_t alarm_at;
};

/* Called while the machine is made, and before each run of a simulation, which begins without timers. */
void timers_make(struct timers *timers);

/* Timers that somebody counts the calls of: nt/time/ex_timer.c. */
#define TIMER_COUNTED 0x40000000u

/*
 * Starts or restarts a timer, not signalled; the due time is as published, the period in units of 100 nanoseconds, zero for
 * none. The call may be NULL. Returns whether it was running. IRQL: up to DISPATCH_LEVEL.
 */
bool timer_set(PKTIMER timer, LARGE_INTEGER due, uint64_t period, ULONG flags, PRKDPC dpc);

/* Stops a timer. Returns whether it was running; if not, its call may still be queued. IRQL: up to DISPATCH_LEVEL. */
bool timer_cancel(PKTIMER timer);

enum timer_started
{
    TIMER_STARTED,
    TIMER_RESTARTED,
    TIMER_REFUSED,
    /* It refuses for good. */
    TIMER_CLOSED,
};

/*
 * The short way for timers that nobody waits for, initialised by timer_initialize_call(): they are only a call at a time, and it
 * never runs on the thread that starts them, even when they are due at once. They can be told to refuse to start.
 */
void timer_initialize_call(PKTIMER timer, PRKDPC dpc);
enum timer_started timer_start(PKTIMER timer, int64_t due, uint64_t period);

/*
 * Stops the timer and makes it refuse, for good or until timer_accept(), which returns whether somebody tried to start it
 * meanwhile.
 */
bool timer_refuse(PKTIMER timer, bool for_good);
bool timer_accept(PKTIMER timer);

#endif /* NT_TIMER_H */
