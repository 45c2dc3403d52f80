/* SPDX-License-Identifier: MIT */
/*
 * The user guide's names, where they differ from the published headers, as a Module and a Client Driver write them. It only has
 * to compile, as C and as C++.
 */
#include "DmfModule.h"

typedef struct
{
    ULONG Value;
} DMF_CONFIG_Guide;

EXTERN_C_START
VOID DMF_CONFIG_Guide_DEFAULT(DMF_CONFIG_Guide *ModuleConfig);
EXTERN_C_END
DECLARE_DMF_MODULE_EX(Guide);

typedef struct
{
    LONG Counter;
} DMF_CONTEXT_Guide;

DMF_MODULE_DECLARE_CONTEXT(Guide);
DMF_MODULE_DECLARE_CONFIG(Guide);

#include "guide_names.tmh"

static DMF_ENTRYPOINTS_DMF entrypointsDmf;
static DMF_ENTRYPOINTS_WDF entrypointsWdf;
static DMF_MODULE_DESCRIPTOR descriptor;

EXTERN_C_START
EVT_DMF_DEVICE_MODULES_ADD GuideModulesAdd;
EVT_WDF_DRIVER_DEVICE_ADD GuideDeviceAdd;
EVT_WDF_DRIVER_DEVICE_ADD GuideLoggedDeviceAdd;
EVT_WDF_DRIVER_DEVICE_ADD GuideTrackedDeviceAdd;
EVT_WDF_DRIVER_DEVICE_ADD GuideTrackedLoggedDeviceAdd;
EVT_DMF_BranchTrack_BranchesInitialize GuideBranchesInitialize;
EVT_DMF_DEVICE_LOG GuideLog;
DRIVER_INITIALIZE GuideEntry;
DRIVER_INITIALIZE GuideUserModeEntry;
EVT_WDF_OBJECT_CONTEXT_CLEANUP GuideCleanup;
/* Types of callbacks and functions that a driver may name. */
EVT_DMF_INTERFACE_ProtocolBind GuideProtocolBind;
EVT_DMF_INTERFACE_ProtocolUnbind GuideProtocolUnbind;
EVT_DMF_INTERFACE_PostBind GuidePostBind;
EVT_DMF_INTERFACE_PreUnbind GuidePreUnbind;
EVT_DMF_LiveKernelDump_Initialize GuideLiveKernelDumpInitialize;
DMF_TransportModuleAdd GuideTransportModuleAdd;
DMF_ModuleInstanceCreate GuideInstanceCreate;
DMF_WdfAddCustomType GuideAddCustomType;
DMF_Lock GuideLock;
DMF_Unlock GuideUnlock;
DMF_AuxiliaryLock GuideAuxiliaryLock;
DMF_AuxiliaryUnlock GuideAuxiliaryUnlock;
EXTERN_C_END

/* Later versions compare greater. */
C_ASSERT(DMF_VERSION > 0x01010000);
C_ASSERT(DMF_VERSIONCHECK_BUILD_NUMBER_21H1 < DMF_VERSIONCHECK_BUILD_NUMBER_21H2);
C_ASSERT(DMF_VERSIONCHECK_BUILD_NUMBER_21H2 < DMF_VERSIONCHECK_BUILD_NUMBER_22H2);
C_ASSERT(sizeof(DMF_CLIENT_MODULE_INSTANCE_NAME_DEFAULT) == 1);
C_ASSERT(DMF_EVENTLOG_UNIQUE_ID_ZERO == 0);
C_ASSERT(DMF_EVENTLOG_MAXIMUM_NUMBER_OF_INSERTION_STRINGS > 0 && DMF_EVENTLOG_MAXIMUM_LENGTH_OF_STRING > 0 &&
         DMF_EVENTLOG_MAXIMUM_BYTES_IN_INSERTION_STRING > 0);

DMF_DEFAULT_DRIVERENTRY(GuideEntry, GuideCleanup, GuideDeviceAdd)
DMF_DEFAULT_DRIVERCLEANUP(GuideCleanup)
DMF_DEFAULT_DEVICEADD(GuideDeviceAdd, GuideModulesAdd)
DMF_DEFAULT_DEVICEADD_LOG(GuideLoggedDeviceAdd, GuideModulesAdd, GuideLog)
DMF_DEFAULT_DRIVERENTRY(GuideUserModeEntry, GuideCleanup, GuideDeviceAdd, L"Guide\\V1.0")
DMF_DEFAULT_DEVICEADD_WITH_BRANCHTRACK(GuideTrackedDeviceAdd, GuideModulesAdd, GuideBranchesInitialize, "Guide", 0);
DMF_DEFAULT_DEVICEADD_WITH_BRANCHTRACK_LOG(GuideTrackedLoggedDeviceAdd, GuideModulesAdd, GuideLog, GuideBranchesInitialize,
                                           "Guide", 300);

