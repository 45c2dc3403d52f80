/* SPDX-License-Identifier: MIT */
/*
 * Values of keys, as Win32 programs see them.
 */
#include "nt/win32/registry.h"

#include <string.h>

/* Data into the caller's buffer: its size goes out in any case, also without a buffer. */
static LONG copy_data(const struct key_value *value, BYTE *to, DWORD *size)
{
    DWORD room = size != NULL ? *size : 0;

    if (size != NULL)
    {
        *size = value->data_length;
    }
    if (to == NULL)
    {
        return ERROR_SUCCESS;
    }
    if (room < value->data_length)
    {
        return ERROR_MORE_DATA;
    }
    if (value->data_length != 0)
    {
        memcpy(to, (const char *)value + value->data_offset, value->data_length);
    }
    return ERROR_SUCCESS;
}

LONG WINAPI RegQueryValueExW(HKEY hKey, LPCWSTR lpValueName, LPDWORD lpReserved, LPDWORD lpType, LPBYTE lpData,
                             LPDWORD lpcbData)
{
    struct key_value *value;
    struct used_key used;
    ULONG size;
    LONG error;

    if (lpReserved != NULL || (lpData != NULL && lpcbData == NULL))
    {
        return ERROR_INVALID_PARAMETER;
    }
    error = key_use(hKey, &used);
    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    error = key_read_value(used.handle, lpValueName, (ULONG)-1, &value, &size);
    key_use_end(&used);
    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    if (lpType != NULL)
    {
        *lpType = value->type;
    }
    error = copy_data(value, lpData, lpcbData);
    platform_free(value, size);
    return error;
}

LONG WINAPI RegSetValueExW(HKEY hKey, LPCWSTR lpValueName, DWORD Reserved, DWORD dwType, const BYTE *lpData, DWORD cbData)
{
    UNICODE_STRING name = key_text(lpValueName);
    struct used_key used;
    LONG error;

    if (Reserved != 0 || (lpData == NULL && cbData != 0))
    {
        return Reserved != 0 ? ERROR_INVALID_PARAMETER : ERROR_NOACCESS;
    }
    error = key_use(hKey, &used);
    if (error == ERROR_SUCCESS)
    {
        error = key_error(ZwSetValueKey(used.handle, &name, 0, dwType, (PVOID)(ULONG_PTR)lpData, cbData));
        key_use_end(&used);
    }
    return error;
}

LONG WINAPI RegDeleteValueW(HKEY hKey, LPCWSTR lpValueName)
{
    UNICODE_STRING name = key_text(lpValueName);
    struct used_key used;
    LONG error = key_use(hKey, &used);

    if (error == ERROR_SUCCESS)
    {
        error = key_error(ZwDeleteValueKey(used.handle, &name));
        key_use_end(&used);
    }
    return error;
}

LONG WINAPI RegEnumValueW(HKEY hKey, DWORD dwIndex, LPWSTR lpValueName, LPDWORD lpcchValueName, LPDWORD lpReserved,
                          LPDWORD lpType, LPBYTE lpData, LPDWORD lpcbData)
{
    struct key_value *value;
    ULONG size;
    DWORD units;
    LONG error;

    if (lpReserved != NULL || lpValueName == NULL || lpcchValueName == NULL || (lpData != NULL && lpcbData == NULL))
    {
        return ERROR_INVALID_PARAMETER;
    }
    error = key_enumerate_values(hKey, dwIndex, &value, &size);
    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    units = value->name_length / (DWORD)sizeof(WCHAR);
    if (*lpcchValueName <= units)
    {
        error = ERROR_MORE_DATA;
    }
    else
    {
        memcpy(lpValueName, value->name, value->name_length);
        lpValueName[units] = 0;
        *lpcchValueName = units;
    }
    if (lpType != NULL)
    {
        *lpType = value->type;
    }
    if (error == ERROR_SUCCESS)
    {
        error = copy_data(value, lpData, lpcbData);
    }
    platform_free(value, size);
    return error;
}

LONG WINAPI RegSetKeyValueW(HKEY hKey, LPCWSTR lpSubKey, LPCWSTR lpValueName, DWORD dwType, LPCVOID lpData, DWORD cbData)
{
    HKEY key;
    LONG error;

    if (lpSubKey == NULL || lpSubKey[0] == 0)
    {
        return RegSetValueExW(hKey, lpValueName, 0, dwType, lpData, cbData);
    }
    error = RegCreateKeyExW(hKey, lpSubKey, 0, NULL, REG_OPTION_NON_VOLATILE, KEY_SET_VALUE, NULL, &key, NULL);
    if (error == ERROR_SUCCESS)
    {
        error = RegSetValueExW(key, lpValueName, 0, dwType, lpData, cbData);
        (void)RegCloseKey(key);
    }
    return error;
}

LONG WINAPI RegDeleteKeyValueW(HKEY hKey, LPCWSTR lpSubKey, LPCWSTR lpValueName)
{
    struct used_key used;
    LONG error = key_open_below(hKey, lpSubKey, KEY_SET_VALUE, &used);

    if (error == ERROR_SUCCESS)
    {
        error = RegDeleteValueW(used.handle, lpValueName);
        key_use_end(&used);
    }
    return error;
}

/*
 * RegGetValue: the type is checked, and text always ends.
 */

static DWORD type_flag(DWORD type)
{
    static const DWORD flags[] = {
        [REG_NONE] = RRF_RT_REG_NONE,     [REG_SZ] = RRF_RT_REG_SZ,       [REG_EXPAND_SZ] = RRF_RT_REG_EXPAND_SZ,
        [REG_BINARY] = RRF_RT_REG_BINARY, [REG_DWORD] = RRF_RT_REG_DWORD, [REG_MULTI_SZ] = RRF_RT_REG_MULTI_SZ,
        [REG_QWORD] = RRF_RT_REG_QWORD,
    };

    return type < ARRAYSIZE(flags) ? flags[type] : 0;
}

