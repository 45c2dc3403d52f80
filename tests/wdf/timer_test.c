/* SPDX-License-Identifier: MIT */
/*
 * WDFTIMER.
 */
#include "case_signal.h"

#define ONE_MILLISECOND WDF_REL_TIMEOUT_IN_MS(1)
#define ONE_HOUR WDF_REL_TIMEOUT_IN_SEC(3600)

static struct
{
    WDF_OBJECT_ATTRIBUTES device_attributes;
    WDFDEVICE device;
    struct case_signal fired;
    struct case_signal go_on;
    WDFTIMER timer;
    LONG calls;
    LONG inside;
    LONG cleanups;
    BOOLEAN inner;
    /* Several timers that do not rest: another one may be inside. */
    BOOLEAN several;
} made;

static EVT_WDF_DRIVER_DEVICE_ADD DeviceAdd;

static NTSTATUS DeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    UNREFERENCED_PARAMETER(Driver);
    return WdfDeviceCreate(&DeviceInit, &made.device_attributes, &made.device);
}

static struct testkit_device *start_with(WDF_EXECUTION_LEVEL level, WDF_SYNCHRONIZATION_SCOPE scope)
{
    RtlZeroMemory(&made, sizeof(made));
    WDF_OBJECT_ATTRIBUTES_INIT(&made.device_attributes);
    made.device_attributes.ExecutionLevel = level;
    made.device_attributes.SynchronizationScope = scope;
    case_signal_make(&made.fired);
    case_signal_make(&made.go_on);
    wdf_case_load(DeviceAdd);
    return wdf_case_start();
}

static struct testkit_device *start(void)
{
    return start_with(WdfExecutionLevelInheritFromParent, WdfSynchronizationScopeInheritFromParent);
}

static void finish(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    case_signal_free(&made.fired);
    case_signal_free(&made.go_on);
}

static NTSTATUS create(const WDF_TIMER_CONFIG *config, WDFOBJECT parent, WDF_EXECUTION_LEVEL level, WDFTIMER *ret_timer)
{
    WDF_TIMER_CONFIG copy = *config;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = parent;
    attributes.ExecutionLevel = level;
    return WdfTimerCreate(&copy, &attributes, ret_timer);
}

/* A timer of the device's, without serialisation. */
static WDFTIMER make_timer(PFN_WDF_TIMER function, ULONG period, WDF_EXECUTION_LEVEL level)
{
    WDF_TIMER_CONFIG config;
    WDFTIMER timer;

    WDF_TIMER_CONFIG_INIT(&config, function);
    config.Period = period;
    config.AutomaticSerialization = FALSE;
    CHECK_STATUS(create(&config, made.device, level, &timer), STATUS_SUCCESS);
    return timer;
}

static EVT_WDF_TIMER Fired;

static VOID Fired(WDFTIMER Timer)
{
    UNREFERENCED_PARAMETER(Timer);
    InterlockedIncrement(&made.calls);
    case_signal_give(&made.fired);
}

/*
 * Creation.
 */

