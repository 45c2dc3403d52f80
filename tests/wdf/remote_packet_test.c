/* SPDX-License-Identifier: MIT */
/*
 * Remote targets in ways that only the kernel flavour has: an existing device, WDM objects, properties, interfaces.
 */
#include "wdf_case.h"

#include <string.h>

static WDFDEVICE device;
static WDFIOTARGET target;

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    UNREFERENCED_PARAMETER(driver);
    return WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
}

static struct testkit_device *set_up(void)
{
    struct testkit_device *started;

    wdf_case_load(add_device);
    started = wdf_case_start();
    CHECK_STATUS(WdfIoTargetCreate(device, WDF_NO_OBJECT_ATTRIBUTES, &target), STATUS_SUCCESS);
    return started;
}

static void tear_down(struct testkit_device *started)
{
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    wdf_case_unload();
}

static void existing_device_is_used_without_an_open(void)
{
    struct testkit_device *started = set_up();
    PDEVICE_OBJECT below = WdfDeviceWdmGetAttachedDevice(device);
    WDF_IO_TARGET_OPEN_PARAMS params;

    WDF_IO_TARGET_OPEN_PARAMS_INIT_EXISTING_DEVICE(&params, below);
    CHECK_STATUS(WdfIoTargetOpen(target, &params), STATUS_SUCCESS);
    CHECK(WdfIoTargetWdmGetTargetDeviceObject(target) == below);
    CHECK(WdfIoTargetWdmGetTargetFileObject(target) == NULL);
    CHECK(WdfIoTargetWdmGetTargetFileHandle(target) == NULL);
    CHECK(WdfIoTargetWdmGetTargetPhysicalDevice(target) == WdfDeviceWdmGetPhysicalDevice(device));
    CHECK_STATUS(WdfIoTargetSendIoctlSynchronously(target, NULL, 0x222000, NULL, NULL, NULL, NULL),
                 STATUS_INVALID_DEVICE_REQUEST);
    WdfIoTargetClose(target);
    CHECK(WdfIoTargetWdmGetTargetDeviceObject(target) == NULL);
    WDF_IO_TARGET_OPEN_PARAMS_INIT_REOPEN(&params);
    CHECK_STATUS(WdfIoTargetOpen(target, &params), STATUS_INVALID_DEVICE_REQUEST);
    tear_down(started);
}

static NTSTATUS never_asked(WDFIOTARGET io_target)
{
    UNREFERENCED_PARAMETER(io_target);
    return STATUS_SUCCESS;
}

static void callbacks_of_an_existing_device_need_its_file(void)
{
    struct testkit_device *started = set_up();
    WDF_IO_TARGET_OPEN_PARAMS params;

    WDF_IO_TARGET_OPEN_PARAMS_INIT_EXISTING_DEVICE(&params, WdfDeviceWdmGetAttachedDevice(device));
    params.EvtIoTargetQueryRemove = never_asked;
    CHECK_STATUS(WdfIoTargetOpen(target, &params), STATUS_INVALID_PARAMETER);
    WDF_IO_TARGET_OPEN_PARAMS_INIT_EXISTING_DEVICE(&params, NULL);
    CHECK_STATUS(WdfIoTargetOpen(target, &params), STATUS_INVALID_PARAMETER);
    WDF_IO_TARGET_OPEN_PARAMS_INIT_REOPEN(&params);
    params.Type = WdfIoTargetOpenLocalTargetByFile;
    CHECK_STATUS(WdfIoTargetOpen(target, &params), STATUS_INVALID_PARAMETER);
    tear_down(started);
}

static void local_target_has_the_objects_of_the_device_below(void)
{
    struct testkit_device *started = set_up();
    WDFIOTARGET local = WdfDeviceGetIoTarget(device);

    CHECK(WdfIoTargetWdmGetTargetDeviceObject(local) == WdfDeviceWdmGetAttachedDevice(device));
    CHECK(WdfIoTargetWdmGetTargetPhysicalDevice(local) == WdfDeviceWdmGetPhysicalDevice(device));
    CHECK(WdfIoTargetWdmGetTargetFileObject(local) == NULL);
    CHECK(WdfIoTargetWdmGetTargetFileHandle(local) == NULL);
    tear_down(started);
}

static void properties_of_the_target_are_those_of_its_physical_device(void)
{
    struct testkit_device *started = set_up();
    WDFIOTARGET local = WdfDeviceGetIoTarget(device);
    WDFMEMORY memory;
    WCHAR buffer[200];
    ULONG length = 0;
    size_t size;

    CHECK_STATUS(WdfIoTargetQueryTargetProperty(local, DevicePropertyHardwareID, 0, NULL, &length), STATUS_BUFFER_TOO_SMALL);
    CHECK(length > 0 && length <= sizeof(buffer));
    CHECK_STATUS(WdfIoTargetQueryTargetProperty(local, DevicePropertyHardwareID, sizeof(buffer), buffer, &length),
                 STATUS_SUCCESS);
    CHECK_STATUS(WdfIoTargetAllocAndQueryTargetProperty(local, DevicePropertyHardwareID, NonPagedPoolNx,
                                                        WDF_NO_OBJECT_ATTRIBUTES, &memory),
                 STATUS_SUCCESS);
    CHECK(memcmp(WdfMemoryGetBuffer(memory, &size), buffer, length) == 0);
    CHECK_EQUAL(size, length);
    WdfObjectDelete(memory);
    CHECK(!NT_SUCCESS(WdfIoTargetQueryTargetProperty(target, DevicePropertyHardwareID, 0, NULL, &length)));
    tear_down(started);
}

static void interface_that_nobody_has_is_not_supported(void)
{
    static const GUID unknown = {0x1BF1A1E2, 0x1234, 0x4567, {1, 2, 3, 4, 5, 6, 7, 8}};
    struct testkit_device *started = set_up();
    INTERFACE interface;

    memset(&interface, 0, sizeof(interface));
    CHECK_STATUS(
        WdfIoTargetQueryForInterface(WdfDeviceGetIoTarget(device), &unknown, &interface, sizeof(interface), 1, NULL),
        STATUS_NOT_SUPPORTED);
    CHECK_STATUS(WdfIoTargetQueryForInterface(target, &unknown, &interface, sizeof(interface), 1, NULL),
                 STATUS_INVALID_DEVICE_STATE);
    tear_down(started);
}

const struct nt_case nt_cases[] = {
    CASE(existing_device_is_used_without_an_open),          CASE(callbacks_of_an_existing_device_need_its_file),
    CASE(local_target_has_the_objects_of_the_device_below), CASE(properties_of_the_target_are_those_of_its_physical_device),
    CASE(interface_that_nobody_has_is_not_supported),       CASES_END,
};
