/* SPDX-License-Identifier: MIT */
/*
 * A Module as the user guide describes it, with every callback there is, in the guide's sections and with its names. It only has to
 * compile, in both flavours, as C and as C++. It stands for the guide's ResourceHub, I2cTarget, DeviceInterfaceTarget and OsrFx2.
 */

/* DMF and this Module's Library specific definitions. */
#include "DmfModules.Library.h"
#include "DmfModules.Library.Trace.h"

#include "guide_module.tmh"

/*
 * What would be the Module's .h file.
 */

typedef enum
{
    GuideHub_Reserved = 0,
    GuideHub_I2c,
    GuideHub_Spi,
} GuideHub_BusType;

EXTERN_C_START
typedef _Function_class_(EVT_DMF_GuideHub_TransferList) _IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_requires_same_ NTSTATUS
    EVT_DMF_GuideHub_TransferList(_In_ DMFMODULE DmfModule, _In_ USHORT SecondaryDeviceAddress,
                                  _Out_ size_t *TotalTransferLength);
EXTERN_C_END

typedef struct
{
    GuideHub_BusType TargetBusType;
    EVT_DMF_GuideHub_TransferList *EvtGuideHubTransferList;
} DMF_CONFIG_GuideHub;

// This macro declares the following functions:
// DMF_GuideHub_ATTRIBUTES_INIT()
// DMF_CONFIG_GuideHub_AND_ATTRIBUTES_INIT()
// DMF_GuideHub_Create()
//
DECLARE_DMF_MODULE(GuideHub)

/* A second one, which has neither a Config nor a Context, and so lacks what only they declare. */
DECLARE_DMF_MODULE_NO_CONFIG(GuideRegistry)
DMF_MODULE_DECLARE_NO_CONTEXT(GuideRegistry)
DMF_MODULE_DECLARE_NO_CONFIG(GuideRegistry)

/*
 * Module Private Enumerations and Structures
 */

typedef struct
{
    USHORT SecondaryDeviceAddress;
    WDFMEMORY ConnectionProperties;
} GUIDEHUB_FILEOBJECT_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(GUIDEHUB_FILEOBJECT_CONTEXT, GuideHub_FileContextGet)

/*
 * Module Private Context
 */

typedef struct
{
    WDFIOTARGET GuideHubTarget;
    BOOLEAN ConnectionAssigned;
    BOOLEAN IsGone;
} DMF_CONTEXT_GuideHub;

/*
 * Module Macros
 */

// This macro declares the following function:
// DMF_CONTEXT_GET()
//
DMF_MODULE_DECLARE_CONTEXT(GuideHub)

// This macro declares the following function:
// DMF_CONFIG_GET()
//
DMF_MODULE_DECLARE_CONFIG(GuideHub)

