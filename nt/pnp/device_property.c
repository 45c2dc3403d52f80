/* SPDX-License-Identifier: MIT */
/*
 * Properties of devices: where each comes from, and the published functions.
 */
#include "nt/pnp/device_property.h"

#include <string.h>

#include <initguid.h>

#include "devpkey.h"

#include "nt/io/device_object.h"
#include "nt/pnp/node.h"
#include "nt/pnp/resource.h"
#include "nt/rtl/guid.h"

typedef NTSTATUS fact_get(struct devnode *devnode, struct device_value *ret_value);

/* A copy of what was set to last as long as the devnode. Another one may change it between the two questions. */
static NTSTATUS get_volatile(struct devnode *devnode, const DEVPROPKEY *key, LCID locale, struct device_value *ret_value)
{
    ULONG required = 0;
    DEVPROPTYPE type = 0;
    NTSTATUS status = property_get(&devnode->properties, key, locale, 0, NULL, &required, &type);

    while (status == STATUS_BUFFER_TOO_SMALL)
    {
        size_t room = required;
        void *data = platform_alloc(room);

        if (data == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        status = property_get(&devnode->properties, key, locale, (ULONG)room, data, &required, &type);
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

NTSTATUS device_property_get(struct devnode *devnode, const DEVPROPKEY *key, LCID locale, struct device_value *ret_value)
{
    fact_get *get = NULL;
    enum fact_kind kind = fact_find(key, &get);
    NTSTATUS status;

    *ret_value = (struct device_value){0};
    if (kind == FACT_FIXED)
    {
        return get(devnode, ret_value);
    }
    status = get_volatile(devnode, key, locale, ret_value);
    if (status == STATUS_OBJECT_NAME_NOT_FOUND)
    {
        status = device_registry_get(devnode, key, locale, ret_value);
    }
    if (status == STATUS_OBJECT_NAME_NOT_FOUND && kind == FACT_DEFAULT)
    {
        status = get(devnode, ret_value);
    }
    return status;
}

/* Removes from both places; there must be something in one. */
static NTSTATUS remove_everywhere(struct devnode *devnode, const DEVPROPKEY *key, LCID locale)
{
    NTSTATUS status = property_set(&devnode->properties, key, locale, DEVPROP_TYPE_EMPTY, 0, NULL);
    NTSTATUS stored = device_registry_set(devnode, key, locale, DEVPROP_TYPE_EMPTY, 0, NULL);

    return stored == STATUS_OBJECT_NAME_NOT_FOUND ? status : stored;
}

/*
 * The store checks what it is given. What is to last goes through it too, on its way into the registry, so that the rules are the
 * same.
 */
static NTSTATUS set_persistent(struct devnode *devnode, const DEVPROPKEY *key, LCID locale, DEVPROPTYPE type, ULONG size,
                               const void *data)
{
    struct property_store check = {0};
    NTSTATUS status = property_set(&check, key, locale, type, size, data);

    property_clear(&check);
    if (NT_SUCCESS(status))
    {
        status = device_registry_set(devnode, key, locale, type, size, data);
    }
    if (NT_SUCCESS(status))
    {
        (void)property_set(&devnode->properties, key, locale, DEVPROP_TYPE_EMPTY, 0, NULL);
    }
    return status;
}

NTSTATUS device_property_set(struct devnode *devnode, const DEVPROPKEY *key, LCID locale, bool persistent, DEVPROPTYPE type,
                             ULONG size, const void *data)
{
    fact_get *get;

    if (fact_find(key, &get) == FACT_FIXED)
    {
        return STATUS_ACCESS_DENIED;
    }
    if (key->pid < DEVPROPID_FIRST_USABLE)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (type == DEVPROP_TYPE_EMPTY)
    {
        return remove_everywhere(devnode, key, locale);
    }
    return persistent || device_registry_is_named(key) ? set_persistent(devnode, key, locale, type, size, data) :
                                                         property_set(&devnode->properties, key, locale, type, size, data);
}

/*
 * Which there are.
 */

static bool has_key(const struct device_value *keys, const DEVPROPKEY *key)
{
    const DEVPROPKEY *all = keys->data;

    for (size_t index = 0; index < keys->size / sizeof(*all); index++)
    {
        if (IsEqualDevPropKey(all[index], *key))
        {
            return true;
        }
    }
    return false;
}

/* Adds the key of a property that has a value. */
static NTSTATUS add_if_set(struct devnode *devnode, const DEVPROPKEY *key, struct device_value *keys)
{
    struct device_value value;
    NTSTATUS status = device_property_get(devnode, key, LOCALE_NEUTRAL, &value);

    if (!NT_SUCCESS(status))
    {
        return status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_SUCCESS : status;
    }
    value_free(&value);
    return has_key(keys, key) ? STATUS_SUCCESS : value_append(keys, key, sizeof(*key));
}

#define KEYS_AT_ONCE 64

static NTSTATUS add_volatile_keys(struct devnode *devnode, struct device_value *keys)
{
    DEVPROPKEY some[KEYS_AT_ONCE];
    DEVPROPKEY *all = some;
    size_t room = KEYS_AT_ONCE;
    size_t count = property_keys(&devnode->properties, all, room);
    NTSTATUS status = STATUS_SUCCESS;

    while (count > room)
    {
        if (all != some)
        {
            platform_free(all, room * sizeof(*all));
        }
        room = count;
        all = platform_alloc(room * sizeof(*all));
        if (all == NULL)
        {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        count = property_keys(&devnode->properties, all, room);
    }
    for (size_t index = 0; index < count && NT_SUCCESS(status); index++)
    {
        status = has_key(keys, &all[index]) ? STATUS_SUCCESS : value_append(keys, &all[index], sizeof(*all));
    }
    if (all != some)
    {
        platform_free(all, room * sizeof(*all));
    }
    return status;
}

NTSTATUS device_property_keys(struct devnode *devnode, struct device_value *ret_keys)
{
    const DEVPROPKEY *key;
    NTSTATUS status;

    *ret_keys = (struct device_value){.type = DEVPROP_TYPE_DEVPROPKEY | DEVPROP_TYPEMOD_ARRAY};
    status = device_registry_add_keys(devnode, ret_keys);
    for (size_t index = 0; NT_SUCCESS(status) && (key = fact_key(index)) != NULL; index++)
    {
        status = add_if_set(devnode, key, ret_keys);
    }
    for (size_t index = 0; NT_SUCCESS(status) && (key = device_registry_named_key(index)) != NULL; index++)
    {
        status = add_if_set(devnode, key, ret_keys);
    }
    if (NT_SUCCESS(status))
    {
        status = add_volatile_keys(devnode, ret_keys);
    }
    if (!NT_SUCCESS(status))
    {
        value_free(ret_keys);
    }
    return status;
}

/*
 * Properties by number.
 */

/* Whoever starts the device may replace its resources meanwhile, under the devnode's lock. */
static NTSTATUS give_resources(struct devnode *devnode, PCM_RESOURCE_LIST *list, struct device_value *ret_value)
{
    NTSTATUS status = STATUS_OBJECT_NAME_NOT_FOUND;

    platform_mutex_lock(&devnode->lock);
    if (*list != NULL)
    {
        status = value_set(ret_value, DEVPROP_TYPE_BINARY, *list, resource_list_size(*list));
    }
    platform_mutex_unlock(&devnode->lock);
    return status;
}

static NTSTATUS give_requirements(struct devnode *devnode, struct device_value *ret_value)
{
    NTSTATUS status = STATUS_OBJECT_NAME_NOT_FOUND;

    platform_mutex_lock(&devnode->lock);
    if (devnode->requirements != NULL)
    {
        status = value_set(ret_value, DEVPROP_TYPE_BINARY, devnode->requirements, devnode->requirements->ListSize);
    }
    platform_mutex_unlock(&devnode->lock);
    return status;
}

/* The property that a number stands for, NULL for the resources. */
static const DEVPROPKEY *key_of(DEVICE_REGISTRY_PROPERTY property)
{
    static const DEVPROPKEY *const keys[] = {
        [DevicePropertyDeviceDescription] = &DEVPKEY_Device_DeviceDesc,
        [DevicePropertyHardwareID] = &DEVPKEY_Device_HardwareIds,
        [DevicePropertyCompatibleIDs] = &DEVPKEY_Device_CompatibleIds,
        [DevicePropertyClassName] = &DEVPKEY_Device_Class,
        [DevicePropertyClassGuid] = &DEVPKEY_Device_ClassGuid,
        [DevicePropertyDriverKeyName] = &DEVPKEY_Device_Driver,
        [DevicePropertyManufacturer] = &DEVPKEY_Device_Manufacturer,
        [DevicePropertyFriendlyName] = &DEVPKEY_Device_FriendlyName,
        [DevicePropertyLocationInformation] = &DEVPKEY_Device_LocationInfo,
        [DevicePropertyPhysicalDeviceObjectName] = &DEVPKEY_Device_PDOName,
        [DevicePropertyBusTypeGuid] = &DEVPKEY_Device_BusTypeGuid,
        [DevicePropertyLegacyBusType] = &DEVPKEY_Device_LegacyBusType,
        [DevicePropertyBusNumber] = &DEVPKEY_Device_BusNumber,
        [DevicePropertyEnumeratorName] = &DEVPKEY_Device_EnumeratorName,
        [DevicePropertyAddress] = &DEVPKEY_Device_Address,
        [DevicePropertyUINumber] = &DEVPKEY_Device_UINumber,
        [DevicePropertyInstallState] = &DEVPKEY_Device_InstallState,
        [DevicePropertyRemovalPolicy] = &DEVPKEY_Device_RemovalPolicy,
        [DevicePropertyContainerID] = &DEVPKEY_Device_ContainerId,
    };

    return (size_t)property < ARRAYSIZE(keys) ? keys[property] : NULL;
}

/* Class and container are text here, the bus type is not. */
static NTSTATUS as_text(struct device_value *value)
{
    WCHAR text[GUID_UNITS + 1];

    guid_format(value->data, true, text);
    value_free(value);
    return value_set(value, DEVPROP_TYPE_STRING, text, sizeof(text));
}

static NTSTATUS get_by_number(struct devnode *devnode, DEVICE_REGISTRY_PROPERTY property, struct device_value *ret_value)
{
    const DEVPROPKEY *key = key_of(property);
    NTSTATUS status;

    switch (property)
    {
        case DevicePropertyBootConfiguration:
        case DevicePropertyBootConfigurationTranslated:
            return give_resources(devnode, &devnode->boot_resources, ret_value);
        case DevicePropertyAllocatedResources:
            return give_resources(devnode, &devnode->raw, ret_value);
        case DevicePropertyResourceRequirements:
            return give_requirements(devnode, ret_value);
        default:
            status = key == NULL ? STATUS_INVALID_PARAMETER_2 : device_property_get(devnode, key, LOCALE_NEUTRAL, ret_value);
            return NT_SUCCESS(status) && (property == DevicePropertyClassGuid || property == DevicePropertyContainerID) ?
                       as_text(ret_value) :
                       status;
    }
}

/*
 * Published entry points. A device that is no physical device object has no properties.
 */
NTSTATUS IoGetDeviceProperty(PDEVICE_OBJECT DeviceObject, DEVICE_REGISTRY_PROPERTY DeviceProperty, ULONG BufferLength,
                             PVOID PropertyBuffer, PULONG ResultLength)
{
    struct devnode *devnode = devnode_of_pdo(DeviceObject);
    struct device_value value;
    DEVPROPTYPE type;
    NTSTATUS status = devnode == NULL ? STATUS_INVALID_DEVICE_REQUEST : get_by_number(devnode, DeviceProperty, &value);

    *ResultLength = 0;
    if (NT_SUCCESS(status))
    {
        status = property_give(value.data, value.size, value.type, BufferLength, PropertyBuffer, ResultLength, &type);
        value_free(&value);
    }
    return status;
}

NTSTATUS IoGetDevicePropertyData(PDEVICE_OBJECT Pdo, const DEVPROPKEY *PropertyKey, LCID Lcid, ULONG Flags, ULONG Size,
                                 PVOID Data, PULONG RequiredSize, PDEVPROPTYPE Type)
{
    struct devnode *devnode = devnode_of_pdo(Pdo);
    struct device_value value;
    NTSTATUS status = devnode == NULL ? STATUS_INVALID_DEVICE_REQUEST :
                      Flags != 0      ? STATUS_INVALID_PARAMETER :
                                        device_property_get(devnode, PropertyKey, Lcid, &value);

    *RequiredSize = 0;
    if (NT_SUCCESS(status))
    {
        status = property_give(value.data, value.size, value.type, Size, Data, RequiredSize, Type);
        value_free(&value);
    }
    return status;
}

NTSTATUS IoSetDevicePropertyData(PDEVICE_OBJECT Pdo, const DEVPROPKEY *PropertyKey, LCID Lcid, ULONG Flags, DEVPROPTYPE Type,
                                 ULONG Size, PVOID Data)
{
    struct devnode *devnode = devnode_of_pdo(Pdo);

    if (devnode == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    if ((Flags & ~(ULONG)PLUGPLAY_PROPERTY_PERSISTENT) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return device_property_set(devnode, PropertyKey, Lcid, Flags != 0, Data == NULL && Size == 0 ? DEVPROP_TYPE_EMPTY : Type,
                               Size, Data);
}

/* The machine has one memory node, which its devices do not belong to in particular. */
NTSTATUS IoGetDeviceNumaNode(PDEVICE_OBJECT Pdo, PUSHORT NodeNumber)
{
    if (devnode_of_pdo(Pdo) == NULL)
    {
        return STATUS_INVALID_DEVICE_REQUEST;
    }
    *NodeNumber = 0;
    return STATUS_SUCCESS;
}
