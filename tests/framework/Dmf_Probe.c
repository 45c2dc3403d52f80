/* SPDX-License-Identifier: MIT */
/*
 * Probe: a Module that writes down each of its callbacks.
 */
#include "DmfModule.h"

#include "Dmf_Probe.h"
#include "journal.h"
#include "tree_public.h"

#include "Dmf_Probe.tmh"

typedef struct
{
    const PROBE_DESCRIPTION *Description;
    DMFMODULE Dynamic;
} DMF_CONTEXT_Probe;

DMF_MODULE_DECLARE_CONTEXT(Probe)
DMF_MODULE_DECLARE_CONFIG(Probe)

NTSTATUS ProbeStep(const char *Name, const char *Step)
{
    char word[64];

    (void)snprintf(word, sizeof(word), "%s.%s", Name, Step);
    journal_write(word);
    return journal_fails(word) ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS;
}

static NTSTATUS Step(DMFMODULE DmfModule, const char *Name)
{
    return ProbeStep(DMF_CONFIG_GET(DmfModule)->Description->Name, Name);
}

/* A reference is granted from PostOpen to PreClose. */
static VOID ReferenceStep(DMFMODULE DmfModule, const char *Granted, const char *Refused)
{
    NTSTATUS ntStatus = DMF_ModuleReference(DmfModule);

    (void)Step(DmfModule, NT_SUCCESS(ntStatus) ? Granted : Refused);
    if (NT_SUCCESS(ntStatus))
    {
        DMF_ModuleDereference(DmfModule);
    }
}

/*
 * What the Client is told.
 */

static VOID ProbePostOpen(DMFMODULE DmfModule)
{
    ReferenceStep(DmfModule, "PostOpen", "PostOpen!");
    /* A close from here does nothing. */
    DMF_ModuleClose(DmfModule);
}

static VOID ProbePreClose(DMFMODULE DmfModule)
{
    ReferenceStep(DmfModule, "PreClose", "PreClose!");
}

static VOID ProbeTransportAdd(DMFMODULE DmfModule, DMF_MODULE_ATTRIBUTES *DmfParentModuleAttributes, PVOID DmfModuleInit)
{
    ProbeAdd(DmfModuleInit, DMF_CONFIG_GET(DmfModule)->Description->Transport);
}

static VOID ProbeAttributes(const PROBE_DESCRIPTION *Description, DMF_CONFIG_Probe *Config,
                            DMF_MODULE_ATTRIBUTES *Attributes, DMF_MODULE_EVENT_CALLBACKS *Callbacks)
{
    DMF_CONFIG_Probe_AND_ATTRIBUTES_INIT(Config, Attributes);
    Config->Description = Description;
    Attributes->ClientModuleInstanceName = Description->Name;
    Attributes->PassiveLevel = Description->PassiveLevel;
    Attributes->TransportModuleAdd = Description->Transport != NULL ? ProbeTransportAdd : NULL;
    DMF_MODULE_ATTRIBUTES_EVENT_CALLBACKS_INIT(Attributes, Callbacks);
    Callbacks->EvtModuleOnDeviceNotificationPostOpen = ProbePostOpen;
    Callbacks->EvtModuleOnDeviceNotificationPreClose = ProbePreClose;
}

VOID ProbeAdd(PDMFMODULE_INIT DmfModuleInit, const PROBE_DESCRIPTION *Description)
{
    DMF_CONFIG_Probe config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_MODULE_EVENT_CALLBACKS callbacks;

    ProbeAttributes(Description, &config, &attributes, &callbacks);
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, NULL);
}

/*
 * Callbacks of DMF.
 */

static VOID ProbeChildModulesAdd(DMFMODULE DmfModule, DMF_MODULE_ATTRIBUTES *DmfParentModuleAttributes,
                                 PDMFMODULE_INIT DmfModuleInit)
{
    const PROBE_DESCRIPTION *const *children = DMF_CONFIG_GET(DmfModule)->Description->Children;

    for (; children != NULL && *children != NULL; children++)
    {
        ProbeAdd(DmfModuleInit, *children);
    }
}

