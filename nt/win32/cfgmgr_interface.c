/* SPDX-License-Identifier: MIT */
/*
 * Device interfaces for programs.
 */
#include "nt/win32/cfgmgr.h"

#include <string.h>

/*
 * Lists.
 */

static CONFIGRET list_names(const GUID *class, const WCHAR *path, ULONG flags, HMACHINE machine,
                            struct device_value *ret_names)
{
    if (machine != NULL)
    {
        return CR_INVALID_MACHINENAME;
    }
    if (class == NULL)
    {
        return CR_INVALID_POINTER;
    }
    if ((flags & ~(ULONG)CM_GET_DEVICE_INTERFACE_LIST_BITS) != 0)
    {
        return CR_INVALID_FLAG;
    }
    return cfgmgr_result(
        cm_list_interfaces(class, path, (flags & CM_GET_DEVICE_INTERFACE_LIST_ALL_DEVICES) == 0, ret_names));
}

static CONFIGRET list_names_narrow(const GUID *class, const char *path, ULONG flags, HMACHINE machine,
                                   struct device_value *ret_names)
{
    struct wide_text wide;
    CONFIGRET result;

    if (!wide_open(&wide, path))
    {
        return CR_OUT_OF_MEMORY;
    }
    result = list_names(class, wide.text, flags, machine, ret_names);
    wide_close(&wide);
    return result;
}

CONFIGRET WINAPI CM_Get_Device_Interface_List_ExW(LPGUID InterfaceClassGuid, DEVINSTID_W pDeviceID, PWCHAR Buffer,
                                                  ULONG BufferLen, ULONG ulFlags, HMACHINE hMachine)
{
    struct device_value names;
    CONFIGRET result = Buffer == NULL || BufferLen == 0 ?
                           CR_INVALID_POINTER :
                           list_names(InterfaceClassGuid, pDeviceID, ulFlags, hMachine, &names);

    return result == CR_SUCCESS ? cfgmgr_give_wide(&names, Buffer, BufferLen) : result;
}

CONFIGRET WINAPI CM_Get_Device_Interface_List_ExA(LPGUID InterfaceClassGuid, DEVINSTID_A pDeviceID, PCHAR Buffer,
                                                  ULONG BufferLen, ULONG ulFlags, HMACHINE hMachine)
{
    struct device_value names;
    CONFIGRET result = Buffer == NULL || BufferLen == 0 ?
                           CR_INVALID_POINTER :
                           list_names_narrow(InterfaceClassGuid, pDeviceID, ulFlags, hMachine, &names);

    return result == CR_SUCCESS ? cfgmgr_give_narrow(&names, Buffer, BufferLen) : result;
}

CONFIGRET WINAPI CM_Get_Device_Interface_ListW(LPGUID InterfaceClassGuid, DEVINSTID_W pDeviceID, PWCHAR Buffer,
                                               ULONG BufferLen, ULONG ulFlags)
{
    return CM_Get_Device_Interface_List_ExW(InterfaceClassGuid, pDeviceID, Buffer, BufferLen, ulFlags, NULL);
}

CONFIGRET WINAPI CM_Get_Device_Interface_ListA(LPGUID InterfaceClassGuid, DEVINSTID_A pDeviceID, PCHAR Buffer,
                                               ULONG BufferLen, ULONG ulFlags)
{
    return CM_Get_Device_Interface_List_ExA(InterfaceClassGuid, pDeviceID, Buffer, BufferLen, ulFlags, NULL);
}

CONFIGRET WINAPI CM_Get_Device_Interface_List_Size_ExW(PULONG pulLen, LPGUID InterfaceClassGuid, DEVINSTID_W pDeviceID,
                                                       ULONG ulFlags, HMACHINE hMachine)
{
    struct device_value names;
    CONFIGRET result = CR_INVALID_POINTER;

    if (pulLen != NULL)
    {
        *pulLen = 0;
        result = list_names(InterfaceClassGuid, pDeviceID, ulFlags, hMachine, &names);
    }
    return result == CR_SUCCESS ? cfgmgr_size_wide(&names, pulLen) : result;
}

