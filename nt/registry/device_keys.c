/* SPDX-License-Identifier: MIT */
/*
 * The keys that belong to drivers, devices and interfaces.
 */
#include "nt/registry/device_keys.h"

#include <string.h>

#include "nt/io/device_object.h"
#include "nt/io/driver_object.h"
#include "nt/machine.h"
#include "nt/pnp/devnode.h"
#include "nt/registry/internal.h"
#include "nt/registry/key.h"
#include "nt/registry/name.h"
#include "nt/rtl/string.h"

#define CONTROL_SET L"MACHINE\\SYSTEM\\CurrentControlSet\\"
#define PROFILE CONTROL_SET L"Hardware Profiles\\Current\\System\\CurrentControlSet\\"
#define SYSTEM_CLASS L"{4d36e97d-e325-11ce-bfc1-08002be10318}"

/* Opens a path below the root, and makes all of it when it is missing. */
static NTSTATUS open_made(const UNICODE_STRING *path, ACCESS_MASK access, HANDLE *ret_handle)
{
    struct registry *the_registry = registry();
    struct open_key *open;
    HANDLE handle;
    NTSTATUS status;

    KEY_REQUIRE_PASSIVE();
    /* The handle comes first: a key that was made must not be left behind because there is no memory to open it. */
    status = the_registry == NULL ? STATUS_INSUFFICIENT_RESOURCES : key_object_create(NULL, &open);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = handle_create(open, key_map_access(access), &handle);
    object_release(open);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = registry_create_path(the_registry, the_registry->root, path, REG_OPTION_NON_VOLATILE, &open->key);
    if (NT_SUCCESS(status))
    {
        *ret_handle = handle;
    }
    else
    {
        open->key = NULL;
        (void)handle_close(handle);
    }
    return status;
}

static NTSTATUS open_joined(const WCHAR *const *parts, ACCESS_MASK access, HANDLE *ret_handle)
{
    UNICODE_STRING path;
    NTSTATUS status = string_join(&path, parts);

    if (NT_SUCCESS(status))
    {
        status = open_made(&path, access, ret_handle);
        string_free(&path);
    }
    return status;
}

/* Opens a path below the root that must be there. */
static NTSTATUS open_existing(const WCHAR *const *parts, ACCESS_MASK access, HANDLE *ret_handle)
{
    static const UNICODE_STRING root = LITERAL(L"\\REGISTRY\\");
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING below;
    UNICODE_STRING path;
    NTSTATUS status = string_join(&below, parts);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = string_concatenate(&root, &below, &path);
    string_free(&below);
    if (NT_SUCCESS(status))
    {
        InitializeObjectAttributes(&attributes, &path, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL, NULL);
        status = key_open(&attributes, access, 0, ret_handle);
        string_free(&path);
    }
    return status;
}

/*
 * Services.
 */

NTSTATUS registry_open_service_key(PDRIVER_OBJECT driver, const WCHAR *below, bool creates, ACCESS_MASK access,
                                   HANDLE *ret_handle)
{
    const WCHAR *const parts[] = {drvobj_registry_path(driver)->Buffer, below != NULL ? L"\\" : L"",
                                  below != NULL ? below : L"", NULL};
    UNICODE_STRING path;
    UNICODE_STRING root;
    UNICODE_STRING rest;
    OBJECT_ATTRIBUTES attributes;
    NTSTATUS status = string_join(&path, parts);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (creates)
    {
        rest = path;
        (void)name_next(&rest, &root);
        status = open_made(&rest, access, ret_handle);
    }
    else
    {
        InitializeObjectAttributes(&attributes, &path, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL, NULL);
        status = key_open(&attributes, access, 0, ret_handle);
    }
    string_free(&path);
    return status;
}

/*
 * Devices.
 */

NTSTATUS registry_open_hardware_key(const struct devnode *devnode, bool in_profile, ACCESS_MASK access, HANDLE *ret_handle)
{
    const WCHAR *const parts[] = {in_profile ? PROFILE : CONTROL_SET, L"Enum\\", devnode_instance(devnode)->Buffer,
                                  in_profile ? L"" : L"\\Device Parameters", NULL};

    return open_joined(parts, access, ret_handle);
}

