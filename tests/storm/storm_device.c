/* SPDX-License-Identifier: MIT */
#include "storm_device.h"

storm_power *storm_powered_up;
storm_power *storm_powers_down;

static struct watch_device *enter(WDFDEVICE device, enum watch_event event)
{
    struct watch_device *watch = &StormDevice(device)->Watch;

    watch_enter(watch, event);
    return watch;
}

static NTSTATUS pass(WDFDEVICE device, enum watch_event event)
{
    watch_leave(enter(device, event));
    return STATUS_SUCCESS;
}

static NTSTATUS prepare(WDFDEVICE Device, WDFCMRESLIST Raw, WDFCMRESLIST Translated)
{
    UNREFERENCED_PARAMETER(Raw);
    UNREFERENCED_PARAMETER(Translated);
    return pass(Device, WATCH_PREPARE);
}

static NTSTATUS release(WDFDEVICE Device, WDFCMRESLIST Translated)
{
    UNREFERENCED_PARAMETER(Translated);
    return pass(Device, WATCH_RELEASE);
}

static NTSTATUS d0_entry(WDFDEVICE Device, WDF_POWER_DEVICE_STATE Previous)
{
    struct watch_device *watch = enter(Device, WATCH_D0_ENTRY);

    UNREFERENCED_PARAMETER(Previous);
    if (storm_powered_up != NULL)
    {
        storm_powered_up(Device);
    }
    watch_leave(watch);
    return STATUS_SUCCESS;
}

static NTSTATUS d0_exit(WDFDEVICE Device, WDF_POWER_DEVICE_STATE Target)
{
    UNREFERENCED_PARAMETER(Target);
    if (storm_powers_down != NULL)
    {
        storm_powers_down(Device);
    }
    return pass(Device, WATCH_D0_EXIT);
}

static NTSTATUS init(WDFDEVICE Device)
{
    return pass(Device, WATCH_INIT);
}

static NTSTATUS suspend(WDFDEVICE Device)
{
    return pass(Device, WATCH_SUSPEND);
}

static NTSTATUS restart(WDFDEVICE Device)
{
    return pass(Device, WATCH_RESTART);
}

static VOID flush(WDFDEVICE Device)
{
    (void)pass(Device, WATCH_FLUSH);
}

static VOID cleanup(WDFDEVICE Device)
{
    (void)pass(Device, WATCH_CLEANUP);
}

static VOID surprise(WDFDEVICE Device)
{
    (void)pass(Device, WATCH_SURPRISE);
}

static NTSTATUS query(WDFDEVICE Device)
{
    (void)pass(Device, WATCH_QUERY);
    return watch_one_in(8) ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS;
}

static VOID gone(WDFOBJECT Device)
{
    /* Also of a device whose creation failed before it was watched. */
    if (StormDevice(Device)->Watch.driver != NULL)
    {
        (void)pass((WDFDEVICE)Device, WATCH_GONE);
    }
}

void storm_device_prepare(PWDFDEVICE_INIT device_init, BOOLEAN vetoes)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDevicePrepareHardware = prepare;
    callbacks.EvtDeviceReleaseHardware = release;
    callbacks.EvtDeviceD0Entry = d0_entry;
    callbacks.EvtDeviceD0Exit = d0_exit;
    callbacks.EvtDeviceSelfManagedIoInit = init;
    callbacks.EvtDeviceSelfManagedIoSuspend = suspend;
    callbacks.EvtDeviceSelfManagedIoRestart = restart;
    callbacks.EvtDeviceSelfManagedIoFlush = flush;
    callbacks.EvtDeviceSelfManagedIoCleanup = cleanup;
    callbacks.EvtDeviceSurpriseRemoval = surprise;
    if (vetoes)
    {
        callbacks.EvtDeviceQueryRemove = query;
        callbacks.EvtDeviceQueryStop = query;
    }
    WdfDeviceInitSetPnpPowerEventCallbacks(device_init, &callbacks);
}

NTSTATUS storm_device_create(PWDFDEVICE_INIT *device_init, const char *driver, WDFDEVICE *ret_device)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    NTSTATUS status;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, STORM_DEVICE);
    attributes.EvtCleanupCallback = gone;
    attributes.SynchronizationScope = WdfSynchronizationScopeNone;
    status = WdfDeviceCreate(device_init, &attributes, ret_device);
    if (NT_SUCCESS(status))
    {
        watch_added(&StormDevice(*ret_device)->Watch, driver);
    }
    return status;
}

void storm_answer(WDFREQUEST request)
{
    PULONG input;
    PULONG output;
    NTSTATUS status = WdfRequestRetrieveInputBuffer(request, sizeof(*input), (PVOID *)&input, NULL);

    if (NT_SUCCESS(status))
    {
        status = WdfRequestRetrieveOutputBuffer(request, sizeof(*output), (PVOID *)&output, NULL);
    }
    if (NT_SUCCESS(status))
    {
        *output = ~*input;
    }
    WdfRequestCompleteWithInformation(request, status, NT_SUCCESS(status) ? sizeof(*output) : 0);
}
