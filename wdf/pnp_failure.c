/* SPDX-License-Identifier: MIT */
/*
 * Devices that have failed: who says so, and how often they are started again. And devices that must not be stopped.
 */
#include "nt/io/device_object.h"
#include "nt/pnp/devnode.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/pnp.h"
#include "wdf/verifier.h"

/* A device is started again this often within this time; the count begins anew afterwards. */
#define RESTARTS_MOST 5
#define RESTARTS_TIME_100NS (INT64_C(60) * 10 * 1000 * 1000)

#define RESTART_KEY L"Restart"
#define START_VALUE L"StartTime"
#define COUNT_VALUE L"Count"

struct restarts
{
    LONGLONG since;
    ULONG count;
};

/*
 * The record of restarts is in the registry, so that it outlives the device.
 */

static NTSTATUS open_record(struct device *device, HANDLE *ret_key)
{
    UNICODE_STRING name = RTL_CONSTANT_STRING(RESTART_KEY);
    OBJECT_ATTRIBUTES attributes;
    HANDLE hardware;
    NTSTATUS status = IoOpenDeviceRegistryKey(device->pdo, PLUGPLAY_REGKEY_DEVICE, KEY_ALL_ACCESS, &hardware);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, hardware, NULL);
    status = ZwCreateKey(ret_key, KEY_ALL_ACCESS, &attributes, 0, NULL, REG_OPTION_VOLATILE, NULL);
    (void)ZwClose(hardware);
    return status;
}

static bool read_value(HANDLE key, const WCHAR *name, void *value, ULONG size)
{
    struct
    {
        KEY_VALUE_PARTIAL_INFORMATION information;
        UCHAR data[sizeof(LONGLONG)];
    } found;
    UNICODE_STRING value_name;
    ULONG length;

    RtlInitUnicodeString(&value_name, name);
    if (!NT_SUCCESS(ZwQueryValueKey(key, &value_name, KeyValuePartialInformation, &found, sizeof(found), &length)) ||
        found.information.DataLength != size)
    {
        return false;
    }
    RtlCopyMemory(value, found.information.Data, size);
    return true;
}

static void write_value(HANDLE key, const WCHAR *name, ULONG type, void *value, ULONG size)
{
    UNICODE_STRING value_name;

    RtlInitUnicodeString(&value_name, name);
    (void)ZwSetValueKey(key, &value_name, 0, type, value, size);
}

/* Counts one more restart; false when there have been enough. Who cannot count does not restart for ever. */
static bool may_restart(struct device *device)
{
    struct restarts restarts = {0};
    LARGE_INTEGER now;
    HANDLE key;

    if (!NT_SUCCESS(open_record(device, &key)))
    {
        return false;
    }
    KeQuerySystemTime(&now);
    if (!read_value(key, START_VALUE, &restarts.since, sizeof(restarts.since)) ||
        !read_value(key, COUNT_VALUE, &restarts.count, sizeof(restarts.count)) ||
        now.QuadPart - restarts.since > RESTARTS_TIME_100NS || now.QuadPart < restarts.since)
    {
        restarts = (struct restarts){.since = now.QuadPart};
    }
    restarts.count++;
    write_value(key, START_VALUE, REG_QWORD, &restarts.since, sizeof(restarts.since));
    write_value(key, COUNT_VALUE, REG_DWORD, &restarts.count, sizeof(restarts.count));
    (void)ZwClose(key);
    return restarts.count <= RESTARTS_MOST;
}

void pnp_ask_for_removal(struct device *device)
{
    struct devnode *devnode = devobj_extension(device->pdo)->devnode;
    bool restarts = platform_atomic_load(&device->failed_action) != WdfDeviceFailedNoRestart && may_restart(device);

    if (devnode == NULL)
    {
        return;
    }
    if (restarts)
    {
        devnode_request_restart(devnode);
    }
    else
    {
        platform_atomic_store(&device->pnp_reports_failure, true);
        devnode_request_state_check(devnode);
    }
}

/*
 * Entry points.
 */
VOID wdf_kmdf_WdfDeviceSetFailed(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, WDF_DEVICE_FAILED_ACTION FailedAction)
{
    struct device *device = device_from_handle(Device, "WdfDeviceSetFailed");

    if (FailedAction != WdfDeviceFailedAttemptRestart && FailedAction != WdfDeviceFailedNoRestart)
    {
        globals_break(globals_of(DriverGlobals), "WdfDeviceSetFailed: the action %d is none", (int)FailedAction);
        return;
    }
    if (device->is_control)
    {
        verifier_report(device->object.globals, RULE_V37, &device->object, "WdfDeviceSetFailed",
                        "A control device has no part in plug and play.");
        return;
    }
    platform_atomic_store(&device->failed_action, FailedAction);
    platform_atomic_store(&device->failed_by_driver, true);
    machine_post(device, MACHINE_PNP, PNP_EVENT_FAIL);
}
WDF_ENTRY_BOTH(WdfDeviceSetFailed)

VOID wdf_kmdf_WdfDeviceSetStaticStopRemove(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, BOOLEAN Stoppable)
{
    struct device *device = device_from_handle(Device, "WdfDeviceSetStaticStopRemove");
    uint32_t count;

    if (!Stoppable)
    {
        (void)platform_atomic_fetch_add(&device->not_stoppable, 1);
        return;
    }
    count = platform_atomic_load(&device->not_stoppable);
    while (count != 0 && !platform_atomic_compare_exchange(&device->not_stoppable, &count, count - 1))
    {
    }
    if (count == 0)
    {
        globals_break(globals_of(DriverGlobals), "WdfDeviceSetStaticStopRemove: nobody has said that it may not be stopped");
    }
}
WDF_ENTRY_BOTH(WdfDeviceSetStaticStopRemove)
