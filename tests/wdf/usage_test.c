/* SPDX-License-Identifier: MIT */
/*
 * Usage notifications: a child's way to its bus and to the devices that it depends on, refusals, and what they leave behind.
 */
#include "bus_case.h"

#include "nt/pnp/devnode.h"

static WDFDEVICE children[2];
static ULONG refuses;
static BOOLEAN only_told;

/* The bus has no context: it is number 0. */
static ULONG number_of(WDFDEVICE device)
{
    return device == bus ? 0 : ChildGetContext(device)->Number;
}

static NTSTATUS asked(WDFDEVICE Device, WDF_SPECIAL_FILE_TYPE Type, BOOLEAN InPath)
{
    UNREFERENCED_PARAMETER(Type);
    bus_note(number_of(Device), InPath ? "In" : "Out");
    return InPath && Device != bus && number_of(Device) == refuses ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS;
}

static VOID told(WDFDEVICE Device, WDF_SPECIAL_FILE_TYPE Type, BOOLEAN InPath)
{
    UNREFERENCED_PARAMETER(Type);
    bus_note(number_of(Device), InPath ? "Told" : "ToldOut");
}

static void set_usage(PWDFDEVICE_INIT init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    if (only_told)
    {
        callbacks.EvtDeviceUsageNotification = told;
    }
    else
    {
        callbacks.EvtDeviceUsageNotificationEx = asked;
    }
    WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
}

static void set_child_usage(PWDFDEVICE_INIT init, ULONG number)
{
    UNREFERENCED_PARAMETER(number);
    set_usage(init);
}

/* A bus with two children, of which the first depends on the second; all support paging files. */
static struct testkit_device *begin(void)
{
    struct testkit_device *device;

    refuses = 0;
    bus_prepare = set_usage;
    child_prepare = set_child_usage;
    device = bus_load();
    WdfDeviceSetSpecialFileSupport(bus, WdfSpecialFilePaging, TRUE);
    for (ULONG index = 0; index < 2; index++)
    {
        children[index] = child_add(index + 1);
        WdfDeviceSetSpecialFileSupport(children[index], WdfSpecialFilePaging, TRUE);
    }
    CHECK_STATUS(WdfDeviceAddDependentUsageDeviceObject(children[0], WdfDeviceWdmGetDeviceObject(children[1])),
                 STATUS_SUCCESS);
    testkit_settle();
    (void)bus_heard();
    return device;
}

static void end(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    bus_prepare = NULL;
    child_prepare = NULL;
    only_told = FALSE;
}

static struct devnode *devnode_of(WDFDEVICE device)
{
    return devnode_of_pdo(WdfDeviceWdmGetPhysicalDevice(device));
}

static NTSTATUS notify(WDFDEVICE device, DEVICE_USAGE_NOTIFICATION_TYPE type, bool in_path)
{
    return devnode_notify_usage(devnode_of(device), type, in_path);
}

static void notification_to_a_child_reaches_its_bus_and_what_it_depends_on(void)
{
    struct testkit_device *device = begin();

    CHECK_STATUS(notify(children[0], DeviceUsageTypePaging, true), STATUS_SUCCESS);
    HEARD("1.In 0.In 2.In 0.In");
    CHECK_STATUS(notify(children[0], DeviceUsageTypePaging, false), STATUS_SUCCESS);
    HEARD("1.Out 0.Out 2.Out 0.Out");
    WdfDeviceRemoveDependentUsageDeviceObject(children[0], WdfDeviceWdmGetDeviceObject(children[1]));
    CHECK_STATUS(notify(children[0], DeviceUsageTypePaging, true), STATUS_SUCCESS);
    CHECK_STATUS(notify(children[0], DeviceUsageTypePaging, false), STATUS_SUCCESS);
    HEARD("1.In 0.In 1.Out 0.Out");
    end(device);
}

