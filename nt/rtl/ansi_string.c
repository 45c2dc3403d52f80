/* SPDX-License-Identifier: MIT */
/*
 * Counted strings of bytes. Comparing without case knows ASCII only: beyond it a byte is a piece of a character of UTF-8.
 */
#include <string.h>

#include "nt/rtl/rtl_memory.h"
#include "nt/rtl/unicode.h"

#define ANSI_MAXIMUM_BYTES 0xFFFEu

/* Winternl.h declares it for programs; no kernel header does. */
NTSYSAPI NTSTATUS RtlInitStringEx(PSTRING DestinationString, PCSZ SourceString);

static void ansi_init(PSTRING string, PCSZ source)
{
    size_t length = source == NULL ? 0 : strlen(source);

    length = length < ANSI_MAXIMUM_BYTES ? length : ANSI_MAXIMUM_BYTES;
    string->Length = (USHORT)length;
    string->MaximumLength = (USHORT)(source == NULL ? 0 : length + 1);
    string->Buffer = (PCHAR)source;
}

static NTSTATUS ansi_init_checked(PSTRING string, PCSZ source)
{
    if (source != NULL && strlen(source) > ANSI_MAXIMUM_BYTES)
    {
        return STATUS_NAME_TOO_LONG;
    }
    ansi_init(string, source);
    return STATUS_SUCCESS;
}

static LONG ansi_compare(const CHAR *first, size_t first_length, const CHAR *second, size_t second_length, bool ignore_case)
{
    size_t shorter = first_length < second_length ? first_length : second_length;

    for (size_t index = 0; index < shorter; index++)
    {
        UCHAR one = (UCHAR)(ignore_case ? unicode_upcase_byte(first[index]) : first[index]);
        UCHAR other = (UCHAR)(ignore_case ? unicode_upcase_byte(second[index]) : second[index]);

        if (one != other)
        {
            return (LONG)one - (LONG)other;
        }
    }
    return (LONG)first_length - (LONG)second_length;
}

static void ansi_free(PSTRING string)
{
    rtl_free(string->Buffer);
    memset(string, 0, sizeof(*string));
}

/*
 * Published entry points.
 */
VOID RtlInitString(PSTRING DestinationString, PCSZ SourceString)
{
    ansi_init(DestinationString, SourceString);
}

VOID RtlInitAnsiString(PANSI_STRING DestinationString, PCSZ SourceString)
{
    ansi_init(DestinationString, SourceString);
}

VOID RtlInitUTF8String(PUTF8_STRING DestinationString, PCSZ SourceString)
{
    ansi_init(DestinationString, SourceString);
}

NTSTATUS RtlInitAnsiStringEx(PANSI_STRING DestinationString, PCSZ SourceString)
{
    return ansi_init_checked(DestinationString, SourceString);
}

NTSTATUS RtlInitUTF8StringEx(PUTF8_STRING DestinationString, PCSZ SourceString)
{
    return ansi_init_checked(DestinationString, SourceString);
}

NTSTATUS RtlInitStringEx(PSTRING DestinationString, PCSZ SourceString)
{
    return ansi_init_checked(DestinationString, SourceString);
}

VOID RtlCopyString(PSTRING DestinationString, const STRING *SourceString)
{
    USHORT bytes = SourceString == NULL ? 0 : SourceString->Length;

    bytes = bytes < DestinationString->MaximumLength ? bytes : DestinationString->MaximumLength;
    if (bytes != 0)
    {
        memmove(DestinationString->Buffer, SourceString->Buffer, bytes);
    }
    DestinationString->Length = bytes;
}

VOID RtlUpperString(PSTRING DestinationString, const STRING *SourceString)
{
    USHORT bytes = SourceString->Length;

    bytes = bytes < DestinationString->MaximumLength ? bytes : DestinationString->MaximumLength;
    for (USHORT index = 0; index < bytes; index++)
    {
        DestinationString->Buffer[index] = unicode_upcase_byte(SourceString->Buffer[index]);
    }
    DestinationString->Length = bytes;
}

NTSTATUS RtlAppendStringToString(PSTRING Destination, const STRING *Source)
{
    if (Source->Length > Destination->MaximumLength - Destination->Length)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    if (Source->Length != 0)
    {
        memmove(Destination->Buffer + Destination->Length, Source->Buffer, Source->Length);
        Destination->Length = (USHORT)(Destination->Length + Source->Length);
    }
    return STATUS_SUCCESS;
}

LONG RtlCompareString(const STRING *String1, const STRING *String2, BOOLEAN CaseInSensitive)
{
    return ansi_compare(String1->Buffer, String1->Length, String2->Buffer, String2->Length, CaseInSensitive);
}

BOOLEAN RtlEqualString(const STRING *String1, const STRING *String2, BOOLEAN CaseInSensitive)
{
    return String1->Length == String2->Length && RtlCompareString(String1, String2, CaseInSensitive) == 0;
}

BOOLEAN RtlPrefixString(const STRING *String1, const STRING *String2, BOOLEAN CaseInSensitive)
{
    return String1->Length <= String2->Length &&
           ansi_compare(String1->Buffer, String1->Length, String2->Buffer, String1->Length, CaseInSensitive) == 0;
}

VOID RtlFreeAnsiString(PANSI_STRING AnsiString)
{
    ansi_free(AnsiString);
}

VOID RtlFreeUTF8String(PUTF8_STRING Utf8String)
{
    ansi_free(Utf8String);
}

VOID RtlFreeOemString(POEM_STRING OemString)
{
    ansi_free(OemString);
}
