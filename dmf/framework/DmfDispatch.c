/* SPDX-License-Identifier: MIT */
/*
 * The callbacks of WDF for plug and play, power and waking, and what is undone when the start of a device fails.
 */
#include "DmfDispatch.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfDispatch.tmh"
#endif

#pragma code_seg("PAGE")
static
VOID
Dispatch_PrepareHardwareUndo(
    _In_ LIST_ENTRY* Modules,
    _In_ BOOLEAN IsTopLevel
    )
/*++

Routine Description:

    After a failed start: closes the Modules without a parent that opened with the device's resources, and unregisters those
    that registered, with their trees. WDF releases the hardware afterwards, which closes the rest.

Arguments:

    Modules - The Modules.
    IsTopLevel - Indicates that the Modules have no parent. Children are treated last to first.

Return Value:

    None

--*/
{
    LIST_ENTRY* listEntry;
    DMF_OBJECT* dmfObject;

    PAGED_CODE();

    for (listEntry = IsTopLevel ? Modules->Flink : Modules->Blink;
         listEntry != Modules;
         listEntry = IsTopLevel ? listEntry->Flink : listEntry->Blink)
    {
        dmfObject = CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry);
        if (dmfObject->NotificationRegisteredDuring == ModuleOpenedDuring_PrepareHardware)
        {
            DMF_ObjectNotificationUnregister(dmfObject);
            Dispatch_PrepareHardwareUndo(&dmfObject->Children,
                                         FALSE);
        }
        else if (IsTopLevel &&
                 (dmfObject->ModuleOpenedDuring == ModuleOpenedDuring_PrepareHardware))
        {
            DMF_ObjectClose(dmfObject);
        }
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_D0EntryUndo(
    _In_ LIST_ENTRY* Modules,
    _In_ BOOLEAN IsTopLevel
    )
/*++

Routine Description:

    After a failed entry into the working state: closes the Modules that opened with it, and unregisters those that
    registered. WDF does not report an exit from a state that was not entered, so nothing else would close them.

Arguments:

    Modules - The Modules.
    IsTopLevel - Indicates that the Modules have no parent. Children are treated last to first, after their parent.

Return Value:

    None

--*/
{
    LIST_ENTRY* listEntry;
    DMF_OBJECT* dmfObject;

    PAGED_CODE();

    for (listEntry = IsTopLevel ? Modules->Flink : Modules->Blink;
         listEntry != Modules;
         listEntry = IsTopLevel ? listEntry->Flink : listEntry->Blink)
    {
        dmfObject = CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry);
        if (dmfObject->NotificationRegisteredDuring == ModuleOpenedDuring_D0Entry)
        {
            DMF_ObjectNotificationUnregister(dmfObject);
        }
        else if ((dmfObject->ModuleOpenedDuring == ModuleOpenedDuring_D0EntrySystemPowerUp) ||
                 (dmfObject->ModuleOpenedDuring == ModuleOpenedDuring_D0Entry))
        {
            DMF_ObjectClose(dmfObject);
        }
        Dispatch_D0EntryUndo(&dmfObject->Children,
                             FALSE);
    }
}
#pragma code_seg()

/*
 * Plug and play, power and power policy.
 */

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_PrepareHardware(
    _In_ WDFDEVICE Device,
    _In_ WDFCMRESLIST ResourcesRaw,
    _In_ WDFCMRESLIST ResourcesTranslated
    )
