/* SPDX-License-Identifier: MIT */
/*
 * Interfaces of functions: export, import, and the question for one.
 */
#include "wdf/query_interface.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/io/irp.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/pdo.h"
#include "wdf/verifier.h"

/* One that the driver has registered. They are only ever appended, so that the list is read without a lock. */
struct exported_interface
{
    struct exported_interface *next;
    WDF_QUERY_INTERFACE_CONFIG config;
    GUID type;
    /* The copy of the driver's structure; NULL for one that has none. */
    PINTERFACE interface;
    size_t size;
};

/* For interfaces whose lifetime needs no counting. */
static VOID count_nothing(PVOID context)
{
    (void)context;
}

/*
 * The question.
 */

NTSTATUS query_interface_ask(PDEVICE_OBJECT top, const GUID *type, PINTERFACE interface, USHORT size, USHORT version,
                             PVOID specific)
{
    PIRP irp = irp_allocate((unsigned)top->StackSize, 0, NULL);
    PIO_STACK_LOCATION next;
    NTSTATUS status;

    if (irp == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    next = IoGetNextIrpStackLocation(irp);
    next->MajorFunction = IRP_MJ_PNP;
    next->MinorFunction = IRP_MN_QUERY_INTERFACE;
    next->Parameters.QueryInterface.InterfaceType = type;
    next->Parameters.QueryInterface.Interface = interface;
    next->Parameters.QueryInterface.Size = size;
    next->Parameters.QueryInterface.Version = version;
    next->Parameters.QueryInterface.InterfaceSpecificData = specific;
    irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
    irp->RequestorMode = KernelMode;
    status = irp_call_and_wait(top, irp);
    irp_free(irp);
    return status;
}

/*
 * The answer.
 */

static struct exported_interface *find(struct device *device, const GUID *type)
{
    struct exported_interface *exported = platform_atomic_load(&device->bus.interfaces);

    while (exported != NULL && memcmp(&exported->type, type, sizeof(*type)) != 0)
    {
        exported = platform_atomic_load(&exported->next);
    }
    return exported;
}

/* The bus's own stack answers, from its top, and references for the asker. */
static NTSTATUS ask_parent(struct device *device, const IO_STACK_LOCATION *asked)
{
    PDEVICE_OBJECT top = devobj_top(device->bus.pdo->parent->wdm);
    NTSTATUS status =
        query_interface_ask(top, asked->Parameters.QueryInterface.InterfaceType, asked->Parameters.QueryInterface.Interface,
                            asked->Parameters.QueryInterface.Size, asked->Parameters.QueryInterface.Version,
                            asked->Parameters.QueryInterface.InterfaceSpecificData);

    devobj_release(top);
    return status;
}

/* What is there before the driver's callback sees it. */
static NTSTATUS prepare(struct device *device, const struct exported_interface *exported, const IO_STACK_LOCATION *asked)
{
    const INTERFACE *own = exported->interface;

    /* The parent's stack has its own opinion; here an interface is at least its header, which is looked at afterwards. */
    if (asked->Parameters.QueryInterface.Size < sizeof(INTERFACE) && !exported->config.SendQueryToParentStack)
    {
        return STATUS_INVALID_BUFFER_SIZE;
    }
    if (own != NULL &&
        (own->Size > asked->Parameters.QueryInterface.Size || own->Version > asked->Parameters.QueryInterface.Version))
    {
        return STATUS_INVALID_BUFFER_SIZE;
    }
    if (exported->config.SendQueryToParentStack)
    {
        return ask_parent(device, asked);
    }
    if (!exported->config.ImportInterface)
    {
        memcpy(asked->Parameters.QueryInterface.Interface, own, own->Size);
    }
    return STATUS_SUCCESS;
}

static NTSTATUS call_driver(struct device *device, const struct exported_interface *exported, const IO_STACK_LOCATION *asked)
{
    struct verifier_callback callback;
    NTSTATUS status;

    if (exported->config.EvtDeviceProcessQueryInterfaceRequest == NULL)
    {
        return STATUS_SUCCESS;
    }
    verifier_callback_enter(&callback, &device->object, "EvtDeviceProcessQueryInterfaceRequest");
    status = exported->config.EvtDeviceProcessQueryInterfaceRequest(
        wdfobj_handle(&device->object), (LPGUID)(uintptr_t)asked->Parameters.QueryInterface.InterfaceType,
        asked->Parameters.QueryInterface.Interface, asked->Parameters.QueryInterface.InterfaceSpecificData);
    verifier_callback_leave(&callback);
    return status;
}

/* Whose interface the parent's stack has given has referenced it. */
static void reference(const struct exported_interface *exported, const INTERFACE *given)
{
    if (!exported->config.SendQueryToParentStack && given->InterfaceReference != NULL)
    {
        given->InterfaceReference(given->Context);
    }
}

NTSTATUS query_interface_answer(struct device *device, PIRP irp)
{
    const IO_STACK_LOCATION *asked = irp->Tail.Overlay.CurrentStackLocation;
    struct exported_interface *exported = find(device, asked->Parameters.QueryInterface.InterfaceType);
    NTSTATUS status;

    if (exported == NULL)
    {
        return STATUS_NOT_SUPPORTED;
    }
    status = prepare(device, exported, asked);
    if (NT_SUCCESS(status))
    {
        status = call_driver(device, exported, asked);
    }
    if (NT_SUCCESS(status))
    {
        reference(exported, asked->Parameters.QueryInterface.Interface);
        status = STATUS_SUCCESS;
    }
    return status;
}

/*
 * Registration.
 */

static NTSTATUS check(const struct device *device, const WDF_QUERY_INTERFACE_CONFIG *config)
{
    if (device->is_control)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (config->Size != sizeof(*config))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if ((config->Interface == NULL && !config->ImportInterface && !config->SendQueryToParentStack) ||
        (config->Interface != NULL && config->Interface->Size < sizeof(INTERFACE)) ||
        (config->ImportInterface && config->EvtDeviceProcessQueryInterfaceRequest == NULL) ||
        (config->SendQueryToParentStack && !device_is_pdo(device)))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return STATUS_SUCCESS;
}

static PINTERFACE copy_interface(const INTERFACE *interface)
{
    PINTERFACE copy = platform_alloc(interface->Size);

    if (copy != NULL)
    {
        memcpy(copy, interface, interface->Size);
        copy->InterfaceReference = copy->InterfaceReference == NULL ? count_nothing : copy->InterfaceReference;
        copy->InterfaceDereference = copy->InterfaceDereference == NULL ? count_nothing : copy->InterfaceDereference;
    }
    return copy;
}

static struct exported_interface *create(const WDF_QUERY_INTERFACE_CONFIG *config)
{
    struct exported_interface *exported = platform_zalloc(sizeof(*exported));

    if (exported == NULL)
    {
        return NULL;
    }
    exported->config = *config;
    exported->type = *config->InterfaceType;
    exported->config.InterfaceType = &exported->type;
    if (config->Interface != NULL)
    {
        exported->size = config->Interface->Size;
        exported->interface = copy_interface(config->Interface);
        exported->config.Interface = exported->interface;
    }
    if (config->Interface != NULL && exported->interface == NULL)
    {
        platform_free(exported, sizeof(*exported));
        exported = NULL;
    }
    return exported;
}

static void append(struct device *device, struct exported_interface *exported)
{
    struct exported_interface **place = &device->bus.interfaces;

    platform_spinlock_lock(&device->bus.lock);
    while (*place != NULL)
    {
        place = &(*place)->next;
    }
    platform_atomic_store(place, exported);
    platform_spinlock_unlock(&device->bus.lock);
}

void query_interface_free(struct device *device)
{
    struct exported_interface *exported = device->bus.interfaces;

    while (exported != NULL)
    {
        struct exported_interface *next = exported->next;

        platform_free(exported->interface, exported->size);
        platform_free(exported, sizeof(*exported));
        exported = next;
    }
}

NTSTATUS wdf_kmdf_WdfDeviceAddQueryInterface(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                             PWDF_QUERY_INTERFACE_CONFIG InterfaceConfig)
{
    globals_require(DriverGlobals, InterfaceConfig, "WdfDeviceAddQueryInterface");
    struct device *device = device_from_handle(Device, "WdfDeviceAddQueryInterface");
    globals_require(DriverGlobals, InterfaceConfig->InterfaceType, "WdfDeviceAddQueryInterface");
    NTSTATUS status = check(device, InterfaceConfig);
    struct exported_interface *exported;

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    exported = create(InterfaceConfig);
    if (exported == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    append(device, exported);
    return STATUS_SUCCESS;
}

NTSTATUS wdf_kmdf_WdfFdoQueryForInterface(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Fdo, LPCGUID InterfaceType,
                                          PINTERFACE Interface, USHORT Size, USHORT Version, PVOID InterfaceSpecificData)
{
    globals_require(DriverGlobals, InterfaceType, "WdfFdoQueryForInterface");
    globals_require(DriverGlobals, Interface, "WdfFdoQueryForInterface");
    struct device *device = device_from_handle(Fdo, "WdfFdoQueryForInterface");

    if (!device_is_fdo(device))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return query_interface_ask(device->lower, InterfaceType, Interface, Size, Version, InterfaceSpecificData);
}
