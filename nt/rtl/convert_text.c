/* SPDX-License-Identifier: MIT */
/*
 * Text between UTF-16 and bytes. The ANSI and the OEM code page are both UTF-8, which is what Linux speaks.
 */
#include <string.h>

#include "nt/crt/format.h"
#include "nt/rtl/unicode.h"

#define REPLACEMENT 0xFFFDu

static bool is_replacement_itself(const unsigned char *start, const unsigned char *end)
{
    return end - start == 3 && start[0] == 0xEF && start[1] == 0xBF && start[2] == 0xBD;
}

struct unicode_result unicode_to_utf8(char *to, size_t to_bytes, const WCHAR *from, size_t from_bytes, bool upcase)
{
    const uint16_t *at = (const uint16_t *)from;
    const uint16_t *end = at + from_bytes / sizeof(WCHAR);
    struct unicode_result result = {0, false, false};

    while (at != end)
    {
        const uint16_t *start = at;
        uint32_t character = format_decode_wide(&at, end);
        unsigned char bytes[4];
        size_t count;

        result.malformed |= character == REPLACEMENT && *start != REPLACEMENT;
        character = upcase && character < 0x10000 ? unicode_upcase((WCHAR)character) : character;
        count = format_encode_narrow(character, bytes);
        if (to != NULL && count > to_bytes - result.bytes)
        {
            result.truncated = true;
            break;
        }
        if (to != NULL)
        {
            memcpy(to + result.bytes, bytes, count);
        }
        result.bytes += count;
    }
    return result;
}

struct unicode_result unicode_from_utf8(WCHAR *to, size_t to_bytes, const char *from, size_t from_bytes)
{
    const unsigned char *at = (const unsigned char *)from;
    const unsigned char *end = at + from_bytes;
    struct unicode_result result = {0, false, false};

    while (at != end)
    {
        const unsigned char *start = at;
        uint32_t character = format_decode_narrow(&at, end);
        uint16_t units[2];
        size_t count = format_encode_wide(character, units) * sizeof(WCHAR);

        result.malformed |= character == REPLACEMENT && !is_replacement_itself(start, at);
        if (to != NULL && count > to_bytes - result.bytes)
        {
            result.truncated = true;
            break;
        }
        if (to != NULL)
        {
            memcpy((char *)to + result.bytes, units, count);
        }
        result.bytes += count;
    }
    return result;
}

static void tell(ULONG *ret_bytes, struct unicode_result result)
{
    if (ret_bytes != NULL)
    {
        *ret_bytes = (ULONG)result.bytes;
    }
}

/* The status of the functions that are about UTF-8 by name. */
static NTSTATUS utf8_status(struct unicode_result result)
{
    return result.truncated ? STATUS_BUFFER_TOO_SMALL : result.malformed ? STATUS_SOME_NOT_MAPPED : STATUS_SUCCESS;
}

