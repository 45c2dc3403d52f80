/* SPDX-License-Identifier: MIT */
/*
 * Control devices, names, device initialisation, and what the driver object answers. Kernel flavour: the user flavour's table
 * has no control devices.
 */
#include "wdf_case.h"

#define NAME "\\Device\\ControlCase"

DECLARE_CONST_UNICODE_STRING(control_name, L"\\Device\\ControlCase");
DECLARE_CONST_UNICODE_STRING(control_link, L"\\??\\ControlCaseLink");
DECLARE_CONST_UNICODE_STRING(security, L"D:P(A;;GA;;;SY)(A;;GA;;;WD)");

static struct
{
    unsigned requests;
    unsigned shutdowns;
    unsigned cleanups;
} heard;

static EVT_WDF_IO_QUEUE_IO_DEFAULT IoDefault;

static VOID IoDefault(WDFQUEUE Queue, WDFREQUEST Request)
{
    (void)Queue;
    heard.requests++;
    WdfRequestComplete(Request, STATUS_SUCCESS);
}

static PWDFDEVICE_INIT allocate(void)
{
    PWDFDEVICE_INIT init = WdfControlDeviceInitAllocate(WdfGetDriver(), &security);

    CHECK(init != NULL);
    return init;
}

static EVT_WDF_OBJECT_CONTEXT_CLEANUP DeviceCleanup;

static VOID DeviceCleanup(WDFOBJECT Object)
{
    (void)Object;
    heard.cleanups++;
}

static WDFDEVICE create(PWDFDEVICE_INIT init)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFDEVICE device;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = DeviceCleanup;
    CHECK_STATUS(WdfDeviceCreate(&init, &attributes, &device), STATUS_SUCCESS);
    CHECK(init == NULL);
    return device;
}

static void add_queue(WDFDEVICE device)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDefault = IoDefault;
    CHECK_STATUS(WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE), STATUS_SUCCESS);
}

static WDFDEVICE create_named(void)
{
    PWDFDEVICE_INIT init = allocate();

    CHECK_STATUS(WdfDeviceInitAssignName(init, &control_name), STATUS_SUCCESS);
    return create(init);
}

static void load(void)
{
    RtlZeroMemory(&heard, sizeof(heard));
    /* Devices that are looked at before they are finished stay so. */
    wdf_case_tolerate("V36");
    wdf_case_load(NULL);
}

static void device_serves_clients_once_it_is_finished(void)
{
    struct testkit_file *file;
    WDFDEVICE device;

    load();
    device = create_named();
    add_queue(device);
    CHECK_STATUS(WdfDeviceCreateSymbolicLink(device, &control_link), STATUS_SUCCESS);
    CHECK(testkit_open("\\??\\ControlCaseLink", true, true, &file) < 0);
    WdfControlFinishInitializing(device);
    CHECK_STATUS(testkit_open("\\??\\ControlCaseLink", true, true, &file), STATUS_SUCCESS);
    CHECK_STATUS(testkit_write(file, "x", 1, NULL), STATUS_SUCCESS);
    CHECK_EQUAL(heard.requests, 1);
    testkit_close(file);
    wdf_case_unload();
    CHECK_EQUAL(heard.cleanups, 1);
}

static void default_queue_is_made_before_the_device_is_finished(void)
{
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;

    load();
    device = create_named();
    WdfControlFinishInitializing(device);
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDefault = IoDefault;
    CHECK_STATUS(WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE), STATUS_INVALID_DEVICE_STATE);
    wdf_case_unload();
}

static void driver_may_delete_it(void)
{
    struct testkit_file *file;
    WDFDEVICE device;

    load();
    device = create_named();
    WdfControlFinishInitializing(device);
    WdfObjectDelete(device);
    CHECK_EQUAL(heard.cleanups, 1);
    CHECK(testkit_open(NAME, true, true, &file) < 0);
    (void)create_named();
    wdf_case_unload();
    CHECK_EQUAL(heard.cleanups, 2);
}

static void deletion_at_dispatch_level_is_left_to_a_worker(void)
{
    WDFDEVICE device;
    KIRQL before;

    load();
    device = create_named();
    add_queue(device);
    WdfControlFinishInitializing(device);
    KeRaiseIrql(DISPATCH_LEVEL, &before);
    WdfObjectDelete(device);
    KeLowerIrql(before);
    wdf_case_unload();
    CHECK_EQUAL(heard.cleanups, 1);
}

static void name_is_taken_once(void)
{
    PWDFDEVICE_INIT init;
    WDFDEVICE device;

    load();
    (void)create_named();
    init = allocate();
    CHECK_STATUS(WdfDeviceInitAssignName(init, &control_name), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device), STATUS_OBJECT_NAME_COLLISION);
    CHECK(init != NULL && device == NULL);
    WdfDeviceInitFree(init);
    wdf_case_unload();
}

