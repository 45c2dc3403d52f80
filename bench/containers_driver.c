/* SPDX-License-Identifier: MIT */
/*
 * A driver with a BufferPool, two RingBuffers and a HashTable, and controls that repeat what a Module's Client does with them.
 */
#include "DmfModule.h"
#include "DmfModules.Core.h"

#include "containers_driver.h"

#include "containers_driver.tmh"

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD ContainersDeviceAdd;
EVT_WDF_OBJECT_CONTEXT_CLEANUP ContainersDriverCleanup;
EVT_DMF_DEVICE_MODULES_ADD ContainersModulesAdd;

static WDFDEVICE g_Device;
static DMFMODULE g_Pool;
static DMFMODULE g_Ring64;
static DMFMODULE g_Ring1024;
static DMFMODULE g_Table;

/*
 * Controls.
 */

static ULONG64 RepeatPool(const struct containers_input *Input)
{
    ULONG64 done;
    VOID *buffer;
    VOID *context;

    for (done = 0; done < Input->count && NT_SUCCESS(DMF_BufferPool_Get(g_Pool, &buffer, &context)); done++)
    {
        DMF_BufferPool_Put(g_Pool, buffer);
    }
    return done;
}

static ULONG64 RepeatRing(DMFMODULE Ring, ULONG Size, const struct containers_input *Input)
{
    static UCHAR item[1024];
    ULONG64 done;

    for (done = 0; done < Input->count; done++)
    {
        if (!NT_SUCCESS(DMF_RingBuffer_Write(Ring, item, Size)) || !NT_SUCCESS(DMF_RingBuffer_Read(Ring, item, Size)))
        {
            break;
        }
    }
    return done;
}

static UCHAR *KeyOf(const struct containers_input *Input, ULONG Number)
{
    return (UCHAR *)Input->keys + (size_t)Number * Input->key_length;
}

static ULONG64 RepeatRead(const struct containers_input *Input)
{
    ULONG64 found = 0;
    ULONG64 sum = 0;
    ULONG64 value = 0;
    ULONG length;
    ULONG next = 0;

    for (ULONG64 done = 0; done < Input->count; done++)
    {
        if (NT_SUCCESS(DMF_HashTable_Read(g_Table, KeyOf(Input, Input->order[next]), Input->key_length, (UCHAR *)&value,
                                          sizeof(value), &length)))
        {
            found++;
            sum += value;
        }
        next = next + 1 == Input->number_of_keys ? 0 : next + 1;
    }
    return sum == MAXULONG64 ? 0 : found;
}

static VOID ValueAdd(DMFMODULE DmfModule, VOID *CallbackContext, UCHAR *Key, ULONG KeyLength, UCHAR *Value,
                     ULONG *ValueLength)
{
    *(ULONG64 *)CallbackContext += *ValueLength == sizeof(ULONG64) ? 1 : 0;
}

static ULONG64 RepeatFind(const struct containers_input *Input)
{
    ULONG64 found = 0;
    ULONG next = 0;

    for (ULONG64 done = 0; done < Input->count; done++)
    {
        if (!NT_SUCCESS(
                DMF_HashTable_FindEx(g_Table, KeyOf(Input, Input->order[next]), Input->key_length, ValueAdd, &found)))
        {
            return 0;
        }
        next = next + 1 == Input->number_of_keys ? 0 : next + 1;
    }
    return found;
}

static ULONG64 WriteAll(DMFMODULE Table, const struct containers_input *Input)
{
    ULONG64 value;

    for (value = 0; value < Input->number_of_keys; value++)
    {
        if (!NT_SUCCESS(
                DMF_HashTable_Write(Table, KeyOf(Input, (ULONG)value), Input->key_length, (UCHAR *)&value, sizeof(value))))
        {
            break;
        }
    }
    return value;
}

static VOID TableConfigure(DMF_CONFIG_HashTable *Config, ULONG Keys, ULONG KeyLength)
{
    Config->MaximumKeyLength = KeyLength;
    Config->MaximumValueLength = sizeof(ULONG64);
    Config->MaximumTableSize = Keys;
}

static ULONG64 InsertAll(const struct containers_input *Input)
{
    DMF_MODULE_ATTRIBUTES attributes;
    DMF_CONFIG_HashTable config;
    WDF_OBJECT_ATTRIBUTES objectAttributes;
    LARGE_INTEGER frequency;
    ULONG64 start;
    ULONG64 end;
    ULONG64 written;
    DMFMODULE table;

    DMF_CONFIG_HashTable_AND_ATTRIBUTES_INIT(&config, &attributes);
    TableConfigure(&config, Input->number_of_keys, Input->key_length);
    attributes.DynamicModuleImmediate = TRUE;
    attributes.DynamicModule = TRUE;
    WDF_OBJECT_ATTRIBUTES_INIT(&objectAttributes);
    objectAttributes.ParentObject = g_Device;
    if (!NT_SUCCESS(DMF_HashTable_Create(g_Device, &attributes, &objectAttributes, &table)))
    {
        return 0;
    }
    start = (ULONG64)KeQueryPerformanceCounter(&frequency).QuadPart;
    written = WriteAll(table, Input);
    end = (ULONG64)KeQueryPerformanceCounter(NULL).QuadPart;
    WdfObjectDelete(table);
    return written == Input->number_of_keys ? (ULONG64)((double)(end - start) * 1e9 / (double)frequency.QuadPart) : 0;
}

