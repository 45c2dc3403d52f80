/* SPDX-License-Identifier: MIT */
/*
 * What a device is called, and the plain facts of its WDM device object.
 */
#include "nt/io/device_object.h"
#include "nt/object/namespace.h"
#include "nt/rtl/string.h"
#include "wdf/device.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/string.h"

/*
 * Symbolic links.
 */

void device_remove_symbolic_link(struct device *device)
{
    platform_mutex_lock(&device->lock);
    if (device->symbolic_link.Buffer != NULL)
    {
        (void)namespace_remove(&device->symbolic_link);
        string_free(&device->symbolic_link);
    }
    platform_mutex_unlock(&device->lock);
}

/* The device's lock is held. */
static NTSTATUS add_symbolic_link(struct device *device, PDEVICE_OBJECT named, PCUNICODE_STRING name)
{
    NTSTATUS status;

    if (device->symbolic_link.Buffer != NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    status = string_duplicate(name, &device->symbolic_link);
    if (NT_SUCCESS(status))
    {
        status = namespace_insert_link(&device->symbolic_link, &devobj_extension(named)->name);
    }
    if (!NT_SUCCESS(status))
    {
        string_free(&device->symbolic_link);
    }
    return status;
}

NTSTATUS wdf_kmdf_WdfDeviceCreateSymbolicLink(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                              PCUNICODE_STRING SymbolicLinkName)
{
    globals_require(DriverGlobals, SymbolicLinkName, "WdfDeviceCreateSymbolicLink");
    struct device *device = device_from_handle(Device, "WdfDeviceCreateSymbolicLink");
    PDEVICE_OBJECT named = devobj_extension(device->wdm)->name.Buffer != NULL ? device->wdm : device->pdo;
    NTSTATUS status;

    if (!wdfstring_is_valid(SymbolicLinkName))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (SymbolicLinkName->Length == 0)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (named == NULL || devobj_extension(named)->name.Buffer == NULL)
    {
        return STATUS_INVALID_DEVICE_STATE;
    }
    platform_mutex_lock(&device->lock);
    status = add_symbolic_link(device, named, SymbolicLinkName);
    platform_mutex_unlock(&device->lock);
    return status;
}
WDF_ENTRY_BOTH(WdfDeviceCreateSymbolicLink)

NTSTATUS wdf_kmdf_WdfDeviceRetrieveDeviceName(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, WDFSTRING String)
{
    struct device *device = device_from_handle(Device, "WdfDeviceRetrieveDeviceName");
    struct string *string = wdfstring_from_handle(String, "WdfDeviceRetrieveDeviceName");
    const UNICODE_STRING *name = &devobj_extension(device->wdm)->name;

    return name->Buffer == NULL ? STATUS_INVALID_PARAMETER : wdfstring_assign(string, name);
}

NTSTATUS wdf_kmdf_WdfDeviceAssignMofResourceName(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                 PCUNICODE_STRING MofResourceName)
{
    globals_require(DriverGlobals, MofResourceName, "WdfDeviceAssignMofResourceName");
    struct device *device = device_from_handle(Device, "WdfDeviceAssignMofResourceName");
    NTSTATUS status = STATUS_INVALID_DEVICE_REQUEST;

    if (!wdfstring_is_valid(MofResourceName))
    {
        return STATUS_INVALID_PARAMETER;
    }
    platform_mutex_lock(&device->lock);
    if (device->mof_resource_name.Buffer == NULL)
    {
        status = string_duplicate(MofResourceName, &device->mof_resource_name);
    }
    platform_mutex_unlock(&device->lock);
    return status;
}

/*
 * The WDM device object.
 */

ULONG wdf_kmdf_WdfDeviceGetCharacteristics(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    return device_from_handle(Device, "WdfDeviceGetCharacteristics")->wdm->Characteristics;
}

VOID wdf_kmdf_WdfDeviceSetCharacteristics(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, ULONG DeviceCharacteristics)
{
    device_from_handle(Device, "WdfDeviceSetCharacteristics")->wdm->Characteristics = DeviceCharacteristics;
}

ULONG wdf_kmdf_WdfDeviceGetAlignmentRequirement(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    return device_from_handle(Device, "WdfDeviceGetAlignmentRequirement")->wdm->AlignmentRequirement;
}

VOID wdf_kmdf_WdfDeviceSetAlignmentRequirement(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                               ULONG AlignmentRequirement)
{
    device_from_handle(Device, "WdfDeviceSetAlignmentRequirement")->wdm->AlignmentRequirement = AlignmentRequirement;
}
