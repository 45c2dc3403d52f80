/* SPDX-License-Identifier: MIT */
/*
 * Rules about locks and levels: V39, V40, V41, V43. Each has a driver that breaks it, and a near miss.
 */
#include "wdf_case.h"

static struct
{
    WDFSPINLOCK spin;
    WDFWAITLOCK first;
    WDFWAITLOCK second;
} locks;

static void make_locks(void)
{
    wdf_case_load(NULL);
    CHECK_STATUS(WdfSpinLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &locks.spin), STATUS_SUCCESS);
    CHECK_STATUS(WdfWaitLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &locks.first), STATUS_SUCCESS);
    CHECK_STATUS(WdfWaitLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &locks.second), STATUS_SUCCESS);
}

static void acquire(WDFWAITLOCK lock)
{
    CHECK_STATUS(WdfWaitLockAcquire(lock, NULL), STATUS_SUCCESS);
}

/*
 * V40.
 */

static void v40_wait_lock_is_acquired_twice(void)
{
    make_locks();
    acquire(locks.first);
    acquire(locks.first);
}

static void v40_spin_lock_is_acquired_twice(void)
{
    make_locks();
    WdfSpinLockAcquire(locks.spin);
    WdfSpinLockAcquire(locks.spin);
}

static void v40_silent_wait_lock_that_is_held_is_tried(void)
{
    LONGLONG none = 0;

    make_locks();
    acquire(locks.first);
    SILENT(V40, CHECK_STATUS(WdfWaitLockAcquire(locks.first, &none), STATUS_TIMEOUT));
    WdfWaitLockRelease(locks.first);
    wdf_case_unload();
}

static void release_for_another(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    WdfWaitLockRelease(locks.first);
}

static void v40_wait_lock_is_released_by_another_thread(void)
{
    make_locks();
    acquire(locks.first);
    BREAKS(V40, locks.first, "WdfWaitLockRelease", nt_thread_join(nt_thread_start(release_for_another, NULL)));
    wdf_case_unload();
}

static void v40_spin_lock_is_released_that_is_not_held(void)
{
    make_locks();
    WdfSpinLockRelease(locks.spin);
}

static void v40_silent_locks_are_released_in_another_order(void)
{
    make_locks();
    acquire(locks.first);
    acquire(locks.second);
    WdfWaitLockRelease(locks.first);
    WdfWaitLockRelease(locks.second);
    wdf_case_unload();
}

static void v40_lock_is_deleted_while_it_is_held(void)
{
    make_locks();
    acquire(locks.first);
    BREAKS(V40, locks.first, "WdfObjectDelete", WdfObjectDelete(locks.first));
    wdf_case_unload();
}

/*
 * V43.
 */

static void v43_locks_are_acquired_in_opposite_orders(void)
{
    make_locks();
    acquire(locks.first);
    acquire(locks.second);
    WdfWaitLockRelease(locks.second);
    WdfWaitLockRelease(locks.first);
    acquire(locks.second);
    BREAKS(V43, locks.first, "WdfWaitLockAcquire", acquire(locks.first));
    WdfWaitLockRelease(locks.first);
    WdfWaitLockRelease(locks.second);
    wdf_case_unload();
}

static void acquire_both(WDFWAITLOCK outer, WDFWAITLOCK inner)
{
    acquire(outer);
    acquire(inner);
    WdfWaitLockRelease(inner);
    WdfWaitLockRelease(outer);
}

static void v43_order_closes_over_three_locks(void)
{
    WDFWAITLOCK third;

    make_locks();
    CHECK_STATUS(WdfWaitLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &third), STATUS_SUCCESS);
    acquire_both(locks.first, locks.second);
    acquire_both(locks.second, third);
    BREAKS(V43, locks.first, "WdfWaitLockAcquire", acquire_both(third, locks.first));
    wdf_case_unload();
}

static void v43_silent_attempt_in_the_opposite_order(void)
{
    LONGLONG none = 0;

    make_locks();
    acquire(locks.first);
    acquire(locks.second);
    WdfWaitLockRelease(locks.second);
    WdfWaitLockRelease(locks.first);
    acquire(locks.second);
    SILENT(V43, CHECK_STATUS(WdfWaitLockAcquire(locks.first, &none), STATUS_SUCCESS));
    WdfWaitLockRelease(locks.first);
    WdfWaitLockRelease(locks.second);
    wdf_case_unload();
}

static void v43_silent_order_of_a_lock_that_is_gone_is_forgotten(void)
{
    make_locks();
    acquire(locks.first);
    acquire(locks.second);
    WdfWaitLockRelease(locks.second);
    WdfWaitLockRelease(locks.first);
    WdfObjectDelete(locks.first);
    CHECK_STATUS(WdfWaitLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &locks.first), STATUS_SUCCESS);
    acquire(locks.second);
    SILENT(V43, acquire(locks.first));
    WdfWaitLockRelease(locks.first);
    WdfWaitLockRelease(locks.second);
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    STOPS(v40_wait_lock_is_acquired_twice, "V40...WdfWaitLockAcquire"),
    STOPS(v40_spin_lock_is_acquired_twice, "V40...WdfSpinLockAcquire"),
    CASE(v40_silent_wait_lock_that_is_held_is_tried),
    CASE(v40_wait_lock_is_released_by_another_thread),
    STOPS(v40_spin_lock_is_released_that_is_not_held, "V40...WdfSpinLockRelease"),
    CASE(v40_silent_locks_are_released_in_another_order),
    CASE(v40_lock_is_deleted_while_it_is_held),
    CASE(v43_locks_are_acquired_in_opposite_orders),
    CASE(v43_order_closes_over_three_locks),
    CASE(v43_silent_attempt_in_the_opposite_order),
    CASE(v43_silent_order_of_a_lock_that_is_gone_is_forgotten),
    CASES_END,
};
