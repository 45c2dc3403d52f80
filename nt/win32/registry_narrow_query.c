/* SPDX-License-Identifier: MIT */
/*
 * The functions on keys that answer in narrow text: enumerations, what a key says of itself, values of a wanted type. Sizes are
 * those of the narrow text.
 */
#include "nt/win32/registry.h"

#include <string.h>

#include "nt/win32/text.h"

static DWORD narrow_length(const WCHAR *text, ULONG bytes)
{
    DWORD size = 0;

    (void)key_give_narrow(text, bytes, NULL, &size);
    return size;
}

/* A name and its terminator; *length counts bytes, with it on the way in and without on the way out. */
static LONG give_name(const WCHAR *from, ULONG bytes, char *to, DWORD *length)
{
    DWORD size;
    LONG error;

    if (to == NULL || length == NULL)
    {
        return ERROR_SUCCESS;
    }
    size = *length == 0 ? 0 : *length - 1;
    error = *length == 0 ? ERROR_MORE_DATA : key_give_narrow(from, bytes, (BYTE *)to, &size);
    if (error == ERROR_SUCCESS)
    {
        to[size] = 0;
        *length = size;
    }
    return error;
}

static const WCHAR *class_of(const struct key_entry *entry)
{
    return entry->class_length != 0 ? (const WCHAR *)((ULONG_PTR)entry + entry->class_offset) : L"";
}

LONG WINAPI RegEnumKeyExA(HKEY hKey, DWORD dwIndex, LPSTR lpName, LPDWORD lpcchName, LPDWORD lpReserved, LPSTR lpClass,
                          LPDWORD lpcchClass, PFILETIME lpftLastWriteTime)
{
    struct key_entry *entry;
    ULONG size;
    LONG error;

    if (lpReserved != NULL || lpName == NULL || lpcchName == NULL)
    {
        return ERROR_INVALID_PARAMETER;
    }
    error = key_enumerate(hKey, dwIndex, &entry, &size);
    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    error = give_name(entry->name, entry->name_length, lpName, lpcchName);
    if (error == ERROR_SUCCESS)
    {
        error = give_name(class_of(entry), entry->class_length, lpClass, lpcchClass);
    }
    if (lpftLastWriteTime != NULL)
    {
        memcpy(lpftLastWriteTime, &entry->written, sizeof(*lpftLastWriteTime));
    }
    platform_free(entry, size);
    return error;
}

LONG WINAPI RegEnumKeyA(HKEY hKey, DWORD dwIndex, LPSTR lpName, DWORD cchName)
{
    return RegEnumKeyExA(hKey, dwIndex, lpName, &cchName, NULL, NULL, NULL, NULL);
}

static LONG give_data(const struct key_value *value, BYTE *to, DWORD *size)
{
    const char *from = (const char *)value + value->data_offset;
    DWORD room = size != NULL ? *size : 0;

    if (size == NULL)
    {
        return ERROR_SUCCESS;
    }
    if (key_is_text(value->type))
    {
        return key_give_narrow((const WCHAR *)(const void *)from, value->data_length, to, size);
    }
    *size = value->data_length;
    if (to != NULL && room < value->data_length)
    {
        return ERROR_MORE_DATA;
    }
    if (to != NULL && value->data_length != 0)
    {
        memcpy(to, from, value->data_length);
    }
    return ERROR_SUCCESS;
}

LONG WINAPI RegEnumValueA(HKEY hKey, DWORD dwIndex, LPSTR lpValueName, LPDWORD lpcchValueName, LPDWORD lpReserved,
                          LPDWORD lpType, LPBYTE lpData, LPDWORD lpcbData)
{
    struct key_value *value;
    ULONG size;
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
    error = give_name(value->name, value->name_length, lpValueName, lpcchValueName);
    if (lpType != NULL)
    {
        *lpType = value->type;
    }
    if (error == ERROR_SUCCESS)
    {
        error = give_data(value, lpData, lpcbData);
    }
    platform_free(value, size);
    return error;
}

/*
 * RegQueryInfoKeyA(): the longest texts are measured one by one, because the longest in one width need not be in the other.
 */

static void raise_to(DWORD *longest, DWORD length)
{
    *longest = length > *longest ? length : *longest;
}

static LONG measure_keys(HANDLE key, DWORD *longest_name, DWORD *longest_class)
{
    struct key_entry *entry;
    ULONG size;
    LONG error;

    for (ULONG index = 0; (error = key_read_entry(key, index, &entry, &size)) == ERROR_SUCCESS; index++)
    {
        raise_to(longest_name, narrow_length(entry->name, entry->name_length));
        raise_to(longest_class, narrow_length(class_of(entry), entry->class_length));
        platform_free(entry, size);
    }
    return error == ERROR_NO_MORE_ITEMS ? ERROR_SUCCESS : error;
}

static LONG measure_values(HANDLE key, DWORD *longest_name, DWORD *largest)
{
    struct key_value *value;
    ULONG size;
    LONG error;

    for (ULONG index = 0; (error = key_read_value(key, NULL, index, &value, &size)) == ERROR_SUCCESS; index++)
    {
        DWORD data = 0;

        raise_to(longest_name, narrow_length(value->name, value->name_length));
        (void)give_data(value, NULL, &data);
        raise_to(largest, data);
        platform_free(value, size);
    }
    return error == ERROR_NO_MORE_ITEMS ? ERROR_SUCCESS : error;
}