EXTERN_C_START
DMF_ModulePrepareHardware DMF_GuideHub_ModulePrepareHardware;
DMF_ModuleReleaseHardware DMF_GuideHub_ModuleReleaseHardware;
DMF_ModuleD0Entry DMF_GuideHub_ModuleD0Entry;
DMF_ModuleD0EntryPostInterruptsEnabled DMF_GuideHub_ModuleD0EntryPostInterruptsEnabled;
DMF_ModuleD0ExitPreInterruptsDisabled DMF_GuideHub_ModuleD0ExitPreInterruptsDisabled;
DMF_ModuleD0Exit DMF_GuideHub_ModuleD0Exit;
DMF_ModuleSelfManagedIoCleanup DMF_GuideHub_ModuleSelfManagedIoCleanup;
DMF_ModuleSelfManagedIoFlush DMF_GuideHub_ModuleSelfManagedIoFlush;
DMF_ModuleSelfManagedIoInit DMF_GuideHub_ModuleSelfManagedIoInit;
DMF_ModuleSelfManagedIoSuspend DMF_GuideHub_ModuleSelfManagedIoSuspend;
DMF_ModuleSelfManagedIoRestart DMF_GuideHub_ModuleSelfManagedIoRestart;
DMF_ModuleSurpriseRemoval DMF_GuideHub_ModuleSurpriseRemoval;
DMF_ModuleQueryRemove DMF_GuideHub_ModuleQueryRemove;
DMF_ModuleQueryStop DMF_GuideHub_ModuleQueryStop;
DMF_ModuleRelationsQuery DMF_GuideHub_ModuleRelationsQuery;
DMF_ModuleUsageNotificationEx DMF_GuideHub_ModuleUsageNotificationEx;
DMF_ModuleArmWakeFromS0 DMF_GuideHub_ModuleArmWakeFromS0;
DMF_ModuleDisarmWakeFromS0 DMF_GuideHub_ModuleDisarmWakeFromS0;
DMF_ModuleWakeFromS0Triggered DMF_GuideHub_ModuleWakeFromS0Triggered;
DMF_ModuleArmWakeFromSxWithReason DMF_GuideHub_ModuleArmWakeFromSxWithReason;
DMF_ModuleDisarmWakeFromSx DMF_GuideHub_ModuleDisarmWakeFromSx;
DMF_ModuleWakeFromSxTriggered DMF_GuideHub_ModuleWakeFromSxTriggered;
DMF_ModuleFileCreate DMF_GuideHub_ModuleFileCreate;
DMF_ModuleFileCleanup DMF_GuideHub_ModuleFileCleanup;
DMF_ModuleFileClose DMF_GuideHub_ModuleFileClose;
DMF_ModuleQueueIoRead DMF_GuideHub_ModuleQueueIoRead;
DMF_ModuleQueueIoWrite DMF_GuideHub_ModuleQueueIoWrite;
DMF_ModuleDeviceIoControl DMF_GuideHub_ModuleDeviceIoControl;
DMF_ModuleInternalDeviceIoControl DMF_GuideHub_ModuleInternalDeviceIoControl;
DMF_ChildModulesAdd DMF_GuideHub_ChildModulesAdd;
DMF_ResourcesAssign DMF_GuideHub_ResourcesAssign;
DMF_Open DMF_GuideHub_Open;
DMF_Close DMF_GuideHub_Close;
DMF_NotificationRegister DMF_GuideHub_NotificationRegister;
DMF_NotificationUnregister DMF_GuideHub_NotificationUnregister;
DMF_ModuleInstanceDestroy DMF_GuideHub_Destroy;
DMF_ModuleTransportMethod DMF_GuideHub_TransportMethod;
EVT_DMF_BranchTrack_BranchesInitialize DMF_GuideHub_BranchTrackInitialize;
NTSTATUS DMF_GuideHub_Poll(DMFMODULE DmfModule);
EXTERN_C_END

/*
 * Module Private Code
 */

#pragma code_seg("PAGE")
static NTSTATUS GuideHub_TargetOpen(_In_ DMFMODULE DmfModule)
{
    NTSTATUS ntStatus;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_TARGET_OPEN_PARAMS openParameters;
    DECLARE_CONST_UNICODE_STRING(name, L"\\Device\\GuideHub");
    DMF_CONTEXT_GuideHub *moduleContext = DMF_CONTEXT_GET(DmfModule);

    PAGED_CODE();
    DmfAssert(DmfModule != NULL);

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = DmfModule;
    ntStatus = WdfIoTargetCreate(DMF_AttachedDeviceGet(DmfModule), &attributes, &moduleContext->GuideHubTarget);
    if (!NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "WdfIoTargetCreate fails: ntStatus=%!STATUS!", ntStatus);
        goto Exit;
    }
    WDF_IO_TARGET_OPEN_PARAMS_INIT_OPEN_BY_NAME(&openParameters, &name, GENERIC_READ | GENERIC_WRITE);
    ntStatus = WdfIoTargetOpen(moduleContext->GuideHubTarget, &openParameters);
    if (!NT_SUCCESS(ntStatus))
    {
        WdfObjectDelete(moduleContext->GuideHubTarget);
        moduleContext->GuideHubTarget = NULL;
    }