static void unnamed_device_gets_a_name(void)
{
    UNICODE_STRING name;
    WDFSTRING string;
    WDFDEVICE device;

    load();
    device = create(allocate());
    CHECK_STATUS(WdfStringCreate(NULL, WDF_NO_OBJECT_ATTRIBUTES, &string), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceRetrieveDeviceName(device, string), STATUS_SUCCESS);
    WdfStringGetUnicodeString(string, &name);
    CHECK(name.Length > 8 * sizeof(WCHAR));
    wdf_case_unload();
}

static void name_is_told(void)
{
    UNICODE_STRING name;
    WDFSTRING string;

    load();
    CHECK_STATUS(WdfStringCreate(NULL, WDF_NO_OBJECT_ATTRIBUTES, &string), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceRetrieveDeviceName(create_named(), string), STATUS_SUCCESS);
    WdfStringGetUnicodeString(string, &name);
    CHECK(RtlEqualUnicodeString(&name, &control_name, FALSE));
    wdf_case_unload();
}

static void security_must_be_understood(void)
{
    DECLARE_CONST_UNICODE_STRING(nonsense, L"nonsense");
    PWDFDEVICE_INIT init;

    load();
    CHECK(WdfControlDeviceInitAllocate(WdfGetDriver(), &nonsense) == NULL);
    init = allocate();
    CHECK_STATUS(WdfDeviceInitAssignSDDLString(init, &nonsense), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfDeviceInitAssignSDDLString(init, &security), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceInitAssignSDDLString(init, NULL), STATUS_INVALID_DEVICE_REQUEST);
    WdfDeviceInitFree(init);
    wdf_case_unload();
}

static EVT_WDF_DRIVER_DEVICE_ADD DeviceAddSecured;

static NTSTATUS DeviceAddSecured(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDFDEVICE device;

    (void)Driver;
    CHECK_STATUS(WdfDeviceInitAssignSDDLString(DeviceInit, &security), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device), STATUS_INVALID_SECURITY_DESCR);
    CHECK_STATUS(WdfDeviceInitAssignSDDLString(DeviceInit, NULL), STATUS_SUCCESS);
    return WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
}

static void security_is_for_devices_with_names(void)
{
    wdf_case_load(DeviceAddSecured);
    CHECK_STATUS(testkit_remove(wdf_case_start()), STATUS_SUCCESS);
    wdf_case_unload();
}

static EVT_WDF_DEVICE_SHUTDOWN_NOTIFICATION Shutdown;

static VOID Shutdown(WDFDEVICE Device)
{
    (void)Device;
    heard.shutdowns++;
}

static NTSTATUS send_shutdown(WDFDEVICE device)
{
    PDEVICE_OBJECT wdm = WdfDeviceWdmGetDeviceObject(device);
    IO_STATUS_BLOCK result;
    KEVENT event;
    PIRP irp;
    NTSTATUS status;

    KeInitializeEvent(&event, NotificationEvent, FALSE);
    irp = IoBuildSynchronousFsdRequest(IRP_MJ_SHUTDOWN, wdm, NULL, 0, NULL, &event, &result);
    CHECK(irp != NULL);
    status = IoCallDriver(wdm, irp);
    if (status == STATUS_PENDING)
    {
        (void)KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
        status = result.Status;
    }
    return status;
}

static void shutdown_is_told_to_who_asked(void)
{
    PWDFDEVICE_INIT init;
    WDFDEVICE device;

    load();
    init = allocate();
    WdfControlDeviceInitSetShutdownNotification(init, Shutdown, WdfDeviceShutdown | WdfDeviceLastChanceShutdown);
    device = create(init);
    WdfControlFinishInitializing(device);
    CHECK_STATUS(send_shutdown(device), STATUS_SUCCESS);
    CHECK_EQUAL(heard.shutdowns, 1);
    wdf_case_unload();
}

static void shutdown_flags_that_are_unknown_are_ignored(void)
{
    PWDFDEVICE_INIT init;
    WDFDEVICE device;

    load();
    init = allocate();
    WdfControlDeviceInitSetShutdownNotification(init, Shutdown, 0x10);
    device = create(init);
    WdfControlFinishInitializing(device);
    CHECK_STATUS(send_shutdown(device), STATUS_SUCCESS);
    CHECK_EQUAL(heard.shutdowns, 0);
    wdf_case_unload();
}

static void second_symbolic_link_is_refused(void)
{
    DECLARE_CONST_UNICODE_STRING(other, L"\\??\\ControlCaseOther");
    UNICODE_STRING empty = {0};
    WDFDEVICE device;

    load();
    device = create_named();
    CHECK_STATUS(WdfDeviceCreateSymbolicLink(device, &empty), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfDeviceCreateSymbolicLink(device, &control_link), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceCreateSymbolicLink(device, &other), STATUS_INVALID_DEVICE_REQUEST);
    WdfObjectDelete(device);
    device = create_named();
    CHECK_STATUS(WdfDeviceCreateSymbolicLink(device, &control_link), STATUS_SUCCESS);
    wdf_case_unload();
}

