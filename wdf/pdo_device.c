/* SPDX-License-Identifier: MIT */
/*
 * Physical device objects: what a bus driver does with one that exists.
 */
#include "nt/io/device_object.h"
#include "nt/pnp/devnode.h"
#include "wdf/child_list.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/pdo.h"

NTSTATUS wdf_kmdf_WdfPdoMarkMissing(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    struct device *device = device_from_handle(Device, "WdfPdoMarkMissing");

    return device_is_pdo(device) ? children_mark_device_missing(device) : STATUS_INVALID_PARAMETER;
}

/* Before plug and play knows the child there is nobody to ask. */
bool pdo_request_eject(struct device *device)
{
    struct devnode *devnode = devobj_extension(device->wdm)->devnode;

    if (devnode != NULL)
    {
        IoRequestDeviceEject(device->wdm);
    }
    return devnode != NULL;
}

VOID wdf_kmdf_WdfPdoRequestEject(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    struct device *device = device_from_handle(Device, "WdfPdoRequestEject");

    if (!device_is_pdo(device))
    {
        globals_break(globals_of(DriverGlobals), "WdfPdoRequestEject: ignored: the device is not a child");
        return;
    }
    (void)pdo_request_eject(device);
}

WDFDEVICE wdf_kmdf_WdfPdoGetParent(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device)
{
    struct device *device = device_from_handle(Device, "WdfPdoGetParent");

    if (!device_is_pdo(device))
    {
        globals_break(globals_of(DriverGlobals), "WdfPdoGetParent: the device is not a child");
        return NULL;
    }
    return wdfobj_handle(&device->bus.pdo->parent->object);
}

/*
 * Descriptions. Only children of a WDFCHILDLIST have them.
 */

/* Finds the child's entry as a user of its list. NULL when the device is none of a WDFCHILDLIST, or has ended. */
static struct child *begin_use(struct device *device)
{
    struct children *list = device->bus.pdo->list;
    struct child *child;

    children_begin_use(list);
    platform_spinlock_lock(&list->lock);
    child = device->bus.pdo->child;
    platform_spinlock_unlock(&list->lock);
    return child;
}

/* What the three functions below refuse. */
static NTSTATUS check(struct device *device, ULONG size, ULONG (*expected)(const struct children *list))
{
    if (!device_is_pdo(device))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (device->bus.pdo->list->object == NULL || size == 0 || size != expected(device->bus.pdo->list))
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    return STATUS_SUCCESS;
}

static ULONG identification_size(const struct children *list)
{
    return list->config.IdentificationDescriptionSize;
}

static ULONG address_size(const struct children *list)
{
    return list->config.AddressDescriptionSize;
}

NTSTATUS
wdf_kmdf_WdfPdoRetrieveIdentificationDescription(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                 PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER IdentificationDescription)
{
    globals_require(DriverGlobals, IdentificationDescription, "WdfPdoRetrieveIdentificationDescription");
    struct device *device = device_from_handle(Device, "WdfPdoRetrieveIdentificationDescription");
    NTSTATUS status = check(device, IdentificationDescription->IdentificationDescriptionSize, identification_size);

    if (NT_SUCCESS(status))
    {
        struct child *child = begin_use(device);

        if (child == NULL)
        {
            status = STATUS_NO_SUCH_DEVICE;
        }
        else
        {
            children_copy_identification(child, IdentificationDescription);
        }
        children_end_use(device->bus.pdo->list);
    }
    return status;
}

NTSTATUS wdf_kmdf_WdfPdoRetrieveAddressDescription(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                   PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER AddressDescription)
{
    globals_require(DriverGlobals, AddressDescription, "WdfPdoRetrieveAddressDescription");
    struct device *device = device_from_handle(Device, "WdfPdoRetrieveAddressDescription");
    NTSTATUS status = check(device, AddressDescription->AddressDescriptionSize, address_size);

    if (NT_SUCCESS(status))
    {
        struct child *child = begin_use(device);

        if (child == NULL)
        {
            status = STATUS_NO_SUCH_DEVICE;
        }
        else
        {
            children_copy_address(child, AddressDescription);
        }
        children_end_use(device->bus.pdo->list);
    }
    return status;
}

NTSTATUS wdf_kmdf_WdfPdoUpdateAddressDescription(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                 PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER AddressDescription)
{
    globals_require(DriverGlobals, AddressDescription, "WdfPdoUpdateAddressDescription");
    struct device *device = device_from_handle(Device, "WdfPdoUpdateAddressDescription");
    NTSTATUS status = check(device, AddressDescription->AddressDescriptionSize, address_size);

    if (NT_SUCCESS(status))
    {
        struct child *child = begin_use(device);

        status = child == NULL ? STATUS_NO_SUCH_DEVICE : children_set_address(child, AddressDescription);
        children_end_use(device->bus.pdo->list);
    }
    return status;
}
