/* SPDX-License-Identifier: MIT */
#include "nt/object/security.h"

#include <string.h>

#include "nt/object/token.h"
#include "nt/rtl/acl.h"
#include "nt/rtl/rtl_memory.h"

#define ALL_PARTS \
    (OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION | SACL_SECURITY_INFORMATION)

/* The published headers of the kernel flavour do not name these two. */
#define ALIAS_ADMINISTRATORS 544
#define ALIAS_USERS 545

/* Who has an identifier: the kind and everybody of a higher one. */
enum standing
{
    STANDING_STRANGER,
    STANDING_OWN_USER,
    STANDING_ADMINISTRATOR,
    STANDING_NOBODY,
};

struct known_identifier
{
    UCHAR authority;
    UCHAR count;
    ULONG parts[2];
    enum standing standing;
};

static const struct known_identifier known_identifiers[] = {
    {1, 1, {SECURITY_WORLD_RID, 0}, STANDING_STRANGER},
    {5, 1, {SECURITY_INTERACTIVE_RID, 0}, STANDING_STRANGER},
    {5, 1, {SECURITY_AUTHENTICATED_USER_RID, 0}, STANDING_STRANGER},
    {5, 2, {SECURITY_BUILTIN_DOMAIN_RID, ALIAS_USERS}, STANDING_STRANGER},
    {3, 1, {SECURITY_CREATOR_OWNER_RIGHTS_RID, 0}, STANDING_OWN_USER},
    {5, 1, {SECURITY_LOCAL_SYSTEM_RID, 0}, STANDING_ADMINISTRATOR},
    {5, 2, {SECURITY_BUILTIN_DOMAIN_RID, ALIAS_ADMINISTRATORS}, STANDING_ADMINISTRATOR},
};

static bool is_identifier(const SID *sid, const struct known_identifier *known)
{
    const SID_IDENTIFIER_AUTHORITY authority = {{0, 0, 0, 0, 0, known->authority}};

    return sid->SubAuthorityCount == known->count && memcmp(&sid->IdentifierAuthority, &authority, sizeof(authority)) == 0 &&
           memcmp(sid->SubAuthority, known->parts, known->count * sizeof(ULONG)) == 0;
}

static enum standing standing_of_identifier(const SID *sid)
{
    for (size_t index = 0; index < ARRAYSIZE(known_identifiers); index++)
    {
        if (is_identifier(sid, &known_identifiers[index]))
        {
            return known_identifiers[index].standing;
        }
    }
    return STANDING_NOBODY;
}

static enum standing standing_of_token(const struct token *token)
{
    return token->is_administrator ? STANDING_ADMINISTRATOR : token->is_stranger ? STANDING_STRANGER : STANDING_OWN_USER;
}

/* An entry that counts for this object: a mask and an identifier, and not only for children. */
static bool entry_applies(const ACE_HEADER *entry, enum standing standing)
{
    const ACCESS_ALLOWED_ACE *simple = (const ACCESS_ALLOWED_ACE *)(const void *)entry;

    return (entry->AceType == ACCESS_ALLOWED_ACE_TYPE || entry->AceType == ACCESS_DENIED_ACE_TYPE) &&
           (entry->AceFlags & INHERIT_ONLY_ACE) == 0 &&
           standing_of_identifier((const SID *)(const void *)&simple->SidStart) <= standing;
}

static ACCESS_MASK rights_of_list(const ACL *list, enum standing standing, const GENERIC_MAPPING *mapping,
                                  ACCESS_MASK wanted)
{
    ACCESS_MASK granted = 0;
    ACCESS_MASK denied = 0;

    for (ULONG index = 0; index < list->AceCount; index++)
    {
        const ACE_HEADER *entry = acl_entry(list, index);

        if (entry != NULL && entry_applies(entry, standing))
        {
            ACCESS_MASK mask = ((const ACCESS_ALLOWED_ACE *)(const void *)entry)->Mask;

            RtlMapGenericMask(&mask, (PGENERIC_MAPPING)(uintptr_t)mapping);
            granted |= entry->AceType == ACCESS_ALLOWED_ACE_TYPE ? mask & ~denied : 0;
            denied |= entry->AceType == ACCESS_DENIED_ACE_TYPE ? mask & ~granted : 0;
        }
    }
    return granted & wanted;
}

