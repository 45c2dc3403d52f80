/* SPDX-License-Identifier: MIT */
/*
 * Properties in a devnode's registry key: Enum\INSTANCE has the named values, and below Properties\{format}\number those without.
 */
#include <string.h>

#include <initguid.h>

#include "devpkey.h"

#include "nt/pnp/device_property.h"
#include "nt/pnp/devnode.h"
#include "nt/registry/registry.h"
#include "nt/rtl/guid.h"
#include "nt/rtl/string.h"

#define ENUMERATION L"MACHINE\\SYSTEM\\CurrentControlSet\\Enum\\"

/* A value's type in the registry, when it is a property's. */
#define PROPERTY_TYPE 0xFFFF0000u

const GUID device_property_numbered = {0xa45c254e, 0xdf1c, 0x4efd, {0x80, 0x20, 0x67, 0xd1, 0x46, 0xa8, 0x50, 0xe0}};

static const struct named_value
{
    const DEVPROPKEY *key;
    const WCHAR *name;
    DEVPROPTYPE type;
    ULONG registry_type;
} named_values[] = {
    {&DEVPKEY_Device_DeviceDesc, L"DeviceDesc", DEVPROP_TYPE_STRING, REG_SZ},
    {&DEVPKEY_Device_Service, L"Service", DEVPROP_TYPE_STRING, REG_SZ},
    {&DEVPKEY_Device_Class, L"Class", DEVPROP_TYPE_STRING, REG_SZ},
    {&DEVPKEY_Device_ClassGuid, L"ClassGUID", DEVPROP_TYPE_GUID, REG_SZ},
    {&DEVPKEY_Device_Driver, L"Driver", DEVPROP_TYPE_STRING, REG_SZ},
    {&DEVPKEY_Device_ConfigFlags, L"ConfigFlags", DEVPROP_TYPE_UINT32, REG_DWORD},
    {&DEVPKEY_Device_Manufacturer, L"Mfg", DEVPROP_TYPE_STRING, REG_SZ},
    {&DEVPKEY_Device_FriendlyName, L"FriendlyName", DEVPROP_TYPE_STRING, REG_SZ},
    {&DEVPKEY_Device_LocationInfo, L"LocationInformation", DEVPROP_TYPE_STRING, REG_SZ},
    {&DEVPKEY_Device_UpperFilters, L"UpperFilters", DEVPROP_TYPE_STRING_LIST, REG_MULTI_SZ},
    {&DEVPKEY_Device_LowerFilters, L"LowerFilters", DEVPROP_TYPE_STRING_LIST, REG_MULTI_SZ},
    {&DEVPKEY_Device_Security, L"Security", DEVPROP_TYPE_SECURITY_DESCRIPTOR, REG_BINARY},
    {&DEVPKEY_Device_DevType, L"DeviceType", DEVPROP_TYPE_UINT32, REG_DWORD},
    {&DEVPKEY_Device_Exclusive, L"Exclusive", DEVPROP_TYPE_BOOLEAN, REG_DWORD},
    {&DEVPKEY_Device_Characteristics, L"DeviceCharacteristics", DEVPROP_TYPE_UINT32, REG_DWORD},
    {&DEVPKEY_Device_UINumberDescFormat, L"UINumberDescFormat", DEVPROP_TYPE_STRING, REG_SZ},
    {&DEVPKEY_Device_RemovalPolicyOverride, L"RemovalPolicy", DEVPROP_TYPE_UINT32, REG_DWORD},
    {&DEVPKEY_Device_LocationPaths, L"LocationPaths", DEVPROP_TYPE_STRING_LIST, REG_MULTI_SZ},
};

static const struct named_value *find_named(const DEVPROPKEY *key)
{
    for (size_t index = 0; index < ARRAYSIZE(named_values); index++)
    {
        if (IsEqualDevPropKey(*named_values[index].key, *key))
        {
            return &named_values[index];
        }
    }
    return NULL;
}

bool device_registry_is_named(const DEVPROPKEY *key)
{
    return find_named(key) != NULL;
}

const DEVPROPKEY *device_registry_named_key(size_t index)
{
    return index < ARRAYSIZE(named_values) ? named_values[index].key : NULL;
}

/*
 * Text of numbers.
 */

static WCHAR *put_hexadecimal(WCHAR *to, uint32_t value, unsigned digits)
{
    while (digits-- > 0)
    {
        *to++ = (WCHAR) "0123456789abcdef"[(value >> (4 * digits)) & 15];
    }
    return to;
}

