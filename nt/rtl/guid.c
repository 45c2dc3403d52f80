/* SPDX-License-Identifier: MIT */
/*
 * Identifiers as text.
 */
#include "nt/rtl/guid.h"

#include <string.h>

#include "nt/rtl/rtl_memory.h"

/* X is a digit, everything else itself. */
static const char pattern[GUID_UNITS + 1] = "{XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}";

/* Where the byte of a pair of digits is: the order of the text is not the order of the bytes. */
static const UCHAR position[16] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};

void guid_format(const GUID *guid, bool lower, WCHAR *text)
{
    const char *digits = lower ? "0123456789abcdef" : "0123456789ABCDEF";
    size_t digit = 0;

    for (size_t index = 0; index < GUID_UNITS; index++)
    {
        text[index] = (WCHAR)pattern[index];
        if (pattern[index] == 'X')
        {
            UCHAR byte = ((const UCHAR *)guid)[position[digit / 2]];

            text[index] = (WCHAR)digits[digit % 2 == 0 ? byte >> 4 : byte & 15];
            digit++;
        }
    }
    text[GUID_UNITS] = 0;
}

/* The value of a digit, or sixteen. */
static unsigned value_of(WCHAR unit)
{
    if (unit >= '0' && unit <= '9')
    {
        return (unsigned)unit - '0';
    }
    unit |= 0x20;
    return unit >= 'a' && unit <= 'f' ? (unsigned)unit - 'a' + 10 : 16;
}

bool guid_parse(const WCHAR *text, GUID *ret_guid)
{
    size_t digit = 0;

    memset(ret_guid, 0, sizeof(*ret_guid));
    for (size_t index = 0; index < GUID_UNITS; index++)
    {
        if (pattern[index] != 'X')
        {
            if (text[index] != (WCHAR)pattern[index])
            {
                return false;
            }
            continue;
        }
        if (value_of(text[index]) == 16)
        {
            return false;
        }
        ((UCHAR *)ret_guid)[position[digit / 2]] |= (UCHAR)(value_of(text[index]) << (digit % 2 == 0 ? 4 : 0));
        digit++;
    }
    return true;
}

/*
 * Published entry points.
 */
NTSTATUS RtlStringFromGUID(REFGUID Guid, PUNICODE_STRING GuidString)
{
    GuidString->Length = GUID_UNITS * sizeof(WCHAR);
    GuidString->MaximumLength = (GUID_UNITS + 1) * sizeof(WCHAR);
    GuidString->Buffer = rtl_allocate(GuidString->MaximumLength);
    if (GuidString->Buffer == NULL)
    {
        return STATUS_NO_MEMORY;
    }
    guid_format(Guid, false, GuidString->Buffer);
    return STATUS_SUCCESS;
}

NTSTATUS RtlGUIDFromString(PCUNICODE_STRING GuidString, GUID *Guid)
{
    GUID guid;

    if (GuidString->Length < GUID_UNITS * sizeof(WCHAR) || !guid_parse(GuidString->Buffer, &guid))
    {
        return STATUS_INVALID_PARAMETER;
    }
    *Guid = guid;
    return STATUS_SUCCESS;
}
