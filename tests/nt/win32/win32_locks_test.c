/* SPDX-License-Identifier: MIT */
/*
 * Locks of a process: critical sections, reader/writer locks, condition variables, one-time initialisation, addresses.
 */
#include "nt_case.h"

#include <windows.h>

#define THREADS 3

static CRITICAL_SECTION section;
static SRWLOCK lock;
static CONDITION_VARIABLE condition;
static INIT_ONCE once;
static volatile LONG number;
static volatile LONG inside;

static void run_threads(void (*body)(void *argument))
{
    struct nt_thread *threads[THREADS];

    for (size_t index = 0; index < THREADS; index++)
    {
        threads[index] = nt_thread_start(body, (void *)(ULONG_PTR)index);
    }
    for (size_t index = 0; index < THREADS; index++)
    {
        nt_thread_join(threads[index]);
    }
}

static void count_in_section(void *argument)
{
    for (int round = 0; round < 20; round++)
    {
        EnterCriticalSection(&section);
        EnterCriticalSection(&section);
        number = number + 1;
        LeaveCriticalSection(&section);
        CHECK(section.RecursionCount == 1);
        LeaveCriticalSection(&section);
    }
}

static void one_thread_is_inside_a_critical_section(void)
{
    number = 0;
    InitializeCriticalSection(&section);
    run_threads(count_in_section);
    CHECK_EQUAL(number, 20 * THREADS);
    CHECK_EQUAL(section.LockCount, -1);
    DeleteCriticalSection(&section);
}

static void spinning_takes_the_section_too(void)
{
    number = 0;
    CHECK(InitializeCriticalSectionAndSpinCount(&section, 0x80000064));
    CHECK_EQUAL(SetCriticalSectionSpinCount(&section, 50), 100);
    run_threads(count_in_section);
    CHECK_EQUAL(number, 20 * THREADS);
    DeleteCriticalSection(&section);
}

static void try_in_vain(void *argument)
{
    CHECK(!TryEnterCriticalSection(&section));
}

static void trying_to_enter_never_waits(void)
{
    InitializeCriticalSection(&section);
    CHECK(TryEnterCriticalSection(&section));
    CHECK(TryEnterCriticalSection(&section));
    run_threads(try_in_vain);
    LeaveCriticalSection(&section);
    run_threads(try_in_vain);
    LeaveCriticalSection(&section);
    DeleteCriticalSection(&section);
}

static void unknown_flags_of_a_section_are_refused(void)
{
    SetLastError(0);
    CHECK(!InitializeCriticalSectionEx(&section, 0, 1));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(!InitializeCriticalSectionEx(&section, 0xFF000000, 0));
    CHECK(InitializeCriticalSectionEx(&section, 4000, CRITICAL_SECTION_NO_DEBUG_INFO));
    DeleteCriticalSection(&section);
}

static void leaving_a_section_that_one_is_not_in(void)
{
    InitializeCriticalSection(&section);
    LeaveCriticalSection(&section);
}

static void deleting_a_section_with_somebody_inside(void)
{
    InitializeCriticalSection(&section);
    EnterCriticalSection(&section);
    DeleteCriticalSection(&section);
}

static void entering_a_deleted_section(void)
{
    InitializeCriticalSection(&section);
    DeleteCriticalSection(&section);
    EnterCriticalSection(&section);
}

static void read_and_write(void *argument)
{
    for (int round = 0; round < 10; round++)
    {
        if ((round + (int)(ULONG_PTR)argument) % 3 == 0)
        {
            AcquireSRWLockExclusive(&lock);
            CHECK_EQUAL(InterlockedIncrement(&inside), 1);
            number = number + 1;
            CHECK_EQUAL(InterlockedDecrement(&inside), 0);
            ReleaseSRWLockExclusive(&lock);
        }
        else
        {
            AcquireSRWLockShared(&lock);
            CHECK(inside == 0);
            ReleaseSRWLockShared(&lock);
        }
    }
}