static bool get_hexadecimal(const WCHAR *text, unsigned digits, uint32_t *ret_number)
{
    uint32_t number = 0;

    for (; digits > 0; digits--, text++)
    {
        WCHAR unit = string_upcase(*text);

        if (!((unit >= '0' && unit <= '9') || (unit >= 'A' && unit <= 'F')))
        {
            return false;
        }
        number = number * 16 + (uint32_t)(unit <= '9' ? unit - '0' : unit - 'A' + 10);
    }
    *ret_number = number;
    return true;
}

/*
 * Finding keys of the registry.
 */

/* Where a property stands: the path of its key, and the name of its value, which is in the memory given. */
struct place
{
    UNICODE_STRING path;
    UNICODE_STRING name;
    WCHAR locale[9];
};

static NTSTATUS find_place(struct devnode *devnode, const DEVPROPKEY *key, LCID locale, struct place *ret_place)
{
    const struct named_value *named = find_named(key);
    WCHAR format[GUID_UNITS + 1];
    WCHAR number[10] = L"\\";
    const WCHAR *parts[] = {ENUMERATION, devnode_instance(devnode)->Buffer, L"\\Properties\\", format, number, NULL};

    *ret_place = (struct place){0};
    if (named != NULL)
    {
        parts[2] = NULL;
        RtlInitUnicodeString(&ret_place->name, named->name);
    }
    else if (locale != LOCALE_NEUTRAL)
    {
        *put_hexadecimal(ret_place->locale, locale, 8) = 0;
        RtlInitUnicodeString(&ret_place->name, ret_place->locale);
    }
    guid_format(&key->fmtid, true, format);
    *put_hexadecimal(number + 1, key->pid, 8) = 0;
    return string_join(&ret_place->path, parts);
}

/* A copy of a value with the registry's type. */
static NTSTATUS read_value(const struct place *place, struct device_value *ret_value)
{
    struct registry *the_registry = registry();
    struct tree_key *key;
    const struct tree_value *value;
    NTSTATUS status = the_registry == NULL ? STATUS_INSUFFICIENT_RESOURCES :
                                             registry_find(the_registry, the_registry->root, &place->path, false, &key);

    if (!NT_SUCCESS(status))
    {
        return status == STATUS_INSUFFICIENT_RESOURCES ? status : STATUS_OBJECT_NAME_NOT_FOUND;
    }
    registry_lock_tree(the_registry);
    value = tree_find_value(key, &place->name);
    status = value == NULL ? STATUS_OBJECT_NAME_NOT_FOUND : value_set(ret_value, value->type, value->data, value->size);
    registry_unlock_tree(the_registry);
    registry_release(key);
    return status;
}