static void create_checks_what_it_is_given(void)
{
    struct testkit_device *device = start();
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_TIMER_CONFIG config;
    WDFTIMER timer;

    wdf_case_tolerate("V46");
    WDF_TIMER_CONFIG_INIT(&config, Fired);
    CHECK_STATUS(WdfTimerCreate(&config, WDF_NO_OBJECT_ATTRIBUTES, &timer), STATUS_WDF_PARENT_NOT_SPECIFIED);
    CHECK(timer == NULL);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    CHECK_STATUS(WdfTimerCreate(&config, &attributes, &timer), STATUS_WDF_PARENT_NOT_SPECIFIED);
    CHECK_STATUS(create(&config, WdfGetDriver(), WdfExecutionLevelInheritFromParent, &timer), STATUS_INVALID_DEVICE_REQUEST);
    attributes.ParentObject = made.device;
    attributes.SynchronizationScope = WdfSynchronizationScopeDevice;
    CHECK_STATUS(WdfTimerCreate(&config, &attributes, &timer), STATUS_WDF_SYNCHRONIZATION_SCOPE_INVALID);
    config.Size--;
    CHECK_STATUS(create(&config, made.device, WdfExecutionLevelInheritFromParent, &timer), STATUS_INFO_LENGTH_MISMATCH);
    WDF_TIMER_CONFIG_INIT(&config, Fired);
    config.Period = (ULONG)MAXLONG + 1;
    CHECK_STATUS(create(&config, made.device, WdfExecutionLevelInheritFromParent, &timer), STATUS_INVALID_PARAMETER);
    config.Period = MAXLONG;
    CHECK_STATUS(create(&config, made.device, WdfExecutionLevelInheritFromParent, &timer), STATUS_SUCCESS);
    CHECK_STATUS(create(&config, made.device, WdfExecutionLevelPassive, &timer), STATUS_NOT_SUPPORTED);
    finish(device);
}

static void high_resolution_is_on_time_and_the_kernel_flavours_alone(void)
{
    struct testkit_device *device = start();
    WDF_TIMER_CONFIG config;
    WDFTIMER timer;

    WDF_TIMER_CONFIG_INIT(&config, Fired);
    config.UseHighResolutionTimer = TRUE;
    config.TolerableDelay = 1;
    CHECK_STATUS(create(&config, made.device, WdfExecutionLevelInheritFromParent, &timer), STATUS_INVALID_PARAMETER);
    config.TolerableDelay = 0;
#if defined(DMF_USER_MODE)
    CHECK_STATUS(create(&config, made.device, WdfExecutionLevelInheritFromParent, &timer), STATUS_NOT_IMPLEMENTED);
#else
    CHECK_STATUS(create(&config, made.device, WdfExecutionLevelInheritFromParent, &timer), STATUS_SUCCESS);
    CHECK(!WdfTimerStart(timer, ONE_MILLISECOND));
    case_signal_take(&made.fired);
#endif
    finish(device);
}

static void timer_that_may_be_late_fires(void)
{
    struct testkit_device *device = start();
    WDF_TIMER_CONFIG config;
    WDFTIMER timer;

    WDF_TIMER_CONFIG_INIT(&config, Fired);
    config.TolerableDelay = TolerableDelayUnlimited;
    CHECK_STATUS(create(&config, made.device, WdfExecutionLevelInheritFromParent, &timer), STATUS_SUCCESS);
    CHECK(!WdfTimerStart(timer, ONE_MILLISECOND));
    case_signal_take(&made.fired);
    finish(device);
}

static void serialisation_needs_a_lock_of_the_callbacks_level(void)
{
    struct testkit_device *device = start_with(WdfExecutionLevelPassive, WdfSynchronizationScopeDevice);
    WDF_TIMER_CONFIG config;
    WDFTIMER timer;

    WDF_TIMER_CONFIG_INIT(&config, Fired);
#if defined(DMF_USER_MODE)
    CHECK_STATUS(create(&config, made.device, WdfExecutionLevelInheritFromParent, &timer), STATUS_SUCCESS);
#else
    CHECK_STATUS(create(&config, made.device, WdfExecutionLevelInheritFromParent, &timer),
                 STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL);
    CHECK(timer == NULL);
#endif
    CHECK_STATUS(create(&config, made.device, WdfExecutionLevelPassive, &timer), STATUS_SUCCESS);
    config.AutomaticSerialization = FALSE;
    CHECK_STATUS(create(&config, made.device, WdfExecutionLevelInheritFromParent, &timer), STATUS_SUCCESS);
    finish(device);
}

