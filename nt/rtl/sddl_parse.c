/* SPDX-License-Identifier: MIT */
/*
 * Reading SDDL.
 */
#include <string.h>

#include "nt/rtl/acl.h"
#include "nt/rtl/rtl_memory.h"
#include "nt/rtl/sddl.h"
#include "nt/rtl/sddl_words.h"
#include "nt/rtl/sid.h"

/* The text, and what has been read of it. The lists are as long as a list can be while they are being read. */
struct reader
{
    const WCHAR *text;
    size_t count;
    size_t at;
    SECURITY_DESCRIPTOR descriptor;
    union sid_buffer owner;
    union sid_buffer group;
};

static WCHAR upper(WCHAR unit)
{
    return (WCHAR)(unit >= 'a' && unit <= 'z' ? unit - ('a' - 'A') : unit);
}

static WCHAR peek(const struct reader *reader)
{
    return (WCHAR)(reader->at < reader->count ? upper(reader->text[reader->at]) : 0);
}

static bool take(struct reader *reader, char unit)
{
    if (peek(reader) != (WCHAR)unit)
    {
        return false;
    }
    reader->at++;
    return true;
}

static void skip_blanks(struct reader *reader)
{
    while (take(reader, ' ') || take(reader, '\t') || take(reader, '\r') || take(reader, '\n'))
    {
    }
}

static bool is_at(const struct reader *reader, const char *word)
{
    size_t length = strlen(word);

    for (size_t index = 0; index < length; index++)
    {
        if (reader->at + index >= reader->count || upper(reader->text[reader->at + index]) != (WCHAR)word[index])
        {
            return false;
        }
    }
    return true;
}

/* The longest word of the table that the text goes on with, taken; NULL when there is none. */
static const struct sddl_word *take_word(struct reader *reader, const struct sddl_word *words, size_t count)
{
    const struct sddl_word *found = NULL;

    for (size_t index = 0; index < count; index++)
    {
        if (is_at(reader, words[index].text) && (found == NULL || strlen(words[index].text) > strlen(found->text)))
        {
            found = &words[index];
        }
    }
    reader->at += found == NULL ? 0 : strlen(found->text);
    return found;
}

static NTSTATUS read_sid(struct reader *reader, union sid_buffer *ret_sid)
{
    size_t taken;

    skip_blanks(reader);
    taken = sid_parse(reader->text + reader->at, reader->count - reader->at, ret_sid);
    if (taken != 0)
    {
        reader->at += taken;
        return STATUS_SUCCESS;
    }
    for (size_t index = 0; index < sddl_identifiers_count; index++)
    {
        const struct sddl_identifier *row = &sddl_identifiers[index];

        if (is_at(reader, row->text))
        {
            SID_IDENTIFIER_AUTHORITY authority = {{0, 0, 0, 0, 0, row->authority}};

            (void)RtlInitializeSid(ret_sid, &authority, row->count);
            memcpy(RtlSubAuthoritySid(ret_sid, 0), row->sub_authorities, row->count * sizeof(ULONG));
            reader->at += strlen(row->text);
            return STATUS_SUCCESS;
        }
    }
    return STATUS_INVALID_SID;
}

static ULONG digit_of(WCHAR unit)
{
    return unit >= '0' && unit <= '9' ? (ULONG)unit - '0' : unit >= 'A' && unit <= 'F' ? (ULONG)unit - 'A' + 10 : 16;
}

/* A mask as a number: with base sixteen, eight, or ten, as in C. */
static NTSTATUS read_number(struct reader *reader, ACCESS_MASK *ret_mask)
{
    ULONG base = 10;
    ULONGLONG value = 0;

    if (is_at(reader, "0X"))
    {
        base = 16;
        reader->at += 2;
    }
    else if (peek(reader) == '0')
    {
        base = 8;
    }
    if (digit_of(peek(reader)) >= base)
    {
        return STATUS_INVALID_ACL;
    }
    for (; digit_of(peek(reader)) < base; reader->at++)
    {
        value = value * base + digit_of(peek(reader));
        if (value > MAXULONG)
        {
            return STATUS_INVALID_ACL;
        }
    }
    *ret_mask = (ACCESS_MASK)value;
    return STATUS_SUCCESS;
}

