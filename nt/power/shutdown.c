/* SPDX-License-Identifier: MIT */
/*
 * Notification of shutdown.
 */
#include "nt/power/shutdown.h"

#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "nt/power/power.h"

struct registration
{
    LIST_ENTRY link;
    PDEVICE_OBJECT device;
};

static NTSTATUS add(PLIST_ENTRY list, PDEVICE_OBJECT device)
{
    struct registration *registration = platform_zalloc(sizeof(*registration));

    if (registration == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    devobj_reference(device);
    registration->device = device;
    (void)platform_atomic_fetch_or(&device->Flags, DO_SHUTDOWN_REGISTERED);
    platform_mutex_lock(&power()->shutdown);
    InsertHeadList(list, &registration->link);
    platform_mutex_unlock(&power()->shutdown);
    return STATUS_SUCCESS;
}

static void free_registration(struct registration *registration)
{
    devobj_release(registration->device);
    platform_free(registration, sizeof(*registration));
}

/* Moves those of the device, or all when it is NULL, to another list. The caller holds the lock. */
static void take(PLIST_ENTRY from, PDEVICE_OBJECT device, PLIST_ENTRY to)
{
    PLIST_ENTRY next;

    for (PLIST_ENTRY link = from->Flink; link != from; link = next)
    {
        next = link->Flink;
        if (device == NULL || CONTAINING_RECORD(link, struct registration, link)->device == device)
        {
            RemoveEntryList(link);
            InsertTailList(to, link);
        }
    }
}

static void remove_device(PDEVICE_OBJECT device)
{
    LIST_ENTRY gone;

    InitializeListHead(&gone);
    platform_mutex_lock(&power()->shutdown);
    take(&power()->shutdown_first, device, &gone);
    take(&power()->shutdown_last, device, &gone);
    platform_mutex_unlock(&power()->shutdown);
    while (!IsListEmpty(&gone))
    {
        free_registration(CONTAINING_RECORD(RemoveHeadList(&gone), struct registration, link));
    }
    (void)platform_atomic_fetch_and(&device->Flags, ~(ULONG)DO_SHUTDOWN_REGISTERED);
}

static void send_shutdown(PDEVICE_OBJECT device)
{
    PDEVICE_OBJECT top = devobj_top(device);
    PIRP irp = irp_allocate_patiently((unsigned)top->StackSize);

    IoGetNextIrpStackLocation(irp)->MajorFunction = IRP_MJ_SHUTDOWN;
    (void)irp_call_and_wait(top, irp);
    irp_free(irp);
    devobj_release(top);
}

/* A registration is good for one shutdown. */
void shutdown_notify(bool last_chance)
{
    LIST_ENTRY told;

    InitializeListHead(&told);
    platform_mutex_lock(&power()->shutdown);
    take(last_chance ? &power()->shutdown_last : &power()->shutdown_first, NULL, &told);
    platform_mutex_unlock(&power()->shutdown);
    while (!IsListEmpty(&told))
    {
        struct registration *registration = CONTAINING_RECORD(RemoveHeadList(&told), struct registration, link);

        send_shutdown(registration->device);
        free_registration(registration);
    }
}

/*
 * Published entry points.
 */
NTSTATUS IoRegisterShutdownNotification(PDEVICE_OBJECT DeviceObject)
{
    return add(&power()->shutdown_first, DeviceObject);
}

NTSTATUS IoRegisterLastChanceShutdownNotification(PDEVICE_OBJECT DeviceObject)
{
    return add(&power()->shutdown_last, DeviceObject);
}

VOID IoUnregisterShutdownNotification(PDEVICE_OBJECT DeviceObject)
{
    remove_device(DeviceObject);
}