static void parent_is_told_by_its_handle(void)
{
    struct testkit_device *device = start();
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT parent;
    WDF_TIMER_CONFIG config;
    WDFTIMER timer;

    CHECK(WdfTimerGetParentObject(make_timer(Fired, 0, WdfExecutionLevelInheritFromParent)) == (WDFOBJECT)made.device);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = made.device;
    CHECK_STATUS(WdfObjectCreate(&attributes, &parent), STATUS_SUCCESS);
    WDF_TIMER_CONFIG_INIT(&config, Fired);
    CHECK_STATUS(create(&config, parent, WdfExecutionLevelInheritFromParent, &timer), STATUS_SUCCESS);
    CHECK(WdfTimerGetParentObject(timer) == parent);
    WdfObjectDelete(parent);
    finish(device);
}

static void create_without_memory(void)
{
    WDF_TIMER_CONFIG config;
    WDFTIMER timer;
    NTSTATUS status;

    WDF_TIMER_CONFIG_INIT(&config, Fired);
    status = create(&config, made.device, WdfExecutionLevelInheritFromParent, &timer);
    CHECK(status == STATUS_SUCCESS || (status == STATUS_INSUFFICIENT_RESOURCES && timer == NULL));
}

static void creation_survives_each_failing_allocation(void)
{
    struct testkit_device *device = start();

    nt_fail_each_allocation(create_without_memory);
    finish(device);
}

/*
 * Start and stop.
 */

static void start_says_whether_the_timer_was_running(void)
{
    struct testkit_device *device = start();
    WDFTIMER timer = make_timer(Fired, 0, WdfExecutionLevelInheritFromParent);

    CHECK(!WdfTimerStart(timer, ONE_HOUR));
    CHECK(WdfTimerStart(timer, ONE_HOUR));
    CHECK(WdfTimerStart(timer, ONE_MILLISECOND));
    case_signal_take(&made.fired);
    CHECK_EQUAL(made.calls, 1);
    CHECK(!WdfTimerStart(timer, ONE_HOUR));
    CHECK(WdfTimerStop(timer, TRUE));
    finish(device);
}

static void stop_says_whether_the_timer_was_running(void)
{
    struct testkit_device *device = start();
    WDFTIMER timer = make_timer(Fired, 0, WdfExecutionLevelInheritFromParent);

    for (int wait = FALSE; wait <= TRUE; wait++)
    {
        CHECK(!WdfTimerStop(timer, (BOOLEAN)wait));
        CHECK(!WdfTimerStart(timer, ONE_HOUR));
        CHECK(WdfTimerStop(timer, (BOOLEAN)wait));
        CHECK(!WdfTimerStop(timer, (BOOLEAN)wait));
    }
    CHECK_EQUAL(made.calls, 0);
    finish(device);
}

static void every_kind_of_due_time_comes(void)
{
    const LONGLONG due_times[] = {0, 1, -1, ONE_MILLISECOND};
    struct testkit_device *device = start();
    WDFTIMER timer = make_timer(Fired, 0, WdfExecutionLevelInheritFromParent);

    for (size_t index = 0; index < ARRAYSIZE(due_times); index++)
    {
        CHECK(!WdfTimerStart(timer, due_times[index]));
        case_signal_take(&made.fired);
    }
    CHECK_EQUAL(made.calls, ARRAYSIZE(due_times));
    CHECK(!WdfTimerStart(timer, -MAXLONGLONG - 1));
    CHECK(WdfTimerStart(timer, MAXLONGLONG));
    CHECK(WdfTimerStop(timer, TRUE));
    finish(device);
}

static EVT_WDF_TIMER FiredElsewhere;

/* The starter holds the lock that this takes: on the same thread that would be for ever. */
static VOID FiredElsewhere(WDFTIMER Timer)
{
    WdfObjectAcquireLock(WdfTimerGetParentObject(Timer));
    made.calls++;
    WdfObjectReleaseLock(WdfTimerGetParentObject(Timer));
    case_signal_give(&made.fired);
}