static void a_writer_is_alone_in_a_slim_lock(void)
{
    number = 0;
    inside = 0;
    InitializeSRWLock(&lock);
    run_threads(read_and_write);
    CHECK(lock.Ptr == NULL);
    CHECK_EQUAL(number, 10);
}

static void trying_a_slim_lock_never_waits(void)
{
    InitializeSRWLock(&lock);
    CHECK(TryAcquireSRWLockShared(&lock));
    CHECK(TryAcquireSRWLockShared(&lock));
    CHECK(!TryAcquireSRWLockExclusive(&lock));
    ReleaseSRWLockShared(&lock);
    ReleaseSRWLockShared(&lock);
    CHECK(TryAcquireSRWLockExclusive(&lock));
    CHECK(!TryAcquireSRWLockShared(&lock));
    CHECK(!TryAcquireSRWLockExclusive(&lock));
    ReleaseSRWLockExclusive(&lock);
    CHECK(lock.Ptr == NULL);
}

static void releasing_a_slim_lock_that_nobody_has(void)
{
    InitializeSRWLock(&lock);
    ReleaseSRWLockExclusive(&lock);
}

static void releasing_shared_what_is_held_exclusively(void)
{
    InitializeSRWLock(&lock);
    AcquireSRWLockExclusive(&lock);
    ReleaseSRWLockShared(&lock);
}

/* A bounded buffer of one: every thread puts and takes as many as the others. */
static void pass_through_one_place(void *argument)
{
    for (int round = 0; round < 6; round++)
    {
        EnterCriticalSection(&section);
        while (number != 0)
        {
            CHECK(SleepConditionVariableCS(&condition, &section, INFINITE));
        }
        number = 1;
        WakeAllConditionVariable(&condition);
        LeaveCriticalSection(&section);
        EnterCriticalSection(&section);
        while (number != 1)
        {
            CHECK(SleepConditionVariableCS(&condition, &section, INFINITE));
        }
        number = 0;
        LeaveCriticalSection(&section);
        WakeAllConditionVariable(&condition);
    }
}

static void whoever_waits_for_a_condition_is_woken(void)
{
    number = 0;
    InitializeCriticalSection(&section);
    InitializeConditionVariable(&condition);
    run_threads(pass_through_one_place);
    CHECK_EQUAL(number, 0);
    CHECK(condition.Ptr == NULL);
    DeleteCriticalSection(&section);
}

static void wait_for_a_ticket(void *argument)
{
    BOOL shared = (ULONG_PTR)argument % 2 != 0;

    (shared ? AcquireSRWLockShared : AcquireSRWLockExclusive)(&lock);
    while (number == 0)
    {
        CHECK(SleepConditionVariableSRW(&condition, &lock, INFINITE, shared ? CONDITION_VARIABLE_LOCKMODE_SHARED : 0));
    }
    (void)InterlockedDecrement(&number);
    (shared ? ReleaseSRWLockShared : ReleaseSRWLockExclusive)(&lock);
}

static void hand_out_tickets(void *argument)
{
    for (int ticket = 0; ticket < THREADS; ticket++)
    {
        AcquireSRWLockExclusive(&lock);
        (void)InterlockedIncrement(&number);
        ReleaseSRWLockExclusive(&lock);
        WakeConditionVariable(&condition);
    }
}

static void one_wake_lets_one_waiter_go(void)
{
    struct nt_thread *giver;

    number = 0;
    InitializeSRWLock(&lock);
    InitializeConditionVariable(&condition);
    giver = nt_thread_start(hand_out_tickets, NULL);
    run_threads(wait_for_a_ticket);
    nt_thread_join(giver);
    CHECK(condition.Ptr == NULL);
    CHECK(lock.Ptr == NULL);
}