Exit:

    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);
    return ntStatus;
}
#pragma code_seg()

/*
 * WDF Module Callbacks
 */

NTSTATUS DMF_GuideHub_ModulePrepareHardware(DMFMODULE DmfModule, WDFCMRESLIST ResourcesRaw, WDFCMRESLIST ResourcesTranslated)
{
    UNREFERENCED_PARAMETER(ResourcesRaw);
    UNREFERENCED_PARAMETER(ResourcesTranslated);
    return DMF_GuideHub_Open(DmfModule);
}

NTSTATUS DMF_GuideHub_ModuleReleaseHardware(DMFMODULE DmfModule, WDFCMRESLIST ResourcesTranslated)
{
    UNREFERENCED_PARAMETER(ResourcesTranslated);
    DMF_GuideHub_Close(DmfModule);
    return STATUS_SUCCESS;
}

NTSTATUS DMF_GuideHub_ModuleD0Entry(DMFMODULE DmfModule, WDF_POWER_DEVICE_STATE PreviousState)
{
    UNREFERENCED_PARAMETER(PreviousState);
    UNREFERENCED_PARAMETER(DmfModule);
    return STATUS_SUCCESS;
}

NTSTATUS DMF_GuideHub_ModuleD0EntryPostInterruptsEnabled(DMFMODULE DmfModule, WDF_POWER_DEVICE_STATE PreviousState)
{
    UNREFERENCED_PARAMETER(PreviousState);
    UNREFERENCED_PARAMETER(DmfModule);
    return STATUS_SUCCESS;
}

NTSTATUS DMF_GuideHub_ModuleD0ExitPreInterruptsDisabled(DMFMODULE DmfModule, WDF_POWER_DEVICE_STATE TargetState)
{
    UNREFERENCED_PARAMETER(TargetState);
    UNREFERENCED_PARAMETER(DmfModule);
    return STATUS_SUCCESS;
}

NTSTATUS DMF_GuideHub_ModuleD0Exit(DMFMODULE DmfModule, WDF_POWER_DEVICE_STATE TargetState)
{
    UNREFERENCED_PARAMETER(TargetState);
    UNREFERENCED_PARAMETER(DmfModule);
    return STATUS_SUCCESS;
}

VOID DMF_GuideHub_ModuleSelfManagedIoCleanup(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
}

VOID DMF_GuideHub_ModuleSelfManagedIoFlush(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
}

NTSTATUS DMF_GuideHub_ModuleSelfManagedIoInit(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
    return STATUS_SUCCESS;
}

NTSTATUS DMF_GuideHub_ModuleSelfManagedIoSuspend(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
    return STATUS_SUCCESS;
}

NTSTATUS DMF_GuideHub_ModuleSelfManagedIoRestart(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
    return STATUS_SUCCESS;
}

VOID DMF_GuideHub_ModuleSurpriseRemoval(DMFMODULE DmfModule)
{
    DMF_CONTEXT_GET(DmfModule)->IsGone = TRUE;
}

NTSTATUS DMF_GuideHub_ModuleQueryRemove(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
    return STATUS_SUCCESS;
}

NTSTATUS DMF_GuideHub_ModuleQueryStop(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
    return STATUS_SUCCESS;
}

VOID DMF_GuideHub_ModuleRelationsQuery(DMFMODULE DmfModule, DEVICE_RELATION_TYPE RelationType)
{
    UNREFERENCED_PARAMETER(RelationType);
    UNREFERENCED_PARAMETER(DmfModule);
}

