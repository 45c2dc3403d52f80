/* SPDX-License-Identifier: MIT */
/*
 * Names of keys and values, and paths made of them.
 */
#include "nt/registry/name.h"

#include "nt/rtl/string.h"

uint32_t name_hash(const UNICODE_STRING *name)
{
    uint32_t hash = 2166136261u;

    for (size_t index = 0; index < name->Length / sizeof(WCHAR); index++)
    {
        hash = (hash ^ string_upcase(name->Buffer[index])) * 16777619u;
    }
    return hash;
}

bool name_is_key(const UNICODE_STRING *name)
{
    for (size_t index = 0; index < name->Length / sizeof(WCHAR); index++)
    {
        if (name->Buffer[index] == '\\')
        {
            return false;
        }
    }
    return name->Length != 0 && name->Length % sizeof(WCHAR) == 0 && name->Length <= NAME_MAXIMUM_KEY;
}

static void skip_one(UNICODE_STRING *path)
{
    path->Buffer++;
    path->Length = (USHORT)(path->Length - sizeof(WCHAR));
}

bool name_next(UNICODE_STRING *path, UNICODE_STRING *ret_name)
{
    while (path->Length != 0 && path->Buffer[0] == '\\')
    {
        skip_one(path);
    }
    ret_name->Buffer = path->Buffer;
    while (path->Length != 0 && path->Buffer[0] != '\\')
    {
        skip_one(path);
    }
    ret_name->Length = (USHORT)((path->Buffer - ret_name->Buffer) * (ptrdiff_t)sizeof(WCHAR));
    ret_name->MaximumLength = ret_name->Length;
    while (path->Length != 0 && path->Buffer[0] == '\\')
    {
        skip_one(path);
    }
    return ret_name->Length != 0;
}