static void callback_never_runs_inside_start(void)
{
    struct testkit_device *device = start();
    WDFTIMER timer = make_timer(FiredElsewhere, 0, WdfExecutionLevelInheritFromParent);

    for (int round = 0; round < 20; round++)
    {
        LONG before = made.calls;

        WdfObjectAcquireLock(made.device);
        CHECK(!WdfTimerStart(timer, round % 2));
        CHECK_EQUAL(made.calls, before);
        WdfObjectReleaseLock(made.device);
        case_signal_take(&made.fired);
    }
    finish(device);
}

static void timer_without_a_callback_is_allowed(void)
{
    struct testkit_device *device = start();
    WDFTIMER timer = make_timer(NULL, 0, WdfExecutionLevelInheritFromParent);
    WDFTIMER later = make_timer(Fired, 0, WdfExecutionLevelInheritFromParent);

    CHECK(!WdfTimerStart(timer, 0));
    CHECK(!WdfTimerStart(later, ONE_MILLISECOND));
    case_signal_take(&made.fired);
    (void)WdfTimerStop(timer, TRUE);
    finish(device);
}

static EVT_WDF_TIMER FiredThreeTimes;

static VOID FiredThreeTimes(WDFTIMER Timer)
{
    if (++made.calls < 3)
    {
        CHECK(!WdfTimerStart(Timer, ONE_MILLISECOND));
    }
    case_signal_give(&made.fired);
}

static void callback_may_start_its_timer_again(void)
{
    struct testkit_device *device = start();
    WDFTIMER timer = make_timer(FiredThreeTimes, 0, WdfExecutionLevelInheritFromParent);

    CHECK(!WdfTimerStart(timer, ONE_MILLISECOND));
    for (int call = 0; call < 3; call++)
    {
        case_signal_take(&made.fired);
    }
    CHECK(!WdfTimerStop(timer, TRUE));
    CHECK_EQUAL(made.calls, 3);
    finish(device);
}

static void periodic_timer_fires_until_it_is_stopped(void)
{
    struct testkit_device *device = start();
    WDFTIMER timer = make_timer(Fired, 1, WdfExecutionLevelInheritFromParent);
    LONG calls;

    CHECK(!WdfTimerStart(timer, ONE_MILLISECOND));
    for (int call = 0; call < 4; call++)
    {
        case_signal_take(&made.fired);
    }
    CHECK(WdfTimerStop(timer, TRUE));
    calls = made.calls;
    CHECK(calls >= 4);
    CHECK(!WdfTimerStart(timer, ONE_HOUR));
    CHECK(WdfTimerStop(timer, TRUE));
    CHECK_EQUAL(made.calls, calls);
    finish(device);
}

/*
 * Levels and serialisation.
 */

static EVT_WDF_TIMER CheckLevel;

static VOID CheckLevel(WDFTIMER Timer)
{
#if !defined(DMF_USER_MODE)
    CHECK_EQUAL(KeGetCurrentIrql(), Timer == made.timer ? PASSIVE_LEVEL : DISPATCH_LEVEL);
#else
    UNREFERENCED_PARAMETER(Timer);
#endif
    case_signal_give(&made.fired);
}

static void passive_timer_calls_back_at_passive_level_and_others_do_not(void)
{
    struct testkit_device *device = start();
    WDFTIMER other = make_timer(CheckLevel, 0, WdfExecutionLevelDispatch);

    made.timer = make_timer(CheckLevel, 0, WdfExecutionLevelPassive);
    CHECK(!WdfTimerStart(made.timer, 0));
    CHECK(!WdfTimerStart(other, 0));
    case_signal_take(&made.fired);
    case_signal_take(&made.fired);
    finish(device);
}

static EVT_WDF_TIMER OneAtATime;

static VOID OneAtATime(WDFTIMER Timer)
{
    UNREFERENCED_PARAMETER(Timer);
    CHECK_EQUAL(InterlockedIncrement(&made.inside), 1);
    CHECK_EQUAL(InterlockedDecrement(&made.inside), 0);
    case_signal_give(&made.fired);
}

