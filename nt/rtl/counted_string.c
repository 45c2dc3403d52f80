/* SPDX-License-Identifier: MIT */
/*
 * Counted UTF-16 strings as published. Comparing without case goes unit by unit, by upper case.
 */
#include <string.h>

#include "nt/rtl/rtl_memory.h"
#include "nt/rtl/unicode.h"

/* The longest string of RtlInitUnicodeString(): there is room for a terminator behind it in 16 bits. */
#define INIT_MAXIMUM_BYTES 0xFFFCu

#define HASH_MULTIPLIER 65599u

#define DUPLICATE_FLAGS (RTL_DUPLICATE_UNICODE_STRING_NULL_TERMINATE | RTL_DUPLICATE_UNICODE_STRING_ALLOCATE_NULL_STRING)

static size_t length_in_bytes(PCWSTR text)
{
    size_t length = 0;

    while (text[length] != 0)
    {
        length++;
    }
    return length * sizeof(WCHAR);
}

static void init(PUNICODE_STRING string, PCWSTR source, size_t bytes)
{
    string->Buffer = (PWCH)source;
    string->Length = (USHORT)bytes;
    string->MaximumLength = (USHORT)(source == NULL ? 0 : bytes + sizeof(WCHAR));
}

static void terminate_if_room(PUNICODE_STRING string)
{
    if ((size_t)string->Length + sizeof(WCHAR) <= string->MaximumLength)
    {
        string->Buffer[string->Length / sizeof(WCHAR)] = 0;
    }
}

static LONG compare(const WCHAR *first, size_t first_count, const WCHAR *second, size_t second_count, bool ignore_case)
{
    size_t shorter = first_count < second_count ? first_count : second_count;

    for (size_t index = 0; index < shorter; index++)
    {
        WCHAR one = first[index];
        WCHAR other = second[index];

        if (one != other && ignore_case)
        {
            one = unicode_upcase(one);
            other = unicode_upcase(other);
        }
        if (one != other)
        {
            return (LONG)one - (LONG)other;
        }
    }
    return first_count < second_count ? -1 : first_count > second_count;
}

static NTSTATUS append(PUNICODE_STRING string, const WCHAR *text, size_t bytes)
{
    if (bytes > (size_t)string->MaximumLength - string->Length)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    if (bytes != 0)
    {
        memmove((char *)string->Buffer + string->Length, text, bytes);
        string->Length = (USHORT)(string->Length + bytes);
        terminate_if_room(string);
    }
    return STATUS_SUCCESS;
}

static NTSTATUS change_case(PUNICODE_STRING to, PCUNICODE_STRING from, bool allocate, WCHAR (*change)(WCHAR unit))
{
    if (allocate)
    {
        to->Buffer = rtl_allocate(from->Length);
        to->MaximumLength = from->Length;
        if (to->Buffer == NULL)
        {
            return STATUS_NO_MEMORY;
        }
    }
    else if (from->Length > to->MaximumLength)
    {
        return STATUS_BUFFER_OVERFLOW;
    }
    for (size_t index = 0; index < from->Length / sizeof(WCHAR); index++)
    {
        to->Buffer[index] = change(from->Buffer[index]);
    }
    to->Length = from->Length;
    return STATUS_SUCCESS;
}

static bool is_valid(PCUNICODE_STRING string)
{
    return string->Length % sizeof(WCHAR) == 0 && string->MaximumLength % sizeof(WCHAR) == 0 &&
           string->Length <= string->MaximumLength && (string->Buffer != NULL || string->MaximumLength == 0);
}

static NTSTATUS duplicate(ULONG flags, PCUNICODE_STRING source, PUNICODE_STRING copy)
{
    size_t extra = (flags & RTL_DUPLICATE_UNICODE_STRING_NULL_TERMINATE) != 0 ? sizeof(WCHAR) : 0;
    size_t bytes = source == NULL ? 0 : source->Length;
    PWCH buffer;

    memset(copy, 0, sizeof(*copy));
    if (bytes + extra > UNICODE_STRING_MAX_BYTES)
    {
        return STATUS_NAME_TOO_LONG;
    }
    if (bytes == 0 && (flags & RTL_DUPLICATE_UNICODE_STRING_ALLOCATE_NULL_STRING) == 0)
    {
        return STATUS_SUCCESS;
    }
    buffer = rtl_allocate(bytes + extra);
    if (buffer == NULL)
    {
        return STATUS_NO_MEMORY;
    }
    copy->Buffer = buffer;
    copy->MaximumLength = (USHORT)(bytes + extra);
    (void)append(copy, source == NULL ? NULL : source->Buffer, bytes);
    terminate_if_room(copy);
    return STATUS_SUCCESS;
}

/*
 * Published entry points.
 */
VOID RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
    size_t bytes = SourceString == NULL ? 0 : length_in_bytes(SourceString);

    init(DestinationString, SourceString, bytes < INIT_MAXIMUM_BYTES ? bytes : INIT_MAXIMUM_BYTES);
}

