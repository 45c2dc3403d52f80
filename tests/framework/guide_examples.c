/* SPDX-License-Identifier: MIT */
/*
 * The Client Driver's examples of the user guide, in our words and with the guide's names, calls and order. They only have to
 * compile, in both flavours, as C and as C++.
 */
#include "guide_stand_ins.h"
#include "guide_trace.h"

#include "guide_examples.tmh"

#define NUMBER_OF_BUFFERS 10
#define RING_BUFFER_ENTRIES 32
#define CONFIGURATION_INFORMATION 3

typedef struct
{
    UCHAR Buttons;
} BUTTON_DATA;

typedef struct
{
    WDFDEVICE WdfDevice;
    DMFMODULE DmfModuleAcpiTarget;
    DMFMODULE DmfModuleCrashDump;
    DMFMODULE DmfModuleButtons;
    DMFMODULE DmfModuleButtonFifo;
    DMFMODULE DmfModuleBufferPool;
    ULONG ConfigurationInformation;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceContextGet)

/* A driver that consists of macros, its prototypes with C linkage. */

#if defined(__cplusplus)
extern "C"
{
#endif
    DRIVER_INITIALIZE GuideContainerDriverEntry;
    EVT_WDF_DRIVER_DEVICE_ADD GuideContainerDeviceAdd;
    EVT_WDF_OBJECT_CONTEXT_CLEANUP GuideContainerDriverContextCleanup;
    EVT_DMF_DEVICE_MODULES_ADD DmfDeviceModulesAdd;
    EVT_DMF_DEVICE_MODULES_ADD DmfTargetModulesAdd;
    EVT_WDF_DRIVER_DEVICE_ADD GuideDeviceAdd;
    EVT_WDF_DEVICE_D0_ENTRY GuideEvtDeviceD0Entry;
    EVT_WDF_DEVICE_D0_EXIT GuideEvtDeviceD0Exit;
    EVT_WDF_DEVICE_PREPARE_HARDWARE GuideEvtDevicePrepareHardware;
    EVT_WDF_DEVICE_RELEASE_HARDWARE GuideEvtDeviceReleaseHardware;
    EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL GuideEvtIoDeviceControl;
    EVT_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL GuideEvtIoInternalDeviceControl;
    EVT_WDF_OBJECT_CONTEXT_CLEANUP GuideEvtDeviceContextCleanup;
    EVT_DMF_MODULE_OnDeviceNotificationOpen GuideOnOpen;
    EVT_DMF_MODULE_OnDeviceNotificationPostOpen GuideOnPostOpen;
    EVT_DMF_MODULE_OnDeviceNotificationPreClose GuideOnPreClose;
    EVT_DMF_MODULE_OnDeviceNotificationClose GuideOnClose;
    EVT_GuideBufferOutput GuideSwitchChanged;
    NTSTATUS GuideConfigurationDetermine(DEVICE_CONTEXT *DeviceContext);
    NTSTATUS GuideButtonsWrite(DEVICE_CONTEXT *DeviceContext);
    NTSTATUS GuideTargetUse(DMFMODULE DmfModule);
#if defined(__cplusplus)
}
#endif

/*WPP_INIT_TRACING(); (This comment is necessary for WPP Scanner.)*/
#pragma code_seg("INIT")
DMF_DEFAULT_DRIVERENTRY(GuideContainerDriverEntry, GuideContainerDriverContextCleanup, GuideContainerDeviceAdd)
#pragma code_seg()

#pragma code_seg("PAGED")
DMF_DEFAULT_DRIVERCLEANUP(GuideContainerDriverContextCleanup)
DMF_DEFAULT_DEVICEADD(GuideContainerDeviceAdd, DmfDeviceModulesAdd)
#pragma code_seg()

/* Modules that are added: several kinds, with one structure of attributes. */

