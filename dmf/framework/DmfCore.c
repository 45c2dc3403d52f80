/* SPDX-License-Identifier: MIT */
/*
 * The Client Driver's side: how a device is prepared for DMF, and how its Modules come into being.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfCore.tmh"
#endif

/* The prototypes of the functions; the macros of these names are for callers. */
#undef DMF_DmfDeviceInitFree
#undef DMF_ModulesCreate

/* What is collected about a device until its Modules are created. */
struct DMFDEVICE_INIT
{
    BOOLEAN IsControlDevice;
    BOOLEAN DeviceAddIsImplemented;
    BOOLEAN PnpPowerIsHooked;
    BOOLEAN FileObjectIsHooked;
    BOOLEAN PowerPolicyIsHooked;
    BOOLEAN QueueIsHooked;
    BOOLEAN QueueConfigIsOverridden;
    BOOLEAN QueueObjectAttributesAreOverridden;
    BOOLEAN IsFilterDevice;
    WDFDEVICE ClientDriverDevice;
    DMF_EVENT_CALLBACKS* EventCallbacks;
    DMF_CONFIG_BranchTrack* BranchTrackConfig;
    DMF_CONFIG_LiveKernelDump* LiveKernelDumpConfig;
    WDF_IO_QUEUE_CONFIG QueueConfig;
    WDF_OBJECT_ATTRIBUTES QueueObjectAttributes;
    /* The Client Driver's own callbacks, which become the last Module. */
    DMF_CONFIG_Bridge BridgeConfig;
};

/* What stands for memory that there was not enough of. All functions accept it, and DMF_ModulesCreate fails. */
static struct DMFDEVICE_INIT g_DmfDeviceInitWithoutMemory;

/* Whether Modules without a recorder of their own use none, for all devices of the driver. */
static BOOLEAN g_WppRecorderIsDisabled;

/*
 * Device initialisation.
 */

#pragma code_seg("PAGE")
static
_Must_inspect_result_
PDMFDEVICE_INIT
DmfDeviceInit_Allocate(
    _In_opt_ PWDFDEVICE_INIT DeviceInit,
    _In_ BOOLEAN IsControlDevice
    )
/*++

Routine Description:

    Allocates the structure and installs the framework's file callbacks, so that they work even if the Client Driver has
    none.

Arguments:

    DeviceInit - The device, or NULL if the Client Driver has no device add callback.
    IsControlDevice - Indicates that the device has neither plug and play nor power.

Return Value:

    The structure, or NULL.

--*/
{
    PDMFDEVICE_INIT dmfDeviceInit;
    WDF_FILEOBJECT_CONFIG fileObjectConfig;

    PAGED_CODE();

    dmfDeviceInit = (PDMFDEVICE_INIT)DMF_GenericMemoryAllocate(POOL_FLAG_NON_PAGED,
                                                               sizeof(struct DMFDEVICE_INIT),
                                                               DMF_TAG_DEVICE_INIT);
    if (dmfDeviceInit == NULL)
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "No memory for the preparation of a device");
        goto Exit;
    }

    /* A control device needs no hooks, and where there is no device to install callbacks in, there is nothing to hook. */
    dmfDeviceInit->IsControlDevice = IsControlDevice;
    dmfDeviceInit->DeviceAddIsImplemented = (DeviceInit != NULL);
    dmfDeviceInit->PnpPowerIsHooked = IsControlDevice || (DeviceInit == NULL);
    dmfDeviceInit->PowerPolicyIsHooked = IsControlDevice || (DeviceInit == NULL);
    dmfDeviceInit->FileObjectIsHooked = IsControlDevice || (DeviceInit == NULL);
    if (DeviceInit != NULL)
    {
        WDF_FILEOBJECT_CONFIG_INIT(&fileObjectConfig,
                                   NULL,
                                   NULL,
                                   NULL);
        fileObjectConfig.FileObjectClass = (WDF_FILEOBJECT_CLASS)(WdfFileObjectWdfCannotUseFsContexts |
                                                                  WdfFileObjectCanBeOptional);
        DMF_DispatchFileObjectConfigSet(&fileObjectConfig);
        WdfDeviceInitSetFileObjectConfig(DeviceInit,
                                         &fileObjectConfig,
                                         WDF_NO_OBJECT_ATTRIBUTES);
    }

Exit:

    return dmfDeviceInit;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
