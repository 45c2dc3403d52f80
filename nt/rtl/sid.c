/* SPDX-License-Identifier: MIT */
/*
 * Security identifiers.
 */
#include "nt/rtl/sid.h"

#include <string.h>

#include "nt/rtl/rtl_memory.h"

#define SID_HEADER_BYTES 8u

static ULONG length_for(ULONG count)
{
    return SID_HEADER_BYTES + count * (ULONG)sizeof(ULONG);
}

static bool is_valid(const SID *sid)
{
    return sid != NULL && (sid->Revision & 0xF) == SID_REVISION && sid->SubAuthorityCount <= SID_MAX_SUB_AUTHORITIES;
}

ULONG sid_length_within(const void *sid, size_t bytes)
{
    const SID *header = sid;

    if (bytes < SID_HEADER_BYTES || !is_valid(header) || length_for(header->SubAuthorityCount) > bytes)
    {
        return 0;
    }
    return length_for(header->SubAuthorityCount);
}

static ULONGLONG authority_of(const SID *sid)
{
    ULONGLONG value = 0;

    for (size_t index = 0; index < 6; index++)
    {
        value = value << 8 | sid->IdentifierAuthority.Value[index];
    }
    return value;
}

static size_t put_number(WCHAR *text, ULONGLONG value, ULONG base)
{
    WCHAR digits[20];
    size_t count = 0;

    do
    {
        digits[count++] = (WCHAR) "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0);
    for (size_t index = 0; index < count; index++)
    {
        text[index] = digits[count - 1 - index];
    }
    return count;
}

/* An authority of more than 32 bits is written with sixteen as its base. */
size_t sid_format(const SID *sid, WCHAR *text)
{
    ULONGLONG authority = authority_of(sid);
    size_t used = 0;

    text[used++] = 'S';
    text[used++] = '-';
    used += put_number(text + used, sid->Revision, 10);
    text[used++] = '-';
    if (authority > MAXULONG)
    {
        text[used++] = '0';
        text[used++] = 'x';
    }
    used += put_number(text + used, authority, authority > MAXULONG ? 16 : 10);
    for (size_t index = 0; index < sid->SubAuthorityCount; index++)
    {
        text[used++] = '-';
        used += put_number(text + used, sid->SubAuthority[index], 10);
    }
    text[used] = 0;
    return used;
}

static ULONG digit_of(WCHAR unit)
{
    ULONG lower = unit | 0x20u;

    return unit >= '0' && unit <= '9' ? (ULONG)unit - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 16;
}

/* Reads a number of at most `largest`, in base sixteen behind "0x". Returns the units taken, 0 for none or too large a one. */
static size_t take_number(const WCHAR *text, size_t units, ULONGLONG largest, ULONGLONG *ret_value)
{
    ULONG base = units > 2 && text[0] == '0' && (text[1] | 0x20) == 'x' ? 16 : 10;
    size_t first = base == 16 ? 2 : 0;
    size_t at = first;

    *ret_value = 0;
    for (; at < units && digit_of(text[at]) < base; at++)
    {
        ULONG digit = digit_of(text[at]);

        if (*ret_value > (largest - digit) / base)
        {
            return 0;
        }
        *ret_value = *ret_value * base + digit;
    }
    return at == first ? 0 : at;
}

size_t sid_parse(const WCHAR *text, size_t units, union sid_buffer *ret_sid)
{
    ULONGLONG value;
    size_t at = 4;
    size_t taken;

    memset(ret_sid, 0, sizeof(*ret_sid));
    if (units < 5 || (text[0] | 0x20) != 's' || text[1] != '-' || text[2] != '1' || text[3] != '-')
    {
        return 0;
    }
    taken = take_number(text + at, units - at, 0xFFFFFFFFFFFFull, &value);
    at += taken;
    ret_sid->sid.Revision = SID_REVISION;
    for (size_t index = 0; index < 6; index++)
    {
        ret_sid->sid.IdentifierAuthority.Value[index] = (UCHAR)(value >> (40 - 8 * index));
    }
    while (taken != 0 && at < units && text[at] == '-')
    {
        if (ret_sid->sid.SubAuthorityCount == SID_MAX_SUB_AUTHORITIES)
        {
            return 0;
        }
        taken = take_number(text + at + 1, units - at - 1, MAXULONG, &value);
        ((ULONG *)(ret_sid->bytes + SID_HEADER_BYTES))[ret_sid->sid.SubAuthorityCount++] = (ULONG)value;
        at += 1 + taken;
    }
    return taken == 0 || ret_sid->sid.SubAuthorityCount == 0 ? 0 : at;
}

/*
 * Published entry points.
 */
BOOLEAN RtlValidSid(PSID Sid)
{
    return is_valid(Sid);
}

ULONG RtlLengthRequiredSid(ULONG SubAuthorityCount)
{
    return length_for(SubAuthorityCount);
}

ULONG RtlLengthSid(PSID Sid)
{
    return length_for(((SID *)Sid)->SubAuthorityCount);
}

NTSTATUS RtlInitializeSid(PSID Sid, PSID_IDENTIFIER_AUTHORITY IdentifierAuthority, UCHAR SubAuthorityCount)
{
    SID *sid = Sid;

    if (SubAuthorityCount > SID_MAX_SUB_AUTHORITIES)
    {
        return STATUS_INVALID_PARAMETER;
    }
    sid->Revision = SID_REVISION;
    sid->SubAuthorityCount = SubAuthorityCount;
    sid->IdentifierAuthority = *IdentifierAuthority;
    return STATUS_SUCCESS;
}

PSID_IDENTIFIER_AUTHORITY RtlIdentifierAuthoritySid(PSID Sid)
{
    return &((SID *)Sid)->IdentifierAuthority;
}

PULONG RtlSubAuthoritySid(PSID Sid, ULONG SubAuthority)
{
    return (PULONG)((UCHAR *)Sid + SID_HEADER_BYTES) + SubAuthority;
}

PUCHAR RtlSubAuthorityCountSid(PSID Sid)
{
    return &((SID *)Sid)->SubAuthorityCount;
}

NTSTATUS RtlAllocateAndInitializeSid(PSID_IDENTIFIER_AUTHORITY IdentifierAuthority, UCHAR SubAuthorityCount,
                                     ULONG SubAuthority0, ULONG SubAuthority1, ULONG SubAuthority2, ULONG SubAuthority3,
                                     ULONG SubAuthority4, ULONG SubAuthority5, ULONG SubAuthority6, ULONG SubAuthority7,
                                     PSID *Sid)
{
    const ULONG authorities[8] = {SubAuthority0, SubAuthority1, SubAuthority2, SubAuthority3,
                                  SubAuthority4, SubAuthority5, SubAuthority6, SubAuthority7};
    SID *sid;

    if (SubAuthorityCount > ARRAYSIZE(authorities))
    {
        return STATUS_INVALID_SID;
    }
    sid = rtl_allocate(length_for(SubAuthorityCount));
    if (sid == NULL)
    {
        return STATUS_NO_MEMORY;
    }
    (void)RtlInitializeSid(sid, IdentifierAuthority, SubAuthorityCount);
    memcpy(RtlSubAuthoritySid(sid, 0), authorities, SubAuthorityCount * sizeof(ULONG));
    *Sid = sid;
    return STATUS_SUCCESS;
}

PVOID RtlFreeSid(PSID Sid)
{
    rtl_free(Sid);
    return NULL;
}

NTSTATUS RtlCopySid(ULONG Length, PSID Destination, PSID Source)
{
    if (RtlLengthSid(Source) > Length)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    memmove(Destination, Source, RtlLengthSid(Source));
    return STATUS_SUCCESS;
}

BOOLEAN RtlEqualSid(PSID Sid1, PSID Sid2)
{
    SID *first = Sid1;
    SID *second = Sid2;

    return first->Revision == second->Revision && first->SubAuthorityCount == second->SubAuthorityCount &&
           memcmp(first, second, length_for(first->SubAuthorityCount)) == 0;
}

/* All but the last sub-authority. */
BOOLEAN RtlEqualPrefixSid(PSID Sid1, PSID Sid2)
{
    SID *first = Sid1;
    SID *second = Sid2;

    if (first->Revision != second->Revision || first->SubAuthorityCount != second->SubAuthorityCount)
    {
        return FALSE;
    }
    return first->SubAuthorityCount == 0 || memcmp(first, second, length_for(first->SubAuthorityCount - 1u)) == 0;
}

NTSTATUS RtlConvertSidToUnicodeString(PUNICODE_STRING UnicodeString, PSID Sid, BOOLEAN AllocateDestinationString)
{
    WCHAR text[SID_TEXT_UNITS];
    size_t bytes;

    if (!is_valid(Sid))
    {
        return STATUS_INVALID_SID;
    }
    bytes = sid_format(Sid, text) * sizeof(WCHAR);
    if (AllocateDestinationString)
    {
        UnicodeString->Buffer = rtl_allocate(bytes + sizeof(WCHAR));
        if (UnicodeString->Buffer == NULL)
        {
            return STATUS_NO_MEMORY;
        }
        UnicodeString->MaximumLength = (USHORT)(bytes + sizeof(WCHAR));
    }
    else if (bytes > UnicodeString->MaximumLength)
    {
        return STATUS_BUFFER_OVERFLOW;
    }
    memcpy(UnicodeString->Buffer, text,
           bytes + sizeof(WCHAR) <= UnicodeString->MaximumLength ? bytes + sizeof(WCHAR) : bytes);
    UnicodeString->Length = (USHORT)bytes;
    return STATUS_SUCCESS;
}

VOID RtlCopyLuid(PLUID DestinationLuid, PLUID SourceLuid)
{
    *DestinationLuid = *SourceLuid;
}