static void a_wait_for_a_condition_ends_in_time(void)
{
    InitializeCriticalSection(&section);
    InitializeConditionVariable(&condition);
    InitializeSRWLock(&lock);
    EnterCriticalSection(&section);
    SetLastError(0);
    CHECK(!SleepConditionVariableCS(&condition, &section, 0));
    CHECK_EQUAL(GetLastError(), ERROR_TIMEOUT);
    CHECK_EQUAL(section.RecursionCount, 1);
    LeaveCriticalSection(&section);
    AcquireSRWLockShared(&lock);
    SetLastError(0);
    CHECK(!SleepConditionVariableSRW(&condition, &lock, 1, CONDITION_VARIABLE_LOCKMODE_SHARED));
    CHECK_EQUAL(GetLastError(), ERROR_TIMEOUT);
    CHECK(!SleepConditionVariableSRW(&condition, &lock, 1, 2));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    ReleaseSRWLockShared(&lock);
    CHECK(condition.Ptr == NULL);
    DeleteCriticalSection(&section);
}

static BOOL CALLBACK set_up(PINIT_ONCE variable, PVOID parameter, PVOID *context)
{
    CHECK(variable == &once);
    CHECK_EQUAL(InterlockedIncrement(&number), 1);
    *context = parameter;
    return TRUE;
}

static void need_set_up(void *argument)
{
    void *context = NULL;

    CHECK(InitOnceExecuteOnce(&once, set_up, (void *)&number, &context));
    CHECK(context == (void *)&number);
}

static void initialisation_runs_once(void)
{
    BOOL pending = TRUE;
    void *context;

    number = 0;
    InitOnceInitialize(&once);
    run_threads(need_set_up);
    CHECK_EQUAL(number, 1);
    CHECK(InitOnceBeginInitialize(&once, INIT_ONCE_CHECK_ONLY, &pending, &context));
    CHECK(!pending && context == (void *)&number);
}

static BOOL CALLBACK fail_at_first(PINIT_ONCE variable, PVOID parameter, PVOID *context)
{
    SetLastError(ERROR_DISK_FULL);
    return InterlockedIncrement(&number) > 1;
}

