/* SPDX-License-Identifier: MIT */
/*
 * The functions on keys that take narrow text. Names are converted; so is the data of text values.
 */
#include "nt/win32/registry.h"

#include <string.h>

#include "nt/win32/text.h"

LONG WINAPI RegOpenKeyExA(HKEY hKey, LPCSTR lpSubKey, DWORD ulOptions, REGSAM samDesired, PHKEY phkResult)
{
    struct wide_text path;
    LONG error;

    if (!wide_open(&path, lpSubKey))
    {
        return (LONG)GetLastError();
    }
    error = RegOpenKeyExW(hKey, path.text, ulOptions, samDesired, phkResult);
    wide_close(&path);
    return error;
}

LONG WINAPI RegOpenKeyA(HKEY hKey, LPCSTR lpSubKey, PHKEY phkResult)
{
    return RegOpenKeyExA(hKey, lpSubKey, 0, MAXIMUM_ALLOWED, phkResult);
}

LONG WINAPI RegCreateKeyExA(HKEY hKey, LPCSTR lpSubKey, DWORD Reserved, LPSTR lpClass, DWORD dwOptions, REGSAM samDesired,
                            LPSECURITY_ATTRIBUTES lpSecurityAttributes, PHKEY phkResult, LPDWORD lpdwDisposition)
{
    struct wide_text path;
    struct wide_text class;
    LONG error;

    if (!wide_open(&path, lpSubKey))
    {
        return (LONG)GetLastError();
    }
    if (!wide_open(&class, lpClass))
    {
        wide_close(&path);
        return (LONG)GetLastError();
    }
    error = RegCreateKeyExW(hKey, path.text, Reserved, class.text, dwOptions, samDesired, lpSecurityAttributes, phkResult,
                            lpdwDisposition);
    wide_close(&class);
    wide_close(&path);
    return error;
}

/* A function of a key and one text. */
static LONG with_wide(HKEY key, const char *text, LONG(WINAPI *function)(HKEY, LPCWSTR))
{
    struct wide_text wide;
    LONG error;

    if (!wide_open(&wide, text))
    {
        return (LONG)GetLastError();
    }
    error = function(key, wide.text);
    wide_close(&wide);
    return error;
}

LONG WINAPI RegDeleteKeyA(HKEY hKey, LPCSTR lpSubKey)
{
    return with_wide(hKey, lpSubKey, RegDeleteKeyW);
}

LONG WINAPI RegDeleteValueA(HKEY hKey, LPCSTR lpValueName)
{
    return with_wide(hKey, lpValueName, RegDeleteValueW);
}

LONG WINAPI RegDeleteTreeA(HKEY hKey, LPCSTR lpSubKey)
{
    return with_wide(hKey, lpSubKey, RegDeleteTreeW);
}

LONG WINAPI RegCreateKeyA(HKEY hKey, LPCSTR lpSubKey, PHKEY phkResult)
{
    struct wide_text path;
    LONG error;

    if (!wide_open(&path, lpSubKey))
    {
        return (LONG)GetLastError();
    }
    error = RegCreateKeyW(hKey, path.text, phkResult);
    wide_close(&path);
    return error;
}

LONG WINAPI RegDeleteKeyExA(HKEY hKey, LPCSTR lpSubKey, REGSAM samDesired, DWORD Reserved)
{
    struct wide_text path;
    LONG error;

    if (!wide_open(&path, lpSubKey))
    {
        return (LONG)GetLastError();
    }
    error = RegDeleteKeyExW(hKey, path.text, samDesired, Reserved);
    wide_close(&path);
    return error;
}

LONG WINAPI RegCopyTreeA(HKEY hKeySrc, LPCSTR lpSubKey, HKEY hKeyDest)
{
    struct wide_text path;
    LONG error;

    if (!wide_open(&path, lpSubKey))
    {
        return (LONG)GetLastError();
    }
    error = RegCopyTreeW(hKeySrc, path.text, hKeyDest);
    wide_close(&path);
    return error;
}

LONG WINAPI RegDeleteKeyValueA(HKEY hKey, LPCSTR lpSubKey, LPCSTR lpValueName)
{
    struct wide_text path;
    struct wide_text name;
    LONG error;

    if (!wide_open(&path, lpSubKey))
    {
        return (LONG)GetLastError();
    }
    if (wide_open(&name, lpValueName))
    {
        error = RegDeleteKeyValueW(hKey, path.text, name.text);
        wide_close(&name);
    }
    else
    {
        error = (LONG)GetLastError();
    }
    wide_close(&path);
    return error;
}

/*
 * Data.
 */

