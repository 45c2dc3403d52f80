/* SPDX-License-Identifier: MIT */
/*
 * Events and waits for one or several objects.
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

static void set_event(void *event)
{
    (void)KeSetEvent(event, IO_NO_INCREMENT, FALSE);
}

static void notification_event_lets_everybody_pass(void)
{
    KEVENT event;

    KeInitializeEvent(&event, NotificationEvent, FALSE);
    CHECK_EQUAL(poll(&event), STATUS_TIMEOUT);
    CHECK_EQUAL(KeSetEvent(&event, 0, FALSE), 0);
    CHECK_EQUAL(poll(&event), STATUS_SUCCESS);
    CHECK_EQUAL(poll(&event), STATUS_SUCCESS);
    CHECK_EQUAL(KeReadStateEvent(&event), 1);
}

static void synchronization_event_lets_one_pass(void)
{
    KEVENT event;

    KeInitializeEvent(&event, SynchronizationEvent, TRUE);
    CHECK_EQUAL(KeSetEvent(&event, 0, FALSE), 1);
    CHECK_EQUAL(poll(&event), STATUS_SUCCESS);
    CHECK_EQUAL(poll(&event), STATUS_TIMEOUT);
    CHECK_EQUAL(KeReadStateEvent(&event), 0);
}

static void reset_returns_the_state_before(void)
{
    KEVENT event;

    KeInitializeEvent(&event, NotificationEvent, TRUE);
    CHECK_EQUAL(KeResetEvent(&event), 1);
    CHECK_EQUAL(KeResetEvent(&event), 0);
    CHECK_EQUAL(KeSetEvent(&event, 0, TRUE), 0);
    KeClearEvent(&event);
    CHECK_EQUAL(KeReadStateEvent(&event), 0);
}

struct waiting
{
    KEVENT ready;
    KEVENT event;
    NTSTATUS status;
};

static void wait_after_ready(void *argument)
{
    struct waiting *waiting = argument;

    set_event(&waiting->ready);
    waiting->status = wait_for(&waiting->event);
}

static void waiter_is_woken(void)
{
    struct waiting waiting = {.status = -1};
    struct nt_thread *thread;

    KeInitializeEvent(&waiting.ready, NotificationEvent, FALSE);
    KeInitializeEvent(&waiting.event, SynchronizationEvent, FALSE);
    thread = nt_thread_start(wait_after_ready, &waiting);
    CHECK_EQUAL(wait_for(&waiting.ready), STATUS_SUCCESS);
    CHECK_EQUAL(KeSetEvent(&waiting.event, 0, FALSE), 0);
    nt_thread_join(thread);
    CHECK_EQUAL(waiting.status, STATUS_SUCCESS);
    CHECK_EQUAL(KeReadStateEvent(&waiting.event), 0);
}

struct order
{
    KEVENT queued;
    KEVENT event;
    KEVENT done;
    LONG next;
    LONG got[4];
};

struct order_waiter
{
    struct order *order;
    LONG number;
};

/* How many wait: under the lock of the header, which is the highest bit of its type. */
static bool has_waiters(KEVENT *event, int count)
{
    LONG free = __atomic_load_n(&event->Header.Lock, __ATOMIC_RELAXED) & ~0x80;
    LARGE_INTEGER moment = from_now(1);
    int found = 0;

    while (!__atomic_compare_exchange_n(&event->Header.Lock, &free, free | 0x80, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
    {
        (void)KeDelayExecutionThread(KernelMode, FALSE, &moment);
        free &= ~0x80;
    }
    for (LIST_ENTRY *entry = event->Header.WaitListHead.Flink; entry != &event->Header.WaitListHead; entry = entry->Flink)
    {
        found++;
    }
    __atomic_store_n(&event->Header.Lock, free, __ATOMIC_RELEASE);
    return found == count;
}

static void until_it_has_waiters(KEVENT *event, int count)
{
    LARGE_INTEGER moment = from_now(1);

    while (!has_waiters(event, count))
    {
        (void)KeDelayExecutionThread(KernelMode, FALSE, &moment);
    }
}

static void wait_in_order(void *argument)
{
    struct order_waiter *waiter = argument;

    CHECK_EQUAL(wait_for(&waiter->order->event), STATUS_SUCCESS);
    waiter->order->got[InterlockedIncrement(&waiter->order->next) - 1] = waiter->number;
    set_event(&waiter->order->done);
}

static void first_waiter_goes_first(void)
{
    struct order order = {0};
    struct order_waiter waiters[4];
    struct nt_thread *threads[4];

    KeInitializeEvent(&order.event, SynchronizationEvent, FALSE);
    KeInitializeEvent(&order.done, SynchronizationEvent, FALSE);
    for (LONG i = 0; i < 4; i++)
    {
        waiters[i] = (struct order_waiter){&order, i};
        threads[i] = nt_thread_start(wait_in_order, &waiters[i]);
        until_it_has_waiters(&order.event, i + 1);
    }
    for (LONG i = 0; i < 4; i++)
    {
        set_event(&order.event);
        CHECK_EQUAL(wait_for(&order.done), STATUS_SUCCESS);
    }
    for (LONG i = 0; i < 4; i++)
    {
        nt_thread_join(threads[i]);
        CHECK_EQUAL(order.got[i], i);
    }
}

static void pulse_with_nobody_waiting_leaves_the_event_off(void)
{
    KEVENT event;

    KeInitializeEvent(&event, NotificationEvent, FALSE);
    CHECK_EQUAL(KePulseEvent(&event, 0, FALSE), 0);
    CHECK_EQUAL(poll(&event), STATUS_TIMEOUT);
    set_event(&event);
    CHECK_EQUAL(KePulseEvent(&event, 0, FALSE), 1);
    CHECK_EQUAL(KeReadStateEvent(&event), 0);
}

static void timeout_of_zero_only_looks(void)
{
    KEVENT event;
    KIRQL before;

    KeInitializeEvent(&event, SynchronizationEvent, FALSE);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    CHECK_EQUAL(poll(&event), STATUS_TIMEOUT);
    set_event(&event);
    CHECK_EQUAL(poll(&event), STATUS_SUCCESS);
    KeLowerIrql(before);
}

static void relative_timeout_passes(void)
{
    KEVENT event;
    LARGE_INTEGER due = from_now(5);
    ULONGLONG begin = KeQueryInterruptTime();

    KeInitializeEvent(&event, SynchronizationEvent, FALSE);
    CHECK_EQUAL(KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, &due), STATUS_TIMEOUT);
    CHECK(KeQueryInterruptTime() - begin >= 5 * UNITS_PER_MILLISECOND);
    CHECK(IsListEmpty(&event.Header.WaitListHead));
}

static void absolute_timeout_passes(void)
{
    KEVENT event;
    LARGE_INTEGER due;
    LARGE_INTEGER now;

    KeInitializeEvent(&event, SynchronizationEvent, FALSE);
    KeQuerySystemTimePrecise(&due);
    due.QuadPart += (nt_is_simulated() ? 5000 : 5) * UNITS_PER_MILLISECOND;
    CHECK_EQUAL(KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, &due), STATUS_TIMEOUT);
    KeQuerySystemTimePrecise(&now);
    CHECK(now.QuadPart >= due.QuadPart);
    CHECK_EQUAL(KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, &due), STATUS_TIMEOUT);
}

