/* SPDX-License-Identifier: MIT */
#include "probe.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
    BOOLEAN Exists;
    BOOLEAN Opened;
} DMF_CONTEXT_Probe;
DMF_MODULE_DECLARE_CONTEXT(Probe)
DMF_MODULE_DECLARE_CONFIG(Probe)

char probe_trace[16384];
bool probe_is_silent;
void (*probe_hook)(DMFMODULE module, const char *name, const char *step);
DMFMODULE probe_modules[8];
volatile LONG probe_existing;
volatile LONG probe_open;

static volatile LONG steps_to_failure;
static const struct probe *const *probes_of_device;

static const GUID transports[2] = {
    {0x6e4b7d3a, 0x51b2, 0x4f0e, {0x8c, 0x11, 0x77, 0x20, 0x1d, 0x5a, 0x9b, 0x64}},
    {0x9a1c0f52, 0x23d4, 0x4b7e, {0xa0, 0x5b, 0x13, 0xc2, 0x66, 0x08, 0xee, 0x71}},
};

/*
 * What happened, and what is to fail.
 */

void probe_clear(void)
{
    probe_trace[0] = 0;
}

void probe_note(const char *name, const char *step)
{
    size_t used = strlen(probe_trace);

    (void)snprintf(probe_trace + used, sizeof(probe_trace) - used, "%s%s.%s", used == 0 ? "" : " ", name, step);
}

void probe_check_trace(const char *file, int line, const char *expected)
{
    if (strcmp(probe_trace, expected) != 0)
    {
        fprintf(stderr, "the steps were\n  %s\nand should be\n  %s\n", probe_trace, expected);
        nt_check_failed(file, line, "the steps are those expected");
    }
}

void probe_fail(unsigned n)
{
    steps_to_failure = (LONG)n;
}

bool probe_failed(void)
{
    return steps_to_failure <= 0;
}

bool probe_is(const char *name, const char *step, const char *expected)
{
    size_t length = strlen(name);

    return strncmp(expected, name, length) == 0 && expected[length] == '.' && strcmp(expected + length + 1, step) == 0;
}

static void note(DMFMODULE module, const struct probe *probe, const char *step)
{
    if (!probe_is_silent)
    {
        probe_note(probe->name, step);
    }
    if (probe_hook != NULL)
    {
        probe_hook(module, probe->name, step);
    }
}

static NTSTATUS fallible(DMFMODULE module, const struct probe *probe, const char *step)
{
    note(module, probe, step);
    return steps_to_failure > 0 && --steps_to_failure == 0 ? PROBE_FAILURE : STATUS_SUCCESS;
}

static const struct probe *probe_of(DMFMODULE module)
{
    return DMF_CONFIG_GET(module)->Probe;
}

/*
 * Callbacks of DMF.
 */

static VOID DMF_Probe_ChildModulesAdd(DMFMODULE DmfModule, DMF_MODULE_ATTRIBUTES *DmfParentModuleAttributes,
                                      PDMFMODULE_INIT DmfModuleInit)
{
    UNREFERENCED_PARAMETER(DmfParentModuleAttributes);
    const struct probe *probe = probe_of(DmfModule);

    note(DmfModule, probe, "Children");
    for (size_t index = 0; index < PROBE_CHILDREN_MAXIMUM && probe->children[index] != NULL; index++)
    {
        probe_add(DmfModuleInit, probe->children[index], NULL);
    }
}

static NTSTATUS DMF_Probe_ResourcesAssign(DMFMODULE DmfModule, WDFCMRESLIST ResourcesRaw, WDFCMRESLIST ResourcesTranslated)
{
    UNREFERENCED_PARAMETER(ResourcesRaw);
    UNREFERENCED_PARAMETER(ResourcesTranslated);
    return fallible(DmfModule, probe_of(DmfModule), "Resources");
}

static NTSTATUS DMF_Probe_NotificationRegister(DMFMODULE DmfModule)
{
    NTSTATUS status = fallible(DmfModule, probe_of(DmfModule), "Register");

    return NT_SUCCESS(status) && probe_of(DmfModule)->opens_when_registered ? DMF_ModuleOpen(DmfModule) : status;
}