NTSTATUS DMF_GuideHub_ModuleUsageNotificationEx(DMFMODULE DmfModule, WDF_SPECIAL_FILE_TYPE NotificationType,
                                                BOOLEAN IsInNotificationPath)
{
    UNREFERENCED_PARAMETER(NotificationType);
    UNREFERENCED_PARAMETER(IsInNotificationPath);
    UNREFERENCED_PARAMETER(DmfModule);
    return STATUS_SUCCESS;
}

NTSTATUS DMF_GuideHub_ModuleArmWakeFromS0(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
    return STATUS_SUCCESS;
}

VOID DMF_GuideHub_ModuleDisarmWakeFromS0(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
}

VOID DMF_GuideHub_ModuleWakeFromS0Triggered(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
}

NTSTATUS DMF_GuideHub_ModuleArmWakeFromSxWithReason(DMFMODULE DmfModule, BOOLEAN DeviceWakeEnabled,
                                                    BOOLEAN ChildrenArmedForWake)
{
    UNREFERENCED_PARAMETER(DeviceWakeEnabled);
    UNREFERENCED_PARAMETER(ChildrenArmedForWake);
    UNREFERENCED_PARAMETER(DmfModule);
    return STATUS_SUCCESS;
}

VOID DMF_GuideHub_ModuleDisarmWakeFromSx(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
}

VOID DMF_GuideHub_ModuleWakeFromSxTriggered(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
}

BOOLEAN DMF_GuideHub_ModuleFileCreate(DMFMODULE DmfModule, WDFDEVICE Device, WDFREQUEST Request, WDFFILEOBJECT FileObject)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(FileObject);
    return DMF_ModuleRequestCompleteOrForward(DmfModule, Request, STATUS_ACCESS_DENIED);
}

BOOLEAN DMF_GuideHub_ModuleFileCleanup(DMFMODULE DmfModule, WDFFILEOBJECT FileObject)
{
    UNREFERENCED_PARAMETER(FileObject);
    UNREFERENCED_PARAMETER(DmfModule);
    return FALSE;
}

BOOLEAN DMF_GuideHub_ModuleFileClose(DMFMODULE DmfModule, WDFFILEOBJECT FileObject)
{
    UNREFERENCED_PARAMETER(FileObject);
    UNREFERENCED_PARAMETER(DmfModule);
    return FALSE;
}

BOOLEAN DMF_GuideHub_ModuleQueueIoRead(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(Length);
    UNREFERENCED_PARAMETER(DmfModule);
    return FALSE;
}

BOOLEAN DMF_GuideHub_ModuleQueueIoWrite(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(Length);
    UNREFERENCED_PARAMETER(DmfModule);
    return FALSE;
}

BOOLEAN DMF_GuideHub_ModuleDeviceIoControl(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request,
                                           size_t OutputBufferLength, size_t InputBufferLength, ULONG IoControlCode)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);
    UNREFERENCED_PARAMETER(DmfModule);
    return FALSE;
}

BOOLEAN DMF_GuideHub_ModuleInternalDeviceIoControl(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request,
                                                   size_t OutputBufferLength, size_t InputBufferLength, ULONG IoControlCode)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);
    UNREFERENCED_PARAMETER(DmfModule);
    return FALSE;
}

/*
 * DMF Module Callbacks
 */

