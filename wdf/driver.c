/* SPDX-License-Identifier: MIT */
/*
 * WDFDRIVER: creation, AddDevice, unload.
 */
#include "wdf/driver.h"

#include "nt/io/driver_object.h"
#include "wdf/control_device.h"
#include "wdf/device.h"
#include "wdf/device_init.h"
#include "wdf/dispatch.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/verifier_census.h"

static void driver_destroy(struct object *object)
{
    object->globals->driver = NULL;
    object->globals->published.Driver = NULL;
}

static const struct object_class driver_class = {
    .name = "WDFDRIVER",
    .type = OBJECT_DRIVER,
    .size = sizeof(struct driver),
    .passive_dispose = true,
    .takes_execution_level = true,
    .takes_scope = true,
    .destroy = driver_destroy,
};

/* Under a scope of Device or Queue the driver adds one device at a time. */
static NTSTATUS call_device_add(struct driver *driver, struct WDFDEVICE_INIT *init)
{
    bool serialised = driver->object.scope != WdfSynchronizationScopeNone;
    struct verifier_callback callback;
    NTSTATUS status;

    if (serialised)
    {
        platform_mutex_lock(&driver->adding);
    }
    verifier_callback_enter(&callback, &driver->object, "EvtDriverDeviceAdd");
    status = driver->evt_device_add(wdfobj_handle(&driver->object), init);
    verifier_callback_leave(&callback);
    if (serialised)
    {
        platform_mutex_unlock(&driver->adding);
    }
    return status;
}

/*
 * AddDevice of every WDF driver: calls EvtDriverDeviceAdd. A callback that fails after it has created a device loses that
 * device here; one that succeeds without creating any is not part of the stack.
 */