/* A text value, zero-terminated, of at most room units. */
static NTSTATUS read_text(HANDLE key, const WCHAR *name, WCHAR *text, ULONG room)
{
    union
    {
        KEY_VALUE_PARTIAL_INFORMATION partial;
        char bytes[512];
    } value;
    UNICODE_STRING value_name;
    ULONG length;
    NTSTATUS status;

    RtlInitUnicodeString(&value_name, name);
    status = ZwQueryValueKey(key, &value_name, KeyValuePartialInformation, &value, sizeof(value), &length);
    if (NT_SUCCESS(status) && (value.partial.Type != REG_SZ || value.partial.DataLength >= room * sizeof(WCHAR)))
    {
        return STATUS_OBJECT_TYPE_MISMATCH;
    }
    if (NT_SUCCESS(status))
    {
        memcpy(text, value.partial.Data, value.partial.DataLength);
        text[value.partial.DataLength / sizeof(WCHAR)] = 0;
    }
    return status;
}

/* Writes a number with at least four digits, and the zero. Returns how many units that are. */
static size_t write_number(uint32_t number, WCHAR *to)
{
    size_t digits = 4;

    for (uint32_t rest = number / 10000; rest != 0; rest /= 10)
    {
        digits++;
    }
    to[digits] = 0;
    for (size_t place = digits; place-- > 0; number /= 10)
    {
        to[place] = (WCHAR)('0' + number % 10);
    }
    return digits + 1;
}

/* How many numbers the class has given: where the search for a free one begins, so that many devices do not cost their square. */
static uint32_t given_numbers(HANDLE class_key)
{
    KEY_FULL_INFORMATION information;
    ULONG length;
    NTSTATUS status = ZwQueryKey(class_key, KeyFullInformation, &information, sizeof(information), &length);

    return NT_SUCCESS(status) || status == STATUS_BUFFER_OVERFLOW ? information.SubKeys : 0;
}

/* Makes the key of one number. *ret_made tells whether it was free. */
static NTSTATUS try_number(const WCHAR *driver, bool *ret_made)
{
    const WCHAR *const parts[] = {CONTROL_SET, L"Control\\Class\\", driver, NULL};
    struct registry *the_registry = registry();
    ULONG disposition = REG_OPENED_EXISTING_KEY;
    struct tree_key *key;
    UNICODE_STRING path;
    NTSTATUS status = string_join(&path, parts);

    if (NT_SUCCESS(status))
    {
        status = registry_create(the_registry, the_registry->root, &path, NULL, REG_OPTION_NON_VOLATILE, &key, &disposition);
        string_free(&path);
    }
    if (NT_SUCCESS(status))
    {
        registry_release(key);
    }
    *ret_made = disposition == REG_CREATED_NEW_KEY;
    return status;
}

/* Makes a free number of the class, and says it in the devnode's key. */
static NTSTATUS make_driver_value(HANDLE devnode_key, HANDLE class_key, const WCHAR *class, WCHAR driver[64])
{
    static const UNICODE_STRING value_name = LITERAL(L"Driver");
    NTSTATUS status = STATUS_SUCCESS;
    size_t length = 0;
    size_t units = 0;
    bool made = false;

    for (; class[length] != 0; length++)
    {
        driver[length] = class[length];
    }
    driver[length++] = '\\';
    for (uint32_t number = given_numbers(class_key); NT_SUCCESS(status) && !made; number++)
    {
        units = length + write_number(number, &driver[length]);
        status = try_number(driver, &made);
    }
    return NT_SUCCESS(status) ? ZwSetValueKey(devnode_key, (PUNICODE_STRING)(uintptr_t)&value_name, 0, REG_SZ, driver,
                                              (ULONG)(units * sizeof(WCHAR))) :
                                status;
}

/* "{CLASS}\NNNN" of a devnode. */
static NTSTATUS driver_value(const struct devnode *devnode, WCHAR driver[64])
{
    const WCHAR *const key_parts[] = {CONTROL_SET, L"Enum\\", devnode_instance(devnode)->Buffer, NULL};
    const WCHAR *class_parts[] = {CONTROL_SET, L"Control\\Class\\", NULL, NULL};
    WCHAR class[48] = SYSTEM_CLASS;
    HANDLE key;
    HANDLE class_key;
    NTSTATUS status = open_joined(key_parts, KEY_ALL_ACCESS, &key);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = read_text(key, L"Driver", driver, 64);
    if (status == STATUS_OBJECT_NAME_NOT_FOUND)
    {
        (void)read_text(key, L"ClassGUID", class, ARRAYSIZE(class));
        class_parts[2] = class;
        status = open_joined(class_parts, KEY_READ, &class_key);
        if (NT_SUCCESS(status))
        {
            status = make_driver_value(key, class_key, class, driver);
            (void)handle_close(class_key);
        }
    }
    (void)handle_close(key);
    return status;
}

