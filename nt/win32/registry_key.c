/* SPDX-License-Identifier: MIT */
/*
 * Keys behind HKEY: paths, and what the engine says of them.
 */
#include "nt/win32/registry.h"

#include <string.h>

/* Values of the engine's information classes. */
enum
{
    KEY_CLASS_NODE = 1,
    KEY_CLASS_FULL = 2,
    VALUE_CLASS_FULL = 1,
    FIRST_ROOM = 512,
};

LONG key_error(NTSTATUS status)
{
    if (status == STATUS_BUFFER_TOO_SMALL || status == STATUS_BUFFER_OVERFLOW)
    {
        return ERROR_MORE_DATA;
    }
    return status >= 0 ? ERROR_SUCCESS : (LONG)RtlNtStatusToDosError(status);
}

UNICODE_STRING key_text(const WCHAR *text)
{
    UNICODE_STRING string;

    RtlInitUnicodeString(&string, text);
    return string;
}

static LONG open_path(HANDLE root, const WCHAR *path, REGSAM access, ULONG options, HANDLE *ret_handle)
{
    UNICODE_STRING name = key_text(path);
    OBJECT_ATTRIBUTES attributes;

    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, root, NULL);
    return key_error(ZwOpenKeyEx(ret_handle, access, &attributes, options));
}

LONG key_use(HKEY key, struct used_key *ret_used)
{
    ret_used->is_opened = key_predefined_path(key) != NULL;
    ret_used->handle = key;
    if (ret_used->is_opened)
    {
        return key_open_predefined(key, &ret_used->handle);
    }
    return key != NULL ? ERROR_SUCCESS : ERROR_INVALID_HANDLE;
}

void key_use_end(struct used_key *used)
{
    if (used->is_opened)
    {
        (void)ZwClose(used->handle);
    }
}

LONG key_open_below(HKEY key, const WCHAR *path, REGSAM access, struct used_key *ret_used)
{
    struct used_key base;
    LONG error = key_use(key, &base);

    if (error != ERROR_SUCCESS || path == NULL || path[0] == 0)
    {
        *ret_used = base;
        return error;
    }
    ret_used->is_opened = true;
    error = open_path(base.handle, path, access, 0, &ret_used->handle);
    key_use_end(&base);
    return error;
}

/*
 * Answers of any size: asked again with more room until they fit.
 */

struct question
{
    HANDLE key;
    const UNICODE_STRING *value_name;
    ULONG index;
    enum
    {
        ASK_FACTS,
        ASK_ENTRY,
        ASK_VALUE,
        ASK_VALUE_AT,
    } what;
};

static NTSTATUS ask_once(const struct question *question, void *buffer, ULONG size, ULONG *needed)
{
    switch (question->what)
    {
        case ASK_FACTS:
            return ZwQueryKey(question->key, KEY_CLASS_FULL, buffer, size, needed);
        case ASK_ENTRY:
            return ZwEnumerateKey(question->key, question->index, KEY_CLASS_NODE, buffer, size, needed);
        case ASK_VALUE:
            return ZwQueryValueKey(question->key, (PUNICODE_STRING)(ULONG_PTR)question->value_name, VALUE_CLASS_FULL, buffer,
                                   size, needed);
        default:
            return ZwEnumerateValueKey(question->key, question->index, VALUE_CLASS_FULL, buffer, size, needed);
    }
}

static LONG ask(const struct question *question, void **ret_answer, ULONG *ret_size)
{
    ULONG needed = FIRST_ROOM;
    NTSTATUS status;

    do
    {
        ULONG size = needed;

        *ret_answer = platform_alloc(size);
        if (*ret_answer == NULL)
        {
            return ERROR_NOT_ENOUGH_MEMORY;
        }
        *ret_size = size;
        status = ask_once(question, *ret_answer, size, &needed);
        if (status != STATUS_SUCCESS)
        {
            platform_free(*ret_answer, size);
            *ret_answer = NULL;
        }
    } while (status == STATUS_BUFFER_OVERFLOW || status == STATUS_BUFFER_TOO_SMALL);
    return key_error(status);
}