static VOID DMF_Probe_NotificationUnregister(DMFMODULE DmfModule)
{
    note(DmfModule, probe_of(DmfModule), "Unregister");
    DMF_ModuleClose(DmfModule);
}

static NTSTATUS DMF_Probe_Open(DMFMODULE DmfModule)
{
    NTSTATUS status = fallible(DmfModule, probe_of(DmfModule), "Open");

    CHECK(!DMF_CONTEXT_GET(DmfModule)->Opened);
    if (NT_SUCCESS(status))
    {
        DMF_CONTEXT_GET(DmfModule)->Opened = TRUE;
        InterlockedIncrement(&probe_open);
    }
    return status;
}

static VOID DMF_Probe_Close(DMFMODULE DmfModule)
{
    note(DmfModule, probe_of(DmfModule), "Close");
    CHECK(DMF_CONTEXT_GET(DmfModule)->Opened);
    DMF_CONTEXT_GET(DmfModule)->Opened = FALSE;
    InterlockedDecrement(&probe_open);
}

static VOID DMF_Probe_Destroy(DMFMODULE DmfModule)
{
    note(DmfModule, probe_of(DmfModule), "Destroy");
    CHECK(!DMF_CONTEXT_GET(DmfModule)->Opened);
}

static NTSTATUS DMF_Probe_TransportMethod(DMFMODULE DmfModule, ULONG Message, VOID *InputBuffer, size_t InputBufferSize,
                                          VOID *OutputBuffer, size_t OutputBufferSize)
{
    note(DmfModule, probe_of(DmfModule), "Transport");
    if (OutputBufferSize < InputBufferSize)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    memcpy(OutputBuffer, InputBuffer, InputBufferSize);
    return (NTSTATUS)Message;
}

/*
 * Callbacks of WDF.
 */

static NTSTATUS DMF_Probe_PrepareHardware(DMFMODULE DmfModule, WDFCMRESLIST ResourcesRaw, WDFCMRESLIST ResourcesTranslated)
{
    UNREFERENCED_PARAMETER(ResourcesRaw);
    UNREFERENCED_PARAMETER(ResourcesTranslated);
    return fallible(DmfModule, probe_of(DmfModule), "PrepareHardware");
}

static NTSTATUS DMF_Probe_ReleaseHardware(DMFMODULE DmfModule, WDFCMRESLIST ResourcesTranslated)
{
    UNREFERENCED_PARAMETER(ResourcesTranslated);
    note(DmfModule, probe_of(DmfModule), "ReleaseHardware");
    return STATUS_SUCCESS;
}

static NTSTATUS DMF_Probe_D0Entry(DMFMODULE DmfModule, WDF_POWER_DEVICE_STATE PreviousState)
{
    UNREFERENCED_PARAMETER(PreviousState);
    return fallible(DmfModule, probe_of(DmfModule), "D0Entry");
}

static NTSTATUS DMF_Probe_D0Exit(DMFMODULE DmfModule, WDF_POWER_DEVICE_STATE TargetState)
{
    UNREFERENCED_PARAMETER(TargetState);
    note(DmfModule, probe_of(DmfModule), "D0Exit");
    return STATUS_SUCCESS;
}

/*
 * Callbacks of the Client.
 */

static NTSTATUS client_open(DMFMODULE DmfModule)
{
    return fallible(DmfModule, probe_of(DmfModule), "ClientOpen");
}

static VOID client_post_open(DMFMODULE DmfModule)
{
    note(DmfModule, probe_of(DmfModule), "PostOpen");
}

static VOID client_pre_close(DMFMODULE DmfModule)
{
    note(DmfModule, probe_of(DmfModule), "PreClose");
}

static VOID client_close(DMFMODULE DmfModule)
{
    note(DmfModule, probe_of(DmfModule), "ClientClose");
}

static VOID client_cleanup(WDFOBJECT Object)
{
    DMF_CONTEXT_Probe *context = DMF_CONTEXT_GET(Object);

    if (context != NULL && context->Exists)
    {
        InterlockedDecrement(&probe_existing);
    }
}

