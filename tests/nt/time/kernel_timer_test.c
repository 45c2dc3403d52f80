/* SPDX-License-Identifier: MIT */
/*
 * Kernel timers and the executive's timers.
 */
#include "nt_case.h"

#include <ntifs.h>

#define UNITS_PER_MILLISECOND 10000

static LARGE_INTEGER zero;

static LARGE_INTEGER from_now(LONGLONG milliseconds)
{
    LARGE_INTEGER due;

    due.QuadPart = -milliseconds * UNITS_PER_MILLISECOND;
    return due;
}

static NTSTATUS poll(void *object)
{
    return KeWaitForSingleObject(object, Executive, KernelMode, FALSE, &zero);
}

static NTSTATUS wait_for(void *object)
{
    return KeWaitForSingleObject(object, Executive, KernelMode, FALSE, NULL);
}

struct ticks
{
    KDPC dpc;
    KEVENT enough;
    LONG count;
    LONG wanted;
};

static void tick(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    struct ticks *ticks = context;

    CHECK_EQUAL(KeGetCurrentIrql(), DISPATCH_LEVEL);
    if (InterlockedIncrement(&ticks->count) == ticks->wanted)
    {
        (void)KeSetEvent(&ticks->enough, IO_NO_INCREMENT, FALSE);
    }
}

static void setup(struct ticks *ticks, LONG wanted)
{
    ticks->count = 0;
    ticks->wanted = wanted;
    KeInitializeDpc(&ticks->dpc, tick, ticks);
    KeInitializeEvent(&ticks->enough, NotificationEvent, FALSE);
}

static void timer_fires_when_it_is_due_and_not_before(void)
{
    KTIMER timer;
    struct ticks ticks;
    ULONGLONG begin = KeQueryUnbiasedInterruptTime();

    setup(&ticks, 1);
    KeInitializeTimer(&timer);
    CHECK(!KeReadStateTimer(&timer));
    CHECK(!KeSetTimer(&timer, from_now(3), &ticks.dpc));
    CHECK_EQUAL(wait_for(&timer), STATUS_SUCCESS);
    CHECK(KeQueryUnbiasedInterruptTime() - begin >= 3 * UNITS_PER_MILLISECOND);
    CHECK_EQUAL(wait_for(&ticks.enough), STATUS_SUCCESS);
    CHECK(KeReadStateTimer(&timer));
    CHECK(!KeCancelTimer(&timer));
    KeFlushQueuedDpcs();
}

static void notification_timer_stays_signalled_a_synchronization_timer_does_not(void)
{
    KTIMER notification;
    KTIMER synchronization;

    KeInitializeTimerEx(&notification, NotificationTimer);
    KeInitializeTimerEx(&synchronization, SynchronizationTimer);
    (void)KeSetTimer(&notification, from_now(1), NULL);
    (void)KeSetTimer(&synchronization, from_now(1), NULL);
    CHECK_EQUAL(wait_for(&notification), STATUS_SUCCESS);
    CHECK_EQUAL(wait_for(&synchronization), STATUS_SUCCESS);
    CHECK_EQUAL(poll(&notification), STATUS_SUCCESS);
    CHECK_EQUAL(poll(&synchronization), STATUS_TIMEOUT);
}

static void due_time_of_zero_fires_at_once(void)
{
    KTIMER timer;
    struct ticks ticks;

    setup(&ticks, 1);
    KeInitializeTimer(&timer);
    CHECK(!KeSetTimer(&timer, zero, &ticks.dpc));
    CHECK_EQUAL(poll(&timer), STATUS_SUCCESS);
    CHECK_EQUAL(wait_for(&ticks.enough), STATUS_SUCCESS);
    CHECK_EQUAL(KeGetCurrentIrql(), PASSIVE_LEVEL);
    KeFlushQueuedDpcs();
}

