/* SPDX-License-Identifier: MIT */
/*
 * Device interfaces of a WDFDEVICE.
 *
 * An interface is registered with the machine when the driver creates it. That of a child which its bus has not reported yet is
 * registered when the child starts, and what the driver has said about it meanwhile counts then.
 */
#include "wdf/interface.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/pnp/devnode.h"
#include "nt/pnp/interface.h"
#include "nt/rtl/string.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/string.h"

/* One that the driver created. They are only ever appended, and freed with the device, so that the list is read without a lock. */
struct device_interface
{
    struct device_interface *next;
    GUID class;
    UNICODE_STRING reference;
    /* NULL until the machine knows the device. Written once, under the lock of the device's interfaces, which also guards: */
    struct interface *registered;
    /* Enabled when the device starts. One that is created later waits for the driver's word. */
    bool automatic;
    /* The driver has enabled it before it was registered. */
    bool wanted;
};

static struct device_interface *next_of(struct device_interface *const *link)
{
    return platform_atomic_load(link);
}

/* Does nothing while the machine does not know the device. The caller holds the lock of the device's interfaces. */
static NTSTATUS register_interface(struct device *device, struct device_interface *interface)
{
    struct devnode *devnode = devobj_extension(device->wdm)->devnode;
    struct interface *registered;
    NTSTATUS status;

    if (devnode == NULL || platform_atomic_load(&interface->registered) != NULL)
    {
        return STATUS_SUCCESS;
    }
    status = interface_register(devnode, &interface->class, &interface->reference, &registered);
    if (NT_SUCCESS(status))
    {
        platform_atomic_store(&interface->registered, registered);
    }
    return status;
}

/* Under the lock, so that what the driver says meanwhile comes before this, or is the last word. */
static NTSTATUS enable_one(struct device *device, struct device_interface *interface)
{
    NTSTATUS status;

    platform_mutex_lock(&device->interface_lock);
    status = register_interface(device, interface);
    if (NT_SUCCESS(status) && (interface->automatic || interface->wanted))
    {
        status = interface_set_enabled(interface->registered, true);
    }
    platform_mutex_unlock(&device->interface_lock);
    return status;
}

NTSTATUS device_enable_interfaces(struct device *device)
{
    NTSTATUS status = STATUS_SUCCESS;

    for (struct device_interface *interface = next_of(&device->interfaces); interface != NULL && NT_SUCCESS(status);
         interface = next_of(&interface->next))
    {
        status = enable_one(device, interface);
    }
    return status;
}

void device_disable_interfaces(struct device *device)
{
    for (struct device_interface *interface = next_of(&device->interfaces); interface != NULL;
         interface = next_of(&interface->next))
    {
        struct interface *registered = platform_atomic_load(&interface->registered);

        if (registered != NULL)
        {
            (void)interface_set_enabled(registered, false);
        }
    }
}

void device_free_interfaces(struct device *device)
{
    while (device->interfaces != NULL)
    {
        struct device_interface *interface = device->interfaces;

        device->interfaces = interface->next;
        if (interface->registered != NULL)
        {
            interface_release(interface->registered);
        }
        string_free(&interface->reference);
        platform_free(interface, sizeof(*interface));
    }
}

/* Registered and appended at once, so that no start comes between the two. */
static NTSTATUS register_and_append(struct device *device, struct device_interface *interface)
{
    struct device_interface **link = &device->interfaces;
    NTSTATUS status;

    platform_mutex_lock(&device->interface_lock);
    status = register_interface(device, interface);
    if (NT_SUCCESS(status))
    {
        while (*link != NULL)
        {
            link = &(*link)->next;
        }
        interface->automatic = device_pnp_state(device) != PNP_STARTED;
        platform_atomic_store(link, interface);
    }
    platform_mutex_unlock(&device->interface_lock);
    return status;
}

