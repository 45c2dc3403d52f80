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

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModulePrepareHardware(
    _In_ DMFMODULE DmfModule,
    _In_ WDFCMRESLIST ResourcesRaw,
    _In_ WDFCMRESLIST ResourcesTranslated
    )
/*++

Routine Description:

    Calls the Client Driver when the device gets its resources.

Arguments:

    DmfModule - This Module's handle.
    ResourcesRaw - The resources as the bus sees them.
    ResourcesTranslated - The resources as the processor sees them.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDevicePrepareHardware(DMF_ParentDeviceGet(DmfModule),
                                                               ResourcesRaw,
                                                               ResourcesTranslated);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModuleReleaseHardware(
    _In_ DMFMODULE DmfModule,
    _In_ WDFCMRESLIST ResourcesTranslated
    )
/*++

Routine Description:

    Calls the Client Driver when the device loses its resources.

Arguments:

    DmfModule - This Module's handle.
    ResourcesTranslated - The resources as the processor sees them.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDeviceReleaseHardware(DMF_ParentDeviceGet(DmfModule),
                                                               ResourcesTranslated);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModuleD0Entry(
    _In_ DMFMODULE DmfModule,
    _In_ WDF_POWER_DEVICE_STATE PreviousState
    )
/*++

Routine Description:

    Calls the Client Driver when the device enters its working state.

Arguments:

    DmfModule - This Module's handle.
    PreviousState - The state that the device comes from.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDeviceD0Entry(DMF_ParentDeviceGet(DmfModule),
                                                       PreviousState);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModuleD0EntryPostInterruptsEnabled(
    _In_ DMFMODULE DmfModule,
    _In_ WDF_POWER_DEVICE_STATE PreviousState
    )
/*++

Routine Description:

    Calls the Client Driver when the device's interrupts are on.

Arguments:

    DmfModule - This Module's handle.
    PreviousState - The state that the device comes from.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDeviceD0EntryPostInterruptsEnabled(DMF_ParentDeviceGet(DmfModule),
                                                                            PreviousState);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModuleD0ExitPreInterruptsDisabled(
    _In_ DMFMODULE DmfModule,
    _In_ WDF_POWER_DEVICE_STATE TargetState
    )
/*++

Routine Description:

    Calls the Client Driver when the device's interrupts are about to go off.

Arguments:

    DmfModule - This Module's handle.
    TargetState - The state that the device goes to.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDeviceD0ExitPreInterruptsDisabled(DMF_ParentDeviceGet(DmfModule),
                                                                           TargetState);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModuleD0Exit(
    _In_ DMFMODULE DmfModule,
    _In_ WDF_POWER_DEVICE_STATE TargetState
    )
/*++

Routine Description:

    Calls the Client Driver when the device leaves its working state.

Arguments:

    DmfModule - This Module's handle.
    TargetState - The state that the device goes to.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDeviceD0Exit(DMF_ParentDeviceGet(DmfModule),
                                                      TargetState);
}
#pragma code_seg()

static
BOOLEAN
DMF_Bridge_ModuleQueueIoRead(
    _In_ DMFMODULE DmfModule,
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t Length
    )
/*++

Routine Description:

    Calls the Client Driver when a read arrives.

Arguments:

    DmfModule - This Module's handle.
    Queue - The queue of the request.
    Request - The request.
    Length - The size of the data.

Return Value:

    TRUE, because the Client Driver handles whatever it has a callback for.

--*/
{
    DMF_CONFIG_GET(DmfModule)->EvtIoRead(Queue,
                                         Request,
                                         Length);

    return TRUE;
}

static
BOOLEAN
DMF_Bridge_ModuleQueueIoWrite(
    _In_ DMFMODULE DmfModule,
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t Length
    )
