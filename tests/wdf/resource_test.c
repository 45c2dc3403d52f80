/* SPDX-License-Identifier: MIT */
/*
 * Resource lists of a started device, and what a function driver changes in them.
 */
#include "wdf_case.h"

#include <string.h>

static ULONG counts[2];
static ULONG second_start;

static NTSTATUS prepare_hardware(WDFDEVICE Device, WDFCMRESLIST Raw, WDFCMRESLIST Translated)
{
    PCM_PARTIAL_RESOURCE_DESCRIPTOR descriptor;

    UNREFERENCED_PARAMETER(Device);
    counts[0] = WdfCmResourceListGetCount(Raw);
    counts[1] = WdfCmResourceListGetCount(Translated);
    CHECK(WdfCmResourceListGetDescriptor(Raw, counts[0]) == NULL);
    CHECK(WdfCmResourceListGetDescriptor(Raw, MAXULONG) == NULL);
    if (counts[0] == 2)
    {
        descriptor = WdfCmResourceListGetDescriptor(Raw, 1);
        second_start = descriptor->u.Port.Start.LowPart;
        /* What is written there is written into a copy. */
        descriptor->u.Port.Start.LowPart = 0;
        CHECK_EQUAL(WdfCmResourceListGetDescriptor(Raw, 1)->u.Port.Start.LowPart, second_start);
    }
    return STATUS_SUCCESS;
}

static void (*configure)(PWDFDEVICE_INIT init);

static NTSTATUS add_device(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;
    WDFDEVICE device;

    UNREFERENCED_PARAMETER(Driver);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDevicePrepareHardware = prepare_hardware;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &callbacks);
    if (configure != NULL)
    {
        configure(DeviceInit);
    }
    return WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
}

/* Room for two descriptors behind the one of the structure. */
typedef union
{
    CM_RESOURCE_LIST list;
    unsigned char bytes[sizeof(CM_RESOURCE_LIST) + 2 * sizeof(CM_PARTIAL_RESOURCE_DESCRIPTOR)];
} TWO_PORTS;

static void two_ports(TWO_PORTS *ports)
{
    CM_PARTIAL_RESOURCE_DESCRIPTOR *descriptor = ports->list.List[0].PartialResourceList.PartialDescriptors;

    memset(ports, 0, sizeof(*ports));
    ports->list.Count = 1;
    ports->list.List[0].PartialResourceList.Count = 2;
    for (ULONG index = 0; index < 2; index++, descriptor++)
    {
        descriptor->Type = CmResourceTypePort;
        descriptor->u.Port.Start.LowPart = 0x100 + 0x10 * index;
        descriptor->u.Port.Length = 8;
    }
}

static void start_with_two_ports(void)
{
    TWO_PORTS ports;
    struct testkit_device *device;

    two_ports(&ports);
    CHECK_STATUS(testkit_set_resources("ROOT\\case", &ports.list, NULL), STATUS_SUCCESS);
    counts[0] = 99;
    wdf_case_load(add_device);
    device = wdf_case_start();
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
    CHECK_STATUS(testkit_set_resources("ROOT\\case", NULL, NULL), STATUS_SUCCESS);
    configure = NULL;
}

static void device_without_resources_has_empty_lists(void)
{
    struct testkit_device *device;

    counts[0] = 99;
    wdf_case_load(add_device);
    device = wdf_case_start();
    CHECK_EQUAL(counts[0], 0);
    CHECK_EQUAL(counts[1], 0);
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void device_is_prepared_with_the_resources_that_it_has(void)
{
    start_with_two_ports();
    CHECK_EQUAL(counts[0], 2);
    CHECK_EQUAL(counts[1], 2);
    CHECK_EQUAL(second_start, 0x110);
}

static ULONG filtered[2];

static NTSTATUS filter_remove(WDFDEVICE Device, WDFIORESREQLIST List)
{
    WDFIORESLIST list;

    UNREFERENCED_PARAMETER(Device);
    filtered[0]++;
    CHECK_STATUS(WdfIoResourceListCreate(List, WDF_NO_OBJECT_ATTRIBUTES, &list), STATUS_SUCCESS);
    CHECK_STATUS(WdfIoResourceRequirementsListAppendIoResList(List, list), STATUS_ACCESS_DENIED);
    return STATUS_SUCCESS;
}

static NTSTATUS filter_add(WDFDEVICE Device, WDFIORESREQLIST List)
{
    IO_RESOURCE_DESCRIPTOR descriptor = {.Type = CmResourceTypePort};
    WDFIORESLIST list;

    UNREFERENCED_PARAMETER(Device);
    filtered[1]++;
    CHECK_STATUS(WdfIoResourceListCreate(List, WDF_NO_OBJECT_ATTRIBUTES, &list), STATUS_SUCCESS);
    CHECK_STATUS(WdfIoResourceListAppendDescriptor(list, &descriptor), STATUS_SUCCESS);
    CHECK_STATUS(WdfIoResourceRequirementsListAppendIoResList(List, list), STATUS_SUCCESS);
    return STATUS_SUCCESS;
}

static ULONG removed;

static NTSTATUS remove_added(WDFDEVICE Device, WDFCMRESLIST Raw, WDFCMRESLIST Translated)
{
    CM_PARTIAL_RESOURCE_DESCRIPTOR descriptor = {0};

    UNREFERENCED_PARAMETER(Device);
    CHECK_STATUS(WdfCmResourceListAppendDescriptor(Raw, &descriptor), STATUS_ACCESS_DENIED);
    WdfCmResourceListRemove(Raw, 0);
    WdfCmResourceListRemoveByDescriptor(Translated, WdfCmResourceListGetDescriptor(Translated, 0));
    removed = WdfCmResourceListGetCount(Raw) + WdfCmResourceListGetCount(Translated);
    return STATUS_SUCCESS;
}

static void set_filters(PWDFDEVICE_INIT init)
{
    WDF_FDO_EVENT_CALLBACKS callbacks;

    WDF_FDO_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceFilterRemoveResourceRequirements = filter_remove;
    callbacks.EvtDeviceFilterAddResourceRequirements = filter_add;
    callbacks.EvtDeviceRemoveAddedResources = remove_added;
    WdfFdoInitSetEventCallbacks(init, &callbacks);
}

static void driver_keeps_what_it_takes_from_the_drivers_below(void)
{
    memset(filtered, 0, sizeof(filtered));
    removed = 99;
    configure = set_filters;
    start_with_two_ports();
    CHECK_EQUAL(filtered[0], 1);
    CHECK_EQUAL(filtered[1], 1);
    CHECK_EQUAL(removed, 2);
    CHECK_EQUAL(counts[0], 2);
    CHECK_EQUAL(counts[1], 2);
}

static void set_filter_without_removal(PWDFDEVICE_INIT init)
{
    WDF_FDO_EVENT_CALLBACKS callbacks;

    WDF_FDO_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceFilterAddResourceRequirements = filter_add;
    WdfFdoInitSetEventCallbacks(init, &callbacks);
}

static void resources_that_would_never_be_removed_are_not_added(void)
{
    memset(filtered, 0, sizeof(filtered));
    configure = set_filter_without_removal;
    start_with_two_ports();
    CHECK_EQUAL(filtered[1], 0);
}

const struct nt_case nt_cases[] = {
    CASE(device_without_resources_has_empty_lists),
    CASE(device_is_prepared_with_the_resources_that_it_has),
    CASE(driver_keeps_what_it_takes_from_the_drivers_below),
    CASE(resources_that_would_never_be_removed_are_not_added),
    CASES_END,
};
