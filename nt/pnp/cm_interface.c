/* SPDX-License-Identifier: MIT */
/*
 * Interfaces for the configuration manager.
 */
#include "nt/internal.h"

#include <string.h>

#include <initguid.h>

#include "devpkey.h"

#include "nt/pnp/cm.h"
#include "nt/pnp/devnode.h"
#include "nt/pnp/interface.h"
#include "nt/registry/device_keys.h"
#include "nt/rtl/string.h"

/* The second unit of \??\ becomes that of \\?\. */
static void make_programs_name(WCHAR *name)
{
    name[1] = '\\';
}

static NTSTATUS find(const WCHAR *name, struct interface **ret_interface)
{
    UNICODE_STRING text;
    NTSTATUS status;

    RtlInitUnicodeString(&text, name);
    status = interface_find(&text, ret_interface);
    return status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_OBJECT_PATH_NOT_FOUND : status;
}

/* The devnode that a path names, referenced; NULL for no path. */
static NTSTATUS find_devnode(const WCHAR *path, struct devnode **ret_devnode)
{
    UNICODE_STRING text;
    uint32_t number;
    NTSTATUS status;

    *ret_devnode = NULL;
    if (path == NULL || path[0] == 0)
    {
        return STATUS_SUCCESS;
    }
    status = cm_locate(path, true, &number);
    if (NT_SUCCESS(status))
    {
        RtlInitUnicodeString(&text, path);
        *ret_devnode = devnode_find(&text);
        status = *ret_devnode == NULL ? STATUS_NO_SUCH_DEVICE : STATUS_SUCCESS;
    }
    return status;
}

NTSTATUS cm_list_interfaces(const GUID *class, const WCHAR *path, bool enabled_only, struct device_value *ret_names)
{
    struct devnode *devnode;
    PWSTR names;
    size_t bytes;
    NTSTATUS status = find_devnode(path, &devnode);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = interface_list_names(class, devnode, enabled_only, &names, &bytes);
    devnode_release(devnode);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    for (size_t unit = 0; names[unit] != 0; unit++)
    {
        make_programs_name(names + unit);
        while (names[unit] != 0)
        {
            unit++;
        }
    }
    status = value_set(ret_names, DEVPROP_TYPE_STRING_LIST, names, bytes);
    ExFreePool(names);
    return status;
}

/*
 * Properties. Some are of the interface itself.
 */

/* The reference string is what follows the GUID. */
static NTSTATUS get_reference(const struct interface *interface, struct device_value *ret_value)
{
    const UNICODE_STRING *name = &interface->name;

    for (size_t unit = 4; unit < name->Length / sizeof(WCHAR); unit++)
    {
        if (name->Buffer[unit] == '\\')
        {
            return value_set_text(ret_value, DEVPROP_TYPE_STRING, name->Buffer + unit + 1,
                                  name->Length - (unit + 1) * sizeof(WCHAR));
        }
    }
    return STATUS_OBJECT_NAME_NOT_FOUND;
}

static NTSTATUS get_fact(struct interface *interface, const DEVPROPKEY *key, struct device_value *ret_value)
{
    const UNICODE_STRING *instance = devnode_instance(interface->devnode);

    if (IsEqualDevPropKey(*key, DEVPKEY_DeviceInterface_Enabled))
    {
        return value_set_boolean(ret_value, interface_is_enabled(interface));
    }
    if (IsEqualDevPropKey(*key, DEVPKEY_DeviceInterface_ClassGuid))
    {
        return value_set(ret_value, DEVPROP_TYPE_GUID, &interface->class, sizeof(GUID));
    }
    if (IsEqualDevPropKey(*key, DEVPKEY_DeviceInterface_ReferenceString))
    {
        return get_reference(interface, ret_value);
    }
    if (IsEqualDevPropKey(*key, DEVPKEY_Device_InstanceId))
    {
        return value_set_text(ret_value, DEVPROP_TYPE_STRING, instance->Buffer, instance->Length);
    }
    return STATUS_NOT_FOUND;
}

static const DEVPROPKEY *const fact_keys[] = {
    &DEVPKEY_DeviceInterface_Enabled,
    &DEVPKEY_DeviceInterface_ClassGuid,
    &DEVPKEY_DeviceInterface_ReferenceString,
    &DEVPKEY_Device_InstanceId,
};

static bool is_fact(const DEVPROPKEY *key)
{
    for (size_t index = 0; index < ARRAYSIZE(fact_keys); index++)
    {
        if (IsEqualDevPropKey(*fact_keys[index], *key))
        {
            return true;
        }
    }
    return false;
}

