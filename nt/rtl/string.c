/* SPDX-License-Identifier: MIT */
/*
 * Counted strings: construction, comparison, conversion.
 */
#include "nt/rtl/string.h"

#include <string.h>

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

static void string_append(UNICODE_STRING *string, const WCHAR *text, size_t bytes)
{
    memcpy((char *)string->Buffer + string->Length, text, bytes);
    string->Length = (USHORT)(string->Length + bytes);
}

NTSTATUS string_duplicate(const UNICODE_STRING *source, UNICODE_STRING *ret_copy)
{
    NTSTATUS status = string_allocate(ret_copy, source->Length);

    if (NT_SUCCESS(status) && source->Length != 0)
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

/* Decodes one code point; returns the bytes it took, 0 when they are not UTF-8. */
static size_t utf8_decode(const unsigned char *text, uint32_t *ret_point)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = text[0] < 0x80 ? 1 :
                    text[0] < 0xC0 ? 0 :
                    text[0] < 0xE0 ? 2 :
                    text[0] < 0xF0 ? 3 :
                    text[0] < 0xF8 ? 4 :
                                     0;
    uint32_t point = length <= 1 ? text[0] : text[0] & (0x7Fu >> length);

    for (size_t index = 1; index < length; index++)
    {
        if ((text[index] & 0xC0) != 0x80)
        {
            return 0;
        }
        point = (point << 6) | (text[index] & 0x3F);
    }
    if (length == 0 || point < smallest[length] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000))
    {
        return 0;
    }
    *ret_point = point;
    return length;
}

NTSTATUS string_from_utf8(const char *text, UNICODE_STRING *ret_string)
{
    const unsigned char *from = (const unsigned char *)text;
    NTSTATUS status = string_allocate(ret_string, strlen(text) * sizeof(WCHAR));

    if (!NT_SUCCESS(status))
    {
        return status == STATUS_NAME_TOO_LONG ? STATUS_INVALID_PARAMETER : status;
    }
    while (*from != 0)
    {
        uint32_t point;
        size_t length = utf8_decode(from, &point);
        WCHAR units[2] = {(WCHAR)point, 0};

        if (length == 0)
        {
            string_free(ret_string);
            return STATUS_INVALID_PARAMETER;
        }
        if (point >= 0x10000)
        {
            units[0] = (WCHAR)(0xD800 + ((point - 0x10000) >> 10));
            units[1] = (WCHAR)(0xDC00 + (point & 0x3FF));
        }
        string_append(ret_string, units, point >= 0x10000 ? 4 : 2);
        from += length;
    }
    return STATUS_SUCCESS;
}

/* Takes one code point off the string at *position. */
static uint32_t utf16_next(const UNICODE_STRING *string, size_t *position)
{
    size_t count = string->Length / sizeof(WCHAR);
    uint32_t unit = string->Buffer[(*position)++];

    if (unit < 0xD800 || unit > 0xDFFF)
    {
        return unit;
    }
    if (unit < 0xDC00 && *position < count && string->Buffer[*position] >= 0xDC00 && string->Buffer[*position] <= 0xDFFF)
    {
        return 0x10000 + ((unit - 0xD800) << 10) + (string->Buffer[(*position)++] - 0xDC00u);
    }
    return 0xFFFD;
}

static size_t utf8_encode(uint32_t point, char *to)
{
    size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};

    for (size_t index = length - 1; index > 0; index--)
    {
        to[index] = (char)(0x80 | (point & 0x3F));
        point >>= 6;
    }
    to[0] = (char)(lead[length] | point);
    return length;
}

/* Encodes the string, or only counts when to is NULL. Returns the bytes without a terminator. */
static size_t utf8_encode_string(const UNICODE_STRING *string, char *to)
{
    size_t used = 0;

    for (size_t position = 0; position < string->Length / sizeof(WCHAR);)
    {
        char scratch[4];

        used += utf8_encode(utf16_next(string, &position), to == NULL ? scratch : to + used);
    }
    return used;
}

char *string_to_utf8(const UNICODE_STRING *string)
{
    size_t bytes = utf8_encode_string(string, NULL);
    char *text = platform_alloc(bytes + 1);

    if (text != NULL)
    {
        (void)utf8_encode_string(string, text);
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
    if ((unit >= 'a' && unit <= 'z') || (unit >= 0xE0 && unit <= 0xFE && unit != 0xF7))
    {
        return (WCHAR)(unit - 0x20);
    }
    return unit;
}

bool string_has_prefix(const UNICODE_STRING *string, const UNICODE_STRING *prefix)
{
    return RtlPrefixUnicodeString(prefix, string, TRUE);
}

/*
 * Published entry points.
 */
VOID RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
    size_t bytes = SourceString == NULL ? 0 : wide_length(SourceString) * sizeof(WCHAR);

    if (bytes > STRING_MAXIMUM_BYTES)
    {
        bytes = STRING_MAXIMUM_BYTES;
    }
    DestinationString->Buffer = (PWCH)SourceString;
    DestinationString->Length = (USHORT)bytes;
    DestinationString->MaximumLength = (USHORT)(SourceString == NULL ? 0 : bytes + sizeof(WCHAR));
}

VOID RtlCopyUnicodeString(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString)
{
    USHORT bytes = SourceString == NULL ? 0 : SourceString->Length;

    if (bytes > DestinationString->MaximumLength)
    {
        bytes = DestinationString->MaximumLength;
    }
    if (bytes != 0)
    {
        memmove(DestinationString->Buffer, SourceString->Buffer, bytes);
    }
    DestinationString->Length = bytes;
    if ((size_t)bytes + sizeof(WCHAR) <= DestinationString->MaximumLength)
    {
        DestinationString->Buffer[bytes / sizeof(WCHAR)] = 0;
    }
}

LONG RtlCompareUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2, BOOLEAN CaseInSensitive)
{
    size_t shorter = (String1->Length < String2->Length ? String1->Length : String2->Length) / sizeof(WCHAR);

    for (size_t index = 0; index < shorter; index++)
    {
        WCHAR first = CaseInSensitive ? string_upcase(String1->Buffer[index]) : String1->Buffer[index];
        WCHAR second = CaseInSensitive ? string_upcase(String2->Buffer[index]) : String2->Buffer[index];

        if (first != second)
        {
            return (LONG)first - (LONG)second;
        }
    }
    return (LONG)String1->Length - (LONG)String2->Length;
}

BOOLEAN RtlEqualUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2, BOOLEAN CaseInSensitive)
{
    return String1->Length == String2->Length && RtlCompareUnicodeString(String1, String2, CaseInSensitive) == 0;
}

BOOLEAN RtlPrefixUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2, BOOLEAN CaseInSensitive)
{
    UNICODE_STRING head = *String2;

    if (String2->Length < String1->Length)
    {
        return FALSE;
    }
    head.Length = String1->Length;
    return RtlEqualUnicodeString(String1, &head, CaseInSensitive);
}
