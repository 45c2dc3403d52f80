/* SPDX-License-Identifier: MIT */
/*
 * The Client Driver of the echo sample: a container for one Echo Module, on a device that programs find by its interface and
 * by the name Echo0.
 *
 * Environment: kernel mode and user mode drivers.
 */
#include <initguid.h>
#include "DmfDefinitions.h"
#include "EchoPublic.h"
#include "Dmf_Echo.h"
#include "trace.h"
#include "DmfInterface.tmh"

EXTERN_C_START

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EchoEvtDeviceAdd;
EVT_WDF_OBJECT_CONTEXT_CLEANUP EchoEvtDriverContextCleanup;
EVT_DMF_DEVICE_MODULES_ADD EchoEvtModulesAdd;

EXTERN_C_END

DMF_DEFAULT_DRIVERENTRY(DriverEntry,
                        EchoEvtDriverContextCleanup,
                        EchoEvtDeviceAdd,
                        "Echo")

DMF_DEFAULT_DRIVERCLEANUP(EchoEvtDriverContextCleanup)

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
EchoDeviceNamesCreate(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Creates the names by which programs find the device. They come alive when the device has started.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    DECLARE_CONST_UNICODE_STRING(symbolicLinkName, L"\\DosDevices\\Echo0");

    PAGED_CODE();

    ntStatus = WdfDeviceCreateDeviceInterface(Device,
                                              &GUID_DEVINTERFACE_ECHO,
                                              NULL);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfDeviceCreateDeviceInterface fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }
    ntStatus = WdfDeviceCreateSymbolicLink(Device,
                                           &symbolicLinkName);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfDeviceCreateSymbolicLink fails: ntStatus=%!STATUS!", ntStatus);
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
EchoEvtDeviceAdd(
    WDFDRIVER Driver,
    PWDFDEVICE_INIT DeviceInit
    )
/*++

Routine Description:

    Creates the device, its names and its Modules. A driver without names of its own uses DMF_DEFAULT_DEVICEADD instead.

Arguments:

    Driver - The driver.
    DeviceInit - What WDF collects about the device.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    WDFDEVICE device;
    PDMFDEVICE_INIT dmfDeviceInit;
    DMF_EVENT_CALLBACKS dmfCallbacks;

    UNREFERENCED_PARAMETER(Driver);

    PAGED_CODE();

    dmfDeviceInit = DMF_DmfDeviceInitAllocate(DeviceInit);
    DMF_DmfDeviceInitHookPnpPowerEventCallbacks(dmfDeviceInit,
                                                NULL);
    DMF_DmfDeviceInitHookFileObjectConfig(dmfDeviceInit,
                                          NULL);
    DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(dmfDeviceInit,
                                                   NULL);
    WdfDeviceInitSetIoType(DeviceInit,
                           WdfDeviceIoBuffered);

    ntStatus = WdfDeviceCreate(&DeviceInit,
                               WDF_NO_OBJECT_ATTRIBUTES,
                               &device);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfDeviceCreate fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }
    ntStatus = EchoDeviceNamesCreate(device);
    if (! NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }

    DMF_EVENT_CALLBACKS_INIT(&dmfCallbacks);
    dmfCallbacks.EvtDmfDeviceModulesAdd = EchoEvtModulesAdd;
    DMF_DmfDeviceInitSetEventCallbacks(dmfDeviceInit,
                                       &dmfCallbacks);
    ntStatus = DMF_ModulesCreate(device,
                                 &dmfDeviceInit);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "DMF_ModulesCreate fails: ntStatus=%!STATUS!", ntStatus);
    }

Exit:

    if (dmfDeviceInit != NULL)
    {
        DMF_DmfDeviceInitFree(&dmfDeviceInit);
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
EchoEvtModulesAdd(
    WDFDEVICE Device,
    PDMFMODULE_INIT DmfModuleInit
    )
/*++

Routine Description:

    Adds the Modules of the device.

Arguments:

    Device - The given device.
    DmfModuleInit - Opaque structure to be passed to DMF_DmfModuleAdd.

Return Value:

    None

--*/
{
    DMF_MODULE_ATTRIBUTES moduleAttributes;
    DMF_CONFIG_Echo moduleConfigEcho;

    UNREFERENCED_PARAMETER(Device);

    PAGED_CODE();

    /* Echo */
    /* ---- */
    DMF_CONFIG_Echo_AND_ATTRIBUTES_INIT(&moduleConfigEcho,
                                        &moduleAttributes);
    moduleConfigEcho.Greeting = "Hello from the echo driver.\n";
    DMF_DmfModuleAdd(DmfModuleInit,
                     &moduleAttributes,
                     WDF_NO_OBJECT_ATTRIBUTES,
                     NULL);
}
#pragma code_seg()