LONG key_read_value(HANDLE key, const WCHAR *name, ULONG index, struct key_value **ret_value, ULONG *ret_size)
{
    UNICODE_STRING text = key_text(name);
    const struct question question = {
        .key = key, .value_name = &text, .index = index, .what = index == (ULONG)-1 ? ASK_VALUE : ASK_VALUE_AT};

    return ask(&question, (void **)ret_value, ret_size);
}

LONG key_read_facts(HANDLE key, struct key_facts **ret_facts, ULONG *ret_size)
{
    const struct question question = {.key = key, .what = ASK_FACTS};

    return ask(&question, (void **)ret_facts, ret_size);
}

LONG key_read_entry(HANDLE key, ULONG index, struct key_entry **ret_entry, ULONG *ret_size)
{
    const struct question question = {.key = key, .index = index, .what = ASK_ENTRY};

    return ask(&question, (void **)ret_entry, ret_size);
}

LONG key_enumerate(HKEY key, DWORD index, struct key_entry **ret_entry, ULONG *ret_size)
{
    struct used_key used;
    LONG error = key_use(key, &used);

    if (error == ERROR_SUCCESS)
    {
        error = key_read_entry(used.handle, index, ret_entry, ret_size);
        key_use_end(&used);
    }
    return error;
}

/* The last number there is means a value by name to who reads it. */
LONG key_enumerate_values(HKEY key, DWORD index, struct key_value **ret_value, ULONG *ret_size)
{
    struct used_key used;
    LONG error = key_use(key, &used);

    if (error == ERROR_SUCCESS)
    {
        error = index == (ULONG)-1 ? ERROR_NO_MORE_ITEMS : key_read_value(used.handle, NULL, index, ret_value, ret_size);
        key_use_end(&used);
    }
    return error;
}

/*
 * Published functions on keys.
 */

LONG WINAPI RegCloseKey(HKEY hKey)
{
    return key_predefined_path(hKey) != NULL ? ERROR_SUCCESS : key_error(ZwClose(hKey));
}

LONG WINAPI RegOpenKeyExW(HKEY hKey, LPCWSTR lpSubKey, DWORD ulOptions, REGSAM samDesired, PHKEY phkResult)
{
    struct used_key base;
    HANDLE handle = NULL;
    LONG error;

    if (phkResult == NULL)
    {
        return ERROR_INVALID_PARAMETER;
    }
    error = key_use(hKey, &base);
    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    /* A back slash in front means a path from the machine's root to the engine; here it is a mistake. */
    error = lpSubKey != NULL && lpSubKey[0] == '\\' ? ERROR_BAD_PATHNAME :
                                                      open_path(base.handle, lpSubKey, samDesired, ulOptions, &handle);
    key_use_end(&base);
    *phkResult = error == ERROR_SUCCESS ? handle : NULL;
    return error;
}

LONG WINAPI RegOpenKeyW(HKEY hKey, LPCWSTR lpSubKey, PHKEY phkResult)
{
    return RegOpenKeyExW(hKey, lpSubKey, 0, MAXIMUM_ALLOWED, phkResult);
}

LONG WINAPI RegOpenCurrentUser(REGSAM samDesired, PHKEY phkResult)
{
    return RegOpenKeyExW(HKEY_CURRENT_USER, NULL, 0, samDesired, phkResult);
}

/* One key of the path, whatever comes behind it. */
static LONG create_one(HANDLE root, const WCHAR *path, size_t length, const UNICODE_STRING *class, ULONG options,
                       REGSAM access, HANDLE *ret_handle, ULONG *ret_disposition)
{
    UNICODE_STRING name = {(USHORT)(length * sizeof(WCHAR)), (USHORT)(length * sizeof(WCHAR)), (PWCH)(ULONG_PTR)path};
    OBJECT_ATTRIBUTES attributes;

    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, root, NULL);
    return key_error(
        ZwCreateKey(ret_handle, access, &attributes, 0, (PUNICODE_STRING)(ULONG_PTR) class, options, ret_disposition));
}