static void resource_name_is_assigned_once(void)
{
    DECLARE_CONST_UNICODE_STRING(resource, L"Mof");
    WDFDEVICE device;

    load();
    device = create_named();
    CHECK_STATUS(WdfDeviceAssignMofResourceName(device, &resource), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceAssignMofResourceName(device, &resource), STATUS_INVALID_DEVICE_REQUEST);
    wdf_case_unload();
}

static void facts_of_the_device_object_can_be_changed(void)
{
    WDFDEVICE device;

    load();
    device = create_named();
    CHECK((WdfDeviceGetCharacteristics(device) & FILE_DEVICE_SECURE_OPEN) != 0);
    WdfDeviceSetCharacteristics(device, FILE_READ_ONLY_DEVICE);
    CHECK_EQUAL(WdfDeviceGetCharacteristics(device), FILE_READ_ONLY_DEVICE);
    WdfDeviceSetAlignmentRequirement(device, FILE_LONG_ALIGNMENT);
    CHECK_EQUAL(WdfDeviceGetAlignmentRequirement(device), FILE_LONG_ALIGNMENT);
    wdf_case_unload();
}

static void each_allocation_of_a_control_device_may_fail(void)
{
    PWDFDEVICE_INIT init = WdfControlDeviceInitAllocate(WdfGetDriver(), &security);
    WDFDEVICE device;

    if (init == NULL)
    {
        return;
    }
    if (!NT_SUCCESS(WdfDeviceInitAssignName(init, &control_name)) ||
        !NT_SUCCESS(WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device)))
    {
        WdfDeviceInitFree(init);
        return;
    }
    WdfObjectDelete(device);
}

static void creation_survives_every_failed_allocation(void)
{
    load();
    nt_fail_each_allocation(each_allocation_of_a_control_device_may_fail);
    wdf_case_unload();
}

/*
 * The driver object.
 */