/* A field of words, up to the semicolon behind it, which is taken. */
static NTSTATUS read_words(struct reader *reader, const struct sddl_word *words, size_t count, ULONG *ret_value)
{
    *ret_value = 0;
    skip_blanks(reader);
    while (!take(reader, ';'))
    {
        const struct sddl_word *word = take_word(reader, words, count);

        if (word == NULL)
        {
            return STATUS_INVALID_ACL;
        }
        *ret_value |= word->value;
        skip_blanks(reader);
    }
    return STATUS_SUCCESS;
}

static NTSTATUS read_rights(struct reader *reader, ACCESS_MASK *ret_mask)
{
    NTSTATUS status;

    skip_blanks(reader);
    if (digit_of(peek(reader)) > 9)
    {
        return read_words(reader, sddl_rights, sddl_rights_count, ret_mask);
    }
    status = read_number(reader, ret_mask);
    skip_blanks(reader);
    return !NT_SUCCESS(status) ? status : take(reader, ';') ? STATUS_SUCCESS : STATUS_INVALID_ACL;
}

/* A field that only entries with object types fill. */
static NTSTATUS read_nothing(struct reader *reader)
{
    skip_blanks(reader);
    return take(reader, ';') ? STATUS_SUCCESS : STATUS_INVALID_ACL;
}

static NTSTATUS read_kind(struct reader *reader, ULONG *ret_kind)
{
    const struct sddl_word *word;

    skip_blanks(reader);
    word = take_word(reader, sddl_kinds, sddl_kinds_count);
    if (word != NULL && word->value == SDDL_NOT_SUPPORTED)
    {
        return STATUS_NOT_SUPPORTED;
    }
    *ret_kind = word == NULL ? 0 : word->value;
    return word == NULL ? STATUS_INVALID_ACL : read_nothing(reader);
}

/* What is behind the opening parenthesis: kind;flags;rights;object;inherited object;identifier). */
static NTSTATUS read_entry(struct reader *reader, ACL *acl)
{
    union sid_buffer sid;
    ULONG kind = 0;
    ULONG flags = 0;
    ACCESS_MASK mask = 0;
    NTSTATUS status = read_kind(reader, &kind);

    status = NT_SUCCESS(status) ? read_words(reader, sddl_entry_flags, sddl_entry_flags_count, &flags) : status;
    status = NT_SUCCESS(status) ? read_rights(reader, &mask) : status;
    status = NT_SUCCESS(status) ? read_nothing(reader) : status;
    status = NT_SUCCESS(status) ? read_nothing(reader) : status;
    status = NT_SUCCESS(status) ? read_sid(reader, &sid) : status;
    if (!NT_SUCCESS(status))
    {
        return status;
    }
    skip_blanks(reader);
    if (!take(reader, ')'))
    {
        return STATUS_INVALID_ACL;
    }
    return acl_append(acl, ACL_REVISION, (UCHAR)kind, (UCHAR)flags, mask, &sid);
}

/* The flags of a list, as those of the discretionary one. */
static SECURITY_DESCRIPTOR_CONTROL read_list_flags(struct reader *reader)
{
    static const struct sddl_word words[] = {
        {"P", SE_DACL_PROTECTED}, {"AR", SE_DACL_AUTO_INHERIT_REQ}, {"AI", SE_DACL_AUTO_INHERITED}};
    const struct sddl_word *word;
    ULONG flags = 0;

    for (word = take_word(reader, words, ARRAYSIZE(words)); word != NULL; word = take_word(reader, words, ARRAYSIZE(words)))
    {
        flags |= word->value;
    }
    return (SECURITY_DESCRIPTOR_CONTROL)flags;
}

