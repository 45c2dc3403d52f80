/* SPDX-License-Identifier: MIT */
/*
 * The bus of the tests about children.
 */
#include "bus_case.h"

#include <stdio.h>
#include <string.h>

WDFDEVICE bus;
void (*bus_prepare)(PWDFDEVICE_INIT init);
void (*bus_created)(WDFDEVICE device);
void (*child_prepare)(PWDFDEVICE_INIT init, ULONG number);
NTSTATUS child_prepare_status[10];

/*
 * What is heard.
 */

static char heard[8192];
static size_t heard_length;
static char told[8192];
static char all[1 << 18];
static size_t all_length;
static KSPIN_LOCK heard_lock;

void bus_note(ULONG number, const char *what)
{
    KIRQL irql;

    KeAcquireSpinLock(&heard_lock, &irql);
    heard_length += (size_t)snprintf(heard + heard_length, sizeof(heard) - heard_length, "%s%u.%s",
                                     heard_length == 0 ? "" : " ", (unsigned)number, what);
    all_length += (size_t)snprintf(all + all_length, sizeof(all) - all_length, "%u.%s ", (unsigned)number, what);
    KeReleaseSpinLock(&heard_lock, irql);
}

const char *bus_heard(void)
{
    KIRQL irql;

    KeAcquireSpinLock(&heard_lock, &irql);
    memcpy(told, heard, heard_length);
    told[heard_length] = 0;
    heard_length = 0;
    heard[0] = 0;
    KeReleaseSpinLock(&heard_lock, irql);
    return told;
}

unsigned bus_count(const char *what)
{
    unsigned count = 0;
    KIRQL irql;

    KeAcquireSpinLock(&heard_lock, &irql);
    all[all_length] = 0;
    for (const char *found = strstr(all, what); found != NULL; found = strstr(found + 1, what))
    {
        count++;
    }
    KeReleaseSpinLock(&heard_lock, irql);
    return count;
}

void CHECK_HEARD(const char *got, const char *expected, int line)
{
    if (strcmp(got, expected) != 0)
    {
        char text[16384 + 512];

        (void)snprintf(text, sizeof(text), "heard \"%s\", expected \"%s\"", got, expected);
        nt_check_failed("case", line, text);
    }
}

/*
 * The children.
 */

#define NOTE(Device, What) bus_note(ChildGetContext(Device)->Number, What)

static NTSTATUS child_prepare_hardware(WDFDEVICE Device, WDFCMRESLIST Raw, WDFCMRESLIST Translated)
{
    UNREFERENCED_PARAMETER(Raw);
    UNREFERENCED_PARAMETER(Translated);
    NOTE(Device, "PrepareHardware");
    return child_prepare_status[ChildGetContext(Device)->Number % 10];
}

static NTSTATUS child_release_hardware(WDFDEVICE Device, WDFCMRESLIST Translated)
{
    UNREFERENCED_PARAMETER(Translated);
    NOTE(Device, "ReleaseHardware");
    return STATUS_SUCCESS;
}

static NTSTATUS child_d0_entry(WDFDEVICE Device, WDF_POWER_DEVICE_STATE Previous)
{
    UNREFERENCED_PARAMETER(Previous);
    NOTE(Device, "D0Entry");
    return STATUS_SUCCESS;
}

static NTSTATUS child_d0_exit(WDFDEVICE Device, WDF_POWER_DEVICE_STATE Target)
{
    UNREFERENCED_PARAMETER(Target);
    NOTE(Device, "D0Exit");
    return STATUS_SUCCESS;
}

static NTSTATUS child_init(WDFDEVICE Device)
{
    NOTE(Device, "Init");
    return STATUS_SUCCESS;
}

static NTSTATUS child_restart(WDFDEVICE Device)
{
    NOTE(Device, "Restart");
    return STATUS_SUCCESS;
}

static NTSTATUS child_suspend(WDFDEVICE Device)
{
    NOTE(Device, "Suspend");
    return STATUS_SUCCESS;
}

static VOID child_flush(WDFDEVICE Device)
{
    NOTE(Device, "Flush");
}

static VOID child_cleanup(WDFDEVICE Device)
{
    NOTE(Device, "Cleanup");
}

static VOID child_surprise(WDFDEVICE Device)
{
    NOTE(Device, "Surprise");
}

static VOID child_gone(WDFOBJECT Device)
{
    NOTE((WDFDEVICE)Device, "Gone");
}

