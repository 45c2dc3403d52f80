/* SPDX-License-Identifier: MIT */
/*
 * The portable API: the same calls and results in both flavours, but for the differences that are written here.
 */
#include "module_case.h"

#define MILLISECOND 10000

static LONGLONG now(void)
{
    LARGE_INTEGER time;

    DMF_Utility_SystemTimeCurrentGet(&time);
    return time.QuadPart;
}

static NTSTATUS wait_for(DMF_PORTABLE_EVENT *event, ULONG milliseconds)
{
    return DMF_Portable_EventWaitForSingleObject(event, &milliseconds, FALSE);
}

/* What an alertable wait of this thread ends with next. */
#if defined(DMF_USER_MODE)
static ULONG called;

static VOID WINAPI count_call(ULONG_PTR parameter)
{
    called++;
}

static void alert_myself(void)
{
    called = 0;
    CHECK(QueueUserAPC(count_call, GetCurrentThread(), 0) != 0);
}
#else
static void alert_myself(void)
{
    CHECK_STATUS(ZwAlertThread(NtCurrentThread()), STATUS_SUCCESS);
}
#endif

/*
 * Events.
 */

static void notification_event_stays_set(void)
{
    DMF_PORTABLE_EVENT event;

    CHECK_STATUS(DMF_Portable_EventCreate(&event, NotificationEvent, FALSE), STATUS_SUCCESS);
    CHECK_STATUS(wait_for(&event, 0), STATUS_TIMEOUT);
    DMF_Portable_EventSet(&event);
    CHECK_STATUS(wait_for(&event, 0), STATUS_SUCCESS);
    CHECK_STATUS(DMF_Portable_EventWaitForSingle(&event, NULL, FALSE), STATUS_SUCCESS);
    DMF_Portable_EventReset(&event);
    CHECK_STATUS(wait_for(&event, 0), STATUS_TIMEOUT);
    DMF_Portable_EventClose(&event);
}

static void synchronization_event_lets_one_wait_end(void)
{
    DMF_PORTABLE_EVENT event;

    CHECK_STATUS(DMF_Portable_EventCreate(&event, SynchronizationEvent, TRUE), STATUS_SUCCESS);
    CHECK_STATUS(wait_for(&event, 0), STATUS_SUCCESS);
    CHECK_STATUS(wait_for(&event, 0), STATUS_TIMEOUT);
    DMF_Portable_EventSet(&event);
    DMF_Portable_EventSet(&event);
    CHECK_STATUS(wait_for(&event, 1), STATUS_SUCCESS);
    CHECK_STATUS(wait_for(&event, 1), STATUS_TIMEOUT);
    DMF_Portable_EventClose(&event);
}

static void wait_lasts_as_long_as_asked(void)
{
    DMF_PORTABLE_EVENT event;
    LONGLONG begin = now();

    CHECK_STATUS(DMF_Portable_EventCreate(&event, NotificationEvent, FALSE), STATUS_SUCCESS);
    CHECK_STATUS(wait_for(&event, 20), STATUS_TIMEOUT);
    CHECK(now() - begin >= 20 * MILLISECOND);
    DMF_Portable_EventClose(&event);
}

static void longest_time_out_ends(void)
{
    DMF_PORTABLE_EVENT event;
    DMF_PORTABLE_EVENT *events[] = {&event};
    ULONG longest = MAXULONG;
    LONGLONG begin = now();

    if (!nt_is_simulated())
    {
        return; /* Seven weeks. */
    }
    CHECK_STATUS(DMF_Portable_EventCreate(&event, NotificationEvent, FALSE), STATUS_SUCCESS);
    CHECK_STATUS(wait_for(&event, MAXULONG), STATUS_TIMEOUT);
    CHECK(now() - begin >= (LONGLONG)(MAXULONG - 1) * MILLISECOND);
    CHECK_STATUS(DMF_Portable_EventWaitForMultiple(1, events, FALSE, &longest, FALSE), STATUS_TIMEOUT);
    CHECK(now() - begin >= 2 * (LONGLONG)(MAXULONG - 1) * MILLISECOND);
    DMF_Portable_EventClose(&event);
}

static void set_event(void *argument)
{
    DMF_Portable_EventSet((DMF_PORTABLE_EVENT *)argument);
}

