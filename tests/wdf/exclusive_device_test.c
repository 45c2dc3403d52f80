/* SPDX-License-Identifier: MIT */
/*
 * Exclusive devices: one open file at a time.
 */
#include "wdf_case.h"

static LONG opened;
static LONG created;
static NTSTATUS create_status;

static VOID create_file(WDFDEVICE Device, WDFREQUEST Request, WDFFILEOBJECT FileObject)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(FileObject);
    (void)InterlockedIncrement(&created);
    if (NT_SUCCESS(create_status))
    {
        CHECK_EQUAL(InterlockedIncrement(&opened), 1);
    }
    WdfRequestComplete(Request, create_status);
}

static VOID clean_up_file(WDFFILEOBJECT FileObject)
{
    UNREFERENCED_PARAMETER(FileObject);
    CHECK_EQUAL(InterlockedDecrement(&opened), 0);
}

static NTSTATUS add_device(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    DECLARE_CONST_UNICODE_STRING(link, L"\\??\\Case");
    WDF_FILEOBJECT_CONFIG files;
    WDFDEVICE device;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    WDF_FILEOBJECT_CONFIG_INIT(&files, create_file, WDF_NO_EVENT_CALLBACK, clean_up_file);
    WdfDeviceInitSetFileObjectConfig(DeviceInit, &files, WDF_NO_OBJECT_ATTRIBUTES);
    WdfDeviceInitSetExclusive(DeviceInit, TRUE);
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    return NT_SUCCESS(status) ? WdfDeviceCreateSymbolicLink(device, &link) : status;
}

static struct testkit_device *begin(void)
{
    opened = 0;
    created = 0;
    create_status = STATUS_SUCCESS;
    wdf_case_load(add_device);
    return wdf_case_start();
}

static void end(struct testkit_device *device)
{
    CHECK_EQUAL(opened, 0);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static NTSTATUS open_file(struct testkit_file **ret_file)
{
    return testkit_open("\\??\\Case", true, true, ret_file);
}

static void second_open_is_refused_until_the_first_is_closed(void)
{
    struct testkit_device *device = begin();
    struct testkit_file *first;
    struct testkit_file *second;

    for (LONG round = 1; round <= 3; round++)
    {
        CHECK_STATUS(open_file(&first), STATUS_SUCCESS);
        CHECK_STATUS(open_file(&second), STATUS_ACCESS_DENIED);
        CHECK_STATUS(open_file(&second), STATUS_ACCESS_DENIED);
        CHECK_EQUAL(created, round);
        testkit_close(first);
    }
    end(device);
}

static void create_that_the_driver_refuses_does_not_count(void)
{
    struct testkit_device *device = begin();
    struct testkit_file *file;

    create_status = STATUS_UNSUCCESSFUL;
    CHECK_STATUS(open_file(&file), STATUS_UNSUCCESSFUL);
    CHECK_STATUS(open_file(&file), STATUS_UNSUCCESSFUL);
    create_status = STATUS_SUCCESS;
    CHECK_STATUS(open_file(&file), STATUS_SUCCESS);
    testkit_close(file);
    end(device);
}

static void open_if_possible(void *argument)
{
    struct testkit_file *file;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(argument);
    for (unsigned round = 0; round < 4; round++)
    {
        status = open_file(&file);
        CHECK(status == STATUS_SUCCESS || status == STATUS_ACCESS_DENIED);
        if (NT_SUCCESS(status))
        {
            testkit_close(file);
        }
    }
}

static void those_who_race_for_it_get_it_one_at_a_time(void)
{
    struct testkit_device *device = begin();
    struct nt_thread *thread = nt_thread_start(open_if_possible, NULL);
    struct testkit_file *file;

    open_if_possible(NULL);
    nt_thread_join(thread);
    CHECK_STATUS(open_file(&file), STATUS_SUCCESS);
    testkit_close(file);
    end(device);
}

const struct nt_case nt_cases[] = {
    CASE(second_open_is_refused_until_the_first_is_closed),
    CASE(create_that_the_driver_refuses_does_not_count),
    CASE(those_who_race_for_it_get_it_one_at_a_time),
    CASES_END,
};
