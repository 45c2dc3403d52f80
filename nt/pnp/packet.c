/* SPDX-License-Identifier: MIT */
/*
 * PnP packets, and the time limit on them.
 */
#include "nt/pnp/packet.h"

#include <stdio.h>

#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "nt/rtl/string.h"

static const char *const minor_names[] = {
    [IRP_MN_START_DEVICE] = "IRP_MN_START_DEVICE",
    [IRP_MN_QUERY_REMOVE_DEVICE] = "IRP_MN_QUERY_REMOVE_DEVICE",
    [IRP_MN_REMOVE_DEVICE] = "IRP_MN_REMOVE_DEVICE",
    [IRP_MN_CANCEL_REMOVE_DEVICE] = "IRP_MN_CANCEL_REMOVE_DEVICE",
    [IRP_MN_STOP_DEVICE] = "IRP_MN_STOP_DEVICE",
    [IRP_MN_QUERY_STOP_DEVICE] = "IRP_MN_QUERY_STOP_DEVICE",
    [IRP_MN_CANCEL_STOP_DEVICE] = "IRP_MN_CANCEL_STOP_DEVICE",
    [IRP_MN_QUERY_DEVICE_RELATIONS] = "IRP_MN_QUERY_DEVICE_RELATIONS",
    [IRP_MN_QUERY_INTERFACE] = "IRP_MN_QUERY_INTERFACE",
    [IRP_MN_QUERY_CAPABILITIES] = "IRP_MN_QUERY_CAPABILITIES",
    [IRP_MN_QUERY_RESOURCES] = "IRP_MN_QUERY_RESOURCES",
    [IRP_MN_QUERY_RESOURCE_REQUIREMENTS] = "IRP_MN_QUERY_RESOURCE_REQUIREMENTS",
    [IRP_MN_QUERY_DEVICE_TEXT] = "IRP_MN_QUERY_DEVICE_TEXT",
    [IRP_MN_FILTER_RESOURCE_REQUIREMENTS] = "IRP_MN_FILTER_RESOURCE_REQUIREMENTS",
    [IRP_MN_READ_CONFIG] = "IRP_MN_READ_CONFIG",
    [IRP_MN_WRITE_CONFIG] = "IRP_MN_WRITE_CONFIG",
    [IRP_MN_EJECT] = "IRP_MN_EJECT",
    [IRP_MN_SET_LOCK] = "IRP_MN_SET_LOCK",
    [IRP_MN_QUERY_ID] = "IRP_MN_QUERY_ID",
    [IRP_MN_QUERY_PNP_DEVICE_STATE] = "IRP_MN_QUERY_PNP_DEVICE_STATE",
    [IRP_MN_QUERY_BUS_INFORMATION] = "IRP_MN_QUERY_BUS_INFORMATION",
    [IRP_MN_DEVICE_USAGE_NOTIFICATION] = "IRP_MN_DEVICE_USAGE_NOTIFICATION",
    [IRP_MN_SURPRISE_REMOVAL] = "IRP_MN_SURPRISE_REMOVAL",
    [IRP_MN_DEVICE_ENUMERATED] = "IRP_MN_DEVICE_ENUMERATED",
};

/*
 * The time limit.
 */

void pnp_set_report(pnp_report *report, void *context, int64_t patience_nanoseconds)
{
    pnp_lock();
    pnp()->report = report;
    pnp()->report_context = context;
    platform_atomic_store_relaxed(&pnp()->patience, patience_nanoseconds == 0 ? 60 * PLATFORM_SECOND : patience_nanoseconds);
    pnp_unlock();
}

static void report(const char *text)
{
    pnp_report *function;
    void *context;

    pnp_lock();
    function = pnp()->report;
    context = pnp()->report_context;
    pnp_unlock();
    if (function != NULL)
    {
        function(text, context);
    }
    else
    {
        (void)fprintf(stderr, "pnp: %s\n", text);
    }
}

/* Looks at a packet that somebody else has: what it says may be old, so the sanitizer need not hear of it. */
__attribute__((no_sanitize("thread"))) static const UNICODE_STRING *holder_of(PIRP irp)
{
    PIO_STACK_LOCATION location = irp->Tail.Overlay.CurrentStackLocation;

    if (irp->CurrentLocation > irp->StackCount || location->DeviceObject == NULL)
    {
        return NULL;
    }
    return &location->DeviceObject->DriverObject->DriverName;
}