/* A copy of what was set. It may grow between the two questions. */
static NTSTATUS get_set(struct interface *interface, const DEVPROPKEY *key, struct device_value *ret_value)
{
    ULONG required = 0;
    DEVPROPTYPE type = DEVPROP_TYPE_EMPTY;
    NTSTATUS status = property_get(&interface->properties, key, LOCALE_NEUTRAL, 0, NULL, &required, &type);

    while (status == STATUS_BUFFER_TOO_SMALL)
    {
        ULONG room = required;
        void *data = platform_alloc(room);

        if (data == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        status = property_get(&interface->properties, key, LOCALE_NEUTRAL, room, data, &required, &type);
        if (NT_SUCCESS(status))
        {
            status = value_set(ret_value, type, data, required);
            platform_free(data, room);
            return status;
        }
        platform_free(data, room);
    }
    return NT_SUCCESS(status) ? value_set(ret_value, type, NULL, 0) : status;
}

NTSTATUS cm_get_interface_property(const WCHAR *name, const DEVPROPKEY *key, struct device_value *ret_value)
{
    struct interface *interface;
    NTSTATUS status = find(name, &interface);

    *ret_value = (struct device_value){0};
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = is_fact(key) ? get_fact(interface, key, ret_value) : get_set(interface, key, ret_value);
    interface_release(interface);
    return status;
}

NTSTATUS cm_set_interface_property(const WCHAR *name, const DEVPROPKEY *key, DEVPROPTYPE type, ULONG size, const void *data)
{
    struct interface *interface;
    NTSTATUS status = find(name, &interface);

    if (NT_SUCCESS(status))
    {
        status = is_fact(key) ? STATUS_ACCESS_DENIED :
                                property_set(&interface->properties, key, LOCALE_NEUTRAL, type, size, data);
        interface_release(interface);
    }
    return status;
}

static NTSTATUS add_facts(struct interface *interface, struct device_value *keys)
{
    NTSTATUS status = STATUS_SUCCESS;

    for (size_t index = 0; index < ARRAYSIZE(fact_keys) && NT_SUCCESS(status); index++)
    {
        struct device_value value = {0};

        status = get_fact(interface, fact_keys[index], &value);
        if (NT_SUCCESS(status))
        {
            status = value_append(keys, fact_keys[index], sizeof(DEVPROPKEY));
            value_free(&value);
        }
        else if (status == STATUS_OBJECT_NAME_NOT_FOUND)
        {
            status = STATUS_SUCCESS;
        }
    }
    return status;
}

static NTSTATUS add_set(struct interface *interface, struct device_value *keys)
{
    size_t room = 0;
    size_t count = property_keys(&interface->properties, NULL, 0);
    DEVPROPKEY *all = NULL;
    NTSTATUS status = STATUS_SUCCESS;

    while (count > room)
    {
        if (all != NULL)
        {
            platform_free(all, room * sizeof(*all));
        }
        room = count;
        all = platform_alloc(room * sizeof(*all));
        if (all == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        count = property_keys(&interface->properties, all, room);
    }
    if (count != 0)
    {
        status = value_append(keys, all, count * sizeof(*all));
    }
    if (all != NULL)
    {
        platform_free(all, room * sizeof(*all));
    }
    return status;
}

NTSTATUS cm_list_interface_properties(const WCHAR *name, struct device_value *ret_keys)
{
    struct interface *interface;
    NTSTATUS status = find(name, &interface);

    *ret_keys = (struct device_value){.type = DEVPROP_TYPE_DEVPROPKEY | DEVPROP_TYPEMOD_ARRAY};
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = add_facts(interface, ret_keys);
    status = NT_SUCCESS(status) ? add_set(interface, ret_keys) : status;
    interface_release(interface);
    if (!NT_SUCCESS(status))
    {
        value_free(ret_keys);
    }
    return status;
}

NTSTATUS cm_interface_alias(const WCHAR *name, const GUID *class, struct device_value *ret_name)
{
    UNICODE_STRING text;
    UNICODE_STRING alias;
    NTSTATUS status;

    RtlInitUnicodeString(&text, name);
    status = IoGetDeviceInterfaceAlias(&text, class, &alias);
    if (!NT_SUCCESS(status))
    {
        return status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_OBJECT_PATH_NOT_FOUND :
               status == STATUS_OBJECT_PATH_NOT_FOUND ? STATUS_OBJECT_NAME_NOT_FOUND :
                                                        status;
    }
    make_programs_name(alias.Buffer);
    status = value_set_text(ret_name, DEVPROP_TYPE_STRING, alias.Buffer, alias.Length);
    RtlFreeUnicodeString(&alias);
    return status;
}

NTSTATUS cm_open_interface_key(const WCHAR *name, bool creates, ULONG access, HANDLE *ret_key)
{
    struct interface *interface;
    NTSTATUS status = find(name, &interface);

    if (NT_SUCCESS(status))
    {
        status = registry_open_interface_key(&interface->name, creates, access, ret_key);
        interface_release(interface);
    }
    return status;
}