CONFIGRET WINAPI CM_Get_Device_Interface_List_Size_ExA(PULONG pulLen, LPGUID InterfaceClassGuid, DEVINSTID_A pDeviceID,
                                                       ULONG ulFlags, HMACHINE hMachine)
{
    struct device_value names;
    CONFIGRET result = CR_INVALID_POINTER;

    if (pulLen != NULL)
    {
        *pulLen = 0;
        result = list_names_narrow(InterfaceClassGuid, pDeviceID, ulFlags, hMachine, &names);
    }
    return result == CR_SUCCESS ? cfgmgr_size_narrow(&names, pulLen) : result;
}

CONFIGRET WINAPI CM_Get_Device_Interface_List_SizeW(PULONG pulLen, LPGUID InterfaceClassGuid, DEVINSTID_W pDeviceID,
                                                    ULONG ulFlags)
{
    return CM_Get_Device_Interface_List_Size_ExW(pulLen, InterfaceClassGuid, pDeviceID, ulFlags, NULL);
}

CONFIGRET WINAPI CM_Get_Device_Interface_List_SizeA(PULONG pulLen, LPGUID InterfaceClassGuid, DEVINSTID_A pDeviceID,
                                                    ULONG ulFlags)
{
    return CM_Get_Device_Interface_List_Size_ExA(pulLen, InterfaceClassGuid, pDeviceID, ulFlags, NULL);
}

/*
 * Properties. A key of NULL is CR_FAILURE, as published, where other pointers are CR_INVALID_POINTER.
 */

CONFIGRET WINAPI CM_Get_Device_Interface_PropertyW(LPCWSTR pszDeviceInterface, const DEVPROPKEY *PropertyKey,
                                                   DEVPROPTYPE *PropertyType, PBYTE PropertyBuffer,
                                                   PULONG PropertyBufferSize, ULONG ulFlags)
{
    struct device_value value;
    CONFIGRET result;

    if (PropertyKey == NULL)
    {
        return CR_FAILURE;
    }
    if (pszDeviceInterface == NULL || PropertyType == NULL || PropertyBufferSize == NULL ||
        (PropertyBuffer == NULL && *PropertyBufferSize != 0))
    {
        return CR_INVALID_POINTER;
    }
    *PropertyType = DEVPROP_TYPE_EMPTY;
    result =
        ulFlags != 0 ? CR_INVALID_FLAG : cfgmgr_result(cm_get_interface_property(pszDeviceInterface, PropertyKey, &value));
    if (result != CR_SUCCESS)
    {
        *PropertyBufferSize = result == CR_NO_SUCH_VALUE ? 0 : *PropertyBufferSize;
        return result;
    }
    *PropertyType = value.type;
    return cfgmgr_give_bytes(&value, PropertyBuffer, PropertyBufferSize);
}

CONFIGRET WINAPI CM_Set_Device_Interface_PropertyW(LPCWSTR pszDeviceInterface, const DEVPROPKEY *PropertyKey,
                                                   DEVPROPTYPE PropertyType, const BYTE *PropertyBuffer,
                                                   ULONG PropertyBufferSize, ULONG ulFlags)
{
    if (PropertyKey == NULL)
    {
        return CR_FAILURE;
    }
    if (pszDeviceInterface == NULL || (PropertyBuffer == NULL && PropertyBufferSize != 0))
    {
        return CR_INVALID_POINTER;
    }
    if (ulFlags != 0)
    {
        return CR_INVALID_FLAG;
    }
    return cfgmgr_result(
        cm_set_interface_property(pszDeviceInterface, PropertyKey, PropertyType, PropertyBufferSize, PropertyBuffer));
}

CONFIGRET WINAPI CM_Get_Device_Interface_Property_KeysW(LPCWSTR pszDeviceInterface, DEVPROPKEY *PropertyKeyArray,
                                                        PULONG PropertyKeyCount, ULONG ulFlags)
{
    struct device_value keys;
    CONFIGRET result;

    if (pszDeviceInterface == NULL || PropertyKeyCount == NULL || (PropertyKeyArray == NULL && *PropertyKeyCount != 0))
    {
        return CR_INVALID_POINTER;
    }
    result = ulFlags != 0 ? CR_INVALID_FLAG : cfgmgr_result(cm_list_interface_properties(pszDeviceInterface, &keys));
    return result == CR_SUCCESS ? cfgmgr_give_keys(&keys, PropertyKeyArray, PropertyKeyCount) : result;
}

/*
 * Aliases. The length is in units with the terminator, and answers how many are needed.
 */

