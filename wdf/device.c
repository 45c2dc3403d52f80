/* SPDX-License-Identifier: MIT */
/*
 * WDFDEVICE: creation, its place in the stack, and names.
 */
#include "wdf/device.h"

#include "nt/io/device_object.h"
#include "nt/object/namespace.h"
#include "nt/pnp/devnode.h"
#include "nt/rtl/string.h"
#include "wdf/control_device.h"
#include "wdf/device_init.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/io_target.h"
#include "wdf/pdo.h"
#include "wdf/preprocess.h"
#include "wdf/queue.h"
#include "wdf/resource_list.h"
#include "wdf/state_change.h"
#include "wdf/verifier.h"

/* Nothing reaches the device from here on: packets find the gate closed, names are gone, it is off the stack. */
static void device_dispose(struct object *object)
{
    struct device *device = device_of(object);

    children_end(device);
    device_disable_interfaces(device);
    device_remove_symbolic_link(device);
    if (device->wdm == NULL)
    {
        return;
    }
    control_device_end(device);
    gate_close(&device_link_of(device->wdm)->gate);
    power_finish_device(device);
    if (device->lower != NULL)
    {
        devobj_detach(device->lower);
    }
    devobj_delete(device->wdm);
}

/* While the driver has the handle it may ask for the device objects, in its cleanup callbacks say: their memory lasts so long. */
static void keep_device_objects(struct device *device)
{
    devobj_reference(device->wdm);
    if (device->pdo != NULL)
    {
        devobj_reference(device->pdo);
    }
    if (device->lower != NULL)
    {
        devobj_reference(device->lower);
    }
}

static void release_device_objects(struct device *device)
{
    if (device->wdm == NULL)
    {
        return;
    }
    if (device->lower != NULL)
    {
        devobj_release(device->lower);
    }
    if (device->pdo != NULL)
    {
        devobj_release(device->pdo);
    }
    devobj_release(device->wdm);
}

static void device_destroy(struct object *object)
{
    string_free(&device_of(object)->mof_resource_name);
    bus_free(device_of(object));
    state_changes_free(device_of(object)->state_changes);
    device_free_interfaces(device_of(object));
    preprocess_free(device_of(object)->preprocess);
    irp_hooks_free(device_of(object)->irp_hooks);
    release_device_objects(device_of(object));
}

static const struct object_class device_class = {
    .name = "WDFDEVICE",
    .type = OBJECT_DEVICE,
    .size = sizeof(struct device),
    .passive_dispose = true,
    .takes_execution_level = true,
    .takes_scope = true,
    .dispose = device_dispose,
    .destroy = device_destroy,
};

/*
 * Creation.
 */

static void copy_configuration(struct device *device, struct WDFDEVICE_INIT *init)
{
    WDF_FILEOBJECT_CLASS file_class = init->file_config.FileObjectClass & ~(ULONG)WdfFileObjectCanBeOptional;

    device->pdo = init->pdo;
    device->is_filter = init->is_filter;
    device->is_control = init->pdo == NULL && init->child == NULL;
    device->exclusive = init->exclusive;
    device->io_type = init->io_type;
    device->control_io_type = init->control_io_type;
    device->pnp_power = init->pnp_power;
    device->owns_power_policy = device_init_owns_power_policy(init);
    device->power_pageable = !init->power_not_pageable;
    device->releases_hardware_late = init->release_hardware_late;
    device->state_changes = init->state_changes;
    init->state_changes = NULL;
    power_initialize_device(device);
    device->power_policy = init->power_policy;
    device->file_config = init->file_config;
    if (!init->has_file_config)
    {
        device->file_config.AutoForwardCleanupClose = WdfUseDefault;
    }
    device->file_attributes = init->file_attributes;
    device->has_file_attributes = init->has_file_attributes;
    device->makes_file_objects =
        init->has_file_config ? file_class != WdfFileObjectNotRequired : init->globals->user_flavour;
    device->in_caller_context = init->in_caller_context;
    device->request_attributes = init->request_attributes;
    device->has_request_attributes = init->has_request_attributes;
    presentation_initialize(&device->presentation, &device->object);
}

static ULONG io_flags(WDF_DEVICE_IO_TYPE type)
{
    return type == WdfDeviceIoBuffered || type == WdfDeviceIoBufferedOrDirect ? DO_BUFFERED_IO :
           type == WdfDeviceIoDirect                                          ? DO_DIRECT_IO :
                                                                                0;
}