static void absolute_timer_follows_the_wall_clock(void)
{
    KTIMER timer;
    LARGE_INTEGER due;
    LARGE_INTEGER now;

    KeInitializeTimer(&timer);
    KeQuerySystemTimePrecise(&due);
    due.QuadPart += (nt_is_simulated() ? 5000 : 3) * UNITS_PER_MILLISECOND;
    CHECK(!KeSetTimer(&timer, due, NULL));
    CHECK_EQUAL(wait_for(&timer), STATUS_SUCCESS);
    KeQuerySystemTimePrecise(&now);
    CHECK(now.QuadPart >= due.QuadPart);
    (void)KeSetTimer(&timer, due, NULL);
    CHECK_EQUAL(poll(&timer), STATUS_SUCCESS);
}

static void setting_again_restarts_and_takes_the_signal_back(void)
{
    KTIMER timer;

    KeInitializeTimer(&timer);
    (void)KeSetTimer(&timer, zero, NULL);
    CHECK(KeReadStateTimer(&timer));
    CHECK(!KeSetTimer(&timer, from_now(100000), NULL));
    CHECK(!KeReadStateTimer(&timer));
    CHECK(KeSetTimer(&timer, from_now(100000), NULL));
    CHECK(KeSetTimer(&timer, from_now(1), NULL));
    CHECK_EQUAL(wait_for(&timer), STATUS_SUCCESS);
}

static void canceled_timer_does_not_fire(void)
{
    KTIMER timer;
    struct ticks ticks;
    LARGE_INTEGER moment = from_now(3);

    setup(&ticks, 1);
    KeInitializeTimer(&timer);
    (void)KeSetTimer(&timer, from_now(1000), &ticks.dpc);
    CHECK(KeCancelTimer(&timer));
    CHECK(!KeCancelTimer(&timer));
    CHECK_EQUAL(KeDelayExecutionThread(KernelMode, FALSE, &moment), STATUS_SUCCESS);
    CHECK(!KeReadStateTimer(&timer));
    CHECK_EQUAL(ticks.count, 0);
}

static void periodic_timer_keeps_its_rhythm(void)
{
    KTIMER timer;
    struct ticks ticks;
    ULONGLONG begin = KeQueryUnbiasedInterruptTime();

    setup(&ticks, 5);
    KeInitializeTimerEx(&timer, SynchronizationTimer);
    (void)KeSetTimerEx(&timer, from_now(1), 2, &ticks.dpc);
    CHECK_EQUAL(wait_for(&ticks.enough), STATUS_SUCCESS);
    CHECK(KeQueryUnbiasedInterruptTime() - begin >= 9 * UNITS_PER_MILLISECOND);
    CHECK(KeCancelTimer(&timer));
    KeFlushQueuedDpcs();
}

static void periodic_timer_that_begins_at_once_goes_on(void)
{
    KTIMER timer;
    struct ticks ticks;

    setup(&ticks, 2);
    KeInitializeTimer(&timer);
    (void)KeSetCoalescableTimer(&timer, zero, 1, 5, &ticks.dpc);
    CHECK_EQUAL(wait_for(&ticks.enough), STATUS_SUCCESS);
    CHECK(KeCancelTimer(&timer));
    KeFlushQueuedDpcs();
}

enum
{
    MANY = 40,
};

/* Due times of very different sizes, put in in no order. */
static void many_timers_fire_in_the_order_of_their_due_times(void)
{
    static const LONG factors[MANY / 4] = {7, 3, 9, 1, 5, 2, 8, 4, 10, 6};
    KTIMER timers[MANY / 4];
    LARGE_INTEGER due;
    ULONGLONG begin = KeQueryUnbiasedInterruptTime();

    for (int i = 0; i < MANY / 4; i++)
    {
        KeInitializeTimer(&timers[i]);
        due.QuadPart = -factors[i] * (nt_is_simulated() ? 30LL * UNITS_PER_MILLISECOND * factors[i] : 5000);
        (void)KeSetTimer(&timers[i], due, NULL);
    }
    for (int wanted = 1; wanted <= MANY / 4; wanted++)
    {
        for (int i = 0; i < MANY / 4; i++)
        {
            if (factors[i] == wanted)
            {
                CHECK_EQUAL(wait_for(&timers[i]), STATUS_SUCCESS);
            }
        }
    }
    CHECK(KeQueryUnbiasedInterruptTime() - begin >= 10 * 5000);
}