static void wait_without_end_ends_with_the_event(void)
{
    DMF_PORTABLE_EVENT event;
    struct nt_thread *thread;

    CHECK_STATUS(DMF_Portable_EventCreate(&event, SynchronizationEvent, FALSE), STATUS_SUCCESS);
    thread = nt_thread_start(set_event, &event);
    CHECK_STATUS(DMF_Portable_EventWaitForSingleObject(&event, NULL, FALSE), STATUS_SUCCESS);
    nt_thread_join(thread);
    DMF_Portable_EventClose(&event);
}

static void alertable_wait_is_ended_by_a_call_and_another_is_not(void)
{
    DMF_PORTABLE_EVENT event;
    ULONG timeout = 5;

    CHECK_STATUS(DMF_Portable_EventCreate(&event, NotificationEvent, FALSE), STATUS_SUCCESS);
    alert_myself();
    CHECK_STATUS(DMF_Portable_EventWaitForSingleObject(&event, &timeout, FALSE), STATUS_TIMEOUT);
    CHECK_STATUS(DMF_Portable_EventWaitForSingleObject(&event, NULL, TRUE), STATUS_ALERTED);
    CHECK_STATUS(DMF_Portable_EventWaitForSingleObject(&event, &timeout, TRUE), STATUS_TIMEOUT);
    DMF_Portable_EventClose(&event);
}

static void alertable_wait_for_several_is_ended_by_a_call(void)
{
    DMF_PORTABLE_EVENT event;
    DMF_PORTABLE_EVENT *events[] = {&event};
    ULONG timeout = 5;

    CHECK_STATUS(DMF_Portable_EventCreate(&event, NotificationEvent, FALSE), STATUS_SUCCESS);
    alert_myself();
    CHECK_STATUS(DMF_Portable_EventWaitForMultiple(1, events, FALSE, &timeout, FALSE), STATUS_TIMEOUT);
    CHECK_STATUS(DMF_Portable_EventWaitForMultiple(1, events, FALSE, NULL, TRUE), STATUS_USER_APC);
    CHECK_STATUS(DMF_Portable_EventWaitForMultiple(1, events, TRUE, &timeout, TRUE), STATUS_TIMEOUT);
    DMF_Portable_EventClose(&event);
}

#define MOST MAXIMUM_WAIT_OBJECTS

static DMF_PORTABLE_EVENT many[MOST + 1];
static DMF_PORTABLE_EVENT *many_addresses[MOST + 1];

static void create_many(EVENT_TYPE type)
{
    for (ULONG index = 0; index <= MOST; index++)
    {
        many_addresses[index] = &many[index];
        CHECK_STATUS(DMF_Portable_EventCreate(&many[index], type, FALSE), STATUS_SUCCESS);
    }
}

static void close_many(void)
{
    for (ULONG index = 0; index <= MOST; index++)
    {
        DMF_Portable_EventClose(&many[index]);
    }
}

static void wait_for_any_says_which(void)
{
    ULONG nothing = 0;

    create_many(SynchronizationEvent);
    for (ULONG index = 0; index < MOST; index++)
    {
        DMF_Portable_EventSet(&many[index]);
        CHECK_STATUS(DMF_Portable_EventWaitForMultiple(MOST, many_addresses, FALSE, NULL, FALSE), STATUS_WAIT_0 + index);
        CHECK_STATUS(DMF_Portable_EventWaitForMultiple(MOST, many_addresses, FALSE, &nothing, FALSE), STATUS_TIMEOUT);
    }
    close_many();
}

static void set_all(void *argument)
{
    for (ULONG index = 0; index < MOST; index++)
    {
        DMF_Portable_EventSet(&many[index]);
    }
}

static void wait_for_all_of_the_most_ends_when_the_last_is_set(void)
{
    struct nt_thread *thread;
    ULONG nothing = 0;

    create_many(SynchronizationEvent);
    DMF_Portable_EventSet(&many[0]);
    CHECK_STATUS(DMF_Portable_EventWaitForMultiple(MOST, many_addresses, TRUE, &nothing, FALSE), STATUS_TIMEOUT);
    thread = nt_thread_start(set_all, NULL);
    CHECK_STATUS(DMF_Portable_EventWaitForMultiple(MOST, many_addresses, TRUE, NULL, FALSE), STATUS_SUCCESS);
    nt_thread_join(thread);
    /* All of them were taken, the first one too. */
    CHECK_STATUS(wait_for(&many[0], 0), STATUS_TIMEOUT);
    CHECK_STATUS(wait_for(&many[MOST - 1], 0), STATUS_TIMEOUT);
    close_many();
}