NTSTATUS RtlInitUnicodeStringEx(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
    size_t bytes = SourceString == NULL ? 0 : length_in_bytes(SourceString);

    if (bytes > INIT_MAXIMUM_BYTES)
    {
        return STATUS_NAME_TOO_LONG;
    }
    init(DestinationString, SourceString, bytes);
    return STATUS_SUCCESS;
}

BOOLEAN RtlCreateUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
    UNICODE_STRING source;

    return NT_SUCCESS(RtlInitUnicodeStringEx(&source, SourceString)) &&
           NT_SUCCESS(duplicate(DUPLICATE_FLAGS, &source, DestinationString));
}

VOID RtlFreeUnicodeString(PUNICODE_STRING UnicodeString)
{
    rtl_free(UnicodeString->Buffer);
    memset(UnicodeString, 0, sizeof(*UnicodeString));
}

VOID RtlCopyUnicodeString(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString)
{
    USHORT bytes = SourceString == NULL ? 0 : SourceString->Length;

    bytes = bytes < DestinationString->MaximumLength ? bytes : DestinationString->MaximumLength;
    if (bytes != 0)
    {
        memmove(DestinationString->Buffer, SourceString->Buffer, bytes);
    }
    DestinationString->Length = bytes;
    terminate_if_room(DestinationString);
}

NTSTATUS RtlValidateUnicodeString(ULONG Flags, PCUNICODE_STRING String)
{
    return Flags == 0 && (String == NULL || is_valid(String)) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

NTSTATUS RtlDuplicateUnicodeString(ULONG Flags, PCUNICODE_STRING StringIn, PUNICODE_STRING StringOut)
{
    if ((Flags & ~(ULONG)DUPLICATE_FLAGS) != 0 || Flags == RTL_DUPLICATE_UNICODE_STRING_ALLOCATE_NULL_STRING ||
        StringOut == NULL || (StringIn != NULL && !is_valid(StringIn)))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return duplicate(Flags, StringIn, StringOut);
}

LONG RtlCompareUnicodeStrings(PCWCH String1, SIZE_T String1Length, PCWCH String2, SIZE_T String2Length,
                              BOOLEAN CaseInSensitive)
{
    return compare(String1, String1Length, String2, String2Length, CaseInSensitive);
}

LONG RtlCompareUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2, BOOLEAN CaseInSensitive)
{
    return compare(String1->Buffer, String1->Length / sizeof(WCHAR), String2->Buffer, String2->Length / sizeof(WCHAR),
                   CaseInSensitive);
}

BOOLEAN RtlEqualUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2, BOOLEAN CaseInSensitive)
{
    return String1->Length == String2->Length && RtlCompareUnicodeString(String1, String2, CaseInSensitive) == 0;
}

BOOLEAN RtlPrefixUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2, BOOLEAN CaseInSensitive)
{
    size_t count = String1->Length / sizeof(WCHAR);

    return String1->Length <= String2->Length &&
           compare(String1->Buffer, count, String2->Buffer, count, CaseInSensitive) == 0;
}

BOOLEAN RtlSuffixUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2, BOOLEAN CaseInSensitive)
{
    size_t count = String1->Length / sizeof(WCHAR);
    size_t whole = String2->Length / sizeof(WCHAR);

    return count <= whole && compare(String1->Buffer, count, String2->Buffer + (whole - count), count, CaseInSensitive) == 0;
}

NTSTATUS RtlHashUnicodeString(PCUNICODE_STRING String, BOOLEAN CaseInSensitive, ULONG HashAlgorithm, PULONG HashValue)
{
    ULONG hash = 0;

    if (String == NULL || HashValue == NULL ||
        (HashAlgorithm != HASH_STRING_ALGORITHM_DEFAULT && HashAlgorithm != HASH_STRING_ALGORITHM_X65599))
    {
        return STATUS_INVALID_PARAMETER;
    }
    for (size_t index = 0; index < String->Length / sizeof(WCHAR); index++)
    {
        WCHAR unit = String->Buffer[index];

        hash = hash * HASH_MULTIPLIER + (CaseInSensitive ? unicode_upcase(unit) : unit);
    }
    *HashValue = hash;
    return STATUS_SUCCESS;
}

NTSTATUS RtlAppendUnicodeStringToString(PUNICODE_STRING Destination, PCUNICODE_STRING Source)
{
    return append(Destination, Source->Buffer, Source->Length);
}

NTSTATUS RtlAppendUnicodeToString(PUNICODE_STRING Destination, PCWSTR Source)
{
    return Source == NULL ? STATUS_SUCCESS : append(Destination, Source, length_in_bytes(Source));
}

NTSTATUS RtlUpcaseUnicodeString(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,
                                BOOLEAN AllocateDestinationString)
{
    return change_case(DestinationString, SourceString, AllocateDestinationString, unicode_upcase);
}

NTSTATUS RtlDowncaseUnicodeString(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString,
                                  BOOLEAN AllocateDestinationString)
{
    return change_case(DestinationString, SourceString, AllocateDestinationString, unicode_downcase);
}