/* Starts and stops in random order agree with what is known of each timer. */
static void running_timers_are_known(void)
{
    KTIMER timers[MANY];
    bool running[MANY] = {false};
    uint32_t random = 12345;

    for (int i = 0; i < MANY; i++)
    {
        KeInitializeTimer(&timers[i]);
    }
    for (int step = 0; step < 400; step++)
    {
        int i;

        random = random * 1664525 + 1013904223;
        i = (int)(random >> 16) % MANY;
        if ((random & 0x100) != 0)
        {
            CHECK_EQUAL(KeSetTimer(&timers[i], from_now(10000 + (random >> 12)), NULL), running[i]);
            running[i] = true;
        }
        else
        {
            CHECK_EQUAL(KeCancelTimer(&timers[i]), running[i]);
            running[i] = false;
        }
    }
    for (int i = 0; i < MANY; i++)
    {
        CHECK_EQUAL(KeCancelTimer(&timers[i]), running[i]);
    }
}

/* Either the cancellation or the expiry wins; after it and a flush nobody touches the timer. */
static void cancel_against_expiry(void)
{
    for (int i = 0; i < (nt_is_simulated() ? 1 : 100); i++)
    {
        PKTIMER timer = ExAllocatePoolZero(NonPagedPoolNx, sizeof(KTIMER), 'tseT');
        struct ticks *ticks = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*ticks), 'tseT');
        LARGE_INTEGER due;
        LARGE_INTEGER moment;
        bool canceled;

        due.QuadPart = -100;
        moment.QuadPart = -90;
        setup(ticks, 1);
        KeInitializeTimer(timer);
        (void)KeSetTimer(timer, due, &ticks->dpc);
        (void)KeDelayExecutionThread(KernelMode, FALSE, &moment);
        canceled = KeCancelTimer(timer);
        KeFlushQueuedDpcs();
        CHECK_EQUAL(ticks->count, canceled ? 0 : 1);
        ExFreePoolWithTag(timer, 'tseT');
        ExFreePoolWithTag(ticks, 'tseT');
    }
}

static void timer_is_gone_after_the_wait(void)
{
    for (int i = 0; i < (nt_is_simulated() ? 2 : 50); i++)
    {
        PKTIMER timer = ExAllocatePoolZero(NonPagedPoolNx, sizeof(KTIMER), 'tseT');

        KeInitializeTimer(timer);
        (void)KeSetTimer(timer, from_now(1), NULL);
        CHECK_EQUAL(wait_for(timer), STATUS_SUCCESS);
        ExFreePoolWithTag(timer, 'tseT');
    }
}

static void delay_takes_at_least_its_time(void)
{
    ULONGLONG begin = KeQueryUnbiasedInterruptTime();
    LARGE_INTEGER delay = from_now(3);

    CHECK_EQUAL(KeDelayExecutionThread(KernelMode, FALSE, &delay), STATUS_SUCCESS);
    CHECK(KeQueryUnbiasedInterruptTime() - begin >= 3 * UNITS_PER_MILLISECOND);
    CHECK_EQUAL(KeDelayExecutionThread(KernelMode, FALSE, &zero), STATUS_SUCCESS);
}

struct ex_ticks
{
    KEVENT enough;
    KEVENT deleted;
    LONG count;
    LONG wanted;
    bool delete_inside;
    EXT_DELETE_PARAMETERS parameters;
};

static void ex_deleted(void *context)
{
    struct ex_ticks *ticks = context;

    (void)KeSetEvent(&ticks->deleted, IO_NO_INCREMENT, FALSE);
}