/* The engine makes one key at a time; here every key of a path is made. */
static LONG create_path(HANDLE root, const WCHAR *path, const UNICODE_STRING *class, ULONG options, REGSAM access,
                        HANDLE *ret_handle, ULONG *ret_disposition)
{
    HANDLE at = root;
    LONG error = ERROR_SUCCESS;

    *ret_handle = NULL;
    for (bool is_last = false; !is_last && error == ERROR_SUCCESS;)
    {
        size_t length = 0;
        HANDLE next = NULL;

        while (path[length] != 0 && path[length] != '\\')
        {
            length++;
        }
        is_last = path[length] == 0 || path[length + 1] == 0;
        error = create_one(at, path, length, is_last ? class : NULL, options, is_last ? access : MAXIMUM_ALLOWED, &next,
                           ret_disposition);
        if (at != root)
        {
            (void)ZwClose(at);
        }
        at = next;
        path += length + (path[length] != 0 ? 1 : 0);
    }
    *ret_handle = at;
    return error;
}

LONG WINAPI RegCreateKeyExW(HKEY hKey, LPCWSTR lpSubKey, DWORD Reserved, LPWSTR lpClass, DWORD dwOptions, REGSAM samDesired,
                            LPSECURITY_ATTRIBUTES lpSecurityAttributes, PHKEY phkResult, LPDWORD lpdwDisposition)
{
    UNICODE_STRING class = key_text(lpClass);
    struct used_key base;
    HANDLE handle = NULL;
    ULONG disposition = 0;
    LONG error;

    (void)lpSecurityAttributes;
    if (Reserved != 0 || lpSubKey == NULL || phkResult == NULL)
    {
        return lpSubKey == NULL ? ERROR_BADKEY : ERROR_INVALID_PARAMETER;
    }
    error = key_use(hKey, &base);
    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    error = lpSubKey[0] == '\\' ? ERROR_BAD_PATHNAME :
                                  create_path(base.handle, lpSubKey, &class, dwOptions, samDesired, &handle, &disposition);
    key_use_end(&base);
    if (error == ERROR_SUCCESS)
    {
        *phkResult = handle;
        if (lpdwDisposition != NULL)
        {
            *lpdwDisposition = disposition;
        }
    }
    return error;
}

LONG WINAPI RegCreateKeyW(HKEY hKey, LPCWSTR lpSubKey, PHKEY phkResult)
{
    if (lpSubKey == NULL || lpSubKey[0] == 0)
    {
        return RegOpenKeyExW(hKey, NULL, 0, MAXIMUM_ALLOWED, phkResult);
    }
    return RegCreateKeyExW(hKey, lpSubKey, 0, NULL, REG_OPTION_NON_VOLATILE, MAXIMUM_ALLOWED, NULL, phkResult, NULL);
}

LONG WINAPI RegFlushKey(HKEY hKey)
{
    struct used_key used;
    LONG error = key_use(hKey, &used);

    if (error == ERROR_SUCCESS)
    {
        error = key_error(ZwFlushKey(used.handle));
        key_use_end(&used);
    }
    return error;
}

LONG WINAPI RegDeleteKeyExW(HKEY hKey, LPCWSTR lpSubKey, REGSAM samDesired, DWORD Reserved)
{
    struct used_key used;
    LONG error;

    (void)samDesired;
    if (lpSubKey == NULL || Reserved != 0)
    {
        return ERROR_INVALID_PARAMETER;
    }
    error = key_open_below(hKey, lpSubKey, DELETE, &used);
    if (error == ERROR_SUCCESS)
    {
        error = key_error(ZwDeleteKey(used.handle));
        key_use_end(&used);
    }
    return error;
}

LONG WINAPI RegDeleteKeyW(HKEY hKey, LPCWSTR lpSubKey)
{
    return RegDeleteKeyExW(hKey, lpSubKey, 0, 0);
}