static VOID client_transport_add(DMFMODULE DmfModule, DMF_MODULE_ATTRIBUTES *DmfParentModuleAttributes, PVOID DmfModuleInit)
{
    UNREFERENCED_PARAMETER(DmfParentModuleAttributes);
    const struct probe *probe = probe_of(DmfModule);

    note(DmfModule, probe, "TransportAdd");
    probe_add(DmfModuleInit, probe->transport, NULL);
    if (probe->second_transport != NULL)
    {
        probe_add(DmfModuleInit, probe->second_transport, NULL);
    }
}

static void initialize(const struct probe *probe, DMF_CONFIG_Probe *config, DMF_MODULE_ATTRIBUTES *attributes,
                       DMF_MODULE_EVENT_CALLBACKS *callbacks)
{
    DMF_CONFIG_Probe_AND_ATTRIBUTES_INIT(config, attributes);
    config->Probe = probe;
    attributes->ClientModuleInstanceName = probe->name;
    attributes->PassiveLevel = probe->passive_level;
    attributes->TransportModuleAdd = probe->transport != NULL ? client_transport_add : NULL;
    DMF_MODULE_ATTRIBUTES_EVENT_CALLBACKS_INIT(attributes, callbacks);
    callbacks->EvtModuleOnDeviceNotificationPostOpen = client_post_open;
    callbacks->EvtModuleOnDeviceNotificationPreClose = client_pre_close;
    if (probe->guide_events)
    {
        callbacks->EvtModuleOnDeviceNotificationOpen = client_open;
        callbacks->EvtModuleOnDeviceNotificationClose = client_close;
    }
}

void probe_attributes(const struct probe *probe, DMF_MODULE_ATTRIBUTES *ret_attributes)
{
    static DMF_CONFIG_Probe config;
    static DMF_MODULE_EVENT_CALLBACKS callbacks;

    initialize(probe, &config, ret_attributes, &callbacks);
}

static void initialize_object(WDF_OBJECT_ATTRIBUTES *attributes)
{
    WDF_OBJECT_ATTRIBUTES_INIT(attributes);
    attributes->EvtCleanupCallback = client_cleanup;
}

void probe_add(PDMFMODULE_INIT init, const struct probe *probe, DMFMODULE *ret_module)
{
    DMF_CONFIG_Probe config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_MODULE_EVENT_CALLBACKS callbacks;
    WDF_OBJECT_ATTRIBUTES object_attributes;

    initialize(probe, &config, &attributes, &callbacks);
    initialize_object(&object_attributes);
    DMF_DmfModuleAdd(init, &attributes, &object_attributes, ret_module);
    /* Everything has been copied. */
    memset(&config, 0xee, sizeof(config));
    memset(&callbacks, 0xee, sizeof(callbacks));
}

NTSTATUS probe_create_dynamic(WDFDEVICE device, WDFOBJECT parent, const struct probe *probe, DMFMODULE *ret_module)
{
    DMF_CONFIG_Probe config;
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_MODULE_EVENT_CALLBACKS callbacks;
    WDF_OBJECT_ATTRIBUTES object_attributes;

    initialize(probe, &config, &attributes, &callbacks);
    initialize_object(&object_attributes);
    object_attributes.ParentObject = parent;
    return DMF_Probe_Create(device, &attributes, &object_attributes, ret_module);
}

/*
 * Creation.
 */

static void callbacks_dmf_set(const struct probe *probe, DMF_CALLBACKS_DMF *callbacks)
{
    DMF_CALLBACKS_DMF_INIT(callbacks);
    callbacks->DeviceOpen = DMF_Probe_Open;
    callbacks->DeviceClose = DMF_Probe_Close;
    if (!probe->generic)
    {
        callbacks->ModuleInstanceDestroy = DMF_Probe_Destroy;
        callbacks->DeviceResourcesAssign = DMF_Probe_ResourcesAssign;
        callbacks->DeviceNotificationRegister = DMF_Probe_NotificationRegister;
        callbacks->DeviceNotificationUnregister = DMF_Probe_NotificationUnregister;
    }
    callbacks->ChildModulesAdd = probe->children[0] != NULL ? DMF_Probe_ChildModulesAdd : NULL;
}