/*++

Routine Description:

    Calls the Client Driver when a write arrives.

Arguments:

    DmfModule - This Module's handle.
    Queue - The queue of the request.
    Request - The request.
    Length - The size of the data.

Return Value:

    TRUE, because the Client Driver handles whatever it has a callback for.

--*/
{
    DMF_CONFIG_GET(DmfModule)->EvtIoWrite(Queue,
                                          Request,
                                          Length);

    return TRUE;
}

static
BOOLEAN
DMF_Bridge_ModuleDeviceIoControl(
    _In_ DMFMODULE DmfModule,
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t OutputBufferLength,
    _In_ size_t InputBufferLength,
    _In_ ULONG IoControlCode
    )
/*++

Routine Description:

    Calls the Client Driver when a device control arrives.

Arguments:

    DmfModule - This Module's handle.
    Queue - The queue of the request.
    Request - The request.
    OutputBufferLength - The size of the output buffer.
    InputBufferLength - The size of the input buffer.
    IoControlCode - The control code.

Return Value:

    TRUE, because the Client Driver handles whatever it has a callback for.

--*/
{
    DMF_CONFIG_GET(DmfModule)->EvtIoDeviceControl(Queue,
                                                  Request,
                                                  OutputBufferLength,
                                                  InputBufferLength,
                                                  IoControlCode);

    return TRUE;
}

#if defined(DMF_KERNEL_MODE)
static
BOOLEAN
DMF_Bridge_ModuleInternalDeviceIoControl(
    _In_ DMFMODULE DmfModule,
    _In_ WDFQUEUE Queue,
    _In_ WDFREQUEST Request,
    _In_ size_t OutputBufferLength,
    _In_ size_t InputBufferLength,
    _In_ ULONG IoControlCode
    )
/*++

Routine Description:

    Calls the Client Driver when an internal device control arrives.

Arguments:

    DmfModule - This Module's handle.
    Queue - The queue of the request.
    Request - The request.
    OutputBufferLength - The size of the output buffer.
    InputBufferLength - The size of the input buffer.
    IoControlCode - The control code.

Return Value:

    TRUE, because the Client Driver handles whatever it has a callback for.

--*/
{
    DMF_CONFIG_GET(DmfModule)->EvtIoInternalDeviceControl(Queue,
                                                          Request,
                                                          OutputBufferLength,
                                                          InputBufferLength,
                                                          IoControlCode);

    return TRUE;
}
#endif /* defined(DMF_KERNEL_MODE) */

