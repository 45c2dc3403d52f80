/* SPDX-License-Identifier: MIT */
/*
 * EvtDeviceWdmIrpPreprocess and EvtDeviceWdmIrpDispatch: registration, calls, and the way back.
 */
#include "wdf/preprocess.h"

#include <string.h>

#include "wdf/device.h"
#include "wdf/device_init.h"
#include "wdf/dispatch.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/queue.h"
#include "wdf/verifier.h"

struct preprocess
{
    PFN_WDFDEVICE_WDM_IRP_PREPROCESS function;
    /* The minor functions that it is for, NULL for all. */
    UCHAR *minors;
    ULONG minor_count;
};

struct preprocess_table
{
    struct preprocess majors[IRP_MJ_MAXIMUM_FUNCTION + 1];
};

void preprocess_free(struct preprocess_table *table)
{
    if (table == NULL)
    {
        return;
    }
    for (size_t major = 0; major < ARRAYSIZE(table->majors); major++)
    {
        if (table->majors[major].minors != NULL)
        {
            platform_free(table->majors[major].minors, table->majors[major].minor_count);
        }
    }
    platform_free(table, sizeof(*table));
}

void irp_hooks_free(struct irp_hook *hooks)
{
    while (hooks != NULL)
    {
        struct irp_hook *next = hooks->next;

        platform_free(hooks, sizeof(*hooks));
        hooks = next;
    }
}

bool preprocess_wants(const struct preprocess_table *table, const IO_STACK_LOCATION *location)
{
    const struct preprocess *preprocess;

    if (location->MajorFunction > IRP_MJ_MAXIMUM_FUNCTION)
    {
        return false;
    }
    preprocess = &table->majors[location->MajorFunction];
    return preprocess->function != NULL && (preprocess->minors == NULL || memchr(preprocess->minors, location->MinorFunction,
                                                                                 preprocess->minor_count) != NULL);
}

NTSTATUS preprocess_call(struct device *device, PIRP irp)
{
    UCHAR major = irp->Tail.Overlay.CurrentStackLocation->MajorFunction;
    struct verifier_callback callback;
    NTSTATUS status;

    verifier_callback_enter(&callback, &device->object, "EvtDeviceWdmIrpPreprocess");
    status = device->preprocess->majors[major].function(wdfobj_handle(&device->object), irp);
    verifier_callback_leave(&callback);
    return status;
}

struct irp_hook *irp_hook_find(struct irp_hook *hook, UCHAR major)
{
    while (hook != NULL && hook->major != major)
    {
        hook = platform_atomic_load(&hook->next);
    }
    return hook;
}

NTSTATUS irp_hook_call(struct irp_hook *hook, struct device *device, PIRP irp)
{
    const IO_STACK_LOCATION *location = irp->Tail.Overlay.CurrentStackLocation;
    bool is_control =
        location->MajorFunction == IRP_MJ_DEVICE_CONTROL || location->MajorFunction == IRP_MJ_INTERNAL_DEVICE_CONTROL;
    ULONG code = is_control ? location->Parameters.DeviceIoControl.IoControlCode : 0;
    struct verifier_callback callback;
    NTSTATUS status;

    verifier_callback_enter(&callback, &device->object, "EvtDeviceWdmIrpDispatch");
    status = hook->function(wdfobj_handle(&device->object), location->MajorFunction, location->MinorFunction, code,
                            hook->context, irp, hook);
    verifier_callback_leave(&callback);
    return status;
}

/* Whether the driver gives back a context that it was given. */
static bool is_hook_of(struct device *device, const struct irp_hook *hook)
{
    struct irp_hook *known = platform_atomic_load(&device->irp_hooks);

    while (known != NULL && known != hook)
    {
        known = platform_atomic_load(&known->next);
    }
    return known != NULL;
}

/*
 * Registration.
 */

