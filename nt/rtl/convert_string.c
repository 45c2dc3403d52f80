/* SPDX-License-Identifier: MIT */
/*
 * Counted strings from one width to the other. The destination has a terminator behind it, except in the functions whose name
 * says "Counted".
 */
#include "nt/rtl/rtl_memory.h"
#include "nt/rtl/unicode.h"

enum conversion
{
    TERMINATED = 0x1,
    ALLOCATE = 0x2,
    UPCASE = 0x4,

    /* What has no form in the destination's code page is an error instead of U+FFFD. */
    STRICT = 0x8,
};

/* Winternl.h declares it for programs; no kernel header does. */
NTSYSAPI BOOLEAN RtlCreateUnicodeStringFromAsciiz(PUNICODE_STRING Destination, PCSZ Source);

static unsigned allocating(BOOLEAN allocate)
{
    return allocate ? ALLOCATE : 0;
}

static NTSTATUS to_unicode(PUNICODE_STRING to, const STRING *from, unsigned how)
{
    size_t terminator = (how & TERMINATED) != 0 ? sizeof(WCHAR) : 0;
    size_t bytes = unicode_from_utf8(NULL, 0, from->Buffer, from->Length).bytes;

    if (bytes + terminator > MAXUSHORT)
    {
        return STATUS_INVALID_PARAMETER_2;
    }
    if ((how & ALLOCATE) != 0)
    {
        to->Buffer = rtl_allocate(bytes + terminator);
        to->MaximumLength = (USHORT)(bytes + terminator);
        if (to->Buffer == NULL)
        {
            return STATUS_NO_MEMORY;
        }
    }
    else if (bytes + terminator > to->MaximumLength)
    {
        return STATUS_BUFFER_OVERFLOW;
    }
    (void)unicode_from_utf8(to->Buffer, bytes, from->Buffer, from->Length);
    to->Length = (USHORT)bytes;
    if (terminator != 0)
    {
        to->Buffer[bytes / sizeof(WCHAR)] = 0;
    }
    return STATUS_SUCCESS;
}