VOID DMF_GuideHub_ChildModulesAdd(DMFMODULE DmfModule, DMF_MODULE_ATTRIBUTES *DmfParentModuleAttributes,
                                  PDMFMODULE_INIT DmfModuleInit)
{
    DMF_MODULE_ATTRIBUTES moduleAttributes;
    DMF_CONFIG_IoctlHandler ioctlHandlerModuleConfig;
    DMF_MODULE_EVENT_CALLBACKS moduleEventCallbacks;

    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(DmfParentModuleAttributes);
    PAGED_CODE();

    FuncEntry(DMF_TRACE);
    DMF_CONFIG_IoctlHandler_AND_ATTRIBUTES_INIT(&ioctlHandlerModuleConfig, &moduleAttributes);
    ioctlHandlerModuleConfig.AccessModeFilter = IoctlHandler_AccessModeDefault;
    ioctlHandlerModuleConfig.EvtIoctlHandlerAccessModeFilter = NULL;
    ioctlHandlerModuleConfig.IoctlRecordCount = 0;
    ioctlHandlerModuleConfig.IoctlRecords = NULL;
    DMF_MODULE_EVENT_CALLBACKS_INIT(&moduleEventCallbacks);
    moduleAttributes.ClientCallbacks = &moduleEventCallbacks;
    DMF_DmfModuleAdd(DmfModuleInit, &moduleAttributes, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    FuncExitVoid(DMF_TRACE);
}

NTSTATUS DMF_GuideHub_ResourcesAssign(DMFMODULE DmfModule, WDFCMRESLIST ResourcesRaw, WDFCMRESLIST ResourcesTranslated)
{
    UNREFERENCED_PARAMETER(ResourcesRaw);
    DMF_CONTEXT_GET(DmfModule)->ConnectionAssigned = WdfCmResourceListGetCount(ResourcesTranslated) > 0;
    return STATUS_SUCCESS;
}

NTSTATUS DMF_GuideHub_Open(DMFMODULE DmfModule)
{
    DMF_CONFIG_GuideHub *moduleConfig = DMF_CONFIG_GET(DmfModule);

    PAGED_CODE();
    return DMF_CONTEXT_GET(DmfModule)->ConnectionAssigned && moduleConfig->TargetBusType == GuideHub_I2c ?
               GuideHub_TargetOpen(DmfModule) :
               STATUS_SUCCESS;
}

VOID DMF_GuideHub_Close(DMFMODULE DmfModule)
{
    DMF_CONTEXT_GuideHub *moduleContext = DMF_CONTEXT_GET(DmfModule);

    PAGED_CODE();
    if (moduleContext->GuideHubTarget != NULL)
    {
        WdfIoTargetClose(moduleContext->GuideHubTarget);
        WdfObjectDelete(moduleContext->GuideHubTarget);
        moduleContext->GuideHubTarget = NULL;
    }
}

/* A Module that waits for its resource opens itself when the resource is there, here at once. */
NTSTATUS DMF_GuideHub_NotificationRegister(DMFMODULE DmfModule)
{
    return DMF_ModuleNotificationOpen(DmfModule);
}

VOID DMF_GuideHub_NotificationUnregister(DMFMODULE DmfModule)
{
    DMF_ModuleNotificationClose(DmfModule);
}

VOID DMF_GuideHub_Destroy(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
}

NTSTATUS DMF_GuideHub_TransportMethod(DMFMODULE DmfModule, ULONG Message, PVOID InputBuffer, size_t InputBufferSize,
                                      PVOID OutputBuffer, size_t OutputBufferSize)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(Message);
    UNREFERENCED_PARAMETER(InputBuffer);
    UNREFERENCED_PARAMETER(InputBufferSize);
    UNREFERENCED_PARAMETER(OutputBuffer);
    UNREFERENCED_PARAMETER(OutputBufferSize);
    return STATUS_NOT_SUPPORTED;
}

VOID DMF_GuideHub_BranchTrackInitialize(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
}

/*
 * Public Calls by Client
 */