ACCESS_MASK security_rights(PSECURITY_DESCRIPTOR descriptor, const struct token *token, const GENERIC_MAPPING *mapping,
                            ACCESS_MASK wanted)
{
    BOOLEAN defaulted;
    BOOLEAN present = FALSE;
    PACL list = NULL;

    (void)RtlGetDaclSecurityDescriptor(descriptor, &present, &list, &defaulted);
    return !present || list == NULL ? wanted : rights_of_list(list, standing_of_token(token), mapping, wanted);
}

/*
 * The default descriptor, "D:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;GA;;;OW)".
 */

struct short_entry
{
    ACE_HEADER header;
    ACCESS_MASK mask;
    UCHAR revision;
    UCHAR count;
    UCHAR authority[6];
    ULONG part;
};

struct long_entry
{
    struct short_entry first;
    ULONG second;
};

static const struct
{
    SECURITY_DESCRIPTOR_RELATIVE head;
    ACL list;
    struct short_entry system;
    struct long_entry administrators;
    struct short_entry own_user;
} default_descriptor = {
    .head = {.Revision = SECURITY_DESCRIPTOR_REVISION,
             .Control = SE_SELF_RELATIVE | SE_DACL_PRESENT | SE_DACL_PROTECTED,
             .Dacl = sizeof(SECURITY_DESCRIPTOR_RELATIVE)},
    .list = {.AclRevision = ACL_REVISION,
             .AclSize = sizeof(ACL) + 2 * sizeof(struct short_entry) + sizeof(struct long_entry),
             .AceCount = 3},
    .system = {{ACCESS_ALLOWED_ACE_TYPE, 0, sizeof(struct short_entry)}, GENERIC_ALL, 1, 1, {0, 0, 0, 0, 0, 5}, 18},
    .administrators = {{{ACCESS_ALLOWED_ACE_TYPE, 0, sizeof(struct long_entry)}, GENERIC_ALL, 1, 2, {0, 0, 0, 0, 0, 5}, 32},
                       544},
    .own_user = {{ACCESS_ALLOWED_ACE_TYPE, 0, sizeof(struct short_entry)}, GENERIC_ALL, 1, 1, {0, 0, 0, 0, 0, 3}, 4},
};

PSECURITY_DESCRIPTOR security_default(void)
{
    return (PSECURITY_DESCRIPTOR)(uintptr_t)&default_descriptor;
}

void security_free(PSECURITY_DESCRIPTOR descriptor)
{
    if (descriptor != security_default())
    {
        rtl_free(descriptor);
    }
}

/*
 * Descriptors made of parts of others.
 */

static void take_identifiers(SECURITY_DESCRIPTOR *to, SECURITY_INFORMATION what, PSECURITY_DESCRIPTOR from)
{
    BOOLEAN defaulted;
    PSID sid;

    if ((what & OWNER_SECURITY_INFORMATION) != 0)
    {
        (void)RtlGetOwnerSecurityDescriptor(from, &sid, &defaulted);
        (void)RtlSetOwnerSecurityDescriptor(to, sid, FALSE);
    }
    if ((what & GROUP_SECURITY_INFORMATION) != 0)
    {
        (void)RtlGetGroupSecurityDescriptor(from, &sid, &defaulted);
        (void)RtlSetGroupSecurityDescriptor(to, sid, FALSE);
    }
}