static void serialised_timers_of_a_device_call_back_one_at_a_time(void)
{
    struct testkit_device *device = start_with(WdfExecutionLevelDispatch, WdfSynchronizationScopeDevice);
    WDFTIMER timers[3];
    WDF_TIMER_CONFIG config;

    WDF_TIMER_CONFIG_INIT_PERIODIC(&config, OneAtATime, 1);
    for (size_t index = 0; index < ARRAYSIZE(timers); index++)
    {
        CHECK_STATUS(create(&config, made.device, WdfExecutionLevelInheritFromParent, &timers[index]), STATUS_SUCCESS);
        CHECK(!WdfTimerStart(timers[index], 0));
    }
    for (int call = 0; call < 10; call++)
    {
        WdfObjectAcquireLock(made.device);
        CHECK_EQUAL(InterlockedIncrement(&made.inside), 1);
        CHECK_EQUAL(InterlockedDecrement(&made.inside), 0);
        WdfObjectReleaseLock(made.device);
        case_signal_take(&made.fired);
    }
    for (size_t index = 0; index < ARRAYSIZE(timers); index++)
    {
        (void)WdfTimerStop(timers[index], TRUE);
    }
    finish(device);
}

/*
 * Stopping and waiting.
 */

static EVT_WDF_TIMER WaitInside;

/* For passive timers: the first call stays until it is told to go on. */
static VOID WaitInside(WDFTIMER Timer)
{
    InterlockedIncrement(&made.inside);
    if (InterlockedIncrement(&made.calls) == 1)
    {
        case_signal_give(&made.fired);
        case_signal_take(&made.go_on);
    }
    made.inner = made.inner || WdfTimerStart(Timer, ONE_HOUR);
    InterlockedDecrement(&made.inside);
}

static void let_go_on(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    case_signal_give(&made.go_on);
}

/* The start inside comes before the stop, which ends it, or during the stop, which swallows it: either is what was stopped. */
static void stop_waits_for_the_callback_and_takes_back_its_start(void)
{
    struct testkit_device *device = start();
    WDFTIMER timer = make_timer(WaitInside, 0, WdfExecutionLevelPassive);
    struct nt_thread *thread;

    CHECK(!WdfTimerStart(timer, 0));
    case_signal_take(&made.fired);
    thread = nt_thread_start(let_go_on, NULL);
    CHECK(WdfTimerStop(timer, TRUE));
    CHECK_EQUAL(made.inside, 0);
    CHECK_EQUAL(made.calls, 1);
    CHECK(!made.inner);
    nt_thread_join(thread);
    CHECK(!WdfTimerStop(timer, TRUE));
    CHECK_EQUAL(made.calls, 1);
    finish(device);
}

static EVT_WDF_TIMER StopItself;

static VOID StopItself(WDFTIMER Timer)
{
    BREAKS(V42, Timer, "WdfTimerStop", CHECK(!WdfTimerStop(Timer, TRUE)));
    SILENT(V42, CHECK(!WdfTimerStop(Timer, FALSE)));
    case_signal_give(&made.fired);
}

static void stop_from_its_own_callback_does_not_wait(void)
{
    struct testkit_device *device = start();
    WDFTIMER timer = make_timer(StopItself, 0, WdfExecutionLevelPassive);

    CHECK(!WdfTimerStart(timer, 0));
    case_signal_take(&made.fired);
    (void)WdfTimerStop(timer, TRUE);
    finish(device);
}

static EVT_WDF_TIMER StopTheOther;

static VOID StopTheOther(WDFTIMER Timer)
{
    UNREFERENCED_PARAMETER(Timer);
    SILENT(V42, CHECK(WdfTimerStop(made.timer, TRUE)));
    case_signal_give(&made.fired);
}

static void passive_callback_may_wait_for_another_timer(void)
{
    struct testkit_device *device = start();
    WDFTIMER timer = make_timer(StopTheOther, 0, WdfExecutionLevelPassive);

    made.timer = make_timer(Fired, 0, WdfExecutionLevelInheritFromParent);
    CHECK(!WdfTimerStart(made.timer, ONE_HOUR));
    CHECK(!WdfTimerStart(timer, 0));
    case_signal_take(&made.fired);
    (void)WdfTimerStop(timer, TRUE);
    finish(device);
}

