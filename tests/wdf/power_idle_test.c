/* SPDX-License-Identifier: MIT */
/*
 * Idling with requests: they come while the device is in a low-power state, in the middle of its way there, and are cancelled
 * meanwhile; the time-out against whoever takes and gives back.
 */
#include "power_case.h"

#include <string.h>

#define CODE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x900, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define DOWN "SelfManagedIoSuspend D0ExitPre.D3 D0Exit.D3"
#define UP "D0Entry.D3 D0EntryPost SelfManagedIoRestart"

static struct testkit_device *started;
static struct testkit_file *file;
static volatile LONG in_d0;
static volatile LONG presented;
static WDFREQUEST kept;

/* Every request finds the device in D0. */
static VOID answer(WDFQUEUE queue, WDFREQUEST request)
{
    UNREFERENCED_PARAMETER(queue);
    CHECK_EQUAL(in_d0, 1);
    (void)InterlockedIncrement(&presented);
    WdfRequestComplete(request, STATUS_SUCCESS);
}

static VOID keep(WDFQUEUE queue, WDFREQUEST request)
{
    UNREFERENCED_PARAMETER(queue);
    CHECK_EQUAL(in_d0, 1);
    kept = request;
    (void)InterlockedIncrement(&presented);
}

static PFN_WDF_IO_QUEUE_IO_DEFAULT handler;

static NTSTATUS with_queue(WDFDEVICE device)
{
    DECLARE_CONST_UNICODE_STRING(link, L"\\??\\Case");
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDefault = handler;
    CHECK_STATUS(WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL), STATUS_SUCCESS);
    CHECK_STATUS(power_set_idle(IdleCannotWakeFromS0, 1), STATUS_SUCCESS);
    return WdfDeviceCreateSymbolicLink(device, &link);
}