static CONFIGRET find_alias(const WCHAR *name, const GUID *class, ULONG flags, struct device_value *ret_alias)
{
    NTSTATUS status;

    if (flags != 0)
    {
        return CR_INVALID_FLAG;
    }
    status = cm_interface_alias(name, class, ret_alias);
    return status == STATUS_OBJECT_NAME_NOT_FOUND ? CR_NO_SUCH_DEVICE_INTERFACE : cfgmgr_result(status);
}

static bool has_pointers(const void *name, const void *class, const void *buffer, const ULONG *length)
{
    return name != NULL && class != NULL && length != NULL && (buffer != NULL || *length == 0);
}

CONFIGRET WINAPI CM_Get_Device_Interface_AliasW(LPCWSTR pszDeviceInterface, LPGUID AliasInterfaceGuid,
                                                LPWSTR pszAliasDeviceInterface, PULONG pulLength, ULONG ulFlags)
{
    struct device_value alias;
    ULONG room;
    CONFIGRET result = has_pointers(pszDeviceInterface, AliasInterfaceGuid, pszAliasDeviceInterface, pulLength) ?
                           find_alias(pszDeviceInterface, AliasInterfaceGuid, ulFlags, &alias) :
                           CR_INVALID_POINTER;

    if (result != CR_SUCCESS)
    {
        return result;
    }
    room = *pulLength;
    *pulLength = alias.size / sizeof(WCHAR);
    return cfgmgr_give_wide(&alias, pszAliasDeviceInterface, room);
}

CONFIGRET WINAPI CM_Get_Device_Interface_AliasA(LPCSTR pszDeviceInterface, LPGUID AliasInterfaceGuid,
                                                LPSTR pszAliasDeviceInterface, PULONG pulLength, ULONG ulFlags)
{
    struct device_value alias;
    struct wide_text wide;
    CONFIGRET result;

    if (!has_pointers(pszDeviceInterface, AliasInterfaceGuid, pszAliasDeviceInterface, pulLength))
    {
        return CR_INVALID_POINTER;
    }
    if (!wide_open(&wide, pszDeviceInterface))
    {
        return CR_OUT_OF_MEMORY;
    }
    result = find_alias(wide.text, AliasInterfaceGuid, ulFlags, &alias);
    wide_close(&wide);
    result = result == CR_SUCCESS ? cfgmgr_result(cfgmgr_narrow(&alias)) : result;
    return result == CR_SUCCESS ? cfgmgr_give_bytes(&alias, pszAliasDeviceInterface, pulLength) : result;
}

/*
 * Keys of the registry.
 */

CONFIGRET WINAPI CM_Open_Device_Interface_KeyW(LPCWSTR pszDeviceInterface, REGSAM samDesired, REGDISPOSITION Disposition,
                                               PHKEY phkDeviceInterface, ULONG ulFlags)
{
    HANDLE key = NULL;
    NTSTATUS status;

    if (pszDeviceInterface == NULL || phkDeviceInterface == NULL)
    {
        return CR_INVALID_POINTER;
    }
    *phkDeviceInterface = NULL;
    if (ulFlags != 0)
    {
        return CR_INVALID_FLAG;
    }
    if ((Disposition & ~(REGDISPOSITION)RegDisposition_Bits) != 0)
    {
        return CR_INVALID_DATA;
    }
    status = cm_open_interface_key(pszDeviceInterface, Disposition == RegDisposition_OpenAlways, samDesired, &key);
    *phkDeviceInterface = (HKEY)(ULONG_PTR)key;
    return status == STATUS_OBJECT_NAME_NOT_FOUND ? CR_NO_SUCH_REGISTRY_KEY : cfgmgr_result(status);
}

CONFIGRET WINAPI CM_Open_Device_Interface_KeyA(LPCSTR pszDeviceInterface, REGSAM samDesired, REGDISPOSITION Disposition,
                                               PHKEY phkDeviceInterface, ULONG ulFlags)
{
    struct wide_text wide;
    CONFIGRET result;

    if (!wide_open(&wide, pszDeviceInterface))
    {
        return CR_OUT_OF_MEMORY;
    }
    result = CM_Open_Device_Interface_KeyW(wide.text, samDesired, Disposition, phkDeviceInterface, ulFlags);
    wide_close(&wide);
    return result;
}
