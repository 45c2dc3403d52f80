/* SPDX-License-Identifier: MIT */
/*
 * Semaphores, mutants and alerts.
 */
#include "nt_case.h"

#include <ntifs.h>

static LARGE_INTEGER zero;

static NTSTATUS poll(void *object)
{
    return KeWaitForSingleObject(object, Executive, KernelMode, FALSE, &zero);
}

static NTSTATUS wait_for(void *object)
{
    return KeWaitForSingleObject(object, Executive, KernelMode, FALSE, NULL);
}

static void semaphore_counts(void)
{
    KSEMAPHORE semaphore;

    KeInitializeSemaphore(&semaphore, 1, 3);
    CHECK_EQUAL(poll(&semaphore), STATUS_SUCCESS);
    CHECK_EQUAL(poll(&semaphore), STATUS_TIMEOUT);
    CHECK_EQUAL(KeReleaseSemaphore(&semaphore, 0, 2, FALSE), 0);
    CHECK_EQUAL(KeReleaseSemaphore(&semaphore, 0, 1, FALSE), 2);
    CHECK_EQUAL(KeReadStateSemaphore(&semaphore), 3);
    CHECK_EQUAL(KeReleaseSemaphore(&semaphore, 0, 0, FALSE), 3);
}

static void take_one(void *semaphore)
{
    CHECK_EQUAL(wait_for(semaphore), STATUS_SUCCESS);
}

static void release_of_three_lets_three_go(void)
{
    KSEMAPHORE semaphore;
    struct nt_thread *threads[3];

    KeInitializeSemaphore(&semaphore, 0, 10);
    for (int i = 0; i < 3; i++)
    {
        threads[i] = nt_thread_start(take_one, &semaphore);
    }
    (void)KeReleaseSemaphore(&semaphore, 0, 4, FALSE);
    for (int i = 0; i < 3; i++)
    {
        nt_thread_join(threads[i]);
    }
    CHECK_EQUAL(KeReadStateSemaphore(&semaphore), 1);
}

static void semaphore_beyond_its_limit(void)
{
    KSEMAPHORE semaphore;

    KeInitializeSemaphore(&semaphore, 2, 3);
    (void)KeReleaseSemaphore(&semaphore, 0, 2, FALSE);
}

static void semaphore_release_of_less_than_nothing(void)
{
    KSEMAPHORE semaphore;

    KeInitializeSemaphore(&semaphore, 2, 3);
    (void)KeReleaseSemaphore(&semaphore, 0, -1, FALSE);
}

static void mutex_is_recursive(void)
{
    KMUTEX mutex;

    KeInitializeMutex(&mutex, 0);
    CHECK_EQUAL(KeReadStateMutex(&mutex), 1);
    CHECK_EQUAL(wait_for(&mutex), STATUS_SUCCESS);
    CHECK_EQUAL(wait_for(&mutex), STATUS_SUCCESS);
    CHECK_EQUAL(KeReadStateMutex(&mutex), -1);
    CHECK_EQUAL(KeReleaseMutex(&mutex, FALSE), -1);
    CHECK(KeAreApcsDisabled());
    CHECK_EQUAL(KeReleaseMutex(&mutex, FALSE), 0);
    CHECK(!KeAreApcsDisabled());
    CHECK_EQUAL(KeReadStateMutex(&mutex), 1);
}

struct handover
{
    KMUTANT mutant;
    KEVENT owned;
    KEVENT go;
    NTSTATUS status;
};

static void poll_mutant(void *argument)
{
    struct handover *handover = argument;

    handover->status = poll(&handover->mutant);
}

static void owned_mutant_is_not_taken_by_another_thread(void)
{
    struct handover handover;

    KeInitializeMutant(&handover.mutant, TRUE);
    nt_thread_join(nt_thread_start(poll_mutant, &handover));
    CHECK_EQUAL(handover.status, STATUS_TIMEOUT);
    CHECK_EQUAL(KeReleaseMutant(&handover.mutant, 0, FALSE, FALSE), 0);
    nt_thread_join(nt_thread_start(poll_mutant, &handover));
    CHECK_EQUAL(handover.status, STATUS_SUCCESS);
    CHECK_EQUAL(poll(&handover.mutant), STATUS_ABANDONED_WAIT_0);
    CHECK_EQUAL(poll(&handover.mutant), STATUS_SUCCESS);
    (void)KeReleaseMutant(&handover.mutant, 0, FALSE, FALSE);
    (void)KeReleaseMutant(&handover.mutant, 0, FALSE, FALSE);
}