PDMFDEVICE_INIT
DMF_DmfDeviceInitAllocate(
    PWDFDEVICE_INIT DeviceInit
    )
/*++

Routine Description:

    Begins the preparation of a device for DMF and installs the framework's callbacks in it.

Arguments:

    DeviceInit - The device, or NULL if the Client Driver has no device add callback.

Return Value:

    What the other functions take. It is never NULL; DMF_ModulesCreate fails if there was no memory.

--*/
{
    PDMFDEVICE_INIT dmfDeviceInit;
    WDF_PNPPOWER_EVENT_CALLBACKS pnpPowerEventCallbacks;
    WDF_POWER_POLICY_EVENT_CALLBACKS powerPolicyEventCallbacks;

    PAGED_CODE();

    dmfDeviceInit = DmfDeviceInit_Allocate(DeviceInit,
                                           FALSE);
    if (dmfDeviceInit == NULL)
    {
        dmfDeviceInit = &g_DmfDeviceInitWithoutMemory;
        goto Exit;
    }

    if (DeviceInit != NULL)
    {
        WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&pnpPowerEventCallbacks);
        DMF_DispatchPnpPowerEventCallbacksSet(&pnpPowerEventCallbacks);
        WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit,
                                               &pnpPowerEventCallbacks);

        WDF_POWER_POLICY_EVENT_CALLBACKS_INIT(&powerPolicyEventCallbacks);
        DMF_DispatchPowerPolicyEventCallbacksSet(&powerPolicyEventCallbacks);
        WdfDeviceInitSetPowerPolicyEventCallbacks(DeviceInit,
                                                  &powerPolicyEventCallbacks);
    }

Exit:

    return dmfDeviceInit;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
PDMFDEVICE_INIT
DMF_DmfControlDeviceInitAllocate(
    PWDFDEVICE_INIT DeviceInit
    )