static void ex_tick(PEX_TIMER timer, PVOID context)
{
    struct ex_ticks *ticks = context;

    CHECK_EQUAL(KeGetCurrentIrql(), DISPATCH_LEVEL);
    if (++ticks->count == ticks->wanted)
    {
        if (ticks->delete_inside)
        {
            (void)ExDeleteTimer(timer, TRUE, FALSE, &ticks->parameters);
        }
        (void)KeSetEvent(&ticks->enough, IO_NO_INCREMENT, FALSE);
    }
}

static void ex_setup(struct ex_ticks *ticks, LONG wanted)
{
    RtlZeroMemory(ticks, sizeof(*ticks));
    ticks->wanted = wanted;
    KeInitializeEvent(&ticks->enough, NotificationEvent, FALSE);
    KeInitializeEvent(&ticks->deleted, NotificationEvent, FALSE);
    ExInitializeDeleteTimerParameters(&ticks->parameters);
    ticks->parameters.DeleteCallback = ex_deleted;
    ticks->parameters.DeleteContext = ticks;
}

static void allocated_timer_calls_back_and_can_be_waited_for(void)
{
    struct ex_ticks ticks;
    PEX_TIMER timer;

    ex_setup(&ticks, 3);
    timer = ExAllocateTimer(ex_tick, &ticks, EX_TIMER_HIGH_RESOLUTION);
    CHECK(timer != NULL);
    CHECK(!ExSetTimer(timer, -1000, 1000, NULL));
    CHECK_EQUAL(wait_for(timer), STATUS_SUCCESS);
    CHECK_EQUAL(wait_for(&ticks.enough), STATUS_SUCCESS);
    CHECK(ExCancelTimer(timer, NULL));
    CHECK(!ExDeleteTimer(timer, TRUE, TRUE, &ticks.parameters));
    CHECK_EQUAL(poll(&ticks.deleted), STATUS_SUCCESS);
}

static void allocated_timer_is_deleted_by_its_own_callback(void)
{
    struct ex_ticks ticks;
    PEX_TIMER timer;

    ex_setup(&ticks, 2);
    ticks.delete_inside = true;
    timer = ExAllocateTimer(ex_tick, &ticks, 0);
    (void)ExSetTimer(timer, -1000, 1000, NULL);
    CHECK_EQUAL(wait_for(&ticks.deleted), STATUS_SUCCESS);
    CHECK_EQUAL(ticks.count, 2);
    KeFlushQueuedDpcs();
}

static void allocated_timer_that_is_not_canceled_goes_after_it_fired(void)
{
    struct ex_ticks ticks;
    PEX_TIMER timer;

    ex_setup(&ticks, 1);
    timer = ExAllocateTimer(ex_tick, &ticks, 0);
    (void)ExSetTimer(timer, -20000, 0, NULL);
    CHECK(!ExDeleteTimer(timer, FALSE, FALSE, &ticks.parameters));
    CHECK_EQUAL(wait_for(&ticks.deleted), STATUS_SUCCESS);
    CHECK_EQUAL(ticks.count, 1);
    KeFlushQueuedDpcs();
}

static void allocated_timer_without_callback(void)
{
    struct ex_ticks ticks;
    PEX_TIMER timer;

    ex_setup(&ticks, 1);
    timer = ExAllocateTimer(NULL, NULL, EX_TIMER_NOTIFICATION);
    (void)ExSetTimer(timer, -10000, 0, NULL);
    CHECK_EQUAL(wait_for(timer), STATUS_SUCCESS);
    CHECK_EQUAL(poll(timer), STATUS_SUCCESS);
    CHECK(!ExSetTimer(timer, -10000, 0, NULL));
    CHECK(!ExDeleteTimer(timer, FALSE, FALSE, &ticks.parameters));
    CHECK_EQUAL(wait_for(&ticks.deleted), STATUS_SUCCESS);
}