static void take_and_end(void *argument)
{
    struct handover *handover = argument;

    CHECK_EQUAL(wait_for(&handover->mutant), STATUS_SUCCESS);
    CHECK_EQUAL(wait_for(&handover->mutant), STATUS_SUCCESS);
    (void)KeSetEvent(&handover->owned, 0, FALSE);
}

/* The owner ends while somebody waits, or just before. */
static void abandon_against_wait(void)
{
    struct handover handover;
    struct nt_thread *thread;
    PVOID objects[2] = {&handover.go, &handover.mutant};
    CLIENT_ID owner;

    KeInitializeMutant(&handover.mutant, FALSE);
    KeInitializeEvent(&handover.owned, NotificationEvent, FALSE);
    KeInitializeEvent(&handover.go, NotificationEvent, FALSE);
    thread = nt_thread_start(take_and_end, &handover);
    CHECK_EQUAL(wait_for(&handover.owned), STATUS_SUCCESS);
    CHECK_EQUAL(KeWaitForMultipleObjects(2, objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL),
                STATUS_ABANDONED_WAIT_0 + 1);
    KeQueryOwnerMutant(&handover.mutant, &owner);
    CHECK(owner.UniqueThread == PsGetCurrentThreadId());
    CHECK_EQUAL(KeReadStateMutant(&handover.mutant), 0);
    (void)KeReleaseMutant(&handover.mutant, 0, FALSE, FALSE);
    KeQueryOwnerMutant(&handover.mutant, &owner);
    CHECK(owner.UniqueThread == NULL);
    nt_thread_join(thread);
}

