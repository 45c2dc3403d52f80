/* SPDX-License-Identifier: MIT */
/*
 * A driver whose devices do the same with and without DMF, so that what Modules cost can be compared.
 */
#include "DmfModule.h"

#include "modules_driver.h"

#include "modules_driver.tmh"

typedef struct
{
    BOOLEAN Handles;
} DMF_CONFIG_Bench;
DECLARE_DMF_MODULE(Bench)
DMF_MODULE_DECLARE_NO_CONTEXT(Bench)
DMF_MODULE_DECLARE_CONFIG(Bench)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD BenchDeviceAdd;
EVT_WDF_OBJECT_CONTEXT_CLEANUP BenchDriverCleanup;
EVT_DMF_DEVICE_MODULES_ADD BenchModulesAdd;

static ULONG g_Devices;
static const ULONG g_Modules[MODULES_DEVICES] = {0, 10, 100, 5000};

static VOID Echo(WDFREQUEST Request, ULONG Code, size_t Length)
{
    WdfRequestCompleteWithInformation(Request, Code == MODULES_ECHO ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_REQUEST,
                                      Length);
}

/*
 * With DMF.
 */

static BOOLEAN BenchDeviceIoControl(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request, size_t OutputBufferLength,
                                    size_t InputBufferLength, ULONG IoControlCode)
{
    Echo(Request, IoControlCode, OutputBufferLength);
    return TRUE;
}

NTSTATUS DMF_Bench_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                          WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    DMF_MODULE_DESCRIPTOR descriptor;
    DMF_CALLBACKS_WDF callbacks;

    DMF_CALLBACKS_WDF_INIT(&callbacks);
    if (((DMF_CONFIG_Bench *)DmfModuleAttributes->ModuleConfigPointer)->Handles)
    {
        callbacks.ModuleDeviceIoControl = BenchDeviceIoControl;
    }
    DMF_MODULE_DESCRIPTOR_INIT(descriptor, Bench, DMF_MODULE_OPTIONS_DISPATCH, DMF_MODULE_OPEN_OPTION_OPEN_Create);
    descriptor.CallbacksWdf = &callbacks;
    return DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
}

/* Gives the device, which is the next one, its link. */
static NTSTATUS LinkCreate(WDFDEVICE Device)
{
    WCHAR name[] = L"\\DosDevices\\Modules0";
    UNICODE_STRING link;

    name[RTL_NUMBER_OF(name) - 2] = (WCHAR)(L'0' + g_Devices);
    RtlInitUnicodeString(&link, name);
    return WdfDeviceCreateSymbolicLink(Device, &link);
}

VOID BenchModulesAdd(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    DMF_CONFIG_Bench config;
    DMF_MODULE_ATTRIBUTES attributes;

    for (ULONG index = 1; index <= g_Modules[g_Devices]; index++)
    {
        DMF_CONFIG_Bench_AND_ATTRIBUTES_INIT(&config, &attributes);
        config.Handles = index == g_Modules[g_Devices];
        DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    }
    if (!NT_SUCCESS(LinkCreate(Device)))
    {
        DmfBreak();
    }
}

EVT_WDF_DRIVER_DEVICE_ADD BenchModulesDeviceAdd;
DMF_DEFAULT_DEVICEADD(BenchModulesDeviceAdd, BenchModulesAdd)

/*
 * Without DMF.
 */

static VOID PlainControl(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputBufferLength, size_t InputBufferLength,
                         ULONG IoControlCode)
{
    Echo(Request, IoControlCode, OutputBufferLength);
}

static NTSTATUS PlainDeviceAdd(PWDFDEVICE_INIT DeviceInit)
{
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    NTSTATUS status;

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = PlainControl;
    if (NT_SUCCESS(status))
    {
        status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    }
    return NT_SUCCESS(status) ? LinkCreate(device) : status;
}

NTSTATUS BenchDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    NTSTATUS status = g_Devices == 0 ? PlainDeviceAdd(DeviceInit) : BenchModulesDeviceAdd(Driver, DeviceInit);

    g_Devices = (g_Devices + 1) % MODULES_DEVICES;
    return status;
}

/* These define functions, so the layout tool would move them around. */
/* clang-format off */
DMF_DEFAULT_DRIVERENTRY(DriverEntry, BenchDriverCleanup, BenchDeviceAdd)
DMF_DEFAULT_DRIVERCLEANUP(BenchDriverCleanup)
/* clang-format on */