static void any_returns_the_first_that_is_signalled(void)
{
    KEVENT events[3];
    PVOID objects[3] = {&events[0], &events[1], &events[2]};

    for (int i = 0; i < 3; i++)
    {
        KeInitializeEvent(&events[i], SynchronizationEvent, i != 0);
    }
    CHECK_EQUAL(KeWaitForMultipleObjects(3, objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL), STATUS_WAIT_1);
    CHECK_EQUAL(KeWaitForMultipleObjects(3, objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL), STATUS_WAIT_2);
    CHECK_EQUAL(KeWaitForMultipleObjects(3, objects, WaitAny, Executive, KernelMode, FALSE, &zero, NULL), STATUS_TIMEOUT);
    for (int i = 0; i < 3; i++)
    {
        CHECK(IsListEmpty(&events[i].Header.WaitListHead));
    }
}

static void all_takes_nothing_before_everything_is_there(void)
{
    KEVENT events[2];
    PVOID objects[2] = {&events[0], &events[1]};

    KeInitializeEvent(&events[0], SynchronizationEvent, TRUE);
    KeInitializeEvent(&events[1], SynchronizationEvent, FALSE);
    CHECK_EQUAL(KeWaitForMultipleObjects(2, objects, WaitAll, Executive, KernelMode, FALSE, &zero, NULL), STATUS_TIMEOUT);
    CHECK_EQUAL(KeReadStateEvent(&events[0]), 1);
    set_event(&events[1]);
    CHECK_EQUAL(KeWaitForMultipleObjects(2, objects, WaitAll, Executive, KernelMode, FALSE, &zero, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(KeReadStateEvent(&events[0]), 0);
    CHECK_EQUAL(KeReadStateEvent(&events[1]), 0);
}

static void many_objects_with_blocks(void)
{
    static KEVENT events[MAXIMUM_WAIT_OBJECTS];
    static KWAIT_BLOCK blocks[MAXIMUM_WAIT_OBJECTS];
    PVOID objects[MAXIMUM_WAIT_OBJECTS];

    for (int i = 0; i < MAXIMUM_WAIT_OBJECTS; i++)
    {
        KeInitializeEvent(&events[i], SynchronizationEvent, i == MAXIMUM_WAIT_OBJECTS - 1);
        objects[i] = &events[i];
    }
    CHECK_EQUAL(KeWaitForMultipleObjects(MAXIMUM_WAIT_OBJECTS, objects, WaitAny, Executive, KernelMode, FALSE, NULL, blocks),
                STATUS_WAIT_63);
}

static void too_many_objects_without_blocks(void)
{
    static KEVENT events[THREAD_WAIT_OBJECTS + 1];
    PVOID objects[THREAD_WAIT_OBJECTS + 1];

    for (int i = 0; i < THREAD_WAIT_OBJECTS + 1; i++)
    {
        KeInitializeEvent(&events[i], SynchronizationEvent, TRUE);
        objects[i] = &events[i];
    }
    (void)KeWaitForMultipleObjects(THREAD_WAIT_OBJECTS + 1, objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL);
}

static void waiting_at_dispatch(void)
{
    KEVENT event;
    KIRQL before;

    KeInitializeEvent(&event, SynchronizationEvent, TRUE);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    (void)wait_for(&event);
}

static void announcing_a_wait_at_dispatch(void)
{
    KEVENT event;
    KIRQL before;

    KeInitializeEvent(&event, SynchronizationEvent, TRUE);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    (void)KeSetEvent(&event, 0, TRUE);
}

/* The same objects from several sides: every set of one ends one wait, and nothing is lost or used twice. */
struct exchange
{
    KEVENT there;
    KEVENT back;
    KEVENT never;
    LONG rounds;
};

static void answer(void *argument)
{
    struct exchange *exchange = argument;
    PVOID objects[2] = {&exchange->never, &exchange->there};

    for (LONG i = 0; i < exchange->rounds; i++)
    {
        CHECK_EQUAL(KeWaitForMultipleObjects(2, objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL), STATUS_WAIT_1);
        set_event(&exchange->back);
    }
}

static void two_threads_take_turns(void)
{
    struct exchange exchange = {.rounds = nt_is_simulated() ? 5 : 1000};
    struct nt_thread *thread;

    KeInitializeEvent(&exchange.there, SynchronizationEvent, FALSE);
    KeInitializeEvent(&exchange.back, SynchronizationEvent, FALSE);
    KeInitializeEvent(&exchange.never, NotificationEvent, FALSE);
    thread = nt_thread_start(answer, &exchange);
    for (LONG i = 0; i < exchange.rounds; i++)
    {
        set_event(&exchange.there);
        CHECK_EQUAL(wait_for(&exchange.back), STATUS_SUCCESS);
    }
    nt_thread_join(thread);
    CHECK(IsListEmpty(&exchange.never.Header.WaitListHead));
}

struct race
{
    KEVENT events[2];
    NTSTATUS status;
    WAIT_TYPE type;
};

static void wait_a_moment(void *argument)
{
    struct race *race = argument;
    PVOID objects[2] = {&race->events[0], &race->events[1]};
    LARGE_INTEGER moment;

    moment.QuadPart = -1;
    race->status = KeWaitForMultipleObjects(2, objects, race->type, Executive, KernelMode, FALSE, &moment, NULL);
}

/* A signal that a wait consumed is never also lost to its time-out. */
static void wake_against_timeout(void)
{
    struct race race = {.type = WaitAny};
    struct nt_thread *thread;

    KeInitializeEvent(&race.events[0], SynchronizationEvent, FALSE);
    KeInitializeEvent(&race.events[1], SynchronizationEvent, FALSE);
    thread = nt_thread_start(wait_a_moment, &race);
    set_event(&race.events[1]);
    nt_thread_join(thread);
    CHECK(race.status == STATUS_TIMEOUT || race.status == STATUS_WAIT_1);
    CHECK_EQUAL(KeReadStateEvent(&race.events[1]), race.status == STATUS_TIMEOUT ? 1 : 0);
}

static void set_against_wait_for_all(void)
{
    struct race race = {.type = WaitAll};
    struct nt_thread *thread;
    struct nt_thread *setter;

    KeInitializeEvent(&race.events[0], SynchronizationEvent, FALSE);
    KeInitializeEvent(&race.events[1], SynchronizationEvent, FALSE);
    thread = nt_thread_start(wait_a_moment, &race);
    setter = nt_thread_start(set_event, &race.events[0]);
    set_event(&race.events[1]);
    nt_thread_join(setter);
    nt_thread_join(thread);
    CHECK(race.status == STATUS_TIMEOUT || race.status == STATUS_SUCCESS);
    CHECK_EQUAL(KeReadStateEvent(&race.events[0]), race.status == STATUS_TIMEOUT ? 1 : 0);
    CHECK_EQUAL(KeReadStateEvent(&race.events[1]), race.status == STATUS_TIMEOUT ? 1 : 0);
}

/* The waiter owns the event and its stack goes as soon as it is woken: the setter must not look at it again. */
static void set_and_forget(void *argument)
{
    set_event(argument);
}

static void event_is_gone_after_the_wait(void)
{
    for (int i = 0; i < (nt_is_simulated() ? 3 : 300); i++)
    {
        KEVENT *event = ExAllocatePoolZero(NonPagedPoolNx, sizeof(KEVENT), 'tseT');
        struct nt_thread *thread;

        KeInitializeEvent(event, NotificationEvent, FALSE);
        thread = nt_thread_start(set_and_forget, event);
        CHECK_EQUAL(wait_for(event), STATUS_SUCCESS);
        ExFreePoolWithTag(event, 'tseT');
        nt_thread_join(thread);
    }
}

/* Set and reset right after each other satisfy who waits for this event and others that are set. */
static void wait_for_both(void *argument)
{
    struct race *race = argument;
    PVOID objects[2] = {&race->events[0], &race->events[1]};

    race->status = KeWaitForMultipleObjects(2, objects, WaitAll, Executive, KernelMode, FALSE, NULL, NULL);
}

static void short_signal_satisfies_a_wait_for_all(void)
{
    struct race race = {.status = -1};
    struct nt_thread *thread;

    KeInitializeEvent(&race.events[0], NotificationEvent, TRUE);
    KeInitializeEvent(&race.events[1], NotificationEvent, FALSE);
    thread = nt_thread_start(wait_for_both, &race);
    until_it_has_waiters(&race.events[1], 1);
    set_event(&race.events[1]);
    KeClearEvent(&race.events[1]);
    nt_thread_join(thread);
    CHECK_EQUAL(race.status, STATUS_SUCCESS);
}

static void pulse_satisfies_a_wait_for_all(void)
{
    struct race race = {.status = -1};
    struct nt_thread *thread;

    KeInitializeEvent(&race.events[0], NotificationEvent, TRUE);
    KeInitializeEvent(&race.events[1], NotificationEvent, FALSE);
    thread = nt_thread_start(wait_for_both, &race);
    until_it_has_waiters(&race.events[1], 1);
    (void)KePulseEvent(&race.events[1], 0, FALSE);
    nt_thread_join(thread);
    CHECK_EQUAL(race.status, STATUS_SUCCESS);
    CHECK_EQUAL(KeReadStateEvent(&race.events[1]), 0);
}

static void same_object_twice_in_a_wait_for_all(void)
{
    KEVENT event;
    PVOID objects[2] = {&event, &event};

    KeInitializeEvent(&event, SynchronizationEvent, FALSE);
    CHECK_EQUAL(KeWaitForMultipleObjects(2, objects, WaitAll, Executive, KernelMode, FALSE, &zero, NULL), STATUS_TIMEOUT);
    set_event(&event);
    CHECK_EQUAL(KeWaitForMultipleObjects(2, objects, WaitAll, Executive, KernelMode, FALSE, &zero, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(KeReadStateEvent(&event), 0);
}

const struct nt_case nt_cases[] = {
    CASE(notification_event_lets_everybody_pass),
    CASE(synchronization_event_lets_one_pass),
    CASE(reset_returns_the_state_before),
    CASE(waiter_is_woken),
    CASE(first_waiter_goes_first),
    CASE(pulse_with_nobody_waiting_leaves_the_event_off),
    CASE(pulse_satisfies_a_wait_for_all),
    CASE(timeout_of_zero_only_looks),
    CASE(relative_timeout_passes),
    CASE(absolute_timeout_passes),
    CASE(any_returns_the_first_that_is_signalled),
    CASE(all_takes_nothing_before_everything_is_there),
    CASE(many_objects_with_blocks),
    CASE(two_threads_take_turns),
    CASE(wake_against_timeout),
    CASE(set_against_wait_for_all),
    CASE(event_is_gone_after_the_wait),
    CASE(short_signal_satisfies_a_wait_for_all),
    CASE(same_object_twice_in_a_wait_for_all),
    STOPS(too_many_objects_without_blocks, "bug check 0x0000000C"),
    STOPS(waiting_at_dispatch, "bug check 0x0000000A...rule: a wait needs ..." CALLED_BY(wait_for)),
    STOPS(announcing_a_wait_at_dispatch, "bug check 0x0000000A"),
    CASES_END,
};
