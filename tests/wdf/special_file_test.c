/* SPDX-License-Identifier: MIT */
/*
 * Special files: usage notifications, what a device in the path of a special file refuses, and what its driver is told when the
 * machine hibernates or is shut down.
 */
#include <string.h>

#include "nt/pnp/devnode.h"
#include "nt/power/system.h"
#include "power_case.h"

static struct
{
    unsigned told;
    unsigned asked;
    WDF_SPECIAL_FILE_TYPE type;
    BOOLEAN in_path;
    NTSTATUS answer;
} usage;

static VOID told(WDFDEVICE device, WDF_SPECIAL_FILE_TYPE type, BOOLEAN in_path)
{
    CHECK(device == power_device);
    usage.told++;
    usage.type = type;
    usage.in_path = in_path;
}

static NTSTATUS asked(WDFDEVICE device, WDF_SPECIAL_FILE_TYPE type, BOOLEAN in_path)
{
    CHECK(device == power_device);
    usage.asked++;
    usage.type = type;
    usage.in_path = in_path;
    return usage.answer;
}

static NTSTATUS query_stop(WDFDEVICE device)
{
    UNREFERENCED_PARAMETER(device);
    nt_check_failed(__FILE__, __LINE__, "a device that must not be stopped is not asked");
}

static void hear_of_usage(PWDFDEVICE_INIT init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceUsageNotification = told;
    callbacks.EvtDeviceQueryStop = query_stop;
    callbacks.EvtDeviceQueryRemove = query_stop;
    WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
}

static void be_asked_about_usage(PWDFDEVICE_INIT init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceUsageNotificationEx = asked;
    WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
}

static struct testkit_device *begin(void (*initialise)(PWDFDEVICE_INIT init))
{
    power_load();
    RtlZeroMemory(&usage, sizeof(usage));
    power_case.initialise = initialise;
    return power_start();
}