/* Adds the function, and the minor functions that it is for. What can fail comes first. */
static NTSTATUS preprocess_add(struct preprocess *preprocess, PFN_WDFDEVICE_WDM_IRP_PREPROCESS function, const UCHAR *minors,
                               ULONG minor_count)
{
    if (minor_count != 0 && preprocess->minor_count != 0)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (minor_count != 0)
    {
        preprocess->minors = platform_alloc(minor_count);
        if (preprocess->minors == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        memcpy(preprocess->minors, minors, minor_count);
        preprocess->minor_count = minor_count;
    }
    preprocess->function = function;
    return STATUS_SUCCESS;
}

static bool is_hookable(UCHAR major)
{
    return major == IRP_MJ_CREATE || major == IRP_MJ_READ || major == IRP_MJ_WRITE || major == IRP_MJ_DEVICE_CONTROL ||
           major == IRP_MJ_INTERNAL_DEVICE_CONTROL;
}

/* Appends. Hooks are only ever appended, so that the list is read without a lock. */
static NTSTATUS hook_append(struct device *device, struct irp_hook *hook)
{
    struct irp_hook **link = &device->irp_hooks;
    NTSTATUS status = STATUS_INVALID_DEVICE_STATE;

    platform_mutex_lock(&device->lock);
    if (device_is_configurable(device))
    {
        while (*link != NULL)
        {
            link = &(*link)->next;
        }
        platform_atomic_store(link, hook);
        queue_find_short_way(device);
        status = STATUS_SUCCESS;
    }
    platform_mutex_unlock(&device->lock);
    return status;
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfDeviceInitAssignWdmIrpPreprocessCallback(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                                              PFN_WDFDEVICE_WDM_IRP_PREPROCESS EvtDeviceWdmIrpPreprocess,
                                                              UCHAR MajorFunction, PUCHAR MinorFunctions,
                                                              ULONG NumMinorFunctions)
{
    globals_require(DriverGlobals, DeviceInit, "WdfDeviceInitAssignWdmIrpPreprocessCallback");
    globals_require(DriverGlobals, (const void *)(uintptr_t)EvtDeviceWdmIrpPreprocess,
                    "WdfDeviceInitAssignWdmIrpPreprocessCallback");
    if (NumMinorFunctions != 0)
    {
        globals_require(DriverGlobals, MinorFunctions, "WdfDeviceInitAssignWdmIrpPreprocessCallback");
    }
    if (MajorFunction > IRP_MJ_MAXIMUM_FUNCTION)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (DeviceInit->preprocess == NULL)
    {
        DeviceInit->preprocess = platform_zalloc(sizeof(*DeviceInit->preprocess));
    }
    if (DeviceInit->preprocess == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    return preprocess_add(&DeviceInit->preprocess->majors[MajorFunction], EvtDeviceWdmIrpPreprocess, MinorFunctions,
                          NumMinorFunctions);
}

NTSTATUS wdf_kmdf_WdfDeviceWdmDispatchPreprocessedIrp(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, PIRP Irp)
{
    globals_require(DriverGlobals, Irp, "WdfDeviceWdmDispatchPreprocessedIrp");
    struct device *device = device_from_handle(Device, "WdfDeviceWdmDispatchPreprocessedIrp");

    /* The driver has stepped over its location, or prepared the next one; either is where the packet goes on. */
    IoSetNextIrpStackLocation(Irp);
    return dispatch_preprocessed(device, Irp);
}

NTSTATUS wdf_kmdf_WdfDeviceConfigureWdmIrpDispatchCallback(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                           WDFDRIVER Driver, UCHAR MajorFunction,
                                                           PFN_WDFDEVICE_WDM_IRP_DISPATCH EvtDeviceWdmIrpDispatch,
                                                           WDFCONTEXT DriverContext)
{
    globals_require(DriverGlobals, (const void *)(uintptr_t)EvtDeviceWdmIrpDispatch,
                    "WdfDeviceConfigureWdmIrpDispatchCallback");
    struct device *device = device_from_handle(Device, "WdfDeviceConfigureWdmIrpDispatchCallback");
    struct irp_hook *hook;
    NTSTATUS status;

    if (Driver != NULL)
    {
        (void)wdfobj_from_handle(Driver, OBJECT_DRIVER, "WdfDeviceConfigureWdmIrpDispatchCallback");
    }
    if (!is_hookable(MajorFunction))
    {
        return STATUS_INVALID_PARAMETER;
    }
    hook = platform_zalloc(sizeof(*hook));
    if (hook == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    hook->major = MajorFunction;
    hook->function = EvtDeviceWdmIrpDispatch;
    hook->context = DriverContext;
    status = hook_append(device, hook);
    if (!NT_SUCCESS(status))
    {
        irp_hooks_free(hook);
    }
    return status;
}
WDF_ENTRY_BOTH(WdfDeviceConfigureWdmIrpDispatchCallback)

NTSTATUS wdf_kmdf_WdfDeviceWdmDispatchIrp(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, PIRP Irp,
                                          WDFCONTEXT DispatchContext)
{
    globals_require(DriverGlobals, Irp, "WdfDeviceWdmDispatchIrp");
    globals_require(DriverGlobals, DispatchContext, "WdfDeviceWdmDispatchIrp");
    struct device *device = device_from_handle(Device, "WdfDeviceWdmDispatchIrp");
    struct irp_hook *hook = DispatchContext;

    if (!is_hook_of(device, hook))
    {
        globals_break(globals_of(DriverGlobals),
                      "WdfDeviceWdmDispatchIrp: the context is not the one that the callback got");
        return dispatch_complete(Irp, STATUS_INVALID_PARAMETER);
    }
    return dispatch_hooked(device, Irp, platform_atomic_load(&hook->next));
}
WDF_ENTRY_BOTH(WdfDeviceWdmDispatchIrp)

NTSTATUS wdf_kmdf_WdfDeviceWdmDispatchIrpToIoQueue(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, PIRP Irp,
                                                   WDFQUEUE Queue, ULONG Flags)
{
    globals_require(DriverGlobals, Irp, "WdfDeviceWdmDispatchIrpToIoQueue");
    struct device *device = device_from_handle(Device, "WdfDeviceWdmDispatchIrpToIoQueue");
    struct queue *queue = queue_of(wdfobj_from_handle(Queue, OBJECT_QUEUE, "WdfDeviceWdmDispatchIrpToIoQueue"));
    const ULONG known =
        WDF_DISPATCH_IRP_TO_IO_QUEUE_INVOKE_INCALLERCTX_CALLBACK | WDF_DISPATCH_IRP_TO_IO_QUEUE_PREPROCESSED_IRP;

    if ((Flags & WDF_DISPATCH_IRP_TO_IO_QUEUE_PREPROCESSED_IRP) != 0)
    {
        IoSetNextIrpStackLocation(Irp);
    }
    if ((Flags & ~known) != 0)
    {
        return dispatch_complete(Irp, STATUS_INVALID_PARAMETER);
    }
    if (queue->device != device || !is_hookable(Irp->Tail.Overlay.CurrentStackLocation->MajorFunction))
    {
        return dispatch_complete(Irp, STATUS_INVALID_DEVICE_REQUEST);
    }
    return dispatch_to_queue(device, Irp, queue, (Flags & WDF_DISPATCH_IRP_TO_IO_QUEUE_INVOKE_INCALLERCTX_CALLBACK) != 0);
}
WDF_ENTRY_BOTH(WdfDeviceWdmDispatchIrpToIoQueue)
