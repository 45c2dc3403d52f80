/* SPDX-License-Identifier: MIT */
/*
 * A driver with as many Modules as the benchmark wants, each with a few objects of its own, and controls that repeat what a
 * Module's Client does.
 */
#include "DmfModule.h"

#include "lifecycle_driver.h"

#include "lifecycle_driver.tmh"

typedef struct
{
    BOOLEAN Notified;
} DMF_CONFIG_Cell;
DECLARE_DMF_MODULE(Cell)

typedef struct
{
    ULONG64 Bytes[8];
} CELL_OBJECT;
WDF_DECLARE_CONTEXT_TYPE(CELL_OBJECT)

typedef struct
{
    ULONG64 Calls;
} DMF_CONTEXT_Cell;
DMF_MODULE_DECLARE_CONTEXT(Cell)
DMF_MODULE_DECLARE_CONFIG(Cell)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD CellDeviceAdd;
EVT_WDF_OBJECT_CONTEXT_CLEANUP CellDriverCleanup;
EVT_DMF_DEVICE_MODULES_ADD CellModulesAdd;

static DMFMODULE g_Module;
static DMFMODULE g_Notified;
static KEVENT g_Go;
static KEVENT g_Taken;
static volatile LONG g_Stop;

/*
 * The Module.
 */

static NTSTATUS DMF_Cell_Open(DMFMODULE DmfModule)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;
    NTSTATUS status = STATUS_SUCCESS;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, CELL_OBJECT);
    attributes.ParentObject = DmfModule;
    for (ULONG index = 2; index < LIFECYCLE_OBJECTS && !DMF_CONFIG_GET(DmfModule)->Notified && NT_SUCCESS(status); index++)
    {
        status = WdfObjectCreate(&attributes, &object);
    }
    return status;
}

static VOID DMF_Cell_Close(DMFMODULE DmfModule)
{
    DMF_CONTEXT_GET(DmfModule)->Calls = 0;
}

__attribute__((noinline)) static NTSTATUS DMF_Cell_Work(DMFMODULE DmfModule, ULONG64 *Number)
{
    NTSTATUS status;

    DMFMODULE_VALIDATE_IN_METHOD(DmfModule, Cell);
    status = DMF_ModuleReference(DmfModule);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    *Number += 1;
    DMF_ModuleDereference(DmfModule);
    return status;
}

NTSTATUS DMF_Cell_Create(WDFDEVICE Device, DMF_MODULE_ATTRIBUTES *DmfModuleAttributes,
                         WDF_OBJECT_ATTRIBUTES *ObjectAttributes, DMFMODULE *DmfModule)
{
    DMF_CALLBACKS_DMF callbacks;
    DMF_MODULE_DESCRIPTOR descriptor;

    DMF_CALLBACKS_DMF_INIT(&callbacks);
    callbacks.DeviceOpen = DMF_Cell_Open;
    callbacks.DeviceClose = DMF_Cell_Close;
    DMF_MODULE_DESCRIPTOR_INIT_CONTEXT_TYPE(descriptor, Cell, DMF_CONTEXT_Cell, DMF_MODULE_OPTIONS_DISPATCH,
                                            ((DMF_CONFIG_Cell *)DmfModuleAttributes->ModuleConfigPointer)->Notified ?
                                                DMF_MODULE_OPEN_OPTION_NOTIFY_Create :
                                                DMF_MODULE_OPEN_OPTION_OPEN_D0Entry);
    descriptor.CallbacksDmf = &callbacks;
    return DMF_ModuleCreate(Device, DmfModuleAttributes, ObjectAttributes, &descriptor, DmfModule);
}

/*
 * Controls.
 */

static ULONG64 RepeatMethod(ULONG64 Times)
{
    ULONG64 number = 0;
    ULONG64 done;

    for (done = 0; done < Times && NT_SUCCESS(DMF_Cell_Work(g_Module, &number)); done++)
    {
    }
    return number == done ? done : 0;
}

static ULONG64 RepeatClose(ULONG64 Times)
{
    ULONG64 done;

    for (done = 0; done < Times; done++)
    {
        if (!NT_SUCCESS(DMF_ModuleOpen(g_Notified)) || !NT_SUCCESS(DMF_ModuleReference(g_Notified)))
        {
            break;
        }
        KeSetEvent(&g_Go, IO_NO_INCREMENT, FALSE);
        DMF_ModuleClose(g_Notified);
    }
    return done;
}