static void refusal_of_one_is_undone_at_those_before_it(void)
{
    struct testkit_device *device = begin();

    refuses = 2;
    CHECK_STATUS(notify(children[0], DeviceUsageTypePaging, true), STATUS_UNSUCCESSFUL);
    HEARD("1.In 0.In 2.In 0.Out 1.Out");
    refuses = 1;
    CHECK_STATUS(notify(children[0], DeviceUsageTypePaging, true), STATUS_UNSUCCESSFUL);
    HEARD("1.In");
    CHECK_STATUS(devnode_restart(devnode_of(bus), NULL), STATUS_SUCCESS);
    testkit_settle();
    end(device);
}

static void what_a_device_does_not_support_is_not_asked_of_it(void)
{
    struct testkit_device *device = begin();

    CHECK_STATUS(notify(children[0], DeviceUsageTypeDumpFile, true), STATUS_NOT_IMPLEMENTED);
    CHECK_STATUS(notify(children[0], DeviceUsageTypeUndefined, true), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(notify(children[0], (DEVICE_USAGE_NOTIFICATION_TYPE)77, true), STATUS_NOT_SUPPORTED);
    HEARD("");
    WdfDeviceSetSpecialFileSupport(bus, WdfSpecialFilePaging, FALSE);
    CHECK_STATUS(notify(children[0], DeviceUsageTypePaging, true), STATUS_NOT_IMPLEMENTED);
    HEARD("1.In 1.Out");
    end(device);
}

static void device_in_the_path_of_a_file_is_not_removed(void)
{
    struct testkit_device *device = begin();

    CHECK_STATUS(notify(children[1], DeviceUsageTypePaging, true), STATUS_SUCCESS);
    CHECK_STATUS(devnode_restart(devnode_of(children[1]), NULL), STATUS_DEVICE_NOT_READY);
    CHECK_STATUS(devnode_restart(devnode_of(bus), NULL), STATUS_DEVICE_NOT_READY);
    CHECK_STATUS(notify(children[1], DeviceUsageTypePaging, false), STATUS_SUCCESS);
    CHECK_STATUS(notify(children[1], DeviceUsageTypePaging, false), STATUS_SUCCESS);
    CHECK_STATUS(devnode_restart(devnode_of(children[1]), NULL), STATUS_SUCCESS);
    testkit_settle();
    end(device);
}

static void driver_that_is_only_told_hears_when_all_have_agreed(void)
{
    struct testkit_device *device;

    only_told = TRUE;
    device = begin();
    CHECK_STATUS(notify(children[0], DeviceUsageTypePaging, true), STATUS_SUCCESS);
    HEARD("0.Told 0.Told 2.Told 1.Told");
    CHECK_STATUS(notify(children[0], DeviceUsageTypePaging, false), STATUS_SUCCESS);
    (void)bus_heard();
    WdfDeviceSetSpecialFileSupport(children[1], WdfSpecialFilePaging, FALSE);
    CHECK_STATUS(notify(children[0], DeviceUsageTypePaging, true), STATUS_NOT_IMPLEMENTED);
    HEARD("0.Told 0.ToldOut");
    end(device);
}

static void notification_without_memory_leaves_nobody_in_the_path(void)
{
    struct testkit_device *device = begin();
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

    for (unsigned n = 1; status == STATUS_INSUFFICIENT_RESOURCES; n++)
    {
        unsigned in = bus_count(".In");
        unsigned out = bus_count(".Out");

        nt_fail_allocation(n);
        status = notify(children[0], DeviceUsageTypePaging, true);
        nt_fail_allocation(0);
        CHECK(status == STATUS_SUCCESS || bus_count(".In") - in == bus_count(".Out") - out);
    }
    CHECK_STATUS(status, STATUS_SUCCESS);
    CHECK_STATUS(notify(children[0], DeviceUsageTypePaging, false), STATUS_SUCCESS);
    testkit_settle();
    end(device);
}

const struct nt_case nt_cases[] = {
    CASE(notification_to_a_child_reaches_its_bus_and_what_it_depends_on),
    CASE(refusal_of_one_is_undone_at_those_before_it),
    CASE(what_a_device_does_not_support_is_not_asked_of_it),
    CASE(device_in_the_path_of_a_file_is_not_removed),
    CASE(driver_that_is_only_told_hears_when_all_have_agreed),
    CASE(notification_without_memory_leaves_nobody_in_the_path),
    CASES_END,
};