static VOID GuideHub_CallbacksWdfSet(DMF_CALLBACKS_WDF *CallbacksWdf)
{
    DMF_CALLBACKS_WDF_INIT(CallbacksWdf);
    CallbacksWdf->ModulePrepareHardware = DMF_GuideHub_ModulePrepareHardware;
    CallbacksWdf->ModuleReleaseHardware = DMF_GuideHub_ModuleReleaseHardware;
    CallbacksWdf->ModuleD0Entry = DMF_GuideHub_ModuleD0Entry;
    CallbacksWdf->ModuleD0EntryPostInterruptsEnabled = DMF_GuideHub_ModuleD0EntryPostInterruptsEnabled;
    CallbacksWdf->ModuleD0ExitPreInterruptsDisabled = DMF_GuideHub_ModuleD0ExitPreInterruptsDisabled;
    CallbacksWdf->ModuleD0Exit = DMF_GuideHub_ModuleD0Exit;
    CallbacksWdf->ModuleSelfManagedIoCleanup = DMF_GuideHub_ModuleSelfManagedIoCleanup;
    CallbacksWdf->ModuleSelfManagedIoFlush = DMF_GuideHub_ModuleSelfManagedIoFlush;
    CallbacksWdf->ModuleSelfManagedIoInit = DMF_GuideHub_ModuleSelfManagedIoInit;
    CallbacksWdf->ModuleSelfManagedIoSuspend = DMF_GuideHub_ModuleSelfManagedIoSuspend;
    CallbacksWdf->ModuleSelfManagedIoRestart = DMF_GuideHub_ModuleSelfManagedIoRestart;
    CallbacksWdf->ModuleSurpriseRemoval = DMF_GuideHub_ModuleSurpriseRemoval;
    CallbacksWdf->ModuleQueryRemove = DMF_GuideHub_ModuleQueryRemove;
    CallbacksWdf->ModuleQueryStop = DMF_GuideHub_ModuleQueryStop;
    CallbacksWdf->ModuleRelationsQuery = DMF_GuideHub_ModuleRelationsQuery;
    CallbacksWdf->ModuleUsageNotificationEx = DMF_GuideHub_ModuleUsageNotificationEx;
    CallbacksWdf->ModuleArmWakeFromS0 = DMF_GuideHub_ModuleArmWakeFromS0;
    CallbacksWdf->ModuleDisarmWakeFromS0 = DMF_GuideHub_ModuleDisarmWakeFromS0;
    CallbacksWdf->ModuleWakeFromS0Triggered = DMF_GuideHub_ModuleWakeFromS0Triggered;
    CallbacksWdf->ModuleArmWakeFromSxWithReason = DMF_GuideHub_ModuleArmWakeFromSxWithReason;
    CallbacksWdf->ModuleDisarmWakeFromSx = DMF_GuideHub_ModuleDisarmWakeFromSx;
    CallbacksWdf->ModuleWakeFromSxTriggered = DMF_GuideHub_ModuleWakeFromSxTriggered;
    CallbacksWdf->ModuleFileCreate = DMF_GuideHub_ModuleFileCreate;
    CallbacksWdf->ModuleFileCleanup = DMF_GuideHub_ModuleFileCleanup;
    CallbacksWdf->ModuleFileClose = DMF_GuideHub_ModuleFileClose;
    CallbacksWdf->ModuleQueueIoRead = DMF_GuideHub_ModuleQueueIoRead;
    CallbacksWdf->ModuleQueueIoWrite = DMF_GuideHub_ModuleQueueIoWrite;
    CallbacksWdf->ModuleDeviceIoControl = DMF_GuideHub_ModuleDeviceIoControl;
    CallbacksWdf->ModuleInternalDeviceIoControl = DMF_GuideHub_ModuleInternalDeviceIoControl;
}

static VOID GuideHub_CallbacksDmfSet(DMF_CALLBACKS_DMF *CallbacksDmf)
{
    DMF_CALLBACKS_DMF_INIT(CallbacksDmf);
    CallbacksDmf->ChildModulesAdd = DMF_GuideHub_ChildModulesAdd;
    CallbacksDmf->DeviceResourcesAssign = DMF_GuideHub_ResourcesAssign;
    CallbacksDmf->DeviceOpen = DMF_GuideHub_Open;
    CallbacksDmf->DeviceClose = DMF_GuideHub_Close;
    CallbacksDmf->DeviceNotificationRegister = DMF_GuideHub_NotificationRegister;
    CallbacksDmf->DeviceNotificationUnregister = DMF_GuideHub_NotificationUnregister;
    CallbacksDmf->ModuleInstanceDestroy = DMF_GuideHub_Destroy;
}