#pragma code_seg("PAGED")
_IRQL_requires_max_(PASSIVE_LEVEL) VOID DmfDeviceModulesAdd(_In_ WDFDEVICE Device, _In_ PDMFMODULE_INIT DmfModuleInit)
{
    DEVICE_CONTEXT *deviceContext = DeviceContextGet(Device);
    DMF_MODULE_ATTRIBUTES moduleAttributes;
    DMF_CONFIG_GuideAcpiTarget moduleConfigAcpiTarget;
    DMF_CONFIG_GuideCrashDump moduleConfigCrashDump;
    DMF_CONFIG_GuideHidPortableDeviceButtons moduleConfigButtons;
    DMF_CONFIG_RingBuffer moduleConfigRingBuffer;
    DMF_CONFIG_BufferPool moduleConfigBufferPool;
    GUID guid = {0};

    PAGED_CODE();

    DMF_CONFIG_GuideAcpiTarget_AND_ATTRIBUTES_INIT(&moduleConfigAcpiTarget, &moduleAttributes);
    moduleConfigAcpiTarget.DsmRevision = 1;
    moduleConfigAcpiTarget.Guid = guid;
    DMF_DmfModuleAdd(DmfModuleInit, &moduleAttributes, WDF_NO_OBJECT_ATTRIBUTES, &deviceContext->DmfModuleAcpiTarget);

    DMF_CONFIG_GuideCrashDump_AND_ATTRIBUTES_INIT(&moduleConfigCrashDump, &moduleAttributes);
    moduleConfigCrashDump.ComponentName = "Guide";
    moduleConfigCrashDump.BufferSize = 64;
    moduleConfigCrashDump.BufferCount = 4;
    moduleConfigCrashDump.RingBufferDataGuid = guid;
    DMF_DmfModuleAdd(DmfModuleInit, &moduleAttributes, WDF_NO_OBJECT_ATTRIBUTES, &deviceContext->DmfModuleCrashDump);

    DMF_CONFIG_GuideHidPortableDeviceButtons_AND_ATTRIBUTES_INIT(&moduleConfigButtons, &moduleAttributes);
    moduleConfigButtons.ProductId = 1;
    moduleConfigButtons.VendorId = 2;
    moduleConfigButtons.VersionNumber = 3;
    DMF_DmfModuleAdd(DmfModuleInit, &moduleAttributes, WDF_NO_OBJECT_ATTRIBUTES, &deviceContext->DmfModuleButtons);

    DMF_CONFIG_RingBuffer_AND_ATTRIBUTES_INIT(&moduleConfigRingBuffer, &moduleAttributes);
    moduleConfigRingBuffer.ItemCount = RING_BUFFER_ENTRIES;
    moduleConfigRingBuffer.ItemSize = sizeof(BUTTON_DATA);
    DMF_DmfModuleAdd(DmfModuleInit, &moduleAttributes, WDF_NO_OBJECT_ATTRIBUTES, &deviceContext->DmfModuleButtonFifo);

    DMF_CONFIG_BufferPool_AND_ATTRIBUTES_INIT(&moduleConfigBufferPool, &moduleAttributes);
    moduleConfigBufferPool.BufferPoolMode = BufferPool_Mode_Source;
    moduleConfigBufferPool.Mode.SourceSettings.EnableLookAside = TRUE;
    moduleConfigBufferPool.Mode.SourceSettings.BufferCount = NUMBER_OF_BUFFERS;
    moduleConfigBufferPool.Mode.SourceSettings.PoolType = NonPagedPoolNx;
    moduleConfigBufferPool.Mode.SourceSettings.BufferSize = 128;
    moduleConfigBufferPool.Mode.SourceSettings.BufferContextSize = 0;
    DMF_DmfModuleAdd(DmfModuleInit, &moduleAttributes, WDF_NO_OBJECT_ATTRIBUTES, &deviceContext->DmfModuleBufferPool);

    DMF_GuideRegistry_ATTRIBUTES_INIT(&moduleAttributes);
    DMF_DmfModuleAdd(DmfModuleInit, &moduleAttributes, WDF_NO_OBJECT_ATTRIBUTES, NULL);
}
#pragma code_seg()

/* A Module that tells when its resource appears and goes. */

NTSTATUS GuideOnOpen(DMFMODULE DmfModule)
{
    return DMF_ParentDeviceGet(DmfModule) == NULL ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS;
}

VOID GuideOnPostOpen(DMFMODULE DmfModule)
{
    TraceEvents(TRACE_LEVEL_INFORMATION, TRACE_DEVICE, "0x%p is there", DmfModule);
}

VOID GuideOnPreClose(DMFMODULE DmfModule)
{
    TraceEvents(TRACE_LEVEL_INFORMATION, DMF_TRACE, "0x%p goes", DmfModule);
}

VOID GuideOnClose(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DmfModule);
}

VOID GuideSwitchChanged(DMFMODULE DmfModule, VOID *OutputBuffer, size_t OutputBufferSize)
{
    UNREFERENCED_PARAMETER(DmfModule);
    UNREFERENCED_PARAMETER(OutputBuffer);
    UNREFERENCED_PARAMETER(OutputBufferSize);
}

