/* SPDX-License-Identifier: MIT */
/*
 * Variables in strings: %NAME% stands for what an environment says, and for itself when it says nothing.
 */
#include <string.h>

#include "nt/registry/rtl_registry.h"
#include "nt/rtl/string.h"

/* NAME=text entries one behind another, each with a zero, and a zero after the last. Gives the text. */
static bool look_up(const WCHAR *environment, const UNICODE_STRING *name, UNICODE_STRING *ret_text)
{
    for (const WCHAR *at = environment; at != NULL && *at != 0;)
    {
        UNICODE_STRING entry;
        UNICODE_STRING head;
        size_t units = name->Length / sizeof(WCHAR);

        RtlInitUnicodeString(&entry, at);
        head = entry;
        head.Length = name->Length;
        if (entry.Length > name->Length && at[units] == '=' && RtlEqualUnicodeString(&head, name, TRUE))
        {
            RtlInitUnicodeString(ret_text, at + units + 1);
            return true;
        }
        at += entry.Length / sizeof(WCHAR) + 1;
    }
    return false;
}

/* The next piece of the source: a variable's text, or what stands there. */
static void next_piece(const WCHAR *environment, UNICODE_STRING *source, UNICODE_STRING *ret_piece)
{
    size_t units = source->Length / sizeof(WCHAR);
    size_t end = 1;
    UNICODE_STRING name;

    while (end < units && source->Buffer[end] != '%')
    {
        end++;
    }
    *ret_piece = *source;
    ret_piece->Length = (USHORT)(end * sizeof(WCHAR));
    if (source->Buffer[0] == '%' && end < units)
    {
        name.Buffer = source->Buffer + 1;
        name.Length = (USHORT)((end - 1) * sizeof(WCHAR));
        name.MaximumLength = name.Length;
        if (name.Length != 0 && look_up(environment, &name, ret_piece))
        {
            end++;
        }
        else
        {
            ret_piece->Length = (USHORT)(end * sizeof(WCHAR));
        }
    }
    source->Buffer += end;
    source->Length = (USHORT)(source->Length - end * sizeof(WCHAR));
}

NTSTATUS rtl_registry_expand(const void *environment, const UNICODE_STRING *source, UNICODE_STRING *ret_expanded)
{
    UNICODE_STRING rest = *source;
    UNICODE_STRING joined = {0};
    NTSTATUS status = string_duplicate(&joined, &joined);

    while (NT_SUCCESS(status) && rest.Length != 0)
    {
        UNICODE_STRING piece;
        UNICODE_STRING longer;

        next_piece(environment, &rest, &piece);
        status = string_concatenate(&joined, &piece, &longer);
        if (NT_SUCCESS(status))
        {
            string_free(&joined);
            joined = longer;
        }
    }
    if (!NT_SUCCESS(status))
    {
        string_free(&joined);
        return status;
    }
    *ret_expanded = joined;
    return status;
}