static void parameters_are_made_for_who_writes(void)
{
    DECLARE_CONST_UNICODE_STRING(name, L"Number");
    ULONG value = 0;
    WDFKEY key;

    load();
    CHECK_STATUS(WdfDriverOpenParametersRegistryKey(WdfGetDriver(), KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, &key),
                 STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK(key == NULL);
    CHECK_STATUS(
        WdfDriverOpenParametersRegistryKey(WdfGetDriver(), KEY_READ | KEY_SET_VALUE, WDF_NO_OBJECT_ATTRIBUTES, &key),
        STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryAssignULong(key, &name, 7), STATUS_SUCCESS);
    WdfRegistryClose(key);
    CHECK_STATUS(WdfDriverOpenParametersRegistryKey(WdfGetDriver(), KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, &key),
                 STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryQueryULong(key, &name, &value), STATUS_SUCCESS);
    CHECK_EQUAL(value, 7);
    CHECK_STATUS(WdfRegistryRemoveValue(key, &name), STATUS_ACCESS_DENIED);
    WdfRegistryClose(key);
    CHECK_STATUS(WdfDriverOpenParametersRegistryKey(WdfGetDriver(), KEY_ALL_ACCESS, WDF_NO_OBJECT_ATTRIBUTES, &key),
                 STATUS_SUCCESS);
    CHECK_STATUS(WdfRegistryRemoveKey(key), STATUS_SUCCESS);
    wdf_case_unload();
}

static void version_is_told(void)
{
    WDF_DRIVER_VERSION_AVAILABLE_PARAMS params;
    UNICODE_STRING text;
    WDFSTRING string;

    load();
    WDF_DRIVER_VERSION_AVAILABLE_PARAMS_INIT(&params, 1, 33);
    CHECK(WdfDriverIsVersionAvailable(WdfGetDriver(), &params));
    params.MinorVersion = 34;
    CHECK(!WdfDriverIsVersionAvailable(WdfGetDriver(), &params));
    CHECK_STATUS(WdfStringCreate(NULL, WDF_NO_OBJECT_ATTRIBUTES, &string), STATUS_SUCCESS);
    CHECK_STATUS(WdfDriverRetrieveVersionString(WdfGetDriver(), string), STATUS_SUCCESS);
    WdfStringGetUnicodeString(string, &text);
    CHECK(text.Length != 0);
    wdf_case_unload();
}

static void objects_have_no_interfaces_to_query(void)
{
    GUID guid = {0};
    ULONG answer;

    load();
    CHECK_STATUS(WdfObjectQuery(WdfGetDriver(), &guid, sizeof(answer), &answer), STATUS_NOT_FOUND);
    wdf_case_unload();
}

static EVT_WDF_DRIVER_UNLOAD DriverUnload;

static VOID DriverUnload(WDFDRIVER Driver)
{
    CHECK(Driver == WdfGetDriver());
    CHECK_EQUAL(heard.cleanups, 0);
    heard.requests++;
}

static void unload_callback_comes_before_the_drivers_cleanup(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_DRIVER_CONFIG config;

    RtlZeroMemory(&heard, sizeof(heard));
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = DeviceCleanup;
    WDF_DRIVER_CONFIG_INIT(&config, WDF_NO_EVENT_CALLBACK);
    config.DriverInitFlags = WdfDriverInitNonPnpDriver;
    config.EvtDriverUnload = DriverUnload;
    CHECK_STATUS(wdf_case_load_with(&config, &attributes), STATUS_SUCCESS);
    wdf_case_unload();
    CHECK_EQUAL(heard.requests, 1);
    CHECK_EQUAL(heard.cleanups, 1);
}

static void driver_cannot_be_deleted(void)
{
    load();
    BREAKS(V47, WdfGetDriver(), "WdfObjectDelete", WdfObjectDelete(WdfGetDriver()));
    CHECK(WdfGetDriver() != NULL);
    (void)create_named();
    wdf_case_unload();
}

/*
 * V34 and V36.
 */

static void v34_initialisation_is_left_behind(void)
{
    PWDFDEVICE_INIT init;

    wdf_case_load(NULL);
    init = allocate();
    BREAKS(V34, init, "EvtDriverUnload", wdf_case_unload());
}

static void v34_initialisation_is_freed_twice(void)
{
    PWDFDEVICE_INIT init;

    wdf_case_load(NULL);
    init = allocate();
    WdfDeviceInitFree(init);
    BREAKS(V34, init, "WdfDeviceInitFree", WdfDeviceInitFree(init));
    wdf_case_unload();
}

static void v34_silent_initialisation_is_freed_or_used(void)
{
    PWDFDEVICE_INIT init;

    wdf_case_load(NULL);
    init = allocate();
    WdfControlFinishInitializing(create(allocate()));
    SILENT(V34, WdfDeviceInitFree(init));
    wdf_case_unload();
}

static void v36_control_device_is_not_finished(void)
{
    WDFDEVICE device;

    wdf_case_load(NULL);
    device = create(allocate());
    BREAKS(V36, device, "EvtDriverUnload", wdf_case_unload());
}

static NTSTATUS add_nothing(WDFDRIVER Driver, PWDFDEVICE_INIT Init)
{
    UNREFERENCED_PARAMETER(Driver);
    UNREFERENCED_PARAMETER(Init);
    return STATUS_NOT_SUPPORTED;
}

static void v36_control_device_beside_plug_and_play_is_not_deleted(void)
{
    WDFDEVICE device;

    wdf_case_load(add_nothing);
    device = create(allocate());
    WdfControlFinishInitializing(device);
    BREAKS(V36, device, "EvtDriverUnload", wdf_case_unload());
}

static void v36_silent_control_devices_are_finished_or_deleted(void)
{
    WDFDEVICE device;

    wdf_case_load(add_nothing);
    device = create(allocate());
    WdfControlFinishInitializing(device);
    WdfObjectDelete(device);
    WdfObjectDelete(create(allocate()));
    SILENT(V36, wdf_case_unload());
}

const struct nt_case nt_cases[] = {
    CASE(v34_initialisation_is_left_behind),
    CASE(v34_initialisation_is_freed_twice),
    CASE(v34_silent_initialisation_is_freed_or_used),
    CASE(v36_control_device_is_not_finished),
    CASE(v36_control_device_beside_plug_and_play_is_not_deleted),
    CASE(v36_silent_control_devices_are_finished_or_deleted),
    CASE(device_serves_clients_once_it_is_finished),
    CASE(default_queue_is_made_before_the_device_is_finished),
    CASE(driver_may_delete_it),
    CASE(deletion_at_dispatch_level_is_left_to_a_worker),
    CASE(name_is_taken_once),
    CASE(unnamed_device_gets_a_name),
    CASE(name_is_told),
    CASE(security_must_be_understood),
    CASE(security_is_for_devices_with_names),
    CASE(shutdown_is_told_to_who_asked),
    CASE(shutdown_flags_that_are_unknown_are_ignored),
    CASE(second_symbolic_link_is_refused),
    CASE(resource_name_is_assigned_once),
    CASE(facts_of_the_device_object_can_be_changed),
    CASE(creation_survives_every_failed_allocation),
    CASE(parameters_are_made_for_who_writes),
    CASE(version_is_told),
    CASE(objects_have_no_interfaces_to_query),
    CASE(unload_callback_comes_before_the_drivers_cleanup),
    CASE(driver_cannot_be_deleted),
    CASES_END,
};
