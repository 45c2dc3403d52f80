/* SPDX-License-Identifier: MIT */
/*
 * Answers of the configuration manager.
 */
#include "nt/win32/cfgmgr.h"

#include <string.h>

CONFIGRET cfgmgr_result(NTSTATUS status)
{
    static const struct
    {
        NTSTATUS status;
        CONFIGRET result;
    } rows[] = {
        {STATUS_INSUFFICIENT_RESOURCES, CR_OUT_OF_MEMORY},
        {STATUS_NO_SUCH_DEVICE, CR_NO_SUCH_DEVINST},
        {STATUS_OBJECT_NAME_INVALID, CR_INVALID_DEVICE_ID},
        {STATUS_NO_MORE_ENTRIES, CR_NO_SUCH_DEVINST},
        {STATUS_OBJECT_NAME_NOT_FOUND, CR_NO_SUCH_VALUE},
        {STATUS_OBJECT_PATH_NOT_FOUND, CR_NO_SUCH_DEVICE_INTERFACE},
        {STATUS_INVALID_PARAMETER, CR_INVALID_DATA},
        {STATUS_ACCESS_DENIED, CR_ACCESS_DENIED},
        {STATUS_INVALID_HANDLE, CR_INVALID_DATA},
        {STATUS_OBJECT_TYPE_MISMATCH, CR_INVALID_DATA},
        {STATUS_NOT_SUPPORTED, CR_INVALID_DATA},
    };

    if (status >= 0)
    {
        return CR_SUCCESS;
    }
    for (size_t index = 0; index < ARRAYSIZE(rows); index++)
    {
        if (rows[index].status == status)
        {
            return rows[index].result;
        }
    }
    return CR_FAILURE;
}

static CONFIGRET give(struct device_value *value, void *buffer, size_t room)
{
    CONFIGRET result = room < value->size ? CR_BUFFER_SMALL : CR_SUCCESS;

    if (result == CR_SUCCESS)
    {
        memcpy(buffer, value->data, value->size);
    }
    value_free(value);
    return result;
}

CONFIGRET cfgmgr_give_wide(struct device_value *value, WCHAR *buffer, ULONG units)
{
    return give(value, buffer, (size_t)units * sizeof(WCHAR));
}

CONFIGRET cfgmgr_give_narrow(struct device_value *value, char *buffer, ULONG bytes)
{
    NTSTATUS status = cfgmgr_narrow(value);

    return status >= 0 ? give(value, buffer, bytes) : cfgmgr_result(status);
}

CONFIGRET cfgmgr_size_wide(struct device_value *value, ULONG *ret_units)
{
    *ret_units = value->size / sizeof(WCHAR);
    value_free(value);
    return CR_SUCCESS;
}

CONFIGRET cfgmgr_size_narrow(struct device_value *value, ULONG *ret_bytes)
{
    NTSTATUS status = cfgmgr_narrow(value);

    if (status < 0)
    {
        return cfgmgr_result(status);
    }
    *ret_bytes = value->size;
    value_free(value);
    return CR_SUCCESS;
}

CONFIGRET cfgmgr_give_bytes(struct device_value *value, void *buffer, ULONG *size)
{
    ULONG room = *size;

    *size = value->size;
    return give(value, buffer, room);
}

NTSTATUS cfgmgr_narrow(struct device_value *value)
{
    int units = (int)(value->size / sizeof(WCHAR));
    int bytes = WideCharToMultiByte(CP_UTF8, 0, value->data, units, NULL, 0, NULL, NULL);
    char *text = platform_alloc((size_t)bytes + 1);
    struct device_value narrow;
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

    if (text != NULL)
    {
        (void)WideCharToMultiByte(CP_UTF8, 0, value->data, units, text, bytes, NULL, NULL);
        status = value_set(&narrow, value->type, text, (size_t)bytes);
        platform_free(text, (size_t)bytes + 1);
    }
    value_free(value);
    if (status >= 0)
    {
        *value = narrow;
    }
    return status;
}

CONFIGRET cfgmgr_give_keys(struct device_value *keys, DEVPROPKEY *array, ULONG *count)
{
    ULONG room = *count;

    *count = keys->size / (ULONG)sizeof(DEVPROPKEY);
    return give(keys, array, (size_t)room * sizeof(DEVPROPKEY));
}

/* Errors of device installation, which its header has. */
#define SETUP_ERROR(Number) ((DWORD)(0xE0000000u | (Number)))

/*
 * The other way: what a program that speaks Win32 errors makes of an answer.
 */
DWORD WINAPI CM_MapCrToWin32Err(CONFIGRET CmReturnCode, DWORD DefaultErr)
{
    static const struct
    {
        CONFIGRET result;
        DWORD error;
    } rows[] = {
        {CR_SUCCESS, ERROR_SUCCESS},
        {CR_OUT_OF_MEMORY, ERROR_NOT_ENOUGH_MEMORY},
        {CR_INVALID_POINTER, ERROR_INVALID_USER_BUFFER},
        {CR_INVALID_FLAG, ERROR_INVALID_FLAGS},
        {CR_INVALID_DEVNODE, ERROR_INVALID_DATA},
        {CR_NO_SUCH_DEVINST, SETUP_ERROR(0x20B)},
        {CR_ALREADY_SUCH_DEVNODE, SETUP_ERROR(0x207)},
        {CR_BUFFER_SMALL, ERROR_INSUFFICIENT_BUFFER},
        {CR_INVALID_DEVICE_ID, SETUP_ERROR(0x205)},
        {CR_INVALID_DATA, ERROR_INVALID_DATA},
        {CR_NO_SUCH_VALUE, ERROR_NOT_FOUND},
        {CR_NO_SUCH_REGISTRY_KEY, SETUP_ERROR(0x204)},
        {CR_INVALID_MACHINENAME, SETUP_ERROR(0x220)},
        {CR_REMOTE_COMM_FAILURE, SETUP_ERROR(0x221)},
        {CR_MACHINE_UNAVAILABLE, SETUP_ERROR(0x222)},
        {CR_NO_CM_SERVICES, SETUP_ERROR(0x223)},
        {CR_ACCESS_DENIED, ERROR_ACCESS_DENIED},
        {CR_CALL_NOT_IMPLEMENTED, ERROR_CALL_NOT_IMPLEMENTED},
        {CR_INVALID_PROPERTY, SETUP_ERROR(0x209)},
        {CR_DEVICE_INTERFACE_ACTIVE, SETUP_ERROR(0x21B)},
        {CR_NO_SUCH_DEVICE_INTERFACE, SETUP_ERROR(0x225)},
        {CR_INVALID_REFERENCE_STRING, SETUP_ERROR(0x21F)},
        {CR_NOT_DISABLEABLE, SETUP_ERROR(0x231)},
        {CR_QUERY_VETOED, ERROR_ACCESS_DENIED},
        {CR_REMOVE_VETOED, ERROR_ACCESS_DENIED},
    };

    for (size_t index = 0; index < ARRAYSIZE(rows); index++)
    {
        if (rows[index].result == CmReturnCode)
        {
            return rows[index].error;
        }
    }
    return DefaultErr;
}