static void wait_for_all_with_an_owned_mutant(void)
{
    KMUTANT mutant;
    KEVENT event;
    PVOID objects[2] = {&mutant, &event};

    KeInitializeMutant(&mutant, TRUE);
    KeInitializeEvent(&event, SynchronizationEvent, FALSE);
    CHECK_EQUAL(KeWaitForMultipleObjects(2, objects, WaitAll, Executive, KernelMode, FALSE, &zero, NULL), STATUS_TIMEOUT);
    (void)KeSetEvent(&event, 0, FALSE);
    CHECK_EQUAL(KeWaitForMultipleObjects(2, objects, WaitAll, Executive, KernelMode, FALSE, &zero, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(KeReadStateMutant(&mutant), -1);
    (void)KeReleaseMutant(&mutant, 0, FALSE, FALSE);
    (void)KeReleaseMutant(&mutant, 0, FALSE, FALSE);
}

/* Owners wait for two mutants together in opposite order: a wait for all that took one early would deadlock. */
struct pair
{
    KMUTANT mutants[2];
    LONG inside;
};

static void take_both(struct pair *pair, int first)
{
    PVOID objects[2] = {&pair->mutants[first], &pair->mutants[1 - first]};

    for (int i = 0; i < (nt_is_simulated() ? 3 : 500); i++)
    {
        CHECK_EQUAL(KeWaitForMultipleObjects(2, objects, WaitAll, Executive, KernelMode, FALSE, NULL, NULL), STATUS_SUCCESS);
        CHECK_EQUAL(InterlockedIncrement(&pair->inside), 1);
        (void)InterlockedDecrement(&pair->inside);
        (void)KeReleaseMutant(&pair->mutants[0], 0, FALSE, FALSE);
        (void)KeReleaseMutant(&pair->mutants[1], 0, FALSE, FALSE);
    }
}

static void take_forwards(void *argument)
{
    take_both(argument, 0);
}

static void take_backwards(void *argument)
{
    take_both(argument, 1);
}

static void waits_for_all_in_any_order_do_not_deadlock(void)
{
    struct pair pair = {.inside = 0};
    struct nt_thread *threads[3];

    KeInitializeMutant(&pair.mutants[0], FALSE);
    KeInitializeMutant(&pair.mutants[1], FALSE);
    threads[0] = nt_thread_start(take_forwards, &pair);
    threads[1] = nt_thread_start(take_backwards, &pair);
    threads[2] = nt_thread_start(take_forwards, &pair);
    for (int i = 0; i < 3; i++)
    {
        nt_thread_join(threads[i]);
    }
}

static void mutex_released_by_nobody(void)
{
    KMUTEX mutex;

    KeInitializeMutex(&mutex, 0);
    (void)KeReleaseMutex(&mutex, FALSE);
}

static void take_and_keep(void *mutex)
{
    (void)wait_for(mutex);
}

static void thread_that_ends_with_a_mutex(void)
{
    static KMUTEX mutex;

    KeInitializeMutex(&mutex, 0);
    nt_thread_join(nt_thread_start(take_and_keep, &mutex));
}

/*
 * Alerts.
 */

static void alerted_wait_ends(void)
{
    KEVENT event;

    KeInitializeEvent(&event, SynchronizationEvent, FALSE);
    CHECK_EQUAL(ZwAlertThread(NtCurrentThread()), STATUS_SUCCESS);
    CHECK_EQUAL(poll(&event), STATUS_TIMEOUT);
    CHECK_EQUAL(KeWaitForSingleObject(&event, Executive, KernelMode, TRUE, NULL), STATUS_ALERTED);
    CHECK_EQUAL(KeWaitForSingleObject(&event, Executive, KernelMode, TRUE, &zero), STATUS_TIMEOUT);
}

static void signalled_object_comes_before_an_alert(void)
{
    KEVENT event;
    LARGE_INTEGER moment;

    moment.QuadPart = -1;
    KeInitializeEvent(&event, SynchronizationEvent, TRUE);
    CHECK_EQUAL(ZwAlertThread(NtCurrentThread()), STATUS_SUCCESS);
    CHECK_EQUAL(KeWaitForSingleObject(&event, Executive, KernelMode, TRUE, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(KeDelayExecutionThread(KernelMode, FALSE, &moment), STATUS_SUCCESS);
    CHECK_EQUAL(KeDelayExecutionThread(KernelMode, TRUE, &moment), STATUS_ALERTED);
}

struct alerted
{
    HANDLE thread;
    KEVENT ready;
    KEVENT event;
    NTSTATUS status;
};

static void wait_alertable(void *argument)
{
    struct alerted *alerted = argument;

    CHECK_EQUAL(ObOpenObjectByPointer(PsGetCurrentThread(), OBJ_KERNEL_HANDLE, NULL, THREAD_ALL_ACCESS, NULL, KernelMode,
                                      &alerted->thread),
                STATUS_SUCCESS);
    (void)KeSetEvent(&alerted->ready, 0, FALSE);
    alerted->status = KeWaitForSingleObject(&alerted->event, Executive, KernelMode, TRUE, NULL);
}

/* Whichever comes first ends the wait, and the other one is left. */
static void alert_against_set(void)
{
    struct alerted alerted = {.status = -1};
    struct nt_thread *thread;

    KeInitializeEvent(&alerted.ready, NotificationEvent, FALSE);
    KeInitializeEvent(&alerted.event, SynchronizationEvent, FALSE);
    thread = nt_thread_start(wait_alertable, &alerted);
    CHECK_EQUAL(wait_for(&alerted.ready), STATUS_SUCCESS);
    CHECK_EQUAL(ZwAlertThread(alerted.thread), STATUS_SUCCESS);
    (void)KeSetEvent(&alerted.event, 0, FALSE);
    nt_thread_join(thread);
    CHECK(alerted.status == STATUS_ALERTED || alerted.status == STATUS_SUCCESS);
    CHECK_EQUAL(KeReadStateEvent(&alerted.event), alerted.status == STATUS_ALERTED ? 1 : 0);
    CHECK_EQUAL(ZwClose(alerted.thread), STATUS_SUCCESS);
}

const struct nt_case nt_cases[] = {
    CASE(semaphore_counts),
    CASE(release_of_three_lets_three_go),
    CASE(mutex_is_recursive),
    CASE(owned_mutant_is_not_taken_by_another_thread),
    CASE(abandon_against_wait),
    CASE(wait_for_all_with_an_owned_mutant),
    CASE(waits_for_all_in_any_order_do_not_deadlock),
    CASE(alerted_wait_ends),
    CASE(signalled_object_comes_before_an_alert),
    CASE(alert_against_set),
    STOPS(semaphore_beyond_its_limit, "0xFFFFFFFFC0000047"),
    STOPS(semaphore_release_of_less_than_nothing, "0xFFFFFFFFC0000047"),
    STOPS(mutex_released_by_nobody, "0xFFFFFFFFC0000046"),
    STOPS(thread_that_ends_with_a_mutex, "bug check 0x4000008A"),
    CASES_END,
};
