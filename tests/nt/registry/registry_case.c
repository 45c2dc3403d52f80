/* SPDX-License-Identifier: MIT */
/*
 * What tests of the registry have in common.
 */
#include "registry_case.h"

#include <string.h>

static void fill(OBJECT_ATTRIBUTES *attributes, UNICODE_STRING *name, HANDLE root, const WCHAR *path)
{
    RtlInitUnicodeString(name, path);
    InitializeObjectAttributes(attributes, name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, root, NULL);
}

NTSTATUS create_key(HANDLE root, const WCHAR *path, ULONG options, HANDLE *ret_handle, ULONG *ret_disposition)
{
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;

    *ret_handle = NULL;
    fill(&attributes, &name, root, path);
    return ZwCreateKey(ret_handle, KEY_ALL_ACCESS, &attributes, 0, NULL, options, ret_disposition);
}

NTSTATUS open_key(HANDLE root, const WCHAR *path, ACCESS_MASK access, HANDLE *ret_handle)
{
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;

    *ret_handle = NULL;
    fill(&attributes, &name, root, path);
    return ZwOpenKey(ret_handle, access, &attributes);
}

HANDLE made_key(HANDLE root, const WCHAR *path)
{
    HANDLE handle;

    CHECK_EQUAL(create_key(root, path, 0, &handle, NULL), STATUS_SUCCESS);
    return handle;
}

HANDLE opened_key(HANDLE root, const WCHAR *path)
{
    HANDLE handle;

    CHECK_EQUAL(open_key(root, path, KEY_ALL_ACCESS, &handle), STATUS_SUCCESS);
    return handle;
}

void close_key(HANDLE handle)
{
    CHECK_EQUAL(ZwClose(handle), STATUS_SUCCESS);
}

void delete_key(HANDLE handle)
{
    CHECK_EQUAL(ZwDeleteKey(handle), STATUS_SUCCESS);
    close_key(handle);
}

/* The first subkey, until there is none. */
static void delete_below(HANDLE key)
{
    union
    {
        KEY_BASIC_INFORMATION basic;
        char room[FIELD_OFFSET(KEY_BASIC_INFORMATION, Name) + 256 * sizeof(WCHAR)];
    } information;
    ULONG length;

    while (ZwEnumerateKey(key, 0, KeyBasicInformation, &information, sizeof(information) - sizeof(WCHAR), &length) ==
           STATUS_SUCCESS)
    {
        OBJECT_ATTRIBUTES attributes;
        UNICODE_STRING name = {(USHORT)information.basic.NameLength, (USHORT)information.basic.NameLength,
                               information.basic.Name};
        HANDLE child;

        InitializeObjectAttributes(&attributes, &name, OBJ_OPENLINK, key, NULL);
        CHECK_EQUAL(ZwOpenKey(&child, KEY_ALL_ACCESS, &attributes), STATUS_SUCCESS);
        delete_below(child);
        delete_key(child);
    }
}

void delete_tree(HANDLE root, const WCHAR *path)
{
    HANDLE key;

    if (open_key(root, path, KEY_ALL_ACCESS, &key) == STATUS_SUCCESS)
    {
        delete_below(key);
        delete_key(key);
    }
}

NTSTATUS set_value(HANDLE key, const WCHAR *name, ULONG type, const void *data, ULONG size)
{
    UNICODE_STRING text;

    RtlInitUnicodeString(&text, name);
    return ZwSetValueKey(key, &text, 0, type, (PVOID)(ULONG_PTR)data, size);
}

NTSTATUS set_number(HANDLE key, const WCHAR *name, ULONG number)
{
    return set_value(key, name, REG_DWORD, &number, sizeof(number));
}

NTSTATUS delete_value(HANDLE key, const WCHAR *name)
{
    UNICODE_STRING text;

    RtlInitUnicodeString(&text, name);
    return ZwDeleteValueKey(key, &text);
}

NTSTATUS get_value(HANDLE key, const WCHAR *name, ULONG *ret_type, void *data, ULONG room, ULONG *ret_size)
{
    union
    {
        KEY_VALUE_PARTIAL_INFORMATION partial;
        char room[8192];
    } information;
    UNICODE_STRING text;
    ULONG length = 0;
    NTSTATUS status;

    CHECK(room <= sizeof(information) - sizeof(information.partial));
    RtlInitUnicodeString(&text, name);
    status = ZwQueryValueKey(key, &text, KeyValuePartialInformation, &information,
                             FIELD_OFFSET(KEY_VALUE_PARTIAL_INFORMATION, Data) + room, &length);
    if (status == STATUS_SUCCESS || status == STATUS_BUFFER_OVERFLOW)
    {
        ULONG size = information.partial.DataLength;

        *ret_type = information.partial.Type;
        *ret_size = size;
        memcpy(data, information.partial.Data, size < room ? size : room);
    }
    return status;
}

BOOLEAN has_number(HANDLE key, const WCHAR *name, ULONG number)
{
    ULONG type = 0;
    ULONG got = 0;
    ULONG size = 0;

    return get_value(key, name, &type, &got, sizeof(got), &size) == STATUS_SUCCESS && type == REG_DWORD &&
           size == sizeof(got) && got == number;
}
