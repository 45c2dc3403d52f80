/* SPDX-License-Identifier: MIT */
/*
 * The names that keys in a text begin with.
 */
#include "nt/registry/internal.h"
#include "nt/registry/text.h"
#include "nt/rtl/string.h"

/* The long names come first: an export uses them. */
static const struct text_root roots[] = {
    {LITERAL(L"HKEY_LOCAL_MACHINE"), LITERAL(L"MACHINE")},
    {LITERAL(L"HKEY_USERS"), LITERAL(L"USER")},
    {LITERAL(L"HKEY_CURRENT_USER"), LITERAL(L"USER\\S-1-5-18")},
    {LITERAL(L"HKEY_CLASSES_ROOT"), LITERAL(L"MACHINE\\SOFTWARE\\Classes")},
    {LITERAL(L"HKEY_CURRENT_CONFIG"), LITERAL(L"MACHINE\\SYSTEM\\CurrentControlSet\\Hardware Profiles\\Current")},
    {LITERAL(L"HKLM"), LITERAL(L"MACHINE")},
    {LITERAL(L"HKU"), LITERAL(L"USER")},
    {LITERAL(L"HKCU"), LITERAL(L"USER\\S-1-5-18")},
    {LITERAL(L"HKCR"), LITERAL(L"MACHINE\\SOFTWARE\\Classes")},
    {LITERAL(L"HKCC"), LITERAL(L"MACHINE\\SYSTEM\\CurrentControlSet\\Hardware Profiles\\Current")},
};

const struct text_root *text_find_root(const UNICODE_STRING *name, UNICODE_STRING *ret_rest)
{
    for (size_t index = 0; index < ARRAYSIZE(roots); index++)
    {
        size_t units = roots[index].name.Length / sizeof(WCHAR);

        if (string_has_prefix(name, &roots[index].name) &&
            (name->Length == roots[index].name.Length || name->Buffer[units] == '\\'))
        {
            *ret_rest = *name;
            ret_rest->Buffer += units;
            ret_rest->Length = (USHORT)(name->Length - roots[index].name.Length);
            return &roots[index];
        }
    }
    return NULL;
}
