/* SPDX-License-Identifier: MIT */
/*
 * WDFKEY: the keys that belong to a device.
 *
 * The user flavour's drivers may read the hardware key and the software key, and have a subkey of each for what they write,
 * which is named after the driver.
 */
#include "nt/object/object.h"
#include "nt/rtl/string.h"
#include "wdf/device.h"
#include "wdf/device_init.h"
#include "wdf/entry.h"
#include "wdf/globals.h"
#include "wdf/registry_key.h"
#include "wdf/string.h"

#define KEY_TYPES (PLUGPLAY_REGKEY_DEVICE | PLUGPLAY_REGKEY_DRIVER | PLUGPLAY_REGKEY_CURRENT_HWPROFILE)
#define OWN_SUBKEY 0x100u
#define READING_RIGHTS (KEY_READ | GENERIC_READ | MAXIMUM_ALLOWED)

static NTSTATUS open_below(HANDLE root, const UNICODE_STRING *name, ACCESS_MASK access, HANDLE *ret_handle)
{
    OBJECT_ATTRIBUTES where;
    ULONG disposition;

    InitializeObjectAttributes(&where, (PUNICODE_STRING)(uintptr_t)name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, root,
                               NULL);
    return ZwCreateKey(ret_handle, access, &where, 0, NULL, REG_OPTION_NON_VOLATILE, &disposition);
}

/* The driver's own subkey of a device's key. */
static NTSTATUS open_own_subkey(struct driver_globals *globals, PDEVICE_OBJECT pdo, ULONG type, ACCESS_MASK access,
                                HANDLE *ret_handle)
{
    UNICODE_STRING name;
    HANDLE above;
    NTSTATUS status = string_from_utf8(globals->published.DriverName, &name);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = IoOpenDeviceRegistryKey(pdo, type, KEY_CREATE_SUB_KEY, &above);
    if (NT_SUCCESS(status))
    {
        status = open_below(above, &name, access, ret_handle);
        (void)handle_close(above);
    }
    string_free(&name);
    return status;
}

static NTSTATUS open_for(struct driver_globals *globals, PDEVICE_OBJECT pdo, ULONG type, ACCESS_MASK access,
                         HANDLE *ret_handle)
{
    bool own = globals->user_flavour && (type & OWN_SUBKEY) != 0;

    if (own)
    {
        type &= ~OWN_SUBKEY;
    }
    if ((type & ~(ULONG)KEY_TYPES) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (own)
    {
        return open_own_subkey(globals, pdo, type, access, ret_handle);
    }
    if (globals->user_flavour && (access & ~(ACCESS_MASK)READING_RIGHTS) != 0)
    {
        return STATUS_ACCESS_DENIED;
    }
    return IoOpenDeviceRegistryKey(pdo, type, access, ret_handle);
}

/*
 * Entry points.
 */
NTSTATUS wdf_kmdf_WdfDeviceOpenRegistryKey(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, ULONG DeviceInstanceKeyType,
                                           ACCESS_MASK DesiredAccess, PWDF_OBJECT_ATTRIBUTES KeyAttributes, WDFKEY *Key)
{
    globals_require(DriverGlobals, Key, "WdfDeviceOpenRegistryKey");
    struct driver_globals *globals = globals_of(DriverGlobals);
    struct device *device = device_from_handle(Device, "WdfDeviceOpenRegistryKey");
    HANDLE handle;
    NTSTATUS status =
        device->is_control ? STATUS_INVALID_DEVICE_REQUEST : wdfkey_check_attributes(KeyAttributes, OBJECT_PARENT_FORBIDDEN);

    *Key = NULL;
    if (NT_SUCCESS(status))
    {
        status = open_for(globals, device->pdo, DeviceInstanceKeyType, DesiredAccess, &handle);
    }
    return NT_SUCCESS(status) ? wdfkey_create(globals, handle, KeyAttributes, &device->object, Key) : status;
}
WDF_ENTRY_BOTH(WdfDeviceOpenRegistryKey)

NTSTATUS wdf_kmdf_WdfFdoInitOpenRegistryKey(PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
                                            ULONG DeviceInstanceKeyType, ACCESS_MASK DesiredAccess,
                                            PWDF_OBJECT_ATTRIBUTES KeyAttributes, WDFKEY *Key)
{
    globals_require(DriverGlobals, DeviceInit, "WdfFdoInitOpenRegistryKey");
    globals_require(DriverGlobals, Key, "WdfFdoInitOpenRegistryKey");
    struct driver_globals *globals = globals_of(DriverGlobals);
    HANDLE handle;
    NTSTATUS status = device_init_is_fdo(DeviceInit) ? wdfkey_check_attributes(KeyAttributes, OBJECT_PARENT_OPTIONAL) :
                                                       STATUS_INVALID_DEVICE_REQUEST;

    *Key = NULL;
    if (NT_SUCCESS(status))
    {
        status = open_for(globals, DeviceInit->pdo, DeviceInstanceKeyType, DesiredAccess, &handle);
    }
    return NT_SUCCESS(status) ? wdfkey_create(globals, handle, KeyAttributes, globals->driver, Key) : status;
}
WDF_ENTRY_BOTH(WdfFdoInitOpenRegistryKey)

/* The map of devices is made anew with each start of the machine, so what it lacks is made when somebody wants to write there. */
NTSTATUS wdf_kmdf_WdfDeviceOpenDevicemapKey(PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device, PCUNICODE_STRING KeyName,
                                            ACCESS_MASK DesiredAccess, PWDF_OBJECT_ATTRIBUTES KeyAttributes, WDFKEY *Key)
{
    globals_require(DriverGlobals, KeyName, "WdfDeviceOpenDevicemapKey");
    globals_require(DriverGlobals, Key, "WdfDeviceOpenDevicemapKey");
    static const UNICODE_STRING map = RTL_CONSTANT_STRING(L"\\Registry\\Machine\\HARDWARE\\DEVICEMAP\\");
    struct driver_globals *globals = globals_of(DriverGlobals);
    struct device *device = device_from_handle(Device, "WdfDeviceOpenDevicemapKey");
    OBJECT_ATTRIBUTES where;
    UNICODE_STRING path;
    HANDLE handle;
    ULONG disposition;
    NTSTATUS status = wdfkey_check_attributes(KeyAttributes, OBJECT_PARENT_FORBIDDEN);

    *Key = NULL;
    if (NT_SUCCESS(status))
    {
        status = wdfstring_is_valid(KeyName) && KeyName->Length != 0 ? string_concatenate(&map, KeyName, &path) :
                                                                       STATUS_INVALID_PARAMETER;
    }
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    InitializeObjectAttributes(&where, &path, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL, NULL);
    status = (DesiredAccess & ~(ACCESS_MASK)READING_RIGHTS) == 0 ?
                 ZwOpenKey(&handle, DesiredAccess, &where) :
                 ZwCreateKey(&handle, DesiredAccess, &where, 0, NULL, REG_OPTION_VOLATILE, &disposition);
    string_free(&path);
    return NT_SUCCESS(status) ? wdfkey_create(globals, handle, KeyAttributes, &device->object, Key) : status;
}
WDF_ENTRY_BOTH(WdfDeviceOpenDevicemapKey)