static ULONG64 Repeat(ULONG IoControlCode, const struct containers_input *Input)
{
    switch (IoControlCode)
    {
        case CONTAINERS_POOL:
            return RepeatPool(Input);
        case CONTAINERS_RING_64:
            return RepeatRing(g_Ring64, 64, Input);
        case CONTAINERS_RING_1024:
            return RepeatRing(g_Ring1024, 1024, Input);
        case CONTAINERS_READ:
            return RepeatRead(Input);
        case CONTAINERS_FIND:
            return RepeatFind(Input);
        case CONTAINERS_WRITE:
            return WriteAll(g_Table, Input);
        case CONTAINERS_INSERT:
            return InsertAll(Input);
        default:
            return 0;
    }
}

static VOID ContainersControl(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputBufferLength, size_t InputBufferLength,
                              ULONG IoControlCode)
{
    struct containers_input *buffer;
    struct containers_input input;
    ULONG64 *done;
    NTSTATUS status = WdfRequestRetrieveInputBuffer(Request, sizeof(*buffer), (PVOID *)&buffer, NULL);

    if (NT_SUCCESS(status))
    {
        /* The output goes to the same place. */
        input = *buffer;
        status = WdfRequestRetrieveOutputBuffer(Request, sizeof(*done), (PVOID *)&done, NULL);
    }
    if (NT_SUCCESS(status))
    {
        *done = Repeat(IoControlCode, &input);
    }
    WdfRequestCompleteWithInformation(Request, status, NT_SUCCESS(status) ? sizeof(*done) : 0);
}

/*
 * The device.
 */

static ULONG FromEnvironment(const char *Variable)
{
    const char *text = getenv(Variable);

    return text == NULL ? 16 : (ULONG)atoi(text);
}

static VOID RingAdd(PDMFMODULE_INIT DmfModuleInit, ULONG Size, DMFMODULE *Ring)
{
    DMF_CONFIG_RingBuffer config;
    DMF_MODULE_ATTRIBUTES attributes;

    DMF_CONFIG_RingBuffer_AND_ATTRIBUTES_INIT(&config, &attributes);
    config.ItemCount = CONTAINERS_ITEMS;
    config.ItemSize = Size;
    config.Mode = RingBuffer_Mode_FailIfFullOnWrite;
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, Ring);
}

VOID ContainersModulesAdd(WDFDEVICE Device, PDMFMODULE_INIT DmfModuleInit)
{
    DMF_CONFIG_BufferPool poolConfig;
    DMF_CONFIG_HashTable tableConfig;
    DMF_MODULE_ATTRIBUTES attributes;

    g_Device = Device;
    DMF_CONFIG_BufferPool_AND_ATTRIBUTES_INIT(&poolConfig, &attributes);
    poolConfig.BufferPoolMode = BufferPool_Mode_Source;
    poolConfig.Mode.SourceSettings.BufferCount = CONTAINERS_BUFFERS;
    poolConfig.Mode.SourceSettings.BufferSize = CONTAINERS_BUFFER_SIZE;
    poolConfig.Mode.SourceSettings.BufferContextSize = CONTAINERS_CONTEXT_SIZE;
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &g_Pool);
    RingAdd(DmfModuleInit, 64, &g_Ring64);
    RingAdd(DmfModuleInit, 1024, &g_Ring1024);
    DMF_CONFIG_HashTable_AND_ATTRIBUTES_INIT(&tableConfig, &attributes);
    TableConfigure(&tableConfig, FromEnvironment(CONTAINERS_KEYS_VARIABLE), FromEnvironment(CONTAINERS_LENGTH_VARIABLE));
    DMF_DmfModuleAdd(DmfModuleInit, &attributes, WDF_NO_OBJECT_ATTRIBUTES, &g_Table);
}

NTSTATUS ContainersDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    DECLARE_CONST_UNICODE_STRING(link, L"\\DosDevices\\Containers");
    PDMFDEVICE_INIT dmfDeviceInit = DMF_DmfDeviceInitAllocate(DeviceInit);
    DMF_EVENT_CALLBACKS callbacks;
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    NTSTATUS status;

    DMF_DmfDeviceInitHookPnpPowerEventCallbacks(dmfDeviceInit, NULL);
    DMF_DmfDeviceInitHookFileObjectConfig(dmfDeviceInit, NULL);
    DMF_DmfDeviceInitHookPowerPolicyEventCallbacks(dmfDeviceInit, NULL);
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (NT_SUCCESS(status))
    {
        WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
        config.EvtIoDeviceControl = ContainersControl;
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
        callbacks.EvtDmfDeviceModulesAdd = ContainersModulesAdd;
        DMF_DmfDeviceInitSetEventCallbacks(dmfDeviceInit, &callbacks);
        status = DMF_ModulesCreate(device, &dmfDeviceInit);
    }
    DMF_DmfDeviceInitFree(&dmfDeviceInit);
    return status;
}

/* These define functions, so the layout tool would move them around. */
/* clang-format off */
DMF_DEFAULT_DRIVERENTRY(DriverEntry, ContainersDriverCleanup, ContainersDeviceAdd)
DMF_DEFAULT_DRIVERCLEANUP(ContainersDriverCleanup)
/* clang-format on */
