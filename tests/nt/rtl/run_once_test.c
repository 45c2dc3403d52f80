/* SPDX-License-Identifier: MIT */
/*
 * One-time initialisation: who runs it, who waits, what failure does.
 */
#include "nt_case.h"

#include <ntifs.h>

static RTL_RUN_ONCE once = RTL_RUN_ONCE_INIT;
static LONG runs;
static LONG failures_left;
static ULONG_PTR answers[4];

static ULONG initialise(PRTL_RUN_ONCE run_once, PVOID parameter, PVOID *context)
{
    CHECK(run_once == &once);
    CHECK(parameter == &runs);
    if (failures_left != 0)
    {
        failures_left--;
        return FALSE;
    }
    runs++;
    *context = (PVOID)0x1230;
    return TRUE;
}

static void run(void *argument)
{
    PVOID context = NULL;

    if (NT_SUCCESS(RtlRunOnceExecuteOnce(&once, initialise, &runs, &context)))
    {
        *(ULONG_PTR *)argument = (ULONG_PTR)context;
    }
}

static void run_four(void)
{
    struct nt_thread *threads[4];

    RtlRunOnceInitialize(&once);
    for (int index = 0; index < 4; index++)
    {
        answers[index] = 0;
        threads[index] = nt_thread_start(run, &answers[index]);
    }
    for (int index = 0; index < 4; index++)
    {
        nt_thread_join(threads[index]);
    }
}

static void one_of_many_threads_initialises_and_all_see_the_context(void)
{
    runs = 0;
    run_four();
    CHECK_EQUAL(runs, 1);
    for (int index = 0; index < 4; index++)
    {
        CHECK_EQUAL(answers[index], 0x1230);
    }
}

static void after_a_failure_the_next_thread_tries(void)
{
    int failed = 0;

    runs = 0;
    failures_left = 1;
    run_four();
    CHECK_EQUAL(runs, 1);
    for (int index = 0; index < 4; index++)
    {
        CHECK(answers[index] == 0 || answers[index] == 0x1230);
        failed += answers[index] == 0;
    }
    CHECK_EQUAL(failed, 1);
}

static void checking_does_not_begin(void)
{
    RTL_RUN_ONCE local = RTL_RUN_ONCE_INIT;
    PVOID context = NULL;

    CHECK_EQUAL(RtlRunOnceBeginInitialize(&local, RTL_RUN_ONCE_CHECK_ONLY, &context), STATUS_UNSUCCESSFUL);
    CHECK_EQUAL(RtlRunOnceBeginInitialize(&local, 0, &context), STATUS_PENDING);
    CHECK_EQUAL(RtlRunOnceBeginInitialize(&local, RTL_RUN_ONCE_CHECK_ONLY, &context), STATUS_UNSUCCESSFUL);
    CHECK_EQUAL(RtlRunOnceComplete(&local, 0, (PVOID)8), STATUS_SUCCESS);
    CHECK_EQUAL(RtlRunOnceBeginInitialize(&local, RTL_RUN_ONCE_CHECK_ONLY, &context), STATUS_SUCCESS);
    CHECK_EQUAL((ULONG_PTR)context, 8);
    CHECK_EQUAL(RtlRunOnceBeginInitialize(&local, 0, NULL), STATUS_SUCCESS);
}

static void asynchronous_initialisation_has_one_winner(void)
{
    RTL_RUN_ONCE local = RTL_RUN_ONCE_INIT;
    PVOID context = NULL;

    CHECK_EQUAL(RtlRunOnceBeginInitialize(&local, RTL_RUN_ONCE_ASYNC, &context), STATUS_PENDING);
    CHECK_EQUAL(RtlRunOnceBeginInitialize(&local, RTL_RUN_ONCE_ASYNC, &context), STATUS_PENDING);
    CHECK_EQUAL(RtlRunOnceBeginInitialize(&local, 0, &context), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlRunOnceComplete(&local, 0, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlRunOnceComplete(&local, RTL_RUN_ONCE_ASYNC, (PVOID)16), STATUS_SUCCESS);
    CHECK_EQUAL(RtlRunOnceComplete(&local, RTL_RUN_ONCE_ASYNC, (PVOID)32), STATUS_UNSUCCESSFUL);
    CHECK_EQUAL(RtlRunOnceBeginInitialize(&local, RTL_RUN_ONCE_ASYNC, &context), STATUS_SUCCESS);
    CHECK_EQUAL((ULONG_PTR)context, 16);
}

static void wrong_flags_contexts_and_moments_are_refused(void)
{
    RTL_RUN_ONCE local = RTL_RUN_ONCE_INIT;

    CHECK_EQUAL(RtlRunOnceBeginInitialize(&local, 8, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlRunOnceBeginInitialize(&local, RTL_RUN_ONCE_CHECK_ONLY | RTL_RUN_ONCE_ASYNC, NULL),
                STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlRunOnceComplete(&local, 0, NULL), STATUS_UNSUCCESSFUL);
    CHECK_EQUAL(RtlRunOnceBeginInitialize(&local, 0, NULL), STATUS_PENDING);
    CHECK_EQUAL(RtlRunOnceBeginInitialize(&local, RTL_RUN_ONCE_ASYNC, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlRunOnceComplete(&local, RTL_RUN_ONCE_ASYNC, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlRunOnceComplete(&local, 0, (PVOID)2), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlRunOnceComplete(&local, RTL_RUN_ONCE_INIT_FAILED, (PVOID)4), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlRunOnceComplete(&local, RTL_RUN_ONCE_INIT_FAILED | RTL_RUN_ONCE_ASYNC, NULL), STATUS_INVALID_PARAMETER);
    CHECK_EQUAL(RtlRunOnceComplete(&local, RTL_RUN_ONCE_INIT_FAILED, NULL), STATUS_SUCCESS);
    CHECK(local.Ptr == NULL);
}

const struct nt_case nt_cases[] = {
    CASE(one_of_many_threads_initialises_and_all_see_the_context),
    CASE(after_a_failure_the_next_thread_tries),
    CASE(checking_does_not_begin),
    CASE(asynchronous_initialisation_has_one_winner),
    CASE(wrong_flags_contexts_and_moments_are_refused),
    CASES_END,
};