static void wait_for_no_event_fails(void)
{
    DMF_PORTABLE_EVENT event;
    DMF_PORTABLE_EVENT *events[] = {&event};

    CHECK_STATUS(DMF_Portable_EventWaitForMultiple(0, events, TRUE, NULL, FALSE), STATUS_UNSUCCESSFUL);
}

/* A debug build asserts first. */
static void wait_for_too_many_events_fails(void)
{
#if !DBG
    create_many(NotificationEvent);
    CHECK_STATUS(DMF_Portable_EventWaitForMultiple(MOST + 1, many_addresses, FALSE, NULL, FALSE), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(DMF_Portable_EventWaitForMultiple(MAXULONG, many_addresses, TRUE, NULL, FALSE), STATUS_INVALID_PARAMETER);
    close_many();
#endif
}

static void event_without_memory(void)
{
    DMF_PORTABLE_EVENT event;
    NTSTATUS status = DMF_Portable_EventCreate(&event, NotificationEvent, FALSE);

    if (NT_SUCCESS(status))
    {
        DMF_Portable_EventClose(&event);
        return;
    }
#if defined(DMF_USER_MODE)
    CHECK(event.Handle == NULL);
    CHECK_STATUS(status, NTSTATUS_FROM_WIN32(ERROR_NO_SYSTEM_RESOURCES));
#else
    CHECK(false);
#endif
}

static void user_events_need_memory_and_kernel_events_do_not(void)
{
    nt_fail_each_allocation(event_without_memory);
}

static void user_wait_for_no_handle_fails(void)
{
#if defined(DMF_USER_MODE)
    DMF_PORTABLE_EVENT event = {NULL};
    DMF_PORTABLE_EVENT *events[] = {&event};

    CHECK_STATUS(wait_for(&event, 0), STATUS_UNSUCCESSFUL);
    CHECK_STATUS(DMF_Portable_EventWaitForMultiple(1, events, FALSE, NULL, FALSE), STATUS_UNSUCCESSFUL);
#endif
}

static void kernel_events_are_set_and_reset_at_dispatch(void)
{
#if !defined(DMF_USER_MODE)
    DMF_PORTABLE_EVENT event;
    KIRQL irql;

    CHECK_STATUS(DMF_Portable_EventCreate(&event, NotificationEvent, FALSE), STATUS_SUCCESS);
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    DMF_Portable_EventReset(&event);
    DMF_Portable_EventSet(&event);
    KeLowerIrql(irql);
    CHECK_STATUS(wait_for(&event, 0), STATUS_SUCCESS);
    DMF_Portable_EventClose(&event);
#endif
}

/*
 * Lookaside lists.
 */

typedef struct
{
    ULONG Number;
} LOOKASIDE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(LOOKASIDE_CONTEXT, lookaside_context)

static void take_and_check(DMF_PORTABLE_LOOKASIDELIST *list, size_t size, WDFMEMORY *ret_memory)
{
    size_t got = 0;
    void *buffer;

    CHECK_STATUS(DMF_Portable_LookasideListCreateMemory(list, ret_memory), STATUS_SUCCESS);
    buffer = WdfMemoryGetBuffer(*ret_memory, &got);
    CHECK_EQUAL(got, size);
    RtlFillMemory(buffer, size, 0x5A);
}

static void lookaside_list_gives_buffers_of_its_size(void)
{
    static const size_t sizes[] = {1, 8, 100, 4096, 100000};
    DMF_PORTABLE_LOOKASIDELIST lists[5];
    WDFMEMORY memory[2];

    wdf_case_load(NULL);
    for (size_t index = 0; index < 5; index++)
    {
        CHECK_STATUS(DMF_Portable_LookasideListCreate(WDF_NO_OBJECT_ATTRIBUTES, sizes[index], NonPagedPoolNx,
                                                      WDF_NO_OBJECT_ATTRIBUTES, 'tseT', &lists[index]),
                     STATUS_SUCCESS);
        take_and_check(&lists[index], sizes[index], &memory[0]);
        take_and_check(&lists[index], sizes[index], &memory[1]);
        CHECK(memory[0] != memory[1]);
        WdfObjectDelete(memory[0]);
        WdfObjectDelete(memory[1]);
        take_and_check(&lists[index], sizes[index], &memory[0]);
    }
    wdf_case_unload();
}

static void memory_of_a_lookaside_list_has_its_attributes(void)
{
    DMF_PORTABLE_LOOKASIDELIST list;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFMEMORY memory;

    wdf_case_load(NULL);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, LOOKASIDE_CONTEXT);
    CHECK_STATUS(DMF_Portable_LookasideListCreate(WDF_NO_OBJECT_ATTRIBUTES, 16, NonPagedPoolNx, &attributes, 'tseT', &list),
                 STATUS_SUCCESS);
    take_and_check(&list, 16, &memory);
    CHECK_EQUAL(lookaside_context(memory)->Number, 0);
    WdfObjectDelete(memory);
    wdf_case_unload();
}

