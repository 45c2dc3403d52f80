/* SPDX-License-Identifier: MIT */
/*
 * Whole trees of keys: deleting and copying. Names are counted here, so that those with zeros in them, which other functions
 * cannot name, are treated like all others. Trees are up to 512 levels deep: what a level needs comes off the heap.
 */
#include "nt/win32/registry.h"

static LONG open_child(HANDLE key, const struct key_entry *entry, HANDLE *ret_child)
{
    UNICODE_STRING name = {(USHORT)entry->name_length, (USHORT)entry->name_length, (PWCH)(ULONG_PTR)entry->name};
    OBJECT_ATTRIBUTES attributes;

    /* A link is the key itself here, and not what it leads to. */
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, key, NULL);
    return key_error(ZwOpenKeyEx(ret_child, MAXIMUM_ALLOWED, &attributes, REG_OPTION_OPEN_LINK));
}

/*
 * Deleting.
 */

static LONG delete_below(HANDLE key);

static LONG delete_first(HANDLE key)
{
    struct key_entry *entry;
    HANDLE child = NULL;
    ULONG size;
    LONG error = key_read_entry(key, 0, &entry, &size);

    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    error = open_child(key, entry, &child);
    platform_free(entry, size);
    if (error == ERROR_FILE_NOT_FOUND)
    {
        /* Somebody else deletes here too. */
        return ERROR_SUCCESS;
    }
    if (error == ERROR_SUCCESS)
    {
        error = delete_below(child);
        if (error == ERROR_SUCCESS)
        {
            error = key_error(ZwDeleteKey(child));
        }
        (void)ZwClose(child);
    }
    return error;
}

static LONG delete_below(HANDLE key)
{
    LONG error;

    do
    {
        error = delete_first(key);
    } while (error == ERROR_SUCCESS);
    return error == ERROR_NO_MORE_ITEMS ? ERROR_SUCCESS : error;
}

static LONG delete_values(HANDLE key)
{
    struct key_value *value;
    ULONG size;
    LONG error;

    do
    {
        error = key_read_value(key, NULL, 0, &value, &size);
        if (error == ERROR_SUCCESS)
        {
            UNICODE_STRING name = {(USHORT)value->name_length, (USHORT)value->name_length, value->name};

            error = key_error(ZwDeleteValueKey(key, &name));
            platform_free(value, size);
        }
    } while (error == ERROR_SUCCESS || error == ERROR_FILE_NOT_FOUND);
    return error == ERROR_NO_MORE_ITEMS ? ERROR_SUCCESS : error;
}

/* Without a subkey, what is in the key goes and the key stays. */
LONG WINAPI RegDeleteTreeW(HKEY hKey, LPCWSTR lpSubKey)
{
    struct used_key used;
    LONG error = key_open_below(hKey, lpSubKey, MAXIMUM_ALLOWED, &used);

    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    error = delete_below(used.handle);
    if (error == ERROR_SUCCESS)
    {
        error = lpSubKey != NULL && lpSubKey[0] != 0 ? key_error(ZwDeleteKey(used.handle)) : delete_values(used.handle);
    }
    key_use_end(&used);
    return error;
}

/*
 * Copying.
 */

static LONG copy_values(HANDLE from, HANDLE to)
{
    LONG error = ERROR_SUCCESS;

    for (ULONG index = 0; error == ERROR_SUCCESS; index++)
    {
        struct key_value *value;
        ULONG size;

        error = key_read_value(from, NULL, index, &value, &size);
        if (error == ERROR_SUCCESS)
        {
            UNICODE_STRING name = {(USHORT)value->name_length, (USHORT)value->name_length, value->name};

            error =
                key_error(ZwSetValueKey(to, &name, 0, value->type, (char *)value + value->data_offset, value->data_length));
            platform_free(value, size);
        }
    }
    return error == ERROR_NO_MORE_ITEMS ? ERROR_SUCCESS : error;
}

static LONG copy_below(HANDLE from, HANDLE to);

static bool is_link(HANDLE key)
{
    struct key_value *value;
    ULONG size;
    bool is_target;

    if (key_read_value(key, L"SymbolicLinkValue", (ULONG)-1, &value, &size) != ERROR_SUCCESS)
    {
        return false;
    }
    is_target = value->type == REG_LINK;
    platform_free(value, size);
    return is_target;
}

static LONG create_copy(HANDLE to, const struct key_entry *entry, ULONG options, HANDLE *ret_copy)
{
    UNICODE_STRING name = {(USHORT)entry->name_length, (USHORT)entry->name_length, (PWCH)(ULONG_PTR)entry->name};
    UNICODE_STRING class = {(USHORT)entry->class_length, (USHORT)entry->class_length, NULL};
    OBJECT_ATTRIBUTES attributes;

    if (entry->class_length != 0)
    {
        class.Buffer = (PWCH)((ULONG_PTR)entry + entry->class_offset);
    }
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, to, NULL);
    return key_error(ZwCreateKey(ret_copy, MAXIMUM_ALLOWED, &attributes, 0, &class, options, NULL));
}

static LONG copy_child(HANDLE from, HANDLE to, ULONG index)
{
    struct key_entry *entry;
    HANDLE child = NULL;
    HANDLE copy = NULL;
    ULONG size;
    LONG error = key_read_entry(from, index, &entry, &size);

    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    error = open_child(from, entry, &child);
    if (error == ERROR_SUCCESS)
    {
        error = create_copy(to, entry, is_link(child) ? REG_OPTION_CREATE_LINK : REG_OPTION_NON_VOLATILE, &copy);
    }
    platform_free(entry, size);
    if (error == ERROR_SUCCESS)
    {
        error = copy_below(child, copy);
        (void)ZwClose(copy);
    }
    if (child != NULL)
    {
        (void)ZwClose(child);
    }
    return error;
}

static LONG copy_below(HANDLE from, HANDLE to)
{
    LONG error = copy_values(from, to);

    for (ULONG index = 0; error == ERROR_SUCCESS; index++)
    {
        error = copy_child(from, to, index);
    }
    return error == ERROR_NO_MORE_ITEMS ? ERROR_SUCCESS : error;
}

/* What the target has already and the source does not stays. */
LONG WINAPI RegCopyTreeW(HKEY hKeySrc, LPCWSTR lpSubKey, HKEY hKeyDest)
{
    struct used_key from;
    struct used_key to;
    LONG error = key_open_below(hKeySrc, lpSubKey, KEY_READ, &from);

    if (error != ERROR_SUCCESS)
    {
        return error;
    }
    error = key_use(hKeyDest, &to);
    if (error == ERROR_SUCCESS)
    {
        error = copy_below(from.handle, to.handle);
        key_use_end(&to);
    }
    key_use_end(&from);
    return error;
}
