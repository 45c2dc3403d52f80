/* SPDX-License-Identifier: MIT */
/*
 * The filter of the storm: passes everything on, in each of the ways that there are.
 */
#include "storm_device.h"

DRIVER_INITIALIZE DriverEntry;

static VOID sent(WDFREQUEST Request, WDFIOTARGET Target, PWDF_REQUEST_COMPLETION_PARAMS Params, WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Target);
    UNREFERENCED_PARAMETER(Context);
    WdfRequestCompleteWithInformation(Request, Params->IoStatus.Status, Params->IoStatus.Information);
}

static VOID pass_on(WDFQUEUE Queue, WDFREQUEST Request)
{
    WDFIOTARGET target = WdfDeviceGetIoTarget(WdfIoQueueGetDevice(Queue));
    WDF_REQUEST_SEND_OPTIONS options;
    BOOLEAN forget = (BOOLEAN)watch_one_in(2);

    WDF_REQUEST_SEND_OPTIONS_INIT(&options, forget ? WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET : 0);
    if (!forget)
    {
        WdfRequestFormatRequestUsingCurrentType(Request);
        WdfRequestSetCompletionRoutine(Request, sent, NULL);
    }
    if (!WdfRequestSend(Request, target, &options))
    {
        WdfRequestComplete(Request, WdfRequestGetStatus(Request));
    }
}

static NTSTATUS add_filter(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    WdfFdoInitSetFilter(DeviceInit);
    storm_device_prepare(DeviceInit, TRUE);
    status = storm_device_create(&DeviceInit, "filter", &device);
    if (NT_SUCCESS(status))
    {
        WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
        config.EvtIoDefault = pass_on;
        status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    }
    return status;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, add_filter);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
}
