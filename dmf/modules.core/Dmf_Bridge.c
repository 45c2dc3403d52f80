/* SPDX-License-Identifier: MIT */
/*
 * Bridge: the Module that carries the Client Driver's own callbacks of WDF.
 *
 * Environment: kernel mode and user mode drivers.
 */

/* DMF and this Module's Library specific definitions. */
#include "DmfModule.h"
#include "DmfModules.Core.h"
#include "DmfModules.Core.Trace.h"

#if defined(DMF_INCLUDE_TMH)
#include "Dmf_Bridge.tmh"
#endif

/*
 * Module Private Enumerations and Structures
 */

/* This Module has none. */

/*
 * Module Private Context
 */

/* This Module has no Context. */
DMF_MODULE_DECLARE_NO_CONTEXT(Bridge)

/* This macro declares DMF_CONFIG_GET(). */
DMF_MODULE_DECLARE_CONFIG(Bridge)

/*
 * WDF Module Callbacks
 */

/*
 * One function per event of plug and play, power and power policy, for events that can fail and for others. They differ in
 * their parameters only.
 */

#define BRIDGE_STATUS(Name, Parameters, Arguments) \
    static \
    _Must_inspect_result_ \
    NTSTATUS \
    DMF_Bridge_Module##Name Parameters \
    /*++ \
    Routine Description: \
        Tells the Client Driver about the event. \
    Arguments: \
        DmfModule - This Module's handle. The others are what WDF tells about the event. \
    Return Value: \
        NTSTATUS of the Client Driver. \
    --*/ \
    { \
        PAGED_CODE(); \
        return DMF_CONFIG_GET(DmfModule)->EvtDevice##Name Arguments; \
    }

#define BRIDGE_VOID(Name, Parameters, Arguments) \
    static \
    VOID \
    DMF_Bridge_Module##Name Parameters \
    /*++ \
    Routine Description: \
        Tells the Client Driver about the event. \
    Arguments: \
        DmfModule - This Module's handle. The others are what WDF tells about the event. \
    Return Value: \
        None \
    --*/ \
    { \
        PAGED_CODE(); \
        DMF_CONFIG_GET(DmfModule)->EvtDevice##Name Arguments; \
    }

#pragma code_seg("PAGE")
BRIDGE_STATUS(PrepareHardware,
              (_In_ DMFMODULE DmfModule, _In_ WDFCMRESLIST ResourcesRaw, _In_ WDFCMRESLIST ResourcesTranslated),
              (DMF_ParentDeviceGet(DmfModule), ResourcesRaw, ResourcesTranslated))

BRIDGE_STATUS(ReleaseHardware,
              (_In_ DMFMODULE DmfModule, _In_ WDFCMRESLIST ResourcesTranslated),
              (DMF_ParentDeviceGet(DmfModule), ResourcesTranslated))

BRIDGE_STATUS(D0Entry,
              (_In_ DMFMODULE DmfModule, _In_ WDF_POWER_DEVICE_STATE PreviousState),
              (DMF_ParentDeviceGet(DmfModule), PreviousState))

BRIDGE_STATUS(D0EntryPostInterruptsEnabled,
              (_In_ DMFMODULE DmfModule, _In_ WDF_POWER_DEVICE_STATE PreviousState),
              (DMF_ParentDeviceGet(DmfModule), PreviousState))

BRIDGE_STATUS(D0ExitPreInterruptsDisabled,
              (_In_ DMFMODULE DmfModule, _In_ WDF_POWER_DEVICE_STATE TargetState),
              (DMF_ParentDeviceGet(DmfModule), TargetState))

BRIDGE_STATUS(D0Exit,
              (_In_ DMFMODULE DmfModule, _In_ WDF_POWER_DEVICE_STATE TargetState),
              (DMF_ParentDeviceGet(DmfModule), TargetState))

BRIDGE_VOID(SelfManagedIoCleanup,
            (_In_ DMFMODULE DmfModule),
            (DMF_ParentDeviceGet(DmfModule)))

