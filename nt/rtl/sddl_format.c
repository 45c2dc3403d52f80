/* SPDX-License-Identifier: MIT */
/*
 * Writing SDDL. The text is made twice: once to know its length, once into memory.
 */
#include <string.h>

#include "nt/rtl/acl.h"
#include "nt/rtl/rtl_memory.h"
#include "nt/rtl/sddl.h"
#include "nt/rtl/sddl_words.h"
#include "nt/rtl/sid.h"

/* Counts, and writes where there is text to write to. */
struct writer
{
    WCHAR *text;
    size_t used;
};

static void put(struct writer *writer, const WCHAR *units, size_t count)
{
    if (writer->text != NULL)
    {
        memcpy(writer->text + writer->used, units, count * sizeof(WCHAR));
    }
    writer->used += count;
}

static void put_word(struct writer *writer, const char *word)
{
    for (; *word != 0; word++)
    {
        WCHAR unit = (UCHAR)*word;

        put(writer, &unit, 1);
    }
}

static bool is_identifier(const SID *sid, const struct sddl_identifier *row)
{
    const UCHAR authority[6] = {0, 0, 0, 0, 0, row->authority};

    return sid->SubAuthorityCount == row->count && memcmp(sid->IdentifierAuthority.Value, authority, 6) == 0 &&
           memcmp(RtlSubAuthoritySid((PSID)sid, 0), row->sub_authorities, row->count * sizeof(ULONG)) == 0;
}

static void put_sid(struct writer *writer, const SID *sid)
{
    WCHAR text[SID_TEXT_UNITS];

    for (size_t index = 0; index < sddl_identifiers_count; index++)
    {
        if (is_identifier(sid, &sddl_identifiers[index]))
        {
            put_word(writer, sddl_identifiers[index].text);
            return;
        }
    }
    put(writer, text, sid_format(sid, text));
}

/* A mask that is one word is that word; others are a number, which says exactly what they are. */
static void put_rights(struct writer *writer, ACCESS_MASK mask)
{
    bool started = false;

    for (size_t index = 0; index < sddl_rights_count; index++)
    {
        if (sddl_rights[index].value == mask)
        {
            put_word(writer, sddl_rights[index].text);
            return;
        }
    }
    put_word(writer, "0x");
    for (int shift = 28; shift >= 0; shift -= 4)
    {
        WCHAR digit = (WCHAR) "0123456789abcdef"[(mask >> shift) & 15];

        started |= digit != '0' || shift == 0;
        put(writer, &digit, started ? 1 : 0);
    }
}

static bool put_entry(struct writer *writer, const ACE_HEADER *entry)
{
    const ACCESS_ALLOWED_ACE *ace = (const ACCESS_ALLOWED_ACE *)entry;
    const char *kind = NULL;

    for (size_t index = 0; index < sddl_kinds_count; index++)
    {
        kind = sddl_kinds[index].value == entry->AceType ? sddl_kinds[index].text : kind;
    }
    if (kind == NULL || !acl_kind_is_simple(entry->AceType))
    {
        return false;
    }
    put_word(writer, "(");
    put_word(writer, kind);
    put_word(writer, ";");
    for (size_t index = 0; index < sddl_entry_flags_count; index++)
    {
        put_word(writer, (entry->AceFlags & sddl_entry_flags[index].value) != 0 ? sddl_entry_flags[index].text : "");
    }
    put_word(writer, ";");
    put_rights(writer, ace->Mask);
    put_word(writer, ";;;");
    put_sid(writer, (const SID *)&ace->SidStart);
    put_word(writer, ")");
    return true;
}

/* The control flags as those of the discretionary list. */
static bool put_list(struct writer *writer, const char *name, const ACL *acl, SECURITY_DESCRIPTOR_CONTROL control)
{
    put_word(writer, name);
    put_word(writer, (control & SE_DACL_PROTECTED) != 0 ? "P" : "");
    put_word(writer, (control & SE_DACL_AUTO_INHERIT_REQ) != 0 ? "AR" : "");
    put_word(writer, (control & SE_DACL_AUTO_INHERITED) != 0 ? "AI" : "");
    if (acl == NULL)
    {
        put_word(writer, "NO_ACCESS_CONTROL");
        return true;
    }
    for (ULONG index = 0; index < acl->AceCount; index++)
    {
        if (!put_entry(writer, acl_entry(acl, index)))
        {
            return false;
        }
    }
    return true;
}

static bool put_descriptor(struct writer *writer, PSECURITY_DESCRIPTOR descriptor, SECURITY_INFORMATION what)
{
    SECURITY_DESCRIPTOR_CONTROL control = ((SECURITY_DESCRIPTOR *)descriptor)->Control;
    PSID owner = NULL;
    PSID group = NULL;
    PACL dacl = NULL;
    PACL sacl = NULL;
    BOOLEAN is_default;
    BOOLEAN present;

    (void)RtlGetOwnerSecurityDescriptor(descriptor, &owner, &is_default);
    (void)RtlGetGroupSecurityDescriptor(descriptor, &group, &is_default);
    if ((what & OWNER_SECURITY_INFORMATION) != 0 && owner != NULL)
    {
        put_word(writer, "O:");
        put_sid(writer, owner);
    }
    if ((what & GROUP_SECURITY_INFORMATION) != 0 && group != NULL)
    {
        put_word(writer, "G:");
        put_sid(writer, group);
    }
    (void)RtlGetDaclSecurityDescriptor(descriptor, &present, &dacl, &is_default);
    if ((what & DACL_SECURITY_INFORMATION) != 0 && present && !put_list(writer, "D:", dacl, control))
    {
        return false;
    }
    (void)RtlGetSaclSecurityDescriptor(descriptor, &present, &sacl, &is_default);
    if ((what & SACL_SECURITY_INFORMATION) != 0 && present && sacl != NULL)
    {
        return put_list(writer, "S:", sacl, (SECURITY_DESCRIPTOR_CONTROL)(control >> 1));
    }
    return true;
}

NTSTATUS sddl_format(PSECURITY_DESCRIPTOR descriptor, SECURITY_INFORMATION what, UNICODE_STRING *ret_text)
{
    struct writer writer = {NULL, 0};
    size_t bytes;

    if (!RtlValidSecurityDescriptor(descriptor))
    {
        return STATUS_INVALID_SECURITY_DESCR;
    }
    if (!put_descriptor(&writer, descriptor, what))
    {
        return STATUS_NOT_SUPPORTED;
    }
    bytes = (writer.used + 1) * sizeof(WCHAR);
    if (bytes > UNICODE_STRING_MAX_BYTES)
    {
        return STATUS_NAME_TOO_LONG;
    }
    writer = (struct writer){rtl_allocate(bytes), 0};
    if (writer.text == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    (void)put_descriptor(&writer, descriptor, what);
    writer.text[writer.used] = 0;
    *ret_text = (UNICODE_STRING){(USHORT)(bytes - sizeof(WCHAR)), (USHORT)bytes, writer.text};
    return STATUS_SUCCESS;
}
