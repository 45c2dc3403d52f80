/* SPDX-License-Identifier: MIT */
/*
 * Device interfaces that come while their device goes: whoever listens hears of each one's end.
 */
#include "wdf_case.h"

#include <initguid.h>
#include <wdmguid.h>
#include <string.h>

/* The class of the interfaces, as IoRegisterPlugPlayNotification() and the driver name it. */
static const GUID interface_class = {0x5e4f3c22, 0x1111, 0x2222, {1, 2, 3, 4, 5, 6, 7, 8}};
static const UNICODE_STRING references[] = {{10, 12, (PWCH)L"Port1"}, {10, 12, (PWCH)L"Port2"}, {10, 12, (PWCH)L"Port3"}};

static WDFDEVICE device;
static LONG arrivals;
static LONG removals;

static NTSTATUS hear(PVOID Notification, PVOID Context)
{
    const DEVICE_INTERFACE_CHANGE_NOTIFICATION *change = Notification;

    CHECK(Context == &arrivals);
    CHECK(memcmp(&change->InterfaceClassGuid, &interface_class, sizeof(GUID)) == 0);
    if (memcmp(&change->Event, &GUID_DEVICE_INTERFACE_ARRIVAL, sizeof(GUID)) == 0)
    {
        InterlockedIncrement(&arrivals);
    }
    else
    {
        CHECK(memcmp(&change->Event, &GUID_DEVICE_INTERFACE_REMOVAL, sizeof(GUID)) == 0);
        InterlockedIncrement(&removals);
    }
    return STATUS_SUCCESS;
}

/* The driver's own threads, which it ends with its device. */
static struct nt_thread *creator;
static struct nt_thread *toggler;

static NTSTATUS self_managed_io_init(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return STATUS_SUCCESS;
}

static VOID self_managed_io_cleanup(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    nt_thread_join(creator);
    nt_thread_join(toggler);
}

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(driver);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceSelfManagedIoInit = self_managed_io_init;
    callbacks.EvtDeviceSelfManagedIoCleanup = self_managed_io_cleanup;
    WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
    return NT_SUCCESS(status) ? WdfDeviceCreateDeviceInterface(device, &interface_class, &references[0]) : status;
}

/* Interfaces that are made after the start wait for the driver to enable them. */
static void create_and_enable(void *argument)
{
    for (size_t index = 1; index < ARRAYSIZE(references); index++)
    {
        NTSTATUS status = WdfDeviceCreateDeviceInterface(device, &interface_class, &references[index]);

        CHECK_STATUS(status, STATUS_SUCCESS);
        WdfDeviceSetDeviceInterfaceState(device, &interface_class, &references[index], TRUE);
    }
    UNREFERENCED_PARAMETER(argument);
}

static void toggle(void *argument)
{
    for (unsigned round = 0; round < 4; round++)
    {
        WdfDeviceSetDeviceInterfaceState(device, &interface_class, &references[0], round % 2 != 0);
    }
    UNREFERENCED_PARAMETER(argument);
}

static void race(int32_t (*remove)(struct testkit_device *))
{
    struct testkit_device *started;
    PVOID listener;

    arrivals = 0;
    removals = 0;
    wdf_case_load(add_device);
    CHECK_STATUS(IoRegisterPlugPlayNotification(EventCategoryDeviceInterfaceChange, 0, (PVOID)(ULONG_PTR)&interface_class,
                                                wdf_case_driver_object, hear, &arrivals, &listener),
                 STATUS_SUCCESS);
    started = wdf_case_start();
    creator = nt_thread_start(create_and_enable, NULL);
    toggler = nt_thread_start(toggle, NULL);
    CHECK_STATUS(remove(started), STATUS_SUCCESS);
    testkit_settle();
    CHECK(arrivals != 0);
    CHECK_EQUAL(arrivals, removals);
    CHECK_STATUS(IoUnregisterPlugPlayNotificationEx(listener), STATUS_SUCCESS);
    wdf_case_unload();
}

static void interfaces_that_arrive_during_a_removal_go_with_the_device(void)
{
    race(testkit_remove);
}

static void interfaces_that_arrive_during_a_surprise_removal_go_with_the_device(void)
{
    race(testkit_surprise_remove);
}

/*
 * What the driver says about an interface while its device starts.
 */

static WDFDEVICE starting;
static struct nt_thread *speaker;

static void take_into_own_hands(void *argument)
{
    UNREFERENCED_PARAMETER(argument);
    WdfDeviceSetDeviceInterfaceStateEx(starting, &interface_class, &references[0], FALSE);
}

static NTSTATUS speak_during_the_start(WDFDEVICE Device)
{
    starting = Device;
    speaker = nt_thread_start(take_into_own_hands, NULL);
    return STATUS_SUCCESS;
}

static NTSTATUS add_device_that_speaks(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(driver);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceSelfManagedIoInit = speak_during_the_start;
    WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
    return NT_SUCCESS(status) ? WdfDeviceCreateDeviceInterface(device, &interface_class, &references[0]) : status;
}

static void drivers_word_about_an_interface_is_the_last_one_whenever_the_device_starts(void)
{
    struct testkit_device *started;
    PZZWSTR enabled;

    wdf_case_load(add_device_that_speaks);
    started = wdf_case_start();
    nt_thread_join(speaker);
    CHECK_STATUS(IoGetDeviceInterfaces(&interface_class, NULL, 0, &enabled), STATUS_SUCCESS);
    CHECK_EQUAL(enabled[0], 0);
    ExFreePool(enabled);
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    wdf_case_unload();
}

const struct nt_case nt_cases[] = {
    CASE(drivers_word_about_an_interface_is_the_last_one_whenever_the_device_starts),
    CASE(interfaces_that_arrive_during_a_removal_go_with_the_device),
    CASE(interfaces_that_arrive_during_a_surprise_removal_go_with_the_device),
    CASES_END,
};