static NTSTATUS ProbeResourcesAssign(DMFMODULE DmfModule, WDFCMRESLIST ResourcesRaw, WDFCMRESLIST ResourcesTranslated)
{
    return Step(DmfModule, "Resources");
}

static NTSTATUS ProbeDynamicCreate(DMFMODULE DmfModule, const PROBE_DESCRIPTION *Description, DMFMODULE *Dynamic)
{
    DMF_CONFIG_Probe config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_MODULE_EVENT_CALLBACKS callbacks;
    WDF_OBJECT_ATTRIBUTES objectAttributes;

    ProbeAttributes(Description, &config, &attributes, &callbacks);
    WDF_OBJECT_ATTRIBUTES_INIT(&objectAttributes);
    objectAttributes.ParentObject = DmfModule;
    return DMF_Probe_Create(DMF_ParentDeviceGet(DmfModule), &attributes, &objectAttributes, Dynamic);
}

static NTSTATUS ProbeOpen(DMFMODULE DmfModule)
{
    DMF_CONTEXT_Probe *moduleContext = DMF_CONTEXT_GET(DmfModule);
    NTSTATUS ntStatus = Step(DmfModule, "Open");

    moduleContext->Description = DMF_CONFIG_GET(DmfModule)->Description;
    DMF_ModuleLock(DmfModule);
    DMF_ModuleAuxiliaryLock(DmfModule, 0);
    DMF_ModuleAuxiliaryUnlock(DmfModule, 0);
    DMF_ModuleUnlock(DmfModule);
    if (NT_SUCCESS(ntStatus) && moduleContext->Description->Transport != NULL)
    {
        ntStatus = DMF_ModuleTransportCall(DmfModule, 7, NULL, 0, NULL, 0);
    }
    if (NT_SUCCESS(ntStatus) && moduleContext->Description->Dynamic != NULL)
    {
        ntStatus = ProbeDynamicCreate(DmfModule, moduleContext->Description->Dynamic, &moduleContext->Dynamic);
        (void)Step(DmfModule, NT_SUCCESS(ntStatus) ? "HasDynamic" : "HasNoDynamic");
        ntStatus = STATUS_SUCCESS;
    }
    return ntStatus;
}

static VOID ProbeClose(DMFMODULE DmfModule)
{
    DMF_CONTEXT_Probe *moduleContext = DMF_CONTEXT_GET(DmfModule);

    ReferenceStep(DmfModule, "Close!", "Close");
    if (moduleContext->Dynamic != NULL)
    {
        WdfObjectDelete(moduleContext->Dynamic);
        moduleContext->Dynamic = NULL;
    }
}

static VOID ProbeDestroy(DMFMODULE DmfModule)
{
    (void)Step(DmfModule, "Destroy");
}

static NTSTATUS ProbeRegister(DMFMODULE DmfModule)
{
    NTSTATUS ntStatus = Step(DmfModule, "Register");

    return NT_SUCCESS(ntStatus) ? DMF_ModuleOpen(DmfModule) : ntStatus;
}

static VOID ProbeUnregister(DMFMODULE DmfModule)
{
    (void)Step(DmfModule, "Unregister");
    DMF_ModuleClose(DmfModule);
}

static NTSTATUS ProbeTransportMethod(DMFMODULE DmfModule, ULONG Message, VOID *InputBuffer, size_t InputBufferSize,
                                     VOID *OutputBuffer, size_t OutputBufferSize)
{
    return Message == 7 ? Step(DmfModule, "Transport") : STATUS_INVALID_PARAMETER;
}

/*
 * Callbacks of WDF.
 */

