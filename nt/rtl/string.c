/* SPDX-License-Identifier: MIT */
/*
 * Counted strings inside the runtime: construction, and conversion from and to UTF-8.
 */
#include "nt/rtl/string.h"

#include <string.h>

#include "nt/rtl/unicode.h"

#define STRING_MAXIMUM_BYTES 0xFFFC

static size_t wide_length(const WCHAR *text)
{
    size_t length = 0;

    while (text[length] != 0)
    {
        length++;
    }
    return length;
}

/* Allocates an empty string with room for bytes and a terminator. */
static NTSTATUS string_allocate(UNICODE_STRING *string, size_t bytes)
{
    memset(string, 0, sizeof(*string));
    if (bytes > STRING_MAXIMUM_BYTES)
    {
        return STATUS_NAME_TOO_LONG;
    }
    string->Buffer = platform_zalloc(bytes + sizeof(WCHAR));
    if (string->Buffer == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    string->MaximumLength = (USHORT)(bytes + sizeof(WCHAR));
    return STATUS_SUCCESS;
}

/* An empty text may have no buffer. */
static void string_append(UNICODE_STRING *string, const WCHAR *text, size_t bytes)
{
    if (bytes != 0)
    {
        memcpy((char *)string->Buffer + string->Length, text, bytes);
    }
    string->Length = (USHORT)(string->Length + bytes);
}

NTSTATUS string_duplicate(const UNICODE_STRING *source, UNICODE_STRING *ret_copy)
{
    NTSTATUS status = string_allocate(ret_copy, source->Length);

    if (NT_SUCCESS(status))
    {
        string_append(ret_copy, source->Buffer, source->Length);
    }
    return status;
}

NTSTATUS string_join(UNICODE_STRING *ret_joined, const WCHAR *const *parts)
{
    size_t bytes = 0;
    NTSTATUS status;

    for (const WCHAR *const *part = parts; *part != NULL; part++)
    {
        bytes += wide_length(*part) * sizeof(WCHAR);
    }
    status = string_allocate(ret_joined, bytes);
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    for (const WCHAR *const *part = parts; *part != NULL; part++)
    {
        string_append(ret_joined, *part, wide_length(*part) * sizeof(WCHAR));
    }
    return STATUS_SUCCESS;
}

NTSTATUS string_concatenate(const UNICODE_STRING *first, const UNICODE_STRING *second, UNICODE_STRING *ret_joined)
{
    NTSTATUS status = string_allocate(ret_joined, (size_t)first->Length + second->Length);

    if (NT_SUCCESS(status))
    {
        string_append(ret_joined, first->Buffer, first->Length);
        string_append(ret_joined, second->Buffer, second->Length);
    }
    return status;
}

NTSTATUS string_from_utf8(const char *text, UNICODE_STRING *ret_string)
{
    struct unicode_result all = unicode_from_utf8(NULL, 0, text, strlen(text));
    NTSTATUS status;

    memset(ret_string, 0, sizeof(*ret_string));
    if (all.malformed || all.bytes > STRING_MAXIMUM_BYTES)
    {
        return STATUS_INVALID_PARAMETER;
    }
    status = string_allocate(ret_string, all.bytes);
    if (NT_SUCCESS(status))
    {
        (void)unicode_from_utf8(ret_string->Buffer, all.bytes, text, strlen(text));
        ret_string->Length = (USHORT)all.bytes;
    }
    return status;
}

char *string_to_utf8(const UNICODE_STRING *string)
{
    size_t bytes = unicode_to_utf8(NULL, 0, string->Buffer, string->Length, false).bytes;
    char *text = platform_alloc(bytes + 1);

    if (text != NULL)
    {
        (void)unicode_to_utf8(text, bytes, string->Buffer, string->Length, false);
        text[bytes] = 0;
    }
    return text;
}

void string_free_utf8(char *text)
{
    if (text != NULL)
    {
        platform_free(text, strlen(text) + 1);
    }
}

void string_free(UNICODE_STRING *string)
{
    if (string->Buffer != NULL)
    {
        platform_free(string->Buffer, string->MaximumLength);
    }
    memset(string, 0, sizeof(*string));
}

WCHAR string_upcase(WCHAR unit)
{
    return unicode_upcase(unit);
}

bool string_has_prefix(const UNICODE_STRING *string, const UNICODE_STRING *prefix)
{
    return RtlPrefixUnicodeString(prefix, string, TRUE);
}
