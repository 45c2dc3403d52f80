/* SPDX-License-Identifier: MIT */
/*
 * A Client Driver whose device gets the tree of Probes that the environment names.
 */
#include "DmfDefinitions.h"

#include <stdlib.h>

#include "Dmf_Probe.h"
#include "journal.h"
#include "tree_public.h"

#include "tree.tmh"

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD TreeDeviceAdd;
EVT_WDF_DRIVER_DEVICE_ADD TreePlainDeviceAdd;
EVT_WDF_DRIVER_DEVICE_ADD TreeAnyDeviceAdd;
EVT_WDF_OBJECT_CONTEXT_CLEANUP TreeDriverCleanup;
EVT_DMF_DEVICE_MODULES_ADD TreeModulesAdd;

DMF_DEFAULT_DRIVERENTRY(DriverEntry, TreeDriverCleanup, TreeAnyDeviceAdd)
DMF_DEFAULT_DRIVERCLEANUP(TreeDriverCleanup)
DMF_DEFAULT_DEVICEADD(TreePlainDeviceAdd, TreeModulesAdd)

/*
 * Trees. The open options are numbers, because that is what a Module's own header gives its Client.
 */

#define OPEN_CREATE 1
#define OPEN_PREPARE 2
#define OPEN_POWER_UP 3
#define OPEN_D0 4
#define NOTIFY_PREPARE 5
#define NOTIFY_D0 6
#define NOTIFY_CREATE 7

#define LIST(...) ((const PROBE_DESCRIPTION *const[]){__VA_ARGS__, NULL})

static const PROBE_DESCRIPTION a11 = {.Name = "A11", .OpenOption = OPEN_CREATE};
static const PROBE_DESCRIPTION a1 = {.Name = "A1", .OpenOption = OPEN_PREPARE, .Children = LIST(&a11)};
static const PROBE_DESCRIPTION a2 = {.Name = "A2", .OpenOption = OPEN_CREATE};
static const PROBE_DESCRIPTION a = {.Name = "A", .OpenOption = OPEN_D0, .Children = LIST(&a1, &a2)};
static const PROBE_DESCRIPTION b = {.Name = "B", .OpenOption = OPEN_PREPARE};

static const PROBE_DESCRIPTION power_up = {.Name = "S", .OpenOption = OPEN_POWER_UP};
static const PROBE_DESCRIPTION notify_prepare = {.Name = "N", .OpenOption = NOTIFY_PREPARE};
static const PROBE_DESCRIPTION notify_d0 = {.Name = "M", .OpenOption = NOTIFY_D0};
static const PROBE_DESCRIPTION notify_create = {.Name = "L", .OpenOption = NOTIFY_CREATE};
static const PROBE_DESCRIPTION own_power = {.Name = "O", .OpenOption = OPEN_CREATE, .OwnPower = TRUE};

static const PROBE_DESCRIPTION early = {.Name = "E", .OpenOption = OPEN_PREPARE, .Children = LIST(&a)};
static const PROBE_DESCRIPTION no_passive = {
    .Name = "P", .OpenOption = OPEN_CREATE, .ModuleOptions = 2, .PassiveLevel = TRUE};
static const PROBE_DESCRIPTION passive = {.Name = "P", .OpenOption = OPEN_CREATE, .PassiveLevel = TRUE};

static const PROBE_DESCRIPTION d1 = {.Name = "D1", .OpenOption = NOTIFY_CREATE};
static const PROBE_DESCRIPTION d = {.Name = "D", .OpenOption = OPEN_CREATE, .Children = LIST(&d1)};
static const PROBE_DESCRIPTION dynamic = {.Name = "A", .OpenOption = OPEN_D0, .Dynamic = &d};
static const PROBE_DESCRIPTION refused = {.Name = "A", .OpenOption = OPEN_D0, .Dynamic = &own_power};
static const PROBE_DESCRIPTION transport = {.Name = "A", .OpenOption = OPEN_CREATE, .Transport = &a2};

static const struct
{
    const char *Name;
    const PROBE_DESCRIPTION *const *Modules;
    BOOLEAN Plain;
} trees[] = {
    {"order", LIST(&a, &b), FALSE},
    {"options", LIST(&power_up, &notify_prepare, &notify_d0, &notify_create, &own_power), TRUE},
    {"early", LIST(&early), TRUE},
    {"no_passive", LIST(&b, &no_passive), TRUE},
    {"passive", LIST(&passive), TRUE},
    {"dynamic", LIST(&dynamic), TRUE},
    {"refused", LIST(&refused), TRUE},
    {"transport", LIST(&transport), TRUE},
    {"empty", (const PROBE_DESCRIPTION *const[]){NULL}, TRUE},
};