#define PROBE_CALLBACK(Name, Result, Return, ...)              \
    static Result Probe##Name(DMFMODULE DmfModule __VA_ARGS__) \
    {                                                          \
        NTSTATUS ntStatus = Step(DmfModule, #Name);            \
        UNREFERENCED_PARAMETER(ntStatus);                      \
        return Return;                                         \
    }
#define PROBE_NOTHING

PROBE_CALLBACK(PrepareHardware, NTSTATUS, ntStatus, , WDFCMRESLIST ResourcesRaw, WDFCMRESLIST ResourcesTranslated)
PROBE_CALLBACK(ReleaseHardware, NTSTATUS, ntStatus, , WDFCMRESLIST ResourcesTranslated)
PROBE_CALLBACK(D0Entry, NTSTATUS, ntStatus, , WDF_POWER_DEVICE_STATE PreviousState)
PROBE_CALLBACK(D0EntryPostInterruptsEnabled, NTSTATUS, ntStatus, , WDF_POWER_DEVICE_STATE PreviousState)
PROBE_CALLBACK(D0ExitPreInterruptsDisabled, NTSTATUS, ntStatus, , WDF_POWER_DEVICE_STATE TargetState)
PROBE_CALLBACK(D0Exit, NTSTATUS, ntStatus, , WDF_POWER_DEVICE_STATE TargetState)
PROBE_CALLBACK(SelfManagedIoInit, NTSTATUS, ntStatus)
PROBE_CALLBACK(SelfManagedIoSuspend, NTSTATUS, ntStatus)
PROBE_CALLBACK(SelfManagedIoFlush, VOID, PROBE_NOTHING)
PROBE_CALLBACK(SelfManagedIoCleanup, VOID, PROBE_NOTHING)
PROBE_CALLBACK(SurpriseRemoval, VOID, PROBE_NOTHING)
PROBE_CALLBACK(QueryRemove, NTSTATUS, ntStatus)
PROBE_CALLBACK(FileCreate, BOOLEAN, FALSE, , WDFDEVICE Device, WDFREQUEST Request, WDFFILEOBJECT FileObject)
PROBE_CALLBACK(FileCleanup, BOOLEAN, FALSE, , WDFFILEOBJECT FileObject)
PROBE_CALLBACK(FileClose, BOOLEAN, FALSE, , WDFFILEOBJECT FileObject)
PROBE_CALLBACK(QueueIoRead, BOOLEAN, FALSE, , WDFQUEUE Queue, WDFREQUEST Request, size_t Length)

static VOID ProbeFactsTell(DMFMODULE DmfModule, WDFREQUEST Request)
{
    UCHAR *facts;
    DMF_CONFIG_Probe config;
    NTSTATUS ntStatus = WdfRequestRetrieveOutputBuffer(Request, 1, (PVOID *)&facts, NULL);

    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = DMF_ModuleConfigRetrieve(DmfModule, &config, sizeof(config));
        *facts = (UCHAR)((DMF_ModuleLockIsPassive(DmfModule) ? 1 : 0) | (DMF_IsModuleDynamic(DmfModule) ? 2 : 0) |
                         (config.Description == DMF_CONFIG_GET(DmfModule)->Description ? 4 : 0) |
                         (DMF_ModuleConfigRetrieve(DmfModule, &config, 1) == STATUS_INVALID_BUFFER_SIZE ? 8 : 0));
    }
    WdfRequestCompleteWithInformation(Request, ntStatus, 1);
}

static BOOLEAN ProbeDeviceIoControl(DMFMODULE DmfModule, WDFQUEUE Queue, WDFREQUEST Request, size_t OutputBufferLength,
                                    size_t InputBufferLength, ULONG IoControlCode)
{
    const char *name = DMF_CONFIG_GET(DmfModule)->Description->Name;
    VOID *input;
    size_t length;

    if (IoControlCode == TREE_FACTS)
    {
        ProbeFactsTell(DmfModule, Request);
        return TRUE;
    }
    (void)Step(DmfModule, "DeviceIoControl");
    if (IoControlCode == TREE_HANDLED_BY && NT_SUCCESS(WdfRequestRetrieveInputBuffer(Request, 1, &input, &length)) &&
        length == strlen(name) && memcmp(input, name, length) == 0)
    {
        WdfRequestComplete(Request, STATUS_SUCCESS);
        return TRUE;
    }
    return FALSE;
}

