/* SPDX-License-Identifier: MIT */
/*
 * The same race for what only the kernel flavour has: with the deletion of a parent, or, for what is always the device's, with
 * the removal of the device.
 */
#include "wdf_case.h"

#include <initguid.h>

DEFINE_GUID(RACE_GUID, 0x35f0ac18, 0x4e3b, 0x4b6c, 0x9d, 0x61, 0x0a, 0x55, 0x6e, 0x8f, 0x13, 0x77);

typedef NTSTATUS CREATE(WDF_OBJECT_ATTRIBUTES *attributes);

static struct
{
    WDFDEVICE device;
    struct testkit_device *started;
    WDFOBJECT parent;
    CREATE *create;
    NTSTATUS status;
    unsigned cleanups;
    unsigned destructions;
} race;

static EVT_WDF_OBJECT_CONTEXT_CLEANUP ObjectCleanup;
static EVT_WDF_OBJECT_CONTEXT_DESTROY ObjectDestroy;
static EVT_WDF_DRIVER_DEVICE_ADD DeviceAdd;
static EVT_WDF_DPC Dpc;
static EVT_WDF_CHILD_LIST_CREATE_DEVICE CreateDevice;

static VOID ObjectCleanup(WDFOBJECT Object)
{
    (void)Object;
    (void)__atomic_fetch_add(&race.cleanups, 1, __ATOMIC_SEQ_CST);
}

static VOID ObjectDestroy(WDFOBJECT Object)
{
    (void)Object;
    (void)__atomic_fetch_add(&race.destructions, 1, __ATOMIC_SEQ_CST);
}

static NTSTATUS DeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    (void)Driver;
    return WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &race.device);
}

static VOID Dpc(WDFDPC Dpc)
{
    (void)Dpc;
}

static NTSTATUS CreateDevice(WDFCHILDLIST ChildList, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Description,
                             PWDFDEVICE_INIT ChildInit)
{
    (void)ChildList;
    (void)Description;
    (void)ChildInit;
    return STATUS_UNSUCCESSFUL;
}

static void create(void *argument)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    (void)argument;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = race.parent;
    attributes.EvtCleanupCallback = ObjectCleanup;
    attributes.EvtDestroyCallback = ObjectDestroy;
    race.status = race.create(&attributes);
}

static void delete_parent(void *argument)
{
    (void)argument;
    WdfObjectDelete(race.parent);
}

static void remove_device(void *argument)
{
    (void)argument;
    CHECK_STATUS(testkit_remove(race.started), STATUS_SUCCESS);
}

static void begin(CREATE *create_one)
{
    RtlZeroMemory(&race, sizeof(race));
    race.create = create_one;
    wdf_case_load(DeviceAdd);
    race.started = wdf_case_start();
}

static void run_both(void (*other)(void *argument))
{
    struct nt_thread *creator = nt_thread_start(create, NULL);
    struct nt_thread *deleter = nt_thread_start(other, NULL);

    nt_thread_join(creator);
    nt_thread_join(deleter);
}

static void finish(void)
{
    wdf_case_unload();
    CHECK(NT_SUCCESS(race.status) || race.status == STATUS_DELETE_PENDING || race.status == STATUS_INVALID_DEVICE_REQUEST);
    CHECK_EQUAL(race.cleanups, NT_SUCCESS(race.status) ? 1 : 0);
    CHECK_EQUAL(race.destructions, race.cleanups);
}

static void race_deletion(CREATE *create_one)
{
    WDF_OBJECT_ATTRIBUTES attributes;

    begin(create_one);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = race.device;
    CHECK_STATUS(WdfObjectCreate(&attributes, &race.parent), STATUS_SUCCESS);
    WdfObjectReference(race.parent);
    run_both(delete_parent);
    WdfObjectDereference(race.parent);
    CHECK_STATUS(testkit_remove(race.started), STATUS_SUCCESS);
    finish();
}

