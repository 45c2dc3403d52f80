/* SPDX-License-Identifier: MIT */
/*
 * WDFCMRESLIST as a function driver of either flavour reads it.
 */
#include "wdf_case.h"

#include <string.h>

#define PORTS 3

/* Room for the descriptors behind the one of the structure. */
typedef union
{
    CM_RESOURCE_LIST list;
    unsigned char bytes[sizeof(CM_RESOURCE_LIST) + PORTS * sizeof(CM_PARTIAL_RESOURCE_DESCRIPTOR)];
} RESOURCES;

static ULONG expected_count;
static LONG prepared;
static WDFCMRESLIST translated_list;

/* The index-th descriptor of a list whose ports begin at base. */
static void check_descriptor(WDFCMRESLIST list, ULONG index, ULONG base)
{
    PCM_PARTIAL_RESOURCE_DESCRIPTOR descriptor = WdfCmResourceListGetDescriptor(list, index);

    CHECK(descriptor != NULL);
    CHECK_EQUAL(descriptor->Type, CmResourceTypePort);
    CHECK_EQUAL(descriptor->u.Port.Start.LowPart, base + 0x10 * index);
    CHECK_EQUAL(descriptor->u.Port.Length, 8);
}

static NTSTATUS prepare_hardware(WDFDEVICE Device, WDFCMRESLIST Raw, WDFCMRESLIST Translated)
{
    UNREFERENCED_PARAMETER(Device);
    prepared++;
    CHECK_EQUAL(WdfCmResourceListGetCount(Raw), expected_count);
    CHECK_EQUAL(WdfCmResourceListGetCount(Translated), expected_count);
    for (ULONG index = 0; index < expected_count; index++)
    {
        check_descriptor(Raw, index, 0x100);
        check_descriptor(Translated, index, 0x1000);
    }
    CHECK(WdfCmResourceListGetDescriptor(Raw, expected_count) == NULL);
    CHECK(WdfCmResourceListGetDescriptor(Translated, expected_count) == NULL);
    CHECK(WdfCmResourceListGetDescriptor(Translated, MAXULONG) == NULL);
    translated_list = Translated;
    return STATUS_SUCCESS;
}

static NTSTATUS release_hardware(WDFDEVICE Device, WDFCMRESLIST Translated)
{
    UNREFERENCED_PARAMETER(Device);
    prepared--;
    CHECK(Translated == translated_list);
    CHECK_EQUAL(WdfCmResourceListGetCount(Translated), expected_count);
    return STATUS_SUCCESS;
}

static NTSTATUS add_device(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
    WDFDEVICE device;

    UNREFERENCED_PARAMETER(Driver);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDevicePrepareHardware = prepare_hardware;
    callbacks.EvtDeviceReleaseHardware = release_hardware;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &callbacks);
    return WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
}

static void fill(RESOURCES *resources, ULONG base)
{
    CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor = resources->list.List[0].PartialResourceList.PartialDescriptors;

    memset(resources, 0, sizeof(*resources));
    resources->list.Count = 1;
    resources->list.List[0].PartialResourceList.Count = PORTS;
    for (ULONG index = 0; index < PORTS; index++, descriptor++)
    {
        descriptor->Type = CmResourceTypePort;
        descriptor->u.Port.Start.LowPart = base + 0x10 * index;
        descriptor->u.Port.Length = 8;
    }
}

static void start_and_remove(void)
{
    struct testkit_device *device;

    prepared = 0;
    wdf_case_load(add_device);
    device = wdf_case_start();
    CHECK_EQUAL(prepared, 1);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    CHECK_EQUAL(prepared, 0);
    wdf_case_unload();
}

static void device_without_resources_has_empty_lists(void)
{
    expected_count = 0;
    start_and_remove();
}

static void raw_and_translated_resources_have_the_same_places(void)
{
    RESOURCES raw;
    RESOURCES translated;

    fill(&raw, 0x100);
    fill(&translated, 0x1000);
    CHECK_STATUS(testkit_set_resources("ROOT\\case", &raw.list, &translated.list), STATUS_SUCCESS);
    expected_count = PORTS;
    start_and_remove();
    CHECK_STATUS(testkit_set_resources("ROOT\\case", NULL, NULL), STATUS_SUCCESS);
}

/* The lists are filled anew, not added to. */
static void rebalanced_device_has_its_resources_once(void)
{
    struct testkit_device *device;
    RESOURCES raw;
    RESOURCES translated;

    fill(&raw, 0x100);
    fill(&translated, 0x1000);
    CHECK_STATUS(testkit_set_resources("ROOT\\case", &raw.list, &translated.list), STATUS_SUCCESS);
    expected_count = PORTS;
    wdf_case_load(add_device);
    device = wdf_case_start();
    CHECK_STATUS(testkit_rebalance(device), STATUS_SUCCESS);
    CHECK_EQUAL(prepared, 1);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    CHECK_STATUS(testkit_set_resources("ROOT\\case", NULL, NULL), STATUS_SUCCESS);
}

static NTSTATUS read_other_object(WDFDEVICE Device, WDFCMRESLIST Raw, WDFCMRESLIST Translated)
{
    UNREFERENCED_PARAMETER(Raw);
    UNREFERENCED_PARAMETER(Translated);
    (void)WdfCmResourceListGetCount((WDFCMRESLIST)Device);
    return STATUS_SUCCESS;
}

static NTSTATUS add_wrong_device(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
    WDFDEVICE device;

    UNREFERENCED_PARAMETER(Driver);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDevicePrepareHardware = read_other_object;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &callbacks);
    return WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
}

static void handle_of_another_object_is_no_resource_list(void)
{
    wdf_case_load(add_wrong_device);
    (void)wdf_case_start();
}

const struct nt_case nt_cases[] = {
    CASE(device_without_resources_has_empty_lists),
    CASE(raw_and_translated_resources_have_the_same_places),
    CASE(rebalanced_device_has_its_resources_once),
    STOPS(handle_of_another_object_is_no_resource_list, "WdfCmResourceListGetCount"),
    CASES_END,
};