static LONG give_class(HANDLE key, char *class, DWORD *length)
{
    struct key_facts *facts;
    ULONG size;
    LONG error = key_read_facts(key, &facts, &size);

    if (error == ERROR_SUCCESS)
    {
        error = give_name(facts->class, facts->class_length, class, length);
        if (class == NULL && length != NULL)
        {
            *length = narrow_length(facts->class, facts->class_length);
        }
        platform_free(facts, size);
    }
    return error;
}

static void give_number(DWORD *to, DWORD number)
{
    if (to != NULL)
    {
        *to = number;
    }
}

LONG WINAPI RegQueryInfoKeyA(HKEY hKey, LPSTR lpClass, LPDWORD lpcchClass, LPDWORD lpReserved, LPDWORD lpcSubKeys,
                             LPDWORD lpcbMaxSubKeyLen, LPDWORD lpcbMaxClassLen, LPDWORD lpcValues,
                             LPDWORD lpcbMaxValueNameLen, LPDWORD lpcbMaxValueLen, LPDWORD lpcbSecurityDescriptor,
                             PFILETIME lpftLastWriteTime)
{
    DWORD name = 0;
    DWORD class = 0;
    DWORD value_name = 0;
    DWORD data = 0;
    struct used_key used;
    LONG error = RegQueryInfoKeyW(hKey, NULL, NULL, lpReserved, lpcSubKeys, NULL, NULL, lpcValues, NULL, NULL,
                                  lpcbSecurityDescriptor, lpftLastWriteTime);

    if (error == ERROR_SUCCESS)
    {
        error = lpClass != NULL && lpcchClass == NULL ? ERROR_INVALID_PARAMETER : key_use(hKey, &used);
    }
    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    error = measure_keys(used.handle, &name, &class);
    if (error == ERROR_SUCCESS)
    {
        error = measure_values(used.handle, &value_name, &data);
    }
    if (error == ERROR_SUCCESS)
    {
        error = give_class(used.handle, lpClass, lpcchClass);
    }
    key_use_end(&used);
    if (error == ERROR_SUCCESS)
    {
        give_number(lpcbMaxSubKeyLen, name);
        give_number(lpcbMaxClassLen, class);
        give_number(lpcbMaxValueNameLen, value_name);
        give_number(lpcbMaxValueLen, data);
    }
    return error;
}

/*
 * RegGetValueA(): the wide value, which is checked and ends, and then its narrow form.
 */

/* A block of *room bytes with *size bytes of data, for platform_free(). */
static LONG get_wide(HKEY key, const WCHAR *path, const WCHAR *name, DWORD flags, DWORD *type, BYTE **ret_data, DWORD *size,
                     DWORD *room)
{
    LONG error;

    *size = 256;
    do
    {
        *room = *size;
        *ret_data = platform_alloc(*room);
        if (*ret_data == NULL)
        {
            return ERROR_NOT_ENOUGH_MEMORY;
        }
        error = RegGetValueW(key, path, name, flags & ~(DWORD)RRF_ZEROONFAILURE, type, *ret_data, size);
        if (error != ERROR_SUCCESS)
        {
            platform_free(*ret_data, *room);
        }
    } while (error == ERROR_MORE_DATA);
    return error;
}

static LONG get_narrow(HKEY key, const WCHAR *path, const WCHAR *name, DWORD flags, DWORD *type, BYTE *to, DWORD *to_size)
{
    DWORD asked = to != NULL ? *to_size : 0;
    BYTE *data;
    DWORD size;
    DWORD room;
    LONG error = get_wide(key, path, name, flags, type, &data, &size, &room);

    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    if (to_size != NULL && key_is_text(*type))
    {
        error = key_give_narrow((const WCHAR *)(const void *)data, size, to, to_size);
    }
    else if (to_size != NULL)
    {
        *to_size = size;
        error = to != NULL && asked < size ? ERROR_MORE_DATA : ERROR_SUCCESS;
        if (to != NULL && error == ERROR_SUCCESS)
        {
            memcpy(to, data, size);
        }
    }
    platform_free(data, room);
    return error;
}

LONG WINAPI RegGetValueA(HKEY hkey, LPCSTR lpSubKey, LPCSTR lpValue, DWORD dwFlags, LPDWORD pdwType, PVOID pvData,
                         LPDWORD pcbData)
{
    DWORD room = pcbData != NULL ? *pcbData : 0;
    DWORD type = REG_NONE;
    struct wide_text path;
    struct wide_text name;
    LONG error;

    if (pvData != NULL && pcbData == NULL)
    {
        return ERROR_INVALID_PARAMETER;
    }
    if (!wide_open(&path, lpSubKey))
    {
        return (LONG)GetLastError();
    }
    if (wide_open(&name, lpValue))
    {
        error = get_narrow(hkey, path.text, name.text, dwFlags, &type, pvData, pcbData);
        wide_close(&name);
    }
    else
    {
        error = (LONG)GetLastError();
    }
    wide_close(&path);
    if (pdwType != NULL && (error == ERROR_SUCCESS || error == ERROR_MORE_DATA))
    {
        *pdwType = type;
    }
    if (error != ERROR_SUCCESS && (dwFlags & RRF_ZEROONFAILURE) != 0 && pvData != NULL)
    {
        memset(pvData, 0, room);
    }
    return error;
}