static ULONG64 RepeatRelease(void)
{
    ULONG64 done = 0;

    for (;;)
    {
        KeWaitForSingleObject(&g_Go, Executive, KernelMode, FALSE, NULL);
        if (ReadAcquire(&g_Stop))
        {
            KeSetEvent(&g_Taken, IO_NO_INCREMENT, FALSE);
            return done;
        }
        DMF_ModuleDereference(g_Notified);
        done++;
    }
}

static ULONG64 StopRelease(void)
{
    InterlockedExchange(&g_Stop, TRUE);
    KeSetEvent(&g_Go, IO_NO_INCREMENT, FALSE);
    KeWaitForSingleObject(&g_Taken, Executive, KernelMode, FALSE, NULL);
    InterlockedExchange(&g_Stop, FALSE);
    return 1;
}

static BOOLEAN DMF_Cell_DeviceIoControl(WDFREQUEST Request, ULONG IoControlCode)
{
    ULONG64 *times;
    ULONG64 *done;
    NTSTATUS status = WdfRequestRetrieveInputBuffer(Request, sizeof(*times), (PVOID *)&times, NULL);

    if (NT_SUCCESS(status))
    {
        status = WdfRequestRetrieveOutputBuffer(Request, sizeof(*done), (PVOID *)&done, NULL);
    }
    if (NT_SUCCESS(status))
    {
        switch (IoControlCode)
        {
            case LIFECYCLE_METHOD:
                *done = RepeatMethod(*times);
                break;
            case LIFECYCLE_CLOSE:
                *done = RepeatClose(*times);
                break;
            case LIFECYCLE_RELEASE:
                *done = RepeatRelease();
                break;
            case LIFECYCLE_RELEASE_STOP:
                *done = StopRelease();
                break;
            default:
                status = STATUS_INVALID_DEVICE_REQUEST;
                break;
        }
    }
    WdfRequestCompleteWithInformation(Request, status, NT_SUCCESS(status) ? sizeof(*done) : 0);
    return TRUE;
}

static VOID CellControl(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputBufferLength, size_t InputBufferLength,
                        ULONG IoControlCode)
{
    DMF_Cell_DeviceIoControl(Request, IoControlCode);
}

/*
 * The device.
 */

VOID CellModulesAdd(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    const char *text = getenv(LIFECYCLE_VARIABLE);
    int modules = text == NULL ? 1 : atoi(text);
    DMF_CONFIG_Cell config;
    DMF_MODULE_ATTRIBUTES attributes;

    for (int index = 0; index < modules; index++)
    {
        DMF_CONFIG_Cell_AND_ATTRIBUTES_INIT(&config, &attributes);
        DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &g_Module);
    }
    DMF_CONFIG_Cell_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.Notified = TRUE;
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &g_Notified);
}

NTSTATUS CellDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    DECLARE_CONST_UNICODE_STRING(link, L"\\DosDevices\\Lifecycle");
    PDMFDEVICE_INIT dmfDeviceInit = DMF_DmfDeviceInitAllocate(DeviceInit);
    DMF_EVENT_CALLBACKS callbacks;
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    NTSTATUS status;

    KeInitializeEvent(&g_Go, SynchronizationEvent, FALSE);
    KeInitializeEvent(&g_Taken, SynchronizationEvent, FALSE);
    DMF_DmfDeviceInitHookPnpPowerEventCallbacks(dmfDeviceInit, NULL);
    DMF_DmfDeviceInitHookFileObjectConfig(dmfDeviceInit, NULL);
    DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(dmfDeviceInit, NULL);
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (NT_SUCCESS(status))
    {
        WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
        config.EvtIoDeviceControl = CellControl;
        DMF_DmfDeviceInitHookQueueConfig(dmfDeviceInit, &config);
        status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    }
    if (NT_SUCCESS(status))
    {
        status = WdfDeviceCreateSymbolicLink(device, &link);
    }
    if (NT_SUCCESS(status))
    {
        DMF_EVENT_CALLBACKS_INIT(&callbacks);
        callbacks.EvtDmfDeviceModulesAdd = CellModulesAdd;
        DMF_DmfDeviceInitSetEventCallbacks(dmfDeviceInit, &callbacks);
        status = DMF_ModulesCreate(device, &dmfDeviceInit);
    }
    DMF_DmfDeviceInitFree(&dmfDeviceInit);
    return status;
}

/* These define functions, so the layout tool would move them around. */
/* clang-format off */
DMF_DEFAULT_DRIVERENTRY(DriverEntry, CellDriverCleanup, CellDeviceAdd)
DMF_DEFAULT_DRIVERCLEANUP(CellDriverCleanup)
/* clang-format on */