static bool is_allowed(const struct key_value *value, DWORD flags)
{
    DWORD allowed = flags & RRF_RT_ANY;
    bool is_binary = value->type == REG_BINARY;

    if (allowed == RRF_RT_ANY)
    {
        return true;
    }
    /* Bytes count as a number when they are as many as one has. */
    if (is_binary && (allowed & ~(DWORD)RRF_RT_REG_BINARY) == RRF_RT_REG_DWORD)
    {
        return value->data_length == sizeof(DWORD);
    }
    if (is_binary && (allowed & ~(DWORD)RRF_RT_REG_BINARY) == RRF_RT_REG_QWORD)
    {
        return value->data_length == sizeof(ULONGLONG);
    }
    return (allowed & type_flag(value->type)) != 0;
}

/* The zeros that a text lacks: one, or two for a list. */
static DWORD missing_end(const struct key_value *value)
{
    const WCHAR *units = (const WCHAR *)(const void *)((const char *)value + value->data_offset);
    DWORD count = value->data_length / (DWORD)sizeof(WCHAR);
    DWORD wanted = value->type == REG_MULTI_SZ ? 2 : 1;
    DWORD found = 0;

    if (!key_is_text(value->type))
    {
        return 0;
    }
    while (found < wanted && found < count && units[count - 1 - found] == 0)
    {
        found++;
    }
    return (wanted - found) * (DWORD)sizeof(WCHAR);
}

static LONG give_value(const struct key_value *value, BYTE *to, DWORD *size)
{
    DWORD end = missing_end(value);
    DWORD room = size != NULL ? *size : 0;

    if (size != NULL)
    {
        *size = value->data_length + end;
    }
    if (to == NULL)
    {
        return ERROR_SUCCESS;
    }
    if (room < value->data_length + end)
    {
        return ERROR_MORE_DATA;
    }
    if (value->data_length != 0)
    {
        memcpy(to, (const char *)value + value->data_offset, value->data_length);
    }
    memset(to + value->data_length, 0, end);
    return ERROR_SUCCESS;
}

/* Makes a value with this text out of one with variables in it. The old one is gone, also on failure. */
static LONG expand(struct key_value **value, ULONG *size)
{
    DWORD bytes = (*value)->data_length & ~1u;
    ULONG source_size = bytes + (ULONG)sizeof(WCHAR);
    WCHAR *source = platform_zalloc(source_size);
    struct key_value *expanded = NULL;
    ULONG expanded_size = 0;

    if (source != NULL)
    {
        memcpy(source, (const char *)*value + (*value)->data_offset, bytes);
        bytes = ExpandEnvironmentStringsW(source, NULL, 0) * (DWORD)sizeof(WCHAR);
        expanded_size = (ULONG)sizeof(*expanded) + bytes;
        expanded = platform_zalloc(expanded_size);
    }
    if (expanded != NULL)
    {
        expanded->type = REG_SZ;
        expanded->data_offset = (ULONG)sizeof(*expanded);
        expanded->data_length = bytes;
        (void)ExpandEnvironmentStringsW(source, expanded->name, bytes / (DWORD)sizeof(WCHAR));
    }
    if (source != NULL)
    {
        platform_free(source, source_size);
    }
    platform_free(*value, *size);
    *value = expanded;
    *size = expanded_size;
    return expanded != NULL ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

static LONG read_expanded(HANDLE key, const WCHAR *name, DWORD flags, struct key_value **ret_value, ULONG *ret_size)
{
    LONG error = key_read_value(key, name, (ULONG)-1, ret_value, ret_size);

    if (error == ERROR_SUCCESS && (*ret_value)->type == REG_EXPAND_SZ && (flags & RRF_NOEXPAND) == 0 &&
        (*ret_value)->data_length != 0)
    {
        error = expand(ret_value, ret_size);
    }
    return error;
}

LONG WINAPI RegGetValueW(HKEY hkey, LPCWSTR lpSubKey, LPCWSTR lpValue, DWORD dwFlags, LPDWORD pdwType, PVOID pvData,
                         LPDWORD pcbData)
{
    DWORD room = pcbData != NULL ? *pcbData : 0;
    struct key_value *value;
    struct used_key used;
    ULONG size;
    LONG error;

    if ((pvData != NULL && pcbData == NULL) || (dwFlags & RRF_RT_ANY) == 0 ||
        ((dwFlags & RRF_RT_REG_EXPAND_SZ) != 0 && (dwFlags & RRF_NOEXPAND) == 0 && (dwFlags & RRF_RT_ANY) != RRF_RT_ANY))
    {
        return ERROR_INVALID_PARAMETER;
    }
    error = key_open_below(hkey, lpSubKey, KEY_QUERY_VALUE, &used);
    if (error == ERROR_SUCCESS)
    {
        error = read_expanded(used.handle, lpValue, dwFlags, &value, &size);
        key_use_end(&used);
    }
    if (error == ERROR_SUCCESS)
    {
        if (pdwType != NULL)
        {
            *pdwType = value->type;
        }
        error = is_allowed(value, dwFlags) ? give_value(value, pvData, pcbData) : ERROR_UNSUPPORTED_TYPE;
        platform_free(value, size);
    }
    if (error != ERROR_SUCCESS && (dwFlags & RRF_ZEROONFAILURE) != 0 && pvData != NULL)
    {
        memset(pvData, 0, room);
    }
    return error;
}
