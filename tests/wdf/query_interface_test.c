/* SPDX-License-Identifier: MIT */
/*
 * Interfaces of functions between drivers: export, import, and the question for one.
 */
#include "bus_case.h"

#include <string.h>

static const GUID type = {0x21, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
static const GUID other_type = {0x22, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};

typedef struct
{
    INTERFACE Header;
    ULONG Value;
} SAMPLE;

static LONG references;
static NTSTATUS process_status;

static VOID reference(PVOID Context)
{
    InterlockedIncrement((LONG *)Context);
}

static VOID dereference(PVOID Context)
{
    InterlockedDecrement((LONG *)Context);
}

static NTSTATUS process(WDFDEVICE Device, LPGUID Type, PINTERFACE Exposed, PVOID Specific)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(Specific);
    CHECK(memcmp(Type, &type, sizeof(GUID)) == 0);
    ((SAMPLE *)Exposed)->Value += 1;
    return process_status;
}

static SAMPLE sample(void)
{
    return (SAMPLE){.Header = {.Size = sizeof(SAMPLE),
                               .Version = 2,
                               .Context = &references,
                               .InterfaceReference = reference,
                               .InterfaceDereference = dereference},
                    .Value = 7};
}

static NTSTATUS export_sample(WDFDEVICE device, PFN_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST callback)
{
    SAMPLE exported = sample();
    WDF_QUERY_INTERFACE_CONFIG config;

    WDF_QUERY_INTERFACE_CONFIG_INIT(&config, &exported.Header, &type, callback);
    return WdfDeviceAddQueryInterface(device, &config);
}

static NTSTATUS ask(WDFDEVICE device, const GUID *asked, USHORT size, USHORT version, SAMPLE *got)
{
    KEVENT event;
    IO_STATUS_BLOCK io;
    PDEVICE_OBJECT top = IoGetAttachedDeviceReference(WdfDeviceWdmGetDeviceObject(device));
    PIRP irp;
    NTSTATUS status;

    KeInitializeEvent(&event, NotificationEvent, FALSE);
    irp = IoBuildSynchronousFsdRequest(IRP_MJ_PNP, top, NULL, 0, NULL, &event, &io);
    CHECK(irp != NULL);
    IoGetNextIrpStackLocation(irp)->MinorFunction = IRP_MN_QUERY_INTERFACE;
    IoGetNextIrpStackLocation(irp)->Parameters.QueryInterface.InterfaceType = asked;
    IoGetNextIrpStackLocation(irp)->Parameters.QueryInterface.Size = size;
    IoGetNextIrpStackLocation(irp)->Parameters.QueryInterface.Version = version;
    IoGetNextIrpStackLocation(irp)->Parameters.QueryInterface.Interface = &got->Header;
    irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
    status = IoCallDriver(top, irp);
    if (status == STATUS_PENDING)
    {
        (void)KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
        status = io.Status;
    }
    ObDereferenceObject(top);
    return status;
}

static struct testkit_device *begin(void)
{
    references = 0;
    process_status = STATUS_SUCCESS;
    return bus_load();
}

static void end(struct testkit_device *device)
{
    CHECK_STATUS(testkit_remove(device), STATUS_SUCCESS);
    wdf_case_unload();
}