/* Makes the WDM device object and puts it onto the stack. */
static NTSTATUS create_wdm_device(struct device *device, struct WDFDEVICE_INIT *init)
{
    PDEVICE_OBJECT wdm;
    NTSTATUS status = devobj_create(init->globals->driver_object, sizeof(struct device_link), &init->name, init->device_type,
                                    init->characteristics, init->exclusive, &wdm);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (init->child != NULL)
    {
        device->pdo = wdm;
    }
    if (init->pdo != NULL && !devobj_attach(wdm, init->pdo, &device->lower))
    {
        devobj_delete(wdm);
        return STATUS_NO_SUCH_DEVICE;
    }
    if (init->security != NULL)
    {
        wdm->SecurityDescriptor = init->security;
        init->security = NULL;
    }
    device->wdm = wdm;
    keep_device_objects(device);
    device_link_of(wdm)->device = device;
    wdm->Flags |= (init->power_not_pageable ? 0 : DO_POWER_PAGABLE) | (init->power_inrush ? DO_POWER_INRUSH : 0);
    if (device->is_filter)
    {
        wdm->DeviceType = device->lower->DeviceType;
        wdm->Characteristics = device->lower->Characteristics;
        wdm->Flags |= device->lower->Flags & (DO_BUFFERED_IO | DO_DIRECT_IO);
    }
    else
    {
        wdm->Flags |= io_flags(init->io_type);
    }
    return STATUS_SUCCESS;
}

static NTSTATUS create_parts(struct device *device, struct WDFDEVICE_INIT *init)
{
    NTSTATUS status = resource_list_create(&device->object, &device->resources_raw);

    if (NT_SUCCESS(status))
    {
        status = resource_list_create(&device->object, &device->resources_translated);
    }
    if (NT_SUCCESS(status))
    {
        status = create_wdm_device(device, init);
    }
    if (NT_SUCCESS(status) && device->lower != NULL)
    {
        status = io_target_create_local(device);
    }
    if (NT_SUCCESS(status) && device->is_control)
    {
        status = control_device_begin(device, init);
    }
    return NT_SUCCESS(status) ? bus_take_over(device, init) : status;
}

/* Control devices, and children that no list has yet. */
static bool device_is_deletable(const struct device *device)
{
    bool is_new_child = device_is_pdo(device) && device->bus.pdo->list->object == NULL;

    return !device->object.globals->user_flavour && (device->is_control || is_new_child);
}

/* A driver that sees packets first may set completion routines in a location of their own. */
static void take_over_preprocess(struct device *device, struct WDFDEVICE_INIT *init)
{
    /* A child that forwards to its parent does so in a location of its own, and the parent may send the request on. */
    if (device_is_pdo(device) && device->bus.pdo->forwards_to_parent)
    {
        device->wdm->StackSize += device->bus.pdo->parent->wdm->StackSize;
    }
    if (init->preprocess != NULL)
    {
        device->wdm->StackSize++;
        device->preprocess = init->preprocess;
        init->preprocess = NULL;
    }
}

/* A child is found by its name, and security is for those who are. */
static NTSTATUS check_name(const struct WDFDEVICE_INIT *init)
{
    bool named = init->name.Buffer != NULL || (init->characteristics & FILE_AUTOGENERATED_DEVICE_NAME) != 0;

    if (!named && init->child != NULL)
    {
        return STATUS_OBJECT_NAME_INVALID;
    }
    return !named && (init->security != NULL || init->has_class) ? STATUS_INVALID_SECURITY_DESCR : STATUS_SUCCESS;
}