VOID DmfTargetModulesAdd(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    DMF_MODULE_ATTRIBUTES moduleAttributes;
    DMF_CONFIG_GuideDeviceInterfaceTarget moduleConfig;
    DMF_MODULE_EVENT_CALLBACKS moduleEventCallbacks;
    GUID guid = {0};

    UNREFERENCED_PARAMETER(Device);
    PAGED_CODE();

    DMF_CONFIG_GuideDeviceInterfaceTarget_AND_ATTRIBUTES_INIT(&moduleConfig, &moduleAttributes);
    moduleConfig.DeviceInterfaceTargetGuid = guid;
    moduleConfig.ContinuousRequestTargetModuleConfig.BufferCountOutput = 4;
    moduleConfig.ContinuousRequestTargetModuleConfig.BufferOutputSize = sizeof(UCHAR);
    moduleConfig.ContinuousRequestTargetModuleConfig.ContinuousRequestCount = 4;
    moduleConfig.ContinuousRequestTargetModuleConfig.PoolTypeOutput = NonPagedPoolNx;
    moduleConfig.ContinuousRequestTargetModuleConfig.PurgeAndStartTargetInD0Callbacks = FALSE;
    moduleConfig.ContinuousRequestTargetModuleConfig.EvtContinuousRequestTargetBufferOutput = GuideSwitchChanged;

    DMF_MODULE_ATTRIBUTES_EVENT_CALLBACKS_INIT(&moduleAttributes, &moduleEventCallbacks);
    moduleEventCallbacks.EvtModuleOnDeviceNotificationOpen = GuideOnOpen;
    moduleEventCallbacks.EvtModuleOnDeviceNotificationPostOpen = GuideOnPostOpen;
    moduleEventCallbacks.EvtModuleOnDeviceNotificationPreClose = GuideOnPreClose;
    moduleEventCallbacks.EvtModuleOnDeviceNotificationClose = GuideOnClose;
    DMF_DmfModuleAdd(DmfModuleInit, &moduleAttributes, WDF_NO_OBJECT_ATTRIBUTES, NULL);
}

/* A driver with a device add callback of its own. */

NTSTATUS GuideEvtDeviceD0Entry(WDFDEVICE Device, WDF_POWER_DEVICE_STATE PreviousState)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(PreviousState);
    return STATUS_SUCCESS;
}

NTSTATUS GuideEvtDeviceD0Exit(WDFDEVICE Device, WDF_POWER_DEVICE_STATE TargetState)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(TargetState);
    return STATUS_SUCCESS;
}

NTSTATUS GuideEvtDevicePrepareHardware(WDFDEVICE Device, WDFCMRESLIST ResourcesRaw, WDFCMRESLIST ResourcesTranslated)
{
    UNREFERENCED_PARAMETER(ResourcesRaw);
    return GuideEvtDeviceReleaseHardware(Device, ResourcesTranslated);
}

NTSTATUS GuideEvtDeviceReleaseHardware(WDFDEVICE Device, WDFCMRESLIST ResourcesTranslated)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(ResourcesTranslated);
    return STATUS_SUCCESS;
}

VOID GuideEvtIoDeviceControl(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputBufferLength, size_t InputBufferLength,
                             ULONG IoControlCode)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);
    WdfRequestComplete(Request, STATUS_NOT_SUPPORTED);
}

VOID GuideEvtIoInternalDeviceControl(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputBufferLength, size_t InputBufferLength,
                                     ULONG IoControlCode)
{
    GuideEvtIoDeviceControl(Queue, Request, OutputBufferLength, InputBufferLength, IoControlCode);
}

VOID GuideEvtDeviceContextCleanup(WDFOBJECT Device)
{
    UNREFERENCED_PARAMETER(Device);
}

static NTSTATUS DeviceQueueCreate(WDFDEVICE Device, PDMFDEVICE_INIT DmfDeviceInit)
{
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDFQUEUE queue;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchParallel);
    queueConfig.PowerManaged = WdfTrue;
    queueConfig.EvtIoDeviceControl = GuideEvtIoDeviceControl;
#if !defined(DMF_USER_MODE)
    queueConfig.EvtIoInternalDeviceControl = GuideEvtIoInternalDeviceControl;
#endif
    DMF_DmfDeviceInitHookQueueConfig(DmfDeviceInit, &queueConfig);
    return WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, &queue);
}

static NTSTATUS DeviceCreate(PWDFDEVICE_INIT DeviceInit, WDFDEVICE *Device)
{
    WDF_OBJECT_ATTRIBUTES deviceAttributes;

#if !defined(DMF_USER_MODE)
    WdfDeviceInitSetDeviceType(DeviceInit, FILE_DEVICE_UNKNOWN);
    WdfDeviceInitSetExclusive(DeviceInit, FALSE);
#endif
    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&deviceAttributes, DEVICE_CONTEXT);
    deviceAttributes.EvtCleanupCallback = GuideEvtDeviceContextCleanup;
    return WdfDeviceCreate(&DeviceInit, &deviceAttributes, Device);
}