static void a_failed_initialisation_is_tried_again(void)
{
    BOOL pending = FALSE;
    void *context;

    number = 0;
    InitOnceInitialize(&once);
    CHECK(!InitOnceBeginInitialize(&once, INIT_ONCE_CHECK_ONLY, &pending, &context));
    CHECK_EQUAL(GetLastError(), ERROR_GEN_FAILURE);
    CHECK(!InitOnceExecuteOnce(&once, fail_at_first, NULL, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_DISK_FULL);
    CHECK(InitOnceExecuteOnce(&once, fail_at_first, NULL, NULL));
    CHECK(InitOnceExecuteOnce(&once, fail_at_first, NULL, NULL));
    CHECK_EQUAL(number, 2);
}

static void the_first_of_several_initialisations_counts(void)
{
    BOOL pending = FALSE;
    void *context;

    InitOnceInitialize(&once);
    CHECK(InitOnceBeginInitialize(&once, INIT_ONCE_ASYNC, &pending, NULL) && pending);
    CHECK(InitOnceBeginInitialize(&once, INIT_ONCE_ASYNC, &pending, NULL) && pending);
    CHECK(!InitOnceBeginInitialize(&once, 0, &pending, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(!InitOnceComplete(&once, 0, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(InitOnceComplete(&once, INIT_ONCE_ASYNC, (void *)8));
    CHECK(!InitOnceComplete(&once, INIT_ONCE_ASYNC, (void *)16));
    CHECK_EQUAL(GetLastError(), ERROR_ALREADY_EXISTS);
    CHECK(InitOnceBeginInitialize(&once, INIT_ONCE_ASYNC, &pending, &context));
    CHECK(!pending && context == (void *)8);
}

static void a_context_leaves_the_low_bits_alone(void)
{
    BOOL pending = FALSE;

    InitOnceInitialize(&once);
    CHECK(InitOnceBeginInitialize(&once, 0, &pending, NULL) && pending);
    CHECK(!InitOnceComplete(&once, 0, (void *)9));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(!InitOnceComplete(&once, INIT_ONCE_ASYNC | INIT_ONCE_INIT_FAILED, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(InitOnceComplete(&once, INIT_ONCE_INIT_FAILED, NULL));
    CHECK(!InitOnceBeginInitialize(&once, 8, &pending, NULL));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void wait_until_not_zero(void *argument)
{
    LONG undesired = 0;

    while (InterlockedOr(&number, 0) == 0)
    {
        CHECK(WaitOnAddress(&number, &undesired, sizeof(number), INFINITE));
    }
}

static void a_write_and_a_wake_end_the_wait_on_an_address(void)
{
    struct nt_thread *threads[THREADS];

    number = 0;
    for (size_t index = 0; index < THREADS; index++)
    {
        threads[index] = nt_thread_start(wait_until_not_zero, NULL);
    }
    (void)InterlockedExchange(&number, 1);
    WakeByAddressSingle((void *)&number);
    WakeByAddressAll((void *)&number);
    for (size_t index = 0; index < THREADS; index++)
    {
        nt_thread_join(threads[index]);
    }
}

static void wake_once(void *argument)
{
    WakeByAddressSingle((void *)&number);
}

static void a_wake_and_a_time_out_may_meet(void)
{
    LONG undesired = 0;

    number = 0;
    for (int round = 0; round < 10; round++)
    {
        struct nt_thread *thread = nt_thread_start(wake_once, NULL);

        if (!WaitOnAddress(&number, &undesired, sizeof(number), 1))
        {
            CHECK_EQUAL(GetLastError(), ERROR_TIMEOUT);
        }
        nt_thread_join(thread);
    }
}

static void an_address_is_compared_in_its_size(void)
{
    UCHAR bytes[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    UCHAR other[8] = {1, 2, 3, 4, 5, 6, 7, 9};

    for (SIZE_T size = 1; size < 8; size *= 2)
    {
        CHECK(!WaitOnAddress(bytes, other, size, 0));
        CHECK_EQUAL(GetLastError(), ERROR_TIMEOUT);
    }
    CHECK(WaitOnAddress(bytes, other, 8, 0));
    CHECK(!WaitOnAddress(bytes, other, 3, 0));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK(!WaitOnAddress(bytes, other, 0, INFINITE));
    CHECK_EQUAL(GetLastError(), ERROR_INVALID_PARAMETER);
}

static void set_an_error_of_its_own(void *argument)
{
    CHECK_EQUAL(GetLastError(), 0);
    SetLastError(ERROR_BUSY);
    CHECK_EQUAL(GetLastError(), ERROR_BUSY);
}

static void the_last_error_is_the_threads_own(void)
{
    SetLastError(ERROR_NO_DATA);
    run_threads(set_an_error_of_its_own);
    CHECK_EQUAL(GetLastError(), ERROR_NO_DATA);
}

const struct nt_case nt_cases[] = {
    CASE(one_thread_is_inside_a_critical_section),
    CASE(spinning_takes_the_section_too),
    CASE(trying_to_enter_never_waits),
    CASE(unknown_flags_of_a_section_are_refused),
    STOPS(leaving_a_section_that_one_is_not_in, "left by thread"),
    STOPS(deleting_a_section_with_somebody_inside, "deleted while thread"),
    STOPS(entering_a_deleted_section, "after it was deleted"),
    CASE(a_writer_is_alone_in_a_slim_lock),
    CASE(trying_a_slim_lock_never_waits),
    STOPS(releasing_a_slim_lock_that_nobody_has, "released exclusively"),
    STOPS(releasing_shared_what_is_held_exclusively, "released shared"),
    CASE(whoever_waits_for_a_condition_is_woken),
    CASE(one_wake_lets_one_waiter_go),
    CASE(a_wait_for_a_condition_ends_in_time),
    CASE(initialisation_runs_once),
    CASE(a_failed_initialisation_is_tried_again),
    CASE(the_first_of_several_initialisations_counts),
    CASE(a_context_leaves_the_low_bits_alone),
    CASE(a_write_and_a_wake_end_the_wait_on_an_address),
    CASE(a_wake_and_a_time_out_may_meet),
    CASE(an_address_is_compared_in_its_size),
    CASE(the_last_error_is_the_threads_own),
    CASES_END,
};
