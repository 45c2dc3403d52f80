/* SPDX-License-Identifier: MIT */
/*
 * Properties of a device, by number and by key, also before the device exists; in the user flavour those of its interfaces, too.
 */
#include "nt/pnp/interface.h"
#include "wdf/device.h"
#include "wdf/device_init.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/interface.h"

/* The user flavour's WDF_DEVICE_INTERFACE_PROPERTY_DATA. */
struct interface_property_data
{
    ULONG size;
    const GUID *class;
    PCUNICODE_STRING reference;
    const DEVPROPKEY *key;
    LCID locale;
    ULONG flags;
};

/* What a property is asked for of: a physical device, or an interface by its name, which is NULL otherwise. */
struct property_owner
{
    PDEVICE_OBJECT pdo;
    const UNICODE_STRING *interface;
};

/* Which property: a number, or a key when that is not NULL. */
struct property_name
{
    DEVICE_REGISTRY_PROPERTY number;
    const DEVPROPKEY *key;
    LCID locale;
    ULONG flags;
};

static NTSTATUS property_read(const struct property_owner *owner, const struct property_name *name, ULONG size, PVOID buffer,
                              ULONG *ret_size, DEVPROPTYPE *ret_type)
{
    if (name->key == NULL)
    {
        return IoGetDeviceProperty(owner->pdo, name->number, size, buffer, ret_size);
    }
    if (owner->interface != NULL)
    {
        return IoGetDeviceInterfacePropertyData((PUNICODE_STRING)(uintptr_t)owner->interface, name->key, name->locale,
                                                name->flags, size, buffer, ret_size, ret_type);
    }
    return IoGetDevicePropertyData(owner->pdo, name->key, name->locale, name->flags, size, buffer, ret_size, ret_type);
}

static NTSTATUS property_write(const struct property_owner *owner, const struct property_name *name, DEVPROPTYPE type,
                               ULONG size, PVOID data)
{
    if ((size == 0) != (data == NULL))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (owner->interface != NULL)
    {
        return IoSetDeviceInterfacePropertyData((PUNICODE_STRING)(uintptr_t)owner->interface, name->key, name->locale,
                                                name->flags, type, size, data);
    }
    return IoSetDevicePropertyData(owner->pdo, name->key, name->locale, name->flags, type, size, data);
}

/* Reads into the driver's buffer. *ret_size and *ret_type are set when the property is there, too long or not. */
static NTSTATUS property_query(const struct property_owner *owner, const struct property_name *name, ULONG size,
                               PVOID buffer, ULONG *ret_size, DEVPROPTYPE *ret_type)
{
    return (size == 0) != (buffer == NULL) ? STATUS_INVALID_PARAMETER :
                                             property_read(owner, name, size, buffer, ret_size, ret_type);
}

/* Reads into a memory object of the right size; again when the property becomes longer meanwhile. */
static NTSTATUS property_allocate(PWDF_DRIVER_GLOBALS published, const struct property_owner *owner,
                                  const struct property_name *name, POOL_TYPE pool, PWDF_OBJECT_ATTRIBUTES attributes,
                                  WDFMEMORY *ret_memory, DEVPROPTYPE *ret_type)
{
    ULONG size = 0;
    NTSTATUS status = property_read(owner, name, 0, NULL, &size, ret_type);

    while (status == STATUS_BUFFER_TOO_SMALL)
    {
        PVOID buffer;

        status = wdf_kmdf_WdfMemoryCreate(published, attributes, pool, 0, size, ret_memory, &buffer);
        if (!NT_SUCCESS(status))
        {
            return status;
        }
        status = property_read(owner, name, size, buffer, &size, ret_type);
        if (!NT_SUCCESS(status))
        {
            wdfobj_discard(wdfobj_from_handle(*ret_memory, OBJECT_MEMORY, "WdfDeviceAllocAndQueryProperty"));
            *ret_memory = NULL;
        }
        else if (size != 0)
        {
            return STATUS_SUCCESS;
        }
    }
    return NT_SUCCESS(status) ? STATUS_RESOURCE_DATA_NOT_FOUND : status;
}

/*
 * Who is asked, and for what.
 */

static NTSTATUS find_device(WDFDEVICE handle, const char *function, struct property_owner *ret_owner)
{
    struct device *device = device_from_handle(handle, function);

    *ret_owner = (struct property_owner){.pdo = device->pdo};
    return device->is_control ? STATUS_INVALID_DEVICE_REQUEST : STATUS_SUCCESS;
}

static NTSTATUS find_init(PWDFDEVICE_INIT init, struct property_owner *ret_owner)
{
    *ret_owner = (struct property_owner){.pdo = init->pdo};
    return device_init_is_fdo(init) ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_REQUEST;
}