#pragma code_seg("PAGE")
static
VOID
DMF_Bridge_ModuleSelfManagedIoCleanup(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Calls the Client Driver when self managed input and output is cleaned up.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    PAGED_CODE();

    DMF_CONFIG_GET(DmfModule)->EvtDeviceSelfManagedIoCleanup(DMF_ParentDeviceGet(DmfModule));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DMF_Bridge_ModuleSelfManagedIoFlush(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Calls the Client Driver when self managed input and output is flushed.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    PAGED_CODE();

    DMF_CONFIG_GET(DmfModule)->EvtDeviceSelfManagedIoFlush(DMF_ParentDeviceGet(DmfModule));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModuleSelfManagedIoInit(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Calls the Client Driver when self managed input and output begins.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDeviceSelfManagedIoInit(DMF_ParentDeviceGet(DmfModule));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModuleSelfManagedIoSuspend(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Calls the Client Driver when self managed input and output is suspended.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDeviceSelfManagedIoSuspend(DMF_ParentDeviceGet(DmfModule));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModuleSelfManagedIoRestart(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Calls the Client Driver when self managed input and output goes on.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDeviceSelfManagedIoRestart(DMF_ParentDeviceGet(DmfModule));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DMF_Bridge_ModuleSurpriseRemoval(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Calls the Client Driver when the device is gone without notice.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    PAGED_CODE();

    DMF_CONFIG_GET(DmfModule)->EvtDeviceSurpriseRemoval(DMF_ParentDeviceGet(DmfModule));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModuleQueryRemove(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Calls the Client Driver when somebody asks whether the device may be removed.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDeviceQueryRemove(DMF_ParentDeviceGet(DmfModule));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModuleQueryStop(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Calls the Client Driver when somebody asks whether the device may be stopped.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDeviceQueryStop(DMF_ParentDeviceGet(DmfModule));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DMF_Bridge_ModuleRelationsQuery(
    _In_ DMFMODULE DmfModule,
    _In_ DEVICE_RELATION_TYPE RelationType
    )
/*++

Routine Description:

    Calls the Client Driver when somebody asks for the device's relations.

Arguments:

    DmfModule - This Module's handle.
    RelationType - The kind of relations.

Return Value:

    None

--*/
{
    PAGED_CODE();

    DMF_CONFIG_GET(DmfModule)->EvtDeviceRelationsQuery(DMF_ParentDeviceGet(DmfModule),
                                                       RelationType);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModuleUsageNotificationEx(
    _In_ DMFMODULE DmfModule,
    _In_ WDF_SPECIAL_FILE_TYPE NotificationType,
    _In_ BOOLEAN IsInNotificationPath
    )
/*++

Routine Description:

    Calls the Client Driver when a special file comes to the device or leaves it.

Arguments:

    DmfModule - This Module's handle.
    NotificationType - The kind of file.
    IsInNotificationPath - Indicates that the file comes.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDeviceUsageNotificationEx(DMF_ParentDeviceGet(DmfModule),
                                                                   NotificationType,
                                                                   IsInNotificationPath);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModuleArmWakeFromS0(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Calls the Client Driver when the device is to wake itself while the system works.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDeviceArmWakeFromS0(DMF_ParentDeviceGet(DmfModule));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DMF_Bridge_ModuleDisarmWakeFromS0(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Calls the Client Driver when the device is not to wake itself any more while the system works.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    PAGED_CODE();

    DMF_CONFIG_GET(DmfModule)->EvtDeviceDisarmWakeFromS0(DMF_ParentDeviceGet(DmfModule));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DMF_Bridge_ModuleWakeFromS0Triggered(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Calls the Client Driver when the device woke itself while the system works.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    PAGED_CODE();

    DMF_CONFIG_GET(DmfModule)->EvtDeviceWakeFromS0Triggered(DMF_ParentDeviceGet(DmfModule));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DMF_Bridge_ModuleArmWakeFromSxWithReason(
    _In_ DMFMODULE DmfModule,
    _In_ BOOLEAN DeviceWakeEnabled,
    _In_ BOOLEAN ChildrenArmedForWake
    )
/*++

Routine Description:

    Calls the Client Driver when the device is to wake the system.

Arguments:

    DmfModule - This Module's handle.
    DeviceWakeEnabled - Indicates that the device itself wakes.
    ChildrenArmedForWake - Indicates that its children wake.

Return Value:

    NTSTATUS of the Client Driver.

--*/
{
    PAGED_CODE();

    return DMF_CONFIG_GET(DmfModule)->EvtDeviceArmWakeFromSxWithReason(DMF_ParentDeviceGet(DmfModule),
                                                                       DeviceWakeEnabled,
                                                                       ChildrenArmedForWake);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DMF_Bridge_ModuleDisarmWakeFromSx(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Calls the Client Driver when the device is not to wake the system any more.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    PAGED_CODE();

    DMF_CONFIG_GET(DmfModule)->EvtDeviceDisarmWakeFromSx(DMF_ParentDeviceGet(DmfModule));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DMF_Bridge_ModuleWakeFromSxTriggered(
    _In_ DMFMODULE DmfModule
    )
/*++

Routine Description:

    Calls the Client Driver when the device woke the system.

Arguments:

    DmfModule - This Module's handle.

Return Value:

    None

--*/
{
    PAGED_CODE();

    DMF_CONFIG_GET(DmfModule)->EvtDeviceWakeFromSxTriggered(DMF_ParentDeviceGet(DmfModule));
}
#pragma code_seg()

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
