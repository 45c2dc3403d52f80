/* SPDX-License-Identifier: MIT */
/*
 * WDFWAITLOCK and WDFSPINLOCK.
 */
#include "wdf_case.h"

static WDFWAITLOCK make_wait_lock(void)
{
    WDFWAITLOCK lock;

    CHECK_STATUS(WdfWaitLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &lock), STATUS_SUCCESS);
    return lock;
}

static void wait_lock_that_is_held_times_out(void)
{
    LONGLONG none = 0;
    LONGLONG relative = WDF_REL_TIMEOUT_IN_MS(1);
    LONGLONG past = 1;
    WDFWAITLOCK lock;

    wdf_case_load(NULL);
    lock = make_wait_lock();
    CHECK_STATUS(WdfWaitLockAcquire(lock, &none), STATUS_SUCCESS);
    CHECK_STATUS(WdfWaitLockAcquire(lock, &none), STATUS_TIMEOUT);
    CHECK_STATUS(WdfWaitLockAcquire(lock, &relative), STATUS_TIMEOUT);
    CHECK_STATUS(WdfWaitLockAcquire(lock, &past), STATUS_TIMEOUT);
    WdfWaitLockRelease(lock);
    CHECK_STATUS(WdfWaitLockAcquire(lock, &relative), STATUS_SUCCESS);
    WdfWaitLockRelease(lock);
    wdf_case_unload();
}

static struct
{
    WDFWAITLOCK wait_lock;
    WDFSPINLOCK spin_lock;
    LONG inside;
    LONG rounds;
} shared;

static void enter_and_leave(void *argument)
{
    LONGLONG soon = WDF_REL_TIMEOUT_IN_US(50);

    UNREFERENCED_PARAMETER(argument);
    for (int round = 0; round < 50; round++)
    {
        if (round % 3 == 0 && WdfWaitLockAcquire(shared.wait_lock, &soon) != STATUS_SUCCESS)
        {
            continue;
        }
        else if (round % 3 != 0)
        {
            CHECK_STATUS(WdfWaitLockAcquire(shared.wait_lock, NULL), STATUS_SUCCESS);
        }
        CHECK_EQUAL(InterlockedIncrement(&shared.inside), 1);
        shared.rounds++;
        CHECK_EQUAL(InterlockedDecrement(&shared.inside), 0);
        WdfWaitLockRelease(shared.wait_lock);
    }
}

static void wait_lock_lets_one_in_at_a_time_and_loses_no_waiter(void)
{
    struct nt_thread *threads[3];

    wdf_case_load(NULL);
    shared.wait_lock = make_wait_lock();
    shared.rounds = 0;
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(enter_and_leave, NULL);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK(shared.rounds >= 3 * 33);
    wdf_case_unload();
}

static void release_held_lock(void *argument)
{
    WdfWaitLockRelease((WDFWAITLOCK)argument);
}

static void another_thread_may_release_a_wait_lock(void)
{
    struct nt_thread *thread;
    WDFWAITLOCK lock;

    wdf_case_verify(TESTKIT_VERIFIER_OFF);
    wdf_case_load(NULL);
    lock = make_wait_lock();
    CHECK_STATUS(WdfWaitLockAcquire(lock, NULL), STATUS_SUCCESS);
    thread = nt_thread_start(release_held_lock, lock);
    CHECK_STATUS(WdfWaitLockAcquire(lock, NULL), STATUS_SUCCESS);
    nt_thread_join(thread);
    WdfWaitLockRelease(lock);
    wdf_case_unload();
}

static void count_under_spin_lock(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (int round = 0; round < 100; round++)
    {
        WdfSpinLockAcquire(shared.spin_lock);
        shared.rounds++;
        WdfSpinLockRelease(shared.spin_lock);
    }
}

static void spin_lock_lets_one_in_at_a_time(void)
{
    struct nt_thread *threads[2];

    wdf_case_load(NULL);
    CHECK_STATUS(WdfSpinLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &shared.spin_lock), STATUS_SUCCESS);
    shared.rounds = 0;
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(count_under_spin_lock, NULL);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    CHECK_EQUAL(shared.rounds, 200);
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(wait_lock_that_is_held_times_out),
    CASE(wait_lock_lets_one_in_at_a_time_and_loses_no_waiter),
    CASE(another_thread_may_release_a_wait_lock),
    CASE(spin_lock_lets_one_in_at_a_time),
    CASES_END,
};