NTSTATUS registry_open_software_key(const struct devnode *devnode, bool in_profile, ACCESS_MASK access, HANDLE *ret_handle)
{
    WCHAR driver[64];
    const WCHAR *const parts[] = {in_profile ? PROFILE : CONTROL_SET, L"Control\\Class\\", driver, NULL};
    NTSTATUS status = driver_value(devnode, driver);

    return NT_SUCCESS(status) ? open_joined(parts, access, ret_handle) : status;
}

/*
 * Interfaces: DeviceClasses\{GUID}\##?#INSTANCE#{GUID}\#REFERENCE\Device Parameters.
 */

/* The braces of the GUID in a link, which is its last name with any. */
static bool find_guid(const UNICODE_STRING *link, size_t *ret_start, size_t *ret_end)
{
    size_t units = link->Length / sizeof(WCHAR);

    for (size_t index = 4; index + 38 <= units; index++)
    {
        if (link->Buffer[index] == '{' && link->Buffer[index + 37] == '}' && link->Buffer[index - 1] == '#' &&
            (index + 38 == units || link->Buffer[index + 38] == '\\'))
        {
            *ret_start = index;
            *ret_end = index + 38;
            return true;
        }
    }
    return false;
}

static void copy_units(WCHAR *to, const WCHAR *from, size_t count)
{
    memcpy(to, from, count * sizeof(WCHAR));
    to[count] = 0;
}

NTSTATUS registry_open_interface_key(const UNICODE_STRING *link, bool creates, ACCESS_MASK access, HANDLE *ret_handle)
{
    WCHAR guid[40];
    WCHAR name[256];
    WCHAR reference[256] = L"";
    const WCHAR *const parts[] = {CONTROL_SET, L"Control\\DeviceClasses\\", guid, L"\\##?#", name, L"\\#",
                                  reference,   L"\\Device Parameters",      NULL};
    size_t units = link->Length / sizeof(WCHAR);
    size_t start;
    size_t end;

    if (!find_guid(link, &start, &end) || end - 4 >= ARRAYSIZE(name) || units - end >= ARRAYSIZE(reference))
    {
        return STATUS_INVALID_PARAMETER;
    }
    copy_units(guid, link->Buffer + start, end - start);
    copy_units(name, link->Buffer + 4, end - 4);
    if (end < units)
    {
        copy_units(reference, link->Buffer + end + 1, units - end - 1);
    }
    return creates ? open_joined(parts, access, ret_handle) : open_existing(parts, access, ret_handle);
}

/*
 * Published entry points.
 */
NTSTATUS IoOpenDeviceRegistryKey(PDEVICE_OBJECT DeviceObject, ULONG DevInstKeyType, ACCESS_MASK DesiredAccess,
                                 PHANDLE DevInstRegKey)
{
    const struct devnode *devnode = DeviceObject != NULL ? devobj_extension(DeviceObject)->devnode : NULL;
    bool in_profile = (DevInstKeyType & PLUGPLAY_REGKEY_CURRENT_HWPROFILE) != 0;

    KEY_REQUIRE_PASSIVE();
    if (devnode == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    switch (DevInstKeyType & ~(ULONG)PLUGPLAY_REGKEY_CURRENT_HWPROFILE)
    {
        case PLUGPLAY_REGKEY_DEVICE:
            return registry_open_hardware_key(devnode, in_profile, DesiredAccess, DevInstRegKey);
        case PLUGPLAY_REGKEY_DRIVER:
            return registry_open_software_key(devnode, in_profile, DesiredAccess, DevInstRegKey);
        default:
            return STATUS_INVALID_PARAMETER;
    }
}

NTSTATUS IoOpenDriverRegistryKey(PDRIVER_OBJECT DriverObject, DRIVER_REGKEY_TYPE RegKeyType, ACCESS_MASK DesiredAccess,
                                 ULONG Flags, PHANDLE DriverRegKey)
{
    /* By DRIVER_REGKEY_TYPE. WdfDriverOpenPersistentStateRegistryKey opens the second one too. */
    static const WCHAR *const names[] = {L"Parameters", L"PersistentState", L"SharedPersistentState"};

    KEY_REQUIRE_PASSIVE();
    if (Flags != 0 || (ULONG)RegKeyType >= ARRAYSIZE(names))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return registry_open_service_key(DriverObject, names[RegKeyType], true, DesiredAccess, DriverRegKey);
}

NTSTATUS IoOpenDeviceInterfaceRegistryKey(PUNICODE_STRING SymbolicLinkName, ACCESS_MASK DesiredAccess,
                                          PHANDLE DeviceInterfaceKey)
{
    KEY_REQUIRE_PASSIVE();
    return registry_open_interface_key(SymbolicLinkName, true, DesiredAccess, DeviceInterfaceKey);
}
