/* SPDX-License-Identifier: MIT */
/*
 * Feature Modules: the Modules that the framework itself adds to a device, before the Client's, because the Client Driver
 * configured them. All Modules of the device may use them.
 */
#include "DmfIncludeInternal.h"

#if defined(DMF_INCLUDE_TMH)
#include "DmfFeature.tmh"
#endif

/* The value of the driver's Parameters key that turns BranchTrack on. */
#define FEATURE_BRANCHTRACK_ENABLED L"BranchTrackEnabled"

/* How the Module of each feature is created. A feature whose Module is not part of this framework cannot be had. */
static DMF_ModuleInstanceCreate* const g_FeatureInstanceCreators[DmfFeature_NumberOfFeatures] =
{
    NULL, /* Invalid */
    DMF_BranchTrack_Create,
#if defined(DMF_KERNEL_MODE)
    DMF_LiveKernelDump_Create,
#else
    NULL, /* LiveKernelDump */
#endif
};

#pragma code_seg("PAGE")
static
BOOLEAN
Feature_BranchTrackIsEnabled(
    _In_ WDFDEVICE Device
    )
/*++

Routine Description:

    Tells whether the driver's Parameters key asks for BranchTrack. A missing key or value does not.

Arguments:

    Device - The given device.

Return Value:

    TRUE if it does.

--*/
{
    NTSTATUS ntStatus;
    WDFKEY parametersKey;
    ULONG value;
    DECLARE_CONST_UNICODE_STRING(valueName, FEATURE_BRANCHTRACK_ENABLED);

    PAGED_CODE();

    value = 0;
    ntStatus = WdfDriverOpenParametersRegistryKey(WdfDeviceGetDriver(Device),
                                                  KEY_READ,
                                                  WDF_NO_OBJECT_ATTRIBUTES,
                                                  &parametersKey);
    if (! NT_SUCCESS(ntStatus))
    {
        goto Exit;
    }
    ntStatus = WdfRegistryQueryULong(parametersKey,
                                     &valueName,
                                     &value);
    if (! NT_SUCCESS(ntStatus))
    {
        value = 0;
    }
    WdfRegistryClose(parametersKey);

Exit:

    return value != 0;
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
_Must_inspect_result_
NTSTATUS
Feature_ModuleAdd(
    _In_ DmfFeatureType DmfFeature,
    _In_ VOID* ModuleConfig,
    _In_ ULONG ModuleConfigSize,
    _Out_writes_(DmfFeature_NumberOfFeatures) DMFMODULE* FeatureModules,
    _Inout_ DMF_PENDING_MODULES* PendingModules
    )
/*++

Routine Description:

    Adds the Module of one feature.

Arguments:

    DmfFeature - The feature.
    ModuleConfig - The Module's Config.
    ModuleConfigSize - The size of the Config.
    FeatureModules - Where the Module's handle is written when it exists.
    PendingModules - The Modules that were added.

Return Value:

    STATUS_NOT_SUPPORTED if the framework does not have the Module.

--*/
{
    NTSTATUS ntStatus;
    DMF_MODULE_ATTRIBUTES moduleAttributes;

    PAGED_CODE();

    if (g_FeatureInstanceCreators[DmfFeature] == NULL)
    {
        TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "Feature %d is not available", DmfFeature);
        ntStatus = STATUS_NOT_SUPPORTED;
        goto Exit;
    }
    DMF_MODULE_ATTRIBUTES_INIT(&moduleAttributes,
                               ModuleConfigSize);
    moduleAttributes.InstanceCreator = g_FeatureInstanceCreators[DmfFeature];
    moduleAttributes.ModuleConfigPointer = ModuleConfig;
    DMF_DmfModuleAdd((PDMFMODULE_INIT)PendingModules,
                     &moduleAttributes,
                     WDF_NO_OBJECT_ATTRIBUTES,
                     &FeatureModules[DmfFeature]);
    ntStatus = STATUS_SUCCESS;

Exit:

    return ntStatus;
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
NTSTATUS
DMF_FeatureModulesAdd(
    WDFDEVICE Device,
    DMF_CONFIG_BranchTrack* BranchTrackConfig,
    DMF_CONFIG_LiveKernelDump* LiveKernelDumpConfig,
    DMFMODULE* FeatureModules,
    DMF_PENDING_MODULES* PendingModules
    )
/*++

Routine Description:

    Adds the Feature Modules of a device: BranchTrack if it is configured and enabled, and LiveKernelDump in kernel mode if
    it is configured.

Arguments:

    Device - The given device.
    BranchTrackConfig - The configuration of BranchTrack, or NULL.
    LiveKernelDumpConfig - The configuration of LiveKernelDump, or NULL.
    FeatureModules - Where the handles are written when the Modules exist; NULL until then, and where there is none.
    PendingModules - The Modules that were added.

Return Value:

    NTSTATUS

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

    ntStatus = STATUS_SUCCESS;
    RtlZeroMemory(FeatureModules,
                  sizeof(DMFMODULE) * DmfFeature_NumberOfFeatures);
    if ((BranchTrackConfig != NULL) &&
        Feature_BranchTrackIsEnabled(Device))
    {
        ntStatus = Feature_ModuleAdd(DmfFeature_BranchTrack,
                                     BranchTrackConfig,
                                     sizeof(DMF_CONFIG_BranchTrack),
                                     FeatureModules,
                                     PendingModules);
    }
#if defined(DMF_KERNEL_MODE)
    if (NT_SUCCESS(ntStatus) &&
        (LiveKernelDumpConfig != NULL))
    {
        ntStatus = Feature_ModuleAdd(DmfFeature_LiveKernelDump,
                                     LiveKernelDumpConfig,
                                     sizeof(DMF_CONFIG_LiveKernelDump),
                                     FeatureModules,
                                     PendingModules);
    }
#else
    UNREFERENCED_PARAMETER(LiveKernelDumpConfig);
#endif

    return ntStatus;
}
#pragma code_seg()

#if defined(DMF_KERNEL_MODE)
#pragma code_seg("PAGE")
static
VOID
Feature_MemoryRegister(
    _In_ DMFMODULE LiveKernelDump,
    _In_ VOID* Buffer,
    _In_ size_t BufferLength
    )
/*++

Routine Description:

    Registers memory of the framework for reports of the driver. What cannot be registered is not in the reports.

Arguments:

    LiveKernelDump - The Feature Module.
    Buffer - The memory.
    BufferLength - Its size. Zero for nothing.

Return Value:

    None

--*/
{
    NTSTATUS ntStatus;

    PAGED_CODE();

    if (BufferLength > 0)
    {
        ntStatus = DMF_LiveKernelDump_DataBufferSourceAdd(LiveKernelDump,
                                                          Buffer,
                                                          (ULONG)BufferLength);
        if (! NT_SUCCESS(ntStatus))
        {
            TraceEvents(TRACE_LEVEL_ERROR, DMF_TRACE, "DMF_LiveKernelDump_DataBufferSourceAdd fails: ntStatus=%!STATUS!",
                        ntStatus);
        }
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Feature_CollectionRegister(
    _In_opt_ DMFMODULE LiveKernelDump,
    _In_ DMF_MODULE_COLLECTION* Collection
    )
/*++

Routine Description:

    Registers what says which Modules there are, for reports of the driver.

Arguments:

    LiveKernelDump - The Feature Module, or NULL.
    Collection - All Modules of the device.

Return Value:

    None

--*/
{
    size_t numberOfPointers;

    PAGED_CODE();

    if (LiveKernelDump != NULL)
    {
        DMF_LiveKernelDump_StoreDmfCollectionAsBugcheckParameter(LiveKernelDump,
                                                                 (ULONG_PTR)Collection);
        Feature_MemoryRegister(LiveKernelDump,
                               Collection,
                               sizeof(DMF_MODULE_COLLECTION));
        numberOfPointers = 0;
        for (ULONG callbackIndex = 0; callbackIndex < DmfCallback_NumberOfCallbacks; callbackIndex++)
        {
            numberOfPointers += Collection->Tables[callbackIndex].NumberOfObjects;
        }
        Feature_MemoryRegister(LiveKernelDump,
                               Collection->TableMemory,
                               numberOfPointers * sizeof(DMF_OBJECT*));
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
static
VOID
Feature_ModuleRegister(
    _In_opt_ DMFMODULE LiveKernelDump,
    _In_ DMF_OBJECT* DmfObject
    )
/*++

Routine Description:

    Registers what one Module consists of for reports of the driver.

Arguments:

    LiveKernelDump - The Feature Module, or NULL.
    DmfObject - The given Module.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if (LiveKernelDump != NULL)
    {
        Feature_MemoryRegister(LiveKernelDump,
                               DmfObject,
                               sizeof(DMF_OBJECT));
        Feature_MemoryRegister(LiveKernelDump,
                               DmfObject->ModuleConfig,
                               (DmfObject->ModuleConfig != NULL) ? DmfObject->ModuleConfigSize : 0);
        Feature_MemoryRegister(LiveKernelDump,
                               (VOID*)DmfObject->InstanceName,
                               strlen(DmfObject->InstanceName) + sizeof(CHAR));
        if (DmfObject->ModuleLiveKernelDumpInitialize != NULL)
        {
            DmfObject->ModuleLiveKernelDumpInitialize(DmfObject->Handle);
        }
    }
}
#pragma code_seg()
#endif

#pragma code_seg("PAGE")
static
VOID
Feature_ModulesInitialize(
    _In_ LIST_ENTRY* Modules,
    _In_ DMF_DEVICE_CONTEXT* DeviceContext
    )
/*++

Routine Description:

    Lets the Modules of all trees tell the Feature Modules what they have for them, children before their parents.

Arguments:

    Modules - The roots of the trees.
    DeviceContext - The framework's context of the device.

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
        Feature_ModulesInitialize(&dmfObject->Children,
                                  DeviceContext);
        if ((DeviceContext->FeatureModules[DmfFeature_BranchTrack] != NULL) &&
            (dmfObject->ModuleBranchTrackInitialize != NULL))
        {
            dmfObject->ModuleBranchTrackInitialize(dmfObject->Handle);
        }
#if defined(DMF_KERNEL_MODE)
        Feature_ModuleRegister(DeviceContext->FeatureModules[DmfFeature_LiveKernelDump],
                               dmfObject);
#endif
    }
}
#pragma code_seg()

#pragma code_seg("PAGE")
_Use_decl_annotations_
VOID
DMF_FeatureModulesInitialize(
    DMF_DEVICE_CONTEXT* DeviceContext
    )
/*++

Routine Description:

    After all Modules that open when they are created are open: fills the tables of the Feature Modules.

Arguments:

    DeviceContext - The framework's context of the device.

Return Value:

    None

--*/
{
    PAGED_CODE();

    if ((DeviceContext->FeatureModules[DmfFeature_BranchTrack] != NULL) ||
        (DeviceContext->FeatureModules[DmfFeature_LiveKernelDump] != NULL))
    {
#if defined(DMF_KERNEL_MODE)
        Feature_CollectionRegister(DeviceContext->FeatureModules[DmfFeature_LiveKernelDump],
                                   DeviceContext->Collection);
#endif
        Feature_ModulesInitialize(&DeviceContext->Collection->Modules,
                                  DeviceContext);
    }
}
#pragma code_seg()

_Use_decl_annotations_
DMFMODULE
DMF_FeatureModuleGetFromDevice(
    WDFDEVICE Device,
    DmfFeatureType DmfFeature
    )
/*++

Routine Description:

    Gives the Module of a feature.

Arguments:

    Device - The given device.
    DmfFeature - The feature.

Return Value:

    The Module, or NULL: the device does not have the feature, or does not have all its Modules yet or any more.

--*/
{
    DMFMODULE dmfModule;
    DMF_DEVICE_CONTEXT* deviceContext;

    dmfModule = NULL;
    deviceContext = DmfDeviceContextGet(Device);
    if ((deviceContext != NULL) &&
        (deviceContext->Collection != NULL) &&
        ((ULONG)DmfFeature < DmfFeature_NumberOfFeatures))
    {
        dmfModule = deviceContext->FeatureModules[DmfFeature];
    }

    return dmfModule;
}

_Use_decl_annotations_
DMFMODULE
DMF_FeatureModuleGetFromModule(
    DMFMODULE DmfModule,
    DmfFeatureType DmfFeature
    )
/*++

Routine Description:

    Gives the Module of a feature of the device on which a Module was created.

Arguments:

    DmfModule - The given Module.
    DmfFeature - The feature.

Return Value:

    The Module, or NULL if there is none for the given Module. A Dynamic Module is in no collection and has none.

--*/
{
    DMF_OBJECT* dmfObject;

    dmfObject = DMF_ModuleToObject(DmfModule);
    return dmfObject->DynamicModule ? NULL : DMF_FeatureModuleGetFromDevice(dmfObject->ParentDevice,
                                                                            DmfFeature);
}