static void lookaside_without_memory(void)
{
    DMF_PORTABLE_LOOKASIDELIST list;
    WDFMEMORY memory = NULL;
    NTSTATUS status;

    status = DMF_Portable_LookasideListCreate(WDF_NO_OBJECT_ATTRIBUTES, 16, NonPagedPoolNx, WDF_NO_OBJECT_ATTRIBUTES, 'tseT',
                                              &list);
    if (!NT_SUCCESS(status))
    {
        CHECK_STATUS(status, STATUS_INSUFFICIENT_RESOURCES);
        return;
    }
    status = DMF_Portable_LookasideListCreateMemory(&list, &memory);
    if (NT_SUCCESS(status))
    {
        WdfObjectDelete(memory);
        return;
    }
    CHECK_STATUS(status, STATUS_INSUFFICIENT_RESOURCES);
}

static void lookaside_list_without_memory_fails(void)
{
    wdf_case_load(NULL);
    nt_fail_each_allocation(lookaside_without_memory);
    wdf_case_unload();
}

/*
 * Rundown.
 */

static DMF_PORTABLE_RUNDOWN_REF rundown;

static void rundown_gives_references_until_it_is_over(void)
{
    DMF_Portable_Rundown_Initialize(&rundown);
    for (int round = 0; round < 3; round++)
    {
        CHECK(DMF_Portable_Rundown_Acquire(&rundown));
        CHECK(DMF_Portable_Rundown_Acquire(&rundown));
        DMF_Portable_Rundown_Release(&rundown);
        DMF_Portable_Rundown_Release(&rundown);
        DMF_Portable_Rundown_WaitForRundownProtectionRelease(&rundown);
        CHECK(!DMF_Portable_Rundown_Acquire(&rundown));
        /* A second wait has nothing to wait for. */
        DMF_Portable_Rundown_WaitForRundownProtectionRelease(&rundown);
        DMF_Portable_Rundown_Completed(&rundown);
        CHECK(!DMF_Portable_Rundown_Acquire(&rundown));
        DMF_Portable_Rundown_Reinitialize(&rundown);
    }
    CHECK(DMF_Portable_Rundown_Acquire(&rundown));
    DMF_Portable_Rundown_Release(&rundown);
}

static volatile LONG inside;
static volatile LONG over;

static void use_until_it_is_over(void *argument)
{
    while (DMF_Portable_Rundown_Acquire(&rundown))
    {
        CHECK_EQUAL(InterlockedCompareExchange(&over, 0, 0), 0);
        InterlockedIncrement(&inside);
        CHECK(InterlockedDecrement(&inside) >= 0);
        DMF_Portable_Rundown_Release(&rundown);
        DMF_Utility_DelayMilliseconds(0);
    }
}

static void rundown_waits_for_all_references_and_gives_none_after(void)
{
    struct nt_thread *threads[4];

    for (int round = 0; round < 3; round++)
    {
        DMF_Portable_Rundown_Initialize(&rundown);
        over = 0;
        for (int index = 0; index < 4; index++)
        {
            threads[index] = nt_thread_start(use_until_it_is_over, NULL);
        }
        if (round != 0)
        {
            DMF_Utility_DelayMilliseconds((ULONG)round);
        }
        DMF_Portable_Rundown_WaitForRundownProtectionRelease(&rundown);
        InterlockedExchange(&over, 1);
        CHECK_EQUAL(InterlockedCompareExchange(&inside, 0, 0), 0);
        DMF_Portable_Rundown_Completed(&rundown);
        for (int index = 0; index < 4; index++)
        {
            nt_thread_join(threads[index]);
        }
    }
}