static size_t TreeNumber(void)
{
    const char *name = getenv(TREE_VARIABLE);
    size_t index = 0;

    while (name != NULL && strcmp(trees[index].Name, name) != 0)
    {
        index++;
    }
    return index;
}

VOID TreeModulesAdd(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    const PROBE_DESCRIPTION *const *modules = trees[TreeNumber()].Modules;
    DECLARE_CONST_UNICODE_STRING(name, L"\\DosDevices\\Tree0");

    if (!NT_SUCCESS(WdfDeviceCreateSymbolicLink(Device, &name)))
    {
        (void)ProbeStep("Client", "HasNoName");
    }
    for (; *modules != NULL; modules++)
    {
        ProbeAdd(DmfModuleInit, *modules);
    }
}

/*
 * The Client Driver's own callbacks.
 */

static NTSTATUS ClientPrepareHardware(WDFDEVICE Device, WDFCMRESLIST Raw, WDFCMRESLIST Translated)
{
    return ProbeStep("Client", "Prepare");
}

static NTSTATUS ClientReleaseHardware(WDFDEVICE Device, WDFCMRESLIST Translated)
{
    return ProbeStep("Client", "Release");
}

static NTSTATUS ClientD0Entry(WDFDEVICE Device, WDF_POWER_DEVICE_STATE PreviousState)
{
    return ProbeStep("Client", "D0Entry");
}

static NTSTATUS ClientD0Exit(WDFDEVICE Device, WDF_POWER_DEVICE_STATE TargetState)
{
    return ProbeStep("Client", "D0Exit");
}

static NTSTATUS ClientSelfManagedIoSuspend(WDFDEVICE Device)
{
    return ProbeStep("Client", "SelfManagedIoSuspend");
}

static VOID ClientFileCreate(WDFDEVICE Device, WDFREQUEST Request, WDFFILEOBJECT FileObject)
{
    WdfRequestComplete(Request, ProbeStep("Client", "FileCreate"));
}

static VOID ClientDeviceControl(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputBufferLength, size_t InputBufferLength,
                                ULONG IoControlCode)
{
    WdfRequestComplete(Request, ProbeStep("Client", "DeviceIoControl"));
}

static NTSTATUS TreeQueueCreate(WDFDEVICE Device, PDMFDEVICE_INIT DmfDeviceInit)
{
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.EvtIoDeviceControl = ClientDeviceControl;
    DMF_DmfDeviceInitHookQueueConfig(DmfDeviceInit, &config);
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL);
}

/* With callbacks of the Client Driver for everything that can be hooked. */
NTSTATUS TreeDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_PNPPOWER_EVENT_CALLBACKS pnpPower;
    WDF_FILEOBJECT_CONFIG fileObject;
    DMF_EVENT_CALLBACKS events;
    PDMFDEVICE_INIT dmfDeviceInit = DMF_DmfDeviceInitAllocate(DeviceInit);
    WDFDEVICE device;
    NTSTATUS ntStatus;

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&pnpPower);
    pnpPower.EvtDevicePrepareHardware = ClientPrepareHardware;
    pnpPower.EvtDeviceReleaseHardware = ClientReleaseHardware;
    pnpPower.EvtDeviceD0Entry = ClientD0Entry;
    pnpPower.EvtDeviceD0Exit = ClientD0Exit;
    pnpPower.EvtDeviceSelfManagedIoSuspend = ClientSelfManagedIoSuspend;
    DMF_DmfDeviceInitHookPnpPowerEventCallbacks(dmfDeviceInit, &pnpPower);
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &pnpPower);
    WDF_FILEOBJECT_CONFIG_INIT(&fileObject, ClientFileCreate, NULL, NULL);
    DMF_DmfDeviceInitHookFileObjectConfig(dmfDeviceInit, &fileObject);
    WdfDeviceInitSetFileObjectConfig(DeviceInit, &fileObject, WDF_NO_OBJECT_ATTRIBUTES);
    DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(dmfDeviceInit, NULL);

    ntStatus = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (NT_SUCCESS(ntStatus))
    {
        ntStatus = TreeQueueCreate(device, dmfDeviceInit);
    }
    if (NT_SUCCESS(ntStatus))
    {
        DMF_EVENT_CALLBACKS_INIT(&events);
        events.EvtDmfDeviceModulesAdd = TreeModulesAdd;
        DMF_DmfDeviceInitSetEventCallbacks(dmfDeviceInit, &events);
        ntStatus = DMF_ModulesCreate(device, &dmfDeviceInit);
    }
    DMF_DmfDeviceInitFree(&dmfDeviceInit);
    return ntStatus;
}

NTSTATUS TreeAnyDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    return trees[TreeNumber()].Plain ? TreePlainDeviceAdd(Driver, DeviceInit) : TreeDeviceAdd(Driver, DeviceInit);
}