/* Text of counted bytes, zeros included, in the other width; for platform_free() with *ret_size. */
static void *widened(const char *from, DWORD size, DWORD *ret_size)
{
    int units = size == 0 ? 0 : MultiByteToWideChar(CP_ACP, 0, from, (int)size, NULL, 0);
    WCHAR *to = platform_alloc(((size_t)units + 1) * sizeof(WCHAR));

    if (to != NULL && units != 0)
    {
        (void)MultiByteToWideChar(CP_ACP, 0, from, (int)size, to, units);
    }
    *ret_size = (DWORD)units * (DWORD)sizeof(WCHAR);
    return to;
}

LONG key_give_narrow(const WCHAR *from, DWORD bytes, BYTE *to, DWORD *size)
{
    int units = (int)(bytes / sizeof(WCHAR));
    int needed = units == 0 ? 0 : WideCharToMultiByte(CP_ACP, 0, from, units, NULL, 0, NULL, NULL);
    DWORD room = *size;

    *size = (DWORD)needed;
    if (to == NULL)
    {
        return ERROR_SUCCESS;
    }
    if (room < (DWORD)needed)
    {
        return ERROR_MORE_DATA;
    }
    if (needed != 0)
    {
        (void)WideCharToMultiByte(CP_ACP, 0, from, units, (char *)to, needed, NULL, NULL);
    }
    return ERROR_SUCCESS;
}

LONG WINAPI RegSetValueExA(HKEY hKey, LPCSTR lpValueName, DWORD Reserved, DWORD dwType, const BYTE *lpData, DWORD cbData)
{
    struct wide_text name;
    DWORD size = 0;
    void *data;
    LONG error;

    if (!wide_open(&name, lpValueName))
    {
        return (LONG)GetLastError();
    }
    if (!key_is_text(dwType) || lpData == NULL)
    {
        error = RegSetValueExW(hKey, name.text, Reserved, dwType, lpData, cbData);
    }
    else
    {
        data = widened((const char *)lpData, cbData, &size);
        error = data == NULL ? ERROR_NOT_ENOUGH_MEMORY : RegSetValueExW(hKey, name.text, Reserved, dwType, data, size);
        if (data != NULL)
        {
            platform_free(data, size + sizeof(WCHAR));
        }
    }
    wide_close(&name);
    return error;
}

static LONG narrow_data(const struct key_value *value, BYTE *to, DWORD *size)
{
    return key_give_narrow((const WCHAR *)(const void *)((const char *)value + value->data_offset), value->data_length, to,
                           size);
}

static LONG query_text(HKEY key, const WCHAR *name, BYTE *data, DWORD *data_size)
{
    struct key_value *value;
    struct used_key used;
    ULONG size;
    LONG error = key_use(key, &used);

    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    error = key_read_value(used.handle, name, (ULONG)-1, &value, &size);
    key_use_end(&used);
    if (error == ERROR_SUCCESS)
    {
        error = narrow_data(value, data, data_size);
        platform_free(value, size);
    }
    return error;
}

LONG WINAPI RegQueryValueExA(HKEY hKey, LPCSTR lpValueName, LPDWORD lpReserved, LPDWORD lpType, LPBYTE lpData,
                             LPDWORD lpcbData)
{
    struct wide_text name;
    DWORD type = REG_NONE;
    LONG error;

    if (!wide_open(&name, lpValueName))
    {
        return (LONG)GetLastError();
    }
    error = RegQueryValueExW(hKey, name.text, lpReserved, &type, NULL, NULL);
    if (error == ERROR_SUCCESS && lpData != NULL && lpcbData == NULL)
    {
        error = ERROR_INVALID_PARAMETER;
    }
    if (error == ERROR_SUCCESS && lpcbData != NULL)
    {
        error = key_is_text(type) ? query_text(hKey, name.text, lpData, lpcbData) :
                                    RegQueryValueExW(hKey, name.text, NULL, NULL, lpData, lpcbData);
    }
    if (lpType != NULL && (error == ERROR_SUCCESS || error == ERROR_MORE_DATA))
    {
        *lpType = type;
    }
    wide_close(&name);
    return error;
}

LONG WINAPI RegSetKeyValueA(HKEY hKey, LPCSTR lpSubKey, LPCSTR lpValueName, DWORD dwType, LPCVOID lpData, DWORD cbData)
{
    HKEY key;
    LONG error;

    if (lpSubKey == NULL || lpSubKey[0] == 0)
    {
        return RegSetValueExA(hKey, lpValueName, 0, dwType, lpData, cbData);
    }
    error = RegCreateKeyExA(hKey, lpSubKey, 0, NULL, REG_OPTION_NON_VOLATILE, KEY_SET_VALUE, NULL, &key, NULL);
    if (error == ERROR_SUCCESS)
    {
        error = RegSetValueExA(key, lpValueName, 0, dwType, lpData, cbData);
        (void)RegCloseKey(key);
    }
    return error;
}