static void end(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static NTSTATUS notify(struct testkit_device *device, DEVICE_USAGE_NOTIFICATION_TYPE type, bool in_path)
{
    return devnode_notify_usage((struct devnode *)device, type, in_path);
}

static const WDF_SPECIAL_FILE_TYPE needing_support[] = {WdfSpecialFilePaging, WdfSpecialFileHibernation, WdfSpecialFileDump};

static void special_file_that_is_not_supported_is_refused(void)
{
    struct testkit_device *device = begin(be_asked_about_usage);

    for (size_t index = 0; index < ARRAYSIZE(needing_support); index++)
    {
        DEVICE_USAGE_NOTIFICATION_TYPE type = (DEVICE_USAGE_NOTIFICATION_TYPE)needing_support[index];

        CHECK_STATUS(notify(device, type, true), STATUS_NOT_IMPLEMENTED);
        CHECK_EQUAL(usage.asked, 0);
        WdfDeviceSetSpecialFileSupport(power_device, needing_support[index], TRUE);
        CHECK_STATUS(notify(device, type, true), STATUS_SUCCESS);
        CHECK_STATUS(notify(device, type, false), STATUS_SUCCESS);
        CHECK_EQUAL(usage.asked, 2);
        WdfDeviceSetSpecialFileSupport(power_device, needing_support[index], FALSE);
        CHECK_STATUS(notify(device, type, true), STATUS_NOT_IMPLEMENTED);
        usage.asked = 0;
    }
    CHECK_STATUS(notify(device, DeviceUsageTypeBoot, true), STATUS_SUCCESS);
    CHECK_STATUS(notify(device, DeviceUsageTypeBoot, false), STATUS_SUCCESS);
    CHECK_EQUAL(usage.asked, 2);
    CHECK_EQUAL(usage.type, WdfSpecialFileBoot);
    end(device);
}

static void driver_is_told_of_each_special_file(void)
{
    struct testkit_device *device = begin(hear_of_usage);

    WdfDeviceSetSpecialFileSupport(power_device, WdfSpecialFileDump, TRUE);
    CHECK_STATUS(notify(device, DeviceUsageTypeDumpFile, true), STATUS_SUCCESS);
    CHECK(usage.told == 1 && usage.type == WdfSpecialFileDump && usage.in_path);
    CHECK_STATUS(notify(device, DeviceUsageTypeDumpFile, false), STATUS_SUCCESS);
    CHECK(usage.told == 2 && usage.type == WdfSpecialFileDump && !usage.in_path);
    power_case.initialise = NULL;
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

/* Counted: as often as it has come, it must go. One time too many changes nothing. */
static void device_in_the_path_is_neither_stopped_nor_removed(void)
{
    struct testkit_device *device = begin(NULL);

    WdfDeviceSetSpecialFileSupport(power_device, WdfSpecialFilePaging, TRUE);
    CHECK_STATUS(notify(device, DeviceUsageTypePaging, true), STATUS_SUCCESS);
    CHECK_STATUS(notify(device, DeviceUsageTypePaging, true), STATUS_SUCCESS);
    CHECK_STATUS(testkit_rebalance(device), STATUS_DEVICE_NOT_READY);
    CHECK_STATUS(testkit_remove(device), STATUS_DEVICE_NOT_READY);
    CHECK_STATUS(notify(device, DeviceUsageTypePaging, false), STATUS_SUCCESS);
    CHECK_STATUS(testkit_remove(device), STATUS_DEVICE_NOT_READY);
    EXPECT("");
    CHECK_STATUS(notify(device, DeviceUsageTypePaging, false), STATUS_SUCCESS);
    CHECK_STATUS(notify(device, DeviceUsageTypePaging, false), STATUS_SUCCESS);
    CHECK_STATUS(testkit_rebalance(device), STATUS_SUCCESS);
    end(device);
}

static void driver_may_refuse_a_special_file(void)
{
    struct testkit_device *device = begin(be_asked_about_usage);

    WdfDeviceSetSpecialFileSupport(power_device, WdfSpecialFilePaging, TRUE);
    usage.answer = STATUS_DEVICE_BUSY;
    CHECK_STATUS(notify(device, DeviceUsageTypePaging, true), STATUS_DEVICE_BUSY);
    CHECK(usage.asked == 1 && usage.in_path);
    usage.answer = STATUS_SUCCESS;
    CHECK_STATUS(testkit_rebalance(device), STATUS_SUCCESS);
    end(device);
}

static void unknown_special_files_are_none(void)
{
    struct testkit_device *device = begin(NULL);

    WdfDeviceSetSpecialFileSupport(power_device, WdfSpecialFileUndefined, TRUE);
    WdfDeviceSetSpecialFileSupport(power_device, WdfSpecialFileMax, TRUE);
    end(device);
}

static void device_in_the_hibernation_path_prepares_for_hibernation(void)
{
    struct testkit_device *device = begin(NULL);

    WdfDeviceSetSpecialFileSupport(power_device, WdfSpecialFileHibernation, TRUE);
    CHECK_STATUS(notify(device, DeviceUsageTypeHibernation, true), STATUS_SUCCESS);
    CHECK_STATUS(testkit_sleep(3), STATUS_SUCCESS);
    EXPECT("SelfManagedIoSuspend D0ExitPre.D3 D0Exit.D3");
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    power_forget_calls();
    CHECK_STATUS(testkit_sleep(4), STATUS_SUCCESS);
    EXPECT("SelfManagedIoSuspend D0ExitPre.PrepareForHibernation D0Exit.PrepareForHibernation");
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    CHECK_STATUS(notify(device, DeviceUsageTypeHibernation, false), STATUS_SUCCESS);
    power_forget_calls();
    CHECK_STATUS(testkit_sleep(4), STATUS_SUCCESS);
    EXPECT("SelfManagedIoSuspend D0ExitPre.D3 D0Exit.D3");
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    end(device);
}

static void shutdown_is_for_good(void)
{
    struct testkit_device *device = begin(NULL);

    CHECK_STATUS(machine_shutdown(PowerActionShutdownOff), STATUS_SUCCESS);
    EXPECT("SelfManagedIoSuspend D0ExitPre.D3Final D0Exit.D3Final");
    CHECK_STATUS(machine_switch_on(), STATUS_SUCCESS);
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

/*
 * A filter of the same driver above the function driver does not own the policy; it hears of the same packets.
 */

static unsigned devices;
static WDF_POWER_DEVICE_STATE targets[2];

static NTSTATUS leave_d0(WDFDEVICE device, WDF_POWER_DEVICE_STATE target)
{
    targets[device == power_device ? 1 : 0] = target;
    return STATUS_SUCCESS;
}

static bool owns_both;

static NTSTATUS add_one_of_two(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(driver);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceD0Exit = leave_d0;
    WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
    if (devices++ != 0)
    {
        WdfFdoInitSetFilter(init);
        WdfDeviceInitSetPowerPolicyOwnership(init, owns_both);
    }
    status = WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &power_device);
    if (NT_SUCCESS(status))
    {
        WdfDeviceSetSpecialFileSupport(power_device, WdfSpecialFileHibernation, TRUE);
    }
    return status;
}

/* What is said about an identifier stays said for the seeds that follow. */
static struct testkit_device *begin_with_filter(bool both)
{
    static bool is_said;

    devices = 0;
    owns_both = both;
    wdf_case_load(add_one_of_two);
    CHECK_STATUS(is_said ? STATUS_SUCCESS : testkit_filter(TESTKIT_UPPER_FILTER, "ROOT\\CASE", "case"), STATUS_SUCCESS);
    is_said = true;
    return wdf_case_start();
}

static void filter_hears_what_the_owner_hears(void)
{
    struct testkit_device *device = begin_with_filter(false);

    CHECK_EQUAL(devices, 2);
    CHECK_STATUS(notify(device, DeviceUsageTypeHibernation, true), STATUS_SUCCESS);
    CHECK_STATUS(testkit_sleep(4), STATUS_SUCCESS);
    CHECK_EQUAL(targets[0], WdfPowerDevicePrepareForHibernation);
    CHECK_EQUAL(targets[1], WdfPowerDevicePrepareForHibernation);
    CHECK_STATUS(testkit_wake(), STATUS_SUCCESS);
    CHECK_STATUS(machine_shutdown(PowerActionShutdownOff), STATUS_SUCCESS);
    CHECK_EQUAL(targets[0], WdfPowerDeviceD3Final);
    CHECK_EQUAL(targets[1], WdfPowerDeviceD3Final);
    CHECK_STATUS(machine_switch_on(), STATUS_SUCCESS);
    CHECK_STATUS(testkit_surprise_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void two_owners_of_a_stack_stop(void)
{
    (void)begin_with_filter(true);
}

/*
 * A packet that nobody but the manager may send.
 */

static NTSTATUS send_another(WDFDEVICE device)
{
    PDEVICE_OBJECT wdm = WdfDeviceWdmGetDeviceObject(device);
    PIRP irp = IoAllocateIrp(wdm->StackSize, FALSE);
    PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(irp);

    irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
    next->MajorFunction = IRP_MJ_PNP;
    next->MinorFunction = IRP_MN_QUERY_REMOVE_DEVICE;
    (void)IoCallDriver(wdm, irp);
    return STATUS_SUCCESS;
}

static void send_in_the_query(WDFDEVICE device, const char *name)
{
    if (strcmp(name, "QueryStop") == 0)
    {
        (void)send_another(device);
    }
}

static void packet_in_the_middle_of_another_stops(void)
{
    struct testkit_device *device = begin(NULL);

    wdf_case_tolerate("V50");
    power_case.during = send_in_the_query;
    (void)testkit_rebalance(device);
}

static void packet_in_the_middle_of_another_is_reported(void)
{
    struct testkit_device *device = begin(NULL);

    power_case.during = send_in_the_query;
    (void)testkit_rebalance(device);
}

const struct nt_case nt_cases[] = {
    CASE(special_file_that_is_not_supported_is_refused),
    CASE(driver_is_told_of_each_special_file),
    CASE(device_in_the_path_is_neither_stopped_nor_removed),
    CASE(driver_may_refuse_a_special_file),
    CASE(unknown_special_files_are_none),
    CASE(device_in_the_hibernation_path_prepares_for_hibernation),
    CASE(shutdown_is_for_good),
    CASE(filter_hears_what_the_owner_hears),
    STOPS(two_owners_of_a_stack_stop, "WDF violation 13"),
    STOPS(packet_in_the_middle_of_another_stops, "WDF violation 12"),
    STOPS(packet_in_the_middle_of_another_is_reported, "V50"),
    CASES_END,
};