static NTSTATUS name_by_key(PWDF_DEVICE_PROPERTY_DATA data, struct property_name *ret_name)
{
    if (data->Size != sizeof(*data))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    *ret_name = (struct property_name){.key = data->PropertyKey, .locale = data->Lcid, .flags = data->Flags};
    return data->PropertyKey == NULL ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
}

static NTSTATUS find_interface(WDFDEVICE handle, const struct interface_property_data *data, const char *function,
                               struct property_owner *ret_owner, struct property_name *ret_name)
{
    struct device *device = device_from_handle(handle, function);
    const struct interface *interface;

    if (data->size != sizeof(*data))
    {
        return STATUS_INFO_LENGTH_MISMATCH;
    }
    if (data->class == NULL || data->key == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (device->is_control)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    interface = device_find_interface(device, data->class, data->reference);
    if (interface == NULL)
    {
        return STATUS_OBJECT_NAME_NOT_FOUND;
    }
    *ret_owner = (struct property_owner){.interface = &interface->name};
    *ret_name = (struct property_name){.key = data->key, .locale = data->locale, .flags = data->flags};
    return STATUS_SUCCESS;
}

/*
 * Entry points: by number.
 */
NTSTATUS wdf_kmdf_WdfDeviceQueryProperty(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                         DEVICE_REGISTRY_PROPERTY DeviceProperty, ULONG BufferLength, PVOID PropertyBuffer,
                                         PULONG ResultLength)
{
    globals_require(DriverGlobals, ResultLength, "WdfDeviceQueryProperty");
    struct property_name name = {.number = DeviceProperty};
    struct property_owner owner;
    NTSTATUS status = find_device(Device, "WdfDeviceQueryProperty", &owner);

    *ResultLength = 0;
    return NT_SUCCESS(status) ? property_query(&owner, &name, BufferLength, PropertyBuffer, ResultLength, NULL) : status;
}
WDF_ENTRY_BOTH(WdfDeviceQueryProperty)

NTSTATUS wdf_kmdf_WdfFdoInitQueryProperty(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                          DEVICE_REGISTRY_PROPERTY DeviceProperty, ULONG BufferLength, PVOID PropertyBuffer,
                                          PULONG ResultLength)
{
    globals_require(DriverGlobals, DeviceInit, "WdfFdoInitQueryProperty");
    globals_require(DriverGlobals, ResultLength, "WdfFdoInitQueryProperty");
    struct property_name name = {.number = DeviceProperty};
    struct property_owner owner;
    NTSTATUS status = find_init(DeviceInit, &owner);

    *ResultLength = 0;
    return NT_SUCCESS(status) ? property_query(&owner, &name, BufferLength, PropertyBuffer, ResultLength, NULL) : status;
}
WDF_ENTRY_BOTH(WdfFdoInitQueryProperty)

NTSTATUS wdf_kmdf_WdfDeviceAllocAndQueryProperty(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                 DEVICE_REGISTRY_PROPERTY DeviceProperty, POOL_TYPE PoolType,
                                                 PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes, WDFMEMORY *PropertyMemory)
{
    globals_require(DriverGlobals, PropertyMemory, "WdfDeviceAllocAndQueryProperty");
    struct property_name name = {.number = DeviceProperty};
    struct property_owner owner;
    NTSTATUS status = find_device(Device, "WdfDeviceAllocAndQueryProperty", &owner);

    *PropertyMemory = NULL;
    return NT_SUCCESS(status) ?
               property_allocate(DriverGlobals, &owner, &name, PoolType, PropertyMemoryAttributes, PropertyMemory, NULL) :
               status;
}
WDF_ENTRY_BOTH(WdfDeviceAllocAndQueryProperty)

NTSTATUS wdf_kmdf_WdfFdoInitAllocAndQueryProperty(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                                  DEVICE_REGISTRY_PROPERTY DeviceProperty, POOL_TYPE PoolType,
                                                  PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes, WDFMEMORY *PropertyMemory)
{
    globals_require(DriverGlobals, DeviceInit, "WdfFdoInitAllocAndQueryProperty");
    globals_require(DriverGlobals, PropertyMemory, "WdfFdoInitAllocAndQueryProperty");
    struct property_name name = {.number = DeviceProperty};
    struct property_owner owner;
    NTSTATUS status = find_init(DeviceInit, &owner);

    *PropertyMemory = NULL;
    return NT_SUCCESS(status) ?
               property_allocate(DriverGlobals, &owner, &name, PoolType, PropertyMemoryAttributes, PropertyMemory, NULL) :
               status;
}
WDF_ENTRY_BOTH(WdfFdoInitAllocAndQueryProperty)

/*
 * By key.
 */
NTSTATUS wdf_kmdf_WdfDeviceQueryPropertyEx(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                           PWDF_DEVICE_PROPERTY_DATA DeviceProperty, ULONG BufferLength,
                                           PVOID PropertyBuffer, PULONG RequiredSize, PDEVPROPTYPE Type)
{
    globals_require(DriverGlobals, DeviceProperty, "WdfDeviceQueryPropertyEx");
    globals_require(DriverGlobals, RequiredSize, "WdfDeviceQueryPropertyEx");
    globals_require(DriverGlobals, Type, "WdfDeviceQueryPropertyEx");
    struct property_name name;
    struct property_owner owner;
    NTSTATUS status = find_device(Device, "WdfDeviceQueryPropertyEx", &owner);

    if (NT_SUCCESS(status))
    {
        status = name_by_key(DeviceProperty, &name);
    }
    return NT_SUCCESS(status) ? property_query(&owner, &name, BufferLength, PropertyBuffer, RequiredSize, Type) : status;
}
WDF_ENTRY_BOTH(WdfDeviceQueryPropertyEx)

NTSTATUS wdf_kmdf_WdfFdoInitQueryPropertyEx(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                            PWDF_DEVICE_PROPERTY_DATA DeviceProperty, ULONG BufferLength,
                                            PVOID PropertyBuffer, PULONG ResultLength, PDEVPROPTYPE Type)
{
    globals_require(DriverGlobals, DeviceInit, "WdfFdoInitQueryPropertyEx");
    globals_require(DriverGlobals, DeviceProperty, "WdfFdoInitQueryPropertyEx");
    globals_require(DriverGlobals, ResultLength, "WdfFdoInitQueryPropertyEx");
    globals_require(DriverGlobals, Type, "WdfFdoInitQueryPropertyEx");
    struct property_name name;
    struct property_owner owner;
    NTSTATUS status = find_init(DeviceInit, &owner);

    if (NT_SUCCESS(status))
    {
        status = name_by_key(DeviceProperty, &name);
    }
    return NT_SUCCESS(status) ? property_query(&owner, &name, BufferLength, PropertyBuffer, ResultLength, Type) : status;
}
WDF_ENTRY_BOTH(WdfFdoInitQueryPropertyEx)

NTSTATUS wdf_kmdf_WdfDeviceAllocAndQueryPropertyEx(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                   PWDF_DEVICE_PROPERTY_DATA DeviceProperty, POOL_TYPE PoolType,
                                                   PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
                                                   WDFMEMORY *PropertyMemory, PDEVPROPTYPE Type)
{
    globals_require(DriverGlobals, DeviceProperty, "WdfDeviceAllocAndQueryPropertyEx");
    globals_require(DriverGlobals, PropertyMemory, "WdfDeviceAllocAndQueryPropertyEx");
    globals_require(DriverGlobals, Type, "WdfDeviceAllocAndQueryPropertyEx");
    struct property_name name;
    struct property_owner owner;
    NTSTATUS status = find_device(Device, "WdfDeviceAllocAndQueryPropertyEx", &owner);

    *PropertyMemory = NULL;
    if (NT_SUCCESS(status))
    {
        status = name_by_key(DeviceProperty, &name);
    }
    return NT_SUCCESS(status) ?
               property_allocate(DriverGlobals, &owner, &name, PoolType, PropertyMemoryAttributes, PropertyMemory, Type) :
               status;
}
WDF_ENTRY_BOTH(WdfDeviceAllocAndQueryPropertyEx)

NTSTATUS wdf_kmdf_WdfFdoInitAllocAndQueryPropertyEx(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                                    PWDF_DEVICE_PROPERTY_DATA DeviceProperty, POOL_TYPE PoolType,
                                                    PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
                                                    WDFMEMORY *PropertyMemory, PDEVPROPTYPE Type)
{
    globals_require(DriverGlobals, DeviceInit, "WdfFdoInitAllocAndQueryPropertyEx");
    globals_require(DriverGlobals, DeviceProperty, "WdfFdoInitAllocAndQueryPropertyEx");
    globals_require(DriverGlobals, PropertyMemory, "WdfFdoInitAllocAndQueryPropertyEx");
    globals_require(DriverGlobals, Type, "WdfFdoInitAllocAndQueryPropertyEx");
    struct property_name name;
    struct property_owner owner;
    NTSTATUS status = find_init(DeviceInit, &owner);

    *PropertyMemory = NULL;
    if (NT_SUCCESS(status))
    {
        status = name_by_key(DeviceProperty, &name);
    }
    return NT_SUCCESS(status) ?
               property_allocate(DriverGlobals, &owner, &name, PoolType, PropertyMemoryAttributes, PropertyMemory, Type) :
               status;
}
WDF_ENTRY_BOTH(WdfFdoInitAllocAndQueryPropertyEx)

NTSTATUS wdf_kmdf_WdfDeviceAssignProperty(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                          PWDF_DEVICE_PROPERTY_DATA DeviceProperty, DEVPROPTYPE Type, ULONG Size, PVOID Data)
{
    globals_require(DriverGlobals, DeviceProperty, "WdfDeviceAssignProperty");
    struct property_name name;
    struct property_owner owner;
    NTSTATUS status = find_device(Device, "WdfDeviceAssignProperty", &owner);

    if (NT_SUCCESS(status))
    {
        status = name_by_key(DeviceProperty, &name);
    }
    return NT_SUCCESS(status) ? property_write(&owner, &name, Type, Size, Data) : status;
}
WDF_ENTRY_BOTH(WdfDeviceAssignProperty)

/*
 * Those of interfaces, which only the user flavour has.
 */
NTSTATUS wdf_umdf_WdfDeviceQueryInterfaceProperty(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                  const struct interface_property_data *PropertyData, ULONG BufferLength,
                                                  PVOID PropertyBuffer, PULONG ResultLength, PDEVPROPTYPE Type);
NTSTATUS wdf_umdf_WdfDeviceAllocAndQueryInterfaceProperty(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                          const struct interface_property_data *PropertyData,
                                                          POOL_TYPE PoolType,
                                                          PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
                                                          WDFMEMORY *PropertyMemory, PDEVPROPTYPE Type);
NTSTATUS wdf_umdf_WdfDeviceAssignInterfaceProperty(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                   const struct interface_property_data *PropertyData, DEVPROPTYPE Type,
                                                   ULONG BufferLength, PVOID PropertyBuffer);

NTSTATUS wdf_umdf_WdfDeviceQueryInterfaceProperty(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                  const struct interface_property_data *PropertyData, ULONG BufferLength,
                                                  PVOID PropertyBuffer, PULONG ResultLength, PDEVPROPTYPE Type)
{
    globals_require(DriverGlobals, PropertyData, "WdfDeviceQueryInterfaceProperty");
    globals_require(DriverGlobals, ResultLength, "WdfDeviceQueryInterfaceProperty");
    globals_require(DriverGlobals, Type, "WdfDeviceQueryInterfaceProperty");
    struct property_name name;
    struct property_owner owner;
    NTSTATUS status = find_interface(Device, PropertyData, "WdfDeviceQueryInterfaceProperty", &owner, &name);

    return NT_SUCCESS(status) ? property_query(&owner, &name, BufferLength, PropertyBuffer, ResultLength, Type) : status;
}

NTSTATUS wdf_umdf_WdfDeviceAllocAndQueryInterfaceProperty(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                          const struct interface_property_data *PropertyData,
                                                          POOL_TYPE PoolType,
                                                          PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
                                                          WDFMEMORY *PropertyMemory, PDEVPROPTYPE Type)
{
    globals_require(DriverGlobals, PropertyData, "WdfDeviceAllocAndQueryInterfaceProperty");
    globals_require(DriverGlobals, PropertyMemory, "WdfDeviceAllocAndQueryInterfaceProperty");
    globals_require(DriverGlobals, Type, "WdfDeviceAllocAndQueryInterfaceProperty");
    struct property_name name;
    struct property_owner owner;
    NTSTATUS status = find_interface(Device, PropertyData, "WdfDeviceAllocAndQueryInterfaceProperty", &owner, &name);

    *PropertyMemory = NULL;
    return NT_SUCCESS(status) ?
               property_allocate(DriverGlobals, &owner, &name, PoolType, PropertyMemoryAttributes, PropertyMemory, Type) :
               status;
}

NTSTATUS wdf_umdf_WdfDeviceAssignInterfaceProperty(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
                                                   const struct interface_property_data *PropertyData, DEVPROPTYPE Type,
                                                   ULONG BufferLength, PVOID PropertyBuffer)
{
    globals_require(DriverGlobals, PropertyData, "WdfDeviceAssignInterfaceProperty");
    struct property_name name;
    struct property_owner owner;
    NTSTATUS status = find_interface(Device, PropertyData, "WdfDeviceAssignInterfaceProperty", &owner, &name);

    return NT_SUCCESS(status) ? property_write(&owner, &name, Type, BufferLength, PropertyBuffer) : status;
}