/*++

Routine Description:

    Begins the preparation of a control device for DMF.

Arguments:

    DeviceInit - The control device.

Return Value:

    What the other functions take, or NULL if there was no memory.

--*/
{
    PAGED_CODE();

    return DmfDeviceInit_Allocate(DeviceInit,
                                  TRUE);
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DmfControlDeviceInitSetClientDriverDevice(
    PDMFDEVICE_INIT DmfDeviceInit,
    WDFDEVICE Device
    )
/*++

Routine Description:

    Tells which device of the Client Driver a control device belongs to.

Arguments:

    DmfDeviceInit - What is collected about the device.
    Device - The Client Driver's device.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (DmfDeviceInit != &g_DmfDeviceInitWithoutMemory)
    {
        DmfAssert(DmfDeviceInit->IsControlDevice);
        DmfDeviceInit->ClientDriverDevice = Device;
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DmfFdoSetFilter(
    PDMFDEVICE_INIT DmfDeviceInit
    )
/*++

Routine Description:

    Tells that the device belongs to a filter driver: a request that neither a Module nor the Client Driver handles goes to
    the driver below. The Client Driver tells WDF the same by WdfFdoInitSetFilter, before or after this.

Arguments:

    DmfDeviceInit - What is collected about the device.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (DmfDeviceInit != &g_DmfDeviceInitWithoutMemory)
    {
        DmfAssert(! DmfDeviceInit->IsFilterDevice);
        DmfDeviceInit->IsFilterDevice = TRUE;
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DmfDeviceInitDisableWppRecorder(
    PDMFDEVICE_INIT DmfDeviceInit
    )
/*++

Routine Description:

    Lets the Modules of all devices of the driver that have no recorder of their own do without the driver's.

Arguments:

    DmfDeviceInit - Not used.

Return Value:

    None

--*/
{
    UNREFERENCED_PARAMETER(DmfDeviceInit);

    PAGED_CODE();

    g_WppRecorderIsDisabled = TRUE;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
BOOLEAN
DMF_DmfDeviceInitIsWppRecorderDisabled(
    VOID
    )
/*++

Routine Description:

    Tells whether Modules without a recorder of their own do without the driver's.

Arguments:

    None

Return Value:

    TRUE if they do.

--*/
{
    PAGED_CODE();

    return g_WppRecorderIsDisabled;
}
#pragma code_seg()

_Use_decl_annotations_
VOID
DMF_DmfDeviceInitFree(
    PDMFDEVICE_INIT* DmfDeviceInit
    )
/*++

Routine Description:

    Ends the preparation of a device without creating Modules.

Arguments:

    DmfDeviceInit - What was collected about the device. It is set to NULL.

Return Value:

    None

--*/
{
    if ((*DmfDeviceInit != NULL) &&
        (*DmfDeviceInit != &g_DmfDeviceInitWithoutMemory))
    {
        DMF_GenericMemoryFree(*DmfDeviceInit,
                              DMF_TAG_DEVICE_INIT);
    }
    *DmfDeviceInit = NULL;
}

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DmfDeviceInitHookPnpPowerEventCallbacks(
    PDMFDEVICE_INIT DmfDeviceInit,
    PWDF_PNPPOWER_EVENT_CALLBACKS PnpPowerEventCallbacks
    )
/*++

Routine Description:

    Keeps the Client Driver's callbacks for plug and play and power, and puts the framework's in their place.

Arguments:

    DmfDeviceInit - What is collected about the device.
    PnpPowerEventCallbacks - The Client Driver's callbacks, or NULL if it has none.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (DmfDeviceInit == &g_DmfDeviceInitWithoutMemory)
    {
        goto Exit;
    }
    DmfAssert(! DmfDeviceInit->IsControlDevice);
    DmfAssert(! DmfDeviceInit->PnpPowerIsHooked);
    DmfDeviceInit->PnpPowerIsHooked = TRUE;
    if (PnpPowerEventCallbacks != NULL)
    {
        DmfDeviceInit->BridgeConfig.EvtDeviceD0Entry = PnpPowerEventCallbacks->EvtDeviceD0Entry;
        DmfDeviceInit->BridgeConfig.EvtDeviceD0EntryPostInterruptsEnabled =
            PnpPowerEventCallbacks->EvtDeviceD0EntryPostInterruptsEnabled;
        DmfDeviceInit->BridgeConfig.EvtDeviceD0ExitPreInterruptsDisabled =
            PnpPowerEventCallbacks->EvtDeviceD0ExitPreInterruptsDisabled;
        DmfDeviceInit->BridgeConfig.EvtDeviceD0Exit = PnpPowerEventCallbacks->EvtDeviceD0Exit;
        DmfDeviceInit->BridgeConfig.EvtDevicePrepareHardware = PnpPowerEventCallbacks->EvtDevicePrepareHardware;
        DmfDeviceInit->BridgeConfig.EvtDeviceReleaseHardware = PnpPowerEventCallbacks->EvtDeviceReleaseHardware;
        DmfDeviceInit->BridgeConfig.EvtDeviceSelfManagedIoCleanup = PnpPowerEventCallbacks->EvtDeviceSelfManagedIoCleanup;
        DmfDeviceInit->BridgeConfig.EvtDeviceSelfManagedIoFlush = PnpPowerEventCallbacks->EvtDeviceSelfManagedIoFlush;
        DmfDeviceInit->BridgeConfig.EvtDeviceSelfManagedIoInit = PnpPowerEventCallbacks->EvtDeviceSelfManagedIoInit;
        DmfDeviceInit->BridgeConfig.EvtDeviceSelfManagedIoSuspend = PnpPowerEventCallbacks->EvtDeviceSelfManagedIoSuspend;
        DmfDeviceInit->BridgeConfig.EvtDeviceSelfManagedIoRestart = PnpPowerEventCallbacks->EvtDeviceSelfManagedIoRestart;
        DmfDeviceInit->BridgeConfig.EvtDeviceSurpriseRemoval = PnpPowerEventCallbacks->EvtDeviceSurpriseRemoval;
        DmfDeviceInit->BridgeConfig.EvtDeviceQueryRemove = PnpPowerEventCallbacks->EvtDeviceQueryRemove;
        DmfDeviceInit->BridgeConfig.EvtDeviceQueryStop = PnpPowerEventCallbacks->EvtDeviceQueryStop;
        DmfDeviceInit->BridgeConfig.EvtDeviceRelationsQuery = PnpPowerEventCallbacks->EvtDeviceRelationsQuery;
        DmfDeviceInit->BridgeConfig.EvtDeviceUsageNotificationEx = PnpPowerEventCallbacks->EvtDeviceUsageNotificationEx;
        DMF_DispatchPnpPowerEventCallbacksSet(PnpPowerEventCallbacks);
    }

Exit:

    return;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DmfDeviceInitHookFileObjectConfig(
    PDMFDEVICE_INIT DmfDeviceInit,
    PWDF_FILEOBJECT_CONFIG FileObjectConfig
    )
/*++

Routine Description:

    Keeps the Client Driver's callbacks for file objects, and puts the framework's in their place.

Arguments:

    DmfDeviceInit - What is collected about the device.
    FileObjectConfig - The Client Driver's callbacks, or NULL if it has none.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (DmfDeviceInit == &g_DmfDeviceInitWithoutMemory)
    {
        goto Exit;
    }
    DmfDeviceInit->FileObjectIsHooked = TRUE;
    if (FileObjectConfig != NULL)
    {
        DmfDeviceInit->BridgeConfig.EvtDeviceFileCreate = FileObjectConfig->EvtDeviceFileCreate;
        DmfDeviceInit->BridgeConfig.EvtFileCleanup = FileObjectConfig->EvtFileCleanup;
        DmfDeviceInit->BridgeConfig.EvtFileClose = FileObjectConfig->EvtFileClose;
        DMF_DispatchFileObjectConfigSet(FileObjectConfig);
    }

Exit:

    return;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(
    PDMFDEVICE_INIT DmfDeviceInit,
    PWDF_POWER_POLICY_EVENT_CALLBACKS PowerPolicyEventCallbacks
    )
/*++

Routine Description:

    Keeps the Client Driver's callbacks for waking, and puts the framework's in their place.

Arguments:

    DmfDeviceInit - What is collected about the device.
    PowerPolicyEventCallbacks - The Client Driver's callbacks, or NULL if it has none.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (DmfDeviceInit == &g_DmfDeviceInitWithoutMemory)
    {
        goto Exit;
    }
    DmfAssert(! DmfDeviceInit->IsControlDevice);
    DmfAssert(! DmfDeviceInit->PowerPolicyIsHooked);
    DmfDeviceInit->PowerPolicyIsHooked = TRUE;
    if (PowerPolicyEventCallbacks != NULL)
    {
        DmfDeviceInit->BridgeConfig.EvtDeviceArmWakeFromS0 = PowerPolicyEventCallbacks->EvtDeviceArmWakeFromS0;
        DmfDeviceInit->BridgeConfig.EvtDeviceDisarmWakeFromS0 = PowerPolicyEventCallbacks->EvtDeviceDisarmWakeFromS0;
        DmfDeviceInit->BridgeConfig.EvtDeviceWakeFromS0Triggered = PowerPolicyEventCallbacks->EvtDeviceWakeFromS0Triggered;
        DmfDeviceInit->BridgeConfig.EvtDeviceArmWakeFromSxWithReason =
            PowerPolicyEventCallbacks->EvtDeviceArmWakeFromSxWithReason;
        DmfDeviceInit->BridgeConfig.EvtDeviceDisarmWakeFromSx = PowerPolicyEventCallbacks->EvtDeviceDisarmWakeFromSx;
        DmfDeviceInit->BridgeConfig.EvtDeviceWakeFromSxTriggered = PowerPolicyEventCallbacks->EvtDeviceWakeFromSxTriggered;
        DMF_DispatchPowerPolicyEventCallbacksSet(PowerPolicyEventCallbacks);
    }

Exit:

    return;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DmfDeviceInitHookQueueConfig(
    PDMFDEVICE_INIT DmfDeviceInit,
    PWDF_IO_QUEUE_CONFIG QueueConfig
    )
/*++

Routine Description:

    Keeps the callbacks of the default queue, and puts the framework's in their place. The framework then creates no queue.

Arguments:

    DmfDeviceInit - What is collected about the device.
    QueueConfig - The Client Driver's callbacks, or NULL if it has none.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (DmfDeviceInit == &g_DmfDeviceInitWithoutMemory)
    {
        goto Exit;
    }
    DmfDeviceInit->QueueIsHooked = TRUE;
    if (QueueConfig != NULL)
    {
        DmfDeviceInit->BridgeConfig.EvtIoRead = QueueConfig->EvtIoRead;
        DmfDeviceInit->BridgeConfig.EvtIoWrite = QueueConfig->EvtIoWrite;
        DmfDeviceInit->BridgeConfig.EvtIoDeviceControl = QueueConfig->EvtIoDeviceControl;
#if defined(DMF_KERNEL_MODE)
        DmfDeviceInit->BridgeConfig.EvtIoInternalDeviceControl = QueueConfig->EvtIoInternalDeviceControl;
#endif
        DMF_DispatchQueueConfigSet(QueueConfig);
    }

Exit:

    return;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DmfDeviceInitOverrideDefaultQueueConfig(
    PDMFDEVICE_INIT DmfDeviceInit,
    WDF_IO_QUEUE_CONFIG* QueueConfig
    )
/*++

Routine Description:

    Gives the configuration of the default queue that the framework creates.

Arguments:

    DmfDeviceInit - What is collected about the device.
    QueueConfig - The configuration, which is copied.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (DmfDeviceInit != &g_DmfDeviceInitWithoutMemory)
    {
        DmfDeviceInit->QueueConfig = *QueueConfig;
        DmfDeviceInit->QueueConfigIsOverridden = TRUE;
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DmfDeviceInitOverrideDefaultQueueObjectAttributes(
    PDMFDEVICE_INIT DmfDeviceInit,
    WDF_OBJECT_ATTRIBUTES* QueueObjectAttributes
    )
/*++

Routine Description:

    Gives the attributes of the default queue that the framework creates.

Arguments:

    DmfDeviceInit - What is collected about the device.
    QueueObjectAttributes - The attributes, which are copied.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (DmfDeviceInit != &g_DmfDeviceInitWithoutMemory)
    {
        DmfDeviceInit->QueueObjectAttributes = *QueueObjectAttributes;
        DmfDeviceInit->QueueObjectAttributesAreOverridden = TRUE;
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DmfDeviceInitSetEventCallbacks(
    PDMFDEVICE_INIT DmfDeviceInit,
    DMF_EVENT_CALLBACKS* DmfEventCallbacks
    )
/*++

Routine Description:

    Tells which callbacks of the Client Driver DMF calls.

Arguments:

    DmfDeviceInit - What is collected about the device.
    DmfEventCallbacks - The callbacks, which stay valid until DMF_ModulesCreate returns.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (DmfDeviceInit != &g_DmfDeviceInitWithoutMemory)
    {
        DmfDeviceInit->EventCallbacks = DmfEventCallbacks;
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DmfDeviceInitSetBranchTrackConfig(
    PDMFDEVICE_INIT DmfDeviceInit,
    DMF_CONFIG_BranchTrack* DmfBranchTrackModuleConfig
    )
/*++

Routine Description:

    Gives the configuration of BranchTrack, which the device then has if the driver's Parameters key asks for it.

Arguments:

    DmfDeviceInit - What is collected about the device.
    DmfBranchTrackModuleConfig - The configuration, which stays valid until DMF_ModulesCreate returns. NULL for none.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (DmfDeviceInit != &g_DmfDeviceInitWithoutMemory)
    {
        DmfDeviceInit->BranchTrackConfig = DmfBranchTrackModuleConfig;
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_DmfDeviceInitSetLiveKernelDumpConfig(
    PDMFDEVICE_INIT DmfDeviceInit,
    DMF_CONFIG_LiveKernelDump* DmfLiveKernelDumpModuleConfig
    )
/*++

Routine Description:

    Gives the configuration of LiveKernelDump, which a kernel mode device then has.

Arguments:

    DmfDeviceInit - What is collected about the device.
    DmfLiveKernelDumpModuleConfig - The configuration, which stays valid until DMF_ModulesCreate returns. Its report type is
                                    terminated here. NULL for none.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (DmfLiveKernelDumpModuleConfig != NULL)
    {
        DmfLiveKernelDumpModuleConfig->ReportType[DMF_LIVEKERNELDUMP_MAXIMUM_REPORT_TYPE_SIZE - 1] = 0;
    }
    if (DmfDeviceInit != &g_DmfDeviceInitWithoutMemory)
    {
        DmfDeviceInit->LiveKernelDumpConfig = DmfLiveKernelDumpModuleConfig;
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
BOOLEAN
DmfDeviceInit_IsComplete(
    _In_opt_ PDMFDEVICE_INIT DmfDeviceInit
    )
/*++

Routine Description:

    Tells whether the Client Driver made all calls that are mandatory for its kind of device.

Arguments:

    DmfDeviceInit - What was collected about the device.

Return Value:

    TRUE if it did.

--*/
{
    PAGED_CODE();

    return (DmfDeviceInit != NULL) &&
           (DmfDeviceInit != &g_DmfDeviceInitWithoutMemory) &&
           DmfDeviceInit->PnpPowerIsHooked &&
           DmfDeviceInit->FileObjectIsHooked &&
           DmfDeviceInit->PowerPolicyIsHooked &&
           (DmfDeviceInit->IsControlDevice == (DmfDeviceInit->ClientDriverDevice != NULL));
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DmfDeviceInit_DefaultQueueCreate(
    _In_ WDFDEVICE Device,
    _Inout_ PDMFDEVICE_INIT DmfDeviceInit
    )
/*++

Routine Description:

    Creates the default queue of a device whose Client Driver does not create it. I/O callbacks in the configuration that
    the Client Driver may have given are its own callbacks.

Arguments:

    Device - The given device.
    DmfDeviceInit - What was collected about the device.

Return Value:

    NTSTATUS

--*/
{
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDFQUEUE queue;

    PAGED_CODE();

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig,
                                           WdfIoQueueDispatchParallel);
    if (DmfDeviceInit->QueueConfigIsOverridden)
    {
        queueConfig = DmfDeviceInit->QueueConfig;
    }
    DMF_DmfDeviceInitHookQueueConfig(DmfDeviceInit,
                                     &queueConfig);
    return WdfIoQueueCreate(Device,
                            &queueConfig,
                            DmfDeviceInit->QueueObjectAttributesAreOverridden ? &DmfDeviceInit->QueueObjectAttributes
                                                                              : WDF_NO_OBJECT_ATTRIBUTES,
                            &queue);
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DmfDeviceInit_DeviceContextCreate(
    _In_ WDFDEVICE Device,
    _In_ PDMFDEVICE_INIT DmfDeviceInit,
    _Out_ DMF_DEVICE_CONTEXT** DeviceContext
    )
/*++

Routine Description:

    Attaches the framework's context to a device.

Arguments:

    Device - The given device.
    DmfDeviceInit - What was collected about the device.
    DeviceContext - The context.

Return Value:

    STATUS_OBJECT_NAME_COLLISION if the device has Modules already. Otherwise NTSTATUS of WDF.

--*/
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES attributes;
    VOID* context;

    PAGED_CODE();

    context = NULL;
    *DeviceContext = NULL;
    if (DmfDeviceContextGet(Device) != NULL)
    {
        ntStatus = STATUS_OBJECT_NAME_COLLISION;
        goto Exit;
    }
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes,
                                            DMF_DEVICE_CONTEXT);
    ntStatus = WdfObjectAllocateContext(Device,
                                        &attributes,
                                        &context);
    if (NT_SUCCESS(ntStatus))
    {
        *DeviceContext = (DMF_DEVICE_CONTEXT*)context;
        (*DeviceContext)->ClientDriverDevice = DmfDeviceInit->ClientDriverDevice;
        (*DeviceContext)->DeviceAddIsImplemented = DmfDeviceInit->DeviceAddIsImplemented;
        (*DeviceContext)->IsFilterDevice = DmfDeviceInit->IsFilterDevice;
    }

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
DmfDeviceInit_ClientModulesAdd(
    _In_ WDFDEVICE Device,
    _In_opt_ DMF_EVENT_CALLBACKS* EventCallbacks,
    _Inout_ DMF_DEVICE_CONTEXT* DeviceContext,
    _Inout_ DMF_PENDING_MODULES* PendingModules
    )
/*++

Routine Description:

    Lets the Client Driver add its Modules, and remembers what it wants to be told later.

Arguments:

    Device - The given device.
    EventCallbacks - What the Client Driver wants to be called for, or NULL.
    DeviceContext - The framework's context.
    PendingModules - The Modules that were added.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (EventCallbacks == NULL)
    {
        goto Exit;
    }
    if (EventCallbacks->EvtDmfDeviceModulesAdd != NULL)
    {
        EventCallbacks->EvtDmfDeviceModulesAdd(Device,
                                               (PDMFMODULE_INIT)PendingModules);
    }
    /* Clients exist that set the callback above and leave the rest of the structure uninitialized. */
    if (EventCallbacks->Size == sizeof(DMF_EVENT_CALLBACKS))
    {
        DeviceContext->EvtDmfDeviceLog = EventCallbacks->EvtDmfDeviceLog;
    }

Exit:

    return;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
DmfDeviceInit_CollectionCreate(
    _In_ WDFDEVICE Device,
    _In_ PDMFDEVICE_INIT DmfDeviceInit,
    _Inout_ DMF_DEVICE_CONTEXT* DeviceContext
    )
/*++

Routine Description:

    Creates the Feature Modules, the Client's Modules and, last, the one with the Client Driver's own callbacks.

Arguments:

    Device - The given device.
    DmfDeviceInit - What was collected about the device.
    DeviceContext - The framework's context, which gets the collection.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;
    DMF_PENDING_MODULES pendingModules;
    DMF_MODULE_ATTRIBUTES bridgeAttributes;
    DMFMODULE featureModules[DmfFeature_NumberOfFeatures];

    PAGED_CODE();

    DMF_PendingModulesInitialize(&pendingModules);
    ntStatus = DMF_FeatureModulesAdd(Device,
                                     DmfDeviceInit->BranchTrackConfig,
                                     DmfDeviceInit->LiveKernelDumpConfig,
                                     featureModules,
                                     &pendingModules);
    if (! NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }
    DmfDeviceInit_ClientModulesAdd(Device,
                                   DmfDeviceInit->EventCallbacks,
                                   DeviceContext,
                                   &pendingModules);
    DMF_Bridge_ATTRIBUTES_INIT(&bridgeAttributes);
    bridgeAttributes.ModuleConfigPointer = &DmfDeviceInit->BridgeConfig;
    DMF_DmfModuleAdd((PDMFMODULE_INIT)&pendingModules,
                     &bridgeAttributes,
                     WDF_NO_OBJECT_ATTRIBUTES,
                     NULL);

    ntStatus = DMF_ModuleCollectionCreate(Device,
                                          &pendingModules,
                                          &DeviceContext->Collection);
    if (NT_SUCCESS(ntStatus))
    {
        /* Modules find the Feature Modules when all Modules exist, and not before. */
        RtlCopyMemory(DeviceContext->FeatureModules,
                      featureModules,
                      sizeof(featureModules));
    }

Exit:

    DMF_PendingModulesFree(&pendingModules);

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_ModulesCreate(
    WDFDEVICE Device,
    PDMFDEVICE_INIT* DmfDeviceInit
    )
/*++

Routine Description:

    Creates the Modules of a device, connects them to it, and opens those that open when they are created.

Arguments:

    Device - The given device.
    DmfDeviceInit - What was collected about the device. It is freed in any case.

Return Value:

    STATUS_INVALID_PARAMETER if a mandatory call is missing. Otherwise NTSTATUS of the first step that fails; the Client
    Driver returns it from its device add callback.

--*/
{
    NTSTATUS ntStatus;
    PDMFDEVICE_INIT dmfDeviceInit;
    DMF_DEVICE_CONTEXT* deviceContext;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);

    dmfDeviceInit = *DmfDeviceInit;
    deviceContext = NULL;
    if (! DmfDeviceInit_IsComplete(dmfDeviceInit))
    {
        ntStatus = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    ntStatus = STATUS_SUCCESS;
    if (! dmfDeviceInit->QueueIsHooked &&
        dmfDeviceInit->DeviceAddIsImplemented)
    {
        ntStatus = DmfDeviceInit_DefaultQueueCreate(Device,
                                                    dmfDeviceInit);
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = DmfDeviceInit_DeviceContextCreate(Device,
                                                     dmfDeviceInit,
                                                     &deviceContext);
    }
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = DmfDeviceInit_CollectionCreate(Device,
                                                  dmfDeviceInit,
                                                  deviceContext);
    }
    if (! NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }

    ntStatus = DMF_ModuleCollectionOpen(deviceContext->Collection);
    if (NT_SUCCESS(ntStatus))
    {
        DMF_FeatureModulesInitialize(deviceContext);
    }
    else
    {
        /* The Feature Module may be the one that did not open, and the others are still to be closed. */
        RtlZeroMemory(deviceContext->FeatureModules,
                      sizeof(deviceContext->FeatureModules));
    }

Exit:

    DMF_DmfDeviceInitFree(DmfDeviceInit);
    if (! NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "The Modules are not created: ntStatus=%!STATUS!", ntStatus);
    }

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);

    return ntStatus;
}
#pragma code_seg()
