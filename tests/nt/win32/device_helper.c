/* SPDX-License-Identifier: MIT */
/*
 * Devices with a small driver of WDM.
 */
#include "device_helper.h"

#include <ntifs.h>

#include <stdlib.h>
#include <string.h>

#include "nt/io/driver_object.h"
#include "nt/pnp/devnode.h"
#include "nt/pnp/notification.h"
#include "nt/registry/registry.h"
#include "nt/rtl/string.h"
#include "nt_case.h"

struct helper_device
{
    PDRIVER_OBJECT driver;
    struct devnode *devnode;
};

/* Tests run one after the other, and have one driver at a time that refuses. */
static int refuses_removal;

static NTSTATUS complete(PIRP irp, NTSTATUS status)
{
    irp->IoStatus.Status = status;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS accept(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    return complete(irp, STATUS_SUCCESS);
}

static PDEVICE_OBJECT lower_of(PDEVICE_OBJECT device)
{
    return *(PDEVICE_OBJECT *)device->DeviceExtension;
}

static NTSTATUS answer_pnp(PDEVICE_OBJECT device, PIRP irp)
{
    UCHAR minor = IoGetCurrentIrpStackLocation(irp)->MinorFunction;
    PDEVICE_OBJECT lower = lower_of(device);
    NTSTATUS status;

    if (minor == IRP_MN_QUERY_REMOVE_DEVICE && refuses_removal)
    {
        return complete(irp, STATUS_UNSUCCESSFUL);
    }
    if (minor == IRP_MN_START_DEVICE || minor == IRP_MN_QUERY_REMOVE_DEVICE || minor == IRP_MN_CANCEL_REMOVE_DEVICE ||
        minor == IRP_MN_REMOVE_DEVICE || minor == IRP_MN_SURPRISE_REMOVAL)
    {
        irp->IoStatus.Status = STATUS_SUCCESS;
    }
    IoSkipCurrentIrpStackLocation(irp);
    status = IoCallDriver(lower, irp);
    if (minor == IRP_MN_REMOVE_DEVICE)
    {
        IoDetachDevice(lower);
        IoDeleteDevice(device);
    }
    return status;
}

static NTSTATUS pass_power(PDEVICE_OBJECT device, PIRP irp)
{
    PoStartNextPowerIrp(irp);
    IoSkipCurrentIrpStackLocation(irp);
    return PoCallDriver(lower_of(device), irp);
}

static NTSTATUS add_device(PDRIVER_OBJECT driver, PDEVICE_OBJECT pdo)
{
    PDEVICE_OBJECT device;
    NTSTATUS status = IoCreateDevice(driver, sizeof(PDEVICE_OBJECT), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);

    if (NT_SUCCESS(status))
    {
        *(PDEVICE_OBJECT *)device->DeviceExtension = IoAttachDeviceToDeviceStack(device, pdo);
        device->Flags &= ~(ULONG)DO_DEVICE_INITIALIZING;
    }
    return status;
}

struct helper_device *helper_device_start(const char *name)
{
    struct helper_device *helper = calloc(1, sizeof(*helper));

    CHECK(helper != NULL);
    refuses_removal = 0;
    CHECK_EQUAL(drvobj_create(name, &helper->driver), STATUS_SUCCESS);
    helper->driver->DriverExtension->AddDevice = add_device;
    helper->driver->MajorFunction[IRP_MJ_PNP] = answer_pnp;
    helper->driver->MajorFunction[IRP_MJ_POWER] = pass_power;
    helper->driver->MajorFunction[IRP_MJ_CREATE] = accept;
    helper->driver->MajorFunction[IRP_MJ_CLEANUP] = accept;
    helper->driver->MajorFunction[IRP_MJ_CLOSE] = accept;
    CHECK_EQUAL(devnode_create(name, helper->driver, &helper->devnode), STATUS_SUCCESS);
    CHECK_EQUAL(devnode_start(helper->devnode), STATUS_SUCCESS);
    return helper;
}

void helper_device_remove(struct helper_device *device)
{
    CHECK_EQUAL(devnode_remove(device->devnode), STATUS_SUCCESS);
}

void helper_device_free(struct helper_device *device)
{
    pnp_settle();
    devnode_free(device->devnode);
    notification_settle();
    drvobj_free(device->driver);
    free(device);
}

void helper_device_refuse(struct helper_device *device, int refuses)
{
    (void)device;
    refuses_removal = refuses;
}

static UNICODE_STRING register_interface(struct helper_device *device, int number, const char *reference)
{
    UNICODE_STRING text = {0};
    UNICODE_STRING link;
    GUID class;

    memset(&class, number, sizeof(class));
    if (reference != NULL)
    {
        CHECK_EQUAL(string_from_utf8(reference, &text), STATUS_SUCCESS);
    }
    CHECK_EQUAL(IoRegisterDeviceInterface(devnode_pdo(device->devnode), &class, &text, &link), STATUS_SUCCESS);
    string_free(&text);
    return link;
}

void helper_interface_register(struct helper_device *device, int number, const char *reference)
{
    UNICODE_STRING link = register_interface(device, number, reference);

    RtlFreeUnicodeString(&link);
}

void helper_interface_enable(struct helper_device *device, int number, int enabled)
{
    UNICODE_STRING link = register_interface(device, number, NULL);

    CHECK_EQUAL(IoSetDeviceInterfaceState(&link, enabled != 0), STATUS_SUCCESS);
    RtlFreeUnicodeString(&link);
}

void helper_report(struct helper_device *device, int number)
{
    TARGET_DEVICE_CUSTOM_NOTIFICATION report = {
        .Version = 1,
        .Size = FIELD_OFFSET(TARGET_DEVICE_CUSTOM_NOTIFICATION, CustomDataBuffer) + 1,
        .NameBufferOffset = -1,
    };

    memset(&report.Event, number, sizeof(report.Event));
    report.CustomDataBuffer[0] = (UCHAR)number;
    CHECK_EQUAL(IoReportTargetDeviceChange(devnode_pdo(device->devnode), &report), STATUS_SUCCESS);
}

void helper_settle(void)
{
    pnp_settle();
    notification_settle();
}

void helper_let_others_run(void)
{
    LARGE_INTEGER now = {.QuadPart = 0};

    (void)KeDelayExecutionThread(KernelMode, FALSE, &now);
}

void helper_forget_registry(void)
{
    registry_close();
}