/* Fills what there is; when it is too little, the text is cut between two characters and the status says so. */
static NTSTATUS fill_narrow(PSTRING to, PCUNICODE_STRING from, unsigned how)
{
    size_t terminator = (how & TERMINATED) != 0;
    struct unicode_result result;

    if (to->MaximumLength < terminator)
    {
        return STATUS_BUFFER_OVERFLOW;
    }
    result = unicode_to_utf8(to->Buffer, to->MaximumLength - terminator, from->Buffer, from->Length, (how & UPCASE) != 0);
    to->Length = (USHORT)result.bytes;
    if (terminator != 0)
    {
        to->Buffer[result.bytes] = 0;
    }
    return result.truncated ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

static NTSTATUS to_narrow(PSTRING to, PCUNICODE_STRING from, unsigned how)
{
    struct unicode_result all = unicode_to_utf8(NULL, 0, from->Buffer, from->Length, (how & UPCASE) != 0);
    size_t bytes = all.bytes + ((how & TERMINATED) != 0);

    if (bytes > MAXUSHORT)
    {
        return STATUS_INVALID_PARAMETER_2;
    }
    if (all.malformed && (how & STRICT) != 0)
    {
        return STATUS_UNMAPPABLE_CHARACTER;
    }
    if ((how & ALLOCATE) != 0)
    {
        to->Buffer = rtl_allocate(bytes);
        to->MaximumLength = (USHORT)bytes;
        if (to->Buffer == NULL)
        {
            return STATUS_NO_MEMORY;
        }
    }
    return fill_narrow(to, from, how);
}

static ULONG narrow_size(PCUNICODE_STRING string)
{
    return (ULONG)unicode_to_utf8(NULL, 0, string->Buffer, string->Length, false).bytes + 1;
}

static ULONG unicode_size(const STRING *string)
{
    return (ULONG)(unicode_from_utf8(NULL, 0, string->Buffer, string->Length).bytes + sizeof(WCHAR));
}

/*
 * Published entry points.
 */
NTSTATUS RtlAnsiStringToUnicodeString(PUNICODE_STRING DestinationString, PCANSI_STRING SourceString,
                                      BOOLEAN AllocateDestinationString)
{
    return to_unicode(DestinationString, SourceString, TERMINATED | allocating(AllocateDestinationString));
}

NTSTATUS RtlUTF8StringToUnicodeString(PUNICODE_STRING DestinationString, PUTF8_STRING SourceString,
                                      BOOLEAN AllocateDestinationString)
{
    return to_unicode(DestinationString, SourceString, TERMINATED | allocating(AllocateDestinationString));
}

NTSTATUS RtlOemStringToUnicodeString(PUNICODE_STRING DestinationString, PCOEM_STRING SourceString,
                                     BOOLEAN AllocateDestinationString)
{
    return to_unicode(DestinationString, SourceString, TERMINATED | allocating(AllocateDestinationString));
}

NTSTATUS RtlOemStringToCountedUnicodeString(PUNICODE_STRING DestinationString, PCOEM_STRING SourceString,
                                            BOOLEAN AllocateDestinationString)
{
    return to_unicode(DestinationString, SourceString, allocating(AllocateDestinationString));
}

BOOLEAN RtlCreateUnicodeStringFromAsciiz(PUNICODE_STRING Destination, PCSZ Source)
{
    ANSI_STRING source;

    return NT_SUCCESS(RtlInitAnsiStringEx(&source, Source)) &&
           NT_SUCCESS(to_unicode(Destination, &source, TERMINATED | ALLOCATE));
}

NTSTATUS RtlUnicodeStringToAnsiString(PANSI_STRING DestinationString, PCUNICODE_STRING SourceString,
                                      BOOLEAN AllocateDestinationString)
{
    return to_narrow(DestinationString, SourceString, TERMINATED | allocating(AllocateDestinationString));
}

NTSTATUS RtlUnicodeStringToUTF8String(PUTF8_STRING DestinationString, PCUNICODE_STRING SourceString,
                                      BOOLEAN AllocateDestinationString)
{
    return to_narrow(DestinationString, SourceString, TERMINATED | allocating(AllocateDestinationString));
}

NTSTATUS RtlUnicodeStringToOemString(POEM_STRING DestinationString, PCUNICODE_STRING SourceString,
                                     BOOLEAN AllocateDestinationString)
{
    return to_narrow(DestinationString, SourceString, TERMINATED | allocating(AllocateDestinationString));
}

NTSTATUS RtlUpcaseUnicodeStringToOemString(POEM_STRING DestinationString, PCUNICODE_STRING SourceString,
                                           BOOLEAN AllocateDestinationString)
{
    return to_narrow(DestinationString, SourceString, TERMINATED | UPCASE | STRICT | allocating(AllocateDestinationString));
}

NTSTATUS RtlUnicodeStringToCountedOemString(POEM_STRING DestinationString, PCUNICODE_STRING SourceString,
                                            BOOLEAN AllocateDestinationString)
{
    return to_narrow(DestinationString, SourceString, STRICT | allocating(AllocateDestinationString));
}

NTSTATUS RtlUpcaseUnicodeStringToCountedOemString(POEM_STRING DestinationString, PCUNICODE_STRING SourceString,
                                                  BOOLEAN AllocateDestinationString)
{
    return to_narrow(DestinationString, SourceString, UPCASE | STRICT | allocating(AllocateDestinationString));
}

ULONG RtlxAnsiStringToUnicodeSize(PCANSI_STRING AnsiString)
{
    return unicode_size(AnsiString);
}

ULONG RtlxOemStringToUnicodeSize(PCOEM_STRING OemString)
{
    return unicode_size(OemString);
}

ULONG RtlxUnicodeStringToAnsiSize(PCUNICODE_STRING UnicodeString)
{
    return narrow_size(UnicodeString);
}

ULONG RtlxUnicodeStringToOemSize(PCUNICODE_STRING UnicodeString)
{
    return narrow_size(UnicodeString);
}
