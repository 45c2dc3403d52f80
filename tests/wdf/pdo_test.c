/* SPDX-License-Identifier: MIT */
/*
 * Physical device objects: what plug and play learns of them, their resources, relations and ejection.
 */
#include "bus_case.h"

#include "nt/pnp/devnode.h"

#include <string.h>

static struct devnode_identity identity;

static struct devnode *devnode_of(WDFDEVICE device)
{
    struct devnode *devnode = devnode_of_pdo(WdfDeviceWdmGetDeviceObject(device));

    (void)devnode_identity(devnode, &identity);
    return devnode;
}

static void end(struct testkit_device *device)
{
    child_prepare = NULL;
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static bool is_text(const UNICODE_STRING *got, const WCHAR *expected, size_t units)
{
    return got->Length == units * sizeof(WCHAR) && memcmp(got->Buffer, expected, got->Length) == 0;
}

#define IS_TEXT(Got, Text) is_text(&(Got), Text, ARRAYSIZE(Text) - 1)

static void describe(PWDFDEVICE_INIT init, ULONG number)
{
    DECLARE_CONST_UNICODE_STRING(second, L"CASE\\Second");
    DECLARE_CONST_UNICODE_STRING(compatible, L"CASE\\Compatible");
    DECLARE_CONST_UNICODE_STRING(english, L"Child");
    DECLARE_CONST_UNICODE_STRING(german, L"Kind");
    DECLARE_CONST_UNICODE_STRING(slot, L"Slot 1");
    DECLARE_CONST_UNICODE_STRING(container, L"{01020304-0506-0708-090A-0B0C0D0E0F10}");

    UNREFERENCED_PARAMETER(number);
    CHECK_STATUS(WdfPdoInitAddHardwareID(init, &second), STATUS_SUCCESS);
    CHECK_STATUS(WdfPdoInitAddCompatibleID(init, &compatible), STATUS_SUCCESS);
    CHECK_STATUS(WdfPdoInitAssignContainerID(init, &container), STATUS_SUCCESS);
    CHECK_STATUS(WdfPdoInitAddDeviceText(init, &german, &slot, 0x407), STATUS_SUCCESS);
    CHECK_STATUS(WdfPdoInitAddDeviceText(init, &english, &slot, 0x409), STATUS_SUCCESS);
    WdfPdoInitSetDefaultLocale(init, 0x407);
}

static void plug_and_play_learns_identifiers_and_texts(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE child;

    child_prepare = describe;
    child = child_add(1);
    testkit_settle();
    (void)devnode_of(child);
    CHECK(IS_TEXT(identity.device_id, L"CASE\\Child"));
    CHECK(IS_TEXT(identity.hardware_ids, L"CASE\\Child\0CASE\\Second\0"));
    CHECK(IS_TEXT(identity.compatible_ids, L"CASE\\Compatible\0"));
    CHECK(IS_TEXT(identity.description, L"Child"));
    CHECK(IS_TEXT(identity.location, L"Slot 1"));
    CHECK_EQUAL(identity.container.Data1, 0x01020304);
    CHECK_EQUAL(identity.container.Data4[7], 0x10);
    CHECK(identity.capabilities.RawDeviceOK);
    end(device);
}

static void describe_in_german(PWDFDEVICE_INIT init, ULONG number)
{
    DECLARE_CONST_UNICODE_STRING(german, L"Kind");
    DECLARE_CONST_UNICODE_STRING(slot, L"Platz 1");

    UNREFERENCED_PARAMETER(number);
    CHECK_STATUS(WdfPdoInitAddDeviceText(init, &german, &slot, 0x407), STATUS_SUCCESS);
    WdfPdoInitSetDefaultLocale(init, 0x407);
}

static void text_of_the_default_locale_stands_in_for_another(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE child;

    child_prepare = describe_in_german;
    child = child_add(1);
    testkit_settle();
    (void)devnode_of(child);
    CHECK(IS_TEXT(identity.description, L"Kind"));
    end(device);
}

static void capabilities_and_bus_information_are_what_was_said(void)
{
    struct testkit_device *device = bus_load();
    WDF_DEVICE_PNP_CAPABILITIES pnp;
    WDF_DEVICE_POWER_CAPABILITIES power;
    PNP_BUS_INFORMATION information = {{0x31, 0, 0, {0}}, PNPBus, 5};
    WDFDEVICE child = child_create(1);

    WdfDeviceSetBusInformationForChildren(bus, &information);
    WDF_DEVICE_PNP_CAPABILITIES_INIT(&pnp);
    pnp.Removable = WdfTrue;
    pnp.UniqueID = WdfTrue;
    pnp.Address = 17;
    pnp.UINumber = 3;
    WdfDeviceSetPnpCapabilities(child, &pnp);
    WDF_DEVICE_POWER_CAPABILITIES_INIT(&power);
    power.DeviceD2 = WdfTrue;
    power.DeviceState[PowerSystemUnspecified] = PowerDeviceUnspecified;
    power.DeviceState[PowerSystemSleeping1] = PowerDeviceD2;
    power.D2Latency = 44;
    WdfDeviceSetPowerCapabilities(child, &power);
    CHECK_STATUS(WdfFdoAddStaticChild(bus, child), STATUS_SUCCESS);
    testkit_settle();
    (void)devnode_of(child);
    CHECK(identity.capabilities.Removable);
    CHECK(!identity.capabilities.EjectSupported);
    CHECK_EQUAL(identity.capabilities.Address, 17);
    CHECK_EQUAL(identity.capabilities.UINumber, 3);
    CHECK(identity.capabilities.DeviceD2);
    CHECK_EQUAL(identity.capabilities.DeviceState[PowerSystemWorking], PowerDeviceD0);
    CHECK_EQUAL(identity.capabilities.DeviceState[PowerSystemSleeping1], PowerDeviceD2);
    CHECK_EQUAL(identity.capabilities.DeviceState[PowerSystemSleeping3], PowerDeviceD3);
    CHECK_EQUAL(identity.capabilities.D2Latency, 44);
    CHECK(identity.has_bus);
    CHECK_EQUAL(identity.bus.BusNumber, 5);
    end(device);
}

static void capabilities_that_are_wrong_change_nothing(void)
{
    struct testkit_device *device = bus_load();
    WDF_DEVICE_PNP_CAPABILITIES pnp;
    WDFDEVICE child = child_create(1);

    WDF_DEVICE_PNP_CAPABILITIES_INIT(&pnp);
    pnp.Removable = (WDF_TRI_STATE)7;
    pnp.Address = 17;
    WdfDeviceSetPnpCapabilities(child, &pnp);
    CHECK_STATUS(WdfFdoAddStaticChild(bus, child), STATUS_SUCCESS);
    testkit_settle();
    (void)devnode_of(child);
    CHECK_EQUAL(identity.capabilities.Address, (ULONG)-1);
    end(device);
}

static void device_state_is_kept_and_reported(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE child = child_add(1);
    WDF_DEVICE_STATE state;

    testkit_settle();
    WDF_DEVICE_STATE_INIT(&state);
    state.NotDisableable = WdfTrue;
    state.DontDisplayInUI = WdfTrue;
    WdfDeviceSetDeviceState(child, &state);
    testkit_settle();
    WDF_DEVICE_STATE_INIT(&state);
    WdfDeviceGetDeviceState(child, &state);
    CHECK_EQUAL(state.NotDisableable, WdfTrue);
    (void)devnode_of(child);
    CHECK_EQUAL(identity.pnp_state & (PNP_DEVICE_NOT_DISABLEABLE | PNP_DEVICE_DONT_DISPLAY_IN_UI),
                PNP_DEVICE_NOT_DISABLEABLE | PNP_DEVICE_DONT_DISPLAY_IN_UI);
    end(device);
}

static NTSTATUS eject_status;

static NTSTATUS eject(WDFDEVICE Device)
{
    bus_note(ChildGetContext(Device)->Number, "Eject");
    return eject_status;
}

static NTSTATUS set_lock(WDFDEVICE Device, BOOLEAN IsLocked)
{
    bus_note(ChildGetContext(Device)->Number, IsLocked ? "Lock" : "Unlock");
    return STATUS_SUCCESS;
}

static VOID reported_missing(WDFDEVICE Device)
{
    bus_note(ChildGetContext(Device)->Number, "ReportedMissing");
}

static void set_events(PWDFDEVICE_INIT init, ULONG number)
{
    WDF_PDO_EVENT_CALLBACKS callbacks;

    UNREFERENCED_PARAMETER(number);
    WDF_PDO_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceEject = eject;
    callbacks.EvtDeviceSetLock = set_lock;
    callbacks.EvtDeviceReportedMissing = reported_missing;
    WdfPdoInitSetEventCallbacks(init, &callbacks);
}

static void ejected_child_is_missing_afterwards(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE child;

    eject_status = STATUS_SUCCESS;
    child_prepare = set_events;
    child = child_add(1);
    testkit_settle();
    (void)bus_heard();
    WdfPdoRequestEject(child);
    testkit_settle();
    HEARD("1.Suspend 1.D0Exit 1.ReleaseHardware 1.Flush 1.Eject 1.ReportedMissing 1.Cleanup 1.Gone");
    end(device);
}

static NTSTATUS lock_device(WDFDEVICE child, BOOLEAN locked)
{
    PDEVICE_OBJECT top = IoGetAttachedDeviceReference(WdfDeviceWdmGetDeviceObject(child));
    KEVENT event;
    IO_STATUS_BLOCK io;
    PIRP irp;
    NTSTATUS status;

    KeInitializeEvent(&event, NotificationEvent, FALSE);
    irp = IoBuildSynchronousFsdRequest(IRP_MJ_PNP, top, NULL, 0, NULL, &event, &io);
    CHECK(irp != NULL);
    irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
    IoGetNextIrpStackLocation(irp)->MinorFunction = IRP_MN_SET_LOCK;
    IoGetNextIrpStackLocation(irp)->Parameters.SetLock.Lock = locked;
    status = IoCallDriver(top, irp);
    if (status == STATUS_PENDING)
    {
        (void)KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
        status = io.Status;
    }
    ObDereferenceObject(top);
    return status;
}

static void lock_of_the_slot_is_set_by_the_bus_driver(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE without = child_add(2);
    WDFDEVICE child;

    child_prepare = set_events;
    child = child_add(1);
    testkit_settle();
    (void)bus_heard();
    CHECK_STATUS(lock_device(child, TRUE), STATUS_SUCCESS);
    CHECK_STATUS(lock_device(child, FALSE), STATUS_SUCCESS);
    HEARD("1.Lock 1.Unlock");
    CHECK_STATUS(lock_device(without, TRUE), STATUS_NOT_SUPPORTED);
    end(device);
}

static void child_that_is_not_ejected_starts_again(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE child;

    eject_status = STATUS_UNSUCCESSFUL;
    child_prepare = set_events;
    child = child_add(1);
    testkit_settle();
    (void)bus_heard();
    WdfPdoRequestEject(child);
    testkit_settle();
    HEARD("1.Suspend 1.D0Exit 1.ReleaseHardware 1.Flush 1.Eject 1.PrepareHardware 1.D0Entry 1.Restart");
    end(device);
}

static void related_devices_are_removed_together(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE first = child_add(1);
    WDFDEVICE second = child_add(2);
    PDEVICE_OBJECT related = WdfDeviceWdmGetDeviceObject(second);

    testkit_settle();
    CHECK_STATUS(WdfDeviceAddRemovalRelationsPhysicalDevice(first, related), STATUS_SUCCESS);
    CHECK_STATUS(WdfDeviceAddRemovalRelationsPhysicalDevice(first, related), STATUS_DUPLICATE_OBJECTID);
    (void)bus_heard();
    CHECK_STATUS(devnode_disable(devnode_of(first), NULL), STATUS_SUCCESS);
    testkit_settle();
    CHECK_EQUAL(bus_count("2.D0Exit"), 1);
    CHECK_EQUAL(bus_count("2.Restart"), 1);
    CHECK_STATUS(devnode_enable(devnode_of(first)), STATUS_SUCCESS);
    WdfDeviceRemoveRemovalRelationsPhysicalDevice(first, related);
    WdfDeviceRemoveRemovalRelationsPhysicalDevice(first, related);
    CHECK_STATUS(devnode_disable(devnode_of(first), NULL), STATUS_SUCCESS);
    testkit_settle();
    CHECK_EQUAL(bus_count("2.D0Exit"), 1);
    CHECK_STATUS(WdfDeviceAddRemovalRelationsPhysicalDevice(first, related), STATUS_SUCCESS);
    WdfDeviceClearRemovalRelationsDevices(first);
    CHECK_STATUS(WdfPdoAddEjectionRelationsPhysicalDevice(bus, related), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfPdoAddEjectionRelationsPhysicalDevice(first, related), STATUS_SUCCESS);
    WdfPdoRemoveEjectionRelationsPhysicalDevice(first, related);
    CHECK_STATUS(WdfPdoAddEjectionRelationsPhysicalDevice(first, related), STATUS_SUCCESS);
    WdfPdoClearEjectionRelationsDevices(first);
    CHECK_STATUS(WdfDeviceAddDependentUsageDeviceObject(first, related), STATUS_SUCCESS);
    WdfDeviceRemoveDependentUsageDeviceObject(first, related);
    end(device);
}

static void many_relations_are_kept_through_shortage_of_memory(void)
{
    struct testkit_device *device = bus_load();
    WDFDEVICE children[9];

    for (ULONG index = 0; index < ARRAYSIZE(children); index++)
    {
        children[index] = child_create(index);
    }
    nt_fail_allocation(1);
    CHECK_STATUS(WdfDeviceAddRemovalRelationsPhysicalDevice(bus, WdfDeviceWdmGetDeviceObject(children[0])),
                 STATUS_INSUFFICIENT_RESOURCES);
    nt_fail_allocation(0);
    for (ULONG index = 0; index < ARRAYSIZE(children); index++)
    {
        CHECK_STATUS(WdfDeviceAddRemovalRelationsPhysicalDevice(bus, WdfDeviceWdmGetDeviceObject(children[index])),
                     STATUS_SUCCESS);
    }
    WdfDeviceClearRemovalRelationsDevices(bus);
    for (ULONG index = 0; index < ARRAYSIZE(children); index++)
    {
        WdfObjectDelete(children[index]);
    }
    CHECK_EQUAL(bus_count(".Gone"), ARRAYSIZE(children));
    end(device);
}

static NTSTATUS query_resources(WDFDEVICE Device, WDFCMRESLIST Resources)
{
    CM_PARTIAL_RESOURCE_DESCRIPTOR descriptor = {.Type = CmResourceTypePort};

    UNREFERENCED_PARAMETER(Device);
    descriptor.u.Port.Start.QuadPart = 0x300;
    descriptor.u.Port.Length = 8;
    CHECK_STATUS(WdfCmResourceListAppendDescriptor(Resources, &descriptor), STATUS_SUCCESS);
    descriptor.u.Port.Start.QuadPart = 0x200;
    CHECK_STATUS(WdfCmResourceListInsertDescriptor(Resources, &descriptor, 0), STATUS_SUCCESS);
    CHECK_STATUS(WdfCmResourceListInsertDescriptor(Resources, &descriptor, 3), STATUS_INVALID_PARAMETER);
    return STATUS_SUCCESS;
}

static NTSTATUS query_requirements(WDFDEVICE Device, WDFIORESREQLIST List)
{
    IO_RESOURCE_DESCRIPTOR descriptor = {.Type = CmResourceTypePort};
    WDFIORESLIST alternatives[2];

    UNREFERENCED_PARAMETER(Device);
    WdfIoResourceRequirementsListSetSlotNumber(List, 4);
    WdfIoResourceRequirementsListSetInterfaceType(List, PCIBus);
    for (ULONG index = 0; index < 2; index++)
    {
        CHECK_STATUS(WdfIoResourceListCreate(List, WDF_NO_OBJECT_ATTRIBUTES, &alternatives[index]), STATUS_SUCCESS);
        descriptor.u.Port.Length = 8 + index;
        CHECK_STATUS(WdfIoResourceListAppendDescriptor(alternatives[index], &descriptor), STATUS_SUCCESS);
        CHECK_STATUS(WdfIoResourceListInsertDescriptor(alternatives[index], &descriptor, 0), STATUS_SUCCESS);
    }
    CHECK_STATUS(WdfIoResourceRequirementsListAppendIoResList(List, alternatives[1]), STATUS_SUCCESS);
    CHECK_STATUS(WdfIoResourceRequirementsListAppendIoResList(List, alternatives[1]), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(WdfIoResourceRequirementsListInsertIoResList(List, alternatives[0], 0), STATUS_SUCCESS);
    CHECK_EQUAL(WdfIoResourceRequirementsListGetCount(List), 2);
    CHECK(WdfIoResourceRequirementsListGetIoResList(List, 0) == alternatives[0]);
    CHECK(WdfIoResourceRequirementsListGetIoResList(List, 2) == NULL);
    CHECK_EQUAL(WdfIoResourceListGetCount(alternatives[0]), 2);
    WdfIoResourceListRemoveByDescriptor(alternatives[0], WdfIoResourceListGetDescriptor(alternatives[0], 0));
    CHECK_EQUAL(WdfIoResourceListGetCount(alternatives[0]), 1);
    CHECK(WdfIoResourceListGetDescriptor(alternatives[0], 1) == NULL);
    descriptor.u.Port.Length = 99;
    WdfIoResourceListUpdateDescriptor(alternatives[0], &descriptor, 0);
    CHECK_EQUAL(WdfIoResourceListGetDescriptor(alternatives[0], 0)->u.Port.Length, 99);
    WdfIoResourceListRemove(alternatives[1], 0);
    return STATUS_SUCCESS;
}

static void set_resource_queries(PWDFDEVICE_INIT init, ULONG number)
{
    WDF_PDO_EVENT_CALLBACKS callbacks;

    UNREFERENCED_PARAMETER(number);
    WDF_PDO_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceResourcesQuery = query_resources;
    callbacks.EvtDeviceResourceRequirementsQuery = query_requirements;
    WdfPdoInitSetEventCallbacks(init, &callbacks);
}

static void resources_of_a_child_are_what_its_bus_says(void)
{
    struct testkit_device *device = bus_load();
    const IO_RESOURCE_REQUIREMENTS_LIST *requirements;
    const CM_PARTIAL_RESOURCE_LIST *boot;
    WDFDEVICE child;

    child_prepare = set_resource_queries;
    child = child_add(1);
    testkit_settle();
    (void)devnode_of(child);
    boot = &identity.boot_resources->List[0].PartialResourceList;
    CHECK_EQUAL(boot->Count, 2);
    CHECK_EQUAL(boot->PartialDescriptors[0].u.Port.Start.QuadPart, 0x200);
    requirements = identity.requirements;
    CHECK_EQUAL(requirements->AlternativeLists, 2);
    CHECK_EQUAL(requirements->SlotNumber, 4);
    CHECK_EQUAL(requirements->InterfaceType, PCIBus);
    CHECK_EQUAL(requirements->List[0].Count, 1);
    CHECK_EQUAL(requirements->List[0].Descriptors[0].u.Port.Length, 99);
    end(device);
}

static void device_init_of_another_kind_is_refused(PWDFDEVICE_INIT init)
{
    DECLARE_CONST_UNICODE_STRING(text, L"CASE\\Child");
    static const GUID class_guid = {1, 0, 0, {0}};

    CHECK_STATUS(WdfPdoInitAssignDeviceID(init, &text), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfPdoInitAssignInstanceID(init, &text), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfPdoInitAddHardwareID(init, &text), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfPdoInitAddCompatibleID(init, &text), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfPdoInitAssignContainerID(init, &text), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfPdoInitAddDeviceText(init, &text, &text, 0x409), STATUS_INVALID_DEVICE_REQUEST);
    CHECK_STATUS(WdfPdoInitAssignRawDevice(init, &class_guid), STATUS_INVALID_PARAMETER);
    WdfPdoInitSetDefaultLocale(init, 0x409);
    WdfPdoInitAllowForwardingRequestToParent(init);
    WdfPdoInitRemovePowerDependencyOnParent(init);
}

static void functions_of_children_refuse_other_device_inits(void)
{
    struct testkit_device *device;

    /* The verifier would not let the calls through. */
    wdf_case_verify(TESTKIT_VERIFIER_OFF);
    bus_prepare = device_init_of_another_kind_is_refused;
    device = bus_load();
    bus_prepare = NULL;
    end(device);
}

static void use_init_of_another_kind(PWDFDEVICE_INIT init)
{
    DECLARE_CONST_UNICODE_STRING(text, L"CASE\\Child");

    BREAKS(V33, WDF_CASE_ANY, "WdfPdoInitAssignDeviceID", (void)WdfPdoInitAssignDeviceID(init, &text));
}

static void function_of_children_with_another_device_init_breaks_v33(void)
{
    struct testkit_device *device;

    bus_prepare = use_init_of_another_kind;
    device = bus_load();
    bus_prepare = NULL;
    end(device);
}

static void device_that_is_no_child_cannot_be_added_as_one(void)
{
    struct testkit_device *device = bus_load();

    BREAKS(V37, bus, "WdfFdoAddStaticChild", CHECK_STATUS(WdfFdoAddStaticChild(bus, bus), STATUS_INVALID_PARAMETER));
    SILENT(V37, (void)child_add(1));
    testkit_settle();
    end(device);
}

static void text_about_a_child_that_is_no_string_is_refused(void)
{
    struct testkit_device *device = bus_load();
    PWDFDEVICE_INIT init = WdfPdoInitAllocate(bus);
    UNICODE_STRING wrong[] = {{3, 4, (PWCH)L"ab"}, {2, 4, NULL}, {6, 4, (PWCH)L"abc"}};
    DECLARE_CONST_UNICODE_STRING(good, L"text");

    for (size_t index = 0; index < ARRAYSIZE(wrong); index++)
    {
        CHECK_STATUS(WdfPdoInitAssignDeviceID(init, &wrong[index]), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(WdfPdoInitAssignInstanceID(init, &wrong[index]), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(WdfPdoInitAssignContainerID(init, &wrong[index]), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(WdfPdoInitAddHardwareID(init, &wrong[index]), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(WdfPdoInitAddCompatibleID(init, &wrong[index]), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(WdfPdoInitAddDeviceText(init, &wrong[index], &good, 0x409), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(WdfPdoInitAddDeviceText(init, &good, &wrong[index], 0x409), STATUS_INVALID_PARAMETER);
    }
    WdfDeviceInitFree(init);
    end(device);
}

const struct nt_case nt_cases[] = {
    CASE(text_about_a_child_that_is_no_string_is_refused),
    CASE(plug_and_play_learns_identifiers_and_texts),
    CASE(text_of_the_default_locale_stands_in_for_another),
    CASE(capabilities_and_bus_information_are_what_was_said),
    CASE(capabilities_that_are_wrong_change_nothing),
    CASE(device_state_is_kept_and_reported),
    CASE(ejected_child_is_missing_afterwards),
    CASE(lock_of_the_slot_is_set_by_the_bus_driver),
    CASE(child_that_is_not_ejected_starts_again),
    CASE(related_devices_are_removed_together),
    CASE(many_relations_are_kept_through_shortage_of_memory),
    CASE(resources_of_a_child_are_what_its_bus_says),
    CASE(function_of_children_with_another_device_init_breaks_v33),
    CASE(device_that_is_no_child_cannot_be_added_as_one),
    CASE(functions_of_children_refuse_other_device_inits),
    CASES_END,
};