/* The flags of the system list are those of the other one bit higher. */
static NTSTATUS read_list(struct reader *reader, bool is_system)
{
    SECURITY_DESCRIPTOR_CONTROL present = is_system ? SE_SACL_PRESENT : SE_DACL_PRESENT;
    NTSTATUS status = STATUS_SUCCESS;
    ACL *acl;

    if ((reader->descriptor.Control & present) != 0)
    {
        return STATUS_INVALID_PARAMETER;
    }
    skip_blanks(reader);
    reader->descriptor.Control |= (SECURITY_DESCRIPTOR_CONTROL)(present | read_list_flags(reader) << (is_system ? 1 : 0));
    if (!is_system && is_at(reader, "NO_ACCESS_CONTROL"))
    {
        reader->at += strlen("NO_ACCESS_CONTROL");
        return STATUS_SUCCESS;
    }
    acl = rtl_allocate(MAXUSHORT);
    if (acl == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *(is_system ? &reader->descriptor.Sacl : &reader->descriptor.Dacl) = acl;
    (void)RtlCreateAcl(acl, MAXUSHORT, ACL_REVISION);
    for (skip_blanks(reader); NT_SUCCESS(status) && take(reader, '('); skip_blanks(reader))
    {
        status = read_entry(reader, acl);
        if (!NT_SUCCESS(status))
        {
            return status;
        }
    }
    acl->AclSize = (USHORT)((UCHAR *)acl_entry(acl, acl->AceCount) - (UCHAR *)acl);
    return status;
}

static NTSTATUS read_identifier(struct reader *reader, PSID *ret_sid, union sid_buffer *buffer)
{
    if (*ret_sid != NULL)
    {
        return STATUS_INVALID_PARAMETER;
    }
    *ret_sid = buffer;
    return read_sid(reader, buffer);
}

static NTSTATUS read_part(struct reader *reader)
{
    WCHAR part = peek(reader);

    reader->at++;
    if (!take(reader, ':'))
    {
        reader->at--;
        return STATUS_INVALID_PARAMETER;
    }
    switch (part)
    {
        case 'O':
            return read_identifier(reader, &reader->descriptor.Owner, &reader->owner);
        case 'G':
            return read_identifier(reader, &reader->descriptor.Group, &reader->group);
        case 'D':
            return read_list(reader, false);
        case 'S':
            return read_list(reader, true);
        default:
            return STATUS_INVALID_PARAMETER;
    }
}

static NTSTATUS read_parts(struct reader *reader)
{
    NTSTATUS status = STATUS_SUCCESS;

    for (skip_blanks(reader); NT_SUCCESS(status) && reader->at < reader->count; skip_blanks(reader))
    {
        status = read_part(reader);
        if (!NT_SUCCESS(status))
        {
            break;
        }
    }
    return status;
}

static NTSTATUS make_relative(PSECURITY_DESCRIPTOR absolute, PSECURITY_DESCRIPTOR *ret_descriptor, ULONG *ret_bytes)
{
    *ret_bytes = 0;
    (void)RtlAbsoluteToSelfRelativeSD(absolute, NULL, ret_bytes);
    *ret_descriptor = rtl_allocate(*ret_bytes);
    if (*ret_descriptor == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    return RtlAbsoluteToSelfRelativeSD(absolute, *ret_descriptor, ret_bytes);
}

NTSTATUS sddl_parse(const UNICODE_STRING *text, PSECURITY_DESCRIPTOR *ret_descriptor, ULONG *ret_bytes, size_t *ret_position)
{
    struct reader reader = {.text = text->Buffer, .count = text->Length / sizeof(WCHAR)};
    NTSTATUS status;

    *ret_descriptor = NULL;
    (void)RtlCreateSecurityDescriptor(&reader.descriptor, SECURITY_DESCRIPTOR_REVISION);
    status = read_parts(&reader);
    if (NT_SUCCESS(status))
    {
        status = make_relative(&reader.descriptor, ret_descriptor, ret_bytes);
    }
    *ret_position = reader.at;
    rtl_free(reader.descriptor.Dacl);
    rtl_free(reader.descriptor.Sacl);
    return status;
}

void sddl_free(PSECURITY_DESCRIPTOR descriptor)
{
    rtl_free(descriptor);
}
