/* SPDX-License-Identifier: MIT */
/*
 * Rules that a call alone can break: V33, V34, V45, V46. Each has a driver that breaks it, and a near miss.
 */
#include "wdf_case.h"

/* What the case's EvtDriverDeviceAdd does, and what it keeps. */
static struct
{
    void (*step)(PWDFDEVICE_INIT init);
    PWDFDEVICE_INIT init;
    WDFDEVICE device;
} add;

static NTSTATUS device_add(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    UNREFERENCED_PARAMETER(Driver);
    add.init = DeviceInit;
    if (add.step != NULL)
    {
        add.step(DeviceInit);
    }
    return WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &add.device);
}

static struct testkit_device *start_with(void (*step)(PWDFDEVICE_INIT init))
{
    add.step = step;
    wdf_case_load(device_add);
    return wdf_case_start();
}

static void stop(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

/*
 * V33.
 */

static void set_io_type(PWDFDEVICE_INIT init)
{
    WdfDeviceInitSetIoType(init, WdfDeviceIoDirect);
}

static void v33_silent_io_type_is_set_before(void)
{
    stop(start_with(set_io_type));
}

static NTSTATUS add_and_set_late(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    PWDFDEVICE_INIT kept = DeviceInit;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &add.device);
    BREAKS(V33, kept, "WdfDeviceInitSetIoType", WdfDeviceInitSetIoType(kept, WdfDeviceIoDirect));
    return status;
}

static void v33_initialisation_is_changed_after_the_device_is_created(void)
{
    wdf_case_load(add_and_set_late);
    stop(wdf_case_start());
}

/*
 * V34.
 */

static NTSTATUS keep_and_refuse(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    UNREFERENCED_PARAMETER(Driver);
    add.init = DeviceInit;
    return STATUS_UNSUCCESSFUL;
}

static void v34_initialisation_is_used_after_it_was_freed(void)
{
    struct testkit_device *device;

    wdf_case_load(keep_and_refuse);
    (void)testkit_start(wdf_case_driver, "case", &device);
    BREAKS(V34, add.init, "WdfDeviceInitSetIoType", WdfDeviceInitSetIoType(add.init, WdfDeviceIoDirect));
    wdf_case_unload();
}

/*
 * V46.
 */

static void v46_structure_has_the_wrong_size(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFCOLLECTION collection;

    wdf_case_load(NULL);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.Size = 8;
    BREAKS(V46, NULL, "WdfCollectionCreate",
           CHECK_STATUS(WdfCollectionCreate(&attributes, &collection), STATUS_INFO_LENGTH_MISMATCH));
    wdf_case_unload();
}

static void v46_silent_structure_has_its_size(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFCOLLECTION collection;

    wdf_case_load(NULL);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    SILENT(V46, CHECK_STATUS(WdfCollectionCreate(&attributes, &collection), STATUS_SUCCESS));
    wdf_case_unload();
}

static void v46_required_pointer_is_null(void)
{
    wdf_case_load(NULL);
    (void)WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, NULL);
}

static void v45_handle_is_of_another_type(void)
{
    WDFCOLLECTION collection;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &collection), STATUS_SUCCESS);
    WdfSpinLockAcquire((WDFSPINLOCK)(PVOID)collection);
}

static void v45_handle_of_a_deleted_object(void)
{
    WDFSPINLOCK lock;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfSpinLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &lock), STATUS_SUCCESS);
    WdfObjectDelete(lock);
    WdfSpinLockAcquire(lock);
}

static void v45_silent_handle_of_a_deleted_object_that_is_referenced(void)
{
    WDFCOLLECTION collection;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &collection), STATUS_SUCCESS);
    WdfObjectReference(collection);
    WdfObjectDelete(collection);
    SILENT(V45, WdfObjectDereference(collection));
    wdf_case_unload();
}

/*
 * Settings.
 */

/* A mistake that is refused and breaks no rule that has a number. */
static void make_a_mistake(void)
{
    WDF_REQUEST_COMPLETION_PARAMS params;
    WDFREQUEST request;

    wdf_case_load(NULL);
    CHECK_STATUS(WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, NULL, &request), STATUS_SUCCESS);
    WDF_REQUEST_COMPLETION_PARAMS_INIT(&params);
    params.Size--;
    WdfRequestGetCompletionParams(request, &params);
    WdfObjectDelete(request);
    wdf_case_unload();
}

static void set(const char *name, uint32_t number)
{
    CHECK_STATUS(
        testkit_set_number("\\Registry\\Machine\\System\\CurrentControlSet\\Services\\case\\Parameters\\Wdf", name, number),
        STATUS_SUCCESS);
}

static void mistake_stops_when_the_registry_says_so(void)
{
    wdf_case_tolerate("V46");
    set("DbgBreakOnError", 1);
    make_a_mistake();
}

static void mistake_does_not_stop_when_the_registry_says_so(void)
{
    wdf_case_tolerate("V46");
    set("DbgBreakOnError", 0);
    make_a_mistake();
}

const struct nt_case nt_cases[] = {
    STOPS(v45_handle_of_a_deleted_object, "rule V45...WdfSpinLockAcquire"),
    CASE(v45_silent_handle_of_a_deleted_object_that_is_referenced),
    CASE(v33_initialisation_is_changed_after_the_device_is_created),
    CASE(v33_silent_io_type_is_set_before),
    CASE(v34_initialisation_is_used_after_it_was_freed),
    CASE(v46_structure_has_the_wrong_size),
    CASE(v46_silent_structure_has_its_size),
    STOPS(v46_required_pointer_is_null, "rule V46...WdfCollectionCreate"),
    STOPS(v45_handle_is_of_another_type, "rule V45...WdfSpinLockAcquire"),
    STOPS(mistake_stops_when_the_registry_says_so, "WdfRequestGetCompletionParams...DbgBreakOnError is set"),
    CASE(mistake_does_not_stop_when_the_registry_says_so),
    CASES_END,
};