/*++

Routine Description:

    Tells the Modules that the device gets its resources.

Arguments:

    Device - The given device.
    ResourcesRaw - The resources as the bus sees them.
    ResourcesTranslated - The resources as the processor sees them.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, PrepareHardware, dispatchObject->Handle, ResourcesRaw, ResourcesTranslated);
    if (! NT_SUCCESS(ntStatus))
    {
        Dispatch_PrepareHardwareUndo(&collection->Modules,
                                     TRUE);
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_ReleaseHardware(
    _In_ WDFDEVICE Device,
    _In_ WDFCMRESLIST ResourcesTranslated
    )
/*++

Routine Description:

    Tells the Modules that the device loses its resources.

Arguments:

    Device - The given device.
    ResourcesTranslated - The resources as the processor sees them.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, ReleaseHardware, dispatchObject->Handle, ResourcesTranslated);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_D0Entry(
    _In_ WDFDEVICE Device,
    _In_ WDF_POWER_DEVICE_STATE PreviousState
    )
/*++

Routine Description:

    Tells the Modules that the device enters its working state.

Arguments:

    Device - The given device.
    PreviousState - The state that the device comes from.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, D0Entry, dispatchObject->Handle, PreviousState);
    if (! NT_SUCCESS(ntStatus))
    {
        Dispatch_D0EntryUndo(&collection->Modules,
                             TRUE);
    }

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_D0EntryPostInterruptsEnabled(
    _In_ WDFDEVICE Device,
    _In_ WDF_POWER_DEVICE_STATE PreviousState
    )
/*++

Routine Description:

    Tells the Modules that the device's interrupts are on.

Arguments:

    Device - The given device.
    PreviousState - The state that the device comes from.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, D0EntryPostInterruptsEnabled, dispatchObject->Handle, PreviousState);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_D0ExitPreInterruptsDisabled(
    _In_ WDFDEVICE Device,
    _In_ WDF_POWER_DEVICE_STATE TargetState
    )
/*++

Routine Description:

    Tells the Modules that the device's interrupts are about to go off.

Arguments:

    Device - The given device.
    TargetState - The state that the device goes to.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, D0ExitPreInterruptsDisabled, dispatchObject->Handle, TargetState);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_D0Exit(
    _In_ WDFDEVICE Device,
    _In_ WDF_POWER_DEVICE_STATE TargetState
    )
/*++

Routine Description:

    Tells the Modules that the device leaves its working state.

Arguments:

    Device - The given device.
    TargetState - The state that the device goes to.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, D0Exit, dispatchObject->Handle, TargetState);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_SelfManagedIoCleanup(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that self managed input and output is cleaned up.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, SelfManagedIoCleanup, dispatchObject->Handle);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_SelfManagedIoFlush(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that self managed input and output is flushed.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, SelfManagedIoFlush, dispatchObject->Handle);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_SelfManagedIoInit(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that self managed input and output begins.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, SelfManagedIoInit, dispatchObject->Handle);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_SelfManagedIoSuspend(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that self managed input and output is suspended.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, SelfManagedIoSuspend, dispatchObject->Handle);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_SelfManagedIoRestart(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that self managed input and output goes on.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, SelfManagedIoRestart, dispatchObject->Handle);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_SurpriseRemoval(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that the device is gone without notice.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, SurpriseRemoval, dispatchObject->Handle);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_QueryRemove(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that somebody asks whether the device may be removed.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, QueryRemove, dispatchObject->Handle);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_QueryStop(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that somebody asks whether the device may be stopped.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, QueryStop, dispatchObject->Handle);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_RelationsQuery(
    _In_ WDFDEVICE Device,
    _In_ DEVICE_RELATION_TYPE RelationType
    )
/*++

Routine Description:

    Tells the Modules that somebody asks for the device's relations.

Arguments:

    Device - The given device.
    RelationType - The kind of relations.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, RelationsQuery, dispatchObject->Handle, RelationType);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_UsageNotificationEx(
    _In_ WDFDEVICE Device,
    _In_ WDF_SPECIAL_FILE_TYPE NotificationType,
    _In_ BOOLEAN IsInNotificationPath
    )
/*++

Routine Description:

    Tells the Modules that a special file comes to the device or leaves it.

Arguments:

    Device - The given device.
    NotificationType - The kind of file.
    IsInNotificationPath - Indicates that the file comes.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, UsageNotificationEx, dispatchObject->Handle, NotificationType,
    IsInNotificationPath);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_ArmWakeFromS0(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that the device is to wake itself while the system works.

Arguments:

    Device - The given device.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, ArmWakeFromS0, dispatchObject->Handle);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_DisarmWakeFromS0(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that the device is not to wake itself any more while the system works.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, DisarmWakeFromS0, dispatchObject->Handle);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_WakeFromS0Triggered(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that the device woke itself while the system works.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, WakeFromS0Triggered, dispatchObject->Handle);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Dispatch_ArmWakeFromSxWithReason(
    _In_ WDFDEVICE Device,
    _In_ BOOLEAN DeviceWakeEnabled,
    _In_ BOOLEAN ChildrenArmedForWake
    )
/*++

Routine Description:

    Tells the Modules that the device is to wake the system.

Arguments:

    Device - The given device.
    DeviceWakeEnabled - Indicates that the device itself wakes.
    ChildrenArmedForWake - Indicates that its children wake.

Return Value:

    NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, ArmWakeFromSxWithReason, dispatchObject->Handle, DeviceWakeEnabled,
    ChildrenArmedForWake);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_DisarmWakeFromSx(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that the device is not to wake the system any more.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, DisarmWakeFromSx, dispatchObject->Handle);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_WakeFromSxTriggered(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells the Modules that the device woke the system.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    DMF_MODULE_COLLECTION* collection;

    PAGED_CODE();

    collection = Dispatch_CollectionGet(Device);
    DISPATCH_ALL(collection, WakeFromSxTriggered, dispatchObject->Handle);
}
#pragma code_seg()

/*
 * Where the callbacks are given to WDF.
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DispatchPnpPowerEventCallbacksSet(
    PWDF_PNPPOWER_EVENT_CALLBACKS PnpPowerEventCallbacks
    )
/*++

Routine Description:

    Puts the framework's callbacks into the structure for plug and play and power. The other members stay as they are.

Arguments:

    PnpPowerEventCallbacks - The structure.

Return Value:

    None

--*/
{
    PAGED_CODE();

    PnpPowerEventCallbacks->EvtDevicePrepareHardware = Dispatch_PrepareHardware;
    PnpPowerEventCallbacks->EvtDeviceReleaseHardware = Dispatch_ReleaseHardware;
    PnpPowerEventCallbacks->EvtDeviceD0Entry = Dispatch_D0Entry;
    PnpPowerEventCallbacks->EvtDeviceD0EntryPostInterruptsEnabled = Dispatch_D0EntryPostInterruptsEnabled;
    PnpPowerEventCallbacks->EvtDeviceD0ExitPreInterruptsDisabled = Dispatch_D0ExitPreInterruptsDisabled;
    PnpPowerEventCallbacks->EvtDeviceD0Exit = Dispatch_D0Exit;
    PnpPowerEventCallbacks->EvtDeviceSelfManagedIoCleanup = Dispatch_SelfManagedIoCleanup;
    PnpPowerEventCallbacks->EvtDeviceSelfManagedIoFlush = Dispatch_SelfManagedIoFlush;
    PnpPowerEventCallbacks->EvtDeviceSelfManagedIoInit = Dispatch_SelfManagedIoInit;
    PnpPowerEventCallbacks->EvtDeviceSelfManagedIoSuspend = Dispatch_SelfManagedIoSuspend;
    PnpPowerEventCallbacks->EvtDeviceSelfManagedIoRestart = Dispatch_SelfManagedIoRestart;
    PnpPowerEventCallbacks->EvtDeviceSurpriseRemoval = Dispatch_SurpriseRemoval;
    PnpPowerEventCallbacks->EvtDeviceQueryRemove = Dispatch_QueryRemove;
    PnpPowerEventCallbacks->EvtDeviceQueryStop = Dispatch_QueryStop;
    PnpPowerEventCallbacks->EvtDeviceRelationsQuery = Dispatch_RelationsQuery;
    PnpPowerEventCallbacks->EvtDeviceUsageNotificationEx = Dispatch_UsageNotificationEx;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DispatchPowerPolicyEventCallbacksSet(
    PWDF_POWER_POLICY_EVENT_CALLBACKS PowerPolicyEventCallbacks
    )
/*++

Routine Description:

    Puts the framework's callbacks into the structure for waking. The other members stay as they are.

Arguments:

    PowerPolicyEventCallbacks - The structure.

Return Value:

    None

--*/
{
    PAGED_CODE();

    PowerPolicyEventCallbacks->EvtDeviceArmWakeFromS0 = Dispatch_ArmWakeFromS0;
    PowerPolicyEventCallbacks->EvtDeviceDisarmWakeFromS0 = Dispatch_DisarmWakeFromS0;
    PowerPolicyEventCallbacks->EvtDeviceWakeFromS0Triggered = Dispatch_WakeFromS0Triggered;
    PowerPolicyEventCallbacks->EvtDeviceArmWakeFromSxWithReason = Dispatch_ArmWakeFromSxWithReason;
    PowerPolicyEventCallbacks->EvtDeviceDisarmWakeFromSx = Dispatch_DisarmWakeFromSx;
    PowerPolicyEventCallbacks->EvtDeviceWakeFromSxTriggered = Dispatch_WakeFromSxTriggered;
}
#pragma code_seg()

/*
 * Client Drivers without a device add callback.
 */

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_Invoke_DeviceCallbacksCreate(
    WDFDEVICE Device,
    WDFCMRESLIST ResourcesRaw,
    WDFCMRESLIST ResourcesTranslated,
    WDF_POWER_DEVICE_STATE PreviousState
    )
/*++

Routine Description:

    Does what WDF does when a device starts, for a device that WDF does not start.

Arguments:

    Device - The given device.
    ResourcesRaw - The resources as the bus sees them.
    ResourcesTranslated - The resources as the processor sees them.
    PreviousState - The state that the device comes from.

Return Value:

    STATUS_NOT_SUPPORTED if WDF starts the device. Otherwise NTSTATUS of the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_DEVICE_CONTEXT* deviceContext;

    PAGED_CODE();

    deviceContext = DmfDeviceContextGet(Device);
    if (deviceContext->DeviceAddIsImplemented)
    {
        ntStatus = STATUS_NOT_SUPPORTED;
        goto Exit;
    }
    deviceContext->Collection->ManualDestroyPending = TRUE;
    ntStatus = Dispatch_PrepareHardware(Device,
                                        ResourcesRaw,
                                        ResourcesTranslated);
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = Dispatch_D0Entry(Device,
                                    PreviousState);
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_Invoke_DeviceCallbacksDestroy(
    WDFDEVICE Device,
    WDFCMRESLIST ResourcesTranslated,
    WDF_POWER_DEVICE_STATE TargetState
    )
/*++

Routine Description:

    Does what WDF does when a device stops, for a device that WDF does not stop.

Arguments:

    Device - The given device.
    ResourcesTranslated - The resources as the processor sees them.
    TargetState - The state that the device goes to.

Return Value:

    STATUS_NOT_SUPPORTED if WDF stops the device. Otherwise NTSTATUS of the first Module that does not release its hardware.

--*/
{
    NTSTATUS ntStatus;
    DMF_DEVICE_CONTEXT* deviceContext;

    PAGED_CODE();

    deviceContext = DmfDeviceContextGet(Device);
    if (deviceContext->DeviceAddIsImplemented)
    {
        ntStatus = STATUS_NOT_SUPPORTED;
        goto Exit;
    }
    /* The hardware is released even if a Module does not leave its working state in order. */
    ntStatus = Dispatch_D0Exit(Device,
                               TargetState);
    UNREFERENCED_PARAMETER(ntStatus);
    ntStatus = Dispatch_ReleaseHardware(Device,
                                        ResourcesTranslated);
    if (NT_SUCCESS(ntStatus))
    {
        deviceContext->Collection->ManualDestroyPending = FALSE;
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DispatchManualDestroy(
    WDFDEVICE Device
    )
/*++

Routine Description:

    Stops a device that the Client Driver started and did not stop, before its Modules are destroyed.

Arguments:

    Device - The given device.

Return Value:

    None

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

    ntStatus = DMF_Invoke_DeviceCallbacksDestroy(Device,
                                                 NULL,
                                                 WdfPowerDeviceD0);
    UNREFERENCED_PARAMETER(ntStatus);
}
#pragma code_seg()