static NTSTATUS add_device(PDRIVER_OBJECT driver_object, PDEVICE_OBJECT pdo)
{
    struct driver_globals *globals = drvobj_owner(driver_object);
    struct driver *driver = driver_of(globals->driver);
    struct WDFDEVICE_INIT *init = device_init_create_for_pdo(globals, pdo);
    struct device *device;
    NTSTATUS status;

    if (init == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = call_device_add(driver, init);
    device = init->created_device;
    if (device == NULL && NT_SUCCESS(status) && !init->is_filter)
    {
        verifier_report(globals, RULE_V35, &driver->object, "EvtDriverDeviceAdd",
                        "it returned the success 0x%08X although it has not created a device", (unsigned)status);
    }
    if (device != NULL && NT_SUCCESS(status))
    {
        device_finish_add(device);
    }
    else if (device != NULL)
    {
        device_abandon(device);
    }
    /* A filter that does not want this device is left out, and the stack goes on without it. */
    if (!NT_SUCCESS(status) && init->is_filter && (device == NULL || !globals->user_flavour))
    {
        status = STATUS_SUCCESS;
    }
    device_init_free(init);
    return status;
}

static void unload(PDRIVER_OBJECT driver_object)
{
    struct driver_globals *globals = drvobj_owner(driver_object);
    struct driver *driver = driver_of(globals->driver);

    if (driver->evt_unload != NULL)
    {
        struct verifier_callback callback;

        verifier_callback_enter(&callback, &driver->object, "EvtDriverUnload");
        driver->evt_unload(wdfobj_handle(&driver->object));
        verifier_callback_leave(&callback);
    }
    disposal_wait(globals);
    control_device_verify_left(globals);
    wdfobj_delete(globals->driver);
}

static NTSTATUS check_config(struct driver_globals *globals, PWDF_DRIVER_CONFIG config)
{
    ULONG known = WdfDriverInitNonPnpDriver | (globals->user_flavour ? 0 : WdfDriverInitNoDispatchOverride);
    bool non_pnp = (config->DriverInitFlags & WdfDriverInitNonPnpDriver) != 0;

    if (config->Size != sizeof(WDF_DRIVER_CONFIG))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if ((config->DriverInitFlags & ~known) != 0 || (non_pnp && config->EvtDriverDeviceAdd != NULL))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return globals->driver == NULL ? STATUS_SUCCESS : STATUS_DRIVER_INTERNAL_ERROR;
}

/* The first four characters of the driver's name, or a fixed tag. */
static ULONG default_tag(struct driver_globals *globals)
{
    const char *name = globals->published.DriverName;

    if (name[0] == 0 || name[1] == 0 || name[2] == 0 || name[3] == 0)
    {
        return 'rDxF';
    }
    return (ULONG)(unsigned char)name[0] | (ULONG)(unsigned char)name[1] << 8 | (ULONG)(unsigned char)name[2] << 16 |
           (ULONG)(unsigned char)name[3] << 24;
}

static void driver_fill(struct driver *driver, PWDF_DRIVER_CONFIG config)
{
    struct driver_globals *globals = driver->object.globals;

    driver->evt_device_add = config->EvtDriverDeviceAdd;
    driver->evt_unload = config->EvtDriverUnload;
    globals->driver = &driver->object;
    globals->published.Driver = wdfobj_handle(&driver->object);
    globals->published.DriverTag = config->DriverPoolTag != 0 ? config->DriverPoolTag : default_tag(globals);
    globals->published.DriverFlags |= config->DriverInitFlags | (verifier_is_on(globals) ? (ULONG)WdfVerifyOn : 0);
    census_driver_created(globals);
}

/*
 * A miniport's packets and unloading belong to its port driver. A driver without plug and play that does not say how it is
 * unloaded stays until the process ends.
 */
static void driver_hook_object(struct driver *driver, PDRIVER_OBJECT driver_object)
{
    ULONG flags = driver->object.globals->published.DriverFlags;

    if ((flags & WdfDriverInitNoDispatchOverride) != 0)
    {
        return;
    }
    for (size_t major = 0; major <= IRP_MJ_MAXIMUM_FUNCTION; major++)
    {
        driver_object->MajorFunction[major] = wdf_dispatch;
    }
    driver_object->MajorFunction[IRP_MJ_DEVICE_CONTROL] = wdf_dispatch_control;
    if (driver->evt_device_add != NULL)
    {
        driver_object->DriverExtension->AddDevice = add_device;
    }
    if ((flags & WdfDriverInitNonPnpDriver) == 0 || driver->evt_unload != NULL)
    {
        driver_object->DriverUnload = unload;
    }
}

NTSTATUS wdf_kmdf_WdfDriverCreate(PWDF_DRIVER_GLOBALS DriverGlobals, PDRIVER_OBJECT DriverObject,
                                  PCUNICODE_STRING RegistryPath, PWDF_OBJECT_ATTRIBUTES DriverAttributes,
                                  PWDF_DRIVER_CONFIG DriverConfig, WDFDRIVER *Driver)
{
    globals_require(DriverGlobals, DriverObject, "WdfDriverCreate");
    globals_require(DriverGlobals, RegistryPath, "WdfDriverCreate");
    globals_require(DriverGlobals, DriverConfig, "WdfDriverCreate");
    struct driver_globals *globals = globals_of(DriverGlobals);
    struct object *object;
    NTSTATUS status = check_config(globals, DriverConfig);

    if (Driver != NULL)
    {
        *Driver = NULL;
    }
    if (NT_SUCCESS(status))
    {
        status = wdfobj_check_attributes(DriverAttributes, &driver_class, OBJECT_PARENT_FORBIDDEN);
    }
    if (NT_SUCCESS(status))
    {
        object = wdfobj_allocate(globals, &driver_class, DriverAttributes, NULL);
        status = object == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    driver_fill(driver_of(object), DriverConfig);
    driver_hook_object(driver_of(object), DriverObject);
    return wdfobj_publish(object, NULL, Driver);
}
WDF_ENTRY_BOTH(WdfDriverCreate)

PWSTR wdf_kmdf_WdfDriverGetRegistryPath(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDRIVER Driver)
{
    (void)wdfobj_from_handle(Driver, OBJECT_DRIVER, "WdfDriverGetRegistryPath");
    return drvobj_registry_path(globals_of(DriverGlobals)->driver_object)->Buffer;
}
WDF_ENTRY_BOTH(WdfDriverGetRegistryPath)

PDRIVER_OBJECT wdf_kmdf_WdfDriverWdmGetDriverObject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDRIVER Driver)
{
    (void)wdfobj_from_handle(Driver, OBJECT_DRIVER, "WdfDriverWdmGetDriverObject");
    return globals_of(DriverGlobals)->driver_object;
}

BOOLEAN wdf_kmdf_WdfDriverIsVersionAvailable(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDRIVER Driver,
                                             PWDF_DRIVER_VERSION_AVAILABLE_PARAMS VersionAvailableParams)
{
    globals_require(DriverGlobals, VersionAvailableParams, "WdfDriverIsVersionAvailable");
    bool user = globals_of(DriverGlobals)->user_flavour;
    ULONG major = user ? 2 : 1;

    (void)wdfobj_from_handle(Driver, OBJECT_DRIVER, "WdfDriverIsVersionAvailable");
    return VersionAvailableParams->MajorVersion == major && VersionAvailableParams->MinorVersion <= 33;
}
WDF_ENTRY_BOTH(WdfDriverIsVersionAvailable)
