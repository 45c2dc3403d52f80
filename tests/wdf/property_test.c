/* SPDX-License-Identifier: MIT */
/*
 * Properties of devices.
 */
#include <string.h>

#include "wdf_case.h"

static const DEVPROPKEY custom = {{0x12345678, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}}, 17};
static const DEVPROPKEY unknown = {{0x12345678, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}}, 18};
static const DEVPROPKEY hardware_ids = {{0xa45c254e, 0xdf1c, 0x4efd, {0x80, 0x20, 0x67, 0xd1, 0x46, 0xa8, 0x50, 0xe0}}, 3};

/* Such as its only hardware identifier: a list of one. */
#define DEVICE_ID_SIZE sizeof(L"ROOT\\case\0")
static void (*in_device_add)(PWDFDEVICE_INIT init);
static WDFDEVICE device;
static struct testkit_device *started;

static NTSTATUS add_device(WDFDRIVER driver, PWDFDEVICE_INIT init)
{
    UNREFERENCED_PARAMETER(driver);
    if (in_device_add != NULL)
    {
        in_device_add(init);
    }
    return WdfDeviceCreate(&init, WDF_NO_OBJECT_ATTRIBUTES, &device);
}

static void begin(void)
{
    wdf_case_load(add_device);
    started = wdf_case_start();
}

static void end(void)
{
    CHECK_STATUS(testkit_remove(started), STATUS_SUCCESS);
    wdf_case_unload();
    in_device_add = NULL;
}

static WDF_DEVICE_PROPERTY_DATA property_of(const DEVPROPKEY *key)
{
    WDF_DEVICE_PROPERTY_DATA data;

    WDF_DEVICE_PROPERTY_DATA_INIT(&data, key);
    return data;
}

/*
 * By number.
 */