/* A list is what its flags say as well. */
static void take_lists(SECURITY_DESCRIPTOR *to, SECURITY_INFORMATION what, PSECURITY_DESCRIPTOR from)
{
    static const SECURITY_DESCRIPTOR_CONTROL dacl = SE_DACL_PROTECTED | SE_DACL_AUTO_INHERITED | SE_DACL_AUTO_INHERIT_REQ;
    static const SECURITY_DESCRIPTOR_CONTROL sacl = SE_SACL_PROTECTED | SE_SACL_AUTO_INHERITED | SE_SACL_AUTO_INHERIT_REQ;
    SECURITY_DESCRIPTOR_CONTROL control = ((SECURITY_DESCRIPTOR *)from)->Control;
    BOOLEAN defaulted = FALSE;
    BOOLEAN present = FALSE;
    PACL list = NULL;

    if ((what & DACL_SECURITY_INFORMATION) != 0)
    {
        (void)RtlGetDaclSecurityDescriptor(from, &present, &list, &defaulted);
        (void)RtlSetDaclSecurityDescriptor(to, present, list, FALSE);
        to->Control |= control & dacl;
    }
    if ((what & SACL_SECURITY_INFORMATION) != 0)
    {
        present = FALSE;
        list = NULL;
        (void)RtlGetSaclSecurityDescriptor(from, &present, &list, &defaulted);
        (void)RtlSetSaclSecurityDescriptor(to, present, list, FALSE);
        to->Control |= control & sacl;
    }
}

static void take_parts(SECURITY_DESCRIPTOR *to, SECURITY_INFORMATION what, PSECURITY_DESCRIPTOR from)
{
    take_identifiers(to, what, from);
    take_lists(to, what, from);
}

static bool has_what_is_asked(PSECURITY_DESCRIPTOR from, SECURITY_INFORMATION what)
{
    BOOLEAN defaulted;
    PSID owner = NULL;
    PSID group = NULL;

    if (!RtlValidSecurityDescriptor(from))
    {
        return false;
    }
    (void)RtlGetOwnerSecurityDescriptor(from, &owner, &defaulted);
    (void)RtlGetGroupSecurityDescriptor(from, &group, &defaulted);
    return ((what & OWNER_SECURITY_INFORMATION) == 0 || owner != NULL) &&
           ((what & GROUP_SECURITY_INFORMATION) == 0 || group != NULL);
}

static NTSTATUS make_relative(SECURITY_DESCRIPTOR *whole, PSECURITY_DESCRIPTOR *ret_descriptor)
{
    ULONG bytes = 0;

    (void)RtlAbsoluteToSelfRelativeSD(whole, NULL, &bytes);
    *ret_descriptor = rtl_allocate(bytes);
    return *ret_descriptor != NULL ? RtlAbsoluteToSelfRelativeSD(whole, *ret_descriptor, &bytes) :
                                     STATUS_INSUFFICIENT_RESOURCES;
}

NTSTATUS security_change(PSECURITY_DESCRIPTOR old, SECURITY_INFORMATION what, PSECURITY_DESCRIPTOR from,
                         PSECURITY_DESCRIPTOR *ret_descriptor)
{
    SECURITY_DESCRIPTOR whole;

    if (!has_what_is_asked(from, what))
    {
        return STATUS_INVALID_SECURITY_DESCR;
    }
    (void)RtlCreateSecurityDescriptor(&whole, SECURITY_DESCRIPTOR_REVISION);
    take_parts(&whole, ALL_PARTS & ~what, old);
    take_parts(&whole, what, from);
    return make_relative(&whole, ret_descriptor);
}

NTSTATUS security_copy(PSECURITY_DESCRIPTOR descriptor, SECURITY_INFORMATION what, PSECURITY_DESCRIPTOR buffer, ULONG length,
                       ULONG *ret_needed)
{
    SECURITY_DESCRIPTOR whole;

    (void)RtlCreateSecurityDescriptor(&whole, SECURITY_DESCRIPTOR_REVISION);
    take_parts(&whole, what, descriptor);
    *ret_needed = length;
    return RtlAbsoluteToSelfRelativeSD(&whole, buffer, ret_needed);
}