static void delete_against_expiry(void)
{
    struct ex_ticks ticks;
    PEX_TIMER timer;
    LARGE_INTEGER moment;
    bool canceled;

    ex_setup(&ticks, 1);
    moment.QuadPart = -90;
    timer = ExAllocateTimer(ex_tick, &ticks, 0);
    (void)ExSetTimer(timer, -100, 0, NULL);
    (void)KeDelayExecutionThread(KernelMode, FALSE, &moment);
    canceled = ExDeleteTimer(timer, TRUE, TRUE, &ticks.parameters);
    CHECK_EQUAL(wait_for(&ticks.deleted), STATUS_SUCCESS);
    CHECK_EQUAL(ticks.count, canceled ? 0 : 1);
}

static void wrong_attributes_are_refused(void)
{
    CHECK(ExAllocateTimer(NULL, NULL, EX_TIMER_HIGH_RESOLUTION | EX_TIMER_NO_WAKE) == NULL);
    CHECK(ExAllocateTimer(NULL, NULL, 0x100) == NULL);
}

static void allocate_and_delete(void)
{
    PEX_TIMER timer = ExAllocateTimer(NULL, NULL, 0);

    if (timer != NULL)
    {
        (void)ExDeleteTimer(timer, TRUE, TRUE, NULL);
    }
}

static void allocation_may_fail(void)
{
    nt_fail_each_allocation(allocate_and_delete);
}

static void clocks_agree(void)
{
    LARGE_INTEGER system;
    LARGE_INTEGER local;
    LARGE_INTEGER again;
    LARGE_INTEGER ticks;
    LARGE_INTEGER frequency;
    ULONG64 stamp;
    ULONGLONG interrupt = KeQueryInterruptTime();
    LARGE_INTEGER counter = KeQueryPerformanceCounter(&frequency);

    CHECK_EQUAL(frequency.QuadPart, 10000000);
    CHECK(KeQueryInterruptTimePrecise(&stamp) >= interrupt);
    CHECK(stamp >= (ULONG64)counter.QuadPart);
    KeQueryTickCount(&ticks);
    CHECK((ULONGLONG)(ticks.QuadPart + 1) * KeQueryTimeIncrement() > interrupt);
    KeQuerySystemTime(&system);
    CHECK(system.QuadPart > 130000000000000000LL);
    ExSystemTimeToLocalTime(&system, &local);
    ExLocalTimeToSystemTime(&local, &again);
    CHECK_EQUAL(system.QuadPart, again.QuadPart);
}

static void timer_resolution_follows_requests(void)
{
    ULONG coarsest;
    ULONG finest;
    ULONG current;

    ExQueryTimerResolution(&coarsest, &finest, &current);
    CHECK_EQUAL(coarsest, KeQueryTimeIncrement());
    CHECK_EQUAL(current, coarsest);
    CHECK_EQUAL(ExSetTimerResolution(10000, TRUE), 10000);
    CHECK_EQUAL(ExSetTimerResolution(1, TRUE), finest);
    CHECK_EQUAL(ExSetTimerResolution(0, FALSE), finest);
    CHECK_EQUAL(ExSetTimerResolution(0, FALSE), coarsest);
}

struct own_timer
{
    KTIMER timer;
    KDPC dpc;
    KEVENT over;
    LONG rounds;
    KEVENT *told;
};

static void set_again(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    struct own_timer *own = context;

    if (--own->rounds == 0)
    {
        (void)KeSetEvent(&own->over, 0, FALSE);
        return;
    }
    /* Also at once: then the call, which runs, is queued again. */
    CHECK(!KeSetTimer(&own->timer, from_now(own->rounds % 2), dpc));
}

