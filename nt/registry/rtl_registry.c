/* SPDX-License-Identifier: MIT */
/*
 * RtlXxxRegistryXxx: keys named by a well-known place and a path below it.
 */
#include <string.h>

#include "nt/registry/internal.h"
#include "nt/registry/key.h"
#include "nt/registry/rtl_registry.h"
#include "nt/rtl/string.h"

static const UNICODE_STRING places[RTL_REGISTRY_MAXIMUM] = {
    [RTL_REGISTRY_ABSOLUTE] = {0, 0, NULL},
    [RTL_REGISTRY_SERVICES] = LITERAL(L"\\Registry\\Machine\\System\\CurrentControlSet\\Services\\"),
    [RTL_REGISTRY_CONTROL] = LITERAL(L"\\Registry\\Machine\\System\\CurrentControlSet\\Control\\"),
    [RTL_REGISTRY_WINDOWS_NT] = LITERAL(L"\\Registry\\Machine\\Software\\Microsoft\\Windows NT\\CurrentVersion\\"),
    [RTL_REGISTRY_DEVICEMAP] = LITERAL(L"\\Registry\\Machine\\Hardware\\DeviceMap\\"),
    [RTL_REGISTRY_USER] = LITERAL(L"\\Registry\\User\\S-1-5-18\\"),
};

/* The whole path, for string_free(). */
static NTSTATUS whole_path(ULONG place, const WCHAR *path, UNICODE_STRING *ret_path)
{
    UNICODE_STRING rest;

    if (place >= RTL_REGISTRY_MAXIMUM)
    {
        return STATUS_INVALID_PARAMETER;
    }
    RtlInitUnicodeString(&rest, path);
    return string_concatenate(&places[place], &rest, ret_path);
}

NTSTATUS rtl_registry_open(ULONG relative_to, const WCHAR *path, ACCESS_MASK access, bool creates, HANDLE *ret_handle,
                           bool *ret_is_ours)
{
    ULONG place = relative_to & ~(ULONG)(RTL_REGISTRY_OPTIONAL | RTL_REGISTRY_HANDLE);
    UNICODE_STRING name;
    OBJECT_ATTRIBUTES attributes;
    NTSTATUS status;

    *ret_is_ours = (relative_to & RTL_REGISTRY_HANDLE) == 0;
    if (!*ret_is_ours)
    {
        /* The path is a handle in disguise. */
        *ret_handle = (HANDLE)(uintptr_t)path;
        return STATUS_SUCCESS;
    }
    status = whole_path(place, path, &name);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL, NULL);
    status = creates ? ZwCreateKey(ret_handle, access, &attributes, 0, NULL, REG_OPTION_NON_VOLATILE, NULL) :
                       ZwOpenKey(ret_handle, access, &attributes);
    /* Nothing below the volatile part is anything else. */
    if (creates && status == STATUS_CHILD_MUST_BE_VOLATILE)
    {
        status = ZwCreateKey(ret_handle, access, &attributes, 0, NULL, REG_OPTION_VOLATILE, NULL);
    }
    string_free(&name);
    return status;
}

void rtl_registry_close(HANDLE handle, bool is_ours)
{
    if (is_ours)
    {
        (void)handle_close(handle);
    }
}

/*
 * Published entry points.
 */
NTSTATUS RtlCheckRegistryKey(ULONG RelativeTo, PWSTR Path)
{
    HANDLE handle;
    bool is_ours;
    NTSTATUS status = rtl_registry_open(RelativeTo, Path, KEY_QUERY_VALUE, false, &handle, &is_ours);

    if (NT_SUCCESS(status))
    {
        rtl_registry_close(handle, is_ours);
    }
    return status;
}

NTSTATUS RtlCreateRegistryKey(ULONG RelativeTo, PWSTR Path)
{
    HANDLE handle;
    bool is_ours;
    NTSTATUS status = rtl_registry_open(RelativeTo, Path, KEY_ALL_ACCESS, true, &handle, &is_ours);

    if (NT_SUCCESS(status))
    {
        rtl_registry_close(handle, is_ours);
    }
    return status;
}

NTSTATUS RtlWriteRegistryValue(ULONG RelativeTo, PCWSTR Path, PCWSTR ValueName, ULONG ValueType, PVOID ValueData,
                               ULONG ValueLength)
{
    UNICODE_STRING name;
    HANDLE handle;
    bool is_ours;
    NTSTATUS status = rtl_registry_open(RelativeTo, Path, KEY_SET_VALUE, true, &handle, &is_ours);

    if (NT_SUCCESS(status))
    {
        RtlInitUnicodeString(&name, ValueName);
        status = ZwSetValueKey(handle, &name, 0, ValueType, ValueData, ValueLength);
        rtl_registry_close(handle, is_ours);
    }
    return status;
}

NTSTATUS RtlDeleteRegistryValue(ULONG RelativeTo, PCWSTR Path, PCWSTR ValueName)
{
    UNICODE_STRING name;
    HANDLE handle;
    bool is_ours;
    NTSTATUS status = rtl_registry_open(RelativeTo, Path, KEY_SET_VALUE, false, &handle, &is_ours);

    if (NT_SUCCESS(status))
    {
        RtlInitUnicodeString(&name, ValueName);
        status = ZwDeleteValueKey(handle, &name);
        rtl_registry_close(handle, is_ours);
    }
    return status;
}