VOID GuideBranchesInitialize(DMFMODULE DmfModule)
{
    UNREFERENCED_PARAMETER(DMF_FeatureModuleGetFromModule(DmfModule, DmfFeature_BranchTrack) == NULL);
}

VOID DMF_CONFIG_Guide_DEFAULT(DMF_CONFIG_Guide *ModuleConfig)
{
    ModuleConfig->Value = 1;
}

static NTSTATUS GuideOpen(DMFMODULE DmfModule)
{
    DMF_CONTEXT_Guide *moduleContext = DMF_CONTEXT_GET(DmfModule);
    NTSTATUS ntStatus = DMF_ModuleAcquire(DmfModule);

    DMFMODULE_VALIDATE_IN_METHOD_OPENING_OK(DmfModule, Guide);
    DMFMODULE_VALIDATE_IN_METHOD_CLOSING_OK(DmfModule, Guide);
    DMFMODULE_VALIDATE_IN_METHOD_OPTIONAL(DmfModule, Guide);
    if (NT_SUCCESS(ntStatus))
    {
        moduleContext->Counter = (LONG)DMF_CONFIG_GET(DmfModule)->Value;
        DMF_ModuleRelease(DmfModule);
    }
    if (DMF_ModuleIsDynamic(DmfModule) || DMF_ModuleIsPassiveLevel(DmfModule) || DMF_AttachedDeviceGet(DmfModule) == NULL ||
        DMF_ModuleParentGet(DmfModule) != NULL)
    {
        DMF_ModuleNotificationClose(DMFMODULEVOID_TO_MODULE((VOID *)DmfModule));
    }
    return DMF_ModuleNotificationOpen(DmfModule);
}

NTSTATUS DMF_Guide_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                          WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    DMF_ENTRYPOINTS_DMF_INIT(&entrypointsDmf);
    entrypointsDmf.DeviceOpen = GuideOpen;
    DMF_ENTRYPOINTS_WDF_INIT(&entrypointsWdf);
    entrypointsWdf.ModuleDeviceIoControl = USE_GENERIC_ENTRYPOINT;
    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(descriptor, Guide, DMF_CONTEXT_Guide, DMF_MODULE_OPTIONS_PASSIVE,
                                            DMF_MODULE_OPEN_OPTION_NOTIFY_Create);
    descriptor.EntrypointsDmf = &entrypointsDmf;
    descriptor.EntrypointsWdf = &entrypointsWdf;
    descriptor.TransportMethod = NULL;
    descriptor.BranchTrackInitialize = NULL;
    descriptor.ModuleConfigSize = sizeof(DMF_CONFIG_Guide);
    return DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
}

VOID GuideModulesAdd(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_MODULE_EVENT_CALLBACKS callbacks;
    DMF_CONFIG_Guide config;

    DMF_CONFIG_Guide_AND_ATTRIBUTES_INIT(&config, &attributes);
    DMF_MODULE_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtModuleOnDeviceNotificationOpen = GuideOpen;
    callbacks.EvtModuleOnDeviceNotificationClose = NULL;
    attributes.ClientCallbacks = &callbacks;
    attributes.TransportsCreator = NULL;
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, NULL);
}

VOID GuideLog(WDFDEVICE Device, DMF_LOG_DATA DmfLogData)
{
    UNREFERENCED_PARAMETER(DmfLogData.DmfLogDataSeverity == DmfLogDataSeverity_Error);
#if !defined(DMF_USER_MODE)
    UNREFERENCED_PARAMETER(DMF_Utility_AclPropagateInDeviceStack(Device));
#endif
}

EXTERN_C NTSTATUS GuideControlDevice(WDFDEVICE Device, WDFDEVICE ControlDevice, PWDFDEVICE_INIT DeviceInit);
NTSTATUS GuideControlDevice(WDFDEVICE Device, WDFDEVICE ControlDevice, PWDFDEVICE_INIT DeviceInit)
{
    PDMFDEVICE_INIT dmfDeviceInit = DMF_DmfControlDeviceInitAllocate(DeviceInit);
    ULONG clientDriverContext = 0;
    NTSTATUS ntStatus;

    if (dmfDeviceInit == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DMF_DmfControlDeviceInitSetClientDriverDevice(dmfDeviceInit, Device);
    ntStatus = DMF_ModulesCreate(ControlDevice, &dmfDeviceInit, &clientDriverContext);
    DMF_DmfControlDeviceInitFree(dmfDeviceInit);
    /* The user guide passes the structure, the published header its address. */
    DMF_DmfDeviceInitFree(dmfDeviceInit);
    DMF_DmfDeviceInitFree(&dmfDeviceInit);
    return ntStatus;
}