static void exported_interface_is_copied_and_referenced_for_the_asker(void)
{
    struct testkit_device *device = begin();
    SAMPLE got = {0};

    CHECK_STATUS(ask(bus, &type, sizeof(got), 2, &got), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(export_sample(bus, NULL), STATUS_SUCCESS);
    CHECK_STATUS(ask(bus, &type, sizeof(got), 2, &got), STATUS_SUCCESS);
    CHECK_EQUAL(got.Value, 7);
    CHECK_EQUAL(references, 1);
    got.Header.InterfaceDereference(got.Header.Context);
    CHECK_EQUAL(references, 0);
    CHECK_STATUS(ask(bus, &other_type, sizeof(got), 2, &got), STATUS_NOT_SUPPORTED);
    end(device);
}

static void interface_that_is_larger_or_newer_than_asked_is_refused(void)
{
    struct testkit_device *device = begin();
    SAMPLE got = {0};

    CHECK_STATUS(export_sample(bus, NULL), STATUS_SUCCESS);
    CHECK_STATUS(ask(bus, &type, sizeof(got) - 1, 2, &got), STATUS_INVALID_BUFFER_SIZE);
    CHECK_STATUS(ask(bus, &type, sizeof(got), 1, &got), STATUS_INVALID_BUFFER_SIZE);
    CHECK_EQUAL(references, 0);
    end(device);
}

static void callback_edits_refuses_or_leaves_the_answer_to_others(void)
{
    struct testkit_device *device = begin();
    SAMPLE got = {0};

    CHECK_STATUS(export_sample(bus, process), STATUS_SUCCESS);
    CHECK_STATUS(ask(bus, &type, sizeof(got), 2, &got), STATUS_SUCCESS);
    CHECK_EQUAL(got.Value, 8);
    CHECK_EQUAL(references, 1);
    process_status = STATUS_ACCESS_DENIED;
    CHECK_STATUS(ask(bus, &type, sizeof(got), 2, &got), STATUS_ACCESS_DENIED);
    process_status = STATUS_NOT_SUPPORTED;
    CHECK_STATUS(ask(bus, &type, sizeof(got), 2, &got), STATUS_NOT_SUPPORTED);
    CHECK_EQUAL(references, 1);
    end(device);
}

static void imported_interface_is_what_the_callback_makes_of_the_askers(void)
{
    struct testkit_device *device = begin();
    WDF_QUERY_INTERFACE_CONFIG config;
    SAMPLE got = sample();

    WDF_QUERY_INTERFACE_CONFIG_INIT(&config, NULL, &type, process);
    config.ImportInterface = TRUE;
    CHECK_STATUS(WdfDeviceAddQueryInterface(bus, &config), STATUS_SUCCESS);
    got.Value = 40;
    CHECK_STATUS(ask(bus, &type, sizeof(got), 2, &got), STATUS_SUCCESS);
    CHECK_EQUAL(got.Value, 41);
    /* What is smaller than the header of an interface is none. */
    CHECK_STATUS(ask(bus, &type, sizeof(INTERFACE) - 1, 2, &got), STATUS_INVALID_BUFFER_SIZE);
    CHECK_EQUAL(got.Value, 41);
    end(device);
}

static void child_passes_the_question_to_its_parents_stack(void)
{
    struct testkit_device *device = begin();
    WDF_QUERY_INTERFACE_CONFIG config;
    SAMPLE got = {0};
    WDFDEVICE child = child_add(1);

    CHECK_STATUS(export_sample(bus, NULL), STATUS_SUCCESS);
    CHECK_STATUS(ask(child, &type, sizeof(got), 2, &got), STATUS_NOT_SUPPORTED);
    WDF_QUERY_INTERFACE_CONFIG_INIT(&config, NULL, &type, NULL);
    config.SendQueryToParentStack = TRUE;
    CHECK_STATUS(WdfDeviceAddQueryInterface(child, &config), STATUS_SUCCESS);
    CHECK_STATUS(ask(child, &type, sizeof(got), 2, &got), STATUS_SUCCESS);
    CHECK_EQUAL(got.Value, 7);
    CHECK_EQUAL(references, 1);
    CHECK_STATUS(WdfDeviceAddQueryInterface(bus, &config), STATUS_INVALID_PARAMETER);
    testkit_settle();
    end(device);
}

static void configuration_that_does_not_hold_together_is_refused(void)
{
    struct testkit_device *device = begin();
    WDF_QUERY_INTERFACE_CONFIG config;
    SAMPLE small = sample();

    WDF_QUERY_INTERFACE_CONFIG_INIT(&config, NULL, &type, process);
    CHECK_STATUS(WdfDeviceAddQueryInterface(bus, &config), STATUS_INVALID_PARAMETER);
    config.ImportInterface = TRUE;
    config.EvtDeviceProcessQueryInterfaceRequest = NULL;
    CHECK_STATUS(WdfDeviceAddQueryInterface(bus, &config), STATUS_INVALID_PARAMETER);
    small.Header.Size = sizeof(INTERFACE) - 1;
    WDF_QUERY_INTERFACE_CONFIG_INIT(&config, &small.Header, &type, NULL);
    CHECK_STATUS(WdfDeviceAddQueryInterface(bus, &config), STATUS_INVALID_PARAMETER);
    end(device);
}

static void function_device_asks_what_is_below_it(void)
{
    struct testkit_device *device = begin();
    WDFDEVICE child = child_add(1);
    SAMPLE got = {0};

    CHECK_STATUS(export_sample(bus, NULL), STATUS_SUCCESS);
    CHECK_STATUS(WdfFdoQueryForInterface(bus, &type, &got.Header, sizeof(got), 2, NULL), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(WdfFdoQueryForInterface(child, &type, &got.Header, sizeof(got), 2, NULL), STATUS_INVALID_PARAMETER);
    testkit_settle();
    end(device);
}

const struct nt_case nt_cases[] = {
    CASE(exported_interface_is_copied_and_referenced_for_the_asker),
    CASE(interface_that_is_larger_or_newer_than_asked_is_refused),
    CASE(callback_edits_refuses_or_leaves_the_answer_to_others),
    CASE(imported_interface_is_what_the_callback_makes_of_the_askers),
    CASE(child_passes_the_question_to_its_parents_stack),
    CASE(configuration_that_does_not_hold_together_is_refused),
    CASE(function_device_asks_what_is_below_it),
    CASES_END,
};