/* A type of REG_NONE removes. */
static NTSTATUS write_value(const struct place *place, uint32_t type, ULONG size, const void *data)
{
    struct registry *the_registry = registry();
    struct tree_key *key;
    NTSTATUS status;

    if (the_registry == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    if (type == REG_NONE)
    {
        status = registry_find(the_registry, the_registry->root, &place->path, false, &key);
    }
    else
    {
        status = registry_create_path(the_registry, the_registry->root, &place->path, REG_OPTION_NON_VOLATILE, &key);
    }
    if (!NT_SUCCESS(status))
    {
        return status == STATUS_OBJECT_PATH_NOT_FOUND ? STATUS_OBJECT_NAME_NOT_FOUND : status;
    }
    status = type == REG_NONE ? registry_delete_value(the_registry, key, &place->name) :
                                registry_set_value(the_registry, key, &place->name, type, data, size);
    registry_release(key);
    return status;
}

/*
 * Named values, whose types in the registry are other ones.
 */

static bool fits(const struct device_value *value, const struct named_value *named)
{
    return value->type == named->registry_type && (named->registry_type != REG_DWORD || value->size == sizeof(ULONG));
}

/* Makes the registry's value the property's. */
static NTSTATUS value_from_registry(struct device_value *value, const struct named_value *named)
{
    struct device_value converted = {0};
    NTSTATUS status;
    GUID guid;

    if (!fits(value, named))
    {
        return STATUS_OBJECT_NAME_NOT_FOUND;
    }
    switch (named->type)
    {
        case DEVPROP_TYPE_GUID:
            status = value->size >= GUID_UNITS * sizeof(WCHAR) && guid_parse(value->data, &guid) ?
                         value_set(&converted, DEVPROP_TYPE_GUID, &guid, sizeof(guid)) :
                         STATUS_OBJECT_NAME_NOT_FOUND;
            break;
        case DEVPROP_TYPE_BOOLEAN:
            status = value_set_boolean(&converted, *(const ULONG *)value->data != 0);
            break;
        default:
            value->type = named->type;
            return STATUS_SUCCESS;
    }
    value_free(value);
    *value = converted;
    return status;
}

NTSTATUS device_registry_get(struct devnode *devnode, const DEVPROPKEY *key, LCID locale, struct device_value *ret_value)
{
    const struct named_value *named = find_named(key);
    struct place place;
    NTSTATUS status = find_place(devnode, key, locale, &place);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = read_value(&place, ret_value);
    string_free(&place.path);
    if (NT_SUCCESS(status) && named == NULL)
    {
        ret_value->type &= ~PROPERTY_TYPE;
    }
    else if (NT_SUCCESS(status))
    {
        status = value_from_registry(ret_value, named);
        if (!NT_SUCCESS(status))
        {
            value_free(ret_value);
        }
    }
    return status;
}

static NTSTATUS write_named(const struct place *place, const struct named_value *named, ULONG size, const void *data)
{
    WCHAR text[GUID_UNITS + 1];
    ULONG number;

    switch (named->type)
    {
        case DEVPROP_TYPE_GUID:
            guid_format(data, true, text);
            return write_value(place, REG_SZ, sizeof(text), text);
        case DEVPROP_TYPE_BOOLEAN:
            number = *(const DEVPROP_BOOLEAN *)data != DEVPROP_FALSE;
            return write_value(place, REG_DWORD, sizeof(number), &number);
        default:
            return write_value(place, named->registry_type, size, data);
    }
}

NTSTATUS device_registry_set(struct devnode *devnode, const DEVPROPKEY *key, LCID locale, DEVPROPTYPE type, ULONG size,
                             const void *data)
{
    const struct named_value *named = find_named(key);
    struct place place;
    NTSTATUS status = named != NULL && type != named->type && type != DEVPROP_TYPE_EMPTY ?
                          STATUS_INVALID_PARAMETER :
                          find_place(devnode, key, locale, &place);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    if (type == DEVPROP_TYPE_EMPTY)
    {
        status = write_value(&place, REG_NONE, 0, NULL);
    }
    else
    {
        status =
            named != NULL ? write_named(&place, named, size, data) : write_value(&place, PROPERTY_TYPE | type, size, data);
    }
    string_free(&place.path);
    return status;
}

/*
 * Which there are.
 */

/* Adds the numbers of one format. The caller holds the lock on the registry's tree. */
static NTSTATUS add_format(const struct tree_key *format, struct device_value *keys)
{
    NTSTATUS status = STATUS_SUCCESS;
    DEVPROPKEY key;

    if (format->name.Length != GUID_UNITS * sizeof(WCHAR) || !guid_parse(format->name.Buffer, &key.fmtid))
    {
        return STATUS_SUCCESS;
    }
    for (uint32_t index = 0; index < format->children.count && NT_SUCCESS(status); index++)
    {
        const struct tree_key *number = tree_child_at(format, index);
        uint32_t pid;

        if (number->name.Length == 8 * sizeof(WCHAR) && number->values.count != 0 &&
            get_hexadecimal(number->name.Buffer, 8, &pid))
        {
            key.pid = pid;
            status = value_append(keys, &key, sizeof(key));
        }
    }
    return status;
}

NTSTATUS device_registry_add_keys(struct devnode *devnode, struct device_value *keys)
{
    const WCHAR *const parts[] = {ENUMERATION, devnode_instance(devnode)->Buffer, L"\\Properties", NULL};
    struct registry *the_registry = registry();
    struct tree_key *properties;
    UNICODE_STRING path;
    NTSTATUS status = the_registry == NULL ? STATUS_INSUFFICIENT_RESOURCES : string_join(&path, parts);

    if (!NT_SUCCESS(status))
    {
        return status;
    }
    status = registry_find(the_registry, the_registry->root, &path, false, &properties);
    string_free(&path);
    if (!NT_SUCCESS(status))
    {
        return status == STATUS_INSUFFICIENT_RESOURCES ? status : STATUS_SUCCESS;
    }
    registry_lock_tree(the_registry);
    for (uint32_t index = 0; index < properties->children.count && NT_SUCCESS(status); index++)
    {
        status = add_format(tree_child_at(properties, index), keys);
    }
    registry_unlock_tree(the_registry);
    registry_release(properties);
    return status;
}