static void timer_is_set_again_by_its_own_call(void)
{
    struct own_timer own = {.rounds = 10};

    KeInitializeTimer(&own.timer);
    KeInitializeDpc(&own.dpc, set_again, &own);
    KeInitializeEvent(&own.over, NotificationEvent, FALSE);
    (void)KeSetTimer(&own.timer, from_now(1), &own.dpc);
    CHECK_EQUAL(wait_for(&own.over), STATUS_SUCCESS);
    KeFlushQueuedDpcs();
    CHECK(!KeCancelTimer(&own.timer));
}

static void end_rhythm(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    struct own_timer *own = context;
    KEVENT *told = own->told;

    /* When the next period has begun already, the call is queued once more: that one comes to a timer that stands still. */
    if (--own->rounds == 0)
    {
        CHECK(KeCancelTimer(&own->timer));
        (void)KeRemoveQueueDpc(dpc);
        (void)KeRemoveQueueDpc(dpc);
        ExFreePool(own);
        (void)KeSetEvent(told, 0, FALSE);
    }
}

static void periodic_timer_is_cancelled_and_freed_by_its_own_call(void)
{
    struct own_timer *own = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*own), 'tseT');
    KEVENT told;

    CHECK(own != NULL);
    own->rounds = 3;
    own->told = &told;
    KeInitializeEvent(&told, NotificationEvent, FALSE);
    KeInitializeTimer(&own->timer);
    KeInitializeDpc(&own->dpc, end_rhythm, own);
    (void)KeSetTimerEx(&own->timer, from_now(1), 1, &own->dpc);
    CHECK_EQUAL(wait_for(&told), STATUS_SUCCESS);
    KeFlushQueuedDpcs();
}

struct fight
{
    KTIMER timer;
    LONG left;
};

static void set_and_cancel(void *argument)
{
    struct fight *fight = argument;
    LONG left;

    while ((left = InterlockedDecrement(&fight->left)) > 0)
    {
        (void)KeSetTimerEx(&fight->timer, from_now(left % 3), left % 2, NULL);
        (void)KeCancelTimer(&fight->timer);
        (void)KeSetTimer(&fight->timer, from_now(0), NULL);
    }
}

static void several_set_and_cancel_one_timer(void)
{
    struct fight fight = {.left = nt_is_simulated() ? 30 : 3000};
    struct nt_thread *threads[3];

    KeInitializeTimerEx(&fight.timer, SynchronizationTimer);
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(set_and_cancel, &fight);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    (void)KeCancelTimer(&fight.timer);
    CHECK(!KeCancelTimer(&fight.timer));
}

const struct nt_case nt_cases[] = {
    CASE(timer_is_set_again_by_its_own_call),
    CASE(periodic_timer_is_cancelled_and_freed_by_its_own_call),
    CASE(several_set_and_cancel_one_timer),
    CASE(timer_fires_when_it_is_due_and_not_before),
    CASE(notification_timer_stays_signalled_a_synchronization_timer_does_not),
    CASE(due_time_of_zero_fires_at_once),
    CASE(absolute_timer_follows_the_wall_clock),
    CASE(setting_again_restarts_and_takes_the_signal_back),
    CASE(canceled_timer_does_not_fire),
    CASE(periodic_timer_keeps_its_rhythm),
    CASE(periodic_timer_that_begins_at_once_goes_on),
    CASE(many_timers_fire_in_the_order_of_their_due_times),
    CASE(running_timers_are_known),
    CASE(cancel_against_expiry),
    CASE(timer_is_gone_after_the_wait),
    CASE(delay_takes_at_least_its_time),
    CASE(allocated_timer_calls_back_and_can_be_waited_for),
    CASE(allocated_timer_is_deleted_by_its_own_callback),
    CASE(allocated_timer_that_is_not_canceled_goes_after_it_fired),
    CASE(allocated_timer_without_callback),
    CASE(delete_against_expiry),
    CASE(wrong_attributes_are_refused),
    CASE(allocation_may_fail),
    CASE(clocks_agree),
    CASE(timer_resolution_follows_requests),
    CASES_END,
};