BRIDGE_VOID(SelfManagedIoFlush,
            (_In_ DMFMODULE DmfModule),
            (DMF_ParentDeviceGet(DmfModule)))

BRIDGE_STATUS(SelfManagedIoInit,
              (_In_ DMFMODULE DmfModule),
              (DMF_ParentDeviceGet(DmfModule)))

BRIDGE_STATUS(SelfManagedIoSuspend,
              (_In_ DMFMODULE DmfModule),
              (DMF_ParentDeviceGet(DmfModule)))

BRIDGE_STATUS(SelfManagedIoRestart,
              (_In_ DMFMODULE DmfModule),
              (DMF_ParentDeviceGet(DmfModule)))

BRIDGE_VOID(SurpriseRemoval,
            (_In_ DMFMODULE DmfModule),
            (DMF_ParentDeviceGet(DmfModule)))

BRIDGE_STATUS(QueryRemove,
              (_In_ DMFMODULE DmfModule),
              (DMF_ParentDeviceGet(DmfModule)))

BRIDGE_STATUS(QueryStop,
              (_In_ DMFMODULE DmfModule),
              (DMF_ParentDeviceGet(DmfModule)))

BRIDGE_VOID(RelationsQuery,
            (_In_ DMFMODULE DmfModule, _In_ DEVICE_RELATION_TYPE RelationType),
            (DMF_ParentDeviceGet(DmfModule), RelationType))

BRIDGE_STATUS(UsageNotificationEx,
              (_In_ DMFMODULE DmfModule, _In_ WDF_SPECIAL_FILE_TYPE NotificationType, _In_ BOOLEAN IsInNotificationPath),
              (DMF_ParentDeviceGet(DmfModule), NotificationType, IsInNotificationPath))

BRIDGE_STATUS(ArmWakeFromS0,
              (_In_ DMFMODULE DmfModule),
              (DMF_ParentDeviceGet(DmfModule)))

BRIDGE_VOID(DisarmWakeFromS0,
            (_In_ DMFMODULE DmfModule),
            (DMF_ParentDeviceGet(DmfModule)))

BRIDGE_VOID(WakeFromS0Triggered,
            (_In_ DMFMODULE DmfModule),
            (DMF_ParentDeviceGet(DmfModule)))

BRIDGE_STATUS(ArmWakeFromSxWithReason,
              (_In_ DMFMODULE DmfModule, _In_ BOOLEAN DeviceWakeEnabled, _In_ BOOLEAN ChildrenArmedForWake),
              (DMF_ParentDeviceGet(DmfModule), DeviceWakeEnabled, ChildrenArmedForWake))

BRIDGE_VOID(DisarmWakeFromSx,
            (_In_ DMFMODULE DmfModule),
            (DMF_ParentDeviceGet(DmfModule)))

BRIDGE_VOID(WakeFromSxTriggered,
            (_In_ DMFMODULE DmfModule),
            (DMF_ParentDeviceGet(DmfModule)))
#pragma code_seg()

/* One function per kind of request. */

#define BRIDGE_REQUEST(Name, ClientCallback, Parameters, Arguments) \
    static \
    BOOLEAN \
    DMF_Bridge_Module##Name Parameters \
    /*++ \
    Routine Description: \
        Gives a request to the Client Driver. \
    Arguments: \
        DmfModule - This Module's handle. The others are what WDF tells about the request. \
    Return Value: \
        TRUE, because the Client Driver handles whatever it has a callback for. \
    --*/ \
    { \
        DMF_CONFIG_GET(DmfModule)->ClientCallback Arguments; \
        return TRUE; \
    }

BRIDGE_REQUEST(QueueIoRead,
               EvtIoRead,
               (_In_ DMFMODULE DmfModule, _In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length),
               (Queue, Request, Length))

BRIDGE_REQUEST(QueueIoWrite,
               EvtIoWrite,
               (_In_ DMFMODULE DmfModule, _In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length),
               (Queue, Request, Length))

BRIDGE_REQUEST(DeviceIoControl,
               EvtIoDeviceControl,
               (_In_ DMFMODULE DmfModule, _In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                _In_ size_t InputBufferLength, _In_ ULONG IoControlCode),
               (Queue, Request, OutputBufferLength, InputBufferLength, IoControlCode))