static void race_removal(CREATE *create_one)
{
    begin(create_one);
    WdfObjectReference(race.device);
    run_both(remove_device);
    WdfObjectDereference(race.device);
    finish();
}

static NTSTATUS create_dpc(WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDF_DPC_CONFIG config;
    WDFDPC dpc;

    WDF_DPC_CONFIG_INIT(&config, Dpc);
    return WdfDpcCreate(&config, attributes, &dpc);
}

static NTSTATUS create_lookaside(WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDFLOOKASIDE list;

    return WdfLookasideListCreate(attributes, 32, NonPagedPoolNx, WDF_NO_OBJECT_ATTRIBUTES, 0, &list);
}

static NTSTATUS create_lookaside_memory(WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDFLOOKASIDE list;
    WDFMEMORY memory;
    NTSTATUS status = WdfLookasideListCreate(WDF_NO_OBJECT_ATTRIBUTES, 32, NonPagedPoolNx, attributes, 0, &list);

    CHECK_STATUS(status, STATUS_SUCCESS);
    status = WdfMemoryCreateFromLookaside(list, &memory);
    WdfObjectDelete(list);
    return status;
}

static NTSTATUS create_request_from_packet(WDF_OBJECT_ATTRIBUTES *attributes)
{
    PIRP irp = IoAllocateIrp(1, FALSE);
    WDFREQUEST request;
    NTSTATUS status;

    CHECK(irp != NULL);
    status = WdfRequestCreateFromIrp(attributes, irp, TRUE, &request);
    if (!NT_SUCCESS(status))
    {
        IoFreeIrp(irp);
    }
    return status;
}

static NTSTATUS create_child_list(WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDF_CHILD_LIST_CONFIG config;
    WDFCHILDLIST list;

    WDF_CHILD_LIST_CONFIG_INIT(&config, sizeof(WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER), CreateDevice);
    return WdfChildListCreate(race.device, &config, attributes, &list);
}

static NTSTATUS create_wmi_provider(WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDF_WMI_PROVIDER_CONFIG config;
    WDFWMIPROVIDER provider;

    WDF_WMI_PROVIDER_CONFIG_INIT(&config, &RACE_GUID);
    return WdfWmiProviderCreate(race.device, &config, attributes, &provider);
}

static NTSTATUS create_wmi_instance(WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDF_WMI_PROVIDER_CONFIG provider;
    WDF_WMI_INSTANCE_CONFIG config;
    WDFWMIINSTANCE instance;

    WDF_WMI_PROVIDER_CONFIG_INIT(&provider, &RACE_GUID);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER_CONFIG(&config, &provider);
    return WdfWmiInstanceCreate(race.device, &config, attributes, &instance);
}

static void deferred_call_races_its_parents_deletion(void)
{
    race_deletion(create_dpc);
}
static void lookaside_list_races_its_parents_deletion(void)
{
    race_deletion(create_lookaside);
}
static void memory_of_a_list_races_its_parents_deletion(void)
{
    race_deletion(create_lookaside_memory);
}
static void request_of_a_packet_races_its_parents_deletion(void)
{
    race_deletion(create_request_from_packet);
}
static void child_list_races_the_devices_removal(void)
{
    race_removal(create_child_list);
}
static void wmi_provider_races_the_devices_removal(void)
{
    race_removal(create_wmi_provider);
}
static void wmi_instance_races_the_devices_removal(void)
{
    race_removal(create_wmi_instance);
}

const struct nt_case nt_cases[] = {
    CASE(deferred_call_races_its_parents_deletion),    CASE(lookaside_list_races_its_parents_deletion),
    CASE(memory_of_a_list_races_its_parents_deletion), CASE(request_of_a_packet_races_its_parents_deletion),
    CASE(child_list_races_the_devices_removal),        CASE(wmi_provider_races_the_devices_removal),
    CASE(wmi_instance_races_the_devices_removal),      CASES_END,
};