#pragma code_seg("PAGE")
_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_ NTSTATUS
    DMF_GuideHub_Create(_In_ WDFDEVICE Device, _In_ DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                        _In_ WDF_OBJECT_ATTRIBUTES *ObjectAttributes, _Out_ DMFMODULE *DmfModule)
{
    NTSTATUS ntStatus;
    DMF_MODULE_DESCRIPTOR dmfModuleDescriptor_GuideHub;
    DMF_CALLBACKS_DMF dmfCallbacksDmf_GuideHub;
    DMF_CALLBACKS_WDF dmfCallbacksWdf_GuideHub;

    PAGED_CODE();

    FuncEntry(DMF_TRACE);
    GuideHub_CallbacksDmfSet(&dmfCallbacksDmf_GuideHub);
    GuideHub_CallbacksWdfSet(&dmfCallbacksWdf_GuideHub);
    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(dmfModuleDescriptor_GuideHub, GuideHub, DMF_CONTEXT_GuideHub,
                                            DMF_MODULE_OPTIONS_DISPATCH, DMF_MODULE_OPEN_OPTION_OPEN_PrepareHardware);
    dmfModuleDescriptor_GuideHub.CallbacksDmf = &dmfCallbacksDmf_GuideHub;
    dmfModuleDescriptor_GuideHub.CallbacksWdf = &dmfCallbacksWdf_GuideHub;
    dmfModuleDescriptor_GuideHub.NumberOfAuxiliaryLocks = 1;
    dmfModuleDescriptor_GuideHub.TransportMethod = DMF_GuideHub_TransportMethod;
    dmfModuleDescriptor_GuideHub.BranchTrackInitialize = DMF_GuideHub_BranchTrackInitialize;
    dmfModuleDescriptor_GuideHub.InFlightRecorderSize = DMF_IN_FLIGHT_RECORDER_SIZE_DEFAULT;
    ntStatus = DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &dmfModuleDescriptor_GuideHub, DmfModule);
    if (!NT_SUCCESS(ntStatus))
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "DMF_ModuleCreate fails: ntStatus=%!STATUS!", ntStatus);
    }
    FuncExit(DMF_TRACE, "ntStatus=%!STATUS!", ntStatus);
    return (ntStatus);
}

_IRQL_requires_max_(PASSIVE_LEVEL) _Must_inspect_result_ NTSTATUS
    DMF_GuideRegistry_Create(_In_ WDFDEVICE Device, _In_ DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                             _In_ WDF_OBJECT_ATTRIBUTES *ObjectAttributes, _Out_ DMFMODULE *DmfModule)
{
    DMF_MODULE_DESCRIPTOR descriptor;
    WDF_OBJECT_ATTRIBUTES attributes;

    PAGED_CODE();

    DMF_WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    DMF_WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, GUIDEHUB_FILEOBJECT_CONTEXT);
    DMF_MODULE_DESCRIPTOR_INIT(descriptor, GuideRegistry, DMF_MODULE_OPTIONS_PASSIVE, DMF_MODULE_OPEN_OPTION_OPEN_Create);
    return DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
}
#pragma code_seg()

// Module Methods
//

NTSTATUS DMF_GuideHub_Poll(DMFMODULE DmfModule)
{
    NTSTATUS ntStatus;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule, GuideHub);
    ntStatus = DMF_ModuleAcquire(DmfModule);
    if (NT_SUCCESS(ntStatus))
    {
#if !defined(DMF_USER_MODE)
        RECORDER_LOG inFlightRecorder = DMF_InFlightRecorderGet(DmfModule);

        LogEvents(inFlightRecorder, TRACE_LEVEL_VERBOSE, DMF_TRACE, "polled");
#endif
        DMF_ModuleLock(DmfModule);
        DMF_ModuleUnlock(DmfModule);
        DMF_ModuleRelease(DmfModule);
    }
    return ntStatus;
}
