/* SPDX-License-Identifier: MIT */
/*
 * The bus driver of the storm: children are plugged in and out by control, and answer or keep what their function driver sends.
 */
#include "storm_device.h"

DRIVER_INITIALIZE DriverEntry;

typedef struct
{
    WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Header;
    ULONG Number;
} CHILD;

typedef struct
{
    WDFQUEUE Kept;
} CHILD_QUEUES;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CHILD_QUEUES, ChildQueues)

/*
 * Children.
 */

static VOID child_control(WDFQUEUE Queue, WDFREQUEST Request, size_t Output, size_t Input, ULONG Code)
{
    UNREFERENCED_PARAMETER(Output);
    UNREFERENCED_PARAMETER(Input);
    if (Code == STORM_LOWER_KEPT)
    {
        NTSTATUS status = WdfRequestForwardToIoQueue(Request, ChildQueues(WdfIoQueueGetDevice(Queue))->Kept);

        if (!NT_SUCCESS(status))
        {
            WdfRequestComplete(Request, status);
        }
        return;
    }
    storm_answer(Request);
}

static NTSTATUS make_child_queues(WDFDEVICE device)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG config;
    CHILD_QUEUES *queues;
    NTSTATUS status;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, CHILD_QUEUES);
    status = WdfObjectAllocateContext(device, &attributes, (PVOID *)&queues);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = child_control;
    config.EvtIoInternalDeviceControl = child_control;
    config.PowerManaged = WdfFalse;
    status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (NT_SUCCESS(status))
    {
        WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
        config.PowerManaged = WdfFalse;
        status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queues->Kept);
    }
    return status;
}

static NTSTATUS eject(WDFDEVICE Device)
{
    UNREFERENCED_PARAMETER(Device);
    return watch_one_in(4) ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS;
}

static NTSTATUS name_child(PWDFDEVICE_INIT init, ULONG number)
{
    WCHAR digit[] = {(WCHAR)('0' + number), 0};
    UNICODE_STRING instance;
    DECLARE_CONST_UNICODE_STRING(identifier, L"STORM\\Child");
    NTSTATUS status;

    RtlInitUnicodeString(&instance, digit);
    status = WdfPdoInitAssignDeviceID(init, &identifier);
    if (NT_SUCCESS(status))
    {
        status = WdfPdoInitAssignInstanceID(init, &instance);
    }
    return NT_SUCCESS(status) ? WdfPdoInitAddHardwareID(init, &identifier) : status;
}

static NTSTATUS create_child(WDFCHILDLIST ChildList, PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Description,
                             PWDFDEVICE_INIT ChildInit)
{
    ULONG number = CONTAINING_RECORD(Description, CHILD, Header)->Number;
    NTSTATUS status = name_child(ChildInit, number);
    WDF_PDO_EVENT_CALLBACKS callbacks;
    WDFDEVICE device;

    UNREFERENCED_PARAMETER(ChildList);
    WDF_PDO_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDeviceEject = eject;
    WdfPdoInitSetEventCallbacks(ChildInit, &callbacks);
    storm_device_prepare(ChildInit, FALSE);
    if (NT_SUCCESS(status))
    {
        status = storm_device_create(&ChildInit, "child", &device);
    }
    if (NT_SUCCESS(status))
    {
        WDF_DEVICE_PNP_CAPABILITIES capabilities;

        WDF_DEVICE_PNP_CAPABILITIES_INIT(&capabilities);
        capabilities.EjectSupported = WdfTrue;
        capabilities.Removable = WdfTrue;
        capabilities.SurpriseRemovalOK = WdfTrue;
        capabilities.UniqueID = WdfTrue;
        capabilities.Address = number;
        WdfDeviceSetPnpCapabilities(device, &capabilities);
        status = make_child_queues(device);
    }
    return status;
}

/*
 * The bus.
 */

static NTSTATUS plug(WDFDEVICE device, ULONG code, ULONG number)
{
    WDFCHILDLIST list = WdfFdoGetDefaultChildList(device);
    CHILD child;

    WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER_INIT(&child.Header, sizeof(child));
    child.Number = number;
    return code == STORM_PLUG ? WdfChildListAddOrUpdateChildDescriptionAsPresent(list, &child.Header, NULL) :
                                WdfChildListUpdateChildDescriptionAsMissing(list, &child.Header);
}

static VOID bus_control(WDFQUEUE Queue, WDFREQUEST Request, size_t Output, size_t Input, ULONG Code)
{
    PULONG number;
    NTSTATUS status = WdfRequestRetrieveInputBuffer(Request, sizeof(*number), (PVOID *)&number, NULL);

    UNREFERENCED_PARAMETER(Output);
    UNREFERENCED_PARAMETER(Input);
    if (NT_SUCCESS(status))
    {
        status = plug(WdfIoQueueGetDevice(Queue), Code, *number);
    }
    WdfRequestComplete(Request, status);
}

static NTSTATUS add_bus(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    DECLARE_CONST_UNICODE_STRING(link, L"\\??\\StormBus");
    WDF_CHILD_LIST_CONFIG children;
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    WDF_CHILD_LIST_CONFIG_INIT(&children, sizeof(CHILD), create_child);
    WdfFdoInitSetDefaultChildListConfig(DeviceInit, &children, WDF_NO_OBJECT_ATTRIBUTES);
    storm_device_prepare(DeviceInit, TRUE);
    status = storm_device_create(&DeviceInit, "bus", &device);
    if (NT_SUCCESS(status))
    {
        WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
        config.EvtIoDeviceControl = bus_control;
        config.PowerManaged = WdfFalse;
        status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    }
    return NT_SUCCESS(status) ? WdfDeviceCreateSymbolicLink(device, &link) : status;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, add_bus);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
}
