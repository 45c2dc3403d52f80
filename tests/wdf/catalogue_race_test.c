/* SPDX-License-Identifier: MIT */
/*
 * Races of the runtime that belong to no single subject; docs/testing.md has the list of all.
 */
#include <string.h>

#include "case_signal.h"
#include "power_case.h"

/*
 * D0 exit and a timer that the driver stops there.
 */

static WDFTIMER timer;
static volatile LONG is_up;

static VOID tick(WDFTIMER Timer)
{
    UNREFERENCED_PARAMETER(Timer);
    CHECK(is_up == 1);
}

static NTSTATUS make_timer(WDFDEVICE device)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_TIMER_CONFIG config;

    WDF_TIMER_CONFIG_INIT_PERIODIC(&config, tick, 1);
    config.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    CHECK_STATUS(WdfTimerCreate(&config, &attributes, &timer), STATUS_SUCCESS);
    return power_set_idle(IdleCannotWakeFromS0, 1);
}

static void run_timer_in_d0(WDFDEVICE device, const char *name)
{
    UNREFERENCED_PARAMETER(device);
    if (strcmp(name, "D0Entry") == 0)
    {
        (void)InterlockedExchange(&is_up, 1);
        (void)WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_US(900));
    }
    if (strcmp(name, "D0Exit") == 0)
    {
        (void)WdfTimerStop(timer, TRUE);
        (void)InterlockedExchange(&is_up, 0);
    }
}

static void leaving_d0_races_the_timer_that_is_stopped_there(void)
{
    struct testkit_device *device;

    is_up = 0;
    power_load();
    power_case.created = make_timer;
    power_case.during = run_timer_in_d0;
    device = wdf_case_start();
    for (unsigned round = 0; round < 4; round++)
    {
        CHECK_STATUS(WdfDeviceStopIdle(power_device, TRUE), STATUS_SUCCESS);
        power_pause(950);
        WdfDeviceResumeIdle(power_device);
        power_pause(990);
    }
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

/*
 * Surprise removal and opens.
 */

static NTSTATUS make_link(WDFDEVICE device)
{
    DECLARE_CONST_UNICODE_STRING(link, L"\\??\\Case");

    return WdfDeviceCreateSymbolicLink(device, &link);
}

static void open_and_close(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    for (unsigned round = 0; round < 4; round++)
    {
        struct testkit_file *file;
        NTSTATUS status = testkit_open("\\??\\Case", true, true, &file);

        if (NT_SUCCESS(status))
        {
            testkit_close(file);
        }
        else
        {
            CHECK(status == STATUS_NO_SUCH_DEVICE || status == STATUS_OBJECT_NAME_NOT_FOUND ||
                  status == STATUS_DELETE_PENDING || status == STATUS_INVALID_DEVICE_STATE);
        }
    }
}

static void surprise_removal_races_opens(void)
{
    struct testkit_device *device;
    struct nt_thread *threads[2];

    power_load();
    power_case.created = make_link;
    device = wdf_case_start();
    threads[0] = nt_thread_start(open_and_close, NULL);
    threads[1] = nt_thread_start(open_and_close, NULL);
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    nt_thread_join(threads[0]);
    nt_thread_join(threads[1]);
    wdf_case_unload();
}

/*
 * Wake and removal.
 */

static NTSTATUS idle_armed(WDFDEVICE device)
{
    UNREFERENCED_PARAMETER(device);
    return power_set_idle(IdleCanWakeFromS0, 1);
}

static struct testkit_device *begin_asleep(void)
{
    struct testkit_device *device;

    power_load();
    testkit_let_devices_wake(3);
    power_case.created = idle_armed;
    device = wdf_case_start();
    testkit_wait_for_power(device, 3);
    return device;
}

static struct case_signal removed;

/* The device stays until this thread has had its word. */
static void remove_it(void *device)
{
    CHECK_STATUS(testkit_disable(device), STATUS_SUCCESS);
    case_signal_give(&removed);
}

static void waking_races_removal(void)
{
    struct testkit_device *device = begin_asleep();
    struct nt_thread *remover;

    case_signal_make(&removed);
    remover = nt_thread_start(remove_it, device);
    (void)testkit_wake_device(device);
    case_signal_take(&removed);
    nt_thread_join(remover);
    CHECK_EQUAL(power_count("D0Entry"), power_count("D0Exit"));
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    case_signal_free(&removed);
    wdf_case_unload();
    testkit_let_devices_wake(-1);
}

/*
 * The end of the driver and the last reference to an object of it.
 */

static volatile LONG destroyed;

static VOID on_destroy(WDFOBJECT object)
{
    UNREFERENCED_PARAMETER(object);
    (void)InterlockedIncrement(&destroyed);
}

static void dereference(void *object)
{
    WdfObjectDereference((WDFOBJECT)object);
}

static void removal_and_unload_race_the_last_reference(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    struct testkit_device *device;
    struct nt_thread *thread;
    WDFOBJECT object;

    power_load();
    device = wdf_case_start();
    destroyed = 0;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = power_device;
    attributes.EvtDestroyCallback = on_destroy;
    CHECK_STATUS(WdfObjectCreate(&attributes, &object), STATUS_SUCCESS);
    WdfObjectReference(object);
    thread = nt_thread_start(dereference, object);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    nt_thread_join(thread);
    CHECK_EQUAL(destroyed, 1);
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(leaving_d0_races_the_timer_that_is_stopped_there),
    CASE(surprise_removal_races_opens),
    CASE(waking_races_removal),
    CASE(removal_and_unload_race_the_last_reference),
    CASES_END,
};
