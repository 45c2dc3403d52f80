/* SPDX-License-Identifier: MIT */
/*
 * Rules about the lives of objects: V35, V47, V48. Each has a driver that breaks it, and a near miss.
 */
#include "wdf_case.h"

static WDFOBJECT make_object(void)
{
    WDFOBJECT object;

    CHECK_STATUS(WdfObjectCreate(WDF_NO_OBJECT_ATTRIBUTES, &object), STATUS_SUCCESS);
    return object;
}

/*
 * V35.
 */

static NTSTATUS add_nothing(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    UNREFERENCED_PARAMETER(Driver);
    UNREFERENCED_PARAMETER(DeviceInit);
    return STATUS_SUCCESS;
}

static void v35_success_without_a_device(void)
{
    struct testkit_device *device;

    wdf_case_load(add_nothing);
    wdf_case_expect("V35");
    if (TESTKIT_SUCCESS(testkit_start(wdf_case_driver, "case", &device)))
    {
        CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    }
    wdf_case_reported(__FILE__, __LINE__, WDF_CASE_ANY, "EvtDriverDeviceAdd", 1);
    wdf_case_unload();
}

static NTSTATUS add_as_unwilling_filter(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    UNREFERENCED_PARAMETER(Driver);
    WdfFdoInitSetFilter(DeviceInit);
    return STATUS_SUCCESS;
}

static void v35_silent_filter_that_does_not_want_the_device(void)
{
    struct testkit_device *device;

    wdf_case_load(add_as_unwilling_filter);
    if (TESTKIT_SUCCESS(testkit_start(wdf_case_driver, "case", &device)))
    {
        CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    }
    wdf_case_unload();
}

/*
 * V47.
 */

static void v47_driver_deletes_its_driver_object(void)
{
    wdf_case_load(NULL);
    BREAKS(V47, WdfGetDriver(), "WdfObjectDelete", WdfObjectDelete(WdfGetDriver()));
    wdf_case_unload();
}

static void v47_silent_driver_deletes_what_it_created(void)
{
    wdf_case_load(NULL);
    SILENT(V47, WdfObjectDelete(make_object()));
    wdf_case_unload();
}

static void v47_tag_is_dropped_that_was_not_taken(void)
{
    static int taken;
    static int other;
    WDFOBJECT object;

    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    wdf_case_load(NULL);
    object = make_object();
    WdfObjectReferenceWithTag(object, &taken);
    BREAKS(V47, object, "WdfObjectDereference", WdfObjectDereferenceWithTag(object, &other));
    WdfObjectDelete(object);
    wdf_case_expect("V48");
    wdf_case_unload();
}

static void v47_silent_tags_are_dropped_as_often_as_they_were_taken(void)
{
    static int first;
    static int second;
    WDFOBJECT object;

    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    wdf_case_load(NULL);
    object = make_object();
    WdfObjectReferenceWithTag(object, &first);
    WdfObjectReferenceWithTag(object, &second);
    WdfObjectReferenceWithTag(object, &first);
    WdfObjectDereferenceWithTag(object, &second);
    WdfObjectDereferenceWithTag(object, &first);
    WdfObjectDereferenceWithTag(object, &first);
    WdfObjectDelete(object);
    wdf_case_unload();
}

static void v47_object_is_deleted_by_dereference(void)
{
    wdf_case_load(NULL);
    WdfObjectDereference(make_object());
}

/*
 * V48.
 */

static void v48_reference_is_left_behind(void)
{
    WDFOBJECT object;

    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    wdf_case_load(NULL);
    object = make_object();
    WdfObjectReference(object);
    BREAKS(V48, object, "EvtDriverUnload", wdf_case_unload());
}

static void v48_silent_object_goes_with_the_driver(void)
{
    wdf_case_verify(TESTKIT_VERIFIER_FULL);
    wdf_case_load(NULL);
    (void)make_object();
    SILENT(V48, wdf_case_unload());
}

const struct nt_case nt_cases[] = {
    CASE(v35_success_without_a_device),
    CASE(v35_silent_filter_that_does_not_want_the_device),
    CASE(v47_driver_deletes_its_driver_object),
    CASE(v47_silent_driver_deletes_what_it_created),
    CASE(v47_tag_is_dropped_that_was_not_taken),
    CASE(v47_silent_tags_are_dropped_as_often_as_they_were_taken),
    STOPS(v47_object_is_deleted_by_dereference, "rule V47...WdfObjectDereference"),
    CASE(v48_reference_is_left_behind),
    CASE(v48_silent_object_goes_with_the_driver),
    CASES_END,
};