static bool is(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

static void follow(WDFDEVICE device, const char *name)
{
    UNREFERENCED_PARAMETER(device);
    if (is(name, "D0Entry"))
    {
        CHECK_EQUAL(InterlockedIncrement(&in_d0), 1);
    }
    if (is(name, "D0Exit"))
    {
        CHECK_EQUAL(InterlockedDecrement(&in_d0), 0);
    }
}

static void begin(PFN_WDF_IO_QUEUE_IO_DEFAULT default_handler)
{
    power_load();
    in_d0 = 0;
    presented = 0;
    handler = default_handler;
    power_case.created = with_queue;
    power_set_during(follow);
    started = wdf_case_start();
    CHECK_STATUS(testkit_open("\\??\\Case", true, true, &file), STATUS_SUCCESS);
}

static void end(void)
{
    testkit_close(file);
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    CHECK_EQUAL(in_d0, 0);
    wdf_case_unload();
}

static struct testkit_operation *start(void)
{
    struct testkit_operation *operation = testkit_control_start(file, CODE, NULL, 0, NULL, 0);

    CHECK(operation != NULL);
    return operation;
}

static void request_in_low_power_brings_the_device_back_first(void)
{
    begin(answer);
    testkit_wait_for_power(started, 3);
    power_forget_calls();
    CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(presented, 1);
    power_wait_for("D0Exit");
    testkit_wait_for_power(started, 3);
    EXPECT(UP " " DOWN);
    end();
}

static void request_that_the_driver_keeps_holds_the_device(void)
{
    struct testkit_operation *operation;

    begin(keep);
    testkit_wait_for_power(started, 3);
    operation = start();
    while (InterlockedCompareExchange(&presented, 0, 0) == 0)
    {
        power_pause(100);
    }
    power_pause(5000);
    CHECK_EQUAL(power_count("D0Exit"), 1);
    WdfRequestComplete(kept, STATUS_SUCCESS);
    CHECK_STATUS(testkit_wait(operation, NULL), STATUS_SUCCESS);
    testkit_wait_for_power(started, 3);
    end();
}

/* The callback in which a request comes, and what becomes of the request there. */
static const char *arrives_in;
static bool is_cancelled_there;
static struct testkit_operation *volatile arrived;
static volatile LONG has_arrived;

static void arrive(WDFDEVICE device, const char *name)
{
    follow(device, name);
    if (arrives_in != NULL && is(name, arrives_in))
    {
        arrives_in = NULL;
        arrived = start();
        if (is_cancelled_there)
        {
            testkit_cancel(arrived);
        }
        (void)InterlockedExchange(&has_arrived, 1);
    }
}

static NTSTATUS wait_for_arrived(void)
{
    while (InterlockedExchange(&has_arrived, 0) == 0)
    {
        power_pause(100);
    }
    return testkit_wait(arrived, NULL);
}

static void let_arrive(const char *in, bool cancelled)
{
    arrives_in = in;
    is_cancelled_there = cancelled;
    power_set_during(arrive);
    CHECK_STATUS(WdfDeviceStopIdle(power_device, TRUE), STATUS_SUCCESS);
    power_forget_calls();
    WdfDeviceResumeIdle(power_device);
}

static const char *const on_the_way[] = {"SelfManagedIoSuspend", "D0ExitPre", "D0Exit"};

static void request_on_the_way_down_waits_for_d0(void)
{
    for (size_t index = 1; index < ARRAYSIZE(on_the_way); index++)
    {
        begin(answer);
        let_arrive(on_the_way[index], false);
        CHECK_STATUS(wait_for_arrived(), STATUS_SUCCESS);
        CHECK_EQUAL(presented, 1);
        testkit_wait_for_power(started, 3);
        end();
    }
}

static void request_before_the_queues_are_held_is_presented(void)
{
    begin(answer);
    let_arrive(on_the_way[0], false);
    CHECK_STATUS(wait_for_arrived(), STATUS_SUCCESS);
    CHECK_EQUAL(presented, 1);
    testkit_wait_for_power(started, 3);
    end();
}

static void request_cancelled_on_the_way_down_is_not_presented(void)
{
    for (size_t index = 1; index < ARRAYSIZE(on_the_way); index++)
    {
        begin(answer);
        let_arrive(on_the_way[index], true);
        CHECK_STATUS(wait_for_arrived(), STATUS_CANCELLED);
        CHECK_EQUAL(presented, 0);
        testkit_wait_for_power(started, 3);
        end();
    }
}

static void request_cancelled_on_the_way_up_is_not_presented(void)
{
    begin(answer);
    testkit_wait_for_power(started, 3);
    power_forget_calls();
    arrives_in = "D0Entry";
    is_cancelled_there = true;
    power_set_during(arrive);
    CHECK_STATUS(WdfDeviceStopIdle(power_device, TRUE), STATUS_SUCCESS);
    WdfDeviceResumeIdle(power_device);
    CHECK_STATUS(wait_for_arrived(), STATUS_CANCELLED);
    CHECK_EQUAL(presented, 0);
    testkit_wait_for_power(started, 3);
    end();
}

static void requests_of_an_idle_device_that_is_removed_are_cancelled(void)
{
    begin(answer);
    testkit_wait_for_power(started, 3);
    /* What fails and is started again enters D0 without having left it. */
    power_set_during(NULL);
    power_set_fails("D0Entry");
    arrived = start();
    CHECK_STATUS(testkit_wait(arrived, NULL), STATUS_CANCELLED);
    CHECK_EQUAL(presented, 0);
    testkit_close(file);
    power_set_fails(NULL);
    testkit_settle();
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    wdf_case_unload();
}

static void send_some(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (unsigned round = 0; round < 6; round++)
    {
        CHECK_STATUS(testkit_control(file, CODE, NULL, 0, NULL, 0, NULL), STATUS_SUCCESS);
        power_pause(970 + 10 * round);
    }
}

static void requests_race_the_time_out(void)
{
    struct nt_thread *one;
    struct nt_thread *two;

    begin(answer);
    one = nt_thread_start(send_some, NULL);
    two = nt_thread_start(send_some, NULL);
    nt_thread_join(one);
    nt_thread_join(two);
    CHECK_EQUAL(presented, 12);
    testkit_wait_for_power(started, 3);
    end();
}

static void cancel_some(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (unsigned round = 0; round < 6; round++)
    {
        struct testkit_operation *operation = start();
        NTSTATUS status;

        testkit_cancel(operation);
        status = testkit_wait(operation, NULL);
        CHECK(status == STATUS_SUCCESS || status == STATUS_CANCELLED);
        power_pause(980 + 10 * round);
    }
}

static void cancellation_races_the_time_out(void)
{
    struct nt_thread *one;
    struct nt_thread *two;

    begin(answer);
    one = nt_thread_start(cancel_some, NULL);
    two = nt_thread_start(cancel_some, NULL);
    nt_thread_join(one);
    nt_thread_join(two);
    testkit_wait_for_power(started, 3);
    end();
}

/* Nobody uses the device any more, so it goes down, whatever the timer and the last user did at the same time. */
static void use_at_the_time_out(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (unsigned round = 0; round < 3; round++)
    {
        power_pause(1000);
        CHECK_STATUS(WdfDeviceStopIdle(power_device, TRUE), STATUS_SUCCESS);
        WdfDeviceResumeIdle(power_device);
    }
}

static void time_out_is_never_lost(void)
{
    struct nt_thread *one;
    struct nt_thread *two;

    begin(answer);
    one = nt_thread_start(use_at_the_time_out, NULL);
    two = nt_thread_start(use_at_the_time_out, NULL);
    nt_thread_join(one);
    nt_thread_join(two);
    testkit_wait_for_power(started, 3);
    end();
}

static LONGLONG now_in_seconds(void)
{
#if defined(DMF_USER_MODE)
    return (LONGLONG)(GetTickCount64() / 1000);
#else
    LARGE_INTEGER now;

    KeQuerySystemTime(&now);
    return now.QuadPart / 10000000;
#endif
}

/* A shorter time-out counts at once, not when the longer one is over. */
static void time_out_can_be_made_shorter(void)
{
    LONGLONG before;

    begin(answer);
    CHECK_STATUS(WdfDeviceStopIdle(power_device, TRUE), STATUS_SUCCESS);
    CHECK_STATUS(power_set_idle(IdleCannotWakeFromS0, 3600 * 1000), STATUS_SUCCESS);
    WdfDeviceResumeIdle(power_device);
    before = now_in_seconds();
    CHECK_STATUS(power_set_idle(IdleCannotWakeFromS0, 1), STATUS_SUCCESS);
    testkit_wait_for_power(started, 3);
    CHECK(now_in_seconds() - before < 3500);
    end();
}

static void idling_that_is_switched_off_brings_the_device_back(void)
{
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS settings;

    begin(answer);
    testkit_wait_for_power(started, 3);
    power_forget_calls();
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleCannotWakeFromS0);
    settings.Enabled = WdfFalse;
    CHECK_STATUS(WdfDeviceAssignS0IdleSettings(power_device, &settings), STATUS_SUCCESS);
    testkit_wait_for_power(started, 0);
    EXPECT(UP);
    power_pause(10000);
    EXPECT("");
    settings.Enabled = WdfTrue;
    settings.IdleTimeout = 1;
    CHECK_STATUS(WdfDeviceAssignS0IdleSettings(power_device, &settings), STATUS_SUCCESS);
    testkit_wait_for_power(started, 3);
    EXPECT(DOWN);
    end();
}

const struct nt_case nt_cases[] = {
    CASE(request_in_low_power_brings_the_device_back_first),
    CASE(request_that_the_driver_keeps_holds_the_device),
    CASE(request_on_the_way_down_waits_for_d0),
    CASE(request_before_the_queues_are_held_is_presented),
    CASE(request_cancelled_on_the_way_down_is_not_presented),
    CASE(request_cancelled_on_the_way_up_is_not_presented),
    CASE(requests_of_an_idle_device_that_is_removed_are_cancelled),
    CASE(requests_race_the_time_out),
    CASE(cancellation_races_the_time_out),
    CASE(time_out_is_never_lost),
    CASE(time_out_can_be_made_shorter),
    CASE(idling_that_is_switched_off_brings_the_device_back),
    CASES_END,
};
