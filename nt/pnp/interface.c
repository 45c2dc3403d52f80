/* SPDX-License-Identifier: MIT */
/*
 * Device interfaces.
 */
#include "nt/pnp/interface.h"

#include "nt/io/device_object.h"
#include "nt/object/namespace.h"
#include "nt/pnp/devnode.h"
#include "nt/rtl/string.h"

#define GUID_TEXT_UNITS 38

static void append_hex(WCHAR **to, uint64_t value, unsigned digits)
{
    static const char hexadecimal[] = "0123456789abcdef";

    while (digits-- > 0)
    {
        *(*to)++ = (WCHAR)hexadecimal[(value >> (4 * digits)) & 15];
    }
}

/* Writes {xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx} and a terminator. */
static void guid_text(const GUID *guid, WCHAR text[GUID_TEXT_UNITS + 1])
{
    WCHAR *to = text;

    *to++ = '{';
    append_hex(&to, guid->Data1, 8);
    *to++ = '-';
    append_hex(&to, guid->Data2, 4);
    *to++ = '-';
    append_hex(&to, guid->Data3, 4);
    *to++ = '-';
    for (size_t index = 0; index < 8; index++)
    {
        if (index == 2)
        {
            *to++ = '-';
        }
        append_hex(&to, guid->Data4[index], 2);
    }
    *to++ = '}';
    *to = 0;
}

NTSTATUS interface_name(const struct devnode *devnode, const GUID *guid, const UNICODE_STRING *reference,
                        UNICODE_STRING *ret_name)
{
    const UNICODE_STRING *instance = devnode_instance(devnode);
    bool referenced = reference != NULL && reference->Length != 0;
    const WCHAR *parts[] = {
        L"\\??\\", instance->Buffer, L"#", L"", referenced ? L"\\" : NULL, referenced ? reference->Buffer : NULL, NULL};
    WCHAR text[GUID_TEXT_UNITS + 1];
    NTSTATUS status;

    guid_text(guid, text);
    parts[3] = text;
    status = string_join(ret_name, parts);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    for (size_t unit = 4; unit < 4 + instance->Length / sizeof(WCHAR); unit++)
    {
        if (ret_name->Buffer[unit] == '\\')
        {
            ret_name->Buffer[unit] = '#';
        }
    }
    return STATUS_SUCCESS;
}

NTSTATUS interface_enable(const struct devnode *devnode, const UNICODE_STRING *name)
{
    PDEVICE_OBJECT pdo = devnode_pdo(devnode);

    return namespace_insert_link(name, &devobj_extension(pdo)->name);
}

void interface_disable(const UNICODE_STRING *name)
{
    (void)namespace_remove(name);
}