static void set_callbacks(PWDFDEVICE_INIT init)
{
    WDF_PNPPOWER_EVENT_CALLBACKS callbacks;

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&callbacks);
    callbacks.EvtDevicePrepareHardware = child_prepare_hardware;
    callbacks.EvtDeviceReleaseHardware = child_release_hardware;
    callbacks.EvtDeviceD0Entry = child_d0_entry;
    callbacks.EvtDeviceD0Exit = child_d0_exit;
    callbacks.EvtDeviceSelfManagedIoInit = child_init;
    callbacks.EvtDeviceSelfManagedIoRestart = child_restart;
    callbacks.EvtDeviceSelfManagedIoSuspend = child_suspend;
    callbacks.EvtDeviceSelfManagedIoFlush = child_flush;
    callbacks.EvtDeviceSelfManagedIoCleanup = child_cleanup;
    callbacks.EvtDeviceSurpriseRemoval = child_surprise;
    WdfDeviceInitSetPnpPowerEventCallbacks(init, &callbacks);
}

static NTSTATUS set_identifiers(PWDFDEVICE_INIT init, ULONG number)
{
    static const GUID class_guid = {0x10, 1, 1, {1, 2, 3, 4, 5, 6, 7, 8}};
    WCHAR digits[] = {(WCHAR)('0' + number / 1000 % 10), (WCHAR)('0' + number / 100 % 10), (WCHAR)('0' + number / 10 % 10),
                      (WCHAR)('0' + number % 10), 0};
    UNICODE_STRING instance;
    DECLARE_CONST_UNICODE_STRING(device_id, L"CASE\\Child");
    NTSTATUS status;

    RtlInitUnicodeString(&instance, digits);
    status = WdfPdoInitAssignDeviceID(init, &device_id);
    if (NT_SUCCESS(status))
    {
        status = WdfPdoInitAssignInstanceID(init, &instance);
    }
    if (NT_SUCCESS(status))
    {
        status = WdfPdoInitAddHardwareID(init, &device_id);
    }
    return NT_SUCCESS(status) ? WdfPdoInitAssignRawDevice(init, &class_guid) : status;
}

static NTSTATUS child_fill(PWDFDEVICE_INIT init, ULONG number)
{
    NTSTATUS status = set_identifiers(init, number);

    if (NT_SUCCESS(status))
    {
        set_callbacks(init);
        if (child_prepare != NULL)
        {
            child_prepare(init, number);
        }
    }
    return status;
}

static NTSTATUS make(PWDFDEVICE_INIT *init, ULONG number, WDFDEVICE *ret_device)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    NTSTATUS status = child_fill(*init, number);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, CHILD_CONTEXT);
    attributes.EvtCleanupCallback = child_gone;
    if (NT_SUCCESS(status))
    {
        status = WdfDeviceCreate(init, &attributes, ret_device);
    }
    if (NT_SUCCESS(status))
    {
        ChildGetContext(*ret_device)->Number = number;
    }
    return status;
}

NTSTATUS child_create_from(PWDFDEVICE_INIT init, ULONG number)
{
    WDFDEVICE device;

    return make(&init, number, &device);
}

WDFDEVICE child_create(ULONG number)
{
    PWDFDEVICE_INIT init = WdfPdoInitAllocate(bus);
    WDFDEVICE device = NULL;

    if (init != NULL && !NT_SUCCESS(make(&init, number, &device)))
    {
        WdfDeviceInitFree(init);
    }
    return device;
}

WDFDEVICE child_add(ULONG number)
{
    WDFDEVICE device = child_create(number);

    CHECK(device != NULL);
    CHECK_STATUS(WdfFdoAddStaticChild(bus, device), STATUS_SUCCESS);
    return device;
}

/*
 * The bus.
 */

static NTSTATUS add_bus(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    if (bus_prepare != NULL)
    {
        bus_prepare(DeviceInit);
    }
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &bus);
    if (NT_SUCCESS(status) && bus_created != NULL)
    {
        bus_created(bus);
    }
    return status;
}

struct testkit_device *bus_load(void)
{
    KeInitializeSpinLock(&heard_lock);
    memset(child_prepare_status, 0, sizeof(child_prepare_status));
    heard_length = 0;
    all_length = 0;
    bus = NULL;
    wdf_case_load(add_bus);
    return wdf_case_start();
}