#if defined(DMF_KERNEL_MODE)
BRIDGE_REQUEST(InternalDeviceIoControl,
               EvtIoInternalDeviceControl,
               (_In_ DMFMODULE DmfModule, _In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                _In_ size_t InputBufferLength, _In_ ULONG IoControlCode),
               (Queue, Request, OutputBufferLength, InputBufferLength, IoControlCode))
#endif /* defined(DMF_KERNEL_MODE) */

#pragma code_seg("PAGE")
static
BOOLEAN
DMF_Bridge_ModuleFileCreate(
    _In_ DMFMODULE DmfModule,
    _In_ WDFDEVICE Device,
    _In_ WDFREQUEST Request,
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Calls the Client Driver when a program opens the device.

Arguments:

    DmfModule - This Module's handle.
    Device - The device.
    Request - The request.
    FileObject - The file object.

Return Value:

    TRUE, because the Client Driver handles whatever it has a callback for.

--*/
{
    PAGED_CODE();

    DMF_CONFIG_GET(DmfModule)->EvtDeviceFileCreate(Device,
                                                   Request,
                                                   FileObject);

    return TRUE;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
BOOLEAN
DMF_Bridge_ModuleFileCleanup(
    _In_ DMFMODULE DmfModule,
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Calls the Client Driver when the last handle of a file object is closed.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The file object.

Return Value:

    TRUE, because the Client Driver handles whatever it has a callback for.

--*/
{
    PAGED_CODE();

    DMF_CONFIG_GET(DmfModule)->EvtFileCleanup(FileObject);

    return TRUE;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
BOOLEAN
DMF_Bridge_ModuleFileClose(
    _In_ DMFMODULE DmfModule,
    _In_ WDFFILEOBJECT FileObject
    )
/*++

Routine Description:

    Calls the Client Driver when a file object is gone.

Arguments:

    DmfModule - This Module's handle.
    FileObject - The file object.

Return Value:

    TRUE, because the Client Driver handles whatever it has a callback for.

--*/
{
    PAGED_CODE();

    DMF_CONFIG_GET(DmfModule)->EvtFileClose(FileObject);

    return TRUE;
}
#pragma code_seg()

/*
 * Public Calls by Client
 */

/* The Module implements a callback if the Client Driver has it. */
#define BRIDGE_CALLBACK_USE(ClientCallback, ModuleCallback) \
    dmfCallbacksWdf_Bridge.ModuleCallback = \
        (moduleConfig->ClientCallback != NULL) ? DMF_Bridge_##ModuleCallback : USE_GENERIC_CALLBACK

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_Bridge_Create(
    WDFDEVICE Device,
    DMF_MODULE_ATTRIBUTES* DmfModuleAttributes,
    WDF_OBJECT_ATTRIBUTES* ObjectAttributes,
    DMFMODULE* DmfModule
    )
/*++

Routine Description:

    Creates an instance of a DMF Module of type Bridge. It implements exactly what the Client Driver implements, so that a
    callback that nobody has costs nothing.

Arguments:

    Device - The Client Driver's device.
    DmfModuleAttributes - What DMF needs to create the Module.
    ObjectAttributes - Attributes of the WDF object behind the Module.
    DmfModule - The Module's handle.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_DESCRIPTOR dmfModuleDescriptor_Bridge;
    DMF_CALLBACKS_WDF dmfCallbacksWdf_Bridge;
    DMF_CONFIG_Bridge* moduleConfig;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    moduleConfig = (DMF_CONFIG_Bridge*)DmfModuleAttributes->ModuleConfigPointer;
    DMF_CALLBACKS_WDF_INIT(&dmfCallbacksWdf_Bridge);
    BRIDGE_CALLBACK_USE(EvtDevicePrepareHardware, ModulePrepareHardware);
    BRIDGE_CALLBACK_USE(EvtDeviceReleaseHardware, ModuleReleaseHardware);
    BRIDGE_CALLBACK_USE(EvtDeviceD0Entry, ModuleD0Entry);
    BRIDGE_CALLBACK_USE(EvtDeviceD0EntryPostInterruptsEnabled, ModuleD0EntryPostInterruptsEnabled);
    BRIDGE_CALLBACK_USE(EvtDeviceD0ExitPreInterruptsDisabled, ModuleD0ExitPreInterruptsDisabled);
    BRIDGE_CALLBACK_USE(EvtDeviceD0Exit, ModuleD0Exit);
    BRIDGE_CALLBACK_USE(EvtIoRead, ModuleQueueIoRead);
    BRIDGE_CALLBACK_USE(EvtIoWrite, ModuleQueueIoWrite);
    BRIDGE_CALLBACK_USE(EvtIoDeviceControl, ModuleDeviceIoControl);
#if defined(DMF_KERNEL_MODE)
    BRIDGE_CALLBACK_USE(EvtIoInternalDeviceControl, ModuleInternalDeviceIoControl);
#endif /* defined(DMF_KERNEL_MODE) */
    BRIDGE_CALLBACK_USE(EvtDeviceSelfManagedIoCleanup, ModuleSelfManagedIoCleanup);
    BRIDGE_CALLBACK_USE(EvtDeviceSelfManagedIoFlush, ModuleSelfManagedIoFlush);
    BRIDGE_CALLBACK_USE(EvtDeviceSelfManagedIoInit, ModuleSelfManagedIoInit);
    BRIDGE_CALLBACK_USE(EvtDeviceSelfManagedIoSuspend, ModuleSelfManagedIoSuspend);
    BRIDGE_CALLBACK_USE(EvtDeviceSelfManagedIoRestart, ModuleSelfManagedIoRestart);
    BRIDGE_CALLBACK_USE(EvtDeviceSurpriseRemoval, ModuleSurpriseRemoval);
    BRIDGE_CALLBACK_USE(EvtDeviceQueryRemove, ModuleQueryRemove);
    BRIDGE_CALLBACK_USE(EvtDeviceQueryStop, ModuleQueryStop);
    BRIDGE_CALLBACK_USE(EvtDeviceRelationsQuery, ModuleRelationsQuery);
    BRIDGE_CALLBACK_USE(EvtDeviceUsageNotificationEx, ModuleUsageNotificationEx);
    BRIDGE_CALLBACK_USE(EvtDeviceArmWakeFromS0, ModuleArmWakeFromS0);
    BRIDGE_CALLBACK_USE(EvtDeviceDisarmWakeFromS0, ModuleDisarmWakeFromS0);
    BRIDGE_CALLBACK_USE(EvtDeviceWakeFromS0Triggered, ModuleWakeFromS0Triggered);
    BRIDGE_CALLBACK_USE(EvtDeviceArmWakeFromSxWithReason, ModuleArmWakeFromSxWithReason);
    BRIDGE_CALLBACK_USE(EvtDeviceDisarmWakeFromSx, ModuleDisarmWakeFromSx);
    BRIDGE_CALLBACK_USE(EvtDeviceWakeFromSxTriggered, ModuleWakeFromSxTriggered);
    BRIDGE_CALLBACK_USE(EvtDeviceFileCreate, ModuleFileCreate);
    BRIDGE_CALLBACK_USE(EvtFileCleanup, ModuleFileCleanup);
    BRIDGE_CALLBACK_USE(EvtFileClose, ModuleFileClose);

    DMF_MODULE_DESCRIPTOR_INIT(dmfModuleDescriptor_Bridge,
                               Bridge,
                               DMF_MODULE_OPTIONS_DISPATCH,
                               DMF_MODULE_OPEN_OPTION_OPEN_Create);
    dmfModuleDescriptor_Bridge.CallbacksWdf = &dmfCallbacksWdf_Bridge;

    ntStatus = DMF_ModuleCreate(Device,
                                DmfModuleAttributes,
                                ObjectAttributes,
                                &dmfModuleDescriptor_Bridge,
                                DmfModule);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "DMF_ModuleCreate fails: ntStatus=%!STATUS!", ntStatus);
    }

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()
