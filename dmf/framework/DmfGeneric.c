/* SPDX-License-Identifier: MIT */
/*
 * Generic callbacks: what DMF does at an event when the Module has no callback of its own for it. They open and close
 * Modules as their open option says. A Module that DMF does nothing for at an event is not in the event's table at all.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfGeneric.tmh"
#endif

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Generic_PrepareHardware(
    _In_ DMFMODULE DmfModule,
    _In_ WDFCMRESLIST ResourcesRaw,
    _In_ WDFCMRESLIST ResourcesTranslated
    )
/*++

Routine Description:

    Gives the Module its resources, and opens it or lets it register, if its open option says so.

Arguments:

    DmfModule - The given Module.
    ResourcesRaw - The resources as the bus sees them.
    ResourcesTranslated - The resources as the processor sees them.

Return Value:

    NTSTATUS of the Module's callbacks.

--*/
{
    NTSTATUS ntStatus;
    DMF_OBJECT* dmfObject;

    PAGED_CODE();

    dmfObject = DMF_ModuleToObject(DmfModule);
    ntStatus = STATUS_SUCCESS;
    if (dmfObject->CallbacksDmf.DeviceResourcesAssign != NULL)
    {
        ntStatus = dmfObject->CallbacksDmf.DeviceResourcesAssign(DmfModule,
                                                                 ResourcesRaw,
                                                                 ResourcesTranslated);
    }
    if (NT_SUCCESS(ntStatus) &&
        (dmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_OPEN_PrepareHardware))
    {
        ntStatus = DMF_ObjectOpen(dmfObject,
                                  ModuleOpenedDuring_PrepareHardware);
    }
    else if (NT_SUCCESS(ntStatus) &&
             (dmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_NOTIFY_PrepareHardware))
    {
        ntStatus = DMF_ObjectNotificationRegister(dmfObject,
                                                  ModuleOpenedDuring_PrepareHardware);
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Generic_ReleaseHardware(
    _In_ DMFMODULE DmfModule,
    _In_ WDFCMRESLIST ResourcesTranslated
    )
/*++

Routine Description:

    Closes what Generic_PrepareHardware opened. A Module that registers is told to unregister in any case.

Arguments:

    DmfModule - The given Module.
    ResourcesTranslated - The resources as the processor sees them.

Return Value:

    STATUS_SUCCESS

--*/
{
    DMF_OBJECT* dmfObject;

    UNREFERENCED_PARAMETER(ResourcesTranslated);

    PAGED_CODE();

    dmfObject = DMF_ModuleToObject(DmfModule);
    if (dmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_NOTIFY_PrepareHardware)
    {
        DMF_ObjectNotificationUnregister(dmfObject);
    }
    else if (dmfObject->ModuleOpenedDuring == ModuleOpenedDuring_PrepareHardware)
    {
        DMF_ObjectClose(dmfObject);
    }

    return STATUS_SUCCESS;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
BOOLEAN
Generic_IsSystemPowerTransition(
    _In_ DMF_OBJECT* DmfObject,
    _In_ WDF_POWER_DEVICE_STATE DeviceState
    )
/*++

Routine Description:

    Tells whether the state that a device comes from, or goes to, is one in which the system is off, and not only the
    device.

Arguments:

    DmfObject - The given Module.
    DeviceState - The state other than D0.

Return Value:

    TRUE if it is.

--*/
{
    PAGED_CODE();

    return (DeviceState == WdfPowerDeviceD3Final) ||
           ((DeviceState == WdfPowerDeviceD3) &&
            (WdfDeviceGetSystemPowerAction(DmfObject->ParentDevice) == PowerActionHibernate));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Generic_D0Entry(
    _In_ DMFMODULE DmfModule,
    _In_ WDF_POWER_DEVICE_STATE PreviousState
    )
/*++

Routine Description:

    Opens the Module or lets it register, if its open option says so.

Arguments:

    DmfModule - The given Module.
    PreviousState - The state that the device comes from.

Return Value:

    NTSTATUS of the Module's callbacks.

--*/
{
    NTSTATUS ntStatus;
    DMF_OBJECT* dmfObject;

    PAGED_CODE();

    dmfObject = DMF_ModuleToObject(DmfModule);
    ntStatus = STATUS_SUCCESS;
    if (dmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_OPEN_D0Entry)
    {
        ntStatus = DMF_ObjectOpen(dmfObject,
                                  ModuleOpenedDuring_D0Entry);
    }
    else if (dmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_NOTIFY_D0Entry)
    {
        ntStatus = DMF_ObjectNotificationRegister(dmfObject,
                                                  ModuleOpenedDuring_D0Entry);
    }
    else if (((PreviousState == WdfPowerDeviceD3) && (DMF_ModuleStateGet(dmfObject) == ModuleState_Closed)) ||
             Generic_IsSystemPowerTransition(dmfObject,
                                             PreviousState))
    {
        ntStatus = DMF_ObjectOpen(dmfObject,
                                  ModuleOpenedDuring_D0EntrySystemPowerUp);
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Generic_D0Exit(
    _In_ DMFMODULE DmfModule,
    _In_ WDF_POWER_DEVICE_STATE TargetState
    )
/*++

Routine Description:

    Closes what Generic_D0Entry opened. A Module that registers is told to unregister in any case.

Arguments:

    DmfModule - The given Module.
    TargetState - The state that the device goes to.

Return Value:

    STATUS_SUCCESS

--*/
{
    DMF_OBJECT* dmfObject;

    PAGED_CODE();

    dmfObject = DMF_ModuleToObject(DmfModule);
    if (dmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_NOTIFY_D0Entry)
    {
        DMF_ObjectNotificationUnregister(dmfObject);
    }
    else if ((dmfObject->OpenOption == DMF_MODULE_OPEN_OPTION_OPEN_D0Entry) ||
             Generic_IsSystemPowerTransition(dmfObject,
                                             TargetState))
    {
        DMF_ObjectClose(dmfObject);
    }

    return STATUS_SUCCESS;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_Generic_CallbacksFill(
    DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Gives a Module the generic callbacks that its open option needs and for which it has none of its own, and notes which
    callbacks the Module implements.

Arguments:

    DmfObject - The given Module.

Return Value:

    None

--*/
{
    DMF_CALLBACKS_WDF* callbacksWdf;
    DmfModuleOpenOption openOption;
    BOOLEAN usesPrepareHardware;
    BOOLEAN usesD0Entry;

    PAGED_CODE();

    callbacksWdf = &DmfObject->CallbacksWdf;
    openOption = DmfObject->OpenOption;
    usesPrepareHardware = (openOption == DMF_MODULE_OPEN_OPTION_OPEN_PrepareHardware) ||
                          (openOption == DMF_MODULE_OPEN_OPTION_NOTIFY_PrepareHardware);
    usesD0Entry = (openOption == DMF_MODULE_OPEN_OPTION_OPEN_D0Entry) ||
                  (openOption == DMF_MODULE_OPEN_OPTION_OPEN_D0EntrySystemPowerUp) ||
                  (openOption == DMF_MODULE_OPEN_OPTION_NOTIFY_D0Entry);

    /* Modules that open when they are created get no resources. */
    if ((callbacksWdf->ModulePrepareHardware == NULL) &&
        (usesPrepareHardware || (usesD0Entry && (DmfObject->CallbacksDmf.DeviceResourcesAssign != NULL))))
    {
        callbacksWdf->ModulePrepareHardware = Generic_PrepareHardware;
    }
    if ((callbacksWdf->ModuleReleaseHardware == NULL) &&
        usesPrepareHardware)
    {
        callbacksWdf->ModuleReleaseHardware = Generic_ReleaseHardware;
    }
    if ((callbacksWdf->ModuleD0Entry == NULL) &&
        usesD0Entry)
    {
        callbacksWdf->ModuleD0Entry = Generic_D0Entry;
    }
    if ((callbacksWdf->ModuleD0Exit == NULL) &&
        usesD0Entry)
    {
        callbacksWdf->ModuleD0Exit = Generic_D0Exit;
    }

#define GENERIC_CALLBACK_NOTE(Name) \
    DmfObject->ImplementedCallbacks |= (callbacksWdf->Module##Name != NULL) ? DMF_CALLBACK_BIT(Name) : 0;
    DMF_FOR_ALL_CALLBACKS_WDF(GENERIC_CALLBACK_NOTE)
#undef GENERIC_CALLBACK_NOTE
}
#pragma code_seg()