NTSTATUS wdf_kmdf_WdfDeviceCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT *DeviceInit,
                                  PWDF_OBJECT_ATTRIBUTES DeviceAttributes, WDFDEVICE *Device)
{
    globals_require(DriverGlobals, DeviceInit, "WdfDeviceCreate");
    globals_require(DriverGlobals, *DeviceInit, "WdfDeviceCreate");
    globals_require(DriverGlobals, Device, "WdfDeviceCreate");
    struct driver_globals *globals = globals_of(DriverGlobals);
    struct WDFDEVICE_INIT *init = *DeviceInit;
    struct object *object;
    NTSTATUS status = wdfobj_check_attributes(DeviceAttributes, &device_class, OBJECT_PARENT_FORBIDDEN);

    *Device = NULL;
    if (NT_SUCCESS(status) && init->created_device != NULL)
    {
        status = STATUS_INVALID_DEVICE_STATE;
    }
    if (NT_SUCCESS(status))
    {
        status = check_name(init);
    }
    if (NT_SUCCESS(status))
    {
        object = wdfobj_allocate(globals, &device_class, DeviceAttributes, globals->driver);
        status = object == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    copy_configuration(device_of(object), init);
    status = create_parts(device_of(object), init);
    if (!NT_SUCCESS(status))
    {
        wdfobj_discard(object);
        return status;
    }
    object->deletable = device_is_deletable(device_of(object));
    take_over_preprocess(device_of(object), init);
    status = wdfobj_publish(object, globals->driver, Device);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    init->created_device = device_of(object);
    verifier_init_used(globals, init);
    if (init->allocated_by_driver)
    {
        device_init_free(init);
    }
    *DeviceInit = NULL;
    return STATUS_SUCCESS;
}
WDF_ENTRY_BOTH(WdfDeviceCreate)

void device_finish_add(struct device *device)
{
    device->finished_initializing = true;
    (void)platform_atomic_fetch_and(&device->wdm->Flags, ~(ULONG)DO_DEVICE_INITIALIZING);
}

void device_abandon(struct device *device)
{
    /* What was deleted below the device at a higher level has been told of its end before the device is. */
    disposal_wait(device->object.globals);
    wdfobj_delete(&device->object);
}

bool device_is_configurable(const struct device *device)
{
    return device->is_control ? !device->finished_initializing : device_pnp_state(device) == PNP_INIT;
}

/*
 * Getters.
 */
WDFDRIVER wdf_kmdf_WdfDeviceGetDriver(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    return wdfobj_handle(device_from_handle(Device, "WdfDeviceGetDriver")->object.globals->driver);
}
WDF_ENTRY_BOTH(WdfDeviceGetDriver)

WDFQUEUE wdf_kmdf_WdfDeviceGetDefaultQueue(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    struct queue *queue = platform_atomic_load(&device_from_handle(Device, "WdfDeviceGetDefaultQueue")->default_queue);

    return queue == NULL ? NULL : wdfobj_handle(&queue->object);
}
WDF_ENTRY_BOTH(WdfDeviceGetDefaultQueue)

PDEVICE_OBJECT wdf_kmdf_WdfDeviceWdmGetDeviceObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    return device_from_handle(Device, "WdfDeviceWdmGetDeviceObject")->wdm;
}

PDEVICE_OBJECT wdf_kmdf_WdfDeviceWdmGetAttachedDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    return device_from_handle(Device, "WdfDeviceWdmGetAttachedDevice")->lower;
}

PDEVICE_OBJECT wdf_kmdf_WdfDeviceWdmGetPhysicalDevice(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    return device_from_handle(Device, "WdfDeviceWdmGetPhysicalDevice")->pdo;
}

/* The driver's own device for its WDM device object; a device object of another driver has none. */
WDFDEVICE wdf_kmdf_WdfWdmDeviceGetWdfDeviceHandle(PWDF_DRIVER_GLOBALS DriverGlobals, PDEVICE_OBJECT DeviceObject)
{
    globals_require(DriverGlobals, DeviceObject, "WdfWdmDeviceGetWdfDeviceHandle");
    if (DeviceObject->DriverObject != globals_of(DriverGlobals)->driver_object)
    {
        return NULL;
    }
    return wdfobj_handle(&device_link_of(DeviceObject)->device->object);
}

VOID wdf_kmdf_WdfFdoInitSetFilter(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit)
{
    globals_require(DriverGlobals, DeviceInit, "WdfFdoInitSetFilter");
    DeviceInit->is_filter = true;
}
WDF_ENTRY_BOTH(WdfFdoInitSetFilter)

PDEVICE_OBJECT wdf_kmdf_WdfFdoInitWdmGetPhysicalDevice(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit)
{
    globals_require(DriverGlobals, DeviceInit, "WdfFdoInitWdmGetPhysicalDevice");
    if (DeviceInit->pdo == NULL)
    {
        globals_break(globals_of(DriverGlobals),
                      "WdfFdoInitWdmGetPhysicalDevice: the initialisation is for no function device");
    }
    return DeviceInit->pdo;
}

VOID wdf_umdf_WdfDeviceGetDeviceStackIoType(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                            WDF_DEVICE_IO_TYPE *ReadWriteIoType, WDF_DEVICE_IO_TYPE *IoControlIoType);

VOID wdf_umdf_WdfDeviceGetDeviceStackIoType(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                            WDF_DEVICE_IO_TYPE *ReadWriteIoType, WDF_DEVICE_IO_TYPE *IoControlIoType)
{
    globals_require(DriverGlobals, ReadWriteIoType, "WdfDeviceGetDeviceStackIoType");
    globals_require(DriverGlobals, IoControlIoType, "WdfDeviceGetDeviceStackIoType");
    struct device *device = device_from_handle(Device, "WdfDeviceGetDeviceStackIoType");

    *ReadWriteIoType = device->io_type;
    *IoControlIoType = device->control_io_type;
}