static void release_late(void *argument)
{
    DMF_Utility_DelayMilliseconds(1);
    InterlockedExchange(&over, 1);
    DMF_Portable_Rundown_Release(&rundown);
}

static void last_release_lets_the_waiter_go(void)
{
    struct nt_thread *thread;

    DMF_Portable_Rundown_Initialize(&rundown);
    over = 0;
    CHECK(DMF_Portable_Rundown_Acquire(&rundown));
    thread = nt_thread_start(release_late, NULL);
    DMF_Portable_Rundown_WaitForRundownProtectionRelease(&rundown);
    CHECK_EQUAL(InterlockedCompareExchange(&over, 0, 0), 1);
    nt_thread_join(thread);
}

/*
 * The version of the system.
 */

static void version_is_compared_by_build_number(void)
{
    static const ULONG older[] = {0,
                                  DMF_VERSIONCHECK_BUILD_NUMBER_RS2,
                                  DMF_VERSIONCHECK_BUILD_NUMBER_RS3,
                                  DMF_VERSIONCHECK_BUILD_NUMBER_RS4,
                                  DMF_VERSIONCHECK_BUILD_NUMBER_RS5,
                                  DMF_VERSIONCHECK_BUILD_NUMBER_19H1,
                                  DMF_VERSIONCHECK_BUILD_NUMBER_20H1};
    RTL_OSVERSIONINFOW version = {.dwOSVersionInfoSize = sizeof(version)};
    BOOLEAN is;

    CHECK_STATUS(RtlGetVersion(&version), STATUS_SUCCESS);
    for (size_t index = 0; index < sizeof(older) / sizeof(older[0]); index++)
    {
        CHECK(DMF_Portable_VersionCheck(older[index], &is));
        CHECK(is);
    }
    CHECK(DMF_Portable_VersionCheck(version.dwBuildNumber, &is) && is);
    CHECK(DMF_Portable_VersionCheck(version.dwBuildNumber + 1, &is) && !is);
    CHECK(DMF_Portable_VersionCheck(MAXULONG, &is) && !is);
}

static void wait_for_too_many_events_asserts(void)
{
    static DMF_PORTABLE_EVENT events[MAXIMUM_WAIT_OBJECTS + 1];
    DMF_PORTABLE_EVENT *pointers[MAXIMUM_WAIT_OBJECTS + 1];

    for (size_t index = 0; index <= MAXIMUM_WAIT_OBJECTS; index++)
    {
        DMF_Portable_EventCreate(&events[index], NotificationEvent, TRUE);
        pointers[index] = &events[index];
    }
    (void)DMF_Portable_EventWaitForMultiple(MAXIMUM_WAIT_OBJECTS + 1, pointers, FALSE, NULL, FALSE);
}

const struct nt_case nt_cases[] = {
    CASE(notification_event_stays_set),
    CASE(synchronization_event_lets_one_wait_end),
    CASE(wait_lasts_as_long_as_asked),
    CASE(longest_time_out_ends),
    CASE(wait_without_end_ends_with_the_event),
    CASE(alertable_wait_is_ended_by_a_call_and_another_is_not),
    CASE(alertable_wait_for_several_is_ended_by_a_call),
    CASE(wait_for_any_says_which),
    CASE(wait_for_all_of_the_most_ends_when_the_last_is_set),
    CASE(wait_for_no_event_fails),
    CASE(wait_for_too_many_events_fails),
    CASE(user_events_need_memory_and_kernel_events_do_not),
    CASE(user_wait_for_no_handle_fails),
    CASE(kernel_events_are_set_and_reset_at_dispatch),
    CASE(lookaside_list_gives_buffers_of_its_size),
    CASE(memory_of_a_lookaside_list_has_its_attributes),
    CASE(lookaside_list_without_memory_fails),
    CASE(rundown_gives_references_until_it_is_over),
    CASE(rundown_waits_for_all_references_and_gives_none_after),
    CASE(last_release_lets_the_waiter_go),
    CASE(version_is_compared_by_build_number),
    DEBUG_STOPS(wait_for_too_many_events_asserts, ASSERTS),
    CASES_END,
};