static NTSTATUS oem_status(struct unicode_result result)
{
    return result.truncated ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

/*
 * Published entry points.
 */
NTSTATUS RtlUnicodeToUTF8N(PCHAR UTF8StringDestination, ULONG UTF8StringMaxByteCount, PULONG UTF8StringActualByteCount,
                           PCWCH UnicodeStringSource, ULONG UnicodeStringByteCount)
{
    struct unicode_result result;

    if (UnicodeStringSource == NULL)
    {
        return STATUS_INVALID_PARAMETER_4;
    }
    if (UTF8StringDestination == NULL && UTF8StringActualByteCount == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (UnicodeStringByteCount % sizeof(WCHAR) != 0)
    {
        return STATUS_INVALID_PARAMETER_5;
    }
    result =
        unicode_to_utf8(UTF8StringDestination, UTF8StringMaxByteCount, UnicodeStringSource, UnicodeStringByteCount, false);
    tell(UTF8StringActualByteCount, result);
    return utf8_status(result);
}

NTSTATUS RtlUTF8ToUnicodeN(PWSTR UnicodeStringDestination, ULONG UnicodeStringMaxByteCount,
                           PULONG UnicodeStringActualByteCount, PCCH UTF8StringSource, ULONG UTF8StringByteCount)
{
    struct unicode_result result;

    if (UTF8StringSource == NULL)
    {
        return STATUS_INVALID_PARAMETER_4;
    }
    if (UnicodeStringDestination == NULL && UnicodeStringActualByteCount == NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    result = unicode_from_utf8(UnicodeStringDestination, UnicodeStringMaxByteCount, UTF8StringSource, UTF8StringByteCount);
    tell(UnicodeStringActualByteCount, result);
    return utf8_status(result);
}

NTSTATUS RtlMultiByteToUnicodeN(PWCH UnicodeString, ULONG MaxBytesInUnicodeString, PULONG BytesInUnicodeString,
                                const CHAR *MultiByteString, ULONG BytesInMultiByteString)
{
    tell(BytesInUnicodeString,
         unicode_from_utf8(UnicodeString, MaxBytesInUnicodeString, MultiByteString, BytesInMultiByteString));
    return STATUS_SUCCESS;
}

NTSTATUS RtlMultiByteToUnicodeSize(PULONG BytesInUnicodeString, const CHAR *MultiByteString, ULONG BytesInMultiByteString)
{
    tell(BytesInUnicodeString, unicode_from_utf8(NULL, 0, MultiByteString, BytesInMultiByteString));
    return STATUS_SUCCESS;
}

NTSTATUS RtlUnicodeToMultiByteN(PCHAR MultiByteString, ULONG MaxBytesInMultiByteString, PULONG BytesInMultiByteString,
                                PCWCH UnicodeString, ULONG BytesInUnicodeString)
{
    tell(BytesInMultiByteString,
         unicode_to_utf8(MultiByteString, MaxBytesInMultiByteString, UnicodeString, BytesInUnicodeString, false));
    return STATUS_SUCCESS;
}

NTSTATUS RtlUnicodeToMultiByteSize(PULONG BytesInMultiByteString, PCWCH UnicodeString, ULONG BytesInUnicodeString)
{
    tell(BytesInMultiByteString, unicode_to_utf8(NULL, 0, UnicodeString, BytesInUnicodeString, false));
    return STATUS_SUCCESS;
}

NTSTATUS RtlUpcaseUnicodeToMultiByteN(PCHAR MultiByteString, ULONG MaxBytesInMultiByteString, PULONG BytesInMultiByteString,
                                      PCWCH UnicodeString, ULONG BytesInUnicodeString)
{
    tell(BytesInMultiByteString,
         unicode_to_utf8(MultiByteString, MaxBytesInMultiByteString, UnicodeString, BytesInUnicodeString, true));
    return STATUS_SUCCESS;
}

NTSTATUS RtlOemToUnicodeN(PWSTR UnicodeString, ULONG MaxBytesInUnicodeString, PULONG BytesInUnicodeString, PCCH OemString,
                          ULONG BytesInOemString)
{
    struct unicode_result result = unicode_from_utf8(UnicodeString, MaxBytesInUnicodeString, OemString, BytesInOemString);

    tell(BytesInUnicodeString, result);
    return oem_status(result);
}

NTSTATUS RtlUnicodeToOemN(PCHAR OemString, ULONG MaxBytesInOemString, PULONG BytesInOemString, PCWCH UnicodeString,
                          ULONG BytesInUnicodeString)
{
    struct unicode_result result =
        unicode_to_utf8(OemString, MaxBytesInOemString, UnicodeString, BytesInUnicodeString, false);

    tell(BytesInOemString, result);
    return oem_status(result);
}

NTSTATUS RtlUpcaseUnicodeToOemN(PCHAR OemString, ULONG MaxBytesInOemString, PULONG BytesInOemString, PCWCH UnicodeString,
                                ULONG BytesInUnicodeString)
{
    struct unicode_result result =
        unicode_to_utf8(OemString, MaxBytesInOemString, UnicodeString, BytesInUnicodeString, true);

    tell(BytesInOemString, result);
    return oem_status(result);
}

/* Every unit but half of a surrogate pair has a form in UTF-8; the function also makes it upper case, as published. */
BOOLEAN RtlIsValidOemCharacter(PWCHAR Char)
{
    *Char = unicode_upcase(*Char);
    return *Char < 0xD800 || *Char > 0xDFFF;
}