LONG WINAPI RegRenameKey(HKEY hKey, LPCWSTR lpSubKeyName, LPCWSTR lpNewKeyName)
{
    UNICODE_STRING name = key_text(lpNewKeyName);
    struct used_key used;
    LONG error = lpNewKeyName == NULL ? ERROR_INVALID_PARAMETER : key_open_below(hKey, lpSubKeyName, KEY_WRITE, &used);

    if (error == ERROR_SUCCESS)
    {
        error = key_error(ZwRenameKey(used.handle, &name));
        key_use_end(&used);
    }
    return error;
}

/* Copies a name and its terminator; *length counts units, with it on the way in and without on the way out. */
static LONG copy_name(const WCHAR *from, ULONG bytes, WCHAR *to, DWORD *length)
{
    DWORD units = bytes / sizeof(WCHAR);

    if (to == NULL || length == NULL)
    {
        return ERROR_SUCCESS;
    }
    if (*length <= units)
    {
        *length = units + 1;
        return ERROR_MORE_DATA;
    }
    memcpy(to, from, bytes);
    to[units] = 0;
    *length = units;
    return ERROR_SUCCESS;
}

LONG WINAPI RegEnumKeyExW(HKEY hKey, DWORD dwIndex, LPWSTR lpName, LPDWORD lpcchName, LPDWORD lpReserved, LPWSTR lpClass,
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
    error = copy_name(entry->name, entry->name_length, lpName, lpcchName);
    if (error == ERROR_SUCCESS)
    {
        const char *class = entry->class_length != 0 ? (const char *)entry + entry->class_offset : (const char *)L"";

        error = copy_name((const WCHAR *)(const void *)class, entry->class_length, lpClass, lpcchClass);
    }
    if (lpftLastWriteTime != NULL)
    {
        memcpy(lpftLastWriteTime, &entry->written, sizeof(*lpftLastWriteTime));
    }
    platform_free(entry, size);
    return error;
}

LONG WINAPI RegEnumKeyW(HKEY hKey, DWORD dwIndex, LPWSTR lpName, DWORD cchName)
{
    return RegEnumKeyExW(hKey, dwIndex, lpName, &cchName, NULL, NULL, NULL, NULL);
}

static void give_number(DWORD *to, ULONG number)
{
    if (to != NULL)
    {
        *to = number;
    }
}

LONG WINAPI RegQueryInfoKeyW(HKEY hKey, LPWSTR lpClass, LPDWORD lpcchClass, LPDWORD lpReserved, LPDWORD lpcSubKeys,
                             LPDWORD lpcbMaxSubKeyLen, LPDWORD lpcbMaxClassLen, LPDWORD lpcValues,
                             LPDWORD lpcbMaxValueNameLen, LPDWORD lpcbMaxValueLen, LPDWORD lpcbSecurityDescriptor,
                             PFILETIME lpftLastWriteTime)
{
    struct key_facts *facts;
    struct used_key used;
    ULONG size;
    LONG error;

    if (lpReserved != NULL || (lpClass != NULL && lpcchClass == NULL))
    {
        return ERROR_INVALID_PARAMETER;
    }
    error = key_use(hKey, &used);
    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    error = key_read_facts(used.handle, &facts, &size);
    key_use_end(&used);
    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    error = copy_name(facts->class, facts->class_length, lpClass, lpcchClass);
    give_number(lpcSubKeys, facts->subkeys);
    give_number(lpcbMaxSubKeyLen, facts->longest_name / (ULONG)sizeof(WCHAR));
    give_number(lpcbMaxClassLen, facts->longest_class / (ULONG)sizeof(WCHAR));
    give_number(lpcValues, facts->values);
    give_number(lpcbMaxValueNameLen, facts->longest_value_name / (ULONG)sizeof(WCHAR));
    give_number(lpcbMaxValueLen, facts->largest_value);
    give_number(lpcbSecurityDescriptor, 0);
    if (lpftLastWriteTime != NULL)
    {
        memcpy(lpftLastWriteTime, &facts->written, sizeof(*lpftLastWriteTime));
    }
    platform_free(facts, size);
    return error;
}