static NTSTATUS create(struct device *device, const GUID *class, const UNICODE_STRING *reference)
{
    static const UNICODE_STRING none;
    struct device_interface *interface;
    NTSTATUS status;

    if (reference != NULL && !wdfstring_is_valid(reference))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (devobj_is_deleted(device->wdm))
    {
        return STATUS_DELETE_PENDING;
    }
    interface = platform_zalloc(sizeof(*interface));
    if (interface == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    interface->class = *class;
    status = string_duplicate(reference == NULL ? &none : reference, &interface->reference);
    if (NT_SUCCESS(status))
    {
        status = register_and_append(device, interface);
    }
    if (!NT_SUCCESS(status))
    {
        string_free(&interface->reference);
        platform_free(interface, sizeof(*interface));
    }
    return status;
}

/* The first that matches exactly; a reference string of NULL is one that is empty. */
static struct device_interface *find(struct device *device, const GUID *class, const UNICODE_STRING *reference)
{
    USHORT length = reference == NULL ? 0 : reference->Length;
    struct device_interface *interface = next_of(&device->interfaces);

    while (interface != NULL &&
           (memcmp(class, &interface->class, sizeof(*class)) != 0 || interface->reference.Length != length ||
            (length != 0 && memcmp(interface->reference.Buffer, reference->Buffer, length) != 0)))
    {
        interface = next_of(&interface->next);
    }
    return interface;
}

const struct interface *device_find_interface(struct device *device, const GUID *class, const UNICODE_STRING *reference)
{
    struct device_interface *interface = find(device, class, reference);

    return interface == NULL ? NULL : platform_atomic_load(&interface->registered);
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfDeviceCreateDeviceInterface(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                 CONST GUID *InterfaceClassGUID, PCUNICODE_STRING ReferenceString)
{
    globals_require(DriverGlobals, InterfaceClassGUID, "WdfDeviceCreateDeviceInterface");
    struct device *device = device_from_handle(Device, "WdfDeviceCreateDeviceInterface");

    return device->is_control ? STATUS_INVALID_DEVICE_REQUEST : create(device, InterfaceClassGUID, ReferenceString);
}
WDF_ENTRY_BOTH(WdfDeviceCreateDeviceInterface)

/* What both forms of setting a state do; the longer one ends that the device's start does it. */
static void set_state(struct driver_globals *globals, struct device *device, const GUID *class,
                      const UNICODE_STRING *reference, bool enabled, bool by_hand)
{
    struct device_interface *interface;

    if (device->is_control || (reference != NULL && !wdfstring_is_valid(reference)))
    {
        globals_break(globals, "WdfDeviceSetDeviceInterfaceState: a control device has no interfaces, and a reference "
                               "string has even lengths and a buffer");
        return;
    }
    interface = find(device, class, reference);
    if (interface == NULL)
    {
        return;
    }
    platform_mutex_lock(&device->interface_lock);
    interface->automatic &= !by_hand;
    interface->wanted = enabled && interface->registered == NULL;
    if (interface->registered != NULL)
    {
        (void)interface_set_enabled(interface->registered, enabled);
    }
    platform_mutex_unlock(&device->interface_lock);
}

VOID wdf_kmdf_WdfDeviceSetDeviceInterfaceState(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                               CONST GUID *InterfaceClassGUID, PCUNICODE_STRING ReferenceString,
                                               BOOLEAN IsInterfaceEnabled)
{
    globals_require(DriverGlobals, InterfaceClassGUID, "WdfDeviceSetDeviceInterfaceState");
    set_state(globals_of(DriverGlobals), device_from_handle(Device, "WdfDeviceSetDeviceInterfaceState"), InterfaceClassGUID,
              ReferenceString, IsInterfaceEnabled, false);
}
WDF_ENTRY_BOTH(WdfDeviceSetDeviceInterfaceState)

VOID wdf_kmdf_WdfDeviceSetDeviceInterfaceStateEx(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                 CONST GUID *InterfaceClassGUID, PCUNICODE_STRING ReferenceString,
                                                 BOOLEAN IsInterfaceEnabled)
{
    globals_require(DriverGlobals, InterfaceClassGUID, "WdfDeviceSetDeviceInterfaceStateEx");
    set_state(globals_of(DriverGlobals), device_from_handle(Device, "WdfDeviceSetDeviceInterfaceStateEx"),
              InterfaceClassGUID, ReferenceString, IsInterfaceEnabled, true);
}
WDF_ENTRY_BOTH(WdfDeviceSetDeviceInterfaceStateEx)

NTSTATUS wdf_kmdf_WdfDeviceRetrieveDeviceInterfaceString(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                         CONST GUID *InterfaceClassGUID, PCUNICODE_STRING ReferenceString,
                                                         WDFSTRING String)
{
    globals_require(DriverGlobals, InterfaceClassGUID, "WdfDeviceRetrieveDeviceInterfaceString");
    struct device *device = device_from_handle(Device, "WdfDeviceRetrieveDeviceInterfaceString");
    struct string *string = wdfstring_from_handle(String, "WdfDeviceRetrieveDeviceInterfaceString");
    struct device_interface *interface;
    struct interface *registered;

    if (device->is_control)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if (ReferenceString != NULL && !wdfstring_is_valid(ReferenceString))
    {
        return STATUS_INVALID_PARAMETER;
    }
    interface = find(device, InterfaceClassGUID, ReferenceString);
    if (interface == NULL)
    {
        return STATUS_OBJECT_NAME_NOT_FOUND;
    }
    registered = platform_atomic_load(&interface->registered);
    return registered == NULL ? STATUS_INVALID_DEVICE_STATE : wdfstring_assign(string, &registered->name);
}
WDF_ENTRY_BOTH(WdfDeviceRetrieveDeviceInterfaceString)