static VOID ProbeCallbacksSet(const PROBE_DESCRIPTION *Description, BOOLEAN Dynamic, DMF_CALLBACKS_DMF *CallbacksDmf,
                              DMF_CALLBACKS_WDF *CallbacksWdf)
{
    DMF_CALLBACKS_DMF_INIT(CallbacksDmf);
    CallbacksDmf->ModuleInstanceDestroy = ProbeDestroy;
    CallbacksDmf->DeviceResourcesAssign = ProbeResourcesAssign;
    CallbacksDmf->DeviceOpen = ProbeOpen;
    CallbacksDmf->DeviceClose = ProbeClose;
    CallbacksDmf->ChildModulesAdd = ProbeChildModulesAdd;
    CallbacksDmf->DeviceNotificationRegister = ProbeRegister;
    CallbacksDmf->DeviceNotificationUnregister = ProbeUnregister;

    DMF_CALLBACKS_WDF_INIT(CallbacksWdf);
    CallbacksWdf->ModuleSurpriseRemoval = ProbeSurpriseRemoval;
    CallbacksWdf->ModuleQueryRemove = ProbeQueryRemove;
    CallbacksWdf->ModuleFileCreate = ProbeFileCreate;
    CallbacksWdf->ModuleFileCleanup = ProbeFileCleanup;
    CallbacksWdf->ModuleFileClose = ProbeFileClose;
    CallbacksWdf->ModuleQueueIoRead = ProbeQueueIoRead;
    CallbacksWdf->ModuleDeviceIoControl = ProbeDeviceIoControl;
    if (!Dynamic || Description->OwnPower)
    {
        CallbacksWdf->ModuleD0EntryPostInterruptsEnabled = ProbeD0EntryPostInterruptsEnabled;
        CallbacksWdf->ModuleD0ExitPreInterruptsDisabled = ProbeD0ExitPreInterruptsDisabled;
        CallbacksWdf->ModuleSelfManagedIoInit = ProbeSelfManagedIoInit;
        CallbacksWdf->ModuleSelfManagedIoSuspend = ProbeSelfManagedIoSuspend;
        CallbacksWdf->ModuleSelfManagedIoFlush = ProbeSelfManagedIoFlush;
        CallbacksWdf->ModuleSelfManagedIoCleanup = ProbeSelfManagedIoCleanup;
    }
    if (Description->OwnPower)
    {
        CallbacksWdf->ModulePrepareHardware = ProbePrepareHardware;
        CallbacksWdf->ModuleReleaseHardware = ProbeReleaseHardware;
        CallbacksWdf->ModuleD0Entry = ProbeD0Entry;
        CallbacksWdf->ModuleD0Exit = ProbeD0Exit;
    }
}

NTSTATUS DMF_Probe_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                          WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    static const GUID transportGuid = {0x6e4b7d3a, 0x51b2, 0x4f0e, {0x8c, 0x11, 0x77, 0x20, 0x1d, 0x5a, 0x9b, 0x64}};
    const PROBE_DESCRIPTION *description = ((DMF_CONFIG_Probe *)DmfModuleAttributes->ModuleConfigPointer)->Description;
    DMF_CALLBACKS_DMF callbacksDmf;
    DMF_CALLBACKS_WDF callbacksWdf;
    DMF_MODULE_DESCRIPTOR descriptor;
    NTSTATUS ntStatus = ProbeStep(description->Name, "Create");

    if (!NT_SUCCESS(ntStatus))
    {
        return ntStatus;
    }
    ProbeCallbacksSet(description, DmfModuleAttributes->DynamicModule, &callbacksDmf, &callbacksWdf);
    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(descriptor, Probe, DMF_CONTEXT_Probe,
                                            description->ModuleOptions == 0 ? DMF_MODULE_OPTIONS_DISPATCH_MAXIMUM :
                                                                              description->ModuleOptions,
                                            (DmfModuleOpenOption)description->OpenOption);
    descriptor.ModuleOptions |= description->Transport != NULL ? DMF_MODULE_OPTIONS_TRANSPORT_REQUIRED : 0;
    descriptor.NumberOfAuxiliaryLocks = 4;
    descriptor.CallbacksDmf = &callbacksDmf;
    descriptor.CallbacksWdf = &callbacksWdf;
    descriptor.ModuleTransportMethod = ProbeTransportMethod;
    descriptor.SupportedTransportInterfaceGuid = transportGuid;
    descriptor.RequiredTransportInterfaceGuid = transportGuid;
    return DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
}