static void callbacks_wdf_set(const struct probe *probe, DMF_CALLBACKS_WDF *callbacks)
{
    DMF_CALLBACKS_WDF_INIT(callbacks);
    if (probe->own_power)
    {
        callbacks->ModulePrepareHardware = DMF_Probe_PrepareHardware;
        callbacks->ModuleReleaseHardware = DMF_Probe_ReleaseHardware;
        callbacks->ModuleD0Entry = DMF_Probe_D0Entry;
        callbacks->ModuleD0Exit = DMF_Probe_D0Exit;
    }
}

NTSTATUS DMF_Probe_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                          WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    const struct probe *probe = ((DMF_CONFIG_Probe *)DmfModuleAttributes->ModuleConfigPointer)->Probe;
    DMF_CALLBACKS_DMF callbacks_dmf;
    DMF_CALLBACKS_WDF callbacks_wdf;
    DMF_MODULE_DESCRIPTOR descriptor;
    NTSTATUS status = fallible(NULL, probe, "Create");

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    callbacks_dmf_set(probe, &callbacks_dmf);
    callbacks_wdf_set(probe, &callbacks_wdf);
    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(
        descriptor, Probe, DMF_CONTEXT_Probe, probe->options == 0 ? DMF_MODULE_OPTIONS_PASSIVE : probe->options,
        probe->option == DMF_MODULE_OPEN_OPTION_Invalid ? DMF_MODULE_OPEN_OPTION_OPEN_Create : probe->option);
    descriptor.NumberOfAuxiliaryLocks = probe->auxiliary_locks;
    descriptor.CallbacksDmf = &callbacks_dmf;
    descriptor.CallbacksWdf = &callbacks_wdf;
    descriptor.ModuleTransportMethod = DMF_Probe_TransportMethod;
    descriptor.SupportedTransportInterfaceGuid = transports[probe->another_transport ? 1 : 0];
    descriptor.RequiredTransportInterfaceGuid = transports[0];
    status = DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
    memset(&descriptor, 0xee, sizeof(descriptor));
    memset(&callbacks_dmf, 0xee, sizeof(callbacks_dmf));
    memset(&callbacks_wdf, 0xee, sizeof(callbacks_wdf));
    CHECK(NT_SUCCESS(status) == (*DmfModule != NULL));
    if (NT_SUCCESS(status))
    {
        DMF_CONTEXT_GET(*DmfModule)->Exists = TRUE;
        InterlockedIncrement(&probe_existing);
        status = fallible(*DmfModule, probe, "Created");
    }
    return status;
}

/*
 * A device with Probes.
 */

static VOID probes_add(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    UNREFERENCED_PARAMETER(Device);
    for (size_t index = 0; probes_of_device[index] != NULL; index++)
    {
        probe_add(DmfModuleInit, probes_of_device[index], &probe_modules[index]);
    }
}

NTSTATUS probe_try(const struct probe *const *probes)
{
    memset(probe_modules, 0, sizeof(probe_modules));
    probes_of_device = probes;
    probe_clear();
    return dmf_case_try_modules(probes_add);
}

void probe_begin(const struct probe *const *probes)
{
    CHECK_STATUS(probe_try(probes), STATUS_SUCCESS);
}

/*
 * What only the Module's own source can name.
 */

void probe_lock(DMFMODULE module)
{
    CHECK(DMF_ModuleLock(module) == NULL);
}

void probe_unlock(DMFMODULE module)
{
    CHECK(DMF_ModuleUnlock(module) == NULL);
}

void probe_auxiliary_lock(DMFMODULE module, ULONG index)
{
    CHECK(DMF_ModuleAuxiliaryLock(module, index) == NULL);
}

void probe_auxiliary_unlock(DMFMODULE module, ULONG index)
{
    CHECK(DMF_ModuleAuxiliaryUnlock(module, index) == NULL);
}

void probe_validate(DMFMODULE module)
{
    DMFMODULE_VALIDATE_IN_METHOD(module, Probe);
}

void probe_validate_opening(DMFMODULE module)
{
    DMFMODULE_VALIDATE_IN_METHOD_OPENING_OK(module, Probe);
}

void probe_validate_closing(DMFMODULE module)
{
    DMFMODULE_VALIDATE_IN_METHOD_CLOSING_OK(module, Probe);
}