static EVT_WDF_OBJECT_CONTEXT_CLEANUP CountCleanup;

static VOID CountCleanup(WDFOBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    CHECK(made.several || made.inside == 0);
    InterlockedIncrement(&made.cleanups);
}

static EVT_WDF_TIMER FiredInside;

static VOID FiredInside(WDFTIMER Timer)
{
    InterlockedIncrement(&made.inside);
    (void)WdfTimerStart(Timer, WDF_REL_TIMEOUT_IN_US(20));
    InterlockedDecrement(&made.inside);
    if (InterlockedIncrement(&made.calls) == 1)
    {
        case_signal_give(&made.fired);
    }
}

/* A timer that never rests by itself, whose cleanup must find it at rest. */
static WDFTIMER make_restless(WDF_EXECUTION_LEVEL level)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_TIMER_CONFIG config;
    WDFTIMER timer;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = made.device;
    attributes.ExecutionLevel = level;
    attributes.EvtCleanupCallback = CountCleanup;
    WDF_TIMER_CONFIG_INIT(&config, FiredInside);
    config.AutomaticSerialization = FALSE;
    CHECK_STATUS(WdfTimerCreate(&config, &attributes, &timer), STATUS_SUCCESS);
    return timer;
}

/* What the callback of a timer that is being deleted does is reported, and ignored. */
static void deletion_stops_and_waits(void)
{
    static const WDF_EXECUTION_LEVEL levels[] = {WdfExecutionLevelDispatch, WdfExecutionLevelPassive};
    struct testkit_device *device = start();

    for (size_t index = 0; index < ARRAYSIZE(levels); index++)
    {
        WDFTIMER timer = make_restless(levels[index]);

        made.calls = 0;
        (void)WdfTimerStart(timer, 0);
        case_signal_take(&made.fired);
        WdfObjectDelete(timer);
        CHECK_EQUAL(made.cleanups, (LONG)index + 1);
    }
    finish(device);
}

static void removal_of_the_device_stops_its_timers(void)
{
    struct testkit_device *device = start();

    made.several = TRUE;
    (void)WdfTimerStart(make_restless(WdfExecutionLevelPassive), 0);
    (void)WdfTimerStart(make_restless(WdfExecutionLevelDispatch), 0);
    (void)WdfTimerStart(make_timer(Fired, 1, WdfExecutionLevelInheritFromParent), 0);
    case_signal_take(&made.fired);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    CHECK_EQUAL(made.cleanups, 2);
    wdf_case_unload();
    case_signal_free(&made.fired);
    case_signal_free(&made.go_on);
}

static EVT_WDF_TIMER DeleteItself;

static VOID DeleteItself(WDFTIMER Timer)
{
    BREAKS(V42, Timer, "WdfObjectDelete", WdfObjectDelete(Timer));
    case_signal_give(&made.fired);
}

static void deletion_by_its_own_passive_callback_does_not_wait(void)
{
    struct testkit_device *device = start();
    WDFTIMER timer = make_timer(DeleteItself, 0, WdfExecutionLevelPassive);

    (void)WdfTimerStart(timer, 0);
    case_signal_take(&made.fired);
    finish(device);
}

#if !defined(DMF_USER_MODE)
static EVT_WDF_TIMER DeleteItselfAtDispatch;

static VOID DeleteItselfAtDispatch(WDFTIMER Timer)
{
    InterlockedIncrement(&made.inside);
    SILENT(V42, WdfObjectDelete(Timer));
    InterlockedDecrement(&made.inside);
    case_signal_give(&made.fired);
}
#endif

