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
Dispatch_PrepareHardwareTreeUnregister(
    _Inout_ DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    After a failed start: unregisters what registered with the device's resources in a tree, parents first and children last
    to first.

Arguments:

    DmfObject - The root of the tree.

Return Value:

    None

--*/
{
    LIST_ENTRY* listEntry;

    PAGED_CODE();

    if (DmfObject->NotificationRegisteredDuring == ModuleOpenedDuring_PrepareHardware)
    {
        DMF_ObjectNotificationUnregister(DmfObject);
    }
    for (listEntry = DmfObject->Children.Blink; listEntry != &DmfObject->Children; listEntry = listEntry->Blink)
    {
        Dispatch_PrepareHardwareTreeUnregister(CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry));
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_PrepareHardwareUndo(
    _In_ LIST_ENTRY* Modules
    )
/*++

Routine Description:

    After a failed start: closes the Modules without a parent that opened with the device's resources, and unregisters those
    that registered, with their trees. WDF releases the hardware afterwards, which closes the rest.

Arguments:

    Modules - The Modules without a parent.

Return Value:

    None

--*/
{
    LIST_ENTRY* listEntry;
    DMF_OBJECT* dmfObject;

    PAGED_CODE();

    for (listEntry = Modules->Flink; listEntry != Modules; listEntry = listEntry->Flink)
    {
        dmfObject = CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry);
        if (dmfObject->NotificationRegisteredDuring == ModuleOpenedDuring_PrepareHardware)
        {
            Dispatch_PrepareHardwareTreeUnregister(dmfObject);
        }
        else if (dmfObject->ModuleOpenedDuring == ModuleOpenedDuring_PrepareHardware)
        {
            DMF_ObjectClose(dmfObject);
        }
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_D0EntryTreeUndo(
    _Inout_ DMF_OBJECT* DmfObject,
    _In_ ModuleOpenedDuringType OpenedDuring
    )
/*++

Routine Description:

    After a failed entry into the working state: closes what opened with it in a tree, and unregisters what registered,
    parents first and children last to first.

Arguments:

    DmfObject - The root of the tree.
    OpenedDuring - Which of the two forms of entering is undone.

Return Value:

    None

--*/
{
    LIST_ENTRY* listEntry;

    PAGED_CODE();

    if (DmfObject->NotificationRegisteredDuring == OpenedDuring)
    {
        DMF_ObjectNotificationUnregister(DmfObject);
    }
    else if (DmfObject->ModuleOpenedDuring == OpenedDuring)
    {
        DMF_ObjectClose(DmfObject);
    }
    for (listEntry = DmfObject->Children.Blink; listEntry != &DmfObject->Children; listEntry = listEntry->Blink)
    {
        Dispatch_D0EntryTreeUndo(CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry),
                                 OpenedDuring);
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Dispatch_D0EntryUndo(
    _In_ LIST_ENTRY* Modules
    )
/*++

Routine Description:

    After a failed entry into the working state: closes the Modules that opened with it, first those that open when the
    system powers up, and unregisters those that registered. WDF does not report an exit from a state that was not entered,
    so nothing else would close them.

Arguments:

    Modules - The Modules without a parent.

Return Value:

    None

--*/
{
    LIST_ENTRY* listEntry;

    PAGED_CODE();

    for (listEntry = Modules->Flink; listEntry != Modules; listEntry = listEntry->Flink)
    {
        Dispatch_D0EntryTreeUndo(CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry),
                                 ModuleOpenedDuring_D0EntrySystemPowerUp);
    }
    for (listEntry = Modules->Flink; listEntry != Modules; listEntry = listEntry->Flink)
    {
        Dispatch_D0EntryTreeUndo(CONTAINING_RECORD(listEntry, DMF_OBJECT, SiblingEntry),
                                 ModuleOpenedDuring_D0Entry);
    }
}
#pragma code_seg()

/*
 * The two events whose failure is undone here.
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
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, PrepareHardware,
                           (dispatchObject->Handle, ResourcesRaw, ResourcesTranslated));
    if (! NT_SUCCESS(ntStatus))
    {
        Dispatch_PrepareHardwareUndo(&collection->Modules);
    }

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
    DISPATCH_UNTIL_FAILURE(ntStatus, collection, D0Entry, (dispatchObject->Handle, PreviousState));
    if (! NT_SUCCESS(ntStatus))
    {
        Dispatch_D0EntryUndo(&collection->Modules);
    }

    return ntStatus;
}
#pragma code_seg()

/*
 * Plug and play, power and power policy: one function per event, which WDF calls. They differ in their parameters only.
 */

#define DISPATCH_STATUS(Name, Parameters, Arguments) \
    static \
    _Must_inspect_result_ \
    NTSTATUS \
    Dispatch_##Name Parameters \
    /*++ \
    Routine Description: \
        Tells the Modules about the event, until one fails. \
    Arguments: \
        Device - The given device. The others are what WDF tells about the event. \
    Return Value: \
        NTSTATUS of the first Module that fails. \
    --*/ \
    { \
        NTSTATUS ntStatus; \
        DMF_MODULE_COLLECTION* collection; \
        PAGED_CODE(); \
        collection = Dispatch_CollectionGet(Device); \
        DISPATCH_UNTIL_FAILURE(ntStatus, collection, Name, Arguments); \
        return ntStatus; \
    }

#define DISPATCH_VOID(Name, Parameters, Arguments) \
    static \
    VOID \
    Dispatch_##Name Parameters \
    /*++ \
    Routine Description: \
        Tells the Modules about the event. \
    Arguments: \
        Device - The given device. The others are what WDF tells about the event. \
    Return Value: \
        None \
    --*/ \
    { \
        DMF_MODULE_COLLECTION* collection; \
        PAGED_CODE(); \
        collection = Dispatch_CollectionGet(Device); \
        DISPATCH_ALL(collection, Name, Arguments); \
    }

#pragma code_seg("PAGE")
DISPATCH_STATUS(ReleaseHardware,
                (_In_ WDFDEVICE Device, _In_ WDFCMRESLIST ResourcesTranslated),
                (dispatchObject->Handle, ResourcesTranslated))

DISPATCH_STATUS(D0EntryPostInterruptsEnabled,
                (_In_ WDFDEVICE Device, _In_ WDF_POWER_DEVICE_STATE PreviousState),
                (dispatchObject->Handle, PreviousState))

DISPATCH_STATUS(D0ExitPreInterruptsDisabled,
                (_In_ WDFDEVICE Device, _In_ WDF_POWER_DEVICE_STATE TargetState),
                (dispatchObject->Handle, TargetState))

DISPATCH_STATUS(D0Exit,
                (_In_ WDFDEVICE Device, _In_ WDF_POWER_DEVICE_STATE TargetState),
                (dispatchObject->Handle, TargetState))

DISPATCH_VOID(SelfManagedIoCleanup,
              (_In_ WDFDEVICE Device),
              (dispatchObject->Handle))

DISPATCH_VOID(SelfManagedIoFlush,
              (_In_ WDFDEVICE Device),
              (dispatchObject->Handle))

DISPATCH_STATUS(SelfManagedIoInit,
                (_In_ WDFDEVICE Device),
                (dispatchObject->Handle))

DISPATCH_STATUS(SelfManagedIoSuspend,
                (_In_ WDFDEVICE Device),
                (dispatchObject->Handle))

DISPATCH_STATUS(SelfManagedIoRestart,
                (_In_ WDFDEVICE Device),
                (dispatchObject->Handle))

DISPATCH_VOID(SurpriseRemoval,
              (_In_ WDFDEVICE Device),
              (dispatchObject->Handle))

DISPATCH_STATUS(QueryRemove,
                (_In_ WDFDEVICE Device),
                (dispatchObject->Handle))

DISPATCH_STATUS(QueryStop,
                (_In_ WDFDEVICE Device),
                (dispatchObject->Handle))

DISPATCH_VOID(RelationsQuery,
              (_In_ WDFDEVICE Device, _In_ DEVICE_RELATION_TYPE RelationType),
              (dispatchObject->Handle, RelationType))

DISPATCH_STATUS(UsageNotificationEx,
                (_In_ WDFDEVICE Device, _In_ WDF_SPECIAL_FILE_TYPE NotificationType, _In_ BOOLEAN IsInNotificationPath),
                (dispatchObject->Handle, NotificationType, IsInNotificationPath))

DISPATCH_STATUS(ArmWakeFromS0,
                (_In_ WDFDEVICE Device),
                (dispatchObject->Handle))

DISPATCH_VOID(DisarmWakeFromS0,
              (_In_ WDFDEVICE Device),
              (dispatchObject->Handle))

DISPATCH_VOID(WakeFromS0Triggered,
              (_In_ WDFDEVICE Device),
              (dispatchObject->Handle))

DISPATCH_STATUS(ArmWakeFromSxWithReason,
                (_In_ WDFDEVICE Device, _In_ BOOLEAN DeviceWakeEnabled, _In_ BOOLEAN ChildrenArmedForWake),
                (dispatchObject->Handle, DeviceWakeEnabled, ChildrenArmedForWake))

DISPATCH_VOID(DisarmWakeFromSx,
              (_In_ WDFDEVICE Device),
              (dispatchObject->Handle))

DISPATCH_VOID(WakeFromSxTriggered,
              (_In_ WDFDEVICE Device),
              (dispatchObject->Handle))
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
static
_Must_inspect_result_
NTSTATUS
Dispatch_ManualDeviceContextGet(
    _In_ WDFDEVICE Device,
    _Out_ DMF_DEVICE_CONTEXT** DeviceContext
    )
/*++

Routine Description:

    Gives the framework's context of a device whose start and end the Client Driver simulates.

Arguments:

    Device - The given device.
    DeviceContext - The framework's context, whose collection exists.

Return Value:

    STATUS_NOT_SUPPORTED if WDF starts and stops the device, STATUS_INVALID_DEVICE_STATE if the device has no Modules.

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

    *DeviceContext = DmfDeviceContextGet(Device);
    if ((*DeviceContext == NULL) ||
        ((*DeviceContext)->Collection == NULL))
    {
        ntStatus = STATUS_INVALID_DEVICE_STATE;
    }
    else if ((*DeviceContext)->DeviceAddIsImplemented)
    {
        DmfAssert(! (*DeviceContext)->DeviceAddIsImplemented);
        ntStatus = STATUS_NOT_SUPPORTED;
    }
    else
    {
        ntStatus = STATUS_SUCCESS;
    }

    return ntStatus;
}
#pragma code_seg()

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

    STATUS_NOT_SUPPORTED if WDF starts the device, STATUS_INVALID_DEVICE_STATE if it has no Modules. Otherwise NTSTATUS of
    the first Module that fails.

--*/
{
    NTSTATUS ntStatus;
    DMF_DEVICE_CONTEXT* deviceContext;

    PAGED_CODE();

    ntStatus = Dispatch_ManualDeviceContextGet(Device,
                                               &deviceContext);
    if (! NT_SUCCESS(ntStatus))
    {
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

    STATUS_NOT_SUPPORTED if WDF stops the device, STATUS_INVALID_DEVICE_STATE if it has no Modules. Otherwise NTSTATUS of
    the first Module that does not release its hardware.

--*/
{
    NTSTATUS ntStatus;
    DMF_DEVICE_CONTEXT* deviceContext;

    PAGED_CODE();

    ntStatus = Dispatch_ManualDeviceContextGet(Device,
                                               &deviceContext);
    if (! NT_SUCCESS(ntStatus))
    {
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