/* Text without memory: units beyond ASCII become question marks. */
static void copy_plain(char *to, size_t size, const UNICODE_STRING *from)
{
    size_t units = from == NULL ? 0 : from->Length / sizeof(WCHAR);

    for (size_t unit = 0; unit < units && size > 1; unit++, size--)
    {
        *to++ = from->Buffer[unit] < 0x80 ? (char)from->Buffer[unit] : '?';
    }
    *to = 0;
}

static void watch_expired(struct platform_timer *timer, void *context)
{
    struct packet_watch *watch = context;
    char text[640];
    char instance[256];
    char driver[128];

    (void)timer;
    copy_plain(instance, sizeof(instance), &watch->devnode->instance);
    copy_plain(driver, sizeof(driver), watch->irp == NULL ? NULL : holder_of(watch->irp));
    (void)snprintf(text, sizeof(text), "%s of %s takes longer than it should%s%s", watch->what, instance,
                   driver[0] == 0 ? "" : "; it is with the driver ", driver);
    report(text);
}

void packet_watch_begin(struct packet_watch *watch, const struct devnode *devnode, const char *what, PIRP irp)
{
    watch->devnode = devnode;
    watch->what = what;
    watch->irp = irp;
    platform_timer_initialize(&watch->timer, watch_expired, watch);
    /* Without a timer thread nothing is reported, which is no reason to fail. */
    watch->armed = platform_timer_service_start() == 0;
    if (watch->armed)
    {
        (void)platform_timer_arm(&watch->timer, platform_deadline_in(platform_atomic_load_relaxed(&pnp()->patience)));
    }
}

void packet_watch_end(struct packet_watch *watch)
{
    if (watch->armed)
    {
        (void)platform_timer_cancel_and_wait(&watch->timer);
    }
}

/*
 * Sending.
 */

static NTSTATUS send_packet(struct devnode *devnode, PDEVICE_OBJECT top, PIRP irp, const IO_STACK_LOCATION *what,
                            ULONG_PTR *information)
{
    PIO_STACK_LOCATION next = IoGetNextIrpStackLocation(irp);
    struct packet_watch watch;
    NTSTATUS status;

    next->MajorFunction = IRP_MJ_PNP;
    next->MinorFunction = what->MinorFunction;
    next->Parameters = what->Parameters;
    irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
    irp->IoStatus.Information = information == NULL ? 0 : *information;
    irp->RequestorMode = KernelMode;
    packet_watch_begin(&watch, devnode, minor_names[what->MinorFunction], irp);
    status = irp_call_and_wait(top, irp);
    packet_watch_end(&watch);
    if (information != NULL)
    {
        *information = irp->IoStatus.Information;
    }
    irp_free(irp);
    return status;
}

NTSTATUS packet_ask(struct devnode *devnode, const IO_STACK_LOCATION *what, ULONG_PTR *information)
{
    PDEVICE_OBJECT top;
    PIRP irp;
    NTSTATUS status;

    if (devobj_is_deleted(devnode->pdo))
    {
        return STATUS_NO_SUCH_DEVICE;
    }
    top = devobj_top(devnode->pdo);
    irp = irp_allocate((unsigned)top->StackSize, 0, NULL);
    status = irp == NULL ? STATUS_INSUFFICIENT_RESOURCES : send_packet(devnode, top, irp, what, information);
    devobj_release(top);
    return status;
}

NTSTATUS packet_ask_plain(struct devnode *devnode, UCHAR minor, ULONG_PTR *information)
{
    IO_STACK_LOCATION what = {.MinorFunction = minor};

    return packet_ask(devnode, &what, information);
}

NTSTATUS packet_tell(struct devnode *devnode, UCHAR minor)
{
    IO_STACK_LOCATION what = {.MinorFunction = minor};
    PDEVICE_OBJECT top;
    NTSTATUS status;

    if (devobj_is_deleted(devnode->pdo))
    {
        return STATUS_NO_SUCH_DEVICE;
    }
    top = devobj_top(devnode->pdo);
    status = send_packet(devnode, top, irp_allocate_patiently((unsigned)top->StackSize), &what, NULL);
    devobj_release(top);
    return status;
}
