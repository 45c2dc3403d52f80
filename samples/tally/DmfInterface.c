/* SPDX-License-Identifier: MIT */
/*
 * A Client Driver of the Tally Library. All it does is done by the Library's Module.
 */
#include "DmfModules.Tally.h"
#include "DmfModules.Tally.Trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfInterface.tmh"
#endif

EXTERN_C_START
DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD TallyDeviceAdd;
EVT_WDF_OBJECT_CONTEXT_CLEANUP TallyDriverContextCleanup;
EVT_DMF_DEVICE_MODULES_ADD DmfDeviceModulesAdd;
EXTERN_C_END

/*WPP_INIT_TRACING(); (This comment is necessary for WPP Scanner.)*/
#pragma code_seg("INIT")
DMF_DEFAULT_DRIVERENTRY(DriverEntry,
                        TallyDriverContextCleanup,
                        TallyDeviceAdd)
#pragma code_seg()

#pragma code_seg("PAGED")
DMF_DEFAULT_DRIVERCLEANUP(TallyDriverContextCleanup)
DMF_DEFAULT_DEVICEADD(TallyDeviceAdd,
                      DmfDeviceModulesAdd)
#pragma code_seg()

#pragma code_seg("PAGED")
_Use_decl_annotations_
VOID
DmfDeviceModulesAdd(
    WDFDEVICE Device,
    PDMFMODULE_INIT DmfModuleInit
    )
/*++

Routine Description:

    Adds the Modules of a device.

Arguments:

    Device - The device.
    DmfModuleInit - What DMF_DmfModuleAdd takes.

Return Value:

    None

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_ATTRIBUTES moduleAttributes;
    DMF_CONFIG_Tally moduleConfigTally;
    DECLARE_CONST_UNICODE_STRING(symbolicLinkName, L"\\DosDevices\\Tally0");

    PAGED_CODE();

    ntStatus = WdfDeviceCreateSymbolicLink(Device,
                                           &symbolicLinkName);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfDeviceCreateSymbolicLink fails: ntStatus=%!STATUS!", ntStatus);
    }

    /* Tally */
    DMF_CONFIG_Tally_AND_ATTRIBUTES_INIT(&moduleConfigTally,
                                         &moduleAttributes);
    moduleConfigTally.Start = 100;
    DMF_DmfModuleAdd(DmfModuleInit,
                     &moduleAttributes,
                     WDF_NO_OBJECT_ATTRIBUTES,
                     NULL);
}
#pragma code_seg()
