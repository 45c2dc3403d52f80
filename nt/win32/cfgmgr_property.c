/* SPDX-License-Identifier: MIT */
/*
 * Properties of device instances for programs.
 */
#include "nt/win32/cfgmgr.h"

#include <string.h>

static CONFIGRET instance_result(NTSTATUS status)
{
    return status == STATUS_NO_SUCH_DEVICE ? CR_INVALID_DEVINST : cfgmgr_result(status);
}

CONFIGRET WINAPI CM_Get_DevNode_PropertyW(DEVINST dnDevInst, const DEVPROPKEY *PropertyKey, DEVPROPTYPE *PropertyType,
                                          PBYTE PropertyBuffer, PULONG PropertyBufferSize, ULONG ulFlags)
{
    struct device_value value;
    CONFIGRET result;

    if (PropertyKey == NULL || PropertyType == NULL || PropertyBufferSize == NULL ||
        (PropertyBuffer == NULL && *PropertyBufferSize != 0))
    {
        return CR_INVALID_POINTER;
    }
    *PropertyType = DEVPROP_TYPE_EMPTY;
    result = ulFlags != 0 ? CR_INVALID_FLAG : instance_result(cm_get_property(dnDevInst, PropertyKey, &value));
    if (result != CR_SUCCESS)
    {
        *PropertyBufferSize = result == CR_NO_SUCH_VALUE ? 0 : *PropertyBufferSize;
        return result;
    }
    *PropertyType = value.type;
    return cfgmgr_give_bytes(&value, PropertyBuffer, PropertyBufferSize);
}

CONFIGRET WINAPI CM_Set_DevNode_PropertyW(DEVINST dnDevInst, const DEVPROPKEY *PropertyKey, DEVPROPTYPE PropertyType,
                                          const BYTE *PropertyBuffer, ULONG PropertyBufferSize, ULONG ulFlags)
{
    if (PropertyKey == NULL || (PropertyBuffer == NULL && PropertyBufferSize != 0))
    {
        return CR_INVALID_POINTER;
    }
    if (ulFlags != 0)
    {
        return CR_INVALID_FLAG;
    }
    return instance_result(cm_set_property(dnDevInst, PropertyKey, PropertyType, PropertyBufferSize, PropertyBuffer));
}

CONFIGRET WINAPI CM_Get_DevNode_Property_Keys(DEVINST dnDevInst, DEVPROPKEY *PropertyKeyArray, PULONG PropertyKeyCount,
                                              ULONG ulFlags)
{
    struct device_value keys;
    CONFIGRET result;

    if (PropertyKeyCount == NULL || (PropertyKeyArray == NULL && *PropertyKeyCount != 0))
    {
        return CR_INVALID_POINTER;
    }
    result = ulFlags != 0 ? CR_INVALID_FLAG : instance_result(cm_list_properties(dnDevInst, &keys));
    return result == CR_SUCCESS ? cfgmgr_give_keys(&keys, PropertyKeyArray, PropertyKeyCount) : result;
}

/*
 * The same by number, with types of the registry. A class is text here, and so are containers; a bus type is not.
 */

#define NUMBERED_LAST CM_DRP_BASE_CONTAINERID

static DEVPROPKEY numbered_key(ULONG property)
{
    DEVPROPKEY key = {{0xa45c254e, 0xdf1c, 0x4efd, {0x80, 0x20, 0x67, 0xd1, 0x46, 0xa8, 0x50, 0xe0}}, property + 1};

    return key;
}

static NTSTATUS guid_as_text(struct device_value *value)
{
    WCHAR text[39];

    (void)StringFromGUID2(value->data, text, ARRAYSIZE(text));
    value_free(value);
    return value_set(value, DEVPROP_TYPE_STRING, text, sizeof(text));
}

static NTSTATUS boolean_as_number(struct device_value *value)
{
    ULONG number = *(const DEVPROP_BOOLEAN *)value->data != DEVPROP_FALSE;

    value_free(value);
    return value_set_number(value, DEVPROP_TYPE_UINT32, number);
}

static NTSTATUS as_registry(struct device_value *value, ULONG property)
{
    if (value->type == DEVPROP_TYPE_GUID && property != CM_DRP_BUSTYPEGUID)
    {
        return guid_as_text(value);
    }
    return value->type == DEVPROP_TYPE_BOOLEAN ? boolean_as_number(value) : STATUS_SUCCESS;
}

static ULONG registry_type(const struct device_value *value)
{
    switch (value->type)
    {
        case DEVPROP_TYPE_STRING:
            return REG_SZ;
        case DEVPROP_TYPE_STRING_LIST:
            return REG_MULTI_SZ;
        case DEVPROP_TYPE_UINT32:
        case DEVPROP_TYPE_INT32:
            return REG_DWORD;
        default:
            return REG_BINARY;
    }
}

static CONFIGRET get_numbered(DEVINST instance, ULONG property, const void *buffer, const ULONG *length, ULONG flags,
                              struct device_value *ret_value)
{
    DEVPROPKEY key = numbered_key(property);
    NTSTATUS status;

    if (length == NULL || (buffer == NULL && *length != 0))
    {
        return CR_INVALID_POINTER;
    }
    if (property < CM_DRP_MIN || property > NUMBERED_LAST)
    {
        return CR_INVALID_PROPERTY;
    }
    if (flags != 0)
    {
        return CR_INVALID_FLAG;
    }
    status = cm_get_property(instance, &key, ret_value);
    status = status >= 0 ? as_registry(ret_value, property) : status;
    return instance_result(status);
}

static CONFIGRET give_numbered(struct device_value *value, ULONG type, ULONG *ret_type, void *buffer, ULONG *length)
{
    if (ret_type != NULL)
    {
        *ret_type = type;
    }
    return cfgmgr_give_bytes(value, buffer, length);
}

CONFIGRET WINAPI CM_Get_DevNode_Registry_PropertyW(DEVINST dnDevInst, ULONG ulProperty, PULONG pulRegDataType, PVOID Buffer,
                                                   PULONG pulLength, ULONG ulFlags)
{
    struct device_value value;
    CONFIGRET result = get_numbered(dnDevInst, ulProperty, Buffer, pulLength, ulFlags, &value);

    return result == CR_SUCCESS ? give_numbered(&value, registry_type(&value), pulRegDataType, Buffer, pulLength) : result;
}

CONFIGRET WINAPI CM_Get_DevNode_Registry_PropertyA(DEVINST dnDevInst, ULONG ulProperty, PULONG pulRegDataType, PVOID Buffer,
                                                   PULONG pulLength, ULONG ulFlags)
{
    struct device_value value;
    CONFIGRET result = get_numbered(dnDevInst, ulProperty, Buffer, pulLength, ulFlags, &value);
    ULONG type;

    if (result != CR_SUCCESS)
    {
        return result;
    }
    type = registry_type(&value);
    if (type == REG_SZ || type == REG_MULTI_SZ)
    {
        result = cfgmgr_result(cfgmgr_narrow(&value));
    }
    return result == CR_SUCCESS ? give_numbered(&value, type, pulRegDataType, Buffer, pulLength) : result;
}