static void property_says_how_much_room_it_needs(void)
{
    WCHAR buffer[64];
    ULONG needed = 0;
    ULONG got = 0;

    begin();
    CHECK_STATUS(WdfDeviceQueryProperty(device, DevicePropertyHardwareID, 0, NULL, &needed), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(needed, DEVICE_ID_SIZE);
    CHECK_STATUS(WdfDeviceQueryProperty(device, DevicePropertyHardwareID, needed - 1, buffer, &got),
                 STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(got, needed);
    CHECK_STATUS(WdfDeviceQueryProperty(device, DevicePropertyHardwareID, sizeof(buffer), buffer, &got), STATUS_SUCCESS);
    CHECK_EQUAL(got, needed);
    CHECK_STATUS(WdfDeviceQueryProperty(device, DevicePropertyHardwareID, 4, NULL, &got), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfDeviceQueryProperty(device, DevicePropertyHardwareID, 0, buffer, &got), STATUS_INVALID_PARAMETER);
    end();
}

static void memory_of_a_property_has_its_size(void)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFMEMORY memory;
    size_t size;

    begin();
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    CHECK_STATUS(WdfDeviceAllocAndQueryProperty(device, DevicePropertyHardwareID, NonPagedPoolNx, &attributes, &memory),
                 STATUS_SUCCESS);
    CHECK(WdfMemoryGetBuffer(memory, &size) != NULL);
    CHECK_EQUAL(size, DEVICE_ID_SIZE);
    WdfObjectDelete(memory);
    attributes.Size = 1;
    CHECK_STATUS(WdfDeviceAllocAndQueryProperty(device, DevicePropertyHardwareID, NonPagedPoolNx, &attributes, &memory),
                 STATUS_INFO_LENGTH_MISMATCH);
    CHECK(memory == NULL);
    end();
}

static void property_that_is_not_there_is_not_found(void)
{
    WDFMEMORY memory = (WDFMEMORY)&memory;
    ULONG length = 5;

    begin();
    CHECK_STATUS(WdfDeviceQueryProperty(device, DevicePropertyFriendlyName, 0, NULL, &length), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_EQUAL(length, 0);
    CHECK_STATUS(WdfDeviceAllocAndQueryProperty(device, DevicePropertyFriendlyName, NonPagedPoolNx, NULL, &memory),
                 STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK(memory == NULL);
    end();
}

static void ask_before_the_device_exists(PWDFDEVICE_INIT init)
{
    WDF_DEVICE_PROPERTY_DATA data = property_of(&hardware_ids);
    WCHAR buffer[64];
    ULONG length;
    DEVPROPTYPE type;
    WDFMEMORY memory;

    CHECK_STATUS(WdfFdoInitQueryProperty(init, DevicePropertyHardwareID, sizeof(buffer), buffer, &length), STATUS_SUCCESS);
    CHECK_EQUAL(length, DEVICE_ID_SIZE);
    CHECK_STATUS(WdfFdoInitAllocAndQueryProperty(init, DevicePropertyHardwareID, NonPagedPoolNx, NULL, &memory),
                 STATUS_SUCCESS);
    CHECK_STATUS(WdfFdoInitQueryPropertyEx(init, &data, sizeof(buffer), buffer, &length, &type), STATUS_SUCCESS);
    CHECK_EQUAL(length, DEVICE_ID_SIZE);
    CHECK_EQUAL(type, DEVPROP_TYPE_STRING_LIST);
    CHECK_STATUS(WdfFdoInitAllocAndQueryPropertyEx(init, &data, NonPagedPoolNx, NULL, &memory, &type), STATUS_SUCCESS);
    data.Size--;
    CHECK_STATUS(WdfFdoInitQueryPropertyEx(init, &data, sizeof(buffer), buffer, &length, &type),
                 STATUS_INFO_LENGTH_MISMATCH);
}

static void properties_are_there_before_the_device(void)
{
    in_device_add = ask_before_the_device_exists;
    begin();
    end();
}

/*
 * By key.
 */

static void property_that_is_set_is_read_until_it_is_deleted(void)
{
    WDF_DEVICE_PROPERTY_DATA data = property_of(&custom);
    ULONG value = 77;
    ULONG got = 0;
    ULONG length = 0;
    DEVPROPTYPE type = 0;
    WDFMEMORY memory;
    size_t size;

    begin();
    CHECK_STATUS(WdfDeviceAssignProperty(device, &data, DEVPROP_TYPE_UINT32, sizeof(value), &value), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceQueryPropertyEx(device, &data, sizeof(got), &got, &length, &type), STATUS_SUCCESS);
    CHECK_EQUAL(got, 77);
    CHECK_EQUAL(length, sizeof(got));
    CHECK_EQUAL(type, DEVPROP_TYPE_UINT32);
    type = 0;
    CHECK_STATUS(WdfDeviceQueryPropertyEx(device, &data, 0, NULL, &length, &type), STATUS_BUFFER_TOO_SMALL);
    CHECK_EQUAL(type, DEVPROP_TYPE_UINT32);
    CHECK_STATUS(WdfDeviceAllocAndQueryPropertyEx(device, &data, NonPagedPoolNx, NULL, &memory, &type), STATUS_SUCCESS);
    CHECK(WdfMemoryGetBuffer(memory, &size) != NULL);
    CHECK_EQUAL(size, sizeof(got));
    CHECK_STATUS(WdfDeviceAssignProperty(device, &data, DEVPROP_TYPE_UINT32, 0, NULL), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceQueryPropertyEx(device, &data, sizeof(got), &got, &length, &type), STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK_STATUS(WdfDeviceAllocAndQueryPropertyEx(device, &data, NonPagedPoolNx, NULL, &memory, &type),
                 STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK(memory == NULL);
    end();
}

static void wrong_parameters_are_told_apart(void)
{
    WDF_DEVICE_PROPERTY_DATA data = property_of(&unknown);
    ULONG value = 1;
    ULONG length;
    DEVPROPTYPE type;
    WDFMEMORY memory;

    begin();
    CHECK_STATUS(WdfDeviceQueryPropertyEx(device, &data, 4, NULL, &length, &type), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfDeviceQueryPropertyEx(device, &data, 0, &value, &length, &type), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfDeviceAssignProperty(device, &data, DEVPROP_TYPE_UINT32, 4, NULL), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfDeviceAssignProperty(device, &data, DEVPROP_TYPE_UINT32, 0, &value), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfDeviceAssignProperty(device, &data, DEVPROP_TYPE_UINT32, 3, &value), STATUS_INVALID_PARAMETER);
    data.PropertyKey = NULL;
    CHECK_STATUS(WdfDeviceQueryPropertyEx(device, &data, 4, &value, &length, &type), STATUS_INVALID_PARAMETER);
    data.Size++;
    CHECK_STATUS(WdfDeviceQueryPropertyEx(device, &data, 4, &value, &length, &type), STATUS_INFO_LENGTH_MISMATCH);
    CHECK_STATUS(WdfDeviceAssignProperty(device, &data, DEVPROP_TYPE_UINT32, 4, &value), STATUS_INFO_LENGTH_MISMATCH);
    CHECK_STATUS(WdfDeviceAllocAndQueryPropertyEx(device, &data, NonPagedPoolNx, NULL, &memory, &type),
                 STATUS_INFO_LENGTH_MISMATCH);
    CHECK(memory == NULL);
    end();
}

static void change_the_property(void *argument)
{
    static const char text[256] = "text";
    WDF_DEVICE_PROPERTY_DATA data = property_of(&custom);

    UNREFERENCED_PARAMETER(argument);
    for (ULONG length = 1; length <= 16; length++)
    {
        CHECK_STATUS(WdfDeviceAssignProperty(device, &data, DEVPROP_TYPE_BINARY, length * 16, (PVOID)(uintptr_t)text),
                     STATUS_SUCCESS);
    }
}

static void property_that_grows_meanwhile_is_read_whole(void)
{
    WDF_DEVICE_PROPERTY_DATA data = property_of(&custom);
    struct nt_thread *other;
    WDFMEMORY memory;
    DEVPROPTYPE type;
    size_t size;

    begin();
    CHECK_STATUS(WdfDeviceAssignProperty(device, &data, DEVPROP_TYPE_BINARY, 4, (PVOID) "text"), STATUS_SUCCESS);
    other = nt_thread_start(change_the_property, NULL);
    for (unsigned round = 0; round < 4; round++)
    {
        CHECK_STATUS(WdfDeviceAllocAndQueryPropertyEx(device, &data, NonPagedPoolNx, NULL, &memory, &type), STATUS_SUCCESS);
        CHECK(WdfMemoryGetBuffer(memory, &size) != NULL);
        CHECK(size == 4 || size % 16 == 0);
        WdfObjectDelete(memory);
    }
    nt_thread_join(other);
    end();
}

static void use_properties(void)
{
    WDF_DEVICE_PROPERTY_DATA data = property_of(&custom);
    ULONG value = 5;
    DEVPROPTYPE type;
    WDFMEMORY memory;
    NTSTATUS status;

    (void)WdfDeviceAssignProperty(device, &data, DEVPROP_TYPE_UINT32, sizeof(value), &value);
    status = WdfDeviceAllocAndQueryPropertyEx(device, &data, NonPagedPoolNx, NULL, &memory, &type);
    CHECK((memory != NULL) == NT_SUCCESS(status));
    if (memory != NULL)
    {
        WdfObjectDelete(memory);
    }
    status = WdfDeviceAllocAndQueryProperty(device, DevicePropertyHardwareID, NonPagedPoolNx, NULL, &memory);
    CHECK((memory != NULL) == NT_SUCCESS(status));
    if (memory != NULL)
    {
        WdfObjectDelete(memory);
    }
}

static void each_allocation_may_fail(void)
{
    begin();
    nt_fail_each_allocation(use_properties);
    end();
}

static void stops_when_there_is_no_place_for_the_length(void)
{
    begin();
    (void)WdfDeviceQueryProperty(device, DevicePropertyHardwareID, 0, NULL, NULL);
}

const struct nt_case nt_cases[] = {
    CASE(property_says_how_much_room_it_needs),
    CASE(memory_of_a_property_has_its_size),
    CASE(property_that_is_not_there_is_not_found),
    CASE(properties_are_there_before_the_device),
    CASE(property_that_is_set_is_read_until_it_is_deleted),
    CASE(wrong_parameters_are_told_apart),
    CASE(property_that_grows_meanwhile_is_read_whole),
    CASE(each_allocation_may_fail),
    STOPS(stops_when_there_is_no_place_for_the_length, "WdfDeviceQueryProperty"),
    CASES_END,
};