static VOID DeviceHook(PWDFDEVICE_INIT DeviceInit, PDMFDEVICE_INIT DmfDeviceInit)
{
    WDF_PNPPOWER_EVENT_CALLBACKS pnpPowerCallbacks;

    DMF_DmfDeviceInitHookFileObjectConfig(DmfDeviceInit, NULL);
    DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(DmfDeviceInit, NULL);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&pnpPowerCallbacks);
    pnpPowerCallbacks.EvtDeviceD0Entry = GuideEvtDeviceD0Entry;
    pnpPowerCallbacks.EvtDeviceD0Exit = GuideEvtDeviceD0Exit;
    pnpPowerCallbacks.EvtDevicePrepareHardware = GuideEvtDevicePrepareHardware;
    pnpPowerCallbacks.EvtDeviceReleaseHardware = GuideEvtDeviceReleaseHardware;
    DMF_DmfDeviceInitHookPnpPowerEventCallbacks(DmfDeviceInit, &pnpPowerCallbacks);
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &pnpPowerCallbacks);
    /* A filter driver tells both. */
    WdfFdoInitSetFilter(DeviceInit);
    DMF_DmfFdoSetFilter(DmfDeviceInit);
}

NTSTATUS GuideDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    DMF_EVENT_CALLBACKS dmfCallbacks;
    PFN_DMF_DEVICE_MODULES_ADD modulesAdd = DmfDeviceModulesAdd;
    PDMFDEVICE_INIT dmfDeviceInit;
    DEVICE_CONTEXT *deviceContext;
    WDFDEVICE device;
    NTSTATUS ntStatus;

    UNREFERENCED_PARAMETER(Driver);
    PAGED_CODE();

    FuncEntry(TRACE_DEVICE);
    dmfDeviceInit = DMF_DmfDeviceInitAllocate(DeviceInit);
    DeviceHook(DeviceInit, dmfDeviceInit);
    ntStatus = DeviceCreate(DeviceInit, &device);
    if (!NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }
    deviceContext = DeviceContextGet(device);
    RtlSecureZeroMemory(deviceContext, sizeof(DEVICE_CONTEXT));
    deviceContext->WdfDevice = device;
    ntStatus = DeviceQueueCreate(device, dmfDeviceInit);
    if (!NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }
    DMF_EVENT_CALLBACKS_INIT(&dmfCallbacks);
    dmfCallbacks.EvtDmfDeviceModulesAdd = modulesAdd;
    DMF_DmfDeviceInitSetEventCallbacks(dmfDeviceInit, &dmfCallbacks);
    /* The guide has both forms. */
    ntStatus = deviceContext == NULL ? DMF_ModulesCreate(device, &dmfDeviceInit, deviceContext) :
                                       DMF_ModulesCreate(device, &dmfDeviceInit);

Exit:

    FuncExit(TRACE_DEVICE, "ntStatus=%!STATUS!", ntStatus);
    return ntStatus;
}

/* A Dynamic Module, asked once. */

NTSTATUS GuideConfigurationDetermine(DEVICE_CONTEXT *DeviceContext)
{
    NTSTATUS ntStatus;
    DMF_MODULE_ATTRIBUTES moduleAttributes;
    DMF_CONFIG_GuideAcpiTarget acpiTargetModuleConfig;
    DMFMODULE dmfModuleAcpiTarget = NULL;
    ULONG returnBufferSize;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = DeviceContext->WdfDevice;
    DMF_CONFIG_GuideAcpiTarget_AND_ATTRIBUTES_INIT(&acpiTargetModuleConfig, &moduleAttributes);
    acpiTargetModuleConfig.DsmRevision = 1;
    ntStatus = DMF_GuideAcpiTarget_Create(DeviceContext->WdfDevice, &moduleAttributes, &attributes, &dmfModuleAcpiTarget);
    if (!NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }
    ntStatus = DMF_GuideAcpiTarget_InvokeDsm(dmfModuleAcpiTarget, CONFIGURATION_INFORMATION, 0,
                                             &DeviceContext->ConfigurationInformation, &returnBufferSize);
    if (!NT_SUCCESS(ntStatus))
    {
        DeviceContext->ConfigurationInformation = 0;
    }

Exit:

    if (dmfModuleAcpiTarget != NULL)
    {
        WdfObjectDelete(dmfModuleAcpiTarget);
    }
    return ntStatus;
}

/* A Method, and a resource that is used while the Module is referenced. */

NTSTATUS GuideButtonsWrite(DEVICE_CONTEXT *DeviceContext)
{
    BUTTON_DATA buttonData = {1};

    return DMF_RingBuffer_Write(DeviceContext->DmfModuleButtonFifo, (PUCHAR)&buttonData, sizeof(buttonData));
}

NTSTATUS GuideTargetUse(DMFMODULE DmfModule)
{
    WDFIOTARGET ioTarget;
    NTSTATUS ntStatus = DMF_ModuleReference(DmfModule);

    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = DMF_GuideDeviceInterfaceTarget_IoTargetGet(DmfModule, &ioTarget);
        DMF_ModuleDereference(DmfModule);
    }
    return ntStatus;
}