static void dispatch_level_callback_may_delete_its_timer(void)
{
#if !defined(DMF_USER_MODE)
    struct testkit_device *device = start();
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_TIMER_CONFIG config;
    WDFTIMER timer;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = made.device;
    attributes.EvtCleanupCallback = CountCleanup;
    WDF_TIMER_CONFIG_INIT(&config, DeleteItselfAtDispatch);
    CHECK_STATUS(WdfTimerCreate(&config, &attributes, &timer), STATUS_SUCCESS);
    (void)WdfTimerStart(timer, 0);
    case_signal_take(&made.fired);
    finish(device);
    CHECK_EQUAL(made.cleanups, 1);
#endif
}

/*
 * Races.
 */

static void start_often(void *argument)
{
    for (int round = 0; round < 20; round++)
    {
        (void)WdfTimerStart((WDFTIMER)argument, round % 3 == 0 ? ONE_HOUR : 0);
    }
}

static void stop_often(void *argument)
{
    for (int round = 0; round < 20; round++)
    {
        (void)WdfTimerStop((WDFTIMER)argument, (BOOLEAN)(round % 2));
    }
}

static void starts_and_stops_on_several_threads_end_in_rest(void)
{
    struct testkit_device *device = start();
    WDFTIMER timer = make_restless(WdfExecutionLevelPassive);
    struct nt_thread *threads[4];
    LONG calls;

    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        threads[index] = nt_thread_start(index % 2 == 0 ? start_often : stop_often, timer);
    }
    for (size_t index = 0; index < ARRAYSIZE(threads); index++)
    {
        nt_thread_join(threads[index]);
    }
    (void)WdfTimerStop(timer, TRUE);
    CHECK_EQUAL(made.inside, 0);
    calls = made.calls;
    CHECK(!WdfTimerStop(timer, TRUE));
    CHECK_EQUAL(made.calls, calls);
    finish(device);
}

static void nothing_is_called_after_a_waiting_stop(void)
{
    struct testkit_device *device = start();
    WDFTIMER timer = make_restless(WdfExecutionLevelDispatch);

    for (int round = 0; round < 10; round++)
    {
        LONG calls;

        made.calls = 0;
        (void)WdfTimerStart(timer, 0);
        case_signal_take(&made.fired);
        (void)WdfTimerStop(timer, TRUE);
        calls = made.calls;
        CHECK_EQUAL(made.inside, 0);
        CHECK(!WdfTimerStart(timer, ONE_HOUR));
        CHECK(WdfTimerStop(timer, TRUE));
        CHECK_EQUAL(made.calls, calls);
    }
    finish(device);
}

const struct nt_case nt_cases[] = {
    CASE(create_checks_what_it_is_given),
    CASE(high_resolution_is_on_time_and_the_kernel_flavours_alone),
    CASE(timer_that_may_be_late_fires),
    CASE(serialisation_needs_a_lock_of_the_callbacks_level),
    CASE(parent_is_told_by_its_handle),
    CASE(creation_survives_each_failing_allocation),
    CASE(start_says_whether_the_timer_was_running),
    CASE(stop_says_whether_the_timer_was_running),
    CASE(every_kind_of_due_time_comes),
    CASE(callback_never_runs_inside_start),
    CASE(timer_without_a_callback_is_allowed),
    CASE(callback_may_start_its_timer_again),
    CASE(periodic_timer_fires_until_it_is_stopped),
    CASE(passive_timer_calls_back_at_passive_level_and_others_do_not),
    CASE(serialised_timers_of_a_device_call_back_one_at_a_time),
    CASE(stop_waits_for_the_callback_and_takes_back_its_start),
    CASE(stop_from_its_own_callback_does_not_wait),
    CASE(passive_callback_may_wait_for_another_timer),
    CASE(deletion_stops_and_waits),
    CASE(removal_of_the_device_stops_its_timers),
    CASE(deletion_by_its_own_passive_callback_does_not_wait),
    CASE(dispatch_level_callback_may_delete_its_timer),
    CASE(starts_and_stops_on_several_threads_end_in_rest),
    CASE(nothing_is_called_after_a_waiting_stop),
    CASES_END,
};
